import { Worker } from 'node:worker_threads';

/** Longest side of the rendition that is read, in pixels: a payment code on a phone's screen stays legible. */
const LONGEST_SIDE = 1600;
/** A picture of nothing but finder patterns takes the reader seconds; a real one a twentieth of one. */
const LONGEST_READ_MS = 1000;
const LONGEST_START_MS = 5000;
/** Nobody waits longer for the pictures of others; theirs is then kept unread. */
const LONGEST_WAIT_MS = 3000;
const MOST_WAITING = 20;
const IDLE_MS = 30_000;

/** Beside this file, as source and as built (scripts/build.ts). */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './qr-worker.ts' : './qr-worker.js', import.meta.url);

interface Reader {
  readonly thread: Worker;
  /** Resolves when the library is loaded; until then no picture's time runs. */
  readonly ready: Promise<unknown>;
}

let reader: Reader | null = null;
let idle: NodeJS.Timeout | undefined;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * What the QR codes in a picture say: at most 8 texts of at most 2,000 characters, each once; none when there is none, when it
 * cannot be read within a second, or when too many pictures wait. Never throws. `picture` is a copy that was decoded before.
 */
export async function readQrCodes(picture: Uint8Array): Promise<string[]> {
  if (waiting >= MOST_WAITING) return [];
  waiting += 1;
  const until = performance.now() + LONGEST_WAIT_MS;
  const turn = last.then(async () => (performance.now() > until ? [] : ask(await greyOf(picture)))).catch(() => []);
  last = turn;
  return turn.finally(() => {
    waiting -= 1;
  });
}

/** A grey rendition as PGM: a header and one byte a pixel. */
async function greyOf(picture: Uint8Array): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(picture).resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' }).greyscale().raw().toBuffer({ resolveWithObject: true });
  return Buffer.concat([Buffer.from(`P5\n${info.width} ${info.height}\n255\n`), data]);
}

/** One picture to the reader; when it takes too long or ends, the reader is given up and the next picture gets a new one. */
async function ask(picture: Buffer): Promise<string[]> {
  clearTimeout(idle);
  const { thread, ready } = (reader ??= start());
  try {
    await ready;
    thread.postMessage(picture);
    const texts = (await answerOf(thread, LONGEST_READ_MS)) as string[];
    idle = setTimeout(close, IDLE_MS).unref();
    return texts;
  } catch {
    close();
    return [];
  }
}

function start(): Reader {
  const thread = new Worker(WORKER);
  // It never keeps the server from ending, and what it says after it was given up is not heard.
  thread.unref();
  thread.on('error', () => {});
  return { thread, ready: answerOf(thread, LONGEST_START_MS) };
}

/** What the thread says next; fails when it ends or says nothing in time. */
function answerOf(thread: Worker, limit: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = () => settle(() => reject(new Error('no answer')));
    const answer = (message: unknown) => settle(() => resolve(message));
    const late = setTimeout(fail, limit);
    thread.on('message', answer).on('error', fail).on('exit', fail);

    function settle(done: () => void): void {
      clearTimeout(late);
      thread.off('message', answer).off('error', fail).off('exit', fail);
      done();
    }
  });
}

function close(): void {
  void reader?.thread.terminate();
  reader = null;
}
