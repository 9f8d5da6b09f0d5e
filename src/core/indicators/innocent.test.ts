import { describe, expect, test } from 'vitest';
import { extract } from './extract.ts';
import { groupingKeys } from './grouping.ts';

/** What a text leads other reports to: only what it accuses. */
const groups = (text: string) => groupingKeys(extract(text)).map(({ kind, key }) => `${kind} ${key}`);

describe('what the writer names as their own groups nothing', () => {
  test.each([
    ['Số của tôi là 0912 345 678, kẻ xấu gọi từ 0987 654 321', ['phone +84987654321']],
    ['so cua em 0912345678', []],
    ['Cần gì liên hệ tôi 0912345678 nhé', []],
    ['Tôi dùng số 0912345678', []],
    ['Nó liên hệ tôi qua số 0912345678', ['phone +84912345678']],
    ['Tôi chuyển từ tài khoản 1012345678 Vietcombank sang STK 19037654321012 Techcombank', ['bank_account 970407|19037654321012']],
    ['tai khoan cua toi 1012345678 VCB bi tru 5 trieu, chuyen den stk 19037654321012 Techcombank', ['bank_account 970407|19037654321012']],
    ['Họ lấy của tôi 5 triệu rồi bảo chuyển tiếp vào stk 19037654321012 Techcombank', ['bank_account 970407|19037654321012']],
    ['Nó bảo gọi số 0987 654 321', ['phone +84987654321']],
  ])('%s', (text, expected) => {
    expect(groups(text)).toEqual(expected);
  });
});

describe('what stands beside the scam groups nothing', () => {
  test.each([
    ['Tôi đã gọi ngân hàng theo số 024 3999 7777', []],
    ['tổng đài 028 3999 8888 bảo khóa thẻ', []],
    ['Tôi gọi ngân hàng số 028 3999 8888', []],
    ['chuyển vào ngân hàng số 19037654321012 Techcombank', ['bank_account 970407|19037654321012']],
    ['hotline lừa đảo 0987 654 321', ['phone +84987654321']],
    ['họ gọi từ 024 3999 7777', ['phone +842439997777']],
    ['giả https://dichvucong.gov.vn/p/home/dvc-trang-chu.html', []],
    ['cài https://play.google.com/store/apps/details?id=com.vnid', []],
    ['đã báo https://tinnhiemmang.vn/website-lua-dao và https://chongluadao.vn/x', []],
    ['biểu mẫu https://docs.google.com/forms/d/e/abc/viewform', ['url docs.google.com/forms/d/e/abc/viewform']],
  ])('%s', (text, expected) => {
    expect(groups(text)).toEqual(expected);
  });
});
