import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import sharp from 'sharp';

const SOFFICE = '/usr/bin/soffice';
const run = promisify(execFile);
const MOST_OUTPUT = 64 * 1024 * 1024;
const DPI = 144;
const MM_PER_POINT = 25.4 / 72;
const MM_PER_PIXEL = 25.4 / DPI;
/** In mm; no stroke of a letter is as long. */
const SHORTEST_RULE = 8;

/** Where something stands on a page, in mm from its upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A word of a page. */
export interface Word extends Box {
  readonly text: string;
}

/** A page as it is printed. */
export interface Page {
  /** In mm. */
  readonly width: number;
  readonly height: number;
  readonly words: readonly Word[];
  /** Its text in the order in which it was written. */
  readonly text: string;
}

/**
 * Opens Word files with LibreOffice, all in one go, and prints them to PDF.
 * @param folder an empty one, which also keeps the profile of LibreOffice
 * @param files name without ending → bytes
 * @returns name → path of the PDF
 */
export async function printAll(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<Record<string, string>> {
  if (!existsSync(SOFFICE)) throw new Error(`${SOFFICE} is missing: apt-get install -y --no-install-recommends libreoffice-writer-nogui poppler-utils fonts-liberation2`);
  const names = Object.keys(files);
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeFile(join(folder, `${name}.docx`), files[name]!);
  await run(SOFFICE, [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...names.map((name) => join(folder, `${name}.docx`))],
    { timeout: 120_000, maxBuffer: MOST_OUTPUT });
  return Object.fromEntries(names.map((name) => [name, join(folder, `${name}.pdf`)]));
}

/** The pages of a PDF, read by poppler. */
export async function pagesOf(pdf: string): Promise<Page[]> {
  const boxes = await output('pdftotext', ['-bbox', pdf, '-']);
  const texts = (await output('pdftotext', ['-raw', pdf, '-'])).split('\f');
  return [...boxes.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)].map(([, width, height, inner = ''], index) => ({
    width: Number(width) * MM_PER_POINT, height: Number(height) * MM_PER_POINT, text: texts[index] ?? '',
    words: [...inner.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)].map(([, left, top, right, bottom, text = '']) => ({
      left: Number(left) * MM_PER_POINT, top: Number(top) * MM_PER_POINT, right: Number(right) * MM_PER_POINT, bottom: Number(bottom) * MM_PER_POINT,
      text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'),
    })),
  }));
}

/** The box around words that follow each other on a page; an error names the page's words when they are not there. */
export function find(page: Page, phrase: string): Box {
  const wanted = phrase.split(/\s+/);
  const at = page.words.findIndex((_, start) => wanted.every((word, index) => page.words[start + index]?.text === word));
  if (at < 0) throw new Error(`"${phrase}" is not on the page: ${page.words.map(({ text }) => text).join(' ')}`);
  return around(page.words.slice(at, at + wanted.length));
}

/** The box around boxes, at least one. */
export function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)), top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** Names of the fonts of a PDF and whether each is embedded. */
export async function fontsOf(pdf: string): Promise<{ name: string; isEmbedded: boolean }[]> {
  const rows = (await output('pdffonts', [pdf])).trim().split('\n').slice(2);
  return rows.map((row) => ({ name: row.slice(0, 36).trim(), isEmbedded: row.trim().split(/\s+/).at(-5) === 'yes' }));
}

/** A page as a grey picture, one byte for each of 144 × 144 dots to the inch. */
export async function pictureOf(pdf: string, page: number): Promise<{ data: Buffer; width: number; height: number }> {
  const { stdout } = await run('pdftoppm', ['-r', String(DPI), '-gray', '-png', '-f', String(page), '-l', String(page), pdf], { encoding: 'buffer', maxBuffer: MOST_OUTPUT });
  const { data, info } = await sharp(stdout).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Horizontal rules of a page, longer than any stroke of a letter, from top to bottom. */
export async function rulesOf(pdf: string, page: number): Promise<Box[]> {
  const { data, width, height } = await pictureOf(pdf, page);
  const rules: Box[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0, start = 0; x <= width; x++) {
      if (x < width && data[y * width + x]! < 128) continue;
      const box = { left: start * MM_PER_PIXEL, right: x * MM_PER_PIXEL, top: y * MM_PER_PIXEL, bottom: (y + 1) * MM_PER_PIXEL };
      const isLong = box.right - box.left > SHORTEST_RULE;
      if (isLong && !rules.some((other) => Math.abs(other.left - box.left) < 1 && box.top - other.bottom < 1)) rules.push(box);
      start = x + 1;
    }
  }
  return rules;
}

/** The parts of a ZIP file that was written in one piece, name → bytes. */
export function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  const parts = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.length - 6);
  for (let left = zip.readUInt16LE(zip.length - 12); left > 0; left--) {
    const [method, size, nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    parts.set(zip.toString('utf8', at + 46, at + 46 + nameLength), method === 0 ? data : inflateRawSync(data));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return parts;
}

/** What a program of poppler-utils writes. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, [...args], { maxBuffer: MOST_OUTPUT });
  return stdout;
}
