import { imageType } from '#core/images.ts';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { withStored } from '#platform/files.ts';
import { writeJournal } from '#platform/journal.ts';
import { checkSignatures, isPdf, MOST_PDF_BYTES, type Checked } from '../pdf-signatures.ts';
import { fileOf } from '../queries/registers.ts';

/** Files of one row. */
const MOST_FILES = 20;
const IMAGES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** What a file is filed with; only a row of the register, never an arrival, which has its own original. */
export type FiledWith = { readonly outId: string } | { readonly inId: string };

/** The type of a scan or PDF by its bytes. @throws Invalid with details.reason (missing, too_large, type) */
export function checkedType(file: SentFile | undefined): string {
  if (!file || (file.bytes.length === 0 && !file.tooLarge)) throw new Invalid('no file', { reason: 'missing' });
  if (file.tooLarge || file.bytes.length > MOST_PDF_BYTES) throw new Invalid('file too large', { reason: 'too_large' });
  if (isPdf(file.bytes)) return 'application/pdf';
  const image = imageType(file.bytes);
  if (image !== null && Object.hasOwn(IMAGES, image)) return IMAGES[image as keyof typeof IMAGES];
  throw new Invalid('neither PDF nor picture', { reason: 'type' });
}

/**
 * Files a scan or a signed PDF with a row, sealed. The signatures of a PDF are checked first and recorded as found; whatever they say, it is filed.
 * @returns what the check found @throws NotFound; Invalid as checkedType, and details.reason too_many; Conflict when the same file is there
 */
export async function fileDocument(desk: Desk, actor: OfficerActor, to: FiledWith, file: SentFile | undefined): Promise<Checked | null> {
  const mediaType = checkedType(file);
  const { bytes, name } = file!;
  await inTransaction(desk, actor, async (tx) => {
    const found = 'outId' in to ? await tx.selectFrom('document_out').select('id').where('id', '=', to.outId).executeTakeFirst()
      : await tx.selectFrom('document_in').select('id').where('id', '=', to.inId).where('arrival_id', 'is', null).executeTakeFirst();
    if (!found) throw new NotFound('document');
  });
  const checked = mediaType === 'application/pdf' ? await checkSignatures(bytes) : null;
  await withStored(desk.files, [bytes], ({ ref, sha256 }) => inTransaction(desk, actor, async (tx) => {
    const rows = await tx.selectFrom('document_file').select('sha256').where((eb) => ('outId' in to ? eb('out_id', '=', to.outId) : eb('in_id', '=', to.inId))).execute();
    if (rows.some((row) => row.sha256.equals(sha256))) throw new Conflict('filed already', { state: 'repeated' });
    if (rows.length >= MOST_FILES) throw new Invalid('too many files', { reason: 'too_many' });
    await tx.insertInto('document_file').values({
      agency_id: actor.agencyId, out_id: 'outId' in to ? to.outId : null, in_id: 'inId' in to ? to.inId : null, name: normalise(name).slice(-120) || 'tep', media_type: mediaType, file_ref: ref, sha256,
      bytes: bytes.length, added_by: actor.officerId, added_at: tx.now, check_state: checked?.state ?? 'none', findings: JSON.stringify(checked?.signatures ?? []) as never,
      checked_at: checked ? tx.now : null,
    }).execute();
    await writeJournal(tx, actor, [{
      entity: 'document', entityId: 'outId' in to ? to.outId : to.inId, action: 'file', detail: { sha256: sha256.toString('hex'), check: checked?.state ?? 'none', results: checked?.signatures.map(({ result }) => result) ?? [] },
    }]);
  }));
  return checked;
}

/** Checks again what could not be checked when it was filed. @throws NotFound, Conflict when a check has found something */
export async function checkAgain(desk: Desk, actor: OfficerActor, rowId: string, fileId: string): Promise<Checked> {
  const file = await inTransaction(desk, actor, (tx) => fileOf(tx, rowId, fileId));
  if (!file) throw new NotFound('file');
  if (file.check !== 'unavailable' && file.check !== 'failed') throw new Conflict('checked already', { state: 'checked' });
  const checked = await checkSignatures(await desk.files.get(file.ref));
  await inTransaction(desk, actor, async (tx) => {
    await tx.updateTable('document_file').set({ check_state: checked.state, findings: JSON.stringify(checked.signatures) as never, checked_at: tx.now }).where('id', '=', fileId).execute();
    await writeJournal(tx, actor, [{ entity: 'document', entityId: rowId, action: 'check_file', detail: { check: checked.state, results: checked.signatures.map(({ result }) => result) } }]);
  });
  return checked;
}
