import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { masked } from './masks.ts';

/** A telephone number as matched (E.164, or the digits of a short code) and as shown. */
export interface Phone {
  key: string;
  display: string;
  /** False for hotlines and short codes, which belong to a service that serves everybody. */
  specific: boolean;
}

/**
 * Prefixes of eleven-digit mobile numbers and what they became between 15/9/2018 and 14/11/2018.
 * Source: Quyết định 798/QĐ-BTTTT (2018), mã mạng mười một số sang mười số.
 */
const RENUMBERED: Readonly<Record<string, string>> = {
  '0120': '070', '0121': '079', '0122': '077', '0126': '076', '0128': '078',
  '0123': '083', '0124': '084', '0125': '085', '0127': '081', '0129': '082',
  '0162': '032', '0163': '033', '0164': '034', '0165': '035', '0166': '036', '0167': '037', '0168': '038',
  '0169': '039', '0186': '056', '0188': '058', '0199': '059',
};

/**
 * Emergency, child protection and spam-report codes. Source: Thông tư 22/2014/TT-BTTTT (numbering plan), NĐ 91/2020.
 */
const SHORT_CODES: ReadonlySet<string> = new Set(['111', '112', '113', '114', '115', '116', '156', '5656']);
/**
 * Numbers in Vietnam as dialled, with 0 in front: mobile, fixed, internet telephony and the few others. Source: metadata of
 * Google's libphonenumber (Apache-2.0, facts only) after the numbering plan; compared with the library in the tests, and read
 * here because the library takes 5 µs for each number.
 */
const NATIONAL = new RegExp(
  '^0(?:(?:(?:3\\d|7[06-9])\\d|5(?:[1689]\\d|2[238]|59)|8(?:[1-8]\\d|9[6-9])|9(?:[0-8]\\d|9[013-9]))\\d{6}' +
    '|2(?:0[3-9]|1[0-689]|2[0-25-9]|[38][2-9]|4[2-8]|5[124-9]|6[0-39]|7[0-7]|9[0-4679])\\d{7}' +
    '|121[0-3]\\d{5}|1[46]0\\d{6}|1[89]00\\d{4,6}|12(?:0[13]|28)\\d{4}|[17]99\\d{4}|69\\d{5,6}|672\\d{6})$',
);
/** Toll-free (1800) and premium-rate (1900) service numbers. */
const SERVICE_NUMBER = /^1[89]00\d{4}(?:\d{2})?$/;
/** The country code with or without plus, and what follows it or the 0 that some leave in, "+84 (0)912 345 678". */
const VIETNAM = /^(?:\+840?|84(?=\d{9,10}$)0?)(\d*)$/;
/**
 * Landlines on which banks answer everybody, besides their 1800 and 1900 numbers; 0 in front. Compiled by hand from the sites
 * of Vietcombank, VietinBank, Agribank, BIDV, Techcombank, MB, TPBank and ACB.
 */
const HOTLINES: ReadonlySet<string> = new Set([
  '02438243524', '02439418868', '02432053205', '02422200588', '02439446699', '02437674050', '02437683683', '02838247247',
]);

/**
 * Reads a telephone number as typed in Vietnam: any separators, 0, 84 or +84 in front, old eleven-digit mobiles,
 * service numbers, foreign numbers with +. Null when it is not a possible subscriber or service number. Never throws.
 */
export function parsePhone(text: string): Phone | null {
  return phoneOfDigits(text.replace(/[^\d+]/g, ''));
}

/** `parsePhone` for digits and plus signs alone. */
export function phoneOfDigits(typed: string): Phone | null {
  if (/^0[1-9]\d*$/.test(typed)) return domestic(typed);
  const digits = typed.replace(/^00(?=[1-9])/, '+').replace(/(?!^)\+/g, '');
  if (SHORT_CODES.has(digits) || SERVICE_NUMBER.test(digits)) return { key: digits, display: digits, specific: false };
  const [, national] = VIETNAM.exec(digits) ?? [];
  if (national !== undefined) return domestic(`0${national}`);
  if (!digits.startsWith('+') || digits.length > 16) return null;
  const parsed = parsePhoneNumberFromString(digits, 'VN');
  if (parsed === undefined || !parsed.isValid()) return null;
  return { key: parsed.number, display: masked(parsed.number), specific: true };
}

/** A number as dialled in the country, 0 in front. */
function domestic(typed: string): Phone | null {
  const national = renumbered(typed);
  if (!NATIONAL.test(national)) return null;
  if (SERVICE_NUMBER.test(national.slice(1))) return { key: national.slice(1), display: national.slice(1), specific: false };
  return { key: `+84${national.slice(1)}`, display: masked(national), specific: !HOTLINES.has(national) };
}

function renumbered(national: string): string {
  const prefix = national.length === 11 ? RENUMBERED[national.slice(0, 4)] : undefined;
  return prefix === undefined ? national : prefix + national.slice(4);
}
