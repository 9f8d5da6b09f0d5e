import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { publicAddress } from '#platform/public-address.ts';
import { claimDue, DELIVERER, purgeTaskDeliveries, putBack, settle, type Due } from '../commands/webhooks.ts';
import type { Fault } from '../webhook/address.ts';
import { NET, post, type Net, type Sent } from '../webhook/send.ts';
import { signedHeaders } from '../webhook/signature.ts';

const MOST_AT_ONCE = 50;
/** A minute's work; what is left comes with the next minute. */
const MOST_ROUNDS = 40;
/** No answer at all: the next message to the same server would wait as long. */
const SILENT: ReadonlySet<Fault | null> = new Set<Fault>(['timeout', 'dns', 'connection', 'tls', 'private_address']);

/**
 * Sends what is due, until nothing is: the messages of one webhook one after another in their order, different webhooks beside each
 * other. No transaction is open while a server is asked. Gives the number of attempts.
 */
export async function deliverDue(desk: Desk, net: Net = NET): Promise<number> {
  let attempts = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const due = await inTransaction(desk, DELIVERER, (tx) => claimDue(tx, MOST_AT_ONCE));
    if (due.length === 0) break;
    const queues = [...Map.groupBy(due, ({ webhookId }) => webhookId).values()];
    // What one webhook runs into keeps no other waiting; its messages are due again when their claim ends.
    const counts = await Promise.all(queues.map((queue) => deliverQueue(desk, queue, net).catch((error: unknown) => {
      desk.log.error({ err: error, webhook: queue[0]?.webhookId }, 'webhook not delivered');
      return 0;
    })));
    attempts += counts.reduce((sum, count) => sum + count, 0);
  }
  return attempts;
}

async function deliverQueue(desk: Desk, queue: readonly Due[], net: Net): Promise<number> {
  for (const [index, due] of queue.entries()) {
    const sent = await send(desk, due, net);
    const isSilent = SILENT.has(sent.fault);
    await inTransaction(desk, DELIVERER, async (tx) => {
      await settle(tx, due, sent);
      if (isSilent || sent.fault === 'gone') await putBack(tx, queue.slice(index + 1), due.attempts);
    });
    if (isSilent || sent.fault === 'gone') return index + 1;
  }
  return queue.length;
}

/** The link of an event, if it has one, with the desk’s public address, which the database does not know. */
function withAddress(payload: Due['payload'], base: string): Due['payload'] {
  const { link, ...data } = payload.data as { link?: string };
  return link === undefined ? payload : { ...payload, data: { ...data, link: base + link } };
}

async function send(desk: Desk, due: Due, net: Net): Promise<Sent> {
  const secret = desk.keys.unseal('webhook', due.secretSealed, due.webhookId)?.toString();
  if (!secret) throw new Error(`the secret of webhook ${due.webhookId} does not open`);
  const body = JSON.stringify(withAddress(due.payload, publicAddress(desk)));
  const headers = { 'content-type': 'application/json', 'user-agent': 'LaChan-Webhook/1', ...signedHeaders(secret, `msg_${due.id}`, desk.clock.now(), body) };
  return post(due.url, headers, body, desk.config.WEBHOOK_PRIVATE, net);
}

const PURGER = system('purge-deliveries');

const deliver: JobKind<object, Desk> = { name: 'deliver-webhooks', cron: '* * * * *', run: async (desk) => void await deliverDue(desk) };

/** What was told of reports goes with the reports. */
const purge: JobKind<object, Desk> = { name: 'purge-deliveries', cron: '40 1 * * *', run: (desk) => inTransaction(desk, PURGER, purgeTaskDeliveries) };

/** Background work of webhooks. */
export const webhookJobs = [deliver, purge] as readonly JobKind<never, Desk>[];
