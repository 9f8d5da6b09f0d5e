import type { Hono } from 'hono';
import type { BenchResult, Figure } from '../src/commands/bench.ts';
import { webApp } from '../src/server.ts';
import { benchDesk } from './desk.ts';

const PAGES = ['/', '/bao-cao', '/tra-cuu', '/kiem-tra', '/canh-bao', '/viec-can-lam', '/en', '/en/bao-cao'];
/** DESIGN.md: the report page with its styles. */
const REPORT_LIMIT = 15_000;

/** Bytes over the wire (gzip, headers left out) and requests of a first visit to each portal page, everything it links included. */
export async function run(): Promise<BenchResult> {
  const held = await benchDesk();
  try {
    const app = await webApp(held.desk);
    const figures: Figure[] = [];
    for (const path of PAGES) {
      const { bytes, requests, scripts } = await weigh(app, path);
      figures.push({ name: `${path} bytes`, value: bytes, unit: 'B', limit: REPORT_LIMIT, ratio: bytes / REPORT_LIMIT });
      figures.push({ name: `${path} requests`, value: requests, unit: 'requests' }, { name: `${path} scripts`, value: scripts, unit: 'scripts' });
    }
    return { name: 'pages', figures };
  } finally {
    await held.close();
  }
}

/** What a browser fetches for a page: the page, its style sheets, icon, pictures and scripts. */
export async function weigh(app: Hono, path: string): Promise<{ bytes: number; requests: number; scripts: number }> {
  const headers = { 'Accept-Encoding': 'gzip' };
  const page = await app.request(path, { headers });
  const packed = Buffer.from(await page.arrayBuffer());
  const html = await (await app.request(path)).text();
  const linked = [...html.matchAll(/<(?:link[^>]*?href|img[^>]*?src|script[^>]*?src)="(\/tinh\/[^"]+)"/g)].map((match) => match[1]!);
  let bytes = packed.length;
  for (const address of new Set(linked)) bytes += (await (await app.request(address, { headers })).arrayBuffer()).byteLength;
  return { bytes, requests: 1 + new Set(linked).size, scripts: linked.filter((address) => address.endsWith('.js')).length };
}
