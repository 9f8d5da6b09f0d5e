import type { VNode } from 'preact';
import { RECIPIENT_KINDS } from '#catalogue/measures.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ErrorSummary, type FieldErrors, Form, RadioCards, Select, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { type Lang, messages } from '#web/i18n/index.ts';
import { ConsolePage } from '#web/layout.tsx';
import { type Column, DataTable } from '#web/table.tsx';
import type { RecipientRow } from '../recipients.ts';
import { type Frame, PATHS } from './frame.ts';

export interface RecipientsProps {
  readonly frame: Frame;
  readonly rows: readonly RecipientRow[];
  readonly today: string;
  /** Whether the officer may add and end. */
  readonly keeps: boolean;
  readonly done: string;
  /** A form that came back. */
  readonly typed: { readonly values: Readonly<Record<string, string>>; readonly errors: FieldErrors } | null;
}

/** The register of recipients: who can be sent a notice at all. */
export function RecipientsPage(props: RecipientsProps): VNode {
  const { frame, rows, keeps, done, typed } = props;
  const { lang } = frame;
  const t = messages(lang).notices.recipients;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <ConsolePage {...frame} title={t.title} crumbs={[...frame.crumbs, { label: t.title }]}>
      {Object.hasOwn(said, done) && <Callout kind="ok" role="status">{said[done]}</Callout>}
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {keeps ? <Disclosure summary={t.add} kind="button" open={typed !== null}><AddForm lang={lang} typed={typed} /></Disclosure> : <Callout kind="note">{t.notKeeper}</Callout>}
      <DataTable lang={lang} caption={t.caption} columns={columnsOf(props)} rows={rows} rowKey={(row) => row.id} empty={<Empty icon="mail" title={t.empty}>{t.emptyHelp}</Empty>} />
    </ConsolePage>
  );
}

function columnsOf({ frame: { lang }, today, keeps }: RecipientsProps): Column<RecipientRow>[] {
  const t = messages(lang).notices.recipients;
  const isOver = (row: RecipientRow) => row.to !== null && row.to < today;
  return [
    { key: 'name', label: t.name, card: 'title', cell: (row) => <>{lang === 'en' && row.nameEn ? row.nameEn : row.name}{row.address && <small class="sub">{row.address}</small>}</> },
    { key: 'kind', label: t.kind, cell: (row) => RECIPIENT_KINDS.find(({ code }) => code === row.kind)?.label[lang] },
    { key: 'email', label: t.email, cell: (row) => <>{row.email ?? '–'}{row.source && <small class="sub">{row.source}</small>}</> },
    { key: 'format', label: t.format, cell: (row) => `${t.formats[row.format]}, ${t.languages[row.language]}` },
    { key: 'since', label: t.since, nowrap: true, cell: (row) => (row.to ? `${formatDate(row.from)} ${t.until} ${formatDate(row.to)}` : formatDate(row.from)) },
    ...(keeps ? [{
      key: 'end', label: t.end,
      cell: (row: RecipientRow) => (isOver(row) || row.to !== null ? <Badge tone="plain">{t.end}</Badge> : <Form action={`${PATHS.recipients}/${row.id}/ngung`} label={`${t.end}: ${row.name}`}><Button kind="quiet" small>{t.end}</Button></Form>),
    }] : []),
  ];
}

function AddForm({ lang, typed }: { lang: Lang; typed: RecipientsProps['typed'] }): VNode {
  const t = messages(lang).notices.recipients;
  const values = typed?.values ?? {};
  const field = (name: string, label: string, more: { hint?: string; optional?: boolean; type?: 'email' } = {}): VNode => (
    <TextField lang={lang} name={name} label={label} hint={more.hint} optional={more.optional} type={more.type} value={values[name]} error={typed?.errors[name]} autocomplete="off" />
  );
  return (
    <Form action={PATHS.recipients}>
      <Select lang={lang} name="kind" label={t.kind} options={RECIPIENT_KINDS.map(({ code, label }) => ({ value: code, label: label[lang] }))} value={values['kind']} error={typed?.errors['kind']} width="medium" />
      <div class="two">{field('name', t.name)}{field('nameEn', t.nameEn, { optional: true })}</div>
      {field('address', t.address, { optional: true })}
      <div class="two">{field('email', t.email, { hint: t.emailHint, optional: true, type: 'email' })}{field('source', t.source, { hint: t.sourceHint })}</div>
      <RadioCards lang={lang} inline name="language" label={t.language} value={values['language'] ?? 'vi'} options={(['vi', 'en'] as const).map((value) => ({ value, label: t.languages[value] }))} />
      <RadioCards lang={lang} inline name="format" label={t.format} hint={t.formatHint} value={values['format'] ?? 'letter'} error={typed?.errors['format']} options={(['letter', 'xarf'] as const).map((value) => ({ value, label: t.formats[value] }))} />
      <Button>{t.save}</Button>
    </Form>
  );
}
