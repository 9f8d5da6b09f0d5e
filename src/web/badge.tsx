import type { ComponentChildren, VNode } from 'preact';

/** Colours with a meaning: leaf neutral-own, amber look, rose stop or overdue, moss good, sky information, plain none. */
export type Tone = 'leaf' | 'amber' | 'rose' | 'moss' | 'sky' | 'plain';

/** A short word on a tint; the word alone must say it, the colour only helps. */
export function Badge({ tone = 'leaf', children }: { tone?: Tone; children: ComponentChildren }): VNode {
  return <span class={`tag ${tone}`}>{children}</span>;
}
