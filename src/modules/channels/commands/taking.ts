import { extract } from '#core/indicators/index.ts';
import { parseReportCode } from '#core/codes.ts';
import { categoryOf } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import { normalise } from '#core/vietnamese.ts';
import {
  addReporterMessage, keepUpload, recordArrival, settleArrival, submitReport, type Contact, type NewReport,
} from '#modules/intake/index.ts';
import { INTAKE, system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Invalid, LachanError } from '#platform/errors.ts';
import { reportOfTag } from '#platform/mail-tag.ts';
import { readDocument } from '../edoc/reading.ts';
import { likelyCategory, likelyLanguage } from '../likely.ts';
import { attachmentsOf, type Attachment } from '../mail/attachments.ts';
import { authenticateMail, type AuthResult } from '../mail/auth.ts';
import { kindOf, tagsIn, type MailKind } from '../mail/kind.ts';
import { readMail, type ForwardedMail, type MailFile, type MailImage, type ReadMail } from '../mail/read.ts';
import { waitingArrival, threadOfSender, type WaitingArrival } from '../queries.ts';
import { readText } from '../sms/message.ts';

/** Longest story a report takes; the sealed original holds the rest. */
const LONGEST = 5000;
const CUT = '\n… (phần còn lại ở bản gốc đã niêm phong)';

/** What was read out of an arrival that is a report. */
interface Found {
  readonly words: string;
  readonly traces: readonly string[];
  readonly contact: Contact | null;
  readonly pictures: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** A mail to a reply address that is no report's. */
export interface MailToRoom {
  readonly arrivalId: string;
  /** Tags of the reply addresses it came to; not proved genuine. */
  readonly tags: readonly string[];
  readonly from: string;
  /** False when the domain of the sender says that the mail is not its own (DMARC). */
  readonly isGenuine: boolean;
  /** What the sender wrote, without what is quoted. */
  readonly text: string;
  readonly files: () => readonly Attachment[];
}

/** A room above that takes replies to letters of its own, and the word under which their arrivals are set aside. */
export interface MailRoom {
  readonly reason: string;
  /** @returns whether the mail was for this room. Safe to run twice with one arrival. */
  readonly take: (desk: Desk, mail: MailToRoom) => Promise<boolean>;
}

/**
 * Reads an arrival that waits and makes of it what it is: a report, a part of a conversation, something to set aside, or,
 * when it cannot be read, something for the quarantine with the reason. Safe to run twice; nothing is lost in between.
 */
export async function takeArrival(desk: Desk, arrivalId: string, rooms: readonly MailRoom[] = []): Promise<void> {
  const arrival = await inTransaction(desk, INTAKE, (tx) => waitingArrival(tx, arrivalId));
  if (!arrival) return;
  try {
    const raw = arrival.originalRef === null ? Buffer.alloc(0) : await desk.files.get(arrival.originalRef);
    await READERS[arrival.media](desk, arrival, raw, rooms);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    await quarantine(desk, arrival.id, arrival.media === 'picture' ? `picture_${reason}` : reason);
  }
}

type Reader = (desk: Desk, arrival: WaitingArrival, raw: Buffer, rooms: readonly MailRoom[]) => Promise<void>;

const READERS: Readonly<Record<WaitingArrival['media'], Reader>> = { mail: takeMail, sms: takeText, edxml: takeDocument, picture: takePicture };

/** The closed reason of a reader's refusal; null for a fault of our own, which the job tries again. */
function reasonOf(error: unknown): string | null {
  const reason = (error as { reason?: unknown }).reason ?? (error instanceof LachanError && error.status < 500 ? error.details?.reason ?? 'not_taken' : undefined);
  return typeof reason === 'string' ? reason : null;
}

async function quarantine(desk: Desk, id: string, reason: string): Promise<void> {
  await inTransaction(desk, INTAKE, (tx) => settleArrival(tx, id, { state: 'quarantined', reason }));
  desk.log.warn({ arrival: id, reason }, 'arrival quarantined');
}

// ── E-mail ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Kinds of mail that people write; all others are set aside and never answered. */
const PERSONAL: readonly MailKind[] = ['report', 'reply'];

async function takeMail(desk: Desk, arrival: WaitingArrival, raw: Buffer, rooms: readonly MailRoom[]): Promise<void> {
  if (arrival.facts.truncated === true) return quarantine(desk, arrival.id, 'too_large');
  const mail = await readMail(raw);
  const auth = await authenticateMail(raw, desk.dns);
  await noteFacts(desk, arrival, { auth: { spf: auth.spf, dkim: bestOf(auth.dkim), dmarc: auth.dmarc, arc: auth.arc }, ...(mail.messageId && { messageId: `<${mail.messageId}>` }) });
  const kind = kindOf(mail, desk.mail.address);
  // An officer who looked may have said that it is a report all the same.
  if (!PERSONAL.includes(kind) && arrival.facts.asReport !== true) return setAside(desk, arrival.id, kind);
  const tags = tagsIn(mail, desk.mail.address);
  const reportId = tags.map((tag) => reportOfTag(tag, (data) => desk.keys.mac('mail-tag', data))).find((id) => id !== null) ?? null;
  if (reportId !== null && await thread(desk, arrival, reportId, mail.reply || mail.text, mail.images)) return;
  const taker = reportId === null && tags.length > 0 && arrival.facts.asReport !== true ? await takerOf(desk, rooms, {
    arrivalId: arrival.id, tags, from: mail.from?.address ?? '', isGenuine: auth.dmarc !== 'fail', text: mail.reply, files: () => attachmentsOf(raw),
  }) : null;
  if (taker !== null) return setAside(desk, arrival.id, taker.reason);
  await takeReport(desk, arrival, 'email', mailContent(mail));
}

async function takerOf(desk: Desk, rooms: readonly MailRoom[], mail: MailToRoom): Promise<MailRoom | null> {
  for (const room of rooms) if (await room.take(desk, mail)) return room;
  return null;
}

/** One word for all signatures of a mail: one that holds proves what it signs. */
function bestOf(signatures: readonly { readonly result: AuthResult }[]): AuthResult {
  return signatures.find(({ result }) => result === 'pass')?.result ?? signatures[0]?.result ?? 'none';
}

function mailContent(mail: ReadMail): Found {
  const parts = [mail.subject, mail.reply || mail.text, ...mail.forwarded.map(forwardedWords)];
  const all = [mail, ...allForwarded(mail.forwarded)];
  const files = all.flatMap((one) => one.files);
  const address = mail.from?.address ?? '';
  return {
    words: parts.map((part) => part.trim()).filter(Boolean).join('\n\n'),
    traces: [...all.flatMap((one) => one.links), ...files.map((file: MailFile) => `${file.sha256}`)],
    contact: /^[^@\s]+@[^@\s]+$/.test(address) ? { email: address, ...(mail.from?.name && { name: mail.from.name.slice(0, 100) }) } : null,
    pictures: all.flatMap((one) => one.images).map((image: MailImage) => ({ name: image.name, bytes: image.content })),
  };
}

function allForwarded(mails: readonly ForwardedMail[]): ForwardedMail[] {
  return mails.flatMap((mail) => [mail, ...allForwarded(mail.forwarded)]);
}

function forwardedWords(mail: ForwardedMail): string {
  const head = [mail.from && `Từ: ${mail.from.name} <${mail.from.address}>`, mail.subject && `Tiêu đề: ${mail.subject}`].filter(Boolean).join('\n');
  return `— Thư được chuyển tiếp —\n${head}\n\n${mail.text}`;
}

// ── Text messages ───────────────────────────────────────────────────────────────────────────────────────────────────

async function takeText(desk: Desk, arrival: WaitingArrival, raw: Buffer): Promise<void> {
  const message = readText(raw.toString('utf8'));
  const code = parseReportCode(/PA[-\s]?\d{2}[-\s]?\d{6}[-\s]?\d{4,9}[-\s]?\d/i.exec(message.text)?.[0] ?? '')?.code ?? null;
  const reportId = await inTransaction(desk, system('take-arrival'), (tx) => threadOfSender(tx, arrival, code));
  if (reportId !== null && await thread(desk, arrival, reportId, message.text, [])) return;
  await takeReport(desk, arrival, 'sms', { words: message.text, traces: [], contact: { phone: message.from }, pictures: [] });
}

// ── Electronic documents and pictures ───────────────────────────────────────────────────────────────────────────────

async function takeDocument(desk: Desk, arrival: WaitingArrival, raw: Buffer): Promise<void> {
  const document = readDocument(raw);
  await noteFacts(desk, arrival, { document: document.origin });
  if (document.kind === 'status') return setAside(desk, arrival.id, `status:${document.statusCode ?? 'unknown'}`);
  // Who sent it is what the file says and no signature proves; it stands in the words, and gives that agency no rights here.
  await takeReport(desk, arrival, 'edoc', { words: document.words, traces: document.hashes, contact: null, pictures: document.pictures });
}

/** A picture that was refused inside another arrival is looked at again, for the officer who asks; it never becomes a report. */
async function takePicture(desk: Desk, arrival: WaitingArrival, raw: Buffer): Promise<void> {
  const formKey = `picture:${arrival.id}`;
  const reportId = arrival.facts.pictureOf as string;
  // The report may have been stopped since, or be known by now as one whose pictures are never stored (SCOPE).
  const found = await inTransaction(desk, system('take-arrival'), (tx) => tx.selectFrom('report').select(['category', 'state']).where('id', '=', reportId).executeTakeFirst());
  if (!found || found.state === 'stopped' || !categoryOf(found.category).storesImages) throw new Invalid('no place for the picture', { reason: 'not_stored' });
  const kept = await keepUpload(desk, formKey, { field: 'picture', name: 'anh', bytes: raw, tooLarge: false });
  await addReporterMessage(desk, reportId, '(Ảnh gửi kèm, đọc được sau khi thử lại.)', [kept.id], formKey, arrival.id);
}

// ── What all have in common ─────────────────────────────────────────────────────────────────────────────────────────

async function setAside(desk: Desk, id: string, reason: string): Promise<void> {
  await inTransaction(desk, INTAKE, (tx) => settleArrival(tx, id, { state: 'set_aside', reason }));
}

async function noteFacts(desk: Desk, arrival: WaitingArrival, facts: Record<string, unknown>): Promise<void> {
  await inTransaction(desk, INTAKE, (tx) => tx.updateTable('arrival').set({ facts: JSON.stringify({ ...arrival.facts, ...facts }) as never }).where('id', '=', arrival.id).execute());
}

/** Adds to the conversation of a report that still stands. @returns false when there is none */
async function thread(desk: Desk, arrival: WaitingArrival, reportId: string, text: string, images: readonly MailImage[]): Promise<boolean> {
  const found = await inTransaction(desk, system('take-arrival'), (tx) => tx.selectFrom('report').select('category').where('id', '=', reportId).where('minimised_at', 'is', null).executeTakeFirst());
  if (!found) return false;
  const pictures = categoryOf(found.category).storesImages ? images.map(({ name, content }) => ({ name, bytes: content })) : [];
  const { ids, refused } = await keepPictures(desk, arrival, pictures);
  await addReporterMessage(desk, reportId, cut(normalise(text) || '(thư không có chữ)'), ids, formKeyOf(arrival), arrival.id);
  await quarantinePictures(desk, arrival, reportId, refused);
  return true;
}

async function takeReport(desk: Desk, arrival: WaitingArrival, channel: Channel, found: Found): Promise<void> {
  const words = normalise(found.words);
  const category = likelyCategory(words);
  const { ids, refused } = await keepPictures(desk, arrival, categoryOf(category).storesImages ? found.pictures : []);
  const report: NewReport = {
    channel, category, situation: null, narrative: cut(words || '(không có chữ)'), traces: tracesOf(words, found.traces), happenedOn: null, moneyLost: null, inDanger: false,
    forChild: false, communeCode: null, contact: found.contact, senderAgencyId: null, uploads: ids, language: likelyLanguage(words),
    idempotencyKey: formKeyOf(arrival), arrivalId: arrival.id,
  };
  const receipt = await submitReport(desk, report);
  await quarantinePictures(desk, arrival, receipt.id, refused);
  if (!categoryOf(category).storesImages) await dropOriginal(desk, arrival);
}

const formKeyOf = (arrival: WaitingArrival) => `arrival:${arrival.id}`;
const cut = (text: string) => (text.length <= LONGEST ? text : text.slice(0, LONGEST - CUT.length) + CUT);

/** Links and hashes beside the words, and what the words lose when they are cut. */
function tracesOf(words: string, traces: readonly string[]): string {
  const beyond = words.length > LONGEST ? extract(words).map((indicator) => indicator.asSent) : [];
  const lines: string[] = [];
  let length = 0;
  for (const line of new Set([...traces, ...beyond])) {
    if ((length += line.length + 1) > LONGEST) break;
    lines.push(line);
  }
  return lines.join('\n');
}

interface Refused {
  readonly name: string;
  readonly bytes: Buffer;
  readonly reason: string;
}

const MOST_PICTURES = 5;

/** Keeps pictures for the report to come; one that is refused does not hold the report up. */
async function keepPictures(desk: Desk, arrival: WaitingArrival, pictures: readonly { name: string; bytes: Buffer }[]): Promise<{ ids: string[]; refused: Refused[] }> {
  const ids: string[] = [];
  const refused: Refused[] = [];
  for (const { name, bytes } of pictures.slice(0, MOST_PICTURES)) {
    try {
      ids.push((await keepUpload(desk, formKeyOf(arrival), { field: 'picture', name, bytes, tooLarge: false })).id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      // A second run finds the first run's pictures waiting under the same key.
      const { reason = 'broken' } = (error.details ?? {}) as { reason?: string };
      if (reason !== 'too_many') refused.push({ name, bytes, reason });
    }
  }
  return { ids, refused };
}

async function quarantinePictures(desk: Desk, arrival: WaitingArrival, reportId: string, refused: readonly Refused[]): Promise<void> {
  for (const [index, { bytes, reason }] of refused.entries()) {
    const { id } = await recordArrival(desk, {
      channel: arrival.channel, media: 'picture', receiver: arrival.receiver, sender: null, externalKey: `${arrival.id}/${index}`, original: bytes, officerId: null, document: null,
      arrivedAt: arrival.arrivedAt, facts: { pictureOf: reportId },
    });
    await quarantine(desk, id, `picture_${reason}`);
  }
}

/** Intimate pictures are never stored (SCOPE): the mail they may have come in goes as soon as its words are taken. */
async function dropOriginal(desk: Desk, arrival: WaitingArrival): Promise<void> {
  await inTransaction(desk, INTAKE, (tx) => tx.updateTable('arrival').set({ original_ref: null, original_bytes: null }).where('id', '=', arrival.id).execute());
  if (arrival.originalRef) await desk.files.remove(arrival.originalRef);
}
