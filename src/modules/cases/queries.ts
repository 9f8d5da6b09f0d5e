import { sql, type RawBuilder } from 'kysely';
import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import type { StopCode } from '#catalogue/gate.ts';
import type { MeasureCode } from '#catalogue/measures.ts';
import type { Role } from '#catalogue/roles.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { BANKS, bankAccount, extract, groupingKeys, OTHER_WALLETS, type IndicatorKind } from '#core/indicators/index.ts';
import type { CaseState, DecisionState, ReportState } from '#core/transitions.ts';
import { normalise, searchKey, searchWords } from '#core/vietnamese.ts';
import { agencyNames, type AgencyNames } from '#modules/directory/index.ts';
import { matchKeyOf } from '#modules/intake/index.ts';
import { COUNTED } from '#modules/notifications/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { NotFound } from '#platform/errors.ts';
import type { Confidence, ReporterKind } from '#platform/schema.ts';

/** Days ahead in which a deadline counts as soon. */
const SOON_DAYS = 2;
const LEGAL = CATEGORIES.filter(({ legalReview }) => legalReview).map(({ code }) => code);

/** Rows on one page of a list. */
export const PAGE = 25;

/** How much lies in each list on the left. */
export interface SideCounts {
  /** Rows of the list, so that the same scam, or the same words, reported a thousand times count once. */
  readonly triage: number;
  readonly verifying: number;
  readonly review: number;
  /** Drafts that wait for this officer's legal review. */
  readonly legal: number;
  readonly mine: number;
  readonly soon: number;
  readonly late: number;
}

/**
 * The counts on the left, in one statement and one pass over the open reports (report_worklist), the open cases (case_worklist)
 * and the decisions in review (decision_state_idx); answered reports and closed cases, which are nearly all, are never touched.
 */
export async function sideCounts(tx: Tx, actor: OfficerActor): Promise<SideCounts> {
  const today = localDate(tx.now);
  const mine = actor.agencyId;
  const apart = sql`not exists (select 1 from report r join gate_check g on g.report_id = r.id where r.case_id = d.case_id and g.officer_id = ${actor.officerId})`;
  const { rows } = await sql<SideCounts>`
    with waiting as materialized (select id, case_id, fold, state::text, due_on from report
      where handling_agency_id = ${mine} and state in ('received', 'acknowledged', 'need_info', 'attached')),
    working as materialized (select id, state::text, officer_id from case_file
      where lead_agency_id = ${mine} and state in ('open', 'verifying', 'consulting', 'deciding', 'acting'))
    select
      (select count(distinct coalesce(case_id, fold, id)) from waiting where state in ('received', 'acknowledged')) as triage,
      (select count(*) from working where state in ('verifying', 'consulting', 'deciding')
        or (state = 'open' and id in (select case_id from waiting where state = 'attached'))) as verifying,
      (select count(*) from decision d where agency_id = ${mine} and state in ('second_review', 'interim') and drafter_id <> ${actor.officerId} and ${apart}
        and not exists (select 1 from legal_review l where l.decision_id = d.id and l.officer_id = ${actor.officerId})) as review,
      (select count(*) from decision d where ${actor.roles.includes('legal')} and agency_id = ${mine} and state in ('second_review', 'interim') and drafter_id <> ${actor.officerId}
        and category = any (${LEGAL}::text[]) and ${apart}
        and not exists (select 1 from legal_review l where l.decision_id = d.id and l.officer_id = ${actor.officerId} and l.submission = d.submissions)) as legal,
      (select count(*) from working where officer_id = ${actor.officerId}) as mine,
      (select count(*) from waiting where due_on between ${today} and ${addDays(today, SOON_DAYS)}) as soon,
      (select count(*) from waiting where due_on < ${today}) as late`.execute(tx);
  return rows[0]!;
}

/** What waits in the work with other agencies. */
export interface TogetherCounts {
  /** Overdue tasks of this officer. */
  readonly lateTasks: number;
  /** Requests for an opinion that the agency has not answered. */
  readonly asked: number;
  /** Unread news, counted up to {@link COUNTED}. */
  readonly unread: number;
}

/** The counts beside the lists of coordination and the letter in the header, in one query. */
export async function togetherCounts(tx: Tx, { officerId, agencyId, roles }: OfficerActor): Promise<TogetherCounts> {
  const { rows } = await sql<TogetherCounts>`select
    (select count(*)::int from task where agency_id = ${agencyId} and state = 'open' and paused_on is null and due_on < ${localDate(tx.now)}
      and (officer_id = ${officerId} or (officer_id is null and ${roles.includes('focal')}))) as "lateTasks",
    (select count(*)::int from opinion o join consultation c on c.id = o.consultation_id where o.agency_id = ${agencyId} and o.state in ('sent', 'overdue') and c.closed_at is null) as asked,
    (select count(*)::int from (select 1 from notification where officer_id = ${officerId} and agency_id = ${agencyId} and read_at is null limit ${COUNTED}) n) as unread`.execute(tx);
  return rows[0]!;
}

// ── Search ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What was typed into the search box, made ready for the database. */
export interface Wanted {
  /** Each word of the search key with wildcards escaped, for `ilike all`; every word must be there. */
  readonly like: readonly string[];
  /** The words, whole. */
  readonly words: readonly string[];
  /** Keys of links, domains, phones, accounts and hashes that were typed. */
  readonly keys: readonly Buffer[];
}

const MOST_WORDS = 8;
/** More hits than anybody pages through; the newest are kept. */
const MOST_HITS = 1000;

/** A number that may be an account at any bank when nobody says which. */
const BARE_ACCOUNT = /^[\d\s.-]{6,26}$/;

/** Reads a search: text is looked for without diacritics; typed traces are matched as the reports' own. Null when empty. */
export function wantedOf(desk: Pick<Desk, 'keys'>, text: string): Wanted | null {
  const plain = normalise(text).slice(0, 300);
  const key = searchKey(plain);
  if (key === '') return null;
  const found = extract(plain);
  const grouping = groupingKeys(found).map((one) => ({ ...one, personal: one.kind === 'phone' || one.kind === 'bank_account' }));
  const accounts = BARE_ACCOUNT.test(plain)
    ? [null, ...BANKS, ...OTHER_WALLETS].flatMap((bank) => bankAccount(plain, bank) ?? []).map((account) => ({ kind: 'bank_account' as const, key: account.key, personal: true }))
    : [];
  return { words: [...new Set(searchWords(plain).split(' '))].filter(Boolean).slice(0, MOST_WORDS), like: [...new Set(key.split(' '))].slice(0, MOST_WORDS).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`), keys: [...found, ...grouping, ...accounts].map((one) => matchKeyOf(desk, one)) };
}

/** Condition on report `r`: it says what is wanted (among the newest hits), or carries a trace that is. */
function says(wanted: Wanted, { shelf, category, communeCode, channel, sort, dir, page, grouped }: WorkFilter): RawBuilder<boolean> {
  // Newest first, the page needs no more than its own rows; any other order needs all that may come first.
  const most = sort === 'nhan' && dir === 'desc' && !grouped ? page * PAGE + 1 : MOST_HITS;
  // An array, not a join: the planner then looks the few hits up instead of walking all reports in order of the list.
  return sql<boolean>`r.id = any (array(select search_reports(${[...wanted.words]}::text[], ${[...wanted.keys]}::bytea[], ${most}, ${shelf !== 'tat-ca'},
    ${category}, ${communeCode}, ${channel})))`;
}

// ── The worklist of reports ─────────────────────────────────────────────────────────────────────────────────────────

export type Shelf = 'cho-phan-loai' | 'dang-xu-ly' | 'sap-den-han' | 'qua-han' | 'tat-ca';
export type WorkSort = 'han' | 'nhan' | 'nhom';

/** What the worklist shows; read from the address by routes.tsx. */
export interface WorkFilter {
  readonly shelf: Shelf;
  readonly category: CategoryCode | null;
  readonly communeCode: string | null;
  readonly channel: Channel | null;
  readonly wanted: Wanted | null;
  readonly sort: WorkSort;
  readonly dir: 'asc' | 'desc';
  /** From 1. */
  readonly page: number;
  /** One row for each case, and for each flood of the same words, with its oldest report. */
  readonly grouped: boolean;
}

/** The trace that names a report or case best. */
export interface MainTrace {
  readonly kind: IndicatorKind;
  /** Defanged or masked. */
  readonly display: string;
  /** The canonical key of an address; null for people's numbers. */
  readonly value: string | null;
}

export interface WorkRow {
  readonly id: string;
  readonly code: string;
  readonly state: ReportState;
  readonly category: CategoryCode;
  readonly words: string;
  readonly place: string | null;
  readonly placeEn: string | null;
  readonly receivedAt: Date;
  readonly dueOn: string | null;
  readonly inDanger: boolean;
  readonly moneyLost: number | null;
  readonly caseNumber: string | null;
  /** Reports of its case, this one included. */
  readonly caseReports: number | null;
  /** Reports this row stands for. */
  readonly waiting: number;
  /** All of them say the very same words. */
  readonly identical: boolean;
  readonly trace: MainTrace | null;
}

const OPEN = sql`r.state in ('received', 'acknowledged', 'need_info', 'attached')`;

function onShelf(shelf: Shelf, today: string): RawBuilder<unknown> {
  switch (shelf) {
    case 'cho-phan-loai': return sql`r.state in ('received', 'acknowledged')`;
    case 'dang-xu-ly': return sql`r.state in ('need_info', 'attached')`;
    case 'sap-den-han': return sql`${OPEN} and r.due_on between ${today} and ${addDays(today, SOON_DAYS)}`;
    case 'qua-han': return sql`${OPEN} and r.due_on < ${today}`;
    case 'tat-ca': return sql`true`;
  }
}

function conditions(agencyId: string, filter: WorkFilter, today: string): RawBuilder<unknown> {
  const parts = [sql`r.handling_agency_id = ${agencyId}`, onShelf(filter.shelf, today)];
  if (filter.category) parts.push(sql`r.category = ${filter.category}`);
  if (filter.communeCode) parts.push(sql`r.commune_code = ${filter.communeCode}`);
  if (filter.channel) parts.push(sql`r.channel = ${filter.channel}`);
  if (filter.wanted) parts.push(says(filter.wanted, filter));
  return sql.join(parts, sql` and `);
}

/** Ids are UUIDv7 and so in order of receipt: "received" sorts by the primary key. */
const ORDER: Record<WorkSort, { one: string; many: string }> = {
  han: { one: 'r.due_on', many: 'min(r.due_on)' },
  nhan: { one: 'r.id', many: 'min(r.received_at)' },
  nhom: { one: 'r.category', many: 'min(r.category)' },
};

/**
 * One page of the worklist, and whether more follows. Reports that came back from the reporter have no deadline and stand first.
 * Query profile, one statement, over 300,000 reports of which 9,000 are open (2 cores, busy): grouped 35 ms and plain 25 ms through
 * report_worklist, overdue and soon 11 ms through report_due, all reports 4 ms by the primary key backwards; the joins touch the
 * 25 rows of the page only. All by due or category would sort everything, so the screen does not offer it.
 */
export async function worklist(tx: Tx, actor: OfficerActor, filter: WorkFilter): Promise<{ rows: WorkRow[]; more: boolean }> {
  const where = conditions(actor.agencyId, filter, localDate(tx.now));
  const { one, many } = ORDER[filter.sort];
  const direction = sql.raw(filter.dir === 'asc' ? 'asc nulls first' : 'desc nulls last');
  const limit = sql`limit ${PAGE + 1} offset ${(filter.page - 1) * PAGE}`;
  const page = filter.grouped
    ? sql`select min(r.id::text)::uuid as id, count(*) as waiting, count(*) > 1 and count(r.text_hash) = count(*) and min(r.text_hash) = max(r.text_hash) as identical,
        ${sql.raw(many)} as place from report r where ${where} group by coalesce(r.case_id, r.fold, r.id) order by place ${direction}, id ${limit}`
    : filter.sort === 'nhan'
      ? sql`select r.id, 1 as waiting, false as identical, r.id as place from report r where ${where} order by r.id ${sql.raw(filter.dir)} ${limit}`
      : sql`select r.id, 1 as waiting, false as identical, ${sql.raw(one)} as place from report r where ${where} order by place ${direction}, r.id ${limit}`;
  const { rows } = await sql<WorkSqlRow>`
    with page as materialized (${page}), numbered as (select id, waiting, identical, row_number() over () as n from page)
    select r.id, r.code, r.state, r.category, left(r.narrative, 200) as words, m.full_name as place, m.full_name_en as "placeEn",
      r.received_at as "receivedAt", r.due_on as "dueOn", r.in_danger as "inDanger", r.money_lost as "moneyLost", c.number as "caseNumber",
      c.report_count as "caseReports", numbered.waiting, numbered.identical, t.kind, t.display, t.value
    from numbered join report r on r.id = numbered.id left join commune m on m.code = r.commune_code
      left join case_file c on c.id = r.case_id left join lateral ${MAIN_TRACE} t on true
    order by numbered.n`.execute(tx);
  return { rows: rows.slice(0, PAGE).map(toWorkRow), more: rows.length > PAGE };
}

const MAIN_TRACE = sql`(select i.kind, i.display, i.value from report_indicator ri join indicator i on i.id = ri.indicator_id
  where ri.report_id = r.id order by i.specific desc, array_position(array['url', 'domain', 'bank_account', 'phone', 'file_hash'], i.kind::text), i.id limit 1)`;

type WorkSqlRow = Omit<WorkRow, 'trace'> & { readonly kind: IndicatorKind | null; readonly display: string; readonly value: string | null };

function toWorkRow({ kind, display, value, ...row }: WorkSqlRow): WorkRow {
  return { ...row, trace: kind ? { kind, display, value } : null };
}

/** Where an officer starts: the first list that holds work. */
export async function firstList(tx: Tx, actor: OfficerActor): Promise<'cho-phan-loai' | 'dang-xac-minh' | 'cho-duyet' | 'cua-toi'> {
  const counts = await sideCounts(tx, actor);
  if (actor.roles.some((role) => role === 'reviewer' || role === 'leader') && counts.review > 0) return 'cho-duyet';
  if (counts.triage > 0) return 'cho-phan-loai';
  if (counts.verifying > 0) return 'dang-xac-minh';
  return counts.mine > 0 ? 'cua-toi' : 'cho-phan-loai';
}

// ── One report ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ReportView {
  readonly id: string;
  readonly code: string;
  readonly state: ReportState;
  readonly category: CategoryCode;
  readonly channel: Channel;
  readonly narrative: string;
  readonly happenedOn: string | null;
  readonly moneyLost: number | null;
  readonly inDanger: boolean;
  readonly forChild: boolean;
  readonly place: string | null;
  readonly placeEn: string | null;
  readonly reporterKind: ReporterKind;
  readonly language: 'vi' | 'en';
  readonly handlingAgencyId: string;
  readonly handling: AgencyNames | null;
  readonly sender: AgencyNames | null;
  readonly receivedAt: Date;
  readonly dueOn: string | null;
  readonly stopCode: StopCode | null;
  readonly eraseAfter: Date | null;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly caseTitle: string | null;
  readonly caseState: CaseState | null;
  readonly caseReports: number;
  /** A sealed contact exists; whose it is is not known here. */
  readonly hasContact: boolean;
  readonly contactUntil: string | null;
  readonly traces: readonly (MainTrace & { readonly groups: boolean; readonly specific: boolean })[];
  readonly pictures: readonly Picture[];
}

export interface Picture {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** A report by its code. Three statements. @throws NotFound when the officer's agency does not see it */
export async function reportView(tx: Tx, code: string): Promise<ReportView> {
  const row = await tx.selectFrom('report as r').leftJoin('commune as m', 'm.code', 'r.commune_code').leftJoin('case_file as c', 'c.id', 'r.case_id')
    .leftJoin('reporter_identity as p', 'p.report_id', 'r.id')
    .select([
      'r.id', 'r.code', 'r.state', 'r.category', 'r.channel', 'r.narrative', 'r.happened_on as happenedOn', 'r.money_lost as moneyLost', 'r.in_danger as inDanger',
      'r.for_child as forChild', 'm.full_name as place', 'm.full_name_en as placeEn', 'r.reporter_kind as reporterKind', 'r.language',
      'r.handling_agency_id as handlingAgencyId', 'r.sender_agency_id', 'r.received_at as receivedAt', 'r.due_on as dueOn', 'r.stop_code as stopCode',
      'r.erase_after as eraseAfter', 'r.case_id as caseId', 'c.number as caseNumber', 'c.title as caseTitle', 'c.state as caseState', 'c.report_count', 'p.purge_after as contactUntil',
    ]).where('r.code', '=', code).executeTakeFirst();
  if (!row) throw new NotFound('report');
  const { rows: parts } = await sql<{ traces: ReportView['traces']; pictures: Picture[] }>`select
    (select coalesce(json_agg(json_build_object('kind', i.kind, 'display', i.display, 'value', i.value, 'specific', i.specific, 'groups', ri.grouping_key)
        order by ri.grouping_key desc, i.kind, i.id), '[]')
      from report_indicator ri join indicator i on i.id = ri.indicator_id where ri.report_id = ${row.id}) as traces,
    (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'width', width, 'height', height, 'bytes', bytes,
        'sha256', encode(original_sha256, 'hex')) order by id), '[]') from attachment where report_id = ${row.id}) as pictures`.execute(tx);
  const names = await agencyNames(tx, [row.handlingAgencyId, row.sender_agency_id].filter((id) => id !== null), localDate(tx.now));
  const { sender_agency_id, report_count, ...facts } = row;
  return {
    ...facts, ...parts[0]!, caseReports: report_count ?? 0, hasContact: row.contactUntil !== null,
    handling: names.get(row.handlingAgencyId) ?? null, sender: sender_agency_id ? names.get(sender_agency_id) ?? null : null,
  };
}

export interface MessageView {
  readonly id: string;
  readonly sentBy: 'reporter' | 'desk';
  readonly officer: string | null;
  readonly body: string;
  readonly at: Date;
  readonly readAt: Date | null;
}

/** What was written both ways, oldest first. */
export function messagesOf(tx: Tx, reportId: string): Promise<MessageView[]> {
  return tx.selectFrom('message as m').leftJoin('officer as o', 'o.id', 'm.officer_id')
    .select(['m.id', 'm.sent_by as sentBy', 'o.full_name as officer', 'm.body', 'm.at', 'm.read_at as readAt'])
    .where('m.report_id', '=', reportId).orderBy('m.at').orderBy('m.id').execute();
}

/** A report as one line of another page. */
export interface ReportLine {
  readonly id: string;
  readonly code: string;
  readonly state: ReportState;
  readonly category: CategoryCode;
  readonly words: string;
  readonly place: string | null;
  readonly placeEn: string | null;
  readonly moneyLost: number | null;
  readonly receivedAt: Date;
  readonly dueOn: string | null;
}

/** Reports of a case, those that wait longest first; stopped ones are not shown. */
export function reportsOfCase(tx: Tx, caseId: string, options: { limit: number; offset?: number; without?: string; ungated?: boolean }): Promise<ReportLine[]> {
  let query = tx.selectFrom('report as r').leftJoin('commune as m', 'm.code', 'r.commune_code').select([
    'r.id', 'r.code', 'r.state', 'r.category', sql<string>`left(r.narrative, 200)`.as('words'), 'm.full_name as place', 'm.full_name_en as placeEn',
    'r.money_lost as moneyLost', 'r.received_at as receivedAt', 'r.due_on as dueOn',
  ]).where('r.case_id', '=', caseId).where('r.state', 'not in', ['stopped', 'erased']);
  if (options.without) query = query.where('r.id', '<>', options.without);
  if (options.ungated) query = query.where('r.state', 'in', ['received', 'acknowledged', 'need_info']);
  return query.orderBy(sql`r.due_on is null`).orderBy('r.id').limit(options.limit).offset(options.offset ?? 0).execute();
}

/** One entry of the journal, with who. */
export interface Step {
  readonly seq: number;
  readonly at: Date;
  readonly entity: string;
  readonly action: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly detail: Record<string, unknown>;
  readonly actorKind: string;
  readonly officer: string | null;
  readonly roles: readonly Role[];
  readonly agency: string | null;
}

/** What happened to these things, newest first. One statement. */
export async function stepsOf(tx: Tx, ids: readonly string[], limit = 60): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select j.seq, j.at, j.entity, j.action, j.from_state as "from", j.to_state as "to", j.reason, j.detail, j.actor_kind as "actorKind",
      o.full_name as officer, coalesce(held.roles, '{}') as roles, n.short_name as agency
    from journal j left join officer o on o.id = j.officer_id
      left join agency_name n on n.agency_id = j.agency_id and n.valid_from <= (j.at at time zone 'Asia/Ho_Chi_Minh')::date
        and (n.valid_to is null or n.valid_to >= (j.at at time zone 'Asia/Ho_Chi_Minh')::date)
      left join lateral (select array_agg(distinct r.role::text) as roles from officer_role r where r.officer_id = j.officer_id and r.agency_id = j.agency_id
        and r.valid_from <= (j.at at time zone 'Asia/Ho_Chi_Minh')::date
        and (r.valid_to is null or r.valid_to >= (j.at at time zone 'Asia/Ho_Chi_Minh')::date)) held on true
    where j.entity_id = any (${[...ids]}::uuid[]) order by j.seq desc limit ${limit}`.execute(tx);
  return rows;
}

/** The id and place of a picture, when it belongs to this report. */
export async function pictureOf(tx: Tx, code: string, attachmentId: string): Promise<string | null> {
  const row = await tx.selectFrom('attachment as a').innerJoin('report as r', 'r.id', 'a.report_id').select('a.id')
    .where('a.id', '=', attachmentId).where('r.code', '=', code).executeTakeFirst();
  return row?.id ?? null;
}

// ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export type CaseShelf = 'dang-xac-minh' | 'cua-toi' | 'dang-thuc-hien' | 'da-ket-thuc' | 'tat-ca';

export interface CaseFilter {
  readonly shelf: CaseShelf;
  readonly category: CategoryCode | null;
  /** As typed; titles and numbers are searched without diacritics. */
  readonly text: string;
  readonly wanted: Wanted | null;
  readonly page: number;
}

export interface CaseRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  readonly officer: string | null;
  readonly reports: number;
  readonly communes: number;
  readonly money: number;
  readonly lastAt: Date | null;
  readonly waiting: number;
}

function caseShelf(shelf: CaseShelf, actor: OfficerActor): RawBuilder<unknown> {
  switch (shelf) {
    case 'dang-xac-minh': return sql`c.lead_agency_id = ${actor.agencyId} and (c.state in ('verifying', 'consulting', 'deciding')
      or c.id in (select r.case_id from report r join case_file o on o.id = r.case_id
        where r.handling_agency_id = ${actor.agencyId} and r.state = 'attached' and o.state = 'open'))`;
    case 'cua-toi': return sql`c.lead_agency_id = ${actor.agencyId} and c.officer_id = ${actor.officerId} and c.state <> 'closed'`;
    case 'dang-thuc-hien': return sql`c.state = 'acting'`;
    case 'da-ket-thuc': return sql`c.state = 'closed'`;
    case 'tat-ca': return sql`true`;
  }
}

/** Every Vietnamese letter and its bare one, so that SQL folds titles as `searchKey` does. */
const FOLD = (() => {
  const letters = Array.from({ length: 0x1ef9 - 0xc0 + 1 }, (_, index) => String.fromCharCode(0xc0 + index));
  const pairs = letters.map((letter) => [letter, searchKey(letter)] as const).filter(([letter, bare]) => /^[a-z]$/.test(bare) && letter !== bare);
  return { from: pairs.map(([letter]) => letter).join(''), to: pairs.map(([, bare]) => bare).join('') };
})();

/** One page of cases, the newest first; figures are of the page's own 25 cases, through report_case. One statement. */
export async function caseList(tx: Tx, actor: OfficerActor, filter: CaseFilter): Promise<{ rows: CaseRow[]; more: boolean }> {
  const parts = [caseShelf(filter.shelf, actor)];
  if (filter.category) parts.push(sql`c.category = ${filter.category}`);
  if (filter.wanted) {
    const keys = filter.wanted.keys.length === 0 ? sql`` : sql` or c.id in (select r.case_id from indicator i
      join report_indicator ri on ri.indicator_id = i.id join report r on r.id = ri.report_id where i.match_key = any (${[...filter.wanted.keys]}::bytea[]))`;
    const like = sql`${[...filter.wanted.like]}::text[]`;
    parts.push(sql`(c.number ilike all (${like}) or translate(lower(c.title), ${FOLD.from}, ${FOLD.to}) ilike all (${like})${keys})`);
  }
  const { rows } = await sql<CaseRow>`
    with page as materialized (select c.* from case_file c where ${sql.join(parts, sql` and `)} order by c.id desc
      limit ${PAGE + 1} offset ${(filter.page - 1) * PAGE})
    select page.id, page.number, page.title, page.category, page.state, o.full_name as officer, f.reports, f.communes, f.money, f."lastAt", f.waiting
    from page left join officer o on o.id = page.officer_id left join lateral ${caseFigures('page.id')} f on true order by page.id desc`.execute(tx);
  return { rows: rows.slice(0, PAGE), more: rows.length > PAGE };
}

/** Subquery: figures over the reports of a case that still stand. */
function caseFigures(id: string): RawBuilder<unknown> {
  return sql`(select count(*) as reports, count(distinct r.commune_code) as communes, coalesce(sum(r.money_lost), 0)::bigint as money, max(r.received_at) as "lastAt",
    count(*) filter (where r.state = 'attached') as waiting, count(*) filter (where r.state in ('received', 'acknowledged', 'need_info')) as ungated,
    case when count(distinct r.commune_code) = 1 then min(r.commune_code) end as commune
    from report r where r.case_id = ${sql.ref(id)} and r.state not in ('stopped', 'erased'))`;
}

export interface CaseView {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  readonly leadAgencyId: string;
  readonly lead: AgencyNames | null;
  readonly officerId: string | null;
  readonly officer: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly reports: number;
  readonly communes: number;
  /** The one commune of all its reports, when it is one. */
  readonly commune: string | null;
  readonly money: number;
  readonly lastAt: Date | null;
  /** Passed the gate and wait for an answer. */
  readonly waiting: number;
  /** Still before the gate. */
  readonly ungated: number;
  /** Number of the case it was merged into. */
  readonly mergedInto: string | null;
}

/** A case by its number. Two statements. @throws NotFound when the officer's agency neither leads nor supports it */
export async function caseView(tx: Tx, number: string): Promise<CaseView> {
  const { rows } = await sql<Omit<CaseView, 'lead'>>`
    select c.id, c.number, c.title, c.category, c.state, c.lead_agency_id as "leadAgencyId", c.officer_id as "officerId", o.full_name as officer,
      c.opened_at as "openedAt", c.closed_at as "closedAt", m.number as "mergedInto", f.*
    from case_file c left join officer o on o.id = c.officer_id left join case_file m on m.id = c.merged_into left join lateral ${caseFigures('c.id')} f on true where c.number = ${number}`.execute(tx);
  const row = rows[0];
  if (!row) throw new NotFound('case');
  return { ...row, lead: (await agencyNames(tx, [row.leadAgencyId], localDate(tx.now))).get(row.leadAgencyId) ?? null };
}

export interface CaseTrace extends MainTrace {
  readonly id: string;
  readonly groups: boolean;
  readonly reports: number;
  /** Numbers of other cases in which it was reported, closed ones too; only specific traces of harms that may be linked. */
  readonly elsewhere: readonly string[];
}

export interface EvidenceView {
  readonly id: string;
  readonly kind: 'attachment' | 'observation' | 'document';
  readonly description: string;
  readonly sha256: string | null;
  readonly officer: string;
  readonly at: Date;
  readonly attachmentId: string | null;
  readonly reportCode: string | null;
}

interface VerificationView {
  readonly id: string;
  readonly officer: string;
  readonly checked: string;
  readonly other: string;
  readonly finding: string;
  readonly confidence: Confidence;
  readonly at: Date;
}

interface DecisionLine {
  readonly id: string;
  readonly measure: MeasureCode;
  readonly state: DecisionState;
  readonly drafter: string;
  readonly at: Date;
  readonly endsOn: string | null;
  readonly interimUntil: Date | null;
  readonly stayedAt: Date | null;
  readonly renews: string | null;
  readonly warning: { readonly slug: string; readonly title: string } | null;
}

/** Everything a case gathered, apart from its reports and its journal. */
export interface CaseParts {
  readonly traces: readonly CaseTrace[];
  readonly evidence: readonly EvidenceView[];
  readonly verifications: readonly VerificationView[];
  readonly decisions: readonly DecisionLine[];
  /** Pictures of its gated reports that are not evidence yet. */
  readonly pictures: readonly (Picture & { readonly code: string })[];
}

const LINKING = CATEGORIES.filter(({ linksCases }) => linksCases).map(({ code }) => code);
/** Reports looked through for other cases of one trace. */
const MOST_LOOKED_AT = 2000;
const MOST_ELSEWHERE = 3;

/** Column: the other cases of indicator `i`; empty for harms that are never linked (SCOPE, never built 3). */
function elsewhere(caseId: string): RawBuilder<string[]> {
  return sql`case when i.specific and exists (select 1 from case_file own where own.id = ${caseId} and own.category = any (${LINKING}::text[])) then array(select distinct c.number from (select ri.report_id from report_indicator ri where ri.indicator_id = i.id limit ${MOST_LOOKED_AT}) seen
    join report r on r.id = seen.report_id and r.case_id <> ${caseId} and r.state not in ('stopped', 'erased') join case_file c on c.id = r.case_id
    where c.category = any (${LINKING}::text[]) order by c.number limit ${MOST_ELSEWHERE}) else array[]::text[] end`;
}

/** The parts of a case, in five statements. */
export async function caseParts(tx: Tx, caseId: string): Promise<CaseParts> {
  const { rows: traces } = await sql<CaseTrace>`
    select i.id, i.kind, i.display, i.value, bool_or(ri.grouping_key) as groups, count(*) as reports, ${elsewhere(caseId)} as elsewhere
    from report r join report_indicator ri on ri.report_id = r.id join indicator i on i.id = ri.indicator_id
    where r.case_id = ${caseId} and r.state not in ('stopped', 'erased') group by i.id, i.kind, i.display, i.value
    order by bool_or(ri.grouping_key) desc, count(*) desc, i.kind, i.id limit 40`.execute(tx);
  const evidence = await tx.selectFrom('evidence as e').innerJoin('officer as o', 'o.id', 'e.officer_id').leftJoin('attachment as a', 'a.id', 'e.attachment_id')
    .leftJoin('report as r', 'r.id', 'a.report_id')
    .select(['e.id', 'e.kind', 'e.description', sql<string | null>`encode(e.sha256, 'hex')`.as('sha256'), 'o.full_name as officer', 'e.at',
      'e.attachment_id as attachmentId', 'r.code as reportCode'])
    .where('e.case_id', '=', caseId).orderBy('e.at').orderBy('e.id').execute();
  const verifications = await tx.selectFrom('verification as v').innerJoin('officer as o', 'o.id', 'v.officer_id')
    .select(['v.id', 'o.full_name as officer', 'v.checked', 'v.other_explanation as other', 'v.finding', 'v.confidence', 'v.at'])
    .where('v.case_id', '=', caseId).orderBy('v.at').orderBy('v.id').execute();
  const decisions = await tx.selectFrom('decision as d').innerJoin('officer as o', 'o.id', 'd.drafter_id').leftJoinLateral((eb) => eb.selectFrom('warning').select(['slug', 'title']).whereRef('decision_id', '=', 'd.id').orderBy('published_at', 'desc').limit(1).as('w'), (join) => join.onTrue())
    .select(['d.id', 'd.measure', 'd.state', 'o.full_name as drafter', 'd.created_at as at', 'd.ends_on as endsOn', 'd.interim_until as interimUntil', 'd.stayed_at as stayedAt', 'd.renews', 'w.slug', 'w.title'])
    .where('d.case_id', '=', caseId).orderBy('d.created_at', 'desc').execute();
  const pictures = await tx.selectFrom('attachment as a').innerJoin('report as r', 'r.id', 'a.report_id')
    .select(['a.id', 'a.name', 'a.width', 'a.height', 'a.bytes', sql<string>`encode(a.original_sha256, 'hex')`.as('sha256'), 'r.code'])
    .where('r.case_id', '=', caseId).where('r.state', 'in', ['attached', 'answered'])
    .where((eb) => eb.not(eb.exists(eb.selectFrom('evidence as e').select('e.id').whereRef('e.attachment_id', '=', 'a.id'))))
    .orderBy('a.id').limit(20).execute();
  return {
    traces, evidence, verifications, pictures,
    decisions: decisions.map(({ slug, title, ...line }) => ({ ...line, warning: slug && title ? { slug, title } : null })),
  };
}

/** What a step needs to know of a report before it is taken. */
export interface ReportRef {
  readonly id: string;
  readonly code: string;
  readonly state: ReportState;
  readonly category: CategoryCode;
  readonly language: 'vi' | 'en';
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly handlingAgencyId: string;
}

/** A report by its code, in short. @throws NotFound */
export async function reportRef(tx: Tx, code: string): Promise<ReportRef> {
  const row = await tx.selectFrom('report as r').leftJoin('case_file as c', 'c.id', 'r.case_id')
    .select(['r.id', 'r.code', 'r.state', 'r.category', 'r.language', 'r.case_id as caseId', 'c.number as caseNumber', 'r.handling_agency_id as handlingAgencyId'])
    .where('r.code', '=', code).executeTakeFirst();
  if (!row) throw new NotFound('report');
  return row;
}

/** What a step needs to know of a case before it is taken. */
export interface CaseRef {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly category: CategoryCode;
  readonly state: CaseState;
  readonly leadAgencyId: string;
}

/** A case by its number, in short. @throws NotFound */
export async function caseRef(tx: Tx, number: string): Promise<CaseRef> {
  const row = await tx.selectFrom('case_file').select(['id', 'number', 'title', 'category', 'state', 'lead_agency_id as leadAgencyId']).where('number', '=', number).executeTakeFirst();
  if (!row) throw new NotFound('case');
  return row;
}
