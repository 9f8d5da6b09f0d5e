import { describe, expect, it } from 'vitest';
import {
  AGENCIES, agencyByKey, agencyNameOn, COMPETENCES, competencesOn, COORDINATION_LEAD, DIRECTORY_FROM, holdsOn, leadAgencyOn,
  leadFor, REGULATION_FROM,
} from './agencies-cao-bang.ts';
import { CATEGORY_CODES } from './categories.ts';
import { communesOf } from './units/index.ts';

const ISO = /^\d{4}-\d{2}-\d{2}$/;

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** Every day on which something starts or ends, and the day after each end: between them nothing changes. */
const DAYS = [...new Set([
  ...COMPETENCES.flatMap(({ from, to }) => [from, ...(to ? [to, nextDay(to)] : [])]), '2024-01-01', '2026-11-22',
])].filter((day) => day >= REGULATION_FROM).sort();

describe('agencies of Cao Bằng', () => {
  it('have unique keys, 56 communes and 10 districts', () => {
    expect(new Set(AGENCIES.map((agency) => agency.key)).size).toBe(AGENCIES.length);
    expect(AGENCIES.filter((agency) => agency.level === 'commune').map((agency) => agency.communeCode).sort())
      .toEqual(communesOf('04').map((unit) => unit.code));
    expect(AGENCIES.filter((agency) => agency.level === 'district')).toHaveLength(10);
    expect(AGENCIES.length - 66).toBeGreaterThanOrEqual(25);
  });

  it('have names that cover their life without gap or overlap', () => {
    for (const agency of AGENCIES) {
      expect(agency.names[0]!.from, agency.key).toBe(agency.from);
      expect(agency.names.at(-1)!.to, agency.key).toBe(agency.to);
      for (const [index, name] of agency.names.entries()) {
        expect(name.name && name.short && name.nameEn).toBeTruthy();
        expect(name.from).toMatch(ISO);
        if (index > 0) expect(name.from, agency.key).toBe(nextDay(agency.names[index - 1]!.to!));
      }
    }
  });

  it('have parents and successors that exist, and successors alive on the day after', () => {
    for (const agency of AGENCIES) {
      if (agency.parentKey) expect(agencyByKey(agency.parentKey), agency.key).toBeDefined();
      expect(agency.to !== null, agency.key).toBe((agency.successors ?? []).length > 0);
      for (const key of agency.successors ?? []) {
        const successor = agencyByKey(key);
        expect(successor && holdsOn(successor, nextDay(agency.to!)), `${agency.key} → ${key}`).toBe(true);
      }
    }
  });

  it('hand every commune at least one district', () => {
    const heirs = AGENCIES.filter((agency) => agency.level === 'district').flatMap((agency) => agency.successors ?? []);
    expect(new Set(heirs).size).toBe(56);
  });

  it('have only sample contacts', () => {
    for (const { contacts } of AGENCIES) {
      for (const { kind, value, sample } of contacts) {
        expect(sample).toBe(true);
        expect(value).toMatch(kind === 'email' ? /\.example$/ : /^0206 3850 0\d\d$/);
      }
    }
  });

  it('print the name of the day', () => {
    const market = agencyByKey('qltt')!;
    expect(agencyNameOn(market, '2024-01-01').short).toBe('Cục QLTT');
    expect(agencyNameOn(market, '2026-01-01').short).toBe('Chi cục QLTT');
    expect(agencyNameOn(agencyByKey('ubnd-01654')!, '2026-01-01').name).toBe('Ủy ban nhân dân xã Hòa An');
    expect(agencyNameOn(agencyByKey('ubnd-huyen-hoa-an')!, '2023-01-01').name).toBe('Ủy ban nhân dân huyện Hòa An');
    expect(agencyNameOn(agencyByKey('so-nnmt')!, DIRECTORY_FROM).short).toBe('Sở NNMT');
  });
});

describe('lead agency', () => {
  it('is Sở TTTT before 01/7/2025 and Sở VHTTDL after it', () => {
    expect([leadAgencyOn('2023-06-30'), leadAgencyOn('2025-06-30'), leadAgencyOn('2025-07-01'), leadAgencyOn('2026-11-22')])
      .toEqual(['so-tttt', 'so-tttt', 'so-vhttdl', 'so-vhttdl']);
    expect(leadAgencyOn('2019-01-01')).toBeUndefined();
    for (const { agencyKey, from } of COORDINATION_LEAD) expect(holdsOn(agencyByKey(agencyKey)!, from)).toBe(true);
  });
});

describe('competences', () => {
  it('belong to agencies that live through them, with reason and law', () => {
    for (const { agencyKey, from, to, reason, law } of COMPETENCES) {
      const agency = agencyByKey(agencyKey);
      expect(agency, agencyKey).toBeDefined();
      expect(from <= (to ?? '9999') && agency!.from <= from && (to ?? '9999') <= (agency!.to ?? '9999'), agencyKey).toBe(true);
      expect(reason.vi && reason.en && law).toBeTruthy();
    }
  });

  it.each(DAYS)('have exactly one lead for every category on %s', (day) => {
    for (const category of CATEGORY_CODES) {
      expect(competencesOn(category, day).filter(({ role }) => role === 'lead'), category).toHaveLength(1);
    }
  });

  it('never name an agency twice for one category, territory and day', () => {
    for (const day of DAYS) {
      for (const category of CATEGORY_CODES) {
        const keys = competencesOn(category, day).map(({ agencyKey, role }) => (role === 'coordinate' ? `${agencyKey}/${role}` : agencyKey));
        expect(new Set(keys).size, `${category} ${day}`).toBe(keys.length);
      }
    }
  });

  it('give a commune its own part only, and the coordinating lead a part everywhere', () => {
    const inHoaAn = competencesOn('scam', '2026-11-22', '01654').map(({ agencyKey }) => agencyKey);
    expect(inHoaAn).toContain('ubnd-01654');
    expect(inHoaAn).not.toContain('ubnd-01660');
    expect(inHoaAn).toContain('so-vhttdl');
    expect(leadFor('counterfeit_unlicensed_goods', '2026-11-22')).toBe('qltt');
    for (const day of DAYS) {
      for (const category of CATEGORY_CODES) {
        expect(competencesOn(category, day).map(({ agencyKey, role }) => (role === 'coordinate' ? `${agencyKey}/${role}` : agencyKey)), category).toContain(leadAgencyOn(day));
      }
    }
  });
});
