import type { VNode } from 'preact';
import { CATEGORIES, categoryOf } from '#catalogue/categories.ts';
import type { NewReport } from '#modules/intake/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Button, ErrorSummary, fieldId, Form, HiddenFields, Select } from '#web/form.tsx';
import { formatDate, formatMoney, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { CheckedRow } from '../sheet/check.ts';
import { NAMES, type MappingFaults } from '../sheet/form.ts';
import type { ColumnLook, Trial, TriedRow, UnknownWord } from '../sheet/look.ts';
import { SHEET_FIELDS, type Mapping, type SheetField } from '../sheet/mapping.ts';
import { beginning, columnLetters, counted, harmless, issueWords, placeWords, sheetHref, Stack } from './sheet-words.tsx';

export interface MappingProps {
  readonly lang: Lang;
  readonly id: string;
  readonly mapping: Mapping;
  /** Where the mapping comes from: an earlier import, the headings, or the form. */
  readonly from: 'saved' | 'guessed' | 'form';
  readonly columns: readonly ColumnLook[];
  /** The rows that may hold the headings: number, and the beginning of what stands there. */
  readonly choices: readonly { readonly number: number; readonly words: string }[];
  readonly words: readonly UnknownWord[];
  readonly trial: Trial;
  /** Names of communes by code, for the preview. */
  readonly communes: ReadonlyMap<string, string>;
  /** What was missing when the import should have started. */
  readonly faults: MappingFaults | null;
}

const VALUE_LENGTH = 60;
const STORY_LENGTH = 140;

/** What each column means, and what would become of the rows. */
export function MappingPage(props: MappingProps): VNode {
  const { lang, id, mapping, from, columns, faults } = props;
  const { map: t } = messages(lang).sheets;
  const guessed = Object.keys(mapping.columns).length;
  return (
    <>
      <h1>{t.title}</h1>
      {faults && <ErrorSummary lang={lang} errors={errorsOf(faults, columns, lang)} />}
      {from === 'saved' && <Callout kind="ok">{t.saved}</Callout>}
      {from === 'guessed' && <Callout kind="look">{guessed > 0 ? t.guessed(formatNumber(guessed, lang), formatNumber(columns.length, lang)) : t.guessedNone}</Callout>}
      <p>{t.lead}</p>
      <Form action={`${sheetHref(id)}/cot`} hidden={{ [NAMES.rowBefore]: mapping.headerRow }}>
        <HeadingsRow {...props} />
        <Columns {...props} />
        <Categories {...props} />
        <p><Button kind="quiet">{t.review}</Button></p>
        <TrialPanel {...props} />
        <div class="btns">
          <Button formaction={`${sheetHref(id)}/bat-dau`}>{t.start}</Button>
          <Button kind="plain" formaction={`${sheetHref(id)}/dung`}>{t.drop}</Button>
        </div>
      </Form>
    </>
  );
}

function columnName({ column, heading }: Pick<ColumnLook, 'column' | 'heading'>, lang: Lang): string {
  const { map: t } = messages(lang).sheets;
  return heading === '' ? t.columnBare(columnLetters(column)) : t.columnName(columnLetters(column), beginning(heading, VALUE_LENGTH));
}

function errorsOf(faults: MappingFaults, columns: readonly ColumnLook[], lang: Lang): Record<string, string> {
  const { errors } = messages(lang).sheets.map;
  return {
    ...(faults.narrative && { '': errors.narrative }),
    ...(faults.category && { [NAMES.other]: errors.category }),
    ...Object.fromEntries(faults.twice.map((column) => [NAMES.column(column), errors.twice(columnName(columns[column] ?? { column, heading: '' }, lang))])),
  };
}

function HeadingsRow({ lang, mapping, choices }: MappingProps): VNode {
  const { map: t } = messages(lang).sheets;
  const options = choices.map(({ number, words }) => ({ value: String(number), label: t.rowOption(formatNumber(number, lang), words) }));
  return (
    <Select lang={lang} name={NAMES.row} label={t.row} hint={t.rowHint} prompt={false} value={String(mapping.headerRow)} options={[...options, { value: '0', label: t.rowNone }]} />
  );
}

function Columns({ lang, columns, mapping, from, faults }: MappingProps): VNode {
  const { map: t } = messages(lang).sheets;
  return (
    <DataTable lang={lang} caption={t.caption} rows={columns} rowKey={({ column }) => String(column)} columns={[
      { key: 'column', label: t.column, card: 'title', cell: (one) => <b>{columnName(one, lang)}</b> },
      { key: 'values', label: t.values, cell: (one) => (one.values.length === 0 ? <span class="none">{t.noValues}</span> : <Stack items={one.values.map((value) => beginning(harmless(value), VALUE_LENGTH))} />) },
      {
        key: 'meaning', label: t.meaning, cell: (one) => (
          <>
            <MeaningSelect lang={lang} one={one} value={mapping.columns[one.column]} wrong={faults?.twice.includes(one.column) ?? false} />
            {from === 'guessed' && mapping.columns[one.column] && <> <Badge tone="amber">{t.guessedMark}</Badge></>}
          </>
        ),
      },
    ]} />
  );
}

function MeaningSelect({ lang, one, value, wrong }: { lang: Lang; one: ColumnLook; value: SheetField | undefined; wrong: boolean }): VNode {
  const { map: t } = messages(lang).sheets;
  const name = NAMES.column(one.column);
  return (
    <select class="t" id={fieldId(name)} name={name} aria-label={t.meaningOf(columnName(one, lang))} aria-invalid={wrong ? 'true' : undefined}>
      <option value="">{t.skip}</option>
      {Object.entries(SHEET_FIELDS).map(([field, { label }]) => <option value={field} selected={field === value}>{label[lang]}</option>)}
    </select>
  );
}

function Categories({ lang, mapping, words, faults }: MappingProps): VNode {
  const { map: t } = messages(lang).sheets;
  const options = CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }));
  const asked = new Set(words.map(({ key }) => key));
  const kept = Object.entries(mapping.categoryWords).filter(([key]) => !asked.has(key)).map(([key, code]) => [NAMES.word(key), code]);
  return (
    <>
      <Select lang={lang} name={NAMES.other} label={t.other} hint={t.otherHint} error={faults?.category ? t.errors.category : undefined} prompt={t.otherNone} width="medium" value={mapping.defaultCategory ?? ''} options={options} />
      {words.length > 0 && (
        <Panel title={t.wordsTitle}>
          <p>{t.wordsLead}</p>
          <div class="two">
            {words.map(({ key, word, rows, meaning }) => (
              <Select lang={lang} name={NAMES.word(key)} label={t.word(beginning(harmless(word), VALUE_LENGTH), ...counted(rows, lang))} prompt={t.wordNone} value={meaning ?? ''} options={options} />
            ))}
          </div>
        </Panel>
      )}
      <HiddenFields values={Object.fromEntries(kept)} />
    </>
  );
}

function TrialPanel({ lang, trial, communes }: MappingProps): VNode {
  const { trial: t } = messages(lang).sheets;
  const n = (count: number): string => formatNumber(count, lang);
  if (trial.checked === 0) return <Callout kind="look" title={t.title}>{t.none}</Callout>;
  return (
    <section aria-label={t.title}>
      <h2>{t.title}</h2>
      <Callout kind={trial.refused === 0 ? 'ok' : 'look'} title={trial.refused === 0 ? t.all(n(trial.checked)) : t.some(n(trial.refused), n(trial.checked))}>
        {trial.refusals.length > 0 && (
          <ul>
            {trial.refusals.map((one) => (
              <li>
                <b>{t.refusalRows(...counted(one.rows, lang))}</b> · {placeWords(one, lang)}: {issueWords(one.issue, lang)}{' '}
                <small>({t.examples(one.examples.map(n).join(', '), one.examples.length === 1)})</small>
              </li>
            ))}
          </ul>
        )}
        <p>{t.rest}</p>
      </Callout>
      {trial.calculated > 0 && <Callout kind="look">{t.calculated(...counted(trial.calculated, lang))}</Callout>}
      {trial.cut > 0 && <Callout kind="look">{t.cut(...counted(trial.cut, lang))}</Callout>}
      <h3>{t.caption(n(trial.shown.length))}</h3>
      <DataTable lang={lang} caption={t.caption(n(trial.shown.length))} rows={trial.shown} rowKey={({ number }) => String(number)} columns={[
        { key: 'row', label: t.row, cell: ({ number }) => n(number) },
        { key: 'becomes', label: t.becomes, card: 'title', cell: (row) => <Story row={row} /> },
        { key: 'more', label: t.more, cell: ({ result }) => (result.ok ? <Stack items={facts(result.report, communes, lang)} /> : t.nothing) },
        { key: 'problems', label: t.problems, cell: ({ result }) => <Outcome lang={lang} result={result} /> },
      ]} />
    </section>
  );
}

/** The story with its traces; of a row that is refused what stands in its cells, to find it by. */
function Story({ row: { cells, result } }: { row: TriedRow }): VNode {
  if (!result.ok) return <span class="none">{beginning(harmless(cells.filter(Boolean).join(' | ')), STORY_LENGTH)}</span>;
  const traces = result.report.traces.split('\n').filter(Boolean);
  return <>{beginning(harmless(result.report.narrative), STORY_LENGTH)}{traces.map((line) => <span class="trace">{beginning(harmless(line), VALUE_LENGTH)}</span>)}</>;
}

function facts(report: NewReport, communes: ReadonlyMap<string, string>, lang: Lang): string[] {
  const { trial: t } = messages(lang).sheets;
  return [
    categoryOf(report.category).label[lang], report.happenedOn && formatDate(report.happenedOn), report.moneyLost !== null && formatMoney(report.moneyLost, lang),
    report.communeCode && communes.get(report.communeCode), report.contact && t.contact,
  ].filter((fact): fact is string => Boolean(fact));
}

function Outcome({ lang, result }: { lang: Lang; result: CheckedRow }): VNode {
  if (result.ok) return <Badge tone="moss">{messages(lang).sheets.trial.good}</Badge>;
  return <Stack items={result.problems.map((problem) => <><b>{placeWords(problem, lang)}:</b> {issueWords(problem.issue, lang)}</>)} />;
}
