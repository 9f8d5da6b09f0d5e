import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { measureFits } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import { addObservation, addVerification, answerAllReporters, answerGate, answerReporter, askReporter, closeCase, takeCase } from '#modules/cases/index.ts';
import { decideSecond, expireDecisions, returnDraft, saveDraft, startDraft, submitDraft, withdrawDecision } from '#modules/decisions/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { createOfficer, grantRole, hashPassword } from '#modules/identity/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { system, type OfficerActor } from '../platform/actor.ts';
import { SetClock } from '../platform/clock.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import type { Desk } from '../platform/desk.ts';
import { EFFECTS, JOBS } from '../modules.ts';
import { fillChannels } from './channels.ts';
import { fillCoordination, type CoordinationCast } from './coordination.ts';
import { ALL_NO, warningDraft } from './draft.ts';
import { fillDueProcess } from './due-process.ts';
import { fillNotices } from './notices.ts';
import { DEMO_OFFICERS, DEMO_PASSWORD } from './people.ts';
import { sampleReports, seeded, type SampleReport } from './reports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Work of the last days is left open, so that every list of the console has something in it. */
const STILL_OPEN_DAYS = 4;

/** What an officer finds in a case of each kind. */
const SEEN: Readonly<Record<CategoryCode, { readonly finding: string; readonly seen: string }>> = {
  scam: { finding: 'Trang hứa lãi cao rồi đòi nạp thêm tiền mới cho rút; không có doanh nghiệp nào đứng tên.', seen: 'Trang yêu cầu chuyển khoản vào tài khoản cá nhân trước khi “rút tiền”.' },
  phishing_impersonation: { finding: 'Trang bắt chước giao diện của tổ chức khác để lấy mật khẩu, mã OTP; chủ thể thật xác nhận không phải trang của mình.', seen: 'Trang hiển thị biểu mẫu đòi số thẻ, mật khẩu và mã OTP.' },
  malware_attack: { finding: 'Tệp cài đặt ngoài kho ứng dụng xin quyền đọc tin nhắn và điều khiển màn hình.', seen: 'Trang tự tải về một tệp .apk khi mở trên điện thoại.' },
  personal_data_abuse: { finding: 'Trang rao bán danh sách họ tên, số điện thoại mà người trong danh sách không đồng ý.', seen: 'Trang có bảng giá danh sách khách hàng theo xã, phường.' },
  illegal_gambling_ads: { finding: 'Trang cung cấp trò đánh bạc đổi tiền và trả hoa hồng cho người mời bạn.', seen: 'Trang có nút nạp tiền, bảng tỷ lệ cược và mục “mời bạn nhận thưởng”.' },
  counterfeit_unlicensed_goods: { finding: 'Trang bán sản phẩm chữa bệnh không có trong danh mục được cấp phép.', seen: 'Trang quảng cáo “khỏi hẳn sau bảy ngày”, không ghi số đăng ký.' },
  spam_calls_messages: { finding: 'Tin nhắn, cuộc gọi quảng cáo gửi hàng loạt khi người nhận không đồng ý.', seen: 'Các phản ánh kèm cùng một nội dung tin nhắn và cùng một đường dẫn.' },
  intimate_images: { finding: 'Địa chỉ được người trong ảnh nêu còn mở được; không lưu hình ảnh.', seen: 'Ghi nhận địa chỉ và thời điểm còn mở được; không chụp, không lưu nội dung.' },
  threat_harassment: { finding: 'Tin nhắn có lời đe dọa cụ thể; đã hướng dẫn người bị nhắm tới báo Công an xã, phường.', seen: 'Người phản ánh cho xem tin nhắn đe dọa tại trụ sở.' },
  false_emergency_alert: { finding: 'Thông tin trái với thông báo chính thức đã công bố của cơ quan y tế.', seen: 'Bài nêu cách chữa bệnh chưa được phép; thông báo chính thức nói ngược lại.' },
};

interface Cast extends CoordinationCast {
  readonly reviewer: OfficerActor;
}

/** Is this database still without agencies? Then the demo fills it. */
export async function isEmpty(desk: Desk): Promise<boolean> {
  return inTransaction(desk, system('demo'), async (tx) => !await tx.selectFrom('agency').select('id').executeTakeFirst());
}

/** The sample province, by the same commands that officers use, each at the time it would have happened. */
export async function fillDemo(desk: Desk, say: (line: string) => void): Promise<void> {
  const now = desk.clock.now();
  const clock = new SetClock(new Date('2025-07-01T01:00:00Z'));
  const past: Desk = { ...desk, clock, mail: { ...desk.mail, available: false }, sms: { ...desk.sms, available: false }, log: desk.log.child({}, { level: 'silent' }) };
  say('Danh bạ cơ quan, cán bộ mẫu… / Agencies and sample officers…');
  const cast = await addPeople(past);
  say('300 phản ánh mẫu trong 18 tháng… / 300 sample reports over 18 months…');
  const samples = sampleReports(now);
  const received = await receiveAll(past, clock, samples);
  await gateAll(past, clock, cast, received, now);
  say('Vụ việc, quyết định, cảnh báo… / Cases, decisions, warnings…');
  await workCases(past, clock, cast, now);
  await answerLate(past, clock, cast, now);
  await fillNotices(past, clock, cast, now);
  say('Khẩn cấp, xem xét lại, dữ liệu của người dân… / Interim measures, appeals, people’s own data…');
  await fillDueProcess(past, clock, cast, now);
  say('Thư, tin nhắn, thư giấy, số liệu ngoài… / Mails, text messages, letters, figures of others…');
  await fillChannels(past, clock, cast, now);
  await acknowledgeRest(past);
  say('Ý kiến, họp, chuyển xử lý, chia sẻ, thư cảnh báo… / Opinions, meetings, transfers, sharing, warning letters…');
  await fillCoordination(past, clock, cast, now);
  clock.set(now);
  await inTransaction(past, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
}

async function addPeople(desk: Desk): Promise<Cast> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const actor = system('demo');
  const officers = await inTransaction(desk, actor, async (tx) => {
    await importAgencies(tx, actor, AGENCIES, COMPETENCES);
    const agencies = new Map((await tx.selectFrom('agency').select(['key', 'id']).execute()).map((row) => [row.key, row.id]));
    const made = new Map<string, OfficerActor>();
    for (const { email, name, agency, roles } of DEMO_OFFICERS) {
      const agencyId = agencies.get(agency)!;
      const officerId = await createOfficer(tx, actor, { email, fullName: name, passwordHash, demo: true });
      for (const role of roles) await grantRole(tx, actor, { officerId, agencyId, role, from: '2025-07-01' });
      made.set(email, { kind: 'officer', officerId, agencyId, roles, name });
    }
    return made;
  });
  return {
    intake: officers.get('lan@demo.example')!, caseOfficer: officers.get('ha@demo.example')!, reviewer: officers.get('tai@demo.example')!,
    leader: officers.get('huy@demo.example')!, clerk: officers.get('hoa@demo.example')!,
    police: officers.get('long@demo.example')!, commune: officers.get('kim@demo.example')!, operator: officers.get('anh@demo.example')!,
  };
}

/** What the worker would have confirmed by now. */
async function acknowledgeRest(desk: Desk): Promise<void> {
  const waiting = await inTransaction(desk, system('demo'), (tx) => tx.selectFrom('report').select('id').where('state', '=', 'received').execute());
  await JOBS.find((job) => job.name === 'acknowledge')!.run(desk, { reportIds: waiting.map(({ id }) => id) } as never);
}

interface Received {
  readonly id: string;
  readonly sample: SampleReport;
}

async function receiveAll(desk: Desk, clock: SetClock, samples: readonly SampleReport[]): Promise<Received[]> {
  const acknowledge = JOBS.find((job) => job.name === 'acknowledge')!;
  const received: Received[] = [];
  for (const sample of samples) {
    clock.set(sample.at);
    const { id } = await submitReport(desk, sample.report);
    clock.set(new Date(sample.at.getTime() + 60_000));
    await acknowledge.run(desk, { reportIds: [id] } as never);
    received.push({ id, sample });
  }
  return received;
}

async function gateAll(desk: Desk, clock: SetClock, cast: Cast, received: readonly Received[], now: Date): Promise<void> {
  const random = seeded(7);
  for (const [index, { id, sample }] of received.entries()) {
    const at = new Date(sample.at.getTime() + (4 + random() * 40) * HOUR_MS);
    if (at > now || (now.getTime() - at.getTime() < STILL_OPEN_DAYS * DAY_MS && random() < 0.75)) continue;
    clock.set(at);
    const elements = categoryOf(sample.report.category).positive.map((element) => element.code);
    await inTransaction(desk, cast.intake, async (tx) => {
      if (!sample.stop && index % 41 === 7) return askReporter(desk, tx, cast.intake, id, 'Bạn cho chúng tôi xin thêm đường dẫn hoặc ảnh chụp màn hình của trang đó được không?');
      await answerGate(desk, tx, cast.intake, id, sample.stop ? { ...ALL_NO, [sample.stop]: true } : ALL_NO, elements);
    });
  }
}

interface DemoCase {
  readonly id: string;
  readonly category: CategoryCode;
  readonly opened_at: Date;
  readonly report_count: number;
  readonly trace: string | null;
  readonly firstReport: Date;
  readonly lastReport: Date;
}

async function workCases(desk: Desk, clock: SetClock, cast: Cast, now: Date): Promise<void> {
  const cases = await inTransaction(desk, system('demo'), (tx) => tx.selectFrom('case_file').select((eb) => [
    'case_file.id', 'case_file.category', 'opened_at', 'report_count',
    eb.selectFrom('indicator').select('value').whereRef('indicator.case_id', '=', 'case_file.id').where('kind', '=', 'domain').limit(1).as('trace'),
    eb.selectFrom('report').select((sub) => sub.fn.max<Date>('received_at').as('last')).whereRef('report.case_id', '=', 'case_file.id').as('lastReport'),
    eb.selectFrom('report').select((sub) => sub.fn.min<Date>('received_at').as('first')).whereRef('report.case_id', '=', 'case_file.id').as('firstReport'),
  ]).where('state', '=', 'open').where((eb) => eb.exists(eb.selectFrom('report').select('report.id').whereRef('report.case_id', '=', 'case_file.id').where('report.state', '=', 'attached')))
    .orderBy('report_count', 'desc').orderBy('number').execute()) as unknown as DemoCase[];
  for (const [index, one] of cases.entries()) await workCase(desk, clock, cast, now, one, index);
}

/** Nearly all who would wait too long are answered one by one; a few stay, so that the list of overdue things is not empty. */
async function answerLate(desk: Desk, clock: SetClock, { caseOfficer }: Cast, now: Date): Promise<void> {
  clock.set(new Date(now.getTime() - HOUR_MS));
  await inTransaction(desk, caseOfficer, async (tx) => {
    const late = await tx.selectFrom('report').select('id').where('state', '=', 'attached').where('due_on', '<', localDate(now)).orderBy('received_at').execute();
    for (const [index, { id }] of late.entries()) {
      if (index % 10 !== 0) await answerReporter(desk, tx, caseOfficer, id, 'Cảm ơn bạn đã phản ánh. Vụ việc đang được xác minh; chúng tôi sẽ báo thêm khi có kết quả.');
    }
  });
}

/** How one case goes on: the large ones to a warning in every stage of its life, old small ones to an answer and an end. */
async function workCase(desk: Desk, clock: SetClock, cast: Cast, now: Date, one: DemoCase, index: number): Promise<void> {
  const { caseOfficer: officer } = cast;
  const run = (at: Date, work: (tx: Tx) => Promise<unknown>) => {
    clock.set(at);
    return inTransaction(desk, officer, work);
  };
  // Decisions are spread over the months in which their legal bases are in force.
  const begun = Math.max(one.firstReport.getTime() + DAY_MS, now.getTime() - (3 + index * 4) * DAY_MS, Date.parse('2026-08-20T02:00:00Z'));
  const late = (days: number) => new Date(Math.min(now.getTime() - HOUR_MS, begun + days * DAY_MS));
  const warns = one.trace !== null && measureFits('PUBLIC_WARNING', one.category) && index < 24;
  const recent = now.getTime() - one.lastReport.getTime() < 3 * DAY_MS;
  if (!warns && recent) return;
  const start = warns ? late(0) : new Date(Math.min(now.getTime() - 2 * HOUR_MS, one.lastReport.getTime() + 3 * DAY_MS));
  await run(start, async (tx) => {
    await takeCase(tx, officer, one.id);
    await addVerification(tx, officer, one.id, {
      checked: 'Đọc các phản ánh, mở địa chỉ trong môi trường cách ly, đối chiếu với nguồn chính thức.',
      otherExplanation: 'Có thể là hiểu nhầm hoặc trang thử nghiệm; đã gọi đường dây chính thức để hỏi.',
      finding: SEEN[one.category].finding, confidence: 'high',
    });
    await addObservation(tx, officer, one.id, SEEN[one.category].seen);
  });
  if (warns) return decideCase(desk, clock, cast, one, index, late);
  if (index % 9 === 0) return;
  await run(new Date(start.getTime() + 5 * HOUR_MS), async (tx) => {
    await answerAllReporters(desk, tx, officer, one.id, {
      vi: 'Cảm ơn bạn đã phản ánh. Chúng tôi đã xác minh và hướng dẫn cách xử lý; nếu đã mất tiền, bạn hãy báo ngân hàng và Công an xã, phường nơi gần nhất.',
    });
    if (!await tx.selectFrom('report').select('id').where('case_id', '=', one.id).where('state', 'not in', ['answered', 'stopped']).executeTakeFirst()) {
      await closeCase(tx, officer, one.id, 'Đã hướng dẫn người phản ánh; không còn dấu hiệu mới.');
    }
  });
}

async function decideCase(desk: Desk, clock: SetClock, cast: Cast, one: DemoCase, index: number, late: (days: number) => Date): Promise<void> {
  const { caseOfficer: officer, reviewer } = cast;
  const as = <T>(at: Date, actor: OfficerActor, work: (tx: Tx) => Promise<T>) => {
    clock.set(at);
    return inTransaction(desk, actor, work);
  };
  const drafted = late(1);
  const id = await as(drafted, officer, async (tx) => {
    const decision = await startDraft(tx, officer, one.id, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng');
    if (index % 12 !== 11) await saveDraft(tx, officer, decision, await warningDraft(tx, decision, one, SEEN[one.category].finding, index, drafted));
    return decision;
  });
  if (index % 12 === 11) return;
  await as(drafted, officer, (tx) => submitDraft(tx, officer, id));
  if (index > 6 && index % 8 === 6) return;
  if (index % 12 === 9) return as(late(2), reviewer, (tx) => returnDraft(desk, tx, reviewer, id, 'Xin nêu rõ hơn vì sao báo riêng cho nhà đăng ký tên miền là chưa đủ.', EFFECTS));
  await as(late(1.2), reviewer, (tx) => decideSecond(desk, tx, reviewer, id, ALL_NO, [], EFFECTS));
  await as(late(1.4), officer, (tx) => answerAllReporters(desk, tx, officer, one.id, {
    vi: 'Cảm ơn bạn. Trang bạn phản ánh đã được xác minh là giả mạo và đã có cảnh báo công khai để người khác không bị lừa.',
  }));
  if (index === 13) await as(late(10), reviewer, (tx) => withdrawDecision(desk, tx, reviewer, id, 'Tên miền đã bị thu hồi, cảnh báo không còn cần thiết.', EFFECTS));
}
