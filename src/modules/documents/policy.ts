import { OFFICE, type Role } from '#catalogue/roles.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';

/** Who reads the registers of the own agency. */
export const READERS: readonly Role[] = [...OFFICE, 'auditor'];
/** Who keeps the templates; two different people, one brings and one decides. */
export const TEMPLATE_KEEPERS: readonly Role[] = ['clerk', 'administrator'];

/** Who issues numbers, registers and files: the clerk alone (NĐ 30/2020 Điều 4.4, 15). */
export function keepsRegister(actor: OfficerActor): boolean {
  return holds(actor, 'clerk');
}

/** Who gives an incoming document to somebody and sets its day: the clerk, and whoever directs the work (Điều 23). */
export function mayPassOn(actor: OfficerActor): boolean {
  return holds(actor, 'clerk', 'leader');
}
