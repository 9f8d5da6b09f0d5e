import { decodeWords } from 'postal-mime';
import { decodeText } from './charset.ts';
import { Unreadable } from './unreadable.ts';

/**
 * What one mail may cost. Counted in one pass over the bytes, before anything is decoded: a mail of ten million empty
 * lines takes a general parser gigabytes of memory.
 */
export const MAIL_LIMITS = {
  bytes: 40 * 2 ** 20,
  /** Header of one message or one part. */
  headerBytes: 256 * 1024,
  /** Headers of all parts together. */
  allHeaderBytes: 2 ** 20,
  /** RFC 5322 section 2.1.1 allows 998. */
  headerLineBytes: 64 * 1024,
  /** Leaves and the multiparts that hold them, of forwarded mails too. */
  parts: 200,
  /** multipart in multipart, mail in mail; the mail itself is not counted. */
  depth: 8,
  attachments: 50,
} as const;

/** RFC 2046 section 5.1.1 allows 70. */
const LONGEST_BOUNDARY = 200;

/** Header fields by lower-case name, unfolded, in their order; bytes that are not UTF-8 as windows-1258. Not yet decoded by RFC 2047. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** A header value with parameters (RFC 2045 section 5.1, RFC 2231). */
export interface Parameters {
  /** In lower case. */
  readonly value: string;
  readonly of: Readonly<Record<string, string>>;
}

/** One part of a mail, or the mail itself. */
export interface Part {
  readonly headers: Headers;
  /** `text/plain` when nothing usable is said. */
  readonly type: string;
  readonly parameters: Parameters['of'];
  /** `attachment`, `inline` or empty. */
  readonly disposition: string;
  readonly name: string | null;
  /** As sent, in its transfer encoding; a view of the mail, not a copy. */
  readonly body: Buffer;
  /** Of a multipart. */
  readonly children: readonly Part[];
}

/** What is left for the parts still to come. */
export interface Budget {
  parts: number;
  headerBytes: number;
}

export function newBudget(): Budget {
  return { parts: MAIL_LIMITS.parts, headerBytes: MAIL_LIMITS.allHeaderBytes };
}

interface Open {
  readonly header: { from: number; to: number };
  readonly depth: number;
  readonly inDigest: boolean;
  headers: Headers;
  content: Parameters;
  boundary: Buffer | null;
  bodyFrom: number;
  bodyTo: number;
  children: Open[];
}

const [LF, CR, DASH, SPACE, TAB] = [0x0a, 0x0d, 0x2d, 0x20, 0x09];

/**
 * The parts of a mail (RFC 5322, RFC 2046), in one pass; a mail in a mail is a leaf.
 * A multipart without a usable boundary is one leaf of text: nothing that was sent is lost.
 * @param depth how deep the mail itself lies in others
 * @param budget shared by a mail and those in it
 * @throws Unreadable
 */
export function partsOf(raw: Buffer, depth = 0, budget: Budget = newBudget()): Part {
  if (raw.length > MAIL_LIMITS.bytes) throw new Unreadable('too_large');
  const root = newOpen(0, depth, false, budget);
  const stack: Open[] = [];
  /** What follows the last part of a multipart is read by nobody (RFC 2046 section 5.1.1). */
  const epilogue = opened(0, depth, false);
  let current = root;
  let inHeader = true;

  const endHeader = (at: number, bodyFrom: number): void => {
    current.header.to = at;
    readHeader(raw, current, budget);
    current.bodyFrom = bodyFrom;
    current.bodyTo = raw.length;
    if (current.boundary) stack.push(current);
    inHeader = false;
  };

  for (let start = 0; start < raw.length;) {
    let end = start;
    while (end < raw.length && raw[end] !== LF) end += 1;
    const next = end + 1;
    if (end > start && raw[end - 1] === CR) end -= 1;
    if (!inHeader && stack.length === 0) break;

    const delimiter = raw[start] === DASH && raw[start + 1] === DASH ? delimiterAt(raw, start, end, stack) : null;
    if (delimiter) {
      if (inHeader) endHeader(start, start);
      stack.length = Math.min(stack.length, delimiter.level + 1);
      const owner = stack.at(-1)!;
      current.bodyTo = Math.max(current.bodyFrom, beforeLineEnd(raw, start));
      if (delimiter.isLast) {
        stack.pop();
        current = epilogue;
      } else {
        current = newOpen(next, owner.depth + 1, owner.content.value === 'multipart/digest', budget);
        owner.children.push(current);
        inHeader = true;
      }
    } else if (inHeader) {
      if (end - start > MAIL_LIMITS.headerLineBytes || end - current.header.from > MAIL_LIMITS.headerBytes) throw new Unreadable('header_too_large');
      if (end === start) endHeader(start, next);
    }
    start = next;
  }
  if (inHeader) endHeader(raw.length, raw.length);
  return closed(root, raw);
}

function newOpen(from: number, depth: number, inDigest: boolean, budget: Budget): Open {
  if (depth > MAIL_LIMITS.depth) throw new Unreadable('too_deep');
  if ((budget.parts -= 1) < 0) throw new Unreadable('too_many_parts');
  return opened(from, depth, inDigest);
}

function opened(from: number, depth: number, inDigest: boolean): Open {
  return {
    header: { from, to: from }, depth, inDigest, headers: new Map(), content: { value: '', of: {} }, boundary: null, bodyFrom: from, bodyTo: from, children: [],
  };
}

function readHeader(raw: Buffer, part: Open, budget: Budget): void {
  if ((budget.headerBytes -= part.header.to - part.header.from) < 0) throw new Unreadable('header_too_large');
  part.headers = headersOf(raw.subarray(part.header.from, part.header.to));
  part.content = parametersOf(part.headers.get('content-type')?.[0] ?? '');
  const boundary = part.content.of['boundary'] ?? '';
  if (!part.content.value.startsWith('multipart/') || boundary === '') return;
  const bytes = Buffer.from(boundary);
  if (bytes.length <= LONGEST_BOUNDARY) part.boundary = bytes;
}

/** RFC 2046 section 5.1.1: two dashes, the boundary, two more at the end, then only white space. The innermost counts. */
function delimiterAt(raw: Buffer, start: number, end: number, stack: readonly Open[]): { level: number; isLast: boolean } | null {
  for (let level = stack.length - 1; level >= 0; level -= 1) {
    const boundary = stack[level]!.boundary!;
    let at = start + 2 + boundary.length;
    if (at > end || boundary[0] !== raw[start + 2] || boundary.compare(raw, start + 2, at) !== 0) continue;
    const isLast = raw[at] === DASH && raw[at + 1] === DASH && at + 2 <= end;
    if (isLast) at += 2;
    while (at < end && (raw[at] === SPACE || raw[at] === TAB)) at += 1;
    if (at === end) return { level, isLast };
  }
  return null;
}

/** The line end before a delimiter belongs to the delimiter. */
function beforeLineEnd(raw: Buffer, start: number): number {
  const at = raw[start - 1] === LF ? start - 1 : start;
  return raw[at - 1] === CR ? at - 1 : at;
}

function closed(part: Open, raw: Buffer): Part {
  const isSplit = part.children.length > 0;
  const said = /^[\w.+-]+\/[\w.+-]+$/.test(part.content.value) ? part.content.value : part.inDigest ? 'message/rfc822' : 'text/plain';
  const disposition = parametersOf(part.headers.get('content-disposition')?.[0] ?? '');
  const name = disposition.of['filename'] ?? part.content.of['name'] ?? null;
  return {
    headers: part.headers,
    type: said.startsWith('multipart/') && !isSplit ? 'text/plain' : said,
    parameters: part.content.of,
    disposition: disposition.value,
    name: name === null ? null : decodeWords(name.slice(0, 1000)).slice(0, 255),
    body: raw.subarray(part.bodyFrom, part.bodyTo),
    children: part.children.map((child) => closed(child, raw)),
  };
}

/** The header of a message, without what is over the limit. */
export function headerBlock(message: Buffer): Buffer {
  const block = message.subarray(0, MAIL_LIMITS.headerBytes);
  return block.subarray(0, /\r?\n\r?\n/.exec(block.toString('latin1'))?.index);
}

/** The fields of a header block (RFC 5322 section 2.2); lines that are none are passed over. */
export function headersOf(block: Buffer): Headers {
  const text = decodeText(block, '');
  const headers = new Map<string, string[]>();
  for (const line of text.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const [, name, value = ''] = /^([!-9;-~]{1,100})[ \t]*:([^]*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const known = headers.get(name.toLowerCase());
    const plain = value.replace(/[\r\0]/g, ' ').trim();
    if (known) known.push(plain);
    else headers.set(name.toLowerCase(), [plain]);
  }
  return headers;
}

const PARAMETER = /;\s*([^=;\s"]{1,60})\s*=\s*("(?:[^"\\]|\\[^])*"?|[^;]*)/g;

/** Reads `text/plain; charset="utf-8"; name*0*=utf-8''…` (RFC 2045 section 5.1, RFC 2231 sections 3 and 4); the first of equal names counts. */
export function parametersOf(header: string): Parameters {
  const bounded = header.slice(0, 8000);
  const of: Record<string, string> = Object.create(null) as Record<string, string>;
  const sections = new Map<string, { number: number; isEncoded: boolean; value: string }[]>();
  for (const [, rawName = '', rawValue = ''] of bounded.matchAll(PARAMETER)) {
    const value = rawValue.startsWith('"') ? rawValue.replace(/^"|"$/g, '').replace(/\\([^])/g, '$1') : rawValue.replace(/\s\([^()]*\)\s*$/, '').trim();
    const [, name = '', , number, star] = /^([^*]+)(\*(\d{1,3}))?(\*)?$/.exec(rawName.toLowerCase()) ?? [];
    if (name === '') continue;
    if (number === undefined && star === undefined) of[name] ??= value;
    else sections.set(name, [...(sections.get(name) ?? []), { number: Number(number ?? 0), isEncoded: star !== undefined, value }].slice(0, 50));
  }
  for (const [name, list] of sections) of[name] ??= joined(list.toSorted((a, b) => a.number - b.number));
  return { value: (bounded.split(';', 1)[0] ?? '').replace(/\([^()]*\)/g, '').trim().toLowerCase(), of };
}

/** RFC 2231: sections joined, `charset'language'` before the first, percent-encoded bytes. */
function joined(sections: readonly { isEncoded: boolean; value: string }[]): string {
  const [, charset] = (sections[0]?.isEncoded ? /^([^']*)'[^']*'/.exec(sections[0].value) : null) ?? [];
  const bytes = sections.map(({ isEncoded, value }, i) => {
    const text = i === 0 && charset !== undefined ? value.replace(/^[^']*'[^']*'/, '') : value;
    const percent = isEncoded ? Buffer.from(text).toString('latin1').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : null;
    return percent === null ? Buffer.from(text) : Buffer.from(percent, 'latin1');
  });
  return decodeText(Buffer.concat(bytes), charset ?? 'utf-8');
}

/** The content of a part without its transfer encoding (RFC 2045 section 6); what is not valid is passed over. */
export function decodedBody(part: Pick<Part, 'headers' | 'body'>): Buffer {
  const encoding = (part.headers.get('content-transfer-encoding')?.[0] ?? '').toLowerCase();
  if (encoding.includes('base64')) return base64(part.body.toString('latin1'));
  return encoding.includes('quoted-printable') ? quotedPrintable(part.body) : part.body;
}

/** Largest body that is mended when its lines are padded one by one; a decoder stops at the first padding. */
const MOST_MENDED = 4 * 2 ** 20;

/** RFC 2045 section 6.8 */
function base64(text: string): Buffer {
  const padding = text.indexOf('=');
  const isPaddedInside = padding !== -1 && text.length < MOST_MENDED && /[A-Za-z0-9+/]/.test(text.slice(padding));
  if (!isPaddedInside) return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/, 100_000).map((piece) => Buffer.from(piece, 'base64')));
}

/** RFC 2045 section 6.7; an escape that is none stays as it is. */
function quotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let i = 0; i < body.length; i += 1) {
    const byte = body[i]!;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    let end = i + 1;
    while (body[end] === SPACE || body[end] === TAB) end += 1;
    if (body[end] === CR && body[end + 1] === LF) i = end + 1;
    else if (body[end] === LF) i = end;
    else {
      const value = hexAt(body, i + 1) * 16 + hexAt(body, i + 2);
      if (Number.isNaN(value)) out[length++] = byte;
      else {
        out[length++] = value;
        i += 2;
      }
    }
  }
  return out.subarray(0, length);
}

function hexAt(body: Buffer, at: number): number {
  const byte = body[at] ?? 0;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NaN;
}
