import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, calendarRows, holidayName } from '#catalogue/holidays.ts';
import { addDays, addWorkingDays, isWorkingDay, workingDaysBetween } from './deadlines.ts';
import { byUrgency, dueAfterPause, lateSince, nearness, soonUntil } from './tasks.ts';

const calendar = calendarOf();
const day = fc.integer({ min: 0, max: 2400 }).map((n) => addDays('2021-01-01', n));
const workday = day.map((date) => addWorkingDays(date, 0, calendar));

describe('nearness', () => {
  it.each([
    ['2026-11-23', { is: 'today', days: 0 }], ['2026-11-25', { is: 'soon', days: 1 }], ['2026-11-26', { is: 'soon', days: 2 }], ['2026-11-27', { is: 'later', days: 3 }],
    ['2026-11-20', { is: 'late', days: 1 }], ['2026-11-19', { is: 'late', days: 2 }],
  ] as const)('on Monday 23/11/2026, with 24/11 off, %s is %o', (due, expected) => expect(nearness(due, '2026-11-23', calendar)).toEqual(expected));

  it('on the Saturday after a Friday it is late, by no working day', () => expect(nearness('2026-11-20', '2026-11-21', calendar)).toEqual({ is: 'late', days: 0 }));

  it('is soon exactly until the day that soonUntil gives', () => {
    fc.assert(fc.property(workday, workday, (today, due) => {
      fc.pre(due >= today);
      expect(['soon', 'today'].includes(nearness(due, today, calendar).is)).toBe(due <= soonUntil(today, calendar));
    }));
  });
});

describe('a pause', () => {
  it('over Tết moves the day by working days alone', () => {
    // Paused on Friday 13/02/2026, gone on with on Tuesday 24/02: 16 to 20/02 were off, so two working days were lost.
    expect(dueAfterPause('2026-02-25', '2026-02-13', '2026-02-24', calendar)).toBe('2026-02-27');
  });
  it('of no working day changes nothing', () => expect(dueAfterPause('2026-11-27', '2026-11-20', '2026-11-22', calendar)).toBe('2026-11-27'));

  it('leaves as much time, or as much lateness, as there was; ends on a working day; and two pauses add up', () => {
    fc.assert(fc.property(workday, day, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (due, paused, first, second) => {
      const [resumed, again] = [addDays(paused, first), addDays(paused, first + second)];
      const later = dueAfterPause(due, paused, resumed, calendar);
      expect(workingDaysBetween(resumed, later, calendar)).toBe(workingDaysBetween(paused, due, calendar));
      expect(isWorkingDay(later, calendar)).toBe(true);
      expect(later >= due).toBe(true);
      expect(dueAfterPause(later, resumed, again, calendar)).toBe(dueAfterPause(due, paused, again, calendar));
    }));
  });
  it('is not ended before it began', () => expect(() => dueAfterPause('2026-11-27', '2026-11-20', '2026-11-19', calendar)).toThrow(RangeError));
});

it('late enough is exactly what is as many working days late', () => {
  fc.assert(fc.property(workday, fc.integer({ min: 1, max: 10 }), day, (today, after, due) => {
    fc.pre(due < today);
    expect(due <= lateSince(today, after, calendar)).toBe(workingDaysBetween(due, today, calendar) >= after);
  }));
});

it('the earlier day first, in the order given where equal, without a day last', () => {
  const things = [{ id: 1, dueOn: null }, { id: 2, dueOn: '2026-11-25' }, { id: 3, dueOn: '2026-11-20' }, { id: 4, dueOn: '2026-11-25' }];
  expect(byUrgency(things).map(({ id }) => id)).toEqual([3, 2, 4, 1]);
});

describe('the shipped calendar as rows', () => {
  it('says of every day what it says as sets', () => {
    const { years, days } = calendarRows();
    expect(years.filter(({ announced }) => !announced).map(({ year }) => year)).toEqual([2027]);
    expect(new Set(days.filter(({ kind }) => kind === 'off').map((row) => row.day))).toEqual(calendar.off);
    expect(new Set(days.filter(({ kind }) => kind === 'working').map((row) => row.day))).toEqual(calendar.workingSaturdays);
    expect(new Set(days.map((row) => row.day)).size).toBe(days.length);
  });
  it.each([['2026-02-16', 'Tết Nguyên đán'], ['2026-04-27', 'Nghỉ liền kề, nghỉ bù hoặc hoán đổi'], ['2025-04-07', 'Giỗ Tổ Hùng Vương'], ['2026-11-24', 'Ngày Văn hóa Việt Nam'], ['2026-08-31', 'Nghỉ liền kề, nghỉ bù hoặc hoán đổi']])(
    '%s is %s', (date, name) => expect(holidayName(date).vi).toBe(name));
});
