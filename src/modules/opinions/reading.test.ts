import { describe, expect, it } from 'vitest';
import { answerOfMail, isContact, keptType } from './reading.ts';

describe('the first line of a reply', () => {
  it.each([
    ['Đồng ý', 'agree'], ['ĐỒNG Ý.', 'agree'], ['dong y', 'agree'], ['  “Đồng ý”  \n\nTrân trọng', 'agree'], ['*Không đồng ý*\nLý do: …', 'disagree'], ['Không  đồng ý;', 'disagree'],
    ['Đồng ý và bổ sung\n1. …', 'agree_with_changes'], ['Khong thuoc tham quyen', 'not_competent'], ['\n\nKhông thuộc thẩm quyền:', 'not_competent'],
    ['Đồng ý?', 'to_read'], ['Không, đồng ý', 'to_read'], ['Đồng ý với điểm 1, không đồng ý điểm 2', 'to_read'], ['Kính gửi Sở,\nĐồng ý', 'to_read'], ['', 'to_read'], ['constructor', 'to_read'],
  ] as const)('%j is %s', (text, answer) => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) expect(answerOfMail(text.normalize(form))).toBe(answer);
  });
});

describe('an address', () => {
  it.each([
    ['vanthu@stttt.example', true], ['VANTHU@STTTT.EXAMPLE', true], ['khac@stttt.example', false], ['ai@congan.example', true], ['ai@gia.congan.example', false], ['ai@congan.example.gia.example', false],
    ['@congan.example', false], ['', false],
  ])('%j of the directory: %s', (sender, known) => expect(isContact(sender, ['vanthu@stttt.example', '@congan.example', '@'])).toBe(known));
});

describe('a file', () => {
  const zip = (...parts: string[]) => Buffer.from(`PK\u0003\u0004${parts.join(' ')}`);
  it('is known by its bytes', () => {
    expect(keptType(Buffer.from('%PDF-1.7 …'))).toBe('application/pdf');
    expect(keptType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
    expect(keptType(zip('[Content_Types].xml', 'word/document.xml'))).toMatch(/wordprocessingml/);
    expect([zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'), zip('a.exe'), Buffer.from('MZ'), Buffer.alloc(0), Buffer.from('GIF89a')].map(keptType)).toEqual([null, null, null, null, null]);
  });
});
