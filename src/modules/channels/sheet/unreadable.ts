import { Invalid } from '#platform/errors.ts';

/** Why a file cannot be taken as a sheet of reports; closed, the screens hold the words for each. */
export const UNREADABLE_REASONS = [
  'not_a_sheet', 'old_format', 'encrypted', 'zip_bomb', 'too_many_rows', 'too_many_columns', 'row_too_long', 'too_much_text',
  'macros', 'external_links', 'formulas', 'dtd', 'malformed', 'empty', 'charset',
] as const;
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/** The file as a whole is refused; nothing of it is taken, whatever rows were read before. */
export class Unreadable extends Invalid {
  override readonly code: string = 'sheet_unreadable';
  readonly reason: UnreadableReason;

  /** @param why for the log: which part, which limit; never a cell's text */
  constructor(reason: UnreadableReason, why = '', options?: ErrorOptions) {
    super(`sheet refused: ${reason}${why && ` (${why})`}`, { reason }, options);
    this.reason = reason;
  }
}

/** One row that holds something. */
export interface SheetRow {
  /** As the spreadsheet shows it, from 1; empty rows count but are not given. */
  readonly number: number;
  /** Texts from column A on, in NFC; '' where nothing is, none at the end. */
  readonly cells: readonly string[];
  readonly flags: RowFlags;
}

export interface RowFlags {
  /** A cell was calculated; it is given as '', since the stored result is whatever the sender wrote there. */
  readonly formula: boolean;
  /** A cell was longer than `MOST_CELL` characters and ends there. */
  readonly cut: boolean;
}

/** Rows that hold something. */
export const MOST_ROWS = 200_000;
/** The last row of any spreadsheet, empty ones counted. */
export const LAST_ROW = 1_048_576;
export const MOST_COLUMNS = 200;
/** Characters of one cell, and of all cells of one row. */
export const MOST_CELL = 10_000;
export const MOST_ROW = 1_000_000;

/** Collects the cells of one row within the limits. @throws Unreadable too_many_columns, row_too_long */
export class RowCells {
  readonly cells: string[] = [];
  formula = false;
  #cut = false;
  #characters = 0;

  /** @param column from 0 */
  set(column: number, text: string): void {
    if (text.trim() === '') return;
    if (column >= MOST_COLUMNS) throw new Unreadable('too_many_columns');
    if (text.length > MOST_CELL) this.#cut = true;
    const kept = (text.length > MOST_CELL ? text.slice(0, MOST_CELL).replace(/[\ud800-\udbff]$/, '') : text).normalize('NFC');
    this.#characters += kept.length;
    if (this.#characters > MOST_ROW) throw new Unreadable('row_too_long');
    while (this.cells.length < column) this.cells.push('');
    this.cells[column] = kept;
  }

  /** The row, or null when nothing stands in it. */
  row(number: number): SheetRow | null {
    if (this.cells.length === 0 && !this.formula) return null;
    return { number, cells: this.cells, flags: { formula: this.formula, cut: this.#cut } };
  }
}
