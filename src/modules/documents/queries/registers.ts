import { sql } from 'kysely';
import type { Role } from '#catalogue/roles.ts';
import type { Tx } from '#platform/db.ts';
import type { FiledDocument, IncomingRow, OutgoingRow, Period, Signature } from '../types.ts';

/** Rows of a register on one page and in a Word file; more go to a spreadsheet. */
export const MOST_ROWS = 1000;
/** Rows of a spreadsheet. */
export const MOST_EXPORTED = 20_000;

function outgoing(tx: Tx) {
  return tx.selectFrom('document_out as d').innerJoin('officer as by', 'by.id', 'd.reserved_by').leftJoin('officer as clerk', 'clerk.id', 'd.issued_by').leftJoin('document_out as c', 'c.id', 'd.corrects')
    .select(['d.id', 'd.kind', 'd.title', 'd.urgency', 'd.addressees', 'd.signer', 'd.href', 'd.source_entity', 'by.full_name as reservedBy', 'd.reserved_at as reservedAt', 'd.number', 'd.symbol',
      'd.issued_on as issuedOn', 'd.registered_at as registeredAt', 'clerk.full_name as issuedBy', 'd.gap_reason as gapReason', 'd.copies', 'd.kept_by as keptBy', 'd.dispatched_on as dispatchedOn',
      'd.receipt', 'd.note', 'd.cancel_reason as cancelReason', 'd.cancelled_at as cancelledAt', 'c.id as c_id', 'c.number as c_number', 'c.symbol as c_symbol']);
}

type OutgoingRecord = Awaited<ReturnType<ReturnType<typeof outgoing>['executeTakeFirstOrThrow']>>;

function outgoingRow({ source_entity, c_id, c_number, c_symbol, ...row }: OutgoingRecord): OutgoingRow {
  return { ...row, isByHand: source_entity === 'register', corrects: c_id ? { id: c_id, number: c_number!, symbol: c_symbol! } : null };
}

/** The outgoing register of a period by number; numbers that were cancelled are in it. */
export async function outgoingRegister(tx: Tx, { from, to }: Period, most = MOST_ROWS): Promise<OutgoingRow[]> {
  const rows = await outgoing(tx).where('d.number', 'is not', null).where('d.issued_on', '>=', from).where('d.issued_on', '<=', to).orderBy('d.year').orderBy('d.number').limit(most).execute();
  return rows.map(outgoingRow);
}

/** What waits for a number, the longest first. */
export async function waitingDocuments(tx: Tx): Promise<OutgoingRow[]> {
  return (await outgoing(tx).where('d.number', 'is', null).where('d.cancelled_at', 'is', null).orderBy('d.reserved_at').limit(200).execute()).map(outgoingRow);
}

/** One document; null when the agency has none of this id. */
export async function outgoingById(tx: Tx, id: string): Promise<OutgoingRow | null> {
  const row = await outgoing(tx).where('d.id', '=', id).executeTakeFirst();
  return row ? outgoingRow(row) : null;
}

/** Numbers of a year that were used, for the next one and the gaps. */
export async function usedNumbers(tx: Tx, agencyId: string, year: number): Promise<number[]> {
  const rows = await tx.selectFrom('document_out').select('number').where('agency_id', '=', agencyId).where('year', '=', year).where('number', 'is not', null).orderBy('number').execute();
  return rows.map(({ number }) => number!);
}

// What channels numbered, and what the clerk entered, as one register. The day a letter was recorded is the day its number was given.
const INCOMING = sql`
  select d.id, d.arrival_id, true as own, a.media, r.code as report_code, d.year, d.number, d.arrived_on, d.issuer, d.code, d.issued_on, d.kind, d.title, d.urgency, d.recipient, d.officer_id,
    o.full_name as officer, d.passed_on, d.receipt, d.note, d.due_on, d.progress, d.answer_code, d.answered_on, d.registered_at, d.cancel_reason
  from document_in d left join arrival a on a.id = d.arrival_id left join report r on r.id = a.report_id left join officer o on o.id = d.officer_id
  union all
  select a.id, a.id, false, a.media, r.code, a.document_year, a.document_number, (a.recorded_at at time zone 'Asia/Ho_Chi_Minh')::date, nullif(a.facts #>> '{document,organName}', ''),
    coalesce(a.facts #>> '{document,code}', ''), case when a.facts #>> '{document,promulgatedOn}' ~ '^\\d{4}-\\d\\d-\\d\\d$' then (a.facts #>> '{document,promulgatedOn}')::date end, '', null, null, '', null,
    null, null, '', '', null, '', '', null, a.recorded_at, null
  from arrival a left join report r on r.id = a.report_id
  where a.document_number is not null and not exists (select 1 from document_in d where d.arrival_id = a.id)`;

interface IncomingRecord {
  id: string; arrival_id: string | null; own: boolean; media: string | null; report_code: string | null; year: number; number: number; arrived_on: string; issuer: string | null; code: string;
  issued_on: string | null; kind: string; title: string | null; urgency: IncomingRow['urgency']; recipient: string; officer_id: string | null; officer: string | null; passed_on: string | null;
  receipt: string; note: string; due_on: string | null; progress: string; answer_code: string; answered_on: string | null; registered_at: Date; cancel_reason: string | null;
}

function incomingRow(row: IncomingRecord): IncomingRow {
  return {
    id: row.id, arrivalId: row.arrival_id, isOwn: row.own, media: row.media, reportCode: row.report_code, year: row.year, number: row.number, arrivedOn: row.arrived_on, issuer: row.issuer, code: row.code,
    issuedOn: row.issued_on, kind: row.kind, title: row.title, urgency: row.urgency, recipient: row.recipient, officerId: row.officer_id, officer: row.officer, passedOn: row.passed_on,
    receipt: row.receipt, note: row.note, dueOn: row.due_on, progress: row.progress, answerCode: row.answer_code, answeredOn: row.answered_on, registeredAt: row.registered_at,
    cancelReason: row.cancel_reason,
  };
}

/** The incoming register of a period by number, what channels took included. */
export async function incomingRegister(tx: Tx, { from, to }: Period, most = MOST_ROWS): Promise<IncomingRow[]> {
  const { rows } = await sql<IncomingRecord>`select * from (${INCOMING}) register where arrived_on between ${from}::date and ${to}::date order by year, number limit ${most}`.execute(tx);
  return rows.map(incomingRow);
}

/** What was passed on with a day, or to an officer, in a period: open ones first, the nearest day first. */
export async function followUpRegister(tx: Tx, { from, to }: Period, most = MOST_ROWS): Promise<IncomingRow[]> {
  const { rows } = await sql<IncomingRecord>`select * from (${INCOMING}) register where arrived_on between ${from}::date and ${to}::date and (due_on is not null or officer_id is not null)
    and cancel_reason is null order by year, number limit ${most}`.execute(tx);
  return rows.map(incomingRow);
}

/** One incoming document by its row or its arrival; null when the agency has none. */
export async function incomingById(tx: Tx, id: string): Promise<IncomingRow | null> {
  const { rows } = await sql<IncomingRecord>`select * from (${INCOMING}) register where id = ${id}::uuid or arrival_id = ${id}::uuid`.execute(tx);
  return rows[0] ? incomingRow(rows[0]) : null;
}

/** Documents of the same number, symbol and issuer, dated in the same year as far as both say (NĐ 30/2020 phụ lục VI, phần I, III.1.h). */
export async function alike(tx: Tx, { code, issuer, issuedOn }: { code: string; issuer: string; issuedOn: string | null }): Promise<IncomingRow[]> {
  if (code === '') return [];
  const plain = (text: string) => text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim();
  const { rows } = await sql<IncomingRecord>`select * from (${INCOMING}) register where lower(regexp_replace(code, '\\s+', '', 'g')) = ${plain(code).replaceAll(' ', '')} and cancel_reason is null
    order by year desc, number desc limit 50`.execute(tx);
  return rows.map(incomingRow).filter((row) => plain(row.issuer ?? '') === plain(issuer) && (!issuedOn || !row.issuedOn || row.issuedOn.slice(0, 4) === issuedOn.slice(0, 4)));
}

/** Whether a number of the incoming register was entered by hand, by whom and when; null when it is free. What arrived is not looked at. */
export async function incomingNumberUsed(tx: Tx, agencyId: string, { number, year }: { number: number; year: number }): Promise<{ by: string; at: Date } | null> {
  const row = await tx.selectFrom('document_in as d').innerJoin('officer as o', 'o.id', 'd.registered_by').select(['o.full_name as by', 'd.registered_at as at'])
    .where('d.agency_id', '=', agencyId).where('d.year', '=', year).where('d.number', '=', number).where('d.arrival_id', 'is', null).executeTakeFirst();
  return row ?? null;
}

/** Officers who act for an agency today, by name. */
export async function colleagues(tx: Tx, agencyId: string): Promise<{ id: string; name: string; roles: Role[] }[]> {
  const { rows } = await sql<{ id: string; name: string; roles: Role[] }>`select o.id, o.full_name as name, array_agg(distinct r.role::text) as roles from officer_role r join officer o on o.id = r.officer_id
    where r.agency_id = ${agencyId}::uuid and o.disabled_at is null and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())
    group by o.id, o.full_name order by o.full_name limit 500`.execute(tx);
  return rows;
}

/** Files of a row, the oldest first. */
export async function filesOf(tx: Tx, of: { outId: string } | { inId: string }): Promise<FiledDocument[]> {
  const rows = await files(tx).where((eb) => ('outId' in of ? eb('f.out_id', '=', of.outId) : eb('f.in_id', '=', of.inId))).orderBy('f.added_at').orderBy('f.id').limit(50).execute();
  return rows.map(fileRow);
}

/** One file with its place; null when the row has none of this id. */
export async function fileOf(tx: Tx, rowId: string, fileId: string): Promise<(FiledDocument & { ref: string }) | null> {
  const row = await files(tx).where('f.id', '=', fileId).where((eb) => eb.or([eb('f.out_id', '=', rowId), eb('f.in_id', '=', rowId)])).executeTakeFirst();
  return row ? { ...fileRow(row), ref: row.file_ref } : null;
}

function files(tx: Tx) {
  return tx.selectFrom('document_file as f').innerJoin('officer as o', 'o.id', 'f.added_by')
    .select(['f.id', 'f.name', 'f.media_type', 'f.bytes', 'f.sha256', 'f.file_ref', 'f.added_at', 'f.check_state', 'f.findings', 'o.full_name as by']);
}

function fileRow(row: Awaited<ReturnType<ReturnType<typeof files>['executeTakeFirstOrThrow']>>): FiledDocument {
  return {
    id: row.id, name: row.name, mediaType: row.media_type, bytes: row.bytes, sha256: row.sha256.toString('hex'), by: row.by, at: row.added_at, check: row.check_state,
    signatures: row.findings as unknown as Signature[],
  };
}
