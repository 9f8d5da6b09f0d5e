import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { importSheet } from '../commands/sheets.ts';

/** Takes the rows of a spreadsheet in. */
const run: JobKind<{ importId: string }, Desk> = {
  name: 'import-sheet',
  run: (desk, { importId }) => importSheet(desk, importId),
};

/** An import that stood still this long lost its process. */
const STILL_SECONDS = 30;

/** Goes on with imports whose process ended in the middle. */
const resume: JobKind<object, Desk> = { name: 'resume-sheets', cron: '* * * * *', run: (desk) => resumeSheets(desk, STILL_SECONDS) };

/**
 * Has running imports gone on with. One that somebody is at work on is not harmed: of two, the one that notes its rows later gives up.
 * @param still only those without progress for this many seconds; 0 when the process starts, for what it was at work on when it ended
 */
export async function resumeSheets(desk: Desk, still: number): Promise<void> {
  await inTransaction(desk, system('resume-sheets'), async (tx) => {
    const left = await tx.updateTable('sheet_import').set({ progressed_at: tx.now }).where('state', '=', 'running')
      .where('progressed_at', '<=', new Date(tx.now.getTime() - still * 1000)).returning('id').execute();
    for (const { id } of left) await desk.jobs.enqueue(tx, 'import-sheet', { importId: id });
  });
}

/** Shorter than the 30 days after which a stopped report must be gone everywhere (SCOPE, the gate). */
const SHEET_DAYS = 28;

/** Deletes spreadsheets whose rows became reports long ago. */
const purge: JobKind<object, Desk> = {
  name: 'purge-sheets',
  cron: '20 2 * * *',
  async run(desk) {
    const before = new Date(desk.clock.now().getTime() - SHEET_DAYS * 86_400_000);
    const old = await inTransaction(desk, system('purge-sheets'), (tx) => tx.selectFrom('sheet_import').select(['id', 'original_ref']).where('created_at', '<', before).where('original_ref', 'is not', null).execute());
    for (const { id, original_ref } of old) {
      await desk.files.remove(original_ref!);
      await inTransaction(desk, system('purge-sheets'), (tx) => tx.updateTable('sheet_import').set({ original_ref: null }).where('id', '=', id).execute());
    }
  },
};

export const sheetJobs = [run, resume, purge] as readonly JobKind<never, Desk>[];
