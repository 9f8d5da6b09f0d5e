import { TextRun, type IRunOptions } from 'docx';
import { defang } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import { halves } from './page.ts';
import type { Run, Text } from './letter.ts';

/** What a program that shows the document may turn into a link by itself; a full stop or bracket at the end belongs to the sentence. */
const ADDRESS = /(?:\b(?:https?|ftp):\/\/|\bwww\.)[^\s<>"]*[^\s<>".,;:!?)\]]/gi;

/** Text as it is printed: as stored (NFC, nothing invisible) with the white space around it, and its addresses defanged. */
export function printed(text: string): string {
  const start = text.length - text.trimStart().length;
  const end = Math.max(start, text.trimEnd().length);
  return (spaceOf(text.slice(0, start)) + normalise(text.slice(start, end)) + spaceOf(text.slice(end))).replace(ADDRESS, (address) => defang(address));
}

function spaceOf(around: string): string {
  if (around.includes('\n')) return '\n';
  return around.includes('\u00a0') ? around : around && ' ';
}

/** The pieces of a text, `Run`s or not. */
export function runsOf(text: Text): readonly Run[] {
  return typeof text === 'string' ? [{ text }] : text;
}

/** The lines of a text, each with its own runs. */
export function linesOf(text: Text): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  for (const run of runsOf(text)) {
    for (const [index, line] of printed(run.text).split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (line !== '') lines.at(-1)!.push({ ...run, text: line });
    }
  }
  return lines;
}

/** A text without white space and any of `signs` at its end. */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && (signs.includes(text[end - 1]!) || text[end - 1]!.trim() === '')) end--;
  return text.slice(0, end);
}

/** Adds to the end of a text, in the face of its last run. */
export function appended(text: Text, more: (last: string) => string): Text {
  if (typeof text === 'string') return more(text);
  const last = text.at(-1);
  return last === undefined ? more('') : [...text.slice(0, -1), { ...last, text: more(last.text) }];
}

/** Capitals as Vietnamese writes them. */
export function capitals(text: string): string {
  return text.normalize('NFC').toLocaleUpperCase('vi');
}

/** Word's runs of a text at `size` points; line feeds become breaks. */
export function wordRuns(text: Text, size: number, face: Pick<IRunOptions, 'bold' | 'italics' | 'color'> = {}): TextRun[] {
  return runsOf(text).flatMap(({ text: words, bold, italic }) => printed(words).split('\n').map((line, index) => new TextRun({
    text: line, size: halves(size), ...face, bold: bold ?? face.bold, italics: italic ?? face.italics, break: index === 0 ? 0 : 1,
  })));
}
