import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOfficer, endRole, gatekeeper, grantRole, identityRoutes, setDisabled } from '#modules/identity/index.ts';
import type * as Passwords from '#modules/identity/passwords.ts';
import { verifyPassword } from '#modules/identity/passwords.ts';
import { AUTH, PUBLIC, system } from '#platform/actor.ts';
import { inTransaction, type Db } from '#platform/db.ts';
import { httpApp, type Route } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { formatDate, isoDay } from '#web/format.ts';
import { hiddenFields, TestBrowser, unescapeHtml, type Page } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addOfficer, cookieFor, signInForTest, TEST_PASSWORD, type TestOfficer } from '../support/identity.ts';

vi.mock('#modules/identity/passwords.ts', async (load) => {
  const real = await load<typeof Passwords>();
  return { ...real, verifyPassword: vi.fn(real.verifyPassword) };
});

const START = new Date('2026-11-22T02:00:00Z');
const TODAY = '2026-11-22';
const OWN_PASSWORD = 'tám con trâu lội suối';
const MINUTE = 60_000;
const ROOT = system('test');

let desk: TestDesk;
let day = 0;
let A: string;
let B: string;
const received: { path: string; fields: [string, string][]; officerId: string; agencyId: string }[] = [];

/** A small console around the routes under test. */
const CONSOLE: readonly Route[] = [
  { method: 'GET', path: '/can-bo', access: { kind: 'officer' }, handler: (ctx) => ctx.c.json({ ...ctx.officer, lang: ctx.lang, short: ctx.signedIn?.agencyShort }) },
  { method: 'GET', path: '/can-bo/duyet', access: { kind: 'officer', roles: ['reviewer'] }, handler: (ctx) => ctx.c.text('duyệt') },
  {
    method: 'POST', path: '/can-bo/viec/:id', access: { kind: 'officer' },
    handler: async (ctx) => {
      const form = await ctx.form();
      const fields = Object.keys(form.fields).flatMap((name) => form.all(name).map((value) => [name, value] as [string, string]));
      received.push({ path: ctx.c.req.path + new URL(ctx.c.req.url).search, fields, officerId: ctx.officer.officerId, agencyId: ctx.officer.agencyId });
      return ctx.seeOther('/can-bo');
    },
  },
];

function appOf(on: TestDesk) {
  return httpApp({
    desk: on, routes: [...identityRoutes, ...CONSOLE], gatekeeper: gatekeeper(on), errorPage: ErrorPage, limiter: memoryLimiter(),
    assets: { href: (name) => `/tinh/${name}`, files: new Map() },
  });
}

let app: ReturnType<typeof appOf>;
const browse = (address?: string) => new TestBrowser(app, address);
const later = (milliseconds: number) => desk.clock.set(new Date(desk.clock.now().getTime() + milliseconds));
const officerOf = (more: Partial<TestOfficer> = {}) => addOfficer(desk, { agencyId: A, roles: ['case_officer'], ...more });
const password = (browser: TestBrowser, email: string, text = TEST_PASSWORD, more: Record<string, string> = {}) =>
  browser.post('/dang-nhap', { thu: email, 'mat-khau': text, ...more });
const codeOf = (secret: string) => TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp: desk.clock.now().getTime() });
const withHidden = (page: Page, fields: Record<string, string>, action = '/dang-nhap') => ({ ...Object.fromEntries(hiddenFields(page, action)), ...fields });

async function addAgency(key: string, name: string): Promise<string> {
  const { id } = await desk.owner.insertInto('agency').values({ key, level: 'department', parent_id: null, commune_code: null, valid_from: '2020-01-01', valid_to: null }).returning('id').executeTakeFirstOrThrow();
  await desk.owner.insertInto('agency_name').values({ agency_id: id, name, short_name: key.toUpperCase(), name_en: `${name} (en)`, valid_from: '2020-01-01', valid_to: null }).execute();
  return id;
}

/** An officer who has signed in once: phone connected, own password. */
async function enrolled(more: Partial<TestOfficer> = {}) {
  const officer = await officerOf(more);
  const browser = browse('198.51.100.200');
  const page = await password(browser, officer.email);
  const secret = unescapeHtml(/<code class="mono">([^<]+)</.exec(page.html)![1]!).replaceAll(' ', '');
  const done = await browser.post('/dang-nhap', withHidden(page, { ma: codeOf(secret), 'mat-khau-moi': OWN_PASSWORD, 'nhap-lai': OWN_PASSWORD }));
  expect(done.location).toBe('/can-bo');
  later(MINUTE);
  return { ...officer, secret, browser, page };
}

type Enrolled = Awaited<ReturnType<typeof enrolled>>;

async function signIn(browser: TestBrowser, officer: Pick<Enrolled, 'email' | 'secret'>, more: Record<string, string> = {}): Promise<Page> {
  const page = await password(browser, officer.email, OWN_PASSWORD, more);
  expect(page.html).toContain('Nhập mã trên điện thoại');
  return browser.post('/dang-nhap', withHidden(page, { ma: codeOf(officer.secret) }));
}

async function journalOf(officerId: string): Promise<string[]> {
  const rows = await desk.owner.selectFrom('journal').select('action').where('entity_id', '=', officerId).orderBy('seq').execute();
  return rows.map((row) => row.action);
}

beforeAll(async () => {
  desk = await testDesk();
  app = appOf(desk);
  A = await addAgency('so-a', 'Sở A');
  B = await addAgency('so-b', 'Sở B');
});

beforeEach(async () => {
  await desk.owner.deleteFrom('login_attempt').execute();
  // Each test has a day of its own, from nine in the morning: counters and codes of another never reach into it.
  desk.clock.set(new Date(START.getTime() + ++day * 24 * 60 * MINUTE));
  received.length = 0;
  vi.mocked(verifyPassword).mockClear();
});

describe('signing in', () => {
  it('connects a phone and asks for an own password the first time', async () => {
    const { officerId, browser, email } = await enrolled();
    const me = JSON.parse((await browser.get('/can-bo')).html);
    expect(me).toMatchObject({ officerId, agencyId: A, roles: ['case_officer'], lang: 'vi', short: 'SO-A' });
    expect(await journalOf(officerId)).toEqual(['officer_created', 'role_granted', 'totp_enrolled', 'password_changed', 'sign_in']);
    expect((await password(browse(), email, TEST_PASSWORD)).status).toBe(401);
  });

  it('asks again when the first sign-in has a wrong code or a poor password, with the same picture', async () => {
    const { email } = await officerOf();
    const browser = browse();
    const page = await password(browser, email);
    const secret = /<code class="mono">([^<]+)</.exec(page.html)![1]!;
    const again = await browser.post('/dang-nhap', withHidden(page, { ma: '000000', 'mat-khau-moi': 'ngắn', 'nhap-lai': 'ngắn' }));
    expect(again.status).toBe(401);
    expect(again.html).toContain('ít nhất 12 ký tự');
    expect(again.html).toContain('Mã chưa đúng');
    expect(again.html).toContain(secret);
    const same = await browser.post('/dang-nhap', withHidden(page, { ma: codeOf(secret.replaceAll(' ', '')), 'mat-khau-moi': TEST_PASSWORD, 'nhap-lai': TEST_PASSWORD }));
    expect(same.html).toContain('phải khác mật khẩu đang dùng');
  });

  it('connects one phone only, even when the first page is sent twice', async () => {
    const { page, secret } = await enrolled();
    const second = await browse().post('/dang-nhap', withHidden(page, { ma: codeOf(secret), 'mat-khau-moi': 'chín con trâu lội suối', 'nhap-lai': 'chín con trâu lội suối' }));
    expect([second.status, second.location]).toEqual([401, null]);
  });

  it('takes password and code, and gives a new session each time', async () => {
    const officer = await enrolled();
    const browser = browse();
    expect((await signIn(browser, officer)).location).toBe('/can-bo');
    const first = browser.cookies.get('desk')!;
    later(MINUTE);
    expect((await signIn(browser, officer)).location).toBe('/can-bo');
    expect(browser.cookies.get('desk')).not.toBe(first);
    const old = browse();
    old.cookies.set('desk', first);
    expect((await old.get('/can-bo')).status).toBe(303);
  });

  it('stores neither token nor secret in the open', async () => {
    const { browser, officerId, secret } = await enrolled();
    const { rows } = await sql<{ all: string }>`select string_agg(s::text, ' ') || (select string_agg(o::text, ' ') from officer_secret o) as all from session s`.execute(desk.owner);
    const token = browser.cookies.get('desk')!;
    for (const found of [token, Buffer.from(token, 'base64url').toString('hex'), secret, Buffer.from(secret).toString('hex'), '203.0.113', '198.51.100']) expect(rows[0]!.all).not.toContain(found);
    const { totp_sealed } = await desk.owner.selectFrom('officer_secret').select('totp_sealed').where('officer_id', '=', officerId).executeTakeFirstOrThrow();
    expect(desk.keys.unseal('totp', totp_sealed!, officerId)?.toString()).toBe(secret);
    expect(desk.keys.unseal('totp', totp_sealed!, (await officerOf()).officerId)).toBeNull();
  });

  it('takes each code once, also from two browsers at the same moment', async () => {
    const officer = await enrolled();
    const browsers = [browse('192.0.2.1'), browse('192.0.2.2'), browse('192.0.2.3')];
    const pages = await Promise.all(browsers.map((browser) => password(browser, officer.email, OWN_PASSWORD)));
    const code = codeOf(officer.secret);
    const answers = await Promise.all(browsers.map((browser, index) => browser.post('/dang-nhap', withHidden(pages[index]!, { ma: code }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401]);
    expect((await browsers[0]!.post('/dang-nhap', withHidden(pages[0]!, { ma: code }))).status).toBe(401);
  });

  it('forgets the password step after five minutes, and when the password changed', async () => {
    const officer = await enrolled();
    const browser = browse();
    const page = await password(browser, officer.email, OWN_PASSWORD);
    later(5 * MINUTE + 1);
    const late = await browser.post('/dang-nhap', withHidden(page, { ma: codeOf(officer.secret) }));
    expect([late.status, late.html.includes('Đã quá thời gian chờ')]).toEqual([401, true]);
    const fresh = await password(browser, officer.email, OWN_PASSWORD);
    await sql`update officer_secret set changed_at = changed_at + interval '1 second' where officer_id = ${officer.officerId}`.execute(desk.owner);
    expect((await browser.post('/dang-nhap', withHidden(fresh, { ma: codeOf(officer.secret) }))).html).toContain('Đã quá thời gian chờ');
  });

  it('takes no note of another kind: a draft, an altered one, one for the enrolment', async () => {
    const officer = await enrolled();
    const enrolment = hiddenFields(officer.page, '/dang-nhap').find(([name]) => name === 'giu-cho')![1];
    const draft = hiddenFields(await browse().post('/can-bo/viec/1', { officerId: officer.officerId }), '/dang-nhap').find(([name]) => name === 'ban-nhap')![1];
    for (const note of ['', 'x', draft, enrolment, `${enrolment.slice(0, -2)}AA`]) {
      const answer = await browse().post('/dang-nhap', { buoc: 'ma', 'giu-cho': note, ma: codeOf(officer.secret) });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
    }
  });

  it('signs out for good', async () => {
    const { browser, officerId } = await enrolled();
    const cookie = browser.cookies.get('desk')!;
    expect((await browser.post('/dang-xuat', {})).location).toBe('/dang-nhap?da=xuat');
    expect(browser.cookies.has('desk')).toBe(false);
    browser.cookies.set('desk', cookie);
    expect((await browser.get('/can-bo')).location).toBe('/dang-nhap?tiep=%2Fcan-bo');
    expect((await journalOf(officerId)).at(-1)).toBe('sign_out');
  });

  it('has an English page, and leads on whoever is signed in', async () => {
    expect((await browse().get('/en/dang-nhap')).html).toContain('Sign in for officers');
    const { browser } = await enrolled();
    expect((await browser.get('/dang-nhap?tiep=/can-bo/duyet')).location).toBe('/can-bo/duyet');
  });

  it('has cookies no script reads, and of the strictest name over https', async () => {
    const { cookie } = await signInForTest(desk, { agencyId: A, roles: ['intake'] });
    expect(cookie).toMatch(/^desk=[\w-]{43}$/);
    const secure: TestDesk = { ...desk, config: { ...desk.config, BASE_URL: 'https://lachan.example', LACHAN_DEMO: true } };
    const { email } = await officerOf({ demo: true });
    const browser = new TestBrowser(appOf(secure));
    const set = (await password(browser, email)).headers.getSetCookie();
    expect(set.map((line) => line.replace(/=[^;]+/, '=…'))).toEqual([
      '__Host-desk=…; Path=/; HttpOnly; Secure; SameSite=Lax',
      expect.stringMatching(/^__Host-desk-device-[0-9a-f]{12}=…; Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect((await browser.get('/can-bo')).status).toBe(200);
    const plain = new TestBrowser(appOf(secure));
    plain.cookies.set('desk', browser.cookies.get('__Host-desk')!);
    expect((await plain.get('/can-bo')).status).toBe(303);
  });
});

describe('what a stranger learns', () => {
  it('is the same for an unknown e-mail, a wrong password, a locked account and a sample account outside the demo', async () => {
    const known = await officerOf();
    const locked = await officerOf();
    const sample = await officerOf({ demo: true });
    await inTransaction(desk, ROOT, (tx) => setDisabled(tx, ROOT, locked.officerId, true));
    const tries: [string, string][] = [['nobody@caobang.gov.vn', TEST_PASSWORD], [known.email, 'sai sai sai sai'], [locked.email, TEST_PASSWORD], [sample.email, TEST_PASSWORD]];
    const seen = [];
    for (const [email, text] of tries) {
      vi.mocked(verifyPassword).mockClear();
      const before = await countJournal();
      const page = await password(browse(), email, text);
      seen.push({
        status: page.status, html: page.html.replaceAll(email, ''), headers: [...page.headers], hashes: vi.mocked(verifyPassword).mock.calls.length,
        parameters: vi.mocked(verifyPassword).mock.calls[0]![0].split('$').slice(0, 4), journal: (await countJournal()) - before,
      });
    }
    expect(seen[0]).toMatchObject({ status: 401, hashes: 1, parameters: ['', 'argon2id', 'v=19', 'm=19456,t=2,p=1'], journal: 1 });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  it('is not written down: no e-mail typed, no address', async () => {
    await password(browse('192.0.2.77'), 'ai-do@caobang.gov.vn');
    const { rows } = await sql<{ all: string }>`select (select string_agg(j::text, ' ') from journal j) || (select string_agg(l::text, ' ') from login_attempt l) as all`.execute(desk.owner);
    expect(rows[0]!.all).toContain('sign_in_failed');
    expect(rows[0]!.all).not.toMatch(/ai-do|192\.0\.2/);
  });

  async function countJournal(): Promise<number> {
    return Number((await desk.owner.selectFrom('journal').select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n);
  }
});

describe('guessing', () => {
  const wrong = (browser: TestBrowser, email: string) => password(browser, email, 'sai sai sai sai');
  const counters = async () => (await desk.owner.selectFrom('login_attempt').select('failures').orderBy('failures', 'desc').execute()).map((row) => row.failures);

  it('stops after ten tries at one account from one address, and says for how long', async () => {
    const officer = await enrolled();
    const attacker = browse('192.0.2.10');
    for (let i = 0; i < 10; i++) expect((await wrong(attacker, officer.email)).status).toBe(401);
    const stopped = await password(attacker, officer.email, OWN_PASSWORD);
    expect(stopped.status).toBe(429);
    const window = 15 * MINUTE;
    const left = (window - (desk.clock.now().getTime() % window)) / 1000;
    expect(stopped.headers.get('retry-after')).toBe(String(left));
    expect(stopped.html).toContain(`thử lại sau ${Math.ceil(left / 60)} phút`);
    // Others are not concerned: an unknown browser elsewhere, and another account from here.
    expect((await signIn(browse('192.0.2.11'), officer)).status).toBe(303);
    expect((await wrong(attacker, (await officerOf()).email)).status).toBe(401);
    later(left * 1000);
    expect((await signIn(attacker, officer)).status).toBe(303);
  });

  it('counts nothing that it refuses, so one address cannot use up the counters of others', async () => {
    const { email } = await officerOf();
    for (let i = 0; i < 40; i++) await wrong(browse('192.0.2.20'), email);
    expect(await counters()).toEqual([10, 10, 10]);
    expect(vi.mocked(verifyPassword)).toHaveBeenCalledTimes(10);
  });

  it('is counted before it is tried: forty at once are ten', async () => {
    const { email } = await officerOf();
    const answers = await Promise.all(Array.from({ length: 40 }, () => wrong(browse('192.0.2.30'), email)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(vi.mocked(verifyPassword)).toHaveBeenCalledTimes(10);
  });

  it('stops after fifty tries from one address over many accounts', async () => {
    const officer = await enrolled();
    for (let i = 0; i < 50; i++) expect((await wrong(browse('192.0.2.40'), `khong-co-${i}@caobang.gov.vn`)).status).toBe(401);
    expect((await password(browse('192.0.2.40'), officer.email, OWN_PASSWORD)).status).toBe(429);
    expect((await signIn(browse('192.0.2.41'), officer)).status).toBe(303);
  });

  it('takes a /64 of IPv6 for one address', async () => {
    const { email } = await officerOf();
    for (let i = 0; i < 10; i++) await wrong(browse(`2001:db8:0:1::${i}`), email);
    expect((await wrong(browse('2001:db8:0:1:ffff::1'), email)).status).toBe(429);
    expect((await wrong(browse('2001:db8:0:2::1'), email)).status).toBe(401);
  });

  it('from a thousand addresses locks out unknown browsers, and never the victim on a known one', async () => {
    const victim = await enrolled();
    await victim.browser.post('/dang-xuat', {});
    const attack = Array.from({ length: 1000 }, (_, i) => () => wrong(browse(`10.0.${i >> 8}.${i & 255}`), victim.email));
    const statuses: number[] = [];
    while (attack.length > 0) statuses.push(...(await Promise.all(attack.splice(0, 25).map((go) => go()))).map(({ status }) => status));
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect((await password(browse('192.0.2.50'), victim.email, OWN_PASSWORD)).status).toBe(429);
    expect((await signIn(victim.browser, victim)).status).toBe(303);
    // From the attacker's very address, too.
    victim.browser.address = '10.0.0.0';
    later(31_000);
    expect((await signIn(victim.browser, victim)).status).toBe(303);
  }, 120_000);

  it('from a known browser is counted for that browser', async () => {
    const { browser, email } = await enrolled();
    await browser.post('/dang-xuat', {});
    for (let i = 0; i < 10; i++) expect((await wrong(browser, email)).status).toBe(401);
    expect((await password(browser, email, OWN_PASSWORD)).status).toBe(429);
    expect((await password(browse(), email, OWN_PASSWORD)).status).toBe(200);
  });

  it('is not helped by the device cookie of another account, nor by an old or altered one', async () => {
    const [attacker, victim] = [await enrolled(), await enrolled()];
    const own = [...attacker.browser.cookies].find(([name]) => name.startsWith('desk-device'))!;
    const name = `desk-device-${victim.officerId.slice(-12)}`;
    for (let i = 0; i < 20; i++) await wrong(browse(`192.0.2.${i}`), victim.email);
    for (const value of [own[1], 'x', victim.browser.cookies.get(name)!.slice(0, -3)]) {
      const browser = browse('192.0.2.60');
      browser.cookies.set(name, value);
      expect((await password(browser, victim.email, OWN_PASSWORD)).status).toBe(429);
    }
    later(181 * 24 * 60 * MINUTE);
    for (let i = 0; i < 20; i++) await wrong(browse(`192.0.2.${i}`), victim.email);
    expect((await password(victim.browser, victim.email, OWN_PASSWORD)).status).toBe(429);
  });

  it('of codes is counted like that of passwords', async () => {
    const officer = await enrolled();
    const browser = browse('192.0.2.70');
    const page = await password(browser, officer.email, OWN_PASSWORD);
    for (let i = 0; i < 10; i++) expect((await browser.post('/dang-nhap', withHidden(page, { ma: '000000' }))).status).toBe(401);
    const stopped = await browser.post('/dang-nhap', withHidden(page, { ma: codeOf(officer.secret) }));
    expect(stopped.status).toBe(429);
    expect(stopped.html).toContain('Nhập mã trên điện thoại');
    expect((await journalOf(officer.officerId)).filter((action) => action === 'sign_in_failed')).toHaveLength(10);
  });

  it('leaves no counters of earlier windows behind', async () => {
    await wrong(browse(), 'a@caobang.gov.vn');
    later(15 * MINUTE);
    await wrong(browse(), 'b@caobang.gov.vn');
    expect(await counters()).toEqual([1, 1, 1]);
  });

  it('right the first time leaves none at all', async () => {
    const officer = await enrolled();
    await signIn(browse('192.0.2.80'), officer);
    expect((await counters()).every((failures) => failures === 0)).toBe(true);
  });
});

describe('a session', () => {
  it('ends after an hour without use, and lives on with it', async () => {
    const { browser } = await enrolled();
    await browser.get('/can-bo');
    for (let i = 0; i < 3; i++) {
      later(59 * MINUTE);
      expect((await browser.get('/can-bo')).status).toBe(200);
    }
    later(60 * MINUTE);
    expect((await browser.get('/can-bo')).status).toBe(303);
  });

  it('ends after twelve hours, whatever its use', async () => {
    const { browser } = await enrolled();
    for (let i = 0; i < 15; i++) {
      later(45 * MINUTE);
      expect((await browser.get('/can-bo')).status).toBe(200);
    }
    later(45 * MINUTE);
    expect((await browser.get('/can-bo')).status).toBe(303);
  });

  it('is written to once a minute at most', async () => {
    const { browser, officerId } = await enrolled();
    const version = async () => (await sql<{ v: string }>`select xmin::text || last_seen_at::text as v from session where officer_id = ${officerId}`.execute(desk.owner)).rows[0]!.v;
    await browser.get('/can-bo');
    const first = await version();
    later(59_000);
    await browser.get('/can-bo');
    expect(await version()).toBe(first);
    later(1000);
    await browser.get('/can-bo');
    expect(await version()).not.toBe(first);
  });

  it('is ended from another browser, one or all others, and only one’s own', async () => {
    const officer = await enrolled();
    const [home, lost] = [officer.browser, browse('192.0.2.2')];
    const stranger = await signInForTest(desk, { agencyId: A, roles: ['intake'] });
    await signIn(lost, officer);
    const page = await home.get('/can-bo/tai-khoan');
    expect(page.html.match(/Firefox, Windows/g)).toHaveLength(2);
    const [[, id]] = hiddenFields(page, '/can-bo/tai-khoan/phien').filter(([, value]) => value !== 'khac') as [[string, string]];
    const evil = browse();
    evil.cookies.set('desk', stranger.cookie.slice(5));
    expect((await evil.post('/can-bo/tai-khoan/phien', { phien: id })).status).toBe(303);
    expect((await lost.get('/can-bo')).status).toBe(200);
    await home.post('/can-bo/tai-khoan/phien', { phien: id });
    expect([(await lost.get('/can-bo')).status, (await home.get('/can-bo')).status]).toEqual([303, 200]);
    later(MINUTE);
    await signIn(lost, officer);
    await lost.post('/can-bo/tai-khoan/phien', { phien: 'khac' });
    expect([(await lost.get('/can-bo')).status, (await home.get('/can-bo')).status]).toEqual([200, 303]);
    expect((await journalOf(officer.officerId)).filter((action) => action === 'session_revoked')).toHaveLength(2);
    expect((await journalOf(stranger.officerId))).not.toContain('session_revoked');
  });

  it('loses a role with the next request, and everything with the last one', async () => {
    const { browser, officerId } = await enrolled({ roles: ['case_officer', 'reviewer'] });
    expect((await browser.get('/can-bo/duyet')).status).toBe(200);
    const end = (role: 'reviewer' | 'case_officer') => inTransaction(desk, ROOT, (tx) => endRole(tx, ROOT, { officerId, agencyId: A, role, from: '2020-01-01' }, null));
    await end('reviewer');
    expect([(await browser.get('/can-bo/duyet')).status, (await browser.get('/can-bo')).status]).toEqual([404, 200]);
    await end('case_officer');
    expect((await browser.get('/can-bo')).location).toBe('/dang-nhap?tiep=%2Fcan-bo');
  });

  it('has a role from its first day to its last', async () => {
    const { browser, officerId } = await enrolled();
    const dayAt = (offset: number) => isoDay(new Date(desk.clock.now().getTime() + offset * 24 * 60 * MINUTE));
    await inTransaction(desk, ROOT, (tx) => grantRole(tx, ROOT, { officerId, agencyId: A, role: 'reviewer', from: dayAt(1), to: dayAt(2) }));
    const cookie = async () => { browser.cookies.set('desk', (await cookieFor(desk, officerId, A)).slice(5)); };
    const seen = [];
    for (let i = 0; i < 4; i++) {
      await cookie();
      seen.push((await browser.get('/can-bo/duyet')).status);
      later(24 * 60 * MINUTE);
    }
    expect(seen).toEqual([404, 200, 200, 404]);
  });

  it('ends with its agency', async () => {
    const agency = await addAgency(`so-${Date.now()}`, 'Sở sắp giải thể');
    const { cookie } = await signInForTest(desk, { agencyId: agency, roles: ['intake'] });
    const browser = browse();
    browser.cookies.set('desk', cookie.slice(5));
    expect((await browser.get('/can-bo')).status).toBe(200);
    await desk.owner.updateTable('agency').set({ valid_to: '2021-01-01' }).where('id', '=', agency).execute();
    expect((await browser.get('/can-bo')).status).toBe(303);
  });

  it('ends when the account is locked, and stays ended when it is unlocked', async () => {
    const officer = await enrolled();
    await inTransaction(desk, ROOT, (tx) => setDisabled(tx, ROOT, officer.officerId, true));
    expect((await officer.browser.get('/can-bo')).status).toBe(303);
    expect((await password(officer.browser, officer.email, OWN_PASSWORD)).status).toBe(401);
    await inTransaction(desk, ROOT, (tx) => setDisabled(tx, ROOT, officer.officerId, false));
    expect((await officer.browser.get('/can-bo')).status).toBe(303);
    expect((await signIn(officer.browser, officer)).status).toBe(303);
  });
});

describe('requests of other sites', () => {
  it.each(['/dang-nhap', '/en/dang-nhap', '/dang-xuat', '/can-bo/co-quan', '/can-bo/tai-khoan/ngon-ngu', '/can-bo/quan-tri/can-bo/them'])('to %s are refused', async (path) => {
    const { browser } = await enrolled({ roles: ['administrator'] });
    const tried: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }, { origin: 'https://evil.example' }, { origin: 'null' }, {},
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    ];
    for (const headers of tried) expect((await browser.post(path, { thu: 'a@b.vn' }, headers)).status).toBe(403);
    expect((await browser.get('/can-bo')).status).toBe(200);
  });

  it('are told from those of our own pages in browsers without Fetch Metadata', async () => {
    expect((await browse().post('/dang-nhap', { thu: 'a@b.vn' }, { origin: 'http://localhost', host: 'localhost' })).status).toBe(401);
  });
});

describe('after the sign-in', () => {
  it.each([
    ['/can-bo/duyet?a=1', '/can-bo/duyet?a=1'], ['//evil.example', '/can-bo'], ['https://evil.example/can-bo', '/can-bo'], ['/\\evil.example', '/can-bo'],
    ['/can-bo/..//evil.example', '/can-bo'], ['/can-bo\\@evil.example', '/can-bo'], ['/bao-cao', '/can-bo'], ['javascript:alert(1)', '/can-bo'], ['/can-bo/\r\nX: y', '/can-bo'],
  ])('%j leads to %s', async (wanted, place) => {
    const officer = await enrolled();
    const browser = browse();
    const page = await browser.get(`/dang-nhap?tiep=${encodeURIComponent(wanted)}`);
    expect(page.html).not.toContain('evil');
    const direct = await signIn(browser, officer, { tiep: wanted });
    expect(direct.location).toBe(place);
  });

  it('the page asked for first is shown', async () => {
    const officer = await enrolled();
    const browser = browse();
    const asked = await browser.get('/can-bo/duyet?trang=2&q=%C4%91');
    expect(asked.location).toBe('/dang-nhap?tiep=%2Fcan-bo%2Fduyet%3Ftrang%3D2%26q%3D%25C4%2591');
    const page = await browser.get(asked.location!);
    expect((await signIn(browser, officer, Object.fromEntries(hiddenFields(page, '/dang-nhap')))).location).toBe('/can-bo/duyet?trang=2&q=%C4%91');
  });

  it('an officer of two agencies says for which one, and changes it later', async () => {
    const officer = await enrolled();
    await inTransaction(desk, ROOT, (tx) => grantRole(tx, ROOT, { officerId: officer.officerId, agencyId: B, role: 'reviewer', from: TODAY }));
    const browser = browse();
    expect((await signIn(browser, officer, { tiep: '/can-bo/duyet' })).location).toBe('/can-bo/co-quan?tiep=%2Fcan-bo%2Fduyet');
    expect((await browser.get('/can-bo')).location).toBe('/can-bo/co-quan?tiep=%2Fcan-bo');
    const chooser = await browser.get('/can-bo/co-quan?tiep=%2Fcan-bo%2Fduyet');
    expect(chooser.html).toContain('Sở B');
    expect((await browser.post('/can-bo/co-quan', {})).status).toBe(422);
    const chosen = await browser.post('/can-bo/co-quan', withHidden(chooser, { 'co-quan': B }, '/can-bo/co-quan'));
    expect(chosen.location).toBe('/can-bo/duyet');
    expect(JSON.parse((await browser.get('/can-bo')).html)).toMatchObject({ agencyId: B, roles: ['reviewer'] });
    await browser.post('/can-bo/co-quan', { 'co-quan': A });
    expect(JSON.parse((await browser.get('/can-bo')).html)).toMatchObject({ agencyId: A, roles: ['case_officer'] });
    expect((await browser.post('/can-bo/co-quan', { 'co-quan': await addAgency(`so-${Date.now()}`, 'Sở lạ') })).status).toBe(422);
  });

  it('somebody without a role is told so, and has no session', async () => {
    const officer = await enrolled();
    await inTransaction(desk, ROOT, (tx) => endRole(tx, ROOT, { officerId: officer.officerId, agencyId: A, role: 'case_officer', from: '2020-01-01' }, null));
    const browser = browse();
    const page = await signIn(browser, officer);
    expect(page.html).toContain('chưa có vai trò nào đang hiệu lực');
    expect(browser.cookies.has('desk')).toBe(false);
  });
});

describe('what was being written when the session ended', () => {
  const text = 'Dòng một <b>"đậm"</b> & \'nháy\'\nDòng hai: 5 > 3';
  const fields: [string, string][] = [['ly-do', text], ['yeu-to', 'a'], ['yeu-to', 'b'], ['', 'không tên'], ['trống', '']];

  it('comes back sealed, survives both steps, and is sent on by one button', async () => {
    const officer = await enrolled();
    later(61 * MINUTE);
    const asked = await officer.browser.post('/can-bo/viec/7?muc=2', fields);
    expect(asked.status).toBe(401);
    expect(asked.html).toContain('Nội dung bạn vừa gửi vẫn được giữ');
    expect(asked.html).not.toContain('Dòng một');
    expect(received).toEqual([]);
    const kept = await signIn(officer.browser, officer, Object.fromEntries(hiddenFields(asked, '/dang-nhap')));
    expect([kept.status, kept.html.includes('Nội dung bạn vừa soạn vẫn còn')]).toEqual([200, true]);
    const back = hiddenFields(kept, '/can-bo/viec/7?muc=2');
    expect(back).toEqual(fields);
    expect((await officer.browser.post('/can-bo/viec/7?muc=2', back)).location).toBe('/can-bo');
    expect(received).toEqual([{ path: '/can-bo/viec/7?muc=2', fields, officerId: officer.officerId, agencyId: A }]);
  });

  it('survives the choice of the agency, and a wrong password', async () => {
    const officer = await enrolled();
    await inTransaction(desk, ROOT, (tx) => grantRole(tx, ROOT, { officerId: officer.officerId, agencyId: B, role: 'reviewer', from: TODAY }));
    const browser = browse();
    const asked = await browser.post('/can-bo/viec/8', fields);
    const wrong = await password(browser, officer.email, 'sai sai sai sai', Object.fromEntries(hiddenFields(asked, '/dang-nhap')));
    const chooser = await signIn(browser, officer, Object.fromEntries(hiddenFields(wrong, '/dang-nhap')));
    expect(chooser.html).toContain('cơ quan nào');
    const kept = await browser.post('/can-bo/co-quan', withHidden(chooser, { 'co-quan': B }, '/can-bo/co-quan'));
    expect(hiddenFields(kept, '/can-bo/viec/8')).toEqual(fields);
    expect(kept.html).toContain('Bạn đang làm việc cho: Sở B');
    // Signed in, agency not chosen, form sent all the same.
    const other = browse();
    await signIn(other, { ...officer, secret: (later(MINUTE), officer.secret) });
    const held = await other.post('/can-bo/viec/9', fields);
    expect(held.status).toBe(401);
    const again = await other.post('/can-bo/co-quan', withHidden(held, { 'co-quan': A }, '/can-bo/co-quan'));
    expect(hiddenFields(again, '/can-bo/viec/9')).toEqual(fields);
  });

  it('comes without its files, which the page says', async () => {
    const form = new FormData();
    form.append('ly-do', text);
    form.append('anh', new File(['x'.repeat(10_000)], 'anh.png', { type: 'image/png' }));
    const asked = await browse().post('/can-bo/viec/7', form);
    expect(asked.html).toContain('Tệp đính kèm không giữ được');
    const bare = new FormData();
    bare.append('ly-do', text);
    bare.append('anh', new File([], ''));
    expect((await browse().post('/can-bo/viec/7', bare)).html).not.toContain('Tệp đính kèm');
  });

  it('is kept up to 200 kB, and beyond it the page says what to do', async () => {
    const officer = await enrolled();
    const long = 'ố'.repeat(66_000);
    const browser = browse();
    const asked = await browser.post('/can-bo/viec/7', { 'ly-do': long });
    const kept = await signIn(browser, officer, Object.fromEntries(hiddenFields(asked, '/dang-nhap')));
    expect(hiddenFields(kept, '/can-bo/viec/7')).toEqual([['ly-do', long]]);
    const tooLong = await browse().post('/can-bo/viec/7', { 'ly-do': long + long });
    expect([tooLong.status, tooLong.html.includes('Nội dung quá dài')]).toEqual([401, true]);
    expect((await browse().post('/can-bo/viec/7', { 'ly-do': 'x'.repeat(3_000_000) })).html).toContain('Nội dung quá dài');
  });

  it('is kept for two hours', async () => {
    const officer = await enrolled();
    const browser = browse();
    const asked = await browser.post('/can-bo/viec/7', fields);
    later(2 * 60 * MINUTE + 1);
    const page = await signIn(browser, officer, Object.fromEntries(hiddenFields(asked, '/dang-nhap')));
    expect(page.html).toContain('Nội dung soạn trước đó không còn');
  });

  it('never has a password in it, and never goes outside the console', async () => {
    const asked = await browse().post('/can-bo/tai-khoan/mat-khau', { 'mat-khau': OWN_PASSWORD });
    expect(asked.status).toBe(401);
    expect(hiddenFields(asked, '/dang-nhap').map(([name]) => name)).not.toContain('ban-nhap');
    const officer = await enrolled();
    for (const path of ['/dang-xuat', '//evil.example', 'https://evil.example/can-bo', '/can-bo/../dang-xuat']) {
      const forged = desk.keys.token('resume', { kind: 'draft', path, fields: [] }, new Date(desk.clock.now().getTime() + MINUTE));
      expect((await signIn(browse(), officer, { 'ban-nhap': forged })).html).not.toContain(`action="${path}"`);
      later(MINUTE);
    }
  });
});

describe('a sample account', () => {
  it('signs in without a code in a demo, and is out as soon as there is none', async () => {
    const demo: TestDesk = { ...desk, config: { ...desk.config, LACHAN_DEMO: true } };
    const { email, officerId } = await officerOf({ demo: true });
    const browser = new TestBrowser(appOf(demo));
    expect((await password(browser, email)).location).toBe('/can-bo');
    expect((await browser.get('/can-bo')).status).toBe(200);
    const cookies = [...browser.cookies];
    const real = browse();
    for (const [name, value] of cookies) real.cookies.set(name, value);
    expect((await real.get('/can-bo')).status).toBe(303);
    expect((await password(real, email)).status).toBe(401);
    expect(await journalOf(officerId)).toEqual(['officer_created', 'role_granted', 'sign_in', 'sign_in_failed']);
  });

  it('is made by the deployment only', async () => {
    const { actor } = await officerOf({ roles: ['administrator'] });
    await expect(inTransaction(desk, actor, (tx) => createOfficer(tx, actor, { email: 'x@y.vn', fullName: 'X', passwordHash: '', demo: true }))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the own account', () => {
  it('changes its password with the old one, and signs out the other browsers', async () => {
    const officer = await enrolled();
    const other = browse('192.0.2.9');
    await signIn(other, officer);
    const change = (old: string, text = 'chín con trâu lội suối', again = text) => officer.browser.post('/can-bo/tai-khoan/mat-khau', { 'mat-khau': old, 'mat-khau-moi': text, 'nhap-lai': again });
    expect((await change('sai sai sai sai')).html).toContain('Mật khẩu đang dùng chưa đúng');
    expect((await change(OWN_PASSWORD, 'matkhau123456')).html).toContain('rất nhiều người dùng');
    expect((await change(OWN_PASSWORD, officer.email)).html).toContain('địa chỉ thư của bạn');
    expect((await change(OWN_PASSWORD)).location).toBe('/can-bo/tai-khoan?da=mat-khau');
    expect([(await other.get('/can-bo')).status, (await officer.browser.get('/can-bo')).status]).toEqual([303, 200]);
    expect((await password(browse(), officer.email, OWN_PASSWORD)).status).toBe(401);
    expect((await password(browse(), officer.email, 'chín con trâu lội suối')).status).toBe(200);
    const { rows } = await sql<{ officer_id: string; detail: unknown }>`select officer_id, detail from journal where entity_id = ${officer.officerId} and action = 'password_changed' order by seq desc limit 1`.execute(desk.owner);
    expect(rows[0]).toEqual({ officer_id: officer.officerId, detail: { sessions_ended: 1 } });
  });

  it('does not let a found open browser guess the password', async () => {
    const { browser } = await enrolled();
    const guess = (old: string) => browser.post('/can-bo/tai-khoan/mat-khau', { 'mat-khau': old, 'mat-khau-moi': 'chín con trâu lội suối', 'nhap-lai': 'chín con trâu lội suối' });
    for (let i = 0; i < 10; i++) expect((await guess('sai sai sai sai')).status).toBe(422);
    expect((await guess(OWN_PASSWORD)).status).toBe(429);
  });

  it('changes the language', async () => {
    const { browser } = await enrolled();
    await browser.post('/can-bo/tai-khoan/ngon-ngu', { 'ngon-ngu': 'en' });
    expect((await browser.get('/can-bo/tai-khoan')).html).toContain('<html lang="en">');
    expect(JSON.parse((await browser.get('/can-bo')).html).lang).toBe('en');
  });
});

describe('an administrator', () => {
  const LIST = '/can-bo/quan-tri/can-bo';
  const vnDay = () => formatDate(desk.clock.now());
  const asAdmin = async (agencyId = A) => {
    const admin = await signInForTest(desk, { agencyId, roles: ['administrator'], name: 'Quản trị' });
    const browser = browse();
    browser.cookies.set('desk', admin.cookie.slice(5));
    return { ...admin, browser };
  };

  it('adds an officer, whose first password is shown once and serves once', async () => {
    const { browser, officerId: adminId } = await asAdmin();
    const email = `moi-${Date.now()}@caobang.gov.vn`;
    const fields: [string, string][] = [['ten', 'Hoàng Văn Mới'], ['thu', email.toUpperCase()], ['vai-tro', 'intake'], ['vai-tro', 'clerk'], ['tu', vnDay()], ['den', '']];
    const shown = await browser.post(`${LIST}/them`, fields);
    expect(shown.status).toBe(200);
    const first = /<code class="mono">((?:[a-z2-9]{5}-){3}[a-z2-9]{5})</.exec(shown.html)![1]!;
    expect((await password(browse(), email, first)).html).toContain('Đăng nhập lần đầu');
    const again = await browser.post(`${LIST}/them`, fields);
    expect([again.status, again.html.includes('Địa chỉ này đã có tài khoản')]).toEqual([422, true]);
    const officer = await desk.owner.selectFrom('officer').selectAll().where('email', '=', email).executeTakeFirstOrThrow();
    expect(await journalOf(officer.id)).toEqual(['officer_created', 'role_granted', 'role_granted']);
    const { officer_id } = await desk.owner.selectFrom('journal').select('officer_id').where('entity_id', '=', officer.id).executeTakeFirstOrThrow();
    expect(officer_id).toBe(adminId);
    expect((await browser.get(LIST)).html).toContain('Hoàng Văn Mới');
    expect((await browser.get(`${LIST}/${officer.id}`)).html).toContain('Chưa đăng nhập lần đầu');
  });

  it('gives and ends roles, not twice, not the auditor’s', async () => {
    const { browser } = await asAdmin();
    const officer = await enrolled();
    const at = `${LIST}/${officer.officerId}`;
    expect((await browser.post(`${at}/vai-tro`, { 'vai-tro': 'reviewer', tu: vnDay(), den: '' })).location).toBe(`${at}?da=luu`);
    expect((await officer.browser.get('/can-bo/duyet')).status).toBe(200);
    expect((await browser.post(`${at}/vai-tro`, { 'vai-tro': 'reviewer', tu: vnDay(), den: '' })).status).toBe(409);
    expect((await browser.post(`${at}/vai-tro`, { 'vai-tro': 'auditor', tu: vnDay(), den: '' })).status).toBe(403);
    expect((await browser.post(`${at}/vai-tro`, { 'vai-tro': 'reviewer', tu: 'hôm nay', den: '' })).status).toBe(422);
    const end = { 'vai-tro': 'reviewer', tu: isoDay(desk.clock.now()) };
    expect((await browser.post(`${at}/ket-thuc`, end)).status).toBe(303);
    expect((await officer.browser.get('/can-bo/duyet')).status).toBe(404);
    expect((await browser.post(`${at}/ket-thuc`, end)).status).toBe(404);
    expect((await browser.post(`${at}/ket-thuc`, { ...end, tu: '2026-02-31' })).status).toBe(404);
    // And once more on the same day.
    expect((await browser.post(`${at}/vai-tro`, { 'vai-tro': 'reviewer', tu: vnDay(), den: '' })).status).toBe(303);
    expect((await officer.browser.get('/can-bo/duyet')).status).toBe(200);
  });

  it('ends a role on a last day, and gives it again after that day only', async () => {
    const { officerId } = await officerOf({ roles: ['intake'] });
    const key = { officerId, agencyId: A, role: 'intake', from: '2020-01-01' } as const;
    const dayAt = (offset: number) => isoDay(new Date(desk.clock.now().getTime() + offset * 24 * 60 * MINUTE));
    const end = (lastDay: string | null) => inTransaction(desk, ROOT, (tx) => endRole(tx, ROOT, key, lastDay));
    const give = (from: string, to: string | null) => inTransaction(desk, ROOT, (tx) => grantRole(tx, ROOT, { ...key, from, to }));
    await expect(end(dayAt(-1))).rejects.toMatchObject({ code: 'not_found' });
    await end(dayAt(3));
    await expect(give(dayAt(3), null)).rejects.toMatchObject({ code: 'conflict' });
    await expect(give(dayAt(5), dayAt(4))).rejects.toMatchObject({ code: 'invalid' });
    await give(dayAt(4), dayAt(6));
    await expect(give('2019-01-01', '2020-01-01')).rejects.toMatchObject({ code: 'conflict' });
    await give('2019-01-01', '2019-12-31');
    await inTransaction(desk, ROOT, (tx) => endRole(tx, ROOT, { ...key, from: dayAt(4) }, null));
    await give(dayAt(4), null);
    await expect(give(dayAt(9), null)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('locks, unlocks and resets', async () => {
    const { browser } = await asAdmin();
    const officer = await enrolled();
    const at = `${LIST}/${officer.officerId}`;
    await browser.post(`${at}/khoa`, {});
    expect((await officer.browser.get('/can-bo')).status).toBe(303);
    await browser.post(`${at}/mo`, {});
    expect((await signIn(officer.browser, officer)).status).toBe(303);
    const shown = await browser.post(`${at}/dat-lai`, {});
    const first = /<code class="mono">((?:[a-z2-9]{5}-){3}[a-z2-9]{5})</.exec(shown.html)![1]!;
    expect((await officer.browser.get('/can-bo')).status).toBe(303);
    expect((await password(browse(), officer.email, OWN_PASSWORD)).status).toBe(401);
    expect((await password(browse(), officer.email, first)).html).toContain('Đăng nhập lần đầu');
    expect((await journalOf(officer.officerId)).filter((action) => /disabled|enabled|reset/.test(action))).toEqual(['officer_disabled', 'officer_enabled', 'sign_in_reset']);
  });

  it('changes nothing about the own account', async () => {
    const { browser, officerId } = await asAdmin();
    const at = `${LIST}/${officerId}`;
    const page = await browser.get(at);
    expect(page.html).toContain('Đây là tài khoản của bạn');
    expect(page.html).not.toContain(`action="${at}`);
    for (const [verb, fields] of [['vai-tro', { 'vai-tro': 'reviewer', tu: vnDay() }], ['ket-thuc', { 'vai-tro': 'administrator', tu: '2020-01-01' }], ['khoa', {}], ['dat-lai', {}]] as const) {
      expect((await browser.post(`${at}/${verb}`, fields as Record<string, string>)).status).toBe(403);
    }
    expect((await browser.get(LIST)).status).toBe(200);
  });

  it('of one agency finds nobody of another, and changes nothing there', async () => {
    const { browser } = await asAdmin();
    const foreign = await enrolled({ agencyId: B });
    const at = `${LIST}/${foreign.officerId}`;
    expect((await browser.get(LIST)).html).not.toContain(foreign.email);
    expect((await browser.get(at)).status).toBe(404);
    for (const [verb, fields] of [['vai-tro', { 'vai-tro': 'reviewer', tu: vnDay() }], ['ket-thuc', { 'vai-tro': 'case_officer', tu: '2020-01-01' }], ['khoa', {}], ['mo', {}], ['dat-lai', {}]] as const) {
      expect((await browser.post(`${at}/${verb}`, fields as Record<string, string>)).status).toBe(404);
    }
    expect((await foreign.browser.get('/can-bo')).status).toBe(200);
    expect((await browser.get(`${LIST}/khong-phai-ma`)).status).toBe(404);
    expect((await browser.get(`${LIST}/00000000-0000-7000-8000-000000000000`)).status).toBe(404);
  });

  it('ends only the own agency’s roles of a shared officer, and leaves the account alone', async () => {
    const { browser } = await asAdmin();
    const shared = await enrolled({ roles: ['intake'] });
    await inTransaction(desk, ROOT, (tx) => grantRole(tx, ROOT, { officerId: shared.officerId, agencyId: B, role: 'reviewer', from: '2020-01-01' }));
    const at = `${LIST}/${shared.officerId}`;
    const page = await browser.get(at);
    expect(page.html).toContain('cơ quan khác');
    expect(page.html).not.toContain('Người duyệt</td>');
    for (const verb of ['khoa', 'dat-lai']) expect((await browser.post(`${at}/${verb}`, {})).status).toBe(403);
    expect((await browser.post(`${at}/ket-thuc`, { 'vai-tro': 'reviewer', tu: '2020-01-01' })).status).toBe(404);
    expect((await browser.post(`${at}/ket-thuc`, { 'vai-tro': 'intake', tu: '2020-01-01' })).status).toBe(303);
  });

  it('is needed: for others the pages do not exist', async () => {
    const { browser } = await enrolled({ roles: ['leader', 'auditor', 'reviewer'] });
    for (const path of [LIST, `${LIST}/them`, `${LIST}/00000000-0000-7000-8000-000000000000`]) expect((await browser.get(path)).status).toBe(404);
    expect((await browser.post(`${LIST}/them`, {})).status).toBe(404);
  });

  it('cannot pick up an account that has no agency yet', async () => {
    const { actor } = await asAdmin();
    const officerId = await inTransaction(desk, ROOT, (tx) => createOfficer(tx, ROOT, { email: `le-${Date.now()}@caobang.gov.vn`, fullName: 'Lẻ', passwordHash: 'x' }));
    later(1);
    await expect(inTransaction(desk, actor, (tx) => grantRole(tx, actor, { officerId, agencyId: A, role: 'intake', from: TODAY }))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the database itself', () => {
  it('shows an officer no secrets, no counters, no sessions of others', async () => {
    const [me, other] = [await signInForTest(desk, { agencyId: A, roles: ['case_officer', 'auditor', 'administrator'] }), await enrolled()];
    await password(browse(), other.email, 'sai sai sai sai');
    await inTransaction(desk, me.actor, async (tx) => {
      const count = async (table: string) => Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)).rows[0]!.n);
      expect([await count('officer_secret'), await count('login_attempt'), await count('session')]).toEqual([0, 0, 1]);
      const touched = await sql`update session set revoked_at = now() where officer_id <> ${me.officerId}`.execute(tx);
      expect(touched.numAffectedRows).toBe(0n);
      expect((await sql`update officer_secret set totp_sealed = null`.execute(tx)).numAffectedRows).toBe(0n);
    });
  });

  it.each([['public', PUBLIC], ['none', null]] as const)('shows the context %s nothing at all', async (_, actor) => {
    const tables = ['officer', 'officer_secret', 'officer_role', 'session', 'login_attempt'];
    const look = async (db: Db) => {
      const counts = [];
      for (const table of tables) counts.push((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]!.n);
      return counts;
    };
    expect(await (actor ? inTransaction(desk, actor, look) : look(desk.db))).toEqual([0, 0, 0, 0, 0]);
  });

  it('lets nobody give roles in another agency, nor a signing-in browser any', async () => {
    const { actor, officerId } = await signInForTest(desk, { agencyId: A, roles: ['administrator'] });
    const give = { officer_id: officerId, role: 'reviewer', valid_from: TODAY, valid_to: null } as const;
    await expect(inTransaction(desk, actor, (tx) => tx.insertInto('officer_role').values({ ...give, agency_id: B }).execute())).rejects.toThrow(/row-level security/);
    await expect(inTransaction(desk, AUTH, (tx) => tx.insertInto('officer_role').values({ ...give, agency_id: A }).execute())).rejects.toThrow(/row-level security/);
  });

  it('keeps the journal of an officer’s own change in the officer’s name', async () => {
    const officer = await enrolled();
    await officer.browser.post('/can-bo/tai-khoan/mat-khau', { 'mat-khau': OWN_PASSWORD, 'mat-khau-moi': 'chín con trâu lội suối', 'nhap-lai': 'chín con trâu lội suối' });
    const rows = await desk.owner.selectFrom('journal').select(['action', 'actor_kind', 'officer_id', 'agency_id']).where('entity_id', '=', officer.officerId).orderBy('seq').execute();
    expect(rows.find((row) => row.action === 'sign_in')).toEqual({ action: 'sign_in', actor_kind: 'auth', officer_id: null, agency_id: null });
    expect(rows.at(-1)).toEqual({ action: 'password_changed', actor_kind: 'officer', officer_id: officer.officerId, agency_id: A });
  });
});
