import type { VNode } from 'preact';
import type { MeetingState } from '#core/transitions.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { formatDate, formatTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';

/** A form that came back: which one, what was typed, what is wrong by field. */
export interface Typed {
  readonly step: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** What a field of the form of `step` was sent with, or what stands there otherwise. */
export function typedIn(typed: Typed | null, step: string, name: string, stands = ''): string {
  return typed?.step === step ? typed.values[name] ?? '' : stands;
}

/** What is wrong with a field of the form of `step`. */
export function errorIn(typed: Typed | null, step: string, name: string): string | undefined {
  return typed?.step === step ? typed.errors[name] : undefined;
}

const TONES: Readonly<Record<MeetingState, Tone>> = { planned: 'plain', invited: 'sky', held: 'amber', concluded: 'moss', cancelled: 'plain' };

/** The state as a word on a tint. */
export function StateBadge({ lang, state }: { lang: Lang; state: MeetingState }): VNode {
  return <Badge tone={TONES[state]}>{messages(lang).coordination.states.meeting[state]}</Badge>;
}

/** Day and hours of a meeting in Vietnam. */
export function span(lang: Lang, startsAt: Date, endsAt: Date): string {
  return messages(lang).meetings.page.span(formatDate(startsAt), formatTime(startsAt), formatTime(endsAt));
}
