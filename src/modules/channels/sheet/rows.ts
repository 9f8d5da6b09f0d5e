import { delimitedRows } from './delimited.ts';
import { headerRowOf, ROWS_LOOKED_AT } from './mapping.ts';
import { type SheetRow, Unreadable } from './unreadable.ts';
import { workbookRows } from './workbook.ts';

export { MOST_CELL, UNREADABLE_REASONS, Unreadable } from './unreadable.ts';
export type { RowFlags, SheetRow, UnreadableReason } from './unreadable.ts';

export interface SheetFile {
  /** As the sender named it; only an ending that promises macros counts. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MACRO_ENDING = /\.(xlsm|xltm|xlam)$/i;
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** A ZIP file without entries. */
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
/** Name of the stream in which Office puts a workbook with a password (MS-OFFCRYPTO 2.3.4.4). */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * The rows of a spreadsheet that hold something, one after the other, in bounded memory: XLSX (its first visible sheet)
 * or CSV, told apart by content. The same bytes always give the same rows, so reading may be taken up again.
 * @param options.from number of the first row to give; earlier ones are passed over without reading their cells
 * @throws Unreadable at the first row asked for, or later where the fault stands; never anything else for bad bytes
 */
export async function* readRows(file: SheetFile, options: { readonly from?: number } = {}): AsyncGenerator<SheetRow> {
  const from = options.from ?? 1;
  if (MACRO_ENDING.test(file.name)) throw new Unreadable('macros', 'name');
  if (startsWith(file.bytes, COMPOUND_FILE)) throw new Unreadable(hasPassword(file.bytes) ? 'encrypted' : 'old_format');
  const isZip = startsWith(file.bytes, ZIP) || startsWith(file.bytes, EMPTY_ZIP);
  const rows = isZip ? workbookRows(file.bytes, from) : delimitedRows(file.bytes, from);
  yield* from > 1 ? rows : fromTheStart(rows);
}

/** Refuses a file without rows, and one whose headings are calculated: what its columns mean could be anything. */
async function* fromTheStart(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  const head: SheetRow[] = [];
  for await (const row of rows) {
    if (head.length === ROWS_LOOKED_AT) {
      yield row;
    } else if (head.push(row) === ROWS_LOOKED_AT) {
      refuseFormulas(head);
      yield* head;
    }
  }
  if (head.length === ROWS_LOOKED_AT) return;
  refuseFormulas(head);
  yield* head;
}

function refuseFormulas(head: readonly SheetRow[]): void {
  if (head.length === 0) throw new Unreadable('empty');
  const number = headerRowOf(head) ?? head[0]?.number;
  if (head.some((row) => row.number === number && row.flags.formula)) throw new Unreadable('formulas');
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

function hasPassword(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(ENCRYPTED_PACKAGE);
}
