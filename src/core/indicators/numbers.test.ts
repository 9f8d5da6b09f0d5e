import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from './extract.ts';
import { parsePhone } from './phone.ts';

const keys = (text: string): string[] => extract(text).map(({ kind, key }) => `${kind} ${key}`);

describe('whose number a bank is', () => {
  it.each([
    ['SĐT: 0912345678\nSTK 19037654321012 Techcombank', ['phone +84912345678', 'bank_account 970407|19037654321012']],
    ['0912345678\nSTK 19037654321012 Techcombank', ['phone +84912345678', 'bank_account 970407|19037654321012']],
    ['0912345678\nTechcombank 19037654321012', ['phone +84912345678', 'bank_account 970407|19037654321012']],
    ['STK 1012345678 Vietcombank\n0912345678', ['bank_account 970436|1012345678', 'phone +84912345678']],
    ['stk 1012345678, 0912345678', ['bank_account ?|1012345678', 'phone +84912345678']],
    ['STK 1012345678\nSTK 19037654321012 Techcombank', ['bank_account ?|1012345678', 'bank_account 970407|19037654321012']],
    ['VCB 1012345678 MB 0912345678', ['bank_account 970436|1012345678', 'bank_account 970422|0912345678', 'phone +84912345678']],
    ['Vietcombank: 1012345678, 1012345679', ['bank_account 970436|1012345678', 'bank_account 970436|1012345679']],
    ['Vietcombank\n1012345678\nNGUYEN VAN A\n0912345678', ['bank_account 970436|1012345678', 'phone +84912345678']],
    ['STK 1012345678 tại Vietcombank. STK 19037654321012 tại Techcombank', ['bank_account 970436|1012345678', 'bank_account 970407|19037654321012']],
    ['Gọi 0912345678, ngân hàng BIDV số 21510001234567', ['phone +84912345678', 'bank_account 970418|21510001234567']],
  ])('%j has %j', (text, expected) => expect(keys(text)).toEqual(expected));
});

describe('wallets', () => {
  it.each([
    ['momo 0912345678', 'bank_account 971025|0912345678'], ['ví MoMo: 0912345678', 'bank_account 971025|0912345678'],
    ['STK MoMo 0912345678', 'bank_account 971025|0912345678'], ['sđt 0912345678 (momo)', 'bank_account 971025|0912345678'],
    ['ZaloPay 0912.345.678', 'bank_account ZALOPAY|0912345678'], ['nạp qua zalo pay số 0912345678', 'bank_account ZALOPAY|0912345678'],
    ['Viettel Money 0912345678', 'bank_account 971005|0912345678'], ['0912345678 VNPT Money', 'bank_account 971011|0912345678'],
  ])('%j is an account of the wallet and a telephone number', (text, account) => expect(keys(text)).toEqual([account, 'phone +84912345678']));
  it.each(['zalo 0912345678', 'SĐT 0912345678\nTôi chuyển qua ví MoMo'])('%j is a telephone number alone', (text) => {
    expect(keys(text)).toEqual(['phone +84912345678']);
  });
  it('shows the wallet and the ends of the number', () => {
    expect(extract('momo 0912345678')[0]).toMatchObject({ display: 'MoMo 091•••678', personal: true, specific: true });
  });
});

describe('telephone numbers', () => {
  it.each([
    ['gọi 0162 345 6789', '+84323456789'], ['zalo 01201234567', '+84701234567'], ['+84 (0)912 345 678', '+84912345678'], ['+84.912.345.678', '+84912345678'],
  ])('%j is %s', (text, key) => expect(extract(text)[0]).toMatchObject({ kind: 'phone', key, specific: true }));
  it.each([
    'hotline 1900 54 54 13', 'gọi 1800 588 822', '+84 1900 1234', 'tổng đài ngân hàng 02438243524', 'gọi (028) 38 247 247',
  ])('%j serves everybody', (text) => expect(extract(text)).toMatchObject([{ kind: 'phone', specific: false }]));
  it.each(['gọi 113', 'nhắn 156', 'gửi 5656', 'gọi 111 hoặc 115'])('%j names nobody', (text) => expect(keys(text)).toEqual([]));

  it('reads numbers in Vietnam as libphonenumber does', () => {
    const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
    const subscriber = fc.oneof(digits(9), digits(10), digits(7), digits(8), fc.tuple(fc.integer({ min: 10, max: 99 }), digits(7), digits(1)).map((parts) => parts.join('')));
    fc.assert(fc.property(subscriber.filter((national) => !/^(?:0|1[2689])/.test(national)), (national) => {
      const parsed = parsePhoneNumberFromString(`0${national}`, 'VN');
      expect(parsePhone(`0${national}`)?.key ?? null).toBe(parsed?.isValid() === true ? parsed.number : null);
    }), { numRuns: 3000 });
    for (let prefix = 20; prefix < 1000; prefix += 1) {
      const national = String(prefix).padEnd(prefix < 300 && prefix >= 200 ? 10 : 9, '3');
      expect([prefix, parsePhone(`0${national}`) !== null]).toEqual([prefix, parsePhoneNumberFromString(`0${national}`, 'VN')?.isValid() ?? false]);
    }
  });
});

it('gives nothing for a VietQR code with a wrong checksum', () => {
  const code = '00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F';
  expect(keys(`Quét ${code} để nhận`)).toEqual(['bank_account 970416|257678859']);
  expect(keys(`Quét ${code.replace('257678859', '257678858')} để nhận`)).toEqual([]);
});
