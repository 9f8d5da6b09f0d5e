import { dueAt, localDate, type Calendar, type DeadlineName } from '#core/deadlines.ts';
import type { AppealState, DecisionState } from '#core/transitions.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';

/** How long deciding may take (Luật Khiếu nại 2011 Điều 28): longer when complex, longer from a remote area. */
export function termOf(isComplex: boolean, isRemote: boolean): DeadlineName {
  if (isRemote) return isComplex ? 'appealDecideRemoteComplex' : 'appealDecideRemote';
  return isComplex ? 'appealDecideComplex' : 'appealDecide';
}

/** The last day to decide an appeal accepted now, YYYY-MM-DD; a last day off moves to the next working day (BLDS 2015 Điều 148.5). */
export function decideByOf(now: Date, isComplex: boolean, isRemote: boolean, calendar: Calendar): string {
  return localDate(dueAt(termOf(isComplex, isRemote), now, calendar));
}

/** Last days of what stands beside an appeal. Dates YYYY-MM-DD. */
export interface Remedies {
  /** Statutory complaint about the decision itself (Luật Khiếu nại 2011 Điều 9). */
  readonly complaint: string;
  /** This review (Regulation (EU) 2022/2065 Article 20(1), as good practice). */
  readonly review: string;
}

/** Until when a decision of an instant may be complained of and reviewed. */
export function remediesOf(decidedAt: Date, calendar: Calendar): Remedies {
  return { complaint: localDate(dueAt('complaintWindow', decidedAt, calendar)), review: localDate(dueAt('appealWindow', decidedAt, calendar)) };
}

/** The last day for the second complaint or the court after an outcome: 30 days (Luật Khiếu nại 2011 Điều 33); a remote area has 45. */
export function secondUntil(decidedAt: Date, calendar: Calendar): string {
  return localDate(dueAt('secondComplaint', decidedAt, calendar));
}

/** What the sentences below need to know of an appeal. */
export interface AppealStanding {
  readonly state: AppealState;
  readonly reviewerId: string | null;
  /** Whether the acting officer took part in anything before (S9). */
  readonly tookPart: boolean;
}

/** Why somebody has no actions on an appeal. */
export type AppealBar = 'took_part' | 'role' | 'ended' | 'other_reviewer';

/** A reviewer or leader who took no part decides an appeal that is open and theirs. @returns why not, or null when they may act */
export function barToReview(actor: OfficerActor, appeal: AppealStanding): AppealBar | null {
  if (appeal.state !== 'filed' && appeal.state !== 'accepted') return 'ended';
  if (appeal.tookPart) return 'took_part';
  if (!holds(actor, 'reviewer', 'leader')) return 'role';
  return appeal.state === 'accepted' && appeal.reviewerId !== actor.officerId ? 'other_reviewer' : null;
}

/** Only a measure in force is stayed, once. */
export function mayStay(live: { readonly state: DecisionState; readonly stayedAt: Date | null } | null): boolean {
  return live?.state === 'in_force' && live.stayedAt === null;
}

/** Whether a day of an appeal has passed. @param today YYYY-MM-DD in Vietnam */
export function isLate(appeal: { readonly state: AppealState; readonly acceptBy: string; readonly decideBy: string | null }, today: string): boolean {
  if (appeal.state === 'filed') return appeal.acceptBy < today;
  return appeal.state === 'accepted' && appeal.decideBy !== null && appeal.decideBy < today;
}
