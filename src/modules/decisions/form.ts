import { AIM_CODES, type AimCode } from '#catalogue/aims.ts';
import { measureOf } from '#catalogue/measures.ts';
import { basesInForce, type Missing } from '#core/decision.ts';
import type { FormBody } from '#platform/body.ts';
import type { Messages } from '#web/i18n/index.ts';
import { formatDate, formatNumber, parseDate } from '#web/format.ts';
import type { DraftInput } from './commands.ts';
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
  readonly evidence: readonly string[];
  readonly locators: readonly string[];
}

/** What is wrong, by field name, in words. */
export type Errors = Readonly<Record<string, string>>;

/** Longest texts; the same as the checks in the database. */
export const LENGTHS = { facts: 8000, side_effects: 4000, title: 200, summary: 4000, advice: 4000, reason: 4000 } as const;
const SHORTEST_REASON = 5;

/** What the form shows before anything was typed: the stored draft. */
export function storedValues(page: DecisionPage): DraftValues {
  const { facts } = page;
  return {
    basis: facts.legalBasis ?? '', aim: facts.aim ?? '', facts: facts.facts, sideEffects: page.sideEffects, endsOn: facts.endsOn ? formatDate(facts.endsOn) : '',
    title: facts.title, summary: facts.summary, advice: page.advice, elements: facts.elements, options: facts.options,
    evidence: page.evidenceIds, locators: page.locatorIds,
  };
}

/** What was typed. */
export function typedValues(form: FormBody): DraftValues {
  const group = (prefix: string) => Object.fromEntries(Object.entries(form.fields).filter(([name]) => name.startsWith(prefix)).map(([name, text]) => [name.slice(prefix.length), text]));
  return {
    basis: form.get('basis'), aim: form.get('aim'), facts: form.get('facts'), sideEffects: form.get('side_effects'), endsOn: form.get('ends_on'),
    title: form.get('title'), summary: form.get('summary'), advice: form.get('advice'), elements: group('element.'), options: group('option.'),
    evidence: form.all('evidence'), locators: form.all('locators'),
  };
}

/**
 * What was typed as the command takes it; choices outside the closed lists count as not made.
 * @param on the day of saving
 */
export function readDraft(values: DraftValues, page: DecisionPage, on: string): DraftInput {
  const { category, measure, legalBasis } = page.facts;
  const bases = basesInForce(category, on);
  const basis = bases.find(({ code }) => code === values.basis)?.code ?? (values.basis === legalBasis ? legalBasis : null);
  const elements = new Set(bases.flatMap((one) => one.elements.map(({ code }) => code)));
  const options = new Set(measureOf(measure).lesser.map(({ code }) => code));
  const known = (answers: Readonly<Record<string, string>>, codes: ReadonlySet<string>) => Object.fromEntries(Object.entries(answers).filter(([code]) => codes.has(code)));
  return {
    legalBasis: basis, aim: AIM_CODES.find((code): code is AimCode => code === values.aim) ?? null, facts: values.facts, sideEffects: values.sideEffects,
    endsOn: parseDate(values.endsOn) ?? null, title: values.title, summary: values.summary, advice: values.advice,
    elements: known(values.elements, elements), options: known(values.options, options),
    evidence: page.evidence.map(({ id }) => id).filter((id) => values.evidence.includes(id)),
    locators: page.locators.filter(({ id, exact }) => exact && values.locators.includes(id)).map(({ id, granularity }) => ({ indicatorId: id, granularity })),
  };
}

/** Field of the form where a missing point is given, or null when the form has none. */
export function fieldOf(missing: Missing): string | null {
  switch (missing.point) {
    case 'element': return `element.${missing.code}`;
    case 'option': return `option.${missing.code}`;
    case 'legal_basis': case 'legal_basis_not_in_force': return 'basis';
    case 'dates': case 'too_long': return 'ends_on';
    case 'aim': case 'facts': case 'evidence': case 'locators': case 'title': case 'summary': return missing.point;
    case 'competence': case 'measure': case 'territory': return null;
  }
}

/** What keeps a draft from being saved at all: a text too long for its place, a date that is none. */
export function wrongIn(values: DraftValues, t: Messages, lang: 'vi' | 'en'): Errors {
  const { fieldErrors } = t.decisions;
  const tooLong = (field: string, text: string, most: number): [string, string][] => (text.length > most ? [[field, fieldErrors.length(formatNumber(most, lang))]] : []);
  return Object.fromEntries([
    ...Object.entries(values.elements).flatMap(([code, text]) => tooLong(`element.${code}`, text, LENGTHS.reason)),
    ...tooLong('facts', values.facts, LENGTHS.facts),
    ...Object.entries(values.options).flatMap(([code, text]) => tooLong(`option.${code}`, text, LENGTHS.reason)),
    ...tooLong('side_effects', values.sideEffects, LENGTHS.side_effects),
    ...(values.endsOn.trim() && !parseDate(values.endsOn) ? [['ends_on', fieldErrors.date] as [string, string]] : []),
    ...tooLong('title', values.title, LENGTHS.title), ...tooLong('summary', values.summary, LENGTHS.summary), ...tooLong('advice', values.advice, LENGTHS.advice),
  ]);
}

/** A reason as an officer must write it, or null. */
export function readReason(text: string): string | null {
  const reason = text.trim();
  return reason.length >= SHORTEST_REASON && reason.length <= LENGTHS.reason ? reason : null;
}
