import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { writeJournal } from '#platform/journal.ts';
import type { DocumentKind, Urgency } from '#web/docx/letter.ts';

/** A document about to leave the office, as the register will have it. */
export interface NewDocument {
  readonly kind: DocumentKind;
  /** Trích yếu, without "V/v"; at most 500 characters. */
  readonly title: string;
  readonly urgency?: Urgency;
  readonly addressees: readonly string[];
  /** Who is to sign: name or title; empty while unknown. */
  readonly signer?: string;
  /** What it belongs to: the row of a room, and the page of the console where the document is. */
  readonly source: { readonly entity: string; readonly id: string; readonly href: string };
  readonly caseId?: string;
}

/**
 * Enters a document in the outgoing register of the acting officer's agency, without a number: the clerk issues numbers
 * (NĐ 30/2020 Điều 15), the desk keeps the place and records them.
 * @returns its id
 */
export async function reserveDocument(tx: Tx, actor: OfficerActor, document: NewDocument): Promise<string> {
  const { id } = await tx.insertInto('document_out').values({
    agency_id: actor.agencyId, kind: document.kind, title: document.title, urgency: document.urgency ?? null, addressees: [...document.addressees], signer: document.signer ?? '',
    source_entity: document.source.entity, source_id: document.source.id, href: document.source.href, case_id: document.caseId ?? null, reserved_by: actor.officerId, reserved_at: tx.now,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'reserve', detail: { kind: document.kind, source: document.source.entity } }]);
  return id;
}
