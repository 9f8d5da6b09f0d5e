import { sql } from 'kysely';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { calendarOf } from '#catalogue/holidays.ts';
import { caseNumber } from '#core/codes.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import { gateOutcome, type GateAnswers, type GateOutcome } from '#core/gate.ts';
import { isoWeek } from '#core/periods.ts';
import type { ReportState } from '#core/transitions.ts';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { Confidence } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';

const CALENDAR = calendarOf();
/** The erasure job runs in the night after this day, so that it is done within the 30 days of SCOPE. */
const ERASE_DAYS = 29;

/**
 * The first gate (S2): an officer's seven answers and the positive elements. Passing attaches the report to its case (or
 * opens one); a "yes" stops it, counts it by week and sender, and sets the day of its erasure.
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
  const caseId = report.case_id ?? await openCase(desk, tx, actor, report);
  const due_on = localDate(dueAt('answerReporter', tx.now, CALENDAR));
  await changeState(tx, actor, 'report', reportId, 'pass_gate', { set: { case_id: caseId, due_on, read_by_desk_at: tx.now }, detail: { case: caseId } });
  return { ...outcome, caseId };
}

/** States in which the gate is still open. */
const BEFORE_GATE: readonly ReportState[] = ['received', 'acknowledged', 'need_info'];

type LockedReport = Awaited<ReturnType<typeof lockReport>>;

async function lockReport(tx: Tx, reportId: string) {
  const report = await tx.selectFrom('report')
    .select(['id', 'code', 'state', 'category', 'case_id', 'narrative', 'province_code', 'reporter_kind', 'sender_agency_id', 'language', 'handling_agency_id'])
    .where('id', '=', reportId).forUpdate().executeTakeFirst();
  if (!report) throw new NotFound('report');
  return report;
}

async function openCase(desk: Desk, tx: Tx, actor: OfficerActor, report: LockedReport): Promise<string> {
  const id = uuidv7(tx.now);
  const year = Number(localDate(tx.now).slice(0, 4));
  const sequence = await takeNumbers(tx, `case/${desk.config.PROVINCE}/${year}`, 1);
  await tx.insertInto('case_file').values({
    id, number: caseNumber({ province: desk.config.PROVINCE, year, sequence }), category: report.category, title: categoryOf(report.category).label.vi,
    lead_agency_id: report.handling_agency_id, officer_id: null, opened_at: tx.now, closed_at: null, report_count: 1,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: id, action: 'open', to: 'open' }]);
  return id;
}

async function stopReport(desk: Desk, tx: Tx, actor: OfficerActor, report: LockedReport, stopCode: keyof GateAnswers): Promise<void> {
  await changeState(tx, actor, 'report', report.id, 'stop', {
    reason: stopCode, set: { stop_code: stopCode, erase_after: dueAt('eraseStopped', tx.now, CALENDAR, ERASE_DAYS), due_on: null, case_id: null, read_by_desk_at: tx.now },
  });
  await tx.insertInto('stop_statistic').values({
    iso_week: isoWeek(localDate(tx.now)), category: report.category, stop_code: stopCode, reporter_kind: report.reporter_kind, agency_id: report.sender_agency_id, stops: 1,
  }).onConflict((conflict) => conflict.columns(['iso_week', 'category', 'stop_code', 'reporter_kind', 'agency_id'])
    .doUpdateSet((eb) => ({ stops: eb('stop_statistic.stops', '+', 1) }))).execute();
  const story = desk.keys.seal('identity', report.narrative, report.id);
  await sql`select withhold_stopped(${report.id}::uuid, ${story})`.execute(tx);
  if (report.case_id) await leaveCase(tx, actor, report.case_id);
  await desk.jobs.enqueue(tx, 'mail-reporter', { reportId: report.id, letter: 'news' });
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

/** Asks the reporter for what is missing; the clock of the gate waits for the answer. */
export async function askReporter(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, question: string): Promise<void> {
  await sendMessage(desk, tx, actor, reportId, question);
  await changeState(tx, actor, 'report', reportId, 'ask', { reason: 'need_info', set: { due_on: null } });
}

/** Answers one reporter; the report is then answered. */
export async function answerReporter(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, body: string): Promise<void> {
  await sendMessage(desk, tx, actor, reportId, body);
  await changeState(tx, actor, 'report', reportId, 'answer', { set: { due_on: null } });
}

/**
 * One answer to every reporter of a case who waits for one.
 * @returns how many were answered
 */
export async function answerAllReporters(desk: Desk, tx: Tx, actor: OfficerActor, caseId: string, body: string): Promise<number> {
  const reports = await tx.selectFrom('report').select('id').where('case_id', '=', caseId).where('state', '=', 'attached').orderBy('received_at').forUpdate().execute();
  for (const { id } of reports) await answerReporter(desk, tx, actor, id, body);
  return reports.length;
}

/**
 * Opens a reporter's sealed contact (S12): the database hands it out only with a reason and writes who, when and why in the
 * same breath. @returns the sealed bytes for `keys.unseal('identity', …, reportId)`, or null when there is no contact
 */
export async function openIdentity(tx: Tx, _actor: OfficerActor, reportId: string, reason: string): Promise<Buffer | null> {
  const text = normalise(reason);
  if (text.length < 5 || text.length > 500) throw new Invalid('reason missing', { fields: { reason: 'length' } });
  const { rows } = await sql<{ sealed: Buffer | null }>`select open_identity(${reportId}::uuid, ${text}) as sealed`.execute(tx);
  return rows[0]?.sealed ?? null;
}

async function sendMessage(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, body: string): Promise<void> {
  const text = normalise(body);
  if (text.length < 5 || text.length > 5000) throw new Invalid('message length', { fields: { body: 'length' } });
  await tx.insertInto('message').values({ report_id: reportId, sent_by: 'desk', officer_id: actor.officerId, body: text, at: tx.now, read_at: null }).execute();
  await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'desk_message' }]);
  await desk.jobs.enqueue(tx, 'mail-reporter', { reportId, letter: 'news' });
}

/** Takes a case: the acting officer becomes the one in charge, and verifying begins. @throws Conflict before any gate, or when closed */
export async function takeCase(tx: Tx, actor: OfficerActor, caseId: string): Promise<void> {
  const state = await requireGated(tx, caseId);
  await tx.updateTable('case_file').set({ officer_id: actor.officerId }).where('id', '=', caseId).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'take' }]);
  if (state === 'open') await changeState(tx, actor, 'case', caseId, 'verify');
}

/** A better title than the one made at intake. */
export async function renameCase(tx: Tx, actor: OfficerActor, caseId: string, title: string): Promise<void> {
  const text = normalise(title);
  if (text.length < 3 || text.length > 300) throw new Invalid('title length', { fields: { title: 'length' } });
  const row = await tx.updateTable('case_file').set({ title: text }).where('id', '=', caseId).returning('id').executeTakeFirst();
  if (!row) throw new NotFound('case');
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'rename' }]);
}

export interface VerificationInput {
  readonly checked: string;
  readonly otherExplanation: string;
  readonly finding: string;
  readonly confidence: Confidence;
}

/** Records a verification: what was looked at, what else could explain it, what was found (R10). Needs a report that passed the gate. */
export async function addVerification(tx: Tx, actor: OfficerActor, caseId: string, input: VerificationInput): Promise<void> {
  const state = await requireGated(tx, caseId);
  const texts = { checked: normalise(input.checked), other_explanation: normalise(input.otherExplanation), finding: normalise(input.finding) };
  const short = Object.entries(texts).filter(([, text]) => text.length < 3 || text.length > 4000).map(([field]) => [field, 'length']);
  if (short.length > 0) throw new Invalid('verification incomplete', { fields: Object.fromEntries(short) });
  if (state === 'open') await changeState(tx, actor, 'case', caseId, 'verify');
  await tx.insertInto('verification').values({ case_id: caseId, officer_id: actor.officerId, ...texts, confidence: input.confidence, at: tx.now }).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'add_verification' }]);
}

/** Nothing is captured or verified before the gate (SCOPE.md), nor after the case was closed. */
async function requireGated(tx: Tx, caseId: string) {
  const found = await tx.selectFrom('case_file').select(['state']).where('id', '=', caseId).forUpdate().executeTakeFirst();
  if (!found) throw new NotFound('case');
  if (found.state === 'closed') throw new Conflict('case is closed', { state: found.state });
  const gated = await tx.selectFrom('report').select('id').where('case_id', '=', caseId).where('state', 'in', ['attached', 'answered']).executeTakeFirst();
  if (!gated) throw new Conflict('no report of this case has passed the gate', { reason: 'not_gated' });
  return found.state;
}

/** Files a picture from a gated report of the case as evidence, with the hash of its original. */
export async function addAttachmentEvidence(tx: Tx, actor: OfficerActor, caseId: string, attachmentId: string, description: string): Promise<void> {
  await requireGated(tx, caseId);
  const attachment = await tx.selectFrom('attachment').innerJoin('report', 'report.id', 'report_id').select(['attachment.id', 'original_sha256'])
    .where('attachment.id', '=', attachmentId).where('case_id', '=', caseId).where('state', 'in', ['attached', 'answered']).executeTakeFirst();
  if (!attachment) throw new NotFound('attachment');
  await insertEvidence(tx, actor, caseId, { kind: 'attachment', attachment_id: attachmentId, description, sha256: attachment.original_sha256 });
}

/** Records what an officer saw, with time and place in words. */
export async function addObservation(tx: Tx, actor: OfficerActor, caseId: string, description: string): Promise<void> {
  await requireGated(tx, caseId);
  await insertEvidence(tx, actor, caseId, { kind: 'observation', attachment_id: null, description, sha256: null });
}

async function insertEvidence(
  tx: Tx, actor: OfficerActor, caseId: string,
  { description, ...rest }: { kind: 'attachment' | 'observation'; attachment_id: string | null; description: string; sha256: Buffer | null },
): Promise<void> {
  const text = normalise(description);
  if (text.length < 3 || text.length > 2000) throw new Invalid('description length', { fields: { description: 'length' } });
  const { id } = await tx.insertInto('evidence').values({ case_id: caseId, description: text, officer_id: actor.officerId, at: tx.now, ...rest }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'add_evidence', detail: { evidence: id, kind: rest.kind } }]);
}

/** Closes a case with a reason; reporters still waiting for an answer block it. */
export async function closeCase(tx: Tx, actor: OfficerActor, caseId: string, reason: string): Promise<void> {
  const waiting = await tx.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('count')).where('case_id', '=', caseId)
    .where('state', 'not in', ['answered', 'stopped', 'erased']).executeTakeFirstOrThrow();
  if (waiting.count > 0) throw new Conflict('reporters wait for an answer', { reason: 'unanswered', count: waiting.count });
  await changeState(tx, actor, 'case', caseId, 'close', { reason, set: { closed_at: tx.now } });
  await tx.updateTable('reporter_identity').set({ purge_after: localDate(dueAt('keepContact', tx.now, CALENDAR)) })
    .where('report_id', 'in', (eb) => eb.selectFrom('report').select('id').where('case_id', '=', caseId)).execute();
}

/** Opens a closed case again, with a reason. */
export async function reopenCase(tx: Tx, actor: OfficerActor, caseId: string, reason: string): Promise<void> {
  await changeState(tx, actor, 'case', caseId, 'reopen', { reason, set: { closed_at: null } });
}
