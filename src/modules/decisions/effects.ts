import type { MeasureCode } from '#catalogue/measures.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

/** Why a measure ends; whoever was told of it is told why it is over, except when another takes its place. */
export type Ending = 'expired' | 'died' | 'withdrawn' | 'reversed' | 'superseded' | 'returned' | 'stopped';

/** What a measure does to the world when its decision takes effect, and how that is undone; given by the rooms above (src/modules.ts). */
export interface Effect {
  /** The decision is in force, or began as an interim measure. */
  readonly start: (desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string) => Promise<void>;
  /** An interim measure was confirmed by the second officer. */
  readonly confirm?: (desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string) => Promise<void>;
  /** An appeal stays the measure, and the stay ends without reversing it. */
  readonly stay?: (desk: Desk, tx: Tx, actor: Actor, decisionId: string) => Promise<void>;
  readonly resume?: (desk: Desk, tx: Tx, actor: Actor, decisionId: string) => Promise<void>;
  readonly end: (desk: Desk, tx: Tx, actor: Actor, decisionId: string, ending: Ending) => Promise<void>;
}
export type Effects = Readonly<Partial<Record<MeasureCode, readonly Effect[]>>>;

type Step = 'start' | 'confirm';

/** Carries one step out in every effect of a measure, in their order. */
export async function carryOut(effects: Effects, measure: MeasureCode, step: Step, desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string): Promise<void> {
  for (const effect of effects[measure] ?? []) await effect[step]?.(desk, tx, actor, decisionId);
}

/** Stays or resumes a measure in every effect: a reviewer, or the clock when the last appeal ended without a decision. */
export async function hold(effects: Effects, measure: MeasureCode, step: 'stay' | 'resume', desk: Desk, tx: Tx, actor: Actor, decisionId: string): Promise<void> {
  for (const effect of effects[measure] ?? []) await effect[step]?.(desk, tx, actor, decisionId);
}

/** Undoes a measure in every effect. */
export async function undo(effects: Effects, measure: MeasureCode, desk: Desk, tx: Tx, actor: Actor, decisionId: string, ending: Ending): Promise<void> {
  for (const effect of effects[measure] ?? []) await effect.end(desk, tx, actor, decisionId, ending);
}
