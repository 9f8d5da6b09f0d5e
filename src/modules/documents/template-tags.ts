import type { LetterTexts } from '#web/docx/fragments.ts';
import { DOCUMENT_TYPES, type DocumentKind, type Letter } from '#web/docx/letter.ts';

/** What stands at a tag: a text of the letter, several put together, or blocks that take the place of a whole paragraph. */
type Source = keyof LetterTexts | ((texts: LetterTexts) => string) | 'blocks';

/** The closed list of tags; the messages explain each (`registers.templates.tags`). */
export const TEMPLATE_TAGS = {
  so_ky_hieu: ({ number, symbol }) => `${number}/${symbol}`,
  so: 'number',
  ky_hieu: 'symbol',
  co_quan_cap_tren: 'parent',
  co_quan: 'issuer',
  dia_danh_ngay: ({ place, date }) => `${place}, ${date}`,
  dia_danh: 'place',
  ngay: 'date',
  do_khan: 'urgency',
  ten_loai: 'kind',
  trich_yeu: 'subject',
  kinh_gui: 'to',
  noi_dung: 'blocks',
  phu_luc: 'blocks',
  noi_nhan: 'recipients',
  quyen_han: 'authority',
  chuc_vu: 'title',
  nguoi_ky: 'name',
  chuc_vu_ben_trai: 'counterTitle',
  nguoi_ky_ben_trai: 'counterName',
  lien_he: 'contact',
} as const satisfies Readonly<Record<string, Source>>;
export type TemplateTag = keyof typeof TEMPLATE_TAGS;

/** Whether a name is on the list. */
export function isTag(name: string): name is TemplateTag {
  return Object.hasOwn(TEMPLATE_TAGS, name);
}

/** Tags of blocks: alone in a paragraph of the text, once. */
export const BLOCK_TAGS: readonly TemplateTag[] = ['noi_dung', 'phu_luc'];

/** Tags without which no document of a kind is complete, each with those that say the same (NĐ 30/2020 Điều 8). */
export function requiredTags(kind: DocumentKind): readonly (readonly TemplateTag[])[] {
  return [
    ['so_ky_hieu', 'so'], ['so_ky_hieu', 'ky_hieu'], ...(DOCUMENT_TYPES[kind].isDated ? [['dia_danh_ngay', 'ngay']] as const : []), ['trich_yeu'], ['noi_dung'], ['noi_nhan'], ['nguoi_ky'],
    ...(DOCUMENT_TYPES[kind].isAddressed ? [['kinh_gui']] as const : []),
  ];
}

/** Tags that this letter needs and a template may lack: then the built-in layout is used, since nothing of a letter is left out. */
export function neededTags(letter: Letter): readonly (readonly TemplateTag[])[] {
  const { signature, countersignature } = letter;
  return [
    ...(letter.to.length > 0 ? [['kinh_gui']] as const : []), ...(letter.urgency === null ? [] : [['do_khan']] as const), ...(letter.annexes.length > 0 ? [['phu_luc']] as const : []),
    ...(signature.authority.length > 0 ? [['quyen_han']] as const : []), ...(countersignature ? [['nguoi_ky_ben_trai'], ['chuc_vu_ben_trai']] as const : []),
  ];
}

/** Which of some needs no tag meets. */
export function missingOf(needs: readonly (readonly TemplateTag[])[], tags: ReadonlySet<string>): TemplateTag[] {
  return needs.filter((group) => !group.some((tag) => tags.has(tag))).map((group) => group[0]!);
}

/** What stands at the tags of text. */
export function tagTexts(texts: LetterTexts): Record<string, string> {
  return Object.fromEntries((Object.entries(TEMPLATE_TAGS) as [TemplateTag, Source][]).filter(([, source]) => source !== 'blocks')
    .map(([tag, source]) => [tag, typeof source === 'function' ? source(texts) : texts[source as keyof LetterTexts]]));
}
