import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { apiToken, bearerToken, hashApiToken, tokenState } from './tokens.ts';

describe('a token of an agency', () => {
  it('writes all 200 bits', () => {
    expect(apiToken(Buffer.alloc(25))).toBe(`lachan_${'0'.repeat(40)}`);
    expect(apiToken(Buffer.alloc(25, 0xff))).toBe(`lachan_${'z'.repeat(40)}`);
    const bytes = randomBytes(25);
    const other = Buffer.from(bytes);
    other[24]! ^= 1;
    expect(apiToken(other)).not.toBe(apiToken(bytes));
    expect(() => apiToken(Buffer.alloc(24))).toThrow(RangeError);
  });

  it('is read from a header of its shape only', () => {
    const token = apiToken(randomBytes(25));
    expect(bearerToken(`Bearer ${token}`)).toBe(token);
    expect(bearerToken(`bearer   ${token}`)).toBe(token);
    const wrong = [undefined, '', token, `Basic ${token}`, `Bearer ${token}x`, `Bearer ${token.toUpperCase()}`, `Bearer ${token} ${token}`, `Bearer ${'x'.repeat(1e6)}`];
    for (const header of wrong) expect(bearerToken(header)).toBeNull();
    expect(hashApiToken(token)).toHaveLength(32);
  });

  it('has a state for every day of its life', () => {
    const now = new Date('2026-11-22T02:00:00Z');
    const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
    const states = [[inDays(365), null], [inDays(29.9), null], [inDays(365), inDays(1)], [inDays(365), now], [now, null], [inDays(-1), inDays(1)]] as const;
    expect(states.map(([expiresAt, revokedAt]) => tokenState({ expiresAt, revokedAt }, now)))
      .toEqual(['active', 'ending', 'rotated', 'revoked', 'expired', 'expired']);
  });
});
