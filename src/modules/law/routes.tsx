import type { ComponentChildren, VNode } from 'preact';
import { localDate } from '#core/deadlines.ts';
import { citation } from '#core/law.ts';
import { inTransaction } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import type { LegalChangeKind } from '#platform/schema.ts';
import type { FieldErrors } from '#web/form.tsx';
import { CHANGE_KINDS } from './change.ts';
import { decideChange, proposeChange } from './commands.ts';
import { readProposal, storedValues, typedValues, type Values } from './form.ts';
import { barToDecide } from './policy.ts';
import { basisByCode, basisUse, changeById, competenceFor, elementList, endingDecisions, historyOf, lawCatalogue, openChanges, standing } from './queries.ts';
import { BasisView, DocumentView } from './views/basis.tsx';
import { ListView } from './views/list.tsx';
import { changeHref, Done, HOME, targetText } from './views/parts.tsx';
import { ProposalView } from './views/proposal.tsx';
import { ProposeView } from './views/propose.tsx';

/** A console page around its content; given by the rooms above, which know the lists on the left (src/modules.ts). */
export type ConsoleFrame = (ctx: Ctx, props: { title: string; current: string; crumbs?: readonly { href?: string; label: string }[]; children: ComponentChildren }) => Promise<VNode>;

const OFFICER: Access = { kind: 'officer' };
const LEGAL: Access = { kind: 'officer', roles: ['legal'] };
const SECOND: Access = { kind: 'officer', roles: ['legal', 'leader'] };

/** The catalogue of the law: every officer reads, a legal officer proposes, a second person decides. */
export function lawRoutes(frame: ConsoleFrame): readonly Route[] {
  return [
    { method: 'GET', path: HOME, access: OFFICER, handler: (ctx) => list(ctx, frame) },
    { method: 'GET', path: `${HOME}/van-ban/:document`, access: OFFICER, handler: (ctx) => showDocument(ctx, frame) },
    { method: 'GET', path: `${HOME}/de-xuat`, access: LEGAL, handler: (ctx) => proposing(ctx, frame) },
    { method: 'POST', path: `${HOME}/de-xuat`, access: LEGAL, handler: (ctx) => propose(ctx, frame) },
    { method: 'GET', path: `${HOME}/de-xuat/:change`, access: OFFICER, handler: (ctx) => showChange(ctx, frame, {}) },
    { method: 'POST', path: `${HOME}/de-xuat/:change`, access: SECOND, handler: (ctx) => decide(ctx, frame) },
    { method: 'GET', path: `${HOME}/:place/:harm`, access: OFFICER, handler: (ctx) => showBasis(ctx, frame) },
  ];
}

function view(ctx: Ctx) {
  return { lang: ctx.lang, today: localDate(ctx.now) };
}

function page(ctx: Ctx, frame: ConsoleFrame, title: string, children: ComponentChildren): Promise<VNode> {
  return frame(ctx, { title, current: 'phap-luat', crumbs: [{ label: ctx.t.law.title, href: HOME }, { label: title }], children: <><Done lang={ctx.lang} done={ctx.query('xong')} />{children}</> });
}

async function list(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const found = await inTransaction(ctx.desk, ctx.officer, async (tx) => (
    { documents: await lawCatalogue(tx), open: await openChanges(tx), ending: await endingDecisions(tx), standing: await standing(tx) }));
  return ctx.page(await frame(ctx, { title: ctx.t.law.title, current: 'phap-luat', children: <ListView {...view(ctx)} {...found} /> }));
}

async function showDocument(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const code = ctx.param('document');
  const found = await inTransaction(ctx.desk, ctx.officer, async (tx) => {
    const document = (await lawCatalogue(tx)).find((one) => one.code === code);
    if (!document) throw new NotFound('document');
    return { document, history: await historyOf(tx, code), standing: await standing(tx) };
  });
  return ctx.page(await page(ctx, frame, found.document.name[ctx.lang], <DocumentView {...view(ctx)} {...found} />));
}

async function showBasis(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const code = `${ctx.param('place')}/${ctx.param('harm')}`;
  const found = await inTransaction(ctx.desk, ctx.officer, async (tx) => {
    const basis = await basisByCode(tx, code);
    if (!basis) throw new NotFound('basis');
    return { basis, use: await basisUse(tx, code), competence: await competenceFor(tx, basis.category), history: await historyOf(tx, code), standing: await standing(tx) };
  });
  return ctx.page(await page(ctx, frame, citation(found.basis, ctx.lang), <BasisView {...view(ctx)} {...found} />));
}

// ── Proposing ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a form of a proposal is about; NotFound when the catalogue does not have it. */
async function subject(ctx: Ctx, kind: LegalChangeKind, target: string) {
  return inTransaction(ctx.desk, ctx.officer, async (tx) => {
    const documents = await lawCatalogue(tx);
    const document = documents.find(({ code }) => code === target) ?? null;
    const basis = documents.flatMap(({ bases }) => bases).find(({ code }) => code === target) ?? null;
    if (!(await standing(tx)).proposes || (kind === 'end_document' && !document) || (/^(correct|end_basis|mark)/.test(kind) && !basis)) throw new NotFound('proposal');
    return { kind, target, document, basis, documents, elements: await elementList(tx) };
  });
}

function kindOf(text: string): LegalChangeKind {
  const kind = CHANGE_KINDS.find((one) => one === text);
  if (!kind) throw new NotFound('kind of proposal');
  return kind;
}

async function proposing(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const about = await subject(ctx, kindOf(ctx.query('viec')), ctx.query('muc'));
  return form(ctx, frame, about, { values: storedValues(about.kind, about.document, about.basis) });
}

async function form(ctx: Ctx, frame: ConsoleFrame, about: Awaited<ReturnType<typeof subject>>, more: { values: Values; errors?: FieldErrors; error?: unknown }): Promise<Response> {
  const failed = more.errors !== undefined || more.error !== undefined;
  const refused = more.error === undefined ? null : refusal(ctx, more.error);
  return ctx.page(await page(ctx, frame, ctx.t.law.proposal.title(ctx.t.law.kinds[about.kind]), (
    <ProposeView {...view(ctx)} {...about} values={more.values} errors={more.errors ?? {}} refused={refused} />
  )), failed ? 422 : 200);
}

async function propose(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const body = await ctx.form();
  const about = await subject(ctx, kindOf(body.get('kind')), body.get('target'));
  const values = typedValues(body);
  const taken = new Set(about.documents.flatMap(({ bases }) => bases.map(({ code }) => code)));
  const ended = !!(about.kind === 'end_document' ? about.document?.validTo : about.basis?.validTo);
  const read = readProposal(about.kind, about.target, values, { elements: about.elements, taken, ended });
  if ('wrong' in read) return form(ctx, frame, about, { values, errors: wrongWords(ctx, read.wrong) });
  try {
    const id = await inTransaction(ctx.desk, ctx.officer, (tx) => proposeChange(tx, ctx.officer, read.proposal));
    return ctx.seeOther(`${changeHref(id)}?xong=de-xuat`);
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Forbidden)) throw error;
    return form(ctx, frame, about, { values, error });
  }
}

function wrongWords(ctx: Ctx, wrong: readonly string[]): FieldErrors {
  return Object.fromEntries(wrong.map((field) => [field, ctx.t.law.fields[field as keyof typeof ctx.t.law.fields]]));
}

/** Why the catalogue refused, in words. */
function refusal(ctx: Ctx, error: unknown): string {
  const { refused } = ctx.t.law;
  const reason = error instanceof LachanError ? error.details?.reason as string | undefined : undefined;
  return refused[reason as keyof typeof refused] ?? refused.rule;
}

// ── Deciding ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function showChange(ctx: Ctx, frame: ConsoleFrame, typed: { reason?: string; errors?: FieldErrors; error?: unknown }): Promise<Response> {
  const id = uuidParam(ctx, 'change');
  const found = await inTransaction(ctx.desk, ctx.officer, async (tx) => {
    const change = await changeById(tx, id);
    if (!change) throw new NotFound('change');
    const use = /^(correct|end_basis)/.test(change.kind) ? await basisUse(tx, change.target) : null;
    return { change, use, elements: await elementList(tx), bar: barToDecide(ctx.officer.officerId, await standing(tx), change) };
  });
  const { change } = found;
  const refused = typed.error === undefined ? null : refusal(ctx, typed.error);
  const status = typed.error instanceof Conflict ? 409 : typed.error instanceof Forbidden ? 403 : typed.error !== undefined || typed.errors ? 422 : 200;
  return ctx.page(await page(ctx, frame, `${ctx.t.law.proposal.title(ctx.t.law.kinds[change.kind])} (${targetText(change.target, ctx.lang)})`, (
    <ProposalView {...view(ctx)} {...found} reason={typed.reason ?? ''} errors={typed.errors ?? {}} refused={refused} />
  )), status);
}

async function decide(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const body = await ctx.form();
  const id = uuidParam(ctx, 'change');
  const reason = body.get('decision_reason');
  const outcome = (['approved', 'refused'] as const).find((one) => one === body.get('outcome'));
  if (!outcome) return showChange(ctx, frame, { reason, error: new Invalid('no outcome') });
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => decideChange(tx, ctx.officer, id, { outcome, reason }));
    return ctx.seeOther(`${changeHref(id)}?xong=${outcome}`);
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Forbidden || error instanceof Conflict)) throw error;
    return showChange(ctx, frame, error.details?.fields ? { reason, errors: wrongWords(ctx, ['decision_reason']) } : { reason, error });
  }
}
