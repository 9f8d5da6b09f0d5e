import type { Row } from 'write-excel-file/node';
import { CATEGORIES } from '#catalogue/categories.ts';
import { searchKey } from '#core/vietnamese.ts';
import { headCell as heading, textCell as body, workbook } from '#web/xlsx.ts';
import { SHEET_FIELDS, type SheetField } from './mapping.ts';

/** Empty rows that are already formatted as text, so that a zero in front of a number stays. */
const BLANK_ROWS = 200;
/** Heading of the column that says what is wrong with a row. */
export const TO_CORRECT = 'Cần sửa';

/** The columns of the template: width in characters, one sample, and what to write there. */
const TEMPLATE_COLUMNS: readonly { readonly field: SheetField; readonly width: number; readonly sample: string; readonly guide: string }[] = [
  { field: 'external_id', width: 16, sample: 'CAP-2026-0142',
    guide: 'Mã hồ sơ của đơn vị gửi, mỗi phản ánh một mã. Gửi lại cùng mã thì không tạo phản ánh thứ hai.' },
  { field: 'category', width: 22, sample: 'Lừa đảo', guide: `Bắt buộc. Một trong: ${CATEGORIES.map(({ label }) => label.vi).join('; ')}.` },
  {
    field: 'narrative', width: 60, guide: 'Bắt buộc. Chuyện đã xảy ra, ít nhất 10 ký tự, nhiều nhất 5.000 ký tự.',
    sample: 'Sáng 18/11 có người gọi, tự xưng nhân viên điện lực, báo nợ tiền điện và gửi đường dẫn bảo đóng ngay. Bà con bấm vào, nhập thẻ thì bị trừ 2 triệu đồng.',
  },
  { field: 'traces_link', width: 34, sample: 'https://dong-tien-dien.example/thanh-toan',
    guide: 'Địa chỉ trang web, đường dẫn trong tin nhắn, chép nguyên văn.' },
  { field: 'traces_phone', width: 22, sample: '0900000123', guide: 'Số gọi đến hoặc nhắn tin, viết cả số 0 ở đầu.' },
  { field: 'traces_account', width: 24, sample: '0011000000001', guide: 'Số tài khoản được yêu cầu chuyển tiền vào, viết đủ chữ số.' },
  { field: 'traces_bank', width: 18, sample: 'Vietcombank', guide: 'Ngân hàng của số tài khoản ở cột bên trái.' },
  { field: 'happened_on', width: 16, sample: '18/11/2026', guide: 'Ngày/tháng/năm. Để trống nếu không rõ.' },
  { field: 'received_on', width: 16, sample: '19/11/2026', guide: 'Ngày đơn vị nhận phản ánh, ngày/tháng/năm.' },
  { field: 'money_lost', width: 18, sample: '2 triệu', guide: 'Viết như 2 triệu hoặc 2.000.000. Không mất thì ghi 0.' },
  { field: 'commune', width: 24, sample: 'Phường Thục Phán', guide: 'Tên xã, phường hiện nay, hoặc mã 5 chữ số. Ngoài tỉnh hoặc không rõ thì ghi: Không rõ.' },
  { field: 'contact_name', width: 22, sample: '', guide: 'Chỉ ghi khi người phản ánh đồng ý để cán bộ liên hệ. Ẩn danh thì để trống cả ba cột.' },
  { field: 'contact_phone', width: 20, sample: '', guide: 'Số điện thoại của người phản ánh, viết cả số 0 ở đầu.' },
  { field: 'contact_email', width: 26, sample: '', guide: 'Thư điện tử của người phản ánh.' },
];

const GUIDANCE = [
  'Điền mỗi phản ánh một dòng ở trang tính đầu tiên. Không đổi tên các cột; thứ tự cột tùy ý, cột không dùng có thể bỏ.',
  'Trang tính “Ví dụ” chỉ để xem, không được đọc khi gửi.',
  'Không dùng công thức: ô có công thức được coi là ô trống.',
  'Không ghi họ tên, tài khoản mạng xã hội của người bị phản ánh: nơi tiếp nhận không lưu những thông tin đó.',
  'Mỗi tệp nhiều nhất 200.000 dòng và 200 cột.',
];

/** The sheet to fill in, as XLSX: headings over empty rows, a filled-in example, and what to write in each column. */
export async function templateSheet(): Promise<Buffer> {
  const headings = TEMPLATE_COLUMNS.map(({ field }) => heading(SHEET_FIELDS[field].label.vi));
  const columns = TEMPLATE_COLUMNS.map(({ width }) => ({ width }));
  const blank: Row[] = Array.from({ length: BLANK_ROWS }, () => TEMPLATE_COLUMNS.map(() => ({ type: String, format: '@' })));
  const guide: Row[] = [
    [heading('Cột'), heading('Cách điền')],
    ...TEMPLATE_COLUMNS.map(({ field, guide: words }) => [body(SHEET_FIELDS[field].label.vi), body(words)]),
    [],
    ...GUIDANCE.map((words) => [null, body(words)]),
  ];
  return workbook([
    { sheet: 'Phản ánh', data: [headings, ...blank], columns, stickyRowsCount: 1 },
    { sheet: 'Ví dụ', data: [headings, TEMPLATE_COLUMNS.map(({ sample }) => body(sample))], columns, stickyRowsCount: 1 },
    { sheet: 'Hướng dẫn', data: guide, columns: [{ width: 32 }, { width: 90 }], stickyRowsCount: 1 },
  ]);
}

export interface WrongRow {
  /** Row in the sheet that was sent. */
  readonly number: number;
  readonly cells: readonly string[];
  /** In words, each a whole sentence. */
  readonly errors: readonly string[];
}

/**
 * The rows that could not be taken, as XLSX in the columns of the sheet that was sent, with one more at the end that says
 * what to correct; `guessMapping` passes over it, so that the same file can be sent again. All of it is held in memory
 * while written: the caller limits the number of rows.
 */
export async function errorSheet(header: readonly string[], rows: readonly WrongRow[]): Promise<Buffer> {
  const kept = header.map((_, column) => column).filter((column) => searchKey(header[column] ?? '') !== searchKey(TO_CORRECT));
  const data: Row[] = [
    [...kept.map((column) => heading(header[column] ?? '')), heading(TO_CORRECT)],
    ...rows.map(({ number, cells, errors }) => [...kept.map((column) => body(cells[column] ?? '')), body(`Dòng ${number}: ${errors.join(' ')}`)]),
  ];
  const columns = [...kept.map(() => ({ width: 24 })), { width: 60 }];
  return workbook([{ data, sheet: 'Cần sửa', columns, stickyRowsCount: 1 }]);
}
