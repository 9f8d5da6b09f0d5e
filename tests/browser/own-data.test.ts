import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIdentity } from '#modules/cases/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { acknowledgeRequest, fileRequest } from '#modules/retention/index.ts';
import { inTransaction } from '#platform/db.ts';
import { LOOKS, expectAccessible, launchBrowser, serveDesk, visitor } from '../support/chromium.ts';
import { openOffice, reportOf } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let sent: { id: string; code: string; secret: string };
let request: string;

beforeAll(async () => {
  desk = await testDesk();
  const office = await openOffice(desk);
  sent = await submitReport(desk, reportOf({ contact: { email: 'le.thi.rieng@nguoidan.example', name: 'Riêng' }, moneyLost: 3_000_000 }));
  request = (await fileRequest(desk, sent.id, 'erase', 'Xin xóa ảnh chụp giấy tờ của tôi, tôi gửi nhầm.')).id;
  await inTransaction(desk, office.drafter, (tx) => acknowledgeRequest(tx, office.drafter, request));
  await inTransaction(desk, office.gate, (tx) => openIdentity(tx, office.gate, sent.id, 'Gọi lại hỏi số tài khoản đã chuyển'));
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

/** From the follow-up page to one's own data, by buttons alone. */
async function ownData(page: Page): Promise<void> {
  await page.goto(`${url}/tra-cuu`);
  await page.fill('[name=code]', sent.code);
  await page.fill('[name=secret]', sent.secret);
  await page.click('main form button');
  await page.click('text=Dữ liệu của tôi');
  await page.waitForSelector('h1:has-text("Dữ liệu của bạn")');
}

test('a person takes a copy and asks for a correction, on a phone without a script', async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await ownData(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Tải về để đọc và in')]);
  expect(download.suggestedFilename()).toBe(`${sent.code}-2026-11-22.html`);
  await page.check('[value=correct]');
  await page.fill('[name=words]', 'Số tiền là 30 triệu, không phải 3 triệu.');
  await page.click('text=Gửi yêu cầu >> nth=-1');
  await page.waitForSelector('text=Đã nhận yêu cầu DL-04-261122-');
  await context.close();
});


test.each(LOOKS)('the pages are accessible and fit: $width', async (look) => {
  const context = await visitor(browser, { ...look, javaScript: true });
  const page = await context.newPage();
  await page.goto(`${url}/du-lieu-cua-toi`);
  await expectAccessible(page);
  await ownData(page);
  await expectAccessible(page);
  const { cookie } = await signIn(desk, 'so-vhttdl', ['auditor', 'administrator', 'leader']);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  for (const path of ['/can-bo/luu-giu', '/can-bo/niem-phong?ai=ca-may', '/can-bo/yeu-cau-du-lieu', `/can-bo/yeu-cau-du-lieu/${request}`]) {
    await page.goto(`${url}${path}`);
    await expectAccessible(page);
  }
  await context.close();
}, 60_000);
