import type { AimCode } from '#catalogue/aims.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { Label } from '#catalogue/label.ts';
import type { LocatorKind, MeasureCode, RecipientKind } from '#catalogue/measures.ts';
import type { DecisionState } from '#core/transitions.ts';
import type { DelayReason, NoticeEffect, NoticeEnding, NoticeKind, NoticePhase, NoticeState } from '#platform/schema.ts';

/** One exact thing a notice names. */
export interface SaidLocator {
  readonly id: string;
  readonly kind: LocatorKind;
  /** An address as it is matched, to be shown defanged; a person's number masked. */
  readonly shown: string;
}

/** An earlier letter this one speaks of. */
export interface Earlier {
  readonly code: string;
  /** YYYY-MM-DD */
  readonly on: string;
  readonly number: string | null;
}

/** What a notice says, fixed when it is made: its letter is written from this and nothing else, and its page shows it. Days are YYYY-MM-DD. */
export interface Said {
  /** Opens the recipient's page. */
  readonly code: string;
  /** Opens the page of the person affected; null while telling them is delayed. */
  readonly affectedCode: string | null;
  readonly measure: MeasureCode;
  readonly category: CategoryCode;
  readonly agency: { readonly name: string; readonly nameEn: string; readonly shortName: string; readonly parent: string | null };
  readonly province: { readonly name: string; readonly fullName: string; readonly nameEn: string };
  readonly recipient: { readonly name: string; readonly nameEn: string; readonly kind: RecipientKind; readonly address: string };
  readonly law: { readonly citation: Label; readonly what: Label };
  readonly competence: { readonly law: string; readonly why: Label };
  readonly aim: AimCode | null;
  /** In the office's words, for recipients. */
  readonly facts: string;
  /** In public words, for the person affected. */
  readonly summary: string;
  readonly elements: readonly { readonly label: Label; readonly why: string }[];
  readonly locators: readonly SaidLocator[];
  readonly detail: Readonly<Record<string, string>>;
  readonly territory: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** ISO 8601; only of an interim measure. */
  readonly interimUntil: string | null;
  readonly on: string;
  readonly effectDue: string | null;
  /** The notice of the decision this one renews. */
  readonly replaces: Earlier | null;
  /** The notice this letter follows (withdrawal, stay, resumption, reminder, passing on). */
  readonly earlier: (Earlier & { readonly effectDue: string | null }) | null;
  /** Of a hand-over to the police; never who reported. */
  readonly evidence: readonly { readonly what: string; readonly on: string; readonly sha256: string | null }[];
}

/** One line of the lists. */
export interface NoticeRow {
  readonly id: string;
  readonly decisionId: string;
  readonly kind: NoticeKind;
  readonly phase: NoticePhase;
  readonly recipient: string;
  readonly measure: MeasureCode;
  readonly state: NoticeState;
  readonly effectDue: string | null;
  readonly effect: NoticeEffect | null;
  readonly remindedAt: Date | null;
  readonly createdAt: Date;
}

export const NOTICE_LISTS = ['can-gui', 'cho-ket-qua', 'qua-han', 'xong'] as const;
export type NoticeList = (typeof NOTICE_LISTS)[number];

export interface NoticeFile {
  readonly place: number;
  readonly name: string;
  readonly mediaType: string;
  readonly ref: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** One notice with all that its page shows. */
export interface NoticeDetail extends NoticeRow {
  readonly ending: NoticeEnding | null;
  readonly email: string | null;
  readonly says: Said;
  readonly number: string | null;
  readonly numberedOn: string | null;
  readonly renderedAt: Date | null;
  readonly sentAt: Date | null;
  readonly failure: 'refused' | 'unreachable' | null;
  readonly effectOn: string | null;
  readonly effectNote: string;
  readonly effectNumber: string | null;
  readonly effectBy: 'recipient' | 'officer' | null;
  readonly affected: { readonly code: string; readonly delayUntil: Date | null } | null;
  readonly files: readonly NoticeFile[];
  readonly steps: readonly { readonly at: Date; readonly action: string; readonly by: string | null }[];
}

/** The delay set for a decision. */
export interface Delay {
  readonly reason: DelayReason;
  readonly days: number;
  readonly requestNumber: string | null;
}

/** What a party reads of its decision. */
export interface PartyView {
  readonly party: 'recipient' | 'affected';
  readonly code: string;
  readonly says: Said;
  /** Where the decision stands today by the clock; `stayed` while an appeal stays it. */
  readonly state: DecisionState | 'stayed';
  /** For a recipient: the notice whose effect is asked for, if any. */
  readonly asked: { readonly noticeId: string; readonly due: string; readonly effect: NoticeEffect | null; readonly on: string | null } | null;
}
