import { Unreadable } from './unreadable.ts';

const MOST_TEXT = 64 * 1024 * 1024;
const MOST_STRINGS = 2_000_000;
const BLOCK = 1024 * 1024;
/** Length of a text in front of its bytes. */
const PREFIX = 2;

/**
 * The shared strings of a workbook, in order, as UTF-8 outside the JavaScript heap: a hundred thousand narratives are
 * some 30 MB here and several times that as strings. Each text is at most 65,535 bytes long.
 * @throws Unreadable too_much_text
 */
export class TextStore {
  readonly #blocks: Buffer[] = [];
  #starts = new Uint32Array(1024);
  #count = 0;
  #used = BLOCK;

  get size(): number {
    return this.#count;
  }

  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#used + PREFIX + length > BLOCK) {
      if ((this.#blocks.length + 1) * BLOCK > MOST_TEXT) throw new Unreadable('too_much_text', 'shared strings');
      this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK));
      this.#used = 0;
    }
    const block = this.#blocks.at(-1)!;
    block.writeUInt16LE(length, this.#used);
    block.write(text, this.#used + PREFIX);
    this.#remember((this.#blocks.length - 1) * BLOCK + this.#used);
    this.#used += PREFIX + length;
  }

  /** The text at a place from 0; undefined when there is none. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    const start = this.#starts[index]!;
    const block = this.#blocks[Math.floor(start / BLOCK)]!;
    const at = (start % BLOCK) + PREFIX;
    return block.toString('utf8', at, at + block.readUInt16LE(at - PREFIX));
  }

  #remember(start: number): void {
    if (this.#count === MOST_STRINGS) throw new Unreadable('too_much_text', 'number of shared strings');
    if (this.#count === this.#starts.length) {
      const grown = new Uint32Array(this.#starts.length * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[this.#count++] = start;
  }
}
