import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePhone } from './phone.ts';

it.each([
  ['0912.345.678', '+84912345678', '091•••678'],
  ['+84 912 345 678', '+84912345678', '091•••678'],
  ['84912345678', '+84912345678', '091•••678'],
  ['0084912345678', '+84912345678', '091•••678'],
  ['0162 345 6789', '+84323456789', '032•••789'],
  ['+841201234567', '+84701234567', '070•••567'],
  ['0199-234-5678', '+84592345678', '059•••678'],
  ['(024) 3825 1234', '+842438251234', '024•••234'],
  ['+1 650 253 0000', '+16502530000', '+16•••000'],
])('%s → %s', (typed, key, display) => expect(parsePhone(typed)).toEqual({ key, display, specific: true }));

it.each([
  '111', '113', '114', '115', '156', '5656', '1900 1234', '1800 6132', '19005454 13',
])('%s serves everybody', (typed) => {
  expect(parsePhone(typed)).toMatchObject({ key: typed.replaceAll(' ', ''), specific: false });
});

it.each([
  '', '12', '0912', '091234567', '09123456789', '01231234', '970436', '12.000.000', '+999123456789', '+',
  '0'.repeat(40),
])(
  '%j is none', (typed) => expect(parsePhone(typed)).toBeNull(),
);

it('gives one key to the old and the new number of a mobile', () => {
  const subscriber = fc.integer({ min: 2_000_000, max: 9_999_999 });
  const prefixes = fc.constantFrom(['0120', '070'], ['0123', '083'], ['0169', '039'], ['0188', '058']);
  fc.assert(fc.property(prefixes, subscriber, ([old, current], rest) => {
    expect(parsePhone(`${old}${rest}`)?.key).toBe(`+84${String(current).slice(1)}${rest}`);
  }));
});

it('never throws, and reads back its key', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789+ .-()'), maxLength: 24 }), (typed) => {
    const phone = parsePhone(typed);
    if (phone !== null) expect(parsePhone(phone.key)).toEqual(phone);
  }), { numRuns: 1000 });
});
