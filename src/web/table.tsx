import type { ComponentChildren, VNode } from 'preact';
import { Empty } from './empty.tsx';
import { type Lang, messages } from './i18n/index.ts';
import { safeHref } from './safe-href.ts';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ComponentChildren;
  /** The heading is a link that sorts. */
  sortable?: boolean;
  /** Right-aligned tabular digits. */
  numeric?: boolean;
  /** Never broken: codes, dates. */
  nowrap?: boolean;
  /** In the card of a narrow screen: `title` heads the card without its label, `hide` leaves it out. */
  card?: 'title' | 'hide';
}

/** The order shown. */
export interface Sort {
  key: string;
  dir: 'asc' | 'desc';
}

export interface DataTableProps<Row> {
  lang: Lang;
  /** What the table lists; spoken, and drawn when `showCaption`. */
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The first column becomes the link of the row; `j`, `k` and Enter work on it. */
  rowHref?: (row: Row) => string;
  /** Key of the row shown beside the list. */
  selected?: string;
  sort?: Sort;
  /** Address of the same list in another order; filters stay in it. */
  sortHref?: (sort: Sort) => string;
  /** In place of the table when there are no rows. */
  empty?: ComponentChildren;
  /** Below 700 px rows become cards (default); `false` for narrow tables of figures. */
  cards?: boolean;
}

/** A list of things in columns, sorted by address, cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>): VNode {
  const { lang, columns, rows } = props;
  const { empty } = messages(lang).common;
  if (rows.length === 0) return <>{props.empty ?? <Empty title={empty.list} />}</>;
  return (
    <table class={props.cards === false ? 'data' : 'data cards'} role="table">
      <caption class={props.showCaption ? undefined : 'vh'}>{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <Heading lang={lang} column={column} sort={props.sort} sortHref={props.sortHref} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <DataRow {...props} row={row} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps<Row> {
  lang: Lang;
  column: Column<Row>;
  sort?: Sort;
  sortHref?: (sort: Sort) => string;
}

function Heading<Row>({ lang, column, sort, sortHref }: HeadingProps<Row>): VNode {
  const { table } = messages(lang).common;
  const dir = sort?.key === column.key ? sort.dir : undefined;
  const next: Sort = { key: column.key, dir: dir === 'asc' ? 'desc' : 'asc' };
  return (
    <th
      scope="col"
      role="columnheader"
      class={column.numeric ? 'num' : undefined}
      aria-sort={dir && (dir === 'asc' ? 'ascending' : 'descending')}
    >
      {column.sortable && sortHref ? (
        <a href={safeHref(sortHref(next))} title={(next.dir === 'asc' ? table.sortAscending : table.sortDescending)(column.label)}>
          {column.label}
          <svg class="sort" width="10" height="14" viewBox="0 0 10 14" aria-hidden="true">
            <path class={dir === 'asc' ? 'on' : undefined} d="M5 1 9 6H1z" />
            <path class={dir === 'desc' ? 'on' : undefined} d="M5 13 1 8h8z" />
          </svg>
        </a>
      ) : (
        column.label
      )}
    </th>
  );
}

function DataRow<Row>(props: DataTableProps<Row> & { row: Row }): VNode {
  const { row, columns, rowHref, selected } = props;
  const on = selected !== undefined && selected === props.rowKey(row);
  return (
    <tr role="row" class={on ? 'on' : undefined} data-row={rowHref ? '' : undefined}>
      {columns.map((column, index) => {
        const content = column.cell(row);
        const classes = [column.numeric && 'num', column.nowrap && 'nw', column.card].filter(Boolean).join(' ');
        return (
          <td role="cell" class={classes || undefined} data-label={column.label}>
            {index === 0 && rowHref ? (
              <a class="open" href={safeHref(rowHref(row))} aria-current={on ? 'true' : undefined}>
                {content}
              </a>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}
