/**
 * Every route of the house, as every role of an agency that has nothing to do with a case, of one that takes part in it, and of one whose item was
 * taken back: a word that stands in every text of the case never comes out, and what is foreign answers like what is not there.
 */
import { sql } from 'kysely';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLE_CODES } from '#catalogue/roles.ts';
import { publicCode } from '#core/codes.ts';
import { addNote, askReporter } from '#modules/cases/index.ts';
import { includeParty, shareItems, type ShareInput } from '#modules/sharing/index.ts';
import { inTransaction } from '#platform/db.ts';
import type { Route } from '#platform/http.ts';
import { ROUTES } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { completeDraft, openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { agencyId, signIn } from '../support/people.ts';

/** In every text column of the case; in its title; in the one item that is shared. No word of any language. */
const [MARK, TITLE, SHARED] = ['zqhidden', 'zqtitle', 'zqshared'];
const [OWN, FOREIGN, PARTY, RECALLED] = ['so-vhttdl', 'vnpt', 'cong-an-tinh', 'ubnd-tinh'];
const NOBODY = '01999999-9999-7999-8999-999999999999';
const MISSING = { number: 'VV-04-2026-9999', code: publicCode('PA', { province: '04', date: '2026-11-22', sequence: 9999 }) };

let desk: TestDesk;
let app: Hono;
let found: { caseId: string; number: string; code: string; ids: string[] };
let marked: string[];
const cookies = new Map<string, string>();

beforeAll(async () => {
  desk = await testDesk();
  app = await webApp(desk, 1e6);
  const office = await openOffice(desk);
  found = await aCase(office);
  marked = await markEverything();
  for (const agency of [OWN, FOREIGN, PARTY, RECALLED]) {
    for (const role of ROLE_CODES) cookies.set(`${agency}/${role}`, (await signIn(desk, agency, [role])).cookie);
    cookies.set(`${agency}/all`, (await signIn(desk, agency, ROLE_CODES)).cookie);
  }
}, 120_000);

async function aCase(office: Office): Promise<typeof found> {
  const { caseId, reportIds: [reportId] } = await verifiedCase(desk, office, [reportOf({ contact: { name: MARK, email: `${MARK}@hopthu.example` }, narrative: 'Có trang giả ở https://trang-xa.example/otp, số 0912345678 gọi đến.' })]);
  const decisionId = await completeDraft(desk, office, caseId);
  await inTransaction(desk, office.drafter, async (tx) => {
    await addNote(tx, office.drafter, { caseId }, 'Ghi chú nội bộ của vụ việc.');
    await askReporter(desk, tx, office.drafter, reportId!, 'Bạn gửi thêm ảnh được không?').catch(() => undefined);
  });
  const evidence = await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute();
  const { id: verification } = await desk.owner.selectFrom('verification').select('id').where('case_id', '=', caseId).executeTakeFirstOrThrow();
  const items: ShareInput[] = [{ kind: 'verification', itemId: verification }];
  for (const key of [PARTY, RECALLED]) {
    const party = await agencyId(desk, key!);
    await inTransaction(desk, office.drafter, async (tx) => {
      await includeParty(tx, office.drafter, caseId, party, 'support');
      await shareItems(tx, office.drafter, caseId, party, items, 'Để cùng kiểm tra.');
      if (key === RECALLED) await tx.updateTable('case_share').set({ recalled_at: tx.now, recalled_by: office.drafter.officerId, recall_reason: 'Chia sẻ nhầm.' }).where('agency_id', '=', party).execute();
    });
  }
  const shares = await desk.owner.selectFrom('case_share').select('id').where('case_id', '=', caseId).execute();
  const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
  const { code } = await desk.owner.selectFrom('report').select('code').where('id', '=', reportId!).executeTakeFirstOrThrow();
  return { caseId, number, code, ids: [caseId, reportId!, decisionId, verification, ...evidence.map(({ id }) => id), ...shares.map(({ id }) => id)] };
}

/** Writes the word into every free text of the case, whatever room it belongs to; a new table is found by its foreign keys. */
async function markEverything(): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string; by: string }>`
    select c.table_name as table, c.column_name as column, k.column_name as by
    from information_schema.columns c join information_schema.columns k on k.table_schema = c.table_schema and k.table_name = c.table_name
      and (k.column_name in ('case_id', 'report_id', 'decision_id') or (k.table_name in ('case_file', 'report', 'decision') and k.column_name = 'id'))
    where c.table_schema = 'public' and c.data_type = 'text' and c.domain_name is null and c.column_name !~ '^(code|number|href|slug|.*_ref|.*_number|idempotency.*)$'
    order by 1, 2`.execute(desk.owner);
  const done: string[] = [];
  const [caseId, reportId, decisionId] = found.ids;
  for (const table of new Set(columns.map((one) => one.table))) {
    await sql`alter table ${sql.table(table)} disable trigger user`.execute(desk.owner);
    for (const { column, by } of columns.filter((one) => one.table === table)) {
      const key = by === 'case_id' || table === 'case_file' ? caseId : by === 'report_id' || table === 'report' ? reportId : decisionId;
      const changed = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} || ${` ${MARK}`} where ${sql.ref(by)} = ${key}`.execute(desk.owner).catch(() => null);
      if (changed?.numAffectedRows) done.push(`${table}.${column}`);
    }
    await sql`alter table ${sql.table(table)} enable trigger user`.execute(desk.owner);
  }
  await sql`update case_file set title = ${TITLE} where id = ${caseId}`.execute(desk.owner);
  await sql`update verification set checked = ${SHARED}, other_explanation = ${SHARED}, finding = ${SHARED} where case_id = ${caseId}`.execute(desk.owner);
  return done;
}

const ask = (path: string, who: string | null, method = 'GET', body = ''): Promise<Response> => Promise.resolve(app.request(path, {
  method, redirect: 'manual', headers: { ...(who && { Cookie: cookies.get(who)! }), 'Sec-Fetch-Site': 'same-origin', ...(method === 'POST' && { 'Content-Type': 'application/x-www-form-urlencoded' }) },
  ...(method === 'POST' && { body }),
}));

/** The addresses of a route that name this case, by every id it has; one where it names nothing. */
function addresses({ path }: Route, of: { number: string; code: string; ids: readonly string[] }): string[] {
  const plain = path.replace(':number', of.number).replace(':code', of.code).replace(':document', 'N330').replace(':place', of.ids[0]!).replace(':harm', 'scam');
  return plain.includes('/:') ? of.ids.map((id) => plain.replaceAll(/:[a-z]+/g, id)) : [plain];
}

const consoleRoutes = ROUTES.filter(({ access }) => access.kind === 'officer');
/** Addresses that name one thing of an agency; directory, law and settings are for all officers. */
const ofTheCase = consoleRoutes.filter(({ path }) => /:(number|code|id)/.test(path) && !path.includes('/danh-ba/'));
const lists = consoleRoutes.filter(({ path, method }) => method === 'GET' && !path.includes(':'));
const leaks = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word!));

test('the word stands in the texts of every room, and its own agency reads it', async () => {
  expect(marked.length).toBeGreaterThan(15);
  expect(marked).toEqual(expect.arrayContaining(['report.narrative', 'evidence.description', 'note.body', 'decision.facts', 'case_share.why']));
  expect(leaks(await (await ask(`/can-bo/vu-viec/${found.number}`, `${OWN}/case_officer`)).text(), [MARK!, TITLE!])).toEqual([MARK, TITLE]);
  expect(ofTheCase.length).toBeGreaterThan(60);
});

describe.each([
  [FOREIGN, [MARK, TITLE, SHARED]], [PARTY, [MARK]], [RECALLED, [MARK, SHARED]],
] as const)('%s', (agency, hidden) => {
  test.each([...ROLE_CODES, 'all'])('as %s reads nothing hidden at any address of the case', async (role) => {
    const found404: string[] = [];
    // Every id at every address only once, with all roles together: each role alone sees no more than that.
    const tried = role === 'all' ? found : { ...found, ids: found.ids.slice(0, 1) };
    for (const route of ofTheCase) {
      for (const address of addresses(route, tried)) {
        const answer = await ask(address, `${agency}/${role}`, route.method);
        expect({ address, broken: answer.status >= 500 }).toEqual({ address, broken: false });
        expect({ address, leaks: leaks(await answer.text(), hidden as readonly string[]) }).toEqual({ address, leaks: [] });
        if (agency === FOREIGN) expect({ address, status: answer.status }).toEqual({ address, status: 404 });
        if (answer.status === 404) found404.push(address);
      }
    }
    expect(found404.length).toBeGreaterThan(60);
  }, 120_000);

  test('cannot tell a foreign case from none', async () => {
    const missing = { ...MISSING, ids: [NOBODY] };
    for (const route of agency === FOREIGN ? ofTheCase : []) {
      const [there] = await Promise.all(addresses(route, { ...found, ids: found.ids.slice(0, 1) }).map((path) => ask(path, `${agency}/all`, route.method)));
      const [none] = await Promise.all(addresses(route, missing).map((path) => ask(path, `${agency}/all`, route.method)));
      expect({ path: route.path, status: there!.status }).toEqual({ path: route.path, status: none!.status });
      const scrubbed = (text: string) => text.replaceAll(found.number, MISSING.number).replaceAll(found.code, MISSING.code).replaceAll(found.ids[0]!, NOBODY).replaceAll(/\d{2}:\d{2}/g, '');
      expect({ path: route.path, same: scrubbed(await there!.text()) === scrubbed(await none!.text()) }).toEqual({ path: route.path, same: true });
    }
  }, 60_000);

  test('finds it in no list, search, count or download', async () => {
    const shown = agency === FOREIGN ? [found.number, found.code] : [found.code];
    for (const { path } of lists) {
      for (const query of ['', `?q=zqhidden&muc=tat-ca`, `?q=trang-xa.example&muc=tat-ca`, `?q=0912345678&muc=tat-ca`, `?vu-viec=${found.number}&so=${found.number}`, '?trang=1&muc=tat-ca', `?quyet-dinh=${found.ids[2]}`]) {
        const answer = await ask(path + query, `${agency}/all`);
        const text = (await answer.text()).replaceAll(/value="[^"]*"|“zqhidden”|q=[^"&]*|(?:vu-viec|so)=[^"&]*/g, '');
        const searched = query.includes('zqhidden') ? [] : hidden;
        expect({ path: path + query, leaks: leaks(text, [...searched as readonly string[], ...(query.includes(found.number) ? [] : shown)]) }).toEqual({ path: path + query, leaks: [] });
      }
    }
  }, 60_000);

  test('is led to no page of it by its number or code in the search', async () => {
    for (const q of agency === FOREIGN ? [found.number, found.code] : [found.code]) {
      for (const path of ['/can-bo/phan-anh', '/can-bo/vu-viec']) expect((await ask(`${path}?q=${q}`, `${agency}/all`)).headers.get('location')).toBeNull();
    }
  });
});

test('the party reads the item that is shared, and the agency it was taken back from does not', async () => {
  const page = async (agency: string) => leaks(await (await ask(`/can-bo/phoi-hop/${found.number}`, `${agency}/case_officer`)).text(), [MARK!, TITLE!, SHARED!]);
  expect(await page(PARTY!)).toEqual([TITLE, SHARED]);
  expect(await page(RECALLED!)).toEqual([TITLE]);
});

test('nobody reads anything of it on the public pages', async () => {
  for (const route of ROUTES.filter(({ access, method }) => access.kind === 'public' && method === 'GET')) {
    for (const address of addresses(route, found)) {
      const answer = await ask(address, null);
      expect({ address, leaks: leaks(await answer.text(), [MARK!, TITLE!, SHARED!, found.number]) }).toEqual({ address, leaks: [] });
    }
  }
}, 60_000);
