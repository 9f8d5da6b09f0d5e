import { unzipSync, strFromU8 } from 'fflate';
import { Document, Packer } from 'docx';
import { messages } from '../i18n/index.ts';
import { closed, layOut, roman } from './blocks.ts';
import { authorityLines, recipientLines } from './end.ts';
import { dateOf, numberOf } from './head.ts';
import { PAGE, twips } from './page.ts';
import { capitals, printed } from './words.ts';
import type { Block, Letter } from './letter.ts';

/** The pieces of a letter as plain text, for a form that has places of its own for them. Several lines are parted by line feeds; what a letter does not have is ''. */
export interface LetterTexts {
  readonly number: string;
  readonly symbol: string;
  readonly parent: string;
  readonly issuer: string;
  readonly place: string;
  /** "ngày 09 tháng 02 năm 2026" */
  readonly date: string;
  readonly urgency: string;
  readonly kind: string;
  readonly subject: string;
  readonly to: string;
  readonly recipients: string;
  readonly authority: string;
  readonly title: string;
  readonly name: string;
  readonly counterTitle: string;
  readonly counterName: string;
  readonly contact: string;
}

/** A letter as texts in the wording and capitals of the layout, without the places that are blocks. Throws RangeError for a date that is none. */
export function letterTexts(letter: Letter): LetterTexts {
  const { paper } = messages(letter.language);
  const { value, symbol } = numberOf(letter);
  const recipients = recipientLines(letter);
  const listed = (lines: readonly string[]) => lines.map((line, index) => `- ${closed(line, index === lines.length - 1)}`).join('\n');
  const { signature, countersignature } = letter;
  const texts: LetterTexts = {
    number: value, symbol, parent: letter.issuer.parent === null ? '' : capitals(letter.issuer.parent), issuer: capitals(letter.issuer.name), place: letter.place, date: dateOf(letter),
    urgency: letter.urgency === null ? '' : capitals(paper.urgency[letter.urgency]), kind: capitals(paper.kinds[letter.kind]), subject: letter.subject.replace(/^\s*V\/v[:\s]+/iu, ''),
    to: letter.to.length > 1 ? listed(letter.to) : letter.to.join(), recipients: listed(recipients), authority: authorityLines(signature, letter).join('\n'),
    title: capitals(signature.title ?? ''), name: signature.name ?? '', counterTitle: countersignature ? [...authorityLines(countersignature, letter), capitals(countersignature.title ?? '')].join('\n') : '',
    counterName: countersignature?.name ?? '', contact: (letter.contact ?? []).join('\n'),
  };
  return Object.fromEntries(Object.entries(texts).map(([key, text]: [string, string]) => [key, text.split('\n').map(printed).join('\n')])) as unknown as LetterTexts;
}

/**
 * Blocks as paragraphs and tables of WordprocessingML (ECMA-376 part 1, 17.3–17.4) as the layout sets them, to be put into another document: every
 * face and size stands at the text itself. A QR code is given by the words under it; pictures cannot be given.
 */
export async function blocksXml(blocks: readonly Block[], letter: Letter): Promise<string> {
  if (blocks.length === 0) return '';
  const counters = { headings: [0, 0, 0] as [number, number, number], articles: 0, pictures: 0 };
  const words = blocks.map((block): Block => (block.type === 'qr' ? { type: 'paragraph', text: block.caption } : block));
  const children = await layOut(words, { width: twips(PAGE.width - PAGE.left - PAGE.right), language: letter.language, counters });
  const file = await Packer.toBuffer(new Document({ sections: [{ children }] }));
  const xml = strFromU8(unzipSync(new Uint8Array(file), { filter: ({ name }) => name === 'word/document.xml' })['word/document.xml']!);
  return /<w:body>(.*?)<w:sectPr/s.exec(xml)?.[1] ?? '';
}

/** The annexes of a letter one after the other, each with its head. */
export async function annexesXml(letter: Letter): Promise<string> {
  const { paper } = messages(letter.language);
  return blocksXml(letter.annexes.flatMap(({ title, body }, index): Block[] => [
    { type: 'page_break' }, { type: 'banner', text: letter.annexes.length > 1 ? `${paper.annex} ${roman(index + 1)}` : paper.annex }, { type: 'banner', text: title }, ...body,
  ]), letter);
}
