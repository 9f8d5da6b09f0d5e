/** The forms of every measure over HTTP: what the drafter fills in, what the legal officer says, what the second officer answers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { MEASURES, measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { addObservation } from '#modules/cases/index.ts';
import { decideSecond, decisionRoutes, expireDecisions, startDraft, submitDraft, type DraftInput } from '#modules/decisions/index.ts';
import { gatekeeper } from '#modules/identity/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { formatDate } from '#web/format.ts';
import { EFFECTS } from '../../src/modules.ts';
import { stayedByAppeal } from '../support/appeals.ts';
import { addRecipients, completeDraft, completeInput, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

const desk = await testDesk();
const app = httpApp({
  desk, routes: decisionRoutes(EFFECTS), gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(),
  assets: { href: (name) => `/tinh/${name}`, files: new Map() },
});
let office: Office;
let legal: OfficerActor;
let serial = 0;
const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const rowOf = (id: string) => desk.owner.selectFrom('decision').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const stateOf = async (id: string) => (await rowOf(id)).state;

beforeAll(async () => {
  office = await openOffice(desk);
  legal = await addOfficer(desk, 'so-vhttdl', ['legal'], 'Hoàng Thị Yến');
  await addRecipients(desk);
});

const STORY: Readonly<Partial<Record<CategoryCode, string>>> = {
  threat_harassment: 'Có người nhắn mỗi đêm dọa sẽ đến tận nhà đánh tôi, gửi kèm ảnh cổng nhà tôi.',
  false_emergency_alert: 'Có tin nói ngừng thuốc tim và uống nước lá để khỏi bệnh, nhiều người trong xóm tin.',
  intimate_images: 'Ảnh riêng tư của tôi bị đăng tại https://anh-rieng.example/p/1 mà tôi không đồng ý.',
};

/** A verified case that names a page, a domain, a telephone and an account. */
function caseOf(category: CategoryCode = 'phishing_impersonation'): Promise<{ caseId: string }> {
  const tail = ++serial;
  return verifiedCase(desk, office, [reportOf({
    category, narrative: STORY[category] ?? `Trang giả https://dich-vu-${tail}.example/otp gọi từ 0912 345 6${String(tail).padStart(2, '0')}, bắt chuyển vào tài khoản 10${String(tail).padStart(2, '0')}345678 Vietcombank`,
  })]);
}

const cookies = new Map<string, string>();
async function send(actor: OfficerActor, path: string, form?: Record<string, string | readonly string[]>): Promise<{ status: number; location: string | null; html: string }> {
  const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
  cookies.set(actor.officerId, cookie);
  const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])));
  const response = await app.request(path, { method: form ? 'POST' : 'GET', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

/** A draft as a browser would send it. */
function formOf(input: DraftInput): Record<string, string | readonly string[]> {
  const named = (prefix: string, values: Readonly<Record<string, string | readonly string[]>>) => Object.fromEntries(Object.entries(values).map(([code, value]) => [`${prefix}.${code}`, value]));
  const typed = Object.fromEntries(Object.entries(input.detail).map(([code, value]) => [code, value === '2026-11-20' ? '20/11/2026' : value === '12000000' ? '12.000.000 đồng' : value]));
  return {
    basis: input.legalBasis!, aim: input.aim!, facts: input.facts, side_effects: input.sideEffects, ends_on: input.endsOn ? formatDate(input.endsOn) : '', title: input.title, summary: input.summary,
    advice: input.advice, locators: input.locators.map(({ indicatorId }) => indicatorId), recipients: input.recipients,
    ...named('element', input.elements), ...named('proof', input.proofs), ...named('option', input.options), ...named('detail', typed),
  };
}

const NO = Object.fromEntries(STOP_CODES.map((code) => [`gate.${code}`, 'no']));
const pathOf = (id: string, below = '') => `/can-bo/quyet-dinh/${id}${below}`;

async function submitted(measure: MeasureCode, category?: CategoryCode): Promise<string> {
  const { caseId } = await caseOf(category);
  const id = await completeDraft(desk, office, caseId, measure);
  await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  return id;
}

describe.each(MEASURES.map((measure) => ({ measure: measure.code, category: (measure.categories as readonly CategoryCode[]).includes('phishing_impersonation') ? 'phishing_impersonation' as const : measure.categories[0]! })))(
  '$measure for $category', ({ measure, category }) => {
    it('is begun, saved, submitted, returned, submitted again and approved by form', async () => {
      const { caseId } = await caseOf(category);
      const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
      const begun = await send(office.drafter, `/can-bo/vu-viec/${number}/quyet-dinh`, { measure });
      expect(begun.status).toBe(303);
      const id = begun.location!.replace(/\?.*/, '').split('/').at(-1)!;
      const empty = await send(office.drafter, pathOf(id));
      expect(empty.html).toContain('điều cần bổ sung trước khi trình duyệt');
      for (const { code } of measureOf(measure).fields) expect(empty.html).toContain(`name="detail.${code}"`);
      expect(empty.html.includes('name="recipients"')).toBe(measureOf(measure).recipients.length > 0);
      expect(empty.html.includes('name="ends_on"')).toBe(measureOf(measure).maxDays !== null);
      const input = await completeInput(desk, caseId, id);
      expect((await send(office.drafter, pathOf(id), { ...formOf(input), go: 'save' })).location).toBe(`${pathOf(id)}?xong=da-luu`);
      expect((await rowOf(id)).detail).toEqual(input.detail);
      const whole = await send(office.drafter, pathOf(id));
      expect(whole.html).toContain('Dự thảo đã đủ');
      expect((await send(office.drafter, pathOf(id), { ...formOf(input), go: 'submit' })).location).toBe(`${pathOf(id)}?xong=trinh`);
      expect((await send(office.reviewer, pathOf(id, '/tra-lai'), { return_reason: 'Xin nêu rõ ngày kiểm tra.' })).location).toBe(`${pathOf(id)}?xong=tra-lai`);
      expect((await send(office.drafter, pathOf(id), { ...formOf(input), go: 'submit' })).location).toBe(`${pathOf(id)}?xong=trinh`);
      if (categoryOf(category).legalReview) await send(legal, pathOf(id, '/phap-che'), { opinion: 'agrees', legal_note: 'Căn cứ và phạm vi đứng vững.' });
      const review = await send(office.reviewer, pathOf(id));
      for (const field of measureOf(measure).fields) expect(review.html).toContain(field.label.vi);
      const approved = await send(office.reviewer, pathOf(id, '/duyet'), { ...NO, elements: categoryOf(category).positive.map(({ code }) => code) });
      expect(approved.location).toBe(`${pathOf(id)}?xong=duyet`);
      expect(await stateOf(id)).toBe('in_force');
      const paper = await send(office.clerk, pathOf(id, '/ly-do'));
      expect(paper.status).toBe(200);
      expect(paper.html).not.toMatch(/0912 ?345 ?6\d\d|10\d\d345678|https?:\/\/dich-vu/);
    });
  });

describe('what the drafter may name', () => {
  it('is no profile, no platform and no shared name: each stands there with the reason, and is refused when it is sent all the same', async () => {
    const { caseId } = await verifiedCase(desk, office, [reportOf({ category: 'scam', narrative: 'Lừa việc nhẹ tại https://www.facebook.com/viec-nhe-luong-cao và https://www.facebook.com/viec-nhe/posts/123456 nhé' })]);
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'NOTICE_PLATFORM', 'Tỉnh Cao Bằng'));
    const { html } = await send(office.drafter, pathOf(id));
    expect(html).toContain('là trang của một người, một nhóm hay một kênh; chỉ nêu từng bài cụ thể');
    expect(html).toContain('nơi nhận có 24 giờ để xử lý');
    const profile = await desk.owner.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id').select('indicator.id')
      .where('report.case_id', '=', caseId).where('value', 'like', '%viec-nhe-luong-cao').executeTakeFirstOrThrow();
    const post = await desk.owner.selectFrom('indicator').select('id').where('value', 'like', '%viec-nhe/posts/123456').executeTakeFirstOrThrow();
    expect((await send(office.drafter, pathOf(id), { go: 'save', facts: 'Điều đã viết', locators: [post.id] })).location).toBe(`${pathOf(id)}?xong=da-luu`);
    expect(await desk.owner.selectFrom('decision_locator').select('indicator_id').where('decision_id', '=', id).execute()).toEqual([{ indicator_id: post.id }]);
    const refused = await send(office.drafter, pathOf(id), { go: 'save', facts: 'Điều đã viết', locators: [profile.id] });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Không nêu được');
    expect(refused.html).toContain('Điều đã viết');
    expect(await desk.owner.selectFrom('decision_locator').select('indicator_id').where('decision_id', '=', id).where('indicator_id', '=', profile.id).execute()).toEqual([]);
  });

  it('says who adds a recipient when there is none of the kind', async () => {
    const { caseId } = await caseOf();
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'NOTICE_BANK', 'Tỉnh Cao Bằng'));
    await desk.owner.updateTable('recipient').set({ valid_to: '2026-11-01' }).where('kind', '=', 'bank').execute();
    const { html } = await send(office.drafter, pathOf(id));
    await desk.owner.updateTable('recipient').set({ valid_to: null }).where('kind', '=', 'bank').execute();
    expect(html).toContain('Danh bạ chưa có nơi nhận nào thuộc loại: Ngân hàng, ví điện tử');
    expect(html).toContain('href="/can-bo/noi-nhan"');
  });

  it.each([
    ['CORRECTION', 'false_emergency_alert', 'detail.official_url', 'javascript:alert(1)', 'Đường dẫn chưa đúng'], ['CORRECTION', 'false_emergency_alert', 'detail.official_sha256', 'xyz', 'SHA-256'],
    ['ADMIN_DECISION_RECORDED', 'phishing_impersonation', 'detail.date', '31/02/2026', 'Ngày chưa đúng'], ['ADMIN_DECISION_RECORDED', 'phishing_impersonation', 'detail.fine', 'nhiều lắm', 'Số tiền chưa đúng'],
    ['NOTICE_BANK', 'phishing_impersonation', 'detail.asked', 'x'.repeat(4001), 'Dài quá'],
  ] as const)('%s %s: %s is checked, and nothing typed is lost', async (measure, category, field, typed, words) => {
    const { caseId } = await caseOf(category);
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, measure, 'Tỉnh Cao Bằng'));
    const answer = await send(office.drafter, pathOf(id), { go: 'save', facts: 'Điều đã viết cả buổi', [field]: typed });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(words);
    expect(answer.html).toContain('Điều đã viết cả buổi');
    expect(answer.html).toContain(typed);
  });
});

describe('the interim measure', () => {
  it('begins with what stands in the form, is told with its end, and is confirmed', async () => {
    const { caseId } = await caseOf();
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
    const input = await completeInput(desk, caseId, id);
    const early = await send(office.drafter, pathOf(id, '/khan-cap'), { facts: 'Mới viết dở', interim_reason: 'Đang có người chuyển tiền.' });
    expect(early.status).toBe(422);
    expect(early.html).toContain('Mới viết dở');
    expect(early.html).toContain('Đang có người chuyển tiền.');
    expect((await rowOf(id)).facts).toBe('Mới viết dở');
    const silent = await send(office.drafter, pathOf(id, '/khan-cap'), formOf(input));
    expect(silent.status).toBe(422);
    expect(silent.html).toContain('Viết nguy hiểm không thể chờ');
    expect((await send(office.drafter, pathOf(id, '/khan-cap'), { ...formOf(input), interim_reason: 'Trong một giờ qua năm người đã chuyển tiền.' })).location).toBe(`${pathOf(id)}?xong=khan-cap`);
    expect(await stateOf(id)).toBe('interim');
    const { html } = await send(office.reviewer, pathOf(id));
    expect(html).toMatch(/Hết hiệu lực lúc .* còn 24 giờ/);
    expect(html).toContain('Trong một giờ qua năm người đã chuyển tiền.');
    expect(html).toContain('Xác nhận biện pháp khẩn cấp');
    const list = await send(office.reviewer, '/can-bo/quyet-dinh?muc=cho-duyet');
    expect(list.html.indexOf(id)).toBeGreaterThan(0);
    expect((await send(office.reviewer, pathOf(id, '/duyet'), NO)).location).toBe(`${pathOf(id)}?xong=xac-nhan`);
    expect(await stateOf(id)).toBe('in_force');
  });

  it('is offered neither to others nor where no category or measure knows it', async () => {
    const { caseId } = await caseOf('illegal_gambling_ads');
    const id = await completeDraft(desk, office, caseId, 'PUBLIC_WARNING');
    expect((await send(office.drafter, pathOf(id))).html).not.toContain('/khan-cap');
    const refused = await send(office.drafter, pathOf(id, '/khan-cap'), { interim_reason: 'Không chờ được nữa.' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('không có biện pháp khẩn cấp 24 giờ');
    expect((await send(office.reviewer, pathOf(id, '/khan-cap'), { interim_reason: 'Không chờ được nữa.' })).status).toBe(404);
  });

  it('dies by itself, and is not begun again', async () => {
    const { caseId } = await caseOf();
    const id = await completeDraft(desk, office, caseId);
    await send(office.drafter, pathOf(id, '/khan-cap'), { interim_reason: 'Năm người đã chuyển tiền.' });
    expect((await send(office.reviewer, pathOf(id, '/tra-lai'), { return_reason: 'Chưa đủ chứng cứ.' })).location).toBe(`${pathOf(id)}?xong=tra-lai`);
    const again = await send(office.drafter, pathOf(id, '/khan-cap'), { interim_reason: 'Vẫn đang xảy ra.' });
    expect(again.status).toBe(409);
    expect(again.html).toContain('chỉ áp dụng một lần');
    const other = await completeDraft(desk, office, (await caseOf()).caseId);
    await send(office.drafter, pathOf(other, '/khan-cap'), { interim_reason: 'Năm người đã chuyển tiền.' });
    const before = desk.clock.now();
    try {
      desk.clock.set(new Date(before.getTime() + 24 * 3_600_000));
      await inTransaction(desk, system('test'), (tx) => expireDecisions(desk, tx, EFFECTS));
    } finally {
      desk.clock.set(before);
    }
    expect(await stateOf(other)).toBe('expired');
    expect((await send(office.leader, pathOf(other))).html).toContain('Biện pháp khẩn cấp tự hết hiệu lực');
  });
});

describe('legal review', () => {
  it('is asked of the legal officer alone, and keeps the approval waiting', async () => {
    const id = await submitted('SUPPORT', 'threat_harassment');
    const waiting = await send(office.reviewer, pathOf(id));
    expect(waiting.html).toContain('pháp chế chưa có ý kiến');
    expect(waiting.html).toMatch(/<button class="btn" type="submit" disabled[^>]*>Phê duyệt/);
    const elements = categoryOf('threat_harassment').positive.map(({ code }) => code);
    const early = await send(office.reviewer, pathOf(id, '/duyet'), { ...NO, elements });
    expect(early.status).toBe(409);
    expect(early.html).toContain('khi pháp chế chưa đồng ý');
    const list = await send(legal, '/can-bo/quyet-dinh');
    expect(list.html).toContain(id);
    const page = await send(legal, pathOf(id));
    expect(page.html).toContain('name="legal_note"');
    expect(page.html).not.toContain('gate.opinion');
    expect((await send(legal, pathOf(id, '/phap-che'), { opinion: '', legal_note: 'Đã đọc kỹ' })).html).toContain('Chọn đồng ý hoặc không đồng ý');
    expect((await send(legal, pathOf(id, '/phap-che'), { opinion: 'objects', legal_note: 'Chưa rõ yếu tố nghiêm trọng.' })).location).toBe(`${pathOf(id)}?xong=phap-che`);
    expect((await send(legal, '/can-bo/quyet-dinh?muc=phap-che')).html).not.toContain(id);
    expect((await send(legal, pathOf(id, '/phap-che'), { opinion: 'agrees', legal_note: 'Nghĩ lại thì được.' })).html).toContain('đã cho ý kiến pháp chế về lần trình này');
    expect((await send(office.reviewer, pathOf(id))).html).toContain('pháp chế không đồng ý');
    await send(office.reviewer, pathOf(id, '/tra-lai'), { return_reason: 'Sửa theo pháp chế.' });
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await send(legal, pathOf(id, '/phap-che'), { opinion: 'agrees', legal_note: 'Nay đã đủ.' });
    expect((await send(office.reviewer, pathOf(id, '/duyet'), { ...NO, elements })).location).toBe(`${pathOf(id)}?xong=duyet`);
  });

  it('leaves a stop open to the second officer, and is not there for other categories or officers', async () => {
    const id = await submitted('SUPPORT', 'threat_harassment');
    const elements = categoryOf('threat_harassment').positive.map(({ code }) => code);
    expect((await send(office.reviewer, pathOf(id, '/duyet'), { ...NO, 'gate.opinion': 'yes', elements, go: 'stop' })).location).toBe(`${pathOf(id)}?xong=dung`);
    const plain = await submitted('PUBLIC_WARNING');
    expect((await send(legal, pathOf(plain, '/phap-che'), { opinion: 'agrees', legal_note: 'Không ai hỏi.' })).html).toContain('không cần ý kiến pháp chế');
    expect((await send(office.leader, pathOf(plain, '/phap-che'), { opinion: 'agrees', legal_note: 'Không phải tôi.' })).status).toBe(404);
  });
});

describe('after the approval', () => {
  it('a renewal is a new draft that asks for fresh evidence', async () => {
    const id = await submitted('NOTICE_REGISTRAR');
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
    const live = await send(office.drafter, pathOf(id));
    expect(live.html).toContain('Soạn quyết định gia hạn');
    expect(live.html).toContain(`${pathOf(id)}/thong-bao`);
    const begun = await send(office.drafter, pathOf(id, '/gia-han'), {});
    expect(begun.location).toMatch(/\?xong=gia-han$/);
    const draft = begun.location!.replace(/\?.*/, '');
    const newId = draft.split('/').at(-1)!;
    const { case_id: caseId } = await rowOf(newId);
    const old = await completeInput(desk, caseId, newId);
    const stale = await send(office.drafter, draft, { ...formOf(old), go: 'submit' });
    expect(stale.status).toBe(422);
    expect(stale.html).toContain('chứng cứ mới hơn quyết định được gia hạn');
    const before = desk.clock.now();
    try {
      desk.clock.set(new Date(before.getTime() + 60_000));
      await as(office.drafter, (tx) => addObservation(tx, office.drafter, caseId, 'Sáng nay tên miền vẫn trỏ đến biểu mẫu xin mã OTP.'));
      const fresh = await completeInput(desk, caseId, newId);
      expect((await send(office.drafter, draft, { ...formOf(fresh), go: 'submit' })).location).toBe(`${draft}?xong=trinh`);
      expect((await send(office.leader, `${draft}/duyet`, NO)).location).toBe(`${draft}?xong=duyet`);
    } finally {
      desk.clock.set(before);
    }
    expect(await stateOf(id)).toBe('expired');
    expect((await send(office.leader, pathOf(id))).html).toContain('Được thay bằng quyết định gia hạn');
  });

  it('is renewed by nobody before it was in force', async () => {
    const id = await submitted('NOTICE_REGISTRAR');
    const refused = await send(office.drafter, pathOf(id, '/gia-han'), {});
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('Chỉ gia hạn được quyết định đang hoặc từng có hiệu lực');
  });

  it('a stay shows on the page, the paper and the list; the list keeps to one measure when asked', async () => {
    const id = await submitted('NOTICE_BANK');
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
    await stayedByAppeal(desk, await addOfficer(desk, 'so-vhttdl', ['reviewer', 'leader'], 'Ma Thị Bằng'), id);
    for (const path of [pathOf(id), pathOf(id, '/ly-do')]) expect((await send(office.leader, path)).html).toContain('Tạm dừng theo đề nghị xem xét lại');
    expect((await send(office.leader, '/can-bo/quyet-dinh?muc=hieu-luc&bien-phap=NOTICE_BANK')).html).toContain(id);
    expect((await send(office.leader, '/can-bo/quyet-dinh?muc=hieu-luc&bien-phap=CORRECTION')).html).not.toContain(id);
  });

  it('earlier decisions on the same trace are shown to drafter and reviewer', async () => {
    const { caseId } = await caseOf();
    const first = await completeDraft(desk, office, caseId, 'PUBLIC_WARNING');
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, first));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, first, PASSED, [], EFFECTS));
    const second = await completeDraft(desk, office, caseId, 'NOTICE_REGISTRAR');
    expect((await send(office.drafter, pathOf(second))).html).toContain(`href="${pathOf(first)}"`);
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, second));
    expect((await send(office.leader, pathOf(second))).html).toContain(`href="${pathOf(first)}"`);
  });
});
