import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { completeDraft, openOffice, PASSED, verifiedCase, type Office } from '../support/decisions.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let office: Office;
let slug: string;

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  const { caseId } = await verifiedCase(desk, office);
  const id = await completeDraft(desk, office, caseId);
  await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
  ({ slug } = await desk.owner.selectFrom('warning').select('slug').executeTakeFirstOrThrow());
  wait();
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

/** The clock stands still, and nobody fills a form in within no time. */
function wait(): void {
  desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));
}

async function asOfficer(cookie: string, look: Look = {}): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { width: 'desktop', javaScript: true, ...look });
  const [name, ...value] = cookie.split('=');
  await context.addCookies([{ name: name!, value: value.join('='), url }]);
  return { page: await context.newPage(), context };
}

/** Looks at the page an address or form led to again, with JavaScript, which axe needs. */
async function look(page: Page, name: string): Promise<void> {
  const html = await page.content();
  const seen = await visitor(browser, { javaScript: true });
  const copy = await seen.newPage();
  await copy.route('**/*', (route) => (route.request().url() === page.url() ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }) : route.continue()));
  await copy.goto(page.url());
  await expectAccessible(copy);
  await seen.close();
  await picture(page, name);
}

test('a citizen contests a warning without a script or a cookie; another officer stays and reverses; the citizen reads it', { timeout: 120_000 }, async () => {
  const citizen = await visitor(browser);
  const page = await citizen.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/xem-xet-lai`);
  await look(page, 'appeal-ask');
  await page.goto(`${url}/canh-bao/${slug}`);
  await page.locator('#xem-lai').getByRole('link', { name: 'Đề nghị xem xét lại' }).click();
  await look(page, 'appeal-form');
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await expect.poll(() => page.getByRole('alert').count()).toBeGreaterThan(0);
  await look(page, 'appeal-form-errors');
  await page.locator('textarea[name=words]').fill('Trang này là trang thử nghiệm của trường chúng tôi, không xin mã OTP của ai; tên miền đăng ký từ tháng 5/2025.');
  await page.locator('input[name=stay]').check();
  await page.locator('textarea[name=stay_why]').fill('Đang mùa tuyển sinh, phụ huynh không nộp hồ sơ được.');
  wait();
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await page.waitForURL(/\/xem-xet-lai\/phieu/);
  const [code, secret] = (await page.locator('.slip .big').allInnerTexts()) as [string, string];
  expect(code).toMatch(/^XL-04-261122-0001-\d$/);
  await look(page, 'appeal-receipt');
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'appeal-receipt-print');
  await page.emulateMedia({ media: 'screen' });

  // Whoever took part reads why they may not act.
  const barred = await asOfficer((await signIn(desk, 'so-vhttdl', ['case_officer', 'auditor'], 'Nông Văn Xem')).cookie);
  await barred.page.goto(`${url}/can-bo/xem-xet-lai`);
  await barred.page.getByRole('link', { name: /Trang giả VNeID/ }).click();
  await expect.poll(() => barred.page.locator('.call.note').innerText()).toContain('Người duyệt hoặc lãnh đạo');
  await barred.context.close();

  const { page: desktop, context } = await asOfficer((await signIn(desk, 'so-vhttdl', ['reviewer'], 'Ma Thị Bằng')).cookie);
  desktop.setDefaultTimeout(15_000);
  await desktop.goto(`${url}/can-bo/xem-xet-lai`);
  await expectAccessible(desktop);
  await picture(desktop, 'appeals-console-list');
  await desktop.getByRole('link', { name: /Trang giả VNeID/ }).click();
  await expectAccessible(desktop);
  await picture(desktop, 'appeals-console-filed');
  await desktop.getByRole('button', { name: 'Thụ lý đề nghị' }).click();
  await desktop.waitForURL(/xong=thu-ly/);
  await desktop.getByText('Tạm dừng biện pháp', { exact: true }).click();
  await desktop.locator('details[open] textarea[name=reason]').fill('Trường đang tuyển sinh, thiệt hại khó khắc phục.');
  await desktop.getByRole('button', { name: 'Tạm dừng', exact: true }).click();
  await desktop.waitForURL(/xong=tam-dung/);
  expect((await page.request.get(`${url}/canh-bao/${slug}`)).status()).toBe(404);
  await desktop.locator('textarea[name=body]').fill('Trường cho biết ai quản lý tên miền này?');
  await desktop.getByRole('button', { name: 'Gửi lời nhắn' }).click();
  await desktop.waitForURL(/xong=hoi/);
  await expectAccessible(desktop);
  await picture(desktop, 'appeals-console-accepted');

  await page.goto(`${url}/xem-xet-lai/theo-doi`);
  await look(page, 'appeal-follow-form');
  await page.locator('input[name=code]').fill(code.toLowerCase());
  await page.locator('input[name=secret]').fill(secret);
  await page.getByRole('button', { name: 'Mở' }).click();
  expect(await page.locator('main').innerText()).toMatch(/Biện pháp đang tạm dừng[^]*ai quản lý tên miền/);
  await look(page, 'appeal-follow-open');
  await page.locator('textarea[name=body]').fill('Trường trung học phổ thông Thành phố quản lý.');
  await page.getByRole('button', { name: 'Gửi', exact: true }).click();
  expect(await page.locator('main').innerText()).toContain('Trường trung học phổ thông Thành phố quản lý.');

  await desktop.reload();
  await desktop.locator('input[name=outcome][value=reversed]').check();
  await desktop.locator('textarea[name=reasons]').fill('Đã hỏi nhà trường và mở lại trang: không có biểu mẫu xin mã OTP như quyết định nêu.');
  wait();
  await desktop.getByRole('button', { name: 'Ra kết quả' }).click();
  await desktop.waitForURL(/xong=ket-luan/);
  await expectAccessible(desktop);
  await picture(desktop, 'appeals-console-decided');
  await context.close();
  expect((await page.request.get(`${url}/canh-bao/${slug}`)).status()).toBe(404);
  expect(await (await page.request.get(`${url}/canh-bao`)).text()).not.toContain(slug);

  await page.getByRole('button', { name: 'Xem có tin mới không' }).click();
  const outcome = await page.locator('main').innerText();
  expect(outcome).toMatch(/Quyết định bị hủy bỏ[^]*không có biểu mẫu xin mã OTP[^]*Cảnh báo đã được gỡ[^]*22\/12\/2026/);
  expect(outcome).not.toContain('Ma Thị Bằng');
  await look(page, 'appeal-outcome');
  await page.goto(`${url}/xem-xet-lai/to-cao`);
  await look(page, 'appeal-denounce');
  await page.goto(`${url}/en/xem-xet-lai`);
  await look(page, 'appeal-ask-en');
  expect(await citizen.cookies()).toEqual([]);
  await citizen.close();

  const phone = await asOfficer((await signIn(desk, 'so-vhttdl', ['leader'], 'Hoàng Thị Ngay')).cookie, { width: 'phone' });
  await phone.page.goto(`${url}/can-bo/xem-xet-lai?muc=da-xong`);
  await expectAccessible(phone.page);
  await phone.page.getByRole('link', { name: /Trang giả VNeID/ }).click();
  await expectAccessible(phone.page);
  await picture(phone.page, 'appeals-console-phone');
  await phone.context.close();
});
