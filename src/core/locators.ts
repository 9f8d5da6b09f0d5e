import { SOCIAL_SITES, type SocialSite } from '#catalogue/social-sites.ts';
import { measureOf, type LocatorKind, type MeasureCode } from '#catalogue/measures.ts';
import { ownership, registrableDomain } from './indicators/index.ts';

/** How wide a locator reaches (S6): one address, one host with what is below it, the whole registered name, one number, one file. */
export type Reach = 'url' | 'host' | 'domain' | 'phone' | 'account' | 'file';

/** Why a trace cannot be named by a measure: a pattern, somebody's page, a whole platform, a name many share, another kind of thing. */
export type LocatorBar = 'kind' | 'pattern' | 'profile' | 'platform' | 'shared';

/** The reach of a trace. @param value canonical value of a link or name; numbers have none */
export function reachOf(kind: LocatorKind, value: string | null): Reach {
  switch (kind) {
    case 'url': return 'url';
    case 'phone': return 'phone';
    case 'bank_account': return 'account';
    case 'file_hash': return 'file';
    case 'domain': return (registrableDomain(value ?? '') ?? value) === value ? 'domain' : 'host';
  }
}

/**
 * Why a measure may not name this trace, or null when it may (SCOPE, never built 5; the database holds the same list in
 * `social_site` and asks again).
 * @param value canonical value: host, or host/path?query; null for numbers, which are exact
 */
export function locatorBar(measure: MeasureCode, kind: LocatorKind, value: string | null): LocatorBar | null {
  if (!measureOf(measure).locators.includes(kind)) return 'kind';
  if (kind !== 'url' && kind !== 'domain') return null;
  if (value === null || value.split('?', 1)[0]!.includes('*')) return 'pattern';
  const host = hostOfValue(value);
  const site = socialSite(host);
  if (kind === 'domain') return site ? 'platform' : 'owner' in ownership(host) ? null : 'shared';
  return site && !isSocialItem(value) ? 'profile' : null;
}

/**
 * One post, video or advert on a site where a page is a person, a group or a channel. It groups no reports (many people share the
 * site), but a measure may name it. @param value canonical link: host/path?query
 */
export function isSocialItem(value: string): boolean {
  const host = hostOfValue(value);
  return socialSite(host)?.items.some((item) => new RegExp(item).test(value.slice(host.length))) ?? false;
}

function hostOfValue(value: string): string {
  return value.split('/', 1)[0]!;
}

function socialSite(host: string): SocialSite | undefined {
  return SOCIAL_SITES.find((one) => host === one.host || host.endsWith(`.${one.host}`));
}
