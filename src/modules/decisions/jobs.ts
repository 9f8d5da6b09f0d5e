import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { expireDecisions } from './commands/ending.ts';
import type { Effects } from './effects.ts';

/** Every five minutes and at the start: measures end on their own (S10). Pages and lists do not wait for it, they ask the clock. */
export function decisionJobs(effects: Effects): readonly JobKind<never, Desk>[] {
  return [{
    name: 'expire-decisions',
    cron: '*/5 * * * *',
    async run(desk) {
      while (await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, effects)) > 0);
    },
  }];
}
