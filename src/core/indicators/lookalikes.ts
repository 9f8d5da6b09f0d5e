import { skeleton } from './confusables.ts';
import { unicodeHost } from './punycode.ts';
import { SHARED_HOSTS } from './stoplists.ts';
import { registrableDomain } from './url.ts';

/** Shorter names, as those of shorteners, look like too many words. */
const SHORTEST_LABEL = 4;

const WELL_KNOWN: readonly string[] = Object.values(SHARED_HOSTS).flat();
const BY_SKELETON: ReadonlyMap<string, string> = new Map(WELL_KNOWN.toReversed().flatMap((host) => {
  const label = registrableDomain(host)?.split('.', 1)[0] ?? '';
  return [[skeleton(host), host], ...(label.length < SHORTEST_LABEL ? [] : [[skeleton(label), host]])] as [string, string][];
}));

/**
 * The well-known name that a canonical host with letters outside ASCII imitates: "аррӏе.com" in Cyrillic looks like apple.com,
 * "vietcömbank.com" like the name of vietcombank.com.vn. Null when it imitates none; the host is its owner's in any case.
 */
export function imitatedName(host: string): string | null {
  const owned = host.includes('xn--') ? unicodeHost(registrableDomain(host) ?? host) : null;
  if (owned === null) return null;
  return BY_SKELETON.get(skeleton(owned)) ?? BY_SKELETON.get(skeleton(owned.slice(0, owned.indexOf('.')))) ?? null;
}
