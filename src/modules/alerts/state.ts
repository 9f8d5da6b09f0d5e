import type { AlertState } from './types.ts';

/** The columns that say where a letter stands. */
export interface StateColumns {
  readonly submitted_at: Date | null;
  readonly approved_at: Date | null;
  readonly recalled_at: Date | null;
  readonly replaced_by: string | null;
  readonly closed_at: Date | null;
}

/** Where a letter stands: its state is what happened to it, and nothing beside. */
export function stateOf(row: StateColumns): AlertState {
  if (!row.approved_at) return row.submitted_at ? 'submitted' : 'draft';
  if (row.recalled_at) return 'recalled';
  if (row.replaced_by) return 'replaced';
  return row.closed_at ? 'closed' : 'open';
}
