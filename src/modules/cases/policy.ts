import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { measuresFor, type MeasureCode } from '#catalogue/measures.ts';
import type { Role } from '#catalogue/roles.ts';
import { decide, TRANSITIONS, type CaseState, type ReportState } from '#core/transitions.ts';
import { holds, type Actor, type OfficerActor } from '#platform/actor.ts';

/** Who reads reports and cases of the own agency; row-level security keeps every other agency's away. */
export const READERS: readonly Role[] = ['intake', 'case_officer', 'reviewer', 'leader', 'focal', 'auditor'];

/** Who sorts, asks, answers, verifies. */
export const WORKERS: readonly Role[] = ['intake', 'case_officer'];

/** Who only answers, numbers or steers begins with their day; who works on reports and cases begins with a list of them. */
const DAY_ROLES: readonly Role[] = ['focal', 'clerk', 'leader'];

/** Whether the first page of an officer is their day. */
export function beginsWithDay({ roles }: OfficerActor): boolean {
  return roles.length > 0 && roles.every((role) => DAY_ROLES.includes(role));
}

/** Who ends and reopens cases (src/core/transitions.ts has the last word). */
export const CLOSERS: readonly Role[] = ['case_officer', 'leader'];

/** Who proposes, approves and retires texts to answer with; whoever proposed one does not approve it. */
export const WRITERS: readonly Role[] = [...WORKERS, 'reviewer', 'leader'];

/** Who looks at a stop again, if they answered no gate of that report (may_review_stop has the last word). */
export const STOP_REVIEWERS: readonly Role[] = ['intake', 'case_officer', 'reviewer', 'leader'];

/** Who reads certificates of erasure; the database shows them at the coordinating agency alone. */
export const CERTIFICATE_READERS: readonly Role[] = ['auditor', 'administrator', 'leader'];

/** Reading is for those who work on reports, decide, coordinate or audit. */
export function mayRead(actor: Actor): boolean {
  return holds(actor, ...READERS);
}

/** The own agency's intake and case officers work on what their agency handles; a supporting agency reads. */
export function mayWork(actor: Actor, agencyId: string): boolean {
  return holds(actor, ...WORKERS) && actor.kind === 'officer' && actor.agencyId === agencyId;
}

/** Case officers and leaders of the agency that leads a case ask, invite, transfer and share for it. */
export function mayCoordinate(actor: Actor, leadAgencyId: string): boolean {
  return holds(actor, 'case_officer', 'leader') && actor.kind === 'officer' && actor.agencyId === leadAgencyId;
}

/** Only harms whose traces may link are grouped by hand (SCOPE, never built 3); what was stopped or closed stays where it is. */
export function mayRegroup(thing: { readonly category: CategoryCode; readonly state: CaseState | ReportState }): boolean {
  return categoryOf(thing.category).linksCases && thing.state !== 'closed' && thing.state !== 'stopped' && thing.state !== 'erased';
}

/** Whether a case can end by being merged: not while a decision is drafted or in force. */
export function mayMerge(found: { readonly category: CategoryCode; readonly state: CaseState }): boolean {
  return mayRegroup(found) && TRANSITIONS.case.some(({ action, from }) => action === 'merge' && from.includes(found.state));
}

/** Only the second person of a decision reviews. */
export function mayReview(actor: Actor): boolean {
  return holds(actor, 'reviewer', 'leader');
}

/** Whether this officer could take this step of a case of their agency now. */
export function mayStep(actor: Actor, found: { leadAgencyId: string; state: CaseState }, action: 'close' | 'reopen'): boolean {
  if (actor.kind !== 'officer' || actor.agencyId !== found.leadAgencyId) return false;
  return decide(TRANSITIONS.case, found.state, action, actor.roles, 'asked').ok;
}

/** Whether legal review waits for this officer's role (decisions of categories near to what people say). */
export function mayReviewLegally(actor: Actor): boolean {
  return holds(actor, 'legal');
}

/** What stands between a case and a draft of a measure; one word for one sentence on the screen. */
export type DraftBar = 'role' | 'measure' | 'closed' | 'gate' | 'state' | 'verification' | 'evidence';

/** What is known of a case when somebody wants to draft. */
export interface DraftQuestion {
  readonly leadAgencyId: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  /** Reports that passed the gate. */
  readonly gated: number;
  readonly verifications: number;
  readonly evidence: number;
}

/** Where a case may stand when a measure is drafted: a draft under way or a measure in force does not keep the next from beginning. */
const DRAFTABLE: readonly CaseState[] = ['deciding', ...TRANSITIONS.case.filter(({ action }) => action === 'draft').flatMap(({ from }) => from)];

/** Why this measure cannot be drafted yet, the first reason first; null when it can. */
export function draftBar(actor: Actor, found: DraftQuestion, measure: MeasureCode): DraftBar | null {
  if (actor.kind !== 'officer' || actor.agencyId !== found.leadAgencyId || !holds(actor, 'case_officer')) return 'role';
  if (!measuresFor(found.category).some(({ code }) => code === measure)) return 'measure';
  if (found.state === 'closed') return 'closed';
  if (found.gated === 0) return 'gate';
  if (!DRAFTABLE.includes(found.state)) return 'state';
  if (found.verifications === 0) return 'verification';
  return found.evidence === 0 ? 'evidence' : null;
}
