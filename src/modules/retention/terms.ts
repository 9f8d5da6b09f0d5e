import type { Term } from '#catalogue/retention.ts';
import { DEADLINES, type Deadline } from '#core/deadlines.ts';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';

/** A term in words: `18 tháng`, `28 days`. */
export function sayTerm(term: Term, lang: Lang): string {
  const { amount, unit } = 'deadline' in term ? (DEADLINES[term.deadline] as Deadline) : term;
  return messages(lang).retention.terms.units[unit](formatNumber(amount, lang));
}

/** Where a term comes from: the law or the rule of this desk. */
export function termSource(term: Term, lang: Lang): string {
  const source: string = 'deadline' in term ? DEADLINES[term.deadline].source : term.source;
  const { ownRule, source: said } = messages(lang).retention.terms;
  return source.startsWith('Own rule') ? ownRule : said(source);
}
