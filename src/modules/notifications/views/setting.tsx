import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, Checkbox, ErrorSummary, Form, RadioCards, Select } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { SETTING_PATH } from '../paths.ts';

/** The form as it was typed. */
export interface TypedRule {
  readonly immediate: string;
  readonly digest: string;
  readonly hour: string;
  readonly from: string;
  readonly until: string;
  readonly urgentInQuiet: boolean;
}

export type SettingField = 'ngay' | 'tom-tat' | 'gio' | 'yen-tu' | 'yen-den';

export interface SettingProps {
  readonly lang: Lang;
  /** Where mail goes. */
  readonly address: string;
  /** A mail server is set. */
  readonly hasServer: boolean;
  readonly typed: TypedRule;
  readonly errors: Readonly<Partial<Record<SettingField, string>>>;
  readonly saved: boolean;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }));

/** How one wants to be told by mail: at once, in a digest, and when not. */
export function SettingView({ lang, address, hasServer, typed, errors, saved }: SettingProps): VNode {
  const { setting: t } = messages(lang).news;
  const options = <K extends string>(words: Readonly<Record<K, string>>) => Object.entries<string>(words).map(([value, label]) => ({ value, label }));
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead} {t.to(address)}</p>
      </header>
      {saved && <Callout kind="ok" role="status">{t.saved}</Callout>}
      {!hasServer && <Callout kind="note">{t.noServer}</Callout>}
      <ErrorSummary lang={lang} errors={errors} />
      <Form action={SETTING_PATH}>
        <RadioCards lang={lang} name="ngay" label={t.immediate} options={options(t.immediateOptions)} value={typed.immediate} error={errors.ngay} inline />
        <RadioCards lang={lang} name="tom-tat" label={t.digest} hint={t.digestHint} options={options(t.digestOptions)} value={typed.digest} error={errors['tom-tat']} inline />
        <Select lang={lang} name="gio" label={t.hour} options={HOURS} value={typed.hour} prompt={false} width="short" error={errors.gio} />
        <h2>{t.quiet}</h2>
        <p class="hint">{t.quietHint}</p>
        <div class="hours">
          <Select lang={lang} name="yen-tu" label={t.from} options={HOURS} value={typed.from} prompt={false} width="short" error={errors['yen-tu']} />
          <Select lang={lang} name="yen-den" label={t.until} options={HOURS} value={typed.until} prompt={false} width="short" error={errors['yen-den']} />
        </div>
        <Checkbox lang={lang} name="khan-yen" label={t.urgentInQuiet} checked={typed.urgentInQuiet} />
        <Button>{t.save}</Button>
      </Form>
    </>
  );
}
