import { sql } from 'kysely';
import { CATEGORIES, categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { ALIKE, resemblance } from '#core/similarity.ts';
import type { CaseState } from '#core/transitions.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { RegroupingKind } from '#platform/schema.ts';

/** One move, split, merge or undo, as its history tells it. */
export interface RegroupingView {
  readonly id: string;
  readonly kind: RegroupingKind;
  readonly at: Date;
  readonly officer: string;
  readonly reason: string;
  /** Number of the case the reports came from; null when they were in none, or in several. */
  readonly from: string | null;
  readonly to: string | null;
  readonly reports: number;
  readonly indicators: number;
  /** When it was taken back, by whom, and how many reports returned. */
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly back: number;
  /** Of an undo: when what it took back had been done. */
  readonly undoesAt: Date | null;
  /** Something still lies where it was put and may return. */
  readonly undoable: boolean;
}

/** Rows of history on one page. */
export const HISTORY_PAGE = 25;

const HISTORY = sql`select g.id, g.kind, g.at, o.full_name as officer, g.reason, f.number as "from", t.number as "to",
    (select count(*) from regrouped_report x where x.regrouping_id = g.id) as reports,
    (select count(*) from regrouped_indicator x where x.regrouping_id = g.id) as indicators,
    u.at as "undoneAt", uo.full_name as "undoneBy", (select count(*) from regrouped_report x where x.regrouping_id = u.id) as back, d.at as "undoesAt",
    g.kind <> 'undo' and u.id is null and exists (select 1 from regrouped_report x join report r on r.id = x.report_id
      where x.regrouping_id = g.id and r.case_id is not distinct from x.to_case and r.state not in ('stopped', 'erased')
        and (x.from_case is not null or r.state in ('received', 'acknowledged', 'need_info'))
        and not exists (select 1 from case_file e where e.id = x.from_case and e.state = 'closed' and e.merged_into is null)) as undoable
  from regrouping g join officer o on o.id = g.officer_id left join case_file f on f.id = g.from_case left join case_file t on t.id = g.to_case
    left join regrouping u on u.undoes = g.id left join officer uo on uo.id = u.officer_id left join regrouping d on d.id = g.undoes`;

/** What was moved, split, merged and taken back around a case, the newest first, and how often in all. Two statements. */
export async function regroupingsOf(tx: Tx, caseId: string, limit: number, page = 1): Promise<{ rows: RegroupingView[]; total: number }> {
  const { rows } = await sql<RegroupingView>`${HISTORY} where g.from_case = ${caseId} or g.to_case = ${caseId}
    order by g.at desc, g.id desc limit ${limit} offset ${(page - 1) * limit}`.execute(tx);
  const { count } = await tx.selectFrom('regrouping').select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => eb.or([eb('from_case', '=', caseId), eb('to_case', '=', caseId)])).executeTakeFirstOrThrow();
  return { rows, total: count };
}

/** One regrouping, when it concerned this case or report; null for any other. */
export async function regroupingOf(tx: Tx, id: string, of: { readonly caseId: string } | { readonly reportId: string }): Promise<RegroupingView | null> {
  const concerns = 'caseId' in of ? sql`(g.from_case = ${of.caseId} or g.to_case = ${of.caseId})`
    : sql`exists (select 1 from regrouped_report x where x.regrouping_id = g.id and x.report_id = ${of.reportId})`;
  const { rows } = await sql<RegroupingView>`${HISTORY} where g.id = ${id}::uuid and ${concerns}`.execute(tx);
  return rows[0] ?? null;
}

/** Numbers of the cases that were merged into this one and still are. */
export async function mergedFrom(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.selectFrom('case_file').select('number').where('merged_into', '=', caseId).orderBy('id').limit(20).execute();
  return rows.map(({ number }) => number);
}

// ── Before a regrouping ─────────────────────────────────────────────────────────────────────────────────────────────

/** A report that was chosen to go elsewhere. */
export interface ChosenReport {
  readonly id: string;
  readonly code: string;
  readonly category: CategoryCode;
  readonly words: string;
}

/** Reports of a case (or of none) by their codes; those that are not in it, or were stopped, are left out. */
export function chosenReports(tx: Tx, caseId: string | null, codes: readonly string[]): Promise<ChosenReport[]> {
  if (codes.length === 0) return Promise.resolve([]);
  return tx.selectFrom('report as r').select(['r.id', 'r.code', 'r.category', sql<string>`left(r.narrative, 160)`.as('words')])
    .where('r.code', 'in', [...codes]).where('r.case_id', caseId === null ? 'is' : '=', caseId).where('r.state', 'not in', ['stopped', 'erased']).orderBy('r.id').execute();
}

/** A case reports can be moved to. */
export interface TargetCase {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  readonly reports: number;
}

/** Cases offered while typing. */
const MOST_TARGETS = 60;
const LINKING = CATEGORIES.filter(({ linksCases }) => linksCases).map(({ code }) => code);

/** Open cases of the own agency that may be linked at all: those of the officer first, then the newest. By case_worklist. */
export function targetCases(tx: Tx, actor: OfficerActor, but: string | null): Promise<TargetCase[]> {
  let query = tx.selectFrom('case_file as c')
    .select(['c.id', 'c.number', 'c.title', 'c.category', 'c.state', 'c.report_count as reports'])
    .where('c.lead_agency_id', '=', actor.agencyId).where('c.state', 'in', ['open', 'verifying', 'consulting', 'deciding', 'acting']).where('c.category', 'in', LINKING);
  if (but) query = query.where('c.id', '<>', but);
  return query.orderBy(sql`c.officer_id is distinct from ${actor.officerId}`).orderBy('c.opened_at', 'desc').orderBy('c.id').limit(MOST_TARGETS).execute();
}

/** A case by its number as a target; null when the officer's agency does not see it. */
export async function targetCase(tx: Tx, number: string): Promise<(TargetCase & { readonly leadAgencyId: string }) | null> {
  const row = await tx.selectFrom('case_file').select(['id', 'number', 'title', 'category', 'state', 'report_count as reports', 'lead_agency_id as leadAgencyId'])
    .where('number', '=', number).executeTakeFirst();
  return row ?? null;
}

/** What a regrouping would take along and leave behind. */
export interface Weight {
  readonly reports: number;
  /** Indicators that no report staying behind carries. */
  readonly indicators: number;
  /** Reports that stay in the case; 0 when there is no case to leave. */
  readonly stay: number;
}

/** What would go along with these reports of a case (all of them when `ids` is null). */
export async function weighRegrouping(tx: Tx, caseId: string, ids: readonly string[] | null): Promise<Weight> {
  const goes = ids === null ? sql`true` : sql`r.id = any (${[...ids]}::uuid[])`;
  const { rows } = await sql<Weight>`
    select count(*) filter (where ${goes}) as reports, count(*) filter (where not (${goes})) as stay,
      (select count(*) from (select i.id from report r join report_indicator ri on ri.report_id = r.id and ri.grouping_key join indicator i on i.id = ri.indicator_id
        where r.case_id = ${caseId} and i.case_id = ${caseId} group by i.id having bool_and(${goes})
          and not exists (select 1 from report_indicator o join report s on s.id = o.report_id where o.indicator_id = i.id and not o.grouping_key and s.case_id = ${caseId}
            and not (${ids === null ? sql`true` : sql`s.id = any (${[...ids]}::uuid[])`}))) carried) as indicators
    from report r where r.case_id = ${caseId}`.execute(tx);
  return rows[0]!;
}

// ── Stories that are alike ──────────────────────────────────────────────────────────────────────────────────────────

/** A report or case whose story is like one's own; only a suggestion. */
export interface Likeness {
  readonly ownCode: string;
  readonly ownWords: string;
  readonly code: string;
  readonly words: string;
  readonly case: TargetCase | null;
  /** Share of common four-letter sets, 0.5 to 1 (core/similarity.ts). */
  readonly score: number;
}

const MOST_COMPARED = 20;
const MOST_LIKE = 3;
/** Reports of a case that speak for it. */
const SPEAKERS = 2;

interface LikeRow {
  readonly ownCode: string;
  readonly ownWords: string;
  readonly code: string;
  readonly words: string;
  readonly fold: string;
  readonly id: string | null;
  readonly number: string | null;
  readonly title: string | null;
  readonly category: CategoryCode | null;
  readonly state: CaseState | null;
  readonly reports: number | null;
}

/**
 * Cases and lone reports whose story is like that of a report, or of the newest reports of a case; the most alike first, each
 * case once, copies of the very same words (shown at the gate) left out. Nothing for harms that are never linked (SCOPE, never built 3). One statement over report_sketch_bands.
 */
export async function alikeStories(tx: Tx, category: CategoryCode, of: { readonly caseId: string } | { readonly reportId: string }): Promise<Likeness[]> {
  if (!categoryOf(category).linksCases) return [];
  const own = 'caseId' in of ? sql`r.case_id = ${of.caseId}` : sql`r.id = ${of.reportId}`;
  const { rows } = await sql<LikeRow>`
    with own as materialized (select r.id, r.code, r.narrative, coalesce(r.fold, r.id) as fold from report r join report_sketch s on s.report_id = r.id
      where ${own} and r.state not in ('stopped', 'erased') order by r.id desc limit ${SPEAKERS})
    select own.code as "ownCode", own.narrative as "ownWords", r.code, r.narrative as words, coalesce(r.fold, r.id)::text as fold,
      c.id, c.number, c.title, c.category, c.state, c.report_count as reports
    from own cross join lateral like_reports(own.id, ${ALIKE.bands}, ${MOST_COMPARED}) l join report r on r.id = l.report_id left join case_file c on c.id = r.case_id
    where r.case_id is not null or coalesce(r.fold, r.id) <> own.fold`.execute(tx);
  const best = new Map<string, Likeness>();
  for (const row of rows) {
    const score = resemblance(row.ownWords, row.words);
    const key = row.id ?? row.fold;
    if (score < ALIKE.resemblance || score <= (best.get(key)?.score ?? 0)) continue;
    best.set(key, { ownCode: row.ownCode, ownWords: row.ownWords, code: row.code, words: row.words, score, case: caseOf(row) });
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, MOST_LIKE);
}

function caseOf({ id, number, title, category, state, reports }: LikeRow): TargetCase | null {
  return id && number && title && category && state ? { id, number, title, category, state, reports: reports ?? 0 } : null;
}

// ── Floods ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A report with the very same words as another. */
export interface SameWords {
  readonly id: string;
  readonly code: string;
  readonly caseId: string | null;
  readonly receivedAt: Date;
}

/** Reports answered together at one gate, at most. */
export const MOST_AT_ONCE = 500;

/** Reports with the very same words that still wait at the gate, the oldest first, and how many there are in all. By report_fold. */
export async function sameWords(tx: Tx, reportId: string): Promise<{ rows: SameWords[]; total: number }> {
  const { rows } = await sql<SameWords & { total: number }>`
    select r.id, r.code, r.case_id as "caseId", r.received_at as "receivedAt", count(*) over () as total
    from report own join report r on r.text_hash = own.text_hash and r.category = own.category and r.handling_agency_id = own.handling_agency_id
    where own.id = ${reportId} and r.id <> own.id and coalesce(r.fold, r.id) = coalesce(own.fold, own.id) and r.state in ('received', 'acknowledged', 'need_info')
    order by r.id limit ${MOST_AT_ONCE}`.execute(tx);
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
