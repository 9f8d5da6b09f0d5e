import { createHash, randomBytes } from 'node:crypto';

/** A new session token: 256 bits nobody can guess, as text for a cookie. Kept nowhere but in the browser. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Under what a session is found; the table cannot be used to sign in. No salt is needed for 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
