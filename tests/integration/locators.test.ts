import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { DOMAINS, URLS } from '../support/locators.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await testDesk();
});

/** The database refuses what core refuses; a name many share is refused by core and by the gate of publishing. */
it.each([...URLS.map(([value, bar]) => ['url', value, bar] as const), ...DOMAINS.filter(([, bar]) => bar !== 'shared').map(([value, bar]) => ['domain', value, bar] as const)])(
  'is_exact(%s, %s) agrees with locatorBar: %s', async (kind, value, bar) => {
    const { rows } = await sql<{ exact: boolean }>`select is_exact(${kind}::locator_kind, ${value}) as exact`.execute(desk.owner);
    expect(rows[0]!.exact).toBe(bar === null);
  });
