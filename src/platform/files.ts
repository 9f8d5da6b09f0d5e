import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Keys } from './keys.ts';

/** Where files live. Everything in it is sealed; a reference names the content of the box, not of the file. */
export interface Files {
  /** Stores bytes durably; returns the reference and the SHA-256 of the plain bytes. */
  put(bytes: Uint8Array): Promise<{ ref: string; sha256: Buffer }>;
  /** The plain bytes; throws when the box is missing or was altered. */
  get(ref: string): Promise<Buffer>;
  /** Removes the box; removing twice is fine. */
  remove(ref: string): Promise<void>;
}

/** A content-addressed folder: <home>/files/ab/cd…, written aside, synced, then renamed. */
export function localFiles(home: string, keys: Keys): Files {
  const place = (ref: string) => {
    if (!/^[0-9a-f]{64}$/.test(ref)) throw new Error('not a file reference');
    return join(home, 'files', ref.slice(0, 2), ref.slice(2));
  };
  return {
    async put(bytes) {
      const box = keys.seal('file', bytes);
      const ref = createHash('sha256').update(box).digest('hex');
      const path = place(ref);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const aside = `${path}.${randomBytes(6).toString('hex')}`;
      const file = await open(aside, 'wx', 0o600);
      try {
        await file.writeFile(box);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, path);
      return { ref, sha256: createHash('sha256').update(bytes).digest() };
    },
    async get(ref) {
      const plain = keys.unseal('file', await readFile(place(ref)));
      if (!plain) throw new Error(`stored file ${ref} was altered`);
      return plain;
    },
    remove: (ref) => rm(place(ref), { force: true }),
  };
}

/** A file in the store, to be named by a row of the same transaction. */
export interface StoredFile {
  readonly ref: string;
  readonly sha256: Buffer;
}

/** Stores files sealed, one after the other, and does the work that names them; when the work fails nothing of them is left. */
export async function withStored<T>(files: Files, contents: readonly Uint8Array[], work: (...stored: StoredFile[]) => Promise<T>): Promise<T> {
  const stored: StoredFile[] = [];
  try {
    for (const bytes of contents) stored.push(await files.put(bytes));
    return await work(...stored);
  } catch (error) {
    for (const { ref } of stored) await files.remove(ref);
    throw error;
  }
}
