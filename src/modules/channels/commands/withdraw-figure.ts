import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';

/** Withdraws a figure of the officer's own agency, with a reason; it stays to be seen as withdrawn. @throws NotFound, Invalid */
export async function withdrawFigure(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  // A coordinating agency sees the figures of others and leaves them alone.
  const found = await tx.selectFrom('external_figure').select('id').where('id', '=', id).where('agency_id', '=', actor.agencyId).where('withdrawn_at', 'is', null).forUpdate().executeTakeFirst();
  if (!found) throw new NotFound('figure');
  const words = normalise(reason);
  if (words.length < 3 || words.length > 300) throw new Invalid('reason', { fields: { reason: 'length' } });
  await tx.updateTable('external_figure').set({ withdrawn_at: tx.now, withdrawn_reason: words }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'external_figure', entityId: id, action: 'withdraw', reason: words }]);
}
