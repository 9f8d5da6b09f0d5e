import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { nameIn, type AgencyNames } from '#modules/directory/index.ts';
import { Badge } from '#web/badge.tsx';
import { dueTone, formatDue, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { KvItem } from '#web/kv.tsx';
import type { Brief, TransferView } from '../types.ts';

/** A form that came back: what was typed, what is wrong, why it was refused. */
export interface Typed {
  readonly values: Readonly<Record<string, string>>;
  readonly all: (name: string) => readonly string[];
  readonly errors: Readonly<Record<string, string>>;
  readonly refused: string | null;
}

/** An agency's name in the language of the screen. */
export function named(names: AgencyNames | null, lang: Lang): string {
  return names ? nameIn(names, lang) : '–';
}

/** Short name in Vietnamese, the whole one in English. */
export function shortly(names: AgencyNames | null, lang: Lang): string {
  return names ? (lang === 'vi' ? names.shortName : names.nameEn) : '–';
}

/** State, lateness and urgency of a transfer. */
export function TransferBadges({ lang, now, row }: { lang: Lang; now: Date; row: Pick<TransferView, 'state' | 'late' | 'urgent' | 'dueOn'> }): VNode {
  const { routing: t, coordination } = messages(lang);
  const open = row.state === 'proposed';
  return (
    <span class="badges">
      <Badge tone={open ? 'amber' : row.state === 'accepted' ? 'moss' : 'plain'}>{coordination.states.transfer[row.state]}</Badge>{' '}
      {row.urgent && open && <Badge tone="rose">{t.urgent}</Badge>}{' '}
      {row.late ? <Badge tone="rose">{t.late}</Badge> : open && <Badge tone={dueTone(row.dueOn, now)}>{formatDue(row.dueOn, now, lang)}</Badge>}
    </span>
  );
}

/** What may be known of a case before it is received. */
export function briefItems(lang: Lang, brief: Brief): KvItem[] {
  const { page, communeMany } = messages(lang).routing;
  return [
    { label: page.number, value: <span class="mono">{brief.number}</span> },
    { label: page.harm, value: categoryOf(brief.category).label[lang] },
    ...(brief.title ? [{ label: page.name, value: brief.title }] : []),
    ...(brief.reports === null ? [] : [{ label: page.place, value: brief.commune ?? communeMany }, { label: page.count, value: formatNumber(brief.reports, lang) }]),
  ];
}
