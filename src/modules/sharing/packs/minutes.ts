import type { Letterhead } from '#modules/directory/index.ts';
import { letterTop } from '#modules/documents/index.ts';
import type { Letter } from '#web/docx/letter.ts';
import { formatDate } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';

/** What the minutes of a hand-over say. */
export interface MinutesOf {
  readonly head: Letterhead;
  readonly code: string;
  readonly caseNumber: string;
  readonly recipient: string;
  readonly why: string;
  readonly ground: string;
  /** `yyyy-mm-dd` */
  readonly expiresOn: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** Minutes of a hand-over with every file and its hash (NĐ 30/2020/NĐ-CP, form 1.9); numbers and names stay open for both sides. Always Vietnamese: a paper. */
export function packMinutes(says: MinutesOf): Letter {
  const t = messages('vi').sharing.minutes;
  return {
    ...letterTop('bien_ban', says.head, null), urgency: null, subject: t.heading(says.code), to: [], annexes: [], recipients: [says.recipient, t.archive],
    body: [
      { type: 'paragraph', text: t.begins }, { type: 'paragraph', text: t.where },
      { type: 'heading', level: 1, text: t.sides },
      { type: 'facts', rows: [{ label: t.giver, value: t.person(says.head.name) }, { label: t.taker, value: t.person(says.recipient) }] },
      { type: 'heading', level: 1, text: t.about },
      { type: 'facts', rows: [{ label: t.case, value: says.caseNumber }, { label: t.code, value: says.code }, { label: t.why, value: says.why }, ...(says.ground ? [{ label: t.ground, value: says.ground }] : [])] },
      { type: 'heading', level: 1, text: t.files },
      {
        type: 'table', columns: [{ head: t.place, width: 1, isNumeric: true }, { head: t.file, width: 5 }, { head: t.bytes, width: 2, isNumeric: true }, { head: t.hash, width: 6 }],
        rows: says.files.map(({ name, bytes, sha256 }, index) => [String(index + 1), name.replaceAll('/', ' / '), String(bytes), sha256.match(/.{8}/g)!.join(' ')]),
      },
      { type: 'paragraph', text: t.duty(formatDate(says.expiresOn)) }, { type: 'paragraph', text: t.ends },
    ],
    signature: { authority: [], title: t.takerSigns, name: null }, countersignature: { authority: [], title: t.giverSigns, name: null },
  };
}
