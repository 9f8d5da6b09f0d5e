import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import { localDate } from '#core/deadlines.ts';
import { parsePhone } from '#core/indicators/index.ts';
import type { ReportState } from '#core/transitions.ts';
import { messages } from '#web/i18n/index.ts';
import { links, localPath } from '#web/links.ts';
import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { forgetInQueue, type JobKind } from '#platform/jobs.ts';
import { REPLY_MARKER } from '#platform/mail.ts';
import { mailTag, replyAddress } from '#platform/mail-tag.ts';
import { writeJournal } from '#platform/journal.ts';
import { certify } from './commands/certificates.ts';
import { secretOf } from './prepare.ts';
import { publicAddress } from '#platform/public-address.ts';
import { likeness } from './story.ts';
import type { Contact } from './types.ts';

/** Confirms reports: the state, the likeness of their stories, and a letter where one can go. One job for all reports of one commit. */
const acknowledge: JobKind<{ reportIds: string[] }, Desk> = {
  name: 'acknowledge',
  async run(desk, { reportIds }) {
    const actor = system('acknowledge');
    await inTransaction(desk, actor, async (tx) => {
      const moved = await tx.updateTable('report').set({ state: 'acknowledged' }).where('id', 'in', reportIds).where('state', '=', 'received')
        .returning(['id', 'category', 'narrative']).execute();
      await writeJournal(tx, actor, moved.map(({ id }) => ({ entity: 'report', entityId: id, action: 'acknowledge', from: 'received', to: 'acknowledged' })));
      await keepSketches(tx, moved);
      for (const reportId of await reachable(desk, tx, moved.map(({ id }) => id))) await desk.jobs.enqueue(tx, 'tell-reporter', { reportId, letter: 'acknowledged' });
    });
  },
};

/** Likeness keys of stories whose harm may be linked at all; suggestions are made from them, nothing else. */
async function keepSketches(tx: Tx, reports: readonly { id: string; category: CategoryCode; narrative: string }[]): Promise<void> {
  const rows = reports.map(({ id, category, narrative }) => ({ report_id: id, bands: likeness(category, narrative) })).filter(({ bands }) => bands.length > 0);
  if (rows.length > 0) await tx.insertInto('report_sketch').values(rows).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Reports whose reporter a letter or message can reach. */
async function reachable(desk: Desk, tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0 || !(desk.mail.available || desk.sms.available)) return [];
  const rows = await tx.selectFrom('reporter_identity as i').innerJoin('report as r', 'r.id', 'i.report_id').select('r.id').where('r.id', 'in', ids)
    .where((eb) => eb.or([...(desk.mail.available ? [eb('i.has_email', '=', true)] : []), ...(desk.sms.available ? [eb('r.channel', '=', 'sms' as const)] : [])])).execute();
  return rows.map(({ id }) => id);
}

export type ReporterLetter = 'acknowledged' | 'news';

/** What the letter is made from. */
interface Addressee {
  readonly reportId: string;
  readonly code: string;
  readonly language: 'vi' | 'en';
  readonly channel: Channel;
  readonly category: CategoryCode;
  readonly state: ReportState;
  readonly contact: Contact;
  /** Opens the page; only for those who could not see it when they reported. */
  readonly secret: string | null;
  /** Message-ID of the mail the report came in. */
  readonly messageId: string | null;
  /** What the desk wrote last. */
  readonly words: string | null;
}

/**
 * Tells a reporter that there is something to read. Who reported by mail or text message is answered there, in full and able
 * to answer back; everybody else gets code and link only. In matters that a second pair of eyes must not read, always only that.
 */
const tellReporter: JobKind<{ reportId: string; letter: ReporterLetter }, Desk> = {
  name: 'tell-reporter',
  async run(desk, { reportId, letter }) {
    // Without a way to send nothing is opened: the page alone tells.
    if (!desk.mail.available && !desk.sms.available) return;
    const to = await inTransaction(desk, system('tell-reporter'), (tx) => addressee(desk, tx, reportId, letter));
    if (!to) return;
    if (to.contact.email && desk.mail.available) return mailTo(desk, to, letter, to.contact.email);
    if (to.contact.phone && desk.sms.available && BY_TEXT.includes(to.channel)) return textTo(desk, to, letter, to.contact.phone);
  },
};

/** Channels after which a text message is what the reporter expects. */
const BY_TEXT: readonly Channel[] = ['sms', 'phone', 'walk_in', 'post'];
/** Matters in which a letter never says more than that there is one. */
const DISCREET: readonly CategoryCode[] = ['intimate_images', 'threat_harassment'];
/** Confirmations to one sender in an hour; more is a loop or a flood, and the reports are taken all the same. */
const MOST_CONFIRMATIONS = 5;

async function addressee(desk: Desk, tx: Tx, reportId: string, letter: ReporterLetter): Promise<Addressee | null> {
  const report = await tx.selectFrom('report as r').leftJoin('arrival as a', (join) => join.onRef('a.report_id', '=', 'r.id').on('a.state', '=', 'taken'))
    .select(['r.code', 'r.language', 'r.channel', 'r.category', 'r.state', 'r.payload_hash', 'a.id as arrivalId', 'a.facts', 'a.sender_hash']).where('r.id', '=', reportId)
    .executeTakeFirst();
  if (!report) return null;
  const direct = report.arrivalId !== null && DIRECT.includes(report.channel);
  if (direct && letter === 'acknowledged' && report.sender_hash && await confirmations(tx, report.channel, report.sender_hash) > MOST_CONFIRMATIONS) return null;
  const { rows } = await sql<{ sealed: Buffer | null }>`select open_identity(${reportId}::uuid, ${`tell:${letter}`}) as sealed`.execute(tx);
  const plain = rows[0]?.sealed && desk.keys.unseal('identity', rows[0].sealed, reportId);
  if (!plain) return null;
  const last = letter === 'news' && direct && report.state !== 'stopped'
    ? await tx.selectFrom('message').select('body').where('report_id', '=', reportId).where('sent_by', '=', 'desk')
      // What was written before the last step was told then (a question, before a stop that was lifted).
      .where('at', '>=', (eb) => eb.selectFrom('journal').select(({ fn }) => fn.max('journal.at').as('at')).where('entity_id', '=', reportId).where('to_state', 'is not', null))
      .orderBy('at', 'desc').orderBy('id', 'desc').executeTakeFirst() : undefined;
  const discreet = DISCREET.includes(report.category);
  return {
    reportId, code: report.code, language: report.language, channel: report.channel, category: report.category, state: report.state,
    contact: JSON.parse(plain.toString()) as Contact, messageId: typeof report.facts?.messageId === 'string' ? report.facts.messageId : null,
    secret: direct && letter === 'acknowledged' ? secretOf(desk, `arrival:${report.arrivalId}`, report.payload_hash) : null,
    words: discreet ? null : last?.body ?? null,
  };
}

/** Channels whose reporters have never seen the receipt page. */
const DIRECT: readonly Channel[] = ['email', 'sms'];

async function confirmations(tx: Tx, channel: Channel, sender: Buffer): Promise<number> {
  const { count } = await tx.selectFrom('arrival').select((eb) => eb.fn.countAll<number>().as('count')).where('channel', '=', channel).where('sender_hash', '=', sender)
    .where('arrived_at', '>', new Date(tx.now.getTime() - 3_600_000)).executeTakeFirstOrThrow();
  return count;
}

async function mailTo(desk: Desk, to: Addressee, letter: ReporterLetter, address: string): Promise<void> {
  const words = messages(to.language).letters;
  const link = `${publicAddress(desk)}${localPath(to.language, links.follow)}`;
  const text = letter === 'acknowledged'
    ? to.secret ? words.mail.taken(to.code, to.secret, link) : words.mail.acknowledged(to.code, link)
    : to.words ? words.mail.answer(to.code, to.words, link) : words.mail.news(to.code, link);
  await desk.mail.send({
    to: address, subject: letter === 'acknowledged' ? words.mail.takenSubject(to.code) : words.mail.subject(to.code),
    text: to.channel === 'email' ? `${REPLY_MARKER}\n\n${text}` : text,
    // Without a mailbox that is read nobody would see the answer.
    ...(to.channel === 'email' && desk.config.IMAP_URL && { replyTo: replyAddress(desk.mail.address, mailTag(to.reportId, (data) => desk.keys.mac('mail-tag', data))) }),
    ...(to.messageId && { inReplyTo: to.messageId }),
  });
}

const LONGEST_TEXT = 600;

async function textTo(desk: Desk, to: Addressee, letter: ReporterLetter, phone: string): Promise<void> {
  const words = messages(to.language).letters.sms;
  const link = `${publicAddress(desk)}${localPath(to.language, links.follow)}`;
  const said = to.words && to.words.length > LONGEST_TEXT ? `${to.words.slice(0, LONGEST_TEXT)}…` : to.words;
  const text = letter === 'acknowledged'
    ? to.secret ? words.taken(to.code, to.secret, link) : words.acknowledged(to.code, link)
    : said ? words.answer(to.code, said, link) : words.news(to.code, link);
  // The hour makes a repeated run of this job the same message, and tomorrow's news another.
  await desk.sms.send({ to: parsePhone(phone)?.key ?? phone, text, id: `${to.reportId}.${letter}.${contentKey(text)}` }, desk.clock.now());
}

/** Names a text without saying it. */
function contentKey(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const ERASED_EVIDENCE = '(Đã xóa cùng phản ánh ngoài phạm vi.)';

/**
 * Erases stopped reports whose time has come: text, indicators seen nowhere else, pictures, identity, what it arrived in, the jobs
 * that named it (SCOPE, the gate). Each transaction certifies what it erased.
 */
const eraseStopped: JobKind<object, Desk> = {
  name: 'erase-stopped',
  cron: '15 1 * * *',
  async run(desk) {
    let erased = MOST_ERASED;
    while (erased === MOST_ERASED) erased = await inTransaction(desk, system('erase-stopped'), (tx) => eraseDue(desk, tx));
  },
};

/** Reports erased in one transaction. */
const MOST_ERASED = 500;

async function eraseDue(desk: Desk, tx: Tx): Promise<number> {
  const actor = system('erase-stopped');
  const due = await tx.selectFrom('report').select('id').where('state', '=', 'stopped').where('erase_after', '<=', tx.now).orderBy('id').forUpdate().limit(MOST_ERASED).execute();
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  const files = await tx.selectFrom('attachment').select(['original_ref', 'copy_ref']).where('report_id', 'in', ids).execute();
  const arrived = await tx.selectFrom('arrival').select(['id', 'original_ref']).where('report_id', 'in', ids).execute();
  const parts = await countParts(tx, ids);
  // A picture that was refused is no part of the report; what is known of it is whose it was.
  const refused = await tx.deleteFrom('arrival').where('media', '=', 'picture').where(sql<string>`facts ->> 'pictureOf'`, 'in', ids).returning(['id', 'original_ref']).execute();
  const indicators = await tx.selectFrom('report_indicator').select('indicator_id').where('report_id', 'in', ids).execute();
  await writeJournal(tx, actor, ids.map((id) => ({ entity: 'report', entityId: id, action: 'erase', from: 'stopped', to: 'erased' })));
  await tx.updateTable('evidence').set({ attachment_id: null, sha256: null, description: ERASED_EVIDENCE })
    .where('attachment_id', 'in', (eb) => eb.selectFrom('attachment').select('id').where('report_id', 'in', ids)).execute();
  await tx.deleteFrom('report').where('id', 'in', ids).execute();
  const traces = indicators.length === 0 ? [] : await tx.deleteFrom('indicator').where('id', 'in', indicators.map(({ indicator_id }) => indicator_id))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('report_indicator').select('indicator_id').whereRef('indicator_id', '=', 'indicator.id'))))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('decision_locator').select('indicator_id').whereRef('indicator_id', '=', 'indicator.id'))))
    .returning('id').execute();
  const jobs = await forgetInQueue(tx, [...ids, ...arrived.map(({ id }) => id), ...refused.map(({ id }) => id)]);
  const refs = [...files.flatMap((file) => [file.original_ref, file.copy_ref]), ...arrived.map((one) => one.original_ref), ...refused.map((one) => one.original_ref)].filter((ref) => ref !== null);
  await certify(desk, tx, actor, {
    kind: 'stopped', places: { database: true, files: refs.length > 0, search: true, queue: jobs > 0, logs: true },
    counts: { ...parts, report: ids.length, file: refs.length, indicator: traces.length, arrival: arrived.length + refused.length, job: jobs },
  });
  await removeFiles(desk, refs);
  return ids.length;
}

/** What goes with reports by cascade, for the certificate. */
async function countParts(tx: Tx, ids: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from message where report_id = any (${[...ids]}::uuid[])) as message,
    (select count(*) from attachment where report_id = any (${[...ids]}::uuid[])) as attachment,
    (select count(*) from reporter_identity where report_id = any (${[...ids]}::uuid[])) as reporter_identity,
    (select count(*) from note where report_id = any (${[...ids]}::uuid[])) as note,
    (select count(*) from stop_review where report_id = any (${[...ids]}::uuid[])) as stop_review`.execute(tx);
  return rows[0]!;
}

/** Removes files before the commit of what named them: a crash in between repeats the whole, the other way round they would stay for ever. */
async function removeFiles(desk: Desk, refs: readonly (string | null)[]): Promise<void> {
  for (const ref of refs) if (ref) await desk.files.remove(ref);
}

const UPLOAD_LIFE_MS = 24 * 3600_000;

/** Drops pictures whose report was never sent. */
const purgeUploads: JobKind<object, Desk> = {
  name: 'purge-uploads',
  cron: '45 * * * *',
  run: (desk) => inTransaction(desk, system('purge-uploads'), async (tx) => {
    const dropped = await tx.deleteFrom('pending_upload').where('at', '<', new Date(tx.now.getTime() - UPLOAD_LIFE_MS)).returning(['original_ref', 'copy_ref']).execute();
    await removeFiles(desk, dropped.flatMap((one) => [one.original_ref, one.copy_ref]));
  }),
};

/** How long the original of what became no report is kept: shorter than the 30 days after which a stopped report is gone. */
const ARRIVAL_DAYS = 28;

/** Deletes what arrived and became no report (bounces, automatic answers, what was thrown away), and who sent the rest. */
const purgeArrivals: JobKind<object, Desk> = {
  name: 'purge-arrivals',
  cron: '0 2 * * *',
  run: (desk) => inTransaction(desk, system('purge-arrivals'), async (tx) => {
    const before = new Date(tx.now.getTime() - ARRIVAL_DAYS * 86_400_000);
    await tx.updateTable('arrival').set({ sender_hash: null }).where('arrived_at', '<', before).where('sender_hash', 'is not', null).execute();
    const dropped = await tx.deleteFrom('arrival').where('arrived_at', '<', before).where('report_id', 'is', null).where('state', '<>', 'waiting').returning('original_ref').execute();
    await removeFiles(desk, dropped.map((one) => one.original_ref));
  }),
};

/** Deletes sealed contacts whose time is over and whose case is not open, and the letters that name the same person (S13; DEADLINES.keepContact). */
const purgeContacts: JobKind<object, Desk> = {
  name: 'purge-contacts',
  cron: '30 1 * * *',
  async run(desk) {
    const actor = system('purge-contacts');
    await inTransaction(desk, actor, async (tx) => {
      const purged = await tx.deleteFrom('reporter_identity').where('purge_after', '<', localDate(tx.now))
        .where((eb) => eb.not(eb.exists(eb.selectFrom('report').innerJoin('case_file', 'case_file.id', 'case_id').select('report.id')
          .whereRef('report.id', '=', 'reporter_identity.report_id').where('case_file.state', '<>', 'closed'))))
        .returning('report_id').execute();
      await writeJournal(tx, actor, purged.map(({ report_id }) => ({ entity: 'report', entityId: report_id, action: 'purge_contact' })));
      await forgetSenders(desk, tx, purged.map(({ report_id }) => report_id));
    });
  },
};

/** A mail and a text message name their sender in every line of their way; what they said stands in the report. */
async function forgetSenders(desk: Desk, tx: Tx, reportIds: readonly string[]): Promise<void> {
  if (reportIds.length === 0) return;
  const letters = await tx.selectFrom('arrival').select(['id', 'original_ref']).where('report_id', '=', sql<string>`any (${[...reportIds]}::uuid[])`).where('media', 'in', ['mail', 'sms']).execute();
  await sql`update arrival set sender_sealed = null, sender_hash = null, facts = facts - 'messageId' where report_id = any (${[...reportIds]}::uuid[])`.execute(tx);
  await sql`update arrival set original_ref = null, original_bytes = null where id = any (${letters.map(({ id }) => id)}::uuid[])`.execute(tx);
  await removeFiles(desk, letters.map((letter) => letter.original_ref));
}

export const intakeJobs = [acknowledge, tellReporter, eraseStopped, purgeUploads, purgeArrivals, purgeContacts] as readonly JobKind<never, Desk>[];
