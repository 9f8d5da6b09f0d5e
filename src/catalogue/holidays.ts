import data from './holidays.json' with { type: 'json' };

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
