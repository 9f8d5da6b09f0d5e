import { createHash } from 'node:crypto';
import { addressParser, decodeWords } from 'postal-mime';
import { normalise } from '#core/vietnamese.ts';
import { decodeText } from './charset.ts';
import { conversationOf, type InlineForward } from './conversation.ts';
import { htmlText } from './html.ts';
import { decodedBody, headerBlock, headersOf, MAIL_LIMITS, newBudget, partsOf, type Budget, type Headers, type Part } from './mime.ts';
import { Unreadable } from './unreadable.ts';

/** What of a mail is kept in memory, beyond `MAIL_LIMITS`: characters of text, pictures, mails in mails. */
export const READ_LIMITS = {
  text: 200_000,
  subject: 500,
  addresses: 100,
  references: 100,
  images: 5,
  imageBytes: 10 * 2 ** 20,
  forwardDepth: 3,
  milliseconds: 10_000,
} as const;

export interface MailAddress {
  /** As it stands in the header; compare without case. */
  readonly address: string;
  readonly name: string;
}

/** A picture as sent; what it is really is judged from its bytes, not from `type`. */
export interface MailImage {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Another attachment: only its hash is taken, never its content; an archive is never opened. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface Content {
  readonly text: string;
  /** Targets in the HTML that the text does not show. */
  readonly links: readonly string[];
  readonly images: readonly MailImage[];
  readonly files: readonly MailFile[];
  readonly forwarded: readonly ForwardedMail[];
}

/** A mail somebody forwarded, as an attachment (with its own header) or as text (with what the forwarder's program wrote of it). */
export interface ForwardedMail extends Content {
  readonly via: 'attachment' | 'inline';
  readonly from: MailAddress | null;
  readonly subject: string;
  readonly date: Date | null;
  /** Facts of its header as sent, newest first; they prove nothing. Empty for an inline one. */
  readonly authenticationResults: readonly string[];
  readonly received: number;
}

/** The machine-readable part of a multipart/report (RFC 6522), its fields by lower-case name, all blocks of it together. */
export interface MailReport {
  /** RFC 3464, RFC 5965, RFC 8098. */
  readonly type: 'delivery-status' | 'feedback-report' | 'disposition-notification';
  readonly fields: Headers;
  /** Header of the mail it is about. */
  readonly original: Headers | null;
}

export interface ReadMail extends Content {
  readonly headers: Headers;
  /** Without angle brackets. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** Addresses it was really delivered to: Delivered-To, X-Original-To, Envelope-To. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  readonly date: Date | null;
  /** What the sender wrote, apart from what they forwarded and quoted. */
  readonly reply: string;
  readonly quoted: string;
  readonly report: MailReport | null;
  /** Something was left out by `READ_LIMITS`. */
  readonly isCut: boolean;
}

interface Reading {
  readonly budget: Budget;
  readonly checkTime: () => void;
  images: number;
  attachments: number;
  isCut: boolean;
}

/**
 * Reads one mail as it came over the wire. Bounded by `MAIL_LIMITS` and `READ_LIMITS` whatever the bytes; unknown charsets and broken encodings are
 * read as well as can be. Nothing is looked up, opened or executed.
 * @param clock milliseconds, for the time limit
 * @throws Unreadable
 */
export async function readMail(raw: Uint8Array, clock: () => number = () => performance.now()): Promise<ReadMail> {
  const started = clock();
  const checkTime = (): void => {
    if (clock() - started > READ_LIMITS.milliseconds) throw new Unreadable('too_slow');
  };
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (bytes.length > MAIL_LIMITS.bytes) throw new Unreadable('too_large');
  if (bytes.every((byte) => byte <= 0x20)) throw new Unreadable('empty');
  const reading: Reading = { budget: newBudget(), checkTime, images: 0, attachments: 0, isCut: false };
  const root = partsOf(bytes, 0, reading.budget);
  if (root.headers.size === 0) throw new Unreadable('malformed');

  const report = reportOf(root);
  const content = contentOf(root, 1, 0, reading, report?.type === 'delivery-status');
  const { headers } = root;
  const references = messageIds(headers.get('references') ?? []);
  const inReplyTo = messageIds(headers.get('in-reply-to') ?? [])[0] ?? null;
  const { reply, quoted, forwards } = conversationOf(content.text, inReplyTo !== null || references.length > 0);
  return {
    ...content,
    ...summaryOf(headers),
    forwarded: [...content.forwarded, ...forwards.map(inlineForward)],
    headers,
    messageId: messageIds(headers.get('message-id') ?? [])[0] ?? null,
    inReplyTo,
    references,
    to: addressesOf(headers, 'to'),
    cc: addressesOf(headers, 'cc'),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => addressesOf(headers, name).map(({ address }) => address)),
    reply,
    quoted,
    report,
    isCut: reading.isCut,
  };
}

function summaryOf(headers: Headers): { from: MailAddress | null; subject: string; date: Date | null } {
  return { from: addressesOf(headers, 'from')[0] ?? null, subject: words(headers.get('subject')?.[0] ?? ''), date: dateOf(headers.get('date')?.[0] ?? '') };
}

/** @param level how deep a mail in this one lies as a forwarded mail, from 1 */
function contentOf(root: Part, level: number, depth: number, reading: Reading, isBounce: boolean): Content {
  const bodies: { text: string; html: string | null }[] = [];
  const images: MailImage[] = [];
  const files: MailFile[] = [];
  const forwarded: ForwardedMail[] = [];

  const walk = (part: Part, at: number): void => {
    reading.checkTime();
    if (part.children.length > 0) {
      if (part.type === 'multipart/alternative') return alternative(part, at);
      for (const child of part.children) walk(child, at + 1);
    } else if (isBody(part)) bodies.push(part.type === 'text/html' ? { text: '', html: textOf(part, reading) } : { text: textOf(part, reading), html: null });
    else if (isMail(part)) enclosed(part, at);
    else if (!isReportPart(part)) attached(part);
  };
  // RFC 2046 section 5.1.4: the same in several forms; the plain one is read, the HTML one for where its links lead.
  const alternative = (part: Part, at: number): void => {
    const leaves = part.children.flatMap(leavesOf);
    const plain = leaves.find((leaf) => isBody(leaf) && leaf.type === 'text/plain');
    const html = leaves.find((leaf) => isBody(leaf) && leaf.type === 'text/html');
    if (plain || html) bodies.push({ text: plain ? textOf(plain, reading) : '', html: html ? textOf(html, reading) : null });
    for (const leaf of leaves.filter((one) => !isBody(one))) walk(leaf, at + 1);
  };
  const enclosed = (part: Part, at: number): void => {
    countAttachment(reading);
    const inner = partsOf(part.type === 'text/rfc822-headers' ? part.body : decodedBody(part), depth + at + 1, reading.budget);
    if (isBounce) return;
    const content = contentOf(inner, level + 1, depth + at + 1, reading, false);
    if (level > READ_LIMITS.forwardDepth || inner.headers.size === 0) return void files.push(fileOf(part, decodedBody(part)));
    forwarded.push({
      ...content, ...summaryOf(inner.headers), via: 'attachment',
      authenticationResults: (inner.headers.get('authentication-results') ?? []).slice(0, 10).map((value) => value.slice(0, 2000)),
      received: inner.headers.get('received')?.length ?? 0,
    });
  };
  const attached = (part: Part): void => {
    countAttachment(reading);
    const content = decodedBody(part);
    if (content.length === 0) return;
    const isImage = part.type.startsWith('image/') || (part.type === 'application/octet-stream' && /\.(?:jpe?g|png|webp|gif|heic|heif)$/i.test(part.name ?? ''));
    if (isImage && content.length <= READ_LIMITS.imageBytes && reading.images < READ_LIMITS.images) {
      reading.images += 1;
      images.push({ name: nameOf(part), type: part.type, content });
    } else files.push(fileOf(part, content));
  };

  walk(root, 0);
  const { text, links } = bodyText(bodies, reading);
  return { text, links, images, files, forwarded };
}

function countAttachment(reading: Reading): void {
  if ((reading.attachments += 1) > MAIL_LIMITS.attachments) throw new Unreadable('too_many_parts');
}

function leavesOf(part: Part): Part[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
}

function isBody({ type, disposition }: Part): boolean {
  return (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment';
}

function isMail({ type, name, disposition }: Part): boolean {
  if (type === 'message/rfc822' || type === 'message/global' || type === 'text/rfc822-headers') return true;
  return disposition === 'attachment' && /\.eml$/i.test(name ?? '');
}

function isReportPart({ type }: Part): boolean {
  return /^message\/(?:global-)?(?:delivery-status|feedback-report|disposition-notification)$/.test(type);
}

function fileOf(part: Part, content: Buffer): MailFile {
  return { name: nameOf(part), type: part.type, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function nameOf({ name }: Part): string {
  return normalise(name ?? '').replace(/[\n/\\]/g, '_');
}

/** A character takes at most four bytes in any charset we read, ten more as an entity. */
const MOST_TEXT_BYTES = 4 * READ_LIMITS.text;
const MOST_HTML_BYTES = 2_000_000;

function textOf(part: Part, reading: Reading): string {
  const most = part.type === 'text/html' ? MOST_HTML_BYTES : MOST_TEXT_BYTES;
  // Encoded text takes up to three times its bytes.
  const decoded = decodedBody({ headers: part.headers, body: part.body.subarray(0, most * 3) });
  if (part.body.length > most * 3 || decoded.length > most) reading.isCut = true;
  const text = decodeText(decoded.subarray(0, most), part.parameters['charset'] ?? '');
  return part.parameters['format']?.toLowerCase() === 'flowed' ? unflowed(text, part.parameters['delsp']?.toLowerCase() === 'yes') : text;
}

/** RFC 3676 section 4: a line that ends in a space goes on in the next one of the same quote depth. */
function unflowed(text: string, isSpaceDropped: boolean): string {
  const paragraphs: string[][] = [];
  let before = { depth: -1, isFlowed: false };
  for (const raw of text.split(/\r?\n/)) {
    const [, quotes = '', line = ''] = /^(>*) ?(.*)$/s.exec(raw) ?? [];
    const isFlowed = line.endsWith(' ') && line !== '-- ';
    const words = isFlowed && isSpaceDropped ? line.slice(0, -1) : line;
    if (before.isFlowed && before.depth === quotes.length) paragraphs.at(-1)!.push(words);
    else paragraphs.push([quotes === '' ? '' : `${quotes} `, words]);
    before = { depth: quotes.length, isFlowed };
  }
  return paragraphs.map((pieces) => pieces.join('')).join('\n');
}

function bodyText(bodies: readonly { text: string; html: string | null }[], reading: Reading): { text: string; links: string[] } {
  const texts: string[] = [];
  const links = new Set<string>();
  for (const { text, html } of bodies) {
    const fromHtml = html === null ? null : htmlText(html);
    if (fromHtml?.isCut) reading.isCut = true;
    const plain = normalise(text);
    texts.push(plain === '' ? normalise(fromHtml?.text ?? '') : plain);
    for (const link of fromHtml?.links ?? []) links.add(link);
  }
  const whole = texts.filter((one) => one !== '').join('\n\n');
  if (whole.length > READ_LIMITS.text) reading.isCut = true;
  const text = whole.slice(0, READ_LIMITS.text);
  return { text, links: [...links].slice(0, MOST_LINKS).filter((link) => !text.includes(link.replace(/^(?:mailto|tel):/i, ''))) };
}

const MOST_LINKS = 200;

function reportOf(root: Part): MailReport | null {
  if (root.type !== 'multipart/report') return null;
  const leaves = leavesOf(root);
  const part = leaves.find(isReportPart);
  if (!part) return null;
  const original = leaves.find(({ type }) => type === 'message/rfc822' || type === 'message/global' || type === 'text/rfc822-headers');
  // A delivery status has a block for the message and one for each recipient (RFC 3464 section 2.1).
  const fields = decodedBody(part).subarray(0, MAIL_LIMITS.headerBytes).toString('utf8').replace(/(?:\r?\n){2,}/g, '\n');
  return {
    type: part.type.replace(/^message\/(?:global-)?/, '') as MailReport['type'],
    fields: headersOf(Buffer.from(fields)),
    original: original ? headersOf(headerBlock(decodedBody(original))) : null,
  };
}

function inlineForward({ from, subject, date, text }: InlineForward): ForwardedMail {
  return {
    via: 'inline', from: from === null ? null : addressIn(from), subject: subject.slice(0, READ_LIMITS.subject), date: date === null ? null : dateOf(date), text,
    links: [], images: [], files: [], forwarded: [], authenticationResults: [], received: 0,
  };
}

/** `Name <a@b>`, `Name [mailto:a@b]`, `a@b <mailto:a@b>` or a name alone. */
function addressIn(text: string): MailAddress {
  const address = /[^\s<>[\]():;,"]{1,64}@[^\s<>[\]():;,"]{1,255}/.exec(text.slice(0, 1000))?.[0] ?? '';
  return { address, name: text.slice(0, 300).replace(/[<[(].*$/s, '').replaceAll('"', '').trim() };
}

function addressesOf(headers: Headers, name: string): MailAddress[] {
  return (headers.get(name) ?? []).slice(0, 20)
    .flatMap((value) => addressParser(value.slice(0, MAIL_LIMITS.headerLineBytes), { flatten: true }))
    .flatMap(({ address, name: shown }) => (address ? [{ address: normalise(address).slice(0, 320), name: words(shown).slice(0, 300) }] : []))
    .slice(0, READ_LIMITS.addresses);
}

function words(header: string): string {
  return normalise(decodeWords(header.slice(0, 20_000))).replace(/\s+/g, ' ').slice(0, READ_LIMITS.subject);
}

function messageIds(values: readonly string[]): string[] {
  const ids = values.flatMap((value) => [...value.slice(0, MAIL_LIMITS.headerLineBytes).matchAll(/<([^<>\s]{1,500})>/g)].map(([, id = '']) => id));
  return ids.slice(-READ_LIMITS.references);
}

/** Null when it is no date; RFC 5322 section 3.3 and what programs write, read by the ECMAScript parser, with the year between 1990 and 2100. */
function dateOf(text: string): Date | null {
  const date = new Date(text.slice(0, 200).replace(/\([^()]*\)/g, ''));
  const year = date.getUTCFullYear();
  return year >= 1990 && year < 2100 ? date : null;
}
