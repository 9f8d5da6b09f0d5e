import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import { ROOT } from '../src/app.ts';
import type { BenchResult } from '../src/commands/bench.ts';
import { connect } from '../src/platform/db.ts';
import { listen, webApp } from '../src/server.ts';
import { benchDesk } from './desk.ts';
import type { LoadOrder, LoadResult } from './load.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 6);
/** Reports offered a second. */
const OFFERED = 2500;

/** Durable reports a second by HTTP, beside a bare one-row insert + commit through the same pool in the same run. */
export async function run(): Promise<BenchResult> {
  const held = await benchDesk();
  try {
    const { server, port } = await listen(await webApp(held.desk, 1e6), held.desk.config);
    await load({ port, seconds: 1.5, connections: 32, rate: 0, label: 'am' });
    const bare = await bareInserts(held.desk.pool, held.address.owner);
    // Offered at a fixed rate above what the desk takes: a closed loop would wait for the desk and measure itself.
    const full = await load({ port, seconds: SECONDS, connections: 512, rate: OFFERED, label: 'day' });
    const rate = full.accepted / full.seconds;
    const half = await load({ port, seconds: SECONDS, connections: 512, rate: Math.max(1, Math.floor(rate / 2)), label: 'nua' });
    server.close();
    server.closeAllConnections();
    return {
      name: 'intake',
      figures: [
        { name: 'durable reports by HTTP', value: rate, unit: '/s', limit: bare, ratio: rate / bare },
        { name: 'latency p50 at half load', value: half.p50, unit: 'ms' },
        { name: 'latency p99 at half load', value: half.p99, unit: 'ms', limit: 50, ratio: half.p99 / 50 },
        { name: 'refused or failed', value: full.failed + half.failed, unit: 'reports' },
      ],
    };
  } finally {
    await held.close();
  }
}

function load(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(ROOT, 'bench/load.ts'), { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** One row, one commit, as many at once as the pool has connections. */
async function bareInserts(pool: pg.Pool, owner: Parameters<typeof connect>[0]): Promise<number> {
  const admin = connect(owner, 1);
  await admin.pool.query('create table bench_bare (id bigint generated always as identity primary key, body text); grant insert on bench_bare to lachan_app');
  const until = performance.now() + (SECONDS / 2) * 1000;
  const begun = performance.now();
  let done = 0;
  await Promise.all(Array.from({ length: pool.options.max! }, async () => {
    while (performance.now() < until) {
      await pool.query('insert into bench_bare (body) values ($1)', ['Tôi nhận được tin nhắn báo cập nhật VNeID']);
      done += 1;
    }
  }));
  const rate = done / ((performance.now() - begun) / 1000);
  await admin.pool.query('drop table bench_bare');
  await admin.db.destroy();
  return rate;
}
