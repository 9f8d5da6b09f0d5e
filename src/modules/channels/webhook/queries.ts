import type { Tx } from '#platform/db.ts';
import { FAULTS, type Fault } from './address.ts';

/** A webhook as the administrator of its agency sees it. */
export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly stoppedAt: Date | null;
  readonly lastOkAt: Date | null;
  readonly failingSince: Date | null;
  readonly lastError: Fault | null;
}

/** One message to one webhook. */
export interface DeliveryRow {
  readonly id: string;
  readonly url: string;
  readonly code: string;
  /** The new state of a report, or the type of an event about a task. */
  readonly event: string;
  readonly at: Date;
  readonly state: 'waiting' | 'delivered' | 'given_up';
  readonly attempts: number;
  readonly nextAt: Date;
  readonly status: number | null;
}

/** The webhooks of the administrator's agency, the latest first; row-level security shows no other. */
export async function webhooksOf(tx: Tx, agencyId: string): Promise<WebhookRow[]> {
  const rows = await tx.selectFrom('webhook').selectAll().where('agency_id', '=', agencyId).orderBy('id', 'desc').limit(50).execute();
  return rows.map((row) => ({
    id: row.id, url: row.url, createdAt: row.created_at, stoppedAt: row.stopped_at, lastOkAt: row.last_ok_at, failingSince: row.failing_since,
    lastError: FAULTS.find((fault) => fault === row.last_error) ?? null,
  }));
}

/** The last messages to the webhooks of the administrator's agency. */
export async function deliveriesOf(tx: Tx, agencyId: string, most: number): Promise<DeliveryRow[]> {
  const rows = await tx.selectFrom('webhook_delivery as d').innerJoin('webhook as w', 'w.id', 'd.webhook_id').where('w.agency_id', '=', agencyId)
    .select(['d.id', 'w.url', 'd.payload', 'd.at', 'd.state', 'd.attempts', 'd.next_at as nextAt', 'd.status']).orderBy('d.at', 'desc').orderBy('d.id', 'desc').limit(most).execute();
  return rows.map(({ payload, ...row }) => {
    const { code = '', state = String(payload.type) } = payload.data as { code?: string; state?: string };
    return { ...row, code, event: state };
  });
}

/** Where a webhook of the administrator's agency leads, and its secret; null when there is no such one. */
export async function webhookTarget(tx: Tx, id: string): Promise<{ url: string; secretSealed: Buffer } | null> {
  return (await tx.selectFrom('webhook').select(['url', 'secret_sealed as secretSealed']).where('id', '=', id).executeTakeFirst()) ?? null;
}
