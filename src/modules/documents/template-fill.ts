import { RawXmlPlugin, TagPlacement, TemplateHandler, TextPlugin } from 'easy-template-x';
import { strFromU8, unzipSync } from 'fflate';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { annexesXml, blocksXml, letterTexts } from '#web/docx/fragments.ts';
import { documentSymbol, type Block, type DocumentKind, type Letter } from '#web/docx/letter.ts';
import { timeless } from '#web/docx/timeless.ts';
import { activeTemplate } from './queries/templates.ts';
import { RefusedTemplate } from './refused-template.ts';
import { cleanTemplate } from './template-file.ts';
import { BLOCK_TAGS, isTag, missingOf, neededTags, requiredTags, tagTexts } from './template-tags.ts';

/** Tables within tables of real templates go about thirty deep. */
const MOST_DEPTH = 100;
const MOST_TAGS = 200;

/** Text and paragraphs of our own only: no loops, pictures, links or raw parts of the library's own making. */
function handler(): TemplateHandler {
  return new TemplateHandler({ plugins: [new TextPlugin(), new RawXmlPlugin()], maxXmlDepth: MOST_DEPTH, containerContentType: 'text' });
}

/**
 * Looks at a Word file that is to be a template for a kind of document: nothing in it runs or fetches, its tags are those of the list, the needed
 * ones are there, and a letter of made-up words can be written with it.
 * @returns the file as it is kept, its tags, and the letter @throws RefusedTemplate
 */
export async function readTemplate(bytes: Uint8Array, kind: DocumentKind): Promise<{ file: Buffer; tags: string[]; trial: Buffer }> {
  const file = cleanTemplate(bytes);
  const tags = await tagsOf(file);
  const unknown = tags.filter((tag) => !isTag(tag));
  if (unknown.length > 0) throw new RefusedTemplate('unknown_tag', unknown.slice(0, 10).map((tag) => tag.slice(0, 40)));
  const missing = missingOf(requiredTags(kind), new Set(tags));
  if (missing.length > 0) throw new RefusedTemplate('missing_tag', missing);
  checkPlaces(file, tags);
  try {
    return { file, tags: [...new Set(tags)], trial: await fill(file, sampleLetter(kind)) };
  } catch (error) {
    throw new RefusedTemplate('trial', [], { cause: error });
  }
}

/** Tags in the order in which they stand, as often as they do. */
async function tagsOf(file: Buffer): Promise<string[]> {
  const tags = await handler().parseTags(file).catch((error: unknown) => Promise.reject(new RefusedTemplate('braces', [], { cause: error })));
  if (tags.length > MOST_TAGS) throw new RefusedTemplate('braces');
  const odd = tags.filter((tag) => tag.disposition !== 'SelfClosed' || tag.placement !== TagPlacement.TextNode);
  if (odd.length > 0) throw new RefusedTemplate('unknown_tag', odd.map((tag) => tag.rawText.slice(0, 40)));
  return tags.map(({ name }) => name);
}

/** Braces belong to a tag; blocks take the place of a paragraph: their tag is alone in one of the text itself, and there once. */
function checkPlaces(file: Buffer, tags: readonly string[]): void {
  const parts = unzipSync(new Uint8Array(file), { filter: ({ name }) => /^word\/[a-z0-9]+\.xml$/i.test(name) });
  const texts = (xml: string) => [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map((found) => found[1]).join('').trim());
  const loose = Object.values(parts).flatMap((part) => texts(strFromU8(part))).filter((text) => /[{}]/.test(text.replace(/\{[^{}]*\}/g, '')));
  if (loose.length > 0) throw new RefusedTemplate('braces', loose.slice(0, 3).map((text) => text.slice(0, 60)));
  const body = texts(strFromU8(parts['word/document.xml']!));
  for (const tag of BLOCK_TAGS) {
    const times = tags.filter((one) => one === tag).length;
    if (times > 1 || (times === 1 && body.filter((text) => text.replace(/[{}\s]/g, '') === tag).length !== 1)) throw new RefusedTemplate('placement', [tag]);
  }
}

/** Writes a letter with a template. The same template and letter give the same bytes. */
async function fill(file: Buffer, letter: Letter): Promise<Buffer> {
  const blocks = { noi_dung: await blocksXml(letter.body, letter), phu_luc: await annexesXml(letter) };
  const data = {
    ...tagTexts(letterTexts(letter)),
    ...Object.fromEntries(Object.entries(blocks).map(([tag, xml]) => [tag, { _type: 'rawXml', xml, replaceParagraph: true }])),
  };
  return timeless(await handler().process(file, data));
}

/**
 * Writes a letter with the template that its agency uses for this kind; null when there is none, when it has no place for something of this letter (an
 * annex, a second signature, a picture, a language), or when it cannot be read any more: then the built-in layout is right.
 */
export async function fillTemplate(desk: Desk, tx: Tx, agencyId: string, kind: DocumentKind, letter: Letter): Promise<Uint8Array | null> {
  if (letter.language !== 'vi' || letter.kind !== kind) return null;
  const template = await activeTemplate(tx, agencyId, kind);
  if (!template || missingOf(neededTags(letter), new Set(template.tags)).length > 0) return null;
  if ([letter.body, ...letter.annexes.map(({ body }) => body)].flat().some((block) => block.type === 'picture')) return null;
  try {
    return await fill(await desk.files.get(template.ref), letter);
  } catch (error) {
    desk.log.error({ err: error, agencyId, kind }, 'template could not be filled; built-in layout used');
    return null;
  }
}

/** A letter of made-up words with everything a kind may have. */
export function sampleLetter(kind: DocumentKind): Letter {
  const body: Block[] = [
    { type: 'basis', items: ['Căn cứ Luật An ninh mạng số 116/2025/QH15;', 'Theo đề nghị của Trưởng phòng Quản lý thông tin, báo chí, xuất bản.'] },
    { type: 'heading', level: 1, text: 'Nội dung mẫu' },
    { type: 'paragraph', text: 'Đây là đoạn văn mẫu để xem thử mẫu văn bản. Nội dung thật sẽ do phần mềm điền khi lập văn bản.' },
    { type: 'list', marks: 'letter', items: ['Mục thứ nhất', 'Mục thứ hai'] },
    { type: 'table', columns: [{ head: 'TT', width: 1, isNumeric: true }, { head: 'Nội dung', width: 6 }], rows: [['1', 'Dòng mẫu có ký tự < > & { }'], ['2', 'Dòng mẫu thứ hai']] },
  ];
  return {
    kind, issuer: { parent: 'Ủy ban nhân dân tỉnh Cao Bằng', name: 'Sở Văn hóa, Thể thao và Du lịch' }, number: { value: '5', symbol: documentSymbol(kind, 'SVHTTDL', kind === 'cong_van' ? 'QLTT' : undefined) },
    place: 'Cao Bằng', date: '2026-02-09', urgency: 'khan', subject: 'Xem thử mẫu văn bản của cơ quan', to: kind === 'cong_van' || kind === 'bao_cao' ? ['Ủy ban nhân dân tỉnh Cao Bằng', 'Công an tỉnh Cao Bằng'] : [],
    body, signature: { authority: [{ code: 'KT.', of: 'Giám đốc' }], title: 'Phó Giám đốc', name: 'Nguyễn Văn Mẫu' },
    ...(kind === 'bien_ban' && { countersignature: { authority: [], title: 'Đại diện bên giao', name: 'Trần Thị Mẫu' } }),
    recipients: ['Thành viên Tổ công tác'], annexes: [{ title: 'Danh sách mẫu', body: [{ type: 'paragraph', text: 'Nội dung phụ lục mẫu.' }] }], language: 'vi',
    contact: ['Địa chỉ: số 1 phố Mẫu, phường Thục Phán. Điện thoại: 0206 000 0000'],
  };
}
