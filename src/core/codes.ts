/**
 * Codes people copy from paper: the public report code, the case number, and the secret that opens a reporter's page.
 */

/** Quasigroup of order 10. Source: H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004, p. 111. */
const DAMM = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
] as const;

/** Damm's check digit: catches every single wrong digit and every swap of two neighbours. */
function checkDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(DAMM[interim]?.[Number(digit)]);
  return String(interim);
}

/** What a report code says: province code of the General Statistics Office, local date, running number of that day. */
export interface ReportCodeParts {
  province: string;
  /** YYYY-MM-DD, the date in Vietnam. */
  date: string;
  sequence: number;
}

/**
 * What a code is of: a report (phản ánh), a notice (thông báo), an appeal (xem xét lại), a data request (dữ liệu), a request for opinions (ý kiến),
 * a meeting (họp), a transfer (chuyển xử lý), a hand-over pack (bàn giao), a warning letter (cảnh báo), a task set by hand (việc làm).
 */
export type CodeKind = 'PA' | 'TB' | 'XL' | 'DL' | 'YK' | 'HP' | 'CX' | 'BG' | 'CB' | 'VL';

/** Report code, see {@link publicCode}. */
export function reportCode(parts: ReportCodeParts): string {
  return publicCode('PA', parts);
}

/**
 * Code `PA-04-261122-0001-c` (kind, province, date yymmdd, at least four digits of sequence, Damm check
 * digit over all digits before it). Public, names nothing. Throws RangeError when a part cannot be written in it.
 */
export function publicCode(kind: CodeKind, { province, date, sequence }: ReportCodeParts): string {
  if (!/^\d{2}$/.test(province)) throw new RangeError(`province code: ${province}`);
  if (!isDate(date) || !date.startsWith('20')) throw new RangeError(`date: ${date}`);
  const day = date.slice(2).replaceAll('-', '');
  const running = runningNumber(sequence);
  return `${kind}-${province}-${day}-${running}-${checkDigit(province + day + running)}`;
}

/** Reads a report code as a person types it, see {@link parseCode}. */
export function parseReportCode(text: string): (ReportCodeParts & { code: string }) | null {
  return parseCode('PA', text);
}

/**
 * Reads a code of a kind as a person types it: any case, spaces, missing or other dashes, full-width digits, letter O for
 * zero and I or L for one. Null when it is not one or the check digit is wrong.
 */
export function parseCode(kind: CodeKind, text: string): (ReportCodeParts & { code: string }) | null {
  const typed = copiedDigits(text);
  if (!typed.startsWith(kind)) return null;
  const [, province, yy, mm, dd, running] = /^[A-Z]{2}(\d\d)(\d\d)(\d\d)(\d\d)(\d{4,9})\d$/.exec(typed) ?? [];
  if (province === undefined || running === undefined) return null;
  const parts = { province, date: `20${yy}-${mm}-${dd}`, sequence: Number(running) };
  if (!isDate(parts.date) || parts.sequence < 1) return null;
  const code = publicCode(kind, parts);
  return code.replaceAll('-', '') === typed ? { ...parts, code } : null;
}

/** Case number `VV-04-2026-0412` (vụ việc, province, year, at least four digits). Throws RangeError on a bad part. */
export function caseNumber(parts: { province: string; year: number; sequence: number }): string {
  const { province, year, sequence } = parts;
  if (!/^\d{2}$/.test(province)) throw new RangeError(`province code: ${province}`);
  if (!Number.isInteger(year) || year < 2000 || year > 9999) throw new RangeError(`year: ${year}`);
  return `VV-${province}-${year}-${runningNumber(sequence)}`;
}

/** Digits and letters without I, L, O and U. Source: D. Crockford, "Base 32", crockford.com/base32.html. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET_LENGTH = 20;

/**
 * The first 100 bits of random bytes as a secret of twenty Crockford characters, `7K2M-9QXR-…`. The caller brings at
 * least 13 bytes from a cryptographic source; fewer throw RangeError.
 */
export function secretFrom(bytes: Uint8Array): string {
  if (bytes.length < 13) throw new RangeError('a secret needs 13 random bytes');
  const bits = Array.from(bytes.subarray(0, 13), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{5}/g)?.slice(0, SECRET_LENGTH) ?? [];
  return grouped(fives.map((five) => CROCKFORD[parseInt(five, 2)]).join(''));
}

/**
 * Reads a secret as a person types it (any case, spaces, missing or other dashes, O for 0, I or L for 1) into the form
 * `secretFrom` gives. Null when it cannot be one.
 */
export function parseSecret(text: string): string | null {
  const plain = copied(text).replaceAll('O', '0').replace(/[IL]/g, '1');
  return plain.length === SECRET_LENGTH && [...plain].every((c) => CROCKFORD.includes(c)) ? grouped(plain) : null;
}

function grouped(characters: string): string {
  return characters.replace(/.{4}(?=.)/g, '$&-');
}

function runningNumber(sequence: number): string {
  const fits = Number.isInteger(sequence) && sequence >= 1 && sequence <= 999_999_999;
  if (!fits) throw new RangeError(`sequence: ${sequence}`);
  return String(sequence).padStart(4, '0');
}

/**
 * Upper case, compatibility forms folded, without white space, dashes, full stops, slashes and invisible characters.
 */
function copied(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[\s\p{Pd}\p{Cf}\u2212._/]/gu, '');
}

function copiedDigits(text: string): string {
  const plain = copied(text);
  return plain.slice(0, 2) + plain.slice(2).replaceAll('O', '0').replace(/[IL]/g, '1');
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return date.length === 10 && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
