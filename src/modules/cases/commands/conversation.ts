import { sql } from 'kysely';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Invalid } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';

/** Asks the reporter for what is missing; the clock of the gate waits for the answer. */
export async function askReporter(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, question: string): Promise<void> {
  await writeToReporter(desk, tx, actor, reportId, question);
  await changeState(tx, actor, 'report', reportId, 'ask', { reason: 'need_info', set: { due_on: null } });
}

/** Answers one reporter; the report is then answered. */
export async function answerReporter(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, body: string): Promise<void> {
  await writeToReporter(desk, tx, actor, reportId, body);
  await changeState(tx, actor, 'report', reportId, 'answer', { set: { due_on: null } });
}

/** One answer in the languages of those who get it; without English words, English readers get the Vietnamese ones. */
export interface Answer {
  readonly vi: string;
  readonly en?: string;
}

/**
 * One answer to every reporter of a case who waits for one, each in their language and by their channel.
 * @returns how many were answered
 */
export async function answerAllReporters(desk: Desk, tx: Tx, actor: OfficerActor, caseId: string, answer: Answer): Promise<number> {
  const reports = await tx.selectFrom('report').select(['id', 'language']).where('case_id', '=', caseId).where('state', '=', 'attached').orderBy('received_at').forUpdate().execute();
  for (const { id, language } of reports) await answerReporter(desk, tx, actor, id, (language === 'en' && answer.en) || answer.vi);
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

/** A message of the desk into the conversation of a report; told by the channel the reporter chose. */
export async function writeToReporter(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, body: string): Promise<void> {
  const text = normalise(body);
  if (text.length < 5 || text.length > 5000) throw new Invalid('message length', { fields: { body: 'length' } });
  await tx.insertInto('message').values({ report_id: reportId, sent_by: 'desk', officer_id: actor.officerId, body: text, at: tx.now, read_at: null }).execute();
  await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'desk_message' }]);
  await desk.jobs.enqueue(tx, 'tell-reporter', { reportId, letter: 'news' });
}
