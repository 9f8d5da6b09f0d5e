import { describe, expect, it } from 'vitest';
import { Keys } from '#platform/keys.ts';
import { scopesOf, type Attempt } from './guesses.ts';

const keys = new Keys(Buffer.alloc(32, 1));
const NOW = new Date('2026-11-22T02:00:00Z');
const unknown: Attempt = { email: 'a@b.vn', address: '203.0.113.7', device: null };
const keysOf = (attempt: Attempt, now = NOW) => Object.fromEntries(scopesOf(keys, attempt, now).map(({ counter, key }) => [counter, key.toString('hex')]));

describe('the counters of an attempt', () => {
  it('are pair, source and account for an unknown browser, in this order', () => {
    expect(scopesOf(keys, unknown, NOW).map(({ counter, most }) => [counter, most])).toEqual([['pair', 10], ['source', 50], ['account', 20]]);
  });

  it('is one of its own for a known browser', () => {
    const known = scopesOf(keys, { ...unknown, device: 'x' }, NOW);
    expect(known.map(({ counter }) => counter)).toEqual(['device']);
    expect(keysOf({ ...unknown, device: 'x', address: '198.51.100.1' })).toEqual(keysOf({ ...unknown, device: 'x' }));
    expect(keysOf({ ...unknown, device: 'y' })).not.toEqual(keysOf({ ...unknown, device: 'x' }));
  });

  it('share what they are to share', () => {
    const here = keysOf(unknown);
    const elsewhere = keysOf({ ...unknown, address: '198.51.100.1' });
    expect(elsewhere.account).toBe(here.account);
    expect([elsewhere.pair, elsewhere.source]).not.toContain(here.pair);
    expect(elsewhere.source).not.toBe(here.source);
    const another = keysOf({ ...unknown, email: 'c@d.vn' });
    expect(another.source).toBe(here.source);
    expect(another.account).not.toBe(here.account);
  });

  it('change with the day and say nothing of the address', () => {
    expect(keysOf(unknown, new Date('2026-11-23T02:00:00Z')).source).not.toBe(keysOf(unknown).source);
    expect(JSON.stringify(keysOf(unknown))).not.toContain('203.0.113');
  });
});
