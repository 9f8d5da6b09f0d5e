import { sql, type RawBuilder } from 'kysely';
import type { CompetenceRole } from '#catalogue/agencies-cao-bang.ts';
import { collator, searchKey } from '#core/vietnamese.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { AgencyLevel } from '#platform/schema.ts';
import { isoDay } from '#web/format.ts';
import type {
  AgencyDetail, AgencyLink, AgencyListRow, AgencyNames, CommuneRow, CompetenceQuestion, Letterhead, CompetenceRow, FocalOfficer, Place,
  Responsible,
} from './types.ts';
import { LEVELS } from './words.ts';

/** Parts in the order of an answer. */
const ROLES: readonly CompetenceRole[] = ['lead', 'coordinate', 'support'];

/**
 * Who answers for a harm in a place on a day, in one query: who leads, who coordinates, who supports; within each the
 * commune before the province, agencies of their own right before heirs of an ended one, authorities before companies.
 * Names are those of the day. Where an agency had ended by then, its successors stand in its place (for a commune only
 * that commune's). Each agency appears once, with its strongest part. Empty when nobody was responsible yet.
 */
export async function responsible(tx: Tx, question: CompetenceQuestion): Promise<Responsible[]> {
  return answer(tx, question, ROLES);
}

/** The id of the agency that leads ({@link responsible}), or null. */
export async function leadAgency(tx: Tx, question: CompetenceQuestion): Promise<string | null> {
  return (await answer(tx, question, ['lead']))[0]?.agencyId ?? null;
}

/** The id of the agency that receives and coordinates for the province (REGULATION, one lead), or null. */
export async function coordinatingAgency(tx: Tx, question: CompetenceQuestion): Promise<string | null> {
  return (await answer(tx, question, ['coordinate']))[0]?.agencyId ?? null;
}

interface AnswerRow extends Omit<Responsible, 'formerly'> {
  readonly originId: string;
  readonly hops: number;
  readonly formerName: string;
  readonly formerShortName: string;
  readonly formerNameEn: string;
  readonly formerTo: string;
}

/** Longest chain of successions followed; reorganisations come years apart, and a ring must end. */
const MOST_SUCCESSIONS = 8;

async function answer(tx: Tx, question: CompetenceQuestion, roles: readonly CompetenceRole[]): Promise<Responsible[]> {
  const { category, communeCode, provinceCode, on } = question;
  const { rows } = await sql<AnswerRow>`
    with recursive held as (
      select c.id, c.agency_id as origin, c.agency_id as holder, 0 as hops
      from competence c join agency a on a.id = c.agency_id
      where c.category = ${category} and c.role = any (${roles}::text[])
        and (c.commune_code = ${communeCode} or (c.commune_code is null and c.province_code = ${provinceCode}))
        and ${holds('c', on)} and a.valid_from <= ${on}
      union all
      select held.id, held.origin, heir.id, held.hops + 1
      from held join agency ended on ended.id = held.holder and ended.valid_to < ${on}
        join agency_successor s on s.from_agency = ended.id join agency heir on heir.id = s.to_agency
      where held.hops < ${MOST_SUCCESSIONS} and (heir.commune_code is null or heir.commune_code = ${communeCode})
    ), once as (
      select distinct on (held.holder) held.*, a.key, a.level, c.role, array_position(${ROLES}::text[], c.role) as rank,
        bool_or(c.role = 'coordinate') over (partition by held.holder) as coordinates,
        c.province_code, c.commune_code, c.law, c.why_vi, c.why_en, c.valid_from, c.valid_to
      from held join competence c on c.id = held.id join agency a on a.id = held.holder
      where ${holds('a', on)}
      order by held.holder, rank, c.commune_code is null, held.hops, c.valid_from, c.id
    )
    select once.id as "competenceId", once.holder as "agencyId", n.name, n.short_name as "shortName", n.name_en as "nameEn",
      once.level, once.role, once.coordinates,
      case when once.commune_code is null then 'province' else 'commune' end as scope,
      coalesce(commune.full_name, province.full_name) as territory,
      coalesce(commune.full_name_en, province.name_en) as "territoryEn",
      once.law, once.why_vi as "whyVi", once.why_en as "whyEn",
      once.valid_from as "from", once.valid_to as "to", once.origin as "originId", once.hops,
      f.name as "formerName", f.short_name as "formerShortName", f.name_en as "formerNameEn", former.valid_to as "formerTo"
    from once join lateral ${nameOn('once.holder', on)} n on true
      join agency former on former.id = once.origin join lateral ${nameOn('once.origin', on)} f on true
      left join commune on commune.code = once.commune_code left join province on province.code = once.province_code
    order by once.rank, once.commune_code is null, once.hops, once.level in ('company', 'bank'), once.key`.execute(tx);
  return rows.map(toResponsible);
}

function toResponsible(answered: AnswerRow): Responsible {
  const { originId, hops, formerName, formerShortName, formerNameEn, formerTo, ...row } = answered;
  const formerNames = { name: formerName, shortName: formerShortName, nameEn: formerNameEn };
  const formerly = { agencyId: originId, ...formerNames, endedOn: formerTo };
  return { ...row, formerly: hops > 0 ? formerly : null };
}

/** Condition: the row of this alias holds on the day. */
function holds(alias: string, on: string): RawBuilder<boolean> {
  const [from, to] = [sql.ref(`${alias}.valid_from`), sql.ref(`${alias}.valid_to`)];
  return sql`${from} <= ${on}::date and (${to} is null or ${to} >= ${on}::date)`;
}

/** Subquery: an agency's name on a day; for a day outside its life the nearest, so that an old paper always has one. */
function nameOn(agency: string, on: string): RawBuilder<unknown> {
  return sql`(select name, short_name, name_en from agency_name where agency_id = ${sql.ref(agency)}
    order by valid_from <= ${on}::date desc, abs(valid_from - ${on}::date) limit 1)`;
}

/**
 * Communes of a province by name (whole, then beginning, then beginning of a later word) or by the former district they
 * lay in, with or without diacritics, in either Unicode form; text after a comma is left out. Empty text finds nothing.
 */
export async function findPlaces(tx: Tx, text: string, provinceCode: string, limit = 10): Promise<Place[]> {
  const wanted = (searchKey(text).split(',')[0] ?? '').trim();
  if (wanted === '') return [];
  const { rows } = await sql<Place>`
    with found as (
      select code, null as alias, case
        when left(search, length(full_name)) = ${wanted} or right(search, length(name)) = ${wanted} then 0
        when starts_with(search, ${wanted}) or starts_with(right(search, length(name)), ${wanted}) then 1
        else 4 end as rank
      from commune where province_code = ${provinceCode} and position(' ' || ${wanted} in ' ' || search) > 0
      union all
      select commune_code, alias, case when search = ${wanted} then 2 else 3 end
      from area_alias where starts_with(search, ${wanted})
    ), best as (select distinct on (code) * from found order by code, rank)
    select c.code, c.province_code as "provinceCode", c.name, c.full_name as "fullName", c.full_name_en as "fullNameEn",
      best.alias as "formerDistrict"
    from best join commune c on c.code = best.code and c.province_code = ${provinceCode}
    order by best.rank, best.alias, c.code limit ${limit}`.execute(tx);
  return rows;
}

const COMMUNE_COLUMNS = [
  'code', 'province_code as provinceCode', 'name', 'full_name as fullName', 'full_name_en as fullNameEn', 'search',
] as const;

/** The communes of a province in Vietnamese alphabetical order of their names. */
export async function communesOfProvince(tx: Tx, provinceCode: string): Promise<CommuneRow[]> {
  const rows = await tx.selectFrom('commune').select(COMMUNE_COLUMNS)
    .where('province_code', '=', provinceCode).execute();
  return rows.sort((a, b) => collator.compare(a.name, b.name));
}

/** The commune with this five-digit code, or null. */
export async function communeByCode(tx: Tx, code: string): Promise<CommuneRow | null> {
  return await tx.selectFrom('commune').select(COMMUNE_COLUMNS).where('code', '=', code).executeTakeFirst() ?? null;
}

/** What an agency was called on a day (outside its life the nearest name), or null when there is no such agency. */
export async function agencyName(tx: Tx, id: string, on: string): Promise<AgencyNames | null> {
  return (await agencyNames(tx, [id], on)).get(id) ?? null;
}

/** As {@link agencyName} for several, by id, in one query. */
export async function agencyNames(
  tx: Tx, ids: readonly string[], on: string,
): Promise<ReadonlyMap<string, AgencyNames>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<AgencyNames & { id: string }>`
    select a.id, n.name, n.short_name as "shortName", n.name_en as "nameEn"
    from agency a join lateral ${nameOn('a.id', on)} n on true where a.id = any (${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

/** The head of an agency's letters with the names of a day. */
export async function letterhead({ config }: Pick<Desk, 'config'>, tx: Tx, agencyId: string, on: string): Promise<Letterhead> {
  const { parent_id: parentId } = await tx.selectFrom('agency').select('parent_id').where('id', '=', agencyId).executeTakeFirstOrThrow();
  const names = await agencyNames(tx, [agencyId, ...(parentId ? [parentId] : [])], on);
  const [own, parent] = [names.get(agencyId), parentId === null ? undefined : names.get(parentId)];
  const province = await tx.selectFrom('province').select(['name', 'name_en']).where('code', '=', config.PROVINCE).executeTakeFirst();
  return {
    name: own?.name ?? '', nameEn: own?.nameEn ?? '', shortName: own?.shortName ?? '', parent: parent?.name ?? null, parentEn: parent?.nameEn ?? null,
    place: province?.name ?? '', placeEn: province?.name_en ?? '',
  };
}

/** The agencies that hold an agency's open duties on a day: itself while it acts, else its successors that act then. */
export async function successorsOn(tx: Tx, id: string, on: string): Promise<(AgencyNames & { readonly id: string })[]> {
  const { rows } = await sql<AgencyNames & { id: string }>`
    with recursive chain as (
      select ${id}::uuid as id, 0 as hops
      union
      select s.to_agency, hops + 1 from chain join agency ended on ended.id = chain.id and ended.valid_to < ${on}
        join agency_successor s on s.from_agency = ended.id
      where hops < ${MOST_SUCCESSIONS})
    select distinct a.id, a.key, n.name, n.short_name as "shortName", n.name_en as "nameEn"
    from chain join agency a on a.id = chain.id and ${holds('a', on)} join lateral ${nameOn('a.id', on)} n on true
    order by a.key`.execute(tx);
  return rows.map(({ id: heir, name, shortName, nameEn }) => ({ id: heir, name, shortName, nameEn }));
}

/**
 * The agencies that acted on a day, under the names of that day, by level and name. A search looks through every name
 * an agency ever had, without diacritics, and then also gives agencies that had ended by that day.
 */
export async function listAgencies(
  tx: Tx, { on, search = '', level }: { on: string; search?: string; level?: AgencyLevel },
): Promise<AgencyListRow[]> {
  const { rows } = await sql<AgencyListRow & { everyName: string }>`
    select a.id, a.key, a.level, n.name, n.short_name as "shortName", n.name_en as "nameEn",
      p.short_name as parent, p.name_en as "parentEn",
      a.valid_from as "from", a.valid_to as "to", ${holds('a', on)} as acting,
      (select string_agg(concat_ws(' ', name, short_name, name_en), ' ') from agency_name where agency_id = a.id)
        as "everyName"
    from agency a join lateral ${nameOn('a.id', on)} n on true left join lateral ${nameOn('a.parent_id', on)} p on true
    where a.valid_from <= ${on} and (${level ?? null}::text is null or a.level = ${level ?? null})`.execute(tx);
  const words = searchKey(search).split(' ').filter(Boolean);
  return rows
    .filter(({ acting, everyName }) => (words.length === 0 ? acting : hasAll(searchKey(everyName), words)))
    .map(({ everyName: _, ...row }) => row)
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || collator.compare(a.name, b.name));
}

/** Does each word begin a word of the text? */
function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => ` ${text}`.includes(` ${word}`));
}

/** Everything the directory knows of one agency, or null. */
export async function agencyDetail(tx: Tx, id: string): Promise<AgencyDetail | null> {
  const today = isoDay(tx.now);
  const agency = await tx.selectFrom('agency')
    .select(['id', 'key', 'level', 'parent_id', 'valid_from as from', 'valid_to as to'])
    .where('id', '=', id).executeTakeFirst();
  if (!agency) return null;
  const { parent_id, ...facts } = agency;
  const names = await tx.selectFrom('agency_name')
    .select(['name', 'short_name as shortName', 'name_en as nameEn', 'valid_from as from', 'valid_to as to'])
    .where('agency_id', '=', id).orderBy('valid_from').execute();
  return {
    ...facts, names, current: names.findLast(({ from }) => from <= today) ?? names[0]!,
    ...await relatives(tx, id, parent_id, today),
    contacts: await tx.selectFrom('agency_contact').select(['kind', 'value']).where('agency_id', '=', id)
      .where(holds('agency_contact', today)).orderBy('kind').orderBy('value').execute(),
    competences: await competencesOf(tx, id),
    focal: await focalOfficers(tx, id, today),
  };
}

async function relatives(
  tx: Tx, id: string, parentId: string | null, today: string,
): Promise<Pick<AgencyDetail, 'parent' | 'successors' | 'predecessors'>> {
  const { rows } = await sql<AgencyLink & { kind: 'parent' | 'heir' | 'source' }>`
    select kind, agency as id, n.name, n.name_en as "nameEn" from (
      select 'parent' as kind, ${parentId}::uuid as agency
      union all select 'heir', to_agency from agency_successor where from_agency = ${id}
      union all select 'source', from_agency from agency_successor where to_agency = ${id}) as link
      join lateral ${nameOn('agency', today)} n on true`.execute(tx);
  const of = (wanted: string): AgencyLink[] => rows.filter((row) => row.kind === wanted)
    .map(({ kind: _, ...link }) => link).sort((a, b) => collator.compare(a.name, b.name));
  return { parent: of('parent')[0] ?? null, successors: of('heir'), predecessors: of('source') };
}

async function competencesOf(tx: Tx, id: string): Promise<CompetenceRow[]> {
  const { rows } = await sql<CompetenceRow>`
    select c.category, c.role, coalesce(commune.full_name, province.full_name) as territory,
      coalesce(commune.full_name_en, province.name_en) as "territoryEn", c.law, c.why_vi as "whyVi", c.why_en as "whyEn",
      c.valid_from as "from", c.valid_to as "to"
    from competence c left join commune on commune.code = c.commune_code
      left join province on province.code = c.province_code
    where c.agency_id = ${id}
    order by c.valid_to desc nulls first, array_position(${ROLES}::text[], c.role), c.category, c.valid_from desc,
      c.commune_code`.execute(tx);
  return rows;
}

function focalOfficers(tx: Tx, id: string, today: string): Promise<FocalOfficer[]> {
  return tx.selectFrom('officer_role as r').innerJoin('officer as o', 'o.id', 'r.officer_id')
    .select(['o.full_name as name', 'o.email', 'r.deputy', 'r.valid_from as from'])
    .where('r.agency_id', '=', id).where('r.role', '=', 'focal').where('o.disabled_at', 'is', null)
    .where(holds('r', today))
    .orderBy('r.deputy').orderBy('o.full_name').execute();
}
