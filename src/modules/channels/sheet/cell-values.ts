/** How a spreadsheet stores numbers and days, and how they are written as text. Source: ECMA-376 part 1, 18.8.30 and 18.17.4. */

const DAY_MS = 86_400_000;
/** Built-in number formats that show a day, in any language (18.8.30). */
const DAY_FORMATS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58]);
const LAST_SERIAL = 2_958_465;
/** In the 1900 system the day 60 is 29 February 1900, which never was; later days are counted from one day earlier. */
const FALSE_LEAP_DAY = 60;

/** Whether a number format shows a day. @param code the format when the file defines it, like `dd/mm/yyyy` */
export function showsDay(id: number, code: string | undefined): boolean {
  if (code === undefined) return DAY_FORMATS.has(id);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '').toLowerCase();
  return /[yd]/.test(bare) || (bare.includes('m') && !/[hs]/.test(bare));
}

/** The day of a serial number as yyyy-mm-dd; null when it is none (a time alone, a negative number, after 9999). */
export function dayOfSerial(serial: number, from1904 = false): string | null {
  const days = Math.floor(serial);
  if (!(days >= (from1904 ? 0 : 1) && days <= LAST_SERIAL) || (!from1904 && days === FALSE_LEAP_DAY)) return null;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days > FALSE_LEAP_DAY ? 30 : 31);
  return new Date(epoch + days * DAY_MS).toISOString().slice(0, 10);
}

/** A stored number in plain digits: no exponent, no `.0`; whole numbers keep every digit. Other text comes back as it is. */
export function plainNumber(stored: string): string {
  const text = stored.trim();
  if (/^-?\d+$/.test(text)) return text;
  if (!/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return stored;
  const value = Number(text);
  return Number.isFinite(value) ? withoutExponent(String(value)) : stored;
}

function withoutExponent(text: string): string {
  const [, sign = '', whole = '', decimals = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const at = whole.length + Number(exponent);
  const digits = whole + decimals;
  if (at <= 0) return `${sign}0.${'0'.repeat(-at)}${digits}`;
  return at >= digits.length ? sign + digits.padEnd(at, '0') : `${sign}${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** Characters that XML cannot hold are stored as `_x000D_` (22.9.2.19, ST_Xstring). */
export function unescapeXstring(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Column from 0 of a reference like `AB12`; -1 when it is none, or beyond the 16,384 columns a sheet has. */
export function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column > 16_384 ? -1 : column - 1;
}
