import type { VNode } from 'preact';
import { formatDateTime } from './format.ts';
import type { Lang } from './i18n/index.ts';

/** A message between somebody outside and the desk. */
export interface TalkMessage {
  /** `desk`, or whoever else writes here. */
  readonly sentBy: string;
  readonly body: string;
  readonly at: Date;
}

export interface TalkProps {
  readonly lang: Lang;
  readonly messages: readonly TalkMessage[];
  /** Name of the agency that answers. */
  readonly agency: string;
  readonly words: { readonly noMessages: string; readonly fromDesk: string; readonly fromYou: string };
}

/** Messages both ways, as the person outside reads them; a line that says so when there are none. */
export function Talk({ lang, messages, agency, words }: TalkProps): VNode {
  if (messages.length === 0) return <p class="hint">{words.noMessages}</p>;
  return (
    <ol class="talk">
      {messages.map((message) => (
        <li class={message.sentBy === 'desk' ? 'desk' : undefined}>
          <p class="hint">
            <b>{message.sentBy === 'desk' ? `${words.fromDesk}, ${agency}` : words.fromYou}</b> · {formatDateTime(message.at, lang)}
          </p>
          <p class="pre">{message.body}</p>
        </li>
      ))}
    </ol>
  );
}
