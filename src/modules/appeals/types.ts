import type { CategoryCode } from '#catalogue/categories.ts';
import type { MeasureCode } from '#catalogue/measures.ts';
import type { AppealState, DecisionState } from '#core/transitions.ts';
import type { AgencyNames } from '#modules/directory/index.ts';
import type { AppealOutcome } from '#platform/schema.ts';
import type { AppealParty } from './commands.ts';

/** What somebody is about to appeal, as they may know it. */
export interface Subject {
  readonly by: AppealParty;
  readonly agency: string;
  /** Title of the warning, or what the measure is called. */
  readonly measure: MeasureCode | null;
  readonly title: string;
  /** When it was decided or answered, as far as it is known. */
  readonly at: Date | null;
  /** A measure binds today, so that it can be stayed. */
  readonly inForce: boolean;
  readonly reportCode: string | null;
}

/** Why code and secret open nothing that can be appealed; `closed` when the page they came from was open too long. */
export type NoSubject = 'wrong' | 'not_answered' | 'stopped' | 'no_warning' | 'closed';

export interface AppealMessageLine {
  readonly id: string;
  readonly sentBy: 'appellant' | 'desk';
  readonly body: string;
  readonly at: Date;
}

/** What the appellant sees by code and secret. */
export interface AppellantView {
  readonly code: string;
  readonly state: AppealState;
  readonly party: 'affected' | 'reporter' | 'recipient';
  readonly agency: string;
  readonly words: string;
  readonly asksStay: boolean;
  readonly filedAt: Date;
  readonly acceptBy: string;
  readonly acceptedAt: Date | null;
  readonly decideBy: string | null;
  readonly isComplex: boolean;
  readonly isRemote: boolean;
  readonly outcome: AppealOutcome | null;
  readonly reasons: string;
  readonly decidedAt: Date | null;
  readonly hasContact: boolean;
  readonly subject: {
    readonly measure: MeasureCode | null; readonly title: string; readonly decidedAt: Date | null; readonly state: DecisionState | null; readonly stayedAt: Date | null;
    readonly told: number; readonly reportCode: string | null;
  };
  readonly steps: readonly { readonly at: Date; readonly step: string }[];
  readonly messages: readonly AppealMessageLine[];
}

/** The lists of appeals, by their name in the address. */
export const LISTS = ['cho-thu-ly', 'dang-xem-xet', 'da-xong'] as const;
export type ListName = (typeof LISTS)[number];

export interface AppealRow {
  readonly id: string;
  readonly code: string;
  readonly state: AppealState;
  readonly party: 'affected' | 'reporter' | 'recipient';
  readonly title: string;
  readonly measure: MeasureCode | null;
  readonly category: CategoryCode;
  readonly filedAt: Date;
  readonly acceptBy: string;
  readonly decideBy: string | null;
  readonly decidedAt: Date | null;
  readonly outcome: AppealOutcome | null;
  readonly reviewer: string | null;
  readonly asksStay: boolean;
  readonly stayed: boolean;
  readonly tookPart: boolean;
}

/** Everything the console shows of one appeal. */
export interface AppealPage {
  readonly id: string;
  readonly code: string;
  readonly state: AppealState;
  readonly party: 'affected' | 'reporter' | 'recipient';
  readonly agencyId: string;
  readonly words: string;
  readonly asksStay: boolean;
  readonly hasContact: boolean;
  readonly filedAt: Date;
  readonly acceptBy: string;
  readonly acceptedAt: Date | null;
  readonly decideBy: string | null;
  readonly decidedAt: Date | null;
  readonly isComplex: boolean;
  readonly isRemote: boolean;
  readonly outcome: AppealOutcome | null;
  readonly reasons: string;
  readonly reviewerId: string | null;
  readonly reviewer: string | null;
  readonly tookPart: boolean;
  /** Officers of the agency who may review it. */
  readonly eligible: readonly string[];
  readonly report: { readonly code: string; readonly narrative: string; readonly answer: string | null } | null;
  readonly caseNumber: string | null;
  readonly decision: ReviewedDecision | null;
  /** What of the measure binds today: the decision or the one that renewed it. */
  readonly live: { readonly id: string; readonly state: DecisionState; readonly stayedAt: Date | null } | null;
  readonly others: readonly { readonly id: string; readonly code: string; readonly state: AppealState }[];
  readonly messages: readonly (AppealMessageLine & { readonly officer: string | null })[];
  readonly steps: readonly { readonly at: Date; readonly action: string; readonly officer: string | null; readonly reason: string | null }[];
}

/** The reasons of the decision appealed. */
export interface ReviewedDecision {
  readonly id: string;
  readonly measure: MeasureCode;
  readonly category: CategoryCode;
  readonly state: DecisionState;
  readonly title: string;
  readonly agency: AgencyNames;
  readonly legalBasis: string | null;
  readonly actDate: string | null;
  readonly decidedAt: Date | null;
  readonly endsOn: string | null;
  readonly territory: string | null;
  readonly facts: string;
  readonly sideEffects: string;
  readonly summary: string;
  readonly drafter: string;
  readonly second: string | null;
  readonly elements: readonly { readonly element: string; readonly why: string }[];
  readonly options: readonly { readonly option: string; readonly why: string }[];
  readonly evidence: readonly { readonly description: string; readonly at: Date; readonly officer: string }[];
  /** Defanged or masked. */
  readonly locators: readonly string[];
  readonly recipients: readonly string[];
}

/** The steps of a reviewer, by their place in the address. */
export type Step = 'thu-ly' | 'khong-thu-ly' | 'chuyen' | 'tam-dung' | 'hoi' | 'ket-luan' | 'nhan-thay';
