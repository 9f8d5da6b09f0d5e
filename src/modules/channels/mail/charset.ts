const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1258 = new TextDecoder('windows-1258');

/** Labels senders write without meaning them: what is valid UTF-8 under them is UTF-8. */
const CARELESS = new Set(['', 'us-ascii', 'ascii', 'iso-8859-1', 'latin1', 'windows-1252', 'default', 'unknown-8bit', 'x-unknown']);

/**
 * Text in the charset said; an unknown or wrong label never throws: UTF-8 if the bytes are, else windows-1258
 * (Vietnamese, a superset of most of latin-1). Source of the labels: WHATWG Encoding Standard.
 */
export function decodeText(bytes: Buffer, label: string): string {
  const charset = label.trim().toLowerCase();
  const decoder = decoderFor(charset);
  if (decoder && decoder.encoding !== 'utf-8' && !CARELESS.has(charset)) return decoder.decode(bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return decoder && decoder.encoding !== 'utf-8' ? decoder.decode(bytes) : mendedUtf8(bytes);
  }
}

/** A few broken bytes in UTF-8 are broken bytes; where most of what is not ASCII is broken, it was never UTF-8. */
function mendedUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  let [foreign, broken] = [0, 0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) foreign += 1;
    if (code === 0xfffd) broken += 1;
  }
  return broken * 2 <= foreign ? text : windows1258.decode(bytes);
}

function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label === '' ? 'utf-8' : label);
  } catch {
    return null;
  }
}
