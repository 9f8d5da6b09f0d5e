import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AIM_CODES } from '#catalogue/aims.ts';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { DOCUMENTS, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { MEASURE_CODES, measureFits, measureOf } from '#catalogue/measures.ts';
import { addDays } from './deadlines.ts';
import { missingIn as missingBy, secondPersonBar, type DraftFacts, type Missing } from './decision.ts';
import type { BasisRule } from './law.ts';

const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2020-01-01', n));
const ON = '2026-11-22';

/** The provisions of this release as the rules take them. */
const BASES: readonly (BasisRule & (typeof LEGAL_BASES)[number])[] = LEGAL_BASES.map((basis) => {
  const { validFrom, validTo } = DOCUMENTS.find(({ code }) => code === basis.document)!;
  return { ...basis, validFrom, validTo };
});
const missingIn = (draft: DraftFacts, on: string) => missingBy(draft, on, BASES.find(({ code }) => code === draft.legalBasis) ?? null);

/** Drafts that lack nothing on ON. */
const complete: fc.Arbitrary<DraftFacts> = fc.constantFrom(...LEGAL_BASES.filter((basis) => measureFits('PUBLIC_WARNING', basis.category))).chain((basis) => fc.record({
  measure: fc.constant('PUBLIC_WARNING' as const), category: fc.constant(basis.category), legalBasis: fc.constant(basis.code), competenceId: fc.uuid(),
  aim: fc.constantFrom(...AIM_CODES), facts: words(20), territory: fc.constant('Tỉnh Cao Bằng'), startsOn: fc.integer({ min: -20, max: 0 }).map((n) => addDays(ON, n)),
  endsOn: fc.integer({ min: 1, max: 160 }).map((n) => addDays(ON, n)), title: words(3), summary: words(20),
  elements: answers(basis.elements.map(({ code }) => code)), options: answers(measureOf('PUBLIC_WARNING').lesser.map(({ code }) => code)),
  evidence: fc.integer({ min: 1, max: 9 }), locators: fc.integer({ min: 1, max: 9 }), recipients: fc.constant(0), freshEvidence: fc.constant(true), sideEffects: fc.constant('Không có nội dung của người khác.'), detail: fc.constant({}),
  proofs: fc.record(Object.fromEntries(basis.elements.map(({ code }) => [code, fc.array(fc.uuid(), { minLength: 1, maxLength: 3 })]))),
}));

function words(min: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom('a', 'ộ', 'x', '7'), minLength: min, maxLength: min + 40 });
}

function answers(codes: readonly string[]): fc.Arbitrary<Record<string, string>> {
  return fc.record(Object.fromEntries(codes.map((code) => [code, words(3)])));
}

const blank = fc.constantFrom('', ' ', '\n\t', 'ab', ' ab ');

/** One way to spoil a complete draft, and the point that must then be named. */
const SPOILERS: readonly { name: string; spoil: (draft: DraftFacts, text: string) => DraftFacts; point: (draft: DraftFacts) => Missing }[] = [
  {
    name: 'a measure for another harm', point: () => ({ point: 'measure' }),
    spoil: (draft) => ({ ...draft, measure: 'CORRECTION', endsOn: addDays(ON, 1), detail: Object.fromEntries(measureOf('CORRECTION').fields.map(({ code }) => [code, 'có'])) }),
  },
  { name: 'no legal basis', spoil: (draft) => ({ ...draft, legalBasis: null }), point: () => ({ point: 'legal_basis' }) },
  { name: 'an invented basis', spoil: (draft, text) => ({ ...draft, legalBasis: `Điều 9 ${text}` }), point: () => ({ point: 'legal_basis' }) },
  {
    name: 'a basis of another harm', point: () => ({ point: 'legal_basis' }),
    spoil: (draft) => {
      const other = LEGAL_BASES.find((basis) => basis.category !== draft.category)!;
      return { ...draft, legalBasis: other.code, elements: Object.fromEntries(other.elements.map(({ code }) => [code, 'vì thế'])), proofs: Object.fromEntries(other.elements.map(({ code }) => [code, ['một']])) };
    },
  },
  { name: 'no competence', spoil: (draft) => ({ ...draft, competenceId: null }), point: () => ({ point: 'competence' }) },
  { name: 'no aim', spoil: (draft) => ({ ...draft, aim: null }), point: () => ({ point: 'aim' }) },
  { name: 'no facts', spoil: (draft, text) => ({ ...draft, facts: text }), point: () => ({ point: 'facts' }) },
  { name: 'no evidence', spoil: (draft) => ({ ...draft, evidence: 0 }), point: () => ({ point: 'evidence' }) },
  { name: 'a renewal on the old evidence', spoil: (draft) => ({ ...draft, freshEvidence: false }), point: () => ({ point: 'fresh_evidence' }) },
  { name: 'no locator', spoil: (draft) => ({ ...draft, locators: 0 }), point: () => ({ point: 'locators' }) },
  { name: 'no territory', spoil: (draft) => ({ ...draft, territory: null }), point: () => ({ point: 'territory' }) },
  { name: 'no beginning', spoil: (draft) => ({ ...draft, startsOn: null }), point: () => ({ point: 'dates' }) },
  { name: 'no end', spoil: (draft) => ({ ...draft, endsOn: null }), point: () => ({ point: 'dates' }) },
  { name: 'an end today', spoil: (draft) => ({ ...draft, endsOn: ON }), point: () => ({ point: 'dates' }) },
  { name: 'an end before the beginning', spoil: (draft) => ({ ...draft, endsOn: addDays(draft.startsOn!, -1) }), point: () => ({ point: 'dates' }) },
  { name: 'an end one day too far', spoil: (draft) => ({ ...draft, endsOn: addDays(draft.startsOn!, 181) }), point: () => ({ point: 'too_long' }) },
  { name: 'no word on others', spoil: (draft, text) => ({ ...draft, sideEffects: text }), point: () => ({ point: 'side_effects' }) },
  { name: 'no title', spoil: (draft, text) => ({ ...draft, title: text }), point: () => ({ point: 'title' }) },
  { name: 'no summary', spoil: (draft, text) => ({ ...draft, summary: text }), point: () => ({ point: 'summary' }) },
  {
    name: 'an element left open', spoil: (draft, text) => ({ ...draft, elements: { ...draft.elements, [Object.keys(draft.elements)[0]!]: text } }),
    point: (draft) => ({ point: 'element', code: Object.keys(draft.elements)[0]! }),
  },
  {
    name: 'an option left open', spoil: (draft, text) => ({ ...draft, options: { ...draft.options, [Object.keys(draft.options)[0]!]: text } }),
    point: (draft) => ({ point: 'option', code: Object.keys(draft.options)[0]! }),
  },
];

describe('missingIn', () => {
  it('finds nothing in a complete draft', () => {
    fc.assert(fc.property(complete, (draft) => {
      expect(missingIn(draft, ON)).toEqual([]);
    }));
  });

  it.each(SPOILERS)('finds $name, and nothing that is there', ({ spoil, point }) => {
    fc.assert(fc.property(complete, blank, (draft, text) => {
      expect(missingIn(spoil(draft, text), ON)).toEqual([point(draft)]);
    }));
  });

  it('finds an element without evidence, a field left open, a recipient not named, and a measure that is for another harm', () => {
    const [draft] = fc.sample(complete, { numRuns: 1, seed: 1 });
    const [first] = Object.keys(draft!.proofs);
    expect(missingIn({ ...draft!, proofs: { ...draft!.proofs, [first!]: [] } }, ON)).toEqual([{ point: 'proof', code: first }]);
    const notice = missingIn({ ...draft!, measure: 'NOTICE_REGISTRAR', endsOn: addDays(draft!.startsOn!, 30) }, ON);
    expect(notice).toEqual(expect.arrayContaining([{ point: 'field', code: 'asked' }, { point: 'recipients' }]));
    expect(missingIn({ ...draft!, measure: 'CORRECTION' }, ON)).toContainEqual({ point: 'measure' });
  });

  it('finds all of several things at once', () => {
    const several = SPOILERS.filter(({ name }) => !/measure|basis|^an end|beginning/.test(name));
    fc.assert(fc.property(complete, blank, fc.subarray(several, { minLength: 2 }), (draft, text, chosen) => {
      const spoiled = chosen.reduce((before, { spoil }) => spoil(before, text), draft);
      const found = missingIn(spoiled, ON);
      expect(found).toHaveLength(chosen.length);
      expect(found).toEqual(expect.arrayContaining(chosen.map(({ point }) => point(draft))));
    }));
  });

  it('lets no draft pass once its provision is not in force', () => {
    fc.assert(fc.property(complete, day, (draft, on) => {
      const document = DOCUMENTS.find(({ code }) => code === LEGAL_BASES.find((basis) => basis.code === draft.legalBasis)!.document)!;
      const gone = on < document.validFrom || (document.validTo !== null && on > document.validTo);
      expect(missingIn(draft, on).some(({ point }) => point === 'legal_basis_not_in_force')).toBe(gone);
    }));
  });

  it('asks for no end where nothing lasts, and for a measure of the closed list everywhere', () => {
    for (const measure of MEASURE_CODES) {
      for (const one of CATEGORY_CODES) {
        const draft: DraftFacts = { ...blankDraft(), measure, category: one };
        const fits = measureOf(measure).available && measureFits(measure, one);
        expect(missingIn(draft, ON).some(({ point }) => point === 'measure')).toBe(!fits);
        if (measureOf(measure).maxDays === null) expect(missingIn(draft, ON).some(({ point }) => point === 'dates')).toBe(false);
      }
    }
  });
});

function blankDraft(): DraftFacts {
  return {
    measure: 'PUBLIC_WARNING', category: 'scam', legalBasis: null, competenceId: null, aim: null, facts: '', territory: null, startsOn: ON, endsOn: null,
    title: '', summary: '', elements: {}, options: {}, evidence: 0, locators: 0, recipients: 0, freshEvidence: true, sideEffects: '', detail: {}, proofs: {},
  };
}

describe('secondPersonBar', () => {
  it('bars the drafter and every gate officer, and nobody else', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(fc.property(person, person, fc.uniqueArray(person), (officer, drafter, gate) => {
      const bar = secondPersonBar(officer, drafter, gate);
      if (officer === drafter) expect(bar).toBe('drafter');
      else expect(bar).toBe(gate.includes(officer) ? 'gate_officer' : null);
    }));
  });
});
