import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startPostgres } from '#platform/postgres.ts';
import { ROOT } from '../../src/app.ts';

const homes: string[] = [];

afterEach(async () => {
  for (const home of homes.splice(0)) {
    await (await startPostgres({ home })).stop();
    rmSync(home, { recursive: true, force: true });
  }
});

function newHome(name = 'thư mục có dấu cách'): string {
  const home = join(mkdtempSync(join(tmpdir(), 'lachan-start-')), name);
  homes.push(home);
  return home;
}

function environment(home: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, LACHAN_HOME: home, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', BASE_URL: '', ...more };
}

/** Starts a command and waits for the address it prints. */
async function start(args: string[], env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string; printed: string }> {
  const child = spawn(process.execPath, [join(ROOT, '.build/main.js'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stderr!.on('data', (chunk) => (printed += String(chunk)));
  for await (const chunk of child.stdout!) {
    printed += String(chunk);
    const url = /http:\/\/[^\s/]+/.exec(printed)?.[0];
    if (url) return { child, url: url.replace('localhost', '127.0.0.1'), printed };
  }
  throw new Error(printed);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

test('a demo from nothing: a filled portal, then the same again after kill -9, with the data kept', { timeout: 120_000 }, async () => {
  const env = environment(newHome());
  const first = await start(['demo'], env);
  const home = await (await fetch(first.url)).text();
  expect(home).toContain('Gặp lừa đảo');
  expect(first.printed).toMatch(/lan@demo\.example/);
  const feed = await (await fetch(`${first.url}/canh-bao/rss.xml`)).text();
  expect(feed.match(/<item>/g)!.length).toBeGreaterThan(3);

  const second = spawnSync(process.execPath, [join(ROOT, '.build/main.js'), 'demo'], { env, encoding: 'utf8', timeout: 30_000 });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`tiến trình ${first.child.pid}`);
  expect(second.stderr).toContain(first.url.replace('127.0.0.1', 'localhost'));

  await stop(first.child, 'SIGKILL');
  const again = await start(['demo'], env);
  expect(await (await fetch(`${again.url}/canh-bao/rss.xml`)).text()).toBe(feed.replaceAll(new URL(first.url).port, new URL(again.url).port));
  await stop(again.child);
});

test('a taken port is said in one sentence, and nothing is left running', { timeout: 60_000 }, async () => {
  const other = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const env = environment(newHome(), { PORT: String(port) });
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.build/main.js'), 'start'], { env, encoding: 'utf8', timeout: 40_000 });
  other.close();
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Cổng ${port} đang có chương trình khác dùng.*Port ${port} is taken.*\n$`, 'm'));
  expect(stderr).not.toMatch(/at .*\.js:/);
});

test('another master key is refused, instead of losing what was sealed', { timeout: 60_000 }, async () => {
  const home = newHome();
  const first = await start(['start'], environment(home));
  await stop(first.child);
  rmSync(join(home, 'keys'), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.build/main.js'), 'start'], { env: environment(home), encoding: 'utf8', timeout: 40_000 });
  expect(status).toBe(1);
  expect(stderr).toMatch(/khôi phục đúng khóa/);
});

test.runIf(process.getuid?.() === 0)('an ordinary user under umask 077 starts it as well', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lachan-user-'));
  chmodSync(folder, 0o777);
  cpSync(join(ROOT, '.build'), join(folder, '.build'), { recursive: true });
  for (const part of ['migrations', 'src', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const home = join(folder, 'nhà');
  const command = `umask 077; exec "${process.execPath}" "${join(folder, '.build/main.js')}" start`;
  const child = spawn('sh', ['-c', command], { env: environment(home, { HOME: folder }), uid: 65534, gid: 65534, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stderr!.on('data', (chunk) => (printed += String(chunk)));
  child.stdout!.on('data', (chunk) => (printed += String(chunk)));
  await expect.poll(() => printed, { timeout: 40_000 }).toMatch(/http:\/\//);
  expect((await fetch(`${/http:\/\/\S+/.exec(printed)![0].replace('localhost', '127.0.0.1')}/healthz`)).status).toBe(200);
  await stop(child);
  rmSync(folder, { recursive: true, force: true });
});
