import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { claimDue, createWebhook, DELIVERER, RETRIES } from '#modules/channels/commands/webhooks.ts';
import { deliverDue } from '#modules/channels/jobs/webhooks.ts';
import { apiRoutes } from '#modules/channels/api/routes.ts';
import { reachOf, webhookAddress } from '#modules/channels/webhook/address.ts';
import { NET, post, type Net } from '#modules/channels/webhook/send.ts';
import { webhookRoutes } from '#modules/channels/webhook/routes.tsx';
import { importAgencies } from '#modules/directory/index.ts';
import { createToken, gatekeeper, identityRoutes } from '#modules/identity/index.ts';
import { openSession } from '#modules/identity/commands.ts';
import { sessionCookie } from '#modules/identity/cookies.ts';
import { intakeRoutes } from '#modules/intake/index.ts';
import { AUTH, system, type AgencyActor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { httpApp } from '#platform/http.ts';
import { changeState } from '#platform/journal.ts';
import { memoryLimiter } from '#platform/limit.ts';
import type { Scope } from '#platform/schema.ts';
import { ErrorPage } from '#web/error-page.tsx';
import xarf from '../data/xarf/reports.json' with { type: 'json' };
import { testDesk, type TestDesk } from '../support/desk.ts';
import { TEST_PASSWORD } from '../support/identity.ts';
import { agencyId, signIn } from '../support/people.ts';

const DAY = 24 * 3600_000;
const ALL: readonly Scope[] = ['reports:write', 'reports:read', 'figures:write'];

let desk: TestDesk;
let open: ReturnType<typeof appOf>;
/** The administrator of the sending agency, and one of another. */
let admin: { actor: OfficerActor; cookie: string };
let stranger: { actor: OfficerActor; cookie: string };
let token: string;

function appOf(on: TestDesk) {
  return httpApp({
    desk: on, routes: [...intakeRoutes, ...identityRoutes, ...apiRoutes, ...webhookRoutes], gatekeeper: gatekeeper(on), errorPage: ErrorPage, limiter: memoryLimiter(),
    assets: { href: (name) => `/tinh/${name}`, files: new Map() },
  });
}

beforeAll(async () => {
  desk = await testDesk({ WEBHOOK_PRIVATE: '1' });
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  open = appOf(desk);
  admin = await signIn(desk, 'vnpt', ['administrator'], 'Đinh Thị Quản');
  stranger = await signIn(desk, 'cong-an-tinh', ['administrator'], 'Triệu Văn Xa');
  token = await tokenOf(admin.actor);
});

const START = new Date('2026-11-22T02:00:00Z');
beforeEach(() => {
  desk.clock.set(START);
  open = appOf(desk);
});
const later = (milliseconds: number) => desk.clock.set(new Date(desk.clock.now().getTime() + milliseconds));

async function tokenOf(actor: OfficerActor, scopes: readonly Scope[] = ALL, days = 365): Promise<string> {
  return (await inTransaction(desk, actor, (tx) => createToken(tx, actor, { name: 'Hệ thống thử', scopes, days }))).token;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

async function api(path: string, sent: { method?: string; body?: unknown; bearer?: string | null; headers?: Record<string, string> } = {}): Promise<Answer> {
  const { body, bearer = token, headers = {}, method = body === undefined ? 'GET' : 'POST' } = sent;
  const response = await open.request(path, {
    method, headers: { ...(bearer && { Authorization: `Bearer ${bearer}` }), ...headers }, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function form(path: string, cookie: string, fields: readonly (readonly [string, string])[] = []): Promise<{ status: number; location: string | null; html: string }> {
  const response = await open.request(path, {
    method: 'POST', headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
  });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

const page = async (path: string, cookie: string) => (await open.request(path, { headers: { Cookie: cookie } })).text();
const asSystem = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(desk, system('test'), work);
const journalOf = async (entity: string) => (await desk.owner.selectFrom('journal').select(['action', 'officer_id']).where('entity', '=', entity).orderBy('seq').execute());

let serial = 0;
const report = (changes: Record<string, unknown> = {}) => ({
  external_id: `HS-${++serial}`, category: 'scam', narrative: `Người dân bị lừa chuyển tiền đặt cọc thuê nhà, hồ sơ số ${serial}.`, happened_on: '2026-11-20', ...changes,
});

describe('a token', () => {
  const TOKEN = /lachan_[0-9a-hjkmnp-tv-z]{40}/;

  test('is made on the page, shown once, stored as a hash, used, and its day noted once', async () => {
    const made = await form('/can-bo/ket-noi', admin.cookie, [['ten', 'Cổng dịch vụ công'], ['quyen', 'reports:write'], ['quyen', 'reports:read'], ['ngay', '90']]);
    expect(made.status).toBe(200);
    const own = TOKEN.exec(made.html)![0];
    const list = await page('/can-bo/ket-noi', admin.cookie);
    expect(list).toContain('Cổng dịch vụ công');
    expect(list).not.toMatch(TOKEN);
    const dump = await sql<{ row: string }>`select to_jsonb(t)::text || (select coalesce(string_agg(to_jsonb(j)::text, ''), '') from journal j where j.entity = 'api_token') as row from api_token t`.execute(desk.owner);
    expect(dump.rows.every(({ row }) => !row.includes(own.slice(7)))).toBe(true);
    expect((await api('/api/v1/agency/reports', { bearer: own })).status).toBe(200);
    expect(await page('/can-bo/ket-noi', admin.cookie)).toContain('22/11/2026');
    const before = await sql<{ xmin: string }>`select xmin::text from api_token where name = 'Cổng dịch vụ công'`.execute(desk.owner);
    await api('/api/v1/agency/reports', { bearer: own });
    expect((await sql<{ xmin: string }>`select xmin::text from api_token where name = 'Cổng dịch vụ công'`.execute(desk.owner)).rows).toEqual(before.rows);
    expect((await journalOf('api_token')).at(-1)).toEqual({ action: 'token_created', officer_id: admin.actor.officerId });
  });

  test.each([
    ['no name', [['quyen', 'reports:write'], ['ngay', '90']]], ['no scope', [['ten', 'Máy chủ'], ['ngay', '90']]], ['a scope there is none of', [['ten', 'Máy chủ'], ['quyen', 'admin'], ['ngay', '90']]],
    ['a life too long', [['ten', 'Máy chủ'], ['quyen', 'reports:write'], ['ngay', '4000']]],
  ] as const)('with %s is not made', async (_, fields) => {
    const count = () => desk.owner.selectFrom('api_token').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    const before = await count();
    expect((await form('/can-bo/ket-noi', admin.cookie, fields)).status).toBe(422);
    expect(await count()).toEqual(before);
  });

  test('is made only by an administrator who has just proven who they are', async () => {
    const fields = [['ten', 'Máy chủ hai'], ['quyen', 'reports:read'], ['ngay', '30']] as const;
    const weak = sessionCookie(desk, await inTransaction(desk, AUTH, (tx) => openSession(tx, AUTH, { officerId: admin.actor.officerId, agencyId: admin.actor.agencyId, browser: '', strong: false })));
    expect(await page('/can-bo/ket-noi', weak)).toContain('name="xac-nhan"');
    for (const proof of [[], [['xac-nhan', 'sai-mat-khau']]] as const) {
      const refused = await form('/can-bo/ket-noi', weak, [...fields, ...proof]);
      expect(refused.status).toBe(422);
      expect(refused.html).not.toMatch(TOKEN);
    }
    expect((await form('/can-bo/ket-noi', weak, [...fields, ['xac-nhan', TEST_PASSWORD]])).html).toMatch(TOKEN);
    // Ten minutes are enough for the next one.
    expect((await form('/can-bo/ket-noi', weak, fields)).html).toMatch(TOKEN);
    later(11 * 60_000);
    expect((await form('/can-bo/ket-noi', weak, fields)).status).toBe(422);
    desk.clock.set(START);
    const clerk = await signIn(desk, 'vnpt', ['clerk', 'case_officer', 'leader']);
    expect((await form('/can-bo/ket-noi', clerk.cookie, fields)).status).toBe(404);
  });

  test('after too many wrong proofs waits', async () => {
    const weak = sessionCookie(desk, await inTransaction(desk, AUTH, (tx) => openSession(tx, AUTH, { officerId: stranger.actor.officerId, agencyId: stranger.actor.agencyId, browser: '', strong: false })));
    const fields = [['ten', 'Máy chủ'], ['quyen', 'reports:read'], ['ngay', '30'], ['xac-nhan', 'sai']] as const;
    const statuses = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await form('/can-bo/ket-noi', weak, fields)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429, 429]);
  });

  test('rotated: the new one works at once, the old one for a day more', async () => {
    const made = await inTransaction(desk, admin.actor, (tx) => createToken(tx, admin.actor, { name: 'Xoay vòng', scopes: ['reports:read'], days: 90 }));
    const rotated = await form(`/can-bo/ket-noi/${made.id}/doi`, admin.cookie);
    const fresh = TOKEN.exec(rotated.html)![0];
    const statuses = async () => [(await api('/api/v1/agency/reports', { bearer: made.token })).status, (await api('/api/v1/agency/reports', { bearer: fresh })).status];
    expect(await statuses()).toEqual([200, 200]);
    expect((await form(`/can-bo/ket-noi/${made.id}/doi`, admin.cookie)).status).toBe(409);
    later(DAY - 1000);
    expect(await statuses()).toEqual([200, 200]);
    later(2000);
    expect(await statuses()).toEqual([401, 200]);
    later(89 * DAY);
    expect(await statuses()).toEqual([401, 401]);
  });

  test('revoked is refused at once; nobody of another agency can do that', async () => {
    const made = await inTransaction(desk, admin.actor, (tx) => createToken(tx, admin.actor, { name: 'Bị lộ', scopes: ['reports:read'], days: 30 }));
    expect((await form(`/can-bo/ket-noi/${made.id}/thu-hoi`, stranger.cookie)).status).toBe(404);
    expect((await form(`/can-bo/ket-noi/${made.id}/doi`, stranger.cookie)).status).toBe(404);
    expect((await api('/api/v1/agency/reports', { bearer: made.token })).status).toBe(200);
    expect((await form(`/can-bo/ket-noi/${made.id}/thu-hoi`, admin.cookie)).location).toBe('/can-bo/ket-noi?da=thu-hoi');
    expect((await api('/api/v1/agency/reports', { bearer: made.token })).status).toBe(401);
    expect(await page('/can-bo/ket-noi', stranger.cookie)).not.toContain('Bị lộ');
  });

  test('that is missing, wrong, of another shape, or only a cookie is answered in one way', async () => {
    const expired = await tokenOf(admin.actor, ALL, 30);
    later(31 * DAY);
    const wrong = [null, '', 'x', `lachan_${'0'.repeat(40)}`, token.toUpperCase(), `${token}0`, expired, 'a'.repeat(100_000)];
    const answers = await Promise.all(wrong.map((bearer) => api('/api/v1/agency/reports', { bearer })));
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(answer.body).toEqual(answers[0]!.body);
    }
    expect((await api('/api/v1/agency/reports', { bearer: null, headers: { Cookie: admin.cookie } })).status).toBe(401);
    expect(answers[0]!.body.error).toMatchObject({ code: 'unauthorized', message: expect.stringContaining('token') });
  });

  test.each([
    ['GET', '/api/v1/agency/reports', 'reports:read'], ['POST', '/api/v1/agency/reports', 'reports:write'], ['POST', '/api/v1/agency/reports/batch', 'reports:write'],
    ['POST', '/api/v1/agency/xarf', 'reports:write'], ['POST', '/api/v1/agency/misp', 'reports:write'], ['POST', '/api/v1/agency/list?category=scam', 'reports:write'],
    ['GET', '/api/v1/agency/figures', 'figures:write'], ['POST', '/api/v1/agency/figures', 'figures:write'],
  ] as const)('without its scope may not %s %s', async (method, path, scope) => {
    const bearer = await tokenOf(stranger.actor, ALL.filter((one) => one !== scope), 30);
    const answer = await api(path, { method, bearer, ...(method === 'POST' && { body: '{}' }) });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({ code: 'scope', details: { scope } });
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
    await desk.owner.updateTable('api_token').set({ revoked_at: START }).where('agency_id', '=', stranger.actor.agencyId).execute();
  });

  test('is limited by itself, whatever it is used for', async () => {
    const limited = httpApp({
      desk, routes: apiRoutes, gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(1 / 1000), assets: { href: (name) => name, files: new Map() },
    });
    const ask = () => limited.request('/api/v1/agency/reports', { headers: { Authorization: `Bearer ${token}` } });
    const statuses = [];
    for (let i = 0; i < 8; i += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  });

  test('keeps to what the table allows: at most 400 days, own agency only', async () => {
    await expect(inTransaction(desk, admin.actor, (tx) => createToken(tx, admin.actor, { name: 'Quá dài', scopes: ALL, days: 401 }))).rejects.toThrow(/check/);
    const agency: AgencyActor = { kind: 'agency', agencyId: admin.actor.agencyId, tokenId: '01999999-9999-7999-8999-999999999999' };
    const seen = await inTransaction(desk, agency, async (tx) => [(await tx.selectFrom('api_token').select('id').execute()).length, (await tx.selectFrom('webhook').select('id').execute()).length]);
    expect(seen).toEqual([0, 0]);
  });
});

describe('a report of an agency', () => {
  test('is taken in as the agency’s, sealed like any other, and once', async () => {
    const body = report({ email: 'chi.lan@thu.example', traces: 'https://dat-coc.example/nha', money_lost: 2_000_000 });
    const first = await api('/api/v1/agency/reports', { body });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ code: expect.stringMatching(/^PA-04-/), secret: expect.stringMatching(/^[0-9A-Z-]{24}$/), external_id: body.external_id });
    const again = await api('/api/v1/agency/reports', { body });
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await api('/api/v1/agency/reports', { body: { ...body, narrative: 'Một câu chuyện khác hẳn, dài hơn mười ký tự.' } });
    expect(other.body.error).toMatchObject({ code: 'conflict', details: { field: 'external_id' } });
    const row = await asSystem((tx) => tx.selectFrom('report').select(['reporter_kind', 'sender_agency_id', 'channel', 'money_lost']).where('code', '=', first.body.code).executeTakeFirstOrThrow());
    expect(row).toEqual({ reporter_kind: 'agency', sender_agency_id: await agencyId(desk, 'vnpt'), channel: 'api', money_lost: 2_000_000 });
    expect((await api(`/api/v1/reports/${first.body.code}`, { bearer: first.body.secret })).body).toMatchObject({ code: first.body.code, state: 'received' });
  });

  test('needs a name: an id of its own or a key', async () => {
    const { external_id: _, ...body } = report();
    expect((await api('/api/v1/agency/reports', { body })).body.error.details.fields).toEqual({ 'Idempotency-Key': 'missing_or_short' });
    const headers = { 'Idempotency-Key': 'mot-khoa-du-dai-cua-vnpt' };
    const codes = [await api('/api/v1/agency/reports', { body, headers }), await api('/api/v1/agency/reports', { body, headers })].map(({ body: answer }) => answer.code);
    expect(new Set(codes).size).toBe(1);
  });

  test('of two agencies under one id are two', async () => {
    const bearer = await tokenOf(stranger.actor, ['reports:write'], 30);
    const body = report({ external_id: 'HS-CHUNG' });
    const codes = [await api('/api/v1/agency/reports', { body }), await api('/api/v1/agency/reports', { body, bearer })].map(({ body: answer }) => answer.code);
    expect(new Set(codes).size).toBe(2);
  });

  test.each([
    ['not JSON', '{', { '': 'not_json' }], ['a list', '[]', { '': 'wrong' }], ['nested without end', '['.repeat(100_000), { '': 'too_deep' }], ['brackets in its words', `{"narrative":"${'['.repeat(900)}\\"${'{'.repeat(900)}","category":7}`, { 'Idempotency-Key': 'missing_or_short' }],
    ['a text without end', '"\\"'.repeat(20_000), { '': 'not_json' }],
    ['a wrong type', JSON.stringify({ ...report(), narrative: { a: 1 } }), { narrative: 'wrong' }], ['an id with spaces', JSON.stringify(report({ external_id: 'a b' })), { external_id: 'wrong' }],
    ['what the form refuses', JSON.stringify(report({ category: 'dissent', happened_on: '2030-01-01' })), { category: 'category_missing', happened_on: 'date_future' }],
  ] as const)('with %s is refused, field by field', async (_, body, fields) => {
    const answer = await api('/api/v1/agency/reports', { body });
    expect([answer.status, answer.body.error.details.fields]).toEqual([422, fields]);
  });

  test('too large is refused', async () => {
    expect((await api('/api/v1/agency/reports', { body: JSON.stringify(report({ narrative: 'a'.repeat(200_000) })) })).status).toBe(413);
  });
});

describe('a batch', () => {
  test('takes the good rows, names the bad ones, and is the same when sent again', async () => {
    const good = Array.from({ length: 300 }, () => report());
    const reports = [...good, { ...report(), narrative: 'ngắn' }, { category: 'scam', narrative: 'Không có mã riêng của hệ thống gửi.' }, 7, { ...good[0]!, narrative: 'Cùng mã nhưng nội dung khác hẳn.' }];
    const first = await api('/api/v1/agency/reports/batch', { body: { reports } });
    expect(first.body).toMatchObject({ taken: 300, repeated: 0, refused: 4 });
    expect(first.body.errors).toEqual([
      { at: 'reports[300]', external_id: reports[300] && (reports[300] as { external_id: string }).external_id, reason: 'invalid', fields: { narrative: 'narrative_short' } },
      { at: 'reports[301]', reason: 'invalid', fields: { external_id: 'missing' } }, { at: 'reports[302]', reason: 'invalid', fields: { '': 'wrong' } },
      { at: 'reports[303]', external_id: good[0]!.external_id, reason: 'conflict' },
    ]);
    expect(new Set(first.body.results.map(({ code }: { code: string }) => code)).size).toBe(300);
    const again = await api('/api/v1/agency/reports/batch', { body: { reports } });
    expect(again.body).toMatchObject({ taken: 0, repeated: 300, refused: 4 });
    expect(again.body.results.map(({ code }: { code: string }) => code)).toEqual(first.body.results.map(({ code }: { code: string }) => code));
    // The same report alone is the same report.
    expect((await api('/api/v1/agency/reports', { body: good[5] })).status).toBe(200);
  });

  test('of none or too many is refused whole', async () => {
    for (const reports of [[], Array.from({ length: 501 }, () => report()), 'x']) expect((await api('/api/v1/agency/reports/batch', { body: { reports } })).status).toBe(422);
  });
});

describe('a feed', () => {
  test('of XARF becomes reports with their pictures and sealed originals', async () => {
    const [picture] = xarf.phishing.evidence;
    const broken = { ...picture, payload: Buffer.concat([Buffer.from(picture!.payload, 'base64').subarray(0, 40), Buffer.from('hỏng')]).toString('base64'), hash: undefined };
    const one = { ...xarf.phishing, evidence: [picture, broken, { ...picture, content_type: 'application/pdf' }] };
    const sent = [one, { ...xarf.fraud }, { ...xarf.phishing, type: 'csam' }, { xarf_version: '3' }];
    const first = await api('/api/v1/agency/xarf', { body: sent });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ taken: 2, repeated: 0, refused: 2, ignored: 1 });
    expect(first.body.errors.map(({ at, reason }: { at: string; reason: string }) => [at, reason])).toEqual([['[2]', 'child_abuse_specialised_channel'], ['[3]', 'version_not_read']]);
    expect(first.body.results[0].left_out).toHaveLength(1);
    const code = first.body.results[0].code as string;
    const kept = await asSystem((tx) => tx.selectFrom('report as r').innerJoin('attachment as a', 'a.report_id', 'r.id').innerJoin('arrival as v', 'v.report_id', 'r.id')
      .select(['r.category', 'a.media_type', 'v.state', 'v.media', 'v.original_ref', 'r.sender_agency_id']).where('r.code', '=', code).execute());
    expect(kept).toEqual([{ category: 'phishing_impersonation', media_type: 'image/jpeg', state: 'taken', media: 'xarf', original_ref: expect.any(String), sender_agency_id: admin.actor.agencyId }]);
    expect(JSON.parse((await desk.files.get(kept[0]!.original_ref!)).toString())).toEqual(JSON.parse(JSON.stringify(one)));
    const again = await api('/api/v1/agency/xarf', { body: one });
    expect(again.body).toMatchObject({ taken: 0, repeated: 1, results: [{ code, repeated: true }] });
    expect((await api('/api/v1/agency/xarf', { body: { ...one, description: 'Nội dung khác' } })).body.errors).toEqual([expect.objectContaining({ reason: 'conflict' })]);
    // The same id came in a batch before: what is in the way is said, and nothing of the second stays behind.
    const taken = report({ external_id: `xarf:${crypto.randomUUID()}` });
    await api('/api/v1/agency/reports', { body: taken });
    const late = await api('/api/v1/agency/xarf', { body: { ...one, report_id: taken.external_id.slice(5) } });
    expect(late.body).toMatchObject({ taken: 0, refused: 1, errors: [{ external_id: taken.external_id, reason: 'conflict' }] });
    const waiting = await desk.owner.selectFrom('arrival').select('reason').where('state', '<>', 'taken').execute();
    expect(waiting).toEqual([{ reason: 'conflict' }]);
    const { n } = await desk.owner.selectFrom('pending_upload').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    expect(n).toBe(0);
  });

  test('of MISP becomes reports of technical traces', async () => {
    const event = (uuid: string, more: object = {}) => ({
      Event: { uuid, info: 'Chiến dịch mạo danh ngân hàng', date: '2026-11-20', Attribute: [{ type: 'domain', category: 'Network activity', to_ids: true, value: 'otp-nhanh.example' }], ...more },
    });
    const body = { response: [event('5e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b'), event('5e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5c', { Tag: [{ name: 'tlp:red' }] })] };
    const first = await api('/api/v1/agency/misp', { body });
    expect(first.body).toMatchObject({ taken: 1, refused: 1, errors: [{ at: 'response[1].Event', reason: 'tlp_not_shareable' }] });
    expect((await api('/api/v1/agency/misp', { body })).body).toMatchObject({ taken: 0, repeated: 1, refused: 1 });
    const arrival = await asSystem((tx) => tx.selectFrom('report as r').innerJoin('arrival as v', 'v.report_id', 'r.id').select(['v.media', 'v.original_ref']).where('r.code', '=', first.body.results[0].code).executeTakeFirstOrThrow());
    expect(JSON.parse((await desk.files.get(arrival.original_ref!)).toString())).toEqual(body.response[0]);
    expect((await api('/api/v1/agency/misp', { body: event('5e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5d', { Attribute: [] }) })).body).toMatchObject({ taken: 0, refused: 1, errors: [{ at: 'Event', reason: 'no_traces' }] });
    for (const body of [{ Event: 7 }, [], null]) expect((await api('/api/v1/agency/misp', { body })).body.error.details).toEqual({ reason: 'not_readable' });
    expect((await api('/api/v1/agency/misp?category=intimate_images', { body })).status).toBe(422);
  });

  test('of a list becomes one report a line', async () => {
    const text = '# tên miền giả mạo\nmot.example\nhai.example\nmot.example\nlocalhost\n';
    const first = await api('/api/v1/agency/list?category=phishing_impersonation', { body: text });
    expect(first.body).toMatchObject({ taken: 2, repeated: 0, refused: 2, ignored: 1 });
    expect((await api('/api/v1/agency/list?category=phishing_impersonation', { body: text })).body).toMatchObject({ taken: 0, repeated: 2 });
    expect((await api('/api/v1/agency/list', { body: text })).body.error.details.fields).toEqual({ category: 'missing' });
    const many = Array.from({ length: 5001 }, (_, i) => `trang-${i}.example`).join('\n');
    expect((await api('/api/v1/agency/list?category=scam', { body: many })).body.error.details).toEqual({ reason: 'too_many' });
    expect((await api('/api/v1/agency/list?category=scam', { body: 'x'.repeat(6 * 1024 * 1024) })).status).toBe(413);
  });
});

describe('bad input', () => {
  const paths = ['reports', 'reports/batch', 'xarf', 'misp', 'list?category=scam', 'figures'] as const;
  const words = ['\u0000', '\ud800', '\udc00x', '\u202e', 'a\u0300'.repeat(50), '__proto__', 'constructor', '-1e999', '\\', '\u{10ffff}', '１２３', '../../etc/passwd', "'; drop table report; --"];

  test.each(paths)('of any shape never breaks %s', async (path) => {
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...words), fc.dictionary(fc.constantFrom('reports', 'Event', 'response', 'figures', 'period', 'source', 'xarf_version', 'category', 'narrative'), fc.jsonValue({ maxDepth: 2 })));
    await fc.assert(fc.asyncProperty(odd, async (body) => {
      const answer = await api(`/api/v1/agency/${path}`, { body: JSON.stringify(body) });
      expect([answer.status, [200, 413, 422].includes(answer.status)]).toEqual([answer.status, true]);
    }), { numRuns: 60 });
  });

  test.each(words)('with %j in its words is taken or refused', async (word) => {
    const text = `Bị lừa chuyển tiền, mã ${word} trong tin nhắn, hồ sơ ${++serial}.`;
    const sent = [
      api('/api/v1/agency/reports', { body: report({ narrative: text, traces: word, name: word, email: word }) }), api('/api/v1/agency/reports', { body: report({ narrative: text, traces: `https://a.example/${word}` }) }),
      api('/api/v1/agency/reports/batch', { body: { reports: [report({ narrative: text, traces: `${word}\nhttps://b.example/${word}` })] } }),
      api('/api/v1/agency/xarf', { body: { ...xarf.phishing, report_id: crypto.randomUUID(), description: text, url: `https://c.example/${word}` } }),
      api('/api/v1/agency/misp', { body: { Event: { uuid: crypto.randomUUID(), info: text, Attribute: [{ type: 'url', category: 'Network activity', to_ids: true, value: `https://d.example/${word}` }] } } }),
      api(`/api/v1/agency/list?category=scam&source=${encodeURIComponent(`Nguồn ${word.toWellFormed()}`).slice(0, 150)}`, { body: `https://e.example/${word}\n${word}.example` }),
      api('/api/v1/agency/figures', { body: { source: `Nguồn ${word}`, period: { from: '2026-01-01', to: '2026-01-31' }, figures: [{ kind: 'attacks', value: 1 }] } }),
    ];
    expect((await Promise.all(sent)).map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
  });

  test('in an address is answered in words', async () => {
    for (const query of ['?after=%00', '?limit=1e9', '?after=..%2F..', '?limit=-1', '?after=AAAAAAAAAAAAAAAAAAAAAA']) expect((await api(`/api/v1/agency/reports${query}`)).status).toBeLessThan(500);
    for (const query of ['?from=%00', '?to=9999-99-99', '?from=0000-00-00']) expect((await api(`/api/v1/agency/figures${query}`)).status).toBe(422);
  });
});

describe('what an agency reads', () => {
  test('is its own reports, page by page, with their state and the answers of the desk', async () => {
    const bearer = await tokenOf(stranger.actor, ['reports:write', 'reports:read'], 30);
    const codes: string[] = [];
    for (let i = 0; i < 5; i += 1) codes.push((await api('/api/v1/agency/reports', { bearer, body: report() })).body.code);
    const { id } = await asSystem((tx) => tx.selectFrom('report').select('id').where('code', '=', codes[1]!).executeTakeFirstOrThrow());
    later(3600_000);
    await asSystem((tx) => changeState(tx, system('test'), 'report', id, 'acknowledge'));
    const officer = await signIn(desk, 'so-vhttdl', ['intake']);
    for (const [sent_by, body] of [['desk', 'Đã nhận, sẽ trả lời trong 3 ngày.'], ['reporter', 'Cảm ơn']] as const) {
      await desk.owner.insertInto('message').values({ report_id: id, sent_by, officer_id: sent_by === 'desk' ? officer.actor.officerId : null, body, at: desk.clock.now(), read_at: null }).execute();
    }
    const found = [];
    let after: string | null = null;
    do {
      const { body } = await api(`/api/v1/agency/reports?limit=2${after ? `&after=${after}` : ''}`, { bearer });
      expect(body.reports.length).toBeLessThanOrEqual(2);
      found.push(...body.reports);
      after = body.next;
    } while (after);
    // The clock stands still, so that the order of these five is chance; that each comes once is not.
    expect(found.map(({ code }) => code).filter((code) => codes.includes(code)).toSorted()).toEqual(codes);
    expect(new Set(found.map(({ code }) => code)).size).toBe(found.length);
    expect(found.find(({ code }) => code === codes[1])).toEqual({
      code: codes[1], state: 'acknowledged', category: 'scam', received_at: START.toISOString(), changed_at: '2026-11-22T03:00:00.000Z', stop_code: null,
      answers: [{ at: '2026-11-22T03:00:00.000Z', body: 'Đã nhận, sẽ trả lời trong 3 ngày.' }],
    });
    for (const query of ['?limit=0', '?limit=1000', '?after=x', '?limit=abc']) expect((await api(`/api/v1/agency/reports${query}`, { bearer })).status).toBe(422);
  });

  test('is nothing of another agency, by the API and by the database itself', async () => {
    const own = (await api('/api/v1/agency/reports', { body: report({ narrative: 'Nội dung chỉ VNPT gửi và chỉ VNPT được đọc.' }) })).body.code as string;
    const bearer = await tokenOf(stranger.actor, ['reports:read'], 30);
    let after: string | null = null;
    const seen: string[] = [];
    do {
      const { body } = await api(`/api/v1/agency/reports${after ? `?after=${after}` : ''}`, { bearer });
      seen.push(...body.reports.map(({ code }: { code: string }) => code));
      after = body.next;
    } while (after);
    expect(seen).not.toContain(own);
    const agency: AgencyActor = { kind: 'agency', agencyId: stranger.actor.agencyId, tokenId: '01999999-9999-7999-8999-999999999999' };
    const rows = await inTransaction(desk, agency, async (tx) => ({
      reports: await tx.selectFrom('report').select('sender_agency_id').distinct().execute(),
      contacts: await tx.selectFrom('reporter_identity').select('report_id').execute(), arrivals: await tx.selectFrom('arrival').select('id').execute(),
      cases: await tx.selectFrom('case_file').select('id').execute(), journal: await tx.selectFrom('journal').select('seq').execute(),
    }));
    expect(rows.reports.every((row) => row.sender_agency_id === stranger.actor.agencyId)).toBe(true);
    expect([rows.arrivals, rows.cases, rows.journal]).toEqual([[], [], []]);
    await expect(inTransaction(desk, agency, (tx) => tx.updateTable('report').set({ narrative: 'x' }).returning('id').execute())).resolves.toEqual([]);
  });
});

describe('figures', () => {
  const figures = (value: number, more: object = {}) => ({
    source: 'Trung tâm giám sát', period: { from: '2026-10-01', to: '2026-10-31' }, figures: [{ kind: 'c2_connections', value, qualifier: 'more_than' }, { kind: 'attacks', value: 12 }], ...more,
  });

  test('are kept, known again, and replaced without being overwritten', async () => {
    const noted = (await journalOf('external_figure')).length;
    expect((await api('/api/v1/agency/figures', { body: figures(42_000) })).body).toEqual({ recorded: 2, replaced: 0, unchanged: 0, errors: [] });
    expect((await api('/api/v1/agency/figures', { body: figures(42_000) })).body).toMatchObject({ recorded: 0, unchanged: 2 });
    expect((await api('/api/v1/agency/figures', { body: figures(43_000) })).body).toMatchObject({ recorded: 1, replaced: 1, unchanged: 1 });
    const { body } = await api('/api/v1/agency/figures?from=2026-10-01&to=2026-10-31');
    expect(body.figures.map(({ kind, value, qualifier, unit }: Record<string, unknown>) => [kind, value, qualifier, unit])).toEqual([['attacks', 12, '', 'incident'], ['c2_connections', 43_000, 'more_than', 'connection']]);
    const all = await desk.owner.selectFrom('external_figure').select(['value', 'withdrawn_reason', 'token_id']).where('kind', '=', 'c2_connections').orderBy('id').execute();
    expect(all.map(({ value, withdrawn_reason }) => [value, withdrawn_reason])).toEqual([[42_000, 'replaced'], [43_000, null]]);
    expect(all.every(({ token_id }) => token_id !== null)).toBe(true);
    expect((await journalOf('external_figure')).slice(noted).map(({ action }) => action)).toEqual(['record', 'record', 'withdraw', 'record']);
    const bearer = await tokenOf(stranger.actor, ['figures:write'], 30);
    expect((await api('/api/v1/agency/figures', { bearer })).body).toEqual({ figures: [] });
  });

  test('sent twice at the same moment are one', async () => {
    const body = figures(5, { period: { from: '2026-09-01', to: '2026-09-30' } });
    await Promise.all(Array.from({ length: 6 }, () => api('/api/v1/agency/figures', { body })));
    expect((await api('/api/v1/agency/figures?from=2026-09-01&to=2026-09-30')).body.figures).toHaveLength(2);
  });

  test('with more than figures are refused', async () => {
    expect((await api('/api/v1/agency/figures', { body: { ...figures(1), reporter: 'Nông Thị Lan' } })).body.error.details).toEqual({ reason: 'field_unknown' });
    expect((await api('/api/v1/agency/figures', { body: figures(1, { figures: [{ kind: 'opinions', value: 3 }] }) })).body).toMatchObject({ recorded: 0, errors: [{ at: 'figures[0]', reason: 'value_wrong' }] });
  });
});

describe('a webhook', () => {
  interface Hit {
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  const hits: Hit[] = [];
  let answer: (response: ServerResponse, hit: Hit) => void;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk)).on('end', () => {
        const hit = { path: request.url ?? '', headers: request.headers, body };
        hits.push(hit);
        answer(response, hit);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/la-chan`;
  });
  afterAll(() => server.closeAllConnections());

  beforeEach(async () => {
    hits.length = 0;
    answer = (response) => response.writeHead(204).end();
    await sql`delete from webhook_delivery`.execute(desk.owner);
    await sql`delete from webhook`.execute(desk.owner);
  });

  const addWebhook = (to = url) => inTransaction(desk, admin.actor, (tx) => createWebhook(tx, desk.keys, admin.actor, to));
  /** A report of the agency that changes its state now. */
  async function changed(): Promise<string> {
    const { code } = (await api('/api/v1/agency/reports', { body: report() })).body as { code: string };
    const { id } = await asSystem((tx) => tx.selectFrom('report').select('id').where('code', '=', code).executeTakeFirstOrThrow());
    await asSystem((tx) => changeState(tx, system('test'), 'report', id, 'acknowledge'));
    return code;
  }
  const deliveries = () => desk.owner.selectFrom('webhook_delivery').selectAll().orderBy('id').execute();
  const webhook = () => desk.owner.selectFrom('webhook').selectAll().executeTakeFirstOrThrow();

  test('is told of a new state, signed so that the receiver can check', async () => {
    const { secret } = await addWebhook();
    const code = await changed();
    expect(await deliverDue(desk)).toBe(1);
    const [hit] = hits;
    expect(JSON.parse(hit!.body)).toEqual({ type: 'report.state', timestamp: '2026-11-22T02:00:00Z', data: { code, state: 'acknowledged' } });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const signed = `${String(hit!.headers['webhook-id'])}.${String(hit!.headers['webhook-timestamp'])}.${hit!.body}`;
    const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(signed).digest('base64');
    expect(hit!.headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Number(hit!.headers['webhook-timestamp'])).toBe(START.getTime() / 1000);
    expect(await deliveries()).toEqual([expect.objectContaining({ state: 'delivered', status: 204, attempts: 1 })]);
    expect(await webhook()).toMatchObject({ last_ok_at: START, failing_since: null });
    expect(await deliverDue(desk)).toBe(0);
    const dump = await sql<{ row: string }>`select to_jsonb(w)::text as row from webhook w`.execute(desk.owner);
    expect(dump.rows[0]!.row).not.toContain(secret.slice(6));
  });

  test('hears only of reports its agency sent', async () => {
    await addWebhook();
    const bearer = await tokenOf(stranger.actor, ['reports:write'], 30);
    const { code } = (await api('/api/v1/agency/reports', { bearer, body: report() })).body as { code: string };
    const { id } = await asSystem((tx) => tx.selectFrom('report').select('id').where('code', '=', code).executeTakeFirstOrThrow());
    await asSystem((tx) => changeState(tx, system('test'), 'report', id, 'acknowledge'));
    expect(await deliverDue(desk)).toBe(0);
    expect(hits).toEqual([]);
  });

  test('that fails is tried again by its schedule with the same id, then given up', async () => {
    await addWebhook();
    await changed();
    answer = (response) => response.writeHead(500).end('lỗi');
    expect(await deliverDue(desk)).toBe(1);
    expect(await webhook()).toMatchObject({ failing_since: START, last_error: 'status' });
    for (const wait of RETRIES) {
      expect((await deliveries())[0]).toMatchObject({ state: 'waiting', status: 500 });
      later(wait - 1000);
      expect(await deliverDue(desk)).toBe(0);
      later(2000);
      expect(await deliverDue(desk)).toBe(1);
    }
    expect((await deliveries())[0]).toMatchObject({ state: 'given_up', attempts: 7, status: 500 });
    expect(new Set(hits.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(hits.map(({ headers }) => headers['webhook-signature'])).size).toBe(7);
    later(7 * DAY);
    expect(await deliverDue(desk)).toBe(0);
  });

  test('that fails once is received the next time, and no longer failing', async () => {
    await addWebhook();
    await changed();
    answer = (response) => response.writeHead(503).end();
    await deliverDue(desk);
    answer = (response) => response.writeHead(200).end('x'.repeat(5_000_000));
    later(RETRIES[0]! + 1000);
    await deliverDue(desk);
    expect((await deliveries())[0]).toMatchObject({ state: 'delivered', attempts: 2, status: 200 });
    expect(await webhook()).toMatchObject({ failing_since: null, last_error: null });
  });

  test('is not led elsewhere by a redirect', async () => {
    await addWebhook();
    await changed();
    answer = (response) => response.writeHead(307, { location: `${url}/khac` }).end();
    await deliverDue(desk);
    expect(hits.map(({ path }) => path)).toEqual(['/la-chan']);
    expect(await webhook()).toMatchObject({ last_error: 'redirect' });
  });

  test('that is gone (410) stops by itself, with a row in the journal', async () => {
    const { id } = await addWebhook();
    await changed();
    answer = (response) => response.writeHead(410).end();
    await deliverDue(desk);
    expect(await webhook()).toMatchObject({ stopped_at: START, last_error: 'gone' });
    expect((await deliveries())[0]).toMatchObject({ state: 'given_up', status: 410 });
    await changed();
    expect(await deliveries()).toHaveLength(1);
    const rows = await desk.owner.selectFrom('journal').select(['action', 'actor_kind', 'reason']).where('entity_id', '=', id).orderBy('seq').execute();
    expect(rows.at(-1)).toEqual({ action: 'webhook_stopped', actor_kind: 'system', reason: 'gone' });
  });

  test('that does not answer is left after the time, and the rest of its messages wait without being counted', async () => {
    await addWebhook();
    await changed();
    await changed();
    answer = () => {};
    expect(await deliverDue(desk, { ...NET, timeout: 200 })).toBe(1);
    expect((await deliveries()).map(({ state, attempts }) => [state, attempts])).toEqual([['waiting', 1], ['waiting', 0]]);
    expect(await webhook()).toMatchObject({ last_error: 'timeout' });
    answer = (response) => response.writeHead(204).end();
    later(RETRIES[0]! + 1000);
    expect(await deliverDue(desk)).toBe(2);
  });

  test('is sent each message once, even when two workers look at the same time', async () => {
    await addWebhook();
    for (let i = 0; i < 6; i += 1) await changed();
    const claims = await Promise.all([1, 2, 3].map(() => inTransaction(desk, DELIVERER, (tx) => claimDue(tx, 50))));
    const ids = claims.flat().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([6, 6]);
    expect(await deliverDue(desk)).toBe(0);
    // A worker that died is followed by another.
    later(10 * 60_000 + 1000);
    expect(await deliverDue(desk)).toBe(6);
  });

  test('is added, tested, stopped and started on its page', async () => {
    const added = await form('/can-bo/ket-noi/webhook', admin.cookie, [['dia-chi', url]]);
    expect(added.html).toMatch(/whsec_[A-Za-z0-9+/]{43}=/);
    const list = await page('/can-bo/ket-noi/webhook', admin.cookie);
    expect(list).toContain(url);
    expect(list).not.toMatch(/whsec_[A-Za-z0-9+/]{20}/);
    const { id } = await webhook();
    expect((await form(`/can-bo/ket-noi/webhook/${id}/thu`, admin.cookie)).location).toBe('/can-bo/ket-noi/webhook?da=thu');
    expect(JSON.parse(hits[0]!.body)).toMatchObject({ type: 'webhook.test' });
    answer = (response) => response.writeHead(404).end();
    expect((await form(`/can-bo/ket-noi/webhook/${id}/thu`, admin.cookie)).location).toBe('/can-bo/ket-noi/webhook?loi=status');
    expect(await page('/can-bo/ket-noi/webhook?loi=status', admin.cookie)).toContain('máy chủ trả lời mã lỗi');
    for (const verb of ['thu', 'dung', 'mo']) expect((await form(`/can-bo/ket-noi/webhook/${id}/${verb}`, stranger.cookie)).status).toBe(404);
    await form(`/can-bo/ket-noi/webhook/${id}/dung`, admin.cookie);
    expect(await webhook()).toMatchObject({ stopped_at: START });
    await form(`/can-bo/ket-noi/webhook/${id}/mo`, admin.cookie);
    expect(await webhook()).toMatchObject({ stopped_at: null, failing_since: null });
    const code = await changed();
    answer = (response) => response.writeHead(204).end();
    await deliverDue(desk);
    expect(await page('/can-bo/ket-noi/webhook', admin.cookie)).toContain(code);
    expect(await page('/can-bo/ket-noi/webhook', stranger.cookie)).not.toContain(code);
    for (const wrong of ['', 'khong-phai-dia-chi', 'ftp://nhan.example/', 'https://a:b@nhan.example/', `https://nhan.example/${'x'.repeat(600)}`]) {
      expect((await form('/can-bo/ket-noi/webhook', admin.cookie, [['dia-chi', wrong]])).status).toBe(422);
    }
  });

  describe('never leads into the own network', () => {
    const names = (addresses: readonly string[]): Net => ({ ...NET, timeout: 2000, resolve: async () => addresses });

    test.each([
      'http://nhan.example/', 'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://nhan.example:22/', 'https://nhan.example:8080/',
      'https://user@nhan.example/', 'https://nhan.example/#a', 'gopher://nhan.example/', 'file:///etc/passwd', 'https://', '//nhan.example/', '１２７.0.0.1',
    ])('%s is no address of a webhook', (address) => {
      expect(webhookAddress(address, false)).toMatchObject({ ok: false });
    });

    test('ordinary addresses are', () => {
      for (const address of ['https://nhan.example/', 'https://nhan.example:8443/la-chan?x=1', 'https://nhận.example/']) expect(webhookAddress(address, false)).toMatchObject({ ok: true });
      expect(webhookAddress('http://10.0.0.5:8080/x', true)).toMatchObject({ ok: true });
    });

    test('every address has its reach', () => {
      const own = ['127.0.0.1', '127.8.8.8', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.255.255', '::1', 'fc00::1', 'fd12:3456::1', '::ffff:10.0.0.1', '::ffff:7f00:1'];
      const never = ['0.0.0.0', '169.254.169.254', '169.254.170.2', '224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '::', 'fe80::1', 'fe80::1%eth0', 'ff02::1', '64:ff9b::a00:1', '2002:7f00:1::', '2001:0:1::1',
        '::127.0.0.1', '::ffff:169.254.169.254', '::ffff:0:127.0.0.1', '4000::1', 'nhan.example', ''];
      const open_ = ['1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.255.255', '100.128.0.1', '192.167.1.1', '203.119.8.1', '2606:4700::1111', '::ffff:1.1.1.1'];
      expect(own.map(reachOf)).toEqual(own.map(() => 'own'));
      expect(never.map(reachOf)).toEqual(never.map(() => 'never'));
      expect(open_.map(reachOf)).toEqual(open_.map(() => 'public'));
    });

    test.each([
      ['a private address', ['10.0.0.1']], ['this machine', ['127.0.0.1']], ['the metadata service', ['169.254.169.254']], ['a mapped address', ['::ffff:127.0.0.1']],
      ['a mixture', ['1.1.1.1', '127.0.0.1']], ['IPv6 of one’s own', ['fd00::1']],
    ])('a name with %s is refused before anything is sent', async (_, addresses) => {
      const port = (server.address() as AddressInfo).port;
      expect(await post(`https://nhan.example/${port}`, {}, '{}', false, names(addresses))).toEqual({ ok: false, status: null, fault: 'private_address' });
      expect(hits).toEqual([]);
    });

    test('the metadata service is refused even where private addresses are allowed, and plain http outside', async () => {
      expect(await post('http://nhan.example/', {}, '{}', true, names(['169.254.169.254']))).toMatchObject({ fault: 'private_address' });
      expect(await post('http://nhan.example/', {}, '{}', true, names(['1.1.1.1']))).toMatchObject({ fault: 'scheme' });
      expect(await post('http://nhan.example/', {}, '{}', true, names([]))).toMatchObject({ fault: 'dns' });
    });

    test('a name that changes between the look and the leap leads where the look was', async () => {
      const asked: string[] = [];
      const port = (server.address() as AddressInfo).port;
      const rebinding: Net = {
        timeout: 2000,
        resolve: async (host) => {
          asked.push(host);
          return asked.length === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
        },
      };
      expect(await post(`http://doi-ten.example:${port}/x`, {}, '{}', true, rebinding)).toMatchObject({ ok: true });
      expect(asked).toEqual(['doi-ten.example']);
      expect(hits[0]!.headers.host).toBe(`doi-ten.example:${port}`);
    });

    test('a name that does not resolve in time is given up', async () => {
      expect(await post('https://cham.example/', {}, '{}', false, { timeout: 100, resolve: () => new Promise(() => {}) })).toMatchObject({ fault: 'timeout' });
    });

    test('with the setting off a delivery to the own network fails and says why', async () => {
      const strict: TestDesk = { ...desk, config: { ...desk.config, WEBHOOK_PRIVATE: false } };
      await addWebhook('https://noi-bo.example/');
      await changed();
      await deliverDue(strict, names(['192.168.1.10']));
      expect(await webhook()).toMatchObject({ last_error: 'private_address' });
      expect(hits).toEqual([]);
      const refused = await appOf(strict).request('/can-bo/ket-noi/webhook', {
        method: 'POST', headers: { Cookie: admin.cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ 'dia-chi': url }).toString(),
      });
      expect(refused.status).toBe(422);
    });
  });
});
