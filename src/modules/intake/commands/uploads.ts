import { normalise } from '#core/vietnamese.ts';
import { INTAKE } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Invalid } from '#platform/errors.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { pictureCopy } from '../pictures.ts';
import { hashFormKey } from '../prepare.ts';
import { readQrCodes } from '../qr.ts';
import type { Upload } from '../types.ts';

/** Moves pictures from the waiting place to the report they were sent with. */
export async function claimUploads(tx: Tx, reportId: string, formKey: string, uploads: readonly string[]): Promise<void> {
  if (uploads.length === 0) return;
  const rows = await tx.deleteFrom('pending_upload').where('id', 'in', [...uploads]).where('form_hash', '=', hashFormKey(formKey)).returningAll().execute();
  if (rows.length === 0) return;
  await tx.insertInto('attachment').values(rows.map(({ form_hash: _, qr_sealed: __, ...stored }) => ({ ...stored, report_id: reportId }))).execute();
}

/** How many pictures one report may carry. */
export const MOST_UPLOADS = 5;

/**
 * Keeps a picture until its report is sent: the original sealed and hashed, beside it a re-encoded copy without metadata,
 * and, sealed until then, what QR codes in it say.
 * @throws Invalid with details.reason: too_large, empty, not_an_image, svg, heic, zip, pdf, broken, too_many, too_many_pixels
 */
export async function keepUpload(desk: Desk, formKey: string, file: SentFile): Promise<Upload> {
  const copy = await pictureCopy(file);
  const [original, stored] = [await desk.files.put(file.bytes), await desk.files.put(copy.bytes)];
  const codes = await readQrCodes(copy.bytes);
  const id = uuidv7(desk.clock.now());
  const name = normalise(file.name).slice(-120) || 'anh';
  const kept = inTransaction(desk, INTAKE, async (tx) => {
    const { count } = await tx.selectFrom('pending_upload').select((eb) => eb.fn.countAll<number>().as('count'))
      .where('form_hash', '=', hashFormKey(formKey)).executeTakeFirstOrThrow();
    if (count >= MOST_UPLOADS) throw new Invalid('too many pictures', { reason: 'too_many' });
    await tx.insertInto('pending_upload').values({
      id, form_hash: hashFormKey(formKey), name, media_type: copy.mediaType, bytes: file.bytes.length, original_ref: original.ref,
      original_sha256: original.sha256, copy_ref: stored.ref, copy_bytes: copy.bytes.length, width: copy.width, height: copy.height, at: tx.now,
      qr_sealed: codes.length === 0 ? null : desk.keys.seal('qr', JSON.stringify(codes), id),
    }).execute();
  });
  await kept.catch(async (error: unknown) => {
    // After a failure of the database itself the row may be there all the same, and then needs its files.
    if (error instanceof Invalid) await Promise.all([desk.files.remove(original.ref), desk.files.remove(stored.ref)]);
    throw error;
  });
  return { id, name, bytes: file.bytes.length };
}

/** Drops the waiting pictures of a form that are not in `keepIds`. */
export async function dropUploads(desk: Desk, formKey: string, keepIds: readonly string[]): Promise<void> {
  const dropped = await inTransaction(desk, INTAKE, (tx) => {
    let query = tx.deleteFrom('pending_upload').where('form_hash', '=', hashFormKey(formKey));
    if (keepIds.length > 0) query = query.where('id', 'not in', [...keepIds]);
    return query.returning(['original_ref', 'copy_ref']).execute();
  });
  for (const { original_ref, copy_ref } of dropped) await Promise.all([desk.files.remove(original_ref), desk.files.remove(copy_ref)]);
}
