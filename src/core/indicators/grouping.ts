import type { Indicator, IndicatorKind } from './kinds.ts';
import { ownership } from './stoplists.ts';

/** What two reports must share to be about the same thing. */
export interface GroupingKey {
  kind: IndicatorKind;
  key: string;
}

/** Query parameters that follow the reader, not the page. Source: documented click identifiers of the ad networks. */
const TRACKING = /^(?:utm_[a-z_]+|fbclid|gclid|dclid|msclkid|ttclid|igsh|igshid|zarsrc|mibextid|_ga)$/i;

/**
 * The keys by which reports are grouped, without repeats: of specific indicators only. A URL on a domain with one owner
 * counts as that domain; on shared hosting the exact page counts, without tracking parameters and the `www.` or `m.` in
 * front, which never tell two pages apart there.
 */
export function groupingKeys(indicators: readonly Indicator[]): GroupingKey[] {
  const keys = indicators.filter(({ specific }) => specific).map(groupingKey);
  return [...new Map(keys.map((key) => [`${key.kind} ${key.key}`, key])).values()];
}

function groupingKey({ kind, key }: Indicator): GroupingKey {
  if (kind !== 'url' && kind !== 'domain') return { kind, key };
  const slash = key.indexOf('/');
  const whose = ownership(slash < 0 ? key : key.slice(0, slash));
  return 'owner' in whose ? { kind: 'domain', key: whose.owner } : { kind: 'url', key: withoutTracking(key) };
}

function withoutTracking(key: string): string {
  const [page = '', ...query] = key.replace(/^(?:www|m)\./, '').split('?');
  const kept = query.join('?').split('&').filter((pair) => pair !== '' && !TRACKING.test(pair.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? page : `${page}?${kept.join('&')}`;
}
