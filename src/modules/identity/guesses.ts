import type { Keys } from '#platform/keys.ts';
import { networkOf } from './addresses.ts';
import { FAILURES, type Counter } from './limits.ts';

/** One counter of wrong guesses: a keyed hash of what it counts, and how many it allows. */
export interface Scope {
  readonly counter: Counter;
  readonly key: Buffer;
  readonly most: number;
}

/** Who tries to sign in, and from where; nothing of it is stored. */
export interface Attempt {
  /** The e-mail as normalised, of an account or not. */
  readonly email: string;
  /** The address of the socket or from the trusted proxy. */
  readonly address: string;
  /** The secret part of this browser's device cookie for the account, when it has a valid one. */
  readonly device: string | null;
}

/**
 * The counters an attempt has to pass, in order. A browser that signed in to the account before has one of its own, which
 * nobody else can fill; all others share those of account and address. Keys change with the day, so that rows of two days
 * cannot be told to concern the same address.
 */
export function scopesOf(keys: Keys, { email, address, device }: Attempt, now: Date): Scope[] {
  const day = now.toISOString().slice(0, 10);
  const network = networkOf(address);
  const scope = (counter: Counter, ...parts: string[]): Scope =>
    ({ counter, key: keys.mac('source', JSON.stringify([counter, day, ...parts])), most: FAILURES[counter] });
  if (device) return [scope('device', email, device)];
  return [scope('pair', email, network), scope('source', network), scope('account', email)];
}
