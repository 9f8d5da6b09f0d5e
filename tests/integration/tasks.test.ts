import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import type { Role } from '#catalogue/roles.ts';
import { addWorkingDays, dueAt, isWorkingDay, localDate } from '#core/deadlines.ts';
import { answerReporter, closeCase } from '#modules/cases/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { endTask, openTask, openTasksOf } from '#modules/tasks/index.ts';
import { assignTask, cancelTask, finishTask, moveTask, pauseTask, resumeTask, setTask } from '#modules/tasks/commands.ts';
import { changeCalendar, type CalendarChange } from '#modules/tasks/commands/calendar.ts';
import { changeSetting } from '#modules/tasks/commands/settings.ts';
import { watchTasks } from '#modules/tasks/jobs.ts';
import { dayTasks, leaderPage, shelfCounts, taskList } from '#modules/tasks/queries.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { deskCalendar, forgetCalendar, readCalendar, workingCalendar } from '#platform/calendar.ts';
import { syncCatalogue } from '#platform/catalogue-sync.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser } from '../support/browser.ts';
import { openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';

const desk = await testDesk();
const app = await webApp(desk, 1e6);
const LEAD = 'so-vhttdl';
const DOER = 'vnpt';
const START = desk.clock.now();

let office: Office;
let lead: OfficerActor;
let leader: OfficerActor;
let focal: OfficerActor;
let colleague: OfficerActor;
let doerLeader: OfficerActor;
let keeper: OfficerActor;
let doer: string;

beforeAll(async () => {
  office = await openOffice(desk);
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  doer = await agencyId(desk, DOER);
  const make = (agency: string, roles: readonly Role[], name: string) => addOfficer(desk, agency, roles, name);
  lead = await make(LEAD, ['case_officer'], 'Nông Thị Lan');
  leader = await make(LEAD, ['leader'], 'Hoàng Văn Bằng');
  keeper = await make(LEAD, ['administrator'], 'Bế Văn Sơn');
  focal = await make(DOER, ['focal'], 'Lý Thị Mai');
  colleague = await make(DOER, ['clerk'], 'Đàm Văn Hòa');
  doerLeader = await make(DOER, ['leader'], 'Triệu Thị Hằng');
});

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const on = (day: string, time = '09:00') => desk.clock.set(new Date(`${day}T${time}:00+07:00`));
const row = (id: string) => desk.owner.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const journal = async (id: string) => (await desk.owner.selectFrom('journal').select('action').where('entity_id', '=', id).orderBy('seq').execute()).map(({ action }) => action);
const news = async (officer: OfficerActor, kind: string) => (await desk.owner.selectFrom('notification').select('code').where('officer_id', '=', officer.officerId).where('kind', '=', kind).execute()).map(({ code }) => code);

function set(actor: OfficerActor, dueOn: string, more: Partial<Parameters<typeof setTask>[3]> = {}): Promise<string> {
  return as(actor, (tx) => setTask(tx, actor, '04', { title: 'Rà soát số tổng đài giả mạo trên địa bàn', agencyId: doer, officerId: null, caseNumber: '', dueOn, ...more }));
}

async function browserOf(actor: OfficerActor): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const [name, value] = (await cookieFor(desk, actor.officerId, actor.agencyId)).split('=');
  browser.cookies.set(name!, value!);
  return browser;
}

describe('who may', () => {
  it('sets, gives to a colleague, does: each in the journal, each told', async () => {
    on('2026-11-23');
    const id = await set(lead, '2026-11-27');
    const { code } = await row(id);
    expect(code).toMatch(/^VL-04-261123-\d{4}-\d$/);
    expect(await news(focal, 'task_other')).toContain(code);
    await as(focal, (tx) => assignTask(tx, focal, id, colleague.officerId));
    expect(await news(colleague, 'task_other')).toContain(code);
    expect((await as(colleague, (tx) => dayTasks(tx, colleague, 5))).tasks.map((task) => task.id)).toEqual([id]);
    await as(colleague, (tx) => finishTask(tx, colleague, id));
    expect(await journal(id)).toEqual(['open', 'assign', 'do']);
    await expect(as(lead, (tx) => cancelTask(tx, lead, id, 'Không cần nữa'))).rejects.toMatchObject({ details: { reason: 'ended' } });
  });

  it('the doing agency moves, pauses and cancels nothing; the setting one does not do it; strangers see nothing', async () => {
    const id = await set(lead, '2026-11-30');
    for (const actor of [focal, doerLeader]) {
      await expect(as(actor, (tx) => moveTask(tx, actor, id, '2026-12-15', 'Chúng tôi cần thêm ngày'))).rejects.toMatchObject({ details: { reason: 'not_yours' } });
      await expect(as(actor, (tx) => pauseTask(tx, actor, id, 'Chúng tôi đang bận'))).rejects.toMatchObject({ details: { reason: 'not_yours' } });
      await expect(as(actor, (tx) => cancelTask(tx, actor, id, 'Chúng tôi không làm'))).rejects.toMatchObject({ details: { reason: 'not_yours' } });
    }
    await expect(as(lead, (tx) => finishTask(tx, lead, id))).rejects.toMatchObject({ details: { reason: 'not_yours' } });
    await expect(as(focal, (tx) => assignTask(tx, focal, id, lead.officerId))).rejects.toMatchObject({ details: { fields: { officer: 'not_yours' } } });
    const stranger = await addOfficer(desk, 'cong-an-tinh', ['leader', 'case_officer', 'focal']);
    await expect(as(stranger, (tx) => finishTask(tx, stranger, id))).rejects.toThrow('task');
    expect(await as(stranger, (tx) => sql`select * from task_steps(${id})`.execute(tx))).toMatchObject({ rows: [] });
  });

  it.each([
    ['a deadline of one’s own', () => focal, { due_on: '2026-12-31' }, /own deadline/],
    ['a pause by the doing agency', () => focal, { paused_on: '2026-11-23', pause_reason: 'bận' }, /only who set it/],
    ['another title', () => focal, { title: 'Việc khác' }, /only who set it/],
    ['an officer of another agency', () => focal, () => ({ officer_id: lead.officerId }), /serves in the agency/],
    ['another agency', () => focal, () => ({ agency_id: lead.agencyId }), /only who set it|row-level/],
    ['a reminder that was not sent', () => focal, { reminded_on: '2026-11-23' }, /told is told/],
    ['a pause that began yesterday', () => lead, { paused_on: '2026-11-20', pause_reason: 'nghỉ' }, /today/],
    ['a day without the journal', () => lead, { due_on: '2026-12-31' }, /journal/],
    ['done by who set it', () => lead, () => ({ state: 'done', ended_at: desk.clock.now() }), /does it|journal/],
  ] as const)('the database refuses %s', async (_what, actor, change, why) => {
    on('2026-11-23');
    const id = await set(lead, '2026-11-27');
    const values = typeof change === 'function' ? change() : change;
    await expect(as(actor(), (tx) => tx.updateTable('task').set(values as never).where('id', '=', id).execute())).rejects.toThrow(why);
  });

  it('a task with a source ends by its room, from either side, and not by hand', async () => {
    const sourceId = '01999999-9999-7999-8999-000000000001';
    const id = await as(lead, (tx) => openTask(tx, lead, { kind: 'opinion', agencyId: doer, sourceId, code: 'YK-1', title: 'Cho ý kiến về trang giả', href: '/can-bo/y-kien', dueOn: '2026-11-30' }));
    await expect(as(focal, (tx) => finishTask(tx, focal, id))).rejects.toMatchObject({ details: { reason: 'not_yours' } });
    await expect(as(lead, (tx) => moveTask(tx, lead, id, '2026-12-01', 'Gia hạn ý kiến'))).rejects.toMatchObject({ details: { reason: 'not_yours' } });
    expect(await as(focal, (tx) => endTask(tx, focal, 'opinion', sourceId, { done: true }))).toBe(true);
    expect((await row(id)).state).toBe('done');
    expect(await as(focal, (tx) => endTask(tx, focal, 'opinion', sourceId, { done: true }))).toBe(false);
  });
});

describe('pause and move', () => {
  it('resuming moves the day by the working days that were lost, and reminders begin anew', async () => {
    on('2026-11-20');
    const id = await set(lead, '2026-11-26');
    await as(lead, (tx) => pauseTask(tx, lead, id, 'Chờ kết quả giám định'));
    expect(await news(focal, 'task_paused')).toContain((await row(id)).code);
    await expect(as(lead, (tx) => pauseTask(tx, lead, id, 'Chờ thêm nữa'))).rejects.toMatchObject({ details: { reason: 'paused' } });
    on('2026-11-30');
    await watchTasks(desk);
    expect(await row(id)).toMatchObject({ overdue_told_on: null, escalated_on: null });
    // 23, 25, 26, 27 and 30/11 were lost; 24/11 is a day off.
    expect(await as(lead, (tx) => resumeTask(tx, lead, id))).toBe('2026-12-03');
    expect(await row(id)).toMatchObject({ first_due_on: '2026-11-26', due_on: '2026-12-03', paused_on: null, pause_reason: null });
    expect(await journal(id)).toEqual(['open', 'pause', 'resume']);
  });

  it('another day needs a reason and is a working day to come', async () => {
    on('2026-11-23');
    const id = await set(lead, '2026-11-27');
    await expect(as(lead, (tx) => moveTask(tx, lead, id, '2026-11-24', ''))).rejects.toMatchObject({ details: { fields: { due: 'day_off', reason: 'length' } } });
    await expect(as(lead, (tx) => moveTask(tx, lead, id, '2026-11-20', 'Sớm hơn'))).rejects.toMatchObject({ details: { fields: { due: 'past' } } });
    await as(lead, (tx) => moveTask(tx, lead, id, '2026-12-02', 'Đã thống nhất qua điện thoại'));
    expect(await row(id)).toMatchObject({ due_on: '2026-12-02' });
  });
});

describe('reminders and what is told on', () => {
  it('each once, by the days the agency set, in the journal; never on a day off', async () => {
    on('2026-11-16');
    const id = await set(lead, '2026-11-20', { title: 'Báo số máy chủ đã rà soát' });
    const { code } = await row(id);
    const step = async (day: string) => {
      on(day, '07:05');
      await watchTasks(desk);
      await watchTasks(desk);
      return (await journal(id)).slice(1);
    };
    expect(await step('2026-11-17')).toEqual([]);
    expect(await step('2026-11-18')).toEqual(['remind']);
    expect(await step('2026-11-21')).toEqual(['remind']);
    expect(await step('2026-11-23')).toEqual(['remind', 'overdue', 'escalate']);
    expect(await step('2026-11-24')).toHaveLength(3);
    expect(await step('2026-11-25')).toHaveLength(3);
    expect(await step('2026-11-26')).toEqual(['remind', 'overdue', 'escalate', 'tell_coordination']);
    expect(await step('2026-12-10')).toHaveLength(4);
    expect([await news(focal, 'task_due_soon'), await news(focal, 'task_overdue'), await news(doerLeader, 'task_escalated')].map((codes) => codes.filter((one) => one === code).length)).toEqual([1, 1, 1]);
    expect((await news(leader, 'task_escalated')).filter((one) => one === code)).toHaveLength(1);
  });

  it('an agency tells its leader later when it says so with a reason, within bounds', async () => {
    const administrator = await addOfficer(desk, DOER, ['administrator']);
    await expect(as(administrator, (tx) => changeSetting(tx, administrator, { leader: '9', coordinator: '2', reason: '' }))).rejects.toMatchObject({ details: { fields: { leader: 'bounds', coordinator: 'bounds', reason: 'length' } } });
    await as(administrator, (tx) => changeSetting(tx, administrator, { leader: '2', coordinator: '4', reason: 'Cán bộ đầu mối kiêm nhiệm' }));
    on('2026-12-14');
    const id = await set(lead, '2026-12-15');
    for (const [day, told] of [['2026-12-16', null], ['2026-12-17', '2026-12-17']] as const) {
      on(day);
      await watchTasks(desk);
      expect((await row(id)).escalated_on).toBe(told);
    }
    await expect(as(administrator, (tx) => tx.updateTable('task_setting').set({ leader_after: 50 }).where('agency_id', '=', doer).execute())).rejects.toThrow(/check/);
    await expect(as(focal, (tx) => tx.updateTable('task_setting').set({ leader_after: 5 }).where('agency_id', '=', doer).returning('agency_id').execute())).resolves.toEqual([]);
    await expect(as(administrator, (tx) => tx.updateTable('task_setting').set({ leader_after: 1 }).where('agency_id', '=', doer).execute())).rejects.toThrow(/journal/);
  });

  it('the coordinating leader sees where something is late that others set, not what it is', async () => {
    on('2026-12-18');
    const other = await addOfficer(desk, 'cong-an-tinh', ['case_officer']);
    const id = await set(other, '2026-12-21', { title: 'Việc của công an giao' });
    on('2026-12-29');
    await watchTasks(desk);
    const { code } = await row(id);
    const page = await (await browserOf(leader)).get('/can-bo/dieu-hanh');
    expect(page.html).toContain(code);
    expect(page.html).not.toContain('Việc của công an giao');
    expect((await (await browserOf(leader)).get(`/can-bo/viec/${id}`)).status).toBe(404);
  });
});

describe('the calendar', () => {
  const change = (more: Partial<CalendarChange> = {}): CalendarChange => ({
    from: '2027-02-12', to: '2027-02-12', kind: 'off', note: 'Tết Nguyên đán', document: 'Thông báo 6150/TB-BNV ngày 10/11/2026', reason: 'Theo thông báo mới', announced: true, ...more,
  });

  it('is the shipped one at first, word for word, and every room counts by it', async () => {
    on('2026-11-23');
    forgetCalendar(desk);
    const calendar = await deskCalendar(desk);
    expect([isWorkingDay('2026-11-24', calendar), isWorkingDay('2026-08-22', calendar), calendar.announced.has(2026), calendar.announced.has(2027)]).toEqual([false, true, true, false]);
  });

  it('asks the database once a minute, whatever comes in', async () => {
    forgetCalendar(desk);
    const first = await as({ kind: 'intake' }, workingCalendar);
    expect(await as({ kind: 'public' }, workingCalendar)).toBe(first);
    expect(await deskCalendar(desk)).toBe(first);
  });

  it('changes by its keeper with reason and document; open tasks on the new day off move, are journaled and say so; others stay', async () => {
    on('2026-12-30');
    const [hit, near] = [await set(lead, '2027-02-12'), await set(lead, '2027-02-15')];
    await expect(changeCalendar(desk, leader, change())).rejects.toMatchObject({ details: { reason: 'not_keeper' } });
    await expect(changeCalendar(desk, keeper, change({ from: '2026-12-01', to: null, document: '', reason: '' }))).rejects.toMatchObject({ details: { fields: { from: 'past', document: 'length', reason: 'length' } } });
    expect(await changeCalendar(desk, keeper, change())).toBe(1);
    expect([(await row(hit)).due_on, (await row(near)).due_on]).toEqual(['2027-02-15', '2027-02-15']);
    expect([await journal(hit), await journal(near)]).toEqual([['open', 'roll'], ['open']]);
    const page = await (await browserOf(focal)).get(`/can-bo/viec/${hit}`);
    expect(page.html).toContain('Ngày 12/02/2027 trở thành ngày nghỉ');
    // At once in this process, in every room.
    const calendar = await deskCalendar(desk);
    expect(localDate(dueAt('acknowledge', new Date('2027-02-03T03:00:00Z'), calendar))).toBe('2027-02-15');
    expect(calendar.announced.has(2027)).toBe(true);
  });

  it('a weekday put back to work counts again, and a release does not take it away', async () => {
    await changeCalendar(desk, keeper, change({ from: '2027-02-05', to: '2027-02-05', kind: 'working', note: '' }));
    await syncCatalogue(desk.owner);
    const calendar = await as(lead, readCalendar);
    expect([isWorkingDay('2027-02-05', calendar), isWorkingDay('2027-02-12', calendar), isWorkingDay('2027-02-08', calendar)]).toEqual([true, false, false]);
    expect(calendar.announced.has(2027)).toBe(true);
  });

  it('the database refuses the past, other agencies, and changes without a reason', async () => {
    on('2026-12-30');
    const insert = (actor: OfficerActor, day: string) => as(actor, (tx) => tx.insertInto('holiday').values({ day, kind: 'off', origin: 'local' }).execute());
    await expect(insert(keeper, '2026-12-29')).rejects.toThrow(/row-level security/);
    await expect(insert(lead, '2027-03-01')).rejects.toThrow(/row-level security/);
    await expect(insert(await addOfficer(desk, DOER, ['administrator']), '2027-03-01')).rejects.toThrow(/row-level security/);
    await expect(insert(keeper, '2027-03-01')).rejects.toThrow(/without a reason/);
    await expect(as(lead, (tx) => sql`select roll_tasks('2027-01-01', '2027-12-31')`.execute(tx))).rejects.toThrow(/coordinating agency/);
  });

  it('the page shows a year, warns of one without a notice, keeps what was typed, and has a form for the keeper alone', async () => {
    on('2026-12-30');
    const [mine, theirs] = [await browserOf(keeper), await browserOf(focal)];
    const page = await theirs.get('/can-bo/lich?nam=2028');
    expect(page.html).toContain('Chưa có thông báo chính thức');
    expect(page.html).not.toContain('name="document"');
    expect((await theirs.get('/can-bo/lich?nam=2026')).html).toMatch(/Quốc khánh.*Ngày Văn hóa Việt Nam/s);
    const returned = await mine.post('/can-bo/lich', { year: '2027', from: '01/03/2027', to: '', kind: 'off', note: 'Nghỉ bù', document: 'Thông báo 12/TB-BNV', reason: '' });
    expect(returned.status).toBe(422);
    expect(returned.html).toContain('value="Thông báo 12/TB-BNV"');
    const accepted = await mine.post('/can-bo/lich', { year: '2027', from: '01/03/2027', to: '', kind: 'off', note: 'Nghỉ bù', document: 'Thông báo 12/TB-BNV', reason: 'Nghỉ bù theo thông báo' });
    expect(accepted.location).toMatch(/^\/can-bo\/lich\?nam=2027&xong=lich/);
  });
});

describe('closing a case', () => {
  it('lists what is open, keeps what was typed, and drops the tasks with the reason in one step when ticked', async () => {
    desk.clock.set(START);
    const { caseId, reportIds } = await verifiedCase(desk, office, [reportOf({ narrative: 'Trang giả ở https://trang-dong-vu.example/otp xin mã' })]);
    const drafter = office.drafter;
    for (const reportId of reportIds) await as(drafter, (tx) => answerReporter(desk, tx, drafter, reportId, 'Đã xác minh, xin cảm ơn anh chị đã báo.'));
    const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
    const id = await as(drafter, (tx) => setTask(tx, drafter, '04', { title: 'Gửi thêm ảnh chụp trang', agencyId: doer, officerId: null, caseNumber: number, dueOn: '2026-12-01' }));
    expect((await as(drafter, (tx) => openTasksOf(tx, caseId))).map((task) => task.id)).toEqual([id]);
    expect(await as(focal, (tx) => openTasksOf(tx, caseId))).toEqual([]);
    await expect(as(focal, (tx) => sql`select cancel_case_tasks(${caseId}, 'không phải của tôi')`.execute(tx))).rejects.toThrow(/lead agency/);
    const browser = await browserOf(drafter);
    const reason = 'Trang đã ngừng hoạt động từ hôm qua.';
    const asked = await browser.post(`/can-bo/vu-viec/${number}/ket-thuc`, { reason });
    expect(asked.status).toBe(409);
    for (const words of [reason, 'Gửi thêm ảnh chụp trang', 'Vẫn đóng, bỏ các việc này']) expect(asked.html).toContain(words);
    expect((await row(id)).state).toBe('open');
    expect((await browser.post(`/can-bo/vu-viec/${number}/ket-thuc`, { reason, dropTasks: '1' })).status).toBe(303);
    expect((await row(id)).state).toBe('cancelled');
    expect(await desk.owner.selectFrom('journal').select(['reason', 'to_state']).where('entity_id', '=', id).where('action', '=', 'cancel').execute()).toEqual([{ reason, to_state: 'cancelled' }]);
    await expect(as(drafter, (tx) => closeCase(tx, drafter, caseId, 'Đóng lần nữa'))).rejects.toThrow();
  });
});

describe('my day', () => {
  it('shows at most five, the most urgent first, in working days, one filled button, and the rest as a line', async () => {
    on('2026-12-30');
    const person = await addOfficer(desk, DOER, ['clerk'], 'Vi Văn Páo');
    const late = addWorkingDays('2026-12-30', 0, await deskCalendar(desk));
    const days = ['2026-12-31', late, '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08'];
    for (const [n, day] of days.entries()) {
      const id = await set(lead, day, { title: `Việc thứ ${n}` });
      await as(focal, (tx) => assignTask(tx, focal, id, person.officerId));
    }
    on('2026-12-31');
    const page = await (await browserOf(person)).get('/can-bo/hom-nay');
    expect(page.html).toContain('Hôm nay có 7 việc chờ bạn');
    expect([...page.html.matchAll(/<h2>(Việc thứ \d)<\/h2>/g)].map(([, title]) => title)).toEqual(['Việc thứ 1', 'Việc thứ 0', 'Việc thứ 2', 'Việc thứ 3', 'Việc thứ 4']);
    for (const words of ['quá hạn 1 ngày', 'hôm nay', 'còn 1 ngày làm việc', 'còn 2 ngày làm việc', 'Và 2 việc nữa']) expect(page.html).toContain(words);
    expect(page.html.match(/class="btn"/g)).toHaveLength(1);
  });

  it('is where focal officers, clerks and leaders begin; who sorts and handles begins with the worklist; an empty day says so', async () => {
    const first = async (roles: readonly Role[], agency = DOER) => (await (await browserOf(await addOfficer(desk, agency, roles))).get('/can-bo')).location;
    expect([await first(['focal']), await first(['clerk']), await first(['leader']), await first(['focal', 'leader'])]).toEqual(Array(4).fill('/can-bo/hom-nay'));
    expect(await first(['intake'])).toMatch(/phan-anh/);
    expect(await first(['case_officer', 'focal'])).not.toBe('/can-bo/hom-nay');
    const page = await (await browserOf(await addOfficer(desk, 'cong-an-tinh', ['clerk']))).get('/can-bo/hom-nay');
    expect(page.html).toContain('Không có việc nào chờ bạn');
  });

  it('has lines from the other rooms', async () => {
    desk.clock.set(START);
    const intake = await addOfficer(desk, LEAD, ['intake']);
    expect((await (await browserOf(intake)).get('/can-bo/hom-nay')).html).not.toContain('chờ kiểm tra phạm vi');
    const { submitReport } = await import('#modules/intake/index.ts');
    await submitReport(desk, reportOf({ narrative: 'Một cuộc gọi lạ xin mã OTP' }));
    expect((await (await browserOf(intake)).get('/can-bo/hom-nay')).html).toContain('1 phản ánh chờ kiểm tra phạm vi');
  });
});

describe('forms', () => {
  it('a task is set by hand, comes back with what was typed, and is answered without a script', async () => {
    on('2026-11-23');
    const browser = await browserOf(lead);
    const wrong = await browser.post('/can-bo/viec/moi', { title: 'Cử người dự họp giao ban', agency: doer, officer: '', due: '24/11/2026', case: '' });
    expect(wrong.status).toBe(422);
    for (const words of ['value="Cử người dự họp giao ban"', 'value="24/11/2026"', 'Ngày này không phải ngày làm việc.']) expect(wrong.html).toContain(words);
    const made = await browser.post('/can-bo/viec/moi', { title: 'Cử người dự họp giao ban', agency: doer, officer: '', due: '25/11/2026', case: '' });
    expect(made.location).toMatch(/^\/can-bo\/viec\/[0-9a-f-]{36}\?xong=moi$/);
    const [path] = made.location!.split('?');
    const other = await browserOf(focal);
    const page = await other.get(path!);
    expect(page.html).toContain('Đánh dấu đã xong');
    expect(page.html).not.toMatch(/tam-dung|doi-han|\/bo"/);
    const refused = await other.post(`${path}/doi-han`, { due: '30/11/2026', reason: 'Xin thêm ngày vì trùng họp' });
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('Xin thêm ngày vì trùng họp');
    expect((await other.post(`${path}/xong`, {})).location).toBe(`${path}?xong=xong`);
  });
});

describe('ten thousand tasks', () => {
  it('no list reads the table from end to end', async () => {
    desk.clock.set(START);
    const coordinator = lead.agencyId;
    await sql`insert into task (kind, agency_id, officer_id, set_by_agency, code, title, href, created_at, first_due_on, due_on)
      select 'other', a.id, case when n % 4 = 0 then ${focal.officerId}::uuid end, ${coordinator}::uuid, 'VL-' || n, 'Rà soát địa bàn, báo cáo kết quả bằng văn bản, việc số ' || n, '/can-bo/viec', now(), d.day, d.day
      from generate_series(1, 10000) n join (select id, row_number() over (order by key) as place from agency where valid_to is null limit 80) a on a.place = 1 + n % 80
        cross join lateral (select date '2026-10-01' + n % 90 as day) d`.execute(desk.owner);
    // What was done before lies beside them, as in any year but the first.
    await sql`insert into task (kind, agency_id, set_by_agency, code, title, href, created_at, first_due_on, due_on, state, ended_at)
      select kind, agency_id, set_by_agency, code, title, href, created_at, first_due_on - 100 * m, due_on - 100 * m, 'done', now() - m * interval '100 days' from task, generate_series(1, 3) m where state = 'open'`.execute(desk.owner);
    await sql`vacuum analyze task`.execute(desk.owner);
    const explain = async (actor: OfficerActor, work: (tx: Tx) => Promise<unknown>) => {
      const plans: string[] = [];
      await as(actor, async (tx) => {
        const seen = recording(tx, plans);
        await work(seen);
      });
      return plans.join('\n');
    };
    const filter = { near: null, agencyId: null, officerId: null, page: 1 } as const;
    const plans = {
      day: await explain(focal, (tx) => dayTasks(tx, focal, 5)),
      mine: await explain(focal, (tx) => taskList(tx, focal, { ...filter, shelf: 'cua-toi' })),
      agency: await explain(doerLeader, (tx) => taskList(tx, doerLeader, { ...filter, shelf: 'co-quan', near: 'qua-han' })),
      set: await explain(leader, (tx) => taskList(tx, leader, { ...filter, shelf: 'da-giao' })),
      counts: await explain(leader, (tx) => shelfCounts(tx, leader)),
      leader: await explain(doerLeader, (tx) => leaderPage(tx, doerLeader)),
      coordinator: await explain(leader, (tx) => leaderPage(tx, leader)),
    };
    for (const [name, plan] of Object.entries(plans)) {
      expect(plan, name).toContain('task');
      expect(plan, name).not.toMatch(/Seq Scan on task\b/);
    }
  });
});

/** The transaction with every statement on tasks explained beside being run. */
function recording(tx: Tx, plans: string[]): Tx {
  const executor = tx.getExecutor();
  const run = executor.executeQuery.bind(executor);
  return new Proxy(tx, {
    get(target, key) {
      const own = Reflect.get(target, key) as unknown;
      if (key !== 'getExecutor') return typeof own === 'function' ? (own.bind(target) as unknown) : own;
      return () => new Proxy(executor, {
        get(inner, name) {
          const value = Reflect.get(inner, name) as unknown;
          if (name !== 'executeQuery') return typeof value === 'function' ? (value.bind(inner) as unknown) : value;
          return async (query: { sql: string; parameters: readonly unknown[] }, ...rest: unknown[]) => {
            if (/\btask t\b/.test(query.sql)) {
              const { rows } = await run({ ...query, sql: `explain ${query.sql}` } as never) as { rows: Record<string, string>[] };
              plans.push(rows.map((line) => line['QUERY PLAN']).join('\n'));
            }
            return (run as (...all: unknown[]) => Promise<unknown>)(query, ...rest);
          };
        },
      });
    },
  });
}

