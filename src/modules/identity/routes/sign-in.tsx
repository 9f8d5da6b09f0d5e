import { AUTH } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { TooMany } from '#platform/errors.ts';
import { sourceOf, type Ctx } from '#platform/http.ts';
import type { Lang } from '#web/i18n/index.ts';
import { frame } from '#web/portal-frame.ts';
import { browserName, consolePath, PATHS, withNext } from '../addresses.ts';
import { chooseAgency, closeSession } from '../commands.ts';
import { dropSession, giveDevice, giveSession, sessionHash } from '../cookies.ts';
import { openDraft } from '../draft.ts';
import { refuseForeignOrigin } from '#platform/http.ts';
import { whoIs } from '../presence.ts';
import type { Place } from '../queries.ts';
import { withCode, withEnrolment, withPassword, type Step, type Visit } from '../sign-in.ts';
import { totpAddress } from '../totp.ts';
import { AgencyPage, CodePage, DraftLostPage, DraftPage, EnrolPage, placeName, SignInPage, type Carried } from '../views/sign-in-pages.tsx';

/** GET /dang-nhap: the first step, or onward when signed in. */
export async function signInPage(ctx: Ctx): Promise<Response> {
  const next = consolePath(ctx.query('tiep'));
  const presence = await whoIs(ctx.desk, ctx.c.req.header('cookie'));
  if (presence.kind === 'present') return ctx.seeOther(next ?? PATHS.console);
  if (presence.kind === 'unplaced') return ctx.seeOther(withNext(PATHS.agency, next));
  return ctx.page(SignInPage({ frame: frame(ctx), carried: { next: next ?? '', draft: '' }, signedOut: ctx.query('da') === 'xuat' }));
}

/** POST /dang-nhap: each step of the sign-in, told apart by `buoc`. */
export async function postSignIn(ctx: Ctx): Promise<Response> {
  refuseForeignOrigin(ctx.c);
  const form = await ctx.form();
  const carried: Carried = { next: consolePath(form.get('tiep')) ?? '', draft: form.get('ban-nhap') };
  try {
    return answer(ctx, carried, await stepOf(ctx));
  } catch (error) {
    if (error instanceof TooMany) return askToWait(ctx, carried, error);
    throw error;
  }
}

async function stepOf(ctx: Ctx): Promise<Step> {
  const form = await ctx.form();
  const { desk } = ctx;
  const visit = visitOf(ctx);
  const note = form.get('giu-cho');
  if (form.get('buoc') === 'ma') return withCode(desk, visit, note, form.get('ma'));
  if (form.get('buoc') === 'lan-dau') {
    return withEnrolment(desk, visit, note, { code: form.get('ma'), password: form.get('mat-khau-moi'), again: form.get('nhap-lai') });
  }
  return withPassword(desk, visit, { email: form.get('thu'), password: form.get('mat-khau') });
}

/** The browser behind a request. */
function visitOf({ c, desk }: Ctx): Visit {
  return { address: sourceOf(c, desk.config.TRUST_PROXY), cookies: c.req.header('cookie') ?? null, browser: browserName(c.req.header('user-agent') ?? '') };
}

async function answer(ctx: Ctx, carried: Carried, step: Step): Promise<Response> {
  const base = { frame: frame(ctx), carried };
  switch (step.at) {
    case 'password':
      return ctx.page(SignInPage({ ...base, email: (await ctx.form()).get('thu'), fault: step.fault }), 401);
    case 'code':
      return ctx.page(CodePage({ ...base, note: step.note, fault: step.fault }), step.fault ? 401 : 200);
    case 'enrol': {
      const address = totpAddress(step.secret, ctx.t.common.product, step.email);
      return ctx.page(EnrolPage({ ...base, ...step, address }), Object.values(step.faults).some(Boolean) ? 401 : 200);
    }
    case 'in':
      giveSession(ctx, step.token);
      giveDevice(ctx, step.officerId);
      return onward(ctx, carried, step.lang, step.places, step.places.length === 1 ? step.places[0]! : null);
  }
}

/** After the sign-in: choose the agency, send on what had been written, or go where one wanted to go. */
function onward(ctx: Ctx, carried: Carried, lang: Lang, places: readonly Place[], place: Place | null): Response {
  const base = { ...frame(ctx), lang };
  const draft = openDraft(ctx.desk, carried.draft);
  if (!place) return draft ? ctx.page(AgencyPage({ frame: base, carried, places })) : ctx.seeOther(withNext(PATHS.agency, carried.next));
  if (draft) return ctx.page(DraftPage({ frame: base, agency: placeName(place, lang), ...draft }));
  if (carried.draft) return ctx.page(DraftLostPage({ frame: base, next: carried.next || PATHS.console }));
  return ctx.seeOther(carried.next || PATHS.console);
}

/** Too many wrong attempts: the same step again, saying for how long to wait. */
async function askToWait(ctx: Ctx, carried: Carried, error: TooMany): Promise<Response> {
  const form = await ctx.form();
  const { wait, headers } = waiting(error);
  const base = { frame: frame(ctx), carried, wait };
  if (form.get('buoc') === 'ma') return ctx.page(CodePage({ ...base, note: form.get('giu-cho') }), 429, headers);
  return ctx.page(SignInPage({ ...base, email: form.get('thu') }), 429, headers);
}

/** Whole minutes for the reader, seconds for machines. */
export function waiting(error: TooMany): { wait: number; headers: Record<string, string> } {
  const seconds = Number(error.details?.retryAfter ?? 60);
  return { wait: Math.ceil(seconds / 60), headers: { 'Retry-After': String(Math.ceil(seconds)) } };
}

/** POST /dang-xuat: the session ends, here and in the table. */
export async function postSignOut(ctx: Ctx): Promise<Response> {
  refuseForeignOrigin(ctx.c);
  const tokenHash = sessionHash(ctx.desk, ctx.c.req.header('cookie'));
  if (tokenHash) await inTransaction(ctx.desk, AUTH, (tx) => closeSession(tx, AUTH, tokenHash));
  dropSession(ctx);
  return ctx.seeOther(`${PATHS.signIn}?da=xuat`);
}

/** GET /can-bo/co-quan: for which agency the officer works now. */
export async function agencyPage(ctx: Ctx): Promise<Response> {
  const next = consolePath(ctx.query('tiep'));
  const presence = await whoIs(ctx.desk, ctx.c.req.header('cookie'));
  if (presence.kind === 'nobody') return ctx.seeOther(withNext(PATHS.signIn, next));
  const { session, places } = presence;
  return ctx.page(AgencyPage({ frame: { ...frame(ctx), lang: session.lang }, carried: { next: next ?? '', draft: '' }, places, current: session.agencyId ?? undefined }));
}

/** POST /can-bo/co-quan: the choice. */
export async function postAgency(ctx: Ctx): Promise<Response> {
  refuseForeignOrigin(ctx.c);
  const form = await ctx.form();
  const carried: Carried = { next: consolePath(form.get('tiep')) ?? '', draft: form.get('ban-nhap') };
  const presence = await whoIs(ctx.desk, ctx.c.req.header('cookie'));
  if (presence.kind === 'nobody') return answer(ctx, carried, { at: 'password', fault: 'expired' });
  const { session, places } = presence;
  const place = places.find((one) => one.agencyId === form.get('co-quan'));
  if (!place) return ctx.page(AgencyPage({ frame: { ...frame(ctx), lang: session.lang }, carried, places, missing: true }), 422);
  await inTransaction(ctx.desk, AUTH, (tx) => chooseAgency(tx, session.tokenHash, place.agencyId));
  return onward(ctx, carried, session.lang, places, place);
}
