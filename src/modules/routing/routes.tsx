import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { OWN_POWERS } from '#catalogue/own-powers.ts';
import { parseCode, parseReportCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { basesInForce } from '#modules/law/index.ts';
import { holds } from '#platform/actor.ts';
import type { FormBody } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { isUuid } from '#platform/uuid.ts';
import { parseDate } from '#web/format.ts';
import { actedHref, handOverHref, ROUTING, transferHref } from './addresses.ts';
import { acceptTransfer, handOverWork, proposeTransfer, recordOwnAct, refuseTransfer, takeOverCase, withdrawTransfer } from './commands.ts';
import { actedCase, candidatesFor, officerLoads, openTransferOf, ownActs, routingLists, takeables, thingToTransfer, transferView, workOf } from './queries.ts';
import { BARS, type WorkItem, type WorkKind } from './types.ts';
import { HandOverPage, OfficersPage } from './views/hand-over.tsx';
import { RoutingList } from './views/list.tsx';
import { OwnActsPage } from './views/own-acts.tsx';
import type { Typed } from './views/parts.tsx';
import { ProposePage } from './views/propose.tsx';
import { TakeOverPage, TransferPage } from './views/transfer.tsx';

/** Who answers for an agency when a transfer comes (core/transitions.ts). */
const ANSWERERS = ['intake', 'case_officer', 'focal', 'leader'] as const;
const SENDERS = ['case_officer', 'leader'] as const;
const READ: Access = { kind: 'officer', roles: ANSWERERS };
const SEND: Access = { kind: 'officer', roles: ['intake', 'case_officer', 'leader'] };
const MOVE: Access = { kind: 'officer', roles: SENDERS };
const HAND: Access = { kind: 'officer', roles: ['administrator', 'leader'] };

/** The console's pages of transfers, taking over, what was done at once, and handing over. */
export const routingRoutes: readonly Route[] = [
  { method: 'GET', path: ROUTING, access: READ, handler: list },
  { method: 'GET', path: `${ROUTING}/moi`, access: SEND, handler: (ctx) => showProposal(ctx) },
  { method: 'POST', path: `${ROUTING}/moi`, access: SEND, handler: propose },
  { method: 'GET', path: `${ROUTING}/ban-giao`, access: HAND, handler: (ctx) => showHandOver(ctx) },
  { method: 'POST', path: `${ROUTING}/ban-giao`, access: HAND, handler: handOver },
  { method: 'GET', path: `${ROUTING}/da-lam/:number`, access: READ, handler: (ctx) => showActs(ctx) },
  { method: 'POST', path: `${ROUTING}/da-lam/:number`, access: READ, handler: act },
  { method: 'GET', path: `${ROUTING}/nhan-thay/:number`, access: MOVE, handler: (ctx) => showTakeOver(ctx) },
  { method: 'POST', path: `${ROUTING}/nhan-thay/:number`, access: MOVE, handler: takeOver },
  { method: 'GET', path: `${ROUTING}/:code`, access: READ, handler: (ctx) => showTransfer(ctx) },
  { method: 'POST', path: `${ROUTING}/:code/tra-loi`, access: READ, handler: answer },
  { method: 'POST', path: `${ROUTING}/:code/rut`, access: MOVE, handler: withdraw },
];

const read = <T,>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(ctx.desk, ctx.officer, work);

// ── Forms that come back ───────────────────────────────────────────────────────────────

interface Returned {
  readonly form: FormBody;
  readonly error: LachanError | { readonly code: string };
}

/** Takes a step in one transaction; what breaks a rule or came too late comes back with everything that was typed. */
async function step(ctx: Ctx, show: (ctx: Ctx, returned: Returned) => Promise<Response>, work: (tx: Tx, form: FormBody) => Promise<string>): Promise<Response> {
  const form = await ctx.form();
  try {
    return ctx.seeOther(await read(ctx, (tx) => work(tx, form)));
  } catch (error) {
    // 23514: a safeguard of the database refused.
    if (!(error instanceof Invalid || error instanceof Conflict || error instanceof Forbidden) && (error as { code?: unknown }).code !== '23514') throw error;
    return show(ctx, { form, error: error as Returned['error'] });
  }
}

function typedOf(ctx: Ctx, returned: Returned | undefined): Typed | null {
  if (!returned) return null;
  const { form, error } = returned;
  const t = ctx.t.routing;
  const details = (error instanceof LachanError ? error.details ?? {} : {}) as { fields?: object; reason?: string; state?: string };
  const words = t.errors as Readonly<Record<string, string>>;
  const errors = Object.fromEntries(Object.keys(details.fields ?? {}).map((field) => [field, words[field] ?? t.errors.other]));
  const bar = BARS.find((one) => one === details.reason);
  const states = ctx.t.coordination.states.transfer as Readonly<Record<string, string>>;
  const refused = bar ? t.bars[bar] : details.state ? t.answeredBefore(states[details.state] ?? details.state) : t.guard;
  return { values: form.fields, all: form.all, errors, refused: details.fields ? null : refused };
}

const statusOf = (returned: Returned | undefined): ContentfulStatusCode => (
  returned ? (returned.error instanceof LachanError ? returned.error.status : 422) as ContentfulStatusCode : 200);

/** An administrator hands work over, and has no list of transfers to go back to. */
const crumbsOf = (ctx: Ctx, label: string) => [{ href: holds(ctx.officer, ...ANSWERERS) ? ROUTING : undefined, label: ctx.t.routing.title }, { label }];

function codeParam(ctx: Ctx): string {
  const found = parseCode('CX', ctx.param('code'));
  if (!found) throw new NotFound('transfer');
  return found.code;
}

function numberParam(ctx: Ctx): string {
  const number = ctx.param('number').toUpperCase();
  if (!/^VV-\d{2}-\d{4}-\d{4,9}$/.test(number)) throw new NotFound('case');
  return number;
}

// ── Lists, proposals, answers ────────────────────────────────────────────────────────────────

async function list(ctx: Ctx): Promise<Response> {
  const lists = await read(ctx, (tx) => routingLists(tx, ctx.officer));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.routing.title, current: 'chuyen', clear: clearOf(ctx),
    children: <RoutingList lang={ctx.lang} now={ctx.now} lists={lists} mayHandOver={holds(ctx.officer, 'administrator', 'leader')} mayTakeOver={holds(ctx.officer, ...SENDERS)} done={ctx.query('xong')} />,
  }));
}

/** The kept form that the step named in the address made needless. */
function clearOf(ctx: Ctx): string | undefined {
  const id = ctx.query('gui');
  return /^[a-z-]{3,12}-[A-Za-z0-9-]{4,40}$/.test(id) ? id : undefined;
}

function wanted(numberOfCase: string, codeOfReport: string): { readonly kind: 'case' | 'report'; readonly number: string } {
  const number = numberOfCase.trim().toUpperCase();
  if (/^VV-\d{2}-\d{4}-\d{4,9}$/.test(number)) return { kind: 'case', number };
  const code = parseReportCode(codeOfReport)?.code;
  if (!code) throw new NotFound('case');
  return { kind: 'report', number: code };
}

async function showProposal(ctx: Ctx, returned?: Returned): Promise<Response> {
  const from = (name: string) => returned?.form.get(name) ?? ctx.query(name);
  const { thing, candidates, open } = await read(ctx, async (tx) => {
    const found = await thingToTransfer(tx, ctx.officer, wanted(from('vu-viec'), from('phan-anh')));
    return { thing: found, candidates: await candidatesFor(tx, found), open: await openTransferOf(tx, found) };
  });
  const title = ctx.t.routing.propose.title(thing.number);
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'chuyen', crumbs: [{ href: ROUTING, label: ctx.t.routing.title }, { href: `/can-bo/${thing.kind === 'case' ? 'vu-viec' : 'phan-anh'}/${thing.number}`, label: thing.number }, { label: ctx.t.routing.propose.crumb }],
    children: <ProposePage lang={ctx.lang} thing={thing} candidates={candidates} open={open} typed={typedOf(ctx, returned)} />,
  }), statusOf(returned));
}

function propose(ctx: Ctx): Promise<Response> {
  return step(ctx, showProposal, async (tx, form) => {
    const thing = await thingToTransfer(tx, ctx.officer, wanted(form.get('vu-viec'), form.get('phan-anh')));
    const toAgencyId = form.get('to');
    const fields = { ...(!isUuid(toAgencyId) && { to: 'missing' }), ...(form.get('reason').trim().length < 5 && { reason: 'length' }) };
    if (Object.keys(fields).length > 0) throw new Invalid('form', { fields });
    const { code } = await proposeTransfer(ctx.desk, tx, ctx.officer, { thing, toAgencyId, reason: form.get('reason'), openToCoordinator: form.get('agree') !== '' });
    return `${transferHref(code)}?xong=da-gui&gui=chuyen-${thing.number}`;
  });
}

async function showTransfer(ctx: Ctx, returned?: Returned): Promise<Response> {
  const view = await read(ctx, (tx) => transferView(tx, codeParam(ctx)));
  return ctx.page(await consoleFrame(ctx, {
    title: view.code, current: 'chuyen', crumbs: crumbsOf(ctx, view.code), clear: returned ? undefined : clearOf(ctx),
    children: (
      <TransferPage lang={ctx.lang} now={ctx.now} view={view} own={ctx.officer.agencyId} typed={typedOf(ctx, returned)} done={returned ? '' : ctx.query('xong')}
        may={{ answer: holds(ctx.officer, ...ANSWERERS), withdraw: holds(ctx.officer, ...SENDERS) }} />
    ),
  }), statusOf(returned));
}

function answer(ctx: Ctx): Promise<Response> {
  return step(ctx, showTransfer, async (tx, form) => {
    const code = codeParam(ctx);
    switch (form.get('answer')) {
      case 'accept':
        await acceptTransfer(tx, ctx.officer, code);
        return `${transferHref(code)}?xong=da-nhan&gui=tra-loi-${code}`;
      case 'refuse':
        await refuseTransfer(tx, ctx.officer, code, form.get('reason'));
        return `${transferHref(code)}?xong=khong-nhan&gui=tra-loi-${code}`;
      default:
        // Nothing is told of a transfer between others.
        await transferView(tx, code);
        throw new Invalid('no answer', { fields: { answer: 'missing' } });
    }
  });
}

function withdraw(ctx: Ctx): Promise<Response> {
  return step(ctx, showTransfer, async (tx, form) => {
    const code = codeParam(ctx);
    await transferView(tx, code);
    await withdrawTransfer(tx, ctx.officer, code, form.get('reason'));
    return `${transferHref(code)}?xong=da-rut&gui=rut-${code}`;
  });
}

async function showTakeOver(ctx: Ctx, returned?: Returned): Promise<Response> {
  const number = numberParam(ctx);
  const [found] = await read(ctx, (tx) => takeables(tx, number));
  if (!found) throw new NotFound('case');
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.routing.takeOver.title(number), current: 'chuyen', crumbs: crumbsOf(ctx, number), children: <TakeOverPage lang={ctx.lang} found={found} typed={typedOf(ctx, returned)} />,
  }), statusOf(returned));
}

function takeOver(ctx: Ctx): Promise<Response> {
  return step(ctx, showTakeOver, async (tx, form) => {
    const number = numberParam(ctx);
    if ((await takeables(tx, number)).length === 0) throw new NotFound('case');
    await takeOverCase(tx, ctx.officer, number, form.get('reason'));
    return `${ROUTING}?xong=da-nhan-thay&gui=nhan-thay-${number}`;
  });
}

// ── Done at once ───────────────────────────────────────────────────────────────────────

async function showActs(ctx: Ctx, returned?: Returned): Promise<Response> {
  const number = numberParam(ctx);
  const today = localDate(ctx.now);
  const on = parseDate(returned?.form.get('doneOn') ?? '') ?? today;
  const { found, acts, bases } = await read(ctx, async (tx) => {
    const acted = await actedCase(tx, number);
    return { found: acted, acts: await ownActs(tx, acted.id), bases: await basesInForce(tx, acted.category, on) };
  });
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.routing.acted.title(number), current: 'chuyen', crumbs: crumbsOf(ctx, ctx.t.routing.acted.crumb), clear: returned ? undefined : clearOf(ctx),
    children: <OwnActsPage lang={ctx.lang} found={found} acts={acts} bases={bases} today={today} open={found.state !== 'closed'} typed={typedOf(ctx, returned)} done={returned ? '' : ctx.query('xong')} />,
  }), statusOf(returned));
}

function act(ctx: Ctx): Promise<Response> {
  return step(ctx, showActs, async (tx, form) => {
    const number = numberParam(ctx);
    await actedCase(tx, number);
    const basis = form.get('basis');
    const ownPower = OWN_POWERS.find(({ code }) => code === basis)?.code ?? null;
    await recordOwnAct(tx, ctx.officer, number, {
      what: form.get('what'), doneOn: parseDate(form.get('doneOn')) ?? '', ownPower, legalBasis: ownPower || !basis ? null : basis, result: form.get('result'), documentNumber: form.get('documentNumber'),
    });
    return `${actedHref(number)}?xong=da-ghi&gui=da-lam-${number}`;
  });
}

// ── Hand-over between officers ────────────────────────────────────────────────────────────────

async function showHandOver(ctx: Ctx, returned?: Returned): Promise<Response> {
  const id = returned?.form.get('can-bo') ?? ctx.query('can-bo');
  const { officers, items } = await read(ctx, async (tx) => (
    { officers: await officerLoads(tx, ctx.officer), items: isUuid(id) ? await workOf(tx, ctx.officer, id) : [] }));
  const t = ctx.t.routing.handOver;
  const officer = officers.find((one) => one.id === id);
  if (!id) return ctx.page(await consoleFrame(ctx, { title: t.title, current: 'chuyen', crumbs: crumbsOf(ctx, t.crumb), children: <OfficersPage lang={ctx.lang} officers={officers} /> }), statusOf(returned));
  // Who left and has nothing open is on no list any more.
  const shown = officer ?? await goneOfficer(ctx, id);
  return ctx.page(await consoleFrame(ctx, {
    title: t.of(shown.name), current: 'chuyen', crumbs: [{ href: handOverHref(), label: t.crumb }, { label: shown.name }], clear: returned ? undefined : clearOf(ctx),
    children: (
      <HandOverPage lang={ctx.lang} officer={shown} items={items} receivers={officers.filter((one) => one.active && one.id !== id)} typed={typedOf(ctx, returned)} done={returned ? '' : ctx.query('xong')} />
    ),
  }), statusOf(returned));
}

async function goneOfficer(ctx: Ctx, id: string) {
  const found = isUuid(id) && await read(ctx, (tx) => tx.selectFrom('officer as o').innerJoin('officer_role as r', 'r.officer_id', 'o.id').select(['o.id', 'o.full_name as name'])
    .where('o.id', '=', id).where('r.agency_id', '=', ctx.officer.agencyId).executeTakeFirst());
  if (!found) throw new NotFound('officer');
  return { ...found, active: false, cases: 0, tasks: 0, drafts: 0, meetings: 0 };
}

const KINDS: readonly WorkKind[] = ['case', 'task', 'decision', 'meeting'];

function handOver(ctx: Ctx): Promise<Response> {
  return step(ctx, showHandOver, async (tx, form) => {
    const id = form.get('can-bo');
    if (!isUuid(id)) throw new NotFound('officer');
    const ticked = itemsOf(form.all('items'));
    const chosen = ticked.length === 0 && form.get('all') !== '' ? await workOf(tx, ctx.officer, id) : ticked;
    const fields = { ...(chosen.length === 0 && { items: 'missing' }), ...(!isUuid(form.get('to')) && { to: 'missing' }), ...(form.get('reason').trim().length < 5 && { reason: 'length' }) };
    if (Object.keys(fields).length > 0) throw new Invalid('form', { fields });
    await handOverWork(tx, ctx.officer, id, form.get('to'), chosen, form.get('reason'));
    return `${handOverHref(id)}&xong=da-ban-giao&gui=ban-giao-${id}`;
  });
}

function itemsOf(values: readonly string[]): Pick<WorkItem, 'what' | 'id'>[] {
  return [...new Set(values)].slice(0, 500).map((value) => {
    const [what, id = ''] = value.split(':');
    const kind = KINDS.find((one) => one === what);
    if (!kind || !isUuid(id)) throw new Invalid('item', { fields: { items: 'unknown' } });
    return { what: kind, id };
  });
}

