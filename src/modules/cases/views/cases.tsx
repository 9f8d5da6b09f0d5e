import type { VNode } from 'preact';
import { CATEGORIES } from '#catalogue/categories.ts';
import { Empty } from '#web/empty.tsx';
import { Button, Form, Select, TextField } from '#web/form.tsx';
import { formatAgo, formatMoney, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Pagination } from '#web/pagination.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import type { CaseRow, CaseShelf } from '../queries.ts';
import { CaseBadge, CategoryBadge } from './words.tsx';

/** What the address of the list of cases says. */
export interface CaseAddress {
  readonly muc: CaseShelf;
  readonly nhom: string;
  readonly q: string;
  readonly trang: number;
}

export interface CaseListProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly address: CaseAddress;
  readonly rows: readonly CaseRow[];
  readonly more: boolean;
  /** Rows on the pages before. */
  readonly before: number;
}

const SHELVES: readonly CaseShelf[] = ['dang-xac-minh', 'cua-toi', 'dang-thuc-hien', 'da-ket-thuc', 'tat-ca'];

/** The address of a case's page. */
export function caseHref(number: string, step = ''): string {
  return `/can-bo/vu-viec/${number}${step && `/${step}`}`;
}

function listHref(address: CaseAddress, change: Partial<Record<keyof CaseAddress, string | number>>): string {
  const parts = Object.entries({ ...address, ...change }).filter(([key, value]) => value !== '' && !(key === 'trang' && Number(value) <= 1));
  return `/can-bo/vu-viec?${new URLSearchParams(parts.map(([key, value]) => [key, String(value)])).toString()}`;
}

/** The list of cases with their weight: reports, communes, money. */
export function CaseList(props: CaseListProps): VNode {
  const { lang, address, rows } = props;
  const { console: t, common } = messages(lang);
  return (
    <>
      <h1>{t.caseShelves[address.muc]}</h1>
      <nav aria-label={t.list.shelves}>
        <ul class="filters">
          {SHELVES.map((shelf) => (
            <li><a href={listHref(address, { muc: shelf, trang: 1 })} aria-current={shelf === address.muc ? 'page' : undefined}>{t.caseShelves[shelf]}</a></li>
          ))}
        </ul>
      </nav>
      <Form action="/can-bo/vu-viec" method="get" class="toolbar" hidden={{ muc: address.muc }}>
        <TextField lang={lang} name="q" type="search" label={t.cases.search} value={address.q} autocomplete="off" />
        <Select lang={lang} name="nhom" label={t.list.category} prompt={t.list.anyCategory} value={address.nhom}
          options={CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
        <Button kind="quiet" small icon="search">{common.button.search}</Button>
      </Form>
      <DataTable
        lang={lang}
        caption={t.list.caption(t.caseShelves[address.muc])}
        columns={columnsOf(props)}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => caseHref(row.number)}
        empty={address.q
          ? <Empty icon="search" title={t.cases.emptySearch(address.q)} action={{ href: listHref(address, { q: '', muc: 'tat-ca', trang: 1 }), label: t.caseShelves['tat-ca'] }}>{common.empty.searchHelp}</Empty>
          : <Empty title={t.cases.empty}>{t.cases.emptyHelp}</Empty>}
      />
      <Pagination
        lang={lang}
        prevHref={address.trang > 1 ? listHref(address, { trang: address.trang - 1 }) : undefined}
        nextHref={props.more ? listHref(address, { trang: address.trang + 1 }) : undefined}
        from={props.before + 1}
        to={props.before + rows.length}
      />
      {rows.length > 0 && <KeyHints lang={lang} />}
    </>
  );
}

function columnsOf({ lang, now }: CaseListProps): Column<CaseRow>[] {
  const t = messages(lang).console;
  return [
    { key: 'number', label: t.cases.number, nowrap: true, cell: (row) => row.number },
    { key: 'name', label: t.cases.name, card: 'title', cell: (row) => <CaseName lang={lang} row={row} /> },
    { key: 'state', label: t.cases.state, cell: (row) => <CaseBadge lang={lang} state={row.state} /> },
    { key: 'reports', label: t.cases.reports, numeric: true, cell: (row) => formatNumber(row.reports, lang) },
    { key: 'communes', label: t.cases.communes, numeric: true, cell: (row) => formatNumber(row.communes, lang) },
    { key: 'money', label: t.cases.money, numeric: true, nowrap: true, cell: (row) => (row.money > 0 ? formatMoney(row.money, lang) : t.list.nothing) },
    { key: 'last', label: t.cases.last, cell: (row) => (row.lastAt ? formatAgo(row.lastAt, now, lang) : t.list.nothing) },
  ];
}

function CaseName({ lang, row }: { lang: Lang; row: CaseRow }): VNode {
  const { cases } = messages(lang).console;
  return (
    <>
      {row.title}
      <span class="sub"><CategoryBadge lang={lang} code={row.category} /> <small>{row.officer ?? cases.nobody}</small></span>
    </>
  );
}
