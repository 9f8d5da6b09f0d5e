import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { createWebhook, noteSent } from '#modules/channels/commands/webhooks.ts';
import { webhookRoutes } from '#modules/channels/webhook/routes.tsx';
import { importAgencies } from '#modules/directory/index.ts';
import { createToken, gatekeeper, identityRoutes } from '#modules/identity/index.ts';
import { revokeToken, rotateToken } from '#modules/identity/commands.ts';
import { submitReport } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { loadAssets } from '#platform/assets.ts';
import { inTransaction } from '#platform/db.ts';
import { httpApp } from '#platform/http.ts';
import { changeState } from '#platform/journal.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { ROOT } from '../../src/app.ts';
import { listen } from '../../src/server.ts';
import { LOOKS, expectAccessible, launchBrowser, picture, visitor } from '../support/chromium.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { reportOf } from '../support/decisions.ts';
import { signIn } from '../support/people.ts';

let desk: TestDesk;
let browser: Browser;
let url: string;
let close: () => void;
let cookie: string;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  const admin = await signIn(desk, 'vnpt', ['administrator'], 'Đinh Thị Quản');
  cookie = admin.cookie;
  const { actor } = admin;
  await inTransaction(desk, actor, async (tx) => {
    await createToken(tx, actor, { name: 'Cổng dịch vụ công', scopes: ['reports:write', 'reports:read'], days: 365 });
    await createToken(tx, actor, { name: 'Trung tâm giám sát an ninh mạng', scopes: ['reports:write', 'figures:write'], days: 20 });
    const old = await createToken(tx, actor, { name: 'Máy chủ báo cáo', scopes: ['figures:write'], days: 180 });
    await rotateToken(tx, actor, old.id);
    const lost = await createToken(tx, actor, { name: 'Máy thử', scopes: ['reports:read'], days: 30 });
    await revokeToken(tx, actor, lost.id);
    await createWebhook(tx, desk.keys, actor, 'https://hethong.vnpt.example/la-chan/nhan-tin');
    const failing = await createWebhook(tx, desk.keys, actor, 'https://du-phong.vnpt.example:8443/mot-dia-chi-rat-dai/de-xem-co-tran-ra-ngoai-man-hinh-hay-khong?khoa=1234567890');
    await noteSent(tx, failing.id, { ok: false, fault: 'timeout' });
  });
  const { id } = await submitReport(desk, { ...reportOf(), senderAgencyId: actor.agencyId });
  await inTransaction(desk, system('test'), (tx) => changeState(tx, system('test'), 'report', id, 'acknowledge'));
  const app = httpApp({
    desk, routes: [...identityRoutes, ...webhookRoutes], gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(), assets: await loadAssets(join(ROOT, '.build', 'assets')),
  });
  const { server, port } = await listen(app, { ...desk.config, PORT: 0, HOST: '127.0.0.1' });
  url = `http://127.0.0.1:${port}`;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  close?.();
});

test.each(LOOKS)('the pages of connections are readable on a $width, $scheme', async ({ width, scheme }) => {
  const context = await visitor(browser, { width, scheme, javaScript: true });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  for (const path of ['/can-bo/ket-noi', '/can-bo/ket-noi/webhook']) {
    await page.goto(url + path);
    await expectAccessible(page);
    await picture(page, `${path.slice(8).replace('/', '-')}-${width}-${scheme}`);
    // Asked again after ten minutes: each form then has a field of its own, with an id of its own.
    desk.clock.set(new Date(desk.clock.now().getTime() + 11 * 60_000));
    await page.goto(url + path);
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    await expectAccessible(page);
    expect(await page.locator('[name="xac-nhan"]').count()).toBeGreaterThan(0);
    desk.clock.set(new Date('2026-11-22T02:00:00Z'));
  }
  await context.close();
});
