import type { MeetingState } from '#core/transitions.ts';
import { normalise } from '#core/vietnamese.ts';
import { holds, type Actor } from '#platform/actor.ts';
import { parseDate } from '#web/format.ts';

/** Characters; the same as the checks in the database. */
export const LENGTHS = {
  titleLeast: 3, title: 300, placeLeast: 2, place: 300, link: 500, person: 200, item: 300, reasonLeast: 3, reason: 500, names: 500,
  words: 8000, itemConclusion: 4000, conclusion: 8000, actionLeast: 3, action: 300, addendumLeast: 3, addendum: 4000,
} as const;
/** Items of an agenda, and minutes of one item. */
export const MOST_ITEMS = 20;
export const MOST_MINUTES = 480;
/** Action items of one meeting. */
export const MOST_ACTIONS = 50;

/** What is typed to plan a meeting, as it is typed. */
export interface TypedPlan {
  readonly title: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly link: string;
  readonly chair: string;
  readonly secretary: string;
}

/** Where and when a meeting is, checked. */
export interface Plan {
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place: string;
  readonly onlineLink: string | null;
  readonly chair: string;
  readonly secretary: string;
}

/** What is wrong with a field, a key of `meetings.errors` in the messages. */
export type FieldFault =
  | 'title' | 'day' | 'past' | 'time' | 'order' | 'place' | 'link' | 'person' | 'cases' | 'guests' | 'reason' | 'choose' | 'item' | 'minutes' | 'words' | 'what' | 'due' | 'agency' | 'officer' | 'ended' | 'many';

/** Reads a time of the day as people write it (`14:30`, `14h30`, `14g`, `8.15`); gives `HH:MM`, or nothing when there is no such time. */
export function parseTime(text: string): string | undefined {
  const [, hour = '', minute = '00'] = /^\s*([01]?\d|2[0-3])\s*(?:[:.hg]\s*([0-5]\d)?)\s*$/i.exec(text) ?? [];
  return hour === '' ? undefined : `${hour.padStart(2, '0')}:${minute}`;
}

/** The instant of a time on a day in Vietnam (UTC+7 all year). @param day `yyyy-mm-dd` @param time `HH:MM` */
export function instantOf(day: string, time: string): Date {
  return new Date(`${day}T${time}:00+07:00`);
}

/** Checks a plan: a meeting lies in the future, ends after it begins on the same day, and its link is https. */
export function checkPlan(typed: TypedPlan, now: Date): { plan: Plan; faults: null } | { plan: null; faults: Readonly<Partial<Record<keyof TypedPlan, FieldFault>>> } {
  const [title, place, chair, secretary] = [typed.title, typed.place, typed.chair, typed.secretary].map((text) => normalise(text).replace(/\s+/g, ' ')) as [string, string, string, string];
  const link = typed.link.trim();
  const [day, from, to] = [parseDate(typed.day), parseTime(typed.from), parseTime(typed.to)];
  const faults: Partial<Record<keyof TypedPlan, FieldFault>> = {};
  if (title.length < LENGTHS.titleLeast || title.length > LENGTHS.title) faults.title = 'title';
  if (!day) faults.day = 'day';
  if (!from) faults.from = 'time';
  if (!to) faults.to = 'time';
  if (place.length < LENGTHS.placeLeast || place.length > LENGTHS.place) faults.place = 'place';
  if (link !== '' && !isSecureLink(link)) faults.link = 'link';
  for (const [name, text] of [['chair', chair], ['secretary', secretary]] as const) if (text.length < 1 || text.length > LENGTHS.person) faults[name] = 'person';
  if (from && to && to <= from) faults.to = 'order';
  if (day && from && instantOf(day, from) <= now) faults.day = 'past';
  if (Object.keys(faults).length > 0 || !day || !from || !to) return { plan: null, faults };
  return { plan: { title, startsAt: instantOf(day, from), endsAt: instantOf(day, to), place, onlineLink: link === '' ? null : link, chair, secretary }, faults: null };
}

function isSecureLink(text: string): boolean {
  return text.length <= LENGTHS.link && /^https:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** Who plans, invites, takes minutes and concludes for the inviting agency. */
export function mayRun(actor: Actor): boolean {
  return holds(actor, 'case_officer', 'leader');
}

/** While plan, agenda and invited agencies may still change. */
export function isOpen(state: MeetingState): boolean {
  return state === 'planned' || state === 'invited';
}
