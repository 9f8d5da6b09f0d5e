import type { CATEGORIES } from '#catalogue/categories.ts';

/** Categories a machine may report in: the technical and fraud ones, where indicators link cases (SCOPE, never built 3). */
export type MachineCategory = Extract<(typeof CATEGORIES)[number], { linksCases: true }>['code'];

/** A picture that came with a report. */
export interface MachineEvidence {
  readonly name: string;
  readonly type: 'image/png' | 'image/jpeg';
  readonly content: Uint8Array;
}

/** One harm as another desk's machine reports it, in the words and measures of this desk. */
export interface MachineReport {
  /** Stable id of the source's item: the same item read again gives the same id. */
  readonly externalId: string;
  readonly category: MachineCategory;
  /** Vietnamese sentence made from the facts, then the source's own description if it gave one; under 2,000 characters. */
  readonly narrative: string;
  /** URLs, domains, telephone numbers, accounts and hashes, one a line; at most `MOST_TRACES` lines and `MOST_TRACE_TEXT` characters. */
  readonly traces: string;
  /** Day in Vietnam, yyyy-mm-dd; null when the source does not say. */
  readonly happenedOn: string | null;
  readonly evidence: readonly MachineEvidence[];
}

/** Limits of one report; the second is that of a report typed by a person (intake). */
export const MOST_TRACES = 200;
export const MOST_TRACE_TEXT = 5000;

/** Why a whole source or one of its items was not taken. The screens have words for each. */
export const READ_REASONS = [
  'not_readable', 'version_not_read', 'too_many', 'too_long',
  'child_abuse_specialised_channel', 'type_not_taken', 'outside_closed_list', 'tlp_not_shareable', 'no_traces',
  'not_an_indicator', 'shared_host', 'public_suffix', 'local_name', 'repeated',
  'evidence_not_image', 'evidence_unreadable', 'evidence_too_large', 'evidence_too_many', 'evidence_hash_differs',
  'field_missing', 'field_unknown', 'value_wrong', 'period_wrong',
] as const;

/** One of `READ_REASONS`. */
export type ReadReason = (typeof READ_REASONS)[number];

/** Something not taken: where (JSON path, or "line 12") and why. */
export interface ReadError {
  readonly at: string;
  readonly reason: ReadReason;
}

/** What came of reading a source: items, how much was left aside on purpose, and what was wrong; or why nothing was read. */
export type Read<T> =
  | { readonly ok: true; readonly items: T[]; readonly ignored: number; readonly errors: ReadError[] }
  | { readonly ok: false; readonly reason: ReadReason };
