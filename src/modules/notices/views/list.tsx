import type { VNode } from 'preact';
import { Empty } from '#web/empty.tsx';
import { Filters } from '#web/filters.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Pagination } from '#web/pagination.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { NOTICE_LISTS, type NoticeList, type NoticeRow } from '../types.ts';
import { EffectWords, LIST_PATH, noticeName, noticePath, StateBadge } from './parts.tsx';

/** What rows need beside themselves. */
export interface RowsProps {
  readonly lang: Lang;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly isSilent: (row: NoticeRow) => boolean;
}

export interface ListProps extends RowsProps {
  readonly list: NoticeList;
  readonly rows: readonly NoticeRow[];
  readonly counts: Readonly<Record<NoticeList, number>>;
  readonly page: number;
  readonly pages: number;
}

/** Everything that leaves the agency, one list at a time. */
export function ListPage(props: ListProps): VNode {
  const { lang, list, rows, page, pages } = props;
  const t = messages(lang).notices.list;
  const href = (name: NoticeList, to = 1) => `${LIST_PATH}?muc=${name}${to > 1 ? `&trang=${to}` : ''}`;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <Filters lang={lang} names={NOTICE_LISTS} current={list} labels={t.lists} href={(name) => href(name)} counts={props.counts} />
      <NoticeTable {...props} caption={t.lists[list]} empty={<Empty icon="mail" title={t.empty[list]}>{t.emptyHelp}</Empty>} />
      {rows.length > 0 && <KeyHints lang={lang} />}
      <Pagination lang={lang} prevHref={page > 1 ? href(list, page - 1) : undefined} nextHref={page < pages ? href(list, page + 1) : undefined} />
    </>
  );
}

/** Notices as a table. */
export function NoticeTable(props: RowsProps & { rows: readonly NoticeRow[]; caption: string; empty: VNode }): VNode {
  const { lang } = props;
  const t = messages(lang).notices.list.columns;
  const columns: readonly Column<NoticeRow>[] = [
    { key: 'to', label: t.to, card: 'title', cell: (row) => row.recipient },
    { key: 'what', label: t.what, cell: (row) => noticeName(row, lang) },
    { key: 'state', label: t.state, cell: (row) => <StateBadge lang={lang} state={row.state} /> },
    { key: 'effect', label: t.effect, cell: (row) => <EffectWords lang={lang} row={row} today={props.today} silent={props.isSilent(row)} /> },
    { key: 'on', label: t.on, nowrap: true, cell: (row) => formatDate(row.createdAt) },
  ];
  return <DataTable lang={lang} caption={props.caption} columns={columns} rows={props.rows} rowKey={(row) => row.id} rowHref={(row) => noticePath(row.id)} empty={props.empty} />;
}
