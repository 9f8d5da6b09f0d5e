import type { ComponentChildren, VNode } from 'preact';
import { safeHref } from './safe-href.ts';

/** One fact: its name, its value, and where to change it. */
export interface KvItem {
  label: ComponentChildren;
  value: ComponentChildren;
  change?: { href: string; label: string };
}

/** Facts by name. `rows` draws a line under each (check-your-answers, receipts); otherwise dense. */
export function Kv({ items, rows = false }: { items: readonly KvItem[]; rows?: boolean }): VNode {
  return (
    <dl class={rows ? 'kv rows' : 'kv'}>
      {items.map((item) => (
        <div>
          <dt>{item.label}</dt>
          <dd>
            {item.value}
            {item.change && (
              <a class="change" href={safeHref(item.change.href)}>
                {item.change.label}
                <span class="vh"> {item.label}</span>
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
