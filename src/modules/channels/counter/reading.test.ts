import { expect, test } from 'vitest';
import { reportCode, secretFrom } from '#core/codes.ts';
import { spokenCode, spokenSecret } from './reading.ts';

test('a code is read out in the groups people remember', () => {
  expect(spokenCode(reportCode({ province: '04', date: '2026-11-22', sequence: 1 })).slice(0, 4)).toEqual(['P A', '04', '26 11 22', '0001']);
  expect(spokenCode('PA-04-261122-12345-7')[3]).toBe('12345');
});

test.each(['vi', 'en'] as const)('every letter a secret may have has a word of its own that begins like it (%s)', (lang) => {
  const every = new Set<string>();
  for (let byte = 0; byte < 256; byte += 1) for (const character of secretFrom(Buffer.alloc(13, byte)).replaceAll('-', '')) every.add(character);
  const letters = [...every].filter((character) => /[A-Z]/.test(character)).sort();
  expect(letters.join('')).toBe('ABCDEFGHJKMNPQRSTVWXYZ');
  const words = spokenSecret(letters.join(''), lang)[0]!.words;
  expect(words.every((word) => word.length > 1)).toBe(true);
  expect(new Set(words).size).toBe(letters.length);
  expect(letters.filter((letter, at) => words[at]!.normalize('NFD')[0]!.toUpperCase() !== letter)).toEqual(lang === 'vi' ? ['F', 'W'] : []);
});

test('digits stay digits', () => {
  expect(spokenSecret('7K2M-9QXR', 'vi')).toEqual([{ group: '7K2M', words: ['7', 'Kiên', '2', 'Minh'] }, { group: '9QXR', words: ['9', 'Quang', 'Xuân', 'Rừng'] }]);
});
