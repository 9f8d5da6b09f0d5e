import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citation as cited, DOCUMENTS, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { addDays } from './deadlines.ts';
import { basisNote, citation, endsSoon, inForce, placeOf, SOON_DAYS } from './law.ts';

const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2020-01-01', n));
const validity = fc.record({ validFrom: day, length: fc.option(fc.integer({ min: 0, max: 2000 })) })
  .map(({ validFrom, length }) => ({ validFrom, validTo: length === null ? null : addDays(validFrom, length) }));

describe('inForce', () => {
  it('holds from the first day to the last, both included, and on no other', () => {
    fc.assert(fc.property(validity, (of) => {
      expect([inForce(of, addDays(of.validFrom, -1)), inForce(of, of.validFrom)]).toEqual([false, true]);
      if (of.validTo) expect([inForce(of, of.validTo), inForce(of, addDays(of.validTo, 1))]).toEqual([true, false]);
      else expect(inForce(of, '2099-12-31')).toBe(true);
    }));
  });
});

describe('endsSoon', () => {
  it('counts 60 days, the sixtieth included, and what has ended', () => {
    const of = { validFrom: '2026-07-01', validTo: '2027-01-21' };
    expect([addDays('2026-11-22', SOON_DAYS), endsSoon(of, '2026-11-22'), endsSoon(of, '2026-11-21'), endsSoon(of, '2028-01-01')]).toEqual(['2027-01-21', true, false, true]);
    expect([endsSoon(of, '2027-01-20', 1), endsSoon(of, '2027-01-19', 1), endsSoon({ ...of, validTo: null }, '2099-01-01')]).toEqual([true, false, false]);
  });
});

describe('basisNote', () => {
  const until = (validTo: string | null) => ({ validFrom: '2026-07-01', validTo });

  it.each([
    ['2027-02-19', 'ends_before_measure'], ['2027-02-20', 'ends_soon'], ['2027-04-21', 'ends_soon'], ['2027-04-22', null], [null, null],
  ] as const)('says of a basis that ends on %s, for a measure until 20/02/2027: %s', (validTo, note) => {
    expect(basisNote(until(validTo), '2026-11-22', '2027-02-20')).toBe(note);
  });

  it('looks at the first day where nothing lasts, and says nothing without a day', () => {
    expect(basisNote(until('2026-11-21'), '2026-11-22', null)).toBe('ends_before_measure');
    expect(basisNote(until('2026-12-01'), '2026-11-22', null)).toBe('ends_soon');
    expect(basisNote(until('2026-12-01'), null, null)).toBeNull();
  });

  it('never calls a measure safe that outlives its law', () => {
    fc.assert(fc.property(validity, day, fc.option(day), (of, startsOn, endsOn) => {
      const outlives = of.validTo !== null && of.validTo < (endsOn ?? startsOn);
      expect(basisNote(of, startsOn, endsOn) === 'ends_before_measure').toBe(outlives);
    }));
  });
});

describe('citation', () => {
  it('reads as the catalogue of the release reads', () => {
    for (const basis of LEGAL_BASES) {
      const documentName = DOCUMENTS.find(({ code }) => code === basis.document)!.name;
      const kept = { documentName, article: basis.article, clause: basis.clause ?? null, point: basis.point ?? null };
      expect([citation(kept), citation(kept, 'en')]).toEqual([cited(basis), cited(basis, 'en')]);
      expect(basis.code).toBe(`${placeOf({ ...kept, document: basis.document })}/${basis.category}`);
    }
  });
});
