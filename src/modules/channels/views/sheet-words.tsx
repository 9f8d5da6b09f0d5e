import type { ComponentChildren, VNode } from 'preact';
import { defang, extract } from '#core/indicators/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { RowIssue, RowProblem } from '../sheet/check.ts';
import { SHEET_FIELDS } from '../sheet/mapping.ts';
import type { SheetState } from '../sheet-queries.ts';

/** Where the pages of spreadsheets are. */
export const SHEETS = '/can-bo/bang-tinh';

/** The page of one spreadsheet. */
export function sheetHref(id: string): string {
  return `${SHEETS}/${id}`;
}

const TONES: Readonly<Record<SheetState, Tone>> = { uploaded: 'amber', running: 'sky', done: 'moss', quarantined: 'rose', cancelled: 'plain' };

/** The state of a spreadsheet as a badge. */
export function StateBadge({ lang, state }: { lang: Lang; state: SheetState }): VNode {
  return <Badge tone={TONES[state]}>{messages(lang).sheets.states[state]}</Badge>;
}

/** Why a file as a whole is refused, in words. */
export function reasonWords(reason: string | null, lang: Lang): string {
  const { reasons, quarantined } = messages(lang).sheets;
  return reason !== null && Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : quarantined.unknown;
}

/** What to do about a fault of a row, in words. */
export function issueWords(issue: RowIssue, lang: Lang): string {
  const { sheets: { issues }, portal } = messages(lang);
  return Object.hasOwn(issues, issue) ? issues[issue as keyof typeof issues] : portal.issues[issue as keyof typeof portal.issues];
}

/** The name of a column from 0 as the spreadsheet shows it: A, B … Z, AA. */
export function columnLetters(column: number): string {
  return (column >= 26 ? columnLetters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Where a fault stands: the column's letter and what it means. */
export function placeWords({ column, field }: Pick<RowProblem, 'column' | 'field'>, lang: Lang): string {
  const { sheets } = messages(lang);
  const label = field === null ? sheets.refused.anyColumn : SHEET_FIELDS[field].label[lang];
  return column === null ? label : sheets.place(columnLetters(column), label);
}

/** A count with its plural: the number as text, and whether it is one. */
export function counted(count: number, lang: Lang): [string, boolean] {
  return [formatNumber(count, lang), count === 1];
}

/** Words of a cell with the addresses in them made harmless. */
export function harmless(text: string): string {
  const found = extract(text).filter(({ kind }) => kind === 'url' || kind === 'domain').map(({ asSent }) => asSent).toSorted((a, b) => b.length - a.length);
  return found.reduce((shown, address) => shown.replaceAll(address, defang(address)), text);
}

/** The beginning of a text, cut between words. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, text.lastIndexOf(' ', most) > most / 2 ? text.lastIndexOf(' ', most) : most)}…`;
}

/** A part done of a whole, as a bar; the words beside it say the same. */
export function Bar({ label, done, total }: { label: string; done: number; total: number }): VNode {
  const percent = Math.min(100, Math.floor((done / Math.max(total, 1)) * 100));
  return (
    <div class="steps" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <svg width="100%" height="10" aria-hidden="true">
        <rect class="track" width="100%" height="10" rx="5" />
        <rect width={`${percent}%`} height="10" rx="5" />
      </svg>
    </div>
  );
}

/** Sentences of a list. */
export function Lines({ items }: { items: readonly ComponentChildren[] }): VNode {
  return <ul>{items.map((item) => <li>{item}</li>)}</ul>;
}

/** What one cell of a table holds, one below the other; held together where the row becomes a card. */
export function Stack({ items }: { items: readonly ComponentChildren[] }): VNode {
  return <div>{items.map((item) => <span class="sub say">{item}</span>)}</div>;
}
