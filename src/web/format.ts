import { type Lang, messages } from './i18n/index.ts';

/** The zone in which every time is shown. */
export const ZONE = 'Asia/Ho_Chi_Minh';

const DAY = 86_400_000;
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});
const numbers: Record<Lang, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }),
};
const percents: Record<Lang, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { style: 'percent', maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 }),
};

/** An instant, or a calendar day `yyyy-mm-dd` that belongs to no zone (a legal deadline, a date of birth of a document). */
export type When = Date | string;

interface Parts { year: string; month: string; day: string; hour: string; minute: string }

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function parts(when: When): Parts {
  if (typeof when === 'string') {
    const day = ISO_DAY.exec(when);
    if (day) return { year: day[1]!, month: day[2]!, day: day[3]!, hour: '00', minute: '00' };
    return parts(new Date(when));
  }
  const found: Record<string, string> = {};
  for (const part of clock.formatToParts(when)) found[part.type] = part.value;
  return { year: found.year!, month: found.month!, day: found.day!, hour: found.hour!, minute: found.minute! };
}

/** Number of the calendar day in Vietnam, in days since 1970-01-01. */
function dayNumber(when: When): number {
  const p = parts(when);
  return Date.UTC(Number(p.year), Number(p.month) - 1, Number(p.day)) / DAY;
}

/** `22/11/2026`, in both languages. Throws `RangeError` on an invalid date. */
export function formatDate(when: When): string {
  const p = parts(when);
  return `${p.day}/${p.month}/${p.year}`;
}

/** `22/11`: day and month, for dense lists. */
export function formatDayMonth(when: When): string {
  const p = parts(when);
  return `${p.day}/${p.month}`;
}

/** `14:05`, 24 hours. */
export function formatTime(when: Date): string {
  const p = parts(when);
  return `${p.hour}:${p.minute}`;
}

/** `14:05 ngày 22/11/2026`, `14:05 on 22/11/2026`. */
export function formatDateTime(when: Date, lang: Lang): string {
  return messages(lang).common.time.dateTime(formatTime(when), formatDate(when));
}

/** `ngày 22 tháng 11 năm 2026`, `22 November 2026`; days 1–9 and months 1–2 keep a zero in Vietnamese (Decree 30/2020, annex I). */
export function formatLongDate(when: When, lang: Lang): string {
  const { common } = messages(lang);
  const p = parts(when);
  const month = Number(p.month);
  if (lang === 'vi') return common.time.longDate(p.day, month < 3 ? `tháng 0${month}` : `tháng ${month}`, p.year);
  return common.time.longDate(String(Number(p.day)), common.months[month - 1]!, p.year);
}

/** `2026-11-22`, the day in Vietnam; for `<time datetime>`, file names and data. */
export function isoDay(when: When): string {
  const p = parts(when);
  return `${p.year}-${p.month}-${p.day}`;
}

/** Calendar days in Vietnam from `now` to `when`: 0 today, 1 tomorrow, −1 yesterday. */
export function daysUntil(when: When, now: Date): number {
  return dayNumber(when) - dayNumber(now);
}

/** A deadline seen from `now`: `hôm nay`, `còn 2 ngày`, `quá hạn 3 ngày`. Counts calendar days in Vietnam. */
export function formatDue(due: When, now: Date, lang: Lang): string {
  const { time } = messages(lang).common;
  const days = daysUntil(due, now);
  if (days === 0) return time.today;
  const shown = formatNumber(Math.abs(days), lang);
  return days > 0 ? time.daysLeft(shown, days === 1) : time.daysLate(shown, days === -1);
}

/** Tone of a deadline: overdue `rose`, today or within two calendar days `amber`, otherwise `plain`. */
export function dueTone(due: When, now: Date): 'rose' | 'amber' | 'plain' {
  const days = daysUntil(due, now);
  if (days < 0) return 'rose';
  return days <= 2 ? 'amber' : 'plain';
}

/** Something past seen from `now`: `vừa xong`, `5 phút trước`, `3 giờ trước`, `hôm qua`, `4 ngày trước`; after a week the date. */
export function formatAgo(when: Date, now: Date, lang: Lang): string {
  const { time } = messages(lang).common;
  const minutes = Math.floor((now.getTime() - when.getTime()) / 60_000);
  const days = -daysUntil(when, now);
  if (minutes < 1 && minutes > -5) return time.justNow;
  if (minutes < 0 || days > 7) return formatDate(when);
  if (minutes < 60) return time.minutesAgo(String(minutes), minutes === 1);
  if (days === 0) return time.hoursAgo(String(Math.floor(minutes / 60)), minutes < 120);
  return days === 1 ? time.yesterday : time.daysAgo(String(days), false);
}

/** When an urgent interim measure ends and how long that is from `now`: `Hết hiệu lực lúc 09:40 ngày 23/11/2026, còn 5 giờ 20 phút`. */
export function formatInterim(until: Date, now: Date, lang: Lang): string {
  const { interim } = messages(lang).decisions;
  const minutes = Math.floor((until.getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return interim.died(formatDateTime(until, lang));
  const rest = minutes % 60;
  const left = minutes < 60 ? interim.minutes(String(minutes), minutes === 1) : interim.hours(String(Math.floor(minutes / 60)), minutes < 120, rest === 0 ? '' : String(rest));
  return interim.until(formatDateTime(until, lang), left);
}

/** A length in whole days: `90 ngày`, `90 days`. */
export function formatDays(days: number, lang: Lang): string {
  return messages(lang).common.time.days(formatNumber(days, lang), days === 1);
}

/** `1.234` in Vietnamese, `1,234` in English; at most two decimals. */
export function formatNumber(value: number | bigint, lang: Lang): string {
  return numbers[lang].format(value);
}

/** `12.000.000 đồng`, `12,000,000 dong`; whole dong, rounded. */
export function formatMoney(dong: number | bigint, lang: Lang): string {
  const whole = typeof dong === 'bigint' ? dong : Math.round(dong);
  return messages(lang).common.money(formatNumber(whole, lang));
}

/** A share from 0 to 1 as `12,5%` or `12.5%`. */
export function formatPercent(share: number, lang: Lang): string {
  return percents[lang].format(share);
}

/** A size in bytes as `850 B`, `12 kB`, `1,5 MB` (powers of 1000). */
export function formatBytes(bytes: number, lang: Lang): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${formatNumber(Math.round(bytes / 1000), lang)} kB`;
  return `${formatNumber(Math.round(bytes / 100_000) / 10, lang)} MB`;
}

/** Reads what a person typed into a date field (`22/11/2026`, `2-1-26`, `02.01.2026`); gives `yyyy-mm-dd`, or nothing when no such day exists. */
export function parseDate(text: string): string | undefined {
  const found = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})\s*$/.exec(text);
  if (!found) return undefined;
  const day = Number(found[1]);
  const month = Number(found[2]);
  const year = Number(found[3]) + (found[3]!.length === 2 ? 2000 : 0);
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}
