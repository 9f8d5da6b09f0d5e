import { AUTH } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';
import type { Ctx } from '#platform/http.ts';
import { countAttempt, forgiveAttempt, noteFailure, noteStepUp, spendCode } from './commands.ts';
import { sessionHash } from './cookies.ts';
import { scopesOf } from './guesses.ts';
import { SESSION } from './limits.ts';
import { verifyPassword } from './passwords.ts';
import { accountById, steppedUpAt, type Account } from './queries.ts';

/** What the person is asked for before something that reaches outside the desk; null when it was shown a short while ago. */
export type Proof = 'code' | 'password' | null;

function currentSession(ctx: Ctx): Buffer {
  const hash = sessionHash(ctx.desk, ctx.c.req.header('cookie'));
  if (!hash) throw new NotFound('session');
  return hash;
}

/** What is asked for: nothing for ten minutes after a second factor, else a code of the app (a sample account has none: its password). */
export async function proofNeeded(ctx: Ctx): Promise<Proof> {
  const { account, at } = await inTransaction(ctx.desk, AUTH, async (tx) => (
    { account: await accountById(tx, ctx.officer.officerId), at: await steppedUpAt(tx, currentSession(ctx)) }));
  if (at && ctx.now.getTime() - at.getTime() < SESSION.stepUp) return null;
  return account?.totpSealed ? 'code' : 'password';
}

/**
 * Has the person at this browser proven to be the officer, a short while ago or by what was typed now? Guesses are counted for this
 * session alone. @throws TooMany with the seconds to wait
 */
export async function confirmSelf(ctx: Ctx, typed: string): Promise<boolean> {
  const proof = await proofNeeded(ctx);
  if (proof === null) return true;
  if (typed.trim() === '') return false;
  const account = await inTransaction(ctx.desk, AUTH, (tx) => accountById(tx, ctx.officer.officerId));
  if (!account) throw new NotFound('officer');
  const session = currentSession(ctx);
  const scopes = scopesOf(ctx.desk.keys, { email: account.email, address: '', device: session.toString('hex') }, ctx.now);
  await inTransaction(ctx.desk, AUTH, (tx) => countAttempt(tx, scopes));
  const right = await isRight(ctx, account, proof, typed);
  await inTransaction(ctx.desk, AUTH, async (tx) => {
    if (!right) return noteFailure(tx, AUTH, account.officerId, proof);
    await forgiveAttempt(tx, scopes);
    await noteStepUp(tx, session);
  });
  return right;
}

async function isRight(ctx: Ctx, account: Account, proof: 'code' | 'password', typed: string): Promise<boolean> {
  if (proof === 'password') return verifyPassword(account.passwordHash, typed);
  const { officerId, changedAt } = account;
  return await inTransaction(ctx.desk, AUTH, (tx) => spendCode(tx, ctx.desk.keys, officerId, changedAt.getTime(), typed)) === true;
}
