import { sql } from 'kysely';
import type { RequestKind, RequestState } from '#core/data-requests.ts';
import type { ReportState } from '#core/transitions.ts';
import type { Tx } from '#platform/db.ts';

/** One request as the office lists it. */
export interface RequestRow {
  readonly id: string;
  readonly code: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly report: string;
  readonly filedAt: Date;
  readonly answerBy: string;
  readonly doBy: string;
  readonly extendedUntil: string | null;
  readonly doneAt: Date | null;
}

export const REQUESTS_PAGE = 50;
export const REQUEST_SHELVES = ['dang-mo', 'da-xong'] as const;
export type RequestShelf = (typeof REQUEST_SHELVES)[number];

/** Requests of the own agency: open ones by their last day, decided ones newest first. */
export async function requestRows(tx: Tx, shelf: RequestShelf, page: number): Promise<{ rows: RequestRow[]; more: boolean }> {
  const isOpen = shelf === 'dang-mo';
  const found = tx.selectFrom('data_request as q').innerJoin('report as r', 'r.id', 'q.report_id')
    .select(['q.id', 'q.code', 'q.kind', 'q.state', 'r.code as report', 'q.filed_at as filedAt', 'q.answer_by as answerBy', 'q.do_by as doBy', 'q.extended_until as extendedUntil', 'q.done_at as doneAt'])
    .where('q.state', 'in', isOpen ? ['filed', 'acknowledged'] : ['done', 'refused']);
  const ordered = isOpen ? found.orderBy(sql`coalesce(q.extended_until, q.do_by)`).orderBy('q.id') : found.orderBy('q.done_at', 'desc').orderBy('q.id');
  const rows = await ordered.limit(REQUESTS_PAGE + 1).offset((page - 1) * REQUESTS_PAGE).execute();
  return { rows: rows.slice(0, REQUESTS_PAGE), more: rows.length > REQUESTS_PAGE };
}

/** One request with what decides what may be removed. */
export interface RequestDetail extends RequestRow {
  readonly words: string | null;
  readonly acknowledgedAt: Date | null;
  readonly extensionReason: string | null;
  readonly outcome: string | null;
  readonly officer: string | null;
  readonly reportState: ReportState;
  readonly minimisedAt: Date | null;
  readonly hasContact: boolean;
  readonly pictures: number;
  /** Pictures a decision cites: they stay. */
  readonly cited: number;
  /** A decision was made, or is being made, from the case. */
  readonly restsOn: boolean;
}

/** A request of the own agency, or null. */
export async function requestDetail(tx: Tx, id: string): Promise<RequestDetail | null> {
  const row = await tx.selectFrom('data_request as q').innerJoin('report as r', 'r.id', 'q.report_id').leftJoin('officer as o', 'o.id', 'q.officer_id')
    .select(['q.id', 'q.code', 'q.kind', 'q.state', 'r.code as report', 'q.filed_at as filedAt', 'q.answer_by as answerBy', 'q.do_by as doBy', 'q.extended_until as extendedUntil', 'q.done_at as doneAt',
      'q.words', 'q.acknowledged_at as acknowledgedAt', 'q.extension_reason as extensionReason', 'q.outcome', 'o.full_name as officer', 'r.state as reportState', 'r.minimised_at as minimisedAt'])
    .select(sql<boolean>`exists (select 1 from reporter_identity i where i.report_id = r.id)`.as('hasContact'))
    .select(sql<number>`(select count(*) from attachment a where a.report_id = r.id)`.as('pictures'))
    .select(sql<number>`(select count(distinct a.id) from attachment a join evidence e on e.attachment_id = a.id join decision_evidence c on c.evidence_id = e.id join decision d on d.id = c.decision_id
      where a.report_id = r.id and (took_effect(d) or d.state not in ('stopped', 'withdrawn')))`.as('cited'))
    .select(sql<boolean>`decision_rests_on(r.id)`.as('restsOn'))
    .where('q.id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Open requests of the own agency and how many of them are late on a day (YYYY-MM-DD). */
export async function requestCounts(tx: Tx, today: string): Promise<{ open: number; late: number }> {
  return tx.selectFrom('data_request').select((eb) => eb.fn.countAll<number>().as('open'))
    .select(sql<number>`count(*) filter (where coalesce(extended_until, do_by) < ${today}::date or state = 'filed' and answer_by < ${today}::date)`.as('late'))
    .where('state', 'in', ['filed', 'acknowledged']).executeTakeFirstOrThrow();
}
