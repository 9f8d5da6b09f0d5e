/** Longest side of a viewing copy, pixels; small ones stay small. */
const LARGEST = 2000;

/**
 * A viewing copy that says on its face for whom it was made: light, diagonal, over the whole picture, so that a copy that turns up elsewhere can be
 * traced to the pack, never to a person. @param picture a re-encoded copy without metadata @returns JPEG
 */
export async function watermarked(picture: Buffer, words: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { width, height } = await sharp(picture).metadata();
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return sharp(picture).resize(w, h, { fit: 'fill' }).composite([{ input: Buffer.from(overlay(w, h, words)) }]).jpeg({ quality: 82 }).toBuffer();
}

function overlay(w: number, h: number, words: string): string {
  const size = Math.max(10, Math.round(Math.min(w, h) / 22));
  const [across, down] = [Math.max(size * words.length * 0.62, 1), size * 5];
  const lines: string[] = [];
  for (let y = -h; y < h * 2; y += down) {
    for (let x = -w; x < w * 2; x += across) lines.push(`<text x="${Math.round(x)}" y="${Math.round(y)}">${escaped(words)}</text>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><g transform="rotate(-30 ${w / 2} ${h / 2})" font-family="sans-serif" font-size="${size}" fill="#ffffff" fill-opacity="0.38" stroke="#000000" stroke-opacity="0.28" stroke-width="${Math.max(0.4, size / 30)}">${lines.join('')}</g></svg>`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (c) => `&#${c.codePointAt(0)};`);
}
