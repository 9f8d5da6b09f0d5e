import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { nextDocumentNumber, takeAtCounter } from '#modules/channels/commands/counter.ts';
import { takeArrival } from '#modules/channels/commands/taking.ts';
import { readEdxml, writeEdxml, writeStatus } from '#modules/channels/edoc/edxml.ts';
import { SAMPLE, SAMPLE_STATUS } from '#modules/channels/edoc/sample.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { noteHealth, openReport, recordArrival } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, unescapeHtml, type Page } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

const COUNTER = '/can-bo/tiep-nhan';
const ORGAN = '000.00.98.H14';
let desk: TestDesk;
let app: Hono;
let lan: { actor: OfficerActor; browser: TestBrowser };
let foreign: { actor: OfficerActor; browser: TestBrowser };

beforeAll(async () => {
  desk = await testDesk({ IMAP_URL: 'imaps://baocao:x@thu.example/INBOX', MAIL_FROM: 'Lá Chắn <baocao@lachan.example>', EDXML_ORGAN_ID: ORGAN, DNS_SERVERS: '127.0.0.1:9' });
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1e6);
  lan = await officer('so-vhttdl', ['intake', 'case_officer', 'clerk'], 'Nông Thị Lan');
  foreign = await officer('cong-an-tinh', ['intake', 'case_officer', 'clerk', 'administrator', 'focal'], 'Bế Văn Thư');
});

async function officer(agency: string, roles: Parameters<typeof signIn>[2], name: string) {
  const { actor, cookie } = await signIn(desk, agency, roles, name);
  const browser = new TestBrowser(app);
  const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
  browser.cookies.set(key, value);
  return { actor, browser };
}

const CALL = {
  kenh: 'phone', narrative: 'Chị bán hàng chợ Xanh kể có người gọi xưng điện lực, dọa cắt điện, bắt cài ứng dụng.', traces: 'dienluc-capnhat.example', category: 'phishing_impersonation',
  money_lost: '12 triệu', happened_on: 'hôm qua', commune_text: 'Phuong Thuc Phan', phone: '0912 345 678', name: 'Chị Hoa', language: 'vi',
};
const formKey = (page: Page): string => Object.fromEntries(hiddenFields(page, COUNTER)).khoa!;
const reportOf = (code: string) => desk.owner.selectFrom('report').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
const count = async (table: 'report' | 'arrival' | 'pending_upload' | 'attachment') => (await desk.owner.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
const journalOf = async (id: string) => (await desk.owner.selectFrom('journal').select(['action', 'reason', 'officer_id']).where('entity_id', '=', id).orderBy('seq').execute());

async function send(fields: Record<string, string>, files: readonly (readonly [string, Uint8Array, string])[] = [], who = lan.browser): Promise<Page> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes, type] of files) form.append('scans', new File([new Uint8Array(bytes)], name, { type }));
  return who.post(COUNTER, form);
}

async function fresh(kenh = 'phone'): Promise<string> {
  return formKey(await lan.browser.get(`${COUNTER}?kenh=${kenh}`));
}

/** The codes on the page after a call was taken. */
async function codesAfter(sent: Page): Promise<{ code: string; secret: string; page: Page }> {
  expect({ status: sent.status, location: sent.location }).toMatchObject({ status: 303, location: expect.stringMatching(/^\/can-bo\/tiep-nhan\/xong\?t=/) });
  const page = await lan.browser.get(sent.location!);
  expect(page.status).toBe(200);
  const code = /PA-04-\d{6}-\d{4,}-\d/.exec(page.html)![0];
  const secret = [...page.html.matchAll(/<b>([0-9A-Z]{4})<\/b>/g)].map((found) => found[1]).slice(-5).join('-');
  return { code, secret, page };
}

describe('a call', () => {
  test('becomes a report with its channel, officer, day, place and sealed contact; its codes open it', async () => {
    const { code, secret, page } = await codesAfter(await send({ ...CALL, khoa: await fresh(), go: 'gui', in_danger: '1' }));
    const report = await reportOf(code);
    expect(report).toMatchObject({ channel: 'phone', category: 'phishing_impersonation', money_lost: 12_000_000, happened_on: '2026-11-21', commune_code: '01273', in_danger: true, reporter_kind: 'person', language: 'vi' });
    expect(await openReport(desk, code, secret)).toBe(report.id);
    const arrival = await desk.owner.selectFrom('arrival').selectAll().where('report_id', '=', report.id).executeTakeFirstOrThrow();
    expect(arrival).toMatchObject({ channel: 'phone', media: 'call', state: 'taken', officer_id: lan.actor.officerId, original_ref: null, document_number: null });
    expect(page.html).toContain('<b>P A</b>');
    expect(page.html).toContain('26 11 22');
    expect(page.html).toMatch(/href="\/can-bo\/tiep-nhan\?kenh=phone" autofocus/);
    const slip = await lan.browser.get(unescapeHtml(/href="(\/bao-cao\/phieu\?t=[^"]+)"/.exec(page.html)![1]!));
    expect(slip.html).toContain(code);
    expect(slip.html).toContain(secret);
  });

  test('sent twice, also at once, is one report with the same codes', async () => {
    const before = await count('report');
    const fields = { ...CALL, khoa: await fresh(), go: 'gui', narrative: 'Gửi hai lần vì bấm nhầm, chỉ được thành một phản ánh thôi.' };
    const pages = await Promise.all([send(fields), send(fields)]);
    const codes = [await codesAfter(pages[0]!), await codesAfter(pages[1]!), await codesAfter(await send(fields))].map(({ code, secret }) => `${code} ${secret}`);
    expect(new Set(codes).size).toBe(1);
    expect(await count('report')).toBe(before + 1);
    const changed = await send({ ...fields, narrative: 'Nay là một chuyện khác hẳn nhưng vẫn mang mẫu cũ.' });
    expect(changed.status).toBe(409);
    expect(changed.html).toContain('Nay là một chuyện khác hẳn');
    await codesAfter(await send({ ...fields, narrative: 'Nay là một chuyện khác hẳn nhưng vẫn mang mẫu cũ.', khoa: formKey(changed) }));
    expect(await count('report')).toBe(before + 2);
  });

  test('comes back with everything that was typed when something is wrong, and stores nothing', async () => {
    const before = await count('arrival');
    const khoa = await fresh();
    const page = await send({ ...CALL, khoa, go: 'gui', category: '', money_lost: 'rất nhiều', commune_text: 'Xã Không Có', email: 'hoa@nguoidan', kenh: 'walk_in', in_danger: '1', language: 'en' });
    expect(page.status).toBe(422);
    expect(formKey(page)).toBe(khoa);
    for (const kept of [CALL.narrative, 'dienluc-capnhat.example', 'rất nhiều', 'Xã Không Có', '0912 345 678', 'Chị Hoa', 'hoa@nguoidan']) expect(unescapeHtml(page.html)).toContain(kept);
    expect(page.html).toMatch(/value="walk_in"[^>]*checked/);
    expect(page.html).toMatch(/name="in_danger"[^>]*checked/);
    expect(page.html).toMatch(/name="language" value="en"[^>]*checked/);
    for (const field of ['category', 'money_lost', 'commune_text', 'email']) expect(page.html).toContain(`href="#f-${field}"`);
    expect(await count('arrival')).toBe(before);
  });

  test('without contact or place is anonymous, from nowhere; a name alone is not enough', async () => {
    const bare = { kenh: 'walk_in', narrative: 'Ông cụ tại quầy kể bị dụ mua thuốc giả qua mạng.', category: 'counterfeit_unlicensed_goods', go: 'gui' };
    const { code } = await codesAfter(await send({ ...bare, khoa: await fresh() }));
    expect(await reportOf(code)).toMatchObject({ channel: 'walk_in', reporter_kind: 'anonymous', commune_code: null });
    expect((await send({ ...bare, khoa: await fresh(), name: 'Ông Páo' })).status).toBe(422);
  });

  test('that repeats a known trace is told so at once: case, count, and nothing of other agencies', async () => {
    const page = await send({ ...CALL, khoa: await fresh(), go: 'xem' });
    expect(page.status).toBe(200);
    expect(page.html).toMatch(/VV-04-2026-\d{4}/);
    expect(page.html).toContain('<small>3 phản ánh về');
    expect(page.html).toContain('dienluc-capnhat[.]example');
    expect(page.html).not.toContain('https://dienluc-capnhat.example');
    const elsewhere = await send({ ...CALL, khoa: await fresh(), go: 'xem' }, [], foreign.browser);
    expect(elsewhere.html).not.toMatch(/VV-04-2026-\d{4}/);
    const linked = await send({ ...CALL, khoa: await fresh(), category: 'threat_harassment', go: 'xem' });
    expect(linked.html).not.toContain('<small>3 phản ánh về');
    const form = await lan.browser.get(COUNTER);
    expect(form.html).toMatch(/<option value="dienluc-capnhat\[\.\]example"/);
    expect((await foreign.browser.get(COUNTER)).html).not.toContain('dienluc-capnhat');
  });

  test('shows its codes for an hour', async () => {
    const sent = await send({ ...CALL, khoa: await fresh(), go: 'gui', narrative: 'Một cuộc gọi để xem lại mã sau một giờ.' });
    const at = desk.clock.now();
    const open = (later: number) => {
      desk.clock.set(new Date(at.getTime() + later));
      return officer('so-vhttdl', ['intake'], 'Nông Thị Sau').then(({ browser }) => browser.get(sent.location!));
    };
    const statuses = [(await open(3_599_000)).status, (await open(3_600_001)).status];
    desk.clock.set(at);
    expect(statuses).toEqual([200, 410]);
  });
});

describe('a letter', () => {
  const LETTER = { kenh: 'post', narrative: 'Thư của tổ dân phố báo nhóm mời vay tiền qua ứng dụng lạ.', category: 'scam', go: 'gui' };
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF');
  const picture = (shade: number) => sharp({ create: { width: 20, height: 20, channels: 3, background: { r: shade, g: 90, b: 90 } } }).jpeg().toBuffer();

  test('takes the next number of the register, and none is given twice, however many ask', async () => {
    const page = await send({ ...LETTER, go: 'so', khoa: await fresh('post') });
    expect(page.html).toMatch(/name="document"[^>]*value="1"/);
    expect(page.html).toContain(LETTER.narrative);
    const numbers = await Promise.all(Array.from({ length: 12 }, () => nextDocumentNumber(desk, lan.actor)));
    expect(numbers.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 2));
    await codesAfter(await send({ ...LETTER, document: '14', khoa: await fresh('post') }));
    await codesAfter(await send({ ...LETTER, document: '15', khoa: await fresh('post'), narrative: `${LETTER.narrative} Thư thứ hai.` }));
    expect(await nextDocumentNumber(desk, lan.actor)).toEqual({ number: 16, year: 2026 });
  });

  test('with a number in use is refused with who and when, everything kept; also when two come at once', async () => {
    const page = await send({ ...LETTER, document: '14', khoa: await fresh('post'), narrative: 'Một thư khác ghi nhầm số đã dùng.' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('Số 14 đã dùng: Nông Thị Lan vào sổ lúc 09:00 ngày 22/11/2026');
    expect(page.html).toContain('Một thư khác ghi nhầm số đã dùng.');
    const keys = [await fresh('post'), await fresh('post')];
    const both = await Promise.all(keys.map((khoa, at) => send({ ...LETTER, document: '300', khoa, narrative: `Hai người cùng vào sổ một số, thư ${at}.` })));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect((await send({ ...LETTER, document: '0', khoa: await fresh('post') })).status).toBe(422);
  });

  test('keeps its scans: pictures with the report, one PDF sealed; the same sending again is the same report', async () => {
    const files = [['thu.pdf', pdf, 'application/pdf'], ['trang1.jpg', await picture(10), 'image/jpeg'], ['trang2.jpg', await picture(200), 'image/jpeg']] as const;
    const fields = { ...LETTER, khoa: await fresh('post'), document: '40', narrative: 'Thư có hai trang ảnh và một tệp PDF, gửi hai lần.' };
    const first = await codesAfter(await send(fields, files));
    const again = await codesAfter(await send(fields, files));
    expect([again.code, again.secret]).toEqual([first.code, first.secret]);
    const { id } = await reportOf(first.code);
    expect(await desk.owner.selectFrom('attachment').select('name').where('report_id', '=', id).orderBy('name').execute()).toEqual([{ name: 'trang1.jpg' }, { name: 'trang2.jpg' }]);
    const arrival = await desk.owner.selectFrom('arrival').selectAll().where('report_id', '=', id).executeTakeFirstOrThrow();
    expect(await desk.files.get(arrival.original_ref!)).toEqual(pdf);
    expect(arrival).toMatchObject({ document_number: 40, document_year: 2026, media: 'letter' });
    expect(await count('pending_upload')).toBe(0);
  });

  test('refuses scans that cannot be kept, in words, and keeps none of the others', async () => {
    const ok = ['trang.jpg', await picture(30), 'image/jpeg'] as const;
    const refused = async (files: Parameters<typeof send>[1], more: Record<string, string> = {}) => {
      const page = await send({ ...LETTER, ...more, khoa: await fresh('post') }, files);
      expect(page.status).toBe(422);
      return unescapeHtml(page.html);
    };
    expect(await refused([ok, ['thu.docx', Buffer.from('PK\u0003\u0004xx'), 'application/zip']])).toContain('“thu.docx” là tệp nén');
    expect(await refused([['a.pdf', pdf, 'application/pdf'], ['b.pdf', pdf, 'application/pdf']])).toContain('“b.pdf” là tệp thứ hai');
    expect(await refused([ok], { category: 'intimate_images' })).toContain('không lưu ảnh');
    expect(await refused([ok], { kenh: 'phone' })).toContain('chọn “Thư giấy”');
    expect(await refused([['to.jpg', Buffer.concat([await picture(1), Buffer.alloc(11_000_000)]), 'image/jpeg']])).toContain('“to.jpg” quá lớn');
    expect(await count('pending_upload')).toBe(0);
  });

  test('of another agency’s register has no number there', async () => {
    await expect(nextDocumentNumber(desk, foreign.actor)).rejects.toMatchObject({ code: 'invalid' });
    await expect(takeAtCounter(desk, foreign.actor, { channel: 'post', fields: { category: 'scam', narrative: LETTER.narrative, commune: '-', contact_kind: 'anonymous' }, formKey: 'khoa-cua-co-quan-khac', scans: [], document: { number: 900, year: 2026 }, language: 'vi' }))
      .rejects.toMatchObject({ code: 'invalid' });
    expect((await foreign.browser.get(`${COUNTER}?kenh=post`)).html).not.toContain('name="document"');
  });
});

const MAILBOX = 'baocao@lachan.example';

/** A mail that came and was read. */
async function mail(raw: Buffer): Promise<string> {
  const { id } = await recordArrival(desk, {
    channel: 'email', media: 'mail', receiver: MAILBOX, sender: 'hoa@nguoidan.example', externalKey: createHash('sha256').update(raw).digest('hex'), original: raw, officerId: null,
    document: null, arrivedAt: desk.clock.now(), facts: {},
  });
  await takeArrival(desk, id);
  return id;
}
const bomb = (n: number) => Buffer.from(`From: bom${n}@khac.example\r\nSubject: bom\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\nContent-Type: text/plain\r\n\r\nA\r\n'.repeat(9000)}--x--\r\n`);
const auto = (n: number) => Buffer.from(`From: Nguyen Thi Hoa <hoa@nguoidan.example>\r\nTo: ${MAILBOX}\r\nSubject: Tu dong ${n}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nToi bi lua qua trang nhan-qua-${n}.example, xin giup.`);
const stateOf = async (id: string) => desk.owner.selectFrom('arrival').select(['state', 'reason', 'attempts', 'report_id']).where('id', '=', id).executeTakeFirstOrThrow();

describe('the quarantine', () => {
  test('lists what could not be read with the reason in words, for the roles it is for', async () => {
    const id = await mail(bomb(1));
    const page = await lan.browser.get('/can-bo/kenh/cach-ly');
    expect(page.html).toContain(`/can-bo/kenh/cach-ly/${id}`);
    expect(page.html).toContain('Quá nhiều phần bên trong');
    expect((await lan.browser.get('/can-bo/kenh/cach-ly?muc=de-rieng')).html).not.toContain(id);
    const reviewer = await officer('so-vhttdl', ['reviewer'], 'Hoàng Văn Duyệt');
    for (const path of [COUNTER, '/can-bo/kenh', '/can-bo/kenh/cach-ly', `/can-bo/kenh/cach-ly/${id}`, '/can-bo/van-ban', '/can-bo/so-lieu']) expect([path, (await reviewer.browser.get(path)).status]).toEqual([path, 404]);
  });

  test('of another agency is empty, and its things are not there', async () => {
    const id = await mail(bomb(2));
    expect((await foreign.browser.get('/can-bo/kenh/cach-ly')).html).not.toContain(id);
    expect((await foreign.browser.get(`/can-bo/kenh/cach-ly/${id}`)).status).toBe(404);
    for (const verb of ['thu-lai', 'bo', 'ban-goc']) expect((await foreign.browser.post(`/can-bo/kenh/cach-ly/${id}/${verb}`, { reason: 'không phải của mình' })).status).toBe(404);
    expect(await journalOf(id)).toEqual([]);
    expect((await foreign.browser.get('/can-bo/kenh')).html).toContain('do Sở Văn hóa, Thể thao và Du lịch');
  });

  test('gives the original out as nothing that opens, to those who may know the sender, and notes it', async () => {
    const id = await mail(bomb(3));
    const response = await app.request(`/can-bo/kenh/cach-ly/${id}/ban-goc`, { method: 'POST', headers: { cookie: [...lan.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: '' });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bomb(3));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="arrival-2026-11-22-${id.slice(-8)}.eml.nguy-hiem"`, 'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"), 'cache-control': 'no-store',
    });
    expect(await journalOf(id)).toEqual([{ action: 'open_original', reason: null, officer_id: lan.actor.officerId }]);
    const clerk = await officer('so-vhttdl', ['clerk', 'administrator'], 'Đàm Thị Thư');
    expect((await clerk.browser.post(`/can-bo/kenh/cach-ly/${id}/ban-goc`, {})).status).toBe(404);
    expect((await clerk.browser.get(`/can-bo/kenh/cach-ly/${id}`)).html).not.toContain('/ban-goc');
    expect(await journalOf(id)).toHaveLength(1);
  });

  test('reads again what is asked for, and says so when somebody was first', async () => {
    const id = await mail(bomb(4));
    expect((await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/thu-lai`, {})).location).toBe(`/can-bo/kenh/cach-ly/${id}?xong=thu-lai`);
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 1 });
    const late = await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/bo`, { reason: 'thư bom' });
    expect(late.status).toBe(409);
    expect(late.html).toContain('Đang chờ đọc');
    await takeArrival(desk, id);
    expect(await stateOf(id)).toMatchObject({ state: 'quarantined', reason: 'too_many_parts', attempts: 1 });
  });

  test('takes what was set aside as a report when an officer says so', async () => {
    const id = await mail(auto(1));
    expect(await stateOf(id)).toMatchObject({ state: 'set_aside', reason: 'auto_reply' });
    const page = await lan.browser.get(`/can-bo/kenh/cach-ly/${id}`);
    expect(page.html).toContain('Thư trả lời tự động');
    expect(page.html).toContain('Nhận là phản ánh');
    await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/thu-lai`, {});
    await takeArrival(desk, id);
    const { state, report_id } = await stateOf(id);
    expect(state).toBe('taken');
    expect((await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/ban-goc`, {})).status).toBe(404);
    expect((await desk.owner.selectFrom('report').select('narrative').where('id', '=', report_id!).executeTakeFirstOrThrow()).narrative).toContain('nhan-qua-1');
  });

  test('throws away with a reason only, and notes who', async () => {
    const id = await mail(auto(2));
    const short = await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/bo`, { reason: 'x' });
    expect(short.status).toBe(422);
    expect(short.html).toContain('từ 3 đến 300 ký tự');
    expect((await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/bo`, { reason: 'Thư quảng cáo' })).status).toBe(303);
    expect(await stateOf(id)).toMatchObject({ state: 'discarded', reason: 'Thư quảng cáo' });
    expect(await journalOf(id)).toEqual([{ action: 'discard', reason: null, officer_id: lan.actor.officerId }]);
  });

  test('a picture refused inside a mail stays a refused picture when it is read again', async () => {
    const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('không phải ảnh')]).toString('base64');
    await mail(Buffer.from(`From: hoa@nguoidan.example\r\nSubject: Anh\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nGui anh chup man hinh.\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename="a.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${broken}\r\n--b--\r\n`));
    const { id } = await desk.owner.selectFrom('arrival').select('id').where('media', '=', 'picture').executeTakeFirstOrThrow();
    await lan.browser.post(`/can-bo/kenh/cach-ly/${id}/thu-lai`, {});
    await takeArrival(desk, id);
    expect(await stateOf(id)).toMatchObject({ state: 'quarantined', reason: 'picture_broken' });
  });
});

describe('the channels', () => {
  test('say how they stand: never connected, failing since and why, running', async () => {
    const state = async () => /<td role="cell" class="[^"]*title"[^>]*><b>Thư điện tử<\/b>.*?<\/tr>/s.exec((await lan.browser.get('/can-bo/kenh')).html)![0];
    expect(await state()).toContain('Chưa kết nối');
    expect(await state()).toContain(MAILBOX);
    await noteHealth(desk, system('mailbox'), { channel: 'email', endpoint: MAILBOX, ok: false, reason: 'sign_in', detail: 'NO [AUTHENTICATIONFAILED]' });
    const failing = await state();
    expect(failing).toContain('từ 09:00 ngày 22/11/2026 vì máy chủ thư không nhận tên hoặc mật khẩu');
    expect(failing).not.toContain('AUTHENTICATIONFAILED');
    expect((await lan.browser.get(COUNTER)).html).toMatch(/Kênh tiếp nhận<\/span><b class="tag amber">/);
    await noteHealth(desk, system('mailbox'), { channel: 'email', endpoint: MAILBOX, ok: true, arrived: true });
    expect(await state()).toContain('Đang chạy');
    const sms = /<b>Tin nhắn<\/b>.*?<\/tr>/s.exec((await lan.browser.get('/can-bo/kenh')).html)![0];
    expect(sms).toContain('Chưa bật');
  });
});

describe('an electronic document', () => {
  const upload = (bytes: Uint8Array, document = '', who = lan.browser) => {
    const form = new FormData();
    form.append('tep', new File([new Uint8Array(bytes)], 'bc-47.edxml'));
    form.append('document', document);
    return who.post('/can-bo/van-ban', form);
  };
  const idOf = async (bytes: Uint8Array) => (await desk.owner.selectFrom('arrival').select('id').where('media', '=', 'edxml')
    .where('original_sha256', '=', createHash('sha256').update(bytes).digest()).executeTakeFirstOrThrow()).id;
  const download = (path: string, fields: Record<string, string>) => lan.browser.post(path, fields);

  test('imported becomes a report; a status and an answer go out and read back', async () => {
    expect((await upload(Buffer.from(writeEdxml(SAMPLE)), '512')).location).toBe('/can-bo/van-ban?xong=nhan');
    const id = await idOf(Buffer.from(writeEdxml(SAMPLE)));
    await takeArrival(desk, id);
    expect((await upload(Buffer.from(writeEdxml(SAMPLE)), '512')).location).toBe('/can-bo/van-ban?xong=trung');
    const { report_id } = await stateOf(id);
    const list = await lan.browser.get('/can-bo/van-ban');
    expect(list.html).toContain('47/BC-UBND');
    expect(list.html).toContain('UBND xã Hòa An');
    expect(list.html).toContain('chưa chứng nhận hợp quy QCVN 102:2016');

    const status = await download(`/can-bo/van-ban/${id}/trang-thai`, { code: '03', description: 'Đã chuyển Phòng Thông tin' });
    expect(status.headers.get('content-disposition')).toMatch(/^attachment; filename="trang-thai-03-/);
    expect(readEdxml(Buffer.from(status.html))).toMatchObject({
      kind: 'status', statusCode: '03', description: 'Đã chuyển Phòng Thông tin', from: { organId: ORGAN, organName: 'Sở Văn hóa, Thể thao và Du lịch' },
      responseFor: [{ organId: SAMPLE.from.organId, code: '47/BC-UBND', promulgatedOn: '2026-11-20', documentId: SAMPLE.documentId }], warnings: [],
    });

    const words = { number: '88', notation: 'SVHTTDL-TT', subject: 'Trả lời văn bản số 47/BC-UBND', position: 'GIÁM ĐỐC', fullName: 'Lục Thị Mẫu' };
    const early = await download(`/can-bo/van-ban/${id}/tra-loi`, words);
    expect(early.status).toBe(422);
    expect(early.html).toContain('Chưa trả lời phản ánh này');
    await desk.owner.insertInto('message').values({ report_id: report_id!, sent_by: 'desk', officer_id: lan.actor.officerId, body: 'Trang nêu trong văn bản đã được xác minh là giả mạo.', at: desk.clock.now(), read_at: null }).execute();
    const answer = await download(`/can-bo/van-ban/${id}/tra-loi`, words);
    expect(readEdxml(Buffer.from(answer.html))).toMatchObject({
      kind: 'document', subject: words.subject, content: 'Trang nêu trong văn bản đã được xác minh là giả mạo.', promulgatedOn: '2026-11-22', documentId: `${ORGAN},2026/11/22,88/SVHTTDL-TT`,
      to: [{ organId: SAMPLE.from.organId, organName: 'UBND xã Hòa An' }], signer: { position: 'GIÁM ĐỐC', fullName: 'Lục Thị Mẫu' }, responseFor: [{ code: '47/BC-UBND', documentId: SAMPLE.documentId }],
      signature: null, warnings: [],
    });
    expect((await journalOf(id)).map(({ action }) => action)).toEqual(['export_status', 'export_answer']);
    const long = await download(`/can-bo/van-ban/${id}/tra-loi`, { ...words, notation: 'X'.repeat(31) });
    expect(long.status).toBe(422);
    expect(long.html).toContain('href="#f-notation"');
    expect(unescapeHtml(long.html)).toContain('Lục Thị Mẫu');
  });

  test('that is a status is set aside with what it says; one that is none is quarantined', async () => {
    const told = Buffer.from(writeStatus(SAMPLE_STATUS));
    await upload(told);
    const status = await idOf(told);
    await takeArrival(desk, status);
    expect(await stateOf(status)).toMatchObject({ state: 'set_aside', reason: 'status:03' });
    const page = await lan.browser.get(`/can-bo/kenh/cach-ly/${status}`);
    expect(page.html).toContain('Thông điệp trạng thái: Đã tiếp nhận');
    expect(page.html).not.toContain('/thu-lai');
    const none = Buffer.from('<a>không phải văn bản</a>');
    await upload(none);
    const other = await idOf(none);
    await takeArrival(desk, other);
    expect(await stateOf(other)).toMatchObject({ state: 'quarantined', reason: 'not_edxml' });
    expect((await download(`/can-bo/van-ban/${other}/trang-thai`, { code: '02' })).status).toBe(422);
  });

  test('needs a file; takes no number in use, and none from another agency', async () => {
    expect((await upload(Buffer.alloc(0))).status).toBe(422);
    const used = await upload(Buffer.from(writeEdxml({ ...SAMPLE, subject: 'Văn bản khác cùng số đến' })), '512');
    expect(used.status).toBe(422);
    expect(used.html).toContain('Số 512 đã dùng: Nông Thị Lan');
    expect((await upload(Buffer.from(writeEdxml(SAMPLE)), '', foreign.browser)).status).toBe(404);
    expect((await foreign.browser.get('/can-bo/van-ban')).html).not.toContain('47/BC-UBND');
    expect((await foreign.browser.get(`/can-bo/van-ban/${await idOf(Buffer.from(writeEdxml(SAMPLE)))}`)).status).toBe(404);
  });
});

describe('figures of others', () => {
  const FIGURE = { kind: 'c2_connections', qualifier: 'more_than', value: '42.000', from: '01/10/2026', to: '31/10/2026', source: 'Trung tâm giám sát an ninh mạng tỉnh' };
  const add = (more: Record<string, string> = {}, who = lan.browser) => who.post('/can-bo/so-lieu', { ...FIGURE, ...more });
  const figures = () => desk.owner.selectFrom('external_figure').selectAll().orderBy('recorded_at').orderBy('id').execute();

  test('are added, replaced, withdrawn with a reason; never become cases', async () => {
    const before = await count('report');
    expect((await add()).location).toBe('/can-bo/so-lieu?xong=them');
    expect((await add()).location).toBe('/can-bo/so-lieu?xong=nhu-cu');
    expect((await add({ value: '43.500' })).location).toBe('/can-bo/so-lieu?xong=thay');
    expect((await figures()).map(({ value, qualifier, withdrawn_reason, officer_id }) => ({ value, qualifier, withdrawn_reason, mine: officer_id === lan.actor.officerId })))
      .toEqual([{ value: 42_000, qualifier: 'more_than', withdrawn_reason: 'replaced', mine: true }, { value: 43_500, qualifier: 'more_than', withdrawn_reason: null, mine: true }]);
    const page = await lan.browser.get('/can-bo/so-lieu');
    expect(page.html).toContain('hơn 43.500 kết nối');
    expect(page.html).not.toContain('hơn 42.000 kết nối');
    expect(page.html).toContain('không phải vụ việc');
    const { id } = (await figures())[1]!;
    expect((await lan.browser.post(`/can-bo/so-lieu/${id}/thu-hoi`, { reason: '' })).status).toBe(422);
    expect((await foreign.browser.post(`/can-bo/so-lieu/${id}/thu-hoi`, { reason: 'không phải của mình' })).status).toBe(404);
    expect((await lan.browser.post(`/can-bo/so-lieu/${id}/thu-hoi`, { reason: 'Đếm trùng' })).status).toBe(303);
    expect((await lan.browser.get('/can-bo/so-lieu?thu-hoi=1')).html).toContain('Lý do: Đếm trùng');
    expect((await journalOf(id)).map(({ action, reason }) => [action, reason])).toEqual([['record', null], ['withdraw', 'Đếm trùng']]);
    expect(await count('report')).toBe(before);
  });

  test('come back with what was typed and what is wrong', async () => {
    const page = await add({ kind: '', value: 'nhiều lắm', from: '31/10/2026', to: '01/10/2026', source: 'x' });
    expect(page.status).toBe(422);
    for (const field of ['kind', 'value', 'to', 'source']) expect(page.html).toContain(`href="#f-${field}"`);
    expect(page.html).toContain('nhiều lắm');
    expect((await add({ kind: 'fraud_loss', value: '1,2 tỷ', qualifier: '' })).status).toBe(303);
    expect((await figures()).at(-1)).toMatchObject({ kind: 'fraud_loss', value: 1_200_000_000, qualifier: 'exact', unit: 'dong' });
  });

  test('of another agency show to the one that coordinates, not the other way round; files carry no formula', async () => {
    expect((await add({ source: '=HYPERLINK("http://x.example")' }, foreign.browser)).status).toBe(303);
    expect((await add({ value: '7', from: '01/09/2026', to: '30/09/2026' })).status).toBe(303);
    const own = await lan.browser.get('/can-bo/so-lieu/tai-ve?dang=csv');
    expect(own.headers.get('content-disposition')).toBe('attachment; filename="so-lieu-ngoai-2026-11-22.csv"');
    expect(own.html).toContain(`"'=HYPERLINK(""http://x.example"")"`);
    const json = JSON.parse((await foreign.browser.get('/can-bo/so-lieu/tai-ve?dang=json')).html) as { figures: { source: string; value: number; agency: string }[] };
    expect(json.figures.map(({ source }) => source)).toEqual(['=HYPERLINK("http://x.example")']);
    expect((await foreign.browser.get('/can-bo/so-lieu')).html).not.toContain('30/09/2026');
  });
});

test('every page speaks English to an officer who reads it', async () => {
  const english = await officer('so-vhttdl', ['intake', 'case_officer', 'clerk'], 'Sam Reader');
  await desk.owner.updateTable('officer').set({ language: 'en' }).where('id', '=', english.actor.officerId).execute();
  for (const [path, heading] of [
    [COUNTER, 'Write down what the caller says'], ['/can-bo/kenh', 'Channels'], ['/can-bo/kenh/cach-ly', 'Quarantine'], ['/can-bo/van-ban', 'Electronic documents'], ['/can-bo/so-lieu', 'Outside figures'],
  ] as const) expect((await english.browser.get(path)).html).toContain(`<h1>${heading}</h1>`);
});

test('the menu names what each role may open', async () => {
  const side = (html: string) => [...html.matchAll(/<a href="(\/can-bo\/(?:tiep-nhan|kenh|bang-tinh|van-ban|so-lieu))"/g)].map((found) => found[1]);
  expect(side((await lan.browser.get('/can-bo/tro-giup')).html)).toEqual(['/can-bo/tiep-nhan', '/can-bo/kenh', '/can-bo/bang-tinh', '/can-bo/van-ban', '/can-bo/so-lieu']);
  const administrator = await officer('so-vhttdl', ['administrator'], 'Quản trị');
  expect(side((await administrator.browser.get('/can-bo/tro-giup')).html)).toEqual(['/can-bo/kenh']);
  const reviewer = await officer('so-vhttdl', ['reviewer'], 'Người duyệt');
  expect(side((await reviewer.browser.get('/can-bo/tro-giup')).html)).toEqual([]);
});
