import type { Hono } from 'hono';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { calendarOf } from '#catalogue/holidays.ts';
import { addDays } from '#core/deadlines.ts';
import { createToken } from '#modules/identity/index.ts';
import { reminderDue } from '#modules/opinions/jobs.ts';
import { tallyOf } from '#modules/opinions/tally.ts';
import type { AgencyActor, OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { fillOpinions } from '../../src/demo/opinions.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser, unescapeHtml } from '../support/browser.ts';
import { openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { ask, asking, runOpinionJob } from '../support/opinions.ts';
import { addOfficer, agencyId } from '../support/people.ts';

let desk: TestDesk;
let app: Hono;
let office: Office;
let caseId: string;
let number: string;
let science: OfficerActor;
const CALENDAR = calendarOf();
const START = new Date('2026-11-22T02:00:00Z');

beforeAll(async () => {
  desk = await testDesk({ BASE_URL: 'https://lachan.example' });
  office = await openOffice(desk);
  app = await webApp(desk, 1e6);
  ({ caseId } = await verifiedCase(desk, office));
  ({ number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow());
  science = await addOfficer(desk, 'so-khcn', ['focal', 'case_officer'], 'Hứa Văn Khoa');
}, 60_000);

async function browserOf(actor: OfficerActor): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const [name, value] = (await cookieFor(desk, actor.officerId, actor.agencyId)).split('=') as [string, string];
  browser.cookies.set(name, value);
  return browser;
}
const at = (day: string, time = '02:00:00Z') => desk.clock.set(new Date(`${day}T${time}`));
const stateOf = async (id: string) => (await desk.owner.selectFrom('opinion').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
const versions = (id: string) => desk.owner.selectFrom('opinion_answer').select(['version', 'answer', 'reasons', 'way', 'late', 'document_number']).where('opinion_id', '=', id).orderBy('version').execute();
const PDF = Buffer.from('%PDF-1.7\n% văn bản trả lời được quét\n');

function multipart(fields: Record<string, string> | [string, string][], files: readonly [string, Buffer][] = []): FormData {
  const form = new FormData();
  for (const [name, value] of Array.isArray(fields) ? fields : Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of files) form.append('tep', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

describe('asking on the page', () => {
  it('keeps what was typed when something is wrong, then sends once, opens tasks, takes the case to consulting and shares what was chosen', async () => {
    const officer = await browserOf(office.drafter);
    expect((await officer.get('/can-bo/y-kien/moi')).html).toContain(number);
    expect((await officer.get(`/can-bo/vu-viec/${number}`)).html).toContain(`/can-bo/y-kien/moi?vu-viec=${number}`);
    const page = await officer.get(`/can-bo/y-kien/moi?vu-viec=${number}`);
    const key = /name="khoa" value="([0-9a-f]{32})"/.exec(page.html)![1]!;
    const evidence = /value="(evidence:[0-9a-f-]{36})"/.exec(page.html)![1]!;
    // Sunday the 22nd; Tuesday the 24th is a holiday: five working days end on Monday the 30th.
    expect(page.html).toContain('5 ngày làm việc, đến hết ngày 30/11/2026');
    const typed: [string, string][] = [
      ['vu-viec', number], ['khoa', key], ['title', 'Biện pháp với trang giả VNeID'], ['question', 'Việc ngừng phân giải tên miền có đúng thẩm quyền không?'], ['points', '1. Thẩm quyền\n- Thời hạn 30 ngày\n\n'],
      ['workingDays', '5'], ['items', evidence], ['agencies', await agencyId(desk, 'cong-an-tinh')],
    ];
    const wrong = await officer.post('/can-bo/y-kien/moi', multipart([...typed, ['shareWhy', 'x']], [['van-ban.pdf', PDF]]));
    expect(wrong.status).toBe(422);
    for (const kept of ['Biện pháp với trang giả VNeID', 'Việc ngừng phân giải tên miền có đúng thẩm quyền không?', 'Trình duyệt không giữ tệp']) expect(unescapeHtml(wrong.html)).toContain(kept);
    expect(wrong.html).toMatch(new RegExp(`value="${evidence}"[^>]* checked|checked[^>]*value="${evidence}"`));
    const good = [...typed, ['shareWhy', 'Để đối chiếu trang thật'], ['agencies', await agencyId(desk, 'so-khcn')]] as [string, string][];
    const sent = await officer.post('/can-bo/y-kien/moi', multipart(good, [['Công văn (1).pdf', PDF]]));
    expect(sent.location).toMatch(/^\/can-bo\/y-kien\/YK-04-261122-\d{4}-\d\?xong=gui$/);
    expect((await officer.post('/can-bo/y-kien/moi', multipart(good))).location).toBe(sent.location);
    const twice = multipart(good.map(([name, value]) => [name, name === 'khoa' ? '0'.repeat(32) : value] as [string, string]));
    const pressed = await Promise.all([officer.post('/can-bo/y-kien/moi', twice), officer.post('/can-bo/y-kien/moi', twice)]);
    expect([new Set(pressed.map(({ location }) => location)).size, pressed[0]!.status]).toEqual([1, 303]);
    const code = /YK-[\d-]+/.exec(sent.location!)![0];
    const row = await desk.owner.selectFrom('consultation').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ points: ['Thẩm quyền', 'Thời hạn 30 ngày'], due_on: '2026-11-30', round: 1, shows_answers: false, in_mail: false });
    expect((await desk.owner.selectFrom('case_file').select('state').where('id', '=', caseId).executeTakeFirstOrThrow()).state).toBe('consulting');
    const tasks = await desk.owner.selectFrom('task').select(['kind', 'code', 'due_on', 'href', 'state']).where('kind', '=', 'opinion').where('code', '=', code).execute();
    expect(tasks).toEqual([1, 2].map(() => ({ kind: 'opinion', code, due_on: '2026-11-30', href: `/can-bo/y-kien/${code}/tra-loi`, state: 'open' })));
    expect(await desk.owner.selectFrom('case_share').select(['kind', 'why']).where('case_id', '=', caseId).execute()).toHaveLength(2);
    expect((await desk.owner.selectFrom('case_party').select('part').where('case_id', '=', caseId).execute()).map(({ part }) => part)).toEqual(['consulted', 'consulted']);
    const page2 = await officer.get(sent.location!);
    expect(page2.html).toContain('0/2 cơ quan đồng ý');
    expect(page2.html).toContain('2/2 cơ quan chưa có ý kiến');
    const file = /href="([^"]*\/tep\/[^"]*)"/.exec(page2.html)![1]!;
    const stranger = await browserOf(office.stranger);
    const got = await stranger.get(file);
    expect([got.status, got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual([200, 'application/octet-stream', expect.stringContaining("filename*=UTF-8''C%C3%B4ng%20v%C4%83n%20%281%29.pdf")]);
    // What is stored is sealed.
    const { file_ref: ref } = await desk.owner.selectFrom('opinion_file').select('file_ref').where('consultation_id', '=', row.id).executeTakeFirstOrThrow();
    expect((await desk.files.get(ref)).equals(PDF)).toBe(true);
    expect((await (await browserOf(await addOfficer(desk, 'vnpt', ['focal']))).get(file)).status).toBe(404);
  });

  it('refuses a case of another agency, too long a deadline, the own agency and a case nobody verifies', async () => {
    const good = await asking(desk, caseId);
    await expect(ask(desk, office.stranger, good)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(desk, office.drafter, { ...good, workingDays: 16 })).rejects.toMatchObject({ details: { fields: { workingDays: 'days' } } });
    await expect(ask(desk, office.drafter, { ...good, agencies: [office.drafter.agencyId] })).rejects.toMatchObject({ details: { fields: { agencies: 'unknown' } } });
    await expect(ask(desk, office.clerk, good)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(desk, office.drafter, { ...good, files: [{ field: 'tep', name: 'a.exe', bytes: Buffer.from('MZ'), tooLarge: false }] })).rejects.toMatchObject({ details: { reason: 'kind' } });
  });
});

describe('answering on the page', () => {
  it('asks for reasons except for plain agreement, keeps what was typed and every version, until the synthesis is closed', async () => {
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId));
    const own = opinions['so-khcn']!;
    const browser = await browserOf(science);
    const path = `/can-bo/y-kien/${code}/tra-loi`;
    expect((await browser.get('/can-bo/y-kien')).html).toContain(code);
    expect((await browser.get(path)).html).toContain('Thẩm quyền đề nghị ngừng phân giải tên miền');
    expect((await desk.owner.selectFrom('opinion').select('opened_at').where('id', '=', own).executeTakeFirstOrThrow()).opened_at).toBeNull();
    expect((await browser.post(`/can-bo/y-kien/${code}/da-nhan`, {})).location).toContain('xong=da-nhan');
    expect((await desk.owner.selectFrom('opinion').select('opened_at').where('id', '=', own).executeTakeFirstOrThrow()).opened_at).not.toBeNull();
    for (const answer of ['disagree', 'agree_with_changes', 'not_competent', '']) {
      const wrong = await browser.post(path, multipart({ answer, reasons: '', 'point-1': 'Nên là 15 ngày', documentNumber: '412/SKHCN', documentOn: '31/02/2026' }));
      expect([answer, wrong.status, wrong.html.includes('Nên là 15 ngày'), wrong.html.includes('412/SKHCN'), wrong.html.includes('31/02/2026')]).toEqual([answer, 422, true, true, true]);
    }
    const sent = await browser.post(path, multipart({ answer: 'agree_with_changes', reasons: 'Đề nghị rút ngắn thời hạn.', 'point-0': '', 'point-1': 'Nên là 15 ngày', documentNumber: '412/SKHCN', documentOn: '20/11/2026' }, [['tra loi.pdf', PDF]]));
    expect(sent.location).toBe(`/can-bo/y-kien/${code}?xong=tra-loi`);
    expect((await browser.post(path, multipart({ answer: 'agree', reasons: '' }))).status).toBe(303);
    expect(await versions(own)).toEqual([
      { version: 1, answer: 'agree_with_changes', reasons: 'Đề nghị rút ngắn thời hạn.', way: 'screen', late: false, document_number: '412/SKHCN' }, { version: 2, answer: 'agree', reasons: '', way: 'screen', late: false, document_number: '' },
    ]);
    expect(await stateOf(own)).toBe('answered');
    expect((await desk.owner.selectFrom('task').select('state').where('source_id', '=', own).executeTakeFirstOrThrow()).state).toBe('done');
    const lead = await browserOf(office.drafter);
    expect((await lead.get(`/can-bo/y-kien/${code}`)).html).toContain('1/2 cơ quan đồng ý');
    expect((await lead.get(`/can-bo/y-kien/${code}/co-quan/${own}`)).html).toContain('Đề nghị rút ngắn thời hạn.');
    expect((await lead.post(`/can-bo/y-kien/${code}/chot`, { summary: '' })).status).toBe(422);
    expect((await lead.post(`/can-bo/y-kien/${code}/chot`, { summary: 'Tiếp thu, thời hạn 15 ngày.' })).location).toContain('xong=chot');
    const late = await browser.post(path, multipart({ answer: 'disagree', reasons: 'Nghĩ lại rồi, không đồng ý' }));
    expect([late.status, late.html.includes('Bảng tổng hợp đã chốt')]).toEqual([409, true]);
    const taskOf = async (id: string) => (await desk.owner.selectFrom('task').select('state').where('source_id', '=', id).orderBy('state').execute()).map(({ state }) => state);
    expect(await taskOf(opinions['cong-an-tinh']!)).toEqual(['cancelled']);
    expect((await lead.post(`/can-bo/y-kien/${code}/mo`, {})).status).toBe(303);
    expect(await taskOf(opinions['cong-an-tinh']!)).toEqual(['cancelled', 'open']);
    expect((await browser.post(path, multipart({ answer: 'disagree', reasons: 'Nghĩ lại rồi, không đồng ý' }))).status).toBe(303);
    expect(await versions(own)).toHaveLength(3);
  });

  it('gives those who have not answered more time, and keeps what was typed when the day does not fit', async () => {
    const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang https://vneid-gia-han.example/otp hỏi mã OTP' })]);
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId));
    const lead = await browserOf(office.drafter);
    const path = `/can-bo/y-kien/${code}/gia-han`;
    const wrong = await lead.post(path, { due: '24/11/2026', reason: 'Ngân hàng cần tra soát thêm' });
    expect([wrong.status, wrong.html.includes('24/11/2026'), wrong.html.includes('Ngân hàng cần tra soát thêm'), wrong.html.includes('Chọn một ngày làm việc sau hạn cũ')]).toEqual([422, true, true, true]);
    expect((await lead.post(path, { due: '04/12/2026', reason: 'Ngân hàng cần tra soát thêm' })).location).toBe(`/can-bo/y-kien/${code}?xong=gia-han`);
    const tasks = await desk.owner.selectFrom('task').select('due_on').where('source_id', 'in', Object.values(opinions)).execute();
    expect([...new Set(tasks.map(({ due_on: due }) => due))]).toEqual(['2026-12-04']);
    expect((await lead.get(`/can-bo/y-kien/${code}`)).html).toContain('04/12/2026');
  });

  it('says who is competent instead, shows the others only when the asker wants it, and is withdrawn with a reason', async () => {
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId, {}, ['cong-an-tinh', 'so-khcn', 'so-tu-phap']));
    const lead = await browserOf(office.drafter);
    const browser = await browserOf(science);
    expect((await browser.post(`/can-bo/y-kien/${code}/tra-loi`, multipart({ answer: 'not_competent', reasons: 'Thuộc Công an tỉnh', instead: await agencyId(desk, 'cong-an-tinh') }))).status).toBe(303);
    const police = await browserOf(office.stranger);
    expect((await police.get(`/can-bo/y-kien/${code}`)).html).not.toContain('Thuộc Công an tỉnh');
    await lead.post(`/can-bo/y-kien/${code}/cho-xem`, { xem: '1' });
    expect((await police.get(`/can-bo/y-kien/${code}`)).html).toContain('Thuộc Công an tỉnh');
    await lead.post(`/can-bo/y-kien/${code}/cho-xem`, { xem: '0' });
    expect((await police.get(`/can-bo/y-kien/${code}`)).html).not.toContain('Thuộc Công an tỉnh');
    expect((await lead.post(`/can-bo/y-kien/${code}/co-quan/${opinions['so-tu-phap']}/rut`, { reason: 'ko' })).status).toBe(422);
    expect((await lead.post(`/can-bo/y-kien/${code}/co-quan/${opinions['so-tu-phap']}/rut`, { reason: 'Không còn cần ý kiến này' })).status).toBe(303);
    expect(await stateOf(opinions['so-tu-phap']!)).toBe('withdrawn');
    expect((await desk.owner.selectFrom('task').select('state').where('source_id', '=', opinions['so-tu-phap']!).executeTakeFirstOrThrow()).state).toBe('cancelled');
    expect((await lead.get(`/can-bo/y-kien/${code}`)).html).toContain('1/2 cơ quan chưa có ý kiến');
    // The asked agency has no way into the pages of the asking one.
    for (const rest of [`/co-quan/${opinions['so-khcn']}`, '/tong-hop.docx', '/tong-hop.xlsx', '/cong-van.docx']) expect((await browser.get(`/can-bo/y-kien/${code}${rest}`)).status).toBe(404);
    const everybody = await browserOf(await addOfficer(desk, 'so-khcn', ['leader', 'clerk']));
    for (const [rest, fields] of [['/rut', { reason: 'Không cần nữa' }], ['/chot', { summary: 'Chốt hộ' }], ['/cho-xem', { xem: '1' }], ['/so', { loai: 'cong_van' }], [`/co-quan/${opinions['cong-an-tinh']}/giay`, { answer: 'agree' }]] as const) {
      expect([rest, (await everybody.post(`/can-bo/y-kien/${code}${rest}`, fields)).status]).toEqual([rest, 404]);
    }
  });

  it('comes on paper, entered by the clerk of the asking agency with number, date and scan', async () => {
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId));
    const clerk = await browserOf(office.clerk);
    const path = `/can-bo/y-kien/${code}/co-quan/${opinions['cong-an-tinh']}/giay`;
    const wrong = await clerk.post(path, multipart({ answer: 'disagree', reasons: 'Chưa đủ căn cứ', documentNumber: '', documentOn: '' }));
    expect([wrong.status, wrong.html.includes('Chưa đủ căn cứ'), wrong.html.includes('Ghi số của văn bản')]).toEqual([422, true, true]);
    expect((await clerk.post(path, multipart({ answer: 'disagree', reasons: 'Chưa đủ căn cứ', documentNumber: '88/CAT-ANM', documentOn: '21/11/2026' }, [['quet.pdf', PDF]]))).status).toBe(303);
    expect(await versions(opinions['cong-an-tinh']!)).toMatchObject([{ way: 'paper', document_number: '88/CAT-ANM', answer: 'disagree' }]);
    expect((await clerk.get(`/can-bo/y-kien/${code}`)).html).toContain('văn bản số 88/CAT-ANM ngày 21/11/2026');
    expect((await clerk.post(`/can-bo/y-kien/${code}/so`, { loai: 'cong_van' })).location).toContain('xong=so');
    await clerk.post(`/can-bo/y-kien/${code}/so`, { loai: 'cong_van' });
    expect(await desk.owner.selectFrom('document_out').select(['kind', 'number']).where('source_entity', '=', 'consultation').execute()).toEqual([{ kind: 'cong_van', number: null }]);
  });
});

describe('by the agency’s system', () => {
  it('reads what it is asked and answers, each scope for itself; the same again adds nothing', async () => {
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId));
    const admin = await addOfficer(desk, 'so-khcn', ['administrator']);
    const token = async (scopes: ('opinions:read' | 'opinions:write')[]) => (await inTransaction(desk, admin, (tx) => createToken(tx, admin, { name: 'Hệ thống văn bản', scopes, days: 90 }))).token;
    const [reads, writes] = [await token(['opinions:read']), await token(['opinions:write'])];
    const get = (bearer: string, query = '') => app.request(`/api/v1/agency/opinions${query}`, { headers: { Authorization: `Bearer ${bearer}` } });
    const post = (bearer: string, body: unknown, to = code) => app.request(`/api/v1/agency/opinions/${to}/answer`, { method: 'POST', body: JSON.stringify(body), headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' } });
    const listed = await (await get(reads)).json() as { opinions: Record<string, unknown>[]; next: string | null };
    expect(listed.opinions[0]).toMatchObject({ code, case_number: number, state: 'sent', due_on: '2026-11-30', asked_by: expect.stringContaining('Sở Văn hóa'), answer: null });
    expect([(await get(writes)).status, (await post(reads, { answer: 'agree' })).status, (await get('lachan_x')).status]).toEqual([403, 403, 401]);
    expect((await post(writes, { answer: 'disagree' })).status).toBe(422);
    expect((await post(writes, { answer: 'agree', files: [{ name: 'a.exe', content: Buffer.from('MZ').toString('base64') }] })).status).toBe(422);
    const body = { answer: 'agree_with_changes', reasons: 'Bổ sung thời hạn.', on_points: ['', 'Nên 15 ngày'], document_number: '9/SKHCN', document_on: '2026-11-21' };
    const sent = await post(writes, body);
    expect([sent.status, await sent.json()]).toEqual([201, { code, version: 1, repeated: false }]);
    const again = await post(writes, body);
    expect([again.status, await again.json()]).toEqual([200, { code, version: 1, repeated: true }]);
    expect((await post(writes, { ...body, files: [{ name: 'tra-loi.pdf', content: PDF.toString('base64') }] })).status).toBe(201);
    expect(await versions(opinions['so-khcn']!)).toMatchObject([{ way: 'api' }, { way: 'api' }]);
    expect((await post(writes, body, 'YK-04-261122-9999-0')).status).toBe(404);
    expect(((await (await get(reads)).json()) as { opinions: { code: unknown }[] }).opinions.map((one) => one.code)).not.toContain(code);
    expect(((await (await get(reads, '?state=all')).json()) as { opinions: unknown[] }).opinions[0]).toMatchObject({ code, state: 'answered', version: 2 });
    const lead = await browserOf(office.drafter);
    await lead.post(`/can-bo/y-kien/${code}/chot`, { summary: 'Đã tiếp thu.' });
    expect((await post(writes, { answer: 'agree' })).status).toBe(409);
  });
});

describe('the day to answer by', () => {
  it('passes over a holiday, is never consent, and a late answer still counts', async () => {
    // Thursday 29 April 2027; 30 April and 1 May are off, 3 May (Monday) makes up for the Saturday.
    at('2027-04-29');
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId, { workingDays: 1 }));
    const { due_on: due } = await desk.owner.selectFrom('consultation').select('due_on').where('code', '=', code).executeTakeFirstOrThrow();
    expect(due > '2027-05-01').toBe(true);
    for (let day = '2027-04-29'; day <= due; day = addDays(day, 1)) {
      at(day, '16:59:00Z');
      await runOpinionJob(desk, 'lapse-opinions');
      expect([day, await stateOf(opinions['so-khcn']!)]).toEqual([day, 'sent']);
    }
    at(due, '17:05:00Z');
    await runOpinionJob(desk, 'lapse-opinions');
    await runOpinionJob(desk, 'lapse-opinions');
    expect(await stateOf(opinions['so-khcn']!)).toBe('overdue');
    const lead = await browserOf(office.drafter);
    const page = await lead.get(`/can-bo/y-kien/${code}`);
    expect(page.html).toContain('Quá hạn chưa có ý kiến');
    expect(page.html).toContain('0/2 cơ quan đồng ý');
    expect((await desk.owner.selectFrom('notification').select('kind').where('code', '=', code).where('officer_id', '=', office.drafter.officerId).execute()).map(({ kind }) => kind)).toEqual(['opinion_overdue', 'opinion_overdue']);
    const browser = await browserOf(science);
    expect((await browser.get(`/can-bo/y-kien/${code}/tra-loi`)).html).toContain('Đã quá hạn');
    expect((await browser.post(`/can-bo/y-kien/${code}/tra-loi`, multipart({ answer: 'agree', reasons: '' }))).status).toBe(303);
    expect(await versions(opinions['so-khcn']!)).toMatchObject([{ late: true }]);
    expect((await lead.get(`/can-bo/y-kien/${code}`)).html).toContain('gửi muộn');
    desk.clock.set(START);
  });

  it('is reminded of two working days before and every three after, once a day, never on a day off', async () => {
    const due = '2026-11-27';
    const days = (state: 'sent' | 'overdue', from: string, to: string) => {
      const told: string[] = [];
      let remindedOn: string | null = null;
      for (let day = from; day <= to; day = addDays(day, 1)) {
        const letter = reminderDue({ state: day > due ? 'overdue' : state, dueOn: due, remindedOn }, day, CALENDAR);
        if (letter) told.push(`${day} ${letter}`);
        if (letter) remindedOn = day;
      }
      return told;
    };
    expect(days('sent', '2026-11-22', '2026-12-10')).toEqual(['2026-11-25 soon', '2026-12-02 overdue', '2026-12-07 overdue', '2026-12-10 overdue']);
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId));
    at('2026-11-26');
    await runOpinionJob(desk, 'remind-opinions');
    await runOpinionJob(desk, 'remind-opinions');
    expect(await desk.owner.selectFrom('journal').select('detail').where('entity_id', '=', opinions['so-khcn']!).where('action', '=', 'remind').execute()).toHaveLength(1);
    expect((await desk.owner.selectFrom('notification').select('kind').where('code', '=', code).where('officer_id', '=', science.officerId).execute()).map(({ kind }) => kind).sort()).toEqual(['task_due_soon', 'task_opinion']);
    desk.clock.set(START);
  });
});

describe('a second round', () => {
  it('follows the first, keeps it, and stands beside it', async () => {
    const first = await ask(desk, office.drafter, await asking(desk, caseId));
    const browser = await browserOf(science);
    await browser.post(`/can-bo/y-kien/${first.code}/tra-loi`, multipart({ answer: 'disagree', reasons: 'Thời hạn quá dài' }));
    const lead = await browserOf(office.drafter);
    expect((await lead.get(`/can-bo/y-kien/moi?vu-viec=${number}&tiep=${first.code}`)).html).toContain('Đây là lần 2');
    const second = await ask(desk, office.drafter, await asking(desk, caseId, { follows: first.code, draftText: 'Điều 1. Thời hạn 15 ngày.' }, ['so-khcn']));
    await browser.post(`/can-bo/y-kien/${second.code}/tra-loi`, multipart({ answer: 'agree', reasons: '' }));
    const page = await lead.get(`/can-bo/y-kien/${second.code}`);
    for (const said of ['Hai lần hỏi đặt cạnh nhau', 'Thời hạn quá dài', 'Lần 1', 'Lần 2', `Lần trước: ${first.code}`]) expect(page.html).toContain(said);
    expect((await lead.get(`/can-bo/y-kien/${first.code}`)).html).toContain(`Lần sau: ${second.code}`);
    await expect(ask(desk, office.drafter, await asking(desk, caseId, { follows: first.code }))).rejects.toMatchObject({ details: { reason: 'followed' } });
  });
});

it('silence and withdrawn requests are counted for what they are', () => {
  const one = (state: 'sent' | 'overdue' | 'answered' | 'withdrawn', answer?: 'agree' | 'to_read') => ({ state, versions: answer ? [{ answer, late: false } as never] : [] });
  expect(tallyOf([one('answered', 'agree'), one('answered', 'to_read'), one('sent'), one('overdue'), one('withdrawn')])).toEqual({ asked: 4, silent: 2, late: 0, answers: { agree: 1, agree_with_changes: 0, disagree: 0, not_competent: 0, to_read: 1 } });
});

it('the demo tells a first round with answers on the system that differ, one on paper and silence', async () => {
  const now = desk.clock.now();
  const { caseId: other } = await verifiedCase(desk, office);
  const { number: own } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', other).executeTakeFirstOrThrow();
  desk.clock.set(new Date(now.getTime() + 14 * 86_400_000));
  const agencies = await Promise.all(['so-khcn', 'cong-an-tinh', 'so-tu-phap', 'so-y-te'].map((key) => agencyId(desk, key)));
  const code = await fillOpinions(desk, desk.clock, { asker: office.drafter, clerk: office.clerk, answerer: science, objector: office.stranger, onPaper: agencies[2]!, agencies }, own, desk.clock.now());
  desk.clock.set(now);
  expect((await (await browserOf(office.drafter)).get(`/can-bo/y-kien/${code}`)).html).toContain('1/4 cơ quan chưa có ý kiến');
});

describe('what the database holds against another agency', () => {
  let code: string;
  let opinions: Record<string, string>;
  const as = <T>(actor: OfficerActor | AgencyActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
  const run = (actor: OfficerActor | AgencyActor, text: string) => as(actor, (tx) => sql.raw(text).execute(tx));

  beforeAll(async () => {
    ({ code, opinions } = await ask(desk, office.drafter, await asking(desk, caseId)));
    const police = await browserOf(office.stranger);
    await police.post(`/can-bo/y-kien/${code}/tra-loi`, multipart({ answer: 'disagree', reasons: 'Lý do chỉ nơi hỏi được đọc' }, [['kin.pdf', PDF]]));
  });

  it('shows an asked agency the question and its own answer, nothing of the others, and a stranger nothing', async () => {
    const seen = async (actor: OfficerActor | AgencyActor) => as(actor, async (tx) => ({
      asked: (await tx.selectFrom('consultation').select('code').where('code', '=', code).execute()).length,
      opinions: (await tx.selectFrom('opinion').innerJoin('consultation as c', 'c.id', 'consultation_id').select('opinion.id').where('c.code', '=', code).execute()).length,
      answers: (await tx.selectFrom('opinion_answer').select('id').where('reasons', '=', 'Lý do chỉ nơi hỏi được đọc').execute()).length,
      files: (await tx.selectFrom('opinion_file').select('id').where('name', '=', 'kin.pdf').execute()).length,
    }));
    const outsider = await addOfficer(desk, 'so-y-te', ['leader', 'case_officer', 'clerk', 'focal']);
    const system: AgencyActor = { kind: 'agency', agencyId: science.agencyId, tokenId: '01999999-9999-7999-8999-999999999999' };
    expect([await seen(office.drafter), await seen(office.stranger), await seen(science), await seen(system), await seen(outsider)]).toEqual([
      { asked: 1, opinions: 2, answers: 1, files: 1 }, { asked: 1, opinions: 1, answers: 1, files: 1 }, { asked: 1, opinions: 1, answers: 0, files: 0 }, { asked: 1, opinions: 1, answers: 0, files: 0 },
      { asked: 0, opinions: 0, answers: 0, files: 0 },
    ]);
    await run(office.drafter, `update consultation set shows_answers = true where code = '${code}'`);
    expect([await seen(science), await seen(system), await seen(outsider)]).toEqual([{ asked: 1, opinions: 2, answers: 1, files: 0 }, { asked: 1, opinions: 1, answers: 0, files: 0 }, { asked: 0, opinions: 0, answers: 0, files: 0 }]);
    await run(office.drafter, `update consultation set shows_answers = false where code = '${code}'`);
  });

  it.each([
    ['answer for another agency', () => science, () => `insert into opinion_answer (opinion_id, version, answer, way, officer_id, at, late) values ('${opinions['cong-an-tinh']}', 2, 'agree', 'screen', '${science.officerId}', desk_now(), false)`],
    ['pretend that a letter came', () => science, () => `insert into opinion_answer (opinion_id, version, answer, way, officer_id, at, late, reasons) values ('${opinions['so-khcn']}', 1, 'agree', 'paper', '${science.officerId}', desk_now(), false, 'giấy')`],
    ['answer in the name of a colleague', () => science, () => `insert into opinion_answer (opinion_id, version, answer, way, officer_id, at, late) values ('${opinions['so-khcn']}', 1, 'agree', 'screen', '${office.stranger.officerId}', desk_now(), false)`],
    ['answer for the agency it asked', () => office.drafter, () => `insert into opinion_answer (opinion_id, version, answer, way, officer_id, at, late) values ('${opinions['so-khcn']}', 1, 'agree', 'screen', '${office.drafter.officerId}', desk_now(), false)`],
    ['make a mail that never came', () => office.drafter, () => `insert into opinion_mail (opinion_id, arrival_id, sender_sealed, body, answer, at, state, decided_at) values ('${opinions['so-khcn']}', uuidv7(), 'x', 'Đồng ý', 'agree', desk_now(), 'taken', desk_now())`],
    ['call a late answer timely', () => science, () => `insert into opinion_answer (opinion_id, version, answer, way, officer_id, at, late) values ('${opinions['so-khcn']}', 1, 'agree', 'screen', '${science.officerId}', desk_now(), true)`],
    ['answer without an answer', () => science, () => `update opinion set state = 'answered' where id = '${opinions['so-khcn']}'`],
    ['call silence before its day', () => science, () => `update opinion set state = 'overdue' where id = '${opinions['so-khcn']}'`],
    ['withdraw what it was asked', () => office.stranger, () => `update opinion set state = 'withdrawn', withdrawn_why = 'thôi' where id = '${opinions['cong-an-tinh']}'`],
    ['rewrite an answer', () => office.stranger, () => `update opinion_answer set reasons = 'khác' where opinion_id = '${opinions['cong-an-tinh']}'`],
    ['remove an answer', () => office.stranger, () => `delete from opinion_answer where opinion_id = '${opinions['cong-an-tinh']}'`],
    ['change the question', () => office.drafter, () => `update consultation set question = 'khác hẳn' where code = '${code}'`],
    ['change the day', () => office.drafter, () => `update consultation set due_on = '2030-01-01' where code = '${code}'`],
    ['close in the name of another', () => office.drafter, () => `update consultation set closed_at = desk_now(), closed_by = '${office.leader.officerId}' where code = '${code}'`],
  ])('nobody can %s', async (_what, who, text) => {
    await expect(run(who(), text())).rejects.toThrow(/row-level security|permission denied|another|version|answered|not over|may not|only who|in person/);
  });

  it.each([
    ['show itself the others', () => science, () => `update consultation set shows_answers = true where code = '${code}'`], ['remove a file', () => office.stranger, () => `delete from opinion_file where name = 'kin.pdf'`],
    ['read mails', () => science, () => 'update opinion_mail set state = state'],
  ])('to %s changes nothing', async (_what, who, text) => {
    expect(Number((await run(who(), text())).numAffectedRows)).toBe(0);
  });
});

describe('when the contents of the case go', () => {
  it('the words of the room go with them, and the files', async () => {
    const { caseId: other } = await verifiedCase(desk, office);
    const { code, opinions } = await ask(desk, office.drafter, await asking(desk, other, { files: [{ field: 'tep', name: 'a.pdf', bytes: PDF, tooLarge: false }] }));
    const browser = await browserOf(science);
    await browser.post(`/can-bo/y-kien/${code}/tra-loi`, multipart({ answer: 'disagree', reasons: 'Lời phải mất đi', 'point-0': 'Lời phải mất đi' }));
    const { file_ref: ref } = await desk.owner.selectFrom('opinion_file as f').innerJoin('consultation as c', 'c.id', 'f.consultation_id').select('file_ref').where('c.code', '=', code).executeTakeFirstOrThrow();
    await runOpinionJob(desk, 'purge-opinions');
    expect((await desk.files.get(ref)).equals(PDF)).toBe(true);
    await desk.owner.transaction().execute(async (tx) => {
      await sql`alter table case_file disable trigger user`.execute(tx);
      await sql`alter table case_file enable trigger minimise_opinions`.execute(tx);
      await sql`update case_file set state = 'closed', closed_at = now(), minimised_at = now() where id = ${other}`.execute(tx);
      await sql`alter table case_file enable trigger user`.execute(tx);
    });
    const left = JSON.stringify([await desk.owner.selectFrom('consultation').selectAll().where('code', '=', code).execute(), await desk.owner.selectFrom('opinion_answer').selectAll().where('opinion_id', '=', opinions['so-khcn']!).execute()]);
    expect(left).not.toMatch(/Lời phải mất đi|ngừng phân giải|Điều 1/);
    await runOpinionJob(desk, 'purge-opinions');
    await expect(desk.files.get(ref)).rejects.toThrow();
  });
});
