import type { VNode } from 'preact';
import type { ArrivalState } from '#platform/schema.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ErrorSummary, FileField, Form, RadioCards, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { DocumentRow } from '../arrivals-queries.ts';
import { STATUS_CODES } from '../edoc/status-codes.ts';
import { QUARANTINE_PATH } from './channels.tsx';
import { reasonWords } from './quarantine.tsx';

export const DOCUMENTS_PATH = '/can-bo/van-ban';

const TONES = { waiting: 'sky', taken: 'moss', threaded: 'moss', set_aside: 'plain', quarantined: 'amber', discarded: 'plain' } as const satisfies Record<ArrivalState, Tone>;

/** Statuses that a receiver of a document gives. */
export const GIVEN_STATUSES = STATUS_CODES.filter(({ code }) => code <= '06');

export interface DocumentsProps {
  readonly lang: Lang;
  readonly rows: readonly DocumentRow[];
  readonly page: number;
  readonly more: boolean;
  /** Rows on a page. */
  readonly size: number;
  readonly year: number;
  /** Highest number in the register; null when there is none. */
  readonly last: number | null;
  readonly errors: FieldErrors;
  readonly typed: string;
  readonly done: string;
  /** The agency that receives documents, when it is another. */
  readonly foreign: string | null;
}

/** Electronic documents: import one, and those that came. */
export function DocumentsPage(props: DocumentsProps): VNode {
  const { lang, foreign } = props;
  const t = messages(lang).channels.documents;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status">{said[props.done]}</Callout>}
      <ErrorSummary lang={lang} errors={props.errors} />
      {foreign === null ? <Documents {...props} /> : <Empty icon="mail" title={t.foreign(foreign)} />}
    </>
  );
}

function Documents(props: DocumentsProps): VNode {
  const { lang, rows, page, errors, size } = props;
  const t = messages(lang).channels.documents;
  const href = (to: number) => `${DOCUMENTS_PATH}${to > 1 ? `?trang=${to}` : ''}`;
  return (
    <>
      <Panel title={t.importTitle}>
        <Form action={DOCUMENTS_PATH} multipart>
          <div class="pair">
            <FileField lang={lang} name="tep" label={t.file} hint={t.fileHint} accept=".edxml,.xml" multiple={false} error={errors.tep} />
            <TextField lang={lang} optional name="document" label={t.number(String(props.year))} hint={props.last === null ? t.numberNone : t.numberHint(String(props.last))} value={props.typed} error={errors.document}
              inputmode="numeric" autocomplete="off" maxlength={7} width="short" />
          </div>
          <Button>{t.import}</Button>
        </Form>
      </Panel>
      <h2>{t.listTitle}</h2>
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => row.id} rowHref={(row) => `${DOCUMENTS_PATH}/${row.id}`} empty={<Empty icon="mail" title={t.empty}>{t.emptyHelp}</Empty>} columns={[
        { key: 'code', label: t.code, card: 'title', cell: (row) => documentName(row, lang) },
        { key: 'sender', label: t.sender, cell: (row) => row.origin?.organName ?? '–' },
        { key: 'state', label: t.state, cell: (row) => <Badge tone={TONES[row.state]}>{t.states[row.state]}</Badge> },
        { key: 'report', label: t.report, cell: (row) => row.report?.code ?? '–' },
        { key: 'register', label: t.register, numeric: true, cell: (row) => (row.document ? String(row.document.number) : '–') },
        { key: 'at', label: t.at, nowrap: true, cell: (row) => formatDateTime(row.arrivedAt, lang) },
      ]} />
      <Pagination lang={lang} prevHref={page > 1 ? href(page - 1) : undefined} nextHref={props.more ? href(page + 1) : undefined} from={(page - 1) * size + 1} to={(page - 1) * size + rows.length} />
      {rows.length > 0 && <KeyHints lang={lang} />}
      <Callout kind="note">{t.notConnected}</Callout>
    </>
  );
}

/** Number and notation; a status has none, nor has what was not read. */
export function documentName({ origin }: DocumentRow, lang: Lang): string {
  const t = messages(lang).channels.documents;
  return origin === null ? t.unread : origin.code || t.statusTitle;
}

/** The form that came back with something wrong in it. */
export interface TypedDocument {
  readonly form: 'trang-thai' | 'tra-loi';
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

export interface DocumentProps {
  readonly lang: Lang;
  readonly document: DocumentRow;
  /** What was answered last; null when nothing was. */
  readonly answer: string | null;
  /** Whether the agency's identifier is set, without which nothing is written. */
  readonly hasOrganId: boolean;
  /** Whether the own agency handles the report. */
  readonly handled: boolean;
  readonly typed: TypedDocument | null;
}

/** One document: what it is, and the files that answer it. */
export function DocumentPage(props: DocumentProps): VNode {
  const { lang, document, hasOrganId, typed } = props;
  const t = messages(lang).channels.documents;
  const title = documentName(document, lang);
  const isDocument = Boolean(document.origin?.code);
  return (
    <>
      <header class="subject">
        <h1>{title}</h1>
        <div class="badges"><Badge tone={TONES[document.state]}>{t.states[document.state]}</Badge></div>
        {document.origin && <p class="hint">{document.origin.organName}</p>}
      </header>
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <div class="split">
        <div>
          <Panel title={t.facts}><Kv items={factsOf(props)} /></Panel>
          {isDocument && hasOrganId && <AnswerPanel {...props} />}
        </div>
        <div>
          {isDocument && (hasOrganId ? <StatusPanel {...props} /> : <Callout kind="look">{t.noOrganId}</Callout>)}
          <Callout kind="note">{t.notConnected}</Callout>
        </div>
      </div>
    </>
  );
}

function factsOf({ lang, document }: DocumentProps): KvItem[] {
  const t = messages(lang).channels.documents;
  const { origin, report } = document;
  const facts: (KvItem | false)[] = [
    origin !== null && { label: t.sender, value: <>{origin.organName}<small class="sub mono">{origin.organId}</small></> },
    Boolean(origin?.code) && { label: t.code, value: origin!.code },
    Boolean(origin?.promulgatedOn) && { label: t.issuedOn, value: formatDate(origin!.promulgatedOn!) },
    Boolean(origin?.documentId) && { label: t.documentId, value: <span class="mono hash">{origin!.documentId}</span> },
    { label: t.at, value: formatDateTime(document.arrivedAt, lang) },
    document.document !== null && { label: t.register, value: `${document.document.number}/${document.document.year}` },
    report !== null && { label: t.report, value: <a href={`/can-bo/phan-anh/${report.code}`}>{report.code}</a> },
    (document.state === 'quarantined' || document.state === 'set_aside') && {
      label: t.state, value: <>{reasonWords(document, lang)} <a href={`${QUARANTINE_PATH}/${document.id}`}>{t.seeQuarantine}</a></>,
    },
  ];
  return facts.filter((fact) => fact !== false);
}

function StatusPanel({ lang, document, typed }: DocumentProps): VNode {
  const t = messages(lang).channels.documents;
  const own = typed?.form === 'trang-thai' ? typed : null;
  return (
    <Panel title={t.statusTitle}>
      <Form action={`${DOCUMENTS_PATH}/${document.id}/trang-thai`}>
        <RadioCards lang={lang} name="code" label={t.statusCode} value={own?.values.code} error={own?.errors.code} options={GIVEN_STATUSES.map(({ code, label }) => ({ value: code, label: <><span class="mono">{code}</span> {label[lang]}</> }))} />
        <TextArea lang={lang} optional name="description" label={t.statusDescription} hint={t.statusHint} rows={2} maxlength={500} value={own?.values.description} error={own?.errors.description} />
        <Button kind="quiet" icon="download">{t.statusExport}</Button>
      </Form>
    </Panel>
  );
}

function AnswerPanel({ lang, document, answer, handled, typed }: DocumentProps): VNode | null {
  const t = messages(lang).channels.documents;
  if (!document.report) return null;
  if (!handled || answer === null) return <Panel title={t.answerTitle}><p class="hint">{handled ? t.answerNone : t.notHandled}</p></Panel>;
  const own = typed?.form === 'tra-loi' ? typed : null;
  const field = (name: string, label: string, more: { hint?: string; start?: string; width?: 'short' } = {}): VNode => (
    <TextField lang={lang} name={name} label={label} hint={more.hint} value={own?.values[name] ?? more.start} error={own?.errors[name]} autocomplete="off" width={more.width} />
  );
  return (
    <Panel title={t.answerTitle}>
      <Form action={`${DOCUMENTS_PATH}/${document.id}/tra-loi`}>
        <div class="pair">{field('number', t.answerNumber, { width: 'short' })}{field('notation', t.notation, { hint: t.notationHint })}</div>
        {field('subject', t.subject, { start: t.subjectStart(document.origin!.code) })}
        <p><small>{t.answerText}</small></p>
        <blockquote>{answer}</blockquote>
        <div class="pair">{field('position', t.position)}{field('fullName', t.fullName)}</div>
        <p class="hint">{t.answerHint}</p>
        <Button kind="quiet" icon="download">{t.answerExport}</Button>
      </Form>
    </Panel>
  );
}
