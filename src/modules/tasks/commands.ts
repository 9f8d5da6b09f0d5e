import { notify } from '#modules/notifications/index.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { TaskKind } from '#platform/schema.ts';

/** Something an agency must do by a day. */
export interface NewTask {
  readonly kind: TaskKind;
  /** Who must do it; without an officer, the focal officers and their deputies. */
  readonly agencyId: string;
  readonly officerId?: string;
  readonly caseId?: string;
  /** The row of the room it comes from (opinion, transfer, action item …), by which the room ends it. */
  readonly sourceId?: string;
  /** Code or number people know the thing by; at most 40 characters. */
  readonly code: string;
  /** One line; nothing of a report's contents. */
  readonly title: string;
  /** Where it is done, `/can-bo/…`. */
  readonly href: string;
  /** Last day, `yyyy-mm-dd`. */
  readonly dueOn: string;
  readonly urgent?: boolean;
}

/** Sets a task, in the journal, and tells who must do it. @returns its id */
export async function openTask(tx: Tx, actor: OfficerActor | (Actor & { kind: 'system' }), task: NewTask): Promise<string> {
  const officer = actor.kind === 'officer' ? actor : null;
  const { id } = await tx.insertInto('task').values({
    kind: task.kind, agency_id: task.agencyId, officer_id: task.officerId ?? null, set_by_agency: officer?.agencyId ?? null, set_by: officer?.officerId ?? null,
    case_id: task.caseId ?? null, source_id: task.sourceId ?? null, code: task.code, title: task.title, href: task.href, created_at: tx.now, first_due_on: task.dueOn, due_on: task.dueOn,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'task', entityId: id, action: 'open', to: 'open', detail: { kind: task.kind, agency: task.agencyId, due: task.dueOn } }]);
  await notify(tx, { agencyId: task.agencyId, officerId: task.officerId, roles: ['focal', 'case_officer', 'leader'], kind: `task_${task.kind}`, code: task.code, href: task.href, urgent: task.urgent });
  return id;
}

/** Ends the open task of a source row, if there is one: done, or cancelled with a reason. @returns whether there was one */
export async function endTask(tx: Tx, actor: Actor, kind: TaskKind, sourceId: string, ending: { done: true } | { cancelled: string }): Promise<boolean> {
  const open = await tx.selectFrom('task').select('id').where('kind', '=', kind).where('source_id', '=', sourceId).where('state', '=', 'open').executeTakeFirst();
  if (!open) return false;
  await changeState(tx, actor, 'task', open.id, 'done' in ending ? 'do' : 'cancel', { reason: 'cancelled' in ending ? ending.cancelled : undefined, set: { ended_at: tx.now } });
  return true;
}
