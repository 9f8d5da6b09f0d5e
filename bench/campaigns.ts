/**
 * Reports of scam campaigns with the truth beside them, for measuring grouping and extraction. Invented and reproducible: the
 * same order gives the same reports. Names end in `.example`, or carry `vidu` ("example") where they must lie on shared hosting;
 * telephone numbers begin 09000 (campaigns), 09990 (reporters) or 0206 0 (offices), accounts begin 0000.
 * Scripts are reused across campaigns, as in life, so that the story alone misleads; only indicators tell campaigns apart.
 */
import type { CategoryCode } from '#catalogue/categories.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { BANKS, type IndicatorKind } from '#core/indicators/index.ts';
import { moneyVnd, searchKey } from '#core/vietnamese.ts';
import type { NewReport } from '#modules/intake/index.ts';

/** How much to make; sizes of campaigns fall by Zipf's law. */
export interface CampaignOrder {
  readonly seed: number;
  readonly campaigns: number;
  readonly reports: number;
}

/** A report with the campaign it belongs to; channel and idempotency key are left to the sender. */
export interface CampaignReport extends Omit<NewReport, 'channel' | 'idempotencyKey'> {
  /** From 0, the largest first. */
  readonly campaign: number;
  /** Which of `STORIES` it tells. */
  readonly story: number;
  /** What of its campaign it names, as a perfect reader would group by; empty for a story without traces. */
  readonly named: readonly Named[];
}

/** A grouping key: own domains as `domain`, pages on shared hosting as `url`, phones in E.164, accounts `BIN|ACCOUNT` (`?|` without a bank). */
export interface Named {
  readonly kind: IndicatorKind;
  readonly key: string;
}

/** Exponent of the sizes: with 400 campaigns and 20,000 reports three pass 1,000 and four in ten stay below 10. */
const ZIPF = 1.1;
/** Share of mule accounts that two campaigns use, as resold accounts are. */
const SHARED_MULES = 0.01;

/** The reports of all campaigns, shuffled as they would arrive. Deterministic. Throws RangeError for fewer reports than campaigns. */
export function campaignReports({ seed, campaigns: count, reports }: CampaignOrder): CampaignReport[] {
  if (count < 1 || reports < count) throw new RangeError('at least one report a campaign');
  const dice = new Dice(seed);
  const campaigns = makeCampaigns(dice, count);
  const reporters = Array.from({ length: Math.ceil(reports * 0.8) }, (_, serial) => makeReporter(dice, serial));
  const made = sizes(count, reports).flatMap((size, index) => (
    Array.from({ length: size }, () => makeReport(dice, campaigns[index]!, dice.pick(reporters)))
  ));
  return dice.shuffled(made);
}

function sizes(count: number, reports: number): number[] {
  const weights = Array.from({ length: count }, (_, index) => (index + 1) ** -ZIPF);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const left = reports - count;
  const out = weights.map((weight) => 1 + Math.floor((left * weight) / total));
  out[0]! += reports - out.reduce((sum, size) => sum + size, 0);
  return out;
}

// ── Chance ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const LETTERS = 'abcdefghijkmnopqrstuvwxyz';

/** Reproducible chance: mulberry32 (Tommy Ettinger, public domain). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1, 1 excluded. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to below. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  happens(chance: number): boolean {
    return this.next() < chance;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let at = out.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [out[at], out[other]] = [out[other]!, out[at]!];
    }
    return out;
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.below(10)).join('');
  }

  letters(length: number): string {
    return Array.from({ length }, () => LETTERS.charAt(this.below(LETTERS.length))).join('');
  }
}

// ── Stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Story {
  readonly category: CategoryCode;
  /** What the campaign pretends to be: picked once for a campaign, put in at `{as}`. */
  readonly as: readonly string[];
  /** What it lures with: picked once for a campaign, put in at `{lure}`. */
  readonly lure: readonly string[];
  /** Sentences; `[a|b]` is each reporter's own choice, `{amount}` and `{when}` too. */
  readonly sentences: readonly string[];
}

const told = (category: CategoryCode, as: readonly string[], lure: readonly string[], ...sentences: string[]): Story => ({ category, as, lure, sentences });

const BANK_NAMES = ['Vietcombank', 'BIDV', 'Agribank', 'VietinBank', 'Techcombank', 'MB', 'Sacombank', 'VPBank'];
const POLICE = ['công an phường', 'công an tỉnh', 'cán bộ Bộ Công an', 'cảnh sát điều tra', 'viện kiểm sát'];
const GOODS = ['điện thoại', 'giày', 'máy xay', 'chăn ga', 'đồng hồ', 'quạt điều hòa', 'lan đột biến', 'xe đạp trẻ em'];

/** Forty scripts in the voices of those who report them. */
export const STORIES: readonly Story[] = [
  told('phishing_impersonation', BANK_NAMES, ['tài khoản bị đăng nhập lạ', 'thẻ sắp bị khóa', 'có khoản vay chờ xác nhận'],
    '{when} [tôi|em|mình] nhận được tin nhắn hiện tên {as} báo {lure}.', '[Tin nằm chung|Nó nằm cùng] chỗ với tin thật của ngân hàng nên tôi tưởng thật.', 'Trang đó [giống hệt|y chang] trang ngân hàng, hỏi tên đăng nhập, mật khẩu rồi hỏi mã OTP.', 'Tôi [nhập xong|vừa nhập OTP] thì [mất|bị trừ] {amount}.', 'Mong [cơ quan|các anh chị] [kiểm tra|xem giúp] và [chặn|cảnh báo] [cho bà con|sớm].'),
  told('phishing_impersonation', BANK_NAMES, ['nâng hạn mức thẻ tín dụng', 'mở thẻ miễn phí thường niên', 'hoàn phí bảo hiểm'],
    'Có người xưng nhân viên {as} gọi [mời|tư vấn] {lure}.', 'Họ đọc đúng [họ tên|tên và ngày sinh] của tôi nên tôi tin.', 'Sau đó [bảo|yêu cầu] chụp hai mặt thẻ và đọc mã gửi về máy.', 'Thẻ của tôi bị [quẹt|thanh toán] {amount} ở [nước ngoài|một trang bán hàng].', 'Tôi đã [khóa thẻ|gọi ngân hàng khóa thẻ] và [gửi|làm] đơn khiếu nại.'),
  told('phishing_impersonation', POLICE, ['cập nhật VNeID mức hai', 'đồng bộ căn cước gắn chip', 'sửa thông tin cư trú bị sai'],
    '[Sáng|Chiều] {when} có người xưng là {as} gọi [bảo|yêu cầu] tôi {lure}.', 'Người này [nói|dọa] nếu không làm trong ngày thì [bị phạt|khóa định danh].', 'Họ kết bạn Zalo rồi gửi [ứng dụng|tệp] bảo [cài|tải về máy].', '[Cài xong|Vừa cài] máy đơ, tài khoản ngân hàng bị chuyển đi {amount}.', 'Tôi ra trụ sở hỏi thì [các anh|cán bộ] nói không ai gọi như vậy.'),
  told('scam', POLICE, ['đường dây rửa tiền', 'vụ án ma túy xuyên quốc gia', 'một vụ lừa đảo bảo hiểm'],
    'Tôi bị gọi video bởi người mặc [quân phục|đồng phục], xưng {as}.', 'Họ nói tôi liên quan {lure}, [gửi|đưa] cả lệnh bắt có tên và ảnh tôi.', 'Bắt tôi [không được tắt máy|giữ bí mật], không được nói với [ai|con cháu].', 'Tôi sợ quá ra ngân hàng chuyển {amount} để [chứng minh trong sạch|phục vụ điều tra].', 'Chuyển xong họ [bảo chuyển tiếp|đòi thêm], con tôi biết mới [ngăn|can] lại.'),
  told('phishing_impersonation', ['bưu điện', 'đơn vị giao hàng', 'kho hải quan', 'công ty chuyển phát'], ['bưu phẩm thiếu địa chỉ', 'đơn hàng hoàn về kho', 'kiện hàng chưa đóng thuế'],
    '{when} tôi nhận tin của {as} báo {lure}.', 'Họ [kêu|yêu cầu] nộp phí [nhỏ|vài nghìn] để giao lại.', 'Tôi điền thẻ [xong|vào đó] thì bị trừ liền {amount}.', '[Đúng lúc|Khéo] tôi đang chờ hàng nên [không nghi ngờ|cứ tin].', 'Shipper thật nói [không có|chẳng có] phí nào như thế.'),
  told('scam', ['shipper', 'người giao hàng', 'nhân viên giao hàng'], ['hội viên giao hàng', 'gói thành viên', 'dịch vụ tự gia hạn'],
    '{as} gọi báo có đơn, tôi [đi vắng|đang làm] nên bảo gửi hàng xóm.', 'Họ [đưa|đọc] số tài khoản để chuyển [tiền hàng|tiền ship].', 'Lát sau [bảo|kêu] chuyển nhầm vào {lure}, mỗi tháng sẽ trừ [tiền|ba triệu rưỡi].', '[Muốn hủy|Hủy] thì phải [làm theo|bấm theo] hướng dẫn, thế là mất {amount}.', 'Về nhà [không thấy|chẳng thấy] đơn nào cả.'),
  told('scam', ['công ty truyền thông', 'sàn thương mại điện tử', 'nhãn hàng mỹ phẩm', 'khách sạn năm sao'], ['bấm tim video', 'chốt đơn ảo', 'đánh giá khách sạn', 'theo dõi kênh'],
    '[Em|Mình] thấy tuyển cộng tác viên của {as}, làm ở nhà chỉ cần {lure}.', '[Mấy lần đầu|Lúc đầu] được trả [ba mươi nghìn|50k] thật nên tin.', 'Sau đó [vào nhóm|bị kéo vào nhóm] làm nhiệm vụ, phải nạp [trước|vốn] mới nhận hoa hồng.', 'Nạp {amount} thì họ [bảo sai cú pháp|nói làm sai lệnh], đòi nạp thêm mới rút được.', '[Em|Mình] [hết tiền|vay mượn cả] rồi, xin [giúp|chỉ cách] lấy lại.'),
  told('scam', ['trung tâm tuyển dụng', 'quản lý nhóm', 'bộ phận nhân sự'], ['nhập liệu', 'gấp phong bì', 'dịch truyện', 'viết bài'],
    'Tôi xin việc {lure} tại nhà qua {as}.', 'Họ [bắt|yêu cầu] đặt cọc [giữ tài liệu|giữ hồ sơ] {amount}.', '[Cọc xong|Chuyển xong] họ gửi mẫu [mờ|lộn xộn], nộp lại thì bảo sai và phạt.', 'Đòi cọc thì [bị chặn|họ khóa nick].', 'Nhiều [mẹ bỉm|bạn sinh viên] trong nhóm cũng [dính|bị] giống tôi.'),
  told('scam', ['công ty tài chính', 'app vay', 'quỹ tín dụng', 'ngân hàng số'], ['phí bảo hiểm khoản vay', 'phí mở khóa hồ sơ', 'phí sửa sai số tài khoản'],
    'Đang cần tiền nên tôi vay ở {as} trên mạng.', 'Hồ sơ được duyệt nhưng [bắt|phải] đóng {lure} [trước|mới giải ngân].', 'Tôi đóng {amount}, họ lại [báo|nói] lỗi và đòi [đóng tiếp|thêm lần nữa].', 'Tiền vay thì [không thấy|chưa nhận đồng nào].', 'Tôi [nghèo|khó khăn] mới phải vay, xin cơ quan [can thiệp|giúp đỡ].'),
  told('spam_calls_messages', ['công ty đòi nợ', 'bên thu hồi', 'app vay nhanh'], ['khoản vay tôi không hề vay', 'khoản nợ của đồng nghiệp cũ', 'nợ của người em họ'],
    '[Mỗi ngày|Hôm nào] tôi cũng bị {as} gọi mấy chục cuộc về {lure}.', 'Tôi [nói rõ|đã trả lời] không liên quan nhưng họ vẫn [gọi|nhắn].', 'Họ gọi cả [cơ quan|nơi tôi làm] và [bố mẹ|người nhà].', 'Chặn số này họ [dùng|đổi] số khác, [đêm hôm|giữa trưa] cũng gọi.', 'Đề nghị [chặn|xử lý] giúp tôi.'),
  told('scam', ['sàn chứng khoán quốc tế', 'sàn ngoại hối', 'quỹ đầu tư', 'sàn vàng'], ['lãi mười phần trăm mỗi tuần', 'tín hiệu chắc thắng', 'cổ phiếu nội bộ'],
    'Tôi được kéo vào nhóm đầu tư {as}, có thầy [chỉ|đọc] lệnh, hứa {lure}.', 'Nạp ít thì rút được [ngay|liền] nên tôi nạp tổng cộng {amount}.', 'Tài khoản hiện lãi rất [cao|nhiều] nhưng lúc rút thì [báo lỗi|không cho].', 'Họ đòi đóng thuế [hai mươi phần trăm|thu nhập] trước khi rút.', 'Cả nhóm toàn [chim mồi|người của nó], giờ nhóm bị giải tán.'),
  told('scam', ['sàn tiền ảo', 'dự án tiền mã hóa', 'ví đầu tư'], ['máy đào', 'gói staking', 'token mới'],
    'Bạn quen trên mạng rủ tôi mua {lure} của {as}.', 'Người này [nói chuyện|tâm sự] cả tháng rất tình cảm, [khoe|cho xem] lãi mỗi ngày.', 'Tôi chuyển {amount} rồi tài khoản bị [đóng băng|khóa] vì [rút sai|vi phạm].', 'Muốn mở phải nộp thêm [ký quỹ|tiền bảo chứng].', 'Bạn kia [biến mất|xóa tài khoản] luôn.'),
  told('scam', ['chương trình tri ân', 'đài truyền hình', 'hãng xe', 'siêu thị điện máy'], ['xe máy SH', 'sổ tiết kiệm', 'điện thoại đời mới', 'tủ lạnh'],
    'Tôi nhận tin báo trúng {lure} của {as}.', 'Để nhận giải phải [đóng|chuyển] phí hồ sơ và thuế {amount}.', 'Đóng [xong|rồi] họ báo giải bị [nâng lên|đổi] phải đóng nữa.', 'Tôi [hỏi lại|gọi] hãng thật thì không có chương trình [nào|này].', '[Người già|Bà con] dễ tin lắm, xin cảnh báo.'),
  told('scam', ['vòng quay may mắn', 'ứng dụng mua sắm', 'trang kỷ niệm'], ['phong bao', 'phiếu mua hàng', 'thẻ cào'],
    'Trên mạng có {as} quay trúng {lure}.', 'Quay thì [ai cũng trúng|trúng ngay], xong bắt chia sẻ cho [mười người|năm nhóm].', 'Rồi bắt [điền|nhập] số thẻ để nhận, tôi bị trừ {amount}.', '[Cả lớp|Nhóm chợ] tôi nhiều người đã bấm.', 'Đề nghị gỡ [trang này|cái này] sớm.'),
  told('scam', ['luật sư', 'đội thu hồi', 'cục an ninh mạng', 'chuyên viên công nghệ'], ['tiền bị lừa đợt trước', 'tiền treo trên sàn', 'tiền chuyển nhầm'],
    'Trước tôi bị lừa, nay có {as} hứa lấy lại {lure}.', 'Họ [đưa|gửi] giấy ủy quyền có dấu, nói [bắt được|tìm ra] kẻ lừa rồi.', 'Tôi phải [đóng|nộp] phí {amount} mới [giải ngân|hoàn tiền].', 'Nộp xong lại [đòi|kêu] nộp tiếp phí chuyển đổi ngoại tệ.', 'Tôi [mất|bị] hai lần rồi, khổ quá.'),
  told('scam', ['trang thu hồi tiền treo', 'văn phòng hỗ trợ nạn nhân'], ['hồ sơ treo', 'mã giải ngân', 'lệnh đối soát'],
    'Thấy {as} quảng cáo lấy lại tiền lừa đảo nên tôi [nhắn|hỏi].', 'Nó cho xem {lure} có tên tôi và [số tiền|đúng số tiền] đã mất.', 'Rồi [hướng dẫn|chỉ] chạy lệnh, mỗi lệnh chuyển {amount} sẽ hoàn cả gốc.', 'Chuyển mấy lần [không thấy|chả thấy] hoàn.', 'Mong [chặn|dẹp] mấy trang này, ác quá.'),
  told('counterfeit_unlicensed_goods', GOODS, ['xả kho', 'thanh lý mặt bằng', 'sale cuối năm'],
    'Tôi đặt mua {as} trên mạng vì thấy {lure} rẻ.', 'Nhận hàng [mở ra|bóc ra] thì là hàng [nhái|giả], [hỏng|không dùng được].', 'Trả {amount} mà hàng [không nhãn mác|chữ nước ngoài].', 'Nhắn đổi trả thì [bị chặn|không ai trả lời].', 'Nhiều người bình luận [cũng bị|giống tôi] nhưng bị xóa.'),
  told('scam', GOODS, ['giá gốc', 'đặt trước giảm nửa giá', 'hàng tồn công ty'],
    'Tôi chuyển trước {amount} mua {as} {lure}.', 'Hẹn [ba ngày|cuối tuần] giao, [đến nay|giờ] hơn nửa tháng chưa thấy.', 'Hỏi thì lúc đầu [khất|hẹn], sau đó [khóa|xóa] trang.', 'Shop có [mấy nghìn|cả vạn] lượt thích nên tôi yên tâm.', 'Xin [giúp|hỗ trợ] đòi lại tiền.'),
  told('counterfeit_unlicensed_goods', ['thuốc gia truyền', 'viên xương khớp', 'trà giảm cân', 'thuốc tiểu đường'], ['bác sĩ viện lớn', 'nghệ sĩ nổi tiếng', 'lương y người dân tộc'],
    'Mẹ tôi xem quảng cáo {as} có {lure} giới thiệu nên mua.', 'Uống [một tuần|mấy hôm] thì [phù mặt|đau bụng], đi viện bác sĩ nói có chất cấm.', 'Một liệu trình hết {amount}.', 'Trên hộp [không có|chẳng có] số đăng ký.', 'Đề nghị cơ quan y tế [kiểm tra|thu hồi].'),
  told('scam', ['phòng trọ', 'căn hộ mini', 'nhà nguyên căn', 'homestay'], ['gần trường', 'trung tâm', 'view núi', 'cạnh bến xe'],
    '[Em|Mình] tìm thuê {as} {lure} trên mạng.', 'Chủ nhà [bận|đi công tác] nên bảo cọc [giữ chỗ|trước] {amount}.', 'Đến xem thì [chủ thật|người ở đó] nói không cho thuê.', 'Ảnh trên mạng là [lấy trộm|của người khác].', 'Có [ba|năm] bạn cũng [đến|bị] hôm đó.'),
  told('scam', ['vé máy bay', 'vé xem ca nhạc', 'vé tàu Tết', 'tour du lịch'], ['giá rẻ', 'vé sát ngày', 'vé nhượng lại', 'combo'],
    'Tôi mua {as} {lure} của một phòng vé trên mạng.', 'Gửi mã giữ chỗ thật nên tôi [chuyển|thanh toán] {amount}.', 'Ra [sân bay|ga|cổng] thì báo [vé hủy|chưa xuất vé].', 'Gọi lại [không được|thuê bao].', 'Cả nhà [lỡ|bỏ] chuyến, [rất bực|buồn lắm].'),
  told('scam', ['cô giáo của cháu', 'bác sĩ cấp cứu', 'nhà trường', 'bạn cùng phòng của con'], ['con bị tai nạn', 'cháu ngã cầu thang', 'con phải mổ gấp'],
    '{when} có người xưng {as} gọi báo {lure}.', 'Họ [khóc|nói gấp], bảo phải [nộp|chuyển] ngay {amount} mới mổ.', 'Tôi [hoảng|run] quá không kịp gọi lại cho [con|cháu].', 'Sau mới biết [con|cháu] vẫn [đang học|ở lớp] bình thường.', 'Nhiều phụ huynh trường này [bị gọi|nhận cuộc gọi] như thế.'),
  told('scam', ['bạn thân', 'cháu ở nước ngoài', 'em gái', 'thầy cũ'], ['mượn tiền gấp', 'nhờ chuyển hộ', 'vay vài hôm'],
    'Nick của {as} nhắn {lure}.', 'Nó [gọi video|gọi hình] mờ mờ đúng mặt và giọng nên tôi [tin|chuyển luôn].', 'Tôi chuyển {amount} vào tên người lạ.', 'Lát sau [người thân|chủ nick] báo bị hack.', 'Nó vẫn đang nhắn [cả họ|nhiều người] khác.'),
  told('phishing_impersonation', ['điện lực', 'công ty nước sạch', 'nhà mạng', 'truyền hình cáp'], ['nợ cước', 'sắp cắt dịch vụ', 'hoàn tiền thừa'],
    'Nhà tôi nhận tin {as} báo {lure}.', 'Họ [bắt|yêu cầu] thanh toán {amount} trong [hôm nay|hai giờ].', 'Tôi [bấm|làm] theo thì mất tiền trong thẻ.', 'Hỏi [điểm thu|nhân viên thật] thì nhà tôi không nợ.', '[Cả xóm|Khu phố] đều nhận tin [giống|như] vậy.'),
  told('phishing_impersonation', ['thuế', 'chi cục thuế', 'kế toán thuế'], ['quyết toán', 'hộ kinh doanh bỏ thuế khoán', 'hoàn thuế'],
    'Tôi bán hàng nhỏ, có cán bộ {as} gọi về {lure}.', 'Họ gửi [mã QR|ứng dụng] bảo cài để [kê khai|nộp] điện tử.', 'Cài xong máy tự [chạy|sáng], mất {amount} trong đêm.', 'Cơ quan thuế [trả lời|nói] không gọi điện như vậy.', 'Xin [báo|nhắc] các hộ kinh doanh khác.'),
  told('malware_attack', ['ứng dụng dịch vụ công', 'ứng dụng bệnh viện', 'ứng dụng bảo hiểm xã hội'], ['quyền trợ năng', 'quyền đọc tin nhắn', 'quyền hiển thị trên màn hình'],
    'Tôi cài {as} theo hướng dẫn qua điện thoại.', 'Nó xin {lure}, tôi [đồng ý|bấm cho phép] hết.', 'Máy [nóng ran|chậm], màn hình [tự bấm|đen], mất {amount}.', 'Tôi đã tắt nguồn và [rút sim|tháo sim].', 'Xin [chỉ cách|hướng dẫn] gỡ nó.'),
  told('malware_attack', ['hóa đơn', 'báo giá', 'giấy mời', 'phiếu điểm'], ['tệp nén có mật khẩu', 'tệp Excel bật macro', 'tệp cài đặt'],
    'Cơ quan tôi nhận thư có {as} dạng {lure}.', 'Mở ra thì [máy|toàn bộ tệp] bị khóa, đòi {amount}.', 'Tôi đã [rút mạng|ngắt dây mạng], giữ nguyên [máy|hiện trạng].', 'Máy bên cạnh [cũng bị|lây luôn].', 'Đề nghị hỗ trợ [kỹ thuật|khẩn cấp].'),
  told('malware_attack', ['game mod', 'phần mềm lậu', 'ứng dụng xem bóng đá'], ['tài khoản Facebook', 'tài khoản Zalo', 'email công việc'],
    'Cháu tải {as} rồi mất {lure}.', 'Nó [đổi|xóa] mật khẩu và số khôi phục.', 'Giờ nó nhắn [mượn tiền|vay tiền] bạn bè cháu, có người chuyển {amount}.', 'Cháu báo [bạn bè|mọi người] rồi mà nó chặn cháu.', 'Mong [giúp|hỗ trợ] lấy lại.'),
  told('personal_data_abuse', ['trung tâm việc làm', 'cửa hàng tặng quà', 'app điểm danh'], ['ảnh căn cước', 'khuôn mặt', 'số điện thoại phụ huynh'],
    'Trước tôi đưa {lure} cho {as}.', 'Nay có khoản vay {amount} đứng tên tôi mà tôi [không vay|không biết].', 'Họ [gọi|nhắn] đòi nợ [cả ngày|liên tục].', 'Tôi [tra|kiểm tra] thấy có sim lạ đứng tên mình.', 'Tôi muốn [hủy|xóa] và biết ai lấy dữ liệu của tôi.'),
  told('personal_data_abuse', ['danh sách học sinh', 'hồ sơ bệnh án', 'danh sách khách mua nhà', 'dữ liệu hội viên'], ['nhóm kín', 'trang rao bán', 'bảng tính công khai'],
    'Tôi thấy {as} có tên tôi trong {lure}.', 'Trong đó có [địa chỉ|ngày sinh], số điện thoại cả [gia đình|bố mẹ].', 'Giá rao là {amount} một [tệp|bộ].', 'Từ đó tôi bị [gọi|nhắn] mời chào suốt.', 'Đề nghị [gỡ|xóa] ngay.'),
  told('illegal_gambling_ads', ['nhà cái', 'cổng game', 'trang cá độ'], ['tặng tiền nạp lần đầu', 'nổ hũ', 'tài xỉu', 'bắn cá đổi thưởng'],
    'Con tôi xem phim thì hiện quảng cáo {as} {lure}.', 'Cháu [nạp|chơi] hết {amount} tiền học.', 'Thua [rồi|xong] họ còn [gọi|nhắn] mời vay chơi tiếp.', '[Trẻ con|Học sinh] bấm một cái là vào.', 'Đề nghị gỡ quảng cáo [này|đó].'),
  told('illegal_gambling_ads', ['nhóm kéo', 'chuyên gia soi cầu', 'admin xóc đĩa'], ['lô đề online', 'xóc đĩa', 'bóng đá ảo'],
    '[Em|Mình] bị {as} rủ chơi {lure}.', 'Đầu [ăn|thắng] vài trăm, sau nạp {amount} thì [thua sạch|bị khóa].', 'Rút thì [bắt|đòi] đủ vòng cược.', 'Họ thuê cả tài khoản ngân hàng của [sinh viên|người quen].', 'Xin [báo|xử lý] để người khác khỏi dính.'),
  told('spam_calls_messages', ['bất động sản', 'bảo hiểm', 'khóa học', 'vay tín chấp'], ['cuộc gọi tự động', 'tin nhắn quảng cáo', 'cuộc gọi nhỡ'],
    'Ngày nào tôi cũng nhận {lure} về {as}.', 'Tôi [chưa từng|không bao giờ] đăng ký.', 'Nhắn từ chối [không được|vẫn gọi].', 'Tuần này [hơn hai mươi|chục] cuộc, có cuộc [lúc nửa đêm|giờ nghỉ trưa].', 'Đề nghị nhà mạng [chặn|xử lý].'),
  told('scam', ['quỹ từ thiện', 'nhóm thiện nguyện', 'chùa'], ['em bé mổ tim', 'bà con vùng lũ', 'cụ già neo đơn'],
    'Có {as} kêu gọi ủng hộ {lure}.', 'Tôi chuyển {amount}, sau [bệnh viện|chính quyền xã] nói không có ca này.', 'Ảnh [lấy|copy] từ báo cũ.', 'Họ [khóa bình luận|xóa bình luận] ai hỏi.', 'Lợi dụng lòng tốt như vậy rất [ác|tệ].'),
  told('scam', ['người nước ngoài', 'kỹ sư dầu khí', 'lính Mỹ'], ['quà và đô la', 'thùng hàng giá trị', 'sổ đỏ sang tên'],
    'Tôi quen {as} qua mạng, hứa gửi {lure}.', 'Rồi hải quan [gọi|báo] phải đóng phí {amount} mới thông quan.', 'Đóng [hai|ba] lần vẫn [giữ hàng|kẹt].', 'Nói chuyện toàn dùng [phần mềm dịch|tiếng Việt gượng].', 'Tôi [xấu hổ|ngại] nên giờ mới báo.'),
  told('scam', ['tuyển lao động', 'công ty xuất khẩu lao động', 'môi giới'], ['đi Hàn Quốc', 'đi Nhật', 'đi Đức', 'làm bên kia biên giới'],
    'Tôi đăng ký {as} {lure}.', 'Họ thu {amount} tiền [hồ sơ|đặt chỗ], hứa bay [tháng sau|sau Tết].', 'Giờ văn phòng [đóng cửa|dọn đi].', 'Xã tôi có [mười|mấy] người nộp.', 'Mong [làm rõ|điều tra] giúp dân.'),
  told('scam', ['chủ đại lý', 'bộ đội', 'trường học', 'nhà máy'], ['đặt năm mươi suất cơm', 'đặt bàn tiệc', 'đặt chăn màn', 'mua sữa'],
    'Có khách xưng {as} {lure} ở quán tôi.', 'Gửi ảnh chuyển khoản giả rồi nhờ [mua hộ|ứng trước] {amount} hàng của mối khác.', 'Tôi chuyển cho mối thì [mất hút|không liên lạc được].', 'Giấy giới thiệu có dấu [đỏ|của đơn vị].', 'Các [quán|cửa hàng] khác trong [huyện|tỉnh] cũng bị.'),
  told('scam', ['người mua', 'khách quốc tế', 'khách đặt hàng'], ['Western Union', 'ngân hàng quốc tế', 'ví điện tử'],
    'Tôi bán đồ cũ, {as} nói chuyển tiền qua {lure}.', 'Họ gửi [trang|biểu mẫu] bảo điền thẻ để nhận.', 'Điền [xong|mã] thì mất {amount}.', 'Tiền [không nhận|chẳng thấy] mà còn mất.', 'Nhóm mua bán [nhiều người|mấy chị] bị.'),
  told('phishing_impersonation', ['cảnh sát giao thông', 'tòa án', 'trung tâm đăng kiểm'], ['phạt nguội', 'giấy triệu tập', 'quá hạn đăng kiểm'],
    'Tôi nhận tin {as} báo {lure}.', 'Nói nộp {amount} trong ngày nếu không [tước bằng|cưỡng chế].', 'Tra trên [trang chính thức|hệ thống thật] thì không có lỗi.', 'Anh em lái xe [ở bến|trong nhóm] ai cũng [nhận|có].', 'Xin [cảnh báo|đăng tin] rộng rãi.'),
  told('phishing_impersonation', ['bảo hiểm xã hội', 'kho bạc', 'phòng lao động'], ['đổi sổ lương hưu', 'nhận trợ cấp', 'cấp lại thẻ y tế'],
    '{as} gọi tôi [làm|đi] {lure}.', 'Tôi già không rành, [họ bảo sao|người ta bảo gì] làm vậy.', 'Đọc [mã|mấy số] xong mất {amount} tiền lương hưu.', 'Cháu tôi [tra|gọi hỏi] thì là giả.', 'Mong [giúp|thương] người già.'),
];

// ── Campaigns ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface Account {
  readonly bank: (typeof BANKS)[number];
  readonly number: string;
}

/** One address of a campaign; `written` makes what one reporter saw of it. */
interface Address {
  readonly named: Named;
  readonly written: (dice: Dice) => { readonly host: string; readonly tail: string };
}

interface Campaign {
  readonly index: number;
  readonly story: number;
  readonly as: string;
  readonly lure: string;
  readonly addresses: readonly Address[];
  readonly accounts: readonly Account[];
  readonly phones: readonly string[];
}

const LURES = [
  'vneid', 'capnhat', 'xacthuc', 'nganhang', 'vaynhanh', 'viecnhe', 'nhiemvu', 'dautu', 'sanvang', 'trian', 'trungthuong', 'nhanqua', 'hoantien', 'phatnguoi',
  'buucuc', 'giaohang', 'thuhoi', 'luatsu', 'giamgia', 'xakho', 'phongtro', 'vemaybay', 'hotro', 'dichvu', 'baohiem', 'dienluc', 'thue', 'nohu', 'doithuong', 'thuocnam',
];
const FRONTS = ['www', 'm', 'app', 'dangky', 'login', 'vn', 'id', 'web'];
const PATHS = ['dk', 'xac-thuc', 'dang-nhap', 'nhan-qua', 'index.html', 'vn/home', 'app/tai-ve.apk', 'form', 'invite', 'u'];
const MULE_BANKS = BANKS.slice(0, 20);

function makeCampaigns(dice: Dice, count: number): Campaign[] {
  const campaigns: Campaign[] = [];
  const taken = new Set<string>();
  const mules: Account[] = [];
  for (let index = 0; index < count; index += 1) {
    const story = dice.below(STORIES.length);
    const { as, lure } = STORIES[story]!;
    const accounts = Array.from({ length: dice.between(0, 3) }, () => {
      const shared = mules.length > 0 && dice.happens(SHARED_MULES) ? dice.pick(mules) : null;
      const account = shared ?? makeAccount(dice);
      mules.push(account);
      return account;
    });
    campaigns.push({
      index, story, as: dice.pick(as), lure: dice.pick(lure), accounts,
      addresses: Array.from({ length: dice.between(1, 4) }, () => makeAddress(dice, taken)),
      phones: Array.from({ length: dice.between(0, 3) }, () => unique(taken, () => `09000${dice.digits(5)}`)),
    });
  }
  return campaigns;
}

function unique(taken: Set<string>, make: () => string): string {
  for (;;) {
    const value = make();
    if (!taken.has(value)) {
      taken.add(value);
      return value;
    }
  }
}

/** Digits after the invented beginning, to lengths in use; see BANKS. */
function makeAccount(dice: Dice): Account {
  return { bank: dice.pick(MULE_BANKS), number: `0000${dice.digits(dice.between(6, 10))}` };
}

/** Seven in ten on an own domain; the others on customers' hosting, shared hosting, or behind a shortener. */
function makeAddress(dice: Dice, taken: Set<string>): Address {
  const name = unique(taken, () => `${dice.pick(LURES)}-${dice.pick(LURES)}${dice.happens(0.6) ? dice.digits(dice.between(1, 3)) : dice.letters(2)}`);
  const roll = dice.next();
  if (roll < 0.7) return ownDomain(`${name}.example`);
  if (roll < 0.8) {
    const host = `vidu-${name}.${dice.pick(['weebly.com', 'vercel.app', 'pages.dev', 'web.app'])}`;
    return { named: { kind: 'domain', key: host }, written: () => ({ host, tail: dice.happens(0.3) ? `/${dice.pick(PATHS)}` : '' }) };
  }
  const [host, tail] = roll < 0.9
    ? dice.pick([['sites.google.com', `/view/vidu-${name}`], ['docs.google.com', `/forms/d/e/vidu${dice.letters(12)}/viewform`], ['forms.gle', `/vidu${dice.letters(9)}`]] as const)
    : [dice.pick(['bit.ly', 'tinyurl.com', 'cutt.ly', 's.id']), `/vidu${dice.letters(6)}`];
  return { named: { kind: 'url', key: host + tail }, written: (each) => ({ host, tail: tail + (each.happens(0.15) ? `?utm_source=${each.pick(['zalo', 'sms', 'fb'])}` : '') }) };
}

/** Other hosts and paths for each victim, as kits make them. */
function ownDomain(domain: string): Address {
  return {
    named: { kind: 'domain', key: domain },
    written: (dice) => ({
      host: dice.happens(0.35) ? `${dice.happens(0.7) ? dice.pick(FRONTS) : dice.letters(4) + dice.digits(2)}.${domain}` : domain,
      tail: dice.happens(0.55) ? `/${dice.pick(PATHS)}${dice.happens(0.6) ? `?id=${dice.letters(3)}${dice.digits(4)}` : ''}` : '',
    }),
  };
}

// ── Reporters and their reports ─────────────────────────────────────────────────────────────────────────────────────

type Typing = 'full' | 'decomposed' | 'no_marks' | 'teencode';

/** Somebody who reports once or a few times; own number and account come along. */
interface Reporter {
  readonly phone: string;
  readonly account: Account;
  readonly typing: Typing;
  /** Wrong letters for each letter. */
  readonly slips: number;
  readonly letters: 'as_is' | 'lower' | 'upper';
}

function makeReporter(dice: Dice, serial: number): Reporter {
  const roll = dice.next();
  return {
    phone: `09990${String(serial % 100_000).padStart(5, '0')}`, account: makeAccount(dice),
    typing: roll < 0.52 ? 'full' : roll < 0.6 ? 'decomposed' : roll < 0.85 ? 'no_marks' : 'teencode',
    slips: dice.pick([0, 0, 0, 0.003, 0.01, 0.03]), letters: dice.pick(['as_is', 'as_is', 'as_is', 'as_is', 'lower', 'lower', 'upper'] as const),
  };
}

/** A part of a report; what is `exact` keeps its letters whatever the reporter's typing. */
interface Part {
  readonly text: string;
  readonly exact: boolean;
}

const COMMUNES = communesOf('04').map((commune) => commune.code);
/** How many of its campaign's traces a report names: of a hundred, none 10, one 56, two 24, more 10. */
const NAMED_COUNTS = [...Array<number>(10).fill(0), ...Array<number>(56).fill(1), ...Array<number>(24).fill(2), ...Array<number>(10).fill(3)];
/** Share of named traces that go into the field for links and numbers and not into the story. */
const IN_FIELD = 0.3;
/** Share of reporters who pick another category for the same thing. */
const OTHER_CATEGORY = 0.06;

function makeReport(dice: Dice, campaign: Campaign, reporter: Reporter): CampaignReport {
  const story = STORIES[campaign.story]!;
  const amount = dice.pick([500e3, 990e3, 1.2e6, 2e6, 3.5e6, 5e6, 7.8e6, 12e6, 25e6, 48e6, 90e6, 120e6]) + 1000 * dice.below(400);
  const sentences: Part[][] = storyOf(dice, campaign, amount).map((text) => [{ text, exact: false }]);
  const traces: string[] = [];
  const named = new Map<string, Named>();
  for (const trace of tracesOf(dice, campaign)) {
    named.set(`${trace.named.kind} ${trace.named.key}`, trace.named);
    if (dice.happens(IN_FIELD)) traces.push(trace.plain);
    else sentences.splice(dice.between(1, sentences.length), 0, trace.sentence);
  }
  for (const noise of noiseOf(dice, reporter)) sentences.splice(dice.between(1, sentences.length), 0, noise);
  const narrative = sentences.map((parts) => parts.map((part) => typed(dice, reporter, part)).join('')).join(' ');
  return {
    campaign: campaign.index, story: campaign.story, named: [...named.values()],
    category: dice.happens(OTHER_CATEGORY) ? (story.category === 'scam' ? 'phishing_impersonation' : 'scam') : story.category,
    situation: null, narrative, traces: traces.join('\n'), happenedOn: null, moneyLost: dice.happens(0.4) ? amount : null, inDanger: false, forChild: false,
    communeCode: dice.happens(0.8) ? dice.pick(COMMUNES) : null, contact: null, senderAgencyId: null, uploads: [], language: 'vi',
  };
}

const WHENS = ['hôm qua', 'sáng nay', 'tuần trước', 'tối 12/11', 'chiều 3.11.2026', 'ngày 05/10/2026', 'khoảng 20h tối qua', 'mấy hôm trước'];
/** What people say besides the story, which tells nothing of the campaign. */
const ASIDES = [
  'Tôi năm nay [sáu mươi tư|bảy mươi] tuổi, ở [bản|xóm] xa.', 'Em là sinh viên [năm hai|năm cuối].', 'Nhà tôi [làm ruộng|buôn bán nhỏ].', 'Tôi còn giữ [tin nhắn|ảnh chụp màn hình].',
  'Vợ tôi [khóc|buồn] mấy hôm nay.', 'Tôi đã báo ngân hàng rồi.', 'Cảm ơn [cán bộ|quý cơ quan] nhiều.', 'Xin giữ kín tên tôi.', 'Tôi viết không rành, mong thông cảm.', 'Có gì [gọi lại|báo lại] cho tôi với.',
  'Tiền đó là tiền [học|thuốc men|bán lợn].', 'Tôi không biết phải làm [gì|sao].',
  'Đây là [tin nhắn|trang|cuộc gọi] giả mạo, mong xử lý.', 'Tôi nghi là giả mạo ngân hàng.', '[Đúng là|Rõ ràng] trò giả mạo.',
];

/** The script as this reporter tells it: most sentences, in order, own words, an aside or two. */
function storyOf(dice: Dice, campaign: Campaign, amount: number): string[] {
  const kept = STORIES[campaign.story]!.sentences.filter((_, index) => index < 2 || dice.happens(0.8));
  if (dice.happens(0.5)) kept.splice(dice.between(1, kept.length), 0, dice.pick(ASIDES));
  if (dice.happens(0.3)) kept.push(dice.pick(ASIDES));
  const slots: Readonly<Record<string, () => string>> = { as: () => campaign.as, lure: () => campaign.lure, amount: () => moneyWritten(dice, amount), when: () => dice.pick(WHENS) };
  return kept.map((sentence) => capitalised(spun(dice, sentence).replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]!())));
}

function spun(dice: Dice, text: string): string {
  return text.replace(/\[([^\]]*)\]/g, (_, choices: string) => dice.pick(choices.split('|')));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function moneyWritten(dice: Dice, amount: number): string {
  const millions = Math.floor(amount / 1e6);
  if (millions === 0) return dice.pick([moneyVnd(amount), `${amount / 1000}k`]);
  return dice.pick([moneyVnd(amount), `${millions} triệu`, `${millions}tr`, `hơn ${millions} triệu đồng`, `${String(amount)}đ`]);
}

// ── Traces, as people write them ────────────────────────────────────────────────────────────────────────────────────

interface Trace {
  readonly named: Named;
  /** Alone on a line. */
  readonly plain: string;
  readonly sentence: Part[];
}

function tracesOf(dice: Dice, campaign: Campaign): Trace[] {
  const all = [
    ...campaign.addresses.map((address) => () => addressTrace(dice, address)),
    ...campaign.accounts.map((account) => () => accountTrace(dice, account)),
    ...campaign.phones.map((phone) => () => phoneTrace(dice, phone)),
  ];
  return dice.shuffled(all).slice(0, dice.pick(NAMED_COUNTS)).map((make) => make());
}

/** A sentence with `@` where the trace stands. */
function around(dice: Dice, sentences: readonly string[], trace: string): Part[] {
  const [before = '', after = ''] = spun(dice, dice.pick(sentences)).split('@');
  return [{ text: before, exact: false }, { text: trace, exact: true }, { text: after, exact: false }];
}

const ADDRESS_SENTENCES = [
  'Nó gửi [link|đường link|đường dẫn] @ bảo bấm vào.', 'Trang đó là @.', 'Link: @', 'Tôi bấm vào @ thì hiện ra giao diện y như thật.', 'Họ dẫn tôi vào trang @, bắt đăng nhập.', 'địa chỉ trang web @',
  'Tin nhắn có kèm @', 'Trang web lừa đảo tên là @ nhé.', 'Mọi người đừng vào @ !', '(@)', 'Web @ giờ vẫn đang chạy.',
];

function addressTrace(dice: Dice, { named, written }: Address): Trace {
  const { host, tail } = written(dice);
  return { named, plain: `${dice.happens(0.7) ? 'https://' : ''}${host}${tail}`, sentence: around(dice, ADDRESS_SENTENCES, asWritten(dice, host, tail)) };
}

/** Links as they come: clicked, typed, broken on purpose, spoken. */
function asWritten(dice: Dice, host: string, tail: string): string {
  const roll = dice.next();
  if (roll < 0.42) return `${dice.pick(['https://', 'https://', 'http://'])}${host}${tail}`;
  if (roll < 0.68) return host + tail;
  if (roll < 0.74) return capitalised(host) + tail;
  if (roll < 0.8) return `${dice.pick(['hxxps://', 'hxxp://', 'h**p://'])}${host.replaceAll('.', '[.]')}${tail}`;
  if (roll < 0.86) return host.replace(/\.([^.]*)$/, dice.pick(['[.]$1', '(.)$1', ' . $1'])) + tail;
  if (roll < 0.94) return host.replace(/\.([^.]*)$/, dice.pick([' chấm $1', '(chấm)$1', ' dot $1'])) + tail;
  if (roll < 0.97) return `HTTPS://${host.toUpperCase()}${tail}`;
  if (roll < 0.98) return host.replace('-', '–') + tail;
  return `https://${host}:443${tail === '' ? '/' : tail}`;
}

const PHONE_SENTENCES = [
  'Số nó gọi là @.', 'Số điện thoại lừa đảo: @', 'Nó dùng số @ để gọi.', 'gọi từ số @', 'Họ nhắn từ @ [nhiều lần|liên tục].', 'SĐT @ giờ không liên lạc được.', 'Zalo của nó là @.', 'Kẻ lừa tự xưng tên Hùng, số @.',
  'Người ta bảo liên hệ @ để được hỗ trợ.', 'sđt nó @',
];

function phoneTrace(dice: Dice, phone: string): Trace {
  const international = `+84${phone.slice(1)}`;
  const written = dice.pick([
    phone, phone, phone, `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`, `${phone.slice(0, 4)}.${phone.slice(4, 7)}.${phone.slice(7)}`, `${phone.slice(0, 3)} ${phone.slice(3, 6)} ${phone.slice(6, 8)} ${phone.slice(8)}`,
    international, `84${phone.slice(1)}`, `+84 ${phone.slice(1, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`, `(${phone.slice(0, 4)}) ${phone.slice(4)}`, `zalo.me/${phone}`, `${phone.slice(0, 4)}-${phone.slice(4, 7)}-${phone.slice(7)}`,
  ]);
  return { named: { kind: 'phone', key: international }, plain: phone, sentence: around(dice, PHONE_SENTENCES, written) };
}

const ACCOUNT_SENTENCES = [
  'Tôi chuyển vào STK @.', 'Số tài khoản nhận tiền: @', 'chuyển khoản vào tài khoản @', 'Họ đưa số tk @ bảo chuyển.', 'tk nhận: @', 'Tài khoản @ đứng tên người lạ.', 'Em ck vào stk @ rồi.', 'Người nhận có số tài khoản @.',
];
/** Fields of a VietQR code in their order, without the checksum. Source: NAPAS VietQR, EMVCo merchant-presented 1.1. */
const QR_SHARE = 0.04;

function accountTrace(dice: Dice, { bank, number }: Account): Trace {
  if (dice.happens(QR_SHARE)) {
    const code = vietQr(bank.bin, number);
    return { named: { kind: 'bank_account', key: `${bank.bin}|${number}` }, plain: code, sentence: around(dice, ['Quét mã QR ra dãy này @', 'Mã QR của nó: @'], code) };
  }
  const grouped = dice.happens(0.25) ? number.replace(/(\d{4})(?=\d)/g, dice.pick(['$1 ', '$1.', '$1-'])) : number;
  const bankNamed = dice.happens(0.93);
  const name = dice.happens(0.25) ? (bank.aliases[0] ?? bank.name) : bank.name;
  const written = bankNamed ? dice.pick([`${grouped} ${name}`, `${grouped} ngân hàng ${name}`, `${grouped} (${name})`, `${name} ${grouped}`, `${grouped} - ${name}`]) : grouped;
  return { named: { kind: 'bank_account', key: `${bankNamed ? bank.bin : '?'}|${number}` }, plain: bankNamed ? `${number} ${bank.name}` : `${dice.pick(['', 'STK '])}${number}`, sentence: around(dice, ACCOUNT_SENTENCES, written) };
}

/** The text of a VietQR code to an account. */
export function vietQr(bin: string, account: string): string {
  const field = (tag: string, value: string) => `${tag}${String(value.length).padStart(2, '0')}${value}`;
  const receiver = field('00', bin) + field('01', account);
  const body = `${field('00', '01')}${field('01', '11')}${field('38', field('00', 'A000000727') + field('01', receiver) + field('02', 'QRIBFTTA'))}${field('53', '704')}${field('58', 'VN')}6304`;
  let crc = 0xffff;
  for (const character of body) {
    crc ^= character.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ 0x1021) & 0xffff;
  }
  return body + crc.toString(16).toUpperCase().padStart(4, '0');
}

// ── What tells nothing of the campaign ──────────────────────────────────────────────────────────────────────────────

interface Noise {
  readonly share: number;
  readonly sentences: readonly string[];
  readonly value: (dice: Dice, reporter: Reporter) => string;
}

const among = (...values: string[]) => (dice: Dice) => dice.pick(values);

/** Names, numbers and links that belong to the reporter, to everybody or to nobody; each with its share of the reports. */
const NOISE: readonly Noise[] = [
  { share: 0.1, sentences: ['Số của tôi @.', 'Số điện thoại của tôi là @.', 'Gọi lại cho tôi số @.', 'sđt của em @', 'Cần gì liên hệ tôi @ nhé.', 'Tôi dùng số @, bị gọi suốt.', 'Liên lạc với tôi qua @.'], value: (_, { phone }) => phone },
  { share: 0.01, sentences: ['Số vợ tôi là @.', 'Có thể gọi cho con tôi @.'], value: (dice) => `09991${dice.digits(5)}` },
  {
    share: 0.07, sentences: ['Tôi chuyển từ tài khoản @.', 'Tài khoản của tôi là @.', 'Tiền đi từ stk @ của tôi.', 'Em ck từ tk của em @.', 'Tài khoản bị trừ tiền là @ của mẹ tôi.'],
    value: (dice, { account: { bank, number } }) => dice.pick([`${bank.aliases[0] ?? bank.name} ${number}`, `${number} ${bank.name}`]),
  },
  {
    share: 0.06, sentences: ['Trang thật là @ chứ không phải trang kia.', 'Tôi tra trên @ không thấy.', 'giả trang @', 'Trang chính thức @ không có mục này.'],
    value: among('vietcombank.com.vn', 'https://www.bidv.com.vn', 'agribank.com.vn', 'dichvucong.gov.vn', 'https://vneid.gov.vn', 'csgt.vn', 'vnpost.vn', 'shopee.vn', 'https://www.evn.com.vn', 'baohiemxahoi.gov.vn'),
  },
  {
    share: 0.03, sentences: ['Tôi so với @ thì khác.', 'Đường dẫn thật là @.'],
    value: among('https://dichvucong.gov.vn/p/home/dvc-trang-chu.html', 'https://vneid.gov.vn/huong-dan', 'https://www.vietcombank.com.vn/vi-VN/KHCN', 'https://play.google.com/store/apps/details?id=com.vnid', 'https://shopee.vn/flash_sale', 'https://www.csgt.vn/tra-cuu-phuong-tien-vi-pham.html'),
  },
  { share: 0.07, sentences: ['Tôi gọi tổng đài @ khóa thẻ rồi.', 'Hotline ngân hàng @ bảo đợi.', 'Gọi @ thì máy bận.'], value: among('1900545413', '1900 9247', '1900558818', '1800588822', '19006769', '1800 1091', '1900.5454.26') },
  { share: 0.02, sentences: ['Tổng đài ngân hàng @ hướng dẫn báo công an.', 'Tôi gọi ngân hàng số @.'], value: among('02438243524', '024 3942 6800', '028 3822 3390') },
  { share: 0.05, sentences: ['Tôi đã gọi @.', 'Đã nhắn tin tới @ nhưng chưa thấy gì.', 'Có báo @ rồi.'], value: among('113', '156', '5656', '111', '8156') },
  { share: 0.015, sentences: ['Tôi đã báo công an xã, số @.', 'Trực ban công an xã @ đã nhận tin.', 'UBND xã số @ bảo gửi lên đây.'], value: (dice) => `02060${dice.pick(['850', '851', '852'])}0${dice.digits(1)}` },
  {
    share: 0.02, sentences: ['Giống như báo đã đăng: @', 'Tôi đọc bài này @ mới biết.', 'Báo có nói rồi @'],
    value: among('https://vnexpress.net/canh-bao-lua-dao-vidu-4700001.html', 'https://tuoitre.vn/lua-dao-qua-mang-vidu-2026111.htm', 'https://dantri.com.vn/an-ninh-mang/vidu-123.htm', 'vnexpress.net', 'https://nhandan.vn/vidu-post100.html'),
  },
  { share: 0.012, sentences: ['Tôi kiểm tra trên @ thì chưa có.', 'Xem @ mới biết là lừa.', 'Đã báo cả lên @.'], value: among('https://canhbao.khonggianmang.vn', 'chongluadao.vn', 'tinnhiemmang.vn', 'https://canhbao.ncsc.gov.vn', 'https://chongluadao.vn/report') },
  {
    share: 0.05, sentences: ['Thấy quảng cáo trên @.', 'Nó nhắn qua @.', 'Nhóm @ đăng đầy.', 'Họ rủ vào @ nói chuyện.'],
    value: among('facebook.com', 'https://www.facebook.com', 'zalo.me', 'https://t.me', 'tiktok.com', 't.co', 'bit.ly', 'https://zalo.me/', 'messenger.com', 'youtube.com'),
  },
  { share: 0.006, sentences: ['Trong nhóm @ cũng nhiều người kể.', 'Tôi hỏi ở @ thì bảo lừa.'], value: among('https://www.facebook.com/groups/vidu-canhbaoluadao', 'https://www.facebook.com/groups/vidu-caobang', 'https://zalo.me/g/viducaobang') },
  { share: 0.006, sentences: ['Quét mã ở quầy ra @', 'Mã QR đó là @'], value: among('00020101021126280010A000000775011001100003490208QRPUSH5303704', 'https://qr.link/', '000201010212', 'WIFI:S:QuanCafe;T:WPA;P:12345678;;') },
  { share: 0.06, sentences: ['Mã đơn @.', 'Mã vận đơn: @', 'Mã giao dịch @ nhé.', 'mã gd @'], value: (dice) => dice.pick([`SPXVN0${dice.digits(10)}`, `VN${dice.digits(9)}`, `FT26${dice.digits(10)}`, dice.digits(12), dice.digits(9)]) },
  { share: 0.03, sentences: ['CCCD của tôi @.', 'Số căn cước @ bị lộ.', 'Nó đọc đúng số cccd @ của tôi.'], value: (dice) => `000${dice.digits(9)}` },
  { share: 0.01, sentences: ['Mã số thuế cửa hàng @.', 'MST @'], value: (dice) => `00${dice.digits(8)}` },
  { share: 0.03, sentences: ['Mã OTP là @ tôi lỡ đọc.', 'nó gửi otp @'], value: (dice) => dice.digits(6) },
  { share: 0.02, sentences: ['Email của tôi @.', 'gửi về mail @ giúp em'], value: (dice) => `vidu.${dice.letters(5)}@gmail.com` },
  { share: 0.12, sentences: ['Lúc @.', 'Vào @ thì xảy ra.'], value: (dice) => `${dice.between(1, 23)}h${dice.digits(1)}5 ngày ${dice.between(1, 28)}/${dice.between(1, 11)}/2026` },
  { share: 0.02, sentences: ['Biển số xe tôi @.'], value: (dice) => `11A-${dice.digits(3)}.${dice.digits(2)}` },
];

function noiseOf(dice: Dice, reporter: Reporter): Part[][] {
  return NOISE.filter(({ share }) => dice.happens(share)).map(({ sentences, value }) => around(dice, sentences, value(dice, reporter)));
}

// ── Typing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What young people write for it. */
const TEENCODE: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})không(?!\p{L})/giu, 'k'], [/(?<!\p{L})được(?!\p{L})/giu, 'đc'], [/(?<!\p{L})với(?!\p{L})/giu, 'vs'], [/(?<!\p{L})rồi(?!\p{L})/giu, 'r'], [/(?<!\p{L})mọi người(?!\p{L})/giu, 'mn'],
  [/(?<!\p{L})gì(?!\p{L})/giu, 'j'], [/(?<!\p{L})em(?!\p{L})/giu, 'e'], [/(?<!\p{L})(?:số )?tài khoản(?!\p{L})/giu, 'stk'], [/(?<!\p{L})số điện thoại(?!\p{L})/giu, 'sđt'], [/(?<!\p{L})người(?!\p{L})/giu, 'ng'],
  [/(?<!\p{L})nhưng(?!\p{L})/giu, 'nhg'], [/(?<!\p{L})giờ(?!\p{L})/giu, 'h'], [/(?<!\p{L})chuyển(?: khoản)?(?!\p{L})/giu, 'ck'], [/(?<!\p{L})vậy(?!\p{L})/giu, 'v'], [/(?<!\p{L})biết(?!\p{L})/giu, 'bít'],
];

function typed(dice: Dice, { typing, slips, letters }: Reporter, { text, exact }: Part): string {
  let out = text;
  if (!exact) {
    if (typing === 'teencode') for (const [words, short] of TEENCODE) if (dice.happens(0.8)) out = out.replace(words, short);
    if (slips > 0) out = slipped(dice, out, slips);
    if (letters !== 'as_is') out = letters === 'lower' ? out.toLowerCase() : out.toUpperCase();
  }
  if (typing === 'no_marks') return withoutMarks(out);
  return typing === 'decomposed' ? out.normalize('NFD') : out;
}

function withoutMarks(text: string): string {
  return [...text].map((letter) => (/[^\0-\x7f]/.test(letter) && /\p{L}/u.test(letter) ? bare(letter) : letter)).join('');
}

function bare(letter: string): string {
  const key = searchKey(letter);
  return letter === letter.toLowerCase() ? key : key.toUpperCase();
}

/** Letters swapped, left out, doubled or hit beside. */
function slipped(dice: Dice, text: string, rate: number): string {
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (!/\p{L}/u.test(letter) || !dice.happens(rate)) out += letter;
    else {
      const roll = dice.below(4);
      if (roll === 0 && at + 1 < text.length) out += text[(at += 1)]! + letter;
      else if (roll === 1) out += letter + letter;
      else if (roll === 2) out += dice.letters(1);
    }
  }
  return out;
}
