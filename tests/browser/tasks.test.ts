import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { assignTask, pauseTask, setTask } from '#modules/tasks/commands.ts';
import { watchTasks } from '#modules/tasks/jobs.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { ROOT } from '../../src/app.ts';
import { expectAccessible, launchBrowser, picture, serveDesk, visitor, type Look } from '../support/chromium.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';

const desk = await testDesk();
let browser: Browser;
let url: string;
let close: () => void;
let focal: OfficerActor;
let leader: OfficerActor;
let keeper: OfficerActor;
let first: string;

const TITLES = [
  'Rà soát số tổng đài giả mạo “chăm sóc khách hàng” trên địa bàn', 'Cho biết thuê bao bị phản ánh có thuộc mạng của đơn vị không', 'Cử người dự họp phối hợp sáng thứ năm', 'Gửi báo cáo kết quả tháng 11',
  'Xác nhận đã gỡ biển quảng cáo đánh bạc', 'Cung cấp đầu mối trực dịp Tết', 'Góp ý dự thảo cảnh báo về cuộc gọi giả danh công an',
];

beforeAll(async () => {
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  const vnpt = await agencyId(desk, 'vnpt');
  const lead = await addOfficer(desk, 'so-vhttdl', ['case_officer'], 'Nông Thị Lan');
  leader = await addOfficer(desk, 'so-vhttdl', ['leader'], 'Hoàng Văn Bằng');
  keeper = await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Bế Văn Sơn');
  focal = await addOfficer(desk, 'vnpt', ['focal'], 'Lý Thị Mai');
  desk.clock.set(new Date('2026-11-18T02:00:00Z'));
  const ids: string[] = [];
  for (const [n, dueOn] of ['2026-11-20', '2026-11-23', '2026-11-25', '2026-11-26', '2026-11-27', '2026-12-01', '2026-12-03'].entries()) {
    ids.push(await inTransaction(desk, lead, (tx) => setTask(tx, lead, '04', { title: TITLES[n]!, agencyId: vnpt, officerId: null, caseNumber: '', dueOn })));
  }
  first = ids[1]!;
  await inTransaction(desk, lead, (tx) => pauseTask(tx, lead, ids[5]!, 'Chờ văn bản của Bộ'));
  await inTransaction(desk, focal, (tx) => assignTask(tx, focal, ids[2]!, focal.officerId));
  desk.clock.set(new Date('2026-11-23T02:00:00Z'));
  await watchTasks(desk);
  browser = await launchBrowser();
  ({ url, close } = await serveDesk(desk));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

async function open(officer: OfficerActor, look: Look): Promise<{ page: Page; context: BrowserContext }> {
  const context = await visitor(browser, look);
  const [name, ...value] = (await cookieFor(desk, officer.officerId, officer.agencyId)).split('=');
  await context.addCookies([{ name: name!, value: value.join('='), url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, context };
}

const SHOWN: readonly [string, () => OfficerActor, () => string][] = [
  ['day', () => focal, () => '/can-bo/hom-nay'], ['list', () => focal, () => '/can-bo/viec?muc=co-quan'], ['task', () => focal, () => `/can-bo/viec/${first}`], ['create', () => leader, () => '/can-bo/viec/moi'],
  ['leader', () => leader, () => '/can-bo/dieu-hanh'], ['calendar', () => keeper, () => '/can-bo/lich?nam=2027'], ['settings', () => keeper, () => '/can-bo/viec/cai-dat'],
];

test.each(SHOWN)('%s: accessible, nothing sideways, on a phone and on a desk', async (name, officer, path) => {
  for (const width of ['phone', 'desktop'] as const) {
    const { page, context } = await open(officer(), { width, javaScript: true });
    await page.goto(url + path());
    await picture(page, `tasks-${name}-${width}`);
    await expectAccessible(page);
    await context.close();
  }
}, 60_000);

test('without a script: sign in, see what to answer, answer it', async () => {
  const { page, context } = await open(focal, { width: 'phone' });
  await page.goto(`${url}/can-bo`);
  expect(new URL(page.url()).pathname).toBe('/can-bo/hom-nay');
  await page.click('.day-list li:first-child .btn');
  await Promise.all([page.waitForURL(/xong=xong/), page.click('form[action$="/xong"] button')]);
  expect(await page.textContent('main')).toContain('Đã đánh dấu xong.');
  await context.close();
}, 30_000);

/** What browsers of 2021 do not know. A rule outside `@supports` with such a selector is dropped whole there, a declaration by itself. */
const TOO_NEW = /:has\(|@container|subgrid|light-dark\(|@layer|@scope|color-mix\(|\b\d+(?:dvh|svh|lvh|cq[wh])\b|anchor-name|&/;
/** A rule that may be missing: it only moves things a little. */
const ONLY_SPACE = /^[^{]*\{(?:(?:margin|padding)[a-z-]*:[^;}]*;?)*\}$/;

test('what these pages use of the styles is older than their readers’ browsers', async () => {
  const manifest = JSON.parse(await readFile(join(ROOT, '.build/assets/manifest.json'), 'utf8')) as Record<string, string>;
  const css = async (name: string) => readFile(join(ROOT, '.build/assets', manifest[name]!), 'utf8');
  expect(await css('tasks.css')).not.toMatch(TOO_NEW);
  const newer = rulesOf(await css('console.css')).filter((rule) => TOO_NEW.test(rule) && !ONLY_SPACE.test(rule));
  expect(newer.length).toBeGreaterThan(0);
  const { page, context } = await open(focal, { width: 'desktop', javaScript: true });
  for (const [, officer, path] of SHOWN.slice(0, 5)) {
    const [name, ...value] = (await cookieFor(desk, officer().officerId, officer().agencyId)).split('=');
    await context.addCookies([{ name: name!, value: value.join('='), url }]);
    await page.goto(url + path());
    // A selector with the new part taken out still tells which elements it is about; hover tints and a little space may be missing.
    const used = await page.evaluate((rules) => rules.filter((rule) => {
      const selector = rule.slice(0, rule.indexOf('{')).replace(/:has\((?:[^()]|\([^()]*\))*\)/g, '').replace(/:not\(\)/g, '');
      if (/:hover/.test(selector)) return false;
      try { return document.querySelector(`main ${selector.split(',').join(', main ')}`) !== null; } catch { return false; }
    }), newer);
    expect({ path: path(), used }).toEqual({ path: path(), used: [] });
  }
  await context.close();
}, 60_000);

/** The rules of a minified sheet, those inside `@media` as well, those inside `@supports` not. */
function rulesOf(css: string): string[] {
  const plain = css.replace(/@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g, '').replace(/@media[^{]*\{/g, '');
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map((rule) => `${rule[1]}{${rule[2]}}`);
}
