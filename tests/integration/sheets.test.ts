import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { cancelSheet, importSheet, startSheet, uploadSheet } from '#modules/channels/commands/sheets.ts';
import { guessMapping, type Mapping } from '#modules/channels/sheet/mapping.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { Conflict } from '#platform/errors.ts';
import { addOfficer } from '../support/people.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;
let clerk: OfficerActor;
const HEADER = ['Mã', 'Nội dung', 'Loại hình', 'Đường link', 'Số tiền thiệt hại', 'Ngày xảy ra'];

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  clerk = await addOfficer(desk, 'cong-an-tinh', ['focal', 'clerk'], 'Bế Văn Thư');
});

const csv = (rows: readonly (readonly string[])[]) => Buffer.from(`\ufeff${[HEADER, ...rows].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`);
const row = (n: number, more: Partial<Record<'id' | 'kind' | 'money' | 'words' | 'link', string>> = {}) => [
  more.id ?? '', more.words ?? `Người dân thứ ${n} bị dụ chuyển tiền qua trang lừa đảo`, more.kind ?? 'Lừa đảo', more.link ?? `https://trang-${n}.example/dk`, more.money ?? '2 triệu', '20/11/2026'];

async function upload(bytes: Buffer, mapping: Mapping = guessMapping(HEADER)): Promise<string> {
  const id = await uploadSheet(desk, clerk, { field: 'sheet', name: 'bao-cao.csv', bytes, tooLarge: false });
  await inTransaction(desk, clerk, (tx) => startSheet(desk, tx, clerk, id, mapping, HEADER));
  return id;
}
const sheet = (id: string) => desk.owner.selectFrom('sheet_import').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const reports = async () => (await desk.owner.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;

describe('an import', () => {
  test('takes good rows as reports of the agency and says what is wrong with the others', async () => {
    const id = await upload(csv([row(1), row(2, { kind: 'Chuyện gì đó' }), row(3, { words: 'x' }), row(4, { money: 'rất nhiều' }), row(5)]));
    await importSheet(desk, id);
    expect(await sheet(id)).toMatchObject({ state: 'done', rows_read: 5, taken: 2, refused: 3, repeated: 0 });
    const errors = await desk.owner.selectFrom('sheet_row').select(['number', 'errors']).where('import_id', '=', id).where('errors', 'is not', null).orderBy('number').execute();
    expect(errors.map(({ number, errors: found }) => [number, found![0]!.field, found![0]!.issue])).toEqual([[3, 'category', 'category_unknown'], [4, 'narrative', 'narrative_short'], [5, 'money_lost', 'money_unreadable']]);
    const taken = await desk.owner.selectFrom('report').select(['channel', 'reporter_kind', 'sender_agency_id', 'money_lost', 'happened_on', 'state']).execute();
    expect(taken[0]).toEqual({ channel: 'spreadsheet', reporter_kind: 'agency', sender_agency_id: clerk.agencyId, money_lost: 2_000_000, happened_on: '2026-11-20', state: 'received' });
  });

  test('of the same file again brings nothing new; equal rows count as often as they stand there', async () => {
    const before = await reports();
    const bytes = csv([row(10), row(10), row(10), row(11, { id: 'CA-11' })]);
    const first = await upload(bytes);
    await importSheet(desk, first);
    expect(await sheet(first)).toMatchObject({ taken: 4, repeated: 0 });
    const second = await upload(bytes);
    await importSheet(desk, second);
    expect(await sheet(second)).toMatchObject({ state: 'done', taken: 0, repeated: 4, refused: 0 });
    expect(await reports()).toBe(before + 4);
    const third = await upload(csv([row(11, { id: 'CA-11', words: 'Nội dung đã được sửa khác đi so với lần trước' })]));
    await importSheet(desk, third);
    expect(await sheet(third)).toMatchObject({ taken: 0, refused: 1 });
  });

  test('goes on where it was cut off, and two runs at once take each row once', async () => {
    const before = await reports();
    const id = await upload(csv(Array.from({ length: 900 }, (_, n) => row(1000 + n))));
    // What a run leaves when its process dies after the second batch of reports but before its note.
    await Promise.all([importSheet(desk, id), importSheet(desk, id)]);
    expect(await sheet(id)).toMatchObject({ state: 'done', rows_read: 900, taken: 900, repeated: 0, refused: 0 });
    expect(await reports()).toBe(before + 900);
    await desk.owner.updateTable('sheet_import').set({ state: 'running', next_row: 402, rows_read: 400, taken: 400, finished_at: null }).where('id', '=', id).execute();
    await desk.owner.deleteFrom('sheet_row').where('import_id', '=', id).where('number', '>=', 402).execute();
    await importSheet(desk, id);
    expect(await sheet(id)).toMatchObject({ state: 'done', rows_read: 900, taken: 900, repeated: 0 });
    expect(await reports()).toBe(before + 900);
  }, 30_000);

  test('can be stopped, is started once, and is not seen by another agency', async () => {
    const id = await upload(csv([row(5000)]));
    await expect(inTransaction(desk, clerk, (tx) => startSheet(desk, tx, clerk, id, guessMapping(HEADER), HEADER))).rejects.toThrow(Conflict);
    await inTransaction(desk, clerk, (tx) => cancelSheet(tx, clerk, id));
    await importSheet(desk, id);
    expect(await sheet(id)).toMatchObject({ state: 'cancelled', rows_read: 0 });
    const foreign = await addOfficer(desk, 'vnpt', ['focal'], 'Người ngoài');
    expect(await inTransaction(desk, foreign, (tx) => tx.selectFrom('sheet_import').select('id').execute())).toEqual([]);
    expect(await inTransaction(desk, foreign, (tx) => tx.selectFrom('sheet_row').select('number').execute())).toEqual([]);
  });

  test('that cannot be read is quarantined with the reason', async () => {
    const id = await uploadSheet(desk, clerk, { field: 'sheet', name: 'xau.xlsx', bytes: Buffer.from('PK\u0003\u0004 hỏng'), tooLarge: false });
    expect(await sheet(id)).toMatchObject({ state: 'quarantined', reason: expect.stringMatching(/^[a-z_]+$/) });
  });
});
