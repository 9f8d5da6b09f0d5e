import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { agencyName } from '#modules/directory/index.ts';
import { publicAddress } from '#modules/intake/index.ts';
import { notify } from '#modules/notifications/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { REPLY_MARKER } from '#platform/mail.ts';
import { mailTag, replyAddress, reportOfTag, type TagMac } from '#platform/mail-tag.ts';
import { formatDate } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { checkFiles, withStored, type CheckedFile } from '../files.ts';
import { answerPath, opinionPath } from '../paths.ts';
import { answerOfMail, isContact } from '../reading.ts';
import { MOST } from '../types.ts';
import { addVersion, lockForMail, mailVersion } from './answer.ts';

const LONGEST_BODY = 10_000;
/** Letters to one agency: what it was asked, that the day comes near, that it has passed. */
export type OpinionLetter = 'request' | 'soon' | 'overdue';

/** A key of its own: the tag of a report opens no opinion, nor the other way round. */
function tagMac(desk: Pick<Desk, 'keys'>): TagMac {
  return (data) => desk.keys.mac('opinion-tag', data);
}

/** Where an agency's reply to a request goes. */
export function opinionReplyAddress(desk: Pick<Desk, 'keys' | 'mail'>, opinionId: string): string {
  return replyAddress(desk.mail.address, mailTag(opinionId, tagMac(desk)));
}

// ── Out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Addresses of an agency in force on a day; domains are for knowing senders, not for writing to. */
async function addressesOf(tx: Tx, agencyId: string): Promise<string[]> {
  const today = localDate(tx.now);
  const rows = await tx.selectFrom('agency_contact').select('value').where('agency_id', '=', agencyId).where('kind', '=', 'email').where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)])).orderBy('value').execute();
  return rows.map(({ value }) => value.trim());
}

/**
 * Sends an agency the request or a reminder: code, day, link and how to answer by replying; the question only when the asker said that it
 * holds no personal data. Nothing is sent once it is answered or withdrawn. Safe to run twice: the same letter has the same Message-ID.
 */
export async function mailOpinion(desk: Desk, opinionId: string, letter: OpinionLetter): Promise<void> {
  const actor = system('mail-opinion');
  const found = await inTransaction(desk, actor, async (tx) => {
    const row = await tx.selectFrom('opinion as o').innerJoin('consultation as c', 'c.id', 'o.consultation_id')
      .select(['o.id', 'o.state', 'o.agency_id', 'o.mailed_at', 'c.code', 'c.due_on', 'c.in_mail', 'c.question', 'c.points', 'c.agency_id as asker']).where('o.id', '=', opinionId).executeTakeFirst();
    if (!row || (row.state !== 'sent' && row.state !== 'overdue') || (letter === 'request' && row.mailed_at)) return null;
    const [asker, to] = [await agencyName(tx, row.asker, localDate(tx.now)), await addressesOf(tx, row.agency_id)];
    return { ...row, asker: asker?.name ?? '', to: to.filter((address) => !address.startsWith('@')), today: localDate(tx.now) };
  });
  if (!found || found.to.length === 0 || !desk.mail.available) return;
  const { mail: t } = messages('vi').opinions;
  const due = formatDate(found.due_on);
  const question = letter === 'request' && found.in_mail ? t.question(found.question, found.points) : '';
  const text = [REPLY_MARKER, t.opening[letter](found.asker, found.code, due), question, t.link(`${publicAddress(desk)}${answerPath(found.code)}`), t.byReply, t.noContents].filter(Boolean).join('\n\n');
  const host = desk.mail.address.slice(desk.mail.address.lastIndexOf('@') + 1);
  for (const [index, to] of found.to.entries()) {
    await desk.mail.send({
      to, subject: t.header[letter](found.code, due), text, replyTo: opinionReplyAddress(desk, opinionId),
      messageId: `opinion-${opinionId}-${letter}-${letter === 'request' ? '' : `${found.today}-`}${index}@${host}`,
    });
  }
  if (letter !== 'request') return;
  await inTransaction(desk, actor, async (tx) => {
    await tx.updateTable('opinion').set({ mailed_at: tx.now }).where('id', '=', opinionId).where('mailed_at', 'is', null).execute();
    await writeJournal(tx, actor, [{ entity: 'opinion', entityId: opinionId, action: 'mail', detail: { letters: found.to.length } }]);
  });
}

// ── In ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A mail that came to a reply address, as the room that reads mail hands it over. */
export interface IncomingReply {
  readonly arrivalId: string;
  /** Tags of the addresses it came to; not proved genuine. */
  readonly tags: readonly string[];
  readonly from: string;
  /** False when the sender's domain says that the mail is not from it (DMARC). */
  readonly isGenuine: boolean;
  /** What the sender wrote, without what is quoted. */
  readonly text: string;
  /** Attachments with their content; asked for only when the mail is an answer. */
  readonly files: () => readonly { readonly name: string; readonly bytes: Buffer }[];
}

/**
 * Takes a mail that answers a request. From an address the directory has for that agency it counts at once; the first line may name the
 * answer, else an officer reads it. From any other address it waits for an officer of the asking agency. Safe to run twice.
 * @returns whether the mail was an answer to a request
 */
export async function takeReply(desk: Desk, mail: IncomingReply): Promise<boolean> {
  const opinionId = mail.tags.map((tag) => reportOfTag(tag, tagMac(desk))).find((id) => id !== null) ?? null;
  if (opinionId === null) return false;
  const words = normalise(mail.text).slice(0, LONGEST_BODY) || messages('vi').opinions.mail.noWords;
  const { kept, left } = keptFiles(mail.files());
  const body = left.length === 0 ? words : `${words}\n\n${messages('vi').opinions.mail.leftOut(left.join(', '))}`;
  return withStored(desk, kept, async (stored) => {
    const taken = await inTransaction(desk, system('take-opinion'), async (tx) => {
      const actor = system('take-opinion');
      const row = await tx.selectFrom('opinion as o').innerJoin('consultation as c', 'c.id', 'o.consultation_id').select(['o.id', 'o.agency_id', 'o.state', 'c.code', 'c.closed_at', 'c.agency_id as lead', 'c.officer_id'])
        .where('o.id', '=', opinionId).executeTakeFirst();
      if (!row) return 'unknown';
      if (await tx.selectFrom('opinion_mail').select('id').where('arrival_id', '=', mail.arrivalId).executeTakeFirst()) return 'repeated';
      const why = row.closed_at || row.state === 'withdrawn' ? 'closed' : !isContact(mail.from, await addressesOf(tx, row.agency_id)) ? 'unknown_sender' : mail.isGenuine ? null : 'not_genuine';
      const answer = answerOfMail(words);
      const { id } = await tx.insertInto('opinion_mail').values({
        opinion_id: opinionId, arrival_id: mail.arrivalId, sender_sealed: desk.keys.seal('arrival', mail.from.slice(0, 320), mail.arrivalId), why, body, answer, at: tx.now,
        state: why === null ? 'taken' : 'waiting', decided_at: why === null ? tx.now : null, decided_by: null,
      }).returning('id').executeTakeFirstOrThrow();
      if (why !== null) {
        for (const file of stored) await tx.insertInto('opinion_file').values({ ...file, consultation_id: null, answer_id: null, mail_id: id, at: tx.now }).execute();
        await writeJournal(tx, actor, [{ entity: 'opinion', entityId: opinionId, action: 'hold_mail', detail: { why } }]);
        await notify(tx, { agencyId: row.lead, officerId: row.officer_id, kind: 'opinion_answered', code: row.code, href: opinionPath(row.code, opinionId) });
        return 'kept';
      }
      await addVersion(tx, actor, await lockForMail(tx, opinionId), mailVersion(answer, body, id), stored);
      return 'kept';
    });
    if (taken !== 'kept') throw new NotStored(taken === 'repeated');
    return true;
  }).catch((error: unknown) => {
    if (error instanceof NotStored) return error.wasTaken;
    throw error;
  });
}

/** Leaves nothing of the files behind when the mail was taken before or names nothing. */
class NotStored extends Conflict {
  readonly wasTaken: boolean;
  constructor(wasTaken: boolean) {
    super('mail not taken');
    this.wasTaken = wasTaken;
  }
}

/** What may be kept of a mail's attachments, and the names of the rest. */
function keptFiles(files: readonly { readonly name: string; readonly bytes: Buffer }[]): { kept: CheckedFile[]; left: string[] } {
  const kept: CheckedFile[] = [];
  const left: string[] = [];
  for (const { name, bytes } of files.filter((one) => one.bytes.length > 0)) {
    try {
      if (kept.length >= MOST.files) throw new Invalid('extra');
      kept.push(...checkFiles([{ name, bytes, tooLarge: false }]));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      left.push(normalise(name).slice(0, 80) || '?');
    }
  }
  return { kept, left: left.slice(0, 20) };
}
