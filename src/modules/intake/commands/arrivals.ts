import { createHash } from 'node:crypto';
import { uuidv7 } from '#platform/uuid.ts';
import { INTAKE, type Actor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { receivingAgency } from '../queries.ts';
import type { NewArrival } from '../types.ts';

/** How a sender is counted and recognised within a conversation without keeping the address in the clear. */
export function senderHash(desk: Pick<Desk, 'keys'>, channel: string, sender: string): Buffer {
  return desk.keys.mac('source', `${channel}|${sender.trim().toLowerCase()}`);
}

/**
 * Keeps what arrived, sealed, before anybody reads it; resolves after the commit. The same external key again is the same
 * arrival: nothing is stored twice. A job reads it afterwards (`job`), in the same transaction.
 */
export async function recordArrival(desk: Desk, arrival: NewArrival, job: string | null = null): Promise<{ id: string; repeated: boolean }> {
  const externalHash = createHash('sha256').update(`${arrival.media}|${arrival.externalKey}`).digest();
  const known = await inTransaction(desk, INTAKE, (tx) => sameArrival(tx, arrival.channel, externalHash));
  if (known) return { id: known, repeated: true };
  const original = arrival.original && await desk.files.put(arrival.original);
  const id = uuidv7(desk.clock.now());
  const kept = await inTransaction(desk, INTAKE, async (tx) => {
    const row = await tx.insertInto('arrival').values({
      id, channel: arrival.channel, media: arrival.media, agency_id: await receivingAgency(desk, tx), receiver: arrival.receiver.slice(0, 300), external_hash: externalHash,
      sender_sealed: arrival.sender === null ? null : desk.keys.seal('arrival', arrival.sender, id),
      sender_hash: arrival.sender === null ? null : senderHash(desk, arrival.channel, arrival.sender),
      original_ref: original?.ref ?? null, original_sha256: original?.sha256 ?? null, original_bytes: arrival.original?.length ?? null,
      facts: JSON.stringify(arrival.facts) as never, arrived_at: arrival.arrivedAt, recorded_at: tx.now, reason: null, report_id: null, officer_id: arrival.officerId,
      document_number: arrival.document?.number ?? null, document_year: arrival.document?.year ?? null,
    }).onConflict((conflict) => conflict.columns(['channel', 'external_hash']).doNothing()).returning('id').executeTakeFirst();
    if (row && job) await desk.jobs.enqueue(tx, job, { arrivalId: id });
    return row ? null : sameArrival(tx, arrival.channel, externalHash);
  });
  if (kept === null) return { id, repeated: false };
  if (original) await desk.files.remove(original.ref);
  return { id: kept!, repeated: true };
}

async function sameArrival(tx: Tx, channel: NewArrival['channel'], externalHash: Buffer): Promise<string | null> {
  const row = await tx.selectFrom('arrival').select('id').where('channel', '=', channel).where('external_hash', '=', externalHash).executeTakeFirst();
  return row?.id ?? null;
}

/** Notes what became of an arrival that is no new report: part of a conversation, set aside, or quarantined with the reason. */
export async function settleArrival(
  tx: Tx, id: string, outcome: { state: 'threaded'; reportId: string } | { state: 'set_aside' | 'quarantined' | 'discarded'; reason: string } | { state: 'waiting' },
): Promise<void> {
  await tx.updateTable('arrival').set({
    state: outcome.state, reason: 'reason' in outcome ? outcome.reason.slice(0, 300) : null, ...('reportId' in outcome && { report_id: outcome.reportId }),
  }).where('id', '=', id).execute();
}

/** Whether the channel works: written at every change and with each arrival, read on the office's page of channels. */
export async function noteHealth(
  desk: Desk, actor: Actor, { channel, endpoint, ...news }: { channel: NewArrival['channel']; endpoint: string } & ({ ok: true; arrived?: boolean } | { ok: false; reason: string; detail: string }),
): Promise<void> {
  await inTransaction(desk, actor, async (tx) => {
    const row = await tx.selectFrom('channel_health').selectAll().where('channel', '=', channel).where('endpoint', '=', endpoint).forUpdate().executeTakeFirst();
    const state = news.ok ? 'ok' as const : 'failing' as const;
    const values = {
      state, since: row?.state === state ? row.since : tx.now, reason: news.ok ? null : news.reason, detail: news.ok ? null : news.detail.slice(0, 500),
      last_ok_at: news.ok ? tx.now : row?.last_ok_at ?? null, last_arrival_at: news.ok && news.arrived ? tx.now : row?.last_arrival_at ?? null,
    };
    await tx.insertInto('channel_health').values({ channel, endpoint, ...values })
      .onConflict((conflict) => conflict.columns(['channel', 'endpoint']).doUpdateSet(values)).execute();
  });
}
