import type { VNode } from 'preact';
import { CHANNELS, type Channel } from '#catalogue/channels.ts';
import type { Trouble } from '#modules/notifications/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { ButtonLink } from '#web/form.tsx';
import { daysUntil, formatAgo, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { DataTable } from '#web/table.tsx';
import type { ChannelRow, QuarantineShelf } from '../arrivals-queries.ts';
import type { ChannelState } from '../channel-state.ts';

export const CHANNELS_PATH = '/can-bo/kenh';
export const QUARANTINE_PATH = `${CHANNELS_PATH}/cach-ly`;

/** A channel with how it stands. */
export interface ShownChannel extends ChannelRow {
  readonly state: ChannelState;
  /** Mailbox or number. */
  readonly endpoint: string | null;
}

export interface ChannelsProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly channels: readonly ShownChannel[];
  readonly counts: Readonly<Record<QuarantineShelf, number>>;
  /** The agency that runs the channels, when it is another. */
  readonly foreign: string | null;
  /** Mail to officers that keeps failing. */
  readonly outgoing: Trouble | null;
}

const TONES = { running: 'moss', failing: 'rose', silent: 'amber', not_connected: 'amber', off: 'plain', empty: 'plain', by_hand: 'plain' } as const satisfies Record<ChannelState, Tone>;

/** The office's channels: how each stands, what came last, what to do. */
export function ChannelsPage(props: ChannelsProps): VNode {
  const { lang, foreign } = props;
  const t = messages(lang).channels.channels;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      {foreign === null ? <Channels {...props} /> : <Empty icon="mail" title={t.foreign(foreign)}>{t.foreignHelp}</Empty>}
    </>
  );
}

function Channels({ lang, now, channels, counts, outgoing }: ChannelsProps): VNode {
  const t = messages(lang).channels.channels;
  const { trouble } = messages(lang).news;
  return (
    <>
      {outgoing && <Callout kind="look" title={trouble.title}>{trouble.body(formatDateTime(outgoing.since, lang), trouble.reasons[outgoing.reason])}</Callout>}
      <Quarantined lang={lang} counts={counts} />
      <DataTable lang={lang} caption={t.caption} rows={channels} rowKey={(row) => row.channel} columns={[
        { key: 'channel', label: t.channel, card: 'title', nowrap: true, cell: (row) => <><b>{channelName(row.channel, lang)}</b>{row.endpoint && <small class="sub">{row.endpoint}</small>}</> },
        { key: 'state', label: t.state, cell: (row) => <State lang={lang} now={now} row={row} /> },
        { key: 'last', label: t.last, nowrap: true, cell: (row) => (row.lastAt ? formatAgo(row.lastAt, now, lang) : t.never) },
        { key: 'week', label: t.week, numeric: true, cell: (row) => formatNumber(row.week, lang) },
        { key: 'todo', label: t.todo, cell: (row) => todoOf(row, lang) ?? '–' },
      ]} />
    </>
  );
}

function channelName(channel: Channel, lang: Lang): string {
  return CHANNELS.find(({ code }) => code === channel)!.label[lang];
}

function State({ lang, now, row }: { lang: Lang; now: Date; row: ShownChannel }): VNode {
  const t = messages(lang).channels.channels;
  const { health, state, lastAt } = row;
  const days = lastAt ? -daysUntil(lastAt, now) : 0;
  return (
    <>
      <Badge tone={TONES[state]}>{t.states[state]}</Badge>
      {state === 'failing' && health && (
        <small class="sub">
          {t.since(formatDateTime(health.since, lang))} {t.because(reasonWords(t.reasons, health.reason) ?? t.reasonOther)}.
          {health.lastOkAt && ` ${t.lastOk(formatDateTime(health.lastOkAt, lang))}`}
        </small>
      )}
      {state === 'silent' && <small class="sub">{t.silentFor(formatNumber(days, lang), days === 1)}</small>}
    </>
  );
}

function reasonWords(words: Readonly<Record<string, string>>, reason: string | null): string | null {
  return reason !== null && Object.hasOwn(words, reason) ? words[reason]! : null;
}

function todoOf({ channel, state, health }: ShownChannel, lang: Lang): string | null {
  const { todos } = messages(lang).channels.channels;
  if (state === 'failing') return reasonWords({ sign_in: todos.sign_in, refused: todos.refused, unreachable: todos.unreachable, protocol: todos.protocol }, health?.reason ?? null);
  if (state === 'running' || state === 'by_hand') return null;
  return reasonWords(todos[state], channel);
}

/** What somebody must look at, above everything; nothing when nothing waits. */
function Quarantined({ lang, counts }: { lang: Lang; counts: ChannelsProps['counts'] }): VNode {
  const t = messages(lang).channels.channels;
  const said = [
    [counts['cach-ly'], t.quarantined], [counts['cho-lau'], t.waiting], [counts['de-rieng'], t.setAside],
  ] as const;
  const parts = said.filter(([count]) => count > 0).map(([count, words]) => words(formatNumber(count, lang), count === 1));
  const urgent = counts['cach-ly'] + counts['cho-lau'] > 0;
  if (urgent) {
    return (
      <Callout kind="look" title={t.quarantineTitle}>
        <p>{parts.join(', ')}.</p>
        <p><a href={QUARANTINE_PATH}>{t.openQuarantine}</a></p>
      </Callout>
    );
  }
  return <p class="acts"><ButtonLink kind="quiet" small href={QUARANTINE_PATH}>{t.openQuarantine}</ButtonLink> <span>{parts.length > 0 ? `${parts.join(', ')}.` : t.quarantineNone}</span></p>;
}
