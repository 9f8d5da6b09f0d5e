import { searchKey } from '../vietnamese.ts';

/** A phrase found in a text: what it stands for and the code units it takes. */
export interface Mention<Meaning> {
  meaning: Meaning;
  start: number;
  end: number;
}

/** Symbols of a search key: 0 to 25 letters, 26 to 35 digits, then white space, nothing and all the rest. */
const SYMBOLS = 37;
const SPACE = 36;
const NOTHING = 37;
const OTHER = 38;
const ALL_SYMBOLS = 39;
/** Latin letters and combining marks, Latin letters of Vietnamese and others with two marks, spaces and invisible characters. */
const FOLDABLE = [[0, 0x370], [0x1e00, 0x1f00], [0x2000, 0x2070]] as const;
const FOLDED_END = 0x2070;
const FOLDED = new Uint8Array(FOLDED_END).fill(OTHER);
for (const [from, to] of FOLDABLE) for (let code = from; code < to; code += 1) FOLDED[code] = symbolOf(code);

/** What `searchKey` makes of one character. */
function symbolOf(code: number): number {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return SPACE;
  const key = searchKey(character);
  if (key === '') return NOTHING;
  if (/^[a-z]$/.test(key)) return key.charCodeAt(0) - 0x61;
  return /^\d$/.test(key) ? 26 + Number(key) : OTHER;
}

/** As `symbolOf`, from a table: nothing else is in a phrase. */
function symbolFor(code: number): number {
  return code < FOLDED_END ? FOLDED[code]! : OTHER;
}

/**
 * How far a phrase is from a place in a text, in characters of the search key: a run of white space is one, and none beside the
 * place; marks are none.
 * @param to where the phrase ends when it is before the place, where it begins when after
 */
export function distance(text: string, place: number, to: number): number {
  const step = to < place ? -1 : 1;
  let length = 0;
  let last = SPACE;
  for (let at = to < place ? place - 1 : place; to < place ? at >= to : at < to; at += step) {
    const symbol = symbolFor(text.charCodeAt(at));
    if (symbol === NOTHING || (symbol === SPACE && last === SPACE)) continue;
    length += 1;
    last = symbol;
  }
  return length;
}

/**
 * Phrases to look for in running text whatever its case, marks and spaces, whole words only, the longest first; a trie over
 * the characters of their search keys, walked on the text as it is.
 */
export class PhraseBook<Meaning> {
  readonly #meanings: Meaning[] = [];
  /** For each node and symbol the next node, 0 for none. */
  readonly #next: Int16Array;
  /** For each node one more than the index of its meaning, 0 for none. */
  readonly #ends: Int16Array;
  /**
   * Finds the words that begin phrases: for each state and symbol the next state, states as offsets of their rows. Most words begin
   * none, and reading a table without a branch passes over them in half the time of a walk that ends somewhere in each.
   */
  readonly #firstWords: Int32Array;
  /** The state in a word that begins no phrase, and that after a word that begins one. */
  readonly #lost: number;
  readonly #hit: number;

  /** @param phrases search keys with what they stand for */
  constructor(phrases: Iterable<readonly [phrase: string, meaning: Meaning]>) {
    const next: number[] = Array<number>(SYMBOLS).fill(0);
    const ends = [0];
    for (const [phrase, meaning] of phrases) {
      let node = 0;
      for (let i = 0; i < phrase.length; i += 1) {
        const slot = node * SYMBOLS + symbolFor(phrase.charCodeAt(i));
        if (next[slot] === 0) {
          next[slot] = ends.push(0) - 1;
          next.push(...Array<number>(SYMBOLS).fill(0));
        }
        node = next[slot]!;
      }
      ends[node] = this.#meanings.push(meaning);
    }
    this.#next = Int16Array.from(next);
    this.#ends = Int16Array.from(ends);
    this.#lost = ends.length * ALL_SYMBOLS;
    this.#hit = this.#lost + ALL_SYMBOLS;
    this.#firstWords = Int32Array.from({ length: this.#hit + ALL_SYMBOLS }, (_, slot) => this.#stateAfter(slot - (slot % ALL_SYMBOLS), slot % ALL_SYMBOLS));
  }

  /** Nodes of the trie are states as long as a first word lasts. */
  #stateAfter(state: number, symbol: number): number {
    const node = state < this.#lost ? state / ALL_SYMBOLS : 0;
    if (symbol === NOTHING) return state === this.#hit ? 0 : state;
    if (symbol < SPACE) {
      const child = state === this.#lost ? 0 : this.#next[node * SYMBOLS + symbol]!;
      return child === 0 ? this.#lost : child * ALL_SYMBOLS;
    }
    return this.#ends[node]! > 0 || (symbol === SPACE && this.#next[node * SYMBOLS + SPACE]! > 0) ? this.#hit : 0;
  }

  /** The phrases in a part of a text, in order. Time is linear in the part. */
  find(text: string, from = 0, to = text.length): Mention<Meaning>[] {
    const states = this.#firstWords;
    const found: Mention<Meaning>[] = [];
    let state = beginsInWord(text, from) ? this.#lost : 0;
    for (let at = from; at <= to; at += 1) {
      state = states[state + (at < to ? symbolFor(text.charCodeAt(at)) : OTHER)]!;
      if (state !== this.#hit) continue;
      const mention = this.#mentionAt(text, wordStart(text, from, at), to);
      if (mention === null) continue;
      found.push(mention);
      state = this.#lost;
      at = mention.end - 1;
    }
    return found;
  }

  /** The longest phrase that begins here and ends with its word. */
  #mentionAt(text: string, from: number, to: number): Mention<Meaning> | null {
    const next = this.#next;
    let found: Mention<Meaning> | null = null;
    let last = NOTHING;
    for (let at = from, node = 0; at < to; at += 1) {
      const symbol = symbolFor(text.charCodeAt(at));
      if (symbol === NOTHING || (symbol === SPACE && last === SPACE)) continue;
      node = symbol === OTHER ? 0 : next[node * SYMBOLS + symbol]!;
      if (node === 0) break;
      last = symbol;
      const meaning = this.#ends[node]!;
      if (meaning > 0 && endsWord(text, at + 1)) found = { meaning: this.#meanings[meaning - 1]!, start: from, end: at + 1 };
    }
    return found;
  }
}

/** Whether a part of a text begins inside a word. */
function beginsInWord(text: string, from: number): boolean {
  let first = from;
  while (symbolFor(text.charCodeAt(first)) === NOTHING) first += 1;
  return first > 0 && symbolFor(text.charCodeAt(first - 1)) < SPACE;
}

/** Where the word begins that ends before a place. */
function wordStart(text: string, from: number, end: number): number {
  let start = end;
  for (let at = end - 1; at >= from; at -= 1) {
    const symbol = symbolFor(text.charCodeAt(at));
    if (symbol < SPACE) start = at;
    else if (symbol !== NOTHING) break;
  }
  return start;
}

/** Whether no letter or digit follows, marks left out. */
function endsWord(text: string, at: number): boolean {
  for (let next = at; next < text.length; next += 1) {
    const symbol = symbolFor(text.charCodeAt(next));
    if (symbol !== NOTHING) return symbol >= SPACE;
  }
  return true;
}
