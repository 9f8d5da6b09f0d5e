import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { SYSTEM_CLOCK } from '#platform/clock.ts';
import { inTransaction } from '#platform/db.ts';
import { readConfig } from '../src/config.ts';
import { holdDesk, type HeldDesk } from '../src/server.ts';

/** A real desk in a folder of its own (database with fsync on), with the sample directory; removed afterwards. */
export async function benchDesk(): Promise<HeldDesk & { home: string }> {
  const home = await mkdtemp(join(tmpdir(), 'lachan-bench-'));
  const held = await holdDesk(readConfig({ LACHAN_HOME: home, LOG_LEVEL: 'error', PORT: '0', HOST: '127.0.0.1' }), SYSTEM_CLOCK, 'bench', () => {});
  const actor = system('bench');
  await inTransaction(held.desk, actor, (tx) => importAgencies(tx, actor, AGENCIES, COMPETENCES));
  return {
    ...held, home,
    async close() {
      await held.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
