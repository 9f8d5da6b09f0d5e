import type { Role } from '#catalogue/roles.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { addOfficer as addOfficerById, signInForTest } from './identity.ts';

/** The id of an agency by its key in the catalogue. */
export function agencyId(desk: Desk, key: string): Promise<string> {
  return inTransaction(desk, system('test'), async (tx) => (await tx.selectFrom('agency').select('id').where('key', '=', key).executeTakeFirstOrThrow()).id);
}

/** An officer of an agency (by its key) as an actor. */
export async function addOfficer(desk: Desk, agencyKey: string, roles: readonly Role[], name?: string): Promise<OfficerActor> {
  return (await addOfficerById(desk, { agencyId: await agencyId(desk, agencyKey), roles, name })).actor;
}

/** The same, signed in. */
export async function signIn(desk: Desk, agencyKey: string, roles: readonly Role[], name?: string): Promise<{ actor: OfficerActor; cookie: string }> {
  return signInForTest(desk, { agencyId: await agencyId(desk, agencyKey), roles, name });
}
