import type { ShareInput } from '#modules/sharing/index.ts';
import type { FormBody } from '#platform/body.ts';
import type { Conflict, Invalid } from '#platform/errors.ts';
import type { ShareKind } from '#platform/schema.ts';
import { isUuid } from '#platform/uuid.ts';
import type { FieldErrors } from '#web/form.tsx';
import { parseDate } from '#web/format.ts';
import type { Messages } from '#web/i18n/types.ts';
import type { Answering } from './commands/answer.ts';
import type { AnswerView } from './types.ts';
import type { Returned } from './views/parts.tsx';

const KINDS: readonly ShareKind[] = ['report', 'attachment', 'indicator', 'evidence', 'verification'];

/** Ids as a form sends them; anything else was never offered. */
export function idsOf(body: FormBody, name: string): string[] {
  return body.all(name).filter((value) => isUuid(value));
}

/** Items to share, each `kind:id`. */
export function itemsOf(body: FormBody): ShareInput[] {
  return body.all('items').flatMap((value) => {
    const [kind, itemId = ''] = value.split(':');
    const known = KINDS.find((one) => one === kind);
    return known && isUuid(itemId) ? [{ kind: known, itemId }] : [];
  });
}

/** One point a line, without numbers or dashes in front. */
export function pointsOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/^\s*(?:\d{1,2}[.)]|[-–•+])\s+/, '').trim()).filter(Boolean);
}

/** An answer as the form has it. @param points how many points were asked */
export function answeringOf(body: FormBody, points: number): Answering {
  const remarks = Array.from({ length: points }, (_, index) => body.get(`point-${index}`));
  const instead = body.get('instead');
  const on = body.get('documentOn').trim();
  return {
    answer: body.get('answer'), reasons: body.get('reasons'), onPoints: remarks.some((remark) => remark.trim() !== '') ? remarks : [], insteadAgencyId: isUuid(instead) ? instead : null,
    // A day that is none is told like one after today.
    insteadText: body.get('insteadText'), documentNumber: body.get('documentNumber'), documentOn: on === '' ? null : parseDate(on) ?? '9999-12-31',
  };
}

/** The newest answer as the form shows it again, to be corrected. */
export function valuesOf(answer: AnswerView | undefined): Record<string, string> {
  if (!answer || answer.answer === 'to_read') return {};
  const [year, month, day] = (answer.documentOn ?? '').split('-');
  return {
    answer: answer.answer, reasons: answer.reasons, insteadText: answer.instead, documentNumber: answer.documentNumber, documentOn: day ? `${day}/${month}/${year}` : '',
    ...Object.fromEntries(answer.onPoints.map((remark, index) => [`point-${index}`, remark])),
  };
}

/** What a refusal says, by field, in words: the field's own sentence where it has one. */
export function refusal(error: Invalid, t: Messages['opinions']['errors']): FieldErrors {
  const { fields = {}, reason, name } = (error.details ?? {}) as { fields?: Record<string, string>; reason?: string; name?: string };
  const own: Readonly<Record<string, unknown>> = { answer: t.answer, reasons: t.reasons, instead: t.instead, agencies: t.agencies, documentNumber: t.documentNumber, shareWhy: t.shareWhy, reason: t.reason, summary: t.summary };
  const kinds: Readonly<Record<string, unknown>> = t as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(fields).map(([field, kind]) => {
    if (reason === 'too_large' || reason === 'kind') return [field, t[reason](name ?? '')];
    if (reason === 'extra') return [field, t.extra];
    const words = kind === 'required' || (kind === 'length' && field in own && field !== 'reasons') ? own[field] ?? kinds[kind] : kinds[kind];
    return [field, typeof words === 'string' ? words : t.other];
  }));
}

/** What changed in the meantime, in words. */
export function conflictWords(error: Conflict, t: Messages['opinions']['errors']): string {
  const { reason } = (error.details ?? {}) as { reason?: unknown };
  const words: Readonly<Record<string, string>> = t.conflicts;
  return typeof reason === 'string' && Object.hasOwn(words, reason) ? words[reason]! : t.conflicts.other;
}

/** A form to be shown again with everything that was typed. */
export function returnedOf(form: string, body: FormBody, errors: FieldErrors): Returned {
  return { form, values: body.fields, all: body.all, errors };
}
