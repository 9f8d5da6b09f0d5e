import { posix } from 'node:path';
import { type Archive, openArchive } from './archive.ts';
import { columnOf, dayOfSerial, plainNumber, showsDay, unescapeXstring } from './cell-values.ts';
import { TextStore } from './text-store.ts';
import { LAST_ROW, MOST_CELL, MOST_ROWS, RowCells, type SheetRow, Unreadable, type UnreadableReason } from './unreadable.ts';
import { type Attributes, attribute, readXml, type XmlHandler, XmlReader } from './xml.ts';

const WORKBOOK = 'xl/workbook.xml';
/** Sheets, relations, formats: as many as Excel allows or more (64,000 formats of cells). */
const MOST_DECLARED = 66_000;
/** Bytes of a part that is kept as it is read: types, workbook, relations, formats. */
const MOST_KEPT = 16_000_000;

/** Parts that run, fetch or hide something; a sheet of reports needs none of them. */
const REFUSED_PARTS: readonly { readonly name: RegExp; readonly reason: UnreadableReason }[] = [
  { name: /vbaProject|^xl\/(macrosheets|dialogsheets|activeX)\//i, reason: 'macros' },
  { name: /^xl\/(externalLinks|embeddings|queryTables|model)\/|^xl\/connections\.xml$/i, reason: 'external_links' },
];

interface Relation {
  readonly type: string;
  readonly target: string;
}

interface Workbook {
  readonly from1904: boolean;
  readonly sheets: readonly { readonly relation: string; readonly hidden: boolean }[];
}

/**
 * The rows of the first visible worksheet of an XLSX file (ECMA-376, transitional or strict). Only the parts named in
 * the workbook's own relations are read; nothing is fetched.
 * @param from rows before this number are passed over without reading their cells
 * @throws Unreadable
 */
export async function* workbookRows(bytes: Uint8Array, from: number): AsyncGenerator<SheetRow> {
  const archive = await openArchive(bytes);
  refuseParts(archive);
  await refuseMacroTypes(archive);
  const workbook = await readWorkbook(archive);
  const relations = await readRelations(archive);
  const sheet = workbook.sheets.filter(({ hidden }) => !hidden).map(({ relation }) => relations.get(relation)).find(isOfType('worksheet'));
  const chunks = sheet === undefined ? null : archive.open(sheet.target);
  if (chunks === null) throw new Unreadable('malformed', 'no visible worksheet');
  const all = [...relations.values()];
  const strings = await readStrings(archive, all.find(isOfType('sharedStrings')));
  const dayStyles = await readDayStyles(archive, all.find(isOfType('styles')));
  const reader = new SheetReader({ strings, dayStyles, from1904: workbook.from1904, from });
  const xml = new XmlReader(reader);
  for await (const chunk of chunks) {
    xml.write(chunk);
    yield* reader.take();
  }
  xml.end();
  yield* reader.take();
}

function refuseParts({ names }: Archive): void {
  for (const { name, reason } of REFUSED_PARTS) if (names.some((part) => name.test(part))) throw new Unreadable(reason, 'part');
  if (!names.includes(WORKBOOK)) throw new Unreadable(names.some((part) => /^xl\/.*\.xml$/.test(part)) ? 'malformed' : 'not_a_sheet', 'no workbook');
}

async function refuseMacroTypes(archive: Archive): Promise<void> {
  await readPart(archive, '[Content_Types].xml', {
    open: (_, { ContentType = '' }) => {
      if (/macroEnabled|vbaProject/i.test(ContentType)) throw new Unreadable('macros', 'content type');
    },
  });
}

async function readWorkbook(archive: Archive): Promise<Workbook> {
  const sheets: { relation: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readPart(archive, WORKBOOK, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attributes.date1904);
      if (name !== 'sheet') return;
      limit(sheets.length);
      sheets.push({ relation: attribute(attributes, 'id') ?? '', hidden: (attributes.state ?? 'visible') !== 'visible' });
    },
  });
  return { from1904, sheets };
}

async function readRelations(archive: Archive): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  await readPart(archive, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id = '', Type = '', Target = '', TargetMode = '' }) {
      if (name !== 'Relationship') return;
      limit(relations.size);
      if (TargetMode === 'External' || /\/externalLink/.test(Type)) throw new Unreadable('external_links', 'relation');
      if (/vbaProject/i.test(Type)) throw new Unreadable('macros', 'relation');
      relations.set(Id, { type: Type, target: Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target) });
    },
  });
  return relations;
}

/** Transitional and strict files name the types by different addresses with the same last word. */
function isOfType(type: string): (relation: Relation | undefined) => boolean {
  return (relation) => relation?.type.endsWith(`/${type}`) ?? false;
}

async function readStrings(archive: Archive, relation: Relation | undefined): Promise<TextStore> {
  const store = new TextStore();
  const text = new StringText();
  if (relation === undefined) return store;
  await readPart(archive, relation.target, {
    open(name) {
      if (name === 'si') text.clear();
      text.open(name);
    },
    text: (data) => text.add(data),
    close(name) {
      text.close(name);
      if (name === 'si') store.add(text.value());
    },
  }, Infinity);
  return store;
}

/** By the number of a cell's style: whether it shows a day. */
async function readDayStyles(archive: Archive, relation: Relation | undefined): Promise<readonly boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isInCells = false;
  if (relation === undefined) return styles;
  await readPart(archive, relation.target, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      limit(styles.length + codes.size);
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode.slice(0, 255));
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) styles.push(showsDay(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

/** @param most bytes; the shared strings have limits of their own */
async function readPart(archive: Archive, name: string, handler: XmlHandler, most = MOST_KEPT): Promise<void> {
  const chunks = archive.open(name);
  if (chunks !== null) await readXml(atMost(chunks, most), handler);
}

async function* atMost(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw new Unreadable('malformed', 'size of a part');
    yield chunk;
  }
}

function limit(count: number): void {
  if (count >= MOST_DECLARED) throw new Unreadable('malformed', 'too many declarations');
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** The text of a string item: plain or in runs (`t` within `r`), without the pronunciation (`rPh`); one character over the limit at most. */
class StringText {
  #parts = '';
  #isText = false;
  #phonetic = 0;

  clear(): void {
    this.#parts = '';
  }

  open(name: string): void {
    if (name === 'rPh') this.#phonetic++;
    if (name === 't') this.#isText = this.#phonetic === 0;
  }

  add(data: string): void {
    if (this.#isText && this.#parts.length <= MOST_CELL) this.#parts += data.slice(0, MOST_CELL + 1 - this.#parts.length);
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic--;
    if (name === 't') this.#isText = false;
  }

  value(): string {
    return unescapeXstring(this.#parts);
  }
}

interface SheetContext {
  readonly strings: TextStore;
  readonly dayStyles: readonly boolean[];
  readonly from1904: boolean;
  readonly from: number;
}

/** Hears a worksheet and hands out the rows that are complete. */
class SheetReader implements XmlHandler {
  readonly #context: SheetContext;
  readonly #inline = new StringText();
  #ready: SheetRow[] = [];
  #rows = 0;
  #number = 0;
  #row: RowCells | null = null;
  #column = -1;
  #cell: Attributes | null = null;
  #value = '';
  #isValue = false;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  take(): SheetRow[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.#openRow(attributes.r);
    if (this.#row === null) return;
    if (name === 'c') this.#openCell(attributes);
    if (this.#cell === null) return;
    if (name === 'v') this.#isValue = true;
    if (name === 'f') this.#row.formula = true;
    if (name === 'f') this.#cell = { ...this.#cell, t: FORMULA };
    this.#inline.open(name);
  }

  text(data: string): void {
    if (this.#cell === null) return;
    if (this.#isValue && this.#value.length <= MOST_CELL) this.#value += data.slice(0, MOST_CELL + 1 - this.#value.length);
    this.#inline.add(data);
  }

  close(name: string): void {
    if (this.#cell !== null) this.#inline.close(name);
    if (name === 'v') this.#isValue = false;
    if (name === 'c' && this.#cell !== null) {
      this.#row?.set(this.#column, this.#textOf(this.#cell));
      this.#cell = null;
    }
    if (name === 'row') this.#closeRow();
  }

  /** A row or cell without `r` follows the one before. Rows that go back would make "from row n" mean two things. */
  #openRow(reference: string | undefined): void {
    const number = reference === undefined ? this.#number + 1 : Number(reference);
    if (!Number.isInteger(number) || number <= this.#number || number > LAST_ROW) throw new Unreadable('malformed', 'row number');
    this.#number = number;
    this.#column = -1;
    this.#row = number < this.#context.from ? null : new RowCells();
  }

  #openCell(attributes: Attributes): void {
    this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
    if (this.#column < 0) throw new Unreadable('malformed', 'cell reference');
    this.#cell = attributes;
    this.#value = '';
    this.#isValue = false;
    this.#inline.clear();
  }

  #closeRow(): void {
    const row = this.#row?.row(this.#number) ?? null;
    this.#row = null;
    if (row === null) return;
    if (++this.#rows > MOST_ROWS) throw new Unreadable('too_many_rows');
    this.#ready.push(row);
  }

  /** By the type of the cell (18.18.11, ST_CellType). */
  #textOf({ t = 'n', s = '0' }: Attributes): string {
    const value = this.#value;
    if (t === 's') return value === '' ? '' : this.#shared(value);
    if (t === 'inlineStr') return this.#inline.value();
    if (t === 'b') return value === '' ? '' : isTrue(value.trim()) ? 'TRUE' : 'FALSE';
    if (t === 'd') return value.slice(0, 10);
    if (t === 'str') return unescapeXstring(value);
    if (t !== 'n') return '';
    const day = value !== '' && this.#context.dayStyles[Number(s)] ? dayOfSerial(Number(value), this.#context.from1904) : null;
    return day ?? plainNumber(value);
  }

  #shared(value: string): string {
    const text = /^\s*\d{1,7}\s*$/.test(value) ? this.#context.strings.get(Number(value)) : undefined;
    if (text === undefined) throw new Unreadable('malformed', 'shared string');
    return text;
  }
}

/** Not a type of the standard: marks a calculated cell, whose text is ''. Errors (`e`) have none either. */
const FORMULA = 'formula';
