import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { takeArrival, type MailRoom } from '../commands/taking.ts';

/** Reads what arrived by mail, text message or electronic document. */
const take = (rooms: readonly MailRoom[]): JobKind<{ arrivalId: string }, Desk> => ({
  name: 'take-arrival',
  run: (desk, { arrivalId }) => takeArrival(desk, arrivalId, rooms),
});

/** An arrival that waits this long was left by a job that died. */
const LEFT_MINUTES = 15;

/** Takes up arrivals whose job died with its process. */
const sweep: JobKind<object, Desk> = {
  name: 'sweep-arrivals',
  cron: '*/10 * * * *',
  async run(desk) {
    await inTransaction(desk, system('sweep-arrivals'), async (tx) => {
      const left = await tx.selectFrom('arrival').select('id').where('state', '=', 'waiting').where('media', 'in', ['mail', 'sms', 'edxml', 'picture'])
        .where('recorded_at', '<', new Date(tx.now.getTime() - LEFT_MINUTES * 60_000)).limit(500).execute();
      for (const { id } of left) await desk.jobs.enqueue(tx, 'take-arrival', { arrivalId: id });
    });
  },
};

/** @param rooms those above that take replies to letters of their own */
export const arrivalJobs = (rooms: readonly MailRoom[]): readonly JobKind<never, Desk>[] => [take(rooms), sweep] as readonly JobKind<never, Desk>[];
