import type { Role } from '#catalogue/roles.ts';

/** Who acts; the database's security context is made from this and from nothing else. */
export type Actor =
  | { readonly kind: 'public' }
  | { readonly kind: 'auth' }
  | { readonly kind: 'intake' }
  | { readonly kind: 'reporter'; readonly reportId: string }
  // A recipient or affected person who opened one decision by code and secret.
  | { readonly kind: 'party'; readonly accessId: string }
  // Whoever filed an appeal and opened it by code and secret.
  | { readonly kind: 'appellant'; readonly appealId: string }
  | OfficerActor
  | AgencyActor
  | { readonly kind: 'system'; readonly job: string };

/** An agency's own system, by token. */
export interface AgencyActor {
  readonly kind: 'agency';
  readonly agencyId: string;
  readonly tokenId: string;
}

export interface OfficerActor {
  readonly kind: 'officer';
  readonly officerId: string;
  readonly agencyId: string;
  readonly roles: readonly Role[];
  readonly name: string;
}

export const PUBLIC: Actor = { kind: 'public' };
export const AUTH: Actor = { kind: 'auth' };
export const INTAKE: Actor = { kind: 'intake' };

/** A job acting on its own; named in the journal. */
export function system(job: string): Actor {
  return { kind: 'system', job };
}

/** Does an officer hold one of these roles in the agency they act for? */
export function holds(actor: Actor, ...roles: Role[]): boolean {
  return actor.kind === 'officer' && roles.some((role) => actor.roles.includes(role));
}
