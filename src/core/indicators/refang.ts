import { CODE, isAsciiAlphanumeric } from './characters.ts';

/** One place where a text was changed: source characters `from` to `to` stand as `meaning`, which begins at `at`. */
interface Edit {
  from: number;
  to: number;
  meaning: string;
  at: number;
}

/** Text made readable for the extractor, and the way back to the source. */
export interface Refanged {
  text: string;
  /** What was changed, in order. */
  edits: readonly Edit[];
}

/** Endings that are spoken or spaced out: "evil chấm com", "evil . com". */
const SPOKEN_ENDING = /(?:com|vn|net|org|info|top|xyz|site|online|club|vip|shop|store|app|io|me|cc|gov|edu|biz|live|link|example)(?![\p{L}\p{N}-])/iuy;
const BRACKETED_DOT = /[[({] {0,2}(?:\.|dot|ch(?:ấ|â\u0301|a\u0302\u0301|a)m) {0,2}[\])}] {0,2}/iuy;
const BRACKETED_AT = /[[({](?:@|at)[\])}]/iy;
const SPOKEN_DOT = /(?:\.|dot|ch(?:ấ|â\u0301|a\u0302\u0301|a)m) {1,2}/iuy;
const BRACKETED = ['[://]', '[:]', '[/]'] as const;
/** What is written for "http" before "://" or "[:"; nothing else is a scheme spoiled. */
const SPOILED_SCHEME = /^(?!http)h[x*t]{2}p$/i;
const SMALL_S = 0x73;
const MEOW = /(?<![\p{L}\p{N}])meow$/iu;

/** Where a broken link may show: most texts have no such place, and finding none costs one pass. The colon of a whole http: is none. */
const MARK = /[:[({\u00ad\u200b-\uffff](?<!http:|https:)| (?:\. |[dD][oO][tT] |[cC][hH][aAâÂấẤ])/g;

function nextMark(source: string, from: number): number {
  MARK.lastIndex = from;
  const at = MARK.exec(source)?.index ?? -1;
  return source.charCodeAt(at) === CODE.space ? at + 1 : at;
}

/**
 * Undoes what people do to links so that they do not open: hxxp, h**p, [.], (chấm), " chấm com", full-width letters.
 */
export function refang(text: string): string {
  return refangWithOrigin(text).text;
}

/** `refang`, with the way back to the source. One pass, linear; never throws. */
export function refangWithOrigin(source: string): Refanged {
  const first = nextMark(source, 0);
  if (first < 0) return { text: source, edits: [] };
  const edits: Edit[] = [];
  const pieces: string[] = [];
  let done = 0;
  let length = 0;
  const replace: Replace = (from, to, meaning) => {
    length += from - done;
    pieces.push(source.slice(done, from), meaning);
    edits.push({ from, to, meaning, at: length });
    length += meaning.length;
    done = to;
  };
  for (let at = first; at >= 0; at = nextMark(source, Math.max(at + 1, done))) {
    const code = source.charCodeAt(at);
    const odd = code >= 0x80 ? oddCharacter(code) : null;
    if (odd !== null) replace(at, at + 1, odd);
    else if (code === CODE.colon) undoScheme(source, at, done, replace);
    else if (source.charCodeAt(at - 1) === CODE.space && !isBracket(code)) undoSpokenDot(source, at, done, replace);
    else if (code < 0x80) {
      undoScheme(source, at, done, replace);
      undoBrackets(source, at, done, replace);
    }
  }
  if (edits.length === 0) return { text: source, edits };
  pieces.push(source.slice(done));
  return { text: pieces.join(''), edits };
}

/** Where in the source a place in the refanged text was. */
export function sourcePosition({ edits }: Refanged, at: number): number {
  if (edits.length === 0) return at;
  let low = 0;
  for (let high = edits.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((edits[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const edit = edits[low - 1];
  if (edit === undefined) return at;
  const past = at - edit.at - edit.meaning.length;
  return past < 0 ? edit.from : edit.to + past;
}

type Replace = (from: number, to: number, meaning: string) => void;

function isBracket(code: number): boolean {
  return code === CODE.openSquare || code === CODE.open || code === CODE.openCurly;
}

/** "evil chấm com", "evil . com": the dot or its name begins at `at`, after a space. */
function undoSpokenDot(source: string, at: number, done: number, replace: Replace): void {
  const end = endOf(SPOKEN_DOT, source, at);
  if (end < 0 || endOf(SPOKEN_ENDING, source, end) < 0) return;
  const from = beforeSpaces(source, at, done);
  if (isAsciiAlphanumeric(source.charCodeAt(from - 1))) replace(from, end, '.');
}

/** "[.]", "(chấm)", "[://]", "[@]": the bracket is at `at`. */
function undoBrackets(source: string, at: number, done: number, replace: Replace): void {
  const sign = BRACKETED.find((each) => source.startsWith(each, at));
  if (sign !== undefined) return replace(at, at + sign.length, sign.slice(1, -1));
  const dotEnd = endOf(BRACKETED_DOT, source, at);
  if (dotEnd >= 0) return replace(beforeSpaces(source, at, done), dotEnd, '.');
  const atEnd = endOf(BRACKETED_AT, source, at);
  if (atEnd >= 0) replace(at, atEnd, '@');
}

/** "hxxp", "h**p", "meow" whose "://" or "[:" is at `at`. */
function undoScheme(source: string, at: number, done: number, replace: Replace): void {
  const isPlain = source.charCodeAt(at) === CODE.colon;
  if (isPlain ? !source.startsWith('//', at + 1) : source.charCodeAt(at + 1) !== CODE.colon) return;
  const spaced = beforeSpaces(source, at, done);
  const end = (source.charCodeAt(spaced - 1) | 0x20) === SMALL_S ? spaced - 1 : spaced;
  const start = end - 4;
  if (start < done) return;
  const isMeow = isPlain && spaced === at && MEOW.test(source.slice(Math.max(0, start - 2), end));
  if (isMeow || SPOILED_SCHEME.test(source.slice(start, end))) replace(start, end, 'http');
}

/** The place less up to two spaces before it. */
function beforeSpaces(source: string, at: number, done: number): number {
  let from = at;
  while (from > done && at - from < 2 && source.charCodeAt(from - 1) === CODE.space) from -= 1;
  return from;
}

/** What a character outside ASCII stands for in a name: a dot, a letter in full width, nothing; null for itself. */
function oddCharacter(code: number): string | null {
  if (code === 0x3002 || code === 0xff61 || code === 0x2024) return '.';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return code === 0xad || (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff ? '' : null;
}

/** Where a sticky pattern that matches at a place ends, or -1. */
function endOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : -1;
}

/** Characters in a name that a reader takes for others: dashes, full-width forms, odd dots, zero-width characters. */
export function isUnusual(asSent: string): boolean {
  return /[\u2010-\u2015\u2212\u00ad\u200b-\u200f\u2024\u2060\u3002\ufeff\uff01-\uff65]/.test(asSent);
}
