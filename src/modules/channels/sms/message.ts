import { z } from 'zod';
import { parsePhone } from '#core/indicators/index.ts';
import { Invalid } from '#platform/errors.ts';

/** A text message as the gateway posts it. */
export interface IncomingText {
  /** E.164 */
  readonly from: string;
  readonly text: string;
  /** The gateway's own id of the message. */
  readonly id: string;
}

/** { id, from, text } as a gateway posts it. */
export const INCOMING_TEXT = z.object({
  id: z.string().min(1).max(200), from: z.string().min(3).max(40), text: z.string().min(1).max(5000), to: z.string().max(40).optional(), received_at: z.iso.datetime({ offset: true }).optional(),
});

/** Reads { id, from, text } of a gateway. @throws Invalid with details.reason: malformed, sender_unreadable */
export function readText(body: string): IncomingText {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Invalid('not JSON', { reason: 'malformed' });
  }
  const read = INCOMING_TEXT.safeParse(json);
  if (!read.success) throw new Invalid('not a text message', { reason: 'malformed' });
  const phone = parsePhone(read.data.from);
  // Brand names and short codes send texts too; there is nobody to answer.
  if (phone === null) throw new Invalid('no number to answer', { reason: 'sender_unreadable' });
  return { from: phone.key, text: read.data.text, id: read.data.id };
}
