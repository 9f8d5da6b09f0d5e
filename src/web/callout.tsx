import type { ComponentChildren, VNode } from 'preact';
import { Icon, type IconName } from './icons.tsx';

/** `sos` you could lose money or be harmed, `look` mind this, `note` good to know, `ok` it worked. */
export type CalloutKind = 'sos' | 'look' | 'note' | 'ok';

const icons: Record<CalloutKind, IconName> = { sos: 'stop', look: 'warning', note: 'info', ok: 'ok' };

export interface CalloutProps {
  kind: CalloutKind;
  title?: ComponentChildren;
  children?: ComponentChildren;
  /** Read out at once: `status` after an action, `alert` for an error of the whole page. */
  role?: 'status' | 'alert';
}

/** A message that stands out from the page. */
export function Callout({ kind, title, children, role }: CalloutProps): VNode {
  return (
    <div class={`call ${kind}`} role={role}>
      <Icon name={icons[kind]} />
      <div>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
