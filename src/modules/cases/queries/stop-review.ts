import { sql } from 'kysely';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { StopCode } from '#catalogue/gate.ts';
import { isoWeek } from '#core/periods.ts';
import { localDate } from '#core/deadlines.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';

/** A waiting request as the list shows it: no word of what was stopped. */
export interface ReviewRow {
  readonly code: string;
  readonly category: CategoryCode;
  readonly stopCode: StopCode;
  /** ISO week of the stop. */
  readonly week: string;
  readonly dueOn: string;
  /** The acting officer answered the gate of this report, so another must look. */
  readonly earlier: boolean;
}

const MOST_ROWS = 200;

/** Requests that wait at the officer's agency, those due first, at most 200. */
export async function waitingReviews(tx: Tx, actor: OfficerActor): Promise<ReviewRow[]> {
  const { rows } = await sql<Omit<ReviewRow, 'week'> & { stoppedAt: Date }>`
    select r.code, r.category, r.stop_code as "stopCode", v.due_on as "dueOn", min(g.at) as "stoppedAt", bool_or(g.officer_id = ${actor.officerId}) as earlier
    from stop_review v join report r on r.id = v.report_id join gate_check g on g.report_id = r.id
    where v.outcome is null and r.handling_agency_id = ${actor.agencyId} and r.state = 'stopped' and r.erase_after > ${tx.now}
    group by r.id, v.report_id order by v.due_on, r.id limit ${MOST_ROWS}`.execute(tx);
  return rows.map(({ stoppedAt, ...row }) => ({ ...row, week: isoWeek(localDate(stoppedAt)) }));
}

/** How many requests wait at the officer's agency. */
export async function countReviews(tx: Tx, actor: OfficerActor): Promise<number> {
  const { n } = await tx.selectFrom('stop_review').innerJoin('report', 'report.id', 'report_id').select((eb) => eb.fn.countAll<number>().as('n'))
    .where('outcome', 'is', null).where('handling_agency_id', '=', actor.agencyId).where('report.erase_after', '>', tx.now).executeTakeFirstOrThrow();
  return n;
}

/** One request as its page shows it. */
export interface StopReviewPage extends Omit<ReviewRow, 'stopCode'> {
  /** Null once the stop is lifted. */
  readonly stopCode: StopCode | null;
  readonly id: string;
  readonly handlingAgencyId: string;
  readonly askedAt: Date;
  readonly eraseAfter: Date | null;
  /** What the reporter writes to whoever looks again. */
  readonly words: string;
  readonly outcome: 'kept' | 'lifted' | null;
  readonly reason: string | null;
}

/** The request about a report, by its code. @throws NotFound when there is none at the officer's agency */
export async function stopReviewOf(tx: Tx, actor: OfficerActor, code: string): Promise<StopReviewPage> {
  const row = await tx.selectFrom('stop_review as v').innerJoin('report as r', 'r.id', 'v.report_id')
    .select(['r.id', 'r.code', 'r.category', 'r.stop_code as stopCode', 'r.handling_agency_id as handlingAgencyId', 'r.erase_after as eraseAfter', 'v.asked_at as askedAt', 'v.due_on as dueOn',
      'v.words', 'v.outcome', 'v.reason'])
    .where('r.code', '=', code).where('r.handling_agency_id', '=', actor.agencyId).executeTakeFirst();
  if (!row) throw new NotFound('review');
  const gates = await tx.selectFrom('gate_check').select(['officer_id', 'at']).where('report_id', '=', row.id).where('stage', '=', 'intake').orderBy('at').execute();
  return { ...row, week: isoWeek(localDate(gates[0]?.at ?? row.askedAt)), earlier: gates.some(({ officer_id }) => officer_id === actor.officerId) };
}
