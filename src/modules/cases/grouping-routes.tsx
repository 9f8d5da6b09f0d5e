import { z } from 'zod';
import { categoryOf } from '#catalogue/categories.ts';
import { parseReportCode } from '#core/codes.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { messages } from '#web/i18n/index.ts';
import { mergeCases, moveReports, splitCase, undoRegrouping } from './commands/grouping.ts';
import { consoleFrame } from './console-frame.tsx';
import { caseNumberOf, numberParam, ownCase, ownReport, pageOf, parse, read, statusOf, step, text, typedOf, type Returned } from './forms.ts';
import { showCase, showReport } from './pages.tsx';
import { mayMerge, mayRegroup, mayWork, READERS, WORKERS } from './policy.ts';
import { caseRef, type CaseRef, type ReportRef } from './queries.ts';
import {
  alikeStories, chosenReports, HISTORY_PAGE, regroupingOf, regroupingsOf, targetCase, targetCases, weighRegrouping, type TargetCase,
} from './queries/grouping.ts';
import { caseCrumbs } from './views/case.tsx';
import { caseHref } from './views/cases.tsx';
import { HistoryPage } from './views/history.tsx';
import { RegroupPage, type Deed, type TargetBar } from './views/regroup.tsx';
import { reportCrumbs, reportHref } from './views/report.tsx';

const READ: Access = { kind: 'officer', roles: READERS };
const WORK: Access = { kind: 'officer', roles: WORKERS };
const REPORT = '/can-bo/phan-anh/:code';
const CASE = '/can-bo/vu-viec/:number';

/** Moving, splitting, merging, taking back: first what will happen, then a reason, then the way back. */
export const groupingRoutes: readonly Route[] = [
  { method: 'GET', path: `${CASE}/gop-tach`, access: WORK, handler: (ctx) => showRegroup(ctx, ofCase) },
  { method: 'POST', path: `${CASE}/gop-tach`, access: WORK, handler: (ctx) => regroup(ctx, ofCase) },
  { method: 'POST', path: `${CASE}/hoan-tac`, access: WORK, handler: undoOnCase },
  { method: 'GET', path: `${CASE}/lich-su`, access: READ, handler: history },
  { method: 'GET', path: `${REPORT}/chuyen`, access: WORK, handler: (ctx) => showRegroup(ctx, ofReport) },
  { method: 'POST', path: `${REPORT}/chuyen`, access: WORK, handler: (ctx) => regroup(ctx, ofReport) },
  { method: 'POST', path: `${REPORT}/hoan-tac`, access: WORK, handler: undoOnReport },
];

/** From where something is moved: a case, or one report with the case it is in. */
interface Origin {
  readonly case: CaseRef | null;
  readonly report: ReportRef | null;
  readonly address: string;
}
type OriginOf = (ctx: Ctx, tx: Tx) => Promise<Origin>;

const ofCase: OriginOf = async (ctx, tx) => {
  const found = await ownCase(ctx, tx);
  return { case: found, report: null, address: caseHref(found.number, 'gop-tach') };
};

const ofReport: OriginOf = async (ctx, tx) => {
  const report = await ownReport(ctx, tx);
  return { case: report.caseNumber ? await caseRef(tx, report.caseNumber) : null, report, address: reportHref(report.code, 'chuyen') };
};

const DEEDS = ['chuyen', 'tach', 'gop'] as const satisfies readonly Deed[];
/** Reports in one address or form; a case moves as a whole by merging. */
const MOST_CHOSEN = 500;

/** What the address or the form asks for. */
interface Asked {
  readonly deed: Deed;
  readonly codes: readonly string[];
  /** The number of the other case as typed; null when nobody was asked yet. */
  readonly target: string | null;
}

function askedOf(ctx: Ctx, origin: Origin, body?: { all: (name: string) => readonly string[] }): Asked {
  const all = (name: string): readonly string[] => body?.all(name) ?? ctx.c.req.queries(name) ?? [];
  const deed = DEEDS.find((one) => one === all('viec')[0]) ?? 'chuyen';
  if (origin.report && deed === 'gop') throw new NotFound('a report is not merged');
  const codes = origin.report ? [origin.report.code] : [...new Set(all('phan-anh').flatMap((code) => parseReportCode(code)?.code ?? []))].slice(0, MOST_CHOSEN);
  return { deed, codes, target: all('den')[0] ?? null };
}

/** Refuses what no form offers: harms that are never linked, what is closed, merging while a decision is under way. */
function requireRegroupable(origin: Origin, deed: Deed): void {
  for (const thing of [origin.report, origin.case]) {
    if (thing && !categoryOf(thing.category).linksCases) throw new Conflict('never linked', { reason: 'not_linking' });
    if (thing && !mayRegroup(thing)) throw new Conflict('closed', { reason: 'closed' });
  }
  if (deed === 'gop' && origin.case && !mayMerge(origin.case)) throw new Conflict('decisions are under way', { reason: 'deciding' });
}

/** Why a case cannot take the reports. */
function targetBarOf(ctx: Ctx, origin: Origin, target: Awaited<ReturnType<typeof targetCase>>): TargetBar | null {
  if (!target || !mayWork(ctx.officer, target.leadAgencyId)) return 'unknown';
  if (target.id === origin.case?.id) return 'same';
  if (!categoryOf(target.category).linksCases) return 'not_linking';
  return target.state === 'closed' ? 'closed' : null;
}

/** The case named, or why it cannot be. */
async function targetOf(ctx: Ctx, tx: Tx, origin: Origin, typed: string | null): Promise<{ target: TargetCase | null; bar: TargetBar | null }> {
  if (typed === null) return { target: null, bar: null };
  const number = caseNumberOf(typed);
  const target = number ? await targetCase(tx, number) : null;
  const bar = targetBarOf(ctx, origin, target);
  return { target: bar ? null : target, bar };
}

/** Where to, what will happen, and why: one page that grows with the answers. */
async function showRegroup(ctx: Ctx, originOf: OriginOf, returned?: Returned): Promise<Response> {
  const data = await read(ctx, async (tx) => {
    const origin = await originOf(ctx, tx);
    const asked = askedOf(ctx, origin, returned?.body);
    requireRegroupable(origin, asked.deed);
    const reports = asked.deed === 'gop' ? [] : await chosenReports(tx, origin.case?.id ?? null, asked.codes);
    const { target, bar } = asked.deed === 'tach' ? { target: null, bar: null } : await targetOf(ctx, tx, origin, asked.target);
    const ids = asked.deed === 'gop' ? null : reports.map(({ id }) => id);
    const chooses = asked.deed !== 'tach' && !target;
    return {
      origin, asked, reports, target, bar,
      weight: origin.case ? await weighRegrouping(tx, origin.case.id, ids) : { reports: reports.length, indicators: 0, stay: 0 },
      targets: chooses ? await targetCases(tx, ctx.officer, origin.case?.id ?? null) : [],
      alike: chooses ? await alikeStories(tx, (origin.report ?? origin.case)!.category, origin.report ? { reportId: origin.report.id } : { caseId: origin.case!.id }) : [],
    };
  });
  const { origin, asked } = data;
  const t = ctx.t.console.regroup;
  const title = t.titles[asked.deed];
  return ctx.page(await consoleFrame(ctx, {
    title, current: origin.report ? 'phan-anh' : 'vu-viec', crumbs: origin.report ? reportCrumbs(ctx.lang, origin.report, title) : caseCrumbs(ctx.lang, origin.case!, title),
    children: (
      <RegroupPage lang={ctx.lang} deed={asked.deed} from={origin.case} alone={origin.report !== null} address={origin.address} reports={data.reports} target={data.target} bar={data.bar}
        typedTarget={asked.target ?? ''} weight={data.weight} targets={data.targets} alike={data.alike} typed={typedOf(ctx, returned, '')} />
    ),
  }), statusOf(returned));
}

const reasonForm = z.object({ reason: text(3, 500) });

function regroup(ctx: Ctx, originOf: OriginOf): Promise<Response> {
  return step(ctx, 'gop-tach', (again, returned) => showRegroup(again, originOf, returned), async (tx, body) => {
    const origin = await originOf(ctx, tx);
    const asked = askedOf(ctx, origin, body);
    requireRegroupable(origin, asked.deed);
    const ids = (await chosenReports(tx, origin.case?.id ?? null, asked.codes)).map(({ id }) => id);
    const { reason } = parse(reasonForm, body);
    if (asked.deed === 'tach') {
      if (!origin.case) throw new Conflict('in no case', { reason: 'nothing_left' });
      const opened = await splitCase(ctx.desk, tx, ctx.officer, origin.case.id, ids, reason);
      return `${caseHref(opened.number)}?xong=da-tach&lan=${opened.id}`;
    }
    const { target } = await targetOf(ctx, tx, origin, asked.target ?? '');
    if (!target) throw new Invalid('no such case', { fields: { den: 'form' } });
    if (asked.deed === 'gop') return `${caseHref(target.number)}?xong=da-gop&lan=${await mergeCases(tx, ctx.officer, origin.case!.id, target.id, reason)}`;
    const { stay } = origin.case ? await weighRegrouping(tx, origin.case.id, ids) : { stay: 0 };
    const id = await moveReports(tx, ctx.officer, ids, target.id, reason);
    const back = origin.report ? reportHref(origin.report.code) : caseHref(stay > 0 ? origin.case!.number : target.number);
    return `${back}?xong=da-chuyen&lan=${id}`;
  });
}

const undoForm = z.object({ lan: z.uuid() });

function undoOnCase(ctx: Ctx): Promise<Response> {
  return step(ctx, 'hoan-tac', showCase, async (tx, body) => {
    const { id } = await ownCase(ctx, tx);
    const { lan } = parse(undoForm, body);
    const done = await regroupingOf(tx, lan, { caseId: id });
    if (!done) throw new NotFound('regrouping');
    await undoRegrouping(tx, ctx.officer, lan, messages('vi').console.regroup.undo);
    return `${caseHref(done.from ?? numberParam(ctx))}?xong=da-hoan-tac&lan=${lan}`;
  });
}

function undoOnReport(ctx: Ctx): Promise<Response> {
  return step(ctx, 'hoan-tac', showReport, async (tx, body) => {
    const { id, code } = await ownReport(ctx, tx);
    const { lan } = parse(undoForm, body);
    if (!await regroupingOf(tx, lan, { reportId: id })) throw new NotFound('regrouping');
    await undoRegrouping(tx, ctx.officer, lan, messages('vi').console.regroup.undo);
    return `${reportHref(code)}?xong=da-hoan-tac&lan=${lan}`;
  });
}

async function history(ctx: Ctx): Promise<Response> {
  const page = pageOf(ctx);
  const { found, history: past } = await read(ctx, async (tx) => {
    const one = await caseRef(tx, numberParam(ctx));
    return { found: one, history: await regroupingsOf(tx, one.id, HISTORY_PAGE, page) };
  });
  const title = ctx.t.console.regroup.history;
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'vu-viec', crumbs: caseCrumbs(ctx.lang, found, title),
    children: <HistoryPage lang={ctx.lang} number={found.number} rows={past.rows} total={past.total} page={page} size={HISTORY_PAGE} works={mayWork(ctx.officer, found.leadAgencyId)} />,
  }));
}
