import { isIPv6 } from 'node:net';

/** Addresses of this module. */
export const PATHS = {
  signIn: '/dang-nhap',
  signOut: '/dang-xuat',
  console: '/can-bo',
  agency: '/can-bo/co-quan',
  account: '/can-bo/tai-khoan',
  password: '/can-bo/tai-khoan/mat-khau',
  language: '/can-bo/tai-khoan/ngon-ngu',
  sessions: '/can-bo/tai-khoan/phien',
  // The page of the module of notifications about how one is told.
  news: '/can-bo/tai-khoan/tin',
  officers: '/can-bo/quan-tri/can-bo',
  newOfficer: '/can-bo/quan-tri/can-bo/them',
  connections: '/can-bo/ket-noi',
  // The page of the module of channels that stands beside it.
  webhooks: '/can-bo/ket-noi/webhook',
} as const;

const HERE = 'http://desk.invalid';
// Whatever a browser drops, trims or reads as a slash (RT CVE-2022-25803, MISP CVE-2026-10856).
// oxlint-disable-next-line no-control-regex
const TRICKS = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/;
const LONGEST = 2000;

/** Where to go after signing in: a page of the console (`/can-bo…`) and nothing else; otherwise null. */
export function consolePath(wanted: string): string | null {
  if (wanted.length > LONGEST || TRICKS.test(wanted) || !/^\/can-bo(?=[/?#]|$)/.test(wanted)) return null;
  if (!URL.canParse(wanted, HERE)) return null;
  const { origin, pathname, search } = new URL(wanted, HERE);
  const inside = pathname === PATHS.console || pathname.startsWith(`${PATHS.console}/`);
  return origin === HERE && inside && !pathname.includes('//') ? pathname + search : null;
}

/** An address that remembers the page of the console to go to afterwards. */
export function withNext(path: string, next: string | null): string {
  return next ? `${path}?tiep=${encodeURIComponent(next)}` : path;
}

/** An e-mail as it is stored, looked up and counted. */
export function normaliseEmail(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().slice(0, 254);
}

/**
 * The network an address belongs to, for counting: IPv4 whole, IPv6 by its /64, which one household or office has to
 * itself (RFC 6177) and could otherwise use up address by address.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = new URL(`http://[${plain}]/`).hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right].slice(0, 4).join(':') + '::/64';
}

/** A browser as its owner would name it, and no more than that: "Firefox, Windows". Empty when unknown. */
export function browserName(userAgent: string): string {
  const first = (table: readonly (readonly [RegExp, string])[]): string => table.find(([sign]) => sign.test(userAgent))?.[1] ?? '';
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(', ');
}

const BROWSERS = [
  [/coc_coc_browser/i, 'Cốc Cốc'], [/Edg(?:e|A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/SamsungBrowser\//, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'], [/(?:Chrome|CriOS)\//, 'Chrome'], [/Version\/.*Safari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux|CrOS/, 'Linux'],
] as const;
