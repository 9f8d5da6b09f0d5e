import { randomBytes } from 'node:crypto';
import { categoryOf, CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import { generalSituation } from '#catalogue/first-aid.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import type { Keys } from '#platform/keys.ts';
import { FIELDS, LAST_STEP, type Fields, type Step } from './schema.ts';
import type { NewReport } from './types.ts';

/** A form may lie open this long before it must get a new token (a day: people are called away). */
export const FORM_HOURS = 24;
const HOUR = 3_600_000;
const MOST_PHOTOS = 5;

/** What the token of a form seals: the key is the idempotency key and names the form's uploads. */
export interface FormToken {
  readonly key: string;
  readonly startedAt: number;
}

export interface OpenForm extends FormToken {
  readonly token: string;
}

/** A new form: 128 random bits as its key, sealed for 24 hours. */
export function newForm(keys: Keys, now: Date): OpenForm {
  const form = { key: randomBytes(16).toString('hex'), startedAt: now.getTime() };
  return { ...form, token: keys.token('form', form, new Date(now.getTime() + FORM_HOURS * HOUR)) };
}

/** The form of a token, or a new one when the token is missing, altered or a day old; `state` says which. */
export function openForm(keys: Keys, token: string, now: Date): { form: OpenForm; state: 'open' | 'expired' | 'missing' } {
  const read = token === '' ? ({ ok: false, why: 'invalid' } as const) : keys.readToken<FormToken>('form', token, now);
  if (read.ok) return { form: { ...read.value, token }, state: 'open' };
  return { form: newForm(keys, now), state: read.why === 'expired' ? 'expired' : 'missing' };
}

/** What the pressed button asks for. */
export type Go =
  | { readonly kind: 'next' | 'back' | 'send' | 'add-photo' }
  | { readonly kind: 'edit'; readonly step: Step }
  | { readonly kind: 'remove-photo'; readonly id: string };

/** Reads the value of `go`; what is not understood means "next", so that Enter in a field goes on. */
export function parseGo(value: string): Go {
  if (value === 'back' || value === 'send' || value === 'add-photo') return { kind: value };
  const edit = /^edit-([1-5])$/.exec(value);
  if (edit) return { kind: 'edit', step: Number(edit[1]) as Step };
  const remove = /^remove-photo-([0-9a-f-]{36})$/.exec(value);
  return remove ? { kind: 'remove-photo', id: remove[1]! } : { kind: 'next' };
}

/** The page that was filled in; the first when it is not said. */
export function parseStep(value: string): Step {
  return (/^[1-6]$/.test(value) ? Number(value) : 1) as Step;
}

/** Ids of the pictures the page showed; what the reader saw is what is sent, and a repeated send says the same. */
export function parsePhotos(value: string): string[] {
  const ids = value.split(',').filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  return [...new Set(ids)].slice(0, MOST_PHOTOS);
}

/** The answers among all that was sent, as typed; empty ones are left out. */
export function answersOf(sent: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(FIELDS.filter((field) => sent[field]).map((field) => [field, sent[field]]));
}

/** The page after a right answer: back to the check page when it was left from there, else the next. */
export function stepAfter(step: Step, fromCheck: boolean): Step {
  return fromCheck ? LAST_STEP : (Math.min(step + 1, LAST_STEP) as Step);
}

/** The category chosen, when it is one of the closed list. */
export function chosenCategory(fields: Fields): CategoryCode | null {
  return (CATEGORY_CODES as readonly string[]).includes(fields.category ?? '') ? (fields.category as CategoryCode) : null;
}

/** Whether pictures may come with these answers; never with intimate images (SCOPE). */
export function takesPhotos(fields: Fields): boolean {
  const category = chosenCategory(fields);
  return category === null || categoryOf(category).storesImages;
}

/** Banks can often still trace a transfer this many days back. */
const TRACEABLE_DAYS = 3;

/**
 * Key of the first-aid situation for the receipt: the one chosen; "I have just sent money" where money went to a scammer
 * within three days or on a day not said; else the general one of the category.
 */
export function adviceFor(report: Pick<NewReport, 'situation' | 'category' | 'moneyLost' | 'happenedOn'>, now: Date): string {
  if (report.situation) return report.situation;
  const isTransfer = (report.category === 'scam' || report.category === 'phishing_impersonation') && (report.moneyLost ?? 0) > 0;
  const isRecent = report.happenedOn === null || report.happenedOn >= addDays(localDate(now), -TRACEABLE_DAYS);
  return isTransfer && isRecent ? 'transfer_just_made' : generalSituation(report.category).key;
}
