import type { VNode } from 'preact';
import { SafeText } from '#modules/cases/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Button, Form, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatBytes, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { SentBack, ShareMessage } from '../types.ts';

/** A form that came back: its name, its texts, what is wrong. */
export interface Typed {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly all: (name: string) => readonly string[];
  readonly errors: FieldErrors;
  /** What stood in the way of the whole step, in words. */
  readonly refused?: string;
}

/** What was typed into this form, if it is the one that came back. */
export function typedIn(typed: Typed | undefined, form: string): { readonly value: (name: string) => string; readonly errors: FieldErrors } {
  const own = typed?.form === form ? typed : undefined;
  return { value: (name) => own?.values[name] ?? '', errors: own?.errors ?? {} };
}

/** What the last step did, or why it did not go through. */
export function Outcome({ lang, done, typed, words = messages(lang).sharing.done }: { lang: Lang; done: string; typed?: Typed; words?: Readonly<Record<string, string>> }): VNode | null {
  if (typed?.refused) return <Callout kind="look" role="alert" title={typed.refused} />;
  return !typed && Object.hasOwn(words, done) ? <Callout kind="ok" role="status" title={words[done]} /> : null;
}

export interface TalkProps {
  readonly lang: Lang;
  readonly title: string;
  /** Which side reads this. */
  readonly leads: boolean;
  readonly messages: readonly ShareMessage[];
  readonly action: string;
  readonly keep: string;
  readonly typed?: Typed;
}

/** The short conversation between the agency that leads and one party. */
export function Talk({ lang, title, leads, messages: said, action, keep, typed }: TalkProps): VNode {
  const { party, lead } = messages(lang).sharing;
  const words = leads ? lead : party;
  const own = typedIn(typed, 'nhan-tin');
  return (
    <Panel title={title} id="trao-doi">
      {said.length === 0 && <p class="hint">{party.noMessages}</p>}
      {said.length > 0 && (
        <ol class="lines">
          {said.map(({ fromLead, body, at }) => (
            <li>
              <p class="told"><SafeText text={body} /></p>
              <small>{fromLead === leads ? words.us : words.them} · {formatDateTime(at, lang)}</small>
            </li>
          ))}
        </ol>
      )}
      <Form action={action} lang={lang} keep={keep}>
        <TextArea lang={lang} name="body" label={words.write} hint={party.writeHint} rows={3} maxlength={2000} value={own.value('body')} error={own.errors.body} />
        <Button kind="quiet">{party.send}</Button>
      </Form>
    </Panel>
  );
}

/** Files a party sent back; the agency that leads files each as evidence. @param fileAction where it is filed; left out on the party's side */
export function SentFiles({ lang, number, files, fileAction, typed }: { lang: Lang; number: string; files: readonly SentBack[]; fileAction?: string; typed?: Typed }): VNode | null {
  const { party, lead, shown } = messages(lang).sharing;
  if (files.length === 0) return null;
  return (
    <ol class="lines">
      {files.map(({ id, name, bytes, sha256, at, filed }) => {
        const own = typedIn(typed, `chung-cu-${id}`);
        return (
          <li>
            <p><a href={`/can-bo/phoi-hop/${number}/tep/${id}`}>{party.download}: {name}</a> ({formatBytes(bytes, lang)}) <Badge tone={filed ? 'moss' : 'plain'}>{filed ? party.filed : party.notFiled}</Badge></p>
            <p class="hint">{formatDateTime(at, lang)} · {shown.sha256}: <span class="mono">{sha256}</span></p>
            {fileAction && !filed && (
              <Form action={fileAction} hidden={{ file: id }}>
                <TextField lang={lang} name="description" id={`f-description-${id}`} label={lead.fileWhat} hint={lead.fileHint} maxlength={2000} value={own.value('description')} error={own.errors.description} />
                <Button kind="quiet" small>{lead.fileIt}</Button>
              </Form>
            )}
          </li>
        );
      })}
    </ol>
  );
}
