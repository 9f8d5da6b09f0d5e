import type { AgencyNames } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Messages } from '#web/i18n/index.ts';
import type { Standing } from './policy.ts';

/** A task as lists show it. Days are `yyyy-mm-dd`. */
export interface TaskRow extends Standing {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly href: string;
  readonly firstDueOn: string;
  readonly dueOn: string;
  readonly pauseReason: string | null;
  readonly endedAt: Date | null;
  readonly escalatedOn: string | null;
  readonly coordinationToldOn: string | null;
  /** Name of the officer who has it; only within the own agency. */
  readonly officer: string | null;
}

/** One step in the history of a task. */
export interface TaskStep {
  readonly at: Date;
  readonly action: string;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly agencyId: string | null;
  readonly officer: string | null;
}

/** Names of agencies by id. */
export type Names = ReadonlyMap<string, AgencyNames>;

/** Which tasks a list shows, as its address says. */
export interface ListFilter {
  readonly shelf: 'cua-toi' | 'co-quan' | 'da-giao' | 'da-xong';
  readonly near: 'sap-den-han' | 'qua-han' | 'tam-dung' | null;
  readonly agencyId: string | null;
  readonly officerId: string | null;
  readonly page: number;
}

/** Something that waits in another room, as one line of the day. */
export interface DayLine {
  /** How many wait. */
  readonly count: number;
  /** The first last day among them, or null when they have none. */
  readonly dueOn: string | null;
  /** Where they are worked off. */
  readonly href: string;
  readonly what: (t: Messages, count: string, one: boolean) => string;
  readonly button: (t: Messages) => string;
}

/** Lines for an officer from the rooms above; nothing where nothing waits. */
export type DayLines = (tx: Tx, officer: OfficerActor) => Promise<readonly DayLine[]>;

/** A meeting to come, for the leader's page. */
export interface ComingMeeting {
  readonly at: Date;
  readonly title: string;
  readonly href: string;
}

/** What the rooms above hand in (src/modules.ts). */
export interface HandedIn {
  readonly lines: DayLines;
  readonly meetings: (tx: Tx, officer: OfficerActor) => Promise<readonly ComingMeeting[]>;
}

/** One line of the leader's tables. */
export interface Load {
  readonly open: number;
  readonly soon: number;
  readonly late: number;
  readonly paused: number;
  readonly escalated: number;
  /** The earliest last day among those not paused, or null. */
  readonly oldest: string | null;
}
