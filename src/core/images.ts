/** What the first bytes of a file say it is. */
export type ImageType = 'jpeg' | 'png' | 'webp' | 'gif' | 'heic' | 'svg' | 'zip' | 'pdf' | 'empty' | 'unknown';

/** Pictures the desk accepts as evidence; SVG can carry scripts and HEIC opens in few browsers. */
export const ACCEPTED_IMAGES = {
  jpeg: { mime: 'image/jpeg', extension: 'jpg' },
  png: { mime: 'image/png', extension: 'png' },
  webp: { mime: 'image/webp', extension: 'webp' },
  gif: { mime: 'image/gif', extension: 'gif' },
} as const satisfies Partial<Record<ImageType, { mime: string; extension: string }>>;

/** A type the desk accepts. */
export type AcceptedImage = keyof typeof ACCEPTED_IMAGES;

/** Whether a detected type is accepted. */
export function isAcceptedImage(type: ImageType): type is AcceptedImage {
  return type in ACCEPTED_IMAGES;
}

/** Brands of ISO 14496-12 files that hold HEVC or AV1 pictures. Source: ISO/IEC 23008-12 annex B; AVIF 1.1. */
const HEIF_BRAND = /^.{4}ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)/s;

const SIGNATURES: readonly (readonly [RegExp, ImageType])[] = [
  [/^\xff\xd8\xff/, 'jpeg'],
  [/^\x89PNG\r\n/, 'png'],
  [/^RIFF.{4}WEBP/s, 'webp'],
  [/^GIF8[79]a/, 'gif'],
  [HEIF_BRAND, 'heic'],
  [/^PK\p{Cc}{2}/u, 'zip'],
  [/^%PDF-/, 'pdf'],
  [/^(?:\xef\xbb\xbf)?\s*(?=<[!?s])[^]*?<svg[\s>]/i, 'svg'],
];

/**
 * File type from the first 1,024 bytes, whatever its name says. Source: WHATWG MIME Sniffing section 6; PDF 32000-1;
 * APPNOTE.TXT. SVG is only looked for to refuse it in words.
 */
export function imageType(bytes: Uint8Array): ImageType {
  if (bytes.length === 0) return 'empty';
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  return SIGNATURES.find(([signature]) => signature.test(head))?.[1] ?? 'unknown';
}
