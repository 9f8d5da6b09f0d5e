import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Letter } from '#web/docx/letter.ts';
import { renderLetter } from '#web/docx/render.ts';
import { LETTERS } from '../support/letters.ts';
import { around, find, fontsOf, pagesOf, pictureOf, printAll, rulesOf, unzipped, type Box, type Page } from '../support/paper.ts';

/** Text that breaks what is put together carelessly; a caller's mistake, an officer's paste. */
const NASTY = '<w:p/>&amp;]]> \u202eđảo\u202c \u0000\u0007\ud800 “ngoặc” 😀 a\u0301 \t x';
const hostile: Letter = {
  ...LETTERS.withdrawal, contact: [], subject: `rút ${NASTY}`, issuer: { parent: NASTY, name: 'Sở Văn hóa,\nThể thao và Du lịch' },
  to: [NASTY, 'Ngân hàng'.repeat(30)],
  body: [
    { type: 'paragraph', text: NASTY }, { type: 'paragraph', text: '' }, { type: 'paragraph', text: [] }, { type: 'list', marks: 'dash', items: [] },
    { type: 'basis', items: [] }, { type: 'table', columns: [{ head: NASTY, width: 0.001 }, { head: '', width: 1 }], rows: [] },
    { type: 'facts', rows: [] }, { type: 'paragraph', text: 'Nghiêng'.repeat(4000) }, { type: 'heading', level: 3, text: 'Hết' },
  ],
  signature: { authority: [], title: null, name: null },
  recipients: [], annexes: [{ title: NASTY, body: [] }],
};
/** The same notice in every place that may be left open. */
const open: Letter = { ...LETTERS.decision, number: { value: null, symbol: 'QĐ-UBND' }, date: null };
const ALL: Readonly<Record<string, Letter>> = { ...LETTERS, hostile, open };
const NAMES = Object.keys(LETTERS) as (keyof typeof LETTERS)[];

let folder: string;
let pdfs: Record<string, string>;
const pages: Record<string, Page[]> = {};
const files: Record<string, Buffer> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lachan-letters-'));
  for (const [name, letter] of Object.entries(ALL)) files[name] = await renderLetter(letter);
  pdfs = await printAll(join(folder, 'pdf'), files);
  for (const name of Object.keys(ALL)) pages[name] = await pagesOf(pdfs[name]!);
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer, locateFile: (name: string) => name }, fireImmediately: true });
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const first = (name: string): Page => pages[name]![0]!;
const middle = ({ left, right }: Box): number => (left + right) / 2;
const length = ({ left, right }: Box): number => right - left;
/** Middle of the text between the margins of 30 and 15 mm on A4. */
const TEXT_MIDDLE = (30 + 195) / 2;
const NATION = { vi: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'], en: ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence - Freedom - Happiness'] } as const;

/** What is above the text: the number of the page. */
function pageNumber(page: Page): { box: Box; text: string } | undefined {
  const words = page.words.filter(({ bottom }) => bottom < 20);
  return words.length === 0 ? undefined : { box: around(words), text: words.map(({ text }) => text).join(' ') };
}

describe('the page', () => {
  it.each(NAMES)('%s is A4, upright unless it is a broad annex', (name) => {
    const turned = LETTERS[name].annexes.some((annex) => 'isLandscape' in annex && annex.isLandscape) ? 1 : 0;
    const sizes = pages[name]!.map(({ width, height }) => `${Math.round(width)}×${Math.round(height)}`);
    expect(sizes).toEqual(sizes.map((_, index) => (index >= sizes.length - turned ? '297×210' : '210×297')));
  });

  it.each(NAMES)('%s keeps to margins of 20 mm above and below, 30 at the left and 15 at the right', (name) => {
    for (const page of pages[name]!) {
      const text = around(page.words.filter(({ bottom }) => bottom >= 20));
      expect(text.left).toBeGreaterThan(29.5);
      expect(text.top).toBeGreaterThan(19);
      expect(page.width - text.right).toBeGreaterThan(14.5);
      expect(page.height - text.bottom).toBeGreaterThan(19);
    }
  });

  it('is filled to the margins that the decree allows', () => {
    const text = around(pages.report![1]!.words.filter(({ bottom }) => bottom >= 20));
    const { width, height } = pages.report![1]!;
    expect(text.left).toBeLessThan(36);
    expect(text.top).toBeLessThan(26);
    expect(width - text.right).toBeLessThan(21);
    // A line that finds no room any more is shorter than the margin's play.
    expect(height - text.bottom).toBeLessThan(36);
  });

  it.each(NAMES)('%s is set in the Times of the machine alone, embedded', async (name) => {
    const fonts = await fontsOf(pdfs[name]!);
    expect(fonts.length).toBeGreaterThanOrEqual(2);
    for (const font of fonts) {
      expect(font.isEmbedded).toBe(true);
      expect(font.name).toMatch(/^[A-Z]{6}\+(?:LiberationSerif|TimesNewRoman)/);
    }
    const xml = unzipped(files[name]!).get('word/document.xml')!.toString();
    const sizes = [...xml.matchAll(/<w:sz w:val="(\d+)"/g)].map((found) => Number(found[1]));
    expect(Math.min(...sizes)).toBe(22);
    expect(Math.max(...sizes)).toBe(28);
  });

  it.each(NAMES)('%s has its pages counted in the middle of the upper margin, each annex from 1, no first page numbered', (name) => {
    let expected = 0;
    for (const page of pages[name]!) {
      expected = /^(?:Phụ lục|Annex)(?: [IVX]+)?$/m.test(page.text.split('\n')[0]!) ? 1 : expected + 1;
      const number = pageNumber(page);
      expect(number?.text).toBe(expected === 1 ? undefined : String(expected));
      if (number !== undefined) expect(middle(number.box)).toBeCloseTo(TEXT_MIDDLE, 0);
    }
  });

  it('numbers what it should: the notice has two pages, its long annex more', () => {
    const numbers = pages.notice!.map((page) => pageNumber(page)?.text);
    expect(numbers.slice(0, 5)).toEqual([undefined, '2', undefined, '2', '3']);
    expect(numbers.at(-1)).toBeUndefined();
  });
});

describe('the head', () => {
  it.each(NAMES)('%s has the nation at the right with a rule as long as the motto', async (name) => {
    const [nation, motto] = NATION[LETTERS[name].language].map((phrase) => find(first(name), phrase)) as [Box, Box];
    expect(nation.left).toBeGreaterThan(103);
    expect(middle(motto)).toBeCloseTo(middle(nation), 0);
    expect(motto.top - nation.top).toBeLessThan(6);
    const rule = (await rulesOf(pdfs[name]!, 1)).find(({ left, top }) => left > 103 && top > motto.top)!;
    expect(Math.abs(length(rule) - length(motto))).toBeLessThan(1);
    expect(Math.abs(middle(rule) - middle(motto))).toBeLessThan(1);
    expect(rule.top - motto.bottom).toBeLessThan(2);
  });

  it.each([['notice', 'THỂ THAO VÀ DU LỊCH'], ['decision', 'ỦY BAN NHÂN DÂN'], ['english', 'DEPARTMENT OF CULTURE,']] as const)(
    '%s has the issuer at the left with a rule of a third to a half of its line', async (name, longest) => {
      const line = find(first(name), longest);
      expect(line.right).toBeLessThan(103);
      const rule = (await rulesOf(pdfs[name]!, 1)).find(({ right, top }) => right < 103 && top > line.top)!;
      expect(length(rule) / length(line)).toBeGreaterThan(1 / 3);
      expect(length(rule) / length(line)).toBeLessThan(1 / 2);
      expect(Math.abs(middle(rule) - middle(line))).toBeLessThan(1);
    });

  it('breaks a name between its parts and not within a word of two syllables', () => {
    const [culture, sports] = ['SỞ VĂN HÓA,', 'THỂ THAO VÀ DU LỊCH'].map((phrase) => find(first('notice'), phrase)) as [Box, Box];
    expect(sports.top - culture.top).toBeGreaterThan(4);
    expect(middle(culture)).toBeCloseTo(middle(sports), 0);
  });

  it.each([
    ['withdrawal', 'Số: 120/SVHTTDL-QLTTBCXB', 'Cao Bằng, ngày 03 tháng 11 năm 2026'],
    ['decision', 'Số: 1520/QĐ-UBND', 'Cao Bằng, ngày 09 tháng 02 năm 2026'],
    ['report', 'Số: 09/BC-SVHTTDL', 'Cao Bằng, ngày 14 tháng 12 năm 2026'],
    ['notice', 'Số: /TB-SVHTTDL', 'Cao Bằng, ngày 03 tháng 11 năm 2026'],
    ['english', 'No.: 05/TB-SVHTTDL', 'Cao Bang, 3 November 2026'],
    ['open', 'Số: /QĐ-UBND', 'Cao Bằng, ngày tháng năm'],
  ])('%s has number and date on one line: %s, %s', (name, number, date) => {
    const [left, right] = [find(first(name), number), find(first(name), date)];
    expect(Math.abs(left.bottom - right.bottom)).toBeLessThan(1);
    expect(left.right).toBeLessThan(103);
    expect(right.left).toBeGreaterThan(103);
    // The gap for the year has no words to measure by.
    if (name !== 'open') expect(Math.abs(middle(right) - middle(find(first(name), NATION[ALL[name]!.language][0])))).toBeLessThan(1);
  });

  it('leaves a gap in an open number that a pen can fill', () => {
    const [word, symbol] = [find(first('notice'), 'Số:'), find(first('notice'), '/TB-SVHTTDL')];
    expect(symbol.left - word.right).toBeGreaterThan(8);
  });

  it('gives minutes no date beside the number', () => {
    expect(first('minutes').words.filter(({ top, left }) => left > 103 && top > 32 && top < 45)).toEqual([]);
    expect(find(first('minutes'), 'Số: 07/BB-SVHTTDL').right).toBeLessThan(103);
  });

  it('puts the subject of a công văn under its number', () => {
    const [number, about] = [find(first('withdrawal'), 'Số: 120/SVHTTDL-QLTTBCXB'), find(first('withdrawal'), 'V/v rút thông báo')];
    expect(about.top).toBeGreaterThan(number.bottom);
    expect(about.right).toBeLessThan(103);
    expect(first('withdrawal').text).not.toContain('CÔNG VĂN');
  });

  it.each([
    ['notice', 'THÔNG BÁO'], ['minutes', 'BIÊN BẢN'], ['decision', 'QUYẾT ĐỊNH'], ['invitation', 'GIẤY MỜI'], ['report', 'BÁO CÁO'], ['english', 'NOTICE'],
  ])('%s has its type in the middle: %s', (name, type) => {
    expect(Math.abs(middle(find(first(name), type)) - TEXT_MIDDLE)).toBeLessThan(1);
  });

  it.each([['minutes', 'Bàn giao hồ sơ có dấu hiệu tội phạm'], ['report', 'Kết quả tiếp nhận, xử lý phản ánh về tác hại trên không gian mạng năm 2026']])(
    '%s has a rule of a third to a half under its subject', async (name, subject) => {
      const line = find(first(name), subject);
      const rule = (await rulesOf(pdfs[name]!, 1)).find(({ top }) => top > line.top)!;
      expect(length(rule) / length(line)).toBeGreaterThan(1 / 3);
      expect(length(rule) / length(line)).toBeLessThan(1 / 2);
      expect(Math.abs(middle(rule) - TEXT_MIDDLE)).toBeLessThan(1);
    });

  it('names one addressee in the same line, several below each other with dashes under the colon', () => {
    const single = find(first('withdrawal'), 'Kính gửi: Công ty Cổ phần Viễn thông Đông Bắc');
    expect(single.bottom - single.top).toBeLessThan(8);
    const dear = find(first('report'), 'Kính gửi:');
    const dashes = ['- Ủy ban nhân dân tỉnh Cao Bằng;', '- Cục Phát thanh,', '- Công an tỉnh Cao Bằng.'].map((line) => find(first('report'), line));
    for (const dash of dashes) expect(Math.abs(dash.left - dear.right)).toBeLessThan(2);
    expect(dashes[0]!.top).toBeGreaterThan(dear.top + 3);
  });

  it.each([['report', 'HỎA TỐC', 30], ['withdrawal', 'THƯỢNG KHẨN', 40], ['notice', 'KHẨN', 20]] as const)(
    '%s bears the stamp %s in a frame of %i by 8 mm', async (name, stamp, width) => {
      const words = find(first(name), stamp);
      const [above, below] = [-1, 1].map((way) => rulesOf(pdfs[name]!, 1).then((rules) =>
        rules.find(({ top, left, right }) => left < words.left && right > words.right && (way < 0 ? top < words.bottom && words.top - top < 6 : top >= words.bottom - 1)))) as [Promise<Box>, Promise<Box>];
      expect(Math.abs(length(await above) - width)).toBeLessThan(1);
      expect(Math.abs((await below).top - (await above).top - 8)).toBeLessThan(1);
      expect(words.right).toBeLessThan(103);
    });
});

describe('the end', () => {
  it.each([['withdrawal', 'GIÁM ĐỐC', 'Nông Thị Bích Ngọc'], ['decision', 'TM. ỦY BAN NHÂN DÂN', 'Triệu Đình Lê'], ['report', 'Q. GIÁM ĐỐC', 'Bế Xuân Trường'], ['english', 'FOR THE DIRECTOR', 'Hoàng Văn Thụ']])(
    '%s is signed at the right by %s, level with the recipients at the left', (name, authority, signer) => {
      const page = pages[name]!.find((one) => one.text.includes(authority))!;
      const [by, who, to] = [find(page, authority), find(page, signer), find(page, LETTERS[name as 'report'].language === 'vi' ? 'Nơi nhận:' : 'Recipients:')];
      expect(by.left).toBeGreaterThan(103);
      expect(Math.abs(middle(by) - middle(who))).toBeLessThan(1);
      expect(who.top - by.bottom).toBeGreaterThan(20);
      expect(to.left).toBeLessThan(31);
      expect(Math.abs(to.bottom - by.bottom)).toBeLessThan(2);
    });

  it('has all lines of authority over one another', () => {
    const boxes = ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'].map((line) => find(first('decision'), line));
    expect(boxes.map(({ top }) => top)).toEqual(boxes.map(({ top }) => top).toSorted((a, b) => a - b));
  });

  it('has two sides sign minutes side by side', () => {
    const [left, right] = [find(first('minutes'), 'ĐẠI DIỆN BÊN GIAO'), find(first('minutes'), 'ĐẠI DIỆN BÊN NHẬN')];
    expect(left.top).toBeCloseTo(right.top, 1);
    expect(left.right).toBeLessThan(right.left);
    expect(find(first('minutes'), 'Nơi nhận:').top).toBeGreaterThan(find(first('minutes'), 'Lương Thị Hằng').bottom);
  });

  it('never leaves the signature alone on a page', () => {
    const page = pages.notice!.find((one) => one.text.includes('GIÁM ĐỐC'))!;
    expect(find(page, 'khiếu nại trong thời hạn').bottom).toBeLessThan(find(page, 'GIÁM ĐỐC').top);
  });

  it.each([
    ['withdrawal', '- Như trên;\n- Công an tỉnh (để biết);\n- Phòng Quản lý thông tin, báo chí, xuất bản;\n- Lưu: VT, QLTTBCXB.'],
    ['report', '- Như trên;\n- Lưu: VT, QLTTBCXB (03).'],
    ['invitation', '- Như trên;\n- Lãnh đạo Sở;\n- Lưu: VT.'],
    ['notice', '- Công ty TNHH Tên miền Việt;\n- Ngân hàng Nhà nước chi nhánh Khu vực 5;\n- Lưu: VT, QLTTBCXB.'],
  ])('%s lists who receives it', (name, lines) => {
    expect(pages[name]!.map(({ text }) => text).join('\n')).toContain(lines);
  });

  it('ends the text with "./." in Vietnamese only', () => {
    expect(first('decision').text).toContain('thi hành Quyết định này./.');
    expect(pages.notice!.at(-1)!.text).toContain('tháng 10 năm 2026./.');
    expect(pages.english!.map(({ text }) => text).join('')).not.toContain('./.');
  });

  it('puts the address of the issuer at the foot of the first page under a rule as wide as the text', async () => {
    const line = find(first('withdrawal'), 'Số 82, đường Xuân Trường,');
    const rule = (await rulesOf(pdfs.withdrawal!, 1)).at(-1)!;
    expect(line.top).toBeGreaterThan(250);
    expect(Math.abs(length(rule) - 165)).toBeLessThan(1);
    expect(rule.top).toBeLessThan(line.top + 2);
  });
});

describe('the text', () => {
  /** What the letter says, string by string; names of kinds and codes, dates and pictures are no text. */
  function wordsOf(part: unknown, key = ''): string[] {
    if (['kind', 'type', 'marks', 'language', 'code', 'date', 'urgency', 'href', 'number'].includes(key)) return [];
    if (typeof part === 'string') return part.split('\n');
    if (typeof part !== 'object' || part === null) return [];
    const isQr = 'type' in part && part.type === 'qr';
    return Object.entries(part).flatMap(([name, value]) => (isQr && name === 'value' ? [] : wordsOf(value, Array.isArray(part) ? key : name)));
  }

  const bare = (text: string): string => text.normalize('NFC').toLocaleLowerCase('vi').replaceAll(/\s+/g, '');
  const defanged = (text: string): string => text.replace(/http(s?):\/\/([^/\s]+)/g, (_, s: string, host: string) => `hxxp${s}://${host.replaceAll('.', '[.]')}`);

  it.each(NAMES)('%s has lost nothing on its way to paper', (name) => {
    const printed = pages[name]!.map((page) => page.text.replace(/^\d+\n/, '')).join('');
    expect(printed).toBe(printed.normalize('NFC'));
    const all = bare(printed);
    const said = wordsOf(LETTERS[name]).map((text) => text.replace(/[.;\s]+$/, '')).filter(Boolean);
    expect(said.length).toBeGreaterThan(10);
    const isThere = (text: string): boolean => all.includes(bare(defanged(text))) || all.includes(bare(text));
    expect(said.filter((text) => !isThere(text))).toEqual([]);
  });

  it('repeats the head of a long table on every page, and never lets the total stand alone', () => {
    const annex = pages.notice!.filter(({ text }) => text.includes('ngan-hang-so-'));
    expect(annex.length).toBeGreaterThan(2);
    for (const page of annex) expect(page.text).toContain('TT Địa chỉ Số phản ánh Thiệt hại (đồng)');
    expect(annex.at(-1)!.text).toContain('Tổng cộng 301 2.456.000.000');
  });

  it('sets numbers at the right edge of their column', () => {
    const page = pages.report!.find(({ text }) => text.includes('Quảng cáo cờ bạc'))!;
    const edges = ['1.204', '356', '88'].map((number) => find(page, number).right);
    for (const edge of edges) expect(edge).toBeCloseTo(edges[0]!, 0);
  });

  it('counts headings, points and articles', () => {
    const text = pages.notice!.map((page) => page.text).join('');
    for (const line of ['I. SỰ VIỆC', '1. Nội dung vi phạm', 'a) Thiệt hại', 'b) Chứng cứ', '2. Căn cứ áp dụng', 'II. ĐỀ NGHỊ', '1. Tạm ngừng', '2. Giữ nguyên']) expect(text).toContain(line);
    expect(first('decision').text).toMatch(/Điều 1\. Thành lập[^]*Điều 2\. Nhiệm vụ\nTổ công tác[^]*Điều 3\. Chánh/);
  });

  it('says of each annex what it belongs to', () => {
    const text = pages.notice!.map((page) => page.text).join('').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Phụ lục I DANH SÁCH ĐỊA CHỈ (Kèm theo Thông báo số /TB-SVHTTDL ngày 03 tháng 11 năm 2026 của Sở Văn hóa, Thể thao và Du lịch)');
    expect(text).toContain('Phụ lục II BẢNG TỔNG HỢP');
    expect(pages.english![1]!.text.replaceAll('\n', ' ')).toMatch(/^Annex EVIDENCE \(Attached to Notice No\. 05\/TB-SVHTTDL of 3 November 2026 of Department of/);
  });

  it('links to our own address and nowhere else; what was reported is defanged', () => {
    for (const name of NAMES) {
      const parts = unzipped(files[name]!);
      for (const [part, data] of parts) if (part.endsWith('.rels')) expect(data.toString()).not.toContain('External');
      const xml = parts.get('word/document.xml')!.toString();
      expect(xml).not.toMatch(/w:hyperlink|fldSimple|http:\/\/ngan-hang|https:\/\/dichvucong/);
      expect([...xml.matchAll(/<w:instrText[^>]*>(.*?)<\/w:instrText>/g)].map((found) => found[1]))
        .toEqual(name === 'notice' ? ['HYPERLINK &quot;https://lachan.caobang.example/tra-loi/7Q2M&quot;'] : []);
    }
  });

  it('prints a QR code that a telephone reads', async () => {
    const at = pages.notice!.findIndex(({ text }) => text.includes('Mã trả lời')) + 1;
    const { data, width, height } = await pictureOf(pdfs.notice!, at);
    const png = await sharp(data, { raw: { width, height, channels: 1 } }).png().toBuffer();
    const found = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] });
    expect(found.map(({ text }) => text)).toEqual(['https://lachan.caobang.example/tra-loi/7Q2M']);
  });

  it('prints what is meant to break it, without what cannot be printed', () => {
    const text = pages.hostile!.map((page) => page.text).join('');
    // Letters of other fonts come after those of their line.
    for (const piece of ['<w:p/>&amp;]]> đảo “ngoặc”', '😀', 'á']) expect(bare(text)).toContain(bare(piece));
    expect(text).not.toMatch(/[\u202e\ufffd]/);
    expect(bare(text).split('nghiêng').length).toBeGreaterThan(3900);
  });

  it('is a translation that says so', () => {
    expect(first('english').text).toMatch(/^Unofficial translation\n/);
    expect(first('english').text).toContain('Archives: VT, QLTTBCXB.');
  });
});

describe('the file', () => {
  it('is the same to the last byte whenever and after whatever it is written', async () => {
    vi.useFakeTimers({ now: new Date('2031-05-06T07:08:09Z'), toFake: ['Date'] });
    for (const name of [...NAMES].reverse()) expect((await renderLetter(LETTERS[name])).equals(files[name]!), name).toBe(true);
    vi.useRealTimers();
  });

  it('says nothing of who wrote it, where and when', () => {
    for (const data of unzipped(files.notice!).values()) {
      const text = data.toString();
      for (const trace of [`>${hostname()}<`, `>${userInfo().username}<`, 'Un-named', 'dc:creator', 'lastModifiedBy', 'dcterms:']) expect(text).not.toContain(trace);
    }
    expect(unzipped(files.notice!).get('docProps/core.xml')!.toString()).toContain('<dc:title>Thông báo: Về việc phát hiện nội dung lừa đảo');
  });

  it.each([
    ['a table with a ragged row', { body: [{ type: 'table', columns: [{ head: 'A', width: 1 }], rows: [['1', '2']] }] }],
    ['a list that is for a spreadsheet', { body: [{ type: 'table', columns: [{ head: 'A', width: 1 }], rows: Array.from({ length: 10_001 }, () => ['1']) }] }],
    ['a table without columns', { body: [{ type: 'table', columns: [], rows: [] }] }],
    ['a link that is a script', { body: [{ type: 'link', text: 'x', href: 'javascript:alert(1)' }] }],
    ['a month that is none', { date: '2026-13-05' }],
    ['a day that is none', { date: '2026-02-30' }],
  ] as const)('is refused for %s', async (_, change) => {
    await expect(renderLetter({ ...LETTERS.decision, ...change }).then(() => 'written')).rejects.toThrow(RangeError);
  });
});
