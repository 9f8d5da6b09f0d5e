import { sql } from 'kysely';
import { addDays, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { forgetCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Forbidden, Invalid } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { keepsCalendar } from '../queries.ts';

/** Most days one change may take. */
const MOST_DAYS = 31;
/** Lengths of what is typed. */
export const CALENDAR_LENGTHS = { note: 200, document: 200, reasonLeast: 5, reason: 500 } as const;

/** Some days that become days off or working days, as typed. */
export interface CalendarChange {
  /** `yyyy-mm-dd`, or null when it could not be read. */
  readonly from: string | null;
  /** Last day; null for one day alone. */
  readonly to: string | null;
  readonly kind: 'off' | 'working' | null;
  readonly note: string;
  /** Number and date of the notice that says so. */
  readonly document: string;
  readonly reason: string;
  /** The notice gives the whole year, so that its other days hold as well. */
  readonly announced: boolean;
}

/**
 * Changes days to come, with a reason and a document; open tasks whose day became a day off move to the next working day. Days already
 * told otherwise stay.
 * @returns how many tasks moved
 * @throws Forbidden, Invalid with details.fields (from, to, kind, document, reason)
 */
export async function changeCalendar(desk: Desk, actor: OfficerActor, change: CalendarChange): Promise<number> {
  const moved = await inTransaction(desk, actor, async (tx) => {
    if (!(await keepsCalendar(tx))) throw new Forbidden('not the keeper of the calendar', { reason: 'not_keeper' });
    const { from, to, kind, note, document, reason } = read(tx, change);
    const days = Array.from({ length: (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1 }, (_, n) => addDays(from, n)).filter((day) => from === to || !isWeekend(day));
    if (days.length === 0) throw new Invalid('a weekend', { fields: { to: 'range' } });
    for (const year of new Set(days.map((day) => Number(day.slice(0, 4))))) {
      const ofYear = days.filter((day) => Number(day.slice(0, 4)) === year);
      const { id } = await tx.insertInto('calendar_year').values({ year, announced: change.announced, source: document, local_change: true })
        .onConflict((conflict) => conflict.column('year').doUpdateSet((row) => ({
          announced: sql<boolean>`calendar_year.announced or excluded.announced`, source: row.ref('excluded.source'), local_change: true,
        }))).returning('id').executeTakeFirstOrThrow();
      await tx.insertInto('holiday').values(ofYear.map((day) => ({ day, kind, note, origin: 'local' as const })))
        .onConflict((conflict) => conflict.column('day').doUpdateSet((row) => ({ kind: row.ref('excluded.kind'), note: row.ref('excluded.note'), origin: 'local' }))).execute();
      await writeJournal(tx, actor, [{ entity: 'calendar', entityId: id, action: 'change', reason, detail: { document, kind, days: ofYear, announced: change.announced } }]);
    }
    const { rows } = await sql<{ moved: number }>`select roll_tasks(${from}::date, ${to}::date) as moved`.execute(tx);
    return rows[0]!.moved;
  });
  forgetCalendar(desk);
  return moved;
}

function read(tx: Tx, change: CalendarChange) {
  const fields: Record<string, string> = {};
  const today = localDate(tx.now);
  const { from, kind } = change;
  const to = change.to ?? from;
  const [note, document, reason] = [normalise(change.note), normalise(change.document), normalise(change.reason)];
  if (!from) fields.from = 'missing';
  else if (from < today) fields.from = 'past';
  if (!to) fields.to = 'missing';
  else if (from && (to < from || to > addDays(from, MOST_DAYS - 1))) fields.to = 'range';
  if (!kind) fields.kind = 'missing';
  if (document.length < 3 || document.length > CALENDAR_LENGTHS.document) fields.document = 'length';
  if (reason.length < CALENDAR_LENGTHS.reasonLeast || reason.length > CALENDAR_LENGTHS.reason) fields.reason = 'length';
  if (note.length > CALENDAR_LENGTHS.note) fields.note = 'length';
  if (Object.keys(fields).length > 0) throw new Invalid('calendar', { fields });
  return { from: from!, to: to!, kind: kind!, note, document, reason };
}

function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
}
