import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { recordArrival } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { mailTag, replyAddress } from '#platform/mail-tag.ts';
import { takeArrival } from '#modules/channels/commands/taking.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

const MAILBOX = 'baocao@lachan.example';
let desk: TestDesk;

beforeAll(async () => {
  desk = await testDesk({ MAIL_FROM: `Lá Chắn <${MAILBOX}>`, DNS_SERVERS: '127.0.0.1:9' });
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
});

const letter = (headers: string, body: string) => Buffer.from(`${headers}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`);
const FROM = 'From: Nguyễn Thị Hoa <hoa@nguoidan.example>\r\nTo: baocao@lachan.example';

/** Keeps a mail as the mailbox does and reads it as the job does. */
async function arrive(raw: Buffer): Promise<{ id: string; state: string; reason: string | null; reportId: string | null }> {
  const { id } = await recordArrival(desk, {
    channel: 'email', media: 'mail', receiver: MAILBOX, sender: 'hoa@nguoidan.example', externalKey: createHash('sha256').update(raw).digest('hex'), original: raw, officerId: null,
    document: null, arrivedAt: desk.clock.now(), facts: {},
  });
  await takeArrival(desk, id);
  return inTransaction(desk, system('test'), async (tx) => {
    const row = await tx.selectFrom('arrival').select(['state', 'reason', 'report_id']).where('id', '=', id).executeTakeFirstOrThrow();
    return { id, state: row.state, reason: row.reason, reportId: row.report_id };
  });
}

const report = (id: string) => desk.owner.selectFrom('report').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const messages = (id: string) => desk.owner.selectFrom('message').selectAll().where('report_id', '=', id).orderBy('at').execute();

describe('a mail', () => {
  test('becomes a report with its channel, category for the time being, sealed sender and original', async () => {
    const raw = letter(`${FROM}\r\nSubject: Trang giả mạo\r\nMessage-ID: <m1@nguoidan.example>`, 'Trang hxxps://vneid-capnhat[.]example/dk giả mạo VNeID, tôi suýt mất tiền.');
    const arrived = await arrive(raw);
    expect(arrived).toMatchObject({ state: 'taken', reason: null });
    const taken = await report(arrived.reportId!);
    expect(taken).toMatchObject({ channel: 'email', category: 'phishing_impersonation', reporter_kind: 'person', language: 'vi' });
    expect(taken.narrative).toContain('Trang giả mạo');
    const row = await desk.owner.selectFrom('arrival').selectAll().where('id', '=', arrived.id).executeTakeFirstOrThrow();
    expect(desk.keys.unseal('arrival', row.sender_sealed!, row.id)!.toString()).toBe('hoa@nguoidan.example');
    expect(await desk.files.get(row.original_ref!)).toEqual(raw);
    expect(row.facts).toMatchObject({ messageId: '<m1@nguoidan.example>', auth: { dmarc: expect.any(String) } });
    await takeArrival(desk, arrived.id);
    expect((await arrive(raw)).reportId).toBe(arrived.reportId);
    expect(await desk.owner.selectFrom('report').select('id').where('channel', '=', 'email').execute()).toHaveLength(1);
  });

  test('to a reply address joins its conversation, once, whatever its subject', async () => {
    const { reportId } = await arrive(letter(`${FROM}\r\nSubject: Một trang lừa khác`, 'Họ lừa qua trang shopee-tri-an.example, xin giúp.'));
    const to = replyAddress(MAILBOX, mailTag(reportId!, (data) => desk.keys.mac('mail-tag', data)));
    const raw = letter(`From: hoa@nguoidan.example\r\nTo: ${to}\r\nSubject: PA-04-000000-0000-0\r\nIn-Reply-To: <x@lachan.example>`, 'Tôi gửi thêm: họ gọi lại từ số lạ.\r\n\r\n> thư cũ của cơ quan');
    const reply = await arrive(raw);
    expect(reply).toMatchObject({ state: 'threaded', reportId });
    await takeArrival(desk, reply.id);
    const said = await messages(reportId!);
    expect(said.map(({ sent_by, body }) => [sent_by, body])).toEqual([['reporter', 'Tôi gửi thêm: họ gọi lại từ số lạ.']]);
    const forged = to.replace(/\+(.)/, (_, letter: string) => `+${letter === '0' ? '1' : '0'}`);
    expect((await arrive(letter(`From: ke-la@khac.example\r\nTo: ${forged}\r\nSubject: chen vao`, 'Tôi muốn chen vào cuộc trao đổi này.'))).state).toBe('taken');
    expect(await messages(reportId!)).toHaveLength(1);
  });

  test.each([
    ['an automatic answer', 'Auto-Submitted: auto-replied\r\nSubject: Trả lời tự động', 'auto_reply'],
    ['our own letter', 'X-Lachan: 1\r\nSubject: Đã nhận', 'loop'],
    ['a newsletter', 'List-Id: <tin@bao.example>\r\nPrecedence: bulk\r\nSubject: Bản tin tuần', 'list'],
  ])('%s is set aside and answered by nobody', async (_, header, reason) => {
    expect(await arrive(letter(`${FROM}\r\n${header}`, 'Nội dung tự động.'))).toMatchObject({ state: 'set_aside', reason, reportId: null });
  });

  test('too deep, too many parts or empty is quarantined with the reason, and the next one is taken', async () => {
    const parts = `From: bom@khac.example\r\nSubject: bom\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\nContent-Type: text/plain\r\n\r\nA\r\n'.repeat(10_000)}--x--\r\n`;
    expect(await arrive(Buffer.from(parts))).toMatchObject({ state: 'quarantined', reason: 'too_many_parts' });
    expect(await arrive(Buffer.from(`From: a@khac.example\r\nX-Pad: ${'a'.repeat(50_000_000)}\r\n\r\nx`))).toMatchObject({ state: 'quarantined', reason: expect.stringMatching(/too_large/) });
    expect(await arrive(Buffer.from('   \r\n'))).toMatchObject({ state: 'quarantined' });
    expect(await arrive(letter(`${FROM}\r\nSubject: Sau bom`, 'Thư bình thường sau thư bom vẫn được nhận.'))).toMatchObject({ state: 'taken' });
  });

  test('a hostile picture goes to the quarantine alone; its report is taken', async () => {
    const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('không phải ảnh')]).toString('base64');
    const raw = Buffer.from(`${FROM}\r\nSubject: Anh chup\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTôi gửi ảnh chụp màn hình.\r\n--b\r\nContent-Type: image/jpeg; name="a.jpg"\r\nContent-Disposition: attachment; filename="a.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${picture}\r\n--b--\r\n`);
    const arrived = await arrive(raw);
    expect(arrived.state).toBe('taken');
    const refused = await desk.owner.selectFrom('arrival').selectAll().where('media', '=', 'picture').execute();
    expect(refused.map(({ state, reason, facts }) => ({ state, reason, facts }))).toEqual([{ state: 'quarantined', reason: 'picture_broken', facts: { pictureOf: arrived.reportId } }]);
  });

  test('that speaks of intimate pictures keeps its words only', async () => {
    const arrived = await arrive(letter(`${FROM}\r\nSubject: Xin giup`, 'Nó dọa tung ảnh nóng của tôi nếu không chuyển tiền.'));
    expect((await report(arrived.reportId!)).category).toBe('intimate_images');
    expect((await desk.owner.selectFrom('arrival').select('original_ref').where('id', '=', arrived.id).executeTakeFirstOrThrow()).original_ref).toBeNull();
  });
});
