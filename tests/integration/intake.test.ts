import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { submitReport, type NewReport } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;
let serial = 0;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
});

function report(changes: Partial<NewReport> = {}): NewReport {
  return {
    channel: 'web', category: 'phishing_impersonation', situation: null, narrative: 'Có trang giả VNeID bắt tôi cập nhật thông tin tại vneid-capnhat.example',
    traces: '', happenedOn: '2026-11-21', moneyLost: null, inDanger: false, forChild: false, communeCode: '01273', contact: null, senderAgencyId: null,
    uploads: [], language: 'vi', idempotencyKey: `khoa-thu-nghiem-${serial++}`, ...changes,
  };
}

const asSystem = <T>(work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(desk, system('test'), work);

describe('a report', () => {
  test('with a chat link of a number is taken; the number is sealed, the link is not kept', async () => {
    const { id } = await submitReport(desk, report({ narrative: 'Họ bảo kết bạn qua https://zalo.me/0983222333 rồi chuyển tiền', traces: '' }));
    const { rows } = await sql<{ kind: string; display: string }>`select kind, display from indicator i join report_indicator r on r.indicator_id = i.id where r.report_id = ${id}`.execute(desk.owner);
    expect(rows).toEqual([{ kind: 'phone', display: '098•••333' }]);
  });

  test('keeps no trace that the reporter called innocent, in no form and no case', async () => {
    const traces = 'https://vo-can.example/a\n0912 345 678\nhttps://ke-xau.example/b';
    const { id } = await submitReport(desk, report({ traces, narrative: 'Kể chuyện không có dấu hiệu nào', innocent: ['url vo-can.example/a', 'phone +84912345678'] }));
    const { rows } = await sql<{ display: string }>`select display from indicator i join report_indicator r on r.indicator_id = i.id where r.report_id = ${id} order by 1`.execute(desk.owner);
    expect(rows.map(({ display }) => display)).toEqual(['hxxps://ke-xau[.]example/b', 'ke-xau[.]example']);
    const { rows: anywhere } = await sql`select 1 from indicator where display like '%vo-can%' or display like '091%'`.execute(desk.owner);
    expect(anywhere).toEqual([]);
  });

  test('gets a code, a secret and a place in the journal, and joins the case of its address', async () => {
    const first = await submitReport(desk, report());
    const second = await submitReport(desk, report({ narrative: 'Toi bi lua o https://dangky.vneid-capnhat.example/otp?x=1', category: 'scam' }));
    expect(first.code).toMatch(/^PA-04-261122-\d{4}-\d$/);
    expect(first.secret).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);
    const rows = await asSystem((tx) => tx.selectFrom('report').innerJoin('case_file', 'case_file.id', 'case_id').select(['code', 'case_file.number', 'report_count'])
      .where('code', 'in', [first.code, second.code]).execute());
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((row) => row.number)).size).toBe(1);
    expect(rows[0]!.report_count).toBe(2);
    const journal = await asSystem((tx) => tx.selectFrom('journal').select('to_state').where('entity_id', '=', first.id).execute());
    expect(journal).toEqual([{ to_state: 'received' }]);
  });

  test('sent twice has one receipt; the same key with other words is refused', async () => {
    const one = report();
    const [a, b] = await Promise.all([submitReport(desk, one), submitReport(desk, one)]);
    const c = await submitReport(desk, one);
    expect([b.code, c.code, b.secret, c.secret]).toEqual([a.code, a.code, a.secret, a.secret]);
    expect([a.repeated, b.repeated, c.repeated].filter(Boolean)).toHaveLength(2);
    await expect(submitReport(desk, { ...one, narrative: 'Một câu chuyện khác hẳn' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('never repeats a code or a case number under parallel load', async () => {
    const receipts = await Promise.all(Array.from({ length: 300 }, (_, i) => submitReport(desk, report({ traces: `trang-xau-${i}.example` }))));
    expect(new Set(receipts.map((receipt) => receipt.code)).size).toBe(300);
    const cases = await asSystem((tx) => tx.selectFrom('case_file').select(['number']).execute());
    expect(new Set(cases.map((row) => row.number)).size).toBe(cases.length);
  });

  test('keeps the reporter sealed: no plain text anywhere, opened only with a reason and a journal row', async () => {
    const { id } = await submitReport(desk, report({ contact: { email: 'chi.lan@thu.example', phone: '0900000001', name: 'Nông Thị Lan' } }));
    const dump = await sql<{ row: string }>`select to_jsonb(i)::text as row from reporter_identity i where report_id = ${id}`.execute(desk.owner);
    expect(dump.rows[0]!.row).not.toContain('chi.lan');
    await expect(asSystem((tx) => sql`select sealed from reporter_identity`.execute(tx))).rejects.toThrow(/permission denied/);
    await expect(asSystem((tx) => sql`select open_identity(${id}::uuid, '')`.execute(tx))).rejects.toThrow(/S12/);
    const opened = await asSystem((tx) => sql<{ sealed: Buffer }>`select open_identity(${id}::uuid, 'kiểm thử mở niêm phong') as sealed`.execute(tx));
    expect(JSON.parse(desk.keys.unseal('identity', opened.rows[0]!.sealed, id)!.toString())).toMatchObject({ email: 'chi.lan@thu.example' });
    const trace = await asSystem((tx) => tx.selectFrom('journal').select('reason').where('entity_id', '=', id).where('action', '=', 'open_identity').execute());
    expect(trace).toEqual([{ reason: 'kiểm thử mở niêm phong' }]);
  });

  test('of intimate images groups nothing and keeps no picture', async () => {
    const { id } = await submitReport(desk, report({ category: 'intimate_images', traces: 'https://trang-xau-0.example/anh/1' }));
    const row = await asSystem((tx) => tx.selectFrom('report').select('case_id').where('id', '=', id).executeTakeFirstOrThrow());
    expect(row.case_id).toBeNull();
    await expect(sql`insert into attachment (id, report_id, name, media_type, bytes, original_ref, original_sha256, copy_ref, copy_bytes, width, height, at)
      values (uuidv7(), ${id}::uuid, 'x', 'image/jpeg', 1, 'x', '\\x00', 'x', 1, 1, 1, now())`.execute(desk.owner)).rejects.toThrow(/never stored/);
  });
});

test('an empty context reads nothing from any table', async () => {
  await submitReport(desk, report());
  const { rows: tables } = await sql<{ name: string }>`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and has_any_column_privilege('lachan_app', c.oid, 'select')`.execute(desk.owner);
  expect(tables.length).toBeGreaterThan(30);
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(desk.db).catch(() => ({ rows: [{ n: 0 }] }));
    expect({ name, n: rows[0]!.n }).toEqual({ name, n: 0 });
  }
});
