import data from './holidays.json' with { type: 'json' };
import type { Label } from './label.ts';

/** Days that differ from Monday-to-Friday: days off on weekdays, and Saturdays worked in exchange. Dates YYYY-MM-DD. */
export interface Calendar {
  off: ReadonlySet<string>;
  workingSaturdays: ReadonlySet<string>;
}

interface HolidayYear {
  confidence: string;
  off: string[];
  workingSaturdays: string[];
}

const YEARS: Readonly<Record<string, HolidayYear>> = data.years;

/** Years the shipped table covers, in order. */
export const HOLIDAY_YEARS: readonly number[] = Object.keys(YEARS).map(Number).sort((a, b) => a - b);

/**
 * Working calendar of Vietnamese civil servants for the given years (all shipped years by default). Years without data
 * count Monday to Friday. Sources: Bộ luật Lao động 2019 Điều 112; Nghị quyết 28/2026/QH16 (24/11); yearly notices.
 */
export function calendarOf(years: readonly number[] = HOLIDAY_YEARS): Calendar {
  const chosen = years.flatMap((year) => YEARS[year] ?? []);
  return {
    off: new Set(chosen.flatMap((year) => year.off)),
    workingSaturdays: new Set(chosen.flatMap((year) => year.workingSaturdays)),
  };
}

/**
 * How sure a year's days are; false (no data, or computed from the statute) must show "chưa có thông báo chính thức".
 */
export function isAnnounced(year: number): boolean {
  const confidence = YEARS[year]?.confidence;
  return confidence !== undefined && !confidence.startsWith('computed');
}

/** The years of this version as rows: each year with how sure it is, each day that differs from Monday to Friday. */
export function calendarRows(): { years: { year: number; announced: boolean }[]; days: { day: string; kind: 'off' | 'working' }[] } {
  return {
    years: HOLIDAY_YEARS.map((year) => ({ year, announced: isAnnounced(year) })),
    days: Object.values(YEARS).flatMap((year) => [
      ...year.off.map((day) => ({ day, kind: 'off' as const })), ...year.workingSaturdays.map((day) => ({ day, kind: 'working' as const })),
    ]),
  };
}

const ANCHORS: Readonly<Record<string, { tet: string; gioTo: string }>> = data.lunarAnchors;

/** Days of the same date every year (Bộ luật Lao động 2019 Điều 112; Nghị quyết 28/2026/QH16). */
const FIXED: Readonly<Record<string, Label>> = {
  '01-01': { vi: 'Tết Dương lịch', en: 'New Year' }, '04-30': { vi: 'Ngày Chiến thắng', en: 'Victory Day' }, '05-01': { vi: 'Ngày Quốc tế lao động', en: 'Labour Day' },
  '09-02': { vi: 'Quốc khánh', en: 'National Day' }, '11-24': { vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnamese Culture Day' },
};
const TET: Label = { vi: 'Tết Nguyên đán', en: 'Lunar New Year' };
const HUNG_KINGS: Label = { vi: 'Giỗ Tổ Hùng Vương', en: 'Hùng Kings’ Day' };
const IN_LIEU: Label = { vi: 'Nghỉ liền kề, nghỉ bù hoặc hoán đổi', en: 'Day next to a holiday, in lieu or swapped' };
/** Days before and after the first day of the lunar year that belong to its holiday, with what is given in lieu. */
const TET_REACH = { before: 4, after: 9 } as const;

/** What a day off of the shipped table is for. */
export function holidayName(day: string): Label {
  const fixed = FIXED[day.slice(5)];
  if (fixed) return fixed;
  const anchor = ANCHORS[day.slice(0, 4)];
  if (!anchor) return IN_LIEU;
  if (day === anchor.gioTo) return HUNG_KINGS;
  const days = (Date.parse(day) - Date.parse(anchor.tet)) / 86_400_000;
  return days >= -TET_REACH.before && days <= TET_REACH.after ? TET : IN_LIEU;
}
