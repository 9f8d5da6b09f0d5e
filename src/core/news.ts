import { addDays, isWorkingDay, localDate, type Calendar } from './deadlines.ts';

/** How one officer wants to be told by mail. Hours are whole hours of Vietnam's clock. */
export interface NewsRule {
  /** What is mailed at once. */
  readonly immediate: 'urgent' | 'all' | 'none';
  /** When what is left is mailed together: each working day, the first working day of each week, or never. */
  readonly digest: 'daily' | 'weekly' | 'none';
  readonly digestHour: number;
  /** From this hour until `quietTo` no mail goes, over midnight where `quietTo` is the smaller; none when both are the same. */
  readonly quietFrom: number;
  readonly quietTo: number;
  readonly urgentInQuiet: boolean;
}

/** The rule of an officer who has not chosen; the defaults of the table `notification_setting` are the same. */
export const DEFAULT_NEWS_RULE: NewsRule = { immediate: 'urgent', digest: 'daily', digestHour: 8, quietFrom: 19, quietTo: 7, urgentInQuiet: false };

/** Something told to an officer. */
export interface Told {
  readonly urgent: boolean;
  readonly at: Date;
}

const HOUR = 3_600_000;
const VIETNAM_OFFSET = 7;
/** Mail at once waits this long, so that what belongs together comes together. */
export const GROUPING_MS = 60_000;
/** Longer than any row of days off. */
const LOOK_BACK_DAYS = 31;

/** Whether an hour of the day lies in the quiet hours. */
export function isQuietHour({ quietFrom, quietTo }: Pick<NewsRule, 'quietFrom' | 'quietTo'>, hour: number): boolean {
  return quietFrom <= quietTo ? hour >= quietFrom && hour < quietTo : hour >= quietFrom || hour < quietTo;
}

/** Whether a mail may go at this moment: urgent news on any day, other news on working days; in quiet hours only urgent news, for those who said so. */
export function mayMail(rule: NewsRule, urgent: boolean, now: Date, calendar: Calendar): boolean {
  const hour = (Math.floor(now.getTime() / HOUR) + VIETNAM_OFFSET) % 24;
  if (isQuietHour(rule, hour)) return urgent && rule.urgentInQuiet;
  return urgent || isWorkingDay(localDate(now), calendar);
}

/** Whether this news goes by itself now. */
export function isDueAtOnce(rule: NewsRule, { urgent, at }: Told, now: Date, calendar: Calendar): boolean {
  const wanted = rule.immediate === 'all' || (rule.immediate === 'urgent' && urgent);
  return wanted && now.getTime() - at.getTime() >= GROUPING_MS && mayMail(rule, urgent, now, calendar);
}

/** Whether this news goes with a digest now: it was there when the last one was due. */
export function isDueInDigest(rule: NewsRule, { urgent, at }: Told, now: Date, calendar: Calendar): boolean {
  const last = lastDigest(rule, now, calendar);
  return last !== null && at.getTime() < last.getTime() && mayMail(rule, urgent, now, calendar);
}

/** The latest moment up to now at which a digest was due; null when none is wanted, or none was due in a month. */
export function lastDigest(rule: NewsRule, now: Date, calendar: Calendar): Date | null {
  if (rule.digest === 'none') return null;
  const today = localDate(now);
  for (let back = 0; back <= LOOK_BACK_DAYS; back += 1) {
    const day = addDays(today, -back);
    const moment = new Date(Date.parse(`${day}T00:00:00Z`) + (rule.digestHour - VIETNAM_OFFSET) * HOUR);
    if (moment.getTime() <= now.getTime() && isDigestDay(rule.digest, day, calendar)) return moment;
  }
  return null;
}

function isDigestDay(digest: 'daily' | 'weekly', day: string, calendar: Calendar): boolean {
  if (!isWorkingDay(day, calendar)) return false;
  if (digest === 'daily') return true;
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: sinceMonday }, (_, index) => addDays(day, -index - 1)).every((earlier) => !isWorkingDay(earlier, calendar));
}
