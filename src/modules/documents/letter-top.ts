import { agencyAbbreviation } from '#core/registers.ts';
import type { Letterhead } from '#modules/directory/index.ts';
import { documentSymbol, type DocumentKind } from '#web/docx/letter.ts';
import type { Lang } from '#web/i18n/index.ts';
import type { IssuedNumber } from './queries.ts';

/** What every letter of an agency begins with: who writes, from where, and number and day, open until the clerk has given them. English is an unofficial translation. */
export function letterTop(kind: DocumentKind, head: Letterhead, issued: IssuedNumber | null, language: Lang = 'vi') {
  const isEnglish = language === 'en';
  return {
    kind, issuer: { parent: (isEnglish && head.parentEn) || head.parent, name: (isEnglish && head.nameEn) || head.name }, place: (isEnglish && head.placeEn) || head.place,
    number: { value: issued?.number ?? null, symbol: issued?.symbol || documentSymbol(kind, agencyAbbreviation(head.shortName)) }, date: issued?.on ?? null,
    language, isUnofficialTranslation: isEnglish,
  } as const;
}
