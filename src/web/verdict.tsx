import type { ComponentChildren, VNode } from 'preact';
import { Icon, type IconName } from './icons.tsx';

/** `rose` warned about, `amber` looks suspicious, `moss` known to be genuine, `plain` nothing known. */
export type VerdictTone = 'rose' | 'amber' | 'moss' | 'plain';

const icons: Record<VerdictTone, IconName> = { rose: 'stop', amber: 'warning', moss: 'ok', plain: 'help' };

/** The answer of a check, as the largest thing on the page. */
export function Verdict({ tone, title, children }: { tone: VerdictTone; title: string; children: ComponentChildren }): VNode {
  return (
    <section class={`verdict ${tone}`} aria-live="polite">
      <h2>
        <Icon name={icons[tone]} size={28} />
        {title}
      </h2>
      {children}
    </section>
  );
}
