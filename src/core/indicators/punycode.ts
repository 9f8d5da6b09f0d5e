/** Parameters of Punycode for host names. Source: RFC 3492 section 5. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 0x80;
const LAST_CODE = 0x10ffff;

/** The longest label of a host name. Source: RFC 1035 section 2.3.4. */
const LONGEST_LABEL = 63;

/**
 * A canonical host as its owner writes it, xn--napth-351b.vn as napthẻ.vn; null when it has no letters outside ASCII or its
 * punycode is invalid or would open another host. Never throws.
 */
export function unicodeHost(host: string): string | null {
  if (!host.includes('xn--')) return null;
  const labels = host.split('.').map((label) => {
    if (!label.startsWith('xn--')) return label;
    return label.length > LONGEST_LABEL ? null : decodePunycode(label.slice('xn--'.length));
  });
  if (labels.includes(null)) return null;
  const unicode = labels.join('.');
  return unicode !== host && URL.parse(`http://${unicode}/`)?.hostname === host ? unicode : null;
}

/** The letters of an `xn--` label without that prefix; null when it encodes none. Source: RFC 3492 section 6.2. */
export function decodePunycode(encoded: string): string | null {
  const basicEnd = Math.max(0, encoded.lastIndexOf('-'));
  const output = Array.from(encoded.slice(0, basicEnd), (character) => character.charCodeAt(0));
  let code = FIRST_CODE;
  let bias = FIRST_BIAS;
  let position = 0;
  for (let at = basicEnd === 0 ? 0 : basicEnd + 1; at < encoded.length; ) {
    const before = position;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(encoded.charCodeAt(at));
      at += 1;
      if (digit < 0) return null;
      position += digit * weight;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    code += Math.floor(position / length);
    if (!(code <= LAST_CODE) || (code >= 0xd800 && code < 0xe000)) return null;
    bias = adapted(position - before, length, before === 0);
    position %= length;
    output.splice(position, 0, code);
    position += 1;
  }
  return String.fromCodePoint(...output);
}

/** Value of a digit, a to z and 0 to 9; -1 for anything else, the end too. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? letter - 0x61 : -1;
}

/** Source: RFC 3492 section 6.1. */
function adapted(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
