/** The gate as people see it: words that raise a question, the reporter's request, the review by another officer, a certificate. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STOP_CODES, type StopCode } from '#catalogue/gate.ts';
import { answerGate } from '#modules/cases/index.ts';
import { intakeJobs, submitReport } from '#modules/intake/index.ts';
import { inTransaction } from '#platform/db.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { openOffice, PASSED, reportOf } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let cookies: Record<'first' | 'other' | 'auditor', string>;
let loaded = '';
const stops: { code: string; secret: string }[] = [];

beforeAll(async () => {
  desk = await testDesk();
  await openOffice(desk);
  const [first, other, auditor] = [await signIn(desk, 'so-vhttdl', ['intake', 'case_officer'], 'Lý Văn Đầu'), await signIn(desk, 'so-vhttdl', ['case_officer', 'reviewer'], 'Nông Thị Khác'), await signIn(desk, 'so-vhttdl', ['auditor'], 'Lê Văn Kiểm')];
  cookies = { first: first.cookie, other: other.cookie, auditor: auditor.cookie };
  const sender = await desk.owner.selectFrom('agency_name').innerJoin('agency', 'agency.id', 'agency_id').select(['agency_id', 'name']).where('key', '=', 'so-y-te').executeTakeFirstOrThrow();
  loaded = (await submitReport(desk, reportOf({
    category: 'false_emergency_alert', channel: 'edoc', senderAgencyId: sender.agency_id,
    narrative: `Trên mạng có bài chê ${sender.name} làm việc chậm trễ, nội dung xuyên tạc, ảnh hưởng uy tín lãnh đạo. Đề nghị xử lý người đăng bài.`,
  }))).code;
  for (const [index, code] of (['opinion', 'whole_profile', 'falsehood_only'] as StopCode[]).entries()) {
    const one = await submitReport(desk, reportOf({ narrative: `Trang https://nop-phat-${index}.example/vneid giả VNeID, đòi tôi nộp phạt nguội; tôi đã chuyển 2.000.000 đồng rồi mới biết bị lừa.` }));
    await inTransaction(desk, first.actor, (tx) => answerGate(desk, tx, first.actor, one.id, { ...PASSED, [code]: true }, []));
    stops.push(one);
  }
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

const NAMED = LOOKS.map((look) => [`${look.width === 'phone' ? '360' : 'desktop'}-${look.scheme}`, look] as const);

async function asOfficer(who: keyof typeof cookies, look: Look): Promise<BrowserContext> {
  const context = await visitor(browser, { ...look, javaScript: true });
  const [name, value] = cookies[who].split('=') as [string, string];
  await context.addCookies([{ name, value, url }]);
  return context;
}

async function look(context: BrowserContext, path: string, name: string, prepare?: (page: Page) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  await page.goto(url + path);
  await prepare?.(page);
  await expectAccessible(page);
  await picture(page, name);
  await page.close();
}

test('the reporter asks without a script, and sees that it waits', async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  for (const [index, stop] of stops.slice(0, 2).entries()) {
    await page.goto(`${url}/tra-cuu`);
    await page.fill('[name=code]', stop.code);
    await page.fill('[name=secret]', stop.secret);
    await page.click('button:has-text("Xem")');
    if (index === 0) await picture(page, 'gate-ask-360-light');
    await page.fill('[name=words]', index === 0 ? 'x' : 'Tôi bị mất tiền thật vì trang này, không phải tôi phê bình ai.');
    await page.click('button[value=review]');
    if (index === 1) continue;
    expect(await page.inputValue('[name=words]')).toBe('x');
    await picture(page, 'gate-ask-error-360-light');
    await page.fill('[name=words]', 'Tôi mất 2.000.000 đồng, có ảnh chuyển khoản. Đây là trang giả, không phải ý kiến của ai.');
    await page.click('button[value=review]');
    await picture(page, 'gate-asked-360-light');
  }
  expect(await page.textContent('main')).toContain('Một cán bộ khác đang xem lại');
  await context.close();
}, 60_000);

test.each(NAMED)('the officers’ pages, %s', async (name, how) => {
  const first = await asOfficer('first', how);
  await look(first, `/can-bo/phan-anh/${loaded}/cua-kiem-tra`, `gate-words-${name}`);
  await look(first, `/can-bo/xem-lai-dung/${stops[0]!.code}`, `gate-review-bar-${name}`);
  await first.close();
  const other = await asOfficer('other', how);
  await look(other, '/can-bo/xem-lai-dung', `gate-reviews-${name}`);
  await look(other, `/can-bo/xem-lai-dung/${stops[0]!.code}`, `gate-review-${name}`);
  await look(other, `/can-bo/xem-lai-dung/${stops[0]!.code}`, `gate-review-open-${name}`, async (page) => {
    await page.fill('[name=opening]', 'Được phân công xem lại đề nghị này');
    await page.click('button:has-text("Mở lời kể")');
    expect(await page.textContent('main')).toContain('nộp phạt nguội');
  });
  await other.close();
}, 60_000);

test('another officer answers all seven by keyboard and mouse, and the stop is lifted', async () => {
  const context = await asOfficer('other', { width: 'desktop' });
  const page = await context.newPage();
  await page.goto(`${url}/can-bo/xem-lai-dung/${stops[0]!.code}`);
  await page.fill('[name=opening]', 'Được phân công xem lại đề nghị này');
  await page.click('button:has-text("Mở lời kể")');
  await page.click('button:has-text("Ghi kết quả")');
  expect(await page.textContent('[role=alert]')).toContain('Trả lời câu 1');
  for (const code of STOP_CODES) await page.check(`[name=${code}][value=no]`);
  await page.fill('[name=reason]', 'Có nêu trang giả, cách lừa và số tiền đã mất.');
  await page.click('button:has-text("Ghi kết quả")');
  expect(page.url()).toContain('xong=bo-dung');
  expect(await page.textContent('main')).not.toContain(stops[0]!.code);
  await context.close();
  const reporter = await (await visitor(browser)).newPage();
  await reporter.goto(`${url}/tra-cuu`);
  await reporter.fill('[name=code]', stops[0]!.code);
  await reporter.fill('[name=secret]', stops[0]!.secret);
  await reporter.click('button:has-text("Xem")');
  expect(await reporter.textContent('main')).toContain('Có nêu trang giả, cách lừa và số tiền đã mất.');
  await picture(reporter, 'gate-lifted-360-light');
  await reporter.context().close();
}, 60_000);

test.each(NAMED)('certificates of erasure, %s', async (name, how) => {
  const now = desk.clock.now();
  desk.clock.set(new Date(now.getTime() + 31 * 86_400_000));
  await intakeJobs.find((job) => job.name === 'erase-stopped')!.run(desk, {} as never);
  desk.clock.set(now);
  const context = await asOfficer('auditor', how);
  const { id } = await desk.owner.selectFrom('erasure_certificate').select('id').executeTakeFirstOrThrow();
  await look(context, '/can-bo/xoa-du-lieu', `gate-certificates-${name}`);
  await look(context, `/can-bo/xoa-du-lieu/${id}`, `gate-certificate-${name}`);
  await context.close();
}, 60_000);
