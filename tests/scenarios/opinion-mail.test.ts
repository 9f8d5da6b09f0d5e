import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withdrawOpinions } from '#modules/opinions/commands/ending.ts';
import { inTransaction } from '#platform/db.ts';
import { mailTag, replyAddress } from '#platform/mail-tag.ts';
import { startWorker, webApp } from '../../src/server.ts';
import { TestBrowser } from '../support/browser.ts';
import { openOffice, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { dovecot, type Dovecot } from '../support/dovecot.ts';
import { cookieFor } from '../support/identity.ts';
import { ask, asking, runOpinionJob } from '../support/opinions.ts';
import { smtpSink, type ReceivedMail, type SmtpSink } from '../support/smtp.ts';

/** An agency answers by replying to the mail it got, over real servers; what is not surely its own waits for a person. */
const MAILBOX = 'baocao@lachan.example';
const ASKED = ['cong-an-tinh', 'so-khcn', 'so-tu-phap', 'so-y-te', 'so-noi-vu'];
const PDF = Buffer.from('%PDF-1.7\n% văn bản số 88\n');

let desk: TestDesk;
let app: Hono;
let office: Office;
let imap: Dovecot;
let smtp: SmtpSink;
let stopWatching: () => Promise<void>;
let code: string;
let opinions: Record<string, string>;

beforeAll(async () => {
  imap = await dovecot({ baocao: 'mat-khau-hop-thu' });
  smtp = await smtpSink();
  desk = await testDesk({ MAIL_FROM: `Lá Chắn <${MAILBOX}>`, SMTP_URL: smtp.url, IMAP_URL: imap.url('baocao'), DNS_SERVERS: '127.0.0.1:9', BASE_URL: 'https://lachan.example' });
  office = await openOffice(desk);
  app = await webApp(desk, 1e6);
  const { caseId } = await verifiedCase(desk, office);
  stopWatching = await startWorker(desk);
  ({ code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId, {}, ASKED)));
}, 60_000);

afterAll(async () => {
  await stopWatching();
  await Promise.all([imap.close(), smtp.close()]);
});

async function until<T>(what: string, look: () => Promise<T | undefined | false | null> | T | undefined | false | null): Promise<T> {
  for (let n = 0; n < 200; n += 1) {
    const found = await look();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`waited in vain for ${what}`);
}

const contact = (key: string) => `${key}@caobang.example`;
const letterTo = (key: string): Promise<ReceivedMail> => until(`the letter to ${key}`, () => smtp.mails.find((mail) => mail.to.includes(contact(key))));
const stateOf = async (key: string) => (await desk.owner.selectFrom('opinion').select('state').where('id', '=', opinions[key]!).executeTakeFirstOrThrow()).state;
const answers = (key: string) => desk.owner.selectFrom('opinion_answer').select(['answer', 'reasons', 'way', 'officer_id', 'id']).where('opinion_id', '=', opinions[key]!).orderBy('version').execute();
const settled = async (messageId: string) => (await desk.owner.selectFrom('arrival').select(['state', 'reason', 'facts']).execute()).find((row) => row.facts['messageId'] === `<${messageId}>` && row.state !== 'waiting');

/** A reply as mail programs write them: the answer, then the letter quoted. */
async function reply(key: string, text: string, more: { from?: string; to?: string; headers?: readonly string[]; attach?: Buffer; id: string }): Promise<void> {
  const letter = await letterTo(key);
  const quoted = `Vào 09:00 ngày 22/11/2026, Lá Chắn <${MAILBOX}> đã viết:\n${letter.text.split('\n').map((line) => `> ${line}`).join('\n')}`;
  const body = Buffer.from(`${text}\n\n${quoted}\n`).toString('base64').replace(/.{76}/g, '$&\r\n');
  const head = [
    `From: Van thu <${more.from ?? contact(key)}>`, `To: ${more.to ?? letter.headers.get('reply-to')}`, `Subject: Re: [${code}]`, `Message-ID: <${more.id}>`, `In-Reply-To: ${letter.headers.get('message-id')}`, 'MIME-Version: 1.0',
    ...more.headers ?? [],
  ];
  const words = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', body];
  const parts = more.attach === undefined ? words : [
    'Content-Type: multipart/mixed; boundary="ranh"', '', '--ranh', ...words, '--ranh', 'Content-Type: application/pdf; name="tra-loi.pdf"', 'Content-Disposition: attachment; filename="tra-loi.pdf"', 'Content-Transfer-Encoding: base64', '',
    more.attach.toString('base64'), '--ranh', 'Content-Type: application/zip; name="la.zip"', 'Content-Disposition: attachment; filename="la.zip"', 'Content-Transfer-Encoding: base64', '', Buffer.from('PK\u0003\u0004la').toString('base64'), '--ranh--',
  ];
  await imap.deliver('baocao', [...head, ...parts, ''].join('\r\n'));
}

test('the letter says code, day, link and how to reply, and nothing of the case', async () => {
  const letter = await letterTo('so-khcn');
  for (const said of [code, '30/11/2026', `https://lachan.example/can-bo/y-kien/${code}/tra-loi`, 'Đồng ý và bổ sung', 'trả lời phía trên dòng này']) expect(letter.text).toContain(said);
  for (const kept of ['phân giải', 'VNeID', 'Điều 1', 'VV-04']) expect(letter.text + letter.headers.get('subject')).not.toContain(kept);
  expect(letter.headers.get('reply-to')).toMatch(/^baocao\+[0-9a-hjkmnp-tv-z]{42}@lachan\.example$/);
  expect(new Set(smtp.mails.map((mail) => mail.headers.get('reply-to'))).size).toBe(smtp.mails.length);
});

test('the question is in the letter when the asker said that it holds nobody’s data', async () => {
  const { case_id: caseId } = await desk.owner.selectFrom('consultation').select('case_id').where('code', '=', code).executeTakeFirstOrThrow();
  const other = await ask(desk, office.drafter, await asking(desk, caseId, { inMail: true, points: ['Thời hạn 30 ngày'] }, ['so-gddt']));
  const letter = await letterTo('so-gddt');
  for (const said of [other.code, 'ngừng phân giải tên miền có đúng thẩm quyền', '1. Thời hạn 30 ngày']) expect(letter.text).toContain(said);
  expect(letter.text).not.toContain('Điều 1');
  await inTransaction(desk, office.drafter, (tx) => withdrawOpinions(tx, office.drafter, other.code, 'Chỉ để thử thư'));
});

test('a reply from the agency’s own address counts at once, with its attachment and without what it quotes', async () => {
  await reply('so-khcn', 'Không đồng ý\n\nThời hạn quá dài, đề nghị 15 ngày.', { id: 'khcn-1@caobang.example', attach: PDF });
  await until('the answer', async () => (await stateOf('so-khcn')) === 'answered');
  const [answer] = await answers('so-khcn');
  expect(answer).toMatchObject({ answer: 'disagree', way: 'mail', officer_id: null });
  expect(answer!.reasons).toContain('Thời hạn quá dài, đề nghị 15 ngày.');
  expect(answer!.reasons).not.toMatch(/đã viết|Mã yêu cầu/);
  expect(answer!.reasons).toContain('la.zip');
  const files = await desk.owner.selectFrom('opinion_file').select(['name', 'file_ref']).where('answer_id', '=', answer!.id).execute();
  expect(files.map(({ name }) => name)).toEqual(['tra-loi.pdf']);
  expect((await desk.files.get(files[0]!.file_ref)).equals(PDF)).toBe(true);
  expect(await settled('khcn-1@caobang.example')).toMatchObject({ state: 'set_aside', reason: 'opinion' });
  expect(await desk.owner.selectFrom('report').select('id').where('channel', '=', 'email').execute()).toEqual([]);
});

test('words without a plain answer are read and marked by an officer of the asking agency', async () => {
  await reply('so-tu-phap', 'Kính gửi Sở,\nVề cơ bản đồng ý, tuy nhiên cần xem lại căn cứ.', { id: 'tp-1@caobang.example' });
  await until('the answer', async () => (await stateOf('so-tu-phap')) === 'answered');
  expect((await answers('so-tu-phap')).map(({ answer }) => answer)).toEqual(['to_read']);
  const browser = new TestBrowser(app);
  const [name, value] = (await cookieFor(desk, office.drafter.officerId, office.drafter.agencyId)).split('=') as [string, string];
  browser.cookies.set(name, value);
  const path = `/can-bo/y-kien/${code}/co-quan/${opinions['so-tu-phap']}`;
  expect((await browser.get(path)).html).toContain('Thư này trả lời thế nào?');
  expect((await browser.post(`${path}/danh-dau`, {})).status).toBe(422);
  expect((await browser.post(`${path}/danh-dau`, { answer: 'agree_with_changes' })).status).toBe(303);
  expect((await answers('so-tu-phap')).map(({ answer, officer_id: by }) => [answer, by])).toEqual([['to_read', null], ['agree_with_changes', office.drafter.officerId]]);
});

test('a reply from an unknown address waits, and is taken or refused by a person', async () => {
  await reply('cong-an-tinh', 'Đồng ý', { id: 'la-1@hopthurieng.example', from: 'canbo.ca@hopthurieng.example' });
  await reply('cong-an-tinh', 'Không đồng ý', { id: 'la-2@gia.example', from: 'cong-an-tinh@caobang.example.gia.example' });
  await until('both mails', async () => (await desk.owner.selectFrom('opinion_mail').select('id').where('state', '=', 'waiting').execute()).length === 2);
  expect([await stateOf('cong-an-tinh'), await answers('cong-an-tinh')]).toEqual(['sent', []]);
  const browser = new TestBrowser(app);
  const [name, value] = (await cookieFor(desk, office.drafter.officerId, office.drafter.agencyId)).split('=') as [string, string];
  browser.cookies.set(name, value);
  const path = `/can-bo/y-kien/${code}/co-quan/${opinions['cong-an-tinh']}`;
  const page = await browser.get(path);
  for (const said of ['canbo.ca@hopthurieng.example', 'cong-an-tinh@caobang.example.gia.example', 'không có trong danh bạ']) expect(page.html).toContain(said);
  expect((await browser.post(`/can-bo/y-kien/${code}/chot`, { summary: 'Chốt khi còn thư' })).status).toBe(409);
  const mails = await desk.owner.selectFrom('opinion_mail').select(['id', 'answer']).where('state', '=', 'waiting').execute();
  expect((await browser.post(`${path}/thu`, { mail: mails.find(({ answer }) => answer === 'disagree')!.id, answer: 'khong' })).status).toBe(303);
  expect(await stateOf('cong-an-tinh')).toBe('sent');
  const own = mails.find(({ answer }) => answer === 'agree')!.id;
  expect((await browser.post(`${path}/thu`, { mail: own, answer: 'agree' })).status).toBe(303);
  expect((await browser.post(`${path}/thu`, { mail: own, answer: 'disagree' })).status).toBe(409);
  expect((await answers('cong-an-tinh')).map(({ answer, way, officer_id: by }) => [answer, way, by])).toEqual([['agree', 'mail', office.drafter.officerId]]);
});

test('automatic replies and bounces are no answers; a tag of a report opens no opinion, nor an altered one', async () => {
  await reply('so-y-te', 'Đồng ý', { id: 'auto-1@caobang.example', headers: ['Auto-Submitted: auto-replied'] });
  await reply('so-y-te', 'Đồng ý', { id: 'bounce-1@caobang.example', from: 'MAILER-DAEMON@caobang.example', headers: ['X-Failed-Recipients: so-y-te@caobang.example'] });
  const ofReport = replyAddress(MAILBOX, mailTag(opinions['so-y-te']!, (data) => desk.keys.mac('mail-tag', data)));
  await reply('so-y-te', 'Đồng ý', { id: 'tag-1@caobang.example', to: ofReport });
  await until('all three', async () => (await settled('auto-1@caobang.example')) && (await settled('bounce-1@caobang.example')) && (await settled('tag-1@caobang.example')));
  expect([(await settled('auto-1@caobang.example'))?.reason, (await settled('bounce-1@caobang.example'))?.reason]).toEqual(['auto_reply', 'bounce']);
  expect([await stateOf('so-y-te'), await answers('so-y-te')]).toEqual(['sent', []]);
});

test('who has not answered is reminded by mail once, who has is left alone; late mail still counts', async () => {
  const before = smtp.mails.length;
  desk.clock.set(new Date('2026-11-26T01:00:00Z'));
  await runOpinionJob(desk, 'remind-opinions');
  await runOpinionJob(desk, 'remind-opinions');
  await until('the reminders', () => smtp.mails.length === before + 2);
  expect(smtp.mails.slice(before).map((mail) => mail.to[0]).sort()).toEqual([contact('so-noi-vu'), contact('so-y-te')]);
  desk.clock.set(new Date('2026-11-30T17:06:00Z'));
  await runOpinionJob(desk, 'lapse-opinions');
  expect(await stateOf('so-noi-vu')).toBe('overdue');
  await reply('so-noi-vu', 'ĐỒNG Ý'.normalize('NFD'), { id: 'nv-1@caobang.example' });
  await until('the late answer', async () => (await stateOf('so-noi-vu')) === 'answered');
  expect(await desk.owner.selectFrom('opinion_answer').select(['answer', 'late']).where('opinion_id', '=', opinions['so-noi-vu']!).execute()).toEqual([{ answer: 'agree', late: true }]);
});
