import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { measureOf } from '#catalogue/measures.ts';
import { localDate } from '#core/deadlines.ts';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { Filters } from '#web/filters.tsx';
import { dueTone, formatDate, formatDue } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Pagination } from '#web/pagination.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { isLate } from '../policy.ts';
import { LISTS, type AppealRow, type ListName } from '../types.ts';
import { appealPath, OFFICE_PATH, StateBadge } from './parts.tsx';

interface ListProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly list: ListName;
  readonly rows: readonly AppealRow[];
  readonly counts: Readonly<Record<ListName, number>>;
  readonly page: number;
  readonly pages: number;
  /** Only those about one decision. */
  readonly decisionId: string | null;
}

/** Appeals of the own agency, one list at a time, the most urgent first. */
export function AppealListView(props: ListProps): VNode {
  const { lang, list, page, pages, decisionId } = props;
  const t = messages(lang).appeals.office;
  const to = (name: ListName, at = 1) => `${OFFICE_PATH}?muc=${name}${decisionId ? `&quyet-dinh=${decisionId}` : ''}${at > 1 ? `&trang=${at}` : ''}`;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="hint">{t.lead}</p>
      {decisionId && (
        <p class="hint">
          {t.ofDecision} <a href={OFFICE_PATH}>{t.all}</a>
        </p>
      )}
      <Filters lang={lang} names={LISTS} current={list} labels={t.lists} href={(name) => to(name)} counts={props.counts} />
      <DataTable
        lang={lang} caption={t.lists[list]} columns={columnsOf(props)} rows={props.rows} rowKey={(row) => row.id} rowHref={(row) => appealPath(row.id)}
        empty={<Empty title={t.empty[list]}>{t.emptyHelp}</Empty>}
      />
      {props.rows.length > 0 && <KeyHints lang={lang} />}
      <Pagination lang={lang} prevHref={page > 1 ? to(list, page - 1) : undefined} nextHref={page < pages ? to(list, page + 1) : undefined} />
    </>
  );
}

function columnsOf({ lang, now, list }: ListProps): Column<AppealRow>[] {
  const { office: t, parties, outcomes } = messages(lang).appeals;
  const ended = list === 'da-xong';
  return [
    {
      key: 'what', label: t.what, card: 'title',
      cell: (row) => <>{row.measure ? measureOf(row.measure).label[lang] : categoryOf(row.category).label[lang]}{row.title && `: ${row.title}`}</>,
    },
    {
      key: 'marks', label: t.stateLabel,
      cell: (row) => (
        <span class="badges">
          <StateBadge lang={lang} state={row.state} />{' '}
          {row.stayed ? <Badge tone="amber">{t.stayed}</Badge> : row.asksStay && !ended && <Badge tone="amber">{t.asksStay}</Badge>}{' '}
          {row.tookPart && !ended && <Badge tone="plain">{t.tookPart}</Badge>}
        </span>
      ),
    },
    { key: 'code', label: t.codeColumn, nowrap: true, cell: (row) => <span class="mono">{row.code}</span> },
    { key: 'by', label: t.by, cell: (row) => parties[row.party] },
    { key: 'reviewer', label: t.reviewer, cell: (row) => row.reviewer ?? <span class="none">{t.nobody}</span> },
    ended
      ? { key: 'outcome', label: t.outcome, cell: (row) => (row.outcome ? `${outcomes[row.outcome]}${row.decidedAt ? `, ${formatDate(row.decidedAt)}` : ''}` : '–') }
      : { key: 'due', label: t.due, nowrap: true, cell: (row) => <Due lang={lang} now={now} row={row} /> },
  ];
}

/** The running clock of an appeal: overdue in red and in words. */
export function Due({ lang, now, row }: { lang: Lang; now: Date; row: Pick<AppealRow, 'state' | 'acceptBy' | 'decideBy'> }): VNode {
  const day = row.state === 'filed' ? row.acceptBy : row.decideBy ?? row.acceptBy;
  return (
    <>
      <Badge tone={isLate(row, localDate(now)) ? 'rose' : dueTone(day, now)}>{formatDue(day, now, lang)}</Badge> <small>{formatDate(day)}</small>
    </>
  );
}
