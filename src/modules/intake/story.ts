import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { sketch } from '#core/similarity.ts';
import { searchWords } from '#core/vietnamese.ts';
import type { Desk } from '#platform/desk.ts';
import { prepareIndicators } from './prepare.ts';

/** A trace as a stop takes it away: enough to bring back exactly the row it was, people's numbers still sealed. */
export interface WithheldTrace {
  readonly kind: string;
  /** The match key, in base64. */
  readonly key: string;
  /** Defanged or masked. */
  readonly display: string;
  readonly value: string | null;
  /** In base64. */
  readonly sealed: string | null;
  readonly specific: boolean;
  readonly groups: boolean;
}

/** What a stop withholds of a report: kept sealed for its reporter, and for another officer if the reporter asks for one. */
export interface Withheld {
  readonly narrative: string;
  readonly search: string;
  readonly traces: readonly WithheldTrace[];
}

/** Stands between the words and the rest; no stored text has a control character (normalise). */
const SEPARATOR = '\u001e';

/** Seals what a stop withholds; the box opens for this report alone. */
export function sealStory(desk: Pick<Desk, 'keys'>, reportId: string, { narrative, search, traces }: Withheld): Buffer {
  return desk.keys.seal('identity', narrative + SEPARATOR + JSON.stringify({ search, traces }), reportId);
}

/** The words in a sealed story; empty when it does not open. */
export function storyWords(desk: Pick<Desk, 'keys'>, reportId: string, sealed: Buffer): string {
  return desk.keys.unseal('identity', sealed, reportId)?.toString().split(SEPARATOR)[0] ?? '';
}

/**
 * Everything in a sealed story. One sealed before the traces went with it is read anew, as the intake does.
 * @returns null when it does not open
 */
export function openStory(desk: Pick<Desk, 'keys' | 'clock'>, report: { id: string; category: CategoryCode }, sealed: Buffer): Withheld | null {
  const plain = desk.keys.unseal('identity', sealed, report.id)?.toString();
  if (plain === undefined) return null;
  const [narrative = '', rest] = plain.split(SEPARATOR);
  if (rest !== undefined) return { narrative, ...JSON.parse(rest) as Pick<Withheld, 'search' | 'traces'> };
  const traces = prepareIndicators(desk, { category: report.category, traces: '', innocent: [] }, narrative, desk.clock.now()).map((one): WithheldTrace => ({
    kind: one.kind, key: one.matchKey.toString('base64'), display: one.display, value: one.value, sealed: one.sealed?.toString('base64') ?? null,
    specific: one.specific, groups: one.groups,
  }));
  return { narrative, search: searchWords(narrative), traces };
}

/** Likeness keys of a story; none where the harm may never be linked (SCOPE, never built 3). */
export function likeness(category: CategoryCode, narrative: string): number[] {
  return categoryOf(category).linksCases ? sketch(narrative) : [];
}
