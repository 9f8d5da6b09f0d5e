import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { LAST_ROW, MOST_COLUMNS, MOST_ROW, MOST_ROWS, RowCells, type SheetRow, Unreadable } from './unreadable.ts';

const CHUNK = 64 * 1024;
/** In order of preference when two divide the head equally well. */
const DELIMITERS = ['\t', ';', ','] as const;
const LINES_LOOKED_AT = 20;
/** Controls other than white space; those of C1 come from wrong decoding, not from a file that is no text. */
const NO_TEXT = /(?![\t\n\v\f\r\u0080-\u009f])\p{Cc}/u;
/** Unassigned bytes of windows-1258 come out as these: the text is in some other encoding. */
const UNASSIGNED = /[\u0080-\u009f]/;
const MARKUP = /^\s*(<(!doctype|html|\?xml|table|\?mso)|%PDF-|\{\\rtf)/i;
/** Excel's own first line that names the delimiter; Excel does not count it. */
const SEPARATOR_LINE = /^sep=([,;\t])\r?\n/i;

/**
 * The rows of a CSV or TSV file (RFC 4180, any of , ; tab). UTF-8 or UTF-16 with a byte order mark, UTF-8 without, else
 * windows-1258, the code page of Vietnamese Windows.
 * @param from records before this number are passed over
 * @throws Unreadable not_a_sheet, charset, malformed (a quote without end), row_too_long, too_many_columns, too_many_rows
 */
export async function* delimitedRows(bytes: Uint8Array, from: number): AsyncGenerator<SheetRow> {
  const encoding = encodingOf(bytes);
  const head = decoded(bytes, encoding).next().value ?? '';
  if (NO_TEXT.test(head) || MARKUP.test(head)) throw new Unreadable('not_a_sheet');
  const named = SEPARATOR_LINE.exec(head);
  const parser = parse({
    delimiter: named?.[1] ?? delimiterOf(head), relax_column_count: true, relax_quotes: true, max_record_size: MOST_ROW,
    record_delimiter: ['\r\n', '\n', '\r'],
    // The parser has no limit of its own for fields: a file of commas alone would be one record.
    cast: (text, { index }) => {
      if (index >= MOST_COLUMNS && text !== '') throw new Unreadable('too_many_columns');
      if (index >= MOST_COLUMNS * 100) throw new Unreadable('too_many_columns', 'empty ones');
      return text;
    },
  });
  const source = Readable.from(inTurns(decoded(bytes, encoding, named?.[0].length)));
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    yield* rowsOf(parser, from);
  } catch (error) {
    throw reasonOf(error);
  } finally {
    source.destroy();
  }
}

async function* rowsOf(records: AsyncIterable<string[]>, from: number): AsyncGenerator<SheetRow> {
  let [number, rows] = [0, 0];
  for await (const record of records) {
    if (++number > LAST_ROW) throw new Unreadable('too_many_rows', 'empty ones');
    if (number < from) continue;
    const cells = new RowCells();
    record.forEach((text, column) => cells.set(column, text));
    const row = cells.row(number);
    if (row === null) continue;
    if (++rows > MOST_ROWS) throw new Unreadable('too_many_rows');
    yield row;
  }
}

function reasonOf(error: unknown): unknown {
  if (error instanceof Unreadable || !(error instanceof CsvError)) return error;
  return new Unreadable(error.code === 'CSV_MAX_RECORD_SIZE' ? 'row_too_long' : 'malformed', error.code, { cause: error });
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'windows-1258';
  }
}

function* decoded(bytes: Uint8Array, encoding: string, skip = 0): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const text = decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
    if (text.includes('\0')) throw new Unreadable('not_a_sheet', 'NUL');
    if (encoding === 'windows-1258' && UNASSIGNED.test(text)) throw new Unreadable('charset');
    yield at === 0 ? text.slice(skip) : text;
  }
  yield decoder.decode();
}

/** Lets others have a turn after each piece, which streams and promises alone do not. */
async function* inTurns(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
  }
}

/** The character that divides most of the first lines into the same number of parts; among equals, into more. */
function delimiterOf(head: string): string {
  const lines = head.replace(/"(?:[^"]|"")*"/g, '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, LINES_LOOKED_AT);
  const judged = DELIMITERS.map((delimiter) => ({ delimiter, ...agreement(lines.map((line) => line.split(delimiter).length - 1)) }));
  return judged.reduce((best, one) => (one.lines > best.lines || (one.lines === best.lines && one.parts > best.parts) ? one : best)).delimiter;
}

/** How many lines agree on one number of delimiters, and on which; none at all is no agreement. */
function agreement(counts: readonly number[]): { lines: number; parts: number } {
  const tally = new Map<number, number>();
  for (const count of counts) if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1);
  return [...tally].reduce((best, [parts, lines]) => (lines > best.lines || (lines === best.lines && parts > best.parts) ? { lines, parts } : best),
    { lines: 0, parts: 0 });
}
