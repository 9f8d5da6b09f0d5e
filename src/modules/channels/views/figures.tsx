import type { VNode } from 'preact';
import { FIGURE_KINDS, figureKind, QUALIFIERS, UNITS } from '#catalogue/figures.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, DateField, ErrorSummary, Form, Select, TextField, type FieldErrors } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { DataTable, type Column } from '#web/table.tsx';
import type { FigureRow } from '../arrivals-queries.ts';
import { sayFigure } from '../feeds/figures.ts';

export const FIGURES_PATH = '/can-bo/so-lieu';

/** A form that came back: the one for a new figure, or one figure's withdrawal. */
export interface TypedFigure {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

export interface FiguresProps {
  readonly lang: Lang;
  readonly rows: readonly FigureRow[];
  readonly agencyId: string;
  /** Whether the officer's roles write figures. */
  readonly writes: boolean;
  readonly withWithdrawn: boolean;
  readonly typed: TypedFigure | null;
  readonly done: string;
}

/** Figures of others: numbers for reports, apart from all cases. */
export function FiguresPage(props: FiguresProps): VNode {
  const { lang, rows, typed, withWithdrawn } = props;
  const t = messages(lang).channels.figures;
  const said: Readonly<Record<string, string>> = t.done;
  const query = withWithdrawn ? '&thu-hoi=1' : '';
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status">{said[props.done]}</Callout>}
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      {props.writes && <Disclosure kind="button" summary={t.addTitle} open={typed?.form === 'them'} id="them"><AddForm {...props} /></Disclosure>}
      <div class="listbar">
        <p class="modes"><a href={withWithdrawn ? FIGURES_PATH : `${FIGURES_PATH}?thu-hoi=1`}>{withWithdrawn ? t.hideWithdrawn : t.showWithdrawn}</a></p>
        {rows.length > 0 && <p class="modes">{t.exportLabel} <a href={`${FIGURES_PATH}/tai-ve?dang=csv${query}`}>CSV</a> · <a href={`${FIGURES_PATH}/tai-ve?dang=json${query}`}>JSON</a></p>}
      </div>
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => row.id} columns={columnsOf(props)} empty={<Empty icon="chart" title={t.empty}>{t.emptyHelp}</Empty>} />
    </>
  );
}

function columnsOf(props: FiguresProps): Column<FigureRow>[] {
  const { lang, rows, agencyId, writes } = props;
  const t = messages(lang).channels.figures;
  const several = rows.some((row) => row.agencyId !== agencyId);
  return [
    { key: 'kind', label: t.kind, card: 'title', cell: (row) => <b>{figureKind(row.kind).label[lang]}</b> },
    { key: 'value', label: t.value, nowrap: true, cell: (row) => (row.withdrawn ? <s>{said(row, lang)}</s> : said(row, lang)) },
    { key: 'period', label: t.period, nowrap: true, cell: (row) => t.range(formatDate(row.from), formatDate(row.to)) },
    { key: 'source', label: t.source, cell: (row) => row.source },
    ...(several ? [{ key: 'agency', label: t.agency, cell: (row: FigureRow) => row.agency }] : []),
    ...(writes || rows.some((row) => row.withdrawn) ? [{ key: 'action', label: t.action, nowrap: true, cell: (row: FigureRow) => <Withdraw {...props} row={row} /> }] : []),
  ];
}

const said = ({ kind, value, qualifier }: FigureRow, lang: Lang): string => sayFigure({ kind, value, qualifier: qualifier === 'exact' ? '' : qualifier }, lang);

function Withdraw({ lang, row, writes, agencyId, typed }: FiguresProps & { row: FigureRow }): VNode {
  const t = messages(lang).channels.figures;
  if (row.withdrawn) {
    const reason = row.withdrawn.reason === 'replaced' ? t.replaced : row.withdrawn.reason;
    return <>{t.withdrawn} {formatDate(row.withdrawn.at)}<small class="sub">{t.withdrawnBecause(reason)}</small></>;
  }
  if (!writes || row.agencyId !== agencyId) return <>–</>;
  const own = typed?.form === row.id ? typed : null;
  const name = <span class="vh"> {figureKind(row.kind).label[lang]}, {t.range(formatDate(row.from), formatDate(row.to))}</span>;
  return (
    <Disclosure summary={<>{t.withdraw}{name}</>} open={own !== null}>
      <Form action={`${FIGURES_PATH}/${row.id}/thu-hoi`}>
        <TextField lang={lang} id={own ? 'f-reason' : `f-${row.id}`} name="reason" label={t.withdrawReason} value={own?.values.reason} error={own?.errors.reason} maxlength={300} autocomplete="off" />
        <Button kind="quiet" small>{t.withdraw}</Button>
      </Form>
    </Disclosure>
  );
}

function AddForm({ lang, typed }: FiguresProps): VNode {
  const t = messages(lang).channels.figures;
  const own = typed?.form === 'them' ? typed : null;
  const at = (name: string) => ({ lang, name, value: own?.values[name], error: own?.errors[name] });
  const unit = (code: string): string => UNITS.find((one) => one.code === code)!.label[lang];
  return (
    <Form action={FIGURES_PATH}>
      <Select {...at('kind')} label={t.kind} options={FIGURE_KINDS.map((kind) => ({ value: kind.code, label: `${kind.label[lang]} (${unit(kind.unit)})` }))} />
      <div class="pair">
        <Select {...at('qualifier')} label={t.qualifier} prompt={false} options={QUALIFIERS.map(({ code, label }) => ({ value: code, label: label[lang] || t.exact }))} />
        <TextField {...at('value')} label={t.value} hint={t.valueHint} autocomplete="off" />
        <DateField {...at('from')} label={t.from} />
        <DateField {...at('to')} label={t.to} />
      </div>
      <TextField {...at('source')} label={t.source} hint={t.sourceHint} maxlength={200} autocomplete="off" />
      <Button>{t.add}</Button>
    </Form>
  );
}
