/** A load generator in its own thread: reports by HTTP over kept-alive connections, closed loop or at a fixed rate. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

export interface LoadOrder {
  readonly port: number;
  readonly seconds: number;
  readonly connections: number;
  /** Reports a second, or 0 for as fast as answers come. */
  readonly rate: number;
  readonly label: string;
}

export interface LoadResult {
  readonly accepted: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

const order = workerData as LoadOrder;
const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
const latencies: number[] = [];
let accepted = 0;
let failed = 0;
let serial = 0;

function send(): Promise<void> {
  const n = serial++;
  const body = JSON.stringify({
    category: n % 3 === 0 ? 'scam' : 'phishing_impersonation',
    narrative: `Tôi nhận được tin nhắn báo cập nhật VNeID, bấm vào https://trang-gia-${n % 400}.example/dk?id=${n} thì bị hỏi mã OTP và số tài khoản. Nhờ cơ quan xem giúp, tôi chưa chuyển tiền.`,
    commune: '01273', money_lost: null,
  });
  const begun = performance.now();
  return new Promise((resolve) => {
    const outgoing = request({
      agent, host: '127.0.0.1', port: order.port, path: '/api/v1/reports', method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'Idempotency-Key': `${order.label}-${process.pid}-${n}-bench` },
    }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 201) accepted += 1;
        else failed += 1;
        latencies.push(performance.now() - begun);
        resolve();
      });
    });
    outgoing.on('error', () => {
      failed += 1;
      resolve();
    });
    outgoing.end(body);
  });
}

async function closedLoop(until: number): Promise<void> {
  await Promise.all(Array.from({ length: order.connections }, async () => {
    while (performance.now() < until) await send();
  }));
}

async function fixedRate(begun: number, until: number): Promise<void> {
  const running: Promise<void>[] = [];
  while (performance.now() < until) {
    const due = ((performance.now() - begun) / 1000) * order.rate;
    while (serial < due) running.push(send());
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(running);
}

const begun = performance.now();
const until = begun + order.seconds * 1000;
await (order.rate > 0 ? fixedRate(begun, until) : closedLoop(until));
latencies.sort((a, b) => a - b);
const quantile = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? 0;
agent.destroy();
parentPort!.postMessage({ accepted, failed, seconds: (performance.now() - begun) / 1000, p50: quantile(0.5), p99: quantile(0.99) } satisfies LoadResult);
