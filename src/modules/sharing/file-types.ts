import { ACCEPTED_IMAGES, imageType } from '#core/images.ts';

/** Largest file a party may send back. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;

/** A kind of file that may be sent back. */
export interface FileType {
  readonly media: string;
  readonly extension: string;
}

const OOXML = 'application/vnd.openxmlformats-officedocument';

/** What a file is by its content, never by its name; null for everything that is not taken (macros, programs, archives). */
export function fileTypeOf(bytes: Buffer): FileType | null {
  const image = imageType(bytes);
  if (image === 'jpeg' || image === 'png' || image === 'webp') return { media: ACCEPTED_IMAGES[image].mime, extension: ACCEPTED_IMAGES[image].extension };
  if (image === 'pdf') return { media: 'application/pdf', extension: 'pdf' };
  if (image === 'zip') return officeType(bytes);
  return image === 'unknown' && isPlainText(bytes) ? { media: 'text/plain', extension: 'txt' } : null;
}

/** Word and Excel without macros; the names of the parts stand in the directory of the ZIP. */
function officeType(bytes: Buffer): FileType | null {
  const has = (part: string) => bytes.includes(part, 0, 'latin1');
  if (has('vbaProject.bin')) return null;
  if (has('word/document.xml')) return { media: `${OOXML}.wordprocessingml.document`, extension: 'docx' };
  return has('xl/workbook.xml') ? { media: `${OOXML}.spreadsheetml.sheet`, extension: 'xlsx' } : null;
}

function isPlainText(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/^\s*(<\?xml|<!doctype|<html|<svg|%!PS)/i.test(bytes.subarray(0, 200).toString('latin1'));
  } catch {
    return false;
  }
}
