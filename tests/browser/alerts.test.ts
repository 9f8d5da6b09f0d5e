import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;

beforeAll(async () => {
  desk = await testDesk();
  desk.clock.set(new Date('2026-11-23T02:00:00Z'));
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

const wait = () => desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));

async function as(cookie: string, look: Look): Promise<Page> {
  const context = await visitor(browser, look);
  const [name, ...value] = cookie.split('=');
  await context.addCookies([{ name: name!, value: value.join('='), url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

test('a letter is drafted, approved by another, read and answered on a phone without a script, and summed up', { timeout: 120_000 }, async () => {
  const drafter = await as((await signIn(desk, 'so-vhttdl', ['case_officer'], 'Nông Thị Lan')).cookie, { width: 'desktop', javaScript: true });
  await drafter.goto(`${url}/can-bo/thu-canh-bao`);
  await expectAccessible(drafter);
  await picture(drafter, 'alerts-empty');
  await drafter.getByRole('link', { name: 'Soạn thư cảnh báo' }).click();
  await expectAccessible(drafter);
  await drafter.getByLabel('Lỗ hổng bảo mật').check();
  await drafter.getByLabel('Trích yếu').fill('lỗ hổng trong phần mềm thư điện tử công vụ');
  await drafter.getByLabel('Đã biết những gì').fill('Lỗ hổng cho phép chạy mã từ xa trên máy chủ thư điện tử chưa vá; đã bị lợi dụng ở nhiều nơi.');
  await drafter.getByLabel('Tên miền độc hại').fill('may-chu-dieu-khien[.]example');
  await drafter.getByRole('button', { name: 'Lưu dự thảo' }).click();
  await drafter.getByRole('alert').waitFor();
  await expectAccessible(drafter);
  await picture(drafter, 'alerts-form-desktop');
  await drafter.getByLabel('Mã lỗ hổng (CVE)').fill('CVE-2026-12345');
  await drafter.getByLabel('Mã băm của tệp độc hại').fill('ab12'.repeat(16));
  await drafter.getByLabel('Việc cần làm, theo thứ tự').fill('Kiểm tra phiên bản phần mềm thư điện tử.\nCài bản vá do nhà sản xuất phát hành.\nĐổi mật khẩu quản trị.');
  await drafter.getByRole('button', { name: 'Lưu dự thảo' }).click();
  await drafter.getByText('Đã lưu dự thảo').waitFor();
  const path = new URL(drafter.url()).pathname;
  wait();
  for (const box of await drafter.locator('input[name=check]').all()) await box.check();
  await drafter.getByRole('button', { name: 'Trình duyệt' }).click();
  await drafter.getByText('Chờ người khác duyệt').waitFor();
  await expectAccessible(drafter);
  wait();

  const leader = await as((await signIn(desk, 'so-vhttdl', ['leader'], 'Bế Thị Hoa')).cookie, { width: 'phone', javaScript: true });
  await leader.goto(url + path);
  await expectAccessible(leader);
  await picture(leader, 'alerts-approve-phone');
  for (const box of await leader.locator('input[name=check]').all()) await box.check();
  await leader.getByRole('button', { name: 'Duyệt và gửi' }).click();
  await leader.getByText('Đã duyệt và gửi').waitFor();
  await picture(leader, 'alerts-sent-phone');
  wait();

  const key = AGENCIES.find((agency) => agency.level === 'commune')!.key;
  const { cookie } = await signIn(desk, key, ['focal'], 'Đàm Văn Thư');
  const phone = await as(cookie, { width: 'phone', javaScript: false });
  await phone.goto(`${url}/can-bo/thu-canh-bao`);
  await phone.getByRole('link', { name: /lỗ hổng trong phần mềm/ }).click();
  await phone.getByRole('button', { name: 'Đã đọc' }).click();
  await phone.getByText('Đàm Văn Thư xác nhận đã đọc').waitFor();
  wait();
  await phone.getByLabel('Đã phát hiện, cần hỗ trợ').check();
  await phone.getByLabel('Số máy đã kiểm tra').fill('12');
  await phone.getByLabel('Số máy bị ảnh hưởng').fill('2');
  await phone.getByRole('button', { name: 'Gửi báo lại' }).click();
  await expect.poll(() => phone.getByText('Viết cần hỗ trợ gì').count()).toBeGreaterThan(0);
  expect(await phone.getByLabel('Số máy đã kiểm tra').inputValue()).toBe('12');
  await phone.getByLabel('Nói thêm').fill('Hai máy ở bộ phận một cửa không cài được bản vá.');
  await picture(phone, 'alerts-answer-phone');
  await phone.getByRole('button', { name: 'Gửi báo lại' }).click();
  await phone.getByText('Đã gửi báo lại').waitFor();
  for (const width of ['phone', 'desktop'] as const) {
    const seen = await as(cookie, { width, javaScript: true });
    await seen.goto(url + path);
    await expectAccessible(seen);
    await picture(seen, `alerts-receiver-${width}`);
  }

  for (const width of ['phone', 'desktop'] as const) {
    const seen = await as((await signIn(desk, 'so-vhttdl', ['leader'], 'Bế Thị Hoa')).cookie, { width, javaScript: true });
    await seen.goto(`${url}${path}/tong-hop`);
    await expectAccessible(seen);
    await picture(seen, `alerts-summary-${width}`);
    await seen.getByRole('link', { name: /Ghi điều cơ quan báo/ }).first().click();
    await expectAccessible(seen);
    await picture(seen, `alerts-record-${width}`);
  }
});
