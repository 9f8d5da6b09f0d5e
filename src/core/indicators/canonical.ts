/**
 * The matching key of a URL: Google Safe Browsing canonical form, worked out on bytes. Source: "URLs and Hashing",
 * developers.google.com/safe-browsing/v4/urls-hashing (vectors in tests/data/domains). Three choices where that page is
 * silent or browsers go further, each needed so that the key names the site a browser would open:
 * the URL is split before it is unescaped, so that `http://bank.example%2F@evil.example/` is evil.example;
 * a literal backslash separates like a slash (WHATWG URL, special schemes) and an escaped one stays `%5C`;
 * a host with an escaped `/ ? @ : [ ]` or backslash opens nowhere and has no key.
 *
 * Bytes are held as strings of char codes 0 to 255.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A canonical URL in its parts; `host` and `path` are never empty, `query` has no question mark, null when absent. */
export interface CanonicalParts {
  scheme: string;
  host: string;
  path: string;
  query: string | null;
}

/**
 * What nearly every link is: http or none before a name in ASCII that is no number, a path without escapes, dots and empty
 * folders. Of it only the case of scheme and host changes and port and fragment go; the rules below give the same.
 */
const PLAIN = new RegExp(
  '^(?:(https?)://)?((?:[\\w-]+\\.)+[a-z][\\w-]*)(?::\\d{1,5}(?=[/?#]|$))?' +
    "((?:/(?![/.])[\\w.~!$&'()*+,;=:@-]*)*)(?:\\?([\\w.~!$&'()*+,;=:@/?-]*))?(?:#[!-~]*)?$",
  'i',
);
const LONGEST_PLAIN = 2000;

function plainParts(raw: string): CanonicalParts | null {
  const match = PLAIN.exec(raw);
  if (match === null) return null;
  return { scheme: (match[1] ?? 'http').toLowerCase(), host: match[2]!.toLowerCase(), path: match[3] || '/', query: match[4] ?? null };
}

/**
 * Canonical parts of what was typed or sent (text, or bytes as they were); null when it names no host. Never throws.
 */
export function canonicalParts(raw: string | Uint8Array): CanonicalParts | null {
  const plain = typeof raw === 'string' && raw.length <= LONGEST_PLAIN ? plainParts(raw) : null;
  if (plain !== null) return plain;
  const bytes = (typeof raw === 'string' ? utf8(raw) : fromCodes(raw)).replace(/[\t\r\n]/g, '');
  const whole = trimmed(bytes.split('#', 1)[0] ?? '');
  const split = splitScheme(/^[a-z][a-z0-9+.-]*%3a/i.test(whole) ? unescaped(whole) : whole);
  if (split === null) return null;
  const end = split.rest.search(/[/\\?]/);
  const authority = end < 0 ? split.rest : split.rest.slice(0, end);
  const host = canonicalHost(authority.slice(authority.lastIndexOf('@') + 1));
  if (host === null) return null;
  return { scheme: split.scheme, host, ...pathAndQuery(end < 0 ? '' : split.rest.slice(end)) };
}

/**
 * Host suffix and path prefix combinations under which a list may hold a URL, most exact first, as `host/path?query`:
 * the host and up to six suffixes of its last seven labels (as Google's own client; the page says four of five), the
 * path with and without query and up to four leading folders.
 */
export function expressionsOf({ host, path, query }: CanonicalParts): string[] {
  const paths = pathPrefixes(path);
  if (query !== null && query !== '') paths.unshift(`${path}?${query}`);
  return hostSuffixes(host).flatMap((suffix) => paths.map((prefix) => suffix + prefix));
}

function hostSuffixes(host: string): string[] {
  if (host.startsWith('[') || isIpv4(host)) return [host];
  const labels = host.split('.');
  const first = Math.max(1, labels.length - 7);
  const shorter = labels.map((_, i) => labels.slice(i).join('.')).slice(first, -1);
  return [host, ...shorter];
}

function pathPrefixes(path: string): string[] {
  const folders = path.split('/').slice(1, -1);
  const depths = [3, 2, 1, 0].filter((depth) => depth <= folders.length);
  return [...new Set([path, ...depths.map((depth) => ['', ...folders.slice(0, depth), ''].join('/'))])];
}

/** Whether a canonical host is a dotted IPv4 address. */
export function isIpv4(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}

/** `scheme:` and what follows its slashes; a missing scheme is http. Null for schemes without a host, as mailto. */
function splitScheme(url: string): { scheme: string; rest: string } | null {
  const [, name, slashes = '', rest = ''] = /^([a-z][a-z0-9+.-]*):([/\\]*)(.*)$/is.exec(url) ?? [];
  if (name === undefined) return { scheme: 'http', rest: url.replace(/^[/\\]{2}/, '') };
  if (slashes.length > 2) return null;
  if (slashes.length === 2 || /^https?$/i.test(name)) return { scheme: name.toLowerCase(), rest };
  const isHostAndPort = name.includes('.') && slashes === '' && /^\d{1,5}(?:[/\\?]|$)/.test(rest);
  return isHostAndPort ? { scheme: 'http', rest: url } : null;
}

function canonicalHost(raw: string): string | null {
  const host = toAscii(singleDots(unescaped(raw.replace(/:\d*$/, ''))));
  if (host.startsWith('[')) return ipv6(host);
  if (/[/?@:\\[\]]/.test(host)) return null;
  const plain = singleDots(lower(host));
  return plain === '' ? null : (ipv4(plain) ?? escaped(plain));
}

function singleDots(host: string): string {
  return host.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '');
}

/** Punycode of a host with letters outside ASCII (UTS #46 as browsers do it); other hosts unchanged. */
function toAscii(host: string): string {
  if (!/[\x80-\xff]/.test(host) || /[^\w.\-~!$&'()*+,;=\x80-\xff]/.test(host)) return host;
  try {
    return new URL(`http://${decoder.decode(Uint8Array.from(host, (c) => c.charCodeAt(0)))}/`).hostname;
  } catch {
    return host;
  }
}

function ipv6(host: string): string | null {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return null;
  }
}

/**
 * IPv4 in any base and any number of parts, each part cut to the bytes it stands for, and the old Windows habit of
 * ignoring what follows a space in a short host. Source: google/safebrowsing urls.go, parseIPAddress (behaviour only).
 */
function ipv4(host: string): string | null {
  const address = host.length <= 15 ? host.replace(/^(\d+\.\d+\.\d+\.\d+) .*$/s, '$1') : host;
  const parts = address.split('.');
  if (parts.length > 4) return null;
  const bytes: number[] = [];
  for (const [i, part] of parts.entries()) {
    const value = ipv4Part(part);
    if (value === null) return null;
    for (let width = i === parts.length - 1 ? 4 - i : 1; width > 0; width -= 1) {
      bytes.push(Math.floor(value / 256 ** (width - 1)) % 256);
    }
  }
  return bytes.join('.');
}

function ipv4Part(part: string): number | null {
  if (!/^(?:0x[0-9a-f]{1,16}|0[0-7]{0,16}|[1-9]\d{0,15})$/.test(part)) return null;
  const value = /^0[0-7]/.test(part) ? parseInt(part, 8) : Number(part);
  return value <= 0xffffffff ? value : null;
}

function pathAndQuery(raw: string): { path: string; query: string | null } {
  const cut = raw.indexOf('?');
  const path = unescaped((cut < 0 ? raw : raw.slice(0, cut)).replaceAll('\\', '/'));
  const inner = path.indexOf('?');
  const queries = [
    ...(inner < 0 ? [] : [path.slice(inner + 1)]),
    ...(cut < 0 ? [] : [unescaped(raw.slice(cut + 1))]),
  ];
  return {
    path: escaped(resolved(inner < 0 ? path : path.slice(0, inner))),
    query: queries.length === 0 ? null : escaped(unescaped(queries.join('?'))),
  };
}

/** Resolves `.` and `..` and collapses runs of slashes; begins with a slash. */
function resolved(path: string): string {
  const segments = path.split('/');
  const out: string[] = [];
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (segment === '..') out.pop();
    if (segment !== '..' && segment !== '.' && (segment !== '' || i > 0)) out.push(segment);
    else if (last) out.push('');
  }
  return `/${out.join('/')}`.replace(/\/{2,}/g, '/');
}

const PERCENT = 0x25;

/** Percent-decodes until nothing is left to decode, in one pass: a decoded byte may complete an escape before it. */
function unescaped(bytes: string): string {
  if (!bytes.includes('%')) return bytes;
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i += 1) {
    out.push(bytes.charCodeAt(i));
    for (let code = escapeAtEnd(out); code !== null; code = escapeAtEnd(out)) out.splice(-3, 3, code);
  }
  return fromCodes(out);
}

function escapeAtEnd(codes: readonly number[]): number | null {
  if (codes.at(-3) !== PERCENT) return null;
  const high = hexValue(codes.at(-2) ?? 0);
  const low = hexValue(codes.at(-1) ?? 0);
  return high < 0 || low < 0 ? null : high * 16 + low;
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Escapes bytes up to 0x20 and from 0x7f, `#`, `%` and the backslash, with upper-case hexadecimal digits. */
function escaped(bytes: string): string {
  return bytes.replace(/[^!"$&-[\]-~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function trimmed(bytes: string): string {
  let start = 0;
  let end = bytes.length;
  while (start < end && bytes.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && bytes.charCodeAt(end - 1) <= 0x20) end -= 1;
  return bytes.slice(start, end);
}

function lower(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function utf8(text: string): string {
  return /[^\0-\x7f]/.test(text) ? fromCodes(encoder.encode(text)) : text;
}

function fromCodes(codes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < codes.length; i += 8192) {
    text += String.fromCharCode(...Array.prototype.slice.call(codes, i, i + 8192));
  }
  return text;
}
