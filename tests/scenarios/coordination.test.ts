import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { communeAgencyKey, districtAgencyKey } from '#catalogue/agencies-cao-bang.ts';
import { LAST_DISTRICTS_04 } from '#catalogue/units/aliases-04.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { answerAllReporters, closeCase } from '#modules/cases/index.ts';
import { endAgency } from '#modules/directory/index.ts';
import { createToken } from '#modules/identity/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { addAction, answerInvitation, concludeMeeting, finishAction, inviteGuests, planMeeting, saveConclusion, saveGuests, saveMinutes, takeAttendance } from '#modules/meetings/commands.ts';
import { answerOpinion, enterPaper, type Answering } from '#modules/opinions/index.ts';
import { consultationView } from '#modules/opinions/queries.ts';
import { tallyOf } from '#modules/opinions/tally.ts';
import { acceptTransfer, proposeTransfer, recordOwnAct, takeOverCase } from '#modules/routing/index.ts';
import { sharedItems } from '#modules/sharing/index.ts';
import { openTask, pauseTask, resumeTask, setTask } from '#modules/tasks/commands.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { JOBS } from '../../src/modules.ts';
import { startWorker, webApp } from '../../src/server.ts';
import { openOffice, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { dovecot, type Dovecot } from '../support/dovecot.ts';
import { ask, asking } from '../support/opinions.ts';
import { addOfficer, agencyId } from '../support/people.ts';
import { smtpSink, type SmtpSink } from '../support/smtp.ts';

/**
 * One case of twenty agencies, from the report in January to its closing in December 2026. Every last day was counted by hand on the
 * calendar of civil servants: off 16–20/02 (Tết), 27/4, 30/4, 01/5, 31/8–02/9, 24/11; worked Saturdays 10/01 and 22/8.
 */
const LAST_DAYS = {
  //                           begins        counted                                                    last day
  gate: /* 3 */               ['2026-01-09', 'Sat 10 (worked), Mon 12, Tue 13',                          '2026-01-13'],
  answerReporter: /* 10 */    ['2026-01-09', 'Sat 10 (worked), 12–16, Mon 19, 20, 21, Thu 22',            '2026-01-22'],
  firstRound: /* 5 */         ['2026-02-09', '10, 11, 12, 13, [Tết 16–20], Mon 23',                      '2026-02-23'],
  transfer: /* 5 */           ['2026-04-23', 'Fri 24, [27], 28, 29, [30/4, 01/5], Mon 04/5, 05/5',       '2026-05-05'],
  secondRound: /* 5 */        ['2026-08-20', 'Fri 21, Sat 22 (worked), 24, 25, 26',                      '2026-08-26'],
  transferBack: /* 5 */       ['2026-08-19', '20, 21, Sat 22 (worked), 24, 25',                          '2026-08-25'],
  pausedTask: /* 8/9 + 2 */   ['2026-09-08', 'paused 28/8–04/9: [31/8–02/9], 03/9, 04/9; so 09/9, 10/9', '2026-09-10'],
  lastTransfer: /* 5 */       ['2026-11-19', 'Fri 20, Mon 23, [24], 25, 26, Fri 27',                     '2026-11-27'],
} as const;

const MAILBOX = 'baocao@lachan.example';
const POLICE = 'cong-an-tinh';
/** Ends on 13/02, with its opinion still owed; its successor was not asked. */
const [ENDING, HEIR] = ['so-y-te', 'so-noi-vu'];
const COMMUNES = communesOf('04').slice(0, 12).map(({ code }) => communeAgencyKey(code));
const DISTRICT = districtAgencyKey(LAST_DISTRICTS_04[0]!.key);
/** With the lead and the former district: twenty. */
const ASKED = [POLICE, 'so-khcn', 'so-cong-thuong', 'so-tu-phap', ENDING, ...COMMUNES, 'vietcombank', 'viettel'].slice(0, 19);

const AGREES: Answering = { answer: 'agree', reasons: '', onPoints: [], insteadAgencyId: null, insteadText: '', documentNumber: '', documentOn: null };

let desk: TestDesk;
let imap: Dovecot;
let smtp: SmtpSink;
let office: Office;
let stopWatching: () => Promise<void>;
let caseId: string;
let number: string;
let reportId: string;
const officers = new Map<string, OfficerActor>();

beforeAll(async () => {
  imap = await dovecot({ baocao: 'mat-khau-hop-thu' });
  smtp = await smtpSink();
  desk = await testDesk({ MAIL_FROM: `Lá Chắn <${MAILBOX}>`, SMTP_URL: smtp.url, IMAP_URL: imap.url('baocao'), DNS_SERVERS: '127.0.0.1:9', BASE_URL: 'https://lachan.example' });
  at('2026-01-09');
  office = await openOffice(desk);
  stopWatching = await startWorker(desk);
}, 60_000);

afterAll(async () => {
  await stopWatching();
  await Promise.all([imap.close(), smtp.close()]);
});

/** Sets the desk's clock to an hour of a day in Vietnam. */
function at(day: string, hour = 9): void {
  desk.clock.set(new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+07:00`));
}
const as = <T>(actor: OfficerActor, work: (tx: Tx, actor: OfficerActor) => Promise<T>): Promise<T> => inTransaction(desk, actor, (tx) => work(tx, actor));
const run = (name: string): Promise<void> => JOBS.find((job) => job.name === name)!.run(desk, {} as never);
const officer = async (key: string): Promise<OfficerActor> => {
  if (!officers.has(key)) officers.set(key, await addOfficer(desk, key, ['focal', 'case_officer', 'leader'], `Cán bộ ${key}`));
  return officers.get(key)!;
};
/** A night: every job that comes by the clock, in the order of its hour. */
async function night(day: string): Promise<void> {
  at(day, 1);
  for (const name of ['agency-ended', 'transfer-clocks', 'hand-over', 'lapse-opinions', 'remind-opinions']) await run(name);
  at(day);
}
async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let n = 0; n < 200; n += 1) {
    const found = await look();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`waited in vain for ${what}`);
}
const caseRow = () => desk.owner.selectFrom('case_file').selectAll().where('id', '=', caseId).executeTakeFirstOrThrow();
const leadKey = async () => (await desk.owner.selectFrom('case_file as c').innerJoin('agency as a', 'a.id', 'c.lead_agency_id').select('a.key').where('c.id', '=', caseId).executeTakeFirstOrThrow()).key;
const opinionsOf = async (code: string) => Object.fromEntries((await desk.owner.selectFrom('opinion as o').innerJoin('consultation as c', 'c.id', 'o.consultation_id').innerJoin('agency as a', 'a.id', 'o.agency_id')
  .select(['a.key', 'o.id', 'o.state']).where('c.code', '=', code).execute()).map((row) => [row.key, row]));
const dueOfTask = async (kind: string, key: string) => (await desk.owner.selectFrom('task').innerJoin('agency as a', 'a.id', 'agency_id').select(['due_on', 'task.id']).where('kind', '=', kind as 'opinion').where('a.key', '=', key)
  .where('case_id', '=', caseId).orderBy('task.id', 'desc').executeTakeFirstOrThrow());

let first: string;

test('what the former district still owed on its last day is somebody’s the day after', async () => {
  at('2025-06-27');
  const district = await agencyId(desk, DISTRICT);
  const id = await inTransaction(desk, system('test'), (tx) => openTask(tx, { kind: 'system', job: 'test' }, { kind: 'other', agencyId: district, code: 'VL-04-250627-0001', title: 'Báo cáo tình hình lừa đảo qua điện thoại', href: '/can-bo/viec', dueOn: '2025-07-04' }));
  const holder = async () => (await desk.owner.selectFrom('task').innerJoin('agency as a', 'a.id', 'agency_id').select(['a.key', 'a.valid_to', 'due_on']).where('task.id', '=', id).executeTakeFirstOrThrow());
  await night('2025-06-30');
  expect((await holder()).key).toBe(DISTRICT);
  await night('2025-07-01');
  expect(await holder()).toMatchObject({ valid_to: null, due_on: '2025-07-04' });
  expect((await desk.owner.selectFrom('hand_over').select('via').where('item_id', '=', id).executeTakeFirstOrThrow()).via).toBe('agency_ended');
  at('2026-01-09');
});

test('a report comes in on a Friday before a worked Saturday, passes the gate and becomes a case', async () => {
  const scam = reportOf({ category: 'scam', narrative: 'Có người xưng cán bộ ngân hàng gọi, bảo tôi vào https://nhan-ho-tro-tet.example/xac-nhan rồi chuyển 3 triệu đồng', happenedOn: '2026-01-08' });
  const made = await verifiedCase(desk, office, [scam]);
  caseId = made.caseId;
  reportId = made.reportIds[0]!;
  ({ number } = await caseRow());
  const { id: waiting } = await submitReport(desk, reportOf({ category: 'spam_calls_messages', narrative: 'Tin nhắn quảng cáo vay tiền', idempotencyKey: 'khoa-cho-cua-kiem-tra' }));
  const due = (id: string) => desk.owner.selectFrom('report').select('due_on').where('id', '=', id).executeTakeFirstOrThrow();
  expect((await due(waiting)).due_on).toBe(LAST_DAYS.gate[2]);
  expect((await due(reportId)).due_on).toBe(LAST_DAYS.answerReporter[2]);
});

test('nineteen agencies are asked before Tết; the former district cannot be, its heirs can', async () => {
  expect(ASKED).toHaveLength(19);
  at('2026-02-09');
  await expect(ask(desk, office.drafter, await asking(desk, caseId, {}, [DISTRICT]))).rejects.toMatchObject({ details: { fields: { agencies: expect.anything() } } });
  first = (await ask(desk, office.drafter, await asking(desk, caseId, {}, ASKED))).code;
  const { due_on: dueOn } = await desk.owner.selectFrom('consultation').select('due_on').where('code', '=', first).executeTakeFirstOrThrow();
  expect(dueOn).toBe(LAST_DAYS.firstRound[2]);
  for (const key of ASKED) expect((await dueOfTask('opinion', key)).due_on).toBe(LAST_DAYS.firstRound[2]);
  expect((await caseRow()).state).toBe('consulting');
});

test('they answer on the screen, by their system, by mail, on paper; one has ended, one is silent', async () => {
  at('2026-02-11');
  for (const key of [POLICE, 'so-cong-thuong', ...COMMUNES.slice(0, 10)]) await answerOpinion(desk, await officer(key), first, AGREES, []);
  await answerOpinion(desk, await officer(COMMUNES[10]!), first, { ...AGREES, answer: 'disagree', reasons: 'Người dân trong xã chưa ai gặp, đề nghị xác minh thêm.' }, []);

  const admin = await addOfficer(desk, 'vietcombank', ['administrator']);
  const { token } = await inTransaction(desk, admin, (tx) => createToken(tx, admin, { name: 'Hệ thống văn bản', scopes: ['opinions:read', 'opinions:write'], days: 90 }));
  const app = await webApp(desk, 1e6);
  const sent = await app.request(`/api/v1/agency/opinions/${first}/answer`, {
    method: 'POST', body: JSON.stringify({ answer: 'agree_with_changes', reasons: 'Đã chủ động cảnh báo khách hàng trên ứng dụng.' }), headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  });
  expect(sent.status).toBeLessThan(300);

  const letter = await until('the letter to so-khcn', async () => smtp.mails.find((mail) => mail.to.includes('so-khcn@caobang.example')));
  await imap.deliver('baocao', [
    'From: Van thu <so-khcn@caobang.example>', `To: ${letter.headers.get('reply-to')}`, `Subject: Re: [${first}]`, 'Message-ID: <tra-loi-1@caobang.example>', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64', '', Buffer.from('Không thuộc thẩm quyền\n\nTên miền quốc tế, đề nghị hỏi VNNIC.\n').toString('base64'), '',
  ].join('\r\n'));
  await until('the answer by mail', async () => (await opinionsOf(first))['so-khcn']!.state === 'answered');

  const { id } = (await opinionsOf(first))['so-tu-phap']!;
  at('2026-02-12');
  await enterPaper(desk, office.drafter, id, { ...AGREES, documentNumber: '45/STP-XDKT', documentOn: '2026-02-11' }, []);

  // The department of health ends on Friday 13/02; from the 14th its opinion is its heir's to give.
  await inTransaction(desk, system('test'), async (tx) => endAgency(tx, system('test'), { agencyId: await agencyId(desk, ENDING), lastDay: '2026-02-13', successors: [await agencyId(desk, HEIR)] }));
  await night('2026-02-14');
  expect(Object.keys(await opinionsOf(first))).toContain(HEIR);
  expect((await opinionsOf(first))[ENDING]).toBeUndefined();
  expect((await dueOfTask('opinion', HEIR)).due_on).toBe(LAST_DAYS.firstRound[2]);
  at('2026-02-23');
  await answerOpinion(desk, await officer(HEIR), first, AGREES, []);
});

test('silence is recorded on the working day after the last one, and is no consent; a late answer still counts', async () => {
  const silent = [COMMUNES[11]!, 'viettel'].filter((key) => ASKED.includes(key));
  await night('2026-02-23');
  for (const key of silent) expect((await opinionsOf(first))[key]!.state).toBe('sent');
  await night('2026-02-24');
  for (const key of silent) expect((await opinionsOf(first))[key]!.state).toBe('overdue');
  at('2026-02-25');
  await answerOpinion(desk, await officer(silent[0]!), first, AGREES, []);
  const { state } = (await opinionsOf(first))[silent[0]!]!;
  const { late } = await desk.owner.selectFrom('opinion_answer').innerJoin('opinion as o', 'o.id', 'opinion_id').innerJoin('agency as a', 'a.id', 'o.agency_id').select('late').where('a.key', '=', silent[0]!).executeTakeFirstOrThrow();
  expect({ state, late }).toEqual({ state: 'answered', late: true });
});

test('the synthesis counts every agency once, and the silent one as silent', async () => {
  const view = await as(office.drafter, (tx) => consultationView(desk, tx, first));
  const tally = tallyOf(view!.opinions);
  expect(tally).toMatchObject({ asked: 19, silent: 1, late: 1, answers: { agree: 15, agree_with_changes: 1, disagree: 1, not_competent: 1 } });
});

test('a meeting is held; what it concludes becomes tasks', async () => {
  at('2026-02-26');
  const { id } = await as(office.leader, (tx, actor) => planMeeting(desk, tx, actor, {
    title: 'Thống nhất hướng xử lý trang “nhận hỗ trợ Tết”', place: 'Phòng họp số 2', onlineLink: null, startsAt: new Date('2026-03-03T14:00:00+07:00'), endsAt: new Date('2026-03-03T16:00:00+07:00'),
    chair: 'Bế Thị Hoa', secretary: 'Nông Thị Lan',
  }, [caseId]));
  const guests = await Promise.all([POLICE, 'vietcombank', COMMUNES[0]!].map((key) => agencyId(desk, key)));
  await as(office.leader, (tx, actor) => saveGuests(tx, actor, id, guests));
  await as(office.leader, (tx, actor) => inviteGuests(tx, actor, id));
  await as(await officer(POLICE), (tx, actor) => answerInvitation(tx, actor, id, { answer: 'coming', reason: '', names: 'Hứa Văn An' }));
  at('2026-03-03', 14);
  await as(office.leader, (tx, actor) => takeAttendance(tx, actor, id, guests.map((guest, index) => ({ agencyId: guest, attendance: index === 2 ? 'absent' : 'present', came: index === 2 ? '' : 'Hứa Văn An' } as const))));
  const { id: item } = await desk.owner.selectFrom('meeting_agenda').select('id').where('meeting_id', '=', id).executeTakeFirstOrThrow();
  await as(office.leader, (tx, actor) => saveMinutes(tx, actor, id, item, { discussion: 'Các cơ quan báo số người đã gặp.', statements: 'Công an: có dấu hiệu lừa đảo.', conclusion: 'Chuyển Công an tỉnh.' }, 0));
  await as(office.leader, (tx, actor) => addAction(tx, actor, id, { what: 'Rà soát tài khoản nhận tiền', agencyId: guests[1]!, officerId: null, caseId, dueOn: '2026-03-13' }));
  await as(office.leader, (tx, actor) => saveConclusion(tx, actor, id, 'Thống nhất chuyển hồ sơ sang Công an tỉnh; ngân hàng rà soát tài khoản nhận tiền.', 0));
  at('2026-03-03', 17);
  await as(office.leader, (tx, actor) => concludeMeeting(tx, actor, id, new Date('2026-03-03T15:45:00+07:00')));
  expect((await dueOfTask('action', 'vietcombank')).due_on).toBe('2026-03-13');
  const { id: action } = await desk.owner.selectFrom('meeting_action').select('id').where('meeting_id', '=', id).executeTakeFirstOrThrow();
  at('2026-03-12');
  await as(await officer('vietcombank'), (tx, actor) => finishAction(tx, actor, id, action));
  await as(await officer('vietcombank'), (tx, actor) => recordOwnAct(tx, actor, number, {
    doneOn: '2026-03-10', what: 'Tạm dừng giao dịch điện tử của tài khoản nhận tiền theo hợp đồng với khách hàng', legalBasis: null, ownPower: 'own_service', result: 'Không phát sinh giao dịch mới', documentNumber: '',
  }));
});

test('the case goes to the police over three holidays; nothing moves before they accept, a late acceptance counts', async () => {
  at('2026-04-23');
  const { code } = await as(office.drafter, (tx, actor) => agencyId(desk, POLICE).then((toAgencyId) => proposeTransfer(desk, tx, actor, { thing: { kind: 'case', id: caseId }, toAgencyId, reason: 'Có dấu hiệu tội phạm', openToCoordinator: false })));
  expect((await dueOfTask('transfer', POLICE)).due_on).toBe(LAST_DAYS.transfer[2]);
  await night('2026-05-05');
  expect((await desk.owner.selectFrom('transfer').select('late_on').where('code', '=', code).executeTakeFirstOrThrow()).late_on).toBeNull();
  expect(await leadKey()).toBe('so-vhttdl');
  await night('2026-05-06');
  expect((await desk.owner.selectFrom('transfer').select('late_on').where('code', '=', code).executeTakeFirstOrThrow()).late_on).toBe('2026-05-06');
  await as(await officer(POLICE), (tx, actor) => acceptTransfer(tx, actor, code));
  expect(await leadKey()).toBe(POLICE);
  expect(await as(office.drafter, (tx) => tx.selectFrom('case_file').select('id').where('id', '=', caseId).execute())).toEqual([]);
  expect(await as(office.drafter, (tx) => sharedItems(tx, caseId))).toEqual([]);
});

test('in August the police agree that the coordinating agency takes it back, over a worked Saturday', async () => {
  at('2026-08-19');
  const police = await officer(POLICE);
  const { code } = await as(police, async (tx, actor) => proposeTransfer(desk, tx, actor, { thing: { kind: 'case', id: caseId }, toAgencyId: await agencyId(desk, 'so-vhttdl'), reason: 'Chưa đủ yếu tố cấu thành', openToCoordinator: true }));
  expect((await dueOfTask('transfer', 'so-vhttdl')).due_on).toBe(LAST_DAYS.transferBack[2]);
  await as(office.leader, (tx, actor) => takeOverCase(tx, actor, number, 'Công an đề nghị, Sở nhận lại để tiếp tục phối hợp'));
  expect(await leadKey()).toBe('so-vhttdl');
  expect((await desk.owner.selectFrom('transfer').select('state').where('code', '=', code).executeTakeFirstOrThrow()).state).not.toBe('proposed');
});

let second: string;

test('a second round on a new draft keeps the first', async () => {
  at('2026-08-20');
  second = (await ask(desk, office.drafter, await asking(desk, caseId, { follows: first, draftText: 'Điều 1. Cảnh báo công khai.' }, [POLICE, 'vietcombank', COMMUNES[0]!]))).code;
  expect(await desk.owner.selectFrom('consultation').select(['due_on', 'round']).where('code', '=', second).executeTakeFirstOrThrow()).toEqual({ due_on: LAST_DAYS.secondRound[2], round: 2 });
  expect(Object.keys(await opinionsOf(first))).toHaveLength(19);
  for (const key of [POLICE, 'vietcombank', COMMUNES[0]!]) await answerOpinion(desk, await officer(key), second, AGREES, []);
});

test('a paused clock gives back the working days it stood still', async () => {
  at('2026-08-27');
  const id = await as(office.leader, async (tx, actor) => setTask(tx, actor, '04', { title: 'Gửi bản chụp giao dịch đã rà soát', agencyId: await agencyId(desk, 'vietcombank'), officerId: null, caseNumber: number, dueOn: LAST_DAYS.pausedTask[0] }));
  at('2026-08-28');
  await as(office.leader, (tx, actor) => pauseTask(tx, actor, id, 'Chờ ngân hàng mẹ cung cấp dữ liệu'));
  at('2026-09-04');
  expect(await as(office.leader, (tx, actor) => resumeTask(tx, actor, id))).toBe(LAST_DAYS.pausedTask[2]);
});

test('closing asks about what is open, answers the reporter, and ends every part', async () => {
  at('2026-11-19');
  const { id: newcomer } = await submitReport(desk, reportOf({ category: 'scam', narrative: 'Họ gọi bảo nộp phí để nhận quà ngày nhà giáo', idempotencyKey: 'khoa-phan-anh-thang-muoi-mot' }));
  const { code } = await as(office.drafter, async (tx, actor) => proposeTransfer(desk, tx, actor, { thing: { kind: 'report', id: newcomer }, toAgencyId: await agencyId(desk, POLICE), reason: 'Thuộc thẩm quyền Công an', openToCoordinator: false }));
  expect(await desk.owner.selectFrom('transfer').select('due_on').where('code', '=', code).executeTakeFirstOrThrow()).toEqual({ due_on: LAST_DAYS.lastTransfer[2] });
  await as(office.drafter, (tx, actor) => answerAllReporters(desk, tx, actor, caseId, { vi: 'Vụ việc đã được xử lý, tài khoản nhận tiền đã ngừng giao dịch.' }));
  await expect(as(office.drafter, (tx, actor) => closeCase(tx, actor, caseId, 'Đã xử lý xong'))).rejects.toMatchObject({ details: { reason: 'open_tasks' } });
  await as(office.drafter, (tx, actor) => closeCase(tx, actor, caseId, 'Đã xử lý xong', { dropTasks: true }));
  expect((await caseRow()).state).toBe('closed');
  expect(await desk.owner.selectFrom('task').select('kind').where('case_id', '=', caseId).where('state', '=', 'open').execute()).toEqual([]);
  expect((await desk.owner.selectFrom('report').select('state').where('id', '=', reportId).executeTakeFirstOrThrow()).state).toBe('answered');
});
