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

/** Text of a whole form may be this many times the text of one field. */
const FIELDS_TOGETHER = 16;
const MOST_PARTS = 1200;

/**
 * Reads a form, multipart or not, in bounded memory: a file that is too much is drained and marked, so that the page can
 * come back with everything that was typed. Text is never cut: past its limit the whole form is refused.
 * @throws TooLarge past the total, the limit of text or of parts; Invalid when it is malformed or the line broke
 */
export async function readForm(request: Request, limits: BodyLimits = FORM_LIMITS): Promise<FormBody> {
  const type = request.headers.get('content-type') ?? '';
  if (/^multipart\/form-data/i.test(type) && request.body) return readMultipart(request, type, limits);
  const text = request.body ? await readText(request, limits.fieldBytes * FIELDS_TOGETHER) : '';
  return formBody([...new URLSearchParams(text)], [], false);
}

/** The body as text; throws TooLarge past the limit, Invalid when the line broke. */
export async function readText(request: Request, limit: number): Promise<string> {
  // Node cuts a body at its declared length, so a small one may be read the short way.
  const declared = Number(request.headers.get('content-length') ?? Infinity);
  if (declared <= limit) return request.text().catch((error: unknown) => Promise.reject(broken(error)));
  const chunks: Buffer[] = [];
  let size = 0;
  const source = Readable.fromWeb(request.body as never);
  source.on('error', () => {});
  try {
    for await (const chunk of source) {
      size += (chunk as Buffer).length;
      if (size > limit) throw new TooLarge('request body', { limit });
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof TooLarge ? error : broken(error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function broken(cause: unknown): Invalid {
  return new Invalid('malformed or cut off', undefined, { cause });
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

/** @throws Invalid when the content type names no boundary */
function parserOf(type: string, fileSize: number, fieldSize: number): InstanceType<typeof Busboy.Busboy> {
  try {
    return new Busboy.Busboy({ headers: { 'content-type': type }, limits: { fileSize, fieldSize, fields: 200, parts: MOST_PARTS, headerPairs: 50 } });
  } catch (error) {
    throw broken(error);
  }
}

function readMultipart(request: Request, type: string, limits: BodyLimits): Promise<FormBody> {
  return new Promise((resolve, reject) => {
    const entries: [string, string][] = [];
    const files: SentFile[] = [];
    let tooManyFiles = false;
    let total = 0;
    let textLeft = limits.fieldBytes * FIELDS_TOGETHER;
    const source = Readable.fromWeb(request.body as never);
    const tooLarge = (limit: number) => {
      reject(new TooLarge('request body', { limit }));
      source.destroy();
    };
    const malformed = (cause: unknown) => reject(broken(cause));
    const busboy = parserOf(type, limits.fileBytes, textLeft);
    busboy.on('field', (name, value, _nameCut, cut) => {
      textLeft -= Buffer.byteLength(value);
      if (cut || textLeft < 0) tooLarge(limits.fieldBytes * FIELDS_TOGETHER);
      else entries.push([name ?? '', value]);
    });
    busboy.on('file', (field, stream, name) => {
      // A body cut inside a file errs on the file's stream as well; unheard it would end the process.
      stream.on('error', malformed);
      if (files.length >= limits.files) {
        tooManyFiles = true;
        stream.resume();
        return;
      }
      const chunks: Buffer[] = [];
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
    for (const event of ['partsLimit', 'fieldsLimit'] as const) busboy.on(event, () => tooLarge(MOST_PARTS));
    busboy.on('finish', () => resolve(formBody(entries, files, tooManyFiles)));
    busboy.on('error', malformed);
    source.on('data', (chunk: Buffer) => {
      total += chunk.length;
      if (total > limits.totalBytes) tooLarge(limits.totalBytes);
    });
    source.on('error', malformed);
    source.pipe(busboy);
  });
}
