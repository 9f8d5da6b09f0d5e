import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { reserveDocument } from '#modules/documents/index.ts';
import { fileDocument } from '#modules/documents/commands/filing.ts';
import { registerIncoming } from '#modules/documents/commands/incoming.ts';
import { issueNumber } from '#modules/documents/commands/outgoing.ts';
import { proposeTemplate } from '#modules/documents/commands/templates.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { wordFile } from '../support/word-template.ts';

const REGISTER = '/can-bo/so-van-ban';
let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let clerk: OfficerActor;
let lan: OfficerActor;
let administrator: OfficerActor;
const ids = { waiting: '', issued: '', came: '', template: '' };

beforeAll(async () => {
  desk = await testDesk();
  desk.clock.set(new Date('2026-11-20T02:00:00Z'));
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  clerk = await addOfficer(desk, 'so-vhttdl', ['clerk'], 'Lục Thị Hoa');
  lan = await addOfficer(desk, 'so-vhttdl', ['case_officer'], 'Nông Thị Lan');
  administrator = await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Hoàng Văn Quản');
  const reserve = (n: number, title: string) => inTransaction(desk, lan, (tx) => reserveDocument(tx, lan, {
    kind: 'cong_van', title, urgency: n === 3 ? 'hoa_toc' : undefined, addressees: ['Công an tỉnh Cao Bằng', 'Ngân hàng Nhà nước chi nhánh Khu vực 5'], source: { entity: 'case', id: `01999999-9999-7999-8999-00000000000${n}`, href: '/can-bo/vu-viec/VV-04-2026-0001' },
  }));
  for (const number of [1, 2]) {
    ids.issued = await reserve(number, 'Đề nghị phối hợp ngăn chặn trang web giả mạo Ngân hàng Nhà nước để chiếm đoạt tiền của người dân');
    await inTransaction(desk, clerk, (tx) => issueNumber(tx, clerk, ids.issued, {
      kind: 'cong_van', title: 'Đề nghị phối hợp ngăn chặn trang web giả mạo Ngân hàng Nhà nước để chiếm đoạt tiền của người dân', urgency: number === 2 ? 'khan' : null, addressees: ['Công an tỉnh Cao Bằng', 'Ngân hàng Nhà nước chi nhánh Khu vực 5'],
      signer: 'Nông Thị Bích Ngọc, Giám đốc', number, symbol: 'SVHTTDL-QLTTBCXB', on: '2026-11-18', gapReason: null, copies: 3, keptBy: 'Văn thư', dispatchedOn: number === 1 ? '2026-11-18' : null, receipt: 'EMS 1200345', note: '',
    }));
  }
  ids.waiting = await reserve(3, 'Mời họp thống nhất biện pháp xử lý');
  await fileDocument(desk, clerk, { outId: ids.issued }, { field: 'tep', name: 'cong-van-so-02.pdf', bytes: signedPdf('Nông Thị Bích Ngọc', 'Cong van'), tooLarge: false });
  const came = (code: string) => inTransaction(desk, clerk, (tx) => registerIncoming(tx, clerk, {
    number: null, arrivedOn: '2026-11-20', issuer: 'Ủy ban nhân dân xã Đàm Thủy', code, issuedOn: '2026-11-18', kind: 'bao_cao', title: 'Tình hình lừa đảo qua mạng trên địa bàn xã trong tháng 11', urgency: null, note: '',
  }));
  ids.came = (await came('45/BC-UBND')).id;
  await came('46/BC-UBND');
  ids.template = await proposeTemplate(desk, clerk, 'cong_van', { name: 'Mẫu công văn Sở.docx', bytes: wordFile() });
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser.close();
  close();
});

async function open(officer: OfficerActor, width: 'phone' | 'desktop', javaScript = true): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { width, javaScript });
  const [name, value] = (await cookieFor(desk, officer.officerId, officer.agencyId)).split(/=(.*)/s) as [string, string];
  await context.addCookies([{ name, value, url }]);
  return { page: await context.newPage(), context };
}

const PAGES = [
  ['out', () => `${REGISTER}/di`, () => clerk], ['out-waiting', () => `${REGISTER}/di/${ids.waiting}`, () => clerk], ['out-issued', () => `${REGISTER}/di/${ids.issued}`, () => clerk],
  ['out-add', () => `${REGISTER}/di/them`, () => clerk], ['in', () => `${REGISTER}/den`, () => clerk], ['in-add', () => `${REGISTER}/den/them`, () => clerk], ['in-one', () => `${REGISTER}/den/${ids.came}`, () => clerk],
  ['follow', () => `${REGISTER}/theo-doi`, () => lan], ['print', () => `${REGISTER}/di/xuat?dang=in`, () => lan], ['templates', () => '/can-bo/mau-van-ban', () => clerk],
  ['template', () => `/can-bo/mau-van-ban/${ids.template}`, () => administrator],
] as const;

test.each(PAGES)('%s can be read and used on a phone and on a desk', { timeout: 60_000 }, async (name, path, officer) => {
  for (const width of ['phone', 'desktop'] as const) {
    const { page, context } = await open(officer(), width);
    await page.goto(url + path());
    // A register to be printed is as broad as its paper.
    if (name !== 'print') await expectAccessible(page);
    await picture(page, `registers-${name}-${width}`);
    await context.close();
  }
});

test('a register prints on A4 landscape', { timeout: 60_000 }, async () => {
  const { page, context } = await open(lan, 'desktop');
  await page.goto(`${url}${REGISTER}/di/xuat?dang=in`);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const [width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.slice(1).map(Number) as [number, number];
  expect([Math.round(width * 25.4 / 72), Math.round(height * 25.4 / 72)]).toEqual([297, 210]);
  await context.close();
});

test('without a script: the clerk issues, passes on, and the officer answers', { timeout: 60_000 }, async () => {
  const { page, context } = await open(clerk, 'phone', false);
  await page.goto(`${url}${REGISTER}/di/${ids.waiting}`);
  await page.locator('[name=number]').fill('1');
  await page.getByRole('button', { name: 'Cấp số' }).click();
  await page.getByText('Số này không phải số tiếp theo').first().waitFor();
  await page.locator('[name=number]').fill('3');
  await page.locator('[name=symbol]').fill('SVHTTDL-VP');
  await page.getByRole('button', { name: 'Cấp số' }).click();
  await page.getByRole('heading', { level: 1, name: '03/SVHTTDL-VP' }).waitFor();
  await page.goto(`${url}${REGISTER}/den/${ids.came}`);
  await page.locator('[name=recipient]').fill('Phòng Quản lý thông tin, báo chí, xuất bản');
  await page.locator('[name=officer]').selectOption({ label: 'Nông Thị Lan' });
  await page.locator('[name=due]').fill('27/11/2026');
  await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
  await page.getByText('Đã chuyển.').waitFor();
  await context.close();
  const mine = await open(lan, 'phone', false);
  await mine.page.goto(`${url}${REGISTER}/theo-doi`);
  await mine.page.getByRole('link', { name: /01/ }).first().click();
  await mine.page.locator('[name=progress]').fill('Đã trả lời xã');
  await mine.page.locator('[name=answered]').fill('20/11/2026');
  await mine.page.getByRole('button', { name: 'Lưu tiến độ' }).click();
  await mine.page.getByText('Đã lưu.').waitFor();
  await mine.context.close();
});
