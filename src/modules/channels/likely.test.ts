import { expect, test } from 'vitest';
import { likelyCategory, likelyLanguage } from './likely.ts';

test.each([
  ['Tôi bị mất tiền vì làm nhiệm vụ', 'scam'],
  ['Trang này giả mạo ngân hàng', 'phishing_impersonation'],
  ['Trang nay gia mao ngan hang', 'phishing_impersonation'],
  ['Nó dọa tung ảnh nóng nếu không chuyển tiền qua trang giả mạo', 'intimate_images'],
  ['Họ bảo tải tệp vneid.apk', 'malware_attack'],
  ['Nha cai gui tin nhan rac moi ca do', 'illegal_gambling_ads'],
  ['', 'scam'],
] as const)('“%s” is filed under %s', (text, category) => {
  expect(likelyCategory(text)).toBe(category);
});

test('answers in English only to English', () => {
  expect(likelyLanguage('They called me and said that my bank account was blocked, please help')).toBe('en');
  expect(likelyLanguage('Tôi bị lừa, trang web ghi "Please login to your bank account and confirm the money from this"')).toBe('vi');
  expect(likelyLanguage('toi bi lua mat tien')).toBe('vi');
});
