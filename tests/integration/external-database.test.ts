import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { SYSTEM_CLOCK } from '#platform/clock.ts';
import { connect, inTransaction } from '#platform/db.ts';
import { startPostgres, type EmbeddedPostgres } from '#platform/postgres.ts';
import { externalDatabase, migrateDatabase, openDesk, ROOT } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { reportOf } from '../support/decisions.ts';

let server: EmbeddedPostgres;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lachan-external-'));
  server = await startPostgres({ home, fast: true });
});

afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

test('DATABASE_URL of an ordinary role that may create roles: two migrations at once, then the desk as lachan_app', { timeout: 60_000 }, async () => {
  const { db: root } = connect(server.database('postgres', server.superuser), 1);
  await sql`create role tinh login createrole`.execute(root);
  await sql`create database tinh owner tinh`.execute(root);
  await root.destroy();
  const config = readConfig({ LACHAN_HOME: home, LOG_LEVEL: 'silent', DATABASE_URL: `postgresql:///tinh?host=${server.socketDir}&user=tinh` });
  const address = externalDatabase(config)!;
  const [first, second] = await Promise.all([migrateDatabase(address), migrateDatabase(address)]);
  expect([...first, ...second].sort()).toEqual((await readdir(join(ROOT, 'migrations'))).sort().map((file) => file.replace('.sql', '')));

  const desk = await openDesk(config, address, SYSTEM_CLOCK);
  try {
    const { rows } = await sql<{ name: string }>`select current_user as name`.execute(desk.db);
    expect(rows).toEqual([{ name: 'lachan_app' }]);
    await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
    const receipt = await submitReport(desk, reportOf());
    expect(receipt.code).toMatch(/^PA-04-/);
    expect(await desk.db.selectFrom('report').select('id').execute()).toEqual([]);
    await expect(sql`update journal set reason = 'x'`.execute(desk.db)).rejects.toThrow(/permission denied/);
  } finally {
    await desk.close();
  }
});
