import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipSync, strFromU8 } from 'fflate';
import { requestLetter, synthesisLetter, type PaperSetting } from '#modules/opinions/letter.ts';
import { synthesisSheet } from '#modules/opinions/sheet.ts';
import type { AnswerView, ConsultationView, OpinionView } from '#modules/opinions/types.ts';
import { renderLetter } from '#web/docx/render.ts';
import { around, find, fontsOf, pagesOf, printAll, type Page } from '../support/paper.ts';

const AGENCIES = ['Công an tỉnh Cao Bằng', 'Sở Khoa học và Công nghệ', 'Sở Tư pháp', 'Sở Y tế', 'Ủy ban nhân dân phường Thục Phán'];
const answered = (answer: AnswerView['answer'], more: Partial<AnswerView> = {}): AnswerView => ({
  id: 'a', version: 1, answer, reasons: '', onPoints: [], instead: '', documentNumber: '', documentOn: null, way: 'screen', by: null, mailId: null, at: new Date('2026-11-24T02:00:00Z'), late: false, files: [], ...more,
});
const opinion = (index: number, state: OpinionView['state'], ...versions: AnswerView[]): OpinionView => (
  { id: String(index), agencyId: String(index), agency: AGENCIES[index]!, state, openedAt: null, mailedAt: null, withdrawnWhy: null, versions });
const asked: ConsultationView = {
  id: 'c', code: 'YK-04-261122-0001-7', caseId: 'k', caseNumber: 'VV-04-2026-0012', title: 'Biện pháp xử lý trang giả mạo VNeID', question: 'Trang tại https://vneid-capnhat.example/otp bắt chước VNeID.\nĐề nghị cho biết việc ngừng phân giải có đúng thẩm quyền không.',
  points: ['Thẩm quyền đề nghị ngừng phân giải tên miền', 'Thời hạn áp dụng 30 ngày'], draftText: 'Điều 1. Đề nghị nhà đăng ký tạm ngừng phân giải tên miền.\nĐiều 2. Thời hạn 30 ngày.', inMail: false, workingDays: 5, dueOn: '2026-11-30',
  sentAt: new Date('2026-11-22T02:00:00Z'), askedBy: 'Sở Văn hóa, Thể thao và Du lịch', round: 2, before: 'YK-04-261110-0001-2', after: null, showsAnswers: false, summary: 'Tiếp thu ý kiến về thời hạn, còn 15 ngày.', closedAt: null, files: [], leads: true,
  opinions: [
    opinion(0, 'answered', answered('agree', { documentNumber: '88/CAT-ANM', documentOn: '2026-11-24' })), opinion(1, 'answered', answered('agree_with_changes', { reasons: 'Rút ngắn thời hạn. '.repeat(40).trim(), onPoints: ['', 'Nên là 15 ngày'], late: true })),
    opinion(2, 'answered', answered('not_competent', { reasons: 'Không thuộc phạm vi quản lý.', instead: 'Công an tỉnh Cao Bằng' })), opinion(3, 'overdue'), opinion(4, 'sent'),
  ], mails: [],
};
const setting: PaperSetting = {
  head: { name: 'Sở Văn hóa, Thể thao và Du lịch', nameEn: '', shortName: 'Sở VHTTDL', parent: 'Ủy ban nhân dân tỉnh Cao Bằng', parentEn: null, place: 'Cao Bằng', placeEn: 'Cao Bang' }, number: null,
  answerAt: 'https://lachan.example/can-bo/y-kien/YK-04-261122-0001-7/tra-loi',
};

let folder: string;
let pdfs: Record<string, string>;
const pages: Record<string, Page[]> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lachan-opinions-'));
  pdfs = await printAll(folder, {
    request: await renderLetter(requestLetter(asked, setting)), synthesis: await renderLetter(synthesisLetter(asked, { ...setting, number: { number: '09', symbol: 'BC-SVHTTDL', on: '2026-12-01' } })),
  });
  for (const name of ['request', 'synthesis']) pages[name] = await pagesOf(pdfs[name]!);
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (name: string) => pages[name]!.map(({ text }) => text).join('\n').replace(/\s+/g, ' ');

describe('both papers', () => {
  it('are A4 with the margins of the decree, the table lying', () => {
    expect(pages['request']!.map(({ width, height }) => `${Math.round(width)}×${Math.round(height)}`)).toEqual(['210×297', '210×297']);
    const sizes = pages['synthesis']!.map(({ width, height }) => `${Math.round(width)}×${Math.round(height)}`);
    expect([sizes[0], sizes.at(-1)]).toEqual(['210×297', '297×210']);
    for (const page of [...pages['request']!, ...pages['synthesis']!]) {
      const text = around(page.words.filter(({ bottom }) => bottom >= 20));
      expect([text.left > 29.5, text.top > 19, page.width - text.right > 14.5, page.height - text.bottom > 19]).toEqual([true, true, true, true]);
    }
  });

  it('are set in Times alone, embedded', async () => {
    for (const pdf of Object.values(pdfs)) for (const font of await fontsOf(pdf)) expect([font.isEmbedded, /LiberationSerif|TimesNewRoman/.test(font.name)]).toEqual([true, true]);
  });

  it('have issuer at the left, nation at the right', () => {
    for (const name of ['request', 'synthesis']) {
      const first = pages[name]![0]!;
      expect(find(first, 'THỂ THAO VÀ DU LỊCH').right).toBeLessThan(110);
      expect(find(first, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM').left).toBeGreaterThan(100);
    }
  });
});

describe('the letter that asks', () => {
  it('leaves the number open, names every agency, says what, until when, and that silence is no consent', () => {
    const text = textOf('request');
    expect(text).toMatch(/Số: +\/SVHTTDL|Số:[ …_.]*\/SVHTTDL/);
    for (const said of ['V/v lấy ý kiến về việc biện pháp', ...AGENCIES, '(lần 2)', '1. Thẩm quyền đề nghị ngừng phân giải', 'trước khi hết ngày 30/11/2026', 'YK-04-261122-0001-7', 'không được coi là đồng ý', 'DỰ THẢO XIN Ý KIẾN', 'Điều 2. Thời hạn 30 ngày.']) {
      expect(text).toContain(said);
    }
    // An address of others is harmless on paper.
    expect(text).not.toContain('https://vneid-capnhat.example');
    expect(find(pages['request']![0]!, 'THỦ TRƯỞNG CƠ QUAN').left).toBeGreaterThan(105);
  });
});

describe('the synthesis', () => {
  it('counts of all that were asked, and lists each agency once in the broad table', () => {
    const text = textOf('synthesis');
    for (const said of ['Số: 09/BC-SVHTTDL', 'BÁO CÁO', '1/5 cơ quan đồng ý', '1/5 cơ quan đồng ý và có bổ sung', '1/5 cơ quan cho rằng không thuộc thẩm quyền', '2/5 cơ quan chưa có ý kiến', '1 ý kiến gửi sau hạn', 'không được tính là đồng ý', 'còn 15 ngày']) expect(text).toContain(said);
    const table = pages['synthesis']!.filter(({ width }) => width > 290).map(({ text: words }) => words.replace(/\s+/g, ' ')).join(' ');
    for (const said of ['văn bản số 88/CAT-ANM ngày 24/11/2026', 'gửi muộn', 'Nội dung 2: Nên là 15 ngày', 'Công an tỉnh Cao Bằng', 'Quá hạn chưa có ý kiến', 'Chờ ý kiến']) expect(table).toContain(said);
    const columns = find(pages['synthesis']!.find(({ width }) => width > 290)!, 'Lý do, nội dung góp ý');
    expect(columns.left).toBeGreaterThan(150);
  });

  it('is a spreadsheet too: a row to an agency, a column to a point, no formula', async () => {
    const files = unzipSync(await synthesisSheet({ ...asked, opinions: [...asked.opinions, opinion(0, 'answered', answered('disagree', { reasons: '=HYPERLINK("http://gia.example")' }))] }));
    const names = Object.keys(files);
    const xml = names.map((name) => strFromU8(files[name]!)).join('\n');
    for (const said of ['Nội dung 2: Thời hạn áp dụng 30 ngày', 'Nên là 15 ngày', '2/6 cơ quan chưa có ý kiến', '=HYPERLINK']) expect(xml).toContain(said);
    expect(xml).not.toMatch(/<f>|<f /);
    expect(names.filter((name) => /worksheets\/sheet\d+\.xml$/.test(name))).toHaveLength(2);
    expect(strFromU8(files[names.find((name) => name.endsWith('sheet1.xml'))!]!).match(/<row /g)).toHaveLength(7);
  });
});
