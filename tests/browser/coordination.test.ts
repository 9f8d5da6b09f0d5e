/** What a focal officer of the sample province finds after signing in; without JavaScript. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { launchBrowser, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;

beforeAll(async () => {
  desk = await testDesk({ LACHAN_DEMO: '1' });
  await fillDemo(desk, () => {});
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

async function signedIn(name: string, look: Look): Promise<Page> {
  const { id, agency } = await inTransaction(desk, system('test'), (tx) => tx.selectFrom('officer').innerJoin('officer_role as r', 'r.officer_id', 'officer.id').select(['officer.id', 'r.agency_id as agency'])
    .where('email', '=', `${name}@demo.example`).limit(1).executeTakeFirstOrThrow());
  const context = await visitor(browser, look);
  const [key, ...value] = (await cookieFor(desk, id, agency)).split('=');
  await context.addCookies([{ name: key!, value: value.join('='), url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

test('a focal officer begins with the day and finds a short menu that counts what waits', async () => {
  const page = await signedIn('kim', { width: 'desktop' });
  await page.goto(`${url}/can-bo`);
  expect(new URL(page.url()).pathname).toBe('/can-bo/hom-nay');
  const [title, ...others] = await page.locator('nav.side h2').allTextContents();
  expect(title).toBe('Phối hợp');
  expect(others).not.toContain('Việc của tôi');
  expect(await page.locator('nav.side ul').first().locator('a').count()).toBe(7);
  const count = (list: string) => page.locator(`nav.side a[href="/can-bo/${list}"] b.tag`).textContent();
  expect([await count('hom-nay'), await count('y-kien')]).toEqual(['1', '2']);
  await page.context().close();
});
