/**
 * Attempts on what the ways in keep (arrivals, tokens, webhooks, spreadsheets, figures, regrouping, notes, reviewed texts, likeness),
 * with plain SQL as the application's own role, in the context of each kind of actor. Each must be refused by the database, change
 * nothing or read nothing; beside each stands the thing it would reach.
 */
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { addNote, answerGate, proposeText } from '#modules/cases/index.ts';
import { moveReports } from '#modules/cases/commands/grouping.ts';
import { headerHash, uploadSheet } from '#modules/channels/commands/sheets.ts';
import { createWebhook } from '#modules/channels/commands/webhooks.ts';
import { createToken } from '#modules/identity/commands.ts';
import { intakeJobs, recordArrival, submitReport } from '#modules/intake/index.ts';
import { openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { addOfficer } from '../support/people.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';

const desk = await testDesk();

let office: Office & { readonly administrator: OfficerActor; readonly foreignAdministrator: OfficerActor };
const ids = {
  report: '', other: '', stopped: '', threat: '', likeThreat: '', likely: '', sent: '', case: '', otherCase: '', foreignCase: '', closedCase: '', threatCase: '',
  waiting: '', taken: '', takenStopped: '', picture: '', pictureStopped: '', quarantined: '', token: '', webhook: '', sheet: '', figure: '', text: '', regrouping: '', note: '', indicator: '',
};

const as = <T>(actor: OfficerActor, work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(desk, actor, work);
const arrival = (key: string, media: 'mail' | 'picture' = 'mail', facts = {}) => recordArrival(desk, {
  channel: 'email', media, receiver: 'baocao@lachan.example', sender: 'hoa@nguoidan.example', externalKey: key, original: Buffer.from(key), officerId: null, document: null,
  arrivedAt: desk.clock.now(), facts,
});
const submit = async (changes: Parameters<typeof reportOf>[0]) => (await submitReport(desk, reportOf(changes))).id;
const job = (name: string) => intakeJobs.find((one) => one.name === name)!;

/** One of everything, at the coordinating agency; `stranger` and `foreignAdministrator` are of another one. */
beforeAll(async () => {
  const opened = await openOffice(desk);
  office = {
    ...opened, administrator: await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Mã Thị Quản'),
    foreignAdministrator: await addOfficer(desk, 'cong-an-tinh', ['administrator'], 'Triệu Văn Trị'),
  };
  ids.taken = (await arrival('taken')).id;
  const contact = { email: 'hoa@nguoidan.example' };
  const made = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả https://mot.example/otp xin mã OTP của tôi', channel: 'email', arrivalId: ids.taken, contact })]);
  [ids.case, ids.report] = [made.caseId, made.reportIds[0]!];
  const second = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả https://hai.example/otp xin mã OTP của tôi' })]);
  [ids.otherCase, ids.other] = [second.caseId, second.reportIds[0]!];
  ids.sent = await submit({ narrative: 'Cơ quan gửi: trang https://ba.example/dk lừa người dân', senderAgencyId: office.stranger.agencyId });
  ids.takenStopped = (await arrival('taken-stopped')).id;
  ids.stopped = await submit({ narrative: 'Bài viết chê cơ quan làm việc chậm, đề nghị gỡ ngay bài này khỏi mạng', channel: 'email', arrivalId: ids.takenStopped, contact });
  const story = 'Kẻ lạ gọi điện tự xưng cán bộ, bắt tôi cài ứng dụng rồi đọc mã, sau đó tiền trong tài khoản mất sạch chỉ sau vài phút';
  ids.likely = await submit({ category: 'scam', narrative: `${story}, tôi rất lo` });
  ids.likeThreat = await submit({ category: 'scam', narrative: `${story}, xin giúp` });
  ids.threat = await submit({ category: 'threat_harassment', narrative: 'Hàng xóm dọa đánh tôi trước cửa nhà nhiều lần trong tuần này' });
  const foreign = desk.owner.insertInto('case_file');
  const caseOf = async (number: string, agency: string, state: 'open' | 'closed', category: 'phishing_impersonation' | 'threat_harassment') => (await foreign.values({
    number, category, state, title: number, lead_agency_id: agency, officer_id: null, opened_at: desk.clock.now(), closed_at: null, merged_into: null }).returning('id').executeTakeFirstOrThrow()).id;
  ids.foreignCase = await caseOf('VV-04-2026-9001', office.stranger.agencyId, 'open', 'phishing_impersonation');
  ids.closedCase = await caseOf('VV-04-2026-9002', office.gate.agencyId, 'closed', 'phishing_impersonation');
  ids.threatCase = await caseOf('VV-04-2026-9003', office.gate.agencyId, 'open', 'threat_harassment');
  await desk.owner.updateTable('report').set({ case_id: ids.threatCase }).where('id', '=', ids.threat).execute();
  const received = await desk.owner.selectFrom('report').select('id').where('state', '=', 'received').execute();
  await job('acknowledge').run(desk, { reportIds: received.map(({ id }) => id) } as never);
  await desk.owner.insertInto('attachment').values({ id: crypto.randomUUID(), report_id: ids.sent, name: 'anh', media_type: 'image/webp', bytes: 1, original_ref: '0'.repeat(64),
    original_sha256: Buffer.alloc(32), copy_ref: '1'.repeat(64), copy_bytes: 1, width: 1, height: 1, at: desk.clock.now() }).execute();

  ids.waiting = (await arrival('waiting')).id;
  ids.picture = (await arrival('picture', 'picture', { pictureOf: ids.report })).id;
  ids.pictureStopped = (await arrival('picture-stopped', 'picture', { pictureOf: ids.stopped })).id;
  ids.quarantined = (await arrival('quarantined')).id;
  await desk.owner.updateTable('arrival').set({ state: 'quarantined', reason: 'broken' }).where('id', '=', ids.quarantined).execute();
  ids.token = (await as(office.administrator, (tx) => createToken(tx, office.administrator, { name: 'Phần mềm', scopes: ['reports:read'], days: 30 }))).id;
  ids.webhook = (await as(office.foreignAdministrator, (tx) => createWebhook(tx, desk.keys, office.foreignAdministrator, 'https://may.example/hook'))).id;
  ids.sheet = await uploadSheet(desk, office.clerk, { field: 'sheet', name: 'a.csv', bytes: Buffer.from('Nội dung\nchuyện'), tooLarge: false });
  await desk.owner.insertInto('sheet_row').values({ import_id: ids.sheet, number: 2, report_id: null, errors: JSON.stringify([]) as never }).execute();
  await as(office.clerk, (tx) => tx.insertInto('sheet_mapping').values({ agency_id: office.clerk.agencyId, header_hash: headerHash(['Nội dung']), mapping: JSON.stringify({}) as never,
    saved_by: office.clerk.officerId, saved_at: tx.now }).execute());
  ids.figure = (await as(office.clerk, (tx) => tx.insertInto('external_figure').values({ agency_id: office.clerk.agencyId, kind: 'attacks', value: 3, qualifier: 'exact', unit: 'case',
    period_from: '2026-10-01', period_to: '2026-10-31', source: 'Báo cáo', officer_id: office.clerk.officerId, token_id: null, recorded_at: tx.now, withdrawn_at: null, withdrawn_reason: null })
    .returning('id').executeTakeFirstOrThrow())).id;
  ids.text = await as(office.drafter, (tx) => proposeText(tx, office.drafter, { title: 'Xin thêm ảnh', bodyVi: 'Xin gửi thêm ảnh chụp.', bodyEn: 'Please send a screenshot.' }));
  ids.regrouping = await as(office.drafter, (tx) => moveReports(tx, office.drafter, [ids.likely], ids.otherCase, 'cùng một kịch bản'));
  await as(office.drafter, (tx) => addNote(tx, office.drafter, { caseId: ids.case }, 'Gọi lại cho ngân hàng.'));
  await as(office.drafter, (tx) => addNote(tx, office.drafter, { reportId: ids.stopped }, 'Ghi chú về phản ánh sẽ dừng.'));
  ids.note = (await desk.owner.selectFrom('note').select('id').where('case_id', '=', ids.case).executeTakeFirstOrThrow()).id;
  ids.indicator = (await desk.owner.selectFrom('report_indicator').select('indicator_id').where('report_id', '=', ids.report).executeTakeFirstOrThrow()).indicator_id;
  await as(office.gate, (tx) => answerGate(desk, tx, office.gate, ids.stopped, { ...PASSED, opinion: true }, []));
  // A stop announces itself to the agency that sent the report.
  await as(office.gate, (tx) => answerGate(desk, tx, office.gate, ids.sent, PASSED, []));
  (await desk.owner.selectFrom('report').select('text_hash').where('id', '=', ids.likeThreat).executeTakeFirstOrThrow()).text_hash!.copy(HASH);
}, 60_000);

/** Who sends a statement: an officer by the part played, or another kind of actor with what its context holds. */
type Sender = keyof typeof office | { readonly kind: 'system' | 'intake' | 'public' | 'auth' } | { readonly kind: 'reporter'; readonly of: keyof typeof ids } | { readonly kind: 'agency'; readonly like: keyof typeof office };
interface Step {
  readonly as: Sender;
  readonly sql: string;
  readonly values?: readonly unknown[];
}

const CONTEXT = `select set_config('desk.kind', $1, true), set_config('desk.officer', $2, true), set_config('desk.agency', $3, true),
  set_config('desk.roles', $4, true), set_config('desk.report', $5, true), set_config('desk.now', $6, true)`;

async function enter(client: pg.PoolClient, sender: Sender): Promise<void> {
  const actor = typeof sender === 'string' ? office[sender] : null;
  const agency = actor?.agencyId ?? (typeof sender === 'object' && sender.kind === 'agency' ? office[sender.like].agencyId : '');
  const report = typeof sender === 'object' && sender.kind === 'reporter' ? ids[sender.of] : '';
  await client.query(CONTEXT, [typeof sender === 'string' ? 'officer' : sender.kind, actor?.officerId ?? '', agency, actor?.roles.join(',') ?? '', report, desk.clock.now().toISOString()]);
}

/** `:name` becomes the id of that thing, `:me(part)` an officer's id, `:agency(part)` that officer's agency. */
function filled(text: string): string {
  return text.replace(/:me\((\w+)\)/g, (_, part: keyof typeof office) => `'${office[part].officerId}'`).replace(/:agency\((\w+)\)/g, (_, part: keyof typeof office) => `'${office[part].agencyId}'`)
    .replace(/(?<!:):([a-z]\w*)/gi, (whole, name: string) => (name in ids ? `'${ids[name as keyof typeof ids]}'` : whole));
}

/** Runs the steps as lachan_app in one transaction up to the checks of a commit, then takes everything back. @returns the last result */
async function run(steps: readonly Step[]): Promise<pg.QueryResult> {
  const client = await desk.pool.connect();
  try {
    await client.query('begin');
    let last: pg.QueryResult | undefined;
    for (const step of steps) {
      await enter(client, step.as);
      last = await client.query(filled(step.sql), [...(step.values ?? [])]);
    }
    await client.query('set constraints all immediate');
    return last!;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** What the database answers: an error by its words, or 0 = it changed or gave nothing. */
interface Attempt {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly refused: RegExp | 0;
}
const one = (name: string, sender: Sender, sql: string, refused: RegExp | 0, values?: readonly unknown[]): Attempt => ({ name, steps: [{ as: sender, sql, values }], refused });
const RLS = /row-level security/;
const DENIED = /permission denied/;
const REPORTER: Sender = { kind: 'reporter', of: 'report' };
const AGENCY: Sender = { kind: 'agency', like: 'stranger' };
const SYSTEM: Sender = { kind: 'system' };
const INTAKE: Sender = { kind: 'intake' };
const PUBLIC: Sender = { kind: 'public' };
const GROUP = (from: string, to: string) => `insert into regrouping (kind, agency_id, officer_id, from_case, to_case, reason, at) values ('move', ctx_agency(), ctx_officer(), ${from}, ${to}, 'thử xem', desk_now())`;
/** The keyed hash of a story that waits; see the last lines of the set-up. */
const HASH = Buffer.alloc(32);
const TEXT = (state: string, approver: string, drafter = 'ctx_officer()') => `insert into canned_text (agency_id, title, body_vi, body_en, state, drafter_id, approver_id, created_at)
  values (ctx_agency(), 'Câu mới', 'Nội dung mới', 'New words', '${state}', ${drafter}, ${approver}, desk_now())`;
const NOTE = (on: string, id: string, agency: string, officer: string) => `insert into note (${on}, agency_id, officer_id, body, at) values (${id}, ${agency}, ${officer}, 'chen vào', desk_now())`;
const TOKEN = (agency: string, { by = 'ctx_officer()', scopes = `'{reports:read}'`, from = 'desk_now()', life = '30 days' } = {}) => `insert into api_token (agency_id, name, token_hash, scopes, created_by, created_at, expires_at)
  values (${agency}, 'máy lạ', '\\x01', ${scopes}, ${by}, ${from}, ${from} + interval '${life}')`;
const FIGURE = (agency: string, officer: string) => `insert into external_figure (agency_id, kind, value, qualifier, unit, period_from, period_to, source, officer_id, recorded_at)
  values (${agency}, 'attacks', 9, 'exact', 'case', '2026-10-01', '2026-10-31', 'thử', ${officer}, desk_now())`;
const MESSAGE = (report: string, by: 'desk' | 'reporter', officer: string) => `insert into message (report_id, sent_by, officer_id, body, at) values (${report}, '${by}', ${officer}, 'lời giả', desk_now())`;
const SHEET = (agency: string, officer: string) => `insert into sheet_import (agency_id, officer_id, file_name, original_sha256, original_bytes, created_at) values (${agency}, ${officer}, 'x.csv', '\\x00', 1, desk_now())`;
const PASS = (report: string, passed: boolean) => `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person, whole_profile,
  self_interest, passed, at) values ('intake', ${report}, 'phishing_impersonation', ctx_officer(), ctx_agency(), ${!passed}, false, false, false, false, false, false, ${passed}, desk_now())`;

const ATTEMPTS: Readonly<Record<string, readonly Attempt[]>> = {
  'regrouping': [
    one('into a case of another agency', 'drafter', 'update report set case_id = :foreignCase where id = :report', /only into a case of the agency that handles it/),
    one('into a closed case', 'drafter', 'update report set case_id = :closedCase where id = :report', /a closed case takes no reports/),
    one('into a closed case, from none', 'drafter', 'update report set case_id = :closedCase where id = :likeThreat', /a closed case takes no reports/),
    one('into a pile that never links', 'drafter', 'update report set case_id = :threatCase where id = :report', /never linked/),
    one('a threat into a pile of others', 'drafter', 'update report set case_id = :otherCase where id = :threat', /never linked/),
    { name: 'a pile made by renaming the harm', refused: /never linked/, steps: [
      { as: 'drafter', sql: 'update report set case_id = :otherCase where id = :likeThreat' },
      { as: 'drafter', sql: `update report set category = 'threat_harassment' where id = :likeThreat` }] },
    one('by a job into a pile that never links', SYSTEM, 'update report set case_id = :threatCase where id = :report', /never linked/),
    one('by the intake', INTAKE, 'update report set case_id = :otherCase where id = :report', 0),
    one('by the reporter', REPORTER, 'update report set case_id = :otherCase where id = :report', /only supplies what was asked for/),
    one('by another agency', 'stranger', 'update report set case_id = :foreignCase where id = :report', 0),
    one('noted in another’s name', 'drafter', GROUP(':case', ':otherCase').replace('ctx_officer()', ':me(leader)'), RLS),
    one('noted about a case of another agency', 'drafter', GROUP(':case', ':foreignCase'), RLS),
    { name: 'noted about a report of another agency', refused: RLS, steps: [
      { as: 'stranger', sql: GROUP('null', 'null') },
      { as: 'stranger', sql: 'insert into regrouped_report (regrouping_id, report_id) select id, :report from regrouping where officer_id = ctx_officer()' }] },
    one('the sealed words of a stopped report read by an officer', 'gate', 'select 1 from report where id = :stopped and sealed_story is not null', DENIED),
    one('history rewritten', 'drafter', `update regrouping set reason = 'khác' where id = :regrouping`, DENIED),
    one('history deleted', 'drafter', 'delete from regrouping where id = :regrouping', DENIED),
    one('its reports rewritten', SYSTEM, 'update regrouped_report set to_case = null', DENIED),
    one('its reports deleted', SYSTEM, 'delete from regrouped_report', DENIED),
    one('its indicators deleted', 'drafter', 'delete from regrouped_indicator', DENIED),
    one('read by another agency', 'stranger', 'select 1 from regrouping union all select 1 from regrouped_report', 0),
    one('a trace sent to a case of another agency', 'drafter', 'update indicator set case_id = :foreignCase where id = :indicator', RLS),
    one('another number for a case', 'drafter', `update case_file set number = 'x' where id = :case`, DENIED),
    one('a case given to another agency', 'drafter', 'update case_file set lead_agency_id = :agency(stranger) where id = :case', DENIED),
    one('a step noted in another agency’s name', 'drafter', `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action) values (desk_now(), 'officer', ctx_officer(), :agency(stranger), 'case', :case, 'x')`, RLS),
    one('a trace turned into another', 'drafter', `update indicator set value = 'khac.example', match_key = '\\x00' where id = :indicator`, DENIED),
  ],
  'what is written of a report': [
    one('a story rewritten', 'drafter', `update report set narrative = 'khác' where id = :report`, /words of a report cannot be rewritten/),
    one('a story rewritten by a job', SYSTEM, `update report set search = 'khác' where id = :report`, /words of a report cannot be rewritten/),
    one('a stopped story put back', 'gate', `update report set narrative = 'Bài viết chê cơ quan' where id = :stopped`, /words of a report cannot be rewritten/),
    one('a flood labelled by hand', 'gate', 'update report set fold = :report where id = :likeThreat', /words of a report cannot be rewritten/),
    one('another secret', 'gate', `update report set secret_hash = '\\x00' where id = :report`, /receipt of a report cannot be rewritten/),
    one('another sender', 'gate', `update report set commune_code = null, money_lost = 5 where id = :report`, /receipt of a report cannot be rewritten/),
    one('moved without a regrouping', 'drafter', 'update report set case_id = :otherCase where id = :report', /moves between cases by a regrouping/),
    one('its clock put off', 'gate', `update report set due_on = '2030-01-01' where id = :report`, /clock of a report is not set by hand/),
    one('given away', 'gate', 'update report set handling_agency_id = :agency(stranger) where id = :report', /receipt of a report cannot be rewritten/),
    one('another harm after the gate', 'gate', `update report set category = 'scam' where id = :report`, /category that passed the gate stays/),
    one('an erasure put off', 'gate', `update report set erase_after = desk_now() + interval '1 year' where id = :stopped`, /S13: what is stopped is erased within 30 days/),
    one('a stop without an end', 'gate', `update report set state = 'stopped', stop_code = 'opinion' where id = :likeThreat`, /S13: what is stopped is erased within 30 days/),
    { name: 'a stop that withholds nothing', refused: /was stopped and not withheld/, steps: [
      { as: 'gate', sql: `update report set state = 'stopped', stop_code = 'opinion', erase_after = desk_now() where id = :likeThreat` },
      { as: 'gate', sql: `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, to_state, reason) values (desk_now(), 'officer', ctx_officer(), ctx_agency(), 'report', :likeThreat, 'stop', 'stopped', 'opinion')` }] },
    one('a report made up by an officer', 'drafter', `insert into report (id, code, secret_hash, idempotency_hash, payload_hash, channel, category, state, narrative, search, province_code, reporter_kind, handling_agency_id, language, received_at)
      select gen_random_uuid(), 'x', 'x', 'x', 'x', channel, category, 'received', narrative, search, province_code, 'anonymous', handling_agency_id, language, received_at from report r where r.id = :report`, RLS),
    one('a stop put on a report of another agency', 'stranger', PASS(':likeThreat', false), RLS),
    one('a gate passed on a report one only sent', 'stranger', PASS(':sent', true), RLS),
  ],
  'a reporter': [
    one('changes the harm', REPORTER, `update report set category = 'scam'`, /category that passed the gate stays/),
    one('puts a report of the same words together', REPORTER, 'update report set fold = :other, text_hash = null', /words of a report cannot be rewritten/),
    one('calls it answered', REPORTER, `update report set due_on = null, read_by_desk_at = null`, /only supplies what was asked for/),
    one('reopens it', REPORTER, `update report set state = 'stopped', stop_code = 'opinion'`, /S13|only supplies/),
    one('reads another report', REPORTER, 'select 1 from report where id <> :report', 0),
    one('reads arrivals', REPORTER, 'select sender_sealed from arrival', 0),
    one('reads notes, likeness or who gated', REPORTER, 'select 1 from note union all select 1 from report_sketch union all select 1 from gate_check', 0),
    one('writes into another conversation', REPORTER, MESSAGE(':other', 'reporter', 'null'), RLS),
    one('speaks as the desk', REPORTER, MESSAGE(':report', 'desk', 'null'), RLS),
    one('hangs a picture on another report', REPORTER, `insert into attachment select (jsonb_populate_record(null::attachment, jsonb_build_object('id', gen_random_uuid(), 'report_id', :other, 'name', 'x', 'media_type', 'x',
      'bytes', 1, 'original_ref', 'x', 'original_sha256', '\\x00', 'copy_ref', 'x', 'copy_bytes', 1, 'width', 1, 'height', 1, 'at', desk_now()))).*`, RLS),
    one('adds a trace', REPORTER, 'insert into report_indicator (report_id, indicator_id, grouping_key) values (:report, :indicator, true)', RLS),
  ],
  'an officer’s word': [
    one('an answer in another’s name', 'drafter', MESSAGE(':report', 'desk', ':me(leader)'), RLS),
    one('an answer without a name', 'drafter', MESSAGE(':report', 'desk', 'null'), RLS),
    one('an answer by the agency that sent it', 'stranger', MESSAGE(':sent', 'desk', 'ctx_officer()'), RLS),
    one('words put into the reporter’s mouth', 'drafter', MESSAGE(':report', 'reporter', 'null'), RLS),
    one('a note in another officer’s name', 'drafter', NOTE('case_id', ':case', 'ctx_agency()', ':me(leader)'), RLS),
    one('a note in another agency’s name', 'drafter', NOTE('case_id', ':case', ':agency(stranger)', 'ctx_officer()'), RLS),
    one('a note on a case of another agency', 'stranger', NOTE('case_id', ':case', 'ctx_agency()', 'ctx_officer()'), RLS),
    one('a note on what was stopped', 'drafter', NOTE('report_id', ':stopped', 'ctx_agency()', 'ctx_officer()'), RLS),
    one('a note by a reporter', REPORTER, NOTE('report_id', ':report', ':agency(drafter)', ':me(drafter)'), RLS),
    one('a note by a machine', AGENCY, NOTE('report_id', ':sent', 'ctx_agency()', ':me(stranger)'), RLS),
    one('a note rewritten', 'drafter', `update note set body = 'khác' where id = :note`, DENIED),
    one('notes read by another agency', 'stranger', 'select body from note', 0),
    one('notes read by a machine', { kind: 'agency', like: 'drafter' }, 'select body from note', 0),
    one('notes on what was stopped', 'drafter', 'select body from note where report_id = :stopped', 0),
    one('a text approved by its drafter', 'drafter', `update canned_text set state = 'approved', approver_id = ctx_officer() where id = :text`, /canned_text_check/),
    one('a text approved in another’s name', 'drafter', `update canned_text set state = 'approved', approver_id = :me(leader) where id = :text`, /second person, in person/),
    one('a text approved by nobody', 'drafter', `update canned_text set state = 'approved' where id = :text`, /second person, in person|canned_text_check/),
    one('a text proposed as approved', 'drafter', TEXT('approved', ':me(leader)'), /begins as a proposal/),
    one('a text proposed in another’s name', 'drafter', TEXT('proposed', 'null', ':me(leader)'), /begins as a proposal/),
    one('a text of another agency approved', 'stranger', `update canned_text set state = 'approved', approver_id = ctx_officer() where id = :text`, 0),
    one('a text rewritten', 'leader', `update canned_text set body_vi = 'lời khác' where id = :text`, DENIED),
    { name: 'an approver exchanged on the way out of use', refused: /who approved a text is not rewritten/, steps: [
      { as: 'leader', sql: `update canned_text set state = 'approved', approver_id = ctx_officer() where id = :text` },
      { as: 'gate', sql: `update canned_text set state = 'retired', approver_id = ctx_officer() where id = :text` }] },
    { name: 'a retired text approved again', refused: /second person, in person/, steps: [
      { as: 'leader', sql: `update canned_text set state = 'retired' where id = :text` },
      { as: 'leader', sql: `update canned_text set state = 'approved', approver_id = ctx_officer() where id = :text` }] },
  ],
  'arrivals': [
    one('read by another agency', 'stranger', 'select 1 from arrival', 0),
    one('read by a machine', { kind: 'agency', like: 'gate' }, 'select sender_sealed from arrival', 0),
    one('read by the public', PUBLIC, 'select 1 from arrival', 0),
    one('read by the sign-in', { kind: 'auth' }, 'select 1 from arrival', 0),
    one('of a stopped report', 'gate', 'select 1 from arrival where id = :takenStopped', 0),
    one('a refused picture of a stopped report', 'gate', 'select 1 from arrival where id = :pictureStopped', 0),
    one('taken without a report', INTAKE, `update arrival set state = 'taken' where id = :waiting`, /arrival_check/),
    one('taken by an officer', 'gate', `update arrival set state = 'taken', report_id = :report where id = :waiting`, /taken together with its report/),
    one('taken by a job', SYSTEM, `update arrival set state = 'threaded', report_id = :report where id = :waiting`, /taken together with its report/),
    one('quarantined onto a report', INTAKE, `update arrival set report_id = :report where id = :quarantined`, /only what was taken/),
    one('taken from its report', 'gate', `update arrival set state = 'waiting', report_id = null where id = :taken`, /stays with its report/),
    one('taken from its report by the intake', INTAKE, `update arrival set state = 'set_aside', reason = 'x', report_id = null where id = :taken`, /stays with its report/),
    one('those of stopped reports set free, all at once', 'gate', `update arrival set report_id = null where state = 'taken'`, /stays with its report/),
    one('a stopped report’s, without looking', 'gate', `update arrival set attempts = 99 where id = :takenStopped`, 0),
    one('a picture told to be another report’s', 'gate', `update arrival set facts = '{}' where id = :picture`, /what arrived is not rewritten/),
    one('an original pointed elsewhere', 'gate', `update arrival set original_ref = 'x' where id = :quarantined`, /what arrived is not rewritten/),
    one('deleted by an officer', 'gate', 'delete from arrival', 0),
    one('written by an officer', 'gate', `insert into arrival (channel, media, agency_id, receiver, external_hash, arrived_at, recorded_at) values ('email', 'mail', ctx_agency(), 'x', '\\x00', desk_now(), desk_now())`, RLS),
  ],
  'tokens and webhooks': [
    one('hashes read without the role', 'leader', 'select token_hash from api_token', 0),
    one('hashes read by another agency’s administrator', 'foreignAdministrator', 'select token_hash from api_token', 0),
    one('hashes read by a machine', { kind: 'agency', like: 'administrator' }, 'select token_hash from api_token', 0),
    one('hashes read by the intake or a job', SYSTEM, 'select token_hash from api_token', 0),
    one('created without the role', 'leader', TOKEN('ctx_agency()'), RLS),
    one('created for another agency', 'administrator', TOKEN(':agency(stranger)'), RLS),
    one('created in another’s name', 'administrator', TOKEN('ctx_agency()', { by: ':me(leader)' }), RLS),
    one('with a scope out of the list', 'administrator', TOKEN('ctx_agency()', { scopes: `'{reports:read,identities:read}'` }), /api_token_scopes_check/),
    one('without a scope', 'administrator', TOKEN('ctx_agency()', { scopes: `'{}'` }), /api_token_scopes_check/),
    one('for more than 400 days', 'administrator', TOKEN('ctx_agency()', { life: '401 days' }), /api_token_check/),
    one('for 400 days from next year on', 'administrator', TOKEN('ctx_agency()', { from: `(desk_now() + interval '1 year')`, life: '400 days' }), RLS),
    one('prolonged', 'administrator', `update api_token set expires_at = expires_at + interval '1 day' where id = :token`, DENIED),
    one('widened', 'administrator', `update api_token set scopes = '{reports:write}' where id = :token`, DENIED),
    { name: 'un-revoked', refused: /a revoked token stays revoked/, steps: [
      { as: 'administrator', sql: 'update api_token set revoked_at = desk_now(), revoked_by = ctx_officer() where id = :token' },
      { as: 'administrator', sql: 'update api_token set revoked_at = null, revoked_by = null where id = :token' }] },
    one('revoked in another’s name', 'administrator', 'update api_token set revoked_at = desk_now(), revoked_by = :me(leader) where id = :token', /a revoked token stays revoked/),
    one('revoked by another agency', 'foreignAdministrator', 'update api_token set revoked_at = desk_now(), revoked_by = ctx_officer() where id = :token', 0),
    one('webhook secrets of another agency', 'administrator', 'select secret_sealed from webhook', 0),
    one('webhook secrets without the role', 'stranger', 'select secret_sealed from webhook', 0),
    one('deliveries of another agency', 'administrator', 'select payload from webhook_delivery', 0),
    one('deliveries rewritten by their agency', 'foreignAdministrator', `update webhook_delivery set payload = '{}'`, 0),
    one('a webhook for another agency', 'administrator', `insert into webhook (agency_id, url, secret_sealed, created_by, created_at) values (:agency(stranger), 'https://x.example', '\\x00', ctx_officer(), desk_now())`, RLS),
    one('a webhook in another’s name', 'administrator', `insert into webhook (agency_id, url, secret_sealed, created_by, created_at) values (ctx_agency(), 'https://x.example', '\\x00', :me(leader), desk_now())`, RLS),
    one('a webhook sent elsewhere', 'foreignAdministrator', `update webhook set url = 'https://x.example'`, DENIED),
  ],
  'spreadsheets and figures': [
    one('imports, rows and mappings of another agency', 'stranger', 'select 1 from sheet_import union all select 1 from sheet_row union all select 1 from sheet_mapping', 0),
    one('imports by a machine', { kind: 'agency', like: 'clerk' }, 'select 1 from sheet_import union all select 1 from sheet_row', 0),
    one('an import for another agency', 'clerk', SHEET(':agency(stranger)', 'ctx_officer()'), RLS),
    one('an import in another’s name', 'clerk', SHEET('ctx_agency()', ':me(leader)'), RLS),
    one('an import of another agency changed', 'stranger', `update sheet_import set state = 'cancelled' where id = :sheet`, 0),
    one('a row by an officer', 'clerk', `insert into sheet_row (import_id, number, errors) values (:sheet, 9, '[]')`, RLS),
    one('a mapping in another’s name', 'clerk', `update sheet_mapping set saved_by = :me(leader)`, RLS),
    one('a figure for another agency', 'clerk', FIGURE(':agency(stranger)', 'ctx_officer()'), RLS),
    one('a figure in another’s name', 'clerk', FIGURE('ctx_agency()', ':me(leader)'), RLS),
    one('a figure for another agency by a machine', AGENCY, FIGURE(':agency(clerk)', 'null'), RLS),
    one('a figure by a machine in an officer’s name', AGENCY, FIGURE('ctx_agency()', ':me(stranger)'), RLS),
    one('a figure read by an agency that coordinates nothing', 'stranger', 'select 1 from external_figure where id = :figure', 0),
    one('a figure overwritten', 'clerk', 'update external_figure set value = 0 where id = :figure', DENIED),
    { name: 'a withdrawn figure brought back', refused: 0, steps: [
      { as: 'clerk', sql: `update external_figure set withdrawn_at = desk_now(), withdrawn_reason = 'sai' where id = :figure` },
      { as: 'clerk', sql: 'update external_figure set withdrawn_at = null, withdrawn_reason = null where id = :figure' }] },
  ],
  'a machine with a token': [
    one('reads reports it did not send', AGENCY, 'select 1 from report where sender_agency_id is distinct from ctx_agency()', 0),
    one('reads messages of others', AGENCY, 'select 1 from message where report_id <> :sent', 0),
    one('reads that somebody left a contact', AGENCY, 'select report_id from reporter_identity', 0),
    one('opens who reported', AGENCY, `select 1 where open_identity(:report, 'tò mò thôi') is not null`, 0),
    one('reads the journal', AGENCY, 'select 1 from journal', 0),
    one('reads pictures', AGENCY, 'select 1 from attachment', 0),
    one('reads traces', AGENCY, 'select 1 from indicator union all select 1 from report_indicator', 0),
    one('reads who gated', AGENCY, 'select 1 from gate_check', 0),
    one('reads people', AGENCY, 'select 1 from officer union all select 1 from session union all select 1 from officer_secret', 0),
    one('reads likeness', AGENCY, 'select 1 from report_sketch', 0),
    one('answers as the desk', AGENCY, MESSAGE(':sent', 'desk', 'null'), RLS),
    one('answers as the reporter', AGENCY, MESSAGE(':sent', 'reporter', 'null'), RLS),
    one('marks as read', AGENCY, 'update message set read_at = desk_now()', 0),
    one('changes its own report', AGENCY, `update report set category = 'scam' where id = :sent`, 0),
    one('deletes its own report', AGENCY, 'delete from report where id = :sent', 0),
    one('asks when others’ reports changed', AGENCY, 'select * from sent_changes(array[:report, :other]::uuid[])', 0),
  ],
  'likeness and floods': [
    one('like reports of another agency', 'stranger', 'select * from like_reports(:likely, 0, 100)', 0),
    one('like reports for a machine', { kind: 'agency', like: 'gate' }, 'select * from like_reports(:likely, 0, 100)', 0),
    { name: 'like reports of a harm that never links', refused: 0, steps: [
      { as: 'drafter', sql: `update report set category = 'threat_harassment' where id = :likeThreat` }, { as: 'drafter', sql: 'select * from like_reports(:likeThreat, 0, 100)' }] },
    { name: 'a harm that never links among like reports', refused: 0, steps: [
      { as: 'drafter', sql: `update report set category = 'threat_harassment' where id = :likeThreat` }, { as: 'drafter', sql: 'select * from like_reports(:likely, 0, 100)' }] },
    ...(['drafter', 'stranger', PUBLIC, REPORTER, AGENCY, SYSTEM] as const).map((sender) => one(`whether somebody reported a text, asked by ${typeof sender === 'string' ? sender : sender.kind}`, sender,
      'select * from folds_of(array[$1::bytea])', 0, [HASH])),
    one('sketches written by an officer', 'drafter', `insert into report_sketch (report_id, bands) values (:report, '{1}')`, RLS),
    one('sketches of another agency', 'stranger', 'select 1 from report_sketch where report_id <> :sent', 0),
  ],
  'threading': [
    one('by an officer', 'gate', 'select 1 where thread_arrival(:waiting)', 0),
    one('by the intake', INTAKE, 'select 1 where thread_arrival(:waiting)', 0),
    { name: 'twice', refused: 0, steps: [{ as: REPORTER, sql: 'select thread_arrival(:waiting)' }, { as: REPORTER, sql: 'select 1 where thread_arrival(:waiting)' }] },
    { name: 'what another report took', refused: 0, steps: [{ as: { kind: 'reporter', of: 'other' }, sql: 'select thread_arrival(:waiting)' }, { as: REPORTER, sql: 'select 1 where thread_arrival(:waiting)' }] },
    one('what became a report', { kind: 'reporter', of: 'other' }, 'select 1 where thread_arrival(:taken)', 0),
    one('the picture of another report', { kind: 'reporter', of: 'other' }, 'select 1 where thread_arrival(:picture)', 0),
  ],
};

describe.each(Object.entries(ATTEMPTS))('%s', (_group, attempts) => {
  it.each(attempts)('$name', async ({ steps, refused }) => {
    if (refused === 0) expect((await run(steps)).rowCount).toBe(0);
    else await expect(run(steps)).rejects.toThrow(refused);
  });
});

/** What the attempts aim at is there for those it is for; without this every 0 above would prove nothing. */
const ALLOWED: readonly Attempt[] = [
  { name: 'a report moves within the agency by a regrouping', refused: 0, steps: [
    { as: 'drafter', sql: 'update report set case_id = :otherCase where id = :report' },
    { as: 'drafter', sql: GROUP(':case', ':otherCase') },
    { as: 'drafter', sql: 'insert into regrouped_report (regrouping_id, report_id, from_case, to_case) select id, :report, from_case, to_case from regrouping where officer_id = ctx_officer() and at = desk_now() and to_case = :otherCase' }] },
  one('its trace moves along', 'drafter', 'update indicator set case_id = :otherCase where id = :indicator', 0),
  one('a move is noted', 'drafter', GROUP(':case', ':otherCase'), 0),
  one('moves are read', 'drafter', 'select 1 from regrouped_report where report_id = :likely', 0),
  one('an answer is given', 'drafter', MESSAGE(':report', 'desk', 'ctx_officer()'), 0),
  one('a reporter writes', REPORTER, MESSAGE(':report', 'reporter', 'null'), 0),
  one('a note is read', 'leader', 'select 1 from note where id = :note', 0),
  one('a text is approved by a second person', 'leader', `update canned_text set state = 'approved', approver_id = ctx_officer() where id = :text`, 0),
  one('an arrival is read', 'gate', 'select 1 from arrival where id = :taken', 0),
  one('a refused picture is read', 'gate', 'select 1 from arrival where id = :picture', 0),
  one('an arrival of a stopped report is there', SYSTEM, 'select 1 from arrival where id = :takenStopped', 0),
  one('a refused picture of a stopped report is there', SYSTEM, 'select 1 from arrival where id = :pictureStopped', 0),
  one('an arrival is read again', 'gate', `update arrival set state = 'waiting', reason = null where id = :quarantined`, 0),
  one('a token is created', 'administrator', TOKEN('ctx_agency()', { life: '400 days' }), 0),
  one('a token is revoked', 'administrator', 'update api_token set revoked_at = desk_now(), revoked_by = ctx_officer() where id = :token', 0),
  one('deliveries are read', 'foreignAdministrator', 'select 1 from webhook_delivery', 0),
  one('a figure is added by a machine’s officer', 'clerk', FIGURE('ctx_agency()', 'ctx_officer()'), 0),
  one('a figure is withdrawn', 'clerk', `update external_figure set withdrawn_at = desk_now(), withdrawn_reason = 'sai' where id = :figure`, 0),
  one('a machine reads what it sent', AGENCY, 'select 1 from report where id = :sent', 0),
  one('a machine asks when it changed', AGENCY, 'select * from sent_changes(array[:sent]::uuid[])', 0),
  one('like reports are found', 'drafter', 'select * from like_reports(:likely, 3, 100)', 0),
  one('floods are recognised', INTAKE, 'select * from folds_of(array[$1::bytea])', 0, [HASH]),
  one('an answer is threaded', REPORTER, 'select 1 where thread_arrival(:waiting)', 0),
  one('a refused picture is threaded to its report', REPORTER, 'select 1 where thread_arrival(:picture)', 0),
];

describe('what is allowed', () => {
  it.each(ALLOWED)('$name', async ({ steps }) => {
    expect((await run(steps)).rowCount).toBeGreaterThan(0);
  });
});

/** What the database still lets a wrong statement do; each becomes an attempt above when it is closed. */
const KNOWN_GAPS: readonly Attempt[] = [
  one('an officer links the letters of one sender', 'gate', 'select 1 from arrival where sender_hash is not null', 0),
  one('a reporter takes a stranger’s waiting letter into the own conversation', { kind: 'reporter', of: 'other' }, 'select 1 where thread_arrival(:waiting)', 0),
  one('anybody writes a step of a thing never seen into the journal', PUBLIC, `insert into journal (at, actor_kind, entity, entity_id, action) values (desk_now(), 'public', 'report', :report, 'x')`, RLS),
  one('an officer puts off when a contact is purged', 'gate', `update reporter_identity set purge_after = purge_after + 3650 where report_id = :report`, 0),
];

describe('known gaps', () => {
  it.fails.each(KNOWN_GAPS)('$name', async ({ steps, refused }) => {
    if (refused === 0) expect((await run(steps)).rowCount).toBe(0);
    else await expect(run(steps)).rejects.toThrow(refused);
  });
});

/** Every table a context may read anything of, with one of everything in them. Reference data (rights, law, places) is not listed. */
const REFERENCE = ['agency', 'agency_contact', 'agency_name', 'agency_successor', 'area_alias', 'calendar_year', 'category', 'commune', 'competence', 'excluded_provision', 'holiday', 'legal_basis', 'legal_document', 'legal_element', 'measure',
  'province', 'social_site', 'state_transition', 'warning', 'warning_target'];
const READABLE: readonly (readonly [string, Sender | null, readonly string[]])[] = [
  ['nobody', null, []],
  ['the public', PUBLIC, []],
  ['the sign-in', { kind: 'auth' }, ['api_token', 'login_attempt', 'officer', 'officer_role', 'officer_secret', 'session']],
  ['the intake', INTAKE, ['arrival', 'case_file', 'case_party', 'channel_health', 'counter', 'indicator', 'pending_upload', 'report_indicator']],
  ['a reporter', REPORTER, ['attachment', 'indicator', 'message', 'pending_upload', 'report', 'report_indicator']],
  ['a machine', AGENCY, ['external_figure', 'message', 'report']],
];

describe('reads only what it is for:', () => {
  it.each(READABLE)('%s', async (_name, sender, tables) => {
    const { rows } = await desk.pool.query<{ name: string; columns: string }>(`select table_name as name, string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
      where table_schema = 'public' and has_column_privilege('lachan_app', quote_ident(table_name), column_name, 'select') group by 1 order by 1`);
    expect(rows.length).toBeGreaterThan(40);
    const read: string[] = [];
    for (const { name, columns } of rows) {
      const client = await desk.pool.connect();
      try {
        await client.query('begin');
        if (sender) await enter(client, sender);
        const { rowCount } = await client.query(`select ${columns} from ${name} limit 1`);
        if (rowCount) read.push(name);
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
    expect(read.filter((name) => !tables.includes(name) && !(sender && REFERENCE.includes(name)))).toEqual([]);
  });
});
