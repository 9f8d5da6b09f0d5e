import { searchKey } from '../vietnamese.ts';

/** A phrase found in a text: what it stands for and the code units it takes. */
export interface Mention<Meaning> {
  meaning: Meaning;
  start: number;
  end: number;
}

/** Symbols of a search key: 0 to 25 letters, 26 to 35 digits, then white space, nothing, all the rest, and a letter of no phrase. */
const SPACE = 36;
const NOTHING = 37;
const OTHER = 38;
const NO_LETTER = 39;
const SYMBOLS = 40;
/** Latin letters and combining marks, Latin letters of Vietnamese and others with two marks, spaces and invisible characters. */
const FOLDABLE = [[0, 0x370], [0x1e00, 0x1f00], [0x2000, 0x2070]] as const;
const FOLDED = new Uint8Array(0x10000).fill(OTHER);
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
  return FOLDED[code]!;
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

/** The state in a word that begins no phrase, and that before a word. */
const LOST = 0;
const BETWEEN = SYMBOLS;

/** A beginning of phrases, in their trie. */
interface Node<Meaning> {
  /** The last of its symbols, and how many it has. */
  symbol: number;
  length: number;
  children: Map<number, Node<Meaning>>;
  /** What it stands for when it is a phrase itself. */
  meaning: Meaning | null;
  state: number;
  /** The state for which only the words after its first are read: where to go on when the phrase does not. */
  fallback: number;
}

/** A phrase that was read to its end: how long it is and how much was read after it, in symbols. */
interface Passed<Meaning> {
  meaning: Meaning;
  length: number;
  since: number;
}

/**
 * Phrases to look for in running text whatever its case, marks and spaces, whole words only, the first that begins and of those
 * the longest; an automaton over the characters of their search keys (Aho and Corasick, 1975), walked on the text as it is.
 */
export class PhraseBook<Meaning> {
  /** For each state and symbol the next state: the offset of its row, or below 0 when a phrase was passed that goes on no longer. */
  readonly #next: Int32Array;
  /** The phrase passed for the states below 0, which are the complements of these indexes. */
  readonly #passed: Passed<Meaning>[] = [];

  /** @param phrases search keys with what they stand for */
  constructor(phrases: Iterable<readonly [phrase: string, meaning: Meaning]>) {
    const rows = Array<number>(SYMBOLS).fill(LOST);
    rows[SPACE] = BETWEEN;
    rows[OTHER] = BETWEEN;
    const nodes = [trieOf(phrases)];
    for (const node of nodes) {
      const row = this.#rowWithoutChildren(node, rows);
      for (const [symbol, child] of node.children) {
        child.fallback = row[symbol]!;
        child.state = nodes.push(child) * SYMBOLS;
        row[symbol] = child.state;
      }
      rows.push(...row);
    }
    this.#next = Int32Array.from(rows);
  }

  #rowWithoutChildren({ symbol, length, meaning, state, fallback }: Node<Meaning>, rows: readonly number[]): number[] {
    const row = fallback < 0 ? Array<number>(SYMBOLS).fill(this.#later(fallback)) : rows.slice(fallback, fallback + SYMBOLS);
    if (meaning !== null) {
      row[OTHER] = this.#stateAfter({ meaning, length, since: 0 });
      row[SPACE] = row[OTHER];
    }
    if (symbol === SPACE) row[SPACE] = state;
    row[NOTHING] = state;
    return row;
  }

  #stateAfter(passed: Passed<Meaning>): number {
    return ~(this.#passed.push(passed) - 1);
  }

  /** The state after a phrase was passed, one symbol on. */
  #later(state: number): number {
    const passed = this.#passed[~state]!;
    return this.#stateAfter({ ...passed, since: passed.since + 1 });
  }

  /** The phrases in a part of a text, in order. Time is linear in the part. */
  find(text: string, from = 0, to = text.length): Mention<Meaning>[] {
    const next = this.#next;
    const found: Mention<Meaning>[] = [];
    const last = endsWord(text, to) ? OTHER : NO_LETTER;
    let state = beginsInWord(text, from) ? LOST : BETWEEN;
    for (let at = from; at <= to; at += 1) {
      state = next[state + (at < to ? symbolFor(text.charCodeAt(at)) : last)]!;
      if (state >= 0) continue;
      const { meaning, length, since } = this.#passed[~state]!;
      const end = symbolsBefore(text, at, since + 1) + 1;
      found.push({ meaning, start: symbolsBefore(text, end, length), end });
      state = LOST;
      at = end - 1;
    }
    return found;
  }
}

/** The trie of phrases, by its root. */
function trieOf<Meaning>(phrases: Iterable<readonly [phrase: string, meaning: Meaning]>): Node<Meaning> {
  const root: Node<Meaning> = { symbol: OTHER, length: 0, children: new Map(), meaning: null, state: BETWEEN, fallback: LOST };
  for (const [phrase, meaning] of phrases) {
    let node = root;
    for (let i = 0; i < phrase.length; i += 1) {
      const symbol = symbolFor(phrase.charCodeAt(i));
      const child = node.children.get(symbol) ?? { symbol, length: i + 1, children: new Map(), meaning: null, state: LOST, fallback: LOST };
      node.children.set(symbol, child);
      node = child;
    }
    node.meaning = meaning;
  }
  return root;
}

/** The place so many symbols before another; a run of white space is one. */
function symbolsBefore(text: string, place: number, symbols: number): number {
  let at = place;
  let last = OTHER;
  for (let left = symbols; left > 0; ) {
    at -= 1;
    const symbol = symbolFor(text.charCodeAt(at));
    if (symbol === NOTHING || (symbol === SPACE && last === SPACE)) continue;
    last = symbol;
    left -= 1;
  }
  return at;
}

/** Whether a part of a text begins inside a word. */
function beginsInWord(text: string, from: number): boolean {
  let first = from;
  while (first < text.length && symbolFor(text.charCodeAt(first)) === NOTHING) first += 1;
  return first > 0 && symbolFor(text.charCodeAt(first - 1)) < SPACE;
}

/** Whether no letter or digit follows, marks left out. */
function endsWord(text: string, at: number): boolean {
  for (let next = at; next < text.length; next += 1) {
    const symbol = symbolFor(text.charCodeAt(next));
    if (symbol !== NOTHING) return symbol >= SPACE;
  }
  return true;
}
