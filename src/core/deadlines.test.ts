import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, HOLIDAY_YEARS, isAnnounced } from '#catalogue/holidays.ts';
import {
  addDays, addMonths, addWorkingDays, DEADLINES, type DeadlineName, dueAt, isWorkingDay, localDate, workingDaysBetween,
} from './deadlines.ts';

const calendar = calendarOf();
const day = fc.integer({ min: 0, max: 2555 }).map((n) => addDays('2021-01-01', n));

describe('calendar', () => {
  it('ships 2021 to 2027 and says what is only computed', () => {
    expect(HOLIDAY_YEARS).toEqual([2021, 2022, 2023, 2024, 2025, 2026, 2027]);
    expect([isAnnounced(2026), isAnnounced(2027), isAnnounced(2028)]).toEqual([true, false, false]);
  });
  it('has only weekdays off and only Saturdays swapped in', () => {
    const weekday = (date: string) => new Date(date).getUTCDay();
    expect([...calendar.off].filter((date) => weekday(date) % 6 === 0)).toEqual([]);
    expect([...calendar.workingSaturdays].filter((date) => weekday(date) !== 6)).toEqual([]);
  });
  it('takes only the years asked for', () => {
    expect(isWorkingDay('2026-11-24', calendarOf([2026]))).toBe(false);
    expect(isWorkingDay('2026-11-24', calendarOf([2025, 2040]))).toBe(true);
  });
});

describe('working days', () => {
  it.each([
    ['2026-11-20', 1, '2026-11-23'], // Friday → Monday
    ['2026-11-20', 2, '2026-11-25'], // over 24/11, Ngày Văn hóa Việt Nam
    ['2026-02-13', 1, '2026-02-23'], // over Tết
    ['2026-08-21', 1, '2026-08-22'], // Saturday worked in exchange for 31/8
    ['2026-08-28', 1, '2026-09-03'], // 31/8 to 02/9 off
    ['2026-11-22', 0, '2026-11-23'],
    ['2026-11-23', 0, '2026-11-23'],
  ])('%s + %i = %s', (from, n, to) => expect(addWorkingDays(from, n, calendar)).toBe(to));

  it('counts back what it added, and lands on a working day', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 60 }), (from, n) => {
      const to = addWorkingDays(from, n, calendar);
      expect(isWorkingDay(to, calendar)).toBe(true);
      expect(workingDaysBetween(from, to, calendar)).toBe(n);
      expect(workingDaysBetween(to, from, calendar)).toBe(-n);
    }));
  });
  it('adds up over any middle day', () => {
    fc.assert(fc.property(day, day, day, (a, b, c) => {
      const sum = workingDaysBetween(a, b, calendar) + workingDaysBetween(b, c, calendar);
      expect(sum).toBe(workingDaysBetween(a, c, calendar));
    }), { numRuns: 30 });
  });
  it('refuses what is no date or count', () => {
    for (const bad of ['2026-02-30', '26-1-1', '', '2026-11-22T00']) expect(() => addDays(bad, 1)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-11-22', -1, calendar)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-11-22', 0.5, calendar)).toThrow(RangeError);
  });
});

it('adds months to the last day that exists', () => {
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
  expect(addMonths('2027-08-31', 6)).toBe('2028-02-29');
  expect(addMonths('2026-11-22', 60)).toBe('2031-11-22');
});

it('gives the date in Vietnam, as Intl does', () => {
  expect(localDate(new Date('2026-11-21T16:59:59.999Z'))).toBe('2026-11-21');
  expect(localDate(new Date('2026-11-21T17:00:00Z'))).toBe('2026-11-22');
  const intl = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
  const instant = fc.date({ min: new Date('1976-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });
  fc.assert(fc.property(instant, (date) => {
    expect(localDate(date)).toBe(intl.format(date));
  }));
});

describe('dueAt', () => {
  const friday = new Date('2026-11-20T09:00:00Z');
  it.each<[DeadlineName, string]>([
    ['interim', '2026-11-21T09:00:00.000Z'],
    ['acknowledge', '2026-11-25T16:59:59.999Z'],
    ['appealDecide', '2026-12-21T16:59:59.999Z'], // 20/12 is a Sunday
    ['requestDefault', '2026-12-20T16:59:59.999Z'], // a measure does not outlive its term
    ['appealWindow', '2027-05-20T16:59:59.999Z'],
  ])('%s from Friday 20/11/2026 16:00 is %s', (name, due) => {
    expect(dueAt(name, friday, calendar).toISOString()).toBe(due);
  });

  it('can be shortened, never lengthened or removed', () => {
    expect(localDate(dueAt('acknowledge', friday, calendar, 1))).toBe('2026-11-23');
    for (const amount of [0, 3, Infinity, NaN]) {
      expect(() => dueAt('acknowledge', friday, calendar, amount)).toThrow(RangeError);
    }
  });

  it('is after its start for every row, and every row says why', () => {
    for (const name of Object.keys(DEADLINES) as DeadlineName[]) {
      expect(dueAt(name, friday, calendar).getTime(), name).toBeGreaterThan(friday.getTime());
      const { label, source } = DEADLINES[name];
      expect([label.vi, label.en, source].every((text) => text.length > 0), name).toBe(true);
    }
    expect(DEADLINES.warningDefault.amount).toBeLessThanOrEqual(DEADLINES.warningMax.amount);
  });
});
