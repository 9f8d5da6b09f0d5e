import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposeTransfer, recordOwnAct } from '#modules/routing/index.ts';
import { inTransaction } from '#platform/db.ts';
import { openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let office: Office;
/** Names and cookies of who looks. */
const cookies: Record<'lead' | 'police', string> = { lead: '', police: '' };
let number: string;
let code: string;

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  const police = await signIn(desk, 'cong-an-tinh', ['focal', 'case_officer', 'leader'], 'Hà Đức Long');
  cookies.police = police.cookie;
  const leader = await addOfficer(desk, 'so-vhttdl', ['case_officer', 'leader'], 'Đàm Quang Huy');
  cookies.lead = await cookieFor(desk, leader.officerId, leader.agencyId);
  const scam = (host: string) => reportOf({ category: 'scam', narrative: `Họ bảo tôi đặt cọc vay tiền tại https://${host}.example/vay rồi mất liên lạc`, idempotencyKey: `khoa-${host}-dai-them` });
  const [sent, open] = [await verifiedCase(desk, office, [scam('vay-nhanh')]), await verifiedCase(desk, office, [scam('giai-ngan')])];
  ({ number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', open.caseId).executeTakeFirstOrThrow());
  ({ code } = await inTransaction(desk, office.drafter, (tx) => proposeTransfer(desk, tx, office.drafter, {
    thing: { kind: 'case', id: sent.caseId }, toAgencyId: police.actor.agencyId, reason: 'Có dấu hiệu tội phạm lừa đảo chiếm đoạt tài sản, thuộc thẩm quyền cơ quan điều tra.', openToCoordinator: false,
  })));
  await inTransaction(desk, office.drafter, (tx) => recordOwnAct(tx, office.drafter, number, {
    doneOn: '2026-11-21', what: 'Gỡ bài giới thiệu trang này khỏi cổng thông tin của Sở.', legalBasis: null, ownPower: 'own_service', result: 'Đã gỡ lúc 15:20.', documentNumber: '',
  }));
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

const PAGES: readonly (readonly [string, 'lead' | 'police', () => string])[] = [
  ['danh-sach', 'police', () => '/can-bo/chuyen'],
  ['danh-sach-noi-gui', 'lead', () => '/can-bo/chuyen'],
  ['de-nghi', 'lead', () => `/can-bo/chuyen/moi?vu-viec=${number}`],
  ['tra-loi', 'police', () => `/can-bo/chuyen/${code}`],
  ['da-lam', 'lead', () => `/can-bo/chuyen/da-lam/${number}`],
  ['ban-giao', 'lead', () => '/can-bo/chuyen/ban-giao'],
  ['ban-giao-mot-nguoi', 'lead', () => `/can-bo/chuyen/ban-giao?can-bo=${office.drafter.officerId}`],
];

describe.each(['phone', 'desktop'] as const)('on a %s', (width) => {
  test.each(PAGES)('%s fits, is accessible and is drawn', { timeout: 60_000 }, async (name, who, path) => {
    const context = await visitor(browser, { width, javaScript: true } satisfies Look);
    const [cookie, value] = cookies[who].split(';')[0]!.split('=') as [string, string];
    await context.addCookies([{ name: cookie, value, url }]);
    const page = await context.newPage();
    expect((await page.goto(`${url}${path()}`))?.status()).toBe(200);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await page.locator('h1').count()).toBe(1);
    await picture(page, `chuyen-${name}-${width}`);
    await context.close();
  });
});

test('the receiver answers by the keyboard alone, without a script', { timeout: 60_000 }, async () => {
  const context = await visitor(browser, { width: 'phone' });
  const [cookie, value] = cookies.police.split(';')[0]!.split('=') as [string, string];
  await context.addCookies([{ name: cookie, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/can-bo/chuyen/${code}`);
  await page.focus('[name=answer][value=accept]');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForURL(/xong=da-nhan/), page.keyboard.press('Enter')]);
  expect(await page.locator('[role=status]').first().textContent()).toContain('Đã nhận');
  await context.close();
});
