import { createHash } from 'node:crypto';
import { normalise } from '#core/vietnamese.ts';
import { dropUploads, keepUpload, OUTSIDE, recordArrival, FIELDS, reportFromFields, settleArrival, submitReport, type Fields, type NewReport, type Receipt } from '#modules/intake/index.ts';
import { INTAKE, type AgencyActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, LachanError } from '#platform/errors.ts';
import { sameBytes } from '#platform/keys.ts';
import type { MachineReport } from '../feeds/types.ts';
import { reportOfArrival } from './queries.ts';
import type { AgencyReport, Outcome } from './schema.ts';

/** How a report of an agency is known when it is sent again: by the name its system gives it. */
export function agencyKey(agency: AgencyActor, externalId: string): string {
  return `agency:${agency.agencyId}:${externalId}`;
}

/** A report of an agency from the answers of its system, or what is wrong with them, by field. */
export function reportOfAgency(
  body: AgencyReport, agency: AgencyActor, context: { now: Date; communes: Parameters<typeof reportFromFields>[1]['communes']; idempotencyKey: string },
): ReturnType<typeof reportFromFields> {
  const fields: Partial<Record<keyof Fields, string>> = {};
  for (const field of FIELDS) fields[field] = String(body[field] ?? '');
  fields.contact_kind ||= fields.email || fields.phone ? 'contact' : 'anonymous';
  if (!normalise(fields.commune ?? '') && !normalise(fields.commune_text ?? '')) fields.commune = OUTSIDE;
  const read = reportFromFields(fields, { ...context, channel: 'api', language: body.language ?? 'vi', uploads: [] });
  return read.ok ? { ok: true, report: { ...read.report, senderAgencyId: agency.agencyId } } : read;
}

type Result = Outcome['results'][number];
type Failure = Outcome['errors'][number];
/** A part of a request that becomes a report or an error. */
export type Taken = Result | Failure;

function resultOf(externalId: string, receipt: Pick<Receipt, 'code' | 'receivedAt' | 'repeated'>, leftOut: Result['left_out'] = []): Result {
  return { external_id: externalId, code: receipt.code, received_at: receipt.receivedAt.toISOString(), repeated: receipt.repeated, left_out: leftOut };
}

/** A failure that is the sender's becomes an error of that report; ours ends the request, which may be sent again as it is. */
function failureOf(error: unknown, at: string, externalId: string): Failure {
  if (error instanceof LachanError && error.status < 500) return { at, external_id: externalId, reason: error instanceof Conflict ? 'conflict' : error.code };
  throw error;
}

/** Takes in one report of a batch. @throws what is our failure */
export function takeOne(desk: Desk, report: NewReport, at: string, externalId: string): Promise<Taken> {
  return submitReport(desk, report).then((receipt) => resultOf(externalId, receipt), (error: unknown) => failureOf(error, at, externalId));
}

function machineReport(item: MachineReport, agency: AgencyActor, parts: Pick<NewReport, 'uploads' | 'arrivalId'>): NewReport {
  return {
    channel: 'api', category: item.category, situation: null, narrative: item.narrative, traces: item.traces, happenedOn: item.happenedOn, moneyLost: null,
    inDanger: false, forChild: false, communeCode: null, contact: null, senderAgencyId: agency.agencyId, language: 'vi',
    idempotencyKey: agencyKey(agency, item.externalId), ...parts,
  };
}

/** Takes in an item of a list, which has no original of its own. */
export function takeItem(desk: Desk, agency: AgencyActor, item: MachineReport): Promise<Taken> {
  return takeOne(desk, machineReport(item, agency, { uploads: [] }), item.externalId, item.externalId);
}

/** An item of a feed with the text it was read from. */
export interface FeedItem {
  readonly item: MachineReport;
  readonly original: Buffer;
  /** Parts the reader left out already. */
  readonly leftOut: Result['left_out'];
}

/**
 * Takes in an item of a feed: its original sealed as an arrival, its pictures kept, then the report. The same item again gives the same
 * report; other content under its id is the error `conflict`. A picture that is none is left out and said.
 */
export async function takeFeedItem(desk: Desk, agency: AgencyActor, media: 'xarf' | 'misp', { item, original, leftOut }: FeedItem): Promise<Taken> {
  const key = agencyKey(agency, item.externalId);
  const arrival = await recordArrival(desk, {
    channel: 'api', media, receiver: 'api', sender: null, externalKey: key, original, officerId: null, document: null, arrivedAt: desk.clock.now(),
    facts: { agency: agency.agencyId, bytes: original.length },
  });
  const before = arrival.repeated ? await reportOfArrival(desk, agency, arrival.id) : null;
  if (before) {
    const isSame = before.sha256 && sameBytes(before.sha256, createHash('sha256').update(original).digest());
    return isSame ? resultOf(item.externalId, { ...before, repeated: true }) : { at: item.externalId, external_id: item.externalId, reason: 'conflict' };
  }
  // Pictures of an attempt that ended half-way would count against this one.
  if (arrival.repeated) await dropUploads(desk, key, []);
  const pictures = await keepPictures(desk, key, item);
  try {
    const receipt = await submitReport(desk, machineReport(item, agency, { uploads: pictures.ids, arrivalId: arrival.id }));
    return resultOf(item.externalId, receipt, [...leftOut, ...pictures.leftOut]);
  } catch (error) {
    const failure = failureOf(error, item.externalId, item.externalId);
    await inTransaction(desk, INTAKE, (tx) => settleArrival(tx, arrival.id, { state: 'set_aside', reason: failure.reason }));
    await dropUploads(desk, key, []);
    return failure;
  }
}

async function keepPictures(desk: Desk, key: string, { evidence }: MachineReport): Promise<{ ids: string[]; leftOut: Result['left_out'] }> {
  const ids: string[] = [];
  const leftOut: Result['left_out'] = [];
  for (const { name, content } of evidence) {
    try {
      ids.push((await keepUpload(desk, key, { field: 'evidence', name, bytes: Buffer.from(content), tooLarge: false })).id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const { reason } = error.details ?? {};
      leftOut.push({ at: name, reason: typeof reason === 'string' ? reason : 'broken' });
    }
  }
  return { ids, leftOut };
}

/** Several parts together, in order. */
export function outcomeOf(parts: readonly Taken[], rest: { readonly ignored?: number; readonly errors?: readonly Failure[] } = {}): Outcome {
  const results = parts.filter((part): part is Result => 'code' in part);
  const errors = [...rest.errors ?? [], ...parts.filter((part): part is Failure => !('code' in part))];
  const repeated = results.filter((result) => result.repeated).length;
  return { taken: results.length - repeated, repeated, refused: errors.length, ignored: rest.ignored ?? 0, results, errors };
}

/** Runs work on items, a few at a time; results in their order. */
export async function inLanes<Item, Out>(items: readonly Item[], lanes: number, work: (item: Item) => Promise<Out>): Promise<Out[]> {
  const out: Out[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      out[at] = await work(items[at]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return out;
}
