import { z } from 'zod';
import { CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import { situationByKey } from '#catalogue/first-aid.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { normalise, parseMoney, searchKey } from '#core/vietnamese.ts';
import { parseDate } from '#web/format.ts';
import type { Messages } from '#web/i18n/index.ts';
import type { Contact, NewReport } from './types.ts';

/** What a report is made of, as a form or the API sends it; all text. The order is the order of the questions. */
export const FIELDS = [
  'category', 'narrative', 'traces', 'situation', 'money_lost', 'happened_on', 'in_danger', 'for_child',
  'commune_text', 'commune', 'contact_kind', 'email', 'phone', 'name',
] as const;
export type Field = (typeof FIELDS)[number];
export type Fields = Readonly<Partial<Record<Field, string>>>;

/** The questions of the form, one page each; the sixth page asks nothing. */
export const STEP_FIELDS = {
  1: ['category'],
  2: ['narrative', 'traces'],
  3: ['situation', 'money_lost', 'happened_on', 'in_danger', 'for_child'],
  4: ['commune_text', 'commune'],
  5: ['contact_kind', 'email', 'phone', 'name'],
  6: [],
} as const satisfies Readonly<Record<number, readonly Field[]>>;
export type Step = keyof typeof STEP_FIELDS;
export const LAST_STEP = 6;

/** What can be wrong; the words are `portal.issues` in src/web/i18n. */
export type Issue = keyof Messages['portal']['issues'];
/** What is wrong, by field, in the order of the questions. */
export type Issues = Readonly<Partial<Record<Field, Issue>>>;

/** A commune the desk serves: its five-digit code, its full name, and what it is searched by (directory/seed.ts). */
export interface CommuneOption {
  readonly code: string;
  readonly name: string;
  readonly search: string;
}

/** What the checks need to know besides the answers. */
export interface FormContext {
  readonly now: Date;
  readonly communes: readonly CommuneOption[];
}

/** What a channel adds to the answers. */
export interface SendContext extends FormContext {
  readonly channel: Channel;
  readonly language: 'vi' | 'en';
  readonly idempotencyKey: string;
  readonly uploads: readonly string[];
  /** Traces read in QR codes of the pictures, one a line; searched beside what was typed. */
  readonly qr?: string;
  /** "kind key" of each trace that is not the wrongdoer's. */
  readonly innocent?: readonly string[];
}

/** The category "something else": explains what the desk does, is never sent. */
export const OTHER = 'other';
/** Value of `commune` for "outside the province, or not known". */
export const OUTSIDE = '-';
export const MOST_CHARACTERS = 5000;
const MOST_MONEY = 1e12;
const OLDEST_DAY = '1990-01-01';

const text = z.string().default('').transform(normalise);
const issue = (key: Issue): Issue => key;
const yes = text.transform((value) => /^(1|true|yes|on|co|có)$/i.test(value));

const money = text.transform((value, check) => {
  if (value === '') return null;
  const amount = /^(không|khong|none|no|không mất|khong mat)$/i.test(value) ? 0 : parseMoney(value);
  if (amount !== null && amount <= MOST_MONEY) return amount;
  check.addIssue({ code: 'custom', message: issue(amount === null ? 'money_unreadable' : 'money_large') });
  return z.NEVER;
});

/** What can be said of each answer by itself; messages are issue keys. */
const SCHEMA = z.object({
  category: text.pipe(z.enum(CATEGORY_CODES, { error: issue('category_missing') })),
  narrative: text.pipe(z.string().min(1, issue('narrative_missing')).min(10, issue('narrative_short')).max(MOST_CHARACTERS, issue('narrative_long'))),
  traces: text.pipe(z.string().max(MOST_CHARACTERS, issue('traces_long'))),
  situation: text,
  money_lost: money,
  happened_on: text,
  in_danger: yes,
  for_child: yes,
  commune_text: text,
  commune: text,
  contact_kind: text.pipe(z.enum(['anonymous', 'contact'], { error: issue('contact_missing') })),
  email: text,
  phone: text,
  name: text,
});

const EMAIL = z.email().max(254);

/** A day as people write it: dd/mm/yyyy, yyyy-mm-dd, or a word like "hôm qua", as yyyy-mm-dd; null when it is none. */
export function readDay(typed: string, now: Date): string | null {
  const value = normalise(typed);
  const back = DAY_WORDS.get(searchKey(value));
  if (back !== undefined) return addDays(localDate(now), -back);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return parseDate(iso ? `${iso[3]}/${iso[2]}/${iso[1]}` : value) ?? null;
}

/** Days back, by search key. */
const DAY_WORDS: ReadonlyMap<string, number> = new Map([
  ...['hom nay', 'sang nay', 'trua nay', 'chieu nay', 'toi nay', 'vua xong', 'bay gio', 'today', 'now'].map((word) => [word, 0] as const),
  ...['hom qua', 'toi qua', 'dem qua', 'chieu qua', 'sang qua', 'yesterday'].map((word) => [word, 1] as const),
  ['hom kia', 2] as const,
]);

const nameKeys = new Map<string, string>();

/** Search key of a commune's full name; kept, as the names of a province are few and do not change. */
function nameKey({ name }: CommuneOption): string {
  const key = nameKeys.get(name) ?? searchKey(name);
  nameKeys.set(name, key);
  return key;
}

/** The communes a typed name may mean: by the whole name with or without "xã, phường", else by whole words inside it. */
export function findCommunes(typed: string, communes: readonly CommuneOption[]): readonly CommuneOption[] {
  const bare = (key: string) => key.replace(/^(xa|phuong|thi tran|tt|p|x)[. ]+/, '');
  const wanted = searchKey(typed);
  const full = communes.filter((commune) => nameKey(commune) === wanted);
  if (full.length > 0) return full;
  const exact = communes.filter((commune) => bare(nameKey(commune)) === bare(wanted));
  if (exact.length > 0) return exact;
  return communes.filter((commune) => ` ${commune.search} `.includes(` ${bare(wanted)} `));
}

interface Answers {
  readonly happenedOn: string | null;
  readonly communeCode: string | null;
  readonly contact: Contact | null;
}

function dayOf(fields: Fields, { now }: FormContext): { value: string | null } | { issues: Issues } {
  const typed = normalise(fields.happened_on ?? '');
  if (typed === '') return { value: null };
  const day = readDay(typed, now);
  if (day === null) return { issues: { happened_on: 'date_unreadable' } };
  if (day > localDate(now)) return { issues: { happened_on: 'date_future' } };
  return day < OLDEST_DAY ? { issues: { happened_on: 'date_old' } } : { value: day };
}

function communeOf(fields: Fields, { communes }: FormContext): { value: string | null } | { issues: Issues } {
  const chosen = normalise(fields.commune ?? '');
  const typed = normalise(fields.commune_text ?? '');
  if (chosen === '' && typed === '') return { issues: { commune_text: 'commune_missing' } };
  const isKnown = communes.some((commune) => commune.code === chosen);
  if (chosen !== '' && chosen !== OUTSIDE && !isKnown) return { issues: { commune: 'commune_unknown' } };
  const found = typed === '' ? [] : findCommunes(typed, communes);
  if (isKnown && found.length > 0 && !found.some((commune) => commune.code === chosen)) return { issues: { commune: 'commune_two' } };
  if (isKnown) return { value: chosen };
  if (chosen === OUTSIDE) return { value: null };
  if (found.length === 1) return { value: found[0]!.code };
  return { issues: { commune_text: found.length === 0 ? 'commune_unknown' : 'commune_several' } };
}

function contactOf(fields: Fields): { value: Contact | null } | { issues: Issues } {
  if (normalise(fields.contact_kind ?? '') !== 'contact') return { value: null };
  const [email, phone, name] = [fields.email, fields.phone, fields.name].map((value) => normalise(value ?? '')) as [string, string, string];
  const issues: Partial<Record<Field, Issue>> = {};
  if (!email && !phone) issues.email = 'contact_empty';
  if (email && !EMAIL.safeParse(email).success) issues.email = 'email_wrong';
  if (phone && !isPhone(phone)) issues.phone = 'phone_wrong';
  if (name.length > 100) issues.name = 'name_long';
  if (Object.keys(issues).length > 0) return { issues };
  return { value: { ...(email && { email }), ...(phone && { phone }), ...(name && { name }) } };
}

/** Whether somebody may be called there: 9 to 15 digits (E.164) however grouped; foreign and landline numbers too. */
function isPhone(typed: string): boolean {
  return /^\+?\d{9,15}$/.test(typed.replace(/[\s().\-–]/g, ''));
}

function check(fields: Fields, context: FormContext): { parsed: z.output<typeof SCHEMA> | null; answers: Answers; issues: Issues } {
  const result = SCHEMA.safeParse(fields);
  const [day, commune, contact] = [dayOf(fields, context), communeOf(fields, context), contactOf(fields)];
  const found: Partial<Record<Field, Issue>> = {};
  for (const { path, message } of result.error?.issues ?? []) found[path[0] as Field] ??= message as Issue;
  for (const part of [day, commune, contact]) if ('issues' in part) Object.assign(found, part.issues);
  const issues = Object.fromEntries(FIELDS.filter((field) => found[field]).map((field) => [field, found[field]])) as Issues;
  const answers = {
    happenedOn: 'value' in day ? day.value : null,
    communeCode: 'value' in commune ? commune.value : null,
    contact: 'value' in contact ? contact.value : null,
  };
  return { parsed: result.data ?? null, answers, issues };
}

/** What is wrong with the answers of one page; empty when nothing is. */
export function stepIssues(step: Step, fields: Fields, context: FormContext): Issues {
  const { issues } = check(fields, context);
  const own: readonly Field[] = STEP_FIELDS[step];
  return Object.fromEntries(Object.entries(issues).filter(([field]) => own.includes(field as Field)));
}

/** The first page with an answer that is wrong or missing; the last page when all are right. */
export function firstOpenStep(fields: Fields, context: FormContext): Step {
  const { issues } = check(fields, context);
  const steps = Object.entries(STEP_FIELDS) as [string, readonly Field[]][];
  return Number(steps.find(([, own]) => own.some((field) => issues[field]))?.[0] ?? LAST_STEP) as Step;
}

/** The first-aid situation chosen, when it exists and fits the category; else null. */
export function situationOf(fields: Fields): string | null {
  const situation = situationByKey(normalise(fields.situation ?? ''));
  return situation?.categories.includes(fields.category as CategoryCode) ? situation.key : null;
}

/** A report from the answers, or what is wrong with them. The same for the form, the API and tests. */
export function reportFromFields(fields: Fields, context: SendContext): { ok: true; report: NewReport } | { ok: false; errors: Issues } {
  const { parsed, answers, issues } = check(fields, context);
  if (parsed === null || Object.keys(issues).length > 0) return { ok: false, errors: issues };
  return {
    ok: true,
    report: {
      channel: context.channel, category: parsed.category, situation: situationOf({ category: parsed.category, situation: parsed.situation }),
      narrative: parsed.narrative, traces: [parsed.traces, context.qr].filter(Boolean).join('\n'), happenedOn: answers.happenedOn, moneyLost: parsed.money_lost,
      inDanger: parsed.in_danger, forChild: parsed.for_child, communeCode: answers.communeCode, contact: answers.contact,
      senderAgencyId: null, uploads: context.uploads, language: context.language, idempotencyKey: context.idempotencyKey,
      ...(context.innocent?.length && { innocent: context.innocent }),
    },
  };
}
