import { beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '#core/deadlines.ts';
import { decideSecond, decisionRoutes, expireDecisions, returnDraft, saveDraft, startDraft, submitDraft, withdrawDecision } from '#modules/decisions/index.ts';
import { decisionList, decisionPage } from '#modules/decisions/queries.ts';
import { gatekeeper } from '#modules/identity/index.ts';
import { publicWarning } from '#modules/warnings/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { BASIS, completeDraft, completeInput, openOffice, PASSED, reportOf, TODAY, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';

const desk = await testDesk();
const EFFECTS = { PUBLIC_WARNING: [publicWarning] };
const app = httpApp({
  desk, routes: decisionRoutes(EFFECTS), gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(),
  assets: { href: (name) => `/tinh/${name}`, files: new Map() },
});
let office: Office;
let serial = 0;
const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const stateOf = async (id: string) => (await desk.owner.selectFrom('decision').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
const caseState = async (id: string) => (await desk.owner.selectFrom('case_file').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
const numberOf = async (id: string) => (await desk.owner.selectFrom('case_file').select('number').where('id', '=', id).executeTakeFirstOrThrow()).number;

beforeAll(async () => {
  office = await openOffice(desk);
});

const freshCase = () => verifiedCase(desk, office, [reportOf({ narrative: `Trang giả ở https://trang-${serial}.example/otp`, moneyLost: 5_000_000 }), reportOf({ narrative: `Tôi cũng gặp https://trang-${serial++}.example/otp`, communeCode: '01654' })]);

async function submitted(): Promise<{ id: string; caseId: string }> {
  const { caseId } = await freshCase();
  const id = await completeDraft(desk, office, caseId);
  await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  return { id, caseId };
}

async function inForce(): Promise<{ id: string; caseId: string }> {
  const made = await submitted();
  await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, made.id, PASSED, [], EFFECTS));
  return made;
}

const cookies = new Map<string, string>();
async function send(actor: OfficerActor, path: string, form?: Record<string, string | readonly string[]>): Promise<{ status: number; location: string | null; html: string }> {
  const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
  cookies.set(actor.officerId, cookie);
  const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])));
  const response = await app.request(path, { method: form ? 'POST' : 'GET', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

const NO = Object.fromEntries(Object.keys(PASSED).map((code) => [`gate.${code}`, 'no']));

describe('the way of a decision', () => {
  it('goes from a verified case through two people into force, with its warning', async () => {
    const { caseId } = await freshCase();
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
    expect(await caseState(caseId)).toBe('deciding');
    const first = await as(office.drafter, (tx) => decisionPage(tx, id));
    expect(first).toMatchObject({ state: 'draft', facts: { territory: 'Tỉnh Cao Bằng', startsOn: TODAY, endsOn: '2027-02-20', evidence: 0 }, case: { reports: 2, communes: 2, moneyLost: 5_000_000 } });
    expect(first!.competence?.law).toContain('QĐ');
    await expect(as(office.drafter, (tx) => submitDraft(tx, office.drafter, id))).rejects.toMatchObject({ code: 'invalid', details: { missing: expect.arrayContaining([{ point: 'facts' }]) } });
    const input = await completeInput(desk, caseId, id);
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, id, input));
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    expect(await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS))).toEqual({ passed: true });
    const page = await as(office.leader, (tx) => decisionPage(tx, id));
    expect(page).toMatchObject({ state: 'in_force', second: 'Hoàng Văn Tài', actDate: TODAY, eligible: ['Bế Thị Hoa', 'Hoàng Văn Tài'] });
    expect(page!.steps.map(({ action }) => action)).toEqual(['start', 'submit', 'approve']);
    expect(await caseState(caseId)).toBe('acting');
    const warning = await desk.owner.selectFrom('warning').selectAll().where('decision_id', '=', id).executeTakeFirstOrThrow();
    expect(warning).toMatchObject({ title: input.title, lifted_at: null, slug: page!.warning });
    expect(localDate(new Date(warning.ends_at.getTime() - 1))).toBe('2027-02-20');
  });

  it('comes back with reasons and goes again', async () => {
    const { id, caseId } = await submitted();
    await as(office.reviewer, (tx) => returnDraft(desk, tx, office.reviewer, id, 'Nêu rõ trang giả trang nào.', EFFECTS));
    expect(await stateOf(id)).toBe('returned');
    const input = await completeInput(desk, caseId, id);
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, id, { ...input, title: 'Trang giả VNeID, bản sửa' }));
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await as(office.leader, (tx) => decideSecond(desk, tx, office.leader, id, PASSED, [], EFFECTS));
    expect(await stateOf(id)).toBe('in_force');
  });

  it.each(['reviewer', 'leader'] as const)('stops at one "yes" of the %s, and the case goes back', async (who) => {
    const { id, caseId } = await submitted();
    const outcome = await as(office[who], (tx) => decideSecond(desk, tx, office[who], id, { ...PASSED, opinion: true }, [], EFFECTS));
    expect(outcome).toEqual({ passed: false, why: 'stopped', stopCode: 'opinion' });
    expect([await stateOf(id), await caseState(caseId)]).toEqual(['stopped', 'verifying']);
    await expect(as(office.leader, (tx) => decideSecond(desk, tx, office.leader, id, PASSED, [], EFFECTS))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('ends on its last day by itself, or at once when it is withdrawn', async () => {
    const { id } = await inForce();
    const other = await inForce();
    await as(office.leader, (tx) => withdrawDecision(desk, tx, office.leader, other.id, 'Trang đã bị gỡ.', EFFECTS));
    expect(await stateOf(other.id)).toBe('withdrawn');
    const lifted = await desk.owner.selectFrom('warning').select('lifted_at').where('decision_id', '=', other.id).executeTakeFirstOrThrow();
    expect(lifted.lifted_at).not.toBeNull();
    const before = desk.clock.now();
    try {
      desk.clock.set(new Date('2027-02-20T16:00:00Z'));
      await inTransaction(desk, system('test'), (tx) => expireDecisions(desk, tx, EFFECTS));
      expect(await stateOf(id)).toBe('in_force');
      desk.clock.set(new Date('2027-02-20T17:30:00Z'));
      expect((await as(office.leader, (tx) => decisionList(tx, office.leader, { list: 'hieu-luc', measure: null, page: 1 }))).rows.map((row) => row.id)).not.toContain(id);
      expect((await as(office.leader, (tx) => decisionList(tx, office.leader, { list: 'ket-thuc', measure: null, page: 1 }))).rows.find((row) => row.id === id)?.state).toBe('expired');
      await inTransaction(desk, system('test'), (tx) => expireDecisions(desk, tx, EFFECTS));
      expect(await inTransaction(desk, system('test'), (tx) => expireDecisions(desk, tx, EFFECTS))).toBe(0);
      expect(await stateOf(id)).toBe('expired');
    } finally {
      desk.clock.set(before);
    }
  });

  it('needs a verified case, a fitting measure and the agency that leads', async () => {
    const { caseId } = await freshCase();
    await desk.owner.deleteFrom('verification').where('case_id', '=', caseId).execute();
    await expect(as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'PUBLIC_WARNING', 'x'))).rejects.toMatchObject({ details: { reason: 'not_verified' } });
    await expect(as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'CORRECTION', 'x'))).rejects.toMatchObject({ code: 'invalid' });
    await expect(as(office.stranger, (tx) => startDraft(tx, office.stranger, caseId, 'PUBLIC_WARNING', 'x'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['drafter', 'gate'] as const)('is never decided by its %s', async (who) => {
    const { id } = await submitted();
    await expect(as(office[who], (tx) => decideSecond(desk, tx, office[who], id, PASSED, [], EFFECTS))).rejects.toMatchObject({ details: { reason: who === 'gate' ? 'gate_officer' : 'drafter' } });
    await expect(as(office[who], (tx) => returnDraft(desk, tx, office[who], id, 'Không được.', EFFECTS))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(id)).toBe('second_review');
  });
});

describe('the lists', () => {
  it('hold for each officer what that officer may do', async () => {
    const { id } = await submitted();
    const inList = async (actor: OfficerActor, list: 'cho-duyet' | 'du-thao') => (await as(actor, (tx) => decisionList(tx, actor, { list, measure: null, page: 1 }))).rows.some((row) => row.id === id);
    expect(await inList(office.reviewer, 'cho-duyet')).toBe(true);
    expect(await inList(office.drafter, 'cho-duyet')).toBe(false);
    expect(await inList(office.gate, 'cho-duyet')).toBe(false);
    expect(await inList(office.clerk, 'cho-duyet')).toBe(false);
    expect(await inList(office.stranger, 'cho-duyet')).toBe(false);
    expect(await inList(office.drafter, 'du-thao')).toBe(true);
    const { counts } = await as(office.reviewer, (tx) => decisionList(tx, office.reviewer, { list: 'cho-duyet', measure: null, page: 1 }));
    const { html } = await send(office.reviewer, '/can-bo/quyet-dinh');
    expect(html).toContain(`Chờ tôi duyệt <b>${counts['cho-duyet']}</b>`);
    expect(html).toContain(`/can-bo/quyet-dinh/${id}`);
  });
});

describe('the screens', () => {
  it('start a draft from the case, save it, show its elements, and submit it', async () => {
    const { caseId } = await freshCase();
    const begun = await send(office.drafter, `/can-bo/vu-viec/${await numberOf(caseId)}/quyet-dinh`, { measure: 'PUBLIC_WARNING' });
    expect(begun).toMatchObject({ status: 303, location: expect.stringMatching(/^\/can-bo\/quyet-dinh\/[0-9a-f-]{36}\?xong=bat-dau$/) });
    const path = begun.location!.replace(/\?.*/, '');
    const id = path.split('/').at(-1)!;
    const input = await completeInput(desk, caseId, id);
    const empty = await send(office.drafter, path);
    expect(empty.html).toContain('điều cần bổ sung trước khi trình duyệt');
    expect(empty.html).toContain('<a href="#f-basis">điều khoản áp dụng</a>');
    expect(empty.html).not.toContain('element.imitates');
    expect(empty.html).not.toMatch(/Điều 9 Nghị định|khoản 1 Điều 11/);

    const chosen = await send(office.drafter, path, { go: 'basis', basis: BASIS.code, facts: 'Mới viết dở' });
    expect(chosen.location).toBe(`${path}?xong=can-cu#yeu-to`);
    const withElements = await send(office.drafter, path);
    for (const { code } of BASIS.elements) expect(withElements.html).toContain(`name="element.${code}"`);
    expect(withElements.html).toContain('Mới viết dở');

    const early = await send(office.drafter, path, { go: 'submit', basis: BASIS.code, facts: 'Còn <b>ngắn</b>', title: 'Tiêu đề', ends_on: '20/02/2027' });
    expect(early.status).toBe(422);
    expect(early.html).toContain('Chưa trình duyệt được');
    expect(early.html).toContain('Còn &lt;b>ngắn&lt;/b>');
    expect(early.html).toContain('data-clear');
    expect(await stateOf(id)).toBe('draft');

    const wrong = await send(office.drafter, path, { go: 'save', facts: 'Giữ lại câu này', ends_on: '31/02/2027' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Chưa lưu được');
    expect(wrong.html).toContain('Giữ lại câu này');
    expect(wrong.html).toContain('value="31/02/2027"');

    const form = {
      go: 'submit', basis: input.legalBasis!, aim: input.aim!, facts: input.facts, side_effects: input.sideEffects, ends_on: '20/02/2027', title: input.title,
      summary: input.summary, advice: input.advice, locators: input.locators.map(({ indicatorId }) => indicatorId),
      ...Object.fromEntries(Object.entries(input.elements).map(([code, why]) => [`element.${code}`, why])),
      ...Object.fromEntries(Object.entries(input.proofs).map(([code, ids]) => [`proof.${code}`, [...ids, crypto.randomUUID()]])),
      ...Object.fromEntries(Object.entries(input.options).map(([code, why]) => [`option.${code}`, why])),
    };
    expect(await send(office.drafter, path, form)).toMatchObject({ status: 303, location: `${path}?xong=trinh` });
    expect(await stateOf(id)).toBe('second_review');
    const late = await send(office.drafter, path, form);
    expect(late.status).toBe(409);
    expect(late.html).toContain('chờ người thứ hai');
  });

  it('refuse a draft on a case that is not verified, in words', async () => {
    const { caseId } = await freshCase();
    await desk.owner.deleteFrom('verification').where('case_id', '=', caseId).execute();
    const refused = await send(office.drafter, `/can-bo/vu-viec/${await numberOf(caseId)}/quyet-dinh`, { measure: 'PUBLIC_WARNING' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('chưa có ghi chép xác minh');
  });

  it('give the second officer the gate without any answer, and nobody else', async () => {
    const { id } = await submitted();
    const path = `/can-bo/quyet-dinh/${id}`;
    const review = await send(office.reviewer, path);
    for (const code of Object.keys(PASSED)) expect(review.html).toContain(`name="gate.${code}"`);
    expect(review.html).not.toContain(' checked');
    expect(review.html).toContain('bạn là người thứ hai');
    expect(review.html.match(/class="btn"/g)).toHaveLength(1);
    expect(review.html.match(/<(input type="radio"[^>]*value="no"|button class="btn")/g)!.length).toBeLessThanOrEqual(12);
    for (const [who, why] of [['drafter', 'Bạn là người soạn'], ['gate', 'Bạn đã trả lời cửa kiểm tra'], ['clerk', 'Chỉ người duyệt hoặc lãnh đạo']] as const) {
      const { html } = await send(office[who], path);
      expect(html).toContain(why);
      expect(html).toContain('Có thể duyệt: Bế Thị Hoa, Hoàng Văn Tài.');
      expect(html).not.toContain('gate.opinion');
      expect(html).not.toContain('Phê duyệt và công bố');
    }
    expect((await send(office.stranger, path)).status).toBe(404);
  });

  it('keep the answers when one is missing, then approve', async () => {
    const { id } = await submitted();
    const path = `/can-bo/quyet-dinh/${id}`;
    const { 'gate.opinion': _, ...six } = NO;
    const open = await send(office.reviewer, `${path}/duyet`, six);
    expect(open.status).toBe(422);
    expect(open.html.match(/value="no"[^>]* checked/g)).toHaveLength(6);
    expect(open.html).toContain('href="#f-gate-opinion"');
    const done = await send(office.reviewer, `${path}/duyet`, NO);
    expect(done).toMatchObject({ status: 303, location: `${path}?xong=duyet` });
    const after = await send(office.reviewer, `${path}?xong=duyet`);
    expect(after.html).toContain('Đã phê duyệt');
    expect(after.html).toContain('Rút lại quyết định');
    const twice = await send(office.leader, `${path}/duyet`, NO);
    expect(twice.status).toBe(409);
    expect(twice.html).toContain('đang hiệu lực');
  });

  it('refuse the drafter and the gate officer who send the form anyway', async () => {
    const { id } = await submitted();
    for (const [who, why] of [['drafter', 'Người soạn không được duyệt'], ['gate', 'Người đã trả lời cửa kiểm tra']] as const) {
      const refused = await send(office[who], `/can-bo/quyet-dinh/${id}/duyet`, NO);
      expect(refused.status).toBe(403);
      expect(refused.html).toContain(why);
    }
    expect((await send(office.clerk, `/can-bo/quyet-dinh/${id}/duyet`, NO)).status).toBe(404);
    expect(await stateOf(id)).toBe('second_review');
  });

  it('return a draft with its reason, shown to the drafter, and withdraw a decision', async () => {
    const { id } = await submitted();
    const path = `/can-bo/quyet-dinh/${id}`;
    expect((await send(office.reviewer, `${path}/tra-lai`, { return_reason: ' ab ' })).html).toContain('Viết lý do');
    expect((await send(office.reviewer, `${path}/tra-lai`, { return_reason: 'Bổ sung ảnh chụp trang.' })).location).toBe(`${path}?xong=tra-lai`);
    const back = await send(office.drafter, path);
    expect(back.html).toContain('Hoàng Văn Tài trả lại');
    expect(back.html).toContain('Bổ sung ảnh chụp trang.');
    const live = await inForce();
    expect((await send(office.leader, `/can-bo/quyet-dinh/${live.id}/rut`, { withdraw_reason: 'Trang đã gỡ.' })).location).toBe(`/can-bo/quyet-dinh/${live.id}?xong=rut`);
    expect((await send(office.leader, `/can-bo/quyet-dinh/${live.id}/rut`, { withdraw_reason: 'Lần nữa.' })).status).toBe(409);
  });

  it('stop a draft by one "yes" and say so', async () => {
    const { id } = await submitted();
    const path = `/can-bo/quyet-dinh/${id}`;
    expect((await send(office.leader, `${path}/duyet`, { ...NO, 'gate.whole_profile': 'yes' })).location).toBe(`${path}?xong=dung`);
    const { html } = await send(office.leader, path);
    expect(html).toContain('Đã dừng');
    expect(html).toContain('Mục tiêu có phải là cả một người');
  });

  it('print the reasons in order, defanged, with the citation', async () => {
    const { id } = await inForce();
    const { html } = await send(office.clerk, `/can-bo/quyet-dinh/${id}/ly-do`);
    expect(html).toContain('điểm a khoản 3 Điều 14 Nghị định 330/2026/NĐ-CP');
    expect(html).toContain('cần luật sư kiểm tra');
    expect(html).toMatch(/trang-\d+\[\.\]example/);
    expect(html).not.toMatch(/https?:\/\/trang-/);
    const order = ['1. Biện pháp', '2. Sự việc', '3. Vì sao', '4. Vì sao cần', '5. Phạm vi', '6. Lời công khai', '7. Quyền'].map((title) => html.indexOf(title));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('never turn an address of the case into a link', async () => {
    const { id } = await submitted();
    for (const who of ['drafter', 'reviewer'] as const) {
      const { html } = await send(office[who], `/can-bo/quyet-dinh/${id}`);
      expect(html).not.toMatch(/href="[^"]*trang-\d+/);
      expect(html).toContain('[.]example</b>');
    }
  });
});
