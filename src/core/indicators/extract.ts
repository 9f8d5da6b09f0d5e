import { bankAccount, bankByBin, parseVietQr } from './bank.ts';
import type { Indicator } from './kinds.ts';
import { findLinks, type Link } from './links.ts';
import { findNumbers } from './numbers.ts';
import { parsePhone } from './phone.ts';
import { isUnusual, type Refanged, refangWithOrigin } from './refang.ts';
import { ownership } from './stoplists.ts';
import { defang, urlForms } from './url.ts';

interface Found {
  start: number;
  end: number;
  indicators: Omit<Indicator, 'asSent'>[];
}

/**
 * Everything in a text that reports can share: links, domains, telephone numbers, accounts (also from the text of a
 * VietQR code) and file hashes, in order, each key once. E-mail addresses are not taken. Time is linear in the text,
 * whose length the caller limits; never throws.
 */
export function extract(source: string): Indicator[] {
  const refanged = refangWithOrigin(source);
  const found: Found[] = findLinks(refanged.text).flatMap((link) => fromLink(refanged, source, link));
  let rest = blanked(refanged.text, found);
  for (const find of [fromVietQr, fromHashes, fromNumbers]) {
    const more = find(rest);
    rest = blanked(rest, more);
    found.push(...more);
  }
  found.sort((a, b) => a.start - b.start);
  return firstOfEach(found.flatMap((at) => at.indicators.map((indicator) => ({ ...indicator, asSent: sent(at) }))));

  function sent({ start, end }: Found): string {
    return source.slice(refanged.origin[start], refanged.origin[end]);
  }
}

/** One indicator per kind and key: the first, unless it was unusual and a later one is not. */
function firstOfEach(indicators: readonly Indicator[]): Indicator[] {
  const kept = new Map<string, Indicator>();
  for (const indicator of indicators) {
    const id = `${indicator.kind} ${indicator.key}`;
    const earlier = kept.get(id);
    if (earlier === undefined || (earlier.unusual && !indicator.unusual)) kept.set(id, indicator);
  }
  return [...kept.values()];
}

/** The text with what was found replaced by spaces, so that nothing is found twice and positions stay. */
function blanked(text: string, found: readonly Found[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(done, start), ' '.repeat(Math.max(0, end - Math.max(start, done))));
    done = Math.max(done, end);
  }
  return pieces.join('') + text.slice(done);
}

function fromLink({ text, origin }: Refanged, source: string, link: Link): Found[] {
  const value = text.slice(link.start, link.end);
  const { opens, canonical } = urlForms(value);
  if (canonical === null) return [];
  const key = canonical.slice(canonical.indexOf('//') + 2);
  const isBare = !link.hasScheme && /^\/?$/.test(text.slice(link.hostEnd, link.end));
  const writtenHost = source.slice(origin[link.start], origin[link.hostEnd]);
  const beside = `${text[link.start - 1] ?? ''}${text[link.hostEnd] ?? ''}`;
  const isForeign = !link.hasScheme && isForeignName(text.slice(link.start, link.hostEnd));
  const unusual = isUnusual(writtenHost) || isUnusual(beside) || isForeign;
  const shown = link.hasScheme ? (opens ?? canonical) : (opens ?? canonical).replace(/^http:\/\//, '');
  const indicator = isBare ? domainIndicator(key.slice(0, -1), unusual) : urlIndicator(key, shown, unusual);
  const phone = phoneInChatLink(key);
  const indicators = phone === null ? [indicator] : [{ ...indicator, personal: true }, phone];
  return [{ start: link.start, end: link.end, indicators }];
}

/** Letters outside ASCII in a name without scheme are a domain under .vn (napthẻ.vn) and more often prose elsewhere. */
function isForeignName(name: string): boolean {
  return /[^\x20-\x7e]/.test(name) && !/\.vn$/i.test(name);
}

function domainIndicator(host: string, unusual: boolean): Omit<Indicator, 'asSent'> {
  const key = host.replace(/^www\.(?=[^.]+\.)/, '');
  const specific = !unusual && 'owner' in ownership(key);
  return { kind: 'domain', key, display: defang(key), specific, personal: false, unusual };
}

function urlIndicator(key: string, shown: string, unusual: boolean): Omit<Indicator, 'asSent'> {
  const hostEnd = key.indexOf('/');
  const whose = ownership(key.slice(0, hostEnd));
  const hasPage = key.length > hostEnd + 1;
  const specific = !unusual && ('owner' in whose || (whose.shared !== 'local' && hasPage));
  return { kind: 'url', key, display: defang(shown), specific, personal: false, unusual };
}

/** The telephone number that a chat link carries. */
function phoneInChatLink(key: string): Omit<Indicator, 'asSent'> | null {
  const number = /^(?:zalo\.me|wa\.me|t\.me|viber\.click)\/(\+?\d{9,15})(?![^?/])/.exec(key)?.[1];
  const phone = number === undefined ? null : (parsePhone(number) ?? parsePhone(`+${number}`));
  return phone === null ? null : { kind: 'phone', ...phone, personal: true, unusual: false };
}

/** MD5, SHA-1, SHA-256 and SHA-512 of the empty file: true of nothing in particular. */
const EMPTY_FILE: ReadonlySet<string> = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce' +
    '47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
]);
const HASH = /(?<![0-9a-z])(?:[0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z])/gi;

function fromHashes(text: string): Found[] {
  return [...text.matchAll(HASH)].filter(({ 0: hash }) => /\d/.test(hash) && /[a-f]/i.test(hash)).map((match) => {
    const key = match[0].toLowerCase();
    const specific = !EMPTY_FILE.has(key);
    return {
      start: match.index,
      end: match.index + key.length,
      indicators: [{ kind: 'file_hash', key, display: key, specific, personal: false, unusual: false }],
    };
  });
}

/** Payload of an EMVCo code: version 01, point of initiation, up to the checksum. */
const VIETQR = /00020101021[12][^\n]{20,500}?6304[0-9A-F]{4}/gi;

function fromVietQr(text: string): Found[] {
  return [...text.matchAll(VIETQR)].flatMap((match) => {
    const qr = parseVietQr(match[0]);
    const account = qr === null ? null : bankAccount(qr.account, bankByBin(qr.bin));
    if (qr === null || account === null) return [];
    const key = account.key.replace('?', qr.bin);
    const end = match.index + match[0].length;
    return [{ start: match.index, end, indicators: [accountIndicator({ ...account, key })] }];
  });
}

function fromNumbers(text: string): Found[] {
  return findNumbers(text).map(({ start, end, phone, account }) => ({
    start,
    end,
    indicators: [
      ...(account === null ? [] : [accountIndicator(account)]),
      ...(phone === null ? [] : [{ kind: 'phone' as const, ...phone, personal: true, unusual: false }]),
    ],
  }));
}

function accountIndicator(account: { key: string; display: string }): Omit<Indicator, 'asSent'> {
  return { kind: 'bank_account', ...account, specific: true, personal: true, unusual: false };
}
