import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { markLate, moveEndedWork, watchLeavers } from './commands.ts';

/** Rounds of one run; what is left waits for the next. */
const MOST_ROUNDS = 1000;

function byTheClock(name: string, cron: string, work: (tx: Tx) => Promise<number>): JobKind<object, Desk> {
  return {
    name, cron,
    async run(desk) {
      for (let round = 0; round < MOST_ROUNDS; round += 1) if (await inTransaction(desk, system(name), work) === 0) return;
    },
  };
}

/** Background work of routing: transfers nobody answered, agencies that ended, officers who left with open work. */
export const routingJobs = [
  byTheClock('transfer-clocks', '15 0 * * *', markLate),
  byTheClock('agency-ended', '5 0 * * *', moveEndedWork),
  byTheClock('hand-over', '25 0,12 * * *', watchLeavers),
] as readonly JobKind<never, Desk>[];
