import type { ComponentChildren, VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { measureOf } from '#catalogue/measures.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { Callout } from '#web/callout.tsx';
import { CheckList } from '#web/check-list.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, CheckboxList, ErrorSummary, Form, RadioCards, TextArea } from '#web/form.tsx';
import { formatDateTime, formatDayMonth, formatTime } from '#web/format.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { Timeline, type TimelineItem } from '#web/timeline.tsx';
import { LENGTHS, type Errors } from '../form.ts';
import { barToSecond, mayWithdraw, type Bar } from '../policy.ts';
import type { DecisionPage } from '../types.ts';
import { CaseCounts, evidenceNote, Note } from './draft.tsx';
import { basisOf, casePath, chosenLocators, decisionPath, lawItems, Locator, Preview, Say, StateBadge, stateToday, type ViewProps } from './parts.tsx';

interface ReviewProps extends ViewProps {
  readonly page: DecisionPage;
  readonly actor: OfficerActor;
  /** Answers of this officer, sent a moment ago and not accepted; never anybody else's. */
  readonly answers: Readonly<Record<string, string>>;
  readonly elements: readonly string[];
  readonly reason: string;
  readonly errors: Errors;
  /** Why a command was refused, in words. */
  readonly refused: string | null;
  readonly done: string | null;
}

/** One decision to read; for the second officer, to decide. */
export function ReviewView(props: ReviewProps): VNode {
  const { lang, t, page, actor, today } = props;
  const { panels, review, done } = t.decisions;
  const bar = barToSecond(actor, page);
  return (
    <>
      <p class="over">
        <a href={casePath(page.case.number)}>{page.case.number}</a> · {review.draftBy(page.drafter)}
        {bar === null && ` · ${review.youAreSecond}`} <StateBadge t={t} state={stateToday(page, today)} />
      </p>
      <h1>
        {measureOf(page.facts.measure).label[lang]}: {page.facts.title.trim() || page.case.title}
      </h1>
      {props.done && props.done in done && <Callout kind="ok" role="status" title={done[props.done as keyof typeof done]} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.errors} title={review.errorTitle} />
      <Standing {...props} bar={bar} />
      <div class="threefold">
        <Panel title={panels.law}><Law {...props} /></Panel>
        <Panel title={panels.facts}><Facts {...props} /></Panel>
        <Panel title={panels.need}><Need {...props} /></Panel>
      </div>
      <Panel title={panels.preview}>
        <Preview {...props} title={page.facts.title} summary={page.facts.summary} advice={page.advice} wide />
      </Panel>
      {bar === null && <Decide {...props} />}
      {mayWithdraw(actor, page) && stateToday(page, today) === 'in_force' && <Withdraw {...props} />}
      <Way {...props} />
    </>
  );
}

/** Why the viewer has no actions, and who has; absent when there is nothing to wait for. */
function Standing({ page, t, bar }: ReviewProps & { bar: Bar | null }): VNode | null {
  const { bars } = t.decisions;
  if (page.state === 'draft' || page.state === 'returned') {
    return <Callout kind="note" title={bars.notDrafter(page.drafter)} />;
  }
  if (bar === null || bar === 'not_in_review') return null;
  return <Callout kind="note" title={bars[bar]}>{page.eligible.length > 0 ? bars.who(page.eligible.join(', ')) : bars.nobody}</Callout>;
}

function Law(props: ReviewProps): VNode {
  const { lang, t, page } = props;
  const elements = basisOf(page)?.elements ?? [];
  return (
    <>
      <Kv items={lawItems(props)} />
      {elements.length > 0 && (
        <>
          <h3>{t.decisions.elementsTitle}</h3>
          <CheckList lang={lang} items={elements.map(({ code, label }) => reasoned(label[lang], page.facts.elements[code]))} />
        </>
      )}
    </>
  );
}

function reasoned(label: string, why: string | undefined): { done: boolean; text: ComponentChildren } {
  return { done: !!why, text: <><b>{label}</b>{why && <span class="say below">{why}</span>}</> };
}

function Facts(props: ReviewProps): VNode {
  const { lang, t, page } = props;
  const chosen = page.evidence.filter(({ id }) => page.evidenceIds.includes(id));
  const items: TimelineItem[] = [
    ...chosen.map((line) => ({ at: line.at, when: shortTime(line.at), title: line.description, body: <small>{evidenceNote(props, line)}</small> })),
    ...page.verifications.map((line) => ({ at: line.at, when: shortTime(line.at), title: line.finding, body: <small>{line.officer} · {t.decisions.confidence[line.confidence]}</small>, tone: 'sky' as const })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  return (
    <>
      <CaseCounts {...props} />
      {page.facts.facts.trim() ? <Say>{page.facts.facts}</Say> : <p class="hint">{t.decisions.none}</p>}
      <Timeline lang={lang} items={items} />
      {page.verifications.length > 0 && (
        <Disclosure summary={t.decisions.draft.caseNotes}>
          {page.verifications.map((line) => <Note t={t} lang={lang} line={line} />)}
        </Disclosure>
      )}
    </>
  );
}

/** "22/11 09:40", as in a register. */
function shortTime(at: Date): string {
  return `${formatDayMonth(at)} ${formatTime(at)}`;
}

function Need(props: ReviewProps): VNode {
  const { lang, t, page } = props;
  const options = measureOf(page.facts.measure).lesser;
  return (
    <>
      <ul class="plainlist">
        {chosenLocators(page).map((line) => <li><Locator lang={lang} t={t} line={line} /></li>)}
      </ul>
      {options.length > 0 && (
        <>
          <h3>{t.decisions.optionsTitle}</h3>
          <CheckList lang={lang} items={options.map(({ code, label }) => reasoned(label[lang], page.facts.options[code]))} />
        </>
      )}
      <h3>{t.decisions.sideEffectsTitle}</h3>
      {page.sideEffects.trim() ? <Say>{page.sideEffects}</Say> : <p class="hint">{t.decisions.noSideEffects}</p>}
    </>
  );
}

/** The gate a second time, and the two ways out of it. At most seven answers, the elements, and one press. */
function Decide(props: ReviewProps): VNode {
  const { lang, t, page, errors } = props;
  const { review } = t.decisions;
  const { positive } = categoryOf(page.facts.category);
  return (
    <Panel title={review.gateTitle} id="cua-kiem-tra">
      <p class="hint">{review.gateLead}</p>
      <Form action={decisionPath(page.id, '/duyet')} class="second-gate" label={review.gateTitle}>
        {GATE_QUESTIONS.map(({ code, question }, index) => (
          <RadioCards
            lang={lang} inline name={`gate.${code}`} label={`${index + 1}. ${question[lang]}`} value={props.answers[code]} error={errors[`gate.${code}`]}
            options={[{ value: 'yes', label: review.yes }, { value: 'no', label: review.no }]}
          />
        ))}
        {positive.length > 0 && (
          <CheckboxList
            lang={lang} name="elements" label={review.positiveTitle} values={props.elements} error={errors.elements}
            options={positive.map(({ code, label }) => ({ value: code, label: label[lang] }))}
          />
        )}
        <ButtonRow>
          <Button>{review.approve}</Button>
        </ButtonRow>
        <p class="hint">{review.approveNote}</p>
      </Form>
      <Disclosure kind="button" summary={review.returnIt} open={!!errors.return_reason} id="tra-lai">
        <Form action={decisionPath(page.id, '/tra-lai')}>
          <TextArea lang={lang} name="return_reason" label={review.returnLabel} rows={4} maxlength={LENGTHS.reason} value={props.reason} error={errors.return_reason} />
          <Button kind="quiet">{review.returnSend}</Button>
        </Form>
      </Disclosure>
    </Panel>
  );
}

function Withdraw({ lang, t, page, reason, errors }: ReviewProps): VNode {
  const { review } = t.decisions;
  return (
    <Disclosure kind="danger" summary={review.withdraw} open={!!errors.withdraw_reason} id="rut">
      <Form action={decisionPath(page.id, '/rut')}>
        <TextArea
          lang={lang} name="withdraw_reason" label={review.withdrawLabel} hint={review.withdrawHint} rows={3} maxlength={LENGTHS.reason} value={reason}
          error={errors.withdraw_reason}
        />
        <Button kind="danger">{review.withdrawSend}</Button>
      </Form>
    </Disclosure>
  );
}

function Way({ lang, t, page }: ReviewProps): VNode {
  const { steps, wayTitle, review } = t.decisions;
  const told = (reason: string | null) => GATE_QUESTIONS.find(({ code }) => code === reason)?.question[lang] ?? reason;
  return (
    <Panel title={wayTitle} aside={<span class="links-in-line">
      <a href={decisionPath(page.id, '/ly-do')}>{review.reasons}</a>
      {page.warning && page.state === 'in_force' && <a href={`/canh-bao/${page.warning}`}>{review.publicPage}</a>}
    </span>}>
      <Timeline lang={lang} items={page.steps.map((step) => ({
        when: formatDateTime(step.at, lang), title: `${steps[step.action as keyof typeof steps] ?? step.action}${step.officer ? ` · ${step.officer}` : ''}`,
        body: step.reason ? <span class="say">{told(step.reason)}</span> : undefined, tone: step.action === 'return' || step.action === 'stop' ? 'amber' : 'leaf',
      }))} />
    </Panel>
  );
}
