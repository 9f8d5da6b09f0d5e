import { CATEGORIES, type CategoryCode } from './categories.ts';
import type { Label } from './label.ts';

/** A milder step that a drafter must have considered (S5), answered one by one. */
export interface LesserOption {
  readonly code: string;
  readonly label: Label;
}

/** What a measure may name: technical traces of the case, never a person, a profile, a channel or a platform (S6). */
export const LOCATOR_KINDS = ['url', 'domain', 'phone', 'bank_account', 'file_hash'] as const;
export type LocatorKind = (typeof LOCATOR_KINDS)[number];

/** Who a measure is addressed to; the recipients themselves are kept in the directory. */
export const RECIPIENT_KINDS = [
  { code: 'platform', label: { vi: 'Nền tảng, mạng xã hội', en: 'Platform' } },
  { code: 'hoster', label: { vi: 'Nơi lưu trữ trang', en: 'Hosting provider' } },
  { code: 'registrar', label: { vi: 'Nhà đăng ký tên miền', en: 'Domain registrar' } },
  { code: 'telecom', label: { vi: 'Doanh nghiệp viễn thông', en: 'Telecom company' } },
  { code: 'bank', label: { vi: 'Ngân hàng, ví điện tử', en: 'Bank or wallet' } },
  { code: 'provincial_committee', label: { vi: 'UBND tỉnh', en: 'Provincial People’s Committee' } },
  { code: 'police', label: { vi: 'Cơ quan Công an', en: 'Police' } },
] as const satisfies readonly { code: string; label: Label }[];
export type RecipientKind = (typeof RECIPIENT_KINDS)[number]['code'];

/** Something this measure asks the drafter for beside what every decision has; kept under `code` in the decision's detail. */
export interface MeasureField {
  readonly code: string;
  readonly label: Label;
  readonly hint?: Label;
  readonly kind: 'line' | 'text' | 'date' | 'url' | 'sha256' | 'money';
  readonly required: boolean;
}

/** A time the law gives the recipient to act, shown to the drafter and in the letter. */
export interface StatutoryClock {
  readonly hours: number;
  readonly source: string;
}

/** Which document leaves the desk: a letter to each recipient, the same with hand-over minutes, a page for the public, or none. */
export type MeasureTemplate = 'letter' | 'hand_over' | 'page' | null;

export interface Measure {
  readonly code: string;
  readonly label: Label;
  /** What it does, in one sentence. */
  readonly does: Label;
  /** How it is undone when it ends, is withdrawn or reversed. */
  readonly undo: Label;
  /** Longest time one decision may run, in days (S6); null where nothing lasts. */
  readonly maxDays: number | null;
  readonly defaultDays: number | null;
  readonly categories: readonly CategoryCode[];
  readonly lesser: readonly LesserOption[];
  readonly locators: readonly LocatorKind[];
  readonly needsLocator: boolean;
  readonly recipients: readonly RecipientKind[];
  readonly fields: readonly MeasureField[];
  /** One officer may begin it for 24 hours where the category allows (S7). */
  readonly interim: boolean;
  readonly clock: StatutoryClock | null;
  readonly template: MeasureTemplate;
  /** False until what carries it out has landed; such a measure cannot be drafted. */
  readonly available: boolean;
}

/** Categories whose route is measures at all; threats lead to support and police, false alerts to a correction (SCOPE, positive elements). */
const BY_MEASURE: readonly CategoryCode[] = CATEGORIES.filter(({ route }) => route === 'measure').map(({ code }) => code);
const WITHOUT_CORRECTION: readonly CategoryCode[] = CATEGORIES.filter(({ route }) => route !== 'correction').map(({ code }) => code);
const ALL: readonly CategoryCode[] = CATEGORIES.map(({ code }) => code);
/** A public page names addresses; what was done to a person in pictures is never shown. */
const PUBLIC: readonly CategoryCode[] = BY_MEASURE.filter((code) => code !== 'intimate_images');
/** Money and numbers: categories in which accounts and telephones are tools of fraud. */
const FRAUD: readonly CategoryCode[] = ['scam', 'phishing_impersonation', 'malware_attack', 'personal_data_abuse', 'illegal_gambling_ads', 'counterfeit_unlicensed_goods', 'spam_calls_messages'];

const ADVISE: LesserOption = { code: 'advise_reporters', label: { vi: 'Chỉ nhắc riêng những người đã phản ánh', en: 'Advise only the people who reported' } };
const WARN: LesserOption = { code: 'public_warning', label: { vi: 'Chỉ cảnh báo công khai, không yêu cầu ai làm gì', en: 'Only warn the public, asking nobody to act' } };
const OWNER: LesserOption = { code: 'contact_owner', label: { vi: 'Chỉ liên hệ người vận hành để họ tự khắc phục', en: 'Only contact the operator so that they put it right' } };
const ASKED: MeasureField = {
  code: 'asked', kind: 'text', required: true, label: { vi: 'Đề nghị nơi nhận làm gì', en: 'What the recipient is asked to do' },
  hint: { vi: 'Nêu đúng việc và đúng nội dung, ví dụ: tạm ngừng phân giải tên miền nêu trên.', en: 'Exactly what, for exactly which item; for example: suspend resolution of the domain named above.' },
};
const NOTICE_UNDO: Label = { vi: 'Gửi thông báo hủy tới từng nơi đã nhận', en: 'A withdrawal is sent to every recipient' };

function notice<Code extends string>(code: Code, label: Label, does: Label, to: RecipientKind, maxDays: number, locators: readonly LocatorKind[], categories: readonly CategoryCode[], clock: StatutoryClock | null) {
  return {
    code, label, does, undo: NOTICE_UNDO, maxDays, defaultDays: maxDays, categories, lesser: [WARN, OWNER], locators, needsLocator: true, recipients: [to], fields: [ASKED],
    interim: true, clock, template: 'letter', available: true,
  } as const;
}

/** The closed measures (S1; accountability notes A.5). Removal of speech, profiles, channels and platforms is not among them. */
export const MEASURES = [
  {
    code: 'PUBLIC_WARNING',
    label: { vi: 'Cảnh báo công khai', en: 'Public warning' },
    does: { vi: 'Đăng cảnh báo có địa chỉ cụ thể, kèm việc người dân nên làm', en: 'Publishes a warning that names exact addresses and says what to do' },
    undo: { vi: 'Gỡ cảnh báo và rút khỏi các danh sách', en: 'The warning is taken down and leaves the lists' },
    maxDays: 180, defaultDays: 90, categories: PUBLIC,
    lesser: [
      ADVISE,
      { code: 'notify_operator', label: { vi: 'Chỉ báo cho bên vận hành trang hoặc nhà đăng ký tên miền', en: 'Notify only the site operator or registrar' } },
      { code: 'general_advice', label: { vi: 'Chỉ đăng lời khuyên chung, không nêu địa chỉ', en: 'Publish general advice without the address' } },
    ],
    locators: ['url', 'domain'], needsLocator: true, recipients: [], fields: [], interim: true, clock: null, template: 'page', available: true,
  },
  {
    code: 'CORRECTION',
    label: { vi: 'Thông tin đính chính', en: 'Correction' },
    does: { vi: 'Đăng thông tin chính thức trái với báo động giả; không đụng đến bài của ai', en: 'Publishes the official fact that contradicts a false alert; touches nobody’s post' },
    undo: { vi: 'Gỡ bản đính chính', en: 'The correction is taken down' },
    maxDays: 90, defaultDays: 30, categories: ['false_emergency_alert'], lesser: [ADVISE],
    locators: [], needsLocator: false, recipients: [], interim: false, clock: null, template: 'page', available: true,
    fields: [
      { code: 'claim', kind: 'text', required: true, label: { vi: 'Điều sai, nói bằng lời của cơ quan', en: 'The false claim, in the office’s own words' }, hint: { vi: 'Không trích bài, không nêu người đăng.', en: 'Quote no post and name no author.' } },
      { code: 'official_url', kind: 'url', required: true, label: { vi: 'Đường dẫn công bố chính thức', en: 'Address of the official publication' } },
      { code: 'official_sha256', kind: 'sha256', required: true, label: { vi: 'Mã băm SHA-256 của công bố đó', en: 'SHA-256 of that publication' } },
      { code: 'danger', kind: 'text', required: true, label: { vi: 'Nguy hiểm gần cho tính mạng, sức khỏe', en: 'The imminent danger to life or health' } },
    ],
  },
  notice('NOTICE_PLATFORM', { vi: 'Thông báo tới nền tảng', en: 'Notice to platform' }, { vi: 'Báo nền tảng về từng nội dung cụ thể trái luật', en: 'Tells a platform of exact unlawful items' }, 'platform', 90, ['url'], BY_MEASURE,
    { hours: 24, source: 'NĐ 147/2024/NĐ-CP' }),
  notice('NOTICE_HOSTER', { vi: 'Thông báo tới nơi lưu trữ', en: 'Notice to hoster' }, { vi: 'Báo nơi lưu trữ về trang hoặc tệp cụ thể', en: 'Tells a host of an exact page or file' }, 'hoster', 90, ['url', 'domain', 'file_hash'], BY_MEASURE, null),
  notice('NOTICE_REGISTRAR', { vi: 'Thông báo tới nhà đăng ký tên miền', en: 'Notice to registrar' }, { vi: 'Báo nhà đăng ký về tên miền dùng để lừa đảo', en: 'Tells a registrar of a domain used for fraud' }, 'registrar', 30, ['domain'], BY_MEASURE, null),
  notice('NOTICE_TELECOM', { vi: 'Thông báo tới nhà mạng', en: 'Notice to telecom' }, { vi: 'Báo nhà mạng về số điện thoại dùng để lừa đảo, quấy rối', en: 'Tells a telecom of a number used for fraud' }, 'telecom', 30, ['phone'], FRAUD, null),
  notice('NOTICE_BANK', { vi: 'Thông báo tới ngân hàng, ví', en: 'Notice to bank or wallet' }, { vi: 'Báo ngân hàng, ví về tài khoản nhận tiền lừa đảo', en: 'Tells a bank or wallet of an account that receives fraud' }, 'bank', 30, ['bank_account'], FRAUD, null),
  {
    code: 'REQUEST_MINISTRY',
    label: { vi: 'Đề nghị qua UBND tỉnh', en: 'Request through the provincial committee' },
    does: { vi: 'Đề nghị UBND tỉnh có văn bản gửi bộ, ngành có thẩm quyền', en: 'Asks the provincial committee to write to the competent ministry' },
    undo: NOTICE_UNDO, maxDays: 90, defaultDays: 90, categories: BY_MEASURE, lesser: [WARN, OWNER], locators: ['url', 'domain', 'phone', 'file_hash'], needsLocator: true,
    recipients: ['provincial_committee'], interim: false, clock: null, template: 'letter', available: true,
    fields: [{ code: 'ministry', kind: 'line', required: true, label: { vi: 'Bộ, ngành có thẩm quyền', en: 'The competent ministry' } }, ASKED],
  },
  {
    code: 'REFERRAL_POLICE',
    label: { vi: 'Chuyển cơ quan Công an', en: 'Referral to police' },
    does: { vi: 'Chuyển hồ sơ có dấu hiệu tội phạm, kèm biên bản bàn giao và danh mục', en: 'Hands a matter with signs of a crime to the police, with minutes and a manifest' },
    undo: { vi: 'Gửi thông báo rút hồ sơ đã chuyển', en: 'The police are told that the referral is withdrawn' },
    maxDays: null, defaultDays: null, categories: WITHOUT_CORRECTION, lesser: [], locators: LOCATOR_KINDS, needsLocator: false, recipients: ['police'],
    interim: false, clock: null, template: 'hand_over', available: true,
    fields: [
      { code: 'signs', kind: 'text', required: true, label: { vi: 'Dấu hiệu tội phạm', en: 'Signs of a crime' }, hint: { vi: 'Nêu hành vi, không nêu ai là người phạm tội.', en: 'What was done; never who did it.' } },
      { code: 'handed_by', kind: 'line', required: true, label: { vi: 'Người giao (chức danh)', en: 'Handed over by (office held)' } },
    ],
  },
  {
    code: 'ADMIN_DECISION_RECORDED',
    label: { vi: 'Ghi nhận quyết định xử phạt', en: 'Administrative decision recorded' },
    does: { vi: 'Ghi lại quyết định mà cơ quan có thẩm quyền đã ban hành; không tự xử phạt ai', en: 'Records a decision the competent authority has taken; fines nobody itself' },
    undo: { vi: 'Ghi lại việc quyết định đó bị hủy', en: 'That the decision was annulled is recorded' },
    maxDays: null, defaultDays: null, categories: BY_MEASURE, lesser: [], locators: ['url', 'domain'], needsLocator: false, recipients: [], interim: false, clock: null, template: null, available: true,
    fields: [
      { code: 'number', kind: 'line', required: true, label: { vi: 'Số, ký hiệu quyết định', en: 'Number of the decision' } },
      { code: 'date', kind: 'date', required: true, label: { vi: 'Ngày ban hành', en: 'Date' } },
      { code: 'authority', kind: 'line', required: true, label: { vi: 'Cơ quan ban hành', en: 'Authority' } },
      { code: 'fine', kind: 'money', required: false, label: { vi: 'Tiền phạt (đồng)', en: 'Fine (VND)' } },
      { code: 'remedy', kind: 'text', required: false, label: { vi: 'Biện pháp khắc phục hậu quả', en: 'Remedy ordered' } },
    ],
  },
  {
    code: 'SUPPORT',
    label: { vi: 'Hỗ trợ người bị ảnh hưởng', en: 'Support to the affected person' },
    does: { vi: 'Ghi sự hỗ trợ cho người bị hại: tư vấn, kết nối nơi giúp', en: 'Records help for the person harmed: advice, a contact that helps' },
    undo: { vi: 'Không có gì phải rút lại', en: 'Nothing to undo' },
    maxDays: null, defaultDays: null, categories: WITHOUT_CORRECTION, lesser: [], locators: [], needsLocator: false, recipients: [], interim: false, clock: null, template: null, available: true,
    fields: [{ code: 'help', kind: 'text', required: true, label: { vi: 'Đã hỗ trợ những gì, ai hỗ trợ', en: 'What help was given, and by whom' } }],
  },
  {
    code: 'NO_ACTION',
    label: { vi: 'Không áp dụng biện pháp', en: 'No action' },
    does: { vi: 'Kết luận không áp dụng biện pháp nào, có lý do; người phản ánh được xem xét lại', en: 'Concludes without a measure, with reasons; the reporter may ask for a review' },
    undo: { vi: 'Không có gì phải rút lại', en: 'Nothing to undo' },
    maxDays: null, defaultDays: null, categories: ALL, lesser: [], locators: [], needsLocator: false, recipients: [], fields: [], interim: false, clock: null, template: null, available: true,
  },
] as const satisfies readonly Measure[];

export type MeasureCode = (typeof MEASURES)[number]['code'];

/** All measure codes. */
export const MEASURE_CODES = MEASURES.map((measure) => measure.code) as [MeasureCode, ...MeasureCode[]];

/** The measure of a code. */
export function measureOf(code: MeasureCode): Measure {
  return MEASURES.find((measure) => measure.code === code)!;
}

/** May this measure answer this category? False emergency alerts know the correction only, threats support and police (SCOPE). */
export function measureFits(code: MeasureCode, category: CategoryCode): boolean {
  return measureOf(code).categories.includes(category);
}

/** The measures that may answer a category now, in the order of the list. */
export function measuresFor(category: CategoryCode): readonly (typeof MEASURES)[number][] {
  return MEASURES.filter((measure) => measure.available && measureFits(measure.code, category));
}
