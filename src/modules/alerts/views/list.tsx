import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { ButtonLink, ButtonRow } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { DataTable, type Column } from '#web/table.tsx';
import type { AlertRow } from '../types.ts';
import { ALERTS_PATH, AlertStateBadge, alertPath, AnswerBadge, kindLabel } from './parts.tsx';

export interface AlertListProps {
  readonly lang: Lang;
  readonly received: readonly AlertRow[];
  /** Null where the agency does not write letters. */
  readonly own: readonly AlertRow[] | null;
  readonly writes: boolean;
  /** The step just taken. */
  readonly done: string;
}

/** Letters to the own agency, and those it writes. */
export function AlertListPage({ lang, received, own, writes, done }: AlertListProps): VNode {
  const t = messages(lang).alerts;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      {Object.hasOwn(said, done) && <Callout kind="ok" role="status">{said[done]}</Callout>}
      {writes && <ButtonRow><ButtonLink href={`${ALERTS_PATH}/moi`}>{t.write}</ButtonLink></ButtonRow>}
      {own && (
        <>
          <h2>{t.ours}</h2>
          <DataTable lang={lang} caption={t.oursCaption} rows={own} rowKey={(row) => row.id} rowHref={(row) => alertPath(row.id)} columns={[...common(lang), dueColumn(lang), tallyColumn(lang)]}
            empty={<Empty icon="warning" title={t.oursEmpty}>{t.oursEmptyHelp}</Empty>} />
        </>
      )}
      <h2>{t.toMe}</h2>
      <DataTable lang={lang} caption={t.toMeCaption} rows={received} rowKey={(row) => row.id} rowHref={(row) => alertPath(row.id)} columns={[...common(lang), dueColumn(lang), mineColumn(lang)]}
        empty={<Empty icon="leaf" title={t.toMeEmpty}>{t.toMeEmptyHelp}</Empty>} />
    </>
  );
}

function common(lang: Lang): Column<AlertRow>[] {
  const t = messages(lang).alerts;
  return [
    { key: 'title', label: t.letter, card: 'title', cell: (row) => <><b>{row.title}</b><small class="sub">{row.code} · {kindLabel(row.kind, lang)}{row.sender && ` · ${row.sender}`}</small></> },
    { key: 'state', label: t.state, cell: (row) => <><AlertStateBadge lang={lang} state={row.state} />{row.urgency && <> <Badge tone="rose">{t.urgencies[row.urgency]}</Badge></>}</> },
    { key: 'date', label: t.date, nowrap: true, cell: (row) => formatDate(row.at) },
  ];
}

function dueColumn(lang: Lang): Column<AlertRow> {
  return { key: 'due', label: messages(lang).alerts.due, nowrap: true, cell: (row) => (row.dueOn ? formatDate(row.dueOn) : '–') };
}

function tallyColumn(lang: Lang): Column<AlertRow> {
  const t = messages(lang).alerts;
  const n = (value: number): string => formatNumber(value, lang);
  return { key: 'answers', label: t.answers, cell: ({ tally }) => (tally ? t.ofSent(n(tally.read), n(tally.answered), n(tally.sent)) : '–') };
}

function mineColumn(lang: Lang): Column<AlertRow> {
  const t = messages(lang).alerts;
  return { key: 'mine', label: t.summary.said, cell: ({ mine }) => {
    if (mine?.answer) return <AnswerBadge lang={lang} answer={mine.answer} />;
    return <Badge tone={mine?.readAt ? 'plain' : 'amber'}>{mine?.readAt ? t.readNoAnswer : t.unread}</Badge>;
  } };
}
