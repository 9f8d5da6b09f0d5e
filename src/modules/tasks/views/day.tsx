import type { VNode } from 'preact';
import { isWorkingDay } from '#core/deadlines.ts';
import { byUrgency } from '#core/tasks.ts';
import { Empty } from '#web/empty.tsx';
import { ButtonLink } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import type { DayLine, Names, TaskRow } from '../types.ts';
import { DueBadge, PATHS, shortName, type ViewProps } from './parts.tsx';

/** Most things on the page; the others are a line below. */
export const MOST_THINGS = 5;

/** Where somebody looks who has nothing to do yet. */
const TOUR = [['opinions', '/can-bo/y-kien'], ['meetings', '/can-bo/hop'], ['news', '/can-bo/tai-khoan/tin'], ['help', '/can-bo/tro-giup']] as const;

export interface DayProps extends ViewProps {
  readonly tasks: readonly TaskRow[];
  /** All tasks that are this officer's, shown or not. */
  readonly count: number;
  readonly lines: readonly DayLine[];
  readonly names: Names;
  readonly agencyId: string;
}

interface Thing {
  readonly dueOn: string | null;
  readonly what: string;
  readonly note: string;
  readonly href: string;
  readonly button: string;
}

/** At most five things, the most urgent first: what, by when, one button. */
export function DayView(props: DayProps): VNode {
  const { lang, today, calendar, count, lines } = props;
  const t = messages(lang).tasks.day;
  const things = byUrgency([...props.tasks.map((task) => taskThing(props, task)), ...lines.map((line) => lineThing(props, line))]).slice(0, MOST_THINGS);
  const total = count + lines.length;
  const rest = total - things.length;
  const weekday = messages(lang).common.weekdays[new Date(`${today}T00:00:00Z`).getUTCDay()]!;
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <div class="day">
        <p class="day-date">{capital(t.date(weekday, formatDate(today)))}</p>
        <h1>{total === 0 ? t.none : t.heading(formatNumber(total, lang), total === 1)}</h1>
        {!isWorkingDay(today, calendar) && <p class="hint">{t.dayOff}</p>}
        {total === 0 ? (
          <>
            <Empty title={t.none}>{t.noneText}</Empty>
            <ul class="day-tour">{TOUR.map(([name, href]) => <li><a href={href}>{t.tour[name]}</a></li>)}</ul>
          </>
        ) : (
          <ol class="day-list" aria-label={t.list}>
            {things.map((thing, index) => (
              <li class={thing.dueOn !== null && thing.dueOn < today ? 'day-late' : undefined}>
                <p class="day-due">{thing.dueOn ? <><DueBadge lang={lang} today={today} calendar={calendar} dueOn={thing.dueOn} /> <small>{formatDate(thing.dueOn)}</small></>
                  : <small>{messages(lang).tasks.due.none}</small>}</p>
                <div class="day-what">
                  <h2>{thing.what}</h2>
                  {thing.note && <p class="hint">{thing.note}</p>}
                </div>
                <p class="day-do"><ButtonLink href={thing.href} kind={index === 0 ? 'primary' : 'quiet'}>{thing.button}<span class="vh">: {thing.what}</span></ButtonLink></p>
              </li>
            ))}
          </ol>
        )}
        <p class="day-more">
          {rest > 0 && <b>{t.more(formatNumber(rest, lang), rest === 1)}. </b>}
          <a href={PATHS.list}>{t.mine}</a> <a href={`${PATHS.list}?muc=co-quan`}>{t.agency}</a>
        </p>
      </div>
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function taskThing({ lang, names, agencyId }: DayProps, task: TaskRow): Thing {
  const t = messages(lang).tasks;
  const setter = task.setByAgency && task.setByAgency !== agencyId ? t.day.from(shortName(names, task.setByAgency, lang)) : '';
  const note = [task.code, setter, task.officerId ? '' : t.day.unassigned].filter(Boolean).join(' · ');
  return { dueOn: task.dueOn, what: task.title, note, href: task.href, button: t.open[task.kind] };
}

function lineThing({ lang }: DayProps, line: DayLine): Thing {
  const t = messages(lang);
  return { dueOn: line.dueOn, what: line.what(t, formatNumber(line.count, lang), line.count === 1), note: '', href: line.href, button: line.button(t) };
}
