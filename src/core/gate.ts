import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { STOP_CODES, type StopCode } from '#catalogue/gate.ts';

/** The officer's answers: true = "yes", which stops. All seven must be answered. */
export type GateAnswers = Readonly<Record<StopCode, boolean>>;

export type GateOutcome =
  | { readonly passed: true }
  | { readonly passed: false; readonly why: 'stopped'; readonly stopCode: StopCode }
  | { readonly passed: false; readonly why: 'elements_missing'; readonly missing: readonly string[] };

/**
 * What the answers mean (SCOPE.md, the gate): one "yes" stops, the first one names the stop; then every positive element
 * of the category must hold. There is no third way and no override.
 */
export function gateOutcome(category: CategoryCode, answers: GateAnswers, elements: readonly string[]): GateOutcome {
  const stopCode = STOP_CODES.find((code) => answers[code]);
  if (stopCode) return { passed: false, why: 'stopped', stopCode };
  const missing = categoryOf(category).positive.map((element) => element.code).filter((code) => !elements.includes(code));
  return missing.length > 0 ? { passed: false, why: 'elements_missing', missing } : { passed: true };
}

/**
 * Reads answers from a form: every question "yes" or "no".
 * @returns the answers, or the questions left open
 */
export function readGateAnswers(given: Readonly<Record<string, string | undefined>>): { ok: true; answers: GateAnswers } | { ok: false; open: StopCode[] } {
  const open = STOP_CODES.filter((code) => given[code] !== 'yes' && given[code] !== 'no');
  if (open.length > 0) return { ok: false, open };
  return { ok: true, answers: Object.fromEntries(STOP_CODES.map((code) => [code, given[code] === 'yes'])) as unknown as GateAnswers };
}
