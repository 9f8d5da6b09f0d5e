import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
/** A transaction of one actor; `home` tells what a process remembers of one database from what it remembers of another. */
export type Tx = Transaction<Database> & { readonly now: Date; readonly home: object };

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
  // A lost connection is told to whoever waits on it; unheard, the same error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/**
 * Runs work in one transaction under the actor's security context; without it row-level security shows nothing.
 * `tx.now` is the moment of the whole transaction. Throws what the work throws, after rolling back.
 */
export async function inTransaction<T>(desk: { db: Db; clock: Clock }, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return desk.db.connection().execute(async (connection) => {
    const now = desk.clock.now();
    // One round trip begins the transaction and sets its context, which ends with it.
    await sql.raw(`begin; select ${contextOf(actor, now)}`).execute(connection);
    try {
      const result = await work(Object.assign(connection, { now, home: desk.db }) as unknown as Tx);
      await sql`commit`.execute(connection);
      return result;
    } catch (error) {
      await sql`rollback`.execute(connection).catch(() => {});
      throw error;
    }
  });
}

/** The context as calls of set_config: kind, officer, agency, roles, report, access, appeal, time. */
function contextOf(actor: Actor, now: Date): string {
  const officer = actor.kind === 'officer' ? actor : null;
  const context = {
    kind: actor.kind, officer: officer?.officerId ?? '', agency: officer?.agencyId ?? (actor.kind === 'agency' ? actor.agencyId : ''), roles: officer?.roles.join(',') ?? '',
    report: actor.kind === 'reporter' ? actor.reportId : '', access: actor.kind === 'party' ? actor.accessId : '',
    appeal: actor.kind === 'appellant' ? actor.appealId : '', now: now.toISOString(),
  };
  return Object.entries(context).map(([name, value]) => `set_config('desk.${name}', '${plain(value)}', true)`).join(', ');
}

/** Context values are words, identifiers and times; anything that could end a quoted text is refused. */
function plain(value: string): string {
  if (!/^[\w,:.-]*$/.test(value)) throw new Error('not a context value');
  return value;
}
