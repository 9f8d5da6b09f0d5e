import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { MACHINES } from '#core/machines.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let cookie: string;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  ({ cookie } = await signIn(desk, 'so-vhttdl', ['auditor']));
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

/** Words that reach over their box in the fonts of a real browser, and words too small to read. */
function badWords(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll('.machine .step, .machine .state')].flatMap((thing) => {
    const box = thing.querySelector('rect')!.getBoundingClientRect();
    return box.width === 0 ? [] : [...thing.querySelectorAll('tspan')].filter((words) => {
      const at = words.getBoundingClientRect();
      return at.left < box.left - .5 || at.right > box.right + .5 || at.top < box.top - 2 || at.bottom > box.bottom + 2 || at.height < 14;
    }).map((words) => words.textContent);
  }));
}

test.each(LOOKS)('the diagrams of states fit the screen: $width, $scheme', { timeout: 60_000 }, async ({ width, scheme }) => {
  const context = await visitor(browser, { width, scheme, javaScript: true });
  const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/can-bo/tro-giup`);
  await Promise.all([page.waitForEvent('load'), page.locator('main .filters a').first().click()]);
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe(`/can-bo/tro-giup/trang-thai#${MACHINES[0].entity}`);
  await expectAccessible(page);
  expect(await page.locator('.machine svg:visible').count()).toBe(MACHINES.length);
  expect(await page.locator(`.machine .${width === 'phone' ? 'narrow' : 'wide'}:visible`).count()).toBe(MACHINES.length);
  expect(await badWords(page)).toEqual([]);
  expect(await page.locator('main table').count()).toBe(MACHINES.length);
  await picture(page, `console-states-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
  await context.close();
});
