import { DOCX, XLSX } from '#platform/download.ts';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { headCell, textCell as text, workbook } from '#web/xlsx.ts';
import type { Book } from './cells.ts';
import type { Period } from './types.ts';

/** Shares of the width of the prescribed columns on A4 landscape, in mm of 252. */
const WIDTHS: Readonly<Record<Book, readonly number[]>> = {
  di: [33, 21, 52, 25, 36, 22, 14, 21, 16, 22],
  den: [21, 14, 34, 30, 21, 54, 30, 21, 17, 20],
  'theo-doi': [16, 84, 34, 24, 42, 30, 22],
};

/** What of a register goes into a file. */
export interface RegisterFile {
  readonly book: Book;
  /** As it was called at the end of the period. */
  readonly agency: string;
  readonly period: Period;
  readonly rows: readonly (readonly string[])[];
  readonly lang: Lang;
}

export const FORMATS = ['docx', 'xlsx', 'csv'] as const;
export type Format = (typeof FORMATS)[number];
export const MEDIA: Readonly<Record<Format, string>> = {
  docx: DOCX, xlsx: XLSX, csv: 'text/csv; charset=utf-8',
};

/** The line under the title: "Từ ngày 01/01/2026 đến ngày 31/12/2026". */
export function periodLine({ from, to }: Period, lang: Lang): string {
  return messages(lang).registers.period.line(formatDate(from), formatDate(to));
}

/** A register as a file in the prescribed columns. */
export async function registerFile(file: RegisterFile, format: Format): Promise<Uint8Array> {
  if (format === 'docx') return docx(file);
  return format === 'xlsx' ? xlsx(file) : Buffer.from(csv(file), 'utf8');
}

async function docx({ book, agency, period, rows, lang }: RegisterFile): Promise<Buffer> {
  const { renderRegister } = await import('#web/docx/register.ts');
  const t = messages(lang).registers;
  return renderRegister({
    agency, title: t.books[book], period: periodLine(period, lang), rows, language: lang, columns: t.columns[book].map((head, index) => ({ head, width: WIDTHS[book][index]! })),
  });
}

function xlsx({ book, agency, period, rows, lang }: RegisterFile): Promise<Buffer> {
  const t = messages(lang).registers;
  const data = [
    [text(agency, { wrap: false, fontWeight: 'bold' })], [text(t.books[book], { wrap: false, fontWeight: 'bold' })], [text(periodLine(period, lang), { wrap: false })],
    t.columns[book].map((name) => headCell(name, { align: 'center' })), t.columns[book].map((_, index) => headCell(`(${index + 1})`, { align: 'center' })), ...rows.map((row) => row.map((cell) => text(cell))),
  ];
  return workbook([{ data, sheet: t.tabs[book], columns: WIDTHS[book].map((width) => ({ width: Math.round(width * 0.7) })), stickyRowsCount: 5, orientation: 'landscape' }]);
}

/** Semicolons and a byte order mark: how spreadsheets in Vietnamese open it as it is. */
function csv({ book, rows, lang }: RegisterFile): string {
  return `\ufeff${[messages(lang).registers.columns[book], ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** A cell that no spreadsheet takes for a formula. Source: OWASP, CSV Injection. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
