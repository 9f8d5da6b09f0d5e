import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import { syncCatalogue } from './catalogue-sync.ts';
import type { Db } from './db.ts';

/** Forward-only SQL files, in the order of their numbers. */
class SqlFiles implements MigrationProvider {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const names = (await readdir(this.folder)).filter((name) => /^\d{4}_[\w-]+\.sql$/.test(name)).sort();
    const migrations: Record<string, Migration> = {};
    for (const name of names) {
      const text = await readFile(join(this.folder, name), 'utf8');
      migrations[name.replace(/\.sql$/, '')] = { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) };
    }
    return migrations;
  }
}

/** The application's role: owns nothing, logs in only on the embedded server (or is taken by SET ROLE under DATABASE_URL). */
export const APP_ROLE = 'lachan_app';

/**
 * Brings the database to this version: role, migrations (Kysely's lock makes two at once safe), catalogue, job tables.
 * @param owner connection as the owner of the schema
 * @returns the names of the migrations applied now
 */
export async function migrate(owner: Db, folder: string): Promise<string[]> {
  const applied = await applyMigrations(owner, folder);
  await syncCatalogue(owner);
  return applied;
}

/** The schema alone, without what the catalogue of this version fills in; two at once are safe. @returns the names applied now */
export async function applyMigrations(owner: Db, folder: string): Promise<string[]> {
  await sql.raw(`do $$ begin if not exists (select from pg_roles where rolname = '${APP_ROLE}') then create role ${APP_ROLE}; grant ${APP_ROLE} to current_user; end if; end $$`)
    .execute(owner).catch(ignoreRace);
  const { error, results } = await new Migrator({ db: owner, provider: new SqlFiles(folder) }).migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}

/** Two first starts may both try to create the role; the second finds it there. */
function ignoreRace(error: { code?: string }): void {
  if (error.code !== '42710' && error.code !== '23505') throw error;
}

/** Was the database last brought to this very version? A database without the table was not. */
export async function isAtVersion(owner: Db, fingerprint: string): Promise<boolean> {
  const last = await owner.selectFrom('deployment').select('fingerprint').orderBy('at', 'desc').executeTakeFirst().catch(() => undefined);
  return last?.fingerprint === fingerprint;
}

/** Notes the version a database was brought to, so that the next start can skip the work. */
export async function markVersion(owner: Db, fingerprint: string): Promise<void> {
  await owner.insertInto('deployment').values({ fingerprint }).onConflict((conflict) => conflict.column('fingerprint').doUpdateSet({ at: sql`now()` })).execute();
}
