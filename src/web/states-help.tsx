import type { VNode } from 'preact';
import { MACHINES, type MachineName } from '#core/machines.ts';
import { messages, type Lang } from './i18n/index.ts';
import { Icon } from './icons.tsx';

/** Address of the diagrams, or of one of them. */
export function statesHref(entity?: MachineName): string {
  return `/can-bo/tro-giup/trang-thai${entity ? `#${entity}` : ''}`;
}

/** The small question mark beside a state: leads to the diagram of the thing. */
export function StatesHelp({ lang, entity }: { lang: Lang; entity: MachineName }): VNode {
  const label = messages(lang).machines.open(MACHINES.find((one) => one.entity === entity)!.label[lang]);
  return <a class="states-help" href={statesHref(entity)} title={label}><Icon name="help" size={18} label={label} /></a>;
}
