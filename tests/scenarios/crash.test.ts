import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#platform/db.ts';
import { startPostgres } from '#platform/postgres.ts';
import { ROOT } from '../../src/app.ts';

const KILLS = 50;
const MAIN = join(ROOT, '.build/main.js');
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lachan-crash-'));
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'admin', 'agencies'], { env: environment(), encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

afterAll(async () => {
  await (await startPostgres({ home })).stop();
  await rm(home, { recursive: true, force: true });
});

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LACHAN_HOME: home, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', BASE_URL: '', TRUST_PROXY: '1' };
}

async function startServer(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, 'start', '--role', 'web'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr!.on('data', (chunk) => (errors += String(chunk)));
  for await (const chunk of child.stdout!) {
    const url = /http:\/\/\S+/.exec(String(chunk))?.[0];
    if (url) return { child, url: url.replace('localhost', '127.0.0.1') };
  }
  throw new Error(`the server did not start: ${errors}`);
}

function body(key: string): string {
  return JSON.stringify({ category: 'scam', narrative: `Có người gọi tự xưng công an, bảo vào trang gia-mao-${key.slice(-2)}.example để xác minh, khóa ${key}`, commune: '01273' });
}

async function send(url: string, key: string): Promise<{ status: number; code: string } | null> {
  try {
    const answer = await fetch(`${url}/api/v1/reports`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'X-Forwarded-For': `198.51.100.${Number(key.slice(-2))}` }, body: body(key) });
    return answer.ok ? { status: answer.status, code: ((await answer.json()) as { code: string }).code } : null;
  } catch {
    return null;
  }
}

/** The postmaster's own pid, from its lock file. */
async function killDatabase(): Promise<void> {
  const folders = await readdir(join(home, 'postgres'));
  const folder = folders.find((name) => name === 'data')!;
  const pid = Number((await readFile(join(home, 'postgres', folder, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGKILL');
}

test(`${KILLS} times kill -9 under load lose no acknowledged report and make none twice`, { timeout: 280_000 }, async () => {
  const acknowledged = new Map<string, string>();
  const sent = new Set<string>();
  let serial = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const { child, url } = await startServer();
    let alive = true;
    const load = Array.from({ length: 8 }, async () => {
      while (alive) {
        const key = `khoa-${String(serial++).padStart(16, '0')}`;
        sent.add(key);
        const answer = await send(url, key);
        if (answer) acknowledged.set(key, answer.code);
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 60 + (round % 10) * 25));
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    if (round % 10 === 9) await killDatabase();
    alive = false;
    await exited;
    await Promise.all(load);
  }
  const { child, url } = await startServer();
  const lost: string[] = [];
  for (const key of sent) {
    const again = await send(url, key);
    const before = acknowledged.get(key);
    if (!again || (before !== undefined && (again.code !== before || again.status !== 200))) lost.push(key);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(acknowledged.size).toBeGreaterThan(KILLS);
  expect(lost).toEqual([]);
  const server = await startPostgres({ home });
  const { db } = connect(server.database('lachan', 'lachan_owner'), 1);
  const { rows } = await db.selectFrom('report').select((eb) => [eb.fn.countAll<number>().as('reports'), eb.fn.count<number>('code').distinct().as('codes')]).execute().then((found) => ({ rows: found }));
  const journal = await db.selectFrom('journal').select((eb) => eb.fn.countAll<number>().as('rows')).where('entity', '=', 'report').where('action', '=', 'receive').executeTakeFirstOrThrow();
  await db.destroy();
  expect(rows[0]).toEqual({ reports: sent.size, codes: sent.size });
  expect(journal.rows).toBe(sent.size);
});
