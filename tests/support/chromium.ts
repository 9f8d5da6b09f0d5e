import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { ROOT } from '../../src/app.ts';
import { listen, webApp } from '../../src/server.ts';
import type { TestDesk } from './desk.ts';

const PATHS = [process.env['LACHAN_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Debian's Chromium (or LACHAN_CHROMIUM), headless. `./lachan test` installs it when it is missing. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Chromium is missing; run ./lachan test, which installs it');
  // Without a UTF-8 locale Chromium silently loses files whose names are not ASCII.
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}

/** The application of a desk on a port of its own. */
export async function serveDesk(desk: TestDesk): Promise<{ url: string; close: () => void }> {
  const { server, port } = await listen(await webApp(desk, 1000), { ...desk.config, PORT: 0, HOST: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const PHONE = { width: 360, height: 740 } as const;
export const DESKTOP = { width: 1280, height: 800 } as const;

export interface Look {
  readonly width?: 'phone' | 'desktop';
  readonly scheme?: 'light' | 'dark';
  readonly javaScript?: boolean;
  readonly locale?: string;
}

/** How every page is looked at: a narrow screen by day, a broad one by night. Widths decide the layout, schemes the colours; the two do not meet. */
export const LOOKS = [{ width: 'phone', scheme: 'light' }, { width: 'desktop', scheme: 'dark' }] as const satisfies readonly Look[];

/** A fresh visitor. */
export function visitor(browser: Browser, { width = 'phone', scheme = 'light', javaScript = false, locale = 'vi-VN' }: Look = {}): Promise<BrowserContext> {
  return browser.newContext({ viewport: width === 'phone' ? PHONE : DESKTOP, colorScheme: scheme, javaScriptEnabled: javaScript, locale, reducedMotion: 'reduce' });
}

/** No axe violation, and nothing that scrolls sideways. Runs in a context with JavaScript, since axe needs it. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // No frames here: without this the result is put together in one more page each time.
    .setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')).slice(0, 3) }));
  expect({ at: new URL(page.url()).pathname, found }).toEqual({ at: new URL(page.url()).pathname, found: [] });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect({ at: new URL(page.url()).pathname, overflow: Math.max(0, overflow) }).toEqual({ at: new URL(page.url()).pathname, overflow: 0 });
}

/** Pictures that docs/ shows. */
const SHOWN = /^(home|report-[1-6]|receipt|follow|kiem-tra-q-vneid|canh-bao|console-(worklist|report|gate|case|draft|review|directory)|review|receipt)-/;

/** With LACHAN_PICTURES, saves a picture of the page to tests/browser/out, and those that docs/ shows, made small, to docs/images. */
export async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  if (!process.env['LACHAN_PICTURES']) return;
  const out = join(ROOT, 'tests/browser/out');
  await mkdir(out, { recursive: true });
  const bytes = await page.screenshot({ path: join(out, `${name}.png`), fullPage });
  if (!SHOWN.test(name)) return;
  const docs = join(ROOT, 'docs/images');
  await mkdir(docs, { recursive: true });
  await sharp(bytes).png({ palette: true, quality: 80, effort: 8 }).toFile(join(docs, `${name}.png`));
}
