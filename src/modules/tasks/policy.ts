import { OFFICE } from '#catalogue/roles.ts';
import type { TaskState } from '#core/transitions.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import type { TaskKind } from '#platform/schema.ts';

/** Kinds whose day belongs to the thing they come from: there it is moved and ended; guard_task_clock and require_one_day hold the same. */
const OWN_CLOCK: ReadonlySet<TaskKind> = new Set(['opinion', 'transfer', 'letter']);

/** What must be known of a task to say who may do what. */
export interface Standing {
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly agencyId: string;
  readonly officerId: string | null;
  readonly setByAgency: string | null;
  readonly setBy: string | null;
  readonly sourceId: string | null;
  readonly pausedOn: string | null;
}

/** Steps an officer may take on a task now; guard_task has the last word. */
export interface Steps {
  readonly assign: boolean;
  readonly finish: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly move: boolean;
  readonly cancel: boolean;
}

/** Who set it, or may speak for them: never over one's own deadline that somebody else set. */
function speaksForSetter(actor: OfficerActor, task: Standing): boolean {
  if (task.setByAgency !== actor.agencyId) return false;
  if (task.setBy === actor.officerId || holds(actor, 'leader')) return true;
  return holds(actor, 'case_officer') && !(task.agencyId === actor.agencyId && task.officerId === actor.officerId);
}

/** The agency that has a task does it and gives it to a colleague; who set it pauses it, moves its day and cancels it. */
export function stepsFor(actor: OfficerActor, task: Standing): Steps {
  const open = task.state === 'open';
  const doing = open && task.agencyId === actor.agencyId && holds(actor, ...OFFICE);
  const setting = open && !OWN_CLOCK.has(task.kind) && speaksForSetter(actor, task);
  const paused = task.pausedOn !== null;
  return {
    assign: doing, finish: doing && task.sourceId === null, pause: setting && !paused, resume: setting && paused, move: setting && !paused,
    cancel: setting && task.sourceId === null,
  };
}

/** Who may set a task for another agency by hand. */
export function maySetForOthers(actor: OfficerActor): boolean {
  return holds(actor, 'case_officer', 'leader');
}
