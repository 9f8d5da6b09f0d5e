import { z } from 'zod';
import { ROLE_CODES, type Role } from '#catalogue/roles.ts';
import { normalise } from '#core/vietnamese.ts';
import type { FormBody } from '#platform/body.ts';
import type { Scope as ApiScope } from '#platform/schema.ts';
import { formatDate, isoDay, parseDate } from '#web/format.ts';
import { normaliseEmail } from './addresses.ts';
import { SCOPES, TOKEN_DAYS } from './tokens.ts';

/** Codes of what can be wrong in the forms of the administrator; the words are in `identity.officers.errors`. */
type FormError = 'email' | 'taken' | 'name' | 'role' | 'held' | 'from' | 'to' | 'before_from';
type Errors = Readonly<Partial<Record<'ten' | 'thu' | 'vai-tro' | 'tu' | 'den', FormError>>>;

/** Roles with their days, as typed and as understood. */
export interface GrantForm {
  readonly typed: { readonly roles: readonly string[]; readonly from: string; readonly to: string };
  readonly errors: Errors;
  /** Null when something is wrong. */
  readonly value: { readonly roles: readonly Role[]; readonly from: string; readonly to: string | null } | null;
}

/** A person and the first roles, as typed and as understood. */
export interface OfficerForm {
  readonly typed: GrantForm['typed'] & { readonly name: string; readonly email: string };
  readonly errors: Errors;
  readonly value: (NonNullable<GrantForm['value']> & { readonly name: string; readonly email: string }) | null;
}

const email = z.email().max(254);
const roles = z.array(z.enum(ROLE_CODES)).min(1);

/** The empty form: from today on. */
export function emptyGrant(now: Date): GrantForm {
  return { typed: { roles: [], from: formatDate(now), to: '' }, errors: {}, value: null };
}

/** The empty form of a new officer. */
export function emptyOfficer(now: Date): OfficerForm {
  return { typed: { ...emptyGrant(now).typed, name: '', email: '' }, errors: {}, value: null };
}

/** Reads roles with their first and last day; a role is not given for the past. */
export function readGrant(form: FormBody, now: Date): GrantForm {
  const typed = { roles: form.all('vai-tro'), from: form.get('tu'), to: form.get('den') };
  const chosen = roles.safeParse(typed.roles);
  const from = parseDate(typed.from);
  const to = typed.to.trim() ? parseDate(typed.to) : null;
  const errors: Errors = {
    'vai-tro': chosen.success ? undefined : 'role',
    tu: from && from >= isoDay(now) ? undefined : 'from',
    den: to === undefined ? 'to' : from && to && to < from ? 'before_from' : undefined,
  };
  const value = isFine(errors) && chosen.success && from && to !== undefined ? { roles: chosen.data, from, to } : null;
  return { typed, errors, value };
}

/** Reads a new officer. */
export function readOfficer(form: FormBody, now: Date): OfficerForm {
  const grant = readGrant(form, now);
  const name = normalise(form.get('ten')).replace(/\s+/g, ' ');
  const address = normaliseEmail(form.get('thu'));
  const errors: Errors = {
    ten: name.length < 2 || name.length > 120 ? 'name' : undefined,
    thu: email.safeParse(address).success ? undefined : 'email',
    ...grant.errors,
  };
  return {
    typed: { ...grant.typed, name: form.get('ten'), email: form.get('thu') }, errors,
    value: isFine(errors) && grant.value ? { ...grant.value, name, email: address } : null,
  };
}

function isFine(errors: Errors): boolean {
  return Object.values(errors).every((error) => error === undefined);
}

/** The lives of a token that are offered, in days. */
export const LIFES = [30, 90, 180, TOKEN_DAYS.usual] as const;

/** A token of the agency's systems, as typed and as understood. Error codes: the words are in `connections.tokens.errors`. */
export interface TokenForm {
  readonly typed: { readonly name: string; readonly scopes: readonly string[]; readonly days: string };
  readonly errors: Readonly<Partial<Record<'ten' | 'quyen' | 'ngay', 'ten' | 'many' | 'quyen' | 'ngay'>>>;
  /** Null when something is wrong. */
  readonly value: { readonly name: string; readonly scopes: readonly ApiScope[]; readonly days: number } | null;
}

/** The empty form of a token, for the usual life. */
export function emptyToken(): TokenForm {
  return { typed: { name: '', scopes: [], days: String(TOKEN_DAYS.usual) }, errors: {}, value: null };
}

/** Reads a new token. */
export function readToken(form: FormBody): TokenForm {
  const typed = { name: normalise(form.get('ten')).replace(/\s+/g, ' '), scopes: form.all('quyen').slice(0, 10), days: form.get('ngay') };
  const scopes = SCOPES.filter((scope) => typed.scopes.includes(scope));
  const days = LIFES.find((one) => String(one) === typed.days);
  const isNamed = typed.name.length >= 3 && typed.name.length <= 100;
  const isKnown = scopes.length > 0 && typed.scopes.every((scope) => scopes.some((known) => known === scope));
  const errors: TokenForm['errors'] = { ten: isNamed ? undefined : 'ten', quyen: isKnown ? undefined : 'quyen', ngay: days ? undefined : 'ngay' };
  return { typed, errors, value: isNamed && isKnown && days ? { name: typed.name, scopes, days } : null };
}
