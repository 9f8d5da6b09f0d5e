import { sql } from 'kysely';
import { figureKind } from '#catalogue/figures.ts';
import type { AgencyActor, OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { writeJournal } from '#platform/journal.ts';
import type { Figure } from '../feeds/figures.ts';

/** How many figures were new, of those how many took the place of another, and how many were known. */
export interface Recorded {
  readonly recorded: number;
  readonly replaced: number;
  readonly unchanged: number;
}

/**
 * Keeps figures of the actor's own agency. One of the same kind, period and source as one that holds is the same figure: equal, nothing
 * happens; else the old one is withdrawn with the reason `replaced`. Nothing is overwritten. Journal: `record`, `withdraw`.
 */
export async function recordFigures(tx: Tx, actor: AgencyActor | OfficerActor, figures: readonly Figure[]): Promise<Recorded> {
  // Two systems of one agency may send at the same moment; there is no key of the table that would tell them apart.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`figures|${actor.agencyId}`}, 0))`.execute(tx);
  const count = { recorded: 0, replaced: 0, unchanged: 0 };
  for (const figure of figures) {
    const before = await holding(tx, actor.agencyId, figure);
    const qualifier = figure.qualifier === '' ? 'exact' : figure.qualifier;
    if (before?.value === figure.value && before.qualifier === qualifier) {
      count.unchanged += 1;
      continue;
    }
    if (before) await withdraw(tx, actor, before.id);
    const { id } = await tx.insertInto('external_figure').returning('id').values({
      agency_id: actor.agencyId, kind: figure.kind, value: figure.value, qualifier, unit: figureKind(figure.kind).unit, period_from: figure.from, period_to: figure.to,
      source: figure.source, officer_id: actor.kind === 'officer' ? actor.officerId : null, token_id: actor.kind === 'agency' ? actor.tokenId : null,
      recorded_at: tx.now, withdrawn_at: null, withdrawn_reason: null,
    }).executeTakeFirstOrThrow();
    await writeJournal(tx, actor, [{ entity: 'external_figure', entityId: id, action: 'record', detail: { kind: figure.kind, ...(before && { replaces: before.id }) } }]);
    count.recorded += 1;
    if (before) count.replaced += 1;
  }
  return count;
}

function holding(tx: Tx, agencyId: string, figure: Figure) {
  return tx.selectFrom('external_figure').select(['id', 'value', 'qualifier']).where('agency_id', '=', agencyId).where('withdrawn_at', 'is', null).where('kind', '=', figure.kind)
    .where('period_from', '=', figure.from).where('period_to', '=', figure.to).where('source', '=', figure.source).executeTakeFirst();
}

async function withdraw(tx: Tx, actor: AgencyActor | OfficerActor, id: string): Promise<void> {
  await tx.updateTable('external_figure').set({ withdrawn_at: tx.now, withdrawn_reason: 'replaced' }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'external_figure', entityId: id, action: 'withdraw', reason: 'replaced' }]);
}
