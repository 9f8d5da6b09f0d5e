import type { Tx } from '#platform/db.ts';

/** Number and day of a document of the own agency, once the clerk has given them. */
export interface IssuedNumber {
  readonly number: string;
  readonly symbol: string;
  /** `yyyy-mm-dd` */
  readonly on: string;
}

/** The number of the newest document of a source, as printed (below ten with a zero in front, NĐ 30/2020 phụ lục I, II.3.a); null while the clerk has given none, or cancelled it. */
export async function numberOf(tx: Tx, source: { entity: string; id: string }, kind: string): Promise<IssuedNumber | null> {
  const found = await tx.selectFrom('document_out').select(['number', 'symbol', 'issued_on']).where('source_entity', '=', source.entity).where('source_id', '=', source.id)
    .where('kind', '=', kind).where('number', 'is not', null).where('cancelled_at', 'is', null).orderBy('id', 'desc').executeTakeFirst();
  return found ? { number: String(found.number).padStart(2, '0'), symbol: found.symbol, on: found.issued_on! } : null;
}
