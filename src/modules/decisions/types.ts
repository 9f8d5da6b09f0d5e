import type { CategoryCode } from '#catalogue/categories.ts';
import type { MeasureCode } from '#catalogue/measures.ts';
import type { DraftFacts } from '#core/decision.ts';
import type { Basis } from '#core/law.ts';
import type { DecisionState } from '#core/transitions.ts';
import type { AgencyNames } from '#modules/directory/index.ts';
import type { LocatorBar, Reach } from '#core/locators.ts';
import type { IndicatorKind } from '#core/indicators/index.ts';
import type { RecipientKind } from '#catalogue/measures.ts';
import type { Confidence } from '#platform/schema.ts';
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
  readonly kind: IndicatorKind;
  /** The address; of a telephone number or account what the screen may show of it. */
  readonly value: string;
  readonly granularity: Reach;
  /** How many reports of the case name it. */
  readonly reports: number;
  /** False for what this measure may not name. */
  readonly exact: boolean;
  /** Why not: a pattern, a profile, a platform, a shared name (SCOPE, never built 5); null when nothing stands against it. */
  readonly bar: LocatorBar | null;
}

/** Somebody a measure may be addressed to. */
export interface RecipientLine {
  readonly id: string;
  readonly kind: RecipientKind;
  readonly name: string;
  readonly nameEn: string;
  readonly format: 'letter' | 'xarf';
  readonly email: string | null;
}

/** A legal officer's word on the draft as it was submitted last. */
export interface LegalLine {
  readonly officerId: string;
  readonly officer: string;
  readonly agrees: boolean;
  readonly note: string;
  readonly at: Date;
}

/** An earlier decision that named one of the same traces, in another case of the agency. */
export interface EarlierLine {
  readonly id: string;
  readonly measure: MeasureCode;
  readonly state: DecisionState;
  readonly number: string;
  readonly title: string;
  readonly decidedAt: Date | null;
  readonly endsOn: string | null;
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
  /** The provision cited, in force or not. */
  readonly basis: Basis | null;
  /** What a draft may cite today. */
  readonly bases: readonly Basis[];
  readonly sideEffects: string;
  readonly advice: string;
  readonly evidenceIds: readonly string[];
  readonly locatorIds: readonly string[];
  readonly recipientIds: readonly string[];
  /** Recipients in force of the kinds that the measure is addressed to. */
  readonly recipients: readonly RecipientLine[];
  /** The decision that this one renews. */
  readonly renews: string | null;
  /** When that one was approved; evidence must be newer. */
  readonly renewedAt: Date | null;
  readonly interimAt: Date | null;
  readonly interimUntil: Date | null;
  readonly stayedAt: Date | null;
  readonly legal: readonly LegalLine[];
  readonly earlier: readonly EarlierLine[];
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
export const LISTS = ['cho-duyet', 'phap-che', 'du-thao', 'hieu-luc', 'ket-thuc'] as const;
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
  readonly interimUntil: Date | null;
  readonly stayedAt: Date | null;
  readonly submittedAt: Date | null;
  readonly decidedAt: Date | null;
}
