import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { agencyNames } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Keys } from '#platform/keys.ts';
import type { ShareKind } from '#platform/schema.ts';
import { shownItem } from '../queries.ts';
import type { CaseItem } from '../types.ts';
import type { PackPicture } from './pack.ts';
import type { PackRow, PackState, ReceivedPack } from './types.ts';

const MOST = 200;

/** How many packs a case of the own agency has. */
export async function countPacks(tx: Tx, caseId: string): Promise<number> {
  return (await tx.selectFrom('hand_over_pack').select((eb) => eb.fn.countAll<number>().as('n')).where('case_id', '=', caseId).executeTakeFirstOrThrow()).n;
}

/** Packs of a case of the own agency, newest first. */
export async function packsOf(tx: Tx, caseId: string, code: string | null = null): Promise<PackRow[]> {
  let query = tx.selectFrom('hand_over_pack as p').innerJoin('officer as d', 'd.id', 'p.drafter_id').leftJoin('officer as a', 'a.id', 'p.approver_id').selectAll('p')
    .select(['d.full_name as drafter', 'a.full_name as approver']).where('p.case_id', '=', caseId);
  if (code !== null) query = query.where('p.code', '=', code);
  const rows = await query.orderBy('p.id', 'desc').limit(MOST).execute();
  return rows.map((row) => ({
    id: row.id, code: row.code, state: stateOf(row, tx.now), target: row.target, recipientAgencyId: row.recipient_agency_id, recipientName: row.recipient_name, recipientProvince: row.recipient_province, why: row.why, legalGround: row.legal_ground,
    withOriginals: row.with_originals, contactReportId: row.contact_report_id, contactReason: row.contact_reason, days: row.days, drafterId: row.drafter_id, drafter: row.drafter, draftedAt: row.drafted_at,
    approver: row.approver, approveReason: row.approve_reason, madeAt: row.made_at, bytes: row.bytes === null ? null : Number(row.bytes), sha256: row.sha256?.toString('hex') ?? null, expiresAt: row.expires_at,
    readAt: row.read_at, receipt: row.receipt_by ? { number: row.receipt_number ?? '', on: row.receipt_on!, office: row.receipt_office! } : null, recalledAt: row.recalled_at, recallReason: row.recall_reason,
  }));
}

/** One pack of a case, or null. */
export async function packRow(tx: Tx, caseId: string, code: string): Promise<PackRow | null> {
  return (await packsOf(tx, caseId, code))[0] ?? null;
}

function stateOf(row: { readonly recalled_at: Date | null; readonly refused_at: Date | null; readonly made_at: Date | null; readonly approved_at: Date | null; readonly expires_at: Date | null }, now: Date): PackState {
  if (row.recalled_at) return 'recalled';
  if (row.refused_at) return 'refused';
  if (row.made_at) return row.expires_at! > now ? 'made' : 'expired';
  return row.approved_at ? 'approved' : 'draft';
}

/** Packs made for the own agency that can be read now; recalled and expired ones are gone. */
export async function receivedPacks(tx: Tx, actor: OfficerActor, code: string | null = null): Promise<(ReceivedPack & { readonly agencyId: string; readonly caseId: string; readonly sha256: string })[]> {
  let query = tx.selectFrom('hand_over_pack').select(['id', 'code', 'agency_id', 'case_id', 'read_at', 'expires_at', 'sha256']).where('recipient_agency_id', '=', actor.agencyId)
    .where('made_at', 'is not', null).where('recalled_at', 'is', null).where('expires_at', '>', tx.now);
  if (code !== null) query = query.where('code', '=', code);
  const rows = await query.orderBy('id', 'desc').limit(MOST).execute();
  const names = await agencyNames(tx, rows.map(({ agency_id }) => agency_id), localDate(tx.now));
  return rows.map((row) => ({
    id: row.id, code: row.code, byName: names.get(row.agency_id)?.name ?? '', readAt: row.read_at, expiresAt: row.expires_at!, agencyId: row.agency_id, caseId: row.case_id, sha256: row.sha256!.toString('hex'),
  }));
}

/** Where the file of a pack is that can be read now, by the agency that made it or the one it was made for; null for everybody else. */
export async function packFile(tx: Tx, code: string): Promise<string | null> {
  const row = await tx.selectFrom('hand_over_pack').select('file_ref').where('code', '=', code).where('made_at', 'is not', null).where('recalled_at', 'is', null).where('expires_at', '>', tx.now).executeTakeFirst();
  return row?.file_ref ?? null;
}

/** What goes into a pack, shaped as for a party, whole numbers opened. */
export async function packContents(tx: Tx, packId: string, keys?: Keys): Promise<CaseItem[]> {
  const { rows } = await sql<{ kind: ShareKind; item_id: string; content: object }>`select * from pack_contents(${packId}::uuid)`.execute(tx);
  return rows.map((row) => ({ ...shownItem(row, keys), itemId: row.item_id }));
}

/** Where the pictures of a pack are. */
export async function packPictures(tx: Tx, ids: readonly string[]): Promise<PackPicture[]> {
  if (ids.length === 0) return [];
  return tx.selectFrom('attachment').select(['id as itemId', 'original_ref as originalRef', 'copy_ref as copyRef']).where('id', 'in', [...ids]).orderBy('id').execute();
}
