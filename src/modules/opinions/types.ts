import type { OpinionState } from '#core/transitions.ts';
import type { OpinionAnswer, OpinionWay } from '#platform/schema.ts';

/** Limits of one request and of one answer. */
export const MOST = { agencies: 60, points: 20, point: 500, files: 5, fileBytes: 10 * 1024 * 1024, title: 200, question: 4000, draft: 20_000, reasons: 10_000, remark: 2000, summary: 4000 } as const;

/** A file that was kept. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** One version of an agency's answer; days are `yyyy-mm-dd`. */
export interface AnswerView {
  readonly id: string;
  readonly version: number;
  readonly answer: OpinionAnswer;
  readonly reasons: string;
  /** Remarks on the points asked, in their order; may be shorter. */
  readonly onPoints: readonly string[];
  /** Who is competent instead, as the agency says; empty when it says nothing. */
  readonly instead: string;
  readonly documentNumber: string;
  readonly documentOn: string | null;
  readonly way: OpinionWay;
  readonly by: string | null;
  readonly mailId: string | null;
  readonly at: Date;
  readonly late: boolean;
  readonly files: readonly KeptFile[];
}

/** What one agency was asked and said. */
export interface OpinionView {
  readonly id: string;
  readonly agencyId: string;
  readonly agency: string;
  readonly state: OpinionState;
  readonly openedAt: Date | null;
  readonly mailedAt: Date | null;
  readonly withdrawnWhy: string | null;
  /** Newest first; empty while nothing was answered. */
  readonly versions: readonly AnswerView[];
}

/** A mail that waits for an officer to say whose it is. */
export interface WaitingMail {
  readonly id: string;
  readonly opinionId: string;
  readonly sender: string;
  readonly why: 'unknown_sender' | 'not_genuine' | 'closed';
  readonly body: string;
  readonly answer: OpinionAnswer;
  readonly at: Date;
  readonly files: readonly KeptFile[];
}

/** One request with what the officer who looks may see of it. */
export interface ConsultationView {
  readonly id: string;
  readonly code: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly title: string;
  readonly question: string;
  readonly points: readonly string[];
  readonly draftText: string;
  readonly inMail: boolean;
  readonly workingDays: number;
  readonly dueOn: string;
  readonly sentAt: Date;
  readonly askedBy: string;
  readonly round: number;
  /** Codes of the round before and after, where there are any. */
  readonly before: string | null;
  readonly after: string | null;
  readonly showsAnswers: boolean;
  readonly summary: string;
  readonly closedAt: Date | null;
  readonly files: readonly KeptFile[];
  /** The officer's agency leads the case. */
  readonly leads: boolean;
  /** Of an asked agency: its own, and the others' when they are shown. */
  readonly opinions: readonly OpinionView[];
  readonly mails: readonly WaitingMail[];
}

/** A line of the lists. */
export interface ConsultationRow {
  readonly code: string;
  readonly title: string;
  readonly caseNumber: string;
  readonly dueOn: string;
  readonly sentAt: Date;
  readonly round: number;
  readonly closed: boolean;
  readonly askedBy: string;
  /** Of what was asked of the own agency. */
  readonly state: OpinionState | null;
  readonly asked: number;
  readonly answered: number;
  readonly overdue: number;
  /** Mails and answers that an officer must read. */
  readonly toRead: number;
}
