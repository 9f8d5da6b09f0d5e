import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Invalid } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';

/** What a note is about: a whole case or one report. */
export type NoteOn = { readonly caseId: string } | { readonly reportId: string };

/** Writes an internal note: read by the own agency only, never sent to anybody, never changed. @throws Invalid when empty or too long */
export async function addNote(tx: Tx, actor: OfficerActor, on: NoteOn, body: string): Promise<void> {
  const text = normalise(body);
  if (text.length < 1 || text.length > 4000) throw new Invalid('note length', { fields: { note: 'length' } });
  const [entity, entityId] = 'caseId' in on ? ['case', on.caseId] as const : ['report', on.reportId] as const;
  await tx.insertInto('note').values({
    case_id: entity === 'case' ? entityId : null, report_id: entity === 'report' ? entityId : null, agency_id: actor.agencyId, officer_id: actor.officerId, body: text, at: tx.now,
  }).execute();
  await writeJournal(tx, actor, [{ entity, entityId, action: 'note' }]);
}
