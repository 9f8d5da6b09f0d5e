import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from './extract.ts';
import { INDICATOR_KINDS } from './kinds.ts';
import { refang } from './refang.ts';
import { defang } from './url.ts';

const keys = (text: string): string[] => extract(text).map(({ kind, key }) => `${kind} ${key}`);

describe('refang', () => {
  it.each([
    ['hxxps://evil[.]example/x', 'https://evil.example/x'], ['hXXp://evil(.)example', 'http://evil.example'],
    ['h**p://evil{.}example', 'http://evil.example'], ['hxxps[://]evil[dot]example[/]x', 'https://evil.example/x'],
    ['evil chấm com chấm vn', 'evil.com.vn'], ['evil [chấm] example', 'evil.example'], ['evil . com', 'evil.com'],
    ['evil châ\u0301m com', 'evil.com'], ['a[@]evil[.]example', 'a@evil.example'], ['ｅｖｉｌ．com', 'evil.com'],
    ['giáo viên chấm bài', 'giáo viên chấm bài'], ['Hết. Com rang', 'Hết. Com rang'],
    ['ev\u200bil.example', 'evil.example'],
  ])('%j → %j', (sent, meant) => expect(refang(sent)).toBe(meant));
});

describe('links', () => {
  it.each([
    ['Vào https://vneid-capnhat.example/dk?id=1. Rồi', 'url vneid-capnhat.example/dk?id=1'],
    ['bit.ly/abc', 'url bit.ly/abc'],
    ['(xem vneid-capnhat.example)', 'domain vneid-capnhat.example'],
    ['trang www.vneid-capnhat.example,', 'domain vneid-capnhat.example'],
    ['vneid-capnhat.example:8080/dk', 'url vneid-capnhat.example/dk'],
    ['http://203.0.113.9:8080/a', 'url 203.0.113.9/a'],
    ['203.0.113.9/a', 'url 203.0.113.9/a'],
    ['linkhttps://evil.example/a', 'url evil.example/a'],
    ['Website:evil.example', 'domain evil.example'],
    ['[bấm](https://evil.example/a_(b))', 'url evil.example/a_(b)'],
    ['evil.example.Tôi bị lừa', 'domain evil.example'],
    ['Click...evil.example', 'domain evil.example'],
    ['và/hoặc/evil.example', 'domain evil.example'],
    ['napthẻ.vn', 'domain xn--napth-351b.vn'],
    ['https://vietcombank.com.vn@evil.example/', 'url evil.example/'],
    ['vietcombank.com.vn@evil.example/x', 'url evil.example/x'],
    ['http://vietcombank.com.vn\\@evil.example/', 'url vietcombank.com.vn/@evil.example/'],
    ['dichvucong.gov.vn.capnhat-vneid.example', 'domain dichvucong.gov.vn.capnhat-vneid.example'],
    ['HTTPS://EVIL.EXAMPLE/A', 'url evil.example/A'],
    ['Evil.Com', 'domain evil.com'],
  ])('%j has %s', (text, key) => expect(keys(text)).toEqual([key]));

  it('finds each link of a list', () => {
    expect(keys('https://a.example/1,https://b.example/2; c.example, d.example/x, e.example')).toEqual(
      ['url a.example/1', 'url b.example/2', 'domain c.example', 'url d.example/x', 'domain e.example'],
    );
  });

  it.each([
    'Mất 12.000.000 lúc 8.30 ngày 22.11.2026 v.v. tại TP.HCM', 'lừa đảo.Ai biết giúp', 'TS.BS Nguyễn',
    'nguyen.an@mail.example', 'tệp hoadon.docx', 'phiên bản 1.2.3.4', 'mailto:a@b.example', 'chào.bạn', '...',
    'http://', 'a..b', '@evil.example',
  ])('%j has none', (text) => expect(keys(text)).toEqual([]));

  it('keeps what was sent and shows it harmless', () => {
    const [first] = extract('Bấm hxxps[:]//Evil[.]example:444/a#b nhé');
    expect(first).toEqual({
      kind: 'url', asSent: 'hxxps[:]//Evil[.]example:444/a#b', key: 'evil.example/a',
      display: 'hxxps://evil[.]example:444/a#b',
      specific: true, personal: false, unusual: false,
    });
    expect(extract('evil chấm com')[0]).toMatchObject(
      { asSent: 'evil chấm com', key: 'evil.com', display: 'evil[.]com' },
    );
  });

  it.each([
    'Vietcombank–login.com', 'Vietcombank\u2011login.com', 'vietcombank−login.com',
  ])('%j never accuses login.com', (text) => {
    const found = extract(`Trang ${text} lừa tôi`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ asSent: text, unusual: true, specific: false });
    expect(found[0]?.key).not.toMatch(/(?:^|\.)login\.com$/);
  });
  it.each([
    'evil.example–trang giả', 'ev\u200bil.example', 'ｅvil.example', 'evil。example', 'tiền.top',
  ])('%j must be confirmed', (text) => {
    expect(extract(text)[0]).toMatchObject({ unusual: true, specific: false });
  });
  it('trusts the plain spelling when both are there', () => {
    expect(extract('ev\u200bil.example evil.example')).toMatchObject([{ asSent: 'evil.example', unusual: false }]);
  });
  it.each([
    ['facebook.com', false], ['https://facebook.com/', false], ['https://facebook.com/x', false],
    ['abc.weebly.com', true], ['sotttt.hungyen.gov.vn', false], ['https://sotttt.hungyen.gov.vn/x', false],
    ['hungyen.vn', false], ['http://localhost/x', false], ['vneid-capnhat.example', true],
  ])('%s is specific: %s', (text, specific) => expect(extract(text)[0]?.specific).toBe(specific));

  it('finds public threat names whole, in the middle of a sentence', () => {
    const file = new URL('../../../tests/data/domains/vn-threat-300.txt', import.meta.url);
    const names = readFileSync(file, 'utf8').trim().split('\n');
    expect(names).toHaveLength(300);
    for (const name of names) expect(keys(`Tôi vào trang ${name}, rồi mất tiền.`)).toEqual([`domain ${name}`]);
  });
});

describe('numbers', () => {
  it.each([
    ['Gọi 0912.345.678 nhé', ['phone +84912345678']],
    ['sđt: +84 912 345 678', ['phone +84912345678']],
    ['0912 345 678 0987 654 321', ['phone +84912345678', 'phone +84987654321']],
    ['0912345678/0987654321', ['phone +84912345678', 'phone +84987654321']],
    ['STK 0912345678 MB bank', ['bank_account 970422|0912345678']],
    ['0912345678 MB bank', ['bank_account 970422|0912345678', 'phone +84912345678']],
    ['stk 1012345678 ngân hàng Vietcombank', ['bank_account 970436|1012345678']],
    [
      'Vietcombank 1012 3456 78, Techcombank 19031234567890',
      ['bank_account 970436|1012345678', 'bank_account 970407|19031234567890'],
    ],
    ['STK 1012345678 Vietcombank, SĐT 0987654321', ['bank_account 970436|1012345678', 'phone +84987654321']],
    ['số tài khoản 123456789', ['bank_account ?|123456789']],
    ['970436 1012345678', ['bank_account 970436|1012345678']],
    ['stk: 99MM24011M34875080 ví momo', ['bank_account 971025|99MM24011M34875080']],
    ['chuyển 5.000.000 đ vào tk 1012345678', ['bank_account ?|1012345678']],
    ['STK 1012345678 5.000.000 đồng', ['bank_account ?|1012345678']],
    ['zalo 0162 345 6789', ['phone +84323456789']],
    ['hotline 1900 1234', ['phone 19001234']],
    ['cập nhật căn cước rồi cho số 0912345678', ['phone +84912345678']],
    ['STK Vietcombank chủ TK Nguyễn Văn A: 0912345678', ['bank_account 970436|0912345678']],
    ['0912345678 k nghe máy', ['phone +84912345678']],
  ])('%j has %j', (text, expected) => expect(keys(text)).toEqual(expected));

  it.each([
    'Mất 599.500.000 đồng', 'CCCD 001234567890', 'CCCD 001234567890 Vietcombank', 'mã đơn 0912345678',
    'ngày 02.11.2026 10', 'OTP 123456',
    'hóa đơn 123456789', 'gọi 113', 'SP0912345678', '0912345678abc', 'bị trừ 5000000đ ở Vietcombank', '970436',
  ])('%j has none', (text) => expect(keys(text)).toEqual([]));

  it('masks and marks personal data', () => {
    expect(extract('gọi 0912345678')[0]).toEqual({
      kind: 'phone', asSent: '0912345678', key: '+84912345678', display: '091•••678',
      specific: true, personal: true, unusual: false,
    });
    expect(extract('stk 1012345678 VCB')[0]).toMatchObject({ display: 'Vietcombank 101•••678', personal: true });
    expect(extract('https://zalo.me/0912345678')).toMatchObject([{ kind: 'phone', key: '+84912345678', personal: true }]);
  });

  it('reads the text of a VietQR code, and nothing of a broken one', () => {
    const code = '00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F';
    expect(keys(`Mã: ${code}`)).toEqual(['bank_account 970416|257678859']);
    expect(keys(`Mã: ${code.slice(0, -1)}E`)).toEqual([]);
  });
});

describe('hashes', () => {
  it('takes the four lengths', () => {
    const hash = 'A1'.repeat(16);
    const key = hash.toLowerCase();
    expect(keys(`md5 ${hash}, sha256:${hash}${hash}`)).toEqual([`file_hash ${key}`, `file_hash ${key}${key}`]);
    expect(extract('d41d8cd98f00b204e9800998ecf8427e')[0]?.specific).toBe(false);
    expect(keys(`${hash}0 ${'1'.repeat(32)}`)).toEqual([]);
  });
});

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?$/);
  const ending = fc.constantFrom('example', 'com', 'com.vn', 'top', 'vn');
  const host = fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), ending)
    .map(([labels, last]) => [...labels, last].join('.'));
  const path = fc.webPath().filter((p) => p !== '');
  const scheme = fc.constantFrom('http://', 'https://');
  const url = fc.tuple(scheme, host, fc.constantFrom('', ':8443'), path).map((parts) => parts.join(''));
  const noisy = fc.string({
    unit: fc.constantFrom(
      ' ', '.', '-', '–', '/', ':', '@', '(', ')', '[.]', 'chấm', 'http://', 'hxxps', 'evil', 'com', 'vn', '.example',
      'stk', 'VCB', '0912', '345678', '12', '+84', '6304', '000201010211', '\n', 'ắ', '\u0301', '\u200b', '😀', '\ud800',
      '%25', '?', '#', ',', 'ａ', '…', '—',
    ),
    maxLength: 60,
  });

  it('an apostrophe in a path belongs to it; quotes around links do not', () => {
    expect(keys("xem http://a.example/'a.aQ nhé")).toEqual(["url a.example/'a.aQ"]);
    expect(keys("href='http://a.example/x'>")).toEqual(['url a.example/x']);
    expect(keys("['http://a.example/x','http://b.example/y']")).toEqual(['url a.example/x', 'url b.example/y']);
    expect(keys("'a.example/x', 'b.example/y'")).toEqual(['url a.example/x', 'url b.example/y']);
  });

  it('a defanged link has the same key', () => {
    fc.assert(fc.property(fc.oneof(url, host), (link) => {
      const plain = keys(`xem ${link} nhé`);
      expect(plain).toHaveLength(1);
      expect(keys(`xem ${defang(link)} nhé`)).toEqual(plain);
    }), { numRuns: 2000 });
  });

  it('every indicator is a slice of the text, of a known kind, with a key once, and never a live link', () => {
    fc.assert(fc.property(fc.oneof(noisy, fc.string({ unit: 'binary', maxLength: 80 })), (text) => {
      const found = extract(text);
      expect(new Set(found.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(found.length);
      for (const { kind, asSent, key, display, personal } of found) {
        expect(INDICATOR_KINDS).toContain(kind);
        expect(text).toContain(asSent);
        expect(key).not.toBe('');
        expect(display).not.toMatch(/^https?:/i);
        if (kind === 'phone' || kind === 'bank_account') expect(personal).toBe(true);
      }
    }), { numRuns: 1500 });
  });

  it.each([
    ' ', '[', '.', 'a.', 'a-', '–', 'a/', 'a.a/', 'http://', 'https://a,', 'https://a.vn,', '1 ', '0', '0912 345 678 ',
    '+84', '%25', 'evil.vn ', '((', '@', 'a@', 'stk ', 'stk 123456 ', '000201010211', 'h', 'chấm ', ' chấm com', 'ắ',
    '\u200b', 'a.vn–', '1.', 'a:1/', 'f'.repeat(31), 'vcb 1',
  ])('one megabyte of %j ends', (unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(Array.isArray(extract(text))).toBe(true);
  });
});
