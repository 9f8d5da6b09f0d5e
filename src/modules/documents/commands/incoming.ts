import { sql } from 'kysely';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';
import type { Urgency } from '#web/docx/letter.ts';
import { IN_PATH, type FollowUp, type IncomingRow } from '../types.ts';

/**
 * The next free number of an agency's register of incoming documents; channels and register draw from the one series, none is given twice.
 * Officers of the agency, and the desk as it takes something in.
 */
export async function takeIncomingNumber(tx: Tx, agencyId: string, year: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select take_incoming_number(${agencyId}::uuid, ${year}::int) as n`.execute(tx);
  return rows[0]!.n;
}

/** A document as it came. */
export interface NewIncoming {
  /** Null takes the next number. */
  readonly number: number | null;
  /** `yyyy-mm-dd`, like every day here. */
  readonly arrivedOn: string;
  /** Tác giả: the agency or person that wrote it. */
  readonly issuer: string;
  /** Số, ký hiệu; empty for a letter without. */
  readonly code: string;
  readonly issuedOn: string | null;
  readonly kind: string;
  readonly title: string;
  readonly urgency: Urgency | null;
  readonly note: string;
}

/** Enters a document that no channel took. @throws Invalid with details.fields.number when the number is used */
export async function registerIncoming(tx: Tx, actor: OfficerActor, given: NewIncoming): Promise<{ id: string; number: number; year: number }> {
  const year = Number(given.arrivedOn.slice(0, 4));
  const number = given.number ?? await takeIncomingNumber(tx, actor.agencyId, year);
  const id = uuidv7(tx.now);
  await tx.insertInto('document_in').values({
    id, agency_id: actor.agencyId, year, number, arrived_on: given.arrivedOn, issuer: given.issuer, code: given.code, issued_on: given.issuedOn, kind: given.kind, title: given.title,
    urgency: given.urgency, note: given.note, registered_by: actor.officerId, registered_at: tx.now, officer_id: null, passed_on: null, due_on: null, answered_on: null, arrival_id: null,
    cancelled_at: null, cancelled_by: null, cancel_reason: null,
  }).execute().catch((error: unknown) => Promise.reject(isTaken(error) ? new Invalid('number taken', { fields: { number: 'taken' } }, { cause: error }) : error));
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'register', detail: { number, year } }]);
  return { id, number, year };
}

function isTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'document_in_agency_id_year_number_key';
}

/** To whom a document goes and by when it is to be answered. */
export interface PassedOn {
  readonly recipient: string;
  readonly officerId: string | null;
  readonly passedOn: string;
  readonly dueOn: string | null;
  readonly receipt: string;
  readonly note: string;
}

/**
 * Passes a document on (Điều 23); with an officer and a day it becomes a task in the follow-up register. What a channel numbered gets its row now.
 * @param words what the register writes for an arrival, which keeps no words of its own
 * @returns the id of the row @throws Conflict when the number was cancelled; Invalid with details.fields
 */
export async function passOn(tx: Tx, actor: OfficerActor, row: IncomingRow, given: PassedOn, words: { issuer: string; title: string; taskTitle: string }, follow: FollowUp): Promise<string> {
  if (row.cancelReason !== null) throw new Conflict('cancelled', { state: 'cancelled' });
  if (given.passedOn < row.arrivedOn) throw new Invalid('passed on before it came', { fields: { passed: 'early' } });
  if (given.dueOn !== null && given.dueOn < given.passedOn) throw new Invalid('due before it is passed on', { fields: { due: 'early' } });
  if (given.officerId !== null && !await isColleague(tx, actor, given.officerId)) throw new Invalid('not an officer of the agency', { fields: { officer: 'unknown' } });
  const id = row.isOwn ? row.id : uuidv7(tx.now);
  const columns = { recipient: given.recipient, officer_id: given.officerId, passed_on: given.passedOn, due_on: given.dueOn, receipt: given.receipt, note: given.note };
  if (row.isOwn) await tx.updateTable('document_in').set(columns).where('id', '=', id).execute();
  else {
    await tx.insertInto('document_in').values({
      id, agency_id: actor.agencyId, year: row.year, number: row.number, arrived_on: row.arrivedOn, issuer: words.issuer, code: row.code, issued_on: row.issuedOn, kind: '', title: words.title,
      urgency: null, arrival_id: row.arrivalId, registered_by: actor.officerId, registered_at: tx.now, answered_on: null, cancelled_at: null, cancelled_by: null, cancel_reason: null, ...columns,
    }).execute();
  }
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'pass_on', detail: { officer: given.officerId, due: given.dueOn } }]);
  if (given.officerId && given.dueOn) {
    await follow.open(tx, actor, {
      officerId: given.officerId, sourceId: id, code: `${row.number}/${row.year}`, title: words.taskTitle, href: `${IN_PATH}/${id}`, dueOn: given.dueOn, urgent: row.urgency !== null,
    });
  } else if (row.isOwn) await follow.end(tx, actor, id, given.note || '–');
  return id;
}

async function isColleague(tx: Tx, actor: OfficerActor, officerId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select officer_id as id from officer_role where officer_id = ${officerId}::uuid and agency_id = ${actor.agencyId}::uuid
    and valid_from <= desk_today() and (valid_to is null or valid_to >= desk_today()) limit 1`.execute(tx);
  return rows.length > 0;
}

/** How the handling of a document goes. */
export interface Progress {
  readonly progress: string;
  /** Số, ký hiệu of the answer; empty while there is none. */
  readonly answerCode: string;
  readonly answeredOn: string | null;
}

/** Says how it goes; a day of the answer ends the task. By the officer it was given to, the clerk or a leader. @throws NotFound, Conflict, Invalid with details.fields.answered */
export async function recordProgress(tx: Tx, actor: OfficerActor, id: string, given: Progress, follow: FollowUp): Promise<void> {
  const row = await tx.selectFrom('document_in').select(['cancelled_at', 'arrived_on']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('document');
  if (row.cancelled_at) throw new Conflict('cancelled', { state: 'cancelled' });
  if (given.answeredOn !== null && given.answeredOn < row.arrived_on) throw new Invalid('answered before it came', { fields: { answered: 'early' } });
  await tx.updateTable('document_in').set({ progress: given.progress, answer_code: given.answerCode, answered_on: given.answeredOn }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'progress', detail: { answered: given.answeredOn } }]);
  if (given.answeredOn !== null) await follow.end(tx, actor, id);
}

/** Cancels a number, which stays used; the clerk, with a reason of 3 to 500 characters. @throws NotFound, Conflict, Invalid */
export async function cancelIncoming(tx: Tx, actor: OfficerActor, id: string, reason: string, follow: FollowUp): Promise<void> {
  if (reason.length < 3 || reason.length > 500) throw new Invalid('reason', { fields: { reason: 'required' } });
  const row = await tx.selectFrom('document_in').select('cancelled_at').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('document');
  if (row.cancelled_at) throw new Conflict('cancelled already', { state: 'cancelled' });
  await tx.updateTable('document_in').set({ cancelled_at: tx.now, cancelled_by: actor.officerId, cancel_reason: reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'document', entityId: id, action: 'cancel', reason }]);
  await follow.end(tx, actor, id, reason);
}
