import type { Calendar } from '#catalogue/holidays.ts';
import { addDays, isWorkingDay, workingDaysBetween } from '#core/deadlines.ts';

/** So many days off in a row make a long holiday; a weekend has two. */
const LONG = 3;
/** Days looked ahead; ten working days never take as long. */
const AHEAD = 45;

/** A run of days off. Dates `yyyy-mm-dd`. */
export interface Holiday {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/**
 * The long holiday that begins within so many working days after `today`: at least three days off in a row. Null when there is none,
 * and on the days of a holiday itself.
 * @param today `yyyy-mm-dd`; RangeError when it is none
 */
export function holidayAhead(today: string, within: number, calendar: Calendar): Holiday | null {
  let from = addDays(today, 1);
  const last = addDays(today, AHEAD);
  while (from <= last) {
    if (isWorkingDay(from, calendar)) {
      from = addDays(from, 1);
      continue;
    }
    let to = from;
    let days = 1;
    while (days < AHEAD && !isWorkingDay(addDays(to, 1), calendar)) {
      to = addDays(to, 1);
      days += 1;
    }
    if (days >= LONG) {
      const begun = !isWorkingDay(today, calendar) && from === addDays(today, 1);
      return begun || workingDaysBetween(today, addDays(from, -1), calendar) > within ? null : { from, to, days };
    }
    from = addDays(to, 1);
  }
  return null;
}
