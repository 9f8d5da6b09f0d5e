import { sql } from 'kysely';
import type { CategoryCode } from '#catalogue/categories.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import { gateOutcome, type GateAnswers, type GateOutcome } from '#core/gate.ts';
import { isoWeek } from '#core/periods.ts';
import { normalise } from '#core/vietnamese.ts';
import { likeness, openStory, type Withheld } from '#modules/intake/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { openCase } from './gate.ts';

/** Lengths of what the officer writes. */
export const STOP_REVIEW = { opening: { least: 5, most: 500 }, reason: { least: 5, most: 1000 } } as const;

/**
 * Opens the words of a stopped report for the officer who is to look at the stop again. The database gives them only while a request
 * of the reporter waits, only to an officer of the handling agency who answered no gate of this report, with a reason, and journals it.
 * @throws Invalid without a reason; Conflict when there is nothing to review, or not for this officer
 */
export async function openStopped(desk: Desk, tx: Tx, report: { id: string; category: CategoryCode }, reason: string): Promise<Withheld | null> {
  const why = normalise(reason);
  if (why.length < STOP_REVIEW.opening.least || why.length > STOP_REVIEW.opening.most) throw new Invalid('reason missing', { fields: { opening: 'length' } });
  await requireReview(tx, report.id);
  const { rows } = await sql<{ sealed: Buffer | null }>`select open_stopped(${report.id}::uuid, ${why}) as sealed`.execute(tx);
  return rows[0]?.sealed ? openStory(desk, report, rows[0].sealed) : null;
}

/** @throws Conflict when the acting officer cannot review this stop now */
async function requireReview(tx: Tx, reportId: string): Promise<void> {
  const { rows } = await sql<{ may: boolean }>`select may_review_stop(${reportId}::uuid) as may`.execute(tx);
  if (!rows[0]!.may) throw new Conflict('not to be reviewed by this officer now', { reason: 'no_review' });
}

/**
 * Looks at a stop again: all seven answers anew, by another officer who opened the words. One "yes" keeps the stop and its day of
 * erasure; seven "no" with every element lift it: the words, traces and pictures come back and the report joins a new case as one that
 * passed the gate. The reporter is told either way.
 * @param opening why the words were opened; the story itself is opened again, since nothing of it waits anywhere
 * @throws Invalid when a positive element is missing or the reason is; Conflict when there is nothing to review, or not for this officer
 */
export async function answerStopReview(
  desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, given: { answers: GateAnswers; elements: readonly string[]; opening: string; reason: string },
): Promise<GateOutcome & { caseId?: string }> {
  const reason = normalise(given.reason);
  if (reason.length < STOP_REVIEW.reason.least || reason.length > STOP_REVIEW.reason.most) throw new Invalid('reason missing', { fields: { reason: 'length' } });
  const report = await lockStopped(tx, reportId);
  await requireReview(tx, reportId);
  const outcome = gateOutcome(report.category, given.answers, given.elements);
  if (!outcome.passed && outcome.why === 'elements_missing') throw new Invalid('positive elements missing', { fields: { elements: 'missing' }, missing: outcome.missing });
  const story = outcome.passed ? await openStopped(desk, tx, report, given.opening) : null;
  if (outcome.passed && !story) throw new Conflict('the words do not open', { reason: 'sealed' });
  await tx.insertInto('gate_check').values({
    stage: 'review', report_id: reportId, decision_id: null, category: report.category, officer_id: actor.officerId, agency_id: actor.agencyId,
    ...given.answers, elements: [...given.elements], passed: outcome.passed, at: tx.now,
  }).execute();
  await tx.updateTable('stop_review').set({ officer_id: actor.officerId, decided_at: tx.now, outcome: outcome.passed ? 'lifted' : 'kept', reason }).where('report_id', '=', reportId).execute();
  const caseId = story ? await lift(desk, tx, actor, report, story) : undefined;
  if (!story) await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'keep_stop' }]);
  await desk.jobs.enqueue(tx, 'tell-reporter', { reportId, letter: 'news' });
  return { ...outcome, caseId };
}

type Stopped = Awaited<ReturnType<typeof lockStopped>>;

async function lockStopped(tx: Tx, reportId: string) {
  const report = await tx.selectFrom('report').select(['id', 'state', 'category', 'handling_agency_id', 'stop_code', 'reporter_kind', 'sender_agency_id'])
    .where('id', '=', reportId).forUpdate().executeTakeFirst();
  if (!report) throw new NotFound('report');
  if (report.state !== 'stopped') throw new Conflict('not stopped', { state: report.state });
  return report;
}

async function lift(desk: Desk, tx: Tx, actor: OfficerActor, report: Stopped, { narrative, search, traces }: Withheld): Promise<string> {
  const { id: caseId } = await openCase(desk, tx, actor, report, 1);
  await changeState(tx, actor, 'report', report.id, 'lift', {
    set: { case_id: caseId, narrative, search, sealed_story: null, stop_code: null, erase_after: null, due_on: localDate(dueAt('answerReporter', tx.now, await workingCalendar(tx))) },
    detail: { case: caseId },
  });
  await sql`select return_withheld(${report.id}::uuid, ${JSON.stringify(traces)}::jsonb, ${likeness(report.category, narrative)}::int[])`.execute(tx);
  await countLifted(tx, report);
  return caseId;
}

/** The stop stays counted in its week, and beside it that it was lifted. */
async function countLifted(tx: Tx, report: Stopped): Promise<void> {
  const { at } = await tx.selectFrom('gate_check').select('at').where('report_id', '=', report.id).where('stage', '=', 'intake').where('passed', '=', false).executeTakeFirstOrThrow();
  await tx.updateTable('stop_statistic').set((eb) => ({ lifted: eb('lifted', '+', 1) })).where('iso_week', '=', isoWeek(localDate(at))).where('category', '=', report.category)
    .where('stop_code', '=', report.stop_code).where('reporter_kind', '=', report.reporter_kind).where('agency_id', 'is not distinct from', report.sender_agency_id).execute();
}
