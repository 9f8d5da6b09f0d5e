import type { Role } from '#catalogue/roles.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';

/** Who asks, withdraws, reads mails and closes the synthesis for the agency that leads the case. */
export const ASKERS: readonly Role[] = ['case_officer', 'leader'];
/** Who enters an answer that came on paper. */
export const KEEPERS: readonly Role[] = ['clerk', 'case_officer', 'leader'];

/** Whether an officer may ask other agencies. */
export function mayAsk(actor: OfficerActor): boolean {
  return holds(actor, ...ASKERS);
}

/** Whether an officer may enter what came on paper. */
export function mayKeep(actor: OfficerActor): boolean {
  return holds(actor, ...KEEPERS);
}
