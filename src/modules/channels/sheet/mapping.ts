import type { CategoryCode } from '#catalogue/categories.ts';
import { SITUATIONS } from '#catalogue/first-aid.ts';
import type { Label } from '#catalogue/label.ts';
import { searchKey } from '#core/vietnamese.ts';
import { dayOfSerial } from './cell-values.ts';
import { CATEGORY_WORDS } from './category-words.ts';
import type { SheetRow } from './unreadable.ts';

/** The answers of the public form that a sheet can give; the names are those of the form. */
export type FormAnswer =
  'category' | 'narrative' | 'traces' | 'situation' | 'money_lost' | 'happened_on' | 'commune_text' | 'commune' | 'contact_kind' | 'email' | 'phone' | 'name';
export type FormAnswers = Readonly<Partial<Record<FormAnswer, string>>>;

/** What a column of a sheet may mean. */
interface FieldDefinition {
  readonly label: Label;
  /** The answer it becomes, to find the column of an answer that the form refuses; null when it is not an answer. */
  readonly answer: FormAnswer | null;
  /** Several columns may be this; they are joined line by line in the order of the sheet. */
  readonly several: boolean;
  /** What it is when the heading speaks of the one complained about and not of the reporter; null: not taken at all. */
  readonly ofTheOther?: 'traces' | 'traces_phone' | null;
  /** Other headings in use, Vietnamese and English; up to two letters they count only as the whole heading. */
  readonly aliases: readonly string[];
}

export const SHEET_FIELDS = {
  external_id: {
    label: { vi: 'Mã của đơn vị', en: 'Your reference' }, answer: null, several: false,
    aliases: ['mã phản ánh', 'mã đơn', 'mã hồ sơ', 'số hồ sơ', 'mã vụ việc', 'mã tham chiếu', 'mã tiếp nhận', 'số tiếp nhận', 'mã số', 'mã phiếu',
      'số phiếu', 'mã', 'mã tin báo', 'id', 'ticket', 'case id', 'report id', 'reference', 'external id'],
  },
  category: {
    label: { vi: 'Loại', en: 'Category' }, answer: 'category', several: false,
    aliases: ['loại hình', 'loại hình phản ánh', 'loại phản ánh', 'loại vụ việc', 'loại vi phạm', 'hành vi', 'hành vi vi phạm', 'phân loại',
      'thể loại', 'hình thức', 'hình thức lừa đảo', 'nhóm hành vi', 'type', 'kind', 'harm'],
  },
  narrative: {
    label: { vi: 'Nội dung phản ánh', en: 'What happened' }, answer: 'narrative', several: true,
    aliases: ['nội dung', 'nội dung sự việc', 'nội dung vụ việc', 'nội dung tin báo', 'diễn biến', 'diễn biến sự việc', 'mô tả', 'mô tả sự việc',
      'tóm tắt', 'sự việc', 'chi tiết', 'tiêu đề', 'trích yếu', 'phương thức, thủ đoạn', 'description', 'narrative', 'details', 'content', 'summary'],
  },
  traces: {
    label: { vi: 'Đường dẫn, số điện thoại, tài khoản liên quan', en: 'Links, phone numbers, accounts involved' }, answer: 'traces', several: true,
    aliases: ['dấu vết', 'thông tin liên quan', 'đường dẫn, số điện thoại, số tài khoản', 'link/sđt/stk', 'traces', 'indicators', 'evidence links'],
  },
  traces_link: {
    label: { vi: 'Đường link', en: 'Link' }, answer: 'traces', several: true,
    aliases: ['link', 'liên kết', 'đường dẫn', 'url', 'website', 'trang web', 'tên miền', 'địa chỉ website', 'địa chỉ web', 'địa chỉ trang web',
      'web', 'domain'],
  },
  traces_phone: {
    label: { vi: 'Số điện thoại lừa đảo', en: 'Phone number complained about' }, answer: 'traces', several: true,
    aliases: ['sđt lừa đảo', 'số điện thoại nghi vấn', 'số điện thoại bị phản ánh', 'số gọi đến', 'số thuê bao vi phạm', 'số gọi rác', 'đầu số',
      'reported phone', 'scam phone', 'caller number'],
  },
  traces_account: {
    label: { vi: 'Số tài khoản nhận tiền', en: 'Receiving account' }, answer: 'traces', several: true,
    aliases: ['số tài khoản', 'số tài khoản ngân hàng', 'tài khoản ngân hàng', 'tài khoản nhận tiền', 'tài khoản nhận', 'stk', 'số tk',
      'account number', 'bank account'],
  },
  traces_bank: {
    label: { vi: 'Ngân hàng', en: 'Bank' }, answer: 'traces', several: true,
    aliases: ['tên ngân hàng', 'ngân hàng nhận', 'ngân hàng thụ hưởng', 'bank name'],
  },
  happened_on: {
    label: { vi: 'Ngày xảy ra', en: 'Date it happened' }, answer: 'happened_on', several: false,
    aliases: ['ngày xảy ra sự việc', 'thời gian xảy ra', 'thời điểm xảy ra', 'ngày bị lừa', 'ngày sự việc', 'thời gian', 'date', 'incident date',
      'date of incident', 'happened on'],
  },
  received_on: {
    label: { vi: 'Ngày tiếp nhận', en: 'Date received' }, answer: null, several: false,
    aliases: ['ngày nhận', 'ngày phản ánh', 'ngày gửi', 'ngày gửi phản ánh', 'thời gian tiếp nhận', 'thời gian phản ánh', 'thời gian gửi', 'ngày tạo',
      'received on', 'received', 'created at'],
  },
  money_lost: {
    label: { vi: 'Số tiền thiệt hại', en: 'Money lost' }, answer: 'money_lost', several: false,
    aliases: ['số tiền bị mất', 'số tiền bị lừa', 'số tiền bị chiếm đoạt', 'số tiền', 'thiệt hại', 'thiệt hại (đồng)', 'amount', 'amount lost',
      'loss'],
  },
  commune: {
    label: { vi: 'Xã/phường', en: 'Commune or ward' }, answer: 'commune_text', several: false,
    aliases: ['xã, phường, thị trấn', 'xã phường', 'phường/xã', 'xã', 'phường', 'địa bàn', 'nơi xảy ra', 'địa phương', 'mã xã', 'commune', 'ward'],
  },
  contact_name: {
    label: { vi: 'Họ tên', en: 'Name' }, answer: 'name', several: false, ofTheOther: null,
    aliases: ['họ và tên', 'họ tên người phản ánh', 'tên người phản ánh', 'người phản ánh', 'người gửi', 'người báo tin', 'full name', 'reporter',
      'reporter name'],
  },
  contact_phone: {
    label: { vi: 'Điện thoại liên hệ', en: 'Contact phone' }, answer: 'phone', several: false, ofTheOther: 'traces_phone',
    aliases: ['số điện thoại', 'số điện thoại liên hệ', 'sđt liên hệ', 'sđt', 'điện thoại', 'số đt', 'đt', 'sđt người phản ánh',
      'điện thoại người phản ánh', 'số điện thoại người phản ánh', 'phone', 'phone number', 'mobile'],
  },
  contact_email: {
    label: { vi: 'Thư điện tử', en: 'E-mail' }, answer: 'email', several: false, ofTheOther: 'traces',
    aliases: ['email', 'địa chỉ email', 'hộp thư', 'email address'],
  },
  situation: {
    label: { vi: 'Tình huống', en: 'Situation' }, answer: 'situation', several: false,
    aliases: ['hoàn cảnh'],
  },
} as const satisfies Readonly<Record<string, FieldDefinition>>;
export type SheetField = keyof typeof SHEET_FIELDS;

/** Headings that are known and not taken: what the desk does not need, and who somebody is (SCOPE, never built 3). */
const NOT_TAKEN = [
  'stt', 'số thứ tự', 'tt', 'ghi chú', 'cần sửa', 'kết quả', 'kết quả xử lý', 'trạng thái', 'tình trạng', 'cán bộ', 'cán bộ tiếp nhận', 'người xử lý',
  'đơn vị xử lý', 'ngày xử lý', 'ngày trả lời', 'số tiền thu hồi', 'địa chỉ', 'cccd', 'cmnd', 'số cccd', 'năm sinh', 'ngày sinh', 'giới tính',
  'nghề nghiệp', 'dân tộc', 'nguồn', 'kênh tiếp nhận', 'tên đối tượng', 'người bị phản ánh', 'chủ tài khoản', 'tên chủ tài khoản', 'tác giả',
  'người đăng', 'no', 'note', 'notes', 'status', 'result', 'address', 'author', 'owner', 'account holder',
] as const;
/** The heading speaks of the one complained about ("bị lừa đảo" speaks of the other side). */
const OF_THE_OTHER = /\b(doi tuong|(?<!bi )lua dao|nghi van|nghi ngo|vi pham|bi phan anh|bi to cao|ke gian|ke xau|thu pham|lam phien|scam|scammer|suspect|suspected)\b/;
/** Longer cells are no headings. */
const LONGEST_HEADING = 80;
/** How many rows at the top may hold titles before the headings. */
export const ROWS_LOOKED_AT = 20;
const FEWEST_HEADINGS = 2;

/** What the columns of one sheet mean; plain JSON. */
export interface Mapping {
  /** Number of the row with the headings, as the spreadsheet shows it; 0 when there is none. */
  readonly headerRow: number;
  /** By column from 0; columns that are not named are not read. */
  readonly columns: Readonly<Record<number, SheetField>>;
  /** What the officer said a word of the category column stands for, by search key. */
  readonly categoryWords: Readonly<Record<string, CategoryCode>>;
  /** For rows whose category cell is empty or that have none. */
  readonly defaultCategory: CategoryCode | null;
}

interface Guess {
  readonly field: SheetField | null;
  /** Length of what was recognised; a whole heading counts more than any part of one. */
  readonly strength: number;
}

const NO_GUESS: Guess = { field: null, strength: 0 };
const WHOLE = 1000;

const KNOWN: readonly { readonly alias: string; readonly asWords: string; readonly field: SheetField | null }[] = [
  ...NOT_TAKEN.map((heading) => ({ heading, field: null })),
  ...Object.entries(SHEET_FIELDS).flatMap(([field, { label, aliases }]) =>
    [label.vi, label.en, ...aliases].map((heading) => ({ heading, field: field as SheetField }))),
].map(({ heading, field }) => ({ alias: headingKey(heading), asWords: ` ${headingKey(heading)} `, field }));

/** Words of a heading: without marks, punctuation, and what stands in brackets for the one who fills in. */
function headingKey(heading: string): string {
  return searchKey(heading).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function guessOf(heading: string): Guess {
  if (heading.length > LONGEST_HEADING) return NO_GUESS;
  const key = headingKey(heading);
  const bare = headingKey(heading.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  const words = ` ${key} `;
  let best = NO_GUESS;
  for (const { alias, asWords, field } of KNOWN) {
    const isWhole = key === alias || (field !== null && bare === alias);
    if (!isWhole && (alias.length <= 2 || !words.includes(asWords))) continue;
    const strength = isWhole ? WHOLE + alias.length : alias.length;
    if (strength > best.strength) best = { field, strength };
  }
  return { ...best, field: sideOf(best.field, key) };
}

function sideOf(field: SheetField | null, key: string): SheetField | null {
  if (field === null || !OF_THE_OTHER.test(key)) return field;
  const definition: FieldDefinition = SHEET_FIELDS[field];
  return definition.ofTheOther === undefined ? field : definition.ofTheOther;
}

/**
 * A first proposal of what columns mean, for an officer to confirm. A field that may stand once goes to the heading that
 * names it best; headings that say nothing known are left out.
 */
export function guessMapping(header: readonly string[], headerRow = 1): Mapping {
  const guesses = header.map((heading, column) => ({ column, ...guessOf(heading) })).filter(({ field }) => field !== null);
  const columns: Record<number, SheetField> = {};
  const taken = new Set<SheetField>();
  for (const { column, field } of guesses.toSorted((a, b) => b.strength - a.strength || a.column - b.column)) {
    if (field === null || (taken.has(field) && !SHEET_FIELDS[field].several)) continue;
    columns[column] = field;
    taken.add(field);
  }
  return { headerRow, columns, categoryWords: {}, defaultCategory: null };
}

/** Number of the row with the headings: of the first rows, the one with most columns that are known; null when none has two. */
export function headerRowOf(first20Rows: readonly Pick<SheetRow, 'number' | 'cells'>[]): number | null {
  let best = { number: 0, known: FEWEST_HEADINGS - 1 };
  for (const { number, cells } of first20Rows.slice(0, ROWS_LOOKED_AT)) {
    const known = Object.keys(guessMapping(cells).columns).length;
    if (known > best.known) best = { number, known };
  }
  return best.number || null;
}

/** Faults that only a sheet has; the form finds the others. */
export type SheetIssue = 'category_unknown' | 'digits_lost';

export interface RowError {
  readonly field: SheetField;
  /** From 0. */
  readonly column: number;
  readonly issue: SheetIssue;
}

export interface RowAnswers {
  readonly fields: FormAnswers;
  readonly externalId: string | null;
  /** As the sheet has it, days as the form reads them; null when no column or an empty cell. */
  readonly receivedOn: string | null;
}

/**
 * One row as answers of the public form, to be checked by the form's own rules, or what stops it before that.
 * Texts pass unchanged but for what a spreadsheet does to them: lost leading zeros, days as numbers or with an hour.
 */
export function rowToFields(row: Pick<SheetRow, 'cells'>, mapping: Mapping): RowAnswers | { readonly errors: readonly RowError[] } {
  const all = cellsOf(row.cells, mapping);
  const filled = all.filter(({ text }) => text !== '');
  const errors = filled.flatMap((cell) => issueOf(cell, mapping));
  if (errors.length > 0) return { errors };
  const one = (field: SheetField) => filled.find((cell) => cell.field === field)?.text ?? '';
  const isMapped = (field: SheetField) => Object.values(mapping.columns).includes(field);
  const [email, phone] = [one('contact_email'), withZero(one('contact_phone'))];
  return {
    externalId: one('external_id') || null,
    receivedOn: dayText(one('received_on')) || null,
    fields: {
      category: categoryOf(one('category'), mapping) ?? '',
      narrative: filled.filter(({ field }) => field === 'narrative').map(({ text }) => text).join('\n'),
      traces: tracesOf(all).join('\n'),
      situation: SITUATION_KEYS.get(searchKey(one('situation'))) ?? '',
      money_lost: one('money_lost'),
      happened_on: dayText(one('happened_on')),
      ...communeOf(one('commune'), isMapped('commune')),
      // A name alone reaches nobody; it is not kept.
      contact_kind: email || phone ? 'contact' : 'anonymous',
      email, phone, name: one('contact_name'),
    },
  };
}

interface Cell {
  readonly column: number;
  readonly field: SheetField;
  readonly text: string;
}

function cellsOf(cells: readonly string[], mapping: Mapping): Cell[] {
  return Object.entries(mapping.columns)
    .map(([column, field]) => ({ column: Number(column), field, text: (cells[Number(column)] ?? '').trim() }))
    .toSorted((a, b) => a.column - b.column);
}

/** A long number that some program wrote as 1.23E+11: its last digits are gone. */
const WITH_EXPONENT = /\d[.,]?\d*e\+\d/i;
const DIGITS_MATTER: readonly SheetField[] = ['traces_phone', 'traces_account', 'contact_phone'];

function issueOf({ column, field, text }: Cell, mapping: Mapping): RowError[] {
  if (field === 'category' && categoryOf(text, mapping) === null) return [{ field, column, issue: 'category_unknown' }];
  return DIGITS_MATTER.includes(field) && WITH_EXPONENT.test(text) ? [{ field, column, issue: 'digits_lost' }] : [];
}

function categoryOf(text: string, { categoryWords, defaultCategory }: Mapping): CategoryCode | null {
  const key = searchKey(text);
  if (key === '') return defaultCategory;
  return (Object.hasOwn(categoryWords, key) ? categoryWords[key] : CATEGORY_WORDS.get(key)) ?? null;
}

const SITUATION_KEYS: ReadonlyMap<string, string> = new Map(
  SITUATIONS.flatMap(({ key, title }) => [key, title.vi, title.en].map((word) => [searchKey(word), key] as const)));

/** Vietnamese mobile numbers have nine digits after the zero (03, 05, 07, 08, 09), landlines ten (02); a spreadsheet drops the zero. */
const ZERO_LOST = /^(?:[35789]\d{8}|2\d{9})$/;

/** Telephone numbers of one cell with the zero back in front. */
function withZero(text: string): string {
  return text.split(/(\s*[,;/\n]\s*)/).map((part) => (ZERO_LOST.test(part.replace(/[\s.-]/g, '')) ? `0${part}` : part)).join('');
}

/** One line for each trace, named so that it is recognised; an account together with its bank. */
function tracesOf(columns: readonly Cell[]): string[] {
  const accounts = columns.filter(({ field }) => field === 'traces_account');
  const banks = columns.filter(({ field }) => field === 'traces_bank');
  // As many bank columns as account columns go in pairs, a single one goes with all; anything else would be a guess.
  const bankOf = (account: Cell) => (banks.length === 1 ? banks[0] : banks.length === accounts.length ? banks[accounts.indexOf(account)] : undefined);
  const named = new Set(accounts.filter(({ text }) => text !== '').map(bankOf));
  return columns.flatMap((cell) => {
    const { field, text } = cell;
    if (text === '') return [];
    if (field === 'traces' || field === 'traces_link') return [text];
    if (field === 'traces_phone') return [`Số điện thoại: ${withZero(text)}`];
    if (field === 'traces_bank') return named.has(cell) ? [] : [`Ngân hàng: ${text}`];
    if (field !== 'traces_account') return [];
    const bank = bankOf(cell)?.text;
    return [`Số tài khoản: ${text}${bank ? `, ngân hàng ${bank}` : ''}`];
  });
}

/** The form's answer for "outside the province, or not known". */
const OUTSIDE = '-';
const OUTSIDE_WORDS: ReadonlySet<string> = new Set(['-', 'ngoai tinh', 'ngoai tinh, hoac khong ro', 'khong ro', 'outside', 'outside the province', 'unknown']);

function communeOf(text: string, isMapped: boolean): FormAnswers {
  if (!isMapped || OUTSIDE_WORDS.has(searchKey(text))) return { commune: OUTSIDE };
  return /^\d{5}$/.test(text) ? { commune: text } : { commune_text: text };
}

const [FIRST_SERIAL, LAST_SERIAL] = [32_874, 73_051];
const DAY = /(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})(?!\d)/g;

/** A day as the form reads it: serial numbers of 1990 to 2099 become days; of a text with one day in it ("14:30 18/11/2026") that day. */
function dayText(text: string): string {
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : 0;
  if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL) return dayOfSerial(serial) ?? text;
  const days = text.match(DAY) ?? [];
  return days.length === 1 ? days[0]! : text;
}
