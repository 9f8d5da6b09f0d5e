/**
 * What to do now: the advice shown beside the form, on the receipt and on every warning. Data, so that words can be checked.
 * Sentences are short, kind, and blame nobody; Vietnamese is the source. `call` names entries of hotlines.ts.
 * @NOTE to be read by a bank officer, a police officer and a victim-support worker before going live.
 */
import type { CategoryCode } from './categories.ts';
import type { HotlineKey, SpamReportKind } from './hotlines.ts';
import type { Label } from './label.ts';

export interface Situation {
  readonly key: string;
  readonly categories: readonly CategoryCode[];
  /** True for the fallback of a category, when nothing more exact fits. */
  readonly general: boolean;
  readonly title: Label;
  /** The next ten minutes. */
  readonly now: readonly Label[];
  readonly today: readonly Label[];
  readonly week: readonly Label[];
  readonly never: readonly Label[];
  readonly call: readonly HotlineKey[];
  /** Messages ready for 156, where calls or texts are what it is about; `content` without diacritics. */
  readonly texts?: readonly { readonly kind: SpamReportKind; readonly content: string }[];
}

function t(vi: string, en: string): Label {
  return { vi, en };
}

/** Every bank's number is offered where money moved; the page shows the chosen bank first. */
export const BANK_CALLS: readonly HotlineKey[] = [
  'vietcombank', 'bidv', 'agribank', 'vietinbank', 'techcombank', 'mb', 'vpbank', 'acb', 'sacombank', 'tpbank', 'hdbank',
  'vib', 'msb', 'lpbank', 'seabank', 'momo', 'zalopay',
];

const KEEP = t(
  'Giữ lại tin nhắn, số điện thoại, số tài khoản, ảnh chụp màn hình.',
  'Keep the messages, phone numbers, account numbers and screenshots.',
);
const REPORT_HERE = t('Gửi phản ánh ở đây để chúng tôi cảnh báo người khác.', 'Report it here so that we can warn others.');
const POLICE_TODAY = t(
  'Đến Công an xã, phường nơi bạn ở để trình báo, mang theo giấy tờ chuyển tiền.',
  'Go to the police of your commune or ward and bring the transfer papers.',
);
const NOT_YOUR_FAULT = t(
  'Kể cho người nhà biết. Đây không phải lỗi của bạn.',
  'Tell your family. This is not your fault.',
);
const NO_MORE_MONEY = t('Đừng chuyển thêm tiền, dù họ hứa hay dọa.', 'Do not send more money, whatever they promise or threaten.');
const NO_OTP = t('Đừng đọc mã OTP hay mật khẩu cho bất kỳ ai.', 'Do not give an OTP code or password to anyone.');
const NO_RECOVERY = t(
  'Đừng tin người hứa lấy lại tiền và đòi phí trước.',
  'Do not trust anyone who promises to get your money back for a fee.',
);
const NO_LINK = t('Đừng bấm lại vào đường dẫn đó.', 'Do not open that link again.');
const WATCH_BANK = t(
  'Xem lại sao kê ngân hàng và báo ngay giao dịch lạ.',
  'Check your bank statement and report any strange transfer at once.',
);
const TEXT_156 = t('Nhắn cho 156 bằng tin soạn sẵn ở trang này. Không mất tiền.', 'Text 156 with the message on this page. It is free.');
const RECEIPT = t(
  'Hỏi kết quả bằng mã phản ánh và mã bí mật của bạn.',
  'Ask for the result with your report code and your secret code.',
);

export const SITUATIONS: readonly Situation[] = [
  {
    key: 'transfer_just_made', general: false, categories: ['scam', 'phishing_impersonation'],
    title: t('Tôi vừa chuyển tiền cho kẻ lừa đảo', 'I have just sent money to a scammer'),
    now: [
      t('Gọi ngân hàng của bạn ngay. Nói: “Tôi vừa bị lừa, xin tra soát và chặn giao dịch”.', 'Call your bank now. Say: “I was tricked, please trace and stop the transfer”.'),
      t('Đọc cho ngân hàng số tiền, giờ chuyển, số tài khoản nhận.', 'Tell the bank the amount, the time and the receiving account.'),
      t('Xin khóa tạm thời tài khoản và thẻ nếu họ có thể vẫn vào được.', 'Ask to lock your account and card if they may still get in.'),
      t('Nếu họ còn giữ máy, hãy cúp máy.', 'If they are still on the phone, hang up.'),
    ],
    today: [
      POLICE_TODAY, KEEP,
      t('Đến quầy ngân hàng ký giấy yêu cầu tra soát.', 'Sign a trace request at a bank counter.'),
      REPORT_HERE,
    ],
    week: [WATCH_BANK, RECEIPT, NOT_YOUR_FAULT],
    never: [NO_MORE_MONEY, NO_RECOVERY, t('Đừng xóa tin nhắn với họ.', 'Do not delete your messages with them.')],
    call: [...BANK_CALLS, 'police'],
  },
  {
    key: 'otp_given', general: false, categories: ['scam', 'phishing_impersonation'],
    title: t('Tôi đã đọc mã OTP hoặc mật khẩu cho người khác', 'I gave someone an OTP code or password'),
    now: [
      t('Gọi ngân hàng xin khóa ngân hàng điện tử và thẻ.', 'Call the bank and ask to lock online banking and cards.'),
      t('Đổi mật khẩu trên một máy khác mà bạn tin.', 'Change the password on another device that you trust.'),
      t('Đăng xuất khỏi mọi thiết bị trong phần cài đặt tài khoản.', 'Sign out of all devices in the account settings.'),
    ],
    today: [
      WATCH_BANK,
      t('Đổi mật khẩu ở những nơi khác bạn dùng chung mật khẩu đó.', 'Change it wherever else you use the same password.'),
      t('Bật xác thực hai bước cho thư điện tử và mạng xã hội.', 'Turn on two-step verification for e-mail and social accounts.'),
      REPORT_HERE,
    ],
    week: [
      t('Chỉ mở lại ngân hàng điện tử khi ngân hàng nói đã an toàn.', 'Unlock online banking only when the bank says it is safe.'),
      t('Nếu mất tiền, trình báo Công an xã, phường.', 'If money is gone, report to the commune or ward police.'),
    ],
    never: [NO_OTP, NO_LINK, t('Đừng cài ứng dụng họ gửi.', 'Do not install an app they send.')],
    call: BANK_CALLS,
  },
  {
    key: 'app_installed', general: false, categories: ['malware_attack', 'phishing_impersonation', 'scam'],
    title: t('Tôi đã cài ứng dụng lạ theo lời họ', 'I installed an app they told me to'),
    now: [
      t('Bật chế độ máy bay và tắt Wi-Fi trên điện thoại đó.', 'Turn on flight mode and turn off Wi-Fi on that phone.'),
      t('Dùng điện thoại khác gọi ngân hàng xin khóa tài khoản.', 'Use another phone to call the bank and lock your account.'),
      t('Nếu màn hình tự chạy, hãy tắt nguồn máy.', 'If the screen moves by itself, switch the phone off.'),
    ],
    today: [
      t('Trên máy khác, đổi mật khẩu ngân hàng, thư điện tử, Zalo, Facebook.', 'On another device, change the passwords of your bank, e-mail and social accounts.'),
      t('Nhờ người biết máy gỡ ứng dụng đó, rồi khôi phục cài đặt gốc.', 'Ask someone skilled to remove the app, then do a factory reset.'),
      t('Ghi lại tên ứng dụng và đường dẫn tải trước khi xóa.', 'Write down the app’s name and download link before you delete it.'),
      REPORT_HERE,
    ],
    week: [
      WATCH_BANK,
      t('Chỉ cài ứng dụng từ App Store hoặc Google Play.', 'Install apps only from the App Store or Google Play.'),
      t('Xem trong máy ứng dụng nào có quyền “Trợ năng” và tắt nếu lạ.', 'See which apps have the “Accessibility” right and turn off strange ones.'),
    ],
    never: [
      t('Đừng mở ứng dụng ngân hàng trên máy đó khi chưa làm sạch.', 'Do not open your bank app on that phone until it is clean.'),
      NO_OTP,
      t('Đừng cho ai điều khiển máy từ xa.', 'Do not let anyone control your phone remotely.'),
    ],
    call: BANK_CALLS,
  },
  {
    key: 'account_taken_over', general: false, categories: ['malware_attack', 'phishing_impersonation'],
    title: t('Tài khoản Zalo, Facebook, thư của tôi bị chiếm', 'Someone took over my social or e-mail account'),
    now: [
      t('Bấm “Quên mật khẩu” ngay trong ứng dụng chính thức để lấy lại.', 'Use “Forgot password” in the official app to get it back.'),
      t('Gọi điện báo người thân: đừng chuyển tiền nếu “tôi” nhắn hỏi vay.', 'Phone your family: do not send money if “I” ask for a loan.'),
      t('Nếu vào được, đăng xuất mọi thiết bị và đổi mật khẩu.', 'If you get in, sign out of all devices and change the password.'),
    ],
    today: [
      t('Đổi mật khẩu thư điện tử gắn với tài khoản đó.', 'Change the password of the e-mail linked to that account.'),
      t('Báo cáo với nền tảng rằng tài khoản bị chiếm.', 'Tell the platform that the account was taken over.'),
      t('Bật xác thực hai bước.', 'Turn on two-step verification.'),
      KEEP,
    ],
    week: [
      t('Nhắn cho bạn bè biết khi bạn đã lấy lại tài khoản.', 'Tell your friends when you have the account back.'),
      t('Nếu có người mất tiền vì việc này, cùng họ trình báo Công an.', 'If someone lost money, go to the police together.'),
    ],
    never: [
      t('Đừng trả tiền cho “dịch vụ lấy lại nick”.', 'Do not pay an “account recovery service”.'),
      NO_OTP,
    ],
    call: ['viettel', 'vinaphone', 'mobifone', 'police'],
  },
  {
    key: 'id_card_sent', general: false, categories: ['personal_data_abuse', 'scam', 'phishing_impersonation'],
    title: t('Tôi đã gửi ảnh căn cước hoặc quay khuôn mặt', 'I sent my ID card or a video of my face'),
    now: [
      t('Ngừng gửi thêm giấy tờ. Cúp máy, chặn số.', 'Stop sending papers. Hang up and block the number.'),
      t('Gọi ngân hàng, nói giấy tờ của bạn đã bị lộ.', 'Call your bank and say your papers have leaked.'),
    ],
    today: [
      t('Nhắn TTTB và số giấy tờ của bạn gửi 1414 để xem có SIM lạ đứng tên bạn không.', 'Text TTTB and your ID number to 1414 to see SIM cards in your name.'),
      t('Có SIM lạ thì ra cửa hàng nhà mạng yêu cầu hủy.', 'If there is a strange SIM, ask the operator’s shop to cancel it.'),
      t('Báo Công an xã, phường rằng giấy tờ bị lộ và xin giấy xác nhận đã trình báo.', 'Tell the commune or ward police and ask for a paper that you reported it.'),
      KEEP,
    ],
    week: [
      t('Tra cứu khoản vay đứng tên bạn ở CIC.', 'Look up loans in your name at the credit centre (CIC).'),
      t('Đăng nhập VNeID xem có việc lạ không.', 'Sign in to VNeID and look for anything strange.'),
      RECEIPT,
    ],
    never: [
      t('Đừng trả khoản vay bạn không vay. Hãy khiếu nại với bên cho vay.', 'Do not pay a loan you did not take. Complain to the lender.'),
      t('Đừng gửi ảnh giấy tờ qua Zalo cho người chưa gặp.', 'Do not send ID photos to people you have not met.'),
    ],
    call: ['credit_information', 'vneid', 'viettel', 'vinaphone', 'mobifone'],
  },
  {
    key: 'images_threatened', general: false, categories: ['intimate_images', 'threat_harassment'],
    title: t('Có người dọa tung hình ảnh riêng tư của tôi', 'Someone threatens to share my intimate images'),
    now: [
      t('Ngừng trả lời họ. Đừng trả tiền.', 'Stop answering them. Do not pay.'),
      t('Chụp màn hình lời đe dọa và tên tài khoản, rồi chặn.', 'Take screenshots of the threat and the account name, then block.'),
      t('Nói với một người bạn tin. Bạn không phải chịu một mình.', 'Tell someone you trust. You do not have to bear this alone.'),
      t('Nếu bạn dưới 18 tuổi, gọi 111. Cuộc gọi miễn phí và kín đáo.', 'If you are under 18, call 111. It is free and private.'),
    ],
    today: [
      t('Trình báo Công an. Bạn có thể xin gặp cán bộ nữ.', 'Report to the police. You may ask for a female officer.'),
      t('Chuyển mạng xã hội của bạn sang chế độ riêng tư, ẩn danh sách bạn bè.', 'Make your social accounts private and hide your friends list.'),
      t('Báo cáo từng bài với nền tảng bằng nút “Báo cáo”.', 'Report each item to the platform with its “Report” button.'),
      t('Gửi phản ánh ở đây với đường dẫn. Đừng gửi ảnh cho chúng tôi.', 'Report here with the link. Do not send us the image.'),
    ],
    week: [
      t('Tìm người tư vấn tâm lý nếu bạn mất ngủ, lo sợ.', 'See a counsellor if you cannot sleep or feel afraid.'),
      RECEIPT,
    ],
    never: [
      t('Đừng gửi thêm ảnh để “đổi lại”.', 'Do not send more images “in exchange”.'),
      t('Đừng trả tiền. Trả rồi họ thường đòi thêm.', 'Do not pay. They usually ask for more.'),
      t('Đừng tự trách mình. Người đe dọa mới là người sai.', 'Do not blame yourself. The one who threatens is in the wrong.'),
    ],
    call: ['child', 'police', 'peace_house'],
  },
  {
    key: 'fake_police_call', general: false, categories: ['phishing_impersonation', 'scam'],
    title: t('Có người xưng công an, viện kiểm sát gọi cho tôi', 'Someone claiming to be police or prosecutors called me'),
    now: [
      t('Cúp máy. Công an không làm việc qua điện thoại hay gọi hình.', 'Hang up. The police do not handle cases by phone or video call.'),
      t('Gọi 113 hoặc Công an xã, phường để hỏi có giấy mời thật không.', 'Call 113 or your commune police and ask if a summons exists.'),
      t('Nếu đã chuyển tiền, gọi ngân hàng ngay.', 'If you sent money, call your bank now.'),
    ],
    today: [
      TEXT_156,
      KEEP, REPORT_HERE,
      t('Kể cho ông bà, bố mẹ nghe. Họ hay bị gọi nhất.', 'Tell your parents and grandparents. They are called most often.'),
    ],
    week: [
      t('Nếu đã đọc số căn cước, làm theo mục “đã gửi ảnh căn cước”.', 'If you gave your ID number, follow “I sent my ID card”.'),
    ],
    never: [
      t('Đừng chuyển tiền vào “tài khoản tạm giữ”. Không có loại đó.', 'Do not send money to a “holding account”. There is no such thing.'),
      t('Đừng giấu người nhà theo lời họ dặn.', 'Do not hide it from your family because they tell you to.'),
      t('Đừng vào phòng kín, nhà nghỉ theo lời họ.', 'Do not go to a closed room or hotel because they say so.'),
    ],
    call: ['police', 'spam'],
    texts: [{ kind: 'scam_call', content: 'gia danh cong an, vien kiem sat' }],
  },
  {
    key: 'fake_vneid', general: false, categories: ['phishing_impersonation', 'malware_attack'],
    title: t('Họ bảo tôi cập nhật VNeID, căn cước, thuế qua đường dẫn', 'They told me to update VNeID, ID or tax by a link'),
    now: [
      t('Đừng bấm đường dẫn. Cúp máy.', 'Do not open the link. Hang up.'),
      t('Nếu đã cài ứng dụng, bật chế độ máy bay và gọi ngân hàng bằng máy khác.', 'If you installed an app, turn on flight mode and call the bank from another phone.'),
    ],
    today: [
      t('Chỉ làm VNeID trong ứng dụng trên App Store, Google Play hoặc tại trụ sở Công an.', 'Use VNeID only through the app stores or at a police office.'),
      t('Hỏi lại Công an xã, phường nếu họ nói giấy tờ của bạn bị lỗi.', 'Ask your commune police if they say your papers have a fault.'),
      TEXT_156,
      REPORT_HERE,
    ],
    week: [
      t('Đổi mật khẩu VNeID nếu bạn đã nhập ở trang lạ.', 'Change your VNeID password if you typed it on a strange page.'),
      WATCH_BANK,
    ],
    never: [
      t('Đừng tải tệp .apk ai đó gửi.', 'Do not download an .apk file that someone sends.'),
      NO_OTP,
      t('Đừng cho quét khuôn mặt khi gọi hình với người lạ.', 'Do not let a stranger scan your face in a video call.'),
    ],
    call: ['vneid', 'public_services', 'police', 'spam'],
    texts: [{ kind: 'scam_call', content: 'gia danh can bo VNeID' }],
  },
  {
    key: 'parcel', general: false, categories: ['scam', 'phishing_impersonation'],
    title: t('Họ gọi về đơn hàng, bưu phẩm, phí giao hàng', 'They called about a parcel, order or delivery fee'),
    now: [
      t('Mở ứng dụng mua hàng xem có đơn đó không.', 'Open your shopping app and see if the order exists.'),
      t('Đừng trả tiền cho đơn bạn không đặt.', 'Do not pay for an order you did not make.'),
      t('Nếu đã chuyển tiền hoặc bấm đường dẫn, gọi ngân hàng ngay.', 'If you sent money or opened a link, call your bank now.'),
    ],
    today: [
      t('Gọi bưu điện hoặc hãng giao hàng bằng số chính thức để hỏi.', 'Call the post office or carrier on its official number.'),
      t('Dặn người nhà không nhận, không trả hộ khi chưa hỏi bạn.', 'Ask your family not to accept or pay before asking you.'),
      KEEP, REPORT_HERE,
    ],
    week: [WATCH_BANK],
    never: [
      t('Đừng bấm đường dẫn “hủy thẻ hội viên”, “hoàn tiền”.', 'Do not open a “cancel membership” or “refund” link.'),
      NO_OTP,
    ],
    call: ['post', 'spam', 'consumer'],
    texts: [{ kind: 'scam_call', content: 'gia danh giao hang, buu dien' }],
  },
  {
    key: 'investment', general: false, categories: ['scam'],
    title: t('Tôi góp tiền vào sàn đầu tư, tiền ảo, không rút được', 'I paid into an investment or crypto platform and cannot withdraw'),
    now: [
      t('Dừng nạp tiền. “Phí rút”, “thuế rút” cũng là lừa.', 'Stop paying in. “Withdrawal fees” and “taxes” are part of the scam.'),
      t('Gọi ngân hàng nếu vừa chuyển trong vài giờ qua.', 'Call the bank if you paid within the last hours.'),
      t('Chụp màn hình trang, lịch sử nạp, nhóm trò chuyện.', 'Take screenshots of the site, the payments and the chat group.'),
    ],
    today: [
      t('Lập danh sách mỗi lần chuyển: ngày, giờ, số tiền, tài khoản nhận.', 'List each transfer: day, time, amount, receiving account.'),
      POLICE_TODAY, REPORT_HERE,
    ],
    week: [
      t('Đừng vay thêm để gỡ. Nói với người nhà về khoản nợ nếu có.', 'Do not borrow to win it back. Tell your family about any debt.'),
      RECEIPT,
    ],
    never: [
      NO_MORE_MONEY, NO_RECOVERY,
      t('Đừng rủ thêm người vào để được rút tiền.', 'Do not bring others in so that you may withdraw.'),
    ],
    call: [...BANK_CALLS, 'police'],
  },
  {
    key: 'recovery_scam', general: false, categories: ['scam', 'phishing_impersonation'],
    title: t('Có người hứa lấy lại số tiền tôi đã mất', 'Someone promises to get my lost money back'),
    now: [
      t('Dừng lại. Đây thường là lần lừa thứ hai.', 'Stop. This is usually a second scam.'),
      t('Đừng trả “phí luật sư”, “phí hồ sơ”, “phí mở khóa”.', 'Do not pay a “lawyer fee”, “file fee” or “unlock fee”.'),
      t('Nếu vừa chuyển tiền, gọi ngân hàng ngay.', 'If you have just paid, call your bank now.'),
    ],
    today: [
      t('Hỏi cán bộ Công an đang giữ hồ sơ của bạn trước khi làm gì.', 'Ask the police officer who has your file before doing anything.'),
      KEEP, REPORT_HERE,
    ],
    week: [
      t('Chỉ tin tin tức từ cơ quan bạn đã nộp đơn, hỏi trực tiếp tại trụ sở.', 'Trust only the agency you filed with, and ask at its office.'),
      RECEIPT,
    ],
    never: [
      NO_RECOVERY,
      t('Đừng đưa giấy tờ, mật khẩu để họ “kiểm tra”.', 'Do not give papers or passwords for a “check”.'),
    ],
    call: ['police', ...BANK_CALLS],
  },
  {
    key: 'job_scam', general: false, categories: ['scam', 'personal_data_abuse'],
    title: t('Việc nhẹ lương cao, làm nhiệm vụ, bắt nạp tiền trước', 'An easy job or “tasks” that ask me to pay first'),
    now: [
      t('Dừng nạp tiền làm nhiệm vụ. Nơi thuê thật không bắt bạn nạp tiền.', 'Stop paying for “tasks”. A real employer never makes you pay in.'),
      t('Nếu vừa chuyển tiền, gọi ngân hàng ngay.', 'If you have just paid, call your bank now.'),
      t('Nếu bạn đang bị giữ người, gọi 113 khi có thể.', 'If you are being held, call 113 when you can.'),
    ],
    today: [
      POLICE_TODAY, KEEP,
      t('Rời nhóm trò chuyện sau khi đã chụp màn hình.', 'Leave the chat group once you have screenshots.'),
      REPORT_HERE,
    ],
    week: [
      t('Muốn đi làm xa, hỏi trung tâm dịch vụ việc làm của tỉnh trước.', 'Before taking work far away, ask the provincial job centre.'),
      WATCH_BANK,
    ],
    never: [
      NO_MORE_MONEY,
      t('Đừng đi qua biên giới theo lời hứa trên mạng.', 'Do not cross the border on an online promise.'),
      t('Đừng cho họ mượn hay thuê tài khoản ngân hàng.', 'Do not lend or rent them your bank account.'),
    ],
    call: ['police', ...BANK_CALLS],
  },
  {
    key: 'loan_scam', general: false, categories: ['scam', 'personal_data_abuse'],
    title: t('Vay tiền qua mạng, bắt đóng phí trước hoặc đòi nợ vô lý', 'An online loan that asks for fees first or hounds me'),
    now: [
      t('Dừng đóng phí. Nơi cho vay thật không thu phí trước khi giải ngân.', 'Stop paying fees. A real lender takes none before it pays out.'),
      t('Nếu vừa chuyển tiền, gọi ngân hàng ngay.', 'If you have just paid, call your bank now.'),
      t('Tắt quyền xem danh bạ và ảnh của ứng dụng vay, rồi gỡ nó.', 'Switch off the loan app’s access to contacts and photos, then remove it.'),
    ],
    today: [
      t('Báo trước cho người quen: đừng trả lời tin nhắn đòi nợ.', 'Warn the people you know: do not answer messages about a debt.'),
      t('Nếu đã gửi ảnh căn cước, làm theo mục “đã gửi ảnh căn cước”.', 'If you sent your ID card, follow “I sent my ID card”.'),
      POLICE_TODAY, KEEP, REPORT_HERE,
    ],
    week: [t('Tra cứu khoản vay đứng tên bạn ở CIC.', 'Look up loans in your name at the credit centre (CIC).'), WATCH_BANK],
    never: [
      NO_MORE_MONEY,
      t('Đừng vay nơi khác để trả khoản này.', 'Do not borrow elsewhere to pay this one.'),
      t('Đừng cho họ danh bạ điện thoại của bạn.', 'Do not give them your phone contacts.'),
    ],
    call: ['police', 'credit_information', ...BANK_CALLS],
  },
  {
    key: 'general_scam', general: true, categories: ['scam'],
    title: t('Tôi bị lừa, hoặc nghi mình đang bị lừa', 'I was tricked, or think I am being tricked'),
    now: [
      t('Dừng nói chuyện với họ.', 'Stop talking to them.'),
      t('Nếu đã chuyển tiền, gọi ngân hàng trước tiên.', 'If you sent money, call your bank first.'),
      t('Nói với một người nhà trước khi làm gì tiếp.', 'Tell one family member before you do anything else.'),
    ],
    today: [KEEP, POLICE_TODAY, REPORT_HERE],
    week: [WATCH_BANK, RECEIPT],
    never: [NO_MORE_MONEY, NO_OTP, NO_RECOVERY],
    call: ['police', ...BANK_CALLS],
  },
  {
    key: 'general_phishing_impersonation', general: true, categories: ['phishing_impersonation'],
    title: t('Tôi gặp trang web, tin nhắn, ứng dụng giả mạo', 'I met a fake website, message or app'),
    now: [
      NO_LINK,
      t('Nếu đã nhập mật khẩu, đổi ngay trên ứng dụng chính thức.', 'If you typed a password, change it now in the official app.'),
      t('Nếu đã nhập thẻ hoặc OTP, gọi ngân hàng xin khóa.', 'If you typed card data or an OTP, call the bank to lock it.'),
    ],
    today: [
      t('Chép lại đường dẫn hoặc chụp màn hình, rồi gửi phản ánh ở đây.', 'Copy the link or take a screenshot, then report it here.'),
      t('Báo cho cơ quan, ngân hàng bị giả mạo bằng số chính thức.', 'Tell the body being faked, on its official number.'),
    ],
    week: [WATCH_BANK, RECEIPT],
    never: [NO_OTP, t('Đừng gửi đường dẫn đó cho người khác xem thử.', 'Do not forward the link for others to try.')],
    call: ['spam', 'police', ...BANK_CALLS],
  },
  {
    key: 'general_malware_attack', general: true, categories: ['malware_attack'],
    title: t('Máy hoặc tài khoản của tôi bị tấn công', 'My device or account was attacked'),
    now: [
      t('Rút dây mạng hoặc tắt Wi-Fi của máy đó.', 'Unplug the network or turn off Wi-Fi on that device.'),
      t('Đừng tắt máy chủ của cơ quan; gọi người phụ trách máy.', 'Do not switch off an office server; call the person in charge.'),
      t('Dùng máy khác đổi mật khẩu quan trọng.', 'Use another device to change important passwords.'),
    ],
    today: [
      t('Chụp màn hình thông báo lạ và giữ tệp, không mở.', 'Photograph the strange notice and keep the file unopened.'),
      t('Nếu là máy cơ quan, báo ngay lãnh đạo và đơn vị an ninh mạng.', 'If it is an office device, tell your leader and the cybersecurity unit at once.'),
      REPORT_HERE,
    ],
    week: [
      t('Khôi phục từ bản sao lưu sạch, cập nhật phần mềm.', 'Restore from a clean backup and update your software.'),
      t('Tập thói quen sao lưu ra ổ rời mỗi tuần.', 'Back up to a separate drive every week.'),
    ],
    never: [
      t('Đừng trả tiền chuộc khi chưa hỏi Công an.', 'Do not pay a ransom before asking the police.'),
      t('Đừng cắm USB của máy đó sang máy khác.', 'Do not move a USB stick from that device to another.'),
    ],
    call: ['police'],
  },
  {
    key: 'general_personal_data_abuse', general: true, categories: ['personal_data_abuse'],
    title: t('Thông tin cá nhân của tôi bị lộ hoặc bị dùng', 'My personal data leaked or is being used'),
    now: [
      t('Chụp màn hình nơi thông tin bị đăng, chép đường dẫn.', 'Take a screenshot of where it appears and copy the link.'),
      t('Nếu có số thẻ, mật khẩu, gọi ngân hàng và đổi mật khẩu.', 'If card numbers or passwords leaked, call the bank and change them.'),
    ],
    today: [
      t('Yêu cầu nơi giữ thông tin xóa hoặc ngừng dùng. Họ phải trả lời bạn.', 'Ask the holder to delete it or stop using it. They must answer you.'),
      t('Kiểm tra SIM đứng tên bạn: nhắn TTTB và số giấy tờ của bạn gửi 1414.', 'Check SIM cards in your name: text TTTB and your ID number to 1414.'),
      REPORT_HERE,
    ],
    week: [t('Tra cứu khoản vay đứng tên bạn ở CIC.', 'Look up loans in your name at CIC.'), RECEIPT],
    never: [
      t('Đừng trả nợ thay khoản bạn không vay.', 'Do not pay a loan you did not take.'),
      t('Đừng đăng lại thông tin bị lộ của bạn hay của ai khác.', 'Do not repost leaked data, yours or anyone else’s.'),
    ],
    call: ['credit_information', 'vneid', 'police'],
  },
  {
    key: 'general_illegal_gambling_ads', general: true, categories: ['illegal_gambling_ads'],
    title: t('Tôi bị lôi kéo vào trang cá độ, đánh bạc', 'I am being drawn into betting or gambling'),
    now: [
      t('Dừng nạp tiền và thoát nhóm.', 'Stop paying in and leave the group.'),
      t('Xóa thẻ, tài khoản ngân hàng đã lưu trên trang đó.', 'Remove any card or bank account saved on that site.'),
    ],
    today: [
      t('Gửi phản ánh ở đây tên trang, đường dẫn, nơi thấy quảng cáo.', 'Report here the site, its link and where you saw the advert.'),
      t('Chặn quảng cáo và tài khoản gửi lời mời.', 'Block the advert and the account that invites you.'),
    ],
    week: [
      t('Nếu khó dừng, nói với người nhà và nhờ giữ thẻ giúp.', 'If it is hard to stop, tell your family and let them keep your card.'),
      t('Nếu bị đe dọa đòi nợ, gọi 113.', 'If someone threatens you over a debt, call 113.'),
    ],
    never: [
      t('Đừng vay tiền để gỡ.', 'Do not borrow to win it back.'),
      t('Đừng cho thuê tài khoản ngân hàng cho họ nhận tiền.', 'Do not rent out your bank account to them.'),
    ],
    call: ['police'],
  },
  {
    key: 'general_counterfeit_unlicensed_goods', general: true, categories: ['counterfeit_unlicensed_goods'],
    title: t('Tôi mua phải hàng giả, thuốc không phép', 'I bought counterfeit or unlicensed goods'),
    now: [
      t('Ngừng dùng sản phẩm. Giữ lại vỏ hộp, hóa đơn.', 'Stop using it. Keep the box and receipt.'),
      t('Nếu khó thở, nôn, phát ban, gọi 115 ngay.', 'If you cannot breathe well, vomit or get a rash, call 115 now.'),
    ],
    today: [
      t('Chụp sản phẩm, mã vạch, trang bán, biên lai chuyển tiền.', 'Photograph the product, barcode, shop page and payment receipt.'),
      t('Yêu cầu người bán và sàn hoàn tiền.', 'Ask the seller and the marketplace for a refund.'),
      REPORT_HERE,
    ],
    week: [
      t('Giữ sản phẩm để cơ quan kiểm tra nếu cần.', 'Keep the product in case it must be examined.'),
      t('Nói với bác sĩ nếu bạn đã dùng thuốc đó.', 'Tell your doctor if you took that medicine.'),
    ],
    never: [
      t('Đừng bán lại hay cho người khác dùng.', 'Do not resell it or give it to others.'),
      t('Đừng bỏ thuốc bác sĩ kê vì lời quảng cáo.', 'Do not stop prescribed medicine because of an advert.'),
    ],
    call: ['ambulance', 'market_surveillance', 'consumer'],
  },
  {
    key: 'general_spam_calls_messages', general: true, categories: ['spam_calls_messages'],
    title: t('Tôi bị gọi, nhắn tin rác', 'I get spam calls or messages'),
    now: [
      t('Cúp máy, không bấm phím theo hướng dẫn của họ.', 'Hang up and do not press keys they ask for.'),
      t('Chặn số đó trên điện thoại.', 'Block the number on your phone.'),
    ],
    today: [
      TEXT_156,
      REPORT_HERE,
    ],
    week: [
      t('Đăng ký không nhận quảng cáo: nhắn DK DNC gửi 5656.', 'Refuse adverts: text DK DNC to 5656.'),
      t('Gọi nhà mạng nếu vẫn bị làm phiền.', 'Call your operator if it goes on.'),
    ],
    never: [
      t('Đừng gọi lại số lạ nháy máy, nhất là số nước ngoài.', 'Do not call back missed calls from strange or foreign numbers.'),
      NO_LINK,
    ],
    call: ['spam', 'spam_sms', 'viettel', 'vinaphone', 'mobifone'],
    texts: [
      { kind: 'spam_message', content: 'noi dung tin nhan' }, { kind: 'nuisance_call', content: 'noi dung cuoc goi' }, { kind: 'scam_call', content: 'goi lua dao' },
    ],
  },
  {
    key: 'general_intimate_images', general: true, categories: ['intimate_images'],
    title: t('Hình ảnh riêng tư bị phát tán', 'Intimate images were shared'),
    now: [
      t('Chép đường dẫn của từng bài. Đừng tải ảnh về, đừng gửi cho ai.', 'Copy the link of each item. Do not download it or send it on.'),
      t('Bấm “Báo cáo” với nền tảng: ảnh nhạy cảm không được đồng ý.', 'Use the platform’s “Report”: intimate image without consent.'),
      t('Nếu người trong ảnh là trẻ em, gọi 111 ngay.', 'If a child is shown, call 111 now.'),
    ],
    today: [
      t('Gửi phản ánh ở đây với đường dẫn. Chúng tôi không lưu ảnh.', 'Report here with the link. We never store the image.'),
      t('Trình báo Công an. Bạn có thể xin gặp cán bộ nữ.', 'Report to the police. You may ask for a female officer.'),
      t('Nhờ một người bạn tin ở bên cạnh.', 'Ask someone you trust to be with you.'),
    ],
    week: [
      t('Tìm tư vấn tâm lý nếu bạn thấy nặng nề.', 'See a counsellor if it weighs on you.'),
      RECEIPT,
    ],
    never: [
      t('Đừng trả tiền để họ xóa.', 'Do not pay them to delete it.'),
      t('Đừng tự trách mình.', 'Do not blame yourself.'),
    ],
    call: ['child', 'police', 'peace_house'],
  },
  {
    key: 'general_threat_harassment', general: true, categories: ['threat_harassment'],
    title: t('Tôi bị đe dọa, quấy rối', 'I am being threatened or harassed'),
    now: [
      t('Nếu nguy hiểm ngay lúc này, gọi 113 và đến nơi có người.', 'If you are in danger now, call 113 and go where people are.'),
      t('Đừng đi gặp họ một mình.', 'Do not meet them alone.'),
      t('Lưu tin nhắn, ghi âm cuộc gọi nếu được.', 'Save messages and record calls if you can.'),
    ],
    today: [
      t('Trình báo Công an xã, phường. Mang theo tin nhắn, số gọi.', 'Report to the commune or ward police. Bring messages and numbers.'),
      t('Báo người nhà, nơi làm việc, nhà trường để họ đề phòng.', 'Tell family, work or school so that they are prepared.'),
      REPORT_HERE,
    ],
    week: [
      t('Ghi nhật ký mỗi lần: ngày, giờ, họ nói gì.', 'Keep a diary of each time: day, hour, what was said.'),
      t('Nếu bị đòi nợ không phải của bạn, khiếu nại bên cho vay bằng văn bản.', 'If the debt is not yours, complain to the lender in writing.'),
    ],
    never: [
      t('Đừng trả lời bằng lời đe dọa.', 'Do not answer with threats.'),
      t('Đừng xóa chứng cứ.', 'Do not delete the evidence.'),
    ],
    call: ['police', 'child', 'peace_house'],
  },
  {
    key: 'general_false_emergency_alert', general: true, categories: ['false_emergency_alert'],
    title: t('Tôi thấy tin báo động sai về dịch bệnh, thiên tai', 'I saw a false alarm about an epidemic or disaster'),
    now: [
      t('Nếu nguy hiểm thật đang xảy ra, gọi 112, 114 hoặc 115.', 'If real danger is happening, call 112, 114 or 115.'),
      t('Khoan chia sẻ. Xem thông tin của UBND xã, cơ quan khí tượng, y tế.', 'Do not share yet. Check the commune, weather and health authorities.'),
    ],
    today: [
      t('Chép đường dẫn tin đó và tin chính thức trái ngược.', 'Copy the link of the message and of the official fact against it.'),
      t('Gửi phản ánh ở đây để cơ quan chuyên môn đính chính.', 'Report here so that the competent agency can correct it.'),
    ],
    week: [
      t('Nhắc người nhà theo dõi kênh chính thức của xã, tỉnh.', 'Remind your family to follow the official commune and provincial channels.'),
    ],
    never: [
      t('Đừng bỏ thuốc, bỏ tiêm hay tự chữa theo lời đồn.', 'Do not stop treatment or treat yourself because of a rumour.'),
      t('Đừng tranh cãi, công kích người đăng. Có thể họ cũng bị nhầm.', 'Do not attack the person who posted. They may be mistaken too.'),
    ],
    call: ['rescue', 'fire', 'ambulance', 'health'],
  },
];

/** The situations for a category: exact ones first, its general one last. */
export function situationsFor(category: CategoryCode): readonly Situation[] {
  const fitting = SITUATIONS.filter((situation) => situation.categories.includes(category));
  return [...fitting.filter((situation) => !situation.general), ...fitting.filter((situation) => situation.general)];
}

/** The situation with this key, or undefined. */
export function situationByKey(key: string): Situation | undefined {
  return SITUATIONS.find((situation) => situation.key === key);
}

/** The general advice of a category; every category has one. */
export function generalSituation(category: CategoryCode): Situation {
  return SITUATIONS.find((situation) => situation.general && situation.categories.includes(category))!;
}
