import { INTAKE, type AgencyActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { Database } from '#platform/schema.ts';
import { sql, type Selectable } from 'kysely';

/** A report as the agency that sent it sees it. */
export interface SentReport {
  readonly id: string;
  readonly code: string;
  readonly state: Selectable<Database['report']>['state'];
  readonly category: Selectable<Database['report']>['category'];
  readonly receivedAt: Date;
  readonly changedAt: Date;
  readonly stopCode: string | null;
  readonly answers: readonly { readonly at: Date; readonly body: string }[];
}

/** The reports an agency sent, by the order in which they came, after the one with this id; row-level security shows no other agency's. */
export async function sentReports(desk: Desk, agency: AgencyActor, { after, limit }: { after: string | null; limit: number }): Promise<SentReport[]> {
  const { rows, messages, changes } = await inTransaction(desk, agency, async (tx) => {
    let query = tx.selectFrom('report').select(['id', 'code', 'state', 'category', 'received_at', 'stop_code']).where('sender_agency_id', '=', agency.agencyId);
    if (after) query = query.where('id', '>', after);
    const found = await query.orderBy('id').limit(limit).execute();
    const said = found.length === 0 ? [] : await tx.selectFrom('message').select(['report_id', 'at', 'body']).where('sent_by', '=', 'desk')
      .where('report_id', 'in', found.map(({ id }) => id)).orderBy('at').orderBy('id').execute();
    const { rows: changed } = await sql<{ report_id: string; at: Date }>`select * from sent_changes(${found.map(({ id }) => id)}::uuid[])`.execute(tx);
    return { rows: found, messages: said, changes: new Map(changed.map((row) => [row.report_id, row.at])) };
  });
  const byReport = Map.groupBy(messages, (message) => message.report_id);
  return rows.map((row) => ({
    id: row.id, code: row.code, state: row.state, category: row.category, receivedAt: row.received_at, changedAt: changes.get(row.id) ?? row.received_at,
    stopCode: row.stop_code, answers: (byReport.get(row.id) ?? []).map(({ at, body }) => ({ at, body })),
  }));
}

/** What became of an arrival: the report read from it, and the hash of its original; null while there is none. */
export async function reportOfArrival(desk: Desk, agency: AgencyActor, arrivalId: string): Promise<{ code: string; receivedAt: Date; sha256: Buffer | null } | null> {
  const arrival = await inTransaction(desk, INTAKE, (tx) => tx.selectFrom('arrival').select(['report_id', 'original_sha256']).where('id', '=', arrivalId).executeTakeFirst());
  const reportId = arrival?.report_id;
  if (!reportId) return null;
  const report = await inTransaction(desk, agency, (tx) => tx.selectFrom('report').select(['code', 'received_at']).where('id', '=', reportId).executeTakeFirst());
  return report ? { code: report.code, receivedAt: report.received_at, sha256: arrival.original_sha256 } : null;
}

/** The figures of an agency that hold, the newest period first; days yyyy-mm-dd, both included. */
export function figuresOf(desk: Desk, agency: AgencyActor, { from, to }: { from?: string; to?: string }): Promise<Selectable<Database['external_figure']>[]> {
  return inTransaction(desk, agency, (tx) => {
    let query = tx.selectFrom('external_figure').selectAll().where('agency_id', '=', agency.agencyId).where('withdrawn_at', 'is', null);
    if (from) query = query.where('period_to', '>=', from);
    if (to) query = query.where('period_from', '<=', to);
    return query.orderBy('period_from', 'desc').orderBy('kind').orderBy('id').limit(1000).execute();
  });
}
