import { messages, type Lang } from '#web/i18n/index.ts';
import type { Item, NewsKind } from './types.ts';

/** The sentence of one thing told; a kind that a newer version wrote has a plain one. */
export function newsWords({ kind, code }: Pick<Item, 'kind' | 'code'>, lang: Lang): string {
  const { kinds, otherKind } = messages(lang).news;
  return Object.hasOwn(kinds, kind) ? kinds[kind as NewsKind](code) : otherKind(code);
}

/** A count of unread news as it is shown: `3`, `99+`. */
export function shownCount(count: number, lang: Lang): string {
  return count > 99 ? messages(lang).news.many : String(count);
}
