import type { VNode } from 'preact';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonRow, Form, Select } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Pagination } from '#web/pagination.tsx';
import { DataTable } from '#web/table.tsx';
import type { Opening, OpeningFilter } from '../queries/openings.ts';

export const OPENINGS_PATH = '/can-bo/niem-phong';

export interface OpeningsProps {
  readonly lang: Lang;
  /** The auditor sees all agencies, a leader the own. */
  readonly all: boolean;
  readonly rows: readonly Opening[];
  readonly more: boolean;
  /** Rows of a full page. */
  readonly size: number;
  readonly filter: OpeningFilter;
  readonly openers: readonly { id: string; name: string; openings: number }[];
  /** First days of the months that may be chosen, newest first. */
  readonly months: readonly string[];
}

/** Every opening of what is sealed: who, when, which report, why (S12). */
export function OpeningsPage(props: OpeningsProps): VNode {
  const { lang, rows, filter } = props;
  const t = messages(lang).retention.openings;
  const href = (page: number): string => `${OPENINGS_PATH}?${new URLSearchParams({
    ...(filter.officerId && { 'can-bo': filter.officerId }), ...(filter.month && { thang: filter.month.slice(0, 7) }), ...(!filter.peopleOnly && { ai: 'ca-may' }), ...(page > 1 && { trang: String(page) }),
  })}`;
  const monthName = (day: string): string => `${day.slice(5, 7)}/${day.slice(0, 4)}`;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{props.all ? t.lead : t.leadOwn}</p>
      </header>
      <Form action={OPENINGS_PATH} method="get" label={t.filter}>
        <div class="three">
          <Select lang={lang} name="can-bo" label={t.officer} prompt={t.everyone} value={filter.officerId ?? ''}
            options={props.openers.map(({ id, name, openings }) => ({ value: id, label: t.opener(name, formatNumber(openings, lang)) }))} />
          <Select lang={lang} name="thang" label={t.month} prompt={t.allMonths} value={filter.month?.slice(0, 7) ?? ''} options={props.months.map((day) => ({ value: day.slice(0, 7), label: monthName(day) }))} />
          <Select lang={lang} name="ai" label={t.kind} prompt={t.people} value={filter.peopleOnly ? '' : 'ca-may'} options={[{ value: 'ca-may', label: t.both }]} />
        </div>
        <ButtonRow><Button kind="quiet" small>{t.filter}</Button></ButtonRow>
      </Form>
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => String(row.seq)} empty={<Empty icon="lock" title={t.empty}>{t.emptyHelp}</Empty>} columns={[
        { key: 'who', label: t.who, card: 'title', cell: (row) => <><b>{row.officer ?? t.machine(row.job ?? '')}</b><small class="sub">{row.agency}</small></> },
        { key: 'at', label: t.at, nowrap: true, cell: (row) => formatDateTime(row.at, lang) },
        { key: 'report', label: t.report, nowrap: true, cell: (row) => (row.code ? <span class="mono" translate={false}>{row.code}</span> : t.erased) },
        { key: 'what', label: t.what, cell: (row) => t.actions[row.action] },
        { key: 'reason', label: t.reason, cell: (row) => (row.reason === null ? t.noReason : (row.officer === null && t.machineReasons[row.reason]) || row.reason) },
      ]} />
      <Pagination lang={lang} prevHref={filter.page > 1 ? href(filter.page - 1) : undefined} nextHref={props.more ? href(filter.page + 1) : undefined}
        from={(filter.page - 1) * props.size + 1} to={(filter.page - 1) * props.size + rows.length} />
    </>
  );
}
