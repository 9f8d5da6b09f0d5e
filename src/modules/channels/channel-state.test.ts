import { describe, expect, test } from 'vitest';
import { CHANNEL_CODES } from '#catalogue/channels.ts';
import { channelState, SILENT_AFTER_DAYS, WATCHED, type ChannelFacts } from './channel-state.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const mail = (more: Partial<ChannelFacts> = {}): ChannelFacts => ({ channel: 'email', configured: true, health: { state: 'ok' }, lastAt: ago(1), ...more });

describe('a channel', () => {
  test.each([
    ['that runs', mail(), 'running'],
    ['that cannot connect, whatever came before', mail({ health: { state: 'failing' } }), 'failing'],
    ['that is set but never told anything', mail({ health: null, lastAt: null }), 'not_connected'],
    ['that is not set', mail({ configured: false, health: { state: 'failing' } }), 'off'],
    ['that is silent to the minute', mail({ lastAt: ago(3) }), 'silent'],
    ['that was heard just inside its days', mail({ lastAt: new Date(ago(3).getTime() + 1) }), 'running'],
    ['that never brought anything', mail({ lastAt: null }), 'empty'],
    ['that officers fill', mail({ channel: 'post', health: null, lastAt: ago(400) }), 'by_hand'],
    ['of machines without anything noted of its health', mail({ channel: 'api', health: null }), 'running'],
  ] as const)('%s', (_, facts, state) => {
    expect(channelState(facts, NOW)).toBe(state);
  });

  test('has an answer to how long its silence may last; one that is watched has days', () => {
    expect(Object.keys(SILENT_AFTER_DAYS).sort()).toEqual([...CHANNEL_CODES].sort());
    expect(WATCHED.every((channel) => SILENT_AFTER_DAYS[channel] !== null)).toBe(true);
  });
});
