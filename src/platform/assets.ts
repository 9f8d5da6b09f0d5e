import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import { NotFound } from './errors.ts';

/** Styles, islands and the mark: built once, named by content, kept by browsers for a year. */
export interface AssetServer {
  /** "portal.css" → "/tinh/portal.3f2a.css" */
  readonly href: (name: string) => string;
  readonly files: ReadonlyMap<string, { readonly bytes: Buffer; readonly type: string }>;
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml', json: 'application/json', png: 'image/png', txt: 'text/plain; charset=utf-8',
};

/** Reads the folder the build wrote (.build/assets). */
export async function loadAssets(folder: string): Promise<AssetServer> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>;
  const files = new Map<string, { bytes: Buffer; type: string }>();
  for (const name of await readdir(folder)) {
    const type = TYPES[name.split('.').at(-1)!];
    if (type && name !== 'manifest.json') files.set(name, { bytes: await readFile(join(folder, name)), type });
  }
  return { files, href: (name) => `/tinh/${manifest[name] ?? name}` };
}

/** One built file; anything else is not found. */
export function serveAsset(assets: AssetServer, c: Context): Response {
  const file = assets.files.get(c.req.param('name') ?? '');
  if (!file) throw new NotFound('asset');
  return c.body(new Uint8Array(file.bytes), 200, { 'Content-Type': file.type, 'Cache-Control': 'public, max-age=31536000, immutable' });
}
