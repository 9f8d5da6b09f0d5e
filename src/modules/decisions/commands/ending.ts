import { localDate } from '#core/deadlines.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { hold, undo, type Effects } from '../effects.ts';
import { leaveDeciding } from './draft.ts';

/** Withdraws a decision in force or an interim measure, with reasons; its effect ends at once, and every recipient is told. */
export async function withdrawDecision(desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const decision = await lock(tx, decisionId);
  await changeState(tx, actor, 'decision', decisionId, 'withdraw', { reason });
  await undo(effects, decision.measure, desk, tx, actor, decisionId, 'withdrawn');
  await leaveDeciding(tx, actor, decision.case_id, reason);
}

/** Reverses a decision after an appeal; the caller has made sure who decides (src/modules/appeals). */
export async function reverseDecision(desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const decision = await lock(tx, decisionId);
  await changeState(tx, actor, 'decision', decisionId, 'reverse', { reason });
  await undo(effects, decision.measure, desk, tx, actor, decisionId, 'reversed');
  await leaveDeciding(tx, actor, decision.case_id, 'reversed');
}

/** Stays a measure while an appeal is decided: nothing of it shows or binds until {@link resumeDecision}. */
export async function stayDecision(desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const decision = await lock(tx, decisionId);
  if (decision.state !== 'in_force' || decision.stayed_at) throw new Conflict('not in force', { state: decision.state });
  await tx.updateTable('decision').set({ stayed_at: tx.now }).where('id', '=', decisionId).execute();
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: decisionId, action: 'stay', reason }]);
  await hold(effects, decision.measure, 'stay', desk, tx, actor, decisionId);
}

/** Ends a stay that did not lead to a reversal. Does nothing when the decision has ended meanwhile or was never stayed. */
export async function resumeDecision(desk: Desk, tx: Tx, actor: Actor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const decision = await lock(tx, decisionId);
  if (decision.state !== 'in_force' || !decision.stayed_at) return;
  await tx.updateTable('decision').set({ stayed_at: null }).where('id', '=', decisionId).execute();
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: decisionId, action: 'resume', reason }]);
  await hold(effects, decision.measure, 'resume', desk, tx, actor, decisionId);
}

async function lock(tx: Tx, decisionId: string) {
  const decision = await tx.selectFrom('decision').select(['measure', 'state', 'case_id', 'stayed_at']).where('id', '=', decisionId).forUpdate().executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  return decision;
}

/** Decisions ended in one transaction; what is left waits for the next. */
const MOST_ENDED = 500;

/**
 * Ends every decision whose last day has passed and every interim measure that nobody confirmed in its 24 hours (S7, S10); safe to
 * run twice, after a clock that jumped and after a night without power.
 * @returns how many ended
 */
export async function expireDecisions(desk: Desk, tx: Tx, effects: Effects): Promise<number> {
  const actor = system('expire-decisions');
  const due = await tx.selectFrom('decision').select(['id', 'measure', 'state', 'case_id'])
    .where((eb) => eb.or([eb.and([eb('state', '=', 'in_force'), eb('ends_on', '<', localDate(tx.now))]), eb.and([eb('state', '=', 'interim'), eb('interim_until', '<=', tx.now)])]))
    .orderBy('id').limit(MOST_ENDED).forUpdate().skipLocked().execute();
  for (const { id, measure, state, case_id } of due) {
    const died = state === 'interim';
    await changeState(tx, actor, 'decision', id, died ? 'die' : 'expire');
    await undo(effects, measure, desk, tx, actor, id, died ? 'died' : 'expired');
    if (died) await leaveDeciding(tx, actor, case_id, 'interim_died');
  }
  return due.length;
}
