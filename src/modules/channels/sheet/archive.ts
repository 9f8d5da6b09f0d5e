import { setImmediate } from 'node:timers/promises';
import { createInflateRaw, crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Unreadable } from './unreadable.ts';

const MOST_ENTRIES = 2000;
const MOST_INFLATED = 600_000_000;
const MOST_RATIO = 200;
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
 * @throws Unreadable encrypted, zip_bomb (too many entries, declared sizes or ratios), malformed
 */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { zip, entries } = await directoryOf(buffer);

  /** The directory was judged by what it declares; giving out no more than that keeps to the same limits. */
  async function* read(entry: Entry): AsyncGenerator<Uint8Array> {
    let [size, sum] = [0, 0];
    for await (const chunk of inflating(await dataOf(zip, entry, buffer), entry)) {
      size += chunk.length;
      sum = crc32(chunk, sum);
      if (size > entry.uncompressedSize) throw new Unreadable('zip_bomb', 'more than declared');
      yield chunk;
      // Promises alone never let anybody else have a turn, and a large part takes seconds.
      await setImmediate();
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw new Unreadable('malformed', 'size or checksum of an entry');
  }

  return {
    names: [...entries.keys()],
    open(name) {
      const entry = entries.get(name);
      return entry === undefined ? null : read(entry);
    },
  };
}

async function directoryOf(buffer: Buffer): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  let declared = 0;
  try {
    const zip = await fromBufferPromise(buffer);
    if (zip.entryCount > MOST_ENTRIES) throw new Unreadable('zip_bomb', 'entries');
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new Unreadable('encrypted');
      if (entries.has(entry.fileName)) throw new Unreadable('malformed', 'two entries of one name');
      declared += entry.uncompressedSize;
      refuseBomb(entry.uncompressedSize, entry.compressedSize, declared);
      entries.set(entry.fileName, entry);
    }
    return { zip, entries };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(/encrypt/i.test(String(error)) ? 'encrypted' : 'malformed', 'directory', { cause: error });
  }
}

function refuseBomb(size: number, compressed: number, total: number): void {
  if (total > MOST_INFLATED) throw new Unreadable('zip_bomb', 'size');
  if (size > RATIO_FROM && size > compressed * MOST_RATIO) throw new Unreadable('zip_bomb', 'ratio');
}

async function dataOf(zip: ZipFile, entry: Entry, buffer: Buffer): Promise<Buffer> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize);
  } catch (error) {
    throw new Unreadable('malformed', 'entry', { cause: error });
  }
}

/** yauzl's own stream leaves the inflater to the garbage collector when the reader stops early; ours ends with the loop. */
async function* inflating(data: Buffer, { compressionMethod }: Entry): AsyncGenerator<Buffer> {
  if (compressionMethod === STORED) {
    for (let at = 0; at < data.length; at += CHUNK) yield data.subarray(at, at + CHUNK);
    return;
  }
  if (compressionMethod !== DEFLATED) throw new Unreadable('malformed', `compression ${compressionMethod}`);
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  inflate.end(data);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    throw new Unreadable('malformed', 'deflate', { cause: error });
  }
}
