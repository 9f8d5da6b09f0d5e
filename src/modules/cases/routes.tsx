import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { CATEGORY_CODES, categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { CHANNEL_CODES } from '#catalogue/channels.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { parseReportCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { readGateAnswers } from '#core/gate.ts';
import { normalise } from '#core/vietnamese.ts';
import { communesOfProvince, explain, responsible } from '#modules/directory/index.ts';
import { attachmentCopy } from '#modules/intake/index.ts';
import type { FormBody } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { messages, type Messages } from '#web/i18n/index.ts';
import {
  addAttachmentEvidence, addObservation, addVerification, answerAllReporters, answerGate, answerReporter, askReporter, closeCase, openIdentity, reclassify,
  renameCase, reopenCase, takeCase,
} from './commands.ts';
import { consoleFrame, LISTS } from './console-frame.tsx';
import { CLOSERS, draftBar, mayRead, mayStep, mayWork, READERS, WORKERS } from './policy.ts';
import {
  caseList, caseParts, caseRef, caseView, firstList, messagesOf, PAGE, pictureOf, reportRef, reportsOfCase, reportView, stepsOf, wantedOf, worklist,
  type CaseRef, type CaseShelf, type ReportRef, type Shelf, type WorkSort,
} from './queries.ts';
import { CaseList, caseHref, type CaseAddress } from './views/cases.tsx';
import { caseCrumbs, CasePage } from './views/case.tsx';
import type { ConflictWords, Typed } from './views/flash.tsx';
import { GatePage } from './views/gate.tsx';
import { HelpPage } from './views/help.tsx';
import { beforeGate, CANNED, OpenedContact, reportCrumbs, reportHref, ReportPage } from './views/report.tsx';
import { Worklist, type WorkAddress } from './views/worklist.tsx';

const ANYBODY: Access = { kind: 'officer' };
const READ: Access = { kind: 'officer', roles: READERS };
const WORK: Access = { kind: 'officer', roles: WORKERS };
const CLOSE: Access = { kind: 'officer', roles: CLOSERS };

const REPORT = '/can-bo/phan-anh/:code';
const CASE = '/can-bo/vu-viec/:number';

/** Reports and cases for officers. */
export const caseRoutes: readonly Route[] = [
  { method: 'GET', path: '/can-bo', access: ANYBODY, handler: home },
  { method: 'GET', path: '/can-bo/tro-giup', access: ANYBODY, handler: help },
  { method: 'GET', path: '/can-bo/phan-anh', access: READ, handler: listReports },
  { method: 'GET', path: REPORT, access: READ, handler: (ctx) => showReport(ctx) },
  { method: 'GET', path: `${REPORT}/anh/:id`, access: READ, handler: picture },
  { method: 'GET', path: `${REPORT}/cua-kiem-tra`, access: WORK, handler: (ctx) => showGate(ctx) },
  { method: 'POST', path: `${REPORT}/cua-kiem-tra`, access: WORK, handler: gate },
  { method: 'POST', path: `${REPORT}/nhom`, access: WORK, handler: changeCategory },
  { method: 'POST', path: `${REPORT}/hoi`, access: WORK, handler: ask },
  { method: 'POST', path: `${REPORT}/tra-loi`, access: WORK, handler: answer },
  { method: 'POST', path: `${REPORT}/lien-he`, access: WORK, handler: openContact },
  { method: 'GET', path: '/can-bo/vu-viec', access: READ, handler: listCases },
  { method: 'GET', path: CASE, access: READ, handler: (ctx) => showCase(ctx) },
  { method: 'POST', path: `${CASE}/ten`, access: WORK, handler: rename },
  { method: 'POST', path: `${CASE}/nhan`, access: WORK, handler: take },
  { method: 'POST', path: `${CASE}/xac-minh`, access: WORK, handler: verify },
  { method: 'POST', path: `${CASE}/chung-cu`, access: WORK, handler: addEvidence },
  { method: 'POST', path: `${CASE}/tra-loi`, access: WORK, handler: answerAll },
  { method: 'POST', path: `${CASE}/ket-thuc`, access: CLOSE, handler: (ctx) => endOrReopen(ctx, 'ket-thuc') },
  { method: 'POST', path: `${CASE}/mo-lai`, access: CLOSE, handler: (ctx) => endOrReopen(ctx, 'mo-lai') },
];

const read = <T,>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(ctx.desk, ctx.officer, work);

// ── Entrance and help ───────────────────────────────────────────────────────────────────────────────────────────────

async function home(ctx: Ctx): Promise<Response> {
  if (mayRead(ctx.officer)) return ctx.seeOther(LISTS[await read(ctx, (tx) => firstList(tx, ctx.officer))]);
  return ctx.seeOther(ctx.officer.roles.includes('administrator') ? '/can-bo/quan-tri/can-bo' : LISTS['danh-ba']);
}

async function help(ctx: Ctx): Promise<Response> {
  return ctx.page(await consoleFrame(ctx, { title: ctx.t.console.help.title, current: 'tro-giup', children: <HelpPage lang={ctx.lang} /> }));
}

// ── Forms that come back ────────────────────────────────────────────────────────────────────────────────────────────

/** A step that was refused, with the form as it was sent. */
interface Failure {
  readonly form: string;
  readonly error: Invalid | Conflict;
  readonly body: FormBody;
}

/** Takes a step in one transaction; what breaks a rule or came too late goes back to the page with everything that was typed. */
async function step(ctx: Ctx, form: string, show: (ctx: Ctx, failure: Failure) => Promise<Response>, work: (tx: Tx, body: FormBody) => Promise<string>): Promise<Response> {
  const body = await ctx.form();
  try {
    return ctx.seeOther(await read(ctx, (tx) => work(tx, body)));
  } catch (error) {
    if (error instanceof Invalid || error instanceof Conflict) return show(ctx, { form, error, body });
    throw error;
  }
}

/** Parses a form; zod's complaints become Invalid with the names of the fields. */
function parse<T>(schema: z.ZodType<T>, body: FormBody): T {
  const result = schema.safeParse(body.fields);
  if (result.success) return result.data;
  throw new Invalid('form', { fields: Object.fromEntries(result.error.issues.map((issue) => [String(issue.path[0] ?? ''), 'form'])) });
}

const text = (least: number, most: number) => z.string().default('').transform(normalise).pipe(z.string().min(least).max(most));

function typedOf(ctx: Ctx, failure: Failure | undefined, state: string): Typed | undefined {
  if (!failure) return undefined;
  const { form, error, body } = failure;
  const common = { form, values: body.fields, all: body.all };
  if (error instanceof Conflict) return { ...common, errors: {}, conflict: conflictWords(ctx.t, ctx, error, state) };
  const fields = Object.keys((error.details?.fields ?? { '': 'form' }) as Record<string, string>);
  return { ...common, errors: Object.fromEntries(fields.map((field) => [field, errorWords(ctx.t, field)])) };
}

function errorWords(t: Messages, field: string): string {
  const { errors } = t.console;
  const question = STOP_CODES.findIndex((code) => code === field);
  if (question >= 0) return errors.open(String(question + 1));
  const { open: _, ...words } = errors;
  return Object.hasOwn(words, field) ? words[field as keyof typeof words] : words.other;
}

function conflictWords(t: Messages, ctx: Ctx, { details }: Conflict, state: string): ConflictWords {
  const { conflict } = t.console;
  switch (details?.reason) {
    case 'unanswered': return { title: conflict.unansweredTitle, text: conflict.unanswered(String(details.count), details.count === 1) };
    case 'not_gated': return { title: conflict.notGatedTitle, text: conflict.notGated };
    case 'has_images': return { title: conflict.hasImagesTitle, text: conflict.hasImages };
    default: return { title: conflict.title, text: conflict.now(state) };
  }
}

const statusOf = (failure: Failure | undefined): ContentfulStatusCode => (failure ? failure.error.status as ContentfulStatusCode : 200);

// ── The worklist of reports ─────────────────────────────────────────────────────────────────────────────────────────

const SHELVES = ['cho-phan-loai', 'dang-xu-ly', 'sap-den-han', 'qua-han', 'tat-ca'] as const satisfies readonly Shelf[];
const SORTS = ['han', 'nhan', 'nhom'] as const satisfies readonly WorkSort[];
const MOST_PAGES = 400;

const oneOf = <T extends string>(values: readonly T[], value: string): T | null => values.find((one) => one === value) ?? null;

function pageOf(ctx: Ctx): number {
  const page = Number(ctx.query('trang'));
  return Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1;
}

async function listReports(ctx: Ctx): Promise<Response> {
  const q = normalise(ctx.query('q')).slice(0, 200);
  const muc = oneOf(SHELVES, ctx.query('muc')) ?? (q ? 'tat-ca' : 'cho-phan-loai');
  const exact = await exactHit(ctx, q);
  if (exact) return ctx.seeOther(exact);
  const everything = muc === 'tat-ca';
  const grouped = !everything && (ctx.query('gop') ? ctx.query('gop') === '1' : muc === 'cho-phan-loai' && !q);
  const key = everything ? 'nhan' : oneOf(SORTS, ctx.query('sap').replace(/^-/, '')) ?? 'han';
  const dir = ctx.query('sap') ? (ctx.query('sap').startsWith('-') ? 'desc' : 'asc') : everything ? 'desc' : 'asc';
  const communes = await read(ctx, (tx) => communesOfProvince(tx, ctx.desk.config.PROVINCE));
  const category = oneOf(CATEGORY_CODES, ctx.query('nhom'));
  const commune = communes.find(({ code }) => code === ctx.query('xa'))?.code ?? null;
  const channel = oneOf(CHANNEL_CODES, ctx.query('kenh'));
  const page = pageOf(ctx);
  const { rows, more } = await read(ctx, (tx) => worklist(tx, ctx.officer, {
    shelf: muc, category, communeCode: commune, channel, wanted: wantedOf(ctx.desk, q), sort: key, dir, page, grouped,
  }));
  const address: WorkAddress = {
    muc, q, nhom: category ?? '', xa: commune ?? '', kenh: channel ?? '', sap: ctx.query('sap') ? (dir === 'desc' ? `-${key}` : key) : '',
    gop: ctx.query('gop') ? (grouped ? '1' : '0') : '', trang: page,
  };
  return ctx.page(await consoleFrame(ctx, {
    title: q ? ctx.t.console.list.found(q) : ctx.t.console.shelves[muc], current: muc === 'tat-ca' ? 'phan-anh' : muc,
    children: (
      <Worklist lang={ctx.lang} now={ctx.now} address={address} sort={{ key, dir }} grouped={grouped} rows={rows} more={more} before={(page - 1) * PAGE}
        communes={communes.map(({ code, fullName, fullNameEn }) => ({ code, name: ctx.lang === 'vi' ? fullName : fullNameEn }))} />
    ),
  }));
}

/** A whole report code or case number in the search box leads straight to it, when the officer's agency sees it. */
async function exactHit(ctx: Ctx, q: string): Promise<string | null> {
  const code = parseReportCode(q)?.code;
  const number = caseNumberOf(q);
  if (!code && !number) return null;
  try {
    return await read(ctx, async (tx) => {
      if (code) await reportRef(tx, code);
      else await caseRef(tx, number!);
      return code ? reportHref(code) : caseHref(number!);
    });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

function caseNumberOf(typed: string): string | null {
  const number = typed.toUpperCase().replace(/\s+/g, '');
  return /^VV-\d{2}-\d{4}-\d{4,9}$/.test(number) ? number : null;
}

// ── One report ──────────────────────────────────────────────────────────────────────────────────────────────────────

function codeParam(ctx: Ctx): string {
  const code = parseReportCode(ctx.param('code'))?.code;
  if (!code) throw new NotFound('report');
  return code;
}

/** The copies kept in the browser that a step made needless, by the step's flash key. */
const CLEARS: Readonly<Record<string, string>> = {
  'da-qua-cua': 'cua', 'da-qua-cua-nhieu': 'cua', 'da-dung': 'cua', 'da-hoi': 'hoi', 'da-tra-loi': 'tra-loi', 'da-tra-loi-het': 'tra-loi',
  'da-xac-minh': 'xac-minh', 'da-them-chung-cu': 'chung-cu', 'da-ket-thuc': 'ket-thuc', 'da-mo-lai': 'mo-lai',
};

function clearOf(ctx: Ctx, of: string): string | undefined {
  const done = ctx.query('xong');
  return Object.hasOwn(CLEARS, done) ? `${CLEARS[done]}-${of}` : undefined;
}

async function showReport(ctx: Ctx, failure?: Failure): Promise<Response> {
  const data = await read(ctx, async (tx) => {
    const report = await reportView(tx, codeParam(ctx));
    return {
      report, messages: await messagesOf(tx, report.id), steps: await stepsOf(tx, [report.id]),
      same: report.caseId ? await reportsOfCase(tx, report.caseId, { limit: 5, without: report.id }) : [],
    };
  });
  const { report } = data;
  const t = ctx.t.console;
  return ctx.page(await consoleFrame(ctx, {
    title: t.report.title(report.code), current: beforeGate(report) ? 'cho-phan-loai' : 'phan-anh', crumbs: reportCrumbs(ctx.lang, report),
    clear: clearOf(ctx, report.code),
    children: (
      <ReportPage lang={ctx.lang} now={ctx.now} {...data} works={mayWork(ctx.officer, report.handlingAgencyId)} done={ctx.query('xong')}
        typed={typedOf(ctx, failure, t.reportState[report.state])} />
    ),
  }), statusOf(failure));
}

async function picture(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const found = await read(ctx, (tx) => pictureOf(tx, codeParam(ctx), id));
  const copy = found && await attachmentCopy(ctx.desk, ctx.officer, found);
  if (!copy) throw new NotFound('picture');
  return ctx.c.body(new Uint8Array(copy.bytes), 200, {
    'Content-Type': 'image/jpeg', 'Content-Disposition': 'inline; filename="anh.jpg"', 'Cache-Control': 'private, no-store',
  });
}

/** A report that this officer works on. @throws NotFound, Forbidden */
async function ownReport(ctx: Ctx, tx: Tx): Promise<ReportRef> {
  const report = await reportRef(tx, codeParam(ctx));
  if (!mayWork(ctx.officer, report.handlingAgencyId)) throw new Forbidden('not the handling agency');
  return report;
}

const ALIKE = 20;

async function showGate(ctx: Ctx, failure?: Failure): Promise<Response> {
  const { report, alike } = await read(ctx, async (tx) => {
    await ownReport(ctx, tx);
    const found = await reportView(tx, codeParam(ctx));
    const others = found.caseId ? await reportsOfCase(tx, found.caseId, { limit: ALIKE, without: found.id, ungated: true }) : [];
    return { report: found, alike: others.filter(({ category }) => category === found.category) };
  });
  const t = ctx.t.console;
  return ctx.page(await consoleFrame(ctx, {
    title: t.gate.title, current: 'cho-phan-loai', crumbs: reportCrumbs(ctx.lang, report, t.gate.crumb),
    children: <GatePage lang={ctx.lang} now={ctx.now} report={report} alike={alike} typed={typedOf(ctx, failure, t.reportState[report.state])} />,
  }), statusOf(failure));
}

function gate(ctx: Ctx): Promise<Response> {
  return step(ctx, 'cua', showGate, async (tx, body) => {
    const report = await ownReport(ctx, tx);
    const given = readGateAnswers(body.fields);
    if (!given.ok) throw new Invalid('questions open', { fields: Object.fromEntries(given.open.map((code) => [code, 'open'])) });
    const known = categoryOf(report.category).positive.map(({ code }) => code);
    const elements = body.all('elements').filter((code) => known.includes(code));
    const outcome = await answerGate(ctx.desk, tx, ctx.officer, report.id, given.answers, elements);
    const code = codeParam(ctx);
    if (!outcome.passed) return `${reportHref(code)}?xong=da-dung`;
    const others = await alikeReports(ctx, tx, report, body.all('also'));
    for (const id of others) await answerGate(ctx.desk, tx, ctx.officer, id, given.answers, elements);
    return `${reportHref(code)}?xong=${others.length > 0 ? 'da-qua-cua-nhieu' : 'da-qua-cua'}`;
  });
}

/** The reports an officer ticked beside the one that passed: of the same case and category, still before the gate. */
async function alikeReports(ctx: Ctx, tx: Tx, report: ReportRef, codes: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const typed of [...new Set(codes)].slice(0, ALIKE)) {
    const code = parseReportCode(typed)?.code;
    if (!code || !report.caseId) throw new NotFound('report');
    const other = await reportRef(tx, code);
    if (other.caseId !== report.caseId || other.category !== report.category || other.id === report.id) throw new NotFound('report');
    ids.push(other.id);
  }
  return ids;
}

function changeCategory(ctx: Ctx): Promise<Response> {
  return step(ctx, 'nhom', showReport, async (tx, body) => {
    const { category } = parse(z.object({ category: z.enum(CATEGORY_CODES) }), body);
    await reclassify(tx, ctx.officer, (await ownReport(ctx, tx)).id, category);
    return `${reportHref(codeParam(ctx))}?xong=da-doi-nhom`;
  });
}

const askForm = z.object({ canned: z.enum([...CANNED, 'own']).catch('own'), body: text(0, 4000) });

function ask(ctx: Ctx): Promise<Response> {
  return step(ctx, 'hoi', showReport, async (tx, sent) => {
    const { canned, body } = parse(askForm, sent);
    const report = await ownReport(ctx, tx);
    const prepared = canned === 'own' ? '' : messages(report.language).console.ask.canned[canned];
    await askReporter(ctx.desk, tx, ctx.officer, report.id, [prepared, body].filter(Boolean).join('\n\n'));
    return `${reportHref(codeParam(ctx))}?xong=da-hoi`;
  });
}

const answerForm = z.object({ body: text(5, 5000) });

function answer(ctx: Ctx): Promise<Response> {
  return step(ctx, 'tra-loi', showReport, async (tx, sent) => {
    const { body } = parse(answerForm, sent);
    await answerReporter(ctx.desk, tx, ctx.officer, (await ownReport(ctx, tx)).id, body);
    return `${reportHref(codeParam(ctx))}?xong=da-tra-loi`;
  });
}

const reasonForm = z.object({ reason: text(5, 1000) });
const contactShape = z.object({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() });

async function openContact(ctx: Ctx): Promise<Response> {
  const code = codeParam(ctx);
  let opened: { id: string; sealed: Buffer | null };
  const sent = await ctx.form();
  try {
    opened = await read(ctx, async (tx) => {
      const { reason } = parse(reasonForm, sent);
      const { id } = await ownReport(ctx, tx);
      return { id, sealed: await openIdentity(tx, ctx.officer, id, reason) };
    });
  } catch (error) {
    if (error instanceof Invalid) return showReport(ctx, { form: 'lien-he', error, body: sent });
    throw error;
  }
  const plain = opened.sealed && ctx.desk.keys.unseal('identity', opened.sealed, opened.id);
  const contact = plain ? contactShape.parse(JSON.parse(plain.toString())) : null;
  const t = ctx.t.console;
  return ctx.page(await consoleFrame(ctx, {
    title: t.contact.shownTitle, current: 'phan-anh', crumbs: [{ href: LISTS['phan-anh'], label: t.nav.reports }, { href: reportHref(code), label: code }, { label: t.contact.shownTitle }],
    children: <OpenedContact lang={ctx.lang} code={code} contact={contact} />,
  }));
}

// ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const CASE_SHELVES = ['dang-xac-minh', 'cua-toi', 'dang-thuc-hien', 'da-ket-thuc', 'tat-ca'] as const satisfies readonly CaseShelf[];

async function listCases(ctx: Ctx): Promise<Response> {
  const q = normalise(ctx.query('q')).slice(0, 200);
  const muc = oneOf(CASE_SHELVES, ctx.query('muc')) ?? 'tat-ca';
  const number = caseNumberOf(q);
  const exact = number && await exactHit(ctx, number);
  if (exact) return ctx.seeOther(exact);
  const category: CategoryCode | null = oneOf(CATEGORY_CODES, ctx.query('nhom'));
  const page = pageOf(ctx);
  const { rows, more } = await read(ctx, (tx) => caseList(tx, ctx.officer, { shelf: muc, category, text: q, wanted: wantedOf(ctx.desk, q), page }));
  const address: CaseAddress = { muc, q, nhom: category ?? '', trang: page };
  const current = muc === 'dang-xac-minh' || muc === 'cua-toi' ? muc : 'vu-viec';
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.console.caseShelves[muc], current, children: <CaseList lang={ctx.lang} now={ctx.now} address={address} rows={rows} more={more} before={(page - 1) * PAGE} />,
  }));
}

function numberParam(ctx: Ctx): string {
  const number = caseNumberOf(ctx.param('number'));
  if (!number) throw new NotFound('case');
  return number;
}

const CASE_REPORTS = 30;

async function showCase(ctx: Ctx, failure?: Failure): Promise<Response> {
  const { officer, lang, desk } = ctx;
  const data = await read(ctx, async (tx) => {
    const found = await caseView(tx, numberParam(ctx));
    const parts = await caseParts(tx, found.id);
    const question = { category: found.category, communeCode: found.commune, provinceCode: desk.config.PROVINCE, on: localDate(tx.now) };
    return {
      found, parts, reports: await reportsOfCase(tx, found.id, { limit: CASE_REPORTS }), competence: explain(await responsible(tx, question), lang),
      steps: await stepsOf(tx, [found.id, ...parts.decisions.map(({ id }) => id)]),
    };
  });
  const { found, parts } = data;
  const mine = found.officerId === officer.officerId;
  const current = mine && found.state !== 'closed' ? 'cua-toi' : found.state === 'verifying' || found.state === 'open' ? 'dang-xac-minh' : 'vu-viec';
  return ctx.page(await consoleFrame(ctx, {
    title: found.title, current, crumbs: caseCrumbs(lang, found), clear: clearOf(ctx, found.number),
    children: (
      <CasePage lang={lang} {...data} inCharge={mine} prepared={preparedAnswer(ctx, parts.decisions)} done={ctx.query('xong')}
        may={{ work: mayWork(officer, found.leadAgencyId), close: mayStep(officer, found, 'close'), reopen: mayStep(officer, found, 'reopen') }}
        draftBar={draftBar(officer, { ...found, gated: found.reports - found.ungated, verifications: parts.verifications.length, evidence: parts.evidence.length })}
        typed={typedOf(ctx, failure, ctx.t.console.caseState[found.state])} />
    ),
  }), statusOf(failure));
}

/** The text for all reporters once a warning is out; Vietnamese, the language of the desk. */
function preparedAnswer(ctx: Ctx, decisions: readonly { state: string; warning: { slug: string; title: string } | null }[]): string {
  const warning = decisions.find(({ state, warning: published }) => state === 'in_force' && published)?.warning;
  const { BASE_URL, PORT } = ctx.desk.config;
  return warning ? messages('vi').console.answer.withWarning(warning.title, `${BASE_URL?.replace(/\/+$/, '') ?? `http://localhost:${PORT}`}/canh-bao/${warning.slug}`) : '';
}

/** A case that this officer's agency leads. @throws NotFound, Forbidden */
async function ownCase(ctx: Ctx, tx: Tx): Promise<CaseRef> {
  const found = await caseRef(tx, numberParam(ctx));
  if (found.leadAgencyId !== ctx.officer.agencyId) throw new Forbidden('not the lead agency');
  return found;
}

function caseStep(ctx: Ctx, form: string, done: string, work: (tx: Tx, caseId: string, body: FormBody) => Promise<unknown>): Promise<Response> {
  return step(ctx, form, showCase, async (tx, body) => {
    await work(tx, (await ownCase(ctx, tx)).id, body);
    return `${caseHref(numberParam(ctx))}?xong=${done}`;
  });
}

const nameForm = z.object({ title: text(3, 300) });

function rename(ctx: Ctx): Promise<Response> {
  return caseStep(ctx, 'ten', 'da-doi-ten', (tx, id, body) => renameCase(tx, ctx.officer, id, parse(nameForm, body).title));
}

function take(ctx: Ctx): Promise<Response> {
  return caseStep(ctx, 'nhan', 'da-nhan', (tx, id) => takeCase(tx, ctx.officer, id));
}

const verificationForm = z.object({ checked: text(3, 4000), otherExplanation: text(3, 4000), finding: text(3, 4000), confidence: z.enum(['low', 'medium', 'high']) });

function verify(ctx: Ctx): Promise<Response> {
  return caseStep(ctx, 'xac-minh', 'da-xac-minh', (tx, id, body) => addVerification(tx, ctx.officer, id, parse(verificationForm, body)));
}

const evidenceForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attachment'), attachment: z.uuid(), description: text(3, 2000) }),
  z.object({ kind: z.literal('observation'), description: text(3, 2000) }),
]);

function addEvidence(ctx: Ctx): Promise<Response> {
  return caseStep(ctx, 'chung-cu', 'da-them-chung-cu', (tx, id, body) => {
    const input = parse(evidenceForm, body);
    return input.kind === 'attachment'
      ? addAttachmentEvidence(tx, ctx.officer, id, input.attachment, input.description)
      : addObservation(tx, ctx.officer, id, input.description);
  });
}

function answerAll(ctx: Ctx): Promise<Response> {
  return caseStep(ctx, 'tra-loi', 'da-tra-loi-het', async (tx, id, body) => {
    const answered = await answerAllReporters(ctx.desk, tx, ctx.officer, id, parse(answerForm, body).body);
    if (answered === 0) throw new Conflict('nobody waits', {});
  });
}

function endOrReopen(ctx: Ctx, form: 'ket-thuc' | 'mo-lai'): Promise<Response> {
  const command = form === 'ket-thuc' ? closeCase : reopenCase;
  return caseStep(ctx, form, form === 'ket-thuc' ? 'da-ket-thuc' : 'da-mo-lai', (tx, id, body) => command(tx, ctx.officer, id, parse(reasonForm, body).reason));
}
