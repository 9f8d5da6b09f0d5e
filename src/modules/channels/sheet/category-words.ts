import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import { searchKey } from '#core/vietnamese.ts';

/**
 * How offices write the kind of harm in their own lists, whole cells only. Words that may cover speech ("tin giả", "sai
 * sự thật" alone) are left out on purpose: an officer decides what they stand for, or that they stand for nothing here.
 */
const USUAL_WORDS: Readonly<Record<CategoryCode, readonly string[]>> = {
  scam: [
    'lừa đảo trực tuyến', 'lừa đảo qua mạng', 'lừa đảo trên mạng', 'lừa đảo trên không gian mạng', 'lừa đảo chiếm đoạt tài sản',
    'lừa đảo qua điện thoại', 'chiếm đoạt tài sản', 'lừa tiền', 'lừa chuyển tiền', 'lừa chuyển khoản', 'lừa đảo đầu tư', 'đầu tư tài chính',
    'đầu tư tiền ảo', 'việc nhẹ lương cao', 'tuyển cộng tác viên', 'làm nhiệm vụ online', 'vay tiền online',
    'vay tiền qua app', 'lừa đảo vay tiền', 'lừa đảo mua bán', 'lừa đảo bán hàng', 'lừa đảo tình cảm', 'lừa đảo hoàn tiền',
    'lấy lại tiền lừa đảo', 'fraud', 'online scam', 'online fraud', 'investment scam',
  ],
  phishing_impersonation: [
    'giả danh', 'mạo danh', 'giả mạo cơ quan nhà nước', 'giả danh cơ quan chức năng', 'giả danh công an', 'giả mạo công an', 'giả danh ngân hàng',
    'giả mạo ngân hàng', 'giả mạo website', 'giả mạo trang web', 'website giả mạo', 'trang web giả mạo', 'web giả mạo', 'ứng dụng giả mạo',
    'tin nhắn giả mạo', 'tin nhắn thương hiệu giả', 'giả mạo thương hiệu', 'giả mạo vneid', 'giả mạo người thân', 'phishing',
    'lừa đảo giả mạo', 'link giả mạo', 'impersonation',
  ],
  malware_attack: [
    'mã độc', 'virus', 'phần mềm độc hại', 'ứng dụng độc hại', 'app độc hại', 'tấn công mạng', 'mã hóa dữ liệu', 'mã độc tống tiền',
    'chiếm quyền tài khoản', 'chiếm đoạt tài khoản', 'hack tài khoản', 'bị hack', 'hack facebook', 'hack zalo', 'mất tài khoản', 'malware',
    'ransomware', 'account takeover', 'hacking',
  ],
  personal_data_abuse: [
    'lộ thông tin cá nhân', 'lộ lọt dữ liệu', 'lộ lọt thông tin', 'lộ lọt thông tin cá nhân', 'mua bán dữ liệu cá nhân', 'mua bán thông tin cá nhân',
    'lộ lọt dữ liệu cá nhân', 'sử dụng trái phép thông tin cá nhân', 'dùng cccd vay tiền', 'data leak', 'personal data',
    'identity theft',
  ],
  illegal_gambling_ads: [
    'đánh bạc', 'cờ bạc', 'cờ bạc online', 'đánh bạc trực tuyến', 'đánh bạc online', 'cá độ', 'cá độ bóng đá', 'quảng cáo cờ bạc', 'quảng cáo cá độ',
    'lôi kéo đánh bạc', 'tổ chức đánh bạc', 'nổ hũ', 'game bài đổi thưởng', 'gambling', 'betting',
  ],
  counterfeit_unlicensed_goods: [
    'hàng giả', 'hàng nhái', 'hàng cấm', 'hàng lậu', 'hàng giả, hàng nhái', 'bán hàng giả', 'hàng giả hàng nhái', 'thuốc giả',
    'thực phẩm chức năng giả', 'mỹ phẩm giả', 'bán thuốc không phép', 'counterfeit',
    'counterfeit goods',
  ],
  spam_calls_messages: [
    'tin nhắn rác', 'cuộc gọi rác', 'spam', 'tin rác', 'gọi rác', 'quảng cáo rác', 'thư rác', 'cuộc gọi làm phiền',
    'quấy rối điện thoại quảng cáo', 'tin nhắn quảng cáo', 'cuộc gọi quảng cáo', 'spam call', 'spam sms',
  ],
  intimate_images: [
    'phát tán hình ảnh riêng tư', 'phát tán ảnh nóng', 'phát tán clip nóng', 'tống tiền bằng ảnh nóng', 'ảnh nóng', 'clip nóng', 'hình ảnh nhạy cảm',
    'phát tán hình ảnh nhạy cảm', 'tống tiền bằng hình ảnh nhạy cảm', 'sextortion', 'intimate image abuse',
  ],
  threat_harassment: [
    'đe dọa', 'đe doạ', 'quấy rối', 'khủng bố điện thoại', 'khủng bố đòi nợ', 'đòi nợ thuê', 'đòi nợ kiểu khủng bố', 'đe dọa tính mạng',
    'đe dọa giết', 'threat', 'threats', 'harassment',
  ],
  false_emergency_alert: [
    'báo động sai', 'tin báo động giả', 'tin giả dịch bệnh', 'tin giả về dịch bệnh', 'tin giả thiên tai', 'tin giả về thiên tai', 'báo cháy giả',
    'false alarm',
  ],
};

/** Search key of a cell → category: the usual words, the names people see on the form, and the codes themselves. */
export const CATEGORY_WORDS: ReadonlyMap<string, CategoryCode> = new Map(
  CATEGORIES.flatMap(({ code, label, plain }) =>
    [...USUAL_WORDS[code], label.vi, label.en, plain.vi, plain.en, code, code.replaceAll('_', ' ')].map((word) => [searchKey(word), code] as const)),
);
