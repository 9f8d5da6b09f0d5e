import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { connect } from '#platform/db.ts';
import { startPostgres } from '#platform/postgres.ts';
import { prepareDatabase } from '../../src/app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    socketDir: string;
  }
}

export const TEMPLATE = 'mau';

/** One server and one migrated template database for the whole run; each test file clones it (tests/support/desk.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'lachan-test-'));
  const server = await startPostgres({ home, fast: true });
  await prepareDatabase(server, TEMPLATE);
  const { db } = connect(server.database('postgres', server.superuser), 1);
  await sql.raw(`alter database ${TEMPLATE} is_template true allow_connections false`).execute(db);
  await db.destroy();
  project.provide('socketDir', server.socketDir);
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}
