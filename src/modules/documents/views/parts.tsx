import type { ComponentChildren, VNode } from 'preact';
import { REGISTER_KINDS } from '#catalogue/document-types.ts';
import { URGENCIES } from '#core/registers.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Button, DateField, Form, RadioCards, Select, type FieldErrors } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { Urgency } from '#web/docx/letter.ts';
import { BOOKS, type Book } from '../cells.ts';
import { FOLLOW_PATH, IN_PATH, OUT_PATH, type Period } from '../types.ts';

/** Addresses of the registers. */
export const BOOK_PATHS: Readonly<Record<Book, string>> = { di: OUT_PATH, den: IN_PATH, 'theo-doi': FOLLOW_PATH };

/** What was typed into one of a page's forms and came back. */
export interface Typed {
  /** Which form of the page. */
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: FieldErrors;
}

/** The value of a field: as typed, else as it stands. */
export function valueOf(typed: Typed | null, form: string, name: string, stored = ''): string {
  return typed?.form === form ? typed.values[name] ?? '' : stored;
}

/** What is wrong in one form. */
export function errorsOf(typed: Typed | null, form: string): FieldErrors {
  return typed?.form === form ? typed.errors : {};
}

/** Links to the three registers. */
export function Tabs({ lang, book }: { lang: Lang; book: Book }): VNode {
  const { tabs } = messages(lang).registers;
  return (
    <nav aria-label={tabs.label}>
      <ul class="filters">
        {BOOKS.map((one) => <li><a href={BOOK_PATHS[one]} aria-current={one === book ? 'page' : undefined}>{tabs[one]}</a></li>)}
      </ul>
    </nav>
  );
}

/** What was done just now. */
export function Done({ lang, done }: { lang: Lang; done: string }): VNode | null {
  const said: Readonly<Record<string, string>> = messages(lang).registers.done;
  return Object.hasOwn(said, done) ? <Callout kind="ok" role="status">{said[done]}</Callout> : null;
}

/** The days a register shows. */
export function PeriodForm({ lang, book, period, error }: { lang: Lang; book: Book; period: Period; error: string | undefined }): VNode {
  const t = messages(lang).registers.period;
  return (
    <Form action={BOOK_PATHS[book]} method="get" class="toolbar">
      <DateField lang={lang} name="tu" label={t.from} value={formatDate(period.from)} hint=" " error={error} />
      <DateField lang={lang} name="den" label={t.to} value={formatDate(period.to)} hint=" " />
      <Button kind="quiet">{t.show}</Button>
    </Form>
  );
}

/** A badge for urgency; nothing when there is none. */
export function UrgencyBadge({ lang, urgency }: { lang: Lang; urgency: Urgency | null }): VNode | null {
  return urgency === null ? null : <Badge tone="rose">{messages(lang).paper.urgency[urgency]}</Badge>;
}

/** One of the three degrees, or none. */
export function UrgencyField({ lang, label, value, id }: { lang: Lang; label: string; value: string; id?: string }): VNode {
  const { registers, paper } = messages(lang);
  return (
    <RadioCards lang={lang} name="urgency" id={id} label={label} inline value={value} options={[{ value: '', label: registers.urgencyNone }, ...URGENCIES.map((code) => ({ value: code, label: paper.urgency[code] }))]} />
  );
}

/** One of the kinds of the decree. */
export function KindField({ lang, label, value, error, id }: { lang: Lang; label: string; value: string; error: string | undefined; id?: string }): VNode {
  return <Select lang={lang} name="kind" id={id} label={label} value={value} error={error} options={REGISTER_KINDS.map((one) => ({ value: one.code, label: one.label[lang] }))} />;
}

/** Lines of a text, each in a line of its own. */
export function Lines({ text }: { text: string }): ComponentChildren {
  return text.split('\n').map((line, index) => <>{index > 0 && <br />}{line}</>);
}
