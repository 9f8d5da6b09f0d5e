/** Reads QR codes apart from the server's thread, so that a picture made to be slow keeps nobody waiting (qr.ts). */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** As many as anybody needs to show, and as long as links and payment codes are. */
const MOST_CODES = 8;
const MOST_CHARACTERS = 2000;

/** The texts in a grey picture (PGM, "P5"), each once. */
async function read(picture: Uint8Array): Promise<string[]> {
  const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: MOST_CODES });
  return [...new Set(found.filter(({ isValid }) => isValid).map(({ text }) => text.slice(0, MOST_CHARACTERS)))].filter(Boolean);
}

const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
// The library asks a public server for its program unless it is given; the name is no address, so that it never can.
await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer, locateFile: (name: string) => name }, fireImmediately: true });
// Heard first: the library is loaded. Where it cannot be, the thread ends.
parentPort?.postMessage('ready');
parentPort?.on('message', (picture: Uint8Array) => {
  read(picture).then((texts) => parentPort!.postMessage(texts), () => parentPort!.postMessage([]));
});
