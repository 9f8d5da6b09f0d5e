import type { ComponentChildren, VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { citation, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { measureOf } from '#catalogue/measures.ts';
import { localDate, type Calendar } from '#core/deadlines.ts';
import { nameIn } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { APPEAL_OUTCOMES } from '#platform/schema.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, Checkbox, ErrorSummary, Form, RadioCards, TextArea } from '#web/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import type { Lang, Messages } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { StatesHelp } from '#web/states-help.tsx';
import { Timeline } from '#web/timeline.tsx';
import { barToReview, decideByOf, mayStay, remediesOf } from '../policy.ts';
import type { AppealPage, ReviewedDecision, Step } from '../types.ts';
import { Due } from './list.tsx';
import { appealPath, StateBadge, subjectLine } from './parts.tsx';

/** A form that came back: its step, what was typed, what is wrong. */
export interface Typed {
  readonly step: Step;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

export interface AppealViewProps {
  /** Address of `decisions.css`, which only pages that set out a decision's reasons need. */
  readonly stylesheet: string;
  readonly lang: Lang;
  readonly t: Messages;
  readonly now: Date;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly calendar: Calendar;
  readonly page: AppealPage;
  readonly actor: OfficerActor;
  readonly typed: Typed | null;
  readonly done: Step | null;
  readonly refused: string | null;
}

/** One appeal beside the reasons of what it is about, and what its reviewer may do. */
export function AppealView(props: AppealViewProps): VNode {
  const { lang, t, now, page } = props;
  const { office } = t.appeals;
  const isOpen = page.state === 'filed' || page.state === 'accepted';
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <p class="over">
        <span class="mono">{page.code}</span> · {t.appeals.parties[page.party]} <StateBadge lang={lang} state={page.state} />{' '}<StatesHelp lang={lang} entity="appeal" />{' '}
        {isOpen && <Due lang={lang} now={now} row={page} />}{' '}
        {page.asksStay && isOpen && !page.live?.stayedAt && <Badge tone="amber">{office.asksStay}</Badge>}
      </p>
      <h1>{subjectLine(lang, { measure: page.decision?.measure ?? null, title: page.decision?.title ?? '', reportCode: page.party === 'reporter' ? page.report?.code ?? page.code : null })}</h1>
      {props.done && <Callout kind="ok" role="status" title={office.done[props.done]} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.typed?.errors ?? {}} />
      <Bar {...props} />
      {page.live?.stayedAt && <Callout kind="note">{office.isStayed(formatDateTime(page.live.stayedAt, lang))}</Callout>}
      <div class="split">
        <div>
          <Panel title={office.panels.words}>
            {page.state === 'routed' ? <p class="hint">{office.erased}</p> : <p class="told">{page.words}</p>}
            <Kv items={factsOf(props)} />
          </Panel>
          {page.outcome && (
            <Panel title={`${office.decide}: ${t.appeals.outcomes[page.outcome]}`}>
              <p class="say">{page.reasons}</p>
            </Panel>
          )}
          {page.state === 'not_accepted' && (
            <Panel title={office.refuseLabel}>
              <p class="say">{page.reasons}</p>
            </Panel>
          )}
        </div>
        <Talk {...props} />
      </div>
      {page.decision && <Reasons {...props} decision={page.decision} />}
      {page.report && <Answer {...props} />}
      <Actions {...props} />
      <Way {...props} />
    </>
  );
}

/** Why the viewer has no actions, and who has. */
function Bar({ t, page, actor }: AppealViewProps): VNode | null {
  const { bars, who, noneEligible } = t.appeals.office;
  const bar = barToReview(actor, page);
  if (bar === null || bar === 'ended') return null;
  return <Callout kind="note" title={bars[bar]}>{page.eligible.length > 0 ? who(page.eligible.join(', ')) : noneEligible}</Callout>;
}

function factsOf({ lang, t, page, calendar }: AppealViewProps): KvItem[] {
  const { office } = t.appeals;
  const decidedAt = page.decision?.decidedAt ?? null;
  return [
    { label: office.filedOn, value: formatDateTime(page.filedAt, lang) },
    { label: office.acceptBy, value: formatDate(page.acceptBy) },
    ...(page.decideBy ? [{ label: office.decideBy, value: formatDate(page.decideBy) }] : []),
    { label: office.reviewer, value: page.reviewer ?? office.nobody },
    { label: office.contact, value: page.hasContact ? office.contactYes : office.contactNo },
    ...(page.caseNumber ? [{ label: office.caseNumber, value: <a href={`/can-bo/vu-viec/${page.caseNumber}`}>{page.caseNumber}</a> }] : []),
    ...(page.others.length > 0
      ? [{ label: office.others, value: page.others.map((other) => <p><a href={appealPath(other.id)}>{other.code}</a> <StateBadge lang={lang} state={other.state} /></p>) }] : []),
    ...(decidedAt && remediesOf(decidedAt, calendar).review < localDate(page.filedAt) ? [{ label: '', value: <span class="late">{office.lateFiling}</span> }] : []),
  ];
}

/** What the form of a step was sent with, when it came back. */
function typedIn(typed: Typed | null, step: Step, name: string): string {
  return typed?.step === step ? typed.values[name] ?? '' : '';
}

function errorIn(typed: Typed | null, step: Step, name: string): string | undefined {
  return typed?.step === step ? typed.errors[name] : undefined;
}

function Actions(props: AppealViewProps): VNode | null {
  const { page, actor } = props;
  const bar = barToReview(actor, page);
  if (bar === 'other_reviewer') return <TakeOver {...props} />;
  if (bar !== null) return null;
  return page.state === 'filed' ? <Accepting {...props} /> : <Deciding {...props} />;
}

function Accepting(props: AppealViewProps): VNode {
  const { lang, t, now, page, typed, calendar } = props;
  const { office } = t.appeals;
  const by = (complex: boolean, remote: boolean) => formatDate(decideByOf(now, complex, remote, calendar));
  return (
    <Panel title={office.accept}>
      <p class="hint">{office.acceptText}</p>
      <Form action={appealPath(page.id, '/thu-ly')}>
        <Checkbox lang={lang} name="complex" label={office.complex} checked={typedIn(typed, 'thu-ly', 'complex') !== ''} />
        <Checkbox lang={lang} name="remote" label={office.remote} checked={typedIn(typed, 'thu-ly', 'remote') !== ''} />
        <p class="hint">{office.terms(by(false, false), by(true, false), by(true, true))}</p>
        <ButtonRow>
          <Button>{office.acceptSend}</Button>
        </ButtonRow>
      </Form>
      <ReasonFold {...props} step="khong-thu-ly" summary={office.refuse} label={office.refuseLabel} hint={office.refuseHint} send={office.refuseSend} />
      <Route {...props} />
    </Panel>
  );
}

function Deciding(props: AppealViewProps): VNode {
  const { lang, t, page, typed } = props;
  const { office, outcomes } = t.appeals;
  const acts = page.live !== null;
  return (
    <Panel title={office.decide} id="ket-luan">
      <Form action={appealPath(page.id, '/ket-luan')} keep={`ket-luan-${page.id}`} lang={lang}>
        <RadioCards
          lang={lang} name="outcome" label={office.outcomeLabel} value={typedIn(typed, 'ket-luan', 'outcome')} error={errorIn(typed, 'ket-luan', 'outcome')}
          options={APPEAL_OUTCOMES.map((code) => ({ value: code, label: outcomes[code], hint: acts ? office.outcomeHints[code] : undefined }))}
        />
        <TextArea
          lang={lang} name="reasons" label={office.reasonsLabel} hint={office.reasonsHint} rows={8} maxlength={8000} value={typedIn(typed, 'ket-luan', 'reasons')}
          error={errorIn(typed, 'ket-luan', 'reasons')}
        />
        <p class="hint">{happens(props)}</p>
        <ButtonRow>
          <Button>{office.decideSend}</Button>
        </ButtonRow>
      </Form>
      {mayStay(page.live) && (
        <ReasonFold {...props} step="tam-dung" summary={office.stay} text={office.stayText} label={office.stayLabel} send={office.staySend} />
      )}
      <Route {...props} />
    </Panel>
  );
}

/** What follows from an outcome that is not “upheld”, in sentences. */
function happens({ lang, t, page }: AppealViewProps): string {
  const { office } = t.appeals;
  if (!page.live) return page.decision && page.decision.measure !== 'NO_ACTION' ? office.notInForce : office.happensReport;
  if (page.decision?.measure === 'NO_ACTION') return office.happensReport;
  const told = page.decision?.recipients.length ?? 0;
  const isPublic = page.decision?.measure === 'PUBLIC_WARNING' || page.decision?.measure === 'CORRECTION';
  return [office.happens, told > 0 && office.happensTold(formatNumber(told, lang)), isPublic && office.happensPublic].filter(Boolean).join(' ');
}

function TakeOver(props: AppealViewProps): VNode {
  const { office } = props.t.appeals;
  return <ReasonFold {...props} step="nhan-thay" summary={office.takeOver} label={office.takeOverLabel} send={office.takeOverSend} />;
}

/** A step that takes a reason, folded until it is wanted. */
function ReasonFold(props: AppealViewProps & { step: Step; summary: string; text?: string; label: string; hint?: string; send: string }): VNode {
  const { lang, page, typed, step } = props;
  const error = errorIn(typed, step, 'reason');
  return (
    <Disclosure kind="button" summary={props.summary} open={typed?.step === step}>
      {props.text && <p>{props.text}</p>}
      <Form action={appealPath(page.id, `/${step}`)}>
        <TextArea lang={lang} name="reason" id={error ? undefined : `f-${step}`} label={props.label} hint={props.hint} rows={3} maxlength={1000} value={typedIn(typed, step, 'reason')} error={error} />
        <Button kind="quiet">{props.send}</Button>
      </Form>
    </Disclosure>
  );
}

function Route({ t, page }: AppealViewProps): VNode {
  const { office } = t.appeals;
  return (
    <Disclosure kind="danger" summary={office.route}>
      <p>{office.routeText}</p>
      <Form action={appealPath(page.id, '/chuyen')}>
        <Button kind="danger">{office.routeSend}</Button>
      </Form>
    </Disclosure>
  );
}

/** Messages both ways; a reviewer writes here. */
function Talk({ lang, t, page, actor, typed }: AppealViewProps): VNode {
  const { office, follow, appellant } = t.appeals;
  const bar = barToReview(actor, page);
  return (
    <Panel title={office.panels.talk}>
      {page.messages.length === 0 && <p class="hint">{follow.noMessages}</p>}
      <ol class="talk">
        {page.messages.map((message) => (
          <li class={message.sentBy === 'desk' ? 'desk' : undefined}>
            <p class="by">
              {message.officer ?? appellant} · {formatDateTime(message.at, lang)}
            </p>
            <p class="say">{message.body}</p>
          </li>
        ))}
      </ol>
      {bar === null && (
        <Form action={appealPath(page.id, '/hoi')} keep={`hoi-${page.id}`} lang={lang}>
          <TextArea lang={lang} name="body" label={office.ask} hint={office.askHint} rows={4} maxlength={5000} value={typedIn(typed, 'hoi', 'body')} error={errorIn(typed, 'hoi', 'body')} />
          <Button kind="quiet">{office.askSend}</Button>
        </Form>
      )}
    </Panel>
  );
}

/** The reasons of the decision, in the three parts in which they were decided. */
function Reasons({ lang, t, decision }: AppealViewProps & { decision: ReviewedDecision }): VNode {
  const { office } = t.appeals;
  const basis = LEGAL_BASES.find(({ code }) => code === decision.legalBasis);
  return (
    <div class="threefold">
      <Panel title={office.panels.law} aside={<a href={`/can-bo/quyet-dinh/${decision.id}`}>{office.decisionLink}</a>}>
        <Kv
          items={[
            { label: office.stateLabel, value: t.decisions.states[decision.state] },
            { label: t.decisions.kv.harm, value: categoryOf(decision.category).label[lang] },
            { label: office.basis, value: basis ? <>{citation(basis, lang)}<br /><small>{basis.what[lang]}</small></> : decision.legalBasis ?? office.none },
            { label: t.appeals.follow.agency, value: nameIn(decision.agency, lang) },
            { label: office.territory, value: decision.territory ?? office.none },
            { label: office.term, value: decision.endsOn ? office.until(formatDate(decision.endsOn)) : office.noTerm },
            { label: office.people, value: [decision.drafter, decision.second].filter(Boolean).join(' · ') },
          ]}
        />
        {decision.elements.length > 0 && <h3>{office.elements}</h3>}
        <Pairs items={decision.elements.map(({ element, why }) => [basis?.elements.find(({ code }) => code === element)?.label[lang] ?? element, why])} />
      </Panel>
      <Panel title={office.panels.facts}>
        <p class="say">{decision.facts || office.none}</p>
        <Timeline lang={lang} items={decision.evidence.map((line) => ({ at: line.at, title: line.description, body: <small>{line.officer}</small> }))} />
      </Panel>
      <Panel title={office.panels.need}>
        <h3>{office.locators}</h3>
        <List items={decision.locators.map((text) => <span class="mono">{text}</span>)} none={office.none} />
        <h3>{office.recipients}</h3>
        <List items={decision.recipients} none={office.none} />
        {decision.options.length > 0 && <h3>{office.options}</h3>}
        <Pairs items={decision.options.map(({ option, why }) => [measureOf(decision.measure).lesser.find(({ code }) => code === option)?.label[lang] ?? option, why])} />
        <h3>{office.sideEffects}</h3>
        <p class="say">{decision.sideEffects || office.none}</p>
      </Panel>
    </div>
  );
}

function Pairs({ items }: { items: readonly (readonly [string, string])[] }): VNode {
  return (
    <>
      {items.map(([label, why]) => (
        <p>
          <b>{label}</b>
          <span class="say below">{why}</span>
        </p>
      ))}
    </>
  );
}

function List({ items, none }: { items: readonly ComponentChildren[]; none: string }): VNode {
  return items.length > 0 ? <ul class="plainlist">{items.map((item) => <li>{item}</li>)}</ul> : <p class="hint">{none}</p>;
}

function Answer({ t, page }: AppealViewProps): VNode {
  const { office } = t.appeals;
  return (
    <Panel title={office.panels.answer} aside={<a href={`/can-bo/phan-anh/${page.report!.code}`}>{page.report!.code}</a>}>
      <p class="say">{page.report!.answer ?? office.noAnswer}</p>
      <Disclosure summary={office.narrative}>
        <p class="say">{page.report!.narrative}</p>
      </Disclosure>
    </Panel>
  );
}

/** Steps whose reasons stand on the page already, or are a word of the machine. */
const REASONED_ABOVE: ReadonlySet<string> = new Set(['decide', 'not_accept', 'reverse', 'resume']);

function Way({ lang, t, page }: AppealViewProps): VNode {
  const { steps, office } = t.appeals;
  return (
    <Panel title={office.panels.way}>
      <Timeline lang={lang} items={page.steps.map((step) => ({
        at: step.at, title: `${(steps as Readonly<Record<string, string>>)[step.action] ?? step.action}${step.officer ? ` · ${step.officer}` : ''}`,
        body: !REASONED_ABOVE.has(step.action) && step.reason ? <span class="say">{step.reason}</span> : undefined,
        tone: step.action.startsWith('late') ? 'rose' as const : 'leaf' as const,
      }))} />
    </Panel>
  );
}
