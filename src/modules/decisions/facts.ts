import type { DraftFacts } from '#core/decision.ts';
import { registrableDomain, type IndicatorKind } from '#core/indicators/index.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';
import type { Granularity } from '#platform/schema.ts';

/** A decision as the rules see it (src/core/decision.ts). */
export async function draftFacts(tx: Tx, decisionId: string): Promise<DraftFacts> {
  const row = await tx.selectFrom('decision').selectAll().where('id', '=', decisionId).executeTakeFirst();
  if (!row) throw new NotFound('decision');
  const elements = await tx.selectFrom('decision_element').select(['element', 'why']).where('decision_id', '=', decisionId).execute();
  const options = await tx.selectFrom('decision_option').select(['option', 'why_not']).where('decision_id', '=', decisionId).execute();
  const evidence = await tx.selectFrom('decision_evidence').select('evidence_id').where('decision_id', '=', decisionId).execute();
  const locators = await tx.selectFrom('decision_locator').select('indicator_id').where('decision_id', '=', decisionId).execute();
  return {
    measure: row.measure, category: row.category, legalBasis: row.legal_basis, competenceId: row.competence_id, aim: row.aim, facts: row.facts,
    territory: row.territory, startsOn: row.starts_on, endsOn: row.ends_on, title: row.title, summary: row.public_summary,
    elements: Object.fromEntries(elements.map(({ element, why }) => [element, why])),
    options: Object.fromEntries(options.map(({ option, why_not }) => [option, why_not])),
    evidence: evidence.length, locators: locators.length,
  };
}

/** How wide a locator reaches (S6): one address, one host with what is below it, or the whole registered name. */
export function granularityOf(kind: IndicatorKind, value: string): Granularity {
  if (kind === 'url') return 'url';
  return (registrableDomain(value) ?? value) === value ? 'domain' : 'host';
}
