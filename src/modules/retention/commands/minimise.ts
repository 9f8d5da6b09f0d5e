import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { certify } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { writeJournal } from '#platform/journal.ts';
import { addCounts } from '../counts.ts';

/** Cases minimised in one transaction. */
const MOST_CASES = 50;

/** What the database gives back of an erasure. */
interface Emptied {
  readonly counts: Record<string, number>;
  readonly files: readonly string[];
}

/**
 * Minimises every case whose term is over (DEADLINES.keepCase), batch by batch, each with its certificate. Safe to run twice: the
 * second run finds nothing.
 * @returns how many rows lost something, by table
 */
export async function retainDue(desk: Desk): Promise<Record<string, number>> {
  const done: Record<string, number>[] = [];
  let cases = MOST_CASES;
  while (cases === MOST_CASES) {
    const counts = await inTransaction(desk, system('retention'), (tx) => retainBatch(desk, tx));
    cases = counts['case_file'] ?? 0;
    done.push(counts);
  }
  done.push(await inTransaction(desk, system('retention'), (tx) => forgetLateAppeals(desk, tx)));
  return addCounts(done);
}

/** Appeals that were filed when the contents of their case were gone already: their words go after a term of their own. */
async function forgetLateAppeals(desk: Desk, tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ done: Record<string, number> }>`select forget_late_appeals() as done`.execute(tx);
  const counts = rows[0]!.done;
  if (Object.values(counts).every((count) => count === 0)) return {};
  await certify(desk, tx, system('retention'), { kind: 'retention', counts, places: { database: true } });
  return counts;
}

async function retainBatch(desk: Desk, tx: Tx): Promise<Record<string, number>> {
  const actor = system('retention');
  const today = localDate(tx.now);
  const { rows } = await sql<{ id: string }>`select id from case_file where state = 'closed' and minimised_at is null and closed_at < ${tx.now}::timestamptz - interval '17 months'
    and case_kept_until(id) < ${today}::date order by closed_at, id limit ${MOST_CASES} for update skip locked`.execute(tx);
  const emptied: Emptied[] = [];
  for (const { id } of rows) {
    const one = await sql<{ done: Emptied }>`select minimise_case(${id}::uuid) as done`.execute(tx);
    emptied.push(one.rows[0]!.done);
  }
  if (emptied.length === 0) return {};
  await writeJournal(tx, actor, rows.map(({ id }, index) => ({ entity: 'case', entityId: id, action: 'minimise', detail: { counts: emptied[index]!.counts } })));
  const counts = addCounts(emptied.map((one) => one.counts));
  const files = emptied.flatMap((one) => one.files);
  await certify(desk, tx, actor, { kind: 'retention', counts: { ...counts, file: files.length }, places: { database: true, files: files.length > 0, search: true } });
  // Before the commit of what named them: a crash in between repeats the whole, the other way round they would stay for ever.
  for (const file of files) await desk.files.remove(file);
  return counts;
}
