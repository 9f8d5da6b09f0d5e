import { createHash } from 'node:crypto';
import { agencyName } from '#modules/directory/index.ts';
import { localDate } from '#core/deadlines.ts';
import { recordArrival } from '#modules/intake/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound, Unavailable } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { documentIdOf, writeEdxml, writeStatus } from '../edoc/edxml.ts';
import type { Origin } from '../edoc/reading.ts';
import type { StatusCode } from '../edoc/status-codes.ts';
import type { Organ, ResponseFor } from '../edoc/types.ts';
import { isNumberTaken, NumberInUse, requireFreeNumber, type DocumentNumber } from './counter.ts';

/**
 * Takes an electronic document (.edxml) in: sealed first, read by the job. The same file again is the same arrival.
 * @throws Invalid, NumberInUse as requireFreeNumber does
 */
export async function importDocument(
  desk: Desk, actor: OfficerActor, file: { bytes: Uint8Array; document: DocumentNumber | null },
): Promise<{ id: string; repeated: boolean }> {
  const form = createHash('sha256').update(file.bytes).digest('hex');
  await requireFreeNumber(desk, actor, file.document, form);
  return recordArrival(desk, {
    channel: 'edoc', media: 'edxml', receiver: actor.name, sender: null, externalKey: form, original: file.bytes,
    officerId: actor.officerId, document: file.document, arrivedAt: desk.clock.now(), facts: { form },
  }, 'take-arrival').catch((error: unknown) => Promise.reject(isNumberTaken(error) ? new NumberInUse(file.document!) : error));
}

/** What the receiver says of a document that arrived. */
export interface NewStatusWords {
  readonly code: StatusCode;
  readonly description: string;
}

/**
 * A status about a document that arrived, as the text of an .edxml file; the clerk sends it by the means of the agency. Journal: `export_status`.
 * @throws NotFound; Unavailable without EDXML_ORGAN_ID; Unwritable
 */
export async function exportStatus(desk: Desk, tx: Tx, actor: OfficerActor, id: string, { code, description }: NewStatusWords): Promise<string> {
  const { origin } = await arrivedDocument(tx, id);
  const file = writeStatus({ from: await ownOrgan(desk, tx, actor), responseFor: [answered(origin)], statusCode: code, description, at: tx.now, staff: null });
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: id, action: 'export_status', detail: { code } }]);
  return file;
}

/** What of an answering document its clerk writes; the words are those of the answer that was given. */
export interface NewAnswer {
  readonly number: string;
  readonly notation: string;
  readonly subject: string;
  readonly signer: { readonly position: string; readonly fullName: string };
}

/**
 * The last answer to the report a document brought, as an answering document (.edxml) to its sender, unsigned. Journal: `export_answer`.
 * @throws NotFound without such a document or report; Conflict when nothing was answered; Unavailable without EDXML_ORGAN_ID; Unwritable
 */
export async function exportAnswer(desk: Desk, tx: Tx, actor: OfficerActor, id: string, given: NewAnswer): Promise<string> {
  const { origin, reportId } = await arrivedDocument(tx, id);
  const answer = reportId && await lastAnswer(tx, reportId);
  if (!reportId) throw new NotFound('report');
  if (!answer) throw new Conflict('not answered', { state: 'unanswered' });
  const from = await ownOrgan(desk, tx, actor);
  const promulgatedOn = localDate(tx.now);
  const code = { codeNumber: given.number, codeNotation: given.notation };
  const file = writeEdxml({
    from, to: [{ ...NO_CONTACT, organId: origin.organId, organName: origin.organName }], documentId: documentIdOf(from.organId, promulgatedOn, code), code, place: '', promulgatedOn,
    documentType: { type: null, typeDetail: null, typeName: 'Công văn' }, subject: given.subject, content: answer,
    signer: { competence: '', ...given.signer }, dueOn: null, toPlaces: [],
    other: { priority: 0, sphereOfPromulgation: '', typerNotation: '', promulgationAmount: null, pageAmount: null, direction: null, appendixes: [] },
    responseFor: [answered(origin)], steeringType: null, trace: [{ organId: from.organId, at: tx.now }], business: null, attachments: [],
  });
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: id, action: 'export_answer', detail: { number: given.number } }]);
  return file;
}

/** What the desk wrote last about a report; null when it has not written yet. */
export async function lastAnswer(tx: Tx, reportId: string): Promise<string | null> {
  const row = await tx.selectFrom('message').select('body').where('report_id', '=', reportId).where('sent_by', '=', 'desk').orderBy('at', 'desc').orderBy('id', 'desc').executeTakeFirst();
  return row?.body ?? null;
}

const NO_CONTACT = { organizationInCharge: '', organAdd: '', email: '', telephone: '', fax: '', website: '' } as const;

async function ownOrgan(desk: Desk, tx: Tx, actor: OfficerActor): Promise<Organ> {
  const organId = desk.config.EDXML_ORGAN_ID;
  if (!organId) throw new Unavailable('EDXML_ORGAN_ID is not set');
  const names = await agencyName(tx, actor.agencyId, localDate(tx.now));
  return { ...NO_CONTACT, organId, organName: names?.name ?? '' };
}

function answered({ organId, code, promulgatedOn, documentId }: Origin): ResponseFor {
  return { organId, code, promulgatedOn, documentId };
}

/** A document that was read, of the officer's own agency, with what it is answered by. @throws NotFound, Invalid when it was never read */
async function arrivedDocument(tx: Tx, id: string): Promise<{ origin: Origin; reportId: string | null }> {
  const row = await tx.selectFrom('arrival').select(['facts', 'report_id as reportId', 'state']).where('id', '=', id).where('media', '=', 'edxml').executeTakeFirst();
  if (!row) throw new NotFound('document');
  const origin = row.facts.document as Origin | undefined;
  if (!origin?.code) throw new Invalid('not read', { fields: { '': 'unread' } });
  return { origin, reportId: row.reportId };
}
