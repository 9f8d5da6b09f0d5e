/** Advance widths of Times New Roman in 1/1000 of the size: U+0020 to U+007E, then letters of their own width. */
const WIDTHS = {
  regular: { ascii: [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
    500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
  ], more: { đ: 500, Đ: 722, ơ: 529, Ơ: 722, ư: 542, Ư: 776, '–': 500 } as Readonly<Record<string, number>> },
  bold: { ascii: [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
    556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
  ], more: { đ: 556, Đ: 722, ơ: 554, Ơ: 778, ư: 600, Ư: 796, '–': 500 } as Readonly<Record<string, number>> },
} as const;

/** Marks that do not change the width of a letter: all but the horn, which `more` has. */
const MARKS = /[\u0300-\u031a\u031c-\u036f]/g;
/** An unknown letter counts as a digit. */
const OTHER = 500;
/** Lines are made even to 1 mm. */
const STEP = 57;
/** Longer than any title. */
const MOST_EVEN = 8;
/** Shorter by longer line, below which a comma is no good place to break. */
const EVEN_ENOUGH = 0.45;

/** Twips (1/20 pt) that a line of Times New Roman takes at `size` points; marks of Vietnamese add nothing. */
export function widthOf(text: string, size: number, weight: 'regular' | 'bold'): number {
  const { ascii, more } = WIDTHS[weight];
  let thousandths = 0;
  for (const letter of text.normalize('NFD').replace(MARKS, '').normalize('NFC')) {
    thousandths += more[letter] ?? ascii[letter.codePointAt(0)! - 32] ?? OTHER;
  }
  return Math.round(thousandths * size / 50);
}

/**
 * Text broken between words into as few lines as fit `column` twips: two after a comma if neither is far shorter, else as
 * even as can be; a word alone may be longer. Line feeds in it are kept instead.
 */
export function evenLines(text: string, size: number, weight: 'regular' | 'bold', column: number): string[] {
  if (text.trim().includes('\n')) return text.trim().split(/\s*\n\s*/);
  let lines = brokenAt(text, size, weight, column);
  if (lines.length > MOST_EVEN) return lines;
  for (let narrower = column; narrower > 0; narrower -= STEP) {
    const tried = brokenAt(text, size, weight, narrower);
    if (tried.length > lines.length) break;
    lines = tried;
  }
  return (lines.length === 2 ? atComma(text, size, weight, column) : undefined) ?? lines;
}

function atComma(text: string, size: number, weight: 'regular' | 'bold', column: number): string[] | undefined {
  const splits = [...text.matchAll(/, +/g)].map(({ index }) => [text.slice(0, index + 1).trim(), text.slice(index + 1).trim()]);
  const measured = splits.map((lines) => {
    const widths = lines.map((line) => widthOf(line, size, weight));
    return { lines, longest: Math.max(...widths), share: Math.min(...widths) / Math.max(...widths) };
  });
  return measured.filter(({ longest, share }) => longest <= column && share >= EVEN_ENOUGH).toSorted((a, b) => b.share - a.share)[0]?.lines;
}

function brokenAt(text: string, size: number, weight: 'regular' | 'bold', column: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, size, weight) > column) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
