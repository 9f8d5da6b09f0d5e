import { normalise } from '#core/vietnamese.ts';
import { settleArrival } from '#modules/intake/index.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { ArrivalMedia, ArrivalState } from '#platform/schema.ts';

/** Has a quarantined arrival read again, or has one that was set aside taken as a report. The outcome shows in the list. */
export async function retryArrival(desk: Desk, tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  const arrival = await lockArrival(tx, id, ['quarantined', 'set_aside']);
  if (!arrival.original_ref) throw new Conflict('the original is gone', { state: 'gone' });
  await tx.updateTable('arrival').set((eb) => ({ attempts: eb('attempts', '+', 1), facts: JSON.stringify({ ...arrival.facts, ...(arrival.state === 'set_aside' && { asReport: true }) }) as never }))
    .where('id', '=', id).execute();
  await settleArrival(tx, id, { state: 'waiting' });
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: id, action: 'retry' }]);
  await desk.jobs.enqueue(tx, 'take-arrival', { arrivalId: id });
}

/** Throws a quarantined arrival away, with a reason; its original is deleted with the others after 28 days. */
export async function discardArrival(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  const words = normalise(reason);
  if (words.length < 3 || words.length > 300) throw new Invalid('reason', { fields: { reason: 'length' } });
  await lockArrival(tx, id, ['quarantined', 'set_aside']);
  await settleArrival(tx, id, { state: 'discarded', reason: words });
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: id, action: 'discard' }]);
}

/** States in which an original may be taken out. What a person sent and became a report is read there; who sent it is opened with a reason (S12). */
const OPENABLE: readonly ArrivalState[] = ['quarantined', 'set_aside'];
/** Letters of agencies and scans of paper: their original is the document itself, also after it became a report. */
const DOCUMENTS: readonly ArrivalMedia[] = ['edxml', 'letter', 'xarf', 'misp'];

/** An agency's letter may be opened by whoever looks after the channels; what a person sent carries who sent it (S12). */
export function mayOpenOriginal(actor: OfficerActor, media: ArrivalMedia): boolean {
  return media === 'edxml' || holds(actor, 'intake', 'case_officer');
}

/**
 * Notes that an officer takes the original out, as dangerous as it may be. @returns the place of its bytes
 * @throws NotFound when it is not there, was decided about, or is not for this officer's roles
 */
export async function openOriginal(tx: Tx, actor: OfficerActor, id: string): Promise<{ ref: string; media: ArrivalMedia; arrivedAt: Date }> {
  const row = await tx.selectFrom('arrival').select(['original_ref', 'media', 'arrived_at', 'state']).where('id', '=', id).executeTakeFirst();
  if (!row?.original_ref || !(OPENABLE.includes(row.state) || (row.state === 'taken' && DOCUMENTS.includes(row.media))) || !mayOpenOriginal(actor, row.media)) throw new NotFound('arrival');
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: id, action: 'open_original' }]);
  return { ref: row.original_ref, media: row.media, arrivedAt: row.arrived_at };
}

async function lockArrival(tx: Tx, id: string, states: readonly ArrivalState[]) {
  const row = await tx.selectFrom('arrival').select(['state', 'facts', 'original_ref']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('arrival');
  if (!states.includes(row.state)) throw new Conflict('decided meanwhile', { state: row.state });
  return row;
}
