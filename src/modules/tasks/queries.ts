import { sql, type RawBuilder } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { soonUntil } from '#core/tasks.ts';
import { agencyNames } from '#modules/directory/index.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import type { Tx } from '#platform/db.ts';
import type { ListFilter, Load, Names, TaskRow, TaskStep } from './types.ts';

/** Rows on one page of the list. */
export const PAGE = 25;

const ROW = sql`t.id, t.kind, t.state, t.agency_id as "agencyId", t.officer_id as "officerId", t.set_by_agency as "setByAgency", t.set_by as "setBy", t.source_id as "sourceId", t.code, t.title, t.href,
  t.first_due_on as "firstDueOn", t.due_on as "dueOn", t.paused_on as "pausedOn", t.pause_reason as "pauseReason", t.ended_at as "endedAt", t.escalated_on as "escalatedOn",
  t.coordination_told_on as "coordinationToldOn"`;

/** The name of who has a task, where that is a colleague. */
function officerName(agencyId: string): RawBuilder<unknown> {
  return sql`(select o.full_name from officer o where o.id = t.officer_id and t.agency_id = ${agencyId}) as officer`;
}

/** Tasks named to this officer, and the unnamed ones of the agency for its focal officers. */
function mine(officer: OfficerActor): RawBuilder<boolean> {
  const own = sql<boolean>`t.agency_id = ${officer.agencyId} and t.officer_id = ${officer.officerId}`;
  return holds(officer, 'focal') ? sql<boolean>`t.agency_id = ${officer.agencyId} and (t.officer_id = ${officer.officerId} or t.officer_id is null)` : own;
}

const SHELVES: Readonly<Record<ListFilter['shelf'], (officer: OfficerActor) => RawBuilder<boolean>>> = {
  'cua-toi': (officer) => sql`t.state = 'open' and ${mine(officer)}`,
  'co-quan': ({ agencyId }) => sql`t.state = 'open' and t.agency_id = ${agencyId}`,
  'da-giao': ({ agencyId }) => sql`t.state = 'open' and t.set_by_agency = ${agencyId} and t.agency_id <> ${agencyId}`,
  'da-xong': ({ agencyId }) => sql`t.state <> 'open' and t.agency_id = ${agencyId}`,
};

/** One page of a list, the most urgent first, what has ended the newest first; whether there is more. */
export async function taskList(tx: Tx, officer: OfficerActor, filter: ListFilter): Promise<{ rows: TaskRow[]; more: boolean; names: Names }> {
  const today = localDate(tx.now);
  const soon = soonUntil(today, await workingCalendar(tx));
  const near = filter.near === 'qua-han' ? sql`and t.paused_on is null and t.due_on < ${today}::date`
    : filter.near === 'sap-den-han' ? sql`and t.paused_on is null and t.due_on between ${today}::date and ${soon}::date`
      : filter.near === 'tam-dung' ? sql`and t.paused_on is not null` : sql``;
  const { rows } = await sql<TaskRow>`select ${ROW}, ${officerName(officer.agencyId)} from task t where ${SHELVES[filter.shelf](officer)} ${near}
      ${filter.agencyId ? sql`and t.agency_id = ${filter.agencyId}` : sql``} ${filter.officerId ? sql`and t.officer_id = ${filter.officerId}` : sql``}
    order by ${filter.shelf === 'da-xong' ? sql`t.ended_at desc, t.id` : sql`t.due_on, t.id`} limit ${PAGE + 1} offset ${(filter.page - 1) * PAGE}`.execute(tx);
  const shown = rows.slice(0, PAGE);
  return { rows: shown, more: rows.length > PAGE, names: await namesOf(tx, shown) };
}

/** How many tasks each list has, and how many of the own are soon or late. */
export async function shelfCounts(tx: Tx, officer: OfficerActor): Promise<Record<'cua-toi' | 'co-quan' | 'da-giao', number>> {
  const count = (shelf: 'cua-toi' | 'co-quan' | 'da-giao') => sql`(select count(*) from task t where ${SHELVES[shelf](officer)})`;
  const { rows } = await sql<Record<'cua-toi' | 'co-quan' | 'da-giao', number>>`select ${count('cua-toi')} as "cua-toi", ${count('co-quan')} as "co-quan", ${count('da-giao')} as "da-giao"`.execute(tx);
  return rows[0]!;
}

async function namesOf(tx: Tx, rows: readonly Pick<TaskRow, 'agencyId' | 'setByAgency'>[]): Promise<Names> {
  const ids = [...new Set(rows.flatMap(({ agencyId, setByAgency }) => [agencyId, ...(setByAgency ? [setByAgency] : [])]))];
  return agencyNames(tx, ids, localDate(tx.now));
}

/** One task with its history, the officers it may be given to and the names of both agencies; null when the officer's agency has no part in it. */
export async function taskPage(tx: Tx, officer: OfficerActor, id: string) {
  const { rows: [task] } = await sql<TaskRow & { createdAt: Date }>`select ${ROW}, ${officerName(officer.agencyId)}, t.created_at as "createdAt" from task t where t.id = ${id}`.execute(tx);
  if (!task) return null;
  const { rows: steps } = await sql<TaskStep>`select at, action, reason, detail, agency_id as "agencyId", officer from task_steps(${id})`.execute(tx);
  const agencies = [...new Set([task.agencyId, ...(task.setByAgency ? [task.setByAgency] : []), ...steps.flatMap(({ agencyId }) => (agencyId ? [agencyId] : []))])];
  return { task, steps, names: await agencyNames(tx, agencies, localDate(tx.now)), colleagues: task.agencyId === officer.agencyId ? await colleagues(tx, officer.agencyId) : [] };
}

/** Officers of an agency who act for it today, by name. */
export async function colleagues(tx: Tx, agencyId: string): Promise<{ id: string; name: string }[]> {
  const today = localDate(tx.now);
  const { rows } = await sql<{ id: string; name: string }>`select distinct o.id, o.full_name as name from officer_role r join officer o on o.id = r.officer_id and o.disabled_at is null
    where r.agency_id = ${agencyId} and r.role not in ('auditor', 'administrator') and r.valid_from <= ${today}::date and (r.valid_to is null or r.valid_to >= ${today}::date) order by o.full_name limit 500`.execute(tx);
  return rows;
}

// ── My day ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The most urgent tasks of an officer, not paused, and how many there are; soon means within the reach of the day. */
export async function dayTasks(tx: Tx, officer: OfficerActor, most: number): Promise<{ tasks: TaskRow[]; count: number; names: Names }> {
  const { rows } = await sql<TaskRow & { all: number }>`select ${ROW}, ${officerName(officer.agencyId)}, count(*) over () as "all" from task t
    where t.state = 'open' and t.paused_on is null and ${mine(officer)} order by t.due_on, (t.officer_id is null), t.id limit ${most}`.execute(tx);
  return { tasks: rows, count: rows[0]?.all ?? 0, names: await namesOf(tx, rows) };
}

// ── The leader's page ───────────────────────────────────────────────────────────────────────────────────────────────

function loads(today: string, soon: string): RawBuilder<unknown> {
  return sql`count(*)::int as open, (count(*) filter (where t.paused_on is null and t.due_on between ${today}::date and ${soon}::date))::int as soon,
    (count(*) filter (where t.paused_on is null and t.due_on < ${today}::date))::int as late, (count(*) filter (where t.paused_on is not null))::int as paused,
    (count(*) filter (where t.escalated_on is not null))::int as escalated, min(t.due_on) filter (where t.paused_on is null) as oldest`;
}

type OfficerLoad = Load & { readonly officerId: string | null; readonly officer: string | null };
type AgencyLoad = Load & { readonly agencyId: string };

/** Everything on the leader's page but the meetings, in three statements and one for the names. */
export interface LeaderPage {
  /** Who in the own agency has what; without an officer: the focal officers. */
  readonly officers: readonly OfficerLoad[];
  /** What the own agency set for others, by agency. */
  readonly agencies: readonly AgencyLoad[];
  readonly paused: readonly TaskRow[];
  readonly escalated: readonly TaskRow[];
  readonly told: readonly ToldTask[];
  /** Whether the agency coordinates, so that lateness elsewhere is told to it. */
  readonly coordinates: boolean;
  readonly names: Names;
}

/** The leader's page of an officer's agency. */
export async function leaderPage(tx: Tx, officer: OfficerActor): Promise<LeaderPage> {
  const { officers, agencies } = await allLoads(tx, officer.agencyId);
  const { paused, escalated } = await pausedAndEscalated(tx, officer);
  const { told, coordinates } = await toldTasks(tx, officer.agencyId);
  const ids = [...agencies, ...told, ...paused, ...escalated].map(({ agencyId }) => agencyId);
  return { officers, agencies, paused, escalated, told, coordinates, names: await agencyNames(tx, [...new Set(ids)], localDate(tx.now)) };
}

/** Both tables in one statement, each half by an index of its own. */
async function allLoads(tx: Tx, agencyId: string): Promise<Pick<LeaderPage, 'officers' | 'agencies'>> {
  const today = localDate(tx.now);
  const soon = soonUntil(today, await workingCalendar(tx));
  const { rows } = await sql<Load & { agencyId: string | null; officerId: string | null; officer: string | null }>`
    select g.*, o.full_name as officer from (
      (select null::uuid as "agencyId", t.officer_id as "officerId", ${loads(today, soon)} from task t where t.state = 'open' and t.agency_id = ${agencyId} group by t.officer_id)
      union all (select t.agency_id, null, ${loads(today, soon)} from task t where t.state = 'open' and t.set_by_agency = ${agencyId} and t.agency_id <> ${agencyId}
        group by t.agency_id order by late desc, oldest nulls last, t.agency_id limit 200)) g
    left join officer o on o.id = g."officerId" order by g.late desc, g.oldest nulls last, g."officerId", g."agencyId"`.execute(tx);
  const isOfAgency = (row: (typeof rows)[number]): row is (typeof rows)[number] & AgencyLoad => row.agencyId !== null;
  return { officers: rows.filter((row) => !isOfAgency(row)), agencies: rows.filter(isOfAgency) };
}

/** Most lines of a list on the leader's page. */
const FEW = 20;

/** Tasks of the own agency, or set by it, that were told to a leader or stand still; each half by an index of its own. */
async function pausedAndEscalated(tx: Tx, officer: OfficerActor): Promise<Pick<LeaderPage, 'paused' | 'escalated'>> {
  const half = (side: 'agency_id' | 'set_by_agency', what: RawBuilder<unknown>) => sql`(select ${ROW}, ${officerName(officer.agencyId)} from task t
    where t.state = 'open' and t.${sql.ref(side)} = ${officer.agencyId} and ${what} order by t.due_on, t.id limit ${FEW})`;
  const [still, told] = [sql`t.paused_on is not null`, sql`t.escalated_on is not null and t.paused_on is null`];
  const { rows } = await sql<TaskRow>`select * from (${half('agency_id', still)} union ${half('set_by_agency', still)} union ${half('agency_id', told)} union ${half('set_by_agency', told)}) found
    order by "dueOn", id`.execute(tx);
  return { paused: rows.filter((row) => row.pausedOn !== null).slice(0, FEW), escalated: rows.filter((row) => row.pausedOn === null).slice(0, FEW) };
}

/** What the coordinating agency was told of: where and since when, not what, unless it set it. */
export interface ToldTask {
  readonly id: string;
  readonly code: string;
  readonly kind: TaskRow['kind'];
  readonly agencyId: string;
  readonly dueOn: string;
  readonly mine: boolean;
}

/** Whether the agency coordinates today, and what it was told of: nothing for whoever does not lead a coordinating agency. */
async function toldTasks(tx: Tx, agencyId: string): Promise<Pick<LeaderPage, 'told' | 'coordinates'>> {
  const today = localDate(tx.now);
  const { rows } = await sql<ToldTask | (Record<keyof ToldTask, null>)>`select e.id, e.code, e.kind, e.agency_id as "agencyId", e.due_on as "dueOn", e.mine
    from (select 1 from competence c where c.agency_id = ${agencyId} and c.role = 'coordinate' and c.valid_from <= ${today}::date and (c.valid_to is null or c.valid_to >= ${today}::date) limit 1) one
      left join escalated_tasks() e on true`.execute(tx);
  return { told: rows.filter((row): row is ToldTask => row.id !== null), coordinates: rows.length > 0 };
}

// ── Settings and calendar ───────────────────────────────────────────────────────────────────────────────────────────

/** After how many working days a late task is told to the own leader and to the coordinating agency. */
export interface TaskSetting {
  readonly leaderAfter: number;
  readonly coordinatorAfter: number;
}

/** What holds where an agency set nothing. */
export const DEFAULT_SETTING: TaskSetting = { leaderAfter: 1, coordinatorAfter: 3 };

/** The setting of an agency. */
export async function settingOf(tx: Tx, agencyId: string): Promise<TaskSetting> {
  return await tx.selectFrom('task_setting').select(['leader_after as leaderAfter', 'coordinator_after as coordinatorAfter']).where('agency_id', '=', agencyId).executeTakeFirst() ?? DEFAULT_SETTING;
}

/** A year of the calendar as its page shows it. */
export interface CalendarYear {
  readonly year: number;
  readonly announced: boolean;
  readonly source: string;
  readonly localChange: boolean;
  readonly days: readonly { readonly day: string; readonly kind: 'off' | 'working'; readonly note: string; readonly origin: 'release' | 'local' }[];
}

/** The days of a year that differ from Monday to Friday, and who says so. */
export async function calendarYear(tx: Tx, year: number): Promise<CalendarYear> {
  const found = await tx.selectFrom('calendar_year').select(['year', 'announced', 'source', 'local_change as localChange']).where('year', '=', year).executeTakeFirst();
  const days = await tx.selectFrom('holiday').select(['day', 'kind', 'note', 'origin']).where('day', '>=', `${year}-01-01`).where('day', '<=', `${year}-12-31`).orderBy('day').execute();
  return { ...(found ?? { year, announced: false, source: '', localChange: false }), days };
}

/** Years there is anything of, in order. */
export async function calendarYears(tx: Tx): Promise<number[]> {
  return (await tx.selectFrom('calendar_year').select('year').orderBy('year').execute()).map(({ year }) => year);
}

/** Whether the acting officer keeps the calendar: an administrator of the coordinating agency. */
export async function keepsCalendar(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`select keeps_directory() as keeps`.execute(tx);
  return rows[0]!.keeps;
}
