import type { CategoryCode } from '#catalogue/categories.ts';
import { searchKey } from '#core/vietnamese.ts';
import { CATEGORY_WORDS } from './category-words.ts';
import { checkRow, type CheckContext, type CheckedRow, type RowProblem } from './check.ts';
import { headerRowOf, ROWS_LOOKED_AT, rowToFields, type Mapping } from './mapping.ts';
import { readRows, type SheetFile, type SheetRow } from './rows.ts';

/** Rows that are checked before an import, and of those the ones shown. */
export const ROWS_CHECKED = 1000;
export const ROWS_SHOWN = 10;
const VALUES_SHOWN = 3;
/** Category words an officer is asked about; longer texts are no words. */
const MOST_WORDS = 30;
export const LONGEST_WORD = 80;

/** The rows at the top that hold something: those that may be headings, then those that are checked. @throws Unreadable */
export async function firstRows(file: SheetFile): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readRows(file)) if (rows.push(row) === ROWS_LOOKED_AT + ROWS_CHECKED) break;
  return rows;
}

/** The top of a sheet, divided at its headings. */
export interface Head {
  /** Number of the row with the headings, 0 when there is none. */
  readonly headerRow: number;
  readonly header: readonly string[];
  /** The rows at the top, one of which holds the headings. */
  readonly choices: readonly SheetRow[];
  /** The first rows below the headings. */
  readonly rows: readonly SheetRow[];
  /** The sheet goes on below them. */
  readonly more: boolean;
  /** Columns in use. */
  readonly width: number;
}

/**
 * Divides the rows of `firstRows` at the headings.
 * @param chosen number of the row that an officer named; null to find it. Any number that is none of the choices is 0
 */
export function headOf(all: readonly SheetRow[], chosen: number | null): Head {
  const choices = all.slice(0, ROWS_LOOKED_AT);
  const wanted = chosen ?? headerRowOf(choices) ?? choices[0]?.number ?? 0;
  const heading = choices.find(({ number }) => number === wanted);
  const below = all.filter(({ number }) => number > (heading?.number ?? 0));
  const rows = below.slice(0, ROWS_CHECKED);
  return {
    headerRow: heading?.number ?? 0, header: heading?.cells ?? [], choices, rows, more: all.length === ROWS_LOOKED_AT + ROWS_CHECKED,
    width: Math.max(heading?.cells.length ?? 0, ...rows.map(({ cells }) => cells.length)),
  };
}

/** A column as an officer recognises it. */
export interface ColumnLook {
  readonly column: number;
  readonly heading: string;
  readonly values: readonly string[];
}

/** Every column with its first values. */
export function columnsOf({ header, rows, width }: Head): ColumnLook[] {
  return Array.from({ length: width }, (_, column) => ({
    column, heading: (header[column] ?? '').trim(),
    values: rows.map(({ cells }) => (cells[column] ?? '').trim()).filter((text) => text !== '').slice(0, VALUES_SHOWN),
  }));
}

/** A word of the category column that the desk does not know by itself. */
export interface UnknownWord {
  /** Search key. */
  readonly key: string;
  readonly word: string;
  readonly rows: number;
  readonly meaning: CategoryCode | null;
}

/** The words of the category column that only an officer can explain, each once, the most frequent first. */
export function unknownWords({ rows }: Head, { columns, categoryWords }: Mapping): UnknownWord[] {
  const column = Object.entries(columns).find(([, field]) => field === 'category')?.[0];
  if (column === undefined) return [];
  const found = new Map<string, { word: string; rows: number }>();
  for (const { cells } of rows) {
    const word = (cells[Number(column)] ?? '').trim();
    const key = searchKey(word);
    if (key === '' || key.length > LONGEST_WORD || CATEGORY_WORDS.has(key)) continue;
    found.set(key, { word, rows: (found.get(key)?.rows ?? 0) + 1 });
  }
  return [...found].map(([key, one]) => ({ key, ...one, meaning: Object.hasOwn(categoryWords, key) ? categoryWords[key] ?? null : null }))
    .toSorted((a, b) => b.rows - a.rows).slice(0, MOST_WORDS);
}

/** One fault that rows share. */
export interface Refusal extends RowProblem {
  readonly rows: number;
  /** Numbers of the first rows that have it. */
  readonly examples: readonly number[];
}

/** One row and what would become of it. */
export interface TriedRow {
  readonly number: number;
  readonly cells: readonly string[];
  readonly result: CheckedRow;
}

/** What an import would make of the rows that were looked at. */
export interface Trial {
  readonly checked: number;
  readonly refused: number;
  /** The most frequent first; a row may have several. */
  readonly refusals: readonly Refusal[];
  /** Rows with a calculated cell, and with a cell that was cut. */
  readonly calculated: number;
  readonly cut: number;
  readonly shown: readonly TriedRow[];
}

/** Checks the rows as the import would, without taking any. */
export function tryRows({ rows }: Head, mapping: Mapping, context: CheckContext): Trial {
  const results = rows.map((row) => ({ number: row.number, cells: row.cells, result: checkRow(rowToFields(row, mapping), mapping, context, `trial-of-a-row-${row.number}`) }));
  const refusals = new Map<string, RowProblem & { rows: number; examples: number[] }>();
  for (const { number, result } of results) {
    for (const problem of result.ok ? [] : result.problems) {
      const key = `${problem.issue}|${problem.column}`;
      const before = refusals.get(key) ?? { ...problem, rows: 0, examples: [] };
      refusals.set(key, { ...before, rows: before.rows + 1, examples: before.rows < VALUES_SHOWN ? [...before.examples, number] : before.examples });
    }
  }
  return {
    checked: rows.length, refused: results.filter(({ result }) => !result.ok).length, refusals: [...refusals.values()].toSorted((a, b) => b.rows - a.rows),
    calculated: rows.filter(({ flags }) => flags.formula).length, cut: rows.filter(({ flags }) => flags.cut).length, shown: results.slice(0, ROWS_SHOWN),
  };
}
