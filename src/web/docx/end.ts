import { AlignmentType, Paragraph, TableCell, WidthType, type FileChild } from 'docx';
import { messages } from '../i18n/index.ts';
import { closed } from './blocks.ts';
import { centred } from './head.ts';
import { columns, GAP, hairline, SIDES, SIZE, twips } from './page.ts';
import { capitals, wordRuns } from './words.ts';
import { DOCUMENT_TYPES, type Letter, type Signature } from './letter.ts';

/** Room for the signature and a third of the seal. */
const SIGNATURE_ROOM = twips(28);
const HALF = Math.round((SIDES.left + SIDES.right) / 2);

/**
 * Recipients at the left, signature at the right (annex I, IV, boxes 7 and 9b); with two signatures both stand side by
 * side and the recipients under the left one (form 1.9).
 */
export function endOf(letter: Letter): FileChild[] {
  const { countersignature, signature } = letter;
  if (countersignature === undefined) {
    const cells = [cell(SIDES.left, recipients(letter)), cell(SIDES.right, signed(signature, letter))];
    return [columns([SIDES.left, SIDES.right], [cells]), hairline()];
  }
  return [
    columns([HALF, HALF], [[cell(HALF, signed(countersignature, letter)), cell(HALF, signed(signature, letter))]]),
    new Paragraph({ children: [] }),
    ...recipients(letter),
  ];
}

function cell(width: number, children: readonly Paragraph[]): TableCell {
  return new TableCell({ width: { size: width, type: WidthType.DXA }, children: [...children] });
}

/** In whose place somebody signs, a line each, in capitals. */
export function authorityLines({ authority }: Signature, { language }: Letter): readonly string[] {
  const { paper } = messages(language);
  return authority.map(({ code, of }) => capitals(`${paper.authority[code]} ${of}`));
}

function signed(signature: Signature, letter: Letter): Paragraph[] {
  const { title, name } = signature;
  const lines = [...authorityLines(signature, letter), ...(title === null ? [] : [capitals(title)])];
  return [
    ...lines.map((line, index) => centred(line, SIZE.signature, { bold: true }, 0, index === 0 ? GAP : 0)),
    centred(name ?? '', SIZE.signature, { bold: true }, 0, SIGNATURE_ROOM),
  ];
}

function recipients(letter: Letter): Paragraph[] {
  const { paper } = messages(letter.language);
  const lines = recipientLines(letter);
  const head = new Paragraph({ alignment: AlignmentType.LEFT, spacing: { before: GAP, after: 0 },
    children: wordRuns(paper.recipients, SIZE.recipientsHead, { bold: true, italics: true }) });
  return [head, ...lines.map((line, index) => new Paragraph({ alignment: AlignmentType.LEFT, indent: { right: twips(3) }, spacing: { before: 0, after: 0 },
    children: wordRuns(`- ${closed(line, index === lines.length - 1)}`, SIZE.recipients) }))];
}

/** The list of recipients as printed, without its head: with "Như trên" first where the letter is addressed, and "Lưu" last (annex I, II.9). */
export function recipientLines({ kind, to, recipients: given, language }: Letter): readonly string[] {
  const { paper } = messages(language);
  const isAbove = DOCUMENT_TYPES[kind].isAddressed && to.length > 0 && !given.some((line) => line.startsWith(paper.asAbove));
  const isFiled = given.some((line) => line.startsWith(paper.filed));
  return [...(isAbove ? [paper.asAbove] : []), ...given, ...(isFiled ? [] : [paper.filedAt])];
}
