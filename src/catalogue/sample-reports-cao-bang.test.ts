import { describe, expect, it } from 'vitest';
import { CATEGORY_CODES } from './categories.ts';
import { STOP_CODES } from './gate.ts';
import {
  fillSlots, NARRATIVES, SAMPLE_ACCOUNTS, SAMPLE_AMOUNTS, SAMPLE_DOMAINS, SAMPLE_PHONES, SLOTS, STOP_NARRATIVES, WARNING_TITLES,
} from './sample-reports-cao-bang.ts';

const BANNED = /đối tượng|tin xấu độc|xấu, độc|thế lực|phản động|xuyên tạc/iu;
const MARKED = /[\u0300-\u036f]|đ/iu;
const VALUES = { domain: SAMPLE_DOMAINS.scam[0]!, phone: SAMPLE_PHONES[0]!, ...SAMPLE_ACCOUNTS[0]!, amount: SAMPLE_AMOUNTS[1]! };
const ALL = CATEGORY_CODES.flatMap((category) => NARRATIVES[category].map((narrative) => ({ category, ...narrative })));
const words = (text: string) => text.split(/\s+/u).filter(Boolean).length;

describe('narratives', () => {
  it.each(CATEGORY_CODES)('%s has 8 to 14 of them, in several voices and more than one way of writing', (category) => {
    const list = NARRATIVES[category];
    expect(list.length).toBeGreaterThanOrEqual(8);
    expect(list.length).toBeLessThanOrEqual(14);
    expect(new Set(list.map(({ voice }) => voice)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(list.map(({ style }) => style)).size).toBeGreaterThanOrEqual(2);
  });

  it('are different, 40 to 90 words, with known slots only and no indicator outside a slot', () => {
    expect(new Set(ALL.map(({ text }) => text)).size).toBe(ALL.length);
    for (const { category, style, text } of ALL) {
      const filled = fillSlots(text, VALUES);
      expect(words(filled), text).toBeGreaterThanOrEqual(40);
      expect(words(filled), text).toBeLessThanOrEqual(90);
      for (const [, slot] of text.matchAll(/\{(\w+)\}/gu)) expect(SLOTS, slot).toContain(slot);
      expect(filled).not.toMatch(/[{}]/u);
      expect(text.replace(/\{\w+\}/gu, '')).not.toMatch(/\d{6,}|https?:|\.(vn|com|net)\b/u);
      expect(text, category).not.toMatch(BANNED);
      expect(text).toBe(text.normalize('NFC'));
      if (style === 'no_marks') expect(text.normalize('NFD')).not.toMatch(MARKED);
    }
  });
});

describe('indicators', () => {
  it('are invented: at least 60 domains, each once, all under .example', () => {
    const domains = CATEGORY_CODES.flatMap((category) => SAMPLE_DOMAINS[category]);
    expect(domains.length).toBeGreaterThanOrEqual(60);
    expect(new Set(domains).size).toBe(domains.length);
    for (const domain of domains) expect(domain).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.example$/u);
  });

  it('have numbers and accounts that look unassigned', () => {
    expect(new Set(SAMPLE_PHONES).size).toBe(40);
    for (const phone of SAMPLE_PHONES) expect(phone).toMatch(/^0(900|999) 000 \d{3}$/u);
    expect(new Set(SAMPLE_ACCOUNTS.map(({ bank, account }) => bank + account)).size).toBe(SAMPLE_ACCOUNTS.length);
    for (const { account } of SAMPLE_ACCOUNTS) expect(account).toMatch(/^0000\d{6,10}$/u);
  });
});

describe('warning titles', () => {
  it('exist in both languages where a warning or correction may be made, and nowhere else', () => {
    for (const category of CATEGORY_CODES) {
      const without = category === 'intimate_images' || category === 'threat_harassment';
      expect(WARNING_TITLES[category].length > 0, category).toBe(!without);
      for (const { vi, en } of WARNING_TITLES[category]) {
        expect(vi).toMatch(category === 'false_emergency_alert' ? /^Đính chính / : /^Cảnh báo /);
        expect(en).toMatch(category === 'false_emergency_alert' ? /^Correction: / : /^Warning: /);
        expect(vi.includes('{domain}')).toBe(en.includes('{domain}'));
      }
    }
  });
});

describe('reports the gate stops', () => {
  it('are ten, cover all seven questions and carry their code', () => {
    expect(STOP_NARRATIVES).toHaveLength(10);
    expect(new Set(STOP_NARRATIVES.map(({ question }) => question)).size).toBe(7);
    for (const { question, code, text } of STOP_NARRATIVES) {
      expect(code).toBe(STOP_CODES[question - 1]);
      expect(words(text)).toBeGreaterThanOrEqual(20);
      expect(text).not.toMatch(BANNED);
    }
  });
});

describe('fillSlots', () => {
  it('fills what it knows and leaves the rest', () => {
    expect(fillSlots('{domain} và {phone}, {khac}', { domain: 'a.example' })).toBe('a.example và {phone}, {khac}');
  });
});
