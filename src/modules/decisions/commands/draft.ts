import { sql } from 'kysely';
import type { AimCode } from '#catalogue/aims.ts';
import { measureFits, measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import type { Missing } from '#core/decision.ts';
import { locatorBar, reachOf, type Reach } from '#core/locators.ts';
import type { DecisionState } from '#core/transitions.ts';
import { normalise } from '#core/vietnamese.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { missingOn } from '../facts.ts';

/**
 * Begins a draft on a verified case; locators are the case's own traces of the kinds that the measure may name, the end date its
 * default. Several measures of one case may be drafted side by side.
 * @returns the id of the decision
 */
export async function startDraft(tx: Tx, actor: OfficerActor, caseId: string, measure: MeasureCode, territory: string): Promise<string> {
  const id = await insertDraft(tx, actor, caseId, measure, territory, null);
  const traces = await tracesOf(tx, caseId);
  const locators = traces.filter(({ kind, value, specific }) => specific && locatorBar(measure, kind, value) === null);
  if (locators.length > 0) await tx.insertInto('decision_locator').values(locators.map(({ id: indicator, kind, value }) => (
    { decision_id: id, indicator_id: indicator, granularity: reachOf(kind, value) }))).execute();
  return id;
}

/**
 * Begins a new decision in place of one that was in force: its reasons, addresses and recipients, but none of its evidence, since
 * renewing needs fresh evidence (S6; the database asks for a piece newer than the decision renewed).
 * @returns the id of the new draft
 */
export async function renewDecision(tx: Tx, actor: OfficerActor, decisionId: string): Promise<string> {
  const old = await tx.selectFrom('decision').selectAll().where('id', '=', decisionId).executeTakeFirst();
  if (!old) throw new NotFound('decision');
  if ((old.state !== 'in_force' && old.state !== 'expired') || !old.decided_at) throw new Conflict('was not in force', { state: old.state });
  const id = await insertDraft(tx, actor, old.case_id, old.measure, old.territory ?? '', decisionId);
  await tx.updateTable('decision').set({
    legal_basis: old.legal_basis, aim: old.aim, facts: old.facts, side_effects: old.side_effects, title: old.title, public_summary: old.public_summary,
    advice: old.advice, detail: JSON.stringify(old.detail) as never,
  }).where('id', '=', id).execute();
  await copyParts(tx, decisionId, id);
  return id;
}

async function copyParts(tx: Tx, from: string, to: string): Promise<void> {
  const elements = await tx.selectFrom('decision_element').select(['element', 'why']).where('decision_id', '=', from).execute();
  const options = await tx.selectFrom('decision_option').select(['option', 'why_not']).where('decision_id', '=', from).execute();
  const locators = await tx.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', from).execute();
  const recipients = await tx.selectFrom('decision_recipient').innerJoin('recipient', 'recipient.id', 'recipient_id').select('recipient_id').where('decision_id', '=', from)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', localDate(tx.now))])).execute();
  if (elements.length > 0) await tx.insertInto('decision_element').values(elements.map((row) => ({ ...row, decision_id: to }))).execute();
  if (options.length > 0) await tx.insertInto('decision_option').values(options.map((row) => ({ ...row, decision_id: to }))).execute();
  if (locators.length > 0) await tx.insertInto('decision_locator').values(locators.map((row) => ({ ...row, decision_id: to }))).execute();
  if (recipients.length > 0) await tx.insertInto('decision_recipient').values(recipients.map((row) => ({ ...row, decision_id: to }))).execute();
}

async function insertDraft(tx: Tx, actor: OfficerActor, caseId: string, measure: MeasureCode, territory: string, renews: string | null): Promise<string> {
  const found = await tx.selectFrom('case_file').select(['category', 'state', 'lead_agency_id']).where('id', '=', caseId).forUpdate().executeTakeFirst();
  if (!found || found.lead_agency_id !== actor.agencyId) throw new NotFound('case');
  if (!actor.roles.includes('case_officer')) throw new Forbidden('only a case officer drafts', { reason: 'role' });
  if (!measureOf(measure).available || !measureFits(measure, found.category)) throw new Invalid('measure does not fit', { fields: { measure: 'fit' } });
  if (!await tx.selectFrom('verification').select('id').where('case_id', '=', caseId).executeTakeFirst()) throw new Conflict('not verified', { reason: 'not_verified' });
  const today = localDate(tx.now);
  const { defaultDays } = measureOf(measure);
  const { id } = await tx.insertInto('decision').values({
    case_id: caseId, agency_id: actor.agencyId, measure, category: found.category, drafter_id: actor.officerId, second_officer_id: null, legal_basis: null,
    competence_id: await competenceOf(tx, actor.agencyId, found.category, today), aim: null, territory, starts_on: today,
    ends_on: defaultDays === null ? null : addDays(today, defaultDays), act_date: null, title: '', created_at: tx.now, decided_at: null, renews,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: id, action: 'start', to: 'draft', detail: { case: caseId, measure, ...(renews && { renews }) } }]);
  if (found.state !== 'deciding') await changeState(tx, actor, 'case', caseId, 'draft', { detail: { decision: id } });
  return id;
}

/** Traces named by reports of the case that passed the gate. */
function tracesOf(tx: Tx, caseId: string) {
  return tx.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id')
    .select(['indicator.id', 'kind', 'value', 'specific']).distinct().where('report.case_id', '=', caseId).where('report.state', 'in', ['attached', 'answered']).execute();
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
  /** For each element the pieces of evidence that show it; they become evidence of the decision. */
  readonly proofs: Readonly<Record<string, readonly string[]>>;
  readonly options: Readonly<Record<string, string>>;
  /** Further evidence, beside that of the elements. */
  readonly evidence: readonly string[];
  readonly locators: readonly { readonly indicatorId: string; readonly granularity: Reach }[];
  readonly recipients: readonly string[];
  /** What the measure itself asks for, by code of its field. */
  readonly detail: Readonly<Record<string, string>>;
}

/** Saves a draft as it is, complete or not; only its drafter, only while it is a draft or returned. The competence is that of today. */
export async function saveDraft(tx: Tx, actor: OfficerActor, decisionId: string, input: DraftInput): Promise<void> {
  const draft = await lockDraft(tx, actor, decisionId);
  const measure = measureOf(draft.measure);
  const detail = Object.fromEntries(measure.fields.map(({ code }) => [code, normalise(input.detail[code] ?? '')]));
  await tx.updateTable('decision').set({
    competence_id: await competenceOf(tx, actor.agencyId, draft.category, localDate(tx.now)),
    legal_basis: input.legalBasis, aim: input.aim, facts: normalise(input.facts), side_effects: normalise(input.sideEffects),
    ends_on: measure.maxDays === null ? null : input.endsOn, title: normalise(input.title), public_summary: normalise(input.summary), advice: normalise(input.advice),
    detail: JSON.stringify(detail) as never,
  }).where('id', '=', decisionId).execute();
  const evidence = await evidenceOf(tx, draft.case_id, [...input.evidence, ...Object.values(input.proofs).flat()]);
  await replaceReasons(tx, decisionId, input, evidence);
  await tx.deleteFrom('decision_evidence').where('decision_id', '=', decisionId).execute();
  if (evidence.size > 0) await tx.insertInto('decision_evidence').values([...evidence].map((id) => ({ decision_id: decisionId, evidence_id: id }))).execute();
  await replaceLocators(tx, decisionId, draft.case_id, draft.measure, input);
  await replaceRecipients(tx, decisionId, draft.measure, input);
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: decisionId, action: 'save' }]);
}

/** A draft that only its drafter may still change, locked. */
export async function lockDraft(tx: Tx, actor: OfficerActor, decisionId: string) {
  const draft = await tx.selectFrom('decision').select(['id', 'case_id', 'state', 'drafter_id', 'category', 'measure', 'interim_at']).where('id', '=', decisionId).forUpdate().executeTakeFirst();
  if (!draft) throw new NotFound('decision');
  if (draft.drafter_id !== actor.officerId) throw new Forbidden('only the drafter changes a draft', { reason: 'not_drafter' });
  if (draft.state !== 'draft' && draft.state !== 'returned') throw new Conflict('not a draft', { state: draft.state });
  return draft;
}

/** Those of the pieces named that belong to the case. */
async function evidenceOf(tx: Tx, caseId: string, named: readonly string[]): Promise<ReadonlySet<string>> {
  if (named.length === 0) return new Set();
  const rows = await tx.selectFrom('evidence').select('id').where('case_id', '=', caseId).where('id', 'in', [...new Set(named)]).execute();
  return new Set(rows.map(({ id }) => id));
}

const SHORTEST_REASON = 3;

async function replaceReasons(tx: Tx, decisionId: string, input: DraftInput, evidence: ReadonlySet<string>): Promise<void> {
  const filled = (reasons: Readonly<Record<string, string>>) => Object.entries(reasons).map(([code, why]) => [code, normalise(why)] as const).filter(([, why]) => why.length >= SHORTEST_REASON);
  await tx.deleteFrom('decision_element').where('decision_id', '=', decisionId).execute();
  const elements = filled(input.elements);
  if (elements.length > 0) await tx.insertInto('decision_element').values(elements.map(([element, why]) => (
    { decision_id: decisionId, element, why, evidence_ids: (input.proofs[element] ?? []).filter((id) => evidence.has(id)) }))).execute();
  await tx.deleteFrom('decision_option').where('decision_id', '=', decisionId).execute();
  const options = filled(input.options);
  if (options.length > 0) await tx.insertInto('decision_option').values(options.map(([option, why_not]) => ({ decision_id: decisionId, option, why_not }))).execute();
}

async function replaceLocators(tx: Tx, decisionId: string, caseId: string, measure: MeasureCode, input: DraftInput): Promise<void> {
  await tx.deleteFrom('decision_locator').where('decision_id', '=', decisionId).execute();
  if (input.locators.length === 0) return;
  const own = new Map((await tracesOf(tx, caseId)).map((trace) => [trace.id, trace]));
  const rows = input.locators.flatMap(({ indicatorId, granularity }) => {
    const trace = own.get(indicatorId);
    if (!trace || locatorBar(measure, trace.kind, trace.value) !== null) return [];
    const reach = reachOf(trace.kind, trace.value);
    // A registered name may be named whole; a host below it may not be widened to it.
    return reach === granularity ? [{ decision_id: decisionId, indicator_id: indicatorId, granularity }] : [];
  });
  if (rows.length > 0) await tx.insertInto('decision_locator').values(rows).execute();
}

async function replaceRecipients(tx: Tx, decisionId: string, measure: MeasureCode, input: DraftInput): Promise<void> {
  await tx.deleteFrom('decision_recipient').where('decision_id', '=', decisionId).execute();
  const kinds = measureOf(measure).recipients;
  if (input.recipients.length === 0 || kinds.length === 0) return;
  const today = localDate(tx.now);
  const known = await tx.selectFrom('recipient').select('id').where('id', 'in', [...new Set(input.recipients)]).where('kind', 'in', [...kinds]).where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)])).execute();
  if (known.length > 0) await tx.insertInto('decision_recipient').values(known.map(({ id }) => ({ decision_id: decisionId, recipient_id: id }))).execute();
}

/** Sends a complete draft to the second officer. @throws Invalid with details.missing when something is not answered */
export async function submitDraft(tx: Tx, actor: OfficerActor, decisionId: string): Promise<void> {
  await lockDraft(tx, actor, decisionId);
  refuseIncomplete(await missingOn(tx, decisionId, localDate(tx.now)));
  await changeState(tx, actor, 'decision', decisionId, 'submit');
}

/** @throws Invalid with details.missing when the list is not empty */
export function refuseIncomplete(missing: readonly Missing[]): void {
  if (missing.length > 0) throw new Invalid('the draft is not complete', { missing });
}

/** The drafter gives a draft up, with a reason; the case goes on as its other decisions have it. */
export async function dropDraft(tx: Tx, actor: OfficerActor, decisionId: string, reason: string): Promise<void> {
  const draft = await lockDraft(tx, actor, decisionId);
  await changeState(tx, actor, 'decision', decisionId, 'drop', { reason });
  await leaveDeciding(tx, actor, draft.case_id, reason);
}

/** A case whose draft came to nothing: still deciding while another draft is open, acting while a measure is in force, else verified again. */
export async function leaveDeciding(tx: Tx, actor: Actor, caseId: string, reason: string): Promise<void> {
  const { state } = await tx.selectFrom('case_file').select('state').where('id', '=', caseId).forUpdate().executeTakeFirstOrThrow();
  if (state !== 'deciding') return;
  const states = new Set((await tx.selectFrom('decision').select('state').distinct().where('case_id', '=', caseId).execute()).map((row) => row.state));
  if (['draft', 'returned', 'second_review', 'interim'].some((open) => states.has(open as DecisionState))) return;
  if (states.has('in_force')) await changeState(tx, actor, 'case', caseId, 'keep_acting');
  else await changeState(tx, actor, 'case', caseId, 'withdraw_draft', { reason });
}

/**
 * Gives up a draft that an agency left behind when it ended, for the agency that leads the case now; nobody there can approve it. What was
 * submitted is stopped by a reviewer or leader, a draft is dropped by a case officer; the database says who may.
 * @throws Invalid without a reason, NotFound when it is no such draft
 */
export async function dropInheritedDraft(tx: Tx, caseId: string, decisionId: string, reason: string): Promise<void> {
  const words = normalise(reason);
  if (words.length < 5 || words.length > 500) throw new Invalid('reason', { fields: { reason: 'length' } });
  const { rows } = await sql<{ id: string }>`select id from inherited_drafts(${caseId}::uuid) where id = ${decisionId}::uuid`.execute(tx);
  if (rows.length === 0) throw new NotFound('draft');
  await sql`select drop_inherited_draft(${decisionId}::uuid, ${words})`.execute(tx);
}
