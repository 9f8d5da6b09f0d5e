import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role } from '#catalogue/roles.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { Keys } from '#platform/keys.ts';
import type { Scope as ApiScope } from '#platform/schema.ts';
import type { Lang } from '#web/i18n/index.ts';
import { normaliseEmail } from './addresses.ts';
import type { Scope } from './guesses.ts';
import { SESSION, WINDOW } from './limits.ts';
import { isSelf, mayChangeAccount, mayChangeRole, mayKeepOfficers, mayKnow, type Belongs } from './policy.ts';
import { accountById, belongings, type Account } from './queries.ts';
import { hashToken, newToken } from './token.ts';
import { apiToken, hashApiToken, MOST_TOKENS, ROTATION_MS, TOKEN_BYTES, TOKEN_DAYS } from './tokens.ts';
import { totpStep } from './totp.ts';

const DAY_MS = 24 * 3600_000;

/** Stands in the journal for an account that does not exist, so that a wrong e-mail costs the same work as a wrong password. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Row-level security keeps secrets and the sessions of others to the context `auth`. A command of an officer or of the deployment
 * that has to reach them steps into it for exactly this work, inside its own transaction; the journal stays in the actor's name.
 */
async function asAuth<T>(tx: Tx, actor: Actor, work: () => Promise<T>): Promise<T> {
  if (actor.kind === 'auth') return work();
  await sql`select set_config('desk.kind', 'auth', true)`.execute(tx);
  const result = await work();
  await sql`select set_config('desk.kind', ${actor.kind}, true)`.execute(tx);
  return result;
}

type Action =
  | 'sign_in' | 'sign_out' | 'sign_in_failed' | 'totp_enrolled' | 'password_changed' | 'session_revoked'
  | 'officer_created' | 'officer_disabled' | 'officer_enabled' | 'sign_in_reset' | 'role_granted' | 'role_ended';

/** Everything here happens to an officer, so that the journal of one officer tells it all. */
function note(tx: Tx, actor: Actor, officerId: string, action: Action, detail: Record<string, unknown> = {}): Promise<void> {
  return writeJournal(tx, actor, [{ entity: 'officer', entityId: officerId, action, detail }]);
}

// ── Guesses ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function windowOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / WINDOW) * WINDOW);
}

/**
 * Counts an attempt before it is made, so that a thousand at once are a thousand. Give it back with {@link forgiveAttempt} when
 * it was right. Counters are taken in order and a refusal rolls all of them back: what is refused counts nowhere.
 * @throws TooMany with the seconds to wait
 */
export async function countAttempt(tx: Tx, scopes: readonly Scope[]): Promise<void> {
  const start = windowOf(tx.now);
  await tx.deleteFrom('login_attempt').where('window_start', '<', start).execute();
  for (const { key, most } of scopes) {
    const { failures } = await tx.insertInto('login_attempt').values({ scope: key, window_start: start, failures: 1 })
      .onConflict((row) => row.columns(['scope', 'window_start']).doUpdateSet({ failures: sql`login_attempt.failures + 1` }))
      .returning('failures').executeTakeFirstOrThrow();
    if (failures > most) throw new TooMany('guesses', { retryAfter: (start.getTime() + WINDOW - tx.now.getTime()) / 1000 });
  }
}

/** Takes back an attempt that turned out right. */
export async function forgiveAttempt(tx: Tx, scopes: readonly Scope[]): Promise<void> {
  await tx.updateTable('login_attempt').set({ failures: sql`greatest(failures - 1, 0)` })
    .where('scope', 'in', scopes.map((scope) => scope.key)).where('window_start', '=', windowOf(tx.now)).execute();
}

/** Notes a wrong password or code. The e-mail that was typed is not kept. */
export async function noteFailure(tx: Tx, actor: Actor, officerId: string | null, step: 'password' | 'code'): Promise<void> {
  await note(tx, actor, officerId ?? NOBODY, 'sign_in_failed', { step });
}

// ── Signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a session begins with. */
export interface NewSession {
  readonly officerId: string;
  /** Null when the officer has still to choose. */
  readonly agencyId: string | null;
  readonly browser: string;
  /** A second factor was shown. */
  readonly strong: boolean;
  /** The session this browser had until now; it ends. */
  readonly previous?: Buffer | null;
}

function revoke(tx: Tx) {
  return tx.updateTable('session').set({ revoked_at: tx.now }).where('revoked_at', 'is', null);
}

/** Opens a session and gives its token (256 bits, base64url), which is stored nowhere. Journal: `sign_in`. */
export async function openSession(tx: Tx, actor: Actor, session: NewSession): Promise<string> {
  if (session.previous) await revoke(tx).where('token_hash', '=', session.previous).execute();
  const token = newToken();
  await tx.insertInto('session').values({
    token_hash: hashToken(token), officer_id: session.officerId, agency_id: session.agencyId, created_at: tx.now, last_seen_at: tx.now,
    expires_at: new Date(tx.now.getTime() + SESSION.absolute), browser: session.browser, stepped_up_at: session.strong ? tx.now : null,
  }).execute();
  await note(tx, actor, session.officerId, 'sign_in', { second_factor: session.strong });
  return token;
}

/** Ends the session of a token, if it holds. Journal: `sign_out`. */
export async function closeSession(tx: Tx, actor: Actor, tokenHash: Buffer): Promise<void> {
  const ended = await revoke(tx).where('token_hash', '=', tokenHash).returning('officer_id').executeTakeFirst();
  if (ended) await note(tx, actor, ended.officer_id, 'sign_out');
}

/** Notes that a session was used, once a minute at most, even when many requests come together. */
export async function touchSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.updateTable('session').set({ last_seen_at: tx.now }).where('token_hash', '=', tokenHash)
    .where('last_seen_at', '<=', new Date(tx.now.getTime() - SESSION.seenEvery)).execute();
}

/** The agency a session acts for from now on; the caller knows that the officer has a role there. */
export async function chooseAgency(tx: Tx, tokenHash: Buffer, agencyId: string): Promise<void> {
  await tx.updateTable('session').set({ agency_id: agencyId }).where('token_hash', '=', tokenHash).execute();
}

/** The account, its secret locked against a second use of the same code; null when it was changed since `changedAt`. */
async function lockAccount(tx: Tx, officerId: string, changedAt: number): Promise<Account | null> {
  await tx.selectFrom('officer_secret').select('officer_id').where('officer_id', '=', officerId).forUpdate().executeTakeFirst();
  const account = await accountById(tx, officerId);
  return account && !account.disabled && account.changedAt.getTime() === changedAt ? account : null;
}

/** Accepts a code once. False when it is wrong or was used; null when the account is no longer the one that gave its password. */
export async function spendCode(tx: Tx, keys: Keys, officerId: string, changedAt: number, code: string): Promise<boolean | null> {
  const account = await lockAccount(tx, officerId, changedAt);
  const secret = account?.totpSealed && keys.unseal('totp', account.totpSealed, officerId);
  if (!account || !secret) return null;
  const step = totpStep(secret.toString(), code, tx.now, account.totpLastStep);
  if (step === null) return false;
  await tx.updateTable('officer_secret').set({ totp_last_step: step }).where('officer_id', '=', officerId).execute();
  return true;
}

/** What the first sign-in sets. */
export interface Enrolment {
  readonly officerId: string;
  readonly changedAt: number;
  readonly secret: string;
  /** Step of the code that proved that the phone has the secret. */
  readonly step: number;
  readonly passwordHash: string;
}

/**
 * Gives an account its second factor and its own password. False when it has one, or was changed meanwhile.
 * Journal: `totp_enrolled`, `password_changed`.
 */
export async function enrolTotp(tx: Tx, actor: Actor, keys: Keys, enrolment: Enrolment): Promise<boolean> {
  const { officerId, secret, step, passwordHash } = enrolment;
  const account = await lockAccount(tx, officerId, enrolment.changedAt);
  if (!account || account.totpSealed) return false;
  await tx.updateTable('officer_secret').where('officer_id', '=', officerId)
    .set({ totp_sealed: keys.seal('totp', secret, officerId), totp_last_step: step, password_hash: passwordHash, changed_at: tx.now }).execute();
  await note(tx, actor, officerId, 'totp_enrolled');
  await note(tx, actor, officerId, 'password_changed');
  return true;
}

// ── Own account ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Sets the language of the console for oneself. */
export async function setLanguage(tx: Tx, actor: OfficerActor, language: Lang): Promise<void> {
  await asAuth(tx, actor, () => tx.updateTable('officer').set({ language }).where('id', '=', actor.officerId).execute());
}

/**
 * A new password of one's own; the other browsers are signed out. Journal: `password_changed`.
 * @param oldHash the hash the old password was checked against
 * @throws Conflict when the password was changed meanwhile
 */
export async function changePassword(tx: Tx, actor: OfficerActor, oldHash: string, newHash: string, current: Buffer): Promise<void> {
  const changed = await asAuth(tx, actor, () => tx.updateTable('officer_secret').set({ password_hash: newHash, changed_at: tx.now })
    .where('officer_id', '=', actor.officerId).where('password_hash', '=', oldHash).executeTakeFirst());
  if (changed.numUpdatedRows !== 1n) throw new Conflict('password');
  const ended = await endSessions(tx, actor, actor.officerId, { except: current });
  await note(tx, actor, actor.officerId, 'password_changed', { sessions_ended: ended });
}

/** Signs out browsers of one's own: one by its id, or all but the one in use. Journal: `session_revoked`. */
export async function revokeSessions(tx: Tx, actor: OfficerActor, which: { only: string } | { except: Buffer }): Promise<void> {
  const ended = await endSessions(tx, actor, actor.officerId, 'only' in which ? { only: Buffer.from(which.only, 'hex') } : which);
  if (ended > 0) await note(tx, actor, actor.officerId, 'session_revoked', { sessions_ended: ended });
}

async function endSessions(tx: Tx, actor: Actor, officerId: string, which: { only?: Buffer; except?: Buffer }): Promise<number> {
  let query = revoke(tx).where('officer_id', '=', officerId);
  if (which.only) query = query.where('token_hash', '=', which.only);
  if (which.except) query = query.where('token_hash', '<>', which.except);
  return Number((await asAuth(tx, actor, () => query.executeTakeFirst())).numUpdatedRows);
}

// ── Officers and roles ──────────────────────────────────────────────────────────────────────────────────────────────

/** A person who is to work at the desk. */
export interface NewOfficer {
  /** Any case; stored in lower case, unique over all agencies. */
  readonly email: string;
  readonly fullName: string;
  /** From `hashPassword`; a first password, to be replaced at the first sign-in (but for demo officers). */
  readonly passwordHash: string;
  readonly language?: Lang;
  /** Signs in without a second factor, and only while LACHAN_DEMO is set. */
  readonly demo?: boolean;
}

/**
 * Adds an officer without roles and gives the id; {@link grantRole} comes next, in the same transaction. Journal: `officer_created`.
 * @throws Forbidden, Invalid (`details.fields.email = 'taken'`) when the e-mail has an account, in whatever agency
 */
export async function createOfficer(tx: Tx, actor: Actor, officer: NewOfficer): Promise<string> {
  if (!mayKeepOfficers(actor) || (officer.demo && actor.kind !== 'system')) throw new Forbidden('create an officer');
  const row = await tx.insertInto('officer').onConflict((conflict) => conflict.column('email').doNothing()).returning('id').values({
    email: normaliseEmail(officer.email), full_name: officer.fullName, language: officer.language ?? 'vi',
    demo: officer.demo ?? false, created_at: tx.now,
  }).executeTakeFirst();
  if (!row) throw new Invalid('e-mail taken', { fields: { email: 'taken' } });
  const secret = { officer_id: row.id, password_hash: officer.passwordHash, changed_at: tx.now };
  await asAuth(tx, actor, () => tx.insertInto('officer_secret').values(secret).execute());
  await note(tx, actor, row.id, 'officer_created', officer.demo ? { demo: true } : {});
  return row.id;
}

/** A role in an agency; days `yyyy-mm-dd` in Vietnam, `to` the last day, both included. */
export interface Grant {
  readonly officerId: string;
  readonly agencyId: string;
  readonly role: Role;
  readonly deputy?: boolean;
  readonly from: string;
  readonly to?: string | null;
}

/**
 * Gives a role. Journal: `role_granted`.
 * @throws NotFound for officers of other agencies, Forbidden ({@link mayChangeRole}), Invalid when it would end before it begins,
 * Conflict when the officer has the role in some of these days
 */
export async function grantRole(tx: Tx, actor: Actor, grant: Grant): Promise<void> {
  const officer = await lockOfficer(tx, actor, grant.officerId, grant.agencyId);
  if (!mayChangeRole(actor, officer, grant.agencyId, grant.role)) throw new Forbidden(`grant ${grant.role}`);
  const { officerId, agencyId, role, from, to = null, deputy = false } = grant;
  if (to !== null && to < from) throw new Invalid('role ends before it begins', { fields: { to: 'before_from' } });
  if (await holdsDuring(tx, grant)) throw new Conflict('role held', { fields: { role: 'held' } });
  await tx.insertInto('officer_role').values({ officer_id: officerId, agency_id: agencyId, role, deputy, valid_from: from, valid_to: to })
    .onConflict((row) => row.columns(['officer_id', 'agency_id', 'role', 'valid_from']).doUpdateSet({ valid_to: to, deputy })).execute();
  await note(tx, actor, officerId, 'role_granted', { agency: agencyId, role, from, to, deputy });
}

/** Does the officer have the role on some of these days? A role ended before it began covers no day. */
async function holdsDuring(tx: Tx, { officerId, agencyId, role, from, to = null }: Grant): Promise<boolean> {
  const held = await tx.selectFrom('officer_role').select('role')
    .where('officer_id', '=', officerId).where('agency_id', '=', agencyId).where('role', '=', role)
    .where(sql<boolean>`valid_from <= coalesce(${to}::date, 'infinity')`)
    .where(sql<boolean>`coalesce(valid_to, 'infinity') >= greatest(valid_from, ${from}::date)`)
    .executeTakeFirst();
  return held !== undefined;
}

/** One role of one officer, by its first day. */
type GrantKey = Pick<Grant, 'officerId' | 'agencyId' | 'role' | 'from'>;

/**
 * Ends a role: on a last day, or at once (`lastDay` null: yesterday was the last). Journal: `role_ended`.
 * @throws NotFound for officers of other agencies, roles not held, and last days that are past; Forbidden
 */
export async function endRole(tx: Tx, actor: Actor, key: GrantKey, lastDay: string | null): Promise<void> {
  const { officerId, agencyId, role, from } = key;
  const officer = await lockOfficer(tx, actor, officerId, agencyId);
  if (!mayChangeRole(actor, officer, agencyId, role)) throw new Forbidden(`end ${role}`);
  const ended = await tx.updateTable('officer_role').set({ valid_to: sql`coalesce(${lastDay}::date, desk_today() - 1)` })
    .where('officer_id', '=', officerId).where('agency_id', '=', agencyId).where('role', '=', role).where('valid_from', '=', from)
    .where(sql<boolean>`coalesce(valid_to, 'infinity') >= desk_today()`)
    .where(sql<boolean>`coalesce(${lastDay}::date >= greatest(desk_today(), valid_from), true)`)
    .returning('valid_to').executeTakeFirst();
  if (!ended) throw new NotFound('role');
  await note(tx, actor, officerId, 'role_ended', { agency: agencyId, role, from, to: ended.valid_to });
}

/** Locks an account, at once for every browser, or unlocks it. Journal: `officer_disabled`, `officer_enabled`. */
export async function setDisabled(tx: Tx, actor: Actor, officerId: string, disabled: boolean): Promise<void> {
  await lockChangeable(tx, actor, officerId);
  await tx.updateTable('officer').set({ disabled_at: disabled ? tx.now : null }).where('id', '=', officerId).execute();
  const ended = disabled ? await endSessions(tx, actor, officerId, {}) : 0;
  await note(tx, actor, officerId, disabled ? 'officer_disabled' : 'officer_enabled', { sessions_ended: ended });
}

/**
 * New first sign-in for somebody who lost the phone or the password: the second factor goes, `passwordHash` is a first password again,
 * all browsers are signed out. Both together, for a factor that could be enrolled with an old password would be worth nothing.
 * Journal: `sign_in_reset`.
 */
export async function resetSignIn(tx: Tx, actor: Actor, officerId: string, passwordHash: string): Promise<void> {
  await lockChangeable(tx, actor, officerId);
  await asAuth(tx, actor, () => tx.updateTable('officer_secret').where('officer_id', '=', officerId)
    .set({ password_hash: passwordHash, totp_sealed: null, totp_last_step: null, changed_at: tx.now }).execute());
  const ended = await endSessions(tx, actor, officerId, {});
  await note(tx, actor, officerId, 'sign_in_reset', { sessions_ended: ended });
}

/** An officer the actor knows of, locked. One created in this very moment and still without roles belongs to the agency about to take them. */
async function lockOfficer(tx: Tx, actor: Actor, officerId: string, agencyId?: string): Promise<Belongs> {
  if (!mayKeepOfficers(actor)) throw new Forbidden('keep officers');
  const row = await tx.selectFrom('officer').select('created_at').where('id', '=', officerId).forUpdate().executeTakeFirst();
  const found = await belongings(tx, officerId);
  const isNew = row?.created_at.getTime() === tx.now.getTime() && found?.agencyIds.length === 0;
  const officer = found && agencyId && isNew ? { ...found, agencyIds: [agencyId] } : found;
  if (!officer || !mayKnow(actor, officer)) throw new NotFound('officer');
  return officer;
}

async function lockChangeable(tx: Tx, actor: Actor, officerId: string): Promise<void> {
  const officer = await lockOfficer(tx, actor, officerId);
  if (!mayChangeAccount(actor, officer)) throw new Forbidden(isSelf(actor, officer) ? 'own account' : 'belongs to another agency too');
}

// ── Tokens of the agency's own systems ──────────────────────────────────────────────────────────────────────────────

/** A token given out, with its text, which is stored nowhere. */
export interface GivenToken {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly expiresAt: Date;
}

/** What a new token may do, and for how many days. */
export interface NewToken {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly days: number;
}

function tokenNote(tx: Tx, actor: OfficerActor, id: string, action: 'token_created' | 'token_rotated' | 'token_revoked', detail: Record<string, unknown> = {}): Promise<void> {
  return writeJournal(tx, actor, [{ entity: 'api_token', entityId: id, action, detail }]);
}

function requireAdministrator(actor: OfficerActor): void {
  if (!mayKeepOfficers(actor)) throw new Forbidden('keep tokens');
}

async function giveToken(tx: Tx, actor: OfficerActor, { name, scopes, days }: NewToken, rotatedFrom: string | null): Promise<GivenToken> {
  const token = apiToken(randomBytes(TOKEN_BYTES));
  const expiresAt = new Date(tx.now.getTime() + days * DAY_MS);
  const { id } = await tx.insertInto('api_token').returning('id').values({
    agency_id: actor.agencyId, name, token_hash: hashApiToken(token), scopes: [...scopes], created_by: actor.officerId, created_at: tx.now, expires_at: expiresAt,
    last_used_on: null, revoked_at: null, revoked_by: null, rotated_from: rotatedFrom,
  }).executeTakeFirstOrThrow();
  return { id, token, name, expiresAt };
}

/**
 * A token for a system of the administrator's own agency. Journal: `token_created`.
 * @throws Forbidden; Invalid (`details.fields.ten = 'many'`) when the agency has as many as it may
 */
export async function createToken(tx: Tx, actor: OfficerActor, given: NewToken): Promise<GivenToken> {
  requireAdministrator(actor);
  const live = await tx.selectFrom('api_token').select((eb) => eb.fn.countAll<number>().as('n')).where('agency_id', '=', actor.agencyId)
    .where('expires_at', '>', tx.now).where((eb) => eb.or([eb('revoked_at', 'is', null), eb('revoked_at', '>', tx.now)])).executeTakeFirstOrThrow();
  if (live.n >= MOST_TOKENS) throw new Invalid('too many tokens', { fields: { ten: 'many' } });
  const made = await giveToken(tx, actor, given, null);
  await tokenNote(tx, actor, made.id, 'token_created', { scopes: given.scopes, expires: made.expiresAt.toISOString() });
  return made;
}

/**
 * A new token in place of one that works, for as many days as that one was given; the old one ends after a day. Journal: `token_rotated` of
 * the old, `token_created` of the new. @throws Forbidden, NotFound, Conflict when the old one is ending already
 */
export async function rotateToken(tx: Tx, actor: OfficerActor, id: string): Promise<GivenToken> {
  requireAdministrator(actor);
  const old = await tx.selectFrom('api_token').selectAll().where('id', '=', id).where('agency_id', '=', actor.agencyId).forUpdate().executeTakeFirst();
  if (!old) throw new NotFound('token');
  if (old.revoked_at || old.expires_at <= tx.now) throw new Conflict('the token is ending already');
  const days = Math.min(TOKEN_DAYS.most, Math.round((old.expires_at.getTime() - old.created_at.getTime()) / DAY_MS));
  const made = await giveToken(tx, actor, { name: old.name, scopes: old.scopes, days }, id);
  await tx.updateTable('api_token').set({ revoked_at: new Date(tx.now.getTime() + ROTATION_MS), revoked_by: actor.officerId }).where('id', '=', id).execute();
  await tokenNote(tx, actor, id, 'token_rotated', { to: made.id });
  await tokenNote(tx, actor, made.id, 'token_created', { scopes: old.scopes, expires: made.expiresAt.toISOString(), from: id });
  return made;
}

/** Ends a token at once. Journal: `token_revoked`. @throws Forbidden, NotFound when there is none that works */
export async function revokeToken(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  requireAdministrator(actor);
  const ended = await tx.updateTable('api_token').set({ revoked_at: tx.now, revoked_by: actor.officerId }).where('id', '=', id).where('agency_id', '=', actor.agencyId)
    .where((eb) => eb.or([eb('revoked_at', 'is', null), eb('revoked_at', '>', tx.now)])).executeTakeFirst();
  if (ended.numUpdatedRows !== 1n) throw new NotFound('token');
  await tokenNote(tx, actor, id, 'token_revoked');
}

/** Notes the day on which a token was used, once a day at most; in the context `auth`. */
export async function touchToken(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('api_token').set({ last_used_on: sql`desk_today()` }).where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_on', 'is', null), eb('last_used_on', '<', sql<string>`desk_today()`)])).execute();
}

/** Notes that the person at a session has just proven again to be the one who signed in. */
export async function noteStepUp(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.updateTable('session').set({ stepped_up_at: tx.now }).where('token_hash', '=', tokenHash).execute();
}
