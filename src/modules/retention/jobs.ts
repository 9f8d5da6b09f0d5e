import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { retainDue } from './commands/minimise.ts';

/** Every night, after the jobs that end contacts and arrivals: what is left of cases whose term is over. */
const retention: JobKind<object, Desk> = {
  name: 'retention',
  cron: '45 2 * * *',
  async run(desk) {
    const counts = await retainDue(desk);
    if (Object.keys(counts).length > 0) desk.log.info({ counts }, 'retention');
  },
};

export const retentionJobs = [retention] as readonly JobKind<never, Desk>[];
