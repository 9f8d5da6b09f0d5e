import { missingIn, type DraftFacts, type Missing } from '#core/decision.ts';
import { basisByCode } from '#modules/law/index.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';

/** A decision as the rules see it (src/core/decision.ts). */
export async function draftFacts(tx: Tx, decisionId: string): Promise<DraftFacts> {
  const row = await tx.selectFrom('decision').selectAll().where('id', '=', decisionId).executeTakeFirst();
  if (!row) throw new NotFound('decision');
  const elements = await tx.selectFrom('decision_element').select(['element', 'why', 'evidence_ids']).where('decision_id', '=', decisionId).execute();
  const options = await tx.selectFrom('decision_option').select(['option', 'why_not']).where('decision_id', '=', decisionId).execute();
  const evidence = await tx.selectFrom('decision_evidence').select('evidence_id').where('decision_id', '=', decisionId).execute();
  const locators = await tx.selectFrom('decision_locator').select('indicator_id').where('decision_id', '=', decisionId).execute();
  const recipients = await tx.selectFrom('decision_recipient').select('recipient_id').where('decision_id', '=', decisionId).execute();
  return {
    freshEvidence: await hasFreshEvidence(tx, decisionId, row.renews),
    measure: row.measure, category: row.category, legalBasis: row.legal_basis, competenceId: row.competence_id, aim: row.aim, facts: row.facts,
    territory: row.territory, startsOn: row.starts_on, endsOn: row.ends_on, title: row.title, summary: row.public_summary,
    elements: Object.fromEntries(elements.map(({ element, why }) => [element, why])),
    options: Object.fromEntries(options.map(({ option, why_not }) => [option, why_not])),
    proofs: Object.fromEntries(elements.map(({ element, evidence_ids }) => [element, evidence_ids])),
    sideEffects: row.side_effects, detail: row.detail, evidence: evidence.length, locators: locators.length, recipients: recipients.length,
  };
}

/** What a draft lacks on a day, by the law as the catalogue in the database has it. */
export async function missingOn(tx: Tx, decisionId: string, on: string): Promise<Missing[]> {
  const facts = await draftFacts(tx, decisionId);
  return missingIn(facts, on, facts.legalBasis === null ? null : await basisByCode(tx, facts.legalBasis));
}

/** Whether a decision rests on evidence newer than the decision it renews (S6); true when it renews none. */
export async function hasFreshEvidence(tx: Tx, decisionId: string, renews: string | null): Promise<boolean> {
  if (renews === null) return true;
  const newer = await tx.selectFrom('decision_evidence as v').innerJoin('evidence as e', 'e.id', 'v.evidence_id').innerJoin('decision as old', (join) => join.on('old.id', '=', renews))
    .select('e.id').where('v.decision_id', '=', decisionId).whereRef('e.at', '>', 'old.decided_at').limit(1).executeTakeFirst();
  return newer !== undefined;
}
