import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { ALERT_ANSWERS, ALERT_WAYS } from '#catalogue/alerts.ts';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { tallyRows } from './tally.ts';
import type { AlertLetter, SummaryRow, Tally } from './types.ts';

const LONGEST_CELL = 32_767;
const HEAD: CellObject = { fontWeight: 'bold', backgroundColor: '#e8f0ea', wrap: true, alignVertical: 'top' };

/** A text cell, whatever it begins with ("=", "+", "-", "@" start no formula). */
function text(value: string, style: CellObject = { wrap: true, alignVertical: 'top' }): CellObject {
  const shown = value.slice(0, LONGEST_CELL - 1).toWellFormed().replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  // write-excel-file keeps its strings in an object, where `constructor` and the like are found before they were put in.
  return { ...style, value: shown in Object.prototype ? `${shown} ` : shown, type: String, format: '@' };
}

function number(value: number | null): CellObject | null {
  return value === null ? null : { value, type: Number, alignVertical: 'top' };
}

/** The summary as a workbook: the counts, then every agency. */
export async function summarySheet(letter: AlertLetter, rows: readonly SummaryRow[], tally: Tally, lang: Lang): Promise<Buffer> {
  const { columns, sheets, ...t } = messages(lang).alerts.sheet;
  const counts: Row[] = [
    [text(letter.code, HEAD), text(letter.title, HEAD)],
    [text(t.sent), number(tally.sent)], [text(t.read), number(tally.read)], [text(t.answered), number(tally.answered)],
    ...tallyRows(tally, lang).map(([label, n]): Row => [text(label), number(n)]),
    [text(columns.checked), number(tally.machinesChecked)], [text(columns.affected), number(tally.machinesAffected)],
  ];
  const list: Row[] = [
    [columns.agency, columns.phones, columns.read, columns.reader, columns.answer, columns.until, columns.checked, columns.affected, columns.words, columns.way, columns.informant, columns.at].map((head) => text(head, HEAD)),
    ...rows.map(({ last, ...row }): Row => [
      text(row.name), text(row.phones.join(', ')), text(row.readAt ? formatDateTime(row.readAt, lang) : ''), text(row.reader ?? ''),
      text(last ? ALERT_ANSWERS.find(({ code }) => code === last.answer)!.label[lang] : ''), text(last?.untilOn ? formatDate(last.untilOn) : ''), number(last?.machinesChecked ?? null), number(last?.machinesAffected ?? null),
      text(last?.words ?? ''), text(last ? ALERT_WAYS[last.way][lang] : ''), text(last?.informant ?? ''), text(last ? formatDateTime(last.at, lang) : ''),
    ]),
  ];
  return writeXlsxFile([
    { data: counts, sheet: sheets.counts, columns: [{ width: 40 }, { width: 60 }] },
    { data: list, sheet: sheets.agencies, columns: [44, 18, 20, 24, 28, 14, 12, 12, 60, 16, 28, 20].map((width) => ({ width })), stickyRowsCount: 1 },
  ]).toBuffer();
}
