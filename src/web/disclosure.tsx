import type { ComponentChildren, VNode } from 'preact';

export interface DisclosureProps {
  summary: ComponentChildren;
  children: ComponentChildren;
  /** `plain` (a line to open), `button` (looks like a quiet button, the content is a card: the dialog that needs no script), `danger` (same, red). */
  kind?: 'plain' | 'button' | 'danger';
  open?: boolean;
  /** Same name on several: opening one closes the others. */
  group?: string;
  id?: string;
}

/** Content that stays folded until asked for. */
export function Disclosure({ summary, children, kind = 'plain', open, group, id }: DisclosureProps): VNode {
  return (
    <details class={`fold ${kind}`} open={open} name={group} id={id}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
