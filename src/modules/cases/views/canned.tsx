import type { VNode } from 'preact';
import { Button, Select } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { ReadyText } from '../queries/conversation.ts';
import { errorsOf, valueOf, type Typed } from './flash.tsx';

/** Built-in questions, by key; shown in the officer's language, sent in the reporter's. */
export const CANNED = ['link', 'money', 'harm'] as const;

/** Chooses a reviewed text: put into the field below, or added when the form is sent. Nothing when there is none to choose. */
export function CannedChoice({ lang, form, texts, builtIn, typed }: { lang: Lang; form: string; texts: readonly ReadyText[]; builtIn?: boolean; typed?: Typed }): VNode | null {
  const t = messages(lang).console.canned;
  if (texts.length === 0 && !builtIn) return null;
  const own = texts.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <div class="choose">
      <Select lang={lang} name="canned" label={t.label} hint={t.hint} prompt={t.none} value={valueOf(typed, form, 'canned')} error={errorsOf(typed, form).canned}
        options={[
          ...(builtIn ? [{ label: t.builtIn, options: CANNED.map((key) => ({ value: key, label: t.titles[key] })) }] : []),
          ...(own.length > 0 ? [{ label: t.approved, options: own }] : []),
        ]} />
      <Button kind="quiet" small name="insert" value="1">{t.insert}</Button>
    </div>
  );
}
