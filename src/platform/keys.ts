import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { system } from './actor.ts';
import type { Clock } from './clock.ts';
import { inTransaction, type Db } from './db.ts';
import { Unavailable } from './errors.ts';

/** What a key is for; each purpose has its own key derived from the master key (HKDF, RFC 5869). */
export type Purpose = 'identity' | 'indicator' | 'indicator-match' | 'file' | 'form' | 'secret' | 'receipt' | 'totp' | 'source' | 'device' | 'resume'
  | 'appeal' | 'signing' | 'arrival' | 'mail-tag' | 'opinion-tag' | 'qr' | 'webhook' | 'api-token' | 'access';

const NONCE = 12;
const TAG = 16;

/** Keys of one deployment: sealing (AES-256-GCM) and keyed hashes (HMAC-SHA-256), one sub-key for each purpose. */
export class Keys {
  readonly #master: Buffer;
  // Key objects are made once: making one for each use costs more than the hash itself.
  readonly #derived = new Map<Purpose, KeyObject>();

  constructor(master: Buffer) {
    if (master.length !== 32) throw new Error('the master key must have 32 bytes');
    this.#master = master;
  }

  #key(purpose: Purpose): KeyObject {
    let key = this.#derived.get(purpose);
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#master, 'lachan/v1', purpose, 32)));
      this.#derived.set(purpose, key);
    }
    return key;
  }

  /** Keyed hash, for matching without keeping the value. */
  mac(purpose: Purpose, data: string | Uint8Array): Buffer {
    return createHmac('sha256', this.#key(purpose)).update(data).digest();
  }

  /** nonce ‖ tag ‖ ciphertext; `bound` ties the box to its place (an id), so that boxes cannot be swapped. */
  seal(purpose: Purpose, plain: string | Uint8Array, bound = ''): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key(purpose), nonce).setAAD(Buffer.from(bound));
    const body = Buffer.concat([cipher.update(plain as Uint8Array), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** The plain bytes, or null when the box was altered, is for another place, or is not one. */
  unseal(purpose: Purpose, box: Uint8Array, bound = ''): Buffer | null {
    if (box.length < NONCE + TAG) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.#key(purpose), box.subarray(0, NONCE))
      .setAAD(Buffer.from(bound)).setAuthTag(box.subarray(NONCE, NONCE + TAG));
    try {
      return Buffer.concat([decipher.update(box.subarray(NONCE + TAG)), decipher.final()]);
    } catch {
      return null;
    }
  }

  /** A sealed JSON value as text for an address or a hidden field, with its own end. */
  token(purpose: Purpose, value: unknown, until: Date): string {
    return this.seal(purpose, JSON.stringify({ until: until.getTime(), value })).toString('base64url');
  }

  /** The value of a token, or why there is none. */
  readToken<T>(purpose: Purpose, text: string, now: Date): { ok: true; value: T } | { ok: false; why: 'invalid' | 'expired' } {
    const plain = this.unseal(purpose, Buffer.from(text, 'base64url'));
    if (!plain) return { ok: false, why: 'invalid' };
    const { until, value } = JSON.parse(plain.toString()) as { until: number; value: T };
    return until < now.getTime() ? { ok: false, why: 'expired' } : { ok: true, value };
  }
}

/** Constant-time comparison of two hashes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The deployment's keys: from LACHAN_KEY, else from <home>/keys/master.key, made at the first start (0600, synced).
 * @NOTE losing this key loses every sealed identity and file: `docs/guide/it.md` says to keep a copy apart.
 */
export async function loadKeys(home: string, given?: string): Promise<Keys> {
  if (given) return new Keys(Buffer.from(given, 'base64'));
  const folder = join(home, 'keys');
  const path = join(folder, 'master.key');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(randomBytes(32).toString('base64'));
    await file.sync();
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return new Keys(Buffer.from(await readFile(path, 'utf8'), 'base64'));
}

/**
 * Refuses to run with a key other than the one this database was first opened with: sealed contacts and files would be
 * lost without anybody noticing. @throws Unavailable with what to do
 */
export async function requireSameKey(db: Db, keys: Keys, clock: Clock): Promise<void> {
  const mac = keys.mac('secret', 'lachan-key-check');
  const known = await inTransaction({ db, clock }, system('key-check'), async (tx) => {
    const rows = await tx.selectFrom('key_check').select('mac').execute();
    if (rows.length === 0) await tx.insertInto('key_check').values({ mac }).onConflict((conflict) => conflict.doNothing()).execute();
    return rows;
  });
  if (known.length > 0 && !known.some((row) => sameBytes(row.mac, mac))) {
    throw new Unavailable('Khóa chính (LACHAN_KEY hoặc keys/master.key) không phải khóa của cơ sở dữ liệu này; hãy khôi phục đúng khóa. / The master key is not the one of this database; restore the right one.');
  }
}
