/** What people ask about their own data: on the portal, on the officers' pages, and past both, as the application's role. */
import type { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { REQUEST_KINDS, REQUEST_RULES, REQUEST_TRANSITIONS, type RequestKind } from '#core/data-requests.ts';
import { addDays, DEADLINES, localDate } from '#core/deadlines.ts';
import { addNote, answerGate } from '#modules/cases/index.ts';
import { decideSecond, saveDraft, startDraft, submitDraft } from '#modules/decisions/index.ts';
import { intakeJobs, keepUpload, submitReport } from '#modules/intake/index.ts';
import { acknowledgeRequest, decideRequest, extendRequest, fileRequest, withdrawContact } from '#modules/retention/index.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, type Page } from '../support/browser.ts';
import { completeInput, openOffice, PASSED, reportOf, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { addOfficer, signIn } from '../support/people.ts';

const desk = await testDesk();
const PAGE = '/du-lieu-cua-toi';
const LIST = '/can-bo/yeu-cau-du-lieu';
const EMAIL = 'le.thi.rieng@nguoidan.example';
const BACKUPS_UNTIL = addDays(localDate(desk.clock.now()), desk.config.BACKUP_DAYS);
const REASON = 'Đã xem hồ sơ: không còn cần cho việc xử lý.';

let office: Office & { readonly foreign: OfficerActor };
let app: Hono;
let serial = 0;
/** The certificate written last. */
const lastCertificate = () => desk.owner.selectFrom('erasure_certificate').select(['kind', 'counts', 'places']).orderBy('number', 'desc').limit(1).executeTakeFirst();
const certificateCount = async () => (await desk.owner.selectFrom('erasure_certificate').select('id').execute()).length;
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const setDay = (day: string, time = '09:00') => desk.clock.set(new Date(`${day}T${time}:00+07:00`));

interface Sent {
  readonly id: string;
  readonly code: string;
  readonly secret: string;
}

async function send(changes: Parameters<typeof reportOf>[0] = {}, withPicture = false): Promise<Sent> {
  const idempotencyKey = `khoa-yeu-cau-${String(serial++).padStart(4, '0')}`;
  const bytes = withPicture ? await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: serial, g: 40, b: 40 } } }).jpeg().toBuffer() : null;
  const uploads = bytes ? [(await keepUpload(desk, idempotencyKey, { field: 'photos', name: 'tin-nhan.jpg', bytes, tooLarge: false })).id] : [];
  const sent = await submitReport(desk, reportOf({ category: 'scam', narrative: `Họ bảo tôi chuyển tiền ở https://lua-${serial}.example/x`, contact: { email: EMAIL, phone: '0912345678', name: 'Riêng' }, idempotencyKey, uploads, ...changes }));
  await intakeJobs.find(({ name }) => name === 'acknowledge')!.run(desk, { reportIds: [sent.id] } as never);
  return sent;
}

const file = (sent: Sent, kind: RequestKind, words = 'Xin làm điều này giúp tôi.') => fileRequest(desk, sent.id, kind, words);
const row = (id: string) => desk.owner.selectFrom('data_request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const acknowledge = (id: string, actor = office.drafter) => as(actor, (tx) => acknowledgeRequest(tx, actor, id));
const decide = (id: string, parts: readonly ('contact' | 'pictures' | 'words')[], done = true, actor = office.drafter) =>
  as(actor, (tx) => decideRequest(desk, tx, actor, id, { done, parts, reason: REASON }));

beforeAll(async () => {
  const opened = await openOffice(desk);
  office = { ...opened, foreign: await addOfficer(desk, 'cong-an-tinh', ['intake', 'case_officer', 'administrator', 'auditor'], 'Triệu Văn Ngoài') };
  app = await webApp(desk, 1e6);
}, 60_000);

describe('one table of steps and clocks', () => {
  test('the database holds the transitions of src/core/data-requests.ts', async () => {
    const { rows } = await sql<{ action: string; from_state: string; to_state: string; performers: string[]; reason_required: boolean }>`select * from data_request_steps()`.execute(desk.owner);
    const typed = REQUEST_TRANSITIONS.flatMap(({ action, from, to, by, reason }) => from.map((state) => ({ action, from_state: state, to_state: to, performers: [...by], reason_required: reason === 'required' })));
    expect(rows).toEqual(typed);
  });

  test('and the days and parts of each kind', async () => {
    for (const kind of REQUEST_KINDS) {
      const { rows } = await sql<{ days: number; parts: string[] }>`select data_request_days(${kind}) as days, data_request_parts(${kind}) as parts`.execute(desk.owner);
      expect({ kind, ...rows[0] }).toEqual({ kind, days: DEADLINES[REQUEST_RULES[kind].due].amount, parts: [...REQUEST_RULES[kind].parts] });
    }
  });
});

describe('a request', () => {
  test('has its code and both clocks, and the same asked again is the same', async () => {
    const sent = await send();
    const filed = await file(sent, 'erase');
    expect(filed.code).toMatch(/^DL-04-261122-\d{4}-\d$/);
    // Sunday 22/11/2026; the 24th is a holiday. Twenty days end on Saturday 12/12.
    expect(await row(filed.id)).toMatchObject({ state: 'filed', answer_by: '2026-11-25', do_by: '2026-12-14', officer_id: null });
    const [again, other] = await Promise.all([file(sent, 'erase'), file(sent, 'erase')]);
    expect([again.id, other.id]).toEqual([filed.id, filed.id]);
    expect((await file(sent, 'object')).id).not.toBe(filed.id);
  });

  test('two sent at the same moment are one', async () => {
    const sent = await send();
    const [one, two] = await Promise.all([file(sent, 'restrict'), file(sent, 'restrict')]);
    expect(one.id).toBe(two.id);
  });

  test('needs words, and not too many', async () => {
    const sent = await send();
    for (const words of ['', 'x', 'x'.repeat(2001)]) await expect(file(sent, 'erase', words)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('the clocks stand still over Tết 2027, with its one extension', async () => {
    setDay('2027-02-04', '16:30');
    const sent = await send();
    const access = await file(sent, 'correct');
    expect(await row(access.id)).toMatchObject({ answer_by: '2027-02-15', do_by: '2027-02-15' });
    await acknowledge(access.id);
    await as(office.drafter, (tx) => extendRequest(desk, tx, office.drafter, access.id, 'Phải đối chiếu với hai cơ quan khác.'));
    expect(await row(access.id)).toMatchObject({ extended_until: '2027-02-25', state: 'acknowledged' });
    await expect(as(office.drafter, (tx) => extendRequest(desk, tx, office.drafter, access.id, 'Vẫn còn phải đối chiếu nữa.'))).rejects.toMatchObject({ code: 'conflict' });
    const late = await file(sent, 'erase');
    await acknowledge(late.id);
    setDay('2027-03-20');
    await expect(as(office.drafter, (tx) => extendRequest(desk, tx, office.drafter, late.id, 'Quên mất, xin thêm thời gian.'))).rejects.toMatchObject({ code: 'conflict' });
    setDay('2026-11-22');
  });

  test('goes step by step, each in the journal, and stays decided', async () => {
    const sent = await send();
    const { id } = await file(sent, 'restrict');
    await expect(decide(id, [])).rejects.toMatchObject({ code: 'conflict' });
    await acknowledge(id);
    await expect(acknowledge(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(as(office.drafter, (tx) => decideRequest(desk, tx, office.drafter, id, { done: false, parts: [], reason: 'ngắn' }))).rejects.toMatchObject({ code: 'invalid' });
    await decide(id, [], false);
    expect(await row(id)).toMatchObject({ state: 'refused', outcome: REASON, officer_id: office.drafter.officerId });
    await expect(decide(id, [])).rejects.toMatchObject({ code: 'conflict' });
    const steps = await desk.owner.selectFrom('journal').select(['action', 'to_state', 'actor_kind']).where('entity_id', '=', id).orderBy('seq').execute();
    expect(steps.map(({ action, to_state, actor_kind }) => [action, to_state, actor_kind])).toEqual([['file', 'filed', 'reporter'], ['acknowledge', 'acknowledged', 'officer'], ['refuse', 'refused', 'officer']]);
    const told = await desk.owner.selectFrom('message').select(['sent_by', 'body']).where('report_id', '=', sent.id).execute();
    expect(told).toEqual([{ sent_by: 'desk', body: expect.stringContaining(REASON) as string }]);
  });

  test('a correction stands in the conversation of the report', async () => {
    const sent = await send();
    const { code } = await file(sent, 'correct', 'Số tiền là 3 triệu, không phải 30 triệu.');
    expect(await desk.owner.selectFrom('message').select(['sent_by', 'body']).where('report_id', '=', sent.id).execute())
      .toEqual([{ sent_by: 'reporter', body: `Đính chính (${code}):\nSố tiền là 3 triệu, không phải 30 triệu.` }]);
  });
});

describe('erasing on request', () => {
  test('removes what was agreed to, with its files, in one breath with journal and certificate', async () => {
    const sent = await send({ narrative: 'Họ gọi từ 0912666111 đòi tiền, tôi tên Riêng' }, true);
    await as(office.drafter, (tx) => addNote(tx, office.drafter, { reportId: sent.id }, 'Người này tên Riêng, gọi lại buổi chiều.'));
    const { id, code } = await file(sent, 'erase');
    await acknowledge(id);
    const { original_ref, copy_ref } = await desk.owner.selectFrom('attachment').select(['original_ref', 'copy_ref']).where('report_id', '=', sent.id).executeTakeFirstOrThrow();
    const before = await certificateCount();
    await decide(id, ['contact', 'pictures', 'words']);
    expect(await certificateCount()).toBe(before + 1);
    expect(await lastCertificate()).toEqual({
      kind: 'data_subject', counts: { reporter_identity: 1, attachment: 1, report: 1, note: 1, indicator: 1, file: 2 }, places: { database: true, files: true, search: true, backups: BACKUPS_UNTIL },
    });
    for (const ref of [original_ref, copy_ref]) await expect(desk.files.get(ref)).rejects.toThrow();
    const report = await desk.owner.selectFrom('report').select(['narrative', 'state', 'minimised_at']).where('id', '=', sent.id).executeTakeFirstOrThrow();
    expect(report).toMatchObject({ narrative: '–', state: 'acknowledged', minimised_at: desk.clock.now() });
    expect(await desk.owner.selectFrom('reporter_identity').select('report_id').where('report_id', '=', sent.id).execute()).toEqual([]);
    expect(await desk.owner.selectFrom('journal').select(['reason', 'detail']).where('entity_id', '=', sent.id).where('action', '=', 'erase_on_request').execute())
      .toEqual([{ reason: null, detail: { request: code, parts: ['contact', 'pictures', 'words'] } }]);
  });

  test('keeps the words and the cited picture a decision rests on; the contact goes', async () => {
    const sent = await send({ category: 'phishing_impersonation', narrative: 'Trang https://vneid-gia.example/otp giả VNeID' }, true);
    const { caseId } = await as(office.gate, (tx) => answerGate(desk, tx, office.gate, sent.id, PASSED, []));
    const { addAttachmentEvidence, addVerification, takeCase } = await import('#modules/cases/index.ts');
    const decision = await as(office.drafter, async (tx) => {
      await takeCase(tx, office.drafter, caseId!);
      const picture = await tx.selectFrom('attachment').select('id').where('report_id', '=', sent.id).executeTakeFirstOrThrow();
      await addAttachmentEvidence(tx, office.drafter, caseId!, picture.id, 'Ảnh chụp biểu mẫu xin mã OTP.');
      await addVerification(tx, office.drafter, caseId!, { checked: 'So với trang thật.', otherExplanation: 'Không có.', finding: 'Trang giả.', confidence: 'high' });
      return startDraft(tx, office.drafter, caseId!, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng');
    });
    const input = await completeInput(desk, caseId!, decision);
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, decision, input));
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, decision));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decision, PASSED, [], EFFECTS));
    const { id } = await file(sent, 'erase');
    await acknowledge(id);
    await expect(decide(id, ['words'])).rejects.toMatchObject({ code: 'conflict', details: { reason: 'words_stand' } });
    await expect(as(office.drafter, (tx) => sql`select erase_for_request(${id}::uuid, '{words}')`.execute(tx))).rejects.toThrow(/S13: a decision rests/);
    await decide(id, ['contact', 'pictures']);
    expect(await desk.owner.selectFrom('attachment').select('id').where('report_id', '=', sent.id).execute()).toHaveLength(1);
    expect(await desk.owner.selectFrom('reporter_identity').select('report_id').where('report_id', '=', sent.id).execute()).toEqual([]);
    expect((await desk.owner.selectFrom('report').select('narrative').where('id', '=', sent.id).executeTakeFirstOrThrow()).narrative).toContain('vneid-gia');
  });

  test('a request to erase that is carried out removes something', async () => {
    const { id } = await file(await send(), 'erase');
    await acknowledge(id);
    await expect(decide(id, [])).rejects.toMatchObject({ code: 'invalid', details: { fields: { parts: 'missing' } } });
  });

  test('withdrawing consent removes the contact at once', async () => {
    const sent = await send();
    const before = await certificateCount();
    const { id } = await withdrawContact(desk, sent.id);
    expect(await row(id)).toMatchObject({ kind: 'withdraw', state: 'done', officer_id: null });
    expect(await certificateCount()).toBe(before + 1);
    expect(await lastCertificate()).toEqual({ kind: 'data_subject', counts: { reporter_identity: 1 }, places: { database: true, files: false, search: false, backups: BACKUPS_UNTIL } });
    const { rows } = await as(office.gate, (tx) => sql<{ sealed: Buffer | null }>`select open_identity(${sent.id}::uuid, 'Gọi lại người phản ánh') as sealed`.execute(tx));
    expect(rows[0]!.sealed).toBeNull();
  });

  test('when something fails, nothing is gone', async () => {
    const sent = await send();
    const { id } = await file(sent, 'erase');
    await acknowledge(id);
    const before = await certificateCount();
    // A province without a number gives a certificate that the database refuses.
    const unable = { ...desk, config: { ...desk.config, PROVINCE: 'xx' } };
    await expect(as(office.drafter, (tx) => decideRequest(unable, tx, office.drafter, id, { done: true, parts: ['contact'], reason: REASON }))).rejects.toThrow(/erasure_certificate_number_check/);
    expect(await certificateCount()).toBe(before);
    expect(await row(id)).toMatchObject({ state: 'acknowledged' });
    expect(await desk.owner.selectFrom('reporter_identity').select('report_id').where('report_id', '=', sent.id).execute()).toHaveLength(1);
  });
});

describe('as the application’s role, past the screens', () => {
  let sent: Sent;
  let id: string;
  beforeAll(async () => {
    sent = await send();
    ({ id } = await file(sent, 'erase'));
  });

  test('another agency, another reporter and other roles see no request', async () => {
    const other = await send();
    for (const actor of [office.foreign, office.stranger, office.leader, office.clerk, { kind: 'reporter', reportId: other.id } as const, { kind: 'public' } as const]) {
      expect(await as(actor, (tx) => tx.selectFrom('data_request').select('id').where('id', '=', id).execute())).toEqual([]);
    }
    await expect(acknowledge(id, office.foreign)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('nothing is erased before it is acknowledged, by another agency, beyond the kind, or without a request', async () => {
    const erase = (actor: Actor, request: string, parts: string) => as(actor, (tx) => sql`select erase_for_request(${request}::uuid, ${parts}::text[])`.execute(tx));
    await expect(erase(office.drafter, id, '{contact}')).rejects.toThrow(/without a request that allows it/);
    const { id: restrict } = await file(sent, 'restrict');
    await acknowledge(restrict);
    await expect(erase(office.drafter, restrict, '{words}')).rejects.toThrow(/without a request/);
    for (const actor of [office.foreign, office.leader, system('test'), { kind: 'reporter', reportId: sent.id } as const]) await expect(erase(actor, restrict, '{contact}')).rejects.toThrow(/without a request/);
    await expect(erase(office.drafter, sent.id, '{contact}')).rejects.toThrow(/without a request/);
    await expect(as(office.drafter, (tx) => tx.deleteFrom('reporter_identity').where('report_id', '=', sent.id).execute())).resolves.toMatchObject([{ numDeletedRows: 0n }]);
    await expect(as(office.drafter, (tx) => tx.deleteFrom('data_request').execute())).rejects.toThrow(/permission denied/);
  });

  const put = (actor: Actor, changes: Record<string, unknown>) => as(actor, async (tx) => {
    const values = { code: `DL-04-261122-9${String(serial++).padStart(4, '0')}-0`, report_id: sent.id, kind: 'object', words: 'xin phản đối', filed_at: tx.now, answer_by: '2026-11-25', do_by: '2026-12-07', ...changes };
    await tx.insertInto('data_request').values(values as never).execute();
  });

  test.each([
    ['an officer files for a person', () => office.drafter, {}],
    ['a person files for another report', () => ({ kind: 'reporter', reportId: '01999999-9999-7999-8999-999999999999' }) as const, {}],
    ['one is born decided', () => ({ kind: 'reporter', reportId: sent.id }) as const, { state: 'done', done_at: new Date() }],
    ['a clock longer than the law', () => ({ kind: 'reporter', reportId: sent.id }) as const, { do_by: '2027-02-01' }],
    ['an answer longer than the law', () => ({ kind: 'reporter', reportId: sent.id }) as const, { answer_by: '2026-12-20' }],
    ['a kind that does not exist', () => ({ kind: 'reporter', reportId: sent.id }) as const, { kind: 'unmask' }],
    ['without a journal entry', () => ({ kind: 'reporter', reportId: sent.id }) as const, {}],
  ])('refused: %s', async (_name, actor, changes) => {
    await expect(put(actor(), changes)).rejects.toThrow(/violates row-level|filed by the person alone|clocks of a request|violates check|without a journal entry/);
  });

  const change = (actor: Actor, set: Record<string, unknown>) => as(actor, (tx) => tx.updateTable('data_request').set(set as never).where('id', '=', id).execute());
  test.each([
    ['skipping the acknowledgement', { state: 'done', outcome: REASON, done_at: new Date() }],
    ['a refusal without reasons', { state: 'refused', done_at: new Date() }],
    ['an extension before the acknowledgement', { extended_until: '2026-12-24', extension_reason: 'Cần thêm thời gian xem xét.' }],
    ['words of another', { words: 'khác' }],
    ['another clock', { do_by: '2027-01-01' }],
    ['another officer’s name', { state: 'acknowledged', acknowledged_at: new Date(), officer_id: '01999999-9999-7999-8999-999999999999' }],
  ])('refused: %s', async (_name, set) => {
    await expect(change(office.drafter, set)).rejects.toThrow(/may not go|request changes|extended once|permission denied|in person|violates|step by step/);
  });
});

// ── The screens ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the portal page', () => {
  const open = (browser: TestBrowser, sent: Sent, prefix = ''): Promise<Page> => browser.post(`${prefix}${PAGE}`, { code: sent.code, secret: sent.secret });
  const token = (page: Page, action = PAGE): string => hiddenFields(page, action).find(([name]) => name === 't')![1];

  test('is reached from the follow-up page without a script, in both languages', async () => {
    const sent = await send({}, true);
    const browser = new TestBrowser(app);
    const follow = await browser.post('/tra-cuu', { code: sent.code, secret: sent.secret });
    const own = await browser.post(PAGE, { t: token(follow) });
    expect(own.status).toBe(200);
    for (const part of [sent.code, 'Họ bảo tôi chuyển tiền', 'tin-nhan.jpg', 'Được niêm phong riêng', 'Chưa ai mở']) expect(own.html).toContain(part);
    expect(own.html).not.toContain(EMAIL);
    expect(own.html).not.toMatch(/<script/);
    const english = await open(browser, sent, '/en');
    expect(english.html).toContain('What is kept');
    expect((await browser.post('/tra-cuu', { t: token(own, '/tra-cuu') })).html).toContain('Đã tiếp nhận');
  });

  test('says nothing for wrong codes, and gives back what was written when the hour is over', async () => {
    const browser = new TestBrowser(app);
    const sent = await send();
    expect((await browser.post(PAGE, { code: sent.code, secret: '0000-0000-0000-0000-0000' })).status).toBe(422);
    for (const t of ['', 'x', '%00']) expect((await browser.post(PAGE, { t, code: '', secret: '' })).status).toBe(422);
    const page = await open(browser, sent);
    desk.clock.set(new Date(desk.clock.now().getTime() + 3_700_000));
    const late = await browser.post(PAGE, { t: token(page), go: 'ask', kind: 'erase', words: 'Xin xóa ảnh giấy tờ của tôi.' });
    expect(late.status).toBe(422);
    expect(late.html).toContain('Xin xóa ảnh giấy tờ của tôi.');
    setDay('2026-11-22');
  });

  test('takes a request, shows its clocks, and keeps what was typed when something is missing', async () => {
    const browser = new TestBrowser(app);
    const sent = await send();
    const page = await open(browser, sent);
    const missing = await browser.post(PAGE, { t: token(page), go: 'ask', kind: '', words: 'Xin xóa ảnh giấy tờ của tôi.' });
    expect([missing.status, missing.html.includes('Bạn chọn một loại yêu cầu'), missing.html.includes('Xin xóa ảnh giấy tờ của tôi.')]).toEqual([422, true, true]);
    const empty = await browser.post(PAGE, { t: token(page), go: 'ask', kind: 'erase', words: '' });
    expect([empty.status, empty.html.includes('value="erase" id="f-kind-2" checked') || /value="erase"[^>]*checked/.test(empty.html)]).toEqual([422, true]);
    const done = await browser.post(PAGE, { t: token(page), go: 'ask', kind: 'erase', words: 'Xin xóa ảnh giấy tờ của tôi.' });
    expect(done.status).toBe(200);
    for (const part of ['Đã nhận yêu cầu DL-04-261122-', 'chậm nhất ngày 25/11/2026', 'chậm nhất ngày 14/12/2026']) expect(done.html).toContain(part);
  });

  test('gives a copy for people and for machines, with the contact masked, no officer’s name, and the opening in the journal', async () => {
    const browser = new TestBrowser(app);
    const sent = await send({}, true);
    await as(office.drafter, (tx) => addNote(tx, office.drafter, { reportId: sent.id }, 'Ghi chú nội bộ không đưa ra.'));
    const { id } = await file(sent, 'restrict');
    await acknowledge(id);
    await decide(id, [], false);
    const page = await open(browser, sent);
    const json = await browser.post(PAGE, { t: token(page), go: 'json' });
    expect(json.headers.get('content-disposition')).toBe(`attachment; filename="${sent.code}-2026-11-22.json"`);
    const copy = JSON.parse(json.html) as Record<string, unknown>;
    expect(copy).toMatchObject({
      report: { code: sent.code, category: 'scam', channel: 'web', state: 'acknowledged' },
      contact: { masked: { email: 'l•••@nguoidan.example', phone: '••• 678', name: 'R•••' }, kept_until: '2027-11-22' },
      pictures: [{ name: 'tin-nhan.jpg', media_type: 'image/jpeg' }], requests: [{ kind: 'access', state: 'done' }, { kind: 'restrict', state: 'refused', outcome: REASON }], messages: [{ from: 'desk' }],
    });
    for (const secret of [EMAIL, 'Nông Thị Lan', 'Ghi chú nội bộ không', office.drafter.officerId, sent.id]) expect(json.html).not.toContain(secret);
    const html = await browser.post(`/en${PAGE}`, { t: token(page), go: 'html' });
    expect(html.headers.get('content-disposition')).toContain('.html"');
    expect(html.html).toContain('A copy of your data');
    expect(html.html).not.toMatch(/<script|<link|<img/);
    // Both copies of one day are one request, and each opening is known.
    expect(await desk.owner.selectFrom('data_request').select('state').where('report_id', '=', sent.id).where('kind', '=', 'access').execute()).toEqual([{ state: 'done' }]);
    expect(await desk.owner.selectFrom('journal').select('reason').where('entity_id', '=', sent.id).where('action', '=', 'open_identity').execute()).toEqual([{ reason: 'data_request:access' }, { reason: 'data_request:access' }]);
  });

  test('removes the contact when consent is withdrawn, and no longer offers to', async () => {
    const browser = new TestBrowser(app);
    const sent = await send();
    const page = await open(browser, sent);
    const gone = await browser.post(PAGE, { t: token(page), go: 'withdraw' });
    expect(gone.html).toContain('Đã xóa thông tin liên hệ của bạn (DL-');
    expect(gone.html).toContain('Không giữ thông tin liên hệ nào');
    expect(gone.html).not.toContain('Xóa thông tin liên hệ ngay');
  });
});

describe('the officers’ pages', () => {
  test('list by the nearest day with what is overdue; acknowledge, extend and decide from the form', async () => {
    const sent = await send({}, true);
    const { id, code } = await file(sent, 'erase', 'Xin xóa ảnh giấy tờ của tôi.');
    const { cookie } = await signIn(desk, 'so-vhttdl', ['administrator']);
    const get = async (path: string, with_ = cookie) => (await app.request(path, { headers: { Cookie: with_ } })).text();
    const post = (path: string, fields: readonly (readonly [string, string])[]) => app.request(path, {
      method: 'POST', headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    });
    expect(await get(LIST)).toContain(code);
    setDay('2026-11-27');
    const later = await signIn(desk, 'so-vhttdl', ['intake']);
    expect(await get(`${LIST}/${id}`, later.cookie)).toContain('quá hạn trả lời');
    setDay('2026-11-22');
    expect((await post(`${LIST}/${id}/quyet-dinh`, [['outcome', 'done'], ['parts', 'contact'], ['reason', REASON]])).status).toBe(409);
    expect((await post(`${LIST}/${id}/xac-nhan`, [])).headers.get('location')).toBe(`${LIST}/${id}?xong=xac-nhan`);
    const page = await get(`${LIST}/${id}`);
    for (const part of ['Xin xóa ảnh giấy tờ của tôi.', '1 ảnh', 'chưa có quyết định nào dựa vào']) expect(page).toContain(part);
    const short = await post(`${LIST}/${id}/gia-han`, [['reason', 'vội']]);
    expect([short.status, (await short.text()).includes('vội')]).toEqual([422, true]);
    for (const fields of [[['reason', REASON]], [['outcome', 'done'], ['reason', REASON]], [['outcome', 'refused'], ['reason', '']]] as const) {
      const answer = await post(`${LIST}/${id}/quyet-dinh`, fields);
      expect(answer.status).toBe(422);
    }
    expect((await post(`${LIST}/${id}/quyet-dinh`, [['outcome', 'done'], ['parts', 'contact'], ['parts', 'pictures'], ['reason', REASON]])).status).toBe(303);
    expect(await get(`${LIST}?muc=da-xong`)).toContain(code);
    expect(await lastCertificate()).toMatchObject({ kind: 'data_subject', counts: { reporter_identity: 1, attachment: 1, file: 2 } });
  });
});
