import { Readable } from 'node:stream';
import Busboy from '@fastify/busboy';
import { Invalid, TooLarge } from './errors.ts';

/** A file as it came, or the sign that it was larger than allowed (its bytes were not kept). */
export interface SentFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly tooLarge: boolean;
}

/** A form as it came: the first value of a name, all values of a name, the files. */
export interface FormBody {
  readonly get: (name: string) => string;
  readonly all: (name: string) => string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly SentFile[];
  /** More files came than may; the rest was read and dropped. */
  readonly tooManyFiles: boolean;
}

export interface BodyLimits {
  readonly fileBytes: number;
  readonly files: number;
  readonly fieldBytes: number;
  /** Past this the request is cut off. */
  readonly totalBytes: number;
}

export const FORM_LIMITS: BodyLimits = { fileBytes: 10 * 1024 * 1024, files: 5, fieldBytes: 64 * 1024, totalBytes: 300 * 1024 * 1024 };

/**
 * Reads a form, multipart or not, in bounded memory: what is too much is drained and marked, so that the page can come
 * back with everything that was typed. Throws TooLarge only past the total.
 */
export async function readForm(request: Request, limits: BodyLimits = FORM_LIMITS): Promise<FormBody> {
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data') && request.body) return readMultipart(request, type, limits);
  const text = request.body ? await readText(request, limits.fieldBytes * 16) : '';
  return formBody([...new URLSearchParams(text)], [], false);
}

/** The body as text; throws TooLarge past the limit. */
export async function readText(request: Request, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of Readable.fromWeb(request.body as never)) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new TooLarge('request body', { limit });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function formBody(entries: readonly (readonly [string, string])[], files: readonly SentFile[], tooManyFiles: boolean): FormBody {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) fields[name] ??= value;
  return {
    fields, files, tooManyFiles,
    get: (name) => fields[name] ?? '',
    all: (name) => entries.filter(([key]) => key === name).map(([, value]) => value),
  };
}

function readMultipart(request: Request, type: string, limits: BodyLimits): Promise<FormBody> {
  return new Promise((resolve, reject) => {
    const entries: [string, string][] = [];
    const files: SentFile[] = [];
    let tooManyFiles = false;
    let total = 0;
    const source = Readable.fromWeb(request.body as never);
    const busboy = new Busboy.Busboy({
      headers: { 'content-type': type },
      limits: { fileSize: limits.fileBytes, fieldSize: limits.fieldBytes, fields: 200, parts: 1200, headerPairs: 50 },
    });
    busboy.on('field', (name, value) => entries.push([name, value]));
    busboy.on('file', (field, stream, name) => {
      const chunks: Buffer[] = [];
      if (files.length >= limits.files) {
        tooManyFiles = true;
        stream.resume();
        return;
      }
      let cut = false;
      stream.on('data', (chunk: Buffer) => void (cut || chunks.push(chunk)));
      stream.on('limit', () => {
        cut = true;
        chunks.length = 0;
      });
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        // An empty file input sends a nameless file of no bytes.
        if (name || bytes.length) files.push({ field, name: String(name ?? ''), bytes, tooLarge: cut });
      });
    });
    busboy.on('finish', () => resolve(formBody(entries, files, tooManyFiles)));
    busboy.on('error', () => reject(new Invalid('malformed form')));
    source.on('data', (chunk: Buffer) => {
      total += chunk.length;
      if (total > limits.totalBytes) {
        source.destroy();
        reject(new TooLarge('request body', { limit: limits.totalBytes }));
      }
    });
    source.on('error', reject);
    source.pipe(busboy);
  });
}
