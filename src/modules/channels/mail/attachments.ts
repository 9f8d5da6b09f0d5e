import { normalise } from '#core/vietnamese.ts';
import { decodedBody, partsOf, type Part } from './mime.ts';

/** An attachment with its content; what it is really is judged from its bytes. */
export interface Attachment {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Attachments taken from one mail; more are left out. */
const MOST = 20;

/**
 * The attachments of a mail with their contents, for a room that keeps documents; mails inside it stay closed. Bounded by `MAIL_LIMITS`.
 * @throws Unreadable
 */
export function attachmentsOf(raw: Buffer): Attachment[] {
  return leavesOf(partsOf(raw)).filter(isAttachment).slice(0, MOST).map((part) => ({ name: normalise(part.name ?? '').replace(/[\n/\\]/g, '_'), bytes: decodedBody(part) }));
}

function leavesOf(part: Part): Part[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
}

function isAttachment({ type, disposition }: Part): boolean {
  const isBody = (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment';
  return !isBody && !type.startsWith('message/') && type !== 'text/rfc822-headers';
}
