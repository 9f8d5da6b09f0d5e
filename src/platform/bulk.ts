import { sql, type Insertable, type RawBuilder } from 'kysely';
import type { Tx } from './db.ts';
import type { Database } from './schema.ts';

/**
 * Rows as one JSON parameter that PostgreSQL reads in the shape of the table: one short statement whatever the number of
 * rows, where a list of VALUES would be parsed anew for each size.
 */
export function rowsOf<T extends keyof Database>(table: T, rows: readonly Insertable<Database[T]>[]): RawBuilder<unknown> {
  const columns = sql.join(Object.keys(rows[0] as object).map((column) => sql.ref(column)));
  return sql`select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows, asJson)}::jsonb)`;
}

/** Inserts many rows with the same columns; nothing for an empty list. */
export async function insertMany<T extends keyof Database>(tx: Tx, table: T, rows: readonly Insertable<Database[T]>[]): Promise<void> {
  if (rows.length > 0) await sql`${insertOf(table, rows)}`.execute(tx);
}

/** Rows of several tables at once; foreign keys among them are checked when all are in. */
export type Batch = { readonly [T in keyof Database]?: readonly Insertable<Database[T]>[] };

/** Inserts the rows of all tables in one statement, with a further change: one round trip where each would take one. */
export async function insertBatch(tx: Tx, batch: Batch, change: RawBuilder<unknown>): Promise<void> {
  const parts = Object.entries(batch).filter(([, rows]) => rows.length > 0);
  const inserts = parts.map(([table, rows]) => sql`${sql.raw(`in_${table}`)} as (${insertOf(table as 'report', rows as never)})`);
  await sql`with ${sql.join(inserts)} ${change}`.execute(tx);
}

function insertOf<T extends keyof Database>(table: T, rows: readonly Insertable<Database[T]>[]): RawBuilder<unknown> {
  const columns = sql.join(Object.keys(rows[0] as object).map((column) => sql.ref(column)));
  return sql`insert into ${sql.table(table)} (${columns}) ${rowsOf(table, rows)}`;
}

/** bytea as PostgreSQL writes it; Buffer's own toJSON has run before a replacer sees it. */
function asJson(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return Buffer.isBuffer(original) ? `\\x${original.toString('hex')}` : value;
}
