import { sql } from 'kysely';
import type { Role } from '#catalogue/roles.ts';
import { collator } from '#core/vietnamese.ts';
import type { Tx } from '#platform/db.ts';
import type { Scope } from '#platform/schema.ts';
import type { Lang } from '#web/i18n/index.ts';
import { SESSION } from './limits.ts';
import type { Belongs } from './policy.ts';
import { tokenState, type TokenState } from './tokens.ts';

/** What the sign-in needs to know about an account. */
export interface Account {
  readonly officerId: string;
  readonly email: string;
  readonly name: string;
  readonly lang: Lang;
  readonly demo: boolean;
  readonly disabled: boolean;
  readonly passwordHash: string;
  readonly totpSealed: Buffer | null;
  readonly totpLastStep: number | null;
  readonly changedAt: Date;
}

function accounts(tx: Tx) {
  return tx.selectFrom('officer as o').innerJoin('officer_secret as s', 's.officer_id', 'o.id').select([
    'o.id as officerId', 'o.email', 'o.full_name as name', 'o.language as lang', 'o.demo', sql<boolean>`o.disabled_at is not null`.as('disabled'),
    's.password_hash as passwordHash', 's.totp_sealed as totpSealed', 's.totp_last_step as totpLastStep', 's.changed_at as changedAt',
  ]);
}

/** The account of an e-mail (lower case), or null; in the context `auth`. */
export async function accountByEmail(tx: Tx, email: string): Promise<Account | null> {
  return (await accounts(tx).where('o.email', '=', email).executeTakeFirst()) ?? null;
}

/** The account of an officer; in the context `auth`. */
export async function accountById(tx: Tx, officerId: string): Promise<Account | null> {
  return (await accounts(tx).where('o.id', '=', officerId).executeTakeFirst()) ?? null;
}

/** An agency an officer may act for today, and as what. */
export interface Place {
  readonly agencyId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly shortName: string;
  readonly roles: readonly Role[];
}

/** Where an officer has a role today, the role and the agency both being valid (last days included), by name. */
export async function placesOf(tx: Tx, officerId: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select a.id as "agencyId", n.name, n.name_en as "nameEn", n.short_name as "shortName", array_agg(distinct r.role::text) as roles
    from officer_role r
    join agency a on a.id = r.agency_id and a.valid_from <= desk_today() and (a.valid_to is null or a.valid_to >= desk_today())
    join agency_name n on n.agency_id = a.id and n.valid_from <= desk_today() and (n.valid_to is null or n.valid_to >= desk_today())
    where r.officer_id = ${officerId} and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())
    group by a.id, n.name, n.name_en, n.short_name`.execute(tx);
  return rows.toSorted((a, b) => collator.compare(a.name, b.name));
}

/** A session that still holds, and whose it is. */
export interface LiveSession {
  readonly tokenHash: Buffer;
  readonly agencyId: string | null;
  readonly lastSeenAt: Date;
  readonly officerId: string;
  readonly name: string;
  readonly lang: Lang;
  readonly demo: boolean;
}

/** The session behind a token, unless it ended by time, by hand, or with its officer; in the context `auth`. */
export async function liveSession(tx: Tx, tokenHash: Buffer): Promise<LiveSession | null> {
  const session = await alive(tx).innerJoin('officer as o', 'o.id', 's.officer_id').where('s.token_hash', '=', tokenHash).where('o.disabled_at', 'is', null)
    .select(['s.token_hash as tokenHash', 's.agency_id as agencyId', 's.last_seen_at as lastSeenAt', 'o.id as officerId',
      'o.full_name as name', 'o.language as lang', 'o.demo'])
    .executeTakeFirst();
  return session ?? null;
}

function alive(tx: Tx) {
  return tx.selectFrom('session as s').where('s.revoked_at', 'is', null).where('s.expires_at', '>', tx.now)
    .where('s.last_seen_at', '>', new Date(tx.now.getTime() - SESSION.idle));
}

/** One signed-in browser, for its owner. */
export interface OwnSession {
  /** Names the session to its owner; cannot be used to sign in. */
  readonly id: string;
  readonly browser: string;
  readonly since: Date;
  readonly lastSeenAt: Date;
}

/** The browsers in which an officer is signed in now, the latest first. */
export async function sessionsOf(tx: Tx, officerId: string): Promise<OwnSession[]> {
  return alive(tx).where('s.officer_id', '=', officerId).orderBy('s.last_seen_at', 'desc')
    .select([sql<string>`encode(s.token_hash, 'hex')`.as('id'), 's.browser', 's.created_at as since', 's.last_seen_at as lastSeenAt']).execute();
}

/** A role as an administrator sees it; days `yyyy-mm-dd`, `to` the last day. */
export interface RoleRow {
  readonly role: Role;
  readonly from: string;
  readonly to: string | null;
  readonly state: 'future' | 'valid' | 'ended';
}

/** An officer of an agency as its administrator sees them. */
export interface OfficerRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly disabled: boolean;
  /** Has a second factor; without one the first sign-in is still to come. */
  readonly enrolled: boolean;
  readonly demo: boolean;
  readonly roles: readonly RoleRow[];
}

/** The officers who have or had a role in an agency, by given name; in the context `auth` (which knows who enrolled). */
export async function officersOf(tx: Tx, agencyId: string, officerId?: string): Promise<OfficerRow[]> {
  const { rows } = await sql<OfficerRow>`
    select o.id, o.full_name as name, o.email, o.disabled_at is not null as disabled, o.demo, coalesce(s.totp_sealed is not null, false) as enrolled,
      json_agg(json_build_object('role', r.role, 'from', r.valid_from, 'to', r.valid_to, 'state', case
        when r.valid_to < desk_today() then 'ended' when r.valid_from > desk_today() then 'future' else 'valid' end)
        order by r.valid_from desc, r.role) as roles
    from officer o join officer_role r on r.officer_id = o.id left join officer_secret s on s.officer_id = o.id
    where r.agency_id = ${agencyId} and (${officerId ?? null}::uuid is null or o.id = ${officerId ?? null}::uuid)
    group by o.id, s.totp_sealed`.execute(tx);
  return rows.toSorted((a, b) => collator.compare(givenNameFirst(a.name), givenNameFirst(b.name)));
}

/** Vietnamese lists go by the given name, which stands last. */
function givenNameFirst(name: string): string {
  const words = name.split(' ');
  return [words.at(-1), ...words].join(' ');
}

/** The agencies in which an officer has, had or will have a role; null when there is no such officer. */
export async function belongings(tx: Tx, officerId: string): Promise<Belongs | null> {
  const officer = await tx.selectFrom('officer').select('id').where('id', '=', officerId).executeTakeFirst();
  if (!officer) return null;
  const rows = await tx.selectFrom('officer_role').select('agency_id').distinct().where('officer_id', '=', officerId).execute();
  return { officerId, agencyIds: rows.map((row) => row.agency_id) };
}

/** When the person at a session last showed who they are, beyond the cookie; null when never. */
export async function steppedUpAt(tx: Tx, tokenHash: Buffer): Promise<Date | null> {
  return (await alive(tx).select('s.stepped_up_at as at').where('s.token_hash', '=', tokenHash).executeTakeFirst())?.at ?? null;
}

/** A token that works, and whose it is. */
export interface LiveToken {
  readonly id: string;
  readonly agencyId: string;
  readonly scopes: readonly Scope[];
  /** The day has not been noted yet. */
  readonly firstToday: boolean;
}

/** The token behind a hash, unless it or its agency has ended; in the context `auth`. */
export async function liveToken(tx: Tx, hash: Buffer): Promise<LiveToken | null> {
  const row = await tx.selectFrom('api_token as t').innerJoin('agency as a', 'a.id', 't.agency_id').where('t.token_hash', '=', hash).where('t.expires_at', '>', tx.now)
    .where((eb) => eb.or([eb('t.revoked_at', 'is', null), eb('t.revoked_at', '>', tx.now)]))
    .where(sql<boolean>`a.valid_from <= desk_today() and (a.valid_to is null or a.valid_to >= desk_today())`)
    .select(['t.id', 't.agency_id as agencyId', 't.scopes', sql<boolean>`t.last_used_on is null or t.last_used_on < desk_today()`.as('firstToday')]).executeTakeFirst();
  return row ?? null;
}

/** A token as the administrator of its agency sees it. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  /** When it stops working: at its end, at the end of its rotation, or when it was revoked. */
  readonly endsAt: Date;
  /** yyyy-mm-dd; null when never used. */
  readonly lastUsedOn: string | null;
  readonly state: TokenState;
}

/** The tokens of the administrator's agency, the latest first; ended ones for a year. */
export async function tokensOf(tx: Tx, agencyId: string): Promise<TokenRow[]> {
  const rows = await tx.selectFrom('api_token').selectAll().where('agency_id', '=', agencyId)
    .where('expires_at', '>', new Date(tx.now.getTime() - 365 * 24 * 3600_000)).orderBy('id', 'desc').limit(200).execute();
  return rows.map((row) => ({
    id: row.id, name: row.name, scopes: row.scopes, createdAt: row.created_at, lastUsedOn: row.last_used_on,
    endsAt: row.revoked_at && row.revoked_at < row.expires_at ? row.revoked_at : row.expires_at,
    state: tokenState({ expiresAt: row.expires_at, revokedAt: row.revoked_at }, tx.now),
  }));
}
