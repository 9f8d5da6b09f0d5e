import type { VNode } from 'preact';
import { ALERT_DUTIES, ALERT_KINDS } from '#catalogue/alerts.ts';
import { DEADLINES } from '#core/deadlines.ts';
import { citation, type Basis } from '#core/law.ts';
import type { AgencyListRow } from '#modules/directory/index.ts';
import type { AgencyLevel } from '#platform/schema.ts';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, Checkbox, CheckboxList, ErrorSummary, FileField, Form, RadioCards, Select, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { URGENCIES, type Typed } from '../form.ts';
import { sentenceCase } from './parts.tsx';

export interface AlertFormProps {
  readonly lang: Lang;
  readonly title: string;
  readonly action: string;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  readonly agencies: readonly AgencyListRow[];
  readonly bases: readonly Basis[];
  /** Name of the file the draft has. */
  readonly fileName: string | null;
  /** The letter this one replaces, by id. */
  readonly replaces: string;
}

/** The form of a letter. Everything typed comes back; a file has to be chosen again. */
export function AlertFormPage(props: AlertFormProps): VNode {
  const { lang, typed, errors, agencies, bases } = props;
  const { form: t, levels, urgencies, noUrgency } = messages(lang).alerts;
  const at = (name: string) => ({ lang, name, value: typed[name] ?? '', error: errors[name] });
  const present = [...new Set(agencies.map(({ level }) => level))];
  const failed = Object.keys(errors).length > 0;
  return (
    <>
      <h1>{props.title}</h1>
      <ErrorSummary lang={lang} errors={errors} />
      <Form action={props.action} multipart keep="thu-canh-bao" lang={lang} hidden={{ thay: props.replaces || undefined }}>
        <Panel>
          <RadioCards {...at('kind')} label={t.kind} options={ALERT_KINDS.map(({ code, label, hint }) => ({ value: code, label: label[lang], hint: hint[lang] }))} />
          <TextField {...at('title')} label={t.title} hint={t.titleHint} maxlength={200} autocomplete="off" />
          <TextArea {...at('known')} label={t.known} hint={t.knownHint} rows={6} maxlength={4000} />
        </Panel>
        <Panel title={t.marks}>
          <p class="hint">{t.marksHint}</p>
          <div class="pair">
            <TextArea {...at('cves')} label={t.cves} hint={t.cvesHint} rows={3} optional />
            <TextArea {...at('products')} label={t.products} hint={t.productsHint} rows={3} optional />
            <TextArea {...at('domains')} label={t.domains} hint={t.domainsHint} rows={3} optional />
            <TextArea {...at('hashes')} label={t.hashes} hint={t.hashesHint} rows={3} optional />
          </div>
        </Panel>
        <Panel>
          <TextArea {...at('actions')} label={t.actions} hint={t.actionsHint} rows={6} />
          <TextArea {...at('report_how')} label={t.reportHow} rows={3} maxlength={1000} />
          <div class="pair">
            <TextField {...at('days')} label={t.days} hint={t.daysHint(formatNumber(DEADLINES.alertAnswer.amount, lang))} inputmode="numeric" width="short" maxlength={2} autocomplete="off" />
            <Select {...at('urgency')} label={messages(lang).alerts.form.urgency} prompt={noUrgency} options={URGENCIES.map((code) => ({ value: code, label: urgencies[code] }))} />
          </div>
          <Select {...at('basis')} value={typed['basis'] || 'duty'} label={t.basis} hint={t.basisHint} prompt={false}
            options={[{ value: 'duty', label: sentenceCase(ALERT_DUTIES.coordination[lang]) }, ...bases.map((basis) => ({ value: basis.code, label: `${citation(basis, lang)}: ${basis.what[lang]}` }))]} />
        </Panel>
        <Panel>
          <RadioCards {...at('audience')} label={t.audience} options={[
            { value: 'all', label: t.audiences.all, hint: t.allHint(formatNumber(agencies.length, lang)) }, { value: 'levels', label: t.audiences.levels }, { value: 'chosen', label: t.audiences.chosen },
          ]} />
          <Disclosure summary={t.levelsOpen} open={typed['audience'] === 'levels'}>
            <CheckboxList lang={lang} name="levels" label={t.levels} error={errors['levels']} values={(typed['levels'] ?? '').split(' ')}
              options={present.map((level) => ({ value: level, label: `${levels[level]} (${formatNumber(agencies.filter((one) => one.level === level).length, lang)})` }))} />
          </Disclosure>
          <Disclosure summary={t.agenciesOpen} open={typed['audience'] === 'chosen'}>
            {present.map((level, index) => (
              <CheckboxList lang={lang} name="agencies" id={index === 0 ? undefined : `f-agencies-${level}`} label={levels[level]} error={index === 0 ? errors['agencies'] : undefined}
                values={(typed['agencies'] ?? '').split(' ')} options={agencies.filter((one) => one.level === level).map((one) => ({ value: one.id, label: lang === 'en' && one.nameEn ? one.nameEn : one.name }))} />
            ))}
          </Disclosure>
        </Panel>
        <Panel>
          <FileField lang={lang} name="file" label={t.file} hint={[t.fileHint, props.fileName && t.fileHas(props.fileName), failed && t.fileAgain].filter(Boolean).join(' ')} accept="application/pdf,.pdf"
            multiple={false} error={errors['file']} optional />
          {props.fileName && <Checkbox lang={lang} name="file_drop" label={t.fileDrop} checked={typed['file_drop'] === '1'} />}
        </Panel>
        <ButtonRow>
          <Button>{t.save}</Button>
        </ButtonRow>
      </Form>
    </>
  );
}

/** The levels a letter can be sent to by, in the order of the list of agencies. */
export function levelsOf(agencies: readonly AgencyListRow[]): AgencyLevel[] {
  return [...new Set(agencies.map(({ level }) => level))];
}
