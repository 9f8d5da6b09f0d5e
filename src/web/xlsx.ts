import type { CellObject, Sheet } from 'write-excel-file/node';

/** What a cell of Excel holds at most. */
const LONGEST_CELL = 32_767;
const HEAD: CellObject = { fontWeight: 'bold', backgroundColor: '#e8f0ea' };

/** A text cell: the format keeps it text when it is edited, whatever it begins with ("=", "+", "-", "@" start no formula), and zeros in front stay. */
export function textCell(value: string, style: CellObject = {}): CellObject {
  return { wrap: true, alignVertical: 'top', ...style, value: storable(value), type: String, format: '@' };
}

/** The heading of a column. */
export function headCell(value: string, style: CellObject = {}): CellObject {
  return textCell(value, { ...HEAD, ...style });
}

/** write-excel-file keeps its strings in an object, where `constructor` and the like are found before they were put in. */
function storable(value: string): string {
  const shown = value.slice(0, LONGEST_CELL - 1).toWellFormed().replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return shown in Object.prototype ? `${shown} ` : shown;
}

/** Sheets as an XLSX file; all of it is held in memory while it is written. The library is loaded with the first one. */
export async function workbook(sheets: Sheet<Buffer>[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(sheets as Parameters<typeof writeXlsxFile>[0]).toBuffer();
}
