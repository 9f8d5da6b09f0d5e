/**
 * Vietnamese text: one spelling in, one key to search by, one way to show names and money.
 */

/** Invisible characters with no place in stored text: soft hyphen, fillers, zero-width and bidi controls, tags. */
const INVISIBLE = new RegExp(
  '[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164' +
    '\\ufeff\\uffa0\\u{e0000}-\\u{e007f}]',
  'gu',
);
/** C0 except line feed, DEL and C1. */
const CONTROL = /(?!\n)\p{Cc}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * Text as it is stored: NFC; line ends are `\n`, a tab is a space; without lone surrogates, NUL and other control
 * characters, zero-width and bidirectional controls; trimmed. Idempotent, never throws.
 * Source: UAX #15 (NFC), UAX #9 (bidirectional controls), UTR #36 section 2 (invisible characters).
 */
export function normalise(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(CONTROL, '')
    .replace(LONE_SURROGATE, '')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .trim();
}

/**
 * Key under which text is searched: lower case, without marks, đ as d, white space collapsed, so that "giả mạo" in NFC,
 * "giả mạo" in NFD and "GIA MAO" are all "gia mao". Ð (U+00D0), typed for Đ by old keyboards, counts as đ. Idempotent.
 */
export function searchKey(text: string): string {
  return normalise(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đð]/g, 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Letters of a word that count for search; an index takes no word of thousands. */
const LONGEST_WORD = 60;

/** The words of a text as stored for search: of its search key, letters and digits alone, each between single spaces (` gia mao `); empty without any. */
export function searchWords(text: string): string {
  const words = searchKey(text).match(/[\p{L}\p{N}]+/gu);
  return words === null ? '' : ` ${words.map((word) => word.slice(0, LONGEST_WORD)).join(' ')} `;
}

/** An open syllable in oa, oe or uy with its tone on the last letter; "quý" is not one, its u belongs to "qu". */
const NEW_TONE = /(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\p{L})/giu;

/**
 * The name with its tone on the first of the two vowels: Thuỷ → Thủy, Hoà → Hòa, while Quý, Hoàng and Huỳnh stay.
 * Display only: the national list of administrative units has both spellings.
 */
export function oldTone(name: string): string {
  return name.normalize('NFC').replace(NEW_TONE, (pair) => {
    const [first = '', base = '', tone = ''] = pair.normalize('NFD');
    return (first + tone + base).normalize('NFC');
  });
}

/** Vietnamese alphabetical order (a ă â … d đ e ê; tones ngang huyền hỏi ngã sắc nặng), numbers by value. CLDR `vi`. */
export const collator = new Intl.Collator('vi', { numeric: true });

/**
 * Whole đồng as written in documents, `12.000.000 đồng`; plain space and full stops, unlike Intl's no-break space and
 * ₫. Throws RangeError when the number is not a safe integer.
 */
export function moneyVnd(amount: number | bigint): string {
  if (typeof amount === 'number' && !Number.isSafeInteger(amount)) throw new RangeError(`not đồng: ${amount}`);
  return `${String(amount).replace(/\B(?=(?:\d{3})+$)/g, '.')} đồng`;
}

const MONEY_UNITS: Readonly<Record<string, number>> = {
  ty: 1e9, ti: 1e9, trieu: 1e6, tr: 1e6, nghin: 1e3, ngan: 1e3, k: 1e3,
};
const MONEY_PART = /\s*(?:(\d[\d.,]*)\s*(ty|ti|trieu|tr|nghin|ngan|k)?|(ruoi))(?![a-z])/y;
const CURRENCY = /\s*(?:dong|vnd|d|₫)\.?$/;
const SPACED_GROUP = /(?<=\d) (?=\d{3}(?!\d))/g;

/**
 * Whole đồng from what people type: "12 triệu", "1,5 tr", "12.000.000", "500k", "2 tỷ 300 triệu", "1tr5",
 * "2 triệu rưỡi", with or without "đồng", "đ", "VND". Null when it is not entirely one amount, or could mean two
 * ("1,500 triệu").
 */
export function parseMoney(text: string): number | null {
  const source = searchKey(text).replace(CURRENCY, '').replace(SPACED_GROUP, '.');
  let total = 0;
  let lastUnit = Infinity;
  for (let at = 0; at < source.length; at = MONEY_PART.lastIndex) {
    MONEY_PART.lastIndex = at;
    const [matched, digits, name, half] = MONEY_PART.exec(source) ?? [];
    const unit = name === undefined ? 1 : (MONEY_UNITS[name] ?? 1);
    if (matched === undefined || unit >= lastUnit) return null;
    const amount = name === undefined ? unitless(half === undefined ? digits : '5', lastUnit) : scaled(digits, unit);
    if (amount === null || (half !== undefined && lastUnit === Infinity)) return null;
    total += amount;
    lastUnit = unit;
  }
  return lastUnit < Infinity && Number.isSafeInteger(total) ? total : null;
}

/** A number without unit: after "1tr" or "2 tỷ" its digits are decimals of that unit ("1tr5"), else it is đồng. */
function unitless(digits = '', previousUnit: number): number | null {
  if (previousUnit === Infinity) return scaled(digits, 1);
  return /^\d{1,3}$/.test(digits) ? (Number(digits) * previousUnit) / 10 ** digits.length : null;
}

const GROUPED = /^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3}){2,}$/;
/** One comma before three digits groups đồng ("500,000") but says nothing sure before a unit ("1,500 triệu"). */
const GROUPED_DONG = /^\d{1,3},\d{3}$/;
const DECIMAL = /^(\d+)(?:[.,](\d{1,2}|\d{4,6}))?$/;

/** digits × unit; full stops or commas between groups of three group, one other separator is the decimal mark. */
function scaled(digits = '', unit: number): number | null {
  const grouped = GROUPED.test(digits) || (unit === 1 && GROUPED_DONG.test(digits));
  if (grouped) return Number(digits.replace(/[.,]/g, '')) * unit;
  const [, whole, decimals = ''] = DECIMAL.exec(digits) ?? [];
  if (whole === undefined) return null;
  const amount = Number(whole) * unit + (Number(decimals) * unit) / 10 ** decimals.length;
  return Number.isSafeInteger(amount) ? amount : null;
}
