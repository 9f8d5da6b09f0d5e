import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import type { Basis } from '#core/law.ts';
import { collator } from '#core/vietnamese.ts';
import { agencyNames, responsible, successorsOn } from '#modules/directory/index.ts';
import { basisByCode } from '#modules/law/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';
import type {
  ActedCase, Bar, Brief, Candidate, HandOverRow, OfficerLoad, OwnActView, RoutingLists, Takeable, Thing, TransferView, WorkItem,
} from './types.ts';

/** Rows of one list. */
const MOST = 100;

// ── What is to be transferred, and to whom ──────────────────────────────────────────────────────────

/** The case that the acting agency leads, or its report that lies in no case, by number or code. @throws NotFound */
export async function thingToTransfer(tx: Tx, actor: OfficerActor, wanted: { readonly kind: 'case' | 'report'; readonly number: string }): Promise<Thing> {
  const { rows } = wanted.kind === 'case'
    ? await sql<Omit<Thing, 'kind' | 'commune'>>`select c.id, c.number, c.category, c.title, c.lead_agency_id as "leadAgencyId", c.report_count as reports,
        coalesce((select min(r.province_code) from report r where r.case_id = c.id), split_part(c.number, '-', 2)) as "provinceCode",
        (select case when count(distinct coalesce(r.commune_code, '')) = 1 then min(r.commune_code) end from report r where r.case_id = c.id) as "communeCode"
      from case_file c where c.number = ${wanted.number} and c.lead_agency_id = ${actor.agencyId}`.execute(tx)
    : await sql<Omit<Thing, 'kind' | 'commune'>>`select r.id, r.code as number, r.category, '' as title, r.handling_agency_id as "leadAgencyId", 1 as reports, r.province_code as "provinceCode",
        r.commune_code as "communeCode" from report r where r.code = ${wanted.number} and r.handling_agency_id = ${actor.agencyId} and r.case_id is null`.execute(tx);
  const [found] = rows;
  if (!found) throw new NotFound(wanted.kind);
  const commune = found.communeCode
    ? await tx.selectFrom('commune').select(['full_name as fullName', 'full_name_en as fullNameEn']).where('code', '=', found.communeCode).executeTakeFirst() ?? null : null;
  return { ...found, kind: wanted.kind, commune };
}

/** Every agency with a part in it today, the leading first, and why it cannot receive; those that only support cannot lead. */
export async function candidatesFor(tx: Tx, thing: Thing): Promise<Candidate[]> {
  const on = localDate(tx.now);
  const rows = await responsible(tx, { category: thing.category, communeCode: thing.communeCode, provinceCode: thing.provinceCode, on });
  const candidates: Candidate[] = [];
  for (const row of rows) {
    if (row.agencyId === thing.leadAgencyId) continue;
    const bar = await transferBar(tx, thing, row.agencyId);
    candidates.push({ ...row, bar, heirs: bar === 'ended' ? (await successorsOn(tx, row.agencyId, on)).map(({ name }) => name) : [] });
  }
  return candidates;
}

/** Why this agency cannot receive it from the acting agency; null when it can. The database has the last word, and the same one. */
export async function transferBar(tx: Tx, thing: Pick<Thing, 'kind' | 'id'>, agencyId: string): Promise<Bar | null> {
  const [ofCase, ofReport] = thing.kind === 'case' ? [thing.id, null] : [null, thing.id];
  const { rows } = await sql<{ bar: Bar | null }>`select may_transfer(${ofCase}::uuid, ${ofReport}::uuid, ${agencyId}::uuid) as bar`.execute(tx);
  return rows[0]!.bar;
}

/** The open proposal of a thing, or null. */
export async function openTransferOf(tx: Tx, thing: Pick<Thing, 'kind' | 'id'>): Promise<string | null> {
  const found = await tx.selectFrom('transfer').select('code').where('state', '=', 'proposed').where(thing.kind === 'case' ? 'case_id' : 'report_id', '=', thing.id).executeTakeFirst();
  return found?.code ?? null;
}

// ── Transfers ────────────────────────────────────────────────────────────────────────

type TransferRow = Omit<TransferView, 'from' | 'to' | 'late' | 'brief'>;

function transfers(tx: Tx) {
  return tx.selectFrom('transfer').select([
    'id', 'code', 'state', sql<boolean>`report_id is not null`.as('ofReport'), 'from_agency as fromAgency', 'to_agency as toAgency', 'law', 'reason', 'urgent',
    'open_to_coordinator as openToCoordinator', 'proposed_at as proposedAt', 'due_on as dueOn', 'answered_at as answeredAt', 'answer_reason as answerReason', 'late_on as lateOn', 'case_id as caseId',
  ]);
}

async function viewsOf(tx: Tx, rows: readonly TransferRow[]): Promise<TransferView[]> {
  const today = localDate(tx.now);
  const names = await agencyNames(tx, rows.flatMap(({ fromAgency, toAgency }) => [fromAgency, toAgency]), today);
  const { rows: briefs } = await sql<Brief & { id: string }>`select t.id, b.number, b.category, b.title, b.commune, b.reports
    from unnest(${rows.map(({ id }) => id)}::uuid[]) as t (id) cross join lateral transfer_brief(t.id) b`.execute(tx);
  const briefOf = new Map(briefs.map(({ id, ...brief }) => [id, brief]));
  return rows.map((row) => ({
    ...row, from: names.get(row.fromAgency) ?? null, to: names.get(row.toAgency) ?? null, late: row.state === 'proposed' && row.dueOn < today, brief: briefOf.get(row.id) ?? null,
  }));
}

/** A transfer between the acting agency and another. @throws NotFound */
export async function transferView(tx: Tx, code: string): Promise<TransferView> {
  const row = await transfers(tx).where('code', '=', code).executeTakeFirst();
  if (!row) throw new NotFound('transfer');
  return (await viewsOf(tx, [row]))[0]!;
}

/** Everything that goes between the acting agency and others: to answer, sent, what may be taken over, what changed hands. */
export async function routingLists(tx: Tx, actor: OfficerActor): Promise<RoutingLists> {
  const open = await viewsOf(tx, await transfers(tx).where('state', '=', 'proposed').orderBy('due_on').orderBy('id').limit(MOST).execute());
  const ended = await viewsOf(tx, await transfers(tx).where('state', '<>', 'proposed').orderBy('answered_at', 'desc').limit(20).execute());
  const { rows: toAct } = await sql<RoutingLists['toAct'][number]>`select number, category, relation from cases_to_act(50)`.execute(tx);
  return {
    toAct, toAnswer: open.filter(({ toAgency }) => toAgency === actor.agencyId), sent: open.filter(({ fromAgency }) => fromAgency === actor.agencyId), ended,
    takeable: await takeables(tx, null), moved: await handOvers(tx, actor),
  };
}

/** What the acting agency may take over now; of one number when given. */
export async function takeables(tx: Tx, number: string | null): Promise<Takeable[]> {
  const { rows } = await sql<Omit<Takeable, 'lead'>>`select id, number, category, title, commune, reports, ground, lead_agency_id as "leadAgencyId", why, code from takeable_cases(${number})`.execute(tx);
  const names = await agencyNames(tx, rows.map(({ leadAgencyId }) => leadAgencyId), localDate(tx.now));
  return rows.map((row) => ({ ...row, lead: names.get(row.leadAgencyId) ?? null }));
}

/** What changed hands from or to the acting agency, the newest first: not what was handed from officer to officer elsewhere. */
export async function handOvers(tx: Tx, actor: OfficerActor, limit = 50): Promise<HandOverRow[]> {
  const { rows } = await sql<Omit<HandOverRow, 'from' | 'to'> & { fromId: string; toId: string }>`
    select h.id, h.via, h.what, h.code, h.from_agency as "fromId", h.to_agency as "toId", f.full_name as "fromOfficer", o.full_name as "toOfficer",
      case when h.via = 'agency_ended' then a.valid_to end as "endedOn", h.why, h.at, h.to_agency = ${actor.agencyId} as received
    from hand_over h join agency a on a.id = h.from_agency left join officer f on f.id = h.from_officer left join officer o on o.id = h.to_officer
    order by h.id desc limit ${limit}`.execute(tx);
  const names = await agencyNames(tx, rows.flatMap(({ fromId, toId }) => [fromId, toId]), localDate(tx.now));
  return rows.map(({ fromId, toId, ...row }) => ({ ...row, from: names.get(fromId) ?? null, to: names.get(toId) ?? null }));
}

// ── Acted at once (R5) ───────────────────────────────────────────────────────────────────

/** The case as an agency sees it that leads it, takes part in it or reported it. @throws NotFound */
export async function actedCase(tx: Tx, number: string): Promise<ActedCase> {
  const { rows } = await sql<ActedCase>`select id, number, category, state, relation, title from case_of_act(${number})`.execute(tx);
  if (!rows[0]) throw new NotFound('case');
  return rows[0];
}

/** What was recorded on a case: of all agencies for the lead, else the own. */
export async function ownActs(tx: Tx, caseId: string): Promise<OwnActView[]> {
  const rows = await tx.selectFrom('own_act').select([
    'id', 'agency_id as agencyId', 'done_on as doneOn', 'what', 'legal_basis as legalBasis', 'own_power as ownPower', 'result', 'document_number as documentNumber', 'at',
  ]).where('case_id', '=', caseId).orderBy('done_on', 'desc').orderBy('id', 'desc').limit(MOST).execute();
  const names = await agencyNames(tx, rows.map(({ agencyId }) => agencyId), localDate(tx.now));
  const codes = [...new Set(rows.map(({ legalBasis }) => legalBasis).filter((code) => code !== null))];
  const bases = new Map<string, Basis | null>();
  for (const code of codes) bases.set(code, await basisByCode(tx, code));
  return rows.map(({ agencyId, ...row }) => ({ ...row, agency: names.get(agencyId) ?? null, basis: bases.get(row.legalBasis ?? '') ?? null }));
}

// ── Hand-over between officers (R3) ─────────────────────────────────────────────────────────────

/** The officers of the acting agency who have open work or could take it, those who left first. */
export async function officerLoads(tx: Tx, actor: OfficerActor): Promise<OfficerLoad[]> {
  const { rows } = await sql<OfficerLoad>`select o.id, o.full_name as name,
      o.disabled_at is null and bool_or(r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today()) and r.role not in ('administrator', 'auditor')) as active,
      (select count(*) from case_file c where c.lead_agency_id = ${actor.agencyId} and c.officer_id = o.id and c.state <> 'closed') as cases,
      (select count(*) from task t where t.agency_id = ${actor.agencyId} and t.officer_id = o.id and t.state = 'open') as tasks,
      (select count(*) from decision d where d.agency_id = ${actor.agencyId} and d.drafter_id = o.id and d.state in ('draft', 'returned') and d.interim_at is null) as drafts,
      (select count(*) from officer_meetings(${actor.agencyId}::uuid, o.id)) as meetings
    from officer o join officer_role r on r.officer_id = o.id and r.agency_id = ${actor.agencyId} group by o.id`.execute(tx);
  return rows.filter((row) => row.active || openWork(row) > 0)
    .sort((a, b) => Number(a.active) - Number(b.active) || openWork(b) - openWork(a) || collator.compare(a.name, b.name));
}

/** How many things are open in all. */
export function openWork({ cases, tasks, drafts, meetings }: OfficerLoad): number {
  return cases + tasks + drafts + meetings;
}

/** The open work of one officer in the acting agency; numbers and days, no contents. */
export async function workOf(tx: Tx, actor: OfficerActor, officerId: string): Promise<WorkItem[]> {
  const { rows } = await sql<WorkItem>`
    select 'case' as what, c.id, c.number as code, null::date as "dueOn" from case_file c where c.lead_agency_id = ${actor.agencyId} and c.officer_id = ${officerId} and c.state <> 'closed'
    union all select 'task', t.id, t.code, t.due_on from task t where t.agency_id = ${actor.agencyId} and t.officer_id = ${officerId} and t.state = 'open'
    union all select 'decision', d.id, c.number, null from decision d join case_file c on c.id = d.case_id
      where d.agency_id = ${actor.agencyId} and d.drafter_id = ${officerId} and d.state in ('draft', 'returned') and d.interim_at is null
    union all select 'meeting', m.item_id, m.item_code, null from officer_meetings(${actor.agencyId}::uuid, ${officerId}::uuid) m
    order by 1, 4 nulls last, 3 limit 500`.execute(tx);
  return rows;
}

/** An officer who left an agency with open work, and the leader who is asked to hand it over. */
export interface Leaver {
  readonly agencyId: string;
  readonly officerId: string;
  readonly name: string;
  readonly leaderId: string | null;
}

/** Officers disabled or without a working role in an agency that goes on, who still have open work there and for whom no task is open. */
export async function officersToHandOver(tx: Tx, limit: number): Promise<Leaver[]> {
  const { rows } = await sql<Leaver>`
    with held as (
      select c.lead_agency_id as agency, c.officer_id as officer from case_file c where c.officer_id is not null and c.state <> 'closed'
      union select t.agency_id, t.officer_id from task t where t.officer_id is not null and t.state = 'open'
      union select d.agency_id, d.drafter_id from decision d where d.state in ('draft', 'returned') and d.interim_at is null)
    select h.agency as "agencyId", o.id as "officerId", o.full_name as name,
      (select l.officer_id from officer_role l join officer lo on lo.id = l.officer_id and lo.disabled_at is null where l.agency_id = h.agency and l.role = 'leader' and l.officer_id <> o.id
        and l.valid_from <= desk_today() and (l.valid_to is null or l.valid_to >= desk_today()) order by l.deputy, l.valid_from, l.officer_id limit 1) as "leaderId"
    from held h join officer o on o.id = h.officer join agency a on a.id = h.agency and (a.valid_to is null or a.valid_to >= desk_today())
    where (o.disabled_at is not null or not exists (select 1 from officer_role r where r.officer_id = o.id and r.agency_id = h.agency and r.role not in ('administrator', 'auditor')
        and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today())))
      and not exists (select 1 from task t where t.kind = 'hand_over' and t.source_id = o.id and t.state = 'open')
    order by o.id limit ${limit}`.execute(tx);
  return rows;
}
