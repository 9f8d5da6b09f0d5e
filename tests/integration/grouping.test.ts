import * as fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import type { Role } from '#catalogue/roles.ts';
import type { GateAnswers } from '#core/gate.ts';
import { mergeCases, moveReports, splitCase, undoRegrouping } from '#modules/cases/commands/grouping.ts';
import { answerGate, answerReporter, caseRoutes, closeCase, reclassify } from '#modules/cases/index.ts';
import { caseParts, caseView, sideCounts, worklist, type WorkFilter } from '#modules/cases/queries.ts';
import { alikeStories, regroupingsOf, sameWords, weighRegrouping } from '#modules/cases/queries/grouping.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { gatekeeper } from '#modules/identity/index.ts';
import { intakeJobs, submitReport, type NewReport } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, NotFound } from '#platform/errors.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { testDesk } from '../support/desk.ts';
import { signInForTest } from '../support/identity.ts';

const desk = await testDesk();
const app = httpApp({
  desk, routes: caseRoutes, gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(), assets: { href: (name) => `/tinh/${name}`, files: new Map() },
});
const NO = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;
const NO_FORM = Object.fromEntries(STOP_CODES.map((code) => [code, 'no']));

interface Person {
  readonly actor: OfficerActor;
  readonly cookie: string;
}
let lan: Person;
let stranger: Person;

async function person(key: string, roles: readonly Role[], name: string): Promise<Person> {
  const { id } = await desk.owner.selectFrom('agency').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  return signInForTest(desk, { agencyId: id, roles, name });
}

beforeAll(async () => {
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  lan = await person('so-vhttdl', ['intake', 'case_officer'], 'Nông Thị Lan');
  stranger = await person('vnpt', ['intake', 'case_officer', 'reviewer', 'leader'], 'Triệu Văn Xa');
});

let serial = 0;
function later(milliseconds: number): true {
  desk.clock.set(new Date(desk.clock.now().getTime() + milliseconds));
  return true;
}
/** Each a millisecond later, so that ids follow the order of arrival. */
const arrive = (changes: Partial<NewReport> = {}) => later(1) && submitReport(desk, {
  channel: 'web', category: 'phishing_impersonation', situation: null, narrative: `Có trang giả VNeID bắt tôi cập nhật tại https://trang-${serial += 1}.example/otp`, traces: '',
  happenedOn: '2026-11-21', moneyLost: null, inDanger: false, forChild: false, communeCode: '01273', contact: null, senderAgencyId: null, uploads: [], language: 'vi',
  idempotencyKey: `khoa-gop-tach-${serial}-${Math.trunc(serial / 7)}`, ...changes,
});
const as = <T>(who: Person, work: (tx: Tx, actor: OfficerActor) => Promise<T>) => inTransaction(desk, who.actor, (tx) => work(tx, who.actor));
const reportRow = (id: string) => desk.owner.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const caseRow = (id: string) => desk.owner.selectFrom('case_file').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const caseOf = async (id: string): Promise<string> => (await reportRow(id)).case_id!;
/** A report with its own case. */
async function alone(changes: Partial<NewReport> = {}): Promise<{ id: string; code: string; caseId: string; number: string }> {
  const { id, code } = await arrive(changes);
  const caseId = await caseOf(id);
  return { id, code, caseId, number: (await caseRow(caseId)).number };
}
/** Reports of one case, by one link. */
async function together(count: number): Promise<{ ids: string[]; codes: string[]; caseId: string; number: string; link: string }> {
  const link = `https://chung-${serial += 1}.example/vay`;
  const sent = [];
  for (let n = 0; n < count; n += 1) sent.push(await arrive({ narrative: `Người thứ ${n} gặp trang cho vay lừa ở ${link} rồi mất cọc.` }));
  const caseId = await caseOf(sent[0]!.id);
  return { ids: sent.map(({ id }) => id), codes: sent.map(({ code }) => code), caseId, number: (await caseRow(caseId)).number, link };
}
const move = (ids: readonly string[], to: string, who = lan) => { later(1000); return as(who, (tx, actor) => moveReports(tx, actor, ids, to, 'cùng một kịch bản')); };
const undo = (id: string, who = lan) => { later(1000); return as(who, (tx, actor) => undoRegrouping(tx, actor, id, 'Hoàn tác')); };
const split = (caseId: string, ids: readonly string[]) => { later(1000); return as(lan, (tx, actor) => splitCase(desk, tx, actor, caseId, ids, 'khác kịch bản')); };
const merge = (from: string, into: string, who = lan) => { later(1000); return as(who, (tx, actor) => mergeCases(tx, actor, from, into, 'cùng một nhóm')); };
const reasonOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => 'went through', (error: unknown) => (error instanceof Conflict ? error.details?.reason : error));

async function send(who: Person, path: string, form?: Record<string, string | readonly string[]>) {
  const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])));
  const response = await app.request(path, { method: form ? 'POST' : 'GET', headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' }, body });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}
const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** What must hold for every case at any time: its count is the number of its reports. */
async function expectCounts(): Promise<void> {
  const { rows } = await sql<{ number: string }>`select c.number from case_file c where c.report_count <> (select count(*) from report r where r.case_id = c.id)`.execute(desk.owner);
  expect(rows).toEqual([]);
}

describe('moving', () => {
  it('takes the report and the indicators only it carried; new reports with them follow', async () => {
    const [from, to] = [await together(2), await alone()];
    const own = `rieng-${serial}.example`;
    const extra = await arrive({ narrative: `Lại trang ${from.link}, và cả https://${own}/nap nữa.` });
    expect(await caseOf(extra.id)).toBe(from.caseId);
    expect(await as(lan, (tx) => weighRegrouping(tx, from.caseId, [extra.id]))).toMatchObject({ reports: 1, stay: 2 });
    await move([extra.id], to.caseId);
    expect(await caseOf(extra.id)).toBe(to.caseId);
    expect(await caseOf((await arrive({ narrative: `Tôi cũng nạp tiền ở ${own} hôm qua.` })).id)).toBe(to.caseId);
    expect(await caseOf((await arrive({ narrative: `Vẫn trang ${from.link} đó.` })).id)).toBe(from.caseId);
    await expectCounts();
    const journal = await desk.owner.selectFrom('journal').select(['entity', 'action', 'officer_id', 'reason']).where('entity_id', 'in', [extra.id, from.caseId, to.caseId]).where('action', '=', 'regroup').execute();
    expect(journal.map(({ entity }) => entity).toSorted()).toEqual(['case', 'case', 'report']);
    expect(journal.every(({ officer_id, reason }) => officer_id === lan.actor.officerId && reason === null)).toBe(true);
  });

  it('says the weight it then has', async () => {
    const [from, to] = [await together(3), await alone()];
    const weight = await as(lan, (tx) => weighRegrouping(tx, from.caseId, null));
    const id = await merge(from.caseId, to.caseId);
    const { rows } = await as(lan, (tx) => regroupingsOf(tx, to.caseId, 5));
    expect(rows[0]).toMatchObject({ id, kind: 'merge', reports: weight.reports, indicators: weight.indicators, from: from.number, to: to.number, undoable: true });
    expect(weight).toMatchObject({ reports: 3, stay: 0 });
    expect(weight.indicators).toBeGreaterThan(0);
    expect((await caseRow(from.caseId))).toMatchObject({ state: 'closed', merged_into: to.caseId, report_count: 0 });
    expect(await as(lan, (tx) => caseView(tx, from.number))).toMatchObject({ mergedInto: to.number });
  });

  it('is refused into a closed case, the same case, and after it was undone', async () => {
    const [from, to, closed] = [await together(2), await alone(), await alone()];
    await merge(closed.caseId, to.caseId);
    expect(await reasonOf(move([from.ids[0]!], closed.caseId))).toBe('closed');
    expect(await reasonOf(move([from.ids[0]!], from.caseId))).toBe('same_case');
    const id = await move([from.ids[0]!], to.caseId);
    await undo(id);
    expect(await reasonOf(undo(id))).toBe('undone');
    expect(await reasonOf(split(from.caseId, from.ids))).toBe('nothing_left');
    await expectCounts();
  });

  it('knows only the own agency, in the command and on the screen', async () => {
    const [from, to] = [await together(2), await alone()];
    await expect(move([from.ids[0]!], to.caseId, stranger)).rejects.toThrow(NotFound);
    await expect(merge(from.caseId, to.caseId, stranger)).rejects.toThrow(NotFound);
    const id = await move([from.ids[0]!], to.caseId);
    await expect(undo(id, stranger)).rejects.toThrow(NotFound);
    for (const [path, form] of [
      [`/can-bo/vu-viec/${from.number}/gop-tach?viec=gop`, undefined], [`/can-bo/vu-viec/${from.number}/lich-su`, undefined], [`/can-bo/phan-anh/${from.codes[0]}/chuyen`, undefined],
      [`/can-bo/vu-viec/${from.number}/gop-tach`, { viec: 'gop', den: to.number, reason: 'cùng nhóm' }], [`/can-bo/vu-viec/${from.number}/hoan-tac`, { lan: id }],
      [`/can-bo/phan-anh/${from.codes[0]}/hoan-tac`, { lan: id }],
    ] as const) expect({ path, status: (await send(stranger, path, form)).status }).toEqual({ path, status: 404 });
    // An undo through a case or report it did not concern.
    const third = await alone();
    expect((await send(lan, `/can-bo/vu-viec/${third.number}/hoan-tac`, { lan: id })).status).toBe(404);
    expect((await send(lan, `/can-bo/phan-anh/${third.code}/hoan-tac`, { lan: id })).status).toBe(404);
    expect(await caseOf(from.ids[0]!)).toBe(to.caseId);
  });
});

describe('harms that are never linked', () => {
  it.each(['threat_harassment', 'intimate_images', 'false_emergency_alert'] as const)('refuses %s in the command, in the database and on the screen', async (category) => {
    const [{ id, code }, to] = [await arrive({ category, narrative: `Có kẻ dọa ${category} tôi ở số ${serial} trong tin nhắn riêng.` }), await alone()];
    expect(await reasonOf(move([id], to.caseId))).toBe('not_linking');
    await expect(as(lan, (tx) => sql`update report set case_id = ${to.caseId} where id = ${id}`.execute(tx))).rejects.toThrow(/never linked/);
    expect((await reportRow(id)).case_id).toBeNull();
    const page = await send(lan, `/can-bo/phan-anh/${code}`);
    expect(page.html).toContain('không bao giờ được gộp');
    expect(page.html).not.toContain(`/phan-anh/${code}/chuyen`);
    expect((await send(lan, `/can-bo/phan-anh/${code}/chuyen`)).status).toBe(409);
    expect((await send(lan, `/can-bo/phan-anh/${code}/chuyen`, { viec: 'chuyen', den: to.number, reason: 'thử' })).status).toBe(409);
    // Nor does a fitting report go into a case of such a harm.
    const { caseId } = await as(lan, (tx, actor) => answerGate(desk, tx, actor, id, NO, ['reported_by_person_shown', 'identifiable_target', 'serious_harm_threatened', 'reasonably_taken_seriously',
      'checkable_claim', 'official_contrary_fact', 'imminent_danger', 'not_personal_experience'])).catch(() => ({ caseId: undefined }));
    if (!caseId) return;
    expect(await reasonOf(move([to.id], caseId))).toBe('not_linking');
    await expect(as(lan, (tx) => sql`update report set case_id = ${caseId} where id = ${to.id}`.execute(tx))).rejects.toThrow(/never linked/);
    const { number } = await caseRow(caseId);
    expect((await send(lan, `/can-bo/vu-viec/${number}`)).html).not.toContain('/gop-tach');
    expect((await send(lan, `/can-bo/phan-anh/${to.code}/chuyen?den=${number}`)).html).toContain('không bao giờ được gộp');
  });

  it('are not suggested, though the story was sketched before the kind was put right', async () => {
    const story = 'Người lạ nhắn tin gọi tên tôi, dọa sẽ đến tận nhà nếu không chuyển tiền chuộc cho họ trong đêm nay';
    const [one, other] = [await arrive({ category: 'scam', narrative: story }), await arrive({ category: 'scam', narrative: `${story}, xin giúp.` })];
    await sketchAll();
    expect(await as(lan, (tx) => alikeStories(tx, 'scam', { reportId: one.id }))).toMatchObject([{ code: other.code }]);
    await as(lan, (tx, actor) => reclassify(tx, actor, other.id, 'threat_harassment'));
    expect(await as(lan, (tx) => alikeStories(tx, 'scam', { reportId: one.id }))).toEqual([]);
    expect(await as(lan, (tx) => alikeStories(tx, 'threat_harassment', { reportId: other.id }))).toEqual([]);
  });
});

/** The job that keeps the sketches, over all that has just come. */
async function sketchAll(): Promise<void> {
  const reportIds = (await desk.owner.selectFrom('report').select('id').where('state', '=', 'received').execute()).map(({ id }) => id);
  await intakeJobs.find(({ name }) => name === 'acknowledge')!.run(desk, { reportIds } as never);
}

describe('on the screen', () => {
  it('first says what will happen, then moves, then offers the way back', async () => {
    const [from, to] = [await together(3), await alone()];
    const page = await send(lan, `/can-bo/vu-viec/${from.number}`);
    for (const code of from.codes) expect(page.html).toContain(`name="phan-anh" value="${code}"`);
    expect((await send(lan, `/can-bo/vu-viec/${from.number}?chon=trang`)).html.match(/type="checkbox"[^>]*checked/g)).toHaveLength(3);
    const base = `/can-bo/vu-viec/${from.number}/gop-tach`;
    expect((await send(lan, `${base}?viec=chuyen`)).html).toContain('Chưa chọn phản ánh nào');
    const where = await send(lan, `${base}?viec=chuyen&phan-anh=${from.codes[0]}&phan-anh=${from.codes[1]}`);
    expect(where.html).toContain(`<option value="${to.number}">`);
    expect(where.html).not.toContain(`<option value="${from.number}">`);
    for (const [typed, words] of [['VV-04-2026-9999', 'Không có vụ việc nào mang số này'], [from.number, 'chính vụ việc này'], ['', 'Không có vụ việc']] as const) {
      expect((await send(lan, `${base}?viec=chuyen&phan-anh=${from.codes[0]}&den=${typed}`)).html).toContain(words);
    }
    const confirm = await send(lan, `${base}?viec=chuyen&phan-anh=${from.codes[0]}&phan-anh=${from.codes[1]}&den=${to.number.toLowerCase()}`);
    expect(text(confirm.html)).toContain(`2 phản ánh sẽ chuyển sang ${to.number}; 1 phản ánh ở lại.`);
    const form = { viec: 'chuyen', 'phan-anh': [from.codes[0]!, from.codes[1]!], den: to.number };
    const short = await send(lan, base, { ...form, reason: '' });
    expect([short.status, short.html.includes('Viết lý do')]).toEqual([422, true]);
    const done = await send(lan, base, { ...form, reason: 'cùng người nhận tiền' });
    expect(done.location).toMatch(new RegExp(`^/can-bo/vu-viec/${from.number}\\?xong=da-chuyen&lan=`));
    const after = await send(lan, done.location!);
    expect(text(after.html)).toContain(`2 phản ánh đã chuyển sang ${to.number}.`);
    expect(text(after.html)).toMatch(/Lịch sử gộp, tách, chuyển .* Chuyển: 2 phản ánh .* cùng người nhận tiền/);
    const again = await send(lan, base, { ...form, reason: 'cùng người nhận tiền' });
    expect([again.status, again.html.includes('Chưa chọn phản ánh nào') || again.html.includes('chưa có gì thay đổi')]).toEqual([422, true]);
    const lan1 = /name="lan" value="([^"]+)"/.exec(after.html)![1]!;
    const back = await send(lan, `/can-bo/vu-viec/${from.number}/hoan-tac`, { lan: lan1 });
    expect(text((await send(lan, back.location!)).html)).toContain(`2 phản ánh đã trở lại ${from.number}.`);
    expect((await caseRow(from.caseId)).report_count).toBe(3);
    const twice = await send(lan, `/can-bo/vu-viec/${from.number}/hoan-tac`, { lan: lan1 });
    expect([twice.status, twice.html.includes('đã được hoàn tác')]).toEqual([409, true]);
    await expectCounts();
  });

  it('splits and merges, and both cases say so', async () => {
    const [from, into] = [await together(3), await alone()];
    const base = `/can-bo/vu-viec/${from.number}/gop-tach`;
    expect(text((await send(lan, `${base}?viec=tach&phan-anh=${from.codes[2]}`)).html)).toContain('1 phản ánh sẽ sang một vụ việc mới; 2 phản ánh ở lại.');
    expect((await send(lan, `${base}?viec=tach&${from.codes.map((code) => `phan-anh=${code}`).join('&')}`)).html).toContain('phải còn lại ít nhất một phản ánh');
    const split1 = await send(lan, base, { viec: 'tach', 'phan-anh': from.codes[2]!, reason: 'trang khác hẳn' });
    expect(split1.location).toMatch(/^\/can-bo\/vu-viec\/VV-04-2026-\d+\?xong=da-tach/);
    expect(text((await send(lan, `${base}?viec=gop&den=${into.number}`)).html)).toMatch(new RegExp(`2 phản ánh và \\d dấu hiệu sẽ chuyển sang ${into.number}; vụ việc này sẽ kết thúc vì không còn phản ánh\\.`));
    const merged = await send(lan, base, { viec: 'gop', den: into.number, reason: 'cùng nhóm gây án' });
    expect(merged.location).toContain(`/can-bo/vu-viec/${into.number}?xong=da-gop`);
    expect(text((await send(lan, merged.location!)).html)).toContain(`Đã nhận từ ${from.number}`);
    const old = await send(lan, `/can-bo/vu-viec/${from.number}`);
    expect(text(old.html)).toContain(`Đã gộp vào ${into.number}`);
    expect(old.html).not.toContain('/gop-tach');
    expect((await send(lan, `${base}?viec=gop`)).status).toBe(409);
    // Its reports are elsewhere: it comes back by the undo, never by being opened again.
    expect(old.html).not.toContain('/mo-lai');
    const reopened = await send(lan, `/can-bo/vu-viec/${from.number}/mo-lai`, { reason: 'xem lại vụ này' });
    expect([reopened.status, reopened.html.includes('Hoàn tác lần gộp')]).toEqual([409, true]);
    const undone = await send(lan, `/can-bo/vu-viec/${from.number}/hoan-tac`, { lan: /lan=([^&]+)/.exec(merged.location!)![1]! });
    expect(undone.location).toContain(`/can-bo/vu-viec/${from.number}?xong=da-hoan-tac`);
    expect(await caseRow(from.caseId)).toMatchObject({ state: 'open', merged_into: null, report_count: 2 });
    expect((await send(lan, `/can-bo/vu-viec/${from.number}/lich-su`)).html).toContain('cùng nhóm gây án');
    await expectCounts();
  });

  it('moves one report from its own page, and pages through a large case', async () => {
    const [from, to] = [await together(60), await alone()];
    const [code, id] = [from.codes[55]!, from.ids[55]!];
    const second = await send(lan, `/can-bo/vu-viec/${from.number}?trang=2`);
    expect(second.html).toContain(code);
    expect(second.html).not.toContain(from.codes[0]);
    const done = await send(lan, `/can-bo/phan-anh/${code}/chuyen`, { viec: 'chuyen', den: to.number, reason: 'nhầm vụ' });
    expect(done.location).toMatch(new RegExp(`^/can-bo/phan-anh/${code}\\?xong=da-chuyen`));
    const page = await send(lan, done.location!);
    const back = await send(lan, `/can-bo/phan-anh/${code}/hoan-tac`, { lan: /name="lan" value="([^"]+)"/.exec(page.html)![1]! });
    expect(text((await send(lan, back.location!)).html)).toContain(`1 phản ánh đã trở lại ${from.number}.`);
    expect(await caseOf(id)).toBe(from.caseId);
    await expectCounts();
  });

  it('suggests cases whose story is alike, and shows where else a trace is', async () => {
    const story = (at: string) => `Em được mời làm cộng tác viên chốt đơn trên sàn, nạp trước để nhận hoa hồng, rồi bị khóa tài khoản không rút được tiền tại ${at}`;
    const [one, other] = [await alone({ narrative: story('https://sanviec-mot.example/nap') }), await alone({ narrative: `${story('https://sanviec-hai.example/nap')} hôm thứ ba.` })];
    await sketchAll();
    const page = await send(lan, `/can-bo/phan-anh/${one.code}`);
    expect(text(page.html)).toMatch(new RegExp(`Có thể cùng một chiêu .* rất giống ${other.number}`));
    expect(page.html).toContain(`/can-bo/phan-anh/${one.code}/chuyen?den=${other.number}`);
    expect((await send(lan, `/can-bo/vu-viec/${one.number}`)).html).toContain(`/gop-tach?viec=gop&amp;den=${other.number}`);
    // The same link in another case, after a move of one of two reports that carry it.
    const [pair, far] = [await together(2), await alone()];
    await move([pair.ids[0]!], far.caseId);
    const { traces } = await as(lan, (tx) => caseParts(tx, pair.caseId));
    expect(traces.filter(({ elsewhere }) => elsewhere.includes(far.number)).length).toBeGreaterThan(0);
    expect(text((await send(lan, `/can-bo/vu-viec/${pair.number}`)).html)).toContain(`Dấu hiệu này cũng ở ${far.number}`);
  });
});

describe('nothing that cannot be', () => {
  it('is offered: copies of the same words as likeness, a report of a closed case as movable, an undo into one', async () => {
    const words = 'Họ gọi tự xưng bưu điện, bảo tôi có kiện hàng cấm, phải chuyển tiền vào tài khoản an toàn để chứng minh trong sạch';
    const [copy] = [await arrive({ category: 'scam', narrative: words }), await arrive({ category: 'scam', narrative: words })];
    await sketchAll();
    expect(await as(lan, (tx) => alikeStories(tx, 'scam', { reportId: copy.id }))).toEqual([]);
    const [from, to] = [await together(2), await alone()];
    await move(from.ids.slice(0, 1), to.caseId);
    await as(lan, (tx, actor) => answerGate(desk, tx, actor, from.ids[1]!, NO, []));
    await as(lan, (tx, actor) => answerReporter(desk, tx, actor, from.ids[1]!, 'Đã xác minh, cảm ơn bạn.'));
    await as(lan, (tx, actor) => closeCase(tx, actor, from.caseId, 'xong việc'));
    expect((await send(lan, `/can-bo/phan-anh/${from.codes[1]}`)).html).not.toContain(`/phan-anh/${from.codes[1]}/chuyen`);
    expect((await send(lan, `/can-bo/phan-anh/${from.codes[1]}/chuyen`)).status).toBe(409);
    const { rows } = await as(lan, (tx) => regroupingsOf(tx, to.caseId, 5));
    expect(rows[0]).toMatchObject({ kind: 'move', undoable: false });
    expect(await reasonOf(undo(rows[0]!.id))).toBe('closed');
    await expectCounts();
  });
});

describe('properties', () => {
  it('keeps 1,000 moves of one report in order, counts right, and undoes the last twenty backwards', { timeout: 120_000 }, async () => {
    const [a, b] = [await together(2), await alone()];
    const wanderer = a.ids[0]!;
    const done: string[] = [];
    for (let n = 0; n < 1000; n += 1) done.push(await move([wanderer], n % 2 === 0 ? b.caseId : a.caseId));
    const rows = await desk.owner.selectFrom('regrouping as g').innerJoin('regrouped_report as x', 'x.regrouping_id', 'g.id').select(['g.id', 'x.from_case', 'x.to_case'])
      .where('x.report_id', '=', wanderer).orderBy('g.at').execute();
    expect(rows.map(({ id }) => id)).toEqual(done);
    expect(rows.every((row, n) => row.to_case === (n % 2 === 0 ? b.caseId : a.caseId) && (n === 0 || row.from_case === rows[n - 1]!.to_case))).toBe(true);
    expect([(await caseRow(a.caseId)).report_count, (await caseRow(b.caseId)).report_count]).toEqual([2, 1]);
    const { rows: last, total } = await as(lan, (tx) => regroupingsOf(tx, a.caseId, 5));
    expect([total, last[0]!.id]).toEqual([1000, done.at(-1)]);
    for (const id of done.slice(-20).reverse()) {
      const before = await caseOf(wanderer);
      expect(await undo(id)).toEqual({ back: 1, stayed: 0 });
      expect(await caseOf(wanderer)).not.toBe(before);
    }
    await expectCounts();
    const journal = await desk.owner.selectFrom('journal').select((eb) => eb.fn.countAll<number>().as('n')).where('entity_id', '=', wanderer).where('action', '=', 'regroup').executeTakeFirstOrThrow();
    expect(journal.n).toBe(1020);
  });

  type Step = { readonly do: 'move' | 'split' | 'merge' | 'undo'; readonly who: readonly number[]; readonly where: number };
  const steps = fc.array(fc.record({
    do: fc.constantFrom<Step['do']>('move', 'split', 'merge', 'undo'), who: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }), where: fc.nat({ max: 20 }),
  }), { minLength: 1, maxLength: 9 });

  it('holds through random moves, splits, merges and undos of six reports in three cases', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(steps, async (sequence) => {
      const cases = [await together(2), await together(2), await together(2)];
      const ids = cases.flatMap((one) => one.ids);
      const known = new Set(cases.map((one) => one.caseId));
      const done: string[] = [];
      let undone = 0;
      const undoneIds = new Set<string>();
      for (const step of sequence) {
        const all = [...known];
        const at = all[step.where % all.length]!;
        try {
          if (step.do === 'move') done.push(await move(step.who.map((n) => ids[n]!), at));
          else if (step.do === 'split') {
            const inside = [];
            for (const n of step.who) if (await caseOf(ids[n]!) === at) inside.push(ids[n]!);
            const made = await split(at, inside);
            known.add(made.caseId);
            done.push(made.id);
          } else if (step.do === 'merge') done.push(await merge(at, all[(step.where + 1) % all.length]!));
          else if (done.length > 0) {
            const id = done[step.where % done.length]!;
            const again = undoneIds.has(id);
            await undo(id);
            expect(again).toBe(false);
            undoneIds.add(id);
            undone += 1;
          }
        } catch (error) {
          // A refusal is an answer; anything else is not.
          if (!['Conflict', 'Invalid'].includes((error as Error).name)) throw error;
        }
        await expectInvariants(ids, known);
      }
      const { n } = await desk.owner.selectFrom('regrouping').select((eb) => eb.fn.countAll<number>().as('n'))
        .where((eb) => eb.or([eb('id', 'in', ['00000000-0000-0000-0000-000000000000', ...done]), eb('undoes', 'in', ['00000000-0000-0000-0000-000000000000', ...done])])).executeTakeFirstOrThrow();
      expect(n).toBe(done.length + undone);
      const told = await desk.owner.selectFrom('journal').select(sql<string>`detail ->> 'regrouping'`.as('id')).where('entity', '=', 'case').where('action', '=', 'regroup').where('entity_id', 'in', [...known]).execute();
      expect(new Set(told.map(({ id }) => id)).size).toBe(done.length + undone);
    }), { numRuns: 25 });
  });

  async function expectInvariants(ids: readonly string[], cases: ReadonlySet<string>): Promise<void> {
    const reports = await desk.owner.selectFrom('report').select(['id', 'case_id']).where('id', 'in', [...ids]).execute();
    expect(reports).toHaveLength(ids.length);
    expect(reports.every(({ case_id }) => case_id !== null && cases.has(case_id))).toBe(true);
    const rows = await desk.owner.selectFrom('case_file').select(['id', 'state', 'report_count', 'merged_into']).where('id', 'in', [...cases]).execute();
    for (const row of rows) {
      expect(row.report_count).toBe(reports.filter(({ case_id }) => case_id === row.id).length);
      expect(row.state === 'closed').toBe(row.report_count === 0);
    }
  }

  it('numbers cases once under fifty parallel reports and splits', { timeout: 60_000 }, async () => {
    const big = await together(12);
    const work = [
      ...Array.from({ length: 40 }, (_, n) => arrive({ narrative: `Song song ${n} ở https://song-song-${serial}-${n}.example/a`, idempotencyKey: `song-song-${serial}-khoa-${n}` })),
      ...big.ids.slice(0, 10).map((id) => as(lan, (tx, actor) => splitCase(desk, tx, actor, big.caseId, [id], 'mỗi nơi một vụ'))),
    ];
    expect((await Promise.allSettled(work)).filter(({ status }) => status === 'rejected')).toEqual([]);
    const { rows } = await sql<{ all: number; distinct: number }>`select count(*) as all, count(distinct number) as distinct from case_file`.execute(desk.owner);
    expect(rows[0]!.all).toBe(rows[0]!.distinct);
    await expectCounts();
  });
});

describe('a flood', () => {
  const filter = (changes: Partial<WorkFilter> = {}): WorkFilter => (
    { shelf: 'cho-phan-loai', category: null, communeCode: null, channel: null, wanted: null, sort: 'han', dir: 'asc', page: 1, grouped: true, ...changes });
  const FLOOD = 'Công an ơi tôi nhận được cuộc gọi bảo tôi trúng thưởng xe máy, đòi phí vận chuyển trước, mọi người cẩn thận nhé';
  const flood = (count: number, words: string, changes: Partial<NewReport> = {}) => Promise.all(Array.from({ length: count }, (_, n) =>
    arrive({ category: 'scam', narrative: words, idempotencyKey: `lu-${words.length}-${serial}-${n}-khoa`, ...changes })));

  it('of 2,000 identical reports is one row and one in the count; the others stay on the first page', { timeout: 120_000 }, async () => {
    const before = await as(lan, sideCounts);
    const sent = await flood(2000, FLOOD);
    const late = await alone({ narrative: `Đến sau cơn lũ: trang https://sau-lu-${serial}.example/x lấy mã OTP.` });
    const after = await as(lan, sideCounts);
    expect(after.triage - before.triage).toBe(2);
    const page = await as(lan, (tx, actor) => worklist(tx, actor, filter({ sort: 'nhan', dir: 'desc' })));
    const row = page.rows.find(({ identical }) => identical)!;
    expect(row).toMatchObject({ waiting: 2000, identical: true });
    expect(page.rows.slice(0, 2).map(({ code }) => code)).toContain(late.code);
    expect(sent.map(({ code }) => code)).toContain(row.code);
    const html = await send(lan, '/can-bo/phan-anh?muc=cho-phan-loai&sap=-nhan');
    expect(text(html.html)).toContain('×2.000 giống hệt');
    expect(html.html).toContain(late.code);
    const first = sent.map(({ id, code }) => ({ id, code })).toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]!;
    const started = performance.now();
    expect(await as(lan, (tx) => sameWords(tx, first.id))).toMatchObject({ total: 1999 });
    expect(performance.now() - started).toBeLessThan(500);
    const { rows: plan } = await as(lan, (tx) => sql<{ 'QUERY PLAN': string }>`explain select r.id from report own join report r on r.text_hash = own.text_hash and r.category = own.category
      where own.id = ${first.id} and r.id <> own.id`.execute(tx));
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/report_fold/);
  });

  it('passes together into one case, up to 500 at a time, each with its own record', { timeout: 120_000 }, async () => {
    const [{ id, code }] = (await as(lan, (tx) => sql<{ id: string; code: string }>`select id, code from report where narrative = ${FLOOD} order by id limit 1`.execute(tx))).rows as [{ id: string; code: string }];
    const page = await send(lan, `/can-bo/phan-anh/${code}/cua-kiem-tra`);
    expect(text(page.html)).toContain('1.999 phản ánh khác có lời kể giống hệt');
    expect(text(page.html)).toContain('Chọn tất cả 500 phản ánh giống hệt');
    expect(page.html.match(/name="same"/g)).toHaveLength(500);
    const started = performance.now();
    const done = await send(lan, `/can-bo/phan-anh/${code}/cua-kiem-tra`, { ...NO_FORM, sameAll: '1' });
    console.info(`500 + 1 gates: ${Math.round(performance.now() - started)} ms`);
    expect(done.location).toContain('da-qua-cua-nhieu');
    const caseId = await caseOf(id);
    expect((await caseRow(caseId))).toMatchObject({ report_count: 501 });
    const { rows } = await sql<{ state: string; n: number; checks: number }>`select r.state, count(*) as n, count(g.id) as checks from report r left join gate_check g on g.report_id = r.id
      where r.narrative = ${FLOOD} group by r.state order by 1`.execute(desk.owner);
    expect(rows.find(({ state }) => state === 'attached')).toMatchObject({ n: 501, checks: 501 });
    expect(rows.filter(({ state }) => state !== 'attached').reduce((sum, { n, checks }) => sum + n - checks, 0)).toBe(1499);
    await expectCounts();
  });

  it('stops together, each with its own record, and nothing of the words is left', { timeout: 60_000 }, async () => {
    const words = 'Trên mạng họ chê phường làm đường chậm quá, đề nghị xử lý vì ảnh hưởng uy tín của địa phương chúng tôi nhiều';
    const sent = await flood(12, words);
    const [head, ...rest] = sent.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const done = await send(lan, `/can-bo/phan-anh/${head!.code}/cua-kiem-tra`, { ...NO_FORM, opinion: 'yes', same: rest.slice(0, 5).map(({ code }) => code) });
    expect(done.location).toContain('da-dung-nhieu');
    const rows = await desk.owner.selectFrom('report').select(['id', 'state', 'narrative']).where('id', 'in', sent.map(({ id }) => id)).execute();
    expect(rows.filter(({ state, narrative }) => state === 'stopped' && narrative === '–')).toHaveLength(6);
    const checks = await desk.owner.selectFrom('gate_check').select(['report_id', 'passed', 'opinion']).where('report_id', 'in', sent.map(({ id }) => id)).execute();
    expect(checks.map(({ passed, opinion }) => [passed, opinion])).toEqual(Array.from({ length: 6 }, () => [false, true]));
    const journal = await desk.owner.selectFrom('journal').select('entity_id').where('to_state', '=', 'stopped').where('entity_id', 'in', sent.map(({ id }) => id)).execute();
    expect(journal).toHaveLength(6);
    // The rest is still one row, and goes on from its own oldest.
    const page = await as(lan, (tx, actor) => worklist(tx, actor, filter({ sort: 'nhan', dir: 'desc' })));
    expect(page.rows.find(({ code }) => code === rest[5]!.code)).toMatchObject({ waiting: 6, identical: true });
    // Somebody else's report is never taken along.
    const odd = await arrive({ category: 'scam' });
    expect((await send(lan, `/can-bo/phan-anh/${rest[5]!.code}/cua-kiem-tra`, { ...NO_FORM, same: odd.code })).status).toBe(404);
  });

  it('of a harm that is never linked passes one by one, each into a case of its own', async () => {
    const words = 'Cơ sở đòi nợ gửi đúng một tin này cho tất cả chúng tôi: nếu không trả thì coi chừng cả nhà, chúng tao biết chỗ ở';
    const sent = await flood(3, words, { category: 'threat_harassment' });
    const [head] = sent.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const done = await send(lan, `/can-bo/phan-anh/${head!.code}/cua-kiem-tra`, {
      ...NO_FORM, sameAll: '1', elements: ['identifiable_target', 'serious_harm_threatened', 'reasonably_taken_seriously'],
    });
    expect(done.location).toContain('da-qua-cua-nhieu');
    expect(new Set(await Promise.all(sent.map(({ id }) => caseOf(id)))).size).toBe(3);
    await expectCounts();
  });
});
