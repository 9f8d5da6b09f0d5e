import type { AlertAim, AlertAnswer, AlertDuty, AlertKind, AlertWay } from '#catalogue/alerts.ts';
import type { Label } from '#catalogue/label.ts';
import type { AgencyNames } from '#modules/directory/index.ts';
import type { AgencyLevel } from '#platform/schema.ts';
import type { Urgency } from '#web/docx/letter.ts';

/** Who gets a letter. */
export type Audience =
  | { readonly to: 'all' }
  | { readonly to: 'levels'; readonly levels: readonly AgencyLevel[] }
  | { readonly to: 'chosen'; readonly agencyIds: readonly string[] };

/** What a letter says, checked. */
export interface AlertInput {
  readonly kind: AlertKind;
  readonly urgency: Urgency | null;
  readonly title: string;
  readonly known: string;
  /** Upper case, `CVE-2026-12345`. */
  readonly cves: readonly string[];
  readonly products: readonly string[];
  /** MD5, SHA-1 or SHA-256 in small letters. */
  readonly hashes: readonly string[];
  /** Host names in ASCII and small letters; defanged wherever they are shown. */
  readonly domains: readonly string[];
  /** What to do, in order. */
  readonly actions: readonly string[];
  readonly reportHow: string;
  /** Working days from the approval to the last day. */
  readonly days: number;
  /** Code of a legal basis, or null: the duty of the coordinating agency. */
  readonly legalBasis: string | null;
  readonly audience: Audience;
}

/** A file taken in, before it is stored. */
export interface NewFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A file as it is shown. */
export interface FileLine {
  readonly name: string;
  readonly bytes: number;
}

/** `draft` → `submitted` → `open` → `closed`; `recalled` and `replaced` end it otherwise. */
export type AlertState = 'draft' | 'submitted' | 'open' | 'closed' | 'recalled' | 'replaced';

/** A letter as it is read, by whoever may. */
export interface AlertLetter extends AlertInput {
  readonly id: string;
  readonly code: string;
  readonly state: AlertState;
  readonly aim: AlertAim;
  readonly duty: AlertDuty | null;
  /** The basis in words, `khoản 1 Điều 14 …`; null with a duty. */
  readonly basisWords: Label | null;
  readonly agencyId: string;
  readonly agency: AgencyNames;
  readonly file: FileLine | null;
  readonly draftedAt: Date;
  readonly submittedAt: Date | null;
  readonly approvedAt: Date | null;
  /** `yyyy-mm-dd` */
  readonly dueOn: string | null;
  readonly recalledAt: Date | null;
  readonly recallReason: string | null;
  readonly closedAt: Date | null;
  readonly replaces: AlertLink | null;
  readonly replacedBy: AlertLink | null;
}

/** Another letter; `id` is null when the reader did not get it. */
export interface AlertLink {
  readonly id: string;
  readonly code: string;
}

/** What the sender sees beside it. */
export interface SenderPart {
  readonly drafterId: string;
  readonly drafter: string;
  readonly approver: string | null;
  readonly returnReason: string | null;
  /** Names of the agencies it would go to, or went to. */
  readonly receivers: readonly string[];
  readonly tally: Tally;
}

/** Counts of a letter. */
export interface Tally {
  readonly sent: number;
  readonly read: number;
  readonly answered: number;
  readonly byAnswer: Readonly<Record<AlertAnswer, number>>;
  readonly machinesChecked: number;
  readonly machinesAffected: number;
}

/** One version of an answer. */
export interface AnswerLine {
  readonly id: string;
  readonly version: number;
  readonly answer: AlertAnswer;
  readonly words: string;
  readonly machinesChecked: number | null;
  readonly machinesAffected: number | null;
  readonly untilOn: string | null;
  readonly way: AlertWay;
  readonly informant: string;
  readonly file: FileLine | null;
  readonly officer: string;
  readonly at: Date;
}

/** What an agency has of a letter that it got. */
export interface ReceiverPart {
  readonly receiptId: string;
  readonly sentAt: Date;
  readonly readAt: Date | null;
  readonly reader: string | null;
  /** Newest first. */
  readonly answers: readonly AnswerLine[];
}

/** One agency in the summary. */
export interface SummaryRow extends AgencyNames {
  readonly receiptId: string;
  readonly agencyId: string;
  /** Name of the ended agency it was sent to first, if another. */
  readonly formerly: string | null;
  readonly readAt: Date | null;
  readonly reader: string | null;
  readonly phones: readonly string[];
  readonly last: AnswerLine | null;
  readonly versions: number;
}

/** A letter in the list. */
export interface AlertRow {
  readonly id: string;
  readonly code: string;
  readonly kind: AlertKind;
  readonly title: string;
  readonly state: AlertState;
  readonly urgency: Urgency | null;
  readonly at: Date;
  readonly dueOn: string | null;
  readonly sender: string;
  /** For the sender. */
  readonly tally: { readonly sent: number; readonly read: number; readonly answered: number } | null;
  /** For a receiver. */
  readonly mine: { readonly readAt: Date | null; readonly answer: AlertAnswer | null } | null;
}

/** What an agency says it did, checked. */
export interface AnswerInput {
  readonly answer: AlertAnswer;
  readonly words: string;
  readonly machinesChecked: number | null;
  readonly machinesAffected: number | null;
  readonly untilOn: string | null;
}
