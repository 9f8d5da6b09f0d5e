import type { ComponentChildren, VNode } from 'preact';
import { ButtonLink } from './form.tsx';
import { Icon, type IconName } from './icons.tsx';

export interface EmptyProps {
  /** What is not there, as a sentence. */
  title: string;
  /** What to do about it. */
  children?: ComponentChildren;
  action?: { href: string; label: string };
  icon?: IconName;
}

/** The empty state of a list or page: never blank, says what to do. */
export function Empty({ title, children, action, icon = 'leaf' }: EmptyProps): VNode {
  return (
    <div class="empty">
      <Icon name={icon} size={32} />
      <p>
        <strong>{title}</strong>
      </p>
      {children && <p>{children}</p>}
      {action && (
        <ButtonLink kind="quiet" href={action.href}>
          {action.label}
        </ButtonLink>
      )}
    </div>
  );
}
