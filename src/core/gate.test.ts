import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORIES, CATEGORY_CODES } from '#catalogue/categories.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { gateOutcome, readGateAnswers, type GateAnswers } from './gate.ts';

const answers = fc.record(Object.fromEntries(STOP_CODES.map((code) => [code, fc.boolean()]))) as unknown as fc.Arbitrary<GateAnswers>;
const elements = fc.subarray(CATEGORIES.flatMap((category) => category.positive.map((element): string => element.code)));

test('one yes stops, whatever else is said; a pass needs seven noes and every positive element', () => {
  fc.assert(fc.property(fc.constantFrom(...CATEGORY_CODES), answers, elements, (category, given, held) => {
    const outcome = gateOutcome(category, given, held);
    const anyYes = STOP_CODES.some((code) => given[code]);
    const needed = CATEGORIES.find((candidate) => candidate.code === category)!.positive.map((element) => element.code as string);
    expect(outcome.passed).toBe(!anyYes && needed.every((code) => held.includes(code)));
    if (!outcome.passed && outcome.why === 'stopped') expect(given[outcome.stopCode]).toBe(true);
  }));
});

test('a question left open is never taken for a no', () => {
  const allNo = Object.fromEntries(STOP_CODES.map((code) => [code, 'no']));
  expect(readGateAnswers(allNo)).toMatchObject({ ok: true });
  for (const code of STOP_CODES) {
    for (const bad of [undefined, '', 'true', 'NO', 'on']) {
      expect(readGateAnswers({ ...allNo, [code]: bad })).toEqual({ ok: false, open: [code] });
    }
  }
});
