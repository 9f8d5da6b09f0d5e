import type { ComponentChildren, VNode } from 'preact';

export interface PanelProps {
  title?: ComponentChildren;
  /** Level of the title. Default 2. */
  level?: 2 | 3;
  id?: string;
  /** Right of the title: a badge or a small link. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A card. Put several in `<div class="two">` or `<div class="three">` to stand side by side where there is room. */
export function Panel({ title, level = 2, id, aside, children }: PanelProps): VNode {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class="panel" id={id}>
      {(title || aside) && (
        <div class="panel-top">
          {title && <Heading>{title}</Heading>}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
