import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { normalise } from '#core/vietnamese.ts';
import type { FormBody } from '#platform/body.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import { asOfficer, type Ctx } from '#platform/http.ts';
import type { ShareKind } from '#platform/schema.ts';
import { isUuid } from '#platform/uuid.ts';
import { ledCase } from './queries.ts';
import type { Choice, LedCaseView } from './types.ts';
import { KINDS } from './views/items.tsx';
import { sharePath } from './views/lead.tsx';
import type { Typed } from './views/parts.tsx';

/** The case number of the address. @throws NotFound */
export function numberParam(ctx: Ctx): string {
  const number = ctx.param('number').toUpperCase();
  if (!/^VV-\d{2}-\d{4}-\d{4,9}$/.test(number)) throw new NotFound('case');
  return number;
}

/** A page that shows a form again. */
export type Show = (ctx: Ctx, typed?: Typed, status?: ContentfulStatusCode) => Promise<Response>;

/**
 * Takes a step; what breaks a rule or came too late goes back to the page with everything that was typed.
 * @param work does it and gives the address to go on to
 * @param words what is said of each error, by its key
 */
export async function step(ctx: Ctx, form: string, show: Show, work: (body: FormBody) => Promise<string>, words: ErrorWords = ctx.t.sharing.errors): Promise<Response> {
  const body = await ctx.form();
  try {
    return ctx.seeOther(await work(body));
  } catch (error) {
    const known = error instanceof Invalid || error instanceof Conflict || error instanceof Forbidden || (error as { code?: unknown }).code === '23514';
    if (!known) throw error;
    return show(ctx, typedOf(form, body, error, words), (error instanceof LachanError ? error.status : 422) as ContentfulStatusCode);
  }
}

type ErrorWords = Readonly<Record<string, string>> & { readonly guard: string };

function typedOf(form: string, body: FormBody, error: unknown, words: ErrorWords): Typed {
  const word = (key: string) => (Object.hasOwn(words, key) ? words[key]! : words['other'] ?? words.guard);
  const { fields, reason } = (error instanceof LachanError ? error.details ?? {} : {}) as { fields?: Record<string, string>; reason?: string };
  const common = { form, values: body.fields, all: body.all };
  if (fields) return { ...common, errors: Object.fromEntries(Object.entries(fields).map(([field, why]) => [field, word(Object.hasOwn(words, why) ? why : field)])) };
  return { ...common, errors: {}, refused: word(reason && Object.hasOwn(words, reason) ? reason : 'guard') };
}

const MOST_CHOSEN = 500;

/** The items ticked on a form, each once; what is no item is left out, since the database says what belongs to the case. */
export function choicesOf(body: FormBody): Choice[] {
  const whole = new Set(body.all('full'));
  const ticked = new Set([...body.all('item'), ...whole]);
  return [...ticked].slice(0, MOST_CHOSEN).flatMap((value) => {
    const [kind, itemId = ''] = value.split('.');
    return KINDS.includes(kind as ShareKind) && isUuid(itemId) ? [{ kind: kind as ShareKind, itemId, full: kind === 'indicator' && whole.has(value) }] : [];
  });
}

/** Ids sent under a name. */
export function idsOf(body: FormBody, name: string): string[] {
  return [...new Set(body.all(name))].filter((id) => isUuid(id)).slice(0, MOST_CHOSEN);
}

/** An id sent under a name. @throws NotFound */
export function idOf(body: FormBody, name: string): string {
  const [id] = idsOf(body, name);
  if (!id) throw new NotFound(name);
  return id;
}

/** A text field of a length. @throws Invalid with the field and the key of its words */
export function textOf(body: FormBody, name: string, least: number, most: number, words = name): string {
  const text = normalise(body.get(name));
  if (text.length < least || text.length > most) throw new Invalid('length', { fields: { [name]: words } });
  return text;
}

/** The case of the address, which the own agency leads. @throws NotFound, the same for cases of others and cases that are not */
export function ownCase(ctx: Ctx): Promise<LedCaseView> {
  return asOfficer(ctx, (tx) => ledCase(tx, ctx.officer, numberParam(ctx)));
}

/** The way back from a page of sharing to its case. */
export function crumbsOf(ctx: Ctx, found: LedCaseView, last?: string): { href?: string; label: string }[] {
  const { lead } = ctx.t.sharing;
  const way = [{ href: '/can-bo/vu-viec?muc=tat-ca', label: ctx.t.console.nav.cases }, { href: `/can-bo/vu-viec/${found.number}`, label: found.number }];
  return last === undefined ? [...way, { label: lead.title }] : [...way, { href: sharePath(found.number), label: lead.title }, { label: last }];
}

/** Nothing of a case is kept by a browser. */
export const PRIVATE = { 'Cache-Control': 'private, no-store' } as const;
