import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SITUATIONS } from '#catalogue/first-aid.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { weigh } from '../../bench/pages.ts';
import { webApp } from '../../src/server.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

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

const STORY = 'Tôi nhận được tin nhắn báo tài khoản VNeID bị khóa, bấm vào trang vneid-capnhat.example thì bị hỏi mã OTP và mất 12 triệu đồng.';
const next = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click();

/** A picture as a phone makes it: with the place where it was taken in its metadata. */
function photo(): Promise<Buffer> {
  return sharp({ create: { width: 900, height: 1600, channels: 3, background: '#dde7e4' } })
    .withExif({ IFD0: { Make: 'Dien thoai', Model: 'X1' }, IFD3: { GPSLatitude: '22/1 39/1 0/1', GPSLatitudeRef: 'N' } }).jpeg().toBuffer();
}

/** From the home page to the receipt; `at` is called on every page. */
async function sendReport(page: Page, at: (name: string) => Promise<void>): Promise<{ code: string; secret: string; receipt: string }> {
  await page.goto(url);
  await page.getByRole('link', { name: /Gửi phản ánh/ }).first().click();
  await at('report-1');
  await next(page);
  await expect.poll(() => page.getByRole('alert').count()).toBeGreaterThan(0);
  await at('report-1-open');
  await page.getByText('Trang web, ứng dụng, tin nhắn giả mạo').click();
  await next(page);
  await page.locator('textarea[name=narrative]').fill(STORY);
  await page.locator('input[type=file]').setInputFiles({ name: 'ảnh màn hình.jpg', mimeType: 'image/jpeg', buffer: await photo() });
  await at('report-2');
  await next(page);
  await page.locator('input[name=happened_on]').fill('21/11/2026');
  await page.locator('input[name=money_lost]').fill('12 triệu');
  await at('report-3');
  await next(page);
  await page.locator('select[name=commune]').selectOption('01654');
  await at('report-4');
  await next(page);
  await page.locator('input[name=contact_kind][value=anonymous]').check();
  await at('report-5');
  await next(page);
  await at('report-6');
  expect(await page.locator('main').innerText()).toContain('vneid-capnhat[.]example');
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await page.waitForURL(/\/bao-cao\/phieu/);
  await at('receipt');
  const receipt = await page.locator('main').innerText();
  return { receipt, code: /PA-04-\d{6}-\d{4}-\d/.exec(receipt)![0], secret: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/.exec(receipt)![0] };
}

async function followUp(page: Page, code: string, secret: string): Promise<string> {
  await page.goto(`${url}/tra-cuu`);
  await page.locator('input[name=code]').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.locator('input[name=secret]').fill(secret.toLowerCase());
  await page.getByRole('button', { name: /Xem|Tra cứu/ }).click();
  return page.locator('main').innerText();
}

test('without JavaScript: a report with a photo, its receipt, and the follow-up', { timeout: 60_000 }, async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  const { code, secret, receipt } = await sendReport(page, (name) => picture(page, `${name}-360-light`));
  expect(receipt).toMatch(/ngân hàng/i);
  expect(await page.locator('svg').count()).toBeGreaterThan(0);
  const followed = await followUp(page, code, secret);
  expect(followed).toContain(code);
  expect(followed).toContain('12.000.000 đồng');
  await picture(page, 'follow-360-light');
  await page.locator('textarea').first().fill('Tôi đã khóa thẻ, xin hỏi cần làm gì thêm?');
  await page.locator('button[value=reply]').click();
  expect(await page.locator('main').innerText()).toContain('Tôi đã khóa thẻ');
  const shown = await page.locator('main img, main a[href*="/anh/"]').first().evaluate((node) => node.getAttribute('src') ?? node.getAttribute('href'));
  const copy = await context.request.get(new URL(shown!, url).href);
  expect(copy.headers()['content-type']).toBe('image/jpeg');
  expect((await sharp(await copy.body()).metadata()).exif).toBeUndefined();
  expect((await context.cookies()).length).toBe(0);
  await context.close();
});

test.each([['phone', 'light'], ['desktop', 'dark']] as const)('every page on the way of a report is accessible: %s, %s', { timeout: 120_000 }, async (width, scheme) => {
  const context = await visitor(browser, { width, scheme, javaScript: true });
  const page = await context.newPage();
  const { code, secret } = await sendReport(page, () => expectAccessible(page));
  await followUp(page, code, secret);
  await expectAccessible(page);
  await page.goto(`${url}/tra-cuu`);
  await page.locator('input[name=code]').fill('PA-04-000000-0000-0');
  await page.getByRole('button', { name: /Xem|Tra cứu/ }).click();
  await expectAccessible(page);
  await context.close();
});

test('the report page weighs at most 15 kB with its styles and needs no script', async () => {
  const app = await webApp(desk);
  for (const path of ['/bao-cao', '/en/bao-cao', '/', '/kiem-tra', '/tra-cuu', '/canh-bao']) {
    const { bytes, scripts } = await weigh(app, path);
    expect({ path, light: bytes <= 15_000, scripts }).toEqual({ path, light: true, scripts: 0 });
  }
});

describe('every portal page', () => {
  const paths = ['/', '/bao-cao', '/tra-cuu', '/kiem-tra', '/kiem-tra?q=vneid-capnhat.example', '/kiem-tra?q=khong-ai-biet.example', '/canh-bao', '/viec-can-lam',
    `/viec-can-lam/${SITUATIONS[0]!.key}`, '/dieu-khong-lam', '/du-lieu-cua-ban', '/khong-co-trang-nay', '/dang-nhap', '/en', '/en/bao-cao', '/en/canh-bao'];

  test.each([['phone', 'light'], ['phone', 'dark'], ['desktop', 'light'], ['desktop', 'dark']] as const)('is accessible: %s, %s', { timeout: 120_000 }, async (width, scheme) => {
    const context = await visitor(browser, { width, scheme, javaScript: true });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && !/404|401/.test(message.text()) && errors.push(message.text())));
    const warning = await (await context.request.get(`${url}/canh-bao/rss.xml`)).text().then((feed) => /\/canh-bao\/([a-z0-9-]+)</.exec(feed)![1]!);
    for (const path of [...paths, `/canh-bao/${warning}`]) {
      await page.goto(url + path);
      await expectAccessible(page);
      const name = path === '/' ? 'home' : path.slice(1).replace(/[^a-z0-9]+/g, '-').replace(warning.slice(0, 30).replace(/[^a-z0-9]+/g, '-'), 'one');
      await picture(page, `${name.slice(0, 40)}-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
    }
    expect(errors).toEqual([]);
    await context.close();
  });
});
