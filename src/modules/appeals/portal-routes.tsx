import { z } from 'zod';
import { parseCode } from '#core/codes.ts';
import { normalise } from '#core/vietnamese.ts';
import { newForm, openForm, publicAddress, receiptCodes, TRAP_FIELD, trapOf, type OpenForm } from '#modules/intake/index.ts';
import type { FormBody } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { links, localPath } from '#web/links.ts';
import { frame } from '#web/portal-frame.ts';
import { addAppealMessage, fileAppeal, LENGTHS, openAppeal, takeBackAppeal } from './commands.ts';
import { appellantView, subjectByCodes, warningSubject } from './queries.ts';
import type { NoSubject, Subject } from './types.ts';
import { AppealFormPage, AskPage, DenouncePage, type AppealFields } from './views/ask.tsx';
import { AppealCodesPage, AppealFollowPage } from './views/follow.tsx';
import { DENOUNCE_PATH, FOLLOW_PATH, RECEIPT_PATH } from './views/parts.tsx';
import { AppealReceiptExpiredPage, AppealReceiptPage } from './views/receipt.tsx';

const HOUR = 3_600_000;
/** What a form is about outlives its token, so that words written over a night find their subject again. */
const ABOUT_HOURS = 24 * 7;
const SLUG = /^[a-z0-9-]{1,100}$/;
const EMAIL = z.email().max(254);

// ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What an appeal is about, as the form seals it: looked up again when it is sent. */
type About = { readonly warning: string } | { readonly code: string; readonly secret: string };

/** A sealed value with what it is, so that one token never passes for another. */
interface Sealed<T> {
  readonly kind: string;
  readonly value: T;
}

function seal<T>(ctx: Ctx, kind: string, value: T, hours: number): string {
  return ctx.desk.keys.token('appeal', { kind, value } satisfies Sealed<T>, new Date(ctx.now.getTime() + hours * HOUR));
}

/** The value of a token of this kind; null for every other. */
function unseal<T>(ctx: Ctx, kind: string, token: string): T | null {
  const read = ctx.desk.keys.readToken<Sealed<T>>('appeal', token, ctx.now);
  return read.ok && read.value.kind === kind ? read.value.value : null;
}

function subjectOf(ctx: Ctx, about: About): Promise<Subject | NoSubject> {
  return 'warning' in about ? warningSubject(ctx.desk, about.warning).then((found) => found ?? 'no_warning') : subjectByCodes(ctx.desk, about.code, about.secret);
}

function showAsk(ctx: Ctx, more: { code?: string; secret?: string; problem?: NoSubject; words?: string } = {}): Response {
  const { code = '', secret = '', problem = null, words = '' } = more;
  return ctx.page(<AskPage frame={frame(ctx)} {...{ code, secret, problem, words }} />, problem ? 422 : 200);
}

const EMPTY: AppealFields = { words: '', stay: false, stayWhy: '', email: '' };

function showForm(ctx: Ctx, about: About, subject: Subject, more: { form?: OpenForm; fields?: AppealFields; errors?: FieldErrors; notice?: string; status?: 200 | 409 | 422 } = {}): Response {
  const { fields = EMPTY, errors = {}, notice = null } = more;
  const form = more.form ?? newForm(ctx.desk.keys, ctx.now);
  return ctx.page(
    <AppealFormPage frame={frame(ctx)} about={seal(ctx, 'about', about, ABOUT_HOURS)} token={form.token} {...{ subject, fields, errors, notice }} />,
    more.status ?? (Object.values(errors).some(Boolean) ? 422 : 200),
  );
}

/** The page about reviews; from the page of a warning, the form about that warning. */
async function ask(ctx: Ctx): Promise<Response> {
  const slug = ctx.query('canh-bao');
  if (!slug) return showAsk(ctx);
  const about = { warning: slug };
  const subject = SLUG.test(slug) ? await warningSubject(ctx.desk, slug) : null;
  return subject ? showForm(ctx, about, subject) : showAsk(ctx, { problem: 'no_warning' });
}

/** Codes typed or handed on by a page that knows them, or the form itself. */
async function asked(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  if (body.get('about')) return send(ctx, body);
  const typed = body.get('t') ? receiptCodes(ctx.desk.keys, body.get('t'), ctx.now) : { code: body.get('code').slice(0, 60), secret: body.get('secret').slice(0, 80) };
  // The hour of the page before is over: the codes are typed once more.
  if (!typed) return showAsk(ctx, { problem: 'closed' });
  const subject = await subjectByCodes(ctx.desk, typed.code, typed.secret);
  if (typeof subject === 'string') return showAsk(ctx, { ...(body.get('t') ? { code: typed.code } : typed), problem: subject, words: body.get('words') });
  return showForm(ctx, typed, subject, { fields: { ...EMPTY, words: body.get('words') } });
}

function fieldsOf(body: FormBody): AppealFields {
  return { words: body.get('words'), stay: body.get('stay') !== '', stayWhy: body.get('stay_why'), email: body.get('email').trim() };
}

function wrongIn(ctx: Ctx, fields: AppealFields, words: string): FieldErrors {
  const t = ctx.t.appeals.form;
  const number = (value: number) => formatNumber(value, ctx.lang);
  return {
    ...(normalise(fields.words).length < LENGTHS.wordsLeast && { words: t.short(number(LENGTHS.wordsLeast)) }),
    ...(words.length > LENGTHS.words && { words: t.long(number(LENGTHS.words)) }),
    ...(fields.stay && normalise(fields.stayWhy).length < LENGTHS.reasonLeast && { stay_why: t.stayWhyMissing }),
    ...(fields.email && !EMAIL.safeParse(fields.email).success && { email: t.emailWrong }),
  };
}

/** Files the appeal and leads to its receipt, or comes back with everything that was typed. */
async function send(ctx: Ctx, body: FormBody): Promise<Response> {
  const t = ctx.t.appeals;
  const fields = fieldsOf(body);
  const about = unseal<About>(ctx, 'about', body.get('about'));
  if (!about) return showAsk(ctx, { problem: 'closed', words: fields.words });
  const subject = await subjectOf(ctx, about);
  if (typeof subject === 'string') return showAsk(ctx, { problem: subject, words: fields.words });
  const { form, state } = openForm(ctx.desk.keys, body.get('token'), ctx.now);
  const asksStay = fields.stay && subject.inForce;
  const words = normalise(asksStay && fields.stayWhy ? t.form.stayJoined(normalise(fields.words), normalise(fields.stayWhy)) : fields.words);
  const errors = wrongIn(ctx, fields, words);
  if (Object.keys(errors).length > 0) return showForm(ctx, about, subject, { form, fields, errors });
  if (state !== 'open') return showForm(ctx, about, subject, { form, fields, notice: t.ask.expired, status: 422 });
  const trap = trapOf(body.get(TRAP_FIELD), form, ctx.now, 'form');
  if (trap) return showForm(ctx, about, subject, { form, fields, notice: t.form.trap[trap], status: 422 });
  try {
    const receipt = await fileAppeal(ctx.desk, { by: subject.by, words, asksStay, language: ctx.lang, email: fields.email || null, formKey: form.key });
    return ctx.seeOther(localPath(ctx.lang, `${RECEIPT_PATH}?t=${sealReceipt(ctx, { ...receipt, filedAt: receipt.filedAt.toISOString() })}`));
  } catch (error) {
    // What it is about changed while it was sent (PostgreSQL 23514): the page as it is now, with what was typed.
    if ((error as { code?: unknown }).code === '23514') return showForm(ctx, about, subject, { form, fields, notice: t.form.notSent, status: 409 });
    if (error instanceof Conflict) return showForm(ctx, about, subject, { form: newForm(ctx.desk.keys, ctx.now, form.startedAt), fields, notice: t.form.conflict, status: 409 });
    throw error;
  }
}

// ── The receipt ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a receipt's address seals, for an hour; also opens the follow-up page. */
interface ReceiptToken {
  readonly code: string;
  readonly secret: string;
  readonly acceptBy?: string;
  /** ISO 8601 */
  readonly filedAt?: string;
  /** Milliseconds; when the hour began. */
  readonly sealedAt?: number;
}

function sealReceipt(ctx: Ctx, value: ReceiptToken): string {
  return seal(ctx, 'receipt', { ...value, sealedAt: ctx.now.getTime() }, 1);
}

function showReceipt(ctx: Ctx): Response {
  const token = ctx.query('t');
  const value = unseal<ReceiptToken>(ctx, 'receipt', token);
  if (!value?.filedAt || !value.acceptBy) return ctx.page(<AppealReceiptExpiredPage frame={frame(ctx)} />, 410);
  const { code, secret, acceptBy } = value;
  const filedAt = new Date(value.filedAt);
  return ctx.page(
    <AppealReceiptPage
      frame={frame(ctx)}
      shownUntil={new Date((value.sealedAt ?? filedAt.getTime()) + HOUR)}
      followUrl={`${publicAddress(ctx.desk)}${localPath(ctx.lang, FOLLOW_PATH)}?ma=${code}`}
      {...{ code, secret, filedAt, acceptBy, token }}
    />,
  );
}

// ── Following an appeal ──────────────────────────────────────────────────────────────────────────────────────────────

function askForCodes(ctx: Ctx): Response {
  const code = parseCode('XL', ctx.query('ma'))?.code ?? '';
  return ctx.page(<AppealCodesPage frame={frame(ctx)} code={code} secret="" wrong={false} expired={false} body="" />);
}

async function follow(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const token = body.get('t');
  const opened = token ? unseal<ReceiptToken>(ctx, 'receipt', token) : { code: body.get('code').slice(0, 60), secret: body.get('secret').slice(0, 80) };
  if (!opened) return ctx.page(<AppealCodesPage frame={frame(ctx)} code="" secret="" wrong={false} expired body={body.get('body')} />, 422);
  const appealId = await openAppeal(ctx.desk, opened.code, opened.secret);
  // One answer for a wrong code and a wrong secret.
  if (!appealId) return ctx.page(<AppealCodesPage frame={frame(ctx)} code={body.get('code')} secret={body.get('secret')} wrong expired={false} body={body.get('body')} />, 422);
  if (token && body.get('go') === 'reply') return reply(ctx, opened, appealId, body.get('body'));
  if (token && body.get('go') === 'take-back') return takeBack(ctx, opened, appealId);
  return showFollow(ctx, opened, appealId, { body: token ? '' : body.get('body') });
}

async function showFollow(
  ctx: Ctx, opened: ReceiptToken, appealId: string, more: { body?: string; errors?: FieldErrors; done?: 'sent' | 'takenBack' } = {},
): Promise<Response> {
  const { body = '', errors = {}, done = null } = more;
  const view = await appellantView(ctx.desk, appealId);
  return ctx.page(
    <AppealFollowPage frame={frame(ctx)} token={sealReceipt(ctx, opened)} openUntil={new Date(ctx.now.getTime() + HOUR)} now={ctx.now} calendar={await deskCalendar(ctx.desk)} {...{ view, body, errors, done }} />,
    Object.values(errors).some(Boolean) ? 422 : 200,
  );
}

/** Takes a message; the same words sent twice in a row (a reload, a second press) count once. */
async function reply(ctx: Ctx, opened: ReceiptToken, appealId: string, typed: string): Promise<Response> {
  const t = ctx.t.appeals.follow;
  const text = normalise(typed);
  if (text === '') return showFollow(ctx, opened, appealId, { body: typed, errors: { body: t.replyMissing } });
  const last = (await appellantView(ctx.desk, appealId)).messages.filter((message) => message.sentBy === 'appellant').at(-1);
  if (last?.body === text) return showFollow(ctx, opened, appealId, { done: 'sent' });
  try {
    await addAppealMessage(ctx.desk, appealId, text);
    return await showFollow(ctx, opened, appealId, { done: 'sent' });
  } catch (error) {
    if (error instanceof Invalid) return showFollow(ctx, opened, appealId, { body: typed, errors: { body: t.replyLong } });
    if (error instanceof Conflict) return showFollow(ctx, opened, appealId, { body: typed, errors: { body: t.replyClosed } });
    throw error;
  }
}

async function takeBack(ctx: Ctx, opened: ReceiptToken, appealId: string): Promise<Response> {
  try {
    await takeBackAppeal(ctx.desk, appealId);
  } catch (error) {
    // Decided in the meantime, or taken back by an earlier press: the page says which.
    if (!(error instanceof Conflict)) throw error;
    return showFollow(ctx, opened, appealId);
  }
  return showFollow(ctx, opened, appealId, { done: 'takenBack' });
}

const open = { access: { kind: 'public' }, portal: true } as const;

/** Everything an appellant does, without an account, cookies or scripts. */
export const appellantRoutes: readonly Route[] = [
  { ...open, method: 'GET', path: links.appeal, handler: ask },
  { ...open, method: 'POST', path: links.appeal, limit: 'follow', handler: asked },
  { ...open, method: 'GET', path: DENOUNCE_PATH, handler: (ctx) => ctx.page(<DenouncePage frame={frame(ctx)} />) },
  { ...open, method: 'GET', path: RECEIPT_PATH, handler: showReceipt },
  { ...open, method: 'GET', path: FOLLOW_PATH, handler: askForCodes },
  { ...open, method: 'POST', path: FOLLOW_PATH, limit: 'follow', handler: follow },
];
