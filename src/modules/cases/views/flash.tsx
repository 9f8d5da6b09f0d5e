import type { ComponentChildren, VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { FieldErrors } from '#web/form.tsx';

/** What a form had in it when it came back: its name, its texts, what is wrong, or what came first. */
export interface Typed {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly all: (name: string) => readonly string[];
  readonly errors: FieldErrors;
  readonly conflict?: ConflictWords;
}

/** Why a change could not be made. */
export interface ConflictWords {
  readonly title: string;
  readonly text: string;
}

/** The confirmation after a step: words from the closed table, never from the address. */
export function Flash({ lang, done, children }: { lang: Lang; done: string; children?: ComponentChildren }): VNode | null {
  const words = messages(lang).console.done as Readonly<Record<string, string>>;
  if (!Object.hasOwn(words, done)) return null;
  return (
    <Callout kind="ok" role="status" title={words[done]}>
      {children}
    </Callout>
  );
}

/** Somebody was faster, or the thing is not ready: what happened, how it stands, and the text that was not sent. */
export function ConflictNote({ lang, typed }: { lang: Lang; typed?: Typed }): VNode | null {
  if (!typed?.conflict) return null;
  const texts = Object.entries(typed.values).filter(([name, text]) => KEPT_TEXTS.has(name) && text.trim() !== '').map(([, text]) => text);
  return (
    <Callout kind="look" role="alert" title={typed.conflict.title}>
      <p>{typed.conflict.text}</p>
      {texts.length > 0 && (
        <>
          <p>{messages(lang).console.conflict.typed}:</p>
          {texts.map((text) => (
            <blockquote>{text}</blockquote>
          ))}
        </>
      )}
    </Callout>
  );
}

const KEPT_TEXTS: ReadonlySet<string> = new Set(['body', 'bodyEn', 'note', 'reason', 'title', 'checked', 'otherExplanation', 'finding', 'description']);

/** The errors of a form, when it is the one that came back. */
export function errorsOf(typed: Typed | undefined, form: string): FieldErrors {
  return typed?.form === form ? typed.errors : {};
}

/** What was typed into a form that came back, or what it starts with. */
export function valueOf(typed: Typed | undefined, form: string, name: string, start = ''): string {
  return typed?.form === form ? typed.values[name] ?? start : start;
}
