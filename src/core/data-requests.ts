import type { Label } from '#catalogue/label.ts';
import { dueAt, localDate, type Calendar, type DeadlineName } from './deadlines.ts';
import type { Transition } from './transitions.ts';

/** What a person may ask about their own data (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP). */
export const REQUEST_KINDS = ['access', 'correct', 'erase', 'restrict', 'withdraw', 'object'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const REQUEST_STATES = ['filed', 'acknowledged', 'done', 'refused'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What of a report a request can remove: the sealed contact, the pictures, the words with all that repeats them. */
export const REQUEST_PARTS = ['contact', 'pictures', 'words'] as const;
export type RequestPart = (typeof REQUEST_PARTS)[number];

/** One kind of request: how long it may take, how much longer once, what it may remove, whether it must say something. */
export interface RequestRule {
  readonly label: Label;
  readonly due: DeadlineName;
  readonly more: DeadlineName;
  readonly parts: readonly RequestPart[];
  /** The person writes what is meant (what is wrong, what shall go). */
  readonly words: 'required' | 'optional';
  /** Carried out by the software in the moment it is asked. */
  readonly atOnce: boolean;
}

/** The rules by kind; the clocks are rows of `DEADLINES`. */
export const REQUEST_RULES: Readonly<Record<RequestKind, RequestRule>> = {
  access: {
    label: { vi: 'Xem và nhận bản sao', en: 'See it and get a copy' },
    due: 'dataSubjectAccess', more: 'dataSubjectAccessMore', parts: [], words: 'optional', atOnce: true,
  },
  correct: {
    label: { vi: 'Sửa điều ghi sai', en: 'Correct what is wrong' },
    due: 'dataSubjectAccess', more: 'dataSubjectAccessMore', parts: [], words: 'required', atOnce: false,
  },
  erase: {
    label: { vi: 'Xóa', en: 'Erase' },
    due: 'dataSubjectErase', more: 'dataSubjectEraseMore', parts: REQUEST_PARTS, words: 'required', atOnce: false,
  },
  restrict: {
    label: { vi: 'Hạn chế sử dụng', en: 'Restrict its use' },
    due: 'dataSubjectRestrict', more: 'dataSubjectRestrictMore', parts: ['contact'], words: 'required', atOnce: false,
  },
  withdraw: {
    label: { vi: 'Rút đồng ý cho liên hệ', en: 'Withdraw consent to be contacted' },
    due: 'dataSubjectRestrict', more: 'dataSubjectRestrictMore', parts: ['contact'], words: 'optional', atOnce: true,
  },
  object: {
    label: { vi: 'Phản đối việc xử lý', en: 'Object to its processing' },
    due: 'dataSubjectRestrict', more: 'dataSubjectRestrictMore', parts: REQUEST_PARTS, words: 'required', atOnce: false,
  },
};

const OFFICERS = ['intake', 'case_officer', 'administrator'] as const;

/** Request: filed → acknowledged → done | refused; what the software does at once goes straight to done. */
export const REQUEST_TRANSITIONS: readonly Transition<RequestState>[] = [
  { action: 'acknowledge', from: ['filed'], to: 'acknowledged', label: { vi: 'Xác nhận đã nhận yêu cầu', en: 'Acknowledge the request' }, by: OFFICERS, reason: 'none' },
  { action: 'do_at_once', from: ['filed'], to: 'done', label: { vi: 'Làm ngay', en: 'Done at once' }, by: ['system'], reason: 'none' },
  { action: 'do', from: ['acknowledged'], to: 'done', label: { vi: 'Đã thực hiện', en: 'Carry out' }, by: OFFICERS, reason: 'required' },
  { action: 'refuse', from: ['acknowledged'], to: 'refused', label: { vi: 'Không thực hiện, nêu lý do', en: 'Refuse with reasons' }, by: OFFICERS, reason: 'required' },
];

/** The last days of a request filed at an instant, YYYY-MM-DD: to answer that it came, and to carry it out. */
export function requestClocks(kind: RequestKind, filedAt: Date, calendar: Calendar): { readonly answerBy: string; readonly doBy: string } {
  return { answerBy: localDate(dueAt('dataSubjectAnswer', filedAt, calendar)), doBy: localDate(dueAt(REQUEST_RULES[kind].due, filedAt, calendar)) };
}

/** The last day after the one extension the decree allows, counted from the day it was due. `doBy` YYYY-MM-DD. */
export function extendedUntil(kind: RequestKind, doBy: string, calendar: Calendar): string {
  return localDate(dueAt(REQUEST_RULES[kind].more, new Date(`${doBy}T00:00:00+07:00`), calendar));
}

/** Which clock of an open request has run out on a day (YYYY-MM-DD); null when none has, or when it is decided. */
export function overdue(
  request: { readonly state: RequestState; readonly answerBy: string; readonly doBy: string; readonly extendedUntil: string | null }, today: string,
): 'answer' | 'do' | null {
  if (request.state === 'done' || request.state === 'refused') return null;
  if ((request.extendedUntil ?? request.doBy) < today) return 'do';
  return request.state === 'filed' && request.answerBy < today ? 'answer' : null;
}

/** An e-mail address or a telephone number of which only enough is left to recognise one's own: `l•••@nguoidan.example`, `••• 678`. */
export function masked(contact: string): string {
  const at = contact.indexOf('@');
  return at > 0 ? `${contact[0]}•••${contact.slice(at)}` : `••• ${contact.replace(/\D/g, '').slice(-3)}`;
}
