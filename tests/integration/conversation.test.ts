import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import type { Role } from '#catalogue/roles.ts';
import type { GateAnswers } from '#core/gate.ts';
import { answerAllReporters, answerReporter, answerGate, askReporter, caseRoutes } from '#modules/cases/index.ts';
import { addNote } from '#modules/cases/commands/notes.ts';
import { approveText, proposeText, retireText } from '#modules/cases/commands/texts.ts';
import { messagesOf } from '#modules/cases/queries.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { gatekeeper } from '#modules/identity/index.ts';
import { intakeRoutes, recordArrival, submitReport, type NewArrival, type NewReport, type Receipt } from '#modules/intake/index.ts';
import { reporterView } from '#modules/intake/queries.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Forbidden, Invalid } from '#platform/errors.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { testDesk } from '../support/desk.ts';
import { signInForTest } from '../support/identity.ts';

const desk = await testDesk();
const app = httpApp({
  desk, routes: [...caseRoutes, ...intakeRoutes], gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(), assets: { href: (name) => `/tinh/${name}`, files: new Map() },
});
const NO = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;
const SECRET_NOTE = 'Ghi chú: đã gọi ngân hàng hỏi, chờ họ trả lời trước thứ sáu.';

interface Person {
  readonly actor: OfficerActor;
  readonly cookie: string;
}
let lan: Person;
let ha: Person;
let tai: Person;
let kiem: Person;
let stranger: Person;

async function person(key: string, roles: readonly Role[], name: string): Promise<Person> {
  const { id } = await desk.owner.selectFrom('agency').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  return signInForTest(desk, { agencyId: id, roles, name });
}

beforeAll(async () => {
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  lan = await person('so-vhttdl', ['intake', 'case_officer'], 'Nông Thị Lan');
  ha = await person('so-vhttdl', ['case_officer'], 'Lý Thu Hà');
  tai = await person('so-vhttdl', ['reviewer'], 'Hoàng Văn Tài');
  kiem = await person('so-vhttdl', ['auditor'], 'Lý Thị Kiểm');
  stranger = await person('vnpt', ['intake', 'case_officer', 'reviewer'], 'Triệu Văn Xa');
});

let serial = 0;
const LINK = 'https://hoi-dap.example/vay';
const arrive = (changes: Partial<NewReport> = {}): Promise<Receipt> => submitReport(desk, {
  channel: 'web', category: 'scam', situation: null, narrative: `Người thứ ${serial += 1} bị trang ${LINK} lừa đặt cọc khoản vay.`, traces: '', happenedOn: null, moneyLost: null,
  inDanger: false, forChild: false, communeCode: null, contact: null, senderAgencyId: null, uploads: [], language: 'vi', idempotencyKey: `khoa-tro-chuyen-${serial}`, ...changes,
});
const as = <T>(who: Person, work: (tx: Tx, actor: OfficerActor) => Promise<T>) => inTransaction(desk, who.actor, (tx) => work(tx, who.actor));
const pass = (id: string) => as(lan, (tx, actor) => answerGate(desk, tx, actor, id, NO, []));
const later = () => desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));

async function send(who: Person | null, path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await app.request(path, {
    method: form ? 'POST' : 'GET', headers: { ...(who && { cookie: who.cookie }), 'sec-fetch-site': 'same-origin', ...headers }, body: form && new URLSearchParams(form),
  });
  return { status: response.status, location: response.headers.get('location'), cookie: response.headers.get('set-cookie'), html: await response.text() };
}
const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const bodies = async (id: string): Promise<string[]> => (await desk.owner.selectFrom('message').select('body').where('report_id', '=', id).orderBy('at').orderBy('id').execute()).map(({ body }) => body);

/** Everything a reporter can reach with code and secret: the view, and the page. */
async function reporterSees(receipt: Receipt): Promise<string> {
  const opened = await send(null, '/tra-cuu', { code: receipt.code, secret: receipt.secret });
  expect(opened.status).toBeLessThan(400);
  const page = opened.location ? await send(null, opened.location, undefined, opened.cookie ? { cookie: opened.cookie.split(';')[0]! } : {}) : opened;
  return JSON.stringify(await reporterView(desk, receipt.id)) + page.html;
}

describe('internal notes', () => {
  it('are never on the page or in the view of the reporter, nor with another agency', async () => {
    const receipt = await arrive();
    const { caseId } = await pass(receipt.id);
    const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId!).executeTakeFirstOrThrow();
    const report = `/can-bo/phan-anh/${receipt.code}`;
    expect((await send(lan, `${report}/ghi-chu`, { note: SECRET_NOTE })).location).toBe(`${report}?xong=da-ghi-chu`);
    expect((await send(lan, `/can-bo/vu-viec/${number}/ghi-chu`, { note: `${SECRET_NOTE} Cả vụ.` })).location).toContain('da-ghi-chu');
    expect((await send(lan, `${report}/ghi-chu`, { note: '  ' })).status).toBe(422);
    await as(lan, (tx, actor) => answerReporter(desk, tx, actor, receipt.id, 'Cảm ơn bạn, trang này đã được xác minh là lừa đảo.'));

    for (const who of [lan, ha, kiem]) {
      const page = await send(who, report);
      expect(page.html).toContain('gọi ngân hàng');
      expect(text(page.html)).toContain('Ghi chú nội bộ, không bao giờ gửi đi');
      // Not among the messages: another section, another list.
      expect(/<ol class="talk">(.*?)<\/ol>/s.exec(page.html)![1]).not.toContain('gọi ngân hàng');
      expect((await send(who, `/can-bo/vu-viec/${number}`)).html).toContain('Cả vụ.');
    }
    const seen = await reporterSees(receipt);
    expect(seen).toContain('đã được xác minh là lừa đảo');
    expect(seen).not.toContain('gọi ngân hàng');
    expect(await inTransaction(desk, { kind: 'reporter', reportId: receipt.id }, (tx) => tx.selectFrom('note').selectAll().execute())).toEqual([]);
    expect(await as(stranger, (tx) => tx.selectFrom('note').selectAll().execute())).toEqual([]);
    expect((await send(stranger, report)).status).toBe(404);
    // Written once, changed never; by officers of the agency only.
    await expect(as(lan, (tx) => sql`update note set body = 'khác'`.execute(tx))).rejects.toThrow();
    await expect(as(stranger, (tx, actor) => addNote(tx, actor, { reportId: receipt.id }, 'xin xem'))).rejects.toThrow();
    const journal = await desk.owner.selectFrom('journal').select('detail').where('action', '=', 'note').execute();
    expect(JSON.stringify(journal)).not.toContain('gọi ngân hàng');
  });

  it('go with what a stop withholds', async () => {
    const { id, code } = await arrive({ narrative: 'Xã tôi có người chê cán bộ trên mạng, xin xử lý giúp.' });
    await as(lan, (tx, actor) => addNote(tx, actor, { reportId: id }, SECRET_NOTE));
    await as(lan, (tx, actor) => answerGate(desk, tx, actor, id, { ...NO, opinion: true }, []));
    expect((await send(lan, `/can-bo/phan-anh/${code}`)).html).not.toContain('gọi ngân hàng');
    expect(await as(lan, (tx) => tx.selectFrom('note').select('id').where('report_id', '=', id).execute())).toEqual([]);
    expect((await send(lan, `/can-bo/phan-anh/${code}/ghi-chu`, { note: 'thêm nữa' })).status).toBe(409);
  });
});

describe('read states', () => {
  it('turn from unread to the time of reading when the reporter opens the page', async () => {
    const receipt = await arrive();
    await as(lan, (tx, actor) => askReporter(desk, tx, actor, receipt.id, 'Bạn còn ảnh chụp tin nhắn không?'));
    expect(text((await send(lan, `/can-bo/phan-anh/${receipt.code}`)).html)).toContain('chưa đọc');
    later();
    await reporterSees(receipt);
    const [message] = await as(lan, (tx) => messagesOf(tx, receipt.id));
    expect(message!.readAt).toEqual(desk.clock.now());
    const page = text((await send(lan, `/can-bo/phan-anh/${receipt.code}`)).html);
    expect(page).toMatch(/đã đọc lúc \d\d:\d\d ngày 22\/11\/2026/);
    expect(page).not.toContain('chưa đọc');
  });
});

describe('texts to answer with', () => {
  const TEXT = { title: 'Khuyên gọi ngân hàng', bodyVi: 'Bạn hãy gọi ngay tổng đài ngân hàng và yêu cầu tạm khóa giao dịch.', bodyEn: 'Please call your bank at once and ask it to hold the transaction.' };
  const approved = async (changes: Partial<typeof TEXT> = {}): Promise<string> => {
    const id = await as(lan, (tx, actor) => proposeText(tx, actor, { ...TEXT, ...changes }));
    await as(ha, (tx, actor) => approveText(tx, actor, id));
    return id;
  };

  it('need a second person, in the command, in the database and on the screen', async () => {
    expect((await send(lan, '/can-bo/cau-mau', { textTitle: TEXT.title, bodyVi: TEXT.bodyVi, bodyEn: '' })).status).toBe(422);
    expect((await send(lan, '/can-bo/cau-mau', { textTitle: TEXT.title, bodyVi: TEXT.bodyVi, bodyEn: TEXT.bodyEn })).location).toBe('/can-bo/cau-mau?xong=da-de-xuat');
    const { id } = await desk.owner.selectFrom('canned_text').select('id').where('state', '=', 'proposed').executeTakeFirstOrThrow();
    await expect(as(lan, (tx, actor) => approveText(tx, actor, id))).rejects.toThrow(Forbidden);
    await expect(as(lan, (tx, actor) => sql`update canned_text set state = 'approved', approver_id = ${actor.officerId} where id = ${id}`.execute(tx))).rejects.toThrow();
    await expect(as(lan, (tx) => sql`update canned_text set state = 'approved', approver_id = ${ha.actor.officerId} where id = ${id}`.execute(tx))).rejects.toThrow(/second person/);
    await expect(as(lan, (tx) => sql`update canned_text set body_vi = 'sửa lại cho hay' where id = ${id}`.execute(tx))).rejects.toThrow();
    expect((await send(lan, `/can-bo/cau-mau/${id}/duyet`, {})).status).toBe(403);
    const own = await send(lan, '/can-bo/cau-mau');
    expect(text(own.html)).toContain('Bạn đề xuất câu này, nên người khác duyệt.');
    expect(own.html).not.toContain(`/can-bo/cau-mau/${id}/duyet`);
    expect((await send(kiem, '/can-bo/cau-mau')).html).not.toContain('<form method="post" action="/can-bo/cau-mau');
    expect((await send(kiem, `/can-bo/cau-mau/${id}/duyet`, {})).status).toBe(404);
    expect((await send(stranger, `/can-bo/cau-mau/${id}/duyet`, {})).status).toBe(404);
    // Before the approval nobody is offered it.
    const { code } = await arrive();
    expect((await send(lan, `/can-bo/phan-anh/${code}`)).html).not.toContain(TEXT.title);
    expect((await send(lan, `/can-bo/phan-anh/${code}/hoi`, { canned: id, body: '' })).status).toBe(422);
    expect((await send(tai, `/can-bo/cau-mau/${id}/duyet`, {})).location).toContain('da-duyet-cau');
    expect((await send(ha, `/can-bo/cau-mau/${id}/duyet`, {})).status).toBe(409);
    expect((await send(lan, `/can-bo/phan-anh/${code}`)).html).toContain(`<option value="${id}">${TEXT.title}</option>`);
    expect((await send(lan, `/can-bo/cau-mau/${id}/bo`, { reason: '' })).status).toBe(422);
    expect((await send(lan, `/can-bo/cau-mau/${id}/bo`, { reason: 'Tổng đài đã đổi số' })).location).toContain('da-bo-cau');
    expect((await send(lan, '/can-bo/cau-mau')).html).toContain('Tổng đài đã đổi số');
    expect((await send(lan, `/can-bo/phan-anh/${code}`)).html).not.toContain(TEXT.title);
    await expect(as(ha, (tx, actor) => retireText(tx, actor, id, 'lần nữa'))).rejects.toThrow(Conflict);
    await expect(as(lan, (tx, actor) => proposeText(tx, actor, { ...TEXT, bodyEn: 'No' }))).rejects.toThrow(Invalid);
  });

  it('go out in the reporter’s language, before the officer’s own words', async () => {
    const id = await approved();
    const [vi, en] = [await arrive(), await arrive({ language: 'en' })];
    expect((await send(lan, `/can-bo/phan-anh/${vi.code}/hoi`, { canned: id, body: 'Bạn gọi được chưa?' })).location).toContain('da-hoi');
    expect((await send(lan, `/can-bo/phan-anh/${en.code}/hoi`, { canned: 'link', body: '' })).location).toContain('da-hoi');
    expect(await bodies(vi.id)).toEqual([`${TEXT.bodyVi}\n\nBạn gọi được chưa?`]);
    expect((await bodies(en.id))[0]).toMatch(/^Please send us the full link/);
    await pass(en.id);
    expect((await send(lan, `/can-bo/phan-anh/${en.code}/tra-loi`, { canned: id, body: 'Thank you.' })).location).toContain('da-tra-loi');
    expect((await bodies(en.id))[1]).toBe(`${TEXT.bodyEn}\n\nThank you.`);
  });

  it('are put into the field by a button that keeps what was typed and sends nothing', async () => {
    const id = await approved({ title: 'Chèn thử' });
    const { id: reportId, code } = await arrive();
    const page = await send(lan, `/can-bo/phan-anh/${code}/hoi`, { canned: id, body: 'Chị ơi, thêm một việc.', insert: '1' });
    expect(page.status).toBe(200);
    const area = /<textarea[^>]*name="body"[^>]*>([^<]*)</.exec(page.html)![1];
    expect(area).toBe(`${TEXT.bodyVi}\n\nChị ơi, thêm một việc.`);
    expect(page.html).not.toContain(`<option value="${id}" selected`);
    expect(await bodies(reportId)).toEqual([]);
    expect((await send(lan, `/can-bo/phan-anh/${code}/hoi`, { canned: '', body: 'giữ nguyên lời này', insert: '1' })).html).toContain('giữ nguyên lời này');
    expect((await send(stranger, `/can-bo/phan-anh/${code}/hoi`, { canned: 'link', body: '', insert: '1' })).status).toBe(404);
  });
});

describe('one answer to all', () => {
  it('shows how each is reached, and goes out in the language of each', async () => {
    const link = 'https://tra-loi-chung.example/nap';
    const words = () => `Trang ${link} lấy tiền cọc, người thứ ${serial}.`;
    const all = [
      await arrive({ narrative: words() }), await arrive({ narrative: words(), language: 'en' }), await arrive({ narrative: words(), language: 'en', contact: { email: 'reader@mail.example' } }),
      await arrive({ narrative: words(), channel: 'phone', contact: { phone: '0900000001' } }), await arrive({ narrative: words(), channel: 'phone' }),
    ];
    let caseId = '';
    for (const { id } of all) ({ caseId = '' } = await pass(id));
    const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
    const page = await send(lan, `/can-bo/vu-viec/${number}`);
    // This desk sends no mail and no text messages, and says so.
    expect(text(page.html)).toContain('Người phản ánh biết tin: 4 trên trang theo dõi, 1 cần gọi điện.');
    expect(text(page.html)).toContain('2 người đọc tiếng Anh');
    expect(text((await send(lan, `/can-bo/phan-anh/${all[3]!.code}`)).html)).toContain('Cần gọi điện');
    expect(text((await send(lan, `/can-bo/phan-anh/${all[4]!.code}`)).html)).not.toContain('Cần gọi điện');
    const short = await send(lan, `/can-bo/vu-viec/${number}/tra-loi`, { body: 'Đã xác minh là lừa đảo.', bodyEn: 'No' });
    expect([short.status, short.html.includes('Đã xác minh là lừa đảo.')]).toEqual([422, true]);
    const sent = await send(lan, `/can-bo/vu-viec/${number}/tra-loi`, { body: 'Đã xác minh là lừa đảo.', bodyEn: 'We verified that it is a scam.' });
    expect(sent.location).toContain('da-tra-loi-het');
    expect(await Promise.all(all.map(async ({ id }) => (await bodies(id)).at(-1)))).toEqual([
      'Đã xác minh là lừa đảo.', 'We verified that it is a scam.', 'We verified that it is a scam.', 'Đã xác minh là lừa đảo.', 'Đã xác minh là lừa đảo.',
    ]);
    expect((await send(lan, `/can-bo/vu-viec/${number}/tra-loi`, { body: 'Lần nữa cho chắc.' })).status).toBe(409);
  });

  it('asks for no English where nobody reads it, and falls back to Vietnamese', async () => {
    const [only] = [await arrive({ narrative: 'Chỉ có https://mot-minh.example/x gọi tôi góp vốn.', language: 'vi' })];
    const { caseId } = await pass(only.id);
    const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId!).executeTakeFirstOrThrow();
    expect((await send(lan, `/can-bo/vu-viec/${number}`)).html).not.toContain('name="bodyEn"');
    const english = await arrive({ narrative: 'Only https://mot-minh.example/x called me.', language: 'en' });
    await pass(english.id);
    expect(await as(lan, (tx, actor) => answerAllReporters(desk, tx, actor, caseId!, { vi: 'Đã trả lời chung.' }))).toBe(2);
    expect((await bodies(english.id)).at(-1)).toBe('Đã trả lời chung.');
  });
});

describe('how a report arrived', () => {
  it('stands on its page: to whom, when, what proved the sender, the sealed original by its hash', async () => {
    const arrival: NewArrival = {
      channel: 'email', media: 'mail', receiver: 'phananh@so-vhttdl.example', sender: 'nguoi-gui@mail.example', externalKey: `<thu-${serial}@mail.example>`,
      original: Buffer.from('From: nguoi-gui@mail.example\r\n\r\nTôi bị lừa.'), officerId: null, document: { number: 123, year: 2026 }, arrivedAt: desk.clock.now(),
      facts: { auth: { spf: 'pass', dkim: 'fail', dmarc: 'temperror' } },
    };
    const { id: arrivalId } = await recordArrival(desk, arrival);
    const { code } = await arrive({ channel: 'email', arrivalId });
    const page = await send(lan, `/can-bo/phan-anh/${code}`);
    const words = text(page.html);
    for (const part of ['Bằng Thư điện tử Nơi nhận', 'phananh@so-vhttdl.example', '123/2026', 'SPF khớp', 'DKIM không khớp', 'DMARC không kiểm tra được', 'đã niêm phong, 48 B']) expect(words).toContain(part);
    expect(page.html).toMatch(/SHA-256 <span class="mono hash">[0-9a-f]{64}/);
    expect(page.html).not.toContain('nguoi-gui@mail.example');
    expect(text((await send(lan, `/can-bo/phan-anh/${(await arrive()).code}`)).html)).not.toContain('Đã đến thế nào');
  });
});
