import type { ComponentChildren, VNode } from 'preact';
import { type Lang, messages } from './i18n/index.ts';
import { Icon } from './icons.tsx';

/** One condition and whether it is met. */
export interface CheckItem {
  done: boolean;
  text: ComponentChildren;
}

/** Conditions met and still open; each state is also spoken. */
export function CheckList({ lang, items }: { lang: Lang; items: readonly CheckItem[] }): VNode {
  const { state } = messages(lang).common;
  return (
    <ul class="checks">
      {items.map((item) => (
        <li class={item.done ? undefined : 'no'}>
          <Icon name={item.done ? 'tick' : 'open'} size={20} label={item.done ? state.done : state.notYet} />
          <span>{item.text}</span>
        </li>
      ))}
    </ul>
  );
}
