import { describe, expect, test } from 'vitest';
import { communesOf } from '#catalogue/units/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import { reportFromFields } from '../../intake/schema.ts';
import { openArchive } from './archive.ts';
import { guessMapping, headerRowOf, rowToFields } from './mapping.ts';
import { readRows, type SheetRow } from './rows.ts';
import { errorSheet, templateSheet, TO_CORRECT } from './template.ts';

async function read(bytes: Uint8Array): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readRows({ name: 'a.xlsx', bytes })) rows.push(row);
  return rows;
}

async function partOf(bytes: Uint8Array, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await openArchive(bytes)).open(name)!) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('the template', () => {
  test('has headings that are understood, and no row to be taken', async () => {
    const rows = await read(await templateSheet());
    expect(rows).toHaveLength(1);
    const { cells } = rows[0]!;
    expect(headerRowOf(rows)).toBe(1);
    expect(Object.values(guessMapping(cells).columns)).toEqual(['external_id', 'category', 'narrative', 'traces_link', 'traces_phone', 'traces_account',
      'traces_bank',
      'happened_on', 'received_on', 'money_lost', 'commune', 'contact_name', 'contact_phone', 'contact_email']);
  });

  test('shows an example that the form takes', async () => {
    const bytes = await templateSheet();
    // The example is the second sheet: with the first one hidden it is the one that is read.
    const strings = [...(await partOf(bytes, 'xl/sharedStrings.xml')).matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((match) => match[1]!);
    const sheet = await partOf(bytes, 'xl/worksheets/sheet2.xml');
    const rows = sheet.split('<row ').slice(1).map((row) => [...row.matchAll(/<v>(\d+)<\/v>/g)].map((match) => strings[Number(match[1])]!));
    const result = rowToFields({ cells: rows[1]! }, guessMapping(rows[0]!));
    const communes = communesOf('04').map(({ code, fullName, name }) => ({ code, name: fullName, search: searchKey(`${fullName} ${name}`) }));
    const context = { now: new Date('2026-11-22T02:00:00Z'), communes, channel: 'web', language: 'vi', idempotencyKey: 'k'.repeat(32), uploads: [] } as const;
    expect('fields' in result && reportFromFields(result.fields, context)).toMatchObject({ ok: true,
      report: { category: 'scam', moneyLost: 2_000_000, happenedOn: '2026-11-18' } });
    expect(rows).toHaveLength(2);
  });

  test('keeps its head in sight and its cells as text', async () => {
    const bytes = await templateSheet();
    expect(await partOf(bytes, 'xl/worksheets/sheet1.xml')).toMatch(/<pane [^>]*state="frozen"/);
    const style = /<c r="E5" s="(\d+)"/.exec(await partOf(bytes, 'xl/worksheets/sheet1.xml'))?.[1];
    const formats = [.../<cellXfs.*<\/cellXfs>/s.exec(await partOf(bytes, 'xl/styles.xml'))![0].matchAll(/<xf [^>]*numFmtId="(\d+)"/g)].map((match) => match[1]);
    const own = new RegExp(`numFmtId="${formats[Number(style)]}" formatCode="@"`);
    expect(formats[Number(style)] === '49' || own.test(await partOf(bytes, 'xl/styles.xml'))).toBe(true);
  });
});

describe('the sheet of wrong rows', () => {
  const header = ['Mã', 'Nội dung', 'Loại'];

  test('comes back as it was sent, with what to correct in a column that is passed over', async () => {
    const bytes = await errorSheet(header, [{ number: 7, cells: ['A-1', 'dòng 1\ndòng 2', 'Tin giả'], errors: ['Chọn loại.', 'Thiếu xã.'] },
      { number: 9, cells: [], errors: [] }]);
    const rows = await read(bytes);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [...header, TO_CORRECT], ['A-1', 'dòng 1\ndòng 2', 'Tin giả', 'Dòng 7: Chọn loại. Thiếu xã.'], ['', '', '', 'Dòng 9: '],
    ]);
    expect(guessMapping(rows[0]!.cells).columns).toEqual(guessMapping(header).columns);
  });

  test('does not grow a second such column', async () => {
    const rows = await read(await errorSheet(['Nội dung', TO_CORRECT, 'Loại'], [{ number: 2, cells: ['a', 'cũ', 'b'], errors: ['mới.'] }]));
    expect(rows.map(({ cells }) => cells)).toEqual([['Nội dung', 'Loại', TO_CORRECT], ['a', 'b', 'Dòng 2: mới.']]);
  });

  const tricky = ['=cmd|\' /C calc\'!A0', '+1', '-1', '@x', '=HYPERLINK("http://x.example")', '<f>1</f>', '&lol;', '_x0041_', 'constructor', '__proto__',
    'toString', '0912345678', '1E5', 'TRUE', '46344'];
  test('writes every text as text', async () => {
    const bytes = await errorSheet(tricky, [{ number: 2, cells: tricky, errors: ['=1+1'] }]);
    const [head, row] = await read(bytes);
    expect(head?.cells.map((cell) => cell.trimEnd())).toEqual([...tricky, TO_CORRECT]);
    expect(row?.cells.map((cell) => cell.trimEnd())).toEqual([...tricky, 'Dòng 2: =1+1']);
    expect(row?.flags).toEqual({ formula: false, cut: false });
    expect(await partOf(bytes, 'xl/worksheets/sheet1.xml')).not.toContain('<f');
    expect(await partOf(bytes, 'xl/worksheets/sheet1.xml')).toMatch(/^(?:(?!<c ).|<c (?=[^>]*t="s"))*$/s);
  });

  test('leaves out what XML cannot hold', async () => {
    const [, row] = await read(await errorSheet(['a'], [{ number: 2, cells: ['x\u0000\u0001\ud800y'], errors: [] }]));
    expect(row?.cells[0]).toBe('xy');
  });
});
