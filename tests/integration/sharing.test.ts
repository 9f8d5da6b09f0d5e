import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { addAttachmentEvidence } from '#modules/cases/index.ts';
import { keepUpload } from '#modules/intake/index.ts';
import { includeParty, shareItems, sharedItems, type ShareInput } from '#modules/sharing/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { webApp } from '../../src/server.ts';
import { openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';

const STORY = 'Chị tôi nhận cuộc gọi từ 0912 345 678 xưng ngân hàng, bảo chuyển 120.000.000 đồng vào tài khoản 19034567890123 rồi viết cho me.toi@hopthu.example, trang https://vneid-20261122.example/otp';
const WHY = 'Cần để đối chiếu với đơn vị viễn thông.';

let desk: TestDesk;
let app: Hono;
let office: Office;
let party: OfficerActor;
let other: OfficerActor;
let found: { caseId: string; number: string; reportId: string; picture: string; phone: string };
const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(desk, actor, work);

beforeAll(async () => {
  desk = await testDesk();
  app = await webApp(desk, 1e6);
  office = await openOffice(desk);
  party = await addOfficer(desk, 'cong-an-tinh', ['case_officer', 'focal'], 'Triệu Văn Bên');
  other = await addOfficer(desk, 'vnpt', ['case_officer'], 'Lò Thị Khác');
  found = await aCase();
}, 60_000);

async function aCase(): Promise<typeof found> {
  const key = `khoa-chia-se-${Math.random()}`;
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } }).jpeg().toBuffer();
  const upload = await keepUpload(desk, key, { field: 'file', name: 'anh 0912345678.jpg', bytes, tooLarge: false });
  const { caseId, reportIds } = await verifiedCase(desk, office, [reportOf({
    category: 'scam', narrative: STORY, uploads: [upload.id], idempotencyKey: key, contact: { name: 'Nông Thị Kín', email: 'kin@hopthu.example', phone: '0987654321' }, moneyLost: 120_000_000,
  })]);
  await as(office.drafter, (tx) => addAttachmentEvidence(tx, office.drafter, caseId, upload.id, 'Ảnh chụp tin nhắn'));
  const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
  const phone = await desk.owner.selectFrom('report_indicator as r').innerJoin('indicator as i', 'i.id', 'r.indicator_id').select('i.id').where('r.report_id', '=', reportIds[0]!).where('i.kind', '=', 'phone').executeTakeFirstOrThrow();
  return { caseId, number, reportId: reportIds[0]!, picture: upload.id, phone: phone.id };
}

async function share(...items: ShareInput[]): Promise<void> {
  await as(office.drafter, (tx) => includeParty(tx, office.drafter, found.caseId, party.agencyId, 'support'));
  await as(office.drafter, (tx) => shareItems(tx, office.drafter, found.caseId, party.agencyId, items, WHY));
}

const cookies = new Map<string, string>();
async function ask(actor: OfficerActor, path: string, form?: Record<string, string | string[]> | FormData): Promise<{ status: number; html: string; type: string | null; bytes: Buffer; to: string | null }> {
  const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
  cookies.set(actor.officerId, cookie);
  const body = form instanceof FormData ? form : form && new URLSearchParams(Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])));
  const answer = await app.request(path, { method: form ? 'POST' : 'GET', headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }, body, redirect: 'manual' });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, html: bytes.toString(), type: answer.headers.get('content-type'), bytes, to: answer.headers.get('location') };
}
const path = (rest = '') => `/can-bo/phoi-hop/${found.number}${rest}`;
const withParty = (rest = '') => path(`/chia-se/${party.agencyId}${rest}`);
const live = () => as(party, (tx) => sharedItems(tx, found.caseId, desk.keys));

describe('what a party is shown', () => {
  test('nothing but number, harm, title and state by taking part', async () => {
    await as(office.drafter, (tx) => includeParty(tx, office.drafter, found.caseId, party.agencyId, 'support'));
    const page = await ask(party, path());
    expect(page.status).toBe(200);
    expect(page.html).toContain('Chưa có mục nào được chia sẻ');
    expect(page.html).not.toContain('xưng ngân hàng');
    for (const table of ['case_file', 'report', 'evidence', 'verification', 'attachment', 'indicator'] as const) {
      expect(await as(party, (tx) => tx.selectFrom(table).select('id').execute()), table).toEqual([]);
    }
  });

  test('each item in its smallest shape: people’s numbers hidden, the loss and the address of the trap kept, never the reporter', async () => {
    const evidence = await desk.owner.selectFrom('evidence').select(['id', 'kind']).where('case_id', '=', found.caseId).execute();
    const { id: verification } = await desk.owner.selectFrom('verification').select('id').where('case_id', '=', found.caseId).executeTakeFirstOrThrow();
    await share({ kind: 'report', itemId: found.reportId }, { kind: 'attachment', itemId: found.picture }, { kind: 'indicator', itemId: found.phone }, { kind: 'verification', itemId: verification },
      ...evidence.map(({ id }): ShareInput => ({ kind: 'evidence', itemId: id })));
    const items = await live();
    expect(items.map(({ kind }) => kind).sort()).toEqual(['attachment', 'evidence', 'evidence', 'indicator', 'report', 'verification']);
    const report = items.find(({ kind }) => kind === 'report')!.content as unknown as Record<string, unknown>;
    expect(Object.keys(report).sort()).toEqual(['category', 'code', 'commune', 'communeEn', 'happenedOn', 'moneyLost', 'narrative']);
    expect(report['narrative']).toContain('120.000.000 đồng');
    expect(report['narrative']).toContain('https://vneid-20261122.example/otp');
    const page = await ask(party, path());
    for (const hidden of ['0912 345 678', '0912345678', '912345678', '19034567890123', 'me.toi@', 'Nông Thị Kín', 'kin@hopthu', '0987654321', 'Nông Thị Lan', 'secret']) {
      expect(JSON.stringify(items), hidden).not.toContain(hidden);
      expect(page.html, hidden).not.toContain(hidden);
    }
    expect(page.html).toContain('xưng ngân hàng');
    expect((items.find(({ kind }) => kind === 'verification')!.content as unknown as Record<string, unknown>)).not.toHaveProperty('officer');
  });

  test('a number whole only where that share says so', async () => {
    await as(office.drafter, (tx) => sql`update case_share set recalled_at = desk_now(), recalled_by = ctx_officer(), recall_reason = 'chia sẻ lại' where item_id = ${found.phone}`.execute(tx));
    await share({ kind: 'indicator', itemId: found.phone, full: true });
    expect(JSON.stringify(await live())).toMatch(/\+?84?0?912345678/);
    await expect(as(office.drafter, (tx) => sql`insert into case_share (case_id, agency_id, kind, item_id, full_value, officer_id, why, shared_at)
      values (${found.caseId}, ${party.agencyId}, 'report', ${found.reportId}, true, ${office.drafter.officerId}, 'thử', desk_now())`.execute(tx))).rejects.toThrow(/check/);
  });

  test.each([
    ['Gọi 0912345678 ngay', 'Gọi ••• ngay'], ['STK 1903.456.789.012 Techcombank', 'STK ••• Techcombank'], ['mất 20.000.000 đồng', 'mất 20.000.000 đồng'], ['mất 1.200.000.000đ', 'mất 1.200.000.000đ'],
    ['ngày 22/11/2026 lúc 09:40', 'ngày 22/11/2026 lúc 09:40'], ['+84 912 345 678', '•••'], ['a.b@c.example', '•••@c.example'], ['https://x-123456789.example/1234567890', 'https://x-123456789.example/1234567890'], ['số 012345678901 CCCD', 'số ••• CCCD'],
  ])('masks %s', async (words, masked) => {
    const { rows } = await sql<{ it: string }>`select masked_words(${words}) as it`.execute(desk.owner);
    expect(rows[0]!.it).toBe(masked);
  });

  test('the preview is what the party sees, and changes nothing', async () => {
    const before = await desk.owner.selectFrom('case_share').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    const page = await ask(office.drafter, withParty(), { do: 'xem-truoc', item: [`report.${found.reportId}`], why: 'Lời đang viết dở' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('Cơ quan này sẽ thấy');
    expect(page.html).toContain('Lời đang viết dở');
    expect(page.html).toContain('120.000.000 đồng');
    expect(page.html).not.toContain('0912 345 678');
    expect(await desk.owner.selectFrom('case_share').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).toEqual(before);
    const [whole] = [await as(office.drafter, (tx) => sql<{ content: object }>`select content from preview_items(${found.caseId}::uuid, '{report}', ${[found.reportId]}::uuid[], '{false}')`.execute(tx))];
    expect(whole.rows[0]!.content).toEqual((await live()).find(({ kind }) => kind === 'report')!.content);
  });
});

describe('receipts and recalls', () => {
  test('opening gives no receipt; pressing does, with name and time for the agency that leads', async () => {
    const [item] = await live();
    expect((await live()).every(({ readAt }) => readAt === null)).toBe(true);
    expect((await ask(party, path('/da-doc'), { share: item!.id })).to).toContain('xong=da-doc');
    expect((await live()).find(({ id }) => id === item!.id)!.readAt).toEqual(desk.clock.now());
    expect((await ask(office.drafter, withParty())).html).toContain('Triệu Văn Bên xác nhận đọc');
    await expect(as(party, (tx) => tx.updateTable('case_share').set({ read_at: tx.now }).execute())).rejects.toThrow(/permission/);
  });

  test('a recalled item is gone at the next request: the list, its picture, and a page already open', async () => {
    const picture = (await live()).find(({ kind }) => kind === 'attachment')!;
    const shown = await ask(party, path(`/anh/${picture.id}`));
    expect([shown.status, shown.type]).toEqual([200, 'image/jpeg']);
    expect((await ask(other, path(`/anh/${picture.id}`))).status).toBe(404);
    expect((await ask(office.drafter, withParty('/thu-hoi'), { share: picture.id, why: '' })).status).toBe(422);
    expect((await ask(office.drafter, withParty('/thu-hoi'), { share: picture.id, why: 'Ảnh không cần cho việc của nơi nhận.' })).status).toBe(303);
    expect((await ask(party, path(`/anh/${picture.id}`))).status).toBe(404);
    const rest = (await live()).filter(({ readAt }) => readAt === null);
    expect(rest.some(({ id }) => id === picture.id)).toBe(false);
    expect((await ask(party, path('/da-doc'), { share: [picture.id, rest[0]!.id] })).status).toBe(404);
    expect((await live()).find(({ id }) => id === rest[0]!.id)!.readAt).toBeNull();
    expect((await ask(party, path())).html).not.toContain(picture.id);
    const news = await desk.owner.selectFrom('notification').select(['kind', 'code']).where('officer_id', '=', party.officerId).execute();
    expect(news).toEqual(expect.arrayContaining([{ kind: 'share_new', code: found.number }, { kind: 'share_recalled', code: found.number }]));
  });

  test('the journal says who shared, read and recalled, and no contents', async () => {
    const rows = await desk.owner.selectFrom('journal').select(['action', 'detail', 'reason']).where('entity_id', '=', found.caseId).execute();
    expect(new Set(rows.map(({ action }) => action))).toEqual(expect.objectContaining(new Set(['include_party', 'share', 'read_share', 'recall_share'])));
    expect(JSON.stringify(rows)).not.toContain('xưng ngân hàng');
  });
});

describe('what a party says and sends back', () => {
  test('a message is read by both sides and by nobody else', async () => {
    expect((await ask(party, path('/nhan-tin'), { body: '' })).status).toBe(422);
    expect((await ask(party, path('/nhan-tin'), { body: 'Số này đã bị khóa từ hôm qua.' })).status).toBe(303);
    expect((await ask(office.drafter, withParty('/nhan-tin'), { body: 'Cảm ơn, xin gửi văn bản.' })).status).toBe(303);
    for (const [actor, where] of [[party, path()], [office.drafter, withParty()]] as const) {
      const { html } = await ask(actor, where);
      expect(html).toContain('Số này đã bị khóa từ hôm qua.');
      expect(html).toContain('Cảm ơn, xin gửi văn bản.');
    }
    expect((await ask(other, path('/nhan-tin'), { body: 'Xin chào' })).status).toBe(404);
    expect(await as(other, (tx) => tx.selectFrom('share_message').select('id').execute())).toEqual([]);
  });

  test('a file comes back with its hash and becomes evidence of kind document', async () => {
    const form = new FormData();
    form.set('file', new File([Buffer.from('%PDF-1.7\nvăn bản trả lời')], 'Trả lời số 12.pdf', { type: 'application/pdf' }));
    expect((await ask(party, path('/gui-tep'), form)).status).toBe(303);
    const file = await desk.owner.selectFrom('share_file').selectAll().executeTakeFirstOrThrow();
    const got = await ask(office.drafter, path(`/tep/${file.id}`));
    expect([got.status, got.bytes.toString()]).toEqual([200, '%PDF-1.7\nvăn bản trả lời']);
    expect((await ask(other, path(`/tep/${file.id}`))).status).toBe(404);
    expect((await ask(office.drafter, withParty('/chung-cu'), { file: file.id, description: 'Công văn trả lời của Công an tỉnh' })).status).toBe(303);
    const evidence = await desk.owner.selectFrom('evidence').select(['kind', 'sha256']).where('kind', '=', 'document').executeTakeFirstOrThrow();
    expect(evidence.sha256).toEqual(file.sha256);
    expect((await ask(office.drafter, withParty('/chung-cu'), { file: file.id, description: 'Lần nữa' })).status).toBe(409);
  });

  test.each([['a program', Buffer.from('MZ\0\0'), 'Chỉ nhận PDF'], ['a page', Buffer.from('<!doctype html><script>'), 'Chỉ nhận PDF'], ['nothing', Buffer.alloc(0), 'Chỉ nhận PDF'], ['too much', Buffer.alloc(10 * 1024 * 1024 + 1, 65), 'lớn hơn 10 MB']])('refuses %s', async (_what, bytes, words) => {
    const form = new FormData();
    form.set('file', new File([bytes], 'tep.pdf'));
    const answer = await ask(party, path('/gui-tep'), form);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(words);
  });

  test('no file for a harm whose pictures are never stored', async () => {
    const { caseId, reportIds: [reportId] } = await verifiedCase(desk, office, [reportOf({ category: 'intimate_images', narrative: 'Có người đăng ảnh riêng của tôi tại https://dien-dan-xau.example/bai/9', traces: '' })]);
    const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
    await as(office.drafter, async (tx) => {
      await includeParty(tx, office.drafter, caseId, party.agencyId, 'support');
      await shareItems(tx, office.drafter, caseId, party.agencyId, [{ kind: 'report', itemId: reportId! }], WHY);
    });
    const form = new FormData();
    form.set('file', new File([Buffer.from('%PDF-1.7')], 'a.pdf'));
    expect((await ask(party, `/can-bo/phoi-hop/${number}/gui-tep`, form)).html).toContain('không lưu ảnh');
    await expect(as(party, (tx) => tx.insertInto('share_file').values({ case_id: caseId, agency_id: party.agencyId, officer_id: party.officerId, name: 'a', media_type: 'application/pdf', bytes: 1, file_ref: 'x', sha256: Buffer.alloc(32), at: tx.now, evidence_id: null }).execute())).rejects.toThrow(/never stored/);
  });
});

describe('taking part', () => {
  test('ends with everything taken back; beginning again shows nothing of before', async () => {
    expect((await live()).length).toBeGreaterThan(0);
    expect((await ask(office.drafter, withParty('/thoi'), { why: 'Đã xong phần việc.' })).status).toBe(303);
    expect((await ask(party, path())).status).toBe(404);
    expect(await live()).toEqual([]);
    const open = await desk.owner.selectFrom('case_share').select('id').where('case_id', '=', found.caseId).where('recalled_at', 'is', null).execute();
    expect(open).toEqual([]);
    await as(office.drafter, (tx) => includeParty(tx, office.drafter, found.caseId, party.agencyId, 'support'));
    expect(await live()).toEqual([]);
    expect((await ask(party, path())).status).toBe(200);
  });

  test('is given from the directory by a case officer or leader of the agency that leads, and by nobody else', async () => {
    const bank = await agencyId(desk, 'vnpt');
    expect((await ask(office.drafter, path('/chia-se/them-co-quan'), { agency: bank, part: 'acting' })).to).toContain(bank);
    expect((await ask(office.drafter, path('/chia-se/them-co-quan'), { agency: bank, part: 'former' })).status).toBe(422);
    expect((await ask(office.drafter, path('/chia-se/them-co-quan'), { agency: '01999999-9999-7999-8999-999999999999', part: 'support' })).status).toBe(422);
    expect((await ask(party, path('/chia-se/them-co-quan'), { agency: bank, part: 'support' })).status).toBe(404);
    expect((await ask(office.clerk, path('/chia-se'))).status).toBe(404);
  });

  test('an item of another case, or one before the gate, is refused by the database', async () => {
    const elsewhere = await verifiedCase(desk, office, [reportOf({ narrative: 'Chuyện của vụ khác tại https://khac-han.example/x' })]);
    await expect(share({ kind: 'report', itemId: elsewhere.reportIds[0]! })).rejects.toThrow(/not an item of this case/);
  });
});
