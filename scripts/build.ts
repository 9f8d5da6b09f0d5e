/**
 * Builds .build/ with esbuild: main.js for the server and qr-worker.js beside it, assets/ for the browser (islands and styles, named by their
 * content) and assets/manifest.json, which maps `portal.css` to `portal.<hash>.css`. Does nothing when nothing changed.
 */
import { createHash } from 'node:crypto';
import {
  existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { withLock } from '#platform/home-lock.ts';

const root = resolve(import.meta.dirname, '..');
const out = join(root, '.build');
const assets = join(out, 'assets');
const stampFile = join(out, 'inputs');
/** Programs of their own: the desk, and what it runs beside itself. */
const PROGRAMS = ['src/main.ts', 'src/modules/intake/qr-worker.ts'];
const INPUTS = ['src', 'bench', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];
/** Phones of about 2019 and later; without them the pages work, only less smoothly. */
const BROWSERS = ['chrome80', 'firefox78', 'safari13'];
const OLD_ASSET_MS = 7 * 24 * 3600_000;

/** `url(/static/…)` is an address of ours, not a file on the disk. */
const keepAbsoluteUrls: Plugin = {
  name: 'keep-absolute-urls',
  setup: (build) => build.onResolve({ filter: /^\// }, ({ kind, path }) =>
    kind === 'url-token' ? { path, external: true } : undefined),
};

const wanted = fingerprint();
if (!isBuilt(wanted)) await build();

async function build(): Promise<void> {
  try {
    mkdirSync(out, { recursive: true });
    await withLock(join(out, 'build.lock'), 'build', async () => {
      const current = fingerprint();
      if (!isBuilt(current)) await buildAll(current);
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (['EROFS', 'EACCES', 'EPERM'].includes(code ?? '') && existsSync(join(out, 'main.js'))) {
      console.error('Không ghi được vào .build, dùng bản đã có. / .build cannot be written; using what is there.');
      return;
    }
    console.error(`Không dựng được chương trình / The build failed: ${message}`);
    process.exitCode = 1;
  }
}

/** Everything is made in memory first and moved in file by file, the program last: a reader never sees half of it. */
async function buildAll(stamp: string): Promise<void> {
  const begun = performance.now();
  const esbuild = await import('esbuild');
  const common: BuildOptions & { write: false; metafile: true } = {
    absWorkingDir: root, tsconfig: join(root, 'tsconfig.json'), bundle: true, write: false, metafile: true,
    logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'preact',
  };
  const program = await esbuild.build({
    ...common, entryPoints: PROGRAMS.filter((path) => existsSync(join(root, path))), outdir: out, entryNames: '[name]', platform: 'node', target: 'node24',
    format: 'esm', packages: 'external', sourcemap: true, splitting: true, chunkNames: 'part.[hash]',
  });
  const browser = await esbuild.build({
    ...common, entryPoints: [...entries('src/web/islands', /\.tsx?$/), ...entries('src/web/styles', /\.css$/)],
    outdir: assets, entryNames: '[name].[hash]', assetNames: '[name].[hash]', platform: 'browser', format: 'esm',
    target: BROWSERS, minify: true, plugins: [keepAbsoluteUrls],
    loader: { '.woff2': 'file', '.svg': 'file', '.png': 'file' },
  });
  mkdirSync(assets, { recursive: true });
  for (const { path, contents } of browser.outputFiles) place(path, contents);
  const statics = copyStatics();
  place(join(assets, 'manifest.json'), `${JSON.stringify({ ...manifestOf(browser.metafile), ...statics }, null, 2)}\n`);
  const mapFirst = program.outputFiles.toSorted((a, b) => b.path.length - a.path.length);
  for (const { path, contents } of mapFirst) place(path, contents);
  place(stampFile, stamp);
  forgetOld(new Set([...browser.outputFiles.map(({ path }) => basename(path)), ...Object.values(statics), 'manifest.json']));
  console.error(`Đã dựng sau ${Math.round(performance.now() - begun)} ms. / Built.`);
}

/** The mark and other files served as they are: name → name with a hash of the content. */
function copyStatics(): Record<string, string> {
  const folder = join(root, 'src/web/static');
  if (!existsSync(folder)) return {};
  return Object.fromEntries(readdirSync(folder).map((name) => {
    const contents = readFileSync(join(folder, name));
    const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8);
    const hashed = name.replace(/(\.[^.]+)$/, `.${hash}$1`);
    place(join(assets, hashed), contents);
    return [name, hashed];
  }));
}

/** Writes a file whole or not at all. */
function place(path: string, contents: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

/** Entry files directly in a folder; `_name` and tests are parts, not entries. */
function entries(folder: string, ending: RegExp): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => ending.test(name) && !name.startsWith('_') && !/\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

function manifestOf(metafile: Metafile): Record<string, string> {
  const pairs = Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[basename(entryPoint).replace(/\.tsx?$/, '.js'), basename(file)]]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** A server still running may serve yesterday's files, so only long unused ones go. */
function forgetOld(keep: ReadonlySet<string>): void {
  for (const name of readdirSync(assets)) {
    const file = join(assets, name);
    if (!keep.has(name) && Date.now() - statSync(file).mtimeMs > OLD_ASSET_MS) rmSync(file);
  }
}

function isBuilt(stamp: string): boolean {
  return existsSync(join(out, 'main.js')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

/** Names, sizes and times of all inputs. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const input of INPUTS.filter((path) => existsSync(join(root, path)))) {
    for (const file of filesUnder(join(root, input))) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${file.slice(root.length)}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
