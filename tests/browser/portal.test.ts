import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SITUATIONS } from '#catalogue/first-aid.ts';
import { messages } from '#web/i18n/index.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { weigh } from '../../bench/pages.ts';
import { webApp } from '../../src/server.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, serveDesk, visitor } from '../support/chromium.ts';
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
/** The clock stands still, and nobody fills a form in within no time. */
const wait = () => desk.clock.set(new Date(desk.clock.now().getTime() + 5000));
const next = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click();

/** A picture as a phone makes it: with the place where it was taken in its metadata. */
function photo(): Promise<Buffer> {
  return sharp({ create: { width: 900, height: 1600, channels: 3, background: '#dde7e4' } })
    .withExif({ IFD0: { Make: 'Dien thoai', Model: 'X1' }, IFD3: { GPSLatitude: '22/1 39/1 0/1', GPSLatitudeRef: 'N' } }).jpeg().toBuffer();
}

async function qrCode(text: string): Promise<Buffer> {
  const { data, size } = encode(text, { border: 4 });
  const side = size * 8;
  const grey = Buffer.from(Array.from({ length: side * side }, (_, at) => (data[Math.floor(at / side / 8)]![Math.floor((at % side) / 8)] ? 0 : 255)));
  return sharp(grey, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
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
  for (const box of await page.getByRole('group', { name: 'Đây là dấu hiệu của kẻ xấu' }).getByRole('checkbox').all()) expect(await box.isChecked()).toBe(true);
  wait();
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
  await page.goto(`${url}/bao-cao?category=phishing_impersonation&traces=vneid-capnhat.example`);
  await next(page);
  await page.getByRole('button', { name: 'Gửi ngay, tôi cũng gặp' }).waitFor();
  await expectAccessible(page);
  await picture(page, `met-2-${width === 'phone' ? '360' : width}-${scheme}`);
  // At once, as no person does.
  await page.getByRole('button', { name: 'Gửi ngay, tôi cũng gặp' }).click();
  await page.getByText(messages('vi').portal.report.trap.fast).waitFor();
  await expectAccessible(page);
  await picture(page, `trap-${width === 'phone' ? '360' : width}-${scheme}`);
  await page.goto(`${url}/canh-bao`);
  await page.locator('.links a').first().click();
  await page.getByRole('button', { name: 'Tôi cũng gặp' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tôi cũng gặp' }).waitFor();
  await expectAccessible(page);
  await picture(page, `met-too-${width === 'phone' ? '360' : width}-${scheme}`);
  await context.close();
});

test('by keyboard alone, without JavaScript: Enter goes on, and one press sends what others met as well', { timeout: 60_000 }, async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto(`${url}/bao-cao?category=phishing_impersonation&traces=vneid-capnhat.example`);
  await page.getByRole('radio', { name: /Trang web, ứng dụng/ }).focus();
  await page.keyboard.press('Enter');
  await page.locator('textarea[name=narrative]').fill('Họ nhắn tôi vào trang này để cập nhật.');
  await picture(page, 'met-2-360-light');
  await next(page);
  await page.locator('input[name=money_lost]').fill('3 triệu');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('h1').innerText()).toBe('Chuyện xảy ra ở xã, phường nào?');
  expect(await page.locator('main').innerText()).toMatch(/Đã có (người|\d+) phản ánh về vneid-capnhat\[\.\]example|Đã có \d+ phản ánh/);
  await picture(page, 'met-4-360-light');
  wait();
  await page.getByRole('button', { name: 'Gửi ngay, tôi cũng gặp' }).focus();
  await page.keyboard.press('Space');
  await page.waitForURL(/\/bao-cao\/phieu/);
  expect(await page.locator('input[name=website]').count()).toBe(0);
  await context.close();
});

test('one press from a warning, without JavaScript', { timeout: 60_000 }, async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto(`${url}/canh-bao`);
  await page.locator('.links a').first().click();
  await page.getByRole('button', { name: 'Tôi cũng gặp' }).click();
  await picture(page, 'met-too-360-light');
  wait();
  await page.getByRole('button', { name: 'Gửi ngay, tôi cũng gặp' }).click();
  await page.waitForURL(/\/bao-cao\/phieu/);
  await context.close();
});

test('a QR code in a screenshot is read, shown harmless, and can be unticked', { timeout: 60_000 }, async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto(`${url}/bao-cao?category=scam`);
  await next(page);
  await page.locator('textarea[name=narrative]').fill('Họ dán mã QR này ở cửa hàng để lấy tiền. Họ gọi từ 0912 345 678.');
  await page.locator('input[type=file]').setInputFiles({ name: 'mã.png', mimeType: 'image/png', buffer: await qrCode('https://ma-qr-gia.example/tra-tien') });
  await page.getByRole('button', { name: 'Tải ảnh đã chọn lên' }).click();
  await page.getByText('Mã QR trong ảnh dẫn tới: hxxps://ma-qr-gia[.]example/tra-tien').waitFor();
  await picture(page, 'qr-2-360-light');
  await next(page);
  await next(page);
  await page.locator('select[name=commune]').selectOption('-');
  await next(page);
  await page.locator('input[name=contact_kind][value=anonymous]').check();
  await next(page);
  await page.getByRole('checkbox', { name: /Số điện thoại/ }).uncheck();
  await picture(page, 'qr-6-360-light');
  await page.getByRole('button', { name: /Sửa Lời kể/ }).click();
  await next(page);
  expect(await page.getByRole('checkbox', { name: /Số điện thoại/ }).isChecked()).toBe(false);
  expect(await page.getByRole('checkbox', { name: /Trang web/ }).isChecked()).toBe(true);
  wait();
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await page.waitForURL(/\/bao-cao\/phieu/);
  expect(await page.locator('main').innerText()).not.toContain('0912345678');
  await context.close();
});

describe('codes of intimate images', () => {
  async function toCodes(page: Page): Promise<void> {
    await page.goto(`${url}/bao-cao?category=intimate_images`);
    await next(page);
    await page.locator('textarea[name=narrative]').fill('Có người dọa tung ảnh riêng của tôi.');
    await page.getByRole('button', { name: /Tạo mã của ảnh/ }).click();
    await page.getByRole('heading', { level: 1, name: /Tạo mã của ảnh/ }).waitFor();
  }

  test('are made on the device: no request carries the file, and the codes come back with what was typed', { timeout: 60_000 }, async () => {
    const context = await visitor(browser, { javaScript: true });
    const page = await context.newPage();
    await toCodes(page);
    await page.locator('#hash-files').waitFor();
    await page.waitForLoadState('networkidle');
    const requests: { method: string; body: string }[] = [];
    page.on('request', (request) => requests.push({ method: request.method(), body: request.postDataBuffer()?.toString('latin1') ?? '' }));
    const bytes = Buffer.from(`riêng tư ${'z'.repeat(50_000)}`);
    const code = createHash('sha256').update(bytes).digest('hex');
    await page.locator('#hash-files').setInputFiles([{ name: 'rieng-tu.jpg', mimeType: 'image/jpeg', buffer: bytes }, { name: 'trong.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) }]);
    await expect.poll(() => page.locator('#hash-said').innerText()).toBe('Có tệp không đọc được. Bạn chọn lại tệp đó.');
    expect(await page.locator('textarea[name=traces]').inputValue()).toBe(`${code}\n`);
    expect(requests).toEqual([]);
    await expectAccessible(page);
    await picture(page, 'image-hash-360-light');
    await page.getByRole('button', { name: 'Mang về phản ánh' }).click();
    await page.locator('textarea[name=narrative]').waitFor();
    expect([await page.locator('textarea[name=narrative]').inputValue(), await page.locator('textarea[name=traces]').inputValue()])
      .toEqual(['Có người dọa tung ảnh riêng của tôi.', `${code}\n`]);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    for (const { body } of requests) for (const secret of ['zzzzzz', 'rieng-tu.jpg']) expect(body).not.toContain(secret);
    // Even a script that wanted to could not: the policy forbids every connection.
    const refused = await page.evaluate(() => fetch('/bao-cao', { method: 'POST', body: 'x' }).then(() => 'sent', () => 'refused'));
    expect(refused).toBe('refused');
    await context.close();
  });

  test('without JavaScript the page says how to go on, and nothing could be sent', async () => {
    const context = await visitor(browser);
    const page = await context.newPage();
    await toCodes(page);
    expect(await page.locator('input[type=file]').isVisible()).toBe(false);
    expect(await page.locator('main').innerText()).toContain('gửi đường dẫn của từng bài');
    await picture(page, 'image-hash-plain-360-light');
    await page.getByRole('button', { name: 'Mang về phản ánh' }).click();
    expect(await page.locator('textarea[name=narrative]').inputValue()).toBe('Có người dọa tung ảnh riêng của tôi.');
    await context.close();
  });
});

test('first aid prints on paper as words and numbers alone', async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto(`${url}/viec-can-lam/fake_police_call`);
  expect(await page.locator('code').innerText()).toMatch(/^LD \(.+\) \(gia danh cong an/);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.foot', '.bar nav', '.back', '.ready a', '.btns']) expect(await page.locator(hidden).first().isVisible()).toBe(false);
  for (const shown of ['h1', '.todo', '.calls b', '.ready code']) expect(await page.locator(shown).first().isVisible()).toBe(true);
  await picture(page, 'first-aid-print');
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
    `/viec-can-lam/${SITUATIONS[0]!.key}`, '/viec-can-lam/general_spam_calls_messages', '/bao-cao/ma-anh', '/en/bao-cao/ma-anh', '/en/viec-can-lam/parcel', '/dieu-khong-lam', '/du-lieu-cua-ban', '/khong-co-trang-nay', '/dang-nhap', '/en', '/en/bao-cao', '/en/canh-bao'];

  test.each(LOOKS)('is accessible: $width, $scheme', { timeout: 120_000 }, async ({ width, scheme }) => {
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
