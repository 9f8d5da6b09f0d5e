import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notify } from '#modules/notifications/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { openOffice } from '../support/decisions.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let focal: OfficerActor;

beforeAll(async () => {
  desk = await testDesk();
  await openOffice(desk);
  focal = await addOfficer(desk, 'so-vhttdl', ['focal', 'case_officer'], 'Nông Thị Lan');
  const told = [
    ['task_opinion', 'YK-04-261122-0001-7', true], ['opinion_overdue', 'YK-04-261122-0001-7', false], ['share_new', 'YK-04-261122-0001-7', false],
    ['meeting_changed', 'HP-04-261122-0002-4', false], ['task_due_soon', 'CX-04-261121-0003-1', true],
  ] as const;
  for (const [kind, code, urgent] of told) {
    await inTransaction(desk, system('test'), (tx) => notify(tx, { agencyId: focal.agencyId, officerId: focal.officerId, kind, code, href: `/can-bo/phoi-hop/${code}`, urgent }));
    desk.clock.set(new Date(desk.clock.now().getTime() + 47 * 60_000));
  }
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

async function open(path: string, look: Look): Promise<Page> {
  const context = await visitor(browser, { javaScript: true, ...look });
  const [name, value] = (await cookieFor(desk, focal.officerId, focal.agencyId)).split('=') as [string, string];
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url + path);
  return page;
}

describe.each(['phone', 'desktop'] as const)('on a %s', (width) => {
  test('news stands by code, with a count above, readable and within the screen', async () => {
    const page = await open('/can-bo/tin', { width });
    await expectAccessible(page);
    expect(await page.locator('.to-news .tag').textContent()).toBe('5');
    await picture(page, `news-${width}`);
    await page.context().close();
  });

  test('the settings are one page, and say what is wrong with what was typed', async () => {
    const page = await open('/can-bo/tai-khoan/tin', { width });
    await expectAccessible(page);
    await picture(page, `news-setting-${width}`);
    await page.selectOption('[name=gio]', '22');
    await page.click('main form button');
    await expectAccessible(page);
    expect(await page.inputValue('[name=gio]')).toBe('22');
    await picture(page, `news-setting-wrong-${width}`);
    await page.context().close();
  });
});

test('without a script, by keyboard alone: read one code, then everything', async () => {
  const page = await open('/can-bo/tin', { width: 'phone', javaScript: false, scheme: 'dark' });
  await picture(page, 'news-phone-dark');
  await page.getByRole('button', { name: 'Đã đọc các tin về YK-04-261122-0001-7' }).focus();
  await Promise.all([page.waitForURL(/xong=da-doc/), page.keyboard.press('Enter')]);
  expect(await page.locator('.to-news .tag').textContent()).toBe('2');
  await page.getByRole('button', { name: 'Đánh dấu đã đọc tất cả' }).focus();
  await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')]);
  await page.getByText('Không có tin chưa đọc').waitFor();
  expect(await page.locator('.to-news .tag').count()).toBe(0);
  await picture(page, 'news-none-phone');
  await page.context().close();
});
