import type { ComponentChildren, VNode } from 'preact';
import { safeHref } from './safe-href.ts';

/** One entry: a badge or two, the linked title, and small facts below. */
export interface LinkListItem {
  href: string;
  title: ComponentChildren;
  badges?: ComponentChildren;
  meta?: ComponentChildren;
  body?: ComponentChildren;
}

/** A list of things to read, such as warnings. */
export function LinkList({ items }: { items: readonly LinkListItem[] }): VNode {
  return (
    <ul class="links">
      {items.map((item) => (
        <li>
          {item.badges && <div class="badges">{item.badges}</div>}
          <a href={safeHref(item.href)}>{item.title}</a>
          {item.body && <p>{item.body}</p>}
          {item.meta && <p class="hint">{item.meta}</p>}
        </li>
      ))}
    </ul>
  );
}
