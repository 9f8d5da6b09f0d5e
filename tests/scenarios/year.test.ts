import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { acceptAppeal, decideAppeal, fileAppeal, stayForAppeal } from '#modules/appeals/index.ts';
import { addObservation, addVerification, answerGate, takeCase } from '#modules/cases/index.ts';
import { beginInterim, decideSecond, saveDraft, startDraft, submitDraft, withdrawDecision, type DraftInput } from '#modules/decisions/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { dispatchNotice, recordEffect } from '#modules/notices/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict } from '#platform/errors.ts';
import { EFFECTS, JOBS } from '../../src/modules.ts';
import { openOffice, PASSED, reportOf, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addOfficer } from '../support/people.ts';
import { smtpSink, type SmtpSink } from '../support/smtp.ts';

/** A year of an office: 5,000 cases, every tenth with a measure, jobs every night, a power cut of nine days and a clock that jumps. */
const CASES = 5000;
const DAYS = 365;
const FIRST_DAY = '2026-12-01';
const POWER_CUT = { from: 60, to: 68 };
const JUMP = { at: 200, days: 3 };
const NIGHTLY = ['expire-decisions', 'end-delays', 'end-stays', 'appeal-clocks', 'remind-notices', 'erase-stopped', 'purge-contacts', 'retention'] as const;
const BASIS = LEGAL_BASES.find(({ code }) => code === 'N330.14.3.a/phishing_impersonation')!;
/** What every tenth case comes to, in turn. */
const PLAN: readonly { measure: MeasureCode; ending: 'lasts' | 'dies' | 'confirmed' | 'withdrawn' | 'reversed' | 'upheld' }[] = [
  { measure: 'PUBLIC_WARNING', ending: 'lasts' }, { measure: 'NOTICE_REGISTRAR', ending: 'lasts' }, { measure: 'PUBLIC_WARNING', ending: 'reversed' }, { measure: 'NOTICE_REGISTRAR', ending: 'reversed' },
  { measure: 'NOTICE_HOSTER', ending: 'dies' }, { measure: 'PUBLIC_WARNING', ending: 'confirmed' }, { measure: 'NO_ACTION', ending: 'lasts' }, { measure: 'NOTICE_HOSTER', ending: 'withdrawn' },
  { measure: 'SUPPORT', ending: 'lasts' }, { measure: 'NOTICE_REGISTRAR', ending: 'upheld' },
];

let desk: TestDesk;
let office: Office;
let judge: OfficerActor;
let smtp: SmtpSink;
let recipients: ReadonlyMap<string, string>;
let serial = 0;
let planned = 0;
/** Decisions that somebody appeals, and the day they do. */
const appeals: { readonly id: string; readonly agencyId: string; readonly on: number; readonly outcome: 'reversed' | 'upheld' }[] = [];

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);

beforeAll(async () => {
  smtp = await smtpSink();
  desk = await testDesk({ SMTP_URL: smtp.url });
  desk.clock.set(new Date(`${FIRST_DAY}T02:00:00Z`));
  office = await openOffice(desk);
  judge = await addOfficer(desk, 'so-vhttdl', ['reviewer', 'leader'], 'Hoàng Thị Minh');
  // One is written to by mail, the other on paper.
  const rows = await desk.owner.insertInto('recipient').values([
    { kind: 'registrar', name: 'Công ty Tên miền Ví Dụ', email: 'phap-ly@ten-mien.example', valid_from: '2026-01-01', valid_to: null, agency_id: null },
    { kind: 'hoster', name: 'Công ty Lưu trữ Ví Dụ', email: null, valid_from: '2026-01-01', valid_to: null, agency_id: null },
  ]).returning(['id', 'kind']).execute();
  recipients = new Map(rows.map(({ id, kind }) => [kind, id]));
  return () => smtp.close();
});

async function day(n: number): Promise<void> {
  const due = Math.floor((CASES * (n + 1)) / DAYS);
  while (serial < due) await oneCase(n);
  for (const appeal of appeals.filter(({ on }) => on === n)) await appealOne(appeal);
}

/** A report through the gate; every twentieth is stopped, every tenth comes to a decision. */
async function oneCase(n: number): Promise<void> {
  const host = `trang-gia-${serial++}.example`;
  const { id } = await submitReport(desk, reportOf({ narrative: `Trang https://${host}/otp giả VNeID, cả tên miền ${host} là giả` }));
  if (serial % 20 === 0) return void await as(office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, opinion: true }, []));
  const { caseId } = await as(office.gate, (tx) => answerGate(desk, tx, office.gate, id, PASSED, []));
  if (serial % 10 === 5) await decideOne(caseId!, n, PLAN[planned++ % PLAN.length]!);
}

async function decideOne(caseId: string, n: number, { measure, ending }: (typeof PLAN)[number]): Promise<void> {
  const id = await as(office.drafter, async (tx) => {
    await takeCase(tx, office.drafter, caseId);
    await addObservation(tx, office.drafter, caseId, 'Mở trang trên máy riêng: biểu mẫu xin số định danh và mã OTP.');
    await addVerification(tx, office.drafter, caseId, { checked: 'So với trang chính thức.', otherExplanation: 'Không có.', finding: 'Trang giả.', confidence: 'high' });
    const decision = await startDraft(tx, office.drafter, caseId, measure, 'Tỉnh Cao Bằng');
    await saveDraft(tx, office.drafter, decision, await inputOf(tx, caseId, decision, measure));
    if (ending === 'dies' || ending === 'confirmed') await beginInterim(desk, tx, office.drafter, decision, 'Trang đang nhận tiền của người dân.', EFFECTS);
    else await submitDraft(tx, office.drafter, decision);
    return decision;
  });
  if (ending === 'dies') return;
  await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
  if (ending === 'withdrawn') return as(office.reviewer, (tx) => withdrawDecision(desk, tx, office.reviewer, id, 'Trang đã ngừng hoạt động.', EFFECTS));
  if (ending === 'reversed' || ending === 'upheld') appeals.push({ id, agencyId: office.drafter.agencyId, on: n + 4, outcome: ending });
}

async function inputOf(tx: Tx, caseId: string, id: string, measure: MeasureCode): Promise<DraftInput> {
  const one = measureOf(measure);
  const evidence = (await tx.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute()).map((row) => row.id);
  const locators = await tx.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', id).execute();
  return {
    legalBasis: BASIS.code, aim: 'protect_property', facts: 'Trang bắt chước VNeID, xin số định danh và mã OTP; cơ quan chủ quản xác nhận không phải của mình.',
    sideEffects: 'Không có nội dung của người khác.', endsOn: one.defaultDays === null ? null : addDays(localDate(tx.now), 30), title: 'Trang giả VNeID xin mã OTP',
    summary: 'Trang bắt chước VNeID để lấy mã OTP của người dân trong tỉnh.', advice: 'Không nhập mã OTP.',
    elements: Object.fromEntries(BASIS.elements.map(({ code }) => [code, 'Giao diện trùng với trang thật.'])), proofs: Object.fromEntries(BASIS.elements.map(({ code }) => [code, evidence])),
    options: Object.fromEntries(one.lesser.map(({ code }) => [code, 'Chưa đủ: nhiều người đang gặp.'])), evidence,
    locators: locators.map(({ indicator_id: indicatorId, granularity }) => ({ indicatorId, granularity })),
    recipients: one.recipients.flatMap((kind) => recipients.get(kind) ?? []), detail: Object.fromEntries(one.fields.map(({ code }) => [code, 'Đề nghị tạm ngừng phân giải tên miền nêu trên.'])),
  };
}

/** Whoever a measure concerns finds the letter or the page and asks for a review; some measures rest meanwhile. */
async function appealOne({ id, agencyId, outcome }: (typeof appeals)[number]): Promise<void> {
  const access = await desk.owner.selectFrom('decision_access').select('id').where('decision_id', '=', id).where('party', '=', 'affected').executeTakeFirst();
  const { code } = await fileAppeal(desk, {
    by: { party: 'affected', accessId: access?.id ?? null, decisionId: id, agencyId } as never, words: 'Tên miền này là của tôi, trang đã bị người khác chiếm, tôi đã lấy lại.', asksStay: true,
    language: 'vi', email: null, formKey: `don-xem-xet-${id}`,
  });
  const appeal = await desk.owner.selectFrom('appeal').select('id').where('code', '=', code).executeTakeFirstOrThrow();
  await as(judge, (tx) => acceptAppeal(desk, tx, judge, appeal.id, false, false));
  await as(judge, (tx) => stayForAppeal(desk, tx, judge, appeal.id, 'Hậu quả khó khắc phục nếu tiếp tục.', EFFECTS));
  await as(judge, (tx) => decideAppeal(desk, tx, judge, appeal.id, outcome, 'Đã kiểm tra lại hồ sơ và chứng cứ mới của người đề nghị.', EFFECTS));
}

async function run(name: string, data: object = {}): Promise<void> {
  const job = JOBS.find((one) => one.name === name);
  if (!job) throw new Error(`no job ${name}`);
  await job.run(desk, data as never);
}

/** What the queue would do: write and send what is prepared; the clerk sends the rest on paper, and most recipients answer. */
async function post(): Promise<void> {
  for (const { id } of await desk.owner.selectFrom('notice').select('id').where('rendered_at', 'is', null).where('state', '=', 'prepared').execute()) await run('render-notice', { noticeId: id });
  for (const { id } of await desk.owner.selectFrom('notice').select('id').where('rendered_at', 'is not', null).where('state', '=', 'prepared').execute()) await run('send-notice', { noticeId: id });
  const today = localDate(desk.clock.now());
  for (const { id } of await desk.owner.selectFrom('notice').select('id').where('rendered_at', 'is not', null).where('state', '=', 'prepared').execute()) {
    // What died by the clock while no job ran does not leave any more.
    await as(office.clerk, (tx) => dispatchNotice(tx, office.clerk, id, { number: `${++letters}/TB-SVHTTDL`, on: today })).catch(unlessConflict);
  }
  const answered = await desk.owner.selectFrom('notice').select('id').where('effect_due', 'is not', null).where('effect', 'is', null).where('sent_at', 'is not', null).orderBy('id').execute();
  for (const { id } of answered.filter((_, i) => i % 3 !== 0)) await as(office.clerk, (tx) => recordEffect(tx, office.clerk, id, { effect: 'done', note: 'Đã thực hiện.', number: '', on: today }));
}
let letters = 0;

function unlessConflict(error: unknown): void {
  if (!(error instanceof Conflict)) throw error;
}

describe('a year of 5,000 cases', () => {
  it('ends with nothing past its end, nothing overdue unseen, and every reversal told to everybody', async () => {
    for (let n = 0; n < DAYS; n += 1) {
      desk.clock.set(new Date(Date.parse(`${FIRST_DAY}T02:00:00Z`) + n * 86_400_000));
      await day(n);
      const noPower = n >= POWER_CUT.from && n <= POWER_CUT.to;
      const jumped = n >= JUMP.at && n < JUMP.at + JUMP.days;
      if (noPower || jumped) continue;
      await post();
      desk.clock.set(new Date(desk.clock.now().getTime() + 16 * 3_600_000));
      for (const name of NIGHTLY) await run(name);
    }
    // The last night, and the letters of what it ended.
    desk.clock.set(new Date(Date.parse(`${FIRST_DAY}T02:00:00Z`) + (DAYS + 1) * 86_400_000));
    for (const name of NIGHTLY) await run(name);
    await post();
    await run('remind-notices');
    const today = localDate(desk.clock.now());
    const { rows: wrong } = await sql<{ what: string; id: string }>`
      select 'in force past its end' as what, d.id::text from decision d where d.state = 'in_force' and d.ends_on < ${today}
      union all select 'interim past its day', d.id::text from decision d where d.state = 'interim' and d.interim_until <= ${desk.clock.now()}
      union all select 'stayed for ever', d.id::text from decision d where d.stayed_at is not null and d.state = 'in_force' and not exists (select 1 from appeal a where a.decision_id = d.id and a.state = 'accepted')
      union all select 'a warning without its decision', w.id::text from warning w join decision d on d.id = w.decision_id where w.lifted_at is null and d.state not in ('in_force', 'interim')
      union all select 'in force and not shown', d.id::text from decision d where d.measure = 'PUBLIC_WARNING' and d.state = 'in_force' and d.stayed_at is null
        and not exists (select 1 from warning w where w.decision_id = d.id and w.lifted_at is null and w.stayed_at is null)
      union all select 'a decision without its notice', d.id::text from decision d join decision_recipient r on r.decision_id = d.id where (d.decided_at is not null or d.interim_at is not null)
        and not exists (select 1 from notice n where n.decision_id = d.id and n.recipient_id = r.recipient_id and n.kind = 'notice')
      union all select 'a notice that never left', n.id::text from notice n join decision d on d.id = n.decision_id where n.sent_at is null and n.state <> 'dropped'
      union all select 'told and not told that it is over', d.id::text from decision d join notice n on n.decision_id = d.id and n.kind = 'notice' and n.sent_at is not null
        where d.state in ('expired', 'withdrawn', 'reversed') and not exists (select 1 from notice w where w.decision_id = d.id and w.recipient_id = n.recipient_id and w.kind = 'withdrawal' and w.sent_at is not null)
      union all select 'an answer overdue and nobody reminded', n.id::text from notice n join decision d on d.id = n.decision_id
        where n.effect_due < ${today} and n.effect is null and n.sent_at is not null and n.kind = 'notice' and d.state = 'in_force' and n.reminded_at is null
      union all select 'an appeal overdue and not flagged', a.id::text from appeal a where (a.state = 'filed' and a.accept_by < ${today} or a.state = 'accepted' and a.decide_by < ${today})
        and not exists (select 1 from journal j where j.entity_id = a.id and j.action like '%overdue%')
      union all select 'a stopped report still there', r.id::text from report r where r.state = 'stopped' and r.erase_after < ${desk.clock.now()}
      union all select 'a reversal that left the measure', d.id::text from decision d join appeal a on a.decision_id = d.id where a.outcome = 'reversed' and d.state in ('in_force', 'interim')`.execute(desk.owner);
    expect(wrong).toEqual([]);
    // The year was one: every kind of ending happened, many times.
    const { rows } = await sql<{ state: string; n: number }>`select state, count(*)::int as n from decision group by state`.execute(desk.owner);
    const count = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    expect(count).toMatchObject({ expired: expect.any(Number), withdrawn: expect.any(Number), reversed: expect.any(Number), in_force: expect.any(Number) });
    expect(count['reversed']).toBeGreaterThan(80);
    const { cases } = await desk.owner.selectFrom('case_file').select(({ fn }) => fn.countAll<number>().as('cases')).executeTakeFirstOrThrow();
    expect(cases).toBeGreaterThan(CASES * 0.94);
    expect(smtp.mails.filter(({ to }) => to.includes('phap-ly@ten-mien.example')).length).toBeGreaterThan(200);
    // What is late is told as late, to the day.
    const { rows: [late] } = await sql<{ n: number }>`select count(*)::int as n from report where due_on < ${today} and state in ('received', 'acknowledged', 'need_info', 'attached')`.execute(desk.owner);
    expect(late!.n).toBeGreaterThan(1000);
  }, 900_000);
});
