import { localDate } from '#core/deadlines.ts';
import { publicAddress } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { DOCX } from '#platform/download.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { MailAttachment } from '#platform/mail.ts';
import type { RecipientKind } from '#catalogue/measures.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { normalise } from '#core/vietnamese.ts';
import type { DecisionState } from '#core/transitions.ts';
import type { NoticeKind, NoticePhase } from '#platform/schema.ts';
import { accessSecret } from '../access.ts';
import { handOverMinutes, noticeLetter, partyLink, subjectOf, type LetterKeys } from '../letter.ts';
import type { Said } from '../types.ts';
import { xarfReports } from '../xarf.ts';

/** Recipients who act on a number need all of it. */
const NUMBERS_FOR: readonly RecipientKind[] = ['telecom', 'bank', 'police', 'provincial_committee'];

/** A letter as it is written, before it is sealed. */
interface Written {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Writes the letter of a notice, with the minutes and machine-readable reports that belong to it, seals the files, and has it sent
 * where it can be. Does nothing when it is written already.
 */
export async function renderNotice(desk: Desk, noticeId: string): Promise<void> {
  const actor = system('render-notice');
  await inTransaction(desk, actor, async (tx) => {
    const notice = await tx.selectFrom('notice').innerJoin('recipient', 'recipient.id', 'recipient_id').selectAll('notice').select('recipient.email')
      .where('notice.id', '=', noticeId).forUpdate('notice').executeTakeFirst();
    if (!notice || notice.rendered_at) return;
    const says = notice.says as unknown as Said;
    const keys: LetterKeys = {
      address: publicAddress(desk), secret: accessSecret(desk, notice.access_id), affectedSecret: notice.affected_id && says.affectedCode ? accessSecret(desk, notice.affected_id) : null,
      numbers: NUMBERS_FOR.includes(says.recipient.kind) ? await fullNumbers(desk, tx, says) : new Map(),
    };
    const files = await writeFiles(desk, says, notice, keys);
    for (const [index, { name, type, content }] of files.entries()) {
      const { ref, sha256 } = await desk.files.put(content);
      await tx.insertInto('notice_file').values({ notice_id: noticeId, place: index + 1, name, media_type: type, file_ref: ref, sha256, bytes: content.length }).execute();
    }
    await tx.updateTable('notice').set({ rendered_at: tx.now }).where('id', '=', noticeId).execute();
    await writeJournal(tx, actor, [{ entity: 'notice', entityId: noticeId, action: 'render', detail: { files: files.length } }]);
    if (notice.email && desk.mail.available) await desk.jobs.enqueue(tx, 'send-notice', { noticeId });
  });
}

/** The numbers a notice names, opened for its letter alone; they go into the sealed file and nowhere else. */
async function fullNumbers(desk: Desk, tx: Tx, says: Said): Promise<Map<string, string>> {
  const wanted = says.locators.filter(({ kind }) => kind === 'phone' || kind === 'bank_account').map(({ id }) => id);
  if (wanted.length === 0) return new Map();
  const rows = await tx.selectFrom('indicator').select(['id', 'kind', 'sealed']).where('id', 'in', wanted).execute();
  return new Map(rows.flatMap(({ id, kind, sealed }) => {
    const plain = sealed && desk.keys.unseal('indicator', sealed, kind);
    return plain ? [[id, plain.toString()] as const] : [];
  }));
}

type Row = { readonly id: string; readonly kind: Parameters<typeof noticeLetter>[1]['kind']; readonly phase: 'full' | 'interim' | 'confirmation' | 'affected'; readonly ending: Parameters<typeof noticeLetter>[1]['ending']; readonly format: 'letter' | 'xarf'; readonly language: Lang; readonly created_at: Date };

/** The Vietnamese letter always; a translation beside it for who reads English; minutes and XARF where they belong. */
async function writeFiles(desk: Desk, says: Said, notice: Row, keys: LetterKeys): Promise<Written[]> {
  const names = messages('vi').notices.files;
  // The library of Word files takes 30 MB: loaded with the first letter, not with the program.
  const { renderLetter } = await import('#web/docx/render.ts');
  const files: Written[] = [{ name: `${names.letter}-${says.code}.docx`, type: DOCX, content: await renderLetter(noticeLetter(says, notice, keys, 'vi')) }];
  if (notice.language === 'en') files.push({ name: `${names.letterEn}-${says.code}.docx`, type: DOCX, content: await renderLetter(noticeLetter(says, notice, keys, 'en')) });
  if (notice.kind === 'hand_over') files.push({ name: `${names.minutes}-${says.code}.docx`, type: DOCX, content: await renderLetter(handOverMinutes(says, 'vi')) });
  if (notice.format !== 'xarf') return files;
  const description = messages('en').notices.xarf(says.law.citation.en, says.code, partyLink(keys.address, says.code, 'en'));
  const reports = xarfReports(says, notice.id, notice.created_at, { contact: desk.mail.address, description });
  return [...files, ...reports.map((report, index) => ({ name: `xarf-${says.code}-${index + 1}.json`, type: 'application/json', content: Buffer.from(JSON.stringify(report, null, 1)) }))];
}

/**
 * Sends a written notice by mail, once: the row is locked while the letter travels, and its Message-ID is that of the notice, so that
 * what a crash repeats is known as the same letter. Without an address or a mail server it waits for an officer.
 * @throws when the mail server does not answer, so that the queue tries again
 */
export async function sendNotice(desk: Desk, noticeId: string): Promise<void> {
  const actor = system('send-notice');
  const failure = await inTransaction(desk, actor, async (tx) => {
    const notice = await tx.selectFrom('notice').innerJoin('recipient', 'recipient.id', 'recipient_id').innerJoin('decision', 'decision.id', 'decision_id').selectAll('notice')
      .select(['recipient.email', 'decision.state as stands', 'stayed_at', 'ends_on', 'interim_until']).where('notice.id', '=', noticeId).forUpdate('notice').executeTakeFirst();
    if (!notice?.rendered_at || notice.sent_at || notice.state === 'dropped' || !notice.email || !desk.mail.available || !mayLeave(notice, tx.now)) return null;
    try {
      await mail(desk, tx, notice.email, notice as unknown as Row & { says: unknown });
    } catch (error) {
      return { error, code: refusedForGood(error) ? 'refused' as const : 'unreachable' as const };
    }
    await tx.updateTable('notice').set({ state: 'sent', sent_at: tx.now, failure: null }).where('id', '=', noticeId).execute();
    await writeJournal(tx, actor, [{ entity: 'notice', entityId: noticeId, action: 'send', from: notice.state, to: 'sent' }]);
    return null;
  });
  if (!failure) return;
  await inTransaction(desk, actor, async (tx) => {
    const { numUpdatedRows } = await tx.updateTable('notice').set({ state: 'failed', failure: failure.code }).where('id', '=', noticeId).where('sent_at', 'is', null).where('state', '<>', 'dropped')
      .where((eb) => eb.or([eb('failure', 'is', null), eb('failure', '<>', failure.code)])).executeTakeFirst();
    if (numUpdatedRows > 0n) await writeJournal(tx, actor, [{ entity: 'notice', entityId: noticeId, action: 'fail', to: 'failed', detail: { failure: failure.code } }]);
  });
  // The address is wrong for good or the server was away; only the second gets better by waiting.
  if (failure.code === 'unreachable') throw new Error('the mail server did not take the notice', { cause: failure.error });
}

interface Leaving {
  readonly kind: NoticeKind;
  readonly phase: NoticePhase;
  readonly stands: DecisionState;
  readonly stayed_at: Date | null;
  readonly ends_on: string | null;
  readonly interim_until: Date | null;
}

/** Whether the decision a notice rests on still stands, by the clock (SCOPE 6; the database says the same); letters about an end go in any case. */
function mayLeave({ kind, phase, stands, stayed_at, ends_on, interim_until }: Leaving, now: Date): boolean {
  if ((kind !== 'notice' && kind !== 'hand_over') || phase === 'affected') return true;
  if (stayed_at !== null || (ends_on !== null && ends_on < localDate(now))) return false;
  return phase === 'interim' ? stands === 'interim' && interim_until !== null && interim_until > now : stands === 'in_force';
}

/** RFC 5321, 4.2.1: a reply of the 5yz class is final. */
function refusedForGood(error: unknown): boolean {
  return ((error as { responseCode?: number }).responseCode ?? 0) >= 500;
}

async function mail(desk: Desk, tx: Tx, to: string, notice: Row & { says: unknown }): Promise<void> {
  const says = notice.says as Said;
  const lang = notice.language;
  const { mail: words } = messages(lang).notices;
  const files = await tx.selectFrom('notice_file').selectAll().where('notice_id', '=', notice.id).orderBy('place').execute();
  const attachments: MailAttachment[] = [];
  for (const { name, media_type: type, file_ref: ref } of files) attachments.push({ name, type, content: await desk.files.get(ref) });
  const agency = lang === 'en' && says.agency.nameEn ? says.agency.nameEn : says.agency.name;
  await desk.mail.send({
    to, subject: words.subject(subjectOf({ says, of: notice, lang }), says.code), attachments, messageId: `notice-${notice.id}@${desk.mail.address.slice(desk.mail.address.lastIndexOf('@') + 1)}`,
    text: words.text(agency, says.code, files.map(({ name }) => `- ${name}`).join('\n'), partyLink(publicAddress(desk), says.code, lang)),
  });
}

/** Has a notice that could not be sent tried again. @throws NotFound, Conflict when it has left or cannot go by mail */
export async function sendAgain(desk: Desk, tx: Tx, actor: OfficerActor, noticeId: string): Promise<void> {
  const notice = await lock(tx, noticeId);
  if (notice.sent_at || !notice.rendered_at || notice.state === 'dropped' || !mayLeave(notice, tx.now) || !notice.email || !desk.mail.available) throw new Conflict('not to be sent by mail', { state: notice.state });
  await writeJournal(tx, actor, [{ entity: 'notice', entityId: noticeId, action: 'resend' }]);
  await desk.jobs.enqueue(tx, 'send-notice', { noticeId });
}

const LONGEST_NUMBER = 60;

/**
 * Records that a written notice left on paper, under its number in the register.
 * @param input.on YYYY-MM-DD, not after today
 * @throws Invalid with the fields, Conflict when it has left already or is not written yet, NotFound
 */
export async function dispatchNotice(tx: Tx, actor: OfficerActor, noticeId: string, input: { number: string; on: string }): Promise<void> {
  const number = normalise(input.number);
  const fields = { ...((number === '' || number.length > LONGEST_NUMBER) && { number: 'length' }), ...((!/^\d{4}-\d{2}-\d{2}$/.test(input.on) || input.on > localDate(tx.now)) && { on: 'date' }) };
  const notice = await lock(tx, noticeId);
  if (Object.keys(fields).length > 0) throw new Invalid('dispatch', { fields });
  if (input.on < localDate(notice.created_at)) throw new Invalid('dispatch', { fields: { on: 'date' } });
  if (notice.sent_at || !notice.rendered_at || notice.state === 'dropped' || !mayLeave(notice, tx.now)) throw new Conflict('not to be dispatched', { state: notice.state });
  await tx.updateTable('notice').set({ state: 'dispatched', sent_at: tx.now, failure: null, number_text: number, numbered_on: input.on }).where('id', '=', noticeId).execute();
  await writeJournal(tx, actor, [{ entity: 'notice', entityId: noticeId, action: 'dispatch', from: notice.state, to: 'dispatched', detail: { number, on: input.on } }]);
}

/** @throws NotFound when the officer does not see it */
export async function lock(tx: Tx, noticeId: string) {
  const notice = await tx.selectFrom('notice').innerJoin('recipient', 'recipient.id', 'recipient_id').innerJoin('decision', 'decision.id', 'decision_id')
    .select(['notice.id', 'notice.state', 'notice.kind', 'phase', 'decision.state as stands', 'stayed_at', 'ends_on', 'interim_until', 'sent_at', 'rendered_at', 'recipient.email', 'effect', 'effect_due', 'notice.created_at']).where('notice.id', '=', noticeId).forUpdate('notice').executeTakeFirst();
  if (!notice) throw new NotFound('notice');
  return notice;
}
