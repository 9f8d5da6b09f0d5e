import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closed, roman } from './blocks.ts';
import { documentSymbol, DOCUMENT_TYPES } from './letter.ts';
import { evenLines, widthOf } from './widths.ts';
import { appended, linesOf, printed } from './words.ts';

describe('symbols (Decree 30/2020, annex III)', () => {
  it('have the abbreviation of the type first, and of a công văn the unit last', () => {
    expect(documentSymbol('thong_bao', 'SVHTTDL')).toBe('TB-SVHTTDL');
    expect(documentSymbol('quyet_dinh', 'UBND')).toBe('QĐ-UBND');
    expect(documentSymbol('cong_van', 'SVHTTDL', 'QLTTBCXB')).toBe('SVHTTDL-QLTTBCXB');
    expect(documentSymbol('cong_van', 'UBND')).toBe('UBND');
  });

  it('are those of the decree', () => {
    expect(Object.fromEntries(Object.entries(DOCUMENT_TYPES).map(([kind, type]) => [kind, type.abbreviation])))
      .toEqual({ cong_van: null, thong_bao: 'TB', bien_ban: 'BB', quyet_dinh: 'QĐ', giay_moi: 'GM', bao_cao: 'BC' });
  });
});

describe('widths of Times New Roman', () => {
  // Measured in the PDF of LibreOffice, in mm.
  it.each([['Độc lập - Tự do - Hạnh phúc', 13, 56.1], ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 12, 88.3]] as const)('%s', (text, size, mm) => {
    expect(widthOf(text, size, 'bold') / 1440 * 25.4).toBeCloseTo(mm, 0);
    expect(widthOf(text.normalize('NFD'), size, 'bold')).toBe(widthOf(text, size, 'bold'));
  });

  it('break titles into as few lines as fit, and lose no word', () => {
    const word = fc.stringMatching(/^[a-zàáạảãđêềơưA-Z]{1,12},?$/u);
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.integer({ min: 2000, max: 9000 }), (words, column) => {
      const text = words.join(' ');
      const lines = evenLines(text, 14, 'bold', column);
      expect(lines.join(' ')).toBe(text);
      for (const line of lines) expect(line.includes(' ') ? widthOf(line, 14, 'bold') : 0).toBeLessThanOrEqual(column);
      if (widthOf(text, 14, 'bold') <= column) expect(lines).toEqual([text]);
    }));
  });

  it('break after a comma where that is even enough, and where the writer did', () => {
    expect(evenLines('SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH', 12, 'bold', 4139)).toEqual(['SỞ VĂN HÓA,', 'THỂ THAO VÀ DU LỊCH']);
    expect(evenLines('Số, bản kê hồ sơ và tài liệu kèm theo của các cơ quan', 14, 'bold', 5000)[0]).not.toBe('Số,');
    expect(evenLines('Một\nhai', 14, 'bold', 9000)).toEqual(['Một', 'hai']);
  });
});

describe('words on paper', () => {
  it.each([
    ['xem https://gia-mao.example/a?b=c.', 'xem hxxps://gia-mao[.]example/a?b=c.'],
    ['(www.gia-mao.example)', '(www[.]gia-mao[.]example)'],
    ['HTTP://GIA.EXAMPLE và http://hai.example', 'hxxp://GIA[.]EXAMPLE và hxxp://hai[.]example'],
    ['hxxps://gia[.]example/x', 'hxxps://gia[.]example/x'],
    ['Điều 5.2, mục 3.1', 'Điều 5.2, mục 3.1'],
  ])('%s is printed %s', (text, shown) => {
    expect(printed(text)).toBe(shown);
  });

  it('keep the space around a run, lose what cannot be seen, and are NFC', () => {
    expect(printed(' a\u0301\u200b\u0000b ')).toBe(' áb ');
    expect(printed('Số:\u00a0\u00a0')).toBe('Số:\u00a0\u00a0');
    expect(printed('')).toBe('');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = printed(text);
      expect(printed(shown)).toBe(shown);
      expect(shown).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}/u);
    }));
  });

  it('are cut into lines with their faces', () => {
    expect(linesOf([{ text: 'một\nhai', bold: true }, { text: ' ba' }])).toEqual([[{ text: 'một', bold: true }], [{ text: 'hai', bold: true }, { text: ' ba' }]]);
    expect(linesOf('')).toEqual([[]]);
  });

  it('are ended once', () => {
    expect([closed('Như trên', false), closed('Như trên; ', false), closed('Lưu: VT.', true), closed('Công an tỉnh (để biết)', true)])
      .toEqual(['Như trên;', 'Như trên;', 'Lưu: VT.', 'Công an tỉnh (để biết).']);
    expect(appended([{ text: 'a' }, { text: 'b', italic: true }], (last) => `${last}!`)).toEqual([{ text: 'a' }, { text: 'b!', italic: true }]);
  });

  it('count annexes in Roman numbers', () => {
    expect([1, 2, 3, 4, 5, 6, 8, 9, 10, 14, 19].map(roman)).toEqual(['I', 'II', 'III', 'IV', 'V', 'VI', 'VIII', 'IX', 'X', 'XIV', 'XIX']);
  });
});
