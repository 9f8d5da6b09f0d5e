import type { Effects } from '#modules/decisions/index.ts';
import { publicAddress } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { messages } from '#web/i18n/index.ts';
import { localPath } from '#web/links.ts';
import { endStays, noteOverdue, openAppellant, reopenForAppeal, type AppealLetter } from './commands.ts';
import { FOLLOW_PATH } from './views/parts.tsx';

/** Tells an appellant who left an address that there is something to read: code and link, never the words or the secret. */
const tellAppellant: JobKind<{ appealId: string; letter: AppealLetter }, Desk> = {
  name: 'tell-appellant',
  async run(desk, { appealId, letter }) {
    // Without a way to send nothing is opened: the page alone tells.
    if (!desk.mail.available) return;
    const to = await inTransaction(desk, system('tell-appellant'), async (tx) => {
      const appeal = await tx.selectFrom('appeal').select(['code', 'language', 'has_contact']).where('id', '=', appealId).executeTakeFirst();
      const email = appeal?.has_contact ? await openAppellant(desk, tx, appealId) : null;
      return appeal && email ? { ...appeal, email } : null;
    });
    if (!to) return;
    const words = messages(to.language).appeals.mail;
    const link = `${publicAddress(desk)}${localPath(to.language, FOLLOW_PATH)}`;
    await desk.mail.send({ to: to.email, subject: words.subject(to.code), text: words[letter](to.code, link) });
  },
};

/** Opens the case again for what must be decided anew. */
const reopen: JobKind<{ appealId: string }, Desk> = {
  name: 'reopen-for-appeal',
  run: (desk, { appealId }) => inTransaction(desk, system('reopen-for-appeal'), (tx) => reopenForAppeal(tx, appealId)),
};

/**
 * Background work of appeals: letters, cases opened again, stays that no appeal needs any more, days that have passed.
 * @param effects what each measure does, to be resumed
 */
export function appealJobs(effects: Effects): readonly JobKind<never, Desk>[] {
  const stays: JobKind<object, Desk> = {
    name: 'end-stays',
    cron: '*/15 * * * *',
    async run(desk) {
      while (await inTransaction(desk, system('end-stays'), (tx) => endStays(desk, tx, effects)) > 0);
    },
  };
  const clocks: JobKind<object, Desk> = {
    name: 'appeal-clocks',
    cron: '20 0 * * *',
    async run(desk) {
      while (await inTransaction(desk, system('appeal-clocks'), noteOverdue) > 0);
    },
  };
  return [tellAppellant, reopen, stays, clocks] as readonly JobKind<never, Desk>[];
}
