import { describe, expect, it } from 'vitest';
import * as f from './format.ts';

const at = (iso: string): Date => new Date(iso);
const now = at('2026-11-22T07:05:00Z'); // 14:05 in Vietnam

describe('dates', () => {
  it('shows the day and time of Vietnam, not of the server', () => {
    expect(f.formatDate(at('2026-11-21T17:00:00Z'))).toBe('22/11/2026');
    expect(f.formatDate(at('2026-11-21T16:59:59Z'))).toBe('21/11/2026');
    expect(f.formatTime(at('2026-11-21T17:00:00Z'))).toBe('00:00');
    expect(f.formatDateTime(now, 'vi')).toBe('14:05 ngày 22/11/2026');
    expect(f.formatDateTime(now, 'en')).toBe('14:05 on 22/11/2026');
    expect(f.formatDayMonth(now)).toBe('22/11');
    expect(f.isoDay(at('2026-11-21T17:00:00Z'))).toBe('2026-11-22');
  });
  it('keeps a calendar day as it is', () => {
    expect(f.formatDate('2027-02-20')).toBe('20/02/2027');
    expect(f.daysUntil('2026-11-23', now)).toBe(1);
  });
  it('writes the long form as official documents do', () => {
    expect(f.formatLongDate('2026-02-05', 'vi')).toBe('ngày 05 tháng 02 năm 2026');
    expect(f.formatLongDate('2026-11-22', 'vi')).toBe('ngày 22 tháng 11 năm 2026');
    expect(f.formatLongDate('2026-02-05', 'en')).toBe('5 February 2026');
  });
  it('refuses an invalid date', () => {
    expect(() => f.formatDate(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('relative', () => {
  it.each([
    ['2026-11-22', 'hôm nay', 'today', 'amber'],
    ['2026-11-23', 'còn 1 ngày', '1 day left', 'amber'],
    ['2026-11-24', 'còn 2 ngày', '2 days left', 'amber'],
    ['2026-11-25', 'còn 3 ngày', '3 days left', 'plain'],
    ['2026-11-21', 'quá hạn 1 ngày', '1 day overdue', 'rose'],
    ['2026-11-19', 'quá hạn 3 ngày', '3 days overdue', 'rose'],
  ])('deadline %s', (due, vi, en, tone) => {
    expect(f.formatDue(due, now, 'vi')).toBe(vi);
    expect(f.formatDue(due, now, 'en')).toBe(en);
    expect(f.dueTone(due, now)).toBe(tone);
  });
  it.each([
    ['2026-11-22T07:04:30Z', 'vừa xong', 'just now'],
    ['2026-11-22T07:04:00Z', '1 phút trước', '1 minute ago'],
    ['2026-11-22T06:00:00Z', '1 giờ trước', '1 hour ago'],
    ['2026-11-22T04:00:00Z', '3 giờ trước', '3 hours ago'],
    ['2026-11-21T16:00:00Z', 'hôm qua', 'yesterday'],
    ['2026-11-18T07:00:00Z', '4 ngày trước', '4 days ago'],
    ['2026-11-01T07:00:00Z', '01/11/2026', '01/11/2026'],
  ])('past %s', (when, vi, en) => {
    expect(f.formatAgo(at(when), now, 'vi')).toBe(vi);
    expect(f.formatAgo(at(when), now, 'en')).toBe(en);
  });
});

describe('numbers', () => {
  it('groups and marks decimals as each language does', () => {
    expect(f.formatNumber(1234, 'vi')).toBe('1.234');
    expect(f.formatNumber(1234.5, 'vi')).toBe('1.234,5');
    expect(f.formatNumber(1234.5, 'en')).toBe('1,234.5');
    expect(f.formatMoney(12_000_000, 'vi')).toBe('12.000.000 đồng');
    expect(f.formatMoney(12_000_000n, 'en')).toBe('12,000,000 dong');
    expect(f.formatPercent(0.125, 'vi')).toBe('12,5%');
    expect(f.formatBytes(1_450_000, 'vi')).toBe('1,5 MB');
    expect(f.formatBytes(12_000, 'en')).toBe('12 kB');
    expect(f.formatBytes(999_999, 'en')).toBe('1 MB');
    expect(f.formatDays(90, 'vi')).toBe('90 ngày');
  });
});

describe('parseDate', () => {
  it.each([
    ['22/11/2026', '2026-11-22'], [' 2-1-26 ', '2026-01-02'], ['02.01.2026', '2026-01-02'], ['29/02/2028', '2028-02-29'],
    ['29/02/2026', undefined], ['31/04/2026', undefined], ['2026-11-22', undefined], ['0/1/2026', undefined], ['', undefined],
  ])('%j gives %j', (text, day) => {
    expect(f.parseDate(text)).toBe(day);
  });
});
