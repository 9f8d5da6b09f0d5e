import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { STOP_CODES } from '#catalogue/gate.ts';
import { parseReportCode } from '#core/codes.ts';
import { normalise } from '#core/vietnamese.ts';
import type { FormBody } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import type { Ctx } from '#platform/http.ts';
import type { Messages } from '#web/i18n/index.ts';
import { mayWork } from './policy.ts';
import { caseRef, reportRef, type CaseRef, type ReportRef } from './queries.ts';
import { caseHref } from './views/cases.tsx';
import type { ConflictWords, Typed } from './views/flash.tsx';

/** Reads or writes as the officer who asks, in one transaction. */
export const read = <T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(ctx.desk, ctx.officer, work);

// ── Forms that come back ────────────────────────────────────────────────────────────────────────────────────────────

/** A form that comes back as it was sent: refused, or (without an error) to be written on. */
export interface Returned {
  readonly form: string;
  readonly error: Invalid | Conflict | null;
  readonly body: FormBody;
}

/** A page that shows a form again. */
export type Show = (ctx: Ctx, returned: Returned) => Promise<Response>;

/** Takes a step in one transaction; what breaks a rule or came too late goes back to the page with everything that was typed. */
export async function step(ctx: Ctx, form: string, show: Show, work: (tx: Tx, body: FormBody) => Promise<string>): Promise<Response> {
  const body = await ctx.form();
  try {
    return ctx.seeOther(await read(ctx, (tx) => work(tx, body)));
  } catch (error) {
    if (error instanceof Invalid || error instanceof Conflict) return show(ctx, { form, error, body });
    throw error;
  }
}

/** Takes a step on the case of the address, which the officer's agency leads, and goes back to it. */
export function caseStep(ctx: Ctx, form: string, done: string, show: Show, work: (tx: Tx, caseId: string, body: FormBody) => Promise<unknown>): Promise<Response> {
  return step(ctx, form, show, async (tx, body) => {
    await work(tx, (await ownCase(ctx, tx)).id, body);
    return `${caseHref(numberParam(ctx))}?xong=${done}`;
  });
}

/** Parses a form; zod's complaints become Invalid with the names of the fields. */
export function parse<T>(schema: z.ZodType<T>, body: FormBody): T {
  const result = schema.safeParse(body.fields);
  if (result.success) return result.data;
  throw new Invalid('form', { fields: Object.fromEntries(result.error.issues.map((issue) => [String(issue.path[0] ?? ''), 'form'])) });
}

/** A text field: normalised, then of a length. */
export const text = (least: number, most: number) => z.string().default('').transform(normalise).pipe(z.string().min(least).max(most));

/** A field that takes a reason. */
export const reasonForm = z.object({ reason: text(5, 1000) });

/** What a form had in it when it came back. @param state how the thing stands now, in words */
export function typedOf(ctx: Ctx, returned: Returned | undefined, state: string): Typed | undefined {
  if (!returned) return undefined;
  const { form, error, body } = returned;
  const common = { form, values: body.fields, all: body.all };
  if (!error) return { ...common, errors: {} };
  if (error instanceof Conflict) return { ...common, errors: {}, conflict: conflictWords(ctx.t, error, state) };
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

function conflictWords(t: Messages, { details }: Conflict, state: string): ConflictWords {
  const { conflict } = t.console;
  const { reason } = details ?? {};
  if (typeof reason === 'string' && Object.hasOwn(conflict.regroup, reason)) {
    return { title: conflict.regroupTitle, text: conflict.regroup[reason as keyof typeof conflict.regroup] };
  }
  switch (reason) {
    case 'unanswered': return { title: conflict.unansweredTitle, text: conflict.unanswered(String(details?.count), details?.count === 1) };
    case 'open_tasks': return { title: t.tasks.closing.blockedTitle, text: t.tasks.closing.blocked(String(details?.count), details?.count === 1) };
    case 'not_gated': return { title: conflict.notGatedTitle, text: conflict.notGated };
    case 'has_images': return { title: conflict.hasImagesTitle, text: conflict.hasImages };
    default: return { title: conflict.title, text: conflict.now(state) };
  }
}

/** The status of a page that shows a form again. */
export const statusOf = (returned: Returned | undefined): ContentfulStatusCode => (returned?.error?.status ?? 200) as ContentfulStatusCode;

// ── Addresses ───────────────────────────────────────────────────────────────────────────────────────────────────────

const MOST_PAGES = 400;

/** The number of the page asked for, from 1. */
export function pageOf(ctx: Ctx, name = 'trang'): number {
  const page = Number(ctx.query(name));
  return Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1;
}

/** The report code of the address. @throws NotFound */
export function codeParam(ctx: Ctx): string {
  const code = parseReportCode(ctx.param('code'))?.code;
  if (!code) throw new NotFound('report');
  return code;
}

/** A case number as typed, or null. */
export function caseNumberOf(typed: string): string | null {
  const number = typed.toUpperCase().replace(/\s+/g, '');
  return /^VV-\d{2}-\d{4}-\d{4,9}$/.test(number) ? number : null;
}

/** The case number of the address. @throws NotFound */
export function numberParam(ctx: Ctx): string {
  const number = caseNumberOf(ctx.param('number'));
  if (!number) throw new NotFound('case');
  return number;
}

/** The report of the address, which this officer works on. @throws NotFound, Forbidden */
export async function ownReport(ctx: Ctx, tx: Tx): Promise<ReportRef> {
  const report = await reportRef(tx, codeParam(ctx));
  if (!mayWork(ctx.officer, report.handlingAgencyId)) throw new Forbidden('not the handling agency');
  return report;
}

/** The case of the address, which this officer's agency leads. @throws NotFound, Forbidden */
export async function ownCase(ctx: Ctx, tx: Tx): Promise<CaseRef> {
  const found = await caseRef(tx, numberParam(ctx));
  if (found.leadAgencyId !== ctx.officer.agencyId) throw new Forbidden('not the lead agency');
  return found;
}

/** The copies kept in the browser that a step made needless, by the step's flash key. */
const CLEARS: Readonly<Record<string, string>> = {
  'da-qua-cua': 'cua', 'da-qua-cua-nhieu': 'cua', 'da-dung': 'cua', 'da-dung-nhieu': 'cua', 'da-hoi': 'hoi', 'da-tra-loi': 'tra-loi', 'da-tra-loi-het': 'tra-loi',
  'da-xac-minh': 'xac-minh', 'da-them-chung-cu': 'chung-cu', 'da-ket-thuc': 'ket-thuc', 'da-mo-lai': 'mo-lai', 'da-ghi-chu': 'ghi-chu', 'da-de-xuat': 'cau-mau',
};

/** The id of the kept form that the step named in the address made needless. */
export function clearOf(ctx: Ctx, of: string): string | undefined {
  const done = ctx.query('xong');
  return Object.hasOwn(CLEARS, done) ? `${CLEARS[done]}-${of}` : undefined;
}
