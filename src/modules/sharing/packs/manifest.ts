import { createHash } from 'node:crypto';
import type { Manifest, PackFile } from './types.ts';

/** JSON in one form only (RFC 8785 for the values used here: keys in order, no white space, whole numbers), so that a signature can be checked anywhere. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The manifest over files, in the order of their names. */
export function manifestOf(head: Omit<Manifest, 'format' | 'files'>, files: readonly PackFile[]): Manifest {
  return {
    format: 'la-chan-pack/1', ...head,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
