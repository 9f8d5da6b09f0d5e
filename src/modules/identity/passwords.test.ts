import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPassword, initialPassword, newPasswordFault, NOBODYS_HASH, passwordFault, verifyPassword } from './passwords.ts';

const EMAIL = 'lan.nguyen@caobang.gov.vn';

describe('hashes of passwords', () => {
  it('are PHC strings with the parameters OWASP asks for, salted each time', async () => {
    const [one, two] = await Promise.all([hashPassword('bảy con trâu qua suối'), hashPassword('bảy con trâu qua suối')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
  });

  it('know their password in either normal form, and no other', async () => {
    const stored = await hashPassword('bảy con trâu qua suối'.normalize('NFC'));
    expect(await verifyPassword(stored, 'bảy con trâu qua suối'.normalize('NFD'))).toBe(true);
    expect(await verifyPassword(stored, 'bảy con trâu qua suôi')).toBe(false);
    expect(await verifyPassword(stored, '')).toBe(false);
  });

  it('are verified with the parameters they were made with', async () => {
    // Source: phc-winner-argon2, src/test.c, argon2id version 0x13.
    const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword(stored, 'password')).toBe(true);
  });

  it.each(['', 'plain', '$2b$10$abc', '$argon2id$v=19$m=19456,t=2,p=1$$', '$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAA'])(
    'of another kind are nobody’s: %j', async (stored) => expect(await verifyPassword(stored, stored)).toBe(false));

  it('of nobody fit nothing', async () => {
    expect(await verifyPassword(NOBODYS_HASH, '')).toBe(false);
    expect(await verifyPassword(NOBODYS_HASH, 'password')).toBe(false);
  });
});

describe('a chosen password', () => {
  it.each([
    ['mười hai ký', 'too_short'], ['🐃🐃🐃🐃🐃🐃🐃🐃🐃🐃🐃', 'too_short'], ['ă'.repeat(201), 'too_long'],
    [EMAIL, 'own_name'], ['Lan.Nguyen2026', 'own_name'], ['LánChắn... Lá Chắn', null], ['Lá Chắn 2026!', 'own_name'], ['lachanlachan', 'own_name'],
    ['123456789012', 'too_common'], ['000000000000', 'too_common'], ['abcabcabcabc', 'too_common'], ['matkhau123456', 'too_common'],
    ['Mật khẩu 2026', 'too_common'], ['Password@1234', 'too_common'], ['anhyeuem13579', 'too_common'], ['qwertyuiop[]', 'too_common'],
    ['vietnamvodich1', 'too_common'], ['Admin@Admin#2026', 'too_common'],
    ['bảy con trâu qua suối', null], ['correct horse battery', null], ['k9-mvq2-x7hd-33', null], ['84017 59316 20', null],
  ])('%j: %s', (password, fault) => expect(passwordFault(password, EMAIL)).toBe(fault));

  it('is judged in linear time, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (password) => {
      const fault = passwordFault(password, EMAIL);
      expect(['too_short', 'too_long', 'own_name', 'too_common', null]).toContain(fault);
    }));
    expect(passwordFault('abcabcdabcdef'.repeat(15) + 'z', EMAIL)).toBeNull();
    expect(passwordFault('a'.repeat(99) + 'b' + 'a'.repeat(99) + 'z', 'aaa.aaaa@aaaaa.vn')).toBeNull();
  });

  it('takes part in no e-mail with an empty or strange name', () => {
    expect(passwordFault('bảy con trâu qua suối', '')).toBeNull();
    expect(passwordFault('bảy con trâu qua suối', '+++@---')).toBeNull();
  });

  it('is the same twice, and new', async () => {
    const account = { email: EMAIL, passwordHash: await hashPassword('bảy con trâu qua suối') };
    expect(await newPasswordFault(account, { password: 'tám con trâu qua suối', again: 'tám con trâu qua suối' })).toBeUndefined();
    expect(await newPasswordFault(account, { password: 'tám con trâu qua suối', again: 'tám con trâu qua suôi' })).toBe('differs');
    expect(await newPasswordFault(account, { password: 'bảy con trâu qua suối', again: 'bảy con trâu qua suối' })).toBe('same');
  });
});

describe('a first password', () => {
  it('is fit to be read out, and one that may be chosen', () => {
    const drawn = Array.from({ length: 200 }, initialPassword);
    expect(new Set(drawn).size).toBe(200);
    for (const password of drawn) {
      expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
      expect(passwordFault(password, EMAIL)).toBeNull();
    }
  });
});
