import type { Lang } from '#web/i18n/index.ts';
import { AUTH } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { normaliseEmail } from './addresses.ts';
import { knownDevice, sessionHash } from './cookies.ts';
import { countAttempt, enrolTotp, forgiveAttempt, noteFailure, openSession, spendCode } from './commands.ts';
import { scopesOf, type Scope } from './guesses.ts';
import { NOTES } from './limits.ts';
import { hashPassword, newPasswordFault, NOBODYS_HASH, verifyPassword, type NewPassword, type PasswordFault } from './passwords.ts';
import { accountByEmail, accountById, placesOf, type Account, type Place } from './queries.ts';
import { newTotpSecret, totpStep } from './totp.ts';

/** The browser that tries to sign in. */
export interface Visit {
  readonly address: string;
  readonly cookies: string | null;
  /** As its owner would name it. */
  readonly browser: string;
}

/** What stands between password and session; sealed, since nobody is signed in yet. */
interface CodeNote {
  readonly kind: 'code';
  readonly officerId: string;
  /** A password that was changed or reset meanwhile makes the note worthless. */
  readonly changedAt: number;
}

interface EnrolNote extends Omit<CodeNote, 'kind'> {
  readonly kind: 'enrol';
  readonly email: string;
  readonly secret: string;
}

/** Where the sign-in stands after a step: which page comes next, with what. */
export type Step =
  | { readonly at: 'password'; readonly fault?: 'wrong' | 'expired' | 'no_role' }
  | { readonly at: 'code'; readonly note: string; readonly fault?: 'wrong_code' }
  | {
    readonly at: 'enrol'; readonly note: string; readonly secret: string; readonly email: string;
    readonly faults: { readonly code?: 'wrong_code'; readonly password?: PasswordFault };
  }
  | { readonly at: 'in'; readonly token: string; readonly officerId: string; readonly lang: Lang; readonly places: readonly Place[] };

/**
 * The first step. An unknown e-mail, a wrong password, a locked account and a demo account outside a demo go the same way: one look-up,
 * one hash, one journal row, one answer.
 * @throws TooMany with the seconds to wait
 */
export async function withPassword(desk: Desk, visit: Visit, typed: { email: string; password: string }): Promise<Step> {
  const email = normaliseEmail(typed.email);
  const account = await inTransaction(desk, AUTH, (tx) => accountByEmail(tx, email));
  const scopes = scopesFor(desk, visit, email, account);
  await inTransaction(desk, AUTH, (tx) => countAttempt(tx, scopes));
  const right = await verifyPassword(account?.passwordHash ?? NOBODYS_HASH, typed.password, isKnown(scopes));
  const open = right && account && mayEnter(desk, account) ? account : null;
  await inTransaction(desk, AUTH, (tx) => (open ? forgiveAttempt(tx, scopes) : noteFailure(tx, AUTH, account?.officerId ?? null, 'password')));
  if (!open) return { at: 'password', fault: 'wrong' };
  if (open.demo) return enter(desk, visit, open, async () => true, false);
  return open.totpSealed ? { at: 'code', note: codeNote(desk, open) } : enrolmentOf(desk, open);
}

function mayEnter(desk: Desk, account: Pick<Account, 'disabled' | 'demo'>): boolean {
  return !account.disabled && (!account.demo || desk.config.LACHAN_DEMO);
}

function scopesFor(desk: Desk, visit: Visit, email: string, account: Account | null): Scope[] {
  const device = account && knownDevice(desk, visit.cookies, account.officerId);
  return scopesOf(desk.keys, { email, address: visit.address, device }, desk.clock.now());
}

function isKnown(scopes: readonly Scope[]): boolean {
  return scopes[0]?.counter === 'device';
}

function codeNote(desk: Desk, { officerId, changedAt }: Account): string {
  const note: CodeNote = { kind: 'code', officerId, changedAt: changedAt.getTime() };
  return desk.keys.token('resume', note, new Date(desk.clock.now().getTime() + NOTES.code));
}

function enrolmentOf(desk: Desk, { officerId, changedAt, email }: Account): Step {
  const secret = newTotpSecret();
  const note: EnrolNote = { kind: 'enrol', officerId, changedAt: changedAt.getTime(), email, secret };
  return { at: 'enrol', note: desk.keys.token('resume', note, new Date(desk.clock.now().getTime() + NOTES.enrolment)), secret, email, faults: {} };
}

function readNote<N extends CodeNote | EnrolNote>(desk: Desk, text: string, kind: N['kind']): N | null {
  const opened = desk.keys.readToken<N>('resume', text, desk.clock.now());
  return opened.ok && opened.value.kind === kind ? opened.value : null;
}

/** The second step: the code of the authenticator app. A code serves once. @throws TooMany with the seconds to wait */
export async function withCode(desk: Desk, visit: Visit, note: string, code: string): Promise<Step> {
  const passed = readNote<CodeNote>(desk, note, 'code');
  const account = passed && (await inTransaction(desk, AUTH, (tx) => accountById(tx, passed.officerId)));
  if (!account || !mayEnter(desk, account)) return { at: 'password', fault: 'expired' };
  const scopes = scopesFor(desk, visit, account.email, account);
  await inTransaction(desk, AUTH, (tx) => countAttempt(tx, scopes));
  const step = await enter(desk, visit, account, async (tx) => {
    const right = await spendCode(tx, desk.keys, account.officerId, passed.changedAt, code);
    await (right ? forgiveAttempt(tx, scopes) : noteFailure(tx, AUTH, account.officerId, 'code'));
    return right;
  }, true);
  return step.at === 'code' ? { ...step, note } : step;
}

/**
 * The first sign-in: the phone has the secret, as its code shows, and a password of one's own replaces the first one, which somebody
 * else gave out. @throws TooMany never: the secret stands on the page, there is nothing to guess
 */
export async function withEnrolment(desk: Desk, visit: Visit, note: string, typed: NewPassword & { code: string }): Promise<Step> {
  const passed = readNote<EnrolNote>(desk, note, 'enrol');
  const account = passed && (await inTransaction(desk, AUTH, (tx) => accountById(tx, passed.officerId)));
  if (!account || !mayEnter(desk, account)) return { at: 'password', fault: 'expired' };
  const { email, secret, changedAt, officerId } = passed;
  const step = totpStep(secret, typed.code, desk.clock.now(), null);
  const password = await newPasswordFault(account, typed);
  if (step === null || password) return { at: 'enrol', note, secret, email, faults: { code: step === null ? 'wrong_code' : undefined, password } };
  const passwordHash = await hashPassword(typed.password);
  return enter(desk, visit, account, async (tx) => (await enrolTotp(tx, AUTH, desk.keys, { officerId, changedAt, secret, step, passwordHash })) || null, true);
}

type Proof = (tx: Tx) => Promise<boolean | null>;

/**
 * Opens the session in the same transaction in which the last proof is given: true, false (wrong code), null (the account changed).
 * The session acts for the only agency, else the officer chooses.
 */
async function enter(desk: Desk, visit: Visit, account: Account, proof: Proof, strong: boolean): Promise<Step> {
  return inTransaction(desk, AUTH, async (tx): Promise<Step> => {
    const proven = await proof(tx);
    if (proven === null) return { at: 'password', fault: 'expired' };
    if (!proven) return { at: 'code', note: '', fault: 'wrong_code' };
    const places = await placesOf(tx, account.officerId);
    if (places.length === 0) return { at: 'password', fault: 'no_role' };
    const agencyId = places.length === 1 ? places[0]!.agencyId : null;
    const token = await openSession(tx, AUTH, {
      officerId: account.officerId, agencyId, browser: visit.browser, strong, previous: sessionHash(desk, visit.cookies),
    });
    return { at: 'in', token, officerId: account.officerId, lang: account.lang, places };
  });
}
