import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { inTransaction } from '#platform/db.ts';
import { Conflict, Invalid, NotFound, TooMany } from '#platform/errors.ts';
import { uuidParam, type Ctx, type SignedIn } from '#platform/http.ts';
import { frame, type Frame } from '#web/portal-frame.ts';
import { PATHS } from '../addresses.ts';
import { createToken, revokeToken, rotateToken } from '../commands.ts';
import { emptyToken, readToken, type TokenForm } from '../forms.ts';
import { tokensOf } from '../queries.ts';
import { confirmSelf, proofNeeded } from '../step-up.ts';
import { ConnectionsPage, TokenPage, type ConnectionsPageProps } from '../views/connections-page.tsx';
import { waiting } from './sign-in.tsx';

function base(ctx: Ctx): { frame: Frame; signedIn: SignedIn } {
  if (!ctx.signedIn) throw new NotFound('session');
  return { frame: frame(ctx), signedIn: ctx.signedIn };
}

/** GET /can-bo/ket-noi */
export function connectionsPage(ctx: Ctx): Promise<Response> {
  return show(ctx, emptyToken(), { done: ctx.query('da') === 'thu-hoi' ? 'revoked' : undefined });
}

type Outcome = Pick<ConnectionsPageProps, 'done' | 'fault'>;

async function show(ctx: Ctx, form: TokenForm, outcome: Outcome, status: ContentfulStatusCode = 200, headers: Record<string, string> = {}): Promise<Response> {
  const proof = await proofNeeded(ctx);
  const tokens = await inTransaction(ctx.desk, ctx.officer, (tx) => tokensOf(tx, ctx.officer.agencyId));
  return ctx.page(ConnectionsPage({ ...base(ctx), tokens, form, proof, ...outcome }), status, headers);
}

/** Does the act once the person has proven to be the administrator; else the page again, with what had been typed. */
async function confirmed(ctx: Ctx, form: TokenForm, act: () => Promise<Response>): Promise<Response> {
  try {
    if (!(await confirmSelf(ctx, (await ctx.form()).get('xac-nhan')))) return await show(ctx, form, { fault: 'proof' }, 422);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    const { wait, headers } = waiting(error);
    return show(ctx, form, { fault: { wait } }, 429, headers);
  }
  return act();
}

/** POST /can-bo/ket-noi: a new token, shown on the answer and nowhere else. */
export async function postToken(ctx: Ctx): Promise<Response> {
  const form = readToken(await ctx.form());
  const { value } = form;
  if (!value) return show(ctx, form, {}, 422);
  return confirmed(ctx, form, async () => {
    try {
      const given = await inTransaction(ctx.desk, ctx.officer, (tx) => createToken(tx, ctx.officer, value));
      return ctx.page(TokenPage({ ...base(ctx), given }));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return show(ctx, { ...form, errors: { ten: 'many' } }, {}, 422);
    }
  });
}

/** POST …/:id/doi: a new token in place of this one, shown on the answer and nowhere else. */
export async function postRotate(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  return confirmed(ctx, emptyToken(), async () => {
    try {
      const given = await inTransaction(ctx.desk, ctx.officer, (tx) => rotateToken(tx, ctx.officer, id));
      return ctx.page(TokenPage({ ...base(ctx), given }));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return show(ctx, emptyToken(), { fault: 'ending' }, 409);
    }
  });
}

/** POST …/:id/thu-hoi: ends the token at once. */
export async function postRevoke(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  return confirmed(ctx, emptyToken(), async () => {
    await inTransaction(ctx.desk, ctx.officer, (tx) => revokeToken(tx, ctx.officer, id));
    return ctx.seeOther(`${PATHS.connections}?da=thu-hoi`);
  });
}
