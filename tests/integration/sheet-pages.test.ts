import type { Hono } from 'hono';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importSheet, MOST_SHEET_BYTES } from '#modules/channels/commands/sheets.ts';
import { sheetJobs, resumeSheets } from '#modules/channels/jobs/sheets.ts';
import { firstRows } from '#modules/channels/sheet/look.ts';
import { UNREADABLE_REASONS } from '#modules/channels/sheet/rows.ts';
import { sheetRoutes } from '#modules/channels/sheet/routes.tsx';
import { importAgencies } from '#modules/directory/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { messages } from '#web/i18n/index.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser, unescapeHtml, type Page } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';
import { workbook, zip } from '../support/workbook.ts';

const SHEETS = '/can-bo/bang-tinh';
const HEADER = ['Mã', 'Nội dung', 'Loại hình', 'Đường link', 'Số tiền thiệt hại', 'Ngày xảy ra'];

let desk: TestDesk;
let app: Hono;
let clerk: TestBrowser;
let actor: OfficerActor;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1000);
  ({ browser: clerk, actor } = await officer('so-vhttdl', 'Lục Thị Hoa'));
});

async function officer(agency: string, name: string): Promise<{ browser: TestBrowser; actor: OfficerActor }> {
  const signedIn = await signIn(desk, agency, ['clerk'], name);
  const browser = new TestBrowser(app);
  const [, key = '', value = ''] = /^([^=]+)=(.*)$/.exec(signedIn.cookie)!;
  browser.cookies.set(key, value);
  return { browser, actor: signedIn.actor };
}

const row = (n: number, more: readonly [column: number, cell: string][] = []) => more.reduce<string[]>((cells, [column, cell]) => cells.with(column, cell),
  [`HS-${n}`, `Người dân thứ ${n} bị dụ chuyển tiền qua trang lừa đảo`, 'Lừa đảo', `https://trang-${n}.example/dk`, '2 triệu', '20/11/2026']);

async function upload(name: string, bytes: Uint8Array): Promise<Page> {
  const form = new FormData();
  form.set('tep', new File([new Uint8Array(bytes)], name));
  return clerk.post(SHEETS, form);
}

/** Uploads and gives the address of the page. */
async function uploaded(rows: readonly (readonly string[])[], name = 'bao-cao.xlsx'): Promise<string> {
  const { location } = await upload(name, await workbook(rows));
  return location!;
}

const text = ({ html }: Page): string => unescapeHtml(html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
const idOf = (path: string): string => path.split('/').at(-1)!;
const sheet = (path: string) => desk.owner.selectFrom('sheet_import').selectAll().where('id', '=', idOf(path)).executeTakeFirstOrThrow();
const reports = async () => (await desk.owner.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
const COLUMNS = { 'cot-0': 'external_id', 'cot-1': 'narrative', 'cot-2': 'category', 'cot-3': 'traces_link', 'cot-4': 'money_lost', 'cot-5': 'happened_on', 'hang': '1', 'hang-truoc': '1', 'mac-dinh': '' };

describe('uploading', () => {
  test('says what is wrong with no file, and with one that is too large', async () => {
    const none = await clerk.post(SHEETS, new FormData());
    expect(none.status).toBe(422);
    expect(text(none)).toContain('Bạn chưa chọn tệp');
    const large = await upload('lon.csv', Buffer.alloc(MOST_SHEET_BYTES + 1, 'a,b\n'));
    expect(large.status).toBe(422);
    expect(text(large)).toContain('Tệp lớn hơn 40 MB');
    expect(await desk.owner.selectFrom('sheet_import').select('id').execute()).toEqual([]);
  });

  test('the template can be had and is read back', async () => {
    const answer = await app.request(`${SHEETS}/mau.xlsx`, { headers: { cookie: [...clerk.cookies].map((one) => one.join('=')).join() } });
    expect(answer.headers.get('content-disposition')).toContain('mau-phan-anh.xlsx');
    expect((await firstRows({ name: 'mau.xlsx', bytes: new Uint8Array(await answer.arrayBuffer()) }))[0]!.cells).toContain('Nội dung phản ánh');
  });

  test('a file that is no sheet is kept apart, can be taken out under another name, and tried again', async () => {
    const { location } = await upload('Báo cáo quý (4).xlsx', await zip([{ name: 'doc.txt', text: ['không phải bảng tính'] }]));
    expect(text(await clerk.get(location!))).toContain('Đây không phải là bảng tính');
    const original = await clerk.post(`${location}/tep-goc`, {});
    expect(original.headers.get('content-disposition')).toBe(`attachment; filename="Bao_cao_quy_4_.xlsx.nguy-hiem"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20%284%29.xlsx.nguy-hiem`);
    expect(original.headers.get('content-type')).toBe('application/octet-stream');
    const again = await clerk.post(`${location}/thu-lai`, {});
    expect(text(await clerk.get(again.location!))).toContain('Đã thử lại: vẫn chưa mở được.');
    const journal = await desk.owner.selectFrom('journal').select(['action', 'officer_id']).where('entity_id', '=', idOf(location!)).orderBy('seq').execute();
    expect(journal).toEqual(['quarantine', 'open_original', 'retry'].map((action) => ({ action, officer_id: actor.officerId })));
  });
});

describe('the page of columns', () => {
  test('comes back with what was chosen, and starts nothing while something is missing', async () => {
    const path = await uploaded([HEADER, row(1), row(2)]);
    const twice = await clerk.post(`${path}/bat-dau`, { ...COLUMNS, 'cot-1': 'category' });
    expect(twice.status).toBe(422);
    expect(text(twice)).toMatch(/Chưa có cột nội dung.*Cột C: Loại hình: ý nghĩa này đã có ở cột khác/);
    const without = await clerk.post(`${path}/bat-dau`, { ...COLUMNS, 'cot-2': '' });
    expect(text(without)).toContain('Chưa biết loại tác hại');
    expect(await sheet(path)).toMatchObject({ state: 'uploaded', mapping: null });
    const reviewed = await clerk.post(`${path}/cot`, { ...COLUMNS, 'cot-2': '', 'mac-dinh': 'spam_calls_messages' });
    expect(reviewed.html).toMatch(/<option(?=[^>]* selected)[^>]*value="spam_calls_messages"/);
    expect(text(reviewed)).toContain('Cả 2 dòng đầu đều nhận được.');
  });

  test('guesses anew for other headings, and never starts with columns nobody saw', async () => {
    const path = await uploaded([['Báo cáo tháng 11', 'Nội dung'], HEADER, row(1)]);
    expect(text(await clerk.get(path))).toContain('Đã đoán 6 trong 6 cột');
    const other = await clerk.post(`${path}/bat-dau`, { ...COLUMNS, 'hang': '1', 'hang-truoc': '2' });
    expect(other.status).toBe(200);
    expect(text(other)).toContain('Đã đoán 1 trong 6 cột');
    expect((await sheet(path)).state).toBe('uploaded');
  });

  test('takes no word, column or category that it did not offer', async () => {
    const path = await uploaded([HEADER, row(1, [[2, 'Chiêu trò mới']])]);
    const answer = await clerk.post(`${path}/bat-dau`, { ...COLUMNS, 'cot-3': 'author', 'cot-99': 'narrative', 'tu:chieu tro moi': 'scam', 'tu:__proto__': 'criticism', 'tu:a\u0000': 'scam' });
    expect(answer.location).toBe(path);
    const { headerRow: _, ...mapping } = (await sheet(path)).mapping!;
    expect(mapping).toEqual({ columns: { 0: 'external_id', 1: 'narrative', 2: 'category', 4: 'money_lost', 5: 'happened_on' }, categoryWords: { 'chieu tro moi': 'scam' }, defaultCategory: null });
    await importSheet(desk, idOf(path));
    expect(await sheet(path)).toMatchObject({ state: 'done', taken: 1 });
  });
});

describe('an import', () => {
  test('counts a reference that stands twice in one sheet once', async () => {
    const before = await reports();
    const path = await uploaded([HEADER, row(50), row(50), row(51)]);
    await clerk.post(`${path}/bat-dau`, COLUMNS);
    await importSheet(desk, idOf(path));
    expect(await sheet(path)).toMatchObject({ rows_total: 3, rows_read: 3, taken: 2, repeated: 1 });
    expect(await reports()).toBe(before + 2);
  });

  test('of a file that is broken further down takes nothing of it', async () => {
    const before = await reports();
    const lines = [HEADER, ...Array.from({ length: 3000 }, (_, n) => row(10_000 + n))].map((cells) => cells.join('\t'));
    const { location } = await upload('hong.csv', Buffer.from(`${lines.join('\n')}\n"mở mà không đóng`));
    await clerk.post(`${location}/bat-dau`, COLUMNS);
    await importSheet(desk, idOf(location!));
    expect(await sheet(location!)).toMatchObject({ state: 'quarantined', reason: 'malformed', rows_read: 0 });
    expect(await reports()).toBe(before);
  });

  test('that was stopped in the middle has every report it made in its count', async () => {
    const before = await reports();
    const path = await uploaded([HEADER, ...Array.from({ length: 3000 }, (_, n) => row(20_000 + n))]);
    await clerk.post(`${path}/bat-dau`, COLUMNS);
    const running = importSheet(desk, idOf(path));
    await expect.poll(async () => (await sheet(path)).rows_read, { interval: 5, timeout: 10_000 }).toBeGreaterThan(0);
    expect((await clerk.post(`${path}/dung`, {})).location).toBe(path);
    await running;
    const { state, taken, rows_read } = await sheet(path);
    expect(state).toBe('cancelled');
    expect(taken).toBe(rows_read);
    expect(taken).toBeLessThan(3000);
    expect(await reports()).toBe(before + taken);
    expect(text(await clerk.get(path))).toContain(`nhận ${taken.toLocaleString('vi-VN')} phản ánh mới trước khi dừng`);
  });

  test('left in the middle is gone on with when a process starts, however short ago it stood still', async () => {
    const path = await uploaded([HEADER, row(70)]);
    await clerk.post(`${path}/bat-dau`, COLUMNS);
    const waiting = async () => (await sql<{ jobs: number }>`select count(*) as jobs from pgboss.job where name = 'import-sheet' and data->>'importId' = ${idOf(path)}`.execute(desk.db)).rows[0]!.jobs;
    expect(await waiting()).toBe(1);
    await sheetJobs.find(({ name }) => name === 'resume-sheets')!.run(desk, {} as never);
    expect(await waiting()).toBe(1);
    await resumeSheets(desk, 0);
    expect(await waiting()).toBe(2);
  });
});

test('nothing of a spreadsheet is there for another agency', async () => {
  const path = await uploaded([HEADER, row(80, [[1, 'bí mật']])]);
  const { browser } = await officer('vnpt', 'Người ngoài');
  expect((await browser.get(SHEETS)).html).not.toContain(idOf(path));
  for (const route of sheetRoutes.filter(({ path: one }) => one.includes(':id'))) {
    const address = route.path.replace(':id', idOf(path));
    const answer = await (route.method === 'GET' ? browser.get(address) : browser.post(address, COLUMNS));
    expect({ address, status: answer.status, secret: answer.html.includes('bí mật') }).toEqual({ address, status: 404, secret: false });
  }
  expect((await sheet(path)).state).toBe('uploaded');
});

test.each(['vi', 'en'] as const)('every reason has its words in %s', (lang) => {
  const { reasons } = messages(lang).sheets;
  expect(Object.keys(reasons).toSorted()).toEqual([...UNREADABLE_REASONS].toSorted());
});
