import type { Label } from './label.ts';

/** Where a category may lead at most; "correction" and "support" never reach a removal (SCOPE, positive elements). */
export type Route = 'measure' | 'support_and_police' | 'correction';

/** One thing that must hold before a report of a speech-adjacent category may pass the gate (SCOPE). */
export interface PositiveElement {
  readonly code: string;
  readonly label: Label;
}

export interface Category {
  readonly code: string;
  readonly label: Label;
  /** What a frightened person recognises, not a legal term. */
  readonly plain: Label;
  readonly hint: Label;
  readonly route: Route;
  /** Technical or fraud categories: only there may indicators link cases (SCOPE, never built 3). */
  readonly linksCases: boolean;
  /** One officer may act for 24 hours (S7). */
  readonly interim: boolean;
  /** What people say is near: a legal officer looks as well (notes on due process, A.5). */
  readonly legalReview: boolean;
  /** False where an image may never be stored (SCOPE, intimate images). */
  readonly storesImages: boolean;
  readonly positive: readonly PositiveElement[];
}

/**
 * THE closed list (SCOPE.md). The database domain `harm_category`, the forms, the API and the documents derive from or
 * are compared with this table. Adding one is a code change and a public log entry, never a setting.
 */
export const CATEGORIES = [
  {
    code: 'scam',
    label: { vi: 'Lừa đảo', en: 'Scam' },
    plain: { vi: 'Bị lừa tiền, hoặc có người đang lừa', en: 'Lost money, or someone is trying to trick me' },
    hint: { vi: 'Chuyển khoản, việc nhẹ lương cao, đầu tư, vay tiền', en: 'Transfers, easy jobs, investments, loans' },
    route: 'measure', linksCases: true, interim: true, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'phishing_impersonation',
    label: { vi: 'Giả mạo', en: 'Impersonation' },
    plain: { vi: 'Trang web, ứng dụng, tin nhắn giả mạo', en: 'Fake website, app or message' },
    hint: { vi: 'Giả ngân hàng, VNeID, công an, bưu điện', en: 'Pretending to be a bank, VNeID, police, post office' },
    route: 'measure', linksCases: true, interim: true, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'malware_attack',
    label: { vi: 'Mã độc, tấn công mạng', en: 'Malware or attack' },
    plain: { vi: 'Máy, điện thoại, tài khoản bị chiếm hoặc nhiễm mã độc', en: 'Device or account taken over or infected' },
    hint: { vi: 'Ứng dụng lạ, mất quyền vào tài khoản, tệp bị khóa', en: 'Strange app, locked out, files encrypted' },
    route: 'measure', linksCases: true, interim: true, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'personal_data_abuse',
    label: { vi: 'Dữ liệu cá nhân', en: 'Personal data' },
    plain: { vi: 'Thông tin cá nhân bị lộ, bị dùng trái phép', en: 'My personal data leaked or misused' },
    hint: { vi: 'Giấy tờ, số điện thoại, tài khoản bị dùng để vay tiền', en: 'Papers, phone number, used to borrow money' },
    route: 'measure', linksCases: true, interim: true, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'illegal_gambling_ads',
    label: { vi: 'Quảng cáo đánh bạc', en: 'Gambling adverts' },
    plain: { vi: 'Quảng cáo, lôi kéo đánh bạc', en: 'Advertising or luring into gambling' },
    hint: { vi: 'Trang cá độ, nổ hũ, game đổi tiền', en: 'Betting, slots, games for money' },
    route: 'measure', linksCases: true, interim: false, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'counterfeit_unlicensed_goods',
    label: { vi: 'Hàng giả, không phép', en: 'Counterfeit or unlicensed' },
    plain: { vi: 'Bán hàng giả, hàng cấm, thuốc không phép', en: 'Counterfeit, banned or unlicensed goods' },
    hint: { vi: 'Thuốc, thực phẩm chức năng, hàng nhái', en: 'Medicine, supplements, fakes' },
    route: 'measure', linksCases: true, interim: false, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'spam_calls_messages',
    label: { vi: 'Tin rác, cuộc gọi rác', en: 'Spam calls and messages' },
    plain: { vi: 'Tin nhắn rác, cuộc gọi rác', en: 'Spam messages or calls' },
    hint: { vi: 'Quảng cáo không xin phép, gọi liên tục', en: 'Unwanted adverts, repeated calls' },
    route: 'measure', linksCases: true, interim: false, legalReview: false, storesImages: true, positive: [],
  },
  {
    code: 'intimate_images',
    label: { vi: 'Hình ảnh riêng tư', en: 'Intimate images' },
    plain: { vi: 'Hình ảnh riêng tư bị phát tán', en: 'Intimate images shared without consent' },
    hint: { vi: 'Chúng tôi không lưu hình ảnh của bạn', en: 'We never store your images' },
    route: 'measure', linksCases: false, interim: true, legalReview: true, storesImages: false,
    positive: [
      {
        code: 'reported_by_person_shown',
        label: {
          vi: 'Người trong ảnh, hoặc người được họ ủy quyền, gửi phản ánh (trẻ em: ai cũng được)',
          en: 'The person shown, or someone they authorised, reports (for a child: anyone)',
        },
      },
    ],
  },
  {
    code: 'threat_harassment',
    label: { vi: 'Đe dọa, quấy rối', en: 'Threats, harassment' },
    plain: { vi: 'Bị đe dọa, quấy rối', en: 'Threatened or harassed' },
    hint: { vi: 'Dọa đánh, dọa giết, khủng bố đòi nợ', en: 'Threats of violence, debt-collection terror' },
    route: 'support_and_police', linksCases: false, interim: true, legalReview: true, storesImages: true,
    positive: [
      {
        code: 'identifiable_target',
        label: { vi: 'Có người bị nhắm tới xác định được', en: 'The target is identifiable' },
      },
      {
        code: 'serious_harm_threatened',
        label: { vi: 'Đe dọa bạo lực hoặc gây hại nghiêm trọng', en: 'An act of violence or serious harm is threatened' },
      },
      {
        code: 'reasonably_taken_seriously',
        label: { vi: 'Người bình thường sẽ coi là thật', en: 'A reasonable person would take it seriously' },
      },
    ],
  },
  {
    code: 'false_emergency_alert',
    label: { vi: 'Báo động giả', en: 'False emergency alert' },
    plain: { vi: 'Tin báo động sai về dịch bệnh, thiên tai', en: 'False alarm about an epidemic or disaster' },
    hint: { vi: 'Có thể gây nguy hiểm tính mạng, sức khỏe', en: 'May endanger life or health' },
    route: 'correction', linksCases: false, interim: false, legalReview: true, storesImages: true,
    positive: [
      {
        code: 'checkable_claim',
        label: { vi: 'Là thông tin thực tế kiểm chứng được', en: 'It is a factual claim that can be checked' },
      },
      {
        code: 'official_fact_published',
        label: {
          vi: 'Thông tin chính thức trái ngược đã được công bố (có đường dẫn và mã băm)',
          en: 'A contrary official fact is already published (link and hash)',
        },
      },
      {
        code: 'imminent_danger',
        label: { vi: 'Nguy hiểm cho tính mạng, sức khỏe là rõ và gần', en: 'Danger to life or health is likely and imminent' },
      },
      {
        code: 'not_personal_experience',
        label: { vi: 'Không phải trải nghiệm cá nhân', en: 'It is not personal experience' },
      },
    ],
  },
] as const satisfies readonly Category[];

export type CategoryCode = (typeof CATEGORIES)[number]['code'];

/** All category codes, in the order people see them. */
export const CATEGORY_CODES = CATEGORIES.map((category) => category.code) as [CategoryCode, ...CategoryCode[]];

/** The category of a code; codes are closed, so it always exists. */
export function categoryOf(code: CategoryCode): Category {
  return CATEGORIES.find((category) => category.code === code)!;
}
