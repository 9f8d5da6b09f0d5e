import { categoryOf } from '#catalogue/categories.ts';
import { GATE_QUESTIONS, STOP_CODES } from '#catalogue/gate.ts';
import { MEASURE_CODES, type MeasureCode } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import type { Missing } from '#core/decision.ts';
import { readGateAnswers } from '#core/gate.ts';
import type { DecisionState } from '#core/transitions.ts';
import { consoleFrame, mayRead } from '#modules/cases/index.ts';
import { holds } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { Callout } from '#web/callout.tsx';
import { ButtonLink } from '#web/form.tsx';
import { dropDraft, renewDecision, saveDraft, startDraft, submitDraft } from './commands/draft.ts';
import { withdrawDecision } from './commands/ending.ts';
import { beginInterim, decideSecond, returnDraft, reviewLegally } from './commands/review.ts';
import type { Effects } from './effects.ts';
import { fieldOf, readDraft, readReason, storedValues, typedValues, wrongIn, type DraftValues, type Errors } from './form.ts';
import { barToLegal, barToSecond, legalStanding, mayBeginInterim, mayEdit, mayRenew, mayStartDraft, mayWithdraw, type LegalBar } from './policy.ts';
import { caseByNumber, decisionList, decisionPage, territoryOf } from './queries.ts';
import { LISTS, type DecisionPage, type ListName } from './types.ts';
import { DraftView, keepId, missingWords, openPoints, saidOnce } from './views/draft.tsx';
import { ListView } from './views/list.tsx';
import { casePath, decisionPath, stateToday, type ViewProps } from './views/parts.tsx';
import { ReasonsPage } from './views/reasons.tsx';
import { ReviewView } from './views/review.tsx';

const OFFICER: Access = { kind: 'officer' };
const DRAFTER: Access = { kind: 'officer', roles: ['case_officer'] };
const LEGAL: Access = { kind: 'officer', roles: ['legal'] };
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
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/khan-cap', access: DRAFTER, handler: (ctx) => begin(ctx, effects) },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/gia-han', access: DRAFTER, handler: renew },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/phap-che', access: LEGAL, handler: opine },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/duyet', access: SECOND, handler: (ctx) => decide(ctx, effects) },
    { method: 'POST', path: '/can-bo/quyet-dinh/:id/tra-lai', access: SECOND, handler: (ctx) => sendBack(ctx, effects) },
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
  const legal = holds(ctx.officer, 'legal');
  const lists = LISTS.filter((name) => (name !== 'cho-duyet' || reviews) && (name !== 'phap-che' || legal) && (name !== 'du-thao' || drafts));
  const measure = MEASURE_CODES.find((code) => code === ctx.query('bien-phap')) ?? null;
  const wanted: ListName = lists.find((name) => name === ctx.query('muc')) ?? lists[0]!;
  const page = Math.min(Math.max(Math.trunc(Number(ctx.query('trang'))) || 1, 1), 10_000);
  const found = await inTransaction(ctx.desk, ctx.officer, (tx) => decisionList(tx, ctx.officer, { list: wanted, measure, page }));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.decisions.list.lists[wanted], current: wanted === 'cho-duyet' || wanted === 'phap-che' ? wanted : 'quyet-dinh',
    children: <ListView {...view(ctx)} {...found} list={wanted} lists={lists} measure={measure} page={page} />,
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

interface Drafting {
  readonly values?: DraftValues;
  readonly interimReason?: string;
  readonly errors?: Errors;
  readonly errorTitle?: string;
  readonly error?: unknown;
  /** What was typed is stored: the browser need not keep it. */
  readonly clear?: boolean;
}

async function drafting(ctx: Ctx, page: DecisionPage, more: Drafting): Promise<Response> {
  const done = ctx.query('xong') || null;
  const errors = more.errors ?? {};
  const failed = Object.keys(errors).length > 0 || more.error !== undefined;
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.decisions.draft.title(page.case.title), current: 'quyet-dinh',
    clear: done || more.clear ? keepId(page.id) : undefined,
    children: (
      <DraftView
        {...view(ctx)} stylesheet={ctx.assets('decisions.css')} page={page} actor={ctx.officer} values={more.values ?? storedValues(page, ctx.lang)} interimReason={more.interimReason ?? ''} errors={errors}
        errorTitle={more.errorTitle ?? ctx.t.decisions.draft.errorTitle} refused={more.error === undefined ? null : refusal(ctx, page, more.error)} done={failed ? null : done}
      />
    ),
  }), more.error === undefined ? (failed ? 422 : 200) : status(more.error));
}

/** Saves; "submit" goes on to the second officer, and where something is missing comes back with all that was typed. */
async function save(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const go = form.get('go');
  const values = typedValues(form);
  const page = await load(ctx);
  if (!mayEdit(ctx.officer, page)) return notDrafting(ctx, page);
  const refused = await store(ctx, page, values, '');
  if (refused) return refused;
  if (go === 'basis') return ctx.seeOther(`${decisionPath(page.id)}?xong=can-cu#yeu-to`);
  if (go !== 'submit') return ctx.seeOther(`${decisionPath(page.id)}?xong=da-luu`);
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => submitDraft(tx, ctx.officer, page.id));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=trinh`);
  } catch (error) {
    return backToDraft(ctx, error, values, '');
  }
}

/** Begins the interim measure (S7); what stands in the form is saved first, so that nothing typed is lost. */
async function begin(ctx: Ctx, effects: Effects): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const typed = form.get('interim_reason');
  if (!mayEdit(ctx.officer, page)) return notDrafting(ctx, page);
  const values = 'facts' in form.fields ? typedValues(form) : storedValues(page, ctx.lang);
  const refused = await store(ctx, page, values, typed);
  if (refused) return refused;
  if (!mayBeginInterim(ctx.officer, page)) return backToDraft(ctx, page.interimAt ? new Conflict('begun before', { reason: 'interim_before' }) : new Invalid('no interim measure', { reason: 'interim' }), values, typed);
  const reason = readReason(typed);
  if (!reason) return drafting(ctx, await load(ctx), { values, interimReason: typed, errors: { interim_reason: ctx.t.decisions.fieldErrors.interim_reason }, clear: true });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => beginInterim(ctx.desk, tx, ctx.officer, page.id, reason, effects));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=khan-cap`);
  } catch (error) {
    return backToDraft(ctx, error, values, typed);
  }
}

/** Stores what was typed; gives the page to show instead when it cannot be stored at all. */
async function store(ctx: Ctx, page: DecisionPage, values: DraftValues, interimReason: string): Promise<Response | null> {
  const wrong = wrongIn(values, page, ctx.t, ctx.lang);
  if (Object.keys(wrong).length > 0) return drafting(ctx, page, { values, interimReason, errors: wrong, errorTitle: ctx.t.decisions.draft.wrongTitle });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => saveDraft(tx, ctx.officer, page.id, readDraft(values, page)));
    return null;
  } catch (error) {
    if (!guardRule(error)) throw error;
    return drafting(ctx, page, { values, interimReason, error });
  }
}

/** The draft again, stored as it is, with what it lacks or why it was refused. */
async function backToDraft(ctx: Ctx, error: unknown, values: DraftValues, interimReason: string): Promise<Response> {
  const saved = await load(ctx);
  const missing = error instanceof Invalid ? error.details?.missing as readonly Missing[] | undefined : undefined;
  if (missing) return drafting(ctx, saved, { values, interimReason, errors: missingErrors(ctx, saved, missing), clear: true });
  if (!refusable(error)) throw error;
  return drafting(ctx, saved, { values, interimReason, error, clear: true });
}

function notDrafting(ctx: Ctx, page: DecisionPage): Promise<Response> {
  return reading(ctx, page, { error: page.drafterId === ctx.officer.officerId ? new Conflict('not a draft', { state: page.state }) : new Forbidden('not the drafter', { reason: 'not_drafter' }) });
}

/** Begins the draft that shall follow a decision in force or expired. */
async function renew(ctx: Ctx): Promise<Response> {
  const page = await load(ctx);
  if (!mayRenew(ctx.officer, page)) return reading(ctx, page, { error: new Conflict('was not in force', { reason: 'renew' }) });
  try {
    const id = await inTransaction(ctx.desk, ctx.officer, (tx) => renewDecision(tx, ctx.officer, page.id));
    return ctx.seeOther(`${decisionPath(id)}?xong=gia-han`);
  } catch (error) {
    return again(ctx, error, {});
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

/** What is missing as errors beside the fields; what has no field stands in the summary alone, in one line. */
function missingErrors(ctx: Ctx, page: DecisionPage, missing: readonly Missing[]): Errors {
  const words = ctx.t.decisions.fieldErrors;
  const beside: Record<string, string> = {};
  const apart: string[] = [];
  for (const one of saidOnce(missing)) {
    const field = fieldOf(one);
    if (field !== null && 'code' in one) beside[field] = words.open(missingWords(ctx, page, one));
    else if (field !== null && one.point in words) beside[field] = words[one.point as keyof typeof words & Missing['point']] as string;
    else apart.push(one.point === 'competence' ? ctx.t.decisions.competenceNone : words.open(missingWords(ctx, page, one)));
  }
  return apart.length > 0 ? { '': apart.join(' '), ...beside } : beside;
}

// ── Reading and deciding ─────────────────────────────────────────────────────────────────────────────────────────────

interface Typed {
  readonly answers?: Readonly<Record<string, string>>;
  readonly elements?: readonly string[];
  readonly reason?: string;
  readonly legal?: { readonly opinion: string; readonly note: string };
  readonly errors?: Errors;
  readonly error?: unknown;
}

async function reading(ctx: Ctx, page: DecisionPage, typed: Typed): Promise<Response> {
  const failed = typed.error !== undefined || Object.keys(typed.errors ?? {}).length > 0;
  const bar = barToSecond(ctx.officer, page);
  const done = ctx.query('xong') || null;
  return ctx.page(await consoleFrame(ctx, {
    title: page.facts.title || page.case.title, current: bar === null ? 'cho-duyet' : barToLegal(ctx.officer, page) === null ? 'phap-che' : 'quyet-dinh',
    clear: done === 'trinh' || done === 'khan-cap' ? keepId(page.id) : done === 'phap-che' ? `phap-che-${page.id.slice(-12)}` : undefined,
    children: (
      <ReviewView
        {...view(ctx)} stylesheet={ctx.assets('decisions.css')} page={page} actor={ctx.officer} readsCase={mayRead(ctx.officer)} answers={typed.answers ?? {}} elements={typed.elements ?? []} reason={typed.reason ?? ''}
        legal={typed.legal ?? { opinion: '', note: '' }} errors={typed.errors ?? {}} refused={typed.error === undefined ? null : refusal(ctx, page, typed.error)} done={failed ? null : done}
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
  const legal = legalStanding(page);
  if ((legal === 'open' || legal === 'objects') && STOP_CODES.every((code) => !read.answers[code])) return reading(ctx, page, { ...typed, error: new Conflict('legal review', { reason: 'legal' }) });
  try {
    const outcome = await inTransaction(ctx.desk, ctx.officer, (tx) => decideSecond(ctx.desk, tx, ctx.officer, page.id, read.answers, elements, effects));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=${!outcome.passed ? 'dung' : page.state === 'interim' ? 'xac-nhan' : 'duyet'}`);
  } catch (error) {
    if (error instanceof Invalid && (error.details?.fields as Record<string, string> | undefined)?.elements) return reading(ctx, page, { ...typed, errors: { elements: ctx.t.decisions.fieldErrors.positive } });
    return again(ctx, error, typed);
  }
}

function openQuestion(ctx: Ctx, code: string): string {
  return ctx.t.decisions.fieldErrors.gate(String(GATE_QUESTIONS.findIndex((one) => one.code === code) + 1));
}

/** A legal officer's word on a submitted draft. */
async function opine(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const legal = { opinion: form.get('opinion'), note: form.get('legal_note') };
  const bar = barToLegal(ctx.officer, page);
  if (bar !== null) return reading(ctx, page, { legal, error: legalBarred(page, bar) });
  const note = readReason(legal.note);
  const { fieldErrors } = ctx.t.decisions;
  const errors = { ...(legal.opinion !== 'agrees' && legal.opinion !== 'objects' && { opinion: fieldErrors.opinion }), ...(!note && { legal_note: fieldErrors.legal_note }) };
  if (!note || Object.keys(errors).length > 0) return reading(ctx, page, { legal, errors });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => reviewLegally(tx, ctx.officer, page.id, legal.opinion === 'agrees', note));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=phap-che`);
  } catch (error) {
    return again(ctx, error, { legal });
  }
}

function legalBarred(page: DecisionPage, bar: LegalBar): LachanError {
  if (bar === 'not_in_review') return new Conflict('not in review', { state: page.state });
  if (bar === 'given' || bar === 'not_asked') return new Conflict('no legal review', { reason: bar });
  return new Forbidden('no legal review', { reason: bar === 'drafter' ? 'drafter_legal' : 'legal_role' });
}

async function sendBack(ctx: Ctx, effects: Effects): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const text = form.get('return_reason');
  if (barToSecond(ctx.officer, page) !== null) return reading(ctx, page, { reason: text, error: barred(ctx, page) });
  const reason = readReason(text);
  if (!reason) return reading(ctx, page, { reason: text, errors: { return_reason: ctx.t.decisions.fieldErrors.reason } });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => returnDraft(ctx.desk, tx, ctx.officer, page.id, reason, effects));
    return ctx.seeOther(`${decisionPath(page.id)}?xong=tra-lai`);
  } catch (error) {
    return again(ctx, error, { reason: text });
  }
}

async function withdraw(ctx: Ctx, effects: Effects): Promise<Response> {
  const form = await ctx.form();
  const page = await load(ctx);
  const text = form.get('withdraw_reason');
  if (!mayWithdraw(ctx.officer, page) || (page.state !== 'interim' && stateToday(page, localDate(ctx.now)) !== 'in_force')) return reading(ctx, page, { reason: text, error: new Conflict('not in force', { state: page.state }) });
  const reason = readReason(text);
  if (!reason) return reading(ctx, page, { reason: text, errors: { withdraw_reason: ctx.t.decisions.fieldErrors.reason } });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => withdrawDecision(ctx.desk, tx, ctx.officer, page.id, reason, effects));
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
  if (!refusable(error)) throw error;
  return reading(ctx, await load(ctx), { ...typed, error });
}

/** Whether an error is a refusal that a screen can say in words. */
function refusable(error: unknown): boolean {
  return error instanceof Conflict || error instanceof Forbidden || error instanceof Invalid || guardRule(error) !== null;
}

function status(error: unknown): 403 | 409 | 422 {
  return error instanceof Forbidden ? 403 : error instanceof Conflict ? 409 : 422;
}

/** The safeguard that the database's own guard names when it refuses ("S4: …"), or null. */
function guardRule(error: unknown): string | null {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== '23514') return null;
  return /^(S\d+):/.exec(error.message)?.[1] ?? null;
}

type Reason = { readonly [K in keyof Ctx['t']['decisions']['refused']]: Ctx['t']['decisions']['refused'][K] extends string ? K : never }[keyof Ctx['t']['decisions']['refused']];
/** Reasons that commands and policies give for a refusal; each has its sentence. */
const REASONS: ReadonlySet<string> = new Set<Reason>([
  'drafter', 'gate_officer', 'legal_officer', 'not_drafter', 'not_verified', 'shared', 'personal', 'drafter_legal', 'legal', 'interim', 'interim_before', 'died', 'given', 'not_asked', 'legal_role', 'renew',
]);

/** Why a command was refused, in words. */
function refusal(ctx: Ctx, page: DecisionPage | null, error: unknown): string {
  const { refused, states } = ctx.t.decisions;
  const rule = guardRule(error);
  if (rule) return `${refused.guard(rule)} ${Object.hasOwn(refused.guards, rule) ? refused.guards[rule as keyof typeof refused.guards] : ''}`.trim();
  const details = error instanceof LachanError ? error.details ?? {} : {};
  const { reason, state, missing, fields } = details as { reason?: string; state?: string; missing?: readonly Missing[]; fields?: Record<string, string> };
  if (reason && REASONS.has(reason)) return refused[reason as Reason];
  if (missing && page) return refused.missing((missing.length > 0 ? saidOnce(missing) : openPoints(page, localDate(ctx.now))).map((one) => missingWords(ctx, page, one)).join('; '));
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
