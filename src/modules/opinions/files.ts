import { normalise } from '#core/vietnamese.ts';
import type { SentFile } from '#platform/body.ts';
import type { Desk } from '#platform/desk.ts';
import { Invalid } from '#platform/errors.ts';
import { withStored as storing } from '#platform/files.ts';
import { keptType } from './reading.ts';
import { MOST } from './types.ts';

/** A file whose content was looked at, not stored yet. */
export interface CheckedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A file in the store, to be named by a row of the same transaction. */
export interface StoredFile {
  readonly name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly file_ref: string;
  readonly sha256: Buffer;
}

const ENDINGS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' };

/** The name a file is kept and offered under: without path, with the ending of what it is. */
export function fileName(given: string, mediaType: string): string {
  const ending = ENDINGS[mediaType] ?? 'docx';
  const base = normalise(given).replace(/[\n/\\:*?"<>|%]/g, '_').replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/^\.+/, '').slice(0, 120).trim();
  return `${base || 'tep'}.${ending}`;
}

/**
 * Looks at files before anything is stored.
 * @param field the form field named in the error
 * @throws Invalid with `details.reason` (extra, too_large, kind) and `details.name`
 */
export function checkFiles(files: readonly Pick<SentFile, 'name' | 'bytes' | 'tooLarge'>[], field = 'tep'): CheckedFile[] {
  const refuse = (reason: 'extra' | 'too_large' | 'kind', name: string) => new Invalid(`file: ${reason}`, { fields: { [field]: reason }, reason, name: normalise(name).slice(0, 80) });
  if (files.length > MOST.files) throw refuse('extra', files[MOST.files]!.name);
  return files.map(({ name, bytes, tooLarge }) => {
    if (tooLarge || bytes.length > MOST.fileBytes) throw refuse('too_large', name);
    const mediaType = keptType(bytes);
    if (mediaType === null) throw refuse('kind', name);
    return { name: fileName(name, mediaType), mediaType, bytes };
  });
}

/** Stores files sealed and does the work that names them; when the work fails nothing of them is left. */
export function withStored<T>(desk: Pick<Desk, 'files'>, files: readonly CheckedFile[], work: (stored: readonly StoredFile[]) => Promise<T>): Promise<T> {
  return storing(desk.files, files.map(({ bytes }) => bytes), (...stored) => work(stored.map(({ ref, sha256 }, index) => {
    const { name, mediaType, bytes } = files[index]!;
    return { name, media_type: mediaType, bytes: bytes.length, file_ref: ref, sha256 };
  })));
}
