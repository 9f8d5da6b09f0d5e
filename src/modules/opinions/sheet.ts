import type { Row } from 'write-excel-file/node';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { headCell, textCell as text, workbook } from '#web/xlsx.ts';
import { answerLine, tallySentences } from './letter.ts';
import type { ConsultationView } from './types.ts';

/** The answers side by side as XLSX: an agency to a row, the points asked as columns; a second sheet counts. */
export async function synthesisSheet(asked: ConsultationView): Promise<Buffer> {
  const { paper: p, sheet: s } = messages('vi').opinions;
  const heads = [p.columns.place, p.columns.agency, p.columns.answer, p.columns.reasons, ...asked.points.map((point, index) => s.point(String(index + 1), point)), s.instead, s.at, s.versions];
  const rows: Row[] = asked.opinions.map((one, index) => {
    const [newest] = one.versions;
    return [
      text(String(index + 1)), text(one.agency), text(answerLine(one, 'vi')), text(newest?.reasons ?? ''), ...asked.points.map((_, at) => text(newest?.onPoints[at] ?? '')), text(newest?.instead ?? ''),
      text(newest ? formatDateTime(newest.at, 'vi') : ''), text(String(one.versions.length)),
    ];
  });
  const columns = [{ width: 6 }, { width: 34 }, { width: 30 }, { width: 60 }, ...asked.points.map(() => ({ width: 40 })), { width: 30 }, { width: 22 }, { width: 12 }];
  const facts: Row[] = [[text(s.code), text(asked.code)], [text(s.of), text(asked.title)], [text(s.case), text(asked.caseNumber)], [text(s.due), text(formatDate(asked.dueOn))]];
  const counts: Row[] = tallySentences(asked, 'vi').map((sentence) => [text(s.result), text(sentence)]);
  return workbook([
    { sheet: s.answers, data: [heads.map((head) => headCell(head)), ...rows], columns, stickyRowsCount: 1 },
    { sheet: s.counts, data: [...facts, ...counts], columns: [{ width: 24 }, { width: 80 }] },
  ]);
}
