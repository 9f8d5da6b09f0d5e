import { normalise } from '#core/vietnamese.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Forbidden, Invalid } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';

/** How far the own setting may go; the same as the checks in the database. */
export const BOUNDS = { leader: { least: 1, most: 5 }, coordinator: { least: 1, most: 10 } } as const;

/**
 * When lateness is told on, for the own agency.
 * @param typed whole working days, as typed @throws Forbidden, Invalid with details.fields (leader, coordinator, reason)
 */
export async function changeSetting(tx: Tx, actor: OfficerActor, typed: { readonly leader: string; readonly coordinator: string; readonly reason: string }): Promise<void> {
  if (!holds(actor, 'administrator')) throw new Forbidden('not an administrator');
  const [leader, coordinator] = [Number(typed.leader), Number(typed.coordinator)];
  const reason = normalise(typed.reason);
  const within = (n: number, { least, most }: { least: number; most: number }) => Number.isInteger(n) && n >= least && n <= most;
  const fields = {
    ...(!within(leader, BOUNDS.leader) && { leader: 'bounds' }), ...(!(within(coordinator, BOUNDS.coordinator) && coordinator >= leader) && { coordinator: 'bounds' }),
    ...((reason.length < 5 || reason.length > 500) && { reason: 'length' }),
  };
  if (Object.keys(fields).length > 0) throw new Invalid('setting', { fields });
  await tx.insertInto('task_setting').values({ agency_id: actor.agencyId, leader_after: leader, coordinator_after: coordinator, changed_at: tx.now })
    .onConflict((conflict) => conflict.column('agency_id').doUpdateSet({ leader_after: leader, coordinator_after: coordinator, changed_at: tx.now })).execute();
  await writeJournal(tx, actor, [{ entity: 'task_setting', entityId: actor.agencyId, action: 'change', reason, detail: { leader, coordinator } }]);
}
