import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STOP_CODES } from '#catalogue/gate.ts';
import { intakeJobs, recordArrival, submitReport } from '#modules/intake/index.ts';
import { DEMO_PASSWORD } from '../../src/demo/people.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signInForTest, TEST_PASSWORD } from '../support/identity.ts';
import { agencyId } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let campaign: Campaign;

beforeAll(async () => {
  desk = await testDesk({ LACHAN_DEMO: '1' });
  await fillDemo(desk, () => {});
  campaign = await openCampaign();
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

/** Two cases of one trick under two names, a flood of one text, and a report that came by mail. */
interface Campaign {
  readonly from: string;
  readonly to: string;
  /** Reports of `from`. */
  readonly codes: readonly string[];
  readonly mailed: string;
  readonly flood: string;
}

async function openCampaign(): Promise<Campaign> {
  const send = (key: string, narrative: string, arrivalId: string | null = null) => submitReport(desk, {
    channel: arrivalId ? 'email' : 'web', category: 'scam', situation: null, narrative, traces: '', happenedOn: null, moneyLost: null, inDanger: false, forChild: false, communeCode: '01273',
    contact: null, senderAgencyId: null, uploads: [], language: 'vi', idempotencyKey: `chien-dich-${key}-0001`, arrivalId,
  });
  const story = (at: string) => `Em được mời làm cộng tác viên chốt đơn trên sàn, nạp trước để nhận hoa hồng, rồi bị khóa tài khoản không rút được tiền tại https://${at}/nap`;
  const arrival = await recordArrival(desk, {
    channel: 'email', media: 'mail', receiver: 'phananh@so-vhttdl.example', sender: 'nguoi-gui@mail.example', externalKey: '<chien-dich@mail.example>', original: Buffer.from(story('x')),
    officerId: null, document: { number: 123, year: 2026 }, arrivedAt: desk.clock.now(), facts: { auth: { spf: 'pass', dkim: 'fail', dmarc: 'none' } },
  });
  const mailed = await send('thu', story('sanviec-mot.example'), arrival.id);
  const rest = [await send('hai', `${story('sanviec-mot.example')} hôm qua.`), await send('ba', `${story('sanviec-mot.example')} sáng nay.`)];
  const other = await send('khac', story('sanviec-hai.example'));
  const words = 'Tôi được gọi bảo trúng thưởng xe máy, đòi phí vận chuyển trước, mọi người cẩn thận nhé';
  const flood = [await send('lu-1', words), await send('lu-2', words), await send('lu-3', words)];
  const ids = [mailed, ...rest, other, ...flood].map(({ id }) => id);
  await intakeJobs.find(({ name }) => name === 'acknowledge')!.run(desk, { reportIds: ids } as never);
  const number = async (id: string) => (await desk.owner.selectFrom('case_file as c').innerJoin('report as r', 'r.case_id', 'c.id').select('c.number').where('r.id', '=', id).executeTakeFirstOrThrow()).number;
  const heads = await desk.owner.selectFrom('report').select('code').where('id', 'in', flood.map(({ id }) => id)).where('fold', 'is', null).executeTakeFirstOrThrow();
  return { from: await number(mailed.id), to: await number(other.id), codes: [mailed, ...rest].map(({ code }) => code), mailed: mailed.code, flood: heads.code };
}

interface Focused {
  readonly tag: string;
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    return { tag: element?.tagName ?? '', name: element?.name ?? '', value: element?.value ?? '', text: element?.textContent?.trim() ?? '' };
  });
}

/** Presses Tab until the wanted thing has the focus: all a person with a keyboard can do. */
async function tabTo(page: Page, wanted: (one: Focused) => boolean, what: string): Promise<void> {
  for (let presses = 0; presses < 220; presses += 1) {
    if (wanted(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by keyboard to ${what} on ${page.url()}`);
}

const field = (page: Page, name: string) => tabTo(page, (one) => one.name === name, name);
const labelled = (page: Page, tag: string, text: RegExp) => tabTo(page, (one) => one.tag === tag && text.test(one.text), `${tag} ${text}`);

async function write(page: Page, name: string, text: string): Promise<void> {
  await field(page, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function press(page: Page, tag: 'A' | 'BUTTON', text: RegExp): Promise<void> {
  await labelled(page, tag, text);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

async function open(page: Page, summary: RegExp): Promise<void> {
  await labelled(page, 'SUMMARY', summary);
  await page.keyboard.press('Enter');
}

/** "Không" to every question; an unchosen group is entered at its first radio, the arrow takes the second. */
async function answerNo(page: Page, prefix = ''): Promise<void> {
  for (const code of STOP_CODES) {
    await field(page, prefix + code);
    await page.keyboard.press('ArrowDown');
    expect((await focused(page)).value).toBe('no');
  }
}

async function signIn(email: string, look: Look = {}): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, { width: 'desktop', javaScript: true, ...look });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/can-bo`);
  await write(page, 'thu', email);
  await write(page, 'mat-khau', DEMO_PASSWORD);
  await Promise.all([page.waitForURL(/\/can-bo/), page.keyboard.press('Enter')]);
  return { page, context };
}

test('with the keyboard alone: worklist, gate, case, decision by one officer, approval by another, warning, answer', { timeout: 150_000 }, async () => {
  const sent = await fetch(`${url}/api/v1/reports`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'ban-phim-0000000001' },
    body: JSON.stringify({ category: 'phishing_impersonation', commune: '01654', narrative: 'Có tin nhắn mạo danh điện lực, dẫn tới trang dienluc-thutien.example đòi nhập số thẻ và mã OTP để khỏi bị cắt điện.' }),
  });
  const { code, secret } = (await sent.json()) as { code: string; secret: string };

  const { page, context } = await signIn('lan@demo.example');
  await page.keyboard.press('?');
  await expect.poll(() => page.locator('dialog[open]').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  expect((await focused(page)).name).toBe('q');
  await page.keyboard.insertText('cat dien MẠO DANH');
  await Promise.all([page.waitForURL(/q=/), page.keyboard.press('Enter')]);
  await page.keyboard.press('j');
  await Promise.all([page.waitForURL(new RegExp(code)), page.keyboard.press('Enter')]);
  await picture(page, 'report-page-desktop-light');
  await press(page, 'A', /Kiểm tra phạm vi/);
  await answerNo(page);
  await picture(page, 'gate-desktop-light');
  await press(page, 'BUTTON', /Ghi câu trả lời/);
  await press(page, 'A', /VV-04-/);

  await open(page, /xác minh/i);
  await write(page, 'checked', 'Mở trang trong môi trường cách ly, gọi tổng đài điện lực.');
  await write(page, 'otherExplanation', 'Có thể là trang của đại lý thu hộ; điện lực xác nhận không có đại lý này.');
  await write(page, 'finding', 'Trang giả mạo điện lực để lấy số thẻ và mã OTP.');
  await field(page, 'confidence');
  await page.keyboard.press('Space');
  await press(page, 'BUTTON', /Ghi kết quả/);
  await open(page, /Ghi điều tôi đã thấy/);
  await write(page, 'description', 'Biểu mẫu đòi số thẻ, ngày hết hạn và mã OTP.');
  await press(page, 'BUTTON', /Ghi chứng cứ/);
  await picture(page, 'case-desktop-light');
  const caseUrl = page.url();
  await open(page, /Chọn biện pháp và soạn/);
  await field(page, 'measure');
  await page.keyboard.press('Space');
  expect((await focused(page)).value).toBe('PUBLIC_WARNING');
  await press(page, 'BUTTON', /^Soạn quyết định/);

  await field(page, 'basis');
  await page.keyboard.press('ArrowDown');
  await press(page, 'BUTTON', /Chọn căn cứ/);
  for (const element of await page.locator('textarea[name^="element."]').evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).name))) {
    await write(page, element, 'Giao diện và tên gọi giống hệt; điện lực không cho phép.');
    await field(page, element.replace('element.', 'proof.'));
    await page.keyboard.press('Space');
  }
  await field(page, 'aim');
  await page.keyboard.press('Space');
  await write(page, 'facts', 'Một phản ánh nêu trang dienluc-thutien[.]example. Điện lực xác nhận không phải trang của mình.');
  for (const option of ['advise_reporters', 'notify_operator', 'general_advice']) await write(page, `option.${option}`, 'Chưa đủ: tin nhắn đang được gửi hàng loạt.');
  await write(page, 'side_effects', 'Đã mở trang chủ và ba đường dẫn: không có nội dung của người khác trên tên miền này.');
  await write(page, 'title', 'Cảnh báo trang giả mạo điện lực đòi số thẻ');
  await write(page, 'summary', 'Trang dienluc-thutien[.]example giả mạo điện lực để lấy số thẻ và mã OTP.');
  await write(page, 'advice', 'Không nhập số thẻ. Chỉ trả tiền điện qua ứng dụng chính thức.');
  await picture(page, 'draft-desktop-light');
  await press(page, 'BUTTON', /^Trình duyệt/);
  const decisionUrl = page.url().split('?')[0]!;
  expect(await page.locator('main').innerText()).toMatch(/Đã trình/);
  // The drafter sees why the approval is somebody else's.
  expect(await page.getByRole('button', { name: /Phê duyệt/ }).count()).toBe(0);
  const refused = await context.request.post(`${decisionUrl}/duyet`, { headers: { Origin: url, 'Sec-Fetch-Site': 'same-origin' }, form: {} });
  expect(refused.status()).toBe(404);

  const second = await signIn('tai@demo.example');
  let actions = 0;
  await second.page.goto(decisionUrl);
  await picture(second.page, 'review-desktop-light');
  await answerNo(second.page, 'gate.');
  actions += STOP_CODES.length + 1;
  await press(second.page, 'BUTTON', /Phê duyệt và công bố/);
  expect(await second.page.locator('main').innerText()).toMatch(/Đã phê duyệt/);
  expect(actions).toBeLessThanOrEqual(12);
  await second.context.close();

  const citizen = await visitor(browser);
  const portal = await citizen.newPage();
  await portal.goto(`${url}/kiem-tra?q=${encodeURIComponent('https://nop.dienluc-thutien.example/the')}`);
  expect(await portal.locator('main').innerText()).toMatch(/Đã có cảnh báo/);

  await page.goto(caseUrl);
  await open(page, /Trả lời/);
  await write(page, 'body', 'Cảm ơn bạn. Trang này đã được cảnh báo công khai.');
  await press(page, 'BUTTON', /^(Gửi|Trả lời)/);
  await context.close();

  await portal.goto(`${url}/tra-cuu`);
  await portal.locator('input[name=code]').fill(code);
  await portal.locator('input[name=secret]').fill(secret);
  await portal.getByRole('button', { name: /Xem|Tra cứu/ }).click();
  const seen = await portal.locator('main').innerText();
  expect(seen).toContain('Trang này đã được cảnh báo công khai.');
  expect(seen).toContain('Cảnh báo trang giả mạo điện lực đòi số thẻ');
  await picture(portal, 'answered-360-light');
  await citizen.close();
});

test('with the keyboard alone: reports move to another case and come back', { timeout: 90_000 }, async () => {
  const { page, context } = await signIn('lan@demo.example');
  const main = () => page.locator('main').innerText();
  await page.goto(`${url}/can-bo/vu-viec/${campaign.from}`);
  for (const code of campaign.codes.slice(1)) {
    await tabTo(page, (one) => one.name === 'phan-anh' && one.value === code, code);
    await page.keyboard.press('Space');
  }
  await press(page, 'BUTTON', /Chuyển sang vụ việc khác/);
  expect(await main()).toContain('Có thể cùng một chiêu');
  await write(page, 'den', campaign.to);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await main()).toMatch(new RegExp(`2 phản ánh sẽ chuyển sang ${campaign.to}; 1 phản ánh ở lại`));
  await write(page, 'reason', 'cùng kịch bản cộng tác viên');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await main()).toContain(`2 phản ánh đã chuyển sang ${campaign.to}.`);
  await press(page, 'BUTTON', /^Hoàn tác/);
  expect(await main()).toContain(`2 phản ánh đã trở lại ${campaign.from}.`);
  expect(await page.locator('[name=phan-anh]').count()).toBe(3);
  await tabTo(page, (one) => one.tag === 'A' && /Chọn cả trang/.test(one.text), 'the whole page');
  await page.keyboard.press('Enter');
  expect(await page.locator('[name=phan-anh]:checked').count()).toBe(3);
  await context.close();
});

test('a text put into the field keeps what was typed, and a note stays apart from the messages', { timeout: 60_000 }, async () => {
  const { page, context } = await signIn('lan@demo.example');
  await page.goto(`${url}/can-bo/phan-anh/${campaign.mailed}`);
  await open(page, /Hỏi thêm/);
  await field(page, 'canned');
  await page.keyboard.press('ArrowDown');
  await write(page, 'body', 'Em gửi trong hôm nay nhé.');
  await page.keyboard.press('Shift+Tab');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await page.inputValue('[name=body]')).toMatch(/^Bạn gửi giúp chúng tôi.*\n\nEm gửi trong hôm nay nhé\.$/s);
  await open(page, /Thêm ghi chú/);
  await write(page, 'note', 'Đã gọi ngân hàng hỏi.');
  await press(page, 'BUTTON', /Lưu ghi chú/);
  expect(await page.locator('.inside').innerText()).toContain('Đã gọi ngân hàng hỏi.');
  expect(await page.locator('.inside').innerText()).toContain('không bao giờ gửi đi');
  await context.close();
});

test('the second factor is set up in two accessible pages', { timeout: 60_000 }, async () => {
  const { email } = await signInForTest(desk, { agencyId: await agencyId(desk, 'so-vhttdl'), roles: ['intake'] });
  const context = await visitor(browser, { javaScript: true });
  const page = await context.newPage();
  await page.goto(`${url}/dang-nhap`);
  await expectAccessible(page);
  await write(page, 'thu', email);
  await write(page, 'mat-khau', 'sai mật khẩu hoàn toàn');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await expectAccessible(page);
  await write(page, 'mat-khau', TEST_PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await page.locator('main svg').count()).toBeGreaterThan(0);
  await expectAccessible(page);
  await picture(page, 'second-factor-360-light');
  await context.close();
});

describe('every console page', () => {
  test.each(LOOKS)('is accessible: $width, $scheme', { timeout: 240_000 }, async ({ width, scheme }) => {
    const { page, context } = await signIn('ha@demo.example', { width, scheme });
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    const first = async (list: string, pattern: RegExp) => {
      await page.goto(url + list);
      const links = await page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      return links.find((link) => pattern.test(link));
    };
    const report = await first('/can-bo/phan-anh?muc=cho-phan-loai', /phan-anh\/PA-/);
    const answered = await first('/can-bo/phan-anh?muc=tat-ca&sap=received', /phan-anh\/PA-/);
    const oneCase = await first('/can-bo/vu-viec', /vu-viec\/VV-/);
    const draft = await first('/can-bo/quyet-dinh?muc=du-thao', /quyet-dinh\/0/);
    const live = await first('/can-bo/quyet-dinh?muc=hieu-luc', /quyet-dinh\/0/);
    const agency = await first('/can-bo/danh-ba', /danh-ba\/0/);
    const pages = {
      worklist: '/can-bo/phan-anh?muc=cho-phan-loai', empty: '/can-bo/phan-anh?muc=tat-ca&q=khongcogicadau', all: '/can-bo/phan-anh?muc=tat-ca', report, gate: `${report}/cua-kiem-tra`, answered,
      cases: '/can-bo/vu-viec', case: oneCase, decisions: '/can-bo/quyet-dinh', draft, decision: live, reasons: `${live}/ly-do`, directory: '/can-bo/danh-ba', agency,
      mailed: `/can-bo/phan-anh/${campaign.mailed}`, flood: `/can-bo/phan-anh/${campaign.flood}/cua-kiem-tra`, campaign: `/can-bo/vu-viec/${campaign.from}`,
      where: `/can-bo/vu-viec/${campaign.from}/gop-tach?viec=gop&den=VV-1`, confirm: `/can-bo/vu-viec/${campaign.from}/gop-tach?viec=chuyen&den=${campaign.to}&phan-anh=${campaign.codes[0]}`,
      nothing: `/can-bo/vu-viec/${campaign.from}/gop-tach?viec=chuyen`, history: `/can-bo/vu-viec/${campaign.from}/lich-su`,
      competence: '/can-bo/danh-ba/tra-tham-quyen?harm=scam&place=Hoa+An', help: '/can-bo/tro-giup', account: '/can-bo/tai-khoan',
    };
    for (const [name, path] of Object.entries(pages)) {
      expect({ name, found: path !== undefined && !path.startsWith('undefined') }).toEqual({ name, found: true });
      await page.goto(url + path!);
      await expectAccessible(page);
      await picture(page, `console-${name}-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
    }
    await page.goto(`${url}/can-bo/cau-mau`);
    await page.locator('#de-xuat summary').click();
    for (const [name, words] of [['textTitle', `Xin ảnh ${width} ${scheme}`], ['bodyVi', 'Bạn gửi giúp ảnh chụp màn hình.'], ['bodyEn', 'Please send a screenshot.']] as const) await page.locator(`[name=${name}]`).fill(words);
    await expectAccessible(page);
    await Promise.all([page.waitForEvent('load'), page.locator('#de-xuat .btn:not(summary)').click()]);
    await expectAccessible(page);
    await picture(page, `console-proposed-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
    await context.close();
    const reviewer = await signIn('tai@demo.example', { width, scheme });
    await reviewer.page.goto(`${url}/can-bo/quyet-dinh?muc=cho-duyet`);
    const waiting = (await reviewer.page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))).find((link) => /quyet-dinh\/0/.test(link));
    await reviewer.page.goto(url + waiting!);
    await expectAccessible(reviewer.page);
    await picture(reviewer.page, `console-review-${width === 'phone' ? '360' : 'desktop'}-${scheme}`);
    await reviewer.context.close();
    const administrator = await signIn('son@demo.example', { width, scheme });
    const officers = '/can-bo/quan-tri/can-bo';
    await administrator.page.goto(url + officers);
    await expectAccessible(administrator.page);
    const officer = (await administrator.page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))).find((link) => /can-bo\/0/.test(link));
    for (const path of [`${officers}/them`, officer!]) {
      await administrator.page.goto(url + path);
      await expectAccessible(administrator.page);
    }
    await administrator.context.close();
    expect(errors).toEqual([]);
  });
});
