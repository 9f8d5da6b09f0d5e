/**
 * What retention does to everything that hangs on a decision or on a stop that was lifted: what bound somebody keeps its reasons with
 * what they cite, what never did goes with its case. And what may not be done to them, as the application's role.
 */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { addMonths, DEADLINES } from '#core/deadlines.ts';
import { acceptAppeal, askAppellant, decideAppeal, fileAppeal, openAppeal, takeBackAppeal } from '#modules/appeals/index.ts';
import { addAppealMessage } from '#modules/appeals/commands.ts';
import { addNote, addObservation, answerGate, answerReporter, answerStopReview, closeCase, openStopped } from '#modules/cases/index.ts';
import { moveReports } from '#modules/cases/commands/grouping.ts';
import { beginInterim, decideSecond, expireDecisions, reviewLegally, saveDraft, startDraft, submitDraft, type Effects } from '#modules/decisions/index.ts';
import { dropDraft } from '#modules/decisions/commands/draft.ts';
import { submitReport } from '#modules/intake/index.ts';
import { askStopReview } from '#modules/intake/commands/stop-review.ts';
import { setDelay } from '#modules/notices/commands/effect.ts';
import { acknowledgeRequest, decideRequest, dueRows, fileRequest, retainDue } from '#modules/retention/index.ts';
import { jsonCopy } from '#modules/retention/copy.ts';
import { holdings } from '#modules/retention/queries/holdings.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { completeInput, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { addOfficer } from '../support/people.ts';

const WORD = 'xanhlamngoc';
const GONE = '(Đã xóa khi hết thời hạn lưu giữ.)';
const EMPTIED = '(Đã xóa cùng lời phản ánh.)';
const desk = await testDesk();
const NOTHING_TO_DO: Effects = { NO_ACTION: [{ start: () => Promise.resolve(), end: () => Promise.resolve() }] };
const ids = { interim: '', noAction: '', dropped: '', interimDecision: '', noActionDecision: '', droppedDecision: '', lifted: '' };
let office: Office;
let legal: OfficerActor;

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const byDrafter = <T>(work: (tx: Tx) => Promise<T>) => as(office.drafter, work);
const setDay = (day: string, time = '09:00') => desk.clock.set(new Date(`${day}T${time}:00+07:00`));
const decision = (id: string) => desk.owner.selectFrom('decision').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

async function keptUntil(caseId: string): Promise<string | null> {
  const { rows } = await as(system('test'), (tx) => sql<{ day: string | null }>`select case_kept_until(${caseId}::uuid) as day`.execute(tx));
  return rows[0]!.day;
}

async function holdOf(caseId: string): Promise<string | null> {
  const { rows } = await sql<{ hold: string | null }>`select case_hold(${caseId}::uuid) as hold`.execute(desk.owner);
  return rows[0]!.hold;
}

/** Names of the tables in which some row still holds a word. */
async function tablesWith(word: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(desk.owner);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ hit: boolean }>`select exists (select 1 from ${sql.table(name)} x where row_to_json(x)::text ilike ${`%${word}%`}) as hit`.execute(desk.owner);
    if (rows[0]!.hit) found.push(name);
  }
  return found;
}

async function draft(caseId: string, measure: 'PUBLIC_WARNING' | 'NO_ACTION' | 'NOTICE_TELECOM', facts = ''): Promise<string> {
  const id = await byDrafter((tx) => startDraft(tx, office.drafter, caseId, measure, 'Tỉnh Cao Bằng'));
  const input = await completeInput(desk, caseId, id);
  await byDrafter((tx) => saveDraft(tx, office.drafter, id, { ...input, facts: input.facts + facts, ...(measure === 'NO_ACTION' && { endsOn: null, locators: [] }) }));
  return id;
}

async function close(caseId: string): Promise<void> {
  for (const { id } of await desk.owner.selectFrom('report').select('id').where('case_id', '=', caseId).where('state', '=', 'attached').execute()) {
    await byDrafter((tx) => answerReporter(desk, tx, office.drafter, id, 'Cảm ơn bạn đã báo tin.'));
  }
  await byDrafter((tx) => closeCase(tx, office.drafter, caseId, 'Đã xử lý xong.'));
}

/** A report that one officer stopped, its reporter asked about and another let through. */
async function liftedStop(): Promise<{ id: string; caseId: string }> {
  const { id } = await submitReport(desk, reportOf({ narrative: `Trang https://nop-phat.example/x đòi tiền, ${WORD}, tôi đã mất 2 triệu` }));
  await as(office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, opinion: true }, []));
  await askStopReview(desk, id, `Tôi bị mất tiền thật, ${WORD}.`);
  await as(office.leader, (tx) => openStopped(desk, tx, { id, category: 'phishing_impersonation' }, `Người này viết ${WORD}`));
  const { caseId } = await as(office.leader, (tx) => answerStopReview(desk, tx, office.leader, id, { answers: PASSED, elements: [], opening: 'Được phân công xem lại', reason: `Có nêu trang giả, ${WORD}.` }));
  return { id, caseId: caseId! };
}

beforeAll(async () => {
  office = await openOffice(desk);
  legal = await addOfficer(desk, 'so-vhttdl', ['legal'], 'Mã Văn Luật');

  // An interim measure that nobody confirmed, with a legal officer's word.
  ({ caseId: ids.interim } = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang https://vneid-khan.example/otp giả VNeID' })]));
  ids.interimDecision = await draft(ids.interim, 'PUBLIC_WARNING');
  await byDrafter((tx) => addObservation(tx, office.drafter, ids.interim, `Ghi nhận sau đó, không viện dẫn, ${WORD}.`));
  await byDrafter((tx) => beginInterim(desk, tx, office.drafter, ids.interimDecision, 'Nhiều người đang mất tiền', EFFECTS));
  await as(legal, (tx) => reviewLegally(tx, legal, ids.interimDecision, true, `Đúng căn cứ, ${WORD}.`));

  // No action: made, and over, the same day.
  ({ caseId: ids.noAction } = await verifiedCase(desk, office, [reportOf({ category: 'phishing_impersonation', narrative: 'Trang https://vneid-het.example/otp nay đã gỡ' })]));
  ids.noActionDecision = await draft(ids.noAction, 'NO_ACTION');
  await byDrafter((tx) => submitDraft(tx, office.drafter, ids.noActionDecision));
  await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, ids.noActionDecision, PASSED, [], NOTHING_TO_DO));

  // A draft that names a number and was dropped, in a case with a stop that was lifted.
  ({ caseId: ids.dropped } = await verifiedCase(desk, office, [reportOf({ category: 'phishing_impersonation', narrative: 'Họ gọi từ 0912555777 tự xưng VNeID, bắt mở https://vneid-goi.example/otp' })]));
  ids.droppedDecision = await draft(ids.dropped, 'NOTICE_TELECOM', ` ${WORD}`);
  await byDrafter((tx) => dropDraft(tx, office.drafter, ids.droppedDecision, 'Chưa đủ chứng cứ'));
  const lifted = await liftedStop();
  ids.lifted = lifted.id;
  await byDrafter((tx) => addNote(tx, office.drafter, { reportId: ids.lifted }, `Gọi lại, ${WORD}.`));
  if (lifted.caseId !== ids.dropped) await byDrafter((tx) => moveReports(tx, office.drafter, [ids.lifted], ids.dropped, 'Cùng một thủ đoạn'));

  setDay('2026-11-24');
  await as(system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
  setDay('2026-12-01');
  for (const caseId of [ids.interim, ids.noAction, ids.dropped]) await close(caseId);
}, 60_000);

describe('what holds a case', () => {
  test('every state that goes on holds it', async () => {
    await expect(desk.owner.transaction().execute(async (tx) => {
      await sql`alter table decision disable trigger user`.execute(tx);
      for (const state of ['draft', 'second_review', 'returned', 'interim', 'in_force']) {
        await sql`update decision set state = ${state}, ends_on = '2027-02-01', interim_at = now(), interim_until = now() where id = ${ids.interimDecision}`.execute(tx);
        const { rows } = await sql<{ hold: string | null }>`select case_hold(${ids.interim}::uuid) as hold`.execute(tx);
        expect([state, rows[0]!.hold]).toEqual([state, 'decision']);
      }
      throw new Error('roll back');
    })).rejects.toThrow('roll back');
  });

  test('a dead interim measure, a dropped draft and a decision without a term do not', async () => {
    expect([(await decision(ids.interimDecision)).state, (await decision(ids.noActionDecision)).state, (await decision(ids.droppedDecision)).state]).toEqual(['expired', 'in_force', 'withdrawn']);
    for (const caseId of [ids.interim, ids.noAction, ids.dropped]) expect(await keptUntil(caseId)).toBe(addMonths('2026-12-01', DEADLINES.keepCase.amount));
  });
});

describe('before the term is over', () => {
  test.each<[string, RegExp, (tx: Tx) => Promise<unknown>]>([
    ['the words of a dropped draft', /decided text is not rewritten/, (tx: Tx) => tx.updateTable('decision').set({ facts: '', side_effects: '', title: '', public_summary: '', advice: '', detail: sql`'{}'` }).where('id', '=', ids.droppedDecision).execute()],
    ['other words for it', /decided text is not rewritten/, (tx: Tx) => tx.updateTable('decision').set({ facts: 'khác' }).where('id', '=', ids.droppedDecision).execute()],
    ['the reasons of a dead interim measure', /decided text is not rewritten/, (tx: Tx) => tx.updateTable('decision').set({ facts: '' }).where('id', '=', ids.interimDecision).execute()],
    ['the parts of a dropped draft', /parts of a submitted decision/, (tx: Tx) => tx.deleteFrom('decision_locator').where('decision_id', '=', ids.droppedDecision).execute()],
    ['the note of a legal officer', /permission denied/, (tx: Tx) => sql`update legal_review set note = ${GONE}`.execute(tx)],
    ['the words of a review', /permission denied/, (tx: Tx) => sql`update stop_review set words = ${GONE}, reason = ${GONE}`.execute(tx)],
    ['the reason of an opening', /permission denied/, (tx: Tx) => sql`delete from stop_opening`.execute(tx)],
  ])('nobody empties %s', async (_name, refusal, attempt) => {
    for (const actor of [system('retention'), office.drafter]) await expect(as(actor, attempt)).rejects.toThrow(refusal);
  });

  test('nor does the owner of the tables, whom the guards bind as well', async () => {
    await expect(sql`update legal_review set note = ${GONE}`.execute(desk.owner)).rejects.toThrow(/append-only/);
    await expect(sql`delete from legal_review`.execute(desk.owner)).rejects.toThrow(/append-only/);
    await expect(sql`update stop_review set words = ${GONE}, reason = ${GONE}`.execute(desk.owner)).rejects.toThrow(/not rewritten/);
  });
});

describe('when the term is over', () => {
  beforeAll(() => setDay('2028-06-02'));

  test('the dry run says what the run removes', async () => {
    const due = await dueRows(desk);
    expect([due.get('decision.draft'), due.get('legal_review'), due.get('stop_review'), due.get('stop_opening'), due.get('case_file'), due.get('indicator')].map((row) => row?.due)).toEqual([1, 1, 1, 2, 5, 1]); // two cases stood empty since the stop
    expect(await retainDue(desk)).toMatchObject({ decision: 1, legal_review: 1, stop_review: 1, stop_opening: 2, case_file: 5, indicator: 1 });
    expect(await retainDue(desk)).toEqual({});
    const left = await dueRows(desk);
    for (const key of ['decision.draft', 'legal_review', 'stop_review', 'stop_opening', 'case_file', 'indicator']) expect([key, left.get(key)!.due, left.get(key)!.soon]).toEqual([key, 0, 0]);
  });

  test('no word is left in any table', async () => {
    expect(await tablesWith(WORD)).toEqual([]);
  });

  test('what bound somebody stands with its reasons and the evidence they cite', async () => {
    for (const id of [ids.interimDecision, ids.noActionDecision]) expect((await decision(id)).facts).toContain('VNeID');
    const cited = await desk.owner.selectFrom('evidence').innerJoin('decision_evidence', 'evidence_id', 'evidence.id').select('description').where('decision_id', '=', ids.interimDecision).execute();
    expect(cited).toEqual([{ description: expect.stringContaining('Mở trang trên máy riêng') as string }]);
    const all = await desk.owner.selectFrom('evidence').select('description').where('case_id', '=', ids.interim).orderBy('at').orderBy('id').execute();
    expect(all.map(({ description }) => description)).toEqual([cited[0]!.description, GONE]);
  });

  test('of what never did, only that it was there; who agreed, who reviewed, how it ended', async () => {
    expect(await decision(ids.droppedDecision)).toMatchObject({ facts: '', title: '', public_summary: '', advice: '', side_effects: '', detail: {}, state: 'withdrawn', measure: 'NOTICE_TELECOM', drafter_id: office.drafter.officerId });
    for (const part of ['decision_element', 'decision_option', 'decision_evidence', 'decision_locator', 'decision_recipient'] as const) {
      expect([part, await desk.owner.selectFrom(part).select('decision_id').where('decision_id', '=', ids.droppedDecision).execute()]).toEqual([part, []]);
    }
    expect(await desk.owner.selectFrom('legal_review').select(['officer_id', 'agrees', 'note']).execute()).toEqual([{ officer_id: legal.officerId, agrees: true, note: GONE }]);
    expect(await desk.owner.selectFrom('stop_review').select(['officer_id', 'outcome', 'words', 'reason']).execute())
      .toEqual([{ officer_id: office.leader.officerId, outcome: 'lifted', words: EMPTIED, reason: EMPTIED }]);
    expect(await desk.owner.selectFrom('indicator').select('id').where('kind', '=', 'phone').execute()).toEqual([]);
  });

  test('decisions that are over are counted after 60 months, by hand', async () => {
    expect((await dueRows(desk)).get('decision')).toMatchObject({ due: 0 });
    setDay('2032-01-01');
    expect((await dueRows(desk)).get('decision')).toMatchObject({ due: 2 });
  });
});

describe('the words of a stop that was lifted', () => {
  beforeAll(() => setDay('2026-12-02'));

  test('are in the copy of their reporter, go when the reporter asks, and the report is answered all the same', async () => {
    const { id } = await liftedStop();
    const copy = JSON.parse(jsonCopy(desk.clock.now(), await holdings(desk, id), null)) as { review: unknown };
    expect(copy.review).toMatchObject({ words: `Tôi bị mất tiền thật, ${WORD}.`, outcome: 'lifted', reason: `Có nêu trang giả, ${WORD}.` });
    const { id: request } = await fileRequest(desk, id, 'erase', 'Xin xóa lời kể của tôi.');
    await byDrafter((tx) => acknowledgeRequest(tx, office.drafter, request));
    await byDrafter((tx) => decideRequest(desk, tx, office.drafter, request, { done: true, parts: ['words'], reason: 'Không còn cần cho việc xử lý.' }));
    expect(await desk.owner.selectFrom('stop_review').select(['words', 'reason', 'outcome']).where('report_id', '=', id).executeTakeFirst()).toEqual({ words: EMPTIED, reason: EMPTIED, outcome: 'lifted' });
    expect(await desk.owner.selectFrom('stop_opening').select('reason').where('report_id', '=', id).execute()).toEqual([]);
    await byDrafter((tx) => answerReporter(desk, tx, office.drafter, id, 'Cảm ơn bạn đã báo tin.'));
    expect((await desk.owner.selectFrom('report').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state).toBe('answered');
  });

  test('why they were opened is read by the auditor of the agency, not by its leader nor elsewhere', async () => {
    await liftedStop();
    const reasons = async (agency: string, role: 'auditor' | 'leader') => {
      const actor = await addOfficer(desk, agency, [role]);
      const { rows } = await as(actor, (tx) => sql<{ reason: string | null }>`select reason from sealed_openings(${office.leader.officerId}::uuid, null, true, 50, 0) where action = 'open_stopped'`.execute(tx));
      return rows.map(({ reason }) => reason);
    };
    expect(await reasons('so-vhttdl', 'auditor')).toContain(`Người này viết ${WORD}`);
    for (const [agency, role] of [['so-vhttdl', 'leader'], ['thanh-tra-tinh', 'auditor']] as const) expect(new Set(await reasons(agency, role))).toEqual(new Set([null]));
  });
});

describe('appeals', () => {
  const SAID = 'dolamngoc';
  const REASONS = 'Đã mở lại trang cùng nhà mạng: trang không còn hoạt động, không có gì để yêu cầu gỡ.';
  let fair: OfficerActor;
  let caseId: string;
  let reportId: string;
  let decided: string;
  let dropped: string;
  let appealId: string;
  const appeals = () => desk.owner.selectFrom('appeal').select(['state', 'outcome', 'words', 'has_contact', 'reasons', 'reviewer_id']).where('report_id', '=', reportId).orderBy('id').execute();

  async function file(formKey: string): Promise<string> {
    const by = { party: 'reporter', reportId, decisionId: decided, agencyId: office.drafter.agencyId } as const;
    const { code, secret } = await fileAppeal(desk, { by, words: `Tôi vẫn mở được trang đó sáng nay, ${SAID}.`, asksStay: false, language: 'vi', email: `${SAID}@thu.example`, formKey: formKey.repeat(32) });
    return (await openAppeal(desk, code, secret))!;
  }

  beforeAll(async () => {
    setDay('2026-12-03');
    fair = await addOfficer(desk, 'so-vhttdl', ['reviewer'], 'Ma Thị Bằng');
    const made = await verifiedCase(desk, office, [reportOf({ narrative: 'Họ gọi từ 0912555888, bắt mở https://vneid-xem.example/otp' })]);
    [caseId, reportId] = [made.caseId, made.reportIds[0]!];
    dropped = await draft(caseId, 'NOTICE_TELECOM');
    await byDrafter((tx) => setDelay(tx, office.drafter, dropped, { reason: 'police_request', days: 5, requestNumber: `12/CV-${SAID}` }));
    await byDrafter((tx) => dropDraft(tx, office.drafter, dropped, 'Chưa đủ chứng cứ'));
    decided = await draft(caseId, 'NO_ACTION');
    await byDrafter((tx) => submitDraft(tx, office.drafter, decided));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decided, PASSED, [], NOTHING_TO_DO));
    await close(caseId);
  }, 60_000);

  test('hold their case while they are open; the term runs anew from the answer', async () => {
    const ofClosing = addMonths('2026-12-03', DEADLINES.keepCase.amount);
    expect([await holdOf(caseId), await keptUntil(caseId)]).toEqual([null, ofClosing]);
    setDay('2026-12-04');
    appealId = await file('a');
    expect([await holdOf(caseId), await keptUntil(caseId)]).toEqual(['appeal', null]);
    await as(fair, (tx) => acceptAppeal(desk, tx, fair, appealId, false, false));
    await as(fair, (tx) => askAppellant(desk, tx, fair, appealId, `Bạn mở bằng máy nào, ${SAID}?`));
    await addAppealMessage(desk, appealId, `Bằng điện thoại của con tôi, ${SAID}.`);
    expect([await holdOf(caseId), await keptUntil(caseId)]).toEqual(['appeal', null]);
    setDay('2026-12-20');
    await as(fair, (tx) => decideAppeal(desk, tx, fair, appealId, 'upheld', REASONS, EFFECTS));
    expect([await holdOf(caseId), await keptUntil(caseId)]).toEqual([null, addMonths('2026-12-20', DEADLINES.keepCase.amount)]);
    setDay('2027-01-10');
    const again = await file('b');
    expect(await holdOf(caseId)).toBe('appeal');
    await takeBackAppeal(desk, again);
    expect([await holdOf(caseId), await keptUntil(caseId)]).toEqual([null, addMonths('2027-01-10', DEADLINES.keepCase.amount)]);
  });

  test('an open one holds it however long ago it was closed', async () => {
    await expect(desk.owner.transaction().execute(async (tx) => {
      await sql`alter table appeal disable trigger user`.execute(tx);
      await sql`update appeal set state = 'accepted', outcome = null, decided_at = null where id = ${appealId}`.execute(tx);
      await sql`select set_config('desk.kind', 'system', true), set_config('desk.now', '2031-01-01T00:00:00Z', true)`.execute(tx);
      await sql`select minimise_case(${caseId}::uuid)`.execute(tx);
    })).rejects.toThrow(/the term of this case is not over/);
  });

  test('words, contact and messages are promised by the dry run and gone after the term', async () => {
    setDay('2028-07-10');
    expect(Object.keys(await retainDue(desk))).not.toContain('appeal'); // other cases, shorter
    const counts = async () => {
      const due = await dueRows(desk);
      return (['case_file', 'appeal', 'appeal_message', 'decision.draft'] as const).map((key) => [due.get(key)!.due, due.get(key)!.soon]);
    };
    expect(await counts()).toEqual([[0, 1], [0, 2], [0, 2], [0, 1]]);
    setDay('2028-07-11');
    expect(await counts()).toEqual([[1, 0], [2, 0], [2, 0], [1, 0]]);
    expect(await retainDue(desk)).toMatchObject({ case_file: 1, appeal: 2, appeal_message: 2, decision: 1 });
    expect(await counts()).toEqual([[0, 0], [0, 0], [0, 0], [0, 0]]);
    expect(await desk.owner.selectFrom('appeal_message').select('id').execute()).toEqual([]);
    const certificate = await desk.owner.selectFrom('erasure_certificate').select('counts').orderBy('at', 'desc').limit(1).executeTakeFirstOrThrow();
    expect(certificate.counts).toMatchObject({ appeal: 2, appeal_message: 2 });
  });

  test('one filed when the contents were gone already keeps its words for a term of its own, and nobody ends it earlier', async () => {
    setDay('2028-08-01');
    const late = await file('c');
    await addAppealMessage(desk, late, `Trang đó lại mở được, ${SAID}.`);
    await takeBackAppeal(desk, late);
    const early = (statement: (tx: Tx) => Promise<unknown>) => expect(inTransaction(desk, system('retention'), statement)).rejects.toThrow(/the term of this appeal is not over/);
    await early((tx) => tx.updateTable('appeal').set({ words: '–', contact_sealed: null }).where('id', '=', late).execute());
    await early((tx) => tx.deleteFrom('appeal_message').where('appeal_id', '=', late).execute());
    setDay('2030-02-01');
    expect(await retainDue(desk)).not.toHaveProperty('appeal');
    setDay('2030-02-02');
    expect((await dueRows(desk)).get('appeal')!.due).toBe(1);
    expect(await retainDue(desk)).toMatchObject({ appeal: 1, appeal_message: 1 });
    expect((await appeals()).at(-1)).toMatchObject({ state: 'taken_back', words: '–', has_contact: false });
  });

  test('outcome, reasons and reviewer stay; of a dropped draft not even its delay does', async () => {
    expect(await appeals()).toEqual([
      { state: 'decided', outcome: 'upheld', words: '–', has_contact: false, reasons: REASONS, reviewer_id: fair.officerId },
      { state: 'taken_back', outcome: null, words: '–', has_contact: false, reasons: '', reviewer_id: null },
      { state: 'taken_back', outcome: null, words: '–', has_contact: false, reasons: '', reviewer_id: null },
    ]);
    expect(await desk.owner.selectFrom('affected_delay').select('decision_id').execute()).toEqual([]);
    expect(await tablesWith(SAID)).toEqual([]);
  });
});
