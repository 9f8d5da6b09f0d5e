import { normalise } from '#core/vietnamese.ts';
import type { Basis } from '#core/law.ts';
import type { FormBody } from '#platform/body.ts';
import type { LegalChangeKind } from '#platform/schema.ts';
import { formatDate, parseDate } from '#web/format.ts';
import { CONTENT, codeOf, elementCode, type Content, type Proposal } from './change.ts';
import type { ElementLine, LawDocument } from './types.ts';

/** Fields of the form of each kind, in their order on the page; `reason` stands last everywhere. */
export const FIELDS = {
  add_document: ['code', 'nameVi', 'nameEn', 'source', 'validFrom', 'validTo'],
  end_document: ['validTo', 'why'],
  add_basis: ['document', 'article', 'clause', 'point', 'category', 'whatVi', 'whatEn', 'elements', 'validFrom', 'validTo'],
  correct_basis: ['whatVi', 'whatEn', 'elements'],
  end_basis: ['validTo'],
  mark_checked: ['checkedOn', 'checkedBy'],
} as const satisfies Record<LegalChangeKind, readonly string[]>;

/** How many new elements one proposal may bring. */
export const NEW_ELEMENTS = [1, 2, 3] as const;

/** A proposal as its form shows it: all text, so that nothing typed is lost. */
export interface Values {
  readonly text: Readonly<Record<string, string>>;
  readonly elements: readonly string[];
}

/** What is wrong, by field name. */
export type Wrong = readonly string[];

/** What was typed. */
export function typedValues(form: FormBody): Values {
  return { text: form.fields, elements: form.all('elements') };
}

/** What the form of a kind shows before anything was typed. */
export function storedValues(kind: LegalChangeKind, document: LawDocument | null, basis: Basis | null): Values {
  const empty = { text: {}, elements: [] };
  if (kind === 'end_document') return { ...empty, text: { validTo: shown(document?.validTo), why: document?.endsWhy ?? '' } };
  if (kind === 'add_basis') return { ...empty, text: { document: document?.code ?? '' } };
  if (kind === 'end_basis') return { ...empty, text: { validTo: shown(basis?.validTo) } };
  if (kind === 'correct_basis') return { text: { whatVi: basis?.what.vi ?? '', whatEn: basis?.what.en ?? '' }, elements: basis?.elements.map(({ code }) => code) ?? [] };
  return empty;
}

function shown(day: string | null | undefined): string {
  return day ? formatDate(day) : '';
}

const DAYS: ReadonlySet<string> = new Set(['validFrom', 'validTo', 'checkedOn']);
const OPTIONAL: Readonly<Partial<Record<LegalChangeKind, ReadonlySet<string>>>> = {
  add_document: new Set(['validTo']), add_basis: new Set(['clause', 'point', 'validFrom', 'validTo']),
};

/**
 * What was typed as a proposal, or the fields that are wrong.
 * @param target the code of what is to be changed; read from the form for something new
 * @param known what the catalogue has: elements to choose from, codes that are taken, and whether there is an end to remove
 */
export function readProposal(
  kind: LegalChangeKind, target: string, values: Values, known: { readonly elements: readonly ElementLine[]; readonly taken: ReadonlySet<string>; readonly ended: boolean },
): { readonly proposal: Proposal } | { readonly wrong: Wrong } {
  const value = (field: string) => normalise(values.text[field] ?? '');
  const optional = kind === 'end_document' || kind === 'end_basis' ? new Set(known.ended ? ['validTo'] : []) : OPTIONAL[kind];
  const wrong: string[] = [];
  const content: Record<string, unknown> = {};
  for (const field of FIELDS[kind]) {
    if (field === 'code') continue;
    if (field === 'elements') content.elements = readElements(values, known.elements);
    else if (value(field) === '' && optional?.has(field)) content[field] = null;
    else content[field] = DAYS.has(field) ? parseDate(value(field)) : field === 'point' ? value(field).toLowerCase() : value(field);
  }
  const checked = CONTENT[kind].safeParse(content);
  if (!checked.success) wrong.push(...checked.error.issues.map(({ path }) => String(path[0])));
  if (kind === 'add_document' && !/^[A-Z][A-Z0-9]{1,11}$/.test(value('code'))) wrong.push('code');
  if (value('reason').length < 5) wrong.push('reason');
  const order = [...FIELDS[kind], 'reason'];
  if (wrong.length > 0) return { wrong: order.filter((field) => wrong.includes(field)) };
  const code = kind === 'add_document' ? value('code') : kind === 'add_basis' ? codeOf(checked.data as Content<'add_basis'>, known.taken) : target;
  return { proposal: { kind, target: code, content: checked.data as Record<string, unknown>, reason: value('reason') } };
}

/** The elements chosen, in the order of the list, then the new ones; one without both languages counts as wrong. */
function readElements(values: Values, known: readonly ElementLine[]): unknown[] {
  const chosen = known.filter(({ code }) => values.elements.includes(code)).map(({ code, label }) => ({ code, vi: label.vi, en: label.en }));
  const added = NEW_ELEMENTS.map((number) => ({ vi: normalise(values.text[`element.${number}.vi`] ?? ''), en: normalise(values.text[`element.${number}.en`] ?? '') }))
    .filter(({ vi, en }) => vi !== '' || en !== '').map(({ vi, en }) => {
      const code = elementCode(en);
      return { code: known.some((one) => one.code === code) ? '' : code, vi, en };
    });
  return [...chosen, ...added];
}
