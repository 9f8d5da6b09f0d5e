/**
 * Bytes of base64 text, white space allowed; `unreadable` when a character, the padding or the length is wrong (RFC 4648 section 4),
 * `too_large` when there would be more than `most` bytes, which is seen before anything is decoded. Linear, without backtracking.
 */
export function fromBase64(text: string, most: number): Uint8Array | 'unreadable' | 'too_large' {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0;
  if (compact.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(compact)) return 'unreadable';
  const firstPad = compact.indexOf('=');
  if (firstPad !== -1 && firstPad !== compact.length - padding) return 'unreadable';
  if ((compact.length / 4) * 3 - padding > most) return 'too_large';
  return new Uint8Array(Buffer.from(compact, 'base64'));
}
