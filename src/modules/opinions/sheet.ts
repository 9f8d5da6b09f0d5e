import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { answerLine, tallySentences } from './letter.ts';
import type { ConsultationView } from './types.ts';

/** What a cell of Excel holds at most. */
const LONGEST_CELL = 32_767;

/** A text cell: the format keeps it text when it is edited, whatever it begins with ("=", "+", "-", "@" start no formula). */
function text(value: string, style: CellObject = {}): CellObject {
  return { wrap: true, alignVertical: 'top', ...style, value: storable(value), type: String, format: '@' };
}

/** write-excel-file keeps its strings in an object, where `constructor` and the like are found before they were put in. */
function storable(value: string): string {
  const shown = value.slice(0, LONGEST_CELL - 1).toWellFormed().replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return shown in Object.prototype ? `${shown} ` : shown;
}

const heading = (value: string): CellObject => text(value, { fontWeight: 'bold', backgroundColor: '#e8f0ea' });

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
  return writeXlsxFile([
    { sheet: s.answers, data: [heads.map(heading), ...rows], columns, stickyRowsCount: 1 },
    { sheet: s.counts, data: [...facts, ...counts], columns: [{ width: 24 }, { width: 80 }] },
  ]).toBuffer();
}
