import type { VNode } from 'preact';
import { measureOf, type LocatorKind } from '#catalogue/measures.ts';
import { displayParts } from '#core/indicators/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Defanged } from '#web/defanged.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { NoticeState } from '#platform/schema.ts';
import type { NoticeRow, SaidLocator } from '../types.ts';

export const LIST_PATH = '/can-bo/thong-bao';

/** Address of a notice's page, or of what lies below it. */
export function noticePath(id: string, below = ''): string {
  return `${LIST_PATH}/${id}${below}`;
}

/** Address of the page about who is told of a decision. */
export function ofDecisionPath(decisionId: string): string {
  return `/can-bo/quyet-dinh/${decisionId}/thong-bao`;
}

const TONES: Readonly<Record<NoticeState, Tone>> = { prepared: 'amber', sent: 'moss', dispatched: 'moss', failed: 'rose', dropped: 'plain' };

/** The state as a word on a tint. */
export function StateBadge({ lang, state }: { lang: Lang; state: NoticeState }): VNode {
  return <Badge tone={TONES[state]}>{messages(lang).notices.states[state]}</Badge>;
}

/** "Thông báo tới nhà mạng"; a letter that follows says which: "Thông báo hủy: Thông báo tới nhà mạng". */
export function noticeName({ kind, phase, measure }: Pick<NoticeRow, 'kind' | 'phase' | 'measure'>, lang: Lang): string {
  const t = messages(lang).notices;
  const more = t.phases[phase];
  if (kind === 'notice' && !more) return measureOf(measure).label[lang];
  return `${t.kinds[kind]}${more ? ` (${more})` : ''}: ${measureOf(measure).label[lang]}`;
}

/** What is known of the effect today: reported, awaited, overdue, or silent after a reminder. */
export function EffectWords({ lang, row, today, silent }: { lang: Lang; row: NoticeRow; today: string; silent: boolean }): VNode {
  const t = messages(lang).notices;
  if (row.effect) return <Badge tone={row.effect === 'done' ? 'moss' : row.effect === 'partly' ? 'sky' : 'amber'}>{t.effects[row.effect]}</Badge>;
  if (!row.effectDue || (row.state !== 'sent' && row.state !== 'dispatched')) return <>{t.list.none}</>;
  if (silent) return <Badge tone="rose">{t.standing.silent}</Badge>;
  return row.effectDue < today ? <Badge tone="rose">{t.standing.overdue(formatDate(row.effectDue))}</Badge> : <>{t.standing.waiting(formatDate(row.effectDue))}</>;
}

/** A locator, harmless, with what it is. */
export function Locator({ lang, locator }: { lang: Lang; locator: SaidLocator }): VNode {
  const isAddress = (['url', 'domain'] as readonly LocatorKind[]).includes(locator.kind);
  return (
    <>
      {isAddress ? <Defanged lang={lang} {...displayParts(locator.shown)} after={locator.kind === 'url' ? displayParts(locator.shown).after : ''} /> : <span class="mono" translate={false}>{locator.shown}</span>}{' '}
      <small>{messages(lang).notices.letter.locatorKinds[locator.kind]}</small>
    </>
  );
}
