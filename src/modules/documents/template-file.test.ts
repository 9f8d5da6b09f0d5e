import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { paragraph, WHOLE, wordFile } from '../../../tests/support/word-template.ts';
import { readTemplate } from './template-fill.ts';
import { RefusedTemplate } from './refused-template.ts';
import { TEMPLATE_TAGS } from './template-tags.ts';

const refusal = (bytes: Uint8Array, kind: Parameters<typeof readTemplate>[1] = 'cong_van') => readTemplate(bytes, kind).then(() => 'taken', (error: unknown) => (
  error instanceof RefusedTemplate ? [error.reason, ...error.about].join(' ') : Promise.reject(error)));
const documentOf = (file: Uint8Array) => strFromU8(unzipSync(new Uint8Array(file))['word/document.xml']!);
const rels = (inner: string) => `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const without = (tag: string) => WHOLE.filter((one) => !one.replace(/<[^>]*>/g, '').includes(`{${tag}}`));

describe('a template that is taken', () => {
  it('has its tags, cut into runs or not, and its trial has none left', async () => {
    const { tags, trial, file } = await readTemplate(wordFile(), 'cong_van');
    expect(tags).toEqual(expect.arrayContaining(['so_ky_hieu', 'noi_dung', 'kinh_gui']));
    const xml = documentOf(trial);
    expect(xml).toContain('05/SVHTTDL-QLTT');
    expect(xml).toContain('Cao Bằng, ngày 09 tháng 02 năm 2026');
    expect(xml).toContain('MẪU RIÊNG CỦA CƠ QUAN');
    expect(xml).toContain('<w:tbl>');
    expect(xml.replace(/<[^>]*>/g, '')).not.toMatch(/\{[a-z_]+\}/);
    // Text that looks like a tag or an element stays text.
    expect(xml).toContain('&lt; &gt; &amp; { }');
    expect(strFromU8(unzipSync(new Uint8Array(file))['docProps/core.xml']!)).not.toContain('Người soạn mẫu');
    expect(trial.equals((await readTemplate(wordFile(), 'cong_van')).trial)).toBe(true);
  });

  it('gives a place to every tag of the list', async () => {
    const body = Object.keys(TEMPLATE_TAGS).map((tag) => paragraph(`{${tag}}`));
    expect(new Set((await readTemplate(wordFile(body), 'bien_ban')).tags)).toEqual(new Set(Object.keys(TEMPLATE_TAGS)));
  });
});

describe('a template that is refused', () => {
  it.each([
    ['nothing', new Uint8Array(), 'malformed'],
    ['text', Buffer.from('Mẫu công văn'), 'malformed'],
    ['an encrypted or old Word file', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'encrypted'],
    ['a ZIP of something else', Buffer.from(zipSync({ 'a.txt': strToU8('a') })), 'type'],
    ['a spreadsheet', wordFile(WHOLE, { '[Content_Types].xml': '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>' }), 'type'],
    ['macros', wordFile(WHOLE, { 'word/vbaProject.bin': new Uint8Array(8) }), 'macro'],
    ['a .docm without its macros', wordFile(WHOLE, { '[Content_Types].xml': '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>' }), 'macro'],
    ['an OLE object', wordFile(WHOLE, { 'word/embeddings/oleObject1.bin': new Uint8Array(8) }), 'embedded word/embeddings/oleObject1.bin'],
    ['a picture from elsewhere', wordFile(WHOLE, { 'word/_rels/document.xml.rels': rels(`<Relationship Id="rId9" Type="${OFFICE}/image" Target="http://theo-doi.example/a.png" TargetMode="External"/>`) }), 'external word/_rels/document.xml.rels'],
    ['an external target in other quotes', wordFile(WHOLE, { 'word/_rels/settings.xml.rels': rels(`<Relationship Id='r' Type='${OFFICE}/hyperlink' Target='https://a.example' TargetMode = 'External'/>`) }), 'external word/_rels/settings.xml.rels'],
    ['an external target spelt in numbers', wordFile(WHOLE, { 'word/_rels/settings.xml.rels': rels(`<Relationship Id="r" Type="${OFFICE}/hyperlink" Target="https://a.example" TargetMode="&#69;xternal"/>`) }), 'malformed word/_rels/settings.xml.rels'],
    ['a template of its own', wordFile(WHOLE, { 'word/_rels/settings.xml.rels': rels(`<Relationship Id="r" Type="${OFFICE}/attachedTemplate" Target="mau.dotx"/>`) }), 'embedded word/_rels/settings.xml.rels'],
    ['a field that fetches', wordFile([...WHOLE, '<w:p><w:r><w:instrText xml:space="preserve"> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://a.example/x.png"</w:instrText></w:r></w:p>']), 'field word/document.xml'],
    ['a field that runs', wordFile([...WHOLE, '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x "/></w:p>']), 'field word/document.xml'],
    ['entities of its own', wordFile(WHOLE, { 'word/settings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }), 'malformed word/settings.xml'],
    ['a part in UTF-16', wordFile(WHOLE, { 'word/settings.xml': Buffer.from('\ufeff<a/>', 'utf16le') }), 'malformed word/settings.xml'],
    ['comments', wordFile(WHOLE, { 'word/comments.xml': '<w:comments/>' }), 'comments word/comments.xml'],
    ['changes that are tracked', wordFile([...WHOLE, '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins></w:p>']), 'comments word/document.xml'],
    ['a name that climbs', wordFile(WHOLE, { '../../etc/x.xml': '<a/>' }), 'malformed ../../etc/x.xml'],
    ['a bomb', wordFile(WHOLE, { 'word/media/a.xml': Buffer.alloc(70 * 1024 * 1024) }), 'zip_bomb'],
    ['a part that shrinks too well', wordFile(WHOLE, { 'word/media/a.xml': Buffer.alloc(4 * 1024 * 1024) }), 'zip_bomb'],
    ['too many parts', wordFile(WHOLE, Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`word/media/${index}.xml`, '<a/>']))), 'zip_bomb'],
    ['too large', Buffer.alloc(5 * 1024 * 1024 + 1), 'too_large'],
    ['a tag nobody knows', wordFile([...WHOLE, paragraph('{ho_ten_doi_tuong}')]), 'unknown_tag ho_ten_doi_tuong'],
    ['a loop', wordFile([...WHOLE, paragraph('{#noi_nhan}'), paragraph('{/noi_nhan}')]), 'unknown_tag {#noi_nhan} {/noi_nhan}'],
    ['a brace that is not closed', wordFile([...WHOLE, paragraph('{so_ky_hieu')]), 'braces {so_ky_hieu'],
    ['no subject', wordFile(without('trich_yeu')), 'missing_tag trich_yeu'],
    ['no text', wordFile(without('noi_dung')), 'missing_tag noi_dung'],
    ['text within a sentence', wordFile([...without('noi_dung'), paragraph('Nội dung: {noi_dung}')]), 'placement noi_dung'],
    ['text twice', wordFile([...WHOLE, paragraph('{noi_dung}')]), 'placement noi_dung'],
  ])('%s', async (_name, bytes, reason) => expect(await refusal(bytes)).toBe(reason));

  it('asks for the date only where the kind has one', async () => {
    expect(await refusal(wordFile(without('dia_danh_ngay')), 'bien_ban')).toBe('taken');
    expect(await refusal(wordFile(without('dia_danh_ngay')), 'thong_bao')).toBe('missing_tag dia_danh_ngay');
  });
});
