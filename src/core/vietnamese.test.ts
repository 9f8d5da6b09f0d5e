import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collator, moneyVnd, normalise, oldTone, parseMoney, searchKey, searchWords } from './vietnamese.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('normalise', () => {
  it.each([
    ['gia\u0309 ma\u0323o', 'giả mạo'],
    ['a\u0000b\u0007c\u0085d', 'abc\nd'],
    ['một\tdòng\r\nhai\rba\u2028bốn', 'một dòng\nhai\nba\nbốn'],
    ['viet\u200bcom\u202ebank\u2066', 'vietcombank'],
    ['e\u200b\u0301', 'é'],
    ['\ud83dx\udc00 😀', 'x 😀'],
    ['  \u00a0trống \n', 'trống'],
  ])('%j → %j', (input, output) => expect(normalise(input)).toBe(output));

  it('is idempotent, well formed and free of what PostgreSQL refuses', () => {
    fc.assert(fc.property(anyText, (text) => {
      const once = normalise(text);
      expect(normalise(once)).toBe(once);
      expect(once.isWellFormed()).toBe(true);
      expect(once).not.toContain('\u0000');
    }));
    expect(normalise('\ud800')).toBe('');
  });
});

describe('searchWords', () => {
  it.each([
    ['Giả mạo: VNeID-capnhat.example!', ' gia mao vneid capnhat example '],
    ['giả\u00a0mạo'.normalize('NFD'), ' gia mao '],
    ['…', ''], ['', ''],
    [`dài ${'a'.repeat(5000)}`, ` dai ${'a'.repeat(60)} `],
  ])('%.30j → %.80j', (text, words) => expect(searchWords(text)).toBe(words));
});

describe('searchKey', () => {
  it.each(['giả mạo', 'giả mạo'.normalize('NFD'), 'GIA  MAO', 'Giả\u200b\nMẠO '])('%j is "gia mao"', (text) => {
    expect(searchKey(text)).toBe('gia mao');
  });
  it.each([['Đường đi', 'duong di'], ['ÐỨC', 'duc'], ['Hoà', 'hoa'], ['Hòa', 'hoa']])('%s → %s', (text, key) => {
    expect(searchKey(text)).toBe(key);
  });
  it('is idempotent and the same for NFC and NFD', () => {
    fc.assert(fc.property(anyText, (text) => {
      const key = searchKey(text);
      expect(searchKey(key)).toBe(key);
      expect(searchKey(normalise(text).normalize('NFD'))).toBe(key);
    }));
  });
});

describe('oldTone', () => {
  it.each([
    ['Thuỷ Nguyên', 'Thủy Nguyên'], ['Hoà Bình', 'Hòa Bình'], ['HOÀ', 'HÒA'], ['Khoẻ', 'Khỏe'],
    ['Uỷ ban', 'Ủy ban'], ['Quý', 'Quý'], ['QUỲ', 'QUỲ'], ['Hoàng Huỳnh', 'Hoàng Huỳnh'], ['khuỷu', 'khuỷu'],
    ['Hòa Thủy', 'Hòa Thủy'], ['Xoài', 'Xoài'], ['Hoa', 'Hoa'],
  ])('%s → %s', (name, shown) => expect(oldTone(name)).toBe(shown));
});

it('sorts in Vietnamese order', () => {
  const words = ['đá', 'da', 'ê', 'e', 'ă', 'â', 'a', 'số 10', 'số 9'];
  expect(words.sort(collator.compare)).toEqual(['a', 'ă', 'â', 'da', 'đá', 'e', 'ê', 'số 9', 'số 10']);
});

describe('money', () => {
  it.each([
    [12_000_000, '12.000.000 đồng'], [0, '0 đồng'], [999, '999 đồng'], [1000n, '1.000 đồng'], [-1500, '-1.500 đồng'],
  ])('%s is written %s', (amount, text) => expect(moneyVnd(amount)).toBe(text));
  it('refuses parts of a đồng', () => expect(() => moneyVnd(0.5)).toThrow(RangeError));

  it.each([
    ['12 triệu', 12_000_000], ['1,5 tr', 1_500_000], ['12.000.000', 12_000_000], ['500k', 500_000],
    ['2 tỷ 300 triệu', 2_300_000_000], ['2 tỉ 3', 2_300_000_000], ['1tr5', 1_500_000], ['2 triệu rưỡi', 2_500_000],
    ['12 000 000 đ', 12_000_000], ['12,000,000 VND', 12_000_000], ['500,000', 500_000], ['0', 0],
    ['1.500 triệu', 1_500_000_000], ['3 nghìn đồng', 3000], ['1.526.950.000 đồng', 1_526_950_000], ['20 ngàn', 20_000],
    ['2 tỷ 300 triệu 500 nghìn', 2_300_500_000], ['12tr500k', 12_500_000],
  ])('%s → %s', (text, amount) => expect(parseMoney(text)).toBe(amount));

  it.each([
    '', 'nhiều', '0 rưỡi', '1 tỷ rưỡi 5 triệu rưỡi', '1,500 triệu', '1.5', '12 tháng', '300 triệu 2 tỷ', '-5',
    '12..000', '5 5', '99999999999999999', 'rưỡi', '1,23456789 k', '12 triệu và 3',
  ])('%j is no single amount', (text) => expect(parseMoney(text)).toBeNull());

  it('reads back what moneyVnd writes', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (n) => {
      expect(parseMoney(moneyVnd(n))).toBe(n);
    }));
  });
  it('never throws', () => {
    const unit = fc.constantFrom(...'0123456789.,', ' ', 'tr', 'tỷ', 'k', 'đ', 'rưỡi', 'nghìn');
    fc.assert(fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      const amount = parseMoney(text);
      expect(amount === null || (Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
    }));
  });
});
