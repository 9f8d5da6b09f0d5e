import { ALERT_CHECKS } from '#catalogue/alerts.ts';
import type { CategoryCode } from '#catalogue/categories.ts';
import { calendarOf } from '#catalogue/holidays.ts';
import { addDays, addWorkingDays, isWorkingDay, localDate } from '#core/deadlines.ts';
import { answerAlert, approveAlert, draftAlert, readAlert, recordAnswer, submitAlert, type AlertInput, type CheckAnswers } from '#modules/alerts/index.ts';
import { enterByHand, incomingById, issueNumber, passOn, registerIncoming } from '#modules/documents/index.ts';
import {
  addAction, answerInvitation, concludeMeeting, inviteGuests, planMeeting, saveAgenda, saveConclusion, saveGuests, saveMinutes, takeAttendance, type Plan,
} from '#modules/meetings/index.ts';
import { opinionJobs, sendConsultation } from '#modules/opinions/index.ts';
import { acceptTransfer, proposeTransfer, recordOwnAct } from '#modules/routing/index.ts';
import { includeParty, readShares, recallShare, shareItems, type ShareInput } from '#modules/sharing/index.ts';
import { pauseTask, setTask, taskJobs } from '#modules/tasks/index.ts';
import { FOLLOW_UP } from '../modules.ts';
import { system, type OfficerActor } from '../platform/actor.ts';
import type { SetClock } from '../platform/clock.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import type { Desk } from '../platform/desk.ts';
import { fillOpinions } from './opinions.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Harms the police lead that a demo tells of; what is private to a person is not. */
const MOVED: readonly CategoryCode[] = ['scam', 'malware_attack'];

/** Who works together: officers of the lead agency, and the focal officers of the police, a commune and an operator. */
export interface CoordinationCast {
  readonly intake: OfficerActor;
  readonly caseOfficer: OfficerActor;
  readonly leader: OfficerActor;
  readonly clerk: OfficerActor;
  readonly police: OfficerActor;
  readonly commune: OfficerActor;
  readonly operator: OfficerActor;
}

interface LedCase {
  readonly id: string;
  readonly number: string;
  readonly category: CategoryCode;
}

interface Stage {
  readonly desk: Desk;
  readonly clock: SetClock;
  readonly cast: CoordinationCast;
  readonly now: Date;
  /** Cases of counterfeit pages that the lead agency works on, those without a measure first. */
  readonly cases: readonly LedCase[];
  /** Cases that nobody has decided on and that the police may take. */
  readonly movable: readonly LedCase[];
  /** Id of an agency by its key. */
  readonly agency: (key: string) => string;
  /** Does something as somebody, so many hours before now. */
  readonly ago: <T>(hours: number, actor: OfficerActor, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** Adds to the sample province what agencies do together: opinions, meetings, transfers, sharing, tasks, registers, a warning letter. */
export async function fillCoordination(desk: Desk, clock: SetClock, cast: CoordinationCast, now: Date): Promise<void> {
  const { cases, movable, agencies } = await inTransaction(desk, system('demo'), async (tx) => {
    const led = tx.selectFrom('case_file').select(['id', 'number', 'category']).where('lead_agency_id', '=', cast.leader.agencyId).orderBy('opened_at').orderBy('number');
    const undecided = led.where((eb) => eb.not(eb.exists(eb.selectFrom('decision').select('decision.id').whereRef('decision.case_id', '=', 'case_file.id'))));
    return {
      cases: await led.where('state', 'in', ['verifying', 'deciding', 'acting']).where('category', '=', 'phishing_impersonation').where('opened_at', '<', new Date(now.getTime() - 16 * DAY_MS))
        .clearOrderBy().orderBy((eb) => eb('state', '=', 'acting')).orderBy('opened_at', 'desc').limit(3).execute(),
      movable: await undecided.where('state', 'in', ['open', 'verifying']).where('category', 'in', MOVED).execute(),
      agencies: new Map((await tx.selectFrom('agency').select(['key', 'id']).execute()).map(({ key, id }) => [key, id])),
    };
  });
  const ago: Stage['ago'] = (hours, actor, work) => {
    clock.set(new Date(now.getTime() - hours * HOUR_MS));
    return inTransaction(desk, actor, work);
  };
  const stage: Stage = { desk, clock, cast, now, cases, movable, agency: (key) => agencies.get(key)!, ago };
  await opinions(stage);
  await meetingHeld(stage);
  await meetingToCome(stage);
  await transfers(stage);
  await sharing(stage);
  await tasks(stage);
  await registers(stage);
  await warningLetter(stage);
  await ownActs(stage);
  clock.set(now);
  for (const job of [...opinionJobs, ...taskJobs]) if (job.cron) await job.run(desk, {} as never);
}

/** The first working day on or after a day. */
function workingDay(day: string): string {
  return isWorkingDay(day, calendarOf()) ? day : addWorkingDays(day, 1, calendarOf());
}

/** A first round with an answer, an objection, a letter on paper and two agencies that are late; a second request nobody is late with. */
async function opinions({ desk, clock, cast, cases, agency, now }: Stage): Promise<void> {
  const [first, second] = cases;
  if (!first || !second) return;
  await fillOpinions(desk, clock, {
    asker: cast.caseOfficer, clerk: cast.clerk, answerer: cast.police, objector: cast.operator, onPaper: agency('so-tu-phap'),
    agencies: [cast.police.agencyId, cast.operator.agencyId, agency('so-tu-phap'), agency('so-khcn'), cast.commune.agencyId],
  }, first.number, now);
  clock.set(new Date(now.getTime() - 2 * DAY_MS));
  await sendConsultation(desk, cast.caseOfficer, {
    caseNumber: second.number, formKey: 'trinh-dien-lay-y-kien-2', title: 'Nội dung cảnh báo cho người dân trong dịp cuối năm', workingDays: 5, inMail: false,
    agencies: [cast.police.agencyId, cast.operator.agencyId, cast.commune.agencyId], items: [], shareWhy: '', files: [], follows: null, draftText: '',
    question: 'Sở dự kiến đăng cảnh báo về trang nêu trong hồ sơ và phát trên loa truyền thanh xã. Đề nghị quý cơ quan cho ý kiến về nội dung và thời điểm.', points: ['Nội dung cảnh báo', 'Thời điểm phát trên loa truyền thanh'],
  });
}

/** A plan for a day, from and to in Vietnamese clock time. */
const plan = (day: string, title: string, place: string): Plan => ({
  title, startsAt: new Date(`${day}T01:30:00Z`), endsAt: new Date(`${day}T03:30:00Z`), place, onlineLink: null, chair: 'Đàm Quang Huy, Phó Giám đốc Sở', secretary: 'Lý Thu Hà, chuyên viên',
});

async function meetingHeld({ desk, clock, cast, cases, now }: Stage): Promise<void> {
  const { caseOfficer: officer, police, operator, commune } = cast;
  const guests = [police.agencyId, operator.agencyId, commune.agencyId];
  const day = workingDay(localDate(new Date(now.getTime() - 11 * DAY_MS)));
  const held = Date.parse(`${day}T01:30:00Z`);
  const as = <T>(at: number, actor: OfficerActor, work: (tx: Tx) => Promise<T>) => {
    clock.set(new Date(at));
    return inTransaction(desk, actor, work);
  };
  const { id } = await as(held - 4 * DAY_MS, officer, (tx) => planMeeting(desk, tx, officer, plan(day, 'Thống nhất biện pháp xử lý các trang giả mạo ngân hàng', 'Phòng họp tầng 2, trụ sở Sở'), cases.slice(0, 1).map((one) => one.id)));
  await as(held - 4 * DAY_MS, officer, async (tx) => {
    await saveGuests(tx, officer, id, guests);
    await inviteGuests(tx, officer, id);
  });
  await as(held - 2 * DAY_MS, police, (tx) => answerInvitation(tx, police, id, { answer: 'coming', reason: '', names: 'Hà Đức Long, Đội phó' }));
  await as(held - 2 * DAY_MS, operator, (tx) => answerInvitation(tx, operator, id, { answer: 'deputy', reason: 'Trưởng phòng đi công tác', names: 'Nông Văn Thắng, kỹ sư' }));
  await as(held + 2 * HOUR_MS, officer, async (tx) => {
    await takeAttendance(tx, officer, id, [
      { agencyId: police.agencyId, attendance: 'present', came: 'Hà Đức Long, Đội phó' }, { agencyId: operator.agencyId, attendance: 'present', came: 'Nông Văn Thắng, kỹ sư' },
      { agencyId: commune.agencyId, attendance: 'absent', came: '' },
    ]);
    const agenda = await tx.selectFrom('meeting_agenda').select('id').where('meeting_id', '=', id).execute();
    for (const item of agenda) {
      await saveMinutes(tx, officer, id, item.id, {
        discussion: 'Các cơ quan nghe báo cáo kết quả xác minh và trao đổi về biện pháp.', statements: 'Công an tỉnh: đề nghị giữ lại chứng cứ trước khi ngừng phân giải.\nĐơn vị viễn thông: cần tên miền chính xác, không chặn cả địa chỉ IP.',
        conclusion: 'Thống nhất ngừng phân giải đúng tên miền nêu trong hồ sơ.',
      }, 0);
    }
    await saveConclusion(tx, officer, id, 'Thống nhất biện pháp xử lý đúng tên miền đã xác minh. Các cơ quan làm các việc được giao và báo kết quả trên hệ thống.', 0);
    const action = (what: string, agencyId: string, officerId: string | null, days: number) => addAction(tx, officer, id, { what, agencyId, officerId, caseId: null, dueOn: addWorkingDays(day, days, calendarOf()) });
    await action('Cung cấp danh sách tài khoản nhận tiền đã được ngân hàng xác nhận', police.agencyId, null, 5);
    await action('Báo kết quả ngừng phân giải tên miền', operator.agencyId, null, 9);
    await action('Phát cảnh báo trên loa truyền thanh xã trong ba ngày', commune.agencyId, null, 10);
    await action('Báo cáo kết luận họp với Ủy ban nhân dân tỉnh', officer.agencyId, officer.officerId, 12);
    await concludeMeeting(tx, officer, id, new Date(held + 2 * HOUR_MS));
  });
}

async function meetingToCome({ desk, cast, cases, agency, now, ago }: Stage): Promise<void> {
  const { caseOfficer: officer, operator, police, commune } = cast;
  const day = addWorkingDays(localDate(now), 3, calendarOf());
  const { id } = await ago(50, officer, (tx) => planMeeting(desk, tx, officer, plan(day, 'Giao ban phối hợp tháng: cuộc gọi giả danh và việc trực dịp Tết', 'Phòng họp trực tuyến, trụ sở Sở'), cases.slice(1, 3).map((one) => one.id)));
  await ago(49, officer, async (tx) => {
    const kept = await tx.selectFrom('meeting_agenda').selectAll().where('meeting_id', '=', id).orderBy('ordinal').execute();
    await saveAgenda(tx, officer, id, [
      ...kept.map((item) => ({ id: item.id, caseId: item.case_id, title: item.title, minutes: 25, presenter: 'Lý Thu Hà' })), { id: null, caseId: null, title: 'Đầu mối và lịch trực dịp Tết', minutes: 20, presenter: 'Đàm Quang Huy' },
    ]);
    await saveGuests(tx, officer, id, [police.agencyId, operator.agencyId, commune.agencyId, agency('so-tu-phap'), agency('so-khcn')]);
    await inviteGuests(tx, officer, id);
  });
  await ago(23, operator, (tx) => answerInvitation(tx, operator, id, { answer: 'coming', reason: '', names: 'Phạm Quốc Anh' }));
}

/** One the police has accepted, one that waits for its answer. */
async function transfers({ desk, cast: { caseOfficer: officer, police }, movable, ago }: Stage): Promise<void> {
  const [given, waiting] = movable;
  const propose = (one: LedCase, reason: string) => (tx: Tx) => proposeTransfer(desk, tx, officer, { thing: { kind: 'case', id: one.id }, toAgencyId: police.agencyId, reason, openToCoordinator: false });
  if (given) {
    const { code } = await ago(96, officer, propose(given, 'Có dấu hiệu tội phạm chiếm đoạt tài sản, thuộc thẩm quyền của Công an tỉnh.'));
    await ago(72, police, (tx) => acceptTransfer(tx, police, code));
  }
  if (waiting) await ago(24, officer, propose(waiting, 'Nhiều người cùng chuyển tiền vào một tài khoản; đề nghị Công an tỉnh tiếp nhận, xác minh.'));
}

/** Three items shown to a commune: one it has read, one taken back, one it has not opened. */
async function sharing({ cast: { caseOfficer: officer, commune }, cases, ago }: Stage): Promise<void> {
  const [one] = cases;
  if (!one) return;
  await ago(73, officer, async (tx) => {
    await includeParty(tx, officer, one.id, commune.agencyId, 'support');
    await shareItems(tx, officer, one.id, commune.agencyId, await itemsOf(tx, one.id), 'Để xã cảnh báo người dân và hỗ trợ xác minh tại chỗ.');
  });
  const shares = await ago(48, officer, (tx) => tx.selectFrom('case_share').select('id').where('case_id', '=', one.id).where('agency_id', '=', commune.agencyId).orderBy('id').execute());
  const [read, recalled] = shares;
  if (read) await ago(47, commune, (tx) => readShares(tx, commune, one.id, [read.id]));
  if (recalled) await ago(24, officer, (tx) => recallShare(tx, officer, one, recalled.id, 'Dữ kiện này không thuộc địa bàn xã.'));
}

/** A finding and traces of a case, at most three. */
async function itemsOf(tx: Tx, caseId: string): Promise<ShareInput[]> {
  const verification = await tx.selectFrom('verification').select('id').where('case_id', '=', caseId).limit(1).execute();
  const indicators = await tx.selectFrom('indicator').select('id').where('case_id', '=', caseId).orderBy('id').limit(3 - verification.length).execute();
  return [...verification.map(({ id }) => ({ kind: 'verification' as const, itemId: id })), ...indicators.map(({ id }) => ({ kind: 'indicator' as const, itemId: id }))];
}

/** Set by the leader: one late, one that stands still, one of today, one for the commune. */
async function tasks({ desk, cast: { leader, intake, caseOfficer, commune }, cases, now, ago }: Stage): Promise<void> {
  const province = desk.config.PROVINCE;
  const today = workingDay(localDate(now));
  const set = (title: string, to: OfficerActor, dueOn: string, caseNumber = '') => (tx: Tx) => setTask(tx, leader, province, { title, agencyId: to.agencyId, officerId: to.agencyId === leader.agencyId ? to.officerId : null, caseNumber, dueOn });
  await ago(11 * 24, leader, set('Gọi lại các số điện thoại của người phản ánh chưa liên lạc được', intake, workingDay(addDays(today, -5))));
  const waits = await ago(6 * 24, leader, set('Tổng hợp số liệu phản ánh của quý để báo cáo Ủy ban nhân dân tỉnh', caseOfficer, workingDay(addDays(today, 4))));
  await ago(24, leader, (tx) => pauseTask(tx, leader, waits, 'Chờ biểu mẫu mới của Ủy ban nhân dân tỉnh'));
  await ago(48, leader, set('Rà soát các phản ánh về số tổng đài giả danh', intake, today, cases[1]?.number));
  await ago(48, leader, set('Cử đầu mối trực dịp nghỉ lễ và báo số điện thoại', commune, workingDay(addDays(today, 2))));
}

/** A number for what waited longest, a letter written elsewhere that waits for one, and a letter from a commune that somebody answers. */
async function registers({ cast: { clerk, intake }, now, ago }: Stage): Promise<void> {
  const today = localDate(now);
  for (const days of [14, 9]) await ago(days * 24, clerk, (tx) => numberFirst(tx, clerk));
  await ago(24, clerk, (tx) => enterByHand(tx, clerk, {
    kind: 'cong_van', title: 'Đề nghị các đơn vị viễn thông rà soát đầu số giả danh', urgency: null, addressees: ['VNPT Cao Bằng', 'Viettel Cao Bằng', 'MobiFone Cao Bằng'], signer: 'Đàm Quang Huy, Phó Giám đốc',
  }, null));
  await ago(49, clerk, async (tx) => {
    const arrivedOn = localDate(tx.now);
    const { id } = await registerIncoming(tx, clerk, {
      number: null, arrivedOn, issuer: 'UBND xã Đàm Thủy', code: '145/UBND-VHXH', issuedOn: addDays(arrivedOn, -2), kind: 'cong_van', title: 'Đề nghị hướng dẫn xử lý trang bán hàng giả mạo tại địa phương', urgency: null, note: '',
    });
    const row = (await incomingById(tx, id))!;
    await passOn(tx, clerk, row, { recipient: intake.name, officerId: intake.officerId, passedOn: arrivedOn, dueOn: workingDay(addDays(today, 3)), receipt: 'Đã nhận bản giấy', note: '' },
      { issuer: row.issuer!, title: row.title!, taskTitle: `Trả lời văn bản đến số ${row.number}: ${row.title}` }, FOLLOW_UP);
  });
}

/** Gives the next number to what was written first and waits for one. */
async function numberFirst(tx: Tx, clerk: OfficerActor): Promise<void> {
  const one = await tx.selectFrom('document_out').select(['id', 'kind', 'title', 'addressees']).where('agency_id', '=', clerk.agencyId).where('number', 'is', null).where('cancelled_at', 'is', null)
    .where('reserved_at', '<=', tx.now).orderBy('reserved_at').executeTakeFirst();
  if (!one) return;
  const on = localDate(tx.now);
  const { last } = await tx.selectFrom('document_out').select((eb) => eb.fn.max('number').as('last')).where('agency_id', '=', clerk.agencyId).where('year', '=', Number(on.slice(0, 4))).executeTakeFirstOrThrow();
  await issueNumber(tx, clerk, one.id, {
    kind: one.kind, title: one.title, urgency: null, addressees: one.addressees, signer: 'Đàm Quang Huy, Phó Giám đốc', number: (last ?? 0) + 1, symbol: 'SVHTTDL-QLTTBCXB', on, gapReason: null,
    copies: 6, keptBy: 'Văn thư', dispatchedOn: on, receipt: '', note: '',
  });
}

const YES = Object.fromEntries(ALERT_CHECKS.map(({ code }) => [code, true])) as CheckAnswers;

const LETTER: AlertInput = {
  kind: 'malware', urgency: 'khan', title: 'mã độc lây qua tệp hóa đơn điện tử trước kỳ nghỉ lễ', days: 5, legalBasis: null, audience: { to: 'all' },
  known: 'Nhiều máy ở các cơ quan nhận thư có tệp “hóa đơn” kèm mã độc; khi mở, máy kết nối đến máy chủ điều khiển và có thể bị mã hóa dữ liệu. Kỳ nghỉ dài không có người trực thì hậu quả nặng hơn.',
  cves: [], products: ['Máy tính dùng Windows chưa cập nhật'], hashes: ['5f2b8c1e'.repeat(8)], domains: ['hoadon-dieukhien.example'],
  actions: ['Không mở tệp đính kèm lạ; kiểm tra máy có kết nối đến tên miền nêu trên không.', 'Cập nhật hệ điều hành và phần mềm chống mã độc.', 'Sao lưu dữ liệu ra thiết bị rời, cất riêng.', 'Tắt máy không dùng trong kỳ nghỉ; phân công người trực.'],
  reportHow: 'Trả lời ngay trên hệ thống; cần hỗ trợ gấp thì gọi đường dây của Sở.',
};

async function warningLetter({ desk, cast: { caseOfficer, leader, police, commune, operator }, agency, ago }: Stage): Promise<void> {
  const id = await ago(98, caseOfficer, (tx) => draftAlert(desk, tx, caseOfficer, LETTER, null, null));
  await ago(97, caseOfficer, (tx) => submitAlert(tx, caseOfficer, id, YES));
  await ago(96, leader, (tx) => approveAlert(tx, leader, id, YES));
  const none = { machinesChecked: null, machinesAffected: null, untilOn: null };
  await ago(72, police, (tx) => answerAlert(desk, tx, police, id, { ...none, answer: 'nothing_found', words: 'Đã kiểm tra toàn bộ máy nối mạng, không phát hiện.', machinesChecked: 120, machinesAffected: 0 }, null));
  await ago(48, operator, (tx) => readAlert(tx, operator, id));
  await ago(24, commune, (tx) => answerAlert(desk, tx, commune, id, { ...none, answer: 'needs_help', words: 'Một máy ở bộ phận một cửa có dấu hiệu nhiễm, đã rút dây mạng. Đề nghị hỗ trợ.', machinesChecked: 14, machinesAffected: 1 }, null));
  await ago(23.5, caseOfficer, (tx) => recordAnswer(desk, tx, caseOfficer, id, agency('so-khcn'), { way: 'phone', informant: 'Bà Nông Thu Hiền, Văn phòng Sở' }, { ...none, answer: 'handled', words: 'Đã cài lại hai máy và đổi mật khẩu.', machinesChecked: 60, machinesAffected: 2 }));
}

async function ownActs({ cast: { operator, police }, cases, now, ago }: Stage): Promise<void> {
  const [one] = cases;
  if (!one) return;
  const doneOn = localDate(new Date(now.getTime() - 3 * DAY_MS));
  await ago(50, operator, (tx) => recordOwnAct(tx, operator, one.number, {
    doneOn, what: 'Nhắn tin cho khách hàng của đơn vị về trang giả mạo và cách nhận biết', legalBasis: null, ownPower: 'own_customers', result: 'Đã gửi 12.400 tin nhắn; tổng đài trả lời thêm 35 cuộc gọi hỏi lại.', documentNumber: '',
  }));
  await ago(47, police, (tx) => recordOwnAct(tx, police, one.number, {
    doneOn, what: 'Hướng dẫn hai người bị hại giữ lại tin nhắn, biên lai và làm đơn trình báo', legalBasis: null, ownPower: 'advice', result: 'Hai người đã nộp đơn.', documentNumber: '',
  }));
}
