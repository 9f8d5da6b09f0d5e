import { sql, type RawBuilder } from 'kysely';
import { categoryOf } from '#catalogue/categories.ts';
import { caseNumber, reportCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { coordinatingAgency } from '#modules/directory/index.ts';
import { INTAKE } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { insertBatch, insertMany, rowsOf } from '#platform/bulk.ts';
import { takeNumbers } from '#platform/counter.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Unavailable } from '#platform/errors.ts';
import { GroupCommit } from '#platform/group-commit.ts';
import { journalRows, writeJournal } from '#platform/journal.ts';
import { sameBytes } from '#platform/keys.ts';
import type { ReporterKind } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { contactKeptUntil, gateDue, prepareReport, type PreparedIndicator, type PreparedReport } from '../prepare.ts';
import type { NewReport, Receipt } from '../types.ts';
import { claimUploads } from './uploads.ts';

const committers = new WeakMap<object, GroupCommit<PreparedReport, Receipt>>();

/**
 * Takes a report in durably: report, sealed identity, indicators, case, journal and the acknowledgement job in one
 * transaction (shared with whatever else arrives at the same moment). Resolves after the commit.
 * @throws Conflict when the idempotency key came before with other content; Unavailable when no agency is responsible
 */
export function submitReport(desk: Desk, report: NewReport): Promise<Receipt> {
  let committer = committers.get(desk.pool);
  if (!committer) {
    committer = new GroupCommit((group) => inTransaction(desk, INTAKE, (tx) => takeIn(desk, tx, group)));
    committers.set(desk.pool, committer);
  }
  return committer.add(prepareReport(desk, report));
}

/** One transaction's worth of reports, set by set. */
async function takeIn(desk: Desk, tx: Tx, group: readonly PreparedReport[]): Promise<Receipt[]> {
  const { known, indicators } = await lookUp(tx, group);
  const fresh = firstOfEachKey(group).filter((report) => !known.has(keyOf(report)));
  if (fresh.length > 0) {
    const agencies = await leadAgencies(desk, tx, fresh);
    const placed = await placeInCases(desk, tx, fresh, { agencies, indicators });
    const codes = await reportCodes(desk, tx, fresh);
    const folds = await foldsOf(tx, fresh, agencies);
    await insertReports(desk, tx, fresh, { agencies, placed, codes, folds });
    for (const report of fresh) {
      known.set(keyOf(report), { id: report.id, code: codes.get(report.id)!, receivedAt: report.receivedAt, payloadHash: report.payloadHash, repeated: false });
    }
  }
  const seen = new Set<string>();
  return group.map((report) => {
    const { payloadHash, ...receipt } = known.get(keyOf(report))!;
    if (!sameBytes(payloadHash, report.payloadHash)) throw new Conflict('idempotency key reused with other content');
    const repeated = receipt.repeated || seen.has(keyOf(report));
    seen.add(keyOf(report));
    return { ...receipt, repeated, secret: report.secret };
  });
}

const keyOf = (report: PreparedReport) => report.idempotencyHash.toString('base64');

type Known = Omit<Receipt, 'secret'> & { payloadHash: Buffer };

interface Found {
  /** Idempotency key → the receipt it has already. */
  readonly known: Map<string, Known>;
  readonly indicators: readonly IndicatorRow[];
}

/** What the database knows of a group already, in one round trip: receipts, indicators, and the open cases of those. */
async function lookUp(tx: Tx, group: readonly PreparedReport[]): Promise<Found> {
  const matchKeys = [...new Map(group.flatMap((report) => report.indicators.map((one) => [indicatorKey(one), one.matchKey] as const))).values()];
  const { rows } = await sql<{ receipts: ReceiptRow[] | null; indicators: IndicatorRow[] | null }>`select
    (select json_agg(json_build_object('key', encode(r.idempotency_hash, 'base64'), 'payload', encode(r.payload_hash, 'base64'), 'id', r.id, 'code', r.code, 'at', r.received_at))
      from receipts_of(${group.map((report) => report.idempotencyHash)}::bytea[]) r) as receipts,
    (select json_agg(json_build_object('id', i.id, 'place', i.kind || '|' || encode(i.match_key, 'base64'), 'case_id', i.case_id, 'open_lead', c.lead_agency_id))
      from indicator i left join case_file c on c.id = i.case_id and c.state <> 'closed' where i.match_key = any (${matchKeys}::bytea[])) as indicators`.execute(tx);
  const known = (rows[0]!.receipts ?? []).map((row): [string, Known] => [row.key,
    { id: row.id, code: row.code, receivedAt: new Date(row.at), payloadHash: Buffer.from(row.payload, 'base64'), repeated: true }]);
  return { known: new Map(known), indicators: rows[0]!.indicators ?? [] };
}

interface ReceiptRow {
  readonly key: string;
  readonly payload: string;
  readonly id: string;
  readonly code: string;
  readonly at: string;
}

/** An indicator's row: `place` is "kind|key"; `open_lead` the lead agency of its case, null when it has none that is open. */
interface IndicatorRow {
  readonly id: string;
  readonly place: string;
  readonly case_id: string | null;
  readonly open_lead: string | null;
}

function firstOfEachKey(group: readonly PreparedReport[]): PreparedReport[] {
  return [...new Map([...group].reverse().map((report) => [keyOf(report), report])).values()].reverse();
}

const leadCache = new WeakMap<object, Map<string, { agency: string; until: number }>>();
const LEAD_CACHE_MS = 60_000;

/** The agency that handles each report: the coordinating one for its harm and place today; looked up once a minute for each pair. */
async function leadAgencies(desk: Desk, tx: Tx, reports: readonly PreparedReport[]): Promise<Map<string, string>> {
  const cache = leadCache.get(desk.pool) ?? new Map<string, { agency: string; until: number }>();
  leadCache.set(desk.pool, cache);
  const result = new Map<string, string>();
  for (const { id, input } of reports) {
    const on = localDate(tx.now);
    const key = `${input.category}|${input.communeCode ?? ''}|${on}`;
    let hit = cache.get(key);
    if (!hit || hit.until < Date.now()) {
      const agency = await coordinatingAgency(tx, { category: input.category, communeCode: input.communeCode, provinceCode: desk.config.PROVINCE, on });
      if (!agency) throw new Unavailable(`no agency is responsible for ${key}`);
      hit = { agency, until: Date.now() + LEAD_CACHE_MS };
      cache.set(key, hit);
    }
    result.set(id, hit.agency);
  }
  return result;
}

async function reportCodes(desk: Desk, tx: Tx, reports: readonly PreparedReport[]): Promise<Map<string, string>> {
  const province = desk.config.PROVINCE;
  const codes = new Map<string, string>();
  const byDay = Map.groupBy(reports, (report) => localDate(report.receivedAt));
  for (const [date, ofDay] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const first = await takeNumbers(tx, `report/${province}/${date}`, ofDay.length);
    ofDay.forEach((report, index) => codes.set(report.id, reportCode({ province, date, sequence: first + index })));
  }
  return codes;
}

interface Placed {
  /** Report id → case id, for those that found or opened one. */
  readonly caseOf: ReadonlyMap<string, string>;
  /** "kind|key" → indicator id */
  readonly indicatorOf: ReadonlyMap<string, string>;
}

const indicatorKey = (indicator: { kind: string; matchKey: Buffer }) => `${indicator.kind}|${indicator.matchKey.toString('base64')}`;

/**
 * Groups by specific technical indicators (SCOPE, never built 3): a report joins the open case of one of its grouping
 * keys, or opens a case for them. Indicators that have their case are only read; a new one is claimed, and if another
 * transaction was faster this one starts again and finds the other's case.
 */
async function placeInCases(
  desk: Desk, tx: Tx, reports: readonly PreparedReport[], { agencies, indicators }: { agencies: ReadonlyMap<string, string>; indicators: readonly IndicatorRow[] },
): Promise<Placed> {
  const all = new Map<string, PreparedIndicator>();
  for (const report of reports) for (const indicator of report.indicators) all.set(indicatorKey(indicator), indicator);
  const sorted = [...all.values()].sort((a, b) => Buffer.compare(a.matchKey, b.matchKey));
  if (sorted.length === 0) return { caseOf: new Map(), indicatorOf: new Map() };
  const rows = await withNewIndicators(tx, sorted, indicators);
  const indicatorOf = new Map(rows.map((row) => [row.place, row.id]));
  const openLead = new Map(rows.flatMap((row) => (row.case_id && row.open_lead ? [[row.case_id, row.open_lead] as const] : [])));
  const caseOfIndicator = new Map(rows.flatMap((row) => (row.case_id && row.open_lead ? [[row.id, row.case_id] as const] : [])));
  const caseOf = new Map<string, string>();
  const opened: { id: string; report: PreparedReport }[] = [];
  const claimed = new Map<string, { caseId: string; before: string | null }>();
  const caseBefore = new Map(rows.map((row) => [row.id, row.case_id]));
  for (const report of reports) {
    const keys = report.indicators.filter((indicator) => indicator.groups).map((indicator) => indicatorOf.get(indicatorKey(indicator))!);
    if (keys.length === 0) continue;
    const agency = agencies.get(report.id)!;
    let caseId = keys.map((key) => caseOfIndicator.get(key)).find((id) => id && openLead.get(id) === agency);
    if (!caseId) {
      caseId = uuidv7(tx.now);
      openLead.set(caseId, agency);
      opened.push({ id: caseId, report });
    }
    // A case that was transferred keeps its reports; what arrives with the same trace later gathers in a case of the agency that receives it.
    for (const key of keys) if (openLead.get(caseOfIndicator.get(key) ?? '') !== agency) {
      caseOfIndicator.set(key, caseId);
      claimed.set(key, { caseId, before: caseBefore.get(key) ?? null });
    }
    caseOf.set(report.id, caseId);
  }
  await openCases(desk, tx, opened, agencies);
  await claimIndicators(tx, claimed);
  return { caseOf, indicatorOf };
}

/** The indicators that exist, and the others added; one that another transaction added at the same moment makes this one start again. */
async function withNewIndicators(tx: Tx, sorted: readonly PreparedIndicator[], existing: readonly IndicatorRow[]): Promise<readonly IndicatorRow[]> {
  const known = new Set(existing.map((row) => row.place));
  const missing = sorted.filter((indicator) => !known.has(indicatorKey(indicator)));
  if (missing.length === 0) return existing;
  const { rows } = await sql`insert into indicator (id, kind, match_key, display, value, sealed, specific, case_id, first_seen)
    ${rowsOf('indicator', missing.map((indicator) => ({
      id: indicator.id, kind: indicator.kind, match_key: indicator.matchKey, display: indicator.display, value: indicator.value,
      sealed: indicator.sealed, specific: indicator.specific, case_id: null, first_seen: tx.now,
    })))} on conflict (match_key) do nothing returning id`.execute(tx);
  if (rows.length < missing.length) throw new Unavailable('an indicator was added meanwhile; the group starts again');
  return [...existing, ...missing.map((indicator) => ({ id: indicator.id, place: indicatorKey(indicator), case_id: null, open_lead: null }))];
}

async function openCases(desk: Desk, tx: Tx, opened: readonly { id: string; report: PreparedReport }[], agencies: ReadonlyMap<string, string>): Promise<void> {
  if (opened.length === 0) return;
  const year = Number(localDate(tx.now).slice(0, 4));
  const province = desk.config.PROVINCE;
  const first = await takeNumbers(tx, `case/${province}/${year}`, opened.length);
  await insertMany(tx, 'case_file', opened.map(({ id, report }, index) => ({
    id, number: caseNumber({ province, year, sequence: first + index }), category: report.input.category, state: 'open', title: caseTitle(report),
    lead_agency_id: agencies.get(report.id)!, officer_id: null, opened_at: tx.now, closed_at: null, report_count: 0,
  })));
  await writeJournal(tx, INTAKE, opened.map(({ id }) => ({ entity: 'case', entityId: id, action: 'open', to: 'open' })));
}

/** A working title an officer can change: the harm and the trace that groups, never a person's number in the clear. */
export function caseTitle(report: Pick<PreparedReport, 'indicators' | 'input'>): string {
  const trace = report.indicators.find((indicator) => indicator.groups)?.display;
  const { label } = categoryOf(report.input.category);
  return trace ? `${label.vi}: ${trace}`.slice(0, 300) : label.vi;
}

async function claimIndicators(tx: Tx, claimed: ReadonlyMap<string, { caseId: string; before: string | null }>): Promise<void> {
  if (claimed.size === 0) return;
  const claims = [...claimed].sort(([a], [b]) => (a < b ? -1 : 1));
  const { rows } = await sql`update indicator set case_id = claim.case_id
    from unnest(${claims.map(([id]) => id)}::uuid[], ${claims.map(([, claim]) => claim.caseId)}::uuid[], ${claims.map(([, claim]) => claim.before)}::uuid[]) as claim (id, case_id, before)
    where indicator.id = claim.id and indicator.case_id is not distinct from claim.before returning indicator.id`.execute(tx);
  if (rows.length < claims.length) throw new Unavailable('an indicator was claimed meanwhile; the group starts again');
}

/** More reports in these cases, as a part of the last statement: hot rows stay locked only for the commit; in the order of ids, against deadlock. */
function countReports(caseIds: readonly string[]): RawBuilder<unknown> {
  const counts = [...Map.groupBy(caseIds, (id) => id)].map(([id, ids]) => [id, ids.length] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return sql`update case_file set report_count = report_count + one.count
    from (select id from case_file where id = any (${counts.map(([id]) => id)}::uuid[]) order by id for no key update) as locked
    join unnest(${counts.map(([id]) => id)}::uuid[], ${counts.map(([, count]) => count)}::int[]) as one (id, count) on one.id = locked.id
    where case_file.id = locked.id`;
}

async function insertReports(
  desk: Desk, tx: Tx, reports: readonly PreparedReport[],
  { agencies, placed, codes, folds }: { agencies: ReadonlyMap<string, string>; placed: Placed; codes: ReadonlyMap<string, string>; folds: ReadonlyMap<string, string> },
): Promise<void> {
  const calendar = await workingCalendar(tx);
  await insertBatch(tx, {
    report: reports.map((report) => ({
      id: report.id, code: codes.get(report.id)!, secret_hash: report.secretHash, idempotency_hash: report.idempotencyHash, payload_hash: report.payloadHash,
      channel: report.input.channel, category: report.input.category, situation: report.input.situation, narrative: report.narrative, search: report.search,
      happened_on: report.input.happenedOn, money_lost: report.input.moneyLost, in_danger: report.input.inDanger, for_child: report.input.forChild,
      province_code: desk.config.PROVINCE, commune_code: report.input.communeCode, reporter_kind: reporterKind(report.input),
      sender_agency_id: report.input.senderAgencyId, handling_agency_id: agencies.get(report.id)!, language: report.input.language,
      received_at: report.receivedAt, due_on: gateDue(report.receivedAt, calendar), case_id: placed.caseOf.get(report.id) ?? null, state: 'received',
      fold: folds.get(report.id) ?? null, text_hash: report.textHash,
    })),
    report_indicator: reports.flatMap((report) => report.indicators.map((indicator) => ({
      report_id: report.id, indicator_id: placed.indicatorOf.get(indicatorKey(indicator))!, grouping_key: indicator.groups,
    }))),
    reporter_identity: reports.filter((report) => report.sealedContact).map((report) => ({
      report_id: report.id, sealed: report.sealedContact!, has_email: Boolean(report.input.contact?.email), purge_after: contactKeptUntil(report.receivedAt, calendar),
    })),
    journal: journalRows(tx.now, INTAKE, reports.map((report) => ({
      entity: 'report', entityId: report.id, action: 'receive', to: 'received',
      detail: { channel: report.input.channel, ...(placed.caseOf.has(report.id) && { case: placed.caseOf.get(report.id) }) },
    }))),
  }, countReports([...placed.caseOf.values()]));
  for (const report of reports) await claimUploads(tx, report.id, report.input.idempotencyKey, report.input.uploads);
  await settleArrivals(tx, reports);
  await desk.jobs.enqueue(tx, 'acknowledge', { reportIds: reports.map((report) => report.id) });
}

/** The arrivals these reports were read from are taken in the same breath; none is ever taken twice or half. */
async function settleArrivals(tx: Tx, reports: readonly PreparedReport[]): Promise<void> {
  for (const { id, input } of reports) {
    if (input.arrivalId) await tx.updateTable('arrival').set({ state: 'taken', reason: null, report_id: id }).where('id', '=', input.arrivalId).where('state', '=', 'waiting').execute();
  }
}

/** Report id → the first waiting report with the very same words, for those that repeat one. */
async function foldsOf(tx: Tx, reports: readonly PreparedReport[], agencies: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const hashed = reports.filter((report) => report.textHash);
  if (hashed.length === 0) return new Map();
  const { rows } = await sql<{ text_hash: Buffer; agency_id: string; head: string }>`select * from folds_of(${hashed.map((report) => report.textHash!)}::bytea[])`.execute(tx);
  const place = (hash: Buffer, agency: string) => `${hash.toString('base64')}|${agency}`;
  const heads = new Map(rows.map((row) => [place(row.text_hash, row.agency_id), row.head]));
  const folds = new Map<string, string>();
  for (const { id, textHash } of hashed) {
    const key = place(textHash!, agencies.get(id)!);
    const head = heads.get(key);
    if (head) folds.set(id, head);
    else heads.set(key, id);
  }
  return folds;
}

function reporterKind(input: NewReport): ReporterKind {
  if (input.senderAgencyId) return 'agency';
  return input.contact ? 'person' : 'anonymous';
}
