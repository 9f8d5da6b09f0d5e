/** Addresses as nearly all are sent go a short way; bytes always go the long one, and both must give the same. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalParts } from './canonical.ts';
import { hostOf } from './url.ts';

const plain = fc.string({
  unit: fc.constantFrom('http://', 'https://', 'HTTP://', 'a', 'Evil', 'evil', '-', '_', '.', '.', '.example', '.com.vn', '.9', 'xn--', ':443', ':', '/', '/b', '/.', '..', '?', 'x=1', '&', '#', "'", '@', '%41', ' ', 'ẻ'),
  minLength: 1, maxLength: 12,
});

it('the short way gives the same as the rules', () => {
  let named = 0;
  fc.assert(fc.property(fc.oneof(plain, fc.domain(), fc.webUrl({ withQueryParameters: true, withFragments: true })), (raw) => {
    const parts = canonicalParts(new TextEncoder().encode(raw));
    expect(canonicalParts(raw)).toEqual(parts);
    expect(hostOf(raw)).toBe(parts?.host ?? null);
    named += parts === null ? 0 : 1;
  }), { numRuns: 20_000 });
  expect(named).toBeGreaterThan(5000);
});
