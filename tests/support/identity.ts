import type { Role } from '#catalogue/roles.ts';
import { AUTH, system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { createOfficer, grantRole, openSession } from '#modules/identity/commands.ts';
import { sessionCookie } from '#modules/identity/cookies.ts';
import { hashPassword } from '#modules/identity/passwords.ts';

/** The password of every officer made here. */
export const TEST_PASSWORD = 'bảy con trâu qua suối';

let hash: Promise<string> | undefined;
let count = 0;

/** An officer to be, in one agency. */
export interface TestOfficer {
  readonly agencyId: string;
  readonly roles: readonly Role[];
  readonly name?: string;
  readonly email?: string;
  /** `yyyy-mm-dd`; default 2020-01-01, so that tests may turn the clock back. */
  readonly from?: string;
  readonly demo?: boolean;
}

/** Adds an officer with roles; without second factor, so a sign-in by form begins with the enrolment (unless `demo`). */
export async function addOfficer(desk: Desk, officer: TestOfficer): Promise<{ officerId: string; email: string; actor: OfficerActor }> {
  const actor = system('test');
  const { agencyId, roles, name = 'Nông Thị Lan', email = `officer-${++count}@caobang.gov.vn`, from = '2020-01-01', demo } = officer;
  const passwordHash = await (hash ??= hashPassword(TEST_PASSWORD));
  const officerId = await inTransaction(desk, actor, async (tx) => {
    const id = await createOfficer(tx, actor, { email, fullName: name, passwordHash, demo });
    for (const role of roles) await grantRole(tx, actor, { officerId: id, agencyId, role, from });
    return id;
  });
  return { officerId, email, actor: { kind: 'officer', officerId, agencyId, roles, name } };
}

/** Signs an officer in for an agency and gives the value of the `Cookie` header. */
export async function cookieFor(desk: Desk, officerId: string, agencyId: string): Promise<string> {
  const token = await inTransaction(desk, AUTH, (tx) => openSession(tx, AUTH, { officerId, agencyId, browser: 'test', strong: true }));
  return sessionCookie(desk, token);
}

/** An officer with roles in an agency, signed in: `cookie` is the value of the `Cookie` header, `actor` what commands take. */
export async function signInForTest(desk: Desk, officer: TestOfficer): Promise<{ officerId: string; email: string; actor: OfficerActor; cookie: string }> {
  const added = await addOfficer(desk, officer);
  return { ...added, cookie: await cookieFor(desk, added.officerId, officer.agencyId) };
}
