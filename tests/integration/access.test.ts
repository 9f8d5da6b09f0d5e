import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { ROLE_CODES, type Role } from '#catalogue/roles.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Route } from '#platform/http.ts';
import { ROUTES } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { openOffice, verifiedCase, completeDraft } from '../support/decisions.ts';
import { signIn } from '../support/people.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

const OWN = 'so-vhttdl';
const FOREIGN = 'vnpt';

let desk: TestDesk;
let app: Hono;
let things: Record<'code' | 'number' | 'decision' | 'officer' | 'attachment' | 'agency', string>;
const cookies = new Map<string, string>();

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1e6);
  things = await makeThings();
  for (const agency of [OWN, FOREIGN]) for (const role of ROLE_CODES) cookies.set(`${agency}/${role}`, (await signIn(desk, agency, [role])).cookie);
  cookies.set(`${FOREIGN}/all`, (await signIn(desk, FOREIGN, ROLE_CODES)).cookie);
}, 60_000);

/** One of each thing an address may name, all of the own agency. */
async function makeThings(): Promise<typeof things> {
  const office = await openOffice(desk);
  const { caseId, reportIds: [reportId] } = await verifiedCase(desk, office);
  const decision = await completeDraft(desk, office, caseId);
  await submitReport(desk, {
    channel: 'web', category: 'scam', situation: null, narrative: 'Một phản ánh khác cần được giữ kín', traces: '', happenedOn: null, moneyLost: null, inDanger: false,
    forChild: false, communeCode: null, contact: null, senderAgencyId: null, uploads: [], language: 'vi', idempotencyKey: 'mot-khoa-du-dai-0001',
  });
  return inTransaction(desk, system('test'), async (tx) => ({
    code: (await tx.selectFrom('report').select('code').where('id', '=', reportId!).executeTakeFirstOrThrow()).code,
    number: (await tx.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow()).number,
    decision, officer: office.drafter.officerId, attachment: '01999999-9999-7999-8999-999999999999',
    agency: office.drafter.agencyId,
  }));
}

function address(route: Route): string {
  const id = route.path.includes('/quyet-dinh/') ? things.decision : route.path.includes('/anh/') ? things.attachment : route.path.includes('/danh-ba/') ? things.agency : things.officer;
  return route.path.replace(':code', things.code).replace(':number', things.number).replace(':id', id);
}

function ask(route: Route, cookie: string | null): Promise<Response> | Response {
  return app.request(address(route), {
    method: route.method, redirect: 'manual',
    headers: { ...(cookie && { Cookie: cookie }), 'Sec-Fetch-Site': 'same-origin', ...(route.method === 'POST' && { 'Content-Type': 'application/x-www-form-urlencoded' }) },
    ...(route.method === 'POST' && { body: '' }),
  });
}

const consoleRoutes = ROUTES.filter((route) => route.access.kind === 'officer');
const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);
/** Routes that name one thing of an agency: a report, a case, a decision, an officer. The directory is for all officers. */
const ofOneThing = consoleRoutes.filter((route) => /:(code|number|id)/.test(route.path) && !route.path.includes('/danh-ba/'));

test('the table covers the console', () => {
  expect(consoleRoutes.length).toBeGreaterThan(35);
  expect(ofOneThing.length).toBeGreaterThan(20);
  expect(ROUTES.filter((route) => route.path.startsWith('/can-bo') && route.access.kind === 'public').map((route) => route.path)).toEqual(['/can-bo/co-quan', '/can-bo/co-quan']);
});

describe.each(named(consoleRoutes))('%s', (_name, route) => {
  test('sends nobody in without a session', async () => {
    const answer = await ask(route, null);
    expect(answer.status).toBe(route.method === 'GET' ? 303 : 401);
    if (route.method === 'GET') expect(answer.headers.get('location')).toMatch(/^\/dang-nhap/);
  });

  test('is not there for a role it is not for, and never breaks for one it is', async () => {
    const { roles } = route.access as { roles?: readonly Role[] };
    for (const role of ROLE_CODES) {
      const { status } = await ask(route, cookies.get(`${OWN}/${role}`)!);
      if (roles && !roles.includes(role)) expect({ role, status }).toEqual({ role, status: 404 });
      else expect({ role, broken: status >= 500 }).toEqual({ role, broken: false });
    }
  });

  test('refuses a POST from another site', async () => {
    if (route.method !== 'POST') return expect(route.method).toBe('GET');
    const answer = await app.request(address(route), { method: 'POST', headers: { Cookie: cookies.get(`${OWN}/case_officer`)!, 'Sec-Fetch-Site': 'cross-site' } });
    expect(answer.status).toBe(403);
  });
});

describe.each(named(ofOneThing))('%s of another agency', (_name, route) => {
  test.each([...ROLE_CODES, 'all'])('is not found for its %s', async (role) => {
    const before = await counts();
    const answer = await ask(route, cookies.get(`${FOREIGN}/${role}`)!);
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect([things.number, 'giữ kín'].filter((secret) => text.includes(secret))).toEqual([]);
    expect(await counts()).toEqual(before);
  });
});

/** Rows that a refused request must not add. */
function counts(): Promise<unknown> {
  return inTransaction(desk, system('test'), async (tx) => ({
    states: await tx.selectFrom('journal').select((eb) => eb.fn.countAll<number>().as('n')).where('to_state', 'is not', null).executeTakeFirst(),
    messages: await tx.selectFrom('message').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst(),
    roles: await tx.selectFrom('officer_role').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst(),
  }));
}

test.each(['/can-bo/phan-anh?muc=tat-ca', '/can-bo/vu-viec', '/can-bo/quyet-dinh', '/can-bo/phan-anh?q=giu+kin&muc=tat-ca'])('%s lists and counts nothing of another agency', async (path) => {
  const own = await (await app.request(path, { headers: { Cookie: cookies.get(`${OWN}/case_officer`)! } })).text();
  const foreign = await app.request(path, { headers: { Cookie: cookies.get(`${FOREIGN}/all`)! } });
  const text = await foreign.text();
  expect(foreign.status).toBe(200);
  expect(text).not.toMatch(/PA-04-\d{6}|VV-04-\d{4}/);
  expect(own.length).toBeGreaterThan(0);
});
