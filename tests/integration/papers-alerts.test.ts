import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertPaper, summaryPaper, type PaperSetting } from '#modules/alerts/letter.ts';
import { tallyOf } from '#modules/alerts/queries.ts';
import { summarySheet } from '#modules/alerts/sheet.ts';
import type { AlertLetter, AnswerLine, SummaryRow } from '#modules/alerts/types.ts';
import { renderLetter } from '#web/docx/render.ts';
import { find, pagesOf, printAll, unzipped, type Page } from '../support/paper.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const letter: AlertLetter = {
  id: '01999999-9999-7999-8999-999999999999', code: 'CB-04-261123-0001-2', state: 'open', kind: 'vulnerability', urgency: 'khan', title: 'lỗ hổng trong phần mềm thư điện tử công vụ',
  known: 'Lỗ hổng cho phép chạy mã từ xa trên máy chủ thư điện tử chưa vá.\nĐã bị lợi dụng ở nhiều nơi.', cves: ['CVE-2026-12345'], products: ['Phần mềm thư ABC bản 9.0 trở xuống'], hashes: ['ab12'.repeat(16)],
  domains: ['may-chu-dieu-khien.example'], actions: ['Kiểm tra phiên bản phần mềm thư điện tử.', 'Cài bản vá do nhà sản xuất phát hành.'], reportHow: 'Báo lại trên hệ thống.', days: 5, legalBasis: null,
  audience: { to: 'all' }, aim: 'close_hole', duty: 'coordination', basisWords: null, agencyId: 'x', agency: { name: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng', shortName: 'Sở VHTTDL', nameEn: 'Department of Culture' },
  file: null, draftedAt: AT, submittedAt: AT, approvedAt: AT, dueOn: '2026-12-01', recalledAt: null, recallReason: null, closedAt: null, replaces: null, replacedBy: null,
};
const answer = (changes: Partial<AnswerLine>): AnswerLine => ({
  id: 'a', version: 1, answer: 'nothing_found', words: '', machinesChecked: 12, machinesAffected: 0, untilOn: null, way: 'desk', informant: '', file: null, officer: 'Đàm Văn Thư', at: AT, ...changes,
});
/** Eighty agencies: two of three answered, one of them by telephone. */
const rows: SummaryRow[] = Array.from({ length: 80 }, (_, index) => ({
  receiptId: String(index), agencyId: String(index), name: `Ủy ban nhân dân xã Thử Nghiệm ${index + 1}`, shortName: `UBND xã ${index + 1}`, nameEn: '', formerly: null, readAt: index % 3 === 2 ? null : AT, reader: 'Đàm Văn Thư',
  phones: ['0206 3852 120'], versions: 1, last: index % 3 === 2 ? null : answer(index === 0 ? { answer: 'handled', machinesChecked: 1200, machinesAffected: 3, words: '=HYPERLINK("http://xau.example")' } : {}),
}));
const setting: PaperSetting = {
  lang: 'vi', head: { ...letter.agency, parent: 'Ủy ban nhân dân tỉnh Cao Bằng', parentEn: null, place: 'Cao Bằng', placeEn: 'Cao Bang' }, number: { number: '05', symbol: 'SVHTTDL-QLTT', on: '2026-11-24' }, on: '2026-11-23', to: ['Các cơ quan, đơn vị, địa phương trong tỉnh'],
};

let folder: string;
let pages: Record<'letter' | 'summary', Page[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lachan-alerts-'));
  const pdfs = await printAll(join(folder, 'pdf'), {
    letter: await renderLetter(alertPaper(letter, setting)), summary: await renderLetter(summaryPaper(letter, rows, tallyOf(rows), { ...setting, number: null })),
  });
  pages = { letter: await pagesOf(pdfs['letter']!), summary: await pagesOf(pdfs['summary']!) };
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (list: readonly Page[]): string => list.map(({ text }) => text).join('\n').replace(/\s+/g, ' ');

test('the letter is a công văn to many: number, urgency, subject, ordered steps, defanged domain', () => {
  const [first] = pages.letter;
  const text = textOf(pages.letter);
  find(first!, 'Số: 05/SVHTTDL-QLTT');
  expect(text).toContain('KHẨN');
  expect(text).toContain('ngày 24 tháng 11 năm 2026');
  expect(text).toMatch(/V\/v cảnh báo lỗ hổng bảo mật: lỗ hổng trong phần mềm thư điện tử công vụ/);
  expect(text).toContain('Kính gửi: Các cơ quan, đơn vị, địa phương trong tỉnh');
  expect(text).toContain('để các cơ quan khắc phục lỗ hổng trước khi bị lợi dụng, trên cơ sở nhiệm vụ của cơ quan điều phối (Quyết định 14/2021/QĐ-UBND, Điều 5).');
  expect(text).toContain('may-chu-dieu-khien[.]example');
  expect(text).not.toContain('may-chu-dieu-khien.example');
  expect(text.indexOf('a) Kiểm tra phiên bản')).toBeGreaterThan(0);
  expect(text.indexOf('b) Cài bản vá')).toBeGreaterThan(text.indexOf('a) Kiểm tra phiên bản'));
  expect(text).toContain('ngày 01/12/2026');
});

test('the report counts and lists every agency in a landscape annex; its number is open', () => {
  const text = textOf(pages.summary);
  expect(text).toContain('BÁO CÁO');
  expect(text).toContain('Đã gửi 80 cơ quan; 54 cơ quan đã đọc; 54 cơ quan đã báo lại.');
  expect(text).toContain('Tổng số máy đã kiểm tra: 1.836; số máy bị ảnh hưởng: 3.');
  const annex = pages.summary.filter(({ width, height }) => width > height);
  expect(annex.length).toBeGreaterThan(1);
  for (const n of [1, 40, 80]) expect(textOf(annex)).toContain(`xã Thử Nghiệm ${n}`);
  // The silent are listed by name in the report itself.
  expect(textOf(pages.summary.filter(({ width, height }) => width < height))).toContain('xã Thử Nghiệm 3');
});

test('the workbook has the counts and every agency, and no cell is a formula', async () => {
  const parts = unzipped(await summarySheet(letter, rows, tallyOf(rows), 'vi'));
  const [counts, list, strings] = ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml', 'xl/sharedStrings.xml'].map((name) => parts.get(name)!.toString('utf8'));
  expect(counts).toContain('<v>1836</v>');
  expect((list!.match(/<row /g) ?? []).length).toBe(81);
  expect(strings).toContain('=HYPERLINK(');
  expect(`${counts}${list}`).not.toContain('<f>');
});
