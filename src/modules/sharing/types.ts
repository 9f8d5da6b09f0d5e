import type { CategoryCode } from '#catalogue/categories.ts';
import type { IndicatorKind } from '#core/indicators/index.ts';
import type { CaseState } from '#core/transitions.ts';
import type { CasePart, Confidence, ShareKind } from '#platform/schema.ts';

/** What a report says to others: never who sent it, never a message; numbers of people in its words are masked by the database. */
export interface ReportContent {
  readonly code: string;
  readonly category: CategoryCode;
  readonly narrative: string;
  /** `yyyy-mm-dd` */
  readonly happenedOn: string | null;
  /** đồng */
  readonly moneyLost: number | null;
  readonly commune: string | null;
  readonly communeEn: string | null;
}

/** A picture: its copy without metadata is fetched by its own address. */
export interface AttachmentContent {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** Code of the report it came with. */
  readonly report: string;
}

export interface IndicatorContent {
  readonly kind: IndicatorKind;
  /** Defanged or masked. */
  readonly display: string;
  /** The sealed number, only where it is shared whole; opened by {@link ItemShown}. */
  readonly sealed?: string;
  /** The whole number, once opened. */
  readonly value?: string;
}

export interface EvidenceContent {
  readonly kind: 'attachment' | 'observation' | 'document';
  readonly description: string;
  readonly sha256: string | null;
  /** ISO 8601 */
  readonly at: string;
}

export interface VerificationContent {
  readonly checked: string;
  readonly otherExplanation: string;
  readonly finding: string;
  readonly confidence: Confidence;
  /** ISO 8601 */
  readonly at: string;
}

/** One item as others see it. */
export type ItemShown =
  | { readonly kind: 'report'; readonly content: ReportContent }
  | { readonly kind: 'attachment'; readonly content: AttachmentContent }
  | { readonly kind: 'indicator'; readonly content: IndicatorContent }
  | { readonly kind: 'evidence'; readonly content: EvidenceContent }
  | { readonly kind: 'verification'; readonly content: VerificationContent };

/** A live share as the party sees it. */
export type SharedItem = ItemShown & { readonly id: string; readonly full: boolean; readonly sharedAt: Date; readonly readAt: Date | null };

/** An item of a case that may be shared or packed. */
export type CaseItem = ItemShown & { readonly itemId: string };

/** What is chosen on a form: `kind.id`, and whether a number is whole. */
export interface Choice {
  readonly kind: ShareKind;
  readonly itemId: string;
  readonly full: boolean;
}

/** A case by what a party may know of it. */
export interface PartyCase {
  readonly id: string;
  readonly number: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  readonly title: string;
  readonly leadAgencyId: string;
  readonly part: CasePart;
  readonly since: Date;
}

/** A case of the own agency, to share from. */
export interface LedCaseView {
  readonly id: string;
  readonly number: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  readonly title: string;
  readonly leadAgencyId: string;
}

/** An agency that takes or took part. */
export interface PartyRow {
  readonly agencyId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly part: CasePart;
  readonly since: Date;
  readonly endedAt: Date | null;
  readonly shares: number;
  readonly unread: number;
}

/** One share in the record of the agency that leads: who showed what to whom when, who read it, who took it back. */
export interface ShareRecord {
  readonly id: string;
  readonly kind: ShareKind;
  readonly itemId: string;
  readonly full: boolean;
  readonly why: string;
  readonly sharedAt: Date;
  readonly readAt: Date | null;
  readonly readBy: string | null;
  readonly recalledAt: Date | null;
  readonly recallReason: string | null;
  /** Which item, in a few words; null when it is no item of the case any more. */
  readonly item: ItemShown | null;
}

export interface ShareMessage {
  readonly id: string;
  readonly fromLead: boolean;
  readonly body: string;
  readonly at: Date;
}

export interface SentBack {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: Date;
  readonly filed: boolean;
}
