import { sql, type RawBuilder } from 'kysely';
import { isWorkingDay, localDate, type Calendar } from '#core/deadlines.ts';
import { lateSince, soonUntil } from '#core/tasks.ts';
import { coordinatingAgency } from '#modules/directory/index.ts';
import { notify, type News, type NewsKind } from '#modules/notifications/index.ts';
import { system } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { writeJournal } from '#platform/journal.ts';
import { BOUNDS } from './commands/settings.ts';
import { DEFAULT_SETTING } from './queries.ts';

/** Tasks of one transaction. */
const BATCH = 200;
const ACTOR = system('watch-tasks');

interface Due {
  readonly id: string;
  readonly code: string;
  readonly href: string;
  readonly agencyId: string;
  readonly officerId: string | null;
  readonly setByAgency: string | null;
}

/** What is told of a task once: the column that says it was, which tasks, and to whom. */
interface Telling {
  readonly action: 'remind' | 'overdue' | 'escalate' | 'tell_coordination';
  readonly column: 'reminded_on' | 'overdue_told_on' | 'escalated_on' | 'coordination_told_on';
  readonly which: (today: string, calendar: Calendar) => RawBuilder<boolean>;
  readonly news: (desk: Desk, tx: Tx, task: Due) => Promise<News | null>;
}

/** The one who has it, else the focal officers of the agency. */
const doers = (kind: NewsKind) => (_desk: Desk, _tx: Tx, { agencyId, officerId, code, id }: Due): Promise<News> =>
  Promise.resolve({ agencyId, officerId: officerId ?? undefined, roles: ['focal'], kind, code, href: `/can-bo/viec/${id}` });

/** Late by as many working days as its agency set, read as one last day for each number. */
function lateBy(column: 'leader_after' | 'coordinator_after', standard: number, most: number, today: string, calendar: Calendar): RawBuilder<boolean> {
  const since = Array.from({ length: most }, (_, n) => lateSince(today, n + 1, calendar));
  return sql`t.due_on <= (${since}::date[])[coalesce((select s.${sql.ref(column)} from task_setting s where s.agency_id = t.agency_id), ${standard})]`;
}

const TELLINGS: readonly Telling[] = [
  {
    action: 'remind', column: 'reminded_on', news: doers('task_due_soon'),
    which: (today, calendar) => sql`t.due_on between ${today}::date and ${soonUntil(today, calendar)}::date`,
  },
  { action: 'overdue', column: 'overdue_told_on', which: (today) => sql`t.due_on < ${today}::date`, news: doers('task_overdue') },
  {
    action: 'escalate', column: 'escalated_on',
    which: (today, calendar) => lateBy('leader_after', DEFAULT_SETTING.leaderAfter, BOUNDS.leader.most, today, calendar),
    news: async (_desk, _tx, { agencyId, code, id }) => ({ agencyId, roles: ['leader'], kind: 'task_escalated', code, href: `/can-bo/viec/${id}` }),
  },
  {
    action: 'tell_coordination', column: 'coordination_told_on',
    which: (today, calendar) => lateBy('coordinator_after', DEFAULT_SETTING.coordinatorAfter, BOUNDS.coordinator.most, today, calendar),
    news: async (desk, tx, { agencyId, setByAgency, code, id }) => {
      const coordinating = await coordinatingAgency(tx, { category: 'scam', communeCode: null, provinceCode: desk.config.PROVINCE, on: localDate(tx.now) });
      if (!coordinating || coordinating === agencyId) return null;
      // Who did not set it sees that it is late, not what it is (escalated_tasks).
      return { agencyId: coordinating, roles: ['leader'], kind: 'task_escalated', code, href: setByAgency === coordinating ? `/can-bo/viec/${id}` : '/can-bo/dieu-hanh' };
    },
  },
];

/** One batch of one telling. @returns how many were told */
async function tellBatch(desk: Desk, tx: Tx, { action, column, which, news }: Telling): Promise<number> {
  const calendar = await workingCalendar(tx);
  const today = localDate(tx.now);
  const { rows } = await sql<Due>`select t.id, t.code, t.href, t.agency_id as "agencyId", t.officer_id as "officerId", t.set_by_agency as "setByAgency" from task t
    where t.state = 'open' and t.paused_on is null and t.${sql.ref(column)} is null and t.due_on <= ${soonUntil(today, calendar)}::date and ${which(today, calendar)}
    order by t.due_on, t.id limit ${BATCH} for update of t skip locked`.execute(tx);
  if (rows.length === 0) return 0;
  await tx.updateTable('task').set({ [column]: today }).where('id', 'in', rows.map(({ id }) => id)).execute();
  await writeJournal(tx, ACTOR, rows.map(({ id }) => ({ entity: 'task', entityId: id, action })));
  for (const task of rows) {
    const told = await news(desk, tx, task);
    if (told) await notify(tx, told);
  }
  return rows.length;
}

/** Reminds, says what is overdue and tells it on, each once for each last day; on working days only, since nobody can act on the others. */
export async function watchTasks(desk: Desk): Promise<void> {
  const works = await inTransaction(desk, ACTOR, async (tx) => isWorkingDay(localDate(tx.now), await workingCalendar(tx)));
  if (!works) return;
  for (const telling of TELLINGS) while (await inTransaction(desk, ACTOR, (tx) => tellBatch(desk, tx, telling)) > 0);
}

export const taskJobs: readonly JobKind<never, Desk>[] = [{ name: 'watch-tasks', cron: '5 7 * * *', run: watchTasks }];
