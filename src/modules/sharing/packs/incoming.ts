import { localDate } from '#core/deadlines.ts';
import { agencyNames, listAgencies } from '#modules/directory/index.ts';
import type { Archive } from '#platform/archive.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { NotFound } from '#platform/errors.ts';
import { openEnvelope, readContents, type PackContents } from './reading.ts';
import type { IncomingRow, Manifest, PeerRow } from './types.ts';

const MOST = 100;

/** Desks of other provinces, those in use first. */
export async function peerRows(tx: Tx): Promise<PeerRow[]> {
  const rows = await tx.selectFrom('peer as p').innerJoin('province as v', 'v.code', 'p.province_code').innerJoin('officer as a', 'a.id', 'p.added_by').leftJoin('officer as c', 'c.id', 'p.confirmed_by')
    .selectAll('p').select(['v.full_name as province', 'a.full_name as adder', 'c.full_name as confirmer']).orderBy('p.ended_at', (by) => by.desc().nullsFirst()).orderBy('p.id', 'desc').limit(MOST).execute();
  const names = await agencyNames(tx, rows.flatMap(({ directory_agency_id: id }) => (id ? [id] : [])), localDate(tx.now));
  return rows.map((row) => ({
    id: row.id, name: row.name, province: row.province, publicKey: row.public_key, address: row.address, agency: row.directory_agency_id ? names.get(row.directory_agency_id)?.name ?? null : null,
    addedBy: row.added_by, adder: row.adder, addedAt: row.added_at, confirmer: row.confirmer, confirmedAt: row.confirmed_at, endedAt: row.ended_at, endReason: row.end_reason,
  }));
}

/** Packs that were taken in, newest first. */
export async function incomingRows(tx: Tx, id: string | null = null): Promise<IncomingRow[]> {
  let query = tx.selectFrom('incoming_pack as i').innerJoin('peer as p', 'p.id', 'i.peer_id').leftJoin('report as r', 'r.id', 'i.report_id').selectAll('i')
    .select(['p.name as peer_name', 'p.directory_agency_id', 'r.code as report_code']);
  if (id !== null) query = query.where('i.id', '=', id);
  const rows = await query.orderBy('i.id', 'desc').limit(MOST).execute();
  const current = new Set(rows.some(({ directory_agency_id: agency }) => agency !== null) ? (await listAgencies(tx, { on: localDate(tx.now) })).map((agency) => agency.id) : []);
  return rows.map((row) => ({
    id: row.id, code: row.code, caseNumber: row.case_number, peerName: row.peer_name, senderAgencyId: row.directory_agency_id && current.has(row.directory_agency_id) ? row.directory_agency_id : null,
    sha256: row.sha256.toString('hex'), madeAt: row.made_at, importedAt: row.imported_at, arrivalId: row.arrival_id, outcome: row.outcome, category: row.category, decidedAt: row.decided_at,
    declineReason: row.decline_reason, reportId: row.report_id, reportCode: row.report_code, recalledAt: row.recalled_at, recallReason: row.recall_reason,
  }));
}

/** One of them, or null. */
export async function incomingRow(tx: Tx, id: string): Promise<IncomingRow | null> {
  return (await incomingRows(tx, id))[0] ?? null;
}

/** Where the original of a pack is that waits for an answer; afterwards it is read with its report. @throws NotFound */
export async function waitingOriginal(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('incoming_pack as i').innerJoin('arrival as a', 'a.id', 'i.arrival_id').select('a.original_ref').where('i.id', '=', id).where('a.state', '=', 'waiting').executeTakeFirst();
  if (!row?.original_ref) throw new NotFound('pack');
  return row.original_ref;
}

/** What a pack says that was taken in; its signature and hashes were judged then, its bytes are sealed since. */
export async function openIncoming(desk: Pick<Desk, 'files'>, ref: string): Promise<{ readonly head: Manifest; readonly archive: Archive; readonly contents: PackContents }> {
  const envelope = await openEnvelope(await desk.files.get(ref));
  if (envelope.kind !== 'pack') throw new NotFound('pack');
  return { head: envelope.head, archive: envelope.archive, contents: await readContents(envelope) };
}
