import { addDocumentEvidence } from '#modules/cases/index.ts';
import { notify } from '#modules/notifications/index.ts';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { withStored } from '#platform/files.ts';
import { writeJournal } from '#platform/journal.ts';
import { fileTypeOf, MOST_FILE_BYTES } from '../file-types.ts';
import { SHARED_PATH, TOLD, type LedCase } from './parties.ts';

/** A case as its party knows it. */
export interface PartOf extends LedCase {
  readonly leadAgencyId: string;
}

/** A short message between the agency that leads and one party; both sides see it. @param agencyId the party */
export async function sayToParty(tx: Tx, actor: OfficerActor, of: PartOf, agencyId: string, words: string): Promise<void> {
  const body = normalise(words);
  if (body.length < 1 || body.length > 2000) throw new Invalid('message length', { fields: { body: 'length' } });
  const { id } = await tx.insertInto('share_message').values({ case_id: of.id, agency_id: agencyId, from_agency: actor.agencyId, officer_id: actor.officerId, body, at: tx.now }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: of.id, action: 'share_message', detail: { message: id, agency: agencyId } }]);
  await tellOther(tx, actor, of, agencyId);
}

async function tellOther(tx: Tx, actor: OfficerActor, of: PartOf, agencyId: string): Promise<void> {
  const leads = actor.agencyId === of.leadAgencyId;
  await notify(tx, {
    agencyId: leads ? agencyId : of.leadAgencyId, roles: TOLD, kind: 'share_new', code: of.number,
    href: leads ? `${SHARED_PATH}/${of.number}` : `${SHARED_PATH}/${of.number}/chia-se/${agencyId}`,
  });
}

/**
 * Sends a file back to the agency that leads, sealed and hashed as it came.
 * @throws Invalid with the field `file` and a closed reason: none, too_large, type, no_pictures; Conflict when the case is closed
 */
export async function sendFile(desk: Desk, actor: OfficerActor, of: PartOf & { readonly storesImages: boolean; readonly closed: boolean }, file: SentFile | undefined): Promise<void> {
  const refuse = (reason: string) => new Invalid(`file refused: ${reason}`, { fields: { file: reason } });
  if (of.closed) throw new Conflict('case is closed', { reason: 'closed' });
  if (!file) throw refuse('none');
  if (!of.storesImages) throw refuse('no_pictures');
  if (file.tooLarge || file.bytes.length > MOST_FILE_BYTES) throw refuse('too_large');
  const type = fileTypeOf(file.bytes);
  if (!type) throw refuse('type');
  await withStored(desk.files, [file.bytes], ({ ref, sha256 }) => inTransaction(desk, actor, async (tx) => {
    const { id } = await tx.insertInto('share_file').values({
      case_id: of.id, agency_id: actor.agencyId, officer_id: actor.officerId, name: normalise(file.name).slice(-120) || 'tep', media_type: type.media, bytes: file.bytes.length,
      file_ref: ref, sha256, at: tx.now, evidence_id: null,
    }).returning('id').executeTakeFirstOrThrow();
    await writeJournal(tx, actor, [{ entity: 'case', entityId: of.id, action: 'share_file', detail: { file: id } }]);
    await tellOther(tx, actor, of, actor.agencyId);
  }));
}

/** Files what a party sent back as a document of the case, with the hash it came with. @throws NotFound, Conflict when it was filed before */
export async function fileAsEvidence(tx: Tx, actor: OfficerActor, led: LedCase, fileId: string, description: string): Promise<void> {
  const file = await tx.selectFrom('share_file').select(['sha256', 'evidence_id']).where('id', '=', fileId).where('case_id', '=', led.id).forUpdate().executeTakeFirst();
  if (!file) throw new NotFound('file');
  if (file.evidence_id) throw new Conflict('filed before', { reason: 'filed' });
  const evidenceId = await addDocumentEvidence(tx, actor, led.id, description, file.sha256);
  await tx.updateTable('share_file').set({ evidence_id: evidenceId }).where('id', '=', fileId).execute();
}
