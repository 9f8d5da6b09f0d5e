import { reportFromFields, type Issue, type NewReport } from '#modules/intake/index.ts';
import { SHEET_FIELDS, type Mapping, type rowToFields, type SheetField, type SheetIssue } from './mapping.ts';

/** What can be wrong with a row: faults of a sheet, those of the form, or a reference that came before with other content. */
export type RowIssue = SheetIssue | Issue | 'changed';

/** What is wrong with one row, and where; plain JSON. */
export interface RowProblem {
  /** What the column means; null when the fault is of no column. */
  readonly field: SheetField | null;
  /** From 0; null when no column has this meaning. */
  readonly column: number | null;
  readonly issue: RowIssue;
}

/** The agency's own reference was used before for something else. */
export const CHANGED: RowProblem = { field: 'external_id', column: null, issue: 'changed' };

/** What the form's rules need to know besides the answers. */
export type CheckContext = Pick<Parameters<typeof reportFromFields>[1], 'now' | 'communes'>;

/** What a row becomes: a report as the form would make it, or what to correct. */
export type CheckedRow = { readonly ok: true; readonly report: NewReport } | { readonly ok: false; readonly problems: readonly RowProblem[] };

/**
 * Checks one row by the rules of the public form.
 * @param read the row as `rowToFields` reads it
 * @param key at least 16 characters that name the row; the same key never makes a second report
 */
export function checkRow(read: ReturnType<typeof rowToFields>, mapping: Mapping, context: CheckContext, key: string): CheckedRow {
  if ('errors' in read) return { ok: false, problems: read.errors };
  const checked = reportFromFields(read.fields, { ...context, channel: 'spreadsheet', language: 'vi', idempotencyKey: key, uploads: [] });
  if (checked.ok) return checked;
  return { ok: false, problems: Object.entries(checked.errors).map(([answer, issue]) => ({ ...placeOf(answer, mapping), issue })) };
}

/** The column whose cell became an answer of the form, the first of several. */
function placeOf(answer: string, { columns }: Mapping): Pick<RowProblem, 'field' | 'column'> {
  const wanted = answer === 'commune' ? 'commune_text' : answer;
  const isOf = (field: SheetField) => SHEET_FIELDS[field].answer === wanted;
  const mapped = Object.entries(columns).map(([column, field]) => ({ column: Number(column), field })).toSorted((a, b) => a.column - b.column);
  const found = mapped.find(({ field }) => isOf(field));
  return found ?? { column: null, field: (Object.keys(SHEET_FIELDS) as SheetField[]).find(isOf) ?? null };
}
