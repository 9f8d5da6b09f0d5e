import { localDate } from '#core/deadlines.ts';
import { agencyName, coordinatingAgency } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Ctx, Route } from '#platform/http.ts';
import { publicKeyOf } from './packs/signing.ts';

/** What desks of other provinces may know of this one: its key, so that what it signed can be checked. */
export const wellKnownRoutes: readonly Route[] = [{ method: 'GET', path: '/.well-known/la-chan.json', access: { kind: 'public' }, handler: wellKnown }];

async function wellKnown(ctx: Ctx): Promise<Response> {
  const { PROVINCE: province } = ctx.desk.config;
  const name = await inTransaction(ctx.desk, system('well-known'), async (tx) => {
    const on = localDate(tx.now);
    const agency = await coordinatingAgency(tx, { category: 'scam', communeCode: null, provinceCode: province, on });
    return agency ? (await agencyName(tx, agency, on))?.name ?? null : null;
  });
  const publicKey = (await publicKeyOf(ctx.desk)).toString('base64');
  return ctx.c.json({ format: 'la-chan-desk/1', province, name, signing: { algorithm: 'Ed25519', publicKey } }, 200, { 'Cache-Control': 'public, max-age=3600' });
}
