/** Days of tasks: how near one is, what a pause does to it, and since when something has been late long enough to be told. */
import { addDays, addWorkingDays, workingDaysBetween, type Calendar } from './deadlines.ts';

/** Due within this many working days counts as soon. */
export const SOON_DAYS = 2;

/** Longest a task set by hand may run, in calendar days. */
export const LONGEST_DAYS = 366;

/** How a last day stands to today, in working days; `late` with 0 has ended but no working day has gone by since. */
export interface Nearness {
  readonly is: 'late' | 'today' | 'soon' | 'later';
  readonly days: number;
}

/** @param dueOn last day @param today both YYYY-MM-DD in Vietnam */
export function nearness(dueOn: string, today: string, calendar: Calendar): Nearness {
  if (dueOn < today) return { is: 'late', days: workingDaysBetween(dueOn, today, calendar) };
  const days = workingDaysBetween(today, dueOn, calendar);
  if (days === 0) return { is: 'today', days };
  return { is: days <= SOON_DAYS ? 'soon' : 'later', days };
}

/** The last day that still counts as soon. */
export function soonUntil(today: string, calendar: Calendar): string {
  return addWorkingDays(today, SOON_DAYS, calendar);
}

/**
 * Where a last day comes to stand after its clock stood still: as many working days later as were paused, so that as much time is left,
 * or as much is overdue, as when it was stopped. The day of the pause still counted, the day of going on counts again only when it ends.
 */
export function dueAfterPause(dueOn: string, pausedOn: string, resumedOn: string, calendar: Calendar): string {
  if (resumedOn < pausedOn) throw new RangeError('resumed before it was paused');
  return addWorkingDays(dueOn, workingDaysBetween(pausedOn, resumedOn, calendar), calendar);
}

/** The latest last day that is at least `after` working days gone today: what was due then or before is late enough. */
export function lateSince(today: string, after: number, calendar: Calendar): string {
  let day = addDays(today, -1);
  while (workingDaysBetween(day, today, calendar) < after) day = addDays(day, -1);
  return day;
}

/** The most urgent first: the earlier day; with the same day, in the order given. What has no day comes last. */
export function byUrgency<T extends { readonly dueOn: string | null }>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999'));
}
