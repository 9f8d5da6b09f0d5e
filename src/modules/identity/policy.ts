import { ROLE_CODES, type Role } from '#catalogue/roles.ts';
import { holds, type Actor } from '#platform/actor.ts';

/**
 * What an administrator may give in their own agency: everything but the auditor, who reads the journal of all agencies
 * and is therefore named by whoever runs the deployment (`lachan admin`).
 */
export const GRANTED_BY_ADMINISTRATOR: readonly Role[] = ROLE_CODES.filter((role) => role !== 'auditor');

/** The agencies a person has, or had, a role in. */
export interface Belongs {
  readonly officerId: string;
  readonly agencyIds: readonly string[];
}

/** Only administrators keep officers, and the command line of the deployment (`system`). */
export function mayKeepOfficers(actor: Actor): boolean {
  return actor.kind === 'system' || holds(actor, 'administrator');
}

/** An administrator knows of the officers of the own agency, past ones too; anybody else's do not exist for them. */
export function mayKnow(actor: Actor, officer: Belongs): boolean {
  return actor.kind === 'system' || (actor.kind === 'officer' && mayKeepOfficers(actor) && officer.agencyIds.includes(actor.agencyId));
}

/** Nobody changes the own account as an administrator: neither roles (least of all one that decides), nor lock, nor factors. Another administrator does. */
export function isSelf(actor: Actor, officer: Belongs): boolean {
  return actor.kind === 'officer' && actor.officerId === officer.officerId;
}

/** Roles are given and ended for one's own agency and for somebody else. */
export function mayChangeRole(actor: Actor, officer: Belongs, agencyId: string, role: Role): boolean {
  if (actor.kind === 'system') return true;
  if (!mayKnow(actor, officer) || isSelf(actor, officer)) return false;
  return actor.kind === 'officer' && actor.agencyId === agencyId && GRANTED_BY_ADMINISTRATOR.includes(role);
}

/**
 * Locking an account and giving new sign-in data reach every agency the person works for, so an administrator may do it
 * only for people who never belonged to another one; for the others it is done by the deployment, or the role is ended.
 */
export function mayChangeAccount(actor: Actor, officer: Belongs): boolean {
  if (actor.kind === 'system') return true;
  if (!mayKnow(actor, officer) || isSelf(actor, officer)) return false;
  return actor.kind === 'officer' && officer.agencyIds.every((id) => id === actor.agencyId);
}
