import { secondPersonBar } from '#core/decision.ts';
import type { DecisionState } from '#core/transitions.ts';
import { holds, type Actor, type OfficerActor } from '#platform/actor.ts';

/** What the sentences below need to know of a decision. */
export interface Standing {
  readonly state: DecisionState;
  readonly agencyId: string;
  readonly drafterId: string;
  /** Officers who answered the first gate for a report of the case. */
  readonly gateOfficers: readonly string[];
}

/** Why somebody is not the second officer of a decision now. */
export type Bar = 'not_in_review' | 'role' | 'drafter' | 'gate_officer';

/** A case officer of the agency that leads the case starts a draft. */
export function mayStartDraft(actor: Actor, leadAgencyId: string): boolean {
  return holds(actor, 'case_officer') && actor.kind === 'officer' && actor.agencyId === leadAgencyId;
}

/** A draft is changed by the officer who drafts it, until it is submitted and again when it was returned. */
export function mayEdit(actor: OfficerActor, decision: Standing): boolean {
  return actor.officerId === decision.drafterId && holds(actor, 'case_officer') && (decision.state === 'draft' || decision.state === 'returned');
}

/**
 * The second officer is a reviewer or leader of the agency, never the drafter, never an officer of the first gate (S7).
 * @returns why this officer may not decide now, or null when they may
 */
export function barToSecond(actor: OfficerActor, decision: Standing): Bar | null {
  if (decision.state !== 'second_review') return 'not_in_review';
  const person = secondPersonBar(actor.officerId, decision.drafterId, decision.gateOfficers);
  if (person) return person;
  return holds(actor, 'reviewer', 'leader') && actor.agencyId === decision.agencyId ? null : 'role';
}

/** A decision in force is withdrawn by a reviewer or leader of the agency that made it. */
export function mayWithdraw(actor: OfficerActor, decision: Standing): boolean {
  return decision.state === 'in_force' && holds(actor, 'reviewer', 'leader') && actor.agencyId === decision.agencyId;
}
