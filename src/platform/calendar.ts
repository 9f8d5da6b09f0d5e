import type { Calendar } from '#catalogue/holidays.ts';
import { PUBLIC } from './actor.ts';
import type { Clock } from './clock.ts';
import { inTransaction, type Db, type Tx } from './db.ts';

/** The calendar as the desk keeps it, and which of its years an official notice was seen for. */
export interface WorkingCalendar extends Calendar {
  readonly announced: ReadonlySet<number>;
}

/** For how long a process trusts what it read, in milliseconds; the one that changes the calendar forgets at once. */
const MEMORY_MS = 60_000;

interface Memory {
  readonly calendar: WorkingCalendar;
  readonly until: number;
}

const memories = new WeakMap<object, Memory>();

/** The working calendar; read once a minute for each database, so that taking in a report asks nothing more of it. */
export async function workingCalendar(tx: Tx): Promise<WorkingCalendar> {
  const known = memories.get(tx.home);
  if (known && known.until > Date.now()) return known.calendar;
  const calendar = await readCalendar(tx);
  memories.set(tx.home, { calendar, until: Date.now() + MEMORY_MS });
  return calendar;
}

/** The same where there is no transaction yet: from memory, else by one of its own. */
export async function deskCalendar(desk: { readonly db: Db; readonly clock: Clock }): Promise<WorkingCalendar> {
  const known = memories.get(desk.db);
  return known && known.until > Date.now() ? known.calendar : inTransaction(desk, PUBLIC, workingCalendar);
}

/** The calendar as it stands in this transaction, past the memory. */
export async function readCalendar(tx: Tx): Promise<WorkingCalendar> {
  const days = await tx.selectFrom('holiday').select(['day', 'kind']).execute();
  const years = await tx.selectFrom('calendar_year').select('year').where('announced', '=', true).execute();
  const of = (wanted: 'off' | 'working') => new Set(days.filter(({ kind }) => kind === wanted).map(({ day }) => day));
  return { off: of('off'), workingSaturdays: of('working'), announced: new Set(years.map(({ year }) => year)) };
}

/** Called after the commit of a change. */
export function forgetCalendar(desk: { readonly db: Db }): void {
  memories.delete(desk.db);
}
