import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { ButtonLink } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { Pagination } from '#web/pagination.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import type { ListFilter, Names, TaskRow } from '../types.ts';
import { agencyIn, PATHS, TaskDue, type ViewProps } from './parts.tsx';

export interface ListProps extends ViewProps {
  readonly filter: ListFilter;
  readonly rows: readonly TaskRow[];
  readonly more: boolean;
  readonly names: Names;
  readonly counts: Readonly<Record<'cua-toi' | 'co-quan' | 'da-giao', number>>;
  readonly agencyId: string;
  readonly size: number;
  /** Name of the agency or officer the list is narrowed to. */
  readonly only: string | null;
}

/** The address of a list with some of its filters changed. */
export function listHref(filter: Partial<ListFilter>): string {
  const query = new URLSearchParams({
    ...(filter.shelf && filter.shelf !== 'cua-toi' && { muc: filter.shelf }), ...(filter.near && { loc: filter.near }), ...(filter.agencyId && { 'co-quan': filter.agencyId }),
    ...(filter.officerId && { nguoi: filter.officerId }), ...(filter.page && filter.page > 1 && { trang: String(filter.page) }),
  }).toString();
  return query ? `${PATHS.list}?${query}` : PATHS.list;
}

/** Tasks by last day: mine, the agency's, those set for others, those that ended. */
export function TaskListView(props: ListProps): VNode {
  const { lang, filter, rows, more, size } = props;
  const t = messages(lang).tasks.list;
  const shelves = Object.keys(t.shelves) as ListFilter['shelf'][];
  const nears = [null, 'sap-den-han', 'qua-han', 'tam-dung'] as const;
  const begin = (filter.page - 1) * size;
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <h1>{t.title}</h1>
      <nav aria-label={t.shelvesLabel}>
        <ul class="filters">
          {shelves.map((shelf) => (
            <li><a href={listHref({ shelf })} aria-current={shelf === filter.shelf ? 'page' : undefined}>
              {t.shelves[shelf]}{shelf !== 'da-xong' && <b>{formatNumber(props.counts[shelf], lang)}</b>}
            </a></li>
          ))}
        </ul>
      </nav>
      {filter.shelf !== 'da-xong' && (
        <nav aria-label={t.nearLabel}>
          <ul class="filters">
            {nears.map((near) => <li><a href={listHref({ ...filter, near, page: 1 })} aria-current={near === filter.near ? 'page' : undefined}>{t.near[near ?? 'all']}</a></li>)}
          </ul>
        </nav>
      )}
      {props.only && <p>{t.only(props.only)} · <a href={listHref({ shelf: filter.shelf, near: filter.near })}>{t.showAll}</a></p>}
      <DataTable
        lang={lang} caption={t.caption(t.shelves[filter.shelf])} columns={columnsOf(props)} rows={rows} rowKey={(row) => row.id} rowHref={(row) => `${PATHS.list}/${row.id}`}
        empty={<Empty title={t.empty}>{t.emptyText}</Empty>}
      />
      <Pagination
        lang={lang} prevHref={filter.page > 1 ? listHref({ ...filter, page: filter.page - 1 }) : undefined} nextHref={more ? listHref({ ...filter, page: filter.page + 1 }) : undefined}
        from={rows.length > 0 ? begin + 1 : undefined} to={rows.length > 0 ? begin + rows.length : undefined}
      />
      <p class="task-new"><ButtonLink kind="quiet" href={PATHS.create}>{t.create}</ButtonLink></p>
    </>
  );
}

function columnsOf(props: ListProps): Column<TaskRow>[] {
  const { lang, names, agencyId, filter } = props;
  const t = messages(lang).tasks;
  const states = messages(lang).coordination.states.task;
  const who = (row: TaskRow) => (row.agencyId === agencyId ? row.officer ?? t.list.focal : agencyIn(names, row.agencyId, lang));
  return [
    { key: 'what', label: t.list.what, card: 'title', cell: (row) => row.title },
    { key: 'due', label: t.list.due, cell: (row) => <TaskDue {...props} task={row} /> },
    { key: 'code', label: t.list.code, nowrap: true, cell: (row) => <span class="mono" translate={false}>{row.code}</span> },
    { key: 'who', label: t.list.who, cell: who },
    filter.shelf === 'da-xong'
      ? { key: 'state', label: t.list.state, cell: (row) => <><Badge tone={row.state === 'done' ? 'moss' : 'plain'}>{states[row.state]}</Badge> {row.endedAt && <small>{formatDate(row.endedAt)}</small>}</> }
      : { key: 'setBy', label: t.list.setBy, cell: (row) => (row.setByAgency ? agencyIn(names, row.setByAgency, lang) : t.list.system) },
  ];
}
