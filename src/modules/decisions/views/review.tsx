import type { ComponentChildren, VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { measureOf } from '#catalogue/measures.ts';
import { loadedWords } from '#core/loaded-words.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { CheckList } from '#web/check-list.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, ErrorSummary, Form, RadioCards, TextArea } from '#web/form.tsx';
import { formatDateTime, formatDayMonth, formatInterim, formatTime } from '#web/format.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { LoadedWords } from '#web/loaded-words.tsx';
import { Panel } from '#web/panel.tsx';
import { StatesHelp } from '#web/states-help.tsx';
import { Timeline, type TimelineItem } from '#web/timeline.tsx';
import { LENGTHS, type Errors } from '../form.ts';
import { barToLegal, barToSecond, legalStanding, mayRenew, mayWithdraw, seesAppeals, type Bar } from '../policy.ts';
import type { DecisionPage } from '../types.ts';
import { CaseCounts, evidenceNote, Note } from './draft.tsx';
import {
  BasisEnds, casePath, chosenRecipients, clockText, decisionPath, detailItems, Earlier, evidenceNumber, isPublic, lawItems, Named, Preview, recipientNote, Say,
  StateBadge, stateToday, termText, type ViewProps,
} from './parts.tsx';

interface ReviewProps extends ViewProps {
  /** Address of `decisions.css`, which only pages that set out a decision's reasons need. */
  readonly stylesheet: string;
  readonly page: DecisionPage;
  readonly actor: OfficerActor;
  /** The officer may open the page of the case. */
  readonly readsCase: boolean;
  /** Answers of this officer, sent a moment ago and not accepted; never anybody else's. */
  readonly answers: Readonly<Record<string, string>>;
  readonly elements: readonly string[];
  readonly reason: string;
  /** What the legal officer wrote a moment ago. */
  readonly legal: { readonly opinion: string; readonly note: string };
  readonly errors: Errors;
  /** Why a command was refused, in words. */
  readonly refused: string | null;
  readonly done: string | null;
}

/** One decision to read; for the second officer, to decide; for the legal officer, to say whether the law carries it. */
export function ReviewView(props: ReviewProps): VNode {
  const { lang, t, page, actor, today } = props;
  const { panels, review, done } = t.decisions;
  const bar = barToSecond(actor, page);
  const state = stateToday(page, today);
  return (
    <>
      <link rel="stylesheet" href={props.stylesheet} />
      <p class="over">
        {props.readsCase ? <a href={casePath(page.case.number)}>{page.case.number}</a> : page.case.number} · {review.draftBy(page.drafter)}
        {bar === null && ` · ${review.youAreSecond}`} <StateBadge t={t} state={state} />{' '}<StatesHelp lang={lang} entity="decision" />
        {page.stayedAt && state === 'in_force' && <> <Badge tone="amber">{t.decisions.stayed}</Badge></>}
      </p>
      <h1>
        {measureOf(page.facts.measure).label[lang]}: {page.facts.title.trim() || page.case.title}
      </h1>
      {props.done && props.done in done && <Callout kind="ok" role="status" title={done[props.done as keyof typeof done]} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      <ErrorSummary lang={lang} errors={props.errors} title={review.errorTitle} />
      <Urgent {...props} />
      {page.stayedAt && state === 'in_force' && (
        <Callout kind="look" title={review.stayedSince(formatDateTime(page.stayedAt, lang))}>
          {review.stayedHelp}{seesAppeals(actor) && <> <a href={appealsPath(page.id)}>{review.appeals}</a></>}
        </Callout>
      )}
      <Standing {...props} bar={bar} />
      <Panel title={panels.asked} id="de-nghi"><Asked {...props} /></Panel>
      <div class="threefold">
        <Panel title={panels.law}><Law {...props} /></Panel>
        <Panel title={panels.facts}><Facts {...props} /></Panel>
        <Panel title={panels.need}><Need {...props} /></Panel>
      </div>
      <Panel title={isPublic(page) ? panels.preview : panels.statementPreview}>
        <Preview {...props} title={page.facts.title} summary={page.facts.summary} advice={page.advice} wide />
      </Panel>
      <LegalPanel {...props} />
      {bar === null && <Decide {...props} />}
      <Further {...props} />
      <Way {...props} />
    </>
  );
}

/** An interim measure says when it dies, and what keeps it alive. */
function Urgent(props: ReviewProps): VNode | null {
  const { t, lang, page } = props;
  const { interim } = t.decisions;
  if (page.state !== 'interim' || !page.interimUntil) return null;
  const begun = page.steps.findLast(({ action }) => action === 'begin_interim');
  return (
    <Callout kind="look" title={formatInterim(page.interimUntil, props.now, lang)}>
      {interim.standing(page.drafter)}{begun?.reason && <><br /><b>{interim.because}</b> <span class="say">{begun.reason}</span></>}
      {begun && <><br /><small>{interim.begun(formatDateTime(begun.at, lang))}</small></>}
    </Callout>
  );
}

/** Why the viewer has no actions, and who has; absent when there is nothing to wait for. */
function Standing({ page, t, bar, actor }: ReviewProps & { bar: Bar | null }): VNode | null {
  const { bars } = t.decisions;
  if (page.state === 'draft' || page.state === 'returned') {
    return <Callout kind="note" title={bars.notDrafter(page.drafter)} />;
  }
  if (bar === null || bar === 'not_in_review' || barToLegal(actor, page) === null) return null;
  return <Callout kind="note" title={bars[bar]}>{page.eligible.length > 0 ? bars.who(page.eligible.join(', ')) : bars.nobody}</Callout>;
}

/** What is asked, of whom, and what exactly is named. */
function Asked(props: ReviewProps): VNode {
  const { lang, t, page } = props;
  const { kv, review } = t.decisions;
  const measure = measureOf(page.facts.measure);
  const recipients = chosenRecipients(page);
  const clock = clockText(page, t, lang);
  const items: (KvItem | false)[] = [
    { label: kv.measure, value: `${measure.does[lang]}.` },
    measure.recipients.length > 0 && {
      label: kv.recipients,
      value: recipients.length === 0 ? t.decisions.none : <ul class="plainlist">{recipients.map((line) => <li>{lang === 'en' && line.nameEn ? line.nameEn : line.name}<small>{recipientNote(props, line)}</small></li>)}</ul>,
    },
    ...detailItems(page, lang),
    clock !== null && { label: kv.clock, value: clock },
    { label: kv.term, value: measure.maxDays === null ? review.noEnd : termText(page, t, lang) },
    { label: kv.undo, value: `${measure.undo[lang]}.` },
  ];
  return (
    <div class={measure.locators.length > 0 ? 'asked' : undefined}>
      {measure.locators.length > 0 && <div><p class="of">{review.named}</p><Named {...props} /></div>}
      <Kv items={items.filter((item) => item !== false)} />
      {page.state === 'second_review' && recipients.length > 0 && <p><ButtonLink kind="quiet" small icon="mail" href={decisionPath(page.id, '/thong-bao')}>{review.tell}</ButtonLink></p>}
    </div>
  );
}

function Law(props: ReviewProps): VNode {
  const { lang, t, page } = props;
  const elements = page.basis?.elements ?? [];
  return (
    <>
      <BasisEnds t={t} page={page} basis={page.basis} />
      <Kv items={lawItems(props)} />
      {elements.length > 0 && (
        <>
          <h3>{t.decisions.elementsTitle}</h3>
          <CheckList lang={lang} items={elements.map(({ code, label }) => {
            const proofs = (page.facts.proofs[code] ?? []).filter((id) => evidenceNumber(page, id) > 0);
            return {
              done: !!page.facts.elements[code] && proofs.length > 0,
              text: <>
                <b>{label[lang]}</b>
                {page.facts.elements[code] && <span class="say below">{page.facts.elements[code]}</span>}
                <small class="below">{proofs.length === 0 ? t.decisions.review.noProof : proofs.map((id, index) => <>{index > 0 && ', '}<a href={`#chung-cu-${evidenceNumber(page, id)}`}>{t.decisions.review.proof(String(evidenceNumber(page, id)))}</a></>)}</small>
              </>,
            };
          })} />
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
  const items: TimelineItem[] = page.verifications.map((line) => ({
    at: line.at, when: shortTime(line.at), title: line.finding, body: <small>{line.officer} · {t.decisions.confidence[line.confidence]}</small>, tone: 'sky' as const,
  }));
  return (
    <>
      <CaseCounts {...props} />
      {page.facts.facts.trim() ? <Say>{page.facts.facts}</Say> : <p class="hint">{t.decisions.none}</p>}
      <h3>{t.decisions.evidenceTitle}</h3>
      <ul class="plainlist evidence">
        {page.evidence.map((line, index) => page.evidenceIds.includes(line.id) && (
          <li id={`chung-cu-${index + 1}`}><b>{t.decisions.review.proof(String(index + 1))}</b> {line.description}<small>{evidenceNote(props, line)}</small></li>
        ))}
      </ul>
      {items.length > 0 && <><h3>{t.decisions.verified}</h3><Timeline lang={lang} items={items} /></>}
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
  const { lesser, locators } = measureOf(page.facts.measure);
  return (
    <>
      <h3>{t.decisions.optionsTitle}</h3>
      {lesser.length > 0 ? <CheckList lang={lang} items={lesser.map(({ code, label }) => reasoned(label[lang], page.facts.options[code]))} /> : <p class="hint">{t.decisions.review.noLesser}</p>}
      {locators.length > 0 && (
        <>
          <h3>{t.decisions.sideEffectsTitle}</h3>
          {page.sideEffects.trim() ? <Say>{page.sideEffects}</Say> : <p class="hint">{t.decisions.noSideEffects}</p>}
        </>
      )}
      <h3>{t.decisions.earlier.title}</h3>
      <Earlier t={t} lang={lang} lines={page.earlier} />
    </>
  );
}

/** What the legal officer said, and for whoever gives it the form; only where the category is near to what people say. */
function LegalPanel(props: ReviewProps): VNode | null {
  const { lang, t, page, actor, errors, legal } = props;
  const { review: words, legal: t2 } = t.decisions;
  if (legalStanding(page) === 'not_asked' || page.state === 'draft' || page.state === 'returned') return null;
  const mine = barToLegal(actor, page) === null;
  return (
    <Panel title={t2.title} id="phap-che">
      {page.legal.length === 0 && !mine && <p class="hint">{t2.none}</p>}
      {page.legal.map((line) => (
        <div class="casenote">
          <p><Badge tone={line.agrees ? 'moss' : 'rose'}>{line.agrees ? t2.agrees : t2.objects}</Badge> {line.officer}, {formatDateTime(line.at, lang)}</p>
          <p class="say">{line.note}</p>
        </div>
      ))}
      {mine && (
        <Form action={decisionPath(page.id, '/phap-che')} keep={`phap-che-${page.id.slice(-12)}`} lang={lang} label={t2.title}>
          <p class="hint">{t2.lead}</p>
          <RadioCards
            lang={lang} inline name="opinion" label={t2.question} value={legal.opinion} error={errors.opinion}
            options={[{ value: 'agrees', label: t2.agree }, { value: 'objects', label: t2.object }]}
          />
          <TextArea lang={lang} name="legal_note" label={t2.note} hint={t2.noteHint} rows={4} maxlength={LENGTHS.reason} value={legal.note} error={errors.legal_note} />
          <Button>{t2.send}</Button>
          <p class="hint">{words.legalOnce}</p>
        </Form>
      )}
    </Panel>
  );
}

/** The gate a second time, and the two ways out of it. At most seven answers, the elements, and one press. */
function Decide(props: ReviewProps): VNode {
  const { lang, t, page, errors } = props;
  const { review } = t.decisions;
  const { positive } = categoryOf(page.facts.category);
  const raised = loadedWords(`${page.facts.title}\n${page.facts.facts}\n${page.facts.summary}`, [page.agency.name, page.agency.shortName]);
  const standing = legalStanding(page);
  const waits = standing === 'open' || standing === 'objects';
  const { template } = measureOf(page.facts.measure);
  const approve = page.state === 'interim' ? review.confirm : template === 'page' ? review.approve : template === null ? review.approveRecord : review.approveSend;
  const note = page.state === 'interim' ? review.confirmNote : template === 'page' ? review.approveNote : template === null ? review.approveRecordNote : review.approveSendNote;
  return (
    <Panel title={review.gateTitle} id="cua-kiem-tra">
      <p class="hint">{review.gateLead}</p>
      <Form action={decisionPath(page.id, '/duyet')} class="second-gate" label={review.gateTitle}>
        {GATE_QUESTIONS.map(({ code, question }, index) => (
          <>
            <LoadedWords lang={lang} question={code} raised={raised} draft />
            <RadioCards
              lang={lang} inline name={`gate.${code}`} label={`${index + 1}. ${question[lang]}`} value={props.answers[code]} error={errors[`gate.${code}`]}
              options={[{ value: 'yes', label: review.yes }, { value: 'no', label: review.no }]}
            />
          </>
        ))}
        {positive.length > 0 && (
          <CheckboxList
            lang={lang} name="elements" label={review.positiveTitle} values={props.elements} error={errors.elements}
            options={positive.map(({ code, label }) => ({ value: code, label: label[lang] }))}
          />
        )}
        {waits && <Callout kind="look" title={standing === 'open' ? review.legalOpen : review.legalObjects} />}
        <ButtonRow>
          <Button disabled={waits}>{approve}</Button>
          {waits && <Button kind="quiet" name="go" value="stop">{review.stopByAnswer}</Button>}
        </ButtonRow>
        <p class="hint">{note}</p>
      </Form>
      <Disclosure kind="button" summary={review.returnIt} open={!!errors.return_reason} id="tra-lai">
        <Form action={decisionPath(page.id, '/tra-lai')}>
          <TextArea lang={lang} name="return_reason" label={review.returnLabel} hint={page.state === 'interim' ? review.returnInterim : undefined} rows={4} maxlength={LENGTHS.reason} value={props.reason} error={errors.return_reason} />
          <Button kind="quiet">{review.returnSend}</Button>
        </Form>
      </Disclosure>
    </Panel>
  );
}

/** What may follow a decision that takes or took effect: its notices, a renewal, a withdrawal. */
function Further(props: ReviewProps): VNode | null {
  const { lang, t, page, actor, reason, errors, today } = props;
  const { review } = t.decisions;
  const withdraws = mayWithdraw(actor, page) && (page.state === 'interim' || stateToday(page, today) === 'in_force');
  const tells = page.recipientIds.length > 0 && (page.decidedAt !== null || page.interimAt !== null);
  const renews = mayRenew(actor, page) && measureOf(page.facts.measure).maxDays !== null;
  if (!withdraws && !tells && !renews) return null;
  return (
    <div class="further">
      {tells && <p><ButtonLink kind="quiet" icon="mail" href={decisionPath(page.id, '/thong-bao')}>{review.told}</ButtonLink></p>}
      {renews && (
        <Form action={decisionPath(page.id, '/gia-han')}>
          <Button kind="quiet">{review.renew}</Button>
          <p class="hint">{review.renewHint}</p>
        </Form>
      )}
      {withdraws && (
        <Disclosure kind="danger" summary={review.withdraw} open={!!errors.withdraw_reason} id="rut">
          <Form action={decisionPath(page.id, '/rut')}>
            <TextArea
              lang={lang} name="withdraw_reason" label={review.withdrawLabel} hint={`${review.withdrawHint} ${measureOf(page.facts.measure).undo[lang]}.`} rows={3} maxlength={LENGTHS.reason} value={reason}
              error={errors.withdraw_reason}
            />
            <Button kind="danger">{review.withdrawSend}</Button>
          </Form>
        </Disclosure>
      )}
    </div>
  );
}

/** The requests for a review of this decision, in the room of appeals. */
function appealsPath(decisionId: string): string {
  return `/can-bo/xem-xet-lai?quyet-dinh=${decisionId}`;
}

const ALARMING: ReadonlySet<string> = new Set(['return', 'stop', 'begin_interim', 'die', 'stay', 'legal_object']);

function Way({ lang, t, page, actor }: ReviewProps): VNode {
  const { steps, wayTitle, review } = t.decisions;
  const told = (reason: string | null) => GATE_QUESTIONS.find(({ code }) => code === reason)?.question[lang] ?? reason;
  return (
    <Panel title={wayTitle} aside={<span class="links-in-line">
      <a href={decisionPath(page.id, '/ly-do')}>{review.reasons}</a>
      {page.warning && (page.state === 'in_force' || page.state === 'interim') && !page.stayedAt && <a href={`/canh-bao/${page.warning}`}>{review.publicPage}</a>}
      {(page.decidedAt !== null || page.interimAt !== null) && seesAppeals(actor) && <a href={appealsPath(page.id)}>{review.appeals}</a>}
    </span>}>
      <Timeline lang={lang} items={page.steps.map((step) => ({
        when: formatDateTime(step.at, lang), title: `${steps[step.action as keyof typeof steps] ?? step.action}${step.officer ? ` · ${step.officer}` : ''}`,
        body: step.reason ? <span class="say">{told(step.reason)}</span> : undefined, tone: ALARMING.has(step.action) ? 'amber' : 'leaf',
      }))} />
    </Panel>
  );
}
