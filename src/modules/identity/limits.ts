const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a signed-in browser stays signed in, in milliseconds. Source: NIST SP 800-63B-4, 2.2.3 (AAL2: 24 h and 1 h at most). */
export const SESSION = {
  /** A shared office machine that was left alone; what was being written survives it (draft.ts). */
  idle: 60 * MINUTE,
  /** A long working day; after it both factors are asked for again. */
  absolute: 12 * HOUR,
  /** `last_seen_at` is written no more often than this: a page view costs no write. */
  seenEvery: MINUTE,
  /** After a second factor was shown, what reaches outside the desk (tokens, webhooks) is done without asking for it again. */
  stepUp: 10 * MINUTE,
} as const;

/** How long the sealed notes between two pages are good for, in milliseconds. */
export const NOTES = {
  /** Between password and code: the time to take the phone out of the pocket. */
  code: 5 * MINUTE,
  /** Between password and first code: the time to install an app on a phone. */
  enrolment: 20 * MINUTE,
  /** What was being written when the session ended: a lunch break. */
  draft: 2 * HOUR,
  /** A browser that signed in once stays known for half a year. */
  device: 180 * DAY,
} as const;

/** Bytes of fields carried over a sign-in; a long opinion has 20 kB. */
export const DRAFT_BYTES = 200_000;

/** Failures are counted in fixed windows of this length, in milliseconds. */
export const WINDOW = 15 * MINUTE;

/**
 * Wrong passwords or codes in one window before the counter says wait. An attempt counts only while the counters before
 * it allow it, in this order, so that whoever hammers on one account fills neither the counter of a whole commune behind
 * one address nor that of the account. A known browser has a counter of its own and no other.
 * Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
 */
export const FAILURES = {
  /** One account from one address: typing errors, keyboards with Telex on. */
  pair: 10,
  /** One address over all accounts: a commune behind one router has some dozens of officers. */
  source: 50,
  /** One account from all unknown browsers: guesses spread over many addresses. */
  account: 20,
  /** One known browser for its account: a stolen machine. */
  device: 10,
} as const;

export type Counter = keyof typeof FAILURES;

/** Characters (code points) of a password. Source: NIST SP 800-63B-4, 3.1.1.2: long, without rules of composition. */
export const PASSWORD = { least: 12, most: 200 } as const;

/** argon2id, the least OWASP's Password Storage Cheat Sheet allows: `memory` in KiB, `passes`, `parallelism`; bytes. */
export const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1, salt: 16, tag: 32 } as const;

/** Hashes computed at once (each a core and 19 MiB; two threads of Node's four stay free for files), and waiting before the desk says it is busy. */
export const HASHING = { atOnce: 2, waiting: 100 } as const;

/** RFC 6238 as every authenticator app knows it; `window` in steps to each side (5.2), for clocks that are off. */
export const TOTP_RULE = { algorithm: 'SHA1', digits: 6, period: 30, window: 1, secretBytes: 20 } as const;
