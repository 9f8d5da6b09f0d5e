import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, ErrorSummary, Form, RadioCards, TextField, type FieldErrors } from '#web/form.tsx';
import { formatDateTime } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import type { Delay, NoticeRow } from '../types.ts';
import { NoticeTable, type RowsProps } from './list.tsx';
import { ofDecisionPath } from './parts.tsx';

export interface OfDecisionProps extends RowsProps {
  readonly decisionId: string;
  readonly rows: readonly NoticeRow[];
  readonly delay: Delay | null;
  readonly delayUntil: Date | null;
  /** Whether a delay can be set by this officer now. */
  readonly maySet: boolean;
  readonly done: string;
  readonly typed: { readonly values: Readonly<Record<string, string>>; readonly errors: FieldErrors } | null;
}

const REASONS = ['police_request', 'danger_to_person', 'fraud_under_way'] as const;

/** Who is told of a decision, and whether the person affected is told at once. */
export function OfDecisionPage(props: OfDecisionProps): VNode {
  const { lang, typed } = props;
  const t = messages(lang).notices.ofDecision;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <>
      <header class="subject"><h1>{t.title}</h1></header>
      {Object.hasOwn(said, props.done) && <Callout kind="ok" role="status">{said[props.done]}</Callout>}
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <NoticeTable {...props} caption={t.caption} empty={<Callout kind="note" title={t.none}>{t.noneHelp}</Callout>} />
      <DelayPanel {...props} />
    </>
  );
}

function DelayPanel({ lang, decisionId, delay, delayUntil, maySet, typed }: OfDecisionProps): VNode {
  const t = messages(lang).notices.ofDecision;
  const now = delay === null ? t.noDelay : delayUntil ? t.delayUntil(t.delayReasons[delay.reason], formatDateTime(delayUntil, lang)) : t.delayNow(t.delayReasons[delay.reason], delay.days);
  const values = typed?.values;
  return (
    <Panel title={t.delayTitle} id="hoan">
      <p><b>{now}</b></p>
      <p class="hint">{t.delayLead}</p>
      {maySet && (
        <Form action={ofDecisionPath(decisionId)}>
          <RadioCards lang={lang} name="reason" label={t.delayReason} value={values?.['reason'] ?? delay?.reason} error={typed?.errors['reason']} options={REASONS.map((value) => ({ value, label: t.delayReasons[value] }))} />
          <div class="pair">
            <TextField lang={lang} name="days" label={t.delayDays} hint={t.delayDaysHint} value={values?.['days'] ?? (delay ? String(delay.days) : '')} error={typed?.errors['days']} inputmode="numeric" maxlength={2} width="short" autocomplete="off" />
            <TextField lang={lang} optional name="request" label={t.delayNumber} hint={t.delayNumberHint} value={values?.['request'] ?? delay?.requestNumber ?? ''} error={typed?.errors['request']} maxlength={100} autocomplete="off" />
          </div>
          <Button kind="quiet" name="go" value="hoan">{t.delaySet}</Button>
          {delay && <Button kind="plain" name="go" value="bo-hoan">{t.delayDrop}</Button>}
        </Form>
      )}
    </Panel>
  );
}
