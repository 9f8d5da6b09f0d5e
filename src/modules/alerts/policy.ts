import { ALERT_ANSWERS, type AlertAnswer } from '#catalogue/alerts.ts';
import type { Role } from '#catalogue/roles.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import type { AlertState } from './types.ts';

/** Who drafts, recalls for the agency and closes a summary; in the coordinating agency only. */
export const WRITERS: readonly Role[] = ['case_officer', 'leader'];
/** Who approves or returns; never the drafter. */
export const APPROVERS: readonly Role[] = ['reviewer', 'leader'];
/** Who records what came by paper or telephone. */
export const RECORDERS: readonly Role[] = ['case_officer', 'leader', 'focal', 'clerk'];
/** Who recalls a letter. */
export const RECALLERS: readonly Role[] = ['case_officer', 'reviewer', 'leader'];

interface Standing {
  readonly state: AlertState;
  readonly agencyId: string;
  readonly drafterId: string;
}

/** The drafter changes and submits a letter that nobody has to approve. */
export function mayWrite(actor: OfficerActor, letter: Standing): boolean {
  return letter.state === 'draft' && letter.drafterId === actor.officerId && holds(actor, ...WRITERS);
}

/** Another officer than the drafter approves or returns what was submitted (S7). */
export function mayApprove(actor: OfficerActor, letter: Standing): boolean {
  return letter.state === 'submitted' && letter.agencyId === actor.agencyId && letter.drafterId !== actor.officerId && holds(actor, ...APPROVERS);
}

/** A letter that was sent is recalled by its agency, also after its summary was closed. */
export function mayRecall(actor: OfficerActor, letter: Standing): boolean {
  return (letter.state === 'open' || letter.state === 'closed') && letter.agencyId === actor.agencyId && holds(actor, ...RECALLERS);
}

/** An open letter is corrected by one that replaces it, once. */
export function mayReplace(actor: OfficerActor, letter: Standing): boolean {
  return (letter.state === 'open' || letter.state === 'recalled') && letter.agencyId === actor.agencyId && holds(actor, ...WRITERS);
}

/** While a letter is open its sender closes the summary. */
export function mayClose(actor: OfficerActor, letter: Standing): boolean {
  return letter.state === 'open' && letter.agencyId === actor.agencyId && holds(actor, ...WRITERS);
}

/** While a letter is open its sender records what came by paper or telephone. */
export function mayRecord(actor: OfficerActor, letter: Standing): boolean {
  return letter.state === 'open' && letter.agencyId === actor.agencyId && holds(actor, ...RECORDERS);
}

/** Whether nothing is left to do after an answer, so that the agency’s task is done. */
export function endsTask(answer: AlertAnswer): boolean {
  return ALERT_ANSWERS.find(({ code }) => code === answer)?.ends ?? false;
}
