import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { CasePart, ShareKind } from '#platform/schema.ts';

/**
 * Lets an agency take part in a case that the acting officer's agency leads. Taking part shows number, harm, title and state, and
 * nothing else until items are shared. A part ended before begins anew; one that goes on stays as it is.
 */
export async function includeParty(tx: Tx, actor: OfficerActor, caseId: string, agencyId: string, part: CasePart): Promise<void> {
  const led = await tx.selectFrom('case_file').select(['state', 'lead_agency_id']).where('id', '=', caseId).executeTakeFirst();
  if (!led) throw new NotFound('case');
  if (led.state === 'closed') throw new Conflict('case is closed', { reason: 'closed' });
  if (led.lead_agency_id === agencyId) return;
  const found = await tx.selectFrom('case_party').select('ended_at').where('case_id', '=', caseId).where('agency_id', '=', agencyId).executeTakeFirst();
  if (found && !found.ended_at) return;
  if (found) await tx.updateTable('case_party').set({ part, ended_at: null, since: tx.now, included_by: actor.officerId }).where('case_id', '=', caseId).where('agency_id', '=', agencyId).execute();
  else await tx.insertInto('case_party').values({ case_id: caseId, agency_id: agencyId, part, since: tx.now, included_by: actor.officerId }).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'include_party', detail: { agency: agencyId, part } }]);
}

/** One thing of a case to be shown to a party. */
export interface ShareInput {
  readonly kind: ShareKind;
  readonly itemId: string;
}

/**
 * Shows items of a case to a party, each with the same reason. What the party sees already stays as it is. The reporter's identity is
 * no item and cannot be shared (S12).
 * @throws Invalid without a reason; the database refuses items of other cases and what has not passed the gate
 */
export async function shareItems(tx: Tx, actor: OfficerActor, caseId: string, agencyId: string, items: readonly ShareInput[], why: string): Promise<void> {
  const reason = normalise(why);
  if (reason.length < 3 || reason.length > 500) throw new Invalid('reason length', { fields: { why: 'length' } });
  for (const { kind, itemId } of items) {
    const added = await tx.insertInto('case_share').values({ case_id: caseId, agency_id: agencyId, kind, item_id: itemId, officer_id: actor.officerId, why: reason, shared_at: tx.now })
      .onConflict((conflict) => conflict.columns(['case_id', 'agency_id', 'kind', 'item_id']).where('recalled_at', 'is', null).doNothing()).returning('id').executeTakeFirst();
    if (added) await writeJournal(tx, actor, [{ entity: 'case', entityId: caseId, action: 'share', detail: { share: added.id, agency: agencyId, kind } }]);
  }
}
