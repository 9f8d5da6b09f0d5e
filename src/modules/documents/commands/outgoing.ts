import { localDate } from '#core/deadlines.ts';
import { writtenNumber } from '#core/registers.ts';
import { notify } from '#modules/notifications/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';
import type { Urgency } from '#web/docx/letter.ts';
import { OUT_PATH } from '../types.ts';

/** What the register says of a document before it has a number. */
export interface OutgoingContents {
  /** Code of `REGISTER_KINDS`. */
  readonly kind: string;
  readonly title: string;
  readonly urgency: Urgency | null;
  readonly addressees: readonly string[];
  readonly signer: string;
}

/** What happens with a document after it has its number; may be entered at once or later. */
export interface Dispatch {
  readonly copies: number | null;
  readonly keptBy: string;
  /** `yyyy-mm-dd` */
  readonly dispatchedOn: string | null;
  readonly receipt: string;
  readonly note: string;
}

/** Enters a document that no room of the desk wrote; the clerk only. `corrects` is the issued document it corrects or replaces (Điều 18.3). @returns its id */
export async function enterByHand(tx: Tx, actor: OfficerActor, given: OutgoingContents, corrects: string | null): Promise<string> {
  const id = uuidv7(tx.now);
  await tx.insertInto('document_out').values({
    id, agency_id: actor.agencyId, kind: given.kind, title: given.title, urgency: given.urgency, addressees: [...given.addressees], signer: given.signer, source_entity: 'register', source_id: id,
    href: `${OUT_PATH}/${id}`, reserved_by: actor.officerId, reserved_at: tx.now, corrects, case_id: null, year: null, number: null, issued_on: null, issued_by: null, copies: null, dispatched_on: null,
    registered_at: null, gap_reason: null, cancelled_at: null, cancelled_by: null, cancel_reason: null,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'reserve', detail: { kind: given.kind, source: 'register' } }]);
  return id;
}

/** A number with everything the register wants with it. */
export interface NewNumber extends OutgoingContents, Dispatch {
  readonly number: number;
  readonly symbol: string;
  /** `yyyy-mm-dd` */
  readonly on: string;
  /** Why numbers are passed over; needed when this is not the next one. */
  readonly gapReason: string | null;
}

/** Issues a number, fixes what the register says and tells whoever reserved it. @throws Conflict when it has one, Invalid with details.fields.number (taken, gap) or .on (order, ahead) */
export async function issueNumber(tx: Tx, actor: OfficerActor, id: string, given: NewNumber): Promise<void> {
  if (given.on > localDate(tx.now)) throw new Invalid('dated ahead', { fields: { on: 'ahead' } });
  const row = await tx.selectFrom('document_out').select(['number', 'cancelled_at', 'reserved_by', 'href', 'source_entity']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('document');
  if (row.number !== null || row.cancelled_at) throw new Conflict('document has its number', { state: row.cancelled_at ? 'cancelled' : 'issued' });
  const year = Number(given.on.slice(0, 4));
  await tx.updateTable('document_out').set({
    kind: given.kind, title: given.title, urgency: given.urgency, addressees: [...given.addressees], signer: given.signer, year, number: given.number, symbol: given.symbol, issued_on: given.on,
    issued_by: actor.officerId, registered_at: tx.now, gap_reason: given.gapReason, ...dispatchColumns(given),
  }).where('id', '=', id).execute().catch((error: unknown) => Promise.reject(seriesError(error)));
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'issue', reason: given.gapReason, detail: { number: given.number, year, symbol: given.symbol, on: given.on } }]);
  await notify(tx, { agencyId: actor.agencyId, officerId: row.reserved_by, kind: 'document_numbered', code: writtenNumber(given.number, given.symbol).slice(0, 40), href: row.href });
}

/** Why the database refused a number, by field. */
function seriesError(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint === 'document_out_number') return new Invalid('number taken', { fields: { number: 'taken' } }, { cause: error });
  if (constraint === 'document_out_series') return new Invalid('numbers passed over', { fields: { gap_reason: 'gap' } }, { cause: error });
  if (constraint === 'document_out_order') return new Invalid('numbers follow the days', { fields: { on: 'order' } }, { cause: error });
  return error;
}

const dispatchColumns = (given: Dispatch) => (
  { copies: given.copies, kept_by: given.keptBy, dispatched_on: given.dispatchedOn, receipt: given.receipt, note: given.note });

/** Records copies, dispatch and receipt of an issued document. @throws NotFound, Conflict when it has no number or was cancelled; Invalid with details.fields.dispatched */
export async function recordDispatch(tx: Tx, actor: OfficerActor, id: string, given: Dispatch): Promise<void> {
  const row = await tx.selectFrom('document_out').select(['number', 'cancelled_at', 'issued_on']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('document');
  if (row.number === null || row.cancelled_at) throw new Conflict('not an issued document', { state: row.cancelled_at ? 'cancelled' : 'waiting' });
  if (given.dispatchedOn !== null && given.dispatchedOn < row.issued_on!) throw new Invalid('sent before it was dated', { fields: { dispatched: 'early' } });
  await tx.updateTable('document_out').set(dispatchColumns(given)).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'dispatch', detail: { on: given.dispatchedOn } }]);
}

/** Cancels a number, which stays used, or drops a document that waits for one; with a reason of 3 to 500 characters. @throws NotFound, Conflict, Invalid */
export async function cancelOutgoing(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  if (reason.length < 3 || reason.length > 500) throw new Invalid('reason', { fields: { reason: 'required' } });
  const row = await tx.selectFrom('document_out').select('cancelled_at').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('document');
  if (row.cancelled_at) throw new Conflict('cancelled already', { state: 'cancelled' });
  await tx.updateTable('document_out').set({ cancelled_at: tx.now, cancelled_by: actor.officerId, cancel_reason: reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'cancel', reason }]);
}
