import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { OWN_POWERS } from '#catalogue/own-powers.ts';
import { citation, type Basis } from '#core/law.ts';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonRow, DateField, ErrorSummary, Form, Select, TextArea, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { actedHref } from '../addresses.ts';
import type { ActedCase, OwnActView } from '../types.ts';
import { named, type Typed } from './parts.tsx';

interface OwnActsProps {
  readonly lang: Lang;
  readonly found: ActedCase;
  readonly acts: readonly OwnActView[];
  /** In force for this harm on the day typed, else today. */
  readonly bases: readonly Basis[];
  readonly today: string;
  readonly open: boolean;
  readonly typed: Typed | null;
  readonly done: string;
}

/** What agencies did at once on a case, and a form for one more (R5). */
export function OwnActsPage({ lang, found, acts, bases, today, open, typed, done }: OwnActsProps): VNode {
  const { acted: t, done: words } = messages(lang).routing;
  return (
    <>
      <p class="over"><span class="mono">{found.number}</span> · {categoryOf(found.category).label[lang]}</p>
      <h1>{t.title(found.number)}</h1>
      {found.title && <p>{found.title}</p>}
      <p class="lead">{t.lead}</p>
      <p class="hint">{t.who[found.relation]}</p>
      {done === 'da-ghi' && <Callout kind="ok" role="status" title={words['da-ghi']} />}
      {typed?.refused && <Callout kind="look" role="alert" title={typed.refused} />}
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <h2>{t.listTitle}</h2>
      {acts.length === 0 && <Empty title={t.none} />}
      {acts.map((act) => (
        <Panel title={`${formatDate(act.doneOn)}: ${named(act.agency, lang)}`} level={3}>
          <p class="pre">{act.what}</p>
          <Kv items={[
            { label: t.basis, value: basisWords(lang, act) }, ...(act.result ? [{ label: t.result, value: act.result }] : []),
            ...(act.documentNumber ? [{ label: t.documentNumber, value: act.documentNumber }] : []),
          ]} />
        </Panel>
      ))}
      {open && (
        <Panel title={t.formTitle}>
          <Form action={actedHref(found.number)} keep={`da-lam-${found.number}`} lang={lang}>
            <TextArea lang={lang} name="what" label={t.what} hint={t.whatHint} value={typed?.values['what']} error={typed?.errors['what']} rows={4} maxlength={1000} />
            <DateField lang={lang} name="doneOn" label={t.doneOn} value={typed?.values['doneOn'] ?? formatDate(today)} error={typed?.errors['doneOn']} />
            <Select
              lang={lang} name="basis" label={t.basis} hint={t.basisHint} value={typed?.values['basis']} error={typed?.errors['basis']}
              options={[
                { label: t.ownGroup, options: OWN_POWERS.map(({ code, label }) => ({ value: code, label: label[lang] })) },
                { label: t.lawGroup, options: bases.map((basis) => ({ value: basis.code, label: `${citation(basis, lang)}: ${basis.what[lang]}`.slice(0, 160) })) },
              ]}
            />
            <TextArea lang={lang} name="result" label={t.result} optional value={typed?.values['result']} error={typed?.errors['result']} rows={3} maxlength={1000} />
            <TextField lang={lang} name="documentNumber" label={t.documentNumber} optional value={typed?.values['documentNumber']} error={typed?.errors['documentNumber']} maxlength={60} width="medium" autocomplete="off" />
            <p class="hint">{t.mistake}</p>
            <ButtonRow><Button>{t.submit}</Button></ButtonRow>
          </Form>
        </Panel>
      )}
    </>
  );
}

function basisWords(lang: Lang, act: OwnActView): string {
  if (act.ownPower) return OWN_POWERS.find(({ code }) => code === act.ownPower)!.label[lang];
  return act.basis ? citation(act.basis, lang) : act.legalBasis ?? '–';
}
