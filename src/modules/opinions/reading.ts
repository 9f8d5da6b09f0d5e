import { imageType } from '#core/images.ts';
import { searchKey } from '#core/vietnamese.ts';
import { DOCX } from '#platform/download.ts';
import type { OpinionAnswer } from '#platform/schema.ts';

/** What the first line of a reply may say, by search key; nothing else names an answer. */
const FIRST_LINES: Readonly<Record<string, OpinionAnswer>> = {
  'dong y': 'agree', 'khong dong y': 'disagree', 'dong y va bo sung': 'agree_with_changes', 'khong thuoc tham quyen': 'not_competent',
};
const EDGES = /^[\s"'“”‘’*_.–—-]+|[\s"'“”‘’*_.,;:!–—-]+$/g;

/**
 * What a reply says by its first line, in any Unicode form, with or without diacritics. Only the whole line counts: "Đồng ý với điểm 1"
 * or a question is read by an officer, as is everything else.
 */
export function answerOfMail(text: string): OpinionAnswer {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const key = searchKey(first.slice(0, 200).replace(EDGES, ''));
  return Object.hasOwn(FIRST_LINES, key) ? FIRST_LINES[key]! : 'to_read';
}

/** Where a mail came from, against what the directory knows: a whole address, or a domain entered as `@domain`. */
export function isContact(sender: string, contacts: readonly string[]): boolean {
  const address = sender.trim().toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1) return false;
  return contacts.some((contact) => {
    const known = contact.trim().toLowerCase();
    return known.startsWith('@') ? known.length > 1 && address.slice(at) === known : known === address;
  });
}

/** Parts every Word document has (ECMA-376 part 2, 7.2; part 1, 11.3.10), and the one that carries macros. */
const WORD_PARTS = ['[Content_Types].xml', 'word/document.xml'] as const;
const MACROS = 'word/vbaProject.bin';

/** The type of a file that may be kept with a request or an answer (PDF, Word without macros, JPEG, PNG), from its bytes; null for any other. */
export function keptType(bytes: Buffer): string | null {
  switch (imageType(bytes)) {
    case 'pdf': return 'application/pdf';
    case 'jpeg': return 'image/jpeg';
    case 'png': return 'image/png';
    case 'zip': return WORD_PARTS.every((part) => bytes.includes(part)) && !bytes.includes(MACROS) ? DOCX : null;
    default: return null;
  }
}
