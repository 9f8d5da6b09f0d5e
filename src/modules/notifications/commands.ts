import { sql } from 'kysely';
import type { Role } from '#catalogue/roles.ts';
import type { Tx } from '#platform/db.ts';

/** What there is to know, never what it says: a kind with words of its own in the catalogue of messages, a code, a page of the console. */
export interface News {
  readonly agencyId: string;
  /** Officers of the agency that hold one of these roles today; left out where one officer is named. */
  readonly roles?: readonly Role[];
  readonly officerId?: string;
  /** Key of `news.kinds` in the messages: letters and underscores. */
  readonly kind: string;
  /** Code or number people know the thing by; at most 40 characters, no contents. */
  readonly code: string;
  /** Page of the console, `/can-bo/…`. */
  readonly href: string;
  /** Told at once even in quiet hours. */
  readonly urgent?: boolean;
}

/**
 * Tells the officers of an agency that something is there for them, in the same transaction as the thing. Never tells who acts;
 * a kind and code that somebody has not read yet is not told twice. Any context may tell, since it gives nothing to read.
 * @returns how many officers were told
 */
export async function notify(tx: Tx, { agencyId, roles = [], officerId, kind, code, href, urgent = false }: News): Promise<number> {
  const { rows } = await sql<{ told: number }>`select notify_agency(${agencyId}, ${[...roles]}::text[], ${officerId ?? null}::uuid, ${kind}, ${code}, ${href}, ${urgent}) as told`.execute(tx);
  return rows[0]!.told;
}
