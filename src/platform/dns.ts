import { Resolver } from 'node:dns/promises';

/** Records of a name, as `dns.promises.resolve` gives them. */
export type DnsLookup = (name: string, type: string) => Promise<string[][] | string[]>;

const TIMEOUT_MS = 5000;

/** Looks names up, each at most five seconds. @param servers separated by commas; default: the machine's own */
export function dnsLookup(servers?: string): DnsLookup {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  if (servers) resolver.setServers(servers.split(',').map((server) => server.trim()));
  return async (name, type) => (await resolver.resolve(name, type)) as string[][] | string[];
}
