import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOP_CODES } from '#catalogue/gate.ts';
import { CRITICISM, LOADED_WORDS } from '#catalogue/loaded-words.ts';
import { NARRATIVES } from '#catalogue/sample-reports-cao-bang.ts';
import { loadedWords } from './loaded-words.ts';
import { searchKey } from './vietnamese.ts';

const found = (text: string, names: readonly string[] = []) => loadedWords(text, names).map(({ phrase, question }) => `${question}: ${phrase}`);

describe('words of the source regulation raise the question they hide', () => {
  it.each([
    ['Trang này đăng thông tin xấu độc về huyện', ['opinion: xấu độc']],
    ['thông tin xấu, độc', ['opinion: xấu, độc']],
    ['luan dieu XUYEN TAC, phan dong', ['falsehood_only: XUYEN TAC', 'opinion: phan dong']],
    ['Bài viết bôi nhọ lãnh đạo, ảnh hưởng uy tín cơ quan.', ['reputation_of_public_body: bôi nhọ lãnh đạo', 'reputation_of_public_body: uy tín cơ quan']],
    ['gây hoang  mang\ndư luận', ['falsehood_only: gây hoang  mang\ndư luận']],
    ['Đề nghị xử lý người đăng và tìm chủ tài khoản', ['identify_person: Đề nghị xử lý người đăng', 'identify_person: tìm chủ tài khoản']],
    ['đề nghị khoá tài khoản này', ['whole_profile: khoá tài khoản']],
    ['Phần đông người dân xã này bị lừa', []],
    ['thu dịch vụ 200.000 đồng', []],
    ['xấu độcx, kichdong', []],
    ['Trang giả ngân hàng bắt tôi nhập mã OTP rồi mất 12.000.000 đồng', []],
    ['', []],
  ])('%j raises %j', (text, expected) => expect(found(text)).toEqual(expected));

  it('tells where, as written, and why in both languages', () => {
    const text = 'Họ nói sai sự thật.';
    expect(loadedWords(text, [])).toEqual([{ phrase: 'sai sự thật', at: 7, question: 'falsehood_only', why: { vi: expect.stringMatching(/\?$/), en: expect.stringMatching(/\?$/) } }]);
  });
});

describe('an agency near words of criticism', () => {
  const agency = ['Sở Y tế tỉnh Cao Bằng', 'Sở Y tế', 'SYT'];

  it.each([
    ['Bài viết chê Sở Y tế làm việc chậm trễ', ['self_interest: Sở Y tế']],
    ['so y te tinh cao bang bi chi trich tren mang', ['self_interest: so y te tinh cao bang']],
    ['Kẻ gian mạo danh Sở Y tế để bán thuốc giả', []],
    [`Người dân phàn nàn. ${'Sau đó trời mưa rất to và đường ngập nước. '.repeat(4)} Sở Y tế khuyên uống thuốc.`, []],
    ['Họ chê Sở Y Tê', []],
  ])('%j raises %j', (text, expected) => expect(found(text, agency)).toEqual(expected));

  it('asks nothing about an agency that is not concerned, nor about names of three letters', () => {
    expect(found('Bài viết chê Sở Y tế', [])).toEqual([]);
    expect(found('Bài viết chê SYT', ['SYT'])).toEqual([]);
  });
});

describe('the list', () => {
  it('raises five of the seven questions itself, and self-interest by names', () => {
    expect(STOP_CODES.filter((code) => !LOADED_WORDS.some(({ question }) => question === code))).toEqual(['outside_list', 'self_interest']);
  });

  it('has each phrase once', () => {
    const keys = LOADED_WORDS.map(({ phrase }) => searchKey(phrase));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(new Set(CRITICISM.map(searchKey)).size).toBe(CRITICISM.length);
  });

  it.each(LOADED_WORDS.map(({ phrase, question }) => [phrase, question] as const))('finds “%s”, with and without marks', (phrase, question) => {
    for (const text of [`Có ${phrase} ở đây`, `CÓ ${searchKey(phrase).toUpperCase()}.`]) {
      expect(loadedWords(text, []).map((one) => one.question)).toContain(question);
    }
  });

  it('raises nothing about most reports of scams', () => {
    const told = Object.values(NARRATIVES).flat().map(({ text }) => text);
    expect(told.length).toBeGreaterThan(50);
    expect(told.filter((text) => loadedWords(text, []).length > 0).length / told.length).toBeLessThan(0.05);
  });
});

it('is pure and bounded: any text in any order, at most what stands there', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom(...LOADED_WORDS), (noise, { phrase }) => {
    const text = `${noise} ${phrase}`;
    const raised = loadedWords(text, []);
    expect(raised).toEqual(loadedWords(text, []));
    for (const one of raised) expect(text.slice(one.at, one.at + one.phrase.length)).toBe(one.phrase);
  }));
  expect(loadedWords('bôi nhọ '.repeat(200_000), ['Sở Y tế']).length).toBeLessThan(3000);
});

it('has no way to keep anything: it imports data and rules alone', () => {
  const source = readFileSync(join(import.meta.dirname, 'loaded-words.ts'), 'utf8');
  expect([...source.matchAll(/from '([^']+)'/g)].map((match) => match[1])).toEqual([
    '#catalogue/gate.ts', '#catalogue/label.ts', '#catalogue/loaded-words.ts', './indicators/phrases.ts', './vietnamese.ts',
  ]);
});
