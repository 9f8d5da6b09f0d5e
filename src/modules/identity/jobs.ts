import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';

const KEEP_ENDED_MS = 30 * 24 * 3600_000;

/** Deletes sessions that ended a month ago; until then their officer sees them in the list. */
const purgeSessions: JobKind<object, Desk> = {
  name: 'purge-sessions',
  cron: '50 1 * * *',
  async run(desk) {
    await inTransaction(desk, system('purge-sessions'), (tx) => tx.deleteFrom('session').where('expires_at', '<', new Date(tx.now.getTime() - KEEP_ENDED_MS)).execute());
  },
};

export const identityJobs = [purgeSessions] as readonly JobKind<never, Desk>[];
