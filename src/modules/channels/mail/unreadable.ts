/** Why a mail is not read; each code has its words on the screens. */
export const UNREADABLE = ['too_large', 'header_too_large', 'too_many_parts', 'too_deep', 'empty', 'malformed', 'too_slow'] as const;
export type UnreadableReason = (typeof UNREADABLE)[number];

/** A mail that is larger, deeper or stranger than the desk reads. It stays in the mailbox; nothing of it is kept. */
export class Unreadable extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason) {
    super(`unreadable mail: ${reason}`);
    this.name = 'Unreadable';
    this.reason = reason;
  }
}
