import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';
import type { RowProblem } from './sheet/check.ts';
import type { Mapping } from './sheet/mapping.ts';

export type SheetState = 'uploaded' | 'running' | 'done' | 'quarantined' | 'cancelled';

/** A spreadsheet in the list of its agency. */
export interface SheetLine {
  readonly id: string;
  readonly name: string;
  readonly officer: string;
  readonly at: Date;
  readonly state: SheetState;
  readonly taken: number;
  readonly repeated: number;
  readonly refused: number;
}

/** A spreadsheet on its own page. */
export interface SheetView extends SheetLine {
  /** Place of the file; null once it was deleted. */
  readonly ref: string | null;
  readonly bytes: number;
  /** Why it is quarantined. */
  readonly reason: string | null;
  /** As it was started; null before. */
  readonly mapping: Mapping | null;
  readonly read: number;
  /** Null before they were counted. */
  readonly total: number | null;
  readonly finishedAt: Date | null;
}

const LINE = ['s.id', 's.file_name as name', 'o.full_name as officer', 's.created_at as at', 's.state', 's.taken', 's.repeated', 's.refused'] as const;

/** One page of the agency's spreadsheets, the newest first, and whether more follows; row-level security shows no other agency's. */
export async function sheetsOf(tx: Tx, size: number, page: number): Promise<{ rows: SheetLine[]; more: boolean }> {
  const rows = await tx.selectFrom('sheet_import as s').innerJoin('officer as o', 'o.id', 's.officer_id').select(LINE)
    .orderBy('s.created_at', 'desc').orderBy('s.id', 'desc').limit(size + 1).offset((page - 1) * size).execute();
  return { rows: rows.slice(0, size), more: rows.length > size };
}

/** One spreadsheet of the officer's agency. @throws NotFound */
export async function sheetView(tx: Tx, id: string): Promise<SheetView> {
  const row = await tx.selectFrom('sheet_import as s').innerJoin('officer as o', 'o.id', 's.officer_id')
    .select([...LINE, 's.original_ref as ref', 's.original_bytes as bytes', 's.reason', 's.mapping', 's.rows_read as read', 's.rows_total as total', 's.finished_at as finishedAt'])
    .where('s.id', '=', id).executeTakeFirst();
  if (!row) throw new NotFound('sheet');
  return { ...row, mapping: row.mapping as Mapping | null };
}

/** What the agency said before of the columns under these headings; null when it did not. */
export async function savedMappingOf(tx: Tx, agencyId: string, headerHash: Buffer): Promise<unknown> {
  const row = await tx.selectFrom('sheet_mapping').select('mapping').where('agency_id', '=', agencyId).where('header_hash', '=', headerHash).executeTakeFirst();
  return row?.mapping ?? null;
}

/** A row that was not taken. */
export interface RefusedRow {
  /** As the spreadsheet shows it. */
  readonly number: number;
  readonly problems: readonly RowProblem[];
}

/** The rows of an import that were not taken, in the order of the sheet. */
export async function refusedRows(tx: Tx, id: string, { limit, offset = 0 }: { limit: number; offset?: number }): Promise<RefusedRow[]> {
  const rows = await tx.selectFrom('sheet_row').select(['number', 'errors']).where('import_id', '=', id).where('errors', 'is not', null)
    .orderBy('number').limit(limit).offset(offset).execute();
  return rows.map(({ number, errors }) => ({ number, problems: errors as unknown as RowProblem[] }));
}

/** Whether the officer sees any of the reports an import brought; the agency that sends is often not the one that handles. */
export async function seesReports(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ seen: boolean }>`select exists (select from sheet_row s join report r on r.id = s.report_id
    where s.import_id = ${id}::uuid and s.number <= (select min(number) + 200 from sheet_row where import_id = ${id}::uuid and report_id is not null)) as seen`.execute(tx);
  return rows[0]!.seen;
}
