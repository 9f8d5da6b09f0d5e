import sharp, { type Sharp } from 'sharp';
import { encode } from 'uqr';
import { describe, expect, test } from 'vitest';
import { extract } from '#core/indicators/index.ts';
import { readQrCodes } from './qr.ts';

const LINK = 'https://vneid-capnhat.example/otp?a=1';
/** A payment code as a bank's app makes it, before its checksum (EMVCo, NAPAS 970415). */
const PAYMENT = '00020101021138540010A00000072701240006970415011011170009990208QRIBFTTA53037045802VN6304';

/** CRC-16/CCITT-FALSE, the checksum of EMVCo codes. */
function crc(text: string): string {
  let sum = 0xffff;
  for (const byte of Buffer.from(text)) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum.toString(16).toUpperCase().padStart(4, '0');
}

async function qr(text: string, scale = 6): Promise<Buffer> {
  const { data, size } = encode(text, { border: 4 });
  const side = size * scale;
  const grey = Buffer.from(Array.from({ length: side * side }, (_, at) => (data[Math.floor(at / side / scale)]![Math.floor((at % side) / scale)] ? 0 : 255)));
  return sharp(grey, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
}

async function sheet(...codes: Buffer[]): Promise<Buffer> {
  const composite = codes.map((input, index) => ({ input, left: 60 + index * 520, top: 300 }));
  return sharp({ create: { width: 1080, height: 1400, channels: 3, background: '#f4f1ea' } }).composite(composite).jpeg().toBuffer();
}

describe('QR codes in a picture', { timeout: 20_000 }, () => {
  test.each([
    ['upright', (picture: Sharp) => picture],
    ['turned', (picture: Sharp) => picture.rotate(23, { background: '#554' })],
    ['on its head and blurred', (picture: Sharp) => picture.rotate(180).blur(1.6)],
    ['darkened, small and badly packed', (picture: Sharp) => picture.resize(620).linear(0.55, 10).jpeg({ quality: 25 })],
    ['light on dark', (picture: Sharp) => picture.negate()],
  ])('%s', async (_name, photograph) => {
    expect(await readQrCodes(await photograph(sharp(await sheet(await qr(LINK)))).toBuffer())).toEqual([LINK]);
  });

  test('under the noise of a dark room', async () => {
    const picture = await sheet(await qr(LINK, 10));
    const noise = await sharp({ create: { width: 1080, height: 1400, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 110, sigma: 30 } } }).png().toBuffer();
    expect(await readQrCodes(await sharp(picture).composite([{ input: noise, blend: 'overlay' }]).jpeg({ quality: 60 }).toBuffer())).toEqual([LINK]);
  });

  test('two of them, each once', async () => {
    expect((await readQrCodes(await sheet(await qr(LINK), await qr('https://khac.example')))).sort()).toEqual(['https://khac.example', LINK]);
    expect(await readQrCodes(await sheet(await qr(LINK), await qr(LINK)))).toEqual([LINK]);
  });

  test('of a payment give the account only when the checksum is right', async () => {
    const [right] = await readQrCodes(await sheet(await qr(PAYMENT + crc(PAYMENT))));
    expect(extract(right!)).toMatchObject([{ kind: 'bank_account', key: '970415|1117000999' }]);
    const wrong = PAYMENT + crc(`${PAYMENT}x`);
    expect(await readQrCodes(await sheet(await qr(wrong)))).toEqual([wrong]);
    expect(extract(wrong)).toEqual([]);
  });

  test('are at most eight, of at most 2,000 characters', async () => {
    expect((await readQrCodes(await qr(`https://dai.example/${'a'.repeat(2200)}`, 7)))[0]).toHaveLength(2000);
    const many = await Promise.all(Array.from({ length: 12 }, async (_, at) => ({ input: await qr(`https://n${at}.example`, 3), left: 20 + (at % 4) * 260, top: 20 + Math.floor(at / 4) * 300 })));
    const picture = await sharp({ create: { width: 1080, height: 1400, channels: 3, background: '#fff' } }).composite(many).png().toBuffer();
    expect(await readQrCodes(picture)).toHaveLength(8);
  });

  test('that are none, and in what is no picture, are none', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('not a picture'), (await sheet(await qr(LINK))).subarray(0, 900), await sheet()]) expect(await readQrCodes(bytes)).toEqual([]);
  });

  test('made to be slow are given up, and the next ones are read or left, never late', { timeout: 60_000 }, async () => {
    // Nothing but finder patterns: every three of them might be a code.
    const finder = (x: number, y: number) => x < 7 && y < 7 && [0, 1, 3].includes(Math.max(Math.abs(x - 3), Math.abs(y - 3)));
    const tiled = Buffer.from(Array.from({ length: 1600 * 1600 }, (_, at) => (finder(at % 8, Math.floor(at / 1600) % 8) ? 0 : 255)));
    const hostile = await sharp(tiled, { raw: { width: 1600, height: 1600, channels: 1 } }).png().toBuffer();
    const good = await sheet(await qr(LINK));
    expect(await readQrCodes(hostile)).toEqual([]);
    expect(await readQrCodes(good)).toEqual([LINK]);
    const begun = performance.now();
    const flood = Array.from({ length: 4 }, () => readQrCodes(hostile));
    await readQrCodes(good);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect((await Promise.all(flood)).flat()).toEqual([]);
    expect(await readQrCodes(good)).toEqual([LINK]);
  });

  test('of more pictures than can wait are left unread, and nothing fails', async () => {
    const picture = await sheet(await qr(LINK));
    const all = await Promise.all(Array.from({ length: 30 }, () => readQrCodes(picture)));
    const read = all.filter((texts) => texts.length === 1).length;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThanOrEqual(20);
  });
});
