import type { Lang } from './i18n/index.ts';

/** Addresses that the header and the footer of every page lead to (Vietnamese form; English is the same under `/en`). */
export const links = {
  home: '/',
  report: '/bao-cao',
  check: '/kiem-tra',
  follow: '/tra-cuu',
  warnings: '/canh-bao',
  appeal: '/xem-xet-lai',
  firstSteps: '/viec-can-lam',
  notDone: '/dieu-khong-lam',
  privacy: '/du-lieu-cua-ban',
  ownData: '/du-lieu-cua-toi',
  console: '/can-bo',
} as const;

/** Gives the address of a portal page in `lang`: `/en/…` for English. `path` is the Vietnamese address, with or without a query. */
export function localPath(lang: Lang, path: string): string {
  if (lang === 'vi') return path;
  return path === '/' || path.startsWith('/?') ? `/en${path.slice(1)}` : `/en${path}`;
}
