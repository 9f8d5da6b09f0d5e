import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from 'fflate';
import { timeless } from '#web/docx/timeless.ts';
import { MOST_TEMPLATE_BYTES, RefusedTemplate } from './refused-template.ts';

const MOST_ENTRIES = 500;
const MOST_INFLATED = 60 * 1024 * 1024;
const MOST_RATIO = 200;
/** Below this a high ratio is usual and harmless. */
const RATIO_FROM = 1024 * 1024;

const DOCUMENT_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const MACROS = /macroEnabled|vbaProject|vbaData|ms-word\.attachedToolbars|ms-word\.keyMapCustomizations/i;
const EMBEDDED = /\/embeddings\/|oleObject|activeX|\.(?:bin|exe|dll|js|vbs|html?|mht|rtf|docm?|xlsx?|pptx?)$/i;
/** Relationships that bring something else into the document when it is opened (ECMA-376 part 1, 11.3, 15.2). */
const BRINGING = /\/(?:attachedTemplate|oleObject|package|control|frame|subDocument|aFChunk|vbaProject|externalLink\w*|mailMergeSource|recipientData)["']/i;
/** Fields that fetch or run (ECMA-376 part 1, 17.16.5; Word: DDE). */
const FETCHING = /\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON|GOTOBUTTON|RD)\b/i;
const EMPTY_PROPERTIES: Readonly<Record<string, string>> = {
  'docProps/core.xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
  'docProps/app.xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
  'docProps/custom.xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
};

/**
 * A Word file with nothing in it that runs, fetches or names somebody: refused when it does the first two, written anew without the third, so that only
 * what was looked at is kept.
 * @throws RefusedTemplate
 */
export function cleanTemplate(bytes: Uint8Array): Buffer {
  if (bytes.length > MOST_TEMPLATE_BYTES) throw new RefusedTemplate('too_large');
  if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'd0cf11e0') throw new RefusedTemplate('encrypted');
  const parts = unzipped(bytes);
  const names = Object.keys(parts);
  const types = parts['[Content_Types].xml'];
  if (!types || !parts['word/document.xml']) throw new RefusedTemplate('type');
  const bad = (pattern: RegExp) => names.filter((name) => pattern.test(`/${name}`));
  if (bad(MACROS).length > 0 || MACROS.test(strFromU8(types))) throw new RefusedTemplate('macro');
  if (bad(EMBEDDED).length > 0) throw new RefusedTemplate('embedded', bad(EMBEDDED).slice(0, 3));
  if (!strFromU8(types).includes(DOCUMENT_TYPE)) throw new RefusedTemplate('type');
  for (const name of names.filter((one) => /\.(?:xml|rels)$/i.test(one))) checkPart(name, parts[name]!);
  for (const [name, text] of Object.entries(EMPTY_PROPERTIES)) if (parts[name]) parts[name] = strToU8(text);
  return timeless(Buffer.from(zipSync(parts, { level: 6, mtime: new Date(1980, 0, 1) })));
}

function unzipped(bytes: Uint8Array): Unzipped {
  let [count, declared] = [0, 0];
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        declared += originalSize;
        count += 1;
        if (count > MOST_ENTRIES || declared > MOST_INFLATED || (originalSize > RATIO_FROM && originalSize > size * MOST_RATIO)) throw new RefusedTemplate('zip_bomb');
        if (!/^[\w.\-/[\] ]+$/.test(name) || name.includes('..') || name.startsWith('/')) throw new RefusedTemplate('malformed', [name.slice(0, 60)]);
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    throw error instanceof RefusedTemplate ? error : new RefusedTemplate('malformed', [], { cause: error });
  }
}

function checkPart(name: string, bytes: Uint8Array): void {
  const xml = strFromU8(bytes);
  // Only what is read as it will be read: UTF-8, no entities of its own, no characters spelt as numbers where a name is looked for.
  if (/^(?:\u00fe\u00ff|\u00ff\u00fe|\ufffd)/.test(xml) || /<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(xml) || /<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new RefusedTemplate('malformed', [name]);
  if (name.endsWith('.rels')) {
    if (xml.includes('&#')) throw new RefusedTemplate('malformed', [name]);
    if (/TargetMode\s*=\s*["']\s*External/i.test(xml)) throw new RefusedTemplate('external', [name]);
    if (BRINGING.test(xml)) throw new RefusedTemplate('embedded', [name]);
    return;
  }
  if (/^word\/(?:comments|people)\w*\.xml$/i.test(name) || /<w:(?:ins|del|moveFrom|moveTo)\s/.test(xml)) throw new RefusedTemplate('comments', [name]);
  if (/<w:(?:altChunk|object|control)\b/.test(xml)) throw new RefusedTemplate('embedded', [name]);
  const fields = [...xml.matchAll(/<w:instrText[^>]*>([^<]*)<|\bw:instr\s*=\s*"([^"]*)"/g)].map((found) => found[1] ?? found[2] ?? '');
  if (fields.some((code) => code.includes('&#')) || FETCHING.test(fields.join('')) || fields.some((code) => FETCHING.test(code))) throw new RefusedTemplate('field', [name]);
}
