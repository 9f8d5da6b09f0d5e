import type { CategoryCode } from '#catalogue/categories.ts';
import type { MeasureCode } from '#catalogue/measures.ts';
import type { DraftFacts } from '#core/decision.ts';
import type { DecisionState } from '#core/transitions.ts';
import type { AgencyNames } from '#modules/directory/index.ts';
import type { Confidence, Granularity } from '#platform/schema.ts';
import type { Standing } from './policy.ts';

/** A piece of evidence of the case. */
export interface EvidenceLine {
  readonly id: string;
  readonly kind: 'attachment' | 'observation' | 'document';
  readonly description: string;
  /** First characters of the SHA-256 of the original, in hexadecimal. */
  readonly sha256: string | null;
  readonly officer: string;
  readonly at: Date;
}

/** An address of the case that a decision may name. */
export interface LocatorLine {
  readonly id: string;
  readonly value: string;
  readonly granularity: Granularity;
  /** How many reports of the case name it. */
  readonly reports: number;
  /** False for a name many strangers share: never listed whole (SCOPE, never built 5). */
  readonly exact: boolean;
}

export interface VerificationLine {
  readonly checked: string;
  readonly otherExplanation: string;
  readonly finding: string;
  readonly confidence: Confidence;
  readonly officer: string;
  readonly at: Date;
}

export interface StepLine {
  readonly action: string;
  readonly at: Date;
  readonly officer: string | null;
  readonly reason: string | null;
}

/** Everything the screens of one decision show. Never the answers of the first gate. */
export interface DecisionPage extends Standing {
  readonly id: string;
  readonly facts: DraftFacts;
  readonly sideEffects: string;
  readonly advice: string;
  readonly evidenceIds: readonly string[];
  readonly locatorIds: readonly string[];
  readonly agency: AgencyNames;
  readonly drafter: string;
  readonly second: string | null;
  readonly actDate: string | null;
  readonly decidedAt: Date | null;
  readonly competence: { readonly law: string; readonly whyVi: string; readonly whyEn: string } | null;
  readonly case: {
    readonly number: string; readonly title: string; readonly reports: number; readonly communes: number; readonly moneyLost: number;
    readonly firstAt: Date | null; readonly lastAt: Date | null;
  };
  readonly evidence: readonly EvidenceLine[];
  readonly locators: readonly LocatorLine[];
  readonly verifications: readonly VerificationLine[];
  readonly steps: readonly StepLine[];
  /** Officers of the agency who may be the second person. */
  readonly eligible: readonly string[];
  readonly warning: string | null;
}

/** The lists of decisions, by their name in the address. */
export const LISTS = ['cho-duyet', 'du-thao', 'hieu-luc', 'ket-thuc'] as const;
export type ListName = (typeof LISTS)[number];

export interface DecisionRow {
  readonly id: string;
  readonly title: string;
  readonly measure: MeasureCode;
  readonly category: CategoryCode;
  readonly state: DecisionState;
  readonly number: string;
  readonly drafter: string;
  readonly endsOn: string | null;
  readonly submittedAt: Date | null;
  readonly decidedAt: Date | null;
}
