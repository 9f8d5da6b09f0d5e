import { describe, expect, it } from 'vitest';
import { extract } from './extract.ts';
import { groupingKeys } from './grouping.ts';
import { ownership, SHARED_HOSTS, type SharedKind } from './stoplists.ts';
import { hostOf } from './url.ts';

describe('stop lists', () => {
  const all = Object.values(SHARED_HOSTS).flat();
  it('hold each canonical host once', () => {
    expect(all.filter((host, i) => all.indexOf(host) !== i)).toEqual([]);
    expect(all.filter((host) => hostOf(host) !== host)).toEqual([]);
  });
  it.each(Object.entries(SHARED_HOSTS))('no host of the kind %s is ever one owner', (kind, hosts) => {
    for (const host of hosts) {
      expect(ownership(host)).toEqual({ shared: kind as SharedKind });
      expect(ownership(`www.${host}`)).toEqual({ shared: kind as SharedKind });
    }
  });
});

describe('ownership', () => {
  it.each([
    ['vneid-capnhat.example', 'vneid-capnhat.example'], ['dk.vneid-capnhat.example', 'vneid-capnhat.example'],
    ['abc.weebly.com', 'abc.weebly.com'], ['www.abc.weebly.com', 'abc.weebly.com'],
    ['abc.vercel.app', 'abc.vercel.app'], ['a.abc.github.io', 'abc.github.io'], ['203.0.113.9', '203.0.113.9'],
    ['notgoogle.example', 'notgoogle.example'], ['facebook.com.evil.example', 'evil.example'],
  ])('%s is %s', (host, owner) => expect(ownership(host)).toEqual({ owner }));
  it.each([
    ['m.facebook.com', 'social'], ['zalo.me', 'social'], ['t.co', 'shortener'], ['sites.google.com', 'hosting'],
    ['maps.google.com', 'top'], ['weebly.com', 'hosting'], ['sotttt.hungyen.gov.vn', 'top'], ['hungyen.vn', 'suffix'],
    ['plesk.page', 'suffix'], ['127.0.0.1', 'local'], ['192.168.1.1', 'local'], ['[::1]', 'local'],
    ['localhost', 'local'],
  ])('%s is shared: %s', (host, shared) => expect(ownership(host)).toEqual({ shared }));
});

describe('groupingKeys', () => {
  const keys = (text: string): string[] => groupingKeys(extract(text)).map(({ kind, key }) => `${kind} ${key}`);

  it('groups any page of a domain with one owner by the domain', () => {
    expect(keys('https://dk.vneid-capnhat.example/a và vneid-capnhat.example')).toEqual(
      ['domain vneid-capnhat.example'],
    );
  });
  it('groups shared hosting by the exact page', () => {
    expect(keys('https://bit.ly/AbC?x=1 http://bit.ly/AbC?x=1&utm_source=zalo bit.ly/abc')).toEqual(
      ['url bit.ly/AbC?x=1', 'url bit.ly/abc'],
    );
    expect(keys('https://docs.google.com/forms/1?fbclid=2 docs.google.com/forms/1')).toEqual(['url docs.google.com/forms/1']);
    // A group, a page or a profile is people, not one harm.
    expect(keys('https://www.facebook.com/groups/1 https://t.me/kenh https://zalo.me/g/abc')).toEqual([]);
    expect(keys('https://abc.weebly.com/x https://abc.vercel.app')).toEqual(
      ['domain abc.weebly.com', 'domain abc.vercel.app'],
    );
  });
  it('leaves what points at nobody in particular', () => {
    const text = 'facebook.com, https://zalo.me/, bit.ly, hungyen.vn, 1900 1234, http://127.0.0.1/x, Vietcom–login.com';
    expect(keys(text)).toEqual([]);
  });
  it('keeps numbers and hashes as they are', () => {
    expect(keys('SĐT 0912345678, STK 1012345678 Vietcombank')).toEqual(
      ['phone +84912345678', 'bank_account 970436|1012345678'],
    );
  });
});
