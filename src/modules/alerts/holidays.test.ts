import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from '#catalogue/holidays.ts';
import { addDays, isWorkingDay, workingDaysBetween } from '#core/deadlines.ts';
import { holidayAhead } from './holidays.ts';

const CALENDAR = calendarOf();

test('a weekend is no holiday; three days off in a row are, from ten working days before', () => {
  expect(holidayAhead('2026-11-20', 10, { off: new Set(), workingSaturdays: new Set() })).toBeNull();
  // Friday 1 January 2027 with its weekend.
  const off = { off: new Set(['2027-01-01']), workingSaturdays: new Set<string>() };
  expect(holidayAhead('2026-12-16', 10, off)).toBeNull();
  expect(holidayAhead('2026-12-17', 10, off)).toEqual({ from: '2027-01-01', to: '2027-01-03', days: 3 });
  expect(holidayAhead('2026-12-31', 10, off)).toEqual({ from: '2027-01-01', to: '2027-01-03', days: 3 });
  expect(holidayAhead('2027-01-01', 10, off)).toBeNull();
  // A Saturday that is worked makes it two days.
  expect(holidayAhead('2026-12-17', 10, { ...off, workingSaturdays: new Set(['2027-01-02']) })).toBeNull();
});

test('whatever the day, what is ahead is a run of days off that begins within ten working days', () => {
  let found = 0;
  fc.assert(fc.property(fc.integer({ min: 0, max: 500 }), (n) => {
    const today = addDays('2026-06-01', n);
    const ahead = holidayAhead(today, 10, CALENDAR);
    if (!ahead) return;
    found += 1;
    expect(workingDaysBetween(today, addDays(ahead.from, -1), CALENDAR)).toBeLessThanOrEqual(10);
    for (let day = ahead.from; day <= ahead.to; day = addDays(day, 1)) expect(isWorkingDay(day, CALENDAR)).toBe(false);
    expect(isWorkingDay(addDays(ahead.to, 1), CALENDAR)).toBe(true);
    expect(ahead.days).toBeGreaterThanOrEqual(3);
  }));
  expect(found).toBeGreaterThan(0);
});
