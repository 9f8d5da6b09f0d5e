import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan, instantOf, parseTime, type TypedPlan } from './policy.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
const TYPED: TypedPlan = { title: 'Họp về trang giả', day: '25/11/2026', from: '14h', to: '16:30', place: 'Trụ sở Sở', link: '', chair: 'Bà Hoa', secretary: 'Bà Lan' };

describe('a time of the day', () => {
  it.each([['14:30', '14:30'], ['8h30', '08:30'], ['14g', '14:00'], ['08.15', '08:15'], [' 7 : 05 ', '07:05'], ['23h59', '23:59']])('%s is %s', (typed, read) => expect(parseTime(typed)).toBe(read));
  it.each(['', '24:00', '12:60', '14', 'hai giờ', '14:5', '1430', '-1:00'])('“%s” is none', (typed) => expect(parseTime(typed)).toBeUndefined());
  it('is read whatever is typed, and always a real one', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const read = parseTime(text);
      expect(read === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(read)).toBe(true);
    }));
  });
});

describe('a plan', () => {
  it('is in the time of Vietnam', () => {
    expect(checkPlan(TYPED, NOW).plan).toMatchObject({ startsAt: new Date('2026-11-25T07:00:00Z'), endsAt: new Date('2026-11-25T09:30:00Z'), onlineLink: null });
    expect(instantOf('2026-11-26', '00:30')).toEqual(new Date('2026-11-25T17:30:00Z'));
  });

  it.each([
    [{ day: '22/11/2026', from: '9:00' }, { day: 'past' }], [{ day: '31/11/2026' }, { day: 'day' }], [{ to: '14:00' }, { to: 'order' }], [{ from: 'chiều' }, { from: 'time' }],
    [{ link: 'http://hop.example' }, { link: 'link' }], [{ link: 'javascript:alert(1)' }, { link: 'link' }], [{ link: 'https://a b' }, { link: 'link' }], [{ chair: '  ' }, { chair: 'person' }],
    [{ title: 'Họ'.slice(0, 2) }, { title: 'title' }], [{ place: 'x'.repeat(301) }, { place: 'place' }],
  ] as const)('with %j is refused: %j', (change, faults) => expect(checkPlan({ ...TYPED, ...change }, NOW).faults).toEqual(faults));
});
