import { localDate } from '#core/deadlines.ts';
import type { AppealState } from '#core/transitions.ts';
import { normalise } from '#core/vietnamese.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import type { Effects } from '#modules/decisions/index.ts';
import type { FormBody } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { APPEAL_OUTCOMES } from '#platform/schema.ts';
import { isUuid } from '#platform/uuid.ts';
import { acceptAppeal, askAppellant, decideAppeal, LENGTHS, refuseAppeal, routeAppeal, stayForAppeal, takeOverAppeal } from './commands.ts';
import { appellantRoutes } from './portal-routes.tsx';
import { appealList, appealPage } from './queries.ts';
import { LISTS, type AppealPage, type ListName, type Step } from './types.ts';
import { AppealListView } from './views/list.tsx';
import { AppealView, type Typed } from './views/page.tsx';
import { appealPath, OFFICE_PATH } from './views/parts.tsx';

const READS: Access = { kind: 'officer', roles: ['reviewer', 'leader', 'case_officer', 'auditor'] };
const REVIEWS: Access = { kind: 'officer', roles: ['reviewer', 'leader'] };

/**
 * The portal's pages of appeals and the console's.
 * @param effects what each measure does, to be stayed, resumed and ended by an appeal
 */
export function appealRoutes(effects: Effects): readonly Route[] {
  const step = (path: Step, work: Work): Route => ({ method: 'POST', path: `${OFFICE_PATH}/:id/${path}`, access: REVIEWS, handler: (ctx) => take(ctx, path, work) });
  return [
    ...appellantRoutes,
    { method: 'GET', path: OFFICE_PATH, access: READS, handler: list },
    { method: 'GET', path: `${OFFICE_PATH}/:id`, access: READS, handler: show },
    step('thu-ly', (ctx, tx, id, form) => acceptAppeal(ctx.desk, tx, ctx.officer, id, form.get('complex') !== '', form.get('remote') !== '')),
    step('khong-thu-ly', (ctx, tx, id, form) => refuseAppeal(ctx.desk, tx, ctx.officer, id, reasonOf(form))),
    step('chuyen', (ctx, tx, id) => routeAppeal(ctx.desk, tx, ctx.officer, id)),
    step('tam-dung', (ctx, tx, id, form) => stayForAppeal(ctx.desk, tx, ctx.officer, id, reasonOf(form), effects)),
    step('hoi', (ctx, tx, id, form) => askAppellant(ctx.desk, tx, ctx.officer, id, form.get('body'))),
    step('ket-luan', (ctx, tx, id, form) => {
      const outcome = APPEAL_OUTCOMES.find((code) => code === form.get('outcome'));
      if (!outcome) throw new Invalid('no outcome', { fields: { outcome: 'missing' } });
      return decideAppeal(ctx.desk, tx, ctx.officer, id, outcome, form.get('reasons'), effects);
    }),
    step('nhan-thay', (ctx, tx, id, form) => takeOverAppeal(tx, ctx.officer, id, reasonOf(form))),
  ];
}

type Work = (ctx: Ctx, tx: Tx, id: string, form: FormBody) => Promise<void>;

function reasonOf(form: FormBody): string {
  const reason = normalise(form.get('reason'));
  if (reason.length < LENGTHS.reasonLeast || reason.length > LENGTHS.reason) throw new Invalid('reason length', { fields: { reason: 'length' } });
  return reason;
}

async function list(ctx: Ctx): Promise<Response> {
  const wanted: ListName = LISTS.find((name) => name === ctx.query('muc')) ?? LISTS[0];
  const page = Math.min(Math.max(Math.trunc(Number(ctx.query('trang'))) || 1, 1), 10_000);
  const decisionId = isUuid(ctx.query('quyet-dinh')) ? ctx.query('quyet-dinh') : null;
  const found = await inTransaction(ctx.desk, ctx.officer, (tx) => appealList(tx, ctx.officer, wanted, page, decisionId));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.appeals.office.title, current: 'xem-xet-lai',
    children: <AppealListView lang={ctx.lang} now={ctx.now} list={wanted} page={page} decisionId={decisionId} {...found} />,
  }));
}

async function load(ctx: Ctx): Promise<AppealPage> {
  const id = uuidParam(ctx);
  const page = await inTransaction(ctx.desk, ctx.officer, (tx) => appealPage(tx, ctx.officer, id));
  if (!page) throw new NotFound('appeal');
  return page;
}

async function show(ctx: Ctx): Promise<Response> {
  return reading(ctx, await load(ctx));
}

async function reading(ctx: Ctx, page: AppealPage, more: { typed?: Typed; error?: unknown } = {}): Promise<Response> {
  const { office } = ctx.t.appeals;
  const done = more.error ? null : ctx.query('xong');
  return ctx.page(await consoleFrame(ctx, {
    title: page.code, current: 'xem-xet-lai', crumbs: [{ label: office.crumbs, href: OFFICE_PATH }, { label: page.code }],
    clear: done ? `${done}-${page.id}` : undefined,
    children: (
      <AppealView
        lang={ctx.lang} t={ctx.t} stylesheet={ctx.assets('decisions.css')} now={ctx.now} today={localDate(ctx.now)} calendar={await deskCalendar(ctx.desk)} page={page} actor={ctx.officer} typed={more.typed ?? null}
        done={done && Object.hasOwn(office.done, done) ? done as Step : null} refused={more.error && !hasFields(more.error) ? refusal(ctx, more.error) : null}
      />
    ),
  }), more.error ? statusOf(more.error) : 200);
}

/** Takes one step in one transaction; what breaks a rule comes back to the page with everything that was typed. */
async function take(ctx: Ctx, step: Step, work: Work): Promise<Response> {
  const form = await ctx.form();
  const { id } = await load(ctx);
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => work(ctx, tx, id, form));
    return ctx.seeOther(`${appealPath(id)}?xong=${step}`);
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Forbidden || error instanceof Invalid) && !isGuard(error)) throw error;
    return reading(ctx, await load(ctx), { typed: { step, values: form.fields, errors: fieldErrors(ctx, error) }, error });
  }
}

function statusOf(error: unknown): 403 | 409 | 422 {
  return error instanceof Forbidden ? 403 : error instanceof Conflict ? 409 : 422;
}

/** A safeguard of the database refused (PostgreSQL 23514, check_violation). */
function isGuard(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23514';
}

function hasFields(error: unknown): boolean {
  return error instanceof Invalid && error.details?.fields !== undefined;
}

function fieldErrors(ctx: Ctx, error: unknown): Readonly<Record<string, string>> {
  if (!hasFields(error)) return {};
  const words: Readonly<Record<string, string>> = ctx.t.appeals.office.errors;
  return Object.fromEntries(Object.keys((error as Invalid).details!.fields as object).map((field) => [field, words[field] ?? field]));
}

/** Why a step was refused, in words. */
function refusal(ctx: Ctx, error: unknown): string {
  const { refused } = ctx.t.appeals.office;
  const { reason, state } = (error instanceof LachanError ? error.details ?? {} : {}) as { reason?: string; state?: string };
  if (reason === 'took_part' || reason === 'not_reviewer' || reason === 'nothing_in_force') return refused[reason];
  const { states } = ctx.t.appeals;
  return state && Object.hasOwn(states, state) ? refused.state(states[state as AppealState]) : refused.guard;
}
