/**
 * National telephone numbers a person may need now. Written down from memory and public pages: numbers change, so each is a
 * setting that a deployment confirms (`checked` = the day somebody rang it, null = nobody has).
 * @NOTE a wrong number here sends a frightened person to a stranger: confirm all before going live.
 */
import type { Label } from './label.ts';

export const HOTLINE_KINDS = [
  'emergency', 'police', 'child', 'spam', 'bank', 'wallet', 'telecom', 'identity', 'consumer', 'health', 'support',
] as const;
export type HotlineKind = (typeof HOTLINE_KINDS)[number];

export interface Hotline {
  readonly key: string;
  readonly kind: HotlineKind;
  readonly label: Label;
  /** Digits as dialled inside Viet Nam. */
  readonly number: string;
  /** Cost of a call; null when not known. 1900 numbers cost, 1800 and short emergency numbers are free. */
  readonly cost: 'free' | 'paid' | null;
  /** Always true: the deployment must confirm the number. */
  readonly setting: true;
  /** Day of confirmation, ISO, or null. */
  readonly checked: string | null;
}

function hotline(key: string, kind: HotlineKind, number: string, vi: string, en: string): Hotline {
  const paid = number.startsWith('1900');
  const free = number.startsWith('1800') || number.length <= 4;
  return { key, kind, label: { vi, en }, number, cost: paid ? 'paid' : free ? 'free' : null, setting: true, checked: null };
}

export const HOTLINES: readonly Hotline[] = [
  hotline('police', 'police', '113', 'Công an', 'Police'),
  hotline('fire', 'emergency', '114', 'Cứu hỏa, cứu nạn', 'Fire and rescue'),
  hotline('ambulance', 'emergency', '115', 'Cấp cứu y tế', 'Ambulance'),
  hotline('rescue', 'emergency', '112', 'Tìm kiếm, cứu nạn', 'Search and rescue'),
  hotline('child', 'child', '111', 'Tổng đài quốc gia bảo vệ trẻ em', 'National child protection hotline'),
  hotline('spam', 'spam', '156', 'Báo cuộc gọi, tin nhắn lừa đảo hoặc rác', 'Report scam or spam calls and messages'),
  hotline('spam_sms', 'spam', '5656', 'Báo tin nhắn rác, cuộc gọi rác (nhắn tin)', 'Report spam by text message'),
  hotline('vneid', 'identity', '19000368', 'Hỗ trợ VNeID', 'VNeID support'),
  hotline('public_services', 'identity', '18001096', 'Cổng Dịch vụ công quốc gia', 'National public service portal'),
  hotline('credit_information', 'identity', '1800585891', 'Trung tâm Thông tin tín dụng quốc gia (CIC)', 'National Credit Information Centre (CIC)'),
  hotline('social_insurance', 'identity', '19009068', 'Bảo hiểm xã hội Việt Nam', 'Viet Nam Social Security'),
  hotline('consumer', 'consumer', '18006838', 'Tư vấn, hỗ trợ người tiêu dùng', 'Consumer advice'),
  hotline('market_surveillance', 'consumer', '1900888655', 'Quản lý thị trường', 'Market surveillance'),
  hotline('post', 'consumer', '1900545481', 'Bưu điện Việt Nam', 'Vietnam Post'),
  hotline('electricity', 'consumer', '19006769', 'Điện lực miền Bắc', 'Northern Power Corporation'),
  hotline('health', 'health', '19009095', 'Đường dây nóng Bộ Y tế', 'Ministry of Health hotline'),
  hotline('peace_house', 'support', '1900969680', 'Ngôi nhà Bình yên (hỗ trợ phụ nữ bị bạo lực)', 'Peace House (support for women facing violence)'),
  hotline('viettel', 'telecom', '18008098', 'Viettel', 'Viettel'),
  hotline('vinaphone', 'telecom', '18001091', 'VinaPhone', 'VinaPhone'),
  hotline('mobifone', 'telecom', '18001090', 'MobiFone', 'MobiFone'),
  hotline('vietcombank', 'bank', '1900545413', 'Vietcombank', 'Vietcombank'),
  hotline('bidv', 'bank', '19009247', 'BIDV', 'BIDV'),
  hotline('agribank', 'bank', '1900558818', 'Agribank', 'Agribank'),
  hotline('vietinbank', 'bank', '1900558868', 'VietinBank', 'VietinBank'),
  hotline('techcombank', 'bank', '1800588822', 'Techcombank', 'Techcombank'),
  hotline('mb', 'bank', '1900545426', 'MB', 'MB'),
  hotline('vpbank', 'bank', '1900545415', 'VPBank', 'VPBank'),
  hotline('acb', 'bank', '1900545486', 'ACB', 'ACB'),
  hotline('sacombank', 'bank', '1800585888', 'Sacombank', 'Sacombank'),
  hotline('tpbank', 'bank', '1900585885', 'TPBank', 'TPBank'),
  hotline('hdbank', 'bank', '19006060', 'HDBank', 'HDBank'),
  hotline('vib', 'bank', '18008180', 'VIB', 'VIB'),
  hotline('msb', 'bank', '19006083', 'MSB', 'MSB'),
  hotline('lpbank', 'bank', '1800577758', 'LPBank', 'LPBank'),
  hotline('seabank', 'bank', '1900555587', 'SeABank', 'SeABank'),
  hotline('momo', 'wallet', '1900545441', 'Ví MoMo', 'MoMo wallet'),
  hotline('zalopay', 'wallet', '1900545436', 'ZaloPay', 'ZaloPay'),
];

export type HotlineKey = string;

/** The hotline with this key, or undefined. */
export function hotlineByKey(key: HotlineKey): Hotline | undefined {
  return HOTLINES.find((entry) => entry.key === key);
}

/** The numbers of one kind, in the order of the table. */
export function hotlinesOf(kind: HotlineKind): readonly Hotline[] {
  return HOTLINES.filter((entry) => entry.kind === kind);
}

/**
 * What 156 and 5656 understand: the first letters of the message (trangcongnghe.vn). Free of charge.
 * `content` stands in the second brackets when nothing more exact is known; no diacritics, so that one message holds it.
 */
export const SPAM_SYNTAX = {
  spam_message: { prefix: 'S', label: { vi: 'Tin nhắn rác', en: 'Spam message' }, content: 'quang cao, lam phien' },
  nuisance_call: { prefix: 'V', label: { vi: 'Cuộc gọi rác', en: 'Nuisance call' }, content: 'goi quang cao, lam phien' },
  scam_call: { prefix: 'LD', label: { vi: 'Cuộc gọi lừa đảo', en: 'Scam call' }, content: 'goi lua dao' },
} as const satisfies Readonly<Record<string, { prefix: string; label: Label; content: string }>>;
export type SpamReportKind = keyof typeof SPAM_SYNTAX;

/**
 * The message to copy and send to 156 or 5656, e.g. `LD (0900000123) (gia danh cong an)`. Brackets inside the parts become
 * spaces, because brackets are the only separators.
 */
export function spamReportText(kind: SpamReportKind, source: string, content: string): string {
  const clean = (part: string) => part.replace(/[()\s]+/gu, ' ').trim();
  return `${SPAM_SYNTAX[kind].prefix} (${clean(source)}) (${clean(content)})`;
}

/**
 * An address that opens a text message ready to send (RFC 5724). `?&body` because iOS wants `&` and Android `?`; each skips the
 * other's sign. `to` in digits.
 */
export function smsAddress(to: string, body: string): string {
  return `sms:${to}?&body=${encodeURIComponent(body)}`;
}
