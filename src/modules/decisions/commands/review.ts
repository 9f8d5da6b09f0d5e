import { localDate } from '#core/deadlines.ts';
import { INTERIM_HOURS, interimFits, secondPersonBar } from '#core/decision.ts';
import { gateOutcome, type GateAnswers, type GateOutcome } from '#core/gate.ts';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { carryOut, undo, type Effects } from '../effects.ts';
import { missingOn } from '../facts.ts';
import { leaveDeciding, lockDraft, refuseIncomplete } from './draft.ts';

const HOUR = 3_600_000;

/**
 * The urgent interim measure (S7): its drafter alone, complete like any decision, for 24 hours, once; a second officer confirms it
 * or it dies. Journaled with the danger that could not wait.
 */
export async function beginInterim(desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const draft = await lockDraft(tx, actor, decisionId);
  if (draft.interim_at) throw new Conflict('begun before', { reason: 'interim_before' });
  if (!interimFits(draft.measure, draft.category)) throw new Invalid('no interim measure of this kind', { reason: 'interim' });
  refuseIncomplete(await missingOn(tx, decisionId, localDate(tx.now)));
  await changeState(tx, actor, 'decision', decisionId, 'begin_interim', { reason, set: { interim_at: tx.now, interim_until: new Date(tx.now.getTime() + INTERIM_HOURS * HOUR) } });
  await carryOut(effects, draft.measure, 'start', desk, tx, actor, decisionId);
}

/** The second officer sends the draft back with reasons; an interim measure ends with that. */
export async function returnDraft(desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const decision = await requireSecondPerson(tx, actor, decisionId);
  await changeState(tx, actor, 'decision', decisionId, 'return', { reason });
  if (decision.state === 'interim') await undo(effects, decision.measure, desk, tx, actor, decisionId, 'returned');
}

/** S7: never the drafter, never a gate officer of the case, never the legal officer of this decision. */
async function requireSecondPerson(tx: Tx, actor: OfficerActor, decisionId: string) {
  const decision = await tx.selectFrom('decision').select(['id', 'case_id', 'drafter_id', 'measure', 'category', 'state', 'renews', 'interim_until']).where('id', '=', decisionId).forUpdate()
    .executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  const gate = await tx.selectFrom('gate_check').innerJoin('report', 'report.id', 'report_id').select('officer_id').where('report.case_id', '=', decision.case_id).execute();
  const bar = secondPersonBar(actor.officerId, decision.drafter_id, gate.map((row) => row.officer_id));
  if (bar) throw new Forbidden('not the second person', { reason: bar });
  const legal = await tx.selectFrom('legal_review').select('id').where('decision_id', '=', decisionId).where('officer_id', '=', actor.officerId).executeTakeFirst();
  if (legal) throw new Forbidden('not the second person', { reason: 'legal_officer' });
  if (decision.state !== 'second_review' && decision.state !== 'interim') throw new Conflict('not in review', { state: decision.state });
  return decision;
}

/**
 * A legal officer's word on a submitted draft of a speech-adjacent category; without agreement nobody approves it. Who drafted or
 * answered a gate of the case gives none.
 */
export async function reviewLegally(tx: Tx, actor: OfficerActor, decisionId: string, agrees: boolean, note: string): Promise<void> {
  const decision = await tx.selectFrom('decision').select(['state', 'submissions', 'drafter_id']).where('id', '=', decisionId).forUpdate().executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  if (decision.state !== 'second_review' && decision.state !== 'interim') throw new Conflict('not in review', { state: decision.state });
  const text = normalise(note);
  if (text.length < 3 || text.length > 4000) throw new Invalid('note length', { fields: { note: 'length' } });
  if (decision.drafter_id === actor.officerId) throw new Forbidden('the drafter gives no legal review', { reason: 'drafter' });
  await tx.insertInto('legal_review').values({ decision_id: decisionId, submission: decision.submissions, officer_id: actor.officerId, agrees, note: text, at: tx.now }).execute();
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: decisionId, action: agrees ? 'legal_agree' : 'legal_object' }]);
}

/**
 * The second officer's own gate and approval (S2, S7): seven answers again, independently. A "yes" stops the decision;
 * otherwise it is in force today and its effect starts, all in this transaction. A decision that renews another takes its place.
 */
export async function decideSecond(
  desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string, answers: GateAnswers, elements: readonly string[], effects: Effects,
): Promise<GateOutcome> {
  const decision = await requireSecondPerson(tx, actor, decisionId);
  const outcome = gateOutcome(decision.category, answers, elements);
  if (!outcome.passed && outcome.why === 'elements_missing') throw new Invalid('positive elements missing', { fields: { elements: 'missing' }, missing: outcome.missing });
  await tx.insertInto('gate_check').values({
    stage: 'second', report_id: null, decision_id: decisionId, category: decision.category, officer_id: actor.officerId, agency_id: actor.agencyId,
    ...answers, elements: [...elements], passed: outcome.passed, at: tx.now,
  }).execute();
  const interim = decision.state === 'interim';
  if (!outcome.passed) {
    await changeState(tx, actor, 'decision', decisionId, 'stop', { reason: outcome.stopCode });
    if (interim) await undo(effects, decision.measure, desk, tx, actor, decisionId, 'stopped');
    await leaveDeciding(tx, actor, decision.case_id, outcome.stopCode);
    return outcome;
  }
  if (interim && decision.interim_until! <= tx.now) throw new Conflict('the interim measure has died', { reason: 'died' });
  const today = localDate(tx.now);
  refuseIncomplete(await missingOn(tx, decisionId, today));
  await changeState(tx, actor, 'decision', decisionId, 'approve', { set: { second_officer_id: actor.officerId, act_date: today, decided_at: tx.now } });
  if (decision.renews) await supersede(desk, tx, actor, decision.renews, decisionId, effects);
  await beActing(tx, actor, decision.case_id, decisionId);
  await carryOut(effects, decision.measure, interim ? 'confirm' : 'start', desk, tx, actor, decisionId);
  return outcome;
}

/** The decision renewed ends without a withdrawal: the new one says that it takes its place. */
async function supersede(desk: Desk, tx: Tx, actor: OfficerActor, oldId: string, by: string, effects: Effects): Promise<void> {
  const old = await tx.selectFrom('decision').select(['state', 'measure']).where('id', '=', oldId).forUpdate().executeTakeFirst();
  if (old?.state !== 'in_force') return;
  await changeState(tx, actor, 'decision', oldId, 'supersede', { detail: { by } });
  await undo(effects, old.measure, desk, tx, actor, oldId, 'superseded');
}

/** The case acts, unless another draft of it is still open. */
async function beActing(tx: Tx, actor: OfficerActor, caseId: string, decisionId: string): Promise<void> {
  const { state } = await tx.selectFrom('case_file').select('state').where('id', '=', caseId).forUpdate().executeTakeFirstOrThrow();
  const open = await tx.selectFrom('decision').select('id').where('case_id', '=', caseId).where('state', 'in', ['draft', 'returned', 'second_review', 'interim']).executeTakeFirst();
  if (state === 'deciding' && !open) await changeState(tx, actor, 'case', caseId, 'act', { detail: { decision: decisionId } });
}
