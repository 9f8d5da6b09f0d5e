import { localDate } from '#core/deadlines.ts';
import { agencyName } from '#modules/directory/index.ts';
import { receivingAgency } from '#modules/intake/index.ts';
import { INTAKE } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Ctx } from '#platform/http.ts';

/** The name of the agency whose mailbox, number and register these are; null when it is the officer's own. */
export function foreignReceiver(ctx: Ctx): Promise<string | null> {
  return inTransaction(ctx.desk, INTAKE, async (tx) => {
    const receiver = await receivingAgency(ctx.desk, tx);
    return receiver === ctx.officer.agencyId ? null : (await agencyName(tx, receiver, localDate(tx.now)))?.name ?? '';
  });
}

const MOST_PAGES = 1000;

/** The number of the page asked for, from 1. */
export function pageOf(ctx: Ctx): number {
  const page = Number(ctx.query('trang'));
  return Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1;
}
