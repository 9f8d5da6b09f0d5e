import { AUTH } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { SignedIn } from '#platform/http.ts';
import { touchSession } from './commands.ts';
import { sessionHash } from './cookies.ts';
import { SESSION } from './limits.ts';
import { liveSession, placesOf, type LiveSession, type Place } from './queries.ts';

/** Who a request comes from: nobody, somebody who has still to choose an agency, or an officer at work. */
export type Presence =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unplaced'; readonly session: LiveSession; readonly places: readonly Place[] }
  | { readonly kind: 'present'; readonly session: LiveSession; readonly places: readonly Place[]; readonly signedIn: SignedIn };

const NOBODY: Presence = { kind: 'nobody' };

/**
 * Reads the session of a request and what its officer may do today; asked anew for each request, so that a locked account and an
 * ended role are without access from the next one on.
 */
export async function whoIs(desk: Desk, cookieHeader: string | null | undefined): Promise<Presence> {
  const tokenHash = sessionHash(desk, cookieHeader);
  if (!tokenHash) return NOBODY;
  return inTransaction(desk, AUTH, async (tx) => {
    const session = await liveSession(tx, tokenHash);
    if (!session || (session.demo && !desk.config.LACHAN_DEMO)) return NOBODY;
    const places = await placesOf(tx, session.officerId);
    if (places.length === 0) return NOBODY;
    if (tx.now.getTime() - session.lastSeenAt.getTime() >= SESSION.seenEvery) await touchSession(tx, tokenHash);
    return presenceOf(session, places);
  });
}

function presenceOf(session: LiveSession, places: readonly Place[]): Presence {
  const place = places.find((one) => one.agencyId === session.agencyId);
  if (!place) return { kind: 'unplaced', session, places };
  const { officerId, name, lang } = session;
  const actor = { kind: 'officer', officerId, agencyId: place.agencyId, roles: place.roles, name } as const;
  return { kind: 'present', session, places, signedIn: { actor, lang, agencyShort: place.shortName } };
}
