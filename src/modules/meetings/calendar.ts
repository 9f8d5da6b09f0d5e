import type { ICalAttendeeStatus } from 'ical-generator';
import { localDate } from '#core/deadlines.ts';
import type { GuestAnswer } from '#platform/schema.ts';
import { formatTime, ZONE } from '#web/format.ts';
import type { MeetingPage } from './types.ts';

/** UTC+7 without daylight saving since 1975 (IANA tz database). */
const VTIMEZONE = [
  'BEGIN:VTIMEZONE', `TZID:${ZONE}`, 'BEGIN:STANDARD', 'DTSTART:19750613T000000', 'TZOFFSETFROM:+0800', 'TZOFFSETTO:+0700', 'TZNAME:+07', 'END:STANDARD', 'END:VTIMEZONE',
].join('\r\n');

const ANSWERED = { none: 'NEEDSACTION', coming: 'ACCEPTED', deputy: 'DELEGATED', not_coming: 'DECLINED' } as const satisfies Readonly<Record<GuestAnswer, keyof typeof ICalAttendeeStatus>>;

/** Who takes the file away, and the mailbox of the desk it comes from. */
export interface CalendarOf {
  readonly self: { readonly name: string; readonly email: string };
  /** MAIL_FROM: `Name <mailbox>` or a mailbox alone. */
  readonly from: string;
  /** Address of the meeting's page. */
  readonly url: string;
  /** “Họp phối hợp” in the language of the officer. */
  readonly title: string;
}

/**
 * The meeting as an iCalendar file (RFC 5545, RFC 5546): REQUEST for an invitation and each change, CANCEL for a cancellation, always the same UID.
 * It says when and where, the code and that it is a meeting: nothing of a case. Answers are given in the desk, so it asks for none by mail.
 */
export async function meetingCalendar(meeting: MeetingPage, { self, from, url, title }: CalendarOf): Promise<string> {
  const { default: ical, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } = await import('ical-generator');
  const isCancelled = meeting.state === 'cancelled';
  // A zone given to the calendar itself would make the library write DTSTAMP in local time, against RFC 5545, 3.8.7.2.
  const calendar = ical({
    prodId: '//La Chan//Meetings//VI', method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST, timezone: { name: null, generator: () => VTIMEZONE },
  });
  const answer = meeting.guests.find((guest) => guest.isOwn)?.answer ?? 'coming';
  calendar.createEvent({
    id: meeting.id, sequence: meeting.sequence, stamp: meeting.changedAt, start: localTime(meeting.startsAt), end: localTime(meeting.endsAt), timezone: ZONE,
    summary: `${meeting.code} – ${title}`, location: [meeting.place, meeting.onlineLink].filter(Boolean).join(' – '), url,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: meeting.agency.name || meeting.code, email: /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim() },
    attendees: [{ name: self.name, email: self.email, rsvp: false, status: ICalAttendeeStatus[ANSWERED[answer]] }],
  });
  return calendar.toString();
}

/** `2026-12-01T14:00:00`, the clock on the wall in Vietnam; the library reads and writes it back in the machine's own zone. */
function localTime(at: Date): string {
  return `${localDate(at)}T${formatTime(at)}:00`;
}
