import { CATEGORIES } from '#catalogue/categories.ts';
import { localDate } from '#core/deadlines.ts';
import { acceptAppeal, addAppealMessage, askAppellant, decideAppeal, fileAppeal, openAppeal, stayForAppeal } from '#modules/appeals/index.ts';
import { addObservation, addVerification, takeCase } from '#modules/cases/index.ts';
import { beginInterim, decideSecond, expireDecisions, saveDraft, startDraft } from '#modules/decisions/index.ts';
import { askStopReview } from '#modules/intake/index.ts';
import { acknowledgeRequest, fileRequest } from '#modules/retention/index.ts';
import { EFFECTS } from '../modules.ts';
import { system, type OfficerActor } from '../platform/actor.ts';
import type { SetClock } from '../platform/clock.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import type { Desk } from '../platform/desk.ts';
import { ALL_NO, warningDraft, type WarnedCase } from './draft.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const INTERIM = CATEGORIES.filter(({ interim, linksCases }) => interim && linksCases).map(({ code }) => code);
const FINDING = 'Trang mới đổi tên sáng nay, đang có người nhập thẻ và mã OTP; chủ thể thật xác nhận không phải trang của mình.';

interface Cast {
  readonly intake: OfficerActor;
  readonly caseOfficer: OfficerActor;
  readonly reviewer: OfficerActor;
  readonly leader: OfficerActor;
}

interface Stage {
  readonly desk: Desk;
  readonly cast: Cast;
  /** Sets the clock so many hours before now. */
  readonly hoursAgo: (hours: number) => void;
}

/** What people and officers set against a decision in the last days: interim measures, appeals, a review of a stop, requests about own data. */
export async function fillDueProcess(desk: Desk, clock: SetClock, cast: Cast, now: Date): Promise<void> {
  const stage: Stage = { desk, cast, hoursAgo: (hours) => clock.set(new Date(now.getTime() - hours * HOUR_MS)) };
  await interimMeasures(stage);
  await appeals(stage, now);
  await stopReview(stage);
  await dataRequests(stage);
  clock.set(now);
}

/** One that the second officer confirmed within hours, one that nobody read in its 24 hours. */
async function interimMeasures(stage: Stage): Promise<void> {
  const { desk, cast: { reviewer } } = stage;
  const [confirmed, died] = await freshCases(desk);
  if (died) {
    stage.hoursAgo(4 * DAY_HOURS);
    await actAtOnce(stage, died, 1);
    stage.hoursAgo(3 * DAY_HOURS - 1);
    await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
  }
  if (!confirmed) return;
  stage.hoursAgo(30);
  const id = await actAtOnce(stage, confirmed, 0);
  stage.hoursAgo(27);
  await inTransaction(desk, reviewer, (tx) => decideSecond(desk, tx, reviewer, id, ALL_NO, [], EFFECTS));
}

/** Verified cases of fraud that no decision was begun on. */
async function freshCases(desk: Desk): Promise<WarnedCase[]> {
  return inTransaction(desk, system('demo'), (tx) => tx.selectFrom('case_file').select((eb) => [
    'case_file.id', 'case_file.category', 'report_count',
    eb.selectFrom('indicator').select('value').whereRef('indicator.case_id', '=', 'case_file.id').where('kind', '=', 'domain').where('specific', '=', true).limit(1).as('trace'),
  ]).where('state', 'in', ['open', 'verifying']).where('category', 'in', INTERIM)
    .where((eb) => eb.exists(eb.selectFrom('indicator').select('indicator.id').whereRef('indicator.case_id', '=', 'case_file.id').where('kind', '=', 'domain').where('specific', '=', true)))
    .where((eb) => eb.exists(eb.selectFrom('report').select('report.id').whereRef('report.case_id', '=', 'case_file.id').where('report.state', 'in', ['attached', 'answered'])))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('decision').select('decision.id').whereRef('decision.case_id', '=', 'case_file.id'))))
    .orderBy('opened_at').limit(2).execute());
}

async function actAtOnce({ desk, cast: { caseOfficer } }: Stage, one: WarnedCase, index: number): Promise<string> {
  return inTransaction(desk, caseOfficer, async (tx) => {
    await verify(tx, caseOfficer, one.id);
    const id = await startDraft(tx, caseOfficer, one.id, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng');
    await saveDraft(tx, caseOfficer, id, await warningDraft(tx, id, one, FINDING, index, tx.now));
    await beginInterim(desk, tx, caseOfficer, id, 'Trang đang nhận mã OTP của người dân; chờ người thứ hai thì thêm người mất tiền.', EFFECTS);
    return id;
  });
}

async function verify(tx: Tx, officer: OfficerActor, caseId: string): Promise<void> {
  await takeCase(tx, officer, caseId);
  await addVerification(tx, officer, caseId, {
    checked: 'Mở địa chỉ trong môi trường cách ly; gọi đường dây chính thức của chủ thể bị mạo danh.', otherExplanation: 'Có thể là trang thử nghiệm của chủ thể thật; đã hỏi, không phải.',
    finding: FINDING, confidence: 'high',
  });
  await addObservation(tx, officer, caseId, 'Mở trang trên máy riêng: biểu mẫu xin số thẻ và mã OTP đang hoạt động.');
}

/** One decided, whose warning is gone; one accepted, whose warning rests; one that nobody has accepted yet. The leader took no part before. */
async function appeals(stage: Stage, now: Date): Promise<void> {
  const { desk, cast: { leader } } = stage;
  const as = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(desk, leader, work);
  const [first, second, third] = await warningsSince(desk, new Date(now.getTime() - 8 * DAY_HOURS * HOUR_MS));
  if (first) {
    stage.hoursAgo(7 * DAY_HOURS);
    const id = await file(desk, first, 'Tên miền này của hợp tác xã chúng tôi từ tháng 5/2025; kẻ khác mượn tên chúng tôi để nhắn tin. Trang không hỏi thẻ, mã OTP hay tiền của ai.', true);
    stage.hoursAgo(6 * DAY_HOURS);
    await as((tx) => acceptAppeal(desk, tx, leader, id, false, false));
    await as((tx) => askAppellant(desk, tx, leader, id, 'Hợp tác xã gửi giúp giấy tờ cho thấy ai đăng ký tên miền, và từ khi nào.'));
    stage.hoursAgo(5 * DAY_HOURS);
    await addAppealMessage(desk, id, 'Chúng tôi có hóa đơn của nhà đăng ký ngày 12/5/2025, đã gửi bản giấy đến bộ phận một cửa.');
    stage.hoursAgo(2 * DAY_HOURS);
    await as((tx) => decideAppeal(desk, tx, leader, id, 'reversed', 'Đã mở lại trang và đối chiếu hóa đơn: tên miền của hợp tác xã, không có biểu mẫu xin thẻ hay tiền. Ảnh chụp trong hồ sơ là của một trang khác.', EFFECTS));
  }
  if (second) {
    stage.hoursAgo(4 * DAY_HOURS);
    const id = await file(desk, second, 'Cửa hàng của tôi dùng tên miền này để bán hàng thật, có giấy phép. Cảnh báo làm khách bỏ đơn; xin tạm dừng trong khi xem xét.', true);
    stage.hoursAgo(3 * DAY_HOURS);
    await as((tx) => acceptAppeal(desk, tx, leader, id, true, false));
    await as((tx) => stayForAppeal(desk, tx, leader, id, 'Nếu cảnh báo sai thì thiệt hại của cửa hàng khó khắc phục; người dân vẫn được nhắc riêng.', EFFECTS));
  }
  if (third) {
    stage.hoursAgo(DAY_HOURS);
    await file(desk, third, 'Tên miền này tôi mới mua lại tuần trước, nội dung cũ không phải của tôi. Đề nghị xem lại và gỡ cảnh báo.', false);
  }
}

/** Public warnings in force since before an instant, the newest first, on whose case nobody else was notified. */
async function warningsSince(desk: Desk, before: Date): Promise<{ id: string; agencyId: string }[]> {
  return inTransaction(desk, system('demo'), (tx) => tx.selectFrom('decision').select(['id', 'agency_id as agencyId']).where('measure', '=', 'PUBLIC_WARNING').where('state', '=', 'in_force')
    .where('decided_at', '<', before).where('ends_on', '>', localDate(desk.clock.now()))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('decision as other').select('other.id').whereRef('other.case_id', '=', 'decision.case_id').whereRef('other.id', '<>', 'decision.id'))))
    .orderBy('decided_at', 'desc').limit(3).execute());
}

/** Files by the public page of the warning, as whoever it concerns would. @returns the id of the appeal */
async function file(desk: Desk, { id, agencyId }: { id: string; agencyId: string }, words: string, asksStay: boolean): Promise<string> {
  const { code, secret } = await fileAppeal(desk, {
    by: { party: 'affected', accessId: null, decisionId: id, agencyId }, words, asksStay, language: 'vi', email: null, formKey: `du-lieu-mau-xem-xet-${id}`,
  });
  return (await openAppeal(desk, code, secret))!;
}

/** The newest stopped report: its reporter asks that another officer looks again. */
async function stopReview({ desk, hoursAgo }: Stage): Promise<void> {
  hoursAgo(20);
  const stopped = await inTransaction(desk, system('demo'), (tx) => tx.selectFrom('report').innerJoin('gate_check', 'report_id', 'report.id').select('report.id').where('state', '=', 'stopped')
    .where('gate_check.at', '<', tx.now).where('erase_after', '>', new Date(tx.now.getTime() + 5 * DAY_HOURS * HOUR_MS)).orderBy('gate_check.at', 'desc').executeTakeFirst());
  if (stopped) await askStopReview(desk, stopped.id, 'Tôi kể chưa rõ nên bị hiểu nhầm. Tôi đã bị đòi chuyển tiền trước; xin cán bộ khác đọc lại giúp.');
}

/** Somebody asks to have a word put right, which waits for a first answer; somebody else to be erased, which was acknowledged. */
async function dataRequests({ desk, cast: { intake }, hoursAgo }: Stage): Promise<void> {
  const reports = await inTransaction(desk, system('demo'), (tx) => tx.selectFrom('report').select('id').where('state', '=', 'answered').where('category', '=', 'scam').orderBy('received_at', 'desc').limit(2).execute());
  const [erase, correct] = reports;
  if (erase) {
    hoursAgo(50);
    const { id } = await fileRequest(desk, erase.id, 'erase', 'Việc đã xong, tôi không muốn cơ quan giữ liên hệ và lời kể của tôi nữa.');
    hoursAgo(44);
    await inTransaction(desk, intake, (tx) => acknowledgeRequest(tx, intake, id));
  }
  if (correct) {
    hoursAgo(8);
    await fileRequest(desk, correct.id, 'correct', 'Tôi ghi nhầm số tiền: tôi mất 3 triệu, không phải 30 triệu.');
  }
}
