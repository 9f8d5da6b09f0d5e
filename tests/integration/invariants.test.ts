/**
 * Every safeguard S1–S14 (SCOPE), attacked in three ways: by SQL as the application's own role, by API, by screen. What counts is not
 * the refusal alone: the protected fact is read as the owner of the schema before and after, and must be the same. Older attempts by
 * SQL stand in safeguards.test.ts and safeguards-intake.test.ts; these come from other sides.
 */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import type { Role } from '#catalogue/roles.ts';
import { moveReports } from '#modules/cases/commands/grouping.ts';
import { answerGate } from '#modules/cases/index.ts';
import { importSheet, startSheet, uploadSheet } from '#modules/channels/commands/sheets.ts';
import { guessMapping } from '#modules/channels/sheet/mapping.ts';
import { beginInterim, decideSecond, expireDecisions, renewDecision, reviewLegally, submitDraft, withdrawDecision } from '#modules/decisions/index.ts';
import { createToken } from '#modules/identity/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { decideChange, proposeChange } from '#modules/law/index.ts';
import { RSS_PATH } from '#modules/warnings/views/warnings.tsx';
import { INTAKE, PUBLIC, system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import xarf from '../data/xarf/reports.json' with { type: 'json' };
import { BASIS, PASSED, reportOf } from '../support/decisions.ts';
import { openWorld, refusalOf, refusedBy, type Ending } from '../support/misuse.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';

const SAFEGUARDS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'S11', 'S12', 'S13', 'S14'] as const;
const WAYS = ['sql', 'api', 'screen'] as const;
type Safeguard = (typeof SAFEGUARDS)[number];
type Way = (typeof WAYS)[number];

/** One try to break a safeguard; runs itself and checks refusal and fact. */
interface Attempt {
  readonly what: string;
  readonly run: () => Promise<void>;
}
type Invariant = Readonly<Record<Way, readonly Attempt[]>> & { readonly holds: string };

const world = await openWorld();
const { desk, office } = world;
const HOUR = 3_600_000;
const START = desk.clock.now();
const hoursLater = (hours: number) => desk.clock.set(new Date(START.getTime() + hours * HOUR));

/**
 * An attempt: what it needs (`given`, lawful steps), what it tries (`by`), by which words it must be refused, and the fact that must be
 * the same afterwards: a query as the owner that finds at least one row.
 */
function attempt<T>(what: string, given: () => Promise<T>, fact: (made: T) => string, by: (made: T) => Promise<Ending | readonly Ending[]>, words?: RegExp): Attempt {
  return {
    what,
    async run() {
      desk.clock.set(START);
      const made = await given();
      const before = await asOwner(fact(made));
      expect(before.length).toBeGreaterThan(0);
      for (const ending of [await by(made)].flat() as Ending[]) {
        expect(Object.keys(ending)).toEqual(['refused']);
        if (words) expect(Object.values(ending)[0]).toMatch(words);
      }
      expect(await asOwner(fact(made))).toEqual(before);
    },
  };
}

const asOwner = async (query: string): Promise<unknown[]> => (await sql.raw(query).execute(desk.owner)).rows;
const nothing = async (): Promise<null> => null;
const count = (table: string, where = 'true') => () => `select count(*)::int as n from ${table} where ${where}`;
const stateOf = (id: string) => `select state, act_date, second_officer_id, stayed_at, ends_on, territory, legal_basis, interim_at, interim_until from decision where id = '${id}'`;
const q = (text: string) => `'${text}'`;

/** Several statements of one transaction up to its commit; the last one changing no row counts as refused. */
async function statements(actor: Actor, ...texts: readonly string[]): Promise<Ending> {
  let changed = 0;
  try {
    await inTransaction(desk, actor, async (tx) => {
      for (const text of texts) {
        const result = await sql.raw(text).execute(tx);
        changed = Number(result.numAffectedRows ?? result.rows.length);
      }
      if (changed === 0) throw Object.assign(new Error('row-level security: nothing there'), { code: '42501' });
    });
  } catch (error) {
    return refusalOf(error);
  }
  throw new Error(`the database let it through: ${texts.join('; ')}`);
}

/** The journal row that a change of state needs, as a statement. */
const step = (actor: OfficerActor, entity: string, id: string, from: string, to: string, reason = 'Thử bỏ qua ứng dụng') =>
  `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason)
   values (desk_now(), 'officer', ${q(actor.officerId)}, ${q(actor.agencyId)}, ${q(entity)}, ${q(id)}, 'attempt', ${q(from)}, ${q(to)}, ${reason === '' ? 'null' : q(reason)})`;
const NO = 'false, false, false, false, false, false, false';
const secondGate = (actor: OfficerActor, id: string) => `insert into gate_check (stage, decision_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body,
  falsehood_only, identify_person, whole_profile, self_interest, passed, at) select 'second', id, category, ${q(actor.officerId)}, agency_id, ${NO}, true, desk_now() from decision where id = ${q(id)}`;
/** The second gate and the approval as plain SQL, whoever does it. */
const approval = (actor: OfficerActor, id: string, set = '') => [
  secondGate(actor, id),
  `update decision set state = 'in_force', second_officer_id = ${q(actor.officerId)}, act_date = desk_today(), decided_at = desk_now()${set} where id = ${q(id)}`,
  step(actor, 'decision', id, 'second_review', 'in_force'),
];

// ── Things to attack ────────────────────────────────────────────────────────────────────────────────────────────────

const freshDraft = async (changes: Parameters<typeof world.draft>[2] = {}) => {
  const { caseId, reportId } = await world.freshCase();
  return { caseId, reportId, id: await world.draft(caseId, 'PUBLIC_WARNING', changes) };
};
const submitted = async () => {
  const made = await freshDraft();
  await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, made.id));
  return made;
};
const live = async () => {
  const { caseId, reportId } = await world.freshCase();
  const id = await world.inForce(caseId, 'PUBLIC_WARNING');
  const warning = await desk.owner.selectFrom('warning').innerJoin('warning_target', 'warning_id', 'id').select(['id', 'slug', 'value', 'ends_at']).where('decision_id', '=', id).executeTakeFirstOrThrow();
  return { caseId, reportId, id, warning };
};
const interim = async () => {
  const made = await freshDraft();
  await inTransaction(desk, office.drafter, (tx) => beginInterim(desk, tx, office.drafter, made.id, 'Trang đang nhận tiền ngay lúc này.', EFFECTS));
  const warning = await desk.owner.selectFrom('warning').innerJoin('warning_target', 'warning_id', 'id').select(['id', 'slug', 'value']).where('decision_id', '=', made.id).executeTakeFirstOrThrow();
  return { ...made, warning };
};
/** A case of what people say, through its gate. */
async function speechCase(category: CategoryCode, narrative: string): Promise<{ caseId: string; reportId: string }> {
  const { id: reportId } = await submitReport(desk, reportOf({ category, narrative }));
  const elements = categoryOf(category).positive.map(({ code }) => code as string);
  const { caseId } = await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, reportId, PASSED, elements));
  return { caseId: caseId!, reportId };
}
const threat = () => speechCase('threat_harassment', 'Họ dọa giết tôi trong bài https://www.facebook.com/groups/1/posts/2 và nhắn tin nhiều lần.');
let twins = 0;
/** A case of two reports on one address, gated by two officers. */
async function twoReports(): Promise<{ caseId: string }> {
  const address = `https://hai-nguoi-${twins++}.example/otp`;
  const { caseId } = await world.freshCase(`Trang giả VNeID tại ${address} xin mã OTP`);
  const { id } = await submitReport(desk, reportOf({ narrative: `Tôi cũng gặp trang giả ${address} đòi mã` }));
  const other = await person('intake');
  expect((await inTransaction(desk, other, (tx) => answerGate(desk, tx, other, id, PASSED, []))).caseId).toBe(caseId);
  return { caseId };
}
let stops = 0;
const stopped = async () => {
  const { id, code, secret } = await submitReport(desk, reportOf({ narrative: `Bài phê bình cách làm của phường số ${stops++}, đề nghị gỡ`, contact: { email: 'nguoi.gui@thu.example' } }));
  await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, opinion: true }, []));
  return { id, code, secret };
};
const EMAIL = 'chi.lan.rieng@thu.example';
const named = async () => submitReport(desk, reportOf({ contact: { email: EMAIL, phone: '0912345678', name: 'Nông Thị Riêng' } }));
const numberOf = async (caseId: string) => (await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow()).number;
const codeOf = async (reportId: string) => (await desk.owner.selectFrom('report').select('code').where('id', '=', reportId).executeTakeFirstOrThrow()).code;
const OTHER_BASIS = LEGAL_BASES.find(({ code, category }) => category === BASIS.category && code !== BASIS.code)!.code;
const SCAM_BASIS = LEGAL_BASES.find(({ category }) => category === 'scam')!.code;

/** Somebody of the lead agency with one role, made once. */
const people = new Map<Role, OfficerActor>();
async function person(role: Role): Promise<OfficerActor> {
  const known = people.get(role) ?? await addOfficer(desk, 'so-vhttdl', [role], `Người ${role}`);
  people.set(role, known);
  return known;
}

/** Somebody new, whose session begins at this moment of the clock. */
const signedInNow = (roles: readonly Role[]) => addOfficer(desk, 'so-vhttdl', roles, 'Người vừa đăng nhập');

// ── API and screens ─────────────────────────────────────────────────────────────────────────────────────────────────

const sender = await addOfficer(desk, 'vnpt', ['administrator'], 'Đinh Thị Quản');
const { token } = await inTransaction(desk, sender, (tx) => createToken(tx, sender, { name: 'Hệ thống thử', scopes: ['reports:write', 'reports:read', 'figures:write'], days: 30 }));
let keys = 0;

async function call(path: string, { method = 'POST', body, bearer = token as string | null, headers = {} }: { method?: string; body?: unknown; bearer?: string | null; headers?: Record<string, string> } = {}) {
  const response = await world.request(path, {
    method, headers: { ...(bearer && { Authorization: `Bearer ${bearer}` }), 'Idempotency-Key': `khoa-bat-bien-${keys++}`, ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** A report over the public API, with whatever else a program adds. */
const sendPublic = (more: Record<string, unknown>) => call('/api/v1/reports', { bearer: null, body: { category: 'scam', narrative: 'Họ dụ tôi chuyển tiền đặt cọc thuê nhà.', commune: '01273', ...more } });
const sendAgency = (more: Record<string, unknown>) => call('/api/v1/agency/reports', { body: { external_id: `BB-${keys}`, category: 'scam', narrative: 'Người dân bị lừa chuyển tiền đặt cọc.', ...more } });
const refusedStatus = async (answer: Promise<{ status: number; text: string }>): Promise<Ending> => refusedBy(await answer.then(({ status, text }) => ({ status, html: text })));
/** Of several, each must be refused. */
const all = (...tries: readonly Promise<Ending>[]): Promise<readonly Ending[]> => Promise.all(tries);
/** Taken, but without what was smuggled in; the fact of the attempt shows it. */
async function ignored(answer: Promise<{ status: number; text: string }>): Promise<Ending> {
  const { status, text } = await answer;
  if (status !== 200 && status !== 201) throw new Error(`answered ${status}: ${text}`);
  return { refused: 'ignored' };
}

/**
 * Safeguards have no API by design: decisions, gates, law, appeals are acts of people. Every address a program would guess answers
 * that there is no such thing, for every method, with no token, with an agency's token, and with an officer's session cookie.
 */
function noApi(what: string, words: readonly string[], fact: () => string): Attempt {
  return attempt(`no address of the API ${what}`, live, fact, async ({ id }) => {
    const paths = words.flatMap((word) => ['/api/v1', '/api/v1/agency'].flatMap((root) => [`${root}/${word}`, `${root}/${word}/${id}`]));
    const statuses = new Map<string, number>();
    for (const path of paths) for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) for (const bearer of [null, token]) {
      const { status } = await call(path, { method, bearer, ...(method !== 'GET' && { body: { id, state: 'in_force', approved: true } }) });
      statuses.set(`${method} ${path}`, status);
      if (![401, 403, 404, 405].includes(status)) throw new Error(`${method} ${path} answered ${status}`);
    }
    return { refused: `${statuses.size} addresses` };
  });
}

/** A form sent by somebody signed in (a session that ended would refuse everything and prove nothing) or by nobody. */
async function form(actor: OfficerActor | null, path: string, fields: Readonly<Record<string, string | readonly string[]>> = {}): Promise<Ending> {
  const answer = await world.page(actor, path, fields);
  if (actor && answer.status === 401) throw new Error('the session has ended');
  return refusedBy(answer);
}
const decisionPath = (id: string) => `/can-bo/quyet-dinh/${id}`;
const ANSWERS = Object.fromEntries(Object.keys(PASSED).map((code) => [`gate.${code}`, 'no']));
const INTAKE_ANSWERS = Object.fromEntries(Object.keys(PASSED).map((code) => [code, 'no']));

/** A draft's form as its drafter would send it, complete, with something spoiled. */
async function draftForm(id: string, caseId: string, spoiled: Record<string, string | readonly string[]>): Promise<Record<string, string | readonly string[]>> {
  const evidence = (await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute()).map((row) => row.id);
  const locators = (await desk.owner.selectFrom('decision_locator').select('indicator_id').where('decision_id', '=', id).execute()).map((row) => row.indicator_id);
  const options = (await desk.owner.selectFrom('decision_option').select('option').where('decision_id', '=', id).execute()).map((row) => row.option);
  return {
    basis: BASIS.code, aim: 'protect_property', facts: 'Từ ngày 20/11/2026 có tin nhắn dẫn người dân đến trang bắt chước VNeID, xin mã OTP.', side_effects: 'Không có nội dung của người khác.',
    ends_on: '20/12/2026', title: 'Trang giả VNeID xin mã OTP', summary: 'Tin nhắn dẫn đến một trang bắt chước, xin số định danh và mã OTP.', advice: 'Đừng bấm đường dẫn.',
    ...Object.fromEntries(BASIS.elements.map(({ code }) => [`element.${code}`, 'Giao diện trùng với trang thật.'])),
    ...Object.fromEntries(BASIS.elements.map(({ code }) => [`proof.${code}`, evidence])),
    ...Object.fromEntries(options.map((code) => [`option.${code}`, 'Chưa đủ.'])), evidence, locators, go: 'submit', ...spoiled,
  };
}
const submitForm = async ({ id, caseId }: { id: string; caseId: string }, spoiled: Record<string, string | readonly string[]>) =>
  form(office.drafter, decisionPath(id), await draftForm(id, caseId, spoiled));

/** Nothing live is shown of a thing to the public: check, its API, the page, the list, the feed. */
async function unseen({ slug, value }: { slug: string; value: string }): Promise<Ending> {
  const api = JSON.parse((await call(`/api/v1/check?q=${encodeURIComponent(value)}`, { method: 'GET', bearer: null })).text) as { answer: string };
  const pages = await Promise.all([`/kiem-tra?q=${encodeURIComponent(value)}`, '/canh-bao', RSS_PATH, '/', '/en/canh-bao'].map((path) => world.page(null, path)));
  const shown = [...(api.answer === 'unknown' ? [] : ['api']), ...pages.filter(({ html, status }) => status !== 200 || html.includes(slug)).map(({ html }) => html.slice(0, 40)),
    ...((await world.page(null, `/canh-bao/${slug}`)).status === 404 ? [] : ['page'])];
  if (shown.length > 0) throw new Error(`still shown: ${shown.join(', ')}`);
  return { refused: 'shown nowhere' };
}
const seen = async ({ slug, value }: { slug: string; value: string }) => {
  expect((JSON.parse((await call(`/api/v1/check?q=${encodeURIComponent(value)}`, { method: 'GET', bearer: null })).text) as { answer: string }).answer).toBe('warned');
  expect((await world.page(null, `/canh-bao/${slug}`)).status).toBe(200);
};

// ── The table ───────────────────────────────────────────────────────────────────────────────────────────────────────

const INVARIANTS: Readonly<Record<Safeguard, Invariant>> = {
  S1: {
    holds: 'closed categories, measures and aims',
    sql: [
      attempt('the list of harms is taken off its domain', nothing, count('category'), () => statements(system('x'), 'alter domain harm_category drop constraint harm_category_check'), /must be owner/),
      attempt('a new harm is written beside the ten', nothing, count('category'),
        () => statements(system('x'), `insert into category (code, links_cases, interim, stores_images) values ('scam', true, true, true)`), /42501/),
      attempt('a threat is relabelled as impersonation, so that more measures fit it', threat, ({ caseId }) => `select category from case_file where id = ${q(caseId)}`,
        ({ caseId }) => statements(office.drafter, `update case_file set category = 'phishing_impersonation' where id = ${q(caseId)}`), /S2: the category that passed the gate stays/),
      attempt('an aim of prestige is inserted with a draft', () => world.freshCase(), ({ caseId }) => `select count(*)::int as n from decision where case_id = ${q(caseId)}`,
        ({ caseId }) => statements(office.drafter, `insert into decision (case_id, agency_id, measure, category, drafter_id, aim, created_at)
          values (${q(caseId)}, ${q(office.drafter.agencyId)}, 'PUBLIC_WARNING', 'phishing_impersonation', ${q(office.drafter.officerId)}, 'protect_prestige', desk_now())`), /aim_code/),
    ],
    api: [
      attempt('unknown harms are reported by anybody', nothing, count('report'), () => all(...['opinion', 'SCAM', 'bad_information', '__proto__', 'other', ''].map((category) => refusedStatus(sendPublic({ category }))))),
      attempt('unknown harms are reported by an agency', nothing, count('report'), () => all(...['defamation', 'constructor', 'fake_news'].map((category) => refusedStatus(sendAgency({ category }))))),
      attempt('a list is sent of a harm that machines may not report', nothing, count('report'), () => all(...['opinion', 'threat_harassment', 'false_emergency_alert', 'intimate_images']
        .map((category) => refusedStatus(call(`/api/v1/agency/list?category=${category}`, { body: 'blog-phe-binh.example\n', headers: { 'Content-Type': 'text/plain' } }))))),
      attempt('a XARF report names a type that is no harm of ours', nothing, count('report'), async () => {
        const { text } = await call('/api/v1/agency/xarf', { body: [{ ...xarf.phishing, report_id: crypto.randomUUID(), type: 'defamation' }, { ...xarf.phishing, report_id: crypto.randomUUID(), category: 'opinion' }] });
        const { taken, refused } = JSON.parse(text) as { taken: number; refused: number };
        return taken === 0 && refused === 2 ? { refused: 'both' } : { trace: text };
      }),
      attempt('a measure and an aim are sent along with a report', nothing, count('decision'), () => ignored(sendAgency({ measure: 'NOTICE_PLATFORM', aim: 'protect_prestige', decision: { state: 'in_force' } }))),
    ],
    screen: [
      attempt('the form of the portal is sent with an unknown harm', nothing, count('report'), async () => {
        const answers = await Promise.all(['2', '6'].map((at) => world.page(null, '/bao-cao', { category: 'opinion', narrative: 'Bài này nói xấu lãnh đạo của tôi', commune: '-', contact_kind: 'anonymous', step: at, go: 'next' })));
        return answers.every(({ location, html }) => location === null && !/PA-04-\d{6}/.test(html)) ? { refused: 'asked again' } : { trace: 'sent' };
      }),
      attempt('an officer puts a report into an unknown harm', async () => submitReport(desk, reportOf()), ({ id }) => `select category from report where id = ${q(id)}`,
        ({ code }) => form(office.gate, `/can-bo/phan-anh/${code}/nhom`, { category: 'prestige' })),
      attempt('a measure of one’s own making is started', async () => numberOf((await world.freshCase()).caseId), count('decision'), (number) => all(
        ...['REMOVE_CHANNEL', '', 'public_warning'].map((measure) => form(office.drafter, `/can-bo/vu-viec/${number}/quyet-dinh`, { measure })))),
      attempt('an aim out of the list is chosen', freshDraft, ({ id }) => `select state, aim is null or aim = 'protect_property' as listed from decision where id = ${q(id)}`, (made) => submitForm(made, { aim: 'protect_prestige' })),
      attempt('a spreadsheet names an unknown harm', nothing, count('report'), async () => {
        const clerk = await addOfficer(desk, 'cong-an-tinh', ['focal', 'clerk'], 'Bế Văn Thư');
        const header = ['Nội dung', 'Loại hình'];
        const id = await uploadSheet(desk, clerk, { field: 'sheet', name: 'bang.csv', bytes: Buffer.from('\ufeffNội dung,Loại hình\r\nBài viết nói xấu cơ quan của tôi,Xuyên tạc\r\n'), tooLarge: false });
        await inTransaction(desk, clerk, (tx) => startSheet(desk, tx, clerk, id, guessMapping(header), header));
        await importSheet(desk, id);
        const { taken, refused } = await desk.owner.selectFrom('sheet_import').select(['taken', 'refused']).where('id', '=', id).executeTakeFirstOrThrow();
        return taken === 0 && refused === 1 ? { refused: 'the row' } : { trace: `${taken}` };
      }),
    ],
  },

  S2: {
    holds: 'the gate, twice, by two different people, before anything is captured',
    sql: [
      attempt('the first gate is answered by a clerk', async () => submitReport(desk, reportOf()), ({ id }) => `select count(*)::int as n from gate_check where report_id = ${q(id)}`,
        ({ id }) => statements(office.clerk, `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person,
          whole_profile, self_interest, passed, at) values ('intake', ${q(id)}, 'phishing_impersonation', ${q(office.clerk.officerId)}, ${q(office.clerk.agencyId)}, ${NO}, true, desk_now())`), /S2: the first gate/),
      attempt('a case is made up by hand to capture evidence in it', nothing, count('evidence'), () => statements(office.drafter,
        `insert into case_file (id, number, category, title, lead_agency_id, opened_at) values ('01999999-0000-7000-8000-000000000001', 'VV-04-2026-9001', 'scam', 'Theo dõi trang cá nhân', ${q(office.drafter.agencyId)}, desk_now())`,
        `insert into evidence (case_id, kind, description, officer_id, at) values ('01999999-0000-7000-8000-000000000001', 'observation', 'Ảnh chụp trang cá nhân', ${q(office.drafter.officerId)}, desk_now())`), /S2: nothing is captured/),
      attempt('the same to verify and draft in it', nothing, count('decision'), () => statements(office.drafter,
        `insert into case_file (id, number, category, title, lead_agency_id, opened_at) values ('01999999-0000-7000-8000-000000000002', 'VV-04-2026-9002', 'scam', 'Không qua cửa', ${q(office.drafter.agencyId)}, desk_now())`,
        `insert into decision (case_id, agency_id, measure, category, drafter_id, created_at) values ('01999999-0000-7000-8000-000000000002', ${q(office.drafter.agencyId)}, 'NO_ACTION', 'scam', ${q(office.drafter.officerId)}, desk_now())`),
      /nobody verified/),
      attempt('a report is moved from its gate straight into the answer', async () => submitReport(desk, reportOf()), ({ id }) => `select state from report where id = ${q(id)}`,
        ({ id }) => statements(office.gate, `update report set state = 'answered' where id = ${q(id)}`, step(office.gate, 'report', id, 'received', 'answered')), /cannot go from received to answered/),
      attempt('one officer answers both gates', submitted, ({ id }) => stateOf(id), ({ id }) => statements(office.gate, ...approval(office.gate, id)), /S7: a gate officer/),
    ],
    api: [
      attempt('a report carries its own gate', nothing, count('report', `state not in ('received')`), () => ignored(sendPublic({ state: 'attached', gate: PASSED, passed: true, case_id: crypto.randomUUID() }))),
      noApi('passes a gate', ['gate', 'gates', 'gate-checks', 'reports/gate', 'cases', 'evidence', 'verifications'], count('gate_check')),
    ],
    screen: [
      attempt('the gate is sent empty, with one answer open, and by who may not', async () => submitReport(desk, reportOf()), ({ id }) => `select state, (select count(*)::int from gate_check g where g.report_id = r.id) as gates from report r where id = ${q(id)}`,
        async ({ code }) => {
          const path = `/can-bo/phan-anh/${code}/cua-kiem-tra`;
          const [one] = Object.keys(INTAKE_ANSWERS);
          return all(form(office.gate, path), form(office.gate, path, { ...INTAKE_ANSWERS, [one!]: '' }), form(office.clerk, path, INTAKE_ANSWERS), form(office.leader, path, INTAKE_ANSWERS), form(office.stranger, path, INTAKE_ANSWERS));
        }),
      attempt('a stopped report is passed by answering again', stopped, ({ id }) => `select state, stop_code from report where id = ${q(id)}`, ({ code }) => form(office.gate, `/can-bo/phan-anh/${code}/cua-kiem-tra`, INTAKE_ANSWERS)),
      attempt('the second gate is left out or half answered', submitted, ({ id }) => stateOf(id), async ({ id }) => {
        const [one] = Object.keys(ANSWERS);
        return all(form(office.reviewer, `${decisionPath(id)}/duyet`), form(office.reviewer, `${decisionPath(id)}/duyet`, { ...ANSWERS, [one!]: '' }));
      }),
      attempt('the gate officer answers the second gate as well', submitted, ({ id }) => stateOf(id), ({ id }) => form(office.gate, `${decisionPath(id)}/duyet`, ANSWERS)),
      attempt('a draft nobody submitted is gated and approved', freshDraft, ({ id }) => stateOf(id), ({ id }) => form(office.reviewer, `${decisionPath(id)}/duyet`, ANSWERS)),
    ],
  },

  S3: {
    holds: 'a dated legal basis from the catalogue, in force on the day of the act',
    sql: [
      attempt('a basis that ended yesterday is used', submitted, ({ id }) => stateOf(id), async ({ id }) => {
        await desk.owner.updateTable('legal_basis').set({ valid_to: '2026-11-21' }).where('code', '=', BASIS.code).execute();
        try {
          return await statements(office.reviewer, ...approval(office.reviewer, id));
        } finally {
          await desk.owner.updateTable('legal_basis').set({ valid_to: null }).where('code', '=', BASIS.code).execute();
        }
      }, /S3: .* is not in force/),
      attempt('the approval is dated on another moment than now', submitted, ({ id }) => stateOf(id),
        ({ id }) => statements(office.reviewer, secondGate(office.reviewer, id), approval(office.reviewer, id)[1]!.replace('decided_at = desk_now()', `decided_at = desk_now() - interval '3 days'`)), /S3: a decision is dated/),
      attempt('the basis is exchanged in the approval', submitted, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer, ...approval(office.reviewer, id, `, legal_basis = ${q(OTHER_BASIS)}`)), /S3|not rewritten/),
      ...[['a letter that looks like Đ', 'Nghị định 330/2026/NÐ-CP'], ['a number padded with zeros', 'Nghị định 0330/2026/NĐ-CP'], ['a hyphen that does not break', 'Nghị định 330/2026/NĐ\u2011CP'],
        ['a wide digit', 'Nghị định \uff1330/2026/NĐ-CP']].map(([how, name]) => attempt(`a decree with excluded articles is entered again under ${how}`, () => person('legal'), count('legal_document'),
        (legal) => statements(legal, `insert into legal_change (kind, target, content, reason, agency_id, proposed_by, proposed_at)
          values ('add_document', 'N330X', ${q(JSON.stringify({ nameVi: name, nameEn: 'Decree', source: 'Công báo', validFrom: '2026-08-19', validTo: null }))}, 'Thử nhập lại', ${q(legal.agencyId)}, ${q(legal.officerId)}, desk_now())`), /check constraint|needs a code, a number/)),
      attempt('the same under a spelling without hyphen, adopted by two people: its excluded article is refused all the same', async () => {
        const legal = await person('legal');
        const id = await inTransaction(desk, legal, (tx) => proposeChange(tx, legal, { kind: 'add_document', target: 'N330Y', reason: 'Văn bản mới trên Công báo.',
          content: { nameVi: 'Nghị định 330/2026/NĐCP', nameEn: 'Decree 330/2026', source: 'Công báo', validFrom: '2026-08-19', validTo: null } }));
        await inTransaction(desk, office.leader, (tx) => decideChange(tx, office.leader, id, { outcome: 'approved', reason: '' }));
        return legal;
      }, count('legal_basis'), (legal) => statements(legal, `insert into legal_change (kind, target, content, reason, agency_id, proposed_by, proposed_at) values ('add_basis', 'N330Y.9/scam',
        ${q(JSON.stringify({ document: 'N330Y', article: '9', clause: null, point: null, category: 'scam', whatVi: 'Thử nhập', whatEn: 'A trial', elements: [{ code: 'deceives', vi: 'Có hành vi gian dối', en: 'There is deception' }], validFrom: null, validTo: null }))},
        'Thử nhập lại', ${q(legal.agencyId)}, ${q(legal.officerId)}, desk_now())`), /excluded on purpose/),
      attempt('the catalogue is brought up to date by the application itself', nothing, count('legal_basis', `what = 'Xuyên tạc'`), () => statements(system('x'), `update legal_basis set what = 'Xuyên tạc'`), /42501/),
    ],
    api: [
      noApi('changes the law', ['law', 'legal-bases', 'legal-documents', 'legal-changes', 'measures'], () => 'select code, article, clause, point, valid_to from legal_basis order by code'),
      attempt('a report brings its legal basis along', nothing, count('decision', 'legal_basis is not null'), () => ignored(sendAgency({ legal_basis: 'N330.9', basis: 'Điều 9', law: 'Nghị định 330/2026/NĐ-CP' }))),
    ],
    screen: [
      attempt('a basis is typed instead of picked', freshDraft, ({ id }) => `select state, legal_basis = ${q(BASIS.code)} or legal_basis is null as listed from decision where id = ${q(id)}`,
        async (made) => all(submitForm(made, { basis: 'Điều 9 khoản 1 Nghị định 330/2026/NĐ-CP' }), submitForm(made, { basis: 'N330.9/phishing_impersonation' }))),
      attempt('a basis of another harm is picked', freshDraft, ({ id }) => `select state from decision where id = ${q(id)}`, (made) => submitForm(made, { basis: SCAM_BASIS })),
      attempt('an excluded article is proposed on the page of the law', () => person('legal'), count('legal_change', `target like 'N330.9%'`), (legal) => form(legal, '/can-bo/phap-luat/de-xuat', {
        kind: 'add_basis', document: 'N330', article: '9', clause: '', point: '', category: 'scam', whatVi: 'Đăng tin sai sự thật', whatEn: 'False news', elements: ['deceives'], validFrom: '', validTo: '', reason: 'Đề nghị bổ sung căn cứ.',
      })),
      attempt('a change of the law is proposed by who drafts and approved by who proposed', nothing, count('legal_change', `outcome = 'approved' and decided_by = proposed_by or proposed_by = ${q(office.drafter.officerId)}`), async () => {
        const legal = await person('legal');
        const id = await inTransaction(desk, legal, (tx) => proposeChange(tx, legal, { kind: 'end_basis', target: 'N330.14.2.b/scam', content: { validTo: '2027-12-31' }, reason: 'Công báo số 900.' }));
        return all(form(legal, `/can-bo/phap-luat/de-xuat/${id}`, { outcome: 'approved' }), form(office.drafter, `/can-bo/phap-luat/de-xuat/${id}`, { outcome: 'approved' }),
          form(office.drafter, '/can-bo/phap-luat/de-xuat', { kind: 'end_basis', target: 'N330.14.2.b/scam', validTo: '31/12/2027', reason: 'Công báo số 900.' }));
      }),
    ],
  },

  S4: {
    holds: 'the competence of this agency, by a law, on the day',
    sql: [
      attempt('a competence that ended yesterday is used', submitted, ({ id }) => stateOf(id), async ({ id }) => {
        const own = desk.owner.updateTable('competence').where('id', '=', (eb) => eb.selectFrom('decision').select('competence_id').where('id', '=', id).$castTo<string>());
        await own.set({ valid_to: '2026-11-21' }).execute();
        try {
          return await statements(office.reviewer, ...approval(office.reviewer, id));
        } finally {
          await own.set({ valid_to: null }).execute();
        }
      }, /S4: this agency has no power/),
      attempt('the keeper of the directory hands an old competence to another agency', () => person('administrator'), () => 'select id, agency_id, category, role from competence order by id',
        (admin) => statements(admin, `update competence set agency_id = ctx_agency()`), /42501/),
      attempt('the same dated back', () => person('administrator'), () => 'select id, valid_from from competence order by id', (admin) => statements(admin, `update competence set valid_from = '2000-01-01'`), /42501/),
      attempt('an agency that only takes part drafts on another’s case', () => world.freshCase(), ({ caseId }) => `select count(*)::int as n from decision where case_id = ${q(caseId)}`,
        ({ caseId }) => statements(office.stranger, `insert into decision (case_id, agency_id, measure, category, drafter_id, created_at)
          values (${q(caseId)}, ${q(office.stranger.agencyId)}, 'PUBLIC_WARNING', 'phishing_impersonation', ${q(office.stranger.officerId)}, desk_now())`), /S1: a decision has the category and the lead agency/),
    ],
    api: [
      noApi('gives a competence', ['agencies', 'competences', 'directory', 'recipients', 'officers'], () => 'select id, agency_id, category, valid_to from competence order by id'),
      attempt('a report names the agency that shall lead', nothing, count('report', `handling_agency_id in (select id from agency where key = 'vnpt')`), () => ignored(sendAgency({ handling_agency: 'vnpt', handling_agency_id: sender.agencyId, lead_agency_id: sender.agencyId }))),
    ],
    screen: [
      attempt('officers of another agency draft, approve and withdraw here', live, ({ id, caseId }) => `select (select count(*)::int from decision where case_id = ${q(caseId)}) as n, state from decision where id = ${q(id)}`, async ({ id, caseId }) => all(
        form(office.stranger, `/can-bo/vu-viec/${await numberOf(caseId)}/quyet-dinh`, { measure: 'PUBLIC_WARNING' }), form(office.stranger, decisionPath(id), { facts: 'khác' }),
        form(office.stranger, `${decisionPath(id)}/duyet`, ANSWERS), form(office.stranger, `${decisionPath(id)}/rut`, { withdraw_reason: 'Không cần nữa.' }))),
      attempt('the agency’s competence ends between draft and approval', submitted, ({ id }) => stateOf(id), async ({ id }) => {
        const own = desk.owner.updateTable('competence').where('id', '=', (eb) => eb.selectFrom('decision').select('competence_id').where('id', '=', id).$castTo<string>());
        await own.set({ valid_to: '2026-11-21' }).execute();
        try {
          return await form(office.reviewer, `${decisionPath(id)}/duyet`, ANSWERS);
        } finally {
          await own.set({ valid_to: null }).execute();
        }
      }),
    ],
  },

  S5: {
    holds: 'facts, evidence for each element, reasons against each milder option',
    sql: [
      ...(['decision_element', 'decision_option', 'decision_evidence', 'decision_locator'] as const).map((table) => attempt(`the ${table.replace('decision_', '')} rows of a decision in force are moved into one’s own draft`, async () => {
        const { caseId, id } = await live();
        const other = await world.draft(caseId, 'PUBLIC_WARNING');
        await inTransaction(desk, office.drafter, async (tx) => void await sql.raw(`delete from ${table} where decision_id = ${q(other)}`).execute(tx));
        return { id, other };
      }, ({ id }) => `select count(*)::int as n, (select count(*)::int from ${table} where decision_id = ${q(id)}) > 0 as some from ${table} where decision_id = ${q(id)}`,
      ({ id, other }) => statements(office.drafter, `update ${table} set decision_id = ${q(other)} where decision_id = ${q(id)}`), /the parts of a decision stay/)),
      attempt('an element rests on evidence that is not the decision’s', async () => {
        const made = await freshDraft();
        await inTransaction(desk, office.drafter, async (tx) => void await sql.raw(`update decision_element set evidence_ids = array[gen_random_uuid()] where decision_id = ${q(made.id)}`).execute(tx));
        // The second officer meets it however it was submitted.
        await inTransaction(desk, office.drafter, async (tx) => {
          await sql.raw(`update decision set state = 'second_review' where id = ${q(made.id)}`).execute(tx);
          await sql.raw(step(office.drafter, 'decision', made.id, 'draft', 'second_review')).execute(tx);
        });
        return made;
      }, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer, ...approval(office.reviewer, id)), /S5: an element of the clause/),
      attempt('evidence is dated ahead, to serve a later renewal', () => world.freshCase(), ({ caseId }) => `select count(*)::int as n from evidence where case_id = ${q(caseId)}`,
        ({ caseId }) => statements(office.drafter, `insert into evidence (case_id, kind, description, officer_id, at) values (${q(caseId)}, 'observation', 'Vẫn còn nguyên', ${q(office.drafter.officerId)}, desk_now() + interval '200 days')`), /S5: evidence is dated/),
      attempt('filed evidence is described anew', () => world.freshCase(), ({ caseId }) => `select description from evidence where case_id = ${q(caseId)}`,
        ({ caseId }) => statements(office.drafter, `update evidence set description = 'Khác hẳn' where case_id = ${q(caseId)}`), /nothing there/),
      attempt('a finding is rewritten', () => world.freshCase(), ({ caseId }) => `select finding from verification where case_id = ${q(caseId)}`,
        ({ caseId }) => statements(office.drafter, `update verification set finding = 'Khác' where case_id = ${q(caseId)}`), /42501/),
    ],
    api: [noApi('adds facts or evidence', ['evidence', 'decisions/facts', 'decision-elements', 'attachments'], count('evidence'))],
    screen: [
      attempt('a draft is sent without facts, evidence, an element, a proof, an option', freshDraft, ({ id }) => `select state from decision where id = ${q(id)}`, async (made) => {
        const [element] = BASIS.elements;
        const options = (await desk.owner.selectFrom('decision_option').select('option').where('decision_id', '=', made.id).execute()).map((row) => row.option);
        const spoils: Record<string, string | readonly string[]>[] = [
          { facts: '' }, { facts: 'Ngắn quá.' }, { [`element.${element!.code}`]: '' }, { [`option.${options[0]!}`]: ' ' },
          { evidence: [], ...Object.fromEntries(BASIS.elements.map(({ code }) => [`proof.${code}`, []])) },
        ];
        const endings: Ending[] = [];
        for (const spoil of spoils) endings.push(await submitForm(made, { ...Object.fromEntries(options.map((code) => [`option.${code}`, 'Chưa đủ.'])), ...spoil }));
        return endings;
      }),
      attempt('evidence of another case is ticked', async () => ({ ...await freshDraft(), other: await world.freshCase() }), ({ id, caseId }) => `select d.state, not exists (select 1 from decision_evidence v join evidence e on e.id = v.evidence_id
          where v.decision_id = d.id and e.case_id <> ${q(caseId)}) as own from decision d where id = ${q(id)}`, async (made) => {
        const foreign = (await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', made.other.caseId).execute()).map(({ id }) => id);
        return submitForm(made, { evidence: foreign, ...Object.fromEntries(BASIS.elements.map(({ code }) => [`proof.${code}`, foreign])) });
      }),
    ],
  },

  S6: {
    holds: 'exact locators, territory and duration',
    sql: [
      attempt('a name that many strangers share is named whole', () => world.freshCase('Trang giả VNeID tại sites.google.com và https://sites.google.com/view/vneid-gia xin mã OTP').then(async (made) => ({ ...made, id: await world.draft(made.caseId, 'PUBLIC_WARNING') })),
        ({ id }) => `select d.state, (select count(*)::int from decision_locator l where l.decision_id = d.id) as n from decision d where id = ${q(id)}`,
        ({ id, reportId }) => statements(office.drafter, `insert into decision_locator (decision_id, indicator_id, granularity) select ${q(id)}, i.id, 'domain' from report_indicator r join indicator i on i.id = r.indicator_id
          where r.report_id = ${q(reportId)} and i.kind = 'domain' and not i.specific on conflict do nothing`), /S6/),
      attempt('the territory is the whole country', async () => {
        const made = await freshDraft();
        await inTransaction(desk, office.drafter, async (tx) => {
          await sql.raw(`update decision set territory = 'Cả nước' where id = ${q(made.id)}`).execute(tx);
          await submitDraft(tx, office.drafter, made.id);
        });
        return made;
      }, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer, ...approval(office.reviewer, id)), /S6: the territory is wider/),
      attempt('the reported address itself is widened', live, ({ id }) => `select i.value, i.match_key from decision_locator l join indicator i on i.id = l.indicator_id where l.decision_id = ${q(id)} order by 1`,
        ({ id }) => statements(office.drafter, `update indicator set value = 'example' where id in (select indicator_id from decision_locator where decision_id = ${q(id)})`), /42501/),
      attempt('a decision is renewed by its own old evidence', async () => {
        const { id: old, caseId } = await live();
        hoursLater(1);
        const id = await inTransaction(desk, office.drafter, (tx) => renewDecision(tx, office.drafter, old));
        const evidence = await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute();
        await inTransaction(desk, office.drafter, async (tx) => {
          for (const one of evidence) await sql.raw(`insert into decision_evidence (decision_id, evidence_id) values (${q(id)}, ${q(one.id)})`).execute(tx);
          await sql.raw(`update decision_element set evidence_ids = array[${q(evidence[0]!.id)}::uuid] where decision_id = ${q(id)}`).execute(tx);
          await sql.raw(`update decision set state = 'second_review' where id = ${q(id)}`).execute(tx);
          await sql.raw(step(office.drafter, 'decision', id, 'draft', 'second_review')).execute(tx);
        });
        return { id };
      }, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer, ...approval(office.reviewer, id)), /S6: renewing needs evidence newer/),
      attempt('when a decision was begun is set back', freshDraft, ({ id }) => `select created_at from decision where id = ${q(id)}`, ({ id }) => statements(office.clerk, `update decision set created_at = created_at - interval '1 year' where id = ${q(id)}`), /not rewritten/),
    ],
    api: [
      attempt('a list of patterns and profiles is sent', nothing, count('indicator', `value like '%*%'`), async () => {
        await call('/api/v1/agency/list?category=scam', { body: '*.mau-rong.example\n||mau-rong2.example/*\n', headers: { 'Content-Type': 'text/plain' } });
        return { refused: 'no pattern is kept' };
      }),
      noApi('sets a locator, a place or a term', ['locators', 'indicators', 'warnings', 'decision-locators', 'terms'], () => 'select decision_id, indicator_id, granularity from decision_locator order by 1, 2'),
    ],
    screen: [
      attempt('a draft without end, of ten years, that ended yesterday', freshDraft, ({ id }) => `select state from decision where id = ${q(id)}`, async (made) => {
        const endings: Ending[] = [];
        for (const ends_on of ['', '22/11/2036', '21/11/2026', 'mãi mãi']) endings.push(await submitForm(made, { ends_on }));
        return endings;
      }),
      attempt('the address of another case is ticked', async () => ({ ...await freshDraft(), other: await freshDraft() }), ({ id }) => `select d.state, not exists (select 1 from decision_locator l join report_indicator ri on ri.indicator_id = l.indicator_id
          join report r on r.id = ri.report_id where l.decision_id = d.id and r.case_id <> d.case_id) as own from decision d where id = ${q(id)}`, async (made) => {
        const foreign = (await desk.owner.selectFrom('decision_locator').select('indicator_id').where('decision_id', '=', made.other.id).execute()).map((row) => row.indicator_id);
        return submitForm(made, { locators: foreign });
      }),
      attempt('a profile is ticked in a notice', async () => {
        const { caseId } = await world.freshCase('Trang cá nhân https://www.facebook.com/nguoi.ban.hang lừa đảo bán hàng');
        return { caseId, id: await world.draft(caseId, 'NOTICE_PLATFORM') };
      }, ({ id }) => `select d.state, (select count(*)::int from decision_locator l where l.decision_id = d.id) as n from decision d where id = ${q(id)}`, async (made) => {
        const ids = await desk.owner.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id').select('indicator.id').where('report.case_id', '=', made.caseId).execute();
        return submitForm(made, { locators: ids.map(({ id }) => id) });
      }),
      attempt('the text of a decision in force is saved again with a later end', live, ({ id }) => stateOf(id), (made) => submitForm(made, { ends_on: '20/03/2027' })),
    ],
  },

  S7: {
    holds: 'a second person, and an interim measure that dies after 24 hours',
    sql: [
      attempt('a legal officer who gave a word approves as well', async () => {
        const made = await submitted();
        const both = await addOfficer(desk, 'so-vhttdl', ['legal', 'reviewer'], 'Sầm Thị Luật');
        await inTransaction(desk, both, (tx) => reviewLegally(tx, both, made.id, true, 'Đủ căn cứ.'));
        return { ...made, both };
      }, ({ id }) => stateOf(id), ({ id, both }) => statements(both, ...approval(both, id)), /S7: a legal officer/),
      attempt('a gate officer moves the report away that makes them one, and approves', async () => {
        const { caseId } = await twoReports();
        const id = await world.draft(caseId, 'PUBLIC_WARNING');
        await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
        const elsewhere = await world.freshCase();
        const { rows } = await sql.raw<{ id: string }>(`select report_id as id from gate_check g join report r on r.id = g.report_id where r.case_id = ${q(caseId)} and g.officer_id = ${q(office.gate.officerId)}`).execute(desk.owner);
        await inTransaction(desk, office.gate, (tx) => moveReports(tx, office.gate, rows.map((row) => row.id), elsewhere.caseId, 'để khỏi có tên ở đó'));
        return { id };
      }, ({ id }) => stateOf(id), ({ id }) => statements(office.gate, ...approval(office.gate, id)), /S7: a gate officer/),
      attempt('a second proof is noted by hand', async () => {
        await cookieFor(desk, office.reviewer.officerId, office.reviewer.agencyId);
        return { id: '' };
      }, () => 'select max(stepped_up_at) as last from session', () => statements(office.reviewer, `update session set stepped_up_at = desk_now() + interval '1 hour' where officer_id = ${q(office.reviewer.officerId)}`), /a second proof/),
      attempt('an account closed this morning approves', async () => {
        const closed = await addOfficer(desk, 'so-vhttdl', ['reviewer'], 'Vi Văn Nghỉ');
        await desk.owner.updateTable('officer').set({ disabled_at: START }).where('id', '=', closed.officerId).execute();
        return { ...await submitted(), closed };
      }, ({ id }) => stateOf(id), ({ id, closed }) => statements(closed, ...approval(closed, id)), /S7: a closed account/),
      attempt('a legal word by somebody whose session says legal, and no appointment does', async () => ({ ...await submitted(), claims: { ...await person('reviewer'), roles: ['reviewer', 'legal'] as Role[] } }),
        count('legal_review'), ({ id, claims }) => statements(claims, `insert into legal_review (decision_id, submission, officer_id, agrees, note, at) values (${q(id)}, 1, ${q(claims.officerId)}, true, 'Đủ căn cứ', desk_now())`), /S7: legal review is given by a legal officer/),
      attempt('a legal word is dated back', async () => ({ ...await submitted(), legal: await person('legal') }), count('legal_review'),
        ({ id, legal }) => statements(legal, `insert into legal_review (decision_id, submission, officer_id, agrees, note, at) values (${q(id)}, 1, ${q(legal.officerId)}, true, 'Đủ căn cứ', desk_now() - interval '2 days')`), /S7: legal review is dated/),
      attempt('a legal word is changed', async () => {
        const made = await submitted();
        const legal = await person('legal');
        await inTransaction(desk, legal, (tx) => reviewLegally(tx, legal, made.id, false, 'Chưa đủ căn cứ.'));
        return { ...made, legal };
      }, ({ id }) => `select agrees, note from legal_review where decision_id = ${q(id)}`, ({ id, legal }) => statements(legal, `update legal_review set agrees = true where decision_id = ${q(id)}`), /42501/),
      attempt('an interim measure is begun by the reviewer on somebody’s draft', freshDraft, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer,
        `update decision set state = 'interim', interim_at = desk_now(), interim_until = desk_now() + interval '24 hours' where id = ${q(id)}`), /by this actor|begun by its drafter/),
      attempt('an interim measure is begun for a week', freshDraft, ({ id }) => stateOf(id), ({ id }) => statements(office.drafter,
        `update decision set state = 'interim', interim_at = desk_now(), interim_until = desk_now() + interval '7 days' where id = ${q(id)}`, step(office.drafter, 'decision', id, 'draft', 'interim')), /24 hours|check constraint/),
      attempt('its 24 hours are prolonged', interim, ({ id }) => stateOf(id), ({ id }) => statements(office.drafter, `update decision set interim_at = interim_at + interval '12 hours', interim_until = interim_until + interval '12 hours' where id = ${q(id)}`), /S7: the 24 hours/),
      attempt('it is confirmed after its death', interim, ({ id }) => stateOf(id), ({ id }) => {
        hoursLater(25);
        return statements(office.reviewer, secondGate(office.reviewer, id), approval(office.reviewer, id)[1]!, step(office.reviewer, 'decision', id, 'interim', 'in_force'));
      }, /S7: the interim measure has died/),
    ],
    api: [noApi('approves', ['decisions', 'approvals', 'decisions/approve', 'interim', 'legal-reviews'], () => 'select id, state, second_officer_id from decision order by id')],
    screen: [
      attempt('drafter, gate officer, clerk and auditor approve', submitted, ({ id }) => stateOf(id), async ({ id }) => {
        const path = `${decisionPath(id)}/duyet`;
        return all(form(office.drafter, path, ANSWERS), form(office.gate, path, ANSWERS), form(office.clerk, path, ANSWERS), form(await person('auditor'), path, ANSWERS), form(await person('legal'), path, ANSWERS), form(null, path, ANSWERS));
      }),
      attempt('the drafter returns the own draft to keep a stop away', submitted, ({ id }) => stateOf(id), ({ id }) => form(office.drafter, `${decisionPath(id)}/tra-lai`, { return_reason: 'Để sửa lại cho nhanh.' })),
      attempt('an interim measure is confirmed on the second day', interim, ({ id }) => stateOf(id), ({ id }) => {
        hoursLater(25);
        return signedInNow(['reviewer']).then((actor) => form(actor, `${decisionPath(id)}/duyet`, ANSWERS));
      }, /HTTP (409|422)/),
      attempt('another officer writes in the draft', freshDraft, ({ id }) => `select facts, title from decision where id = ${q(id)}`, async (made) => {
        const other = await addOfficer(desk, 'so-vhttdl', ['case_officer'], 'Lục Văn Khác');
        return all(form(other, decisionPath(made.id), await draftForm(made.id, made.caseId, { facts: 'Viết hộ người soạn cho đúng ý mình.' })), form(other, `${decisionPath(made.id)}/bo`, { drop_reason: 'Không cần nữa.' }));
      }),
    ],
  },

  S8: {
    // Notices have their own room (issue 4, notices): attempts on what is written and sent belong here when it has landed.
    holds: 'notice to recipients of the right kind, and access by code for those concerned alone',
    sql: [
      attempt('a notice is addressed to the wrong kind of recipient', async () => {
        const bank = await recipient('bank');
        const { caseId } = await world.freshCase();
        return { bank, id: await world.draft(caseId, 'NOTICE_REGISTRAR') };
      }, ({ id }) => `select d.state, (select count(*)::int from decision_recipient r where r.decision_id = d.id) as n from decision d where id = ${q(id)}`,
      ({ id, bank }) => statements(office.drafter, `insert into decision_recipient (decision_id, recipient_id) values (${q(id)}, ${q(bank)})`), /S1: this measure does not go/),
      attempt('a recipient is made up by the drafter', nothing, count('recipient', `name = 'Ai cũng được'`), () => statements(office.drafter, `insert into recipient (kind, name, valid_from) values ('platform', 'Ai cũng được', '2020-01-01')`), /42501/),
      attempt('a recipient that left the directory meanwhile is written to', async () => {
        const registrar = await recipient('registrar');
        const { caseId } = await world.freshCase();
        const id = await world.draft(caseId, 'NOTICE_REGISTRAR', { recipients: [registrar] });
        await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
        await desk.owner.updateTable('recipient').set({ valid_to: '2026-11-21' }).where('id', '=', registrar).execute();
        return { id };
      }, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer, ...approval(office.reviewer, id)), /S8: a recipient is no longer/),
      attempt('a draft is opened to a party by code', freshDraft, ({ id }) => `select d.state, (select count(*)::int from decision_access a where a.decision_id = d.id) as n from decision d where id = ${q(id)}`,
        ({ id }) => statements(office.drafter, access(id, `'affected'`, 'null')), /S8: a draft is shown to nobody/),
      attempt('a delay of a year is hidden in the date of the access', live, ({ id }) => `select d.state, (select count(*)::int from decision_access a where a.decision_id = d.id) as n from decision d where id = ${q(id)}`,
        ({ id }) => statements(office.drafter, `insert into decision_access (decision_id, party, code, secret_hash, created_at, delay_reason, delay_until)
          values (${q(id)}, 'affected', 'TB-x', '\\x01', desk_now() + interval '1 year', 'police_request', desk_now() + interval '13 months')`), /S8: a delay counts from now/),
      attempt('somebody who is no recipient gets a recipient’s page', async () => ({ ...await live(), bank: await recipient('bank') }), count('decision_access'),
        ({ id, bank }) => statements(office.drafter, access(id, `'recipient'`, q(bank))), /S8: a notice goes to a recipient/),
      attempt('a clerk makes a page for an affected person of one’s own', live, count('decision_access'), ({ id }) => statements(office.clerk, access(id, `'affected'`, 'null')), /S8: who takes no part/),
      attempt('an access given is taken back', async () => {
        const made = await live();
        await inTransaction(desk, office.drafter, async (tx) => void await sql.raw(access(made.id, `'affected'`, 'null')).execute(tx));
        return made;
      }, ({ id }) => `select code, party, delay_until from decision_access where decision_id = ${q(id)}`, ({ id }) => statements(office.leader, `delete from decision_access where decision_id = ${q(id)}`), /42501/),
    ],
    api: [noApi('sends a notice', ['notices', 'letters', 'messages', 'recipients', 'decision-access'], count('decision_recipient'))],
    screen: [
      attempt('a notice is submitted to nobody', async () => {
        const { caseId } = await world.freshCase();
        return { caseId, id: await world.draft(caseId, 'NOTICE_REGISTRAR') };
      }, ({ id }) => `select state from decision where id = ${q(id)}`, (made) => submitForm(made, { 'detail.asked': 'Tạm ngừng phân giải tên miền.', recipients: [] })),
      attempt('a notice is submitted to a bank that should go to a registrar', async () => {
        const { caseId } = await world.freshCase();
        return { caseId, id: await world.draft(caseId, 'NOTICE_REGISTRAR'), bank: await recipient('bank') };
      }, ({ id }) => `select d.state, (select count(*)::int from decision_recipient r where r.decision_id = d.id) as n from decision d where id = ${q(id)}`,
      (made) => submitForm(made, { 'detail.asked': 'Tạm ngừng phân giải tên miền.', recipients: [made.bank] })),
    ],
  },

  S9: {
    // Appeals have their own room (issue 4, appeals): "a decision is reversed by its appeal alone" and "the reviewer shares no person" belong here when it has landed.
    holds: 'nobody undoes or rests a measure alone, quietly or without a reason',
    sql: [
      attempt('a clerk stays a measure', live, ({ id }) => stateOf(id), ({ id }) => statements(office.clerk, `update decision set stayed_at = desk_now() where id = ${q(id)}`), /S9/),
      attempt('a reviewer stays a measure without a word in the journal', live, ({ id }) => stateOf(id), ({ id }) => statements(office.reviewer, `update decision set stayed_at = desk_now() where id = ${q(id)}`), /S9|S11/),
      attempt('a clerk rests the public page alone', live, ({ warning }) => `select stayed_at, lifted_at from warning where id = ${q(warning.id)}`,
        ({ warning }) => statements(office.clerk, `update warning set stayed_at = desk_now() where id = ${q(warning.id)}`), /S9/),
      attempt('a decision is withdrawn without a reason', live, ({ id }) => stateOf(id), ({ id, warning }) => statements(office.leader, `update warning set lifted_at = desk_now() where decision_id = ${q(id)}`,
        step(office.leader, 'warning', warning.id, '', ''), `update decision set state = 'withdrawn' where id = ${q(id)}`, step(office.leader, 'decision', id, 'in_force', 'withdrawn', '')), /state of decision .* without a journal entry/),
      attempt('a decision is let expire by its leader, instead of withdrawn with reasons', live, ({ id }) => stateOf(id), ({ id }) => statements(office.leader, `update warning set lifted_at = desk_now() where decision_id = ${q(id)}`,
        `update decision set state = 'expired' where id = ${q(id)}`, step(office.leader, 'decision', id, 'in_force', 'expired', '')), /S10: a decision expires after its last day/),
      attempt('a case officer reverses', live, ({ id }) => stateOf(id), ({ id }) => statements({ ...office.drafter, roles: ['case_officer'] }, `update decision set state = 'reversed' where id = ${q(id)}`), /by this actor|S9/),
    ],
    api: [noApi('files or decides an appeal for somebody', ['appeals', 'appeals/decide', 'decisions/stay', 'decisions/reverse', 'decisions/withdraw'], () => 'select id, state, stayed_at from decision order by id')],
    screen: [
      attempt('clerk, auditor and stranger withdraw', live, ({ id }) => stateOf(id), async ({ id }) => all(...[office.clerk, await person('auditor'), await person('case_officer'), office.stranger, null]
        .map((actor) => form(actor, `${decisionPath(id)}/rut`, { withdraw_reason: 'Không cần thiết nữa.' })))),
      attempt('a leader withdraws without a reason', live, ({ id }) => stateOf(id), ({ id }) => all(form(office.leader, `${decisionPath(id)}/rut`, { withdraw_reason: '' }), form(office.leader, `${decisionPath(id)}/rut`, { withdraw_reason: '  x  ' }))),
      attempt('what was withdrawn is withdrawn again or approved again', async () => {
        const made = await live();
        await inTransaction(desk, office.leader, (tx) => withdrawDecision(desk, tx, office.leader, made.id, 'Trang đã được gỡ.', EFFECTS));
        return made;
      }, ({ id }) => stateOf(id), ({ id }) => all(form(office.leader, `${decisionPath(id)}/rut`, { withdraw_reason: 'Lần nữa cho chắc.' }), form(office.reviewer, `${decisionPath(id)}/duyet`, ANSWERS))),
    ],
  },

  S10: {
    holds: 'a measure ends by itself, everywhere, and not before',
    sql: [
      attempt('a decision is withdrawn and its page left standing', live, ({ id, warning }) => `select d.state, w.lifted_at from decision d join warning w on w.decision_id = d.id where d.id = ${q(id)} and w.id = ${q(warning.id)}`,
        ({ id }) => statements(office.leader, `update decision set state = 'withdrawn' where id = ${q(id)}`, step(office.leader, 'decision', id, 'in_force', 'withdrawn')), /S10: what ends is lifted everywhere/),
      attempt('a clerk lifts the page of a measure in force', live, ({ warning }) => `select lifted_at from warning where id = ${q(warning.id)}`, ({ warning }) => statements(office.clerk, `update warning set lifted_at = desk_now() where id = ${q(warning.id)}`), /S10: a warning stands/),
      attempt('a job ends a measure before its day', live, ({ id }) => stateOf(id), ({ id }) => statements(system('expire-decisions'), `update decision set state = 'expired' where id = ${q(id)}`), /S10: a decision expires after/),
      attempt('the public reads a page after its end, before any job', live, ({ warning }) => `select ends_at, lifted_at from warning where id = ${q(warning.id)}`, async ({ warning }) => {
        hoursLater(24 * 31);
        return statements(PUBLIC, `select w.id from warning w join warning_target t on t.warning_id = w.id where w.id = ${q(warning.id)}`);
      }, /nothing there/),
      attempt('an interim page is given the days of a decision that never came', interim, ({ warning }) => `select ends_at from warning where id = ${q(warning.id)}`,
        ({ warning }) => statements(office.drafter, `update warning set ends_at = ends_at + interval '20 days' where id = ${q(warning.id)}`), /not prolonged/),
    ],
    api: [
      attempt('the check is asked on the day after the end, before any job ran', async () => {
        const made = await live();
        await seen(made.warning);
        return made;
      }, ({ id }) => stateOf(id), async ({ warning }) => {
        desk.clock.set(warning.ends_at);
        return unseen(warning);
      }),
      attempt('the check is asked in the 25th hour of an interim measure, before any job ran', async () => {
        const made = await interim();
        await seen(made.warning);
        return made;
      }, ({ id }) => stateOf(id), async ({ warning }) => {
        hoursLater(24);
        return unseen(warning);
      }),
    ],
    screen: [
      attempt('check page, page, list and feed after a jump of the clock by years', live, ({ id }) => stateOf(id), async ({ warning }) => {
        hoursLater(24 * 365 * 3);
        return unseen(warning);
      }),
      attempt('a decision that ended by the clock is withdrawn on its own page before the job', live, ({ id }) => stateOf(id), async ({ id }) => {
        hoursLater(24 * 31);
        return form(await signedInNow(['leader']), `${decisionPath(id)}/rut`, { withdraw_reason: 'Muốn ghi là đã rút.' });
      }, /HTTP 409/),
      attempt('the job runs twice and gives nothing back', async () => {
        const made = await interim();
        hoursLater(25);
        await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
        return made;
      }, ({ id }) => `select state, (select count(*)::int from journal j where j.entity_id = d.id) as steps from decision d where id = ${q(id)}`, async ({ warning }) => {
        hoursLater(26);
        await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
        return unseen(warning);
      }),
    ],
  },

  S11: {
    // The public, tamper-evident log comes with issue 7; until then the journal is the record, and these are the attempts on it.
    holds: 'nothing changes without an entry, and no entry changes',
    sql: [
      ...([['an officer', () => office.leader], ['the machine', () => system('x')], ['the auditor', () => person('auditor')]] as const).map(([who, actor]) => attempt(`${who} rewrites, deletes and empties the journal`, async () => actor(),
        () => 'select count(*)::int as n, max(seq) as last, md5(string_agg(seq || action || coalesce(reason, \'\'), \',\' order by seq)) as words from journal',
        (one) => all(statements(one, `update journal set reason = 'khác' where seq = 1`), statements(one, 'delete from journal where seq = 1'), statements(one, 'truncate journal')), /42501/)),
      attempt('the entry tells of another thing than what changed', submitted, ({ id }) => stateOf(id), ({ id }) => statements(office.leader, `update decision set state = 'returned' where id = ${q(id)}`,
        step(office.leader, 'case', id, 'second_review', 'returned')), /without a journal entry/),
      attempt('the entry names another state than the one left', submitted, ({ id }) => stateOf(id), ({ id }) => statements(office.leader, `update decision set state = 'returned' where id = ${q(id)}`,
        step(office.leader, 'decision', id, 'interim', 'returned')), /without a journal entry/),
      attempt('an entry is dated back', live, count('journal', `action = 'attempt-back'`), ({ id }) => statements(office.leader, step(office.leader, 'decision', id, 'x', 'y').replace('desk_now()', `desk_now() - interval '9 days'`).replace(`'attempt'`, `'attempt-back'`)), /row-level security/),
      attempt('an entry is filed under the transaction of a later act', live, count('journal', `action = 'attempt-ahead'`), ({ id }) => statements(office.leader,
        `insert into journal (at, tx, actor_kind, officer_id, agency_id, entity, entity_id, action) values (desk_now(), '99999999', 'officer', ${q(office.leader.officerId)}, ${q(office.leader.agencyId)}, 'decision', ${q(id)}, 'attempt-ahead')`), /42501/),
      attempt('a page is published without an entry', async () => {
        const made = await interim();
        await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, made.id, PASSED, [], {}));
        return made;
      }, ({ warning }) => `select ends_at from warning where id = ${q(warning.id)}`, ({ warning, id }) => statements(office.reviewer,
        `update warning set ends_at = (select (ends_on + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' from decision where id = ${q(id)}) where id = ${q(warning.id)}`), /S11: warning/),
    ],
    api: [noApi('writes or rewrites the record', ['journal', 'log', 'audit', 'entries', 'public-log'], count('journal', `action = 'attempt-api'`))],
    screen: [
      attempt('somebody looks for a page where the record can be changed', live, () => 'select min(seq) as first, count(*) filter (where action = \'attempt\')::int as forged from journal', async ({ id }) => all(
        ...['/can-bo/nhat-ky', '/can-bo/nhat-ky/1', '/can-bo/nhat-ky/1/xoa', `${decisionPath(id)}/nhat-ky`, `${decisionPath(id)}/xoa`, '/can-bo/niem-phong/1/xoa'].map((path) => form(office.leader, path, { reason: 'khác' })))),
    ],
  },

  S12: {
    holds: 'a reporter’s identity is sealed, opened with a reason, each opening logged',
    sql: [
      ...(['intake', 'case_officer', 'reviewer', 'leader', 'clerk', 'focal', 'legal', 'auditor', 'administrator', 'spokesperson'] as const).map((role) => attempt(`the ${role} reads the sealed table`, async () => ({ ...await named(), actor: await person(role) }),
        ({ id }) => `select sealed, purge_after from reporter_identity where report_id = ${q(id)}`, ({ id, actor }) => statements(actor, `select sealed from reporter_identity where report_id = ${q(id)}`), /42501/)),
      ...(['reviewer', 'leader', 'clerk', 'focal', 'legal', 'auditor', 'administrator'] as const).map((role) => attempt(`the ${role} opens it with a reason`, async () => ({ ...await named(), actor: await person(role) }), () => opened,
        ({ id, actor }) => statements(actor, `select 1 where open_identity(${q(id)}, 'Cần gọi lại người gửi') is not null`), /nothing there/)),
      attempt('an intake officer of another agency opens it', async () => ({ ...await named(), actor: await addOfficer(desk, 'cong-an-tinh', ['intake', 'case_officer'], 'Mã Văn Ngoài') }), () => opened,
        ({ id, actor }) => statements(actor, `select 1 where open_identity(${q(id)}, 'Cần gọi lại người gửi') is not null`), /nothing there/),
      ...([['nobody', PUBLIC], ['the intake of reports', INTAKE], ['an agency’s system', { kind: 'agency', agencyId: sender.agencyId, tokenId: crypto.randomUUID() }]] as const).map(([who, actor]) => attempt(`${who} opens it with a reason`, named, () => opened,
        ({ id }) => statements(actor, `select 1 where open_identity(${q(id)}, 'Cần gọi lại người gửi') is not null`), /nothing there/)),
      attempt('it is opened without a reason', async () => ({ ...await named(), actor: await person('intake') }), () => opened,
        ({ id, actor }) => all(statements(actor, `select open_identity(${q(id)}, '')`), statements(actor, `select open_identity(${q(id)}, '   x ')`), statements(system('x'), `select open_identity(${q(id)}, null)`)), /S12/),
      attempt('who sent what was stopped is opened', stopped, () => opened, async ({ id }) => statements(await person('intake'), `select 1 where open_identity(${q(id)}, 'Muốn biết ai phê bình') is not null`), /nothing there/),
      attempt('a name is put beside a report that was anonymous', async () => submitReport(desk, reportOf()), ({ id }) => `select (select count(*)::int from reporter_identity i where i.report_id = r.id) as n from report r where id = ${q(id)}`,
        ({ id }) => statements(office.gate, `insert into reporter_identity (report_id, sealed, has_email, purge_after) values (${q(id)}, '\\x01', false, '2027-01-01')`), /42501/),
    ],
    api: [
      attempt('the receipt of another is tried with wrong secrets', named, () => opened, ({ code, secret }) => all(
        ...['', '0000-0000-0000-0000-0000', secret.slice(0, -1), `${secret}0`, token].map((bearer) => refusedStatus(call(`/api/v1/reports/${code}`, { method: 'GET', bearer: bearer || null }))))),
      attempt('an agency that sends for people reads back who they are', async () => {
        await sendAgency({ contact_kind: 'contact', email: EMAIL, name: 'Nông Thị Riêng' });
        return null;
      }, () => opened, async () => {
        const { status, text } = await call('/api/v1/agency/reports', { method: 'GET' });
        return status === 200 && !text.includes('rieng') && !text.includes('Riêng') ? { refused: 'not told' } : { trace: text };
      }),
      attempt('even the own secret does not give a name back', named, () => opened, async ({ code, secret }) => {
        const { status, text } = await call(`/api/v1/reports/${code}`, { method: 'GET', bearer: secret });
        return status === 200 && !text.includes('rieng') && !text.includes('Riêng') ? { refused: 'not told' } : { trace: text };
      }),
      noApi('opens an identity', ['identities', 'reporters', 'contacts', 'reports/identity'], () => opened),
    ],
    screen: [
      ...(['reviewer', 'leader', 'clerk', 'focal', 'legal', 'auditor', 'administrator', 'spokesperson'] as const).map((role) => attempt(`the ${role} asks for the contact on the report’s page`, async () => ({ ...await named(), actor: await person(role) }), () => opened,
        ({ code, actor }) => form(actor, `/can-bo/phan-anh/${code}/lien-he`, { reason: 'Cần gọi lại người gửi.' }))),
      attempt('an intake officer asks without a reason, and a stranger with one', named, () => opened, async ({ code }) => all(
        form(await person('intake'), `/can-bo/phan-anh/${code}/lien-he`, { reason: '' }), form(await person('intake'), `/can-bo/phan-anh/${code}/lien-he`, { reason: ' x ' }),
        form(await addOfficer(desk, 'cong-an-tinh', ['intake'], 'Mã Văn Ngoài'), `/can-bo/phan-anh/${code}/lien-he`, { reason: 'Cần gọi lại người gửi.' }))),
      attempt('the pages of a report and its case are searched for who sent it', named, () => opened, async ({ code }) => {
        for (const role of ['intake', 'case_officer', 'reviewer', 'leader', 'focal', 'auditor'] as const) {
          const { status, html } = await world.page(await person(role), `/can-bo/phan-anh/${code}`);
          if (status !== 200 || html.includes('rieng') || html.includes('Riêng')) return { trace: `${role} ${status}` };
        }
        return { refused: 'on no page' };
      }),
    ],
  },

  S13: {
    holds: 'data ends on its day, and small cells stay small',
    sql: [
      attempt('the erasure of a stopped report is put off', stopped, ({ id }) => `select erase_after from report where id = ${q(id)}`, ({ id }) => all(
        statements(office.gate, `update report set erase_after = erase_after + interval '1 year' where id = ${q(id)}`), statements(system('x'), `update report set erase_after = null where id = ${q(id)}`)), /S13/),
      attempt('a contact is kept for good', named, ({ id }) => `select purge_after from reporter_identity where report_id = ${q(id)}`,
        ({ id }) => statements(office.clerk, `update reporter_identity set purge_after = '2099-01-01' where report_id = ${q(id)}`), /S13: a contact is kept 12 months/),
      attempt('a stopped report is deleted before its day, or kept out of the erasure', stopped, ({ id }) => `select state, stop_code from report where id = ${q(id)}`, ({ id }) => all(
        statements(office.leader, `delete from report where id = ${q(id)}`), statements(office.gate, `update report set state = 'answered', stop_code = null, erase_after = null where id = ${q(id)}`)), /nothing there|S2|cannot go/),
      attempt('a certificate of an erasure that never was is written by an officer', nothing, count('erasure_certificate'), () => statements(office.leader,
        `insert into erasure_certificate (number, kind, at, iso_week, counts, places) values ('XN-04-2026-0001', 'stopped', desk_now(), '2026-W47', '{"report": 5}', '{"database": true}')`), /row-level security/),
      attempt('a case is minimised before its term', () => world.freshCase(), ({ caseId }) => `select title, minimised_at from case_file where id = ${q(caseId)}`, ({ caseId }) => all(
        statements(office.leader, `select minimise_case(${q(caseId)})`), statements(system('retain'), `select minimise_case(${q(caseId)})`)), /S13/),
    ],
    api: [
      noApi('erases or keeps', ['reports', 'retention', 'certificates', 'data-requests', 'erasures'].slice(1), count('erasure_certificate')),
      attempt('a report is deleted over the API', named, ({ id }) => `select state from report where id = ${q(id)}`, ({ code, secret }) => all(...['DELETE', 'PUT', 'PATCH'].map((method) => refusedStatus(call(`/api/v1/reports/${code}`, { method, bearer: secret, body: {} }))))),
      attempt('the check tells how few people reported something', nothing, count('report'), async () => {
        const { text } = await call('/api/v1/check?q=trang-gia-0.example', { method: 'GET', bearer: null });
        return /report|count|"n"/i.test(text) ? { trace: text } : { refused: 'no number' };
      }),
    ],
    screen: [
      attempt('a public page is read for a number below five', live, ({ warning }) => `select report_count < 5 and report_count > 0 as small from warning where id = ${q(warning.id)}`, async ({ warning }) => {
        const { html } = await world.page(null, `/canh-bao/${warning.slug}`);
        return /(?<![\d.,/])[1-4] (phản ánh|xã|người)/.test(html.replace(/<[^>]+>/g, ' ')) ? { trace: 'told' } : { refused: 'suppressed' };
      }),
      attempt('the check page is asked about what one person reported', async () => submitReport(desk, reportOf({ narrative: 'Trang https://chi-mot-nguoi.example/x lừa tôi' })), ({ id }) => `select id from report where id = ${q(id)}`, async () => {
        const { html } = await world.page(null, '/kiem-tra?q=https%3A%2F%2Fchi-mot-nguoi.example%2Fx');
        return /[1-4] (người|phản ánh)/.test(html.replace(/<[^>]+>/g, ' ')) ? { trace: 'told' } : { refused: 'suppressed' };
      }),
      attempt('officers without the part open the pages of retention and sealed openings', nothing, count('report'), async () => all(
        ...['/can-bo/luu-giu', '/can-bo/niem-phong', '/can-bo/yeu-cau-du-lieu'].map((path) => world.page(office.clerk, path).then(refusedBy)))),
    ],
  },

  S14: {
    holds: 'public figures are counted by the database alone',
    sql: [
      attempt('the count of stops is lowered', stopped, () => figures, async () => all(
        ...[office.leader, office.gate, system('x')].map((actor) => statements(actor, 'update stop_statistic set stops = greatest(stops - 1, 0)'))), /42501/),
      attempt('it is raised for an agency one dislikes, or deleted', stopped, () => figures, async () => all(
        statements(office.gate, `insert into stop_statistic (iso_week, category, stop_code, reporter_kind, agency_id, stops) values ('2026-W40', 'scam', 'opinion', 'agency', ${q(await agencyId(desk, 'vnpt'))}, 90)`),
        statements(office.leader, 'delete from stop_statistic'), statements(system('x'), 'truncate stop_statistic')), /42501/),
      attempt('stops are called lifted that no review lifted', stopped, () => figures, () => statements(office.gate, 'update stop_statistic set lifted = lifted + 1'), /S14/),
      attempt('a warning is published with more reports than its case has', async () => {
        const made = await submitted();
        await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, made.id, PASSED, [], {}));
        return made;
      }, ({ id }) => `select d.state, (select count(*)::int from warning w where w.decision_id = d.id) as n from decision d where id = ${q(id)}`, ({ id }) => statements(office.reviewer,
        `insert into warning (decision_id, slug, category, agency_id, title, summary, advice, legal_basis, published_at, ends_at, report_count, commune_count)
          select id, 'thoi-phong', category, agency_id, title, public_summary, advice, legal_basis, desk_now(), desk_now() + interval '1 day', 999, 30 from decision where id = ${q(id)}`), /S14: a warning tells no more/),
      attempt('the same, with the count of the case raised first', async () => {
        const made = await submitted();
        await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, made.id, PASSED, [], {}));
        await inTransaction(desk, office.clerk, async (tx) => void await sql.raw(`update case_file set report_count = 999 where id = ${q(made.caseId)}`).execute(tx));
        return made;
      }, ({ id }) => `select d.state, (select count(*)::int from warning w where w.decision_id = d.id) as n from decision d where id = ${q(id)}`, ({ id }) => statements(office.reviewer,
        `insert into warning (decision_id, slug, category, agency_id, title, summary, advice, legal_basis, published_at, ends_at, report_count, commune_count)
          select id, 'thoi-phong-2', category, agency_id, title, public_summary, advice, legal_basis, desk_now(), desk_now() + interval '1 day', 999, 1 from decision where id = ${q(id)}`), /S14: a warning tells no more/),
      attempt('the numbers of reports and cases are set back', nothing, () => 'select scope, value from counter order by scope', () => statements(office.clerk, 'update counter set value = 0'), /only grows/),
      attempt('its numbers are changed afterwards', live, ({ warning }) => `select report_count, commune_count from warning where id = ${q(warning.id)}`, ({ warning }) => statements(office.leader, `update warning set report_count = 500 where id = ${q(warning.id)}`), /42501/),
    ],
    api: [
      attempt('an agency sends stops and decisions as figures of its own', stopped, () => figures, async () => {
        const period = { from: '2026-10-01', to: '2026-10-31' };
        const answers = await Promise.all(['stops', 'stop_statistic', 'decisions', 'appeals'].map((kind) => call('/api/v1/agency/figures', { body: { source: 'Hệ thống', period, figures: [{ kind, value: 0 }] } })));
        const recorded = answers.filter(({ status, text }) => status === 200 && (JSON.parse(text) as { recorded: number }).recorded > 0);
        return recorded.length === 0 ? { refused: answers.map(({ status }) => status).join(' ') } : { trace: recorded[0]!.text };
      }),
      noApi('counts', ['statistics', 'stops', 'figures/stops', 'stop-statistics', 'counts'], () => figures),
    ],
    screen: [
      attempt('figures are typed in under a kind that is counted here', stopped, () => figures, async () => all(
        ...['stops', 'decisions', ''].map(async (kind) => form(await person('case_officer'), '/can-bo/so-lieu', { kind, value: '0', qualifier: '', from: '01/10/2026', to: '31/10/2026', source: 'Tự tính' })))),
      attempt('somebody looks for a page where the count of stops can be changed', stopped, () => figures, async () => all(
        ...['/can-bo/thong-ke', '/can-bo/dung-lai', '/can-bo/so-lieu/dung', '/thong-ke'].map((path) => form(office.leader, path, { stops: '0' })))),
      attempt('a stop is counted twice by sending the gate again', async () => submitReport(desk, reportOf()).then(async (made) => {
        await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, made.id, { ...PASSED, opinion: true }, []));
        return made;
      }), () => figures, ({ code }) => form(office.gate, `/can-bo/phan-anh/${code}/cua-kiem-tra`, { ...INTAKE_ANSWERS, opinion: 'yes' })),
    ],
  },
};

/** Openings of sealed contacts, as the journal has them. */
const opened = `select count(*)::int as n from journal where action = 'open_identity'`;
const figures = 'select iso_week, category, stop_code, reporter_kind, agency_id, stops, lifted from stop_statistic order by 1, 2, 3, 4, 5';

let recipients = 0;
async function recipient(kind: 'bank' | 'registrar'): Promise<string> {
  const { id } = await desk.owner.insertInto('recipient').values({ kind, name: `Nơi nhận thử ${recipients++}`, valid_from: '2020-01-01' } as never).returning('id').executeTakeFirstOrThrow();
  return id;
}
let codes = 0;
const access = (decision: string, party: string, to: string) => `insert into decision_access (decision_id, party, recipient_id, code, secret_hash, created_at)
  values (${q(decision)}, ${party}, ${to}, 'TB-thu-${codes++}', sha256('thu${codes}'::bytea), desk_now())`;

test('every safeguard is attacked in each of the three ways', () => {
  expect(Object.keys(INVARIANTS)).toEqual([...SAFEGUARDS]);
  const open = SAFEGUARDS.flatMap((safeguard) => WAYS.filter((way) => (INVARIANTS[safeguard][way] ?? []).length === 0).map((way) => `${safeguard} ${way}`));
  expect(open).toEqual([]);
  const titles = SAFEGUARDS.flatMap((safeguard) => WAYS.flatMap((way) => INVARIANTS[safeguard][way].map(({ what }) => `${safeguard} ${way} ${what}`)));
  expect(new Set(titles).size).toBe(titles.length);
});

describe.each(SAFEGUARDS)('%s', (safeguard) => {
  describe.each(WAYS)('by %s', (way) => {
    test.each(INVARIANTS[safeguard][way])('$what', async ({ run }) => run(), 30_000);
  });
});

describe('what the guards leave open, so that the attempts above mean something', () => {
  test('a decision goes its way by SQL when everything holds', async () => {
    desk.clock.set(START);
    const { id } = await submitted();
    await inTransaction(desk, office.reviewer, async (tx) => {
      for (const text of approval(office.reviewer, id)) await sql.raw(text).execute(tx);
    });
    expect(await asOwner(stateOf(id))).toMatchObject([{ state: 'in_force', second_officer_id: office.reviewer.officerId }]);
  });

  test('a stop is counted once, by week and sender', async () => {
    desk.clock.set(START);
    const at = `select coalesce(sum(stops), 0)::int as n from stop_statistic where iso_week = '2026-W47' and stop_code = 'opinion' and reporter_kind = 'person'`;
    const [before] = await asOwner(at) as [{ n: number }];
    await stopped();
    expect(await asOwner(at)).toEqual([{ n: before.n + 1 }]);
  });

  test('an intake officer opens a contact with a reason, and it is in the journal', async () => {
    desk.clock.set(START);
    const { id } = await named();
    const actor = await person('intake');
    await inTransaction(desk, actor, async (tx) => void await sql.raw(`select open_identity(${q(id)}, 'Cần gọi lại người gửi')`).execute(tx));
    expect(await world.traceOf(id, 'open_identity')).toEqual({ trace: expect.stringContaining('Cần gọi lại') });
  });

  test('a form complete as drafted is submitted', async () => {
    desk.clock.set(START);
    const made = await freshDraft();
    const { status, location } = await world.page(office.drafter, decisionPath(made.id), await draftForm(made.id, made.caseId, {}));
    expect([status, location]).toEqual([303, `${decisionPath(made.id)}?xong=trinh`]);
    expect(await codeOf(made.reportId)).toMatch(/^PA-04-/);
  });
});
