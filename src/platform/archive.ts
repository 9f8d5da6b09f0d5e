import { setImmediate } from 'node:timers/promises';
import { createInflateRaw, crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

/** Why a ZIP file is refused; `path`: a name that leads out of the folder or is written for another system. */
export type ArchiveFault = 'encrypted' | 'zip_bomb' | 'duplicate' | 'path' | 'malformed';

/** What a ZIP file may hold at most, and the error of the room that reads it. */
export interface ArchiveRules {
  readonly entries: number;
  /** Bytes of all entries inflated. */
  readonly inflated: number;
  /** Times its compressed size that an entry may inflate to. */
  readonly ratio: number;
  /** Backslashes in names are refused, not read as slashes. */
  readonly strictNames: boolean;
  readonly refuse: (fault: ArchiveFault, why: string, options?: ErrorOptions) => Error;
}

/** Below this a high ratio is usual and harmless. */
const RATIO_FROM = 1_000_000;
const CHUNK = 64 * 1024;
const [STORED, DEFLATED] = [0, 8];

/** A ZIP file in memory. Names are looked up, never used as paths. */
export interface Archive {
  readonly names: readonly string[];
  /** The bytes of one entry, inflated piece by piece. Null when there is none. */
  open(name: string): AsyncGenerator<Uint8Array> | null;
}

/**
 * Opens a ZIP file and judges its directory before anything is inflated.
 * @throws what `rules.refuse` gives: encrypted, zip_bomb (too many entries, declared sizes or ratios), duplicate, path, malformed
 */
export async function openArchive(bytes: Uint8Array, rules: ArchiveRules): Promise<Archive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { refuse } = rules;
  const { zip, entries } = await directoryOf(buffer, rules);

  /** The directory was judged by what it declares; giving out no more than that keeps to the same limits. */
  async function* read(entry: Entry): AsyncGenerator<Uint8Array> {
    let [size, sum] = [0, 0];
    for await (const chunk of inflating(await dataOf(zip, entry, buffer, rules), entry, rules)) {
      size += chunk.length;
      sum = crc32(chunk, sum);
      if (size > entry.uncompressedSize) throw refuse('zip_bomb', 'more than declared');
      yield chunk;
      // Promises alone never let anybody else have a turn, and a large part takes seconds.
      await setImmediate();
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw refuse('malformed', 'size or checksum of an entry');
  }

  return {
    names: [...entries.keys()],
    open(name) {
      const entry = entries.get(name);
      return entry === undefined ? null : read(entry);
    },
  };
}

async function directoryOf(buffer: Buffer, { refuse, ...rules }: ArchiveRules): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  let declared = 0;
  let refused: Error | null = null;
  const stop = (fault: ArchiveFault, why: string) => (refused = refuse(fault, why));
  try {
    const zip = await fromBufferPromise(buffer, { strictFileNames: rules.strictNames });
    if (zip.entryCount > rules.entries) throw stop('zip_bomb', 'entries');
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw stop('encrypted', '');
      if (entries.has(entry.fileName)) throw stop('duplicate', 'two entries of one name');
      declared += entry.uncompressedSize;
      if (declared > rules.inflated) throw stop('zip_bomb', 'size');
      if (entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > entry.compressedSize * rules.ratio) throw stop('zip_bomb', 'ratio');
      entries.set(entry.fileName, entry);
    }
    return { zip, entries };
  } catch (error) {
    throw refused ?? refuse(faultOf(String(error)), 'directory', { cause: error });
  }
}

/** What the reader of the directory complained of, by its words. */
function faultOf(words: string): ArchiveFault {
  if (/encrypt/i.test(words)) return 'encrypted';
  return /absolute path|relative path|invalid characters in fileName/i.test(words) ? 'path' : 'malformed';
}

async function dataOf(zip: ZipFile, entry: Entry, buffer: Buffer, { refuse }: ArchiveRules): Promise<Buffer> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize);
  } catch (error) {
    throw refuse('malformed', 'entry', { cause: error });
  }
}

/** yauzl's own stream leaves the inflater to the garbage collector when the reader stops early; ours ends with the loop. */
async function* inflating(data: Buffer, { compressionMethod }: Entry, { refuse }: ArchiveRules): AsyncGenerator<Buffer> {
  if (compressionMethod === STORED) {
    for (let at = 0; at < data.length; at += CHUNK) yield data.subarray(at, at + CHUNK);
    return;
  }
  if (compressionMethod !== DEFLATED) throw refuse('malformed', `compression ${compressionMethod}`);
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  inflate.end(data);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    throw refuse('malformed', 'deflate', { cause: error });
  }
}
