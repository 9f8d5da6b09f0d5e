import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessSecret } from '#modules/notices/index.ts';
import type { Said } from '#modules/notices/types.ts';
import { webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, type Page } from '../support/browser.ts';
import { openOffice, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addTestRecipient, approve, noticeDraft, runJob } from '../support/notices.ts';
import { cookieFor } from '../support/identity.ts';
import { agencyId, signIn } from '../support/people.ts';

let desk: TestDesk;
let office: Office;
let app: Hono;
let notice: { id: string; access_id: string; affected_id: string; decision_id: string; says: Said };

beforeAll(async () => {
  desk = await testDesk({ BASE_URL: 'https://lachan.example' });
  office = await openOffice(desk);
  app = await webApp(desk, 1e6);
  const { id } = await noticeDraft(desk, office, 'NOTICE_REGISTRAR', [await addTestRecipient(desk, 'registrar', { email: null, name: 'Nhà đăng ký tên miền Thang Hen' })]);
  await approve(desk, office, id);
  notice = await desk.owner.selectFrom('notice').select(['id', 'access_id', 'affected_id', 'decision_id', 'says']).where('decision_id', '=', id).executeTakeFirstOrThrow() as never;
  await runJob(desk, 'render-notice', { noticeId: notice.id });
}, 60_000);

async function officer(who: keyof Office): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const [name, value] = (await cookieFor(desk, office[who].officerId, office[who].agencyId)).split('=') as [string, string];
  browser.cookies.set(name, value);
  return browser;
}
const secret = (id: string) => accessSecret(desk, id);
const openAs = (browser: TestBrowser, code: string, id: string, prefix = ''): Promise<Page> => browser.post(`${prefix}/quyet-dinh`, { code, secret: secret(id) });

describe('what officers do', () => {
  it('see the notice, keep its file and record the dispatch and the answer', async () => {
    const clerk = await officer('clerk');
    expect((await clerk.get('/can-bo/thong-bao')).html).toContain('Nhà đăng ký tên miền Thang Hen');
    const page = await clerk.get(`/can-bo/thong-bao/${notice.id}`);
    expect(page.html).toContain(notice.says.code);
    expect(page.html).not.toContain(secret(notice.access_id));
    const response = await app.request(`/can-bo/thong-bao/${notice.id}/tep/1`, { headers: { cookie: [...clerk.cookies].map((pair) => pair.join('=')).join('; ') } });
    expect([response.status, response.headers.get('content-disposition'), response.headers.get('content-security-policy'), response.headers.get('x-content-type-options')])
      .toEqual([200, `attachment; filename="thong-bao-${notice.says.code}.docx"`, "default-src 'none'; sandbox", 'nosniff']);
    const bytes = Buffer.from(await response.arrayBuffer());
    const file = await desk.owner.selectFrom('notice_file').select('sha256').where('notice_id', '=', notice.id).executeTakeFirstOrThrow();
    expect(createHash('sha256').update(bytes).digest()).toEqual(file.sha256);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    for (const n of ['0', '2', 'x', '..%2f1']) expect((await clerk.get(`/can-bo/thong-bao/${notice.id}/tep/${n}`)).status).toBe(404);
    const wrong = await clerk.post(`/can-bo/thong-bao/${notice.id}/gui-tay`, { number: '15/SVHTTDL-QLTT', on: '30/02/2026' });
    expect([wrong.status, wrong.html.includes('15/SVHTTDL-QLTT'), wrong.html.includes('30/02/2026')]).toEqual([422, true, true]);
    expect((await clerk.post(`/can-bo/thong-bao/${notice.id}/gui-tay`, { number: '15/SVHTTDL-QLTT', on: '22/11/2026' })).location).toBe(`/can-bo/thong-bao/${notice.id}?xong=gui`);
    expect((await clerk.post(`/can-bo/thong-bao/${notice.id}/gui-tay`, { number: '16/SVHTTDL-QLTT', on: '22/11/2026' })).status).toBe(409);
    expect((await clerk.post(`/can-bo/thong-bao/${notice.id}/ket-qua`, { effect: '', note: 'Đã nhận', on: '22/11/2026' })).status).toBe(422);
    expect((await clerk.post(`/can-bo/thong-bao/${notice.id}/ket-qua`, { effect: 'partly', note: 'Đã ngừng một phần', effectNumber: '8/CV', on: '22/11/2026' })).status).toBe(303);
    expect((await clerk.get(`/can-bo/thong-bao/${notice.id}?xong=ket-qua`)).html).toContain('8/CV');
  });

  it('of another agency, or without the role, find nothing', async () => {
    const stranger = await officer('stranger');
    for (const path of [`/can-bo/thong-bao/${notice.id}`, `/can-bo/thong-bao/${notice.id}/tep/1`, `/can-bo/quyet-dinh/${notice.decision_id}/thong-bao`]) expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(`/can-bo/thong-bao/${notice.id}/ket-qua`, { effect: 'done', note: 'Không', on: '22/11/2026' })).status).toBe(404);
    expect((await stranger.get('/can-bo/thong-bao?muc=xong')).html).not.toContain('Thang Hen');
    const reviewer = await officer('reviewer');
    expect((await reviewer.post(`/can-bo/thong-bao/${notice.id}/gui-tay`, { number: '1', on: '22/11/2026' })).status).toBe(404);
  });

  it('see who is told of a decision, and set a delay only before it takes effect', async () => {
    const drafter = await officer('drafter');
    expect((await drafter.get(`/can-bo/thong-bao?quyet-dinh=${notice.decision_id}`)).location).toBe(`/can-bo/quyet-dinh/${notice.decision_id}/thong-bao`);
    const after = await drafter.get(`/can-bo/quyet-dinh/${notice.decision_id}/thong-bao`);
    expect([after.html.includes('Thang Hen'), after.html.includes('name="reason"')]).toEqual([true, false]);
    expect((await drafter.post(`/can-bo/quyet-dinh/${notice.decision_id}/thong-bao`, { reason: 'fraud_under_way', days: '3' })).status).toBe(409);
    const { id } = await noticeDraft(desk, office, 'NOTICE_REGISTRAR', [await addTestRecipient(desk, 'registrar')]);
    const bad = await drafter.post(`/can-bo/quyet-dinh/${id}/thong-bao`, { reason: 'police_request', days: '45', request: '', go: 'hoan' });
    expect([bad.status, bad.html.includes('value="45"')]).toEqual([422, true]);
    expect((await drafter.post(`/can-bo/quyet-dinh/${id}/thong-bao`, { reason: 'police_request', days: '10', request: '120/CAT-ANM', go: 'hoan' })).status).toBe(303);
    expect((await drafter.get(`/can-bo/quyet-dinh/${id}/thong-bao`)).html).toContain('Đang hoãn 10 ngày');
    expect((await drafter.post(`/can-bo/quyet-dinh/${id}/thong-bao`, { go: 'bo-hoan' })).location).toContain('xong=bo-hoan');
    expect(await desk.owner.selectFrom('affected_delay').select('days').where('decision_id', '=', id).execute()).toEqual([]);
  });

  it('of the coordinating agency alone keep the register of recipients', async () => {
    const keeper = new TestBrowser(app);
    const signed = await signIn(desk, 'so-vhttdl', ['administrator']);
    keeper.cookies.set(...(signed.cookie.split('=') as [string, string]));
    const form = { kind: 'bank', name: 'Ngân hàng Pác Bó', nameEn: '', address: '', email: 'sai dia chi', source: 'Trang chính thức', language: 'vi', format: 'xarf' };
    const bad = await keeper.post('/can-bo/noi-nhan', form);
    expect([bad.status, bad.html.includes('value="Ngân hàng Pác Bó"'), bad.html.includes('chưa đúng'), bad.html.includes('Dạng này không dùng')]).toEqual([422, true, true, true]);
    expect((await keeper.post('/can-bo/noi-nhan', { ...form, email: '', format: 'letter' })).location).toBe('/can-bo/noi-nhan?xong=them');
    expect((await keeper.post('/can-bo/noi-nhan', { ...form, email: '', format: 'letter' })).status).toBe(422);
    const { id } = await desk.owner.selectFrom('recipient').select('id').where('name', '=', 'Ngân hàng Pác Bó').executeTakeFirstOrThrow();
    const other = new TestBrowser(app);
    const foreign = await signIn(desk, 'vnpt', ['administrator']);
    other.cookies.set(...(foreign.cookie.split('=') as [string, string]));
    expect([(await other.post('/can-bo/noi-nhan', { ...form, name: 'Ngân hàng lạ', email: '', format: 'letter' })).status, (await other.post(`/can-bo/noi-nhan/${id}/ngung`, {})).status]).toEqual([404, 404]);
    expect((await keeper.post(`/can-bo/noi-nhan/${id}/ngung`, {})).location).toBe('/can-bo/noi-nhan?xong=ngung');
    expect(await desk.owner.selectFrom('recipient').select('valid_to').where('id', '=', id).executeTakeFirst()).toEqual({ valid_to: '2026-11-22' });
    expect(await desk.owner.selectFrom('journal').select('action').where('entity_id', '=', id).orderBy('seq').execute()).toEqual([{ action: 'add' }, { action: 'end' }]);
    expect(await agencyId(desk, 'vnpt')).toBe(foreign.actor.agencyId);
  });
});

describe('the page of a party', () => {
  it('opens by code and secret for the person affected: reasons, exact items, how to contest; no cookie, no script, not for search engines', async () => {
    const visitor = new TestBrowser(app);
    const form = await visitor.get(`/quyet-dinh?ma=${notice.says.affectedCode}`);
    expect(form.html).toContain(`value="${notice.says.affectedCode}"`);
    const page = await openAs(visitor, notice.says.affectedCode!, notice.affected_id);
    expect([page.status, page.headers.get('x-robots-tag'), page.headers.get('cache-control'), page.headers.get('set-cookie'), /<script/.test(page.html)]).toEqual([200, 'noindex, nofollow', 'no-store', null, false]);
    for (const said of ['Quyết định đang có hiệu lực', notice.says.law.citation.vi, notice.says.summary, '90 ngày', 'Tòa án nhân dân', 'Đề nghị xem xét lại']) expect(page.html).toContain(said);
    expect(page.html).not.toMatch(/Nông Thị Lan|Hoàng Văn Tài|name="effect"/);
    expect(hiddenFields(page, '/xem-xet-lai')).toEqual([['code', notice.says.affectedCode], ['secret', secret(notice.affected_id)]]);
    expect((await openAs(visitor, notice.says.affectedCode!, notice.affected_id, '/en')).html).toContain('The decision is in force');
  });

  it('gives one answer for a wrong code, a wrong secret and nonsense', async () => {
    const visitor = new TestBrowser(app);
    const answers = await Promise.all([
      visitor.post('/quyet-dinh', { code: 'TB-04-261122-0999-9', secret: secret(notice.affected_id) }), visitor.post('/quyet-dinh', { code: notice.says.affectedCode!, secret: secret(notice.access_id) }),
      visitor.post('/quyet-dinh', { code: '', secret: '' }), visitor.post('/quyet-dinh', { code: 'x'.repeat(5000), secret: 'y'.repeat(5000) }), visitor.post('/quyet-dinh', { t: 'AAAA' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
    expect(new Set(answers.slice(0, 4).map(({ html }) => html.replace(/ value(="[^"]*")?(?=[ />])/g, ''))).size).toBe(1);
  });

  it('takes the effect from the recipient, keeps what was typed, and closes after an hour', async () => {
    const visitor = new TestBrowser(app);
    const page = await openAs(visitor, notice.says.code, notice.access_id);
    const [[, token] = []] = hiddenFields(page, '/quyet-dinh');
    const bad = await visitor.post('/quyet-dinh', { t: token!, go: 'effect', effect: '', note: 'Đã chuyển phòng kỹ thuật' });
    expect([bad.status, bad.html.includes('Đã chuyển phòng kỹ thuật')]).toEqual([422, true]);
    const done = await visitor.post('/quyet-dinh', { t: token!, go: 'effect', effect: 'done', note: 'Đã ngừng phân giải từ 10 giờ.' });
    expect([done.status, done.html.includes('Đã nhận kết quả')]).toEqual([200, true]);
    expect(await desk.owner.selectFrom('notice').select(['effect', 'effect_by']).where('id', '=', notice.id).executeTakeFirst()).toEqual({ effect: 'done', effect_by: 'recipient' });
    const before = desk.clock.now();
    desk.clock.set(new Date(before.getTime() + 3_700_000));
    const late = await visitor.post('/quyet-dinh', { t: token!, go: 'effect', effect: 'refused', note: 'Muộn rồi' });
    expect([late.status, late.html.includes('quá một giờ')]).toEqual([422, true]);
    desk.clock.set(before);
  });
});
