import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, DateField, ErrorSummary, Form, TextField, type FieldErrors } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { TypedPlan } from '../policy.ts';
import { LENGTHS } from '../policy.ts';
import type { Choice } from '../types.ts';

interface PlanProps {
  readonly lang: Lang;
  readonly action: string;
  readonly typed: TypedPlan;
  readonly errors: FieldErrors;
  /** Cases to choose from and those chosen; null when an existing meeting is changed. */
  readonly cases: { readonly options: readonly Choice[]; readonly chosen: readonly string[] } | null;
  /** Version of the meeting that is changed. */
  readonly version?: number;
  /** Where an existing meeting's page is. */
  readonly back?: string;
  readonly refused: string | null;
}

/** What, when, where: the first step of a meeting, and the page on which time and place are changed. */
export function PlanView(props: PlanProps): VNode {
  const { lang, typed, errors, cases, back } = props;
  const t = messages(lang).meetings.form;
  const field = (name: keyof TypedPlan) => ({ lang, name, value: typed[name], error: errors[name] });
  return (
    <>
      <h1>{back ? t.editTitle : t.title}</h1>
      <p class="hint">{back ? t.editLead : t.lead}</p>
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={errors} />
      {cases && cases.options.length === 0
        ? <Empty title={t.noCases} action={{ href: '/can-bo/vu-viec', label: t.toCases }} />
        : (
          <Panel>
            <Form action={props.action} keep={back ? `hop-sua-${props.action}` : 'hop-moi'} lang={lang} hidden={{ version: props.version }}>
              <TextField {...field('title')} label={t.name} hint={t.nameHint} maxlength={LENGTHS.title} />
              {cases && <CheckboxList lang={lang} name="cases" label={t.cases} hint={t.casesHint} error={errors.cases} options={cases.options} values={cases.chosen} />}
              <div class="three">
                <DateField {...field('day')} label={t.day} />
                <TextField {...field('from')} label={t.from} hint={t.timeHint} width="short" maxlength={8} autocomplete="off" />
                <TextField {...field('to')} label={t.to} hint={t.timeHint} width="short" maxlength={8} autocomplete="off" />
              </div>
              <TextField {...field('place')} label={t.place} hint={t.placeHint} maxlength={LENGTHS.place} />
              <TextField {...field('link')} label={t.link} hint={t.linkHint} inputmode="url" code optional maxlength={LENGTHS.link} />
              <div class="two">
                <TextField {...field('chair')} label={t.chair} hint={t.chairHint} maxlength={LENGTHS.person} />
                <TextField {...field('secretary')} label={t.secretary} hint={t.chairHint} maxlength={LENGTHS.person} />
              </div>
              <ButtonRow>
                <Button>{back ? t.save : t.send}</Button>
                {back && <ButtonLink kind="plain" href={back}>{t.back}</ButtonLink>}
              </ButtonRow>
            </Form>
          </Panel>
        )}
    </>
  );
}
