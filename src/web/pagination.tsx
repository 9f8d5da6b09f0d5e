import type { VNode } from 'preact';
import { formatNumber } from './format.ts';
import { type Lang, messages } from './i18n/index.ts';
import { Icon } from './icons.tsx';
import { safeHref } from './safe-href.ts';

export interface PaginationProps {
  lang: Lang;
  prevHref?: string;
  nextHref?: string;
  /** Place of the first and last row shown, from 1. */
  from?: number;
  to?: number;
  total?: number;
}

/** Links to the page before and after. Gives nothing when there is one page. */
export function Pagination({ lang, prevHref, nextHref, from, to, total }: PaginationProps): VNode | null {
  if (!prevHref && !nextHref) return null;
  const { pagination } = messages(lang).common;
  const n = (value: number): string => formatNumber(value, lang);
  const range =
    from !== undefined && to !== undefined &&
    (total === undefined ? pagination.range(n(from), n(to)) : pagination.rangeOf(n(from), n(to), n(total)));
  return (
    <nav class="pages" aria-label={pagination.label}>
      {prevHref ? (
        <a class="btn q s" href={safeHref(prevHref)} rel="prev">
          <Icon name="back" size={18} />
          {pagination.previous}
        </a>
      ) : (
        <span />
      )}
      {range ? <span>{range}</span> : <span />}
      {nextHref ? (
        <a class="btn q s" href={safeHref(nextHref)} rel="next">
          {pagination.next}
          <Icon name="arrow" size={18} />
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
