import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STOP_CODES } from '#catalogue/gate.ts';
import type { GateAnswers } from '#core/gate.ts';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { answerAllReporters, answerGate } from '#modules/cases/index.ts';
import { takeAtCounter, type CounterChannel } from '#modules/channels/commands/counter.ts';
import { importDocument } from '#modules/channels/commands/documents.ts';
import { startSheet, uploadSheet } from '#modules/channels/commands/sheets.ts';
import { documentIdOf, writeEdxml } from '#modules/channels/edoc/edxml.ts';
import { SAMPLE } from '#modules/channels/edoc/sample.ts';
import { guessMapping } from '#modules/channels/sheet/mapping.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { createToken } from '#modules/identity/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { signPost } from '#platform/signed-post.ts';
import { startWorker, webApp } from '../../src/server.ts';
import xarf from '../data/xarf/reports.json' with { type: 'json' };
import { testDesk, type TestDesk } from '../support/desk.ts';
import { dovecot, type Dovecot } from '../support/dovecot.ts';
import { addOfficer } from '../support/people.ts';
import { smtpSink, type SmtpSink } from '../support/smtp.ts';

/** One scam, as people tell it: composed, decomposed and bare letters; each tells another part of it. */
const SITE = 'vneid-capnhat.example';
const STORY = `Tôi nhận được tin nhắn mời cập nhật VNeID tại hxxps://${SITE}/dk, họ bắt chuyển tiền vào số tài khoản 19037654321012 Techcombank rồi gọi từ số 0987 654 321.`;
const NFC = STORY.normalize('NFC');
const NFD = STORY.normalize('NFD');
const BARE = STORY.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
const ACCOUNT_ONLY = 'Họ bảo em chuyển vào STK 1903 7654 3210 12 ngân hàng Techcombank để mở khóa căn cước.'.normalize('NFD');
const PHONE_ONLY = 'Co nguoi goi tu so +84 987 654 321 noi la can bo xa, bat lam lai VNeID.';

const MAILBOX = 'baocao@lachan.example';
const SECRET = 'mot-bi-mat-dung-chung-voi-cong-tin-nhan';
const ANSWER = 'Cảm ơn bạn. Trang này đã được xác minh là giả mạo; nếu đã chuyển tiền, bạn hãy gọi ngay ngân hàng.';
const ENGLISH = 'Thank you. We have verified that this site is fake. If you sent money, call your bank now.';

let desk: TestDesk;
let app: Hono;
let imap: Dovecot;
let smtp: SmtpSink;
let gateway: Server;
let stopWatching: () => Promise<void>;
let lan: OfficerActor;
const texts: { to: string; text: string }[] = [];

beforeAll(async () => {
  imap = await dovecot({ baocao: 'mat-khau-hop-thu' });
  smtp = await smtpSink();
  gateway = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
      texts.push(JSON.parse(body) as { to: string; text: string });
      response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  desk = await testDesk({
    MAIL_FROM: `Lá Chắn <${MAILBOX}>`, SMTP_URL: smtp.url, IMAP_URL: imap.url('baocao'), DNS_SERVERS: '127.0.0.1:9', BASE_URL: 'https://lachan.example',
    SMS_SECRET: SECRET, SMS_NUMBER: '8088', SMS_GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`,
  });
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  lan = await addOfficer(desk, 'so-vhttdl', ['intake', 'case_officer', 'clerk'], 'Nông Thị Lan');
  app = await webApp(desk, 1e6);
  stopWatching = await startWorker(desk);
}, 60_000);

afterAll(async () => {
  await stopWatching();
  gateway.close();
  await Promise.all([imap.close(), smtp.close()]);
});

/** Waits for something the worker does by itself. */
async function until<T>(what: string, look: () => Promise<T | undefined | false | null> | T | undefined | false | null): Promise<T> {
  for (let n = 0; n < 300; n += 1) {
    const found = await look();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`waited in vain for ${what}`);
}

const json = (path: string, body: unknown, headers: Record<string, string>) => app.request(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } });

async function web(): Promise<void> {
  const form = await (await app.request('/bao-cao')).text();
  const token = /name="token" value="([^"]+)"/.exec(form)![1]!;
  desk.clock.set(new Date(desk.clock.now().getTime() + 30_000));
  const fields = { token, step: '6', go: 'send', category: 'phishing_impersonation', narrative: NFC, traces: '', commune: '01273', contact_kind: 'contact', email: 'hoa@nguoidan.example' };
  const answer = await app.request('/bao-cao', { method: 'POST', body: new URLSearchParams(fields) });
  expect(answer.status, (await answer.clone().text()).match(/<h1.*?<\/h1>/s)?.[0]).toBe(303);
}

async function publicApi(): Promise<void> {
  const english = { category: 'phishing_impersonation', narrative: `They sent me to https://${SITE}/dk and asked for my password`, language: 'en' };
  expect((await json('/api/v1/reports', english, { 'Idempotency-Key': 'cong-khai-0000000001' })).status).toBe(201);
}

async function agencyApi(): Promise<void> {
  const admin = await addOfficer(desk, 'vnpt', ['administrator'], 'Đinh Thị Quản');
  const { token } = await inTransaction(desk, admin, (tx) => createToken(tx, admin, { name: 'Trung tâm giám sát', scopes: ['reports:write', 'reports:read'], days: 90 }));
  const headers = { Authorization: `Bearer ${token}` };
  expect((await json('/api/v1/agency/reports', { external_id: 'VNPT-1', category: 'phishing_impersonation', narrative: BARE }, headers)).status).toBe(201);
  const one = { ...xarf.phishing, report_id: '1a5ec293-0849-40a4-9eba-d5926262ff05', url: `https://${SITE}/otp`, source_identifier: SITE, evidence: [] };
  const event = { Event: { uuid: '5f6c1a52-7a4c-4a0a-9f3e-0242ac110002', info: 'Phishing VNeID', date: '2026-11-21', Attribute: [{ uuid: '5f6c1a52-7a4c-4a0a-9f3e-0242ac110003', type: 'domain', category: 'Network activity', value: SITE, to_ids: true }] } };
  for (const [path, body, type] of [
    ['/api/v1/agency/xarf', one, 'application/json'], ['/api/v1/agency/misp?category=phishing_impersonation', event, 'application/json'],
    ['/api/v1/agency/list?category=phishing_impersonation&source=SOC', `# danh sách\n${SITE}\n`, 'text/plain'],
  ] as const) {
    const answer = await json(path, body, { ...headers, 'Content-Type': type });
    expect([path, answer.status, await answer.json()]).toMatchObject([path, 200, { taken: 1 }]);
  }
}

async function mail(): Promise<void> {
  await imap.deliver('baocao', [
    'From: "Nguyễn Văn Bình" <binh@nguoidan.example>'.normalize('NFC'), `To: ${MAILBOX}`, 'Subject: =?utf-8?B?TOG7q2EgxJHhuqNv?=', 'Message-ID: <thu-1@nguoidan.example>', 'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', Buffer.from(`${NFD}\n`).toString('base64').replace(/.{76}/g, '$&\r\n'), '',
  ].join('\r\n'));
}

async function sms(): Promise<void> {
  const body = JSON.stringify({ id: 'sms-1', from: '0912345678', text: PHONE_ONLY });
  expect((await json('/api/v1/sms', body, { ...signPost(SECRET, 'sms-1', desk.clock.now(), body) })).status).toBe(202);
}

async function counter(channel: CounterChannel, narrative: string, number: number | null): Promise<void> {
  const result = await takeAtCounter(desk, lan, {
    channel, fields: { category: 'phishing_impersonation', narrative, traces: '', commune: '01273', contact_kind: 'contact', phone: '0905 111 222', name: 'Bà Hoa' },
    formKey: `quay-${channel}-000000001`, scans: [], document: number === null ? null : { number, year: 2026 }, language: 'vi',
  });
  expect(result).toMatchObject({ ok: true, receipt: { code: expect.stringMatching(/^PA-04-/) } });
}

async function document(): Promise<void> {
  const code = { codeNumber: '47', codeNotation: 'BC-UBND' };
  const file = writeEdxml({ ...SAMPLE, code, documentId: documentIdOf(SAMPLE.from.organId, '2026-11-20', code), subject: 'Báo cáo về trang giả mạo VNeID', content: NFC });
  expect((await importDocument(desk, lan, { bytes: Buffer.from(file), document: { number: 812, year: 2026 } })).repeated).toBe(false);
}

async function spreadsheet(): Promise<void> {
  const header = ['Nội dung', 'Loại hình', 'Xã/phường'];
  const bytes = Buffer.from(`\ufeff${[header, [ACCOUNT_ONLY, 'Giả mạo', ''], [NFD, 'Giả mạo', '']].map((row) => row.map((cell) => `"${cell}"`).join(';')).join('\r\n')}`);
  const clerk = await addOfficer(desk, 'cong-an-tinh', ['focal', 'clerk'], 'Bế Văn Thư');
  const id = await uploadSheet(desk, clerk, { field: 'sheet', name: 'tong-hop.csv', bytes, tooLarge: false });
  const mapping = guessMapping(header);
  const columns = Object.fromEntries(Object.entries(mapping.columns).filter(([, field]) => field !== 'commune'));
  await inTransaction(desk, clerk, (tx) => startSheet(desk, tx, clerk, id, { ...mapping, columns }, header));
}

const REPORTS = 14;
const reports = () => desk.owner.selectFrom('report').selectAll().orderBy('received_at').orderBy('id').execute();

test('one scam through every channel becomes one case, N reports, N receipts, N answers', async () => {
  await web();
  await publicApi();
  await agencyApi();
  await mail();
  await sms();
  await counter('phone', PHONE_ONLY, null);
  await counter('walk_in', NFD, null);
  await counter('post', ACCOUNT_ONLY, 811);
  await document();
  await spreadsheet();

  const taken = await until('all reports to be acknowledged', async () => {
    const rows = await reports();
    return rows.length === REPORTS && rows.every((row) => row.state === 'acknowledged') ? rows : null;
  });
  const channels = Map.groupBy(taken, (row) => row.channel);
  expect(Object.fromEntries([...channels].map(([channel, rows]) => [channel, rows.length]))).toEqual({ web: 1, api: 5, email: 1, sms: 1, phone: 1, walk_in: 1, post: 1, edoc: 1, spreadsheet: 2 });
  expect(new Set(taken.map((row) => row.case_id)).size).toBe(1);
  const caseId = taken[0]!.case_id!;
  expect((await desk.owner.selectFrom('case_file').select(['report_count', 'state']).execute())).toEqual([{ report_count: REPORTS, state: 'open' }]);
  expect(new Set(taken.map((row) => row.code)).size).toBe(REPORTS);
  const arrivals = await desk.owner.selectFrom('arrival').select(['channel', 'media', 'state', 'receiver', 'document_number', 'original_sha256', 'report_id']).execute();
  expect(arrivals.every((row) => row.state === 'taken' && row.report_id !== null && row.receiver !== '')).toBe(true);
  expect(new Set(arrivals.map((row) => row.media))).toEqual(new Set(['mail', 'sms', 'call', 'visit', 'letter', 'edxml', 'xarf', 'misp']));
  expect(arrivals.filter((row) => row.document_number !== null).map((row) => row.document_number).sort()).toEqual([811, 812]);

  const letter = await until('the letter to the mail reporter', () => smtp.mails.find((one) => one.to.includes('binh@nguoidan.example')));
  const receiptOf = (text: string, shape: RegExp) => shape.exec(text)!.slice(1) as [string, string];
  const [code, secret] = receiptOf(letter.text, /Mã phản ánh: (\S+)\nMã bí mật: (\S+)/);
  const message = await until('the text message', () => texts.find((one) => one.to === '+84912345678'));
  const [textCode, textSecret] = receiptOf(message.text, /phan anh (\S+)\. Ma bi mat: (\S+)\./);
  const open = async (which: string, key: string) => (await app.request(`/api/v1/reports/${which}`, { headers: { Authorization: `Bearer ${key}` } })).json() as Promise<{ state: string; messages: { sent_by: string; body: string }[] }>;
  expect([(await open(code, secret)).state, (await open(textCode, textSecret)).state]).toEqual(['acknowledged', 'acknowledged']);

  const no = Object.fromEntries(STOP_CODES.map((stop) => [stop, false])) as unknown as GateAnswers;
  await inTransaction(desk, lan, async (tx) => {
    for (const { id } of taken) await answerGate(desk, tx, lan, id, no, []);
  });
  expect(await inTransaction(desk, lan, (tx) => answerAllReporters(desk, tx, lan, caseId, { vi: ANSWER, en: ENGLISH }))).toBe(REPORTS);

  const answered = await reports();
  expect(answered.every((row) => row.state === 'answered' && row.case_id === caseId)).toBe(true);
  const said = await desk.owner.selectFrom('message').select(['report_id', 'body']).where('sent_by', '=', 'desk').execute();
  expect(said).toHaveLength(REPORTS);
  expect(said.filter((row) => row.body === ENGLISH).map((row) => row.report_id)).toEqual(answered.filter((row) => row.language === 'en').map((row) => row.id));
  const reply = await until('the answer by mail', () => smtp.mails.find((one) => one.to.includes('binh@nguoidan.example') && one.text.includes(ANSWER)));
  expect(reply.headers.get('in-reply-to')).toBe('<thu-1@nguoidan.example>');
  await until('the answer by text message', () => texts.find((one) => one.to === '+84912345678' && one.text.includes(ANSWER)));
  const discreet = await until('the note to the web reporter', () => smtp.mails.filter((one) => one.to.includes('hoa@nguoidan.example'))[1]);
  expect(discreet.text).not.toContain(ANSWER);
  expect((await open(code, secret)).messages.map((one) => one.body)).toEqual([ANSWER]);

  await imap.deliver('baocao', ['From: binh@nguoidan.example', `To: ${reply.headers.get('reply-to')}`, 'Subject: hoan toan khac', 'In-Reply-To: <x@y.example>', 'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8', '', 'Cảm ơn, tôi đã gọi ngân hàng.', '', '> Về phản ánh', ''].join('\r\n'));
  const thread = await until('the reply in its conversation', async () => {
    const { messages } = await open(code, secret);
    return messages.length === 2 ? messages : null;
  });
  expect(thread.map((one) => [one.sent_by, one.body])).toEqual([['desk', ANSWER], ['reporter', 'Cảm ơn, tôi đã gọi ngân hàng.']]);
  expect(await reports()).toHaveLength(REPORTS);
}, 120_000);
