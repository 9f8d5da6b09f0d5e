import { BlockList, isIP } from 'node:net';

/** Why nothing was delivered; the words are `connections.webhooks.faults`. */
export type Fault = 'url' | 'scheme' | 'credentials' | 'port' | 'literal' | 'private_address' | 'dns' | 'timeout' | 'connection' | 'tls' | 'redirect' | 'gone' | 'status';

/** All faults, for reading one out of an address or the database. */
export const FAULTS: readonly Fault[] = [
  'url', 'scheme', 'credentials', 'port', 'literal', 'private_address', 'dns', 'timeout', 'connection', 'tls', 'redirect', 'gone', 'status',
];

const MOST_CHARACTERS = 500;

/**
 * A webhook's address as it may be kept: https on 443 or 8443 to a name, without user name, password or fragment. The URL parser has already
 * turned 0x7f.1, 2130706433 and the like into the IP address they are.
 * @param allowPrivate also http, any port and IP addresses (setting WEBHOOK_PRIVATE); where it leads is asked at each sending
 */
export function webhookAddress(text: string, allowPrivate: boolean): { ok: true; url: URL } | { ok: false; fault: Fault } {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return { ok: false, fault: 'url' };
  const url = new URL(text);
  const fault = faultOf(url, allowPrivate);
  return fault ? { ok: false, fault } : { ok: true, url };
}

function faultOf(url: URL, allowPrivate: boolean): Fault | null {
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (url.hash !== '' || url.hostname === '') return 'url';
  if (allowPrivate) return null;
  if (isIP(bareHost(url)) !== 0) return 'literal';
  return ['', '8443'].includes(url.port) ? null : 'port';
}

/** The host without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function blocks(list: readonly string[]): BlockList {
  const block = new BlockList();
  for (const net of list) {
    const [address = '', prefix] = net.split('/');
    block.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return block;
}

/** Networks of one's own: an agency's server room, this machine. Source: RFC 1918, 6598, 4193. */
const OWN = blocks(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '100.64.0.0/10', '::1/128', 'fc00::/7']);

/**
 * Networks that are nobody's server: this network, link-local with the metadata services of clouds, documentation, tests, multicast, tunnels
 * that carry an IPv4 address inside. Source: IANA special-purpose address registries.
 */
const NOBODYS = blocks([
  '0.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  '::/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', 'fe80::/10', 'fec0::/10', 'ff00::/8',
]);
/** What is not in here is not given out for IPv6 at all; `::ffff:0:0/96` and other spellings of IPv4 are not either. */
const GLOBAL_IPV6 = blocks(['2000::/3']);

/** Where an IP address lies: in the public internet, in a network of one's own, or nowhere a webhook may ever go. */
export function reachOf(address: string): 'public' | 'own' | 'never' {
  const kind = isIP(address);
  if (kind === 0) return 'never';
  const family = kind === 6 ? 'ipv6' : 'ipv4';
  // A mapped address is judged as what it maps; BlockList would let it through as IPv6.
  const mapped = kind === 6 ? /^::ffff:(.+)$/i.exec(new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1))?.[1] : undefined;
  if (mapped) return reachOf(dotted(mapped));
  if (OWN.check(address, family)) return 'own';
  return NOBODYS.check(address, family) || (kind === 6 && !GLOBAL_IPV6.check(address, 'ipv6')) ? 'never' : 'public';
}

/** The IPv4 address in the last two groups of an IPv6 address, `7f00:1` → `127.0.0.1`. */
function dotted(groups: string): string {
  const [high = 0, low = 0] = groups.split(':').map((group) => parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
