import { CHANNEL_CODES, type Channel } from '#catalogue/channels.ts';
import type { FigureCode, UnitCode } from '#catalogue/figures.ts';
import { agencyNames } from '#modules/directory/index.ts';
import { OUTGOING } from '#modules/notifications/index.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { REPORT_STATES, type ReportState } from '#core/transitions.ts';
import type { Tx } from '#platform/db.ts';
import type { ArrivalMedia, ArrivalState } from '#platform/schema.ts';
import type { Origin } from './edoc/reading.ts';

// ── Channels ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is known of a channel; counts are of the officer's own agency. */
export interface ChannelRow {
  readonly channel: Channel;
  readonly health: { readonly state: 'ok' | 'failing'; readonly since: Date; readonly reason: string | null; readonly detail: string | null; readonly lastOkAt: Date | null } | null;
  /** Null when nothing came for {@link LOOK_BACK_DAYS}. */
  readonly lastAt: Date | null;
  /** Reports of the last seven days. */
  readonly week: number;
}

/** How far back the page of channels looks; what came before says nothing about today. */
export const LOOK_BACK_DAYS = 31;

/** Every channel, in the order of the catalogue. */
export async function channelRows(tx: Tx, agencyId: string): Promise<ChannelRow[]> {
  const since = (days: number) => new Date(`${addDays(localDate(tx.now), 1 - days)}T00:00:00+07:00`);
  const health = await tx.selectFrom('channel_health').selectAll().where('endpoint', '<>', OUTGOING).orderBy('state', 'desc').execute();
  // All states are named, so that the index of the worklist serves.
  const reports = await tx.selectFrom('report')
    .select(['channel', (eb) => eb.fn.countAll<number>().filterWhere('received_at', '>=', since(7)).as('week'), (eb) => eb.fn.max('received_at').as('last')])
    .where('handling_agency_id', '=', agencyId).where('state', 'in', [...REPORT_STATES]).where('received_at', '>=', since(LOOK_BACK_DAYS)).groupBy('channel').execute();
  const arrivals = await tx.selectFrom('arrival').select(['channel', (eb) => eb.fn.max('arrived_at').as('last')])
    .where('agency_id', '=', agencyId).where('state', 'in', [...ARRIVAL_STATES]).where('arrived_at', '>=', since(LOOK_BACK_DAYS)).groupBy('channel').execute();
  return CHANNEL_CODES.map((channel) => {
    const row = health.find((one) => one.channel === channel);
    const own = reports.find((one) => one.channel === channel);
    const times = [own?.last, arrivals.find((one) => one.channel === channel)?.last, row?.last_arrival_at].filter((time) => time instanceof Date);
    return {
      channel, week: own?.week ?? 0, lastAt: times.sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
      health: row ? { state: row.state, since: row.since, reason: row.reason, detail: row.detail, lastOkAt: row.last_ok_at } : null,
    };
  });
}

const ARRIVAL_STATES = ['waiting', 'taken', 'threaded', 'set_aside', 'quarantined', 'discarded'] as const satisfies readonly ArrivalState[];

// ── The quarantine ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Shelves of the quarantine: not readable; read and set aside; waiting longer than any job needs. */
export const SHELVES = ['cach-ly', 'de-rieng', 'cho-lau'] as const;
export type QuarantineShelf = (typeof SHELVES)[number];

/** Longer than this nothing waits that a job reads (the job that sweeps takes up what is older every ten minutes). */
const WAITING_MINUTES = 30;
/** Rows on a page. */
export const PAGE = 50;

export interface ArrivalRow {
  readonly id: string;
  readonly channel: Channel;
  readonly media: ArrivalMedia;
  readonly state: ArrivalState;
  readonly reason: string | null;
  readonly bytes: number | null;
  readonly arrivedAt: Date;
  readonly attempts: number;
}

const ON_SHELF: Readonly<Record<QuarantineShelf, ArrivalState>> = { 'cach-ly': 'quarantined', 'de-rieng': 'set_aside', 'cho-lau': 'waiting' };

function onShelf(tx: Tx, shelf: QuarantineShelf) {
  const query = tx.selectFrom('arrival').where('state', '=', ON_SHELF[shelf]);
  return shelf === 'cho-lau' ? query.where('recorded_at', '<', new Date(tx.now.getTime() - WAITING_MINUTES * 60_000)) : query;
}

/** A page of a shelf, newest first, and how many lie on each. */
export async function quarantine(tx: Tx, shelf: QuarantineShelf, page: number): Promise<{ rows: ArrivalRow[]; counts: Readonly<Record<QuarantineShelf, number>> }> {
  const rows = await onShelf(tx, shelf).select(['id', 'channel', 'media', 'state', 'reason', 'original_bytes as bytes', 'arrived_at as arrivedAt', 'attempts'])
    .orderBy('arrived_at', 'desc').orderBy('id', 'desc').limit(PAGE).offset((page - 1) * PAGE).execute();
  const counts = { 'cach-ly': 0, 'de-rieng': 0, 'cho-lau': 0 };
  for (const one of SHELVES) counts[one] = (await onShelf(tx, one).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
  return { rows, counts };
}

export interface ArrivalDetail extends ArrivalRow {
  readonly receiver: string;
  /** Hex. */
  readonly sha256: string | null;
  /** Whether the original is still there. */
  readonly hasOriginal: boolean;
  readonly recordedAt: Date;
  readonly officer: string | null;
  readonly document: { readonly number: number; readonly year: number } | null;
  /** The report it became part of. */
  readonly reportCode: string | null;
  readonly steps: readonly { readonly at: Date; readonly action: string; readonly officer: string | null; readonly reason: string | null }[];
}

/** An arrival that somebody must decide about, or decided to throw away; null for every other. */
export async function arrivalDetail(tx: Tx, id: string): Promise<ArrivalDetail | null> {
  const row = await tx.selectFrom('arrival as a').leftJoin('officer as o', 'o.id', 'a.officer_id').leftJoin('report as r', 'r.id', 'a.report_id')
    .select(['a.id', 'a.channel', 'a.media', 'a.state', 'a.reason', 'a.original_bytes as bytes', 'a.arrived_at as arrivedAt', 'a.attempts', 'a.receiver', 'a.original_sha256', 'a.original_ref',
      'a.recorded_at as recordedAt', 'o.full_name as officer', 'a.document_number', 'a.document_year', 'r.code as reportCode'])
    .where('a.id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { original_sha256, original_ref, document_number, document_year, ...rest } = row;
  const steps = await tx.selectFrom('journal as j').leftJoin('officer as o', 'o.id', 'j.officer_id').select(['j.at', 'j.action', 'o.full_name as officer', 'j.reason'])
    .where('entity', '=', 'arrival').where('entity_id', '=', id).orderBy('seq', 'desc').limit(20).execute();
  return {
    ...rest, sha256: original_sha256?.toString('hex') ?? null, hasOriginal: original_ref !== null, steps,
    document: document_number === null ? null : { number: document_number, year: document_year! },
  };
}

// ── Electronic documents ────────────────────────────────────────────────────────────────────────────────────────────

export interface DocumentRow {
  readonly id: string;
  readonly state: ArrivalState;
  readonly reason: string | null;
  /** Null while it was not read. */
  readonly origin: Origin | null;
  readonly arrivedAt: Date;
  readonly document: { readonly number: number; readonly year: number } | null;
  readonly report: { readonly id: string; readonly code: string; readonly state: ReportState } | null;
}

/** Electronic documents that arrived, newest first. */
export async function documentRows(tx: Tx, page: number): Promise<DocumentRow[]> {
  return (await documents(tx).orderBy('a.arrived_at', 'desc').orderBy('a.id', 'desc').limit(PAGE).offset((page - 1) * PAGE).execute()).map(documentOf);
}

/** One of them; null when there is none. */
export async function documentRow(tx: Tx, id: string): Promise<DocumentRow | null> {
  const row = await documents(tx).where('a.id', '=', id).executeTakeFirst();
  return row ? documentOf(row) : null;
}

function documents(tx: Tx) {
  return tx.selectFrom('arrival as a').leftJoin('report as r', 'r.id', 'a.report_id')
    .select(['a.id', 'a.state', 'a.reason', 'a.facts', 'a.arrived_at', 'a.document_number', 'a.document_year', 'r.id as report_id', 'r.code', 'r.state as report_state']).where('a.media', '=', 'edxml');
}

function documentOf(row: Awaited<ReturnType<ReturnType<typeof documents>['executeTakeFirstOrThrow']>>): DocumentRow {
  return {
    id: row.id, state: row.state, reason: row.reason, origin: (row.facts.document as Origin | undefined) ?? null, arrivedAt: row.arrived_at,
    document: row.document_number === null ? null : { number: row.document_number, year: row.document_year! },
    report: row.report_id && row.code && row.report_state ? { id: row.report_id, code: row.code, state: row.report_state } : null,
  };
}

/** The highest number entered in the register of incoming documents this year; null when there is none. */
export async function lastDocumentNumber(tx: Tx, agencyId: string): Promise<number | null> {
  const { last } = await tx.selectFrom('arrival').select((eb) => eb.fn.max('document_number').as('last')).where('agency_id', '=', agencyId)
    .where('document_year', '=', Number(localDate(tx.now).slice(0, 4))).executeTakeFirstOrThrow();
  return last;
}

// ── Figures of others ───────────────────────────────────────────────────────────────────────────────────────────────

export interface FigureRow {
  readonly id: string;
  readonly agencyId: string;
  readonly agency: string;
  readonly kind: FigureCode;
  readonly value: number;
  readonly qualifier: 'exact' | 'more_than' | 'about' | 'less_than';
  readonly unit: UnitCode;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly recordedAt: Date;
  readonly withdrawn: { readonly at: Date; readonly reason: string } | null;
}

/** At most this many figures on the page and in a file. */
export const MOST_FIGURES = 1000;

/** Figures the officer may see, latest period first; withdrawn ones only when asked for. */
export async function figureRows(tx: Tx, withWithdrawn: boolean): Promise<FigureRow[]> {
  let query = tx.selectFrom('external_figure').selectAll();
  if (!withWithdrawn) query = query.where('withdrawn_at', 'is', null);
  const rows = await query.orderBy('period_to', 'desc').orderBy('period_from', 'desc').orderBy('kind').orderBy('id').limit(MOST_FIGURES).execute();
  const names = await agencyNames(tx, [...new Set(rows.map((row) => row.agency_id))], localDate(tx.now));
  return rows.map((row) => ({
    id: row.id, agencyId: row.agency_id, agency: names.get(row.agency_id)?.shortName ?? '', kind: row.kind as FigureCode, value: row.value, qualifier: row.qualifier,
    unit: row.unit as UnitCode, from: row.period_from, to: row.period_to, source: row.source, recordedAt: row.recorded_at,
    withdrawn: row.withdrawn_at ? { at: row.withdrawn_at, reason: row.withdrawn_reason ?? '' } : null,
  }));
}
