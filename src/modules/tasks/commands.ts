import { sql } from 'kysely';
import { publicCode } from '#core/codes.ts';
import { addDays, isWorkingDay, localDate } from '#core/deadlines.ts';
import { dueAfterPause, LONGEST_DAYS } from '#core/tasks.ts';
import { normalise } from '#core/vietnamese.ts';
import { notify, type NewsKind } from '#modules/notifications/index.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { TaskKind } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { LENGTHS } from './lengths.ts';
import { maySetForOthers, stepsFor, type Steps } from './policy.ts';

/** Something an agency must do by a day. */
export interface NewTask {
  /** Only where the address holds it. */
  readonly id?: string;
  readonly kind: TaskKind;
  /** Who must do it; without an officer, the focal officers and their deputies. */
  readonly agencyId: string;
  readonly officerId?: string;
  readonly caseId?: string;
  /** The row of the room it comes from (opinion, transfer, action item …), by which the room ends it. */
  readonly sourceId?: string;
  /** Code or number people know the thing by; at most 40 characters. */
  readonly code: string;
  /** One line; nothing of a report's contents. */
  readonly title: string;
  /** Where it is done, `/can-bo/…`. */
  readonly href: string;
  /** Last day, `yyyy-mm-dd`. */
  readonly dueOn: string;
  readonly urgent?: boolean;
}

/** Sets a task, in the journal, and tells who must do it. @returns its id */
export async function openTask(tx: Tx, actor: OfficerActor | (Actor & { kind: 'system' }), task: NewTask): Promise<string> {
  const officer = actor.kind === 'officer' ? actor : null;
  const { id } = await tx.insertInto('task').values({
    id: task.id ?? uuidv7(tx.now), kind: task.kind, agency_id: task.agencyId, officer_id: task.officerId ?? null, set_by_agency: officer?.agencyId ?? null, set_by: officer?.officerId ?? null,
    case_id: task.caseId ?? null, source_id: task.sourceId ?? null, code: task.code, title: task.title, href: task.href, created_at: tx.now, first_due_on: task.dueOn, due_on: task.dueOn,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'task', entityId: id, action: 'open', to: 'open', detail: { kind: task.kind, agency: task.agencyId, due: task.dueOn } }]);
  await notify(tx, { agencyId: task.agencyId, officerId: task.officerId, roles: ['focal', 'case_officer', 'leader'], kind: `task_${task.kind}`, code: task.code, href: task.href, urgent: task.urgent });
  return id;
}

/** Ends the open task of a source row, if there is one: done, or cancelled with a reason. @returns whether there was one */
export async function endTask(tx: Tx, actor: Actor, kind: TaskKind, sourceId: string, ending: { done: true } | { cancelled: string }): Promise<boolean> {
  const open = await tx.selectFrom('task').select('id').where('kind', '=', kind).where('source_id', '=', sourceId).where('state', '=', 'open').executeTakeFirst();
  if (!open) return false;
  await changeState(tx, actor, 'task', open.id, 'done' in ending ? 'do' : 'cancel', { reason: 'cancelled' in ending ? ending.cancelled : undefined, set: { ended_at: tx.now } });
  return true;
}

// ── By hand ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A task somebody sets by hand, as typed. */
export interface TypedTask {
  readonly title: string;
  readonly agencyId: string;
  readonly officerId: string | null;
  /** Number of a case the acting officer's agency leads, or empty. */
  readonly caseNumber: string;
  /** `yyyy-mm-dd`, or null when it could not be read. */
  readonly dueOn: string | null;
}

/**
 * Sets a task of kind `other`.
 * @param province for its code
 * @throws Invalid with details.fields (title, agency, officer, case, due: missing | past | day_off | far)
 */
export async function setTask(tx: Tx, actor: OfficerActor, province: string, typed: TypedTask): Promise<string> {
  const title = normalise(typed.title);
  const today = localDate(tx.now);
  const fields: Record<string, string> = {};
  if (title.length < 3 || title.length > LENGTHS.title) fields.title = 'length';
  if (typed.agencyId !== actor.agencyId && !maySetForOthers(actor)) fields.agency = 'not_yours';
  const acting = await tx.selectFrom('agency').select('id').where('id', '=', typed.agencyId).where('valid_from', '<=', today)
    .where((or) => or.or([or('valid_to', 'is', null), or('valid_to', '>=', today)])).executeTakeFirst();
  if (!acting) fields.agency = 'missing';
  const due = await dayFault(tx, typed.dueOn);
  if (due) fields.due = due;
  if (typed.officerId && (typed.agencyId !== actor.agencyId || !(await isColleague(tx, actor.agencyId, typed.officerId)))) fields.officer = 'not_yours';
  const found = typed.caseNumber ? await tx.selectFrom('case_file').select(['id', 'number', 'state', 'lead_agency_id']).where('number', '=', typed.caseNumber).executeTakeFirst() : null;
  if (typed.caseNumber && (!found || found.state === 'closed' || found.lead_agency_id !== actor.agencyId)) fields.case = 'unknown';
  if (Object.keys(fields).length > 0) throw new Invalid('task', { fields });
  const id = uuidv7(tx.now);
  return openTask(tx, actor, {
    id, kind: 'other', agencyId: typed.agencyId, officerId: typed.officerId ?? undefined, caseId: found?.id, code: await codeFor(tx, province, today), title, href: taskHref(id), dueOn: typed.dueOn!,
  });
}

/** Address of a task's own page. */
export function taskHref(id: string): string {
  return `/can-bo/viec/${id}`;
}

async function codeFor(tx: Tx, province: string, date: string): Promise<string> {
  return publicCode('VL', { province, date, sequence: await takeNumbers(tx, `task/${province}/${date}`, 1) });
}

/** What is wrong with a last day; null when nothing is. */
async function dayFault(tx: Tx, day: string | null): Promise<'missing' | 'past' | 'far' | 'day_off' | null> {
  const today = localDate(tx.now);
  if (!day) return 'missing';
  if (day < today) return 'past';
  if (day > addDays(today, LONGEST_DAYS)) return 'far';
  return isWorkingDay(day, await workingCalendar(tx)) ? null : 'day_off';
}

/** Whether somebody holds a role in an agency today. */
async function isColleague(tx: Tx, agencyId: string, officerId: string): Promise<boolean> {
  const today = localDate(tx.now);
  return await tx.selectFrom('officer_role').innerJoin('officer', 'officer.id', 'officer_role.officer_id').select('officer.id').where('officer.id', '=', officerId).where('officer.disabled_at', 'is', null)
    .where('officer_role.agency_id', '=', agencyId).where('valid_from', '<=', today).where((or) => or.or([or('valid_to', 'is', null), or('valid_to', '>=', today)])).executeTakeFirst() !== undefined;
}

// ── Steps ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Locks an open task the actor may take this step on. @throws NotFound, Conflict when it has ended, Forbidden */
async function lock(tx: Tx, actor: OfficerActor, id: string, step: keyof Steps) {
  const task = await tx.selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!task) throw new NotFound('task');
  if (task.state !== 'open') throw new Conflict('task has ended', { reason: 'ended', state: task.state });
  const steps = stepsFor(actor, {
    kind: task.kind, state: task.state, agencyId: task.agency_id, officerId: task.officer_id, setByAgency: task.set_by_agency, setBy: task.set_by, sourceId: task.source_id, pausedOn: task.paused_on,
  });
  if (steps[step]) return task;
  const other = step === 'pause' ? 'resume' : step === 'resume' ? 'pause' : null;
  if (other && steps[other]) throw new Conflict('paused meanwhile', { reason: step === 'pause' ? 'paused' : 'running' });
  throw new Forbidden(`${step} a task`, { reason: 'not_yours' });
}

function reasonOf(text: string): string {
  const reason = normalise(text);
  if (reason.length < LENGTHS.reasonLeast || reason.length > LENGTHS.reason) throw new Invalid('reason length', { fields: { reason: 'length' } });
  return reason;
}

async function setDay(tx: Tx, actor: Actor, task: { id: string; due_on: string }, dueOn: string, action: string, reason: string | null, more: object = {}): Promise<void> {
  const anew = dueOn === task.due_on ? {} : { reminded_on: null, overdue_told_on: null, escalated_on: null, coordination_told_on: null };
  await tx.updateTable('task').set({ due_on: dueOn, ...anew, ...more }).where('id', '=', task.id).execute();
  await writeJournal(tx, actor, [{ entity: 'task', entityId: task.id, action, reason, detail: { from: task.due_on, to: dueOn } }]);
}

/** Gives a task to a colleague, or back to the focal officers. @throws Invalid when the colleague holds no role here today */
export async function assignTask(tx: Tx, actor: OfficerActor, id: string, officerId: string | null): Promise<void> {
  const task = await lock(tx, actor, id, 'assign');
  if (officerId && !(await isColleague(tx, actor.agencyId, officerId))) throw new Invalid('no colleague', { fields: { officer: 'not_yours' } });
  if (task.officer_id === officerId) return;
  await tx.updateTable('task').set({ officer_id: officerId }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'task', entityId: id, action: 'assign', detail: { officer: officerId } }]);
  if (officerId) await notify(tx, { agencyId: task.agency_id, officerId, kind: `task_${task.kind}`, code: task.code, href: taskHref(id) });
}

/** The clock stops today, with a reason. */
export async function pauseTask(tx: Tx, actor: OfficerActor, id: string, why: string): Promise<void> {
  const reason = reasonOf(why);
  const task = await lock(tx, actor, id, 'pause');
  await tx.updateTable('task').set({ paused_on: localDate(tx.now), pause_reason: reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'task', entityId: id, action: 'pause', reason, detail: { due: task.due_on } }]);
  await tell(tx, task, 'task_paused');
}

/** The clock runs again; the last day moves by the working days it stood still. @returns the new last day */
export async function resumeTask(tx: Tx, actor: OfficerActor, id: string): Promise<string> {
  const task = await lock(tx, actor, id, 'resume');
  const dueOn = dueAfterPause(task.due_on, task.paused_on!, localDate(tx.now), await workingCalendar(tx));
  await setDay(tx, actor, task, dueOn, 'resume', null, { paused_on: null, pause_reason: null });
  await tell(tx, task, `task_${task.kind}`);
  return dueOn;
}

/** Another last day, with a reason. @param dueOn `yyyy-mm-dd`, or null when it could not be read @throws Invalid with details.fields (due, reason) */
export async function moveTask(tx: Tx, actor: OfficerActor, id: string, dueOn: string | null, why: string): Promise<void> {
  const fault = await dayFault(tx, dueOn);
  const short = normalise(why).length < LENGTHS.reasonLeast;
  if (fault || short) throw new Invalid('day', { fields: { ...(fault && { due: fault }), ...(short && { reason: 'length' }) } });
  const reason = reasonOf(why);
  const task = await lock(tx, actor, id, 'move');
  if (task.due_on === dueOn) return;
  await setDay(tx, actor, task, dueOn!, 'move', reason);
  await tell(tx, task, `task_${task.kind}`);
}

/** Who has a task hears that its clock was stopped, or (by the kind of the task) that it runs again or has another end. */
async function tell(tx: Tx, task: { id: string; agency_id: string; officer_id: string | null; code: string }, kind: NewsKind): Promise<void> {
  await notify(tx, { agencyId: task.agency_id, officerId: task.officer_id ?? undefined, roles: ['focal', 'leader'], kind, code: task.code, href: taskHref(task.id) });
}

/** Done, by the agency that has it. A task with a source ends with what it comes from. */
export async function finishTask(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  await lock(tx, actor, id, 'finish');
  await changeState(tx, actor, 'task', id, 'do', { set: { ended_at: tx.now } });
}

/** Cancelled with a reason, by who set it. */
export async function cancelTask(tx: Tx, actor: OfficerActor, id: string, why: string): Promise<void> {
  const reason = reasonOf(why);
  await lock(tx, actor, id, 'cancel');
  await changeState(tx, actor, 'task', id, 'cancel', { reason, set: { ended_at: tx.now } });
}

// ── Of a case ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** An open task of a case, whoever has it. */
export interface CaseTask {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly agencyId: string;
  readonly dueOn: string;
}

/** Open tasks of a case for the agency that leads it, at most 200, the most urgent first. */
export async function openTasksOf(tx: Tx, caseId: string): Promise<CaseTask[]> {
  const { rows } = await sql<CaseTask>`select id, code, title, agency_id as "agencyId", due_on as "dueOn" from case_open_tasks(${caseId})`.execute(tx);
  return rows;
}

/** Cancels every open task of a case with one reason, in the transaction that closes it. @returns how many */
export async function cancelTasksOf(tx: Tx, caseId: string, reason: string): Promise<number> {
  const { rows } = await sql<{ ended: number }>`select cancel_case_tasks(${caseId}, ${reason}) as ended`.execute(tx);
  return rows[0]!.ended;
}
