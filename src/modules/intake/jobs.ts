import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { messages } from '#web/i18n/index.ts';
import { links, localPath } from '#web/links.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { writeJournal } from '#platform/journal.ts';
import { publicAddress } from './public-address.ts';
import type { Contact } from './types.ts';

/** Confirms reports: the state, and a mail where the reporter left an address. One job for all reports of one commit. */
const acknowledge: JobKind<{ reportIds: string[] }, Desk> = {
  name: 'acknowledge',
  async run(desk, { reportIds }) {
    const actor = system('acknowledge');
    await inTransaction(desk, actor, async (tx) => {
      const moved = await tx.updateTable('report').set({ state: 'acknowledged' }).where('id', 'in', reportIds).where('state', '=', 'received').returning('id').execute();
      await writeJournal(tx, actor, moved.map(({ id }) => ({ entity: 'report', entityId: id, action: 'acknowledge', from: 'received', to: 'acknowledged' })));
      if (!desk.mail.available || moved.length === 0) return;
      const reachable = await tx.selectFrom('reporter_identity').select('report_id').where('has_email', '=', true).where('report_id', 'in', moved.map(({ id }) => id)).execute();
      for (const { report_id } of reachable) await desk.jobs.enqueue(tx, 'mail-reporter', { reportId: report_id, letter: 'acknowledged' });
    });
  },
};

export type ReporterLetter = 'acknowledged' | 'news';

/** Mails a reporter that there is something to read; code and link only, never the content of the report. */
const mailReporter: JobKind<{ reportId: string; letter: ReporterLetter }, Desk> = {
  name: 'mail-reporter',
  async run(desk, { reportId, letter }) {
    // Without a mail server nothing is opened: the page alone tells.
    if (!desk.mail.available) return;
    const found = await inTransaction(desk, system('mail-reporter'), async (tx) => {
      const report = await tx.selectFrom('report').select(['code', 'language']).where('id', '=', reportId).executeTakeFirst();
      const { rows } = await sql<{ sealed: Buffer | null }>`select open_identity(${reportId}::uuid, ${`mail:${letter}`}) as sealed`.execute(tx);
      return report && rows[0]?.sealed ? { ...report, sealed: rows[0].sealed } : null;
    });
    const plain = found && desk.keys.unseal('identity', found.sealed, reportId);
    const email = plain && (JSON.parse(plain.toString()) as Contact).email;
    if (!found || !email) return;
    const words = messages(found.language).portal.mail;
    const link = `${publicAddress(desk)}${localPath(found.language, links.follow)}`;
    await desk.mail.send({ to: email, subject: words.subject(found.code), text: words[letter](found.code, link) });
  },
};

const ERASED_EVIDENCE = '(Đã xóa cùng phản ánh ngoài phạm vi.)';

/** Erases stopped reports whose time has come: text, indicators seen nowhere else, pictures, identity (SCOPE, the gate). */
const eraseStopped: JobKind<object, Desk> = {
  name: 'erase-stopped',
  cron: '15 1 * * *',
  async run(desk) {
    const actor = system('erase-stopped');
    const refs = await inTransaction(desk, actor, async (tx) => {
      const due = await tx.selectFrom('report').select(['id', 'case_id']).where('state', '=', 'stopped').where('erase_after', '<=', tx.now).forUpdate().limit(500).execute();
      if (due.length === 0) return [];
      const ids = due.map(({ id }) => id);
      const files = await tx.selectFrom('attachment').select(['original_ref', 'copy_ref']).where('report_id', 'in', ids).execute();
      const indicators = await tx.selectFrom('report_indicator').select('indicator_id').where('report_id', 'in', ids).execute();
      await writeJournal(tx, actor, ids.map((id) => ({ entity: 'report', entityId: id, action: 'erase', from: 'stopped', to: 'erased' })));
      await tx.updateTable('evidence').set({ attachment_id: null, sha256: null, description: ERASED_EVIDENCE })
        .where('attachment_id', 'in', (eb) => eb.selectFrom('attachment').select('id').where('report_id', 'in', ids)).execute();
      await tx.deleteFrom('report').where('id', 'in', ids).execute();
      if (indicators.length > 0) await tx.deleteFrom('indicator').where('id', 'in', indicators.map(({ indicator_id }) => indicator_id))
        .where((eb) => eb.not(eb.exists(eb.selectFrom('report_indicator').select('indicator_id').whereRef('indicator_id', '=', 'indicator.id'))))
        .where((eb) => eb.not(eb.exists(eb.selectFrom('decision_locator').select('indicator_id').whereRef('indicator_id', '=', 'indicator.id'))))
        .execute();
      return files.flatMap((file) => [file.original_ref, file.copy_ref]);
    });
    for (const ref of refs) await desk.files.remove(ref);
  },
};

const UPLOAD_LIFE_MS = 24 * 3600_000;

/** Drops pictures whose report was never sent. */
const purgeUploads: JobKind<object, Desk> = {
  name: 'purge-uploads',
  cron: '45 * * * *',
  async run(desk) {
    const dropped = await inTransaction(desk, system('purge-uploads'), (tx) => tx.deleteFrom('pending_upload')
      .where('at', '<', new Date(tx.now.getTime() - UPLOAD_LIFE_MS)).returning(['original_ref', 'copy_ref']).execute());
    for (const { original_ref, copy_ref } of dropped) {
      await desk.files.remove(original_ref);
      await desk.files.remove(copy_ref);
    }
  },
};

/** Deletes sealed contacts whose time is over and whose case is not open (S13; DEADLINES.keepContact). */
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
    });
  },
};

export const intakeJobs = [acknowledge, mailReporter, eraseStopped, purgeUploads, purgeContacts] as readonly JobKind<never, Desk>[];
