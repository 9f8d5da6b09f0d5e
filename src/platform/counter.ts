import { sql } from 'kysely';
import type { Tx } from './db.ts';

/**
 * Takes the next `count` numbers of a series; the row stays locked until the commit, so numbers never repeat and a
 * rollback leaves no gap.
 * @returns the first of them
 */
export async function takeNumbers(tx: Tx, scope: string, count: number): Promise<number> {
  const { value } = await tx.insertInto('counter').values({ scope, value: count })
    .onConflict((conflict) => conflict.column('scope').doUpdateSet({ value: sql`counter.value + excluded.value` }))
    .returning('value').executeTakeFirstOrThrow();
  return value - count + 1;
}
