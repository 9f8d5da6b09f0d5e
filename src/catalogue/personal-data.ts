import type { Label } from './label.ts';

/** One column that holds, or may hold, data about a person: what it is, what for, on what ground, for how long (S13). */
export interface PersonalColumn {
  readonly table: string;
  readonly column: string;
  readonly what: Label;
  readonly purpose: Label;
  readonly basis: Label;
  /** Says also whether the software ends it by itself today, or whether that is still to be built. */
  readonly retention: Label;
}

/** Grounds of processing. Research transcriptions like the rest of the catalogue: a lawyer checks each before real use. */
export const BASIS = {
  publicTask: {
    vi: 'Nhiệm vụ của cơ quan theo quy chế phối hợp (QĐ 14/2021 Đ3, Đ5) và Luật 91/2025/QH15',
    en: 'Task of the agency under the coordination regulation (Decision 14/2021, art. 3 and 5) and Law 91/2025/QH15',
  },
  given: {
    vi: 'Người phản ánh tự cung cấp; luôn có thể gửi ẩn danh (Luật 91/2025/QH15)',
    en: 'Given by the reporter of their own will; anonymous is always possible (Law 91/2025/QH15)',
  },
  accountability: {
    vi: 'Trách nhiệm giải trình: ai làm gì, lúc nào (QĐ 14/2021 Đ3.3; Luật 91/2025/QH15)',
    en: 'Accountability: who did what, when (Decision 14/2021, art. 3.3; Law 91/2025/QH15)',
  },
  security: {
    vi: 'An toàn của tài khoản cán bộ (Luật 116/2025/QH15)',
    en: 'Security of officers’ accounts (Law 116/2025/QH15)',
  },
} as const satisfies Record<string, Label>;

const KEEP = {
  report: {
    vi: 'Dừng: xóa trong 30 ngày. Đã xử lý: xóa 18 tháng sau khi đóng vụ việc; cả hai phần mềm tự làm',
    en: 'Stopped: erased within 30 days. Handled: removed 18 months after the case was closed; both by the software',
  },
  contact: {
    vi: 'Dừng: xóa cùng phản ánh. Đã xử lý: đến ngày ở `purge_after` (12 tháng sau khi đóng vụ việc), phần mềm tự xóa khi vụ việc không còn mở',
    en: 'Stopped: with the report. Handled: until `purge_after` (12 months after the case was closed), removed by the software once no case is open',
  },
  waiting: {
    vi: '24 giờ nếu phản ánh không được gửi, phần mềm tự xóa',
    en: '24 hours if the report is never sent, removed by the software',
  },
  trace: {
    vi: 'Xóa cùng phản ánh dừng cuối cùng còn dùng nó. Số của người: cùng hồ sơ vụ việc cuối cùng còn nhắc đến, sau 18 tháng, phần mềm tự xóa. Đường dẫn, tên miền, mã băm tệp: giữ để nhận ra cùng một chiêu',
    en: 'Erased with the last stopped report that names it. People’s numbers: with the last case file that names them, after 18 months, by the software. Addresses and file hashes: kept to recognise the same trick',
  },
  case: {
    vi: '18 tháng sau khi đóng vụ việc, phần mềm tự làm trống; điều quyết định viện dẫn giữ cùng quyết định',
    en: 'Emptied by the software 18 months after the case was closed; what a decision cites stays with the decision',
  },
  gate: {
    vi: 'Lần đầu: xóa cùng phản ánh dừng; không thì giữ, vì chỉ có câu trả lời và người trả lời. Lần hai: theo hồ sơ quyết định',
    en: 'First: erased with a stopped report; otherwise kept, since it holds answers and who gave them. Second: as long as the decision file',
  },
  decision: {
    vi: 'Bản nêu lý do ít nhất 60 tháng, sau đó cơ quan xét theo pháp luật lưu trữ; phần mềm không tự xóa. Dự thảo chưa bao giờ có hiệu lực: trống 18 tháng sau khi đóng vụ việc, phần mềm tự làm',
    en: 'Statements of reasons at least 60 months, then as the law on archives says; not deleted by the software. Drafts that never took effect: emptied 18 months after the case was closed, by the software',
  },
  account: {
    vi: 'Khi còn làm việc, sau đó theo nhật ký; không tự xóa',
    en: 'While in office, then as long as the journal; no automatic end',
  },
  session: {
    vi: 'Hết tác dụng sau 60 phút không dùng hoặc 12 giờ; dòng đã hết được phần mềm xóa sau 30 ngày',
    en: 'Worthless after 60 minutes idle or 12 hours; ended rows are removed by the software after 30 days',
  },
  news: {
    vi: '90 ngày, phần mềm tự xóa',
    en: '90 days, removed by the software',
  },
  window: {
    vi: '15 phút, xóa ở lần đăng nhập kế tiếp của bất kỳ ai',
    en: '15 minutes, removed at the next sign-in attempt of anybody',
  },
  alertAnswer: {
    vi: '60 tháng sau khi gửi thư, phần mềm tự làm trống; câu trả lời và số máy được giữ',
    en: '60 months after the letter was sent, emptied by the software; the answer and its figures stay',
  },
  journal: {
    vi: 'Không sửa, không xóa; vì vậy không bao giờ chứa nội dung phản ánh',
    en: 'Never changed, never deleted; for that reason it never holds the content of a report',
  },
  public: {
    vi: 'Công khai đến ngày hết hạn của quyết định; dòng còn lại theo hồ sơ quyết định',
    en: 'Public until the decision ends; the row stays with the decision file',
  },
  arrival: {
    vi: 'Thành phản ánh: cùng phản ánh. Không thành phản ánh: 28 ngày, phần mềm tự xóa',
    en: 'What became a report: as long as the report. What became none: 28 days, removed by the software',
  },
  letter: {
    vi: 'Thành phản ánh: thư và tin nhắn xóa cùng thông tin liên hệ, thứ khác cùng phản ánh. Không thành phản ánh: 28 ngày, phần mềm tự xóa',
    en: 'What became a report: mail and text messages with the contact, the rest with the report. What became none: 28 days, removed by the software',
  },
  sender: {
    vi: '28 ngày, phần mềm tự xóa',
    en: '28 days, removed by the software',
  },
  sheetRow: {
    vi: 'Dòng của lần nhập giữ lại để đối chiếu, không có nội dung',
    en: 'The row of the import stays for reference, without contents',
  },
  moved: {
    vi: 'Xóa ngay khi một phản ánh đã chuyển bị dừng; nếu không, 18 tháng sau khi đóng vụ việc, phần mềm tự làm',
    en: 'Removed at once when a moved report is stopped; otherwise 18 months after the case was closed, by the software',
  },
  note: {
    vi: 'Về một phản ánh: cùng phản ánh. Về vụ việc: xóa ngay khi phản ánh cuối cùng của vụ việc bị dừng; nếu không, 18 tháng sau khi đóng vụ việc, phần mềm tự xóa',
    en: 'On a report: with the report. On a case: removed at once when its last report is stopped; otherwise 18 months after it was closed, by the software',
  },
  request: {
    vi: 'Giữ cùng dòng yêu cầu, để chứng minh đã trả lời; cán bộ được nhắc không chép nội dung phản ánh vào đây',
    en: 'Kept with the row of the request, to prove that it was answered; officers are told not to copy the report into it',
  },
  register: {
    vi: 'Giữ cùng sổ văn bản; đơn, thư đã thành phản ánh: làm trống hoặc xóa cùng phản ánh, phần mềm tự làm',
    en: 'Kept with the register; a letter that became a report: emptied or erased with the report, by the software',
  },
  law: {
    vi: 'Giữ cùng danh mục để biết ai đổi điều gì; không sửa, không xóa',
    en: 'Kept with the catalogue, to know who changed what; never altered, never deleted',
  },
  directory: {
    vi: 'Đến ngày hết hiệu lực, giữ để biết ai phụ trách khi đó; không tự xóa',
    en: 'Until its last day, kept to know who was in charge then; no automatic end',
  },
} as const satisfies Record<string, Label>;

/** What data about people is for. */
export const FOR = {
  handle: { vi: 'Hiểu, kiểm tra phạm vi, xác minh và trả lời phản ánh', en: 'Understand, gate, verify and answer the report' },
  follow: { vi: 'Mở trang theo dõi, nhận ra lần gửi lặp lại', en: 'Open the follow-up page, recognise a repeated sending' },
  tell: { vi: 'Báo tin cho người phản ánh', en: 'Tell the reporter that there is news' },
  prove: { vi: 'Xem và chứng minh ảnh không bị sửa', en: 'Look at a picture and prove that it was not altered' },
  group: { vi: 'Gộp phản ánh cùng dấu hiệu kỹ thuật', en: 'Group reports that share a technical trace' },
  decide: { vi: 'Nêu lý do của quyết định', en: 'State the reasons of a decision' },
  answerable: { vi: 'Biết ai đã làm, bảo đảm hai người khác nhau', en: 'Know who acted, keep two people apart' },
  signIn: { vi: 'Đăng nhập an toàn', en: 'Sign in safely' },
  warn: { vi: 'Cảnh báo người dân', en: 'Warn the public' },
  reach: { vi: 'Liên hệ giữa các cơ quan', en: 'Contact between agencies' },
} as const satisfies Record<string, Label>;

type Ground = keyof typeof BASIS;
type Row = readonly [column: string, what: Label, purpose: keyof typeof FOR, basis: Ground, retention: keyof typeof KEEP];

const OFFICER_ID: Label = { vi: 'Cán bộ đã làm (mã nội bộ)', en: 'The officer who acted (internal id)' };
const FREE_TEXT = (vi: string, en: string): Label => (
  { vi: `${vi}; chữ tự do, có thể nhắc đến người`, en: `${en}; free text, may mention people` });
const STORED_PICTURE = (retention: 'waiting' | 'report'): readonly Row[] => [
  ['name', { vi: 'Tên tệp ảnh như máy gửi', en: 'File name of a picture as sent' }, 'prove', 'given', retention],
  ['original_ref', { vi: 'Nơi cất ảnh gốc đã mã hóa', en: 'Place of the encrypted original' }, 'prove', 'given', retention],
  ['original_sha256', { vi: 'Mã băm của ảnh gốc', en: 'Hash of the original' }, 'prove', 'given', retention],
  ['copy_ref', { vi: 'Nơi cất bản sao đã bỏ thông tin ẩn', en: 'Place of the copy without metadata' }, 'handle', 'given', retention],
];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  report: [
    ['code', { vi: 'Mã phản ánh', en: 'Report code' }, 'follow', 'publicTask', 'report'],
    ['secret_hash', { vi: 'Mã băm của mã bí mật', en: 'Hash of the secret' }, 'follow', 'publicTask', 'report'],
    ['idempotency_hash', { vi: 'Mã băm của khóa lần gửi', en: 'Hash of the key of the sending' }, 'follow', 'publicTask', 'report'],
    ['payload_hash', { vi: 'Mã băm của nội dung gửi', en: 'Hash of what was sent' }, 'follow', 'publicTask', 'report'],
    ['situation', { vi: 'Tình huống người gửi chọn', en: 'Situation the reporter chose' }, 'handle', 'given', 'report'],
    ['narrative', FREE_TEXT('Lời kể', 'The story told'), 'handle', 'given', 'report'],
    ['sealed_story', FREE_TEXT('Lời kể và dấu hiệu của phản ánh đã dừng, niêm phong cho người gửi', 'Story and traces of a stopped report, sealed for its reporter'), 'handle', 'given', 'report'],
    ['search', { vi: 'Lời kể bỏ dấu để tìm', en: 'The story without marks, for search' }, 'handle', 'given', 'report'],
    ['text_hash', { vi: 'Mã băm có khóa của lời kể, để một loạt tin giống hệt nằm trên một dòng', en: 'Keyed hash of the story, so that a flood of the same text is one line' }, 'handle', 'given', 'report'],
    ['happened_on', { vi: 'Ngày xảy ra', en: 'Day it happened' }, 'handle', 'given', 'report'],
    ['money_lost', { vi: 'Số tiền đã mất', en: 'Money lost' }, 'handle', 'given', 'report'],
    ['in_danger', { vi: 'Có người đang gặp nguy hiểm', en: 'Somebody is in danger' }, 'handle', 'given', 'report'],
    ['for_child', { vi: 'Liên quan đến trẻ em', en: 'Concerns a child' }, 'handle', 'given', 'report'],
    ['commune_code', { vi: 'Xã, phường nơi xảy ra', en: 'Commune where it happened' }, 'handle', 'given', 'report'],
  ],
  reporter_identity: [
    ['sealed', { vi: 'Thư điện tử, số điện thoại, tên gọi; đã niêm phong', en: 'E-mail, phone, name; sealed' }, 'tell', 'given', 'contact'],
    ['has_email', { vi: 'Có để lại thư điện tử hay không', en: 'Whether there is an e-mail address' }, 'tell', 'given', 'contact'],
  ],
  message: [
    ['body', FREE_TEXT('Tin nhắn giữa người phản ánh và cơ quan', 'Messages between reporter and desk'), 'handle', 'given', 'report'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'report'],
  ],
  pending_upload: [
    ['form_hash', { vi: 'Mã băm của trang gửi', en: 'Hash of the form it was sent with' }, 'prove', 'given', 'waiting'],
    ['qr_sealed', { vi: 'Nội dung mã QR trong ảnh, đã niêm phong', en: 'What a QR code in the picture says, sealed' }, 'handle', 'given', 'waiting'],
    ...STORED_PICTURE('waiting'),
  ],
  arrival: [
    ['sender_sealed', { vi: 'Địa chỉ hoặc số đã gửi đến, đã niêm phong', en: 'Address or number it came from, sealed' }, 'tell', 'given', 'letter'],
    ['sender_hash', { vi: 'Mã băm có khóa của người gửi: chống vòng lặp, nối đúng cuộc trao đổi', en: 'Keyed hash of the sender: against loops, to continue the right conversation' }, 'follow', 'publicTask', 'sender'],
    ['external_hash', { vi: 'Mã băm của mã thư, mã tin', en: 'Hash of the identifier of the mail or message' }, 'follow', 'publicTask', 'arrival'],
    ['facts', { vi: 'Dữ kiện đường đến: mã thư, kết quả xác thực, số ký hiệu văn bản', en: 'Facts of the way it came: Message-ID, results of authentication, number of the document' }, 'follow', 'publicTask', 'letter'],
    ['reason', FREE_TEXT('Vì sao cách ly, để riêng hay bỏ', 'Why it was quarantined, set aside or thrown away'), 'answerable', 'accountability', 'arrival'],
    ['original_ref', { vi: 'Nơi cất bản gốc đã mã hóa', en: 'Place of the encrypted original' }, 'prove', 'given', 'letter'],
    ['original_sha256', { vi: 'Mã băm của bản gốc', en: 'Hash of the original' }, 'prove', 'given', 'arrival'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'arrival'],
  ],
  sheet_import: [
    ['original_ref', { vi: 'Nơi cất bảng tính đã mã hóa', en: 'Place of the encrypted spreadsheet' }, 'handle', 'publicTask', 'sender'],
    ['original_sha256', { vi: 'Mã băm của bảng tính', en: 'Hash of the spreadsheet' }, 'prove', 'publicTask', 'sheetRow'],
    ['file_name', { vi: 'Tên tệp như cán bộ gửi', en: 'File name as sent by the officer' }, 'handle', 'publicTask', 'sheetRow'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'sheetRow'],
  ],
  sheet_mapping: [['saved_by', OFFICER_ID, 'answerable', 'accountability', 'account']],
  api_token: [
    ['created_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['revoked_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
  ],
  webhook: [['created_by', OFFICER_ID, 'answerable', 'accountability', 'account']],
  webhook_delivery: [['payload', { vi: 'Mã và trạng thái phản ánh do chính cơ quan đó gửi', en: 'Code and state of a report that this agency sent itself' }, 'tell', 'publicTask', 'report']],
  external_figure: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['withdrawn_reason', FREE_TEXT('Vì sao rút số liệu', 'Why a figure was withdrawn'), 'answerable', 'accountability', 'case'],
  ],
  regrouping: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['reason', FREE_TEXT('Lý do chuyển, tách, gộp', 'Why reports were moved, split, merged'), 'answerable', 'accountability', 'moved'],
  ],
  report_sketch: [['bands', { vi: 'Dấu vân của lời kể, chỉ để gợi ý giống nhau', en: 'Likeness keys of the story, for suggestions only' }, 'group', 'publicTask', 'report']],
  note: [
    ['body', FREE_TEXT('Ghi chú nội bộ', 'Internal note'), 'handle', 'publicTask', 'note'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'note'],
  ],
  canned_text: [
    ['drafter_id', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['approver_id', OFFICER_ID, 'answerable', 'accountability', 'account'],
  ],
  legal_basis: [['checked_by', { vi: 'Luật sư đã đối chiếu điều khoản', en: 'The lawyer who checked a provision' }, 'answerable', 'accountability', 'law']],
  legal_change: [
    ['proposed_by', OFFICER_ID, 'answerable', 'accountability', 'law'],
    ['decided_by', OFFICER_ID, 'answerable', 'accountability', 'law'],
    ['content', { vi: 'Nội dung đề xuất; có thể có tên luật sư đã đối chiếu', en: 'What was proposed; may name the lawyer who checked' }, 'answerable', 'accountability', 'law'],
    ['before', { vi: 'Dòng cũ trước khi đổi; có thể có tên luật sư đã đối chiếu', en: 'The row before; may name the lawyer who checked' }, 'answerable', 'accountability', 'law'],
    ['reason', FREE_TEXT('Vì sao đề xuất', 'Why it was proposed'), 'answerable', 'accountability', 'law'],
    ['decision_reason', FREE_TEXT('Vì sao đồng ý hay không', 'Why it was approved or refused'), 'answerable', 'accountability', 'law'],
  ],
  attachment: STORED_PICTURE('report'),
  indicator: [
    ['display', { vi: 'Dấu hiệu đã làm mất tác dụng; số của người bị che bớt', en: 'Trace, defanged; numbers of people masked' }, 'group', 'publicTask', 'trace'],
    ['value', { vi: 'Đường dẫn, tên miền, mã băm tệp', en: 'URL, domain, file hash' }, 'group', 'publicTask', 'trace'],
    ['sealed', { vi: 'Số điện thoại, số tài khoản; đã niêm phong', en: 'Phone number, account number; sealed' }, 'group', 'publicTask', 'trace'],
    ['match_key', { vi: 'Mã băm có khóa để so khớp', en: 'Keyed hash for matching' }, 'group', 'publicTask', 'trace'],
  ],
  case_file: [
    ['title', FREE_TEXT('Tên vụ việc', 'Title of the case'), 'handle', 'publicTask', 'case'],
    ['officer_id', { vi: 'Người phụ trách vụ việc', en: 'Officer in charge' }, 'answerable', 'accountability', 'case'],
  ],
  gate_check: [['officer_id', OFFICER_ID, 'answerable', 'accountability', 'gate']],
  stop_review: [
    ['words', FREE_TEXT('Vì sao người phản ánh đề nghị xem lại', 'Why the reporter asks for a review'), 'handle', 'given', 'report'],
    ['reason', FREE_TEXT('Lý do của cán bộ xem lại, báo cho người phản ánh', 'Reason of the reviewing officer, told to the reporter'), 'answerable', 'accountability', 'report'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'report'],
  ],
  stop_opening: [
    ['reason', FREE_TEXT('Vì sao mở lời kể của phản ánh đã dừng', 'Why the words of a stopped report were opened'), 'answerable', 'accountability', 'report'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'report'],
  ],
  evidence: [
    ['description', FREE_TEXT('Mô tả chứng cứ', 'Description of evidence'), 'decide', 'publicTask', 'case'],
    ['sha256', { vi: 'Mã băm của ảnh dùng làm chứng cứ', en: 'Hash of a picture used as evidence' }, 'prove', 'publicTask', 'case'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  verification: [
    ['checked', FREE_TEXT('Đã kiểm tra gì', 'What was checked'), 'decide', 'publicTask', 'case'],
    ['other_explanation', FREE_TEXT('Cách giải thích khác', 'Other explanation'), 'decide', 'publicTask', 'case'],
    ['finding', FREE_TEXT('Kết luận xác minh', 'Finding'), 'decide', 'publicTask', 'case'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  decision: [
    ['drafter_id', { vi: 'Người soạn', en: 'Drafter' }, 'answerable', 'accountability', 'decision'],
    ['second_officer_id', { vi: 'Người duyệt', en: 'Second officer' }, 'answerable', 'accountability', 'decision'],
    ['facts', FREE_TEXT('Sự việc', 'Facts'), 'decide', 'publicTask', 'decision'],
    ['side_effects', FREE_TEXT('Ảnh hưởng đến người khác', 'Effects on others'), 'decide', 'publicTask', 'decision'],
    ['title', FREE_TEXT('Tiêu đề công khai', 'Public title'), 'warn', 'publicTask', 'decision'],
    ['public_summary', FREE_TEXT('Lời công khai', 'Public summary'), 'warn', 'publicTask', 'decision'],
    ['advice', FREE_TEXT('Lời khuyên', 'Advice'), 'warn', 'publicTask', 'decision'],
    ['detail', FREE_TEXT('Điều riêng của biện pháp; soạn để không nêu ai', 'What the measure asks for; written to name nobody'), 'decide', 'publicTask', 'decision'],
  ],
  appeal: [
    ['words', FREE_TEXT('Lời đề nghị xem xét lại', 'Words of an appeal'), 'handle', 'given', 'case'],
    ['contact_sealed', { vi: 'Nơi báo kết quả, niêm phong', en: 'Where to send the outcome, sealed' }, 'handle', 'given', 'case'],
    ['reviewer_id', { vi: 'Người xem xét lại', en: 'Appeal reviewer' }, 'answerable', 'accountability', 'decision'],
    ['reasons', FREE_TEXT('Lý do của kết quả xem xét lại', 'Reasons of the outcome'), 'decide', 'publicTask', 'decision'],
  ],
  appeal_message: [
    ['body', FREE_TEXT('Lời trao đổi về đề nghị', 'Message about an appeal'), 'handle', 'given', 'case'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'decision'],
  ],
  legal_review: [
    ['officer_id', { vi: 'Cán bộ pháp chế', en: 'Legal officer' }, 'answerable', 'accountability', 'decision'],
    ['note', FREE_TEXT('Ý kiến pháp chế', 'Legal opinion'), 'decide', 'publicTask', 'case'],
  ],
  affected_delay: [['officer_id', OFFICER_ID, 'answerable', 'accountability', 'decision']],
  notice: [
    ['says', FREE_TEXT('Lời của thông báo, chụp lại lúc lập; số của người được che', 'What a notice says, fixed when it was made; numbers of people masked'), 'decide', 'publicTask', 'decision'],
    ['effect_note', FREE_TEXT('Nơi nhận báo đã làm gì', 'What the recipient says was done'), 'decide', 'publicTask', 'decision'],
  ],
  notice_file: [
    ['file_ref', { vi: 'Nơi cất thư đã lập, mã hóa; thư gửi nhà mạng, ngân hàng có số đầy đủ', en: 'Place of the encrypted letter; those to telecoms and banks hold full numbers' }, 'decide', 'publicTask', 'decision'],
    ['sha256', { vi: 'Mã băm của thư đã lập', en: 'Hash of the letter' }, 'prove', 'publicTask', 'decision'],
  ],
  decision_access: [['secret_hash', { vi: 'Mã băm của mã bí mật để xem quyết định', en: 'Hash of the secret that opens a decision' }, 'follow', 'publicTask', 'decision']],
  recipient: [['email', { vi: 'Hộp thư của tổ chức nhận; có thể của một người', en: 'Mailbox of a recipient; may be one person’s' }, 'reach', 'publicTask', 'directory']],
  decision_element: [['why', FREE_TEXT('Vì sao khớp yếu tố', 'Why an element is met'), 'decide', 'publicTask', 'decision']],
  decision_option: [['why_not', FREE_TEXT('Vì sao biện pháp nhẹ hơn chưa đủ', 'Why a milder option does not suffice'), 'decide', 'publicTask', 'decision']],
  warning: [
    ['title', FREE_TEXT('Tiêu đề cảnh báo; soạn để không nêu ai', 'Title of a warning; written to name nobody'), 'warn', 'publicTask', 'public'],
    ['summary', FREE_TEXT('Lời cảnh báo; soạn để không nêu ai', 'Text of a warning; written to name nobody'), 'warn', 'publicTask', 'public'],
    ['advice', FREE_TEXT('Lời khuyên; soạn để không nêu ai', 'Advice; written to name nobody'), 'warn', 'publicTask', 'public'],
  ],
  warning_target: [
    ['value', { vi: 'Đường dẫn, tên miền phải tránh; không bao giờ là số của người', en: 'URL or domain to avoid; never a person’s number' }, 'warn', 'publicTask', 'public'],
  ],
  officer: [
    ['email', { vi: 'Thư điện tử công vụ', en: 'Work e-mail' }, 'signIn', 'accountability', 'account'],
    ['full_name', { vi: 'Họ và tên cán bộ', en: 'Name of an officer' }, 'answerable', 'accountability', 'account'],
    ['language', { vi: 'Ngôn ngữ trang cán bộ', en: 'Language of the console' }, 'signIn', 'accountability', 'account'],
  ],
  officer_secret: [
    ['password_hash', { vi: 'Mật khẩu, chỉ là mã băm argon2id', en: 'Password, as an argon2id hash only' }, 'signIn', 'security', 'account'],
    ['totp_sealed', { vi: 'Khóa của ứng dụng xác thực, đã niêm phong', en: 'Secret of the authenticator app, sealed' }, 'signIn', 'security', 'account'],
    ['totp_last_step', { vi: 'Bước thời gian của mã dùng gần nhất', en: 'Time step of the last code used' }, 'signIn', 'security', 'account'],
  ],
  officer_role: [
    ['officer_id', { vi: 'Ai giữ vai trò nào, ở đâu, từ khi nào', en: 'Who holds which role, where, since when' }, 'answerable', 'accountability', 'account'],
  ],
  session: [
    ['token_hash', { vi: 'Mã băm của phiên', en: 'Hash of the session token' }, 'signIn', 'security', 'session'],
    ['officer_id', { vi: 'Phiên của ai', en: 'Whose session' }, 'signIn', 'security', 'session'],
    ['browser', { vi: 'Tên trình duyệt và hệ điều hành', en: 'Name of browser and system' }, 'signIn', 'security', 'session'],
    ['last_seen_at', { vi: 'Lần dùng gần nhất, chính xác đến phút', en: 'Last use, to the minute' }, 'signIn', 'security', 'session'],
  ],
  login_attempt: [
    ['scope', { vi: 'Mã băm có khóa của tài khoản và mạng, đổi mỗi ngày', en: 'Keyed hash of account and network, other every day' }, 'signIn', 'security', 'window'],
  ],
  journal: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['reason', FREE_TEXT('Lý do cán bộ nêu', 'The reason an officer gave'), 'answerable', 'accountability', 'journal'],
    ['detail', { vi: 'Dữ kiện của bước (mã, ngày, vai trò)', en: 'Facts of the step (ids, days, roles)' }, 'answerable', 'accountability', 'journal'],
  ],
  data_request: [
    ['code', { vi: 'Mã yêu cầu', en: 'Code of the request' }, 'follow', 'publicTask', 'report'],
    ['words', FREE_TEXT('Lời yêu cầu về dữ liệu của mình', 'What a person asks about their own data'), 'handle', 'given', 'report'],
    ['outcome', FREE_TEXT('Kết quả và lý do', 'Outcome and reasons'), 'answerable', 'accountability', 'request'],
    ['extension_reason', FREE_TEXT('Vì sao gia hạn', 'Why it takes longer'), 'answerable', 'accountability', 'request'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  case_party: [
    ['included_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  case_share: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['why', FREE_TEXT('Vì sao chia sẻ', 'Why an item was shared'), 'answerable', 'accountability', 'case'],
    ['read_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['recalled_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['recall_reason', FREE_TEXT('Vì sao thu hồi', 'Why an item was recalled'), 'answerable', 'accountability', 'case'],
  ],
  share_message: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['body', FREE_TEXT('Lời trao đổi với cơ quan phối hợp', 'Messages with an agency that takes part'), 'handle', 'publicTask', 'case'],
  ],
  share_file: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['name', FREE_TEXT('Tên tệp cơ quan phối hợp gửi lại', 'Name of a file an agency sent back'), 'prove', 'publicTask', 'case'],
    ['file_ref', { vi: 'Tệp cơ quan phối hợp gửi lại, mã hóa', en: 'File an agency sent back, encrypted' }, 'prove', 'publicTask', 'case'],
  ],
  peer: [
    ['added_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['confirmed_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['ended_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['end_reason', FREE_TEXT('Vì sao ngừng dùng khóa của một nơi trao đổi', 'Why the key of an exchange partner was ended'), 'answerable', 'accountability', 'account'],
  ],
  incoming_pack: [
    ['imported_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['decided_by', OFFICER_ID, 'answerable', 'accountability', 'account'],
    ['report_id', { vi: 'Phản ánh mà gói đã thành', en: 'The report it became' }, 'follow', 'publicTask', 'arrival'],
    ['decline_reason', FREE_TEXT('Vì sao không nhận một gói của tỉnh khác', 'Why a pack of another province was not taken in'), 'answerable', 'accountability', 'account'],
    ['recall_reason', FREE_TEXT('Vì sao nơi gửi thu hồi gói', 'Why its sender took a pack back'), 'answerable', 'accountability', 'account'],
  ],
  hand_over_pack: [
    ['why', FREE_TEXT('Vì sao bàn giao', 'Why something is handed over'), 'answerable', 'accountability', 'case'],
    ['contact_reason', FREE_TEXT('Vì sao chuyển liên hệ của người phản ánh cho công an', 'Why the police get the contact of a reporter'), 'answerable', 'accountability', 'case'],
    ['contact_report_id', { vi: 'Phản ánh có liên hệ được chuyển', en: 'Report whose contact is handed over' }, 'answerable', 'accountability', 'case'],
    ['approve_reason', FREE_TEXT('Lý do duyệt hoặc không duyệt', 'Why it was approved or refused'), 'answerable', 'accountability', 'case'],
    ['recall_reason', FREE_TEXT('Vì sao thu hồi', 'Why it was recalled'), 'answerable', 'accountability', 'case'],
    ['file_ref', { vi: 'Gói bàn giao, mã hóa', en: 'The pack, encrypted' }, 'prove', 'publicTask', 'case'],
    ['receipt_office', { vi: 'Đơn vị bên ngoài đã nhận', en: 'Office outside that received it' }, 'answerable', 'accountability', 'case'],
    ...(['drafter_id', 'approver_id', 'made_by', 'read_by', 'receipt_by', 'recalled_by'] as const).map((column): Row => [column, OFFICER_ID, 'answerable', 'accountability', 'case']),
  ],
  task: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['set_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['title', FREE_TEXT('Việc phải làm', 'What is to be done'), 'handle', 'publicTask', 'case'],
    ['pause_reason', FREE_TEXT('Vì sao tạm dừng thời hạn', 'Why a deadline was paused'), 'answerable', 'accountability', 'case'],
  ],
  notification: [
    ['officer_id', { vi: 'Báo cho ai', en: 'Who is told' }, 'reach', 'publicTask', 'news'],
  ],
  notification_setting: [
    ['officer_id', { vi: 'Ai muốn nhận thư vào lúc nào', en: 'Who wants mail at what hours' }, 'reach', 'accountability', 'account'],
  ],
  document_out: [
    ['title', FREE_TEXT('Trích yếu văn bản đi', 'Subject of an outgoing document'), 'answerable', 'accountability', 'journal'],
    ['signer', { vi: 'Người ký', en: 'Who signs' }, 'answerable', 'accountability', 'journal'],
    ['reserved_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['issued_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['receipt', { vi: 'Ai ký nhận văn bản đi', en: 'Who signed for an outgoing document' }, 'answerable', 'accountability', 'journal'],
    ['note', FREE_TEXT('Ghi chú trong sổ văn bản đi', 'Remark in the register of outgoing documents'), 'answerable', 'accountability', 'journal'],
    ['gap_reason', FREE_TEXT('Vì sao bỏ trống số', 'Why a number was passed over'), 'answerable', 'accountability', 'journal'],
    ['cancel_reason', FREE_TEXT('Vì sao hủy số', 'Why a number was cancelled'), 'answerable', 'accountability', 'journal'],
    ['cancelled_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
  ],
  document_in: [
    ['issuer', { vi: 'Tác giả của văn bản đến: cơ quan, có khi là người viết đơn, thư', en: 'Who wrote an incoming document: an agency, at times the writer of a letter' }, 'handle', 'publicTask', 'register'],
    ['title', FREE_TEXT('Trích yếu văn bản đến', 'Subject of an incoming document'), 'handle', 'publicTask', 'register'],
    ['recipient', { vi: 'Đơn vị hoặc người nhận trong cơ quan', en: 'Unit or person of the agency that receives it' }, 'handle', 'publicTask', 'register'],
    ['receipt', { vi: 'Ai ký nhận văn bản đến', en: 'Who signed for an incoming document' }, 'answerable', 'accountability', 'register'],
    ['note', FREE_TEXT('Ghi chú trong sổ văn bản đến', 'Remark in the register of incoming documents'), 'answerable', 'accountability', 'register'],
    ['progress', FREE_TEXT('Tiến độ giải quyết văn bản đến', 'How the handling of an incoming document goes'), 'handle', 'publicTask', 'register'],
    ['cancel_reason', FREE_TEXT('Vì sao hủy số đến', 'Why an incoming number was cancelled'), 'answerable', 'accountability', 'register'],
    ['officer_id', { vi: 'Cán bộ được giao giải quyết (mã nội bộ)', en: 'The officer it was given to (internal id)' }, 'handle', 'publicTask', 'register'],
    ['registered_by', OFFICER_ID, 'answerable', 'accountability', 'register'],
    ['cancelled_by', OFFICER_ID, 'answerable', 'accountability', 'register'],
  ],
  document_file: [
    ['name', { vi: 'Tên tệp như máy gửi', en: 'File name as sent' }, 'answerable', 'accountability', 'register'],
    ['file_ref', { vi: 'Nơi cất bản quét, bản ký số đã mã hóa', en: 'Place of the encrypted scan or signed document' }, 'answerable', 'accountability', 'register'],
    ['sha256', { vi: 'Mã băm của tệp', en: 'Hash of the file' }, 'answerable', 'accountability', 'register'],
    ['findings', { vi: 'Chữ ký số trên tệp: tên trên chứng thư, lúc ký, kết quả kiểm tra', en: 'Signatures on the file: name on the certificate, time, what the check found' }, 'answerable', 'accountability', 'register'],
    ['added_by', OFFICER_ID, 'answerable', 'accountability', 'register'],
  ],
  document_template: [
    ['uploaded_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['decided_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
  ],
  alert_letter: [
    ['drafter_id', { vi: 'Người soạn thư cảnh báo', en: 'Drafter of a warning letter' }, 'answerable', 'accountability', 'journal'],
    ['approver_id', { vi: 'Người duyệt thư cảnh báo', en: 'Who approved a warning letter' }, 'answerable', 'accountability', 'journal'],
    ['recalled_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['closed_by', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['known', FREE_TEXT('Nguy cơ kỹ thuật; soạn để không nêu ai', 'A technical risk; written to name nobody'), 'tell', 'publicTask', 'journal'],
    ['return_reason', FREE_TEXT('Vì sao trả lại dự thảo', 'Why a draft was returned'), 'answerable', 'accountability', 'journal'],
    ['recall_reason', FREE_TEXT('Vì sao thu hồi thư', 'Why a letter was recalled'), 'answerable', 'accountability', 'journal'],
  ],
  alert_check: [['officer_id', OFFICER_ID, 'answerable', 'accountability', 'journal']],
  alert_receipt: [['read_by', { vi: 'Ai xác nhận đã đọc thư', en: 'Who confirmed reading a letter' }, 'answerable', 'accountability', 'journal']],
  alert_answer: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'journal'],
    ['words', FREE_TEXT('Cơ quan báo đã làm gì', 'What an agency says it did'), 'answerable', 'publicTask', 'alertAnswer'],
    ['informant', { vi: 'Ai đã báo qua giấy, điện thoại', en: 'Who told it on paper or by telephone' }, 'answerable', 'publicTask', 'alertAnswer'],
    ['file_ref', { vi: 'Nơi cất tệp kèm câu trả lời, mã hóa', en: 'Place of the encrypted file of an answer' }, 'answerable', 'publicTask', 'alertAnswer'],
  ],
  consultation: [
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['title', FREE_TEXT('Lấy ý kiến về việc gì', 'What opinions are asked about'), 'handle', 'publicTask', 'case'],
    ['question', FREE_TEXT('Câu hỏi gửi các cơ quan', 'Question put to agencies'), 'handle', 'publicTask', 'case'],
    ['points', FREE_TEXT('Nội dung cần ý kiến', 'Points asked'), 'handle', 'publicTask', 'case'],
    ['draft_text', FREE_TEXT('Dự thảo xin ý kiến', 'Draft to comment on'), 'handle', 'publicTask', 'case'],
    ['summary', FREE_TEXT('Kết luận của nơi hỏi', 'Conclusion of the asking agency'), 'handle', 'publicTask', 'case'],
    ['closed_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  opinion: [
    ['withdrawn_why', FREE_TEXT('Vì sao rút yêu cầu', 'Why a request was withdrawn'), 'answerable', 'accountability', 'case'],
  ],
  opinion_answer: [
    ['reasons', FREE_TEXT('Lý do, góp ý của cơ quan', 'Reasons and comments of an agency'), 'handle', 'publicTask', 'case'],
    ['on_points', FREE_TEXT('Ý kiến từng nội dung', 'Remarks on each point'), 'handle', 'publicTask', 'case'],
    ['instead_text', FREE_TEXT('Cơ quan nào có thẩm quyền', 'Which agency is competent'), 'handle', 'publicTask', 'case'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  opinion_mail: [
    ['sender_sealed', { vi: 'Địa chỉ người gửi thư trả lời, đã niêm phong', en: 'Sealed address of who replied by mail' }, 'prove', 'publicTask', 'case'],
    ['body', FREE_TEXT('Lời thư trả lời', 'Words of a reply by mail'), 'handle', 'publicTask', 'case'],
    ['decided_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  opinion_file: [
    ['name', FREE_TEXT('Tên tệp kèm yêu cầu hoặc ý kiến', 'Name of a file with a request or an opinion'), 'handle', 'publicTask', 'case'],
    ['file_ref', { vi: 'Nơi cất tệp, mã hóa', en: 'Place of the encrypted file' }, 'handle', 'publicTask', 'case'],
  ],
  meeting: [
    ['title', FREE_TEXT('Tên cuộc họp', 'Title of a meeting'), 'handle', 'publicTask', 'case'],
    ['chair', { vi: 'Người chủ trì họp', en: 'Who chairs a meeting' }, 'handle', 'publicTask', 'case'],
    ['secretary', { vi: 'Thư ký cuộc họp', en: 'Secretary of a meeting' }, 'handle', 'publicTask', 'case'],
    ['created_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['cancel_reason', FREE_TEXT('Vì sao hủy họp', 'Why a meeting was cancelled'), 'answerable', 'accountability', 'case'],
  ],
  meeting_agenda: [
    ['title', FREE_TEXT('Nội dung trong chương trình họp', 'Items of an agenda'), 'handle', 'publicTask', 'case'],
    ['presenter', { vi: 'Người trình bày', en: 'Who presents an item' }, 'handle', 'publicTask', 'case'],
  ],
  meeting_guest: [
    ['reason', FREE_TEXT('Vì sao cử người thay hoặc không dự', 'Why a deputy or nobody comes'), 'answerable', 'publicTask', 'case'],
    ['names', { vi: 'Người sẽ dự họp', en: 'Who will come to a meeting' }, 'handle', 'publicTask', 'case'],
    ['answered_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['came', { vi: 'Người đã dự họp', en: 'Who came to a meeting' }, 'answerable', 'accountability', 'case'],
  ],
  meeting_minutes: [
    ['discussion', FREE_TEXT('Diễn biến cuộc họp', 'Discussion at a meeting'), 'handle', 'publicTask', 'case'],
    ['statements', FREE_TEXT('Ý kiến của các cơ quan', 'Statements of the agencies'), 'handle', 'publicTask', 'case'],
    ['conclusion', FREE_TEXT('Kết luận từng nội dung', 'Conclusion of an item'), 'handle', 'publicTask', 'case'],
    ['saved_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  meeting_conclusion: [
    ['body', FREE_TEXT('Kết luận cuộc họp', 'Conclusion of a meeting'), 'handle', 'publicTask', 'case'],
    ['saved_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  meeting_action: [
    ['what', FREE_TEXT('Việc giao sau cuộc họp', 'Action item of a meeting'), 'handle', 'publicTask', 'case'],
    ['officer_id', OFFICER_ID, 'handle', 'publicTask', 'case'],
    ['created_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  meeting_addendum: [
    ['body', FREE_TEXT('Đính chính biên bản, kết luận', 'Correction of minutes or conclusion'), 'handle', 'publicTask', 'case'],
    ['reason', FREE_TEXT('Vì sao đính chính', 'Why it was corrected'), 'answerable', 'accountability', 'case'],
  ],
  transfer: [
    ['reason', FREE_TEXT('Vì sao chuyển', 'Why a case is transferred'), 'answerable', 'accountability', 'case'],
    ['answer_reason', FREE_TEXT('Vì sao không nhận, rút', 'Why a transfer was refused or withdrawn'), 'answerable', 'accountability', 'case'],
    ['proposed_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['answered_by', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  take_over: [
    ['reason', FREE_TEXT('Vì sao nhận thay', 'Why a case was taken over'), 'answerable', 'accountability', 'case'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  hand_over: [
    ['why', FREE_TEXT('Vì sao bàn giao', 'Why work was handed over'), 'answerable', 'accountability', 'case'],
    ['from_officer', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['to_officer', OFFICER_ID, 'answerable', 'accountability', 'case'],
    ['by_officer', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  own_act: [
    ['what', FREE_TEXT('Việc đã làm ngay', 'What was done at once'), 'answerable', 'accountability', 'case'],
    ['result', FREE_TEXT('Kết quả', 'Result'), 'answerable', 'accountability', 'case'],
    ['officer_id', OFFICER_ID, 'answerable', 'accountability', 'case'],
  ],
  agency_contact: [
    ['value', { vi: 'Hộp thư, số máy của cơ quan; có thể của một người', en: 'Mailbox or phone of an agency; may be one person’s' }, 'reach', 'publicTask', 'directory'],
  ],
};

/** Every column about people; `docs/personal-data.md` is made from it. */
export const PERSONAL_DATA: readonly PersonalColumn[] = Object.entries(ROWS).flatMap(([table, rows]) =>
  rows.map(([column, what, purpose, basis, retention]) => (
    { table, column, what, purpose: FOR[purpose], basis: BASIS[basis], retention: KEEP[retention] })));

/**
 * Names no column may have, in any table, whatever the allow-list says: the desk keeps nothing about authors, accounts,
 * followers or people under watch (SCOPE, never built 3). `whole_profile` is a question of the gate, the one that stops.
 */
export const FORBIDDEN_COLUMN = /author|account_owner|(?<!^whole_)profile|follower|watch|strike|score|subject|suspect/;

/**
 * Every column of every table of ours (schema `public`, without the migration tool's own two). A column that is not here
 * fails the schema walk: adding one is a change that somebody reads, with a row above when it is about people.
 */
export const ALLOWED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  agency: ['id', 'key', 'level', 'parent_id', 'commune_code', 'valid_from', 'valid_to'],
  agency_contact: ['agency_id', 'kind', 'value', 'valid_from', 'valid_to'],
  agency_name: ['agency_id', 'name', 'short_name', 'name_en', 'valid_from', 'valid_to'],
  agency_successor: ['from_agency', 'to_agency'],
  area_alias: ['alias', 'search', 'commune_code'],
  attachment: [
    'id', 'report_id', 'name', 'media_type', 'bytes', 'original_ref', 'original_sha256', 'copy_ref', 'copy_bytes',
    'width', 'height', 'at',
  ],
  case_file: [
    'id', 'number', 'category', 'state', 'title', 'lead_agency_id', 'officer_id', 'opened_at', 'closed_at',
    'report_count', 'merged_into', 'minimised_at',
  ],
  case_party: ['case_id', 'agency_id', 'since', 'part', 'included_by', 'ended_at'],
  case_share: [
    'id', 'case_id', 'agency_id', 'kind', 'item_id', 'officer_id', 'why', 'shared_at', 'read_at', 'read_by', 'recalled_at', 'recalled_by', 'recall_reason', 'full_value',
  ],
  consultation: [
    'id', 'code', 'case_id', 'agency_id', 'officer_id', 'form_hash', 'title', 'question', 'points', 'draft_text', 'in_mail', 'working_days', 'due_on', 'sent_at', 'round', 'follows',
    'shows_answers', 'summary', 'closed_at', 'closed_by',
  ],
  opinion: ['id', 'consultation_id', 'agency_id', 'state', 'opened_at', 'mailed_at', 'reminded_on', 'withdrawn_why'],
  opinion_answer: [
    'id', 'opinion_id', 'version', 'answer', 'reasons', 'on_points', 'instead_agency_id', 'instead_text', 'document_number', 'document_on', 'way', 'officer_id', 'token_id', 'mail_id', 'at', 'late',
  ],
  opinion_mail: ['id', 'opinion_id', 'arrival_id', 'sender_sealed', 'why', 'body', 'answer', 'at', 'state', 'decided_at', 'decided_by'],
  opinion_file: ['id', 'consultation_id', 'answer_id', 'mail_id', 'name', 'media_type', 'bytes', 'file_ref', 'sha256', 'at'],
  share_message: ['id', 'case_id', 'agency_id', 'from_agency', 'officer_id', 'body', 'at'],
  share_file: ['id', 'case_id', 'agency_id', 'officer_id', 'name', 'media_type', 'bytes', 'file_ref', 'sha256', 'at', 'evidence_id'],
  hand_over_pack: [
    'id', 'code', 'case_id', 'agency_id', 'target', 'recipient_agency_id', 'recipient_name', 'why', 'legal_ground', 'with_originals', 'contact_report_id', 'contact_reason', 'days',
    'drafter_id', 'drafted_at', 'approver_id', 'approved_at', 'approve_reason', 'refused_at', 'made_by', 'made_at', 'file_ref', 'sha256', 'bytes', 'expires_at', 'read_at', 'read_by',
    'receipt_number', 'receipt_on', 'receipt_office', 'receipt_by', 'recalled_at', 'recalled_by', 'recall_reason', 'recipient_province',
  ],
  peer: [
    'id', 'agency_id', 'name', 'province_code', 'public_key', 'address', 'directory_agency_id', 'added_by', 'added_at', 'confirmed_by', 'confirmed_at', 'ended_by', 'ended_at', 'end_reason',
  ],
  incoming_pack: [
    'id', 'agency_id', 'peer_id', 'sender_key', 'pack_id', 'code', 'case_number', 'sha256', 'made_at', 'expires_at', 'arrival_id', 'imported_by', 'imported_at', 'outcome', 'category',
    'decided_by', 'decided_at', 'decline_reason', 'report_id', 'recalled_at', 'recall_reason',
  ],
  pack_item: ['pack_id', 'kind', 'item_id', 'full_value'],
  deployment_key: ['only_one', 'public_key', 'sealed_private', 'made_at'],
  task: [
    'id', 'kind', 'agency_id', 'officer_id', 'set_by_agency', 'set_by', 'case_id', 'source_id', 'code', 'title', 'href', 'state', 'created_at', 'first_due_on', 'due_on', 'paused_on',
    'pause_reason', 'ended_at', 'escalated_on', 'reminded_on', 'overdue_told_on', 'coordination_told_on',
  ],
  notification: ['id', 'officer_id', 'agency_id', 'kind', 'code', 'href', 'urgent', 'at', 'read_at', 'mailed_at', 'mail_attempts', 'mail_after'],
  notification_setting: ['officer_id', 'immediate', 'digest', 'digest_hour', 'quiet_from', 'quiet_to', 'urgent_in_quiet', 'changed_at'],
  transfer: [
    'id', 'code', 'case_id', 'report_id', 'from_agency', 'to_agency', 'competence_id', 'law', 'reason', 'urgent', 'open_to_coordinator', 'proposed_by', 'proposed_at', 'due_on', 'state',
    'answered_at', 'answered_by', 'answer_reason', 'late_on', 'moved_at',
  ],
  take_over: ['id', 'case_id', 'ground', 'agency_id', 'from_agency', 'officer_id', 'reason', 'at'],
  hand_over: [
    'id', 'via', 'what', 'item_id', 'case_id', 'code', 'from_agency', 'to_agency', 'from_officer', 'to_officer', 'by_officer', 'why', 'at', 'tx',
  ],
  own_act: ['id', 'case_id', 'agency_id', 'officer_id', 'done_on', 'what', 'legal_basis', 'own_power', 'result', 'document_number', 'at'],
  task_setting: ['agency_id', 'leader_after', 'coordinator_after', 'changed_at'],
  calendar_year: ['id', 'year', 'announced', 'source', 'local_change'],
  holiday: ['day', 'kind', 'note', 'origin'],
  document_out: [
    'id', 'agency_id', 'kind', 'title', 'urgency', 'addressees', 'signer', 'source_entity', 'source_id', 'case_id', 'href', 'reserved_by', 'reserved_at', 'year', 'number', 'symbol',
    'issued_on', 'issued_by', 'copies', 'kept_by', 'dispatched_on', 'receipt', 'note', 'registered_at', 'gap_reason', 'corrects', 'cancelled_at', 'cancelled_by', 'cancel_reason',
  ],
  document_in: [
    'id', 'agency_id', 'year', 'number', 'arrived_on', 'issuer', 'code', 'issued_on', 'kind', 'title', 'urgency', 'recipient', 'officer_id', 'passed_on', 'receipt', 'note', 'due_on', 'progress',
    'answer_code', 'answered_on', 'arrival_id', 'registered_by', 'registered_at', 'cancelled_at', 'cancelled_by', 'cancel_reason',
  ],
  document_file: [
    'id', 'agency_id', 'out_id', 'in_id', 'name', 'media_type', 'file_ref', 'sha256', 'bytes', 'added_by', 'added_at', 'check_state', 'findings', 'checked_at',
  ],
  document_template: [
    'id', 'agency_id', 'kind', 'name', 'file_ref', 'sha256', 'bytes', 'tags', 'state', 'uploaded_by', 'uploaded_at', 'decided_by', 'decided_at', 'retired_at',
  ],
  alert_letter: [
    'id', 'code', 'agency_id', 'kind', 'urgency', 'title', 'known', 'cves', 'products', 'hashes', 'domains', 'actions', 'report_how', 'days', 'due_on', 'aim', 'legal_basis', 'duty', 'audience',
    'audience_levels', 'audience_agencies', 'file_ref', 'file_name', 'file_sha256', 'file_bytes', 'drafter_id', 'drafted_at', 'changed_at', 'submitted_at', 'return_reason', 'approver_id',
    'approved_at', 'replaces', 'replaced_by', 'recalled_at', 'recalled_by', 'recall_reason', 'closed_at', 'closed_by',
  ],
  alert_check: ['id', 'alert_id', 'officer_id', 'stage', 'technical', 'no_person', 'no_opinion', 'no_reputation', 'at'],
  alert_receipt: ['id', 'alert_id', 'agency_id', 'sent_to', 'sent_at', 'read_at', 'read_by', 'moved_at', 'ended_at'],
  alert_answer: [
    'id', 'receipt_id', 'version', 'answer', 'words', 'machines_checked', 'machines_affected', 'until_on', 'way', 'informant', 'file_ref', 'file_name', 'file_sha256', 'file_bytes', 'officer_id', 'at',
  ],
  meeting: [
    'id', 'code', 'agency_id', 'state', 'title', 'place', 'online_link', 'starts_at', 'ends_at', 'chair', 'secretary', 'version', 'sequence', 'changed_at', 'created_by', 'created_at',
    'invited_at', 'cancel_reason', 'ended_at', 'concluded_at',
  ],
  meeting_action: ['id', 'meeting_id', 'case_id', 'what', 'agency_id', 'officer_id', 'due_on', 'task_id', 'created_by', 'created_at'],
  meeting_addendum: ['id', 'meeting_id', 'part', 'body', 'reason', 'officer_id', 'at'],
  meeting_agenda: ['id', 'meeting_id', 'ordinal', 'case_id', 'title', 'minutes', 'presenter'],
  meeting_conclusion: ['meeting_id', 'body', 'version', 'saved_by', 'saved_at'],
  meeting_guest: ['meeting_id', 'agency_id', 'invited_at', 'answer', 'reason', 'names', 'answered_at', 'answered_by', 'answered_sequence', 'attendance', 'came'],
  meeting_minutes: ['agenda_id', 'meeting_id', 'discussion', 'statements', 'conclusion', 'version', 'saved_by', 'saved_at'],
  category: ['code', 'links_cases', 'interim', 'stores_images', 'positive_elements', 'legal_review'],
  commune: ['code', 'province_code', 'name', 'full_name', 'full_name_en', 'search'],
  competence: [
    'id', 'agency_id', 'category', 'role', 'province_code', 'commune_code', 'law', 'why_vi', 'why_en', 'valid_from',
    'valid_to',
  ],
  key_check: ['mac'],
  deployment: ['fingerprint', 'at'],
  counter: ['scope', 'value'],
  decision: [
    'id', 'case_id', 'agency_id', 'measure', 'category', 'state', 'drafter_id', 'second_officer_id', 'legal_basis',
    'competence_id', 'aim', 'facts', 'side_effects', 'territory', 'starts_on', 'ends_on', 'act_date', 'title',
    'public_summary', 'advice', 'created_at', 'decided_at', 'submissions', 'detail', 'renews', 'interim_at', 'interim_until', 'stayed_at',
  ],
  decision_element: ['decision_id', 'element', 'why', 'evidence_ids'],
  decision_evidence: ['decision_id', 'evidence_id'],
  decision_locator: ['decision_id', 'indicator_id', 'granularity'],
  decision_option: ['decision_id', 'option', 'why_not'],
  decision_recipient: ['decision_id', 'recipient_id'],
  decision_access: ['id', 'decision_id', 'party', 'recipient_id', 'code', 'secret_hash', 'created_at', 'delay_reason', 'delay_until'],
  affected_delay: ['decision_id', 'reason', 'days', 'request_number', 'officer_id', 'at'],
  notice: [
    'id', 'decision_id', 'recipient_id', 'kind', 'phase', 'ending', 'format', 'language', 'access_id', 'affected_id', 'follows', 'says', 'number_text', 'numbered_on', 'state',
    'rendered_at', 'sent_at', 'failure', 'effect_due', 'effect', 'effect_on', 'effect_note', 'effect_number', 'effect_by', 'reminded_at', 'created_at',
  ],
  notice_file: ['notice_id', 'place', 'name', 'media_type', 'file_ref', 'sha256', 'bytes'],
  appeal: [
    'id', 'code', 'secret_hash', 'state', 'party', 'agency_id', 'decision_id', 'report_id', 'words', 'asks_stay', 'language', 'contact_sealed', 'has_contact', 'form_hash', 'filed_at',
    'accept_by', 'reviewer_id', 'accepted_at', 'is_complex', 'is_remote', 'decide_by', 'outcome', 'reasons', 'decided_at',
  ],
  appeal_message: ['id', 'appeal_id', 'sent_by', 'officer_id', 'body', 'at'],
  legal_review: ['id', 'decision_id', 'submission', 'officer_id', 'agrees', 'note', 'at'],
  recipient: ['id', 'kind', 'name', 'name_en', 'address', 'email', 'language', 'format', 'agency_id', 'source', 'valid_from', 'valid_to'],
  social_site: ['host', 'items'],
  evidence: ['id', 'case_id', 'kind', 'attachment_id', 'description', 'sha256', 'officer_id', 'at'],
  excluded_provision: ['document', 'article', 'clause', 'point'],
  gate_check: [
    'id', 'stage', 'report_id', 'decision_id', 'category', 'officer_id', 'agency_id', 'outside_list', 'opinion',
    'reputation_of_public_body', 'falsehood_only', 'identify_person', 'whole_profile', 'self_interest', 'elements',
    'passed', 'at', 'submission'],
  indicator: ['id', 'kind', 'match_key', 'display', 'value', 'sealed', 'specific', 'case_id', 'first_seen'],
  journal: [
    'seq', 'at', 'tx', 'actor_kind', 'officer_id', 'agency_id', 'entity', 'entity_id', 'action', 'from_state',
    'to_state', 'reason', 'detail',
  ],
  legal_basis: [
    'code', 'document', 'article', 'clause', 'point', 'category', 'what', 'elements', 'what_en', 'valid_from', 'valid_to', 'origin', 'local_change', 'checked_on',
    'checked_by',
  ],
  legal_change: [
    'id', 'kind', 'target', 'content', 'reason', 'agency_id', 'proposed_by', 'proposed_at', 'decided_by', 'decided_at', 'outcome', 'decision_reason', 'applied_at',
    'before',
  ],
  legal_document: ['code', 'name', 'valid_from', 'valid_to', 'name_en', 'source', 'ends_why', 'origin', 'local_change'],
  legal_element: ['code', 'label_vi', 'label_en', 'origin'],
  login_attempt: ['scope', 'window_start', 'failures'],
  measure: ['code', 'max_days', 'categories', 'lesser_options', 'available', 'locators', 'needs_locator', 'recipients', 'fields', 'interim'],
  message: ['id', 'report_id', 'sent_by', 'officer_id', 'body', 'at', 'read_at'],
  officer: ['id', 'email', 'full_name', 'language', 'demo', 'created_at', 'disabled_at'],
  officer_role: ['officer_id', 'agency_id', 'role', 'deputy', 'valid_from', 'valid_to'],
  officer_secret: ['officer_id', 'password_hash', 'totp_sealed', 'totp_last_step', 'changed_at'],
  pending_upload: [
    'id', 'form_hash', 'name', 'media_type', 'bytes', 'original_ref', 'original_sha256', 'copy_ref', 'copy_bytes',
    'width', 'height', 'at', 'qr_sealed',
  ],
  province: ['code', 'name', 'full_name', 'name_en', 'search'],
  report: [
    'id', 'code', 'secret_hash', 'idempotency_hash', 'payload_hash', 'channel', 'category', 'situation', 'state',
    'narrative', 'sealed_story', 'search', 'happened_on', 'money_lost', 'in_danger', 'for_child', 'province_code', 'commune_code',
    'reporter_kind', 'sender_agency_id', 'handling_agency_id', 'language', 'received_at', 'due_on', 'case_id',
    'stop_code', 'erase_after', 'read_by_desk_at', 'fold', 'text_hash', 'minimised_at',
  ],
  report_indicator: ['report_id', 'indicator_id', 'grouping_key'],
  reporter_identity: ['report_id', 'sealed', 'has_email', 'purge_after'],
  session: [
    'token_hash', 'officer_id', 'agency_id', 'created_at', 'last_seen_at', 'expires_at', 'browser', 'stepped_up_at',
    'revoked_at',
  ],
  state_transition: ['entity', 'action', 'from_state', 'to_state', 'performers', 'reason_required'],
  stop_statistic: ['iso_week', 'category', 'stop_code', 'reporter_kind', 'agency_id', 'stops', 'lifted'],
  verification: ['id', 'case_id', 'officer_id', 'checked', 'other_explanation', 'finding', 'confidence', 'at'],
  warning: [
    'id', 'decision_id', 'slug', 'category', 'agency_id', 'title', 'summary', 'advice', 'legal_basis', 'published_at',
    'ends_at', 'lifted_at', 'report_count', 'commune_count', 'stayed_at',
  ],
  warning_target: ['warning_id', 'granularity', 'match_key', 'value'],
  arrival: [
    'id', 'channel', 'media', 'agency_id', 'receiver', 'external_hash', 'sender_sealed', 'sender_hash', 'original_ref', 'original_sha256', 'original_bytes',
    'facts', 'arrived_at', 'recorded_at', 'state', 'reason', 'attempts', 'report_id', 'officer_id', 'document_number', 'document_year',
  ],
  channel_health: ['channel', 'endpoint', 'state', 'since', 'reason', 'detail', 'last_ok_at', 'last_arrival_at'],
  api_token: [
    'id', 'agency_id', 'name', 'token_hash', 'scopes', 'created_by', 'created_at', 'expires_at', 'last_used_on', 'revoked_at', 'revoked_by', 'rotated_from',
  ],
  webhook: ['id', 'agency_id', 'url', 'secret_sealed', 'created_by', 'created_at', 'stopped_at', 'last_ok_at', 'failing_since', 'last_error'],
  webhook_delivery: ['id', 'webhook_id', 'report_id', 'task_id', 'payload', 'at', 'state', 'attempts', 'next_at', 'status', 'delivered_at'],
  sheet_mapping: ['agency_id', 'header_hash', 'mapping', 'saved_by', 'saved_at'],
  sheet_import: [
    'id', 'agency_id', 'officer_id', 'file_name', 'original_ref', 'original_sha256', 'original_bytes', 'mapping', 'state', 'reason', 'next_row', 'rows_read',
    'rows_total', 'taken', 'repeated', 'refused', 'created_at', 'progressed_at', 'finished_at',
  ],
  sheet_row: ['import_id', 'number', 'report_id', 'errors'],
  external_figure: [
    'id', 'agency_id', 'kind', 'value', 'qualifier', 'unit', 'period_from', 'period_to', 'source', 'officer_id', 'token_id', 'recorded_at', 'withdrawn_at',
    'withdrawn_reason',
  ],
  regrouping: ['id', 'kind', 'agency_id', 'officer_id', 'from_case', 'to_case', 'reason', 'undoes', 'at'],
  regrouped_report: ['regrouping_id', 'report_id', 'from_case', 'to_case'],
  regrouped_indicator: ['regrouping_id', 'indicator_id', 'from_case', 'to_case'],
  report_sketch: ['report_id', 'bands'],
  note: ['id', 'case_id', 'report_id', 'agency_id', 'officer_id', 'body', 'at'],
  stop_review: ['report_id', 'asked_at', 'words', 'due_on', 'officer_id', 'decided_at', 'outcome', 'reason'],
  stop_opening: ['report_id', 'officer_id', 'at', 'reason'],
  erasure_certificate: ['id', 'number', 'kind', 'at', 'iso_week', 'counts', 'places'],
  canned_text: ['id', 'agency_id', 'title', 'body_vi', 'body_en', 'state', 'drafter_id', 'approver_id', 'created_at', 'decided_at'],
  data_request: [
    'id', 'code', 'report_id', 'kind', 'words', 'filed_at', 'answer_by', 'do_by', 'acknowledged_at', 'extended_until', 'extension_reason', 'state', 'outcome', 'officer_id',
    'done_at',
  ],
};
