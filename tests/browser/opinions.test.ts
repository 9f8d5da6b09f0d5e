import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOpinion, enterPaper, type Answering } from '#modules/opinions/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
import { openOffice, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { ask, asking, runOpinionJob } from '../support/opinions.ts';
import { addOfficer } from '../support/people.ts';

let desk: TestDesk;
let office: Office;
let science: OfficerActor;
let browser: Browser;
let served: { url: string; close: () => void };
let number: string;
let first: { code: string; opinions: Record<string, string> };
let second: { code: string; opinions: Record<string, string> };

const answering = (answer: string, reasons = '', more: Partial<Answering> = {}): Answering => ({ answer, reasons, onPoints: [], insteadAgencyId: null, insteadText: '', documentNumber: '', documentOn: null, ...more });

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  science = await addOfficer(desk, 'so-khcn', ['focal', 'case_officer'], 'Hứa Văn Khoa');
  const { caseId } = await verifiedCase(desk, office);
  ({ number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow());
  first = await ask(desk, office.drafter, await asking(desk, caseId, {}, ['cong-an-tinh', 'so-khcn', 'so-tu-phap']));
  await answerOpinion(desk, science, first.code, answering('disagree', 'Thời hạn 30 ngày là quá dài so với mức độ của vụ việc.', { onPoints: ['', 'Đề nghị 15 ngày'] }), []);
  await enterPaper(desk, office.clerk, first.opinions['cong-an-tinh']!, answering('agree', '', { documentNumber: '88/CAT-ANM', documentOn: '2026-11-20' }), []);
  second = await ask(desk, office.drafter, await asking(desk, caseId, { follows: first.code, draftText: 'Điều 1. Thời hạn 15 ngày.' }, ['cong-an-tinh', 'so-khcn', 'so-tu-phap']));
  await answerOpinion(desk, office.stranger, second.code, answering('agree_with_changes', 'Bổ sung căn cứ của Bộ Công an.'), []);
  desk.clock.set(new Date('2026-12-01T02:00:00Z'));
  await runOpinionJob(desk, 'lapse-opinions');
  browser = await launchBrowser();
  served = await serveDesk(desk);
}, 90_000);
afterAll(async () => {
  served?.close();
  await browser?.close();
});

/** Opens a page as an officer in both widths, checks it and keeps its picture. */
async function look(actor: OfficerActor, path: string, name: string, then: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  for (const width of ['phone', 'desktop'] as const) {
    const context = await visitor(browser, { width, javaScript: true });
    const [cookie, value] = (await cookieFor(desk, actor.officerId, actor.agencyId)).split('=') as [string, string];
    await context.addCookies([{ name: cookie, value, url: served.url }]);
    const page = await context.newPage();
    expect((await page.goto(served.url + path))?.status()).toBe(200);
    await then(page);
    await expectAccessible(page);
    await picture(page, `${name}-${width}`);
    await context.close();
  }
}

it('lists what we were asked and what we asked', async () => {
  await look(science, '/can-bo/y-kien', 'opinions-asked-of-us');
  await look(office.drafter, '/can-bo/y-kien?muc=da-hoi', 'opinions-asked-by-us');
  await look(office.clerk, '/can-bo/y-kien', 'opinions-empty');
}, 120_000);

it('asks on one page', async () => {
  await look(office.drafter, `/can-bo/y-kien/moi?vu-viec=${number}`, 'opinions-ask');
  await look(office.drafter, `/can-bo/vu-viec/${number}`, 'opinions-case');
}, 120_000);

it('answers on one page', async () => {
  await look(science, `/can-bo/y-kien/${second.code}/tra-loi`, 'opinions-give');
  await look(science, `/can-bo/y-kien/${second.code}/tra-loi`, 'opinions-give-errors', async (page) => {
    await page.check('input[name="answer"][value="not_competent"]');
    await page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await page.waitForSelector('.errs');
  });
}, 120_000);

it('shows a request to who asked and to who was asked', async () => {
  await look(office.drafter, `/can-bo/y-kien/${second.code}`, 'opinions-one');
  await look(science, `/can-bo/y-kien/${first.code}`, 'opinions-own');
  await look(office.drafter, `/can-bo/y-kien/${second.code}/co-quan/${second.opinions['so-tu-phap']}`, 'opinions-agency', (page) => page.locator('summary', { hasText: 'Nhập ý kiến bằng văn bản giấy' }).click());
}, 120_000);
