import type { MeetingState, TaskState } from '#core/transitions.ts';
import type { AgencyNames } from '#modules/directory/index.ts';
import type { IssuedNumber } from '#modules/documents/index.ts';
import type { Attendance, GuestAnswer } from '#platform/schema.ts';

/** The lists of meetings, as in their addresses. */
export const LISTS = ['sap-hop', 'cho-ket-luan', 'da-ket-luan', 'da-huy'] as const;
export type ListName = (typeof LISTS)[number];

/** A meeting in a list: of the own agency, or one it is invited to. */
export interface MeetingRow {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly state: MeetingState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place: string;
  readonly isOwn: boolean;
  /** Short name of the inviting agency. */
  readonly agency: string;
  /** What the own agency answered; null for an own meeting. */
  readonly answer: GuestAnswer | null;
  /** Invited agencies that have not answered; null for a guest. */
  readonly waiting: number | null;
}

/** An item of the agenda with what was written about it, where the viewer may read that. */
export interface AgendaItem {
  readonly id: string;
  readonly title: string;
  readonly minutes: number | null;
  readonly presenter: string;
  readonly caseId: string | null;
  /** Null for an item without a case, and for a guest that takes no part in the case any more. */
  readonly caseNumber: string | null;
  readonly written: Written | null;
}

/** The minutes of one item. */
export interface Written {
  readonly discussion: string;
  readonly statements: string;
  readonly conclusion: string;
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: string;
}

/** An invited agency. A guest sees its own answer, and after the conclusion who was there. */
export interface Guest extends AgencyNames {
  readonly agencyId: string;
  readonly isOwn: boolean;
  readonly isInvited: boolean;
  readonly answer: GuestAnswer;
  readonly reason: string;
  readonly names: string;
  readonly answeredAt: Date | null;
  /** Answered before time or place changed. */
  readonly isStale: boolean;
  readonly attendance: Attendance | null;
  readonly came: string;
}

/** An action item and how far its task is, where the viewer may see the task. */
export interface ActionItem {
  readonly id: string;
  readonly what: string;
  readonly agencyId: string;
  readonly agency: string;
  readonly agencyName: string;
  readonly officer: string | null;
  readonly dueOn: string;
  readonly caseNumber: string | null;
  readonly task: TaskState | null;
}

/** A correction after the conclusion. */
export interface Addendum {
  readonly part: 'minutes' | 'conclusion';
  readonly body: string;
  readonly reason: string;
  readonly at: Date;
  readonly officer: string;
}

/** Papers of a meeting, by their type of document. */
export const PAPERS = ['giay_moi', 'bien_ban', 'thong_bao'] as const;
export type Paper = (typeof PAPERS)[number];

/** Everything one viewer may know of a meeting. */
export interface MeetingPage {
  readonly id: string;
  readonly code: string;
  readonly state: MeetingState;
  readonly title: string;
  readonly place: string;
  readonly onlineLink: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  readonly chair: string;
  readonly secretary: string;
  readonly version: number;
  readonly sequence: number;
  readonly changedAt: Date;
  readonly invitedAt: Date | null;
  readonly concludedAt: Date | null;
  readonly cancelReason: string | null;
  readonly agencyId: string;
  readonly agency: AgencyNames;
  /** Whether the viewer is of the inviting agency. */
  readonly isOwn: boolean;
  readonly agenda: readonly AgendaItem[];
  readonly guests: readonly Guest[];
  readonly conclusion: { readonly body: string; readonly version: number } | null;
  readonly actions: readonly ActionItem[];
  readonly addenda: readonly Addendum[];
  readonly numbers: Readonly<Record<Paper, IssuedNumber | null>>;
}

/** A choice in a form. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What the agenda form takes for one item; the order is that of the rows. */
export interface AgendaInput {
  /** Null for a new item. */
  readonly id: string | null;
  readonly caseId: string | null;
  readonly title: string;
  readonly minutes: number | null;
  readonly presenter: string;
}
