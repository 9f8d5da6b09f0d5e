import type { VNode } from 'preact';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { LinkList } from '#web/link-list.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import type { LeaderPage } from '../queries.ts';
import type { ComingMeeting, Load, TaskRow } from '../types.ts';
import { listHref } from './list.tsx';
import { agencyIn, DueBadge, dueWords, PATHS, type ViewProps } from './parts.tsx';

export interface LeaderProps extends ViewProps, LeaderPage {
  readonly meetings: readonly ComingMeeting[];
}

/** Who has how much, what is late, what stands still, what was told on. */
export function LeaderView(props: LeaderProps): VNode {
  const { lang, officers, agencies, meetings } = props;
  const t = messages(lang).tasks.leader;
  const late = [...officers, ...agencies].reduce((sum, row) => sum + row.late, 0);
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <h1>{late === 0 ? t.headingNone : t.heading(formatNumber(late, lang), late === 1)}</h1>
      <Panel title={t.officers} id="trong-co-quan">
        <DataTable
          lang={lang} caption={t.officers} rows={officers} rowKey={(row) => row.officerId ?? ''} rowHref={(row) => listHref({ shelf: 'co-quan', officerId: row.officerId })}
          columns={columns<LeaderPage['officers'][number]>(props, t.officer, (row) => row.officer ?? t.focal)} empty={<p class="hint">{t.noOfficers}</p>}
        />
      </Panel>
      <Panel title={t.agencies} id="co-quan-khac">
        <DataTable
          lang={lang} caption={t.agencies} rows={agencies} rowKey={(row) => row.agencyId} rowHref={(row) => listHref({ shelf: 'da-giao', agencyId: row.agencyId })}
          columns={columns<LeaderPage['agencies'][number]>(props, t.agency, (row) => agencyIn(props.names, row.agencyId, lang))} empty={<p class="hint">{t.noAgencies}</p>}
        />
      </Panel>
      <div class="two">
        <Panel title={t.escalatedTitle}><Lines {...props} rows={props.escalated} none={t.escalatedNone} /></Panel>
        <Panel title={t.pausedTitle}><Lines {...props} rows={props.paused} none={t.pausedNone} /></Panel>
        {props.coordinates && <Told {...props} />}
        <Panel title={t.meetings}>
          {meetings.length === 0 ? <p class="hint">{t.noMeetings}</p>
            : <LinkList items={meetings.map(({ at, title, href }) => ({ href, title, meta: formatDateTime(at, lang) }))} />}
        </Panel>
      </div>
    </>
  );
}

function columns<Row extends Load>({ lang, today, calendar }: LeaderProps, label: string, name: (row: Row) => string): Column<Row>[] {
  const t = messages(lang).tasks.leader;
  const number = (key: 'open' | 'soon' | 'late' | 'paused' | 'escalated'): Column<Row> => (
    { key, label: t[key], numeric: true, cell: (row) => <span class={row[key] === 0 ? 'none' : key === 'late' ? 'late' : undefined}>{formatNumber(row[key], lang)}</span> });
  return [
    { key: 'who', label, card: 'title', cell: name }, number('open'), number('soon'), number('late'), number('paused'), number('escalated'),
    { key: 'oldest', label: t.oldest, cell: (row) => (row.oldest ? <span class="due"><DueBadge {...{ lang, today, calendar }} dueOn={row.oldest} /> <small>{formatDate(row.oldest)}</small></span> : '') },
  ];
}

/** Tasks one below the other, with where they are and why they stand. */
function Lines({ lang, today, calendar, rows, names, none }: LeaderProps & { rows: readonly TaskRow[]; none: string }): VNode {
  const t = messages(lang).tasks;
  if (rows.length === 0) return <p class="hint">{none}</p>;
  return (
    <LinkList items={rows.map((row) => ({
      href: `${PATHS.list}/${row.id}`, title: row.title, body: row.pauseReason ?? undefined,
      meta: [row.code, agencyIn(names, row.agencyId, lang), row.officer ?? '', row.pausedOn ? t.due.paused(formatDate(row.pausedOn)) : dueWords(lang, row.dueOn, today, calendar)].filter(Boolean).join(' · '),
    }))} />
  );
}

function Told({ lang, today, calendar, told, names }: LeaderProps): VNode {
  const t = messages(lang).tasks;
  return (
    <Panel title={t.leader.toldTitle}>
      <p class="hint">{told.length === 0 ? t.leader.escalatedNone : t.leader.toldText}</p>
      <ul class="lines">
        {told.map((row) => (
          <li>
            {row.mine ? <a href={`${PATHS.list}/${row.id}`}>{row.code}</a> : <span class="mono">{row.code}</span>} {agencyIn(names, row.agencyId, lang)}
            <small>{t.kinds[row.kind]} · {dueWords(lang, row.dueOn, today, calendar)}</small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
