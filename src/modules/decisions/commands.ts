import type { AimCode } from '#catalogue/aims.ts';
import { measureFits, measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { missingIn, secondPersonBar, type Missing } from '#core/decision.ts';
import { gateOutcome, type GateAnswers, type GateOutcome } from '#core/gate.ts';
import { normalise } from '#core/vietnamese.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { Granularity } from '#platform/schema.ts';
import { draftFacts, granularityOf } from './facts.ts';

/** What a measure does to the world when its decision takes effect, and how that is undone; given by the rooms above (src/modules.ts). */
export interface Effect {
  readonly start: (tx: Tx, actor: OfficerActor, decisionId: string) => Promise<void>;
  readonly end: (tx: Tx, actor: Actor, decisionId: string) => Promise<void>;
}
export type Effects = Partial<Record<MeasureCode, Effect>>;

/**
 * Begins a draft on a verified case; locators are the case's own addresses, the end date the measure's default.
 * @returns the id of the decision
 */
export async function startDraft(tx: Tx, actor: OfficerActor, caseId: string, measure: MeasureCode, territory: string): Promise<string> {
  const found = await tx.selectFrom('case_file').select(['category', 'state', 'lead_agency_id', 'title']).where('id', '=', caseId).forUpdate().executeTakeFirst();
  if (!found || found.lead_agency_id !== actor.agencyId) throw new NotFound('case');
  if (!measureOf(measure).available || !measureFits(measure, found.category)) throw new Invalid('measure does not fit', { fields: { measure: 'fit' } });
  if (!await tx.selectFrom('verification').select('id').where('case_id', '=', caseId).executeTakeFirst()) throw new Conflict('not verified', { reason: 'not_verified' });
  const today = localDate(tx.now);
  const { defaultDays } = measureOf(measure);
  const { id } = await tx.insertInto('decision').values({
    case_id: caseId, agency_id: actor.agencyId, measure, category: found.category, drafter_id: actor.officerId, second_officer_id: null, legal_basis: null,
    competence_id: await competenceOf(tx, actor.agencyId, found.category, today), aim: null, territory, starts_on: today,
    ends_on: defaultDays === null ? null : addDays(today, defaultDays), act_date: null, title: '', created_at: tx.now, decided_at: null,
  }).returning('id').executeTakeFirstOrThrow();
  const indicators = await tx.selectFrom('indicator').select(['id', 'kind', 'value']).where('case_id', '=', caseId).where('kind', 'in', ['url', 'domain']).where('specific', '=', true).execute();
  if (indicators.length > 0) await tx.insertInto('decision_locator').values(indicators.map(({ id: indicator, kind, value }) => (
    { decision_id: id, indicator_id: indicator, granularity: granularityOf(kind, value ?? '') }))).execute();
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: id, action: 'start', to: 'draft', detail: { case: caseId, measure } }]);
  await changeState(tx, actor, 'case', caseId, 'draft', { detail: { decision: id } });
  return id;
}

/** The competence row that gives this agency the power on that day (S4), or null. */
async function competenceOf(tx: Tx, agencyId: string, category: string, on: string): Promise<string | null> {
  const row = await tx.selectFrom('competence').select('id').where('agency_id', '=', agencyId).where('category', '=', category as never)
    .where('role', 'in', ['coordinate', 'lead']).where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', on)])).orderBy('role').executeTakeFirst();
  return row?.id ?? null;
}

/** What the drafter may change; everything else of a decision is fixed. */
export interface DraftInput {
  readonly legalBasis: string | null;
  readonly aim: AimCode | null;
  readonly facts: string;
  readonly sideEffects: string;
  readonly endsOn: string | null;
  readonly title: string;
  readonly summary: string;
  readonly advice: string;
  readonly elements: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly evidence: readonly string[];
  readonly locators: readonly { readonly indicatorId: string; readonly granularity: Granularity }[];
}

/** Saves a draft as it is, complete or not; only its drafter, only while it is a draft or returned. The competence is that of today. */
export async function saveDraft(tx: Tx, actor: OfficerActor, decisionId: string, input: DraftInput): Promise<void> {
  const draft = await lockDraft(tx, actor, decisionId);
  await tx.updateTable('decision').set({
    competence_id: await competenceOf(tx, actor.agencyId, draft.category, localDate(tx.now)),
    legal_basis: input.legalBasis, aim: input.aim, facts: normalise(input.facts), side_effects: normalise(input.sideEffects), ends_on: input.endsOn,
    title: normalise(input.title), public_summary: normalise(input.summary), advice: normalise(input.advice),
  }).where('id', '=', decisionId).execute();
  await replaceReasons(tx, decisionId, input);
  await tx.deleteFrom('decision_evidence').where('decision_id', '=', decisionId).execute();
  const evidence = input.evidence.length === 0 ? [] : await tx.selectFrom('evidence').select('id').where('case_id', '=', draft.case_id).where('id', 'in', [...input.evidence]).execute();
  if (evidence.length > 0) await tx.insertInto('decision_evidence').values(evidence.map(({ id }) => ({ decision_id: decisionId, evidence_id: id }))).execute();
  await replaceLocators(tx, decisionId, draft.case_id, input);
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: decisionId, action: 'save' }]);
}

async function lockDraft(tx: Tx, actor: OfficerActor, decisionId: string) {
  const draft = await tx.selectFrom('decision').select(['id', 'case_id', 'state', 'drafter_id', 'category']).where('id', '=', decisionId).forUpdate().executeTakeFirst();
  if (!draft) throw new NotFound('decision');
  if (draft.drafter_id !== actor.officerId) throw new Forbidden('only the drafter changes a draft', { reason: 'not_drafter' });
  if (draft.state !== 'draft' && draft.state !== 'returned') throw new Conflict('not a draft', { state: draft.state });
  return draft;
}

async function replaceReasons(tx: Tx, decisionId: string, input: DraftInput): Promise<void> {
  const filled = (reasons: Readonly<Record<string, string>>) => Object.entries(reasons).map(([code, why]) => [code, normalise(why)] as const).filter(([, why]) => why.length >= 3);
  await tx.deleteFrom('decision_element').where('decision_id', '=', decisionId).execute();
  const elements = filled(input.elements);
  if (elements.length > 0) await tx.insertInto('decision_element').values(elements.map(([element, why]) => ({ decision_id: decisionId, element, why }))).execute();
  await tx.deleteFrom('decision_option').where('decision_id', '=', decisionId).execute();
  const options = filled(input.options);
  if (options.length > 0) await tx.insertInto('decision_option').values(options.map(([option, why_not]) => ({ decision_id: decisionId, option, why_not }))).execute();
}

async function replaceLocators(tx: Tx, decisionId: string, caseId: string, input: DraftInput): Promise<void> {
  await tx.deleteFrom('decision_locator').where('decision_id', '=', decisionId).execute();
  if (input.locators.length === 0) return;
  const own = await tx.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id')
    .select(['indicator.id', 'kind']).distinct().where('report.case_id', '=', caseId).where('kind', 'in', ['url', 'domain']).execute();
  const kinds = new Map(own.map(({ id, kind }) => [id, kind]));
  const rows = input.locators.filter(({ indicatorId, granularity }) => kinds.get(indicatorId) === (granularity === 'url' ? 'url' : 'domain'))
    .map(({ indicatorId, granularity }) => ({ decision_id: decisionId, indicator_id: indicatorId, granularity }));
  if (rows.length > 0) await tx.insertInto('decision_locator').values(rows).execute();
}

/** Sends a complete draft to the second officer. @throws Invalid with details.missing when something is not answered */
export async function submitDraft(tx: Tx, actor: OfficerActor, decisionId: string): Promise<void> {
  await lockDraft(tx, actor, decisionId);
  refuseIncomplete(missingIn(await draftFacts(tx, decisionId), localDate(tx.now)));
  await changeState(tx, actor, 'decision', decisionId, 'submit');
}

function refuseIncomplete(missing: readonly Missing[]): void {
  if (missing.length > 0) throw new Invalid('the draft is not complete', { missing });
}

/** The second officer sends the draft back with reasons. */
export async function returnDraft(tx: Tx, actor: OfficerActor, decisionId: string, reason: string): Promise<void> {
  await requireSecondPerson(tx, actor, decisionId);
  await changeState(tx, actor, 'decision', decisionId, 'return', { reason });
}

/** The drafter gives a draft up, with a reason; the case goes back to verifying. */
export async function dropDraft(tx: Tx, actor: OfficerActor, decisionId: string, reason: string): Promise<void> {
  const draft = await lockDraft(tx, actor, decisionId);
  await changeState(tx, actor, 'decision', decisionId, 'drop', { reason });
  await changeState(tx, actor, 'case', draft.case_id, 'withdraw_draft', { reason });
}

/** S7: never the drafter, never a gate officer of the case. */
async function requireSecondPerson(tx: Tx, actor: OfficerActor, decisionId: string) {
  const decision = await tx.selectFrom('decision').select(['id', 'case_id', 'drafter_id', 'measure', 'category', 'state']).where('id', '=', decisionId).forUpdate().executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  const gate = await tx.selectFrom('gate_check').innerJoin('report', 'report.id', 'report_id').select('officer_id').where('report.case_id', '=', decision.case_id).execute();
  const bar = secondPersonBar(actor.officerId, decision.drafter_id, gate.map((row) => row.officer_id));
  if (bar) throw new Forbidden('not the second person', { reason: bar });
  if (decision.state !== 'second_review') throw new Conflict('not in review', { state: decision.state });
  return decision;
}

/**
 * The second officer's own gate and approval (S2, S7): seven answers again, independently. A "yes" stops the decision;
 * otherwise it is in force today and its effect starts, all in this transaction.
 */
export async function decideSecond(
  tx: Tx, actor: OfficerActor, decisionId: string, answers: GateAnswers, elements: readonly string[], effects: Effects,
): Promise<GateOutcome> {
  const decision = await requireSecondPerson(tx, actor, decisionId);
  const outcome = gateOutcome(decision.category, answers, elements);
  if (!outcome.passed && outcome.why === 'elements_missing') throw new Invalid('positive elements missing', { fields: { elements: 'missing' }, missing: outcome.missing });
  await tx.insertInto('gate_check').values({
    stage: 'second', report_id: null, decision_id: decisionId, category: decision.category, officer_id: actor.officerId, agency_id: actor.agencyId,
    ...answers, elements: [...elements], passed: outcome.passed, at: tx.now,
  }).execute();
  if (!outcome.passed) {
    await changeState(tx, actor, 'decision', decisionId, 'stop', { reason: outcome.stopCode });
    await changeState(tx, actor, 'case', decision.case_id, 'withdraw_draft', { reason: outcome.stopCode });
    return outcome;
  }
  const today = localDate(tx.now);
  refuseIncomplete(missingIn(await draftFacts(tx, decisionId), today));
  await changeState(tx, actor, 'decision', decisionId, 'approve', { set: { second_officer_id: actor.officerId, act_date: today, decided_at: tx.now } });
  await changeState(tx, actor, 'case', decision.case_id, 'act', { detail: { decision: decisionId } });
  await effects[decision.measure]?.start(tx, actor, decisionId);
  return outcome;
}

/** Withdraws a decision in force, with reasons; its effect ends at once. */
export async function withdrawDecision(tx: Tx, actor: OfficerActor, decisionId: string, reason: string, effects: Effects): Promise<void> {
  const decision = await tx.selectFrom('decision').select(['measure']).where('id', '=', decisionId).executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  await changeState(tx, actor, 'decision', decisionId, 'withdraw', { reason });
  await effects[decision.measure]?.end(tx, actor, decisionId);
}

/**
 * Ends every decision whose last day has passed (S10); safe to run twice.
 * @returns how many ended
 */
export async function expireDecisions(tx: Tx, effects: Effects): Promise<number> {
  const actor = system('expire-decisions');
  const due = await tx.selectFrom('decision').select(['id', 'measure']).where('state', '=', 'in_force').where('ends_on', '<', localDate(tx.now)).forUpdate().skipLocked().execute();
  for (const { id, measure } of due) {
    await changeState(tx, actor, 'decision', id, 'expire');
    await effects[measure]?.end(tx, actor, id);
  }
  return due.length;
}
