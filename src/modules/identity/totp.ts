import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { TOTP_RULE } from './limits.ts';

const { algorithm, digits, period, window, secretBytes } = TOTP_RULE;

/** A new secret, in base32 as authenticator apps take it. 160 bits, as RFC 4226, 4 (R6) recommends. */
export function newTotpSecret(): string {
  const bytes = randomBytes(secretBytes);
  return new Secret({ buffer: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) }).base32;
}

/** The `otpauth://` address a phone reads from the QR code. Source: Google Authenticator, "Key Uri Format". */
export function totpAddress(secret: string, issuer: string, account: string): string {
  return new TOTP({ issuer, label: account, secret, algorithm, digits, period }).toString();
}

/**
 * The time step whose code this is, or null when it is none of the allowed ones or was used already: a code serves once,
 * and none older than it serves after it. Source: RFC 6238, 5.2.
 * @param lastStep the step of the last code that was accepted
 */
export function totpStep(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({ token, secret: Secret.fromBase32(secret), algorithm, digits, period, timestamp, window });
  if (delta === null) return null;
  const step = TOTP.counter({ period, timestamp }) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}
