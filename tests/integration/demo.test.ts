import { beforeAll, expect, test } from 'vitest';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { localDate } from '#core/deadlines.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { DEMO_OFFICERS } from '../../src/demo/people.ts';
import { fillDemo, isEmpty } from '../../src/demo/story.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await testDesk({ LACHAN_DEMO: '1' });
  expect(await isEmpty(desk)).toBe(true);
  await fillDemo(desk, () => {});
}, 60_000);

const distinct = (table: 'report' | 'case_file' | 'decision', column: 'state' | 'category') => inTransaction(desk, system('test'), async (tx) =>
  (await tx.selectFrom(table).select(column).distinct().execute()).map((row) => row[column]).sort());

test('the demo province has its people, agencies and 300 reports of every kind', async () => {
  expect(await isEmpty(desk)).toBe(false);
  const counts = await inTransaction(desk, system('test'), async (tx) => ({
    reports: await tx.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
    officers: await tx.selectFrom('officer').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
    communes: await tx.selectFrom('agency').select((eb) => eb.fn.countAll<number>().as('n')).where('level', '=', 'commune').executeTakeFirstOrThrow(),
    others: await tx.selectFrom('agency').select((eb) => eb.fn.countAll<number>().as('n')).where('level', 'not in', ['commune', 'district']).executeTakeFirstOrThrow(),
  }));
  // 300 by the portal and older channels, a mail, a text message and a letter of the last hours.
  expect([counts.reports.n, counts.officers.n, counts.communes.n]).toEqual([303, 13, 56]);
  expect(DEMO_OFFICERS).toHaveLength(counts.officers.n);
  expect(counts.others.n).toBeGreaterThanOrEqual(25);
  expect(await distinct('report', 'category')).toEqual([...CATEGORY_CODES].sort());
});

test('something stands in every state', async () => {
  expect(await distinct('report', 'state')).toEqual(['acknowledged', 'answered', 'attached', 'need_info', 'stopped']);
  expect(await distinct('case_file', 'state')).toEqual(expect.arrayContaining(['acting', 'closed', 'deciding', 'open', 'verifying']));
  expect(await distinct('decision', 'state')).toEqual(['draft', 'expired', 'in_force', 'returned', 'reversed', 'second_review', 'withdrawn']);
});

test('notices stand where a clerk finds them: to be sent, awaited, overdue and answered', async () => {
  const today = localDate(desk.clock.now());
  const notices = await desk.owner.selectFrom('notice').select(['state', 'effect', 'effect_due']).execute();
  const sent = notices.filter(({ state }) => state === 'dispatched');
  const waiting = sent.filter(({ effect }) => effect === null);
  expect(notices.some(({ state }) => state === 'prepared')).toBe(true);
  expect(new Set(sent.map(({ effect }) => effect))).toEqual(new Set(['done', 'partly', null]));
  expect([waiting.some(({ effect_due: due }) => due !== null && due >= today), waiting.some(({ effect_due: due }) => due !== null && due < today)]).toEqual([true, true]);
});

test('every bad address it shows ends in .example', async () => {
  const targets = await inTransaction(desk, system('test'), (tx) => tx.selectFrom('warning_target').select('value').execute());
  expect(targets.length).toBeGreaterThan(5);
  expect(targets.filter(({ value }) => !/\.example(\/|$)/.test(value))).toEqual([]);
});
