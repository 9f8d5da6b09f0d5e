import { generateKeyPairSync, sign } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, test } from 'vitest';
import { renderLetter } from '#web/docx/render.ts';
import { makePack } from '#modules/sharing/packs/pack.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { openOffice, type Office } from '../support/decisions.ts';
import { expectAccessible, launchBrowser, LOOKS, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

const PEERS = '/can-bo/phoi-hop/noi-trao-doi';
const IMPORT = '/can-bo/goi-nhan/nhap';
let desk: TestDesk;
let office: Office;
let admins: OfficerActor[];
let browser: Browser;
let url: string;
let close: () => void;
const pair = generateKeyPairSync('ed25519');
const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64');

beforeAll(async () => {
  desk = await testDesk();
  office = await openOffice(desk);
  admins = [await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Lục Văn Máy'), await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Hứa Thị Khóa')];
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 60_000);

afterAll(async () => {
  await browser.close();
  close();
});

/** A page of an officer, without script. */
async function at(actor: OfficerActor, look: Look = {}): Promise<Page> {
  const context = await visitor(browser, look);
  const [name, value] = (await cookieFor(desk, actor.officerId, actor.agencyId)).split(/=(.*)/s) as [string, string];
  await context.addCookies([{ name, value, url }]);
  return context.newPage();
}

/** A pack of Lạng Sơn for Cao Bằng, with a picture. */
async function pack(): Promise<Buffer> {
  const name = 'Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn';
  const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#884422' } }).jpeg().toBuffer();
  const content = { code: 'PA-20-261120-0007-1', category: 'phishing_impersonation' as const, narrative: 'Có người tự xưng cán bộ xã, bảo tôi mở https://vneid-capnhat.example/otp rồi đọc mã.', happenedOn: '2026-11-20', moneyLost: 12_000_000, commune: null, communeEn: null };
  return makePack({
    head: {
      id: '01999999-9999-7999-8999-999999999999', code: 'BG-20-261121-0001-2', case: 'VV-20-2026-0012', madeAt: '2026-11-21T02:00:00.000Z', expiresAt: '2026-12-21T02:00:00.000Z', for: 'Sở VHTTDL tỉnh Cao Bằng',
      forProvince: '04', by: { name, province: '20', publicKey },
    },
    minutes: { head: { name, nameEn: '', shortName: 'Sở VHTTDL', parent: null, parentEn: null, place: 'Lạng Sơn', placeEn: 'Lang Son' }, code: 'BG-20-261121-0001-2', caseNumber: 'VV-20-2026-0012', recipient: 'Sở VHTTDL tỉnh Cao Bằng', why: 'Người bị hại sống ở Cao Bằng.', ground: '', expiresOn: '2026-12-21' },
    items: [
      { kind: 'report', itemId: '1', content }, { kind: 'attachment', itemId: '2', content: { name: 'anh.jpg', type: 'image/jpeg', bytes: bytes.length, report: content.code } },
      { kind: 'indicator', itemId: '3', content: { kind: 'url', display: 'hxxps://vneid-capnhat[.]example/otp' } },
    ],
    pictures: [], withOriginals: false, contact: null,
  }, [{ name: 'anh-xem/anh-001.jpg', bytes }], (text) => sign(null, text, pair.privateKey), renderLetter);
}

test('two administrators, then a pack from file to report, without script', async () => {
  const first = await at(admins[0]!);
  await first.goto(url + PEERS);
  await first.getByLabel('Tên đơn vị').fill('Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn');
  await first.getByLabel('Tỉnh', { exact: true }).selectOption('20');
  await first.getByLabel('Khóa công khai').fill(publicKey);
  await first.getByRole('button', { name: 'Thêm, chờ người khác xác nhận' }).click();
  await first.getByText('Bạn đã thêm nơi này').waitFor();
  const second = await at(admins[1]!);
  await second.goto(url + PEERS);
  await second.getByRole('button', { name: 'Dấu vân khớp, xác nhận' }).click();
  await second.getByText('Đang dùng').waitFor();

  const clerk = await at(office.clerk);
  await clerk.goto(url + IMPORT);
  await clerk.getByLabel('Tệp gói (.zip)').setInputFiles({ name: 'goi.zip', mimeType: 'application/zip', buffer: Buffer.from('không phải gói') });
  await clerk.getByRole('button', { name: 'Kiểm tra và nhập' }).click();
  await clerk.getByText('Tệp không phải gói ZIP lành lặn').first().waitFor();
  await clerk.getByLabel('Tệp gói (.zip)').setInputFiles({ name: 'goi.zip', mimeType: 'application/zip', buffer: await pack() });
  await clerk.getByRole('button', { name: 'Kiểm tra và nhập' }).click();
  await clerk.getByText('Chữ ký và mã băm đều đúng').waitFor();
  const path = new URL(clerk.url()).pathname;
  for (const look of LOOKS) {
    const [administrator, taker] = [await at(admins[1]!, { ...look, javaScript: true }), await at(office.clerk, { ...look, javaScript: true })];
    for (const [page, where, name] of [[administrator, PEERS, 'peers'], [taker, IMPORT, 'packs-in'], [taker, path, 'pack-in']] as const) {
      await page.goto(url + where);
      await expectAccessible(page);
      await picture(page, `${name}-${look.width}`);
    }
  }
  await clerk.getByRole('button', { name: 'Tiếp nhận thành phản ánh' }).click();
  await clerk.getByText('Phản ánh đang chờ ở cửa kiểm tra').waitFor();
}, 90_000);
