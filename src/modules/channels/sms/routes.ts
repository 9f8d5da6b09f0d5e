import { z } from 'zod';
import { noteHealth, recordArrival } from '#modules/intake/index.ts';
import { INTAKE } from '#platform/actor.ts';
import { readText as readBody } from '#platform/body.ts';
import { Forbidden, Invalid } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import { isSigned } from '#platform/signed-post.ts';
import { INCOMING_TEXT, readText } from './message.ts';

const MOST_BYTES = 16 * 1024;

/** POST /api/v1/sms: a text message from the gateway, signed with the shared secret; 202 when kept, also when it came before. */
async function receive(ctx: Ctx): Promise<Response> {
  const { SMS_SECRET, SMS_NUMBER } = ctx.desk.config;
  const body = ctx.c.req.raw.body ? await readBody(ctx.c.req.raw, MOST_BYTES) : '';
  const header = (name: string) => ctx.c.req.header(name);
  const headers = { 'webhook-id': header('webhook-id'), 'webhook-timestamp': header('webhook-timestamp'), 'webhook-signature': header('webhook-signature') };
  if (!SMS_SECRET || !isSigned(SMS_SECRET, headers, ctx.now, body)) throw new Forbidden('signature');
  const endpoint = SMS_NUMBER ?? 'sms';
  try {
    const message = readText(body);
    const { repeated } = await recordArrival(ctx.desk, {
      channel: 'sms', media: 'sms', receiver: endpoint, sender: message.from, externalKey: message.id, original: Buffer.from(body), officerId: null, document: null,
      arrivedAt: ctx.now, facts: {},
    }, 'take-arrival');
    await noteHealth(ctx.desk, INTAKE, { channel: 'sms', endpoint, ok: true, arrived: true });
    return ctx.c.json({ kept: true, repeated }, 202);
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid('text message', { fields: { '': error.details?.reason === 'sender_unreadable' ? 'sender_unreadable' : 'malformed' } });
    throw error;
  }
}

/** The door of the SMS gateway. */
export const smsRoutes: readonly Route[] = [{
  method: 'POST', path: '/api/v1/sms', access: { kind: 'public' }, limit: 'api', handler: receive,
  api: {
    id: 'gatewaySendText', tag: 'gateway', summary: 'Hand over an incoming text message',
    description: 'Cổng tin nhắn chuyển một tin đến, ký bằng SMS_SECRET theo Standard Webhooks. Gửi lại cùng `id` thì không nhận lần nữa.',
    headers: z.object({
      'webhook-id': z.string().describe('The id of the message'), 'webhook-timestamp': z.string().describe('Seconds since 1970, at most five minutes off'),
      'webhook-signature': z.string().describe('`v1,` and the base64 of HMAC-SHA256 over "id.timestamp.body"'),
    }),
    request: { schema: INCOMING_TEXT, example: { id: 'sms-1', from: '+84912345678', text: 'Toi bi lua chuyen tien qua vneid-capnhat.example' } },
    answers: { 202: { says: 'Kept; it is read in a moment.', schema: z.object({ kept: z.literal(true), repeated: z.boolean() }) } }, problems: [413, 422],
  },
}];
