import type { AgencyLevel } from '#platform/schema.ts';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { AgencyNames, Place, Responsible } from './types.ts';

/** Levels in the order of the screens. */
export const LEVELS: readonly AgencyLevel[] = [
  'province', 'police', 'department', 'commune', 'district', 'central', 'press', 'company', 'bank',
];

/** Says an answer of `responsible` in sentences: who leads, why, by which law, who coordinates and who supports. */
export function explain(rows: readonly Responsible[], lang: Lang): string {
  const t = messages(lang).directory.explain;
  const [lead] = rows;
  if (lead?.role !== 'lead') return t.nobody;
  const [territory, why] = lang === 'vi' ? [inner(lead.territory), lead.whyVi] : [lead.territoryEn, lead.whyEn];
  const names = (list: readonly Responsible[]): string => list.map((row) => nameIn(row, lang)).join(', ');
  const coordinating = names(rows.filter((row) => row.coordinates));
  const supporting = names(rows.filter((row) => row.role === 'support'));
  return [
    t.leads(nameIn(lead, lang), territory), why, t.law(lead.law), lead.formerly && succession(lead.formerly, lang),
    coordinating && t.coordinates(coordinating), supporting && t.support(supporting),
  ].filter(Boolean).join(' ');
}

/** "Nhận nhiệm vụ của …, đã kết thúc ngày …": why an agency answers for what another one held. */
export function succession(formerly: NonNullable<Responsible['formerly']>, lang: Lang): string {
  return messages(lang).directory.explain.succession(nameIn(formerly, lang), formatDate(formerly.endedOn));
}

/** The name in a language of the screen; papers always print `name`. */
export function nameIn(names: AgencyNames, lang: Lang): string {
  return lang === 'vi' ? names.name : names.nameEn;
}

/** "Xã Hòa An", or "Xã Minh Tâm, có địa bàn thuộc huyện Hòa An cũ" when it was found by its former district. */
export function placeLabel(place: Place, lang: Lang): string {
  const name = lang === 'vi' ? place.fullName : place.fullNameEn;
  if (!place.formerDistrict) return name;
  return `${name}, ${messages(lang).directory.formerDistrict(inner(place.formerDistrict))}`;
}

/** "Huyện Hòa An" inside a sentence: "huyện Hòa An". */
function inner(fullName: string): string {
  return fullName.charAt(0).toLowerCase() + fullName.slice(1);
}
