/** What officers are told: the page, the settings, the mail by the clock, and the webhooks of agencies; never more than a code and a link. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isDueAtOnce, isDueInDigest } from '#core/news.ts';
import { createWebhook } from '#modules/channels/commands/webhooks.ts';
import { deliverDue } from '#modules/channels/jobs/webhooks.ts';
import { endRole, setDisabled } from '#modules/identity/index.ts';
import { notify, type News } from '#modules/notifications/index.ts';
import { claimMail, MAIL_RETRIES, MAILER, MOST_IN_MAIL } from '#modules/notifications/commands.ts';
import { mailNews } from '#modules/notifications/jobs.ts';
import { newsMail } from '#modules/notifications/mail.ts';
import { endTask, openTask } from '#modules/tasks/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { writeJournal } from '#platform/journal.ts';
import { inTransaction } from '#platform/db.ts';
import { messages } from '#web/i18n/index.ts';
import { JOBS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser, unescapeHtml } from '../support/browser.ts';
import { openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';
import { smtpSink, type SmtpSink } from '../support/smtp.ts';

/** In every text of the case that this file works on; never in a mail. */
const MARKER = 'mậtngữhồsơ';
/** Monday 23/11/2026 is worked, 24/11 is a holiday, the 28th and 29th are a weekend. */
const at = (text: string) => desk.clock.set(new Date(`${text}:00+07:00`));
const later = (minutes: number) => desk.clock.set(new Date(desk.clock.now().getTime() + minutes * 60_000));

let desk: TestDesk;
let smtp: SmtpSink;
let app: Hono;
let office: Office;
let caseId: string;
let focal: OfficerActor;
let taken = 0;

beforeAll(async () => {
  smtp = await smtpSink();
  desk = await testDesk({ SMTP_URL: smtp.url, BASE_URL: 'https://lachan.example', WEBHOOK_PRIVATE: '1', MAIL_FROM: 'Lá Chắn <lachan@lachan.example>' });
  office = await openOffice(desk);
  app = await webApp(desk, 1e6);
  ({ caseId } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả ở https://trang-gia.example/otp, người kể nói ${MARKER}.`, contact: { email: 'nguoi-ke@hop-thu.example', name: `Bà ${MARKER}` } as never })]));
  await sql`update case_file set title = ${`Trang giả ${MARKER}`}`.execute(desk.owner);
  focal = await addOfficer(desk, 'cong-an-tinh', ['focal'], 'Hà Đức Long');
}, 60_000);

afterAll(async () => {
  // The last word over all mails of this file, of whatever test: nothing of the case, of its reporter, or of people.
  expect(smtp.mails.length).toBeGreaterThan(10);
  for (const mail of smtp.mails) expect([...mail.headers.values(), mail.text].join('\n')).not.toMatch(/mậtngữ|Trang giả|Nông Thị Lan|Hà Đức Long|hop-thu/);
  await smtp.close();
});

beforeEach(async () => {
  at('2026-11-23T09:00');
  taken = smtp.mails.length;
  await sql`delete from notification`.execute(desk.owner);
  await sql`delete from notification_setting`.execute(desk.owner);
});

const mails = () => smtp.mails.slice(taken);
const rows = () => desk.owner.selectFrom('notification').selectAll().orderBy('id').execute();
const now = () => mailNews(desk, isDueAtOnce);
const digest = () => mailNews(desk, isDueInDigest);
const addressOf = async ({ officerId }: OfficerActor) => (await desk.owner.selectFrom('officer').select('email').where('id', '=', officerId).executeTakeFirstOrThrow()).email;

function tell(who: OfficerActor, news: Partial<News> = {}): Promise<number> {
  return inTransaction(desk, system('test'), (tx) => notify(tx, { agencyId: who.agencyId, officerId: who.officerId, kind: 'task_opinion', code: 'YK-04-2026-0001', href: '/can-bo/y-kien/YK-04-2026-0001', ...news }));
}

async function browserOf({ officerId, agencyId: agency }: OfficerActor): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  browser.cookies.set(...((await cookieFor(desk, officerId, agency)).split('=') as [string, string]));
  return browser;
}

/** Which kinds there are: the contract between the rooms. */
const KINDS = `task_opinion task_transfer task_action task_letter task_shared task_hand_over task_other task_due_soon task_overdue task_escalated task_paused opinion_answered
  opinion_overdue opinion_withdrawn meeting_invited meeting_changed meeting_cancelled meeting_concluded transfer_proposed transfer_accepted transfer_refused transfer_withdrawn taken_over
  handed_over share_new share_recalled pack_ready pack_read pack_recalled document_numbered alert_new alert_answered own_act`.split(/\s+/);

test('every kind has one sentence of its own with its code, in both languages', () => {
  for (const lang of ['vi', 'en'] as const) {
    const { kinds } = messages(lang).news;
    expect(Object.keys(kinds).sort()).toEqual(KINDS.toSorted());
    const said = Object.values(kinds).map((words) => words('YK-04-2026-0001'));
    expect(new Set(said).size).toBe(KINDS.length);
    for (const words of said) expect(words).toMatch(/^[^\n]*YK-04-2026-0001[^\n]*\.$/);
  }
});

describe('the page', () => {
  test('shows what is unread by code, counts it in the list and above, and marks nothing when opened', async () => {
    await tell(focal);
    await tell(focal, { kind: 'share_new', urgent: true });
    await tell(focal, { kind: 'meeting_invited', code: 'HP-04-2026-0002', href: '/can-bo/hop/HP-04-2026-0002' });
    const browser = await browserOf(focal);
    const { html } = await browser.get('/can-bo/tin');
    for (const said of ['2 tin về YK-04-2026-0001', '1 tin về HP-04-2026-0002', 'Được mời dự cuộc họp HP-04-2026-0002.', 'href="/can-bo/y-kien/YK-04-2026-0001"', 'Khẩn']) expect(html).toContain(said);
    expect(html).toMatch(/class="to-news" href="\/can-bo\/tin" title="3 tin chưa đọc"[^>]*>.*?<b class="tag rose">3<\/b>/s);
    expect(html).toMatch(/<span>Tin mới<\/span><b>3<\/b>/);
    await browser.get('/can-bo/tin');
    expect((await rows()).map(({ read_at }) => read_at)).toEqual([null, null, null]);
    expect((await browser.get('/can-bo/phap-luat')).html).toContain('title="3 tin chưa đọc"');
  });

  test('marks one code as read by a button, everything by another, and nothing that came after it was shown', async () => {
    await tell(focal);
    await tell(focal, { kind: 'share_new' });
    await tell(focal, { kind: 'meeting_invited', code: 'HP-04-2026-0002', href: '/can-bo/hop/HP-04-2026-0002' });
    const browser = await browserOf(focal);
    const shown = (await rows()).at(-1)!.id;
    const group = (await rows())[1]!.id;
    expect((await browser.post('/can-bo/tin/da-doc', { ma: 'YK-04-2026-0001', den: group })).location).toBe('/can-bo/tin?xong=da-doc');
    expect((await rows()).map(({ read_at }) => read_at !== null)).toEqual([true, true, false]);
    expect((await browser.get('/can-bo/tin?xong=da-doc')).html).toMatch(/Đã đánh dấu.*Đã đọc gần đây/s);
    await tell(focal, { kind: 'own_act', code: 'VV-04-2026-0003', href: '/can-bo/phoi-hop/VV-04-2026-0003' });
    await browser.post('/can-bo/tin/da-doc', { 'tat-ca': '1', den: shown });
    expect((await rows()).map(({ code, read_at }) => [code, read_at !== null])).toEqual([['YK-04-2026-0001', true], ['YK-04-2026-0001', true], ['HP-04-2026-0002', true], ['VV-04-2026-0003', false]]);
    for (const den of ['', 'x', "'; drop"]) expect((await browser.post('/can-bo/tin/da-doc', { 'tat-ca': '1', den })).status).toBe(404);
  });

  test('is one’s own: of another officer, another agency and an agency’s system nothing is seen or marked', async () => {
    await tell(focal);
    const [row] = await rows();
    const colleague = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    const other = await browserOf(colleague);
    expect((await other.get('/can-bo/tin')).html).not.toContain('YK-04-2026-0001');
    await other.post('/can-bo/tin/da-doc', { 'tat-ca': '1', den: row!.id });
    expect((await rows())[0]!.read_at).toBeNull();
    const system_ = { kind: 'agency', agencyId: focal.agencyId, tokenId: '01999999-9999-7999-8999-999999999999' } as const;
    for (const actor of [colleague, system_, { kind: 'public' } as const]) expect(await inTransaction(desk, actor, (tx) => tx.selectFrom('notification').select('id').execute())).toEqual([]);
  });

  test('says that something waits at another agency one works for', async () => {
    const both = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    const vnpt = await agencyId(desk, 'vnpt');
    await desk.owner.insertInto('officer_role').values({ officer_id: both.officerId, agency_id: vnpt, role: 'focal', valid_from: '2020-01-01', valid_to: null }).execute();
    await tell({ ...both, agencyId: vnpt });
    const { html } = await (await browserOf(both)).get('/can-bo/tin');
    expect(html).toContain('Còn 1 tin chưa đọc ở cơ quan khác');
    expect(html).not.toContain('YK-04-2026-0001');
  });

  test('counts no further than 99', async () => {
    for (let n = 0; n < 101; n += 1) await tell(focal, { code: `YK-04-2026-${n}` });
    const { html } = await (await browserOf(focal)).get('/can-bo/tai-khoan/tin');
    expect(html).toContain('<b class="tag rose">99+</b>');
  });

  test('in the database: an officer marks as read, now, and cannot undo it, nor say it was mailed', async () => {
    await tell(focal);
    const as = (statement: string) => inTransaction(desk, focal, (tx) => sql.raw(statement).execute(tx));
    await expect(as(`update notification set mailed_at = desk_now()`)).rejects.toThrow(/marks unread news as read/);
    await expect(as(`update notification set read_at = '2026-01-01'`)).rejects.toThrow(/marks unread news as read/);
    await as('update notification set read_at = desk_now()');
    await expect(as('update notification set read_at = null')).rejects.toThrow(/marks unread news as read/);
    await expect(as(`update notification set kind = 'own_act'`)).rejects.toThrow(/permission denied/);
  });
});

describe('how to be told', () => {
  const FORM = { ngay: 'all', 'tom-tat': 'weekly', gio: '9', 'yen-tu': '18', 'yen-den': '6', 'khan-yen': '1' };

  test('begins with urgent at once and a digest at 08:00, and is kept as chosen', async () => {
    const browser = await browserOf(focal);
    const before = unescapeHtml((await browser.get('/can-bo/tai-khoan/tin')).html);
    for (const chosen of [/value="urgent"[^>]*checked/, /value="daily"[^>]*checked/, /<option value="8"[^>]*selected/, /<option value="19"[^>]*selected/, /<option value="7"[^>]*selected/]) expect(before).toMatch(chosen);
    expect(before).toContain(await addressOf(focal));
    expect((await browser.post('/can-bo/tai-khoan/tin', FORM)).location).toBe('/can-bo/tai-khoan/tin?xong=luu');
    expect(await desk.owner.selectFrom('notification_setting').selectAll().execute()).toEqual([{
      officer_id: focal.officerId, immediate: 'all', digest: 'weekly', digest_hour: 9, quiet_from: 18, quiet_to: 6, urgent_in_quiet: true, changed_at: desk.clock.now(),
    }]);
    const after = (await browser.get('/can-bo/tai-khoan/tin?xong=luu')).html;
    for (const chosen of [/Đã lưu cách nhận tin/, /value="weekly"[^>]*checked/, /name="khan-yen"[^>]*checked/]) expect(after).toMatch(chosen);
    expect((await browser.get('/can-bo/tai-khoan')).html).toContain('href="/can-bo/tai-khoan/tin"');
  });

  test('refuses a digest in the quiet hours, on the screen and in the database, and keeps what was typed', async () => {
    const browser = await browserOf(focal);
    const refused = await browser.post('/can-bo/tai-khoan/tin', { ...FORM, gio: '5' });
    expect([refused.status, refused.html.includes('nằm trong giờ yên lặng'), /<option value="5"[^>]*selected/.test(refused.html), /value="weekly"[^>]*checked/.test(refused.html)]).toEqual([422, true, true, true]);
    for (const [field, value] of [['ngay', 'always'], ['tom-tat', ''], ['gio', '24'], ['yen-tu', '-1'], ['yen-den', '9'.repeat(400)]]) expect([field, (await browser.post('/can-bo/tai-khoan/tin', { ...FORM, [field!]: value! })).status]).toEqual([field, 422]);
    expect(await desk.owner.selectFrom('notification_setting').selectAll().execute()).toEqual([]);
    const insert = (hour: number, from: number, to: number) => inTransaction(desk, focal, (tx) => tx.insertInto('notification_setting')
      .values({ officer_id: focal.officerId, immediate: 'all', digest: 'daily', digest_hour: hour, quiet_from: from, quiet_to: to, urgent_in_quiet: false, changed_at: tx.now }).execute());
    for (const [hour, from, to] of [[5, 19, 7], [19, 19, 7], [12, 12, 13]] as const) await expect(insert(hour, from, to)).rejects.toThrow(/digest_not_in_quiet/);
    await expect(insert(7, 19, 7)).resolves.toBeDefined();
    await expect(inTransaction(desk, office.stranger, (tx) => tx.updateTable('notification_setting').set({ immediate: 'none' }).executeTakeFirst())).resolves.toMatchObject({ numUpdatedRows: 0n });
  });
});

async function rule(who: OfficerActor, changes: Partial<{ immediate: 'urgent' | 'all' | 'none'; digest: 'daily' | 'weekly' | 'none'; digest_hour: number; quiet_from: number; quiet_to: number; urgent_in_quiet: boolean }>): Promise<void> {
  await desk.owner.insertInto('notification_setting').values({
    officer_id: who.officerId, immediate: 'urgent', digest: 'daily', digest_hour: 8, quiet_from: 19, quiet_to: 7, urgent_in_quiet: false, changed_at: desk.clock.now(), ...changes,
  }).execute();
}

describe('mail', () => {
  test('tells urgent news after a minute, several in one letter: sentence, code, link, nothing else', async () => {
    await tell(focal, { urgent: true });
    expect(await now()).toBe(0);
    await tell(focal, { kind: 'share_new', urgent: true });
    await tell(focal, { kind: 'opinion_answered', urgent: false });
    later(1);
    expect(await now()).toBe(1);
    const [mail] = mails();
    expect(mail!.to).toEqual([await addressOf(focal)]);
    expect(Object.fromEntries(['subject', 'auto-submitted', 'content-type'].map((name) => [name, mail!.headers.get(name)]))).toEqual({ subject: 'Lá Chắn: 2 việc mới', 'auto-submitted': 'auto-generated', 'content-type': 'text/plain; charset=utf-8' });
    expect(mail!.headers.get('message-id')).toMatch(/^<news-[0-9a-f]{32}@lachan\.example>$/);
    expect(mail!.text.trimEnd()).toBe(`Có 2 tin mới trên bàn điều phối.

- Được hỏi ý kiến về YK-04-2026-0001.
  https://lachan.example/can-bo/y-kien/YK-04-2026-0001
- Được chia sẻ tài liệu trong YK-04-2026-0001.
  https://lachan.example/can-bo/y-kien/YK-04-2026-0001

Tất cả tin: https://lachan.example/can-bo/tin

-- 
Thư này chỉ có mã và đường dẫn; phải đăng nhập mới xem được. Mở đường dẫn không làm thay đổi gì.
Đổi giờ nhận thư hoặc tắt thư: https://lachan.example/can-bo/tai-khoan/tin`);
    later(10);
    expect(await now()).toBe(0);
    expect((await rows()).map(({ urgent, mailed_at, read_at }) => [urgent, mailed_at !== null, read_at])).toEqual([[true, true, null], [true, true, null], [false, false, null]]);
  });

  test('tells the rest at 08:00 of the next working day, in the officer’s language', async () => {
    await desk.owner.updateTable('officer').set({ language: 'en' }).where('id', '=', focal.officerId).execute();
    await tell(focal);
    for (const moment of ['2026-11-23T18:45', '2026-11-24T08:00', '2026-11-24T12:00', '2026-11-25T07:45']) {
      at(moment);
      expect([moment, await now(), await digest()]).toEqual([moment, 0, 0]);
    }
    at('2026-11-25T08:00');
    expect(await digest()).toBe(1);
    expect([mails()[0]!.headers.get('subject'), mails()[0]!.text.includes('Your opinion is asked on YK-04-2026-0001.')]).toEqual(['Lá Chắn: 1 new item', true]);
    await tell(focal, { kind: 'share_new' });
    at('2026-11-25T10:00');
    expect(await digest()).toBe(0);
    at('2026-11-26T08:15');
    expect(await digest()).toBe(1);
    await desk.owner.updateTable('officer').set({ language: 'vi' }).where('id', '=', focal.officerId).execute();
  });

  test('keeps quiet hours and days off: urgent news on any day, by night only for those who said so', async () => {
    const awake = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    await rule(awake, { urgent_in_quiet: true, immediate: 'all' });
    for (const who of [focal, awake]) {
      await tell(who, { urgent: true });
      await tell(who, { kind: 'share_new' });
    }
    at('2026-11-23T22:00');
    expect(await now()).toBe(1);
    expect(mails().map(({ to }) => to[0])).toEqual([await addressOf(awake)]);
    at('2026-11-24T09:00');
    expect(await now()).toBe(1);
    expect(mails().map(({ to, headers }) => [to[0], headers.get('subject')])).toEqual([[await addressOf(awake), 'Lá Chắn: 1 việc mới'], [await addressOf(focal), 'Lá Chắn: 1 việc mới']]);
    // What waited for a working day goes on the next, after the quiet hours.
    at('2026-11-25T06:59');
    expect(await now()).toBe(0);
    at('2026-11-25T07:00');
    expect([await now(), await digest()]).toEqual([1, 0]);
    at('2026-11-25T08:00');
    expect([await now(), await digest()]).toEqual([0, 1]);
  });

  test('comes on Mondays, or never, for those who said so', async () => {
    const monday = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    await rule(monday, { digest: 'weekly', digest_hour: 9, immediate: 'none' });
    await rule(focal, { digest: 'none', immediate: 'none' });
    for (const who of [focal, monday]) await tell(who, { urgent: true });
    at('2026-11-27T09:00');
    expect([await now(), await digest()]).toEqual([0, 0]);
    at('2026-11-30T09:00');
    expect([await now(), await digest()]).toEqual([0, 1]);
    expect(mails()[0]!.to).toEqual([await addressOf(monday)]);
  });

  test('is not sent for what was read before', async () => {
    await tell(focal, { urgent: true });
    await (await browserOf(focal)).post('/can-bo/tin/da-doc', { 'tat-ca': '1', den: (await rows())[0]!.id });
    later(5);
    expect(await now()).toBe(0);
  });

  test('is sent once by workers that look at the same time, also when one is a digest', async () => {
    const others = [focal, ...await Promise.all([1, 2, 3, 4, 5].map(() => addOfficer(desk, 'cong-an-tinh', ['focal'])))];
    at('2026-11-23T07:30');
    for (const who of others) for (const code of ['YK-04-2026-0001', 'YK-04-2026-0002', 'YK-04-2026-0003']) await tell(who, { code, urgent: true });
    at('2026-11-23T08:00');
    await Promise.all([now(), digest(), now(), digest(), now()]);
    const told = mails().flatMap(({ to, text }) => [...text.matchAll(/^- .*(YK-04-2026-000\d)/gm)].map(([, code]) => `${to[0]} ${code}`));
    expect([told.length, new Set(told).size]).toEqual([18, 18]);
    later(30);
    expect([await now(), await digest()]).toEqual([0, 0]);
  });

  test('of a worker that died before its letter is sent by another; of one that died after it, again under the same name', async () => {
    await tell(focal, { urgent: true });
    later(1);
    const claimed = await inTransaction(desk, MAILER, (tx) => claimMail(tx, focal.officerId, () => true));
    await desk.mail.send(newsMail(await addressOf(focal), 'vi', claimed, 'https://lachan.example', 'lachan.example'));
    later(14);
    expect(await now()).toBe(0);
    later(2);
    expect(await now()).toBe(1);
    const names = mails().map(({ headers }) => headers.get('message-id'));
    expect([names.length, new Set(names).size]).toEqual([2, 1]);
    await expect(sql`update notification set mailed_at = null`.execute(desk.owner)).rejects.toThrow(/stays mailed/);
  });

  test('that the server does not take is tried again, shows among the channels when it keeps failing, and no longer when it works', async () => {
    await tell(focal, { urgent: true });
    later(1);
    smtp.refuse(3);
    const admin = await browserOf(await addOfficer(desk, 'so-vhttdl', ['administrator']));
    const troubled = async () => (await admin.get('/can-bo/kenh')).html.includes('Không gửi được thư báo tin');
    for (const [attempt, wait] of MAIL_RETRIES.slice(0, 3).entries()) {
      expect([await now(), (await rows())[0]]).toMatchObject([0, { mailed_at: null, mail_attempts: attempt + 1, mail_after: new Date(desk.clock.now().getTime() + wait) }]);
      expect([attempt, await troubled()]).toEqual([attempt, attempt === 2]);
      later(wait / 60_000 - 0.5);
      expect([await now(), (await rows())[0]!.mail_attempts]).toEqual([0, attempt + 1]);
      later(0.5);
    }
    const page = (await admin.get('/can-bo/kenh')).html;
    expect(page).toContain('máy chủ thư từ chối thư');
    expect(page).toMatch(/href="\/can-bo\/kenh"[^>]*><span>[^<]*<\/span><b class="tag amber">1<\/b>/);
    expect(await now()).toBe(1);
    expect(mails()).toHaveLength(1);
    expect([await troubled(), (await rows())[0]!.mailed_at]).toEqual([false, desk.clock.now()]);
  });

  test('to a server that is away ends the round and loses nothing; after the last attempt the page alone tells', async () => {
    const away = await testDesk({ SMTP_URL: 'smtp://127.0.0.1:9' });
    const lost = { ...desk, mail: away.mail };
    const second = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    for (const who of [focal, second]) await tell(who, { urgent: true });
    later(1);
    expect(await mailNews(lost, isDueAtOnce)).toBe(0);
    expect((await rows()).map(({ mail_attempts }) => mail_attempts).sort()).toEqual([0, 1]);
    await sql`update notification set mail_attempts = ${MAIL_RETRIES.length + 1}, mail_after = null where officer_id = ${focal.officerId}`.execute(desk.owner);
    expect(await now()).toBe(1);
    expect(mails().map(({ to }) => to[0])).toEqual([await addressOf(second)]);
    expect((await (await browserOf(focal)).get('/can-bo/tin')).html).toContain('1 tin về YK-04-2026-0001');
  });

  test('goes neither to a disabled officer nor for an agency somebody left; that news is dropped', async () => {
    const admin = await addOfficer(desk, 'cong-an-tinh', ['administrator']);
    const disabled = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    const left = await addOfficer(desk, 'cong-an-tinh', ['focal']);
    for (const who of [focal, disabled, left]) await tell(who, { urgent: true });
    await inTransaction(desk, admin, (tx) => setDisabled(tx, admin, disabled.officerId, true));
    await inTransaction(desk, admin, (tx) => endRole(tx, admin, { officerId: left.officerId, agencyId: admin.agencyId, role: 'focal', from: '2020-01-01' }, null));
    later(1);
    expect(await now()).toBe(1);
    expect(mails().map(({ to }) => to[0])).toEqual([await addressOf(focal)]);
    expect((await rows()).map(({ officer_id }) => officer_id)).toEqual([focal.officerId]);
  });

  test('of a pile of old news does not keep urgent news waiting, and is cut to what one reads', async () => {
    await rule(focal, { digest: 'none' });
    for (let n = 0; n < MOST_IN_MAIL + 5; n += 1) await tell(focal, { code: `HP-${n}` });
    await tell(focal, { urgent: true });
    later(1);
    expect(await now()).toBe(1);
    expect(mails()[0]!.headers.get('subject')).toBe('Lá Chắn: 1 việc mới');
    await desk.owner.updateTable('notification_setting').set({ immediate: 'all' }).execute();
    expect([await now(), await now(), await now()]).toEqual([1, 1, 0]);
    expect([mails()[1]!.headers.get('subject'), mails()[1]!.text.match(/^- /gm)!.length, mails()[1]!.text.includes('Và 150 tin nữa')]).toEqual(['Lá Chắn: 200 việc mới', 50, true]);
  });
});

test('news goes after 90 days, read or not', async () => {
  await tell(focal);
  await tell(focal, { kind: 'share_new' });
  const purge = () => JOBS.find(({ name }) => name === 'purge-notifications')!.run(desk, {} as never);
  later(90 * 24 * 60 - 1);
  await purge();
  expect(await rows()).toHaveLength(2);
  later(1);
  await purge();
  expect(await rows()).toHaveLength(0);
});

describe('the webhook of an agency', () => {
  interface Hit { readonly headers: IncomingHttpHeaders; readonly body: string }
  const hits: Hit[] = [];
  let server: Server;
  let admin: OfficerActor;
  let secret: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk)).on('end', () => {
        hits.push({ headers: request.headers, body });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    admin = await addOfficer(desk, 'cong-an-tinh', ['administrator']);
    ({ secret } = await inTransaction(desk, admin, (tx) => createWebhook(tx, desk.keys, admin, `http://127.0.0.1:${(server.address() as AddressInfo).port}/la-chan`)));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => void (hits.length = 0));

  const task = (agency: OfficerActor, code: string) => inTransaction(desk, office.drafter, (tx) => openTask(tx, office.drafter, {
    kind: 'opinion', agencyId: agency.agencyId, caseId, sourceId: '01999999-9999-7999-8999-99999999abcd', code, title: `Cho ý kiến về ${MARKER}`, href: `/can-bo/y-kien/${code}`, dueOn: '2026-11-30',
  }));
  const heard = async () => {
    await deliverDue(desk);
    return hits.splice(0).map(({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> });
  };

  const change = (id: string, columns: { due_on?: string; agency_id?: string }) => inTransaction(desk, office.drafter, async (tx) => {
    await tx.updateTable('task').set(columns).where('id', '=', id).execute();
    await writeJournal(tx, office.drafter, [{ entity: 'task', entityId: id, action: 'change' }]);
  });

  test('is told when a task opens, changes its day and ends: code, kind, day and link, signed', async () => {
    const id = await task(focal, 'YK-04-2026-0007');
    await deliverDue(desk);
    const [hit] = hits;
    const data = { code: 'YK-04-2026-0007', kind: 'opinion', due: '2026-11-30', link: 'https://lachan.example/can-bo/y-kien/YK-04-2026-0007' };
    expect(JSON.parse(hit!.body)).toEqual({ type: 'task.opened', timestamp: '2026-11-23T02:00:00Z', data });
    const signed = `${String(hit!.headers['webhook-id'])}.${String(hit!.headers['webhook-timestamp'])}.${hit!.body}`;
    expect(hit!.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(signed).digest('base64')}`);
    hits.length = 0;
    await change(id, { due_on: '2026-12-02' });
    expect(await heard()).toEqual([{ type: 'task.due_changed', timestamp: '2026-11-23T02:00:00Z', data: { ...data, due: '2026-12-02' } }]);
    await inTransaction(desk, office.drafter, (tx) => tx.updateTable('task').set({ title: `Khác ${MARKER}` }).where('id', '=', id).execute());
    expect(await heard()).toEqual([]);
    await inTransaction(desk, office.drafter, (tx) => endTask(tx, office.drafter, 'opinion', '01999999-9999-7999-8999-99999999abcd', { cancelled: `Không cần nữa, ${MARKER}` }));
    expect(await heard()).toEqual([{ type: 'task.ended', timestamp: '2026-11-23T02:00:00Z', data: { ...data, due: '2026-12-02' } }]);
    const page = (await (await browserOf(admin)).get('/can-bo/ket-noi/webhook')).html;
    for (const said of ['YK-04-2026-0007', 'Việc mới', 'Đổi thời hạn của việc', 'Việc đã kết thúc']) expect(page).toContain(said);
    const kept = await sql<{ row: string }>`select to_jsonb(d)::text as row from webhook_delivery d`.execute(desk.owner);
    expect(kept.rows.map(({ row }) => row).join()).not.toContain(MARKER);
  });

  test('of another agency hears nothing of it; handed over, a task ends for one and opens for the other', async () => {
    const vnpt = await addOfficer(desk, 'vnpt', ['focal']);
    const id = await task(vnpt, 'YK-04-2026-0008');
    expect(await heard()).toEqual([]);
    const handTo = (agency: string) => change(id, { agency_id: agency });
    await handTo(focal.agencyId);
    expect((await heard()).map(({ type }) => type)).toEqual(['task.opened']);
    await handTo(vnpt.agencyId);
    expect((await heard()).map(({ type }) => type)).toEqual(['task.ended']);
  });

  test('each message is about one report or one task, and those about tasks go after 90 days', async () => {
    const webhook = await desk.owner.selectFrom('webhook').select('id').executeTakeFirstOrThrow();
    await expect(desk.owner.insertInto('webhook_delivery').values({ webhook_id: webhook.id, report_id: null, task_id: null, payload: {}, at: desk.clock.now(), next_at: desk.clock.now(), status: null, delivered_at: null }).execute()).rejects.toThrow(/webhook_delivery_about/);
    const count = async () => (await desk.owner.selectFrom('webhook_delivery').select('id').where('task_id', 'is not', null).execute()).length;
    const purge = () => JOBS.find(({ name }) => name === 'purge-deliveries')!.run(desk, {} as never);
    expect(await count()).toBeGreaterThan(0);
    later(90 * 24 * 60 - 1);
    await purge();
    expect(await count()).toBeGreaterThan(0);
    later(1);
    await purge();
    expect(await count()).toBe(0);
  });
});

test('a task tells who must do it, by page and mail, without its title', async () => {
  await inTransaction(desk, office.drafter, (tx) => openTask(tx, office.drafter, {
    kind: 'letter', agencyId: focal.agencyId, officerId: focal.officerId, caseId, code: 'VV-04-2026-0001', title: `Trả lời văn bản về ${MARKER}`, href: '/can-bo/viec/VV-04-2026-0001', dueOn: '2026-11-30', urgent: true,
  }));
  later(1);
  expect(await now()).toBe(1);
  expect(mails()[0]!.text).toContain('Có văn bản phải trả lời: VV-04-2026-0001.');
});
