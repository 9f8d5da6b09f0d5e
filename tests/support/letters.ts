import { documentSymbol, type Block, type Letter } from '#web/docx/letter.ts';

const SO = { parent: 'UBND tỉnh Cao Bằng', name: 'Sở Văn hóa, Thể thao và Du lịch' };
const UBND = { parent: null, name: 'Ủy ban nhân dân tỉnh Cao Bằng' };
const DIRECTOR = { authority: [], title: 'Giám đốc', name: 'Nông Thị Bích Ngọc' };
const plainLetter = { urgency: null, annexes: [], language: 'vi', to: [], place: 'Cao Bằng', date: '2026-11-03', issuer: SO, signature: DIRECTOR } as const;

/** A withdrawal, to one agency, with all that a công văn may bear. */
const withdrawal: Letter = {
  ...plainLetter,
  kind: 'cong_van',
  number: { value: '120', symbol: documentSymbol('cong_van', 'SVHTTDL', 'QLTTBCXB') },
  urgency: 'thuong_khan',
  subject: 'rút thông báo về trang giả mạo Cổng dịch vụ công',
  to: ['Công ty Cổ phần Viễn thông Đông Bắc'],
  body: [
    { type: 'paragraph', text: 'Ngày 29 tháng 10 năm 2026, Sở Văn hóa, Thể thao và Du lịch đã có Thông báo số 05/TB-SVHTTDL gửi Quý Công ty về một địa chỉ có dấu hiệu giả mạo Cổng dịch vụ công để lấy mã xác thực của người dân.' },
    { type: 'paragraph', text: [{ text: 'Sau khi xem xét ý kiến giải trình, Sở nhận thấy địa chỉ ' }, { text: 'https://dichvucong-caobang.example/tra-cuu?ma=12', bold: true }, { text: ' không còn nội dung nêu trên và ' }, { text: 'rút toàn bộ thông báo', italic: true }, { text: ' kể từ ngày ký văn bản này.' }] },
    { type: 'facts', rows: [{ label: 'Mã hồ sơ', value: 'QD-04-2026-0031' }, { label: 'Biện pháp đã đề nghị', value: 'Tạm ngừng phân giải tên miền' }, { label: 'Hiệu lực của việc rút', value: 'Từ 14 giờ 05 phút, ngày 03 tháng 11 năm 2026' }] },
    { type: 'list', marks: 'dash', items: ['Khôi phục việc phân giải tên miền trong vòng 24 giờ kể từ khi nhận được công văn;', 'Trả lời bằng văn bản kết quả thực hiện.'] },
    { type: 'paragraph', text: 'Trân trọng cảm ơn sự phối hợp của Quý Công ty.' },
  ],
  recipients: ['Công an tỉnh (để biết)', 'Phòng Quản lý thông tin, báo chí, xuất bản', 'Lưu: VT, QLTTBCXB'],
  contact: ['Số 82, đường Xuân Trường, phường Thục Phán, tỉnh Cao Bằng', 'ĐT: 0206 3852 120; thư điện tử: vanthu@sovhttdl.example'],
};

/** A notice to several, with an open number, a QR code, a link, and two annexes, one of them long. */
const notice: Letter = {
  ...plainLetter,
  kind: 'thong_bao',
  number: { value: null, symbol: documentSymbol('thong_bao', 'SVHTTDL') },
  urgency: 'khan',
  subject: 'Về việc phát hiện nội dung lừa đảo giả mạo ngân hàng và đề nghị tạm ngừng cung cấp các địa chỉ trong Phụ lục kèm theo',
  body: [
    { type: 'basis', items: ['Căn cứ Luật An ninh mạng ngày 10 tháng 12 năm 2025', 'Căn cứ Nghị định số 147/2024/NĐ-CP ngày 09 tháng 11 năm 2024 của Chính phủ quản lý, cung cấp, sử dụng dịch vụ Internet và thông tin trên mạng'] },
    { type: 'paragraph', text: 'Sở Văn hóa, Thể thao và Du lịch thông báo đến đơn vị cung cấp dịch vụ những nội dung sau:' },
    { type: 'heading', level: 1, text: 'Sự việc' },
    { type: 'heading', level: 2, text: 'Nội dung vi phạm' },
    { type: 'paragraph', text: 'Từ ngày 20 đến ngày 28 tháng 10 năm 2026, 37 người dân phản ánh việc nhận tin nhắn mạo danh ngân hàng, dẫn đến trang đòi mật khẩu và mã OTP; trong đó 04 người đã mất tiền.' },
    { type: 'heading', level: 3, text: 'Thiệt hại đã biết: 123.000.000 đồng (một trăm hai mươi ba triệu đồng).' },
    { type: 'heading', level: 3, text: 'Chứng cứ: 12 ảnh chụp màn hình, có dấu thời gian và mã băm.' },
    { type: 'heading', level: 2, text: 'Căn cứ áp dụng' },
    { type: 'list', marks: 'letter', items: ['Khoản 3 Điều 5 của Nghị định nêu trên;', 'Điều 290 Bộ luật Hình sự về tội sử dụng mạng máy tính thực hiện hành vi chiếm đoạt tài sản.'] },
    { type: 'heading', level: 1, text: 'Đề nghị' },
    { type: 'list', marks: 'number', items: ['Tạm ngừng cung cấp 60 địa chỉ tại Phụ lục I trong 24 giờ.', 'Giữ nguyên dữ liệu liên quan trong 90 ngày để cơ quan có thẩm quyền yêu cầu.'] },
    { type: 'note', text: 'biện pháp chỉ áp dụng với đúng các địa chỉ nêu tại Phụ lục I; không áp dụng với toàn bộ trang, kênh hoặc tài khoản.' },
    { type: 'qr', value: 'https://lachan.caobang.example/tra-loi/7Q2M', caption: 'Mã trả lời: 7Q2M' },
    { type: 'link', text: 'https://lachan.caobang.example/tra-loi/7Q2M', href: 'https://lachan.caobang.example/tra-loi/7Q2M' },
    { type: 'paragraph', text: 'Đề nghị đơn vị trả lời bằng văn bản trước ngày 10 tháng 11 năm 2026. Đơn vị có quyền khiếu nại trong thời hạn 90 ngày kể từ ngày nhận được thông báo.' },
  ],
  recipients: ['Công ty TNHH Tên miền Việt', 'Ngân hàng Nhà nước chi nhánh Khu vực 5', 'Lưu: VT, QLTTBCXB'],
  annexes: [
    { title: 'Danh sách địa chỉ', body: [
      { type: 'table', columns: [{ head: 'TT', width: 1, isNumeric: true }, { head: 'Địa chỉ', width: 6 }, { head: 'Số phản ánh', width: 2, isNumeric: true }, { head: 'Thiệt hại (đồng)', width: 3, isNumeric: true }],
        rows: Array.from({ length: 60 }, (_, index) => [String(index + 1), `http://ngan-hang-so-${index + 1}.example/dang-nhap`, String(1 + (index * 7) % 9), `${(index * 37) % 90 + 1}.000.000`]),
        total: ['', 'Tổng cộng', '301', '2.456.000.000'] },
    ] },
    { title: 'Bảng tổng hợp theo xã, phường', isLandscape: true, body: [
      { type: 'table', columns: ['Xã, phường', 'Tháng 8', 'Tháng 9', 'Tháng 10'].map((head, index) => ({ head, width: index === 0 ? 3 : 1, isNumeric: index > 0 })),
        rows: [['Phường Thục Phán', '3', '8', '12'], ['Phường Nùng Trí Cao', '1', '5', '9'], ['Xã Đàm Thủy', '0', '2', '1']] },
      { type: 'paragraph', text: 'Số liệu tính đến hết ngày 31 tháng 10 năm 2026.' },
    ] },
  ],
};

/** Minutes of a hand-over between two sides. */
const minutes: Letter = {
  ...plainLetter,
  kind: 'bien_ban',
  number: { value: '7', symbol: documentSymbol('bien_ban', 'SVHTTDL') },
  subject: 'Bàn giao hồ sơ có dấu hiệu tội phạm',
  body: [
    { type: 'paragraph', text: 'Thời gian bắt đầu: 08 giờ 30 phút, ngày 03 tháng 11 năm 2026.' },
    { type: 'paragraph', text: 'Địa điểm: Trụ sở Công an tỉnh Cao Bằng.' },
    { type: 'heading', level: 1, text: 'Thành phần' },
    { type: 'facts', rows: [{ label: 'Bên giao', value: 'Ông Hoàng Văn Thụ, Trưởng phòng Quản lý thông tin, báo chí, xuất bản' }, { label: 'Bên nhận', value: 'Bà Lương Thị Hằng, Phó Trưởng phòng An ninh mạng' }] },
    { type: 'heading', level: 1, text: 'Tài liệu bàn giao' },
    { type: 'table', columns: [{ head: 'TT', width: 1, isNumeric: true }, { head: 'Tài liệu', width: 6 }, { head: 'Số trang', width: 2, isNumeric: true }, { head: 'Mã băm SHA-256', width: 5 }],
      rows: [['1', 'Phản ánh đã che thông tin cá nhân', '3', '9f86d081 884c7d65 9a2feaa0 c55ad015'], ['2', 'Ảnh chụp màn hình có dấu thời gian', '12', 'a3bf4f1b 2b0b822c d15d6c15 b0f00a08'], ['3', 'Sao kê do người bị hại cung cấp', '2', '60303ae2 2b998861 bce3b28f 33eec1be']] },
    { type: 'paragraph', text: 'Biên bản kết thúc vào 09 giờ 15 phút cùng ngày, được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản.' },
  ],
  signature: { authority: [], title: 'Đại diện bên nhận', name: 'Lương Thị Hằng' },
  countersignature: { authority: [], title: 'Đại diện bên giao', name: 'Hoàng Văn Thụ' },
  recipients: ['Công an tỉnh', 'Lưu: VT, Hồ sơ'],
};

const decision: Letter = {
  ...plainLetter,
  kind: 'quyet_dinh',
  issuer: UBND,
  number: { value: '1520', symbol: documentSymbol('quyet_dinh', 'UBND') },
  date: '2026-02-09',
  subject: 'Về việc thành lập Tổ công tác liên ngành tiếp nhận, xử lý phản ánh về tác hại trên không gian mạng',
  body: [
    { type: 'banner', text: 'Ủy ban nhân dân tỉnh Cao Bằng' },
    { type: 'basis', items: ['Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;', 'Theo đề nghị của Giám đốc Sở Văn hóa, Thể thao và Du lịch tại Tờ trình số 45/TTr-SVHTTDL ngày 02 tháng 02 năm 2026.'] },
    { type: 'banner', text: 'Quyết định:' },
    { type: 'article', text: 'Thành lập Tổ công tác liên ngành gồm 09 thành viên theo danh sách kèm theo.' },
    { type: 'article', title: 'Nhiệm vụ', text: 'Tổ công tác tiếp nhận, chuyển và theo dõi phản ánh của người dân theo đúng thẩm quyền của từng cơ quan.' },
    { type: 'article', text: 'Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở và Chủ tịch Ủy ban nhân dân các xã, phường chịu trách nhiệm thi hành Quyết định này.' },
  ],
  signature: { authority: [{ code: 'TM.', of: 'Ủy ban nhân dân' }, { code: 'KT.', of: 'Chủ tịch' }], title: 'Phó Chủ tịch', name: 'Triệu Đình Lê' },
  recipients: ['Như Điều 3', 'Thường trực Tỉnh ủy', 'Lưu: VT, KGVX'],
};

const invitation: Letter = {
  ...plainLetter,
  kind: 'giay_moi',
  number: { value: '31', symbol: documentSymbol('giay_moi', 'SVHTTDL') },
  subject: 'Họp thống nhất biện pháp xử lý hồ sơ VV-04-2026-0012',
  body: [
    { type: 'paragraph', text: 'Sở Văn hóa, Thể thao và Du lịch trân trọng kính mời: đại diện Công an tỉnh, Sở Khoa học và Công nghệ và Ngân hàng Nhà nước chi nhánh Khu vực 5' },
    { type: 'facts', rows: [{ label: 'Tới dự', value: 'Cuộc họp thống nhất biện pháp xử lý' }, { label: 'Chủ trì', value: 'Bà Nông Thị Bích Ngọc, Giám đốc Sở' }, { label: 'Thời gian', value: '14 giờ 00 phút, ngày 05 tháng 11 năm 2026' }, { label: 'Địa điểm', value: 'Phòng họp tầng 2, trụ sở Sở' }] },
    { type: 'paragraph', text: 'Đề nghị các đại biểu nghiên cứu trước tài liệu gửi kèm và gửi ý kiến bằng văn bản nếu không dự được.' },
  ],
  signature: { authority: [{ code: 'TL.', of: 'Giám đốc' }], title: 'Chánh Văn phòng', name: null },
  recipients: ['Như trên', 'Lãnh đạo Sở'],
};

const SENTENCE = 'Trong kỳ, các cơ quan phối hợp tiếp nhận, xác minh và trả lời từng phản ánh của người dân theo đúng thời hạn; kết quả xử lý được công khai trên trang tra cứu và đối chiếu hằng tuần giữa các đầu mối. ';

const report: Letter = {
  ...plainLetter,
  kind: 'bao_cao',
  number: { value: '9', symbol: documentSymbol('bao_cao', 'SVHTTDL') },
  date: '2026-12-14',
  urgency: 'hoa_toc',
  subject: 'Kết quả tiếp nhận, xử lý phản ánh về tác hại trên không gian mạng năm 2026',
  to: ['Ủy ban nhân dân tỉnh Cao Bằng', 'Cục Phát thanh, truyền hình và thông tin điện tử', 'Công an tỉnh Cao Bằng'],
  body: [
    { type: 'heading', level: 1, text: 'Tình hình và kết quả' },
    ...Array.from({ length: 12 }, (_, index): Block => ({ type: 'paragraph', text: `Nội dung thứ ${index + 1}. ${SENTENCE.repeat(1 + index % 3)}` })),
    { type: 'table', columns: [{ head: 'Loại tác hại', width: 4 }, { head: 'Phản ánh', width: 1, isNumeric: true }, { head: 'Đã xử lý', width: 1, isNumeric: true }],
      rows: [['Lừa đảo', '1.204', '1.187'], ['Giả mạo lấy thông tin', '356', '349'], ['Quảng cáo cờ bạc', '88', '88']], total: ['Cộng', '1.648', '1.624'] },
    { type: 'page_break' },
    { type: 'heading', level: 1, text: 'Kiến nghị' },
    { type: 'paragraph', text: [{ text: 'Đề nghị bổ sung đầu mối tại 56 xã, phường.\nThời hạn: ' }, { text: 'quý I năm 2027.', bold: true, italic: true }] },
  ],
  signature: { authority: [{ code: 'Q.', of: 'Giám đốc' }], title: null, name: 'Bế Xuân Trường' },
  recipients: ['Lưu: VT, QLTTBCXB (03)'],
};

const english: Letter = {
  kind: 'thong_bao',
  issuer: { parent: "People's Committee of Cao Bang Province", name: 'Department of Culture, Sports and Tourism' },
  number: { value: '5', symbol: 'TB-SVHTTDL' },
  place: 'Cao Bang', date: '2026-11-03', urgency: 'khan', language: 'en', isUnofficialTranslation: true,
  subject: 'Fraudulent pages that imitate a bank',
  to: ['Example Domains Ltd'],
  body: [
    { type: 'paragraph', text: 'The Department asks you to suspend the address https://bank-login.example/otp within 24 hours of receiving this notice.' },
    { type: 'heading', level: 1, text: 'Statement of reasons' },
    { type: 'article', text: 'You may object within 90 days.' },
    { type: 'note', text: 'the measure covers this address alone.' },
  ],
  signature: { authority: [{ code: 'KT.', of: 'the Director' }], title: 'Deputy Director', name: 'Hoàng Văn Thụ' },
  recipients: ['Archives: VT, QLTTBCXB'],
  annexes: [{ title: 'Evidence', body: [{ type: 'paragraph', text: 'Twelve screenshots with time stamps.' }] }],
};

/** A letter of every type, with every kind of block, name of the file → letter. All of it is made up. */
export const LETTERS = { withdrawal, notice, minutes, decision, invitation, report, english } as const satisfies Readonly<Record<string, Letter>>;
