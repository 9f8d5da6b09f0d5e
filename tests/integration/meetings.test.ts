import ICAL from 'ical.js';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addAction, addAddendum, answerInvitation, cancelMeeting, changeMeeting, concludeMeeting, finishAction, inviteGuests, planMeeting, saveAgenda, saveConclusion, saveGuests, saveMinutes, takeAttendance,
} from '#modules/meetings/commands.ts';
import { meetingRoutes } from '#modules/meetings/index.ts';
import type { Plan } from '#modules/meetings/policy.ts';
import { meetingPage } from '#modules/meetings/queries.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser, type Page } from '../support/browser.ts';
import { openOffice, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { agencyId, signIn } from '../support/people.ts';

const desk = await testDesk({ BASE_URL: 'https://desk.example', MAIL_FROM: 'Lá Chắn <hop-thu@lachan.example>' });
const app = await webApp(desk, 1e6);
const START = desk.clock.now();
const PLAN: Plan = {
  title: 'Họp thống nhất biện pháp xử lý trang giả VNeID', startsAt: new Date('2026-11-25T07:00:00Z'), endsAt: new Date('2026-11-25T09:00:00Z'),
  place: 'Phòng họp tầng 2; trụ sở Sở, phường Thục Phán', onlineLink: 'https://hop.caobang.example/p/12', chair: 'Bà Bế Thị Hoa, Phó Giám đốc', secretary: 'Nông Thị Lan',
};
const SECRET = 'Ngân hàng đã chặn giao dịch nghi ngờ trong thảo luận kín';

let office: Office;
let guest: { actor: OfficerActor };
let other: { actor: OfficerActor };
let own: { actor: OfficerActor };
let caseId: string;
let number: string;
let serial = 0;

beforeAll(async () => {
  office = await openOffice(desk);
  ({ caseId } = await verifiedCase(desk, office));
  number = (await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow()).number;
  guest = await signIn(desk, 'cong-an-tinh', ['focal'], 'Triệu Văn Đầu');
  other = await signIn(desk, 'vnpt', ['focal', 'case_officer', 'leader'], 'Người Ngoài');
  own = await signIn(desk, 'so-vhttdl', ['case_officer'], 'Hà Thị Thư');
});

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const run = <T>(work: (tx: Tx, actor: OfficerActor) => Promise<T>) => as(office.drafter, (tx) => work(tx, office.drafter));
const row = (id: string) => desk.owner.selectFrom('meeting').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const news = async (actor: OfficerActor) => (await desk.owner.selectFrom('notification').select(['kind', 'code']).where('officer_id', '=', actor.officerId).orderBy('at').orderBy('id').execute());
const refused = (text: string | RegExp = /meeting|row-level|permission/) => ({ message: expect.stringMatching(text) });

/** Signed in now, since the clock moves by days. */
async function browser(who: { actor: OfficerActor }): Promise<TestBrowser> {
  const one = new TestBrowser(app);
  const [name = '', value = ''] = (await cookieFor(desk, who.actor.officerId, who.actor.agencyId)).split(';')[0]!.split('=');
  one.cookies.set(name, value);
  return one;
}

async function planned(plan: Plan = PLAN): Promise<{ id: string; code: string }> {
  desk.clock.set(START);
  return run((tx, actor) => planMeeting(desk, tx, actor, plan, [caseId]));
}

async function invited(): Promise<{ id: string; code: string }> {
  const made = await planned();
  await run(async (tx, actor) => {
    await saveGuests(tx, actor, made.id, [guest.actor.agencyId]);
    await inviteGuests(tx, actor, made.id);
  });
  return made;
}

async function held(): Promise<{ id: string; code: string; items: string[] }> {
  const made = await invited();
  desk.clock.set(new Date('2026-11-25T07:05:00Z'));
  await run((tx, actor) => takeAttendance(tx, actor, made.id, [{ agencyId: guest.actor.agencyId, attendance: 'late', came: 'Thượng tá Lương Văn Kiên' }]));
  const items = await desk.owner.selectFrom('meeting_agenda').select('id').where('meeting_id', '=', made.id).orderBy('ordinal').execute();
  return { ...made, items: items.map((item) => item.id) };
}

async function concluded(): Promise<{ id: string; code: string; items: string[] }> {
  const made = await held();
  await run(async (tx, actor) => {
    await saveMinutes(tx, actor, made.id, made.items[0]!, { discussion: SECRET, statements: 'Công an tỉnh: đồng ý.', conclusion: 'Gửi thông báo cho nhà đăng ký.' }, 0);
    await saveConclusion(tx, actor, made.id, 'Thống nhất gửi thông báo cho nhà đăng ký tên miền.', 0);
    await addAction(tx, actor, made.id, { what: 'Xác minh chủ thể đăng ký tên miền', agencyId: guest.actor.agencyId, officerId: null, caseId, dueOn: '2026-12-01' });
    await addAction(tx, actor, made.id, { what: 'Soạn thông báo gửi nhà đăng ký', agencyId: actor.agencyId, officerId: actor.officerId, caseId: null, dueOn: '2026-11-30' });
  });
  desk.clock.set(new Date('2026-11-25T09:10:00Z'));
  await run((tx, actor) => concludeMeeting(tx, actor, made.id, new Date('2026-11-25T08:50:00Z')));
  return made;
}

describe('the way of a meeting', () => {
  it('plans, invites, is answered, held, minuted and concluded; items become tasks, everybody is told', async () => {
    const made = await invited();
    expect(made.code).toMatch(/^HP-04-261122-\d{4}-\d$/);
    expect(await news(guest.actor)).toContainEqual({ kind: 'meeting_invited', code: made.code });
    expect(await desk.owner.selectFrom('case_party').select('part').where('case_id', '=', caseId).where('agency_id', '=', guest.actor.agencyId).execute()).toEqual([{ part: 'consulted' }]);
    await as(guest.actor, (tx) => answerInvitation(tx, guest.actor, made.id, { answer: 'deputy', reason: 'Đồng chí phụ trách đi công tác', names: 'Lương Văn Kiên' }));
    expect((await run((tx, actor) => meetingPage(tx, actor, made.id))).guests[0]).toMatchObject({ answer: 'deputy', names: 'Lương Văn Kiên', isStale: false });
    const done = await concluded();
    const tasks = await desk.owner.selectFrom('task').innerJoin('meeting_action', 'meeting_action.task_id', 'task.id').select(['task.kind', 'task.agency_id', 'task.officer_id', 'task.due_on', 'task.code', 'task.case_id', 'source_id', 'meeting_action.id'])
      .where('meeting_id', '=', done.id).orderBy('task.due_on').execute();
    expect(tasks.map(({ source_id: source, id, ...task }) => ({ ...task, same: source === id }))).toEqual([
      { kind: 'action', agency_id: office.drafter.agencyId, officer_id: office.drafter.officerId, due_on: '2026-11-30', code: done.code, case_id: null, same: true },
      { kind: 'action', agency_id: guest.actor.agencyId, officer_id: null, due_on: '2026-12-01', code: done.code, case_id: caseId, same: true },
    ]);
    expect((await news(guest.actor)).filter((one) => one.code === done.code).map((one) => one.kind)).toEqual(['meeting_invited', 'task_action', 'meeting_concluded']);
    expect(await desk.owner.selectFrom('document_out').select(['kind', 'title', 'addressees']).where('source_id', '=', done.id).orderBy('id').execute()).toEqual(
      ['giay_moi', 'bien_ban', 'thong_bao'].map((kind) => ({ kind, title: PLAN.title, addressees: ['Công an tỉnh Cao Bằng'] })));
    const steps = await desk.owner.selectFrom('journal').select('to_state').where('entity_id', '=', done.id).where('to_state', 'is not', null).orderBy('seq').execute();
    expect(steps.map((step) => step.to_state)).toEqual(['planned', 'invited', 'held', 'concluded']);
    await as(guest.actor, (tx) => finishAction(tx, guest.actor, done.id, tasks[1]!.id));
    expect(await desk.owner.selectFrom('task').select('state').where('source_id', '=', tasks[1]!.id).execute()).toEqual([{ state: 'done' }]);
    await expect(as(guest.actor, (tx) => finishAction(tx, guest.actor, done.id, tasks[0]!.id))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a new time or place is told again and counts; an edit of the chair is not', async () => {
    const made = await invited();
    await as(guest.actor, (tx) => answerInvitation(tx, guest.actor, made.id, { answer: 'coming', reason: '', names: '' }));
    const { version } = await row(made.id);
    await run((tx, actor) => changeMeeting(tx, actor, made.id, { ...PLAN, chair: 'Ông Hoàng Văn Tài' }, version));
    expect(await row(made.id)).toMatchObject({ sequence: 0, version: version + 1 });
    await run((tx, actor) => changeMeeting(tx, actor, made.id, { ...PLAN, startsAt: new Date('2026-11-25T07:30:00Z') }, version + 1));
    expect(await row(made.id)).toMatchObject({ sequence: 1 });
    expect((await news(guest.actor)).filter((one) => one.code === made.code).map((one) => one.kind)).toEqual(['meeting_invited', 'meeting_changed']);
    expect((await run((tx, actor) => meetingPage(tx, actor, made.id))).guests[0]).toMatchObject({ answer: 'coming', isStale: true });
    await expect(run((tx, actor) => changeMeeting(tx, actor, made.id, PLAN, version))).rejects.toMatchObject({ details: { reason: 'version' } });
    await run((tx, actor) => cancelMeeting(tx, actor, made.id, 'Vụ việc đã có hướng xử lý'));
    expect(await row(made.id)).toMatchObject({ state: 'cancelled', sequence: 2 });
    expect((await news(guest.actor)).filter((one) => one.code === made.code).at(-1)).toMatchObject({ kind: 'meeting_cancelled' });
  });

  it('attendance not before the day, no invitation to nobody, no answer after the beginning, no conclusion without words', async () => {
    const made = await planned();
    await expect(run((tx, actor) => inviteGuests(tx, actor, made.id))).rejects.toMatchObject({ details: { fields: { guests: 'guests' } } });
    const two = await invited();
    await expect(run((tx, actor) => takeAttendance(tx, actor, two.id, []))).rejects.toMatchObject({ details: { reason: 'early' } });
    await expect(as(guest.actor, (tx) => answerInvitation(tx, guest.actor, two.id, { answer: 'not_coming', reason: ' ', names: '' }))).rejects.toMatchObject({ details: { fields: { reason: 'reason' } } });
    desk.clock.set(new Date('2026-11-25T07:00:01Z'));
    await expect(as(guest.actor, (tx) => answerInvitation(tx, guest.actor, two.id, { answer: 'coming', reason: '', names: '' }))).rejects.toMatchObject({ details: { reason: 'answered_late' } });
    await run((tx, actor) => takeAttendance(tx, actor, two.id, []));
    await expect(run((tx, actor) => concludeMeeting(tx, actor, two.id, new Date('2026-11-25T07:00:00.500Z')))).rejects.toMatchObject({ details: { fields: { body: 'words' } } });
    await expect(run((tx, actor) => cancelMeeting(tx, actor, two.id, 'đã họp rồi mà hủy'))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('two writers: the second is told, nothing is overwritten', async () => {
    const made = await held();
    const words = { discussion: 'Bản một', statements: '', conclusion: '' };
    await run((tx, actor) => saveMinutes(tx, actor, made.id, made.items[0]!, words, 0));
    await expect(as(own.actor, (tx) => saveMinutes(tx, own.actor, made.id, made.items[0]!, { ...words, discussion: 'Bản hai' }, 0))).rejects.toMatchObject({ details: { reason: 'version' } });
    const answer = await (await browser(own)).post(`/can-bo/hop/${made.code}/bien-ban`, { item: made.items[0]!, version: '0', ...words, discussion: 'Bản hai của tôi' });
    expect(answer.status).toBe(409);
    expect(answer.html).toContain('Bản một');
    expect(answer.html).toMatch(/<textarea[^>]*name="discussion"[^>]*>Bản hai của tôi/);
    expect(answer.html).toMatch(/name="version" value="1"/);
    const again = await (await browser(own)).post(`/can-bo/hop/${made.code}/bien-ban`, { item: made.items[0]!, version: '1', ...words, discussion: 'Bản một và hai' });
    expect(again.status).toBe(303);
    expect(await desk.owner.selectFrom('meeting_minutes').select(['discussion', 'version']).where('meeting_id', '=', made.id).execute()).toEqual([{ discussion: 'Bản một và hai', version: 2 }]);
  });
});

describe('who sees what', () => {
  it('a guest sees invitation and agenda, minutes and conclusion only after the conclusion, and never the case', async () => {
    const made = await held();
    await run(async (tx, actor) => {
      await saveMinutes(tx, actor, made.id, made.items[0]!, { discussion: SECRET, statements: '', conclusion: '' }, 0);
      await saveConclusion(tx, actor, made.id, 'Kết luận còn là bản nháp', 0);
    });
    const before = await (await browser(guest)).get(`/can-bo/hop/${made.code}`);
    expect(before.status).toBe(200);
    expect(before.html).toContain(PLAN.title);
    expect(before.html).not.toMatch(/thảo luận kín|bản nháp|\/can-bo\/vu-viec\//);
    for (const table of ['meeting_minutes', 'meeting_conclusion', 'meeting_action', 'meeting_addendum'] as const) {
      expect([table, await as(guest.actor, (tx) => tx.selectFrom(table).select('meeting_id').where('meeting_id', '=', made.id).execute())]).toEqual([table, []]);
    }
    expect(await as(guest.actor, (tx) => tx.selectFrom('case_file').select('id').execute())).toEqual([]);
    const done = await concluded();
    const after = await (await browser(guest)).get(`/can-bo/hop/${done.code}`);
    for (const said of [SECRET, 'Thống nhất gửi thông báo', 'Xác minh chủ thể', 'Thượng tá Lương Văn Kiên']) expect(after.html).toContain(said);
    for (const file of ['giay-moi', 'bien-ban', 'thong-bao']) expect((await (await browser(guest)).get(`/can-bo/hop/${done.code}/${file}.docx`)).status).toBe(200);
  });

  it('a guest does not see the other guests’ answers, nor a meeting that is only planned', async () => {
    const made = await planned();
    const third = await agencyId(desk, 'vnpt');
    await run((tx, actor) => saveGuests(tx, actor, made.id, [guest.actor.agencyId, third]));
    expect((await (await browser(guest)).get(`/can-bo/hop/${made.code}`)).status).toBe(404);
    await run((tx, actor) => inviteGuests(tx, actor, made.id));
    await as(guest.actor, (tx) => answerInvitation(tx, guest.actor, made.id, { answer: 'not_coming', reason: 'Trùng lịch của Công an tỉnh', names: '' }));
    expect((await (await browser(other)).get(`/can-bo/hop/${made.code}`)).html).not.toContain('Trùng lịch');
    expect(await as(other.actor, (tx) => tx.selectFrom('meeting_guest').select('agency_id').where('meeting_id', '=', made.id).execute())).toEqual([{ agency_id: third }]);
  });

  it('another agency finds nothing: page, list, calendar, papers, steps', async () => {
    const done = await concluded();
    for (const route of meetingRoutes.filter(({ path }) => path.includes(':code'))) {
      const path = route.path.replace(':code', done.code);
      const answer = route.method === 'GET' ? await (await browser(other)).get(path) : await (await browser(other)).post(path, {});
      expect([route.method, path, answer.status]).toEqual([route.method, path, 404]);
      expect(answer.html).not.toContain(PLAN.title);
    }
    for (const muc of ['sap-hop', 'cho-ket-luan', 'da-ket-luan', 'da-huy']) expect((await (await browser(other)).get(`/can-bo/hop?muc=${muc}`)).html).not.toContain(done.code);
    expect((await (await browser(guest)).get('/can-bo/hop?muc=da-ket-luan')).html).toContain(done.code);
    for (const path of [`/can-bo/vu-viec?q=${done.code}`, `/can-bo/phan-anh?q=${done.code}`]) expect((await (await browser(other)).get(path)).html).not.toContain(PLAN.title);
  });
});

describe('the database refuses', () => {
  const attempt = (actor: OfficerActor, work: (tx: Tx) => Promise<unknown>) => expect(as(actor, work)).rejects;

  it('changes after the conclusion, by whomever', async () => {
    const done = await concluded();
    const me = office.drafter;
    await attempt(me, (tx) => tx.updateTable('meeting_minutes').set({ discussion: 'khác', saved_by: me.officerId, saved_at: tx.now }).where('meeting_id', '=', done.id).execute()).toMatchObject(refused(/frozen/));
    await attempt(me, (tx) => tx.updateTable('meeting_conclusion').set({ body: 'khác', saved_by: me.officerId, saved_at: tx.now }).where('meeting_id', '=', done.id).execute()).toMatchObject(refused(/frozen/));
    await attempt(me, (tx) => tx.deleteFrom('meeting_action').where('meeting_id', '=', done.id).execute()).toMatchObject(refused(/fixed/));
    await attempt(me, (tx) => tx.updateTable('meeting').set({ place: 'nơi khác' }).where('id', '=', done.id).execute()).toMatchObject(refused());
    await attempt(me, (tx) => tx.updateTable('meeting_guest').set({ came: 'người khác' }).where('meeting_id', '=', done.id).execute()).toMatchObject(refused(/attendance/));
    await run((tx, actor) => addAddendum(tx, actor, done.id, 'minutes', 'Công an tỉnh có 02 người dự', 'Ghi thiếu một người'));
    await attempt(me, (tx) => tx.updateTable('meeting_addendum').set({ body: 'khác' } as never).where('meeting_id', '=', done.id).execute()).toMatchObject(refused(/permission/));
    await attempt(me, (tx) => sql`delete from meeting_addendum`.execute(tx)).toMatchObject(refused(/permission/));
    await attempt(me, (tx) => tx.updateTable('meeting').set({ state: 'held' }).where('id', '=', done.id).execute()).toMatchObject({ code: '23514' });
  });

  it('answering for another agency, answering in another name, taking attendance as a guest', async () => {
    const made = await invited();
    const answer = { answer: 'coming' as const, answered_at: START, answered_by: office.drafter.officerId };
    await attempt(office.drafter, (tx) => tx.updateTable('meeting_guest').set(answer).where('meeting_id', '=', made.id).execute()).toMatchObject(refused(/in person/));
    await attempt(guest.actor, (tx) => tx.updateTable('meeting_guest').set(answer).where('meeting_id', '=', made.id).execute()).toMatchObject(refused(/in person/));
    await attempt(guest.actor, (tx) => tx.updateTable('meeting_guest').set({ attendance: 'present' }).where('meeting_id', '=', made.id).execute()).toMatchObject(refused(/attendance/));
    expect(await as(guest.actor, (tx) => tx.updateTable('meeting').set({ place: 'nơi khác' }).where('id', '=', made.id).executeTakeFirst())).toMatchObject({ numUpdatedRows: 0n });
    expect(await as(other.actor, (tx) => tx.selectFrom('meeting').select('id').where('id', '=', made.id).execute())).toEqual([]);
    await attempt(other.actor, (tx) => tx.insertInto('meeting_guest').values({ meeting_id: made.id, agency_id: other.actor.agencyId }).execute()).toMatchObject(refused());
  });

  it('a meeting in the past, of another agency, about a case it does not lead; one without journal', async () => {
    const values = (actor: OfficerActor, more = {}) => ({
      code: `HP-04-261122-99${String(10 + serial++)}-1`, agency_id: actor.agencyId, title: PLAN.title, place: PLAN.place, starts_at: PLAN.startsAt, ends_at: PLAN.endsAt, chair: 'A', secretary: 'B',
      changed_at: START, created_by: actor.officerId, created_at: START, ...more,
    });
    desk.clock.set(START);
    await attempt(office.drafter, (tx) => tx.insertInto('meeting').values(values(office.drafter, { starts_at: new Date(START.getTime() - 1) })).execute()).toMatchObject(refused(/in the past/));
    await attempt(office.drafter, (tx) => tx.insertInto('meeting').values(values(office.drafter, { ends_at: PLAN.startsAt })).execute()).toMatchObject({ code: '23514' });
    await attempt(office.drafter, (tx) => tx.insertInto('meeting').values(values(office.drafter, { online_link: 'http://hop.example' })).execute()).toMatchObject({ code: '23514' });
    await attempt(office.drafter, (tx) => tx.insertInto('meeting').values(values(other.actor)).execute()).toMatchObject(refused());
    await attempt(other.actor, async (tx) => {
      const { id } = await tx.insertInto('meeting').values(values(other.actor)).returning('id').executeTakeFirstOrThrow();
      await tx.insertInto('meeting_agenda').values({ meeting_id: id, ordinal: 1, case_id: caseId, title: 'của người khác' }).execute();
    }).toMatchObject(refused(/leads/));
    const made = await invited();
    desk.clock.set(new Date('2026-11-25T07:05:00Z'));
    await attempt(office.drafter, (tx) => tx.updateTable('meeting').set({ state: 'held' }).where('id', '=', made.id).execute()).toMatchObject(refused(/journal/));
    await attempt(office.clerk, (tx) => tx.updateTable('meeting').set({ state: 'held' }).where('id', '=', made.id).execute()).toMatchObject(refused(/may not go/));
  });
});

describe('the calendar file', () => {
  const parse = (page: Page) => {
    const calendar = new ICAL.Component(ICAL.parse(page.html) as never);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
    return { calendar, event, value: (name: string) => String(event.component.getFirstPropertyValue(name) ?? '') };
  };

  it('is a REQUEST with the hours of Vietnam, then a higher SEQUENCE, then CANCEL, all with one UID and nothing of the case', async () => {
    const made = await invited();
    const path = `/can-bo/hop/${made.code}/lich.ics`;
    const first = await (await browser(guest)).get(path);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=REQUEST');
    const one = parse(first);
    expect(one.calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(one.event.summary).toBe(`${made.code} – Họp phối hợp`);
    expect(one.event.location).toBe(`${PLAN.place} – ${PLAN.onlineLink}`);
    expect(one.value('sequence')).toBe('0');
    expect(one.value('dtstamp')).toBe('2026-11-22T02:00:00Z');
    expect([one.event.startDate.toString(), one.event.startDate.zone?.tzid, one.event.endDate.toString()]).toEqual(['2026-11-25T14:00:00', 'Asia/Ho_Chi_Minh', '2026-11-25T16:00:00']);
    expect([one.event.startDate.toJSDate(), one.event.endDate.toJSDate()]).toEqual([PLAN.startsAt, PLAN.endsAt]);
    expect(one.value('organizer')).toBe('mailto:hop-thu@lachan.example');
    expect(first.html).not.toMatch(/VNeID|VV-04/);
    await run(async (tx, actor) => changeMeeting(tx, actor, made.id, { ...PLAN, place: 'Phòng họp tầng 5' }, (await row(made.id)).version));
    const two = parse(await (await browser(guest)).get(path));
    expect([two.event.uid, two.value('sequence'), two.event.location]).toEqual([one.event.uid, '1', `Phòng họp tầng 5 – ${PLAN.onlineLink}`]);
    await run((tx, actor) => cancelMeeting(tx, actor, made.id, 'Không cần họp nữa'));
    const three = parse(await (await browser(guest)).get(path));
    expect([three.calendar.getFirstPropertyValue('method'), three.event.uid, three.value('sequence'), three.value('status')]).toEqual(['CANCEL', one.event.uid, '2', 'CANCELLED']);
  });

  it('is not there before the invitation', async () => {
    const made = await planned();
    expect((await (await browser(own)).get(`/can-bo/hop/${made.code}/lich.ics`)).status).toBe(404);
  });
});

describe('the screens, without a script', () => {
  it('plans from a case: what was typed comes back, a past day is refused, a day off is said', async () => {
    desk.clock.set(START);
    const me = await browser(own);
    const form = await me.get(`/can-bo/hop/moi?vu-viec=${number}`);
    expect(form.html).toContain(`Họp thống nhất biện pháp xử lý vụ việc ${number}`);
    expect(form.html).toMatch(new RegExp(`value="${caseId}"[^>]* checked|checked[^>]*value="${caseId}"`));
    const fields = { title: 'Họp về trang giả', cases: caseId, day: '21/11/2026', from: '14h30', to: '14:00', place: 'Trụ sở', link: 'http://hop.example', chair: 'Bà Hoa', secretary: 'Bà Thư' };
    const wrong = await me.post('/can-bo/hop/moi', fields);
    expect(wrong.status).toBe(422);
    for (const said of ['Thời điểm này đã qua', 'Giờ kết thúc phải sau', 'phải bắt đầu bằng https://', 'value="http://hop.example"']) expect(wrong.html).toContain(said);
    const right = await me.post('/can-bo/hop/moi', { ...fields, day: '29/11/2026', to: '16h', link: '' });
    expect(right.status).toBe(303);
    const page = await me.get(right.location!);
    expect(page.html).toContain('29/11/2026 là ngày nghỉ');
    expect(page.html).toContain('từ 14:30 đến 16:00 (giờ Việt Nam)');
    const path = right.location!.split('?')[0]!;
    expect((await me.post(`${path}/moi`, {})).status).toBe(422);
    expect((await me.post(`${path}/thanh-phan`, [['guests', guest.actor.agencyId]])).status).toBe(303);
    expect((await me.post(`${path}/moi`, {})).location).toBe(`${path}?xong=moi`);
    const phone = await browser(guest);
    const bad = await phone.post(`${path}/tra-loi`, { answer: 'not_coming', reason: '', names: '' });
    expect([bad.status, bad.html.includes('Ghi lý do')]).toEqual([422, true]);
    expect((await phone.post(`${path}/tra-loi`, { answer: 'coming', reason: '', names: 'Đại úy Kiên' })).status).toBe(303);
    expect((await phone.get(path)).html).toContain('Cơ quan bạn đã trả lời: Sẽ dự');
    expect((await me.get(path)).html).toContain('Người dự: Đại úy Kiên');
    expect((await phone.post(`${path}/co-mat`, {})).status).toBe(404);
  });

  it('writes the agenda in the order asked for and keeps at least one case', async () => {
    const made = await planned();
    const me = await browser(own);
    const [item] = await desk.owner.selectFrom('meeting_agenda').select(['id', 'title']).where('meeting_id', '=', made.id).execute();
    const rows = { rows: '3', 'id-0': item!.id, 'title-0': item!.title, 'order-0': '2', 'title-1': 'Khai mạc', 'order-1': '1', 'minutes-1': '10', 'presenter-1': 'Bà Hoa', 'title-2': '', 'order-2': '3' };
    expect((await me.post(`/can-bo/hop/${made.code}/chuong-trinh`, rows)).status).toBe(303);
    expect(await desk.owner.selectFrom('meeting_agenda').select(['ordinal', 'title', 'minutes']).where('meeting_id', '=', made.id).orderBy('ordinal').execute()).toEqual([
      { ordinal: 1, title: 'Khai mạc', minutes: 10 }, { ordinal: 2, title: item!.title, minutes: null },
    ]);
    const emptied = await me.post(`/can-bo/hop/${made.code}/chuong-trinh`, { ...rows, 'title-0': '', 'minutes-1': 'mười' });
    expect([emptied.status, emptied.html.includes('mười')]).toEqual([422, true]);
    await expect(run((tx, actor) => saveAgenda(tx, actor, made.id, []))).rejects.toMatchObject({ details: { fields: { agenda: 'cases' } } });
  });
});

it('when the contents of its case go, nothing of its words is left', async () => {
  const done = await concluded();
  // What guards the term of a case is tested with the retention; here only what the room does with it.
  await sql`alter table case_file disable trigger user`.execute(desk.owner);
  await sql`alter table case_file enable trigger minimise_meetings`.execute(desk.owner);
  await desk.owner.transaction().execute(async (tx) => {
    await sql`select set_config('desk.kind', 'system', true), set_config('desk.now', '2028-12-01T00:00:00Z', true)`.execute(tx);
    await tx.updateTable('case_file').set({ minimised_at: new Date('2028-12-01T00:00:00Z'), state: 'closed', title: number }).where('id', '=', caseId).execute();
  });
  const left = JSON.stringify(await Promise.all([
    row(done.id), ...(['meeting_agenda', 'meeting_guest', 'meeting_minutes', 'meeting_conclusion', 'meeting_action'] as const).map((table) => (
      desk.owner.selectFrom(table).selectAll().where('meeting_id', '=', done.id).execute())),
    desk.owner.selectFrom('task').select('title').where('code', '=', done.code).execute(),
  ]));
  expect(left).toContain('Đã xóa khi hết thời hạn lưu giữ');
  expect(left).not.toMatch(/VNeID|thảo luận kín|Lương Văn Kiên|Bế Thị Hoa|Thống nhất gửi|Xác minh chủ thể|Soạn thông báo|caobang/);
});
