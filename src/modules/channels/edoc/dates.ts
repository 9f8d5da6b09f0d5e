import { localDate } from '#core/deadlines.ts';

const DAY = /^(\d{4})\/(\d{2})\/(\d{2})$/;
/** Written by some senders against the standard. */
const DAY_FIRST = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const MOMENT = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
const FIRST_YEAR = 1900;

/** `yyyy/MM/dd` as yyyy-mm-dd, also `dd/MM/yyyy` and yyyy-mm-dd as some senders write; null when there is no such day. */
export function readDay(text: string): string | null {
  const [, dayFirst, monthFirst, yearLast] = DAY_FIRST.exec(text) ?? [];
  const [, year, month, day] = DAY.exec(yearLast === undefined ? text.replaceAll('-', '/') : `${yearLast}/${monthFirst}/${dayFirst}`) ?? [];
  const iso = `${year}-${month}-${day}`;
  return year !== undefined && Number(year) >= FIRST_YEAR && isDay(iso) ? iso : null;
}

/** yyyy-mm-dd as `yyyy/MM/dd`; null when there is no such day. */
export function writeDay(day: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && Number(day.slice(0, 4)) >= FIRST_YEAR && isDay(day) ? day.replaceAll('-', '/') : null;
}

/** `yyyy/MM/dd HH:mm:ss` in Vietnam (UTC+7) as an instant; null when there is no such moment. */
export function readMoment(text: string): Date | null {
  const [, year, month, day, hour, minute, second] = MOMENT.exec(text) ?? [];
  if (year === undefined || Number(year) < FIRST_YEAR || !isDay(`${year}-${month}-${day}`)) return null;
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  return Number.isNaN(moment.getTime()) || Number(hour) > 23 ? null : moment;
}

/** An instant as `yyyy/MM/dd HH:mm:ss` in Vietnam, without its milliseconds; null beyond the years 1900 to 9999. */
export function writeMoment(moment: Date): string | null {
  if (Number.isNaN(moment.getTime())) return null;
  const local = new Date(moment.getTime() + 7 * 3_600_000);
  const year = local.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= 9999)) return null;
  return `${localDate(moment).replaceAll('-', '/')} ${local.toISOString().slice(11, 19)}`;
}

function isDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === iso;
}
