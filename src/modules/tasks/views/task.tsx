import type { ComponentChildren, VNode } from 'preact';
import { formatDate } from '#web/format.ts';
import { dueAfterPause } from '#core/tasks.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, DateField, ErrorSummary, Form, Select, TextArea } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { Timeline } from '#web/timeline.tsx';
import type { Steps } from '../policy.ts';
import type { Names, TaskRow, TaskStep } from '../types.ts';
import { agencyIn, Done, PATHS, Refused, TaskDue, typedValue, type TypedForm, type ViewProps } from './parts.tsx';

export interface TaskProps extends ViewProps {
  readonly task: TaskRow & { readonly createdAt: Date };
  readonly history: readonly TaskStep[];
  readonly names: Names;
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  readonly steps: Steps;
  readonly agencyId: string;
  readonly typed: TypedForm | null;
  readonly done: string;
}

/** One task: where it stands, what this officer may do with it, what became of it. */
export function TaskView(props: TaskProps): VNode {
  const { lang, task, typed } = props;
  const t = messages(lang).tasks;
  const roll = props.history.findLast(({ action }) => action === 'roll');
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <Done lang={lang} done={props.done} />
      <Refused lang={lang} typed={typed} />
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <p class="over"><span class="mono" translate={false}>{task.code}</span> · {t.kinds[task.kind]}</p>
      <h1>{task.title}</h1>
      <p><TaskDue {...props} task={task} /></p>
      {roll && task.state === 'open' && <Callout kind="note">{t.page.rolled(dayText(roll.detail.from), dayText(roll.detail.to))}</Callout>}
      {task.pausedOn && <Callout kind="note" title={t.page.pausedTitle(formatDate(task.pausedOn))}>{t.page.pausedText(task.pauseReason ?? '')}</Callout>}
      <div class="split">
        <div>
          {task.state === 'open' && <Actions {...props} />}
          <Panel title={t.page.history}><Timeline lang={lang} items={props.history.map((step) => stepItem(props, step))} /></Panel>
        </div>
        <Panel title={t.page.facts}><Kv items={factsOf(props)} /></Panel>
      </div>
    </>
  );
}

const dayText = (day: unknown) => (typeof day === 'string' ? formatDate(day) : '');

function factsOf({ lang, task, names, agencyId }: TaskProps): KvItem[] {
  const { page, list } = messages(lang).tasks;
  const state = messages(lang).coordination.states.task[task.state];
  return [
    { label: page.state, value: <Badge tone={task.state === 'done' ? 'moss' : task.state === 'open' ? 'leaf' : 'plain'}>{state}</Badge> },
    { label: page.agency, value: agencyIn(names, task.agencyId, lang) },
    ...(task.agencyId === agencyId ? [{ label: page.who, value: task.officer ?? page.nobody }] : []),
    { label: page.setBy, value: task.setByAgency ? agencyIn(names, task.setByAgency, lang) : list.system },
    { label: page.due, value: formatDate(task.dueOn) },
    ...(task.firstDueOn === task.dueOn ? [] : [{ label: page.firstDue, value: formatDate(task.firstDueOn) }]),
    { label: page.created, value: formatDate(task.createdAt) },
  ];
}

function stepItem({ lang, names }: TaskProps, { at, action, reason, detail, agencyId, officer }: TaskStep) {
  const t = messages(lang).tasks;
  const words: Readonly<Record<string, string>> = t.page.actions;
  const moved = typeof detail.from === 'string' && typeof detail.to === 'string' && detail.from !== detail.to ? t.page.fromTo(dayText(detail.from), dayText(detail.to)) : '';
  const by = officer ?? (agencyId ? agencyIn(names, agencyId, lang) : t.list.system);
  return { at, title: words[action] ?? action, body: <>{[by, moved].filter(Boolean).join(' · ')}{reason && <p>{reason}</p>}</> };
}

/** What leads on comes first and filled; the rest is folded. */
function Actions(props: TaskProps): VNode {
  const { lang, task, steps, agencyId } = props;
  const { page, open } = messages(lang).tasks;
  const own = task.href === `${PATHS.list}/${task.id}`;
  const nothing = own && !Object.values(steps).some(Boolean);
  return (
    <Panel title={page.steps}>
      {!own && task.agencyId === agencyId && <><p><ButtonLink href={task.href}>{open[task.kind]}</ButtonLink></p>{task.sourceId && <p class="hint">{page.source}</p>}</>}
      {steps.finish && <Form action={stepHref(task, 'xong')}><p class="hint">{page.finishHint}</p><Button kind={own ? 'primary' : 'quiet'}>{page.finish}</Button></Form>}
      {steps.assign && <Assign {...props} />}
      {steps.pause && (
        <Folded {...props} step="tam-dung" summary={page.pause} button={page.pauseButton}><Reason {...props} step="tam-dung" label={page.pauseLabel} hint={page.pauseHint} /></Folded>
      )}
      {steps.resume && <Resume {...props} />}
      {steps.move && (
        <Folded {...props} step="doi-han" summary={page.move} button={page.moveButton}>
          <DateField lang={lang} name="due" id="f-doi-han-due" label={page.moveLabel} value={typedValue(props.typed, 'doi-han', 'due')} error={errorOf(props, 'doi-han', 'due')} />
          <Reason {...props} step="doi-han" label={page.moveReason} />
        </Folded>
      )}
      {steps.cancel && <Folded {...props} step="bo" summary={page.cancel} button={page.cancelButton} danger><Reason {...props} step="bo" label={page.cancelLabel} /></Folded>}
      {nothing && <p class="hint">{page.nothing}</p>}
    </Panel>
  );
}

const stepHref = (task: TaskRow, step: string) => `${PATHS.list}/${task.id}/${step}`;
const errorOf = ({ typed }: TaskProps, form: string, field: string) => (typed?.form === form ? typed.errors[field] : undefined);

function Folded({ task, typed, step, summary, button, danger, children }: TaskProps & { step: string; summary: string; button: string; danger?: boolean; children: ComponentChildren }): VNode {
  return (
    <Disclosure kind={danger ? 'danger' : 'button'} summary={summary} open={typed?.form === step} group="do">
      <Form action={stepHref(task, step)}>{children}<Button kind={danger ? 'danger' : 'quiet'}>{button}</Button></Form>
    </Disclosure>
  );
}

function Reason(props: TaskProps & { step: string; label: string; hint?: string }): VNode {
  return (
    <TextArea lang={props.lang} name="reason" id={`f-${props.step}-reason`} label={props.label} hint={props.hint} rows={3} maxlength={500}
      value={typedValue(props.typed, props.step, 'reason')} error={errorOf(props, props.step, 'reason')} />
  );
}

function Assign(props: TaskProps): VNode {
  const { lang, task, colleagues } = props;
  const { page } = messages(lang).tasks;
  return (
    <Folded {...props} step="giao" summary={page.assign} button={page.assignButton}>
      <Select lang={lang} name="officer" label={page.assignLabel} prompt={page.assignFocal} value={typedValue(props.typed, 'giao', 'officer', task.officerId ?? '')}
        error={errorOf(props, 'giao', 'officer')} options={colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
    </Folded>
  );
}

function Resume({ lang, task, today, calendar }: TaskProps): VNode {
  const { page } = messages(lang).tasks;
  return (
    <Form action={stepHref(task, 'tiep-tuc')}>
      <p class="hint">{page.resumeHint(formatDate(dueAfterPause(task.dueOn, task.pausedOn ?? today, today, calendar)))}</p>
      <Button kind="quiet">{page.resume}</Button>
    </Form>
  );
}
