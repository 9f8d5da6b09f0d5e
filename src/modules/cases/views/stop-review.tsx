import type { VNode } from 'preact';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { loadedWords } from '#core/loaded-words.ts';
import type { Withheld } from '#modules/intake/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, TextArea, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { ReportView } from '../queries.ts';
import type { ReviewRow, StopReviewPage as Review } from '../queries/stop-review.ts';
import { ConflictNote, errorsOf, valueOf, type Typed } from './flash.tsx';
import { concernedNames, GateFields } from './gate.tsx';
import { CategoryBadge, Due, DueLong, Heading, SafeText } from './words.tsx';

export const REVIEWS_PATH = '/can-bo/xem-lai-dung';

const told = (lang: Lang, code: string): string => GATE_QUESTIONS.find((question) => question.code === code)?.told[lang] ?? code;

/** Requests that wait: nothing of what was stopped but its kind, its stop code, its week and the day it is due. */
export function StopReviewList({ lang, now, rows, done }: { lang: Lang; now: Date; rows: readonly ReviewRow[]; done: string }): VNode {
  const t = messages(lang).gate.reviews;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <>
      <Heading title={t.title} lead={t.lead} />
      {Object.hasOwn(said, done) && <Callout kind="ok" role="status" title={said[done]} />}
      <DataTable lang={lang} caption={t.caption} rows={rows} rowKey={(row) => row.code} rowHref={(row) => `${REVIEWS_PATH}/${row.code}`} empty={<Empty title={t.empty}>{t.emptyHelp}</Empty>} columns={[
        { key: 'code', label: t.code, nowrap: true, card: 'title', cell: (row) => row.code },
        { key: 'category', label: t.category, cell: (row) => <CategoryBadge lang={lang} code={row.category} /> },
        { key: 'stop', label: t.stop, cell: (row) => told(lang, row.stopCode) },
        { key: 'week', label: t.week, nowrap: true, cell: (row) => row.week },
        { key: 'due', label: t.due, nowrap: true, cell: (row) => <><Due lang={lang} on={row.dueOn} now={now} />{row.earlier && <> <Badge tone="plain">{t.notYou}</Badge></>}</> },
      ]} />
    </>
  );
}

export interface StopReviewProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly review: Review;
  /** For the names of the agencies; its words are withheld. */
  readonly report: Pick<ReportView, 'sender' | 'handling'>;
  /** The words, opened for this page; null when they do not open, undefined when they were not asked for. */
  readonly story?: Withheld | null;
  readonly opening: string;
  readonly typed?: Typed;
}

/** One request: first the reason to open the words, then the words beside all questions. */
export function StopReviewPage(props: StopReviewProps): VNode {
  const { lang, review, story, typed } = props;
  const t = messages(lang).gate.reviews;
  return (
    <>
      <Heading title={t.pageTitle(review.code)} badges={<CategoryBadge lang={lang} code={review.category} />} lead={t.pageLead} />
      <ConflictNote lang={lang} typed={typed} />
      {typed && !typed.conflict && <ErrorSummary lang={lang} errors={typed.errors} />}
      {story === null && <Callout kind="look" role="alert" title={t.unsealed} />}
      <div class="gate">
        <div class="beside" role="region" aria-label={t.facts} tabIndex={0}>
          <Facts {...props} />
          {story && <Opened lang={lang} story={story} />}
        </div>
        <div><Next {...props} /></div>
      </div>
    </>
  );
}

function Facts({ lang, now, review }: StopReviewProps): VNode {
  const t = messages(lang).gate.reviews;
  return (
    <Panel title={t.facts}>
      <Kv items={[
        ...(review.stopCode ? [{ label: t.stop, value: told(lang, review.stopCode) }] : []),
        { label: t.week, value: review.week },
        { label: t.asked, value: formatDate(review.askedAt) },
        { label: t.due, value: review.outcome ? formatDate(review.dueOn) : <DueLong lang={lang} on={review.dueOn} now={now} /> },
        ...(review.eraseAfter ? [{ label: t.erase, value: formatDate(review.eraseAfter) }] : []),
      ]} />
      <h3>{t.request}</h3>
      <p class="told"><SafeText text={review.words} /></p>
    </Panel>
  );
}

function Opened({ lang, story }: { lang: Lang; story: Withheld }): VNode {
  const t = messages(lang).gate.reviews;
  return (
    <Panel title={t.given}>
      <p class="told"><SafeText text={story.narrative} /></p>
      {story.traces.length > 0 && <ul class="traces">{story.traces.map(({ display }) => <li><span class="mono">{display}</span></li>)}</ul>}
      <p class="hint">{t.pictures}</p>
    </Panel>
  );
}

/** What the officer can do now: open, answer, or neither and why. */
function Next(props: StopReviewProps): VNode {
  const { lang, review } = props;
  const t = messages(lang).gate.reviews;
  if (review.outcome) return <Panel title={t.outcomes[review.outcome]}><p>{t.bars.decided}</p><p class="told">{review.reason}</p><Back lang={lang} /></Panel>;
  if (review.earlier) return <Panel title={t.openTitle}><p>{t.bars.earlier}</p><Back lang={lang} /></Panel>;
  return props.story ? <Answer {...props} story={props.story} /> : <Open {...props} />;
}

function Back({ lang }: { lang: Lang }): VNode {
  return <p><ButtonLink kind="quiet" href={REVIEWS_PATH}>{messages(lang).common.button.back}</ButtonLink></p>;
}

function Open({ lang, review, opening, typed }: StopReviewProps): VNode {
  const t = messages(lang).gate.reviews;
  return (
    <Panel title={t.openTitle}>
      <p>{t.openLead}</p>
      <Form action={`${REVIEWS_PATH}/${review.code}/mo`}>
        <TextField lang={lang} name="opening" label={t.openReason} hint={t.openHint} maxlength={500} value={opening} error={typed?.errors.opening} autocomplete="off" />
        <Button>{t.open}</Button>
      </Form>
    </Panel>
  );
}

function Answer({ lang, review, report, story, opening, typed }: StopReviewProps & { story: Withheld }): VNode {
  const t = messages(lang).gate.reviews;
  return (
    <Form action={`${REVIEWS_PATH}/${review.code}`} hidden={{ opening }} class="questions" label={t.pageTitle(review.code)}>
      <GateFields lang={lang} category={review.category} raised={loadedWords(story.narrative, concernedNames(report))} concerned={report.sender ? report : null} typed={typed} form="xem-lai" again />
      <Panel>
        <TextArea lang={lang} name="reason" label={t.reason} hint={t.reasonHint} rows={3} maxlength={1000} value={valueOf(typed, 'xem-lai', 'reason')} error={errorsOf(typed, 'xem-lai').reason} />
      </Panel>
      <p class="hint">{t.note}</p>
      <ButtonRow>
        <Button>{t.submit}</Button>
        <ButtonLink kind="plain" href={REVIEWS_PATH}>{messages(lang).common.button.back}</ButtonLink>
      </ButtonRow>
    </Form>
  );
}
