import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';

/** A text to answer with, in both languages. */
export interface TextInput {
  readonly title: string;
  readonly bodyVi: string;
  readonly bodyEn: string;
}

/** Proposes a text for answers; nobody can use it until a second person has read and approved it. @returns its id */
export async function proposeText(tx: Tx, actor: OfficerActor, input: TextInput): Promise<string> {
  const text = { title: normalise(input.title), body_vi: normalise(input.bodyVi), body_en: normalise(input.bodyEn) };
  const wrong = Object.entries(text).filter(([field, value]) => (field === 'title' ? value.length < 3 || value.length > 100 : value.length < 5 || value.length > 4000));
  if (wrong.length > 0) throw new Invalid('text incomplete', { fields: Object.fromEntries(wrong.map(([field]) => [field, 'length'])) });
  const { id } = await tx.insertInto('canned_text').values({
    ...text, agency_id: actor.agencyId, drafter_id: actor.officerId, approver_id: null, created_at: tx.now, decided_at: null,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'canned_text', entityId: id, action: 'propose' }]);
  return id;
}

/** Approves a proposed text, as a second person. @throws Forbidden for its drafter, Conflict when it was decided before */
export async function approveText(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  const text = await lockText(tx, id);
  if (text.drafter_id === actor.officerId) throw new Forbidden('the drafter does not approve');
  if (text.state !== 'proposed') throw new Conflict('decided before', { state: text.state });
  await tx.updateTable('canned_text').set({ state: 'approved', approver_id: actor.officerId, decided_at: tx.now }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'canned_text', entityId: id, action: 'approve' }]);
}

/** Takes a text out of use, with a reason; what was sent with it stays sent. */
export async function retireText(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  const text = await lockText(tx, id);
  const words = normalise(reason);
  if (words.length < 3 || words.length > 500) throw new Invalid('reason', { fields: { reason: 'length' } });
  if (text.state === 'retired') throw new Conflict('retired before', { state: text.state });
  await tx.updateTable('canned_text').set({ state: 'retired', decided_at: tx.now }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'canned_text', entityId: id, action: 'retire', reason: words }]);
}

async function lockText(tx: Tx, id: string) {
  const text = await tx.selectFrom('canned_text').select(['state', 'drafter_id']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!text) throw new NotFound('text');
  return text;
}
