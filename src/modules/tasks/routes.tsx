import type { ComponentChildren } from 'preact';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { OFFICE } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { agencyNames, listAgencies, nameIn } from '#modules/directory/index.ts';
import type { ConsoleFrame } from '#modules/law/index.ts';
import { holds } from '#platform/actor.ts';
import type { FormBody } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Access, type Ctx, type Route } from '#platform/http.ts';
import { isUuid } from '#platform/uuid.ts';
import { parseDate } from '#web/format.ts';
import { assignTask, cancelTask, finishTask, moveTask, pauseTask, resumeTask, setTask, taskHref } from './commands.ts';
import { changeCalendar } from './commands/calendar.ts';
import { changeSetting } from './commands/settings.ts';
import { maySetForOthers, stepsFor } from './policy.ts';
import {
  calendarYear, calendarYears, colleagues, dayTasks, keepsCalendar, leaderPage, PAGE, settingOf, shelfCounts, taskList, taskPage,
} from './queries.ts';
import type { HandedIn, ListFilter } from './types.ts';
import { CalendarView } from './views/calendar.tsx';
import { CreateView, SettingsView } from './views/create.tsx';
import { DayView, MOST_THINGS } from './views/day.tsx';
import { LeaderView } from './views/leader.tsx';
import { TaskListView } from './views/list.tsx';
import { PATHS, type TypedForm } from './views/parts.tsx';
import { TaskView } from './views/task.tsx';

const WORK: Access = { kind: 'officer', roles: OFFICE };
const LEAD: Access = { kind: 'officer', roles: ['leader'] };
const ANYBODY: Access = { kind: 'officer' };
const ADMINISTER: Access = { kind: 'officer', roles: ['administrator'] };
const TASK = `${PATHS.list}/:id`;

/**
 * My day, tasks, the leader's page and the calendar.
 * @param frame a page of the console @param handedIn what the rooms above know of a day
 */
export function taskRoutes(frame: ConsoleFrame, handedIn: HandedIn): readonly Route[] {
  const pages = { frame, handedIn };
  const step = (name: string, work: StepWork): Route => ({ method: 'POST', path: `${TASK}/${name}`, access: WORK, handler: (ctx) => takeStep(ctx, pages, name, work) });
  return [
    { method: 'GET', path: PATHS.day, access: WORK, handler: (ctx) => day(ctx, pages) },
    { method: 'GET', path: PATHS.list, access: WORK, handler: (ctx) => list(ctx, pages) },
    { method: 'GET', path: PATHS.create, access: WORK, handler: (ctx) => creating(ctx, pages, null) },
    { method: 'POST', path: PATHS.create, access: WORK, handler: (ctx) => create(ctx, pages) },
    { method: 'GET', path: PATHS.settings, access: ADMINISTER, handler: (ctx) => settings(ctx, pages, null) },
    { method: 'POST', path: PATHS.settings, access: ADMINISTER, handler: (ctx) => changeSettings(ctx, pages) },
    { method: 'GET', path: TASK, access: WORK, handler: (ctx) => task(ctx, pages, null) },
    step('xong', (ctx, tx, id) => finishTask(tx, ctx.officer, id)),
    step('bo', (ctx, tx, id, form) => cancelTask(tx, ctx.officer, id, form.get('reason'))),
    step('giao', (ctx, tx, id, form) => assignTask(tx, ctx.officer, id, officerOf(form))),
    step('tam-dung', (ctx, tx, id, form) => pauseTask(tx, ctx.officer, id, form.get('reason'))),
    step('tiep-tuc', (ctx, tx, id) => resumeTask(tx, ctx.officer, id)),
    step('doi-han', (ctx, tx, id, form) => moveTask(tx, ctx.officer, id, parseDate(form.get('due')) ?? null, form.get('reason'))),
    { method: 'GET', path: PATHS.leader, access: LEAD, handler: (ctx) => leader(ctx, pages) },
    { method: 'GET', path: PATHS.calendar, access: ANYBODY, handler: (ctx) => calendar(ctx, pages, null) },
    { method: 'POST', path: PATHS.calendar, access: ADMINISTER, handler: (ctx) => postCalendar(ctx, pages) },
  ];
}

interface Pages {
  readonly frame: ConsoleFrame;
  readonly handedIn: HandedIn;
}

const MOST_PAGES = 1000;

const uuidOf = (text: string) => (isUuid(text) ? text : null);

function officerOf(form: FormBody): string | null {
  const text = form.get('officer');
  if (text !== '' && !isUuid(text)) throw new Invalid('officer', { fields: { officer: 'not_yours' } });
  return text || null;
}

/** Reads as the officer who asks, in one transaction. */
function read<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(ctx.desk, ctx.officer, work);
}

async function view(ctx: Ctx) {
  return { lang: ctx.lang, today: localDate(ctx.now), calendar: await deskCalendar(ctx.desk), stylesheet: ctx.assets('tasks.css') };
}

async function page(ctx: Ctx, { frame }: Pages, at: { title: string; current: string; up?: { href: string; label: string } }, typed: TypedForm | null, status: number, children: ComponentChildren): Promise<Response> {
  const crumbs = at.up ? [at.up, { label: at.title }] : undefined;
  return ctx.page(await frame(ctx, { title: at.title, current: at.current, crumbs, children }), (typed ? status : 200) as ContentfulStatusCode);
}

// ── Forms that come back ────────────────────────────────────────────────────────────────────────────────────────────

type Refusal = Invalid | Conflict | Forbidden;

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Invalid || error instanceof Conflict || error instanceof Forbidden;
}

/** A form as it came back: sentences for its fields, or one for the whole. */
function typedForm(ctx: Ctx, form: string, body: FormBody, error: Refusal): TypedForm {
  const { faults, refused } = ctx.t.tasks;
  const fields = Object.entries((error.details?.fields ?? {}) as Record<string, string>);
  const sentence = ([field, code]: [string, string]) => {
    const found = (faults as Readonly<Record<string, string | Readonly<Record<string, string>>>>)[field];
    return [field, typeof found === 'string' ? found : found?.[code] ?? refused.other];
  };
  const reason = error.details?.reason as keyof typeof refused | undefined;
  return { form, values: body.fields, errors: Object.fromEntries(fields.map(sentence)) as Record<string, string>, refused: fields.length > 0 ? null : refused[reason ?? 'other'] ?? refused.other };
}

// ── My day ──────────────────────────────────────────────────────────────────────────────────────────────────────────

async function day(ctx: Ctx, pages: Pages): Promise<Response> {
  const { officer } = ctx;
  const found = await read(ctx, async (tx) => ({ ...(await dayTasks(tx, officer, MOST_THINGS)), lines: await pages.handedIn.lines(tx, officer) }));
  return page(ctx, pages, { title: ctx.t.tasks.day.title, current: 'hom-nay' }, null, 200, <DayView {...await view(ctx)} {...found} agencyId={officer.agencyId} />);
}

// ── Tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const SHELVES = ['cua-toi', 'co-quan', 'da-giao', 'da-xong'] as const satisfies readonly ListFilter['shelf'][];
const NEARS = ['sap-den-han', 'qua-han', 'tam-dung'] as const;

function filterOf(ctx: Ctx): ListFilter {
  const number = Number(ctx.query('trang'));
  return {
    shelf: SHELVES.find((one) => one === ctx.query('muc')) ?? 'cua-toi', near: NEARS.find((one) => one === ctx.query('loc')) ?? null,
    agencyId: uuidOf(ctx.query('co-quan')), officerId: uuidOf(ctx.query('nguoi')), page: Number.isInteger(number) && number >= 1 && number <= MOST_PAGES ? number : 1,
  };
}

async function list(ctx: Ctx, pages: Pages): Promise<Response> {
  const filter = filterOf(ctx);
  const { officer } = ctx;
  const found = await read(ctx, async (tx) => {
    const agency = filter.agencyId ? (await agencyNames(tx, [filter.agencyId], localDate(tx.now))).get(filter.agencyId) : undefined;
    const person = filter.officerId ? (await colleagues(tx, officer.agencyId)).find(({ id }) => id === filter.officerId) : undefined;
    return { ...(await taskList(tx, officer, filter)), counts: await shelfCounts(tx, officer), only: person?.name ?? (agency ? nameIn(agency, ctx.lang) : null) };
  });
  return page(ctx, pages, { title: ctx.t.tasks.list.title, current: 'viec' }, null, 200, <TaskListView {...await view(ctx)} {...found} filter={filter} size={PAGE} agencyId={officer.agencyId} />);
}

async function task(ctx: Ctx, pages: Pages, typed: TypedForm | null, status = 200): Promise<Response> {
  const { officer } = ctx;
  const id = uuidParam(ctx);
  const found = await read(ctx, (tx) => taskPage(tx, officer, id));
  if (!found) throw new NotFound('task');
  const { task: one, steps: history, names, colleagues: people } = found;
  return page(ctx, pages, { title: one.title, current: 'viec', up: { href: PATHS.list, label: ctx.t.tasks.list.title } }, typed, status, (
    <TaskView {...await view(ctx)} task={one} history={history} names={names} colleagues={people} steps={stepsFor(officer, one)} agencyId={officer.agencyId} typed={typed} done={typed ? '' : ctx.query('xong')} />
  ));
}

type StepWork = (ctx: Ctx, tx: Tx, id: string, form: FormBody) => Promise<unknown>;

/** Takes one step in one transaction; what breaks a rule or came too late goes back to the page with everything that was typed. */
async function takeStep(ctx: Ctx, pages: Pages, name: string, work: StepWork): Promise<Response> {
  const id = uuidParam(ctx);
  const form = await ctx.form();
  try {
    await read(ctx, (tx) => work(ctx, tx, id, form));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return task(ctx, pages, typedForm(ctx, name, form, error), error.status);
  }
  return ctx.seeOther(`${taskHref(id)}?xong=${name}`);
}

async function creating(ctx: Ctx, pages: Pages, typed: TypedForm | null, status = 200): Promise<Response> {
  const { officer } = ctx;
  const found = await read(ctx, async (tx) => {
    const agencies = (await listAgencies(tx, { on: localDate(tx.now) })).filter(({ id }) => id === officer.agencyId || maySetForOthers(officer));
    return { agencies: agencies.map((one) => ({ id: one.id, name: nameIn(one, ctx.lang) })), colleagues: await colleagues(tx, officer.agencyId) };
  });
  return page(ctx, pages, { title: ctx.t.tasks.create.title, current: 'viec', up: { href: PATHS.list, label: ctx.t.tasks.list.title } }, typed, status, (
    <CreateView {...await view(ctx)} {...found} agencyId={officer.agencyId} typed={typed} />
  ));
}

async function create(ctx: Ctx, pages: Pages): Promise<Response> {
  const form = await ctx.form();
  try {
    const id = await read(ctx, async (tx) => {
      const agencyId = uuidOf(form.get('agency'));
      if (!agencyId) throw new Invalid('agency', { fields: { agency: 'missing' } });
      return setTask(tx, ctx.officer, ctx.desk.config.PROVINCE, {
        title: form.get('title'), agencyId, officerId: officerOf(form), caseNumber: form.get('case').trim().toUpperCase(), dueOn: parseDate(form.get('due')) ?? null,
      });
    });
    return ctx.seeOther(`${taskHref(id)}?xong=moi`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return creating(ctx, pages, typedForm(ctx, 'moi', form, error), error.status);
  }
}

// ── Settings ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function settings(ctx: Ctx, pages: Pages, typed: TypedForm | null, status = 200): Promise<Response> {
  const { leaderAfter, coordinatorAfter } = await read(ctx, (tx) => settingOf(tx, ctx.officer.agencyId));
  return page(ctx, pages, { title: ctx.t.tasks.settings.title, current: 'lich', up: { href: PATHS.calendar, label: ctx.t.tasks.calendar.title } }, typed, status, (
    <SettingsView lang={ctx.lang} leader={leaderAfter} coordinator={coordinatorAfter} typed={typed} done={typed ? '' : ctx.query('xong')} />
  ));
}

async function changeSettings(ctx: Ctx, pages: Pages): Promise<Response> {
  const form = await ctx.form();
  try {
    await read(ctx, (tx) => changeSetting(tx, ctx.officer, { leader: form.get('leader'), coordinator: form.get('coordinator'), reason: form.get('reason') }));
    return ctx.seeOther(`${PATHS.settings}?xong=cai-dat`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return settings(ctx, pages, typedForm(ctx, 'cai-dat', form, error), error.status);
  }
}

// ── The leader's page ───────────────────────────────────────────────────────────────────────────────────────────────

async function leader(ctx: Ctx, pages: Pages): Promise<Response> {
  const { officer } = ctx;
  const found = await read(ctx, async (tx) => ({ ...(await leaderPage(tx, officer)), meetings: await pages.handedIn.meetings(tx, officer) }));
  return page(ctx, pages, { title: ctx.t.tasks.leader.title, current: 'dieu-hanh' }, null, 200, <LeaderView {...await view(ctx)} {...found} />);
}

// ── The calendar ────────────────────────────────────────────────────────────────────────────────────────────────────

const [FIRST_YEAR, LAST_YEAR] = [2000, 2100];

async function calendar(ctx: Ctx, pages: Pages, typed: TypedForm | null, status = 200, wanted = ctx.query('nam')): Promise<Response> {
  const today = localDate(ctx.now);
  const typedYear = Number(wanted);
  const year = Number.isInteger(typedYear) && typedYear >= FIRST_YEAR && typedYear <= LAST_YEAR ? typedYear : Number(today.slice(0, 4));
  const found = await read(ctx, async (tx) => ({
    year: await calendarYear(tx, year), years: [...new Set([...await calendarYears(tx), year, Number(today.slice(0, 4)) + 1])].toSorted((a, b) => a - b), keeps: holds(ctx.officer, 'administrator') && await keepsCalendar(tx),
  }));
  const moved = Number(ctx.query('doi'));
  return page(ctx, pages, { title: ctx.t.tasks.calendar.title, current: 'lich' }, typed, status, (
    <CalendarView lang={ctx.lang} today={today} stylesheet={ctx.assets('tasks.css')} {...found} sets={holds(ctx.officer, 'administrator')} typed={typed} done={typed ? '' : ctx.query('xong')}
      moved={Number.isInteger(moved) && moved > 0 && moved < 1e6 ? moved : 0} />
  ));
}

async function postCalendar(ctx: Ctx, pages: Pages): Promise<Response> {
  const form = await ctx.form();
  const from = parseDate(form.get('from')) ?? null;
  const kind = (['off', 'working'] as const).find((one) => one === form.get('kind')) ?? null;
  try {
    const to = form.get('to').trim() === '' ? from : parseDate(form.get('to'));
    if (to === undefined) throw new Invalid('to', { fields: { to: 'missing' } });
    const moved = await changeCalendar(ctx.desk, ctx.officer, {
      from, to, kind, note: form.get('note'), document: form.get('document'), reason: form.get('reason'), announced: form.get('announced') === '1',
    });
    return ctx.seeOther(`${PATHS.calendar}?nam=${from!.slice(0, 4)}&xong=lich${moved > 0 ? `&doi=${moved}` : ''}`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return calendar(ctx, pages, typedForm(ctx, 'lich', form, error), error.status, form.get('year'));
  }
}
