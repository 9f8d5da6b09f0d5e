/**
 * The part of XML 1.0 and of Namespaces in XML 1.0 that a document needs, strictly: htmlparser2 forgives, and what it forgives is refused here.
 * No DTD, no entities but the five built in and character references, nothing beyond the limits below.
 */
import { Parser } from 'htmlparser2';
import { Unreadable, type UnreadableReason } from './errors.ts';

const MOST_DEPTH = 40;
const MOST_ELEMENTS = 20_000;
const MOST_ATTRIBUTES = 30;
/** Characters after the root element: white space and comments. */
const LONGEST_EPILOGUE = 10_000;

/** An element; `raw` is its own text still escaped (CDATA escaped too); `source` gives the whole element as it stands in the file. */
export interface XmlElement {
  readonly name: string;
  /** Namespace name; empty for none. */
  readonly namespace: string;
  readonly children: readonly XmlElement[];
  readonly raw: string;
  source(): string;
}

/** The root element of a document. Throws `Unreadable`. Linear in the text, whose length the caller limits. */
export function parseXml(source: string): XmlElement {
  if (NOT_XML.test(source)) throw new Unreadable('malformed');
  const tree = new Tree(source);
  new StrictParser(tree, source).end(source);
  return tree.finished();
}

// Characters XML 1.0 cannot carry (section 2.2, production 2).
// oxlint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const NAME = /^(?:([\p{L}_][\p{L}\p{N}\p{M}._·-]*):)?([\p{L}_][\p{L}\p{N}\p{M}._·-]*)$/u;
/** A start tag or an empty element (XML 1.0 productions 40 to 44); its names are checked one by one. */
const TAG = /^<[^\s<>/"'=]+(?:\s+[^\s<>/"'=]+\s*=\s*(?:"[^<"]*"|'[^<']*'))*\s*\/?>$/;
const DECLARATION = /^\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*["']([A-Za-z][\w.-]*)["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*$/;
const UNKNOWN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

interface Open extends XmlElement {
  raw: string;
  readonly children: Open[];
  readonly qualified: string;
  readonly prefixes: ReadonlyMap<string, string>;
  readonly from: number;
  to: number;
}

/** Builds the tree from the parser's events and refuses what XML does not allow. */
class Tree {
  readonly #source: string;
  readonly #open: Open[] = [];
  #root: Open | null = null;
  #elements = 0;
  #attributes = new Set<string>();
  #isCdata = false;
  /** Set while the parser closes an element that closes itself, which it reports like a forgotten one. */
  isSelfClosing = false;
  parser: Parser | null = null;

  constructor(source: string) {
    this.#source = source;
  }

  get depth(): number {
    return this.#open.length;
  }

  finished(): XmlElement {
    if (this.#root === null || this.#open.length > 0) throw new Unreadable('malformed');
    const after = this.#source.slice(this.#root.to);
    if (after.length > LONGEST_EPILOGUE || /\S/.test(after.replace(/<!--[^]*?-->/g, ''))) throw new Unreadable('malformed');
    return this.#root;
  }

  readonly handler = {
    onopentagname: (): void => {
      this.#elements += 1;
      this.#attributes = new Set();
      if (this.#root !== null) fail('malformed');
      if (this.#open.length >= MOST_DEPTH) fail('too_deep');
      if (this.#elements > MOST_ELEMENTS) fail('too_many_elements');
    },
    onattribute: (name: string, value: string): void => {
      if (!NAME.test(name) || this.#attributes.has(name)) fail('malformed');
      checkReferences(value);
      this.#attributes.add(name);
      if (this.#attributes.size > MOST_ATTRIBUTES) fail('malformed');
    },
    onopentag: (qualified: string, attributes: Readonly<Record<string, string>>): void => {
      const [, prefix = '', name = ''] = NAME.exec(qualified) ?? [];
      // After a processing instruction htmlparser2 12.0.0 counts from its ">".
      const from = this.#source.indexOf('<', this.parser?.startIndex ?? 0);
      if (name === '' || !TAG.test(this.#source.slice(from, (this.parser?.endIndex ?? 0) + 1))) fail('malformed');
      const parent = this.#open.at(-1);
      const prefixes = scopeOf(attributes, parent?.prefixes);
      const namespace = prefixes.get(prefix) ?? (prefix === '' ? '' : prefix === 'xml' ? XML_NAMESPACE : fail('namespace'));
      const element: Open = {
        name, namespace, qualified, prefixes, children: [], raw: '', from, to: 0,
        source: () => this.#source.slice(element.from, element.to),
      };
      parent?.children.push(element);
      this.#open.push(element);
    },
    onclosetag: (qualified: string, isImplied: boolean): void => {
      const element = this.#open.pop();
      if (element === undefined || element.qualified !== qualified || (isImplied && !this.isSelfClosing)) return fail('not_balanced');
      element.to = this.#source.indexOf('>', this.parser?.endIndex ?? 0) + 1;
      if (this.#open.length === 0) this.#root = element;
    },
    ontext: (text: string): void => {
      const element = this.#open.at(-1);
      if (element === undefined) {
        if (/\S/.test(text)) fail('malformed');
        return;
      }
      if (this.#isCdata) {
        element.raw += escaped(text, true);
        return;
      }
      if (text.includes('<') || text.includes(']]>')) fail('malformed');
      checkReferences(text);
      element.raw += text;
    },
    oncdatastart: (): void => {
      if (this.#open.length === 0) fail('malformed');
      this.#isCdata = true;
    },
    oncdataend: (): void => {
      this.#isCdata = false;
    },
    // Two hyphens may not stand in a comment (production 15), and "--!>" ends it for HTML only.
    oncomment: (text: string): void => {
      const end = (this.parser?.endIndex ?? 0) + 1;
      if (text.includes('--') || text.endsWith('-') || this.#source.slice(end - 3, end) !== '-->') fail('malformed');
    },
    onprocessinginstruction: (name: string, data: string): void => {
      if (name.startsWith('!')) fail(/^!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(data) ? 'dtd' : 'malformed');
      if (!/^\?xml$/i.test(name)) {
        const [target = ''] = data.slice(1).split(/\s/, 1);
        if (target.includes(':') || !NAME.test(target)) fail('malformed');
        return;
      }
      const declaration = DECLARATION.exec(data);
      if (declaration === null || this.parser?.startIndex !== 0) return fail('malformed');
      if (!/^utf-?8$/i.test(declaration[1] ?? 'utf-8')) fail('not_utf8');
    },
  };
}

/** htmlparser2 drops an end tag that fits no open element without a word; here it is an error. */
class StrictParser extends Parser {
  readonly #tree: Tree;
  readonly #source: string;

  constructor(tree: Tree, source: string) {
    super(tree.handler, { xmlMode: true, decodeEntities: false });
    this.#tree = tree;
    this.#source = source;
    tree.parser = this;
  }

  override onclosetag(start: number, endIndex: number): void {
    const { depth } = this.#tree;
    if (this.#source[start - 1] !== '/' || this.#source.slice(endIndex, this.#source.indexOf('>', endIndex)).trim() !== '') fail('malformed');
    super.onclosetag(start, endIndex);
    if (this.#tree.depth !== depth - 1) fail('not_balanced');
  }

  override onselfclosingtag(endIndex: number): void {
    this.#tree.isSelfClosing = true;
    super.onselfclosingtag(endIndex);
    this.#tree.isSelfClosing = false;
  }
}

function fail(reason: UnreadableReason): never {
  throw new Unreadable(reason);
}

/** Every reference, also where nobody will read it, names a built-in entity or a character XML can carry. */
function checkReferences(raw: string): void {
  if (UNKNOWN_ENTITY.test(raw)) fail('entity');
  if (raw.includes('&#')) unescaped(raw);
}

function scopeOf(attributes: Readonly<Record<string, string>>, outer: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const declared = Object.entries(attributes).flatMap(([name, value]): [string, string][] => {
    const prefix = name === 'xmlns' ? '' : /^xmlns:(.+)$/.exec(name)?.[1];
    return prefix === undefined ? [] : [[prefix, unescaped(value)]];
  });
  const scope = declared.length === 0 ? outer : new Map([...outer, ...declared]);
  const prefixes = Object.keys(attributes).map((name) => NAME.exec(name)?.[1] ?? 'xml');
  const isBound = prefixes.every((prefix) => prefix === 'xml' || prefix === 'xmlns' || scope.has(prefix)) && declared.every(([prefix,
    name]) => prefix === '' || name !== '');
  return isBound ? scope : fail('namespace');
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The text that escaped text stands for; line ends are `\n` (XML 1.0 section 2.11), character references stay what they name.
 * Throws `Unreadable` for a reference to a character XML cannot carry.
 */
export function unescaped(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (_, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? fail('entity');
    const point = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const isAllowed = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) && !NOT_XML.test(String.fromCodePoint(Math.min(point, 0x10ffff)));
    return isAllowed ? String.fromCodePoint(point) : fail('malformed');
  });
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/**
 * Text as it is written between tags: carriage returns and white space at either end as character references, so that reading gives back
 * what was written; with `isCdata` only the text of a CDATA section, whose line ends are not yet `\n`. Says nothing about characters XML cannot carry.
 */
export function escaped(text: string, isCdata = false): string {
  const source = isCdata ? text.replace(/\r\n?/g, '\n') : text;
  const safe = source.replace(/[&<>\r]/g, (sign) => ESCAPES[sign]!);
  const [first, last] = [blanksAtStart(safe), blanksAtEnd(safe)];
  if (first === safe.length) return references(safe);
  return references(safe.slice(0, first)) + safe.slice(first, last) + references(safe.slice(last));
}

function references(blanks: string): string {
  return blanks.replace(/[ \t\n]/g, (blank) => `&#${blank.charCodeAt(0)};`);
}

/** Escaped text without the white space around it, which only lays out the file. Linear, unlike a pattern anchored at the end. */
export function trimmed(raw: string): string {
  const first = blanksAtStart(raw);
  return raw.slice(first, Math.max(first, blanksAtEnd(raw)));
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function blanksAtStart(text: string): number {
  let at = 0;
  while (at < text.length && isBlank(text[at])) at += 1;
  return at;
}

function blanksAtEnd(text: string): number {
  let at = text.length;
  while (at > 0 && isBlank(text[at - 1])) at -= 1;
  return at;
}

/** Whether XML 1.0 can carry every character of a text. */
export function isCarried(text: string): boolean {
  return !NOT_XML.test(text) && text.isWellFormed();
}
