import { createHash, randomBytes } from 'node:crypto';
import { categoryOf, CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import { generalSituation } from '#catalogue/first-aid.ts';
import type { SpamReportKind } from '#catalogue/hotlines.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { extract, type Indicator } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import type { Keys } from '#platform/keys.ts';
import { FIELDS, LAST_STEP, OUTSIDE, type Fields, type Step } from './schema.ts';
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

/** A new form: 128 random bits as its key, sealed for 24 hours. `startedAt` in milliseconds, when it takes another's place. */
export function newForm(keys: Keys, now: Date, startedAt = now.getTime()): OpenForm {
  const form = { key: randomBytes(16).toString('hex'), startedAt };
  return { ...form, token: keys.token('form', form, new Date(now.getTime() + FORM_HOURS * HOUR)) };
}

/** The form of a token, or a new one when the token is missing, altered or a day old; `state` says which. */
export function openForm(keys: Keys, token: string, now: Date): { form: OpenForm; state: 'open' | 'expired' | 'missing' } {
  const read = token === '' ? ({ ok: false, why: 'invalid' } as const) : keys.readToken<FormToken>('form', token, now);
  if (read.ok) return { form: { ...read.value, token }, state: 'open' };
  // Whoever gets a new one has a filled form before them: it counts as begun long enough ago.
  return { form: newForm(keys, now, now.getTime() - LEAST_MS.form), state: read.why === 'expired' ? 'expired' : 'missing' };
}

/** Code and secret that a receipt or follow-up page of a report seals, for a page that goes on from there; null when its hour is over. */
export function receiptCodes(keys: Keys, token: string, now: Date): { readonly code: string; readonly secret: string } | null {
  const read = keys.readToken<{ code: string; secret: string }>('receipt', token, now);
  return read.ok ? { code: read.value.code, secret: read.value.secret } : null;
}

/** A field that people do not see and programs fill in. */
export const TRAP_FIELD = 'website';
/** Nobody reads and fills in a form faster, in milliseconds: the whole form, and the one that takes a single press. */
export const LEAST_MS = { form: 3000, oneTap: 1000 } as const;
/** Why a sending looks like a program's. Nobody is noted or shut out for it: the page asks for one more press. */
export type Trap = 'filled' | 'fast';

/** What about a sending looks like a program's; null when nothing. A clock set back in between counts against nobody. */
export function trapOf(filled: string, form: FormToken, now: Date, least: keyof typeof LEAST_MS): Trap | null {
  const took = now.getTime() - form.startedAt;
  if (filled !== '') return 'filled';
  return took >= 0 && took < LEAST_MS[least] ? 'fast' : null;
}

/** What the pressed button asks for; `met` sends at once what there is, `hash` leads to the page that makes codes of pictures. */
export type Go =
  | { readonly kind: 'next' | 'back' | 'send' | 'add-photo' | 'met' | 'hash' }
  | { readonly kind: 'edit'; readonly step: Step }
  | { readonly kind: 'remove-photo'; readonly id: string };

/** Reads the value of `go`; what is not understood means "next", so that Enter in a field goes on. */
export function parseGo(value: string): Go {
  if (value === 'back' || value === 'send' || value === 'add-photo' || value === 'met' || value === 'hash') return { kind: value };
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

// ── What was found, and what the reporter says of it ────────────────────────────────────────────────────────────────

/** Traces asked about on the check page; what comes after them is kept without a question. */
export const MOST_ASKED = 40;
/** Characters from QR codes that a report takes along. */
const MOST_QR = 5000;

/** A trace read in the answers, with what the reporter says of it. */
export interface FoundTrace extends Indicator {
  /** Names it in the form without repeating it. */
  readonly id: string;
  /** Read in a QR code of a picture, not in what was typed. */
  readonly fromPicture: boolean;
  /** The reporter left it ticked: it is the wrongdoer's. */
  readonly culprit: boolean;
}

/** What the reporter said of the traces: which were asked about, and which of them are nobody's guilt. */
export interface Marks {
  readonly asked: ReadonlySet<string>;
  readonly innocent: ReadonlySet<string>;
}

export const NO_MARKS: Marks = { asked: new Set(), innocent: new Set() };

const TRACE_ID = /^[\w-]{12}$/;

/** Names a trace by 72 bits of a hash. */
function traceId({ kind, key }: Pick<Indicator, 'kind' | 'key'>): string {
  return createHash('sha256').update(`${kind} ${key}`).digest('base64url').slice(0, 12);
}

function traceIds(values: readonly string[]): Set<string> {
  return new Set(values.filter((id) => TRACE_ID.test(id)).slice(0, MOST_ASKED));
}

/** The marks as a page sends them: boxes from the check page, else what travelled along hidden. */
export function readMarks(body: { get(name: string): string; all(name: string): string[] }, step: Step): Marks {
  const asked = traceIds(body.get('asked').split(','));
  if (step !== LAST_STEP) return { asked, innocent: traceIds(body.get('innocent').split(',')) };
  const ticked = new Set(body.all('culprit'));
  return { asked, innocent: new Set([...asked].filter((id) => !ticked.has(id))) };
}

/**
 * Every trace in the answers and in the QR codes of the pictures, each once. One the reporter was not asked about counts as
 * the wrongdoer's unless it is written unusually: a name that may only look like another's accuses nobody unconfirmed.
 */
export function tracesOf(fields: Fields, qr: string, marks: Marks): readonly FoundTrace[] {
  const typed = extract(normalise(`${fields.narrative ?? ''}\n${fields.traces ?? ''}`)).map((found) => ({ found, fromPicture: false }));
  const pictured = extract(normalise(qr)).map((found) => ({ found, fromPicture: true }));
  const all = new Map<string, FoundTrace>();
  for (const { found, fromPicture } of [...typed, ...pictured]) {
    const id = traceId(found);
    const first = all.get(id) ?? found;
    all.set(id, { ...first, id, fromPicture, culprit: marks.asked.has(id) ? !marks.innocent.has(id) : !first.unusual });
  }
  return [...all.values()];
}

/** Of what QR codes say, the lines that are traces, as they stand there; the rest (names, passwords of a network) is dropped. */
export function qrTraces(texts: readonly string[]): string {
  return [...new Set(texts.flatMap((text) => extract(normalise(text)).map(({ asSent }) => asSent)))].join('\n').slice(0, MOST_QR);
}

/** The addresses in a text, one a line as they stand there, and nothing else of it. */
export function addressesIn(text: string): string {
  return extract(normalise(text)).filter(({ kind, personal }) => (kind === 'url' || kind === 'domain') && !personal).map(({ asSent }) => asSent).join('\n');
}

/** "kind key" of each trace that the reporter did not call the wrongdoer's; they are not kept. */
export function innocentOf(traces: readonly FoundTrace[]): readonly string[] {
  return traces.filter(({ culprit }) => !culprit).map(({ kind, key }) => `${kind} ${key}`);
}

// ── One press ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The shortest story the form takes. */
const SHORTEST_STORY = 10;

/** The answers with safe ones where nothing was said: anonymous, no place, the words given. What was typed stays as it is. */
export function withDefaults(fields: Fields, said: { readonly category: CategoryCode; readonly narrative: string }): Fields {
  const story = normalise(fields.narrative ?? '');
  return {
    ...fields,
    category: chosenCategory(fields) ?? said.category,
    narrative: story.length >= SHORTEST_STORY ? fields.narrative : `${said.narrative} ${story}`.trim(),
    ...(!fields.commune && !fields.commune_text && { commune: OUTSIDE }),
    ...(!fields.contact_kind && { contact_kind: fields.email || fields.phone ? 'contact' : 'anonymous' }),
  };
}

// ── A message to 156 ────────────────────────────────────────────────────────────────────────────────────────────────

/** A number to tell 156 about, as dialled inside Viet Nam, and what it did. */
export interface SpamNumber {
  readonly phone: string;
  readonly kinds: readonly SpamReportKind[];
}

const SPAM_KINDS: Readonly<Partial<Record<CategoryCode, readonly SpamReportKind[]>>> = {
  spam_calls_messages: ['nuisance_call', 'spam_message'], scam: ['scam_call'], phishing_impersonation: ['scam_call'],
};

/** The first telephone number the reporter called the wrongdoer's, where 156 takes it; never the reporter's own. */
export function spamNumberOf(report: Pick<NewReport, 'category' | 'contact'>, traces: readonly FoundTrace[]): SpamNumber | null {
  const kinds = SPAM_KINDS[report.category];
  const own = extract(report.contact?.phone ?? '').map(({ key }) => key);
  const found = kinds && traces.find(({ kind, key, culprit }) => kind === 'phone' && culprit && key.startsWith('+84') && !own.includes(key));
  return found && kinds ? { phone: found.key.replace('+84', '0'), kinds } : null;
}
