import { AlignmentType, BorderStyle, HeightRule, Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlign, WidthType, type FileChild } from 'docx';
import { formatLongDate } from '../format.ts';
import { messages } from '../i18n/index.ts';
import { closed } from './blocks.ts';
import { columns, GAP, hairline, halves, rule, SIDES, SIZE, twips } from './page.ts';
import { capitals, printed, wordRuns } from './words.ts';
import { evenLines, widthOf } from './widths.ts';
import { DOCUMENT_TYPES, type Letter, type Urgency } from './letter.ts';

/** A rule under a title is between 1/3 and 1/2 of the line above (annex I, II.2.b, II.5.b). */
const RULE_SHARE = 0.4;
/** Widths of the stamps in mm; all are 8 mm high (annex I, III.2.b). */
const STAMP_WIDTH: Readonly<Record<Urgency, number>> = { hoa_toc: 30, thuong_khan: 40, khan: 20 };
const STAMP_HEIGHT = 8;
/** Room for other languages' longer words. */
const STAMP_SIDES = twips(4);
const STAMP_RED = 'FF0000';
/** Where the names start when a letter goes to several. */
const ADDRESSEE_INDENT = twips(30);
/** A gap for what the clerk writes by hand. */
const OPEN = '\u00a0'.repeat(8);

/** Everything above the text: nation and issuer, number and date, stamp, title and whom it is for. `width` in twips. */
export function headOf(letter: Letter, width: number): FileChild[] {
  const { paper } = messages(letter.language);
  const isNamed = DOCUMENT_TYPES[letter.kind].isNamed;
  return [
    ...(letter.isUnofficialTranslation === true ? [centred(paper.unofficial, SIZE.body, { italics: true }, GAP)] : []),
    columns([SIDES.left, SIDES.right], [
      [side('left', issuer(letter)), side('right', nation(letter))],
      [side('left', number(letter)), side('right', date(letter))],
    ]),
    ...(isNamed ? title(letter, width) : [hairline()]),
    ...addressees(letter),
  ];
}

/** Number and symbol after "Số", without it: "05/TB-SVHTTDL"; a single digit gets a zero (annex I, II.3.c), an open number a gap. */
export function numberOf({ number: { value, symbol } }: Letter): { value: string; symbol: string } {
  const digits = value?.trim() ?? OPEN;
  return { value: /^\d$/.test(digits) ? `0${digits}` : digits, symbol };
}

/** "ngày 03 tháng 11 năm 2026"; gaps while the date is open. Throws RangeError for a day that is none. */
export function dateOf({ date: day, language }: Letter): string {
  const { paper } = messages(language);
  if (day === null) return paper.openDate(paper.undated);
  if (new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) throw new RangeError(`no such day: ${day}`);
  return formatLongDate(day, language);
}

/**
 * A title of `size` points in even lines in the middle of a column of so many twips, with a short rule under it.
 * @param after gap under the rule in twips
 */
export function ruled(text: string, size: number, face: 'bold' | 'italics', column: number, after = 0): Paragraph[] {
  const weight = face === 'bold' ? 'bold' : 'regular';
  const lines = evenLines(printed(text), size, weight, column);
  const longest = Math.max(...lines.map((line) => widthOf(line, size, weight)));
  return [centred(lines.join('\n'), size, { [face]: true }), rule(Math.round(longest * RULE_SHARE), column, after)];
}

/** Lines in the middle of their column. */
export function centred(text: string, size: number, face: Parameters<typeof wordRuns>[2] = {}, after = 0, before = 0): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before, after }, children: wordRuns(text, size, face) });
}

function side(which: 'left' | 'right', children: readonly (Paragraph | Table)[]): TableCell {
  return new TableCell({ width: { size: SIDES[which], type: WidthType.DXA }, children: [...children] });
}

function nation({ language }: Letter): Paragraph[] {
  const { paper } = messages(language);
  return [
    centred(capitals(paper.nation), SIZE.nation, { bold: true }),
    centred(paper.motto, SIZE.motto, { bold: true }),
    rule(widthOf(paper.motto, SIZE.motto, 'bold'), SIDES.right),
  ];
}

function issuer({ issuer: { parent, name } }: Letter): Paragraph[] {
  return [
    ...(parent === null ? [] : [centred(even(capitals(parent), SIZE.agency, SIDES.left), SIZE.agency)]),
    ...ruled(capitals(name), SIZE.agency, 'bold', SIDES.left),
  ];
}

function number(letter: Letter): (Paragraph | Table)[] {
  const { paper } = messages(letter.language);
  const { value, symbol } = numberOf(letter);
  const line = centred(paper.number(value, symbol), SIZE.number, {}, 0, GAP);
  const about = DOCUMENT_TYPES[letter.kind].isNamed ? [] : [centred(even(`${paper.about} ${withoutAbout(letter.subject)}`, SIZE.about, SIDES.left), SIZE.about, {}, 0, GAP)];
  return [line, ...about, ...(letter.urgency === null ? [] : stamp(letter.urgency, letter))];
}

/** Upright lines as even as can be. */
function even(text: string, size: number, column: number): string {
  return evenLines(printed(text), size, 'regular', column).join('\n');
}

function withoutAbout(subject: string): string {
  return subject.replace(/^\s*V\/v[:\s]+/iu, '');
}

function date(letter: Letter): Paragraph[] {
  if (!DOCUMENT_TYPES[letter.kind].isDated) return [new Paragraph({ children: [] })];
  const words = messages(letter.language).paper.placeDate(letter.place, dateOf(letter));
  return [centred(words, SIZE.date, { italics: true }, 0, GAP)];
}

/** Bright red as the stamp's ink, in a single frame, under the number (annex I, III.2.b). */
function stamp(urgency: Urgency, { language }: Letter): (Paragraph | Table)[] {
  const border = { style: BorderStyle.SINGLE, size: 8, color: STAMP_RED };
  const text = capitals(messages(language).paper.urgency[urgency]);
  const width = { size: Math.max(twips(STAMP_WIDTH[urgency]), widthOf(text, SIZE.stamp, 'bold') + STAMP_SIDES), type: WidthType.DXA };
  const words = new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 0, after: 0 },
    children: [new TextRun({ text, bold: true, size: halves(SIZE.stamp), color: STAMP_RED })] });
  const row = new TableRow({ height: { value: twips(STAMP_HEIGHT), rule: HeightRule.EXACT }, children: [
    new TableCell({ width, verticalAlign: VerticalAlign.CENTER, borders: { top: border, bottom: border, left: border, right: border }, children: [words] }),
  ] });
  const gap = new Paragraph({ spacing: { before: 0, after: 0 }, children: [] });
  return [gap, new Table({ width, columnWidths: [width.size], alignment: AlignmentType.CENTER, rows: [row] }), hairline()];
}

function title({ kind, subject, language }: Letter, width: number): FileChild[] {
  const name = messages(language).paper.kinds[kind];
  return [
    centred(capitals(name), SIZE.name, { bold: true }, 0, 3 * GAP),
    ...ruled(subject, SIZE.name, 'bold', width, 2 * GAP),
  ];
}

/** One in the same line; several each in a line of its own, with dashes under the colon (annex I, II.9.d). */
function addressees({ to, language }: Letter): Paragraph[] {
  const { dear } = messages(language).paper;
  if (to.length === 0) return [];
  if (to.length === 1) return [centred(`${dear} ${to[0]}`, SIZE.body, {}, 2 * GAP, 2 * GAP)];
  const dash = ADDRESSEE_INDENT + widthOf(dear.slice(0, -1), SIZE.body, 'regular');
  const hanging = widthOf('- ', SIZE.body, 'regular');
  const line = (text: string, left: number, before: number, after: number, hangs: number): Paragraph => new Paragraph({
    alignment: AlignmentType.LEFT, indent: { left: left + hangs, hanging: hangs }, spacing: { before, after }, children: wordRuns(text, SIZE.body),
  });
  return [
    line(dear, ADDRESSEE_INDENT, 2 * GAP, 0, 0),
    ...to.map((name, index) => line(`- ${closed(name, index === to.length - 1)}`, dash, 0, index === to.length - 1 ? 2 * GAP : 0, hanging)),
  ];
}
