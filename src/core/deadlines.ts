import type { Calendar } from '#catalogue/holidays.ts';

export type { Calendar } from '#catalogue/holidays.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Asia/Ho_Chi_Minh is UTC+7 without daylight saving since 1975 (IANA tz database). */
const VIETNAM_OFFSET = 7 * HOUR;

/** The date in Vietnam of an instant, YYYY-MM-DD. */
export function localDate(date: Date): string {
  return new Date(date.getTime() + VIETNAM_OFFSET).toISOString().slice(0, 10);
}

/** The date n calendar days later (earlier when negative). Dates YYYY-MM-DD; RangeError when `from` is none. */
export function addDays(from: string, n: number): string {
  return new Date(utc(from) + n * DAY).toISOString().slice(0, 10);
}

/** The date n calendar months later; the last day of the month where that day does not exist (BLDS 2015 Điều 148.3). */
export function addMonths(from: string, n: number): string {
  const start = new Date(utc(from));
  const month = start.getUTCMonth() + n;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(start.getUTCDate(), lastDay);
  return new Date(Date.UTC(start.getUTCFullYear(), month, day)).toISOString().slice(0, 10);
}

/** Whether offices work that day: Monday to Friday unless off, and Saturdays swapped in. */
export function isWorkingDay(date: string, calendar: Calendar): boolean {
  if (calendar.workingSaturdays.has(date)) return true;
  const weekday = new Date(utc(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.off.has(date);
}

/**
 * The n-th working day after `from`; the first day is not counted (BLDS 2015 Điều 147.1). With n = 0, `from` itself or,
 * when nobody works then, the next working day (Điều 148.5). RangeError when n is negative or not whole.
 */
export function addWorkingDays(from: string, n: number, calendar: Calendar): string {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`working days: ${n}`);
  let date = from;
  while (n === 0 && !isWorkingDay(date, calendar)) date = addDays(date, 1);
  for (let left = n; left > 0; left -= isWorkingDay(date, calendar) ? 1 : 0) date = addDays(date, 1);
  return date;
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. Inverse of `addWorkingDays`. */
export function workingDaysBetween(from: string, to: string, calendar: Calendar): number {
  if (to < from) return 0 - workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let date = from; date < to; ) {
    date = addDays(date, 1);
    if (isWorkingDay(date, calendar)) count += 1;
  }
  return count;
}

/** One row of the table: how long, in what unit, and why. `rolls`: a last day off moves to the next working day. */
export interface Deadline {
  amount: number;
  unit: 'hour' | 'working_day' | 'day' | 'month';
  rolls: boolean;
  label: { vi: string; en: string };
  source: string;
}

function row(
  amount: number, unit: Deadline['unit'], vi: string, en: string, source: string, rolls = unit === 'day',
): Deadline {
  return { amount, unit, rolls, label: { vi, en }, source };
}

/**
 * Default deadlines and terms. A deployment may shorten a deadline, never lengthen or remove it. Terms of a measure and
 * retention (last argument false) end on their day even when it is a holiday: a delay would lengthen the measure.
 */
export const DEADLINES = {
  acknowledge: row(
    2, 'working_day', 'Xác nhận đã nhận phản ánh', 'Acknowledge a report',
    'NĐ 356/2025 (answer a data subject in 2 working days), by analogy',
  ),
  gate: row(3, 'working_day', 'Kiểm tra phạm vi', 'Scope check (the gate)', 'Own rule'),
  stopReview: row(
    5, 'working_day', 'Cán bộ khác xem lại phản ánh đã dừng', 'Another officer reviews a stop',
    'Own rule (SCOPE, the gate)',
  ),
  transfer: row(
    5, 'working_day', 'Chuyển đúng nơi có thẩm quyền', 'Transfer to the competent agency',
    'NĐ 20/2008/NĐ-CP',
  ),
  handOver: row(3, 'working_day', 'Bàn giao việc của cán bộ đã thôi nhiệm vụ', 'Hand over the work of an officer who left', 'Own rule'),
  answerReporter: row(
    10, 'working_day', 'Trả lời người phản ánh', 'Answer the reporter',
    'Luật Tiếp công dân 2013 Điều 28',
  ),
  interim: row(
    24, 'hour', 'Biện pháp khẩn cấp tự hết hiệu lực', 'Urgent interim measure dies',
    'SCOPE S7; NĐ 147/2024 (24 h); eSafety (24 h)',
  ),
  opinion: row(
    5, 'working_day', 'Cơ quan cho ý kiến', 'Agency gives its opinion',
    'Coordination regulation Điều 3.2b; length set by the deployment',
  ),
  opinionLongest: row(
    15, 'working_day', 'Thời hạn cho ý kiến dài nhất', 'Longest time to give an opinion',
    'Own rule: longer ones become a plan, not a request',
  ),
  opinionReminder: row(3, 'working_day', 'Nhắc cho ý kiến', 'Reminder to give an opinion', 'Own rule'),
  alertAnswer: row(10, 'working_day', 'Cơ quan trả lời thư cảnh báo', 'Agency answers a warning letter', 'Coordination regulation Điều 5; the letter may set fewer days'),
  holidayLetter: row(10, 'working_day', 'Chuẩn bị thư cảnh báo trước dịp nghỉ dài', 'Prepare the warning letter before a long holiday', 'Own rule'),
  keepAlertWords: row(60, 'month', 'Giữ lời văn trả lời thư cảnh báo', 'Keep the words of answers to warning letters', 'Own rule (SCOPE S13)', false),
  tellAffected: row(
    24, 'hour', 'Báo người bị ảnh hưởng', 'Tell the person affected',
    'Regulation (EU) 2022/2065 Articles 9(5), 17(2), as good practice',
  ),
  warningDefault: row(
    90, 'day', 'Thời hạn cảnh báo', 'Term of a warning',
    'Own rule; renewal is a new decision (SCOPE S6)', false,
  ),
  warningMax: row(
    180, 'day', 'Thời hạn cảnh báo tối đa', 'Longest term of a warning',
    'Own rule; lists expire within 6 months (SCOPE S6)', false,
  ),
  noticeDefault: row(
    90, 'day', 'Thời hạn thông báo cho nền tảng', 'Term of a notice to a platform',
    'Own rule (SCOPE S6)', false,
  ),
  requestDefault: row(
    30, 'day', 'Thời hạn đề nghị ngân hàng, viễn thông, tên miền', 'Term of a request to a bank, telecom or registrar',
    'Own rule after the Korean 30 days (SCOPE S6)', false,
  ),
  effectReport: row(10, 'day', 'Nơi nhận báo kết quả thực hiện', 'Recipient reports the effect', 'Own rule'),
  appealWindow: row(
    6, 'month', 'Thời hạn đề nghị xem xét lại', 'Window to ask for a review',
    'Regulation (EU) 2022/2065 Article 20(1), as good practice', true,
  ),
  complaintWindow: row(
    90, 'day', 'Thời hiệu khiếu nại', 'Window for a statutory complaint',
    'Luật Khiếu nại 2011 Điều 9',
  ),
  appealAccept: row(7, 'working_day', 'Thụ lý đề nghị xem xét lại', 'Accept an appeal', 'NĐ 155/2026/NĐ-CP Điều 10'),
  appealDecide: row(30, 'day', 'Giải quyết đề nghị xem xét lại', 'Decide an appeal', 'Luật Khiếu nại 2011 Điều 28'),
  appealDecideComplex: row(
    45, 'day', 'Giải quyết vụ việc phức tạp', 'Decide a complex appeal',
    'Luật Khiếu nại 2011 Điều 28',
  ),
  appealDecideRemote: row(
    45, 'day', 'Giải quyết ở vùng sâu, vùng xa', 'Decide an appeal from a remote area',
    'Luật Khiếu nại 2011 Điều 28',
  ),
  appealDecideRemoteComplex: row(
    60, 'day', 'Giải quyết vụ việc phức tạp ở vùng sâu, vùng xa', 'Decide a complex appeal from a remote area',
    'Luật Khiếu nại 2011 Điều 28',
  ),
  secondComplaint: row(
    30, 'day', 'Khiếu nại lần hai hoặc khởi kiện sau kết quả', 'Second complaint or court after the outcome',
    'Luật Khiếu nại 2011 Điều 33',
  ),
  reversal: row(
    1, 'working_day', 'Thi hành việc đảo ngược quyết định', 'Carry out a reversal',
    'Own rule (SCOPE S9)',
  ),
  documentRegister: row(
    1, 'working_day', 'Vào sổ, phát hành văn bản đi; vào sổ, trình văn bản đến', 'Register and dispatch what goes out, register and pass on what came',
    'NĐ 30/2020/NĐ-CP Điều 18.1, 23.1',
  ),
  dataSubjectAnswer: row(
    2, 'working_day', 'Trả lời yêu cầu về dữ liệu cá nhân', 'Answer a data-subject request',
    'NĐ 356/2025/NĐ-CP',
  ),
  dataSubjectAccess: row(
    10, 'day', 'Cung cấp, chỉnh sửa dữ liệu cá nhân', 'Give or correct personal data',
    'NĐ 356/2025/NĐ-CP',
  ),
  dataSubjectRestrict: row(
    15, 'day', 'Rút đồng ý, hạn chế, phản đối xử lý', 'Withdraw, restrict or object',
    'NĐ 356/2025/NĐ-CP',
  ),
  dataSubjectErase: row(20, 'day', 'Xóa dữ liệu cá nhân', 'Erase personal data', 'NĐ 356/2025/NĐ-CP'),
  dataSubjectAccessMore: row(
    10, 'day', 'Gia hạn cung cấp, chỉnh sửa dữ liệu (một lần)', 'More time to give or correct personal data (once)',
    'NĐ 356/2025/NĐ-CP',
  ),
  dataSubjectRestrictMore: row(
    15, 'day', 'Gia hạn rút đồng ý, hạn chế, phản đối (một lần)', 'More time to withdraw, restrict or object (once)',
    'NĐ 356/2025/NĐ-CP',
  ),
  dataSubjectEraseMore: row(
    20, 'day', 'Gia hạn xóa dữ liệu cá nhân (một lần)', 'More time to erase personal data (once)',
    'NĐ 356/2025/NĐ-CP',
  ),
  breach: row(
    72, 'hour', 'Báo cáo vi phạm dữ liệu cá nhân', 'Report a personal-data breach',
    'Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP',
  ),
  publishReasons: row(
    30, 'day', 'Trì hoãn công bố lý do tối đa', 'Longest delay in publishing reasons',
    'Regulation (EU) 2022/2065 Article 24(5), as good practice', false,
  ),
  eraseStopped: row(30, 'day', 'Xóa phản ánh ngoài phạm vi', 'Erase a stopped report', 'SCOPE, the gate', false),
  keepContact: row(
    12, 'month', 'Giữ thông tin liên hệ sau khi đóng vụ việc', 'Keep contact details after closing',
    'Own rule (SCOPE S13)', false,
  ),
  courtWindow: row(
    12, 'month', 'Thời hiệu khởi kiện', 'Window to go to court',
    'Luật Tố tụng hành chính 2015 Điều 116', true,
  ),
  keepCase: row(
    18, 'month', 'Giữ nội dung hồ sơ sau khi đóng vụ việc', 'Keep the contents of a case after closing',
    'Own rule: the window for a review and the one for a court, one after the other (SCOPE S13)', false,
  ),
  keepReasons: row(
    60, 'month', 'Giữ bản lý do đã công bố', 'Keep the published statement of reasons',
    'DSA Transparency Database, 5 years', false,
  ),
} as const satisfies Readonly<Record<string, Deadline>>;

/** Name of a row of `DEADLINES`. */
export type DeadlineName = keyof typeof DEADLINES;

/**
 * The last instant of a deadline that starts now: hours are counted exactly; days, working days and months end with the
 * last local day (BLDS 2015 Điều 148.6), given as its last millisecond so that `localDate` of it is that day.
 * `amount` shortens the default; a longer one throws RangeError.
 */
export function dueAt(
  name: DeadlineName, from: Date, calendar: Calendar, amount: number = DEADLINES[name].amount,
): Date {
  const deadline: Deadline = DEADLINES[name];
  if (!(amount > 0 && amount <= deadline.amount)) {
    throw new RangeError(`${name}: at most ${deadline.amount}, not ${amount}`);
  }
  if (deadline.unit === 'hour') return new Date(from.getTime() + amount * HOUR);
  return new Date(utc(lastDay(deadline, localDate(from), amount, calendar)) + DAY - 1 - VIETNAM_OFFSET);
}

function lastDay({ unit, rolls }: Deadline, from: string, amount: number, calendar: Calendar): string {
  if (unit === 'working_day') return addWorkingDays(from, amount, calendar);
  const last = unit === 'month' ? addMonths(from, amount) : addDays(from, amount);
  return rolls ? addWorkingDays(last, 0, calendar) : last;
}

function utc(date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (date.length !== 10 || Number.isNaN(time) || !new Date(time).toISOString().startsWith(date)) {
    throw new RangeError(`not a date: ${date}`);
  }
  return time;
}
