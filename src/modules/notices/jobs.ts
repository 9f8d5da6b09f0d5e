import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { endDelays, remindOverdue } from './commands/effect.ts';
import { renderNotice, sendNotice } from './commands/sending.ts';

/** Writing, sending and reminding; each safe to run twice. */
export const noticeJobs: readonly JobKind<never, Desk>[] = [
  { name: 'render-notice', run: (desk: Desk, { noticeId }: { noticeId: string }) => renderNotice(desk, noticeId) } as JobKind<never, Desk>,
  { name: 'send-notice', run: (desk: Desk, { noticeId }: { noticeId: string }) => sendNotice(desk, noticeId) } as JobKind<never, Desk>,
  {
    name: 'remind-notices',
    cron: '10 7 * * *',
    async run(desk) {
      while (await inTransaction(desk, system('remind-notices'), (tx) => remindOverdue(desk, tx)) > 0);
    },
  },
  {
    name: 'end-delays',
    cron: '20 * * * *',
    async run(desk) {
      while (await inTransaction(desk, system('end-delays'), (tx) => endDelays(desk, tx)) > 0);
    },
  },
];
