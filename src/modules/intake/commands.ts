import { sql, type Insertable } from 'kysely';
import { categoryOf } from '#catalogue/categories.ts';
import { caseNumber, reportCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { coordinatingAgency } from '#modules/directory/index.ts';
import { INTAKE } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { insertMany, rowsOf } from '#platform/bulk.ts';
import { takeNumbers } from '#platform/counter.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, Unavailable } from '#platform/errors.ts';
import { GroupCommit } from '#platform/group-commit.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { sameBytes } from '#platform/keys.ts';
import type { Database } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { pictureCopy } from './pictures.ts';
import { gateDue, hashFormKey, prepareReport, type PreparedIndicator, type PreparedReport } from './prepare.ts';
import type { NewReport, Receipt, Upload } from './types.ts';

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
  const known = await receiptsBefore(tx, group);
  const fresh = firstOfEachKey(group).filter((report) => !known.has(keyOf(report)));
  if (fresh.length > 0) {
    const agencies = await leadAgencies(desk, tx, fresh);
    const placed = await placeInCases(desk, tx, fresh, agencies);
    const codes = await reportCodes(desk, tx, fresh);
    await insertReports(desk, tx, fresh, { agencies, placed, codes });
    await countReports(tx, [...placed.caseOf.values()]);
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

async function receiptsBefore(tx: Tx, group: readonly PreparedReport[]): Promise<Map<string, Known>> {
  const rows = await tx.selectFrom(
    (eb) => eb.fn<Known & { idempotency_hash: Buffer }>('receipts_of', [eb.val(group.map((report) => report.idempotencyHash))]).as('receipt') as never,
  ).selectAll().execute() as unknown as { idempotency_hash: Buffer; payload_hash: Buffer; id: string; code: string; received_at: Date }[];
  return new Map(rows.map((row) => [row.idempotency_hash.toString('base64'),
    { id: row.id, code: row.code, receivedAt: row.received_at, payloadHash: row.payload_hash, repeated: true }]));
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
async function placeInCases(desk: Desk, tx: Tx, reports: readonly PreparedReport[], agencies: ReadonlyMap<string, string>): Promise<Placed> {
  const all = new Map<string, PreparedIndicator>();
  for (const report of reports) for (const indicator of report.indicators) all.set(indicatorKey(indicator), indicator);
  const sorted = [...all.values()].sort((a, b) => Buffer.compare(a.matchKey, b.matchKey));
  if (sorted.length === 0) return { caseOf: new Map(), indicatorOf: new Map() };
  const rows = await findIndicators(tx, sorted);
  const indicatorOf = new Map(rows.map((row) => [indicatorKey({ kind: row.kind, matchKey: row.match_key }), row.id]));
  const caseIds = [...new Set(rows.flatMap((row) => row.case_id ?? []))];
  const open = caseIds.length === 0 ? [] : await tx.selectFrom('case_file').select(['id', 'lead_agency_id'])
    .where('id', 'in', caseIds).where('state', '<>', 'closed').execute();
  const openLead = new Map(open.map((row) => [row.id, row.lead_agency_id]));
  const caseOfIndicator = new Map(rows.flatMap((row) => (row.case_id && openLead.has(row.case_id) ? [[row.id, row.case_id] as const] : [])));
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
    for (const key of keys) if (!caseOfIndicator.has(key)) {
      caseOfIndicator.set(key, caseId);
      claimed.set(key, { caseId, before: caseBefore.get(key) ?? null });
    }
    caseOf.set(report.id, caseId);
  }
  await openCases(desk, tx, opened, agencies);
  await claimIndicators(tx, claimed);
  return { caseOf, indicatorOf };
}

interface IndicatorRow {
  id: string; kind: PreparedIndicator['kind']; match_key: Buffer; case_id: string | null;
}

/** Finds the indicators that exist, adds the others; what another transaction adds at the same moment is looked up again. */
async function findIndicators(tx: Tx, sorted: readonly PreparedIndicator[]): Promise<IndicatorRow[]> {
  const existing = await selectIndicators(tx, sorted);
  const known = new Set(existing.map((row) => indicatorKey({ kind: row.kind, matchKey: row.match_key })));
  const missing = sorted.filter((indicator) => !known.has(indicatorKey(indicator)));
  if (missing.length === 0) return existing;
  const { rows: added } = await sql<IndicatorRow>`insert into indicator (id, kind, match_key, display, value, sealed, specific, case_id, first_seen)
    ${rowsOf('indicator', missing.map((indicator) => ({
      id: indicator.id, kind: indicator.kind, match_key: indicator.matchKey, display: indicator.display, value: indicator.value,
      sealed: indicator.sealed, specific: indicator.specific, case_id: null, first_seen: tx.now,
    })))} on conflict (match_key) do nothing returning id, kind, match_key, case_id`.execute(tx);
  if (added.length === missing.length) return [...existing, ...added];
  const mine = new Set(added.map((row) => indicatorKey({ kind: row.kind, matchKey: row.match_key })));
  return [...existing, ...added, ...await selectIndicators(tx, missing.filter((indicator) => !mine.has(indicatorKey(indicator))))];
}

async function selectIndicators(tx: Tx, sorted: readonly PreparedIndicator[]): Promise<IndicatorRow[]> {
  const { rows } = await sql<IndicatorRow>`select id, kind, match_key, case_id from indicator
    where match_key = any (${sorted.map((one) => one.matchKey)}::bytea[])`.execute(tx);
  return rows;
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

/** The hot rows of a flood are touched last, so that they stay locked only for the commit; in the order of ids, against deadlock. */
async function countReports(tx: Tx, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  const counts = [...Map.groupBy(caseIds, (id) => id)].map(([id, ids]) => [id, ids.length] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  await sql`with locked as (select id from case_file where id = any (${counts.map(([id]) => id)}::uuid[]) order by id for no key update)
    update case_file set report_count = report_count + one.count from locked join unnest(${counts.map(([id]) => id)}::uuid[], ${counts.map(([, count]) => count)}::int[]) as one (id, count) on one.id = locked.id
    where case_file.id = locked.id`.execute(tx);
}

async function insertReports(
  desk: Desk, tx: Tx, reports: readonly PreparedReport[],
  { agencies, placed, codes }: { agencies: ReadonlyMap<string, string>; placed: Placed; codes: ReadonlyMap<string, string> },
): Promise<void> {
  await insertMany(tx, 'report', reports.map((report): Insertable<Database['report']> => ({
    id: report.id, code: codes.get(report.id)!, secret_hash: report.secretHash, idempotency_hash: report.idempotencyHash, payload_hash: report.payloadHash,
    channel: report.input.channel, category: report.input.category, situation: report.input.situation, narrative: report.narrative, search: report.search,
    happened_on: report.input.happenedOn, money_lost: report.input.moneyLost, in_danger: report.input.inDanger, for_child: report.input.forChild,
    province_code: desk.config.PROVINCE, commune_code: report.input.communeCode,
    reporter_kind: report.input.senderAgencyId ? 'agency' : report.input.contact ? 'person' : 'anonymous',
    sender_agency_id: report.input.senderAgencyId, handling_agency_id: agencies.get(report.id)!, language: report.input.language,
    received_at: report.receivedAt, due_on: report.dueOn, case_id: placed.caseOf.get(report.id) ?? null, state: 'received',
  })));
  const links = reports.flatMap((report) => report.indicators.map((indicator) => ({
    report_id: report.id, indicator_id: placed.indicatorOf.get(indicatorKey(indicator))!, grouping_key: indicator.groups,
  })));
  await insertMany(tx, 'report_indicator', links);
  const sealed = reports.filter((report) => report.sealedContact);
  await insertMany(tx, 'reporter_identity', sealed.map((report) => ({
    report_id: report.id, sealed: report.sealedContact!, has_email: Boolean(report.input.contact?.email), purge_after: report.purgeContactAfter,
  })));
  for (const report of reports) await claimUploads(tx, report.id, report.input.idempotencyKey, report.input.uploads);
  await writeJournal(tx, INTAKE, reports.map((report) => ({
    entity: 'report', entityId: report.id, action: 'receive', to: 'received',
    detail: { channel: report.input.channel, ...(placed.caseOf.has(report.id) && { case: placed.caseOf.get(report.id) }) },
  })));
  await desk.jobs.enqueue(tx, 'acknowledge', { reportIds: reports.map((report) => report.id) });
}

/** Moves pictures from the waiting place to the report they were sent with. */
async function claimUploads(tx: Tx, reportId: string, formKey: string, uploads: readonly string[]): Promise<void> {
  if (uploads.length === 0) return;
  const rows = await tx.deleteFrom('pending_upload').where('id', 'in', [...uploads]).where('form_hash', '=', hashFormKey(formKey)).returningAll().execute();
  if (rows.length === 0) return;
  await tx.insertInto('attachment').values(rows.map(({ form_hash: _, ...stored }) => ({ ...stored, report_id: reportId }))).execute();
}

/** How many pictures one report may carry. */
export const MOST_UPLOADS = 5;

/**
 * Keeps a picture until its report is sent: the original sealed and hashed, beside it a re-encoded copy without metadata.
 * @throws Invalid with details.reason: too_large, empty, not_an_image, svg, heic, zip, pdf, broken, too_many, too_many_pixels
 */
export async function keepUpload(desk: Desk, formKey: string, file: SentFile): Promise<Upload> {
  const copy = await pictureCopy(file);
  const [original, stored] = [await desk.files.put(file.bytes), await desk.files.put(copy.bytes)];
  const id = uuidv7(desk.clock.now());
  const name = normalise(file.name).slice(-120) || 'anh';
  const kept = inTransaction(desk, INTAKE, async (tx) => {
    const { count } = await tx.selectFrom('pending_upload').select((eb) => eb.fn.countAll<number>().as('count'))
      .where('form_hash', '=', hashFormKey(formKey)).executeTakeFirstOrThrow();
    if (count >= MOST_UPLOADS) throw new Invalid('too many pictures', { reason: 'too_many' });
    await tx.insertInto('pending_upload').values({
      id, form_hash: hashFormKey(formKey), name, media_type: copy.mediaType, bytes: file.bytes.length, original_ref: original.ref,
      original_sha256: original.sha256, copy_ref: stored.ref, copy_bytes: copy.bytes.length, width: copy.width, height: copy.height, at: tx.now,
    }).execute();
  });
  await kept.catch(async (error: unknown) => {
    // After a failure of the database itself the row may be there all the same, and then needs its files.
    if (error instanceof Invalid) await Promise.all([desk.files.remove(original.ref), desk.files.remove(stored.ref)]);
    throw error;
  });
  return { id, name, bytes: file.bytes.length };
}

/** Drops the waiting pictures of a form that are not in `keepIds`. */
export async function dropUploads(desk: Desk, formKey: string, keepIds: readonly string[]): Promise<void> {
  const dropped = await inTransaction(desk, INTAKE, (tx) => {
    let query = tx.deleteFrom('pending_upload').where('form_hash', '=', hashFormKey(formKey));
    if (keepIds.length > 0) query = query.where('id', 'not in', [...keepIds]);
    return query.returning(['original_ref', 'copy_ref']).execute();
  });
  for (const { original_ref, copy_ref } of dropped) await Promise.all([desk.files.remove(original_ref), desk.files.remove(copy_ref)]);
}

/** The reporter writes back; if the desk had asked, the report goes on. */
export async function addReporterMessage(desk: Desk, reportId: string, body: string, uploads: readonly string[], formKey: string): Promise<void> {
  const text = normalise(body);
  if (text.length < 1 || text.length > 5000) throw new Invalid('message length', { fields: { body: 'length' } });
  const actor = { kind: 'reporter', reportId } as const;
  await inTransaction(desk, actor, async (tx) => {
    await tx.insertInto('message').values({ report_id: reportId, sent_by: 'reporter', officer_id: null, body: text, at: tx.now, read_at: null }).execute();
    await claimUploads(tx, reportId, formKey, uploads);
    await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'reporter_message' }]);
    const { state } = await tx.selectFrom('report').select('state').where('id', '=', reportId).executeTakeFirstOrThrow();
    if (state === 'need_info') await changeState(tx, actor, 'report', reportId, 'supply', { set: { due_on: gateDue(tx.now) } });
  });
}

/** The reporter has seen what the desk wrote. */
export async function markRead(desk: Desk, reportId: string): Promise<void> {
  await inTransaction(desk, { kind: 'reporter', reportId }, (tx) => tx.updateTable('message').set({ read_at: tx.now })
    .where('report_id', '=', reportId).where('sent_by', '=', 'desk').where('read_at', 'is', null).execute());
}
