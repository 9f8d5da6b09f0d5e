import { AIM_CODES, type AimCode } from '#catalogue/aims.ts';
import { measureOf, type MeasureField } from '#catalogue/measures.ts';
import type { Missing } from '#core/decision.ts';
import type { FormBody } from '#platform/body.ts';
import type { Lang, Messages } from '#web/i18n/index.ts';
import { defang } from '#core/indicators/index.ts';
import { formatDate, formatMoney, formatNumber, parseDate } from '#web/format.ts';
import type { DraftInput } from './commands/draft.ts';
import type { DecisionPage } from './types.ts';

/** A draft as its form shows it: all text, so that nothing typed is lost. */
export interface DraftValues {
  readonly basis: string;
  readonly aim: string;
  readonly facts: string;
  readonly sideEffects: string;
  readonly endsOn: string;
  readonly title: string;
  readonly summary: string;
  readonly advice: string;
  readonly elements: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly locators: readonly string[];
  readonly recipients: readonly string[];
  /** For each element the pieces of evidence ticked. */
  readonly proofs: Readonly<Record<string, readonly string[]>>;
  /** What the measure itself asks for, as typed. */
  readonly detail: Readonly<Record<string, string>>;
}

/** What is wrong, by field name, in words. */
export type Errors = Readonly<Record<string, string>>;

/** Longest texts; the same as the checks in the database. */
export const LENGTHS = { facts: 8000, side_effects: 4000, title: 200, summary: 4000, advice: 4000, reason: 4000, line: 300, text: 4000 } as const;
const SHORTEST_REASON = 5;

/** What the form shows before anything was typed: the stored draft. */
export function storedValues(page: DecisionPage, lang: Lang): DraftValues {
  const { facts } = page;
  return {
    basis: facts.legalBasis ?? '', aim: facts.aim ?? '', facts: facts.facts, sideEffects: page.sideEffects, endsOn: facts.endsOn ? formatDate(facts.endsOn) : '',
    title: facts.title, summary: facts.summary, advice: page.advice, elements: facts.elements, options: facts.options, locators: page.locatorIds,
    recipients: page.recipientIds, proofs: facts.proofs,
    detail: Object.fromEntries(measureOf(facts.measure).fields.map((field) => [field.code, shownDetail(field, facts.detail[field.code] ?? '', lang)])),
  };
}

/** What was typed. */
export function typedValues(form: FormBody): DraftValues {
  const group = (prefix: string) => Object.fromEntries(Object.entries(form.fields).filter(([name]) => name.startsWith(prefix)).map(([name, text]) => [name.slice(prefix.length), text]));
  return {
    basis: form.get('basis'), aim: form.get('aim'), facts: form.get('facts'), sideEffects: form.get('side_effects'), endsOn: form.get('ends_on'),
    title: form.get('title'), summary: form.get('summary'), advice: form.get('advice'), elements: group('element.'), options: group('option.'),
    locators: form.all('locators'), recipients: form.all('recipients'), detail: group('detail.'),
    proofs: Object.fromEntries(Object.keys(form.fields).filter((name) => name.startsWith('proof.')).map((name) => [name.slice('proof.'.length), form.all(name)])),
  };
}

/**
 * What was typed as the command takes it; choices outside the closed lists count as not made. Evidence is what the elements name.
 */
export function readDraft(values: DraftValues, page: DecisionPage): DraftInput {
  const { measure, legalBasis } = page.facts;
  const { bases } = page;
  const basis = bases.find(({ code }) => code === values.basis)?.code ?? (values.basis === legalBasis ? legalBasis : null);
  const elements = new Set(bases.flatMap((one) => one.elements.map(({ code }) => code)));
  const options = new Set(measureOf(measure).lesser.map(({ code }) => code));
  const evidence = new Set(page.evidence.map(({ id }) => id));
  const known = <T>(answers: Readonly<Record<string, T>>, codes: ReadonlySet<string>) => Object.fromEntries(Object.entries(answers).filter(([code]) => codes.has(code)));
  // An element that the chosen provision does not have keeps its words, but shows no evidence for this decision.
  const own = new Set(bases.find(({ code }) => code === basis)?.elements.map(({ code }) => code) ?? elements);
  return {
    legalBasis: basis, aim: AIM_CODES.find((code): code is AimCode => code === values.aim) ?? null, facts: values.facts, sideEffects: values.sideEffects,
    endsOn: parseDate(values.endsOn) ?? null, title: values.title, summary: values.summary, advice: values.advice,
    elements: known(values.elements, elements), options: known(values.options, options),
    proofs: Object.fromEntries(Object.entries(known(values.proofs, own)).map(([code, ids]) => [code, ids.filter((id) => evidence.has(id))])), evidence: [],
    recipients: page.recipients.map(({ id }) => id).filter((id) => values.recipients.includes(id)),
    detail: Object.fromEntries(measureOf(measure).fields.map((field) => [field.code, readDetail(field, values.detail[field.code] ?? '') ?? ''])),
    locators: page.locators.filter(({ id, exact }) => exact && values.locators.includes(id)).map(({ id, granularity }) => ({ indicatorId: id, granularity })),
  };
}

const SHA256 = /^[0-9a-f]{64}$/;
const MOST_DONG = 1e15;

/**
 * A field of a measure as it is kept: a day as YYYY-MM-DD, money as digits, a hash in small letters, an address as a browser writes it.
 * @returns null when what was typed is none of that kind; '' when nothing was typed
 */
export function readDetail({ kind }: MeasureField, typed: string): string | null {
  const text = typed.trim();
  if (text === '') return '';
  switch (kind) {
    case 'line': return text.length <= LENGTHS.line ? text : null;
    case 'text': return text.length <= LENGTHS.text ? text : null;
    case 'date': return parseDate(text) ?? null;
    case 'sha256': return SHA256.test(text.toLowerCase()) ? text.toLowerCase() : null;
    case 'url': return readUrl(text);
    case 'money': {
      const digits = text.replace(/\s*(đồng|đ|vnd|dong)\.?$/i, '').replace(/(?<=\d)[.,\s\u00a0](?=\d{3}(?:\D|$))/g, '');
      return /^\d+$/.test(digits) && Number(digits) < MOST_DONG ? String(Number(digits)) : null;
    }
  }
}

function readUrl(text: string): string | null {
  if (text.length > LENGTHS.line * 4 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username || url.password || !url.hostname.includes('.') ? null : url.href;
}

/** A field of a measure as a person reads it: 22/11/2026, 12.000.000 đồng. */
export function shownDetail({ kind }: MeasureField, kept: string, lang: Lang): string {
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(kept)) return formatDate(kept);
  return kind === 'money' && /^\d+$/.test(kept) ? formatMoney(BigInt(kept), lang) : kept;
}

/** Field of the form where a missing point is given, or null when the form has none. */
export function fieldOf(missing: Missing): string | null {
  switch (missing.point) {
    case 'element': return `element.${missing.code}`;
    case 'option': return `option.${missing.code}`;
    case 'proof': return `proof.${missing.code}`;
    case 'field': return `detail.${missing.code}`;
    case 'legal_basis': case 'legal_basis_not_in_force': return 'basis';
    case 'dates': case 'too_long': return 'ends_on';
    case 'aim': case 'facts': case 'locators': case 'title': case 'summary': case 'side_effects': case 'recipients': return missing.point;
    case 'competence': case 'measure': case 'territory': case 'evidence': case 'fresh_evidence': return null;
  }
}

/** What keeps a draft from being saved at all: a text too long for its place, a day, an address or an amount that is none, a trace that is never named. */
export function wrongIn(values: DraftValues, page: DecisionPage, t: Messages, lang: Lang): Errors {
  const { fieldErrors } = t.decisions;
  const tooLong = (field: string, text: string, most: number): [string, string][] => (text.length > most ? [[field, fieldErrors.length(formatNumber(most, lang))]] : []);
  const barred = page.locators.find(({ id, exact }) => !exact && values.locators.includes(id));
  return Object.fromEntries([
    ...(barred ? [['locators', fieldErrors.barred(defang(barred.value), t.decisions.barred[barred.bar ?? 'shared'])] as [string, string]] : []),
    ...Object.entries(values.elements).flatMap(([code, text]) => tooLong(`element.${code}`, text, LENGTHS.reason)),
    ...tooLong('facts', values.facts, LENGTHS.facts),
    ...measureOf(page.facts.measure).fields.flatMap((field) => wrongDetail(field, values.detail[field.code] ?? '', t, lang)),
    ...Object.entries(values.options).flatMap(([code, text]) => tooLong(`option.${code}`, text, LENGTHS.reason)),
    ...tooLong('side_effects', values.sideEffects, LENGTHS.side_effects),
    ...(values.endsOn.trim() && !parseDate(values.endsOn) ? [['ends_on', fieldErrors.date] as [string, string]] : []),
    ...tooLong('title', values.title, LENGTHS.title), ...tooLong('summary', values.summary, LENGTHS.summary), ...tooLong('advice', values.advice, LENGTHS.advice),
  ]);
}

function wrongDetail(field: MeasureField, typed: string, t: Messages, lang: Lang): [string, string][] {
  if (readDetail(field, typed) !== null) return [];
  const { fieldErrors } = t.decisions;
  const words = field.kind === 'line' || field.kind === 'text' ? fieldErrors.length(formatNumber(LENGTHS[field.kind], lang)) : fieldErrors[field.kind];
  return [[`detail.${field.code}`, words]];
}

/** A reason as an officer must write it, or null. */
export function readReason(text: string): string | null {
  const reason = text.trim();
  return reason.length >= SHORTEST_REASON && reason.length <= LENGTHS.reason ? reason : null;
}
