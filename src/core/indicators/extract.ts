import { bankAccount, bankByBin, type BankAccount, parseVietQr } from './bank.ts';
import { findHashes } from './hashes.ts';
import type { Indicator } from './kinds.ts';
import { findLinks, type Link } from './links.ts';
import { imitatedName } from './lookalikes.ts';
import { findNumbers } from './numbers.ts';
import { parsePhone, type Phone } from './phone.ts';
import { unicodeHost } from './punycode.ts';
import { isUnusual, type Refanged, refangWithOrigin, sourcePosition } from './refang.ts';
import { ownership, type SharedKind } from './stoplists.ts';
import { bracketed, canonicalUrl, defang, openedUrl, urlKey } from './url.ts';

/** A text while it is read. */
interface Reading {
  source: string;
  refanged: Refanged;
}

/** What stands at one place of the refanged text. */
interface Found {
  start: number;
  end: number;
  indicators: Indicator[];
}

/**
 * Everything in a text that reports can share: links, domains, telephone numbers, accounts (also from the text of a
 * VietQR code) and file hashes, in order, each key once. E-mail addresses are not taken. Time is linear in the text,
 * whose length the caller limits; never throws.
 */
export function extract(given: string): Indicator[] {
  const source = flat(given);
  const reading = { source, refanged: refangWithOrigin(source) };
  const { text } = reading.refanged;
  const links = fromLinks(reading, text);
  const withoutLinks = blanked(text, links);
  const codes = fromVietQr(reading, withoutLinks);
  const withoutCodes = blanked(withoutLinks, codes);
  const hashes = fromHashes(reading, withoutCodes);
  const numbers = fromNumbers(reading, blanked(withoutCodes, hashes));
  return firstOfEach(inOrder(links.concat(codes, hashes, numbers)));
}

/**
 * The same text in one piece: the engine keeps what was put together as a tree and looks through it at every character, which
 * makes all the scans below a tenth slower.
 */
function flat(text: string): string {
  const middle = text.length >> 1;
  return [text.slice(0, middle), text.slice(middle)].join('');
}

function inOrder(found: Found[]): Indicator[] {
  if (found.length > 1) found.sort((a, b) => a.start - b.start);
  const indicators: Indicator[] = [];
  for (const at of found) for (const indicator of at.indicators) indicators.push(indicator);
  return indicators;
}

/** Up to how many indicators are compared each with each. */
const FEW = 8;

/** One indicator per kind and key: the first, unless it was unusual and a later one is not. */
function firstOfEach(indicators: Indicator[]): Indicator[] {
  if (areDistinct(indicators)) return indicators;
  const kept = new Map<string, Indicator>();
  for (const indicator of indicators) {
    const id = `${indicator.kind} ${indicator.key}`;
    const earlier = kept.get(id);
    if (earlier === undefined || (earlier.unusual && !indicator.unusual)) kept.set(id, indicator);
  }
  return [...kept.values()];
}

/** Whether a few indicators are known to be different; more are not compared with each other. */
function areDistinct(indicators: readonly Indicator[]): boolean {
  return indicators.length <= FEW && indicators.every(({ kind, key }, i) => {
    for (let j = 0; j < i; j += 1) if (indicators[j]!.key === key && indicators[j]!.kind === kind) return false;
    return true;
  });
}

/** The text with what was found, in order, replaced by spaces, so that nothing is found twice and positions stay; in one piece, see `flat`. */
function blanked(text: string, found: readonly Found[]): string {
  if (found.length === 0) return text;
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of found) {
    pieces.push(text.slice(done, start), spaces(Math.max(0, end - Math.max(start, done))));
    done = Math.max(done, end);
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

const SPACES = ' '.repeat(256);

/** A part of one string where it can be: `repeat` puts each together from ever smaller ones, which takes as long as finding the link. */
function spaces(count: number): string {
  return count <= SPACES.length ? SPACES.slice(0, count) : ' '.repeat(count);
}

/** The characters of the source for a place in the refanged text. */
function sent({ source, refanged }: Reading, start: number, end: number): string {
  return source.slice(sourcePosition(refanged, start), sourcePosition(refanged, end));
}

// Links and domains

function fromLinks(reading: Reading, text: string): Found[] {
  const found: Found[] = [];
  for (const link of findLinks(text)) {
    const value = text.slice(link.start, link.end);
    const key = urlKey(value);
    if (key !== null) found.push({ start: link.start, end: link.end, indicators: fromLink(reading, link, value, key) });
  }
  return found;
}

function fromLink(reading: Reading, link: Link, value: string, key: string): Indicator[] {
  const { text } = reading.refanged;
  const asSent = sent(reading, link.start, link.end);
  const hostEnd = key.indexOf('/');
  const host = key.slice(0, hostEnd);
  const isForeign = !link.hasScheme && isForeignName(text.slice(link.start, link.hostEnd)) && imitatedName(host) === null;
  const unusual = isForeign || isDoubtful(reading, link);
  const indicator = isBare(text, link) ? domainIndicator(asSent, host, unusual) : urlIndicator(asSent, key, hostEnd, shownUrl(value, key, hostEnd, link), unusual);
  const phone = phoneInChatLink(key);
  return [phone === null ? indicator : phoneIndicator(asSent, phone)];
}

/** Whether a link is no more than the name of a site. */
function isBare(text: string, { hasScheme, hostEnd, end }: Link): boolean {
  return !hasScheme && (end === hostEnd || (end === hostEnd + 1 && text[hostEnd] === '/'));
}

/** Characters that neither the key nor a browser writes otherwise. */
const PLAIN_KEY = /^[\w.~!$&()*+,;=:@/?-]*$/;
const DEFANGED = { 'https://': 'hxxps://', 'http://': 'hxxp://', '': '' } as const;

/**
 * A URL for the screen: as a browser opens it, without scheme when it was sent so; its key when it opens nowhere. What was sent
 * as its key already is opens as it is.
 */
function shownUrl(value: string, key: string, hostEnd: number, { hasScheme }: Link): string {
  const scheme = value.startsWith('https://') ? 'https://' : value.startsWith('http://') ? 'http://' : '';
  const sentKey = value.length === scheme.length + hostEnd ? key.slice(0, hostEnd) : key;
  const isPlain = value.length === scheme.length + sentKey.length && value.startsWith(sentKey, scheme.length) && PLAIN_KEY.test(key) && !key.includes('xn--');
  if (isPlain) return DEFANGED[scheme] + bracketed(key.slice(0, hostEnd)) + key.slice(hostEnd);
  const opens = openedUrl(value) ?? canonicalUrl(value) ?? key;
  return defang(hasScheme ? opens : opens.replace(/^http:\/\//, ''));
}

/** Whether the name of a link holds or touches characters that a reader takes for others. */
function isDoubtful(reading: Reading, { start, hostEnd }: Link): boolean {
  const { text, edits } = reading.refanged;
  return isUnusual(text.slice(Math.max(0, start - 1), hostEnd + 1)) || (edits.length > 0 && isUnusual(sent(reading, start, hostEnd)));
}

/** Letters outside ASCII in a name without scheme are a domain under .vn (napthẻ.vn) and more often prose elsewhere. */
function isForeignName(name: string): boolean {
  return /[^\x20-\x7e]/.test(name) && !/\.vn$/i.test(name);
}

function domainIndicator(asSent: string, host: string, unusual: boolean): Indicator {
  const key = host.replace(/^www\.(?=[^.]+\.)/, '');
  const specific = !unusual && 'owner' in ownership(key);
  return { kind: 'domain', asSent, key, display: withLetters(bracketed(key), key), specific, personal: false, unusual };
}

/**
 * Shared sites on which one exact page may stand for one harm. Not those of banks, ministries, newspapers and shops, which are named
 * beside a scam; and not social networks, where a page is a person, a group or a channel (SCOPE, never built 3 and 5).
 */
const LINKS_BY_PAGE: ReadonlySet<SharedKind | 'suffix' | 'local'> = new Set(['shortener', 'hosting', 'suffix']);

function urlIndicator(asSent: string, key: string, hostEnd: number, shown: string, unusual: boolean): Indicator {
  const host = key.slice(0, hostEnd);
  const whose = ownership(host);
  const hasPage = key.length > hostEnd + 1;
  const specific = !unusual && ('owner' in whose || (LINKS_BY_PAGE.has(whose.shared) && hasPage));
  return { kind: 'url', asSent, key, display: withLetters(shown, host), specific, personal: false, unusual };
}

/** A link for the screen with the letters that its punycode stands for. */
function withLetters(display: string, host: string): string {
  const unicode = unicodeHost(host);
  return unicode === null ? display : `${display} (${bracketed(unicode)})`;
}

const CHAT_LINK = /^(?:zalo\.me|wa\.me|t\.me|viber\.click)\/(\+?\d{9,15})(?![^?/])/;

/** The telephone number that a chat link carries. */
function phoneInChatLink(key: string): Phone | null {
  const number = CHAT_LINK.exec(key)?.[1];
  return number === undefined ? null : (parsePhone(number) ?? parsePhone(`+${number}`));
}

// Hashes, numbers and codes

function fromHashes(reading: Reading, text: string): Found[] {
  return findHashes(text).map(({ start, end, key, specific }) => (
    { start, end, indicators: [{ kind: 'file_hash', asSent: sent(reading, start, end), key, display: key, specific, personal: false, unusual: false }] }
  ));
}

/** Payload of an EMVCo code: version 01, point of initiation, up to the checksum, whose tag most texts are without. */
const CHECKSUM = '6304';
const VIETQR = /00020101021[12][^\n]{20,500}?6304[0-9A-F]{4}/gi;

function fromVietQr(reading: Reading, text: string): Found[] {
  if (!text.includes(CHECKSUM)) return [];
  return [...text.matchAll(VIETQR)].flatMap((match) => {
    const qr = parseVietQr(match[0]);
    const account = qr === null ? null : bankAccount(qr.account, bankByBin(qr.bin));
    if (qr === null || account === null) return [];
    const end = match.index + match[0].length;
    const asSent = sent(reading, match.index, end);
    return [{ start: match.index, end, indicators: [accountIndicator(asSent, { key: account.key.replace('?', qr.bin), display: account.display })] }];
  });
}

function fromNumbers(reading: Reading, text: string): Found[] {
  return findNumbers(text).map(({ start, end, phone, account, isInnocent }) => {
    const asSent = sent(reading, start, end);
    const indicators = account === null ? [] : [accountIndicator(asSent, account, isInnocent)];
    if (phone !== null) indicators.push(phoneIndicator(asSent, phone, isInnocent));
    return { start, end, indicators };
  });
}

function accountIndicator(asSent: string, { key, display }: BankAccount, isInnocent = false): Indicator {
  return { kind: 'bank_account', asSent, key, display, specific: !isInnocent, personal: true, unusual: false };
}

function phoneIndicator(asSent: string, { key, display, specific }: Phone, isInnocent = false): Indicator {
  return { kind: 'phone', asSent, key, display, specific: specific && !isInnocent, personal: true, unusual: false };
}
