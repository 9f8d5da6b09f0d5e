import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../src/app.ts';
import type { BenchResult } from '../src/commands/bench.ts';

const RUNS = 3;

/** Time from the command to the first page (database initialised before), beside bare Node serving one page in the same run; idle memory. */
export async function run(): Promise<BenchResult> {
  const home = await mkdtemp(join(tmpdir(), 'lachan-bench-start-'));
  try {
    await startOnce(home);
    const runs: { ms: number; rssMb: number }[] = [];
    for (let i = 0; i < RUNS; i += 1) runs.push(await startOnce(home));
    const bare = await bareNode();
    const ms = median(runs.map((one) => one.ms));
    return {
      name: 'start',
      figures: [
        { name: 'start to first page', value: ms, unit: 'ms', limit: bare, ratio: ms / bare },
        { name: 'idle memory of Node', value: median(runs.map((one) => one.rssMb)), unit: 'MB', limit: 150 },
      ],
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function startOnce(home: string): Promise<{ ms: number; rssMb: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', join(ROOT, '.build/main.js'), 'start'], {
    env: { ...process.env, LACHAN_HOME: home, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstUrl(child);
  await (await fetch(url)).text();
  const ms = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const rssMb = await residentMb(child.pid!);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { ms, rssMb };
}

async function firstUrl(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout!) {
    const match = /https?:\/\/\S+/.exec(String(chunk));
    if (match) return match[0].replace('localhost', '127.0.0.1');
  }
  throw new Error('the server ended before it listened');
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function bareNode(): Promise<number> {
  const begun = performance.now();
  const program = "require('http').createServer((q,s)=>s.end('x')).listen(0,'127.0.0.1',function(){console.log('http://127.0.0.1:'+this.address().port)})";
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await (await fetch(await firstUrl(child))).text();
  const ms = performance.now() - begun;
  child.kill();
  return ms;
}
