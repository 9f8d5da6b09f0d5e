import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { decideChange, proposeChange } from '#modules/law/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
import { BASIS, completeDraft, openOffice, PASSED, reportOf, verifiedCase } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

const HOME = '/can-bo/phap-luat';
let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let legal: OfficerActor;
let leader: OfficerActor;
let drafter: OfficerActor;
let proposal: string;
let draft: string;

beforeAll(async () => {
  desk = await testDesk();
  const office = await openOffice(desk);
  ({ leader, drafter } = office);
  legal = await addOfficer(desk, 'so-vhttdl', ['legal'], 'Hoàng Thị Yến');
  const propose = (kind: 'end_basis' | 'correct_basis' | 'mark_checked', target: string, content: Record<string, unknown>) =>
    inTransaction(desk, legal, (tx) => proposeChange(tx, legal, { kind, target, content, reason: 'Nghị định 85/2027/NĐ-CP, Công báo số 101+102, trang 14.' }));
  const { caseId } = await verifiedCase(desk, office);
  const id = await completeDraft(desk, office, caseId);
  await inTransaction(desk, drafter, (tx) => submitDraft(tx, drafter, id));
  await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
  draft = await completeDraft(desk, office, (await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả ở https://khac.example/otp' })])).caseId);
  for (const [kind, content] of [['mark_checked', { checkedOn: '2026-11-20', checkedBy: 'Luật sư Nguyễn Thị Mẫu' }], ['end_basis', { validTo: '2026-12-31' }]] as const) {
    const change = await propose(kind, BASIS.code, content);
    await inTransaction(desk, leader, (tx) => decideChange(tx, leader, change, { outcome: 'approved', reason: 'Đã đối chiếu với Công báo.' }));
  }
  proposal = await propose('correct_basis', BASIS.code, {
    whatVi: 'Thiết lập, sử dụng trang, tài khoản, giao diện làm nhầm lẫn với chủ thể khác', whatEn: BASIS.what.en, elements: BASIS.elements.map(({ code, label }) => ({ code, ...label })),
  });
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser.close();
  close();
});

async function open(officer: OfficerActor, width: 'phone' | 'desktop'): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { width, javaScript: true });
  const [name, value] = (await cookieFor(desk, officer.officerId, officer.agencyId)).split(/=(.*)/s) as [string, string];
  await context.addCookies([{ name, value, url }]);
  return { page: await context.newPage(), context };
}

const PAGES = [
  ['list', () => HOME, () => legal], ['document', () => `${HOME}/van-ban/N330`, () => legal], ['basis', () => `${HOME}/${BASIS.code}`, () => legal],
  ['propose', () => `${HOME}/de-xuat?viec=add_basis&muc=N330`, () => legal], ['propose-document', () => `${HOME}/de-xuat?viec=add_document`, () => legal],
  ['proposal-own', () => `${HOME}/de-xuat/${proposal}`, () => legal], ['proposal', () => `${HOME}/de-xuat/${proposal}`, () => leader],
] as const;

test.each(PAGES)('%s can be read and used on a phone and on a desk', { timeout: 60_000 }, async (name, path, officer) => {
  for (const width of ['phone', 'desktop'] as const) {
    const { page, context } = await open(officer(), width);
    await page.goto(url + path());
    await expectAccessible(page);
    await picture(page, `law-${name}-${width}`);
    await context.close();
  }
});

test('a draft says that its law ends before the measure', { timeout: 60_000 }, async () => {
  const { page, context } = await open(drafter, 'phone');
  await page.goto(`${url}/can-bo/quyet-dinh/${draft}`);
  await expectAccessible(page);
  expect(await page.textContent('#can-cu')).toContain('hết hiệu lực ngày 31/12/2026, trước ngày cuối của biện pháp');
  await context.close();
});

test('a legal officer proposes from the page of a provision; what is wrong stays on the page', { timeout: 60_000 }, async () => {
  const { page, context } = await open(legal, 'desktop');
  await page.goto(`${url}${HOME}/L116.7.2.đ/scam`);
  await page.click('text=Ghi ngày hết hiệu lực của điều khoản');
  await page.fill('[name=validTo]', '31/13/2027');
  await page.fill('[name=reason]', 'Luật mới thay thế, Công báo số 5.');
  await page.click('text=Gửi đề xuất');
  await expectAccessible(page);
  await picture(page, 'law-propose-wrong');
  expect([await page.inputValue('[name=validTo]'), await page.inputValue('[name=reason]')]).toEqual(['31/13/2027', 'Luật mới thay thế, Công báo số 5.']);
  await page.fill('[name=validTo]', '31/12/2027');
  await Promise.all([page.waitForURL(/xong=de-xuat/), page.click('text=Gửi đề xuất')]);
  expect(await page.textContent('main')).toContain('31/12/2027');
  await context.close();
});
