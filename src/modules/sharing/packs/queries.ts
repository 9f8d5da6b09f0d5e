import { localDate } from '#core/deadlines.ts';
import { agencyNames } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { ReceivedPack } from './types.ts';

const MOST = 200;

/** How many packs a case of the own agency has. */
export async function countPacks(tx: Tx, caseId: string): Promise<number> {
  return (await tx.selectFrom('hand_over_pack').select((eb) => eb.fn.countAll<number>().as('n')).where('case_id', '=', caseId).executeTakeFirstOrThrow()).n;
}

/** Packs made for the own agency that can be read now; recalled and expired ones are gone. */
export async function receivedPacks(tx: Tx, actor: OfficerActor): Promise<ReceivedPack[]> {
  const rows = await tx.selectFrom('hand_over_pack').select(['id', 'code', 'agency_id', 'read_at', 'expires_at']).where('recipient_agency_id', '=', actor.agencyId)
    .where('made_at', 'is not', null).where('recalled_at', 'is', null).where('expires_at', '>', tx.now).orderBy('id', 'desc').limit(MOST).execute();
  const names = await agencyNames(tx, rows.map(({ agency_id }) => agency_id), localDate(tx.now));
  return rows.map((row) => ({ id: row.id, code: row.code, byName: names.get(row.agency_id)?.name ?? '', readAt: row.read_at, expiresAt: row.expires_at! }));
}
