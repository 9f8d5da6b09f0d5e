import { REQUEST_PARTS, extendedUntil, type RequestPart } from '#core/data-requests.ts';
import { addMonths, localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { holds } from '#platform/actor.ts';
import { deskCalendar } from '#platform/calendar.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { isUuid } from '#platform/uuid.ts';
import type { FieldErrors } from '#web/form.tsx';
import { acknowledgeRequest, decideRequest, extendRequest } from './commands/requests.ts';
import { ownDataRoutes } from './portal-routes.tsx';
import { dueRows } from './queries/due.ts';
import { openers, openings, OPENINGS_PAGE, type OpeningFilter } from './queries/openings.ts';
import { REQUEST_SHELVES, requestCounts, requestDetail, requestRows, REQUESTS_PAGE, type RequestDetail } from './queries/requests.ts';
import { OPENINGS_PATH, OpeningsPage } from './views/openings.tsx';
import { RequestPage, REQUESTS_PATH, RequestsPage, type TypedRequest } from './views/requests.tsx';
import { TERMS_PATH, TermsPage } from './views/terms.tsx';

const COUNT: Access = { kind: 'officer', roles: ['auditor', 'administrator', 'leader'] };
const AUDIT: Access = { kind: 'officer', roles: ['auditor', 'leader'] };
const ANSWER: Access = { kind: 'officer', roles: ['intake', 'case_officer', 'administrator'] };
const MOST_PAGES = 1000;

function pageOf(ctx: Ctx): number {
  const page = Number(ctx.query('trang'));
  return Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1;
}

// ── Terms ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /can-bo/luu-giu: the dry run. */
async function terms(ctx: Ctx): Promise<Response> {
  const due = await dueRows(ctx.desk);
  return ctx.page(await consoleFrame(ctx, { title: ctx.t.retention.terms.title, current: 'luu-giu', children: <TermsPage lang={ctx.lang} now={ctx.now} due={due} /> }));
}

// ── Openings ────────────────────────────────────────────────────────────────────────────────────────────────────────

const MONTHS_BACK = 24;

/** GET /can-bo/niem-phong */
async function sealOpenings(ctx: Ctx): Promise<Response> {
  const filter: OpeningFilter = {
    officerId: isUuid(ctx.query('can-bo')) ? ctx.query('can-bo') : null, month: /^20\d\d-(0[1-9]|1[0-2])$/.test(ctx.query('thang')) ? `${ctx.query('thang')}-01` : null,
    peopleOnly: ctx.query('ai') !== 'ca-may', page: pageOf(ctx),
  };
  const found = await asOfficer(ctx, async (tx) => ({ ...(await openings(tx, filter)), openers: await openers(tx) }));
  const first = `${localDate(ctx.now).slice(0, 7)}-01`;
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => addMonths(first, -back));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.retention.openings.title, current: 'niem-phong', children: <OpeningsPage lang={ctx.lang} all={holds(ctx.officer, 'auditor')} size={OPENINGS_PAGE} {...{ filter, months, ...found }} />,
  }));
}

// ── Requests about one's own data ───────────────────────────────────────────────────────────────────────────────────

/** GET /can-bo/yeu-cau-du-lieu */
async function requests(ctx: Ctx): Promise<Response> {
  const shelf = REQUEST_SHELVES.find((one) => one === ctx.query('muc')) ?? 'dang-mo';
  const page = pageOf(ctx);
  const found = await asOfficer(ctx, async (tx) => ({ ...(await requestRows(tx, shelf, page)), counts: await requestCounts(tx, localDate(ctx.now)) }));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.retention.requests.title, current: 'yeu-cau-du-lieu', children: <RequestsPage lang={ctx.lang} now={ctx.now} size={REQUESTS_PAGE} {...{ shelf, page, ...found }} />,
  }));
}

/** GET /can-bo/yeu-cau-du-lieu/:id, and what a step that failed shows. */
async function request(ctx: Ctx, typed: TypedRequest | null = null, status: 200 | 409 | 422 = 200): Promise<Response> {
  const found = await asOfficer(ctx, (tx) => requestDetail(tx, uuidParam(ctx)));
  if (!found) throw new NotFound('data request');
  const t = ctx.t.retention.requests;
  return ctx.page(await consoleFrame(ctx, {
    title: t.detail(found.code), current: 'yeu-cau-du-lieu', crumbs: [{ href: REQUESTS_PATH, label: t.title }, { label: found.code }],
    children: <RequestPage lang={ctx.lang} now={ctx.now} request={found} extension={await extensionOf(ctx, found)} typed={typed} done={ctx.query('xong')} />,
  }), status);
}

async function extensionOf(ctx: Ctx, { state, kind, doBy, extendedUntil: extended }: RequestDetail): Promise<string | null> {
  return state === 'acknowledged' && extended === null && doBy >= localDate(ctx.now) ? extendedUntil(kind, doBy, await deskCalendar(ctx.desk)) : null;
}

/** Takes a step and goes back to the request; what was too little or too late is said there, with what was written. */
async function step(ctx: Ctx, form: TypedRequest['form'], work: (tx: Tx, id: string) => Promise<void>): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  const { issues } = ctx.t.retention.requests;
  const typed = (errors: FieldErrors): TypedRequest => ({ form, reason: body.get('reason'), outcome: body.get('outcome'), parts: body.all('parts'), errors });
  try {
    if (form === 'quyet-dinh' && !['done', 'refused'].includes(body.get('outcome'))) {
      if (!await asOfficer(ctx, (tx) => requestDetail(tx, id))) throw new NotFound('data request');
      return await request(ctx, typed({ outcome: issues.outcome }), 422);
    }
    await asOfficer(ctx, (tx) => work(tx, id));
    return ctx.seeOther(`${REQUESTS_PATH}/${id}?xong=${form}`);
  } catch (error) {
    if (error instanceof Conflict) return request(ctx, typed({ '': error.details?.reason === 'words_stand' ? issues.words_stand : issues.conflict }), 409);
    if (!(error instanceof Invalid)) throw error;
    const fields = (error.details?.fields ?? {}) as Record<string, string>;
    return request(ctx, typed('parts' in fields ? { parts: issues.parts } : { [form === 'gia-han' ? 'extend' : 'reason']: issues.reason }), 422);
  }
}

/** POST …/:id/quyet-dinh */
function decision(ctx: Ctx): Promise<Response> {
  return step(ctx, 'quyet-dinh', async (tx, id) => {
    const body = await ctx.form();
    const parts = body.all('parts').filter((part): part is RequestPart => REQUEST_PARTS.some((one) => one === part));
    await decideRequest(ctx.desk, tx, ctx.officer, id, { done: body.get('outcome') === 'done', parts, reason: body.get('reason') });
  });
}

/** POST …/:id/gia-han */
function extension(ctx: Ctx): Promise<Response> {
  return step(ctx, 'gia-han', async (tx, id) => extendRequest(ctx.desk, tx, ctx.officer, id, (await ctx.form()).get('reason')));
}

/** Terms, openings, requests, and the page of a person's own data. */
export const retentionRoutes: readonly Route[] = [
  ...ownDataRoutes,
  { method: 'GET', path: TERMS_PATH, access: COUNT, handler: terms },
  { method: 'GET', path: OPENINGS_PATH, access: AUDIT, handler: sealOpenings },
  { method: 'GET', path: REQUESTS_PATH, access: ANSWER, handler: requests },
  { method: 'GET', path: `${REQUESTS_PATH}/:id`, access: ANSWER, handler: (ctx) => request(ctx) },
  { method: 'POST', path: `${REQUESTS_PATH}/:id/xac-nhan`, access: ANSWER, handler: (ctx) => step(ctx, 'xac-nhan', (tx, id) => acknowledgeRequest(tx, ctx.officer, id)) },
  { method: 'POST', path: `${REQUESTS_PATH}/:id/gia-han`, access: ANSWER, handler: extension },
  { method: 'POST', path: `${REQUESTS_PATH}/:id/quyet-dinh`, access: ANSWER, handler: decision },
];
