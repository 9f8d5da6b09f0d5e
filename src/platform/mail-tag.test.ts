import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailTag, replyAddress, reportOfTag, tagOf, type TagMac } from './mail-tag.ts';

const keyed = (key: string): TagMac => (data) => createHmac('sha256', key).update(data).digest();
const mac = keyed('khóa của phòng trực');
const ID = '01890000-0000-7000-8000-00000000000a';
const MAILBOX = 'baocao@desk.example';

describe('the tag of a report', () => {
  test('comes back as the report, in any case, and fits a local part', () => {
    fc.assert(fc.property(fc.uuid(), (id) => {
      const tag = mailTag(id, mac);
      expect(tag).toMatch(/^[0-9a-hjkmnp-tv-z]{42}$/);
      expect(reportOfTag(tag, mac)).toBe(id);
      expect(reportOfTag(tag.toUpperCase(), mac)).toBe(id);
      const address = replyAddress(MAILBOX, tag);
      expect(address.indexOf('@')).toBeLessThanOrEqual(64);
      expect(tagOf(address.toUpperCase(), MAILBOX)).toBe(tag);
    }));
  });

  test('altered in one character, it is none', () => {
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
    const tag = mailTag(ID, mac);
    for (let at = 0; at < tag.length; at += 1) {
      for (const other of alphabet.replace(tag[at]!, '')) expect(reportOfTag(tag.slice(0, at) + other + tag.slice(at + 1), mac)).toBeNull();
    }
  });

  test('is of one desk only, and nothing else is one', () => {
    expect(reportOfTag(mailTag(ID, keyed('khóa khác')), mac)).toBeNull();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{42}$/)), (text) => {
      expect(reportOfTag(text, mac)).toBeNull();
    }));
    for (const text of ['', mailTag(ID, mac).slice(1), `${mailTag(ID, mac)}0`, `${mailTag(ID, mac)}\n`]) expect(reportOfTag(text, mac)).toBeNull();
    expect(() => mailTag('not a uuid', mac)).toThrow(RangeError);
  });
});

describe('a reply address', () => {
  test('is of this mailbox alone', () => {
    const tag = mailTag(ID, mac);
    expect(tagOf(`baocao+${tag}@desk.example`, MAILBOX)).toBe(tag);
    for (const address of [
      MAILBOX, '', '@', 'baocao+', `baocao+@desk.example`, `baocao+${tag}@other.example`, `khac+${tag}@desk.example`, `baocao+${tag}x@desk.example`, `baocao+${tag}`,
      `x.baocao+${tag}@desk.example`,
    ]) expect(tagOf(address, MAILBOX)).toBeNull();
  });

  test('is refused where the mailbox name leaves no room', () => {
    expect(replyAddress(`${'a'.repeat(21)}@desk.example`, mailTag(ID, mac)).indexOf('@')).toBe(64);
    expect(() => replyAddress(`${'a'.repeat(22)}@desk.example`, mailTag(ID, mac))).toThrow(RangeError);
  });
});
