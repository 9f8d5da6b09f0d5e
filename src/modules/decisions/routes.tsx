import { categoryOf } from '#catalogue/categories.ts';
import { GATE_QUESTIONS, STOP_CODES } from '#catalogue/gate.ts';
import { MEASURE_CODES, type MeasureCode } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import { missingIn, type Missing } from '#core/decision.ts';
import { readGateAnswers } from '#core/gate.ts';
import type { DecisionState } from '#core/transitions.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { holds } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { Callout } from '#web/callout.tsx';
import { ButtonLink } from '#web/form.tsx';
import { decideSecond, dropDraft, type Effects, returnDraft, saveDraft, startDraft, submitDraft, withdrawDecision } from './commands.ts';
import { fieldOf, readDraft, readReason, storedValues, typedValues, wrongIn, type DraftValues, type Errors } from './form.ts';
import { barToSecond, mayEdit, mayStartDraft, mayWithdraw } from './policy.ts';
import { caseByNumber, decisionList, decisionPage, territoryOf } from './queries.ts';
import { LISTS, type DecisionPage, type ListName } from './types.ts';
import { DraftView, keepId, missingWords } from './views/draft.tsx';
import { ListView } from './views/list.tsx';
import { casePath, decisionPath, stateToday, type ViewProps } from './views/parts.tsx';
import { ReasonsPage } from './views/reasons.tsx';
import { ReviewView } from './views/review.tsx';

const OFFICER: Access = { kind: 'officer' };
const DRAFTER: Access = { kind: 'officer', roles: ['case_officer'] };
const SECOND: Access = { kind: 'officer', roles: ['reviewer', 'leader'] };

/**
 * The screens of decisions: draft, review, lists and the statement of reasons.
 * @param effects what each measure does when its decision takes effect, given by the rooms above
 */
export function decisionRoutes(effects: Effects): readonly Route[] {
  return [
    { method: 'POST', path: '/can-bo/vu-viec/:number/quyet-dinh', access: DRAFTER, handler: start },
    { method: 'GET', path: '/can-bo/quyet-dinh', access: OFFICER, handler: list },
    { method: 'GET', path: '/can-bo/quyet-dinh/:id', access: OFFICER, handler: show },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id', access: DRAFTER, handler: save },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/bo', access: DRAFTER, handler: drop },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/duyet', access: SECOND, handler: (ctx) => decide(ctx, effects) },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/tra-lai', access: SECOND, handler: sendBack },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/rut', access: SECOND, handler: (ctx) => withdraw(ctx, effects) },
    { method: 'GET', path: '/can-bo/quyet-dinh/:id/ly-do', access: OFFICER, handler: reasons },
  ];
}

function view(ctx: Ctx): ViewProps {
  return { lang: ctx.lang, t: ctx.t, now: ctx.now, today: localDate(ctx.now) };
}

async function load(ctx: Ctx): Promise<DecisionPage> {
  const id = uuidParam(ctx);
  const page = await inTransaction(ctx.desk, ctx.officer, (tx) => decisionPage(tx, id));
  if (!page) throw new NotFound('decision');
  return page;
}

// ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function list(ctx: Ctx): Promise<Response> {
  const reviews = holds(ctx.officer, 'reviewer', 'leader');
  const drafts = holds(ctx.officer, 'case_officer');
  const lists = LISTS.filter((name) => (name !== 'cho-duyet' || reviews) && (name !== 'du-thao' || drafts));
  const wanted: ListName = lists.find((name) => name === ctx.query('muc')) ?? lists[0]!;
  const page = Math.min(Math.max(Math.trunc(Number(ctx.query('trang'))) || 1, 1), 10_000);
  const found = await inTransaction(ctx.desk, ctx.officer, (tx) => decisionList(tx, ctx.officer, wanted, page));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.decisions.list.lists[wanted], current: wanted === 'cho-duyet' ? 'cho-duyet' : 'quyet-dinh',
    children: <ListView {...view(ctx)} {...found} list={wanted} lists={lists} page={page} />,
  }));
}

// ── Drafting ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function start(ctx: Ctx): Promise<Response> {
  const number = ctx.param('number');
  const form = await ctx.form();
  const measure = MEASURE_CODES.find((code): code is MeasureCode => code === form.get('measure'));
  try {
    const id = await inTransaction(ctx.desk, ctx.officer, async (tx) => {
      const found = await caseByNumber(tx, number);
      if (!found || !mayStartDraft(ctx.officer, found.leadAgencyId)) throw new NotFound('case');
      if (!measure) throw new Invalid('unknown measure', { fields: { measure: 'unknown' } });
      return startDraft(tx, ctx.officer, found.id, measure, await territoryOf(tx, ctx.desk.config.PROVINCE));
    });
    return ctx.seeOther(`${decisionPath(id)}?xong=bat-dau`);
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Invalid || error instanceof Forbidden)) throw error;
    const { decisions } = ctx.t;
    return ctx.page(await consoleFrame(ctx, {
      title: decisions.startRefused, current: 'vu-viec', crumbs: [{ label: number, href: casePath(number) }],
      children: (
        <>
          <h1>{decisions.startRefused}</h1>
          <Callout kind="look" role="alert" title={refusal(ctx, null, error)} />
          <ButtonLink href={casePath(number)} kind="quiet" icon="back">{decisions.backToCase}</ButtonLink>
        </>
      ),
    }), status(error));
  }
}

async function show(ctx: Ctx): Promise<Response> {
  const page = await load(ctx);
  return mayEdit(ctx.officer, page) ? drafting(ctx, page, {}) : reading(ctx, page, {});
}

async function drafting(ctx: Ctx, page: DecisionPage, more: { values?: DraftValues; errors?: Errors; errorTitle?: string; clear?: boolean }): Promise<Response> {
  const done = ctx.query('xong') || null;
  const errors = more.errors ?? {};
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.decisions.draft.title(page.case.title), current: 'quyet-dinh',
    clear: done || more.clear ? keepId(page.id) : undefined,
    children: (
      <DraftView {...view(ctx)} page={page} values={more.values ?? storedValues(page)} errors={errors} errorTitle={more.errorTitle ?? ctx.t.decisions.draft.errorTitle}
        done={Object.keys(errors).length > 0 ? null : done} />
    ),
  }), Object.keys(errors).length > 0 ? 422 : 200);
}

/** Saves; "submit" goes on to the second officer, and where something is missing comes back with all that was typed. */
async function save(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const go = form.get('go');
  const values = typedValues(form);
  const page = await load(ctx);
  if (!mayEdit(ctx.officer, page)) return reading(ctx, page, { error: page.drafterId === ctx.officer.officerId ? new Conflict('not a draft', { state: page.state }) : new Forbidden('not the drafter', { reason: 'not_drafter' }) });
  const wrong = wrongIn(values, ctx.t, ctx.lang);
  if (Object.keys(wrong).length > 0) return drafting(ctx, page, { values, errors: wrong, errorTitle: ctx.t.decisions.draft.wrongTitle });
  await inTransaction(ctx.desk, ctx.officer, (tx) => saveDraft(tx, ctx.officer, page.id, readDraft(values, page, localDate(ctx.now))));
  if (go === 'basis') return ctx.seeOther(`${decisionPath(page.id)}?xong=can-cu#yeu-to`);
  if (go !== 'submit') return ctx.seeOther(`${decisionPath(page.id)}?xong=da-luu`);
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => submitDraft(tx, ctx.officer, page.id));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=trinh`);
  } catch (error) {
    const missing = error instanceof Invalid ? error.details?.missing as readonly Missing[] | undefined : undefined;
    if (!missing) throw error;
    const saved = await load(ctx);
    return drafting(ctx, saved, { values, errors: missingErrors(ctx, saved, missing), clear: true });
  }
}

/** The drafter gives the draft up. */
async function drop(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  if (!mayEdit(ctx.officer, page)) return reading(ctx, page, { error: new Conflict('not a draft', { state: page.state }) });
  const reason = readReason(form.get('drop_reason'));
  if (!reason) return drafting(ctx, page, { errors: { drop_reason: ctx.t.decisions.fieldErrors.reason }, errorTitle: ctx.t.decisions.draft.wrongTitle });
  await inTransaction(ctx.desk, ctx.officer, (tx) => dropDraft(tx, ctx.officer, page.id, reason));
  return ctx.seeOther(`${decisionPath(page.id)}?xong=bo`);
}

/** What is missing as errors beside the fields; what has no field stands in the summary alone. */
function missingErrors(ctx: Ctx, page: DecisionPage, missing: readonly Missing[]): Errors {
  const words = ctx.t.decisions.fieldErrors;
  return Object.fromEntries(missing.map((one) => {
    const field = fieldOf(one);
    if (one.point === 'element' || one.point === 'option') return [field!, words.open(missingWords(ctx, page, one))];
    if (one.point === 'competence') return ['', ctx.t.decisions.competenceNone];
    if (field === null || one.point === 'measure' || one.point === 'territory') return ['', missingWords(ctx, page, one)];
    return [field, words[one.point]];
  }));
}

// ── Reading and deciding ─────────────────────────────────────────────────────────────────────────────────────────────

interface Typed {
  readonly answers?: Readonly<Record<string, string>>;
  readonly elements?: readonly string[];
  readonly reason?: string;
  readonly errors?: Errors;
  readonly error?: unknown;
}

async function reading(ctx: Ctx, page: DecisionPage, typed: Typed): Promise<Response> {
  const failed = typed.error !== undefined || Object.keys(typed.errors ?? {}).length > 0;
  const bar = barToSecond(ctx.officer, page);
  const done = ctx.query('xong') || null;
  return ctx.page(await consoleFrame(ctx, {
    title: page.facts.title || page.case.title, current: bar === null ? 'cho-duyet' : 'quyet-dinh',
    clear: done === 'trinh' ? keepId(page.id) : undefined,
    children: (
      <ReviewView
        {...view(ctx)} page={page} actor={ctx.officer} answers={typed.answers ?? {}} elements={typed.elements ?? []} reason={typed.reason ?? ''}
        errors={typed.errors ?? {}} refused={typed.error === undefined ? null : refusal(ctx, page, typed.error)} done={failed ? null : done}
      />
    ),
  }), typed.error === undefined ? (failed ? 422 : 200) : status(typed.error));
}

async function decide(ctx: Ctx, effects: Effects): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const answers = Object.fromEntries(STOP_CODES.map((code) => [code, form.get(`gate.${code}`)]));
  const elements = categoryOf(page.facts.category).positive.map(({ code }) => code as string).filter((code) => form.all('elements').includes(code));
  const typed = { answers, elements };
  if (barToSecond(ctx.officer, page) !== null) return reading(ctx, page, { ...typed, error: barred(ctx, page) });
  const read = readGateAnswers(answers);
  if (!read.ok) return reading(ctx, page, { ...typed, errors: Object.fromEntries(read.open.map((code) => [`gate.${code}`, openQuestion(ctx, code)])) });
  try {
    const outcome = await inTransaction(ctx.desk, ctx.officer, (tx) => decideSecond(tx, ctx.officer, page.id, read.answers, elements, effects));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=${outcome.passed ? 'duyet' : 'dung'}`);
  } catch (error) {
    if (error instanceof Invalid && (error.details?.fields as Record<string, string> | undefined)?.elements) return reading(ctx, page, { ...typed, errors: { elements: ctx.t.decisions.fieldErrors.positive } });
    return again(ctx, error, typed);
  }
}

function openQuestion(ctx: Ctx, code: string): string {
  return ctx.t.decisions.fieldErrors.gate(String(GATE_QUESTIONS.findIndex((one) => one.code === code) + 1));
}

async function sendBack(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const text = form.get('return_reason');
  if (barToSecond(ctx.officer, page) !== null) return reading(ctx, page, { reason: text, error: barred(ctx, page) });
  const reason = readReason(text);
  if (!reason) return reading(ctx, page, { reason: text, errors: { return_reason: ctx.t.decisions.fieldErrors.reason } });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => returnDraft(tx, ctx.officer, page.id, reason));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=tra-lai`);
  } catch (error) {
    return again(ctx, error, { reason: text });
  }
}

async function withdraw(ctx: Ctx, effects: Effects): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const text = form.get('withdraw_reason');
  if (!mayWithdraw(ctx.officer, page) || stateToday(page, localDate(ctx.now)) !== 'in_force') return reading(ctx, page, { reason: text, error: new Conflict('not in force', { state: page.state }) });
  const reason = readReason(text);
  if (!reason) return reading(ctx, page, { reason: text, errors: { withdraw_reason: ctx.t.decisions.fieldErrors.reason } });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => withdrawDecision(tx, ctx.officer, page.id, reason, effects));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=rut`);
  } catch (error) {
    return again(ctx, error, { reason: text });
  }
}

function barred(ctx: Ctx, page: DecisionPage): LachanError {
  const bar = barToSecond(ctx.officer, page);
  return bar === 'not_in_review' ? new Conflict('not in review', { state: page.state }) : new Forbidden('not the second person', { reason: bar });
}

/** A refused command: the page as it is now, with what was typed and why it was refused. */
async function again(ctx: Ctx, error: unknown, typed: Typed): Promise<Response> {
  if (!(error instanceof Conflict || error instanceof Forbidden || error instanceof Invalid) && !guardRule(error)) throw error;
  return reading(ctx, await load(ctx), { ...typed, error });
}

function status(error: unknown): 403 | 409 | 422 {
  return error instanceof Forbidden ? 403 : error instanceof Conflict ? 409 : 422;
}

/** The safeguard that the database's own guard names when it refuses ("S4: …"), or null. */
function guardRule(error: unknown): string | null {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== '23514') return null;
  return /^(S\d+):/.exec(error.message)?.[1] ?? null;
}

/** Why a command was refused, in words. */
function refusal(ctx: Ctx, page: DecisionPage | null, error: unknown): string {
  const { refused, states } = ctx.t.decisions;
  const rule = guardRule(error);
  if (rule) return refused.guard(rule);
  const details = error instanceof LachanError ? error.details ?? {} : {};
  const { reason, state, missing, fields } = details as { reason?: string; state?: string; missing?: readonly Missing[]; fields?: Record<string, string> };
  if (reason === 'drafter' || reason === 'gate_officer' || reason === 'not_drafter' || reason === 'not_verified' || reason === 'shared' || reason === 'personal') return refused[reason];
  if (missing && page) return refused.missing((missing.length > 0 ? missing : missingIn(page.facts, localDate(ctx.now))).map((one) => missingWords(ctx, page, one)).join('; '));
  if (fields?.measure) return refused.measure;
  if (fields?.reason) return refused.reason;
  if (state && page && state in states) return refused.state(states[state as DecisionState]);
  return error instanceof Conflict ? refused.case_state : refused.forbidden;
}

// ── Statement of reasons ─────────────────────────────────────────────────────────────────────────────────────────────

async function reasons(ctx: Ctx): Promise<Response> {
  const page = await load(ctx);
  return ctx.page(<ReasonsPage {...view(ctx)} page={page} assets={ctx.assets} />);
}
