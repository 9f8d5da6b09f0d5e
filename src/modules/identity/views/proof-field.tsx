import type { VNode } from 'preact';
import { TextField } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { Proof } from '../step-up.ts';

/** Asks the person to prove who they are before something that reaches outside the desk; nothing when they just did. `id` tells several on a page apart. */
export function ProofField({ lang, proof, id, wrong }: { lang: Lang; proof: Proof; id?: string; wrong?: boolean }): VNode | null {
  if (proof === null) return null;
  const { proof: words } = messages(lang).connections;
  const kind = proof === 'code' ? { inputmode: 'numeric', autocomplete: 'one-time-code', code: true, width: 'short' } as const : { type: 'password', autocomplete: 'current-password', width: 'medium' } as const;
  return <TextField lang={lang} name="xac-nhan" id={id && `f-xac-nhan-${id}`} label={words[proof]} hint={words.hint} error={wrong ? words.wrong : undefined} {...kind} />;
}
