import { createHash } from 'node:crypto';
import { noteHealth, recordArrival } from '#modules/intake/index.ts';
import { INTAKE, system } from '#platform/actor.ts';
import type { Desk } from '#platform/desk.ts';
import { resumeSheets } from './jobs/sheets.ts';
import { watchMailbox } from './mail/mailbox.ts';

/** Something that goes on until it is stopped. */
export interface Watch {
  stop(): Promise<void>;
}

/** Watches the mailbox reports come to: each mail is kept durably, then marked in the box, then read by a job. Nothing without IMAP_URL. */
export function watchMail(desk: Desk): Watch | null {
  const url = desk.config.IMAP_URL;
  if (!url) return null;
  const endpoint = desk.mail.address;
  return watchMailbox({
    url, log: desk.log,
    onHealth: (health) => {
      const news = health.ok ? { ok: true as const } : { ok: false as const, reason: health.reason, detail: health.detail };
      noteHealth(desk, system('mailbox'), { channel: 'email', endpoint, ...news }).catch((error: unknown) => desk.log.error({ err: error }, 'health of the mailbox not noted'));
    },
    async onMail(raw, meta) {
      const sender = senderOf(raw);
      await recordArrival(desk, {
        channel: 'email', media: 'mail', receiver: endpoint, sender, externalKey: createHash('sha256').update(raw).digest('hex'), original: raw, officerId: null,
        document: null, arrivedAt: meta.internalDate ?? desk.clock.now(), facts: meta.truncated ? { truncated: true, size: meta.size } : { size: meta.size },
      }, 'take-arrival');
      await noteHealth(desk, INTAKE, { channel: 'email', endpoint, ok: true, arrived: true });
    },
  });
}

/** Goes on, once, with the spreadsheets that the last process left in the middle. */
export function watchSheets(desk: Desk): Watch {
  const resumed = resumeSheets(desk, 0).catch((error: unknown) => desk.log.error({ err: error }, 'spreadsheets not resumed'));
  return { stop: () => resumed };
}

/** The address in the From line, for counting and threading only; read from the head alone, before the mail is parsed. */
function senderOf(raw: Buffer): string | null {
  const head = raw.subarray(0, 64 * 1024).toString('latin1');
  return /^from:[^\n]{0,500}?([^\s<>"',;:@]{1,64}@[^\s<>"',;:@]{1,255})/im.exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1]?.toLowerCase() ?? null;
}
