import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, Checkbox, CheckboxList, ErrorSummary, Form, Select, TextArea } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { DataTable } from '#web/table.tsx';
import { handOverHref } from '../addresses.ts';
import type { OfficerLoad, WorkItem } from '../types.ts';
import type { Typed } from './parts.tsx';

interface OfficersProps {
  readonly lang: Lang;
  readonly officers: readonly OfficerLoad[];
}

/** The officers of the agency, those who left with open work first. */
export function OfficersPage({ lang, officers }: OfficersProps): VNode {
  const t = messages(lang).routing.handOver;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <DataTable
        lang={lang} caption={t.title} rows={officers} rowKey={({ id }) => id} rowHref={({ id }) => handOverHref(id)} empty={<Empty title={t.nobody} />}
        columns={[
          { key: 'officer', label: t.officer, card: 'title', cell: ({ name, active }) => <>{name} {!active && <Badge tone="rose">{t.left}</Badge>}</> },
          { key: 'open', label: t.open, cell: (row) => loadWords(lang, row) },
        ]}
      />
    </>
  );
}

function loadWords(lang: Lang, { cases, tasks, drafts, meetings }: OfficerLoad): string {
  const t = messages(lang).routing.handOver;
  if (cases + tasks + drafts + meetings === 0) return t.noneOpen;
  return t.counts(formatNumber(cases, lang), formatNumber(tasks, lang), formatNumber(drafts, lang), formatNumber(meetings, lang));
}

interface WorkProps {
  readonly lang: Lang;
  readonly officer: OfficerLoad;
  readonly items: readonly WorkItem[];
  /** Who may receive: officers at work in the same agency. */
  readonly receivers: readonly OfficerLoad[];
  readonly typed: Typed | null;
  readonly done: string;
}

/** The open work of one officer, and to whom it goes. */
export function HandOverPage({ lang, officer, items, receivers, typed, done }: WorkProps): VNode {
  const { handOver: t, things, done: words } = messages(lang).routing;
  return (
    <>
      <h1>{t.of(officer.name)}</h1>
      {done === 'da-ban-giao' && <Callout kind="ok" role="status" title={words['da-ban-giao']} />}
      {typed?.refused && <Callout kind="look" role="alert" title={typed.refused} />}
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      {items.length === 0 ? <Empty title={t.nothing} action={{ href: handOverHref(), label: t.back }}>{t.nothingHelp}</Empty> : (
        <Form action={handOverHref()} hidden={{ 'can-bo': officer.id }} keep={`ban-giao-${officer.id}`} lang={lang}>
          <Checkbox lang={lang} name="all" label={t.all} hint={t.allHint} checked={typed ? Boolean(typed.values['all']) : true} />
          <CheckboxList
            lang={lang} name="items" label={t.choose} error={typed?.errors['items']} values={typed?.all('items') ?? []}
            options={items.map(({ what, id, code, dueOn }) => ({
              value: `${what}:${id}`, label: <>{things[what]} <span class="mono">{code}</span>{dueOn && `, ${t.due(formatDate(dueOn))}`}</>,
            }))}
          />
          {items.some(({ what }) => what === 'decision') && <p class="hint">{t.drafts}</p>}
          <Select
            lang={lang} name="to" label={t.receiver} hint={t.receiverHint} value={typed?.values['to']} error={typed?.errors['to']}
            options={receivers.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextArea lang={lang} name="reason" label={t.reason} value={typed?.values['reason']} error={typed?.errors['reason']} rows={3} maxlength={1000} />
          <ButtonRow><Button>{t.submit}</Button><ButtonLink kind="plain" href={handOverHref()}>{t.back}</ButtonLink></ButtonRow>
        </Form>
      )}
    </>
  );
}
