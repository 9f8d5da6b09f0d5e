import { describe, expect, it } from 'vitest';
import { calendarOf } from '#catalogue/holidays.ts';
import { extendedUntil, masked, overdue, REQUEST_KINDS, REQUEST_RULES, requestClocks } from './data-requests.ts';
import { DEADLINES } from './deadlines.ts';

const CALENDAR = calendarOf();
const at = (day: string, time = '09:00') => new Date(`${day}T${time}:00+07:00`);

describe('the clocks of a request', () => {
  it('are those of the decree on an ordinary day', () => {
    // Monday 07/12/2026.
    expect(REQUEST_KINDS.map((kind) => [kind, requestClocks(kind, at('2026-12-07'), CALENDAR)])).toEqual([
      ['access', { answerBy: '2026-12-09', doBy: '2026-12-17' }], ['correct', { answerBy: '2026-12-09', doBy: '2026-12-17' }],
      ['erase', { answerBy: '2026-12-09', doBy: '2026-12-28' }], // 27/12 is a Sunday
      ['restrict', { answerBy: '2026-12-09', doBy: '2026-12-22' }], ['withdraw', { answerBy: '2026-12-09', doBy: '2026-12-22' }], ['object', { answerBy: '2026-12-09', doBy: '2026-12-22' }],
    ]);
  });

  it('stand still over Tết 2027 (05/02 to 11/02)', () => {
    // Filed on the last afternoon before Tết: two working days later is the Monday after.
    expect(requestClocks('access', at('2027-02-04', '16:30'), CALENDAR)).toEqual({ answerBy: '2027-02-15', doBy: '2027-02-15' });
    // Ten days from 28/01 end on Sunday 07/02, in the holiday: the first working day is Friday 12/02.
    expect(requestClocks('correct', at('2027-01-28'), CALENDAR)).toEqual({ answerBy: '2027-02-01', doBy: '2027-02-12' });
    expect(requestClocks('erase', at('2027-01-20'), CALENDAR).doBy).toBe('2027-02-12');
    expect(extendedUntil('restrict', '2027-01-22', CALENDAR)).toBe('2027-02-12');
  });

  it('a request sent at night counts from that local day', () => {
    expect(requestClocks('access', at('2026-12-07', '23:59'), CALENDAR)).toEqual(requestClocks('access', at('2026-12-07', '00:01'), CALENDAR));
  });

  it('one extension is as long as the first term, whatever the kind', () => {
    for (const kind of REQUEST_KINDS) expect([DEADLINES[REQUEST_RULES[kind].more].amount, DEADLINES[REQUEST_RULES[kind].more].unit]).toEqual([DEADLINES[REQUEST_RULES[kind].due].amount, 'day']);
  });
});

describe('overdue', () => {
  const open = { state: 'filed', answerBy: '2026-11-24', doBy: '2026-12-02', extendedUntil: null } as const;
  it.each([
    ['in time', open, '2026-11-24', null], ['not confirmed', open, '2026-11-25', 'answer'], ['not done', open, '2026-12-03', 'do'],
    ['confirmed', { ...open, state: 'acknowledged' } as const, '2026-12-02', null], ['extended', { ...open, state: 'acknowledged', extendedUntil: '2026-12-14' } as const, '2026-12-14', null],
    ['extended and late', { ...open, state: 'acknowledged', extendedUntil: '2026-12-14' } as const, '2026-12-15', 'do'], ['decided', { ...open, state: 'done' } as const, '2027-06-01', null],
  ])('%s', (_name, request, today, expected) => expect(overdue(request, today)).toBe(expected));
});

it('masks a contact so that only its owner knows it', () => {
  expect(masked('le.thi.rieng@nguoidan.example')).toBe('l•••@nguoidan.example');
  expect(masked('+84 912 345 678')).toBe('••• 678');
});
