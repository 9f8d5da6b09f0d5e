import { sql, type RawBuilder } from 'kysely';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { CompetenceRole } from '#catalogue/agencies-cao-bang.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { SOON_DAYS, type Basis } from '#core/law.ts';
import type { Tx } from '#platform/db.ts';
import type { Change, CompetenceLine, DocumentLine, ElementLine, EndingDecision, LawDocument, Standing } from './types.ts';

/** A basis from the tables `b` (legal_basis) and `d` (legal_document), with its own dates narrowed by its document's. */
const BASIS = sql`b.code, b.document, json_build_object('vi', d.name, 'en', d.name_en) as "documentName", b.article, b.clause, b.point, b.category,
  json_build_object('vi', b.what, 'en', b.what_en) as what, greatest(d.valid_from, b.valid_from) as "validFrom", least(d.valid_to, b.valid_to) as "validTo",
  b.checked_on as "checkedOn", b.checked_by as "checkedBy",
  (select coalesce(json_agg(json_build_object('code', e.code, 'label', json_build_object('vi', e.label_vi, 'en', e.label_en)) order by o.place), '[]')
    from unnest(b.elements) with ordinality o (code, place) join legal_element e on e.code = o.code) as elements`;
const IN_ORDER = sql`order by b.document, length(b.article), b.article, length(b.clause) nulls first, b.clause, b.point nulls first, b.category, b.valid_from nulls first`;

async function bases(tx: Tx, where: RawBuilder<unknown>): Promise<Basis[]> {
  return (await sql<Basis>`select ${BASIS} from legal_basis b join legal_document d on d.code = b.document where ${where} ${IN_ORDER}`.execute(tx)).rows;
}

/**
 * The bases that may be cited for a harm in an act of a day: in force then, never excluded (S3).
 * @param on YYYY-MM-DD, the date of the act
 */
export function basesInForce(tx: Tx, category: CategoryCode, on: string): Promise<Basis[]> {
  return bases(tx, sql`b.category = ${category} and basis_in_force(b.code, ${on}::date)`);
}

/** One basis by its code, in force or not; null when the catalogue never had it. */
export async function basisByCode(tx: Tx, code: string): Promise<Basis | null> {
  return (await bases(tx, sql`b.code = ${code}`))[0] ?? null;
}

/** The whole catalogue by document; the documents in force first, the newest before the older. */
export async function lawCatalogue(tx: Tx): Promise<DocumentLine[]> {
  const byDocument = Map.groupBy(await bases(tx, sql`true`), (basis) => basis.document);
  return (await documents(tx)).map((document) => ({ ...document, bases: byDocument.get(document.code) ?? [] }));
}

async function documents(tx: Tx): Promise<LawDocument[]> {
  const rows = await tx.selectFrom('legal_document').selectAll().orderBy('valid_to', (order) => order.desc().nullsFirst()).orderBy('valid_from', 'desc').orderBy('code').execute();
  return rows.map((row) => ({
    code: row.code, name: { vi: row.name, en: row.name_en || row.name }, source: row.source, validFrom: row.valid_from, validTo: row.valid_to, endsWhy: row.ends_why, origin: row.origin,
  }));
}

/** Every element a basis may name. */
export async function elementList(tx: Tx): Promise<ElementLine[]> {
  const rows = await tx.selectFrom('legal_element').select(['code', 'label_vi', 'label_en']).orderBy('label_vi').execute();
  return rows.map((row) => ({ code: row.code, label: { vi: row.label_vi, en: row.label_en } }));
}

function changes(tx: Tx) {
  return tx.selectFrom('legal_change as c').innerJoin('officer as p', 'p.id', 'c.proposed_by').leftJoin('officer as d', 'd.id', 'c.decided_by').select([
    'c.id', 'c.kind', 'c.target', 'c.content', 'c.before', 'c.reason', 'c.proposed_by as proposedBy', 'p.full_name as proposer', 'c.proposed_at as proposedAt',
    'd.full_name as decider', 'c.decided_at as decidedAt', 'c.outcome', 'c.decision_reason as decisionReason',
  ]);
}

/** Proposals that wait for a second person, the oldest first. */
export function openChanges(tx: Tx): Promise<Change[]> {
  return changes(tx).where('c.outcome', 'is', null).orderBy('c.proposed_at').execute();
}

/** Everything that was ever proposed for a document or basis, the newest first. */
export function historyOf(tx: Tx, target: string): Promise<Change[]> {
  return changes(tx).where('c.target', '=', target).orderBy('c.proposed_at', 'desc').limit(100).execute();
}

/** One proposal, or null. */
export async function changeById(tx: Tx, id: string): Promise<Change | null> {
  return await changes(tx).where('c.id', '=', id).executeTakeFirst() ?? null;
}

/** What the acting officer may do: roles held today, in an agency that coordinates (the database's own answer). */
export async function standing(tx: Tx): Promise<Standing> {
  const { rows } = await sql<Standing>`select keeps_law(array['legal']) as proposes, keeps_law(array['legal', 'leader']) as decides`.execute(tx);
  return rows[0]!;
}

/** How many drafts and decisions in force of all agencies cite a basis. */
export async function basisUse(tx: Tx, code: string): Promise<{ drafts: number; inForce: number }> {
  const { rows } = await sql<{ drafts: number; inForce: number }>`select drafts, in_force as "inForce" from basis_use(${code})`.execute(tx);
  return rows[0]!;
}

/** Decisions in force of the own agency whose law ends within {@link SOON_DAYS}, has ended, or ends before they do; at most 100. */
export async function endingDecisions(tx: Tx): Promise<EndingDecision[]> {
  const today = localDate(tx.now);
  const { rows } = await sql<Omit<EndingDecision, 'basis'> & { basis: string }>`select m.id, coalesce(nullif(m.title, ''), f.title) as title, f.number, m.ends_on as "endsOn", b.code as basis
    from decision m join case_file f on f.id = m.case_id join legal_basis b on b.code = m.legal_basis join legal_document d on d.code = b.document
    where m.state = 'in_force' and (m.ends_on is null or m.ends_on >= ${today}::date)
      and (least(d.valid_to, b.valid_to) <= ${addDays(today, SOON_DAYS)}::date or least(d.valid_to, b.valid_to) < m.ends_on)
    order by least(d.valid_to, b.valid_to), m.id limit 100`.execute(tx);
  const cited = new Map((await bases(tx, sql`b.code = any (${rows.map(({ basis }) => basis)})`)).map((basis) => [basis.code, basis]));
  return rows.map((row) => ({ ...row, basis: cited.get(row.basis)! }));
}

/** Which agencies have a part in a kind of harm today and by which law (S4). */
export async function competenceFor(tx: Tx, category: CategoryCode): Promise<CompetenceLine[]> {
  const today = localDate(tx.now);
  const { rows } = await sql<{ role: CompetenceRole; law: string; agencies: number; names: { vi: string; en: string }[] }>`
    select c.role, c.law, count(*)::int as agencies, (array_agg(json_build_object('vi', n.name, 'en', n.name_en) order by n.name))[1:3] as names
    from (select distinct agency_id, role, law from competence where category = ${category} and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)) c
      join agency_name n on n.agency_id = c.agency_id and n.valid_from <= ${today}::date and (n.valid_to is null or n.valid_to >= ${today}::date)
    group by c.role, c.law order by array_position(array['lead', 'coordinate', 'support'], c.role), c.law`.execute(tx);
  return rows;
}
