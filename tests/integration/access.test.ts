import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { ROLE_CODES, type Role } from '#catalogue/roles.ts';
import { answerGate } from '#modules/cases/index.ts';
import { proposeText } from '#modules/cases/commands/texts.ts';
import { draftAlert } from '#modules/alerts/index.ts';
import { fileAppeal } from '#modules/appeals/index.ts';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { recordFigures } from '#modules/channels/index.ts';
import { proposeChange } from '#modules/law/index.ts';
import { certify, recordArrival, settleArrival, submitReport } from '#modules/intake/index.ts';
import { setTask } from '#modules/tasks/commands.ts';
import { askStopReview } from '#modules/intake/commands/stop-review.ts';
import { fileRequest } from '#modules/retention/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Route } from '#platform/http.ts';
import { EFFECTS, ROUTES } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { completeDraft, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { addOfficer, signIn } from '../support/people.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

const OWN = 'so-vhttdl';
const FOREIGN = 'vnpt';

let desk: TestDesk;
let app: Hono;
let things: Record<'code' | 'number' | 'decision' | 'officer' | 'attachment' | 'agency' | 'text' | 'arrival' | 'figure' | 'change' | 'stopped' | 'certificate' | 'request' | 'appeal' | 'alert' | 'task', string>;
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
  const text = await inTransaction(desk, office.drafter, (tx) => proposeText(tx, office.drafter, {
    title: 'Câu được giữ kín', bodyVi: 'Xin gửi thêm ảnh chụp tin nhắn.', bodyEn: 'Please send a screenshot of the message.',
  }));
  await submitReport(desk, {
    channel: 'web', category: 'scam', situation: null, narrative: 'Một phản ánh khác cần được giữ kín', traces: '', happenedOn: null, moneyLost: null, inDanger: false,
    forChild: false, communeCode: null, contact: null, senderAgencyId: null, uploads: [], language: 'vi', idempotencyKey: 'mot-khoa-du-dai-0001',
  });
  const arrival = await recordArrival(desk, {
    channel: 'edoc', media: 'edxml', receiver: 'van-thu', sender: null, externalKey: 'van-ban-1', original: Buffer.from('văn bản được giữ kín'), officerId: null, document: null,
    arrivedAt: desk.clock.now(), facts: { document: { organId: '000.00.01.H14', organName: 'Cơ quan được giữ kín', code: '1/BC', promulgatedOn: null, documentId: '' } },
  });
  const figure = await inTransaction(desk, office.drafter, async (tx) => {
    await settleArrival(tx, arrival.id, { state: 'quarantined', reason: 'not_edxml' });
    await recordFigures(tx, office.drafter, [{ kind: 'attacks', value: 3, qualifier: '', from: '2026-10-01', to: '2026-10-31', source: 'Nguồn được giữ kín' }]);
    return (await tx.selectFrom('external_figure').select('id').executeTakeFirstOrThrow()).id;
  });
  const legal = await addOfficer(desk, OWN, ['legal']);
  const change = await inTransaction(desk, legal, (tx) => proposeChange(tx, legal, { kind: 'end_basis', target: 'N330.14.1/scam', content: { validTo: '2027-12-31' }, reason: 'Công báo số 900.' }));
  // A stop whose reporter asked for another look, and a certificate of erasure.
  const stopped = await submitReport(desk, reportOf({ narrative: 'Chuyện đã dừng cần được giữ kín' }));
  await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, stopped.id, { ...PASSED, opinion: true }, []));
  await askStopReview(desk, stopped.id, 'Lời xin được giữ kín');
  const certificate = await inTransaction(desk, system('test'), (tx) => certify(desk, tx, system('test'), { kind: 'retention', counts: { report: 1 }, places: { database: true } }));
  const request = await fileRequest(desk, reportId!, 'erase', 'Xin xóa lời kể được giữ kín của tôi.');
  const appeal = await appealAgainst(office);
  const alert = await inTransaction(desk, office.drafter, (tx) => draftAlert(desk, tx, office.drafter, {
    kind: 'malware', urgency: null, title: 'Thư được giữ kín', known: 'Mã độc lây qua thư điện tử, cần được giữ kín.', cves: [], products: [], hashes: ['a'.repeat(64)], domains: [],
    actions: ['Quét toàn bộ máy.'], reportHow: 'Báo lại tại đây.', days: 5, legalBasis: null, audience: { to: 'all' },
  }, null, null));
  const task = await inTransaction(desk, office.drafter, (tx) => setTask(tx, office.drafter, '04', {
    title: 'Việc cần được giữ kín', agencyId: office.drafter.agencyId, officerId: null, caseNumber: '', dueOn: '2026-12-01',
  }));
  return inTransaction(desk, system('test'), async (tx) => ({
    alert, appeal, task, change, stopped: stopped.code, certificate: certificate.id, request: request.id, arrival: arrival.id, figure,
    code: (await tx.selectFrom('report').select('code').where('id', '=', reportId!).executeTakeFirstOrThrow()).code,
    number: (await tx.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow()).number,
    decision, officer: office.drafter.officerId, attachment: '01999999-9999-7999-8999-999999999999',
    agency: office.drafter.agencyId, text,
  }));
}

/** An appeal against a decision in force, with words that stay in the agency. */
async function appealAgainst(office: Office): Promise<string> {
  const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả ở https://trang-bi-khieu-nai.example/otp' })]);
  const decisionId = await completeDraft(desk, office, caseId);
  await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, decisionId));
  await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decisionId, PASSED, [], EFFECTS));
  const { code } = await fileAppeal(desk, {
    by: { party: 'affected', accessId: null, decisionId, agencyId: office.drafter.agencyId }, words: 'Lời đề nghị được giữ kín trong cơ quan.', asksStay: false, language: 'vi', email: null, formKey: 'khoa-xem-xet-lai-0001',
  });
  return (await desk.owner.selectFrom('appeal').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id;
}

/** Which thing an address names, by a part of it; an officer where none fits. */
const NAMED: readonly (readonly [string, keyof typeof things])[] = [
  ['/can-bo/viec/', 'task'],
  ['/thu-canh-bao/', 'alert'], ['/xem-xet-lai/', 'appeal'], ['/cau-mau/', 'text'], ['/quyet-dinh/', 'decision'], ['/anh/', 'attachment'], ['/danh-ba/', 'agency'], ['/cach-ly/', 'arrival'], ['/van-ban/', 'arrival'], ['/so-lieu/', 'figure'],
  ['/xoa-du-lieu/', 'certificate'], ['/yeu-cau-du-lieu/', 'request'],
];

function address(route: Route): string {
  const id = things[NAMED.find(([part]) => route.path.includes(part))?.[1] ?? 'officer'];
  return route.path.replace(':code', route.path.includes('/xem-lai-dung/') ? things.stopped : things.code).replace(':number', things.number).replace(':id', id)
    .replace(':change', things.change).replace(':agency', things.agency).replace(':document', 'N330').replace(':place/:harm', 'N330.14.1/scam');
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
/** Routes that name one thing of an agency: a report, a case, a decision, an officer. The directory and the law are for all officers. */
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

test.each([
  '/can-bo/phan-anh?muc=tat-ca', '/can-bo/vu-viec', '/can-bo/quyet-dinh', '/can-bo/xem-xet-lai', '/can-bo/thu-canh-bao', '/can-bo/phan-anh?q=giu+kin&muc=tat-ca', '/can-bo/cau-mau', '/can-bo/xem-lai-dung', '/can-bo/xoa-du-lieu',
  '/can-bo/hom-nay', '/can-bo/viec', '/can-bo/viec?muc=co-quan', '/can-bo/viec?muc=da-giao', '/can-bo/dieu-hanh',
])('%s lists and counts nothing of another agency', async (path) => {
  const own = await (await app.request(path, { headers: { Cookie: cookies.get(`${OWN}/case_officer`)! } })).text();
  const foreign = await app.request(path, { headers: { Cookie: cookies.get(`${FOREIGN}/all`)! } });
  const text = await foreign.text();
  expect(foreign.status).toBe(200);
  expect(text).not.toMatch(/(?:PA|XL)-04-\d{6}|VV-04-\d{4}|được giữ kín/);
  expect(own.length).toBeGreaterThan(0);
});
