import type { VNode } from 'preact';
import { formatNumber } from './format.ts';
import type { Lang } from './i18n/index.ts';
import { safeHref } from './safe-href.ts';

export interface FiltersProps<Name extends string> {
  lang: Lang;
  names: readonly Name[];
  current: Name;
  labels: Readonly<Record<Name, string>>;
  href: (name: Name) => string;
  /** How much lies under each name; without it only the names are shown. */
  counts?: Readonly<Record<Name, number>>;
}

/** Links to the parts of a list, the one that is shown marked. */
export function Filters<Name extends string>({ lang, names, current, labels, href, counts }: FiltersProps<Name>): VNode {
  return (
    <ul class="filters">
      {names.map((name) => (
        <li>
          <a href={safeHref(href(name))} aria-current={name === current ? 'page' : undefined}>
            {labels[name]}{counts && <> <b>{formatNumber(counts[name], lang)}</b></>}
          </a>
        </li>
      ))}
    </ul>
  );
}
