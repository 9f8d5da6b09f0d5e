import type { VNode } from 'preact';
import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import { Callout } from '#web/callout.tsx';
import { Button, DateField, ErrorSummary, type FieldErrors, Form, Select, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { type Lang, messages } from '#web/i18n/index.ts';
import { ConsolePage } from '#web/layout.tsx';
import { LinkList } from '#web/link-list.tsx';
import { type Column, DataTable } from '#web/table.tsx';
import type { Place, Responsible } from '../types.ts';
import { explain, nameIn, placeLabel, succession } from '../words.ts';
import { harmName, RoleBadge } from './detail.tsx';
import { agencyHref, type Frame, PATHS } from './frame.ts';
import { periodText } from './list.tsx';

/** What was asked, as typed. */
export interface Question {
  readonly harm: string;
  readonly place: string;
  readonly on: string;
}

/** The answer, for a harm, a place by name and a day that were all understood. */
export interface Answer {
  readonly category: CategoryCode;
  readonly place: string;
  readonly on: string;
  readonly rows: readonly Responsible[];
}

export interface AskProps {
  readonly frame: Frame;
  readonly question: Question;
  readonly errors: FieldErrors;
  /** Several places that fit what was typed, one to be chosen. */
  readonly places: readonly Place[];
  readonly answer: Answer | null;
}

/** Who is responsible for a harm, somewhere, on a day: the agencies in order, with the reason and the law. */
export function AskPage({ frame, question, errors, places, answer }: AskProps): VNode {
  const { lang } = frame;
  const t = messages(lang).directory.ask;
  return (
    <ConsolePage {...frame} title={t.title} crumbs={[...frame.crumbs, { label: t.title }]}>
      <ErrorSummary lang={lang} errors={errors} />
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <AskForm lang={lang} question={question} errors={errors} />
      {places.length > 0 && <Choice lang={lang} question={question} places={places} />}
      {answer && <AnswerPart lang={lang} answer={answer} />}
    </ConsolePage>
  );
}

function AskForm({ lang, question, errors }: { lang: Lang; question: Question; errors: FieldErrors }): VNode {
  const t = messages(lang).directory.ask;
  const harms = CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }));
  return (
    <Form method="get" action={PATHS.ask}>
      <div class="three">
        <Select lang={lang} name="harm" label={t.harm} options={harms} value={question.harm} error={errors.harm} />
        <TextField
          lang={lang}
          name="place"
          label={t.place}
          hint={t.placeHint}
          value={question.place}
          error={errors.place}
          autocomplete="off"
          optional
        />
        <DateField lang={lang} name="on" label={t.on} value={question.on} error={errors.on} />
      </div>
      <Button icon="search">{t.submit}</Button>
    </Form>
  );
}

function Choice({ lang, question, places }: { lang: Lang; question: Question; places: readonly Place[] }): VNode {
  const hrefOf = (place: Place): string => `${PATHS.ask}?${new URLSearchParams({ ...question, place: place.code }).toString()}`;
  const items = places.map((place) => ({ href: hrefOf(place), title: placeLabel(place, lang) }));
  return (
    <>
      <h2>{messages(lang).directory.ask.choosePlace}</h2>
      <LinkList items={items} />
    </>
  );
}

function AnswerPart({ lang, answer }: { lang: Lang; answer: Answer }): VNode {
  const t = messages(lang).directory.ask;
  const { rows } = answer;
  const isLed = rows[0]?.role === 'lead';
  return (
    <>
      <h2>{t.answer(harmName(answer.category, lang), answer.place, formatDate(answer.on))}</h2>
      <Callout kind={isLed ? 'note' : 'look'} title={isLed ? nameIn(rows[0]!, lang) : t.nobodyTitle}>
        {explain(rows, lang)}
      </Callout>
      {rows.length > 0 && (
        <DataTable
          lang={lang}
          caption={t.caption}
          columns={columns(lang)}
          rows={rows}
          rowKey={(row) => row.agencyId}
          rowHref={(row) => agencyHref(row.agencyId)}
        />
      )}
    </>
  );
}

function columns(lang: Lang): Column<Responsible>[] {
  const { ask, detail } = messages(lang).directory;
  return [
    { key: 'agency', label: ask.agency, card: 'title', cell: (row) => nameIn(row, lang) },
    { key: 'role', label: detail.role, cell: (row) => <RoleBadge lang={lang} role={row.role} /> },
    {
      key: 'territory', label: detail.territory, nowrap: true,
      cell: (row) => (lang === 'vi' ? row.territory : row.territoryEn),
    },
    { key: 'why', label: detail.why, cell: (row) => <Why lang={lang} row={row} /> },
    { key: 'period', label: detail.period, nowrap: true, cell: (row) => periodText(row, lang) },
  ];
}

function Why({ lang, row }: { lang: Lang; row: Responsible }): VNode {
  return (
    <div>
      {lang === 'vi' ? row.whyVi : row.whyEn} {row.formerly && succession(row.formerly, lang)}{' '}
      <small class="hint">{row.law}</small>
    </div>
  );
}
