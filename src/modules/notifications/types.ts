import type { Messages } from '#web/i18n/index.ts';

/** A kind of news, as the messages have words for. */
export type NewsKind = keyof Messages['news']['kinds'];

/** Why mail does not go out. */
export type MailTrouble = keyof Messages['news']['trouble']['reasons'];

/** One thing an officer was told. */
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
  readonly href: string;
  readonly urgent: boolean;
  readonly at: Date;
}

/** Outgoing mail that fails, since when and why. */
export interface Trouble {
  readonly since: Date;
  readonly reason: MailTrouble;
}
