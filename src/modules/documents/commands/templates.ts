import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, NotFound } from '#platform/errors.ts';
import { withStored } from '#platform/files.ts';
import { writeJournal } from '#platform/journal.ts';
import type { DocumentKind } from '#web/docx/letter.ts';

/** Keeps a Word file as a proposed template for a kind, once it was looked at. @returns its id @throws RefusedTemplate */
export async function proposeTemplate(desk: Desk, actor: OfficerActor, kind: DocumentKind, given: { name: string; bytes: Uint8Array }): Promise<string> {
  const { readTemplate } = await import('../template-fill.ts');
  const { file, tags } = await readTemplate(given.bytes, kind);
  return withStored(desk.files, [file], ({ ref, sha256 }) => inTransaction(desk, actor, async (tx) => {
    const { id } = await tx.insertInto('document_template').values({
      agency_id: actor.agencyId, kind, name: normalise(given.name).slice(-120) || 'mau.docx', file_ref: ref, sha256, bytes: file.length, tags, uploaded_by: actor.officerId, uploaded_at: tx.now,
      decided_by: null, decided_at: null, retired_at: null,
    }).returning('id').executeTakeFirstOrThrow();
    await writeJournal(tx, actor, [{ entity: 'template', entityId: id, action: 'propose', detail: { kind, sha256: sha256.toString('hex') } }]);
    return id;
  }));
}

/** What is done with a template; `use` and `refuse` a proposed one, `retire` the one in use. */
export const TEMPLATE_STEPS = ['use', 'refuse', 'retire'] as const;
export type TemplateStep = (typeof TEMPLATE_STEPS)[number];

/** Takes a template into use in place of the one before (a second person only), refuses or retires it. @throws NotFound, Conflict in another state, Forbidden for one's own */
export async function decideTemplate(tx: Tx, actor: OfficerActor, id: string, step: TemplateStep): Promise<void> {
  const row = await tx.selectFrom('document_template').select(['state', 'kind', 'uploaded_by']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('template');
  if (row.state !== (step === 'retire' ? 'active' : 'proposed')) throw new Conflict(`template is ${row.state}`, { state: row.state });
  if (step === 'use' && row.uploaded_by === actor.officerId) throw new Forbidden('own template', { reason: 'own' });
  const now = tx.now;
  const retired = { state: 'retired' as const, retired_at: now };
  if (step === 'use') {
    const before = await tx.updateTable('document_template').set(retired).where('agency_id', '=', actor.agencyId).where('kind', '=', row.kind).where('state', '=', 'active').returning('id').execute();
    await writeJournal(tx, actor, before.map((one) => ({ entity: 'template', entityId: one.id, action: 'retire', detail: { by: id } })));
  }
  await tx.updateTable('document_template').set(step === 'retire' ? retired : { state: step === 'use' ? 'active' : 'refused', decided_by: actor.officerId, decided_at: now }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'template', entityId: id, action: step }]);
}
