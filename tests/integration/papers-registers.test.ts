import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerFile, type RegisterFile } from '#modules/documents/register-files.ts';
import { messages } from '#web/i18n/index.ts';
import { around, find, fontsOf, pagesOf, printAll, unzipped, type Page } from '../support/paper.ts';

const BOOKS = ['di', 'den', 'theo-doi'] as const;
const AGENCY = 'Sở Văn hóa, Thể thao và Du lịch tỉnh Cao Bằng';
const period = { from: '2026-01-01', to: '2026-12-31' };
const NASTY = '=HYPERLINK("http://xau.example") <w:p/> & "trích"; {x}';
const outgoing = (n: number) => [`${String(n).padStart(2, '0')}/SVHTTDL-QLTTBCXB`, '20/11/2026', `Công văn: Đề nghị phối hợp ngăn chặn trang giả mạo ngân hàng lần thứ ${n}`, 'Nông Thị Bích Ngọc, Giám đốc', 'Công an tỉnh Cao Bằng; Ngân hàng Nhà nước chi nhánh Khu vực 5', 'Văn thư', '3', '20/11/2026', 'EMS 12345', n === 3 ? 'Đã hủy số: ghi nhầm nơi nhận' : ''];
const ROWS: Readonly<Record<(typeof BOOKS)[number], string[][]>> = {
  di: Array.from({ length: 40 }, (_, index) => outgoing(index + 1)),
  den: [['20/11/2026', '01', 'Ủy ban nhân dân xã Đàm Thủy', '45/BC-UBND', '18/11/2026', NASTY, 'Phòng Quản lý thông tin\nNông Thị Lan', '20/11/2026', 'Đã ký', '']],
  'theo-doi': [],
};
const fileOf = (book: (typeof BOOKS)[number]): RegisterFile => ({ book, agency: AGENCY, period, rows: ROWS[book], lang: 'vi' });
let folder: string;
const pages: Record<string, Page[]> = {};
let pdfs: Record<string, string>;
const files: Record<string, Uint8Array> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lachan-so-'));
  for (const book of BOOKS) files[book] = await registerFile(fileOf(book), 'docx');
  pdfs = await printAll(join(folder, 'pdf'), files);
  for (const book of BOOKS) pages[book] = await pagesOf(pdfs[book]!);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(BOOKS)('the register %s on paper', (book) => {
  it('is A4 landscape within the margins, in the Times of the machine', async () => {
    for (const page of pages[book]!) {
      expect([Math.round(page.width), Math.round(page.height)]).toEqual([297, 210]);
      const text = around(page.words.filter(({ bottom }) => bottom >= 20));
      expect(text.left).toBeGreaterThan(29.5);
      expect(page.width - text.right).toBeGreaterThan(14.5);
      expect(text.top).toBeGreaterThan(19);
      expect(page.height - text.bottom).toBeGreaterThan(19);
    }
    const fonts = await fontsOf(pdfs[book]!);
    expect(fonts.length).toBeGreaterThan(0);
    for (const { name, isEmbedded } of fonts) expect([isEmbedded, /^[A-Z]{6}\+(?:LiberationSerif|TimesNewRoman)/.test(name)]).toEqual([true, true]);
  });

  it('has agency, title and period, and the prescribed heads in their order, numbered, on every page', () => {
    const [first] = pages[book]!;
    const text = first!.text.replace(/\s+/g, ' ');
    const t = messages('vi').registers;
    expect(text).toContain(AGENCY.toLocaleUpperCase('vi'));
    expect(text).toContain(t.books[book].toLocaleUpperCase('vi'));
    expect(text).toContain('Từ ngày 01/01/2026 đến ngày 31/12/2026');
    for (const page of pages[book]!) {
      const places = t.columns[book].map((_, index) => find(page, `(${index + 1})`));
      expect(places.map(({ left }) => left)).toEqual(places.map(({ left }) => left).toSorted((a, b) => a - b));
      expect(new Set(places.map(({ top }) => Math.round(top))).size).toBe(1);
      // Each head stands over its number: its first word is near.
      for (const [index, head] of t.columns[book].entries()) {
        const words = page.words.filter(({ text: word, bottom }) => word === head.split(' ')[0] && bottom <= places[0]!.top + 1);
        expect(words.some((word) => Math.abs((word.left + word.right) / 2 - (places[index]!.left + places[index]!.right) / 2) < 45), head).toBe(true);
      }
    }
  });
});

it('repeats its head and cuts no row; pages after the first are counted', () => {
  expect(pages['di']!.length).toBeGreaterThan(2);
  expect(pages['di']!.map((page) => page.words.filter(({ bottom }) => bottom < 20).map(({ text }) => text).join(' '))).toEqual(pages['di']!.map((_, index) => (index === 0 ? '' : String(index + 1))));
  const whole = pages['di']!.map((page) => page.text).join(' ').replace(/\s+/g, ' ');
  for (const n of [1, 17, 40]) expect(whole).toContain(`lần thứ ${n} `);
  expect(whole).toContain('Đã hủy số');
});

it('keeps every text a text: in Word, in the spreadsheet and as CSV', async () => {
  expect(pages['den']![0]!.text.replace(/\s+/g, '')).toContain('<w:p/>&"trích";{x}');
  const sheet = unzipped(Buffer.from(await registerFile(fileOf('den'), 'xlsx')));
  expect([...sheet.keys()].some((name) => /formula/i.test(name))).toBe(false);
  expect(sheet.get('xl/worksheets/sheet1.xml')!.toString()).not.toContain('<f>');
  expect(sheet.get('xl/sharedStrings.xml')!.toString()).toContain('=HYPERLINK');
  const csv = Buffer.from(await registerFile(fileOf('den'), 'csv')).toString();
  expect(csv.startsWith('\ufeff"Ngày đến";"Số đến";"Tác giả"')).toBe(true);
  expect(csv).toContain('"\'=HYPERLINK(""http://xau.example"")');
  expect(Buffer.from(files['di']!).equals(Buffer.from(await registerFile(fileOf('di'), 'docx')))).toBe(true);
});
