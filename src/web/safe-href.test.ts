import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeHref } from './safe-href.ts';

it.each([
  '/', '/bao-cao?x=1&y=%20#z', '/en', '#', '#f-url', 'https://lachan.example/a?b#c', 'http://lachan.example', 'HTTPS://X.example/',
  'mailto:a@b.example?subject=x', 'tel:113', 'tel:+84123', '/cảnh-báo',
])('keeps %s', (url) => {
  expect(safeHref(url)).toBe(url);
});

it.each([
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', ' java\nscript:alert(1)', 'java\tscript:x', '\u0001javascript:x',
  'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:x', '//evil', '//evil/a', '/\\evil', '\\\\evil', '/\t/evil', '/\n/evil',
  'https:evil', 'https:/evil', 'https:///evil', 'https://\\evil', 'ftp://x', 'mailto://x', 'tel:x', 'relative', './x', '?q=1', '', ' /a', '\u00a0/a', '\ufeff//evil',
])('refuses %j', (url) => {
  expect(safeHref(url)).toBe('#');
});

it('refuses what is missing', () => {
  expect(safeHref(undefined)).toBe('#');
  expect(safeHref(null)).toBe('#');
});

it('never lets through what a browser would read as another scheme or host', () => {
  const part = fc.constantFrom('/', '\\', ':', 'javascript', 'data', 'https', 'http', 'evil.example', '\t', '\n', ' ', '\u0000', '#', '?', '@', '.');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const href = safeHref(parts.join(''));
      if (href === '#') return;
      const url = URL.parse(href, 'https://own.example/page');
      if (!url) return;
      expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(url.protocol);
      if (href.startsWith('/') || href.startsWith('#')) expect(url.origin).toBe('https://own.example');
    }),
    { numRuns: 2000 },
  );
});
