import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonRow, ErrorSummary, type FieldErrors, Form, TextArea } from '#web/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { LENGTHS } from '../change.ts';
import { FIELDS } from '../form.ts';
import type { Bar } from '../policy.ts';
import type { Change, ElementLine } from '../types.ts';
import { changeHref, LawyerNote, OutcomeBadge, targetHref, targetText, type ViewProps } from './parts.tsx';

interface ProposalProps extends ViewProps {
  readonly change: Change;
  readonly elements: readonly ElementLine[];
  readonly use: { readonly drafts: number; readonly inForce: number } | null;
  readonly bar: Bar | null;
  readonly reason: string;
  readonly errors: FieldErrors;
  readonly refused: string | null;
}

/** One proposal: what would change, why, and, for the second person, the decision. */
export function ProposalView(props: ProposalProps): VNode {
  const { lang, change, use, bar } = props;
  const t = messages(lang).law;
  const href = targetHref(change);
  const text = targetText(change.target, lang);
  return (
    <>
      <p class="over">{href ? <a href={href}>{text}</a> : text} <OutcomeBadge lang={lang} change={change} /></p>
      <h1>{t.proposal.title(t.kinds[change.kind])}</h1>
      <LawyerNote lang={lang} />
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.errors} title={t.proposal.errorTitle} />
      <Panel title={t.proposal.compare}>
        <Compare lang={lang} change={change} elements={props.elements} />
      </Panel>
      <Panel title={t.proposal.reason}>
        <p class="say">{change.reason}</p>
        <p class="hint">{t.proposal.by(change.proposer, formatDateTime(change.proposedAt, lang))}</p>
        {use && change.outcome === null && use.drafts + use.inForce > 0 && (
          <Callout kind="look" title={t.proposal.warnUse(formatNumber(use.drafts, lang), formatNumber(use.inForce, lang))} />
        )}
      </Panel>
      {change.outcome !== null && change.decidedAt && (
        <Panel title={t.proposal.decisionReason}>
          {change.decisionReason && <p class="say">{change.decisionReason}</p>}
          <p class="hint">{t.proposal.decidedBy(change.decider ?? '', formatDateTime(change.decidedAt, lang))}</p>
        </Panel>
      )}
      {bar === 'own' && <Callout kind="note" title={t.proposal.ownBar} />}
      {bar === 'role' && <Callout kind="note" title={t.proposal.roleBar} />}
      {bar === null && <Decide {...props} />}
    </>
  );
}

function Decide({ lang, change, reason, errors }: ProposalProps): VNode {
  const t = messages(lang).law.proposal;
  return (
    <Panel title={t.decide}>
      <p class="hint">{t.decideLead}</p>
      <Form action={changeHref(change.id)}>
        <TextArea
          lang={lang} name="decision_reason" label={t.decisionReason} hint={t.decisionReasonHint} rows={3} maxlength={LENGTHS.reason} value={reason} error={errors.decision_reason} optional
        />
        <ButtonRow>
          <Button name="outcome" value="approved">{t.approve}</Button>
          <Button kind="quiet" name="outcome" value="refused">{t.refuse}</Button>
        </ButtonRow>
      </Form>
    </Panel>
  );
}

interface Line {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Names of the content → columns of the row before. */
const COLUMNS: Readonly<Record<string, string>> = {
  whatVi: 'what', whatEn: 'what_en', elements: 'elements', validTo: 'valid_to', why: 'ends_why', checkedOn: 'checked_on', checkedBy: 'checked_by',
};

function Compare({ lang, change, elements }: { lang: Lang; change: Change; elements: readonly ElementLine[] }): VNode {
  const t = messages(lang).law;
  const labels = t.form as Readonly<Record<string, unknown>>;
  const shown = (field: string, value: unknown) => say(lang, elements, field, value) || t.proposal.none;
  const lines: Line[] = FIELDS[change.kind].filter((field) => field !== 'code').map((field) => ({
    field: String(labels[field]), before: shown(field, change.before?.[COLUMNS[field] ?? field]), after: shown(field, change.content[field]),
  }));
  const columns: Column<Line>[] = [
    { key: 'field', label: t.proposal.field, card: 'title', cell: (row) => row.field },
    ...(change.before ? [{ key: 'before', label: t.proposal.before, cell: (row: Line) => row.before }] : []),
    { key: 'after', label: t.proposal.after, cell: (row) => (row.before === row.after ? row.after : <b>{row.after}</b>) },
  ];
  return <DataTable lang={lang} caption={t.proposal.compare} columns={columns} rows={lines} rowKey={(row) => row.field} />;
}

/** A value of a change for reading. */
function say(lang: Lang, elements: readonly ElementLine[], field: string, value: unknown): string {
  if (Array.isArray(value)) {
    const named = value.map((one: string | { code: string; vi: string; en: string }) => (typeof one === 'string' ? elements.find(({ code }) => code === one)?.label[lang] ?? one : one[lang]));
    return named.join('; ');
  }
  if (typeof value !== 'string') return '';
  if (/^(valid|checkedOn)/.test(field)) return formatDate(value);
  return field === 'category' ? categoryOf(value as never)?.label[lang] ?? value : value;
}
