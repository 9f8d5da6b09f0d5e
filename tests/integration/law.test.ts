import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, inject, it, test } from 'vitest';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { DOCUMENTS, EXCLUDED, isExcluded, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { addDays } from '#core/deadlines.ts';
import { decideSecond, saveDraft, startDraft, submitDraft } from '#modules/decisions/index.ts';
import { decisionPage } from '#modules/decisions/queries.ts';
import { basesInForce, basisByCode, decideChange, proposeChange } from '#modules/law/index.ts';
import { codeOf, elementCode, type Proposal } from '#modules/law/change.ts';
import { basisUse, changeById, endingDecisions, historyOf, openChanges } from '#modules/law/queries.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { syncCatalogue } from '#platform/catalogue-sync.ts';
import { connect, inTransaction, type Tx } from '#platform/db.ts';
import { ROOT } from '../../src/app.ts';
import { EFFECTS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { BASIS, completeDraft, completeInput, openOffice, PASSED, reportOf, TODAY, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

const desk = await testDesk();
const app = await webApp(desk, 1e6);
let office: Office;
let legal: OfficerActor;
let second: OfficerActor;
let elsewhere: OfficerActor;
const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);

beforeAll(async () => {
  office = await openOffice(desk);
  legal = await addOfficer(desk, 'so-vhttdl', ['legal'], 'Hoàng Thị Yến');
  second = await addOfficer(desk, 'so-vhttdl', ['legal', 'leader'], 'Dương Văn Luật');
  elsewhere = await addOfficer(desk, 'cong-an-tinh', ['legal', 'leader'], 'Mạc Văn Ngoài');
});

let serial = 0;
/** A provision that nothing excludes and nobody has entered, on a clause of its own. */
const newBasis = (changes: Record<string, unknown> = {}): Proposal => {
  const content = {
    document: 'N330', article: '14', clause: String(40 + serial++), point: null, category: 'scam', whatVi: 'Nhận tiền thuê rồi không giao hàng hóa đã bán', whatEn: 'Taking money for goods that are never delivered',
    elements: [{ code: 'deceives', vi: 'Có hành vi gian dối', en: 'There is deception' }], validFrom: null, validTo: null, ...changes,
  };
  return { kind: 'add_basis', target: codeOf(content as never, new Set()), content, reason: 'Công báo số 901, trang 14.' };
};
const change = (kind: Proposal['kind'], target: string, content: Record<string, unknown>): Proposal => ({ kind, target, content, reason: 'Theo văn bản mới trên Công báo.' });
const propose = (proposal: Proposal, actor = legal) => as(actor, (tx) => proposeChange(tx, actor, proposal));
const decide = (id: string, outcome: 'approved' | 'refused' = 'approved', actor = second, reason = outcome === 'refused' ? 'Chưa đúng văn bản gốc.' : '') => as(actor, (tx) => decideChange(tx, actor, id, { outcome, reason }));
const adopt = async (proposal: Proposal) => decide(await propose(proposal));

describe('four eyes, by the database itself', () => {
  const insert = (tx: Tx, by: OfficerActor, more = '') => sql.raw(`insert into legal_change (kind, target, content, reason, agency_id, proposed_by, proposed_at)
    values ('end_basis', 'N330.14.2.b/scam', '{"validTo": "2027-01-01"}', 'Thử bỏ qua ứng dụng', '${by.agencyId}', '${by.officerId}', now()) ${more}`).execute(tx);

  it.each([
    ['who holds no such role', () => office.leader], ['a reviewer', () => office.reviewer], ['a legal officer of an agency that does not coordinate', () => elsewhere],
  ])('takes no proposal of %s', async (_who, actor) => {
    await expect(as(actor(), (tx) => insert(tx, actor()))).rejects.toThrow(/legal officer of the coordinating agency/);
  });

  it('takes none in another’s name, none by a job, and none without a journal entry', async () => {
    await expect(as(legal, (tx) => insert(tx, second))).rejects.toThrow(/row-level security|in person/);
    await expect(inTransaction(desk, system('test'), (tx) => insert(tx, legal))).rejects.toThrow(/row-level security|legal officer/);
    await expect(as(legal, (tx) => insert(tx, legal))).rejects.toThrow(/journal/);
  });

  const approve = (tx: Tx, id: string, by: OfficerActor) => sql.raw(`update legal_change set outcome = 'approved', decided_by = '${by.officerId}', decided_at = now() where id = '${id}'`).execute(tx);

  it('lets nobody approve the own proposal, nor anybody outside, nor in another’s name', async () => {
    const id = await propose(newBasis());
    await expect(as(legal, (tx) => approve(tx, id, legal))).rejects.toThrow(/does not decide/);
    await expect(as(legal, (tx) => approve(tx, id, second))).rejects.toThrow(/row-level security|in person/);
    await expect(as(office.reviewer, (tx) => approve(tx, id, office.reviewer))).rejects.toThrow(/in person/);
    await expect(as(elsewhere, (tx) => approve(tx, id, elsewhere))).rejects.toThrow(/in person/);
    // A role in the session that the directory does not know counts for nothing.
    await expect(as({ ...office.clerk, roles: ['legal', 'leader'] }, (tx) => approve(tx, id, office.clerk))).rejects.toThrow(/in person/);
    await decide(id, 'refused');
  });

  it('knows no approval that is not applied, and no application without approval', async () => {
    const id = await propose(newBasis());
    await expect(as(second, (tx) => approve(tx, id, second))).rejects.toThrow(/applied at once/);
    await expect(as(second, (tx) => sql`select apply_legal_change(${id})`.execute(tx))).rejects.toThrow(/approved just now/);
    await expect(as(second, async (tx) => {
      await approve(tx, id, second);
      await sql`select apply_legal_change(${id})`.execute(tx);
    })).rejects.toThrow(/journal/);
    await decide(id, 'refused');
    await expect(as(second, (tx) => approve(tx, id, second))).rejects.toThrow(/stays decided/);
    await expect(as(office.leader, (tx) => sql`select apply_legal_change(${id})`.execute(tx))).rejects.toThrow(/approved just now/);
  });

  it.each([
    `update legal_basis set what = 'khác'`, `update legal_basis set valid_to = '2026-01-01'`, `delete from legal_basis`, `insert into legal_element values ('x_y', 'abc', 'abc')`,
    `update legal_document set valid_to = null`, `delete from legal_change`, `update legal_change set content = '{}'`, `update legal_change set applied_at = now()`,
    `select apply_law('end_basis', 'N330.14.2.b/scam', '{}')`, `delete from excluded_provision`,
  ])('refuses the application: %s', async (statement) => {
    await expect(as(legal, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/);
  });

  it('keeps what was proposed and decided, for the owner too', async () => {
    await expect(sql`delete from legal_change`.execute(desk.owner)).rejects.toThrow(/append-only/);
    const id = await propose(newBasis());
    await expect(desk.owner.updateTable('legal_change').set({ reason: 'một lý do khác hẳn' }).where('id', '=', id).execute()).rejects.toThrow(/not rewritten/);
    await decide(id);
    const journal = await desk.owner.selectFrom('journal').select(['action', 'officer_id']).where('entity', '=', 'law').where('entity_id', '=', id).orderBy('seq').execute();
    expect(journal).toEqual([{ action: 'propose', officer_id: legal.officerId }, { action: 'approve', officer_id: second.officerId }]);
  });
});

describe('what can never enter', () => {
  it.each(EXCLUDED)('$document $article $clause $point, nor the article around it, nor a point within it', async (place) => {
    const wider = [place, { ...place, point: undefined }, { document: place.document, article: place.article }];
    const narrower = place.clause ? [] : [{ ...place, clause: '1' }, { ...place, clause: '3', point: 'đ' }];
    for (const one of [...wider, ...narrower]) {
      const proposal = newBasis({ document: one.document, article: one.article, clause: one.clause ?? null, point: one.point ?? null });
      await expect(propose(proposal)).rejects.toMatchObject({ code: 'invalid', details: { reason: 'excluded' } });
    }
  });

  it('is not let in by another name for the same document', async () => {
    const twin = { nameVi: 'Nghị định số 330/2026/ND-CP về an ninh mạng', nameEn: 'Decree 330', source: 'Công báo', validFrom: '2026-08-19', validTo: null };
    await expect(propose(change('add_document', 'N330B', twin))).rejects.toMatchObject({ details: { reason: 'known' } });
    await desk.owner.transaction().execute(async (tx) => {
      await sql`insert into legal_document (code, name, name_en, source, valid_from) values ('N330B', ${twin.nameVi}, 'x', 'x', '2026-08-19')`.execute(tx);
      await expect(sql`insert into legal_basis (code, document, article, category, what, elements) values ('x', 'N330B', '9', 'scam', 'thử', '{deceives}')`.execute(tx)).rejects.toThrow(/excluded on purpose/);
      throw new Error('rolled back');
    }).catch((error: Error) => expect(error.message).toBe('rolled back'));
  });

  it.each([
    ['09', null, null], ['9 ', null, null], ['Điều 9', null, null], ['9', ' ', null], ['11', '1', 'A'], ['11', '1', 'ａ'], ['11', null, 'a'], ['11', '1', '(a)'], ['0', null, null],
  ])('is not let in by another way of writing: article %j, clause %j, point %j', async (article, clause, point) => {
    await expect(propose(newBasis({ article, clause, point }))).rejects.toMatchObject({ code: 'invalid' });
    const raw = JSON.stringify(newBasis({ article, clause, point }).content);
    await expect(as(legal, (tx) => sql`insert into legal_change (kind, target, content, reason, agency_id, proposed_by, proposed_at)
      values ('add_basis', ${[`N330.${article}`, clause, point].filter((part) => part !== null).join('.') + '/scam'}, ${raw}::jsonb, 'Thử bỏ qua ứng dụng', ${legal.agencyId}, ${legal.officerId}, now())`.execute(tx))).rejects.toThrow(/check|excluded/);
  });

  const raw = (content: Record<string, unknown>, target: string) => as(legal, (tx) => sql`insert into legal_change (kind, target, content, reason, agency_id, proposed_by, proposed_at)
    values ('add_basis', ${target}, ${JSON.stringify(content)}::jsonb, 'Thử bỏ qua ứng dụng', ${legal.agencyId}, ${legal.officerId}, now())`.execute(tx));

  it.each(['opinion', 'reputation', 'politics', 'SCAM', ''])('has no category %j', async (category) => {
    const proposal = newBasis({ category });
    await expect(propose(proposal)).rejects.toMatchObject({ code: 'invalid', details: { fields: { category: 'wrong' } } });
    await expect(raw(proposal.content, proposal.target)).rejects.toThrow(/harm_category|check/);
  });

  it('has no basis without elements, with one twice, with one unnamed, or without words', async () => {
    for (const elements of [[], [{ code: 'deceives', vi: 'abc', en: 'abc' }, { code: 'deceives', vi: 'abc', en: 'abc' }], [{ code: 'Xấu Độc', vi: 'abc', en: 'abc' }], [{ code: 'new_one', vi: '', en: '' }], 'x', null]) {
      const proposal = newBasis({ elements });
      await expect(propose(proposal)).rejects.toMatchObject({ code: 'invalid' });
      await expect(raw(proposal.content, proposal.target)).rejects.toThrow(/S3|check|legal_element|elements/);
    }
    await expect(propose(newBasis({ whatVi: ' ' }))).rejects.toMatchObject({ details: { fields: { whatVi: 'wrong' } } });
  });

  it('is never offered for a decision, on any day', async () => {
    for (const category of CATEGORY_CODES) {
      for (const on of ['2024-12-24', '2026-07-01', TODAY, '2030-01-01']) {
        const offered = await as(legal, (tx) => basesInForce(tx, category, on));
        expect(offered.filter((basis) => isExcluded({ document: basis.document as never, article: basis.article, clause: basis.clause ?? undefined, point: basis.point ?? undefined }))).toEqual([]);
        for (const basis of LEGAL_BASES.filter((one) => one.category === category)) {
          const { validFrom } = DOCUMENTS.find(({ code }) => code === basis.document)!;
          expect([basis.code, on, offered.some(({ code }) => code === basis.code)]).toEqual([basis.code, on, validFrom <= on]);
        }
      }
    }
  });
});

describe('a change', () => {
  it('waits until a second person approves, and then the date of the act picks the text', async () => {
    const proposal = newBasis({ validFrom: '2027-03-01', validTo: '2027-08-31', elements: [{ code: 'never_delivers', vi: 'Nhận tiền mà không giao', en: 'Never delivers' }] });
    const offered = (on: string) => as(legal, async (tx) => (await basesInForce(tx, 'scam', on)).some(({ code }) => code === proposal.target));
    const id = await propose(proposal);
    expect([await as(legal, (tx) => basisByCode(tx, proposal.target)), await offered('2027-04-01')]).toEqual([null, false]);
    expect((await as(office.clerk, openChanges)).map((one) => one.id)).toContain(id);
    await decide(id, 'approved', office.leader);
    expect(await Promise.all(['2027-02-28', '2027-03-01', '2027-08-31', '2027-09-01'].map(offered))).toEqual([false, true, true, false]);
    expect(await as(legal, (tx) => basisByCode(tx, proposal.target))).toMatchObject({
      documentName: { vi: 'Nghị định 330/2026/NĐ-CP' }, elements: [{ code: 'never_delivers', label: { vi: 'Nhận tiền mà không giao', en: 'Never delivers' } }],
      validFrom: '2027-03-01', validTo: '2027-08-31', checkedOn: null, checkedBy: null,
    });
    await expect(decide(id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('that is refused leaves everything as it was; a refusal has a reason', async () => {
    const id = await propose(change('end_basis', 'N330.14.2.b/scam', { validTo: '2026-12-31' }));
    await expect(propose(change('end_basis', 'N330.14.2.b/scam', { validTo: '2027-12-31' }))).rejects.toMatchObject({ details: { reason: 'open_proposal' } });
    await expect(decide(id, 'refused', second, '')).rejects.toMatchObject({ details: { fields: { decision_reason: 'wrong' } } });
    await expect(decide(id, 'approved', legal)).rejects.toMatchObject({ code: 'forbidden', details: { reason: 'own' } });
    await decide(id, 'refused');
    expect(await as(legal, (tx) => basisByCode(tx, 'N330.14.2.b/scam'))).toMatchObject({ validTo: null });
    expect((await as(legal, (tx) => historyOf(tx, 'N330.14.2.b/scam')))[0]).toMatchObject({ outcome: 'refused', decider: 'Dương Văn Luật', proposer: 'Hoàng Thị Yến' });
  });

  it('of words keeps the elements, drops the lawyer’s check of the old words, and shows what was before', async () => {
    const code = 'N174.96.5.a/personal_data_abuse';
    await adopt(change('mark_checked', code, { checkedOn: '2026-11-20', checkedBy: 'Luật sư Nguyễn Thị Mẫu, Đoàn Luật sư tỉnh' }));
    expect(await as(legal, (tx) => basisByCode(tx, code))).toMatchObject({ checkedOn: '2026-11-20', checkedBy: 'Luật sư Nguyễn Thị Mẫu, Đoàn Luật sư tỉnh' });
    await expect(propose(change('mark_checked', code, { checkedOn: '2026-11-23', checkedBy: 'Luật sư ngày mai' }))).rejects.toMatchObject({ details: { reason: 'rule' } });
    const before = (await as(legal, (tx) => basisByCode(tx, code)))!;
    const id = await propose(change('correct_basis', code, { whatVi: 'Mua bán thông tin thuê bao trái phép', whatEn: 'Unlawful trade in subscribers’ data', elements: before.elements.map((one) => ({ code: one.code, ...one.label })) }));
    await decide(id);
    expect(await as(legal, (tx) => basisByCode(tx, code))).toMatchObject({ what: { vi: 'Mua bán thông tin thuê bao trái phép' }, elements: before.elements, checkedOn: null, checkedBy: null });
    expect(await as(legal, (tx) => changeById(tx, id))).toMatchObject({ before: { what: before.what.vi, checked_on: '2026-11-20' }, content: { whatVi: 'Mua bán thông tin thuê bao trái phép' } });
  });

  it('of a document: added with its number, ended with the reason, and its provisions end with it', async () => {
    await expect(propose(change('add_document', 'N85', { nameVi: 'Nghị định không số', nameEn: 'No number', source: 'Công báo', validFrom: '2027-01-01', validTo: null }))).rejects.toMatchObject({ details: { fields: { nameVi: 'wrong' } } });
    await adopt(change('add_document', 'N85', { nameVi: 'Nghị định 85/2027/NĐ-CP', nameEn: 'Decree 85/2027/ND-CP', source: 'Công báo 101+102', validFrom: '2027-01-01', validTo: null }));
    const proposal = newBasis({ document: 'N85', article: '9', clause: '2' });
    await adopt(proposal);
    await adopt(change('end_document', 'N85', { validTo: '2027-06-30', why: 'Được thay bằng Nghị định khác.' }));
    expect(await as(legal, (tx) => basisByCode(tx, proposal.target))).toMatchObject({ validFrom: '2027-01-01', validTo: '2027-06-30' });
    expect((await as(legal, (tx) => basesInForce(tx, 'scam', '2027-07-01'))).map(({ code }) => code)).not.toContain(proposal.target);
    await expect(propose(change('end_document', 'N86', { validTo: '2027-06-30', why: 'Không có.' }))).rejects.toMatchObject({ details: { reason: 'unknown' } });
  });

  it('never puts two texts of one provision in force on one day; a later text follows an ended one', async () => {
    const first = newBasis();
    await adopt(first);
    const later = (validFrom: string) => {
      const content = { ...first.content, validFrom };
      return { ...first, target: codeOf(content as never, new Set([first.target])), content };
    };
    expect(later('2027-01-01').target).toBe(`${first.target}@2027-01-01`);
    await expect(propose(later('2027-01-01'))).rejects.toMatchObject({ details: { reason: 'overlap' } });
    await adopt(change('end_basis', first.target, { validTo: '2026-12-31' }));
    await adopt(later('2027-01-01'));
    const cookie = await cookieFor(desk, legal.officerId, legal.agencyId);
    expect((await app.request(`/can-bo/phap-luat/${first.target}@2027-01-01`, { headers: { cookie } })).status).toBe(200);
    const on = async (day: string) => (await as(legal, (tx) => basesInForce(tx, 'scam', day))).map(({ code }) => code).filter((code) => code.startsWith(first.target));
    expect([await on('2026-12-31'), await on('2027-01-01')]).toEqual([[first.target], [`${first.target}@2027-01-01`]]);
  });

  it('survives the next release; what was not changed follows it', async () => {
    const ended = 'N330.14.4.b/scam';
    const untouched = 'N330.14.4.a/scam';
    await adopt(change('end_basis', ended, { validTo: '2027-05-01' }));
    await adopt(change('end_document', 'QD14', { validTo: '2027-12-31', why: 'Quy chế mới thay thế.' }));
    await desk.owner.updateTable('legal_basis').set({ what: 'lời của bản phát hành cũ' }).where('code', 'in', [ended, untouched]).execute();
    await syncCatalogue(desk.owner);
    const rows = await desk.owner.selectFrom('legal_basis').select(['code', 'what', 'valid_to']).where('code', 'in', [ended, untouched]).orderBy('code').execute();
    expect(rows).toEqual([
      { code: untouched, what: LEGAL_BASES.find(({ code }) => code === untouched)!.what.vi, valid_to: null }, { code: ended, what: 'lời của bản phát hành cũ', valid_to: '2027-05-01' },
    ]);
    expect(await desk.owner.selectFrom('legal_document').select(['valid_to', 'ends_why']).where('code', '=', 'QD14').executeTakeFirst()).toEqual({ valid_to: '2027-12-31', ends_why: 'Quy chế mới thay thế.' });
  });
});

describe('a decision', () => {
  const draft = async () => {
    const trace = `https://trang-luat-${serial++}.example/otp`;
    const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả ở ${trace}` })]);
    return completeDraft(desk, office, caseId);
  };
  const lift = () => adopt(change('end_basis', BASIS.code, { validTo: null }));

  it('is told when its law ends before it or soon after, and is listed while in force', async () => {
    const id = await draft();
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
    expect((await as(office.leader, endingDecisions)).map((one) => one.id)).not.toContain(id);
    await adopt(change('end_basis', BASIS.code, { validTo: addDays(TODAY, 30) }));
    expect((await as(office.leader, endingDecisions)).find((one) => one.id === id)).toMatchObject({ basis: { code: BASIS.code, validTo: addDays(TODAY, 30) } });
    expect((await as(elsewhere, endingDecisions)).map((one) => one.id)).not.toContain(id);
    expect((await as(elsewhere, (tx) => basisUse(tx, BASIS.code))).inForce).toBeGreaterThan(0);
    const drafted = await draft();
    const cookie = await cookieFor(desk, office.drafter.officerId, office.drafter.agencyId);
    const html = await (await app.request(`/can-bo/quyet-dinh/${drafted}`, { headers: { cookie } })).text();
    expect(html).toMatch(/hết hiệu lực ngày 22\/12\/2026, trước ngày cuối của biện pháp/);
    expect(html).toContain('chưa được luật sư kiểm tra');
    await lift();
  });

  it('is not approved once its provision has ended, by core and by the database', async () => {
    const id = await draft();
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await adopt(change('end_basis', BASIS.code, { validTo: addDays(TODAY, -1) }));
    await expect(as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS))).rejects.toMatchObject({ details: { missing: [{ point: 'legal_basis_not_in_force' }] } });
    await expect(as(office.reviewer, async (tx) => {
      await sql`insert into gate_check (stage, decision_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person, whole_profile, self_interest, passed, at)
        values ('second', ${id}, 'phishing_impersonation', ${office.reviewer.officerId}, ${office.reviewer.agencyId}, false, false, false, false, false, false, false, true, now())`.execute(tx);
      await sql`update decision set state = 'in_force', second_officer_id = ${office.reviewer.officerId}, act_date = desk_today(), decided_at = now() where id = ${id}`.execute(tx);
    })).rejects.toThrow(/S3: .* is not in force/);
    const page = await as(office.drafter, (tx) => decisionPage(tx, id));
    expect(page!.basis).toMatchObject({ code: BASIS.code, validTo: addDays(TODAY, -1) });
    await lift();
  });

  it('may rest on a provision adopted here; the public page and the reasons cite it, later texts change nothing', async () => {
    const adopted = newBasis({
      category: 'phishing_impersonation', whatVi: 'Gửi đường dẫn giả mạo ứng dụng của cơ quan nhà nước', whatEn: 'Sending links that imitate an app of the state',
      elements: [{ code: 'imitates', vi: 'abc', en: 'abc' }, { code: 'sends_links', vi: 'Gửi đường dẫn đến nhiều người', en: 'Sends links' }],
    });
    await adopt(adopted);
    const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative: `Trang giả ở https://trang-luat-${serial++}.example/otp` })]);
    const id = await as(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
    const input = { ...await completeInput(desk, caseId, id), legalBasis: adopted.target };
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, id, { ...input, elements: { imitates: 'Trang trùng giao diện trang thật.' }, proofs: { imitates: input.evidence, sends_links: input.evidence } }));
    await expect(as(office.drafter, (tx) => submitDraft(tx, office.drafter, id))).rejects.toMatchObject({ details: { missing: [{ point: 'element', code: 'sends_links' }, { point: 'proof', code: 'sends_links' }] } });
    await as(office.drafter, (tx) => saveDraft(tx, office.drafter, id, { ...input, elements: { imitates: 'Trang trùng giao diện trang thật.', sends_links: 'Hai trăm người nhận cùng đường dẫn.' }, proofs: { imitates: input.evidence, sends_links: input.evidence } }));
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
    await adopt(change('end_basis', adopted.target, { validTo: addDays(TODAY, -1) }));
    const { slug } = await desk.owner.selectFrom('warning').select('slug').where('decision_id', '=', id).executeTakeFirstOrThrow();
    const said = `khoản ${adopted.content.clause as string} Điều 14 Nghị định 330/2026/NĐ-CP`;
    expect(await (await app.request(`/canh-bao/${slug}`)).text()).toContain(said);
    const cookie = await cookieFor(desk, office.drafter.officerId, office.drafter.agencyId);
    const reasons = await (await app.request(`/can-bo/quyet-dinh/${id}/ly-do`, { headers: { cookie } })).text();
    for (const words of [said, 'Gửi đường dẫn giả mạo ứng dụng của cơ quan nhà nước', 'Gửi đường dẫn đến nhiều người', 'Hai trăm người nhận']) expect(reasons).toContain(words);
    expect((await as(office.leader, endingDecisions)).map((one) => one.id)).toContain(id);
  });

  it('holds the elements it was reasoned along: they are not exchanged under it', async () => {
    const elements = [{ code: 'imitates', vi: 'Trang bắt chước', en: 'Imitates' }];
    await expect(propose(change('correct_basis', BASIS.code, { whatVi: BASIS.what.vi, whatEn: BASIS.what.en, elements }))).rejects.toMatchObject({ details: { reason: 'in_use' } });
  });
});

test('the catalogue of an earlier release is brought along, as it is', async () => {
  const socketDir = inject('socketDir');
  const name = `law_${process.pid}_${Date.now().toString(36)}`;
  const address = (database: string, user: string) => ({ host: socketDir, port: 5432, user, database });
  const admin = connect(address('postgres', 'postgres'), 1);
  await sql.raw(`create database ${name} owner lachan_owner`).execute(admin.db);
  await admin.db.destroy();
  const superuser = connect(address(name, 'postgres'), 1);
  await sql.raw('create extension if not exists pg_trgm; create extension if not exists btree_gist').execute(superuser.db);
  await superuser.db.destroy();
  const { db: owner } = connect(address(name, 'lachan_owner'), 1);
  try {
    const files = (await readdir(join(ROOT, 'migrations'))).sort();
    const apply = async (some: readonly string[]) => {
      for (const file of some) await sql.raw(await readFile(join(ROOT, 'migrations', file), 'utf8')).execute(owner);
    };
    await apply(files.filter((file) => file < '0004'));
    for (const { code, name: label, validFrom } of DOCUMENTS) await sql`insert into legal_document values (${code}, ${label.vi}, ${validFrom}, null)`.execute(owner);
    for (const one of LEGAL_BASES) {
      await sql`insert into legal_basis values (${one.code}, ${one.document}, ${one.article}, ${one.clause ?? null}, ${one.point ?? null}, ${one.category}, ${one.what.vi}, ${one.elements.map(({ code }) => code)})`.execute(owner);
    }
    await apply(files.filter((file) => file >= '0004'));
    await syncCatalogue(owner);
    const rows = await owner.selectFrom('legal_basis').select(['code', 'what_en', 'origin', 'local_change']).execute();
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(new Set(LEGAL_BASES.map(({ code, what }) => JSON.stringify({ code, what_en: what.en, origin: 'release', local_change: false }))));
  } finally {
    await owner.destroy();
  }
});

describe('the screens', () => {
  const cookies = new Map<string, string>();
  async function send(actor: OfficerActor, path: string, form?: Record<string, string | readonly string[]>): Promise<{ status: number; location: string | null; html: string }> {
    const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
    cookies.set(actor.officerId, cookie);
    const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])));
    const response = await app.request(path, { method: form ? 'POST' : 'GET', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body });
    return { status: response.status, location: response.headers.get('location'), html: await response.text() };
  }
  let form: Record<string, string | readonly string[]>;
  beforeEach(() => {
    form = {
      kind: 'add_basis', document: 'N330', article: '15', clause: String(50 + serial++), point: 'Đ', category: 'illegal_gambling_ads', whatVi: 'Gửi đường dẫn trò chơi đổi thưởng',
      whatEn: 'Sending links to prize games', elements: ['gambling', 'promotes'], 'element.1.vi': 'Nhận phần chia từ người chơi', 'element.1.en': 'Takes a share from players', validFrom: '', validTo: '31/12/2028',
      reason: 'Công báo 999, trang 3.',
    };
  });

  it('show every provision to every officer, with the lawyer’s note, and nothing to do', async () => {
    const { html, status } = await send(office.stranger, '/can-bo/phap-luat');
    expect(status).toBe(200);
    for (const { name } of DOCUMENTS) expect(html).toContain(name.vi);
    expect(html).toContain('Phải được luật sư kiểm tra trước khi dùng');
    expect(html).not.toContain('Đề xuất thêm');
    const one = await send(office.clerk, '/can-bo/phap-luat/L116.7.2.%C4%91/scam');
    expect(one.html).toContain('Điểm đ khoản 2 Điều 7 Luật An ninh mạng');
    expect(one.html).toMatch(/Theo điều luật|QĐ 14\/2021/);
    for (const path of ['/can-bo/phap-luat/N330.9/scam', '/can-bo/phap-luat/van-ban/XX', '/can-bo/phap-luat/de-xuat/x']) expect((await send(office.clerk, path)).status).toBe(404);
  });

  it('keep what was typed, say what is wrong, and lead from the proposal to the decision', async () => {
    expect((await send(legal, '/can-bo/phap-luat/de-xuat?viec=add_basis&muc=N330')).html).toContain('Hành vi');
    const wrong = await send(legal, '/can-bo/phap-luat/de-xuat', { ...form, article: 'Điều 15', reason: '' });
    expect([wrong.status, wrong.html.includes('Gửi đường dẫn trò chơi đổi thưởng'), wrong.html.includes('Nhận phần chia từ người chơi')]).toEqual([422, true, true]);
    expect(wrong.html).toContain('Ghi số của điều, ví dụ 14.');
    const excluded = await send(legal, '/can-bo/phap-luat/de-xuat', { ...form, article: '17', clause: '', point: '' });
    expect([excluded.status, excluded.html.includes('loại ra có chủ đích')]).toEqual([422, true]);
    const sent = await send(legal, '/can-bo/phap-luat/de-xuat', form);
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/can-bo\/phap-luat\/de-xuat\/[0-9a-f-]{36}\?xong=de-xuat$/)]);
    const path = sent.location!.split('?')[0]!;
    expect((await send(legal, path)).html).toContain('Bạn là người đề xuất');
    expect((await send(legal, path, { outcome: 'approved' })).status).toBe(403);
    expect((await send(elsewhere, path, { outcome: 'approved' })).status).toBe(403);
    expect((await send(second, path, { outcome: 'refused', decision_reason: 'ừ' })).status).toBe(422);
    expect((await send(second, path, {})).status).toBe(422);
    const approved = await send(office.leader, path, { outcome: 'approved', decision_reason: '' });
    expect([approved.status, approved.location]).toEqual([303, `${path}?xong=approved`]);
    const basis = await send(office.clerk, `/can-bo/phap-luat/N330.15.${form.clause as string}.%C4%91/illegal_gambling_ads`);
    expect(basis.html).toContain('Nhận phần chia từ người chơi');
    expect(await as(legal, (tx) => basisByCode(tx, `N330.15.${form.clause as string}.đ/illegal_gambling_ads`))).toMatchObject({ elements: [{ code: 'gambling' }, { code: 'promotes' }, { code: elementCode('Takes a share from players') }], validTo: '2028-12-31' });
  });

  it('hold up against nonsense', async () => {
    const junk = 'Ạ'.repeat(70_000);
    for (const kind of ['add_document', 'end_document', 'add_basis', 'correct_basis', 'end_basis', 'mark_checked', 'x', '__proto__']) {
      for (const target of ['', 'N330', BASIS.code, '../..', junk.slice(0, 900)]) {
        const { status } = await send(legal, '/can-bo/phap-luat/de-xuat', { kind, target, reason: 'abcdef', validTo: '31/02/2027', checkedOn: '99/99/9999', elements: ['x', '__proto__'], code: 'constructor', 'element.1.en': '١٢٣' });
        expect({ kind, target, ok: status === 404 || status === 422 }).toEqual({ kind, target, ok: true });
      }
    }
    expect((await send(legal, '/can-bo/phap-luat/de-xuat', { ...form, whatVi: junk })).status).toBeLessThan(500);
    expect((await send(legal, '/can-bo/phap-luat/de-xuat', { ...form, validFrom: '01/01/2029' })).status).toBe(422);
  });
});
