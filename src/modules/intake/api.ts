import { parseReportCode, parseSecret } from '#core/codes.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { readText } from '#platform/body.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import { links } from '#web/links.ts';
import { createReportDoc, readReportDoc } from './api-doc.ts';
import { submitReport } from './commands/submit.ts';
import { publicAddress } from '#platform/public-address.ts';
import { communeOptions, openReport, reporterView } from './queries.ts';
import { FIELDS, OUTSIDE, reportFromFields, type Field, type Fields } from './schema.ts';

const MOST_BYTES = 128 * 1024;

/** Answers from JSON: texts, numbers and truth values by the names of the form; contact and place are optional here. */
function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Invalid('not a JSON object', { fields: { '': 'not_an_object' } });
  const wrong: Record<string, string> = {};
  const fields: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const value = (body as Record<string, unknown>)[field] ?? '';
    if (typeof value === 'string') fields[field] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') fields[field] = value.toString();
    else wrong[field] = 'wrong_type';
  }
  if (Object.keys(wrong).length > 0) throw new Invalid('wrong types', { fields: wrong });
  fields.contact_kind ||= fields.email || fields.phone ? 'contact' : 'anonymous';
  if (!fields.commune && !fields.commune_text) fields.commune = OUTSIDE;
  return fields;
}

async function readJson(ctx: Ctx): Promise<unknown> {
  const text = ctx.c.req.raw.body ? await readText(ctx.c.req.raw, MOST_BYTES) : '';
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid('not JSON', { fields: { '': 'not_json' } });
  }
}

/** Addresses an answer leads to, absolute. */
function linksOf(ctx: Ctx, code: string): Record<string, string> {
  const base = publicAddress(ctx.desk);
  return { self: `${base}/api/v1/reports/${code}`, follow_up: `${base}${links.follow}?ma=${code}` };
}

/** POST /api/v1/reports: 201 with code and secret, 200 when the same was sent before, 409 for other content under the key. */
async function createReport(ctx: Ctx): Promise<Response> {
  const idempotencyKey = ctx.c.req.header('idempotency-key') ?? '';
  if (!/^[\x21-\x7e]{16,200}$/.test(idempotencyKey)) throw new Invalid('Idempotency-Key', { fields: { 'Idempotency-Key': 'missing_or_short' } });
  const body = await readJson(ctx);
  const fields = fieldsOf(body);
  const language = (body as { language?: unknown }).language === 'en' ? 'en' : 'vi';
  const communes = await communeOptions(ctx.desk);
  const result = reportFromFields(fields, { now: ctx.now, communes, channel: 'api', language, idempotencyKey: `api:${idempotencyKey}`, uploads: [] });
  if (!result.ok) throw new Invalid('fields', { fields: result.errors });
  const receipt = await submitReport(ctx.desk, result.report).catch((error: unknown) => {
    throw error instanceof Conflict ? new Conflict(error.message, { header: 'Idempotency-Key' }) : error;
  });
  const answer = { code: receipt.code, secret: receipt.secret, received_at: receipt.receivedAt.toISOString(), links: linksOf(ctx, receipt.code) };
  return ctx.c.json(answer, receipt.repeated ? 200 : 201, { Location: `/api/v1/reports/${receipt.code}` });
}

/** GET /api/v1/reports/:code: what the reporter sees, by the secret; one answer for everything that does not open. */
async function readReport(ctx: Ctx): Promise<Response> {
  const code = parseReportCode(ctx.param('code'))?.code;
  const secret = parseSecret(/^Bearer +(.+)$/i.exec(ctx.c.req.header('authorization') ?? '')?.[1] ?? '');
  const reportId = code && secret ? await openReport(ctx.desk, code, secret) : null;
  if (!reportId) throw new NotFound('report');
  const view = await reporterView(ctx.desk, reportId);
  const stop = GATE_QUESTIONS.find((question) => question.code === view.stopCode);
  return ctx.c.json({
    code: view.code, state: view.state, category: view.category, situation: view.situation, received_at: view.receivedAt.toISOString(),
    due_on: view.dueOn, handled_by: view.agency, money_lost: view.moneyLost, happened_on: view.happenedOn, commune: view.commune,
    indicators: view.indicators, attachments: view.attachments.length,
    stopped: stop ? { code: stop.code, reason: stop.told[ctx.lang], erased_after: view.eraseAfter?.toISOString() ?? null } : null,
    messages: view.messages.map(({ sentBy, body, at }) => ({ sent_by: sentBy, body, at: at.toISOString() })),
    steps: view.steps.map(({ at, to, reason }) => ({ at: at.toISOString(), state: to, reason })),
    warnings: view.warnings, links: linksOf(ctx, view.code),
  });
}

/** The public API of reports. */
export const intakeApi: readonly Route[] = [
  { method: 'POST', path: '/api/v1/reports', access: { kind: 'public' }, limit: 'api', handler: createReport, api: createReportDoc },
  { method: 'GET', path: '/api/v1/reports/:code', access: { kind: 'public' }, limit: 'follow', handler: readReport, api: readReportDoc },
];
