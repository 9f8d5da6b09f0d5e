import { en } from './en/index.ts';
import type { Lang, Messages } from './types.ts';
import { vi } from './vi/index.ts';

export type { Lang, Messages } from './types.ts';

/** All languages, the source first. */
export const languages: readonly Lang[] = ['vi', 'en'];

/** Gives every text of the product in `lang`. */
export function messages(lang: Lang): Messages {
  return lang === 'en' ? en : vi;
}
