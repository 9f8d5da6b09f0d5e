import { dueAt, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { cancelTasksOf, openTasksOf } from '#modules/tasks/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { Confidence } from '#platform/schema.ts';

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

/**
 * Nothing is captured, verified or shown to others before the gate (SCOPE.md), nor after the case was closed. Locks the case.
 * @returns its state @throws NotFound, Conflict (closed; `{ reason: 'not_gated' }`)
 */
export async function requireGated(tx: Tx, caseId: string) {
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

/** Files a document that another agency sent back, by the hash of its bytes. @returns id of the evidence */
export async function addDocumentEvidence(tx: Tx, actor: OfficerActor, caseId: string, description: string, sha256: Buffer): Promise<string> {
  await requireGated(tx, caseId);
  return insertEvidence(tx, actor, caseId, { kind: 'document', attachment_id: null, description, sha256 });
}

async function insertEvidence(
  tx: Tx, actor: OfficerActor, caseId: string,
  { description, ...rest }: { kind: 'attachment' | 'observation' | 'document'; attachment_id: string | null; description: string; sha256: Buffer | null },
): Promise<string> {
  const text = normalise(description);
  if (text.length < 3 || text.length > 2000) throw new Invalid('description length', { fields: { description: 'length' } });
  const { id } = await tx.insertInto('evidence').values({ case_id: caseId, description: text, officer_id: actor.officerId, at: tx.now, ...rest }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'add_evidence', detail: { evidence: id, kind: rest.kind } }]);
  return id;
}

/**
 * Closes a case with a reason; reporters still waiting for an answer block it, and so do open tasks unless they are dropped with it.
 * @throws Conflict with details.reason `unanswered` or `open_tasks` and how many
 */
export async function closeCase(tx: Tx, actor: OfficerActor, caseId: string, reason: string, { dropTasks = false }: { readonly dropTasks?: boolean } = {}): Promise<void> {
  const waiting = await tx.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('count')).where('case_id', '=', caseId)
    .where('state', 'not in', ['answered', 'stopped', 'erased']).executeTakeFirstOrThrow();
  if (waiting.count > 0) throw new Conflict('reporters wait for an answer', { reason: 'unanswered', count: waiting.count });
  const tasks = await openTasksOf(tx, caseId);
  if (tasks.length > 0 && !dropTasks) throw new Conflict('tasks are open', { reason: 'open_tasks', count: tasks.length });
  if (tasks.length > 0) await cancelTasksOf(tx, caseId, reason);
  await changeState(tx, actor, 'case', caseId, 'close', { reason, set: { closed_at: tx.now } });
  const calendar = await workingCalendar(tx);
  await tx.updateTable('reporter_identity').set({ purge_after: localDate(dueAt('keepContact', tx.now, calendar)) })
    .where('report_id', 'in', (eb) => eb.selectFrom('report').select('id').where('case_id', '=', caseId)).execute();
}

/** Opens a closed case again, with a reason. @throws Conflict for one that was merged: its reports are elsewhere, and only an undo brings them back */
export async function reopenCase(tx: Tx, actor: OfficerActor, caseId: string, reason: string): Promise<void> {
  const found = await tx.selectFrom('case_file').select(['merged_into', 'minimised_at']).where('id', '=', caseId).executeTakeFirst();
  if (found?.merged_into) throw new Conflict('merged into another case', { reason: 'merged' });
  if (found?.minimised_at) throw new Conflict('its contents are gone', { reason: 'minimised' });
  await changeState(tx, actor, 'case', caseId, 'reopen', { reason, set: { closed_at: null } });
}
