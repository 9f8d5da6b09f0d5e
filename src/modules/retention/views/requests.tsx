import type { VNode } from 'preact';
import { overdue, REQUEST_RULES, type RequestPart, type RequestState } from '#core/data-requests.ts';
import { localDate } from '#core/deadlines.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, CheckboxList, ErrorSummary, Form, RadioCards, TextArea, type FieldErrors, type Option } from '#web/form.tsx';
import { dueTone, formatDate, formatDateTime, formatDue, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { RequestDetail, RequestRow, RequestShelf } from '../queries/requests.ts';

const SHELVES = ['dang-mo', 'da-xong'] as const satisfies readonly RequestShelf[];

export const REQUESTS_PATH = '/can-bo/yeu-cau-du-lieu';

const TONES: Readonly<Record<RequestState, Tone>> = { filed: 'amber', acknowledged: 'leaf', done: 'moss', refused: 'plain' };

export interface RequestsProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly shelf: RequestShelf;
  readonly rows: readonly RequestRow[];
  readonly more: boolean;
  /** Rows of a full page. */
  readonly size: number;
  readonly page: number;
  readonly counts: { readonly open: number; readonly late: number };
}

/** Requests of the own agency with their clocks, the most urgent first. */
export function RequestsPage({ lang, now, shelf, rows, more, page, size, counts }: RequestsProps): VNode {
  const t = messages(lang).retention.requests;
  const href = (to: number): string => `${REQUESTS_PATH}?muc=${shelf}${to > 1 ? `&trang=${to}` : ''}`;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <div class="listbar">
        <p class="modes">
          {SHELVES.map((one, index) => <>{index > 0 && ' · '}<a href={`${REQUESTS_PATH}?muc=${one}`} aria-current={one === shelf ? 'page' : undefined}>{t.shelves[one]}</a></>)}
        </p>
        <p class="modes">{t.counts(formatNumber(counts.open, lang), formatNumber(counts.late, lang))}</p>
      </div>
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => row.id} rowHref={(row) => `${REQUESTS_PATH}/${row.id}`}
        empty={<Empty icon="lock" title={shelf === 'dang-mo' ? t.empty : t.emptyDone}>{t.emptyHelp}</Empty>} columns={[
          { key: 'code', label: t.code, card: 'title', nowrap: true, cell: (row) => <span class="mono" translate={false}>{row.code}</span> },
          { key: 'kind', label: t.kind, cell: (row) => REQUEST_RULES[row.kind].label[lang] },
          { key: 'report', label: t.report, nowrap: true, cell: (row) => <span class="mono" translate={false}>{row.report}</span> },
          { key: 'filed', label: t.filed, nowrap: true, cell: (row) => formatDate(row.filedAt) },
          { key: 'clock', label: t.clock, cell: (row) => <Clock lang={lang} now={now} row={row} /> },
          { key: 'state', label: t.state, cell: (row) => <StateBadges lang={lang} now={now} row={row} /> },
        ]} />
      <Pagination lang={lang} prevHref={page > 1 ? href(page - 1) : undefined} nextHref={more ? href(page + 1) : undefined} from={(page - 1) * size + 1} to={(page - 1) * size + rows.length} />
    </>
  );
}

function StateBadges({ lang, now, row }: { lang: Lang; now: Date; row: RequestRow }): VNode {
  const t = messages(lang).retention.requests;
  const late = overdue(row, localDate(now));
  return <><Badge tone={TONES[row.state]}>{t.states[row.state]}</Badge>{late && <> <Badge tone="rose">{late === 'do' ? t.lateDo : t.lateAnswer}</Badge></>}</>;
}

/** The clocks of a request: to acknowledge while it is not, and to carry out. */
function Clock({ lang, now, row }: { lang: Lang; now: Date; row: RequestRow }): VNode {
  const t = messages(lang).retention.requests;
  if (row.doneAt) return <>{formatDate(row.doneAt)}</>;
  const last = row.extendedUntil ?? row.doBy;
  return (
    <>
      {row.state === 'filed' && <><Badge tone={dueTone(row.answerBy, now)}>{formatDue(row.answerBy, now, lang)}</Badge> <small class="sub">{t.answerBy(formatDate(row.answerBy))}</small></>}
      <Badge tone={dueTone(last, now)}>{formatDue(last, now, lang)}</Badge> <small class="sub">{t.doBy(formatDate(last))}</small>
    </>
  );
}

/** A form that came back with something wrong in it. */
export interface TypedRequest {
  readonly form: 'gia-han' | 'quyet-dinh' | 'xac-nhan';
  readonly reason: string;
  readonly outcome: string;
  readonly parts: readonly string[];
  readonly errors: FieldErrors;
}

export interface RequestPageProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly request: RequestDetail;
  /** The last day after an extension; null when none can be given. */
  readonly extension: string | null;
  readonly typed: TypedRequest | null;
  readonly done: string;
}

/** One request: what is asked, by when, what may go and what may not, and the decision. */
export function RequestPage(props: RequestPageProps): VNode {
  const { lang, now, request, typed } = props;
  const t = messages(lang).retention.requests;
  const rule = REQUEST_RULES[request.kind];
  const facts = [
    { label: t.kind, value: rule.label[lang] },
    { label: t.report, value: <a class="mono" translate={false} href={`/can-bo/phan-anh/${request.report}`}>{request.report}</a> },
    { label: t.filed, value: formatDateTime(request.filedAt, lang) },
    ...(request.doneAt ? [] : [{ label: t.clock, value: <Clock lang={lang} now={now} row={request} /> }]),
    ...(request.acknowledgedAt ? [{ label: t.answered, value: formatDateTime(request.acknowledgedAt, lang) }] : []),
    ...(request.extendedUntil ? [{ label: t.extended, value: formatDate(request.extendedUntil) }, { label: t.extendedBecause, value: request.extensionReason }] : []),
    ...(request.officer ? [{ label: t.officer, value: request.officer }] : []),
    ...(request.outcome ? [{ label: t.outcome, value: <p class="pre">{request.outcome}</p> }] : []),
  ];
  return (
    <>
      <header class="subject">
        <h1>{t.detail(request.code)}</h1>
        <div class="badges"><StateBadges lang={lang} now={now} row={request} /></div>
      </header>
      {Object.hasOwn(t.done, props.done) && <Callout kind="ok" role="status">{t.done[props.done]}</Callout>}
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <Panel title={t.words}>
        {request.words ? <p class="pre">{request.words}</p> : <p class="hint">{request.minimisedAt && rule.words === 'required' ? t.wordsGone : t.noWords}</p>}
      </Panel>
      <Panel title={t.facts}>
        <Kv items={facts} />
        {rule.atOnce && request.state === 'done' && <p class="hint">{t.atOnce}</p>}
      </Panel>
      {request.state === 'filed' && (
        <Form action={`${REQUESTS_PATH}/${request.id}/xac-nhan`}>
          <p class="hint">{t.acknowledgeHelp}</p>
          <Button>{t.acknowledge}</Button>
        </Form>
      )}
      {request.state === 'acknowledged' && <><Decide {...props} /><Extend {...props} /></>}
    </>
  );
}

function Decide({ lang, request, typed }: RequestPageProps): VNode {
  const t = messages(lang).retention.requests;
  const { parts } = REQUEST_RULES[request.kind];
  const own = typed?.form === 'quyet-dinh' ? typed : null;
  return (
    <Panel title={t.decideTitle}>
      <Form action={`${REQUESTS_PATH}/${request.id}/quyet-dinh`}>
        {request.kind === 'correct' && <p class="hint">{t.correctHelp}</p>}
        {request.kind === 'restrict' && <p class="hint">{t.restrictHelp}</p>}
        <RadioCards lang={lang} name="outcome" label={t.outcomeLabel} inline value={own?.outcome} error={own?.errors.outcome} options={[{ value: 'done', label: t.carryOut }, { value: 'refused', label: t.refuse }]} />
        {parts.length > 0 && (
          <>
            <CheckboxList lang={lang} name="parts" label={t.partsLabel} hint={t.partsHint} optional={request.kind !== 'erase'} values={own?.parts} error={own?.errors.parts}
              options={parts.map((part) => partOption(lang, request, part))} />
            <p class="hint">{t.whatStays}</p>
          </>
        )}
        <TextArea lang={lang} name="reason" label={t.reason} hint={t.reasonHint} value={own?.reason} error={own?.errors.reason} maxlength={1000} rows={4} />
        <Button>{t.decide}</Button>
      </Form>
    </Panel>
  );
}

/** What may go, with how much of it there is; what may not says why. */
function partOption(lang: Lang, request: RequestDetail, part: RequestPart): Option {
  const { parts, partHints: h } = messages(lang).retention.requests;
  const removable = request.pictures - request.cited;
  const count = (n: number): string => formatNumber(n, lang);
  const hints: Readonly<Record<RequestPart, { hint: string; disabled: boolean }>> = {
    contact: { hint: request.hasContact ? '' : h.noContact, disabled: false },
    pictures: { hint: [h.pictures(count(removable)), request.cited > 0 ? h.cited(count(request.cited)) : ''].filter(Boolean).join('; '), disabled: removable === 0 },
    words: request.minimisedAt ? { hint: h.gone, disabled: true } : request.reportState === 'stopped' ? { hint: h.stopped, disabled: true }
      : request.restsOn ? { hint: h.restsOn, disabled: true } : { hint: h.fine, disabled: false },
  };
  return { value: part, label: parts[part], ...hints[part] };
}

function Extend({ lang, request, extension, typed }: RequestPageProps): VNode | null {
  const t = messages(lang).retention.requests;
  if (extension === null) return null;
  const own = typed?.form === 'gia-han' ? typed : null;
  return (
    <Disclosure kind="button" summary={t.extend} open={own !== null}>
      <Form action={`${REQUESTS_PATH}/${request.id}/gia-han`}>
        <TextArea lang={lang} id="f-extend" name="reason" label={t.extendReason} hint={t.extendHelp(formatDate(extension))} value={own?.reason} error={own?.errors['extend']} maxlength={1000} rows={3} />
        <Button kind="quiet">{t.extendButton}</Button>
      </Form>
    </Disclosure>
  );
}
