import type { Label } from './label.ts';

/** Why something was erased: a stopped report, a term that ended, or a person's own request. */
export const CERTIFICATE_KINDS = ['stopped', 'retention', 'data_subject'] as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

/** What a certificate of erasure counts, by table, and files and jobs beside them, with its name. */
export const ERASED_THINGS: Readonly<Record<string, Label>> = {
  report: { vi: 'Phản ánh', en: 'Reports' },
  message: { vi: 'Tin nhắn', en: 'Messages' },
  reporter_identity: { vi: 'Thông tin liên hệ', en: 'Contact details' },
  attachment: { vi: 'Ảnh kèm theo', en: 'Pictures' },
  file: { vi: 'Tệp trong kho đã mã hóa', en: 'Files in the encrypted store' },
  indicator: { vi: 'Dấu hiệu kỹ thuật và mã băm', en: 'Technical traces and hashes' },
  arrival: { vi: 'Thư, văn bản đến', en: 'Letters and documents received' },
  note: { vi: 'Ghi chú', en: 'Notes' },
  stop_review: { vi: 'Đề nghị xem lại', en: 'Requests for review' },
  job: { vi: 'Việc nền có nhắc đến', en: 'Background jobs that named them' },
  case_file: { vi: 'Vụ việc', en: 'Cases' },
  evidence: { vi: 'Chứng cứ', en: 'Evidence' },
  verification: { vi: 'Xác minh', en: 'Verifications' },
  decision: { vi: 'Dự thảo quyết định', en: 'Drafts of decisions' },
  legal_review: { vi: 'Ý kiến pháp chế', en: 'Legal opinions' },
  stop_opening: { vi: 'Lý do mở phản ánh đã dừng', en: 'Reasons of opening a stopped report' },
  data_request: { vi: 'Lời yêu cầu về dữ liệu', en: 'Words of data requests' },
  report_sketch: { vi: 'Dấu vân của lời kể', en: 'Likeness keys' },
  webhook_delivery: { vi: 'Tin báo cho hệ thống khác', en: 'Notices to other systems' },
  appeal: { vi: 'Đề nghị xem xét lại', en: 'Appeals' },
  appeal_message: { vi: 'Trao đổi về đề nghị xem xét lại', en: 'Messages of appeals' },
  regrouping: { vi: 'Lần gộp, tách, chuyển', en: 'Regroupings' },
};

/** Where it was erased, with what that means. */
export const ERASED_PLACES: Readonly<Record<string, Label>> = {
  database: { vi: 'Các bảng của cơ sở dữ liệu', en: 'Tables of the database' },
  files: { vi: 'Kho tệp đã mã hóa', en: 'Store of encrypted files' },
  search: { vi: 'Chỉ mục tìm kiếm', en: 'Search index' },
  queue: { vi: 'Hàng đợi việc nền', en: 'Queue of background jobs' },
  logs: { vi: 'Nhật ký kỹ thuật (không bao giờ chứa nội dung)', en: 'Technical logs (which never hold contents)' },
};
