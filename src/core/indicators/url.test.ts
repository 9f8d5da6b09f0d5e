import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/data/domains/safebrowsing-canonicalization-vectors.json' with { type: 'json' };
import {
  canonicalUrl, defang, displayParts, hasKnownSuffix, hostOf, isIpHost, isPublicSuffix, registrableDomain,
  urlExpressions, urlForms, urlKey,
} from './url.ts';

/** Vectors marked BYTES: name bytes that are not UTF-8. */
function fromVector(raw: string): string | Uint8Array {
  if (!raw.startsWith('BYTES:')) return raw;
  const text = raw.slice('BYTES:'.length);
  const bytes = text.replace(/\\x(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Uint8Array.from(bytes, (c) => c.charCodeAt(0));
}

const urlLike = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      'http', 'https', ':', '/', '\\', '?', '#', '@', '.', '..', '%', '%25', '%2e', '2', '5', 'F', 'evil', '.example',
      ' ', '[', ']', '::1', '0x7f', 'é', '％', '\u200b', '–', '.com', '\t', '%3a', '%2F', '%5C', '%C3', '%A9', 'a',
      'xn--', ';', '=',
    ),
    maxLength: 24,
  }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);

describe('published Safe Browsing vectors', () => {
  it.each(vectors.canonicalize)('%j → %j', (raw = '', canonical = '') => {
    expect(canonicalUrl(fromVector(raw))).toBe(canonical);
  });
  it.each(vectors.canonicalize_chromium_extra_host_path_query)('%j (Chromium)', (raw = '', host, path, query) => {
    const canonical = canonicalUrl(raw) ?? '';
    expect(canonical.slice(canonical.indexOf('//') + 2)).toBe(`${host}${path}${query === '' ? '' : `?${query}`}`);
  });
  it.each(vectors.canonicalize_go_extra)('%j → %j (Go)', (raw = '', canonical = '') => {
    // Google's client writes lower-case escapes; its specification asks for upper case.
    expect(canonicalUrl(raw)).toBe(canonical.replaceAll('%1b', '%1B'));
  });
  it.each(vectors.invalid)('%j has no host', (raw) => expect(canonicalUrl(raw)).toBeNull());
  it.each(vectors.ipv4_parse)('%j is address %j', (raw = '', address = '') => {
    const host = hostOf(`http://${raw}/`) ?? '';
    if (address === '') expect(isIpHost(host)).toBe(false);
    else expect(host).toBe(address);
  });
  it.each(vectors.suffix_prefix_expressions)('expressions of %j', (raw, expressions) => {
    expect(urlExpressions(String(raw))).toEqual(expressions);
  });
});

describe('canonicalUrl', () => {
  it.each([
    ['https://vietcombank.com.vn@evil.example/', 'https://evil.example/'],
    ['http://vietcombank.com.vn\\@evil.example/', 'http://vietcombank.com.vn/@evil.example/'],
    ['http://bank.example%2F@evil.example/', 'http://evil.example/'],
    ['http://a.example/x%5Cy', 'http://a.example/x%5Cy'],
    ['http://a.example/x\\y', 'http://a.example/x/y'],
    ['http://a.example/..%3Fb', 'http://a.example/?b'],
    ['vneid-capnhat.example:8080/dk', 'http://vneid-capnhat.example/dk'],
    ['//evil.example/x', 'http://evil.example/x'],
    ['https:evil.example', 'https://evil.example/'],
    ['http://napthẻ.vn/', 'http://xn--napth-351b.vn/'],
    ['http://napth%E1%BA%BB.vn/', 'http://xn--napth-351b.vn/'],
    ['http://evil\u200b.example/', 'http://evil.example/'],
    ['http://[2001:DB8:0:0:0:0:0:1]:443/a', 'http://[2001:db8::1]/a'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
  ])('%j → %j', (raw, canonical) => expect(canonicalUrl(raw)).toBe(canonical));

  it.each([
    'http://a%2Fb.example/', 'http://good.example%40evil.example/', 'javascript:alert(1)', 'tel:0912345678',
    'http://[::g]/', 'http://...',
  ])(
    '%j opens nowhere', (raw) => expect(canonicalUrl(raw)).toBeNull(),
  );

  it('is idempotent and never throws', () => {
    fc.assert(fc.property(urlLike, (raw) => {
      const once = canonicalUrl(raw);
      if (once !== null) expect(canonicalUrl(once)).toBe(once);
    }), { numRuns: 2000 });
  });

  it('names the host a browser opens, for valid https URLs', () => {
    fc.assert(fc.property(fc.webUrl({ validSchemes: ['https'] }), (raw) => {
      expect(hostOf(raw)).toBe(new URL(raw).hostname);
    }));
  });

  it('decodes a long chain of escapes', () => {
    expect(canonicalUrl(`http://a.example/%${'25'.repeat(300_000)}41`)).toBe('http://a.example/A');
  });
});

it('gives the three forms', () => {
  expect(urlForms('HTTPS://Evil.example:444/a/../b#x')).toEqual({
    asSent: 'HTTPS://Evil.example:444/a/../b#x',
    opens: 'https://evil.example:444/b#x',
    canonical: 'https://evil.example/b',
  });
  expect(urlForms('http://a%2Fb/')).toMatchObject({ opens: null, canonical: null });
  expect(urlKey('https://Evil.example')).toBe(urlKey('http://evil.example/'));
});

describe('domains', () => {
  it.each([
    ['vneid-capnhat.example', 'vneid-capnhat.example'], ['www.dk.vneid-capnhat.example', 'vneid-capnhat.example'],
    ['sotttt.hungyen.gov.vn', 'hungyen.gov.vn'], ['abc.vercel.app', 'abc.vercel.app'], ['hungyen.vn', null],
    ['vercel.app', null], ['127.0.0.1', null], ['[::1]', null], ['localhost', null],
    ['dichvucong.gov.vn.capnhat-vneid.example', 'capnhat-vneid.example'],
  ])('%s is registered as %s', (host, domain) => expect(registrableDomain(host)).toBe(domain));

  it.each([
    ['hungyen.vn', true], ['gov.vn', true], ['com.vn', true], ['plesk.page', true], ['zalo.me', false], ['t.co', false],
    ['1.1.1.1', false],
  ])('%s is a public suffix: %s', (host, suffix) => expect(isPublicSuffix(host)).toBe(suffix));

  it('knows which endings exist', () => {
    expect(['a.vn', 'a.example', 'a.vercel.app', 'a.bạn', 'a.hcm', '12.000', 'a'].map(hasKnownSuffix)).toEqual(
      [true, true, true, false, false, false, false],
    );
  });
});

describe('displayParts', () => {
  it.each([
    ['https://vietcombank.com.vn@evil.example/', 'https://vietcombank.com.vn@', 'evil.example', '/'],
    ['http://gov.vn.capnhat-vneid.example/a?b', 'http://gov.vn.', 'capnhat-vneid.example', '/a?b'],
    ['vneid-capnhat.example/dk', '', 'vneid-capnhat.example', '/dk'],
    ['https://x.example:8443/', 'https://', 'x.example', ':8443/'],
    ['http://3279880203/blah', 'http://', '195.127.0.11', '/blah'],
    ['http://a b/', 'http://a b/', '', ''],
  ])('%j', (url, before, registrable, after) => expect(displayParts(url)).toEqual({ before, registrable, after }));

  it('loses nothing', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const { before, registrable, after } = displayParts(url);
      expect(before + registrable + after).toBe(new URL(url).href);
      expect(registrable.length).toBeGreaterThan(0);
    }));
  });
});

it('defangs', () => {
  expect(defang('https://a.evil.example/x.php?u=http://b.example')).toBe(
    'hxxps://a[.]evil[.]example/x.php?u=http://b.example',
  );
  expect(defang('evil.example')).toBe('evil[.]example');
  expect(defang('')).toBe('');
});
