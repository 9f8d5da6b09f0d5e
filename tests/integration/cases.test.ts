import { Kysely, PostgresDialect, sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { calendarOf } from '#catalogue/holidays.ts';
import { GATE_QUESTIONS, STOP_CODES } from '#catalogue/gate.ts';
import type { Role } from '#catalogue/roles.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import type { GateAnswers } from '#core/gate.ts';
import {
  addAttachmentEvidence, addObservation, addVerification, answerAllReporters, answerGate, answerReporter, askReporter, caseRoutes, closeCase, openIdentity, reclassify,
  reopenCase, takeCase,
} from '#modules/cases/index.ts';
import {
  caseList, caseParts, caseView, reportView, sideCounts, stepsOf, wantedOf, worklist, type WorkFilter,
} from '#modules/cases/queries.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { gatekeeper } from '#modules/identity/index.ts';
import { submitReport, type NewReport } from '#modules/intake/index.ts';
import { addReporterMessage } from '#modules/intake/commands/conversation.ts';
import { reporterView } from '#modules/intake/queries.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import type { Database } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { testDesk } from '../support/desk.ts';
import { signInForTest } from '../support/identity.ts';

const desk = await testDesk();
const app = httpApp({
  desk, routes: caseRoutes, gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(), assets: { href: (name) => `/tinh/${name}`, files: new Map() },
});

const LEAD = 'so-vhttdl';
const NO = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;
const NO_FORM = Object.fromEntries(STOP_CODES.map((code) => [code, 'no']));

interface Person {
  readonly actor: OfficerActor;
  readonly cookie: string;
}
let lan: Person;
let tai: Person;
let kiem: Person;
let other: Person;

async function person(key: string, roles: readonly Role[], name: string): Promise<Person> {
  const { id } = await desk.owner.selectFrom('agency').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  return signInForTest(desk, { agencyId: id, roles, name });
}

beforeAll(async () => {
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  lan = await person(LEAD, ['intake', 'case_officer'], 'Nông Thị Lan');
  tai = await person(LEAD, ['leader'], 'Hoàng Văn Tài');
  kiem = await person(LEAD, ['auditor'], 'Lý Thị Kiểm');
  other = await person('so-y-te', ['intake', 'case_officer', 'reviewer', 'leader'], 'Triệu Văn Xa');
});

let serial = 0;

function sent(changes: Partial<NewReport> = {}): NewReport {
  serial += 1;
  return {
    channel: 'web', category: 'phishing_impersonation', situation: null, narrative: `Có trang giả VNeID bắt tôi cập nhật tại https://trang-${serial}.example/otp`, traces: '',
    happenedOn: '2026-11-21', moneyLost: null, inDanger: false, forChild: false, communeCode: '01273', contact: null, senderAgencyId: null, uploads: [], language: 'vi',
    idempotencyKey: `khoa-vu-viec-${serial}`, ...changes,
  };
}

const as = <T>(who: Person, work: (tx: Tx, actor: OfficerActor) => Promise<T>) => inTransaction(desk, who.actor, (tx) => work(tx, who.actor));
const arrive = (changes: Partial<NewReport> = {}) => submitReport(desk, sent(changes));
const pass = (id: string, elements: string[] = []) => as(lan, (tx, actor) => answerGate(desk, tx, actor, id, NO, elements));
const reportRow = (id: string) => desk.owner.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const caseRow = (id: string) => desk.owner.selectFrom('case_file').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const journalOf = (id: string) => desk.owner.selectFrom('journal').select(['action', 'from_state', 'to_state', 'reason', 'officer_id']).where('entity_id', '=', id).orderBy('seq').execute();

async function send(who: Person, path: string, form?: Record<string, string | readonly string[]>) {
  const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])));
  const response = await app.request(path, { method: form ? 'POST' : 'GET', headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' }, body });
  return { status: response.status, location: response.headers.get('location'), headers: response.headers, html: await response.text() };
}

const filter = (changes: Partial<WorkFilter> = {}): WorkFilter => (
  { shelf: 'tat-ca', category: null, communeCode: null, channel: null, wanted: null, sort: 'nhan', dir: 'desc', page: 1, grouped: false, ...changes });
const codes = async (who: Person, changes: Partial<WorkFilter>) => (await as(who, (tx, actor) => worklist(tx, actor, filter(changes)))).rows.map(({ code }) => code);
const find = (who: Person, text: string) => codes(who, { wanted: wantedOf(desk, text) });

describe('the gate', () => {
  it('passes a report into its case, with a record and a day for the answer', async () => {
    const { id } = await arrive();
    const outcome = await pass(id);
    expect(outcome.passed).toBe(true);
    const row = await reportRow(id);
    expect(row).toMatchObject({ state: 'attached', case_id: outcome.caseId, due_on: localDate(dueAt('answerReporter', desk.clock.now(), calendarOf())) });
    const check = await desk.owner.selectFrom('gate_check').selectAll().where('report_id', '=', id).executeTakeFirstOrThrow();
    expect(check).toMatchObject({ stage: 'intake', passed: true, officer_id: lan.actor.officerId, opinion: false });
    expect((await journalOf(id)).at(-1)).toMatchObject({ action: 'pass_gate', to_state: 'attached', officer_id: lan.actor.officerId });
  });

  it.each(STOP_CODES)('stops at one "yes" to %s, counts it without the report, and sets the day of erasure', async (code) => {
    const { id } = await arrive();
    expect(await as(lan, (tx, actor) => answerGate(desk, tx, actor, id, { ...NO, [code]: true }, []))).toMatchObject({ passed: false, stopCode: code });
    const row = await reportRow(id);
    expect(row).toMatchObject({ state: 'stopped', stop_code: code, due_on: null, case_id: null });
    expect(row.erase_after!.toISOString().slice(0, 10)).toBe('2026-12-21');
    const { stops } = await desk.owner.selectFrom('stop_statistic').select('stops').where('stop_code', '=', code).executeTakeFirstOrThrow();
    expect(stops).toBe(1);
    expect((await journalOf(id)).at(-1)).toMatchObject({ action: 'stop', to_state: 'stopped', reason: code });
  });

  it('keeps what was stopped from the whole office at once, and open to its reporter alone', async () => {
    const story = 'Bài viết chê thôn làm đường chậm ở trang phe-binh.example, ảnh hưởng uy tín chúng tôi.';
    const { id } = await arrive({ narrative: story, traces: 'https://phe-binh.example/bai-1', contact: { email: 'nguoi-gui@thu.example' } });
    await addReporterMessage(desk, id, 'Bổ sung: bài ở phe-binh.example vẫn còn.', [], '');
    desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));
    await as(lan, (tx, actor) => answerGate(desk, tx, actor, id, { ...NO, reputation_of_public_body: true }, []));
    desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));
    await addReporterMessage(desk, id, 'Tôi xin một cán bộ khác xem lại.', [], '');
    const seen = await as(lan, (tx) => tx.selectFrom('message').select('body').where('report_id', '=', id).execute());
    expect(seen).toEqual([{ body: 'Tôi xin một cán bộ khác xem lại.' }]);
    const dump = await sql<{ text: string }>`select concat((select json_agg(r)::text from report r where id = ${id}), (select json_agg(i)::text from indicator i),
      (select json_agg(c.title)::text from case_file c), (select json_agg(j)::text from journal j where entity_id = ${id})) as text`.execute(desk.owner);
    expect(dump.rows[0]!.text).not.toMatch(/phe-binh|làm đường|lam duong/);
    expect(await desk.owner.selectFrom('report_indicator').select('indicator_id').where('report_id', '=', id).execute()).toEqual([]);
    expect((await reporterView(desk, id)).narrative).toBe(story);
    const opened = await as(lan, (tx) => sql<{ sealed: Buffer | null }>`select open_identity(${id}::uuid, 'muốn biết ai gửi') as sealed`.execute(tx));
    expect(opened.rows).toEqual([{ sealed: null }]);
    // Only the stop of the own agency can be withheld, and only a stop.
    const other = await arrive();
    await expect(as(lan, (tx) => sql`select withhold_stopped(${other.id}::uuid, '\\x00')`.execute(tx))).rejects.toThrow(/not a stopped report/);
  });

  it('closes a case that its only report left', async () => {
    const { id } = await arrive();
    const caseId = (await reportRow(id)).case_id!;
    await as(lan, (tx, actor) => answerGate(desk, tx, actor, id, { ...NO, opinion: true }, []));
    expect(await caseRow(caseId)).toMatchObject({ state: 'closed', report_count: 0 });
    expect((await journalOf(caseId)).at(-1)).toMatchObject({ action: 'void', to_state: 'closed' });
  });

  it('asks for every positive element and writes nothing without one', async () => {
    const { id } = await arrive({ category: 'threat_harassment', narrative: 'Có người nhắn dọa đánh tôi nếu không trả nợ thay em trai.' });
    await expect(pass(id, ['identifiable_target'])).rejects.toBeInstanceOf(Invalid);
    expect(await desk.owner.selectFrom('gate_check').select('id').where('report_id', '=', id).execute()).toEqual([]);
    const outcome = await pass(id, ['identifiable_target', 'serious_harm_threatened', 'reasonably_taken_seriously']);
    expect(outcome).toMatchObject({ passed: true });
    expect((await caseRow(outcome.caseId!)).category).toBe('threat_harassment');
  });

  it('has no override: a stop stays, whoever answers again, and the database refuses the way around', async () => {
    const { id } = await arrive();
    await as(lan, (tx, actor) => answerGate(desk, tx, actor, id, { ...NO, opinion: true }, []));
    await expect(pass(id)).rejects.toBeInstanceOf(Conflict);
    await expect(as(lan, (tx) => tx.updateTable('report').set({ state: 'attached', stop_code: null }).where('id', '=', id).execute())).rejects.toThrow();
  });

  it('answers once: the second sending of the same gate is a conflict', async () => {
    const { id } = await arrive();
    await pass(id);
    await expect(pass(id)).rejects.toBeInstanceOf(Conflict);
    await expect(as(lan, (tx, actor) => answerGate(desk, tx, actor, id, { ...NO, opinion: true }, []))).rejects.toBeInstanceOf(Conflict);
    expect((await reportRow(id)).state).toBe('attached');
  });
});

describe('another agency', () => {
  it('finds, opens, counts and changes nothing', async () => {
    const { id, code } = await arrive({ narrative: 'Chuyện chỉ một cơ quan biết: bánh khảo Trùng Khánh' });
    const { caseId } = await pass(id);
    const { number } = await caseRow(caseId!);
    expect(await find(lan, 'banh khao trung khanh')).toEqual([code]);
    expect(await find(other, 'banh khao trung khanh')).toEqual([]);
    expect(await codes(other, {})).toEqual([]);
    expect(await as(other, (tx, actor) => sideCounts(tx, actor))).toMatchObject({ triage: 0, verifying: 0, soon: 0, late: 0 });
    expect((await as(other, (tx, actor) => caseList(tx, actor, { shelf: 'tat-ca', category: null, text: '', wanted: null, page: 1 }))).rows).toEqual([]);
    for (const path of [`/can-bo/phan-anh/${code}`, `/can-bo/vu-viec/${number}`, `/can-bo/phan-anh/${code}/cua-kiem-tra`]) expect((await send(other, path)).status).toBe(404);
    expect((await send(other, `/can-bo/phan-anh/${code}/tra-loi`, { body: 'Tôi trả lời thay.' })).status).toBe(404);
    await expect(as(other, (tx, actor) => takeCase(tx, actor, caseId!))).rejects.toBeInstanceOf(NotFound);
    await expect(as(other, (tx, actor) => answerReporter(desk, tx, actor, id, 'Tôi trả lời thay.'))).rejects.toThrow();
    expect((await reportRow(id)).state).toBe('attached');
  });
});

describe('changing the category', () => {
  it('is free before the gate, names both, and takes a lone case along', async () => {
    const { id } = await arrive({ narrative: 'Tin nhắn rác dẫn tới https://tin-rac.example/km' });
    await as(lan, (tx, actor) => reclassify(tx, actor, id, 'spam_calls_messages'));
    const row = await reportRow(id);
    expect(row.category).toBe('spam_calls_messages');
    expect(await caseRow(row.case_id!)).toMatchObject({ category: 'spam_calls_messages', title: expect.stringMatching(/^Tin rác, cuộc gọi rác: /) });
    await pass(id);
    await expect(as(lan, (tx, actor) => reclassify(tx, actor, id, 'scam'))).rejects.toBeInstanceOf(Conflict);
  });

  it('takes a report out of a grouped case when its new kind may not link cases', async () => {
    const narrative = 'Họ gửi https://doa-no.example/x và dọa đốt nhà tôi.';
    const [first, second] = [await arrive({ narrative }), await arrive({ narrative })];
    const caseId = (await reportRow(first.id)).case_id!;
    expect((await reportRow(second.id)).case_id).toBe(caseId);
    await as(lan, (tx, actor) => reclassify(tx, actor, second.id, 'threat_harassment'));
    expect((await reportRow(second.id)).case_id).toBeNull();
    expect(await caseRow(caseId)).toMatchObject({ state: 'open', report_count: 1, category: 'phishing_impersonation' });
  });

  it('is refused into a kind whose images are never stored while there are images', async () => {
    const { id } = await arrive();
    await attach(id);
    await expect(as(lan, (tx, actor) => reclassify(tx, actor, id, 'intimate_images'))).rejects.toMatchObject({ details: { reason: 'has_images' } });
  });
});

async function attach(reportId: string): Promise<string> {
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#446688' } }).jpeg().toBuffer();
  const [original, copy] = [await desk.files.put(picture), await desk.files.put(picture)];
  const id = uuidv7(desk.clock.now());
  await desk.owner.insertInto('attachment').values({
    id, report_id: reportId, name: 'anh.jpg', media_type: 'image/jpeg', bytes: picture.length, original_ref: original.ref, original_sha256: original.sha256,
    copy_ref: copy.ref, copy_bytes: picture.length, width: 40, height: 30, at: desk.clock.now(),
  }).execute();
  return id;
}

describe('the reporter', () => {
  it('is asked before the gate, and answered only after it', async () => {
    const { id } = await arrive();
    await expect(as(lan, (tx, actor) => answerReporter(desk, tx, actor, id, 'Cảm ơn bạn đã gửi.'))).rejects.toBeInstanceOf(Conflict);
    await as(lan, (tx, actor) => askReporter(desk, tx, actor, id, 'Bạn gửi thêm ảnh nhé?'));
    expect(await reportRow(id)).toMatchObject({ state: 'need_info', due_on: null });
    await pass(id);
    await as(lan, (tx, actor) => answerReporter(desk, tx, actor, id, 'Cảm ơn bạn, trang này là giả.'));
    expect((await journalOf(id)).filter(({ to_state }) => to_state).map(({ action }) => action)).toEqual(['receive', 'ask', 'pass_gate', 'answer']);
  });

  it('stays sealed; opening takes a reason and leaves a trace', async () => {
    const { id, code } = await arrive({ contact: { email: 'dan@caobang.example', name: 'Bế Thị Dân' } });
    await expect(as(lan, (tx, actor) => openIdentity(tx, actor, id, ' '))).rejects.toBeInstanceOf(Invalid);
    const page = await send(lan, `/can-bo/phan-anh/${code}`);
    expect(page.html).toContain('đang niêm phong');
    expect(page.html).not.toContain('dan@caobang.example');
    expect((await send(lan, `/can-bo/phan-anh/${code}/lien-he`, { reason: '' })).status).toBe(422);
    const opened = await send(lan, `/can-bo/phan-anh/${code}/lien-he`, { reason: 'Gọi lại vì người phản ánh báo đang bị đe dọa.' });
    expect(opened.status).toBe(200);
    expect(opened.html).toContain('dan@caobang.example');
    expect(opened.headers.get('cache-control')).toContain('no-store');
    expect((await journalOf(id)).filter(({ action }) => action === 'open_identity')).toMatchObject([{ reason: 'Gọi lại vì người phản ánh báo đang bị đe dọa.', officer_id: lan.actor.officerId }]);
    expect((await send(kiem, `/can-bo/phan-anh/${code}/lien-he`, { reason: 'Tôi muốn biết.' })).status).toBe(404);
    expect((await send(kiem, `/can-bo/phan-anh/${code}`)).html).toContain('Mở liên hệ đã niêm phong');
  });
});

describe('evidence and verification', () => {
  const note = { checked: 'So với trang thật.', otherExplanation: 'Không thấy', finding: 'Trang giả.', confidence: 'high' } as const;

  it('come only after a gate, from reports of the case', async () => {
    const { id } = await arrive();
    const picture = await attach(id);
    const caseId = (await reportRow(id)).case_id!;
    await expect(as(lan, (tx, actor) => addObservation(tx, actor, caseId, 'Tôi đã mở trang.'))).rejects.toMatchObject({ details: { reason: 'not_gated' } });
    await expect(as(lan, (tx, actor) => addVerification(tx, actor, caseId, note))).rejects.toBeInstanceOf(Conflict);
    await expect(as(lan, (tx, actor) => takeCase(tx, actor, caseId))).rejects.toBeInstanceOf(Conflict);
    await pass(id);
    await as(lan, (tx, actor) => takeCase(tx, actor, caseId));
    await as(lan, (tx, actor) => addAttachmentEvidence(tx, actor, caseId, picture, 'Ảnh chụp trang hỏi mã OTP.'));
    await as(lan, (tx, actor) => addVerification(tx, actor, caseId, note));
    expect(await caseRow(caseId)).toMatchObject({ state: 'verifying', officer_id: lan.actor.officerId });
    const foreign = await arrive();
    const foreignPicture = await attach(foreign.id);
    await expect(as(lan, (tx, actor) => addAttachmentEvidence(tx, actor, caseId, foreignPicture, 'Ảnh của vụ khác.'))).rejects.toBeInstanceOf(NotFound);
    const evidence = await desk.owner.selectFrom('evidence').selectAll().where('case_id', '=', caseId).execute();
    expect(evidence).toHaveLength(1);
    expect(evidence[0]!.sha256!.length).toBe(32);
  });

  it('shows a picture only to those who see its report, without a cache', async () => {
    const { id, code } = await arrive();
    const picture = await attach(id);
    const shown = await send(lan, `/can-bo/phan-anh/${code}/anh/${picture}`);
    expect(shown.status).toBe(200);
    expect([shown.headers.get('content-type'), shown.headers.get('cache-control'), shown.headers.get('content-disposition')])
      .toEqual(['image/jpeg', 'private, no-store', 'inline; filename="anh.jpg"']);
    expect((await send(other, `/can-bo/phan-anh/${code}/anh/${picture}`)).status).toBe(404);
    const foreign = await arrive();
    expect((await send(lan, `/can-bo/phan-anh/${foreign.code}/anh/${picture}`)).status).toBe(404);
  });
});

describe('search', () => {
  it('treats NFC, NFD, no diacritics and any case alike', async () => {
    const { code } = await arrive({ narrative: 'Đối tác giả mạo bưu điện Quảng Uyên đòi phí hải quan' });
    for (const text of ['giả mạo bưu điện quảng uyên', 'giả mạo bưu điện quảng uyên'.normalize('NFD'), 'GIA MAO BUU DIEN QUANG UYEN', ' gia  mao buu dien quang uyen ']) {
      expect(await find(lan, text)).toEqual([code]);
    }
  });

  it('looks for whole words, and takes % and _ for what they are', async () => {
    const { code } = await arrive({ narrative: 'Lãi 30%_ngày, nạp trước 5 triệu' });
    expect(await find(lan, '30%_ngay')).toEqual([code]);
    for (const text of ['3%ngay', '3%%', '30_nga', '__%__%']) expect(await find(lan, text)).toEqual([]);
  });

  it('finds typed domains, phones and accounts by what they are, however they are written', async () => {
    const { code } = await arrive({ narrative: 'Trang https://Nap-Tien.example/vip?ref=1 đòi tiền, gọi 0900.000.123, chuyển vào stk 0000 1234 5678 Vietcombank', category: 'scam' });
    for (const text of ['nap-tien.example', 'hxxps://nap-tien[.]example/khac', '0900000123', '+84 900 000 123', '000012345678']) expect([text, await find(lan, text)]).toEqual([text, [code]]);
  });

  it('leads a whole code or case number straight to its page', async () => {
    const { id, code } = await arrive();
    const { number } = await caseRow((await reportRow(id)).case_id!);
    expect((await send(lan, `/can-bo/phan-anh?q=${code.toLowerCase()}`)).location).toBe(`/can-bo/phan-anh/${code}`);
    expect((await send(lan, `/can-bo/phan-anh?q=${number}`)).location).toBe(`/can-bo/vu-viec/${number}`);
    expect((await send(other, `/can-bo/phan-anh?q=${code}`)).status).toBe(200);
  });

  it('finds cases by title without diacritics', async () => {
    const { id } = await arrive();
    const { number } = await caseRow((await reportRow(id)).case_id!);
    await send(lan, `/can-bo/vu-viec/${number}/ten`, { title: 'Giả mạo điện lực Bảo Lạc' });
    expect((await send(lan, '/can-bo/vu-viec?q=dien%20luc%20bao%20lac')).html).toContain(number);
  });
});

describe('the worklist', () => {
  it('keeps a flood in one row, with its oldest report and the count', async () => {
    const narrative = 'Trang https://lu-lut.example/qua nói trúng thưởng xe máy';
    const all = [];
    const now = desk.clock.now();
    for (let second = 0; second < 7; second += 1) {
      desk.clock.set(new Date(now.getTime() + second * 1000));
      all.push(await arrive({ narrative }));
    }
    desk.clock.set(now);
    const { rows } = await as(lan, (tx, actor) => worklist(tx, actor, filter({ shelf: 'cho-phan-loai', wanted: wantedOf(desk, 'lu-lut.example'), grouped: true, sort: 'han', dir: 'asc' })));
    expect(rows).toMatchObject([{ code: all[0]!.code, waiting: 7, caseReports: 7, trace: { kind: 'url' } }]);
    expect(await codes(lan, { shelf: 'cho-phan-loai', wanted: wantedOf(desk, 'lu-lut.example') })).toHaveLength(7);
    const page = await send(lan, '/can-bo/phan-anh?muc=cho-phan-loai&q=lu-lut.example&gop=1');
    expect(page.html).toContain('7 phản ánh');
    expect(page.html).toContain('lu-lut[.]example');
    expect(page.html).not.toMatch(/href="(?!\/|#)/);
  });

  it('filters, sorts and pages by its address', async () => {
    const narrative = 'Danh sách dài: cuộc gọi đòi nợ thay';
    for (let index = 0; index < 27; index += 1) await arrive({ narrative: `${narrative} ${index}`, communeCode: index % 2 ? '01273' : '01654' });
    const wanted = wantedOf(desk, 'danh sach dai');
    const first = await codes(lan, { wanted });
    const second = await codes(lan, { wanted, page: 2 });
    expect([first.length, second.length, new Set([...first, ...second]).size]).toEqual([25, 2, 27]);
    expect(await codes(lan, { wanted, dir: 'asc' })).toEqual([...first, ...second].reverse().slice(0, 25));
    expect(await codes(lan, { wanted, communeCode: '01654' })).toHaveLength(14);
    expect(await codes(lan, { wanted, category: 'scam' })).toEqual([]);
    expect(await codes(lan, { wanted, channel: 'phone' })).toEqual([]);
    const page = await send(lan, '/can-bo/phan-anh?muc=tat-ca&q=danh%20sach%20dai&trang=2&xa=la&nhom=khong-co&sap=%3Cb%3E');
    expect(page.status).toBe(200);
    expect(page.html).toContain('rel="prev"');
  });

  it('counts on the left what the lists hold', async () => {
    const before = await as(lan, (tx, actor) => sideCounts(tx, actor));
    const { id } = await arrive();
    const { caseId } = await pass(id);
    await arrive({ narrative: 'Một phản ánh lẻ, không có dấu hiệu nào' });
    const after = await as(lan, (tx, actor) => sideCounts(tx, actor));
    expect([after.triage - before.triage, after.verifying - before.verifying]).toEqual([1, 1]);
    await as(lan, (tx, actor) => takeCase(tx, actor, caseId!));
    expect(await as(lan, (tx, actor) => sideCounts(tx, actor))).toMatchObject({ verifying: after.verifying, mine: before.mine + 1 });
    const now = desk.clock.now();
    try {
      desk.clock.set(new Date('2026-12-20T02:00:00Z'));
      const { late, soon } = await as(lan, (tx, actor) => sideCounts(tx, actor));
      expect(soon).toBe(0);
      const rows = [...await codes(lan, { shelf: 'qua-han' }), ...await codes(lan, { shelf: 'qua-han', page: 2 }), ...await codes(lan, { shelf: 'qua-han', page: 3 })];
      expect(late).toBe(rows.length);
    } finally {
      desk.clock.set(now);
    }
  });
});

describe('a case', () => {
  it('is not closed while reporters wait, and can be opened again', async () => {
    const narrative = 'Trang https://dong-vu.example/x';
    const [first, second] = [await arrive({ narrative }), await arrive({ narrative })];
    const { caseId } = await pass(first.id);
    await as(lan, (tx, actor) => takeCase(tx, actor, caseId!));
    await expect(as(lan, (tx, actor) => closeCase(tx, actor, caseId!, 'Đã xong.'))).rejects.toMatchObject({ details: { reason: 'unanswered', count: 2 } });
    await pass(second.id);
    expect(await as(lan, (tx, actor) => answerAllReporters(desk, tx, actor, caseId!, { vi: 'Cảm ơn bạn, trang này là giả.' }))).toBe(2);
    await expect(as(lan, (tx, actor) => closeCase(tx, actor, caseId!, ' '))).rejects.toBeInstanceOf(Invalid);
    await as(lan, (tx, actor) => closeCase(tx, actor, caseId!, 'Đã cảnh báo, đã trả lời.'));
    await expect(as(lan, (tx, actor) => addObservation(tx, actor, caseId!, 'Thêm sau khi đóng.'))).rejects.toBeInstanceOf(Conflict);
    await as(tai, (tx, actor) => reopenCase(tx, actor, caseId!, 'Trang xuất hiện lại.'));
    expect((await journalOf(caseId!)).filter(({ to_state }) => to_state).map(({ action, from_state, to_state }) => [action, from_state, to_state])).toEqual([
      ['open', null, 'open'], ['verify', 'open', 'verifying'], ['close', 'verifying', 'closed'], ['reopen', 'closed', 'verifying'],
    ]);
  });

  it('journals every change of state of all reports and cases', async () => {
    for (const table of ['report', 'case_file'] as const) {
      const rows = await desk.owner.selectFrom(table).select(['id', 'state']).execute();
      for (const { id, state } of rows) expect((await journalOf(id)).findLast(({ to_state }) => to_state)?.to_state).toBe(state);
    }
  });
});

describe('the screens', () => {
  it('send an officer to the first list with work, and others to what they may see', async () => {
    await arrive();
    expect((await send(lan, '/can-bo')).location).toBe('/can-bo/phan-anh?muc=cho-phan-loai');
    const admin = await person(LEAD, ['administrator'], 'Ma Văn Trị');
    expect((await send(admin, '/can-bo')).location).toBe('/can-bo/quan-tri/can-bo');
    expect((await send(admin, '/can-bo/phan-anh')).status).toBe(404);
  });

  it('take a report through the gate, with open questions named, and a double click told apart', async () => {
    const { code } = await arrive();
    const path = `/can-bo/phan-anh/${code}/cua-kiem-tra`;
    const form = await send(lan, path);
    for (const { question, told } of GATE_QUESTIONS) for (const words of [question.vi, told.vi]) expect(form.html).toContain(words);
    expect(form.html).not.toMatch(/type="radio"[^>]*checked/);
    const open = await send(lan, path, { ...NO_FORM, opinion: '', identify_person: '' });
    expect(open.status).toBe(422);
    expect(open.html).toContain('href="#f-opinion"');
    expect(open.html.match(/type="radio"[^>]*checked/g)).toHaveLength(5);
    const first = await send(lan, path, NO_FORM);
    expect([first.status, first.location]).toEqual([303, `/can-bo/phan-anh/${code}?xong=da-qua-cua`]);
    const second = await send(lan, path, NO_FORM);
    expect(second.status).toBe(409);
    expect(second.html).toContain('Đã có người làm việc này trước bạn');
    expect(second.html).toContain('Trong vụ việc');
    const done = await send(lan, first.location!);
    expect(done.html).toContain('Phản ánh đã qua cửa kiểm tra');
    expect(done.html).toContain(`data-clear="cua-${code}"`);
    expect((await send(lan, `/can-bo/phan-anh/${code}?xong=constructor`)).html).not.toContain('class="call ok"');
  });

  it('take ticked reports of the same case along, each with its own record', async () => {
    const narrative = 'Trang https://cung-vu.example/x';
    const [a, b, c] = [await arrive({ narrative }), await arrive({ narrative }), await arrive({ narrative })];
    const alone = await arrive();
    expect((await send(lan, `/can-bo/phan-anh/${a.code}/cua-kiem-tra`, { ...NO_FORM, also: [alone.code] })).status).toBe(404);
    expect((await send(lan, `/can-bo/phan-anh/${a.code}/cua-kiem-tra`, { ...NO_FORM, also: [b.code] })).location).toContain('da-qua-cua-nhieu');
    expect([(await reportRow(a.id)).state, (await reportRow(b.id)).state, (await reportRow(c.id)).state]).toEqual(['attached', 'attached', 'received']);
    expect(await desk.owner.selectFrom('gate_check').select('report_id').where('report_id', 'in', [a.id, b.id]).execute()).toHaveLength(2);
    const stopped = await send(lan, `/can-bo/phan-anh/${c.code}/cua-kiem-tra`, { ...NO_FORM, opinion: 'yes', also: [a.code] });
    expect(stopped.location).toContain('da-dung');
    const page = await send(lan, `/can-bo/phan-anh/${c.code}`);
    expect(page.html).toContain('Phản ánh này đã dừng ở cửa kiểm tra');
    expect(page.html).toContain('21/12/2026');
  });

  it('give back what was typed when something is missing', async () => {
    const { id, code } = await arrive();
    const { caseId } = await pass(id);
    const { number } = await caseRow(caseId!);
    expect((await send(lan, `/can-bo/vu-viec/${number}/nhan`, {})).location).toContain('da-nhan');
    const back = await send(lan, `/can-bo/vu-viec/${number}/xac-minh`, { checked: 'Tra tên miền <b>', otherExplanation: '', finding: 'Giả', confidence: '' });
    expect(back.status).toBe(422);
    expect(back.html).toContain('Tra tên miền &lt;b>');
    expect(back.html).toContain('Chọn mức tin cậy.');
    expect((await send(lan, `/can-bo/phan-anh/${code}/tra-loi`, { body: 'a' })).status).toBe(422);
    expect((await send(lan, `/can-bo/phan-anh/${code}/tra-loi`, { body: 'Cảm ơn bạn.' })).location).toContain('da-tra-loi');
    const late = await send(lan, `/can-bo/phan-anh/${code}/tra-loi`, { body: 'Một lời nữa.' });
    expect(late.status).toBe(409);
    expect(late.html).toContain('Một lời nữa.');
    expect((await send(lan, `/can-bo/vu-viec/${number}/tra-loi`, { body: 'Gửi cho mọi người.' })).status).toBe(409);
  });

  it('send a prepared question in the language of the reporter', async () => {
    const { id, code } = await arrive({ language: 'en' });
    expect((await send(lan, `/can-bo/phan-anh/${code}/hoi`, { canned: 'own', body: '' })).status).toBe(422);
    expect((await send(lan, `/can-bo/phan-anh/${code}/hoi`, { canned: 'link', body: 'Thanks.' })).location).toContain('da-hoi');
    const { body } = await desk.owner.selectFrom('message').select('body').where('report_id', '=', id).executeTakeFirstOrThrow();
    expect(body).toMatch(/^Please send us the full link[\s\S]*Thanks\.$/);
  });

  it('show a reader no button, and say why something is not possible yet', async () => {
    const { id, code } = await arrive();
    expect((await send(lan, `/can-bo/phan-anh/${code}`)).html).toContain('Chưa trả lời được: phản ánh chưa qua cửa kiểm tra.');
    for (const reader of [kiem, tai]) {
      const { html } = await send(reader, `/can-bo/phan-anh/${code}`);
      expect(html).not.toContain(`/can-bo/phan-anh/${code}/`);
      expect((await send(reader, `/can-bo/phan-anh/${code}/cua-kiem-tra`)).status).toBe(404);
    }
    const { caseId } = await pass(id);
    const { number } = await caseRow(caseId!);
    const page = await send(lan, `/can-bo/vu-viec/${number}`);
    expect(page.html).toContain('Chưa soạn được: hãy nhận vụ việc và bắt đầu xác minh.');
    expect(page.html).toContain('Chưa kết thúc được: còn 1 phản ánh');
    expect(page.html).toContain('chủ trì');
    expect((await send(kiem, `/can-bo/vu-viec/${number}`)).html).not.toContain('<form method="post" action="/can-bo/vu-viec');
    expect((await send(lan, '/can-bo/tro-giup/trang-thai')).html).toContain('Qua cửa kiểm tra');
  });

  it('read a list, a report and a case in few statements', async () => {
    const { id, code } = await arrive();
    const { caseId } = await pass(id);
    const { number } = await caseRow(caseId!);
    const seen: string[] = [];
    const db = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: desk.pool }), log: (event) => void (event.level === 'query' && seen.push(event.query.sql)),
    });
    const count = async (work: (tx: Tx) => Promise<unknown>) => {
      seen.length = 0;
      await inTransaction({ db, clock: desk.clock }, lan.actor, work);
      return seen.filter((text) => !/set_config|^(begin|commit|start transaction)/i.test(text)).length;
    };
    expect(await count((tx) => worklist(tx, lan.actor, filter({ grouped: true })))).toBe(1);
    expect(await count((tx) => sideCounts(tx, lan.actor))).toBe(1);
    expect(await count(async (tx) => stepsOf(tx, [(await reportView(tx, code)).id]))).toBe(4);
    expect(await count(async (tx) => caseParts(tx, (await caseView(tx, number)).id))).toBe(7);
  });
});
