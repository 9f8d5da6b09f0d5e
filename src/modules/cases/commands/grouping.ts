import { sql } from 'kysely';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { RegroupingKind } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { openCase } from './gate.ts';

/** A report or an indicator on its way from one case to another; null = in no case. */
interface Relocation {
  readonly id: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Moves reports into another open case of the same agency, with the indicators that only they carried. A case that has
 * nothing left is merged into the new one. Each regrouping can be undone; nothing is copied or glued together.
 * @returns the id of the regrouping
 * @throws NotFound, Conflict (details.reason: closed, same_case, not_linking, other_agency, deciding), Invalid without a reason
 */
export async function moveReports(tx: Tx, actor: OfficerActor, reportIds: readonly string[], toCaseId: string, reason: string): Promise<string> {
  const reports = await lockReports(tx, actor, reportIds);
  if (reports.every((report) => report.from === toCaseId)) throw new Conflict('already there', { reason: 'same_case' });
  await requireOpen(tx, actor, toCaseId);
  await requireLinking(tx, reports.map((report) => report.category), toCaseId);
  const moves = reports.filter((report) => report.from !== toCaseId).map(({ id, from }) => ({ id, from, to: toCaseId }));
  return regroup(tx, actor, { kind: 'move', fromCase: soleOrigin(moves), toCase: toCaseId, reason, reports: moves });
}

/** Puts some reports of a case into a new case of their own. @returns the regrouping and the new case */
export async function splitCase(desk: Desk, tx: Tx, actor: OfficerActor, caseId: string, reportIds: readonly string[], reason: string): Promise<{ id: string; caseId: string; number: string }> {
  const reports = await lockReports(tx, actor, reportIds);
  if (reports.some((report) => report.from !== caseId)) throw new NotFound('report');
  const { report_count } = await requireOpen(tx, actor, caseId);
  if (reports.length >= report_count) throw new Conflict('nothing would stay', { reason: 'nothing_left' });
  const opened = await openCase(desk, tx, actor, { category: reports[0]!.category, handling_agency_id: actor.agencyId });
  const moves = reports.map(({ id, from }) => ({ id, from, to: opened.id }));
  const id = await regroup(tx, actor, { kind: 'split', fromCase: caseId, toCase: opened.id, reason, reports: moves });
  return { id, caseId: opened.id, number: opened.number };
}

/** Puts all reports and indicators of one case into another and closes the first; its evidence and notes stay where they are. */
export async function mergeCases(tx: Tx, actor: OfficerActor, fromCaseId: string, intoCaseId: string, reason: string): Promise<string> {
  if (fromCaseId === intoCaseId) throw new Conflict('the same case', { reason: 'same_case' });
  await lockCases(tx, [fromCaseId, intoCaseId]);
  const from = await requireOpen(tx, actor, fromCaseId);
  const into = await requireOpen(tx, actor, intoCaseId);
  if (!MERGEABLE.includes(from.state)) throw new Conflict('decisions are under way', { reason: 'deciding' });
  if (!categoryOf(from.category).linksCases || !categoryOf(into.category).linksCases) throw new Conflict('never linked', { reason: 'not_linking' });
  const reports = await tx.selectFrom('report').select('id').where('case_id', '=', fromCaseId).orderBy('id').forUpdate().execute();
  const moves = reports.map(({ id }) => ({ id, from: fromCaseId, to: intoCaseId }));
  return regroup(tx, actor, { kind: 'merge', fromCase: fromCaseId, toCase: intoCaseId, reason, reports: moves });
}

/**
 * Takes a regrouping back: whatever still lies where it was put returns to where it came from; what was moved on since stays.
 * @returns how many reports went back, and how many stayed
 */
export async function undoRegrouping(tx: Tx, actor: OfficerActor, regroupingId: string, reason: string): Promise<{ back: number; stayed: number }> {
  const done = await tx.selectFrom('regrouping').selectAll().where('id', '=', regroupingId).executeTakeFirst();
  if (!done || done.agency_id !== actor.agencyId) throw new NotFound('regrouping');
  if (done.kind === 'undo') throw new Conflict('an undo is not undone; move again', { reason: 'undone' });
  if (await tx.selectFrom('regrouping').select('id').where('undoes', '=', regroupingId).executeTakeFirst()) throw new Conflict('undone before', { reason: 'undone' });
  const rows = await tx.selectFrom('regrouped_report as g').innerJoin('report as r', 'r.id', 'g.report_id').select(['g.report_id', 'g.from_case', 'g.to_case', 'r.case_id', 'r.state'])
    .where('g.regrouping_id', '=', regroupingId).orderBy('g.report_id').forUpdate('r').execute();
  const back = rows.filter((row) => row.case_id === row.to_case && row.state !== 'stopped');
  if (back.some((row) => row.from_case === null && !UNGATED.includes(row.state))) throw new Conflict('a gated report belongs to a case', { reason: 'gated' });
  await lockCases(tx, back.flatMap((row) => [row.from_case, row.to_case]));
  for (const caseId of new Set(back.map((row) => row.from_case).filter((id) => id !== null))) await reopenForUndo(tx, actor, caseId);
  const indicators = await tx.selectFrom('regrouped_indicator as g').innerJoin('indicator as i', 'i.id', 'g.indicator_id').select(['g.indicator_id', 'g.from_case', 'g.to_case'])
    .where('g.regrouping_id', '=', regroupingId).whereRef('i.case_id', '=', 'g.to_case').execute();
  await regroup(tx, actor, {
    kind: 'undo', fromCase: done.to_case, toCase: done.from_case, reason, undoes: regroupingId,
    reports: back.map((row) => ({ id: row.report_id, from: row.to_case, to: row.from_case })),
    indicators: indicators.map((row) => ({ id: row.indicator_id, from: row.to_case, to: row.from_case })),
  });
  return { back: back.length, stayed: rows.length - back.length };
}

const UNGATED: readonly string[] = ['received', 'acknowledged', 'need_info'];
/** States in which a case can end by being merged (src/core/transitions.ts). */
const MERGEABLE: readonly string[] = ['open', 'verifying', 'consulting'];
const MOST_MOVED = 5000;

async function lockReports(tx: Tx, actor: OfficerActor, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0 || wanted.length > MOST_MOVED) throw new Invalid('choose reports', { fields: { reports: 'count' } });
  const rows = await tx.selectFrom('report').select(['id', 'case_id as from', 'category', 'state', 'handling_agency_id']).where('id', 'in', wanted).orderBy('id').forUpdate().execute();
  if (rows.length < wanted.length || rows.some((row) => row.handling_agency_id !== actor.agencyId || row.state === 'stopped')) throw new NotFound('report');
  await lockCases(tx, rows.map((row) => row.from));
  return rows;
}

/** In the order of ids, as every writer does, against deadlock. */
async function lockCases(tx: Tx, ids: readonly (string | null)[]): Promise<void> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length > 0) await tx.selectFrom('case_file').select('id').where('id', 'in', wanted).orderBy('id').forUpdate().execute();
}

async function requireOpen(tx: Tx, actor: OfficerActor, caseId: string) {
  const found = await tx.selectFrom('case_file').select(['id', 'state', 'category', 'lead_agency_id', 'report_count']).where('id', '=', caseId).forUpdate().executeTakeFirst();
  if (!found || found.lead_agency_id !== actor.agencyId) throw new NotFound('case');
  if (found.state === 'closed') throw new Conflict('the case is closed', { reason: 'closed' });
  return found;
}

/** Only harms whose traces may link are grouped at all (SCOPE, never built 3); the database refuses the same. */
async function requireLinking(tx: Tx, categories: readonly CategoryCode[], toCaseId: string): Promise<void> {
  const { category } = await tx.selectFrom('case_file').select('category').where('id', '=', toCaseId).executeTakeFirstOrThrow();
  if ([...categories, category].some((code) => !categoryOf(code).linksCases)) throw new Conflict('never linked', { reason: 'not_linking' });
}

function soleOrigin(moves: readonly Relocation[]): string | null {
  const origins = new Set(moves.map((move) => move.from));
  return origins.size === 1 ? [...origins][0]! : null;
}

interface Regrouping {
  readonly kind: RegroupingKind;
  readonly fromCase: string | null;
  readonly toCase: string | null;
  readonly reason: string;
  readonly undoes?: string;
  readonly reports: readonly Relocation[];
  /** Given when undoing; else those that only the moved reports carried. */
  readonly indicators?: readonly Relocation[];
}

/** The one writer of all four kinds (the officer's words stand in the regrouping; the journal, which is never erased, names it): rows, counts, indicators, journal, and what became of a case left empty. */
async function regroup(tx: Tx, actor: OfficerActor, { kind, fromCase, toCase, reason, undoes, reports, indicators }: Regrouping): Promise<string> {
  const words = normalise(reason);
  if (words.length < 3 || words.length > 500) throw new Invalid('reason', { fields: { reason: 'length' } });
  const id = uuidv7(tx.now);
  await tx.insertInto('regrouping').values({
    id, kind, agency_id: actor.agencyId, officer_id: actor.officerId, from_case: fromCase, to_case: toCase, reason: words, undoes: undoes ?? null, at: tx.now,
  }).execute();
  await relocateReports(tx, id, reports);
  await relocateIndicators(tx, id, indicators ?? await carriedAlong(tx, reports));
  await writeJournal(tx, actor, [
    ...reports.map((move) => ({ entity: 'report', entityId: move.id, action: 'regroup', detail: { from: move.from, to: move.to, regrouping: id, kind } })),
    ...[...new Set([fromCase, toCase, ...reports.flatMap((move) => [move.from, move.to])])].filter((caseId) => caseId !== null)
      .map((caseId) => ({ entity: 'case', entityId: caseId, action: 'regroup', detail: { regrouping: id, kind, from: fromCase, to: toCase, reports: reports.length } })),
  ]);
  const origins = new Set([...reports.map((move) => move.from), ...(kind === 'merge' ? [fromCase] : [])].filter((caseId) => caseId !== null));
  for (const origin of origins) await mergeWhenEmpty(tx, actor, origin, toCase, id);
  return id;
}

async function relocateReports(tx: Tx, regroupingId: string, moves: readonly Relocation[]): Promise<void> {
  if (moves.length === 0) return;
  const ids = moves.map((move) => move.id);
  await sql`update report set case_id = move.to_case from unnest(${ids}::uuid[], ${moves.map((move) => move.to)}::uuid[]) as move (id, to_case) where report.id = move.id`.execute(tx);
  await tx.insertInto('regrouped_report').values(moves.map((move) => ({ regrouping_id: regroupingId, report_id: move.id, from_case: move.from, to_case: move.to }))).execute();
  const change = new Map<string, number>();
  for (const { from, to } of moves) {
    if (from) change.set(from, (change.get(from) ?? 0) - 1);
    if (to) change.set(to, (change.get(to) ?? 0) + 1);
  }
  for (const [caseId, by] of [...change].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await tx.updateTable('case_file').set((eb) => ({ report_count: eb('report_count', '+', by) })).where('id', '=', caseId).execute();
  }
}

/** Indicators that group for a left case and that no report staying there carries: new reports with them follow the move. */
async function carriedAlong(tx: Tx, moves: readonly Relocation[]): Promise<Relocation[]> {
  const { rows } = await sql<Relocation>`select i.id, i.case_id as "from", min(move.to_case::text)::uuid as "to"
    from unnest(${moves.map((move) => move.id)}::uuid[], ${moves.map((move) => move.from)}::uuid[], ${moves.map((move) => move.to)}::uuid[]) as move (id, from_case, to_case)
      join report_indicator ri on ri.report_id = move.id and ri.grouping_key join indicator i on i.id = ri.indicator_id and i.case_id = move.from_case
    where not exists (select 1 from report_indicator o join report r on r.id = o.report_id where o.indicator_id = i.id and r.case_id = move.from_case)
    group by i.id, i.case_id`.execute(tx);
  return rows;
}

async function relocateIndicators(tx: Tx, regroupingId: string, moves: readonly Relocation[]): Promise<void> {
  if (moves.length === 0) return;
  await sql`update indicator set case_id = move.to_case from unnest(${moves.map((move) => move.id)}::uuid[], ${moves.map((move) => move.to)}::uuid[]) as move (id, to_case)
    where indicator.id = move.id`.execute(tx);
  await tx.insertInto('regrouped_indicator').values(moves.map((move) => ({ regrouping_id: regroupingId, indicator_id: move.id, from_case: move.from, to_case: move.to }))).execute();
}

/** A case whose last report left ends, pointing to where its reports are; one with decisions under way stays. */
async function mergeWhenEmpty(tx: Tx, actor: OfficerActor, caseId: string, into: string | null, regrouping: string): Promise<void> {
  const left = await tx.selectFrom('case_file').select(['report_count', 'state']).where('id', '=', caseId).executeTakeFirstOrThrow();
  if (left.report_count > 0 || !MERGEABLE.includes(left.state)) return;
  await changeState(tx, actor, 'case', caseId, 'merge', { reason: 'regrouped', set: { closed_at: tx.now, merged_into: into }, detail: { into, regrouping } });
}

/** A merged case comes back as it was: open, or being verified. @throws Conflict when it was closed for another reason */
async function reopenForUndo(tx: Tx, actor: OfficerActor, caseId: string): Promise<void> {
  const found = await tx.selectFrom('case_file').select(['state', 'merged_into']).where('id', '=', caseId).executeTakeFirstOrThrow();
  if (found.state !== 'closed') return;
  const last = await tx.selectFrom('journal').select(['action', 'from_state']).where('entity_id', '=', caseId).where('to_state', 'is not', null).orderBy('seq', 'desc').executeTakeFirst();
  if (last?.action !== 'merge') throw new Conflict('the case was closed meanwhile', { reason: 'closed' });
  await changeState(tx, actor, 'case', caseId, 'unmerge', { reason: 'undone', set: { closed_at: null, merged_into: null } });
  if (last.from_state === 'verifying' || last.from_state === 'consulting') await changeState(tx, actor, 'case', caseId, 'verify');
}
