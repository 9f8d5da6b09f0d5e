/** Aggregated figures for a period (regulation R23). They enter as figures and never become cases; so no trace may come with them. */
import { z } from 'zod';
import { FIGURE_CODES, type FigureCode, figureKind, QUALIFIER_CODES, type QualifierCode, QUALIFIERS, UNITS } from '#catalogue/figures.ts';
import { normalise } from '#core/vietnamese.ts';
import { formatNumber } from '#web/format.ts';
import type { Lang } from '#web/i18n/index.ts';
import type { Read, ReadError, ReadReason } from './types.ts';

/** One figure; its unit is that of its kind. */
export interface Figure {
  readonly kind: FigureCode;
  /** Whole number from 0 to 10^15. */
  readonly value: number;
  readonly qualifier: QualifierCode;
  /** First and last day counted, yyyy-mm-dd. */
  readonly from: string;
  readonly to: string;
  /** Who counted, as the sender writes it; at most 200 characters. */
  readonly source: string;
}

const MOST_FIGURES = 200;
const MOST_VALUE = 1e15;

const day = z.iso.date().refine((value) => value >= '1990-01-01');
const source = z.string().max(400).transform(normalise).pipe(z.string().min(1).max(200));
const ENVELOPE = z.strictObject({
  source,
  period: z.strictObject({ from: day, to: day }).refine(({ from, to }) => from <= to),
  figures: z.array(z.unknown()).min(1),
});
const FIGURE = z.strictObject({
  kind: z.enum(FIGURE_CODES),
  value: z.int().min(0).max(MOST_VALUE),
  qualifier: z.enum(QUALIFIER_CODES).default(''),
});

/** A field that is absent is told from one that is wrong. */
const TELL_INPUT = { reportInput: true } as const;

/**
 * Figures from `{"source": "…", "period": {"from": "yyyy-mm-dd", "to": "yyyy-mm-dd"}, "figures": [{"kind", "value", "qualifier"?}, …]}`. Any further
 * field is refused (`field_unknown`), so that no address or name travels along; the same kind twice is `repeated`. Never throws.
 */
export function readFigures(json: unknown): Read<Figure> {
  const envelope = ENVELOPE.safeParse(json, TELL_INPUT);
  if (!envelope.success) return { ok: false, reason: envelopeReason(envelope.error) };
  const { source: from, period, figures } = envelope.data;
  if (figures.length > MOST_FIGURES) return { ok: false, reason: 'too_many' };
  const items = new Map<FigureCode, Figure>();
  const errors: ReadError[] = [];
  for (const [i, raw] of figures.entries()) {
    const figure = FIGURE.safeParse(raw, TELL_INPUT);
    if (!figure.success) errors.push({ at: `figures[${i}]`, reason: reasonOf(figure.error) });
    else if (items.has(figure.data.kind)) errors.push({ at: `figures[${i}]`, reason: 'repeated' });
    else items.set(figure.data.kind, { ...figure.data, ...period, source: from });
  }
  return { ok: true, items: [...items.values()], ignored: 0, errors };
}

function envelopeReason(error: z.ZodError): ReadReason {
  const [first] = error.issues;
  if (first === undefined || first.path.length === 0 && first.code === 'invalid_type') return 'not_readable';
  return first.path[0] === 'period' ? 'period_wrong' : reasonOf(error);
}

function reasonOf(error: z.ZodError): ReadReason {
  const [first] = error.issues;
  if (error.issues.some(({ code }) => code === 'unrecognized_keys')) return 'field_unknown';
  return first !== undefined && first.path.length > 0 && first.input === undefined ? 'field_missing' : 'value_wrong';
}

/** A figure in words: `hơn 42.000 kết nối`, `more than 42,000 connections`. */
export function sayFigure({ kind, value, qualifier }: Pick<Figure, 'kind' | 'value' | 'qualifier'>, lang: Lang): string {
  const unit = UNITS.find(({ code }) => code === figureKind(kind).unit)!;
  const word = lang === 'en' && value === 1 ? unit.one : unit.label[lang];
  const how = QUALIFIERS.find(({ code }) => code === qualifier)!.label[lang];
  return `${how === '' ? '' : `${how} `}${formatNumber(value, lang)} ${word}`;
}
