import { OFFICE, type Role } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { loadedWords } from '#core/loaded-words.ts';
import { normalise } from '#core/vietnamese.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { letterhead } from '#modules/directory/index.ts';
import { numberOf, renderDocument } from '#modules/documents/index.ts';
import { basesInForce } from '#modules/law/index.ts';
import { holds } from '#platform/actor.ts';
import { FORM_LIMITS, readForm, type FormBody, type SentFile } from '#platform/body.ts';
import type { Tx } from '#platform/db.ts';
import { download, DOCX, XLSX } from '#platform/download.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { isUuid } from '#platform/uuid.ts';
import { formatNumber } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { answerAlert, approveAlert, changeAlert, closeAlert, draftAlert, dropAlert, readAlert, recallAlert, receiversOf, recordAnswer, returnAlert, submitAlert } from './commands.ts';
import { readAlert as readAlertForm, readAnswer, readChecks, readTold, typedFrom, typedOf, type Typed, type Wrong } from './form.ts';
import { aimAndBasis, alertPaper, summaryPaper } from './letter.ts';
import { APPROVERS, mayClose, mayRecord, mayReplace, mayWrite, RECALLERS, RECORDERS, WRITERS } from './policy.ts';
import { alertLetter, choosable, coordinates, ownAlerts, receivedAlerts, receiverPart, senderPart, storedFile, summaryRows, tallyOf } from './queries.ts';
import { summarySheet } from './sheet.ts';
import type { AlertLetter, NewFile, SummaryRow } from './types.ts';
import { AlertFormPage, levelsOf } from './views/form.tsx';
import { AlertListPage } from './views/list.tsx';
import { AlertPage } from './views/page.tsx';
import { ALERTS_PATH, alertPath, answerValues, type TypedForm } from './views/parts.tsx';
import { RecordPage, SummaryPage } from './views/summary.tsx';

const READ: Access = { kind: 'officer', roles: OFFICE };
const by = (roles: readonly Role[]): Access => ({ kind: 'officer', roles });

// ── List ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function list(ctx: Ctx): Promise<Response> {
  const { received, own, writes } = await asOfficer(ctx, async (tx) => {
    const coordinating = await coordinates(tx, ctx.officer.agencyId);
    const letters = await ownAlerts(tx, ctx.officer);
    return { received: await receivedAlerts(tx, ctx.officer), own: coordinating || letters.length > 0 ? letters : null, writes: coordinating && holds(ctx.officer, ...WRITERS) };
  });
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.alerts.title, current: 'thu-canh-bao', clear: ctx.query('xong') === 'bo' ? 'thu-canh-bao' : undefined,
    children: <AlertListPage lang={ctx.lang} received={received} own={own} writes={writes} done={ctx.query('xong')} />,
  }));
}

// ── Drafting ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Letters are written in an agency that coordinates today; elsewhere the page is not there. */
async function needCoordinating(ctx: Ctx, tx: Tx): Promise<void> {
  if (!await coordinates(tx, ctx.officer.agencyId)) throw new NotFound('alerts');
}

async function newForm(ctx: Ctx): Promise<Response> {
  const before = isUuid(ctx.query('thay')) ? await asOfficer(ctx, (tx) => ownLetter(tx, ctx, ctx.query('thay'))) : null;
  if (before && !mayReplace(ctx.officer, before)) throw new Conflict('cannot be replaced', { state: before.state });
  const typed = before ? typedFrom(before.letter) : { kind: ctx.query('loai'), report_how: ctx.t.alerts.form.reportHowStart, days: '5', audience: 'all', basis: 'duty' };
  return formPage(ctx, { typed, replaces: before?.letter ?? null, letter: null });
}

async function editForm(ctx: Ctx): Promise<Response> {
  const found = await asOfficer(ctx, (tx) => ownLetter(tx, ctx, uuidParam(ctx)));
  if (!mayWrite(ctx.officer, found)) throw new Conflict('no draft of this officer', { state: found.state });
  return formPage(ctx, { typed: typedFrom(found.letter), replaces: null, letter: found.letter });
}

interface FormState { readonly typed: Typed; readonly wrong?: Wrong; readonly replaces: AlertLetter | null; readonly letter: AlertLetter | null }

async function formPage(ctx: Ctx, { typed, wrong = {}, replaces, letter }: FormState): Promise<Response> {
  const { form: t } = ctx.t.alerts;
  const { agencies, bases } = await asOfficer(ctx, async (tx) => {
    await needCoordinating(ctx, tx);
    return { agencies: await choosable(tx, ctx.officer), bases: await basesInForce(tx, 'malware_attack', localDate(tx.now)) };
  });
  const title = letter ? t.editTitle : replaces ? t.replaceTitle(replaces.code) : t.newTitle;
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'thu-canh-bao', crumbs: [{ label: ctx.t.alerts.title, href: ALERTS_PATH }, { label: letter?.code ?? title }],
    children: (
      <AlertFormPage lang={ctx.lang} title={title} action={letter ? alertPath(letter.id, '/sua') : ALERTS_PATH} typed={typed} errors={wordsOf(ctx, wrong)} agencies={agencies} bases={bases}
        fileName={letter?.file?.name ?? null} replaces={replaces?.id ?? ''} />
    ),
  }), Object.keys(wrong).length > 0 ? 422 : 200);
}

/** POST: a new draft, or one that is changed. What is wrong comes back with everything typed. */
async function save(ctx: Ctx, id: string | null): Promise<Response> {
  const form = await readForm(ctx.c.req.raw, { ...FORM_LIMITS, files: 1, totalBytes: FORM_LIMITS.fileBytes + 2 * 1024 * 1024 });
  const { letter, replaces, levels } = await asOfficer(ctx, async (tx) => {
    await needCoordinating(ctx, tx);
    const old = isUuid(form.get('thay')) ? (await ownLetter(tx, ctx, form.get('thay'))).letter : null;
    return { letter: id ? (await ownLetter(tx, ctx, id)).letter : null, replaces: id ? null : old, levels: levelsOf(await choosable(tx, ctx.officer)) };
  });
  const back = (wrong: Wrong): Promise<Response> => formPage(ctx, { typed: typedOf(form), wrong, replaces, letter });
  const [sent] = form.files;
  if (sent?.tooLarge) return back({ file: 'too_large' });
  const read = readAlertForm(form, levels);
  if ('wrong' in read) return back(read.wrong);
  const file = fileOf(sent);
  try {
    const saved = await asOfficer(ctx, async (tx) => {
      if (read.input.legalBasis && !(await basesInForce(tx, 'malware_attack', localDate(tx.now))).some(({ code }) => code === read.input.legalBasis)) throw new Invalid('basis', { fields: { basis: 'basis' } });
      if (await isSocial(tx, read.input.domains)) throw new Invalid('social', { fields: { domains: 'social' } });
      if (!id) return draftAlert(ctx.desk, tx, ctx.officer, read.input, file, replaces?.id ?? null);
      await changeAlert(ctx.desk, tx, ctx.officer, id, read.input, file ?? (form.get('file_drop') === '1' ? null : 'keep'));
      return id;
    });
    return ctx.seeOther(`${alertPath(saved)}?xong=${id ? 'sua' : 'soan'}`);
  } catch (error) {
    if (error instanceof Invalid && error.details?.['fields']) return back(error.details['fields'] as Wrong);
    throw error;
  }
}

async function isSocial(tx: Tx, domains: readonly string[]): Promise<boolean> {
  const hosts = (await tx.selectFrom('social_site').select('host').execute()).map(({ host }) => host);
  return domains.some((domain) => hosts.some((host) => domain === host || domain.endsWith(`.${host}`)));
}

function fileOf(sent: SentFile | undefined): NewFile | null {
  return sent && sent.bytes.length > 0 ? { name: sent.name, bytes: sent.bytes } : null;
}

// ── One letter ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A letter of the own agency. @throws NotFound */
async function ownLetter(tx: Tx, ctx: Ctx, id: string) {
  const letter = await alertLetter(tx, id);
  if (!letter || letter.agencyId !== ctx.officer.agencyId) throw new NotFound('alert');
  const { drafter_id } = await tx.selectFrom('alert_letter').select('drafter_id').where('id', '=', id).executeTakeFirstOrThrow();
  return { letter, state: letter.state, agencyId: letter.agencyId, drafterId: drafter_id };
}

async function show(ctx: Ctx, more: { typed?: TypedForm; error?: unknown } = {}): Promise<Response> {
  const id = uuidParam(ctx);
  const { letter, sender, receiver } = await asOfficer(ctx, async (tx) => {
    const found = await alertLetter(tx, id);
    if (!found) throw new NotFound('alert');
    if (found.agencyId !== ctx.officer.agencyId) return { letter: found, sender: null, receiver: await receiverPart(tx, ctx.officer, id) };
    const receivers = found.approvedAt ? (await summaryRows(tx, id)).map(({ name }) => name) : (await receiversOf(tx, found.agencyId, found.audience, localDate(tx.now))).map(({ name }) => name);
    return { letter: found, sender: await senderPart(tx, id, receivers), receiver: null };
  });
  if (!sender && !receiver) throw new NotFound('alert');
  const done = more.error ? '' : ctx.query('xong');
  const raised = letter.approvedAt ? [] : loadedWords(`${letter.title}\n${letter.known}\n${letter.actions.join('\n')}\n${letter.reportHow}`, [letter.agency.name, letter.agency.shortName]);
  return ctx.page(await consoleFrame(ctx, {
    title: letter.code, current: 'thu-canh-bao', crumbs: [{ label: ctx.t.alerts.title, href: ALERTS_PATH }, { label: letter.code }],
    clear: done === 'soan' || done === 'sua' ? 'thu-canh-bao' : done === 'tra-loi' ? `tra-loi-${letter.id}` : undefined,
    children: (
      <AlertPage lang={ctx.lang} actor={ctx.officer} letter={letter} sentence={aimAndBasis(letter, ctx.lang)} sender={sender} receiver={receiver} raised={raised} typed={more.typed ?? null} done={done}
        refused={more.error && !fieldsOf(more.error) ? refusal(ctx, more.error) : null} />
    ),
  }), more.error ? statusOf(more.error) : 200);
}

type Work = (ctx: Ctx, tx: Tx, id: string, form: FormBody) => Promise<unknown>;

/** Takes one step in one transaction; what breaks a rule comes back to the page with everything typed. */
async function take(ctx: Ctx, step: string, work: Work, then?: (id: string) => string): Promise<Response> {
  const id = uuidParam(ctx);
  const form = await readForm(ctx.c.req.raw, { ...FORM_LIMITS, files: 1, totalBytes: FORM_LIMITS.fileBytes + 2 * 1024 * 1024 });
  try {
    await asOfficer(ctx, async (tx) => {
      if (!await alertLetter(tx, id)) throw new NotFound('alert');
      await work(ctx, tx, id, form);
    });
    return ctx.seeOther(then ? then(id) : `${alertPath(id)}?xong=${step}`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return show(ctx, { typed: { step, values: { ...form.fields, check_all: form.all('check').join(' ') }, errors: wordsOf(ctx, fieldsOf(error) ?? {}) }, error });
  }
}

const reasonOf = (form: FormBody): string => normalise(form.get('reason'));

async function answer(ctx: Ctx, tx: Tx, id: string, form: FormBody): Promise<void> {
  const [sent] = form.files;
  if (sent?.tooLarge) throw new Invalid('file too large', { fields: { file: 'too_large' } });
  const read = readAnswer(form, localDate(tx.now));
  if ('wrong' in read) throw new Invalid('answer', { fields: read.wrong });
  await answerAlert(ctx.desk, tx, ctx.officer, id, read.input, fileOf(sent));
}

function isRefusal(error: unknown): boolean {
  return error instanceof Conflict || error instanceof Forbidden || error instanceof Invalid || isGuard(error);
}

/** A safeguard of the database refused (PostgreSQL 23514, check_violation). */
function isGuard(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23514';
}

function statusOf(error: unknown): 403 | 409 | 422 {
  return error instanceof Forbidden ? 403 : error instanceof Conflict ? 409 : 422;
}

function fieldsOf(error: unknown): Wrong | null {
  return error instanceof Invalid && error.details?.['fields'] ? error.details['fields'] as Wrong : null;
}

/** What is wrong, in words, by field. */
function wordsOf(ctx: Ctx, wrong: Wrong): Readonly<Record<string, string>> {
  const words: Readonly<Record<string, string>> = ctx.t.alerts.errors;
  return Object.fromEntries(Object.entries(wrong).map(([field, reason]) => [field, words[reason] ?? reason]));
}

/** Why a step was refused, in words. */
function refusal(ctx: Ctx, error: unknown): string {
  const { refused, states } = ctx.t.alerts;
  const { reason, state } = (error instanceof LachanError ? error.details ?? {} : {}) as { reason?: string; state?: string };
  if (reason === 'own_draft' || reason === 'nobody') return refused[reason];
  if (state && Object.hasOwn(states, state)) return refused.state(states[state as keyof typeof states]);
  return error instanceof Forbidden ? refused.forbidden : refused.guard;
}

// ── Summary ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A letter of the own agency that was sent, with all its agencies. @throws NotFound */
async function sentLetter(ctx: Ctx): Promise<{ letter: AlertLetter; rows: SummaryRow[]; standing: Awaited<ReturnType<typeof ownLetter>> }> {
  return asOfficer(ctx, async (tx) => {
    const standing = await ownLetter(tx, ctx, uuidParam(ctx));
    if (!standing.letter.approvedAt) throw new NotFound('alert');
    return { letter: standing.letter, rows: await summaryRows(tx, standing.letter.id), standing };
  });
}

async function summary(ctx: Ctx, error: unknown = null): Promise<Response> {
  const { letter, rows, standing } = await sentLetter(ctx);
  return ctx.page(await consoleFrame(ctx, {
    title: `${ctx.t.alerts.summary.title} ${letter.code}`, current: 'thu-canh-bao',
    crumbs: [{ label: ctx.t.alerts.title, href: ALERTS_PATH }, { label: letter.code, href: alertPath(letter.id) }, { label: ctx.t.alerts.summary.title }],
    children: (
      <SummaryPage lang={ctx.lang} letter={letter} rows={rows} tally={tallyOf(rows)} records={mayRecord(ctx.officer, standing)} closes={mayClose(ctx.officer, standing)} done={error ? '' : ctx.query('xong')}
        refused={error ? refusal(ctx, error) : null} />
    ),
  }), error ? statusOf(error) : 200);
}

async function close(ctx: Ctx): Promise<Response> {
  const { letter } = await sentLetter(ctx);
  try {
    await asOfficer(ctx, (tx) => closeAlert(tx, ctx.officer, letter.id, messages('vi').alerts.summary.reportTitle(letter.title)));
    return ctx.seeOther(`${alertPath(letter.id, '/tong-hop')}?xong=chot`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return summary(ctx, error);
  }
}

async function recordForm(ctx: Ctx, agencyId: string, typed: TypedForm | null = null, status: 200 | 409 | 422 = 200): Promise<Response> {
  const { letter, rows, standing } = await sentLetter(ctx);
  const row = rows.find((one) => one.agencyId === agencyId);
  if (!row) throw new NotFound('receipt');
  if (!mayRecord(ctx.officer, standing)) throw new Conflict('takes no answers', { state: letter.state });
  const title = ctx.t.alerts.record.title(row.name);
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'thu-canh-bao',
    crumbs: [{ label: ctx.t.alerts.title, href: ALERTS_PATH }, { label: letter.code, href: alertPath(letter.id) }, { label: ctx.t.alerts.summary.title, href: alertPath(letter.id, '/tong-hop') }, { label: row.name }],
    children: <RecordPage lang={ctx.lang} letter={letter} row={row} values={typed?.values ?? answerValues(row.last)} typed={typed} />,
  }), status);
}

async function record(ctx: Ctx): Promise<Response> {
  const { letter } = await sentLetter(ctx);
  const form = await ctx.form();
  const agencyId = form.get('co-quan');
  if (!isUuid(agencyId)) throw new NotFound('receipt');
  const [told, read] = [readTold(form), readAnswer(form, localDate(ctx.now))];
  const wrong = { ...('wrong' in told && told.wrong), ...('wrong' in read && read.wrong) };
  if ('wrong' in told || 'wrong' in read) return recordForm(ctx, agencyId, { step: 'ghi-nhan', values: form.fields, errors: wordsOf(ctx, wrong) }, 422);
  await asOfficer(ctx, (tx) => recordAnswer(ctx.desk, tx, ctx.officer, letter.id, agencyId, told, read.input));
  return ctx.seeOther(`${alertPath(letter.id, '/tong-hop')}?xong=ghi-nhan`);
}

// ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function paperOf(ctx: Ctx, kind: 'cong_van' | 'bao_cao'): Promise<{ code: string; bytes: Uint8Array }> {
  const { letter, rows } = await sentLetter(ctx);
  const { audience } = letter;
  const t = ctx.t.alerts;
  const to = audience.to === 'all' ? t.paper.toAll : audience.to === 'levels' ? t.paper.toLevels(audience.levels.map((level) => t.levels[level]).join(', ')) : t.paper.toMany(formatNumber(rows.length, ctx.lang));
  const bytes = await asOfficer(ctx, async (tx) => {
    const number = await numberOf(tx, { entity: 'alert', id: letter.id }, kind);
    const on = localDate(kind === 'cong_van' ? letter.approvedAt ?? tx.now : letter.closedAt ?? tx.now);
    const setting = { lang: ctx.lang, head: await letterhead(ctx.desk, tx, letter.agencyId, number?.on ?? on), number, on, to: [to] };
    return renderDocument(ctx.desk, tx, letter.agencyId, kind === 'cong_van' ? alertPaper(letter, setting) : summaryPaper(letter, rows, tallyOf(rows), setting));
  });
  return { code: letter.code, bytes };
}

async function letterFile(ctx: Ctx): Promise<Response> {
  const { code, bytes } = await paperOf(ctx, 'cong_van');
  return download(ctx, bytes, `${code}.docx`, DOCX);
}

async function summaryFile(ctx: Ctx): Promise<Response> {
  const { code, bytes } = await paperOf(ctx, 'bao_cao');
  return download(ctx, bytes, `${code}-tong-hop.docx`, DOCX);
}

async function summaryBook(ctx: Ctx): Promise<Response> {
  const { letter, rows } = await sentLetter(ctx);
  return download(ctx, await summarySheet(letter, rows, tallyOf(rows), ctx.lang), `${letter.code}-tong-hop.xlsx`, XLSX);
}

async function attached(ctx: Ctx, answerId: string | null): Promise<Response> {
  const id = uuidParam(ctx);
  const file = await asOfficer(ctx, (tx) => storedFile(tx, id, answerId));
  if (!file) throw new NotFound('file');
  return download(ctx, await ctx.desk.files.get(file.ref), file.name, 'application/pdf');
}

/** Warning letters: for those who write them, and the guided page of each agency that gets one. */
export const alertRoutes: readonly Route[] = [
  { method: 'GET', path: ALERTS_PATH, access: READ, handler: list },
  { method: 'POST', path: ALERTS_PATH, access: by(WRITERS), handler: (ctx) => save(ctx, null) },
  { method: 'GET', path: `${ALERTS_PATH}/moi`, access: by(WRITERS), handler: newForm },
  { method: 'GET', path: `${ALERTS_PATH}/:id`, access: READ, handler: (ctx) => show(ctx) },
  { method: 'GET', path: `${ALERTS_PATH}/:id/sua`, access: by(WRITERS), handler: editForm },
  { method: 'POST', path: `${ALERTS_PATH}/:id/sua`, access: by(WRITERS), handler: (ctx) => save(ctx, uuidParam(ctx)) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/bo`, access: by(WRITERS), handler: (ctx) => take(ctx, 'bo', (_, tx, id) => dropAlert(tx, ctx.officer, id), () => `${ALERTS_PATH}?xong=bo`) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/trinh`, access: by(WRITERS), handler: (ctx) => take(ctx, 'trinh', (_, tx, id, form) => submitAlert(tx, ctx.officer, id, readChecks(form))) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/tra-lai`, access: by([...new Set([...WRITERS, ...APPROVERS])]), handler: (ctx) => take(ctx, 'tra-lai', (_, tx, id, form) => returnAlert(tx, ctx.officer, id, reasonOf(form))) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/duyet`, access: by(APPROVERS), handler: (ctx) => take(ctx, 'duyet', (_, tx, id, form) => approveAlert(tx, ctx.officer, id, readChecks(form))) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/thu-hoi`, access: by(RECALLERS), handler: (ctx) => take(ctx, 'thu-hoi', (_, tx, id, form) => recallAlert(tx, ctx.officer, id, reasonOf(form))) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/da-doc`, access: READ, handler: (ctx) => take(ctx, 'da-doc', (_, tx, id) => readAlert(tx, ctx.officer, id)) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/tra-loi`, access: READ, handler: (ctx) => take(ctx, 'tra-loi', answer) },
  { method: 'GET', path: `${ALERTS_PATH}/:id/cong-van`, access: READ, handler: letterFile },
  { method: 'GET', path: `${ALERTS_PATH}/:id/tep`, access: READ, handler: (ctx) => attached(ctx, null) },
  { method: 'GET', path: `${ALERTS_PATH}/:id/tep-tra-loi/:answer`, access: READ, handler: (ctx) => attached(ctx, uuidParam(ctx, 'answer')) },
  { method: 'GET', path: `${ALERTS_PATH}/:id/tong-hop`, access: READ, handler: (ctx) => summary(ctx) },
  { method: 'GET', path: `${ALERTS_PATH}/:id/tong-hop/word`, access: READ, handler: summaryFile },
  { method: 'GET', path: `${ALERTS_PATH}/:id/tong-hop/excel`, access: READ, handler: summaryBook },
  { method: 'POST', path: `${ALERTS_PATH}/:id/tong-hop/chot`, access: by(WRITERS), handler: close },
  { method: 'GET', path: `${ALERTS_PATH}/:id/ghi-nhan`, access: by(RECORDERS), handler: (ctx) => recordForm(ctx, ctx.query('co-quan')) },
  { method: 'POST', path: `${ALERTS_PATH}/:id/ghi-nhan`, access: by(RECORDERS), handler: record },
];
