import {
  AlignmentType, BorderStyle, BuilderElement, ImageRun, LineRuleType, PageBreak, Paragraph, StringContainer, Table, TableCell, TableLayoutType, TableRow, TextRun,
  UnderlineType, VerticalAlign, WidthType, type FileChild, type IParagraphOptions,
} from 'docx';
import sharp from 'sharp';
import { encode } from 'uqr';
import { normalise } from '#core/vietnamese.ts';
import { messages, type Lang } from '../i18n/index.ts';
import { columns, GAP, hairline, halves, SIZE, twips } from './page.ts';
import { appended, capitals, linesOf, printed, runsOf, withoutEnd, wordRuns } from './words.ts';
import type { Block, Column, Text } from './letter.ts';

/** Points are lettered in this order, without ă, â, ê, ô, ơ, ư. */
const LETTERS = 'a b c d đ e g h i k l m n o p q r s t u v x y'.split(' ');
/** First line 1,27 cm to the right (annex I, II.6.e). */
const INDENT = 720;
/** Between single and 1,5 lines (annex I, II.6.e). */
const LINE = 264;
const THIN = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const PADDING = { left: twips(1.5), right: twips(1.5), top: 30, bottom: 30 };
const LINK_BLUE = '0000EE';
const QR_WIDTH = 30;
const PIXELS_PER_MM = 96 / 25.4;

/** Counts and counts again what the layout numbers, and pictures, whose ids must differ within a file. */
export interface Counters {
  headings: [number, number, number];
  articles: number;
  pictures: number;
}

/** What the blocks of one part are laid out with. */
export interface Setting {
  /** Width of the text in twips. */
  readonly width: number;
  readonly language: Lang;
  readonly counters: Counters;
}

/** Blocks as Word has them, in order. The last one ends with "./." in Vietnamese when it is text (annex III, all forms). */
export async function layOut(blocks: readonly Block[], setting: Setting): Promise<FileChild[]> {
  const ended = setting.language === 'vi' ? withEnd(blocks) : blocks;
  const laid: FileChild[] = [];
  for (const block of ended) laid.push(...await layOutOne(block, setting, block === ended.at(-1)));
  return laid;
}

async function layOutOne(block: Block, setting: Setting, isLast: boolean): Promise<FileChild[]> {
  const { language, width, counters } = setting;
  switch (block.type) {
    case 'paragraph': return paragraphs(block.text, isLast);
    case 'basis': return block.items.map((item, index) => paragraph([{ text: closed(item, index === block.items.length - 1), italic: true }]));
    case 'banner': return [banner(capitals(block.text))];
    case 'heading': return [heading(block.level, block.text, counters)];
    case 'article': return article(block, ++counters.articles, language, isLast);
    case 'list': return block.items.flatMap((item, index) =>
      paragraphs([{ text: markOf(block.marks, index) }, ...runsOf(item)], isLast && index === block.items.length - 1));
    case 'table': return [table(block.columns, block.rows, block.total, width), hairline(GAP)];
    case 'facts': return [facts(block.rows, width), hairline()];
    case 'note': return [new Paragraph({ alignment: AlignmentType.JUSTIFIED, spacing: { before: GAP, after: GAP },
      children: [...wordRuns(`${messages(language).paper.note} `, SIZE.caption, { bold: true, italics: true }), ...wordRuns(block.text, SIZE.caption, { italics: true })] })];
    case 'qr': return [await qr(block.value, block.caption, counters), caption(block.caption)];
    case 'picture': return [picture(block.png, block.width, block.ratio, block.alt, counters)];
    case 'link': return [paragraph([], { children: link(block.text, webAddress(block.href)) })];
    case 'page_break': return [new Paragraph({ children: [new PageBreak()] })];
    default: return block satisfies never;
  }
}

/** A paragraph for each line: a line that is broken by hand would be stretched to the margin. */
function paragraphs(text: Text, isLast: boolean): Paragraph[] {
  return linesOf(text).map((line) => paragraph(line, { keepNext: isLast }));
}

function paragraph(text: Text, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED, indent: { firstLine: INDENT }, spacing: { before: 0, after: GAP, line: LINE, lineRule: LineRuleType.AUTO },
    children: wordRuns(text, SIZE.body), ...options,
  });
}

/** A field (ISO/IEC 29500-1, 17.16.5.25) and not Word's hyperlink element, whose id the writer of the file draws by lot. */
function link(text: string, address: string): TextRun[] {
  const sign = (type: string): BuilderElement => new BuilderElement({ name: 'w:fldChar', attributes: { type: { key: 'w:fldCharType', value: type } } });
  const instruction = new StringContainer('w:instrText', `HYPERLINK "${address}"`);
  const words = new TextRun({ text: normalise(text), size: halves(SIZE.body), color: LINK_BLUE, underline: { type: UnderlineType.SINGLE } });
  return [new TextRun({ children: [sign('begin')] }), new TextRun({ children: [instruction] }), new TextRun({ children: [sign('separate')] }), words,
    new TextRun({ children: [sign('end')] })];
}

/** Throws RangeError for what is no web address. */
function webAddress(href: string): string {
  const url = URL.parse(href);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new RangeError('a link in a letter is http or https');
  return url.href.replaceAll('\\', '%5C');
}

function banner(text: string): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 2 * GAP, after: 2 * GAP }, children: wordRuns(text, SIZE.body, { bold: true }) });
}

function heading(level: 1 | 2 | 3, text: Text, { headings }: Counters): Paragraph {
  const number = ++headings[level - 1]!;
  headings.fill(0, level);
  const mark = level === 1 ? `${roman(number)}. ` : markOf(level === 2 ? 'number' : 'letter', number - 1);
  const words = level === 1 ? runsOf(text).map((run) => ({ ...run, text: capitals(run.text) })) : runsOf(text);
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED, keepNext: true, indent: { firstLine: INDENT }, spacing: { before: level === 1 ? GAP : 0, after: GAP, line: LINE, lineRule: LineRuleType.AUTO },
    outlineLevel: level - 1, children: wordRuns([{ text: mark }, ...words], SIZE.body, { bold: level < 3 }),
  });
}

function article({ title, text }: Extract<Block, { type: 'article' }>, number: number, language: Lang, isLast: boolean): Paragraph[] {
  const head = `${messages(language).paper.article} ${number}.`;
  if (title === undefined) return paragraphs([{ text: `${head} `, bold: true }, ...runsOf(text ?? '')], isLast);
  return [paragraph([{ text: `${head} ${title}`, bold: true }], { keepNext: true }), ...(text === undefined ? [] : paragraphs(text, isLast))];
}

function table(heads: readonly Column[], rows: readonly (readonly Text[])[], total: readonly Text[] | undefined, width: number): Table {
  const shares = heads.reduce((sum, column) => sum + column.width, 0);
  const widths = heads.map((column) => Math.floor(width * column.width / shares));
  const all = total === undefined ? rows : [...rows, total];
  const odd = all.find((row) => row.length !== heads.length);
  if (odd !== undefined || heads.length === 0) throw new RangeError(`a row of ${odd?.length} cells in a table of ${heads.length} columns`);
  const cell = (text: Text, index: number, isBold: boolean, alignment: IParagraphOptions['alignment']): TableCell => new TableCell({
    width: { size: widths[index]!, type: WidthType.DXA }, verticalAlign: isBold ? VerticalAlign.CENTER : VerticalAlign.TOP, margins: PADDING,
    children: [new Paragraph({ alignment, spacing: { before: 0, after: 0 }, children: wordRuns(text, SIZE.table, { bold: isBold }) })],
  });
  const side = (index: number): IParagraphOptions['alignment'] => (heads[index]!.isNumeric === true ? AlignmentType.RIGHT : AlignmentType.LEFT);
  return new Table({
    width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA }, columnWidths: widths, layout: TableLayoutType.FIXED,
    borders: { top: THIN, bottom: THIN, left: THIN, right: THIN, insideHorizontal: THIN, insideVertical: THIN },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: heads.map(({ head }, index) => cell(head, index, true, AlignmentType.CENTER)) }),
      ...all.map((row, index) => new TableRow({ cantSplit: true, keepNext: total !== undefined && index === rows.length - 1, children:
        row.map((text, at) => cell(text, at, row === total, side(at))) })),
    ],
  });
}

function facts(rows: readonly { readonly label: string; readonly value: Text }[], width: number): Table {
  const label = Math.round(width * 0.32);
  const widths = [label, width - INDENT - label];
  const cell = (text: Text, index: number): TableCell => new TableCell({
    width: { size: widths[index]!, type: WidthType.DXA }, margins: { left: 0, right: twips(2), top: 0, bottom: 0 },
    children: [new Paragraph({ alignment: AlignmentType.LEFT, spacing: { before: 0, after: GAP / 2, line: LINE, lineRule: LineRuleType.AUTO }, children: wordRuns(text, SIZE.body) })],
  });
  return columns(widths, rows.map((row) => [cell(`${row.label}:`, 0), cell(row.value, 1)]), INDENT);
}

async function qr(value: string, alt: string, counters: Counters): Promise<Paragraph> {
  const { data, size } = encode(value, { ecc: 'M', border: 4 });
  const pixels = Uint8Array.from(data.flat(), (isDark) => (isDark ? 0 : 255));
  const png = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } }).resize(size * 8, size * 8, { kernel: 'nearest' }).png().toBuffer();
  return picture(png, QR_WIDTH, 1, alt, counters);
}

function picture(png: Uint8Array, width: number, ratio: number, alt: string, counters: Counters): Paragraph {
  const id = String(++counters.pictures);
  const pixels = width * PIXELS_PER_MM;
  return new Paragraph({
    alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: GAP, after: GAP / 2 },
    children: [new ImageRun({ type: 'png', data: png, transformation: { width: Math.round(pixels), height: Math.round(pixels * ratio) },
      altText: { id, name: `picture ${id}`, description: printed(alt) } })],
  });
}

function caption(text: string): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 0, after: GAP }, children: wordRuns(text, SIZE.caption, { italics: true }) });
}

/** "- ", "1. " or "a) ", from 0; after the last letter they are doubled. */
function markOf(marks: 'dash' | 'number' | 'letter', index: number): string {
  if (marks === 'dash') return '- ';
  if (marks === 'number') return `${index + 1}. `;
  return `${LETTERS[index % LETTERS.length]!.repeat(Math.floor(index / LETTERS.length) + 1)}) `;
}

const ROMAN = [['X', 10], ['IX', 9], ['V', 5], ['IV', 4], ['I', 1]] as const;

/** 4 → IV; parts and annexes of a letter are few. */
export function roman(number: number): string {
  let [rest, signs] = [number, ''];
  for (const [sign, value] of ROMAN) {
    signs += sign.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return signs;
}

/** One line of an enumeration: ";" at its end, a full stop at the end of the last, whatever was written. */
export function closed(item: string, isLast: boolean): string {
  return `${withoutEnd(item, ';.,')}${isLast ? '.' : ';'}`;
}

function withEnd(blocks: readonly Block[]): readonly Block[] {
  const last = blocks.at(-1);
  if (last?.type === 'paragraph') return [...blocks.slice(0, -1), { ...last, text: appended(last.text, ended) }];
  if (last?.type === 'article' && last.text !== undefined) return [...blocks.slice(0, -1), { ...last, text: appended(last.text, ended) }];
  const item = last?.type === 'list' ? last.items.at(-1) : undefined;
  if (last?.type !== 'list' || item === undefined) return blocks;
  return [...blocks.slice(0, -1), { ...last, items: [...last.items.slice(0, -1), appended(item, ended)] }];
}

function ended(text: string): string {
  return `${withoutEnd(text, './;')}./.`;
}
