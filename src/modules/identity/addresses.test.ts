import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserName, consolePath, networkOf, normaliseEmail, withNext } from './addresses.ts';

describe('the page after the sign-in', () => {
  it.each([
    ['/can-bo', '/can-bo'], ['/can-bo/vu-viec/1?tab=2&q=a%20b', '/can-bo/vu-viec/1?tab=2&q=a%20b'], ['/can-bo?x=1', '/can-bo?x=1'],
    ['/can-bo/kiem-tra?q=https://vd.example/', '/can-bo/kiem-tra?q=https://vd.example/'], ['/can-bo/a#dich', '/can-bo/a'],
  ])('%s is one', (wanted, path) => expect(consolePath(wanted)).toBe(path));

  it.each([
    '', '/', '/can-bo2', '/can-boevil.example', 'can-bo', '//evil.example', '//evil.example/can-bo', '/\\evil.example', '/can-bo\\..\\..\\evil', '/can-bo//evil.example',
    '/can-bo/..//evil.example', '/can-bo/../..//evil.example', '/can-bo/../dang-xuat', '/can-bo/%2e%2e/dang-xuat', '/can-bo/./../bao-cao', 'https://evil.example/can-bo', 'javascript:alert(1)//can-bo',
    '/can-bo/\t/evil', '/can-bo/\r\nSet-Cookie:a=b', ' /can-bo', '\u2028/can-bo', '/can-bo/' + 'a'.repeat(3000), '/can-bo@evil.example', '/CAN-BO',
  ])('%j is none', (wanted) => expect(consolePath(wanted)).toBeNull());

  it('never leaves the console, whatever is asked for', () => {
    const pieces = fc.constantFrom('/can-bo', '/', '\\', '..', '.', '%2e', '%2f', '%5c', '//', '@', ':', '?', '#', 'evil.example', 'https:', '\t', '\n', ' ', '\u00a0', 'ố');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 8 }), fc.boolean(), (parts, inside) => {
      const found = consolePath((inside ? '/can-bo' : '') + parts.join(''));
      if (found === null) return;
      const { origin, pathname } = new URL(found, 'https://desk.example');
      expect(origin).toBe('https://desk.example');
      expect(pathname).toMatch(/^\/can-bo(\/|$)/);
      // What src/platform/http.ts lets through, and a header can carry.
      // oxlint-disable-next-line no-control-regex
      expect(found).toMatch(/^\/(?![/\\])[\u0021-\u007e]+$/);
    }), { numRuns: 2000 });
  });

  it('travels in one parameter', () => {
    expect(withNext('/dang-nhap', '/can-bo?a=1&b=2')).toBe('/dang-nhap?tiep=%2Fcan-bo%3Fa%3D1%26b%3D2');
    expect(withNext('/dang-nhap', null)).toBe('/dang-nhap');
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['local', 'local'],
  ])('%s: %s', (address, network) => expect(networkOf(address)).toBe(network));
});

it('an e-mail has one form', () => {
  expect(normaliseEmail('  Lan.Nguyen@CaoBang.gov.vn ')).toBe('lan.nguyen@caobang.gov.vn');
});

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0', 'Edge, Windows'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0 Chrome/124.0 Safari/537.36', 'Cốc Cốc, Windows'],
  ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Safari, iOS'],
  ['curl/8.0', ''], ['', ''],
])('%s is called %j', (userAgent, name) => expect(browserName(userAgent)).toBe(name));
