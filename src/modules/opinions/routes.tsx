import { randomBytes } from 'node:crypto';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { OFFICE } from '#catalogue/roles.ts';
import { parseCode } from '#core/codes.ts';
import { DEADLINES, dueAt, localDate } from '#core/deadlines.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { letterhead } from '#modules/directory/index.ts';
import { numberOf, renderDocument } from '#modules/documents/index.ts';
import type { FormBody } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import type { Tx } from '#platform/db.ts';
import { download, DOCX, XLSX } from '#platform/download.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { publicAddress } from '#platform/public-address.ts';
import { parseDate } from '#web/format.ts';
import { acknowledge, answerOpinion, decideMail, enterPaper, markMail } from './commands/answer.ts';
import { sendConsultation } from './commands/ask.ts';
import { closeSynthesis, extendRequest, registerPaper, reopenSynthesis, showAnswers, withdrawOpinions, type PaperKind } from './commands/ending.ts';
import { checkFiles } from './files.ts';
import { answeringOf, conflictWords, idsOf, itemsOf, pointsOf, refusal, returnedOf, valuesOf } from './forms.ts';
import { requestLetter, synthesisLetter } from './letter.ts';
import { answerPath, consultationPath, LIST_PATH, NEW_PATH, opinionPath } from './paths.ts';
import { ASKERS, KEEPERS, mayAsk, mayKeep } from './policy.ts';
import { agencyChoices, consultationList, consultationView, keptFile, ledCase, openCases, registeredPapers, shareChoices, type ListKind } from './queries.ts';
import { synthesisSheet } from './sheet.ts';
import type { ConsultationView, OpinionView } from './types.ts';
import { AgencyPage } from './views/agency.tsx';
import { AskPage, ChooseCasePage } from './views/ask.tsx';
import { GivePage } from './views/give.tsx';
import { ListPage } from './views/list.tsx';
import { OnePage } from './views/one.tsx';
import type { Returned } from './views/parts.tsx';

const READ: Access = { kind: 'officer', roles: OFFICE };
const ASK: Access = { kind: 'officer', roles: ASKERS };
const KEEP: Access = { kind: 'officer', roles: KEEPERS };

const CASE_NUMBER = /^VV-\d{2}-\d{4}-\d{4,9}$/;
const KEY = /^[0-9a-f]{32}$/;
function codeOf(ctx: Ctx): string {
  const code = parseCode('YK', ctx.param('code'))?.code;
  if (!code) throw new NotFound('consultation');
  return code;
}

async function viewOf(ctx: Ctx, code = codeOf(ctx)): Promise<ConsultationView> {
  const found = await asOfficer(ctx, (tx) => consultationView(ctx.desk, tx, code));
  if (!found) throw new NotFound('consultation');
  return found;
}

/** What the officer's own agency was asked; the lead is asked nothing. */
function ownOf(ctx: Ctx, asked: ConsultationView): OpinionView | null {
  return asked.leads ? null : asked.opinions.find(({ agencyId }) => agencyId === ctx.officer.agencyId) ?? null;
}

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /can-bo/y-kien: what the agency is asked, or else what it asked; with `?vu-viec=` what was asked about that case. */
async function list(ctx: Ctx): Promise<Response> {
  const number = ctx.query('vu-viec');
  const chosen: ListKind | null = ctx.query('muc') === 'da-hoi' || CASE_NUMBER.test(number) ? 'da-hoi' : ctx.query('muc') === 'duoc-hoi' ? 'duoc-hoi' : null;
  const { kind, rows } = await asOfficer(ctx, async (tx) => {
    const first = await consultationList(tx, ctx.officer, chosen ?? 'duoc-hoi');
    if (chosen || first.length > 0 || !mayAsk(ctx.officer)) return { kind: chosen ?? 'duoc-hoi' as const, rows: first };
    const asked = await consultationList(tx, ctx.officer, 'da-hoi');
    return asked.length > 0 ? { kind: 'da-hoi' as const, rows: asked } : { kind: 'duoc-hoi' as const, rows: first };
  });
  const shown = CASE_NUMBER.test(number) ? rows.filter(({ caseNumber }) => caseNumber === number) : rows;
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.opinions.list.title, current: 'y-kien', children: <ListPage lang={ctx.lang} now={ctx.now} kind={kind} rows={shown} mayAsk={mayAsk(ctx.officer)} />,
  }));
}

// ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Asked {
  readonly formKey: string;
  readonly returned: Returned | null;
  readonly filesLost: boolean;
  readonly follows: string | null;
}

async function showAsk(ctx: Ctx, number: string, form: Asked, status: ContentfulStatusCode = 200): Promise<Response> {
  const found = CASE_NUMBER.test(number) ? await asOfficer(ctx, (tx) => ledCase(tx, ctx.officer.agencyId, number)) : null;
  if (!found) throw new NotFound('case');
  const before = form.follows === null ? null : await viewOf(ctx, form.follows);
  if (before && (!before.leads || before.caseId !== found.id)) throw new NotFound('consultation');
  const [agencies, items] = await asOfficer(ctx, async (tx) => [await agencyChoices(tx, ctx.officer.agencyId), await shareChoices(tx, found.id)] as const);
  const { amount } = DEADLINES.opinionLongest;
  const calendar = await deskCalendar(ctx.desk);
  const days = Array.from({ length: amount }, (_, index) => ({ days: index + 1, due: localDate(dueAt('opinionLongest', ctx.now, calendar, index + 1)) }));
  const again: Readonly<Record<string, string>> = before ? { title: before.title, question: before.question, points: before.points.join('\n'), draftText: '' } : {};
  const values = form.returned?.values ?? { workingDays: String(DEADLINES.opinion.amount), ...again };
  const chosen = form.returned ? { agencies: form.returned.all('agencies'), items: form.returned.all('items') }
    : { agencies: before?.opinions.filter(({ state }) => state !== 'withdrawn').map(({ agencyId }) => agencyId) ?? [], items: [] };
  const { ask: t, list: lists } = ctx.t.opinions;
  return ctx.page(await consoleFrame(ctx, {
    title: t.title, current: 'y-kien', crumbs: [{ href: `${LIST_PATH}?muc=da-hoi`, label: lists.title }, { href: `/can-bo/vu-viec/${number}`, label: number }, { label: t.title }],
    children: (
      <AskPage lang={ctx.lang} {...{ found, agencies, items, days, values, chosen }} before={before && { code: before.code, round: before.round }} formKey={form.formKey} returned={form.returned} filesLost={form.filesLost}
        open={found.state !== 'open' && found.state !== 'closed'} />
    ),
  }), status);
}

const newKey = (): string => randomBytes(16).toString('hex');

/** GET /can-bo/y-kien/moi */
async function beginAsk(ctx: Ctx): Promise<Response> {
  const number = ctx.query('vu-viec');
  if (number !== '') return showAsk(ctx, number, { formKey: newKey(), returned: null, filesLost: false, follows: parseCode('YK', ctx.query('tiep'))?.code ?? null });
  const cases = await asOfficer(ctx, (tx) => openCases(tx, ctx.officer.agencyId));
  return ctx.page(await consoleFrame(ctx, { title: ctx.t.opinions.ask.choose, current: 'y-kien', children: <ChooseCasePage lang={ctx.lang} cases={cases} /> }));
}

/** POST /can-bo/y-kien/moi */
async function ask(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const number = body.get('vu-viec');
  const typedKey = body.get('khoa');
  const formKey = KEY.test(typedKey) ? typedKey : newKey();
  const follows = parseCode('YK', body.get('tiep'))?.code ?? null;
  const again = (returned: Returned, status: 409 | 422) => showAsk(ctx, number, { formKey, returned, filesLost: body.files.length > 0, follows }, status);
  try {
    if (body.tooManyFiles) throw new Invalid('files', { fields: { tep: 'extra' }, reason: 'extra' });
    const { code } = await sendConsultation(ctx.desk, ctx.officer, {
      caseNumber: CASE_NUMBER.test(number) ? number : '', formKey, title: body.get('title'), question: body.get('question'), points: pointsOf(body.get('points')), draftText: body.get('draftText'),
      inMail: body.get('inMail') === '1', workingDays: Number(body.get('workingDays')), agencies: idsOf(body, 'agencies'), items: itemsOf(body), shareWhy: body.get('shareWhy'), files: body.files, follows,
    });
    return ctx.seeOther(`${consultationPath(code)}?xong=gui`);
  } catch (error) {
    if (error instanceof Conflict) return again(returnedOf('hoi', body, { '': conflictWords(error, ctx.t.opinions.errors) }), 409);
    if (!(error instanceof Invalid)) throw error;
    return again(returnedOf('hoi', body, refusal(error, ctx.t.opinions.errors)), 422);
  }
}

// ── Answering ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface Shown {
  readonly returned: Returned | null;
  readonly conflict: string | null;
  readonly filesLost: boolean;
}
const FRESH: Shown = { returned: null, conflict: null, filesLost: false };

/** GET /can-bo/y-kien/:code/tra-loi, and what a sending that failed shows. */
async function showGive(ctx: Ctx, shown: Shown = FRESH, status: ContentfulStatusCode = 200): Promise<Response> {
  const asked = await viewOf(ctx);
  const own = ownOf(ctx, asked);
  if (!own) throw new NotFound('opinion');
  const agencies = await asOfficer(ctx, (tx) => agencyChoices(tx, ctx.officer.agencyId));
  const { give: t, list: lists } = ctx.t.opinions;
  return ctx.page(await consoleFrame(ctx, {
    title: t.title, current: 'y-kien', crumbs: [{ href: LIST_PATH, label: lists.title }, { href: consultationPath(asked.code), label: asked.code }, { label: t.title }],
    children: <GivePage lang={ctx.lang} today={localDate(ctx.now)} {...{ asked, own, agencies }} values={shown.returned?.values ?? valuesOf(own.versions[0])} {...shown} />,
  }), status);
}

/** POST /can-bo/y-kien/:code/tra-loi */
async function give(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const asked = await viewOf(ctx);
  if (!ownOf(ctx, asked)) throw new NotFound('opinion');
  return attempt(ctx, 'tra-loi', body, async () => {
    if (body.tooManyFiles) throw new Invalid('files', { fields: { tep: 'extra' }, reason: 'extra' });
    await answerOpinion(ctx.desk, ctx.officer, asked.code, answeringOf(body, asked.points.length), checkFiles(body.files));
    return `${consultationPath(asked.code)}?xong=tra-loi`;
  }, (shown, status) => showGive(ctx, shown, status));
}

/** Does something a form asks for and goes on, or shows the form again with everything that was typed. */
async function attempt(ctx: Ctx, form: string, body: FormBody, work: () => Promise<string>, show: (shown: Shown, status: 409 | 422) => Promise<Response>): Promise<Response> {
  try {
    return ctx.seeOther(await work());
  } catch (error) {
    const filesLost = body.files.length > 0;
    if (error instanceof Conflict) return show({ returned: returnedOf(form, body, {}), conflict: conflictWords(error, ctx.t.opinions.errors), filesLost }, 409);
    if (!(error instanceof Invalid)) throw error;
    return show({ returned: returnedOf(form, body, refusal(error, ctx.t.opinions.errors)), conflict: null, filesLost }, 422);
  }
}

// ── One request ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /can-bo/y-kien/:code, and what a step that failed shows. */
async function showOne(ctx: Ctx, shown: Shown = FRESH, status: ContentfulStatusCode = 200): Promise<Response> {
  const asked = await viewOf(ctx);
  const before = asked.leads && asked.before ? await viewOf(ctx, asked.before) : null;
  const papers = await asOfficer(ctx, async (tx) => {
    const registered = await registeredPapers(tx, asked.id);
    const state = async (kind: PaperKind) => ({ registered: registered.has(kind), number: await numberOf(tx, { entity: 'consultation', id: asked.id }, kind) });
    return { letter: await state('cong_van'), synthesis: await state('bao_cao') };
  });
  const { one: t, list: lists } = ctx.t.opinions;
  return ctx.page(await consoleFrame(ctx, {
    title: t.title(asked.code), current: 'y-kien', crumbs: [{ href: `${LIST_PATH}?muc=${asked.leads ? 'da-hoi' : 'duoc-hoi'}`, label: lists.title }, { label: asked.code }],
    children: <OnePage lang={ctx.lang} {...{ asked, before, papers }} own={ownOf(ctx, asked)} mayAsk={mayAsk(ctx.officer)} mayKeep={mayKeep(ctx.officer)} done={ctx.query('xong')} returned={shown.returned} conflict={shown.conflict} />,
  }), status);
}

/** A step on a request: done and back to its page, or the page with what is wrong. */
async function step(ctx: Ctx, form: string, done: string, work: (tx: Tx, code: string, body: FormBody) => Promise<unknown>): Promise<Response> {
  const body = await ctx.form();
  const code = codeOf(ctx);
  return attempt(ctx, form, body, async () => {
    await asOfficer(ctx, (tx) => work(tx, code, body));
    return `${consultationPath(code)}?xong=${done}`;
  }, (shown, status) => showOne(ctx, shown, status));
}

/** POST …/so: enters the letter or the synthesis in the register. */
function register(ctx: Ctx): Promise<Response> {
  return step(ctx, 'so', 'so', async (tx, code, body) => {
    const asked = await consultationView(ctx.desk, tx, code);
    if (!asked?.leads) throw new NotFound('consultation');
    const { paper } = ctx.t.opinions;
    if (body.get('loai') === 'cong_van') await registerPaper(tx, ctx.officer, code, 'cong_van', paper.requestSubject(asked.title), asked.opinions.map(({ agency }) => agency));
    else await registerPaper(tx, ctx.officer, code, 'bao_cao', paper.synthesisSubject(asked.title), []);
  });
}

// ── One agency ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET …/co-quan/:id, for the agency that asked. */
async function showAgency(ctx: Ctx, shown: Shown = FRESH, status: ContentfulStatusCode = 200): Promise<Response> {
  const asked = await viewOf(ctx);
  const id = uuidParam(ctx);
  const opinion = asked.leads ? asked.opinions.find((one) => one.id === id) : undefined;
  if (!opinion) throw new NotFound('opinion');
  const agencies = await asOfficer(ctx, (tx) => agencyChoices(tx, opinion.agencyId));
  const { agency: t, list: lists } = ctx.t.opinions;
  return ctx.page(await consoleFrame(ctx, {
    title: t.title(opinion.agency), current: 'y-kien', crumbs: [{ href: `${LIST_PATH}?muc=da-hoi`, label: lists.title }, { href: consultationPath(asked.code), label: asked.code }, { label: opinion.agency }],
    children: <AgencyPage lang={ctx.lang} {...{ asked, opinion, agencies }} mayAsk={mayAsk(ctx.officer)} mayKeep={mayKeep(ctx.officer)} done={ctx.query('xong')} {...shown} />,
  }), status);
}

/** A step on the opinion of one agency; it must be of the request in the address. */
async function agencyStep(ctx: Ctx, form: string, done: string, work: (id: string, asked: ConsultationView, body: FormBody) => Promise<unknown>): Promise<Response> {
  const body = await ctx.form();
  const asked = await viewOf(ctx);
  const id = uuidParam(ctx);
  if (!asked.leads || !asked.opinions.some((one) => one.id === id)) throw new NotFound('opinion');
  return attempt(ctx, form, body, async () => {
    await work(id, asked, body);
    return `${opinionPath(asked.code, id)}?xong=${done}`;
  }, (shown, status) => showAgency(ctx, shown, status));
}

function paper(ctx: Ctx): Promise<Response> {
  return agencyStep(ctx, 'giay', 'giay', async (id, asked, body) => {
    if (body.tooManyFiles) throw new Invalid('files', { fields: { tep: 'extra' }, reason: 'extra' });
    await enterPaper(ctx.desk, ctx.officer, id, answeringOf(body, asked.points.length), checkFiles(body.files));
  });
}

function mail(ctx: Ctx): Promise<Response> {
  return agencyStep(ctx, 'thu', 'thu', async (id, asked, body) => {
    const chosen = asked.mails.find((one) => one.id === body.get('mail') && one.opinionId === id);
    if (!chosen) throw new Conflict('no such mail waits', { reason: 'decided' });
    const answer = body.get('answer');
    await asOfficer(ctx, (tx) => decideMail(tx, ctx.officer, chosen.id, answer === 'khong' ? null : answer));
  });
}

// ── Files and papers ────────────────────────────────────────────────────────────────────────────────────────────────

/** GET …/tep/:id */
async function file(ctx: Ctx): Promise<Response> {
  const [code, id] = [codeOf(ctx), uuidParam(ctx)];
  const found = await asOfficer(ctx, (tx) => keptFile(tx, code, id));
  if (!found) throw new NotFound('file');
  return download(ctx, await ctx.desk.files.get(found.ref), found.name, 'application/octet-stream');
}

async function ledView(ctx: Ctx): Promise<ConsultationView> {
  const asked = await viewOf(ctx);
  if (!asked.leads) throw new NotFound('consultation');
  return asked;
}

async function paperOf(ctx: Ctx, asked: ConsultationView, kind: PaperKind): Promise<Uint8Array> {
  const { agencyId } = ctx.officer;
  return asOfficer(ctx, async (tx) => {
    const number = await numberOf(tx, { entity: 'consultation', id: asked.id }, kind);
    const setting = { head: await letterhead(ctx.desk, tx, agencyId, number?.on ?? localDate(tx.now)), number, answerAt: `${publicAddress(ctx.desk)}${answerPath(asked.code)}` };
    return renderDocument(ctx.desk, tx, agencyId, kind === 'cong_van' ? requestLetter(asked, setting) : synthesisLetter(asked, setting));
  });
}

async function letter(ctx: Ctx): Promise<Response> {
  const asked = await ledView(ctx);
  return download(ctx, await paperOf(ctx, asked, 'cong_van'), `lay-y-kien-${asked.code}.docx`, DOCX);
}

async function synthesis(ctx: Ctx): Promise<Response> {
  const asked = await ledView(ctx);
  return download(ctx, await paperOf(ctx, asked, 'bao_cao'), `tong-hop-y-kien-${asked.code}.docx`, DOCX);
}

async function sheet(ctx: Ctx): Promise<Response> {
  const asked = await ledView(ctx);
  return download(ctx, await synthesisSheet(asked), `tong-hop-y-kien-${asked.code}.xlsx`, XLSX);
}

const ONE = `${LIST_PATH}/:code`;
const AGENCY = `${ONE}/co-quan/:id`;

/** Written opinions in the console. */
export const officeRoutes: readonly Route[] = [
  { method: 'GET', path: LIST_PATH, access: READ, handler: list },
  { method: 'GET', path: NEW_PATH, access: ASK, handler: beginAsk },
  { method: 'POST', path: NEW_PATH, access: ASK, handler: ask },
  { method: 'GET', path: ONE, access: READ, handler: (ctx) => showOne(ctx) },
  { method: 'GET', path: `${ONE}/tra-loi`, access: READ, handler: (ctx) => showGive(ctx) },
  { method: 'POST', path: `${ONE}/tra-loi`, access: READ, handler: give },
  { method: 'POST', path: `${ONE}/da-nhan`, access: READ, handler: (ctx) => step(ctx, 'da-nhan', 'da-nhan', (tx, code) => acknowledge(tx, ctx.officer, code)) },
  { method: 'GET', path: `${ONE}/tep/:id`, access: READ, handler: file },
  { method: 'GET', path: `${ONE}/cong-van.docx`, access: READ, handler: letter },
  { method: 'GET', path: `${ONE}/tong-hop.docx`, access: READ, handler: synthesis },
  { method: 'GET', path: `${ONE}/tong-hop.xlsx`, access: READ, handler: sheet },
  { method: 'POST', path: `${ONE}/chot`, access: ASK, handler: (ctx) => step(ctx, 'chot', 'chot', (tx, code, body) => closeSynthesis(tx, ctx.officer, code, body.get('summary'))) },
  { method: 'POST', path: `${ONE}/mo`, access: ASK, handler: (ctx) => step(ctx, 'mo', 'mo', (tx, code) => reopenSynthesis(tx, ctx.officer, code)) },
  { method: 'POST', path: `${ONE}/cho-xem`, access: ASK, handler: (ctx) => step(ctx, 'cho-xem', 'cho-xem', (tx, code, body) => showAnswers(tx, ctx.officer, code, body.get('xem') === '1')) },
  { method: 'POST', path: `${ONE}/gia-han`, access: ASK, handler: (ctx) => step(ctx, 'gia-han', 'gia-han', (tx, code, body) => extendRequest(tx, ctx.officer, code, parseDate(body.get('due')) ?? '', body.get('reason'))) },
  { method: 'POST', path: `${ONE}/rut`, access: ASK, handler: (ctx) => step(ctx, 'rut', 'rut', (tx, code, body) => withdrawOpinions(tx, ctx.officer, code, body.get('reason'))) },
  { method: 'POST', path: `${ONE}/so`, access: KEEP, handler: register },
  { method: 'GET', path: AGENCY, access: READ, handler: (ctx) => showAgency(ctx) },
  { method: 'POST', path: `${AGENCY}/giay`, access: KEEP, handler: paper },
  { method: 'POST', path: `${AGENCY}/danh-dau`, access: ASK, handler: (ctx) => agencyStep(ctx, 'danh-dau', 'danh-dau', (id, _asked, body) => asOfficer(ctx, (tx) => markMail(tx, ctx.officer, id, body.get('answer')))) },
  { method: 'POST', path: `${AGENCY}/thu`, access: ASK, handler: mail },
  { method: 'POST', path: `${AGENCY}/rut`, access: ASK, handler: (ctx) => agencyStep(ctx, 'rut', 'rut', (id, asked, body) => asOfficer(ctx, (tx) => withdrawOpinions(tx, ctx.officer, asked.code, body.get('reason'), id))) },
];
