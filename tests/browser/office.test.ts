import { createHash } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeArrival } from '#modules/channels/commands/taking.ts';
import { writeEdxml, writeStatus } from '#modules/channels/edoc/edxml.ts';
import { SAMPLE, SAMPLE_STATUS } from '#modules/channels/edoc/sample.ts';
import { noteHealth, recordArrival, type NewArrival } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { DEMO_PASSWORD } from '../../src/demo/people.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

const COUNTER = '/can-bo/tiep-nhan';
const MAILBOX = 'baocao@lachan.example';
let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
/** A trace of a case with several reports. */
let known: string;
const ids: Record<'bomb' | 'auto' | 'document', string> = { bomb: '', auto: '', document: '' };

beforeAll(async () => {
  desk = await testDesk({ LACHAN_DEMO: '1', IMAP_URL: 'imaps://baocao:x@thu.example/INBOX', MAIL_FROM: `Lá Chắn <${MAILBOX}>`, EDXML_ORGAN_ID: '000.00.98.H14', DNS_SERVERS: '127.0.0.1:9' });
  await fillDemo(desk, () => {});
  known = (await desk.owner.selectFrom('case_file').innerJoin('indicator', 'indicator.case_id', 'case_file.id').select('indicator.value').where('kind', '=', 'domain')
    .where('value', 'is not', null).where('case_file.state', '=', 'open').orderBy('report_count', 'desc').executeTakeFirstOrThrow()).value!;
  const bomb = Buffer.from(`From: bom@khac.example\r\nSubject: bom\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\nContent-Type: text/plain\r\n\r\nA\r\n'.repeat(9000)}--x--\r\n`);
  const auto = Buffer.from(`From: Nguyen Thi Hoa <hoa@nguoidan.example>\r\nTo: ${MAILBOX}\r\nSubject: Tu dong\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nToi dang nghi phep.`);
  ids.bomb = await arrived('email', 'mail', bomb);
  ids.auto = await arrived('email', 'mail', auto);
  ids.document = await arrived('edoc', 'edxml', Buffer.from(writeEdxml(SAMPLE)));
  await arrived('edoc', 'edxml', Buffer.from(writeStatus(SAMPLE_STATUS)));
  const { report_id } = await desk.owner.selectFrom('arrival').select('report_id').where('id', '=', ids.document).executeTakeFirstOrThrow();
  const officer = await desk.owner.selectFrom('officer').select('id').executeTakeFirstOrThrow();
  await desk.owner.insertInto('message').values({ report_id: report_id!, sent_by: 'desk', officer_id: officer.id, body: 'Trang nêu trong văn bản đã được xác minh là giả mạo ngân hàng. Đề nghị UBND xã thông báo tới các tổ dân phố.', at: desk.clock.now(), read_at: null }).execute();
  await noteHealth(desk, system('mailbox'), { channel: 'email', endpoint: MAILBOX, ok: false, reason: 'sign_in', detail: 'NO' });
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

async function arrived(channel: NewArrival['channel'], media: NewArrival['media'], original: Buffer): Promise<string> {
  const { id } = await recordArrival(desk, {
    channel, media, receiver: media === 'mail' ? MAILBOX : 'Nông Thị Lan', sender: null, externalKey: createHash('sha256').update(original).digest('hex'), original, officerId: null, document: null,
    arrivedAt: desk.clock.now(), facts: {},
  });
  await takeArrival(desk, id);
  return id;
}

async function signIn(look: Look = {}): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { width: 'desktop', javaScript: true, ...look });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/can-bo`);
  await page.fill('[name=thu]', 'lan@demo.example');
  await page.fill('[name=mat-khau]', DEMO_PASSWORD);
  await Promise.all([page.waitForURL(/\/can-bo/), page.keyboard.press('Enter')]);
  return { page, context };
}

/** A person at the keyboard whose every key press and filled field is counted. */
class Hands {
  actions = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(key: string): Promise<void> {
    this.actions += 1;
    await this.page.keyboard.press(key);
  }

  async write(text: string): Promise<void> {
    this.actions += 1;
    await this.page.keyboard.insertText(text);
  }

  /** Tab until a field has the focus. */
  async to(name: string): Promise<void> {
    for (let presses = 0; presses < 12; presses += 1) {
      if (await this.focused() === name) return;
      await this.press('Tab');
    }
    throw new Error(`${name} is out of reach; the focus is on ${await this.focused()}`);
  }

  focused(): Promise<string> {
    return this.page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name ?? '');
  }
}

/** Takes one call from the open form to the codes. */
async function takeCall(hands: Hands, narrative: string): Promise<void> {
  const { page } = hands;
  expect(await hands.focused()).toBe('narrative');
  await hands.write(narrative);
  await hands.to('traces');
  await hands.write('thu-phat-nguoi.example 0900 123 456');
  await hands.to('category');
  await hands.press('2');
  expect(await page.inputValue('[name=category]:checked')).toBe('phishing_impersonation');
  await hands.to('money_lost');
  await hands.write('3 triệu');
  await hands.to('happened_on');
  await hands.write('hôm qua');
  await hands.to('commune_text');
  await hands.write('thục phán');
  await hands.to('phone');
  await hands.write('0912 345 678');
  await hands.to('name');
  await hands.write('Chị Hoa');
  hands.actions += 1;
  await Promise.all([page.waitForURL(/\/xong\?t=/), page.keyboard.press('ControlOrMeta+Enter')]);
}

test('two calls one after the other, by keyboard alone, each in fewer than forty actions', { timeout: 60_000 }, async () => {
  const { page, context } = await signIn();
  await page.goto(`${url}${COUNTER}`);
  const hands = new Hands(page);
  await takeCall(hands, 'Chị kể có người gọi xưng cảnh sát giao thông, bảo nộp phạt nguội qua đường dẫn, đã chuyển 3 triệu.');
  expect(hands.actions).toBeLessThan(40);
  const first = await page.locator('.said').textContent();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Cuộc tiếp theo');
  await Promise.all([page.waitForURL(/kenh=phone/), page.keyboard.press('Enter')]);
  const again = new Hands(page);
  await takeCall(again, 'Cuộc thứ hai, cùng một đường dẫn phạt nguội, người gọi là anh chạy xe tải.');
  expect(again.actions).toBeLessThan(40);
  const second = await page.locator('.said').textContent();
  expect(second).not.toBe(first);
  const taken = await desk.owner.selectFrom('report').select(['code', 'channel', 'happened_on', 'money_lost', 'commune_code']).where('code', 'in', [first!, second!]).execute();
  expect(taken.map(({ code: _, ...facts }) => facts)).toEqual([1, 2].map(() => ({ channel: 'phone', happened_on: '2026-11-21', money_lost: 3_000_000, commune_code: '01273' })));
  await context.close();
});

test('Enter in the traces tells what is known and keeps the rest; the same without any script', { timeout: 60_000 }, async () => {
  for (const javaScript of [true, false]) {
    const { page, context } = await signIn({ javaScript });
    await page.goto(`${url}${COUNTER}`);
    await page.fill('[name=narrative]', 'Người gọi đọc cho nghe một đường dẫn lạ.');
    await page.fill('[name=traces]', `https://${known}/dang-nhap`);
    await page.check('[value=scam]', { force: true });
    await page.check('#s-scam-otp_given');
    await page.focus('[name=traces]');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    const note = page.locator('.call.look');
    expect(await note.textContent()).toMatch(/VV-04-\d{4}-\d{4}.*\d+ phản ánh/);
    expect(await page.inputValue('[name=narrative]')).toBe('Người gọi đọc cho nghe một đường dẫn lạ.');
    expect(await page.isChecked('[value=scam]')).toBe(true);
    expect(await page.isChecked('#s-scam-otp_given')).toBe(true);
    await context.close();
  }
});

test('what to read to the caller follows the category, then the situation; letters have their own fields', { timeout: 60_000 }, async () => {
  const { page, context } = await signIn({ javaScript: false });
  await page.goto(`${url}${COUNTER}`);
  const shown = () => page.locator('.aids ol:visible').count();
  expect(await shown()).toBe(0);
  await page.check('[value=scam]', { force: true });
  expect(await shown()).toBe(1);
  expect(await page.locator('.aid-scam ol:visible li').count()).toBeLessThanOrEqual(3);
  await page.check('#s-scam-otp_given');
  expect(await shown()).toBe(1);
  expect(await page.locator('.aids ol:visible').textContent()).toContain('khóa ngân hàng điện tử');
  expect(await page.locator('[name=scans]').isVisible()).toBe(false);
  await page.check('[value=post]', { force: true });
  expect(await page.locator('[name=scans]').isVisible()).toBe(true);
  await Promise.all([page.waitForEvent('load'), page.click('[value=so]')]);
  expect(await page.inputValue('[name=document]')).toBe('2'); // The demo has entered one.
  await context.close();
});


describe.each(LOOKS)('on a $width screen, $scheme', (look) => {
  test('every page is accessible and fits', { timeout: 120_000 }, async () => {
    const { page, context } = await signIn(look);
    const suffix = `${look.width === 'phone' ? '360' : 'desktop'}-${look.scheme}`;
    const seen = async (name: string) => {
      await expectAccessible(page);
      await picture(page, `office-${name}-${suffix}`);
    };
    await page.goto(`${url}${COUNTER}`);
    await seen('counter-empty');
    await page.fill('[name=narrative]', 'Bác kể có người gọi xưng ngân hàng, bảo đọc mã OTP để nhận tiền hỗ trợ, đã mất 12 triệu trong tài khoản.');
    await page.fill('[name=traces]', known);
    await page.check('[value=scam]', { force: true });
    await page.check('#s-scam-otp_given');
    await page.fill('[name=money_lost]', '12 triệu');
    await Promise.all([page.waitForEvent('load'), page.click('[value=xem]')]);
    await seen('counter-known');
    await page.check('[value=post]', { force: true });
    await page.fill('[name=money_lost]', 'rất nhiều');
    await page.fill('[name=document]', '0');
    await Promise.all([page.waitForEvent('load'), page.click('[value=gui]')]);
    await page.fill('[name=document]', '');
    await Promise.all([page.waitForEvent('load'), page.click('[value=gui]')]);
    await seen('counter-errors');
    await page.fill('[name=money_lost]', '12 triệu');
    await Promise.all([page.waitForURL(/xong/), page.click('[value=gui]')]);
    await seen('counter-taken');
    for (const [name, path] of [
      ['channels', '/can-bo/kenh'], ['quarantine', '/can-bo/kenh/cach-ly'], ['quarantine-aside', '/can-bo/kenh/cach-ly?muc=de-rieng'], ['quarantine-empty', '/can-bo/kenh/cach-ly?muc=cho-lau'],
      ['quarantined', `/can-bo/kenh/cach-ly/${ids.bomb}`], ['set-aside', `/can-bo/kenh/cach-ly/${ids.auto}`], ['documents', '/can-bo/van-ban'], ['document', `/can-bo/van-ban/${ids.document}`],
      ['figures-empty', '/can-bo/so-lieu?thu-hoi=1'],
    ] as const) {
      await page.goto(`${url}${path}`);
      await seen(name);
    }
    await page.goto(`${url}/can-bo/so-lieu`);
    if (await page.locator('#them[open]').count() === 0) await page.click('#them > summary');
    await page.selectOption('[name=kind]', 'c2_connections');
    await page.selectOption('[name=qualifier]', 'more_than');
    await page.fill('[name=value]', '42.000');
    await page.fill('[name=from]', '01/10/2026');
    await page.fill('[name=to]', '31/10/2026');
    await page.fill('[name=source]', 'Trung tâm giám sát an ninh mạng tỉnh');
    await Promise.all([page.waitForURL(/xong=/), page.click('text=Thêm số liệu')]);
    await seen('figures');
    await context.close();
  });
});
