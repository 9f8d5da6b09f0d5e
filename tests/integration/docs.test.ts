import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { EXCLUDED, LEGAL_BASES, citation } from '#catalogue/legal-bases.ts';
import { ALLOWED_COLUMNS, FORBIDDEN_COLUMN, PERSONAL_DATA } from '#catalogue/personal-data.ts';
import { MACHINES } from '#core/machines.ts';
import { cataloguePage, configurationPage, PAGES, personalDataPage, statesPage } from '../../scripts/docs.ts';
import { SETTINGS } from '../../src/config.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the generated pages', () => {
  it.each(Object.entries(PAGES))('%s is what its data says (else run: node scripts/docs.ts)', (path, make) => {
    expect(existsSync(join(root, path)), path).toBe(true);
    expect(readFileSync(join(root, path), 'utf8')).toBe(make());
  });

  it('name every setting, transition, category, clause and personal column, and no folder of this machine', () => {
    const configuration = configurationPage();
    for (const name of Object.keys(SETTINGS)) expect(configuration).toContain(`| \`${name}\` |`);
    const states = statesPage();
    for (const { label, states: codes, transitions } of MACHINES) {
      const section = states.split('\n## ').find((one) => one.startsWith(`${label.vi} / ${label.en}\n`))!;
      for (const state of codes) expect(section).toMatch(new RegExp(`^  state "[^"]+ / [^"]+" as ${state}$`, 'm'));
      for (const { action, from, to, label: step } of transitions) {
        for (const one of from) expect(section).toContain(`  ${one} --> ${to}: ${step.vi} / `);
        expect(section).toContain(`| \`${action}\` |`);
      }
    }
    const catalogue = cataloguePage();
    for (const code of CATEGORY_CODES) expect(catalogue).toContain(`| \`${code}\` |`);
    for (const basis of [...LEGAL_BASES, ...EXCLUDED]) expect(catalogue).toContain(citation(basis));
    const personal = personalDataPage();
    for (const { column } of PERSONAL_DATA) expect(personal).toContain(`| \`${column}\` |`);
    for (const text of [configuration, states, catalogue, personal]) expect(text).not.toMatch(/undefined|\/root|\/home\//);
  });
});

describe('the list of personal data', () => {
  it('names only columns of the allow-list, each once, in both languages', () => {
    const places = PERSONAL_DATA.map(({ table, column }) => `${table}.${column}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { table, column, what, purpose, basis, retention } of PERSONAL_DATA) {
      expect(ALLOWED_COLUMNS[table], table).toContain(column);
      for (const label of [what, purpose, basis, retention]) expect([label.vi.length > 0, label.en.length > 0]).toEqual([true, true]);
    }
  });

  it('has no name that is forbidden, and the pattern still bites', () => {
    for (const [table, columns] of Object.entries(ALLOWED_COLUMNS)) {
      for (const name of [table, ...columns]) expect(name).not.toMatch(FORBIDDEN_COLUMN);
    }
    for (const name of ['author_name', 'profile_url', 'account_owner', 'subject_id', 'risk_score', 'watch_until', 'whole_profile_url_author']) {
      expect(name).toMatch(FORBIDDEN_COLUMN);
    }
  });
});
