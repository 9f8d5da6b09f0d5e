import { LachanError } from '#platform/errors.ts';

/** Why a file is not read as an electronic document. The screens have words for each. */
export const UNREADABLE_REASONS = [
  'too_large', 'not_utf8', 'malformed', 'not_balanced', 'dtd', 'entity', 'too_deep', 'too_many_elements', 'namespace', 'not_edxml',
  'base64', 'too_many_attachments', 'attachments_too_large',
] as const;

export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/** The file is not an electronic document that can be read; nothing of it was taken. */
export class Unreadable extends LachanError {
  override readonly code: string = 'edoc_unreadable';
  override readonly status: number = 422;
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason) {
    super(`not a readable .edxml: ${reason}`, { reason });
    this.reason = reason;
  }
}

/** Why a document is not written. */
export type UnwritableReason = 'missing' | 'too_long' | 'character' | 'date' | 'number' | 'document_id' | 'content_id' | 'too_many' | 'too_large';

/** A field that the format cannot carry; `at` is its element, as `MessageHeader.Subject`. */
export class Unwritable extends LachanError {
  override readonly code: string = 'edoc_unwritable';
  override readonly status: number = 422;
  readonly reason: UnwritableReason;
  readonly at: string;

  constructor(reason: UnwritableReason, at: string) {
    super(`cannot be written as .edxml: ${at} ${reason}`, { reason, at });
    this.reason = reason;
    this.at = at;
  }
}
