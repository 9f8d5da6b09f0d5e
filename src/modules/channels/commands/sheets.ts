import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { communeOptions, submitReport, type Receipt } from '#modules/intake/index.ts';
import { normalise, searchKey } from '#core/vietnamese.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { insertMany } from '#platform/bulk.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { checkRow, CHANGED, type RowProblem } from '../sheet/check.ts';
import { firstRows } from '../sheet/look.ts';
import { rowToFields, type Mapping, type RowAnswers } from '../sheet/mapping.ts';
import { readRows, Unreadable, type SheetFile, type SheetRow } from '../sheet/rows.ts';
import { TO_CORRECT } from '../sheet/template.ts';

/** Largest spreadsheet taken: 100,000 rows of reports are 10 to 15 MB. */
export const MOST_SHEET_BYTES = 40 * 1024 * 1024;
/** Rows submitted together; progress is written after each such batch. */
const BATCH = 200;

/** Keeps a spreadsheet, sealed, until its columns are mapped. One that cannot be read goes to the quarantine with the reason. @returns its id */
export async function uploadSheet(desk: Desk, actor: OfficerActor, file: SentFile): Promise<string> {
  if (file.tooLarge || file.bytes.length > MOST_SHEET_BYTES) throw new Invalid('spreadsheet too large', { reason: 'too_large' });
  if (file.bytes.length === 0) throw new Invalid('no spreadsheet', { reason: 'empty' });
  // What the mapping page shows is read here: what is wrong there shows before anybody maps columns.
  const reason = await faultOf(firstRows(file));
  const stored = await desk.files.put(file.bytes);
  const id = uuidv7(desk.clock.now());
  await inTransaction(desk, actor, async (tx) => {
    await tx.insertInto('sheet_import').values({
      id, agency_id: actor.agencyId, officer_id: actor.officerId, file_name: normalise(file.name).slice(-200) || 'bang-tinh', original_ref: stored.ref,
      original_sha256: stored.sha256, original_bytes: file.bytes.length, mapping: null, state: reason ? 'quarantined' : 'uploaded', reason, rows_total: null,
      created_at: tx.now, progressed_at: null, finished_at: null,
    }).execute();
    await writeJournal(tx, actor, [{ entity: 'sheet_import', entityId: id, action: reason ? 'quarantine' : 'upload', reason }]);
  });
  return id;
}

/** What is wrong with a file as far as it was read; null when nothing is. */
async function faultOf(reading: Promise<unknown>): Promise<string | null> {
  try {
    await reading;
    return null;
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
}

/** How many rows hold something from a place on; reads the file to its end, so that a fault anywhere in it shows. @throws Unreadable */
async function countRows(file: SheetFile, from = 1): Promise<number> {
  let rows = 0;
  for await (const _ of readRows(file, { from })) rows += 1;
  return rows;
}

/** What a sheet's columns mean is remembered for the agency by its headings; the sheet of rows to correct has one more. */
export function headerHash(header: readonly string[]): Buffer {
  const keys = header.map(searchKey).filter((key, column) => key !== searchKey(TO_CORRECT) || column < header.length - 1);
  return createHash('sha256').update(keys.join('\u001f')).digest();
}

/** Starts an import with the mapping the officer confirmed; the job goes on by itself, also after a restart. */
export async function startSheet(desk: Desk, tx: Tx, actor: OfficerActor, id: string, mapping: Mapping, header: readonly string[]): Promise<void> {
  const sheet = await tx.selectFrom('sheet_import').select(['state', 'original_ref']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!sheet) throw new NotFound('sheet');
  if (sheet.state !== 'uploaded' || !sheet.original_ref) throw new Conflict('started before', { state: sheet.state });
  const stored = JSON.stringify(mapping) as never;
  await tx.insertInto('sheet_mapping').values({ agency_id: actor.agencyId, header_hash: headerHash(header), mapping: stored, saved_by: actor.officerId, saved_at: tx.now })
    .onConflict((conflict) => conflict.columns(['agency_id', 'header_hash']).doUpdateSet({ mapping: stored, saved_by: actor.officerId, saved_at: tx.now })).execute();
  await tx.updateTable('sheet_import').set({ state: 'running', mapping: stored, next_row: mapping.headerRow + 1, progressed_at: tx.now }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'sheet_import', entityId: id, action: 'start' }]);
  await desk.jobs.enqueue(tx, 'import-sheet', { importId: id });
}

/** Stops an import between two batches; what was taken stays taken. */
export async function cancelSheet(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  const sheet = await tx.updateTable('sheet_import').set({ state: 'cancelled', finished_at: tx.now }).where('id', '=', id).where('state', 'in', ['uploaded', 'running']).returning('id').executeTakeFirst();
  if (!sheet) throw new Conflict('not running', {});
  await writeJournal(tx, actor, [{ entity: 'sheet_import', entityId: id, action: 'cancel' }]);
}

/** Reads a quarantined spreadsheet again, all of it: a newer version of the desk may be able to. @returns whether it may be mapped now */
export async function retrySheet(desk: Desk, actor: OfficerActor, id: string): Promise<boolean> {
  const sheet = await inTransaction(desk, actor, (tx) => tx.selectFrom('sheet_import').select(['state', 'original_ref', 'file_name', 'rows_read']).where('id', '=', id).executeTakeFirst());
  if (!sheet) throw new NotFound('sheet');
  if (sheet.state !== 'quarantined' || !sheet.original_ref || sheet.rows_read > 0) throw new Conflict('not to be read again', { state: sheet.state });
  const reason = await faultOf(countRows({ name: sheet.file_name, bytes: await desk.files.get(sheet.original_ref) }));
  await inTransaction(desk, actor, async (tx) => {
    const again = await tx.updateTable('sheet_import').set({ state: reason ? 'quarantined' : 'uploaded', reason, finished_at: null }).where('id', '=', id).where('state', '=', 'quarantined').returning('id').executeTakeFirst();
    if (again) await writeJournal(tx, actor, [{ entity: 'sheet_import', entityId: id, action: 'retry', reason }]);
  });
  return reason === null;
}

/** Notes that an officer takes a quarantined spreadsheet out, as dangerous as it may be. @returns the place of its bytes and its name */
export async function openSheet(tx: Tx, actor: OfficerActor, id: string): Promise<{ ref: string; name: string }> {
  const sheet = await tx.selectFrom('sheet_import').select(['state', 'original_ref', 'file_name']).where('id', '=', id).executeTakeFirst();
  if (sheet?.state !== 'quarantined' || !sheet.original_ref) throw new NotFound('sheet');
  await writeJournal(tx, actor, [{ entity: 'sheet_import', entityId: id, action: 'open_original' }]);
  return { ref: sheet.original_ref, name: sheet.file_name };
}

interface Running {
  readonly id: string;
  readonly agency_id: string;
  readonly file_name: string;
  readonly original_ref: string;
  readonly mapping: Mapping;
  readonly next_row: number;
  readonly rows_total: number | null;
}

/** Takes the rows of a running import in, batch by batch, from where it stands to its end. Safe to run twice, also at once. */
export async function importSheet(desk: Desk, importId: string): Promise<void> {
  const sheet = await inTransaction(desk, system('import-sheet'), (tx) => tx.selectFrom('sheet_import').select(['id', 'agency_id', 'file_name', 'original_ref', 'mapping', 'next_row', 'rows_total'])
    .where('id', '=', importId).where('state', '=', 'running').executeTakeFirst()) as Running | undefined;
  if (!sheet) return;
  try {
    const file = { name: sheet.file_name, bytes: await desk.files.get(sheet.original_ref) };
    const from = sheet.mapping.headerRow + 1;
    // Counted once before the first row is taken: a file that is broken further down is refused as a whole.
    if (sheet.rows_total === null) await noteTotal(desk, importId, await countRows(file, from));
    if (await takeAll(desk, sheet, readRows(file, { from }))) await finish(desk, importId, { state: 'done', reason: null });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    await finish(desk, importId, { state: 'quarantined', reason: error.reason });
  }
}

function noteTotal(desk: Desk, importId: string, rows: number): Promise<unknown> {
  return inTransaction(desk, system('import-sheet'), (tx) => tx.updateTable('sheet_import').set({ rows_total: rows, progressed_at: tx.now }).where('id', '=', importId).where('state', '=', 'running').execute());
}

/** @returns whether the end was reached; not when it was cancelled or somebody else goes on with it */
async function takeAll(desk: Desk, sheet: Running, rows: AsyncIterable<SheetRow>): Promise<boolean> {
  const seen = new Map<string, number>();
  let batch: NamedRow[] = [];
  // A batch is noted while the next one is taken; what was taken and not noted when the process ends is met again by its keys.
  let noted: Promise<Noted> = Promise.resolve({ next: sheet.next_row, goesOn: true });
  const take = async (): Promise<boolean> => {
    const results = await takeBatch(desk, sheet, batch);
    const next = batch.at(-1)!.row.number + 1;
    batch = [];
    const before = await noted;
    if (before.next === null) return false;
    noted = noteBatch(desk, sheet.id, results, before.next, next);
    noted.catch(() => {});
    return before.goesOn;
  };
  // Rows before the present place are read again, since equal rows are told apart by how many came before.
  for await (const row of rows) {
    const named = nameRow(sheet, row, seen);
    if (row.number < sheet.next_row) continue;
    batch.push(named);
    if (batch.length === BATCH && !await take()) break;
  }
  if (batch.length > 0) await take();
  return (await noted).goesOn;
}

interface NamedRow {
  readonly row: SheetRow;
  readonly read: ReturnType<typeof rowToFields>;
  readonly key: string;
}

/** Names a row: the agency's own id of it, else its content and how many equal rows came before; the same file again gives the same names. */
function nameRow(sheet: Running, row: SheetRow, seen: Map<string, number>): NamedRow {
  const read = rowToFields(row, sheet.mapping);
  const own = ownId(read);
  const content = own ? `id|${own}` : `row|${createHash('sha256').update(row.cells.join('\u001f')).digest('base64')}`;
  // The agency's own id names one report however often it stands there.
  const before = own ? 0 : seen.get(content) ?? 0;
  if (!own) seen.set(content, before + 1);
  return { row, read, key: `sheet:${sheet.agency_id}:${createHash('sha256').update(`${content}|${before}`).digest('hex')}` };
}

const ownId = (read: RowAnswers | { readonly errors: unknown }) => ('fields' in read ? read.externalId : null);

type RowResult = { readonly number: number } & ({ readonly receipt: Receipt } | { readonly errors: readonly RowProblem[] });

async function takeBatch(desk: Desk, sheet: Running, rows: readonly NamedRow[]): Promise<RowResult[]> {
  const context = { now: desk.clock.now(), communes: await communeOptions(desk) };
  return Promise.all(rows.map(async ({ row: { number }, read, key }): Promise<RowResult> => {
    const checked = checkRow(read, sheet.mapping, context, key);
    if (!checked.ok) return { number, errors: checked.problems };
    return submitReport(desk, { ...checked.report, senderAgencyId: sheet.agency_id }).then((receipt) => ({ number, receipt }), (error: unknown) => {
      if (error instanceof Conflict) return { number, errors: [CHANGED] };
      throw error;
    });
  }));
}

interface Noted {
  /** The next row; null when somebody else goes on with this import, or its result was decided. */
  readonly next: number | null;
  /** It was not cancelled meanwhile; what was taken by then is noted all the same. */
  readonly goesOn: boolean;
}

async function noteBatch(desk: Desk, importId: string, results: readonly RowResult[], from: number, next: number): Promise<Noted> {
  return inTransaction(desk, system('import-sheet'), async (tx) => {
    const sheet = await tx.selectFrom('sheet_import').select(['state', 'next_row']).where('id', '=', importId).forUpdate().executeTakeFirst();
    if (!sheet || !['running', 'cancelled'].includes(sheet.state) || sheet.next_row !== from) return { next: null, goesOn: false };
    const ids = results.flatMap((result) => ('receipt' in result ? [result.receipt.id] : []));
    // A report that an earlier import brought is a repetition; one that this import brought before it was cut off is not.
    const earlier = ids.length === 0 ? [] : await tx.selectFrom('sheet_row').select('report_id').where('report_id', '=', sql<string>`any (${ids}::uuid[])`).execute();
    const known = new Set(earlier.map((row) => row.report_id));
    await insertMany(tx, 'sheet_row', results.map((result) => ({
      import_id: importId, number: result.number, report_id: 'receipt' in result ? result.receipt.id : null, errors: 'errors' in result ? result.errors.map((one) => ({ ...one })) : null,
    })));
    const repeated = ids.length - new Set(ids.filter((id) => !known.has(id))).size;
    await tx.updateTable('sheet_import').set((eb) => ({
      next_row: next, progressed_at: tx.now, rows_read: eb('rows_read', '+', results.length), taken: eb('taken', '+', ids.length - repeated), repeated: eb('repeated', '+', repeated),
      refused: eb('refused', '+', results.length - ids.length),
    })).where('id', '=', importId).execute();
    return { next, goesOn: sheet.state === 'running' };
  });
}

async function finish(desk: Desk, importId: string, outcome: { state: 'done' | 'quarantined'; reason: string | null }): Promise<void> {
  const actor = system('import-sheet');
  await inTransaction(desk, actor, async (tx) => {
    const done = await tx.updateTable('sheet_import').set({ ...outcome, finished_at: tx.now }).where('id', '=', importId).where('state', '=', 'running').returning('id').executeTakeFirst();
    if (done) await writeJournal(tx, actor, [{ entity: 'sheet_import', entityId: importId, action: outcome.state === 'done' ? 'finish' : 'quarantine', reason: outcome.reason }]);
  });
}
