import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '#catalogue/holidays.ts';
import { addDays, dueAt, isWorkingDay, localDate } from '#core/deadlines.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { barToReview, decideByOf, isLate, mayStay, remediesOf, secondUntil, termOf } from './policy.ts';

/** Noon in Vietnam. */
const at = (date: string) => new Date(`${date}T05:00:00Z`);
const calendar = calendarOf();
const acceptBy = (date: string) => localDate(dueAt('appealAccept', at(date), calendar));

/**
 * Weekdays off, written by hand from the notices and not from holidays.json: Tết 2026 (16–20/02), Tết 2027 (05–11/02, computed), and the
 * days around. The first day is not counted (BLDS 2015 Điều 147.1), a last day off moves to the next working day (Điều 148.5).
 */
const TABLE: readonly (readonly [filed: string, acceptBy: string, decideIn30: string, decideIn45: string, decideIn60: string])[] = [
  // Before Tết 2026: 9, 10, 11, 12, 13 | 23, 24. Thirty days from 06/02 end on Sunday 08/03.
  ['2026-02-06', '2026-02-24', '2026-03-09', '2026-03-23', '2026-04-07'],
  // The last working day before Tết 2026: 23, 24, 25, 26, 27 | 02, 03.
  ['2026-02-13', '2026-03-03', '2026-03-16', '2026-03-30', '2026-04-14'],
  // Filed on the first day of the year of the Horse: the same days count.
  ['2026-02-17', '2026-03-03', '2026-03-19', '2026-04-03', '2026-04-20'],
  // Thirty days that end inside Tết 2026 (18/02, 20/02) move to Monday 23/02.
  ['2026-01-19', '2026-01-28', '2026-02-23', '2026-03-05', '2026-03-20'],
  ['2026-01-21', '2026-01-30', '2026-02-23', '2026-03-09', '2026-03-23'],
  // 45 days that end inside Tết 2026 (16/02).
  ['2026-01-02', '2026-01-12', '2026-02-02', '2026-02-23', '2026-03-03'],
  // Before Tết 2027: 29 | 1, 2, 3, 4 | 12 | 15. Thirty days from 28/01 end on Saturday 27/02.
  ['2027-01-28', '2027-02-15', '2027-03-01', '2027-03-15', '2027-03-29'],
  // The last working day before Tết 2027: 12 | 15, 16, 17, 18, 19 | 22. Thirty days end on Saturday 06/03, 45 and 60 on Sunday 21/03 and Monday 05/04.
  ['2027-02-04', '2027-02-22', '2027-03-08', '2027-03-22', '2027-04-05'],
  // Thirty days that end inside Tết 2027 (07/02, a Sunday within) move to Friday 12/02.
  ['2027-01-08', '2027-01-19', '2027-02-12', '2027-02-22', '2027-03-09'],
  // 45 days that end on Thursday 11/02, the last day off.
  ['2026-12-28', '2027-01-07', '2027-01-27', '2027-02-12', '2027-02-26'],
  // 60 days that end on Friday 05/02, the first day off.
  ['2026-12-07', '2026-12-16', '2027-01-06', '2027-01-21', '2027-02-12'],
];

describe('the clocks of an appeal over Tết', () => {
  it.each(TABLE)('filed or accepted on %s: accept by %s, decide by %s, %s, %s', (filed, accept, plain, one, both) => {
    expect([acceptBy(filed), decideByOf(at(filed), false, false, calendar), decideByOf(at(filed), true, false, calendar), decideByOf(at(filed), false, true, calendar), decideByOf(at(filed), true, true, calendar)])
      .toEqual([accept, plain, one, one, both]);
  });

  /** Days off by hand, for a second reckoning that shares no line with core/deadlines.ts. */
  const OFF = new Set(['2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-04-27', '2026-04-30', '2026-05-01', '2027-01-01', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-04-16', '2027-04-30', '2027-05-03']);
  const SATURDAYS = calendarOf([2026, 2027]).workingSaturdays;
  const works = (time: number) => {
    const date = new Date(time).toISOString().slice(0, 10);
    return SATURDAYS.has(date) || (new Date(time).getUTCDay() % 6 !== 0 && !OFF.has(date));
  };
  const DAY = 86_400_000;
  const seven = (from: string) => {
    let [time, left] = [Date.parse(from), 7];
    while (left > 0) if (works(time += DAY)) left -= 1;
    return new Date(time).toISOString().slice(0, 10);
  };
  const calendarDays = (from: string, days: number) => {
    let time = Date.parse(from) + days * DAY;
    while (!works(time)) time += DAY;
    return new Date(time).toISOString().slice(0, 10);
  };
  const day = fc.oneof(fc.integer({ min: 0, max: 70 }).map((n) => addDays('2026-01-01', n)), fc.integer({ min: 0, max: 70 }).map((n) => addDays('2027-01-01', n)));

  it('every day around both, at any hour of the day in Vietnam, ends on the day counted by hand, a working day', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 86_399 }), fc.boolean(), fc.boolean(), (from, second, complex, remote) => {
      const now = new Date(Date.parse(`${from}T00:00:00+07:00`) + second * 1000);
      const accept = localDate(dueAt('appealAccept', now, calendar));
      const decide = decideByOf(now, complex, remote, calendar);
      expect(accept).toBe(seven(from));
      expect(decide).toBe(calendarDays(from, complex && remote ? 60 : complex || remote ? 45 : 30));
      expect([isWorkingDay(accept, calendar), isWorkingDay(decide, calendar)]).toEqual([true, true]);
      // What the database lets in at most (0009_appeals.sql).
      expect(accept <= addDays(from, 23)).toBe(true);
      expect(decide <= addDays(from, 14 + (complex && remote ? 60 : complex || remote ? 45 : 30))).toBe(true);
    }), { numRuns: 300 });
  });
});

describe('sentences', () => {
  it('terms, remedies, lateness', () => {
    expect([termOf(false, false), termOf(true, false), termOf(false, true), termOf(true, true)]).toEqual(['appealDecide', 'appealDecideComplex', 'appealDecideRemote', 'appealDecideRemoteComplex']);
    expect(remediesOf(at('2026-11-22'), calendar)).toEqual({ complaint: '2027-02-22', review: '2027-05-24' });
    expect(secondUntil(at('2026-11-22'), calendar)).toBe('2026-12-22');
    const filed = { state: 'filed', acceptBy: '2026-12-02', decideBy: null } as const;
    expect([isLate(filed, '2026-12-02'), isLate(filed, '2026-12-03')]).toEqual([false, true]);
    expect(isLate({ ...filed, state: 'accepted', decideBy: '2026-12-22' }, '2026-12-10')).toBe(false);
    expect(isLate({ ...filed, state: 'taken_back' }, '2027-12-10')).toBe(false);
  });

  it('who may act', () => {
    const actor: OfficerActor = { kind: 'officer', officerId: 'a', agencyId: 'x', roles: ['reviewer'], name: 'A' };
    const open = { state: 'filed', reviewerId: null, tookPart: false } as const;
    expect(barToReview(actor, open)).toBeNull();
    expect(barToReview(actor, { ...open, tookPart: true })).toBe('took_part');
    expect(barToReview({ ...actor, roles: ['case_officer'] }, open)).toBe('role');
    expect(barToReview(actor, { ...open, state: 'accepted', reviewerId: 'b' })).toBe('other_reviewer');
    expect(barToReview(actor, { ...open, state: 'accepted', reviewerId: 'a' })).toBeNull();
    expect(barToReview(actor, { ...open, state: 'decided', reviewerId: 'a' })).toBe('ended');
    expect([mayStay(null), mayStay({ state: 'interim', stayedAt: null }), mayStay({ state: 'in_force', stayedAt: null }), mayStay({ state: 'in_force', stayedAt: new Date(0) })]).toEqual([false, false, true, false]);
  });
});
