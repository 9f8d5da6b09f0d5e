import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { agencyNames } from '#modules/directory/index.ts';
import type { Tx } from '#platform/db.ts';

/** One opening of something sealed. */
export interface Opening {
  readonly seq: number;
  readonly at: Date;
  readonly action: 'open_identity' | 'open_stopped';
  /** Null when it was a job. */
  readonly officer: string | null;
  /** The job or context, when it was no officer. */
  readonly job: string | null;
  readonly agency: string;
  /** Null once the report is erased. */
  readonly code: string | null;
  readonly reason: string | null;
}

/** Which openings to list. */
export interface OpeningFilter {
  readonly officerId: string | null;
  /** First day of a month, YYYY-MM-01. */
  readonly month: string | null;
  /** Leaves out what jobs opened to tell a reporter. */
  readonly peopleOnly: boolean;
  /** From 1. */
  readonly page: number;
}

export const OPENINGS_PAGE = 50;

/** Openings the acting officer answers for or audits, the newest first, and whether there are more. */
export async function openings(tx: Tx, filter: OpeningFilter): Promise<{ rows: Opening[]; more: boolean }> {
  const { rows } = await sql<Opening & { agency_id: string | null }>`select seq, at, action, officer, job, agency_id, code, reason
    from sealed_openings(${filter.officerId}::uuid, ${filter.month}::date, ${filter.peopleOnly}, ${OPENINGS_PAGE + 1}, ${(filter.page - 1) * OPENINGS_PAGE})`.execute(tx);
  const names = await agencyNames(tx, [...new Set(rows.flatMap((row) => row.agency_id ?? []))], localDate(tx.now));
  return { rows: rows.slice(0, OPENINGS_PAGE).map(({ agency_id, ...row }) => ({ ...row, agency: names.get(agency_id ?? '')?.shortName ?? '' })), more: rows.length > OPENINGS_PAGE };
}

/** Officers who opened something, with how often, for the filter. */
export async function openers(tx: Tx): Promise<{ id: string; name: string; openings: number }[]> {
  const { rows } = await sql<{ id: string; name: string; openings: number }>`select officer_id as id, officer as name, openings from sealed_openers()`.execute(tx);
  return rows;
}
