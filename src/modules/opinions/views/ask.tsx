import type { VNode } from 'preact';
import { SafeText } from '#modules/cases/index.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, Checkbox, CheckboxList, ErrorSummary, FileField, Form, Select, TextArea, TextField, type Option } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { LinkList } from '#web/link-list.tsx';
import { Panel } from '#web/panel.tsx';
import { NEW_PATH } from '../paths.ts';
import type { AgencyChoice, OpenCase, ShareChoice } from '../queries.ts';
import { MOST } from '../types.ts';
import type { Returned } from './parts.tsx';

/** Which case to ask about. */
export function ChooseCasePage({ lang, cases }: { lang: Lang; cases: readonly OpenCase[] }): VNode {
  const t = messages(lang).opinions.ask;
  return (
    <>
      <header class="subject"><h1>{t.choose}</h1><p class="hint">{t.chooseHelp}</p></header>
      {cases.length === 0 ? <Empty title={t.chooseEmpty} action={{ href: '/can-bo/vu-viec', label: t.openCases }}>{t.chooseEmptyHelp}</Empty>
        : <LinkList items={cases.map(({ number, title }) => ({ href: `${NEW_PATH}?vu-viec=${number}`, title, meta: number }))} />}
    </>
  );
}

export interface AskProps {
  readonly lang: Lang;
  readonly found: OpenCase;
  readonly formKey: string;
  readonly agencies: readonly AgencyChoice[];
  readonly items: readonly ShareChoice[];
  /** Days of the deadline with the date each leads to. */
  readonly days: readonly { readonly days: number; readonly due: string }[];
  /** The round before, whose question and agencies are taken over. */
  readonly before: { readonly code: string; readonly round: number } | null;
  readonly values: Readonly<Record<string, string>>;
  readonly chosen: { readonly agencies: readonly string[]; readonly items: readonly string[] };
  readonly returned: Returned | null;
  readonly filesLost: boolean;
  readonly open: boolean;
}

/** Levels that stand open; communes and the rest are folded, since there are many. */
const NEAR = ['province', 'department', 'police'] as const;

/** Asks several agencies on one page. */
export function AskPage(props: AskProps): VNode {
  const { lang, found, before, returned, values, chosen } = props;
  const t = messages(lang).opinions.ask;
  const errors = returned?.errors ?? {};
  if (!props.open) return <><header class="subject"><h1>{t.title}</h1><p class="hint">{t.lead(found.number, found.title)}</p></header><Callout kind="look">{t.notWorked}</Callout></>;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead(found.number, found.title)}</p>
      </header>
      {before && <Callout kind="note">{t.again(String(before.round + 1), before.code)}</Callout>}
      {returned && <ErrorSummary lang={lang} errors={errors} />}
      {props.filesLost && <Callout kind="look">{t.filesLost}</Callout>}
      <Form action={NEW_PATH} multipart lang={lang} keep={`opinion-${found.number}-${before?.code ?? ''}`} hidden={{ 'vu-viec': found.number, tiep: before?.code, khoa: props.formKey }}>
        <Panel>
          <TextField lang={lang} name="title" label={t.titleField} hint={t.titleHint} value={values['title']} error={errors['title']} maxlength={MOST.title} autocomplete="off" />
          <TextArea lang={lang} name="question" label={t.question} hint={t.questionHint} rows={5} maxlength={MOST.question} value={values['question']} error={errors['question']} />
          <TextArea lang={lang} optional name="points" label={t.points} hint={t.pointsHint} rows={4} value={values['points']} error={errors['points']} />
          <Disclosure summary={t.draft} open={Boolean(values['draftText'] || errors['draftText'])}>
            <TextArea lang={lang} optional name="draftText" label={t.draft} hint={t.draftHint} rows={8} maxlength={MOST.draft} value={values['draftText']} error={errors['draftText']} />
          </Disclosure>
          <FileField lang={lang} optional name="tep" label={t.files} hint={t.filesHint} accept=".pdf,.docx,.jpg,.jpeg,.png" error={errors['tep']} />
        </Panel>
        <Panel><Agencies {...props} error={errors['agencies']} /></Panel>
        <Panel>
          <Select lang={lang} name="workingDays" label={t.days} hint={t.daysHint} value={values['workingDays']} error={errors['workingDays']} prompt={false} width="full"
            options={props.days.map(({ days, due }) => ({ value: String(days), label: t.dayUnit(String(days), formatDate(due)) }))} />
        </Panel>
        <Panel>
          {props.items.length === 0 ? <p class="hint">{t.itemsNone}</p> : (
            <>
              <CheckboxList lang={lang} optional name="items" label={t.items} hint={t.itemsHint} values={chosen.items} options={props.items.map(({ kind, id, words }) => ({ value: `${kind}:${id}`, label: <SafeText text={words} />, hint: t.kinds[kind] }))} />
              <TextField lang={lang} optional name="shareWhy" label={t.why} hint={t.whyHint} value={values['shareWhy']} error={errors['shareWhy']} maxlength={500} autocomplete="off" />
            </>
          )}
        </Panel>
        <Panel><Checkbox lang={lang} name="inMail" label={t.inMail} hint={t.inMailHint} checked={values['inMail'] === '1'} /></Panel>
        <p class="hint">{t.sendNote}</p>
        <Button>{t.send}</Button>
      </Form>
    </>
  );
}

function Agencies({ lang, agencies, chosen, error }: AskProps & { error: string | undefined }): VNode {
  const t = messages(lang).opinions.ask;
  const group = (keep: (choice: AgencyChoice) => boolean): Option[] => agencies.filter(keep).map(({ id, name }) => ({ value: id, label: name }));
  const isNear = ({ level }: AgencyChoice) => NEAR.some((one) => one === level);
  const groups = [
    { summary: t.more, options: group((choice) => !isNear(choice) && choice.level !== 'commune'), id: 'f-agencies-other' },
    { summary: t.communes, options: group(({ level }) => level === 'commune'), id: 'f-agencies-commune' },
  ];
  return (
    <>
      <CheckboxList lang={lang} name="agencies" label={t.agencies} hint={t.agenciesHint} values={chosen.agencies} options={group(isNear)} error={error} />
      {groups.filter(({ options }) => options.length > 0).map(({ summary, options, id }) => (
        <Disclosure summary={summary(formatNumber(options.length, lang))} open={options.some(({ value }) => chosen.agencies.includes(value))}>
          <CheckboxList lang={lang} name="agencies" id={id} label={summary(formatNumber(options.length, lang))} values={chosen.agencies} options={options} />
        </Disclosure>
      ))}
    </>
  );
}
