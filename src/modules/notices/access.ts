import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { parseCode, parseSecret, secretFrom } from '#core/codes.ts';
import { PUBLIC } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

/** A decision opened by code and secret. */
export interface OpenedAccess {
  readonly accessId: string;
  readonly decisionId: string;
  readonly code: string;
  readonly secret: string;
}

/** The secret of an access row: made again from its id whenever a letter must print it, kept nowhere. */
export function accessSecret({ keys }: Pick<Desk, 'keys'>, accessId: string): string {
  return secretFrom(keys.mac('secret', `decision-access|${accessId}`));
}

/** How a secret is stored: 100 random bits need no slow hash. @param secret in its canonical form */
export function hashAccessSecret(secret: string): Buffer {
  return createHash('sha256').update(`lachan-secret:${secret}`).digest();
}

/** What can be no secret, hashed in place of one that was mistyped. */
const NO_SECRET = hashAccessSecret('');

/** The decision that code and secret open together, as typed; null for every way of being wrong, after the same look-up. */
export async function openAccess(desk: Desk, code: string, secret: string): Promise<OpenedAccess | null> {
  const wanted = parseCode('TB', code)?.code ?? '';
  const given = parseSecret(secret);
  return inTransaction(desk, PUBLIC, async (tx) => {
    const { rows } = await sql<{ id: string; decision_id: string }>`select * from access_by_secret(${wanted}, ${given === null ? NO_SECRET : hashAccessSecret(given)})`.execute(tx);
    return rows[0] && given !== null ? { accessId: rows[0].id, decisionId: rows[0].decision_id, code: wanted, secret: given } : null;
  });
}
