import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdrawDecision } from '#modules/decisions/index.ts';
import { addRecipient } from '#modules/directory/index.ts';
import { accessSecret, dispatchNotice } from '#modules/notices/index.ts';
import type { Said } from '#modules/notices/types.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { DEMO_RECIPIENTS } from '../../src/demo/notices.ts';
import { EFFECTS } from '../../src/modules.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
import { openOffice, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { approve, noticeDraft, runJob } from '../support/notices.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let office: Office;
let browser: Browser;
let served: { url: string; close: () => void };
let keeper: OfficerActor;
let told: { id: string; decision_id: string; access_id: string; affected_id: string; says: Said };
let open: { id: string };

async function made(kind: 'NOTICE_REGISTRAR' | 'NOTICE_BANK', recipients: readonly string[]): Promise<string> {
  const { id } = await noticeDraft(desk, office, kind, recipients);
  await approve(desk, office, id);
  for (const row of await desk.owner.selectFrom('notice').select('id').where('decision_id', '=', id).execute()) await runJob(desk, 'render-notice', { noticeId: row.id });
  return id;
}

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  keeper = (await signIn(desk, 'so-vhttdl', ['administrator'])).actor;
  await inTransaction(desk, system('test'), async (tx) => {
    for (const recipient of DEMO_RECIPIENTS) await addRecipient(tx, system('test'), recipient);
  });
  const of = async (kind: 'registrar' | 'bank') => (await desk.owner.selectFrom('recipient').select('id').where('kind', '=', kind).orderBy('name').execute()).map((row) => row.id);
  const first = await made('NOTICE_REGISTRAR', await of('registrar'));
  const bank = await made('NOTICE_BANK', await of('bank'));
  told = await desk.owner.selectFrom('notice').select(['id', 'decision_id', 'access_id', 'affected_id', 'says']).where('decision_id', '=', first).executeTakeFirstOrThrow() as never;
  open = await desk.owner.selectFrom('notice').select('id').where('decision_id', '=', bank).executeTakeFirstOrThrow();
  await inTransaction(desk, office.clerk, (tx) => dispatchNotice(tx, office.clerk, told.id, { number: '120/SVHTTDL-QLTT', on: '2026-11-22' }));
  browser = await launchBrowser();
  served = await serveDesk(desk);
}, 90_000);
afterAll(async () => {
  served?.close();
  await browser?.close();
});

const WIDTHS = ['phone', 'desktop'] as const;

/** Opens a page as an officer in both widths, checks it and keeps its picture. */
async function look(actor: OfficerActor, path: string, name: string, then: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  for (const width of WIDTHS) {
    const context = await visitor(browser, { width, javaScript: true });
    const [cookie, value] = (await cookieFor(desk, actor.officerId, actor.agencyId)).split('=') as [string, string];
    await context.addCookies([{ name: cookie, value, url: served.url }]);
    const page = await context.newPage();
    const answer = await page.goto(served.url + path);
    expect({ path, status: answer!.status() }).toEqual({ path, status: 200 });
    await then(page);
    await expectAccessible(page);
    await picture(page, `${name}-${width === 'phone' ? '360' : 'desktop'}-light`);
    await context.close();
  }
}

describe('screens of notices', () => {
  it('lists what is to be sent, awaited and done', async () => {
    await look(office.drafter, '/can-bo/thong-bao', 'thong-bao-danh-sach');
    await look(office.drafter, '/can-bo/thong-bao?muc=cho-ket-qua', 'thong-bao-cho');
    await look(office.drafter, '/can-bo/thong-bao?muc=qua-han', 'thong-bao-trong');
  }, 120_000);

  it('shows one to be sent and one whose effect is awaited', async () => {
    await look(office.drafter, `/can-bo/thong-bao/${open.id}`, 'thong-bao-can-gui');
    await look(office.drafter, `/can-bo/thong-bao/${told.id}`, 'thong-bao-da-gui');
    await look(office.drafter, `/can-bo/thong-bao/${told.id}`, 'thong-bao-sai', async (page) => {
      await page.getByRole('button', { name: 'Ghi kết quả' }).click();
      await page.waitForSelector('[role=alert]');
    });
  }, 120_000);

  it('shows who is told of a decision, and the delay of a draft', async () => {
    const { id } = await noticeDraft(desk, office, 'NOTICE_REGISTRAR', []);
    await look(office.drafter, `/can-bo/quyet-dinh/${told.decision_id}/thong-bao`, 'thong-bao-quyet-dinh');
    await look(office.drafter, `/can-bo/quyet-dinh/${id}/thong-bao`, 'thong-bao-hoan');
  }, 120_000);

  it('keeps the register of recipients', async () => {
    await look(keeper, '/can-bo/noi-nhan', 'noi-nhan', async (page) => page.locator('summary').first().click());
  }, 120_000);
});

describe('the page of a party', () => {
  async function partyLook(code: string, accessId: string, name: string, prefix = ''): Promise<void> {
    for (const width of WIDTHS) {
      const context = await visitor(browser, { width, javaScript: true });
      const page = await context.newPage();
      await page.goto(`${served.url}${prefix}/quyet-dinh?ma=${code}`);
      await expectAccessible(page);
      await picture(page, `${name}-ma-${width === 'phone' ? '360' : 'desktop'}-light`);
      await page.getByRole('textbox').nth(1).fill(accessSecret(desk, accessId));
      await page.locator('main form button').first().click();
      await page.waitForSelector('dl');
      await expectAccessible(page);
      await picture(page, `${name}-${width === 'phone' ? '360' : 'desktop'}-light`);
      await context.close();
    }
  }

  it('for the recipient, the person affected, in English, and after a withdrawal', async () => {
    await partyLook(told.says.code, told.access_id, 'quyet-dinh-noi-nhan');
    await partyLook(told.says.affectedCode!, told.affected_id, 'quyet-dinh-nguoi-lien-quan');
    await partyLook(told.says.affectedCode!, told.affected_id, 'quyet-dinh-en', '/en');
    await inTransaction(desk, office.leader, (tx) => withdrawDecision(desk, tx, office.leader, told.decision_id, 'Trang đã bị gỡ.', EFFECTS));
    await partyLook(told.says.affectedCode!, told.affected_id, 'quyet-dinh-da-rut');
  }, 120_000);
});
