import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { takeArrival } from '#modules/channels/commands/taking.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { intakeJobs } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { isSigned, signPost } from '#platform/signed-post.ts';
import { webApp } from '../../src/server.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

const SECRET = 'mot-bi-mat-dung-chung-voi-cong-tin-nhan';
let desk: TestDesk;
let app: Hono;
let gateway: Server;
const sent: { to: string; text: string; id: string; signed: boolean }[] = [];

beforeAll(async () => {
  gateway = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
      sent.push({ ...JSON.parse(body), signed: isSigned(SECRET, request.headers as Record<string, string>, desk.clock.now(), body) });
      response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  desk = await testDesk({ SMS_SECRET: SECRET, SMS_NUMBER: '8088', SMS_GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`, BASE_URL: 'https://lachan.example' });
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1e6);
});
afterAll(() => void gateway.close());

const post = (body: string, headers: Record<string, string>) => app.request('/api/v1/sms', { method: 'POST', body, headers });
const signed = (body: string, id: string, secret = SECRET, at = desk.clock.now()) => ({ 'Content-Type': 'application/json', ...signPost(secret, id, at, body) });

/** A message through the door and the job behind it. */
async function text(id: string, from: string, words: string): Promise<{ state: string; reason: string | null; report_id: string | null }> {
  desk.clock.set(new Date(desk.clock.now().getTime() + 1000));
  const body = JSON.stringify({ id, from, text: words });
  expect((await post(body, signed(body, id))).status).toBe(202);
  const waiting = await desk.owner.selectFrom('arrival').select('id').where('state', '=', 'waiting').execute();
  for (const one of waiting) await takeArrival(desk, one.id);
  return desk.owner.selectFrom('arrival').select(['state', 'reason', 'report_id']).where('channel', '=', 'sms').orderBy('recorded_at', 'desc').orderBy('id', 'desc').executeTakeFirstOrThrow();
}

const run = (name: string, data: object) => (intakeJobs.find((job) => job.name === name)!.run as unknown as (desk: TestDesk, data: object) => Promise<void>)(desk, data);

describe('the door', () => {
  test.each([
    ['no signature', () => ({})],
    ['another secret', (body: string) => signed(body, 'a', 'mot-bi-mat-khac-hoan-toan-khac-han')],
    ['an old message played again', (body: string) => signed(body, 'a', SECRET, new Date(desk.clock.now().getTime() - 3_600_000))],
    ['other words than were signed', () => signed('{"id":"a","from":"0912345678","text":"khác"}', 'a')],
  ] as const)('refuses %s', async (_, headers) => {
    const body = '{"id":"a","from":"0912345678","text":"Tôi bị lừa"}';
    expect((await post(body, headers(body))).status).toBe(403);
    expect(await desk.owner.selectFrom('arrival').select('id').execute()).toEqual([]);
  });

  test.each(['', '[]', '{"id":"a"}', '{"id":"a","from":"x","text":"y"}', `{"id":"a","from":"0912345678","text":"${'á'.repeat(6000)}"}`])('says what is wrong with %.40s', async (body) => {
    const answer = await post(body, signed(body, 'a'));
    expect(answer.status).toBe(422);
  });
});

describe('a conversation', () => {
  let reportId: string;

  test('a text message becomes a report, once', async () => {
    const first = await text('m-1', '0912 345 678', 'Toi bi lua chuyen tien qua trang vneid-capnhat.example, so la 0987654321');
    const again = await text('m-1', '0912 345 678', 'Toi bi lua chuyen tien qua trang vneid-capnhat.example, so la 0987654321');
    expect(first).toMatchObject({ state: 'taken', reason: null });
    expect(again.report_id).toBe(first.report_id);
    reportId = first.report_id!;
    expect(await desk.owner.selectFrom('report').select(['channel', 'reporter_kind']).execute()).toEqual([{ channel: 'sms', reporter_kind: 'person' }]);
  });

  test('is confirmed by text message with code and secret that open it, and the same job again sends the same message', async () => {
    await run('acknowledge', { reportIds: [reportId] });
    await run('tell-reporter', { reportId, letter: 'acknowledged' });
    await run('tell-reporter', { reportId, letter: 'acknowledged' });
    expect(sent.map(({ to, signed: right }) => [to, right])).toEqual([['+84912345678', true], ['+84912345678', true]]);
    expect(sent[0]!.id).toBe(sent[1]!.id);
    const [, code, secret] = /phan anh (\S+)\. Ma bi mat: (\S+)\./.exec(sent[0]!.text)!;
    const opened = await app.request(`/api/v1/reports/${code}`, { headers: { Authorization: `Bearer ${secret}` } });
    expect(opened.status).toBe(200);
  });

  test('an answer goes back as a text message, and what the reporter writes then continues it', async () => {
    await desk.owner.insertInto('message').values({ report_id: reportId, sent_by: 'desk', officer_id: null, body: 'Bạn đã chuyển tiền lúc mấy giờ?', at: desk.clock.now(), read_at: null }).execute();
    await run('tell-reporter', { reportId, letter: 'news' });
    expect(sent.at(-1)!.text).toContain('Bạn đã chuyển tiền lúc mấy giờ?');
    expect(await text('m-2', '+84912345678', 'Luc 9 gio sang hom qua')).toMatchObject({ state: 'threaded', report_id: reportId });
    expect((await text('m-3', '0905111222', 'Luc 9 gio sang hom qua toi cung bi')).report_id).not.toBe(reportId);
  });

  test('a code in a message leads to its report only from the number that sent it', async () => {
    const { code } = await desk.owner.selectFrom('report').select('code').where('id', '=', reportId).executeTakeFirstOrThrow();
    expect(await text('m-4', '0912345678', `Ve ${code.toLowerCase()}: ho lai goi`)).toMatchObject({ state: 'threaded', report_id: reportId });
    expect((await text('m-5', '0905111222', `Ve ${code}: toi muon xem`)).report_id).not.toBe(reportId);
  });

  test('a sender that keeps sending is taken in, but not confirmed each time', async () => {
    for (let n = 0; n < 7; n += 1) await text(`f-${n}`, '0933000111', `Tin nhắn thứ ${n} về một trang lừa số ${n} abc${n}.example`);
    const reports = await desk.owner.selectFrom('arrival').select('report_id').where('channel', '=', 'sms').where('state', '=', 'taken').orderBy('recorded_at', 'desc').limit(1).execute();
    const before = sent.length;
    await run('tell-reporter', { reportId: reports[0]!.report_id!, letter: 'acknowledged' });
    expect(sent.length).toBe(before);
  });
});
