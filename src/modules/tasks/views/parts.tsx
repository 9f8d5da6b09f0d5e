import type { VNode } from 'preact';
import type { Calendar } from '#core/deadlines.ts';
import { nearness, type Nearness } from '#core/tasks.ts';
import { nameIn } from '#modules/directory/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { FieldErrors } from '#web/form.tsx';
import type { Names, TaskRow } from '../types.ts';

/** Addresses of this room. */
export const PATHS = {
  day: '/can-bo/hom-nay', list: '/can-bo/viec', create: '/can-bo/viec/moi', settings: '/can-bo/viec/cai-dat', leader: '/can-bo/dieu-hanh', calendar: '/can-bo/lich',
} as const;

/** What every view of this room takes. */
export interface ViewProps {
  readonly lang: Lang;
  /** Today in Vietnam, YYYY-MM-DD. */
  readonly today: string;
  readonly calendar: Calendar;
  /** Address of `tasks.css`. */
  readonly stylesheet: string;
}

/** A form that came back: which, what was typed, what is wrong field by field or as a whole. */
export interface TypedForm {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
  readonly refused: string | null;
}

/** What was typed into a form, or what it starts with. */
export function typedValue(typed: TypedForm | null, form: string, name: string, start = ''): string {
  return typed?.form === form ? typed.values[name] ?? start : start;
}

const TONES: Readonly<Record<Nearness['is'], Tone>> = { late: 'rose', today: 'amber', soon: 'amber', later: 'plain' };

/** "hôm nay", "còn 2 ngày làm việc", "quá hạn 1 ngày": working days, counted by the calendar of the desk. */
export function dueWords(lang: Lang, dueOn: string, today: string, calendar: Calendar): string {
  const { due } = messages(lang).tasks;
  const { is, days } = nearness(dueOn, today, calendar);
  if (is === 'today') return due.today;
  if (is === 'late') return days === 0 ? due.justLate : due.late(formatNumber(days, lang), days === 1);
  return due.left(formatNumber(days, lang), days === 1);
}

/** How near a last day is, in words on a tint. */
export function DueBadge({ lang, dueOn, today, calendar }: Pick<ViewProps, 'lang' | 'today' | 'calendar'> & { dueOn: string }): VNode {
  return <Badge tone={TONES[nearness(dueOn, today, calendar).is]}>{dueWords(lang, dueOn, today, calendar)}</Badge>;
}

/** The same for a task, whose clock may stand still. */
export function TaskDue({ task, ...props }: Pick<ViewProps, 'lang' | 'today' | 'calendar'> & { task: TaskRow }): VNode {
  const { due } = messages(props.lang).tasks;
  if (task.state !== 'open') return <span>{formatDate(task.dueOn)}</span>;
  return (
    <span class="due">
      {task.pausedOn ? <Badge tone="sky">{due.paused(formatDate(task.pausedOn))}</Badge> : <DueBadge {...props} dueOn={task.dueOn} />} <small>{formatDate(task.dueOn)}</small>
    </span>
  );
}

/** The name of an agency of a task, or nothing. */
export function agencyIn(names: Names, id: string | null, lang: Lang): string {
  const found = id && names.get(id);
  return found ? nameIn(found, lang) : '';
}

/** The short name of an agency, for a line that has little room. */
export function shortName(names: Names, id: string, lang: Lang): string {
  const found = names.get(id);
  return found ? (lang === 'vi' ? found.shortName : found.nameEn) : '';
}

/** The confirmation after a step: words from the closed table, never from the address. */
export function Done({ lang, done, children }: { lang: Lang; done: string; children?: VNode | null }): VNode | null {
  const words: Readonly<Record<string, string>> = messages(lang).tasks.done;
  return Object.hasOwn(words, done) ? <Callout kind="ok" role="status" title={words[done]}>{children}</Callout> : null;
}

/** Why a step could not be taken, with what was typed. */
export function Refused({ lang, typed }: { lang: Lang; typed: TypedForm | null }): VNode | null {
  if (!typed?.refused) return null;
  const texts = ['reason', 'title', 'due'].map((name) => typed.values[name]?.trim()).filter(Boolean);
  return (
    <Callout kind="look" role="alert" title={typed.refused}>
      {texts.length > 0 && <><p>{messages(lang).tasks.refused.typed}</p>{texts.map((text) => <blockquote>{text}</blockquote>)}</>}
    </Callout>
  );
}
