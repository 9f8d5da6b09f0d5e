import { z } from 'zod';
import { CATEGORY_CODES, categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { CHANNEL_CODES } from '#catalogue/channels.ts';
import { parseReportCode } from '#core/codes.ts';
import { readGateAnswers, type GateAnswers } from '#core/gate.ts';
import { normalise } from '#core/vietnamese.ts';
import { communesOfProvince } from '#modules/directory/index.ts';
import { attachmentCopy } from '#modules/intake/index.ts';
import type { FormBody } from '#platform/body.ts';
import type { Tx } from '#platform/db.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { messages } from '#web/i18n/index.ts';
import { openIdentity } from './commands/conversation.ts';
import { certificateRoutes } from './certificate-routes.tsx';
import { answerGate, reclassify } from './commands/gate.ts';
import { moveReports } from './commands/grouping.ts';
import { addAttachmentEvidence, addObservation, addVerification, closeCase, renameCase, reopenCase, takeCase } from './commands/work.ts';
import { consoleFrame, LISTS } from './console-frame.tsx';
import { conversationRoutes } from './conversation-routes.tsx';
import { caseNumberOf, caseStep as stepOnCase, codeParam, ownReport, pageOf, parse, read, reasonForm, statusOf, step, text, typedOf, type Returned } from './forms.ts';
import { groupingRoutes } from './grouping-routes.tsx';
import { showCase, showReport } from './pages.tsx';
import { beginsWithDay, CLOSERS, mayRead, mayReviewLegally, READERS, WORKERS } from './policy.ts';
import {
  caseList, caseRef, firstList, PAGE, pictureOf, reportRef, reportsOfCase, reportView, wantedOf, worklist, type CaseShelf, type ReportRef, type Shelf, type WorkSort,
} from './queries.ts';
import { MOST_AT_ONCE, sameWords, type SameWords } from './queries/grouping.ts';
import { stopReviewRoutes } from './stop-review-routes.tsx';
import { CaseList, caseHref, type CaseAddress } from './views/cases.tsx';
import { GatePage } from './views/gate.tsx';
import { HelpPage } from './views/help.tsx';
import { OpenedContact, reportCrumbs, reportHref } from './views/report.tsx';
import { StatesPage } from './views/states.tsx';
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
  { method: 'GET', path: '/can-bo/tro-giup/trang-thai', access: ANYBODY, handler: statesHelp },
  { method: 'GET', path: '/can-bo/phan-anh', access: READ, handler: listReports },
  { method: 'GET', path: REPORT, access: READ, handler: (ctx) => showReport(ctx) },
  { method: 'GET', path: `${REPORT}/anh/:id`, access: READ, handler: picture },
  { method: 'GET', path: `${REPORT}/cua-kiem-tra`, access: WORK, handler: (ctx) => showGate(ctx) },
  { method: 'POST', path: `${REPORT}/cua-kiem-tra`, access: WORK, handler: gate },
  { method: 'POST', path: `${REPORT}/nhom`, access: WORK, handler: changeCategory },
  { method: 'POST', path: `${REPORT}/lien-he`, access: WORK, handler: openContact },
  { method: 'GET', path: '/can-bo/vu-viec', access: READ, handler: listCases },
  { method: 'GET', path: CASE, access: READ, handler: (ctx) => showCase(ctx) },
  { method: 'POST', path: `${CASE}/ten`, access: WORK, handler: rename },
  { method: 'POST', path: `${CASE}/nhan`, access: WORK, handler: take },
  { method: 'POST', path: `${CASE}/xac-minh`, access: WORK, handler: verify },
  { method: 'POST', path: `${CASE}/chung-cu`, access: WORK, handler: addEvidence },
  { method: 'POST', path: `${CASE}/ket-thuc`, access: CLOSE, handler: (ctx) => endOrReopen(ctx, 'ket-thuc') },
  { method: 'POST', path: `${CASE}/mo-lai`, access: CLOSE, handler: (ctx) => endOrReopen(ctx, 'mo-lai') },
  ...groupingRoutes,
  ...conversationRoutes,
  ...stopReviewRoutes,
  ...certificateRoutes,
];

// ── Entrance and help ───────────────────────────────────────────────────────────────────────────────────────────────

async function home(ctx: Ctx): Promise<Response> {
  if (beginsWithDay(ctx.officer)) return ctx.seeOther(LISTS['hom-nay']);
  if (mayRead(ctx.officer)) return ctx.seeOther(LISTS[await read(ctx, (tx) => firstList(tx, ctx.officer))]);
  if (mayReviewLegally(ctx.officer)) return ctx.seeOther(LISTS['phap-che']);
  return ctx.seeOther(ctx.officer.roles.includes('administrator') ? '/can-bo/quan-tri/can-bo' : LISTS['danh-ba']);
}

async function help(ctx: Ctx): Promise<Response> {
  return ctx.page(await consoleFrame(ctx, { title: ctx.t.console.help.title, current: 'tro-giup', children: <HelpPage lang={ctx.lang} /> }));
}

async function statesHelp(ctx: Ctx): Promise<Response> {
  const crumbs = [{ href: LISTS['tro-giup'], label: ctx.t.console.help.title }, { label: ctx.t.machines.title }];
  return ctx.page(await consoleFrame(ctx, { title: ctx.t.machines.title, current: 'tro-giup', crumbs, children: <StatesPage lang={ctx.lang} stylesheet={ctx.assets('machines.css')} /> }));
}

// ── The worklist of reports ─────────────────────────────────────────────────────────────────────────────────────────

const SHELVES = ['cho-phan-loai', 'dang-xu-ly', 'sap-den-han', 'qua-han', 'tat-ca'] as const satisfies readonly Shelf[];
const SORTS = ['han', 'nhan', 'nhom'] as const satisfies readonly WorkSort[];

const oneOf = <T extends string>(values: readonly T[], value: string): T | null => values.find((one) => one === value) ?? null;

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

// ── One report ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function picture(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const found = await read(ctx, (tx) => pictureOf(tx, codeParam(ctx), id));
  const copy = found && await attachmentCopy(ctx.desk, ctx.officer, found);
  if (!copy) throw new NotFound('picture');
  return ctx.c.body(new Uint8Array(copy.bytes), 200, {
    'Content-Type': 'image/jpeg', 'Content-Disposition': 'inline; filename="anh.jpg"', 'Cache-Control': 'private, no-store',
  });
}

const ALIKE = 20;

async function showGate(ctx: Ctx, returned?: Returned): Promise<Response> {
  const { report, alike, same } = await read(ctx, async (tx) => {
    await ownReport(ctx, tx);
    const found = await reportView(tx, codeParam(ctx));
    const identical = await sameWords(tx, found.id);
    const others = found.caseId ? await reportsOfCase(tx, found.caseId, { limit: ALIKE + identical.rows.length, without: found.id, ungated: true }) : [];
    const known = new Set(identical.rows.map(({ id }) => id));
    return { report: found, same: identical, alike: others.filter(({ id, category }) => category === found.category && !known.has(id)).slice(0, ALIKE) };
  });
  const t = ctx.t.console;
  return ctx.page(await consoleFrame(ctx, {
    title: t.gate.title, current: 'cho-phan-loai', crumbs: reportCrumbs(ctx.lang, report, t.gate.crumb),
    children: <GatePage lang={ctx.lang} now={ctx.now} report={report} alike={alike} same={same} typed={typedOf(ctx, returned, t.reportState[report.state])} />,
  }), statusOf(returned));
}

function gate(ctx: Ctx): Promise<Response> {
  return step(ctx, 'cua', showGate, async (tx, body) => {
    const report = await ownReport(ctx, tx);
    const given = readGateAnswers(body.fields);
    if (!given.ok) throw new Invalid('questions open', { fields: Object.fromEntries(given.open.map((code) => [code, 'open'])) });
    const known = categoryOf(report.category).positive.map(({ code }) => code);
    const elements = body.all('elements').filter((code) => known.includes(code));
    // Who says the same words gets the same answer; looked up before a stop takes the words away.
    const same = await chosenSame(tx, report.id, body);
    const outcome = await answerGate(ctx.desk, tx, ctx.officer, report.id, given.answers, elements);
    if (!outcome.passed) {
      for (const { id } of same) await answerGate(ctx.desk, tx, ctx.officer, id, given.answers, elements);
      return `${reportHref(report.code)}?xong=${same.length > 0 ? 'da-dung-nhieu' : 'da-dung'}`;
    }
    const others = await alikeReports(tx, report, body.all('also'));
    await passTogether(ctx, tx, outcome.caseId!, { same, others, report }, { answers: given.answers, elements });
    return `${reportHref(report.code)}?xong=${others.length + same.length > 0 ? 'da-qua-cua-nhieu' : 'da-qua-cua'}`;
  });
}

/** Those of the very same words that were ticked, or all that the page could name. */
async function chosenSame(tx: Tx, reportId: string, body: FormBody): Promise<SameWords[]> {
  const codes = new Set(body.all('same').slice(0, MOST_AT_ONCE).map((typed) => parseReportCode(typed)?.code));
  if (body.get('sameAll') === '' && codes.size === 0) return [];
  const { rows } = await sameWords(tx, reportId);
  const chosen = body.get('sameAll') === '' ? rows.filter(({ code }) => codes.has(code)) : rows;
  if (chosen.length < codes.size) throw new NotFound('report');
  return chosen;
}

/** Each passes with a record of its own; the same words go into one case, where the harm may be linked at all. */
async function passTogether(
  ctx: Ctx, tx: Tx, caseId: string, reports: { same: readonly SameWords[]; others: readonly string[]; report: ReportRef }, gated: { answers: GateAnswers; elements: readonly string[] },
): Promise<void> {
  const homeless = reports.same.filter((one) => one.caseId === null).map(({ id }) => id);
  if (homeless.length > 0 && categoryOf(reports.report.category).linksCases) await moveReports(tx, ctx.officer, homeless, caseId, messages('vi').console.gate.sameReason);
  for (const id of [...reports.same.map((one) => one.id), ...reports.others]) await answerGate(ctx.desk, tx, ctx.officer, id, gated.answers, gated.elements);
}

/** The reports an officer ticked beside the one that passed: of the same case and category, still before the gate. */
async function alikeReports(tx: Tx, report: ReportRef, codes: readonly string[]): Promise<string[]> {
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

const caseStep = (ctx: Ctx, form: string, done: string, work: (tx: Tx, caseId: string, body: FormBody) => Promise<unknown>): Promise<Response> =>
  stepOnCase(ctx, form, done, showCase, work);

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

function endOrReopen(ctx: Ctx, form: 'ket-thuc' | 'mo-lai'): Promise<Response> {
  return caseStep(ctx, form, form === 'ket-thuc' ? 'da-ket-thuc' : 'da-mo-lai', (tx, id, body) => {
    const { reason } = parse(reasonForm, body);
    return form === 'ket-thuc' ? closeCase(tx, ctx.officer, id, reason, { dropTasks: body.get('dropTasks') === '1' }) : reopenCase(tx, ctx.officer, id, reason);
  });
}
