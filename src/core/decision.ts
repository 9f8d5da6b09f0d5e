import type { AimCode } from '#catalogue/aims.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import { DOCUMENTS, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { measureFits, measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays } from './deadlines.ts';

/** A draft as the rules see it; the same facts that the database's guard checks on approval. */
export interface DraftFacts {
  readonly measure: MeasureCode;
  readonly category: CategoryCode;
  readonly legalBasis: string | null;
  readonly competenceId: string | null;
  readonly aim: AimCode | null;
  readonly facts: string;
  readonly territory: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly title: string;
  readonly summary: string;
  readonly elements: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly evidence: number;
  readonly locators: number;
}

/** What is still missing, as a place on the draft's page; the page says it as a sentence with a link. */
export type Missing =
  | { readonly point: 'measure' | 'legal_basis' | 'legal_basis_not_in_force' | 'competence' | 'aim' | 'facts' | 'evidence' | 'locators' | 'territory' | 'dates' | 'too_long' | 'title' | 'summary' }
  | { readonly point: 'element' | 'option'; readonly code: string };

const SHORTEST_FACTS = 20;
const SHORTEST_REASON = 3;

/**
 * The bases that may be picked for a category on a day: in force then, of that category, never excluded (S3).
 * @param on YYYY-MM-DD, the date of the act
 */
export function basesInForce(category: CategoryCode, on: string): typeof LEGAL_BASES {
  return LEGAL_BASES.filter((basis) => basis.category === category && inForce(basis.document, on));
}

function inForce(document: string, on: string): boolean {
  const found = DOCUMENTS.find((candidate) => candidate.code === document);
  return !!found && found.validFrom <= on && (found.validTo === null || on <= found.validTo);
}

/**
 * What must be added before a draft can go to the second officer (S1, S3–S6).
 * @param on YYYY-MM-DD, the day it would be approved
 * @returns an empty list when nothing is missing
 */
export function missingIn(draft: DraftFacts, on: string): Missing[] {
  const basis = LEGAL_BASES.find((candidate) => candidate.code === draft.legalBasis);
  const measure = measureOf(draft.measure);
  const answered = (reason: string | undefined) => (reason ?? '').trim().length >= SHORTEST_REASON;
  const missing: Missing[] = [];
  const need = (holds: boolean, ...points: Missing[]) => void (holds || missing.push(...points));
  need(measure.available && measureFits(draft.measure, draft.category), { point: 'measure' });
  need(basis?.category === draft.category, { point: 'legal_basis' });
  need(!basis || inForce(basis.document, on), { point: 'legal_basis_not_in_force' });
  need(draft.competenceId !== null, { point: 'competence' });
  need(draft.aim !== null, { point: 'aim' });
  need(draft.facts.trim().length >= SHORTEST_FACTS, { point: 'facts' });
  need(draft.evidence > 0, { point: 'evidence' });
  for (const element of basis?.elements ?? []) need(answered(draft.elements[element.code]), { point: 'element', code: element.code });
  for (const option of measure.lesser) need(answered(draft.options[option.code]), { point: 'option', code: option.code });
  need(draft.locators > 0, { point: 'locators' });
  need(!!draft.territory, { point: 'territory' });
  const { startsOn, endsOn } = draft;
  need(!!startsOn && (measure.maxDays === null || (!!endsOn && endsOn > startsOn && endsOn > on)), { point: 'dates' });
  if (startsOn && endsOn && measure.maxDays !== null) need(endsOn <= addDays(startsOn, measure.maxDays), { point: 'too_long' });
  need(draft.title.trim().length >= SHORTEST_REASON, { point: 'title' });
  need(draft.summary.trim().length >= SHORTEST_FACTS, { point: 'summary' });
  return missing;
}

/** Why an officer may not be the second person (S7), or null when they may. */
export function secondPersonBar(officerId: string, drafterId: string, gateOfficers: readonly string[]): 'drafter' | 'gate_officer' | null {
  if (officerId === drafterId) return 'drafter';
  return gateOfficers.includes(officerId) ? 'gate_officer' : null;
}
