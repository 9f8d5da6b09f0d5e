import type { Desk } from './desk.ts';

/** The desk's own address without a slash at its end, for links in answers, feeds and letters: as configured, never as a request's Host claims. */
export function publicAddress({ config }: Pick<Desk, 'config'>): string {
  return (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/+$/, '');
}
