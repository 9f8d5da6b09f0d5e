import { createHash } from 'node:crypto';
import { imageType, isAcceptedImage } from '#core/images.ts';
import { readEdxml } from './edxml.ts';
import type { StatusCode } from './status-codes.ts';

/** By what a document is known and answered; names of agencies and numbers only, so that it may stand beside the sealed original. */
export interface Origin {
  readonly organId: string;
  readonly organName: string;
  /** Number and notation in one; '' for a status. */
  readonly code: string;
  readonly promulgatedOn: string | null;
  readonly documentId: string;
}

/** What of an electronic document becomes a report, or the status it brings. */
export type ReadDocument =
  | {
    readonly kind: 'document';
    readonly origin: Origin;
    readonly sender: string;
    readonly words: string;
    readonly pictures: readonly { readonly name: string; readonly bytes: Buffer }[];
    /** SHA-256 of the other files; they stay in the sealed original. */
    readonly hashes: readonly string[];
  }
  | { readonly kind: 'status'; readonly origin: Origin; readonly statusCode: StatusCode | null };

/** Reads a `.edxml` file. @throws Unreadable of ./errors.ts */
export function readDocument(bytes: Uint8Array): ReadDocument {
  const read = readEdxml(bytes);
  const { organId, organName } = read.from;
  if (read.kind === 'status') {
    return { kind: 'status', statusCode: read.statusCode, origin: { organId, organName, code: '', promulgatedOn: null, documentId: read.responseFor[0]?.documentId ?? '' } };
  }
  const number = [read.code.codeNumber, read.code.codeNotation].filter(Boolean).join('/');
  const files = read.attachments.map((file) => ({ ...file, bytes: Buffer.from(file.content) }));
  const isPicture = (file: { bytes: Buffer }) => isAcceptedImage(imageType(file.bytes));
  return {
    kind: 'document', sender: organName, origin: { organId, organName, code: number, promulgatedOn: read.promulgatedOn, documentId: read.documentId },
    words: [`Văn bản ${number} của ${read.from.organName}: ${read.subject}`, read.content].filter(Boolean).join('\n\n'),
    pictures: files.filter(isPicture).map(({ name, bytes: content }) => ({ name, bytes: content })),
    hashes: files.filter((file) => !isPicture(file)).map((file) => createHash('sha256').update(file.bytes).digest('hex')),
  };
}
