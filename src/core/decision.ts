import type { AimCode } from '#catalogue/aims.ts';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { measureFits, measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays } from './deadlines.ts';
import { inForce, type BasisRule } from './law.ts';

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
  readonly sideEffects: string;
  /** What the measure itself asks for, by code of its field. */
  readonly detail: Readonly<Record<string, string>>;
  /** For each element the evidence that shows it. */
  readonly proofs: Readonly<Record<string, readonly string[]>>;
  readonly evidence: number;
  readonly locators: number;
  readonly recipients: number;
  /** False when it renews a decision and no evidence of its own is newer than that one (S6). */
  readonly freshEvidence: boolean;
}

/** What is still missing, as a place on the draft's page; the page says it as a sentence with a link. */
export type Missing =
  | { readonly point: 'measure' | 'legal_basis' | 'legal_basis_not_in_force' | 'competence' | 'aim' | 'facts' | 'evidence' | 'locators' | 'territory' | 'dates' | 'too_long' | 'title' | 'summary' | 'side_effects' | 'recipients' | 'fresh_evidence' }
  | { readonly point: 'element' | 'proof' | 'option' | 'field'; readonly code: string };

const SHORTEST_FACTS = 20;
const SHORTEST_REASON = 3;

/**
 * What must be added before a draft can go to the second officer (S1, S3–S6).
 * @param on YYYY-MM-DD, the day it would be approved
 * @param basis the provision the draft cites, as the catalogue in the database has it; null when it cites none
 * @returns an empty list when nothing is missing
 */
export function missingIn(draft: DraftFacts, on: string, basis: BasisRule | null): Missing[] {
  const measure = measureOf(draft.measure);
  const answered = (reason: string | undefined) => (reason ?? '').trim().length >= SHORTEST_REASON;
  const missing: Missing[] = [];
  const need = (holds: boolean, ...points: Missing[]) => void (holds || missing.push(...points));
  need(measure.available && measureFits(draft.measure, draft.category), { point: 'measure' });
  need(basis?.category === draft.category && basis.code === draft.legalBasis, { point: 'legal_basis' });
  need(!basis || inForce(basis, on), { point: 'legal_basis_not_in_force' });
  need(draft.competenceId !== null, { point: 'competence' });
  need(draft.aim !== null, { point: 'aim' });
  need(draft.facts.trim().length >= SHORTEST_FACTS, { point: 'facts' });
  need(draft.evidence > 0, { point: 'evidence' });
  need(draft.freshEvidence, { point: 'fresh_evidence' });
  for (const { code } of basis?.elements ?? []) {
    need(answered(draft.elements[code]), { point: 'element', code });
    need((draft.proofs[code] ?? []).length > 0, { point: 'proof', code });
  }
  for (const option of measure.lesser) need(answered(draft.options[option.code]), { point: 'option', code: option.code });
  for (const field of measure.fields) need(!field.required || (draft.detail[field.code] ?? '').trim() !== '', { point: 'field', code: field.code });
  need(!measure.needsLocator || draft.locators > 0, { point: 'locators' });
  need(!measure.needsLocator || answered(draft.sideEffects), { point: 'side_effects' });
  need(measure.recipients.length === 0 || draft.recipients > 0, { point: 'recipients' });
  need(!!draft.territory, { point: 'territory' });
  const { startsOn, endsOn } = draft;
  need(!!startsOn && (measure.maxDays === null || (!!endsOn && endsOn > startsOn && endsOn > on)), { point: 'dates' });
  if (startsOn && endsOn && measure.maxDays !== null) need(endsOn <= addDays(startsOn, measure.maxDays), { point: 'too_long' });
  need(draft.title.trim().length >= SHORTEST_REASON, { point: 'title' });
  need(draft.summary.trim().length >= SHORTEST_FACTS, { point: 'summary' });
  return missing;
}

/** Hours an urgent interim measure lives (S7; DEADLINES.interim). */
export const INTERIM_HOURS = 24;

/** Whether one officer may begin this for 24 hours before a second one confirms it (S7). */
export function interimFits(measure: MeasureCode, category: CategoryCode): boolean {
  return measureOf(measure).interim && categoryOf(category).interim && measureFits(measure, category);
}

/** Why an officer may not be the second person (S7), or null when they may. */
export function secondPersonBar(officerId: string, drafterId: string, gateOfficers: readonly string[]): 'drafter' | 'gate_officer' | null {
  if (officerId === drafterId) return 'drafter';
  return gateOfficers.includes(officerId) ? 'gate_officer' : null;
}
