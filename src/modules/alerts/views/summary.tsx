import type { VNode } from 'preact';
import { ALERT_WAYS } from '#catalogue/alerts.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, RadioCards, TextField } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { tallyRows } from '../tally.ts';
import type { AlertLetter, SummaryRow, Tally } from '../types.ts';
import { AlertStateBadge, alertPath, AnswerFields, AnswerText, type TypedForm } from './parts.tsx';

export interface SummaryProps {
  readonly lang: Lang;
  readonly letter: AlertLetter;
  readonly rows: readonly SummaryRow[];
  readonly tally: Tally;
  /** Whether the officer records what came by paper or telephone, and closes. */
  readonly records: boolean;
  readonly closes: boolean;
  readonly done: string;
  readonly refused: string | null;
}

/** What every agency did, side by side; those that said nothing first, with a telephone. */
export function SummaryPage(props: SummaryProps): VNode {
  const { lang, letter, rows, tally } = props;
  const { summary: t, ...all } = messages(lang).alerts;
  const n = (value: number): string => formatNumber(value, lang);
  const silent = rows.filter((row) => !row.readAt && !row.last);
  const said: Readonly<Record<string, string>> = all.done;
  return (
    <>
      <p class="meta"><AlertStateBadge lang={lang} state={letter.state} /> {letter.code}</p>
      <h1>{t.title}: {letter.title}</h1>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status" title={said[props.done]} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ButtonRow>
        <ButtonLink kind="quiet" href={alertPath(letter.id)}>{t.back}</ButtonLink>
        <ButtonLink kind="quiet" href={alertPath(letter.id, '/tong-hop/word')}>{t.docx}</ButtonLink>
        <ButtonLink kind="quiet" href={alertPath(letter.id, '/tong-hop/excel')}>{t.xlsx}</ButtonLink>
      </ButtonRow>
      <Panel title={t.counts}>
        <Kv items={[
          { label: t.read, value: <b>{t.of(n(tally.read), n(tally.sent))}</b> }, { label: t.answered, value: <b>{t.of(n(tally.answered), n(tally.sent))}</b> },
          { label: t.machinesChecked, value: n(tally.machinesChecked) }, { label: t.machinesAffected, value: n(tally.machinesAffected) },
        ]} />
        <DataTable lang={lang} caption={t.answer} cards={false} rows={tallyRows(tally, lang)} rowKey={([label]) => label}
          columns={[{ key: 'answer', label: t.answer, cell: ([label]) => label }, { key: 'agencies', label: t.agencies, numeric: true, cell: ([, count]) => n(count) }]} />
      </Panel>
      {letter.state === 'open' && (
        <Panel title={silent.length === 0 ? t.silentNone : t.silentTitle(n(silent.length))}>
          {silent.length > 0 && <p class="hint">{t.silentText}</p>}
          <ul class="plainlist">
            {silent.map((row) => <li><b>{nameOf(row, lang)}</b>: <Phones lang={lang} row={row} /></li>)}
          </ul>
        </Panel>
      )}
      <h2>{t.allTitle}</h2>
      <DataTable lang={lang} caption={t.allTitle} rows={rows} rowKey={(row) => row.receiptId} columns={columnsOf(props)} />
      {props.closes && (
        <Disclosure kind="button" summary={t.close}>
          <p>{t.closeText}</p>
          <Form action={alertPath(letter.id, '/tong-hop/chot')}><Button>{t.close}</Button></Form>
        </Disclosure>
      )}
    </>
  );
}

function nameOf(row: SummaryRow, lang: Lang): string {
  return lang === 'en' && row.nameEn ? row.nameEn : row.name;
}

function Phones({ lang, row }: { lang: Lang; row: SummaryRow }): VNode {
  const { summary: t } = messages(lang).alerts;
  if (row.phones.length === 0) return <>{t.noPhone}</>;
  return <>{row.phones.map((phone, index) => <>{index > 0 && ', '}<a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a></>)}</>;
}

function columnsOf({ lang, letter, records }: SummaryProps): Column<SummaryRow>[] {
  const { summary: t } = messages(lang).alerts;
  const columns: Column<SummaryRow>[] = [
    { key: 'agency', label: t.agency, card: 'title', cell: (row) => <><b>{nameOf(row, lang)}</b>{row.formerly && <small class="sub">{t.formerly(row.formerly)}</small>}</> },
    { key: 'read', label: t.readAt, cell: (row) => (row.readAt ? <>{formatDateTime(row.readAt, lang)}<small class="sub">{row.reader}</small></> : '–') },
    { key: 'said', label: t.said, cell: (row) => (row.last ? <AnswerText lang={lang} line={row.last} fileHref={alertPath(letter.id, `/tep-tra-loi/${row.last.id}`)} /> : t.none) },
  ];
  if (!records) return columns;
  return [...columns, { key: 'record', label: t.record, cell: (row) => <a href={alertPath(letter.id, `/ghi-nhan?co-quan=${row.agencyId}`)}>{t.record}<span class="vh"> {nameOf(row, lang)}</span></a> }];
}

export interface RecordProps {
  readonly lang: Lang;
  readonly letter: AlertLetter;
  readonly row: SummaryRow;
  readonly values: Readonly<Record<string, string>>;
  readonly typed: TypedForm | null;
}

/** What an agency told on paper or by telephone, for the sender's officer to record. */
export function RecordPage({ lang, letter, row, values, typed }: RecordProps): VNode {
  const { record: t } = messages(lang).alerts;
  const errors = typed?.errors ?? {};
  return (
    <>
      <h1>{t.title(nameOf(row, lang))}</h1>
      <p class="hint">{t.lead} <Phones lang={lang} row={row} /></p>
      <ErrorSummary lang={lang} errors={errors} />
      <Form action={alertPath(letter.id, '/ghi-nhan')} hidden={{ 'co-quan': row.agencyId }}>
        <Panel>
          <RadioCards lang={lang} name="way" label={t.way} value={values['way']} error={errors['way']} inline options={(['phone', 'paper'] as const).map((code) => ({ value: code, label: ALERT_WAYS[code][lang] }))} />
          <TextField lang={lang} name="informant" label={t.informant} hint={t.informantHint} maxlength={200} autocomplete="off" value={values['informant']} error={errors['informant']} />
          <AnswerFields lang={lang} values={values} errors={errors} />
          <ButtonRow><Button>{t.save}</Button></ButtonRow>
        </Panel>
      </Form>
    </>
  );
}
