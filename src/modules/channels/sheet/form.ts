import { z } from 'zod';
import { CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import { searchKey } from '#core/vietnamese.ts';
import type { FormBody } from '#platform/body.ts';
import { LONGEST_WORD, type Head } from './look.ts';
import { guessMapping, SHEET_FIELDS, type Mapping, type SheetField } from './mapping.ts';

const FIELD_NAMES = Object.keys(SHEET_FIELDS) as [SheetField, ...SheetField[]];
const MOST_WORDS = 200;

/** Names of the fields of the mapping page. */
export const NAMES = { row: 'hang', rowBefore: 'hang-truoc', other: 'mac-dinh', column: (column: number) => `cot-${column}`, word: (key: string) => `tu:${key}` } as const;

const stored = z.object({
  columns: z.record(z.string().regex(/^\d{1,3}$/), z.enum(FIELD_NAMES)), categoryWords: z.record(z.string(), z.enum(CATEGORY_CODES)),
  defaultCategory: z.enum(CATEGORY_CODES).nullable(),
});

/** A mapping as it was saved, for the headings of a sheet; null when none was, or it names what is no longer there. */
export function savedMapping(json: unknown, headerRow: number): Mapping | null {
  const parsed = stored.safeParse(json);
  return parsed.success ? { headerRow, ...parsed.data } : null;
}

/** The first proposal: what the agency said of the same headings before, else a guess. */
export function proposal(head: Head, saved: unknown): Mapping {
  return savedMapping(saved, head.headerRow) ?? guessMapping(head.header, head.headerRow);
}

/** Number of the row that the form names as headings, and whether it is another than before. */
export function rowOf(body: FormBody): { row: number; changed: boolean } {
  const row = Number(body.get(NAMES.row));
  return { row: Number.isInteger(row) && row >= 0 ? row : 0, changed: body.get(NAMES.row) !== body.get(NAMES.rowBefore) };
}

/** The mapping as the form says it; what it cannot say is left out. */
export function mappingOf(body: FormBody, head: Head): Mapping {
  const columns = Array.from({ length: head.width }, (_, column) => [column, fieldOf(body.get(NAMES.column(column)))] as const);
  const words = Object.entries(body.fields).filter(([name]) => name.startsWith(NAMES.word(''))).slice(0, MOST_WORDS)
    .map(([name, value]) => [name.slice(NAMES.word('').length), categoryCode(value)] as const).filter(([key]) => key === searchKey(key) && key.length <= LONGEST_WORD);
  return {
    headerRow: head.headerRow,
    columns: Object.fromEntries(columns.filter((entry): entry is [number, SheetField] => entry[1] !== null)),
    categoryWords: Object.fromEntries(words.filter((entry): entry is [string, CategoryCode] => entry[1] !== null)),
    defaultCategory: categoryCode(body.get(NAMES.other)),
  };
}

function fieldOf(value: string): SheetField | null {
  return FIELD_NAMES.find((name) => name === value) ?? null;
}

function categoryCode(value: string): CategoryCode | null {
  return CATEGORY_CODES.find((code) => code === value) ?? null;
}

/** What a mapping lacks before anything can be taken by it. */
export interface MappingFaults {
  readonly narrative: boolean;
  readonly category: boolean;
  /** Columns that mean what another one means already, where only one may. */
  readonly twice: readonly number[];
}

/** What stands between a mapping and an import; null when nothing does. */
export function faultsOf({ columns, defaultCategory }: Mapping): MappingFaults | null {
  const entries = Object.entries(columns).map(([column, field]) => ({ column: Number(column), field })).toSorted((a, b) => a.column - b.column);
  const fields = entries.map(({ field }) => field);
  const faults = {
    narrative: !fields.includes('narrative'), category: !fields.includes('category') && defaultCategory === null,
    twice: entries.filter(({ field }, at) => !SHEET_FIELDS[field].several && fields.indexOf(field) < at).map(({ column }) => column),
  };
  return faults.narrative || faults.category || faults.twice.length > 0 ? faults : null;
}
