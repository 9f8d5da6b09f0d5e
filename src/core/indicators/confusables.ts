/**
 * Names that look like others. Source of the table: Unicode 17, UTS #39 confusables.txt, © Unicode, Inc., Unicode License v3
 * (unicode.org/license.txt); of it only single characters that stay in a host name (UTS #46) and look like ASCII letters or
 * digits, their marks left out.
 */

/** Letters and digits in ASCII, and the code points in hexadecimal that look like them. */
const LOOK_LIKE: Readonly<Record<string, string>> = {
  '2': '1bb 14bf a6ef',
  '3': '969 ae9 118ca 16f3b',
  '4': '13ce',
  '6': '431 13ee 2cd3 118d5',
  '7': '118c6',
  '8': '223 9ea a6a 1031a 1e8cb',
  '9': '9ed a67 b68 d6d 2ccb 118cc 118d6',
  a: '251 3b1 430 13aa 15c5 a4ee 102a0 16f40',
  aa: 'a733',
  ae: 'e6 4d5',
  ao: 'a735',
  au: 'a737',
  av: 'a739 a73b',
  ay: 'a73d',
  b: '180 183 253 463 48d 13cf 13f4 1472 1473 15af 15f7 a4d0 10282 102a1 10301',
  c: '23c 441 4ab 1004 105a 13df 1d04 2ca5 a4da 102a2 10302 1043d 1051c 118e9 118f2',
  d: '111 18c 256 257 501 13a0 13e7 146f 15de 15ea a4d2 a4d3',
  dz: '2a3',
  e: '247 435 4bd 4bf 13ac 2d39 a4f0 ab32 10286',
  f: '192 584 15b4 1d6e 1e9d a4dd a799 ab35 10287 102a5 10525 118c2',
  fn: '2a9',
  g: '18d 1e5 260 261 581 13c0 13f3 1d83 a4d6',
  h: '127 266 45b 4bb 570 13bb 13c2 13f2 157c a4e7 a695 102cf',
  i: '131 268 269 26a 3b9 456 582 13a5 1d7b 1d7c 2c93 a647 118c3',
  j: '249 3f3 458 13ab 148d a4d9',
  k: '199 13e6 16d5 a4d7 10518',
  l: '142 19a 1c0 26b 26d 4cf 5d5 5df 625 627 661 673 6f1 7ca 13de 14aa 16c1 2d4f a4e1 a4f2 1028a 10309 10320 10526 16f16 16f28 1e8c7',
  ll: '1c1 5f0',
  ls: '2aa',
  lz: '2ab',
  m: '13b7 15f0 16d6 a4df 102b0 10311',
  n: '14b 19e 273 3b7 572 578 57c 1d70 a4e0 10513',
  o:
    'f8 275 3b8 3bf 3c3 3ed 43e 473 4e9 585 5e1 647 665 6be 6c1 6d5 6f5 6ff 7c0 966 9e6 a66 ae6 b20 b66 be6 c66 ce6 d20 d66 e50 ed0 1010 ' +
    '101d 1040 10d7 10ff 12d0 13be 13eb 17e0 1d0f 1d11 2c91 2c9f 2d31 2d41 2d54 3007 a4f3 a74b ab3d ab3e 10292 102ab 1042c 104ea 10516 114d0 ' +
    '118c8 118d7 118e0',
  oe: '153',
  oo: 'a699 a74f',
  p: 'fe 1a5 1bf 3c1 3f8 440 13e2 146d 1d7d 2ca3 2ccf a4d1 10295',
  q: '2a0 51b 563 566 2d55',
  r: '24d 27c 27d 433 493 13a1 13d2 1587 1d26 1d72 2c85 a4e3 ab47 ab48 16f35',
  rn: '271 1d6f 11700 118e3',
  s: '1bd 282 455 d1f 13d5 13da 1d74 a4e2 a731 10296 10448 118c1 16f3a',
  t: '167 1ad 13a2 1d75 a4d4 10297 102b1 10315 16f0a',
  tf: 'a777',
  ts: '2a6',
  u: '28b 3c5 45f 57d 1200 13cc 144c 1d1c 1d7e a4f4 a79f ab4e ab52 104f6 118d8 16f42',
  ue: '1d6b',
  uo: 'ab63',
  v: '3bd 475 5d8 667 6f7 13d9 142f 1d20 2d38 a4e6 a6df 1051d 11706 118c0 16f08',
  w: '26f 448 461 47d 51d 561 13b3 13d4 1d21 2cbd a4ea a761 114c5 1170a 1170e 1170f 118e6 118ef',
  x: '445 1541 157d 16b7 2d5d a4eb 10290 102b4 10317 10322 10527 118ec',
  y: '1b4 24f 263 28f 3b3 443 4af 4b1 10e7 13a9 13bd 1d8c 1eff 2ca9 a4ec ab5a 102b2 118dc 16f43',
  z: '1b6 225 290 13c3 1d22 1d76 a4dc 102f5 118c4 118e5',
};

const PROTOTYPE: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_LIKE).flatMap(([letters, codes]) => {
    return codes.split(' ').map((code) => [String.fromCodePoint(parseInt(code, 16)), letters] as const);
  }),
);

/** What ASCII itself confuses in lower case. Source: UTS #39, with I taken for l only when it is capital. */
const ASCII_PROTOTYPE: readonly (readonly [pattern: RegExp, letters: string])[] = [[/0/g, 'o'], [/1/g, 'l'], [/m/g, 'rn']];

/**
 * What a label of a host name looks like: two labels with one skeleton are easily taken for each other, also when they differ
 * only by marks (vietcömbank, napthẻ). Takes Unicode letters, not punycode. Linear; never throws. Source: UTS #39 section 4.
 */
export function skeleton(label: string): string {
  const letters = label.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\0-\x7f]/gu, (character) => PROTOTYPE.get(character) ?? character);
  return ASCII_PROTOTYPE.reduce((text, [pattern, prototype]) => text.replace(pattern, prototype), letters);
}
