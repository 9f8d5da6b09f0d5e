import type { Zippable } from 'fflate';
import { categoryOf } from '#catalogue/categories.ts';
import { imageType, isAcceptedImage, ACCEPTED_IMAGES } from '#core/images.ts';
import { renderDocument } from '#modules/documents/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { formatDate } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import type { CaseItem } from '../types.ts';
import { canonicalJson, manifestOf } from './manifest.ts';
import { packMinutes, type MinutesOf } from './minutes.ts';
import { signed } from './signing.ts';
import type { Manifest, PackFile } from './types.ts';
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

/** The ZIP: texts, pictures (originals unchanged, viewing copies marked), minutes with all hashes, signed manifest. */
export async function makePack(desk: Desk, actor: OfficerActor, source: PackSource): Promise<Buffer> {
  const files: PackFile[] = [...texts(source), ...await pictures(desk, source), ...contactFile(source)];
  const listed = manifestOf(source.head, files).files;
  const minutes = packMinutes({ ...source.minutes, files: listed });
  const bytes = await inTransaction(desk, actor, (tx) => renderDocument(desk, tx, actor.agencyId, minutes));
  const all = [...files, { name: 'BIEN-BAN-BAN-GIAO.docx', bytes }];
  const manifest = Buffer.from(canonicalJson(manifestOf(source.head, all)));
  const entries: Zippable = Object.fromEntries(all.map(({ name, bytes }) => [name, [bytes, { mtime: TIMELESS, level: name.endsWith('.jpg') || name.endsWith('.png') ? 0 : 6 }]]));
  const { zipSync } = await import('fflate');
  return Buffer.from(zipSync({ ...entries, 'manifest.json': [manifest, { mtime: TIMELESS }], 'manifest.sig': [await signed(desk, manifest), { mtime: TIMELESS, level: 0 }] }));
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

async function pictures(desk: Pick<Desk, 'files'>, source: PackSource): Promise<PackFile[]> {
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
