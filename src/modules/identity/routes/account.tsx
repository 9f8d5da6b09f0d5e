import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AUTH } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { NotFound, TooMany } from '#platform/errors.ts';
import type { Ctx, SignedIn } from '#platform/http.ts';
import { frame } from '#web/portal-frame.ts';
import { PATHS } from '../addresses.ts';
import { changePassword, countAttempt, forgiveAttempt, noteFailure, revokeSessions, setLanguage } from '../commands.ts';
import { sessionHash } from '../cookies.ts';
import { scopesOf } from '../guesses.ts';
import { hashPassword, newPasswordFault, verifyPassword } from '../passwords.ts';
import { accountById, placesOf, sessionsOf, type Account } from '../queries.ts';
import { AccountPage, type AccountPageProps } from '../views/account-page.tsx';
import { placeName } from '../views/sign-in-pages.tsx';
import { waiting } from './sign-in.tsx';

type Outcome = Pick<AccountPageProps, 'done' | 'faults' | 'wait'>;

const DONE: Readonly<Record<string, AccountPageProps['done']>> = { 'mat-khau': 'passwordChanged', phien: 'revoked', 'ngon-ngu': 'languageSet' };

function signedInOf(ctx: Ctx): SignedIn {
  if (!ctx.signedIn) throw new NotFound('session');
  return ctx.signedIn;
}

/** The session of this very browser; it was just identified by it. */
function currentSession(ctx: Ctx): Buffer {
  const hash = sessionHash(ctx.desk, ctx.c.req.header('cookie'));
  if (!hash) throw new NotFound('session');
  return hash;
}

/** GET /can-bo/tai-khoan */
export function accountPage(ctx: Ctx): Promise<Response> {
  return show(ctx, { done: DONE[ctx.query('da')] });
}

async function show(ctx: Ctx, outcome: Outcome, status: ContentfulStatusCode = 200, headers: Record<string, string> = {}): Promise<Response> {
  const signedIn = signedInOf(ctx);
  const { officerId, agencyId } = signedIn.actor;
  const { places, sessions } = await inTransaction(ctx.desk, signedIn.actor, async (tx) => (
    { places: await placesOf(tx, officerId), sessions: await sessionsOf(tx, officerId) }));
  const place = places.find((one) => one.agencyId === agencyId);
  return ctx.page(AccountPage({
    frame: frame(ctx), signedIn, now: ctx.now, agency: place ? placeName(place, ctx.lang) : signedIn.agencyShort, canSwitch: places.length > 1,
    sessions, current: currentSession(ctx).toString('hex'), ...outcome,
  }), status, headers);
}

/** POST /can-bo/tai-khoan/mat-khau: the old password once more, since a browser may stand open; guesses are counted for this session alone. */
export async function postPassword(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const account = await inTransaction(ctx.desk, AUTH, (tx) => accountById(tx, ctx.officer.officerId));
  if (!account) throw new NotFound('officer');
  try {
    if (!(await isOldPassword(ctx, account, form.get('mat-khau')))) return await show(ctx, { faults: { old: true } }, 422);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    const { wait, headers } = waiting(error);
    return show(ctx, { wait }, 429, headers);
  }
  const password = form.get('mat-khau-moi');
  const fault = await newPasswordFault(account, { password, again: form.get('nhap-lai') });
  if (fault) return show(ctx, { faults: { password: fault } }, 422);
  const newHash = await hashPassword(password);
  await inTransaction(ctx.desk, ctx.officer, (tx) => changePassword(tx, ctx.officer, account.passwordHash, newHash, currentSession(ctx)));
  return ctx.seeOther(`${PATHS.account}?da=mat-khau`);
}

async function isOldPassword(ctx: Ctx, account: Account, typed: string): Promise<boolean> {
  const scopes = scopesOf(ctx.desk.keys, { email: account.email, address: '', device: currentSession(ctx).toString('hex') }, ctx.now);
  await inTransaction(ctx.desk, AUTH, (tx) => countAttempt(tx, scopes));
  const right = await verifyPassword(account.passwordHash, typed);
  await inTransaction(ctx.desk, AUTH, (tx) => (right ? forgiveAttempt(tx, scopes) : noteFailure(tx, AUTH, account.officerId, 'password')));
  return right;
}

/** POST /can-bo/tai-khoan/ngon-ngu */
export async function postLanguage(ctx: Ctx): Promise<Response> {
  const wanted = (await ctx.form()).get('ngon-ngu') === 'en' ? 'en' : 'vi';
  await inTransaction(ctx.desk, ctx.officer, (tx) => setLanguage(tx, ctx.officer, wanted));
  return ctx.seeOther(`${PATHS.account}?da=ngon-ngu`);
}

/** POST /can-bo/tai-khoan/phien: signs out one browser (`phien` = its id) or all others (`khac`). Only one's own. */
export async function postSessions(ctx: Ctx): Promise<Response> {
  const id = (await ctx.form()).get('phien');
  const which = id === 'khac' ? { except: currentSession(ctx) } : { only: id };
  await inTransaction(ctx.desk, ctx.officer, (tx) => revokeSessions(tx, ctx.officer, which));
  return ctx.seeOther(`${PATHS.account}?da=phien`);
}
