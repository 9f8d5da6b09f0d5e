import type { VNode } from 'preact';
import { CATEGORIES } from '#catalogue/categories.ts';
import { CHANNELS } from '#catalogue/channels.ts';
import { displayParts } from '#core/indicators/index.ts';
import { Badge } from '#web/badge.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, Form, Select } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Pagination } from '#web/pagination.tsx';
import { DataTable, type Column, type Sort } from '#web/table.tsx';
import type { Shelf, WorkRow, WorkSort } from '../queries.ts';
import { CategoryBadge, Due, firstWords, ReportBadge, SafeText, Trace } from './words.tsx';

/** What the address of the worklist says. */
export interface WorkAddress {
  readonly muc: Shelf;
  readonly nhom: string;
  readonly xa: string;
  readonly kenh: string;
  readonly q: string;
  readonly sap: string;
  readonly gop: string;
  readonly trang: number;
}

export interface WorklistProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly address: WorkAddress;
  readonly sort: { readonly key: WorkSort; readonly dir: 'asc' | 'desc' };
  readonly grouped: boolean;
  readonly rows: readonly WorkRow[];
  readonly more: boolean;
  /** Rows on the pages before. */
  readonly before: number;
  readonly communes: readonly { readonly code: string; readonly name: string }[];
}

const SHELVES: readonly Shelf[] = ['cho-phan-loai', 'dang-xu-ly', 'sap-den-han', 'qua-han', 'tat-ca'];

/** The address of the worklist with some of its parts changed; empty parts are left out. */
function workHref(address: WorkAddress, change: Partial<Record<keyof WorkAddress, string | number>> = {}): string {
  const all = { ...address, ...change };
  const parts = Object.entries(all).filter(([key, value]) => value !== '' && !(key === 'trang' && Number(value) <= 1));
  return `/can-bo/phan-anh?${new URLSearchParams(parts.map(([key, value]) => [key, String(value)])).toString()}`;
}

/** The worklist of reports. */
export function Worklist(props: WorklistProps): VNode {
  const { lang, address, rows, sort } = props;
  const t = messages(lang).console;
  const title = address.q ? t.list.found(address.q) : t.shelves[address.muc];
  const all = address.muc === 'tat-ca';
  return (
    <>
      <h1>{title}</h1>
      <Shelves {...props} />
      <div class="listbar">
        <p class="modes">
          {!all && (
            <>
              {props.grouped ? t.list.grouped : t.list.apart}{' '}
              <a href={workHref(address, { gop: props.grouped ? '0' : '1', trang: 1 })}>{props.grouped ? t.list.ungroup : t.list.group}</a>
              {' · '}
            </>
          )}
          <a href={workHref(address, { sap: sort.key === 'nhan' && sort.dir === 'desc' ? 'nhan' : '-nhan', trang: 1 })}>
            {sort.key === 'nhan' && sort.dir === 'desc' ? t.list.oldest : t.list.newest}
          </a>
        </p>
        <Filters {...props} />
      </div>
      <div class="work">
        <DataTable
          lang={lang}
          caption={t.list.caption(title)}
          columns={columnsOf(props)}
          rows={rows}
          rowKey={(row) => row.id}
          rowHref={(row) => `/can-bo/phan-anh/${row.code}`}
          sort={{ key: sort.key, dir: sort.dir }}
          sortHref={(next: Sort) => workHref(address, { sap: next.dir === 'desc' ? `-${next.key}` : next.key, trang: 1 })}
          empty={<Nothing {...props} />}
        />
      </div>
      <Pagination
        lang={lang}
        prevHref={address.trang > 1 ? workHref(address, { trang: address.trang - 1 }) : undefined}
        nextHref={props.more ? workHref(address, { trang: address.trang + 1 }) : undefined}
        from={props.before + 1}
        to={props.before + rows.length}
      />
      {rows.length > 0 && <KeyHints lang={lang} />}
      {address.q && (
        <p>
          <a href={`/can-bo/vu-viec?${new URLSearchParams({ q: address.q }).toString()}`}>{t.list.caseHits}</a>
        </p>
      )}
    </>
  );
}

function Shelves({ lang, address }: WorklistProps): VNode {
  const t = messages(lang).console;
  return (
    <nav aria-label={t.list.shelves}>
      <ul class="filters">
        {SHELVES.map((shelf) => (
          <li>
            <a href={workHref({ ...address, muc: shelf, sap: '', gop: '', trang: 1 })} aria-current={shelf === address.muc ? 'page' : undefined}>
              {t.shelves[shelf]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Filters({ lang, address, communes }: WorklistProps): VNode {
  const { console: t, common } = messages(lang);
  const active = Boolean(address.nhom || address.xa || address.kenh);
  return (
    <Disclosure summary={t.list.filter} open={active}>
      <Form action="/can-bo/phan-anh" method="get" class="toolbar" hidden={{ muc: address.muc, q: address.q || undefined, sap: address.sap || undefined, gop: address.gop || undefined }}>
        <Select lang={lang} name="nhom" label={t.list.category} prompt={t.list.anyCategory} value={address.nhom}
          options={CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
        <Select lang={lang} name="xa" label={t.list.commune} prompt={t.list.anyCommune} value={address.xa}
          options={communes.map(({ code, name }) => ({ value: code, label: name }))} />
        <Select lang={lang} name="kenh" label={t.list.channel} prompt={t.list.anyChannel} value={address.kenh}
          options={CHANNELS.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
        <Button kind="quiet" small>{common.button.filter}</Button>
        {active && <ButtonLink kind="plain" small href={workHref(address, { nhom: '', xa: '', kenh: '', trang: 1 })}>{common.button.clearFilters}</ButtonLink>}
      </Form>
    </Disclosure>
  );
}

function columnsOf({ lang, now, grouped, address }: WorklistProps): Column<WorkRow>[] {
  const { list } = messages(lang).console;
  const all = address.muc === 'tat-ca';
  return [
    { key: 'nhan', label: list.code, sortable: true, cell: (row) => row.code },
    { key: 'content', label: list.content, card: 'title', cell: (row) => <Content lang={lang} row={row} /> },
    { key: 'nhom', label: list.category, sortable: !all, cell: (row) => <CategoryBadge lang={lang} code={row.category} /> },
    { key: 'place', label: list.place, cell: (row) => (lang === 'vi' ? row.place : row.placeEn) ?? list.wholeProvince },
    { key: 'han', label: list.due, sortable: !all, cell: (row) => dueCell(row, lang, now, address.muc) },
    { key: 'same', label: list.same, cell: (row) => same(row, lang, grouped) },
  ];
}

function Content({ lang, row }: { lang: Lang; row: WorkRow }): VNode {
  const { list } = messages(lang).console;
  const words = firstWords(row.words, 90);
  const shown = row.trace?.value ? displayParts(row.trace.value).registrable : '';
  return (
    <>
      {row.inDanger && <><Badge tone="rose">{list.danger}</Badge>{' '}</>}
      <SafeText text={words} />
      {row.trace && !(shown && words.toLowerCase().includes(shown)) && <span class="trace"><Trace lang={lang} trace={row.trace} quiet /></span>}
    </>
  );
}

/** A dash; left out of the card of a phone. */
function None({ lang }: { lang: Lang }): VNode {
  return <span class="none">{messages(lang).console.list.nothing}</span>;
}

function dueCell(row: WorkRow, lang: Lang, now: Date, shelf: Shelf): VNode {
  const { list } = messages(lang).console;
  if (row.dueOn) return <Due lang={lang} on={row.dueOn} now={now} />;
  if (row.state === 'acknowledged') return <Badge tone="amber">{list.supplied}</Badge>;
  return shelf === 'tat-ca' || row.state === 'need_info' ? <ReportBadge lang={lang} state={row.state} /> : <None lang={lang} />;
}

function same(row: WorkRow, lang: Lang, grouped: boolean): VNode {
  const { list } = messages(lang).console;
  if (row.identical) return <Badge tone="sky">{list.identical(formatNumber(row.waiting, lang))}</Badge>;
  const count = Math.max(row.caseReports ?? 1, grouped ? row.waiting : 1);
  return count > 1 ? <Badge tone="sky">{list.reports(formatNumber(count, lang), false)}</Badge> : <None lang={lang} />;
}

function Nothing({ lang, address }: WorklistProps): VNode {
  const { console: t, common } = messages(lang);
  const plain = workHref(address, { q: '', nhom: '', xa: '', kenh: '', trang: 1 });
  if (address.q) {
    return <Empty icon="search" title={t.list.emptySearch(address.q)} action={{ href: plain, label: common.button.clearFilters }}>{common.empty.searchHelp}</Empty>;
  }
  if (address.nhom || address.xa || address.kenh) {
    return <Empty icon="search" title={t.list.emptyFilter} action={{ href: plain, label: common.button.clearFilters }} />;
  }
  if (address.muc === 'qua-han') return <Empty title={t.list.emptyLate}>{t.list.emptyLateHelp}</Empty>;
  return <Empty title={common.empty.queue}>{common.empty.queueHelp}</Empty>;
}
