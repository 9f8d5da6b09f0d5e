import type { VNode } from 'preact';
import { ALERT_CHECKS } from '#catalogue/alerts.ts';
import type { RaisedQuestion } from '#core/loaded-words.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, ErrorSummary, FileField, Form, TextArea } from '#web/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';
import { mayApprove, mayRecall, mayReplace, mayWrite } from '../policy.ts';
import type { AlertLetter, ReceiverPart, SenderPart } from '../types.ts';
import { ALERTS_PATH, AlertStateBadge, alertPath, AnswerFields, AnswerText, answerValues, kindLabel, LetterText, sentenceCase, type TypedForm } from './parts.tsx';

export interface AlertPageProps {
  readonly lang: Lang;
  readonly actor: OfficerActor;
  readonly letter: AlertLetter;
  /** Aim and basis of the letter in one sentence. */
  readonly sentence: string;
  readonly sender: SenderPart | null;
  readonly receiver: ReceiverPart | null;
  /** Words in a letter that is not sent yet which should make one read twice. */
  readonly raised: readonly RaisedQuestion[];
  readonly typed: TypedForm | null;
  readonly done: string;
  readonly refused: string | null;
}

/** A letter as its sender or a receiver has it before them. */
export function AlertPage(props: AlertPageProps): VNode {
  const { lang, letter, typed, done } = props;
  const t = messages(lang).alerts;
  const said: Readonly<Record<string, string>> = t.done;
  return (
    <>
      <p class="meta">
        <Badge>{kindLabel(letter.kind, lang)}</Badge> <AlertStateBadge lang={lang} state={letter.state} />
        {letter.urgency && <> <Badge tone="rose">{t.urgencies[letter.urgency]}</Badge></>}
      </p>
      <h1>{sentenceCase(letter.title)}</h1>
      {Object.hasOwn(said, done) && <Callout kind="ok" role="status" title={said[done]} />}
      {props.refused && <Callout kind="sos" role="alert" title={props.refused} />}
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      {letter.state === 'recalled' && <Callout kind="look" title={t.view.recalled(formatDate(letter.recalledAt!))}>{letter.recallReason}</Callout>}
      {letter.replacedBy && <Callout kind="look" title={t.view.replacedNote}><a href={alertPath(letter.replacedBy.id)}>{letter.replacedBy.code}</a></Callout>}
      {props.receiver ? <Receiver {...props} receiver={props.receiver} /> : props.sender && <Sender {...props} sender={props.sender} />}
    </>
  );
}

// ── The sender ───────────────────────────────────────────────────────────────────────────────────────────────────────

function Sender(props: AlertPageProps & { sender: SenderPart }): VNode {
  const { lang, letter, sender, actor, sentence } = props;
  const t = messages(lang).alerts;
  const standing = { ...letter, drafterId: sender.drafterId };
  const n = (value: number): string => formatNumber(value, lang);
  return (
    <>
      {sender.returnReason && letter.state === 'draft' && <Callout kind="look" title={t.view.returned}>{sender.returnReason}</Callout>}
      {letter.approvedAt && (
        <ButtonRow>
          <ButtonLink href={alertPath(letter.id, '/tong-hop')}>{t.view.summary}</ButtonLink>
          <ButtonLink kind="quiet" href={alertPath(letter.id, '/cong-van')}>{t.view.download}</ButtonLink>
        </ButtonRow>
      )}
      {mayWrite(actor, standing) && <ButtonRow><ButtonLink kind="quiet" href={alertPath(letter.id, '/sua')}>{t.view.edit}</ButtonLink></ButtonRow>}
      <LetterText lang={lang} letter={letter} sentence={sentence} more={[
        { label: t.view.audience, value: <Disclosure summary={t.view.receivers(n(sender.receivers.length))}><ul class="plainlist">{sender.receivers.map((name) => <li>{name}</li>)}</ul></Disclosure> },
        { label: t.view.people, value: [sender.drafter, sender.approver].filter(Boolean).join(' · ') },
        ...(letter.approvedAt ? [{ label: t.answers, value: t.ofSent(n(sender.tally.read), n(sender.tally.answered), n(sender.tally.sent)) }] : []),
      ]} />
      {mayWrite(actor, standing) && <Submitting {...props} />}
      {letter.state === 'submitted' && sender.drafterId === actor.officerId && <Waiting {...props} />}
      {mayApprove(actor, standing) && <Approving {...props} />}
      {mayRecall(actor, standing) && <Recalling {...props} />}
      {mayReplace(actor, standing) && !letter.replacedBy && <ButtonRow><ButtonLink kind="quiet" href={`${ALERTS_PATH}/moi?thay=${letter.id}`}>{t.recall.replace}</ButtonLink></ButtonRow>}
    </>
  );
}

/** Words that are about opinions more often than about machines; a reminder, never a rule. */
function Words({ lang, raised }: AlertPageProps): VNode | null {
  const t = messages(lang).alerts.gate;
  if (raised.length === 0) return null;
  const phrases = [...new Set(raised.map(({ phrase }) => `“${phrase.replace(/\s+/g, ' ')}”`))].slice(0, 8);
  return (
    <Callout kind="look" title={t.words(phrases.join(', '))}>
      {[...new Set(raised.map(({ why }) => why[lang]))].slice(0, 3).map((why) => <p>{why}</p>)}
      <p class="hint">{t.wordsText}</p>
    </Callout>
  );
}

function Checks({ lang, typed, step }: AlertPageProps & { step: string }): VNode {
  const t = messages(lang).alerts.gate;
  const own = typed?.step === step ? typed : null;
  return (
    <CheckboxList lang={lang} name="check" label={t.title} hint={t.lead} error={own?.errors['check']} values={(own?.values['check_all'] ?? '').split(' ')}
      options={ALERT_CHECKS.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
  );
}

function Submitting(props: AlertPageProps): VNode {
  const { lang, letter } = props;
  const t = messages(lang).alerts.gate;
  return (
    <Panel title={t.submit}>
      <Words {...props} />
      <Form action={alertPath(letter.id, '/trinh')}>
        <Checks {...props} step="trinh" />
        <ButtonRow><Button>{t.submit}</Button></ButtonRow>
      </Form>
      <Disclosure kind="danger" summary={t.drop}>
        <p>{t.dropText}</p>
        <Form action={alertPath(letter.id, '/bo')}><Button kind="danger">{t.drop}</Button></Form>
      </Disclosure>
    </Panel>
  );
}

function Waiting({ lang, letter }: AlertPageProps): VNode {
  const t = messages(lang).alerts.gate;
  return (
    <Callout kind="note" title={t.waits}>
      <p>{t.waitsText}</p>
      <Form action={alertPath(letter.id, '/tra-lai')}><Button kind="quiet" small>{t.takeBack}</Button></Form>
    </Callout>
  );
}

function Approving(props: AlertPageProps): VNode {
  const { lang, letter, sender, typed } = props;
  const t = messages(lang).alerts.gate;
  const back = typed?.step === 'tra-lai' ? typed : null;
  return (
    <Panel title={t.approveTitle}>
      <Words {...props} />
      <Form action={alertPath(letter.id, '/duyet')}>
        <Checks {...props} step="duyet" />
        <p class="hint">{t.approveNote(formatNumber(sender?.receivers.length ?? 0, lang))}</p>
        <ButtonRow><Button>{t.approve}</Button></ButtonRow>
      </Form>
      <Disclosure kind="button" summary={t.return} open={back !== null}>
        <Form action={alertPath(letter.id, '/tra-lai')}>
          <TextArea lang={lang} name="reason" label={t.returnReason} rows={3} maxlength={1000} value={back?.values['reason']} error={back?.errors['reason']} />
          <Button kind="quiet">{t.return}</Button>
        </Form>
      </Disclosure>
    </Panel>
  );
}

function Recalling({ lang, letter, typed }: AlertPageProps): VNode {
  const t = messages(lang).alerts.recall;
  const own = typed?.step === 'thu-hoi' ? typed : null;
  return (
    <Disclosure kind="danger" summary={t.title} open={own !== null}>
      <p>{t.text}</p>
      <Form action={alertPath(letter.id, '/thu-hoi')}>
        <TextArea lang={lang} name="reason" label={t.reason} rows={3} maxlength={1000} value={own?.values['reason']} error={own?.errors['reason']} />
        <Button kind="danger">{t.send}</Button>
      </Form>
    </Disclosure>
  );
}

// ── A receiver: one guided page ──────────────────────────────────────────────────────────────────────────────────────

function Receiver(props: AlertPageProps & { receiver: ReceiverPart }): VNode {
  const { lang, letter, receiver, sentence } = props;
  const t = messages(lang).alerts;
  const [readStep, confirmStep, answerStep] = t.receiver.steps;
  return (
    <>
      <h2>1. {readStep}</h2>
      <LetterText lang={lang} letter={letter} sentence={sentence} />
      <h2 id="da-doc">2. {confirmStep}</h2>
      {receiver.readAt ? <Callout kind="ok" title={t.receiver.readBy(receiver.reader ?? '', formatDateTime(receiver.readAt, lang))} /> : (
        <Panel>
          <p class="hint">{t.receiver.readText}</p>
          <Form action={alertPath(letter.id, '/da-doc')}><Button>{t.receiver.read}</Button></Form>
        </Panel>
      )}
      <h2 id="tra-loi">3. {answerStep}</h2>
      <Answering {...props} />
    </>
  );
}

function Answering({ lang, letter, receiver, typed }: AlertPageProps & { receiver: ReceiverPart }): VNode {
  const t = messages(lang).alerts;
  const [last, ...earlier] = receiver.answers;
  const own = typed?.step === 'tra-loi' ? typed : null;
  const file = (id: string): string => alertPath(letter.id, `/tep-tra-loi/${id}`);
  const form = (
    <Form action={alertPath(letter.id, '/tra-loi')} multipart keep={`tra-loi-${letter.id}`} lang={lang}>
      <AnswerFields lang={lang} values={own?.values ?? answerValues(last ?? null)} errors={own?.errors ?? {}} />
      <FileField lang={lang} name="file" label={t.receiver.file} hint={own ? `${t.form.fileHint} ${t.form.fileAgain}` : t.form.fileHint} accept="application/pdf,.pdf" multiple={false} error={own?.errors['file']} optional />
      <ButtonRow><Button kind={receiver.readAt ? 'primary' : 'quiet'}>{last ? t.receiver.sendAgain : t.receiver.send}</Button></ButtonRow>
    </Form>
  );
  return (
    <>
      {last && (
        <Panel title={t.receiver.given}>
          <AnswerText lang={lang} line={last} fileHref={file(last.id)} />
          {earlier.length > 0 && (
            <Disclosure summary={t.receiver.earlier}>
              {earlier.map((line) => <AnswerText lang={lang} line={line} fileHref={file(line.id)} />)}
            </Disclosure>
          )}
        </Panel>
      )}
      {letter.state === 'closed' && <Callout kind="note">{t.view.closedNote}</Callout>}
      {letter.state === 'open' && (last ? <Disclosure kind="button" summary={t.receiver.answerAgain} open={own !== null}>{form}</Disclosure> : <Panel title={t.receiver.answerTitle}>{form}</Panel>)}
    </>
  );
}
