import type { CategoryCode } from '#catalogue/categories.ts';
import type { OwnPower } from '#catalogue/own-powers.ts';
import type { Basis } from '#core/law.ts';
import type { TransferState } from '#core/transitions.ts';
import type { AgencyNames, Responsible } from '#modules/directory/index.ts';
import type { HandedThing, HandOverVia, TakeOverGround } from '#platform/schema.ts';

// Days are `yyyy-mm-dd`, calendar days in Vietnam.

/** Why something cannot change hands now (`transfer_bar`, `case_stays` and the functions of migration 0014); one word for one sentence on the screen. */
export const BARS = [
  'not_lead', 'closed', 'deciding', 'decision', 'appeal', 'in_case', 'self', 'ended', 'not_competent', 'came_back', 'refused_before', 'no_ground', 'receiver', 'receiver_role', 'changed', 'open_transfer',
  'not_gated',
] as const;
export type Bar = (typeof BARS)[number];

/** What is to be transferred: a case that the acting agency leads, or a report that lies in no case yet. */
export interface Thing {
  readonly kind: 'case' | 'report';
  readonly id: string;
  /** Case number or report code. */
  readonly number: string;
  readonly category: CategoryCode;
  readonly title: string;
  readonly provinceCode: string;
  readonly communeCode: string | null;
  readonly commune: { readonly fullName: string; readonly fullNameEn: string } | null;
  readonly reports: number;
  readonly leadAgencyId: string;
}

/** An agency with a part in the harm, the place and the day, and why it cannot receive; null when it can. */
export interface Candidate extends Responsible {
  readonly bar: Bar | null;
  /** What answers for it now, when it ended. */
  readonly heirs: readonly string[];
}

/** A transfer as its two agencies see it. */
export interface TransferView {
  readonly id: string;
  readonly code: string;
  readonly state: TransferState;
  readonly ofReport: boolean;
  readonly fromAgency: string;
  readonly toAgency: string;
  readonly from: AgencyNames | null;
  readonly to: AgencyNames | null;
  readonly law: string;
  readonly reason: string;
  readonly urgent: boolean;
  readonly openToCoordinator: boolean;
  readonly proposedAt: Date;
  readonly dueOn: string;
  readonly answeredAt: Date | null;
  readonly answerReason: string | null;
  readonly lateOn: string | null;
  /** Whether nobody answered and the day has passed. */
  readonly late: boolean;
  readonly caseId: string | null;
  /** What may be known before acceptance; null when the viewer may not know it any more. */
  readonly brief: Brief | null;
}

/** Number, harm, title, place and how many reports: never a story, never who reported. */
export interface Brief {
  readonly number: string;
  readonly category: CategoryCode;
  readonly title: string;
  readonly commune: string | null;
  /** Null for a former lead, who keeps number and title alone. */
  readonly reports: number | null;
}

/** A case that the acting agency may take over, and why. */
export interface Takeable extends Brief {
  readonly id: string;
  readonly ground: TakeOverGround;
  readonly leadAgencyId: string;
  readonly lead: AgencyNames | null;
  readonly why: string | null;
  readonly code: string | null;
}

/** One thing that changed hands. */
export interface HandOverRow {
  readonly id: string;
  readonly via: HandOverVia;
  readonly what: HandedThing;
  readonly code: string;
  readonly from: AgencyNames | null;
  readonly to: AgencyNames | null;
  readonly fromOfficer: string | null;
  readonly toOfficer: string | null;
  /** Last day of the agency it came from, when it ended. */
  readonly endedOn: string | null;
  readonly why: string;
  readonly at: Date;
  /** Whether the own agency received it. */
  readonly received: boolean;
}

/** The lists of the page of transfers. */
export interface RoutingLists {
  readonly toAnswer: readonly TransferView[];
  readonly sent: readonly TransferView[];
  readonly ended: readonly TransferView[];
  readonly takeable: readonly Takeable[];
  /** Cases of others on which the own agency may record what it did at once. */
  readonly toAct: readonly Pick<ActedCase, 'number' | 'category' | 'relation'>[];
  readonly moved: readonly HandOverRow[];
}

/** A case as an agency sees it that records what it did at once. */
export interface ActedCase {
  readonly id: string;
  readonly number: string;
  readonly category: CategoryCode;
  readonly state: string;
  readonly relation: 'leads' | 'takes_part' | 'reported';
  readonly title: string | null;
}

/** What an agency did at once within its own powers (R5). */
export interface OwnActView {
  readonly id: string;
  readonly agency: AgencyNames | null;
  readonly doneOn: string;
  readonly what: string;
  readonly legalBasis: string | null;
  readonly basis: Basis | null;
  readonly ownPower: OwnPower | null;
  readonly result: string;
  readonly documentNumber: string;
  readonly at: Date;
}

/** Open work of one officer that can be handed over. */
export type WorkKind = 'case' | 'task' | 'decision' | 'meeting';
export interface WorkItem {
  readonly what: WorkKind;
  readonly id: string;
  readonly code: string;
  readonly dueOn: string | null;
}

/** An officer of the own agency with how much is open. */
export interface OfficerLoad {
  readonly id: string;
  readonly name: string;
  /** Works in the agency today. */
  readonly active: boolean;
  readonly cases: number;
  readonly tasks: number;
  readonly drafts: number;
  readonly meetings: number;
}
