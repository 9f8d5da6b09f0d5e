import { download, DOCX } from '#platform/download.ts';
import { Conflict, Forbidden, NotFound } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { DOCUMENT_TYPES, type DocumentKind } from '#web/docx/letter.ts';
import { decideTemplate, proposeTemplate, TEMPLATE_STEPS } from './commands/templates.ts';
import { TEMPLATE_KEEPERS } from './policy.ts';
import { templateById, templateList } from './queries/templates.ts';
import { formWithFile, type Given } from './reading.ts';
import { MOST_TEMPLATE_BYTES, RefusedTemplate } from './refused-template.ts';
import { TEMPLATES_PATH } from './types.ts';
import { TemplatePage, TemplatesPage } from './views/templates.tsx';

const KEEPERS: Access = { kind: 'officer', roles: TEMPLATE_KEEPERS };
const DONE = { use: 'dung-mau', refuse: 'tu-choi', retire: 'thoi-dung' } as const;

/** An agency's own Word templates: brought by one, taken into use by another. */
export function templateRoutes(given: Given): readonly Route[] {
  return [
    { method: 'GET', path: TEMPLATES_PATH, access: KEEPERS, handler: (ctx) => list(ctx, given) },
    { method: 'POST', path: TEMPLATES_PATH, access: KEEPERS, handler: (ctx) => propose(ctx, given) },
    { method: 'GET', path: `${TEMPLATES_PATH}/:id`, access: KEEPERS, handler: (ctx) => show(ctx, given) },
    { method: 'POST', path: `${TEMPLATES_PATH}/:id`, access: KEEPERS, handler: (ctx) => decide(ctx, given) },
    { method: 'GET', path: `${TEMPLATES_PATH}/:id/tep`, access: KEEPERS, handler: (ctx) => file(ctx) },
  ];
}

async function list(ctx: Ctx, { frame }: Given, kind = '', errors: FieldErrors = {}): Promise<Response> {
  const rows = await asOfficer(ctx, templateList);
  return ctx.page(await frame(ctx, {
    title: ctx.t.registers.templates.title, current: 'mau-van-ban', children: <TemplatesPage lang={ctx.lang} rows={rows} done={ctx.query('xong')} kind={kind} errors={errors} />,
  }), Object.keys(errors).length > 0 ? 422 : 200);
}

async function propose(ctx: Ctx, given: Given): Promise<Response> {
  const body = await formWithFile(ctx, MOST_TEMPLATE_BYTES);
  const t = ctx.t.registers;
  const kind = body.get('kind');
  const [sent] = body.files;
  if (!Object.hasOwn(DOCUMENT_TYPES, kind)) return list(ctx, given, kind, { kind: t.errors.kind });
  if (!sent || (sent.bytes.length === 0 && !sent.tooLarge)) return list(ctx, given, kind, { tep: t.templates.refusals.missing() });
  if (sent.tooLarge) return list(ctx, given, kind, { tep: t.templates.refusals.too_large() });
  try {
    const id = await proposeTemplate(ctx.desk, ctx.officer, kind as DocumentKind, sent);
    return ctx.seeOther(`${TEMPLATES_PATH}/${id}?xong=de-xuat`);
  } catch (error) {
    if (!(error instanceof RefusedTemplate)) throw error;
    return list(ctx, given, kind, { tep: t.templates.refusals[error.reason](error.about.map((name) => (/^\w+$/.test(name) ? `{${name}}` : name)).join(', ')) });
  }
}

async function show(ctx: Ctx, { frame }: Given, refused: 0 | 403 | 409 = 0): Promise<Response> {
  const row = await asOfficer(ctx, (tx) => templateById(tx, uuidParam(ctx)));
  if (!row) throw new NotFound('template');
  const { title } = ctx.t.registers.templates;
  return ctx.page(await frame(ctx, {
    title: row.name, current: 'mau-van-ban', crumbs: [{ label: title, href: TEMPLATES_PATH }, { label: row.name }],
    children: <TemplatePage lang={ctx.lang} row={row} isOwn={row.uploadedBy.id === ctx.officer.officerId} done={ctx.query('xong')} refused={refused !== 0} />,
  }), refused || 200);
}

async function decide(ctx: Ctx, given: Given): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  const step = TEMPLATE_STEPS.find((one) => one === body.get('viec'));
  if (!step) return show(ctx, given, 409);
  try {
    await asOfficer(ctx, (tx) => decideTemplate(tx, ctx.officer, id, step));
    return ctx.seeOther(`${TEMPLATES_PATH}/${id}?xong=${DONE[step]}`);
  } catch (error) {
    if (error instanceof Conflict) return show(ctx, given, 409);
    if (error instanceof Forbidden) return show(ctx, given, 403);
    throw error;
  }
}

/** GET …/tep: the template as it is kept; with `?ban=thu` the trial, written anew. */
async function file(ctx: Ctx): Promise<Response> {
  const row = await asOfficer(ctx, (tx) => templateById(tx, uuidParam(ctx)));
  if (!row) throw new NotFound('template');
  const kept = await ctx.desk.files.get(row.ref);
  const isTrial = ctx.query('ban') === 'thu';
  const bytes = isTrial ? await trialOf(kept, row.kind) : kept;
  return download(ctx, bytes, `${isTrial ? 'xem-thu' : 'mau'}-${row.kind.replaceAll('_', '-')}.docx`, DOCX);
}

async function trialOf(kept: Uint8Array, kind: DocumentKind): Promise<Uint8Array> {
  const { readTemplate } = await import('./template-fill.ts');
  return (await readTemplate(kept, kind)).trial;
}
