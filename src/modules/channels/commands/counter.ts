import { sql } from 'kysely';
import {
  communeOptions, dropUploads, hashFormKey, keepUpload, receivingAgency, recordArrival, reportFromFields, submitReport, type Fields, type Issue, type NewReport, type Receipt,
} from '#modules/intake/index.ts';
import { incomingNumberUsed, takeIncomingNumber } from '#modules/documents/index.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { imageType } from '#core/images.ts';
import { localDate } from '#core/deadlines.ts';
import { INTAKE, system, type OfficerActor } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid } from '#platform/errors.ts';

/** Ways in which a person or a letter comes to an officer. */
export const COUNTER = { phone: 'call', walk_in: 'visit', post: 'letter' } as const;
export type CounterChannel = keyof typeof COUNTER;

/** A number in the register of incoming documents, and its year. */
export interface DocumentNumber {
  readonly number: number;
  readonly year: number;
}

export interface CounterReport {
  readonly channel: CounterChannel;
  /** The answers, by the names of the public form. */
  readonly fields: Fields;
  /** Names this sending; the same again is the same report. */
  readonly formKey: string;
  /** Scanned pages of a letter: pictures, or one PDF that stays sealed. */
  readonly scans: readonly SentFile[];
  /** From the register of incoming documents. */
  readonly document: DocumentNumber | null;
  readonly language: 'vi' | 'en';
}

/** Scans of one letter. */
export const MOST_SCANS = 5;
/** Bytes of a PDF, and of a picture. */
export const MOST_SCAN_BYTES = 20 * 1024 * 1024;
const MOST_PICTURE_BYTES = 10 * 1024 * 1024;

type Taken = { ok: true; receipt: Receipt; report: NewReport } | { ok: false; errors: Readonly<Partial<Record<keyof Fields, Issue>>> };

/**
 * Takes a report that came by telephone, at the counter or by post, as an officer typed it, with the officer, the register
 * number and the sealed scan beside it. @returns the receipt to read out or hand over, or what is wrong with the answers
 * @throws Invalid with details.reason for a scan that cannot be kept, and details.name which; NumberInUse; Conflict when the form key came
 * before with other answers
 */
export async function takeAtCounter(desk: Desk, actor: OfficerActor, given: CounterReport): Promise<Taken> {
  const communes = await communeOptions(desk);
  const checked = reportFromFields(given.fields, {
    now: desk.clock.now(), communes, channel: given.channel, language: given.language, idempotencyKey: given.formKey, uploads: [],
  });
  if (!checked.ok) return { ok: false, errors: checked.errors };
  checkScans(given.scans, checked.report);
  const form = hashFormKey(given.formKey).toString('hex');
  await requireFreeNumber(desk, actor, given.document, form);
  const pdf = given.scans.find(isPdf);
  const uploads = await keepScans(desk, given.formKey, given.scans.filter((scan) => scan !== pdf));
  const { id: arrivalId } = await recordArrival(desk, {
    channel: given.channel, media: COUNTER[given.channel], receiver: actor.name, sender: null, externalKey: given.formKey, original: pdf?.bytes ?? null, officerId: actor.officerId,
    document: given.document, arrivedAt: desk.clock.now(), facts: { form },
  }).catch((error: unknown) => Promise.reject(isNumberTaken(error) ? new NumberInUse(given.document!) : error));
  const receipt = await submitOnce(desk, { ...checked.report, uploads, arrivalId });
  return { ok: true, receipt, report: checked.report };
}

const isPdf = (scan: SentFile): boolean => imageType(scan.bytes) === 'pdf';

function checkScans(scans: readonly SentFile[], { category }: NewReport): void {
  const refuse = (reason: string, scan = scans[0]) => new Invalid(`scan refused: ${reason}`, { reason, name: scan?.name ?? '' });
  // Intimate pictures are never stored (SCOPE), on paper neither.
  if (scans.length > 0 && !categoryOf(category).storesImages) throw refuse('not_stored');
  if (scans.length > MOST_SCANS) throw refuse('extra');
  const large = scans.find((scan) => scan.tooLarge || scan.bytes.length > (isPdf(scan) ? MOST_SCAN_BYTES : MOST_PICTURE_BYTES));
  if (large) throw refuse('too_large', large);
  const [, second] = scans.filter(isPdf);
  if (second) throw refuse('two_pdf', second);
}

/** Keeps scanned pictures until the report is in. @throws Invalid as keepUpload does; then none is kept */
async function keepScans(desk: Desk, formKey: string, scans: readonly SentFile[]): Promise<string[]> {
  const ids: string[] = [];
  try {
    for (const scan of scans) ids.push((await keepUpload(desk, formKey, scan)).id);
  } catch (error) {
    // "Too many" are those of the same form sent at the same moment: they belong to the other sending.
    if (error instanceof Invalid && error.details?.reason !== 'too_many') await dropUploads(desk, formKey, []);
    throw error;
  }
  return ids.sort();
}

/** Submits; the same letter sent again was scanned anew, so it is compared by the pictures that were kept the first time. */
async function submitOnce(desk: Desk, report: NewReport): Promise<Receipt> {
  try {
    return await submitReport(desk, report);
  } catch (error) {
    const before = error instanceof Conflict && report.uploads.length > 0 ? await picturesOf(desk, report.arrivalId!) : null;
    if (!before) throw error;
    const receipt = await submitReport(desk, { ...report, uploads: before });
    await dropUploads(desk, report.idempotencyKey, []);
    return receipt;
  }
}

async function picturesOf(desk: Desk, arrivalId: string): Promise<string[] | null> {
  const rows = await inTransaction(desk, system('take-at-counter'), (tx) => tx.selectFrom('arrival').innerJoin('attachment', 'attachment.report_id', 'arrival.report_id')
    .select('attachment.id').where('arrival.id', '=', arrivalId).orderBy('attachment.id').execute());
  return rows.length > 0 ? rows.map(({ id }) => id) : null;
}

// ── The register of incoming documents ──────────────────────────────────────────────────────────────────────────────

/** Whether this officer's agency keeps the register that letters and documents to this desk are entered in. */
export function keepsRegister(desk: Desk, actor: OfficerActor): Promise<boolean> {
  return inTransaction(desk, INTAKE, async (tx) => await receivingAgency(desk, tx) === actor.agencyId);
}

/** @throws Invalid when it is another agency's register; NumberInUse */
export async function requireFreeNumber(desk: Desk, actor: OfficerActor, document: DocumentNumber | null, form = ''): Promise<void> {
  if (!document) return;
  if (!await keepsRegister(desk, actor)) throw new Invalid('register of another agency', { fields: { document: 'register' } });
  const used = await inTransaction(desk, actor, async (tx) => await tx.selectFrom('arrival').leftJoin('officer', 'officer.id', 'officer_id').select(['officer.full_name as by', 'recorded_at as at'])
    .where('arrival.agency_id', '=', actor.agencyId).where('document_year', '=', document.year).where('document_number', '=', document.number)
    .where(sql<boolean>`facts->>'form' is distinct from ${form}`).executeTakeFirst() ?? incomingNumberUsed(tx, actor.agencyId, document));
  if (used) throw new NumberInUse(document, used);
}

/** A number of the register belongs to something else; by whom and when, as far as the officer may see it. */
export class NumberInUse extends Conflict {
  readonly number: number;
  readonly used: { readonly by: string | null; readonly at: Date } | null;

  constructor({ number }: DocumentNumber, used: { by: string | null; at: Date } | null = null) {
    super('register number in use', { number });
    this.number = number;
    this.used = used;
  }
}

/** Somebody else entered the number a moment ago, or it belongs to a report that was stopped. */
export function isNumberTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && constraint === 'arrival_document';
}

/**
 * Reserves the next free number in the register of incoming documents of this year; numbers entered by hand are skipped, and none
 * is ever given twice. @throws Invalid when it is another agency's register
 */
export async function nextDocumentNumber(desk: Desk, actor: OfficerActor): Promise<DocumentNumber> {
  if (!await keepsRegister(desk, actor)) throw new Invalid('register of another agency', { fields: { document: 'register' } });
  return inTransaction(desk, INTAKE, async (tx) => {
    const year = Number(localDate(tx.now).slice(0, 4));
    return { number: await takeIncomingNumber(tx, actor.agencyId, year), year };
  });
}
