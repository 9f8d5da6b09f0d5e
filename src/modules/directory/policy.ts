import { holds, type Actor } from '#platform/actor.ts';

/** The directory is kept by administrators, and by commands run on the machine itself. The database says the same. */
export function mayKeepDirectory(actor: Actor): boolean {
  return actor.kind === 'system' || holds(actor, 'administrator');
}
