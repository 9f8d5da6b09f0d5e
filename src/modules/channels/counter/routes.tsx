import { randomBytes } from 'node:crypto';
import { CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import { generalSituation, situationByKey } from '#catalogue/first-aid.ts';
import type { Role } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { agencyName } from '#modules/directory/index.ts';
import { communeOptions, OUTSIDE, publicAddress, type Fields, type Issue } from '#modules/intake/index.ts';
import { FORM_LIMITS, readForm, type FormBody } from '#platform/body.ts';
import { inTransaction } from '#platform/db.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { holds } from '#platform/actor.ts';
import { formatDateTime } from '#web/format.ts';
import type { FieldErrors } from '#web/form.tsx';
import { localPath } from '#web/links.ts';
import { COUNTER, keepsRegister, MOST_SCAN_BYTES, MOST_SCANS, nextDocumentNumber, NumberInUse, takeAtCounter, type CounterChannel } from '../commands/counter.ts';
import { COUNTER_PATH, CounterPage, type CounterField, type CounterProps } from '../views/counter.tsx';
import { TakenExpiredPage, TakenPage } from '../views/counter-taken.tsx';
import { knownAbout, traceOptions, type Known } from './known.ts';

/** Who takes calls and letters. */
export const TAKERS: readonly Role[] = ['intake', 'case_officer', 'clerk'];
const TAKE: Access = { kind: 'officer', roles: TAKERS };
const HOUR = 3_600_000;
const FIELD_NAMES = [
  'narrative', 'traces', 'category', 'situation', 'money_lost', 'happened_on', 'commune_text', 'in_danger', 'for_child', 'phone', 'name', 'email', 'language', 'document',
] as const satisfies readonly CounterField[];
type Typed = CounterProps['fields'];

// ── The form ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Shown {
  readonly channel: CounterChannel;
  readonly formKey: string;
  readonly fields: Typed;
  readonly errors?: FieldErrors;
  readonly known?: Known;
  readonly filesLost?: boolean;
  readonly conflict?: boolean;
  readonly status?: 200 | 409 | 422;
}

async function show(ctx: Ctx, shown: Shown): Promise<Response> {
  const { status = 200, errors = {}, known = null, filesLost = false, conflict = false, ...rest } = shown;
  const [communes, traces, register] = await Promise.all([communeOptions(ctx.desk), traceOptions(ctx.desk, ctx.officer), registerOf(ctx)]);
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.channels.counter.title, current: 'tiep-nhan',
    children: <CounterPage lang={ctx.lang} stylesheet={ctx.assets('counter.css')} {...rest} {...{ errors, known, filesLost, conflict, traces, register }} communes={communes.map(({ name }) => name)} />,
  }), status);
}

async function registerOf(ctx: Ctx): Promise<CounterProps['register']> {
  if (!await keepsRegister(ctx.desk, ctx.officer)) return null;
  const today = localDate(ctx.now);
  const names = await inTransaction(ctx.desk, ctx.officer, (tx) => agencyName(tx, ctx.officer.agencyId, today));
  return { agency: names?.shortName ?? '', year: Number(today.slice(0, 4)) };
}

const newKey = (): string => randomBytes(16).toString('hex');
const channelOf = (value: string): CounterChannel => (Object.hasOwn(COUNTER, value) ? value as CounterChannel : 'phone');

/** GET /can-bo/tiep-nhan */
function begin(ctx: Ctx): Promise<Response> {
  return show(ctx, { channel: channelOf(ctx.query('kenh')), formKey: newKey(), fields: {} });
}

/** POST /can-bo/tiep-nhan: looks whether it came before, takes a register number, or takes the report. */
async function receive(ctx: Ctx): Promise<Response> {
  const body = await readForm(ctx.c.req.raw, { ...FORM_LIMITS, fileBytes: MOST_SCAN_BYTES, files: MOST_SCANS });
  const typed = body.get('khoa');
  const fields: Typed = Object.fromEntries(FIELD_NAMES.flatMap((name) => (body.get(name) === '' ? [] : [[name, body.get(name)]])));
  const filesLost = body.files.length > 0;
  const form = { channel: channelOf(body.get('kenh')), formKey: /^[0-9a-f]{32}$/.test(typed) ? typed : newKey(), fields, filesLost };
  switch (body.get('go')) {
    case 'gui':
      return take(ctx, form, body);
    case 'so':
      return takeNumber(ctx, form);
    default:
      return show(ctx, { ...form, known: await knownAbout(ctx.desk, ctx.officer, `${fields.narrative ?? ''}\n${fields.traces ?? ''}`, categoryIn(fields)) });
  }
}

const categoryIn = ({ category }: Typed): CategoryCode | null => CATEGORY_CODES.find((code) => code === category) ?? null;

async function takeNumber(ctx: Ctx, form: Shown): Promise<Response> {
  try {
    const { number } = await nextDocumentNumber(ctx.desk, ctx.officer);
    return await show(ctx, { ...form, fields: { ...form.fields, document: String(number) } });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return show(ctx, { ...form, errors: { document: ctx.t.channels.counter.documentForeign }, status: 422 });
  }
}

/** The answers as the public form would give them: no contact is anonymous, no place is outside or not known. */
function answersOf(typed: Typed): Fields {
  const { document: _, language: __, ...fields } = typed;
  const isNamed = [typed.phone, typed.name, typed.email].some((value) => normalise(value ?? '') !== '');
  return { ...fields, contact_kind: isNamed ? 'contact' : 'anonymous', ...(normalise(typed.commune_text ?? '') === '' && { commune: OUTSIDE }) };
}

async function take(ctx: Ctx, form: Shown, body: FormBody): Promise<Response> {
  const t = ctx.t.channels.counter;
  const { fields, channel } = form;
  const number = channel === 'post' ? numberOf(fields.document ?? '') : null;
  if (number === 'wrong') return show(ctx, { ...form, errors: { document: t.documentWrong }, status: 422 });
  if (body.tooManyFiles) return show(ctx, { ...form, errors: { scans: t.scanIssues.extra('') }, status: 422 });
  if (channel !== 'post' && form.filesLost) return show(ctx, { ...form, errors: { scans: t.nothingWithoutPost }, status: 422 });
  const language = fields.language === 'en' ? 'en' : 'vi';
  try {
    const taken = await takeAtCounter(ctx.desk, ctx.officer, {
      channel, fields: answersOf(fields), formKey: `quay:${ctx.officer.officerId}:${form.formKey}`, scans: body.files, language,
      document: number === null ? null : { number, year: Number(localDate(ctx.now).slice(0, 4)) },
    });
    if (!taken.ok) return await show(ctx, { ...form, errors: issueWords(ctx, taken.errors), status: 422 });
    const { code, secret, receivedAt } = taken.receipt;
    const situation = taken.report.situation ?? generalSituation(taken.report.category).key;
    const token: Token = { code, secret, situation, receivedAt: receivedAt.toISOString(), sealedAt: ctx.now.getTime(), language, channel };
    return ctx.seeOther(`${COUNTER_PATH}/xong?t=${ctx.desk.keys.token('receipt', token, new Date(ctx.now.getTime() + HOUR))}`);
  } catch (error) {
    if (error instanceof Conflict) return refuseConflict(ctx, form, error);
    if (error instanceof Invalid) return show(ctx, { ...form, errors: refusalWords(ctx, error), status: 422 });
    throw error;
  }
}

/** A number in the register, null when the field is empty. */
function numberOf(typed: string): number | null | 'wrong' {
  const value = normalise(typed);
  if (value === '') return null;
  return /^\d{1,6}$/.test(value) && Number(value) > 0 ? Number(value) : 'wrong';
}

function issueWords(ctx: Ctx, issues: Readonly<Partial<Record<string, Issue>>>): FieldErrors {
  const own = ctx.t.channels.counter.issues as Readonly<Partial<Record<Issue, string>>>;
  return Object.fromEntries(Object.entries(issues).map(([field, issue]) => [field, own[issue!] ?? ctx.t.portal.issues[issue!]]));
}

function refusalWords(ctx: Ctx, { details }: Invalid): FieldErrors {
  const { counter } = ctx.t.channels;
  if (details?.fields) return { document: counter.documentForeign };
  const words: Readonly<Record<string, (name: string) => string>> = { ...ctx.t.portal.fileIssues, ...counter.scanIssues };
  const { reason, name } = { reason: '', name: '', ...details as { reason?: string; name?: string } };
  return { scans: (Object.hasOwn(words, reason) ? words[reason]! : ctx.t.portal.fileIssues.other)(normalise(name).slice(0, 80)) };
}

/** The register number is in use, or this very form came before with other answers: then it gets a new name and may be sent again. */
function refuseConflict(ctx: Ctx, form: Shown, error: Conflict): Promise<Response> {
  if (error instanceof NumberInUse) return show(ctx, { ...form, errors: { document: numberInUseWords(ctx, error) }, status: 422 });
  return show(ctx, { ...form, formKey: newKey(), conflict: true, status: 409 });
}

/** Who entered the number and when, where the officer may know. */
export function numberInUseWords(ctx: Ctx, { number, used }: NumberInUse): string {
  const t = ctx.t.channels.counter;
  return used?.by ? t.documentUsedBy(String(number), used.by, formatDateTime(used.at, ctx.lang)) : t.documentUsed(String(number));
}

// ── The receipt ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** As the portal's receipt seals it, so that its page is the slip; with what the office adds. */
interface Token {
  readonly code: string;
  readonly secret: string;
  readonly situation: string;
  /** ISO 8601 */
  readonly receivedAt: string;
  /** Milliseconds; when the hour began. */
  readonly sealedAt: number;
  readonly language: 'vi' | 'en';
  readonly channel: CounterChannel;
}

/** GET /can-bo/tiep-nhan/xong */
async function done(ctx: Ctx): Promise<Response> {
  const sealed = ctx.query('t');
  const read = ctx.desk.keys.readToken<Token>('receipt', sealed, ctx.now);
  const title = ctx.t.channels.taken.title;
  const current = 'tiep-nhan';
  if (!read.ok) return ctx.page(await consoleFrame(ctx, { title: ctx.t.channels.taken.expiredTitle, current, children: <TakenExpiredPage lang={ctx.lang} /> }), 410);
  const { code, secret, situation, sealedAt, language, channel } = read.value;
  const spoken = language === 'en' ? 'en' : 'vi';
  const isOwn = await inTransaction(ctx.desk, ctx.officer, (tx) => tx.selectFrom('report').select('id').where('code', '=', code).executeTakeFirst());
  return ctx.page(await consoleFrame(ctx, {
    title, current,
    children: (
      <TakenPage lang={ctx.lang} stylesheet={ctx.assets('counter.css')} {...{ code, secret, spoken }} shownUntil={new Date(sealedAt + HOUR)} address={publicAddress(ctx.desk).replace(/^https?:\/\//, '')}
        slipHref={localPath(spoken, `/bao-cao/phieu?t=${sealed}`)} nextHref={`${COUNTER_PATH}?kenh=${channelOf(channel)}`}
        situation={situationByKey(situation) ?? generalSituation('scam')} mayOpen={Boolean(isOwn) && holds(ctx.officer, 'intake', 'case_officer')} />
    ),
  }));
}

export const counterRoutes: readonly Route[] = [
  { method: 'GET', path: COUNTER_PATH, access: TAKE, handler: begin },
  { method: 'POST', path: COUNTER_PATH, access: TAKE, handler: receive },
  { method: 'GET', path: `${COUNTER_PATH}/xong`, access: TAKE, handler: done },
];
