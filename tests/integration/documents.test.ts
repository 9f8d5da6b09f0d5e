import { sql } from 'kysely';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { nextDocumentNumber, requireFreeNumber } from '#modules/channels/commands/counter.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { numberOf, reserveDocument } from '#modules/documents/index.ts';
import { fileDocument } from '#modules/documents/commands/filing.ts';
import { passOn, registerIncoming } from '#modules/documents/commands/incoming.ts';
import { cancelOutgoing, issueNumber, recordDispatch, type NewNumber } from '#modules/documents/commands/outgoing.ts';
import { incomingById, incomingRegister, outgoingRegister } from '#modules/documents/queries/registers.ts';
import { recordArrival } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addOfficer, signIn } from '../support/people.ts';
import { signedPdf } from '../support/signed-pdf.ts';

const OUT = '/can-bo/so-van-ban/di';
const IN = '/can-bo/so-van-ban/den';
/** Friday 20/11/2026, 09:00 in Vietnam; Tuesday 24/11 is a day off. */
const FRIDAY = new Date('2026-11-20T02:00:00Z');
const NO_TASKS = { open: async () => {}, end: async () => {} };
type Who = { actor: OfficerActor; browser: TestBrowser };
let desk: TestDesk;
let app: Hono;
let clerk: Who;
let drafter: Who;
let foreign: Who;

beforeAll(async () => {
  desk = await testDesk();
  desk.clock.set(FRIDAY);
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1e6);
  clerk = await officer('so-vhttdl', ['clerk'], 'Lục Thị Hoa');
  drafter = await officer('so-vhttdl', ['case_officer'], 'Nông Thị Lan');
  foreign = await officer('cong-an-tinh', ['clerk', 'leader', 'auditor'], 'Bế Văn Thư');
});

async function officer(agency: string, roles: Parameters<typeof signIn>[2], name: string): Promise<Who> {
  const { actor, cookie } = await signIn(desk, agency, roles, name);
  const browser = new TestBrowser(app);
  const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
  browser.cookies.set(key, value);
  return { actor, browser };
}

const as = <T,>({ actor }: Who, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(desk, actor, work);
let count = 0;

function reserve(title = 'Đề nghị phối hợp ngăn chặn trang giả mạo', who = drafter): Promise<string> {
  const id = `01999999-9999-7999-8999-${String(++count).padStart(12, '0')}`;
  return as(who, (tx) => reserveDocument(tx, who.actor, { kind: 'cong_van', title, addressees: ['Công an tỉnh Cao Bằng'], source: { entity: 'case', id, href: '/can-bo/vu-viec/VV-04-2026-0001' } }));
}

const NUMBER: NewNumber = {
  kind: 'cong_van', title: 'Đề nghị phối hợp ngăn chặn trang giả mạo', urgency: null, addressees: ['Công an tỉnh Cao Bằng'], signer: 'Nông Thị Bích Ngọc, Giám đốc', number: 1, symbol: 'SVHTTDL-QLTTBCXB', on: '2026-11-20',
  gapReason: null, copies: 3, keptBy: 'Văn thư', dispatchedOn: null, receipt: '', note: '',
};
const issue = (id: string, more: Partial<NewNumber> = {}, who = clerk) => as(who, (tx) => issueNumber(tx, who.actor, id, { ...NUMBER, ...more }));
/** The last number given, by the register itself. */
const last = async () => Math.max(0, ...(await desk.owner.selectFrom('document_out').select('number').where('agency_id', '=', clerk.actor.agencyId).where('year', '=', 2026).execute()).map(({ number }) => number ?? 0));

describe('outgoing', () => {
  test('what a room reserves waits, gets its number and day from the clerk, and tells who reserved', async () => {
    const id = await reserve();
    const listed = await drafter.browser.get(OUT);
    expect(listed.html).toContain('Công văn: Đề nghị phối hợp ngăn chặn trang giả mạo');
    expect(listed.html).not.toContain(`href="${OUT}/them"`);
    expect((await drafter.browser.get(`${OUT}/${id}`)).html).toContain('Văn thư của cơ quan cấp số.');
    const page = await clerk.browser.get(`${OUT}/${id}`);
    expect(page.html).toContain('Số tiếp theo là 1.');
    expect(page.html).toContain('value="SVHTTDL"');
    const sent = await clerk.browser.post(`${OUT}/${id}/cap-so`, {
      number: '1', symbol: 'SVHTTDL-QLTTBCXB', on: '20/11/2026', kind: 'cong_van', title: NUMBER.title, addressees: '- Công an tỉnh Cao Bằng;\nNgân hàng Nhà nước chi nhánh Khu vực 5.', signer: NUMBER.signer, urgency: 'khan',
      copies: '03', kept_by: 'Văn thư', dispatched: '20/11/2026', receipt: 'EMS 12345', note: '',
    });
    expect(sent).toMatchObject({ status: 303, location: `${OUT}/${id}?xong=cap-so` });
    const [row] = await as(clerk, (tx) => outgoingRegister(tx, { from: '2026-01-01', to: '2026-12-31' }));
    expect(row).toMatchObject({ number: 1, symbol: 'SVHTTDL-QLTTBCXB', issuedOn: '2026-11-20', copies: 3, addressees: ['Công an tỉnh Cao Bằng', 'Ngân hàng Nhà nước chi nhánh Khu vực 5'], urgency: 'khan', issuedBy: 'Lục Thị Hoa' });
    expect(await as(drafter, (tx) => numberOf(tx, { entity: 'case', id: '01999999-9999-7999-8999-000000000001' }, 'cong_van'))).toEqual({ number: '01', symbol: 'SVHTTDL-QLTTBCXB', on: '2026-11-20' });
    expect(await desk.owner.selectFrom('notification').select(['officer_id', 'kind', 'code', 'href']).execute()).toEqual([
      { officer_id: drafter.actor.officerId, kind: 'document_numbered', code: '01/SVHTTDL-QLTTBCXB', href: '/can-bo/vu-viec/VV-04-2026-0001' }]);
    const shown = (await drafter.browser.get(`${OUT}/${id}`)).html;
    for (const text of ['01/SVHTTDL-QLTTBCXB', '20/11/2026', 'Nông Thị Bích Ngọc, Giám đốc', 'EMS 12345', 'Mở tài liệu']) expect(shown).toContain(text);
  });

  test('nobody but the clerk issues, not even in SQL', async () => {
    const id = await reserve();
    expect((await drafter.browser.post(`${OUT}/${id}/cap-so`, { number: '2' })).status).toBe(404);
    await expect(issue(id, { number: 2 }, drafter)).rejects.toThrow(/only the clerk/);
    await expect(as(drafter, (tx) => sql`update document_out set title = 'khác' where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/only the clerk/);
    await expect(as(drafter, (tx) => sql`insert into document_out (agency_id, kind, title, source_entity, source_id, href, reserved_by, reserved_at)
      values (${drafter.actor.agencyId}, 'cong_van', 'x', 'register', gen_random_uuid(), '/can-bo/x', ${drafter.actor.officerId}, now())`.execute(tx))).rejects.toThrow(/only the clerk/);
  });

  test('a number is next, once, in the order of the days; a gap has a reason', async () => {
    const [a, b, c, d] = [await reserve('Một'), await reserve('Hai'), await reserve('Ba'), await reserve('Bốn')];
    const next = await last() + 1;
    const fields = (promise: Promise<unknown>) => promise.then(() => null, (error: { details?: { fields?: unknown } }) => error.details?.fields ?? error);
    expect(await fields(issue(a, { number: next + 2 }))).toEqual({ gap_reason: 'gap' });
    expect(await fields(issue(a, { number: next, on: '2026-11-21' }))).toEqual({ on: 'ahead' });
    await issue(a, { number: next });
    expect(await fields(issue(b, { number: next }))).toEqual({ gap_reason: 'gap' });
    expect(await fields(issue(b, { number: next, gapReason: 'Viết lại số cũ' }))).toEqual({ number: 'taken' });
    expect(await fields(issue(b, { number: next + 1, on: '2026-11-19' }))).toEqual({ on: 'order' });
    await issue(b, { number: next + 2, gapReason: 'Số trước dành cho văn bản giấy đã ký' });
    await issue(c, { number: next + 1, gapReason: 'Văn bản giấy đã ký sáng nay' });
    expect((await clerk.browser.get(OUT)).html).not.toContain('còn trống số');
    await issue(d, { number: next + 5, gapReason: 'Sổ giấy đã dùng đến số trước' });
    expect((await clerk.browser.get(OUT)).html).toContain(`Năm 2026 còn trống số: ${next + 3}–${next + 4}.`);
    // 1/1 begins a series of its own; the old year keeps its order.
    const january = await reserve('Tháng Một');
    desk.clock.set(new Date('2027-01-04T02:00:00Z'));
    await issue(january, { number: 1, on: '2027-01-04' }).finally(() => desk.clock.set(FRIDAY));
  });

  test('two clerks at the same moment do not get the same number', async () => {
    const other = { actor: await addOfficer(desk, 'so-vhttdl', ['clerk'], 'Hà Thị Mai'), browser: clerk.browser };
    const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => reserve(`Cùng lúc ${index}`)));
    const next = await last() + 1;
    const outcomes = await Promise.allSettled(ids.map((id, index) => issue(id, { number: next }, index % 2 === 0 ? clerk : other)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await last()).toBe(next);
    // The loser's form comes back with all that was typed and says what the next number is.
    const loser = ids[outcomes.findIndex(({ status }) => status === 'rejected')]!;
    const page = await clerk.browser.post(`${OUT}/${loser}/cap-so`, { number: String(next), gap_reason: 'Lấy số này', symbol: 'SVHTTDL', on: '20/11/2026', kind: 'cong_van', title: 'Đã gõ dài dòng', addressees: 'Nơi đã gõ', signer: '', urgency: '' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('Số này đã dùng');
    for (const text of ['Đã gõ dài dòng', 'Nơi đã gõ', `Số tiếp theo là ${next + 1}.`]) expect(page.html).toContain(text);
  });

  test('what was issued is frozen by the database; a cancelled number stays used', async () => {
    const id = await reserve('Sai nội dung');
    const number = await last() + 1;
    await issue(id, { number });
    for (const change of ['number = number + 7', "issued_on = '2026-11-19'", "symbol = 'X'", "title = 'khác'", "signer = 'khác'", 'year = 2025', "addressees = '{}'", "reserved_at = now()"]) {
      await expect(as(clerk, (tx) => sql`update document_out set ${sql.raw(change)} where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/fixed|does not change|permission denied|check constraint/);
    }
    await expect(as(clerk, (tx) => sql`delete from document_out where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/permission denied/);
    await expect(sql`delete from document_out where id = ${id}::uuid`.execute(desk.owner)).rejects.toThrow();
    await expect(as(clerk, (tx) => sql`update document_out set note = 'không nhật ký' where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/without a journal entry/);
    await as(clerk, (tx) => recordDispatch(tx, clerk.actor, id, { copies: 2, keptBy: 'Văn thư', dispatchedOn: '2026-11-20', receipt: 'Đã ký', note: '' }));
    expect((await clerk.browser.post(`${OUT}/${id}/huy`, { reason: ' ' })).status).toBe(422);
    expect((await clerk.browser.post(`${OUT}/${id}/huy`, { reason: 'Ghi nhầm cơ quan nhận' })).status).toBe(303);
    await expect(as(clerk, (tx) => cancelOutgoing(tx, clerk.actor, id, 'lần nữa'))).rejects.toThrow(/cancelled already/);
    const another = await reserve('Thay thế');
    await expect(issue(another, { number, gapReason: 'Dùng lại số đã hủy' })).rejects.toMatchObject({ details: { fields: { number: 'taken' } } });
    expect((await clerk.browser.get(OUT)).html).toContain('Đã hủy số: Ghi nhầm cơ quan nhận');
  });

  test('a correction by hand names what it corrects, of the own agency alone', async () => {
    const id = await reserve('Có lỗi thể thức');
    await issue(id, { number: await last() + 1 });
    const form = await clerk.browser.get(`${OUT}/them?dinh-chinh=${id}`);
    expect(form.html).toContain('Đính chính văn bản số');
    const sent = await clerk.browser.post(`${OUT}/them`, { corrects: id, kind: 'cong_van', title: 'Đính chính văn bản', addressees: '', signer: '', urgency: '' });
    const made = sent.location!.split('?')[0]!;
    expect((await clerk.browser.get(made)).html).toContain('Đính chính, thay thế');
    const theirs = await reserve('Của Công an', foreign);
    await expect(as(clerk, (tx) => sql`insert into document_out (agency_id, kind, title, source_entity, source_id, href, reserved_by, reserved_at, corrects)
      values (${clerk.actor.agencyId}, 'cong_van', 'x', 'register', gen_random_uuid(), '/can-bo/x', ${clerk.actor.officerId}, now(), ${theirs}::uuid)`.execute(tx))).rejects.toThrow(/own agency/);
    expect((await clerk.browser.post(`${OUT}/them`, { kind: 'la', title: '', addressees: '' })).html).toContain('Chọn loại văn bản.');
  });

  test('what was registered or sent after the next working day is marked', async () => {
    const id = await reserve('Gửi muộn');
    await issue(id, { number: await last() + 1, on: '2026-11-20' });
    // A session of the day: those of days before have ended.
    const markedOn = async (day: string) => {
      desk.clock.set(new Date(`${day}T02:00:00Z`));
      const { browser } = await officer('so-vhttdl', ['clerk'], 'Lục Thị Hoa');
      return /class="tag rose">Muộn/.test((await browser.get(`${OUT}/${id}`)).html);
    };
    try {
      expect([await markedOn('2026-11-23'), await markedOn('2026-11-25')]).toEqual([false, true]);
    } finally {
      desk.clock.set(FRIDAY);
    }
  });
});

const LETTER = { number: null, arrivedOn: '2026-11-20', issuer: 'UBND xã Đàm Thủy', code: '45/BC-UBND', issuedOn: '2026-11-18', kind: 'bao_cao', title: 'Tình hình lừa đảo qua mạng', urgency: null, note: '' } as const;
const registerOne = (more: Partial<Parameters<typeof registerIncoming>[2]> = {}) => as(clerk, (tx) => registerIncoming(tx, clerk.actor, { ...LETTER, ...more }));
const arrive = (key: string, document: { number: number; year: number } | null, facts: Record<string, unknown> = {}) => recordArrival(desk, {
  channel: 'edoc', media: 'edxml', receiver: 'Văn thư', sender: null, externalKey: key, original: null, officerId: clerk.actor.officerId, document, arrivedAt: desk.clock.now(), facts,
});

describe('incoming', () => {
  test('register and channels share one series, and neither takes a number of the other', async () => {
    const first = await registerOne();
    const reserved = await nextDocumentNumber(desk, clerk.actor);
    expect(reserved).toEqual({ number: first.number + 1, year: 2026 });
    const facts = { document: { organId: '000.00.01.H14', organName: 'Sở Khoa học và Công nghệ', code: '77/SKHCN-CĐS', promulgatedOn: '2026-11-19', documentId: '' } };
    const { id: arrivalId } = await arrive('van-ban-1', reserved, facts);
    await expect(registerOne({ number: reserved.number })).rejects.toMatchObject({ details: { fields: { number: 'taken' } } });
    await expect(requireFreeNumber(desk, clerk.actor, first)).rejects.toMatchObject({ number: first.number, used: { by: 'Lục Thị Hoa' } });
    await expect(arrive('van-ban-2', { number: first.number, year: 2026 })).rejects.toMatchObject({ code: '23505', constraint: 'arrival_document' });
    const byHand = await registerOne({ number: reserved.number + 1, code: '46/BC-UBND' });
    expect((await registerOne({ code: '47/BC-UBND' })).number).toBe(byHand.number + 1);
    const rows = await as(drafter, (tx) => incomingRegister(tx, { from: '2026-01-01', to: '2026-12-31' }));
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(rows[1]).toMatchObject({ id: arrivalId, isOwn: false, issuer: 'Sở Khoa học và Công nghệ', code: '77/SKHCN-CĐS', issuedOn: '2026-11-19' });
    const html = (await drafter.browser.get(IN)).html;
    for (const text of ['UBND xã Đàm Thủy', 'Sở Khoa học và Công nghệ', '77/SKHCN-CĐS', 'Báo cáo: Tình hình lừa đảo qua mạng']) expect(html).toContain(text);
  });

  test('many at once get numbers of their own', async () => {
    const before = (await registerOne({ code: '0' })).number;
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 ? nextDocumentNumber(desk, clerk.actor) : registerOne({ code: `${index}/CV` }))));
    expect(made.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, index) => before + 1 + index));
  });

  test('the same number, symbol and issuer is asked about once; then it may go in, with its scan', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ arrived: '20/11/2026', number: '', issuer: ' ubnd Xã Đàm Thủy', code: '45/BC-UBND', issued: '18/11/2026', kind: 'bao_cao', title: 'Bản gửi lần hai', urgency: '', note: '' })) form.append(name, value);
    form.append('tep', new File([new Uint8Array(signedPdf('UBND xã Đàm Thủy', 'Bao cao so 45'))], 'bao-cao.pdf', { type: 'application/pdf' }));
    const asked = await clerk.browser.post(`${IN}/them`, form);
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('Có thể đã vào sổ');
    expect(asked.html).toContain('Bản gửi lần hai');
    form.append('khac', '1');
    const sent = await clerk.browser.post(`${IN}/them`, form);
    expect(sent.status).toBe(303);
    const page = (await drafter.browser.get(sent.location!)).html;
    expect(page).toContain('Nội dung còn nguyên từ khi ký');
    expect(page).toContain('UBND xã Đàm Thủy');
    // Another issuer with the same number is another document.
    const other = new FormData();
    for (const [name, value] of Object.entries({ arrived: '20/11/2026', issuer: 'UBND xã Quảng Uyên', code: '45/BC-UBND', issued: '', kind: 'bao_cao', title: 'Khác nơi', urgency: '' })) other.append(name, value);
    expect((await clerk.browser.post(`${IN}/them`, other)).status).toBe(303);
  });

  test('is passed on to an officer with a day, which is a task; the answer ends it', async () => {
    const { id, number } = await registerOne({ code: '90/CV' });
    const wrong = await clerk.browser.post(`${IN}/${id}/chuyen`, { recipient: 'Phòng QLTTBCXB', officer: drafter.actor.officerId, passed: '20/11/2026', due: '19/11/2026', receipt: '', note: 'đã gõ' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('đã gõ');
    const other = await clerk.browser.post(`${IN}/${id}/chuyen`, { recipient: 'x', officer: foreign.actor.officerId, passed: '20/11/2026', due: '', receipt: '', note: '' });
    expect(other.html).toContain('Chọn một cán bộ của cơ quan.');
    expect((await clerk.browser.post(`${IN}/${id}/chuyen`, { recipient: 'Phòng QLTTBCXB', officer: drafter.actor.officerId, passed: '20/11/2026', due: '27/11/2026', receipt: '', note: '' })).status).toBe(303);
    const task = () => desk.owner.selectFrom('task').select(['state', 'officer_id', 'due_on', 'title', 'href']).where('source_id', '=', id).execute();
    expect(await task()).toEqual([{ state: 'open', officer_id: drafter.actor.officerId, due_on: '2026-11-27', title: `Giải quyết văn bản đến số ${number}/2026`, href: `${IN}/${id}` }]);
    expect((await drafter.browser.get('/can-bo/so-van-ban/theo-doi')).html).toContain('27/11/2026');
    // Who it was given to says how it goes; nobody else, and nothing else.
    const stranger = await officer('so-vhttdl', ['case_officer'], 'Đàm Văn Kiên');
    expect((await stranger.browser.post(`${IN}/${id}/tien-do`, { progress: 'x' })).status).toBe(404);
    await expect(as(drafter, (tx) => sql`update document_in set title = 'khác' where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/nothing else/);
    expect((await drafter.browser.post(`${IN}/${id}/tien-do`, { progress: 'Đã xác minh với xã', answer: '12/SVHTTDL-QLTTBCXB', answered: '20/11/2026' })).status).toBe(303);
    expect((await task())[0]!.state).toBe('done');
    const shown = (await drafter.browser.get('/can-bo/so-van-ban/theo-doi')).html;
    for (const text of ['Đã xác minh với xã', '12/SVHTTDL-QLTTBCXB', 'Trả lời ngày 20/11/2026']) expect(shown).toContain(text);
  });

  test('an arrival gets a row of its own when it is passed on, and goes with its report', async () => {
    const number = await nextDocumentNumber(desk, clerk.actor);
    const { id } = await arrive('van-ban-9', number, { document: { organName: 'Sở Y tế', code: '5/SYT', promulgatedOn: null } });
    const row = await as(clerk, (tx) => incomingById(tx, id));
    const own = await as(clerk, (tx) => passOn(tx, clerk.actor, row!, { recipient: 'Phòng QLTTBCXB', officerId: null, passedOn: '2026-11-20', dueOn: '2026-11-27', receipt: '', note: '' }, { issuer: 'Sở Y tế', title: 'Văn bản', taskTitle: 'x' }, NO_TASKS));
    expect(await as(clerk, (tx) => incomingById(tx, id))).toMatchObject({ id: own, isOwn: true, arrivalId: id, number: number.number, dueOn: '2026-11-27' });
    expect((await as(clerk, (tx) => incomingRegister(tx, { from: '2026-11-01', to: '2026-11-30' }))).filter((one) => one.number === number.number)).toHaveLength(1);
    await expect(fileDocument(desk, clerk.actor, { inId: own }, { field: 'tep', name: 'a.pdf', bytes: signedPdf('A', 'a'), tooLarge: false })).rejects.toThrow();
    // What minimising a case does to it: words go, number and days stay, without a line in the journal about them.
    await desk.owner.transaction().execute(async (tx) => {
      await sql`select set_config('desk.kind', 'system', true), set_config('desk.now', ${desk.clock.now().toISOString()}, true)`.execute(tx);
      await sql`update document_in set issuer = '(đã xóa)', title = '(đã xóa)', recipient = '', receipt = '', note = '', progress = '' where id = ${own}::uuid`.execute(tx);
    });
    expect(await as(clerk, (tx) => incomingById(tx, id))).toMatchObject({ issuer: '(đã xóa)', title: '(đã xóa)', recipient: '', number: number.number, dueOn: '2026-11-27' });
    await inTransaction(desk, system('test'), (tx) => sql`delete from arrival where id = ${id}::uuid`.execute(tx));
    expect(await as(clerk, (tx) => incomingById(tx, own))).toBeNull();
  });
});

describe('signed files', () => {
  const upload = async (path: string, bytes: Uint8Array, name = 'van-ban.pdf') => {
    const form = new FormData();
    form.append('tep', new File([new Uint8Array(bytes)], name, { type: 'application/pdf' }));
    return clerk.browser.post(`${path}/tep`, form);
  };

  test('are kept sealed with what the check found, altered or not', async () => {
    const id = await reserve('Có bản ký số');
    await issue(id, { number: await last() + 1 });
    const signed = signedPdf('Nông Thị Bích Ngọc', 'Cong van so 05');
    const altered = Buffer.from(signed);
    altered.write('6', altered.indexOf('so 05') + 4, 'latin1');
    expect((await upload(`${OUT}/${id}`, signed)).status).toBe(303);
    expect((await upload(`${OUT}/${id}`, altered, 'da-sua.pdf')).status).toBe(303);
    const { html } = await drafter.browser.get(`${OUT}/${id}`);
    for (const text of ['Nội dung còn nguyên từ khi ký', 'Đã bị sửa sau khi ký', 'Nông Thị Bích Ngọc', 'Chưa rõ chứng thư do ai cấp']) expect(html).toContain(text);
    const file = await desk.owner.selectFrom('document_file').selectAll().where('out_id', '=', id).orderBy('added_at').orderBy('id').executeTakeFirstOrThrow();
    expect(await desk.files.get(file.file_ref)).toEqual(signed);
    const answer = await app.request(`${OUT}/${id}/tep/${file.id}`, { headers: { Cookie: [...drafter.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') } });
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; filename="van-ban-[0-9a-f]{8}\.pdf"$/)]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(signed);
    // What was found is not rewritten, and the same file is not filed twice.
    await expect(as(clerk, (tx) => sql`update document_file set findings = '[]' where id = ${file.id}::uuid`.execute(tx))).rejects.toThrow(/do not change/);
    await expect(as(drafter, (tx) => sql`update document_file set check_state = 'unsigned' where out_id = ${id}::uuid`.execute(tx))).rejects.toThrow(/only the clerk/);
    expect((await upload(`${OUT}/${id}`, signed)).html).toContain('Tệp này đã được thêm.');
  });

  test('of another kind, or none, are refused in words', async () => {
    const id = await reserve('Không nhận tệp lạ');
    expect((await upload(`${OUT}/${id}`, Buffer.from('PK\u0003\u0004'), 'a.zip')).html).toContain('Tệp không phải PDF');
    expect((await upload(`${OUT}/${id}`, Buffer.alloc(0), '')).html).toContain('Chọn một tệp');
    expect((await upload(`${OUT}/${id}`, Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(20 * 1024 * 1024)]))).html).toContain('lớn hơn 20 MB');
    expect(await desk.owner.selectFrom('document_file').select('id').where('out_id', '=', id).execute()).toEqual([]);
  });
});

describe('another agency', () => {
  test('sees no row, no file and no number, on screens or in SQL', async () => {
    const counted = await as(foreign, async (tx) => ({
      out: await tx.selectFrom('document_out').select('agency_id').where('agency_id', '<>', foreign.actor.agencyId).execute(), in: await tx.selectFrom('document_in').select('id').execute(),
      files: await tx.selectFrom('document_file').select('id').execute(), templates: await tx.selectFrom('document_template').select('id').execute(),
    }));
    expect(counted).toEqual({ out: [], in: [], files: [], templates: [] });
    const some = await desk.owner.selectFrom('document_in').select('id').where('arrival_id', 'is', null).executeTakeFirstOrThrow();
    expect((await foreign.browser.get(`${IN}/${some.id}`)).status).toBe(404);
    expect((await foreign.browser.get(IN)).html).not.toContain('Đàm Thủy');
    expect((await foreign.browser.get(`${IN}/xuat?dang=csv`)).html).not.toContain('Đàm Thủy');
    await expect(as(foreign, (tx) => sql`select take_incoming_number(${clerk.actor.agencyId}::uuid, 2026)`.execute(tx))).rejects.toThrow(/another agency/);
    const stolen = await as(foreign, (tx) => sql`update document_in set title = 'x' where id = ${some.id}::uuid`.execute(tx));
    expect(stolen.numAffectedRows).toBe(0n);
    await expect(as(foreign, (tx) => sql`insert into document_file (agency_id, in_id, name, media_type, file_ref, sha256, bytes, added_by, added_at, check_state)
      values (${foreign.actor.agencyId}, ${some.id}::uuid, 'a', 'image/png', 'x', 'x', 1, ${foreign.actor.officerId}, desk_now(), 'none')`.execute(tx))).rejects.toThrow(/belongs to a row of its agency/);
    await expect(as(foreign, (tx) => sql`insert into document_in (agency_id, year, number, arrived_on, issuer, title, registered_by, registered_at)
      values (${clerk.actor.agencyId}, 2026, 900, '2026-11-20', 'x', 'x', ${foreign.actor.officerId}, desk_now())`.execute(tx))).rejects.toThrow(/row-level security/);
  });
});
