import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import type { MeasureCode } from '#catalogue/measures.ts';
import { interimFits, secondPersonBar } from '#core/decision.ts';
import type { DecisionState } from '#core/transitions.ts';
import { holds, type Actor, type OfficerActor } from '#platform/actor.ts';

/** What the sentences below need to know of a decision. */
export interface Standing {
  readonly state: DecisionState;
  readonly agencyId: string;
  readonly drafterId: string;
  /** Officers who answered the first gate for a report of the case. */
  readonly gateOfficers: readonly string[];
  readonly facts: { readonly measure: MeasureCode; readonly category: CategoryCode };
  /** Set once it began as an interim measure; that happens once. */
  readonly interimAt: Date | null;
  readonly decidedAt: Date | null;
  /** What legal officers said of the draft as it was submitted last. */
  readonly legal: readonly { readonly officerId: string; readonly agrees: boolean }[];
}

/** Why somebody is not the second officer of a decision now. */
export type Bar = 'not_in_review' | 'role' | 'drafter' | 'gate_officer' | 'legal_officer';

/** Why somebody gives no legal review now. */
export type LegalBar = 'not_in_review' | 'not_asked' | 'role' | 'drafter' | 'gate_officer' | 'given';

/** How the legal review of a decision stands. */
export type LegalStanding = 'not_asked' | 'open' | 'agrees' | 'objects';

/** A case officer of the agency that leads the case starts a draft. */
export function mayStartDraft(actor: Actor, leadAgencyId: string): boolean {
  return holds(actor, 'case_officer') && actor.kind === 'officer' && actor.agencyId === leadAgencyId;
}

/** A draft is changed by the officer who drafts it, until it is submitted and again when it was returned. */
export function mayEdit(actor: OfficerActor, decision: Standing): boolean {
  return actor.officerId === decision.drafterId && holds(actor, 'case_officer') && (decision.state === 'draft' || decision.state === 'returned');
}

/** Its drafter alone begins an urgent interim measure, where measure and category know one, once (S7). */
export function mayBeginInterim(actor: OfficerActor, decision: Standing): boolean {
  return mayEdit(actor, decision) && decision.interimAt === null && interimFits(decision.facts.measure, decision.facts.category);
}

/** A case officer of the agency drafts what shall follow a decision that was in force (S6: renewing is a new decision). */
export function mayRenew(actor: OfficerActor, decision: Standing): boolean {
  return mayStartDraft(actor, decision.agencyId) && decision.decidedAt !== null && (decision.state === 'in_force' || decision.state === 'expired');
}

/**
 * The second officer is a reviewer or leader of the agency, never the drafter, never an officer of the first gate, never who gave
 * the legal review (S7).
 * @returns why this officer may not decide now, or null when they may
 */
export function barToSecond(actor: OfficerActor, decision: Standing): Bar | null {
  if (!inReview(decision.state)) return 'not_in_review';
  const person = secondPersonBar(actor.officerId, decision.drafterId, decision.gateOfficers);
  if (person) return person;
  if (decision.legal.some(({ officerId }) => officerId === actor.officerId)) return 'legal_officer';
  return holds(actor, 'reviewer', 'leader') && actor.agencyId === decision.agencyId ? null : 'role';
}

/**
 * Legal review is given once for each submission, in categories near to what people say, by a legal officer of the agency who took
 * no other part.
 * @returns why this officer gives none now, or null when they may
 */
export function barToLegal(actor: OfficerActor, decision: Standing): LegalBar | null {
  if (!categoryOf(decision.facts.category).legalReview) return 'not_asked';
  if (!inReview(decision.state)) return 'not_in_review';
  if (!holds(actor, 'legal') || actor.agencyId !== decision.agencyId) return 'role';
  if (actor.officerId === decision.drafterId) return 'drafter';
  if (decision.gateOfficers.includes(actor.officerId)) return 'gate_officer';
  return decision.legal.some(({ officerId }) => officerId === actor.officerId) ? 'given' : null;
}

/** Whether legal review stands in the way of an approval: one objection does, and so does silence. */
export function legalStanding(decision: Standing): LegalStanding {
  if (!categoryOf(decision.facts.category).legalReview) return 'not_asked';
  if (decision.legal.some(({ agrees }) => !agrees)) return 'objects';
  return decision.legal.length > 0 ? 'agrees' : 'open';
}

/** A decision in force is withdrawn by a reviewer or leader of the agency that made it. */
export function mayWithdraw(actor: OfficerActor, decision: Standing): boolean {
  return (decision.state === 'in_force' || decision.state === 'interim') && holds(actor, 'reviewer', 'leader') && actor.agencyId === decision.agencyId;
}

/** Who reads the requests for a review of decisions. */
export function seesAppeals(actor: OfficerActor): boolean {
  return holds(actor, 'reviewer', 'leader', 'case_officer', 'auditor');
}

function inReview(state: DecisionState): boolean {
  return state === 'second_review' || state === 'interim';
}
