import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icons.tsx';
import { safeHref } from './safe-href.ts';

/** The way back to the list a portal page belongs to, above its heading. */
export function BackLink({ href, children }: { href: string; children: ComponentChildren }): VNode {
  return (
    <p class="back">
      <a href={safeHref(href)}>
        <Icon name="back" size={18} /> {children}
      </a>
    </p>
  );
}
