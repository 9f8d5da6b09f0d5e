import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import type { Role } from '#catalogue/roles.ts';
import { takeCase } from '#modules/cases/index.ts';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { addAgency, endAgency, responsible } from '#modules/directory/index.ts';
import { setDisabled } from '#modules/identity/index.ts';
import { submitReport, type NewReport } from '#modules/intake/index.ts';
import {
  acceptTransfer, handOverWork, proposeTransfer, recordOwnAct, refuseTransfer, routingJobs, takeOverCase, withdrawTransfer,
} from '#modules/routing/index.ts';
import { routingLists, transferBar, transferView, workOf } from '#modules/routing/queries.ts';
import { includeParty, shareItems } from '#modules/sharing/index.ts';
import { openTask } from '#modules/tasks/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS, ROUTES } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { completeDraft, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { addOfficer as addOfficerById, cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';

const desk = await testDesk();
const NOON = '2026-11-23T03:00:00Z';
let office: Office;
let police: OfficerActor;
let policeLeader: OfficerActor;
/** Coordinates, and received every report. */
let own: string;
let cong: string;

beforeAll(async () => {
  office = await openOffice(desk);
  police = await addOfficer(desk, 'cong-an-tinh', ['case_officer', 'intake'], 'Hứa Văn An');
  policeLeader = await addOfficer(desk, 'cong-an-tinh', ['leader', 'focal'], 'Long Thị Bình');
  own = office.drafter.agencyId;
  cong = police.agencyId;
  desk.clock.set(new Date(NOON));
});

let serial = 0;
const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const scam = (changes: Partial<NewReport> = {}) => reportOf({
  category: 'scam', narrative: `Người gọi bảo tôi chuyển cọc vào trang https://vay-${serial += 1}.example/nhanh rồi mất liên lạc`, idempotencyKey: `khoa-chuyen-${serial}-dai`, ...changes,
});
const caseRow = (id: string) => desk.owner.selectFrom('case_file').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const transferRow = (code: string) => desk.owner.selectFrom('transfer').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
const verified = (reports: readonly NewReport[] = [scam()]) => verifiedCase(desk, office, reports);
const propose = (caseId: string, toAgencyId = cong, changes: { openToCoordinator?: boolean; by?: OfficerActor } = {}) => as(changes.by ?? office.drafter, (tx) => proposeTransfer(desk, tx, changes.by ?? office.drafter, {
  thing: { kind: 'case', id: caseId }, toAgencyId, reason: 'Có dấu hiệu tội phạm, thuộc Công an', openToCoordinator: changes.openToCoordinator ?? false,
}));
const accept = (code: string, actor = police) => as(actor, (tx) => acceptTransfer(tx, actor, code));
const told = async (officer: OfficerActor, kind: string, code: string) => (await desk.owner.selectFrom('notification').select('id').where('officer_id', '=', officer.officerId).where('kind', '=', kind).where('code', '=', code).execute()).length;
const run = (name: string) => routingJobs.find((job) => job.name === name)!.run(desk, {} as never);
/** What an actor of an agency may do by plain SQL. */
const plainly = (actor: OfficerActor, statement: string) => as(actor, (tx) => sql.raw(statement).execute(tx));
const reasonOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => (error as { details?: { reason?: string } }).details?.reason ?? `${(error as Error).message}`);

describe('who may receive', () => {
  it('is the same in the database as on the screens, for every harm, place and day', async () => {
    for (const day of ['2023-05-01', '2025-03-15', '2025-07-01', '2026-11-23']) for (const category of CATEGORY_CODES) for (const commune of [null, '01273']) {
      const shown = (await inTransaction(desk, system('test'), (tx) => responsible(tx, { category, communeCode: commune, provinceCode: '04', on: day }))).filter(({ role }) => role !== 'support');
      const { rows } = await inTransaction(desk, system('test'), (tx) => sql<{ agency_id: string; competence_id: string; coordinates: boolean }>`select * from competent_on(${category}, '04', ${commune}, ${day}::date)`.execute(tx));
      expect([day, category, rows.map((row) => [row.agency_id, row.competence_id, row.coordinates]).toSorted()]).toEqual([day, category, shown.map((row) => [row.agencyId, row.competenceId, row.coordinates]).toSorted()]);
    }
  });

  it('refuses an agency that only supports, the own agency, and one that is elsewhere competent', async () => {
    const { caseId } = await verified();
    const bar = async (key: string) => as(office.drafter, async (tx) => transferBar(tx, { kind: 'case', id: caseId }, key === 'own' ? own : await agencyId(desk, key)));
    expect(await bar('cong-an-tinh')).toBeNull();
    expect(await bar('own')).toBe('self');
    expect(await bar('so-y-te')).toBe('not_competent');
    expect(await bar('vnpt')).toBe('not_competent');
    expect(await bar('so-tttt')).toBe('ended');
    expect(await reasonOf(propose(caseId, await agencyId(desk, 'vnpt')))).toBe('not_competent');
    expect(await reasonOf(propose(caseId, cong, { by: police }))).toBe('not_lead');
  });
});

describe('a transfer', () => {
  it.each([['2026-02-13T03:00:00Z', '2026-02-27', 'over Tết'], ['2026-08-19T03:00:00Z', '2026-08-25', 'with the Saturday 22/8 worked'], [NOON, '2026-12-01', 'over the day off of 24/11']])('begun %s is due %s, %s', async (from, due) => {
    desk.clock.set(new Date(from));
    const { id } = await submitReport(desk, scam());
    const { case_id } = await desk.owner.selectFrom('report').select('case_id').where('id', '=', id).executeTakeFirstOrThrow();
    const { code } = await propose(case_id!);
    expect((await transferRow(code)).due_on).toBe(due);
    const task = await desk.owner.selectFrom('task').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
    expect(task).toMatchObject({ kind: 'transfer', agency_id: cong, due_on: due, state: 'open' });
    desk.clock.set(new Date(NOON));
  });

  it('shows number, harm, title and how many, and no story, before it is accepted; then moves everything', async () => {
    const { caseId, reportIds } = await verified();
    const { number } = await caseRow(caseId);
    const taskId = await as(office.drafter, (tx) => openTask(tx, office.drafter, { kind: 'other', agencyId: own, officerId: office.drafter.officerId, caseId, code: number, title: 'Gọi lại ngân hàng', href: `/can-bo/vu-viec/${number}`, dueOn: '2026-12-01' }));
    await as(office.drafter, async (tx) => {
      await includeParty(tx, office.drafter, caseId, cong, 'support');
      await shareItems(tx, office.drafter, caseId, cong, [{ kind: 'report', itemId: reportIds[0]! }], 'để cùng xác minh');
    });
    const { code } = await propose(caseId);
    const view = await as(police, (tx) => transferView(tx, code));
    expect(view.brief).toMatchObject({ number, category: 'scam', reports: 1 });
    expect(view.law).toMatch(/116\/2025/);
    expect(JSON.stringify(view)).not.toContain('chuyển cọc');
    expect(await as(police, (tx) => tx.selectFrom('case_file').select('id').where('id', '=', caseId).execute())).toEqual([]);
    expect(await as(police, (tx) => tx.selectFrom('report').select('id').where('id', '=', reportIds[0]!).execute())).toEqual([]);
    await accept(code);
    expect(await caseRow(caseId)).toMatchObject({ lead_agency_id: cong, officer_id: null });
    expect((await desk.owner.selectFrom('report').select('handling_agency_id').where('case_id', '=', caseId).execute()).every((row) => row.handling_agency_id === cong)).toBe(true);
    expect((await desk.owner.selectFrom('task').select(['agency_id', 'officer_id']).where('id', '=', taskId).executeTakeFirstOrThrow())).toEqual({ agency_id: cong, officer_id: null });
    expect((await desk.owner.selectFrom('task').select('state').where('code', '=', code).executeTakeFirstOrThrow()).state).toBe('done');
    // The former lead: number, state and title, nothing else.
    const { rows: [former] } = await as(office.drafter, (tx) => sql<{ number: string; part: string }>`select number, part from party_case(${caseId}::uuid)`.execute(tx));
    expect(former).toEqual({ number, part: 'former' });
    for (const table of ['case_file', 'report', 'evidence', 'verification', 'case_share'] as const) {
      const { rows } = await as(office.drafter, (tx) => sql`select 1 from ${sql.table(table)} where ${sql.ref(table === 'case_file' ? 'id' : 'case_id')} = ${caseId}`.execute(tx));
      expect([table, rows]).toEqual([table, []]);
    }
    expect(await told(office.leader, 'transfer_accepted', code)).toBe(1);
    await as(police, (tx) => takeCase(tx, police, caseId));
    const lists = await as(police, (tx) => routingLists(tx, police));
    expect(lists.moved[0]).toMatchObject({ via: 'transfer', what: 'case', code: number, received: true });
  });

  it('leaves new reports with the same trace in one case where they arrive', async () => {
    const link = `https://chung-${serial += 1}.example/vay`;
    const { caseId } = await verified([scam({ narrative: `Trang ${link} lừa tôi đặt cọc` })]);
    await accept((await propose(caseId)).code);
    const cases = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const { id } = await submitReport(desk, scam({ narrative: `Người thứ ${n} gặp ${link} và mất tiền` }));
      cases.add((await desk.owner.selectFrom('report').select('case_id').where('id', '=', id).executeTakeFirstOrThrow()).case_id!);
    }
    expect(cases.size).toBe(1);
    expect(cases.has(caseId)).toBe(false);
    expect((await caseRow([...cases][0]!)).lead_agency_id).toBe(own);
  });

  it('refused with a reason stays, and the one that refused is not asked again', async () => {
    const { caseId } = await verified();
    const { code } = await propose(caseId);
    await expect(as(policeLeader, (tx) => refuseTransfer(tx, policeLeader, code, ' '))).rejects.toThrow(/reason/);
    await as(policeLeader, (tx) => refuseTransfer(tx, policeLeader, code, 'Chưa có dấu hiệu tội phạm'));
    expect((await caseRow(caseId)).lead_agency_id).toBe(own);
    expect(await transferRow(code)).toMatchObject({ state: 'refused', answer_reason: 'Chưa có dấu hiệu tội phạm' });
    expect(await told(office.leader, 'transfer_refused', code)).toBe(1);
    expect(await reasonOf(propose(caseId))).toBe('refused_before');
    expect(await as(policeLeader, (tx) => transferView(tx, code))).toMatchObject({ brief: null });
  });

  it('is withdrawn by its sender with a reason, then answered by nobody; a second one at once is refused', async () => {
    const { caseId } = await verified();
    const { code } = await propose(caseId);
    expect(await reasonOf(propose(caseId))).toBe('open_transfer');
    await as(office.drafter, (tx) => withdrawTransfer(tx, office.drafter, code, 'Gửi nhầm vụ việc'));
    await expect(accept(code)).rejects.toMatchObject({ name: 'Conflict', details: { state: 'withdrawn' } });
    expect((await desk.owner.selectFrom('task').select('state').where('code', '=', code).executeTakeFirstOrThrow()).state).toBe('cancelled');
  });

  it('accepted by two at once moves once', async () => {
    const { caseId } = await verified();
    const { code } = await propose(caseId);
    const results = await Promise.allSettled([accept(code, police), accept(code, policeLeader)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Conflict', details: { state: 'accepted' } } });
    expect((await desk.owner.selectFrom('hand_over').select('id').where('item_id', '=', caseId).execute())).toHaveLength(1);
  });

  it('waits for drafts and decisions, when proposed and when accepted', async () => {
    const { caseId } = await verified([reportOf({ narrative: 'Trang giả ở https://gia-mao-cho-chuyen.example/otp' })]);
    const target = await agencyId(desk, 'cong-an-tinh');
    const decisionId = await completeDraft(desk, office, caseId);
    expect(await reasonOf(propose(caseId, target))).toBe('deciding');
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, decisionId));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decisionId, PASSED, [], EFFECTS));
    expect(await reasonOf(propose(caseId, target))).toBe('decision');
    const { caseId: other } = await verified();
    const { code } = await propose(other);
    await completeDraft(desk, office, other);
    expect(await reasonOf(accept(code))).toBe('deciding');
    expect((await transferRow(code)).state).toBe('proposed');
  });

  it('that came back once goes on only to the coordinating agency', async () => {
    const { caseId } = await verified();
    await accept((await propose(caseId)).code);
    const back = await propose(caseId, own, { by: police });
    await accept(back.code, office.drafter);
    expect((await caseRow(caseId)).lead_agency_id).toBe(own);
    expect(await reasonOf(propose(caseId))).toBe('came_back');
    // The first lead sees none of what was shared with it while it did not lead.
    expect(await as(police, (tx) => tx.selectFrom('case_share').select('id').where('case_id', '=', caseId).execute())).toEqual([]);
  });

  it('of a child’s pictures is told as urgent', async () => {
    const { id } = await submitReport(desk, reportOf({ category: 'intimate_images', forChild: true, narrative: 'Ảnh riêng tư của con tôi bị đăng tại https://anh-kin.example/1', idempotencyKey: 'khoa-anh-rieng-tu-dai' }));
    const report = await desk.owner.selectFrom('report').select(['code', 'case_id']).where('id', '=', id).executeTakeFirstOrThrow();
    expect(report.case_id).toBeNull();
    const { code } = await as(office.drafter, (tx) => proposeTransfer(desk, tx, office.drafter, { thing: { kind: 'report', id }, toAgencyId: cong, reason: 'Ảnh của trẻ em, thuộc Công an', openToCoordinator: false }));
    expect((await transferRow(code)).urgent).toBe(true);
    expect(await desk.owner.selectFrom('notification').select('urgent').where('code', '=', code).where('kind', '=', 'task_transfer').execute()).toContainEqual({ urgent: true });
    expect(JSON.stringify(await as(police, (tx) => transferView(tx, code)))).not.toContain('con tôi');
    await accept(code);
    expect((await desk.owner.selectFrom('report').select('handling_agency_id').where('id', '=', id).executeTakeFirstOrThrow()).handling_agency_id).toBe(cong);
    expect(await as(office.drafter, (tx) => tx.selectFrom('report').select('id').where('id', '=', id).execute())).toEqual([]);
  });
});

describe('taking over', () => {
  it('is for the coordinating agency once nobody answered in time, and marks late once', async () => {
    const { caseId } = await verified();
    await accept((await propose(caseId)).code);
    const { number } = await caseRow(caseId);
    const back = await propose(caseId, own, { by: police });
    expect(await reasonOf(as(office.drafter, (tx) => takeOverCase(tx, office.drafter, number, 'Chưa đến hạn')))).toMatch(/case/);
    const before = desk.clock.now();
    desk.clock.set(new Date('2026-12-02T03:00:00Z'));
    await run('transfer-clocks');
    await run('transfer-clocks');
    expect((await transferRow(back.code)).late_on).toBe('2026-12-02');
    expect((await desk.owner.selectFrom('journal').select('seq').where('entity_id', '=', (await transferRow(back.code)).id).where('action', '=', 'late').execute())).toHaveLength(1);
    expect(await told(office.leader, 'task_escalated', number)).toBe(1);
    expect((await as(office.drafter, (tx) => routingLists(tx, office.drafter))).takeable).toMatchObject([{ number, ground: 'lapsed' }]);
    await as(office.drafter, (tx) => takeOverCase(tx, office.drafter, number, 'Nơi được đề nghị không trả lời'));
    expect((await caseRow(caseId)).lead_agency_id).toBe(own);
    expect(await transferRow(back.code)).toMatchObject({ state: 'withdrawn' });
    expect(await told(policeLeader, 'taken_over', number)).toBe(1);
    desk.clock.set(before);
  });

  it('is open at once where the lead agrees, and to nobody else', async () => {
    const { caseId } = await verified();
    const { number } = await caseRow(caseId);
    await accept((await propose(caseId)).code);
    await propose(caseId, own, { by: police, openToCoordinator: true });
    const doctor = await addOfficer(desk, 'so-y-te', ['case_officer', 'leader']);
    expect(await reasonOf(as(doctor, (tx) => takeOverCase(tx, doctor, number, 'Tôi muốn xem hồ sơ')))).toMatch(/case/);
    await expect(as(doctor, (tx) => sql`select take_over_case(${caseId}::uuid, 'Tôi muốn xem hồ sơ')`.execute(tx))).rejects.toMatchObject({ detail: 'no_ground' });
    await as(office.leader, (tx) => takeOverCase(tx, office.leader, number, 'Hai bên đã thống nhất'));
    expect(await desk.owner.selectFrom('take_over').select(['ground', 'agency_id']).where('case_id', '=', caseId).execute()).toEqual([{ ground: 'agreed', agency_id: own }]);
  });
});

describe('acted at once', () => {
  it('is recorded with a basis in force on its day or an own power, seen by the lead and the agency itself', async () => {
    const bank = await addOfficer(desk, 'vietcombank', ['focal'], 'Đỗ Thị Ngân');
    const { caseId } = await verified([scam({ reporterKind: undefined, senderAgencyId: bank.agencyId } as Partial<NewReport>)]);
    const { number } = await caseRow(caseId);
    const act = { doneOn: '2026-11-22', what: 'Tạm giữ giao dịch đáng ngờ theo quy định nội bộ', legalBasis: null, ownPower: 'own_customers', result: 'Đã báo khách hàng', documentNumber: '12/CV-NH' } as const;
    await as(bank, (tx) => recordOwnAct(tx, bank, number, act));
    expect(await as(office.drafter, (tx) => tx.selectFrom('own_act').select('what').where('case_id', '=', caseId).execute())).toHaveLength(1);
    expect(await told(office.leader, 'own_act', number)).toBe(1);
    expect((await as(bank, (tx) => routingLists(tx, bank))).toAct).toEqual([{ number, category: 'scam', relation: 'reported' }]);
    await expect(as(police, (tx) => recordOwnAct(tx, police, number, act))).rejects.toMatchObject({ name: 'NotFound' });
    expect(await as(police, (tx) => tx.selectFrom('own_act').selectAll().where('case_id', '=', caseId).execute())).toEqual([]);
    const basis = (await desk.owner.selectFrom('legal_basis').select('code').where('category', '=', 'scam').where('document', '=', 'N330').executeTakeFirstOrThrow()).code;
    await as(bank, (tx) => recordOwnAct(tx, bank, number, { ...act, ownPower: null, legalBasis: basis }));
    await expect(as(bank, (tx) => recordOwnAct(tx, bank, number, { ...act, ownPower: null, legalBasis: basis, doneOn: '2026-08-01' }))).rejects.toMatchObject({ details: { fields: { basis: 'not_in_force' } } });
    await expect(plainly(bank, `insert into own_act (case_id, agency_id, officer_id, done_on, what, legal_basis, at) values ('${caseId}', '${bank.agencyId}', '${bank.officerId}', '2026-08-01', 'Việc làm trước luật', '${basis}', desk_now())`)).rejects.toThrow(/S3/);
    await expect(plainly(bank, `update own_act set what = 'khác'`)).rejects.toThrow(/permission denied/);
    expect((await desk.owner.selectFrom('decision').select('id').where('case_id', '=', caseId).execute())).toEqual([]);
  });
});

describe('hand-over between officers', () => {
  it('gives all open work to another officer in one go, and the former drafter does not approve it', async () => {
    const heir = await addOfficer(desk, 'so-vhttdl', ['case_officer'], 'Nguyễn Thị Nhận');
    const giver = await addOfficer(desk, 'so-vhttdl', ['case_officer', 'reviewer'], 'Phùng Văn Đi');
    const mine = { ...office, drafter: giver };
    const { caseId } = await verifiedCase(desk, mine, [reportOf({ narrative: 'Trang giả ở https://ban-giao.example/otp' })]);
    const decisionId = await completeDraft(desk, mine, caseId);
    const work = await as(office.leader, (tx) => workOf(tx, office.leader, giver.officerId));
    expect(work.map(({ what }) => what)).toEqual(['case', 'decision']);
    expect(await reasonOf(as(office.leader, (tx) => handOverWork(tx, office.leader, giver.officerId, office.clerk.officerId, work, 'Nghỉ thai sản')))).toBe('receiver_role');
    expect(await reasonOf(as(office.leader, (tx) => handOverWork(tx, office.leader, giver.officerId, police.officerId, work, 'Nghỉ thai sản')))).toBe('receiver');
    expect(await reasonOf(as(office.drafter, (tx) => handOverWork(tx, office.drafter, giver.officerId, heir.officerId, work, 'Nghỉ thai sản')))).toMatch(/administrator or leader/);
    expect(await as(office.leader, (tx) => handOverWork(tx, office.leader, giver.officerId, heir.officerId, work, 'Nghỉ thai sản'))).toBe(2);
    expect((await caseRow(caseId)).officer_id).toBe(heir.officerId);
    expect((await desk.owner.selectFrom('decision').select('drafter_id').where('id', '=', decisionId).executeTakeFirstOrThrow()).drafter_id).toBe(heir.officerId);
    expect(await told(heir, 'handed_over', `${(await caseRow(caseId)).number} +1`)).toBe(1);
    expect(await reasonOf(as(office.leader, (tx) => handOverWork(tx, office.leader, giver.officerId, heir.officerId, work, 'Lần nữa')))).toBe('changed');
    await as(heir, (tx) => submitDraft(tx, heir, decisionId));
    await expect(as(giver, (tx) => decideSecond(desk, tx, giver, decisionId, PASSED, [], EFFECTS))).rejects.toThrow(/drafter cannot approve/);
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decisionId, PASSED, [], EFFECTS));
  });

  it('opens a task for the leader when an officer with open work is disabled, once, and ends it when nothing is left', async () => {
    const leaving = await addOfficer(desk, 'so-vhttdl', ['case_officer'], 'Vương Thị Rời');
    const { caseId } = await verified();
    await as(leaving, (tx) => takeCase(tx, leaving, caseId));
    await inTransaction(desk, system('test'), (tx) => setDisabled(tx, system('test'), leaving.officerId, true));
    await run('hand-over');
    await run('hand-over');
    const tasks = () => desk.owner.selectFrom('task').select(['officer_id', 'agency_id', 'state', 'due_on']).where('kind', '=', 'hand_over').where('source_id', '=', leaving.officerId).execute();
    expect(await tasks()).toEqual([{ officer_id: office.leader.officerId, agency_id: own, state: 'open', due_on: '2026-11-27' }]);
    const work = await as(office.leader, (tx) => workOf(tx, office.leader, leaving.officerId));
    await as(office.leader, (tx) => handOverWork(tx, office.leader, leaving.officerId, office.drafter.officerId, work, 'Đã nghỉ việc'));
    await run('hand-over');
    expect(await tasks()).toMatchObject([{ state: 'done' }]);
  });
});

describe('an agency that ends', () => {
  it('leaves its open work to the successor of the commune, else to the coordinating agency, once', async () => {
    const machine = system('test');
    const oldId = (await inTransaction(desk, machine, (tx) => addAgency(tx, machine, { key: 'vp-thu', name: 'Văn phòng Thử', shortName: 'VP Thử', nameEn: 'Test Office', level: 'department', from: '2025-08-01' }))).id;
    const communes = await desk.owner.selectFrom('agency').select(['id', 'commune_code']).where('level', '=', 'commune').where('commune_code', 'is not', null).orderBy('key').limit(200).execute();
    const first = communes.find(({ commune_code }) => commune_code === '01273')!;
    const second = communes.find(({ commune_code }) => commune_code !== '01273')!;
    const inPlace = await verified();
    const link = `https://hai-xa-${serial += 1}.example/a`;
    const inTwo = await verified([scam({ narrative: `Trang ${link} lừa` }), scam({ narrative: `Cũng trang ${link} lừa nữa`, communeCode: second.commune_code })]);
    const party = await verified();
    const sharedReport = party.reportIds[0]!;
    const asked = await verified();
    for (const { caseId } of [inPlace, inTwo]) {
      await desk.owner.updateTable('case_file').set({ lead_agency_id: oldId }).where('id', '=', caseId).execute();
      await desk.owner.transaction().execute(async (tx) => {
        await sql`alter table report disable trigger report_handed`.execute(tx);
        await tx.updateTable('report').set({ handling_agency_id: oldId }).where('case_id', '=', caseId).execute();
        await sql`alter table report enable trigger report_handed`.execute(tx);
      });
    }
    await as(office.drafter, async (tx) => {
      await includeParty(tx, office.drafter, party.caseId, oldId, 'support');
      await shareItems(tx, office.drafter, party.caseId, oldId, [{ kind: 'report', itemId: sharedReport }], 'để cùng xác minh');
      await openTask(tx, office.drafter, { kind: 'other', agencyId: oldId, caseId: party.caseId, code: 'VIEC-1', title: 'Kiểm tra tại chỗ', href: '/can-bo/viec', dueOn: '2026-12-10' });
    });
    await desk.owner.insertInto('competence').values({ agency_id: oldId, category: 'scam', role: 'lead', province_code: '04', commune_code: null, law: 'Luật thử', why_vi: 'x', why_en: 'x', valid_from: '2025-08-01', valid_to: null }).execute();
    const { code } = await propose(asked.caseId, oldId);
    await inTransaction(desk, machine, (tx) => endAgency(tx, machine, { agencyId: oldId, lastDay: '2026-11-22', successors: [first.id, second.id] }));
    await run('agency-ended');
    expect((await caseRow(inPlace.caseId)).lead_agency_id).toBe(first.id);
    expect((await desk.owner.selectFrom('report').select('handling_agency_id').where('id', '=', inPlace.reportIds[0]!).executeTakeFirstOrThrow()).handling_agency_id).toBe(first.id);
    expect((await caseRow(inTwo.caseId)).lead_agency_id).toBe(own);
    expect(await desk.owner.selectFrom('case_party').select(['agency_id', 'part']).where('case_id', '=', party.caseId).where('ended_at', 'is', null).execute()).toEqual([{ agency_id: first.id, part: 'support' }]);
    expect(await desk.owner.selectFrom('case_share').select('agency_id').where('case_id', '=', party.caseId).execute()).toEqual([{ agency_id: first.id }]);
    expect((await desk.owner.selectFrom('task').select('agency_id').where('code', '=', 'VIEC-1').executeTakeFirstOrThrow()).agency_id).toBe(first.id);
    expect((await transferRow(code)).to_agency).toBe(first.id);
    expect((await desk.owner.selectFrom('task').select('agency_id').where('code', '=', code).executeTakeFirstOrThrow()).agency_id).toBe(first.id);
    const rows = () => desk.owner.selectFrom('hand_over').select(['what', 'to_agency']).where('from_agency', '=', oldId).execute();
    const moved = await rows();
    expect(moved.map(({ what }) => what).toSorted()).toEqual(['case', 'case', 'party', 'task', 'transfer']);
    await run('agency-ended');
    expect(await rows()).toEqual(moved);
    const clerk = await addOfficerById(desk, { agencyId: first.id, roles: ['case_officer'], name: 'Lục Thị Xã' });
    const app = await webApp(desk, 1e6);
    const page = await app.request('/can-bo/chuyen', { headers: { Cookie: await cookieFor(desk, clerk.officerId, first.id) } });
    expect(await page.text()).toContain('Chuyển từ Văn phòng Thử (hết ngày 22/11/2026)');
  });
});

it('minimising a case empties the words and keeps that it moved', async () => {
  const { caseId } = await verified();
  const { code } = await propose(caseId);
  await accept(code);
  await as(police, async (tx) => recordOwnAct(tx, police, (await caseRow(caseId)).number, { doneOn: '2026-11-22', what: 'Gỡ trang trên máy chủ của ngành', legalBasis: null, ownPower: 'own_service', result: 'Đã gỡ', documentNumber: '' }));
  await desk.owner.transaction().execute(async (tx) => {
    await sql`alter table case_file disable trigger user; alter table case_file enable trigger minimise_routing`.execute(tx);
    await sql`update case_file set state = 'closed', minimised_at = now() where id = ${caseId}`.execute(tx);
    await sql`alter table case_file enable trigger user`.execute(tx);
  });
  expect((await transferRow(code)).reason).toBe('đã xóa');
  expect(await desk.owner.selectFrom('own_act').select(['what', 'result']).where('case_id', '=', caseId).execute()).toEqual([{ what: 'đã xóa', result: '' }]);
  expect(await desk.owner.selectFrom('hand_over').select(['why', 'to_agency']).where('case_id', '=', caseId).execute()).toEqual([{ why: '', to_agency: cong }]);
});

describe('by plain SQL as an officer', () => {
  it('nothing changes hands', async () => {
    const { caseId, reportIds: [reportId] } = await verified();
    const { caseId: target } = await verified();
    const { code } = await propose(caseId);
    const { id } = await transferRow(code);
    const refused = async (actor: OfficerActor, statement: string, why: RegExp) => { await expect(plainly(actor, statement), statement).rejects.toThrow(why); };
    await refused(office.drafter, `update case_file set lead_agency_id = '${cong}' where id = '${caseId}'`, /permission denied/);
    await refused(office.drafter, `update report set handling_agency_id = '${cong}' where id = '${reportId}'`, /row-level security|changes hands/);
    await refused(police, `select move_case('${caseId}', '${cong}', 'transfer', 'lấy về')`, /permission denied/);
    await refused(police, `select carry_out_transfer('${id}')`, /only an accepted transfer/);
    await refused(police, `select carry_out_transfer(null)`, /only an accepted transfer/);
    await refused(police, `update transfer set state = 'accepted', answered_at = desk_now(), answered_by = '${police.officerId}' where id = '${id}';
      insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state) values (desk_now(), 'officer', '${police.officerId}', '${cong}', 'transfer', '${id}', 'accept', 'proposed', 'accepted')`, /moves at once/);
    await refused(office.drafter, `update transfer set state = 'accepted', answered_at = desk_now(), answered_by = '${office.drafter.officerId}' where id = '${id}'`, /answered by its receiver/);
    await refused(police, `update transfer set state = 'withdrawn', answered_at = desk_now(), answered_by = '${police.officerId}', answer_reason = 'bỏ đi thôi' where id = '${id}'`, /withdrawn by its sender/);
    await refused(police, `update transfer set late_on = desk_today() where id = '${id}'`, /late is a fact/);
    await refused(police, `update transfer set moved_at = desk_now() where id = '${id}'`, /permission denied/);
    await refused(police, `update transfer set reason = 'khác' where id = '${id}'`, /permission denied/);
    await refused(office.drafter, `insert into hand_over (via, what, item_id, code, from_agency, to_agency, at) values ('transfer', 'report', '${reportId}', 'x', '${own}', '${cong}', desk_now())`, /permission denied/);
    await refused(office.drafter, `insert into take_over (case_id, ground, agency_id, from_agency, officer_id, reason, at) values ('${caseId}', 'ended', '${own}', '${cong}', '${office.drafter.officerId}', 'lấy về', desk_now())`, /permission denied/);
    await refused(office.drafter, `select * from move_ended_work(10)`, /only the job/);
    await refused(office.drafter, `insert into transfer (code, case_id, from_agency, to_agency, reason, proposed_by, proposed_at, due_on) values ('CX-04-261123-9999-1', '${target}', '${own}', '${await agencyId(desk, 'so-y-te')}', 'chuyển bừa', '${office.drafter.officerId}', desk_now(), desk_today() + 5)`, /not_competent/);
    await refused(office.drafter, `insert into transfer (code, case_id, from_agency, to_agency, reason, proposed_by, proposed_at, due_on) values ('CX-04-261123-9998-1', '${target}', '${own}', '${cong}', 'chuyển lâu', '${office.drafter.officerId}', desk_now(), desk_today() + 60)`, /5 working days/);
    const { rows: drafts } = await sql<{ id: string }>`select id from decision limit 1`.execute(desk.owner);
    await refused(office.drafter, `update decision set drafter_id = '${office.gate.officerId}' where id = '${drafts[0]!.id}'`, /drafter, case, agency/);
    expect(await caseRow(caseId)).toMatchObject({ lead_agency_id: own });
  });

  it('no clock of a report is set by hand, and none moves without a regrouping', async () => {
    const { caseId, reportIds: [reportId] } = await verified();
    const { caseId: target } = await verified();
    await expect(plainly(office.drafter, `update report set due_on = '2027-12-31' where id = '${reportId}'`)).rejects.toThrow(/clock of a report/);
    await expect(plainly(office.drafter, `update report set due_on = null where id = '${reportId}'`)).rejects.toThrow(/clock of a report/);
    await expect(plainly(office.drafter, `update report set case_id = '${target}' where id = '${reportId}'`)).rejects.toThrow(/by a regrouping/);
    await expect(plainly(office.drafter, `update report set case_id = null where id = '${reportId}'`)).rejects.toThrow(/by a regrouping/);
    expect((await desk.owner.selectFrom('report').select('case_id').where('id', '=', reportId!).executeTakeFirstOrThrow()).case_id).toBe(caseId);
  });
});

describe('the screens', () => {
  const ROLES: readonly Role[] = ['case_officer', 'leader'];
  it('propose, keep what was typed, answer, and say what to do', async () => {
    const app = await webApp(desk, 1e6);
    const sender = await addOfficerById(desk, { agencyId: own, roles: ROLES });
    const receiver = await addOfficerById(desk, { agencyId: cong, roles: ['focal'] });
    const cookies = { sender: await cookieFor(desk, sender.officerId, own), receiver: await cookieFor(desk, receiver.officerId, cong) };
    const get = async (who: keyof typeof cookies, path: string) => { const answer = await app.request(path, { headers: { Cookie: cookies[who] } }); return { status: answer.status, html: await answer.text() }; };
    const post = async (who: keyof typeof cookies, path: string, form: Record<string, string>) => {
      const answer = await app.request(path, { method: 'POST', redirect: 'manual', headers: { Cookie: cookies[who], 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams(form) });
      return { status: answer.status, location: answer.headers.get('location') ?? '', html: await answer.text() };
    };
    const { caseId } = await verified();
    const { number } = await caseRow(caseId);
    const page = await get('sender', `/can-bo/chuyen/moi?vu-viec=${number}`);
    expect(page.html).toContain('Công an tỉnh Cao Bằng');
    expect(page.html).toContain('Luật An ninh mạng 116/2025/QH15');
    expect((await get('receiver', `/can-bo/chuyen/moi?vu-viec=${number}`)).status).toBe(404);
    const bad = await post('sender', '/can-bo/chuyen/moi', { 'vu-viec': number, to: '', reason: 'Có dấu hiệu tội phạm' });
    expect(bad.status).toBe(422);
    expect(bad.html).toContain('Có dấu hiệu tội phạm');
    const sent = await post('sender', '/can-bo/chuyen/moi', { 'vu-viec': number, to: cong, reason: 'Có dấu hiệu tội phạm' });
    expect(sent.status).toBe(303);
    const href = sent.location.split('?')[0]!;
    const opened = await get('receiver', href);
    expect(opened.html).toContain(number);
    expect(opened.html).not.toContain('chuyển cọc');
    expect((await transferRow(href.split('/').at(-1)!)).state).toBe('proposed');
    expect((await post('receiver', `${href}/tra-loi`, { answer: 'refuse', reason: '' })).status).toBe(422);
    expect((await post('receiver', `${href}/tra-loi`, { answer: 'accept' })).location).toContain('xong=da-nhan');
    const again = await post('receiver', `${href}/tra-loi`, { answer: 'accept' });
    expect([again.status, again.html.includes('đã được trả lời')]).toEqual([409, true]);
    const gone = (await get('sender', href)).html;
    expect(gone).toContain('Vụ việc đã sang nơi nhận');
    expect(gone).toContain(`/can-bo/phoi-hop/${number}`);
    expect(gone).not.toContain('Số phản ánh');
    expect((await get('receiver', '/can-bo/chuyen')).html).toContain(number);
    expect((await get('receiver', `/can-bo/chuyen/da-lam/${number}`)).html).toContain('Đây chỉ là ghi nhận');
    expect(ROUTES.filter(({ path }) => path.startsWith('/can-bo/chuyen'))).toHaveLength(12);
  });
});
