import { holds, type OfficerActor } from '#platform/actor.ts';

/** Who sends on paper, has a mail sent again and enters effects: the clerk and case officers of the agency. */
export function maySend(actor: OfficerActor): boolean {
  return holds(actor, 'clerk', 'case_officer');
}

/** Who delays telling the person affected: who drafts and who decides. */
export function mayDelay(actor: OfficerActor): boolean {
  return holds(actor, 'case_officer', 'reviewer', 'leader');
}
