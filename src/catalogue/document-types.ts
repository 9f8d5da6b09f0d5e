import type { Label } from './label.ts';

/** A kind of document as the registers know it. */
export interface RegisterKind {
  /** The six that the desk writes itself bear the names of `DocumentKind` (src/web/docx/letter.ts). */
  readonly code: string;
  /** In the symbol; a công văn and a public letter have none. */
  readonly abbreviation: string | null;
  readonly label: Label;
}

const kind = (code: string, abbreviation: string | null, vi: string, en: string): RegisterKind => ({ code, abbreviation, label: { vi, en } });

/** Kinds of administrative documents (NĐ 30/2020/NĐ-CP Điều 7, phụ lục III mục I), công văn first, since most are. */
export const REGISTER_KINDS: readonly RegisterKind[] = [
  kind('cong_van', null, 'Công văn', 'Official letter'),
  kind('nghi_quyet', 'NQ', 'Nghị quyết', 'Resolution'), kind('quyet_dinh', 'QĐ', 'Quyết định', 'Decision'), kind('chi_thi', 'CT', 'Chỉ thị', 'Directive'),
  kind('quy_che', 'QC', 'Quy chế', 'Regulation'), kind('quy_dinh', 'QyĐ', 'Quy định', 'Rules'), kind('thong_cao', 'TC', 'Thông cáo', 'Communiqué'),
  kind('thong_bao', 'TB', 'Thông báo', 'Notice'), kind('huong_dan', 'HD', 'Hướng dẫn', 'Guidance'), kind('chuong_trinh', 'CTr', 'Chương trình', 'Programme'),
  kind('ke_hoach', 'KH', 'Kế hoạch', 'Plan'), kind('phuong_an', 'PA', 'Phương án', 'Option paper'), kind('de_an', 'ĐA', 'Đề án', 'Scheme'), kind('du_an', 'DA', 'Dự án', 'Project'),
  kind('bao_cao', 'BC', 'Báo cáo', 'Report'), kind('bien_ban', 'BB', 'Biên bản', 'Minutes'), kind('to_trinh', 'TTr', 'Tờ trình', 'Submission'), kind('hop_dong', 'HĐ', 'Hợp đồng', 'Contract'),
  kind('cong_dien', 'CĐ', 'Công điện', 'Telegram'), kind('ban_ghi_nho', 'BGN', 'Bản ghi nhớ', 'Memorandum'), kind('ban_thoa_thuan', 'BTT', 'Bản thỏa thuận', 'Agreement'),
  kind('giay_uy_quyen', 'GUQ', 'Giấy ủy quyền', 'Power of attorney'), kind('giay_moi', 'GM', 'Giấy mời', 'Invitation'), kind('giay_gioi_thieu', 'GGT', 'Giấy giới thiệu', 'Letter of introduction'),
  kind('giay_nghi_phep', 'GNP', 'Giấy nghỉ phép', 'Leave paper'), kind('phieu_gui', 'PG', 'Phiếu gửi', 'Sending slip'), kind('phieu_chuyen', 'PC', 'Phiếu chuyển', 'Transfer slip'),
  kind('phieu_bao', 'PB', 'Phiếu báo', 'Notification slip'), kind('thu_cong', null, 'Thư công', 'Public letter'),
];

/** The kind of a code; undefined for what the list does not have. */
export function registerKind(code: string): RegisterKind | undefined {
  return REGISTER_KINDS.find((one) => one.code === code);
}
