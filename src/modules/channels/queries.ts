import { sql } from 'kysely';
import type { Channel } from '#catalogue/channels.ts';
import type { Tx } from '#platform/db.ts';
import type { ArrivalMedia } from '#platform/schema.ts';

/** An arrival that nobody has read yet. */
export interface WaitingArrival {
  readonly id: string;
  readonly channel: Channel;
  readonly media: Extract<ArrivalMedia, 'mail' | 'sms' | 'edxml' | 'picture'>;
  readonly receiver: string;
  readonly originalRef: string | null;
  readonly senderHash: Buffer | null;
  readonly arrivedAt: Date;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The arrival, if it waits to be read by the desk; null when it was read, or is of a kind that an officer wrote. */
export async function waitingArrival(tx: Tx, id: string): Promise<WaitingArrival | null> {
  const row = await tx.selectFrom('arrival').select(['id', 'channel', 'media', 'receiver', 'original_ref as originalRef', 'sender_hash as senderHash', 'arrived_at as arrivedAt', 'facts'])
    .where('id', '=', id).where('state', '=', 'waiting').where('media', 'in', ['mail', 'sms', 'edxml', 'picture']).executeTakeFirst();
  return (row as WaitingArrival | undefined) ?? null;
}

/** How long after the desk wrote a text message an answer without a code still belongs to it. */
const ANSWER_DAYS = 3;

/**
 * The report a text message continues: the one whose code it names, if the same number sent it; else the one this number was
 * last written to about, within three days. Text messages have no address tags; the number is matched by keyed hash.
 */
export async function threadOfSender(tx: Tx, arrival: WaitingArrival, code: string | null): Promise<string | null> {
  if (!arrival.senderHash) return null;
  const { rows } = await sql<{ id: string }>`select r.id from arrival a join report r on r.id = a.report_id
    where a.channel = ${arrival.channel} and a.sender_hash = ${arrival.senderHash} and a.state in ('taken', 'threaded') and r.state not in ('stopped', 'erased')
      and (r.code = ${code} or (${code}::text is null and exists (select 1 from message m where m.report_id = r.id and m.sent_by = 'desk'
        and m.at > ${tx.now}::timestamptz - make_interval(days => ${ANSWER_DAYS}))))
    order by a.arrived_at desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}
