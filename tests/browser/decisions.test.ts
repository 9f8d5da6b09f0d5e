import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CategoryCode } from '#catalogue/categories.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import type { MeasureCode } from '#catalogue/measures.ts';
import { beginInterim, decideSecond, renewDecision, startDraft, submitDraft } from '#modules/decisions/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { addRecipients, completeDraft, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let office: Office;
let legal: OfficerActor;
/** Addresses of the pages to look at, by name. */
const pages = new Map<string, { path: string; as: () => OfficerActor }>();
let waiting: string;

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  legal = await addOfficer(desk, 'so-vhttdl', ['legal'], 'Hoàng Thị Yến');
  await addRecipients(desk);
  await makePages();
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

let serial = 0;
const STORY: Readonly<Partial<Record<CategoryCode, string>>> = {
  threat_harassment: 'Có người nhắn mỗi đêm dọa sẽ đến tận nhà đánh tôi, gửi kèm ảnh cổng nhà tôi.',
  false_emergency_alert: 'Có tin nói ngừng thuốc tim và uống nước lá để khỏi bệnh, nhiều người trong xóm tin.',
};

async function caseOf(category: CategoryCode = 'phishing_impersonation'): Promise<{ caseId: string; number: string }> {
  const tail = String(++serial).padStart(2, '0');
  const { caseId } = await verifiedCase(desk, office, [reportOf({
    category, narrative: STORY[category] ?? `Trang giả VNeID https://dinhdanh-${tail}.example/otp gọi từ 0912 345 6${tail}, bắt chuyển vào tài khoản 10${tail}345678 Vietcombank; quảng cáo ở https://www.facebook.com/dinh-danh-so-${tail} và https://www.facebook.com/dinh-danh/posts/98${tail}`,
  })]);
  return { caseId, number: (await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow()).number };
}

const as = <T>(actor: OfficerActor, work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(desk, actor, work);

async function submitted(measure: MeasureCode, category?: CategoryCode): Promise<string> {
  const id = await completeDraft(desk, office, (await caseOf(category)).caseId, measure);
  await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  return id;
}

async function makePages(): Promise<void> {
  const see = (name: string, path: string, who: () => OfficerActor) => void pages.set(name, { path, as: who });
  const page = (id: string) => `/can-bo/quyet-dinh/${id}`;
  const { drafter, reviewer } = { drafter: () => office.drafter, reviewer: () => office.reviewer };
  see('case-measures', `/can-bo/vu-viec/${(await caseOf()).number}`, drafter);
  see('case-threat', `/can-bo/vu-viec/${(await caseOf('threat_harassment')).number}`, drafter);
  see('case-alert', `/can-bo/vu-viec/${(await caseOf('false_emergency_alert')).number}`, drafter);
  see('draft-new', page(await as(office.drafter, async (tx) => startDraft(tx, office.drafter, (await caseOf()).caseId, 'NOTICE_PLATFORM', 'Tỉnh Cao Bằng'))), drafter);
  for (const measure of ['PUBLIC_WARNING', 'NOTICE_REGISTRAR', 'NOTICE_BANK', 'REFERRAL_POLICE'] as const) see(`draft-${measure}`, page(await completeDraft(desk, office, (await caseOf()).caseId, measure)), drafter);
  see('draft-CORRECTION', page(await completeDraft(desk, office, (await caseOf('false_emergency_alert')).caseId, 'CORRECTION')), drafter);
  waiting = await submitted('NOTICE_REGISTRAR');
  see('review-NOTICE_REGISTRAR', page(waiting), reviewer);
  see('review-PUBLIC_WARNING', page(await submitted('PUBLIC_WARNING')), reviewer);
  const urgent = await completeDraft(desk, office, (await caseOf()).caseId, 'NOTICE_BANK');
  await as(office.drafter, (tx) => beginInterim(desk, tx, office.drafter, urgent, 'Trong một giờ qua năm người đã chuyển tiền vào tài khoản này.', EFFECTS));
  see('review-interim', page(urgent), reviewer);
  const speech = await submitted('SUPPORT', 'threat_harassment');
  see('review-legal-waits', page(speech), reviewer);
  see('review-legal', page(speech), () => legal);
  const live = await submitted('NOTICE_REGISTRAR');
  await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, live, PASSED, [], EFFECTS));
  see('decision-live', page(live), () => office.leader);
  see('draft-renewal', page(await as(office.drafter, (tx) => renewDecision(tx, office.drafter, live))), drafter);
  see('decision-renewable', page(live), drafter);
  see('decision-list', '/can-bo/quyet-dinh?muc=cho-duyet', reviewer);
  see('decision-list-legal', '/can-bo/quyet-dinh', () => legal);
  see('decision-reasons', `${page(live)}/ly-do`, () => office.clerk);
}

async function open(officer: OfficerActor, look: Look): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { javaScript: true, ...look });
  const [name, value] = (await cookieFor(desk, officer.officerId, officer.agencyId)).split(/=(.*)/s) as [string, string];
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, context };
}

describe('every page of a decision', () => {
  test.each([['phone', 'light'], ['desktop', 'dark']] as const)('is accessible and fits: %s, %s', { timeout: 240_000 }, async (width, scheme) => {
    for (const [name, { path, as: who }] of pages) {
      const { page, context } = await open(who(), { width, scheme });
      const answer = await page.goto(url + path);
      expect({ name, status: answer!.status() }).toEqual({ name, status: 200 });
      await expectAccessible(page);
      if (width === 'phone') {
        const small = await page.locator('main :is(button, summary, input[type=text], select, textarea, .opt)').evaluateAll((all) => all.filter((one) => (one as HTMLElement).offsetHeight > 0 && (one as HTMLElement).offsetHeight < 36).map((one) => one.outerHTML.slice(0, 80)));
        expect({ name, small }).toEqual({ name, small: [] });
      }
      await picture(page, `${name}-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
      // The other light, to look at: colours are measured once for each.
      await page.emulateMedia({ colorScheme: scheme === 'light' ? 'dark' : 'light' });
      await picture(page, `${name}-${width === 'phone' ? '360' : 'desktop'}-${scheme === 'light' ? 'dark' : 'light'}`);
      await context.close();
    }
  });
});

test('a reviewer finishes a notice to a registrar in at most twelve actions, from the list to the confirmation, on a phone', { timeout: 60_000 }, async () => {
  const { page, context } = await open(office.reviewer, { width: 'phone' });
  let actions = 0;
  const act = async (work: () => Promise<unknown>) => {
    actions += 1;
    await work();
  };
  await page.goto(`${url}/can-bo/quyet-dinh`);
  await act(() => Promise.all([page.waitForURL(new RegExp(waiting)), page.locator(`main a[href$="${waiting}"]`).click()]));
  // What is asked and of whom stands before the law, the law before the facts, all before the gate.
  const order = await page.locator('main .panel h2').allInnerTexts();
  const places = ['Đề nghị gì, với ai, trong bao lâu', 'Căn cứ', 'Sự việc và chứng cứ', 'Cần thiết và vừa đủ', 'Câu hỏi của cửa kiểm tra, bạn trả lời độc lập'].map((title) => order.indexOf(title));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBe(0);
  for (const code of STOP_CODES) await act(() => page.locator(`label:has(input[name="gate.${code}"][value=no])`).click());
  await act(() => Promise.all([page.waitForURL(/xong=duyet/), page.getByRole('button', { name: 'Phê duyệt và gửi' }).click()]));
  expect(await page.locator('main').innerText()).toContain('Đã phê duyệt');
  expect(actions).toBeLessThanOrEqual(12);
  expect(actions).toBe(STOP_CODES.length + 2);
  await context.close();
});

test('evidence is ticked at its element, and what is missing leads to its place', { timeout: 60_000 }, async () => {
  const { page, context } = await open(office.drafter, { width: 'desktop' });
  await page.goto(url + pages.get('draft-new')!.path);
  await page.locator('label:has(input[name=basis])').nth(1).click();
  await Promise.all([page.waitForURL(/xong=can-cu/), page.getByRole('button', { name: 'Chọn căn cứ' }).click()]);
  const missing = page.locator('#con-thieu .completeness a');
  expect(await missing.count()).toBeGreaterThan(6);
  for (const href of await missing.evaluateAll((all) => all.map((one) => one.getAttribute('href')!))) expect({ href, found: await page.locator(href).count() }).toEqual({ href, found: 1 });
  const before = await missing.count();
  const element = page.locator('.element').first();
  await element.locator('textarea').fill('Giao diện trùng với trang thật.');
  await element.locator('.opt').first().click();
  await Promise.all([page.waitForURL(/xong=da-luu/), page.getByRole('button', { name: 'Lưu dự thảo' }).click()]);
  expect(await missing.count()).toBe(before - 2);
  expect(await element.locator('input[type=checkbox]').first().isChecked()).toBe(true);
  await context.close();
});
