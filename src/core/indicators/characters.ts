/** Character codes the scanners look for; texts are read as UTF-16 code units, never copied into arrays. */
export const CODE = {
  lineFeed: 0x0a, space: 0x20, apostrophe: 0x27, open: 0x28, close: 0x29, plus: 0x2b, comma: 0x2c, hyphen: 0x2d, dot: 0x2e, slash: 0x2f,
  zero: 0x30, nine: 0x39, colon: 0x3a, question: 0x3f, openSquare: 0x5b, backslash: 0x5c, underscore: 0x5f, bar: 0x7c, openCurly: 0x7b,
} as const;

/** A table over ASCII with 1 for the characters given. */
export function asciiTable(characters: string): Uint8Array {
  const table = new Uint8Array(0x80);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

const ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WORD = asciiTable(`${ALPHANUMERIC}_`);
const LETTER_OR_DIGIT = asciiTable(ALPHANUMERIC);
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;

/** Whether a code unit is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= CODE.zero && code <= CODE.nine;
}

/** Whether a code unit is an ASCII letter or digit. */
export function isAsciiAlphanumeric(code: number): boolean {
  return code < 0x80 && LETTER_OR_DIGIT[code] === 1;
}

/** Whether a code unit is a combining mark as Vietnamese is written with. */
export function isMark(code: number): boolean {
  return code >= 0x300 && code <= 0x36f;
}

/** Whether a code unit belongs to a letter, digit, combining mark or underscore; false outside the text. */
export function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return WORD[code] === 1;
  if (isLatinLetter(code)) return true;
  return code >= 0x80 && WORD_CHARACTER.test(wholeCharacter(text, at, code));
}

/** Latin letters with marks and combining marks: all of Vietnamese, decided without a regular expression. */
function isLatinLetter(code: number): boolean {
  return (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) || isMark(code) || (code >= 0x1e00 && code <= 0x1eff);
}

/** The character that a code unit is or is half of. */
function wholeCharacter(text: string, at: number, code: number): string {
  const start = (code & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? at - 1 : at;
  return String.fromCodePoint(text.codePointAt(start) ?? 0);
}

/** Whether a code unit is a dash that looks like a hyphen. */
export function isDash(code: number): boolean {
  return (code >= 0x2010 && code <= 0x2015) || code === 0x2212;
}

const WHITE = /\s/;

/** Whether a code unit is white space. */
export function isWhite(code: number): boolean {
  if (code < 0x80) return code === CODE.space || (code >= 0x09 && code <= 0x0d);
  return (code < 0x100 || code >= 0x1680) && !isLatinLetter(code) && WHITE.test(String.fromCharCode(code));
}
