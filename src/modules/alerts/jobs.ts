import type { Calendar } from '#catalogue/holidays.ts';
import { addDays, addWorkingDays, DEADLINES, localDate } from '#core/deadlines.ts';
import { coordinatingAgency, successorsOn } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { formatDate } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { emptyAnswers, moveReceipts, remindOfHoliday } from './commands.ts';
import { holidayAhead, type Holiday } from './holidays.ts';

/** Working days from the reminder to the day the letter should be out, so that agencies have as many left. */
const DAYS_TO_WRITE = 5;

/** Open letters of agencies that ended go to whoever holds their duties. */
const heirs: JobKind<object, Desk> = {
  name: 'alert-heirs',
  cron: '25 0 * * *',
  run: async (desk) => {
    await inTransaction(desk, system('alert-heirs'), async (tx) => {
      const today = localDate(tx.now);
      const ended = await tx.selectFrom('agency as a').select('a.id').where('a.valid_to', '<', today).where((eb) => eb.exists(
        eb.selectFrom('alert_receipt as r').innerJoin('alert_letter as l', 'l.id', 'r.alert_id').select('r.id').whereRef('r.agency_id', '=', 'a.id').where('r.ended_at', 'is', null).where('l.closed_at', 'is', null)
          .where('l.recalled_at', 'is', null).where('l.replaced_by', 'is', null))).execute();
      const pairs = await Promise.all(ended.map(async ({ id }) => ({ from: id, to: await heirOf(tx, id, today) })));
      await moveReceipts(tx, pairs.flatMap(({ from, to }) => (to ? [{ from, to }] : [])));
    });
  },
};

/** The next agency in the line of succession; one that has ended as well is taken further the next time. */
async function heirOf(tx: Tx, id: string, today: string): Promise<string | null> {
  const acting = (await successorsOn(tx, id, today)).map((one) => one.id);
  const next = (await tx.selectFrom('agency_successor').select('to_agency').where('from_agency', '=', id).orderBy('to_agency').execute()).map((one) => one.to_agency);
  return next.find((one) => acting.includes(one)) ?? next[0] ?? null;
}

/** A leader of the coordinating agency is reminded, once a holiday, ten working days before it. */
const holidayLetters: JobKind<object, Desk> = {
  name: 'holiday-letters',
  cron: '10 6 * * *',
  run: async (desk) => {
    await inTransaction(desk, system('holiday-letters'), async (tx) => {
      const today = localDate(tx.now);
      const calendar = await workingCalendar(tx);
      const holiday = holidayAhead(today, DEADLINES.holidayLetter.amount, calendar);
      const agencyId = holiday && await coordinatingAgency(tx, { category: 'malware_attack', communeCode: null, provinceCode: desk.config.PROVINCE, on: today });
      if (!holiday || !agencyId) return;
      await remindOfHoliday(tx, agencyId, await leaderOf(tx, agencyId, today), { from: holiday.from, title: messages('vi').alerts.holiday(formatDate(holiday.from), formatDate(holiday.to)), dueOn: dueOf(today, holiday, calendar) });
    });
  },
};

/** Some days to write; never after the last working day before the holiday. */
function dueOf(today: string, holiday: Holiday, calendar: Calendar): string {
  const wanted = addWorkingDays(today, DAYS_TO_WRITE, calendar);
  return wanted < holiday.from ? wanted : addDays(holiday.from, -1);
}

async function leaderOf(tx: Tx, agencyId: string, today: string): Promise<string | null> {
  const found = await tx.selectFrom('officer_role as r').innerJoin('officer as o', 'o.id', 'r.officer_id').select('r.officer_id').where('r.agency_id', '=', agencyId).where('r.role', '=', 'leader')
    .where('o.disabled_at', 'is', null).where('r.valid_from', '<=', today).where((eb) => eb.or([eb('r.valid_to', 'is', null), eb('r.valid_to', '>=', today)]))
    .orderBy('r.deputy').orderBy('r.valid_from').orderBy('r.officer_id').executeTakeFirst();
  return found?.officer_id ?? null;
}

/** Words, informants and files of answers end 60 months after the letter was sent. */
const purge: JobKind<object, Desk> = {
  name: 'purge-alerts',
  cron: '40 2 * * *',
  async run(desk) {
    for (let emptied = 1; emptied > 0;) {
      const done = await inTransaction(desk, system('purge-alerts'), emptyAnswers);
      for (const ref of done.files) await desk.files.remove(ref);
      emptied = done.emptied;
    }
  },
};

export const alertJobs = [heirs, holidayLetters, purge] as readonly JobKind<never, Desk>[];
