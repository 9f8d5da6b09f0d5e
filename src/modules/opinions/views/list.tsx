import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { Filters } from '#web/filters.tsx';
import { ButtonLink } from '#web/form.tsx';
import { formatDate, formatDue, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { consultationPath, LIST_PATH, NEW_PATH } from '../paths.ts';
import type { ListKind } from '../queries.ts';
import type { ConsultationRow } from '../types.ts';
import { StateBadge } from './parts.tsx';

export interface ListProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly kind: ListKind;
  readonly rows: readonly ConsultationRow[];
  readonly mayAsk: boolean;
}

const KINDS = ['duoc-hoi', 'da-hoi'] as const;

/** What we were asked and what we asked. */
export function ListPage({ lang, now, kind, rows, mayAsk }: ListProps): VNode {
  const t = messages(lang).opinions.list;
  const number = (count: number) => formatNumber(count, lang);
  const due = (row: ConsultationRow) => <>{formatDate(row.dueOn)}{!isDone(row, kind) && <small class="sub">{formatDue(row.dueOn, now, lang)}</small>}</>;
  const state: Column<ConsultationRow> = kind === 'duoc-hoi'
    ? { key: 'state', label: t.state, cell: (row) => <StateBadge lang={lang} state={row.state ?? 'sent'} /> }
    : {
      key: 'state', label: t.state, cell: (row) => (
        <>{t.progress(number(row.answered), number(row.asked))} {row.overdue > 0 && <Badge tone="rose">{t.overdue(number(row.overdue))}</Badge>} {row.toRead > 0 && <Badge tone="amber">{t.toRead(number(row.toRead))}</Badge>}{' '}
          {row.closed && <Badge tone="plain">{t.closed}</Badge>}</>
      ),
    };
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <nav aria-label={t.shelvesLabel}>
        <Filters lang={lang} names={KINDS} current={kind} labels={t.shelves} href={(one) => `${LIST_PATH}?muc=${one}`} />
      </nav>
      {mayAsk && <p><ButtonLink href={NEW_PATH} kind={kind === 'da-hoi' ? 'primary' : 'quiet'}>{t.ask}</ButtonLink></p>}
      <DataTable lang={lang} caption={t.caption[kind]} rows={rows} rowKey={(row) => row.code} rowHref={(row) => consultationPath(row.code)} empty={<Empty title={t.empty[kind]}>{t.emptyHelp[kind]}</Empty>} columns={[
        { key: 'title', label: t.about, card: 'title', cell: (row) => <>{row.title}{row.round > 1 && <small class="sub">{t.round(String(row.round))}</small>}</> },
        state,
        { key: 'due', label: t.due, nowrap: true, cell: due },
        ...(kind === 'duoc-hoi' ? [{ key: 'from', label: t.from, cell: (row: ConsultationRow) => row.askedBy }] : []),
        { key: 'case', label: t.case, nowrap: true, cell: (row) => row.caseNumber || '–' },
        { key: 'code', label: t.code, nowrap: true, cell: (row) => <span class="mono">{row.code}</span> },
      ]} />
      {rows.length > 0 && <KeyHints lang={lang} />}
    </>
  );
}

function isDone({ state, closed, answered, asked }: ConsultationRow, kind: ListKind): boolean {
  return kind === 'duoc-hoi' ? state === 'answered' || state === 'withdrawn' : closed || answered >= asked;
}
