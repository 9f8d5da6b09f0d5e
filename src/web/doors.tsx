import type { VNode } from 'preact';
import { Icon, type IconName } from './icons.tsx';
import { safeHref } from './safe-href.ts';

/** One way into the portal. */
export interface Door {
  href: string;
  icon: IconName;
  title: string;
  text: string;
  /** Filled in leaf; at most one. */
  first?: boolean;
}

/** The large links of the home page. */
export function Doors({ doors }: { doors: readonly Door[] }): VNode {
  return (
    <div class="doors">
      {doors.map((door) => (
        <a class={door.first ? 'first' : undefined} href={safeHref(door.href)}>
          <span class="ico">
            <Icon name={door.icon} />
          </span>
          <span>
            <strong>{door.title}</strong>
            <small>{door.text}</small>
          </span>
          <Icon name="chevron" size={20} />
        </a>
      ))}
    </div>
  );
}
