/** Text made readable for the extractor, and for each of its characters where in the source it came from. */
export interface Refanged {
  text: string;
  /** `origin[i]` is the source index of `text[i]`; one more entry than characters, so that ends map too. */
  origin: Uint32Array;
}

/** Endings that are spoken or spaced out: "evil chấm com", "evil . com". */
const SPOKEN_ENDING =
  '(?=(?:com|vn|net|org|info|top|xyz|site|online|club|vip|shop|store|app|io|me|cc|gov|edu|biz|live|link|example)' +
  '(?![\\p{L}\\p{N}-]))';
const DOT_WORD = '(?:\\.|dot|ch(?:ấ|â\\u0301|a\\u0302\\u0301|a)m)';

/**
 * Ways people and tools break links, each with what it stands for. Runs of spaces are bounded: matching stays linear.
 */
const FANGS: readonly (readonly [pattern: string, meaning: string | ((match: string) => string)])[] = [
  ['h[x*t]{2}p(?=s? {0,2}(?:://|\\[:))', 'http'],
  ['(?<![\\p{L}\\p{N}])meow(?=s?://)', 'http'],
  ['\\[://\\]', '://'],
  ['\\[:\\]', ':'],
  ['\\[/\\]', '/'],
  ['[\\[({](?:@|at)[\\])}]', '@'],
  [` {0,2}[\\[({] {0,2}${DOT_WORD} {0,2}[\\])}] {0,2}`, '.'],
  [`(?<=[a-z0-9]) {1,2}${DOT_WORD} {1,2}${SPOKEN_ENDING}`, '.'],
  ['[\\u3002\\uff61\\u2024]', '.'],
  ['[\\uff01-\\uff5e]', (match) => match.normalize('NFKC')],
  ['[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]', ''],
];
const FANG = new RegExp(FANGS.map(([pattern]) => `(${pattern})`).join('|'), 'giu');

/**
 * Undoes what people do to links so that they do not open: hxxp, h**p, [.], (chấm), " chấm com", full-width letters.
 */
export function refang(text: string): string {
  return refangWithOrigin(text).text;
}

/** `refang`, with the way back to the source. Linear; never throws. */
export function refangWithOrigin(source: string): Refanged {
  const pieces: string[] = [];
  const origin = new Uint32Array(source.length + 1);
  let length = 0;
  const append = (piece: string, from: number, step: number): void => {
    pieces.push(piece);
    for (let i = 0; i < piece.length; i += 1) origin[length + i] = from + i * step;
    length += piece.length;
  };
  let done = 0;
  for (const match of source.matchAll(FANG)) {
    append(source.slice(done, match.index), done, 1);
    append(meaningOf(match), match.index, 0);
    done = match.index + match[0].length;
  }
  append(source.slice(done), done, 1);
  origin[length] = source.length;
  return { text: pieces.join(''), origin: origin.subarray(0, length + 1) };
}

function meaningOf(match: RegExpExecArray): string {
  const meaning = FANGS[match.slice(1).findIndex((group) => group !== undefined)]?.[1] ?? '';
  return typeof meaning === 'string' ? meaning : meaning(match[0]);
}

/** Characters in a name that a reader takes for others: dashes, full-width forms, odd dots, zero-width characters. */
export function isUnusual(asSent: string): boolean {
  return /[\u2010-\u2015\u2212\u00ad\u200b-\u200f\u2024\u2060\u3002\ufeff\uff01-\uff65]/.test(asSent);
}
