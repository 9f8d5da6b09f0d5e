import type { Letterhead } from '#modules/directory/index.ts';
import { letterTop } from '#modules/documents/index.ts';
import { formatDate, formatLongDate, formatTime } from '#web/format.ts';
import { paragraphs, type Block, type Letter } from '#web/docx/letter.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { MeetingPage, Paper } from './types.ts';

interface Setting { readonly meeting: MeetingPage; readonly lang: Lang; readonly t: ReturnType<typeof messages>['meetings']['letter'] }

/**
 * A paper of a meeting in the layout of Decree 30/2020 (forms 1.9 and 1.10 of annex III): invitation, minutes with the signatures of secretary and chair,
 * or conclusion. Its number stays open until the clerk has given one.
 */
export function meetingLetter(meeting: MeetingPage, kind: Paper, head: Letterhead, lang: Lang): Letter {
  const t = messages(lang).meetings.letter;
  const setting = { meeting, lang, t };
  const guests = meeting.guests.map((guest) => nameOf(guest, lang));
  return {
    ...letterTop(kind, head, meeting.numbers[kind], lang), urgency: null, to: [], annexes: [], ...PARTS[kind](setting, guests),
  };
}

type Part = Pick<Letter, 'subject' | 'body' | 'signature' | 'countersignature' | 'recipients'>;

const PARTS: Readonly<Record<Paper, (setting: Setting, guests: readonly string[]) => Part>> = { giay_moi: invitation, bien_ban: minutes, thong_bao: conclusion };

function nameOf(agency: { readonly name: string; readonly nameEn: string }, lang: Lang): string {
  return lang === 'en' && agency.nameEn ? agency.nameEn : agency.name;
}

function moment({ lang, t }: Setting, at: Date): string {
  const [hours, minutesOfHour] = formatTime(at).split(':') as [string, string];
  return t.moment(hours, minutesOfHour, formatLongDate(at, lang));
}

function invitation(setting: Setting, guests: readonly string[]): Part {
  const { meeting, lang, t } = setting;
  return {
    subject: meeting.title,
    body: [
      { type: 'paragraph', text: t.invites(nameOf(meeting.agency, lang)) }, { type: 'list', marks: 'dash', items: guests },
      { type: 'facts', rows: [
        { label: t.attend, value: meeting.title }, { label: t.chair, value: meeting.chair }, { label: t.time, value: t.until(moment(setting, meeting.startsAt), formatTime(meeting.endsAt)) },
        { label: t.place, value: meeting.place }, { label: t.code, value: meeting.code },
      ] },
      ...(meeting.onlineLink ? [{ type: 'paragraph', text: t.online }, { type: 'link', text: meeting.onlineLink, href: meeting.onlineLink }] satisfies Block[] : []),
      { type: 'paragraph', text: t.agenda }, { type: 'list', marks: 'number', items: meeting.agenda.map((item) => agendaLine(setting, item)) },
      { type: 'paragraph', text: t.answer },
    ],
    signature: { authority: [], title: t.signTitle, name: null }, recipients: guests,
  };
}

function agendaLine({ t }: Setting, { title, minutes: length, presenter }: MeetingPage['agenda'][number]): string {
  const more = [presenter && t.presents(presenter), length && t.minutes(String(length))].filter(Boolean).join(', ');
  return more ? `${title} (${more})` : title;
}

function minutes(setting: Setting, guests: readonly string[]): Part {
  const { meeting, lang, t } = setting;
  const came = meeting.guests.map((guest) => ({
    label: nameOf(guest, lang), value: guest.attendance === null || guest.attendance === 'absent' ? t.absent : [guest.came || t.present, guest.attendance === 'late' ? t.late : ''].filter(Boolean).join(', '),
  }));
  return {
    subject: meeting.title,
    body: [
      { type: 'facts', rows: [{ label: t.begins, value: moment(setting, meeting.startsAt) }, { label: t.place, value: meeting.place }, { label: t.code, value: meeting.code }] },
      { type: 'heading', level: 1, text: t.people },
      { type: 'facts', rows: [{ label: t.chair, value: `${meeting.chair}, ${nameOf(meeting.agency, lang)}` }, { label: t.secretary, value: meeting.secretary }, ...came] },
      { type: 'heading', level: 1, text: t.course },
      ...meeting.agenda.flatMap((item): Block[] => [
        { type: 'heading', level: 2, text: item.title },
        ...said(t.discussion, item.written?.discussion), ...said(t.statements, item.written?.statements), ...said(t.itemConclusion, item.written?.conclusion),
        ...(item.written ? [] : paragraphs(t.nothingSaid)),
      ]),
      { type: 'heading', level: 1, text: t.concludes }, ...paragraphs(meeting.conclusion?.body ?? ''),
      ...corrections(setting, 'minutes'),
      ...paragraphs(meeting.endedAt ? t.ends(moment(setting, meeting.endedAt)) : t.endsOpen),
    ],
    signature: { authority: [], title: t.chairSigns, name: meeting.chair }, countersignature: { authority: [], title: t.secretarySigns, name: meeting.secretary }, recipients: guests,
  };
}

function said(label: string, text: string | undefined): Block[] {
  return text ? [{ type: 'paragraph', text: [{ text: `${label}:`, italic: true }] }, ...paragraphs(text)] : [];
}

function corrections({ meeting, t }: Setting, part: 'minutes' | 'conclusion'): Block[] {
  const found = meeting.addenda.filter((one) => one.part === part);
  return found.length === 0 ? [] : [{ type: 'heading', level: 1, text: t.corrections }, ...found.flatMap((one) => paragraphs(t.correction(formatDate(one.at), one.body, one.reason)))];
}

function conclusion(setting: Setting, guests: readonly string[]): Part {
  const { meeting, lang, t } = setting;
  const present = meeting.guests.filter((guest) => guest.attendance === 'present' || guest.attendance === 'late').map((guest) => nameOf(guest, lang));
  return {
    subject: t.conclusionOf(meeting.title),
    body: [
      { type: 'paragraph', text: t.opening(formatDate(meeting.startsAt), meeting.place, nameOf(meeting.agency, lang), meeting.chair) },
      ...(present.length > 0 ? paragraphs(t.withAgencies(present.join('; '))) : []),
      { type: 'paragraph', text: t.agreed }, ...paragraphs(meeting.conclusion?.body ?? ''),
      ...(meeting.actions.length === 0 ? [] : [
        { type: 'heading', level: 1, text: t.actions },
        {
          type: 'table', columns: [{ head: t.columns.place, width: 1, isNumeric: true }, { head: t.columns.what, width: 6 }, { head: t.columns.who, width: 4 }, { head: t.columns.due, width: 2.4 }],
          rows: meeting.actions.map((action, index) => [String(index + 1), action.what, action.agencyName, formatDate(action.dueOn)]),
        },
      ] satisfies Block[]),
      ...corrections(setting, 'conclusion'),
      { type: 'paragraph', text: t.told(nameOf(meeting.agency, lang)) },
    ],
    signature: { authority: [], title: t.signTitle, name: null }, recipients: guests,
  };
}
