import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyInWords } from './money-words.ts';

/** Read aloud by hand, not by the code under test. */
const VECTORS: readonly (readonly [number | bigint, string])[] = [
  [0, 'không đồng'],
  [4, 'bốn đồng'],
  [5, 'năm đồng'],
  [10, 'mười đồng'],
  [11, 'mười một đồng'],
  [14, 'mười bốn đồng'],
  [15, 'mười lăm đồng'],
  [20, 'hai mươi đồng'],
  [21, 'hai mươi mốt đồng'],
  [24, 'hai mươi tư đồng'],
  [25, 'hai mươi lăm đồng'],
  [55, 'năm mươi lăm đồng'],
  [100, 'một trăm đồng'],
  [101, 'một trăm linh một đồng'],
  [105, 'một trăm linh năm đồng'],
  [110, 'một trăm mười đồng'],
  [111, 'một trăm mười một đồng'],
  [115, 'một trăm mười lăm đồng'],
  [1_000, 'một nghìn đồng'],
  [1_001, 'một nghìn không trăm linh một đồng'],
  [1_010, 'một nghìn không trăm mười đồng'],
  [21_000, 'hai mươi mốt nghìn đồng'],
  [104_000, 'một trăm linh bốn nghìn đồng'],
  [500_000, 'năm trăm nghìn đồng'],
  [1_000_005, 'một triệu không trăm linh năm đồng'],
  [1_024_000, 'một triệu không trăm hai mươi tư nghìn đồng'],
  [12_000_000, 'mười hai triệu đồng'],
  [123_456_789, 'một trăm hai mươi ba triệu bốn trăm năm mươi sáu nghìn bảy trăm tám mươi chín đồng'],
  [1_000_000_000, 'một tỷ đồng'],
  [1_000_000_021, 'một tỷ không trăm hai mươi mốt đồng'],
  [2_300_000_000, 'hai tỷ ba trăm triệu đồng'],
  [1_000_000_000_000, 'một nghìn tỷ đồng'],
  [1_005_000_000_000, 'một nghìn không trăm linh năm tỷ đồng'],
  [999_999_999_999_999, 'chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng'],
  [10n ** 15n, 'một triệu tỷ đồng'],
];

const DIGIT: Readonly<Record<string, number>> = {
  không: 0, một: 1, mốt: 1, hai: 2, ba: 3, bốn: 4, tư: 4, năm: 5, lăm: 5, sáu: 6, bảy: 7, tám: 8, chín: 9,
};
const UNIT: Readonly<Record<string, bigint>> = { nghìn: 1000n, triệu: 1_000_000n };

/** Reads the words back, one after the other, knowing nothing of how they are made. */
function readBack(words: string): bigint {
  let [billions, rest, group, digit] = [0n, 0n, 0n, 0n];
  for (const word of words.split(' ')) {
    if (word in DIGIT) digit = BigInt(DIGIT[word]!);
    else if (word === 'trăm') [group, digit] = [digit * 100n, 0n];
    else if (word === 'mươi') [group, digit] = [group + digit * 10n, 0n];
    else if (word === 'mười') group += 10n;
    else if (word in UNIT) [rest, group, digit] = [rest + (group + digit) * UNIT[word]!, 0n, 0n];
    else if (word === 'tỷ') [billions, rest, group, digit] = [rest + group + digit, 0n, 0n, 0n];
    else if (word === 'đồng') return billions * 1_000_000_000n + rest + group + digit;
    else if (word !== 'linh') throw new Error(`unknown word: ${word}`);
  }
  throw new Error(`does not end in đồng: ${words}`);
}

describe('money in words', () => {
  it.each(VECTORS)('%s is "%s"', (amount, words) => {
    expect(moneyInWords(amount)).toBe(words);
  });

  it('reads back as the same amount, and as no other', () => {
    const amount = fc.oneof(fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 100_000n),
      // Mostly zeros, where "linh" and the empty groups are.
      fc.array(fc.constantFrom('0', '0', '0', '1', '4', '5'), { minLength: 1, maxLength: 15 }).map((digits) => BigInt(digits.join(''))));
    fc.assert(fc.property(amount, (dong) => {
      const words = moneyInWords(dong);
      expect(words).toMatch(/^(?:\p{Ll}+ )+đồng$/u);
      expect(words).not.toMatch(/mươi (?:một|bốn|năm)|mười (?:mốt|tư|năm)|linh (?:mốt|tư|lăm|không)/);
      expect(readBack(words)).toBe(dong);
    }), { numRuns: 2000 });
  });

  it.each([-1, 1.5, Number.NaN, 10 ** 15 + 1, 2 ** 53, -1n, 10n ** 15n + 1n])('refuses %s', (amount) => {
    expect(() => moneyInWords(amount)).toThrow(RangeError);
  });
});
