import type { Calendar } from '#catalogue/holidays.ts';
import { registerKind } from '#catalogue/document-types.ts';
import { addWorkingDays, DEADLINES } from './deadlines.ts';

/** Degrees of urgency, the gravest last (NĐ 30/2020, phụ lục I, III.2.b). */
export const URGENCIES = ['khan', 'thuong_khan', 'hoa_toc'] as const;
/** Letters, digits and strokes of a symbol, without spaces (phụ lục I, II.3.c); at most 30 characters (phụ lục VI, CodeNotation). */
const SYMBOL = /^[\p{L}\d]+([-/.][\p{L}\d]+)*$/u;

/** The abbreviation of an agency in a symbol: "Sở VHTTDL" → "SVHTTDL", "Công an tỉnh" → "CAT": first letters of words, words in capitals whole (phụ lục I, II.3). */
export function agencyAbbreviation(shortName: string): string {
  return shortName.split(/\s+/).map((word) => (word === word.toLocaleUpperCase('vi') ? word : word.charAt(0))).join('').toLocaleUpperCase('vi').replace(/[^\p{L}\d]/gu, '');
}

/** The usual symbol of a document: `TB-SVHTTDL`; a công văn has the agency's alone, to which the clerk adds the drafting unit. */
export function usualSymbol(kind: string, agency: string): string {
  const abbreviation = registerKind(kind)?.abbreviation;
  return abbreviation ? `${abbreviation}-${agency}` : agency;
}

/** Whether a text can stand after the number. */
export function isSymbol(text: string): boolean {
  return text.length <= 30 && SYMBOL.test(text);
}

/** Number and symbol as printed: `05/TB-SVHTTDL`, below ten with a zero in front (phụ lục I, II.3.a). */
export function writtenNumber(number: number, symbol: string): string {
  return `${String(number).padStart(2, '0')}/${symbol}`;
}

/** What of an outgoing document decides whether it went in time; days as `yyyy-mm-dd`. */
export interface OutgoingDays {
  readonly issuedOn: string;
  readonly registeredOn: string;
  readonly dispatchedOn: string | null;
  readonly isUrgent: boolean;
}

/**
 * Whether a document was registered or sent too late, or waits too long: the day it bears, at the latest the next working day; an urgent
 * one the same day (NĐ 30/2020 Điều 18.1).
 */
export function isOutgoingLate({ issuedOn, registeredOn, dispatchedOn, isUrgent }: OutgoingDays, today: string, calendar: Calendar): boolean {
  const last = isUrgent ? issuedOn : addWorkingDays(issuedOn, DEADLINES.documentRegister.amount, calendar);
  return registeredOn > last || (dispatchedOn ?? today) > last;
}

/** Whether an incoming document was entered, or passed on, later than the next working day after it came (Điều 22, 23.1). */
export function isIncomingLate({ arrivedOn, registeredOn, passedOn }: { arrivedOn: string; registeredOn: string; passedOn: string | null }, today: string, calendar: Calendar): boolean {
  const last = addWorkingDays(arrivedOn, DEADLINES.documentRegister.amount, calendar);
  return registeredOn > last || (passedOn ?? today) > last;
}

/** Runs of numbers that are missing between the given ones, from the first number of the year: `[[3, 4], [9, 9]]`. */
export function gapsOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  let last = 0;
  return [...numbers].sort((a, b) => a - b).flatMap((number) => {
    const gap = number > last + 1 ? [[last + 1, number - 1] as const] : [];
    last = Math.max(last, number);
    return gap;
  });
}
