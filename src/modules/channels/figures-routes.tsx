import { FIGURE_CODES, figureKind, QUALIFIERS, UNITS, type FigureCode } from '#catalogue/figures.ts';
import type { Role } from '#catalogue/roles.ts';
import { normalise, parseMoney } from '#core/vietnamese.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { holds } from '#platform/actor.ts';
import type { FormBody } from '#platform/body.ts';
import { Invalid } from '#platform/errors.ts';
import { type Access, asOfficer, type Ctx, type Route, uuidParam } from '#platform/http.ts';
import { formatDate, formatDateTime, isoDay, parseDate } from '#web/format.ts';
import type { FieldErrors } from '#web/form.tsx';
import type { Lang } from '#web/i18n/index.ts';
import { messages } from '#web/i18n/index.ts';
import { figureRows, type FigureRow } from './arrivals-queries.ts';
import { recordFigures } from './commands/figures.ts';
import { withdrawFigure } from './commands/withdraw-figure.ts';
import { readFigures, type Figure } from './feeds/figures.ts';
import { FIGURES_PATH, FiguresPage, type TypedFigure } from './views/figures.tsx';

const WRITERS: readonly Role[] = ['intake', 'case_officer', 'clerk', 'focal'];
const READ: Access = { kind: 'officer', roles: [...WRITERS, 'leader', 'auditor'] };
const WRITE: Access = { kind: 'officer', roles: WRITERS };

async function show(ctx: Ctx, typed: TypedFigure | null = null, status: 200 | 422 = 200): Promise<Response> {
  const withWithdrawn = ctx.query('thu-hoi') === '1';
  const rows = await asOfficer(ctx, (tx) => figureRows(tx, withWithdrawn));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.channels.figures.title, current: 'so-lieu',
    children: <FiguresPage lang={ctx.lang} {...{ rows, withWithdrawn, typed }} agencyId={ctx.officer.agencyId} writes={holds(ctx.officer, ...WRITERS)} done={ctx.query('xong')} />,
  }), status);
}

/** POST /can-bo/so-lieu */
async function add(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const read = figureOf(ctx, body);
  if ('errors' in read) return show(ctx, { form: 'them', values: body.fields, errors: read.errors }, 422);
  const { unchanged, replaced } = await asOfficer(ctx, (tx) => recordFigures(tx, ctx.officer, [read.figure]));
  return ctx.seeOther(`${FIGURES_PATH}?xong=${unchanged > 0 ? 'nhu-cu' : replaced > 0 ? 'thay' : 'them'}`);
}

/** The figure typed, checked by the same reader as those of machines, or what is wrong by field. */
function figureOf(ctx: Ctx, body: FormBody): { figure: Figure } | { errors: FieldErrors } {
  const { issues } = ctx.t.channels.figures;
  const [kind, from, to, source] = [FIGURE_CODES.find((code) => code === body.get('kind')), parseDate(body.get('from')), parseDate(body.get('to')), normalise(body.get('source'))];
  const value = valueOf(kind, body.get('value'));
  const wrong = {
    kind: !kind, value: value === null, from: !from, to: !to || (from !== undefined && to < from), source: source.length < 2 || source.length > 200,
  };
  const errors = Object.fromEntries(Object.entries(wrong).flatMap(([name, isWrong]) => (isWrong ? [[name, issues[name as keyof typeof wrong]]] : [])));
  if (Object.keys(errors).length > 0) return { errors };
  const read = readFigures({ source, period: { from, to }, figures: [{ kind, value, qualifier: body.get('qualifier') }] });
  const [figure] = read.ok ? read.items : [];
  return figure ? { figure } : { errors: read.ok ? { value: issues.value } : { from: issues.from } };
}

/** Money as people write it; counts as digits, grouped or not. */
function valueOf(kind: FigureCode | undefined, typed: string): number | null {
  const text = normalise(typed);
  if (kind && figureKind(kind).unit === 'dong') return parseMoney(text);
  return /^(\d{1,15}|\d{1,3}([., ]\d{3}){1,4})$/.test(text) ? Number(text.replace(/[., ]/g, '')) : null;
}

/** POST …/:id/thu-hoi */
async function withdraw(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const body = await ctx.form();
  try {
    await asOfficer(ctx, (tx) => withdrawFigure(tx, ctx.officer, id, body.get('reason')));
    return ctx.seeOther(`${FIGURES_PATH}?xong=thu-hoi`);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return show(ctx, { form: id, values: body.fields, errors: { reason: ctx.t.channels.figures.issues.reason } }, 422);
  }
}

// ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET …/tai-ve?dang=csv|json: what the page shows. */
async function file(ctx: Ctx): Promise<Response> {
  const rows = await asOfficer(ctx, (tx) => figureRows(tx, ctx.query('thu-hoi') === '1'));
  const isJson = ctx.query('dang') === 'json';
  const type = isJson ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8';
  return ctx.c.body(isJson ? jsonOf(rows, ctx.now) : csvOf(rows, ctx.lang), 200, {
    'Content-Type': type, 'Content-Disposition': `attachment; filename="so-lieu-ngoai-${isoDay(ctx.now)}.${isJson ? 'json' : 'csv'}"`,
  });
}

function jsonOf(rows: readonly FigureRow[], now: Date): string {
  const figures = rows.map((row) => ({
    agency: row.agency, kind: row.kind, qualifier: row.qualifier, value: row.value, unit: row.unit, period: { from: row.from, to: row.to }, source: row.source,
    recorded_at: row.recordedAt.toISOString(), ...(row.withdrawn && { withdrawn_at: row.withdrawn.at.toISOString(), withdrawn_reason: row.withdrawn.reason }),
  }));
  return `${JSON.stringify({ exported_at: now.toISOString(), figures }, null, 2)}\n`;
}

/** Semicolons and a byte order mark: how spreadsheets in Vietnamese open it as it is. */
function csvOf(rows: readonly FigureRow[], lang: Lang): string {
  const { figures: t } = messages(lang).channels;
  const lines = rows.map((row) => [
    row.agency, figureKind(row.kind).label[lang], QUALIFIERS.find(({ code }) => code === row.qualifier)?.label[lang] || t.exact, String(row.value), UNITS.find(({ code }) => code === row.unit)!.label[lang],
    formatDate(row.from), formatDate(row.to), row.source, formatDateTime(row.recordedAt, lang), row.withdrawn?.reason ?? '',
  ]);
  return `\ufeff${[t.columns, ...lines].map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** A cell that no spreadsheet takes for a formula. Source: OWASP, CSV Injection. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

export const figureRoutes: readonly Route[] = [
  { method: 'GET', path: FIGURES_PATH, access: READ, handler: (ctx) => show(ctx) },
  { method: 'POST', path: FIGURES_PATH, access: WRITE, handler: add },
  { method: 'GET', path: `${FIGURES_PATH}/tai-ve`, access: READ, handler: file },
  { method: 'POST', path: `${FIGURES_PATH}/:id/thu-hoi`, access: WRITE, handler: withdraw },
];
