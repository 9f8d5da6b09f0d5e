import { AUTH } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { AgencySystem, Ctx, Gatekeeper } from '#platform/http.ts';
import { frame } from '#web/portal-frame.ts';
import { consolePath, PATHS, withNext } from './addresses.ts';
import { touchToken } from './commands.ts';
import { keepDraft } from './draft.ts';
import { whoIs } from './presence.ts';
import { liveToken } from './queries.ts';
import { bearerToken, hashApiToken } from './tokens.ts';
import { AgencyPage, SignInPage } from './views/sign-in-pages.tsx';

/** Who a request comes from, and what to answer when nobody is signed in, for src/platform/http.ts. */
export function gatekeeper(desk: Desk): Gatekeeper {
  return {
    async identify(request) {
      const presence = await whoIs(desk, request.headers.get('cookie'));
      return presence.kind === 'present' ? presence.signedIn : null;
    },
    identifySystem: (authorization) => systemOf(desk, authorization),
    askToSignIn: (ctx) => (ctx.c.req.method === 'POST' ? askAfterSending(ctx) : askFirst(ctx)),
  };
}

/** A token of the wrong shape goes the same way as one that was never given out: one hash, one look-up. */
async function systemOf(desk: Desk, authorization: string | undefined): Promise<AgencySystem | null> {
  const hash = hashApiToken(bearerToken(authorization) ?? '');
  return inTransaction(desk, AUTH, async (tx) => {
    const token = await liveToken(tx, hash);
    if (!token) return null;
    if (token.firstToday) await touchToken(tx, token.id);
    return { actor: { kind: 'agency', agencyId: token.agencyId, tokenId: token.id }, scopes: token.scopes };
  });
}

function wanted(ctx: Ctx): string | null {
  const { pathname, search } = new URL(ctx.c.req.url);
  return consolePath(pathname + search);
}

async function askFirst(ctx: Ctx): Promise<Response> {
  const presence = await whoIs(ctx.desk, ctx.c.req.header('cookie'));
  return ctx.seeOther(withNext(presence.kind === 'unplaced' ? PATHS.agency : PATHS.signIn, wanted(ctx)));
}

/** What was sent comes back sealed in the page that asks for the sign-in (or for the agency), with 401: nothing was done yet. */
async function askAfterSending(ctx: Ctx): Promise<Response> {
  const presence = await whoIs(ctx.desk, ctx.c.req.header('cookie'));
  const kept = await keepDraft(ctx);
  const carried = { next: '', draft: kept?.sealed ?? '' };
  if (presence.kind === 'unplaced') {
    return ctx.page(AgencyPage({ frame: { ...frame(ctx), lang: presence.session.lang }, carried, places: presence.places }), 401);
  }
  const ended = kept ? { kept: kept.sealed !== null, hadFiles: kept.hadFiles } : undefined;
  return ctx.page(SignInPage({ frame: frame(ctx), carried, ended }), 401);
}
