import { measuresFor } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import { agencyNames, explain, nameIn, responsible } from '#modules/directory/index.ts';
import { openTasksOf, type CaseTask } from '#modules/tasks/index.ts';
import type { Tx } from '#platform/db.ts';
import type { Ctx } from '#platform/http.ts';
import { isUuid } from '#platform/uuid.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { consoleFrame } from './console-frame.tsx';
import { clearOf, codeParam, numberParam, pageOf, read, statusOf, typedOf, type Returned } from './forms.ts';
import { draftBar, mayCoordinate, mayRegroup, mayStep, mayWork } from './policy.ts';
import { caseParts, caseView, messagesOf, reportsOfCase, reportView, stepsOf } from './queries.ts';
import { arrivalsOf, notesOf, reachOfReport, readyTexts, waitingOf } from './queries/conversation.ts';
import { alikeStories, mergedFrom, regroupingOf, regroupingsOf, type RegroupingView } from './queries/grouping.ts';
import { caseCrumbs, CasePage, type OpenTask } from './views/case.tsx';
import { beforeGate, reportCrumbs, ReportPage } from './views/report.tsx';

/** Reports on one page of a case. */
const CASE_REPORTS = 50;
/** Lines of history on the page of a case. */
const CASE_HISTORY = 5;

/** The page of the report in the address; with a form that came back, as it was sent. */
export async function showReport(ctx: Ctx, returned?: Returned): Promise<Response> {
  const data = await read(ctx, async (tx) => {
    const report = await reportView(tx, codeParam(ctx));
    const works = mayWork(ctx.officer, report.handlingAgencyId);
    return {
      report, works, messages: await messagesOf(tx, report.id), steps: await stepsOf(tx, [report.id]), notes: await notesOf(tx, { reportId: report.id }),
      same: report.caseId ? await reportsOfCase(tx, report.caseId, { limit: 5, without: report.id }) : [],
      alike: works && report.state !== 'stopped' ? await alikeStories(tx, report.category, { reportId: report.id }) : [],
      arrivals: await arrivalsOf(tx, report.id), reach: await reachOfReport(tx, ctx.desk, report.id), texts: works ? await readyTexts(tx) : [],
      regrouped: await regroupedIn(ctx, tx, { reportId: report.id }),
    };
  });
  const { report } = data;
  const t = ctx.t.console;
  return ctx.page(await consoleFrame(ctx, {
    title: t.report.title(report.code), current: beforeGate(report) ? 'cho-phan-loai' : 'phan-anh', crumbs: reportCrumbs(ctx.lang, report),
    clear: clearOf(ctx, report.code),
    children: (
      <ReportPage lang={ctx.lang} now={ctx.now} {...data} moves={data.works && mayRegroup(report) && report.caseState !== 'closed'} done={ctx.query('xong')}
        typed={typedOf(ctx, returned, t.reportState[report.state])} />
    ),
  }), statusOf(returned));
}

/** The page of the case in the address; with a form that came back, as it was sent. */
export async function showCase(ctx: Ctx, returned?: Returned): Promise<Response> {
  const { officer, lang, desk } = ctx;
  const page = pageOf(ctx);
  const data = await read(ctx, async (tx) => {
    const found = await caseView(tx, numberParam(ctx));
    const parts = await caseParts(tx, found.id);
    const question = { category: found.category, communeCode: found.commune, provinceCode: desk.config.PROVINCE, on: localDate(tx.now) };
    const works = mayWork(officer, found.leadAgencyId);
    const tasks = found.state === 'closed' ? [] : await openTasksOf(tx, found.id);
    return {
      found, parts, tasks: await withNames(tx, tasks, lang), reports: await reportsOfCase(tx, found.id, { limit: CASE_REPORTS, offset: (page - 1) * CASE_REPORTS }), competence: explain(await responsible(tx, question), lang),
      steps: await stepsOf(tx, [found.id, ...parts.decisions.map(({ id }) => id)]), notes: await notesOf(tx, { caseId: found.id }),
      waiting: await waitingOf(tx, desk, found.id), texts: works ? await readyTexts(tx) : [],
      alike: works && found.state !== 'closed' ? await alikeStories(tx, found.category, { caseId: found.id }) : [],
      history: await regroupingsOf(tx, found.id, CASE_HISTORY), mergedFrom: await mergedFrom(tx, found.id), regrouped: await regroupedIn(ctx, tx, { caseId: found.id }),
    };
  });
  const { found, parts } = data;
  const mine = found.officerId === officer.officerId;
  const works = mayWork(officer, found.leadAgencyId);
  const current = mine && found.state !== 'closed' ? 'cua-toi' : found.state === 'verifying' || found.state === 'open' ? 'dang-xac-minh' : 'vu-viec';
  return ctx.page(await consoleFrame(ctx, {
    title: found.title, current, crumbs: caseCrumbs(lang, found), clear: clearOf(ctx, found.number),
    children: (
      <CasePage lang={lang} {...data} inCharge={mine} prepared={preparedAnswer(ctx, parts.decisions)} done={ctx.query('xong')}
        paging={{ page, size: CASE_REPORTS, allTicked: ctx.query('chon') === 'trang' }}
        may={{
          work: works, regroup: works && mayRegroup(found),
          close: mayStep(officer, found, 'close'), reopen: mayStep(officer, found, 'reopen'), coordinate: mayCoordinate(officer, found.leadAgencyId),
        }}
        now={ctx.now}
        drafts={measuresFor(found.category).map(({ code }) => ({
          measure: code, bar: draftBar(officer, { ...found, gated: found.reports - found.ungated, verifications: parts.verifications.length, evidence: parts.evidence.length }, code),
        }))}
        typed={typedOf(ctx, returned, ctx.t.console.caseState[found.state])} />
    ),
  }), statusOf(returned));
}

/** Open tasks with the names of who has them. */
async function withNames(tx: Tx, tasks: readonly CaseTask[], lang: Lang): Promise<OpenTask[]> {
  const names = await agencyNames(tx, [...new Set(tasks.map(({ agencyId }) => agencyId))], localDate(tx.now));
  return tasks.map((task) => ({ ...task, agency: names.has(task.agencyId) ? nameIn(names.get(task.agencyId)!, lang) : '' }));
}

/** The regrouping the address says was just done, for the confirmation with its undo. */
function regroupedIn(ctx: Ctx, tx: Tx, of: { readonly caseId: string } | { readonly reportId: string }): Promise<RegroupingView | null> {
  const id = ctx.query('lan');
  return isUuid(id) ? regroupingOf(tx, id, of) : Promise.resolve(null);
}

/** The text for all reporters once a warning is out; Vietnamese, the language of the desk. */
function preparedAnswer(ctx: Ctx, decisions: readonly { state: string; warning: { slug: string; title: string } | null }[]): { readonly vi: string; readonly en: string } {
  const warning = decisions.find(({ state, warning: published }) => state === 'in_force' && published)?.warning;
  const { BASE_URL, PORT } = ctx.desk.config;
  if (!warning) return { vi: '', en: '' };
  const link = `${BASE_URL?.replace(/\/+$/, '') ?? `http://localhost:${PORT}`}/canh-bao/${warning.slug}`;
  return { vi: messages('vi').console.answer.withWarning(warning.title, link), en: messages('en').console.answer.withWarning(warning.title, link) };
}
