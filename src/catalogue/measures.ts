import type { CategoryCode } from './categories.ts';
import type { Label } from './label.ts';

/** A milder step that a drafter must have considered (S5), answered one by one. */
export interface LesserOption {
  readonly code: string;
  readonly label: Label;
}

export interface Measure {
  readonly code: string;
  readonly label: Label;
  /** Longest time one decision may run, in days (S6); null where nothing lasts. */
  readonly maxDays: number | null;
  readonly defaultDays: number | null;
  readonly categories: readonly CategoryCode[] | 'all_but_correction';
  readonly lesser: readonly LesserOption[];
  /** False until the issue that builds its sending and undoing has landed; such a measure cannot be drafted. */
  readonly available: boolean;
}

/** The closed measures (S1; accountability notes A.5). Removal of speech, profiles, channels and platforms is not among them. */
export const MEASURES = [
  {
    code: 'PUBLIC_WARNING',
    label: { vi: 'Cảnh báo công khai', en: 'Public warning' },
    maxDays: 180,
    defaultDays: 90,
    categories: [
      'scam', 'phishing_impersonation', 'malware_attack', 'personal_data_abuse', 'illegal_gambling_ads',
      'counterfeit_unlicensed_goods', 'spam_calls_messages',
    ],
    lesser: [
      { code: 'advise_reporters', label: { vi: 'Chỉ nhắc riêng những người đã phản ánh', en: 'Advise only the people who reported' } },
      { code: 'notify_operator', label: { vi: 'Chỉ báo cho bên vận hành trang hoặc nhà đăng ký tên miền', en: 'Notify only the site operator or registrar' } },
      { code: 'general_advice', label: { vi: 'Chỉ đăng lời khuyên chung, không nêu địa chỉ', en: 'Publish general advice without the address' } },
    ],
    available: true,
  },
  { code: 'CORRECTION', label: { vi: 'Thông tin đính chính', en: 'Correction' }, maxDays: 90, defaultDays: 30, categories: ['false_emergency_alert'], lesser: [], available: false },
  { code: 'NOTICE_PLATFORM', label: { vi: 'Thông báo tới nền tảng', en: 'Notice to platform' }, maxDays: 90, defaultDays: 90, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'NOTICE_HOSTER', label: { vi: 'Thông báo tới nơi lưu trữ', en: 'Notice to hoster' }, maxDays: 90, defaultDays: 90, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'NOTICE_REGISTRAR', label: { vi: 'Thông báo tới nhà đăng ký tên miền', en: 'Notice to registrar' }, maxDays: 30, defaultDays: 30, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'NOTICE_TELECOM', label: { vi: 'Thông báo tới nhà mạng', en: 'Notice to telecom' }, maxDays: 30, defaultDays: 30, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'NOTICE_BANK', label: { vi: 'Thông báo tới ngân hàng, ví', en: 'Notice to bank or wallet' }, maxDays: 30, defaultDays: 30, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'REQUEST_MINISTRY', label: { vi: 'Đề nghị qua UBND tỉnh', en: 'Request through the provincial committee' }, maxDays: 90, defaultDays: 90, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'REFERRAL_POLICE', label: { vi: 'Chuyển cơ quan Công an', en: 'Referral to police' }, maxDays: null, defaultDays: null, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'ADMIN_DECISION_RECORDED', label: { vi: 'Ghi nhận quyết định xử phạt', en: 'Administrative decision recorded' }, maxDays: null, defaultDays: null, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'SUPPORT', label: { vi: 'Hỗ trợ người bị ảnh hưởng', en: 'Support to the affected person' }, maxDays: null, defaultDays: null, categories: 'all_but_correction', lesser: [], available: false },
  { code: 'NO_ACTION', label: { vi: 'Không áp dụng biện pháp', en: 'No action' }, maxDays: null, defaultDays: null, categories: 'all_but_correction', lesser: [], available: false },
] as const satisfies readonly Measure[];

export type MeasureCode = (typeof MEASURES)[number]['code'];

/** All measure codes. */
export const MEASURE_CODES = MEASURES.map((measure) => measure.code) as [MeasureCode, ...MeasureCode[]];

/** The measure of a code. */
export function measureOf(code: MeasureCode): Measure {
  return MEASURES.find((measure) => measure.code === code)!;
}

/** May this measure answer this category? False emergency alerts know the correction only (SCOPE). */
export function measureFits(code: MeasureCode, category: CategoryCode): boolean {
  const { categories } = measureOf(code);
  return categories === 'all_but_correction' ? category !== 'false_emergency_alert' : categories.includes(category);
}
