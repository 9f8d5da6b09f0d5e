import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skeleton } from './confusables.ts';
import { extract } from './extract.ts';
import { imitatedName } from './lookalikes.ts';
import { decodePunycode, unicodeHost } from './punycode.ts';
import { hostOf } from './url.ts';

describe('skeleton', () => {
  it.each([
    ['аррӏе', 'apple'], ['vietсombank', 'vietcombank'], ['vietcömbank', 'vietcombank'], ['facebοοk', 'facebook'], ['ɡоog1e', 'google'],
    ['rnomo', 'momo'], ['vietc0mbank', 'vietcombank'], ['VIETCOMBANK', 'vietcombank'], ['điệnmáyxanh', 'dienmayxanh'],
  ])('%s looks like %s', (label, other) => expect(skeleton(label)).toBe(skeleton(other)));
  it.each([['vietcombank', 'vietinbank'], ['apple', 'ample'], ['shopee', 'shoppe'], ['一二', 'ab']])('%s does not look like %s', (label, other) => {
    expect(skeleton(label)).not.toBe(skeleton(other));
  });
  it('is idempotent', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (label) => {
      expect(skeleton(skeleton(label))).toBe(skeleton(label));
    }));
  });
});

describe('punycode', () => {
  it.each([ // RFC 3492 section 7.1, and names of our own
    ['ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'], ['TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g', 'TạisaohọkhôngthểchỉnóitiếngViệt'],
    ['napth-351b', 'napthẻ'], ['80ak6aa92e', 'аррӏе'], ['d9juau41awczczp', 'そのスピードで'],
  ])('%s is %s', (encoded, letters) => expect(decodePunycode(encoded)).toBe(letters));
  it.each(['99999999', 'a-ÿ', '$', 'x-'.repeat(40), '-'])('%j is invalid or opens nowhere', (encoded) => {
    expect(unicodeHost(`xn--${encoded}.com`)).toBeNull();
  });
  it('reads what a browser encodes, and never throws', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aбвгдăâđêôơưếộữ中文ελλ'), minLength: 1, maxLength: 12 });
    fc.assert(fc.property(letters, (label) => {
      const host = hostOf(`http://${label}.example/`) ?? '';
      if (host.startsWith('xn--')) expect(unicodeHost(host)).toBe(`${label.normalize('NFC')}.example`);
    }));
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (any) => {
      expect(() => decodePunycode(any)).not.toThrow();
    }));
    expect(unicodeHost(`xn--${'9'.repeat(100_000)}.com`)).toBeNull();
  });
});

describe('names that imitate', () => {
  it.each([
    ['аррӏе.com', 'xn--80ak6aa92e.com', 'apple.com'], ['vietcömbank.com', 'xn--vietcmbank-icb.com', 'vietcombank.com.vn'],
    ['login.vietсombank.top', 'login.xn--vietombank-fwi.top', 'vietcombank.com.vn'], ['www.gооgle.com', 'xn--ggle-55da.com', 'google.com'],
  ])('%s is its owner’s and never the imitated name', (written, key, imitated) => {
    const [found] = extract(`Tôi vào ${written} thì mất tiền`);
    expect(found).toMatchObject({ kind: 'domain', asSent: written, specific: true, unusual: false });
    expect(found?.key).toBe(key);
    expect(found?.key).not.toBe(imitated);
    expect(imitatedName(key)).toBe(imitated);
  });
  it.each(['apple.com', 'vietcombank.com.vn', 'xn--napth-351b.vn', 'vneid.example', 'xn--99999999.com'])('%s imitates none', (host) => expect(imitatedName(host)).toBeNull());
  it('shows both forms of a name', () => {
    expect(extract('napthẻ.vn')[0]).toMatchObject({ key: 'xn--napth-351b.vn', display: 'xn--napth-351b[.]vn (napthẻ[.]vn)', specific: true, unusual: false });
    expect(extract('https://аррӏе.com/id?x=1')[0]).toMatchObject({
      key: 'xn--80ak6aa92e.com/id?x=1', display: 'hxxps://xn--80ak6aa92e[.]com/id?x=1 (аррӏе[.]com)', specific: true,
    });
    expect(extract('xn--80ak6aa92e.com')[0]).toMatchObject({ display: 'xn--80ak6aa92e[.]com (аррӏе[.]com)', specific: true });
  });
  it('leaves words of a sentence to a person, and mixed scripts that imitate nothing', () => {
    expect(extract('mất tiền.top rồi')[0]).toMatchObject({ unusual: true, specific: false });
    expect(extract('abвгd.com')[0]).toMatchObject({ unusual: true, specific: false });
  });
  it('takes invalid punycode as it is written', () => {
    expect(extract('https://xn--99999999.com/x')[0]).toMatchObject({ key: 'xn--99999999.com/x', display: 'hxxps://xn--99999999[.]com/x' });
  });
});
