import { addDays, isWorkingDay, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { reserveDocument } from '#modules/documents/index.ts';
import { notify } from '#modules/notifications/index.ts';
import { endTask, openTask } from '#modules/tasks/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { messages } from '#web/i18n/index.ts';
import { answerPath, consultationPath } from '../paths.ts';
import { mayAsk, mayKeep } from '../policy.ts';
import { MOST } from '../types.ts';

/** Most days from now that an extension may reach; guard_extension holds the same. */
const LONGEST_EXTENSION = 42;

/** A request on a case the officer's agency leads, locked. */
async function lockOwn(tx: Tx, code: string) {
  const row = await tx.selectFrom('consultation as c').innerJoin('case_file as k', 'k.id', 'c.case_id').selectAll('c').select('k.number').where('c.code', '=', code).forUpdate('c').executeTakeFirst();
  if (!row) throw new NotFound('consultation');
  return row;
}

/**
 * Withdraws what no agency has answered yet, of one agency or of all; the reason is told to them.
 * @throws Invalid without a reason, NotFound, Conflict when everything is answered or withdrawn
 */
export async function withdrawOpinions(tx: Tx, actor: OfficerActor, code: string, why: string, only?: string): Promise<number> {
  if (!mayAsk(actor)) throw new Forbidden('withdraw');
  const asked = await lockOwn(tx, code);
  const reason = normalise(why);
  if (reason.length < 5 || reason.length > 1000) throw new Invalid('reason', { fields: { reason: 'length' } });
  const open = await tx.selectFrom('opinion').select(['id', 'agency_id']).where('consultation_id', '=', asked.id).where('state', 'in', ['sent', 'overdue'])
    .$if(only !== undefined, (query) => query.where('id', '=', only!)).orderBy('id').execute();
  if (open.length === 0) throw new Conflict('nothing is open', { reason: 'answered' });
  for (const { id, agency_id: agencyId } of open) {
    await changeState(tx, actor, 'opinion', id, 'withdraw', { reason, set: { withdrawn_why: reason } });
    await endTask(tx, actor, 'opinion', id, { cancelled: reason });
    await notify(tx, { agencyId, roles: ['focal', 'case_officer', 'leader'], kind: 'opinion_withdrawn', code, href: consultationPath(code) });
  }
  return open.length;
}

/**
 * Gives those who were asked more time, with a reason, while the day is not over; their tasks move with it.
 * @param dueOn `yyyy-mm-dd`, a working day after the present one, at most six weeks from now
 * @throws Invalid with details.fields (reason, due), NotFound, Conflict when the synthesis is closed or the day is over
 */
export async function extendRequest(tx: Tx, actor: OfficerActor, code: string, dueOn: string, why: string): Promise<void> {
  if (!mayAsk(actor)) throw new Forbidden('extend');
  const asked = await lockOwn(tx, code);
  const [today, reason] = [localDate(tx.now), normalise(why)];
  if (asked.closed_at) throw new Conflict('closed already', { reason: 'closed' });
  if (asked.due_on < today) throw new Conflict('the day is over', { reason: 'over' });
  const isFit = dueOn > asked.due_on && dueOn <= addDays(today, LONGEST_EXTENSION) && isWorkingDay(dueOn, await workingCalendar(tx));
  const fields = { ...(!isFit && { due: 'due' }), ...((reason.length < 5 || reason.length > 500) && { reason: 'length' }) };
  if (Object.keys(fields).length > 0) throw new Invalid('extension', { fields });
  await tx.updateTable('consultation').set({ due_on: dueOn }).where('id', '=', asked.id).execute();
  await writeJournal(tx, actor, [{ entity: 'consultation', entityId: asked.id, action: 'extend', reason, detail: { from: asked.due_on, to: dueOn } }]);
  for (const { agency_id: agencyId } of await unanswered(tx, asked.id)) await notify(tx, { agencyId, roles: ['focal', 'case_officer', 'leader'], kind: 'task_opinion', code, href: answerPath(code) });
}

/** Shows the answers of all to the agencies that were asked, or no longer does. */
export async function showAnswers(tx: Tx, actor: OfficerActor, code: string, shown: boolean): Promise<void> {
  if (!mayAsk(actor)) throw new Forbidden('show answers');
  const { id, shows_answers: before } = await lockOwn(tx, code);
  if (before === shown) return;
  await tx.updateTable('consultation').set({ shows_answers: shown }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'consultation', entityId: id, action: shown ? 'show_answers' : 'hide_answers' }]);
}

/**
 * Closes the synthesis with what the officer makes of it: answers stay as they are from then on. Opening it again lets agencies correct theirs.
 * @throws Invalid, NotFound, Conflict when it is so already or a mail still waits to be read
 */
export async function closeSynthesis(tx: Tx, actor: OfficerActor, code: string, summary: string): Promise<void> {
  if (!mayAsk(actor)) throw new Forbidden('close');
  const asked = await lockOwn(tx, code);
  const words = normalise(summary);
  if (asked.closed_at) throw new Conflict('closed already', { reason: 'closed' });
  if (words.length < 3 || words.length > MOST.summary) throw new Invalid('summary', { fields: { summary: 'length' } });
  const unread = await tx.selectFrom('opinion_mail as m').innerJoin('opinion as o', 'o.id', 'm.opinion_id').select('m.id').where('o.consultation_id', '=', asked.id).where('m.state', '=', 'waiting').executeTakeFirst();
  if (unread) throw new Conflict('a mail waits', { reason: 'unread' });
  await tx.updateTable('consultation').set({ closed_at: tx.now, closed_by: actor.officerId, summary: words }).where('id', '=', asked.id).execute();
  await writeJournal(tx, actor, [{ entity: 'consultation', entityId: asked.id, action: 'close' }]);
  // What can no longer be answered is nobody's task.
  for (const { id } of await unanswered(tx, asked.id)) await endTask(tx, actor, 'opinion', id, { cancelled: messages('vi').opinions.errors.conflicts.closed });
}

function unanswered(tx: Tx, consultationId: string) {
  return tx.selectFrom('opinion').select(['id', 'agency_id']).where('consultation_id', '=', consultationId).where('state', 'in', ['sent', 'overdue']).orderBy('id').execute();
}

/** Lets agencies answer and correct again; who has not answered has its task again. @throws NotFound, Conflict when it is open */
export async function reopenSynthesis(tx: Tx, actor: OfficerActor, code: string): Promise<void> {
  if (!mayAsk(actor)) throw new Forbidden('reopen');
  const asked = await lockOwn(tx, code);
  if (!asked.closed_at) throw new Conflict('not closed', { reason: 'open' });
  await tx.updateTable('consultation').set({ closed_at: null, closed_by: null }).where('id', '=', asked.id).execute();
  await writeJournal(tx, actor, [{ entity: 'consultation', entityId: asked.id, action: 'reopen' }]);
  for (const { id, agency_id: agencyId } of await unanswered(tx, asked.id)) {
    await openTask(tx, actor, { kind: 'opinion', agencyId, caseId: asked.case_id, sourceId: id, code, title: asked.title, href: answerPath(code), dueOn: asked.due_on });
  }
}

/** The two documents of a request: the letter that asks and the synthesis. */
export type PaperKind = 'cong_van' | 'bao_cao';

/** Enters a document of the request in the register, for the clerk to number; once. @throws NotFound, Forbidden */
export async function registerPaper(tx: Tx, actor: OfficerActor, code: string, kind: PaperKind, title: string, addressees: readonly string[]): Promise<void> {
  if (!mayKeep(actor)) throw new Forbidden('register');
  const { id, case_id: caseId } = await lockOwn(tx, code);
  const known = await tx.selectFrom('document_out').select('id').where('source_entity', '=', 'consultation').where('source_id', '=', id).where('kind', '=', kind).executeTakeFirst();
  if (known) return;
  await reserveDocument(tx, actor, { kind, title, addressees, source: { entity: 'consultation', id, href: consultationPath(code) }, caseId });
}
