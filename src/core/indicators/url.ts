import { parse } from 'tldts';
import { canonicalParts, expressionsOf, isIpv4 } from './canonical.ts';

const PRIVATE_TOO = { allowPrivateDomains: true } as const;

let lastHost = '';
let lastAnswer = parse(lastHost, PRIVATE_TOO);

/** What the Public Suffix List says of a host. A name is asked about when it is found and again when it is judged: the last answer is kept. */
function suffixOf(host: string): typeof lastAnswer {
  if (host !== lastHost) {
    lastHost = host;
    lastAnswer = parse(host, PRIVATE_TOO);
  }
  return lastAnswer;
}

/** A URL as sent, as a browser opens it (WHATWG href, null when it opens nowhere) and as it is matched (canonical). */
export interface UrlForms {
  asSent: string;
  opens: string | null;
  canonical: string | null;
}

/** The three forms of a URL. The first is evidence and never changes; the second is shown; the third is compared. */
export function urlForms(raw: string): UrlForms {
  return { asSent: raw, opens: openedUrl(raw), canonical: canonicalUrl(raw) };
}

/**
 * Safe Browsing canonical form with its scheme, `http://host/path?query`; takes text or the bytes of a URL. Null when
 * it names no host. Idempotent, linear, never throws. Source: see canonical.ts.
 */
export function canonicalUrl(raw: string | Uint8Array): string | null {
  const parts = canonicalParts(raw);
  return parts === null ? null : `${parts.scheme}://${parts.host}${pathOf(parts)}`;
}

/** Matching key of a URL: its canonical form without the scheme, so that http and https of one address are one. */
export function urlKey(raw: string): string | null {
  const parts = canonicalParts(raw);
  return parts === null ? null : parts.host + pathOf(parts);
}

/** Safe Browsing host-suffix/path-prefix expressions of a URL, most exact first; empty when it has no host. */
export function urlExpressions(raw: string): string[] {
  const parts = canonicalParts(raw);
  return parts === null ? [] : expressionsOf(parts);
}

/** A name of a site that is its own canonical form. */
const PLAIN_NAME = /^(?:[a-z\d_-]+\.)+[a-z][a-z\d_-]*$/;

/**
 * Canonical host of a URL or of a bare host: lower case, punycode, dotted IPv4, without port. Null when there is
 * none.
 */
export function hostOf(raw: string): string | null {
  return PLAIN_NAME.test(raw) ? raw : (canonicalParts(raw)?.host ?? null);
}

/**
 * Registrable domain of a canonical host, private suffixes counted (x.vercel.app); null for IP addresses, single labels
 * and public suffixes. Source: Public Suffix List, publicsuffix.org; unknown top-level domains follow its rule "*".
 */
export function registrableDomain(host: string): string | null {
  return suffixOf(host).domain;
}

/**
 * Whether many strangers hold names under this host (com.vn, hungyen.vn, vercel.app), so that it can never be listed.
 */
export function isPublicSuffix(host: string): boolean {
  const { publicSuffix, hostname } = suffixOf(host);
  return publicSuffix !== null && publicSuffix === hostname;
}

/** Names reserved for documentation and samples, treated as ordinary domains. Source: RFC 2606 section 2. */
const SAMPLE_DOMAIN = 'example';

/** Whether a host ends in a top-level domain that exists (Public Suffix List) or in `.example`. */
export function hasKnownSuffix(host: string): boolean {
  const { isIcann, isPrivate, publicSuffix } = suffixOf(host);
  return isIcann === true || isPrivate === true || publicSuffix === SAMPLE_DOMAIN;
}

/** Whether a canonical host is an IP address. */
export function isIpHost(host: string): boolean {
  return host.startsWith('[') || isIpv4(host);
}

/**
 * A URL cut in three for the screen, the part that decides who owns the page in the middle. Works on the form a browser
 * opens, so that `https://bank.example@evil.example/` highlights evil.example. What opens nowhere is all `before`.
 */
export function displayParts(url: string): { before: string; registrable: string; after: string } {
  const href = openedUrl(url);
  if (href === null) return { before: url, registrable: '', after: '' };
  const shown = hasScheme(url) ? href : href.slice('http://'.length);
  const { host, hostname } = new URL(href);
  const authorityEnd = hasScheme(url) ? shown.indexOf('/', shown.indexOf('//') + 2) : shown.indexOf('/');
  const hostStart = (authorityEnd < 0 ? shown.length : authorityEnd) - host.length;
  const registrable = registrableDomain(hostname) ?? hostname;
  const start = hostStart + hostname.length - registrable.length;
  return {
    before: shown.slice(0, start),
    registrable: shown.slice(start, start + registrable.length),
    after: shown.slice(start + registrable.length),
  };
}

/** A URL or host that nothing turns into a link: `hxxps://evil[.]example/x`. Undone by `refang`. */
export function defang(url: string): string {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z][a-z0-9+.-]*:[/\\]*)?([^/\\?#]*)(.*)$/is.exec(url) ?? [];
  return scheme.replace(/^http/i, 'hxxp') + authority.replace(/[.\u3002\uff0e\uff61]/g, '[.]') + rest;
}

/** A host with its full stops in brackets; every link is shown so, hence without the slower `replaceAll`. */
export function bracketed(host: string): string {
  let shown = '';
  let done = 0;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', done)) {
    shown += `${host.slice(done, dot)}[.]`;
    done = dot + 1;
  }
  return shown + host.slice(done);
}

function pathOf({ path, query }: { path: string; query: string | null }): string {
  return query === null ? path : `${path}?${query}`;
}

function hasScheme(url: string): boolean {
  return /^\s*(?:https?:|[a-z][a-z0-9+.-]*:[/\\]{2})/i.test(url);
}

/** A URL as a browser opens it (WHATWG href), http when it names no scheme; null when it opens nowhere. */
export function openedUrl(raw: string): string | null {
  const url = URL.parse(hasScheme(raw) ? raw : `http://${raw.trim()}`);
  return url === null || url.hostname === '' ? null : url.href;
}
