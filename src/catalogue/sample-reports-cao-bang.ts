/**
 * Ingredients for the demonstration's reports: invented stories in the voices of many people, invented indicators, warning
 * titles, and reports that the gate must stop. Nothing here happened; no real person is named. Domains end in `.example`
 * (RFC 2606), telephone numbers 0900 000 xxx and 0999 000 xxx and accounts beginning 0000 are invented.
 * The seeder fills the slots {domain} {phone} {account} {bank} {amount} by its own deterministic choice.
 */
import type { CategoryCode } from './categories.ts';
import { STOP_CODES, type StopCode } from './gate.ts';
import type { Label } from './label.ts';

export const VOICES = [
  'farmer', 'student', 'teacher', 'pensioner', 'small_shop', 'worker', 'parent', 'official', 'nurse', 'driver',
] as const;
export type Voice = (typeof VOICES)[number];

/** How it is typed: with diacritics, without, or in the young people's shorthand. */
export type WritingStyle = 'full' | 'no_marks' | 'teencode';

export const SLOTS = ['domain', 'phone', 'account', 'bank', 'amount'] as const;
export type Slot = (typeof SLOTS)[number];

export interface SampleNarrative {
  readonly voice: Voice;
  readonly style: WritingStyle;
  readonly text: string;
}

function n(voice: Voice, style: WritingStyle, text: string): SampleNarrative {
  return { voice, style, text };
}

/** Stories for each category, 8 to 12 of them, 40 to 90 words when filled. */
export const NARRATIVES: Readonly<Record<CategoryCode, readonly SampleNarrative[]>> = {
  scam: [
    n('farmer', 'full', 'Nhà tôi trồng hồi ở xã, có người nhắn Zalo bảo thu mua giá cao nhưng phải đặt cọc tiền vận chuyển trước. Tôi tin nên chuyển {amount} vào tài khoản {account} ngân hàng {bank}. Chuyển xong thì số {phone} tắt máy, Zalo cũng chặn tôi. Tôi mong cơ quan giúp báo ngân hàng và nhắc bà con đừng mắc như tôi.'),
    n('student', 'teencode', 'em là sv năm 2, thấy tin tuyển ctv like tiktok nên ib hỏi. lúc đầu đc trả 30k thật, sau họ kêu nạp {amount} để mở gói nhiệm vụ cao cấp trên trang {domain}. em ck vô stk {account} {bank} rồi k rút đc nữa, họ đòi nạp thêm. em hết tiền đóng học phí rồi, mn giúp e vs ạ, sđt nó là {phone}'),
    n('pensioner', 'no_marks', 'Toi nam nay 67 tuoi, co nguoi goi so {phone} noi la con trai toi bi tai nan dang mo cap cuu o benh vien, can nop gap {amount}. Toi hoang qua nen ra buu dien nho chau chuyen vao so tai khoan {account} cua {bank}. Chieu con toi di lam ve binh thuong. Tien do la tien luong huu toi de danh, mong co quan xem giup.'),
    n('small_shop', 'full', 'Cửa hàng tôi bán bánh áp chao ngoài chợ. Có khách đặt 200 suất cho cơ quan, gửi ảnh đã chuyển khoản rồi nhờ tôi ứng trước {amount} mua thêm rượu của một mối quen số {phone}. Tôi chuyển vào {account} {bank}, sau mới biết ảnh chuyển khoản là giả, đơn hàng cũng không có thật. Tôi còn giữ đủ tin nhắn và ảnh.'),
    n('teacher', 'full', 'Tôi là giáo viên tiểu học. Tuần trước tôi được thêm vào nhóm đầu tư chứng khoán, có thầy hướng dẫn hằng tối. Tôi nạp ba lần tổng cộng {amount} vào sàn {domain}, tài khoản hiện lãi rất cao. Khi rút thì bộ phận hỗ trợ {phone} yêu cầu đóng thuế hai mươi phần trăm trước. Tôi nghi mình bị lừa, xin hướng dẫn tôi phải làm gì.'),
    n('worker', 'no_marks', 'Em dang can tien chua benh cho vo nen len mang vay. Ben do ten cong ty tai chinh, gui hop dong co dau do, bat dong phi bao hiem khoan vay {amount} vao stk {account} {bank}. Dong xong ho lai bao sai so tai khoan phai dong tien mo khoa. Em goi lai so {phone} thi bi chui. Em xin co quan chan tai khoan nay lai.'),
    n('driver', 'full', 'Tôi chạy xe tải tuyến Cao Bằng đi Hà Nội. Thấy trang {domain} bán lốp xe thanh lý rẻ, tôi đặt cọc {amount} theo số tài khoản {account} ngân hàng {bank}. Hẹn ba ngày giao mà đến nay gần hai tuần không thấy hàng, gọi {phone} thì thuê bao. Trong nhóm lái xe có ít nhất bốn anh em cũng bị giống hệt tôi.'),
    n('parent', 'full', 'Con tôi học lớp mười một, được người quen trên mạng rủ sang bên kia biên giới làm việc nhẹ lương hai mươi triệu. Cháu đã ra bến xe, may gia đình giữ lại kịp. Họ đòi {amount} tiền bồi thường hợp đồng, nhắn qua số {phone} và gửi tài khoản {account} {bank}. Tôi lo còn nhiều cháu khác bị rủ, mong cơ quan cảnh báo cho các trường.'),
    n('nurse', 'full', 'Tôi bán lại chiếc xe máy cũ trên mạng. Người mua nói chuyển tiền từ nước ngoài, gửi đường dẫn {domain} để tôi nhận. Tôi điền thông tin thẻ và mã xác thực thì mất ngay {amount}. Tôi đã gọi {bank} khóa thẻ, ngân hàng hướng dẫn trình báo. Số người mua là {phone}, họ vẫn đang tiếp tục nhắn cho người bán khác trong nhóm.'),
    n('farmer', 'no_marks', 'Chao can bo, toi o ban xa. Co nguoi xung la can bo du an cho ba con vay von khong lai nuoi bo, thu moi nha {amount} tien lam ho so. Ca ban co hon chuc nha nop, nguoi thi dua tay, nguoi thi chuyen vao {account} {bank}. Nay hoi xa thi xa noi khong co du an nao. So dien thoai no la {phone}, xin kiem tra giup.'),
    n('pensioner', 'full', 'Năm ngoái tôi bị mất tiền vì đầu tư. Nay có người tự xưng luật sư gọi từ số {phone}, biết rõ tôi mất bao nhiêu, hứa lấy lại được nếu đóng phí hồ sơ {amount} vào tài khoản {account} của {bank}. Họ gửi trang {domain} có ảnh huy hiệu rất giống thật. Tôi chưa chuyển, gửi lên đây để cơ quan biết mà nhắc người khác.'),
    n('student', 'teencode', 'ad ơi em mua vé concert trên fb, bạn kia gửi cccd vs bill đầy đủ nên e tin. e ck {amount} qua {bank} stk {account} xong nó block luôn, acc cũng đổi tên r. trong group có tầm 10 ng bị giống e, ai cũng đưa ra sdt {phone}. e k biết báo ở đâu nên gửi vào đây, có cách nào lấy lại tiền k ạ'),
  ],
  phishing_impersonation: [
    n('pensioner', 'full', 'Sáng nay có người gọi từ số {phone}, xưng là cán bộ Công an phường, đọc đúng họ tên và ngày sinh của tôi, nói căn cước bị lỗi phải cập nhật VNeID mức hai. Người đó gửi trang {domain} bảo tải ứng dụng về. Tôi thấy nghi nên không làm và ra hỏi trụ sở, các đồng chí nói không có việc này. Xin cảnh báo cho người già.'),
    n('teacher', 'full', 'Tôi nhận tin nhắn mang tên ngân hàng {bank}, nằm chung luồng với tin nhắn thật, báo tài khoản bị đăng nhập lạ và phải xác nhận tại {domain}. Trang đó giống hệt trang thật, hỏi cả mật khẩu và mã OTP. Tôi đã lỡ nhập mật khẩu nhưng dừng lại ở bước OTP, đã gọi tổng đài khóa tài khoản. Số đã gửi tin là {phone}.'),
    n('student', 'teencode', 'em nhận đc link {domain} nói là cổng dịch vụ công cho sv nhận hỗ trợ {amount}, kêu nhập số tk với otp. em thấy cái tên miền lạ hoắc k có đuôi gov nên thoát ra. mà mấy bạn cùng phòng ktx có ng nhập r, giờ nó cứ gọi bằng số {phone} đòi đọc mã. mong bên mình chặn sớm ạ'),
    n('small_shop', 'no_marks', 'Toi la chu ho kinh doanh nho. Co nguoi goi so {phone} noi la can bo thue, bat toi quet ma QR vao trang {domain} de cai phan mem nop thue khoan moi, neu khong se bi phat {amount}. Toi bam vao thi may tai ve mot tep la. Toi chua cai, da hoi chi cuc thue thi ho noi khong ai goi nhu vay ca.'),
    n('official', 'full', 'Bộ phận một cửa của xã nhận được phản ánh của năm người dân về trang {domain} dùng tên và hình thức giống trang dịch vụ công để thu lệ phí {amount} qua tài khoản {account} tại {bank}. Người dân được dẫn tới đó từ cuộc gọi số {phone}. Chúng tôi đề nghị đơn vị chủ trì xác minh tên miền và cảnh báo, kèm ảnh chụp màn hình.'),
    n('farmer', 'no_marks', 'Hom qua co tin nhan bao nha toi no tien dien {amount}, chieu nay cat dien, bam vao {domain} de nop. Ca xom toi nhieu nguoi nhan giong nhau. Vo toi da chuyen vao so {account} {bank} vi so mat dien dang say ngo. Goi lai so {phone} thi khong ai nghe. Dien luc noi nha toi khong no dong nao het, xin giup toi.'),
    n('nurse', 'full', 'Có một trang {domain} lấy tên bệnh viện tỉnh, đăng lịch khám và nhận đặt cọc {amount} qua {bank}, tài khoản {account}. Bệnh nhân từ huyện xa xuống mới biết bệnh viện không thu cọc như vậy. Tôi làm ở khoa khám bệnh, mấy ngày nay tiếp sáu trường hợp. Số tư vấn ghi trên trang là {phone}, gọi thì họ hỏi cả số căn cước.'),
    n('worker', 'full', 'Em làm ở khu kinh tế cửa khẩu. Có trang {domain} giả trang tuyển dụng của công ty, yêu cầu nộp phí khám sức khỏe {amount} vào tài khoản {account} {bank}. Phòng nhân sự xác nhận công ty không thu tiền. Người liên hệ dùng số {phone}, gửi giấy mời có dấu đỏ nhìn rất thật. Em gửi kèm ảnh giấy mời và tin nhắn.'),
    n('parent', 'no_marks', 'Co nguoi tu xung co giao chu nhiem nhan Zalo cho phu huynh lop con toi, bao dong tien hoc them {amount} vao {account} {bank}. Anh dai dien dung la anh co giao nhung so {phone} khong phai cua co. Da co ba phu huynh chuyen tien. Co giao that da len tieng trong nhom. Toi gui de canh bao cac truong khac trong tinh.'),
    n('driver', 'full', 'Tôi nhận tin nhắn thông báo phạt nguội mang tên cảnh sát giao thông, số tiền {amount}, yêu cầu nộp trong ngày tại {domain} nếu không sẽ bị tước bằng lái. Tôi tra trên trang chính thức thì xe không có lỗi nào. Cuộc gọi nhắc nộp đến từ số {phone}. Anh em lái xe ở bến nhận được rất nhiều, có người đã nộp rồi.'),
    n('pensioner', 'no_marks', 'Toi duoc goi dien bao di lam lai so bao hiem xa hoi, neu khong se cat luong huu. Ho gui trang {domain} va dan toi nhap so so, so can cuoc, so tai khoan {bank}. Toi nhap duoc mot nua thi chau toi ve ngan lai. Goi tu so {phone}, giong con gai noi rat le phep. Xin can bo xem trang do co that khong.'),
  ],
  malware_attack: [
    n('farmer', 'full', 'Tôi được hướng dẫn tải ứng dụng từ {domain} để nhận tiền hỗ trợ giống ngô. Cài xong điện thoại nóng máy, màn hình tự mở ứng dụng ngân hàng {bank} và mất {amount}. Tôi sợ quá rút sim tắt nguồn. Người gọi dùng số {phone}. Bây giờ tôi không dám bật máy lên, xin hướng dẫn cách gỡ và báo cho bà con cùng xóm.'),
    n('official', 'full', 'Ba máy tính của bộ phận văn phòng xã mở tệp đính kèm trong thư lấy tên một sở, sau đó toàn bộ tệp văn bản đổi đuôi lạ và có thông báo đòi {amount}. Thư dẫn tới trang {domain}. Chúng tôi đã rút dây mạng, giữ nguyên máy và chưa trả tiền. Đề nghị hỗ trợ kỹ thuật và cảnh báo các xã khác trong tỉnh.'),
    n('student', 'teencode', 'em tải game mod ở {domain} xong acc fb với zalo bị văng ra hết, giờ nó nhắn mượn tiền bạn bè em, gửi stk {account} {bank}. có đứa ck {amount} rồi mới gọi hỏi em. e đổi mk k đc vì mail cũng mất luôn. sđt khôi phục bị đổi thành {phone}. giúp e lấy lại hoặc chặn nó lại với ạ, e sợ lắm'),
    n('teacher', 'full', 'Tài khoản thư điện tử công vụ của trường bị đăng nhập từ nơi lạ, kẻ gian gửi thư cho phụ huynh kèm đường dẫn {domain} yêu cầu tải phiếu điểm. Nhiều phụ huynh tải về và điện thoại báo có phần mềm lạ. Nhà trường đã đổi mật khẩu và thông báo qua nhóm. Đề nghị kiểm tra tên miền đó và hướng dẫn phụ huynh cách gỡ.'),
    n('small_shop', 'no_marks', 'May tinh tien cua hang toi bi khoa, hien chu tieng nuoc ngoai doi {amount} tien ao, khong mo duoc so sach ban hang ca nam nay. Truoc do nhan vien co mo tep bao gia tai tu {domain}. Toi da rut day mang theo loi khuyen cua tho. Co nguoi goi so {phone} noi mo khoa duoc neu tra truoc mot nua, toi chua tra, xin tu van giup.'),
    n('nurse', 'full', 'Trạm y tế tôi nhận thư mời tập huấn, bấm vào {domain} thì máy tải về một tệp nén có mật khẩu. Sau khi mở, máy rất chậm và tự gửi thư cho cả danh bạ. Máy này có hồ sơ tiêm chủng nên chúng tôi lo lộ thông tin của dân. Đã ngắt mạng từ chiều, đề nghị bộ phận an ninh mạng kiểm tra giúp trong ngày.'),
    n('worker', 'no_marks', 'Em bam vao link {domain} trong tin nhan bao trung thuong, dien thoai tu cai mot ung dung ten la ho tro. Tu do may cu tu gui tin nhan cho moi nguoi trong danh ba, mat het {amount} tien dien thoai. Nguoi ta con goi so {phone} bao em bat quyen tro nang. Em da tat nguon, nho co quan chi cach khoi phuc may.'),
    n('parent', 'full', 'Con tôi tải ứng dụng học tiếng Anh từ đường dẫn {domain} do một tài khoản lạ gửi. Từ hôm đó điện thoại liên tục hiện quảng cáo, tự mở camera, và thẻ {bank} của tôi liên kết trong máy bị trừ {amount}. Tôi đã khóa thẻ và giữ lại máy để kiểm tra. Mong cơ quan cảnh báo vì nhiều cháu trong lớp cũng tải về.'),
  ],
  personal_data_abuse: [
    n('worker', 'full', 'Tôi chưa bao giờ vay qua mạng nhưng hôm qua nhận được thông báo nợ {amount} đứng tên tôi. Họ có ảnh căn cước hai mặt của tôi, chính là ảnh tôi gửi khi xin việc qua trang {domain}. Tiền giải ngân vào tài khoản {account} ngân hàng {bank} không phải của tôi. Họ gọi từ số {phone} đòi trả. Tôi muốn biết làm sao để hủy khoản vay đó.'),
    n('student', 'teencode', 'em phát hiện có 4 cái sim lạ đứng tên em khi nhắn tin kiểm tra. trước đó em có cho ng ta chụp cccd để nhận quà 50k ở cổng trường, họ kêu điền form {domain}. giờ có ng gọi {phone} nói e đi lừa ng khác bằng mấy số đó. e sợ quá, e phải làm sao để hủy sim vs báo cho các bạn khác ạ'),
    n('teacher', 'full', 'Một tệp danh sách học sinh toàn trường, có ngày sinh, địa chỉ và số điện thoại phụ huynh, đang được rao bán với giá {amount} tại {domain}. Sau khi lộ, phụ huynh liên tục bị số {phone} gọi mời học thêm và dọa nạt. Nhà trường không công bố danh sách này. Đề nghị xác minh nguồn lộ và yêu cầu gỡ tệp càng sớm càng tốt.'),
    n('pensioner', 'no_marks', 'Toi moi di kham mat ve duoc hai hom thi co nguoi goi so {phone} doc dung ten benh, ngay kham va dia chi nha toi, moi mua thuoc {amount}. Toi khong cho ai biet chuyen nay. Toi nghi thong tin kham benh bi ban ra ngoai. Ho con gui trang {domain} co ten toi trong danh sach. Mong co quan lam ro va bao ve nguoi benh.'),
    n('small_shop', 'full', 'Trang {domain} tự ý lấy ảnh cửa hàng, họ tên, số điện thoại và số tài khoản {bank} của tôi để lập gian hàng nhận cọc {amount}. Khách đến tận nơi bắt đền tôi. Tôi đã nhắn số {phone} ghi trên đó yêu cầu gỡ nhưng họ không trả lời. Tôi chỉ bán tại chợ, không bán qua mạng, đề nghị giúp tôi gỡ thông tin.'),
    n('nurse', 'full', 'Thông tin tiêm chủng của khoảng một trăm trẻ trong xã xuất hiện ở một bảng tính mở công khai, đường dẫn nằm trên {domain}. Bố mẹ các cháu bị số {phone} gọi mời mua sữa và bảo hiểm giá {amount}. Tôi làm ở trạm y tế, đã báo người phụ trách. Chúng tôi cần gỡ bảng tính đó ngay và báo cho các gia đình biết để đề phòng.'),
    n('driver', 'no_marks', 'Sau khi toi ban xe cu, giay to xe cua toi bi nguoi ta dung de vay {amount} o mot ung dung vay {domain}. Ho co anh can cuoc va anh mat toi quay luc lam thu tuc. Cong ty doi no goi so {phone} hang ngay. Toi da ra cong an trinh bao va co giay xac nhan, nay gui them o day de nho lien he ngan hang {bank}.'),
    n('parent', 'full', 'Ảnh chụp giấy khai sinh và bảng điểm của con tôi bị đăng ở {domain} trong mục mẫu giấy tờ, ai cũng tải được. Tôi chỉ gửi giấy tờ này cho một trung tâm tuyển sinh, họ thu phí hồ sơ {amount} qua {bank}. Gọi số {phone} thì trung tâm nói không biết. Tôi yêu cầu gỡ các ảnh đó vì cháu mới mười hai tuổi.'),
  ],
  illegal_gambling_ads: [
    n('parent', 'full', 'Con trai tôi học lớp mười xem phim trên mạng thì quảng cáo cá độ {domain} hiện kín màn hình, tặng ngay {amount} khi đăng ký. Cháu đã nạp hết tiền học qua tài khoản {account} {bank}, giờ còn bị số {phone} gọi đòi nợ. Tôi không trách cháu, chỉ mong cơ quan xử lý quảng cáo này vì trẻ con nào xem cũng thấy.'),
    n('student', 'teencode', 'dạo này mấy group học tập toàn bị spam link nổ hũ {domain}, kiểu tặng {amount} cho ng mới. nó còn rủ sv làm đại lý, cho thuê tk {bank} nhận tiền hộ, trả 2tr 1 tháng. bạn em cho thuê stk {account} giờ bị khóa tk lun. ai cũng bị add vào bởi số {phone}. mong ad cảnh báo mn trong trường'),
    n('worker', 'no_marks', 'O cong truong em co nguoi phat to roi co ma QR, quet vao ra trang {domain} danh bai doi tien. Nhieu anh em choi mat ca thang luong, co nguoi thua {amount}. Tien nap vao tai khoan {account} {bank}, cham nap thi so {phone} goi moi lien tuc. Em de nghi kiem tra trang nay va cac to roi dan o cong cong truong.'),
    n('small_shop', 'full', 'Quán nước tôi ở gần bến xe, sáng ra thấy dán đầy tờ quảng cáo lô đề trực tuyến {domain}, có số hỗ trợ {phone}. Khách trẻ quét mã chơi ngay tại quán. Có cháu thua {amount} chuyển vào {account} ngân hàng {bank} rồi quay sang vay tôi. Tôi đã bóc đi nhưng hôm sau lại có, mong cơ quan xem xét xử lý.'),
    n('teacher', 'full', 'Trong giờ ra chơi tôi thấy học sinh truyền nhau ứng dụng bắn cá đổi thẻ tải từ {domain}. Các em nói đổi được tiền thật qua người thu mua số {phone}. Có em lấy trộm {amount} của bố mẹ để nạp. Nhà trường đã họp phụ huynh, nay gửi phản ánh để ứng dụng đó không còn quảng cáo tới trẻ em nữa.'),
    n('farmer', 'no_marks', 'Con re toi choi ca do bong da tren {domain}, ban ca dan trau van khong du tra. Ban dau no duoc tang {amount} de choi thu, sau thi nap vao {account} {bank} moi ngay. Nguoi moi choi dung so {phone}, hay vao quan dau ban ru thanh nien. Gia dinh toi mong co quan chan trang do de cac nha khac khong bi nhu nha toi.'),
    n('driver', 'full', 'Một trang truyền hình bóng đá lậu chèn quảng cáo nhà cái {domain} suốt trận, có người dẫn đọc mã nhận {amount}. Tôi bấm nhầm thì bị số {phone} gọi liên tục ba ngày mời nạp qua {bank}. Anh em ở bến cũng bị. Tôi gửi đường dẫn và ảnh chụp để cơ quan yêu cầu gỡ quảng cáo, còn chuyện xem lậu tôi không bàn.'),
    n('pensioner', 'full', 'Câu lạc bộ dưỡng sinh chúng tôi có nhóm Zalo, gần đây có tài khoản lạ gửi đường dẫn quay số trúng thưởng {domain}, bảo nạp {amount} vào tài khoản {account} {bank} để mở vòng quay. Có bà đã nạp bốn lần. Cháu tôi xem thì nói đó là trang đánh bạc. Số liên hệ họ để lại là {phone}, xin cảnh báo giúp.'),
  ],
  counterfeit_unlicensed_goods: [
    n('pensioner', 'full', 'Tôi xem quảng cáo thuốc gia truyền chữa khỏi tiểu đường tại {domain}, có ảnh bác sĩ mặc áo trắng. Tôi mua hết {amount}, uống ba hôm thì hoa mắt phải vào viện. Bác sĩ nói thuốc không có số đăng ký. Người bán gọi bằng số {phone}, thu tiền qua {account} {bank}. Tôi còn giữ vỏ hộp và hóa đơn giao hàng.'),
    n('farmer', 'no_marks', 'Toi mua phan bon qua mang o {domain}, gia re chi {amount} mot ta, nhan ghi cong ty lon. Bon xong ruong ngo chay la het, mang ra dai ly hoi thi ho noi bao bi nhai, khong co ma lo. Ca xom toi bon nha mua chung. Nguoi ban so {phone}, chuyen khoan vao {account} {bank}. Xin co quan kiem tra kho hang do.'),
    n('small_shop', 'full', 'Tôi bán mỹ phẩm chính hãng có hóa đơn. Trang {domain} bán cùng nhãn hàng giá chỉ bằng một phần ba, khách mua về nổi mẩn đem đến bắt đền tôi. So hai hộp thì tem, mã vạch và chữ in khác hẳn. Họ nhận tiền {amount} qua {bank} tài khoản {account}. Tôi gửi ảnh so sánh và đề nghị quản lý thị trường xem xét.'),
    n('parent', 'full', 'Tôi mua sữa cho con trên {domain}, quảng cáo hàng nội địa giảm còn {amount} một thùng. Hộp sữa có mùi lạ, hạn dùng bị dán đè, cháu uống vào đau bụng cả đêm. Gọi số {phone} thì họ hứa đổi rồi chặn luôn. Tôi giữ nguyên thùng hàng, có video mở hộp, mong cơ quan lấy mẫu kiểm tra để các mẹ khác biết.'),
    n('nurse', 'full', 'Trang {domain} bán thuốc kháng sinh và thuốc kê đơn không cần đơn, giao tận nhà, giá {amount} một liệu trình. Bệnh nhân của trạm tôi tự mua uống, hai người dị ứng nặng phải chuyển tuyến. Người tư vấn dùng số {phone}, tự nhận là dược sĩ nhưng không nêu giấy phép. Đề nghị Sở Y tế và quản lý thị trường kiểm tra.'),
    n('student', 'teencode', 'em thấy trên {domain} bán thuốc giảm cân siêu tốc, review ảo tung chảo, giá có {amount}. bạn cùng phòng em uống 5 ngày bị run tay tim đập nhanh phải đi cấp cứu. shop kêu do cơ địa rồi block. ck qua {bank} stk {account}, sđt {phone}. em gửi để bên mình check chứ nhiều bạn nữ trường em đang mua lắm'),
    n('driver', 'no_marks', 'Toi mua ma phanh xe tai hang hieu o {domain} gia {amount}, lap duoc mot tuan thi mat phanh khi do deo, may ma khong ai sao. Tho noi la hang gia, ruot bang bot ep. Nguoi ban so {phone} khong nhan, bao toi tu lam hong. Tien da chuyen vao {account} {bank}. Hang nay nguy hiem tinh mang, xin kiem tra gap.'),
    n('teacher', 'full', 'Phụ huynh lớp tôi mua sách giáo khoa tại {domain} với giá rẻ, nhận về thì chữ mờ, thiếu trang, tem không quét được. Cả lớp có mười hai bộ như vậy, mỗi bộ {amount}. Người bán số {phone} từ chối đổi trả. Tôi gửi ảnh so sánh với sách thật và đề nghị cơ quan chức năng kiểm tra nguồn hàng trước năm học mới.'),
  ],
  spam_calls_messages: [
    n('worker', 'full', 'Mỗi ngày tôi nhận từ tám đến mười cuộc gọi mời vay tiền, số {phone} gọi cả lúc mười giờ đêm. Tôi đã đăng ký không nhận quảng cáo từ tháng trước mà không bớt. Họ biết tên tôi và mời vay {amount} không cần giấy tờ, gửi kèm đường dẫn {domain}. Tôi làm ca đêm nên rất mệt, đề nghị nhà mạng xử lý số này.'),
    n('teacher', 'full', 'Từ khi đăng ký một khóa học trên mạng, tôi bị số {phone} và nhiều số gần giống gọi giới thiệu đất nền, mời đặt cọc {amount}. Tôi đã nói không có nhu cầu và yêu cầu xóa số ít nhất năm lần. Họ đổi số khác gọi tiếp ngay trong giờ tôi đứng lớp. Tôi có nhật ký cuộc gọi gửi kèm để cơ quan làm việc với nhà mạng.'),
    n('pensioner', 'no_marks', 'Toi gia roi, nghe dien thoai cham, ma ngay nao so {phone} cung goi bao trung thuong xe may, tang {amount}, bam phim mot de nhan. Toi khong bam nhung ho goi mai, co hom goi luc toi dang ngu trua. Con toi chan thi no goi so khac. Mong nha mang chan ho nguoi gia cac cuoc goi kieu nay cho yen than.'),
    n('student', 'teencode', 'sim em mới mua mà ngày nào cx có tin nhắn mời vay {amount}, link {domain}, chặn số này nó nhắn số khác, {phone} là số nhắn nhiều nhất. có hôm 15 tin luôn á. em đâu có cho ai số đâu, chắc sim rác cũ. mong bên nhà mạng xử lý chứ phiền quá, đang thi mà máy cứ rung liên tục'),
    n('small_shop', 'full', 'Cửa hàng tôi treo số điện thoại ngoài biển, từ đó bị số {phone} và các số cùng đầu gọi tự động mời quảng cáo, mời vay vốn {amount}. Một ngày hơn hai mươi cuộc, khách gọi đặt hàng không vào được. Tôi đã nhắn phản ánh tới 5656 hai lần. Nay gửi danh sách số và giờ gọi để cơ quan chuyển nhà mạng xử lý.'),
    n('farmer', 'no_marks', 'Dien thoai toi chi de goi con chau di lam xa, ma gio toan tin nhan quang cao, tin moi choi bai o {domain}, tin cho vay {amount}. So {phone} nhan tu sang den toi. Toi khong biet chan, nho chau chan thi mai lai co so khac. Co tin thu phi ma toi khong dang ky bao gio, xin nha mang xem lai giup.'),
    n('driver', 'full', 'Tôi đang lái xe đèo thì số {phone} gọi liên tục bốn cuộc mời mua bảo hiểm xe giá {amount}. Vì hay có khách gọi nên tôi phải nghe máy, rất nguy hiểm. Tôi đã yêu cầu xóa số và nói rõ không đồng ý nhận quảng cáo. Họ nói dữ liệu mua từ nơi khác. Đề nghị kiểm tra doanh nghiệp đang thuê gọi kiểu này.'),
    n('official', 'full', 'Đường dây tiếp dân của xã bị gọi tự động hàng chục lần mỗi ngày từ số {phone}, phát giọng máy mời mở thẻ {bank} hạn mức {amount}. Người dân gọi tới không được vì máy bận. Chúng tôi đã ghi lại giờ gọi trong một tuần và gửi kèm. Đề nghị doanh nghiệp viễn thông xác minh và ngăn nguồn gọi này để đường dây thông suốt.'),
  ],
  intimate_images: [
    n('student', 'teencode', 'em k biết nói với ai nên viết ở đây. ng yêu cũ dọa đăng ảnh riêng tư của em, hôm qua đã có 1 link ở {domain}. nó đòi {amount} mới xóa, nhắn bằng số {phone}. em chưa trả. em k muốn bố mẹ biết, em chỉ mong link đó bị gỡ thôi ạ. em có chụp lại tin nhắn dọa rồi, k gửi ảnh đâu'),
    n('worker', 'full', 'Tôi bị người quen trên mạng ghi lại cuộc gọi riêng tư mà tôi không biết. Người đó gửi cho bạn bè tôi một đường dẫn {domain} và đòi {amount} chuyển vào tài khoản {account} {bank}. Tôi là người trong hình và không đồng ý cho ai đăng. Tôi xin được gỡ đường dẫn này, xin cán bộ giữ kín giúp tôi và nếu được cho tôi gặp cán bộ nữ.'),
    n('parent', 'full', 'Tôi là mẹ của cháu học lớp tám. Có người trên mạng dỗ cháu gửi hình ảnh rồi dọa phát tán, đã gửi một đường dẫn {domain} vào nhóm lớp. Cháu rất hoảng, không dám đi học. Tôi đã gọi 111 và Công an, nay gửi đường dẫn để gỡ gấp. Số nhắn dọa là {phone}. Gia đình không lưu và không gửi hình của cháu cho ai.'),
    n('teacher', 'full', 'Một học sinh của tôi tin tưởng kể rằng hình ảnh riêng tư của em bị bạn cùng trường chuyển cho nhiều người qua {domain}. Em mười sáu tuổi, gia đình đã biết và đồng ý để tôi gửi phản ánh. Chúng tôi không tải hình về. Xin gỡ đường dẫn thật nhanh và hướng dẫn nhà trường cách hỗ trợ em, tránh để em bị trêu chọc thêm.'),
    n('nurse', 'full', 'Điện thoại tôi mang đi sửa, sau đó hình ảnh riêng của tôi xuất hiện tại {domain}. Tôi là người trong hình, không cho phép ai đăng. Có số {phone} nhắn đòi {amount} để xóa, tôi không trả và đã trình báo Công an xã. Tôi gửi đúng hai đường dẫn, mong cơ quan yêu cầu gỡ và báo lại cho tôi bằng mã phản ánh.'),
    n('small_shop', 'no_marks', 'Toi ly hon roi, chong cu dua hinh rieng tu cua toi len mang o {domain} de ep toi bo quyen nuoi con. Toi la nguoi trong hinh, toi khong dong y. Anh ta nhan bang so {phone} doa se dan them neu toi khong dua {amount}. Toi so lam, xin co quan go gium va huong dan toi nho cong an bao ve hai me con.'),
    n('driver', 'full', 'Tôi kết bạn với một tài khoản lạ, bị quay lại hình riêng tư rồi dọa gửi cho vợ và đồng nghiệp. Họ đòi {amount} vào tài khoản {account} {bank}, tôi đã trả một lần và họ đòi tiếp. Họ gửi đường dẫn {domain} làm bằng chứng. Tôi xấu hổ nhưng vẫn gửi phản ánh này, mong được gỡ đường dẫn và biết cách dừng lại.'),
    n('student', 'no_marks', 'Em la nu sinh vien, co nguoi ghep mat em vao hinh nhay cam bang may tinh roi dang o {domain}. Hinh do khong phai em nhung ai cung tuong that, em bi ban be hoi suot. So {phone} nhan doi {amount} moi chiu go. Em muon go cac duong dan nay va duoc tu van tam ly, em khong ngu duoc may hom nay roi.'),
  ],
  threat_harassment: [
    n('worker', 'full', 'Tôi không vay tiền nhưng bị số {phone} gọi ngày đêm đòi nợ thay một người cùng xóm đã bỏ đi. Hôm qua họ nhắn sẽ đến chém cả nhà nếu không trả {amount}, kèm ảnh cổng nhà tôi. Vợ tôi đang có bầu nên rất sợ. Tôi còn giữ ghi âm và tin nhắn, đã báo Công an xã, nay gửi thêm để chuyển Công an tỉnh.'),
    n('teacher', 'full', 'Một tài khoản lạ nhắn dọa đốt xe và đánh tôi ở cổng trường vì tôi lập biên bản vụ học sinh đánh nhau. Tin nhắn nêu đúng biển số xe và giờ tôi tan dạy. Số gọi dọa là {phone}. Tôi thấy lời dọa là thật vì tối qua có người đứng chờ ngoài cổng. Tôi đề nghị chuyển Công an và hướng dẫn tôi cách giữ an toàn.'),
    n('student', 'teencode', 'bạn trai cũ dọa tạt axit em nếu em k quay lại, nhắn hơn 50 tin 1 ngày bằng số {phone}, biết cả lịch học với phòng trọ của em. em sợ k dám ra ngoài. em có chụp lại hết tin nhắn rồi. bên mình giúp em báo công an với ạ, em k biết nói sao cho đúng, em đang ở nhờ nhà bạn'),
    n('small_shop', 'no_marks', 'Co nhom nguoi nhan tin bat cua hang toi nop {amount} moi thang tien bao ke, khong nop thi dap pha. Hom thu sau ho da nem chat ban vao cua, camera nha toi ghi lai duoc. So nhan tin la {phone}, tai khoan nhan tien {account} {bank}. Toi lo cho con nho o nha, xin chuyen cong an som va giu kin ten toi.'),
    n('pensioner', 'full', 'Con trai tôi vay qua ứng dụng, nay bên đòi nợ gọi cho tôi từ số {phone}, dọa bắt cóc cháu nội nếu không trả {amount} trong ba ngày. Họ gửi ảnh chụp cháu ở cổng trường mẫu giáo. Gia đình đã báo cô giáo giữ cháu cẩn thận. Tôi tuổi cao không biết làm đơn, nhờ cơ quan chuyển giúp tới Công an càng sớm càng tốt.'),
    n('nurse', 'full', 'Sau một ca trực cấp cứu, người nhà bệnh nhân nhắn tin dọa giết tôi, nói biết nhà và giờ tôi về một mình qua đèo. Số nhắn là {phone}, nhắn liên tục hai đêm. Bệnh viện đã cho bảo vệ đưa tôi về. Tôi gửi ảnh chụp tin nhắn để chuyển Công an, vì tôi thật sự lo cho tính mạng của mình và các con.'),
    n('parent', 'full', 'Con gái tôi mười bốn tuổi bị một nhóm bạn dọa đánh hội đồng và bắt nộp {amount} mỗi tuần. Các em nhắn qua số {phone}, hẹn chặn ở cầu sau giờ học. Cháu đã bị đánh một lần, có giấy khám. Gia đình báo nhà trường, nay nhờ cơ quan phối hợp Công an xã để cháu đi học an toàn, chúng tôi không muốn làm to chuyện.'),
    n('driver', 'no_marks', 'Toi tranh chap ben bai voi mot nha xe, nay bi so {phone} goi doa cat thang xe va day xuong deo. Toi hom truoc lop xe toi bi dam thung ca hai banh sau. Xe toi cho ba muoi nguoi nen toi khong dam coi thuong. Toi co ghi am cuoc goi va anh lop xe, de nghi chuyen cong an giai quyet truoc khi xay ra chuyen.'),
  ],
  false_emergency_alert: [
    n('official', 'full', 'Tối qua tại {domain} có tin báo hồ thủy điện trên sông Gâm vỡ đập lúc mười giờ, kêu gọi dân bỏ nhà chạy trong đêm. Nhà máy và UBND xã đã ra thông báo hồ vận hành bình thường. Có ba gia đình chạy xe trong mưa, một người ngã bị thương. Đề nghị đính chính ngay bằng thông báo chính thức, kèm đường dẫn thông báo của xã.'),
    n('nurse', 'full', 'Một bài viết tại {domain} khẳng định sốt xuất huyết chữa khỏi bằng uống dầu gió và không cần vào viện. Trạm tôi đã gặp hai bệnh nhân làm theo, một người chuyển nặng. Sở Y tế có hướng dẫn ngược lại đăng từ tuần trước. Tôi đề nghị đăng tin đính chính ở nơi dễ thấy để người dân đưa bệnh nhân đi khám kịp thời.'),
    n('teacher', 'full', 'Nhóm phụ huynh truyền tin tại {domain} rằng nguồn nước máy thành phố bị nhiễm độc, ai uống phải đi súc ruột. Có phụ huynh đã cho con uống thuốc nôn. Công ty cấp nước và trung tâm kiểm soát bệnh tật đã công bố kết quả mẫu nước an toàn. Mong cơ quan đính chính nhanh để các cháu không bị cho uống thuốc bừa bãi.'),
    n('farmer', 'no_marks', 'Ca ban toi nhan tin o {domain} noi vac xin dai bi thu hoi vi gay chet nguoi, khuyen ai bi cho can thi dap la thuoc. Ban toi vua co nguoi bi cho dai can ma khong chiu di tiem. Tram y te noi khong he thu hoi, co giay cua tinh. Xin can bo phat loa dinh chinh gap chu de lau nguoi ta chet mat.'),
    n('parent', 'full', 'Trên {domain} có tin động đất mạnh sẽ xảy ra lúc nửa đêm ở Trùng Khánh, kêu mọi người ra ngoài ngủ. Trời đang rét ba độ, nhiều nhà bế trẻ sơ sinh ra sân, con tôi bị viêm phổi. Cơ quan khí tượng nói không ai dự báo được giờ động đất và không có cảnh báo nào. Mong tỉnh đính chính để dân vào nhà.'),
    n('driver', 'full', 'Một tin tại {domain} nói đèo Mã Phục đã thông xe an toàn sau sạt lở, trong khi biển cấm của ngành đường bộ vẫn còn và đá vẫn rơi. Nhiều xe khách tin theo đi vào, có xe bị đá rơi vỡ kính. Thông báo chính thức đăng từ sáng nói cấm đường đến hết ngày mai. Đề nghị đính chính khẩn cho lái xe biết.'),
    n('pensioner', 'full', 'Hội người cao tuổi chúng tôi nhận tin từ {domain} rằng thuốc huyết áp phát ở trạm là thuốc hỏng, ai uống sẽ đột quỵ, khuyên bỏ thuốc ngay. Đã có hai cụ bỏ thuốc, một cụ phải đi cấp cứu. Trạm y tế và Sở Y tế đều có văn bản nói lô thuốc bảo đảm. Xin đính chính rộng rãi, đọc trên loa xã cho các cụ nghe.'),
    n('small_shop', 'no_marks', 'Sang nay cho vo vi tin o {domain} bao bao lon do bo vao tinh trong hai gio nua, keu moi nguoi bo hang chay len doi. Nguoi xo day nhau, mot ba cu nga gay tay. Dai khi tuong noi khong co bao nao gan day, xa cung thong bao roi. De nghi dinh chinh som vi nhieu nguoi van dang chay len doi tron bao khong co that.'),
  ],
};

/** Invented domains per category; all end in `.example` and imitate nobody's real address exactly. 60 and more together. */
export const SAMPLE_DOMAINS: Readonly<Record<CategoryCode, readonly string[]>> = {
  scam: [
    'viecnhe-luongcao.example', 'ctv-likevideo.example', 'san-vangsovn.example', 'dautu-chungkhoan68.example', 'vaynhanh-247.example',
    'thuhoitien-luatsu.example', 'thanhly-lopxe.example', 'nhantien-quocte.example', 'xkld-luong40trieu.example', 'muahoi-giacao.example',
  ],
  phishing_impersonation: [
    'vneid-capnhat.example', 'vietcom-nanghanmuc.example', 'dichvucong-hotro.example', 'bidv-xacthuc247.example', 'agri-thongbao.example',
    'thue-dientu-caidat.example', 'dienluc-thanhtoan.example', 'bhxh-capdoi.example', 'phatnguoi-nopphat.example', 'buudien-nhanhang.example',
    'congan-xacminh.example', 'viettin-diemthuong.example', 'benhvien-datlich.example', 'tuyendung-cuakhau.example',
  ],
  malware_attack: [
    'tai-apk-vneid.example', 'hotro-gionngo.example', 'gamemod-free.example', 'phieudiem-tructuyen.example', 'baogia-tep.example',
    'taphuan-moi.example', 'trungthuong-caidat.example', 'hoctienganh-app.example',
  ],
  personal_data_abuse: [
    'form-nhanqua50k.example', 'banso-danhsach.example', 'dulieu-phuhuynh.example', 'vaytien-cccd.example', 'maugiayto-mienphi.example',
    'sdt-khachhang.example', 'danhba-benhnhan.example',
  ],
  illegal_gambling_ads: [
    'nohu-doithuong.example', 'cadobong-88.example', 'banca-doithe.example', 'lode-truytuyen.example', 'vongquay-trian.example',
    'taixiu-tanghu.example', 'bongdalau-nhacai.example', 'gamebai-rutthe.example',
  ],
  counterfeit_unlicensed_goods: [
    'thuocgiatruyen-khoi100.example', 'phanbon-giare.example', 'myphamxachtay-sale.example', 'suanoidia-xakho.example',
    'thuockedon-taynha.example', 'giamcan-sieutoc.example', 'phutung-hangbai.example', 'sachgiare-namhoc.example',
  ],
  spam_calls_messages: [
    'vay-khongthechap.example', 'datnen-cocngay.example', 'baohiemxe-re.example', 'sim-sodep-uudai.example', 'quangcao-tudong.example',
  ],
  intimate_images: ['diendan-anh.example', 'chiase-kin.example', 'nhomtrochuyen-an.example', 'luutru-tam.example'],
  threat_harassment: ['doino-nhanh.example', 'tinnhan-an.example'],
  false_emergency_alert: ['tinnong-khancap.example', 'baodong-lulut.example', 'suckhoe-truyenmieng.example', 'duongdeo-homnay.example'],
};

/** Invented telephone numbers, as people write them; forty of them. */
export const SAMPLE_PHONES: readonly string[] = ['0900', '0999'].flatMap((prefix) => (
  Array.from({ length: 20 }, (_, index) => `${prefix} 000 ${String(101 + index * 7)}`)
));

export interface SampleAccount {
  readonly bank: string;
  readonly account: string;
}

/** Invented accounts: they begin with 0000, and the digits after it only count up. Not for the use of any bank's customers. */
export const SAMPLE_ACCOUNTS: readonly SampleAccount[] = [
  ['Vietcombank', 13], ['BIDV', 14], ['Agribank', 13], ['VietinBank', 12], ['Techcombank', 14], ['MB', 13], ['VPBank', 12],
  ['ACB', 10], ['Sacombank', 12], ['TPBank', 11],
].flatMap(([bank, length]) => [1, 2, 3].map((serial) => (
  { bank: String(bank), account: `0000${String(serial * 1_234).padStart(Number(length) - 4, '0')}` }
)));

/** Sums of money as people write them. */
export const SAMPLE_AMOUNTS: readonly string[] = [
  '500.000 đồng', '1.200.000 đồng', '2 triệu đồng', '3,5 triệu đồng', '5 triệu đồng', '7.800.000 đồng', '12 triệu đồng',
  '18 triệu đồng', '25 triệu đồng', '36.500.000 đồng', '48 triệu đồng', '65 triệu đồng', '90 triệu đồng', '120 triệu đồng',
];

/**
 * Titles for warnings and, for false alarms, corrections. Where no public warning may be made (intimate images, threats) the
 * list is empty. {domain} is a slot, shown defanged.
 */
export const WARNING_TITLES: Readonly<Record<CategoryCode, readonly Label[]>> = {
  scam: [
    { vi: 'Cảnh báo lời mời làm nhiệm vụ trên mạng rồi đòi nạp tiền', en: 'Warning: online “tasks” that ask you to pay in' },
    { vi: 'Cảnh báo trang {domain} nhận tiền đầu tư rồi không cho rút', en: 'Warning: {domain} takes investments and blocks withdrawals' },
    { vi: 'Cảnh báo hứa lấy lại tiền đã mất để thu phí', en: 'Warning: promises to recover lost money for a fee' },
    { vi: 'Cảnh báo cuộc gọi báo người thân cấp cứu cần tiền gấp', en: 'Warning: calls about a relative in hospital who needs money' },
  ],
  phishing_impersonation: [
    { vi: 'Cảnh báo trang {domain} giả mạo VNeID', en: 'Warning: {domain} pretends to be VNeID' },
    { vi: 'Cảnh báo trang {domain} giả mạo ngân hàng', en: 'Warning: {domain} pretends to be a bank' },
    { vi: 'Cảnh báo tin nhắn giả điện lực đòi thanh toán qua {domain}', en: 'Warning: fake electricity bills through {domain}' },
    { vi: 'Cảnh báo cuộc gọi xưng Công an yêu cầu cài ứng dụng', en: 'Warning: calls claiming to be police that ask you to install an app' },
  ],
  malware_attack: [
    { vi: 'Cảnh báo ứng dụng tải từ {domain} chiếm quyền điện thoại', en: 'Warning: an app from {domain} takes control of phones' },
    { vi: 'Cảnh báo thư mời tập huấn giả có tệp mã độc', en: 'Warning: fake training invitations with malware' },
  ],
  personal_data_abuse: [
    { vi: 'Cảnh báo trang {domain} thu ảnh căn cước để vay tiền', en: 'Warning: {domain} collects ID photos to take loans' },
    { vi: 'Cảnh báo đổi ảnh căn cước lấy quà nhỏ', en: 'Warning: small gifts in exchange for ID photos' },
  ],
  illegal_gambling_ads: [
    { vi: 'Cảnh báo quảng cáo đánh bạc {domain} nhắm tới học sinh', en: 'Warning: gambling adverts of {domain} aimed at pupils' },
    { vi: 'Cảnh báo thuê tài khoản ngân hàng nhận tiền đánh bạc', en: 'Warning: renting bank accounts for gambling money' },
  ],
  counterfeit_unlicensed_goods: [
    { vi: 'Cảnh báo thuốc không số đăng ký bán tại {domain}', en: 'Warning: unregistered medicine sold at {domain}' },
    { vi: 'Cảnh báo phân bón giả bán qua mạng', en: 'Warning: counterfeit fertiliser sold online' },
  ],
  spam_calls_messages: [
    { vi: 'Cảnh báo cuộc gọi tự động mời vay tiền', en: 'Warning: automatic calls that offer loans' },
    { vi: 'Cảnh báo tin nhắn rác dẫn tới {domain}', en: 'Warning: spam messages leading to {domain}' },
  ],
  intimate_images: [],
  threat_harassment: [],
  false_emergency_alert: [
    { vi: 'Đính chính tin vỡ đập thủy điện', en: 'Correction: no dam has failed' },
    { vi: 'Đính chính tin thu hồi vắc xin dại', en: 'Correction: the rabies vaccine has not been recalled' },
    { vi: 'Đính chính tin nguồn nước máy bị nhiễm độc', en: 'Correction: the tap water is safe' },
  ],
};

export interface StopNarrative {
  /** The gate question, 1 to 7, as numbered in docs/scope.md. */
  readonly question: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly code: StopCode;
  /** What the sender ticked. */
  readonly claimed: CategoryCode;
  readonly sender: 'citizen' | 'agency';
  readonly text: string;
}

function stop(question: StopNarrative['question'], claimed: CategoryCode, sender: StopNarrative['sender'], text: string): StopNarrative {
  return { question, code: STOP_CODES[question - 1]!, claimed, sender, text };
}

/** Reports that the gate must stop, each with the question that stops it. For demonstrations and tests of the gate only. */
export const STOP_NARRATIVES: readonly StopNarrative[] = [
  stop(3, 'false_emergency_alert', 'agency', 'Trên mạng có bài chê xã chúng tôi làm đường chậm và thu tiền sai. Bài viết ảnh hưởng uy tín của lãnh đạo xã, dù là đúng hay sai cũng làm mất niềm tin của dân. Đề nghị Sở yêu cầu gỡ bài này ngay.'),
  stop(5, 'threat_harassment', 'citizen', 'Có một nick hay vào bình luận dưới bài của tôi, lời lẽ khó nghe nhưng không dọa gì. Tôi muốn cơ quan tìm giúp người đứng sau nick đó tên gì, ở đâu, làm nghề gì để tôi nói chuyện phải trái.'),
  stop(6, 'scam', 'citizen', 'Tôi đề nghị xóa hẳn kênh này khỏi mạng. Tôi không có đường dẫn bài nào cụ thể, nhưng tôi không thích cả kênh, càng để lâu càng đông người theo dõi.'),
  stop(2, 'spam_calls_messages', 'citizen', 'Nhóm cư dân kêu gọi tẩy chay quán tôi vì họ cho là đắt, rủ nhau ký kiến nghị gửi ban quản lý chợ. Họ không dọa nạt gì, chỉ nói không mua nữa. Đề nghị chặn nhóm đó lại.'),
  stop(4, 'false_emergency_alert', 'agency', 'Bài đăng nói sai số liệu về lễ hội năm ngoái, làm dư luận hiểu không đúng và gây mất trật tự. Không ai bị thiệt hại cụ thể nhưng thông tin sai sự thật thì phải xử lý.'),
  stop(7, 'personal_data_abuse', 'agency', 'Đơn vị chúng tôi bị một bài báo nêu việc mua sắm không đúng quy định, có đăng ảnh hợp đồng. Chúng tôi vừa là bên bị nêu vừa là cơ quan được giao xử lý, đề nghị cho chúng tôi tự ra quyết định.'),
  stop(1, 'counterfeit_unlicensed_goods', 'citizen', 'Hàng xóm nhà tôi mở loa hát karaoke tới khuya, tôi góp ý nhiều lần không được. Tôi chọn đại một mục vì không thấy mục tiếng ồn, mong cơ quan mạng xử lý giúp.'),
  stop(2, 'phishing_impersonation', 'citizen', 'Có trang hài hước vẽ tranh châm biếm về giá vé du lịch, ghi rõ là đùa vui. Tôi thấy không hợp nên báo là giả mạo, đề nghị gỡ mấy bức tranh đó xuống.'),
  stop(5, 'personal_data_abuse', 'agency', 'Đề nghị lập danh sách tất cả bài viết ba tháng qua của một tài khoản và theo dõi tài khoản đó hằng ngày, có gì mới thì báo cho chúng tôi để nắm tình hình.'),
  stop(3, 'threat_harassment', 'agency', 'Người dân quay video cán bộ tiếp dân nói chuyện điện thoại trong giờ làm rồi đăng lên. Cán bộ thấy bị xúc phạm khi đang làm nhiệm vụ. Đề nghị coi đây là quấy rối và gỡ video.'),
];

/** Puts values into the slots of a narrative or title; a slot without a value stays as it is. */
export function fillSlots(text: string, values: Readonly<Partial<Record<Slot, string>>>): string {
  return text.replace(/\{(\w+)\}/gu, (whole, slot) => values[slot as Slot] ?? whole);
}
