import { searchKey } from './vietnamese.ts';

/**
 * How alike two stories are, for suggesting only: scam scripts are copied between campaigns, so that alike words never group
 * reports, and no word is singled out. A story is what is left of the search key without links, numbers and shorthand; it is
 * compared by its sets of four letters, which survive missing diacritics and need no cutting into words.
 */

/** Letters of a shingle; 27⁴ shingles of a–z and space fit an exact number of 20 bits, so that nothing collides. */
const SHINGLE = 4;
const ALPHABET = 27;
const SHINGLES = ALPHABET ** SHINGLE;
/**
 * Bands of a sketch and minima in each. Two stories of resemblance s share a band with s³, and two of 24 with
 * 1 − (1 − s³)²⁴ − 24 s³ (1 − s³)²³: 5 % at 0.25, 28 % at 0.35, 82 % at 0.5, 99.9 % at 0.7. Source: Broder 1997; Leskovec, Rajaraman,
 * Ullman, Mining of Massive Datasets, 3.4 (banding).
 */
export const SKETCH = { bands: 24, rows: 3 } as const;
/** A story with fewer letters says too little to be like another. */
export const SHORTEST_STORY = 40;
/** Characters looked at; a report has at most 10,000. */
const LONGEST_STORY = 4000;
/** When two reports are suggested to an officer as alike: shared bands, then exact resemblance. */
export const ALIKE = { bands: 2, resemblance: 0.5 } as const;

/** Chat shorthand and what it stands for, as search keys. Only what is not a word of its own. */
const TEENCODE: ReadonlyMap<string, string> = new Map(Object.entries({
  k: 'khong', ko: 'khong', kg: 'khong', hok: 'khong', hong: 'khong', kh: 'khong', dc: 'duoc', dk: 'duoc', vs: 'voi', r: 'roi', mn: 'moi nguoi',
  j: 'gi', e: 'em', a: 'anh', c: 'chi', m: 'minh', b: 'ban', ng: 'nguoi', nhg: 'nhung', nhug: 'nhung', h: 'gio', bh: 'bay gio', v: 'vay', z: 'vay', bit: 'biet', bik: 'biet',
  tk: 'tai khoan', stk: 'so tai khoan', ck: 'chuyen khoan', sdt: 'so dien thoai', dt: 'dien thoai', nt: 'nhan tin', ib: 'nhan tin', fb: 'facebook', lm: 'lam', ns: 'noi', trc: 'truoc', cx: 'cung', cg: 'cung', nv: 'nhan vien', nh: 'ngan hang',
}));
/** What is no story: links and host names, e-mail addresses, numbers with what hangs on them, anything with a digit. */
const NO_STORY = /\S*(?:\d|@|:\/\/|[a-z][.\u3002](?=[a-z]{2})|\[\.\]|\(\.\))\S*/g;
const WORD = /[a-z]+/g;
const REPEATED = /([a-z])\1+/g;

/** The story of a report: bare letters and single spaces, shorthand written out, runs of one letter collapsed. Idempotent on its own result. */
function storyOf(narrative: string): string {
  const words = searchKey(narrative).slice(0, LONGEST_STORY).replace(NO_STORY, ' ').match(WORD) ?? [];
  return words.map((word) => TEENCODE.get(word) ?? word).join(' ').replace(REPEATED, '$1');
}

/** The shingles of a story in its order, repeats included, each a number below 27⁴; spaces at both ends count as letters. */
function shinglesOf(story: string): Int32Array {
  const padded = ` ${story} `;
  const shingles = new Int32Array(padded.length - SHINGLE + 1);
  for (let at = 0, code = 0; at < padded.length; at += 1) {
    const letter = padded.charCodeAt(at);
    code = (code * ALPHABET + (letter === 0x20 ? 0 : letter - 0x60)) % SHINGLES;
    if (at >= SHINGLE - 1) shingles[at - SHINGLE + 1] = code;
  }
  return shingles;
}

/** Odd multipliers, one a minimum, by the finaliser of MurmurHash3 over a counter: fixed, so that stored sketches stay valid. */
const MULTIPLIERS = Int32Array.from({ length: SKETCH.bands * SKETCH.rows }, (_, index) => mixed(Math.imul(index + 1, 0x9e3779b9)) | 1);

function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/**
 * Band keys of a story, one signed 32-bit number a band in fixed places: equal keys in the same place mean probably alike.
 * Empty for a story of fewer than `SHORTEST_STORY` letters. Deterministic across machines and releases; never throws.
 */
export function sketch(narrative: string): number[] {
  const story = storyOf(narrative);
  if (story.length < SHORTEST_STORY) return [];
  const hashes = shinglesOf(story).map((shingle) => mixed(shingle + 1));
  return Array.from({ length: SKETCH.bands }, (_, band) => {
    let key = band;
    for (let row = 0; row < SKETCH.rows; row += 1) key = mixed(key ^ minimum(hashes, MULTIPLIERS[band * SKETCH.rows + row]!));
    return key;
  });
}

/** The least hash of a story under one multiplier; the shingle that gives it is the same for alike stories with the chance of their resemblance. */
function minimum(hashes: Int32Array, multiplier: number): number {
  let least = 0x7fffffff;
  for (let at = 0; at < hashes.length; at += 1) {
    const hash = Math.imul(hashes[at]!, multiplier);
    if (hash < least) least = hash;
  }
  return least;
}

/** Places at which two sketches agree, 0 to `SKETCH.bands`. */
export function sharedBands(a: readonly number[], b: readonly number[]): number {
  return a.filter((key, band) => key === b[band]).length;
}

/** Share of common four-letter sets of two stories (Jaccard), 0 to 1; 0 when a story is too short to compare. Symmetric. */
export function resemblance(a: string, b: string): number {
  const [one, other] = [storyOf(a), storyOf(b)];
  if (Math.min(one.length, other.length) < SHORTEST_STORY) return 0;
  return jaccard(new Set(shinglesOf(one)), new Set(shinglesOf(other)));
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let common = 0;
  for (const shingle of a) if (b.has(shingle)) common += 1;
  return common / (a.size + b.size - common);
}
