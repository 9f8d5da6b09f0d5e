import type { VNode } from 'preact';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import type { Channel } from '#catalogue/channels.ts';
import { GATE_QUESTIONS, type GateQuestion } from '#catalogue/gate.ts';
import { loadedWords, type RaisedQuestion } from '#core/loaded-words.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, ErrorSummary, Form, RadioCards } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { LoadedWords } from '#web/loaded-words.tsx';
import { Panel } from '#web/panel.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import type { ReportLine, ReportView } from '../queries.ts';
import type { SameWords } from '../queries/grouping.ts';
import { ConflictNote, errorsOf, type Typed } from './flash.tsx';
import { beforeGate, Danger, pictureHref, reportHref, Told } from './report.tsx';
import { Heading, firstWords, SafeText, Trace } from './words.tsx';

export interface GateProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly report: ReportView;
  /** Reports of the same case and category that also wait. */
  readonly alike: readonly ReportLine[];
  /** Reports with the very same words that also wait, as many as are answered at once, and how many there are. */
  readonly same: { readonly rows: readonly SameWords[]; readonly total: number };
  readonly typed?: Typed;
}

/** The gate: the report on one side, seven questions on the other, none answered in advance. */
export function GatePage(props: GateProps): VNode {
  const { lang, report, typed } = props;
  const t = messages(lang).console.gate;
  const closed = !beforeGate(report);
  return (
    <>
      <Heading title={closed ? t.notNow : t.title} lead={t.lead} />
      <ConflictNote lang={lang} typed={typed} />
      {typed && !typed.conflict && <ErrorSummary lang={lang} errors={typed.errors} />}
      <Danger lang={lang} report={report} />
      <div class="gate">
        <div class="beside" role="region" aria-label={t.given} tabIndex={0}>
          <Told {...props} title={t.given} />
          <Material {...props} />
        </div>
        {closed ? <Panel><p><ButtonLink href={reportHref(report.code)}>{messages(lang).console.report.title(report.code)}</ButtonLink></p></Panel> : <Questions {...props} />}
      </div>
    </>
  );
}

function Material({ lang, report }: GateProps): VNode | null {
  const t = messages(lang).console;
  if (report.traces.length === 0 && report.pictures.length === 0) return null;
  return (
    <Panel title={t.report.traces}>
      {report.traces.length > 0 && <ul class="traces">{report.traces.map((trace) => <li><Trace lang={lang} trace={trace} /></li>)}</ul>}
      {report.pictures.length > 0 && (
        <div class="shots">
          {report.pictures.map((picture, index) => (
            <VeiledImage lang={lang} src={pictureHref(report.code, picture)} alt={t.report.pictureAlt(String(index + 1))} width={picture.width} height={picture.height} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function Questions(props: GateProps): VNode {
  const { lang, report, alike, typed } = props;
  const t = messages(lang).console.gate;
  const raised = loadedWords(report.narrative, concernedNames(report));
  return (
    <Form action={reportHref(report.code, 'cua-kiem-tra')} keep={`cua-${report.code}`} lang={lang} class="questions">
      <GateFields lang={lang} category={report.category} raised={raised} concerned={concernedBy(report) ? report : null} typed={typed} form="cua" />
      <Same {...props} />
      {alike.length > 0 && (
        <Panel>
          <CheckboxList lang={lang} name="also" label={t.also} hint={t.alsoHint} optional values={typed?.all('also')}
            options={alike.map((line) => ({ value: line.code, label: <b>{line.code}</b>, hint: <SafeText text={firstWords(line.words, 180)} /> }))} />
        </Panel>
      )}
      <p class="hint">{t.answeredBy}</p>
      <ButtonRow>
        <Button>{t.submit}</Button>
        <ButtonLink kind="plain" href={reportHref(report.code)}>{messages(lang).common.button.back}</ButtonLink>
      </ButtonRow>
    </Form>
  );
}

/** A flood: who said the very same words gets the same answer, each with a record of its own. */
function Same({ lang, same, typed }: GateProps): VNode | null {
  const { gate: t } = messages(lang).console;
  const count = same.rows.length;
  if (count === 0) return null;
  const more = same.total - count;
  return (
    <Panel>
      <CheckboxList lang={lang} name="sameAll" label={t.same(formatNumber(same.total, lang), same.total === 1)} hint={t.sameHint} optional values={typed?.all('sameAll')}
        options={[{ value: '1', label: t.sameAll(formatNumber(count, lang), count === 1), hint: more > 0 ? t.sameMore(formatNumber(more, lang)) : undefined }]} />
      <Disclosure summary={t.samePick} open={typed && typed.all('same').length > 0}>
        <CheckboxList lang={lang} inline name="same" label={t.sameEach} optional values={typed?.all('same')}
          options={same.rows.map((one) => ({ value: one.code, label: one.code, hint: formatDateTime(one.receivedAt, lang) }))} />
      </Disclosure>
    </Panel>
  );
}

/** Every name an agency concerned goes by. */
export function concernedNames({ sender, handling }: Pick<ReportView, 'sender' | 'handling'>): string[] {
  return [sender, handling].flatMap((agency) => (agency ? [agency.name, agency.shortName, agency.nameEn] : []));
}

/** Ways in where an officer or an agency's system wrote the report down. */
const TYPED_IN: readonly Channel[] = ['phone', 'walk_in', 'post', 'edoc', 'spreadsheet', 'api'];

/** Whether an agency may be complaining of what is said about itself, whoever typed it. */
function concernedBy(report: Pick<ReportView, 'sender' | 'channel'>): boolean {
  return report.sender !== null || TYPED_IN.includes(report.channel);
}

export interface GateFieldsProps {
  readonly lang: Lang;
  readonly category: CategoryCode;
  /** Words in the report that should make a question read twice. */
  readonly raised: readonly RaisedQuestion[];
  /** The report whose agencies are named beside the question about them. */
  readonly concerned: Pick<ReportView, 'sender' | 'handling'> | null;
  readonly typed?: Typed;
  readonly form: string;
  /** A stop is looked at again: a "yes" keeps it. */
  readonly again?: boolean;
}

/** The seven questions, none answered in advance, and the positive elements of the category. */
export function GateFields(props: GateFieldsProps): VNode {
  const { lang, category, typed } = props;
  const t = messages(lang).console.gate;
  const { positive, label: name } = categoryOf(category);
  const errors = errorsOf(typed, props.form);
  return (
    <>
      {GATE_QUESTIONS.map((question, index) => (
        <Question {...props} question={question} number={index + 1} value={typed?.values[question.code]} error={errors[question.code]} />
      ))}
      {positive.length > 0 && (
        <Panel>
          <CheckboxList lang={lang} name="elements" label={t.elements(name[lang])} hint={props.again ? undefined : t.elementsHint} error={errors.elements}
            values={typed?.all('elements')} options={positive.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
        </Panel>
      )}
    </>
  );
}

/** The agencies beside the question whether the content is about them. */
function Concerned({ lang, of }: { lang: Lang; of: Pick<ReportView, 'sender' | 'handling'> }): VNode {
  const t = messages(lang).gate.concerned;
  const handling = of.handling && t.handling(nameIn(of.handling, lang));
  return (
    <Callout kind="note" title={`${of.sender ? t.sender(nameIn(of.sender, lang)) : t.noSender}${handling ? `; ${handling}` : ''}.`}>
      <p>{t.ask}</p>
    </Callout>
  );
}

/** One question as two cards; what a "yes" does stands under it and is drawn once chosen (always, in browsers without :has). */
function Question(props: GateFieldsProps & { question: GateQuestion; number: number; value?: string; error?: string }): VNode {
  const { lang, question, number, value, error, again, concerned } = props;
  const { console: { gate: t }, gate: { reviews } } = messages(lang);
  return (
    <div class="panel question">
      <LoadedWords lang={lang} question={question.code} raised={props.raised} />
      {concerned && question.code === 'self_interest' && <Concerned lang={lang} of={concerned} />}
      <RadioCards lang={lang} inline name={question.code} value={value} error={error}
        label={<><small>{t.number(String(number))}</small> {question.question[lang]}</>}
        options={[{ value: 'yes', label: again ? reviews.yes : t.yes }, { value: 'no', label: t.no }]} />
      <div class="stops" role="status">
        {again ? <p>{reviews.stops}</p> : <><p>{t.stops} <q>{question.told[lang]}</q></p><p>{t.stopsThen}</p></>}
      </div>
    </div>
  );
}
