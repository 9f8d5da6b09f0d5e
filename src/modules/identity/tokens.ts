import { createHash } from 'node:crypto';
import type { Scope } from '#platform/schema.ts';

/** What a token of an agency may do, in the order of the form; words in `connections.scopes`. */
export const SCOPES = ['reports:write', 'reports:read', 'figures:write', 'opinions:read', 'opinions:write'] as const satisfies readonly Scope[];

/** How long a token lives, in days; the database refuses more than `most`. Expiry is told when fewer than `soon` are left. */
export const TOKEN_DAYS = { usual: 365, most: 400, soon: 30 } as const;

/** After a rotation the old token goes on for this long, so that every machine can be told; in milliseconds. */
export const ROTATION_MS = 24 * 3600_000;

/** Tokens of one agency that work at the same time; more are forgotten somewhere. */
export const MOST_TOKENS = 20;

/** Random bytes a token is made of: 200 bits. */
export const TOKEN_BYTES = 25;

/** D. Crockford, "Base 32", crockford.com/base32.html, in small letters. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SHAPE = /^lachan_[0-9a-hjkmnp-tv-z]{40}$/;

/** The token of 25 random bytes, `lachan_` and 40 characters; the prefix lets scanners of leaked secrets know it. Throws RangeError for fewer. */
export function apiToken(bytes: Uint8Array): string {
  if (bytes.length < TOKEN_BYTES) throw new RangeError(`a token needs ${TOKEN_BYTES} random bytes`);
  const bits = Array.from(bytes.subarray(0, TOKEN_BYTES), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return `lachan_${bits.match(/.{5}/g)!.map((five) => ALPHABET[parseInt(five, 2)]).join('')}`;
}

/** Under what a token is stored and found: 200 random bits need neither salt nor a slow hash. */
export function hashApiToken(token: string): Buffer {
  return createHash('sha256').update(`lachan-api-token:${token}`).digest();
}

/** The token of an `Authorization: Bearer` header (RFC 6750, 2.1); null when there is none of this shape. */
export function bearerToken(authorization: string | undefined): string | null {
  const token = /^Bearer +(\S+) *$/i.exec(authorization?.slice(0, 200) ?? '')?.[1];
  return token && SHAPE.test(token) ? token : null;
}

/** Whether a token works, and for how long still. */
export type TokenState = 'active' | 'ending' | 'rotated' | 'expired' | 'revoked';

/** The state of a token now; a revocation in the future is the end of a rotation. */
export function tokenState({ expiresAt, revokedAt }: { readonly expiresAt: Date; readonly revokedAt: Date | null }, now: Date): TokenState {
  if (revokedAt && revokedAt <= now) return 'revoked';
  if (expiresAt <= now) return 'expired';
  if (revokedAt) return 'rotated';
  return expiresAt.getTime() - now.getTime() < TOKEN_DAYS.soon * 24 * 3600_000 ? 'ending' : 'active';
}
