import type { Lang } from '../i18n/index.ts';

/** A type of document with what its form asks for. */
export interface DocumentType {
  /** Abbreviation in the symbol (Decree 30/2020, annex III, part I); a công văn has none. */
  readonly abbreviation: string | null;
  /** Whether the type is printed as a line of its own, with the subject under it (annex I, II.5). */
  readonly isNamed: boolean;
  /** Whether place and date stand beside the number; minutes say in their text when they began and ended (form 1.9). */
  readonly isDated: boolean;
  /** Whether the list of recipients begins with those of "Kính gửi" (annex I, II.9.b). */
  readonly isAddressed: boolean;
}

/** The types that the desk writes, of the 27 of Decree 30/2020/NĐ-CP, article 7 and annex III. */
export const DOCUMENT_TYPES = {
  cong_van: { abbreviation: null, isNamed: false, isDated: true, isAddressed: true },
  thong_bao: { abbreviation: 'TB', isNamed: true, isDated: true, isAddressed: false },
  bien_ban: { abbreviation: 'BB', isNamed: true, isDated: false, isAddressed: false },
  quyet_dinh: { abbreviation: 'QĐ', isNamed: true, isDated: true, isAddressed: false },
  giay_moi: { abbreviation: 'GM', isNamed: true, isDated: true, isAddressed: false },
  bao_cao: { abbreviation: 'BC', isNamed: true, isDated: true, isAddressed: true },
} as const satisfies Readonly<Record<string, DocumentType>>;

/** A type of document. */
export type DocumentKind = keyof typeof DOCUMENT_TYPES;

/** The only three degrees of urgency (annex I, III.2.b). */
export type Urgency = 'khan' | 'thuong_khan' | 'hoa_toc';

/** A piece of text in one face. Line feeds break the line. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}

/** Plain text, or runs one after the other without added spaces. Addresses of the web are defanged. */
export type Text = string | readonly Run[];

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** Share of the width, in any unit; the shares of all columns together are the width of the text. */
  readonly width: number;
  /** Numbers stand at the right edge, everything else at the left. */
  readonly isNumeric?: boolean;
}

/** A part of the text. Numbers of headings, articles and lists are counted by the layout. */
export type Block =
  | { readonly type: 'paragraph'; readonly text: Text }
  /** Căn cứ: italic, one to a line, ";" after each and a full stop after the last (annex I, II.6.a). */
  | { readonly type: 'basis'; readonly items: readonly string[] }
  /** A line by itself in bold capitals, in the middle: "QUYẾT ĐỊNH:". */
  | { readonly type: 'banner'; readonly text: string }
  /** Levels "I." (capitals), "1." and "a)" (annex I, V.6.b); level 3 is not bold. */
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly text: Text }
  /** "Điều 1." with its title or first sentence. */
  | { readonly type: 'article'; readonly title?: string; readonly text?: Text }
  | { readonly type: 'list'; readonly items: readonly Text[]; readonly marks: 'dash' | 'number' | 'letter' }
  /** A ruled table whose head is repeated on every page. Each row has a cell for each column. `total` is printed bold. */
  | { readonly type: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Text[])[]; readonly total?: readonly Text[] }
  /** Label and value, without rules: "Mã hồ sơ: …". */
  | { readonly type: 'facts'; readonly rows: readonly { readonly label: string; readonly value: Text }[] }
  /** "Ghi chú: …", smaller and italic. */
  | { readonly type: 'note'; readonly text: Text }
  /** A QR code of `value` 30 mm wide, with words under it that say the same. */
  | { readonly type: 'qr'; readonly value: string; readonly caption: string }
  /** A PNG picture; `width` in mm, at most the width of the text; `ratio` is height by width; `alt` for those who do not see it. */
  | { readonly type: 'picture'; readonly png: Uint8Array; readonly width: number; readonly ratio: number; readonly alt: string }
  /** An address of our own that may be followed; the only link there is. http or https. */
  | { readonly type: 'link'; readonly text: string; readonly href: string }
  | { readonly type: 'page_break' };

/** Plain text as paragraphs, one for each line that is not empty. */
export function paragraphs(text: string): Block[] {
  return text.split('\n').filter((line) => line.trim() !== '').map((line) => ({ type: 'paragraph', text: line }));
}

/** In whose place somebody signs: "TM. ỦY BAN NHÂN DÂN TỈNH", "KT. GIÁM ĐỐC", "Q. GIÁM ĐỐC" (annex I, II.7.b). */
export interface SignAuthority {
  readonly code: 'TM.' | 'KT.' | 'TL.' | 'TUQ.' | 'Q.';
  readonly of: string;
}

/** Who signs. */
export interface Signature {
  /** Lines above the title, the first on top; none for a head who signs for the own agency. */
  readonly authority: readonly SignAuthority[];
  /** The signer's own title; null after "Q. …", which says it. */
  readonly title: string | null;
  /** Null leaves the place open. */
  readonly name: string | null;
}

/** A part with its own page numbers after the letter. */
export interface Annex {
  readonly title: string;
  readonly body: readonly Block[];
  /** For broad tables. */
  readonly isLandscape?: boolean;
}

/**
 * A document on paper. Names are given as written in a sentence; the layout sets capitals where the form has them, and breaks
 * long titles evenly unless they have line feeds of their own.
 */
export interface Letter {
  readonly kind: DocumentKind;
  readonly issuer: {
    /** The agency directly above, if any: "Ủy ban nhân dân tỉnh Cao Bằng". */
    readonly parent: string | null;
    readonly name: string;
  };
  readonly number: {
    /** Null leaves it open for the clerk who keeps the register. */
    readonly value: string | null;
    /** What follows the stroke, see `documentSymbol`. */
    readonly symbol: string;
  };
  /** Where the issuer sits: "Cao Bằng". */
  readonly place: string;
  /** `YYYY-MM-DD`; null leaves it open. */
  readonly date: string | null;
  readonly urgency: Urgency | null;
  /** Trích yếu, without "V/v". */
  readonly subject: string;
  /** Kính gửi; empty prints nothing. */
  readonly to: readonly string[];
  readonly body: readonly Block[];
  readonly signature: Signature;
  /** A second signature at the left, as minutes have: secretary or the side that hands over. */
  readonly countersignature?: Signature;
  /** Nơi nhận, without dash and punctuation. "Như trên" and "Lưu: VT" are added where the form has them and they are missing. */
  readonly recipients: readonly string[];
  readonly annexes: readonly Annex[];
  readonly language: Lang;
  /** Prints "Unofficial translation" on top. */
  readonly isUnofficialTranslation?: boolean;
  /** Address, telephone and e-mail of the issuer at the foot of the first page, line by line (annex I, III.4). */
  readonly contact?: readonly string[];
}

/**
 * The symbol after the number: `TB-SVHTTDL`, `SVHTTDL-QLTT` for a công văn, whose second part is the unit that drafted it
 * (annex I, II.3.b).
 * @param issuer abbreviation of the issuing agency
 * @param unit abbreviation of the drafting unit, for a công văn only
 */
export function documentSymbol(kind: DocumentKind, issuer: string, unit?: string): string {
  const { abbreviation } = DOCUMENT_TYPES[kind];
  return (abbreviation === null ? [issuer, unit] : [abbreviation, issuer]).filter((part) => part !== undefined).join('-');
}
