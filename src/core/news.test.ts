import { describe, expect, it } from 'vitest';
import { calendarOf } from '#catalogue/holidays.ts';
import { DEFAULT_NEWS_RULE, isDueAtOnce, isDueInDigest, isQuietHour, lastDigest, mayMail, type NewsRule } from './news.ts';

const calendar = calendarOf();
/** A moment by Vietnam's clock. Monday 23/11/2026 and Wednesday 25/11 are worked, Tuesday 24/11 is a holiday. */
const at = (text: string) => new Date(`${text}:00+07:00`);
const rule = (changes: Partial<NewsRule> = {}): NewsRule => ({ ...DEFAULT_NEWS_RULE, ...changes });

describe('quiet hours', () => {
  it.each([[19, true], [23, true], [0, true], [6, true], [7, false], [18, false]])('over midnight: %i → %s', (hour, quiet) => {
    expect(isQuietHour(rule(), hour)).toBe(quiet);
  });
  it.each([[11, false], [12, true], [13, false]])('within a day: %i → %s', (hour, quiet) => {
    expect(isQuietHour({ quietFrom: 12, quietTo: 13 }, hour)).toBe(quiet);
  });
  it('are none from an hour to the same', () => {
    expect(Array.from({ length: 24 }, (_, hour) => isQuietHour({ quietFrom: 5, quietTo: 5 }, hour))).not.toContain(true);
  });
});

describe('a mail may go', () => {
  it.each([
    ['2026-11-23T09:00', false, {}, true], // a working Monday
    ['2026-11-24T09:00', false, {}, false], // a holiday
    ['2026-11-24T09:00', true, {}, true],
    ['2026-11-22T09:00', false, {}, false], // a Sunday
    ['2026-11-23T18:59', false, {}, true],
    ['2026-11-23T19:00', true, {}, false],
    ['2026-11-23T06:59', true, { urgentInQuiet: true }, true],
    ['2026-11-23T06:59', false, { urgentInQuiet: true }, false],
  ])('%s urgent %s with %j → %s', (moment, urgent, changes, may) => {
    expect(mayMail(rule(changes), urgent, at(moment), calendar)).toBe(may);
  });
});

describe('mail at once', () => {
  const now = at('2026-11-23T09:00');
  it('waits a minute', () => {
    expect([59_999, 60_000].map((age) => isDueAtOnce(rule(), { urgent: true, at: new Date(now.getTime() - age) }, now, calendar))).toEqual([false, true]);
  });
  it.each([['urgent', true, true], ['urgent', false, false], ['all', false, true], ['none', true, false]] as const)('%s, urgent %s → %s', (immediate, urgent, due) => {
    expect(isDueAtOnce(rule({ immediate }), { urgent, at: at('2026-11-23T08:00') }, now, calendar)).toBe(due);
  });
});

describe('the digest', () => {
  it.each([
    ['daily', 8, '2026-11-23T08:00', '2026-11-23T08:00'],
    ['daily', 8, '2026-11-23T07:59', '2026-11-20T08:00'], // the Friday before
    ['daily', 16, '2026-11-25T15:00', '2026-11-23T16:00'], // over the holiday
    ['weekly', 8, '2026-11-27T10:00', '2026-11-23T08:00'],
    ['weekly', 8, '2026-11-23T07:00', '2026-11-16T08:00'],
    ['weekly', 9, '2026-02-28T10:00', '2026-02-23T09:00'],
    ['weekly', 9, '2026-02-20T10:00', '2026-02-09T09:00'], // a whole week of Tết off
  ] as const)('%s at %i, seen at %s, was due %s', (digest, digestHour, now, due) => {
    expect(lastDigest(rule({ digest, digestHour }), at(now), calendar)).toEqual(at(due));
  });
  it('is never due for those who want none', () => {
    expect(lastDigest(rule({ digest: 'none' }), at('2026-11-23T10:00'), calendar)).toBeNull();
  });
  it('takes what was there at its hour and nothing later', () => {
    const due = (told: string, now: string) => isDueInDigest(rule(), { urgent: false, at: at(told) }, at(now), calendar);
    expect([due('2026-11-23T07:59', '2026-11-23T08:00'), due('2026-11-23T08:00', '2026-11-23T08:00'), due('2026-11-23T09:00', '2026-11-23T17:00')]).toEqual([true, false, false]);
    // A server that was away sends later, but not by night or on a day off.
    expect([due('2026-11-22T09:00', '2026-11-23T15:00'), due('2026-11-22T09:00', '2026-11-23T20:00'), due('2026-11-20T07:00', '2026-11-22T09:00')]).toEqual([true, false, false]);
  });
});
