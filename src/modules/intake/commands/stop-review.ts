import { dueAt, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';

/** How long the request may be. */
export const REVIEW_WORDS = { least: 5, most: 2000 } as const;

/**
 * The reporter asks that another officer looks at the stop again: once per report, until the erasure day, which stands. Due in
 * DEADLINES.stopReview, never after that day.
 * @throws Invalid (details.fields.words: 'length'), Conflict when the report is not stopped any more or was asked about before
 */
export async function askStopReview(desk: Desk, reportId: string, words: string): Promise<void> {
  const text = normalise(words);
  if (text.length < REVIEW_WORDS.least || text.length > REVIEW_WORDS.most) throw new Invalid('words', { fields: { words: 'length' } });
  const actor = { kind: 'reporter', reportId } as const;
  await inTransaction(desk, actor, async (tx) => {
    const report = await tx.selectFrom('report').select(['state', 'erase_after']).where('id', '=', reportId).executeTakeFirstOrThrow();
    if (report.state !== 'stopped' || !report.erase_after || report.erase_after <= tx.now) throw new Conflict('no stop to review', { state: report.state });
    const [due, last] = [localDate(dueAt('stopReview', tx.now, await workingCalendar(tx))), localDate(report.erase_after)];
    const { numInsertedOrUpdatedRows } = await tx.insertInto('stop_review').values({
      report_id: reportId, asked_at: tx.now, words: text, due_on: due < last ? due : last, officer_id: null, decided_at: null, outcome: null, reason: null,
    }).onConflict((conflict) => conflict.column('report_id').doNothing()).executeTakeFirst();
    if (Number(numInsertedOrUpdatedRows) === 0) throw new Conflict('asked before');
    await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'ask_review' }]);
  });
}
