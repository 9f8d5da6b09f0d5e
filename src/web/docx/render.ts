import {
  AlignmentType, BorderStyle, Document, Footer, Header, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph, SectionType, TextRun, type FileChild, type ISectionOptions,
} from 'docx';
import { messages, type Lang } from '../i18n/index.ts';
import { layOut, roman } from './blocks.ts';
import { endOf } from './end.ts';
import { centred, dateOf, headOf, numberOf, ruled } from './head.ts';
import { GAP, halves, hairline, PAGE, SIZE, twips } from './page.ts';
import { timeless } from './timeless.ts';
import { capitals, printed, wordRuns } from './words.ts';
import { evenLines } from './widths.ts';
import type { Annex, Block, Letter } from './letter.ts';

/** Times New Roman for every script, black (annex I, I.4). */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: 'Times New Roman' };
const LOCALE: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB' };
const CORE = 'docProps/core.xml';
/** Cells of all tables of a letter: ten thousand take two seconds and 500 MB; longer lists are for spreadsheets. */
export const MOST_CELLS = 10_000;

/**
 * A document in the layout of Decree 30/2020/NĐ-CP, annex I, as a DOCX file. The same letter gives the same bytes; no name
 * of a person or machine and no time is written into its properties. Throws RangeError for a date that is none, a table
 * with ragged rows, more than `MOST_CELLS` cells, and a link that is no web address.
 */
export async function renderLetter(letter: Letter): Promise<Buffer> {
  const cells = [letter.body, ...letter.annexes.map(({ body }) => body)].flat().reduce((sum, block) => sum + cellsOf(block), 0);
  if (cells > MOST_CELLS) throw new RangeError(`${cells} cells in one letter`);
  const counters = { headings: [0, 0, 0] as [number, number, number], articles: 0, pictures: 0 };
  const setting = { width: textWidth(false), language: letter.language, counters };
  const main = [...headOf(letter, setting.width), ...await layOut(letter.body, setting), ...endOf(letter)];
  const sections = [section(main, false, contactFoot(letter))];
  for (const [index, annex] of letter.annexes.entries()) {
    const isLandscape = annex.isLandscape === true;
    const width = textWidth(isLandscape);
    const own = { ...setting, width, counters: { headings: [0, 0, 0] as [number, number, number], articles: 0, pictures: counters.pictures } };
    const body = await layOut(annex.body, own);
    counters.pictures = own.counters.pictures;
    sections.push(section([...annexHead(letter, annex, index, width), ...body, hairline()], isLandscape, new Footer({ children: [hairline()] })));
  }
  const document = new Document({
    sections,
    styles: { default: { document: {
      run: { font: FONT, size: halves(SIZE.body), language: { value: LOCALE[letter.language] } },
      paragraph: { spacing: { before: 0, after: 0, line: 240, lineRule: LineRuleType.AUTO } },
    } } },
  });
  return timeless(await Packer.toBuffer(document, undefined, [{ path: CORE, data: coreProperties(letter) }]));
}

function cellsOf(block: Block): number {
  return block.type === 'table' ? block.rows.length * block.columns.length : 0;
}

/** Width of the text in twips. */
function textWidth(isLandscape: boolean): number {
  return twips((isLandscape ? PAGE.height : PAGE.width) - PAGE.left - PAGE.right);
}

/** Its pages are counted from 1, and the first bears no number (annex I, I.7, III.1.đ). */
function section(children: readonly FileChild[], isLandscape: boolean, foot: Footer): ISectionOptions {
  const pageNumber = new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT], size: halves(SIZE.page) })] });
  return {
    properties: {
      type: SectionType.NEXT_PAGE, titlePage: true,
      page: {
        size: { width: twips(PAGE.width), height: twips(PAGE.height), orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: {
          top: twips(PAGE.top), bottom: twips(PAGE.bottom), left: twips(PAGE.left), right: twips(PAGE.right), header: twips(PAGE.header),
          footer: twips(PAGE.bottom), gutter: 0,
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: { default: new Header({ children: [pageNumber] }), first: new Header({ children: [new Paragraph({ children: [] })] }) },
    footers: { default: new Footer({ children: [hairline()] }), first: foot },
    children,
  };
}

/** Above the lower margin, under a rule as wide as the text (annex I, III.4). */
function contactFoot({ contact = [] }: Letter): Footer {
  if (contact.length === 0) return new Footer({ children: [hairline()] });
  const border = { top: { style: BorderStyle.SINGLE, size: 6, space: 2, color: '000000' } };
  return new Footer({ children: contact.map((line, index) => new Paragraph({
    alignment: AlignmentType.CENTER, children: wordRuns(line, SIZE.contact), ...(index === 0 ? { border, spacing: { before: GAP } } : {}),
  })) });
}

/** "Phụ lục I", its title, and what it belongs to (annex I, III.1); a single annex has no number. */
function annexHead(letter: Letter, annex: Annex, index: number, width: number): FileChild[] {
  const { paper } = messages(letter.language);
  const { value, symbol } = numberOf(letter);
  const name = letter.annexes.length > 1 ? `${paper.annex} ${roman(index + 1)}` : paper.annex;
  const belongs = paper.attached(paper.kinds[letter.kind], `${value}/${symbol}`, dateOf(letter), letter.issuer.name.replaceAll('\n', ' '));
  return [
    centred(name, SIZE.body, { bold: true }),
    centred(evenLines(printed(capitals(annex.title)), SIZE.body, 'bold', width).join('\n'), SIZE.body, { bold: true }),
    ...ruled(belongs, SIZE.body, 'italics', width, 2 * GAP),
  ];
}

/** Title and language only: the writer's own would say when it ran. */
function coreProperties({ kind, subject, language }: Letter): string {
  const title = `${messages(language).paper.kinds[kind]}: ${printed(subject)}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    + `<dc:title>${title}</dc:title><dc:language>${LOCALE[language]}</dc:language></cp:coreProperties>`;
}
