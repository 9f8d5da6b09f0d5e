/**
 * A GET changes nothing, anywhere: every route is opened as everybody, HEAD too, and every table is the same before and after. Mail
 * scanners open each link of a letter before its reader does, and follow what they find.
 */
import type { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_CODES } from '#catalogue/roles.ts';
import { isDueAtOnce } from '#core/news.ts';
import { createToken } from '#modules/identity/index.ts';
import { keepUpload, reporterToken, submitReport } from '#modules/intake/index.ts';
import { notify } from '#modules/notifications/index.ts';
import { mailNews } from '#modules/notifications/jobs.ts';
import { openTask } from '#modules/tasks/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Route } from '#platform/http.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { JOBS, ROUTES } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { unescapeHtml } from '../support/browser.ts';
import { reportOf } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';
import { smtpSink, type SmtpSink } from '../support/smtp.ts';

const OWN = 'so-vhttdl';
const BASE = 'https://lachan.example';
/** Columns that a look may change: the minute a session was last used, which signs out who is away. */
const NOT_COMPARED: Readonly<Record<string, readonly string[]>> = { session: ['last_seen_at'] };
/** Addresses of one shape that one person opens; lists lead to hundreds of the same. */
const OF_ONE_SHAPE = 2;
const METHODS = ['HEAD', 'GET'] as const;
/** Routes nothing in the sample leads to; they are opened for a thing that is not there. Path → why. */
const UNLINKED: Readonly<Record<string, string>> = {};
/** Requests between two looks at the whole database. */
const BETWEEN_LOOKS = 120;

let desk: TestDesk;
let smtp: SmtpSink;
let app: Hono;
let tables: readonly string[];

beforeAll(async () => {
  smtp = await smtpSink();
  desk = await testDesk({ LACHAN_DEMO: '1', SMTP_URL: smtp.url, BASE_URL: BASE, EDXML_ORGAN_ID: '000.00.98.H14', DNS_SERVERS: '127.0.0.1:9' });
  await fillDemo(desk, () => {});
  app = await webApp(desk, 1e6);
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(desk.owner);
  // Work that a look put into the queue would change something later.
  tables = [...rows.map(({ name }) => name), 'pgboss.job'];
}, 120_000);

afterAll(() => smtp.close());

/** Rows and checksum of every table, columns that may change left out. */
async function everything(): Promise<Record<string, string>> {
  const parts = tables.map((table) => {
    const row = NOT_COMPARED[table] ? sql`(to_jsonb(t) - ${[...NOT_COMPARED[table]]}::text[])` : sql`t`;
    return sql`select ${table}::text as name, count(*) || ' ' || coalesce(sum(hashtextextended(${row}::text, 0)::numeric), 0) as sum from ${sql.table(table)} t`;
  });
  const { rows } = await sql<{ name: string; sum: string }>`${sql.join(parts, sql` union all `)}`.execute(desk.owner);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

const GETS = ROUTES.filter(({ method }) => method === 'GET');
const SHAPES = GETS.map((route) => ({ route, shape: new RegExp(`^(/en)?${route.path.replace(/\/:[^/]+/g, '/[^/]+').replace('.', '\\.')}/?$`) }));
/** The route that answers an address, the most exact one first. */
const routeOf = (path: string): Route | undefined => SHAPES.filter(({ shape }) => shape.test(path)).map(({ route }) => route).toSorted((a, b) => holes(a) - holes(b))[0];
const holes = ({ path }: Route): number => path.split('/:').length;

interface Visit {
  readonly path: string;
  readonly method: 'GET' | 'HEAD';
  readonly status: number;
}

/** Addresses of our own on a page or in a letter, without the part after #. */
function linksIn(text: string): string[] {
  const inside = [...text.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, href]) => unescapeHtml(href!));
  const plain = [...text.matchAll(/https:\/\/lachan\.example[^\s"<>]*/g)].map(([href]) => href);
  return [...new Set([...inside, ...plain].map((href) => href.replace(BASE, '').replace(/#.*$/, '')).filter((href) => /^\/(?!\/|tinh\/)/.test(href)))];
}

/**
 * Opens addresses and every link found behind them, GET and HEAD, a few of each shape; between them looks whether anything changed.
 * @param last opened when no link is left
 * @returns what was opened
 */
async function wander(from: readonly string[], headers: Readonly<Record<string, string>>, last: readonly string[] = [], methods: readonly Visit['method'][] = METHODS): Promise<Visit[]> {
  const opened: Visit[] = [];
  const leftOver = [...last];
  const shapes = new Map<string, number>();
  const seen = new Set<string>();
  let before = await everything();
  let sinceLook: string[] = [];
  const look = async () => {
    const after = await everything();
    expect({ changed: tables.filter((table) => before[table] !== after[table]), by: sinceLook }).toEqual({ changed: [], by: sinceLook });
    [before, sinceLook] = [after, []];
  };
  const queue = [...from];
  while (queue.length + leftOver.length > 0) {
    const href = (queue.shift() ?? leftOver.shift())!;
    const [path = '', query = ''] = href.split('?');
    const shape = `${routeOf(path)?.path ?? path}?${[...new URLSearchParams(query).keys()].join('&')}`;
    if (seen.has(href) || (shapes.get(shape) ?? 0) >= OF_ONE_SHAPE) continue;
    seen.add(href);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    for (const method of methods) {
      const response = await app.request(href, { method, headers, redirect: 'manual' });
      opened.push({ path: href, method, status: response.status });
      sinceLook.push(`${method} ${href}`);
      const isText = /text|json|xml/.test(response.headers.get('content-type') ?? '');
      if (method === 'GET') queue.push(...linksIn(isText ? await response.text() : ''), ...linksIn(`href="${response.headers.get('location') ?? ''}"`));
    }
    if (sinceLook.length >= BETWEEN_LOOKS) await look();
  }
  await look();
  return opened;
}

const both = ({ path, portal }: Route): string[] => [path, ...(portal ? [path === '/' ? '/en' : `/en${path}`] : [])];
/** Addresses with nothing to fill in. */
const PLAIN = GETS.filter(({ path }) => !path.includes('/:')).flatMap(both);
/** Addresses of things that are not there, for routes that no page leads to. */
const NOWHERE = GETS.filter(({ path }) => path.includes('/:')).flatMap(both).map((path) => path.replace(/\/:[^/]+/g, '/01999999-9999-7999-8999-999999999999'));

const reached = new Set<string>();
function note(visits: readonly Visit[]): void {
  for (const { path, status } of visits) {
    const route = routeOf(path.split('?')[0]!);
    if (route && status < 400) reached.add(route.path);
  }
}

/** Unread news, which a look might mark as read. */
function tell({ agencyId, officerId }: OfficerActor): Promise<number> {
  return inTransaction(desk, system('test'), (tx) => notify(tx, { agencyId, officerId, kind: 'opinion_answered', code: 'YK-04-2026-0001', href: '/can-bo/tin', urgent: true }));
}

test('the comparison sees one changed letter in any table', async () => {
  const before = await everything();
  await sql`update officer set full_name = full_name || '.' where id = (select min(id::text)::uuid from officer)`.execute(desk.owner);
  const after = await everything();
  expect(tables.filter((table) => before[table] !== after[table])).toEqual(['officer']);
  expect(tables.length).toBeGreaterThan(60);
});

test('a mail scanner that opens every link of every letter, and what it finds behind them, changes nothing', async () => {
  const focal = await signIn(desk, 'cong-an-tinh', ['focal']);
  const drafter = await signIn(desk, OWN, ['case_officer']);
  const { id, number } = await desk.owner.selectFrom('case_file').select(['id', 'number']).where('lead_agency_id', '=', drafter.actor.agencyId).where('state', '<>', 'closed').limit(1).executeTakeFirstOrThrow();
  await inTransaction(desk, drafter.actor, async (tx) => {
    await openTask(tx, drafter.actor, { kind: 'opinion', agencyId: focal.actor.agencyId, caseId: id, code: number, title: 'Cho ý kiến', href: `/can-bo/phoi-hop/${number}`, dueOn: '2026-12-01', urgent: true });
  });
  await tell(drafter.actor);
  desk.clock.set(new Date('2026-11-23T03:00:00Z'));
  expect(await mailNews(desk, isDueAtOnce)).toBeGreaterThan(1);
  const writers = await desk.owner.selectFrom('reporter_identity').select('report_id').where('has_email', '=', true).limit(3).execute();
  for (const letter of ['acknowledged', 'news']) {
    for (const { report_id: reportId } of writers) await JOBS.find(({ name }) => name === 'tell-reporter')!.run(desk, { reportId, letter } as never);
  }
  for (const { id: noticeId } of await desk.owner.selectFrom('notice').select('id').where('sent_at', 'is', null).where('state', '<>', 'dropped').limit(4).execute()) {
    await JOBS.find(({ name }) => name === 'render-notice')!.run(desk, { noticeId } as never);
    await JOBS.find(({ name }) => name === 'send-notice')!.run(desk, { noticeId } as never);
  }
  const links = smtp.mails.flatMap(({ text }) => linksIn(text));
  expect(links).toEqual(expect.arrayContaining(['/can-bo/tin', '/can-bo/tai-khoan/tin', `/can-bo/phoi-hop/${number}`]));
  expect(smtp.mails.length).toBeGreaterThan(4);
  const visits = await wander(links, { 'user-agent': 'Mozilla/5.0 (compatible; MailScanner)' });
  expect(visits.filter(({ path, status }) => path.startsWith('/can-bo') && ![303, 404].includes(status))).toEqual([]);
  expect(visits).toContainEqual({ path: '/can-bo/tin', method: 'GET', status: 303 });
  expect(visits.length).toBeGreaterThan(20);
  // Nothing was told to have been read, and the letters’ readers still find it so.
  expect(await desk.owner.selectFrom('notification').select('id').where('read_at', 'is not', null).execute()).toEqual([]);
}, 60_000);

/** Links that a reporter and an appellant hold in their hands: receipts, a picture of their own, a report by its secret. */
async function inHand(): Promise<{ links: string[]; api: string; secret: string }> {
  const key = 'mot-khoa-du-dai-de-mo-0001';
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: { r: 9, g: 80, b: 90 } } }).jpeg().toBuffer();
  const photo = await keepUpload(desk, key, { field: 'photos', name: 'anh.jpg', bytes, tooLarge: false });
  const receipt = await submitReport(desk, reportOf({ category: 'scam', narrative: 'Trang https://mo-thu.example/x đòi đặt cọc', uploads: [photo.id], idempotencyKey: key }));
  const { id } = await desk.owner.selectFrom('attachment').select('id').where('report_id', '=', receipt.id).executeTakeFirstOrThrow();
  const t = reporterToken(desk, receipt);
  const now = desk.clock.now();
  const value = { code: 'XL-04-261123-0001-5', secret: receipt.secret, acceptBy: '2026-12-01', filedAt: now.toISOString(), sealedAt: now.getTime() };
  const appeal = desk.keys.token('appeal', { kind: 'receipt', value }, new Date(now.getTime() + 3_600_000));
  return {
    links: [`/bao-cao/phieu?t=${t}`, `/tra-cuu/anh/${id}?t=${t}`, `/tra-cuu?t=${t}`, `/xem-xet-lai/phieu?t=${appeal}`, '/api/v1/check?q=mo-thu.example'],
    api: `/api/v1/reports/${receipt.code}`, secret: receipt.secret,
  };
}

describe('opening every page', () => {
  test('as anybody, with the links a reporter holds in hand', async () => {
    const { links, api, secret } = await inHand();
    note(await wander([...links, ...PLAIN], {}, NOWHERE));
    note(await wander([api], { authorization: `Bearer ${secret}` }));
  }, 60_000);

  test.each(ROLE_CODES)('as %s', async (role) => {
    const { actor, cookie } = await signIn(desk, OWN, [role]);
    await tell(actor);
    note(await wander(PLAIN, { cookie, 'sec-fetch-site': 'none' }, NOWHERE, role === 'case_officer' ? METHODS : ['GET']));
  }, 60_000);

  test('as somebody of another agency', async () => {
    const { actor, cookie } = await signIn(desk, 'cong-an-tinh', ['focal', 'case_officer', 'leader', 'clerk']);
    await tell(actor);
    note(await wander(PLAIN, { cookie, 'sec-fetch-site': 'none' }, NOWHERE, ['GET']));
  }, 60_000);

  test('as an agency’s system; the day a token was last used is noted once a day, for whoever must revoke it', async () => {
    const { actor } = await signIn(desk, OWN, ['administrator']);
    const { token } = await inTransaction(desk, actor, (tx) => createToken(tx, actor, { name: 'Hệ thống thử', scopes: ['reports:read', 'reports:write', 'figures:write', 'opinions:read', 'opinions:write'], days: 30 }));
    const headers = { authorization: `Bearer ${token}` };
    await app.request('/api/v1/agency/reports', { headers });
    note(await wander(PLAIN.filter((path) => path.startsWith('/api/')), headers, NOWHERE.filter((path) => path.startsWith('/api/'))));
  });

  test('was opening every route there is', () => {
    expect(GETS.map(({ path }) => path).filter((path) => !reached.has(path) && !(path in UNLINKED))).toEqual([]);
    expect(GETS.length).toBeGreaterThan(80);
  });
});
