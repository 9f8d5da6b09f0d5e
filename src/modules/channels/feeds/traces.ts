import { extract, hostOf, type Indicator, ownership } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import type { ReadReason } from './types.ts';

/** Longest single trace, in characters: beyond the URLs browsers and servers commonly take. */
const LONGEST_TRACE = 2048;

/** A value and what it names; no indicators when it is too long, spans lines or holds nothing that reports can share. */
export function readTrace(value: string): { line: string; indicators: Indicator[] } {
  const line = value.length > LONGEST_TRACE ? '' : normalise(value);
  return { line, indicators: line.includes('\n') ? [] : extract(line) };
}

/** The lines of several values, in order, each once; what names nothing is left out. */
export function traceLines(values: readonly (string | undefined)[]): string[] {
  const read = values.map((value) => readTrace(value ?? ''));
  return [...new Set(read.filter(({ indicators }) => indicators.length > 0).map(({ line }) => line))];
}

/**
 * Why an indicator may not come from a list or an event that nobody has looked at: it is everybody's (stop list, public suffix, local name), or a
 * page on a social network, which is somebody's account (SCOPE, never built 3). Null when it may.
 */
export function barOfBulk({ kind, key, specific }: Indicator): ReadReason | null {
  const slash = key.indexOf('/');
  const whose = kind === 'url' || kind === 'domain' ? ownership(slash < 0 ? key : key.slice(0, slash)) : null;
  if (whose !== null && 'shared' in whose && whose.shared === 'social') return 'shared_host';
  if (specific) return null;
  return whose === null || 'owner' in whose ? 'not_an_indicator' : REASONS[whose.shared] ?? 'shared_host';
}

const REASONS: Readonly<Partial<Record<string, ReadReason>>> = { suffix: 'public_suffix', local: 'local_name' };

/** Why a text names no indicator: a single label or an address alone has its own reason. */
export function barOfNothing(text: string): ReadReason {
  const host = /^[\w.-]+$/.test(text) ? hostOf(text) : null;
  const whose = host === null ? null : ownership(host);
  return whose !== null && 'shared' in whose && whose.shared !== 'top' ? REASONS[whose.shared] ?? 'shared_host' : 'not_an_indicator';
}
