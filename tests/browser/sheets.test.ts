import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importSheet } from '#modules/channels/commands/sheets.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';
import { workbook, type Cell } from '../support/workbook.ts';

const SHEETS = '/can-bo/bang-tinh';
const HEADER = ['STT', 'Mã hồ sơ', 'Nội dung sự việc', 'Loại hình', 'Đường link', 'SĐT lừa đảo', 'Số tiền thiệt hại (đồng)', 'Ngày xảy ra', 'Xã, phường', 'Họ tên người phản ánh', 'SĐT liên hệ', 'Người phụ trách'];
const STORIES = [
  'Có người gọi tự xưng cán bộ ngân hàng, gửi đường dẫn bảo cập nhật sinh trắc học; bà con làm theo thì bị trừ tiền trong tài khoản.',
  'Nhận tin nhắn báo nợ tiền điện, bấm vào trang https://nop-tien-dien.example/thanh-toan thì bị đòi số thẻ và mã OTP.',
  'Được mời làm cộng tác viên “việc nhẹ lương cao”, nạp tiền nhiều lần nhưng không rút được.',
];
const KINDS = ['Lừa đảo', 'Giả mạo ngân hàng', 'Việc nhẹ lương cao', 'Lừa chị em bán hàng', 'Tin sai sự thật'];

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let clerk: { actor: OfficerActor; cookie: string };
let folder: string;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  clerk = await signIn(desk, 'so-vhttdl', ['intake', 'clerk'], 'Lục Thị Hoa');
  folder = await mkdtemp(join(tmpdir(), 'lachan-sheets-'));
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

/** A list as a commune keeps it: a title above the headings, words of its own, some mistakes. */
function* list(rows: number): Generator<readonly Cell[]> {
  yield ['DANH SÁCH PHẢN ÁNH LỪA ĐẢO TRÊN MẠNG QUÝ IV/2026'];
  yield HEADER;
  for (let n = 1; n <= rows; n += 1) {
    const money: Cell = n % 7 === 0 ? { formula: 'G3*2', stored: '4000000' } : n % 9 === 0 ? 'mất nhiều lắm' : `${n} triệu`;
    yield [String(n), `HS-${n}`, n % 11 === 0 ? 'bị lừa' : `${STORIES[n % 3]!} Vụ thứ ${n}.`, KINDS[n % 5]!, `https://sinh-trac-${n % 4}.example/vn`, '0900000123', money, '20/11/2026',
      n % 2 === 0 ? 'Phường Thục Phán' : 'Không rõ', n === 3 ? 'Nông Văn Tày' : '', n === 3 ? '0912345678' : '', 'Đ/c Hòa'];
  }
}

async function file(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function open(look: Look = {}): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { width: 'desktop', javaScript: true, ...look });
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(clerk.cookie)!;
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, context };
}

/** Presses Tab until the wanted thing has the focus: all a person with a keyboard can do. */
async function tabTo(page: Page, selector: string, name?: RegExp): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    const found = await page.evaluate((wanted) => {
      const focused = document.activeElement;
      return focused?.matches(wanted) ? focused.textContent ?? '' : null;
    }, selector);
    if (found !== null && (name === undefined || name.test(found))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by keyboard to ${selector} ${name ?? ''} on ${page.url()}`);
}

async function press(page: Page, selector: string, name: RegExp): Promise<void> {
  await tabTo(page, selector, name);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

/** Chooses by typing the beginning of an option, as in any list of a browser. */
async function choose(page: Page, field: string, beginning: string): Promise<void> {
  await tabTo(page, `[name="${field}"]`);
  await page.keyboard.type(beginning, { delay: 5 });
}

const main = (page: Page): Promise<string> => page.locator('main').innerText();
const idOf = (page: Page): string => /bang-tinh\/([0-9a-f-]{36})/.exec(page.url())![1]!;

test('with the keyboard alone: upload, columns, words, start, done, the rows to correct', { timeout: 90_000 }, async () => {
  const { page, context } = await open();
  await page.goto(url + SHEETS);
  expect(await main(page)).toContain('Cơ quan chưa tải lên bảng tính nào');
  await press(page, 'main button', /Tải lên/);
  expect(await main(page)).toContain('Bạn chưa chọn tệp');
  // The summary of errors takes the focus a moment after the page has loaded.
  await page.waitForFunction(() => document.activeElement?.matches('.errs'));
  await tabTo(page, 'input[type=file]');
  // The chooser is a window of the system; here the file is put where it would put it.
  const chosen = await file('Danh sách phản ánh quý IV.xlsx', await workbook(list(60)));
  await page.setInputFiles('input[type=file]', chosen);
  await press(page, 'main button', /Tải lên/);

  const mapping = await main(page);
  expect(mapping).toContain('Mỗi cột trong bảng là gì?');
  expect(mapping).toContain('Đã đoán 10 trong 12 cột');
  expect(mapping).toContain('“Lừa chị em bán hàng” (12 dòng)');
  expect(mapping).toContain('“Tin sai sự thật” (12 dòng)');
  expect(mapping).toContain('8 dòng có ô công thức');
  expect(mapping).toContain('hxxps://sinh-trac-1[.]example/vn');
  expect(mapping).not.toContain('https://');
  await picture(page, 'sheets-columns-desktop-light');
  await choose(page, 'tu:lua chi em ban hang', 'Lừa đảo');
  await press(page, 'main button', /Xem lại/);
  const reviewed = await main(page);
  expect(reviewed).toMatch(/12 dòng · D: Loại: Chưa rõ từ này/);
  expect(reviewed).toMatch(/C: Nội dung phản ánh: Ghi thêm/);
  await expectAccessible(page);

  // The story's column is taken away: the desk says so, and keeps the rest.
  await choose(page, 'cot-2', 'Không lấy');
  await press(page, 'main button', /Bắt đầu nhập/);
  expect(await page.locator('[role=alert]').innerText()).toContain('Chưa có cột nội dung');
  await choose(page, 'cot-2', 'Nội dung');
  await press(page, 'main button', /Bắt đầu nhập/);

  const id = idOf(page);
  expect(await main(page)).toContain('Đang nhập Danh sách phản ánh quý IV.xlsx');
  await expectAccessible(page);
  await picture(page, 'sheets-running-desktop-light');
  await press(page, 'main a', /Dừng tự cập nhật/);
  await importSheet(desk, id);
  await press(page, 'main a', /Tự cập nhật lại/);
  const done = await main(page);
  expect(done).toContain('Đã nhập xong');
  expect(done).toMatch(/Đã đọc 60 dòng, nhận \d\d phản ánh mới\./);
  await expectAccessible(page);
  await picture(page, 'sheets-done-desktop-light');
  await tabTo(page, 'main a', /Tải các dòng cần sửa/);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('can-sua.xlsx');

  // The corrected sheet has the same headings: what was chosen is remembered.
  const corrected = await file('can-sua.xlsx', Buffer.from(await (await context.request.get(`${url}${SHEETS}/${id}/can-sua.xlsx`)).body()));
  await page.goto(url + SHEETS);
  await page.locator('input[type=file]').setInputFiles(corrected);
  await press(page, 'main button', /Tải lên/);
  expect(await main(page)).toContain('Lựa chọn lần trước được điền sẵn');
  await press(page, 'main button', /Bỏ bảng này/);
  expect(await main(page)).toContain('bị bỏ trước khi nhập');
  await context.close();
});

describe('every page of spreadsheets', () => {
  test.each(LOOKS)('is accessible: $width, $scheme', { timeout: 90_000 }, async ({ width, scheme }) => {
    const { page, context } = await open({ width, scheme });
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    const shown = async (name: string) => {
      await expectAccessible(page);
      await picture(page, `sheets-${name}-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
    };
    const upload = async (path: string) => {
      await page.goto(url + SHEETS);
      await page.locator('input[type=file]').setInputFiles(path);
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Tải lên' }).click()]);
    };
    await upload(await file(`ban-${width}-${scheme}.xlsx`, await workbook(list(130))));
    await shown('columns');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Bắt đầu nhập' }).click()]);
    const id = idOf(page);
    await desk.owner.updateTable('sheet_import').set({ rows_total: 130, rows_read: 48, taken: 30, refused: 18 }).where('id', '=', id).execute();
    await page.goto(`${url}${SHEETS}/${id}?cap-nhat=khong`);
    await shown('running');
    await desk.owner.updateTable('sheet_import').set({ rows_read: 0, taken: 0, refused: 0 }).where('id', '=', id).execute();
    await importSheet(desk, id);
    await page.goto(`${url}${SHEETS}/${id}`);
    await shown('done');
    await upload(await file(`hong-${width}-${scheme}.xlsx`, await workbook([HEADER, HEADER], [{ name: 'xl/vbaProject.bin', text: ['macro'] }])));
    expect(await main(page)).toContain('Tệp có macro');
    await shown('quarantined');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Thử đọc lại' }).click()]);
    expect(await main(page)).toContain('Đã thử lại: vẫn chưa mở được.');
    await page.goto(url + SHEETS);
    await shown('list');
    expect(errors).toEqual([]);
    await context.close();
  });
});
