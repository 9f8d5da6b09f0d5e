import { sql } from 'kysely';
import type { Calendar } from '#catalogue/holidays.ts';
import { DEADLINES, isWorkingDay, localDate, workingDaysBetween } from '#core/deadlines.ts';
import { notify } from '#modules/notifications/index.ts';
import { system } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { Database } from '#platform/schema.ts';
import { mailOpinion, type OpinionLetter } from './commands/mail.ts';
import { answerPath, opinionPath } from './paths.ts';

/** Opinions looked at in one transaction. */
const BATCH = 200;
/** Working days before the deadline from which an agency is reminded. */
const SOON = 2;

/** What of the rule needs saying today: the day comes near (once), or passed, every DEADLINES.opinionReminder working days. Never on a day off. */
export function reminderDue(
  { state, dueOn, remindedOn }: { readonly state: 'sent' | 'overdue'; readonly dueOn: string; readonly remindedOn: string | null }, today: string, calendar: Calendar,
): OpinionLetter | null {
  if (!isWorkingDay(today, calendar) || remindedOn === today) return null;
  if (state === 'sent') return remindedOn === null && dueOn >= today && workingDaysBetween(today, dueOn, calendar) <= SOON ? 'soon' : null;
  const since = remindedOn !== null && remindedOn > dueOn ? remindedOn : dueOn;
  return workingDaysBetween(since, today, calendar) >= DEADLINES.opinionReminder.amount ? 'overdue' : null;
}

function open(tx: Tx) {
  return tx.selectFrom('opinion as o').innerJoin('consultation as c', 'c.id', 'o.consultation_id')
    .select(['o.id', 'o.agency_id', 'o.state', 'o.reminded_on', 'c.code', 'c.due_on', 'c.agency_id as lead', 'c.officer_id']).orderBy('o.id').limit(BATCH).forUpdate('o').skipLocked();
}

/** Marks what was not answered by its day as overdue: recorded, never consent. @returns how many */
async function lapse(tx: Tx): Promise<number> {
  const actor = system('lapse-opinions');
  const late = await open(tx).where('o.state', '=', 'sent').where('c.due_on', '<', localDate(tx.now)).execute();
  for (const { id, code, lead, officer_id: officerId } of late) {
    await changeState(tx, actor, 'opinion', id, 'lapse');
    await notify(tx, { agencyId: lead, officerId, kind: 'opinion_overdue', code, href: opinionPath(code, id) });
  }
  return late.length;
}

/** Reminds each agency at most once a day. @param after id of the last opinion looked at */
async function remind(desk: Desk, tx: Tx, after: string | null): Promise<string | null> {
  const actor = system('remind-opinions');
  const today = localDate(tx.now);
  const calendar = await workingCalendar(tx);
  const rows = await open(tx).where('o.state', 'in', ['sent', 'overdue']).where('c.closed_at', 'is', null).$if(after !== null, (query) => query.where('o.id', '>', after!)).execute();
  for (const { id, agency_id: agencyId, state, reminded_on: remindedOn, code, due_on: dueOn } of rows) {
    const letter = reminderDue({ state: state as 'sent' | 'overdue', dueOn, remindedOn }, today, calendar);
    if (letter === null) continue;
    await tx.updateTable('opinion').set({ reminded_on: today }).where('id', '=', id).execute();
    await writeJournal(tx, actor, [{ entity: 'opinion', entityId: id, action: 'remind', detail: { letter } }]);
    await notify(tx, { agencyId, roles: ['focal', 'case_officer', 'leader'], kind: letter === 'soon' ? 'task_due_soon' : 'task_overdue', code, href: answerPath(code) });
    if (desk.mail.available) await desk.jobs.enqueue(tx, 'mail-opinion', { opinionId: id, letter });
  }
  return rows.length === BATCH ? rows.at(-1)!.id : null;
}

/** Removes the files of cases whose contents are gone. @returns how many */
async function purge(desk: Desk, tx: Tx): Promise<number> {
  const { rows } = await sql<Pick<Database['opinion_file'], 'file_ref'> & { id: string }>`select id, file_ref from spent_opinion_files()`.execute(tx);
  for (const { id, file_ref: ref } of rows) {
    await tx.deleteFrom('opinion_file').where('id', '=', id).execute();
    // Before the commit of what named it: the other way round a crash would leave it for ever.
    await desk.files.remove(ref);
  }
  return rows.length;
}

/** Letters, reminders and the passing of the day; each safe to run twice. */
export const opinionJobs: readonly JobKind<never, Desk>[] = [
  { name: 'mail-opinion', run: (desk: Desk, { opinionId, letter }: { opinionId: string; letter: OpinionLetter }) => mailOpinion(desk, opinionId, letter) } as JobKind<never, Desk>,
  {
    name: 'lapse-opinions',
    cron: '5 0 * * *',
    async run(desk) {
      while (await inTransaction(desk, system('lapse-opinions'), (tx) => lapse(tx)) > 0);
    },
  },
  {
    name: 'remind-opinions',
    cron: '0 8 * * *',
    async run(desk) {
      for (let after: string | null | undefined; after !== null;) after = await inTransaction(desk, system('remind-opinions'), (tx) => remind(desk, tx, after ?? null));
    },
  },
  {
    name: 'purge-opinions',
    cron: '50 3 * * *',
    async run(desk) {
      while (await inTransaction(desk, system('purge-opinions'), (tx) => purge(desk, tx)) > 0);
    },
  },
];
