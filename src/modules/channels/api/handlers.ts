import type { z } from 'zod';
import { localDate } from '#core/deadlines.ts';
import { agencyName } from '#modules/directory/index.ts';
import { communeOptions, publicAddress, submitReport } from '#modules/intake/index.ts';
import { inTransaction } from '#platform/db.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import type { Ctx } from '#platform/http.ts';
import { links } from '#web/links.ts';
import { recordFigures } from '../commands/figures.ts';
import { readFigures } from '../feeds/figures.ts';
import { readList } from '../feeds/list.ts';
import { readMisp } from '../feeds/misp.ts';
import type { ReadReason } from '../feeds/types.ts';
import { readXarf } from '../feeds/xarf.ts';
import { readBody, readJson } from './body.ts';
import { figuresOf, sentReports } from './queries.ts';
import { agencyReport, batch, batchReport, BYTES, figuresQuery, listQuery, mispQuery, MOST, pageQuery, type Outcome } from './schema.ts';
import { agencyKey, inLanes, outcomeOf, reportOfAgency, takeFeedItem, takeItem, takeOne, type FeedItem, type Taken } from './taking.ts';

/** What is wrong with an input, by field: `missing` or `wrong`, the path joined by full stops. */
function fieldsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.slice(0, 50).map(({ path, input }) => [path.join('.'), input === undefined ? 'missing' : 'wrong']));
}

/** @throws Invalid with what is wrong by field */
function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input, { reportInput: true });
  if (!read.success) throw new Invalid('not as documented', { fields: fieldsOf(read.error) });
  return read.data;
}

function query<T extends z.ZodType>(ctx: Ctx, schema: T): z.output<T> {
  return parse(schema, ctx.c.req.query());
}

/** POST /api/v1/agency/reports: 201 with code and secret, 200 when the same was sent before, 409 for other content under its name. */
export async function postReport(ctx: Ctx): Promise<Response> {
  const body = parse(agencyReport, await readJson(ctx, BYTES.report));
  const result = reportOfAgency(body, ctx.agency, { now: ctx.now, communes: await communeOptions(ctx.desk), idempotencyKey: keyOf(ctx, body.external_id) });
  if (!result.ok) throw new Invalid('fields', { fields: result.errors });
  const receipt = await submitReport(ctx.desk, result.report).catch((error: unknown) => {
    throw error instanceof Conflict ? new Conflict(error.message, body.external_id ? { field: 'external_id' } : { header: 'Idempotency-Key' }) : error;
  });
  const base = publicAddress(ctx.desk);
  return ctx.c.json({
    code: receipt.code, secret: receipt.secret, received_at: receipt.receivedAt.toISOString(), ...(body.external_id && { external_id: body.external_id }),
    links: { self: `${base}/api/v1/reports/${receipt.code}`, follow_up: `${base}${links.follow}?ma=${receipt.code}` },
  }, receipt.repeated ? 200 : 201);
}

/** By the id in the sender's system, so that one report is one whether it comes alone or in a batch; else by the header. */
function keyOf(ctx: Ctx, externalId: string | undefined): string {
  if (externalId) return agencyKey(ctx.agency, externalId);
  const key = ctx.c.req.header('idempotency-key') ?? '';
  if (!/^[\x21-\x7e]{16,200}$/.test(key)) throw new Invalid('Idempotency-Key', { fields: { 'Idempotency-Key': 'missing_or_short' } });
  return `agency-key:${ctx.agency.agencyId}:${key}`;
}

/** POST /api/v1/agency/reports/batch: each report taken or refused by itself. */
export async function postBatch(ctx: Ctx): Promise<Response> {
  const { reports } = parse(batch, await readJson(ctx, BYTES.batch));
  const communes = await communeOptions(ctx.desk);
  const underWay = new Map<string, Promise<Taken>>();
  const parts = reports.map(async (raw, index): Promise<Taken> => {
    const at = `reports[${index}]`;
    const body = batchReport.safeParse(raw, { reportInput: true });
    if (!body.success) return { at, reason: 'invalid', fields: fieldsOf(body.error) };
    const { external_id: id } = body.data;
    const read = reportOfAgency(body.data, ctx.agency, { now: ctx.now, communes, idempotencyKey: agencyKey(ctx.agency, id) });
    if (!read.ok) return { at, external_id: id, reason: 'invalid', fields: read.errors };
    // Of two with one id the first in the batch is taken.
    const before = underWay.get(id);
    const taking = before ? before.then(() => takeOne(ctx.desk, read.report, at, id)) : takeOne(ctx.desk, read.report, at, id);
    underWay.set(id, taking);
    return taking;
  });
  return answer(ctx, outcomeOf(await Promise.all(parts)));
}

function answer(ctx: Ctx, outcome: Outcome): Response {
  return ctx.c.json(outcome);
}

/** Originals are sealed and synced one by one; more at once would only wait for the same disk. */
const LANES = 8;

async function takeFeed(ctx: Ctx, media: 'xarf' | 'misp', items: readonly FeedItem[], rest: { ignored: number; errors: Outcome['errors'] }): Promise<Response> {
  return answer(ctx, outcomeOf(await inLanes(items, LANES, (one) => takeFeedItem(ctx.desk, ctx.agency, media, one)), rest));
}

/** POST /api/v1/agency/xarf: one XARF v4 report, or an array of them. */
export async function postXarf(ctx: Ctx): Promise<Response> {
  const body = await readJson(ctx, BYTES.xarf);
  const reports = Array.isArray(body) ? body as unknown[] : [body];
  if (reports.length === 0 || reports.length > MOST.xarf) refuse(reports.length === 0 ? 'not_readable' : 'too_many');
  const items: FeedItem[] = [];
  const rest = { ignored: 0, errors: [] as Outcome['errors'] };
  for (const [index, raw] of reports.entries()) {
    const read = readXarf(raw);
    if (!read.ok) {
      rest.errors.push({ at: `[${index}]`, reason: read.reason });
      continue;
    }
    rest.ignored += read.ignored;
    items.push(...read.items.map((item) => ({ item, original: Buffer.from(JSON.stringify(raw)), leftOut: read.errors })));
  }
  return takeFeed(ctx, 'xarf', items, rest);
}

function refuse(reason: ReadReason): never {
  throw new Invalid('source not read', { reason });
}

/** POST /api/v1/agency/misp: one MISP event, or `{"response": […]}` with several. */
export async function postMisp(ctx: Ctx): Promise<Response> {
  const { category } = query(ctx, mispQuery);
  const body = await readJson(ctx, BYTES.misp);
  const whole = readMisp(body, category);
  if (!whole.ok) {
    if (whole.reason === 'not_readable' || whole.reason === 'too_many') refuse(whole.reason);
    return answer(ctx, outcomeOf([], { errors: [{ at: 'Event', reason: whole.reason }] }));
  }
  const originals = mispOriginals(body);
  const items = whole.items.map((item): FeedItem => ({ item, original: originals.get(item.externalId.replace(/^misp:|#\d+$/g, '')) ?? Buffer.from('{}'), leftOut: [] }));
  return takeFeed(ctx, 'misp', items, { ignored: whole.ignored, errors: whole.errors.map(({ at, reason }) => ({ at, reason })) });
}

/** The events of a body that was read, each as it is kept, by its uuid in small letters. */
function mispOriginals(body: unknown): Map<string, Buffer> {
  const { response, ...single } = body as { response?: readonly unknown[]; Event?: unknown };
  const events = (single.Event ? [single] : response ?? []) as readonly { Event?: { uuid?: unknown } }[];
  return new Map(events.map((one) => [String(one?.Event?.uuid).toLowerCase(), Buffer.from(JSON.stringify(one))]));
}

/** POST /api/v1/agency/list: a plain list of indicators, one report a line. */
export async function postList(ctx: Ctx): Promise<Response> {
  const { category, source } = query(ctx, listQuery);
  const text = await readBody(ctx, BYTES.list);
  const { agencyId } = ctx.agency;
  const own = await inTransaction(ctx.desk, ctx.agency, (tx) => agencyName(tx, agencyId, localDate(tx.now)));
  const seal = (key: string) => ctx.desk.keys.mac('indicator-match', key).toString('base64url');
  const read = readList(text, { source: source ?? own?.name ?? 'API', category, happenedOn: null, seal });
  if (!read.ok) refuse(read.reason);
  if (read.items.length > MOST.list) refuse('too_many');
  const parts = await inLanes(read.items, MOST.batch, (item) => takeItem(ctx.desk, ctx.agency, item));
  return answer(ctx, outcomeOf(parts, { ignored: read.ignored, errors: read.errors.map(({ at, reason }) => ({ at, reason })) }));
}

/** GET /api/v1/agency/reports: what became of the reports this agency sent. */
export async function getReports(ctx: Ctx): Promise<Response> {
  const { after, limit } = query(ctx, pageQuery);
  const found = await sentReports(ctx.desk, ctx.agency, { after: after ? idOf(after) : null, limit: limit + 1 });
  const page = found.slice(0, limit);
  return ctx.c.json({
    reports: page.map((report) => ({
      code: report.code, state: report.state, category: report.category, received_at: report.receivedAt.toISOString(), changed_at: report.changedAt.toISOString(),
      stop_code: report.stopCode, answers: report.answers.map(({ at, body }) => ({ at: at.toISOString(), body })),
    })),
    next: found.length > limit ? cursorOf(page.at(-1)!.id) : null,
  });
}

function cursorOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function idOf(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** POST /api/v1/agency/figures: aggregated figures of a period; never cases. */
export async function postFigures(ctx: Ctx): Promise<Response> {
  const read = readFigures(await readJson(ctx, BYTES.figures));
  if (!read.ok) refuse(read.reason);
  const done = await inTransaction(ctx.desk, ctx.agency, (tx) => recordFigures(tx, ctx.agency, read.items));
  return ctx.c.json({ ...done, errors: read.errors });
}

/** GET /api/v1/agency/figures: this agency's own figures that hold. */
export async function getFigures(ctx: Ctx): Promise<Response> {
  const rows = await figuresOf(ctx.desk, ctx.agency, query(ctx, figuresQuery));
  return ctx.c.json({
    figures: rows.map((row) => ({
      kind: row.kind, value: row.value, qualifier: row.qualifier === 'exact' ? '' : row.qualifier, unit: row.unit, period: { from: row.period_from, to: row.period_to },
      source: row.source, recorded_at: row.recorded_at.toISOString(),
    })),
  });
}
