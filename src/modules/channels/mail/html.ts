import { Parser } from 'htmlparser2';

/** Bounds of reading one HTML body, in characters, elements and links. */
export const HTML_LIMITS = { input: 2_000_000, output: 200_000, depth: 500, links: 200, linkLength: 2000 } as const;

/** What a reader sees of HTML, and where it would take them. */
export interface HtmlText {
  readonly text: string;
  /** Targets of links, areas and forms, in order, each once. */
  readonly links: readonly string[];
  /** The rest was left out by `HTML_LIMITS`. */
  readonly isCut: boolean;
}

const BLOCKS = new Set([
  'address', 'article', 'aside', 'blockquote', 'br', 'center', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3',
  'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'tfoot', 'thead', 'tr', 'ul',
]);
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'table']);
/** Not `head`: senders forget to close it. Not `noscript`: mail programs run no scripts, so their readers see it. */
const UNSEEN = new Set(['script', 'style', 'title', 'template', 'iframe', 'svg', 'math', 'audio', 'video', 'canvas']);
/** Declarations after which nothing is seen; a size or opacity of zero, not one that begins with zero. */
const HIDING = [
  'display\\s*:\\s*none', 'visibility\\s*:\\s*hidden', 'mso-hide\\s*:\\s*all', 'opacity\\s*:\\s*0(?:\\.0*)?\\s*(?:;|!|$)',
  'font(?:-size)?\\s*:\\s*0(?:\\.0*)?(?:px|pt|em|rem|%)?\\s*(?:;|!|/|\\s|$)',
] as const;
const HIDDEN = new RegExp(`(?:^|;)\\s*(?:${HIDING.join('|')})`, 'i');
/** Never a place a reader would be taken to. */
const NO_TARGET = /^(?:#|javascript:|vbscript:|data:|cid:|about:)|^$/i;
const QUOTE_DEPTH = 5;

interface Element {
  readonly name: string;
  readonly isHidden: boolean;
  readonly target: string | null;
  /** Length of the output when a link began: its words are what was added since. */
  readonly wordsFrom: number;
}

/**
 * HTML as lines of text: block elements begin a line, a link keeps its words and its target as `words <target>`, a quotation begins with `> `,
 * an image is its `alt`. What mail programs do not show (styles, scripts, display:none, size 0) is left out. Never throws; linear.
 */
export function htmlText(html: string): HtmlText {
  const links = new Set<string>();
  const open: Element[] = [];
  const state = { lines: [] as string[], line: '', length: 0, space: false, quotes: 0, isCut: html.length > HTML_LIMITS.input, isDone: false };

  const endLine = (): void => {
    if (state.line === '' && (state.lines.length === 0 || state.lines.at(-1) === '')) return;
    state.lines.push(state.line === '' ? '' : '> '.repeat(Math.min(state.quotes, QUOTE_DEPTH)) + state.line);
    state.length += state.line.length + 1;
    state.line = '';
    state.space = false;
    if (state.length > HTML_LIMITS.output) state.isCut = state.isDone = true;
  };
  const endParagraph = (): void => {
    if (state.line !== '') endLine();
    endLine();
  };
  const write = (words: string): void => {
    if (state.space && state.line !== '') state.line += ' ';
    state.space = false;
    state.line += words;
    if (state.length + state.line.length > HTML_LIMITS.output) state.isCut = state.isDone = true;
  };
  const isHidden = (): boolean => open.at(-1)?.isHidden ?? false;
  const written = (): number => state.length + state.line.length;
  const link = (address: string | undefined): string | null => {
    const target = (address ?? '').replace(/\s+/g, '').slice(0, HTML_LIMITS.linkLength);
    if (NO_TARGET.test(target)) return null;
    if (links.size < HTML_LIMITS.links) links.add(target);
    return target;
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      if (state.isDone) return;
      if (open.length >= HTML_LIMITS.depth) return void (state.isCut = state.isDone = true);
      const hides = UNSEEN.has(name) || 'hidden' in attributes || HIDDEN.test((attributes['style'] ?? '').slice(0, 2000));
      const hidden = isHidden() || hides;
      if (!hidden) {
        if (PARAGRAPHS.has(name)) endParagraph();
        else if (BLOCKS.has(name) && state.line !== '') endLine();
        else if (name === 'br') endLine();
        if (name === 'blockquote') state.quotes += 1;
        if (name === 'li') write('- ');
        if (name === 'td' || name === 'th') state.space = true;
        if (name === 'img' && attributes['alt']) write(attributes['alt'].replace(/\s+/g, ' ').trim().slice(0, 300));
        if (name === 'area' || name === 'form') link(attributes['href'] ?? attributes['action']);
      }
      open.push({ name, isHidden: hidden, target: name === 'a' && !hidden ? link(attributes['href']) : null, wordsFrom: written() });
    },
    ontext(text) {
      if (state.isDone || isHidden()) return;
      if (open.at(-1)?.name === 'pre') {
        text.split('\n').forEach((line, i) => {
          if (i > 0) endLine();
          write(line);
        });
        return;
      }
      // Not \s: a no-break space is a character of the text, and runs of it draw tables.
      for (const [i, words] of text.split(/[ \t\r\n\f]+/).entries()) {
        if (i > 0) state.space = true;
        if (words !== '') write(words);
      }
    },
    onclosetag(name) {
      if (state.isDone) return;
      const closed = open.pop();
      if (!closed || closed.isHidden) return;
      if (closed.target !== null) writeTarget(closed.target, closed.wordsFrom);
      if (PARAGRAPHS.has(name)) endParagraph();
      else if (BLOCKS.has(name) && name !== 'br' && state.line !== '') endLine();
      if (name === 'blockquote') state.quotes -= 1;
    },
  }, { decodeEntities: true });

  function writeTarget(target: string, wordsFrom: number): void {
    const shown = target.replace(/^(?:mailto|tel):/i, '');
    const words = state.line.slice(Math.max(0, wordsFrom - state.length)).trim();
    if (bare(words) === bare(shown)) return;
    state.space = state.line !== '';
    write(words === '' && written() === wordsFrom ? shown : `<${shown}>`);
  }

  const CHUNK = 65_536;
  const input = html.slice(0, HTML_LIMITS.input);
  for (let at = 0; at < input.length && !state.isDone; at += CHUNK) parser.write(input.slice(at, at + CHUNK));
  if (!state.isDone) parser.end();
  if (state.line !== '') endLine();
  return { text: state.lines.join('\n').slice(0, HTML_LIMITS.output).trim(), links: [...links], isCut: state.isCut };
}

/** Words that are the address itself, but for scheme, final slash and case of the host. */
function bare(address: string): string {
  return address.replace(/^(?:https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, '').toLowerCase();
}
