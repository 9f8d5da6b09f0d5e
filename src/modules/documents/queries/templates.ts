import type { Tx } from '#platform/db.ts';
import type { DocumentKind } from '#web/docx/letter.ts';
import type { TemplateRow } from '../types.ts';

function templates(tx: Tx) {
  return tx.selectFrom('document_template as t').innerJoin('officer as u', 'u.id', 't.uploaded_by').leftJoin('officer as d', 'd.id', 't.decided_by')
    .select(['t.id', 't.kind', 't.name', 't.bytes', 't.tags', 't.state', 't.file_ref', 't.uploaded_by', 'u.full_name as uploader', 't.uploaded_at', 'd.full_name as decider', 't.decided_at']);
}

function templateRow(row: Awaited<ReturnType<ReturnType<typeof templates>['executeTakeFirstOrThrow']>>): TemplateRow & { ref: string } {
  return {
    id: row.id, kind: row.kind as DocumentKind, name: row.name, bytes: row.bytes, tags: row.tags, state: row.state, uploadedBy: { id: row.uploaded_by, name: row.uploader }, uploadedAt: row.uploaded_at,
    decidedBy: row.decider, decidedAt: row.decided_at, ref: row.file_ref,
  };
}

/** Templates of the own agency: in use and proposed first, then the newest. */
export async function templateList(tx: Tx): Promise<TemplateRow[]> {
  const rows = await templates(tx).orderBy((eb) => eb.case('t.state').when('active').then(0).when('proposed').then(1).else(2).end()).orderBy('t.uploaded_at', 'desc').limit(100).execute();
  return rows.map(templateRow);
}

/** One template with the place of its file; null when the agency has none of this id. */
export async function templateById(tx: Tx, id: string): Promise<(TemplateRow & { ref: string }) | null> {
  const row = await templates(tx).where('t.id', '=', id).executeTakeFirst();
  return row ? templateRow(row) : null;
}

/** Place of the file of the template in use for a kind; null when the built-in layout is. */
export async function activeTemplate(tx: Tx, agencyId: string, kind: DocumentKind): Promise<{ ref: string; tags: readonly string[] } | null> {
  const row = await tx.selectFrom('document_template').select(['file_ref as ref', 'tags']).where('agency_id', '=', agencyId).where('kind', '=', kind).where('state', '=', 'active').executeTakeFirst();
  return row ?? null;
}
