import { sql } from 'kysely';
import { normalise } from '#core/vietnamese.ts';
import { requireGated } from '#modules/cases/index.ts';
import { notify } from '#modules/notifications/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { CasePart, ShareKind } from '#platform/schema.ts';

/**
 * Lets an agency take part in a case that the acting officer's agency leads. Taking part shows number, harm, title and state, and
 * nothing else until items are shared. Nobody is brought in before the gate. A part ended before begins anew; one that goes on stays as it is.
 */
export async function includeParty(tx: Tx, actor: OfficerActor, caseId: string, agencyId: string, part: CasePart): Promise<void> {
  const led = await tx.selectFrom('case_file').select(['state', 'lead_agency_id']).where('id', '=', caseId).executeTakeFirst();
  if (!led) throw new NotFound('case');
  if (led.state === 'closed') throw new Conflict('case is closed', { reason: 'closed' });
  if (led.lead_agency_id === agencyId) return;
  await requireGated(tx, caseId);
  const found = await tx.selectFrom('case_party').select('ended_at').where('case_id', '=', caseId).where('agency_id', '=', agencyId).executeTakeFirst();
  if (found && !found.ended_at) return;
  if (found) await tx.updateTable('case_party').set({ part, ended_at: null, since: tx.now, included_by: actor.officerId }).where('case_id', '=', caseId).where('agency_id', '=', agencyId).execute();
  else await tx.insertInto('case_party').values({ case_id: caseId, agency_id: agencyId, part, since: tx.now, included_by: actor.officerId }).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'include_party', detail: { agency: agencyId, part } }]);
}

/**
 * Ends the part of an agency; the database takes back everything it was shown, in the same breath.
 * @throws NotFound when it takes no part, Invalid without a reason
 */
export async function endParty(tx: Tx, actor: OfficerActor, led: LedCase, agencyId: string, why: string): Promise<void> {
  const reason = reasonOf(why);
  const ended = await tx.updateTable('case_party').set({ ended_at: tx.now }).where('case_id', '=', led.id).where('agency_id', '=', agencyId).where('ended_at', 'is', null).returning('agency_id').executeTakeFirst();
  if (!ended) throw new NotFound('party');
  await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: 'end_party', reason, detail: { agency: agencyId } }]);
  await notify(tx, { agencyId, roles: TOLD, kind: 'share_recalled', code: led.number, href: SHARED_PATH });
}

/** The case an officer shares from: of the own agency. */
export interface LedCase {
  readonly id: string;
  readonly number: string;
}

/** The list of what is shared, for those who see no page of the case any more. */
export const SHARED_PATH = '/can-bo/phoi-hop';

/** Who is told on the other side. */
export const TOLD = ['focal', 'case_officer', 'leader'] as const;

/** One thing of a case to be shown to a party. */
export interface ShareInput {
  readonly kind: ShareKind;
  readonly itemId: string;
  /** Shows a telephone or account number whole; only for an indicator. */
  readonly full?: boolean;
}

/**
 * Shows items of a case to a party, each with the same reason, and tells it. What the party sees already stays as it is. The reporter's
 * identity is no item and cannot be shared (S12).
 * @returns how many it did not see before
 * @throws Invalid without a reason; the database refuses items of other cases and what has not passed the gate
 */
export async function shareItems(tx: Tx, actor: OfficerActor, caseId: string, agencyId: string, items: readonly ShareInput[], why: string): Promise<number> {
  const reason = reasonOf(why);
  let shared = 0;
  for (const { kind, itemId, full = false } of items) {
    const added = await tx.insertInto('case_share')
      .values({ case_id: caseId, agency_id: agencyId, kind, item_id: itemId, full_value: full && kind === 'indicator', officer_id: actor.officerId, why: reason, shared_at: tx.now })
      .onConflict((conflict) => conflict.columns(['case_id', 'agency_id', 'kind', 'item_id']).where('recalled_at', 'is', null).doNothing()).returning('id').executeTakeFirst();
    if (!added) continue;
    shared++;
    await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'share', detail: { share: added.id, agency: agencyId, kind } }]);
  }
  if (shared > 0) {
    const { number } = await tx.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
    await notify(tx, { agencyId, roles: TOLD, kind: 'share_new', code: number, href: `${SHARED_PATH}/${number}` });
  }
  return shared;
}

/** Takes one item back, with a reason; it is gone at the party's next request. @throws NotFound when it is not shown (any more) */
export async function recallShare(tx: Tx, actor: OfficerActor, led: LedCase, shareId: string, why: string): Promise<void> {
  const reason = reasonOf(why);
  const recalled = await tx.updateTable('case_share').set({ recalled_at: tx.now, recalled_by: actor.officerId, recall_reason: reason })
    .where('id', '=', shareId).where('case_id', '=', led.id).where('recalled_at', 'is', null).returning('agency_id').executeTakeFirst();
  if (!recalled) throw new NotFound('share');
  await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: 'recall_share', reason, detail: { share: shareId, agency: recalled.agency_id } }]);
  await notify(tx, { agencyId: recalled.agency_id, roles: TOLD, kind: 'share_recalled', code: led.number, href: `${SHARED_PATH}/${led.number}` });
}

/** Gives a receipt for items the own agency is shown. @throws NotFound when one of them was recalled meanwhile: then nothing is receipted */
export async function readShares(tx: Tx, actor: OfficerActor, caseId: string, shareIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ fresh: number | null }>`select read_shares(${caseId}::uuid, ${[...shareIds]}::uuid[]) as fresh`.execute(tx);
  const fresh = rows[0]?.fresh ?? null;
  if (fresh === null) throw new NotFound('share');
  if (fresh > 0) await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'read_share', detail: { shares: fresh } }]);
}

function reasonOf(why: string): string {
  const reason = normalise(why);
  if (reason.length < 3 || reason.length > 500) throw new Invalid('reason length', { fields: { why: 'length' } });
  return reason;
}
