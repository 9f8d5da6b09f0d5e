import type { CellObject, Row } from 'write-excel-file/node';
import { ALERT_ANSWERS, ALERT_WAYS } from '#catalogue/alerts.ts';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { headCell, textCell as text, workbook } from '#web/xlsx.ts';
import { tallyRows } from './tally.ts';
import type { AlertLetter, SummaryRow, Tally } from './types.ts';

function number(value: number | null): CellObject | null {
  return value === null ? null : { value, type: Number, alignVertical: 'top' };
}

/** The summary as a workbook: the counts, then every agency. */
export async function summarySheet(letter: AlertLetter, rows: readonly SummaryRow[], tally: Tally, lang: Lang): Promise<Buffer> {
  const { columns, sheets, ...t } = messages(lang).alerts.sheet;
  const counts: Row[] = [
    [headCell(letter.code), headCell(letter.title)],
    [text(t.sent), number(tally.sent)], [text(t.read), number(tally.read)], [text(t.answered), number(tally.answered)],
    ...tallyRows(tally, lang).map(([label, n]): Row => [text(label), number(n)]),
    [text(columns.checked), number(tally.machinesChecked)], [text(columns.affected), number(tally.machinesAffected)],
  ];
  const list: Row[] = [
    [columns.agency, columns.phones, columns.read, columns.reader, columns.answer, columns.until, columns.checked, columns.affected, columns.words, columns.way, columns.informant, columns.at].map((head) => headCell(head)),
    ...rows.map(({ last, ...row }): Row => [
      text(row.name), text(row.phones.join(', ')), text(row.readAt ? formatDateTime(row.readAt, lang) : ''), text(row.reader ?? ''),
      text(last ? ALERT_ANSWERS.find(({ code }) => code === last.answer)!.label[lang] : ''), text(last?.untilOn ? formatDate(last.untilOn) : ''), number(last?.machinesChecked ?? null), number(last?.machinesAffected ?? null),
      text(last?.words ?? ''), text(last ? ALERT_WAYS[last.way][lang] : ''), text(last?.informant ?? ''), text(last ? formatDateTime(last.at, lang) : ''),
    ]),
  ];
  return workbook([
    { data: counts, sheet: sheets.counts, columns: [{ width: 40 }, { width: 60 }] },
    { data: list, sheet: sheets.agencies, columns: [44, 18, 20, 24, 28, 14, 12, 12, 60, 16, 28, 20].map((width) => ({ width })), stickyRowsCount: 1 },
  ]);
}
