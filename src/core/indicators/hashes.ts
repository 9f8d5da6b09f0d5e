import { asciiTable, isAsciiAlphanumeric } from './characters.ts';

/** A file hash in text: lower-case hexadecimal, and where it stands. */
export interface FoundHash {
  start: number;
  end: number;
  key: string;
  /** False for the hash of the empty file, true of nothing in particular. */
  specific: boolean;
}

/** MD5, SHA-1, SHA-256 and SHA-512 of the empty file. */
const EMPTY_FILE: ReadonlySet<string> = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce' +
    '47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
]);
/** Hexadecimal digits of MD5, SHA-1, SHA-256 and SHA-512. */
const LENGTHS: ReadonlySet<number> = new Set([32, 40, 64, 128]);
const SHORTEST = 32;
const HEXADECIMAL = asciiTable('0123456789abcdefABCDEF');
const HASH = /^(?=.*\d)(?=.*[a-f])[0-9a-f]+$/;

/** File hashes in running text. A word that long covers every 32nd character of a text at least once: only those are looked at. */
export function findHashes(text: string): FoundHash[] {
  const found: FoundHash[] = [];
  let done = 0;
  for (let probe = SHORTEST - 1; probe < text.length; probe = Math.max(probe, done) + SHORTEST) {
    if (!isHexadecimal(text.charCodeAt(probe))) continue;
    let start = probe;
    let end = probe;
    while (start > done && isAsciiAlphanumeric(text.charCodeAt(start - 1))) start -= 1;
    while (end < text.length && isAsciiAlphanumeric(text.charCodeAt(end))) end += 1;
    done = end;
    if (!LENGTHS.has(end - start)) continue;
    const key = text.slice(start, end).toLowerCase();
    if (HASH.test(key)) found.push({ start, end, key, specific: !EMPTY_FILE.has(key) });
  }
  return found;
}

function isHexadecimal(code: number): boolean {
  return code < 0x80 && HEXADECIMAL[code] === 1;
}
