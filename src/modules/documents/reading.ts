import { localDate } from '#core/deadlines.ts';
import type { ConsoleFrame } from '#modules/law/index.ts';
import { FORM_LIMITS, readForm, type FormBody } from '#platform/body.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import type { Ctx } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { parseDate } from '#web/format.ts';
import { MOST_PDF_BYTES } from './pdf-signatures.ts';
import type { FollowUp, Period } from './types.ts';

/** What the room is given by src/modules.ts: a console page around its content, and the tasks of the rooms above. */
export interface Given {
  readonly frame: ConsoleFrame;
  readonly follow: FollowUp;
}

/** The period asked for in the address, `dd/mm/yyyy` or `yyyy-mm-dd`; without one, or with one that is wrong, this year so far. */
export function periodOf(ctx: Ctx): { period: Period; error: string | undefined } {
  const today = localDate(ctx.now);
  const [from, to] = [ctx.query('tu'), ctx.query('den')].map((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text.split('-').reverse().join('/')) : parseDate(text)));
  if (from && to && from <= to) return { period: { from, to }, error: undefined };
  const isAsked = ctx.query('tu') !== '' || ctx.query('den') !== '';
  return { period: { from: `${today.slice(0, 4)}-01-01`, to: today }, error: isAsked ? ctx.t.registers.period.wrong : undefined };
}

/** A form with one file of at most 20 MB. */
export function formWithFile(ctx: Ctx, fileBytes = MOST_PDF_BYTES): Promise<FormBody> {
  return readForm(ctx.c.req.raw, { ...FORM_LIMITS, fileBytes, files: 1, totalBytes: fileBytes + 1024 * 1024 });
}

/** What a refused command says at which field; throws on what is no refusal. */
export function refusal(ctx: Ctx, error: unknown): FieldErrors {
  const { errors, files } = ctx.t.registers;
  if (error instanceof Conflict) return { '': error.details?.state === 'repeated' ? files.reasons.repeated : errors.state };
  const fields = error instanceof Invalid ? error.details?.fields as Record<string, Exclude<keyof typeof errors, 'long'>> | undefined : undefined;
  if (fields) return Object.fromEntries(Object.entries(fields).map(([name, code]) => [name, errors[name === 'reason' && code === 'required' ? 'reason' : code]]));
  const reason = error instanceof Invalid ? error.details?.reason as keyof typeof files.reasons | undefined : undefined;
  if (reason && Object.hasOwn(files.reasons, reason)) return { tep: files.reasons[reason] };
  throw error;
}
