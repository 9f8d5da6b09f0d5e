import { AlignmentType, BorderStyle, Document, Footer, Header, Packer, PageNumber, PageOrientation, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlign, WidthType } from 'docx';
import type { Lang } from '../i18n/index.ts';
import { centred, ruled } from './head.ts';
import { GAP, halves, hairline, PAGE, SIZE, twips } from './page.ts';
import { MOST_CELLS } from './render.ts';
import { timeless } from './timeless.ts';
import { capitals, wordRuns } from './words.ts';

const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: 'Times New Roman' };
/** Ten columns side by side; the decree sets no size for registers. */
const CELL_SIZE = 11;
const BORDER = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const BORDERS = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER };

/** A register to be printed and bound. */
export interface RegisterSheet {
  /** Name of the agency in the period. */
  readonly agency: string;
  /** "Sổ đăng ký văn bản đi" */
  readonly title: string;
  /** "Từ ngày … đến ngày …" */
  readonly period: string;
  readonly columns: readonly { readonly head: string; readonly width: number }[];
  readonly rows: readonly (readonly string[])[];
  readonly language: Lang;
}

/**
 * A register in the columns of Decree 30/2020, annex IV, on A4 landscape: the heads with their numbers are repeated on every page, no row is cut by
 * one. The same rows give the same bytes. Throws RangeError for ragged rows and more than `MOST_CELLS` cells.
 */
export async function renderRegister({ agency, title, period, columns, rows, language }: RegisterSheet): Promise<Buffer> {
  if (rows.length * columns.length > MOST_CELLS) throw new RangeError(`${rows.length * columns.length} cells in one register`);
  if (rows.some((row) => row.length !== columns.length)) throw new RangeError('ragged rows');
  const width = twips(PAGE.height - PAGE.left - PAGE.right);
  const whole = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.round(width * column.width / whole));
  const table = new Table({
    width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA }, columnWidths: widths, layout: TableLayoutType.FIXED, margins: { left: 60, right: 60, top: 30, bottom: 30 },
    rows: [
      row(columns.map(({ head }) => head), widths, 'head'), row(columns.map((_, index) => `(${index + 1})`), widths, 'head'),
      // A register without rows is printed to be written in by hand.
      ...(rows.length === 0 ? [columns.map(() => '')] : rows).map((cells) => row(cells, widths, 'body')),
    ],
  });
  const document = new Document({
    sections: [{
      properties: { titlePage: true, page: {
        size: { width: twips(PAGE.width), height: twips(PAGE.height), orientation: PageOrientation.LANDSCAPE },
        margin: { top: twips(PAGE.top), bottom: twips(PAGE.bottom), left: twips(PAGE.left), right: twips(PAGE.right), header: twips(PAGE.header), footer: twips(PAGE.bottom), gutter: 0 },
        pageNumbers: { start: 1 },
      } },
      headers: {
        default: new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT], size: halves(SIZE.page) })] })] }),
        first: new Header({ children: [new Paragraph({ children: [] })] }),
      },
      footers: { default: new Footer({ children: [hairline()] }), first: new Footer({ children: [hairline()] }) },
      children: [
        ...ruled(capitals(agency), SIZE.agency, 'bold', width, GAP), centred(capitals(title), SIZE.name, { bold: true }, 0, GAP), centred(period, SIZE.date, { italics: true }, 2 * GAP), table, hairline(),
      ],
    }],
    styles: { default: { document: { run: { font: FONT, size: halves(CELL_SIZE), language: { value: language === 'vi' ? 'vi-VN' : 'en-GB' } }, paragraph: { spacing: { before: 0, after: 0 } } } } },
  });
  const core = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>';
  return timeless(await Packer.toBuffer(document, undefined, [{ path: 'docProps/core.xml', data: core }]));
}

function row(cells: readonly string[], widths: readonly number[], part: 'head' | 'body'): TableRow {
  const isHead = part === 'head';
  return new TableRow({ tableHeader: isHead, cantSplit: true, children: cells.map((text, index) => new TableCell({
    width: { size: widths[index]!, type: WidthType.DXA }, borders: BORDERS, verticalAlign: isHead ? VerticalAlign.CENTER : VerticalAlign.TOP,
    children: [new Paragraph({ alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT, children: wordRuns(text, CELL_SIZE, { bold: isHead }) })],
  })) });
}
