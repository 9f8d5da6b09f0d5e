import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { DataTable } from '#web/table.tsx';
import type { ReceivedPack } from '../packs/types.ts';
import type { LedCaseView, PartyCase } from '../types.ts';
import { sharedPath } from './items.tsx';

export interface SharedListProps {
  readonly lang: Lang;
  readonly forUs: readonly (PartyCase & { readonly leadName: string; readonly items: number; readonly unread: number })[];
  readonly fromUs: readonly (LedCaseView & { readonly parties: number; readonly unread: number })[];
  readonly packs: readonly ReceivedPack[];
}

/** What is shared with the own agency, what it shares, and packs that wait for it. */
export function SharedList({ lang, forUs, fromUs, packs }: SharedListProps): VNode {
  const t = messages(lang).sharing.list;
  const { parts } = messages(lang).sharing;
  return (
    <>
      <h1>{t.title}</h1>
      <h2>{t.forUs}</h2>
      <DataTable lang={lang} caption={t.forUs} rows={forUs} rowKey={({ id }) => id} rowHref={({ number }) => sharedPath(number)}
        empty={<Empty title={t.forUsEmpty}>{t.forUsEmptyText}</Empty>}
        columns={[
          { key: 'title', label: t.case, cell: ({ title }) => title, card: 'title' }, { key: 'number', label: t.number, cell: ({ number }) => <span class="mono">{number}</span>, nowrap: true },
          { key: 'unread', label: t.unread, cell: ({ unread, items }) => (unread > 0 ? <Badge tone="amber">{formatNumber(unread, lang)}</Badge> : `0 / ${formatNumber(items, lang)}`) },
          { key: 'lead', label: t.lead, cell: ({ leadName }) => leadName }, { key: 'part', label: t.part, cell: ({ part }) => parts[part] },
          { key: 'since', label: t.since, cell: ({ since }) => formatDate(since), nowrap: true },
        ]} />
      <h2>{t.packs}</h2>
      <DataTable lang={lang} caption={t.packs} rows={packs} rowKey={({ id }) => id} rowHref={({ code }) => `/can-bo/goi-nhan/${code}`} empty={<p class="hint">{t.packsEmpty}</p>}
        columns={[
          { key: 'code', label: t.code, cell: ({ code }) => <span class="mono">{code}</span>, card: 'title' }, { key: 'lead', label: t.lead, cell: ({ byName }) => byName },
          { key: 'unread', label: t.unread, cell: ({ readAt }) => (readAt ? formatDateTime(readAt, lang) : <Badge tone="amber">{t.unread}</Badge>) },
          { key: 'expires', label: t.expires, cell: ({ expiresAt }) => formatDate(expiresAt), nowrap: true },
        ]} />
      <h2>{t.fromUs}</h2>
      <DataTable lang={lang} caption={t.fromUs} rows={fromUs} rowKey={({ id }) => id} rowHref={({ number }) => `${sharedPath(number)}/chia-se`}
        empty={<Empty title={t.fromUsEmpty}>{t.fromUsEmptyText}</Empty>}
        columns={[
          { key: 'title', label: t.case, cell: ({ title }) => title, card: 'title' }, { key: 'number', label: t.number, cell: ({ number }) => <span class="mono">{number}</span>, nowrap: true },
          { key: 'harm', label: t.harm, cell: ({ category }) => categoryOf(category).label[lang] }, { key: 'parties', label: t.parties, cell: ({ parties }) => formatNumber(parties, lang), numeric: true },
          { key: 'unread', label: t.unreadThere, cell: ({ unread }) => formatNumber(unread, lang), numeric: true },
        ]} />
    </>
  );
}
