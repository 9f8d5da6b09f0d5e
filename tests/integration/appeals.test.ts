import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#catalogue/roles.ts';
import { publicCode, secretFrom } from '#core/codes.ts';
import { acceptAppeal, appealJobs, askAppellant, decideAppeal, fileAppeal, openAppeal, refuseAppeal, routeAppeal, stayForAppeal, takeBackAppeal, takeOverAppeal, type AppealParty } from '#modules/appeals/index.ts';
import { addAppealMessage } from '#modules/appeals/commands.ts';
import { appellantView, tookPart } from '#modules/appeals/queries.ts';
import { addObservation, addVerification, answerGate, answerReporter, closeCase, takeCase } from '#modules/cases/index.ts';
import { dropDraft } from '#modules/decisions/commands/draft.ts';
import { beginInterim, decideSecond, expireDecisions, renewDecision, returnDraft, reviewLegally, saveDraft, startDraft, submitDraft, withdrawDecision } from '#modules/decisions/index.ts';
import { hashSecret, submitReport } from '#modules/intake/index.ts';
import { PUBLIC, system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, type Page } from '../support/browser.ts';
import { completeDraft, completeInput, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';
import { smtpSink } from '../support/smtp.ts';

const smtp = await smtpSink();
const desk = await testDesk({ SMTP_URL: smtp.url, BASE_URL: 'https://desk.example' });
afterAll(() => smtp.close());
const app = await webApp(desk, 1e6);

const LEAD = 'so-vhttdl';
const WORDS = 'Trang này là trang thử nghiệm của trường tôi, không hỏi mã OTP của ai; ảnh chụp trong cảnh báo là của trang khác.';
const REASONS = 'Đã mở lại trang và hỏi nhà trường: trang không có biểu mẫu xin mã OTP như quyết định nêu.';
const START = desk.clock.now();

let office: Office;
/** Took no part in anything. */
let fair: OfficerActor;
let other: OfficerActor;
let serial = 0;

beforeAll(async () => {
  office = await openOffice(desk);
  fair = await addOfficer(desk, LEAD, ['reviewer'], 'Ma Thị Bằng');
  other = await addOfficer(desk, LEAD, ['leader'], 'Hoàng Thị Ngay');
});

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const later = (ms = 60_000) => desk.clock.set(new Date(desk.clock.now().getTime() + ms));
const DAY = 86_400_000;

interface Made {
  readonly id: string;
  readonly caseId: string;
  readonly reportIds: readonly string[];
  readonly agencyId: string;
}

async function submitted(): Promise<Made> {
  serial += 1;
  const { caseId, reportIds } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả ở https://trang-${serial}.example/otp xin mã` })]);
  const id = await completeDraft(desk, office, caseId);
  await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  return { id, caseId, reportIds, agencyId: office.drafter.agencyId };
}

async function inForce(): Promise<Made> {
  const made = await submitted();
  await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, made.id, PASSED, [], EFFECTS));
  later();
  return made;
}

const byPublic = (made: Made): AppealParty => ({ party: 'affected', accessId: null, decisionId: made.id, agencyId: made.agencyId });

async function file(by: AppealParty, more: { words?: string; email?: string; formKey?: string; asksStay?: boolean } = {}) {
  const receipt = await fileAppeal(desk, { by, words: WORDS, asksStay: false, language: 'vi', email: null, formKey: randomBytes(16).toString('hex'), ...more });
  const id = (await openAppeal(desk, receipt.code, receipt.secret))!;
  return { ...receipt, id };
}

const decision = (id: string) => desk.owner.selectFrom('decision').select(['state', 'stayed_at']).where('id', '=', id).executeTakeFirstOrThrow();
const appeal = (id: string) => desk.owner.selectFrom('appeal').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const warning = (id: string) => desk.owner.selectFrom('warning').select(['slug', 'lifted_at', 'stayed_at']).where('decision_id', '=', id).orderBy('published_at', 'desc').executeTakeFirstOrThrow();
const accept = (id: string, who = fair, complex = false, remote = false) => as(who, (tx) => acceptAppeal(desk, tx, who, id, complex, remote));
const job = (name: string, data: object = {}) => appealJobs(EFFECTS).find((one) => one.name === name)!.run(desk, data as never);

/** Code and secret of a notice as the room that sends them makes them. */
async function access(decisionId: string, party: 'recipient' | 'affected' = 'affected'): Promise<{ id: string; code: string; secret: string }> {
  const secret = secretFrom(randomBytes(13));
  const code = publicCode('TB', { province: '04', date: '2026-11-22', sequence: ++serial });
  return inTransaction(desk, system('test'), async (tx) => {
    const { id } = await tx.insertInto('decision_access').values({ decision_id: decisionId, party, recipient_id: null, code, secret_hash: hashSecret(secret), created_at: tx.now, delay_reason: null, delay_until: null })
      .returning('id').executeTakeFirstOrThrow();
    return { id, code, secret };
  });
}

describe('the way of an appeal', () => {
  it('goes from a public page to a reversal that leaves nothing in force', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made), { email: 'chu-trang@truong.example', asksStay: true });
    expect(filed.code).toMatch(/^XL-04-261122-\d{4}-\d$/);
    // Sunday 22/11: Mon 23, off on 24/11, so seven working days end on Wednesday 02/12.
    expect(filed.acceptBy).toBe('2026-12-02');
    await accept(filed.id);
    expect((await appeal(filed.id)).decide_by).toBe('2026-12-22');
    await as(fair, (tx) => stayForAppeal(desk, tx, fair, filed.id, 'Trang của trường đang tuyển sinh', EFFECTS));
    expect((await decision(made.id)).stayed_at).not.toBeNull();
    expect((await warning(made.id)).stayed_at).not.toBeNull();
    expect((await new TestBrowser(app).get(`/canh-bao/${(await warning(made.id)).slug}`)).status).toBe(404);
    await as(fair, (tx) => askAppellant(desk, tx, fair, filed.id, 'Trường cho biết tên miền được đăng ký từ khi nào?'));
    await addAppealMessage(desk, filed.id, 'Đăng ký từ tháng 5/2025, có hóa đơn.');
    await as(fair, (tx) => decideAppeal(desk, tx, fair, filed.id, 'reversed', REASONS, EFFECTS));
    expect((await decision(made.id)).state).toBe('reversed');
    expect((await warning(made.id)).lifted_at).not.toBeNull();
    const view = await appellantView(desk, filed.id);
    expect([view.state, view.outcome, view.reasons, view.subject.state]).toEqual(['decided', 'reversed', REASONS, 'reversed']);
    expect(view.steps.map(({ step }) => step)).toEqual(['file', 'accept', 'stay', 'decide', 'reverse']);
    expect(JSON.stringify(view)).not.toContain(fair.name);
    for (const letter of ['news', 'outcome'] as const) await job('tell-appellant', { appealId: filed.id, letter });
    const mails = smtp.mails.filter(({ to }) => to.includes('chu-trang@truong.example'));
    expect(mails).toHaveLength(2);
    for (const { text } of mails) {
      expect(text).toContain(filed.code);
      expect([WORDS.slice(0, 30), REASONS.slice(0, 30), filed.secret].filter((kept) => text.includes(kept))).toEqual([]);
    }
    const opened = await desk.owner.selectFrom('journal').select('actor_kind').where('entity_id', '=', filed.id).where('action', '=', 'open_contact').execute();
    expect(opened).toEqual([{ actor_kind: 'system' }, { actor_kind: 'system' }]);
  });

  it('gives the same receipt for the same form, and refuses other words under it', async () => {
    const made = await inForce();
    const formKey = randomBytes(16).toString('hex');
    const both = await Promise.all([file(byPublic(made), { formKey }), file(byPublic(made), { formKey })]);
    expect(both[0]).toEqual(both[1]);
    expect(await file(byPublic(made), { formKey })).toEqual(both[0]);
    await expect(file(byPublic(made), { formKey, words: `${WORDS} Khác.` })).rejects.toMatchObject({ code: 'conflict' });
    expect(await desk.owner.selectFrom('appeal').select('id').where('decision_id', '=', made.id).execute()).toHaveLength(1);
  });

  it('upheld: the measure goes on, and a stay ends with the last appeal', async () => {
    const made = await inForce();
    const [one, two] = [await file(byPublic(made)), await file(byPublic(made))];
    await accept(one.id);
    await accept(two.id, other);
    await as(fair, (tx) => stayForAppeal(desk, tx, fair, one.id, 'Thiệt hại khó khắc phục', EFFECTS));
    await as(fair, (tx) => decideAppeal(desk, tx, fair, one.id, 'upheld', REASONS, EFFECTS));
    expect((await decision(made.id)).stayed_at).not.toBeNull();
    await job('end-stays');
    expect((await decision(made.id)).stayed_at).not.toBeNull();
    await as(other, (tx) => decideAppeal(desk, tx, other, two.id, 'upheld', REASONS, EFFECTS));
    expect(await decision(made.id)).toEqual({ state: 'in_force', stayed_at: null });
    expect((await warning(made.id)).stayed_at).toBeNull();
  });

  it('two appeals: the second is still decided after the first reversed', async () => {
    const made = await inForce();
    const [one, two] = [await file(byPublic(made)), await file(byPublic(made))];
    await accept(one.id);
    await accept(two.id);
    await as(fair, (tx) => decideAppeal(desk, tx, fair, one.id, 'reversed', REASONS, EFFECTS));
    later();
    await as(fair, (tx) => decideAppeal(desk, tx, fair, two.id, 'reversed', REASONS, EFFECTS));
    expect((await appellantView(desk, two.id)).outcome).toBe('reversed');
  });

  it('taken back: the system resumes the measure, and nothing more is taken', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made));
    await accept(filed.id);
    await as(fair, (tx) => stayForAppeal(desk, tx, fair, filed.id, 'Thiệt hại khó khắc phục', EFFECTS));
    await takeBackAppeal(desk, filed.id);
    await expect(takeBackAppeal(desk, filed.id)).rejects.toMatchObject({ code: 'conflict' });
    await job('end-stays');
    expect(await decision(made.id)).toEqual({ state: 'in_force', stayed_at: null });
    expect((await warning(made.id)).stayed_at).toBeNull();
    await expect(addAppealMessage(desk, filed.id, 'thêm')).rejects.toMatchObject({ code: 'conflict' });
    await expect(as(fair, (tx) => decideAppeal(desk, tx, fair, filed.id, 'upheld', REASONS, EFFECTS))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('routed out: words and messages are gone from every table and from the journal', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made), { words: 'Tôi tố cáo ông Trần Văn Bịa nhận tiền của chủ trang kia để cảnh báo trang tôi.' });
    await addAppealMessage(desk, filed.id, 'Ông Trần Văn Bịa gặp họ ngày 20/11.');
    await as(fair, (tx) => routeAppeal(desk, tx, fair, filed.id));
    const everything = JSON.stringify([
      await desk.owner.selectFrom('appeal').selectAll().execute(), await desk.owner.selectFrom('appeal_message').selectAll().execute(), await desk.owner.selectFrom('journal').selectAll().execute(),
    ]);
    expect(everything).not.toContain('Văn Bịa');
    expect((await appellantView(desk, filed.id)).state).toBe('routed');
  });

  it('not accepted with a reason; taken over by another reviewer', async () => {
    const made = await inForce();
    const one = await file(byPublic(made));
    await as(fair, (tx) => refuseAppeal(desk, tx, fair, one.id, 'Việc này đã được giải quyết, không có thông tin mới.'));
    expect((await appellantView(desk, one.id)).reasons).toContain('không có thông tin mới');
    const two = await file(byPublic(made));
    await accept(two.id);
    await expect(as(other, (tx) => decideAppeal(desk, tx, other, two.id, 'upheld', REASONS, EFFECTS))).rejects.toMatchObject({ details: { reason: 'not_reviewer' } });
    await expect(as(office.reviewer, (tx) => takeOverAppeal(tx, office.reviewer, two.id, 'tôi nhận'))).rejects.toMatchObject({ details: { reason: 'took_part' } });
    await as(other, (tx) => takeOverAppeal(tx, other, two.id, 'Người xem xét nghỉ ốm'));
    await as(other, (tx) => decideAppeal(desk, tx, other, two.id, 'upheld', REASONS, EFFECTS));
    expect((await appeal(two.id)).reviewer_id).toBe(other.officerId);
  });

  it('follows a measure that was renewed meanwhile, and a stayed one is not renewed', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made));
    await accept(filed.id);
    const renewal = await as(office.drafter, async (tx) => {
      await addObservation(tx, office.drafter, made.caseId, 'Mở lại trang hôm nay: biểu mẫu vẫn còn, cùng nội dung.');
      return renewDecision(tx, office.drafter, made.id);
    });
    const { facts } = await desk.owner.selectFrom('decision').select('facts').where('id', '=', renewal).executeTakeFirstOrThrow();
    const input = await completeInput(desk, made.caseId, renewal);
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, renewal, { ...input, facts: facts || input.facts }));
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, renewal));
    await as(fair, (tx) => stayForAppeal(desk, tx, fair, filed.id, 'Thiệt hại khó khắc phục', EFFECTS));
    const approve = () => as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, renewal, PASSED, [], EFFECTS));
    await expect(approve()).rejects.toThrow(/S9: a measure that is stayed is not renewed/);
    await takeBackAppeal(desk, filed.id);
    await job('end-stays');
    const again = await file(byPublic(made));
    await accept(again.id);
    await approve();
    expect((await decision(made.id)).state).toBe('expired');
    later();
    await as(fair, (tx) => decideAppeal(desk, tx, fair, again.id, 'reversed', REASONS, EFFECTS));
    expect((await decision(renewal)).state).toBe('reversed');
    expect((await warning(renewal)).lifted_at).not.toBeNull();
  });

  it('ends an interim measure too, and copes with one that died', async () => {
    serial += 1;
    const { caseId, reportIds } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả ở https://khan-cap-${serial}.example/otp` })]);
    const id = await completeDraft(desk, office, caseId);
    await as(office.drafter, (tx) => beginInterim(desk, tx, office.drafter, id, 'Tiền đang bị chuyển', EFFECTS));
    const made = { id, caseId, reportIds, agencyId: office.drafter.agencyId };
    later();
    const [one, two] = [await file(byPublic(made)), await file(byPublic(made))];
    await accept(one.id);
    await accept(two.id);
    await as(fair, (tx) => decideAppeal(desk, tx, fair, one.id, 'reversed', REASONS, EFFECTS));
    expect((await decision(id)).state).toBe('reversed');
    expect(await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS))).toBeGreaterThanOrEqual(0);
    await as(fair, (tx) => decideAppeal(desk, tx, fair, two.id, 'changed', REASONS, EFFECTS));
  });

  it('a refused reporter has the decision not to act looked at again', async () => {
    serial += 1;
    const report = reportOf({ narrative: `Trang giả ở https://khong-xu-ly-${serial}.example/otp` });
    const { caseId, reportIds } = await verifiedCase(desk, office, [report]);
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'NO_ACTION', 'Tỉnh Cao Bằng'));
    const input = await completeInput(desk, caseId, id);
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, id, { ...input, endsOn: null, options: {}, locators: [] }));
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
    await as(office.drafter, (tx) => answerReporter(desk, tx, office.drafter, reportIds[0]!, 'Chúng tôi kết luận không áp dụng biện pháp.'));
    const filed = await file({ party: 'reporter', reportId: reportIds[0]!, decisionId: id, agencyId: office.drafter.agencyId });
    await accept(filed.id);
    await expect(as(fair, (tx) => stayForAppeal(desk, tx, other, filed.id, 'Thiệt hại khó khắc phục', EFFECTS))).rejects.toMatchObject({ code: 'forbidden' });
    await as(fair, (tx) => decideAppeal(desk, tx, fair, filed.id, 'reversed', REASONS, EFFECTS));
    expect((await decision(id)).state).toBe('reversed');
    const view = await appellantView(desk, filed.id);
    expect([view.subject.measure, view.party, view.subject.reportCode]).toEqual(['NO_ACTION', 'reporter', expect.stringMatching(/^PA-/)]);
  });

  it('notes once what is overdue', async () => {
    const made = await inForce();
    const [filed, taken] = [await file(byPublic(made)), await file(byPublic(made))];
    await accept(taken.id);
    const notes = async () => (await desk.owner.selectFrom('journal').select('action').where('entity_id', 'in', [filed.id, taken.id]).where('action', 'like', 'late_%').orderBy('seq').execute()).map(({ action }) => action);
    await job('appeal-clocks');
    expect(await notes()).toEqual([]);
    later(12 * DAY);
    await job('appeal-clocks');
    await job('appeal-clocks');
    expect(await notes()).toEqual(['late_accept']);
    later(30 * DAY);
    await job('appeal-clocks');
    expect(await notes()).toEqual(['late_accept', 'late_decide']);
    desk.clock.set(new Date(START.getTime() + 3600_000));
  });

  it('opens a closed case again after an outcome that is not “upheld”', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made));
    await accept(filed.id);
    await as(office.drafter, (tx) => answerReporter(desk, tx, office.drafter, made.reportIds[0]!, 'Trang này là lừa đảo, cảm ơn bạn.'));
    await as(office.drafter, (tx) => closeCase(tx, office.drafter, made.caseId, 'Đã xong'));
    await as(fair, (tx) => decideAppeal(desk, tx, fair, filed.id, 'remitted', REASONS, EFFECTS));
    await job('reopen-for-appeal', { appealId: filed.id });
    await job('reopen-for-appeal', { appealId: filed.id });
    expect((await desk.owner.selectFrom('case_file').select('state').where('id', '=', made.caseId).executeTakeFirstOrThrow()).state).toBe('verifying');
  });
});

// ── By SQL, as the application's role ────────────────────────────────────────────────────────────────────────────────

class Undone extends Error {}

/** Runs statements as the application in an actor's context up to the checks of a commit, then takes all back. Gives the refusal, or what the last one changed. */
async function attempt(actor: Actor, ...statements: readonly string[]): Promise<string> {
  try {
    await inTransaction(desk, actor, async (tx) => {
      let changed: string | undefined;
      for (const statement of statements) {
        const result = await sql.raw(statement).execute(tx);
        changed = result.numAffectedRows === undefined ? `rows ${result.rows.length}` : `changed ${result.numAffectedRows}`;
      }
      await sql`set constraints all immediate`.execute(tx);
      throw new Undone(changed);
    });
    return 'committed';
  } catch (error) {
    return (error as Error).message;
  }
}

const journaled = (id: string, from: string, to: string, entity = 'appeal') => `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state, reason)
  values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), '${entity}', '${id}', 'attempt', '${from}', '${to}', 'thử')`;
const noted = (entity: string, id: string, action: string) => `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action)
  values (desk_now(), ctx_kind(), ctx_officer(), ctx_agency(), '${entity}', '${id}', '${action}')`;
const accepting = (id: string, who: OfficerActor, more = '') => [
  `update appeal set state = 'accepted', reviewer_id = '${who.officerId}', accepted_at = desk_now(), decide_by = desk_today() + 30 ${more} where id = '${id}'`, journaled(id, 'filed', 'accepted')];
const deciding = (id: string, outcome = 'upheld', reasons = REASONS) => [
  `update appeal set state = 'decided', outcome = '${outcome}', reasons = '${reasons}', decided_at = desk_now() where id = '${id}'`, journaled(id, 'accepted', 'decided')];
const filing = (made: Made, more: { party?: string; decision?: string | null; report?: string; agency?: string; acceptBy?: string; state?: string } = {}) => {
  const { party = 'affected', decision: about = made.id, report, agency = made.agencyId, acceptBy = 'desk_today() + 9', state = 'filed' } = more;
  const code = `XL-04-261122-${9000 + ++serial}-0`;
  return `insert into appeal (code, secret_hash, state, party, agency_id, decision_id, report_id, words, asks_stay, language, form_hash, filed_at, accept_by) values
    ('${code}', '${code}', '${state}', '${party}', '${agency}', ${about ? `'${about}'` : 'null'}, ${report ? `'${report}'` : 'null'}, 'Trang này là của trường tôi.', false, 'vi', '${code}', desk_now(), ${acceptBy})`;
};

describe('by SQL', () => {
  let live: Made;
  let draft: Made;
  let open: { id: string; code: string; secret: string };
  let mine: { id: string };

  beforeAll(async () => {
    live = await inForce();
    draft = await submitted();
    open = await file(byPublic(live), { email: 'a@truong.example' });
    mine = await file(byPublic(live), { email: 'b@truong.example' });
    await accept(mine.id);
  });

  it('files only about what was decided and what is theirs', async () => {
    const entry = await access(live.id);
    const party = { kind: 'party', accessId: entry.id } as const;
    const reporter = { kind: 'reporter', reportId: live.reportIds[0]! } as const;
    expect(await attempt(PUBLIC, filing(live))).toBe('changed 1');
    expect(await attempt(party, filing(live))).toBe('changed 1');
    expect(await attempt(PUBLIC, filing(draft))).toMatch(/S9: only what was decided/);
    const second = await inForce();
    expect(await attempt(party, filing(second))).toMatch(/S9: this appeal is not theirs/);
    expect(await attempt(party, filing(live, { party: 'recipient' }))).toMatch(/S9: this appeal is not theirs/);
    expect(await attempt(party, filing(live, { report: live.reportIds[0]! }))).toMatch(/not theirs/);
    expect(await attempt(PUBLIC, filing(live, { party: 'reporter' }))).toMatch(/not theirs/);
    expect(await attempt(PUBLIC, filing(live, { agency: office.stranger.agencyId }))).toMatch(/S9: only what was decided/);
    expect(await attempt(PUBLIC, filing(live, { decision: null }))).toMatch(/S9: an appeal is about/);
    expect(await attempt(reporter, filing(live, { party: 'reporter', report: live.reportIds[0]! }))).toMatch(/not theirs/); // not answered yet
    expect(await attempt(reporter, filing(live))).toMatch(/not theirs/);
    for (const actor of [fair, office.drafter, system('x'), { kind: 'intake' } as const]) expect(await attempt(actor, filing(live))).toMatch(/S9|row-level security/);
    expect(await attempt(PUBLIC, filing(live, { state: 'accepted' }))).toMatch(/begins as filed|check constraint/);
    expect(await attempt(PUBLIC, filing(live, { acceptBy: 'desk_today() + 60' }))).toMatch(/7 working days/);
    await as(office.drafter, (tx) => answerReporter(desk, tx, office.drafter, second.reportIds[0]!, 'Không thuộc thẩm quyền.'));
    const answered = { kind: 'reporter', reportId: second.reportIds[0]! } as const;
    expect(await attempt(answered, filing(second, { party: 'reporter', report: second.reportIds[0]!, decision: null }))).toBe('changed 1');
    expect(await attempt(answered, filing(second, { party: 'reporter', report: second.reportIds[0]!, decision: live.id }))).toMatch(/not theirs/);
    expect(await attempt(answered, filing(second, { party: 'reporter', report: live.reportIds[0]!, decision: null }))).toMatch(/not theirs/);
  });

  it('numbers of other series stay closed to whoever files', async () => {
    const take = (scope: string) => `insert into counter (scope, value) values ('${scope}', 1) on conflict (scope) do update set value = counter.value + 1`;
    expect(await attempt(PUBLIC, take('appeal/04/2026-11-22'))).toBe('changed 1');
    expect(await attempt(PUBLIC, take('report/04/2026-11-22'))).toMatch(/row-level security/);
  });

  describe('a reviewer took no part before', () => {
    type Way = { readonly name: string; readonly actor: OfficerActor };
    const ways: Way[] = [];
    let target: { id: string };
    const NAMES = ['gate', 'verification', 'evidence', 'draft', 'returned a draft', 'second gate', 'legal review', 'second officer', 'case officer', 'took the case before', 'answer'] as const;

    beforeAll(async () => {
      const person = (name: string, roles: readonly Role[] = ['reviewer', 'case_officer', 'intake']) => addOfficer(desk, LEAD, roles, name);
      const { caseId, reportIds } = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả ở https://moi-cach.example/otp' })]);
      const by = async (name: (typeof NAMES)[number], work: (tx: Tx, actor: OfficerActor) => Promise<unknown>, actor?: OfficerActor) => {
        const who = actor ?? await person(name);
        await as(who, (tx) => work(tx, who));
        ways.push({ name, actor: who });
      };
      ways.push({ name: 'gate', actor: office.gate });
      await by('took the case before', (tx, actor) => takeCase(tx, actor, caseId));
      await by('verification', (tx, actor) => addVerification(tx, actor, caseId, { checked: 'Tra tên miền', otherExplanation: 'Không có', finding: 'Trang giả', confidence: 'medium' }));
      await by('evidence', (tx, actor) => addObservation(tx, actor, caseId, 'Chụp lại trang lúc 10:00 ngày 22/11/2026.'));
      await by('draft', async (tx, actor) => {
        const id = await startDraft(tx, actor, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng');
        await dropDraft(tx, actor, id, 'Soạn lại');
      });
      const fresh = async () => {
        const id = await completeDraft(desk, office, caseId);
        await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
        return id;
      };
      const returned = await fresh();
      await by('returned a draft', (tx, actor) => returnDraft(desk, tx, actor, returned, 'Thiếu lý do', EFFECTS));
      await as(office.drafter, (tx) => dropDraft(tx, office.drafter, returned, 'Bỏ'));
      const final = await fresh();
      const legal = await person('legal review', ['reviewer', 'legal']);
      await by('legal review', (tx, actor) => reviewLegally(tx, actor, final, true, 'Đồng ý'), legal);
      ways[ways.length - 1] = { name: 'legal review', actor: legal };
      await by('second officer', (tx, actor) => decideSecond(desk, tx, actor, final, PASSED, [], EFFECTS));
      const stopped = await fresh();
      await by('second gate', (tx, actor) => decideSecond(desk, tx, actor, stopped, { ...PASSED, opinion: true }, [], EFFECTS));
      await by('answer', (tx, actor) => answerReporter(desk, tx, actor, reportIds[0]!, 'Đã xác minh, cảm ơn bạn.'));
      await by('case officer', (tx, actor) => takeCase(tx, actor, caseId));
      later();
      target = await file({ party: 'affected', accessId: null, decisionId: final, agencyId: office.drafter.agencyId });
    }, 30_000);

    it.each(NAMES)('%s', async (name) => {
      const { actor } = ways.find((way) => way.name === name)!;
      expect(await attempt(actor, ...accepting(target.id, actor))).toMatch(/S9: whoever took part before/);
      expect(await attempt(actor, `update appeal set state = 'not_accepted', reviewer_id = '${actor.officerId}', reasons = 'khong thu ly' where id = '${target.id}'`)).toMatch(/S9: whoever took part/);
      expect(await attempt(actor, `insert into appeal_message (appeal_id, sent_by, officer_id, body, at) values ('${target.id}', 'desk', ctx_officer(), 'x', desk_now())`)).toMatch(/S9: whoever took part/);
      expect(await as(actor, (tx) => tookPart(tx, target.id, actor.officerId))).toBe(true);
      await expect(accept(target.id, actor)).rejects.toMatchObject({ code: 'forbidden' });
    });

    it('nobody else is barred', async () => {
      expect(await attempt(fair, ...accepting(target.id, fair))).toBe('changed 1');
      expect(await as(fair, (tx) => tookPart(tx, target.id, fair.officerId))).toBe(false);
    });
  });

  it('is reviewed in person, by a reviewer of the agency, today', async () => {
    expect(await attempt(office.stranger, ...accepting(open.id, office.stranger).slice(0, 1))).toBe('changed 0');
    expect(await attempt(office.clerk, ...accepting(open.id, office.clerk).slice(0, 1))).toBe('changed 0');
    // The role claimed by the session alone is not enough.
    expect(await attempt({ ...office.clerk, roles: ['reviewer'] }, ...accepting(open.id, office.clerk))).toMatch(/S9: the reviewer is a reviewer of this agency/);
    expect(await attempt(fair, ...accepting(open.id, other))).toMatch(/S9: the reviewer acts in person/);
    expect(await attempt(other, ...deciding(mine.id))).toMatch(/S9: the reviewer acts in person/);
    expect(await attempt(other, `update appeal set reviewer_id = '${office.leader.officerId}' where id = '${mine.id}'`)).toMatch(/S9: the reviewer acts in person/);
    expect(await attempt(system('x'), `update appeal set reviewer_id = '${other.officerId}' where id = '${mine.id}'`)).toMatch(/S9: the reviewer acts in person/);
    expect(await attempt(system('x'), ...deciding(mine.id))).toMatch(/by this actor/);
    expect(await attempt({ kind: 'appellant', appealId: mine.id }, ...deciding(mine.id))).toMatch(/by this actor/);
    expect(await attempt({ kind: 'appellant', appealId: mine.id }, `update appeal set state = 'taken_back' where id = '${open.id}'`)).toBe('changed 0');
  });

  it('keeps its clocks and its words', async () => {
    expect(await attempt(fair, ...accepting(open.id, fair).map((one) => one.replace('desk_today() + 30', 'desk_today() + 60')))).toMatch(/decided in 30 days/);
    expect(await attempt(fair, ...accepting(open.id, fair, ', is_complex = true, is_remote = true').map((one) => one.replace('desk_today() + 30', 'desk_today() + 60')))).toBe('changed 1');
    for (const change of ["decide_by = decide_by + 1", "accept_by = accept_by + 1", "words = 'khác hẳn'", "asks_stay = true", "filed_at = now()", "is_complex = true", "accepted_at = null", "reasons = 'x'", 'contact_sealed = null', "party = 'reporter'", "code = 'XL'"]) {
      for (const actor of [fair, system('x'), { kind: 'appellant', appealId: mine.id } as const]) {
        expect([change, await attempt(actor, `update appeal set ${change} where id = '${mine.id}'`)]).toEqual([change, expect.stringMatching(/not rewritten|permission denied|check constraint/)]);
      }
    }
    expect(await attempt(fair, ...deciding(mine.id, 'upheld', 'ngắn'))).toMatch(/S9: an appeal is decided now and with reasons/);
    expect(await attempt(fair, deciding(mine.id)[0]!)).toMatch(/without a journal entry/);
    expect(await attempt(fair, `delete from appeal where id = '${mine.id}'`)).toMatch(/permission denied/);
    expect(await attempt(fair, `update appeal_message set body = 'x'`)).toMatch(/permission denied/);
    expect(await attempt(fair, `update appeal set state = 'routed', reviewer_id = ctx_officer() where id = '${open.id}'`)).toMatch(/a denunciation is not stored/);
    expect(await attempt(fair, ...accepting(open.id, fair).map((one) => one.replace("state = 'accepted'", "state = 'accepted', words = '–'")))).toMatch(/not rewritten/);
    await addAppealMessage(desk, open.id, 'Tôi còn ảnh chụp.');
    expect(await attempt(fair, `update appeal set state = 'routed', reviewer_id = ctx_officer(), words = '–' where id = '${open.id}'`, journaled(open.id, 'filed', 'routed'))).toMatch(/a denunciation is not stored/);
    expect(await attempt(fair, `delete from appeal_message where appeal_id = '${open.id}'`)).toMatch(/append-only/);
  });

  it('reverses by an appeal alone, and leaves nothing in force', async () => {
    const reverse = [`update decision set state = 'reversed' where id = '${live.id}'`, journaled(live.id, 'in_force', 'reversed', 'decision')];
    expect(await attempt(fair, ...reverse)).toMatch(/S9: a decision is reversed by its appeal alone/);
    expect(await attempt(fair, ...deciding(mine.id, 'upheld'), ...reverse)).toMatch(/S9: a decision is reversed by its appeal alone/);
    for (const outcome of ['reversed', 'changed', 'remitted']) expect(await attempt(fair, ...deciding(mine.id, outcome))).toMatch(/S9: the outcome of appeal .* is not carried out/);
    const page = await desk.owner.selectFrom('warning').select('id').where('decision_id', '=', live.id).where('lifted_at', 'is', null).executeTakeFirstOrThrow();
    expect(await attempt(fair, ...deciding(mine.id, 'reversed'), ...reverse)).toMatch(/is not carried out/); // its warning still shows
    expect(await attempt(fair, ...deciding(mine.id, 'reversed'), ...reverse, noted('warning', page.id, 'lift'), `update warning set lifted_at = desk_now() where id = '${page.id}' and lifted_at is null`)).toBe('changed 1');
    const elsewhere = await inForce();
    expect(await attempt(fair, ...deciding(mine.id, 'reversed'), `update decision set state = 'reversed' where id = '${elsewhere.id}'`)).toMatch(/S9: a decision is reversed by its appeal alone/);
  });

  it('stays by the reviewer of an accepted appeal, and not without', async () => {
    const stay = (id: string, at = 'desk_now()') => `update decision set stayed_at = ${at} where id = '${id}'`;
    expect(await attempt(fair, noted('decision', live.id, 'stay'), stay(live.id))).toBe('changed 1');
    for (const actor of [other, office.reviewer, office.drafter, system('x')]) expect(await attempt(actor, stay(live.id))).toMatch(/S9: a measure is stayed by the reviewer/);
    expect(await attempt(fair, stay(live.id, "desk_now() - interval '1 day'"))).toMatch(/S9/);
    const elsewhere = await inForce();
    await file(byPublic(elsewhere));
    expect(await attempt(fair, stay(elsewhere.id))).toMatch(/S9: a measure is stayed by the reviewer/);
    await as(fair, (tx) => stayForAppeal(desk, tx, fair, mine.id, 'Thiệt hại khó khắc phục', EFFECTS));
    const resume = `update decision set stayed_at = null where id = '${live.id}'`;
    for (const actor of [fair, other, system('x')]) expect(await attempt(actor, resume)).toMatch(/S9: a stay ends with the appeal/);
    expect(await attempt(fair, `update warning set stayed_at = null where decision_id = '${live.id}'`)).toMatch(/S9: the warning of a stayed decision rests/);
    expect(await attempt(fair, ...deciding(mine.id, 'upheld'))).toMatch(/S9: the stay outlives appeal/);
    expect(await attempt(other, `update appeal set state = 'taken_back' where id = '${mine.id}'`)).toMatch(/S9: the reviewer acts in person/);
    expect(await attempt(fair, `update appeal set state = 'taken_back' where id = '${mine.id}'`)).toMatch(/by this actor/);
  });

  it('shows appeals to their agency and their appellant alone', async () => {
    expect(await attempt(office.stranger, 'select id from appeal')).toBe('rows 0');
    expect(await attempt(office.stranger, 'select id from appeal_message')).toBe('rows 0');
    expect(await attempt(office.stranger, `select 1 from journal where entity = 'appeal'`)).toBe('rows 0');
    expect(await attempt(office.clerk, 'select id from appeal')).toBe('rows 0');
    for (const actor of [PUBLIC, { kind: 'reporter', reportId: live.reportIds[0]! } as const, { kind: 'intake' } as const, { kind: 'auth' } as const]) expect(await attempt(actor, 'select id from appeal')).toBe('rows 0');
    expect(await attempt({ kind: 'appellant', appealId: open.id }, 'select id from appeal')).toBe('rows 1');
    expect(await attempt({ kind: 'appellant', appealId: open.id }, `select id from decision`)).toBe('rows 0');
    expect(await attempt({ kind: 'appellant', appealId: open.id }, `select * from appeal_subject()`)).toBe('rows 1');
    expect(await attempt(PUBLIC, `select * from appeal_subject()`)).toBe('rows 0');
    expect(await attempt(PUBLIC, `select * from appeals_of('${live.id}')`)).toMatch(/permission denied/);
    for (const column of ['contact_sealed', 'secret_hash']) expect(await attempt(system('x'), `select ${column} from appeal`)).toMatch(/permission denied/);
    for (const actor of [fair, PUBLIC, { kind: 'appellant', appealId: open.id } as const]) expect(await attempt(actor, `select open_appellant('${open.id}')`)).toMatch(/S12/);
  });

  it('opens by code and secret together alone', async () => {
    expect(await openAppeal(desk, open.code, open.secret)).toBe(open.id);
    expect(await openAppeal(desk, open.code.toLowerCase().replaceAll('-', ' '), open.secret.toLowerCase().replaceAll('-', ''))).toBe(open.id);
    const wrong = secretFrom(randomBytes(13));
    expect(await openAppeal(desk, open.code, wrong)).toBeNull();
    expect(await openAppeal(desk, 'XL-04-261122-9999-1', open.secret)).toBeNull();
    expect(await openAppeal(desk, open.code.replace('XL', 'PA'), open.secret)).toBeNull();
    expect(await openAppeal(desk, '', '')).toBeNull();
  });
});

// ── The portal and the console, without scripts ──────────────────────────────────────────────────────────────────────

const visible = (page: Page): string => page.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const fields = (page: Page, action: string): Record<string, string> => Object.fromEntries(hiddenFields(page, action));

describe('the portal', () => {
  it('keeps what was typed until it is right, then gives a receipt that opens its page', async () => {
    const made = await inForce();
    const { slug } = await warning(made.id);
    const browser = new TestBrowser(app);
    expect((await browser.get(`/canh-bao/${slug}`)).html).toContain(`/xem-xet-lai?canh-bao=${slug}`);
    const form = await browser.get(`/xem-xet-lai?canh-bao=${slug}`);
    expect(form.status).toBe(200);
    const first = await browser.post('/xem-xet-lai', { ...fields(form, '/xem-xet-lai'), words: 'Sai rồi', stay: '1', email: 'không phải thư' });
    expect(first.status).toBe(422);
    expect(first.html).toContain('Sai rồi</textarea>');
    expect(visible(first)).toContain('Viết ít nhất 20 ký tự');
    expect(visible(first)).toContain('Nói ngắn gọn vì sao cần tạm dừng');
    expect(visible(first)).toContain('Địa chỉ thư chưa đúng dạng');
    // A program fills in the field nobody sees, or answers at once.
    const right = { words: WORDS, stay: '1', stay_why: 'Đang mùa tuyển sinh', email: '' };
    expect(visible(await browser.post('/xem-xet-lai', { ...fields(first, '/xem-xet-lai'), ...right }))).toContain('nhanh hơn người thường đọc');
    later(5000);
    const trapped = await browser.post('/xem-xet-lai', { ...fields(first, '/xem-xet-lai'), ...right, website: 'x' });
    expect(visible(trapped)).toContain('có ô ẩn đã được điền');
    const sent = await browser.post('/xem-xet-lai', { ...fields(trapped, '/xem-xet-lai'), ...right });
    expect(sent.status).toBe(303);
    const receipt = await browser.get(sent.location!);
    const [code] = /XL-04-\d{6}-\d{4}-\d/.exec(receipt.html)!;
    expect(receipt.html).toContain('<svg');
    expect(receipt.html).not.toContain(`ma=${code}&`);
    const row = await desk.owner.selectFrom('appeal').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
    expect(row.words).toBe(`${WORDS}\n\nXin tạm dừng vì: Đang mùa tuyển sinh`);
    expect([row.asks_stay, row.party, row.decision_id]).toEqual([true, 'affected', made.id]);
    const follow = await browser.post('/xem-xet-lai/theo-doi', fields(receipt, '/xem-xet-lai/theo-doi'));
    expect(visible(follow)).toContain('Đề nghị đang chờ thụ lý');
    const [t] = hiddenFields(follow, '/xem-xet-lai/theo-doi');
    const said = await browser.post('/xem-xet-lai/theo-doi', { t: t![1], go: 'reply', body: 'Có hóa đơn tên miền.' });
    expect(visible(said)).toContain('Có hóa đơn tên miền.');
    expect((await browser.post('/xem-xet-lai/theo-doi', { t: t![1], go: 'reply', body: '' })).status).toBe(422);
    expect(visible(await browser.post('/xem-xet-lai/theo-doi', { t: t![1], go: 'take-back' }))).toContain('Bạn đã rút đề nghị');
    expect([...browser.cookies]).toEqual([]);
    later(2 * 3600_000);
    expect((await browser.get(sent.location!)).status).toBe(410);
    expect((await browser.post('/xem-xet-lai/theo-doi', { t: t![1] })).status).toBe(422);
  });

  it('opens by the codes of a notice and of an answered report, in one manner for every wrong pair', async () => {
    const made = await inForce();
    const browser = new TestBrowser(app);
    const { code, secret } = await access(made.id);
    const form = await browser.post('/xem-xet-lai', { code, secret });
    expect(visible(form)).toContain('Viết đề nghị xem xét lại');
    expect(form.html).not.toContain(secret);
    const pages = await Promise.all([{ code, secret: secretFrom(randomBytes(13)) }, { code: 'TB-04-261122-9998-6', secret }, { code: 'xyz', secret: '' }].map((pair) => browser.post('/xem-xet-lai', pair)));
    for (const page of pages) expect([page.status, visible(page).includes('không mở được gì')]).toEqual([422, true]);
    const report = await submitReport(desk, reportOf({ narrative: 'Trang giả khác ở https://chua-tra-loi.example/a' }));
    expect(visible(await browser.post('/xem-xet-lai', { code: report.code, secret: report.secret }))).toContain('chưa được trả lời');
    await as(office.gate, (tx) => answerGate(desk, tx, office.gate, report.id, PASSED, []));
    await as(office.gate, (tx) => answerReporter(desk, tx, office.gate, report.id, 'Không đủ căn cứ để xử lý.'));
    const follow = await browser.post('/tra-cuu', { code: report.code, secret: report.secret });
    const asked = await browser.post('/xem-xet-lai', fields(follow, '/xem-xet-lai'));
    expect(visible(asked)).toContain(`Về trả lời cho phản ánh ${report.code}`);
    later(5000);
    const sent = await browser.post('/xem-xet-lai', { ...fields(asked, '/xem-xet-lai'), words: WORDS });
    expect(sent.status).toBe(303);
    const row = await desk.owner.selectFrom('appeal').selectAll().where('report_id', '=', report.id).executeTakeFirstOrThrow();
    expect([row.party, row.decision_id]).toEqual(['reporter', null]);
    // Whoever answered does not review; somebody else decides, and the case goes on.
    await expect(accept(row.id, office.gate)).rejects.toMatchObject({ code: 'forbidden' });
    await accept(row.id);
    await as(fair, (tx) => decideAppeal(desk, tx, fair, row.id, 'remitted', REASONS, EFFECTS));
  });

  it('keeps the words when what they are about is gone, and takes hostile input calmly', async () => {
    const made = await inForce();
    const { slug } = await warning(made.id);
    const browser = new TestBrowser(app);
    const form = await browser.get(`/xem-xet-lai?canh-bao=${slug}`);
    later(5000);
    const hidden = fields(form, '/xem-xet-lai');
    const odd = await browser.post('/xem-xet-lai', { ...hidden, words: `${WORDS}\u0000\u202e<script>`, email: 'a@truong.example\r\nBcc: b@c.example' });
    expect([odd.status, odd.html.includes('<script>')]).toEqual([422, false]);
    expect((await browser.post('/xem-xet-lai', { ...hidden, words: 'x'.repeat(8001) })).status).toBe(422);
    expect((await browser.post('/xem-xet-lai', { code: 'T'.repeat(5000), secret: 'x'.repeat(5000) })).status).toBe(422);
    expect((await browser.post('/xem-xet-lai/theo-doi', { code: '\u0000', secret: '\u0000' })).status).toBe(422);
    const sent = await browser.post('/xem-xet-lai', { ...hidden, words: `${WORDS}\u0000` });
    expect(sent.status).toBe(303);
    const again = await browser.get(`/xem-xet-lai?canh-bao=${slug}`);
    await as(office.drafter, (tx) => withdrawDecision(desk, tx, office.drafter, made.id, 'Trang đã gỡ', EFFECTS));
    const gone = await browser.post('/xem-xet-lai', { ...fields(again, '/xem-xet-lai'), words: WORDS });
    expect([gone.status, gone.html.includes(WORDS)]).toEqual([422, true]);
    const { code, secret } = await access(made.id);
    expect((await browser.post('/xem-xet-lai', { code, secret, words: WORDS })).html).toContain(`${WORDS}</textarea>`);
  });

  it('stores nothing of a denunciation, and refuses altered seals and foreign tokens', async () => {
    const browser = new TestBrowser(app);
    const before = await desk.owner.selectFrom('appeal').select('id').execute();
    const page = await browser.get('/xem-xet-lai/to-cao');
    expect(visible(page)).toContain('Thanh tra tỉnh');
    expect(page.html).not.toContain('<form');
    expect((await browser.get('/xem-xet-lai?canh-bao=khong-co')).status).toBe(422);
    expect((await browser.get("/xem-xet-lai?canh-bao=../'x")).status).toBe(422);
    expect((await browser.post('/xem-xet-lai', { about: 'AAAA', words: WORDS })).status).toBe(422);
    expect((await browser.post('/xem-xet-lai', { about: desk.keys.token('appeal', { kind: 'receipt', value: { warning: 'x' } }, new Date(desk.clock.now().getTime() + 1e6)), words: WORDS })).status).toBe(422);
    expect((await browser.post('/xem-xet-lai', { t: 'AAAA' })).status).toBe(422);
    expect((await browser.get('/xem-xet-lai/phieu?t=AAAA')).status).toBe(410);
    expect((await browser.get('/en/xem-xet-lai')).status).toBe(200);
    expect(await desk.owner.selectFrom('appeal').select('id').execute()).toEqual(before);
  });
});

describe('the console', () => {
  const cookies = new Map<string, string>();
  async function send(actor: OfficerActor, path: string, form?: Record<string, string>): Promise<{ status: number; location: string | null; html: string }> {
    const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
    cookies.set(actor.officerId, cookie);
    const response = await app.request(path, { method: form ? 'POST' : 'GET', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body: form && new URLSearchParams(form) });
    return { status: response.status, location: response.headers.get('location'), html: await response.text() };
  }

  it('lists with days left, tells who may not review, and takes every step', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made), { asksStay: true });
    const path = `/can-bo/xem-xet-lai/${filed.id}`;
    const list = await send(fair, '/can-bo/xem-xet-lai');
    expect(list.html).toContain(filed.code);
    expect(list.html).toMatch(/còn \d+ ngày/);
    expect((await send(fair, `/can-bo/xem-xet-lai?quyet-dinh=${made.id}`)).html).toContain(filed.code);
    expect((await send(office.stranger, '/can-bo/xem-xet-lai')).html).not.toContain(filed.code);
    const barred = await send(office.reviewer, path);
    expect(barred.html).toContain('Ông/Bà đã dự phần vào việc này');
    expect(barred.html).toContain(fair.name);
    expect(barred.html).not.toContain(`${path}/thu-ly`);
    expect((await send(office.reviewer, `${path}/thu-ly`, {})).status).toBe(403);
    expect((await send(office.clerk, path)).status).toBe(404);
    expect((await send(office.stranger, path)).status).toBe(404);
    const refusedEmpty = await send(fair, `${path}/khong-thu-ly`, { reason: 'x' });
    expect([refusedEmpty.status, refusedEmpty.html.includes('Viết lý do, từ 5')]).toEqual([422, true]);
    expect((await send(fair, `${path}/thu-ly`, { remote: '1' })).location).toBe(`${path}?xong=thu-ly`);
    expect((await appeal(filed.id)).is_remote).toBe(true);
    expect((await send(fair, `${path}/thu-ly`, {})).status).toBe(409);
    expect((await send(fair, `${path}/tam-dung`, { reason: 'Thiệt hại khó khắc phục' })).status).toBe(303);
    expect((await send(fair, `${path}/hoi`, { body: 'Xin gửi hóa đơn tên miền.' })).status).toBe(303);
    const noOutcome = await send(fair, `${path}/ket-luan`, { reasons: REASONS });
    expect([noOutcome.status, noOutcome.html.includes(REASONS), noOutcome.html.includes('Chọn một kết quả')]).toEqual([422, true, true]);
    expect((await send(other, `${path}/ket-luan`, { outcome: 'upheld', reasons: REASONS })).status).toBe(403);
    expect((await send(fair, `${path}/ket-luan`, { outcome: 'changed', reasons: REASONS })).location).toBe(`${path}?xong=ket-luan`);
    expect((await decision(made.id)).state).toBe('reversed');
    expect((await send(fair, '/can-bo/xem-xet-lai?muc=da-xong')).html).toContain(filed.code);
  });

  it('shows what is overdue in red, to leaders too', async () => {
    const made = await inForce();
    const filed = await file(byPublic(made));
    later(14 * DAY);
    cookies.clear();
    const { html } = await send(other, '/can-bo/xem-xet-lai');
    expect(html).toMatch(/class="tag rose">quá hạn \d+ ngày/);
    // The list on the left says so as well, and the most overdue stands first.
    expect(html).toMatch(/<span>Xem xét lại<\/span><b class="tag rose">/);
    expect(html.indexOf('class="tag rose">quá hạn')).toBeLessThan(html.indexOf('class="tag amber">còn') >>> 0);
    expect((await send(other, `/can-bo/xem-xet-lai/${filed.id}`)).html).toContain('class="tag rose">quá hạn');
    desk.clock.set(new Date(START.getTime() + 6 * 3600_000));
  });
});
