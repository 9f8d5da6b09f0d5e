import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANKS, bankAccount, bankByBin, bankMentions, parseVietQr } from './bank.ts';
import { searchKey } from '../vietnamese.ts';

describe('banks', () => {
  it('have one BIN and one set of names each', () => {
    const names = BANKS.flatMap((bank) => [bank.bin, searchKey(bank.name), ...bank.aliases]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.filter((name) => searchKey(name) !== name)).toEqual([]);
    expect(BANKS.filter(({ bin }) => !/^\d{6}$/.test(bin))).toEqual([]);
  });
  it.each([
    ['chuyển vào VCB', '970436'], ['Ngân hàng Ngoại Thương', '970436'], ['MB Bank', '970422'],
    ['NH Quân Đội', '970422'], ['ví MoMo', '971025'], ['970418', '970418'], ['Sài Gòn Thương Tín', '970403'],
  ])('%s names %s', (text, bin) => expect(bankMentions(searchKey(text)).map(({ bank }) => bank.bin)).toEqual([bin]));
  it.each(['5 mbps', 'cán bộ', 'sacombanker'])('%s names none', (text) => {
    expect(bankMentions(searchKey(text))).toEqual([]);
  });
});

describe('bankAccount', () => {
  it('keys by BIN and account', () => {
    const vietcombank = bankByBin('970436');
    expect(bankAccount('1012 345 678', vietcombank)).toEqual(
      { key: '970436|1012345678', display: 'Vietcombank 101•••678' },
    );
    expect(bankAccount('99mm24011m34875080', null)).toEqual({ key: '?|99MM24011M34875080', display: '99M•••080' });
    expect(bankAccount('123456', null)).toEqual({ key: '?|123456', display: '•••456' });
  });
  it.each(['12345', '1'.repeat(20), '12345$', ''])('%j is none', (typed) => {
    expect(bankAccount(typed, null)).toBeNull();
  });
  it('never shows more than six characters of an account', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9A-Z]{6,19}$/), (account) => {
      expect(bankAccount(account, null)?.display.replace(/•/g, '').length).toBeLessThanOrEqual(6);
    }));
  });
});

describe('parseVietQr', () => {
  const PUBLISHED = '00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F';

  it('reads the published vector, and refuses it with its last character changed', () => {
    expect(parseVietQr(PUBLISHED)).toEqual({
      bin: '970416', account: '257678859', service: 'QRIBFTTA', amount: null, purpose: null,
    });
    expect(parseVietQr(`${PUBLISHED.slice(0, -1)}E`)).toBeNull();
  });
  it('reads amount and purpose, and a wallet (vectors of vietnam-qr-pay)', () => {
    expect(parseVietQr(
      '00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN' +
        '62150811Chuyen tien630453E6',
    )).toMatchObject({ amount: 10_000, purpose: 'Chuyen tien' });
    expect(parseVietQr(
      '00020101021138620010A00000072701320006970454011899MM24011M348750800208QRIBFTTA53037045802VN' +
        '62190515MOMOW2W3487508080030466304EBC8',
    )).toMatchObject({ bin: '970454', account: '99MM24011M34875080' });
  });
  it('leaves a VNPay code, which names a merchant and no account', () => {
    expect(parseVietQr(
      '00020101021126280010A0000007750110010531314453037045408210900005802VN5910CELLPHONES62600312CPSHN ONLINE' +
        '0517021908061613127850705ONLHN0810CellphoneS63047685',
    )).toBeNull();
  });
  it('catches every single changed character, and never throws', () => {
    const character = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 });
    fc.assert(fc.property(fc.nat({ max: PUBLISHED.length - 1 }), character, (i, c) => {
      const changed = PUBLISHED.slice(0, i) + c + PUBLISHED.slice(i + 1);
      if (changed.toUpperCase() !== PUBLISHED) expect(parseVietQr(changed)).toBeNull();
    }));
    fc.assert(fc.property(fc.string(), (any) => {
      expect(parseVietQr(any)).toBeNull();
    }));
  });
});
