import { z } from 'zod';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { placeOf } from '#core/law.ts';
import { searchKey } from '#core/vietnamese.ts';
import type { LegalChangeKind } from '#platform/schema.ts';

/** Everything a proposal may be about, in the order of the screens. */
export const CHANGE_KINDS = ['add_document', 'end_document', 'add_basis', 'correct_basis', 'end_basis', 'mark_checked'] as const satisfies readonly LegalChangeKind[];

/** Longest texts; the same as the checks in the database. */
export const LENGTHS = { name: 300, source: 200, what: 500, element: 200, why: 500, checkedBy: 200, reason: 2000 } as const;
/** Most elements of one basis. */
const MOST_ELEMENTS = 10;

const words = (most: number, least = 3) => z.string().min(least).max(most);
const day = z.iso.date();
const letters = 'abcdđeghiklmnopqrstuvxy';
const element = z.strictObject({ code: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/), vi: words(LENGTHS.element), en: words(LENGTHS.element) });
const text = { whatVi: words(LENGTHS.what), whatEn: words(LENGTHS.what), elements: z.array(element).min(1).max(MOST_ELEMENTS) };

/** What a proposal of each kind holds; the database judges the same again when it takes one. */
export const CONTENT = {
  add_document: z.strictObject({
    nameVi: words(LENGTHS.name).regex(/\d{1,4}\/\d{4}\/[A-Za-zĐđ0-9-]+/), nameEn: words(LENGTHS.name), source: words(LENGTHS.source), validFrom: day, validTo: day.nullable(),
  }),
  end_document: z.strictObject({ validTo: day.nullable(), why: words(LENGTHS.why) }),
  add_basis: z.strictObject({
    document: z.string().min(2).max(12), article: z.string().regex(new RegExp(`^[1-9]\\d{0,3}[${letters}]?$`)), clause: z.string().regex(new RegExp(`^[1-9]\\d{0,2}[${letters}]?$`)).nullable(),
    point: z.string().regex(new RegExp(`^[${letters}]\\d{0,2}$`)).nullable(), category: z.enum(CATEGORY_CODES), ...text, validFrom: day.nullable(), validTo: day.nullable(),
  }).refine(({ clause, point }) => point === null || clause !== null, { path: ['clause'] }),
  end_basis: z.strictObject({ validTo: day.nullable() }),
  correct_basis: z.strictObject(text),
  mark_checked: z.strictObject({ checkedOn: day, checkedBy: words(LENGTHS.checkedBy) }),
} as const satisfies Record<LegalChangeKind, z.ZodType>;

export type Content<K extends LegalChangeKind = LegalChangeKind> = { [Kind in K]: z.infer<(typeof CONTENT)[Kind]> }[K];

/** A change as it is proposed. */
export interface Proposal {
  readonly kind: LegalChangeKind;
  /** Code of the document or basis; of one to be added, the code it will have. */
  readonly target: string;
  readonly content: Record<string, unknown>;
  readonly reason: string;
}

/**
 * The code of a basis to be added: where it stands and for which harm, with its first day when an earlier text of the
 * same provision has that code.
 * @param taken codes in the catalogue
 */
export function codeOf(content: Content<'add_basis'>, taken: ReadonlySet<string>): string {
  const code = `${placeOf(content)}/${content.category}`;
  return taken.has(code) && content.validFrom ? `${code}@${content.validFrom}` : code;
}

/** The code of a new element, from its English label: "There is deception" → "there_is_deception". */
export function elementCode(en: string): string {
  return searchKey(en).replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+/, '').slice(0, 40).replace(/_+$/, '');
}
