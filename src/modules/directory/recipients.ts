import { sql } from 'kysely';
import type { RecipientKind } from '#catalogue/measures.ts';
import type { Tx } from '#platform/db.ts';

/** A recipient of the register; days are `yyyy-mm-dd`, `to` the last one. */
export interface RecipientRow {
  readonly id: string;
  readonly kind: RecipientKind;
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  readonly email: string | null;
  readonly language: 'vi' | 'en';
  readonly format: 'letter' | 'xarf';
  readonly source: string;
  readonly from: string;
  readonly to: string | null;
}

/** Everybody a notice can be sent to, and who once could, those in use first. */
export async function listRecipients(tx: Tx, on: string): Promise<RecipientRow[]> {
  return tx.selectFrom('recipient').select(['id', 'kind', 'name', 'name_en as nameEn', 'address', 'email', 'language', 'format', 'source', 'valid_from as from', 'valid_to as to'])
    .orderBy(sql`(valid_to is not null and valid_to < ${on}::date)`).orderBy('kind').orderBy('name').limit(1000).execute();
}

/** Whether the acting officer keeps the directory: an administrator of the agency that coordinates today. */
export async function keepsDirectory(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`select keeps_directory() as keeps`.execute(tx);
  return rows[0]!.keeps;
}
