import { ACCEPTED_IMAGES, imageType } from '#core/images.ts';
import type { SentFile } from '#platform/body.ts';
import { Invalid } from '#platform/errors.ts';

const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 2000;

/** A copy that carries nothing but the picture: turned upright, at most 2,000 px, no EXIF, no place, no device. */
export interface PictureCopy {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
}

/** Checks a sent file by its content (never by its name) and re-encodes it. @throws Invalid with details.reason */
export async function pictureCopy(file: SentFile): Promise<PictureCopy> {
  const refuse = (reason: string) => new Invalid(`picture refused: ${reason}`, { reason, name: file.name });
  if (file.tooLarge) throw refuse('too_large');
  const type = imageType(file.bytes);
  if (type === 'empty' || type === 'svg' || type === 'heic' || type === 'zip' || type === 'pdf') throw refuse(type);
  if (!(type in ACCEPTED_IMAGES)) throw refuse('not_an_image');
  // Loaded at the first picture: the library holds 15 MB that an idle desk does not need.
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(file.bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate().resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' }).jpeg({ quality: 82, mozjpeg: false }).toBuffer({ resolveWithObject: true });
    return { bytes: data, mediaType: 'image/jpeg', width: info.width, height: info.height };
  } catch (error) {
    throw refuse(/pixel limit/i.test(String(error)) ? 'too_many_pixels' : 'broken');
  }
}
