import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import required from '../../../tests/data/xarf/required.schema.json' with { type: 'json' };
import { MEASURES, type MeasureCode } from '#catalogue/measures.ts';
import type { Block, Letter, Text } from '#web/docx/letter.ts';
import { messages } from '#web/i18n/index.ts';
import { handOverMinutes, noticeLetter, partyLink, provinceName, type LetterKeys, type LetterOf } from './letter.ts';
import { withoutContacts } from './masked.ts';
import { SAMPLE_KEYS, sampleSaid } from '../../../tests/support/said.ts';
import { xarfReports } from './xarf.ts';

const plain = (text: Text): string => (typeof text === 'string' ? text : text.map((run) => run.text).join(''));

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph': case 'heading': case 'note': return plain(block.text);
    case 'list': case 'basis': return block.items.map(plain).join('\n');
    case 'table': return [...block.columns.map(({ head }) => head), ...block.rows.flat().map(plain)].join('\n');
    case 'facts': return block.rows.map(({ label, value }) => `${label}: ${plain(value)}`).join('\n');
    case 'link': return `${block.text} ${block.href}`;
    default: return '';
  }
}

/** Every word a letter says. */
const textOf = (letter: Letter): string => [letter.subject, ...letter.to, ...letter.body.map(blockText)].join('\n');

const NOTICE: LetterOf = { kind: 'notice', phase: 'full', ending: null };
const ADDRESSED = MEASURES.filter(({ recipients }) => recipients.length > 0).map(({ code }) => code);

describe.each(['vi', 'en'] as const)('a notice in %s', (lang) => {
  it.each(ADDRESSED)('%s has the six elements as numbered parts', (measure: MeasureCode) => {
    const says = sampleSaid({ measure });
    const { parts, ...t } = messages(lang).notices.letter;
    const letter = noticeLetter(says, { ...NOTICE, kind: measure === 'REFERRAL_POLICE' ? 'hand_over' : 'notice' }, SAMPLE_KEYS, lang);
    expect(letter.body.flatMap((block) => (block.type === 'heading' ? [plain(block.text)] : []))).toEqual(Object.values(parts));
    const text = textOf(letter);
    for (const said of [
      says.law.citation[lang], says.law.what[lang], says.facts, ...says.elements.flatMap(({ label, why }) => [label[lang], why]), lang === 'vi' ? says.agency.name : says.agency.nameEn, says.competence.law,
      ...(says.detail['asked'] && measure !== 'REFERRAL_POLICE' ? [says.detail['asked']] : []), says.code, SAMPLE_KEYS.secret, says.affectedCode!, SAMPLE_KEYS.affectedSecret!, partyLink(SAMPLE_KEYS.address, says.code, lang), t.redressAffected,
      '90', t.court(provinceName(says.province, lang)), '02/12/2026',
    ]) expect(text).toContain(said);
    expect(text).toContain('vneid-capnhat[.]example/otp');
    expect(text).not.toContain('vneid-capnhat.example');
    expect(text).not.toMatch(/undefined|null|\[object/);
  });
});

describe('letters', () => {
  it('say a full number only where it was opened for them', () => {
    const says = sampleSaid({ measure: 'NOTICE_BANK', locators: [{ id: 'n', kind: 'bank_account', shown: '1900•••••67' }] });
    expect(textOf(noticeLetter(says, NOTICE, SAMPLE_KEYS, 'vi'))).toContain('1900•••••67');
    const opened: LetterKeys = { ...SAMPLE_KEYS, numbers: new Map([['n', '970436|19001234567']]) };
    expect(textOf(noticeLetter(says, NOTICE, opened, 'vi'))).toMatch(/19001234567 tại .*970436/);
  });

  it('keep the page of the person affected back while telling them is delayed', () => {
    const text = textOf(noticeLetter(sampleSaid({ affectedCode: null }), NOTICE, { ...SAMPLE_KEYS, affectedSecret: null }, 'vi'));
    expect(text).toContain(messages('vi').notices.letter.delayed);
    expect(text).not.toContain('TB-04-261122-0002');
  });

  it.each([
    ['withdrawal', { ending: 'reversed' }, /bị hủy bỏ.*TB-04-261101-0001-0/s], ['withdrawal', { ending: 'died' }, /24 giờ.*không còn giá trị/s], ['stay', {}, /tạm ngừng/], ['resumption', {}, /tiếp tục có giá trị đến hết ngày 22\/12\/2026/], ['reminder', {}, /chưa nhận được/],
  ] as const)('%s is a fixed text that names the notice before', (kind, more, said) => {
    const letter = noticeLetter(sampleSaid({ earlier: { code: 'TB-04-261101-0001-0', on: '2026-11-01', number: '12/SVHTTDL', effectDue: '2026-11-11' } }), { kind, phase: 'full', ending: null, ...more }, SAMPLE_KEYS, 'vi');
    const text = textOf(letter);
    expect(text).toMatch(said);
    expect(text).toContain('12/SVHTTDL');
    expect(text).not.toContain(SAMPLE_KEYS.secret);
    expect(text).not.toContain('Từ ngày 20/11/2026 có tin nhắn');
  });

  it('the minutes list what is handed over with its hash, and nobody who reported', () => {
    const letter = handOverMinutes(sampleSaid({ measure: 'REFERRAL_POLICE' }), 'vi');
    expect(letter.kind).toBe('bien_ban');
    expect(textOf(letter)).toContain('9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08');
    expect(textOf(letter)).toContain('Trưởng phòng Quản lý thông tin');
  });

});

describe('what a drafter copied from a report', () => {
  const phone = fc.tuple(fc.constantFrom('086', '091', '098', '035', '070'), fc.integer({ min: 1000000, max: 9999999 })).map(([head, rest]) => `${head}${rest}`);
  const mail = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9._-]{2,12}[a-z0-9]$/), fc.constantFrom('hop-thu.example', 'thu.cao-bang.example')).map(([local, host]) => `${local}@${host}`);
  const words = fc.constantFrom('Chị Báo kể lại', 'người dân gọi', 'liên hệ', 'đã nhận tin nhắn lúc 9 giờ', 'mất 12.000.000 đồng');

  it('does not leave the desk: no telephone or mail address of a reporter is in any letter', () => {
    fc.assert(fc.property(phone, mail, words, words, (number, address, before, after) => {
      const facts = withoutContacts(`${before} ${number}, ${after} ${address}. Số khác: ${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}.`);
      const says = sampleSaid({ facts, elements: [{ label: { vi: 'Có hành vi gian dối', en: 'There is deception' }, why: withoutContacts(`${after}: ${address} ${number}`) }] });
      for (const lang of ['vi', 'en'] as const) {
        const text = textOf(noticeLetter(says, NOTICE, SAMPLE_KEYS, lang));
        expect(text.replace(/\D/g, '')).not.toContain(number.slice(1));
        expect(text).not.toContain(address);
      }
      expect(facts).toContain(before);
    }), { numRuns: 200 });
  });

  it('leaves links, money, dates and decisions alone', () => {
    const text = 'Ngày 20/11/2026, trang https://vneid-capnhat.example/otp lấy 12.000.000 đồng; xem Nghị định 330/2026/NĐ-CP, Điều 14.';
    expect(withoutContacts(text)).toBe(text);
  });
});

describe('XARF', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const isXarf = ajv.compile(required);
  const sender = { contact: 'thong-bao@lachan.example', description: 'x'.repeat(2000) };

  it.each(['scam', 'phishing_impersonation', 'malware_attack'] as const)('%s follows the specification', (category) => {
    const reports = xarfReports(sampleSaid({ category, locators: [{ id: 'a', kind: 'url', shown: 'vneid-capnhat.example:8080/otp?x=1' }, { id: 'b', kind: 'domain', shown: 'xn--vnid-csa.example' }, { id: 'c', kind: 'phone', shown: '0868•••123' }] }), 'n', new Date('2026-11-22T02:00:00Z'), sender);
    expect(reports).toHaveLength(2);
    for (const report of reports) expect(isXarf(report), JSON.stringify(isXarf.errors)).toBe(true);
    expect(JSON.stringify(reports)).not.toMatch(/0868|Từ ngày 20\/11/);
    expect(new Set(reports.map((report) => report['report_id'])).size).toBe(2);
  });

  it('is the same for the same notice, and nothing for a harm it has no word for', () => {
    const make = (category: 'spam_calls_messages' | 'scam') => xarfReports(sampleSaid({ category }), 'n', new Date('2026-11-22T02:00:00Z'), sender);
    expect(make('scam')).toEqual(make('scam'));
    expect(make('spam_calls_messages')).toEqual([]);
  });
});
