import type { Label } from './label.ts';

/** How a report reached the desk (regulation Đ3.1, R4). */
export const CHANNELS = [
  { code: 'web', label: { vi: 'Trang web', en: 'Website' } },
  { code: 'phone', label: { vi: 'Điện thoại', en: 'Phone' } },
  { code: 'sms', label: { vi: 'Tin nhắn', en: 'SMS' } },
  { code: 'email', label: { vi: 'Thư điện tử', en: 'E-mail' } },
  { code: 'edoc', label: { vi: 'Văn bản điện tử', en: 'Electronic document' } },
  { code: 'post', label: { vi: 'Bưu điện', en: 'Post' } },
  { code: 'walk_in', label: { vi: 'Trực tiếp', en: 'In person' } },
  { code: 'spreadsheet', label: { vi: 'Bảng tính', en: 'Spreadsheet' } },
  { code: 'api', label: { vi: 'Kết nối máy', en: 'API' } },
] as const satisfies readonly { code: string; label: Label }[];

export type Channel = (typeof CHANNELS)[number]['code'];

/** All channel codes. */
export const CHANNEL_CODES = CHANNELS.map((channel) => channel.code) as [Channel, ...Channel[]];
