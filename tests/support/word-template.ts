import { strToU8, zipSync } from 'fflate';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A paragraph whose text is cut into runs, as Word cuts what was typed and corrected. */
export function paragraph(...runs: string[]): string {
  return `<w:p><w:pPr><w:jc w:val="left"/></w:pPr>${runs.map((text) => `<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`).join('')}</w:p>`;
}

/** The paragraphs of a template that has a place for everything. */
export const WHOLE = [
  paragraph('{co_quan_cap_tren}'), paragraph('{co_quan}'), paragraph('Số: {so_', 'ky_hieu}'), paragraph('{do_khan}'), paragraph('{dia_danh_ngay}'), paragraph('{ten_loai}'), paragraph('V/v {trich_yeu}'),
  paragraph('Kính gửi: {kinh_gui}'), paragraph('{noi_dung}'), paragraph('MẪU RIÊNG CỦA CƠ QUAN'), paragraph('{quyen_han}'), paragraph('{chuc_vu}'), paragraph('{nguoi_ky}'), paragraph('{chuc_vu_ben_trai}'),
  paragraph('{nguoi_ky_ben_trai}'), paragraph('Nơi nhận: {noi_nhan}'), paragraph('{phu_luc}'), paragraph('{lien_he}'),
];

/**
 * A small Word file as Word would write it.
 * @param body paragraphs of WordprocessingML
 * @param more further parts, or other contents of the usual ones, name → text
 */
export function wordFile(body: readonly string[] = WHOLE, more: Readonly<Record<string, string | Uint8Array>> = {}): Buffer {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    '_rels/.rels': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${RELS}"/>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="${W}" xmlns:r="${OFFICE}"><w:body>${body.join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    'docProps/core.xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Người soạn mẫu</dc:creator></cp:coreProperties>',
    ...more,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part])), { mtime: new Date(2026, 0, 1) }));
}
