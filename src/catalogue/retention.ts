import type { Label } from './label.ts';
import { BASIS, FOR } from './personal-data.ts';

/** Rows of `DEADLINES` (src/core/deadlines.ts) that are terms of keeping. */
export type TermName = 'eraseStopped' | 'keepContact' | 'keepCase' | 'keepReasons' | 'keepAlertWords';

/** How long: a row of the deadlines, or an own rule that stands here. */
export type Term =
  | { readonly deadline: TermName }
  | { readonly amount: number; readonly unit: 'minute' | 'hour' | 'day'; readonly source: 'Own rule' };

/** Jobs that end something; the names of `JobKind`. */
export type RetentionJob =
  | 'erase-stopped' | 'purge-contacts' | 'purge-arrivals' | 'purge-uploads' | 'purge-sheets' | 'purge-sessions' | 'purge-notifications'
  | 'purge-deliveries' | 'purge-alerts' | 'purge-opinions' | 'purge-packs' | 'retention';

/** What is left afterwards. `kept`: it does not end by itself, and `why` says so. */
export type Ending = 'deleted' | 'emptied' | 'kept_without_person' | 'kept';

/** One kind of data of one table: what for, on what ground, how long, how it ends and what ends it (S13). */
export interface RetentionRow {
  /** The table, or `table.part` where one table ends in several ways. */
  readonly key: string;
  readonly table: string;
  readonly what: Label;
  readonly purpose: Label;
  readonly basis: Label;
  /** The event from which the term is counted. */
  readonly from: Label;
  readonly term: Term | null;
  readonly end: Ending;
  readonly job: RetentionJob | null;
  /** For what no job ends: what does, or why it stays. */
  readonly why: Label | null;
}

const FROM = {
  stopped: { vi: 'ngày báo lý do dừng', en: 'the day the reporter was told of the stop' },
  closed: {
    vi: 'ngày đóng vụ việc, ngày quyết định cuối cùng hết hiệu lực hoặc ngày trả lời đề nghị xem xét lại, tùy ngày nào sau cùng',
    en: 'the closing of the case, the end of its last decision or the answer to its last appeal, whichever is latest',
  },
  contact: { vi: 'ngày đóng vụ việc', en: 'the closing of the case' },
  arrived: { vi: 'lúc đến', en: 'its arrival' },
  kept: { vi: 'lúc lưu', en: 'its storing' },
  ended: { vi: 'lúc hết hiệu lực', en: 'its end' },
  sent: { vi: 'ngày gửi thư cảnh báo', en: 'the sending of the warning letter' },
  decided: { vi: 'ngày quyết định hết hiệu lực', en: 'the end of the decision' },
  none: { vi: 'không tính', en: 'not counted' },
} as const satisfies Record<string, Label>;

const own = (amount: number, unit: 'minute' | 'hour' | 'day'): Term => ({ amount, unit, source: 'Own rule' });
const CASE: Term = { deadline: 'keepCase' };

const WHY = {
  decision: {
    vi: 'Bản nêu lý do giữ ít nhất 60 tháng; sau đó cơ quan xét theo pháp luật lưu trữ, phần mềm không tự xóa quyết định',
    en: 'Statements of reasons are kept at least 60 months; then the agency decides under the law on archives, no decision is deleted by software',
  },
  office: {
    vi: 'Để biết ai đã làm việc gì; ngừng dùng được nhưng không xóa, vì nhật ký nhắc đến',
    en: 'To know who did what; it can be put out of use, not deleted, since the journal names it',
  },
  journal: {
    vi: 'Chỉ ghi thêm, vì vậy không bao giờ chứa nội dung phản ánh',
    en: 'Append-only, and for that reason never holds the content of a report',
  },
  next: { vi: 'Xóa ở lần đăng nhập kế tiếp của bất kỳ ai', en: 'Removed at the next sign-in of anybody' },
  gate: {
    vi: 'Chỉ có câu trả lời có hay không và ai trả lời; cùng phản ánh bị dừng thì xóa trong 30 ngày',
    en: 'Holds yes and no and who answered; with a stopped report it is erased within 30 days',
  },
  figures: { vi: 'Số liệu không về ai; giữ để đối chiếu báo cáo', en: 'Figures about nobody; kept to compare reports with' },
  directory: { vi: 'Giữ sau ngày hết hiệu lực để biết ai phụ trách khi đó', en: 'Kept after its last day to know who was in charge then' },
  imports: { vi: 'Dòng của lần nhập không có nội dung phản ánh', en: 'The row of an import holds no content of a report' },
  law: {
    vi: 'Giữ cùng danh mục để biết ai đổi điều gì; không sửa, không xóa',
    en: 'Kept with the catalogue, to know who changed what; never altered, never deleted',
  },
  register: {
    vi: 'Sổ và bản lưu giữ theo pháp luật lưu trữ (NĐ 30/2020 Điều 19, 22); phần mềm không tự xóa',
    en: 'Registers and file copies are kept under the law on archives (Decree 30/2020, art. 19 and 22); software deletes none',
  },
  published: { vi: 'Không nêu ai; hết hạn thì trang công khai gỡ ngay', en: 'Names nobody; off the public pages the moment it ends' },
} as const satisfies Record<string, Label>;

interface Given {
  readonly what: Label;
  readonly purpose: keyof typeof FOR;
  readonly basis: keyof typeof BASIS;
  readonly from: keyof typeof FROM;
  readonly term: Term | null;
  readonly end: Ending;
}

const ends = (key: string, job: RetentionJob, given: Given): RetentionRow => row(key, given, job, null);
const stays = (key: string, why: keyof typeof WHY, given: Given): RetentionRow => row(key, given, null, WHY[why]);

function row(key: string, { what, purpose, basis, from, term, end }: Given, job: RetentionJob | null, why: Label | null): RetentionRow {
  return { key, table: key.split('.')[0]!, what, purpose: FOR[purpose], basis: BASIS[basis], from: FROM[from], term, end, job, why };
}

const says = (vi: string, en: string): Label => ({ vi, en });

/** Every table that holds personal data or what a case is made of; each at least once. Terms without a source in law are marked "Own rule". */
export const RETENTION: readonly RetentionRow[] = [
  ends('report.stopped', 'erase-stopped', { what: says('Phản ánh đã dừng, cùng mọi phần của nó', 'Stopped reports with all their parts'), purpose: 'follow', basis: 'publicTask', from: 'stopped', term: { deadline: 'eraseStopped' }, end: 'deleted' }),
  ends('report.handled', 'retention', { what: says('Lời kể và dữ kiện của phản ánh đã xử lý', 'Story and facts of handled reports'), purpose: 'handle', basis: 'given', from: 'closed', term: CASE, end: 'kept_without_person' }),
  ends('reporter_identity', 'purge-contacts', { what: says('Thông tin liên hệ đã niêm phong', 'Sealed contact details'), purpose: 'tell', basis: 'given', from: 'contact', term: { deadline: 'keepContact' }, end: 'deleted' }),
  ends('message', 'retention', { what: says('Tin nhắn giữa người phản ánh và cơ quan', 'Messages between reporter and desk'), purpose: 'handle', basis: 'given', from: 'closed', term: CASE, end: 'deleted' }),
  ends('note', 'retention', { what: says('Ghi chú nội bộ', 'Internal notes'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'deleted' }),
  ends('attachment', 'retention', { what: says('Ảnh, cả bản gốc lẫn bản sao', 'Pictures, originals and copies'), purpose: 'prove', basis: 'given', from: 'closed', term: CASE, end: 'deleted' }),
  ends('evidence', 'retention', { what: says('Chứng cứ mà không quyết định nào viện dẫn', 'Evidence that no decision cites'), purpose: 'decide', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('verification', 'retention', { what: says('Lời văn xác minh', 'Words of verifications'), purpose: 'decide', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('indicator', 'retention', { what: says('Số điện thoại, số tài khoản mà không phản ánh nào khác nhắc đến', 'Telephone and account numbers that no other report names'), purpose: 'group', basis: 'publicTask', from: 'closed', term: CASE, end: 'deleted' }),
  ends('case_file', 'retention', { what: says('Tên vụ việc', 'Title of a case'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'kept_without_person' }),
  ends('regrouping', 'retention', { what: says('Lý do chuyển, tách, gộp', 'Reasons of moving, splitting, merging'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('data_request', 'retention', { what: says('Lời yêu cầu về dữ liệu cá nhân', 'Words of requests about one’s own data'), purpose: 'handle', basis: 'given', from: 'closed', term: CASE, end: 'emptied' }),
  ends('arrival.taken', 'retention', { what: says('Bản gốc của thứ đã thành phản ánh', 'Originals of what became a report'), purpose: 'prove', basis: 'given', from: 'closed', term: CASE, end: 'emptied' }),
  ends('arrival.other', 'purge-arrivals', { what: says('Thứ đến mà không thành phản ánh', 'What arrived and became no report'), purpose: 'prove', basis: 'given', from: 'arrived', term: own(28, 'day'), end: 'deleted' }),
  ends('arrival.sender', 'purge-arrivals', { what: says('Mã băm của người gửi', 'Hash of the sender'), purpose: 'follow', basis: 'publicTask', from: 'arrived', term: own(28, 'day'), end: 'emptied' }),
  ends('pending_upload', 'purge-uploads', { what: says('Ảnh chờ phản ánh chưa gửi', 'Pictures whose report was not sent'), purpose: 'prove', basis: 'given', from: 'kept', term: own(24, 'hour'), end: 'deleted' }),
  ends('sheet_import.file', 'purge-sheets', { what: says('Tệp bảng tính', 'Spreadsheet files'), purpose: 'handle', basis: 'publicTask', from: 'kept', term: own(28, 'day'), end: 'emptied' }),
  ends('session', 'purge-sessions', { what: says('Phiên đăng nhập đã hết', 'Ended sessions'), purpose: 'signIn', basis: 'security', from: 'ended', term: own(30, 'day'), end: 'deleted' }),
  ends('report_sketch', 'retention', { what: says('Dấu vân của lời kể', 'Likeness keys of stories'), purpose: 'group', basis: 'publicTask', from: 'closed', term: CASE, end: 'deleted' }),
  ends('webhook_delivery', 'retention', { what: says('Tin đã báo cho hệ thống của cơ quan gửi', 'Notices to the sending agency’s system'), purpose: 'tell', basis: 'publicTask', from: 'closed', term: CASE, end: 'deleted' }),
  ends('stop_review', 'retention', { what: says('Lời đề nghị xem lại của phản ánh được xử lý tiếp', 'Words of the review of a stop that was lifted'), purpose: 'handle', basis: 'given', from: 'closed', term: CASE, end: 'emptied' }),
  ends('stop_opening', 'retention', { what: says('Lý do mở lời kể của phản ánh đã dừng rồi được xử lý tiếp', 'Reasons of opening a stopped report that was taken up again'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'deleted' }),
  ends('decision.draft', 'retention', { what: says('Dự thảo quyết định chưa bao giờ có hiệu lực', 'Drafts of decisions that never took effect'), purpose: 'decide', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('legal_review', 'retention', { what: says('Lời góp ý pháp chế', 'Words of legal opinions'), purpose: 'decide', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('appeal', 'retention', { what: says('Lời và liên hệ của đề nghị xem xét lại', 'Words and contact of appeals'), purpose: 'handle', basis: 'given', from: 'closed', term: CASE, end: 'emptied' }),
  ends('appeal_message', 'retention', { what: says('Trao đổi về đề nghị xem xét lại', 'Messages about an appeal'), purpose: 'handle', basis: 'given', from: 'closed', term: CASE, end: 'deleted' }),
  stays('case_party', 'journal', { what: says('Cơ quan tham gia vụ việc', 'Agencies that take part in a case'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  ends('case_share', 'retention', { what: says('Lý do chia sẻ, thu hồi', 'Reasons of sharing and recalling'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('share_message', 'retention', { what: says('Lời trao đổi với cơ quan phối hợp', 'Messages with agencies that take part'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('share_file', 'purge-packs', { what: says('Tệp cơ quan phối hợp gửi lại', 'Files agencies sent back'), purpose: 'prove', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('hand_over_pack', 'purge-packs', { what: says('Tệp của gói bàn giao', 'Files of hand-over packs'), purpose: 'prove', basis: 'publicTask', from: 'kept', term: own(30, 'day'), end: 'emptied' }),
  ends('hand_over_pack.words', 'retention', { what: says('Lời văn của gói bàn giao', 'Words of hand-over packs'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  stays('peer', 'office', { what: says('Nơi trao đổi: ai thêm, ai xác nhận, vì sao ngừng', 'Exchange partners: who added, who confirmed, why they ended'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('incoming_pack', 'imports', { what: says('Dòng ghi gói của tỉnh khác: mã, mã băm, ai quyết định', 'The row of a pack of another province: code, hash, who decided'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  ends('task', 'retention', { what: says('Lời văn của việc phải làm trong vụ việc', 'Words of a case’s tasks'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('consultation', 'retention', { what: says('Câu hỏi, dự thảo gửi các cơ quan và kết luận', 'Questions and drafts put to agencies, and the conclusion'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('opinion', 'retention', { what: says('Lý do rút yêu cầu ý kiến', 'Reasons of withdrawing a request'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('opinion_answer', 'retention', { what: says('Lời ý kiến của các cơ quan', 'Words of agencies’ opinions'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('opinion_mail', 'retention', { what: says('Thư trả lời yêu cầu ý kiến', 'Replies by mail to requests for an opinion'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('opinion_file', 'purge-opinions', { what: says('Tệp kèm yêu cầu và ý kiến, mã hóa', 'Files with requests and opinions, encrypted'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'deleted' }),
  ends('transfer', 'retention', { what: says('Lý do chuyển, không nhận', 'Reasons of transfers and refusals'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('take_over', 'retention', { what: says('Lý do nhận thay', 'Reasons of taking over'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('hand_over', 'retention', { what: says('Lý do bàn giao', 'Reasons of handing over'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('own_act', 'retention', { what: says('Việc cơ quan đã làm ngay và kết quả', 'What agencies did at once, and the result'), purpose: 'answerable', basis: 'accountability', from: 'closed', term: CASE, end: 'emptied' }),
  ends('notification', 'purge-notifications', { what: says('Tin báo cho cán bộ; chỉ có mã và liên kết', 'Notifications to officers; a code and a link only'), purpose: 'tell', basis: 'publicTask', from: 'kept', term: own(90, 'day'), end: 'deleted' }),
  ends('webhook_delivery.task', 'purge-deliveries', { what: says('Tin về việc phải làm đã báo cho hệ thống của cơ quan', 'Notices of tasks to agencies’ systems'), purpose: 'tell', basis: 'publicTask', from: 'kept', term: own(90, 'day'), end: 'deleted' }),
  stays('notification_setting', 'office', { what: says('Cách nhận tin của từng cán bộ', 'How each officer is told of news'), purpose: 'reach', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  ends('meeting', 'retention', { what: says('Tên, người chủ trì, thư ký của cuộc họp; lý do hủy', 'Titles, chairs and secretaries of meetings; why cancelled'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('meeting_agenda', 'retention', { what: says('Nội dung chương trình họp', 'Items of agendas'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('meeting_guest', 'retention', { what: says('Trả lời giấy mời, người dự họp', 'Answers to invitations, who came'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('meeting_minutes', 'retention', { what: says('Biên bản họp', 'Minutes of meetings'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('meeting_conclusion', 'retention', { what: says('Kết luận cuộc họp', 'Conclusions of meetings'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('meeting_action', 'retention', { what: says('Việc giao sau cuộc họp', 'Action items of meetings'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  ends('meeting_addendum', 'retention', { what: says('Đính chính biên bản, kết luận', 'Corrections of minutes and conclusions'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  stays('document_out', 'office', { what: says('Sổ đăng ký văn bản đi', 'Register of outgoing documents'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  ends('alert_answer', 'purge-alerts', { what: says('Lời văn, tệp và người báo trong câu trả lời thư cảnh báo', 'Words, files and informants of answers to warning letters'), purpose: 'answerable', basis: 'publicTask', from: 'sent', term: { deadline: 'keepAlertWords' }, end: 'emptied' }),
  stays('alert_letter', 'office', { what: says('Thư cảnh báo đã gửi; không nêu ai', 'Warning letters; they name nobody'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('alert_check', 'office', { what: says('Ai đã trả lời bốn câu kiểm tra của thư', 'Who answered the four questions of a letter'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('alert_receipt', 'office', { what: says('Ai xác nhận đã đọc thư cảnh báo', 'Who confirmed reading a warning letter'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('document_in', 'register', { what: says('Sổ đăng ký và theo dõi văn bản đến', 'Register of incoming documents and of their handling'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  ends('document_in.arrival', 'retention', { what: says('Lời ghi về đơn, thư đã thành phản ánh', 'Words on a letter that became a report'), purpose: 'handle', basis: 'publicTask', from: 'closed', term: CASE, end: 'emptied' }),
  stays('document_file', 'register', { what: says('Bản quét, bản ký số kèm sổ văn bản, mã hóa', 'Scans and signed documents of the registers, encrypted'), purpose: 'prove', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('document_template', 'office', { what: says('Mẫu văn bản của cơ quan', 'Templates of an agency'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('login_attempt', 'next', { what: says('Lần đăng nhập sai', 'Failed sign-ins'), purpose: 'signIn', basis: 'security', from: 'kept', term: own(15, 'minute'), end: 'deleted' }),
  stays('gate_check', 'gate', { what: says('Câu trả lời ở cửa kiểm tra', 'Answers at the gate'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('decision', 'decision', { what: says('Quyết định đã có hiệu lực, cả điều riêng của biện pháp', 'Decisions that took effect, with what the measure asks for'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('decision_element', 'decision', { what: says('Vì sao khớp từng yếu tố', 'Why each element is met'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('decision_option', 'decision', { what: says('Vì sao biện pháp nhẹ hơn chưa đủ', 'Why milder options do not suffice'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('decision_locator', 'decision', { what: says('Địa chỉ, số mà quyết định nêu', 'Addresses and numbers a decision names'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('evidence.cited', 'decision', { what: says('Mô tả và mã băm của chứng cứ được quyết định viện dẫn', 'Description and hash of evidence that a decision cites'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('decision_recipient', 'decision', { what: says('Nơi nhận của quyết định', 'Recipients of a decision'), purpose: 'reach', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('decision_access', 'decision', { what: says('Mã xem quyết định và mã băm của mã bí mật; không nêu ai', 'Code to read a decision and hash of its secret; names nobody'), purpose: 'follow', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('appeal.reasons', 'decision', { what: says('Kết quả xem xét lại và lý do', 'Outcomes of appeals with reasons'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('notice', 'decision', { what: says('Thông báo đã lập, đã che số; kết quả nơi nhận báo', 'Notices as made, numbers masked; what the recipient did'), purpose: 'decide', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('notice_file', 'decision', { what: says('Thư đã lập, mã hóa', 'Letters as made, encrypted'), purpose: 'prove', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('affected_delay', 'decision', { what: says('Lý do hoãn báo người bị ảnh hưởng', 'Why the person affected was told later'), purpose: 'answerable', basis: 'accountability', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('warning', 'published', { what: says('Cảnh báo đã công khai', 'Published warnings'), purpose: 'warn', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('warning_target', 'published', { what: says('Địa chỉ phải tránh', 'Addresses to avoid'), purpose: 'warn', basis: 'publicTask', from: 'decided', term: { deadline: 'keepReasons' }, end: 'kept' }),
  stays('journal', 'journal', { what: says('Nhật ký', 'The journal'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('officer', 'office', { what: says('Tài khoản cán bộ', 'Officers’ accounts'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('officer_secret', 'office', { what: says('Mật khẩu (mã băm), khóa xác thực', 'Passwords (hashed), authenticator secrets'), purpose: 'signIn', basis: 'security', from: 'none', term: null, end: 'kept' }),
  stays('officer_role', 'office', { what: says('Vai trò và thời gian giữ', 'Roles and their days'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('api_token', 'office', { what: says('Token của cơ quan (mã băm)', 'Tokens of agencies (hashed)'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('webhook', 'office', { what: says('Địa chỉ báo tin', 'Addresses told by machine'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('canned_text', 'office', { what: says('Câu mẫu', 'Ready texts'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('sheet_mapping', 'imports', { what: says('Cách đọc cột của bảng tính', 'How columns of spreadsheets are read'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('sheet_import.row', 'imports', { what: says('Lần nhập bảng tính', 'Imports of spreadsheets'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('external_figure', 'figures', { what: says('Số liệu của nơi khác', 'Figures of others'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('recipient', 'directory', { what: says('Nơi nhận thông báo: tên, hộp thư của tổ chức', 'Who is written to: names and mailboxes of organisations'), purpose: 'reach', basis: 'publicTask', from: 'none', term: null, end: 'kept' }),
  stays('legal_basis', 'law', { what: says('Luật sư đã đối chiếu điều khoản', 'The lawyer who checked a provision'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('legal_change', 'law', { what: says('Đề xuất sửa danh mục luật', 'Proposed changes of the legal catalogue'), purpose: 'answerable', basis: 'accountability', from: 'none', term: null, end: 'kept' }),
  stays('agency_contact', 'directory', { what: says('Liên hệ của cơ quan', 'Contacts of agencies'), purpose: 'reach', basis: 'publicTask', from: 'none', term: null, end: 'kept' }),
];
