import type { VNode } from 'preact';
import { holidayName } from '#catalogue/holidays.ts';
import { addDays, addMonths } from '#core/deadlines.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, Checkbox, DateField, ErrorSummary, Form, RadioCards, TextField } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { CalendarYear } from '../queries.ts';
import { Done, PATHS, Refused, typedValue, type TypedForm } from './parts.tsx';

export interface CalendarProps {
  readonly lang: Lang;
  /** Today in Vietnam, YYYY-MM-DD. */
  readonly today: string;
  readonly stylesheet: string;
  readonly year: CalendarYear;
  readonly years: readonly number[];
  readonly keeps: boolean;
  /** Whether the officer sets when lateness is told on. */
  readonly sets: boolean;
  readonly typed: TypedForm | null;
  readonly done: string;
  /** Tasks the last change moved. */
  readonly moved: number;
}

type Day = CalendarYear['days'][number];

/** A year as twelve months and as a list of days unlike the rule; the form of a change for its keeper. */
export function CalendarView(props: CalendarProps): VNode {
  const { lang, year, years, typed, moved } = props;
  const { calendar: t, moved: movedWords } = messages(lang).tasks;
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <Done lang={lang} done={props.done}>{moved > 0 ? <p>{movedWords(formatNumber(moved, lang), moved === 1)}</p> : null}</Done>
      <Refused lang={lang} typed={typed} />
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <h1>{t.heading(String(year.year))}</h1>
      <p class="lead">{t.lead}</p>
      <nav aria-label={t.years}>
        <ul class="filters">{years.map((one) => <li><a href={`${PATHS.calendar}?nam=${one}`} aria-current={one === year.year ? 'page' : undefined}>{one}</a></li>)}</ul>
      </nav>
      {year.announced ? <p><Badge tone="moss">{t.announced}</Badge> {year.source && t.source(year.source)}</p>
        : <Callout kind="look" title={capital(t.provisional)}>{t.provisionalText}</Callout>}
      {year.localChange && <p class="hint">{t.changed}</p>}
      {props.keeps && <Change {...props} />}
      {props.sets && <p><a href={PATHS.settings}>{t.settings}</a></p>}
      <ul class="legend" aria-label={t.legend}>
        <li><span class="off" />{t.legendOff}</li><li><span class="work" />{t.legendWorking}</li><li><span class="now" />{t.legendToday}</li>
      </ul>
      <div class="months">{Array.from({ length: 12 }, (_, month) => <Month {...props} month={month} />)}</div>
      <Panel title={t.list} id="ngay"><DayList {...props} /></Panel>
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const weekdayOf = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

function Month({ lang, today, year, month }: CalendarProps & { month: number }): VNode {
  const { tasks: { calendar: t }, common } = messages(lang);
  const first = `${year.year}-${String(month + 1).padStart(2, '0')}-01`;
  const next = addMonths(first, 1);
  const special = new Map(year.days.map((day) => [day.day, day]));
  const weeks = Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_unused, column) => addDays(first, week * 7 + column - weekdayOf(first))))
    .filter((week) => week.some((day) => day >= first && day < next));
  return (
    <table class="month">
      <caption>{capital(common.months[month]!)}</caption>
      <thead><tr>{t.weekdays.map((name, index) => <th scope="col" abbr={t.weekdayNames[index]}>{name}</th>)}</tr></thead>
      <tbody>
        {weeks.map((week) => <tr>{week.map((day, column) => (day < first || day >= next ? <td /> : <Cell lang={lang} day={day} today={today} special={special.get(day)} weekend={column > 4} />))}</tr>)}
      </tbody>
    </table>
  );
}

function Cell({ lang, day, today, special, weekend }: { lang: Lang; day: string; today: string; special: Day | undefined; weekend: boolean }): VNode {
  const { calendar: t } = messages(lang).tasks;
  const number = Number(day.slice(8));
  const word = special && (special.kind === 'off') !== weekend ? (special.kind === 'off' ? t.off : t.working) : '';
  const classes = [weekend && 'weekend', word && (special?.kind === 'off' ? 'off' : 'work'), day === today && 'now'].filter(Boolean).join(' ');
  return <td class={classes || undefined} aria-current={day === today ? 'date' : undefined}>{number}{word && <span class="vh"> {word}</span>}</td>;
}

function DayList({ lang, year }: CalendarProps): VNode {
  const { calendar: t } = messages(lang).tasks;
  if (year.days.length === 0) return <p class="hint">{t.listNone}</p>;
  return (
    <ul class="lines">
      {year.days.map((day) => {
        const weekday = weekdayOf(day.day);
        const kind = day.kind === 'off' ? t.off : weekday > 4 ? t.working : t.backToWork;
        const name = day.note || (day.kind === 'off' && day.origin === 'release' ? holidayName(day.day)[lang] : '');
        return <li><b>{formatDate(day.day)}</b>, {t.weekdayNames[weekday]}: {kind}{name && ` · ${name}`} {day.origin === 'local' && <Badge tone="sky">{t.local}</Badge>}</li>;
      })}
    </ul>
  );
}

function Change({ lang, year, typed }: CalendarProps): VNode {
  const { calendar: t } = messages(lang).tasks;
  const value = (name: string) => typedValue(typed, 'lich', name);
  const errors = typed?.errors ?? {};
  return (
    <Disclosure kind="button" summary={t.change} open={typed !== null}>
      <Form action={PATHS.calendar} hidden={{ year: year.year }}>
        <p class="hint">{t.changeLead}</p>
        <div class="pair">
          <DateField lang={lang} name="from" label={t.from} value={value('from')} error={errors.from} />
          <DateField lang={lang} name="to" label={t.to} hint={t.toHint} optional value={value('to')} error={errors.to} />
        </div>
        <RadioCards lang={lang} name="kind" label={t.kind} inline value={value('kind')} error={errors.kind} options={[{ value: 'off', label: t.kindOff }, { value: 'working', label: t.kindWorking }]} />
        <TextField lang={lang} name="note" label={t.note} hint={t.noteHint} optional maxlength={200} value={value('note')} error={errors.note} />
        <TextField lang={lang} name="document" label={t.document} hint={t.documentHint} maxlength={200} value={value('document')} error={errors.document} />
        <Checkbox lang={lang} name="announced" label={t.whole} checked={value('announced') === '1'} />
        <TextField lang={lang} name="reason" label={t.reason} maxlength={500} value={value('reason')} error={errors.reason} />
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}
