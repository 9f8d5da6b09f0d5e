import type { Label } from './label.ts';

/** What a warning letter may be about (R22): a technical risk, and nothing else. Adding one is a change of the code. */
export const ALERT_KINDS = [
  { code: 'vulnerability', aim: 'close_hole', label: { vi: 'Lỗ hổng bảo mật', en: 'Vulnerability' }, hint: { vi: 'Phần mềm, thiết bị có lỗ hổng cần vá', en: 'Software or a device with a hole to be closed' } },
  { code: 'malware', aim: 'stop_malware', label: { vi: 'Mã độc', en: 'Malware' }, hint: { vi: 'Chương trình gây hại đang lây, kết nối đến máy chủ điều khiển', en: 'Harmful code that spreads, connections to a control server' } },
  { code: 'holiday_risk', aim: 'guard_holiday', label: { vi: 'Nguy cơ dịp nghỉ lễ, Tết', en: 'Holiday-season risk' }, hint: { vi: 'Việc cần làm trước và trong kỳ nghỉ dài ngày', en: 'What to do before and during a long holiday' } },
] as const satisfies readonly { code: string; aim: string; label: Label; hint: Label }[];
export type AlertKind = (typeof ALERT_KINDS)[number]['code'];

/** What a letter is for; each kind has its own, so that nobody writes one. Goes into the sentence of aim and basis. */
export const ALERT_AIMS = {
  close_hole: { vi: 'để các cơ quan khắc phục lỗ hổng trước khi bị lợi dụng', en: 'so that agencies close the hole before it is used' },
  stop_malware: { vi: 'để các cơ quan phát hiện, ngăn mã độc lây lan', en: 'so that agencies find the harmful code and stop it from spreading' },
  guard_holiday: { vi: 'để hệ thống của các cơ quan được an toàn trong kỳ nghỉ', en: 'so that the systems of agencies are safe over the holiday' },
} as const satisfies Readonly<Record<string, Label>>;
export type AlertAim = keyof typeof ALERT_AIMS;

/** The ground where the catalogue of law has none that fits. */
export const ALERT_DUTIES = {
  coordination: { vi: 'nhiệm vụ của cơ quan điều phối (Quyết định 14/2021/QĐ-UBND, Điều 5)', en: 'task of the coordinating agency (Decision 14/2021/QD-UBND, article 5)' },
} as const satisfies Readonly<Record<string, Label>>;
export type AlertDuty = keyof typeof ALERT_DUTIES;

/** The gate of a letter: all four must hold, for whoever submits and again for whoever approves. */
export const ALERT_CHECKS = [
  { code: 'technical', label: { vi: 'Thư chỉ nói về nguy cơ kỹ thuật: lỗ hổng, mã độc, việc bảo vệ hệ thống.', en: 'The letter is about a technical risk only: a vulnerability, malware, keeping systems safe.' } },
  { code: 'no_person', label: { vi: 'Thư không nêu tên, tài khoản, số điện thoại hay trang của bất kỳ người nào.', en: 'The letter gives no name, account, telephone number or page of any person.' } },
  { code: 'no_opinion', label: { vi: 'Thư không nói về ý kiến, lời phê bình, tin bài hay cuộc bàn luận nào.', en: 'The letter is about no opinion, criticism, article or debate.' } },
  { code: 'no_reputation', label: { vi: 'Thư không nhằm giữ uy tín của cơ quan, tổ chức hay cán bộ nào.', en: 'The letter does not serve the reputation of any agency, organisation or official.' } },
] as const satisfies readonly { code: string; label: Label }[];
export type AlertCheck = (typeof ALERT_CHECKS)[number]['code'];

/** What an agency may say it did. `ends`: nothing is left to do, so that the agency's task is done. */
export const ALERT_ANSWERS = [
  { code: 'not_affected', ends: true, label: { vi: 'Không dùng, không bị ảnh hưởng', en: 'Not affected' }, short: { vi: 'Không ảnh hưởng', en: 'Not affected' } },
  { code: 'nothing_found', ends: true, label: { vi: 'Đã kiểm tra, không phát hiện', en: 'Checked, nothing found' }, short: { vi: 'Không phát hiện', en: 'Nothing found' } },
  { code: 'handled', ends: true, label: { vi: 'Đã phát hiện và đã xử lý xong', en: 'Found and handled' }, short: { vi: 'Đã xử lý', en: 'Handled' } },
  { code: 'needs_help', ends: false, label: { vi: 'Đã phát hiện, cần hỗ trợ', en: 'Found, needs help' }, short: { vi: 'Cần hỗ trợ', en: 'Needs help' } },
  { code: 'not_finished', ends: false, label: { vi: 'Chưa làm xong, hẹn ngày xong', en: 'Not finished, done by a day' }, short: { vi: 'Chưa xong', en: 'Not finished' } },
] as const satisfies readonly { code: string; ends: boolean; label: Label; short: Label }[];
export type AlertAnswer = (typeof ALERT_ANSWERS)[number]['code'];

/** How an answer came: in the desk, or told to the sender's officer. */
export const ALERT_WAYS = {
  desk: { vi: 'Trên hệ thống', en: 'In the desk' }, paper: { vi: 'Bằng văn bản giấy', en: 'On paper' }, phone: { vi: 'Qua điện thoại', en: 'By telephone' },
} as const satisfies Readonly<Record<string, Label>>;
export type AlertWay = keyof typeof ALERT_WAYS;

