import { openArchive as open, type Archive } from '#platform/archive.ts';
import { Unreadable } from './unreadable.ts';

export type { Archive };

/** Opens a workbook. @throws Unreadable encrypted, zip_bomb, malformed */
export function openArchive(bytes: Uint8Array): Promise<Archive> {
  return open(bytes, {
    entries: 2000, inflated: 600_000_000, ratio: 200, strictNames: false,
    refuse: (fault, why, options) => new Unreadable(fault === 'encrypted' || fault === 'zip_bomb' ? fault : 'malformed', why, options),
  });
}
