import { BorderStyle, LineRuleType, Paragraph, Table, TableBorders, TableLayoutType, WidthType, type TableCell, TableRow } from 'docx';

/** The page of Decree 30/2020, annex I, I.1–3: A4, in mm; margins are the smallest at the right and around, for the longest lines. */
export const PAGE = { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15, header: 10 } as const;

/** Sizes in points that annex I, V gives as its own examples. */
export const SIZE = {
  nation: 12, motto: 13, agency: 12, number: 13, date: 13, name: 14, about: 12, body: 14, table: 13, signature: 14, recipientsHead: 12,
  recipients: 11, stamp: 13, page: 14, contact: 11, caption: 12,
} as const;

/** Widths of the two columns at the head and at the end of a letter, in twips. */
export const SIDES = { left: twips(73), right: twips(92) } as const;

/** Six points, the least between paragraphs (annex I, II.6.e). */
export const GAP = 120;

/** Millimetres in twips (1/20 pt), the unit of Word. */
export function twips(millimetres: number): number {
  return Math.round(millimetres * 1440 / 25.4);
}

/** Points as Word writes sizes of letters: halves. */
export function halves(points: number): number {
  return points * 2;
}

/** A rule in the middle of a column, `width` twips long, as wide as a paragraph that is nothing but its upper border. */
export function rule(width: number, column: number, after = 0): Paragraph {
  const left = Math.max(0, Math.round((column - width) / 2));
  return new Paragraph({
    indent: { left, right: left },
    spacing: { before: 40, after, line: 60, lineRule: LineRuleType.EXACT },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 0, color: '000000' } },
  });
}

/** An empty line of 2 pt: Word joins tables that touch, and wants a paragraph after a table in a cell. It stays with what follows; `after` in twips. */
export function hairline(after = 0): Paragraph {
  return new Paragraph({ keepNext: true, spacing: { before: 0, after, line: 40, lineRule: LineRuleType.EXACT } });
}

/** Cells side by side without rules or padding, `indent` twips from the margin. Rows are not split over pages. */
export function columns(widths: readonly number[], rows: readonly (readonly TableCell[])[], indent = 0): Table {
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: TableBorders.NONE,
    margins: { left: 0, right: 0, top: 0, bottom: 0 },
    indent: { size: indent, type: WidthType.DXA },
    rows: rows.map((children) => new TableRow({ cantSplit: true, children: [...children] })),
  });
}
