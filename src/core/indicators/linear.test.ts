/**
 * Time in proportion to the text, whatever the text: the same text four times as long takes about four times as long (sixteen
 * times would be quadratic). Measured in processor time, the best of several tries, so that a busy machine does not matter.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, defang } from './url.ts';
import { extract } from './extract.ts';

const SHORT = 250_000;
const LONG = 1_000_000;
const MOST_TIMES = 8;
const TRIES = 5;
/** Seconds; far more than it takes. */
const PATIENCE = 15;

function seconds(text: string): number {
  const before = process.cpuUsage();
  extract(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function isLinear(make: (length: number) => string): boolean {
  const [short, long] = [make(SHORT), make(LONG)];
  let [leastShort, leastLong] = [Infinity, Infinity];
  for (let i = 0; i < TRIES; i += 1) {
    leastShort = Math.min(leastShort, seconds(short));
    leastLong = Math.min(leastLong, seconds(long));
    if (leastLong < PATIENCE && leastLong / Math.max(leastShort, 0.005) < MOST_TIMES) return true;
  }
  return false;
}

const repeated = (unit: string) => (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

describe('time is linear in', () => {
  it.each([
    '.', '..a', 'a.', 'a.a/', '1', '1.', '0 ', '0912', '0912 345 678 ', '12.000.000 ', 'hxxp', 'hxxp://', 'hxxps[:]//', 'h**p', '://', 'http://', 'https://a.vn,', 'a.vn/http:',
    '[', '(', '[.]', '[ . ] ', ')', 'a.vn/))', '{[(', 'chấm ', ' chấm chấm', 'a chấm com ', ' . ', ' .com', 'a', 'ắ', 'a\u0301', '𝐚.', '中', 'a@', "a.vn/',", "',  ",
    '–', 'a–a.', 'stk ', 'stk 123456 ', 'vcb ', 'tk momo 0912345678\n', '+84 ', '+1 650 ', 'f0', 'A1'.repeat(16) + ' ', '%25', 'xn--', 'xn--a.com ', '00020101021', '00020101021138530010A00000072', '6304',
    '\u200b', '\ud800', '\n', ' ', '"', '\u2024', 'ａ．', '12ABCD', 'tk 99MM24011M34 ',
  ])('%j', (unit) => expect(isLinear(repeated(unit))).toBe(true), 120_000);

  it('unbalanced brackets, an endless word and an endless address', () => {
    for (const [head, unit] of [['a.vn/', '('], ['a.vn/', ')'], ['https://a.vn/', '[('], ['', 'a'], ['https://', 'a'], ['a.', 'b'], ['a.vn/?', '%2'], ['a.vn/', '../']] as const) {
      expect(isLinear((length) => head + repeated(unit)(length))).toBe(true);
    }
  }, 120_000);

  it('arbitrary text', () => {
    const noise = fc.sample(fc.string({ unit: 'binary', minLength: 50, maxLength: 200 }), { numRuns: 400, seed: 1 }).join('');
    const ascii = fc.sample(fc.string({ unit: 'grapheme-ascii', minLength: 50, maxLength: 200 }), { numRuns: 400, seed: 2 }).join('');
    expect([noise, ascii].map((text) => isLinear(repeated(text)))).toEqual([true, true]);
  }, 120_000);
});

describe('properties', () => {
  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(() => extract(text)).not.toThrow();
    }), { numRuns: 2000 });
  });
  it('a text with defanged names has the same keys', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
    const host = fc.tuple(label, label, fc.constantFrom('example', 'com.vn', 'top', 'vn')).map((parts) => parts.join('.'));
    const link = fc.tuple(fc.constantFrom('', 'http://', 'https://'), host, fc.constantFrom('', '/', '/dk', '/a/b.html?x=1&y=2')).map((parts) => parts.join(''));
    const keys = (text: string) => extract(text).map(({ kind, key }) => `${kind} ${key}`);
    fc.assert(fc.property(fc.array(link, { minLength: 1, maxLength: 4 }), (links) => {
      const told = (each: (link: string) => string) => `Tôi vào ${links.map(each).join(' rồi sang ')} thì mất tiền, gọi 0912345678.`;
      expect(keys(told(defang))).toEqual(keys(told((link) => link)));
      expect(keys(told((link) => link)).length).toBeGreaterThan(1);
    }), { numRuns: 1000 });
  });
  it('a canonical URL is its own canonical form', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary', maxLength: 60 })), (raw) => {
      const once = canonicalUrl(raw);
      if (once !== null) expect(canonicalUrl(once)).toBe(once);
    }), { numRuns: 1000 });
  });
});
