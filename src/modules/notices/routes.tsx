import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db.ts';
import { download } from '#platform/download.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { isUuid } from '#platform/uuid.ts';
import type { FieldErrors } from '#web/form.tsx';
import { parseDate } from '#web/format.ts';
import { recordEffect, setDelay } from './commands/effect.ts';
import { dispatchNotice, sendAgain } from './commands/sending.ts';
import { mayDelay, maySend } from './policy.ts';
import { partyRoutes } from './portal-routes.tsx';
import { decisionNotices, isSilent, noticeDetail, noticeList } from './queries.ts';
import { NOTICE_LISTS } from './types.ts';
import { ListPage } from './views/list.tsx';
import { NoticePage, type NoticeProps } from './views/notice.tsx';
import { OfDecisionPage, type OfDecisionProps } from './views/of-decision.tsx';
import { LIST_PATH, noticePath, ofDecisionPath } from './views/parts.tsx';

const OFFICER: Access = { kind: 'officer' };
const SENDERS: Access = { kind: 'officer', roles: ['clerk', 'case_officer'] };
const DELAYERS: Access = { kind: 'officer', roles: ['case_officer', 'reviewer', 'leader'] };
const MOST_PAGES = 1000;

/** GET /can-bo/thong-bao; with `?quyet-dinh=` the page of that decision. */
async function list(ctx: Ctx): Promise<Response> {
  const decision = ctx.query('quyet-dinh');
  if (isUuid(decision)) return ctx.seeOther(ofDecisionPath(decision));
  const wanted = NOTICE_LISTS.find((name) => name === ctx.query('muc')) ?? 'can-gui';
  const asked = Number(ctx.query('trang'));
  const page = Number.isInteger(asked) && asked >= 1 && asked <= MOST_PAGES ? asked : 1;
  const found = await asOfficer(ctx, (tx) => noticeList(tx, wanted, page));
  const { title } = ctx.t.notices.list;
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'thong-bao', children: <ListPage lang={ctx.lang} today={localDate(ctx.now)} isSilent={(row) => isSilent(row, ctx.now)} list={wanted} page={page} {...found} />,
  }));
}

/** GET /can-bo/thong-bao/:id, and what a step that failed shows. */
async function show(ctx: Ctx, typed: NoticeProps['typed'] = null, status: ContentfulStatusCode = 200): Promise<Response> {
  const notice = await asOfficer(ctx, (tx) => noticeDetail(tx, uuidParam(ctx)));
  if (!notice) throw new NotFound('notice');
  const t = ctx.t.notices;
  const title = t.one.title(t.kinds[notice.kind], notice.recipient);
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'thong-bao', crumbs: [{ href: LIST_PATH, label: t.list.title }, { href: ofDecisionPath(notice.decisionId), label: t.list.ofDecision }, { label: t.kinds[notice.kind] }],
    children: <NoticePage lang={ctx.lang} today={localDate(ctx.now)} notice={notice} silent={isSilent(notice, ctx.now)} maySend={maySend(ctx.officer)} canMail={ctx.desk.mail.available} done={ctx.query('xong')} typed={typed} />,
  }), status);
}

const NAME = /^[\w.-]{1,140}$/;

/** GET …/:id/tep/:n: one file as it was written; a browser may keep it and nothing else. */
async function writtenFile(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const notice = await asOfficer(ctx, (tx) => noticeDetail(tx, id));
  const file = notice?.files.find(({ place }) => String(place) === ctx.param('n'));
  if (!file || !NAME.test(file.name)) throw new NotFound('file');
  return download(ctx, await ctx.desk.files.get(file.ref), file.name, file.mediaType);
}

/** A step on a notice: done and back to its page, or the page with what is wrong. */
async function step(ctx: Ctx, form: 'gui' | 'ket-qua' | '', done: string, work: (tx: Tx, id: string) => Promise<void>): Promise<Response> {
  const id = uuidParam(ctx);
  const { fields: values } = await ctx.form();
  const { errors } = ctx.t.notices.one;
  try {
    await asOfficer(ctx, (tx) => work(tx, id));
    return ctx.seeOther(`${noticePath(id)}?xong=${done}`);
  } catch (error) {
    if (error instanceof Conflict) return show(ctx, { form, values, errors: { '': errors.conflict } }, 409);
    if (!(error instanceof Invalid)) throw error;
    const words: Readonly<Record<string, string>> = { number: errors.number, on: errors.date, effect: errors.effect, note: errors.note, effectNumber: errors.effectNumber };
    return show(ctx, { form, values, errors: wordsOf(error, words) }, 422);
  }
}

function wordsOf(error: Invalid, words: Readonly<Record<string, string>>): FieldErrors {
  return Object.fromEntries(Object.keys((error.details?.['fields'] ?? {}) as object).map((field) => [field, words[field]]));
}

/** A day as typed, `22/11/2026`, as YYYY-MM-DD; empty when it is none. */
function dayOf(text: string): string {
  return parseDate(text.trim()) ?? '';
}

async function dispatch(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  return step(ctx, 'gui', 'gui', (tx, id) => dispatchNotice(tx, ctx.officer, id, { number: body.get('number'), on: dayOf(body.get('on')) }));
}

async function effect(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  return step(ctx, 'ket-qua', 'ket-qua', (tx, id) => recordEffect(tx, ctx.officer, id, { effect: body.get('effect'), note: body.get('note'), number: body.get('effectNumber'), on: dayOf(body.get('on')) }));
}

/** States in which telling the person affected can still be delayed. */
const BEFORE: readonly string[] = ['draft', 'returned', 'second_review'];

/** GET /can-bo/quyet-dinh/:id/thong-bao */
async function ofDecision(ctx: Ctx, typed: OfDecisionProps['typed'] = null, status: ContentfulStatusCode = 200): Promise<Response> {
  const decisionId = uuidParam(ctx);
  const { state, ...found } = await asOfficer(ctx, (tx) => decisionNotices(tx, decisionId));
  const t = ctx.t.notices;
  return ctx.page(await consoleFrame(ctx, {
    title: t.ofDecision.title, current: 'quyet-dinh', crumbs: [{ href: `/can-bo/quyet-dinh/${decisionId}`, label: t.one.back }, { label: t.ofDecision.title }],
    children: <OfDecisionPage lang={ctx.lang} today={localDate(ctx.now)} isSilent={(row) => isSilent(row, ctx.now)} decisionId={decisionId} {...found} maySet={mayDelay(ctx.officer) && BEFORE.includes(state)} done={ctx.query('xong')} typed={typed} />,
  }), status);
}

/** POST /can-bo/quyet-dinh/:id/thong-bao: delays telling the person affected, or drops the delay. */
async function delay(ctx: Ctx): Promise<Response> {
  const decisionId = uuidParam(ctx);
  const body = await ctx.form();
  const drops = body.get('go') === 'bo-hoan';
  const days = /^\d{1,2}$/.test(body.get('days').trim()) ? Number(body.get('days')) : 0;
  const { errors } = ctx.t.notices.ofDecision;
  try {
    await asOfficer(ctx, (tx) => setDelay(tx, ctx.officer, decisionId, drops ? null : { reason: body.get('reason'), days, requestNumber: body.get('request') }));
    return ctx.seeOther(`${ofDecisionPath(decisionId)}?xong=${drops ? 'bo-hoan' : 'hoan'}`);
  } catch (error) {
    if (error instanceof Conflict) return ofDecision(ctx, { values: body.fields, errors: { '': ctx.t.notices.one.errors.conflict } }, 409);
    if (!(error instanceof Invalid)) throw error;
    return ofDecision(ctx, { values: body.fields, errors: wordsOf(error, errors) }, 422);
  }
}

/** What officers do with notices, and the page of a party. */
export const noticeRoutes: readonly Route[] = [
  { method: 'GET', path: LIST_PATH, access: OFFICER, handler: list },
  { method: 'GET', path: `${LIST_PATH}/:id`, access: OFFICER, handler: (ctx) => show(ctx) },
  { method: 'GET', path: `${LIST_PATH}/:id/tep/:n`, access: OFFICER, handler: writtenFile },
  { method: 'POST', path: `${LIST_PATH}/:id/gui-tay`, access: SENDERS, handler: dispatch },
  { method: 'POST', path: `${LIST_PATH}/:id/gui-lai`, access: SENDERS, handler: (ctx) => step(ctx, '', 'lai', (tx, id) => sendAgain(ctx.desk, tx, ctx.officer, id)) },
  { method: 'POST', path: `${LIST_PATH}/:id/ket-qua`, access: SENDERS, handler: effect },
  { method: 'GET', path: '/can-bo/quyet-dinh/:id/thong-bao', access: OFFICER, handler: (ctx) => ofDecision(ctx) },
  { method: 'POST', path: '/can-bo/quyet-dinh/:id/thong-bao', access: DELAYERS, handler: delay },
  ...partyRoutes,
];
