import { sql } from 'kysely';
import { normalise } from '#core/vietnamese.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { CONTENT, LENGTHS, type Proposal } from './change.ts';

/** Why the catalogue does not take a change; the screens have a sentence for each. */
export type Refusal = 'excluded' | 'known' | 'unknown' | 'overlap' | 'open_proposal' | 'in_use' | 'elements' | 'rule' | 'own' | 'not_keeper';

const SHORTEST_REASON = 5;

/**
 * Proposes a change of the law's catalogue. The database tries it at once: what could not be applied is not taken.
 * @returns the id of the proposal
 * @throws Forbidden, Invalid with details.fields (by name of the content) or details.reason ({@link Refusal})
 */
export async function proposeChange(tx: Tx, actor: OfficerActor, proposal: Proposal): Promise<string> {
  if (!holds(actor, 'legal')) throw new Forbidden('not a legal officer', { reason: 'not_keeper' });
  const { kind, target } = proposal;
  const reason = readReason(proposal.reason);
  const content = CONTENT[kind].safeParse(proposal.content);
  if (!content.success || reason === null) {
    const wrong = [...(content.error?.issues.map(({ path }) => String(path[0])) ?? []), ...(reason === null ? ['reason'] : [])];
    throw new Invalid('proposal incomplete', { fields: Object.fromEntries(wrong.map((field) => [field, 'wrong'])) });
  }
  const { id } = await judged(() => tx.insertInto('legal_change').values({
    kind, target, content: content.data, reason, agency_id: actor.agencyId, proposed_by: actor.officerId, proposed_at: tx.now,
  }).returning('id').executeTakeFirstOrThrow());
  await writeJournal(tx, actor, [{ entity: 'law', entityId: id, action: 'propose', detail: { kind, target } }]);
  return id;
}

/** A reason as it is kept, or null when it says nothing or too much. */
function readReason(text: string): string | null {
  const reason = normalise(text);
  return reason.length >= SHORTEST_REASON && reason.length <= LENGTHS.reason ? reason : null;
}

/**
 * Approves or refuses a proposal, as the second person; an approved change is in the catalogue when the transaction ends.
 * @throws NotFound, Conflict when it was decided before, Forbidden for who proposed it, Invalid with details.fields or details.reason
 */
export async function decideChange(tx: Tx, actor: OfficerActor, id: string, decision: { readonly outcome: 'approved' | 'refused'; readonly reason: string }): Promise<void> {
  const change = await tx.selectFrom('legal_change').select(['kind', 'target', 'outcome', 'proposed_by']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!change) throw new NotFound('change');
  if (change.outcome !== null) throw new Conflict('decided before', { reason: 'decided' });
  if (change.proposed_by === actor.officerId) throw new Forbidden('the proposer does not decide', { reason: 'own' });
  const { outcome } = decision;
  const reason = readReason(decision.reason);
  if (reason === null && (outcome === 'refused' || decision.reason.trim() !== '')) throw new Invalid('reason', { fields: { decision_reason: 'wrong' } });
  await judged(async () => {
    await tx.updateTable('legal_change').set({ outcome, decided_by: actor.officerId, decided_at: tx.now, decision_reason: reason }).where('id', '=', id).execute();
    if (outcome === 'approved') await sql`select apply_legal_change(${id})`.execute(tx);
  });
  const { kind, target } = change;
  await writeJournal(tx, actor, [{ entity: 'law', entityId: id, action: outcome === 'approved' ? 'approve' : 'refuse', reason, detail: { kind, target } }]);
}

/** Runs a statement that the database's own rules judge, and names the rule that refused it. */
async function judged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    throw reason === 'own' || reason === 'not_keeper' ? new Forbidden(reason, { reason }) : new Invalid(reason, { reason }, { cause: error });
  }
}

/** SQLSTATE → why; messages tell apart what shares a code (migrations/0005_law.sql). */
function refusalOf(error: unknown): Refusal | null {
  const { code = '', message = '', constraint = '' } = error as { code?: string; message?: string; constraint?: string };
  switch (code) {
    case '23P01': return 'overlap';
    case '23505': return constraint === 'legal_change_open' ? 'open_proposal' : constraint === 'legal_basis_pkey' ? 'overlap' : 'known';
    case '23503': return 'unknown';
    case '55006': return 'in_use';
    case '42501': return message.includes('who proposed') ? 'own' : message.startsWith('law:') ? 'not_keeper' : null;
    case '23514': return message.includes('excluded on purpose') ? 'excluded' : message.includes('element') ? 'elements' : 'rule';
    case '22007': case '22008': case '22P02': case '23502': return 'rule';
    default: return null;
  }
}
