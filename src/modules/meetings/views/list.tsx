import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { Filters } from '#web/filters.tsx';
import { ButtonLink, ButtonRow } from '#web/form.tsx';
import { formatDate, formatNumber, formatTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Pagination } from '#web/pagination.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { meetingPath, MEETINGS_PATH } from '../addresses.ts';
import { LISTS, type ListName, type MeetingRow } from '../types.ts';
import { StateBadge } from './parts.tsx';

interface ListProps {
  readonly lang: Lang;
  readonly list: ListName;
  readonly rows: readonly MeetingRow[];
  readonly counts: Readonly<Record<ListName, number>>;
  readonly page: number;
  readonly pages: number;
  readonly mayPlan: boolean;
}

/** Meetings of the own agency and those it is invited to, one list at a time. */
export function MeetingListView(props: ListProps): VNode {
  const { lang, list, page, pages, mayPlan } = props;
  const t = messages(lang).meetings;
  const to = (name: ListName, at = 1) => `${MEETINGS_PATH}?muc=${name}${at > 1 ? `&trang=${at}` : ''}`;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="hint">{t.lead}</p>
      {mayPlan && (
        <ButtonRow>
          <ButtonLink href={`${MEETINGS_PATH}/moi`}>{t.plan}</ButtonLink>
        </ButtonRow>
      )}
      <Filters lang={lang} names={LISTS} current={list} labels={t.lists} href={(name) => to(name)} counts={props.counts} />
      <DataTable
        lang={lang} caption={t.lists[list]} columns={columnsOf(lang)} rows={props.rows} rowKey={(row) => row.id} rowHref={(row) => meetingPath(row.code)}
        empty={<Empty title={t.empty[list]}>{mayPlan ? t.emptyHelp : t.emptyHelpGuest}</Empty>}
      />
      <Pagination lang={lang} prevHref={page > 1 ? to(list, page - 1) : undefined} nextHref={page < pages ? to(list, page + 1) : undefined} />
    </>
  );
}

function columnsOf(lang: Lang): Column<MeetingRow>[] {
  const t = messages(lang).meetings;
  return [
    { key: 'what', label: t.columns.what, card: 'title', cell: (row) => <>{row.title} <small class="mono">{row.code}</small></> },
    { key: 'when', label: t.columns.when, nowrap: true, cell: (row) => <>{formatDate(row.startsAt)} <small>{formatTime(row.startsAt)}–{formatTime(row.endsAt)}</small></> },
    { key: 'state', label: t.columns.state, cell: (row) => <StateBadge lang={lang} state={row.state} /> },
    { key: 'agency', label: t.columns.agency, cell: (row) => (row.isOwn ? t.own : row.agency) },
    { key: 'answer', label: t.columns.answer, cell: (row) => <Answered lang={lang} row={row} /> },
  ];
}

function Answered({ lang, row }: { lang: Lang; row: MeetingRow }): VNode {
  const t = messages(lang).meetings;
  if (row.answer) return <Badge tone={row.answer === 'none' && row.state === 'invited' ? 'amber' : 'plain'}>{t.answers[row.answer]}</Badge>;
  if (row.state !== 'invited') return <span class="none">–</span>;
  return <>{row.waiting ? t.waiting(formatNumber(row.waiting, lang)) : t.allAnswered}</>;
}
