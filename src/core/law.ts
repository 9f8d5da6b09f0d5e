import type { CategoryCode } from '#catalogue/categories.ts';
import { cite } from '#catalogue/legal-bases.ts';
import type { Label } from '#catalogue/label.ts';
import { addDays } from './deadlines.ts';

// Days are YYYY-MM-DD in Vietnam; `validTo` is the last day in force, null when none is known.

/** What the rules need to know of a legal basis. */
export interface BasisRule {
  readonly code: string;
  readonly category: CategoryCode;
  /** What the facts must show, one by one (S5). */
  readonly elements: readonly { readonly code: string; readonly label: Label }[];
  /** The narrower of the provision's own dates and its document's. */
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** A legal basis as the catalogue in the database has it. */
export interface Basis extends BasisRule {
  readonly document: string;
  readonly documentName: Label;
  readonly article: string;
  readonly clause: string | null;
  readonly point: string | null;
  readonly what: Label;
  /** When and by whom a lawyer compared it with the gazette; null until then. */
  readonly checkedOn: string | null;
  readonly checkedBy: string | null;
}

type Validity = Pick<BasisRule, 'validFrom' | 'validTo'>;

/** Is it in force on a day (S3: the date of the act picks the text)? */
export function inForce({ validFrom, validTo }: Validity, on: string): boolean {
  return validFrom <= on && (validTo === null || on <= validTo);
}

/** How long before its end a basis is flagged, in days. */
export const SOON_DAYS = 60;

/** Does it end within so many days of a day, or has it ended by then? */
export function endsSoon({ validTo }: Validity, on: string, days = SOON_DAYS): boolean {
  return validTo !== null && validTo <= addDays(on, days);
}

/** What a drafter and a reviewer are told of a basis that will not last. */
export type BasisNote = 'ends_before_measure' | 'ends_soon';

/**
 * Whether a measure outlives its law, or nearly does.
 * @param startsOn first day of the measure; @param endsOn its last day, null where nothing lasts
 */
export function basisNote(basis: Validity, startsOn: string | null, endsOn: string | null): BasisNote | null {
  const last = endsOn ?? startsOn;
  if (basis.validTo === null || last === null) return null;
  if (basis.validTo < last) return 'ends_before_measure';
  return endsSoon(basis, last) ? 'ends_soon' : null;
}

/** "điểm a khoản 3 Điều 14 Nghị định 330/2026/NĐ-CP" (Decree 30/2020, annex II). */
export function citation(basis: Pick<Basis, 'documentName' | 'article' | 'clause' | 'point'>, lang: 'vi' | 'en' = 'vi'): string {
  return cite(basis.documentName, basis, lang);
}

/** Where a provision stands, as its code begins: "N330.14.3.a". */
export function placeOf({ document, article, clause, point }: Pick<Basis, 'document' | 'article' | 'clause' | 'point'>): string {
  return [document, article, clause, point].filter(Boolean).join('.');
}
