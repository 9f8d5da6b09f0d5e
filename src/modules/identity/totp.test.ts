import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newTotpSecret, totpAddress, totpStep } from './totp.ts';

const SECRET = Secret.fromLatin1('12345678901234567890').base32;

describe('codes', () => {
  // RFC 6238, appendix B, SHA-1, the last six of eight digits.
  it.each([[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037']])(
    'at %i s is %s', (seconds, code) => expect(totpStep(SECRET, code, new Date(seconds * 1000), null)).toBe(Math.floor(seconds / 30)));

  it('are taken one step early or late, and no more', () => {
    const at = (seconds: number) => totpStep(SECRET, '050471', new Date(seconds * 1000), null);
    const step = Math.floor(1111111111 / 30);
    expect([at(step * 30 - 30), at(step * 30 + 59)]).toEqual([step, step]);
    expect([at(step * 30 - 31), at(step * 30 + 60)]).toEqual([null, null]);
  });

  it('serve once, and none before the last', () => {
    const now = new Date(1111111111_000);
    const step = Math.floor(1111111111 / 30);
    expect(totpStep(SECRET, '050471', now, step - 1)).toBe(step);
    expect(totpStep(SECRET, '050471', now, step)).toBeNull();
    expect(totpStep(SECRET, '050471', now, step + 1)).toBeNull();
  });

  it.each(['', '05047', '0504711', '05047a', '٠٥٠٤٧١'])('%j is none', (code) => expect(totpStep(SECRET, code, new Date(1111111111_000), null)).toBeNull());

  it('may be typed in two groups', () => expect(totpStep(SECRET, ' 050 471 ', new Date(1111111111_000), null)).not.toBeNull());
});

it('a secret has 160 bits and an address phones read', () => {
  const secret = newTotpSecret();
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  expect(secret).not.toBe(newTotpSecret());
  const address = new URL(totpAddress(secret, 'Lá Chắn', 'lan@caobang.gov.vn'));
  expect(address.protocol).toBe('otpauth:');
  expect(Object.fromEntries(address.searchParams)).toEqual({ issuer: 'Lá Chắn', secret, algorithm: 'SHA1', digits: '6', period: '30' });
  expect(decodeURIComponent(address.pathname)).toContain('lan@caobang.gov.vn');
});
