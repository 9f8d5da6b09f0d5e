import { cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { connect } from '#platform/db.ts';
import { applyMigrations, migrate } from '#platform/migrate.ts';
import { ROOT } from '../../src/app.ts';

test('a database of the first release is brought to this version with what it holds', async () => {
  const socketDir = inject('socketDir');
  const name = `upgrade_${process.pid}_${Date.now().toString(36)}`;
  const at = (database: string, user: string) => ({ host: socketDir, port: 5432, user, database });
  const admin = connect(at('postgres', 'postgres'), 1);
  await sql.raw(`create database ${name} owner lachan_owner`).execute(admin.db);
  await admin.db.destroy();
  const { db: owner } = connect(at(name, 'lachan_owner'), 2);
  const superuser = connect(at(name, 'postgres'), 1);
  await sql.raw('create extension if not exists pg_trgm; create extension if not exists btree_gist').execute(superuser.db);
  await superuser.db.destroy();
  try {
    const first = await mkdtemp(join(tmpdir(), 'lachan-migrations-'));
    const names = (await readdir(join(ROOT, 'migrations'))).sort();
    await cp(join(ROOT, 'migrations', names[0]!), join(first, names[0]!));
    expect(await applyMigrations(owner, first)).toEqual(['0001_foundation']);
    await sql.raw(`
      insert into province (code, name, full_name, name_en, search) values ('04', 'Cao Bằng', 'Tỉnh Cao Bằng', 'Cao Bang', 'cao bang');
      insert into agency (key, level, valid_from) values ('so', 'department', '2025-07-01');
      insert into report (code, secret_hash, idempotency_hash, payload_hash, channel, category, narrative, search, province_code, reporter_kind, handling_agency_id, language, received_at)
        select 'PA-04-250701-0001-0', 'a', 'b', 'c', 'web', 'scam', 'Giả mạo', 'gia mao: nap-tien.example/vip ' || repeat('x', 3000), '04', 'anonymous', id, 'vi', now() from agency`).execute(owner);
    expect(await migrate(owner, join(ROOT, 'migrations'))).toEqual(names.slice(1).map((file) => file.replace('.sql', '')));
    const { rows } = await sql<{ search: string; fold: string | null }>`select search, fold from report`.execute(owner);
    expect(rows).toEqual([{ search: ` gia mao nap tien example vip ${'x'.repeat(60)} `, fold: null }]);
  } finally {
    await owner.destroy();
  }
}, 30_000);
