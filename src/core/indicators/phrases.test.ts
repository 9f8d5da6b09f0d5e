import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchKey } from '../vietnamese.ts';
import { distance, PhraseBook } from './phrases.ts';

const PHRASES = ['so tk', 'so tai khoan', 'tk', 'dong a', 'dong a bank', 'dong nam a', 'di dong', 'zalo', 'vi zalo pay', '970436', 'nam a', 'khoan tk', 'tk zalo vi'];
const book = new PhraseBook(PHRASES.map((phrase) => [phrase, phrase]));

describe('phrases', () => {
  it.each([
    ['Số TK: 1', ['so tk']], ['so\n  ta\u0300i khoản', ['so tai khoan']], ['số 1 tk', ['tk']], ['Đông Á Bank', ['dong a bank']], ['dong a ban', ['dong a']],
    ['di dong a', ['di dong']], ['vi zalo', ['zalo']], ['dong nam b', []], ['dong nam a', ['dong nam a']], ['so tai khoan tk', ['so tai khoan', 'tk']], ['tai khoan tk zalo', ['khoan tk', 'zalo']], ['tk zalo pay', ['tk', 'zalo']], ['ví ZaloPay, zalo pay', ['zalo']], ['stk xtk tkx tk9', []], ['tk', ['tk']], ['', []], ['BIN 970436.', ['970436']],
  ])('%j has %j', (text, expected) => expect(book.find(text).map(({ meaning }) => meaning)).toEqual(expected));

  it('takes code units of the text, and no word cut by the part that is searched', () => {
    const text = 'ghi số  tk và zalo';
    expect(book.find(text)).toEqual([{ meaning: 'so tk', start: 4, end: 10 }, { meaning: 'zalo', start: 14, end: 18 }]);
    expect(book.find('stk', 1)).toEqual([]);
    expect(book.find('tks', 0, 2)).toEqual([]);
    expect(book.find(text, 4, 10)).toHaveLength(1);
  });

  it('finds what a regular expression finds in the search key', () => {
    const longestFirst = PHRASES.toSorted((a, b) => b.length - a.length).join('|');
    const units = fc.constantFrom(...PHRASES.flatMap((phrase) => phrase.split(' ')), 'Số', 'tài', 'Đông', 'á', 'khoản', ' ', ' ', ' ', '  ', '\n', '.', '_', '中', '\u0301', '\u200b', 'b', '7');
    fc.assert(fc.property(fc.array(units, { maxLength: 30 }).map((parts) => parts.join('')), (text) => {
      const expected = [...searchKey(text).matchAll(new RegExp(`(?<![a-z\\d])(?:${longestFirst})(?![a-z\\d])`, 'g'))].map(([phrase]) => phrase);
      expect(book.find(text).map(({ meaning }) => meaning)).toEqual(expected);
    }), { numRuns: 5000 });
  });

  it('measures from a place to a phrase before or after it', () => {
    const text = 'tk  số ca\u0301i : 123 \n- tk';
    expect(distance(text, text.indexOf('1'), 2)).toBe(' so cai :'.length);
    expect(distance(text, text.indexOf('3') + 1, text.lastIndexOf('tk'))).toBe('- '.length);
    expect(distance('tk 1', 3, 2)).toBe(0);
  });
});
