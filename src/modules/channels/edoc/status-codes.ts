import type { Label } from '#catalogue/label.ts';

/** What a receiver says of a document sent to it. Source: QCVN 102:2016/BTTTT as the national axis and its open clients use it; 07–12 and 14 are not in use. */
export const STATUS_CODES = [
  { code: '01', label: { vi: 'Đã đến', en: 'Arrived' } },
  { code: '02', label: { vi: 'Từ chối tiếp nhận', en: 'Refused' } },
  { code: '03', label: { vi: 'Đã tiếp nhận', en: 'Received' } },
  { code: '04', label: { vi: 'Phân công', en: 'Assigned' } },
  { code: '05', label: { vi: 'Đang xử lý', en: 'Being processed' } },
  { code: '06', label: { vi: 'Hoàn thành', en: 'Completed' } },
  { code: '13', label: { vi: 'Lấy lại', en: 'Recall asked for' } },
  { code: '15', label: { vi: 'Đồng ý lấy lại', en: 'Recall agreed' } },
  { code: '16', label: { vi: 'Từ chối lấy lại', en: 'Recall refused' } },
] as const satisfies readonly { code: string; label: Label }[];

export type StatusCode = (typeof STATUS_CODES)[number]['code'];

/** Whether a text is one of the codes. */
export function isStatusCode(text: string): text is StatusCode {
  return STATUS_CODES.some(({ code }) => code === text);
}
