import { registerKind } from '#catalogue/document-types.ts';
import { writtenNumber } from '#core/registers.ts';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { IncomingRow, OutgoingRow } from './types.ts';

/** The registers: outgoing, incoming, follow-up; also the last part of their address. */
export const BOOKS = ['di', 'den', 'theo-doi'] as const;
export type Book = (typeof BOOKS)[number];

const day = (on: string | null): string => (on === null ? '' : formatDate(on));
const lines = (...parts: readonly string[]): string => parts.filter(Boolean).join('\n');

/** The kind of a document in words; '' for none. */
export function kindWord(code: string, lang: Lang): string {
  return registerKind(code)?.label[lang] ?? '';
}

function kindAndTitle(kind: string, title: string, lang: Lang): string {
  const word = kindWord(kind, lang);
  return word === '' ? title : messages(lang).registers.kindTitle(word, title);
}

/** Number and symbol as printed; '' while there is none. */
export function outgoingNumber({ number, symbol }: Pick<OutgoingRow, 'number' | 'symbol'>): string {
  return number === null ? '' : writtenNumber(number, symbol);
}

/** The ten columns of the outgoing register (NĐ 30/2020 phụ lục IV, mục I.2), in their order. */
export function outgoingCells(row: OutgoingRow, lang: Lang): string[] {
  const t = messages(lang).registers;
  return [
    outgoingNumber(row), day(row.issuedOn), kindAndTitle(row.kind, row.title, lang), row.signer, row.addressees.join('; '), row.keptBy, row.copies === null ? '' : String(row.copies), day(row.dispatchedOn), row.receipt,
    lines(row.cancelReason === null ? '' : t.cancelled(row.cancelReason), row.corrects ? t.correctsNote(outgoingNumber(row.corrects)) : '', row.gapReason === null ? '' : t.gapNote(row.gapReason), row.note),
  ];
}

/** Who wrote an incoming document; for a letter of a person that the counter numbered only that it is one. */
export function issuerWord(row: IncomingRow, lang: Lang): string {
  const { arrivals } = messages(lang).registers;
  return row.issuer ?? (row.media === 'letter' ? arrivals.letter : row.media === 'edxml' ? arrivals.edxml : arrivals.other);
}

/** What an incoming document is about. */
export function incomingTitle(row: IncomingRow, lang: Lang): string {
  const { arrivals } = messages(lang).registers;
  return kindAndTitle(row.kind, row.title ?? (row.reportCode === null ? arrivals.waiting : arrivals.title(row.reportCode)), lang);
}

const recipientWord = (row: IncomingRow): string => lines(row.recipient, row.officer ?? '');
const cancelledWord = (row: IncomingRow, lang: Lang): string => (row.cancelReason === null ? '' : messages(lang).registers.cancelled(row.cancelReason));

/** The ten columns of the incoming register (mục VI.2), in their order. */
export function incomingCells(row: IncomingRow, lang: Lang): string[] {
  return [
    day(row.arrivedOn), String(row.number).padStart(2, '0'), issuerWord(row, lang), row.code, day(row.issuedOn), incomingTitle(row, lang), recipientWord(row), day(row.passedOn), row.receipt, lines(cancelledWord(row, lang), row.note),
  ];
}

/** The seven columns of the follow-up register (mục VIII.2), in their order. */
export function followCells(row: IncomingRow, lang: Lang): string[] {
  const t = messages(lang).registers;
  return [
    String(row.number).padStart(2, '0'), [incomingTitle(row, lang), row.code, day(row.issuedOn), issuerWord(row, lang)].filter(Boolean).join(', '), recipientWord(row), day(row.dueOn), row.progress, row.answerCode,
    lines(row.answeredOn === null ? '' : t.answeredNote(formatDate(row.answeredOn)), row.note),
  ];
}
