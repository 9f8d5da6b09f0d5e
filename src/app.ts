import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Config } from './config.ts';
import type { Clock } from './platform/clock.ts';
import { connect, type Connection } from './platform/db.ts';
import type { Desk } from './platform/desk.ts';
import { dnsLookup } from './platform/dns.ts';
import { localFiles } from './platform/files.ts';
import { connectJobs, installJobs } from './platform/jobs.ts';
import { loadKeys, requireSameKey } from './platform/keys.ts';
import { smtpMailer } from './platform/mail.ts';
import { smsGateway } from './platform/sms.ts';
import { APP_ROLE, isAtVersion, markVersion, migrate } from './platform/migrate.ts';
import type { EmbeddedPostgres } from './platform/postgres.ts';
import { seedUnits } from './modules/directory/index.ts';
import { JOBS } from './modules.ts';

/** The checkout's root, seen from the bundle (.build/main.js) and from the sources (src/app.ts) alike. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OWNER_ROLE = 'lachan_owner';

/** Where the owner and the application of one database log in. */
export interface DatabaseAddress {
  readonly owner: Connection;
  readonly app: Connection;
}

/** Brings a database to this version: schema, catalogue, units, job queues. Returns the migrations applied now. */
export async function migrateDatabase({ owner }: DatabaseAddress): Promise<string[]> {
  const { db } = connect(owner, 2);
  try {
    const wanted = await fingerprint();
    if (wanted && await isAtVersion(db, wanted)) return [];
    const applied = await migrate(db, join(ROOT, 'migrations'));
    await seedUnits(db);
    await installJobs(db, owner, JOBS.map((job) => job.name));
    if (wanted) await markVersion(db, wanted);
    return applied;
  } finally {
    await db.destroy();
  }
}

/** Names this build and its migrations; null when running from sources (tests), where everything is always done. */
async function fingerprint(): Promise<string | null> {
  const inputs = await readFile(join(ROOT, '.build', 'inputs'), 'utf8').catch(() => null);
  if (inputs === null || !import.meta.url.includes('/.build/')) return null;
  const hash = createHash('sha256').update(inputs);
  for (const name of (await readdir(join(ROOT, 'migrations'))).sort()) hash.update(name).update(await readFile(join(ROOT, 'migrations', name)));
  return hash.digest('hex');
}

/** Creates roles and database on the embedded server where missing, then migrates. */
export async function prepareDatabase(server: EmbeddedPostgres, name: string): Promise<DatabaseAddress> {
  const { db } = connect(server.database('postgres', server.superuser), 1);
  try {
    for (const role of [OWNER_ROLE, APP_ROLE]) {
      await sql.raw(`do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if; end $$`).execute(db);
    }
    await sql.raw(`alter role ${APP_ROLE} login`).execute(db);
    const { rows } = await sql`select 1 from pg_database where datname = ${name}`.execute(db);
    if (rows.length === 0) await sql.raw(`create database ${name} owner ${OWNER_ROLE}`).execute(db);
  } finally {
    await db.destroy();
  }
  const address = { owner: server.database(name, OWNER_ROLE), app: server.database(name, APP_ROLE) };
  await migrateDatabase(address);
  return address;
}

/** The address under DATABASE_URL: the application logs in as itself, or becomes lachan_app on connecting. */
export function externalDatabase(config: Config): DatabaseAddress | null {
  if (!config.DATABASE_URL) return null;
  const app = config.DATABASE_APP_URL ? { connectionString: config.DATABASE_APP_URL } : { connectionString: config.DATABASE_URL, role: APP_ROLE };
  return { owner: { connectionString: config.DATABASE_URL }, app };
}

/** Composes a desk over a prepared database. `close` ends its connections. */
export async function openDesk(config: Config, address: DatabaseAddress, clock: Clock): Promise<Desk & { close(): Promise<void> }> {
  const { db, pool } = connect(address.app, 12);
  const keys = await loadKeys(config.LACHAN_HOME, config.LACHAN_KEY);
  await requireSameKey(db, keys, clock).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const jobs = await connectJobs(address.app);
  return {
    config, db, pool, keys, jobs, clock,
    files: localFiles(config.LACHAN_HOME, keys),
    mail: smtpMailer(config.SMTP_URL, config.MAIL_FROM),
    sms: smsGateway(config.SMS_GATEWAY_URL, config.SMS_SECRET),
    dns: dnsLookup(config.DNS_SERVERS),
    log: pino({ level: config.LOG_LEVEL, redact: ['*.email', '*.phone', '*.contact', 'req.headers'] }),
    async close() {
      await jobs.stop();
      await db.destroy();
    },
  };
}
