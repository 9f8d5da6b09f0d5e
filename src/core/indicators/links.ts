import { isIpHost, hasKnownSuffix, hostOf } from './url.ts';

/** A link or host name found in refanged text; `host` is where its name ends and port, path or query begin. */
export interface Link {
  start: number;
  hostEnd: number;
  end: number;
  hasScheme: boolean;
}

/** Characters that end a link in running text. */
const OUTSIDE = '\\s<>"\'`“”‘’«»…';
/** A path may hold an apostrophe (RFC 3986 section 2.2); cutting there would make a name of what follows and accuse it. */
const TAIL = `[/?#\\\\](?:(?![,;|]'?(?:https?|ftp):|'[,;]\\s*')(?:[^${OUTSIDE}]|'))*`;
const WITH_SCHEME = new RegExp(`((?:https?|ftp):[/\\\\]{1,2}[^${OUTSIDE}/?#\\\\,;(){}|]+)(?:${TAIL})?`, 'giu');
/** A run of host characters, dashes that look like hyphens included so that a name is never cut at one. */
const HOST_RUN = /(?:[\p{L}\p{N}\p{M}_\-\u2010-\u2015\u2212]|\.(?!\.))+/gu;
const AFTER_HOST = new RegExp(`(?::\\d{1,5}(?!\\d))?(?:${TAIL})?`, 'iuy');
const LONGEST_HOST = 253; // RFC 1035 section 2.3.4

/** Links with a scheme anywhere, and names with a known ending that read as addresses, in order. Linear in the text. */
export function findLinks(text: string): Link[] {
  const links: Link[] = [];
  let done = 0;
  for (const match of text.matchAll(WITH_SCHEME)) {
    links.push(...bareLinks(text, done, match.index));
    done = match.index + match[0].length;
    const hostEnd = match.index + (match[1] ?? '').length;
    const end = trimmedEnd(text, match.index, done);
    links.push({ start: match.index, hostEnd: Math.min(hostEnd, end), end, hasScheme: true });
  }
  return [...links, ...bareLinks(text, done, text.length)];
}

function bareLinks(text: string, from: number, to: number): Link[] {
  const gap = text.slice(from, to);
  const links: Link[] = [];
  let done = 0;
  for (const { index, 0: run } of gap.matchAll(HOST_RUN)) {
    if (index < done || !run.includes('.')) continue;
    for (const [start, end] of namesIn(run)) {
      const link = withTail(gap, index + start, index + end);
      if (link === null) continue;
      done = link.end;
      links.push({ ...link, start: from + link.start, hostEnd: from + link.hostEnd, end: from + link.end });
    }
  }
  return links;
}

/** Adds port and path; null for what is an e-mail address, an abbreviation or the border of two sentences. */
function withTail(gap: string, start: number, hostEnd: number): Link | null {
  AFTER_HOST.lastIndex = hostEnd;
  const tail = AFTER_HOST.exec(gap)?.[0] ?? '';
  const end = trimmedEnd(gap, hostEnd, hostEnd + tail.length);
  const name = gap.slice(start, hostEnd);
  if (gap[hostEnd] === '@' || (gap[start - 1] === '@' && end === hostEnd)) return null;
  if (end === hostEnd && (isIpHost(name) || readsAsProse(name))) return null;
  return { start, hostEnd, end, hasScheme: false };
}

/**
 * Where in a run of host characters the host names are: all of it, all but a glued next sentence, or between dashes.
 */
function namesIn(run: string): [number, number][] {
  const [start, end] = inner(run, 0, run.length);
  if (end - start > LONGEST_HOST) return [];
  if (isName(run.slice(start, end))) return [[start, end]];
  const lastDot = run.lastIndexOf('.', end - 1);
  if (run.indexOf('.', start) < lastDot && isName(run.slice(start, lastDot))) return [[start, lastDot]];
  const pieces = [...run.matchAll(/[^\u2010-\u2015\u2212]+/g)];
  if (pieces.length < 2) return [];
  const bounds = pieces.map(({ index, 0: piece }) => inner(run, index, index + piece.length));
  return bounds.filter(([from, to]) => isName(run.slice(from, to)));
}

function isName(raw: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(raw)) return hostOf(raw) === raw;
  if (!/\.(?:[a-z\u0080-\uffff][^.]*|xn--[^.]+)$/iu.test(raw)) return false;
  const host = hostOf(raw);
  return host !== null && hasKnownSuffix(host) && host.includes('.');
}

/** Bounds without the punctuation around a run: "-evil.example." is evil.example. */
function inner(run: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isEdge(run[start])) start += 1;
  while (end > start && isEdge(run[end - 1])) end -= 1;
  return [start, end];
}

function isEdge(character = ''): boolean {
  return /[._\-\u2010-\u2015\u2212]/.test(character);
}

/** "mất tiền.Xin giúp" and "TS.BS" are not names, though .xin and .bs exist; "Evil.Com" typed by a telephone is one. */
function readsAsProse(name: string): boolean {
  const [, before = '', ending = ''] = /^(.*)\.([^.]+)$/su.exec(name) ?? [];
  if (/^(?:com|net|org|info|vn)$/i.test(ending)) return false;
  const nextSentence = /^\p{Lu}\p{Ll}/u.test(ending);
  const abbreviation = /^\p{Lu}{2}$/u.test(ending) && /^[\p{Lu}.]{1,6}$/u.test(before);
  return nextSentence || abbreviation;
}

const OPENING: ReadonlyMap<string, string> = new Map([[')', '('], [']', '['], ['}', '{']]);

/** End of a link without the punctuation of the sentence around it; a bracket stays when it was opened inside. */
function trimmedEnd(text: string, start: number, end: number): number {
  const part = text.slice(start, end);
  const closers = new Map([...OPENING].map(([close, open]) => [close, count(part, close) - count(part, open)]));
  let at = part.length;
  for (; at > 0; at -= 1) {
    const last = part[at - 1] ?? '';
    const unopened = closers.get(last);
    if (unopened === undefined ? !/[.,;:!?|*']/.test(last) : unopened <= 0) break;
    if (unopened !== undefined) closers.set(last, unopened - 1);
  }
  return start + at;
}

function count(part: string, character: string): number {
  return part.split(character).length - 1;
}
