import type { Label } from '#catalogue/label.ts';
import type { CompetenceRole } from '#catalogue/agencies-cao-bang.ts';
import type { Basis } from '#core/law.ts';
import type { LawOrigin, LegalChangeKind } from '#platform/schema.ts';

/** A legal document as the catalogue has it; `validTo` is its last day. */
export interface LawDocument {
  readonly code: string;
  readonly name: Label;
  readonly source: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endsWhy: string | null;
  readonly origin: LawOrigin;
}

/** A document with the bases that stand in it. */
export interface DocumentLine extends LawDocument {
  readonly bases: readonly Basis[];
}

/** A proposed change and what became of it. */
export interface Change {
  readonly id: string;
  readonly kind: LegalChangeKind;
  readonly target: string;
  readonly content: Record<string, unknown>;
  /** The row as it stood, in the names of the database; null for something new. */
  readonly before: Record<string, unknown> | null;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposer: string;
  readonly proposedAt: Date;
  readonly decider: string | null;
  readonly decidedAt: Date | null;
  readonly outcome: 'approved' | 'refused' | null;
  readonly decisionReason: string | null;
}

/** What the acting officer may do with the law today. */
export interface Standing {
  readonly proposes: boolean;
  readonly decides: boolean;
}

/** A decision in force of the own agency whose law does not last. */
export interface EndingDecision {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly basis: Basis;
  readonly endsOn: string | null;
}

/** Which law gives whom a part in a kind of harm: agencies with the same law and part in one line. */
export interface CompetenceLine {
  readonly role: CompetenceRole;
  readonly law: string;
  readonly agencies: number;
  /** Up to three names. */
  readonly names: readonly Label[];
}

/** An element that a basis may name. */
export interface ElementLine {
  readonly code: string;
  readonly label: Label;
}
