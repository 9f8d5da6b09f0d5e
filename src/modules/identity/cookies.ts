import { randomBytes } from 'node:crypto';
import { setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import type { Desk } from '#platform/desk.ts';
import type { Ctx } from '#platform/http.ts';
import { NOTES } from './limits.ts';
import { hashToken } from './token.ts';

type Setting = Pick<Desk, 'config'>;

/** Over https the browser itself then refuses a cookie that came from elsewhere or without TLS (RFC 6265bis, `__Host-`). */
function named(desk: Setting, name: string): { name: string; secure: boolean } {
  const secure = desk.config.BASE_URL?.startsWith('https:') ?? false;
  return { name: secure ? `__Host-${name}` : name, secure };
}

function read(desk: Setting, header: string | null | undefined, name: string): string | null {
  const full = named(desk, name).name;
  return (header && parse(header, full)[full]) || null;
}

function write(ctx: Ctx, name: string, value: string, maxAge?: number): void {
  const { name: full, secure } = named(ctx.desk, name);
  setCookie(ctx.c, full, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}

const SESSION_COOKIE = 'desk';

/** Under what the session of a request is stored, when it carries a token. */
export function sessionHash(desk: Setting, cookieHeader: string | null | undefined): Buffer | null {
  const token = read(desk, cookieHeader, SESSION_COOKIE);
  return token && /^[\w-]{43}$/.test(token) ? hashToken(token) : null;
}

/** The cookie of a session, as the browser sends it back. */
export function sessionCookie(desk: Setting, token: string): string {
  return `${named(desk, SESSION_COOKIE).name}=${token}`;
}

/** Gives the browser its session; it ends with the browser, at the latest with the session itself. */
export function giveSession(ctx: Ctx, token: string): void {
  write(ctx, SESSION_COOKIE, token);
}

/** Takes the session back. */
export function dropSession(ctx: Ctx): void {
  write(ctx, SESSION_COOKIE, '', 0);
}

/** One for each officer, so that several on one machine are all known there; names nobody. */
function deviceCookie(officerId: string): string {
  return `desk-device-${officerId.slice(-12)}`;
}

/**
 * The secret of this browser for an account, when a sign-in to this very account left one here.
 * Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
 */
export function knownDevice(desk: Pick<Desk, 'config' | 'keys' | 'clock'>, cookieHeader: string | null | undefined, officerId: string): string | null {
  const token = read(desk, cookieHeader, deviceCookie(officerId));
  if (!token) return null;
  const opened = desk.keys.readToken<{ officerId: string; secret: string }>('device', token, desk.clock.now());
  return opened.ok && opened.value.officerId === officerId ? opened.value.secret : null;
}

/** Remembers this browser for the account that has just signed in. */
export function giveDevice(ctx: Ctx, officerId: string): void {
  const secret = randomBytes(16).toString('base64url');
  const until = new Date(ctx.now.getTime() + NOTES.device);
  write(ctx, deviceCookie(officerId), ctx.desk.keys.token('device', { officerId, secret }, until), NOTES.device / 1000);
}
