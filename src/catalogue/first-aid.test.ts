import { describe, expect, it } from 'vitest';
import { CATEGORY_CODES } from './categories.ts';
import { BANK_CALLS, generalSituation, SITUATIONS, situationByKey, situationsFor } from './first-aid.ts';
import { hotlineByKey, HOTLINES, hotlinesOf, spamReportText } from './hotlines.ts';
import type { Label } from './label.ts';

const BANNED = /đối tượng|tin xấu độc|xấu, độc|thế lực|phản động|nạn nhân ngu|ngu ngốc/iu;
/** Words of offices and contracts, where a plain one says the same. */
const BUREAUCRATIC = new RegExp([
  'căn cứ vào', 'theo quy định tại', 'cơ quan chức năng', 'thực hiện việc', 'tiến hành', 'trong trường hợp', 'kính đề nghị', 'nhằm mục đích', 'quý khách', 'khẩn trương', 'triển khai',
  'pursuant', 'hereby', 'thereof', 'commence', 'utilise', 'utilize', 'in the event', 'prior to', 'with respect to', 'aforementioned', 'shall', 'terminate', 'endeavou?r',
].map((word) => `(?<![\\p{L}])${word}(?![\\p{L}])`).join('|'), 'iu');
const LISTS = ['now', 'today', 'week', 'never'] as const;

function sentences(text: string): string[] {
  return text.split(/[.?!](?:\s|$)/u).filter(Boolean);
}

function words(text: string): number {
  return text.split(/\s+/u).filter(Boolean).length;
}

const texts = (list: readonly Label[]) => list.flatMap(({ vi, en }) => [vi, en]);
const ALL: string[] = SITUATIONS.flatMap((situation) => (
  [...texts([situation.title]), ...LISTS.flatMap((list) => texts(situation[list]))]
));

/** Syllables of an English word, counted by its groups of vowels. */
function syllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '').replace(/(?<=[^aeiouy])e$|(?<=[^td])ed$|(?<=[^aeiouylsxzc])es$/, '');
  return Math.max(1, (letters.match(/[aeiouy]+/g) ?? []).length);
}

/** Grade of schooling a text asks for. Source: Kincaid et al., Derivation of New Readability Formulas, 1975. */
function fleschKincaid(text: string): number {
  const said = sentences(text);
  const all = said.flatMap((sentence) => sentence.match(/[a-z0-9’'-]+/gi) ?? []);
  return 0.39 * (all.length / said.length) + 11.8 * (all.reduce((sum, word) => sum + syllables(word), 0) / all.length) - 15.59;
}

describe('a frightened person can read it', () => {
  const textOf = (lang: 'vi' | 'en') => (situation: (typeof SITUATIONS)[number]) => LISTS.flatMap((list) => situation[list].map((item) => item[lang]));
  const average = (said: readonly string[]) => said.reduce((sum, sentence) => sum + words(sentence), 0) / said.length;

  it.each(SITUATIONS.map((situation) => [situation.key, situation] as const))('%s', (_key, situation) => {
    for (const lang of ['vi', 'en'] as const) {
      const said = textOf(lang)(situation).flatMap(sentences);
      expect(average(said), lang).toBeLessThanOrEqual(15);
      for (const sentence of said) expect(words(sentence), sentence).toBeLessThanOrEqual(28);
    }
    expect(fleschKincaid(textOf('en')(situation).join(' '))).toBeLessThanOrEqual(8);
  });

  it('by a measure that tells hard words from easy ones', () => {
    expect(fleschKincaid('The cat sat on the mat. It was a big cat.')).toBeLessThan(2);
    expect(fleschKincaid('Notwithstanding the aforementioned considerations, beneficiaries shall communicate their determinations to the responsible administration immediately.')).toBeGreaterThan(15);
    expect(['cat', 'police', 'message', 'called', 'wanted', 'institution'].map(syllables)).toEqual([1, 2, 2, 1, 2, 4]);
  });
});

describe('first aid', () => {
  it('has unique keys and the situations promised', () => {
    expect(new Set(SITUATIONS.map(({ key }) => key)).size).toBe(SITUATIONS.length);
    for (const key of [
      'transfer_just_made', 'otp_given', 'app_installed', 'account_taken_over', 'id_card_sent', 'images_threatened',
      'fake_police_call', 'fake_vneid', 'parcel', 'investment', 'recovery_scam', 'job_scam', 'loan_scam',
    ]) expect(situationByKey(key), key).toBeDefined();
  });

  it.each(CATEGORY_CODES)('has one general situation, shown last, for %s', (category) => {
    const found = situationsFor(category);
    expect(found.filter(({ general }) => general)).toHaveLength(1);
    expect(found.at(-1)).toBe(generalSituation(category));
    expect(generalSituation(category).key).toBe(`general_${category}`);
  });

  it.each(SITUATIONS.map((situation) => [situation.key, situation] as const))('%s is complete in both languages', (_key, situation) => {
    expect(situation.categories.length).toBeGreaterThan(0);
    expect(situation.call.length).toBeGreaterThan(0);
    for (const key of situation.call) expect(hotlineByKey(key), key).toBeDefined();
    expect(new Set(situation.call).size).toBe(situation.call.length);
    for (const list of LISTS) {
      expect(situation[list].length, list).toBeGreaterThan(0);
      for (const { vi, en } of situation[list]) {
        expect(vi.trim() && en.trim()).toBeTruthy();
        expect(vi).not.toBe(en);
      }
    }
    expect(situation.now.length).toBeGreaterThanOrEqual(2);
    expect(situation.never.length).toBeGreaterThanOrEqual(2);
  });

  it('uses no banned word, in composed Unicode', () => {
    for (const text of ALL) {
      expect(text).not.toMatch(BANNED);
      expect(text).not.toMatch(BUREAUCRATIC);
      expect(text).toBe(text.normalize('NFC'));
    }
  });

  it('offers messages to 156 where calls or texts are what it is about', () => {
    const withTexts = SITUATIONS.filter(({ texts: ready }) => ready).map(({ key }) => key);
    expect(withTexts).toEqual(expect.arrayContaining(['fake_police_call', 'fake_vneid', 'parcel', 'general_spam_calls_messages']));
    for (const { texts: ready = [], call } of SITUATIONS) {
      if (ready.length > 0) expect(call).toContain('spam');
      for (const { kind, content } of ready) expect(spamReportText(kind, '0900000123', content)).toMatch(/^(?:S|V|LD) \(\d+\) \([a-z ,]+\)$/i);
      for (const { kind, content } of ready) expect(spamReportText(kind, '0900000123', content).length).toBeLessThanOrEqual(160);
    }
  });

  it('calls the bank first when money has just been sent', () => {
    const transfer = situationByKey('transfer_just_made')!;
    expect(transfer.now[0]?.vi).toContain('Gọi ngân hàng');
    expect(transfer.call.slice(0, BANK_CALLS.length)).toEqual(BANK_CALLS);
  });

  it('never asks for an intimate image', () => {
    for (const situation of situationsFor('intimate_images')) {
      expect(texts([...situation.now, ...situation.today]).join(' ')).not.toMatch(/gửi ảnh cho chúng tôi(?<!Đừng gửi ảnh cho chúng tôi)/u);
    }
    expect(generalSituation('intimate_images').call[0]).toBe('child');
  });
});

describe('hotlines', () => {
  it('are all settings to be confirmed, with unique keys and plain digits', () => {
    expect(new Set(HOTLINES.map(({ key }) => key)).size).toBe(HOTLINES.length);
    expect(new Set(HOTLINES.map(({ number }) => number)).size).toBe(HOTLINES.length);
    for (const { number, setting, checked, label } of HOTLINES) {
      expect(setting).toBe(true);
      expect(number).toMatch(/^(\d{3,4}|1[89]00\d{4,6})$/);
      expect(checked === null || /^\d{4}-\d{2}-\d{2}$/.test(checked)).toBe(true);
      expect(label.vi && label.en).toBeTruthy();
    }
  });

  it('offer every bank and wallet where money moved', () => {
    expect([...BANK_CALLS].sort()).toEqual([...hotlinesOf('bank'), ...hotlinesOf('wallet')].map(({ key }) => key).sort());
  });

  it('write the message 156 understands', () => {
    expect(spamReportText('scam_call', '0900 000 123', 'gia danh cong an')).toBe('LD (0900 000 123) (gia danh cong an)');
    expect(spamReportText('spam_message', '0900000123', 'vay (nhanh)\ntien')).toBe('S (0900000123) (vay nhanh tien)');
    expect(spamReportText('nuisance_call', '0999000001', ' bat dong san ')).toBe('V (0999000001) (bat dong san)');
  });
});
