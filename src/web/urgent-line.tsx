import type { VNode } from 'preact';
import { type Lang, messages } from './i18n/index.ts';

/** One quiet line that is always there: whom to call when somebody is in danger. */
export function UrgentLine({ lang }: { lang: Lang }): VNode {
  const { urgent } = messages(lang).portal;
  return (
    <p class="hint urgent">
      {urgent.danger} <a href="tel:113">113</a>. {urgent.child} <a href="tel:111">111</a>.
    </p>
  );
}
