import { sql } from 'kysely';
import { fromKysely, PgBoss, type JobInsert } from 'pg-boss';
import type { Logger } from 'pino';
import type { Connection, Db, Tx } from './db.ts';
import { APP_ROLE } from './migrate.ts';

/** Background work: a queue, what it does with one job, and when it comes by itself. Handlers must be safe to run twice. */
export interface JobKind<Data extends object, Desk> {
  readonly name: string;
  readonly run: (desk: Desk, data: Data) => Promise<void>;
  /** Five-field cron expression in Vietnam's time, for work that comes by the clock. */
  readonly cron?: string;
}

export interface Jobs {
  /** Adds a job in the same transaction as the change it belongs to. */
  enqueue(tx: Tx, name: string, data: object, options?: { startAfter?: Date; singletonKey?: string }): Promise<void>;
  /** Begins to work on these kinds; the returned function finishes what runs and stops. */
  work<Desk>(desk: Desk, kinds: readonly JobKind<never, Desk>[], log: Logger): Promise<void>;
  stop(): Promise<void>;
}

const SCHEMA = 'pgboss';
const ZONE = 'Asia/Ho_Chi_Minh';

/** Creates the queue tables and the queues as owner, and lets the application's role use them. */
export async function installJobs(owner: Db, connection: Connection, names: readonly string[]): Promise<void> {
  const boss = new PgBoss({ ...connection, schema: SCHEMA, supervise: false, schedule: false, max: 2 });
  boss.on('error', () => {});
  await boss.start();
  for (const name of names) await boss.createQueue(name, { retryLimit: 5, retryBackoff: true, retryDelay: 2 });
  await boss.stop({ graceful: false });
  await sql.raw(`grant usage on schema ${SCHEMA} to ${APP_ROLE}; grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${APP_ROLE};
    grant usage on all sequences in schema ${SCHEMA} to ${APP_ROLE}; grant execute on all functions in schema ${SCHEMA} to ${APP_ROLE}`).execute(owner);
}

/**
 * Takes ids out of the queue for good, whatever became of the jobs: out of lists that name others too, and with the whole row where
 * nothing else is named.
 * @returns the rows touched
 */
export async function forgetInQueue(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const named = sql`${[...ids]}::text[]`;
  const thinned = await sql`update ${sql.table(`${SCHEMA}.job`)} set data = jsonb_set(data, '{reportIds}', (data -> 'reportIds') - ${named}), output = null
    where jsonb_typeof(data -> 'reportIds') = 'array' and data -> 'reportIds' ?| ${named} and (data -> 'reportIds') - ${named} <> '[]'`.execute(tx);
  const dropped = await sql`delete from ${sql.table(`${SCHEMA}.job`)} where exists (select 1 from unnest(${named}) as one (id) where position(one.id in data::text) > 0
    or position(one.id in coalesce(output::text, '')) > 0 or position(one.id in coalesce(singleton_key, '')) > 0)`.execute(tx);
  return Number(thinned.numAffectedRows ?? 0) + Number(dropped.numAffectedRows ?? 0);
}

/** The queue as the application's role sees it. */
export async function connectJobs(connection: Connection): Promise<Jobs> {
  const { role, ...rest } = connection;
  const boss = new PgBoss({
    ...rest, options: role ? `-c role=${role}` : undefined, schema: SCHEMA, migrate: false, createSchema: false, reindex: false, max: 4,
    monitorVacuum: false,
  });
  // The queue reconnects by itself; without a listener its error would end the process.
  boss.on('error', () => {});
  await boss.start();
  return {
    async enqueue(tx, name, data, options = {}) {
      const job: JobInsert = { data, ...options };
      await boss.insert(name, [job], { db: fromKysely(tx) });
    },
    async work(desk, kinds, log) {
      boss.on('error', (error) => log.error({ err: error }, 'job queue'));
      for (const kind of kinds) {
        await boss.work(kind.name, { batchSize: 1, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true }, async ([job]) => {
          try {
            await kind.run(desk, job!.data as never);
          } catch (error) {
            log.error({ err: error, job: kind.name }, 'job failed');
            throw error;
          }
        });
        if (kind.cron) await boss.schedule(kind.name, kind.cron, {}, { tz: ZONE });
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}
