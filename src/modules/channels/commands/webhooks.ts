import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { system, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { Keys } from '#platform/keys.ts';
import { uuidv7 } from '#platform/uuid.ts';
import type { Fault } from '../webhook/address.ts';
import type { Sent } from '../webhook/send.ts';
import { webhookSecret } from '../webhook/signature.ts';

const MINUTE = 60_000;
/** Waits after the first, second … failed attempt, in milliseconds; after the last one the message is given up. */
export const RETRIES = [1, 5, 30, 2 * 60, 6 * 60, 24 * 60].map((minutes) => minutes * MINUTE);
/** Working webhooks of one agency. */
const MOST_WEBHOOKS = 10;
/** Whoever claimed deliveries has this long to send them; then they are due again. */
const LEASE = 10 * MINUTE;

/** The actor of deliveries in the journal. */
export const DELIVERER = system('deliver-webhooks');

/**
 * Adds a webhook of the administrator's own agency and gives its secret, which is shown once and stored sealed. Journal: `webhook_created`.
 * @throws Invalid (`details.fields.url = 'many'`) when the agency has as many as it may
 */
export async function createWebhook(tx: Tx, keys: Keys, actor: OfficerActor, url: string): Promise<{ id: string; secret: string }> {
  const { n } = await tx.selectFrom('webhook').select((eb) => eb.fn.countAll<number>().as('n')).where('agency_id', '=', actor.agencyId).where('stopped_at', 'is', null).executeTakeFirstOrThrow();
  if (n >= MOST_WEBHOOKS) throw new Invalid('too many webhooks', { fields: { url: 'many' } });
  const id = uuidv7(tx.now);
  const secret = webhookSecret(randomBytes(32));
  await tx.insertInto('webhook').values({
    id, agency_id: actor.agencyId, url, secret_sealed: keys.seal('webhook', secret, id), created_by: actor.officerId, created_at: tx.now, stopped_at: null, last_ok_at: null,
    failing_since: null, last_error: null,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'webhook', entityId: id, action: 'webhook_created' }]);
  return { id, secret };
}

/** Stops a webhook or starts it again; what waits is sent after the start. Journal: `webhook_stopped`, `webhook_started`. @throws NotFound */
export async function setStopped(tx: Tx, actor: OfficerActor, id: string, stopped: boolean): Promise<void> {
  const changed = await tx.updateTable('webhook').set(stopped ? { stopped_at: tx.now } : { stopped_at: null, failing_since: null, last_error: null })
    .where('id', '=', id).where('agency_id', '=', actor.agencyId).executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new NotFound('webhook');
  await writeJournal(tx, actor, [{ entity: 'webhook', entityId: id, action: stopped ? 'webhook_stopped' : 'webhook_started' }]);
}

/** Notes on a webhook what came of a sending: it works, or it fails since when and why. */
export async function noteSent(tx: Tx, webhookId: string, { ok, fault }: Pick<Sent, 'ok' | 'fault'>): Promise<void> {
  await tx.updateTable('webhook').set(ok ? { last_ok_at: tx.now, failing_since: null, last_error: null } : { failing_since: sql`coalesce(failing_since, ${tx.now})`, last_error: fault })
    .where('id', '=', webhookId).execute();
}

/** A message that is due, with where it goes. */
export interface Due {
  readonly id: string;
  readonly webhookId: string;
  readonly payload: Record<string, unknown>;
  /** This attempt included. */
  readonly attempts: number;
  readonly url: string;
  readonly secretSealed: Buffer;
}

/** Claims messages that are due, the oldest first, none twice; in the context `system`. */
export async function claimDue(tx: Tx, most: number): Promise<Due[]> {
  const { rows } = await sql<Due>`with due as (
      select d.id, w.url, w.secret_sealed from webhook_delivery d join webhook w on w.id = d.webhook_id
      where d.state = 'waiting' and d.next_at <= ${tx.now} and w.stopped_at is null order by d.next_at, d.id limit ${most} for update of d skip locked)
    update webhook_delivery d set attempts = d.attempts + 1, next_at = ${new Date(tx.now.getTime() + LEASE)} from due where d.id = due.id
    returning d.id, d.webhook_id as "webhookId", d.payload, d.attempts, due.url, due.secret_sealed as "secretSealed"`.execute(tx);
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes down what came of an attempt: received, to be sent again, or given up; a receiver that is gone (410) stops its webhook. */
export async function settle(tx: Tx, due: Due, sent: Sent): Promise<void> {
  const wait = sent.fault === 'gone' ? undefined : RETRIES[due.attempts - 1];
  const outcome = sent.ok
    ? { state: 'delivered' as const, delivered_at: tx.now }
    : wait === undefined ? { state: 'given_up' as const } : { next_at: new Date(tx.now.getTime() + wait) };
  await tx.updateTable('webhook_delivery').set({ ...outcome, status: sent.status }).where('id', '=', due.id).where('state', '=', 'waiting').where('attempts', '=', due.attempts).execute();
  await noteSent(tx, due.webhookId, sent);
  if (sent.fault === 'gone') await stopGone(tx, due.webhookId);
}

async function stopGone(tx: Tx, id: string): Promise<void> {
  const stopped = await tx.updateTable('webhook').set({ stopped_at: tx.now }).where('id', '=', id).where('stopped_at', 'is', null).executeTakeFirst();
  if (stopped.numUpdatedRows === 1n) await writeJournal(tx, DELIVERER, [{ entity: 'webhook', entityId: id, action: 'webhook_stopped', reason: 'gone' satisfies Fault }]);
}

/** Puts claimed messages back that were not tried, because their server did not answer a moment before; `attempts` is the failed one's. */
export async function putBack(tx: Tx, untried: readonly Due[], attempts: number): Promise<void> {
  if (untried.length === 0) return;
  const next = new Date(tx.now.getTime() + (RETRIES[attempts - 1] ?? RETRIES.at(-1)!));
  await tx.updateTable('webhook_delivery').set({ attempts: sql`attempts - 1`, next_at: next }).where('id', 'in', untried.map(({ id }) => id)).where('state', '=', 'waiting').execute();
}

/** Days a settled message about a task is kept (src/catalogue/retention.ts). */
const KEPT_DAYS = 90;

/** Deletes settled messages about tasks that are older than their term. */
export async function purgeTaskDeliveries(tx: Tx): Promise<void> {
  await tx.deleteFrom('webhook_delivery').where('task_id', 'is not', null).where('state', '<>', 'waiting').where('at', '<=', new Date(tx.now.getTime() - KEPT_DAYS * 24 * 60 * MINUTE)).execute();
}
