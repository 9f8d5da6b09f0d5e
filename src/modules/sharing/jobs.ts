import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { lapsePacks } from './commands/incoming.ts';

/** Arrivals are kept 28 days; a pack nobody answered ends on the day before. */
const ANSWER_MS = 27 * 86_400_000;

/** Every night: the files of packs whose days are over, files sent back in emptied cases, packs of other desks that nobody answered. */
const purgePacks: JobKind<object, Desk> = {
  name: 'purge-packs',
  cron: '20 2 * * *',
  async run(desk) {
    const refs = await inTransaction(desk, system('purge-packs'), async (tx) => {
      const packs = await tx.selectFrom('hand_over_pack').select(['id', 'file_ref']).where('file_ref', 'is not', null).where('expires_at', '<=', tx.now).limit(1000).execute();
      const files = await tx.selectFrom('share_file as f').innerJoin('case_file as c', 'c.id', 'f.case_id').select(['f.id', 'f.file_ref']).where('f.file_ref', 'is not', null).where('c.minimised_at', 'is not', null).limit(1000).execute();
      if (packs.length > 0) await tx.updateTable('hand_over_pack').set({ file_ref: null }).where('id', 'in', packs.map(({ id }) => id)).execute();
      if (files.length > 0) await tx.updateTable('share_file').set({ file_ref: null }).where('id', 'in', files.map(({ id }) => id)).execute();
      return [...packs, ...files].map(({ file_ref }) => file_ref!);
    });
    for (const ref of refs) await desk.files.remove(ref);
    await inTransaction(desk, system('purge-packs'), (tx) => lapsePacks(tx, new Date(tx.now.getTime() - ANSWER_MS)));
  },
};

export const sharingJobs = [purgePacks] as readonly JobKind<never, Desk>[];
