import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A cell: text, or a formula with the result somebody stored beside it. */
export type Cell = string | { readonly formula: string; readonly stored: string };

/** A part of the file: its name and its text, piece by piece. */
export interface Part {
  readonly name: string;
  readonly text: Iterable<string>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Pieces of text are joined to about this many characters before they are compressed. */
const PIECE = 64 * 1024;

/**
 * An XLSX file as Excel writes it (texts in a table of shared strings), row by row, so that a hundred thousand rows cost
 * little more memory than their distinct texts. The same rows always give the same bytes.
 * @param more further parts, for files that carry what no sheet of reports needs; one of a known name takes its place
 */
export async function workbook(rows: Iterable<readonly Cell[]>, more: readonly Part[] = []): Promise<Buffer> {
  const strings = new Map<string, number>();
  const parts: Part[] = [
    { name: '[Content_Types].xml', text: [`${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`] },
    { name: '_rels/.rels', text: [`${HEAD}${relations({ rId1: ['officeDocument', 'xl/workbook.xml'] })}`] },
    { name: 'xl/workbook.xml', text: [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Phản ánh" sheetId="1" r:id="rId1"/></sheets></workbook>`] },
    { name: 'xl/_rels/workbook.xml.rels', text: [`${HEAD}${relations({ rId1: ['worksheet', 'worksheets/sheet1.xml'], rId2: ['sharedStrings', 'sharedStrings.xml'] })}`] },
    { name: 'xl/worksheets/sheet1.xml', text: sheetText(rows, strings) },
    { name: 'xl/sharedStrings.xml', text: stringsText(strings) },
  ];
  const given = new Map(more.map((part) => [part.name, part]));
  const known = new Set(parts.map(({ name }) => name));
  return zip([...parts.map((part) => given.get(part.name) ?? part), ...more.filter(({ name }) => !known.has(name))]);
}

function relations(all: Readonly<Record<string, readonly [type: string, target: string]>>): string {
  const lines = Object.entries(all).map(([id, [type, target]]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

function* sheetText(rows: Iterable<readonly Cell[]>, strings: Map<string, number>): Generator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`;
  let number = 0;
  for (const cells of rows) {
    number += 1;
    const place = number;
    yield `<row r="${place}">${cells.map((cell, column) => cellText(cell, `${letters(column)}${place}`, strings)).join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellText(cell: Cell, reference: string, strings: Map<string, number>): string {
  if (typeof cell !== 'string') return `<c r="${reference}" t="str"><f>${escaped(cell.formula)}</f><v>${escaped(cell.stored)}</v></c>`;
  if (cell === '') return '';
  const index = strings.get(cell) ?? strings.size;
  strings.set(cell, index);
  return `<c r="${reference}" t="s"><v>${index}</v></c>`;
}

function* stringsText(strings: ReadonlyMap<string, number>): Generator<string> {
  yield `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">`;
  for (const text of strings.keys()) yield `<si><t xml:space="preserve">${escaped(text)}</t></si>`;
  yield '</sst>';
}

/** Column from 0 as the sheet names it: A, B … Z, AA. */
function letters(column: number): string {
  return (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A ZIP file (APPNOTE 6.3.10) of deflated parts, all dated 1 January 1980. */
export async function zip(parts: Iterable<Part>): Promise<Buffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const { data, size, sum } = await deflated(part.text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(sum, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    const local = [Buffer.from('PK\u0003\u0004'), common, name, data];
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, rest, name);
    files.push(...local);
    offset += 30 + name.length + data.length;
  }
  const count = directory.length / 4;
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.reduce((sum, piece) => sum + piece.length, 0), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

async function deflated(text: Iterable<string>): Promise<{ data: Buffer; size: number; sum: number }> {
  const chunks: Buffer[] = [];
  let [size, sum] = [0, 0];
  function* counted(): Generator<Buffer> {
    for (const piece of pieces(text)) {
      const bytes = Buffer.from(piece);
      size += bytes.length;
      sum = crc32(bytes, sum);
      yield bytes;
    }
  }
  await pipeline(Readable.from(counted()), createDeflateRaw({ level: 6 }), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return { data: Buffer.concat(chunks), size, sum };
}

function* pieces(text: Iterable<string>): Generator<string> {
  let piece = '';
  for (const one of text) {
    piece += one;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}
