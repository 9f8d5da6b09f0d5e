import type { CategoryCode } from './categories.ts';
import type { Label } from './label.ts';

/**
 * Where a rule stands: document, article, clause, point; a missing part means the whole of the part above.
 * Written as in "N330 Đ14.3.a" (research transcription of 22/11/2026, not legal advice: a lawyer checks each before use).
 */
export interface Provision {
  readonly document: DocumentCode;
  readonly article: string;
  readonly clause?: string;
  readonly point?: string;
}

export interface LegalDocument {
  readonly code: DocumentCode;
  readonly name: Label;
  /** Number as printed; the gazette is added when a lawyer has seen it there. */
  readonly source: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** One thing the facts must show before the clause applies (S5). */
export interface Element {
  readonly code: string;
  readonly label: Label;
}

export interface LegalBasis extends Provision {
  readonly code: string;
  readonly category: CategoryCode;
  readonly what: Label;
  readonly elements: readonly Element[];
}

export type DocumentCode = 'L116' | 'L91' | 'N330' | 'N174' | 'N147' | 'QD14';

/** The documents with their dates; the date of the act picks the text in force (S3). */
export const DOCUMENTS: readonly LegalDocument[] = [
  { code: 'L116', name: { vi: 'Luật An ninh mạng 116/2025/QH15', en: 'Cybersecurity Law 116/2025/QH15' }, source: '116/2025/QH15', validFrom: '2026-07-01', validTo: null },
  { code: 'L91', name: { vi: 'Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15', en: 'Personal Data Protection Law 91/2025/QH15' }, source: '91/2025/QH15', validFrom: '2026-01-01', validTo: null },
  { code: 'N330', name: { vi: 'Nghị định 330/2026/NĐ-CP', en: 'Decree 330/2026/ND-CP' }, source: '330/2026/NĐ-CP', validFrom: '2026-08-19', validTo: null },
  { code: 'N174', name: { vi: 'Nghị định 174/2026/NĐ-CP', en: 'Decree 174/2026/ND-CP' }, source: '174/2026/NĐ-CP', validFrom: '2026-07-01', validTo: null },
  { code: 'N147', name: { vi: 'Nghị định 147/2024/NĐ-CP', en: 'Decree 147/2024/ND-CP' }, source: '147/2024/NĐ-CP', validFrom: '2024-12-25', validTo: null },
  { code: 'QD14', name: { vi: 'Quyết định 14/2021/QĐ-UBND tỉnh Cao Bằng', en: 'Decision 14/2021/QD-UBND of Cao Bang' }, source: '14/2021/QĐ-UBND', validFrom: '2021-07-01', validTo: null },
];

const ACT: Record<string, Element> = {
  deceives: { code: 'deceives', label: { vi: 'Có hành vi gian dối', en: 'There is deception' } },
  takes_property: { code: 'takes_property', label: { vi: 'Nhằm chiếm đoạt tiền, tài sản', en: 'In order to take money or property' } },
  imitates: { code: 'imitates', label: { vi: 'Trang, tài khoản hoặc giao diện bắt chước chủ thể khác', en: 'A page, account or interface imitates somebody else' } },
  confuses: { code: 'confuses', label: { vi: 'Làm người dùng nhầm lẫn', en: 'Users are led to confuse the two' } },
  no_right: { code: 'no_right', label: { vi: 'Chủ thể thật không cho phép', en: 'The real owner has not allowed it' } },
  harmful_code: { code: 'harmful_code', label: { vi: 'Có chương trình gây hại hoặc truy cập trái phép', en: 'There is harmful code or unauthorised access' } },
  affects_devices: { code: 'affects_devices', label: { vi: 'Ảnh hưởng thiết bị, hệ thống hoặc tài khoản', en: 'Devices, systems or accounts are affected' } },
  personal_data: { code: 'personal_data', label: { vi: 'Có dữ liệu cá nhân của một người cụ thể', en: 'It concerns personal data of a specific person' } },
  no_consent: { code: 'no_consent', label: { vi: 'Không được người đó đồng ý', en: 'Without that person’s consent' } },
  gambling: { code: 'gambling', label: { vi: 'Là dịch vụ đánh bạc hoặc đổi thưởng trái quy định', en: 'It is gambling or unlawful prize play' } },
  promotes: { code: 'promotes', label: { vi: 'Quảng bá, cung cấp hoặc lôi kéo', en: 'It is promoted, offered or people are drawn in' } },
  goods: { code: 'goods', label: { vi: 'Hàng hóa, dịch vụ bị cấm, giả hoặc thiếu điều kiện', en: 'Goods or services are banned, fake or unlicensed' } },
  unwanted: { code: 'unwanted', label: { vi: 'Tin nhắn, cuộc gọi không được đồng ý', en: 'Messages or calls without consent' } },
  repeated: { code: 'repeated', label: { vi: 'Lặp lại hoặc gửi hàng loạt', en: 'Repeated or sent in bulk' } },
  threat: { code: 'threat', label: { vi: 'Đe dọa hoặc quấy rối một người xác định được', en: 'Threatens or harasses an identifiable person' } },
  serious: { code: 'serious', label: { vi: 'Nghiêm trọng đến mức người bình thường coi là thật', en: 'Serious enough to be believed by a reasonable person' } },
  false_method: { code: 'false_method', label: { vi: 'Thông tin trái với công bố chính thức về y tế, thiên tai', en: 'Contradicts an official health or disaster notice' } },
  endangers: { code: 'endangers', label: { vi: 'Gây nguy hiểm gần cho tính mạng, sức khỏe', en: 'Imminent danger to life or health' } },
};

type Row = readonly [CategoryCode, DocumentCode, string, Label, readonly (keyof typeof ACT)[]];

const ROWS: readonly Row[] = [
  ['scam', 'L116', '7.2.đ', { vi: 'Sử dụng không gian mạng để lừa đảo chiếm đoạt tài sản', en: 'Using cyberspace to defraud people of property' }, ['deceives', 'takes_property']],
  ['scam', 'N330', '14.1', { vi: 'Bán, cho thuê, cho mượn tài khoản ngân hàng, ví, SIM tiền', en: 'Selling, renting or lending bank accounts, wallets, SIM money' }, ['deceives', 'takes_property']],
  ['scam', 'N330', '14.2.b', { vi: 'Dùng tài khoản số làm trung gian nhận, chuyển tiền', en: 'Using accounts as intermediaries to receive and move money' }, ['deceives', 'takes_property']],
  ['scam', 'N330', '14.4.a', { vi: 'Lập, vận hành sàn, ứng dụng đầu tư không phép', en: 'Setting up or running an unlicensed investment platform' }, ['deceives', 'takes_property']],
  ['scam', 'N330', '14.4.b', { vi: 'Lập, vận hành sàn tiền ảo, ngoại hối không phép', en: 'Setting up or running an unlicensed crypto or forex platform' }, ['deceives', 'takes_property']],
  ['phishing_impersonation', 'L116', '7.2.e', { vi: 'Giả mạo trang thông tin điện tử, mạo danh cơ quan, tổ chức', en: 'Imitating websites, impersonating agencies or organisations' }, ['imitates', 'confuses', 'no_right']],
  ['phishing_impersonation', 'N330', '14.3.a', { vi: 'Thiết lập, sử dụng trang, tài khoản, giao diện gây nhầm lẫn về chủ thể', en: 'Setting up or using a page, account or interface that confuses about its owner' }, ['imitates', 'confuses', 'no_right']],
  ['phishing_impersonation', 'N330', '14.4.c', { vi: 'Gửi tin nhắn, cuộc gọi, thư dùng tên cơ quan, tổ chức trái quy định', en: 'Sending messages, calls or mail in the name of an organisation' }, ['imitates', 'confuses', 'no_right']],
  ['phishing_impersonation', 'N330', '34.2.c', { vi: 'Dùng AI giả mạo khuôn mặt, giọng nói để lừa xác thực', en: 'Using AI to fake a face or voice to defeat verification' }, ['imitates', 'no_right']],
  ['phishing_impersonation', 'N174', '93.3.c', { vi: 'Giả mạo trang thông tin điện tử của tổ chức, cá nhân khác', en: 'Imitating another’s website' }, ['imitates', 'confuses', 'no_right']],
  ['phishing_impersonation', 'N174', '45.3', { vi: 'Mạo danh để đăng ký tên miền', en: 'Registering a domain name by impersonation' }, ['imitates', 'no_right']],
  ['phishing_impersonation', 'N174', '91.1', { vi: 'Che giấu tên hoặc giả mạo tên tổ chức, cá nhân khi gửi thông tin', en: 'Hiding or faking a sender’s name' }, ['imitates', 'no_right']],
  ['malware_attack', 'N330', '16.1', { vi: 'Chia sẻ, sử dụng chương trình gây hại, can thiệp trái phép', en: 'Sharing or using harmful programs' }, ['harmful_code', 'affects_devices']],
  ['malware_attack', 'N330', '16.2.a', { vi: 'Sản xuất, mua bán phần mềm gây hại', en: 'Making or trading harmful software' }, ['harmful_code', 'affects_devices']],
  ['malware_attack', 'N330', '19.1', { vi: 'Truy cập trái phép, chiếm quyền điều khiển', en: 'Unauthorised access or taking control' }, ['harmful_code', 'affects_devices']],
  ['malware_attack', 'N174', '91.3.a', { vi: 'Tạo ra, cài đặt, phát tán vi rút', en: 'Creating, installing or spreading a virus' }, ['harmful_code', 'affects_devices']],
  ['personal_data_abuse', 'L91', '7', { vi: 'Hành vi bị nghiêm cấm về dữ liệu cá nhân', en: 'Prohibited acts with personal data' }, ['personal_data', 'no_consent']],
  ['personal_data_abuse', 'L116', '7.2.h', { vi: 'Thu thập, mua bán dữ liệu cá nhân trái phép', en: 'Unlawful collection or trade of personal data' }, ['personal_data', 'no_consent']],
  ['personal_data_abuse', 'N330', '13.1.a', { vi: 'Đưa bí mật cá nhân, đời sống riêng tư lên mạng', en: 'Putting personal secrets or private life online' }, ['personal_data', 'no_consent']],
  ['personal_data_abuse', 'N174', '96.5.a', { vi: 'Mua bán thông tin riêng của người dùng viễn thông', en: 'Trading telecom users’ private information' }, ['personal_data', 'no_consent']],
  ['illegal_gambling_ads', 'N174', '96.4.b', { vi: 'Cung cấp, lưu trữ thông tin, dịch vụ đánh bạc', en: 'Providing or hosting gambling information or services' }, ['gambling', 'promotes']],
  ['illegal_gambling_ads', 'N330', '15.1.a', { vi: 'Quảng bá trò chơi đổi thưởng trái quy định', en: 'Promoting unlawful prize games' }, ['gambling', 'promotes']],
  ['illegal_gambling_ads', 'N330', '15.2.a', { vi: 'Lập, vận hành trang, ứng dụng đổi thưởng', en: 'Setting up or running prize sites or apps' }, ['gambling', 'promotes']],
  ['counterfeit_unlicensed_goods', 'N330', '14.3.đ', { vi: 'Quảng cáo, kinh doanh hàng hóa sai chất lượng, nguồn gốc, điều kiện', en: 'Advertising or selling goods of wrong quality, origin or conditions' }, ['goods', 'promotes']],
  ['counterfeit_unlicensed_goods', 'N330', '10.2.b', { vi: 'Đăng tải mua bán hàng hóa, dịch vụ bị cấm', en: 'Posting sale of banned goods or services' }, ['goods', 'promotes']],
  ['counterfeit_unlicensed_goods', 'N330', '10.1.b', { vi: 'Quảng bá sản phẩm khám chữa bệnh chưa được phép', en: 'Promoting unlicensed medical products' }, ['goods', 'promotes']],
  ['counterfeit_unlicensed_goods', 'N174', '93.3.b', { vi: 'Quảng cáo hàng hóa, dịch vụ bị cấm trên trang', en: 'Advertising banned goods or services on a site' }, ['goods', 'promotes']],
  ['spam_calls_messages', 'N330', '37.1', { vi: 'Quảng cáo không được đồng ý, gọi quảng cáo trái phép', en: 'Advertising without consent' }, ['unwanted', 'repeated']],
  ['spam_calls_messages', 'N330', '37.5.b', { vi: 'Phát tán tin nhắn rác, thực hiện cuộc gọi rác', en: 'Spreading spam messages, making spam calls' }, ['unwanted', 'repeated']],
  ['spam_calls_messages', 'N174', '34.7', { vi: 'Bán, lưu thông SIM nhập sẵn thông tin thuê bao', en: 'Selling pre-registered SIMs' }, ['unwanted', 'repeated']],
  ['intimate_images', 'N330', '13.1.a', { vi: 'Đưa bí mật đời tư lên mạng', en: 'Putting private life online' }, ['personal_data', 'no_consent']],
  ['intimate_images', 'N330', '15.1.e', { vi: 'Đăng tải hình ảnh khiêu dâm', en: 'Posting pornographic images' }, ['personal_data', 'no_consent']],
  ['intimate_images', 'N330', '31.2.a', { vi: 'Hình ảnh khiêu dâm liên quan trẻ em', en: 'Sexual images of children' }, ['personal_data']],
  ['threat_harassment', 'N174', '96.3.g', { vi: 'Dùng thông tin số nhằm đe dọa, quấy rối', en: 'Using digital information to threaten or harass' }, ['threat', 'serious']],
  ['false_emergency_alert', 'N330', '11.1.d', { vi: 'Thông tin về phương pháp chữa bệnh chưa được phép', en: 'Unlicensed treatment methods' }, ['false_method', 'endangers']],
  ['false_emergency_alert', 'N330', '11.2.đ', { vi: 'Khuyên bỏ phác đồ điều trị', en: 'Advice to abandon treatment' }, ['false_method', 'endangers']],
];

/** "14.3.a" → its parts under a document. */
export function provision(document: DocumentCode, where: string): Provision {
  const [article, clause, point] = where.split('.');
  return { document, article: article!, ...(clause && { clause }), ...(point && { point }) };
}

/** Every element a basis of this release names. */
export const ELEMENTS: readonly Element[] = Object.values(ACT);

/** The catalogue of legal bases (S3): free text is impossible, the database holds exactly these (synchronised at migration). */
export const LEGAL_BASES: readonly LegalBasis[] = ROWS.map(([category, document, where, what, elements]) => ({
  ...provision(document, where),
  code: `${document}.${where}/${category}`,
  category,
  what,
  elements: elements.map((element) => ACT[element]!),
}));

/** Clauses left out on purpose: speech, press, reputation. They can never be entered (S3; legal-basis-2026.json, excludedOnPurpose). */
export const EXCLUDED: readonly Provision[] = [
  ...['9', '11.1.a', '11.1.b', '11.2.a', '11.2.b', '11.2.c', '17'].map((where) => provision('N330', where)),
  ...['5.2.b', '5.2.c', '93.2.b', '94.3.a', '94.3.c', '94.3.d', '95.1.a', '95.2.a', '95.2.c', '96.6', '96.7'].map((where) => provision('N174', where)),
  ...['7.1.a', '7.1.b', '7.1.c', '13.1', '13.2', '13.3.a', '13.3.b', '13.3.đ', '13.3.e'].map((where) => provision('L116', where)),
];

/** Do two provisions cover common ground? A whole article overlaps each of its clauses. */
export function overlaps(a: Provision, b: Provision): boolean {
  const same = (x?: string, y?: string) => !x || !y || x === y;
  return a.document === b.document && a.article === b.article && same(a.clause, b.clause) && same(a.point, b.point);
}

/** Is any of this provision excluded on purpose? */
export function isExcluded(candidate: Provision): boolean {
  return EXCLUDED.some((excluded) => overlaps(excluded, candidate));
}

/** "Nghị định 330/2026/NĐ-CP, điểm a khoản 3 Điều 14" (capitalisation: NĐ 30/2020 Phụ lục II). */
export function citation(basis: Provision, lang: 'vi' | 'en' = 'vi'): string {
  return cite(DOCUMENTS.find((candidate) => candidate.code === basis.document)!.name, basis, lang);
}

/** The same for a document by its name, as one kept in the database. */
export function cite(document: Label, place: { readonly article: string; readonly clause?: string | null; readonly point?: string | null }, lang: 'vi' | 'en'): string {
  if (lang === 'en') {
    const parts = [`article ${place.article}`, place.clause && `clause ${place.clause}`, place.point && `point ${place.point}`];
    return `${document.en}, ${parts.filter(Boolean).join(', ')}`;
  }
  const parts = [place.point && `điểm ${place.point}`, place.clause && `khoản ${place.clause}`, `Điều ${place.article}`];
  return `${parts.filter(Boolean).join(' ')} ${document.vi}`;
}
