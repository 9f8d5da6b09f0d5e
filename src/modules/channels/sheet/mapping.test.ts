import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES, CATEGORY_CODES } from '#catalogue/categories.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { extract } from '#core/indicators/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import { FIELDS, OUTSIDE, reportFromFields, type SendContext } from '../../intake/schema.ts';
import { CATEGORY_WORDS } from './category-words.ts';
import { guessMapping, headerRowOf, type Mapping, type RowAnswers, rowToFields, SHEET_FIELDS, type SheetField } from './mapping.ts';

const communes = communesOf('04').map(({ code, fullName, name }) => ({ code, name: fullName, search: searchKey(`${fullName} ${name}`) }));
const context: SendContext = { now: new Date('2026-11-22T02:00:00Z'), communes, channel: 'web', language: 'vi', idempotencyKey: 'k'.repeat(32), uploads: [] };
const mappingOf = (fields: readonly SheetField[], more: Partial<Mapping> = {}): Mapping =>
  ({ headerRow: 1, columns: Object.fromEntries(fields.map((field, column) => [column, field])), categoryWords: {}, defaultCategory: null, ...more });
const answersOf = (cells: readonly string[], mapping: Mapping): RowAnswers => {
  const result = rowToFields({ cells }, mapping);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result;
};
/** One cell of one field, as the answer of the form. */
const answer = (field: SheetField, text: string, name: string) => answersOf([text], mappingOf([field])).fields[name as 'traces'];

/** Milliseconds: making up odd text takes its time on a busy machine. */
const SLOW = { timeout: 30_000 };

describe('what columns mean', SLOW, () => {
  test.each<[string, SheetField | undefined]>([
    ['Nội dung', 'narrative'], ['NỘI DUNG PHẢN ÁNH', 'narrative'], ['Nội dung phản ánh (bắt buộc) *', 'narrative'], ['Diễn biến', 'narrative'],
    ['Mô tả sự việc', 'narrative'],
    ['Loại hình', 'category'], ['Hành vi', 'category'], ['Hành vi vi phạm', 'category'], ['Hình thức lừa đảo', 'category'],
    ['Số tiền thiệt hại', 'money_lost'], ['Số tiền thiệt hại (VNĐ)', 'money_lost'], ['Số tiền bị lừa đảo', 'money_lost'], ['Thiệt hại', 'money_lost'],
    ['Ngày xảy ra', 'happened_on'], ['Ngày xảy ra (dd/mm/yyyy)', 'happened_on'], ['Ngày tiếp nhận', 'received_on'], ['Ngày nhận phản ánh', 'received_on'],
    ['Xã/phường', 'commune'], ['Xã, phường, thị trấn', 'commune'], ['Địa chỉ (xã/phường)', 'commune'], ['Địa bàn', 'commune'],
    ['Đường link', 'traces_link'], ['Link website', 'traces_link'], ['Địa chỉ website', 'traces_link'], ['URL', 'traces_link'],
    ['SĐT đối tượng lừa đảo', 'traces_phone'], ['Số điện thoại của đối tượng', 'traces_phone'], ['SĐT nghi vấn', 'traces_phone'],
    ['Số điện thoại bị phản ánh', 'traces_phone'],
    ['Số tài khoản', 'traces_account'], ['Số tài khoản ngân hàng của đối tượng', 'traces_account'], ['STK', 'traces_account'], ['Ngân hàng', 'traces_bank'],
    ['Họ tên', 'contact_name'], ['Họ và tên người phản ánh', 'contact_name'], ['Điện thoại liên hệ', 'contact_phone'], ['SĐT', 'contact_phone'],
    ['SĐT người bị lừa đảo', 'contact_phone'],
    ['E-mail', 'contact_email'], ['Email đối tượng', 'traces'], ['Mã hồ sơ', 'external_id'], ['Mã của đơn vị', 'external_id'], ['ID', 'external_id'],
    ['What happened', 'narrative'], ['Description of incident', 'narrative'], ['Category', 'category'], ['Incident date', 'happened_on'],
    ['Amount lost (VND)', 'money_lost'],
    ['Họ tên đối tượng', undefined], ['Đối tượng', undefined], ['Facebook đối tượng', undefined], ['Suspect name', undefined],
    ['Suspect phone', 'traces_phone'], ['Địa chỉ đối tượng', undefined], ['Họ và tên đối tượng lừa đảo', undefined], ['Tên chủ tài khoản', undefined],
    ['Tác giả', undefined], ['Địa chỉ', undefined],
    ['STT', undefined], ['Ghi chú', undefined], ['Kết quả xử lý', undefined], ['Cần sửa', undefined], ['Số CCCD', undefined], ['Người xử lý', undefined],
    ['', undefined],
    ['Thủ tướng', undefined], ['constructor', undefined], [`Nội dung ${'rất dài '.repeat(20)}`, undefined],
  ])('“%s” is %s', (heading, field) => expect(guessMapping([heading]).columns[0]).toBe(field));

  test('every heading of its own, in both languages, is what it says', () => {
    for (const [field, { label, aliases }] of Object.entries(SHEET_FIELDS)) {
      for (const heading of [label.vi, label.en, ...aliases]) expect([heading, guessMapping([heading]).columns[0]]).toEqual([heading, field]);
    }
  });

  test('a field that stands once goes to the heading that names it best; traces and the narrative may be several', () => {
    const header = ['STT', 'Thời gian', 'Ngày xảy ra', 'Nội dung', 'Diễn biến', 'Link', 'Link phụ', 'SĐT', 'Điện thoại liên hệ', 'Cần sửa'];
    expect(guessMapping(header, 3)).toEqual({
      headerRow: 3, categoryWords: {}, defaultCategory: null,
      columns: { 2: 'happened_on', 3: 'narrative', 4: 'narrative', 5: 'traces_link', 6: 'traces_link', 8: 'contact_phone' },
    });
  });

  test('is plain JSON, and the same after it', () => {
    const mapping = guessMapping(['Loại', 'Nội dung', 'Link', 'Link 2']);
    expect(answersOf(['Lừa đảo', 'a', 'b', 'c'], JSON.parse(JSON.stringify(mapping)) as Mapping)).toEqual(answersOf(['Lừa đảo', 'a', 'b', 'c'], mapping));
  });

  test('the headings are found below titles and above rows that mention the same words', () => {
    const row = (number: number, ...cells: string[]) => ({ number, cells });
    const title = row(1, 'BẢNG TỔNG HỢP NỘI DUNG PHẢN ÁNH QUÝ IV');
    const header = row(4, 'STT', 'Nội dung', 'Hành vi', 'Xã/phường');
    const data = row(5, '1', 'Có người gửi link và số tài khoản ngân hàng', 'Lừa đảo', 'Phường Thục Phán');
    expect(headerRowOf([title, row(2, 'Đơn vị: Công an phường'), header, data])).toBe(4);
    expect(headerRowOf([title, row(2, 'abc', 'def')])).toBeNull();
    expect(headerRowOf([])).toBeNull();
    expect(headerRowOf([...Array.from({ length: 20 }, (_, at) => row(at + 1, 'x')), header])).toBeNull();
  });

  test('whatever the headings', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 6 }), (header) => {
      const columns = Object.keys(guessMapping(header).columns).map(Number);
      expect(columns.every((column) => column < header.length)).toBe(true);
    }));
  });
});

describe('a row', SLOW, () => {
  const header = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Hành vi', 'Nội dung', 'Link', 'SĐT lừa đảo', 'Số tài khoản', 'Ngân hàng', 'Ngày xảy ra', 'Số tiền thiệt hại',
    'Xã/phường', 'Họ tên', 'SĐT liên hệ', 'Email'];
  const cells = [' HS-01 ', '46345', 'LỪA ĐẢO QUA MẠNG', 'Có người gọi báo nợ tiền điện, bảo chuyển khoản.', 'https://dien-luc.example/tra',
    '912345678; 0987 654 321', '0011000000001', 'Vietcombank',
    '14:30 18/11/2026', '1.500.000đ', 'Phường Thục Phán', 'Nông Thị Lan', '912.345.678', ''];

  test('becomes the answers of the form, which takes them', () => {
    const { fields, externalId, receivedOn } = answersOf(cells, guessMapping(header));
    expect([externalId, receivedOn]).toEqual(['HS-01', '2026-11-19']);
    expect(reportFromFields(fields, context)).toMatchObject({
      ok: true,
      report: {
        category: 'scam', happenedOn: '2026-11-18', moneyLost: 1_500_000, communeCode: communes.find(({ name }) => name === 'Phường Thục Phán')!.code,
        traces: 'https://dien-luc.example/tra\nSố điện thoại: 0912345678; 0987 654 321\nSố tài khoản: 0011000000001, ngân hàng Vietcombank',
        contact: { phone: '0912.345.678', name: 'Nông Thị Lan' },
      },
    });
    expect(extract(fields.traces!).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'url dien-luc.example/tra', 'phone +84912345678', 'phone +84987654321', 'bank_account 970436|0011000000001',
    ]);
  });

  test('gives only answers the form knows, named as it names them', () => {
    expect(Object.keys(answersOf(cells, guessMapping(header)).fields).filter((field) => !(FIELDS as readonly string[]).includes(field))).toEqual([]);
    for (const { answer: name } of Object.values(SHEET_FIELDS)) expect(name === null || (FIELDS as readonly string[]).includes(name)).toBe(true);
  });

  test('without a category the form says so; with a default it has that', () => {
    expect(answer('category', '', 'category')).toBe('');
    expect(answersOf(['x'], mappingOf(['narrative'], { defaultCategory: 'scam' })).fields.category).toBe('scam');
    expect(answersOf(['', 'x'], mappingOf(['category', 'narrative'], { defaultCategory: 'spam_calls_messages' })).fields.category).toBe('spam_calls_messages');
  });

  test('a word for the category that nobody explained is an error, and none once explained', () => {
    const mapping = mappingOf(['narrative', 'category'], { defaultCategory: 'scam' });
    expect(rowToFields({ cells: ['x', 'Tin giả'] }, mapping)).toEqual({ errors: [{ field: 'category', column: 1, issue: 'category_unknown' }] });
    expect(answersOf(['x', 'TIN GIẢ '], { ...mapping, categoryWords: { 'tin gia': 'false_emergency_alert' } }).fields.category).toBe('false_emergency_alert');
    expect(rowToFields({ cells: ['x', 'constructor'] }, mapping)).toHaveProperty('errors');
  });

  test.each<[SheetField, string, string, string]>([
    ['contact_phone', '912345678', 'phone', '0912345678'], ['contact_phone', '0912345678', 'phone', '0912345678'],
    ['contact_phone', '+84912345678', 'phone', '+84912345678'],
    ['contact_phone', '2063852123', 'phone', '02063852123'], ['contact_phone', '19001234', 'phone', '19001234'],
    ['contact_phone', '112345678', 'phone', '112345678'],
    ['traces_phone', '912345678, 387654321', 'traces', 'Số điện thoại: 0912345678, 0387654321'],
    ['traces_account', '912345678', 'traces', 'Số tài khoản: 912345678'],
    ['traces_bank', 'BIDV', 'traces', 'Ngân hàng: BIDV'],
    ['happened_on', '46344', 'happened_on', '2026-11-18'], ['happened_on', '46344.604', 'happened_on', '2026-11-18'],
    ['happened_on', '18/11/2026', 'happened_on', '18/11/2026'],
    ['happened_on', '18/11/2026 14:30:05', 'happened_on', '18/11/2026'], ['happened_on', '14h30 ngày 18/11/2026', 'happened_on', '18/11/2026'],
    ['happened_on', '2026-11-18T07:05:00Z', 'happened_on', '2026-11-18'],
    ['happened_on', '8h, 18/11/2026', 'happened_on', '18/11/2026'], ['happened_on', '9:05 SA 18-11-2026', 'happened_on', '18-11-2026'],
    ['happened_on', 'hôm qua', 'happened_on', 'hôm qua'], ['happened_on', '12345', 'happened_on', '12345'],
    ['happened_on', '18/11/2026 đến 20/11/2026', 'happened_on', '18/11/2026 đến 20/11/2026'],
    ['money_lost', '2 triệu', 'money_lost', '2 triệu'], ['commune', 'Phường Thục Phán', 'commune_text', 'Phường Thục Phán'],
    ['commune', '01273', 'commune', '01273'],
    ['commune', 'Không rõ', 'commune', OUTSIDE], ['situation', 'Tôi vừa chuyển tiền cho kẻ lừa đảo', 'situation', 'transfer_just_made'],
    ['situation', 'gì đó', 'situation', ''],
  ])('%s “%s” gives %s “%s”', (field, text, name, value) => expect(answer(field, text, name)).toBe(value));

  test('a commune is missing only where a column asks for it', () => {
    expect(answer('narrative', 'x', 'commune')).toBe(OUTSIDE);
    const { fields } = answersOf(['Lừa đảo', 'Có người gọi bảo chuyển tiền.', ''], mappingOf(['category', 'narrative', 'commune']));
    expect(reportFromFields(fields, context)).toEqual({ ok: false, errors: { commune_text: 'commune_missing' } });
  });

  test('an account goes with its bank, several with theirs', () => {
    const mapping = mappingOf(['traces_account', 'traces_bank', 'traces_account', 'traces_bank', 'traces']);
    expect(answersOf(['111', 'BIDV', '222', 'VietinBank', 'zalo.me/g/abc'],
      mapping).fields.traces).toBe('Số tài khoản: 111, ngân hàng BIDV\nSố tài khoản: 222, ngân hàng VietinBank\nzalo.me/g/abc');
    expect(answersOf(['111', '', '222', 'VietinBank', ''], mapping).fields.traces).toBe('Số tài khoản: 111\nSố tài khoản: 222, ngân hàng VietinBank');
    expect(answersOf(['', 'BIDV', '222', '', ''], mapping).fields.traces).toBe('Ngân hàng: BIDV\nSố tài khoản: 222');
    expect(answersOf(['111', '222', 'BIDV'], mappingOf(['traces_account', 'traces_account',
      'traces_bank'])).fields.traces).toBe('Số tài khoản: 111, ngân hàng BIDV\nSố tài khoản: 222, ngân hàng BIDV');
  });

  test('a number that lost its digits is an error, not a wrong account', () => {
    const mapping = mappingOf(['traces_account', 'contact_phone', 'narrative']);
    expect(rowToFields({ cells: ['1.23457E+12', '9,1E+08', 'giá 1.2E+3'] }, mapping)).toEqual({
      errors: [{ field: 'traces_account', column: 0, issue: 'digits_lost' }, { field: 'contact_phone', column: 1, issue: 'digits_lost' }],
    });
  });

  test('somebody who left nothing to reach them by is anonymous', () => {
    expect(answersOf(['Lan'], mappingOf(['contact_name'])).fields.contact_kind).toBe('anonymous');
    expect(answersOf(['Lan', 'lan@vidu.example'], mappingOf(['contact_name', 'contact_email'])).fields.contact_kind).toBe('contact');
  });

  test('whatever the cells', () => {
    const any = mappingOf(Object.keys(SHEET_FIELDS) as SheetField[]);
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 18 }), (some) => {
      const result = rowToFields({ cells: some }, any);
      if ('fields' in result) expect(typeof reportFromFields(result.fields, context).ok).toBe('boolean');
    }));
  });
});

describe('the words for categories', () => {
  test('each stands for one category only, and every category has its names', () => {
    for (const { code, label, plain } of CATEGORIES) {
      for (const word of [label.vi, label.en, plain.vi, plain.en, code]) expect([word, CATEGORY_WORDS.get(searchKey(word))]).toEqual([word, code]);
    }
    expect([...new Set(CATEGORY_WORDS.values())].toSorted()).toEqual(CATEGORY_CODES.toSorted());
  });

  test.each(['Tin giả', 'Tin sai sự thật', 'Xuyên tạc', 'Nói xấu', 'Khác', 'Vi phạm'])('“%s” stands for none by itself',
    (word) => expect(CATEGORY_WORDS.has(searchKey(word))).toBe(false));
});
