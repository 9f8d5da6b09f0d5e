import type { VNode } from 'preact';
import { OFFICE } from '#catalogue/roles.ts';
import { isWorkingDay, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { consoleFrame } from '#modules/cases/index.ts';
import { letterhead } from '#modules/directory/index.ts';
import { renderDocument } from '#modules/documents/index.ts';
import type { FormBody } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { download, DOCX } from '#platform/download.ts';
import { Conflict, Forbidden, Invalid, LachanError, NotFound } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { publicAddress } from '#platform/public-address.ts';
import { ATTENDANCES, GUEST_ANSWERS } from '#platform/schema.ts';
import { isUuid } from '#platform/uuid.ts';
import { formatDate, formatTime, parseDate } from '#web/format.ts';
import { meetingPath, MEETINGS_PATH } from './addresses.ts';
import { meetingCalendar } from './calendar.ts';
import {
  addAction, addAddendum, answerInvitation, cancelMeeting, changeMeeting, concludeMeeting, finishAction, inviteGuests, meetingId, planMeeting, removeAction, saveAgenda, saveConclusion,
  saveGuests, saveMinutes, takeAttendance,
} from './commands.ts';
import { meetingLetter } from './letters.ts';
import { checkPlan, instantOf, isOpen, mayRun, MOST_ITEMS, parseTime, type TypedPlan } from './policy.ts';
import { colleagues, invitable, meetingList, meetingPage, ownCases, selfOf } from './queries.ts';
import { LISTS, PAPERS, type AgendaInput, type ListName, type MeetingPage, type Paper } from './types.ts';
import { MeetingListView } from './views/list.tsx';
import { CloseView, LiveView } from './views/live.tsx';
import { hasPaper, MeetingView, PAPER_FILES } from './views/meeting.tsx';
import type { Typed } from './views/parts.tsx';
import { PlanView } from './views/plan.tsx';

const READS: Access = { kind: 'officer', roles: OFFICE };
const RUNS: Access = { kind: 'officer', roles: ['case_officer', 'leader'] };

type Work = (ctx: Ctx, tx: Tx, id: string, form: FormBody) => Promise<void>;
/** Page a step belongs to: it comes back there with what was typed. */
type Screen = 'page' | 'live' | 'close';
interface Back { readonly typed?: Typed; readonly error?: unknown; readonly ticked?: readonly string[]; readonly item?: string }

const step = (path: string, access: Access, screen: Screen, work: Work): Route => (
  { method: 'POST', path: `${MEETINGS_PATH}/:code/${path}`, access, handler: (ctx) => take(ctx, path.replace('/', '-'), screen, work) });

/** The console's pages of meetings. */
export const meetingRoutes: readonly Route[] = [
  { method: 'GET', path: MEETINGS_PATH, access: READS, handler: list },
  { method: 'GET', path: `${MEETINGS_PATH}/moi`, access: RUNS, handler: (ctx) => planning(ctx) },
  { method: 'POST', path: `${MEETINGS_PATH}/moi`, access: RUNS, handler: plan },
  { method: 'GET', path: `${MEETINGS_PATH}/:code`, access: READS, handler: async (ctx) => reading(ctx, await load(ctx)) },
  { method: 'GET', path: `${MEETINGS_PATH}/:code/lich.ics`, access: READS, handler: calendarFile },
  ...PAPERS.map((kind): Route => ({ method: 'GET', path: `${MEETINGS_PATH}/:code/${PAPER_FILES[kind]}.docx`, access: READS, handler: (ctx) => paperFile(ctx, kind) })),
  { method: 'GET', path: `${MEETINGS_PATH}/:code/sua`, access: RUNS, handler: async (ctx) => changing(ctx, await loadOwn(ctx)) },
  { method: 'POST', path: `${MEETINGS_PATH}/:code/sua`, access: RUNS, handler: change },
  { method: 'GET', path: `${MEETINGS_PATH}/:code/bien-ban`, access: RUNS, handler: async (ctx) => writing(ctx, await loadOwn(ctx, 'planned', 'invited', 'held')) },
  { method: 'GET', path: `${MEETINGS_PATH}/:code/ket-luan`, access: RUNS, handler: async (ctx) => closing(ctx, await loadOwn(ctx, 'held')) },
  step('chuong-trinh', RUNS, 'page', (ctx, tx, id, form) => saveAgenda(tx, ctx.officer, id, agendaOf(form))),
  step('thanh-phan', RUNS, 'page', (ctx, tx, id, form) => saveGuests(tx, ctx.officer, id, ids(form.all('guests')))),
  step('moi', RUNS, 'page', (ctx, tx, id) => inviteGuests(tx, ctx.officer, id)),
  step('huy', RUNS, 'page', (ctx, tx, id, form) => cancelMeeting(tx, ctx.officer, id, form.get('reason'))),
  step('tra-loi', READS, 'page', (ctx, tx, id, form) => answerInvitation(tx, ctx.officer, id, {
    answer: GUEST_ANSWERS.find((answer) => answer === form.get('answer')) ?? 'none', reason: form.get('reason'), names: form.get('names'),
  })),
  step('dinh-chinh', RUNS, 'page', (ctx, tx, id, form) => addAddendum(tx, ctx.officer, id, form.get('part') === 'conclusion' ? 'conclusion' : 'minutes', form.get('body'), form.get('reason'))),
  step('viec/xong', READS, 'page', (ctx, tx, id, form) => finishAction(tx, ctx.officer, id, uuid(form.get('action')))),
  step('co-mat', RUNS, 'live', (ctx, tx, id, form) => takeAttendance(tx, ctx.officer, id, presenceOf(form))),
  step('bien-ban', RUNS, 'live', (ctx, tx, id, form) => saveMinutes(
    tx, ctx.officer, id, uuid(form.get('item')), { discussion: form.get('discussion'), statements: form.get('statements'), conclusion: form.get('conclusion') }, whole(form.get('version')))),
  step('ket-luan', RUNS, 'close', (ctx, tx, id, form) => saveConclusion(tx, ctx.officer, id, form.get('body'), whole(form.get('version')))),
  step('viec', RUNS, 'close', (ctx, tx, id, form) => addAction(tx, ctx.officer, id, {
    what: form.get('what'), agencyId: isUuid(form.get('agency')) ? form.get('agency') : '', officerId: isUuid(form.get('officer')) ? form.get('officer') : null,
    caseId: isUuid(form.get('case')) ? form.get('case') : null, dueOn: parseDate(form.get('due')) ?? null,
  })),
  step('viec/bo', RUNS, 'close', (ctx, tx, id, form) => removeAction(tx, ctx.officer, id, uuid(form.get('action')))),
  step('ket-thuc', RUNS, 'close', conclude),
];

async function conclude(ctx: Ctx, tx: Tx, id: string, form: FormBody): Promise<void> {
  const { starts_at: startsAt } = await tx.selectFrom('meeting').select('starts_at').where('id', '=', id).executeTakeFirstOrThrow();
  const ended = parseTime(form.get('ended'));
  await concludeMeeting(tx, ctx.officer, id, ended ? instantOf(localDate(startsAt), ended) : null);
}

// ── Reading forms ────────────────────────────────────────────────────────────────────────────

function uuid(text: string): string {
  if (!isUuid(text)) throw new NotFound('id');
  return text;
}

function ids(texts: readonly string[]): string[] {
  return texts.filter((text) => isUuid(text));
}

/** A whole number as a form has it; −1, which is no version and no length, for everything else. */
function whole(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : -1;
}

/** Items of the agenda in the order asked for; without a title an item is dropped, a new one with a case alone takes its name from the case. */
function agendaOf(form: FormBody): AgendaInput[] {
  const count = Math.min(whole(form.get('rows')), MOST_ITEMS + 5);
  const rows = Array.from({ length: Math.max(count, 0) }, (_, index) => {
    const at = (name: string) => normalise(form.get(`${name}-${index}`)).replace(/\s+/g, ' ').trim();
    const order = whole(at('order'));
    return {
      order: order < 0 ? index + 1 : order, id: isUuid(at('id')) ? at('id') : null, caseId: isUuid(at('case')) ? at('case') : null, title: at('title'),
      minutes: at('minutes') === '' ? null : whole(at('minutes')), presenter: at('presenter'),
    };
  });
  return rows.filter(({ title, caseId }) => title !== '' || caseId !== null).toSorted((a, b) => a.order - b.order).map(({ order: _, ...item }) => item);
}

function presenceOf(form: FormBody) {
  return Object.keys(form.fields).flatMap((name) => {
    const [, agencyId = ''] = /^came-(.+)$/.exec(name) ?? [];
    if (!isUuid(agencyId)) return [];
    return [{ agencyId, attendance: ATTENDANCES.find((one) => one === form.get(`attendance-${agencyId}`)) ?? null, came: form.get(name) }];
  });
}

// ── Pages ────────────────────────────────────────────────────────────────────────────────────

async function list(ctx: Ctx): Promise<Response> {
  const wanted: ListName = LISTS.find((name) => name === ctx.query('muc')) ?? LISTS[0];
  const page = Math.min(Math.max(Math.trunc(Number(ctx.query('trang'))) || 1, 1), 10_000);
  const found = await inTransaction(ctx.desk, ctx.officer, (tx) => meetingList(tx, ctx.officer, wanted, page));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.meetings.title, current: 'hop', children: <MeetingListView lang={ctx.lang} list={wanted} page={page} mayPlan={mayRun(ctx.officer)} {...found} />,
  }));
}

async function load(ctx: Ctx): Promise<MeetingPage> {
  return inTransaction(ctx.desk, ctx.officer, async (tx) => meetingPage(tx, ctx.officer, await meetingId(tx, ctx.param('code'))));
}

/** A meeting of the own agency; in another state than asked for the page says so. */
async function loadOwn(ctx: Ctx, ...states: MeetingPage['state'][]): Promise<MeetingPage> {
  const page = await load(ctx);
  if (!page.isOwn) throw new NotFound('meeting');
  if (states.length > 0 && !states.includes(page.state)) throw new Conflict(`meeting is ${page.state}`, { state: page.state });
  return page;
}

async function framed(ctx: Ctx, page: MeetingPage, title: string, clear: string | undefined, children: VNode): Promise<VNode> {
  const { crumbs } = ctx.t.meetings.page;
  return consoleFrame(ctx, { title: `${title} ${page.code}`, current: 'hop', crumbs: [{ label: crumbs, href: MEETINGS_PATH }, { label: page.code, href: meetingPath(page.code) }], clear, children });
}

/** What was just done, in words, from the address. */
function doneIn(ctx: Ctx, back: Back): string | null {
  const { done } = ctx.t.meetings.page;
  const name = back.error ? '' : ctx.query('xong');
  return Object.hasOwn(done, name) ? done[name as keyof typeof done] : null;
}

const NOTHING = { province: [], communes: [] };

async function reading(ctx: Ctx, page: MeetingPage, back: Back = {}): Promise<Response> {
  const runs = page.isOwn && mayRun(ctx.officer);
  const choices = await inTransaction(ctx.desk, ctx.officer, async (tx) => ({
    cases: runs && isOpen(page.state) ? await ownCases(tx, ctx.officer) : [], agencies: runs && (isOpen(page.state) || page.state === 'held') ? await invitable(tx, ctx.officer) : NOTHING,
  }));
  const calendar = await deskCalendar(ctx.desk);
  const clear = back.error || !ctx.query('xong') ? undefined : `hop-${ctx.query('xong')}-${page.id}`;
  return ctx.page(await framed(ctx, page, '', clear, (
    <MeetingView
      lang={ctx.lang} t={ctx.t} now={ctx.now} page={page} runs={runs} ownAgencyId={ctx.officer.agencyId} isDayOff={!isWorkingDay(localDate(page.startsAt), calendar)} {...choices}
      typed={back.typed ?? null} ticked={back.ticked ?? null} done={doneIn(ctx, back)} refused={refusal(ctx, back.error)}
    />
  )), statusOf(back.error));
}

async function writing(ctx: Ctx, page: MeetingPage, back: Back = {}): Promise<Response> {
  const saved = back.error ? '' : ctx.query('muc');
  return ctx.page(await framed(ctx, page, ctx.t.meetings.live.title, saved ? `bien-ban-${saved}` : ctx.query('xong') === 'co-mat' ? `hop-co-mat-${page.id}` : undefined, (
    <LiveView lang={ctx.lang} t={ctx.t} page={page} typed={back.typed ?? null} conflict={isVersion(back.error) ? back.item ?? null : null} saved={saved || null} done={doneIn(ctx, back)} refused={refusal(ctx, back.error)} />
  )), statusOf(back.error));
}

async function closing(ctx: Ctx, page: MeetingPage, back: Back = {}): Promise<Response> {
  const officers = await inTransaction(ctx.desk, ctx.officer, (tx) => colleagues(tx, ctx.officer));
  const xong = back.error ? '' : ctx.query('xong');
  return ctx.page(await framed(ctx, page, ctx.t.meetings.close.title, xong === 'nhap' ? `ket-luan-${page.id}` : xong === 'viec' ? `hop-viec-${page.id}` : undefined, (
    <CloseView lang={ctx.lang} t={ctx.t} page={page} officers={officers} typed={back.typed ?? null} isConflict={isVersion(back.error)} done={doneIn(ctx, back)} refused={refusal(ctx, back.error)} />
  )), statusOf(back.error));
}

const SCREENS: Readonly<Record<Screen, (ctx: Ctx, page: MeetingPage, back?: Back) => Promise<Response>>> = { page: reading, live: writing, close: closing };

/** Where a step leads. */
function after(code: string, name: string, form: FormBody): string {
  switch (name) {
    case 'bien-ban': return meetingPath(code, `/bien-ban?muc=${uuid(form.get('item'))}#muc-${uuid(form.get('item'))}`);
    case 'co-mat': return meetingPath(code, '/bien-ban?xong=co-mat');
    case 'ket-luan': return meetingPath(code, '/ket-luan?xong=nhap');
    case 'viec': return meetingPath(code, '/ket-luan?xong=viec#viec');
    case 'viec-bo': return meetingPath(code, '/ket-luan#viec');
    case 'ket-thuc': return meetingPath(code, '?xong=ket-luan');
    default: return meetingPath(code, `?xong=${name}`);
  }
}

/** Takes one step in one transaction; what breaks a rule comes back to its page with everything that was typed. */
async function take(ctx: Ctx, name: string, screen: Screen, work: Work): Promise<Response> {
  const form = await ctx.form();
  const before = await load(ctx);
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => work(ctx, tx, before.id, form));
    return ctx.seeOther(after(before.code, name, form));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const page = await load(ctx);
    const item = name === 'bien-ban' ? form.get('item') : undefined;
    const typed = { step: item ? `bien-ban-${item}` : name, values: form.fields, errors: fieldErrors(ctx, error) };
    return SCREENS[page.isOwn ? screen : 'page'](ctx, page, { typed, error, item, ticked: name === 'thanh-phan' ? form.all('guests') : undefined });
  }
}

// ── Planning ─────────────────────────────────────────────────────────────────────────────────

function typedPlan(form: FormBody): TypedPlan {
  return {
    title: form.get('title'), day: form.get('day'), from: form.get('from'), to: form.get('to'), place: form.get('place'), link: form.get('link'), chair: form.get('chair'), secretary: form.get('secretary'),
  };
}

async function planning(ctx: Ctx, back?: { typed: TypedPlan; chosen: readonly string[]; error: unknown }): Promise<Response> {
  const number = ctx.query('vu-viec').slice(0, 40);
  const options = await inTransaction(ctx.desk, ctx.officer, (tx) => ownCases(tx, ctx.officer, number));
  const asked = options.find(({ label }) => number !== '' && label.startsWith(`${number}:`));
  const typed = back?.typed ?? {
    title: asked ? ctx.t.meetings.form.nameSample(number) : '', day: '', from: '', to: '', place: '', link: '', chair: '', secretary: ctx.officer.name,
  };
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.meetings.form.title, current: 'hop', crumbs: [{ label: ctx.t.meetings.page.crumbs, href: MEETINGS_PATH }, { label: ctx.t.meetings.plan }],
    children: (
      <PlanView
        lang={ctx.lang} action={`${MEETINGS_PATH}/moi`} typed={typed} errors={fieldErrors(ctx, back?.error)} cases={{ options, chosen: back?.chosen ?? (asked ? [asked.value] : []) }}
        refused={refusal(ctx, back?.error)}
      />
    ),
  }), statusOf(back?.error));
}

async function plan(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const typed = typedPlan(form);
  const chosen = ids(form.all('cases'));
  try {
    const checked = checkPlan(typed, ctx.now);
    const fields = { ...checked.faults, ...(chosen.length === 0 && { cases: 'cases' }) };
    if (!checked.plan || chosen.length === 0) throw new Invalid('plan', { fields });
    const { code } = await inTransaction(ctx.desk, ctx.officer, (tx) => planMeeting(ctx.desk, tx, ctx.officer, checked.plan, chosen));
    return ctx.seeOther(meetingPath(code, '?xong=lap'));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return planning(ctx, { typed, chosen, error });
  }
}

async function changing(ctx: Ctx, page: MeetingPage, back?: { typed: TypedPlan; error: unknown }): Promise<Response> {
  const typed = back?.typed ?? {
    title: page.title, day: formatDate(page.startsAt), from: formatTime(page.startsAt), to: formatTime(page.endsAt), place: page.place, link: page.onlineLink ?? '', chair: page.chair, secretary: page.secretary,
  };
  return ctx.page(await framed(ctx, page, ctx.t.meetings.form.editTitle, undefined, (
    <PlanView
      lang={ctx.lang} action={meetingPath(page.code, '/sua')} typed={typed} errors={fieldErrors(ctx, back?.error)} cases={null} version={page.version} back={meetingPath(page.code)}
      refused={refusal(ctx, back?.error)}
    />
  )), statusOf(back?.error));
}

async function change(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const typed = typedPlan(form);
  const page = await loadOwn(ctx);
  try {
    const checked = checkPlan(typed, ctx.now);
    if (!checked.plan) throw new Invalid('plan', { fields: checked.faults });
    await inTransaction(ctx.desk, ctx.officer, (tx) => changeMeeting(tx, ctx.officer, page.id, checked.plan, whole(form.get('version'))));
    return ctx.seeOther(meetingPath(page.code, '?xong=sua'));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return changing(ctx, await loadOwn(ctx), { typed, error });
  }
}

// ── Files ────────────────────────────────────────────────────────────────────────────────────

async function calendarFile(ctx: Ctx): Promise<Response> {
  const page = await load(ctx);
  if (!page.invitedAt) throw new NotFound('calendar');
  const self = await inTransaction(ctx.desk, ctx.officer, (tx) => selfOf(tx, ctx.officer));
  const text = await meetingCalendar(page, { self, from: ctx.desk.config.MAIL_FROM, url: `${publicAddress(ctx.desk)}${meetingPath(page.code)}`, title: ctx.t.meetings.calendarTitle });
  const method = page.state === 'cancelled' ? 'CANCEL' : 'REQUEST';
  return download(ctx, Buffer.from(text), `${page.code}.ics`, `text/calendar; charset=utf-8; method=${method}`);
}

async function paperFile(ctx: Ctx, kind: Paper): Promise<Response> {
  const page = await load(ctx);
  if (!hasPaper(page, kind)) throw new NotFound('paper');
  const lang = ctx.query('ngon-ngu') === 'en' ? 'en' : 'vi';
  const bytes = await inTransaction(ctx.desk, ctx.officer, async (tx) => {
    const head = await letterhead(ctx.desk, tx, page.agencyId, page.numbers[kind]?.on ?? localDate(tx.now));
    return renderDocument(ctx.desk, tx, page.agencyId, meetingLetter(page, kind, head, lang));
  });
  return download(ctx, bytes, `${PAPER_FILES[kind]}-${page.code}.docx`, DOCX);
}

// ── What went wrong ──────────────────────────────────────────────────────────────────────────

/** A rule of ours, or a safeguard of the database (PostgreSQL 23514, check_violation). */
function isRefusal(error: unknown): boolean {
  return error instanceof Conflict || error instanceof Forbidden || error instanceof Invalid || (error as { code?: unknown }).code === '23514';
}

function isVersion(error: unknown): boolean {
  return error instanceof Conflict && error.details?.['reason'] === 'version';
}

function statusOf(error: unknown): 200 | 403 | 409 | 422 {
  if (!error) return 200;
  return error instanceof Forbidden ? 403 : error instanceof Conflict ? 409 : 422;
}

function fieldErrors(ctx: Ctx, error: unknown): Readonly<Record<string, string>> {
  const fields = error instanceof Invalid ? error.details?.['fields'] as Readonly<Record<string, string>> | undefined : undefined;
  const words: Readonly<Record<string, string>> = ctx.t.meetings.errors;
  return Object.fromEntries(Object.entries(fields ?? {}).map(([field, fault]) => [field, words[fault] ?? ctx.t.meetings.refused.guard]));
}

/** Why a step was refused, in words; null where the fields say it. */
function refusal(ctx: Ctx, error: unknown): string | null {
  if (!error || (error instanceof Invalid && error.details?.['fields'])) return null;
  const { refused } = ctx.t.meetings;
  const { reason, state } = (error instanceof LachanError ? error.details ?? {} : {}) as { reason?: string; state?: string };
  if (reason === 'version' || reason === 'past' || reason === 'early' || reason === 'answered_late' || reason === 'closed') return refused[reason];
  const states: Readonly<Record<string, string>> = ctx.t.coordination.states.meeting;
  return state && states[state] ? refused.state(states[state]) : refused.guard;
}
