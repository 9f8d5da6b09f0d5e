import type { VNode } from 'preact';
import { CHANNELS } from '#catalogue/channels.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Filters } from '#web/filters.tsx';
import { Button, ErrorSummary, Form, TextArea } from '#web/form.tsx';
import { formatBytes, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { Timeline } from '#web/timeline.tsx';
import type { ArrivalState } from '#platform/schema.ts';
import type { ArrivalDetail, ArrivalRow, QuarantineShelf } from '../arrivals-queries.ts';
import { STATUS_CODES } from '../edoc/status-codes.ts';
import { QUARANTINE_PATH } from './channels.tsx';

export interface QuarantineProps {
  readonly lang: Lang;
  readonly shelf: QuarantineShelf;
  readonly rows: readonly ArrivalRow[];
  readonly counts: Readonly<Record<QuarantineShelf, number>>;
  readonly page: number;
  /** Rows on a page. */
  readonly size: number;
}

const TONES = { waiting: 'sky', taken: 'moss', threaded: 'moss', set_aside: 'plain', quarantined: 'amber', discarded: 'plain' } as const satisfies Record<ArrivalState, Tone>;

function hrefOf(shelf: QuarantineShelf, page = 1): string {
  return `${QUARANTINE_PATH}?muc=${shelf}${page > 1 ? `&trang=${page}` : ''}`;
}

/** Why an arrival is no report, in words. */
export function reasonWords({ state, reason }: { state: ArrivalState; reason: string | null }, lang: Lang): string {
  const t = messages(lang).channels.quarantine;
  if (state === 'waiting') return t.waitingReason;
  if (reason === null) return t.states[state];
  if (state === 'discarded') return reason;
  if (reason.startsWith('status:')) {
    const known = STATUS_CODES.find(({ code }) => reason === `status:${code}`);
    return known ? t.statusMessage(known.label[lang]) : t.statusUnknown;
  }
  const words: Readonly<Record<string, string>> = t.reasons;
  return Object.hasOwn(words, reason) ? words[reason]! : t.reasonOther;
}

/** What arrived and became no report: a shelf of it, a page at a time. */
export function QuarantinePage({ lang, shelf, rows, counts, page, size }: QuarantineProps): VNode {
  const t = messages(lang).channels.quarantine;
  const total = counts[shelf];
  const before = (page - 1) * size;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <nav aria-label={t.shelvesLabel}>
        <Filters lang={lang} names={Object.keys(counts) as QuarantineShelf[]} current={shelf} labels={t.shelves} href={(one) => hrefOf(one)} counts={counts} />
      </nav>
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => row.id} rowHref={(row) => `${QUARANTINE_PATH}/${row.id}`} empty={<Empty title={t.empty[shelf]}>{t.emptyHelp}</Empty>} columns={[
        { key: 'reason', label: t.reason, card: 'title', cell: (row) => reasonWords(row, lang) },
        { key: 'channel', label: t.channel, cell: (row) => channelOf(row, lang) },
        { key: 'media', label: t.media, cell: (row) => t.medias[row.media] },
        { key: 'size', label: t.size, numeric: true, cell: (row) => (row.bytes === null ? '–' : formatBytes(row.bytes, lang)) },
        { key: 'attempts', label: t.attempts, cell: (row) => (row.attempts === 0 ? '–' : t.attempted(String(row.attempts), row.attempts === 1)) },
        { key: 'at', label: t.at, nowrap: true, cell: (row) => formatDateTime(row.arrivedAt, lang) },
      ]} />
      <Pagination lang={lang} prevHref={page > 1 ? hrefOf(shelf, page - 1) : undefined} nextHref={before + rows.length < total ? hrefOf(shelf, page + 1) : undefined} from={before + 1} to={before + rows.length} total={total} />
      {rows.length > 0 && <KeyHints lang={lang} />}
    </>
  );
}

const channelOf = (row: Pick<ArrivalRow, 'channel'>, lang: Lang): string => CHANNELS.find(({ code }) => code === row.channel)!.label[lang];

export interface QuarantinedProps {
  readonly lang: Lang;
  readonly arrival: ArrivalDetail;
  /** Whether this officer's roles may take the original out. */
  readonly mayOpen: boolean;
  readonly done: string;
  /** The reason typed when it was not enough. */
  readonly typed: string | null;
  /** Somebody was first. */
  readonly conflict: boolean;
}

/** One arrival: facts on the left, what can be done on the right. */
export function QuarantinedPage(props: QuarantinedProps): VNode {
  const { lang, arrival, typed, conflict } = props;
  const t = messages(lang).channels.quarantine;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <>
      <header class="subject">
        <h1>{reasonWords(arrival, lang)}</h1>
        <div class="badges"><Badge tone={TONES[arrival.state]}>{t.states[arrival.state]}</Badge></div>
      </header>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status">{said[props.done]}</Callout>}
      {conflict && <Callout kind="look" role="alert">{t.conflict(t.states[arrival.state])}</Callout>}
      {typed !== null && <ErrorSummary lang={lang} errors={{ reason: t.discardIssue }} />}
      <div class="split">
        <div>
          <Panel title={t.facts}><Kv items={factsOf(props)} /></Panel>
          <Original {...props} />
        </div>
        <div>
          <Decide {...props} />
          {arrival.steps.length > 0 && (
            <Panel title={t.journal}>
              <Timeline lang={lang} items={arrival.steps.map((step) => ({ at: step.at, title: actionWords(step.action, lang), body: [step.officer, step.reason].filter(Boolean).join(': ') }))} />
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}

function actionWords(action: string, lang: Lang): string {
  const words: Readonly<Record<string, string>> = messages(lang).channels.quarantine.actions;
  return Object.hasOwn(words, action) ? words[action]! : action;
}

function factsOf({ lang, arrival }: QuarantinedProps): KvItem[] {
  const t = messages(lang).channels.quarantine;
  const facts: (KvItem | false)[] = [
    { label: t.channel, value: `${channelOf(arrival, lang)}, ${t.medias[arrival.media]}` },
    { label: t.receiver, value: <span class="hash">{arrival.receiver}</span> },
    { label: t.at, value: formatDateTime(arrival.arrivedAt, lang) },
    { label: t.recorded, value: formatDateTime(arrival.recordedAt, lang) },
    arrival.officer !== null && { label: t.officer, value: arrival.officer },
    arrival.document !== null && { label: t.document, value: `${arrival.document.number}/${arrival.document.year}` },
    arrival.attempts > 0 && { label: t.attempts, value: t.attempted(String(arrival.attempts), arrival.attempts === 1) },
    arrival.reportCode !== null && { label: t.report, value: <a href={`/can-bo/phan-anh/${arrival.reportCode}`}>{arrival.reportCode}</a> },
  ];
  return facts.filter((fact) => fact !== false);
}

const isOpen = ({ state }: ArrivalDetail): boolean => state === 'quarantined' || state === 'set_aside';

function Original({ lang, arrival, mayOpen }: QuarantinedProps): VNode {
  const t = messages(lang).channels.quarantine;
  return (
    <Panel title={t.original}>
      <p>{arrival.hasOriginal ? t.sealed : t.originalGone}{arrival.bytes !== null && ` ${formatBytes(arrival.bytes, lang)}.`}</p>
      {arrival.sha256 && <p>SHA-256 <span class="mono hash">{arrival.sha256}</span></p>}
      {arrival.hasOriginal && isOpen(arrival) && (mayOpen ? (
        <>
          <Callout kind="look">{t.downloadWarning}</Callout>
          <Form action={`${QUARANTINE_PATH}/${arrival.id}/ban-goc`}><Button kind="quiet" icon="download">{t.download}</Button></Form>
        </>
      ) : <p class="hint">{t.downloadBarred}</p>)}
    </Panel>
  );
}

function Decide({ lang, arrival, typed }: QuarantinedProps): VNode {
  const t = messages(lang).channels.quarantine;
  const aside = arrival.state === 'set_aside';
  // A status about a document is nobody's report, however often it is read.
  const readable = arrival.hasOriginal && !(arrival.reason ?? '').startsWith('status:');
  if (!isOpen(arrival)) return <Panel title={t.decide}><p>{arrival.state === 'waiting' ? t.states.waiting : t.decided}</p></Panel>;
  return (
    <Panel title={t.decide}>
      {readable && (
        <Form action={`${QUARANTINE_PATH}/${arrival.id}/thu-lai`}>
          <p class="hint">{aside ? t.acceptHint : t.retryHint}</p>
          <Button>{aside ? t.accept : t.retry}</Button>
        </Form>
      )}
      <Form action={`${QUARANTINE_PATH}/${arrival.id}/bo`}>
        <TextArea lang={lang} name="reason" label={t.discardReason} hint={t.discardHint} rows={2} value={typed ?? ''} error={typed === null ? undefined : t.discardIssue} />
        <Button kind="quiet">{t.discard}</Button>
      </Form>
    </Panel>
  );
}
