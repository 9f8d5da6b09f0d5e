import type { VNode } from 'preact';
import { MEASURES, measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { Filters } from '#web/filters.tsx';
import { Button, ButtonLink, Form, Select } from '#web/form.tsx';
import { dueTone, formatDate, formatInterim } from '#web/format.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Pagination } from '#web/pagination.tsx';
import { type Column, DataTable } from '#web/table.tsx';
import { LISTS, type DecisionRow, type ListName } from '../types.ts';
import { decisionPath, StateBadge, type ViewProps } from './parts.tsx';

interface ListProps extends ViewProps {
  readonly list: ListName;
  readonly lists: readonly ListName[];
  /** Only of this measure. */
  readonly measure: MeasureCode | null;
  readonly rows: readonly DecisionRow[];
  readonly counts: Readonly<Record<ListName, number>>;
  readonly page: number;
  readonly pages: number;
}

/** Address of a list of decisions. */
function listPath(list: ListName, measure: MeasureCode | null = null, page = 1): string {
  return `/can-bo/quyet-dinh?muc=${list}${measure ? `&bien-phap=${measure}` : ''}${page > 1 ? `&trang=${page}` : ''}`;
}

/** Decisions of the own agency, one list at a time. */
export function ListView(props: ListProps): VNode {
  const { lang, t, list, measure, page, pages } = props;
  const words = t.decisions.list;
  return (
    <>
      <h1>{words.title}</h1>
      <Filters lang={lang} names={LISTS.filter((name) => props.lists.includes(name))} current={list} labels={words.lists} href={(name) => listPath(name, measure)} counts={props.counts} />
      <Form action="/can-bo/quyet-dinh" method="get" class="toolbar" hidden={{ muc: list }}>
        <Select lang={lang} name="bien-phap" label={words.measure} prompt={words.anyMeasure} value={measure ?? ''} width="medium"
          options={MEASURES.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
        <Button kind="quiet" small>{t.common.button.filter}</Button>
        {measure && <ButtonLink kind="plain" small href={listPath(list)}>{t.common.button.clearFilters}</ButtonLink>}
      </Form>
      <DataTable
        lang={lang} caption={words.lists[list]} columns={columnsOf(props)} rows={props.rows} rowKey={(row) => row.id} rowHref={(row) => decisionPath(row.id)}
        empty={<Empty title={words.empty[list]}>{words.emptyHelp[list]}</Empty>}
      />
      {props.rows.length > 0 && <KeyHints lang={lang} />}
      <Pagination lang={lang} prevHref={page > 1 ? listPath(list, measure, page - 1) : undefined} nextHref={page < pages ? listPath(list, measure, page + 1) : undefined} />
    </>
  );
}

function columnsOf({ lang, t, now, list }: ListProps): Column<DecisionRow>[] {
  const words = t.decisions.list;
  const name: Column<DecisionRow> = { key: 'name', label: words.name, card: 'title', cell: (row) => row.title };
  const measure: Column<DecisionRow> = { key: 'measure', label: words.measure, cell: (row) => measureOf(row.measure).label[lang] };
  const number: Column<DecisionRow> = { key: 'number', label: words.number, nowrap: true, cell: (row) => row.number };
  const state: Column<DecisionRow> = {
    key: 'state', label: words.state,
    cell: (row) => (
      <>
        <StateBadge t={t} state={row.state} />{row.stayedAt && row.state === 'in_force' && <> <Badge tone="amber">{t.decisions.stayed}</Badge></>}
        {row.state === 'interim' && row.interimUntil && <small class="sub">{formatInterim(row.interimUntil, now, lang)}</small>}
      </>
    ),
  };
  const drafter: Column<DecisionRow> = { key: 'drafter', label: words.drafter, cell: (row) => row.drafter };
  const submitted: Column<DecisionRow> = { key: 'submitted', label: words.submitted, nowrap: true, cell: (row) => (row.submittedAt ? formatDate(row.submittedAt) : '–') };
  const ends: Column<DecisionRow> = {
    key: 'ends', label: words.ends, nowrap: true,
    cell: (row) => (row.endsOn ? <span class={list === 'hieu-luc' && dueTone(row.endsOn, now) === 'amber' ? 'soon' : undefined}>{formatDate(row.endsOn)}</span> : '–'),
  };
  if (list === 'cho-duyet' || list === 'phap-che') return [name, measure, number, state, drafter, submitted];
  return list === 'du-thao' ? [name, measure, number, state] : [name, measure, number, state, ends];
}
