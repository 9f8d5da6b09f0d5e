import { createHash } from 'node:crypto';
import type { Zippable } from 'fflate';
import { categoryOf } from '#catalogue/categories.ts';
import { imageType, isAcceptedImage, ACCEPTED_IMAGES } from '#core/images.ts';
import type { Desk } from '#platform/desk.ts';
import type { Letter } from '#web/docx/letter.ts';
import { formatDate } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import type { CaseItem } from '../types.ts';
import { canonicalJson, manifestOf } from './manifest.ts';
import { packMinutes, type MinutesOf } from './minutes.ts';
import type { Manifest, PackFile, RecallNote } from './types.ts';
import { watermarked } from './watermark.ts';

/** A picture of a pack by where its bytes are. */
export interface PackPicture {
  readonly itemId: string;
  readonly originalRef: string;
  readonly copyRef: string;
}

export interface PackSource {
  readonly head: Omit<Manifest, 'format' | 'files'>;
  readonly minutes: Omit<MinutesOf, 'files'>;
  readonly items: readonly CaseItem[];
  readonly pictures: readonly PackPicture[];
  readonly withOriginals: boolean;
  /** The opened contact of one reporter, for police alone; a file by itself. */
  readonly contact: { readonly report: string; readonly words: string } | null;
}

/** A date inside a ZIP says nothing here, and the same pack is to give the same bytes. */
const TIMELESS = new Date(1980, 0, 1);

/** SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** What signs the manifest. */
export type Signer = (bytes: Uint8Array) => Buffer;

/** The ZIP: texts, pictures (of {@link pictureFiles}), minutes with all hashes, signed manifest. */
export async function makePack(source: PackSource, pictures: readonly PackFile[], sign: Signer, render: (letter: Letter) => Promise<Uint8Array>): Promise<Buffer> {
  const files: PackFile[] = [...texts(source), ...pictures, ...contactFile(source)];
  const listed = manifestOf(source.head, files).files;
  const all = [...files, { name: 'BIEN-BAN-BAN-GIAO.docx', bytes: await render(packMinutes({ ...source.minutes, files: listed })) }];
  return zipOf([...all, ...signedFile('manifest', manifestOf(source.head, all), sign)]);
}

/** A signed note that a pack was taken back, as a ZIP for the desk that took it in. */
export function makeRecallNote(note: RecallNote, sign: Signer): Promise<Buffer> {
  return zipOf(signedFile('thu-hoi', note, sign));
}

/** Canonical JSON and its signature beside it. */
function signedFile(name: string, value: Manifest | RecallNote, sign: Signer): PackFile[] {
  const bytes = Buffer.from(canonicalJson(value));
  return [{ name: `${name}.json`, bytes }, { name: `${name}.sig`, bytes: sign(bytes) }];
}

async function zipOf(files: readonly PackFile[]): Promise<Buffer> {
  const { zipSync } = await import('fflate');
  const entries: Zippable = Object.fromEntries(files.map(({ name, bytes }) => [name, [bytes, { mtime: TIMELESS, level: /\.(jpg|png|sig)$/.test(name) ? 0 : 6 }]]));
  return Buffer.from(zipSync(entries));
}

/** What is told in words, once for people and once for machines. */
function texts({ head, items }: PackSource): PackFile[] {
  const t = messages('vi').sharing;
  const told = items.map((item, index) => ({ ...item, place: index + 1 }));
  const lines = told.map((item) => `${item.place}. ${t.kindsTitle[item.kind]}\n${wordsOf(item)}`);
  return [
    { name: 'noi-dung.json', bytes: Buffer.from(canonicalJson({ format: 'la-chan-items/1', case: head.case, items: told.map(({ kind, content, place }) => ({ place, kind, content })) })) },
    { name: 'noi-dung.txt', bytes: Buffer.from(`${head.code} · ${head.case} · ${head.by.name}\n\n${lines.join('\n\n')}\n`) },
  ];
}

function wordsOf(item: CaseItem): string {
  const { shown, indicators, evidences, confidence } = messages('vi').sharing;
  const line = (label: string, value: string | number | null) => (value === null || value === '' ? [] : [`   ${label}: ${value}`]);
  switch (item.kind) {
    case 'report': {
      const { code, category, happenedOn, moneyLost, commune, narrative } = item.content;
      return [...line(shown.code, code), ...line(shown.harm, categoryOf(category).label.vi), ...line(shown.happenedOn, happenedOn && formatDate(happenedOn)), ...line(shown.money, moneyLost), ...line(shown.commune, commune), ...line(shown.narrative, narrative)].join('\n');
    }
    case 'attachment': return line(shown.photo(''), `${item.content.name} (${item.content.report})`).join('\n');
    case 'indicator': return line(indicators[item.content.kind], item.content.value ?? item.content.display).join('\n');
    case 'evidence': return [...line(evidences[item.content.kind], item.content.description), ...line(shown.sha256, item.content.sha256), ...line(shown.at, item.content.at)].join('\n');
    case 'verification': {
      const { checked, otherExplanation, finding } = item.content;
      return [...line(shown.checked, checked), ...line(shown.other, otherExplanation), ...line(shown.finding, finding), ...line(shown.confidence, confidence[item.content.confidence])].join('\n');
    }
  }
}

/** Originals unchanged, viewing copies marked with whom they were made for. */
export async function pictureFiles(desk: Pick<Desk, 'files'>, source: PackSource): Promise<PackFile[]> {
  const files: PackFile[] = [];
  const mark = `${source.head.for} · ${source.head.code} · ${formatDate(new Date(source.head.madeAt))}`;
  for (const [index, { originalRef, copyRef }] of source.pictures.entries()) {
    const name = `anh-${String(index + 1).padStart(3, '0')}`;
    files.push({ name: `anh-xem/${name}.jpg`, bytes: await watermarked(await desk.files.get(copyRef), mark) });
    if (!source.withOriginals) continue;
    const bytes = await desk.files.get(originalRef);
    const type = imageType(bytes);
    files.push({ name: `anh-goc/${name}.${isAcceptedImage(type) ? ACCEPTED_IMAGES[type].extension : 'bin'}`, bytes });
  }
  return files;
}

function contactFile({ contact }: PackSource): PackFile[] {
  return contact === null ? [] : [{ name: 'lien-he/nguoi-phan-anh.txt', bytes: Buffer.from(`${contact.report}\n${contact.words}\n`) }];
}
