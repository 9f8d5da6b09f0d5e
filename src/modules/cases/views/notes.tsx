import type { VNode } from 'preact';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, Form, TextArea } from '#web/form.tsx';
import { formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Icon } from '#web/icons.tsx';
import type { NoteView } from '../queries/conversation.ts';
import { errorsOf, valueOf, type Typed } from './flash.tsx';
import { SafeText } from './words.tsx';

export interface NotesProps {
  readonly lang: Lang;
  readonly notes: readonly NoteView[];
  /** Where a new note is sent. */
  readonly action: string;
  /** Names the kept copy of an unfinished note. */
  readonly keep: string;
  readonly writes: boolean;
  readonly typed?: Typed;
}

/** Internal notes: on another ground than anything that is sent, under a lock, with a form of their own. Nothing when there is nothing to read or write. */
export function Notes({ lang, notes, action, keep, writes, typed }: NotesProps): VNode | null {
  const t = messages(lang).console.notes;
  if (notes.length === 0 && !writes) return null;
  return (
    <section class="panel inside" id="ghi-chu">
      <div class="panel-top"><h2><Icon name="lock" size={18} /> {t.title}</h2></div>
      <p class="hint">{t.never}</p>
      {notes.length > 0 && (
        <ol class="lines">
          {notes.map((note) => (
            <li>
              <p class="told"><SafeText text={note.body} /></p>
              <small>{note.officer} · {formatDateTime(note.at, lang)}</small>
            </li>
          ))}
        </ol>
      )}
      {writes && (
        <Disclosure summary={t.add} open={typed?.form === 'ghi-chu'}>
          <Form action={action} keep={keep} lang={lang}>
            <TextArea lang={lang} name="note" label={t.label} hint={t.hint} rows={3} maxlength={4000} value={valueOf(typed, 'ghi-chu', 'note')} error={errorsOf(typed, 'ghi-chu').note} />
            <Button kind="quiet" icon="lock">{t.submit}</Button>
          </Form>
        </Disclosure>
      )}
    </section>
  );
}
