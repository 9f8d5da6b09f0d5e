import { sql } from 'kysely';
import { normalise } from '#core/vietnamese.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Invalid } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { gateDue } from '../prepare.ts';
import { claimUploads } from './uploads.ts';

/**
 * The reporter writes back; if the desk had asked, the report goes on.
 * @param arrivalId the mail or text message it came in, which is then part of the conversation; a second run does nothing
 */
export async function addReporterMessage(desk: Desk, reportId: string, body: string, uploads: readonly string[], formKey: string, arrivalId: string | null = null): Promise<void> {
  const text = normalise(body);
  if (text.length < 1 || text.length > 5000) throw new Invalid('message length', { fields: { body: 'length' } });
  const actor = { kind: 'reporter', reportId } as const;
  await inTransaction(desk, actor, async (tx) => {
    if (arrivalId && !(await sql<{ done: boolean }>`select thread_arrival(${arrivalId}::uuid) as done`.execute(tx)).rows[0]!.done) return;
    await tx.insertInto('message').values({ report_id: reportId, sent_by: 'reporter', officer_id: null, body: text, at: tx.now, read_at: null }).execute();
    await claimUploads(tx, reportId, formKey, uploads);
    await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'reporter_message' }]);
    const { state } = await tx.selectFrom('report').select('state').where('id', '=', reportId).executeTakeFirstOrThrow();
    if (state === 'need_info') await changeState(tx, actor, 'report', reportId, 'supply', { set: { due_on: gateDue(tx.now, await workingCalendar(tx)) } });
  });
}

/** The reporter has seen what the desk wrote. */
export async function markRead(desk: Desk, reportId: string): Promise<void> {
  await inTransaction(desk, { kind: 'reporter', reportId }, (tx) => tx.updateTable('message').set({ read_at: tx.now })
    .where('report_id', '=', reportId).where('sent_by', '=', 'desk').where('read_at', 'is', null).execute());
}
