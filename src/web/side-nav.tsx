import type { VNode } from 'preact';
import type { Tone } from './badge.tsx';
import { safeHref } from './safe-href.ts';

/** One list of work. */
export interface SideItem {
  href: string;
  label: string;
  /** A number, or a share such as `31/56`. */
  count?: number | string;
  /** Colour of the count: rose for overdue, amber for soon. */
  tone?: Tone;
  current?: boolean;
}

export interface SideNavProps {
  label: string;
  groups: readonly { title: string; items: readonly SideItem[] }[];
}

/** The lists on the left of the console, with counts. Below 1024 px it stands under the content, reached from the header. */
export function SideNav({ label, groups }: SideNavProps): VNode {
  return (
    <nav class="side" aria-label={label}>
      {groups.map((group) => (
        <>
          <h2>{group.title}</h2>
          <ul>
            {group.items.map((item) => (
              <li>
                <a href={safeHref(item.href)} aria-current={item.current ? 'page' : undefined}>
                  <span>{item.label}</span>
                  {item.count !== undefined && <b class={item.tone && item.count !== 0 ? `tag ${item.tone}` : undefined}>{item.count}</b>}
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
    </nav>
  );
}
