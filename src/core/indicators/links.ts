import { asciiTable, CODE, isDash, isWhite, isWordAt } from './characters.ts';
import { hasKnownSuffix, hostOf, isIpHost } from './url.ts';

/** A link or host name found in refanged text; `host` is where its name ends and port, path or query begin. */
export interface Link {
  start: number;
  hostEnd: number;
  end: number;
  hasScheme: boolean;
}

/** Quotation marks and brackets that end a link in running text, as white space does. */
const QUOTES = '<>"`“”‘’«»…';
const ENDS_LINK = asciiTable(`${QUOTES.replace(/[^\0-\x7f]/g, '')} \t\n\v\f\r`);
const ENDS_HOST = asciiTable('<>"`\' \t\n\v\f\r/?#\\,;(){}|');
const BEGINS_TAIL = asciiTable('/?#\\');
/** After one of these a second link may begin, glued to the first. */
const NEXT_LINK = /[,;|]'?(?:https?|ftp):/iy;
/** A path may hold an apostrophe (RFC 3986 section 2.2); cutting there would make a name of what follows and accuse it. */
const CLOSING_QUOTE = /'[,;]\s*'/y;
const PORT = /:\d{1,5}(?!\d)/y;
const SCHEME = /(?:https?|ftp)$/i;
const LONGEST_SCHEME = 5;
const LONGEST_HOST = 253; // RFC 1035 section 2.3.4

/**
 * Links with a scheme anywhere, and names with a known ending that read as addresses, in order. Looks only around full
 * stops inside words and at "://", so that prose costs one pass; linear in the text.
 */
export function findLinks(text: string): Link[] {
  const links: Link[] = [];
  let done = 0;
  for (let at = nextMark(text, 0); at >= 0; at = nextMark(text, Math.max(at + 1, done))) {
    if (text.charCodeAt(at) === CODE.colon) {
      const start = schemeStart(text, done, at);
      if (start < 0) continue;
      done = tailEnd(text, hostEnd(text, at + 1));
      links.push(linkWithScheme(text, start, at, done));
    } else if (isRunAt(text, at + 1)) {
      const [start, end] = runAround(text, done, at);
      const isRest = start > 0 && start === done && isRunAt(text, start - 1);
      for (const [from, to] of isRest ? [] : namesIn(text.slice(start, end))) {
        const link = bareLink(text, done, start + from, start + to);
        if (link === null) continue;
        links.push(link);
        done = link.end;
      }
      done = Math.max(done, end);
    }
  }
  return links;
}

/** A colon before slashes, or a full stop before what is no white space. */
const MARK = /:[/\\]|\.[^\s.]/g;

function nextMark(text: string, from: number): number {
  MARK.lastIndex = from;
  return MARK.exec(text)?.index ?? -1;
}

/** Where the scheme begins whose colon is at `colon`, when slashes and a host follow; else -1. */
function schemeStart(text: string, done: number, colon: number): number {
  const next = text.charCodeAt(colon + 1);
  if (next !== CODE.slash && next !== CODE.backslash) return -1;
  const scheme = SCHEME.exec(text.slice(Math.max(done, colon - LONGEST_SCHEME), colon))?.[0];
  return scheme === undefined || hostEnd(text, colon + 1) < 0 ? -1 : colon - scheme.length;
}

/** Where the host ends that follows one or two slashes, or -1 when there is none. */
function hostEnd(text: string, slash: number): number {
  const second = text.charCodeAt(slash + 1);
  const start = second === CODE.slash || second === CODE.backslash ? slash + 2 : slash + 1;
  let at = start;
  while (at < text.length && !isOutside(text.charCodeAt(at), ENDS_HOST)) at += 1;
  return at === start ? -1 : at;
}

function linkWithScheme(text: string, start: number, colon: number, tail: number): Link {
  const end = trimmedEnd(text, start, tail);
  return { start, hostEnd: Math.min(hostEnd(text, colon + 1), end), end, hasScheme: true };
}

function isOutside(code: number, ascii: Uint8Array): boolean {
  return code < 0x80 ? ascii[code] === 1 : code < 0xc0 ? code === 0xab || code === 0xbb || isWhite(code) : code > 0x1000 && (QUOTES.includes(String.fromCharCode(code)) || isWhite(code));
}

/** End of the path, query and fragment that begin at a place; the place itself when none do. */
function tailEnd(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (!(first < 0x80) || BEGINS_TAIL[first] === 0) return from;
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isOutside(code, ENDS_LINK)) return at;
    const isBorder = code === CODE.comma || code === 0x3b || code === CODE.bar ? matches(NEXT_LINK, text, at) : code === CODE.apostrophe && matches(CLOSING_QUOTE, text, at);
    if (isBorder) return at;
  }
  return text.length;
}

function matches(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

/** Whether a code unit may stand in a name: word characters, hyphens and what looks like one, one full stop at a time. */
function isRunAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === CODE.dot) return text.charCodeAt(at + 1) !== CODE.dot;
  return code === CODE.hyphen || isWordAt(text, at) || isDash(code);
}

/** The run of such characters around a full stop, dashes included so that a name is never cut at one. */
function runAround(text: string, done: number, dot: number): [number, number] {
  let start = dot;
  let end = dot + 1;
  while (start > done && isRunAt(text, start - 1)) start -= 1;
  while (end < text.length && isRunAt(text, end)) end += 1;
  const scheme = text.charCodeAt(end) === CODE.colon ? schemeStart(text, start, end) : -1;
  return [start, scheme < 0 ? end : scheme];
}

/** Adds port and path; null for what is an e-mail address, an abbreviation or the border of two sentences. */
function bareLink(text: string, done: number, start: number, hostEnd: number): Link | null {
  const end = trimmedEnd(text, hostEnd, tailBeforeScheme(text, hostEnd));
  const name = text.slice(start, hostEnd);
  const isMail = text[hostEnd] === '@' || (start > done && text[start - 1] === '@' && end === hostEnd);
  if (isMail || (end === hostEnd && (isIpHost(name) || readsAsProse(name)))) return null;
  return { start, hostEnd, end, hasScheme: false };
}

/** End of port and path after a bare name; a link with a scheme in its path is one of its own. */
function tailBeforeScheme(text: string, hostEnd: number): number {
  const port = text.charCodeAt(hostEnd) === CODE.colon && matches(PORT, text, hostEnd) ? PORT.lastIndex : hostEnd;
  const end = tailEnd(text, port);
  for (let at = port; at < end; at += 1) {
    const start = text.charCodeAt(at) === CODE.colon ? schemeStart(text, port, at) : -1;
    if (start >= 0) return start;
  }
  return end;
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
  if (!/[\u2010-\u2015\u2212]/.test(run)) return [];
  const bounds = [...run.matchAll(/[^\u2010-\u2015\u2212]+/g)].map(({ index, 0: piece }) => inner(run, index, index + piece.length));
  return bounds.filter(([from, to]) => isName(run.slice(from, to)));
}

function isName(raw: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(raw)) return hostOf(raw) === raw;
  if (!/\.(?:[a-z\u0080-\uffff][^.]*|xn--[^.]+)$/i.test(raw)) return false;
  const host = hostOf(raw);
  return host !== null && hasKnownSuffix(host) && host.includes('.');
}

/** Bounds without the punctuation around a run: "-evil.example." is evil.example. */
function inner(run: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isEdge(run.charCodeAt(start))) start += 1;
  while (end > start && isEdge(run.charCodeAt(end - 1))) end -= 1;
  return [start, end];
}

function isEdge(code: number): boolean {
  return code === CODE.dot || code === CODE.hyphen || code === CODE.underscore || isDash(code);
}

/** "mất tiền.Xin giúp" and "TS.BS" are not names, though .xin and .bs exist; "Evil.Com" typed by a telephone is one. */
function readsAsProse(name: string): boolean {
  const dot = name.lastIndexOf('.');
  const ending = name.slice(dot + 1);
  if (/^(?:com|net|org|info|vn)$/i.test(ending)) return false;
  const nextSentence = /^\p{Lu}\p{Ll}/u.test(ending);
  const abbreviation = /^\p{Lu}{2}$/u.test(ending) && /^[\p{Lu}.]{1,6}$/u.test(name.slice(0, dot));
  return nextSentence || abbreviation;
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const CLOSES_SENTENCE = asciiTable('.,;:!?|*\')]}');

/** End of a link without the punctuation of the sentence around it; a bracket stays when it was opened inside. */
function trimmedEnd(text: string, start: number, end: number): number {
  let unopened: Map<string, number> | null = null;
  for (let at = end; at > start; at -= 1) {
    const code = text.charCodeAt(at - 1);
    if (code >= 0x80 || CLOSES_SENTENCE[code] === 0) return at;
    const closer = text.charAt(at - 1);
    const opener = OPENING[closer];
    if (opener === undefined) continue;
    unopened ??= new Map();
    const left = unopened.get(closer) ?? surplus(text.slice(start, at), closer, opener);
    if (left <= 0) return at;
    unopened.set(closer, left - 1);
  }
  return start;
}

/** How many more of one character than of another a part has. */
function surplus(part: string, more: string, less: string): number {
  return part.split(more).length - part.split(less).length;
}
