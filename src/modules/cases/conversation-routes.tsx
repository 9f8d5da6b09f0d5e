import { z } from 'zod';
import { holds } from '#platform/actor.ts';
import type { FormBody } from '#platform/body.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { messages } from '#web/i18n/index.ts';
import { answerAllReporters, answerReporter, askReporter } from './commands/conversation.ts';
import { addNote } from './commands/notes.ts';
import { approveText, proposeText, retireText } from './commands/texts.ts';
import { consoleFrame } from './console-frame.tsx';
import { caseStep, clearOf, codeParam, ownCase, ownReport, parse, read, reasonForm, statusOf, step, text, typedOf, type Returned, type Show } from './forms.ts';
import { showCase, showReport } from './pages.tsx';
import { READERS, WORKERS, WRITERS } from './policy.ts';
import { reportRef } from './queries.ts';
import { ownText, readyTexts, textsOf, type ReadyText } from './queries/conversation.ts';
import { caseHref } from './views/cases.tsx';
import { CANNED } from './views/canned.tsx';
import { TextsPage } from './views/texts.tsx';
import { reportHref } from './views/report.tsx';

const READ: Access = { kind: 'officer', roles: READERS };
const WORK: Access = { kind: 'officer', roles: WORKERS };
const WRITE: Access = { kind: 'officer', roles: WRITERS };
const REPORT = '/can-bo/phan-anh/:code';
const CASE = '/can-bo/vu-viec/:number';
const TEXTS = '/can-bo/cau-mau';

/** Asking, answering, notes that stay inside, and the texts to answer with. */
export const conversationRoutes: readonly Route[] = [
  { method: 'POST', path: `${REPORT}/hoi`, access: WORK, handler: ask },
  { method: 'POST', path: `${REPORT}/tra-loi`, access: WORK, handler: answer },
  { method: 'POST', path: `${REPORT}/ghi-chu`, access: WORK, handler: noteReport },
  { method: 'POST', path: `${CASE}/tra-loi`, access: WORK, handler: answerAll },
  { method: 'POST', path: `${CASE}/ghi-chu`, access: WORK, handler: (ctx) => caseStep(ctx, 'ghi-chu', 'da-ghi-chu', showCase, (tx, caseId, body) => addNote(tx, ctx.officer, { caseId }, body.get('note'))) },
  { method: 'GET', path: TEXTS, access: READ, handler: (ctx) => showTexts(ctx) },
  { method: 'POST', path: TEXTS, access: WRITE, handler: propose },
  { method: 'POST', path: `${TEXTS}/:id/duyet`, access: WRITE, handler: (ctx) => textStep(ctx, 'duyet', 'da-duyet-cau', (tx, id) => approveText(tx, ctx.officer, id)) },
  { method: 'POST', path: `${TEXTS}/:id/bo`, access: WRITE, handler: (ctx) => textStep(ctx, 'bo', 'da-bo-cau', (tx, id, body) => retireText(tx, ctx.officer, id, parse(reasonForm, body).reason)) },
];

// ── Texts in forms ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A text in both languages; empty when none was chosen. */
type Chosen = Pick<ReadyText, 'bodyVi' | 'bodyEn'>;
const NOTHING: Chosen = { bodyVi: '', bodyEn: '' };

/** The text a form chose: one of the built-in questions, or an approved one of the agency. @throws Invalid when it is not there (any more) */
async function chosenText(tx: Tx, choice: string): Promise<Chosen> {
  if (choice === '' || choice === 'own') return NOTHING;
  const key = CANNED.find((one) => one === choice);
  if (key) return { bodyVi: messages('vi').console.ask.canned[key], bodyEn: messages('en').console.ask.canned[key] };
  const found = (await readyTexts(tx)).find(({ id }) => id === choice);
  if (!found) throw new Invalid('no such text', { fields: { canned: 'form' } });
  return found;
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part.trim() !== '').join('\n\n');

/** A step whose form may come back with the chosen text put in, instead of being sent. */
async function speak(
  ctx: Ctx, form: string, show: Show, insert: (tx: Tx, body: FormBody, chosen: Chosen) => Promise<Record<string, string>>, work: (tx: Tx, body: FormBody) => Promise<string>,
): Promise<Response> {
  const body = await ctx.form();
  if (!body.get('insert')) return step(ctx, form, show, work);
  try {
    const fields = await read(ctx, async (tx) => {
      const chosen = await chosenText(tx, body.get('canned'));
      if (chosen === NOTHING) throw new Invalid('nothing chosen', { fields: { canned: 'form' } });
      return { ...body.fields, ...await insert(tx, body, chosen), canned: '' };
    });
    return await show(ctx, { form, error: null, body: { ...body, fields } });
  } catch (error) {
    if (error instanceof Invalid) return show(ctx, { form, error, body });
    throw error;
  }
}

/** Puts the text in the reporter's language before what was typed. */
async function intoBody(ctx: Ctx, tx: Tx, body: FormBody, chosen: Chosen): Promise<{ body: string }> {
  const { language } = await reportRef(tx, codeParam(ctx));
  return { body: joined(language === 'en' ? chosen.bodyEn : chosen.bodyVi, body.get('body')) };
}

const words = z.object({ body: text(5, 5000) });

/** What is sent: the chosen text in the reporter's language, then the officer's own words. */
async function spoken(ctx: Ctx, tx: Tx, sent: FormBody): Promise<string> {
  const { body } = await intoBody(ctx, tx, sent, await chosenText(tx, sent.get('canned')));
  return parse(words, { ...sent, fields: { body } }).body;
}

function ask(ctx: Ctx): Promise<Response> {
  return speak(ctx, 'hoi', showReport, (tx, body, chosen) => intoBody(ctx, tx, body, chosen), async (tx, sent) => {
    const report = await ownReport(ctx, tx);
    await askReporter(ctx.desk, tx, ctx.officer, report.id, await spoken(ctx, tx, sent));
    return `${reportHref(report.code)}?xong=da-hoi`;
  });
}

function answer(ctx: Ctx): Promise<Response> {
  return speak(ctx, 'tra-loi', showReport, (tx, body, chosen) => intoBody(ctx, tx, body, chosen), async (tx, sent) => {
    const report = await ownReport(ctx, tx);
    await answerReporter(ctx.desk, tx, ctx.officer, report.id, await spoken(ctx, tx, sent));
    return `${reportHref(report.code)}?xong=da-tra-loi`;
  });
}

const bothWords = z.object({ body: text(5, 5000), bodyEn: z.union([text(0, 0), text(5, 5000)]) });

function answerAll(ctx: Ctx): Promise<Response> {
  const both = (body: FormBody, chosen: Chosen) => ({ body: joined(chosen.bodyVi, body.get('body')), bodyEn: joined(chosen.bodyEn, body.get('bodyEn')) });
  return speak(ctx, 'tra-loi', showCase, async (_tx, body, chosen) => both(body, chosen), async (tx, sent) => {
    const { id, number } = await ownCase(ctx, tx);
    const { body, bodyEn } = parse(bothWords, { ...sent, fields: both(sent, await chosenText(tx, sent.get('canned'))) });
    if (await answerAllReporters(ctx.desk, tx, ctx.officer, id, { vi: body, ...(bodyEn && { en: bodyEn }) }) === 0) throw new Conflict('nobody waits', {});
    return `${caseHref(number)}?xong=da-tra-loi-het`;
  });
}

function noteReport(ctx: Ctx): Promise<Response> {
  return step(ctx, 'ghi-chu', showReport, async (tx, body) => {
    const report = await ownReport(ctx, tx);
    if (report.state === 'stopped') throw new Conflict('withheld', { state: report.state });
    await addNote(tx, ctx.officer, { reportId: report.id }, body.get('note'));
    return `${reportHref(report.code)}?xong=da-ghi-chu`;
  });
}

// ── The texts themselves ────────────────────────────────────────────────────────────────────────────────────────────

async function showTexts(ctx: Ctx, returned?: Returned): Promise<Response> {
  const texts = await read(ctx, (tx) => textsOf(tx, ['proposed', 'approved', 'retired']));
  const t = ctx.t.console.texts;
  return ctx.page(await consoleFrame(ctx, {
    title: t.title, current: 'cau-mau', clear: clearOf(ctx, 'moi'),
    children: (
      <TextsPage lang={ctx.lang} texts={texts} officerId={ctx.officer.officerId} writes={holds(ctx.officer, ...WRITERS)} done={ctx.query('xong')}
        typed={typedOf(ctx, returned, t.decided)} />
    ),
  }), statusOf(returned));
}

const textForm = z.object({ textTitle: text(3, 100), bodyVi: text(5, 4000), bodyEn: text(5, 4000) });

function propose(ctx: Ctx): Promise<Response> {
  return step(ctx, 'moi', showTexts, async (tx, body) => {
    const { textTitle: title, bodyVi, bodyEn } = parse(textForm, body);
    await proposeText(tx, ctx.officer, { title, bodyVi, bodyEn });
    return `${TEXTS}?xong=da-de-xuat`;
  });
}

function textStep(ctx: Ctx, form: string, done: string, work: (tx: Tx, id: string, body: FormBody) => Promise<void>): Promise<Response> {
  const id = uuidParam(ctx);
  return step(ctx, `${form}-${id}`, showTexts, async (tx, body) => {
    if (!await ownText(tx, id)) throw new NotFound('text');
    await work(tx, id, body);
    return `${TEXTS}?xong=${done}`;
  });
}
