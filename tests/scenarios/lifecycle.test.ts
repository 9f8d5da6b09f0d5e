import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { acceptAppeal, decideAppeal, fileAppeal, stayForAppeal } from '#modules/appeals/index.ts';
import {
  beginInterim, decideSecond, expireDecisions, renewDecision, returnDraft, saveDraft, startDraft, submitDraft, withdrawDecision, type DraftInput,
} from '#modules/decisions/index.ts';
import { addObservation } from '#modules/cases/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, LachanError } from '#platform/errors.ts';
import { EFFECTS } from '../../src/modules.ts';
import { openOffice, PASSED, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addOfficer } from '../support/people.ts';

/** Walks of random people through decisions, against the real database; a few walks follow each other on one case. */
const WALKS = 2000;
const STEPS = 6;
const WALKS_OF_A_CASE = 5;
const HOUR = 3_600_000;
const BEGIN = new Date('2026-11-22T02:00:00Z');
const BASIS = LEGAL_BASES.find(({ code }) => code === 'N330.14.3.a/phishing_impersonation')!;

type Who = keyof Office;
type Step =
  | { readonly do: 'start'; readonly who: Who; readonly measure: MeasureCode }
  | { readonly do: 'complete' | 'submit' | 'interim' | 'return' | 'approve' | 'stop' | 'withdraw' | 'renew' | 'force'; readonly who: Who }
  | { readonly do: 'observe'; readonly who: Who }
  | { readonly do: 'appeal' }
  | { readonly do: 'accept' | 'stay' | 'uphold' | 'reverse'; readonly who: Who | 'judge' }
  | { readonly do: 'wait'; readonly hours: number };

const who = fc.constantFrom<Who>('gate', 'drafter', 'reviewer', 'leader', 'clerk', 'stranger');
/** The right person most of the time, or no walk would get far. */
const by = (likely: Who) => fc.oneof({ weight: 3, arbitrary: fc.constant(likely) }, { weight: 2, arbitrary: who });
const judged = fc.oneof({ weight: 4, arbitrary: fc.constant('judge' as const) }, { weight: 2, arbitrary: who });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('start' as const), who: by('drafter'), measure: fc.constantFrom<MeasureCode>('PUBLIC_WARNING', 'NO_ACTION', 'SUPPORT') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('complete' as const), who: by('drafter') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), who: by('drafter') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('interim' as const), who: by('drafter') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), who: by('reviewer') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('approve' as const), who: by('leader') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), who: by('reviewer') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who: by('reviewer') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), who: by('drafter') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('observe' as const), who: fc.constant<Who>('drafter') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('appeal' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('accept' as const), who: judged }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stay' as const), who: judged }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('uphold' as const, 'reverse' as const), who: judged }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('force' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 25, 24 * 40, 24 * 100) }) },
);

/** How walks begin, so that most get somewhere: with a draft, or with a decision in force that somebody appeals. */
const DRAFT: readonly Step[] = [{ do: 'start', who: 'drafter', measure: 'PUBLIC_WARNING' }, { do: 'complete', who: 'drafter' }];
const BEGINNINGS: readonly (readonly Step[])[] = [DRAFT, DRAFT, [...DRAFT, { do: 'submit', who: 'drafter' }, { do: 'approve', who: 'leader' }, { do: 'appeal' }]];

let desk: TestDesk;
let office: Office;
/** Took part in nothing: the only one who may review an appeal. */
let judge: OfficerActor;
let appeals = 0;

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  judge = await addOfficer(desk, 'so-vhttdl', ['reviewer', 'leader'], 'Ma Thị Bằng');
  await sql.raw(BROKEN).execute(desk.owner);
});

/** What the walk knows: the decision it last touched and, by the model, where that stands. */
interface Walk {
  readonly caseId: string;
  decision: string | null;
}

/** Takes a step. @returns whether anything came of it */
async function take(walk: Walk, one: Step): Promise<boolean> {
  if (one.do === 'wait') {
    desk.clock.set(new Date(desk.clock.now().getTime() + one.hours * HOUR));
    await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
    return true;
  }
  if (one.do === 'appeal') return attempt(() => appeal(walk));
  const actor = one.who === 'judge' ? judge : office[one.who];
  const expected = await predict(walk, one, actor);
  const happened = await attempt(() => inTransaction(desk, actor, (tx) => act(tx, walk, one, actor)));
  if (expected !== null && walk.decision) expect({ step: one.do, who: one.who, happened }).toEqual({ step: one.do, who: one.who, happened: expected });
  return happened;
}

/** Whoever reads the public page asks for a review. */
async function appeal(walk: Walk): Promise<void> {
  if (!walk.decision) return;
  await fileAppeal(desk, {
    by: { party: 'affected', accessId: null, decisionId: walk.decision, agencyId: office.drafter.agencyId }, words: 'Trang này là của tôi, đã bị chiếm và nay đã lấy lại.', asksStay: true, language: 'vi',
    email: null, formKey: `khoa-di-bo-${appeals++}`,
  });
}

/** The newest appeal about the decision of a walk. */
async function appealOf(tx: Tx, decisionId: string): Promise<string> {
  const row = await tx.selectFrom('appeal').select('id').where('decision_id', '=', decisionId).orderBy('filed_at', 'desc').orderBy('id', 'desc').executeTakeFirst();
  if (!row) throw new Conflict('no appeal');
  return row.id;
}

/** Runs a command; a refusal in the field's terms or by a guard of the database is an answer, anything else fails the walk. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof LachanError || (error as { code?: string }).code === '23514' || (error as { code?: string }).code === '42501') return false;
    throw error;
  }
}

async function act(tx: Tx, walk: Walk, one: Exclude<Step, { do: 'wait' | 'appeal' }>, actor: OfficerActor): Promise<void> {
  const id = walk.decision ?? '00000000-0000-7000-8000-000000000000';
  switch (one.do) {
    case 'start': walk.decision = await startDraft(tx, actor, walk.caseId, one.measure, 'Tỉnh Cao Bằng'); return;
    case 'complete': return saveDraft(tx, actor, id, await complete(tx, walk.caseId, id));
    case 'submit': return submitDraft(tx, actor, id);
    case 'interim': return beginInterim(desk, tx, actor, id, 'Trang đang nhận tiền của người dân ngay lúc này.', EFFECTS);
    case 'return': return returnDraft(desk, tx, actor, id, 'Nêu rõ hơn chứng cứ.', EFFECTS);
    case 'approve': return void await decideSecond(desk, tx, actor, id, PASSED, [], EFFECTS);
    case 'stop': return void await decideSecond(desk, tx, actor, id, { ...PASSED, opinion: true }, [], EFFECTS);
    case 'withdraw': return withdrawDecision(desk, tx, actor, id, 'Trang đã bị gỡ.', EFFECTS);
    case 'renew': walk.decision = await renewDecision(tx, actor, id); return;
    case 'observe': return addObservation(tx, actor, walk.caseId, 'Mở lại trang: vẫn hoạt động, vẫn xin mã OTP.');
    case 'accept': return acceptAppeal(desk, tx, actor, await appealOf(tx, id), false, false);
    case 'stay': return stayForAppeal(desk, tx, actor, await appealOf(tx, id), 'Hậu quả khó khắc phục nếu tiếp tục.', EFFECTS);
    case 'uphold': case 'reverse': return decideAppeal(desk, tx, actor, await appealOf(tx, id), one.do === 'uphold' ? 'upheld' : 'reversed', 'Đã xem lại toàn bộ hồ sơ và chứng cứ mới.', EFFECTS);
    // Past the commands, straight at the row, as whoever writes SQL with the application's role would.
    case 'force': {
      const { numAffectedRows } = await sql`update decision set state = 'in_force', second_officer_id = ${actor.officerId}, act_date = desk_today(), decided_at = desk_now()
        where id = ${id}`.execute(tx);
      if (!numAffectedRows) throw new Conflict('not seen');
    }
  }
}

/** What must happen by the rules, told from the rows; null where the rules leave it to the details of the draft. */
async function predict(walk: Walk, one: Exclude<Step, { do: 'wait' | 'appeal' }>, actor: OfficerActor): Promise<boolean | null> {
  if (!walk.decision) return null;
  const row = await desk.owner.selectFrom('decision').selectAll().where('id', '=', walk.decision).executeTakeFirstOrThrow();
  const open = row.state === 'draft' || row.state === 'returned';
  const mine = row.drafter_id === actor.officerId;
  const second = (row.state === 'second_review' || row.state === 'interim') && (actor === office.reviewer || actor === office.leader);
  switch (one.do) {
    case 'complete': return open && mine;
    case 'submit': return open && mine ? null : false;
    case 'interim': return open && mine && row.interim_at === null && measureOf(row.measure).interim ? null : false;
    case 'return': return second;
    case 'stop': return second;
    case 'approve': return second ? null : false;
    case 'withdraw': return (row.state === 'in_force' || row.state === 'interim') && actor.roles.some((role) => role === 'reviewer' || role === 'leader') && actor.agencyId === row.agency_id;
    case 'force': return row.state === 'in_force' ? null : false;
    // Nobody who took part before touches an appeal.
    case 'accept': case 'stay': case 'uphold': case 'reverse': return actor === judge ? null : false;
    default: return null;
  }
}

async function complete(tx: Tx, caseId: string, id: string): Promise<DraftInput> {
  const { measure = 'NO_ACTION' } = await tx.selectFrom('decision').select('measure').where('id', '=', id).executeTakeFirst() ?? {};
  const evidence = (await tx.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute()).map((row) => row.id);
  const locators = await tx.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', id).execute();
  const one = measureOf(measure as MeasureCode);
  return {
    legalBasis: BASIS.code, aim: 'protect_property', facts: 'Trang bắt chước VNeID, xin số định danh và mã OTP của người dân; cơ quan chủ quản xác nhận.',
    sideEffects: 'Không có nội dung của người khác trên tên miền.', endsOn: one.defaultDays === null ? null : addDays(localDate(tx.now), one.defaultDays - 60 > 0 ? 30 : one.defaultDays),
    title: 'Trang giả VNeID xin mã OTP', summary: 'Trang bắt chước VNeID để lấy mã OTP của người dân trong tỉnh.', advice: 'Không nhập mã OTP.',
    elements: Object.fromEntries(BASIS.elements.map(({ code }) => [code, 'Giao diện và câu chữ trùng với trang thật.'])),
    proofs: Object.fromEntries(BASIS.elements.map(({ code }) => [code, evidence])), options: Object.fromEntries(one.lesser.map(({ code }) => [code, 'Chưa đủ, nhiều người đang gặp.'])),
    evidence, locators: locators.map(({ indicator_id: indicatorId, granularity }) => ({ indicatorId, granularity })), recipients: [],
    detail: Object.fromEntries(one.fields.map(({ code }) => [code, 'Đã tư vấn qua điện thoại, hướng dẫn khóa tài khoản.'])),
  };
}

/** What must hold of every case at every moment (S2–S7, S10), as a function of the database: planned once, asked after every step. */
const BROKEN = `create function broken(wanted uuid, today date, moment timestamptz) returns setof text language plpgsql as $$ begin return query
    select 'in force without a second person: ' || d.id as what from decision d where d.case_id = wanted and d.decided_at is not null
      and (d.second_officer_id is null or d.second_officer_id = d.drafter_id
        or exists (select 1 from gate_check g join report r on r.id = g.report_id where r.case_id = d.case_id and g.officer_id = d.second_officer_id))
    union all select 'in force, not decided: ' || d.id from decision d where d.case_id = wanted and d.state = 'in_force' and (d.decided_at is null or d.act_date is null)
    union all select 'in force past its end: ' || d.id from decision d where d.case_id = wanted and d.state = 'in_force' and d.ends_on < today
    union all select 'interim past its day: ' || d.id from decision d where d.case_id = wanted and d.state = 'interim' and d.interim_until <= moment
    union all select 'no end within the most: ' || d.id from decision d join measure m on m.code = d.measure where d.case_id = wanted and d.state in ('in_force', 'interim')
      and m.max_days is not null and (d.ends_on is null or d.ends_on > d.starts_on + m.max_days)
    union all select 'live without a decision: ' || w.id from warning w join decision d on d.id = w.decision_id where d.case_id = wanted and w.lifted_at is null
      and d.state not in ('in_force', 'interim')
    union all select 'shown while stayed: ' || d.id from decision d join warning w on w.decision_id = d.id where d.case_id = wanted and d.stayed_at is not null and d.state = 'in_force'
      and w.lifted_at is null and w.stayed_at is null
    union all select 'stayed by nobody: ' || d.id from decision d where d.case_id = wanted and d.stayed_at is not null and d.state = 'in_force'
      and not exists (select 1 from appeal a where a.decision_id = d.id and a.state = 'accepted')
    union all select 'reversed without an appeal: ' || d.id from decision d where d.case_id = wanted and d.state = 'reversed' and not exists (select 1 from appeal a where a.decision_id = d.id and a.outcome = 'reversed')
    union all select 'reviewed by somebody who took part: ' || a.id from appeal a join decision d on d.id = a.decision_id where d.case_id = wanted and a.reviewer_id in (d.drafter_id, d.second_officer_id)
    union all select 'a reversal that left the measure: ' || d.id from decision d join appeal a on a.decision_id = d.id where d.case_id = wanted and a.outcome = 'reversed' and d.state in ('in_force', 'interim')
    union all select 'in force and not published: ' || d.id from decision d where d.case_id = wanted and d.measure = 'PUBLIC_WARNING' and d.state in ('in_force', 'interim')
      and not exists (select 1 from warning w where w.decision_id = d.id and w.lifted_at is null)
    union all select 'live longer than the decision: ' || w.id from warning w join decision d on d.id = w.decision_id where d.case_id = wanted and w.lifted_at is null
      and w.ends_at > case d.state when 'interim' then d.interim_until else (d.ends_on + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' end
    union all select 'state without a journal row: ' || d.id from decision d where d.case_id = wanted
      and d.state <> (select j.to_state from journal j where j.entity_id = d.id and j.to_state is not null order by j.seq desc limit 1)
    union all select 'interim twice: ' || d.case_id from decision d where d.case_id = wanted and d.interim_at is not null and d.decided_at is null group by d.case_id, d.measure having count(*) > 1
    union all select 'renewed without fresh evidence: ' || d.id from decision d join decision old on old.id = d.renews where d.case_id = wanted and d.decided_at is not null
      and not exists (select 1 from decision_evidence v join evidence e on e.id = v.evidence_id where v.decision_id = d.id and e.at > old.decided_at)
    union all select 'gate of the decision not passed: ' || d.id from decision d where d.case_id = wanted and d.decided_at is not null
      and not exists (select 1 from gate_check g where g.decision_id = d.id and g.passed and g.officer_id = d.second_officer_id);
  end $$`;

/** What does not hold of a case now. */
async function broken(caseId: string): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`select broken(${caseId}, ${localDate(desk.clock.now())}, ${desk.clock.now()}) as what`.execute(desk.owner);
  return rows.map(({ what }) => what);
}

describe('random people, random order, real database', () => {
  it(`never reach a forbidden state in ${WALKS} walks`, async () => {
    const reached = new Set<string>();
    let [walks, caseId] = [0, ''];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...BEGINNINGS), fc.array(step, { minLength: 2, maxLength: STEPS }), async (beginning, steps) => {
      if (walks++ % WALKS_OF_A_CASE === 0) {
        // Each case begins on the same day, or the walks together would outlive the century.
        desk.clock.set(BEGIN);
        ({ caseId } = await verifiedCase(desk, office));
      }
      const walk: Walk = { caseId, decision: null };
      for (const one of [...beginning, ...steps]) {
        // A refused step was rolled back: nothing is other than it was.
        if (await take(walk, one)) expect(await broken(caseId)).toEqual([]);
      }
      const { rows } = await sql<{ to_state: string }>`select distinct j.to_state from journal j where j.to_state is not null and (j.entity_id in (select id from decision where case_id = ${caseId})
        or j.entity_id in (select a.id from appeal a join decision d on d.id = a.decision_id where d.case_id = ${caseId}))`.execute(desk.owner);
      for (const { to_state } of rows) reached.add(to_state);
    }), { numRuns: WALKS });
    // Walks that never get anywhere would prove nothing.
    expect([...reached].sort()).toEqual(['accepted', 'decided', 'draft', 'expired', 'filed', 'in_force', 'interim', 'returned', 'reversed', 'second_review', 'stopped', 'withdrawn']);
  }, 600_000);
});
