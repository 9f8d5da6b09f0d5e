import { sameBytes } from './keys.ts';

/** Digits and letters without i, l, o and u, in lower case. Source: D. Crockford, "Base 32", crockford.com/base32.html. */
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_BYTES = 16;
const MAC_BYTES = 10;
/** 26 bytes are 208 bits: 42 characters, of which the last two bits are zero. */
const TAG = /^[0-9a-hjkmnp-tv-z]{42}$/;
/** RFC 5321 section 4.5.3.1.1 */
const LONGEST_LOCAL_PART = 64;

/** Keyed hash of at least ten bytes, for this purpose alone. */
export type TagMac = (data: Uint8Array) => Uint8Array;

/** The tag of a report, or of an opinion that was asked for under a key of its own, for its reply address: its id and a keyed hash, 42 lower-case characters. Throws RangeError when the id is no UUID. */
export function mailTag(reportId: string, mac: TagMac): string {
  const hex = reportId.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError('not a UUID');
  const id = Buffer.from(hex, 'hex');
  return written(Buffer.concat([id, mac(id).subarray(0, MAC_BYTES)]));
}

/** The report (or opinion) a tag is for, in any case; null when the tag is altered, forged or none. Compared in constant time. */
export function reportOfTag(tag: string, mac: TagMac): string | null {
  const lower = tag.toLowerCase();
  if (!TAG.test(lower)) return null;
  const bytes = readBytes(lower);
  // The two bits left over would give every tag four spellings.
  if (written(bytes) !== lower) return null;
  const id = bytes.subarray(0, ID_BYTES);
  if (!sameBytes(bytes.subarray(ID_BYTES), mac(id).subarray(0, MAC_BYTES))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** `baocao@desk.example` and a tag as `baocao+<tag>@desk.example` (RFC 5233 subaddressing). Throws RangeError when the local part grows beyond 64. */
export function replyAddress(mailbox: string, tag: string): string {
  const at = mailbox.lastIndexOf('@');
  const local = `${mailbox.slice(0, at)}+${tag}`;
  if (at < 1 || local.length > LONGEST_LOCAL_PART) throw new RangeError('the mailbox name is too long for a reply address');
  return local + mailbox.slice(at);
}

/** The tag in an address of this mailbox, in lower case; null for any other address. Says nothing of whether the tag is genuine. */
export function tagOf(address: string, mailbox: string): string | null {
  const [local, domain] = halves(address);
  const [own, ownDomain] = halves(mailbox);
  if (domain !== ownDomain || !local.startsWith(`${own}+`)) return null;
  const tag = local.slice(own.length + 1);
  return TAG.test(tag) ? tag : null;
}

function halves(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, Math.max(0, at)).trim().toLowerCase(), address.slice(at + 1).trim().toLowerCase()];
}

function written(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => CROCKFORD[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function readBytes(tag: string): Buffer {
  const bits = Array.from(tag, (character) => CROCKFORD.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
