/** Bytes of a template. */
export const MOST_TEMPLATE_BYTES = 5 * 1024 * 1024;

/** Why a file is no template; closed, the screens have words for each. */
export const REFUSALS = [
  'type', 'too_large', 'malformed', 'zip_bomb', 'encrypted', 'macro', 'external', 'embedded', 'field', 'comments', 'braces', 'unknown_tag', 'missing_tag', 'placement', 'trial',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A file that cannot be a template; `about` names tags or the part of the file. */
export class RefusedTemplate extends Error {
  readonly reason: Refusal;
  readonly about: readonly string[];

  constructor(reason: Refusal, about: readonly string[] = [], options?: ErrorOptions) {
    super(`template refused: ${reason}`, options);
    this.reason = reason;
    this.about = about;
  }
}
