import { ALERT_ANSWERS } from '#catalogue/alerts.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { Tally } from './types.ts';

/** How many agencies gave each answer, and how many none; together all that were sent to. */
export function tallyRows(tally: Tally, lang: Lang): (readonly [string, number])[] {
  return [...ALERT_ANSWERS.map(({ code, label }) => [label[lang], tally.byAnswer[code]] as const), [messages(lang).alerts.summary.none, tally.sent - tally.answered] as const];
}
