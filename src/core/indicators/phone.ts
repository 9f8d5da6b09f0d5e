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
/** Toll-free (1800) and premium-rate (1900) service numbers. */
const SERVICE_NUMBER = /^1[89]00\d{4}(?:\d{2})?$/;

/**
 * Reads a telephone number as typed in Vietnam: any separators, 0, 84 or +84 in front, old eleven-digit mobiles,
 * service numbers, foreign numbers with +. Null when it is not a possible subscriber or service number. Never throws.
 */
export function parsePhone(text: string): Phone | null {
  const digits = text.replace(/[^\d+]/g, '').replace(/^00(?=[1-9])/, '+').replace(/(?!^)\+/g, '');
  if (SHORT_CODES.has(digits) || SERVICE_NUMBER.test(digits)) return { key: digits, display: digits, specific: false };
  const national = renumbered(digits.replace(/^\+?84(?=\d{9,10}$)/, '0'));
  if (national.length > 16 || !/^[+0]/.test(national)) return null;
  const parsed = parsePhoneNumberFromString(national, 'VN');
  if (parsed === undefined || !parsed.isValid()) return null;
  return { key: parsed.number, display: masked(national.startsWith('0') ? national : parsed.number), specific: true };
}

function renumbered(national: string): string {
  const prefix = RENUMBERED[national.slice(0, 4)];
  return national.length === 11 && prefix !== undefined ? prefix + national.slice(4) : national;
}
