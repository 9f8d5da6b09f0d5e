import type { Channel } from '#catalogue/channels.ts';

/**
 * Days without anything after which a channel that runs by itself is called silent: something may be broken where nobody complains.
 * Null where officers or other agencies bring things when they have them, so that silence says nothing.
 */
export const SILENT_AFTER_DAYS: Readonly<Record<Channel, number | null>> = {
  web: 3, email: 3, sms: 7, api: 7, phone: null, walk_in: null, post: null, edoc: null, spreadsheet: null,
};

/** Channels whose door can be broken by itself, so that their health is noted. */
export const WATCHED = ['email', 'sms'] as const satisfies readonly Channel[];

export type ChannelState = 'running' | 'failing' | 'silent' | 'not_connected' | 'off' | 'empty' | 'by_hand';

export interface ChannelFacts {
  readonly channel: Channel;
  /** Whether the settings name it; true for those that need none. */
  readonly configured: boolean;
  readonly health: { readonly state: 'ok' | 'failing' } | null;
  readonly lastAt: Date | null;
}

const DAY = 86_400_000;

/** How a channel stands at a moment. */
export function channelState({ channel, configured, health, lastAt }: ChannelFacts, now: Date): ChannelState {
  if (!configured) return 'off';
  if (health?.state === 'failing') return 'failing';
  if (health === null && WATCHED.some((watched) => watched === channel)) return 'not_connected';
  const days = SILENT_AFTER_DAYS[channel];
  if (days === null) return 'by_hand';
  if (lastAt === null) return 'empty';
  return now.getTime() - lastAt.getTime() >= days * DAY ? 'silent' : 'running';
}
