import { describe, expect, it } from 'vitest';
import { calendarOf } from '#catalogue/holidays.ts';
import { REGISTER_KINDS } from '#catalogue/document-types.ts';
import { agencyAbbreviation, gapsOf, isIncomingLate, isOutgoingLate, isSymbol, usualSymbol, writtenNumber } from './registers.ts';

const calendar = calendarOf();

describe('symbols', () => {
  it.each([['Sở VHTTDL', 'SVHTTDL'], ['Công an tỉnh', 'CAT'], ['UBND xã Đàm Thủy', 'UBNDXĐT'], ['', '']])('%s is abbreviated as %s', (name, symbol) => expect(agencyAbbreviation(name)).toBe(symbol));
  it.each([['thong_bao', 'TB-SVHTTDL'], ['cong_van', 'SVHTTDL'], ['to_trinh', 'TTr-SVHTTDL'], ['la', 'SVHTTDL']])('%s bears %s', (kind, symbol) => expect(usualSymbol(kind, 'SVHTTDL')).toBe(symbol));
  it.each(['SVHTTDL-QLTTBCXB', 'QĐ-UBND', 'TTr.1-ĐT'])('%s is one', (text) => expect(isSymbol(text)).toBe(true));
  it.each(['', 'TB SVHTTDL', '-TB', 'TB-', 'A'.repeat(31), '<b>', 'TB\nX'])('%j is none', (text) => expect(isSymbol(text)).toBe(false));
  it('numbers below ten have a zero', () => expect([writtenNumber(5, 'TB-X'), writtenNumber(10, 'TB-X'), writtenNumber(1204, 'X')]).toEqual(['05/TB-X', '10/TB-X', '1204/X']));
  it('every kind of the decree is there once', () => {
    expect(REGISTER_KINDS).toHaveLength(29);
    expect(new Set(REGISTER_KINDS.map(({ code }) => code)).size).toBe(29);
    expect(REGISTER_KINDS.filter(({ abbreviation }) => abbreviation === null).map(({ code }) => code)).toEqual(['cong_van', 'thu_cong']);
  });
});

describe('lateness', () => {
  // 20/11/2026 is a Friday; Tuesday 24/11 is a day off.
  const given = { issuedOn: '2026-11-20', registeredOn: '2026-11-20', dispatchedOn: '2026-11-23', isUrgent: false };
  it('gives until the next working day', () => {
    expect(isOutgoingLate(given, '2026-11-30', calendar)).toBe(false);
    expect(isOutgoingLate({ ...given, dispatchedOn: '2026-11-25' }, '2026-11-30', calendar)).toBe(true);
    expect(isOutgoingLate({ ...given, registeredOn: '2026-11-25', dispatchedOn: '2026-11-25' }, '2026-11-30', calendar)).toBe(true);
    expect(isOutgoingLate({ ...given, issuedOn: '2026-11-23', dispatchedOn: '2026-11-25' }, '2026-11-30', calendar)).toBe(false);
  });
  it('counts what still waits to be sent by today', () => {
    expect(isOutgoingLate({ ...given, dispatchedOn: null }, '2026-11-23', calendar)).toBe(false);
    expect(isOutgoingLate({ ...given, dispatchedOn: null }, '2026-11-25', calendar)).toBe(true);
  });
  it('has an urgent document go the same day', () => {
    expect(isOutgoingLate({ ...given, isUrgent: true }, '2026-11-23', calendar)).toBe(true);
    expect(isOutgoingLate({ ...given, isUrgent: true, dispatchedOn: '2026-11-20' }, '2026-11-23', calendar)).toBe(false);
  });
  it('has what came entered and passed on by the next working day', () => {
    const came = { arrivedOn: '2026-11-20', registeredOn: '2026-11-21', passedOn: null };
    expect([isIncomingLate(came, '2026-11-23', calendar), isIncomingLate(came, '2026-11-25', calendar), isIncomingLate({ ...came, passedOn: '2026-11-23' }, '2026-12-25', calendar)]).toEqual([false, true, false]);
  });
});

it('finds the numbers that are missing', () => {
  expect(gapsOf([])).toEqual([]);
  expect(gapsOf([1, 2, 3])).toEqual([]);
  expect(gapsOf([5, 2, 8, 2])).toEqual([[1, 1], [3, 4], [6, 7]]);
});
