import { sql } from 'kysely';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { caseNumber } from '#core/codes.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import { gateOutcome, type GateAnswers, type GateOutcome } from '#core/gate.ts';
import type { ReportState } from '#core/transitions.ts';
import { sealStory, type WithheldTrace } from '#modules/intake/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';

/** The erasure job runs in the night after this day, so that it is done within the 30 days of SCOPE. */
const ERASE_DAYS = 29;

/**
 * The first gate (S2): an officer's seven answers and the positive elements. Passing attaches the report to its case (or
 * opens one); a "yes" stops it (the database counts it by week and sender) and sets the day of its erasure.
 * @throws Invalid when a positive element is missing (nothing is written: the officer may still ask the reporter);
 * Conflict when the gate was answered before
 */
export async function answerGate(
  desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, answers: GateAnswers, elements: readonly string[],
): Promise<GateOutcome & { caseId?: string }> {
  const report = await lockReport(tx, reportId);
  if (!BEFORE_GATE.includes(report.state)) throw new Conflict('already gated', { state: report.state });
  const outcome = gateOutcome(report.category, answers, elements);
  if (!outcome.passed && outcome.why === 'elements_missing') throw new Invalid('positive elements missing', { fields: { elements: 'missing' }, missing: outcome.missing });
  await tx.insertInto('gate_check').values({
    stage: 'intake', report_id: reportId, decision_id: null, category: report.category, officer_id: actor.officerId, agency_id: actor.agencyId,
    ...answers, elements: [...elements], passed: outcome.passed, at: tx.now,
  }).execute();
  if (!outcome.passed) {
    await stopReport(desk, tx, actor, report, outcome.stopCode);
    return outcome;
  }
  const caseId = report.case_id ?? (await openCase(desk, tx, actor, report, 1)).id;
  const due_on = localDate(dueAt('answerReporter', tx.now, await workingCalendar(tx)));
  await changeState(tx, actor, 'report', reportId, 'pass_gate', { set: { case_id: caseId, due_on, read_by_desk_at: tx.now }, detail: { case: caseId } });
  return { ...outcome, caseId };
}

/** States in which the gate is still open. */
const BEFORE_GATE: readonly ReportState[] = ['received', 'acknowledged', 'need_info'];

type LockedReport = Awaited<ReturnType<typeof lockReport>>;

async function lockReport(tx: Tx, reportId: string) {
  const report = await tx.selectFrom('report')
    .select(['id', 'code', 'state', 'category', 'case_id', 'narrative', 'search', 'province_code', 'reporter_kind', 'sender_agency_id', 'language', 'handling_agency_id'])
    .where('id', '=', reportId).forUpdate().executeTakeFirst();
  if (!report) throw new NotFound('report');
  return report;
}

/** Opens a case of the acting officer's agency. @param reports how many it begins with */
export async function openCase(
  desk: Desk, tx: Tx, actor: OfficerActor, about: { category: CategoryCode; handling_agency_id: string }, reports = 0,
): Promise<{ id: string; number: string }> {
  const id = uuidv7(tx.now);
  const year = Number(localDate(tx.now).slice(0, 4));
  const sequence = await takeNumbers(tx, `case/${desk.config.PROVINCE}/${year}`, 1);
  const number = caseNumber({ province: desk.config.PROVINCE, year, sequence });
  await tx.insertInto('case_file').values({
    id, number, category: about.category, title: categoryOf(about.category).label.vi,
    lead_agency_id: about.handling_agency_id, officer_id: null, opened_at: tx.now, closed_at: null, report_count: reports, merged_into: null,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: id, action: 'open', to: 'open' }]);
  return { id, number };
}

async function stopReport(desk: Desk, tx: Tx, actor: OfficerActor, report: LockedReport, stopCode: keyof GateAnswers): Promise<void> {
  await changeState(tx, actor, 'report', report.id, 'stop', {
    reason: stopCode, set: { stop_code: stopCode, erase_after: dueAt('eraseStopped', tx.now, await workingCalendar(tx), ERASE_DAYS), due_on: null, case_id: null, read_by_desk_at: tx.now },
  });
  const story = sealStory(desk, report.id, { narrative: report.narrative, search: report.search, traces: await tracesOf(tx, report.id) });
  await sql`select withhold_stopped(${report.id}::uuid, ${story})`.execute(tx);
  if (report.case_id) await leaveCase(tx, actor, report.case_id);
  await desk.jobs.enqueue(tx, 'tell-reporter', { reportId: report.id, letter: 'news' });
}

/** The traces of a report as they are sealed with its words. */
async function tracesOf(tx: Tx, reportId: string): Promise<WithheldTrace[]> {
  const rows = await tx.selectFrom('report_indicator').innerJoin('indicator', 'indicator.id', 'indicator_id')
    .select(['kind', 'match_key', 'display', 'value', 'sealed', 'specific', 'grouping_key as groups']).where('report_id', '=', reportId).orderBy('indicator.id').execute();
  return rows.map(({ match_key, sealed, ...row }) => ({ ...row, key: match_key.toString('base64'), sealed: sealed?.toString('base64') ?? null }));
}

/** One report fewer; an open case that has none left is closed. */
async function leaveCase(tx: Tx, actor: OfficerActor, caseId: string): Promise<void> {
  const left = await tx.updateTable('case_file').set((eb) => ({ report_count: eb('report_count', '-', 1) })).where('id', '=', caseId)
    .returning(['report_count', 'state', 'category']).executeTakeFirst();
  if (left?.report_count !== 0 || left.state !== 'open') return;
  // Its title may carry the address of the stopped report.
  await changeState(tx, actor, 'case', caseId, 'void', { set: { closed_at: tx.now, title: categoryOf(left.category).label.vi } });
}

/**
 * The officer puts a report into the right category before the gate; the reporter need not know our list. A category whose
 * traces may not link takes the report out of a case that grouped it (SCOPE, never built 3); a case of this report alone follows it.
 */
export async function reclassify(tx: Tx, actor: OfficerActor, reportId: string, category: CategoryCode): Promise<void> {
  const report = await lockReport(tx, reportId);
  if (!BEFORE_GATE.includes(report.state)) throw new Conflict('already gated', { state: report.state });
  if (report.category === category) return;
  if (!categoryOf(category).storesImages && await tx.selectFrom('attachment').select('id').where('report_id', '=', reportId).executeTakeFirst()) {
    throw new Conflict('pictures of this category are never stored', { reason: 'has_images' });
  }
  const leaves = report.case_id !== null && !categoryOf(category).linksCases;
  await tx.updateTable('report').set({ category, ...(leaves && { case_id: null }) }).where('id', '=', reportId).execute();
  await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'reclassify', detail: { from: report.category, to: category } }]);
  if (!report.case_id) return;
  if (leaves) await leaveCase(tx, actor, report.case_id);
  else await recategoriseOwnCase(tx, actor, report.case_id, report.category, category);
}

/** An open case that holds one report only has that report's category, and its working title says so. */
async function recategoriseOwnCase(tx: Tx, actor: OfficerActor, caseId: string, from: CategoryCode, to: CategoryCode): Promise<void> {
  const own = await tx.selectFrom('case_file').select(['title', 'category']).where('id', '=', caseId).where('state', '=', 'open').where('report_count', '=', 1)
    .forUpdate().executeTakeFirst();
  if (!own || own.category === to) return;
  const [before, after] = [categoryOf(from).label.vi, categoryOf(to).label.vi];
  const title = own.title.startsWith(before) ? after + own.title.slice(before.length) : own.title;
  await tx.updateTable('case_file').set({ category: to, title: title.slice(0, 300) }).where('id', '=', caseId).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'recategorise', detail: { from: own.category, to } }]);
}
