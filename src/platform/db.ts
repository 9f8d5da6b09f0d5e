import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
export type Tx = Transaction<Database> & { readonly now: Date };

export interface Connection {
  readonly host?: string;
  readonly user?: string;
  readonly database?: string;
  readonly connectionString?: string;
  /** Role taken on connecting, where the login role is not the application's own. */
  readonly role?: string;
}

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.DATE, (value: string) => value);

/**
 * A pool to the database and Kysely over it.
 * @param max connections at most
 */
export function connect(connection: Connection, max = 10): { db: Db; pool: pg.Pool } {
  const { role, ...rest } = connection;
  const pool = new pg.Pool({ ...rest, max, types, options: role ? `-c role=${role}` : undefined, application_name: 'lachan' });
  pool.on('error', () => {});
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/**
 * Runs work in one transaction under the actor's security context; without it row-level security shows nothing.
 * `tx.now` is the moment of the whole transaction. Throws what the work throws, after rolling back.
 */
export async function inTransaction<T>(desk: { db: Db; clock: Clock }, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return desk.db.transaction().execute(async (transaction) => {
    const now = desk.clock.now();
    await setContext(transaction, actor, now);
    return work(Object.assign(transaction, { now }) as Tx);
  });
}

/** The context is one statement: kind, officer, agency, roles, report, time. Values go as parameters, never as text. */
async function setContext(transaction: Transaction<Database>, actor: Actor, now: Date): Promise<void> {
  const officer = actor.kind === 'officer' ? actor : null;
  const report = actor.kind === 'reporter' ? actor.reportId : '';
  await sql`select set_config('desk.kind', ${actor.kind}, true), set_config('desk.officer', ${officer?.officerId ?? ''}, true),
    set_config('desk.agency', ${officer?.agencyId ?? ''}, true), set_config('desk.roles', ${officer?.roles.join(',') ?? ''}, true),
    set_config('desk.report', ${report}, true), set_config('desk.now', ${now.toISOString()}, true)`.execute(transaction);
}
