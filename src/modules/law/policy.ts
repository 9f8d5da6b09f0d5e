import type { Change, Standing } from './types.ts';

/** Why somebody does not decide a proposal. */
export type Bar = 'decided' | 'own' | 'role';

/**
 * A proposal is decided by a legal officer or leader of the coordinating agency who is not the one who proposed it.
 * @returns why this officer may not decide, or null when they may
 */
export function barToDecide(officerId: string, standing: Standing, change: Pick<Change, 'outcome' | 'proposedBy'>): Bar | null {
  if (change.outcome !== null) return 'decided';
  if (change.proposedBy === officerId) return 'own';
  return standing.decides ? null : 'role';
}
