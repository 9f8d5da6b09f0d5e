import type { Insertable, UpdateObject } from 'kysely';
import {
  decide, TRANSITIONS, type AppealState, type CaseState, type DecisionState, type Entity, type MeetingState, type OpinionState, type Performer, type ReportState, type TaskState, type TransferState, type Transition,
} from '#core/transitions.ts';
import type { Actor } from './actor.ts';
import type { Tx } from './db.ts';
import { insertMany } from './bulk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from './errors.ts';
import type { Database } from './schema.ts';

export interface Entry {
  readonly entity: string;
  readonly entityId: string;
  readonly action: string;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly reason?: string | null;
  /** Facts of the step; never contents of a report or personal data (a stopped report is erased, the journal stays). */
  readonly detail?: Record<string, unknown>;
}

/** Adds entries to the journal in the same transaction as what they tell of. */
export async function writeJournal(tx: Tx, actor: Actor, entries: readonly Entry[]): Promise<void> {
  await insertMany(tx, 'journal', journalRows(tx.now, actor, entries));
}

/** Entries as rows, for a command that inserts them together with what they tell of. */
export function journalRows(at: Date, actor: Actor, entries: readonly Entry[]): Insertable<Database['journal']>[] {
  return entries.map((entry) => journalRow(at, actor, entry));
}

function journalRow(at: Date, actor: Actor, entry: Entry): Insertable<Database['journal']> {
  return {
    at, actor_kind: actor.kind,
    officer_id: actor.kind === 'officer' ? actor.officerId : null,
    agency_id: actor.kind === 'officer' || actor.kind === 'agency' ? actor.agencyId : null,
    entity: entry.entity, entity_id: entry.entityId, action: entry.action, from_state: entry.from ?? null, to_state: entry.to ?? null,
    reason: entry.reason ?? null,
    detail: { ...entry.detail, ...(actor.kind === 'system' && { job: actor.job }), ...(actor.kind === 'agency' && { token: actor.tokenId }) },
  };
}

interface Stateful {
  report: ReportState;
  case: CaseState;
  decision: DecisionState;
  appeal: AppealState;
  task: TaskState;
  opinion: OpinionState;
  meeting: MeetingState;
  transfer: TransferState;
}

const TABLES = {
  report: 'report',
  case: 'case_file',
  decision: 'decision',
  appeal: 'appeal',
  task: 'task',
  opinion: 'opinion',
  meeting: 'meeting',
  transfer: 'transfer',
} as const satisfies Partial<Record<Entity, keyof Database>>;

/** What an actor may appear as in the transition table. */
export function performersOf(actor: Actor): readonly Performer[] {
  if (actor.kind === 'officer') return actor.roles;
  if (actor.kind === 'reporter' || actor.kind === 'appellant' || actor.kind === 'agency') return [actor.kind];
  return actor.kind === 'system' ? ['system'] : [];
}

/**
 * Moves a thing with states (report, case, decision, opinion …) along its transition table: locks the row, asks the rule, writes the row and the
 * journal. `set` are further columns that belong to the step.
 * @throws NotFound when the actor does not see it, Conflict in another state, Forbidden, Invalid without a needed reason
 */
export async function changeState<E extends keyof Stateful>(
  tx: Tx, actor: Actor, entity: E, id: string, action: string,
  options: { reason?: string; set?: UpdateObject<Database, (typeof TABLES)[E]>; detail?: Record<string, unknown> } = {},
): Promise<{ from: Stateful[E]; to: Stateful[E] }> {
  const table = TABLES[entity] as 'report';
  const row = await tx.selectFrom(table).select('state').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound(entity);
  const from = row.state as Stateful[E];
  const verdict = decide(TRANSITIONS[entity] as unknown as readonly Transition<Stateful[E]>[], from, action, performersOf(actor), options.reason);
  if (!verdict.ok) {
    if (verdict.why === 'reason_missing') throw new Invalid('reason missing', { fields: { reason: 'required' } });
    if (verdict.why === 'wrong_state') throw new Conflict(`${entity} is ${from}`, { state: from, action });
    throw new Forbidden(`${action} on ${entity}`, { why: verdict.why });
  }
  const { to } = verdict.transition;
  await tx.updateTable(table).set({ ...(options.set as object), state: to } as never).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity, entityId: id, action, from, to, reason: options.reason?.trim() || null, detail: options.detail }]);
  return { from, to };
}
