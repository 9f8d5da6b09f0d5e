import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meetingLetter } from '#modules/meetings/letters.ts';
import type { MeetingPage, Paper } from '#modules/meetings/types.ts';
import { renderLetter } from '#web/docx/render.ts';
import { around, find, fontsOf, pagesOf, printAll, type Page } from '../support/paper.ts';

const agency = (name: string, shortName: string) => ({ name, shortName, nameEn: '' });
const guest = (agencyId: string, name: string, attendance: 'present' | 'late' | 'absent', came: string) => ({
  ...agency(name, name), agencyId, isOwn: false, isInvited: true, answer: 'coming', reason: '', names: came, answeredAt: null, isStale: false, attendance, came,
} as const);
const OPEN = { giay_moi: null, bien_ban: null, thong_bao: null };

const MEETING: MeetingPage = {
  id: '0', code: 'HP-04-261122-0001-9', state: 'concluded', title: 'Họp thống nhất biện pháp xử lý trang giả mạo VNeID', place: 'Phòng họp tầng 2, trụ sở Sở', onlineLink: null,
  startsAt: new Date('2026-11-25T07:00:00Z'), endsAt: new Date('2026-11-25T09:00:00Z'), endedAt: new Date('2026-11-25T08:50:00Z'), chair: 'Bế Thị Hoa', secretary: 'Nông Thị Lan',
  version: 5, sequence: 0, changedAt: new Date('2026-11-25T09:10:00Z'), invitedAt: new Date('2026-11-22T02:00:00Z'), concludedAt: new Date('2026-11-25T09:10:00Z'), cancelReason: null, agencyId: 'a',
  agency: agency('Sở Văn hóa, Thể thao và Du lịch', 'Sở VHTTDL'), isOwn: true,
  agenda: [
    { id: '1', title: 'Báo cáo kết quả xác minh vụ việc VV-04-2026-0012', minutes: 20, presenter: 'Nông Thị Lan', caseId: 'c', caseNumber: 'VV-04-2026-0012', written: {
      discussion: 'Trang giả xin số định danh và mã OTP; tên miền đăng ký ba ngày trước.', statements: 'Công an tỉnh: đã nhận 04 tin báo của người dân.\nVNPT Cao Bằng: sẵn sàng chặn tin nhắn chứa đường dẫn.',
      conclusion: 'Đủ căn cứ gửi thông báo cho nhà đăng ký tên miền.', version: 1, savedAt: new Date('2026-11-25T07:40:00Z'), savedBy: 'Nông Thị Lan' } },
    { id: '2', title: 'Nội dung khác', minutes: null, presenter: '', caseId: null, caseNumber: null, written: null },
  ],
  guests: [guest('b', 'Công an tỉnh Cao Bằng', 'late', 'Thượng tá Lương Văn Kiên'), guest('v', 'VNPT Cao Bằng', 'absent', '')],
  conclusion: { body: 'Giao Sở gửi thông báo cho nhà đăng ký tên miền.\nCác cơ quan báo kết quả trước ngày 05/12/2026.', version: 1 },
  actions: [{ id: 'x', what: 'Xác minh chủ thể đăng ký tên miền', agencyId: 'b', agency: 'CA tỉnh', agencyName: 'Công an tỉnh Cao Bằng', officer: null, dueOn: '2026-12-01', caseNumber: null, task: 'open' }],
  addenda: [{ part: 'minutes', body: 'Công an tỉnh có 02 người dự.', reason: 'ghi thiếu', at: new Date('2026-11-26T02:00:00Z'), officer: 'Nông Thị Lan' }], numbers: OPEN,
};
const NUMBERED: MeetingPage = {
  ...MEETING, numbers: { giay_moi: { number: '07', symbol: 'GM-SVHTTDL', on: '2026-11-23' }, bien_ban: { number: '12', symbol: '', on: '2026-11-25' }, thong_bao: { number: '31', symbol: 'TB-SVHTTDL', on: '2026-11-26' } },
};
const HEAD = { ...MEETING.agency, parent: 'Ủy ban nhân dân tỉnh Cao Bằng', parentEn: null, place: 'Cao Bằng', placeEn: 'Cao Bang' };
const KINDS: readonly Paper[] = ['giay_moi', 'bien_ban', 'thong_bao'];
const NAMES = KINDS.flatMap((kind) => [`${kind}-open`, `${kind}-numbered`]);

let folder: string;
let pdfs: Record<string, string>;
const pages: Record<string, Page[]> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lachan-meetings-'));
  const files: Record<string, Buffer> = {};
  for (const kind of KINDS) {
    files[`${kind}-open`] = await renderLetter(meetingLetter(MEETING, kind, HEAD, 'vi'));
    files[`${kind}-numbered`] = await renderLetter(meetingLetter(NUMBERED, kind, HEAD, 'vi'));
  }
  pdfs = await printAll(join(folder, 'pdf'), files);
  for (const name of NAMES) pages[name] = await pagesOf(pdfs[name]!);
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (name: string): string => pages[name]!.map((page) => page.words.map(({ text }) => text).join(' ')).join(' ');

describe.each(NAMES)('%s', (name) => {
  it('is A4 within the margins of the decree, in Times, embedded', async () => {
    for (const page of pages[name]!) {
      expect(`${Math.round(page.width)}×${Math.round(page.height)}`).toBe('210×297');
      const text = around(page.words.filter(({ bottom }) => bottom >= 20));
      expect(text.left).toBeGreaterThan(29.5);
      expect(text.top).toBeGreaterThan(19);
      expect(page.width - text.right).toBeGreaterThan(14.5);
      expect(page.height - text.bottom).toBeGreaterThan(19);
    }
    for (const font of await fontsOf(pdfs[name]!)) expect([font.isEmbedded, /LiberationSerif|TimesNewRoman/.test(font.name)]).toEqual([true, true]);
  });

  it('has nation at the right, issuer at the left, and its name under both', () => {
    const page = pages[name]![0]!;
    const [nation, issuer, type] = [find(page, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), find(page, 'SỞ VĂN HÓA,'), find(page, { giay_moi: 'GIẤY MỜI', bien_ban: 'BIÊN BẢN', thong_bao: 'THÔNG BÁO' }[name.split('-')[0] as Paper])];
    expect(nation.left).toBeGreaterThan(103);
    expect(issuer.right).toBeLessThan(103);
    expect(type.top).toBeGreaterThan(issuer.bottom);
    expect(Math.abs((type.left + type.right) / 2 - (30 + 195) / 2)).toBeLessThan(1);
  });
});

/** Phrases of a text, in the order in which they are printed. */
const ORDER: Readonly<Record<Paper, readonly string[]>> = {
  giay_moi: ['trân trọng kính mời đại diện các cơ quan:', 'Công an tỉnh Cao Bằng', 'VNPT Cao Bằng', 'Bế Thị Hoa', '14 giờ 00 phút, ngày 25 tháng 11 năm 2026', 'Phòng họp tầng 2, trụ sở Sở', 'HP-04-261122-0001-9', '1. Báo cáo kết quả xác minh',
    '2. Nội dung khác', 'THỦ TRƯỞNG CƠ QUAN'],
  bien_ban: ['14 giờ 00 phút, ngày 25 tháng 11 năm 2026', 'Bế Thị Hoa', 'Nông Thị Lan', 'Thượng tá Lương Văn Kiên, đến muộn', 'vắng', 'Trang giả xin số định danh', 'đã nhận 04 tin báo', 'Đủ căn cứ gửi thông báo', 'Không có ý kiến được ghi',
    'Giao Sở gửi thông báo', 'Công an tỉnh có 02 người dự', 'kết thúc vào 15 giờ 50 phút, ngày 25 tháng 11 năm 2026', 'THƯ KÝ'],
  thong_bao: ['do Bế Thị Hoa chủ trì', 'Dự họp có đại diện: Công an tỉnh Cao Bằng.', 'Giao Sở gửi thông báo', 'TT', 'Xác minh chủ thể đăng ký', '01/12/2026', 'THỦ TRƯỞNG CƠ QUAN'],
};

it.each(KINDS)('%s says everything, in order', (kind) => {
  const text = textOf(`${kind}-numbered`);
  let at = -1;
  for (const phrase of ORDER[kind]) {
    const found = text.indexOf(phrase, at + 1);
    expect(found, `${phrase} after ${at} in ${text}`).toBeGreaterThan(at);
    at = found;
  }
  expect(text).not.toMatch(/undefined|null|\[object/);
});

it('prints numbers as the clerk gave them, and leaves them open before', () => {
  expect(textOf('giay_moi-numbered')).toContain('Số: 07/GM-SVHTTDL');
  expect(textOf('thong_bao-numbered')).toContain('Số: 31/TB-SVHTTDL');
  expect(textOf('thong_bao-numbered')).toContain('ngày 26 tháng 11 năm 2026');
  expect(textOf('bien_ban-numbered')).toContain('Số: 12/BB-SVHTTDL');
  for (const kind of KINDS) {
    const page = pages[`${kind}-open`]![0]!;
    const [label, symbol] = [find(page, 'Số:'), find(page, `/${{ giay_moi: 'GM', bien_ban: 'BB', thong_bao: 'TB' }[kind]}-SVHTTDL`)];
    expect(Math.abs(label.top - symbol.top)).toBeLessThan(1);
    expect(symbol.left - label.right).toBeGreaterThan(5);
  }
});

it('the minutes are signed by the secretary at the left and the chair at the right, on one line', () => {
  const page = pages['bien_ban-open']!.at(-1)!;
  const [secretary, chair] = [find(page, 'THƯ KÝ'), find(page, 'CHỦ TRÌ')];
  expect(secretary.right).toBeLessThan(chair.left);
  expect(Math.abs(secretary.top - chair.top)).toBeLessThan(1);
  expect(find(page, 'Nông Thị Lan').right).toBeLessThan(find(page, 'Bế Thị Hoa').left);
});
