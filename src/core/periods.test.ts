import { expect, test } from 'vitest';
import { isoWeek } from './periods.ts';

test('the year of a week is the year of its Thursday (ISO 8601)', () => {
  expect(isoWeek('2026-11-22')).toBe('2026-W47');
  expect(isoWeek('2021-01-03')).toBe('2020-W53');
  expect(isoWeek('2025-12-29')).toBe('2026-W01');
  expect(isoWeek('2026-01-04')).toBe('2026-W01');
});
