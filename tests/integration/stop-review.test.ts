/**
 * A stop looked at again: the reporter asks on the follow-up page, another officer opens the words with a reason, answers all seven
 * questions anew, and the stop is kept or lifted whole. Beside the way that is allowed stands each that is not, in plain SQL as the
 * application's role and by HTTP.
 */
import type { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { STOP_CODES, type StopCode } from '#catalogue/gate.ts';
import { loadedWords } from '#core/loaded-words.ts';
import { isoWeek } from '#core/periods.ts';
import { localDate } from '#core/deadlines.ts';
import { answerGate, answerStopReview, askReporter, openStopped } from '#modules/cases/index.ts';
import { intakeJobs, keepUpload, recordArrival, submitReport } from '#modules/intake/index.ts';
import { askStopReview } from '#modules/intake/commands/stop-review.ts';
import { reporterView } from '#modules/intake/queries.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import { webApp } from '../../src/server.ts';
import { completeDraft, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

const desk = await testDesk();
const DAY = 86_400_000;
const START = desk.clock.now();
let app: Hono;
let office: Office;
let other: { actor: OfficerActor; cookie: string };
let first: { actor: OfficerActor; cookie: string };
let auditor: { actor: OfficerActor; cookie: string };
let stranger: { actor: OfficerActor; cookie: string };

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const row = (id: string) => desk.owner.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const review = (id: string) => desk.owner.selectFrom('stop_review').selectAll().where('report_id', '=', id).executeTakeFirst();
const journal = async (id: string) => (await desk.owner.selectFrom('journal').select('action').where('entity_id', '=', id).orderBy('seq').execute()).map(({ action }) => action);
const yes = (code: StopCode) => ({ ...PASSED, [code]: true });
const REASON = 'Có nêu trang giả và số tiền đã mất, không phải lời phê bình.';

let serial = 0;
/** A report, stopped by the first officer. */
async function stopped(changes: Parameters<typeof reportOf>[0] = {}): Promise<{ id: string; code: string; secret: string }> {
  serial += 1;
  const receipt = await submitReport(desk, reportOf({
    narrative: `Trang https://gia-mao-${serial}.example/nop-phat đòi tôi nộp phạt nguội, tôi đã chuyển 2.000.000 đồng và bị mất luôn`, traces: '0912345678', ...changes }));
  await as(first.actor, (tx) => answerGate(desk, tx, first.actor, receipt.id, yes('opinion'), []));
  return receipt;
}
const asked = async (changes?: Parameters<typeof reportOf>[0]) => {
  const one = await stopped(changes);
  await askStopReview(desk, one.id, 'Tôi bị mất tiền thật, không phải phê bình ai.');
  return one;
};
const open = (actor: OfficerActor, id: string, why = 'Được phân công xem lại') => as(actor, async (tx) => openStopped(desk, tx, { id, category: (await row(id)).category }, why));
const decide = (actor: OfficerActor, id: string, answers = PASSED, elements: readonly string[] = []) => as(actor, (tx) => answerStopReview(desk, tx, actor, id, { answers, elements, opening: 'Được phân công xem lại', reason: REASON }));

beforeAll(async () => {
  office = await openOffice(desk);
  app = await webApp(desk, 1e6);
  first = await signIn(desk, 'so-vhttdl', ['intake', 'case_officer', 'reviewer'], 'Lý Văn Đầu');
  other = await signIn(desk, 'so-vhttdl', ['reviewer'], 'Nông Thị Khác');
  auditor = await signIn(desk, 'so-vhttdl', ['auditor', 'administrator'], 'Lê Văn Kiểm');
  stranger = await signIn(desk, 'cong-an-tinh', ['intake', 'case_officer', 'reviewer', 'leader'], 'Triệu Văn Lạ');
}, 60_000);
beforeEach(() => desk.clock.set(new Date(desk.clock.now().getTime() + 60_000)));

describe('the request', () => {
  it('is kept with its day, once, journaled without its words', async () => {
    const { id } = await asked();
    expect(await review(id)).toMatchObject({ words: 'Tôi bị mất tiền thật, không phải phê bình ai.', due_on: '2026-11-30', outcome: null, officer_id: null });
    expect(await journal(id)).toContain('ask_review');
    await expect(askStopReview(desk, id, 'Lần nữa')).rejects.toThrow(Conflict);
    expect(JSON.stringify(await desk.owner.selectFrom('journal').selectAll().where('entity_id', '=', id).execute())).not.toContain('mất tiền thật');
  });

  it('is due no later than the erasure', async () => {
    const { id } = await stopped();
    const { erase_after } = await row(id);
    const now = desk.clock.now();
    desk.clock.set(new Date(erase_after!.getTime() - 2 * DAY));
    await askStopReview(desk, id, 'Xin xem lại');
    expect((await review(id))!.due_on).toBe(localDate(erase_after!));
    desk.clock.set(now);
  });

  it('is refused without words, for a report that is not stopped, and after the erasure day', async () => {
    const { id } = await stopped();
    await expect(askStopReview(desk, id, ' ok ')).rejects.toThrow(Invalid);
    const open_ = await submitReport(desk, reportOf());
    await expect(askStopReview(desk, open_.id, 'Xin xem lại')).rejects.toThrow(Conflict);
    const now = desk.clock.now();
    desk.clock.set(new Date(now.getTime() + 31 * DAY));
    await expect(askStopReview(desk, id, 'Xin xem lại')).rejects.toThrow(Conflict);
    desk.clock.set(now);
  });
});

describe('lifting a stop', () => {
  let id = '';
  let before: Awaited<ReturnType<typeof row>>;
  let traces: unknown[] = [];
  const tracesOf = (reportId: string) => desk.owner.selectFrom('report_indicator').innerJoin('indicator', 'indicator.id', 'indicator_id').select(['kind', 'match_key', 'display', 'value', 'specific', 'grouping_key'])
    .where('report_id', '=', reportId).orderBy('kind').orderBy('display').execute();

  beforeAll(async () => {
    const key = 'khoa-anh-xem-lai-0001';
    const picture = await keepUpload(desk, key, { field: 'photo', name: 'anh.jpg', bytes: await sharp({ create: { width: 40, height: 40, channels: 3, background: '#456' } }).jpeg().toBuffer(), tooLarge: false });
    const sent = reportOf({ narrative: 'Trang https://tro-lai.example/nop giả cơ quan thuế, tôi chuyển vào STK 970422123456 ngân hàng MB 5.000.000 đồng', traces: 'https://kem-theo.example/x 0912345678', idempotencyKey: key, uploads: [picture.id] });
    ({ id } = await submitReport(desk, sent));
    await intakeJobs.find(({ name }) => name === 'acknowledge')!.run(desk, { reportIds: [id] } as never);
    [before, traces] = [await row(id), await tracesOf(id)];
    await as(first.actor, (tx) => answerGate(desk, tx, first.actor, id, yes('falsehood_only'), []));
    await askStopReview(desk, id, 'Có mất tiền, xin xem lại');
  });

  it('withholds everything until then', async () => {
    expect(traces.length).toBeGreaterThan(3);
    expect(await tracesOf(id)).toEqual([]);
    expect(await as(other.actor, (tx) => tx.selectFrom('attachment').select('id').where('report_id', '=', id).execute())).toEqual([]);
  });

  it('opens the words to another officer, with a reason, and says so in the journal without it', async () => {
    const story = await open(other.actor, id, 'Lãnh đạo giao xem lại hồ sơ này');
    expect(story).toMatchObject({ narrative: before.narrative, search: before.search });
    expect(story!.traces.map(({ display }) => display).sort()).toEqual((traces as { display: string }[]).map(({ display }) => display).sort());
    const last = await desk.owner.selectFrom('journal').selectAll().where('entity_id', '=', id).orderBy('seq', 'desc').executeTakeFirstOrThrow();
    expect(last).toMatchObject({ action: 'open_stopped', officer_id: other.actor.officerId, reason: null, detail: {} });
    const openings = () => desk.owner.selectFrom('stop_opening').select(['officer_id', 'reason']).where('report_id', '=', id).execute();
    expect(await openings()).toEqual([{ officer_id: other.actor.officerId, reason: 'Lãnh đạo giao xem lại hồ sơ này' }]);
    expect(await as(auditor.actor, (tx) => tx.selectFrom('stop_opening').select('reason').where('report_id', '=', id).execute())).toHaveLength(1);
    expect(await as(first.actor, (tx) => tx.selectFrom('stop_opening').select('reason').execute())).toEqual([]);
  });

  it('brings back the words, the traces exactly, the likeness and the pictures, in a case of its own, counted', async () => {
    const outcome = await decide(other.actor, id);
    expect(outcome.passed).toBe(true);
    const after = await row(id);
    expect(after).toMatchObject({
      state: 'attached', case_id: outcome.caseId, narrative: before.narrative, search: before.search, stop_code: null, erase_after: null, sealed_story: null, category: before.category });
    expect(await tracesOf(id)).toEqual(traces);
    expect(await desk.owner.selectFrom('report_sketch').select('report_id').where('report_id', '=', id).execute()).toHaveLength(1);
    expect(await as(other.actor, (tx) => tx.selectFrom('attachment').select('id').where('report_id', '=', id).execute())).toHaveLength(1);
    expect((await as(first.actor, (tx) => sql<{ id: string }>`select search_reports(array['tro','lai'], array[]::bytea[], 10, false, null, null, null) as id`.execute(tx))).rows.map((hit) => hit.id)).toContain(id);
    const found = await desk.owner.selectFrom('case_file').select(['state', 'report_count', 'category']).where('id', '=', outcome.caseId!).executeTakeFirstOrThrow();
    expect(found).toEqual({ state: 'open', report_count: 1, category: before.category });
    const counted = await desk.owner.selectFrom('stop_statistic').select(['stops', 'lifted']).where('stop_code', '=', 'falsehood_only').where('iso_week', '=', isoWeek('2026-11-22')).executeTakeFirstOrThrow();
    expect(counted).toEqual({ stops: 1, lifted: 1 });
    expect(await journal(id)).toEqual(expect.arrayContaining(['stop', 'ask_review', 'open_stopped', 'lift']));
    const jobs = await sql<{ n: number }>`select count(*)::int as n from pgboss.job where name = 'tell-reporter' and data ->> 'reportId' = ${id}`.execute(desk.owner);
    expect(jobs.rows[0]!.n).toBe(2); // the stop and its lifting
  });

  it('tells the reporter why', async () => {
    expect((await reporterView(desk, id)).review).toMatchObject({ outcome: 'lifted', reason: REASON });
    expect((await reporterView(desk, id)).narrative).toBe(before.narrative);
  });

  it('is not erased when its day comes', async () => {
    const now = desk.clock.now();
    desk.clock.set(new Date(now.getTime() + 31 * DAY));
    await intakeJobs.find(({ name }) => name === 'erase-stopped')!.run(desk, {} as never);
    expect((await row(id)).state).toBe('attached');
    desk.clock.set(now);
  });

  it('keeps whoever lifted it, and whoever stopped it, from approving a decision of its case', async () => {
    const { case_id } = await row(id);
    const gates = await desk.owner.selectFrom('gate_check').innerJoin('report', 'report.id', 'report_id').select(['stage', 'gate_check.officer_id']).where('report.case_id', '=', case_id).orderBy('at').execute();
    expect(gates).toEqual([{ stage: 'intake', officer_id: first.actor.officerId }, { stage: 'review', officer_id: other.actor.officerId }]);
  });
});

describe('lifting what never links', () => {
  it('needs every element, and groups nothing', async () => {
    const { id } = await asked({ category: 'threat_harassment', narrative: 'Một người nhắn sẽ đến nhà đánh tôi, tài khoản ở https://doa-nat.example/tin', traces: '' });
    await open(other.actor, id);
    await expect(decide(other.actor, id)).rejects.toThrow(Invalid);
    expect((await review(id))!.outcome).toBeNull();
    const { positive_elements } = await desk.owner.selectFrom('category').select('positive_elements').where('code', '=', 'threat_harassment').executeTakeFirstOrThrow();
    await decide(other.actor, id, PASSED, positive_elements);
    const grouped = await desk.owner.selectFrom('report_indicator').select('grouping_key').where('report_id', '=', id).execute();
    expect(grouped.length).toBeGreaterThan(0);
    expect(grouped.some(({ grouping_key }) => grouping_key)).toBe(false);
    expect(await desk.owner.selectFrom('report_sketch').select('report_id').where('report_id', '=', id).execute()).toEqual([]);
  });
});

describe('two officers at once', () => {
  it('decide once', async () => {
    const { id } = await asked();
    await open(other.actor, id);
    await open(office.leader, id);
    const results = await Promise.allSettled([decide(other.actor, id), decide(office.leader, id, yes('opinion'))]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await desk.owner.selectFrom('gate_check').select('id').where('report_id', '=', id).where('stage', '=', 'review').execute()).toHaveLength(1);
  });
});

describe('who reported by mail', () => {
  it('is told that there is news, not an old question again', async () => {
    const mailed: string[] = [];
    const posted = { ...desk, mail: { ...desk.mail, available: true, send: async (mail: { text: string }) => void mailed.push(mail.text) } };
    const tell = (id: string) => intakeJobs.find(({ name }) => name === 'tell-reporter')!.run(posted, { reportId: id, letter: 'news' } as never);
    const { id: arrivalId } = await recordArrival(desk, {
      channel: 'email', media: 'mail', receiver: 'hop@lachan.example', sender: 'nguoi@thu.example', externalKey: 'thu-xem-lai', original: Buffer.from('thư'), officerId: null, document: null, arrivedAt: desk.clock.now(), facts: {} });
    const { id } = await submitReport(desk, reportOf({ narrative: 'Trang https://qua-thu.example/a giả ngân hàng, tôi mất tiền', channel: 'email', arrivalId, contact: { email: 'nguoi@thu.example' } }));
    const later = () => desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));
    await as(first.actor, (tx) => askReporter(desk, tx, first.actor, id, 'Bạn gặp trang này ngày nào?'));
    await tell(id);
    later();
    await as(first.actor, (tx) => answerGate(desk, tx, first.actor, id, yes('opinion'), []));
    await tell(id);
    await askStopReview(desk, id, 'Tôi mất tiền thật');
    later();
    await open(other.actor, id);
    await decide(other.actor, id);
    await tell(id);
    expect(mailed.map((text) => text.includes('Bạn gặp trang này ngày nào?'))).toEqual([true, false, false]);
    expect(mailed.join()).not.toContain('qua-thu.example');
  });
});

describe('a story sealed before the traces went with it', () => {
  it('is read anew', async () => {
    const { id } = await asked();
    const { narrative } = (await open(other.actor, id))!;
    const old = desk.keys.seal('identity', narrative, id);
    await desk.owner.transaction().execute(async (tx) => {
      await sql`alter table report disable trigger user`.execute(tx);
      await tx.updateTable('report').set({ sealed_story: old }).where('id', '=', id).execute();
      await sql`alter table report enable trigger user`.execute(tx);
    });
    expect((await reporterView(desk, id)).narrative).toBe(narrative);
    await decide(other.actor, id);
    const kinds = await desk.owner.selectFrom('report_indicator').innerJoin('indicator', 'indicator.id', 'indicator_id').select('kind').where('report_id', '=', id).execute();
    expect(kinds.map(({ kind }) => kind)).toContain('url');
  });
});

describe('keeping a stop', () => {
  it('tells the reporter why and leaves the erasure day', async () => {
    const { id } = await asked();
    const { erase_after } = await row(id);
    await open(other.actor, id);
    expect(await decide(other.actor, id, yes('reputation_of_public_body'))).toMatchObject({ passed: false, stopCode: 'reputation_of_public_body' });
    expect(await row(id)).toMatchObject({ state: 'stopped', stop_code: 'opinion', erase_after });
    expect((await reporterView(desk, id)).review).toMatchObject({ outcome: 'kept', reason: REASON });
    expect(await journal(id)).toContain('keep_stop');
    await expect(decide(office.leader, id)).rejects.toThrow(Conflict);
    await expect(open(office.leader, id)).rejects.toThrow(Conflict);
    const now = desk.clock.now();
    desk.clock.set(new Date(erase_after!.getTime() + 1000));
    await intakeJobs.find(({ name }) => name === 'erase-stopped')!.run(desk, {} as never);
    expect(await desk.owner.selectFrom('report').select('id').where('id', '=', id).execute()).toEqual([]);
    expect(await review(id)).toBeUndefined();
    desk.clock.set(now);
  });
});

// ── Refused ─────────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the database refuses', () => {
  let plain = '';
  let waiting = '';
  beforeAll(async () => {
    plain = (await stopped()).id;
    waiting = (await asked()).id;
  });
  /** As the application, in the officer's context, up to the checks of a commit; then everything is taken back. */
  const attempt = (actor: OfficerActor | { kind: 'reporter'; reportId: string } | ReturnType<typeof system>, ...statements: string[]) => inTransaction(desk, actor, async (tx) => {
    let last: unknown;
    for (const statement of statements) last = (await sql.raw(statement).execute(tx)).rows;
    await sql`set constraints all immediate`.execute(tx);
    throw Object.assign(new Error('done'), { rows: last });
  });
  const opened = (id: string, why = 'Lý do đủ dài') => `select open_stopped('${id}', '${why}')`;
  const lift = (id: string) => `update report set state = 'attached', stop_code = null, erase_after = null, sealed_story = null, narrative = 'x', search = ' x ', case_id = (select id from case_file where state = 'open' and category = 'phishing_impersonation' limit 1) where id = '${id}'`;
  const gate = (id: string, officer: OfficerActor, passed: boolean) => `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person, whole_profile, self_interest, passed, at)
    values ('review', '${id}', 'phishing_impersonation', '${officer.officerId}', '${officer.agencyId}', ${!passed}, false, false, false, false, false, false, ${passed}, desk_now())`;
  const decided = (id: string, officer: OfficerActor, outcome: string) => `update stop_review set officer_id = '${officer.officerId}', decided_at = desk_now(), outcome = '${outcome}', reason = 'một lý do' where report_id = '${id}'`;
  const stepOf = (id: string, officer: OfficerActor) => `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state) values (desk_now(), 'officer', '${officer.officerId}', '${officer.agencyId}', 'report', '${id}', 'lift', 'stopped', 'attached')`;

  it('opening without a request', async () => expect(attempt(other.actor, opened(plain))).rejects.toThrow(/only an asked review by another officer/));
  it('opening without a reason', async () => expect(attempt(other.actor, opened(waiting, ' ab '))).rejects.toThrow(/only with a reason/));
  it('opening by whoever stopped it', async () => expect(attempt(first.actor, opened(waiting))).rejects.toThrow(/another officer/));
  it('opening by another agency', async () => expect(attempt(stranger.actor, opened(waiting))).rejects.toThrow(/another officer/));
  it('opening by an auditor, a clerk or a job', async () => {
    for (const actor of [auditor.actor, office.clerk, system('x')]) await expect(attempt(actor, opened(waiting))).rejects.toThrow(/another officer/);
  });
  it('reading the box without opening it', async () => {
    for (const actor of [other.actor, first.actor, auditor.actor, system('x')]) await expect(attempt(actor, `select sealed_story from report where id = '${waiting}'`)).rejects.toThrow(/permission denied/);
  });
  it('the reporter’s own door to anybody else', async () => {
    for (const actor of [other.actor, system('x')]) await expect(attempt(actor, 'select own_story() as box')).rejects.toMatchObject({ rows: [{ box: null }] });
    await expect(attempt({ kind: 'reporter', reportId: plain }, `select own_story() is null as box`)).rejects.toMatchObject({ rows: [{ box: false }] });
  });
  it('writing an opening by hand', async () => expect(attempt(other.actor, `insert into stop_opening values ('${waiting}', '${other.actor.officerId}', desk_now(), 'một lý do')`)).rejects.toThrow(/permission denied/));
  it('answers without having read', async () => expect(attempt(other.actor, gate(waiting, other.actor, true))).rejects.toThrow(/by another officer who read it/));
  it('answers by whoever stopped it', async () => expect(attempt(first.actor, gate(waiting, first.actor, true))).rejects.toThrow(/by another officer who read it/));
  it('answers in another’s name', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, office.leader, true))).rejects.toThrow(/in the name of another officer/));
  it('a review of a report nobody asked about', async () => expect(attempt(other.actor, gate(plain, other.actor, true))).rejects.toThrow(/only when asked/));
  it('answers that decide nothing', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, true))).rejects.toThrow(/answered, decided and carried out at once/));
  it('a decision without answers', async () => expect(attempt(other.actor, decided(waiting, other.actor, 'lifted'))).rejects.toThrow(/by answering all questions again/));
  it('a decision against the answers', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, false), decided(waiting, other.actor, 'lifted'))).rejects.toThrow(/by answering all questions again/));
  it('a stop lifted on paper only', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, true), decided(waiting, other.actor, 'lifted'))).rejects.toThrow(/carried out at once/));
  it('lifting without a review', async () => expect(attempt(other.actor, lift(waiting))).rejects.toThrow(/S2: a stop cannot be overridden/));
  it('lifting after a stop was kept', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, false), decided(waiting, other.actor, 'kept'), lift(waiting))).rejects.toThrow(/S2: a stop cannot be overridden/));
  it('lifting by a job', async () => expect(attempt(system('x'), lift(waiting))).rejects.toThrow(/S2: a stop cannot be overridden/));
  it('lifting half: the box stays sealed, the day stays', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, true), decided(waiting, other.actor, 'lifted'),
    lift(waiting).replace('sealed_story = null, ', '').replace('erase_after = null, ', ''))).rejects.toThrow(/lifted whole|report_check/));
  it('lifting without a line in the journal', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, true), decided(waiting, other.actor, 'lifted'), lift(waiting))).rejects.toThrow(/without a journal entry/));
  it('nothing else stands in the way of the whole', async () => expect(attempt(other.actor, opened(waiting), gate(waiting, other.actor, true), decided(waiting, other.actor, 'lifted'), lift(waiting), stepOf(waiting, other.actor))).rejects.toThrow(/^done$/));
  it('traces given back without lifting', async () => expect(attempt(other.actor, `select return_withheld('${waiting}', '[]', '{}')`)).rejects.toThrow(/with a lifted stop alone/));
  it('a request by an officer, for another report, or decided from the start', async () => {
    const ask = (id: string, more = 'null') => `insert into stop_review (report_id, asked_at, words, due_on, outcome) values ('${id}', desk_now(), 'Xin xem lại', desk_today(), ${more})`;
    await expect(attempt(other.actor, ask(plain))).rejects.toThrow(/by the reporter alone|row-level security/);
    await expect(attempt({ kind: 'reporter', reportId: waiting }, ask(plain))).rejects.toThrow(/by the reporter alone/);
    await expect(attempt({ kind: 'reporter', reportId: plain }, ask(plain, `'lifted'`))).rejects.toThrow(/begins undecided/);
    await expect(attempt({ kind: 'reporter', reportId: plain }, ask(plain).replace('desk_today()', 'desk_today() + 40'))).rejects.toThrow(/due before the erasure/);
  });
  it('a request rewritten', async () => expect(attempt(other.actor, `update stop_review set words = 'khác' where report_id = '${waiting}'`)).rejects.toThrow(/permission denied/));
  it('another agency sees neither request nor opening', async () => {
    expect(await as(stranger.actor, (tx) => tx.selectFrom('stop_review').select('report_id').execute())).toEqual([]);
  });

  it('a second-officer stop of a decision lifted in any way', async () => {
    const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả https://rieng-${serial++}.example/otp xin mã OTP` })]);
    const decision = await completeDraft(desk, office, caseId);
    await expect(attempt(office.reviewer, gate(waiting, office.reviewer, true).replace('report_id,', 'decision_id,').replace(waiting, decision))).rejects.toThrow(/S2|violates check/);
    const ways = await desk.owner.selectFrom('state_transition').select('action').where('entity', '=', 'decision').where('from_state', '=', 'stopped').execute();
    expect(ways).toEqual([]);
  });

  it('a second stop lifted by the first review', async () => {
    const { id } = await asked();
    await open(other.actor, id);
    await decide(other.actor, id);
    await as(first.actor, async (tx) => {
      await sql.raw(gate(id, first.actor, false).replace("'review'", "'intake'")).execute(tx);
      await sql.raw(`update report set state = 'stopped', stop_code = 'opinion', case_id = null, erase_after = desk_now() + interval '29 days' where id = '${id}'`).execute(tx);
      await sql.raw(stepOf(id, first.actor).replace("'lift', 'stopped', 'attached'", "'stop', 'attached', 'stopped'").replace('to_state)', 'to_state, reason)').replace(/\)$/, ", 'opinion')")).execute(tx);
      await sql`select withhold_stopped(${id}::uuid, 'x')`.execute(tx);
    });
    expect(await row(id)).toMatchObject({ state: 'stopped', narrative: '–' });
    await expect(attempt(other.actor, lift(id))).rejects.toThrow(/S2: a stop cannot be overridden/);
    await expect(askStopReview(desk, id, 'Xin xem lại lần nữa')).rejects.toThrow(Conflict);
  });
});

// ── By HTTP ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function send(path: string, form?: Record<string, string>, cookie?: string) {
  const response = await app.request(path, {
    method: form ? 'POST' : 'GET', headers: { ...(cookie && { cookie }), 'sec-fetch-site': 'same-origin' }, body: form && new URLSearchParams(form), redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}
const noForm = Object.fromEntries(STOP_CODES.map((code) => [code, 'no']));
const LIST = '/can-bo/xem-lai-dung';

describe('the whole way by HTTP', () => {
  let one: Awaited<ReturnType<typeof stopped>>;
  const follow = (more: Record<string, string> = {}) => send('/tra-cuu', { code: one.code, secret: one.secret, ...more });
  const token = async () => /name="t" value="([^"]+)"/.exec((await follow()).html)![1]!;

  beforeAll(async () => {
    one = await stopped({ narrative: 'Trang https://chan-tren.example/dong giả điện lực, kèm chữ bí mật chuồn chuồn', traces: '' });
  });

  test('the reporter sees why, asks, keeps what was typed on an error, and asks once', async () => {
    const page = await follow();
    expect(page.html).toContain('Đề nghị cán bộ khác xem lại');
    const wrong = await send('/tra-cuu', { t: await token(), go: 'review', words: 'a' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toMatch(/<textarea[^>]*name="words"[^>]*>a<\/textarea>/);
    const good = await send('/tra-cuu', { t: await token(), go: 'review', words: 'Đây là trang giả, tôi đã mất tiền <b>' });
    expect(good.html).toContain('Đã gửi đề nghị xem lại');
    expect(good.html).toContain('30/11/2026');
    expect(good.html).not.toContain('name="words"');
    const again = await send('/tra-cuu', { t: await token(), go: 'review', words: 'Lần nữa nhé' });
    expect(again.html).toContain('đã được đề nghị xem lại rồi');
    expect(again.html).toContain('Lần nữa nhé');
    expect((await send('/en/tra-cuu', { code: one.code, secret: one.secret })).html).toContain('Another officer is looking at it again');
  });

  test('the list shows no word of it; other agencies and roles see nothing', async () => {
    const list = await send(LIST, undefined, other.cookie);
    expect(list.html).toContain(one.code);
    expect(list.html).toContain('2026-W47');
    expect(list.html).not.toMatch(/chuồn chuồn|chan-tren|mất tiền/);
    expect((await send(LIST, undefined, stranger.cookie)).html).not.toContain(one.code);
    expect((await send(LIST, undefined, auditor.cookie)).status).toBe(404);
    for (const path of [`${LIST}/${one.code}`, `${LIST}/${one.code}/mo`]) expect((await send(path, path.endsWith('mo') ? { opening: 'Được phân công' } : undefined, stranger.cookie)).status).toBe(404);
  });

  test('whoever stopped it is told that another must look, and cannot open or answer', async () => {
    const page = await send(`${LIST}/${one.code}`, undefined, first.cookie);
    expect(page.html).toContain('một cán bộ khác phải xem lại');
    expect(page.html).not.toContain('name="opening"');
    const forced = await send(`${LIST}/${one.code}/mo`, { opening: 'Được phân công' }, first.cookie);
    expect(forced.status).toBe(409);
    expect(forced.html).not.toContain('chuồn chuồn');
    expect((await send(`${LIST}/${one.code}`, { ...noForm, opening: 'Được phân công', reason: REASON }, first.cookie)).status).toBe(409);
  });

  test('a stop nobody asked about has no page', async () => {
    const silent = await stopped();
    expect((await send(`${LIST}/${silent.code}`, undefined, other.cookie)).status).toBe(404);
  });

  test('another officer opens with a reason, answers all, and the words come back on an error', async () => {
    const page = await send(`${LIST}/${one.code}`, undefined, other.cookie);
    expect(page.html).toContain('mất tiền &lt;b');
    expect(page.html).not.toContain('chuồn chuồn');
    expect((await send(`${LIST}/${one.code}/mo`, { opening: '' }, other.cookie)).status).toBe(422);
    const words = await send(`${LIST}/${one.code}/mo`, { opening: 'Được phân công xem lại' }, other.cookie);
    expect(words.html).toContain('chuồn chuồn');
    expect(words.html).not.toContain('https://chan-tren.example');
    const { whole_profile: _, ...missing } = noForm;
    const back = await send(`${LIST}/${one.code}`, { ...missing, opening: 'Được phân công xem lại', reason: 'Một lý do đang viết' }, other.cookie);
    expect(back.status).toBe(422);
    expect(back.html).toContain('chuồn chuồn');
    expect(back.html).toContain('Một lý do đang viết');
    expect(back.html).toMatch(/Trả lời câu 6/);
    const done = await send(`${LIST}/${one.code}`, { ...noForm, opening: 'Được phân công xem lại', reason: REASON }, other.cookie);
    expect(done).toMatchObject({ status: 303, location: `${LIST}?xong=bo-dung` });
    expect((await send(done.location!, undefined, other.cookie)).html).not.toContain(one.code);
    expect((await follow()).html).toContain(REASON);
    expect((await send(`/can-bo/phan-anh/${one.code}`, undefined, first.cookie)).html).toContain('chuồn chuồn');
    expect((await send(`${LIST}/${one.code}`, { ...noForm, opening: 'Được phân công xem lại', reason: REASON }, other.cookie)).status).toBe(409);
  });
});

// ── Words that raise a question ─────────────────────────────────────────────────────────────────────────────────────

describe('words that raise a question', () => {
  const everything = async () => (await sql<{ state: string }>`select string_agg(c.relname || ' ' || (xpath('/row/n/text()', query_to_xml('select count(*) as n from public.' || quote_ident(c.relname), false, true, '')))[1]::text
    || ' ' || coalesce((xpath('/row/h/text()', query_to_xml('select md5(string_agg(t::text, '','' order by t::text)) as h from public.' || quote_ident(c.relname) || ' t', false, true, '')))[1]::text, ''), E'\n' order by c.relname) as state
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('session', 'kysely_migration', 'kysely_migration_lock')`.execute(desk.owner)).rows[0]!.state;

  test('stand beside their question on the gate page, and leave no row, no count and no journal line', async () => {
    const sender = await desk.owner.selectFrom('agency_name').innerJoin('agency', 'agency.id', 'agency_id').select(['agency_id', 'name']).where('key', '=', 'so-y-te').executeTakeFirstOrThrow();
    const story = `Trên mạng có bài chê ${sender.name} làm việc chậm trễ, xuyên tạc, bôi nhọ lãnh đạo. Đề nghị xử lý người đăng.`;
    const { code, id } = await submitReport(desk, reportOf({ narrative: story, senderAgencyId: sender.agency_id, channel: 'edoc' }));
    expect(loadedWords(story, [sender.name]).map(({ question }) => question)).toEqual(['self_interest', 'falsehood_only', 'reputation_of_public_body', 'identify_person']);
    const before = await everything();
    const page = await send(`/can-bo/phan-anh/${code}/cua-kiem-tra`, undefined, other.cookie);
    expect(page.status).toBe(404); // a reviewer does not answer the first gate
    const { html } = await send(`/can-bo/phan-anh/${code}/cua-kiem-tra`, undefined, first.cookie);
    for (const words of ['“xuyên tạc”. Hãy đọc kỹ câu 4', '“bôi nhọ lãnh đạo”. Hãy đọc kỹ câu 3', 'Hãy đọc kỹ câu 5', `“${sender.name}”. Hãy đọc kỹ câu 7`]) expect(html).toContain(words);
    expect(html).toContain(`Cơ quan gửi: ${sender.name}`);
    expect(html).toMatch(/cơ quan tiếp nhận: Sở Văn hóa/);
    expect(html).not.toMatch(/checked/);
    expect(await everything()).toBe(before);
    // It answers nothing: the same report passes or stops by the officer's answers alone.
    await as(first.actor, (tx) => answerGate(desk, tx, first.actor, id, yes('self_interest'), []));
    expect(await row(id)).toMatchObject({ state: 'stopped', stop_code: 'self_interest' });
    const counted = await desk.owner.selectFrom('stop_statistic').select('stops').where('stop_code', '=', 'self_interest').where('agency_id', '=', sender.agency_id).executeTakeFirstOrThrow();
    expect(counted.stops).toBe(1);
  });

  test('an agency’s complaint about itself typed by an officer at the counter names the agencies too', async () => {
    const { code } = await submitReport(desk, reportOf({ narrative: 'Có trang giả bán vé số', channel: 'walk_in' }));
    const { html } = await send(`/can-bo/phan-anh/${code}/cua-kiem-tra`, undefined, first.cookie);
    expect(html).toContain('Không có cơ quan gửi; cơ quan tiếp nhận: Sở Văn hóa');
    expect(html).not.toContain('Hãy đọc kỹ');
  });

  test('stand on the second review page', async () => {
    const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả https://rieng-${serial++}.example/otp xin mã OTP` })]);
    const decision = await completeDraft(desk, office, caseId);
    await desk.owner.transaction().execute(async (tx) => {
      await sql`alter table decision disable trigger user`.execute(tx);
      await tx.updateTable('decision').set({ facts: 'Nội dung xuyên tạc, gây hoang mang dư luận, ảnh hưởng uy tín của cơ quan.', state: 'second_review', submissions: 1 }).where('id', '=', decision).execute();
      await sql`alter table decision enable trigger user`.execute(tx);
    });
    const { html } = await send(`/can-bo/quyet-dinh/${decision}`, undefined, other.cookie);
    expect(html).toMatch(/Dự thảo dùng từ “xuyên tạc”, “gây hoang mang dư luận”. Hãy đọc kỹ câu 4/);
    expect(html).toContain('“uy tín của cơ quan”');
  });
});

test('the clock was never turned back for good', () => expect(desk.clock.now().getTime()).toBeGreaterThan(START.getTime()));
