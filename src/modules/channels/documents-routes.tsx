import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { FORM_LIMITS, readForm } from '#platform/body.ts';
import { download } from '#platform/download.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { documentRow, documentRows, lastDocumentNumber, PAGE } from './arrivals-queries.ts';
import { exportAnswer, exportStatus, importDocument, lastAnswer } from './commands/documents.ts';
import { NumberInUse } from './commands/counter.ts';
import { numberInUseWords, TAKERS } from './counter/routes.tsx';
import { Unwritable } from './edoc/errors.ts';
import { LIMITS } from './edoc/types.ts';
import { foreignReceiver, pageOf } from './office-reading.ts';
import { documentName, DocumentPage, DOCUMENTS_PATH, DocumentsPage, GIVEN_STATUSES, type TypedDocument } from './views/documents.tsx';

const CLERKS: Access = { kind: 'officer', roles: TAKERS };

// ── Import ──────────────────────────────────────────────────────────────────────────────────────────────────────────

async function list(ctx: Ctx, failed: { errors: FieldErrors; typed: string } = { errors: {}, typed: '' }, status: 200 | 422 = 200): Promise<Response> {
  const foreign = await foreignReceiver(ctx);
  const page = pageOf(ctx);
  const { rows, last } = await asOfficer(ctx, async (tx) => ({ rows: await documentRows(tx, page), last: await lastDocumentNumber(tx, ctx.officer.agencyId) }));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.channels.documents.title, current: 'van-ban',
    children: (
      <DocumentsPage lang={ctx.lang} {...{ rows, page, last, foreign, ...failed }} more={rows.length === PAGE} size={PAGE} year={Number(localDate(ctx.now).slice(0, 4))} done={ctx.query('xong')} />
    ),
  }), status);
}

/** POST /can-bo/van-ban: keeps one .edxml file; the job reads it. */
async function take(ctx: Ctx): Promise<Response> {
  // What is not this agency's register is not there for it.
  if (await foreignReceiver(ctx) !== null) throw new NotFound('documents');
  const body = await readForm(ctx.c.req.raw, { ...FORM_LIMITS, fileBytes: LIMITS.fileBytes, files: 1, totalBytes: LIMITS.fileBytes + 1024 * 1024 });
  const { documents: t, counter } = ctx.t.channels;
  const typed = normalise(body.get('document'));
  const refuse = (errors: FieldErrors) => list(ctx, { errors, typed }, 422);
  const [file] = body.files;
  if (!file || (file.bytes.length === 0 && !file.tooLarge)) return refuse({ tep: t.fileMissing });
  if (file.tooLarge) return refuse({ tep: t.fileTooLarge });
  if (typed !== '' && !(/^\d{1,6}$/.test(typed) && Number(typed) > 0)) return refuse({ document: counter.documentWrong });
  try {
    const document = typed === '' ? null : { number: Number(typed), year: Number(localDate(ctx.now).slice(0, 4)) };
    const { repeated } = await importDocument(ctx.desk, ctx.officer, { bytes: file.bytes, document });
    return ctx.seeOther(`${DOCUMENTS_PATH}?xong=${repeated ? 'trung' : 'nhan'}`);
  } catch (error) {
    if (!(error instanceof NumberInUse)) throw error;
    return refuse({ document: numberInUseWords(ctx, error) });
  }
}

// ── One document, and the files that answer it ──────────────────────────────────────────────────────────────────────

async function show(ctx: Ctx, typed: TypedDocument | null = null, status: 200 | 422 = 200): Promise<Response> {
  const { document, ...rest } = await asOfficer(ctx, async (tx) => {
    const found = await documentRow(tx, uuidParam(ctx));
    const handled = found?.report ? await tx.selectFrom('report').select('id').where('id', '=', found.report.id).where('handling_agency_id', '=', ctx.officer.agencyId).executeTakeFirst() : null;
    return { document: found, handled: Boolean(handled), answer: handled ? await lastAnswer(tx, handled.id) : null };
  });
  if (!document) throw new NotFound('document');
  const t = ctx.t.channels.documents;
  const title = documentName(document, ctx.lang);
  return ctx.page(await consoleFrame(ctx, {
    title, current: 'van-ban', crumbs: [{ href: DOCUMENTS_PATH, label: t.title }, { label: title }],
    children: <DocumentPage lang={ctx.lang} {...{ document, typed, ...rest }} hasOrganId={Boolean(ctx.desk.config.EDXML_ORGAN_ID)} />,
  }), status);
}

/** Makes a file and sends it; what the format cannot carry is said at its field. */
async function exported(ctx: Ctx, form: TypedDocument['form'], name: string, write: () => Promise<string>): Promise<Response> {
  const { fields: values } = await ctx.form();
  try {
    const file = await write();
    return download(ctx, Buffer.from(file), `${name}.edxml`, 'application/octet-stream');
  } catch (error) {
    if (error instanceof Unwritable) return show(ctx, { form, values, errors: fieldWords(ctx, error) }, 422);
    if (error instanceof Conflict) return show(ctx, { form, values, errors: { '': ctx.t.channels.documents.answerNone } }, 422);
    if (error instanceof Invalid) return show(ctx, { form, values, errors: { '': ctx.t.channels.documents.unread } }, 422);
    throw error;
  }
}

/** Fields of the forms, by the element they become. */
const FIELD_OF: Readonly<Record<string, string>> = { CodeNumber: 'number', CodeNotation: 'notation', Subject: 'subject', Position: 'position', FullName: 'fullName', Description: 'description' };

function fieldWords(ctx: Ctx, { at, reason }: Unwritable): FieldErrors {
  const { documents: t } = ctx.t.channels;
  const field = FIELD_OF[at.split('.').at(-1) ?? ''];
  if (!field) return { '': t.unwritable(at) };
  const words: Readonly<Record<string, string>> = t.issues;
  return { [field]: Object.hasOwn(words, reason) ? words[reason]! : t.issues.other };
}

/** POST …/:id/trang-thai */
async function sendStatus(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  const status = GIVEN_STATUSES.find(({ code }) => code === body.get('code'));
  if (!status) return show(ctx, { form: 'trang-thai', values: body.fields, errors: { code: ctx.t.channels.documents.statusMissing } }, 422);
  return exported(ctx, 'trang-thai', `trang-thai-${status.code}-${id.slice(-8)}`, () => asOfficer(ctx, (tx) => (
    exportStatus(ctx.desk, tx, ctx.officer, id, { code: status.code, description: normalise(body.get('description')) }))));
}

/** POST …/:id/tra-loi */
async function sendAnswer(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  const text = (name: string) => normalise(body.get(name));
  return exported(ctx, 'tra-loi', `tra-loi-${id.slice(-8)}`, () => asOfficer(ctx, (tx) => exportAnswer(ctx.desk, tx, ctx.officer, id, {
    number: text('number'), notation: text('notation'), subject: text('subject'), signer: { position: text('position'), fullName: text('fullName') },
  })));
}

export const documentRoutes: readonly Route[] = [
  { method: 'GET', path: DOCUMENTS_PATH, access: CLERKS, handler: (ctx) => list(ctx) },
  { method: 'POST', path: DOCUMENTS_PATH, access: CLERKS, handler: take },
  { method: 'GET', path: `${DOCUMENTS_PATH}/:id`, access: CLERKS, handler: (ctx) => show(ctx) },
  { method: 'POST', path: `${DOCUMENTS_PATH}/:id/trang-thai`, access: CLERKS, handler: sendStatus },
  { method: 'POST', path: `${DOCUMENTS_PATH}/:id/tra-loi`, access: CLERKS, handler: sendAnswer },
];
